// SPDX-License-Identifier: Apache-2.0
using Reseau.Native.Interop.Windows;

namespace Reseau.Native.Platform.Windows;

/// <summary>qsort of the Windows C runtime.</summary>
internal static unsafe class WindowsSorting
{
    internal static void Sort(
        void* items, nuint count, nuint size, delegate* unmanaged[Cdecl]<void*, void*, int> compare) =>
        Ucrt.qsort(items, count, size, compare);
}
