// SPDX-License-Identifier: Apache-2.0
using Reseau.Native.Interop.Windows;
using static Reseau.Native.Interop.Windows.NamedPipes;
using static Reseau.Native.Interop.Windows.Winsock;

namespace Reseau.Native.Sockets.Winsock;

/// <summary>The system's errors as a program gets them: those of calls, and the NTSTATUS of an operation.</summary>
internal static class WinsockErrors
{
    internal static int FromError(int error) => error switch
    {
        0 => AWS_ERROR_SUCCESS,
        WSAECONNREFUSED => AWS_IO_SOCKET_CONNECTION_REFUSED,
        WSAECONNRESET or WSAENETRESET or WSAESHUTDOWN => AWS_IO_SOCKET_CLOSED,
        ERROR_BROKEN_PIPE or ERROR_NO_DATA or ERROR_PIPE_NOT_CONNECTED => AWS_IO_SOCKET_CLOSED,
        WSAETIMEDOUT => AWS_IO_SOCKET_TIMEOUT,
        WSAEHOSTUNREACH or WSAENETUNREACH => AWS_IO_SOCKET_NO_ROUTE_TO_HOST,
        WSAEADDRNOTAVAIL => AWS_IO_SOCKET_INVALID_ADDRESS,
        WSAENETDOWN => AWS_IO_SOCKET_NETWORK_DOWN,
        WSAECONNABORTED or ERROR_OPERATION_ABORTED => AWS_IO_SOCKET_CONNECT_ABORTED,
        WSAEADDRINUSE => AWS_IO_SOCKET_ADDRESS_IN_USE,
        WSAENOBUFS or ERROR_NOT_ENOUGH_MEMORY or ERROR_OUTOFMEMORY or ERROR_NO_SYSTEM_RESOURCES => AWS_ERROR_OOM,
        WSAEMFILE or ERROR_TOO_MANY_OPEN_FILES => AWS_ERROR_MAX_FDS_EXCEEDED,
        WSAEWOULDBLOCK => AWS_IO_READ_WOULD_BLOCK,
        WSAEAFNOSUPPORT => AWS_IO_SOCKET_UNSUPPORTED_ADDRESS_FAMILY,
        WSAEACCES or ERROR_ACCESS_DENIED => AWS_ERROR_NO_PERMISSION,
        WSAEMSGSIZE => AWS_ERROR_INVALID_BUFFER_SIZE,
        ERROR_FILE_NOT_FOUND or ERROR_PATH_NOT_FOUND or ERROR_INVALID_NAME or ERROR_BAD_PATHNAME =>
            AWS_ERROR_FILE_INVALID_PATH,
        _ => AWS_IO_SOCKET_NOT_CONNECTED,
    };

    /// <summary>What connect or bind said of an address of IP.</summary>
    internal static int FromAddressError(int error) =>
        error == WSAEINVAL ? AWS_IO_SOCKET_INVALID_ADDRESS : FromError(error);

    /// <summary>The peer is gone, whichever way the system puts it.</summary>
    internal static int FromTransferError(int error) =>
        error is WSAECONNABORTED or ERROR_OPERATION_ABORTED ? AWS_IO_SOCKET_CLOSED : FromError(error);

    /// <summary>How an operation has ended. 0 for success.</summary>
    internal static int FromStatus(uint status) =>
        (int)status >= 0 ? AWS_ERROR_SUCCESS : FromError(ErrorOf(status));

    internal static int FromTransferStatus(uint status) =>
        (int)status >= 0 ? AWS_ERROR_SUCCESS : FromTransferError(ErrorOf(status));

    // What Winsock makes of a status; the system's own table takes most of these for errors of network drives.
    private static int ErrorOf(uint status) => status switch
    {
        0xC0000236 => WSAECONNREFUSED, // STATUS_CONNECTION_REFUSED
        0xC000020D => WSAECONNRESET, // STATUS_CONNECTION_RESET
        0xC000013C => WSAECONNRESET, // STATUS_REMOTE_DISCONNECT
        0xC000020C => WSAECONNRESET, // STATUS_CONNECTION_DISCONNECTED
        0xC000023F => WSAECONNRESET, // STATUS_PORT_UNREACHABLE
        0xC000013B => WSAECONNABORTED, // STATUS_LOCAL_DISCONNECT
        0xC0000241 => WSAECONNABORTED, // STATUS_CONNECTION_ABORTED
        0xC0000120 => ERROR_OPERATION_ABORTED, // STATUS_CANCELLED
        0x8000000A => ERROR_OPERATION_ABORTED, // STATUS_HANDLES_CLOSED
        0xC00000B5 => WSAETIMEDOUT, // STATUS_IO_TIMEOUT
        0xC000023C => WSAENETUNREACH, // STATUS_NETWORK_UNREACHABLE
        0xC000023D => WSAEHOSTUNREACH, // STATUS_HOST_UNREACHABLE
        0xC000023E => WSAENETUNREACH, // STATUS_PROTOCOL_UNREACHABLE
        0xC0000207 => WSAEADDRNOTAVAIL, // STATUS_INVALID_ADDRESS_COMPONENT
        0xC000020A => WSAEADDRINUSE, // STATUS_ADDRESS_ALREADY_EXISTS
        0xC000009A => WSAENOBUFS, // STATUS_INSUFFICIENT_RESOURCES
        0xC000014B => ERROR_BROKEN_PIPE, // STATUS_PIPE_BROKEN
        0x80000005 => WSAEMSGSIZE, // STATUS_BUFFER_OVERFLOW
        _ => (int)Iocp.RtlNtStatusToDosError((int)status),
    };
}
