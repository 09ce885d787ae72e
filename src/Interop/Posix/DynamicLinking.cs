// SPDX-License-Identifier: Apache-2.0
using System.Runtime.InteropServices;

namespace Reseau.Native.Interop.Posix;

/// <summary>The dynamic linker.</summary>
internal static unsafe partial class Libc
{
    /// <summary>For <see cref="dlsym"/>: what a program finds that does not name a library.</summary>
    internal const nint RTLD_DEFAULT = PosixValues.RTLD_DEFAULT;

    /// <summary>For <see cref="dlsym"/>: the same, but only behind the library that asks.</summary>
    internal const nint RTLD_NEXT = -1;

    internal const int RTLD_LAZY = 1;

    /// <summary>Resolve all that the library needs now, so that a missing function shows here and not later.</summary>
    internal const int RTLD_NOW = 2;

    /// <summary>Only if the library is there already.</summary>
    internal const int RTLD_NOLOAD = PosixValues.RTLD_NOLOAD;

    /// <summary>The library and what it needs look for a symbol among themselves first, then in the program.</summary>
    internal const int RTLD_DEEPBIND = PosixValues.RTLD_DEEPBIND;

    /// <summary>From now on the library stays, whoever closes it.</summary>
    internal const int RTLD_NODELETE = PosixValues.RTLD_NODELETE;

    [StructLayout(LayoutKind.Sequential)]
    internal struct Dl_info
    {
        internal byte* dli_fname;
        internal void* dli_fbase;
        internal byte* dli_sname;
        internal void* dli_saddr;
    }

    /// <summary>A NULL path stands for the program. Zero on failure.</summary>
    [DllImport(Library)]
    internal static extern nint dlopen(byte* path, int mode);

    [DllImport(Library)]
    internal static extern int dlclose(nint library);

    [DllImport(Library)]
    internal static extern void* dlsym(nint library, byte* name);

    /// <summary>The library that an address lies in; zero if it lies in none.</summary>
    [DllImport(Library)]
    internal static extern int dladdr(void* address, Dl_info* info);

    /// <summary>What went wrong last on this thread, good until the next failure; NULL if nothing did.</summary>
    [DllImport(Library)]
    internal static extern byte* dlerror();
}
