// SPDX-License-Identifier: Apache-2.0
using Reseau.Native.Interop.Windows;

namespace Reseau.Native.Platform.Windows;

/// <summary>The heap of the Windows C runtime.</summary>
internal static unsafe class WindowsHeap
{
    internal static void* Allocate(nuint size) => Ucrt.malloc(size);

    internal static void* AllocateZeroed(nuint count, nuint size) => Ucrt.calloc(count, size);

    internal static void* Reallocate(void* block, nuint size) => Ucrt.realloc(block, size);

    internal static void Free(void* block) => Ucrt.free(block);

    internal static void* AllocateAligned(nuint size, nuint alignment) => Ucrt._aligned_malloc(size, alignment);

    internal static void FreeAligned(void* block) => Ucrt._aligned_free(block);
}
