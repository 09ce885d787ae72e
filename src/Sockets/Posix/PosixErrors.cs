// SPDX-License-Identifier: Apache-2.0
using Reseau.Native.Interop.Posix;

namespace Reseau.Native.Sockets.Posix;

/// <summary>The C library's error numbers as a program gets them.</summary>
internal static class PosixErrors
{
    internal static int FromErrno(int error) => error switch
    {
        Libc.ECONNREFUSED => AWS_IO_SOCKET_CONNECTION_REFUSED,
        Libc.ECONNRESET => AWS_IO_SOCKET_CLOSED,
        Libc.ETIMEDOUT => AWS_IO_SOCKET_TIMEOUT,
        Libc.EHOSTUNREACH or Libc.ENETUNREACH => AWS_IO_SOCKET_NO_ROUTE_TO_HOST,
        Libc.EADDRNOTAVAIL => AWS_IO_SOCKET_INVALID_ADDRESS,
        Libc.ENETDOWN => AWS_IO_SOCKET_NETWORK_DOWN,
        Libc.ECONNABORTED => AWS_IO_SOCKET_CONNECT_ABORTED,
        Libc.EADDRINUSE => AWS_IO_SOCKET_ADDRESS_IN_USE,
        Libc.ENOBUFS or Libc.ENOMEM => AWS_ERROR_OOM,
        Libc.EAGAIN => AWS_IO_READ_WOULD_BLOCK,
        Libc.EMFILE or Libc.ENFILE => AWS_ERROR_MAX_FDS_EXCEEDED,
        Libc.ENOENT or Libc.EINVAL => AWS_ERROR_FILE_INVALID_PATH,
        Libc.EAFNOSUPPORT => AWS_IO_SOCKET_UNSUPPORTED_ADDRESS_FAMILY,
        Libc.EACCES => AWS_ERROR_NO_PERMISSION,
        Libc.EMSGSIZE => AWS_ERROR_INVALID_BUFFER_SIZE,
        _ => AWS_IO_SOCKET_NOT_CONNECTED,
    };

    /// <summary>What connect or bind said: only a Unix socket's address can be a bad path.</summary>
    internal static int FromAddressErrno(int error, aws_socket_domain domain) =>
        domain is AWS_SOCKET_IPV4 or AWS_SOCKET_IPV6 && error is Libc.EINVAL or Libc.ENODEV
            ? AWS_IO_SOCKET_INVALID_ADDRESS
            : FromErrno(error);

    /// <summary>The peer is gone, whichever way the kernel puts it.</summary>
    internal static int FromTransferErrno(int error) =>
        error == Libc.EPIPE ? AWS_IO_SOCKET_CLOSED : FromErrno(error);
}
