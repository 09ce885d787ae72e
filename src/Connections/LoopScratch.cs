// SPDX-License-Identifier: Apache-2.0
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Reseau.Native.Common;
using Reseau.Native.EventLoops;

namespace Reseau.Native.Connections;

/// <summary>
/// Memory that all connections of a loop receive into, one after the other, so that those that are silent need none.
/// What is there is good until the next connection reads: a callback runs to its end before. Loop thread only.
/// </summary>
internal unsafe struct LoopScratch
{
    /// <summary>Bytes that are received at a time.</summary>
    internal const int ReceivedSize = 64 * 1024;

    /// <summary>Room for what is in them, if they are TLS records, and in one that was begun before.</summary>
    internal const int PlainSize = ReceivedSize + (32 * 1024);

    /// <summary>Room where small writes are copied together, or a part of a file is read.</summary>
    internal const int GatheredSize = 16 * 1024;

    // First, so that the entry's address is that of the whole.
    private aws_event_loop_local_object _entry;
    private aws_allocator* _allocator;
    private OutItemPool _items;

    // Behind this: what is received, what is in that, and what is gathered.
    private static nuint BlockSize =>
        (nuint)(sizeof(LoopScratch) + CacheLine.Slack + ReceivedSize + PlainSize + GatheredSize);

    // Its address is the key, which no other literal shares.
    private static void* Key => Literal.Of("LoopScratch"u8);

    internal static byte* ReceivedOf(LoopScratch* scratch) => CacheLine.From(scratch + 1);

    internal static OutItemPool* ItemsOf(LoopScratch* scratch) => &scratch->_items;

    internal static byte* PlainOf(LoopScratch* scratch) => ReceivedOf(scratch) + ReceivedSize;

    internal static byte* GatheredOf(LoopScratch* scratch) => PlainOf(scratch) + PlainSize;

    /// <summary>The loop's, made on first use; it goes with the loop. NULL with the error raised.</summary>
    internal static LoopScratch* Of(aws_event_loop* loop)
    {
        aws_event_loop_local_object* found = EventLoop.FindLocalObject(loop, Key);
        if (found != null)
            return (LoopScratch*)found;

        LoopScratch* scratch = (LoopScratch*)Allocator.Acquire(loop->alloc, BlockSize);
        scratch->_allocator = loop->alloc;
        scratch->_items = default;
        scratch->_entry = default;
        scratch->_entry.key = Key;
        scratch->_entry.@object = scratch;
        scratch->_entry.on_object_removed = &OnLoopGone;
        if (EventLoop.PutLocalObject(loop, &scratch->_entry) == AWS_OP_SUCCESS)
            return scratch;

        Allocator.Release(loop->alloc, scratch);
        return null;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void OnLoopGone(aws_event_loop_local_object* entry)
    {
        LoopScratch* scratch = (LoopScratch*)entry;
        OutItemPool.Clear(&scratch->_items);
        Allocator.Release(scratch->_allocator, scratch);
    }
}
