// SPDX-License-Identifier: Apache-2.0
using System.Runtime.InteropServices;

namespace Reseau.Native.Interop.Posix;

/// <summary>Sorting, and the output of last resort.</summary>
internal static unsafe partial class Libc
{
    internal const int StandardError = 2;

    [DllImport(Library)]
    internal static extern void abort();

    [DllImport(Library)]
    internal static extern void qsort(
        void* items,
        nuint count,
        nuint size,
        delegate* unmanaged[Cdecl]<void*, void*, int> compare);

    [DllImport(Library)]
    internal static extern void backtrace_symbols_fd(void** frames, int count, int descriptor);

    /// <summary>Writes straight to a descriptor: usable when nothing else can be trusted any more.</summary>
    [DllImport(Library, EntryPoint = "write")]
    internal static extern nint WriteRaw(int descriptor, void* bytes, nuint count);
}
