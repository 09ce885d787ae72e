// SPDX-License-Identifier: Apache-2.0

namespace Reseau.Native.Channels;

/// <summary></summary>
internal static unsafe class MemoryPool
{
    /// <summary>aws_memory_pool_init</summary>
    internal static int Init(aws_memory_pool* mempool, aws_allocator* alloc, ushort ideal_segment_count, nuint segment_size) => throw new System.NotImplementedException();

    /// <summary>aws_memory_pool_clean_up</summary>
    internal static void CleanUp(aws_memory_pool* mempool) => throw new System.NotImplementedException();

    /// <summary>aws_memory_pool_acquire</summary>
    internal static void* Acquire(aws_memory_pool* mempool) => throw new System.NotImplementedException();

    /// <summary>aws_memory_pool_release</summary>
    internal static void Release(aws_memory_pool* mempool, void* to_release) => throw new System.NotImplementedException();
}
