// SPDX-License-Identifier: Apache-2.0
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Reseau.Native.Common;

namespace Reseau.Native.Channels;

/// <summary>
/// Channel messages that are kept for reuse, in two sizes. A message and its data are one block. The message's
/// allocator leads back to the pool, so that whoever ends up with a message frees it without knowing where it came
/// from. Not thread-safe: a pool belongs to one loop.
/// </summary>
internal static unsafe class MessagePool
{
    /// <summary>What is in front of a message's data.</summary>
    [StructLayout(LayoutKind.Sequential)]
    private struct Block
    {
        internal aws_io_message Message;
        internal aws_allocator Allocator;

        /// <summary>
        /// Where the block returns to. Not to be read from the message's own fields: holders may change them.
        /// </summary>
        internal aws_memory_pool* Home;
    }

    /// <summary>
    /// What a block has besides a message's data, which are aligned in it; src/Shim/channel_message.c has the same
    /// number.
    /// </summary>
    internal static int Overhead => sizeof(Block) + CacheLine.Slack;

    /// <summary>Makes a pool of two sizes of message. <see cref="CleanUp"/> ends it.</summary>
    internal static int Init(aws_message_pool* msg_pool, aws_allocator* alloc, aws_message_pool_creation_args* args)
    {
        if (msg_pool == null || alloc == null || args == null)
            return Errors.Raise(AWS_ERROR_INVALID_ARGUMENT);

        nuint overhead = (nuint)Overhead;
        nuint largeSize = args->application_data_msg_data_size + overhead;
        nuint smallSize = args->small_block_msg_data_size + overhead;
        if (largeSize < overhead || smallSize < overhead)
            return Errors.Raise(AWS_ERROR_OVERFLOW_DETECTED);

        *msg_pool = default;
        msg_pool->alloc = alloc;
        MemoryPool.Init(&msg_pool->application_data_pool, alloc, args->application_data_msg_count, largeSize);
        MemoryPool.Init(&msg_pool->small_block_pool, alloc, args->small_block_msg_count, smallSize);
        return AWS_OP_SUCCESS;
    }

    /// <summary>Frees the messages that the pool has. Those that are out must not come back any more.</summary>
    internal static void CleanUp(aws_message_pool* msg_pool)
    {
        if (msg_pool == null)
            return;

        MemoryPool.CleanUp(&msg_pool->application_data_pool);
        MemoryPool.CleanUp(&msg_pool->small_block_pool);
        *msg_pool = default;
    }

    /// <summary>
    /// A message with room for <paramref name="size_hint"/> bytes, or for as many as a message of the pool can have.
    /// Freed through its own allocator, or by <see cref="Release"/>.
    /// </summary>
    internal static aws_io_message* Acquire(
        aws_message_pool* msg_pool, aws_io_message_type message_type, nuint size_hint)
    {
        if (msg_pool == null || msg_pool->alloc == null)
            return (aws_io_message*)Errors.RaiseNull(AWS_ERROR_INVALID_ARGUMENT);
        if (message_type != AWS_IO_MESSAGE_APPLICATION_DATA)
            return (aws_io_message*)Errors.RaiseNull(AWS_IO_CHANNEL_UNKNOWN_MESSAGE_TYPE);

        bool isSmall = size_hint <= DataSizeOf(&msg_pool->small_block_pool);
        aws_memory_pool* pool = isSmall ? &msg_pool->small_block_pool : &msg_pool->application_data_pool;
        Block* block = (Block*)MemoryPool.Acquire(pool);
        block->Home = pool;
        block->Allocator = default;
        block->Allocator.mem_acquire = &OnAcquire;
        block->Allocator.mem_release = &OnRelease;

        aws_io_message* message = &block->Message;
        *message = default;
        message->allocator = &block->Allocator;
        message->message_type = message_type;
        message->message_data.buffer = CacheLine.From(block + 1);
        message->message_data.capacity = nuint.Min(size_hint, DataSizeOf(pool));
        return message;
    }

    /// <summary>Gives a message back. Its data is not cleared.</summary>
    internal static void Release(aws_message_pool* msg_pool, aws_io_message* message)
    {
        if (message == null)
            return;

        // The message is the first member of its block.
        message->allocator = null;
        MemoryPool.Release(((Block*)message)->Home, message);
    }

    /// <summary>Frees a message the way its allocator says; its own pool is reached without the allocator.</summary>
    internal static void Return(aws_io_message* message)
    {
        aws_allocator* allocator = message->allocator;
        if ((void*)allocator->mem_release == (delegate* unmanaged[Cdecl]<aws_allocator*, void*, void>)&OnRelease)
            Release(null, message);
        else
            Allocator.Release(allocator, message);
    }

    private static nuint DataSizeOf(aws_memory_pool* pool) => pool->segment_size - (nuint)Overhead;

    /// <summary>The allocator of a message is there to free it and gives no memory.</summary>
    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void* OnAcquire(aws_allocator* allocator, nuint size) => null;

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void OnRelease(aws_allocator* allocator, void* message) => Release(null, (aws_io_message*)message);
}
