// SPDX-License-Identifier: Apache-2.0
using Reseau.Native.Interop.Posix;

namespace Reseau.Native.Platform.Posix;

/// <summary>qsort.</summary>
internal static unsafe class PosixSorting
{
    internal static void Sort(
        void* items, nuint count, nuint size, delegate* unmanaged[Cdecl]<void*, void*, int> compare) =>
        Libc.qsort(items, count, size, compare);
}
