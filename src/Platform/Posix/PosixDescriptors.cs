// SPDX-License-Identifier: Apache-2.0
using Reseau.Native.Interop.Posix;

namespace Reseau.Native.Platform.Posix;

/// <summary>Receiving by recv(2), sending by send(2).</summary>
internal static unsafe class PosixDescriptors
{
    internal static nint Receive(int descriptor, byte* into, nuint size)
    {
        nint received = Libc.recv(descriptor, into, size, 0);
        return received >= 0 ? received : -Libc.Errno;
    }

    internal static nint Send(int descriptor, byte* data, nuint size)
    {
        nint sent = Libc.send(descriptor, data, size, Libc.MSG_DONTWAIT | Libc.MSG_NOSIGNAL);
        return sent >= 0 ? sent : -Libc.Errno;
    }

    internal static bool IsNothingNow(nint result) => result == -Libc.EAGAIN;
}
