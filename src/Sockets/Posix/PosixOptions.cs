// SPDX-License-Identifier: Apache-2.0
using System;
using Reseau.Native.Common;
using Reseau.Native.Interop.Posix;

namespace Reseau.Native.Sockets.Posix;

/// <summary>Applies struct aws_socket_options to a descriptor.</summary>
internal static unsafe class PosixOptions
{
    // AWS_NETWORK_INTERFACE_NAME_MAX, with the NUL.
    private const int InterfaceNameSize = 16;

    /// <summary>
    /// A setting of TCP that the kernel refuses is only logged; an interface that cannot be bound to is an error.
    /// </summary>
    internal static int Apply(SocketCore* core, aws_socket_options* options)
    {
        Log.Write(AWS_LL_DEBUG, AWS_LS_IO_SOCKET,
            $"{new SocketId(core)}: keep-alive {options->keepalive} " +
            $"after {options->keep_alive_interval_sec} s every {options->keep_alive_timeout_sec} s, " +
            $"{options->keep_alive_max_failed_probes} probes, no-delay {(uint)options->tcp_nodelay}");
        int error = BindToInterface(core, options);
        if (error == AWS_ERROR_SUCCESS && SocketCore.IsTcp(core))
            ApplyTcp(core, options);
        return error;
    }

    /// <summary>See <see cref="SocketBackend.Set"/>.</summary>
    internal static int Set(SocketCore* core, SocketSetting setting, int value)
    {
        if (setting == SocketSetting.ResetOnClose)
            return SetLinger(core, value);
        (int level, int name) = setting switch
        {
            SocketSetting.Ipv6Only => (Libc.IPPROTO_IPV6, Libc.IPV6_V6ONLY),
            SocketSetting.SharePort => (Libc.SOL_SOCKET, Libc.SO_REUSEPORT),
            SocketSetting.SendEarly => (Libc.IPPROTO_TCP, Libc.TCP_FASTOPEN_CONNECT),
            SocketSetting.AcceptEarly => (Libc.IPPROTO_TCP, Libc.TCP_FASTOPEN),
            _ => (Libc.IPPROTO_TCP, Libc.TCP_USER_TIMEOUT),
        };
        int result = Libc.setsockopt(PosixBackend.DescriptorOf(core), level, name, &value, sizeof(int));
        return result == 0 ? AWS_ERROR_SUCCESS : PosixErrors.FromErrno(Libc.Errno);
    }

    // A close that waits for no time at all throws everything away, and says so to the peer.
    private static int SetLinger(SocketCore* core, int isReset)
    {
        linger linger = new() { l_onoff = isReset };
        int fd = PosixBackend.DescriptorOf(core);
        int result = Libc.setsockopt(fd, Libc.SOL_SOCKET, Libc.SO_LINGER, &linger, (uint)sizeof(linger));
        return result == 0 ? AWS_ERROR_SUCCESS : PosixErrors.FromErrno(Libc.Errno);
    }

    /// <summary>See <see cref="SocketBackend.GetTcpInfo"/>.</summary>
    internal static int GetTcpInfo(SocketCore* core, reseau_tcp_info* info) =>
        Libc.GetTcpInfo(PosixBackend.DescriptorOf(core), info) == 0
            ? AWS_ERROR_SUCCESS
            : PosixErrors.FromErrno(Libc.Errno);

    /// <summary>Lets a server take its port again while old connections linger.</summary>
    internal static void AllowAddressReuse(SocketCore* core)
    {
        if (SocketCore.DomainOf(core) is AWS_SOCKET_IPV4 or AWS_SOCKET_IPV6)
            Set(core, Libc.SOL_SOCKET, Libc.SO_REUSEADDR, 1);
    }

    private static int BindToInterface(SocketCore* core, aws_socket_options* options)
    {
        byte* name = options->network_interface_name;
        int length = new ReadOnlySpan<byte>(name, InterfaceNameSize).IndexOf((byte)0);
        if (length < 0)
        {
            Log.Write(AWS_LL_ERROR, AWS_LS_IO_SOCKET,
                $"{new SocketId(core)}: the interface name has no end within {InterfaceNameSize} bytes");
            return AWS_IO_SOCKET_INVALID_OPTIONS;
        }

        int family = PosixAddress.FamilyOf(SocketCore.DomainOf(core));
        if (length == 0 || Libc.BindToInterface(PosixBackend.DescriptorOf(core), family, name, (uint)length) == 0)
            return AWS_ERROR_SUCCESS;

        int error = Libc.Errno;
        Log.Write(AWS_LL_ERROR, AWS_LS_IO_SOCKET,
            $"{new SocketId(core)}: cannot be bound to interface {name}: errno {error}");
        return AWS_IO_SOCKET_INVALID_OPTIONS;
    }

    private static void ApplyTcp(SocketCore* core, aws_socket_options* options)
    {
        if (options->tcp_nodelay != AWS_SOCKET_TCP_NODELAY_DEFAULT)
            Set(core, Libc.IPPROTO_TCP, Libc.TCP_NODELAY, options->tcp_nodelay == AWS_SOCKET_TCP_NODELAY_ON ? 1 : 0);
        if (options->keepalive)
            Set(core, Libc.SOL_SOCKET, Libc.SO_KEEPALIVE, 1);

        // The contract's interval is the idle time before the first probe, its timeout the time between probes.
        if (options->keep_alive_interval_sec != 0 && options->keep_alive_timeout_sec != 0)
        {
            Set(core, Libc.IPPROTO_TCP, Libc.TCP_KEEPIDLE, options->keep_alive_interval_sec);
            Set(core, Libc.IPPROTO_TCP, Libc.TCP_KEEPINTVL, options->keep_alive_timeout_sec);
        }

        if (options->keep_alive_max_failed_probes != 0)
            Set(core, Libc.IPPROTO_TCP, Libc.TCP_KEEPCNT, options->keep_alive_max_failed_probes);
    }

    private static void Set(SocketCore* core, int level, int name, int value)
    {
        if (Libc.setsockopt(PosixBackend.DescriptorOf(core), level, name, &value, sizeof(int)) == 0)
            return;

        int error = Libc.Errno;
        Log.Write(AWS_LL_WARN, AWS_LS_IO_SOCKET,
            $"{new SocketId(core)}: option {name} of level {level} refused {value}: errno {error}");
    }
}
