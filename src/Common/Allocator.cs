// SPDX-License-Identifier: Apache-2.0
using System.Runtime.InteropServices;

namespace Reseau.Native.Common;

/// <summary>
/// Memory through an allocator's table. Acquiring never fails: when there is no memory, the process stops with a
/// message. All functions may be called on any thread if the allocator's own functions may.
/// </summary>
internal static unsafe class Allocator
{
    /// <summary>
    /// aws_allocator_is_valid: acquiring and releasing are the two entries that every allocator must have.
    /// </summary>
    internal static bool IsValid(aws_allocator* alloc) =>
        alloc != null && alloc->mem_acquire != null && alloc->mem_release != null;

    /// <summary>aws_default_allocator: the C heap. It lives as long as the process.</summary>
    internal static aws_allocator* Default() => DefaultAllocator.Instance;

    /// <summary>aws_aligned_allocator: the C heap, with large blocks aligned for vector instructions.</summary>
    internal static aws_allocator* Aligned() => AlignedAllocator.Instance;

    /// <summary>
    /// aws_mem_acquire: a block of at least one byte, which the caller releases to the same allocator.
    /// </summary>
    internal static void* Acquire(aws_allocator* allocator, nuint size)
    {
        if (allocator == null || allocator->mem_acquire == null)
            Fatal.Stop("memory was requested from an allocator without an acquire function"u8);
        if (size == 0)
            Fatal.Stop("an empty block of memory was asked for"u8);

        void* block = DefaultAllocator.Owns(allocator->mem_acquire)
            ? DefaultAllocator.Acquire(size)
            : allocator->mem_acquire(allocator, size);
        if (block == null)
            Fatal.OutOfMemory();

        return block;
    }

    /// <summary>A block for one <typeparamref name="T"/>, every byte zero.</summary>
    internal static T* New<T>(aws_allocator* allocator) where T : unmanaged
    {
        // There is nothing to check of the size, and most blocks come from here.
        if (allocator == null || !DefaultAllocator.Owns(allocator->mem_calloc))
            return (T*)Calloc(allocator, 1, (nuint)sizeof(T));

        void* block = Platform.Heap.AllocateZeroed(1, (nuint)sizeof(T));
        if (block == null)
            Fatal.OutOfMemory();
        return (T*)block;
    }

    /// <summary>aws_mem_calloc: a block of <paramref name="num"/> items, every byte zero.</summary>
    internal static void* Calloc(aws_allocator* allocator, nuint num, nuint size)
    {
        if (allocator == null || (allocator->mem_calloc == null && allocator->mem_acquire == null))
            Fatal.Stop("memory was requested from an allocator without an acquire function"u8);
        if (num == 0 || size == 0)
            Fatal.Stop("an empty block of memory was asked for"u8);
        if (CheckedMath.Overflows(num, size, out nuint total))
            Fatal.Stop("a block of memory larger than the address space was asked for"u8);

        if (allocator->mem_calloc == null)
        {
            void* cleared = Acquire(allocator, total);
            NativeMemory.Clear(cleared, total);
            return cleared;
        }

        void* block = DefaultAllocator.Owns(allocator->mem_calloc)
            ? DefaultAllocator.Calloc(num, size)
            : allocator->mem_calloc(allocator, num, size);
        if (block == null)
            Fatal.OutOfMemory();

        return block;
    }

    /// <summary>aws_mem_release: NULL is fine.</summary>
    internal static void Release(aws_allocator* allocator, void* ptr)
    {
        if (allocator == null || allocator->mem_release == null)
            Fatal.Stop("memory was released to an allocator without a release function"u8);
        if (ptr == null)
            return;

        if (DefaultAllocator.Owns(allocator->mem_release))
            Platform.Heap.Free(ptr);
        else
            allocator->mem_release(allocator, ptr);
    }

    /// <summary>
    /// aws_mem_realloc: resizes <c>*ptr</c>, which may be NULL, and keeps the bytes that fit. A size of zero releases
    /// the block and leaves NULL.
    /// </summary>
    internal static int Realloc(aws_allocator* allocator, void** ptr, nuint oldsize, nuint newsize)
    {
        if (allocator == null || allocator->mem_release == null ||
            (allocator->mem_realloc == null && allocator->mem_acquire == null))
            Fatal.Stop("a block was to be resized by an allocator that cannot do it"u8);
        if (ptr == null)
            return Errors.Raise(AWS_ERROR_INVALID_ARGUMENT);

        if (newsize == 0)
        {
            Release(allocator, *ptr);
            *ptr = null;
            return AWS_OP_SUCCESS;
        }

        if (allocator->mem_realloc == null)
        {
            EmulateRealloc(allocator, ptr, oldsize, newsize);
            return AWS_OP_SUCCESS;
        }

        void* resized = allocator->mem_realloc(allocator, *ptr, oldsize, newsize);
        if (resized == null)
            Fatal.OutOfMemory();

        *ptr = resized;
        return AWS_OP_SUCCESS;
    }

    private static void EmulateRealloc(aws_allocator* allocator, void** ptr, nuint oldsize, nuint newsize)
    {
        if (oldsize >= newsize)
            return;

        byte* grown = (byte*)Acquire(allocator, newsize);
        nuint kept = *ptr == null ? 0 : oldsize;
        NativeMemory.Copy(*ptr, grown, kept);
        NativeMemory.Clear(grown + kept, newsize - kept);
        Release(allocator, *ptr);
        *ptr = grown;
    }
}
