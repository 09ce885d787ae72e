// SPDX-License-Identifier: Apache-2.0
using System;
using Reseau.Native.EventLoops;
using Reseau.Native.Sockets.IoUring;
using Reseau.Native.Sockets.Posix;
using Reseau.Native.Sockets.Winsock;

namespace Reseau.Native.Sockets;

/// <summary>
/// Which backend serves which implementation type on which system. Only this file names the system's backends.
/// </summary>
internal static unsafe class SocketBackends
{
    private static delegate*<SocketBackend*> s_substitute;

    /// <summary>
    /// Has a function asked what sockets get that the calling thread makes and whose options name no implementation:
    /// NULL for the system's. For a backend that is not the system's, in tests; for good.
    /// </summary>
    internal static void AskFirst(delegate*<SocketBackend*> substitute) => s_substitute = substitute;

    /// <summary>The implementation that a socket gets when its options name none.</summary>
    internal static aws_socket_impl_type DefaultType =>
        OperatingSystem.IsWindows() ? AWS_SOCKET_IMPL_WINSOCK : AWS_SOCKET_IMPL_POSIX;

    /// <summary>
    /// That of new sockets for a loop, which may be NULL: what the loop has in the system's place, if no implementation
    /// is named. NULL if this system has no such sockets.
    /// </summary>
    internal static SocketBackend* Find(aws_socket_impl_type type, aws_event_loop* loop)
    {
        LoopCore* core = type == AWS_SOCKET_IMPL_PLATFORM_DEFAULT ? EventLoop.CoreOf(loop) : null;
        return core != null && core->Sockets != null ? (SocketBackend*)core->Sockets : Find(type);
    }

    /// <summary>NULL if this system has no such sockets.</summary>
    internal static SocketBackend* Find(aws_socket_impl_type type) => type switch
    {
        AWS_SOCKET_IMPL_PLATFORM_DEFAULT => FindDefault(),

        // Those of which Interop has layouts and numbers.
        AWS_SOCKET_IMPL_POSIX when UsesRings => IoUringSocketBackend.Instance,
        AWS_SOCKET_IMPL_POSIX when OperatingSystem.IsLinux() || OperatingSystem.IsMacOS() => PosixBackend.Instance,
        AWS_SOCKET_IMPL_WINSOCK when OperatingSystem.IsWindows() => WinsockBackend.Instance,
        _ => null,
    };

    private static bool UsesRings =>
        OperatingSystem.IsLinux() && LoopBackends.OfLinux == LoopBackends.LinuxKind.IoUring;

    private static SocketBackend* FindDefault()
    {
        SocketBackend* substitute = s_substitute == null ? null : s_substitute();
        return substitute != null ? substitute : Find(DefaultType);
    }
}
