// SPDX-License-Identifier: Apache-2.0
using System;
using Reseau.Native.Common;

namespace Reseau.Native.Channels;

/// <summary>
/// Blocks of one size that are kept for reuse, last in, first out, so that the block still in the processor's cache
/// goes out first. Blocks are neither made ahead nor cleared. Not thread-safe: a pool belongs to one loop.
/// </summary>
internal static unsafe class MemoryPool
{
    // A burst needs more blocks than its owner's ideal. What it has left behind is kept up to this size, which is
    // little for a loop, and spares the next burst the way to the allocator for every block.
    private const nuint BytesToKeep = 1024 * 1024;
    private const nuint BlocksToKeep = 256;

    /// <summary>
    /// Makes an empty pool that keeps at least <paramref name="ideal_segment_count"/> blocks. <see cref="CleanUp"/>
    /// ends it.
    /// </summary>
    internal static int Init(
        aws_memory_pool* mempool, aws_allocator* alloc, ushort ideal_segment_count, nuint segment_size)
    {
        if (mempool == null || alloc == null || segment_size == 0)
            return Errors.Raise(AWS_ERROR_INVALID_ARGUMENT);

        *mempool = default;
        mempool->alloc = alloc;
        mempool->ideal_segment_count = ideal_segment_count;
        mempool->segment_size = segment_size;

        nuint capacity = Math.Max(ideal_segment_count, Math.Min(BlocksToKeep, BytesToKeep / segment_size));
        aws_array_list* kept = &mempool->stack;
        kept->item_size = (nuint)sizeof(void*);
        kept->current_size = capacity * kept->item_size;
        kept->data = capacity == 0 ? null : Allocator.Acquire(alloc, kept->current_size);
        mempool->data_ptr = kept->data;
        return AWS_OP_SUCCESS;
    }

    /// <summary>Frees the blocks that the pool has. Those that are out must not come back any more.</summary>
    internal static void CleanUp(aws_memory_pool* mempool)
    {
        if (mempool == null || mempool->alloc == null)
            return;

        aws_array_list* kept = &mempool->stack;
        while (kept->length > 0)
            Allocator.Release(mempool->alloc, BlocksOf(kept)[--kept->length]);
        if (mempool->data_ptr != null)
            Allocator.Release(mempool->alloc, mempool->data_ptr);
        *mempool = default;
    }

    /// <summary>A block, from the pool if it has one, else from the allocator. Its content is undefined.</summary>
    internal static void* Acquire(aws_memory_pool* mempool)
    {
        if (mempool == null || mempool->alloc == null)
            return Errors.RaiseNull(AWS_ERROR_INVALID_ARGUMENT);

        aws_array_list* kept = &mempool->stack;
        return kept->length > 0
            ? BlocksOf(kept)[--kept->length]
            : Allocator.Acquire(mempool->alloc, mempool->segment_size);
    }

    /// <summary>Gives a block back; NULL is allowed.</summary>
    internal static void Release(aws_memory_pool* mempool, void* to_release)
    {
        if (to_release == null)
            return;
        if (mempool == null || mempool->alloc == null)
        {
            Errors.Raise(AWS_ERROR_INVALID_ARGUMENT);
            return;
        }

        aws_array_list* kept = &mempool->stack;
        if (kept->length * kept->item_size < kept->current_size)
            BlocksOf(kept)[kept->length++] = to_release;
        else
            Allocator.Release(mempool->alloc, to_release);
    }

    private static void** BlocksOf(aws_array_list* kept) => (void**)kept->data;
}
