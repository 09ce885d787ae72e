// SPDX-License-Identifier: Apache-2.0

namespace Reseau.Native.Common;

/// <summary></summary>
internal static unsafe class SmallBlockAllocator
{
    /// <summary>aws_small_block_allocator_new</summary>
    internal static aws_allocator* New(aws_allocator* allocator, bool multi_threaded) => throw new System.NotImplementedException();

    /// <summary>aws_small_block_allocator_destroy</summary>
    internal static void Destroy(aws_allocator* sba_allocator) => throw new System.NotImplementedException();

    /// <summary>aws_small_block_allocator_bytes_active</summary>
    internal static nuint BytesActive(aws_allocator* sba_allocator) => throw new System.NotImplementedException();

    /// <summary>aws_small_block_allocator_bytes_reserved</summary>
    internal static nuint BytesReserved(aws_allocator* sba_allocator) => throw new System.NotImplementedException();

    /// <summary>aws_small_block_allocator_page_size</summary>
    internal static nuint PageSize(aws_allocator* sba_allocator) => throw new System.NotImplementedException();

    /// <summary>aws_small_block_allocator_page_size_available</summary>
    internal static nuint PageSizeAvailable(aws_allocator* sba_allocator) => throw new System.NotImplementedException();
}
