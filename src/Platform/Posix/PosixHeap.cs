// SPDX-License-Identifier: Apache-2.0
using System.Runtime.InteropServices;
using Reseau.Native.Interop.Posix;

namespace Reseau.Native.Platform.Posix;

/// <summary>malloc and free.</summary>
internal static unsafe class PosixHeap
{
    private const uint SmallBlock = 4096;

    internal static void* Allocate(nuint size) => Libc.malloc(size);

    internal static void* AllocateZeroed(nuint count, nuint size)
    {
        bool isSmall = count <= SmallBlock && size <= SmallBlock && count * size <= SmallBlock;
        if (!isSmall)
            return Libc.calloc(count, size);

        // glibc's calloc passes by the thread's own cache of small blocks.
        void* block = Libc.malloc(count * size);
        if (block != null)
            NativeMemory.Clear(block, count * size);
        return block;
    }

    internal static void* Reallocate(void* block, nuint size) => Libc.realloc(block, size);

    internal static void Free(void* block) => Libc.free(block);

    internal static void* AllocateAligned(nuint size, nuint alignment)
    {
        void* block;
        return Libc.posix_memalign(&block, alignment, size) == 0 ? block : null;
    }

    internal static void FreeAligned(void* block) => Libc.free(block);
}
