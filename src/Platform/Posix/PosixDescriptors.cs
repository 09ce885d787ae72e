// SPDX-License-Identifier: Apache-2.0
using Reseau.Native.Interop.Posix;

namespace Reseau.Native.Platform.Posix;

/// <summary>Receiving by recv(2).</summary>
internal static unsafe class PosixDescriptors
{
    internal static nint Receive(int descriptor, byte* into, nuint size)
    {
        nint received = Libc.recv(descriptor, into, size, 0);
        return received >= 0 ? received : -Libc.Errno;
    }

    internal static bool IsNothingNow(nint result) => result == -Libc.EAGAIN;
}
