// SPDX-License-Identifier: Apache-2.0
using System;

namespace Reseau.Native.Platform;

/// <summary>The system's random bytes, fit for keys.</summary>
internal static unsafe class RandomBytes
{
    /// <summary>Returns how many bytes were filled; less than 1 on failure.</summary>
    internal static nint Fill(byte* bytes, nuint count) => OperatingSystem.IsWindows()
        ? Windows.WindowsRandomBytes.Fill(bytes, count)
        : Posix.PosixRandomBytes.Fill(bytes, count);
}
