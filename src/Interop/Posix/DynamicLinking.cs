// SPDX-License-Identifier: Apache-2.0
using System.Runtime.InteropServices;

namespace Reseau.Native.Interop.Posix;

/// <summary>The dynamic linker.</summary>
internal static unsafe partial class Libc
{
    /// <summary>For <see cref="dlsym"/>: what a program finds that does not name a library.</summary>
    internal const nint RTLD_DEFAULT = 0;

    internal const int RTLD_LAZY = 1;

    /// <summary>Resolve all that the library needs now, so that a missing function shows here and not later.</summary>
    internal const int RTLD_NOW = 2;

    /// <summary>A NULL path stands for the program. Zero on failure.</summary>
    [DllImport(Library)]
    internal static extern nint dlopen(byte* path, int mode);

    [DllImport(Library)]
    internal static extern int dlclose(nint library);

    [DllImport(Library)]
    internal static extern void* dlsym(nint library, byte* name);

    /// <summary>What went wrong last on this thread, good until the next failure; NULL if nothing did.</summary>
    [DllImport(Library)]
    internal static extern byte* dlerror();
}
