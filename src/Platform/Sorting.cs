// SPDX-License-Identifier: Apache-2.0

namespace Reseau.Native.Platform;

/// <summary>The C library's sort, whose order of equal items programs know.</summary>
internal static unsafe class Sorting
{
    internal static void Sort(
        void* items, nuint count, nuint size, delegate* unmanaged[Cdecl]<void*, void*, int> compare) =>
        SortingLeaf.Sort(items, count, size, compare);
}
