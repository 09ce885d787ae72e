// SPDX-License-Identifier: Apache-2.0
using System;
using System.Runtime.InteropServices;
using Reseau.Native.Interop.Posix;

namespace Reseau.Native.Interop;

/// <summary>
/// The process's C heap on every platform: memory from here may be freed by C code and the other way round. Every
/// function returns NULL when the system has no memory left.
/// </summary>
internal static unsafe class Heap
{
    private const uint SmallBlock = 4096;

    internal static void* Allocate(nuint size) =>
        OperatingSystem.IsWindows() ? NativeMemory.Alloc(size) : Libc.malloc(size);

    internal static void* AllocateZeroed(nuint count, nuint size)
    {
        if (OperatingSystem.IsWindows())
            return NativeMemory.AllocZeroed(count, size);

        bool isSmall = count <= SmallBlock && size <= SmallBlock && count * size <= SmallBlock;
        if (!isSmall)
            return Libc.calloc(count, size);

        // glibc's calloc passes by the thread's own cache of small blocks.
        void* block = Libc.malloc(count * size);
        if (block != null)
            NativeMemory.Clear(block, count * size);
        return block;
    }

    internal static void* Reallocate(void* block, nuint size) =>
        OperatingSystem.IsWindows() ? NativeMemory.Realloc(block, size) : Libc.realloc(block, size);

    internal static void Free(void* block)
    {
        if (OperatingSystem.IsWindows())
            NativeMemory.Free(block);
        else
            Libc.free(block);
    }

    /// <summary><paramref name="alignment"/> is a power of two and a multiple of the size of a pointer.</summary>
    internal static void* AllocateAligned(nuint size, nuint alignment)
    {
        if (OperatingSystem.IsWindows())
            return NativeMemory.AlignedAlloc(size, alignment);

        void* block;
        return Libc.posix_memalign(&block, alignment, size) == 0 ? block : null;
    }

    internal static void FreeAligned(void* block)
    {
        if (OperatingSystem.IsWindows())
            NativeMemory.AlignedFree(block);
        else
            Libc.free(block);
    }
}
