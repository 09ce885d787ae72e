// SPDX-License-Identifier: Apache-2.0
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Reseau.Native.Common;
using Reseau.Native.EventLoops;

namespace Reseau.Native.Channels;

/// <summary>The message pool that all channels of one event loop share; it goes when the loop goes.</summary>
internal static unsafe class LoopMessagePool
{
    private const byte LargeMessagesKept = 32;
    private const byte SmallMessagesKept = 32;
    private const int SmallMessageSize = 128;

    // Its address is the key, which no other literal shares.
    private static void* Key => Literal.Of("LoopMessagePool"u8);

    /// <summary>The loop's pool, made on first use from <paramref name="allocator"/>. Event-loop thread only.</summary>
    internal static aws_message_pool* Of(aws_event_loop* loop, aws_allocator* allocator)
    {
        aws_event_loop_local_object* found = EventLoop.FindLocalObject(loop, Key);
        if (found != null)
            return (aws_message_pool*)found->@object;

        PoolObject* pool = (PoolObject*)Allocator.Calloc(allocator, 1, (nuint)sizeof(PoolObject));
        aws_message_pool_creation_args sizes = new()
        {
            application_data_msg_data_size = Channel.MaxFragmentSize,
            application_data_msg_count = LargeMessagesKept,
            small_block_msg_data_size = SmallMessageSize,
            small_block_msg_count = SmallMessagesKept,
        };
        if (MessagePool.Init(&pool->Pool, allocator, &sizes) != AWS_OP_SUCCESS)
        {
            Allocator.Release(allocator, pool);
            return null;
        }

        pool->Entry.key = Key;
        pool->Entry.@object = &pool->Pool;
        pool->Entry.on_object_removed = &OnRemoved;
        if (EventLoop.PutLocalObject(loop, &pool->Entry) == AWS_OP_SUCCESS)
            return &pool->Pool;

        Free(pool);
        return null;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void OnRemoved(aws_event_loop_local_object* entry) => Free((PoolObject*)entry);

    private static void Free(PoolObject* pool)
    {
        aws_allocator* allocator = pool->Pool.alloc;
        MessagePool.CleanUp(&pool->Pool);
        Allocator.Release(allocator, pool);
    }

    private struct PoolObject
    {
        internal aws_event_loop_local_object Entry;
        internal aws_message_pool Pool;
    }
}
