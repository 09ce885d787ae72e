// SPDX-License-Identifier: Apache-2.0
using System;
using System.Threading;
using Reseau.Native.Common;
using Reseau.Native.Interop.Windows;

namespace Reseau.Native.Sockets.Winsock;

/// <summary>The functions that a Winsock provider has beside those of the library, found once.</summary>
internal unsafe struct WinsockFunctions
{
    private static nint s_found;

    /// <summary>Socket, address and length, data and length to send along, bytes sent, overlapped.</summary>
    internal delegate* unmanaged[Stdcall]<nint, void*, int, void*, uint, uint*, OVERLAPPED*, int> ConnectEx;

    /// <summary>
    /// Listener, socket, buffer, size for received data, sizes for the local and the remote address, bytes received,
    /// overlapped.
    /// </summary>
    internal delegate* unmanaged[Stdcall]<nint, nint, void*, uint, uint, uint, uint*, OVERLAPPED*, int> AcceptEx;

    /// <summary>The buffer and the sizes of AcceptEx; local and remote address with their lengths.</summary>
    internal delegate* unmanaged[Stdcall]<void*, uint, uint, uint, void**, int*, void**, int*, void>
        GetAcceptExSockaddrs;

    /// <summary>
    /// Socket, file, bytes, bytes at a time (0 is the system's choice), overlapped with its offset, more to send,
    /// flags.
    /// </summary>
    internal delegate* unmanaged[Stdcall]<nint, nint, uint, uint, OVERLAPPED*, void*, uint, int> TransmitFile;

    /// <summary>By any socket of a stream. NULL with the system's error.</summary>
    internal static WinsockFunctions* Find(nint socket)
    {
        WinsockFunctions* found = (WinsockFunctions*)Volatile.Read(ref s_found);
        if (found != null)
            return found;

        WinsockFunctions functions;
        if (!TryFind(socket, new Guid(0x25a207b9, 0xddf3, 0x4660, 0x8e, 0xe9, 0x76, 0xe5, 0x8c, 0x74, 0x06, 0x3e),
                &functions.ConnectEx) ||
            !TryFind(socket, new Guid(0xb5367df1, 0xcbac, 0x11cf, 0x95, 0xca, 0x00, 0x80, 0x5f, 0x48, 0xa1, 0x92),
                &functions.AcceptEx) ||
            !TryFind(socket, new Guid(0xb5367df2, 0xcbac, 0x11cf, 0x95, 0xca, 0x00, 0x80, 0x5f, 0x48, 0xa1, 0x92),
                &functions.GetAcceptExSockaddrs) ||
            !TryFind(socket, new Guid(0xb5367df0, 0xcbac, 0x11cf, 0x95, 0xca, 0x00, 0x80, 0x5f, 0x48, 0xa1, 0x92),
                &functions.TransmitFile))
            return null;
        return StaticMemory.Publish(ref s_found, functions);
    }

    private static bool TryFind(nint socket, Guid name, void* function)
    {
        uint size;
        return Interop.Windows.Winsock.WSAIoctl(
            socket,
            Interop.Windows.Winsock.SIO_GET_EXTENSION_FUNCTION_POINTER,
            &name,
            (uint)sizeof(Guid),
            function,
            (uint)sizeof(nint),
            &size,
            null,
            null) == 0;
    }
}
