// SPDX-License-Identifier: Apache-2.0
using System.Numerics;

namespace Reseau.Native.Common.Memory;

/// <summary>Allocators whose every block begins at a multiple of the caller's own alignment.</summary>
internal static unsafe class ExplicitAlignedAllocator
{
    /// <summary>
    /// aws_explicit_aligned_allocator_new: the alignment is a power of two and a multiple of the size of a pointer;
    /// else NULL and AWS_ERROR_INVALID_ARGUMENT. The caller destroys the allocator after its last block.
    /// </summary>
    internal static aws_allocator* New(nuint alignment)
    {
        if (!BitOperations.IsPow2(alignment) || alignment % (nuint)sizeof(void*) != 0)
        {
            Errors.Raise(AWS_ERROR_INVALID_ARGUMENT);
            return null;
        }

        aws_allocator* allocator = Allocator.New<aws_allocator>(Allocator.Default());
        *allocator = AlignedAllocator.Template;
        allocator->impl = (void*)alignment;
        return allocator;
    }

    /// <summary>aws_explicit_aligned_allocator_destroy: NULL is fine.</summary>
    internal static void Destroy(aws_allocator* aligned_alloc) => Allocator.Release(Allocator.Default(), aligned_alloc);
}
