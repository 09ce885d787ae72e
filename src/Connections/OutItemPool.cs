// SPDX-License-Identifier: Apache-2.0
using System.Runtime.InteropServices;
using Reseau.Native.Common;
using Reseau.Native.EventLoops;

namespace Reseau.Native.Connections;

/// <summary>
/// Blocks for the writes of one loop's thread, which come and go all the time (rule 370 of docs/lifetimes.md). They are
/// the heap's, so that any thread may free one that is not brought back. Loop thread only.
/// </summary>
internal unsafe struct OutItemPool
{
    // The item and its room: small writes of one turn share it.
    private const nuint BlockSize = 4096;

    // Enough for what is under way in one turn of a busy loop, too little to matter.
    private const int MaxUnused = 64;

    // Blocks that a tick makes, and that a connection has, although they may stay nearly empty.
    private const int MaxMadeInTick = 32;
    private const int MaxOfConnection = 16;

    // Beyond that, writes of a connection fill so much of their blocks on average.
    private const nuint MinFilled = BlockSize / 4;

    private OutItem* _first;
    private int _count;

    private int _made;
    private uint _tick;

    private static nuint Room => BlockSize - (nuint)sizeof(OutItem);

    /// <summary>
    /// With room for so many bytes behind it. No more than that, if blocks would cost much more memory than what is
    /// written: many writes that cannot share them, or one to each of many connections.
    /// </summary>
    internal static OutItem* Take(OutItemPool* pool, Connection* connection, nuint room)
    {
        if (room > Room || (pool->_first == null && !MayMake(pool, connection, room)))
            return OutItem.New(connection, room);

        OutItem* item = pool->_first;
        if (item == null)
        {
            item = (OutItem*)Allocator.Acquire(Allocator.Default(), BlockSize);
        }
        else
        {
            pool->_first = item->Next;
            pool->_count--;
        }

        OutItem.Init(item, connection);
        item->IsPooled = true;
        return item;
    }

    private static bool MayMake(OutItemPool* pool, Connection* connection, nuint room)
    {
        nuint writes = (nuint)connection->SocketWrites;
        if (room > 0 && writes > 0 && connection->SocketBytes / writes >= MinFilled)
            return true;

        uint tick = EventLoop.TickOf(connection->Object.Loop);
        pool->_made = tick == pool->_tick ? pool->_made + 1 : 1;
        pool->_tick = tick;
        return writes < MaxOfConnection && pool->_made <= MaxMadeInTick;
    }

    /// <summary>
    /// A copy of so many bytes behind those of the item, which is a copy, too. False if there is no room for them.
    /// </summary>
    internal static bool TryAdd(OutItem* item, void* data, nuint length)
    {
        if (!item->IsPooled || item->Data != (byte*)(item + 1) || length > Room - item->Length)
            return false;

        NativeMemory.Copy(data, item->Data + item->Length, length);
        item->Length += length;
        item->Counts.Content += length;
        item->Counts.Queued += length;
        return true;
    }

    /// <summary>Instead of <see cref="OutItem.Free"/>. Not under a lock.</summary>
    internal static void Return(OutItemPool* pool, OutItem* item)
    {
        if (!item->IsPooled || pool->_count == MaxUnused)
        {
            OutItem.Free(item);
            return;
        }

        OutItem.FreeContent(item);
        item->Next = pool->_first;
        pool->_first = item;
        pool->_count++;
    }

    /// <summary>Frees those that nobody uses.</summary>
    internal static void Clear(OutItemPool* pool)
    {
        while (pool->_first != null)
        {
            OutItem* item = pool->_first;
            pool->_first = item->Next;
            Allocator.Release(Allocator.Default(), item);
        }

        pool->_count = 0;
    }
}
