// SPDX-License-Identifier: Apache-2.0
using System;
using Reseau.Native.Interop.Posix;
using Reseau.Native.Interop.Windows;

namespace Reseau.Native.Interop.OpenSsl;

/// <summary>Functions of a library that is open.</summary>
internal static unsafe class OpenSslSymbols
{
    /// <summary>NULL if it has none of this name, which ends with a NUL.</summary>
    internal static void* Find(nint library, ReadOnlySpan<byte> name)
    {
        fixed (byte* text = name)
            return OperatingSystem.IsWindows() ? Kernel32.GetProcAddress(library, text) : Libc.dlsym(library, text);
    }
}
