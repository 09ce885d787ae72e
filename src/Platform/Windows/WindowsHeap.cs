// SPDX-License-Identifier: Apache-2.0
using System.Runtime.InteropServices;

namespace Reseau.Native.Platform.Windows;

/// <summary>The heap of the Windows C runtime.</summary>
internal static unsafe class WindowsHeap
{
    internal static void* Allocate(nuint size) => NativeMemory.Alloc(size);

    internal static void* AllocateZeroed(nuint count, nuint size) => NativeMemory.AllocZeroed(count, size);

    internal static void* Reallocate(void* block, nuint size) => NativeMemory.Realloc(block, size);

    internal static void Free(void* block) => NativeMemory.Free(block);

    internal static void* AllocateAligned(nuint size, nuint alignment) => NativeMemory.AlignedAlloc(size, alignment);

    internal static void FreeAligned(void* block) => NativeMemory.AlignedFree(block);
}
