// SPDX-License-Identifier: Apache-2.0
using System;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Reseau.Native.Common.Memory;

/// <summary>
/// Allocators with a promised alignment. `impl` holds the alignment in bytes; zero means that it depends on the size:
/// whatever is larger than a page is a data buffer and begins at a cache line, so that vector copies, checksums and
/// ciphers run without a preamble.
/// </summary>
internal static unsafe class AlignedAllocator
{
    private const int PageSize = 4096;

    private static nint s_instance;

    internal static aws_allocator* Instance
    {
        get
        {
            nint instance = s_instance;
            return instance != 0 ? (aws_allocator*)instance : StaticMemory.Publish(ref s_instance, Template);
        }
    }

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
        *allocator = Template;
        allocator->impl = (void*)alignment;
        return allocator;
    }

    /// <summary>aws_explicit_aligned_allocator_destroy: NULL is fine.</summary>
    internal static void Destroy(aws_allocator* aligned_alloc) => Allocator.Release(Allocator.Default(), aligned_alloc);

    private static aws_allocator Template => new()
    {
        mem_acquire = &AcquireEntry,
        mem_release = &ReleaseEntry,
        mem_realloc = &ReallocEntry,
        mem_calloc = &CallocEntry,
    };

    private static void* Acquire(aws_allocator* allocator, nuint size)
    {
        nuint alignment = (nuint)allocator->impl;
        if (alignment == 0)
            alignment = (nuint)sizeof(void*) * (size > PageSize ? 8u : 2u);

        void* block = Platform.Heap.AllocateAligned(size, alignment);
        if (block == null)
            Fatal.OutOfMemory();

        return block;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void* AcquireEntry(aws_allocator* allocator, nuint size) => Acquire(allocator, size);

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void ReleaseEntry(aws_allocator* allocator, void* block) => Platform.Heap.FreeAligned(block);

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void* ReallocEntry(aws_allocator* allocator, void* block, nuint oldSize, nuint newSize)
    {
        if (newSize == 0)
            Fatal.Stop("a block cannot be resized to nothing"u8);
        if (newSize <= oldSize)
            return block;

        // The C heap's own resize does not keep the alignment.
        void* grown = Acquire(allocator, newSize);
        if (block != null)
        {
            NativeMemory.Copy(block, grown, oldSize);
            Platform.Heap.FreeAligned(block);
        }

        return grown;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void* CallocEntry(aws_allocator* allocator, nuint count, nuint size)
    {
        if (CheckedMath.Overflows(count, size, out nuint total))
            Fatal.OutOfMemory();

        void* block = Acquire(allocator, total);
        NativeMemory.Clear(block, total);
        return block;
    }
}
