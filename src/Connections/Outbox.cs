// SPDX-License-Identifier: Apache-2.0
using System.Runtime.InteropServices;
using Reseau.Native.Common;

namespace Reseau.Native.Connections;

/// <summary>What is counted off when something that goes out has left.</summary>
internal struct OutCounts
{
    /// <summary>Bytes of the connection's queue, and of its files.</summary>
    internal nuint Queued;
    internal nuint QueuedOfFile;

    /// <summary>Bytes of the stream: those of the content, where it is records.</summary>
    internal nuint Content;

    /// <summary>Of records: bytes that answer the peer.</summary>
    internal nuint Replies;

    internal readonly bool IsNothing => (Queued | QueuedOfFile | Content | Replies) == 0;

    internal void Add(OutCounts other)
    {
        Queued += other.Queued;
        QueuedOfFile += other.QueuedOfFile;
        Content += other.Content;
        Replies += other.Replies;
    }
}

/// <summary>
/// One write of the program's, or records that TLS made of several: memory of its own behind it, memory of the
/// program's with a function that frees it, or a part of a file.
/// </summary>
internal unsafe struct OutItem
{
    internal OutItem* Next;
    internal Connection* Connection;
    internal byte* Data;

    /// <summary>Bytes that are to be sent.</summary>
    internal nuint Length;

    internal OutCounts Counts;

    /// <summary>The program's memory and what frees it; NULL if there is nothing to free.</summary>
    internal void* Owned;
    internal delegate* unmanaged[Cdecl]<void*, void*, void> Destroy;
    internal void* Argument;

    internal ulong FileOffset;

    /// <summary>NoFile, or a descriptor that is closed when it is done.</summary>
    internal int File;

    /// <summary>Its beginning has been sent: nothing goes before the rest.</summary>
    internal bool IsBegun;

    /// <summary>Its block is one of those that an <see cref="OutItemPool"/> keeps.</summary>
    internal bool IsPooled;

    /// <summary>The number of the newest hook when it was written, which it goes through first; or 0.</summary>
    internal ulong OnHook;

    /// <summary>Nothing to send: where it stands, this hook leaves. NULL of all others.</summary>
    internal Hook* Leaving;

    internal const int NoFile = -1;

    /// <summary>With room for so many bytes behind it.</summary>
    internal static OutItem* New(Connection* connection, nuint room)
    {
        OutItem* item = (OutItem*)Allocator.Acquire(Allocator.Default(), (nuint)sizeof(OutItem) + room);
        Init(item, connection);
        return item;
    }

    internal static OutItem* NewCopy(Connection* connection, void* data, nuint length)
    {
        OutItem* item = New(connection, length);
        SetCopy(item, data, length);
        return item;
    }

    /// <summary>With its room right behind it.</summary>
    internal static void Init(OutItem* item, Connection* connection) =>
        *item = new OutItem { Connection = connection, Data = (byte*)(item + 1), File = NoFile };

    /// <summary>A copy of so many bytes, for which it has room.</summary>
    internal static void SetCopy(OutItem* item, void* data, nuint length)
    {
        NativeMemory.Copy(data, item->Data, length);
        SetContent(item, length, isOfFile: false);
    }

    /// <summary>The program's memory, and what frees it.</summary>
    internal static void SetOwned(
        OutItem* item,
        void* data,
        nuint length,
        delegate* unmanaged[Cdecl]<void*, void*, void> destroy,
        void* argument)
    {
        item->Data = (byte*)data;
        item->Owned = data;
        item->Destroy = destroy;
        item->Argument = argument;
        SetContent(item, length, isOfFile: false);
    }

    /// <summary>So many bytes of the program's are in it, and are counted.</summary>
    internal static void SetContent(OutItem* item, nuint length, bool isOfFile)
    {
        item->Length = length;
        item->Counts.Content = length;
        if (isOfFile)
            item->Counts.QueuedOfFile = length;
        else
            item->Counts.Queued = length;
    }

    /// <summary>Takes so many bytes off its front, with what is counted of them.</summary>
    internal static OutCounts Advance(OutItem* item, nuint length)
    {
        OutCounts part = new() { Content = length };
        if (item->File != NoFile)
        {
            item->FileOffset += length;
            part.QueuedOfFile = length;
        }
        else
        {
            item->Data += length;
            part.Queued = length;
        }

        item->Length -= length;
        item->Counts.Content -= part.Content;
        item->Counts.Queued -= part.Queued;
        item->Counts.QueuedOfFile -= part.QueuedOfFile;
        return part;
    }

    /// <summary>Not under a lock: the program's function is called.</summary>
    internal static void Free(OutItem* item)
    {
        FreeContent(item);
        Allocator.Release(Allocator.Default(), item);
    }

    /// <summary>All but the item itself. Not under a lock.</summary>
    internal static void FreeContent(OutItem* item)
    {
        if (item->Destroy != null)
            item->Destroy(item->Owned, item->Argument);
        if (item->File != NoFile)
            Platform.Files.Close(item->File);
    }
}

/// <summary>Writes that wait for the loop, in order. Used under its connection's lock.</summary>
internal unsafe struct Outbox
{
    private OutItem* _first;
    private OutItem* _last;

    internal readonly bool IsEmpty => _first == null;

    /// <summary>The same without the lock, by whoever is called again after a change.</summary>
    internal static bool IsEmptyNow(Outbox* outbox) => System.Threading.Volatile.Read(ref *(nint*)&outbox->_first) == 0;

    /// <summary>The last of it, or NULL.</summary>
    internal static OutItem* Newest(Outbox* outbox) => outbox->_first == null ? null : outbox->_last;

    internal static void Append(Outbox* outbox, OutItem* item)
    {
        if (outbox->_first == null)
            outbox->_first = item;
        else
            outbox->_last->Next = item;
        outbox->_last = item;
    }

    /// <summary>Before all others, but for one that has begun.</summary>
    internal static void Prepend(Outbox* outbox, OutItem* item)
    {
        bool isBehind = outbox->_first != null && outbox->_first->IsBegun;
        OutItem** place = isBehind ? &outbox->_first->Next : &outbox->_first;
        item->Next = *place;
        *place = item;
        if (item->Next == null)
            outbox->_last = item;
    }

    internal static int Count(Outbox* outbox)
    {
        int count = 0;
        for (OutItem* item = outbox->_first; item != null; item = item->Next)
            count++;
        return count;
    }

    /// <summary>NULL if there is none.</summary>
    internal static OutItem* TakeFirst(Outbox* outbox)
    {
        OutItem* item = outbox->_first;
        if (item == null)
            return null;

        outbox->_first = item->Next;
        if (outbox->_first == null)
            outbox->_last = null;
        item->Next = null;
        return item;
    }
}
