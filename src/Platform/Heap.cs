// SPDX-License-Identifier: Apache-2.0
using System;

namespace Reseau.Native.Platform;

/// <summary>
/// The process's C heap: memory from here may be freed by C code and the other way round. Every function returns NULL
/// when the system has no memory left.
/// </summary>
internal static unsafe class Heap
{
    internal static void* Allocate(nuint size) => OperatingSystem.IsWindows()
        ? Windows.WindowsHeap.Allocate(size)
        : Posix.PosixHeap.Allocate(size);

    internal static void* AllocateZeroed(nuint count, nuint size) => OperatingSystem.IsWindows()
        ? Windows.WindowsHeap.AllocateZeroed(count, size)
        : Posix.PosixHeap.AllocateZeroed(count, size);

    internal static void* Reallocate(void* block, nuint size) => OperatingSystem.IsWindows()
        ? Windows.WindowsHeap.Reallocate(block, size)
        : Posix.PosixHeap.Reallocate(block, size);

    internal static void Free(void* block)
    {
        if (OperatingSystem.IsWindows())
            Windows.WindowsHeap.Free(block);
        else
            Posix.PosixHeap.Free(block);
    }

    /// <summary><paramref name="alignment"/> is a power of two and a multiple of the size of a pointer.</summary>
    internal static void* AllocateAligned(nuint size, nuint alignment) => OperatingSystem.IsWindows()
        ? Windows.WindowsHeap.AllocateAligned(size, alignment)
        : Posix.PosixHeap.AllocateAligned(size, alignment);

    internal static void FreeAligned(void* block)
    {
        if (OperatingSystem.IsWindows())
            Windows.WindowsHeap.FreeAligned(block);
        else
            Posix.PosixHeap.Free(block);
    }
}
