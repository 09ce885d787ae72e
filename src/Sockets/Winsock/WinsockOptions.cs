// SPDX-License-Identifier: Apache-2.0
using Reseau.Native.Common;
using Reseau.Native.Interop.Windows;
using static Reseau.Native.Interop.Windows.Winsock;

namespace Reseau.Native.Sockets.Winsock;

/// <summary>Applies struct aws_socket_options.</summary>
internal static unsafe class WinsockOptions
{
    private const int MillisecondsPerSecond = 1000;

    /// <summary>
    /// For every kind of socket: none can be bound to an interface by name. A setting of TCP that the system refuses is
    /// only logged.
    /// </summary>
    internal static int Apply(SocketCore* core, aws_socket_options* options)
    {
        WinSocket* socket = WinSocket.Of(core);
        if (options->network_interface_name[0] != 0)
        {
            Log.Write(AWS_LL_ERROR, AWS_LS_IO_SOCKET,
                $"{new SocketId(core)}: this system binds no sockets to network interfaces");
            return AWS_ERROR_PLATFORM_NOT_SUPPORTED;
        }

        Log.Write(AWS_LL_DEBUG, AWS_LS_IO_SOCKET,
            $"{new SocketId(core)}: keep-alive {options->keepalive} " +
            $"after {options->keep_alive_interval_sec} s every {options->keep_alive_timeout_sec} s, " +
            $"{options->keep_alive_max_failed_probes} probes, no-delay {(uint)options->tcp_nodelay}");
        socket->Options = *options;
        if (SocketCore.IsTcp(core))
            ApplyTcp(socket->Handle, options);
        return AWS_ERROR_SUCCESS;
    }

    /// <summary>Also for a connection of a listener with these options, which inherits them only in part.</summary>
    internal static void ApplyTcp(nint handle, aws_socket_options* options)
    {
        if (options->tcp_nodelay != AWS_SOCKET_TCP_NODELAY_DEFAULT)
            Set(handle, IPPROTO_TCP, TCP_NODELAY, options->tcp_nodelay == AWS_SOCKET_TCP_NODELAY_ON ? 1 : 0);
        if (options->keepalive)
            KeepAlive(handle, options);
        if (options->keep_alive_max_failed_probes != 0)
            Set(handle, IPPROTO_TCP, TCP_KEEPCNT, options->keep_alive_max_failed_probes);
    }

    /// <summary>See <see cref="SocketBackend.Set"/>.</summary>
    internal static int Set(SocketCore* core, SocketSetting setting, int value)
    {
        nint handle = WinSocket.Of(core)->Handle;
        switch (setting)
        {
            case SocketSetting.Ipv6Only:
                return TrySet(handle, IPPROTO_IPV6, IPV6_V6ONLY, value);
            case SocketSetting.UserTimeout:
                // Whole seconds, rounded up: a limit is never early.
                int seconds = (value / MillisecondsPerSecond) + (value % MillisecondsPerSecond == 0 ? 0 : 1);
                return TrySet(handle, IPPROTO_TCP, TCP_MAXRT, seconds);
            case SocketSetting.ResetOnClose:
                // struct linger has two numbers of 16 bits: on or off, and how long.
                return TrySet(handle, SOL_SOCKET, SO_LINGER, value);
            default:
                // Windows gives all connections to one of the sockets that share a port.
                return AWS_ERROR_UNSUPPORTED_OPERATION;
        }
    }

    /// <summary>
    /// Nobody else may take the port of a listener: on Windows SO_REUSEADDR lets others do that. Old connections that
    /// linger do not keep it from being bound again.
    /// </summary>
    internal static void TakePortForOneself(nint handle) => Set(handle, SOL_SOCKET, SO_EXCLUSIVEADDRUSE, 1);

    /// <summary>0 or an error.</summary>
    internal static int TrySet(nint handle, int level, int name, int value) =>
        setsockopt(handle, level, name, &value, sizeof(int)) == 0
            ? AWS_ERROR_SUCCESS
            : WinsockErrors.FromError(Iocp.LastError);

    internal static void Set(nint handle, int level, int name, int value)
    {
        if (setsockopt(handle, level, name, &value, sizeof(int)) == 0)
            return;

        int error = Iocp.LastError;
        Log.Write(AWS_LL_WARN, AWS_LS_IO_SOCKET,
            $"fd={handle}: option {name} of level {level} refused {value}: error {error}");
    }

    // The contract's interval is the idle time before the first probe, its timeout the time between probes.
    private static void KeepAlive(nint handle, aws_socket_options* options)
    {
        if (options->keep_alive_interval_sec == 0 || options->keep_alive_timeout_sec == 0)
        {
            Set(handle, SOL_SOCKET, SO_KEEPALIVE, 1);
            return;
        }

        uint returned;
        TCP_KEEPALIVE values = new()
        {
            onoff = 1,
            keepalivetime = options->keep_alive_interval_sec * (uint)MillisecondsPerSecond,
            keepaliveinterval = options->keep_alive_timeout_sec * (uint)MillisecondsPerSecond,
        };
        uint size = (uint)sizeof(TCP_KEEPALIVE);
        if (WSAIoctl(handle, SIO_KEEPALIVE_VALS, &values, size, null, 0, &returned, null, null) == 0)
            return;

        int error = Iocp.LastError;
        Log.Write(AWS_LL_WARN, AWS_LS_IO_SOCKET, $"fd={handle}: keep-alive was refused: error {error}");
    }
}
