// SPDX-License-Identifier: Apache-2.0

namespace Reseau.Native.Common;

/// <summary></summary>
internal static unsafe class ExplicitAlignedAllocator
{
    /// <summary>aws_explicit_aligned_allocator_new</summary>
    internal static aws_allocator* New(nuint alignment) => throw new System.NotImplementedException();

    /// <summary>aws_explicit_aligned_allocator_destroy</summary>
    internal static void Destroy(aws_allocator* aligned_alloc) => throw new System.NotImplementedException();
}
