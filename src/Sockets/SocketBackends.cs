// SPDX-License-Identifier: Apache-2.0
using System;
using Reseau.Native.Sockets.Posix;

namespace Reseau.Native.Sockets;

/// <summary>
/// Which backend serves which implementation type on which system. Only this file names the backends.
/// </summary>
internal static unsafe class SocketBackends
{
    [ThreadStatic]
    private static nint t_ofThread;

    /// <summary>
    /// What sockets get that the calling thread makes and whose options name no implementation; NULL for the system's.
    /// A backend that is not the system's puts itself here, for tests. Sockets that were made before are not affected.
    /// </summary>
    internal static SocketBackend* OfThread
    {
        get => (SocketBackend*)t_ofThread;
        set => t_ofThread = (nint)value;
    }

    /// <summary>The implementation that a socket gets when its options name none.</summary>
    internal static aws_socket_impl_type DefaultType =>
        OperatingSystem.IsWindows() ? AWS_SOCKET_IMPL_WINSOCK : AWS_SOCKET_IMPL_POSIX;

    /// <summary>NULL if this system has no such sockets.</summary>
    internal static SocketBackend* Find(aws_socket_impl_type type) => type switch
    {
        AWS_SOCKET_IMPL_PLATFORM_DEFAULT => OfThread != null ? OfThread : Find(DefaultType),
        AWS_SOCKET_IMPL_POSIX when !OperatingSystem.IsWindows() => PosixBackend.Instance,
        _ => null,
    };
}
