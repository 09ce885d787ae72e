// SPDX-License-Identifier: Apache-2.0
using Reseau.Native.Interop.Windows;

namespace Reseau.Native.Platform.Windows;

/// <summary>A descriptor is a SOCKET, of which 32 bits count.</summary>
internal static unsafe class WindowsDescriptors
{
    internal static nint Receive(int descriptor, byte* into, nuint size)
    {
        int received = Winsock.recv(descriptor, into, (int)nuint.Min(size, int.MaxValue), 0);
        return received >= 0 ? received : -WindowsErrorNumbers.OfSocket((int)Kernel32.GetLastError());
    }

    internal static nint Send(int descriptor, byte* data, nuint size)
    {
        int sent = Winsock.send(descriptor, data, (int)nuint.Min(size, int.MaxValue), 0);
        return sent >= 0 ? sent : -WindowsErrorNumbers.OfSocket((int)Kernel32.GetLastError());
    }

    internal static bool IsNothingNow(nint result) => result == -Ucrt.EWOULDBLOCK;
}
