// SPDX-License-Identifier: Apache-2.0
using Reseau.Native.Common;
using Reseau.Native.Interop.Posix;

namespace Reseau.Native.Sockets.Posix;

/// <summary>Applies struct aws_socket_options to a descriptor.</summary>
internal static unsafe class PosixOptions
{
    // AWS_NETWORK_INTERFACE_NAME_MAX, with the NUL.
    private const int InterfaceNameSize = 16;

    /// <summary>
    /// Domain and type must stay what they are. A kernel that refuses a TCP setting is only logged; an interface that
    /// cannot be bound to is an error, and then the old options stay.
    /// </summary>
    internal static int Apply(aws_socket* socket, aws_socket_options* options)
    {
        if (options == null)
            return Errors.Raise(AWS_ERROR_INVALID_ARGUMENT);
        if (options->domain != socket->options.domain || options->type != socket->options.type)
            return Errors.Raise(AWS_IO_SOCKET_INVALID_OPTIONS);

        int fd = socket->io_handle.data.fd;
        if (fd < 0)
            return Errors.Raise(AWS_IO_SOCKET_ILLEGAL_OPERATION_FOR_STATE);

        Log.Write(AWS_LL_DEBUG, AWS_LS_IO_SOCKET,
            $"id=0x{(nint)socket:x} fd={fd}: keep-alive {options->keepalive} " +
            $"after {options->keep_alive_interval_sec} s every {options->keep_alive_timeout_sec} s, " +
            $"{options->keep_alive_max_failed_probes} probes, no-delay {(uint)options->tcp_nodelay}");
        if (BindToInterface(socket, options) != AWS_OP_SUCCESS)
            return AWS_OP_ERR;

        socket->options = *options;
        if (options->type == AWS_SOCKET_STREAM && options->domain is AWS_SOCKET_IPV4 or AWS_SOCKET_IPV6)
            ApplyTcp(socket, options);
        return AWS_OP_SUCCESS;
    }

    /// <summary>Lets a server take its port again while old connections linger.</summary>
    internal static void AllowAddressReuse(aws_socket* socket)
    {
        if (socket->options.domain is AWS_SOCKET_IPV4 or AWS_SOCKET_IPV6)
            Set(socket, Libc.SOL_SOCKET, Libc.SO_REUSEADDR, 1);
    }

    private static int BindToInterface(aws_socket* socket, aws_socket_options* options)
    {
        nuint length;
        int fd = socket->io_handle.data.fd;
        byte* name = options->network_interface_name;
        if (AwsString.SecureLength(name, InterfaceNameSize, &length) != AWS_OP_SUCCESS)
        {
            Log.Write(AWS_LL_ERROR, AWS_LS_IO_SOCKET,
                $"id=0x{(nint)socket:x} fd={fd}: the interface name has no end within {InterfaceNameSize} bytes");
            return Errors.Raise(AWS_IO_SOCKET_INVALID_OPTIONS);
        }

        if (length == 0 || Libc.setsockopt(fd, Libc.SOL_SOCKET, Libc.SO_BINDTODEVICE, name, (uint)length) == 0)
            return AWS_OP_SUCCESS;

        int error = Libc.Errno;
        Log.Write(AWS_LL_ERROR, AWS_LS_IO_SOCKET,
            $"id=0x{(nint)socket:x} fd={fd}: cannot be bound to interface {name}: errno {error}");
        return Errors.Raise(AWS_IO_SOCKET_INVALID_OPTIONS);
    }

    private static void ApplyTcp(aws_socket* socket, aws_socket_options* options)
    {
        if (options->tcp_nodelay != AWS_SOCKET_TCP_NODELAY_DEFAULT)
            Set(socket, Libc.IPPROTO_TCP, Libc.TCP_NODELAY, options->tcp_nodelay == AWS_SOCKET_TCP_NODELAY_ON ? 1 : 0);
        if (options->keepalive)
            Set(socket, Libc.SOL_SOCKET, Libc.SO_KEEPALIVE, 1);

        // The contract's interval is the idle time before the first probe, its timeout the time between probes.
        if (options->keep_alive_interval_sec != 0 && options->keep_alive_timeout_sec != 0)
        {
            Set(socket, Libc.IPPROTO_TCP, Libc.TCP_KEEPIDLE, options->keep_alive_interval_sec);
            Set(socket, Libc.IPPROTO_TCP, Libc.TCP_KEEPINTVL, options->keep_alive_timeout_sec);
        }

        if (options->keep_alive_max_failed_probes != 0)
            Set(socket, Libc.IPPROTO_TCP, Libc.TCP_KEEPCNT, options->keep_alive_max_failed_probes);
    }

    private static void Set(aws_socket* socket, int level, int name, int value)
    {
        int fd = socket->io_handle.data.fd;
        if (Libc.setsockopt(fd, level, name, &value, sizeof(int)) == 0)
            return;

        int error = Libc.Errno;
        Log.Write(AWS_LL_WARN, AWS_LS_IO_SOCKET,
            $"id=0x{(nint)socket:x} fd={fd}: option {name} of level {level} refused {value}: errno {error}");
    }
}
