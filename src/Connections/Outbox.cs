// SPDX-License-Identifier: Apache-2.0
using System.Runtime.InteropServices;
using Reseau.Native.Common;

namespace Reseau.Native.Connections;

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

    /// <summary>Bytes of the connection's queue that are counted off when it is done.</summary>
    internal nuint Counted;

    /// <summary>Bytes of the stream in it: those of the content, where it is records.</summary>
    internal nuint Content;
    internal delegate* unmanaged[Cdecl]<void*, void*, void> Destroy;
    internal void* Argument;

    /// <summary>Of records: bytes that answer the peer.</summary>
    internal nuint Replies;
    internal ulong FileOffset;

    /// <summary>NoFile, or a descriptor that is closed when it is done.</summary>
    internal int File;

    /// <summary>What is counted off are bytes of files.</summary>
    internal bool IsOfFile;

    internal const int NoFile = -1;

    /// <summary>With room for so many bytes behind it.</summary>
    internal static OutItem* New(Connection* connection, nuint room)
    {
        OutItem* item = (OutItem*)Allocator.Acquire(Allocator.Default(), (nuint)sizeof(OutItem) + room);
        *item = new OutItem { Connection = connection, Data = (byte*)(item + 1), File = NoFile };
        return item;
    }

    internal static OutItem* NewCopy(Connection* connection, void* data, nuint length)
    {
        OutItem* item = New(connection, length);
        NativeMemory.Copy(data, item->Data, length);
        SetLength(item, length, length);
        return item;
    }

    internal static void SetLength(OutItem* item, nuint length, nuint counted)
    {
        item->Length = length;
        item->Content = length;
        item->Counted = counted;
    }

    /// <summary>Not under a lock: the program's function is called.</summary>
    internal static void Free(OutItem* item)
    {
        if (item->Destroy != null)
            item->Destroy(item->Data, item->Argument);
        if (item->File != NoFile)
            Platform.Files.Close(item->File);
        Allocator.Release(Allocator.Default(), item);
    }
}

/// <summary>Writes that wait for the loop, in order. Used under its connection's lock.</summary>
internal unsafe struct Outbox
{
    private OutItem* _first;
    private OutItem* _last;

    internal readonly bool IsEmpty => _first == null;

    internal static void Append(Outbox* outbox, OutItem* item)
    {
        if (outbox->_first == null)
            outbox->_first = item;
        else
            outbox->_last->Next = item;
        outbox->_last = item;
    }

    internal static void Prepend(Outbox* outbox, OutItem* item)
    {
        item->Next = outbox->_first;
        outbox->_first = item;
        if (outbox->_last == null || item->Next == null)
            outbox->_last = item;
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
