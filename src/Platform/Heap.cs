// SPDX-License-Identifier: Apache-2.0

namespace Reseau.Native.Platform;

/// <summary>
/// The process's C heap: memory from here may be freed by C code and the other way round. Every function returns NULL
/// when the system has no memory left.
/// </summary>
internal static unsafe class Heap
{
    internal static void* Allocate(nuint size) => HeapLeaf.Allocate(size);

    internal static void* AllocateZeroed(nuint count, nuint size) => HeapLeaf.AllocateZeroed(count, size);

    internal static void* Reallocate(void* block, nuint size) => HeapLeaf.Reallocate(block, size);

    internal static void Free(void* block) => HeapLeaf.Free(block);

    /// <summary><paramref name="alignment"/> is a power of two and a multiple of the size of a pointer.</summary>
    internal static void* AllocateAligned(nuint size, nuint alignment) => HeapLeaf.AllocateAligned(size, alignment);

    internal static void FreeAligned(void* block) => HeapLeaf.FreeAligned(block);
}
