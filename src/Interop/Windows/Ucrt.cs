// SPDX-License-Identifier: Apache-2.0
using System.Runtime.InteropServices;

namespace Reseau.Native.Interop.Windows;

/// <summary>The C library of Windows.</summary>
internal static unsafe class Ucrt
{
    private const string Library = "ucrtbase";

    [DllImport(Library)]
    internal static extern void qsort(
        void* items,
        nuint count,
        nuint size,
        delegate* unmanaged[Cdecl]<void*, void*, int> compare);
}
