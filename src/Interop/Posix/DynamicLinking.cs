// SPDX-License-Identifier: Apache-2.0
using System.Runtime.InteropServices;

namespace Reseau.Native.Interop.Posix;

/// <summary>The dynamic linker.</summary>
internal static unsafe partial class Libc
{
    /// <summary>For <see cref="dlsym"/>: what a program finds that does not name a library.</summary>
    internal const nint RTLD_DEFAULT = 0;

    /// <summary>Resolve all that the library needs now, so that a missing function shows here and not later.</summary>
    internal const int RTLD_NOW = 2;

    /// <summary>Zero when the library is not there.</summary>
    [DllImport(Library)]
    internal static extern nint dlopen(byte* name, int flags);

    [DllImport(Library)]
    internal static extern void* dlsym(nint library, byte* name);
}
