// SPDX-License-Identifier: Apache-2.0

namespace Reseau.Native.Common;

/// <summary></summary>
internal static unsafe class Allocator
{
    /// <summary>aws_allocator_is_valid</summary>
    internal static bool IsValid(aws_allocator* alloc) => throw new System.NotImplementedException();

    /// <summary>aws_default_allocator</summary>
    internal static aws_allocator* Default() => throw new System.NotImplementedException();

    /// <summary>aws_aligned_allocator</summary>
    internal static aws_allocator* Aligned() => throw new System.NotImplementedException();

    /// <summary>aws_mem_acquire</summary>
    internal static void* Acquire(aws_allocator* allocator, nuint size) => throw new System.NotImplementedException();

    /// <summary>aws_mem_calloc</summary>
    internal static void* Calloc(aws_allocator* allocator, nuint num, nuint size) => throw new System.NotImplementedException();

    /// <summary>aws_mem_release</summary>
    internal static void Release(aws_allocator* allocator, void* ptr) => throw new System.NotImplementedException();

    /// <summary>aws_mem_realloc</summary>
    internal static int Realloc(aws_allocator* allocator, void** ptr, nuint oldsize, nuint newsize) => throw new System.NotImplementedException();
}
