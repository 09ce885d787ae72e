// SPDX-License-Identifier: Apache-2.0
using Reseau.Native.Interop.Posix;

namespace Reseau.Native.Platform.Posix;

/// <summary>The kernel's random bytes.</summary>
internal static unsafe class PosixRandomBytes
{
    internal static nint Fill(byte* bytes, nuint count)
    {
        nint filled;
        do
            filled = Randomness.getrandom(bytes, count, 0);
        while (filled < 0 && Libc.Errno == Libc.EINTR);
        return filled;
    }
}
