// SPDX-License-Identifier: Apache-2.0
using Reseau.Native.Common;
using Reseau.Native.Platform;

namespace Reseau.Native.Connections;

/// <summary>The errors of <c>enum reseau_error</c>: their names and texts, and what AWS_* errors become.</summary>
internal static unsafe class ConnectionErrors
{
    /// <summary>What the layers below say, as this surface's programs get it.</summary>
    internal static int From(int error) => error switch
    {
        AWS_ERROR_SUCCESS => 0,
        AWS_ERROR_INVALID_ARGUMENT => RESEAU_ERROR_INVALID_ARGUMENT,
        AWS_ERROR_OOM => RESEAU_ERROR_NO_MEMORY,
        AWS_ERROR_MAX_FDS_EXCEEDED => RESEAU_ERROR_TOO_MANY_FILES,
        AWS_ERROR_NO_PERMISSION => RESEAU_ERROR_ACCESS_DENIED,
        AWS_ERROR_FILE_INVALID_PATH => RESEAU_ERROR_NOT_FOUND,
        AWS_ERROR_C_STRING_BUFFER_NOT_NULL_TERMINATED => RESEAU_ERROR_BAD_ADDRESS,
        AWS_ERROR_PLATFORM_NOT_SUPPORTED or AWS_ERROR_UNSUPPORTED_OPERATION or
            AWS_IO_SOCKET_UNSUPPORTED_ADDRESS_FAMILY => RESEAU_ERROR_UNSUPPORTED,
        AWS_IO_SOCKET_INVALID_OPTIONS => RESEAU_ERROR_INVALID_ARGUMENT,
        AWS_IO_SOCKET_CONNECTION_REFUSED => RESEAU_ERROR_REFUSED,
        AWS_IO_SOCKET_TIMEOUT => RESEAU_ERROR_TIMED_OUT,
        AWS_IO_SOCKET_NO_ROUTE_TO_HOST => RESEAU_ERROR_UNREACHABLE,
        AWS_IO_SOCKET_NETWORK_DOWN => RESEAU_ERROR_NETWORK_DOWN,
        AWS_IO_SOCKET_ADDRESS_IN_USE => RESEAU_ERROR_ADDRESS_IN_USE,
        AWS_IO_SOCKET_INVALID_ADDRESS => RESEAU_ERROR_ADDRESS_NOT_AVAILABLE,
        AWS_IO_SOCKET_CLOSED or AWS_IO_SOCKET_CONNECT_ABORTED or AWS_IO_SOCKET_NOT_CONNECTED => RESEAU_ERROR_RESET,
        AWS_ERROR_IO_OPERATION_CANCELLED => RESEAU_ERROR_CANCELED,
        AWS_IO_EVENT_LOOP_SHUTDOWN => RESEAU_ERROR_LOOP_ENDED,
        AWS_IO_DNS_INVALID_NAME or AWS_IO_DNS_NO_ADDRESS_FOR_HOST => RESEAU_ERROR_NAME_NOT_FOUND,
        AWS_IO_DNS_QUERY_AGAIN => RESEAU_ERROR_NAME_TRY_AGAIN,
        AWS_IO_DNS_QUERY_FAILED or AWS_IO_DNS_HOST_REMOVED_FROM_CACHE => RESEAU_ERROR_NAME_FAILED,
        AWS_IO_TLS_ERROR_NEGOTIATION_FAILURE or AWS_IO_TLS_ERROR_ALERT_RECEIVED => RESEAU_ERROR_TLS_HANDSHAKE,
        AWS_IO_TLS_NEGOTIATION_TIMEOUT => RESEAU_ERROR_TIMED_OUT,
        AWS_IO_TLS_ALERT_NOT_GRACEFUL => RESEAU_ERROR_TLS_TRUNCATED,
        AWS_IO_TLS_ERROR_READ_FAILURE or AWS_IO_TLS_ERROR_WRITE_FAILURE => RESEAU_ERROR_TLS_PROTOCOL,
        AWS_IO_TLS_CTX_ERROR or AWS_IO_TLS_VERSION_UNSUPPORTED => RESEAU_ERROR_TLS_OPTIONS,
        >= AWS_IO_TLS_UNKNOWN_ROOT_CERTIFICATE and <= AWS_IO_TLS_PEER_CERTIFICATE_UNKNOWN or
            AWS_IO_TLS_INVALID_CERTIFICATE_CHAIN or AWS_IO_TLS_HOST_NAME_MISMATCH => RESEAU_ERROR_TLS_CERTIFICATE,
        AWS_IO_STREAM_READ_FAILED => RESEAU_ERROR_FILE,
        AWS_ERROR_NO_SPACE => RESEAU_ERROR_NO_SPACE,
        _ => RESEAU_ERROR_SYSTEM,
    };

    /// <summary>How a look-up has ended; 0 if it has found something.</summary>
    internal static int From(LookUpEnd end) => end switch
    {
        LookUpEnd.Found => 0,
        LookUpEnd.NotFound => RESEAU_ERROR_NAME_NOT_FOUND,
        LookUpEnd.TryAgain => RESEAU_ERROR_NAME_TRY_AGAIN,
        LookUpEnd.NoMemory => RESEAU_ERROR_NO_MEMORY,
        LookUpEnd.BadName => RESEAU_ERROR_BAD_ADDRESS,
        _ => RESEAU_ERROR_NAME_FAILED,
    };

    internal static byte* NameOf(long error) => Literal.Of(error switch
    {
        0 => "0"u8,
        RESEAU_ERROR_INVALID_ARGUMENT => "RESEAU_ERROR_INVALID_ARGUMENT"u8,
        RESEAU_ERROR_BAD_ID => "RESEAU_ERROR_BAD_ID"u8,
        RESEAU_ERROR_WRONG_KIND => "RESEAU_ERROR_WRONG_KIND"u8,
        RESEAU_ERROR_CLOSED => "RESEAU_ERROR_CLOSED"u8,
        RESEAU_ERROR_END_OF_STREAM => "RESEAU_ERROR_END_OF_STREAM"u8,
        RESEAU_ERROR_TIMED_OUT => "RESEAU_ERROR_TIMED_OUT"u8,
        RESEAU_ERROR_WOULD_BLOCK => "RESEAU_ERROR_WOULD_BLOCK"u8,
        RESEAU_ERROR_WOULD_BLOCK_LOOP => "RESEAU_ERROR_WOULD_BLOCK_LOOP"u8,
        RESEAU_ERROR_CANCELED => "RESEAU_ERROR_CANCELED"u8,
        RESEAU_ERROR_BUSY => "RESEAU_ERROR_BUSY"u8,
        RESEAU_ERROR_NO_ROOM => "RESEAU_ERROR_NO_ROOM"u8,
        RESEAU_ERROR_TOO_LARGE => "RESEAU_ERROR_TOO_LARGE"u8,
        RESEAU_ERROR_NO_MEMORY => "RESEAU_ERROR_NO_MEMORY"u8,
        RESEAU_ERROR_TOO_MANY_FILES => "RESEAU_ERROR_TOO_MANY_FILES"u8,
        RESEAU_ERROR_ACCESS_DENIED => "RESEAU_ERROR_ACCESS_DENIED"u8,
        RESEAU_ERROR_ADDRESS_IN_USE => "RESEAU_ERROR_ADDRESS_IN_USE"u8,
        RESEAU_ERROR_ADDRESS_NOT_AVAILABLE => "RESEAU_ERROR_ADDRESS_NOT_AVAILABLE"u8,
        RESEAU_ERROR_BAD_ADDRESS => "RESEAU_ERROR_BAD_ADDRESS"u8,
        RESEAU_ERROR_UNSUPPORTED => "RESEAU_ERROR_UNSUPPORTED"u8,
        RESEAU_ERROR_REFUSED => "RESEAU_ERROR_REFUSED"u8,
        RESEAU_ERROR_RESET => "RESEAU_ERROR_RESET"u8,
        RESEAU_ERROR_UNREACHABLE => "RESEAU_ERROR_UNREACHABLE"u8,
        RESEAU_ERROR_NETWORK_DOWN => "RESEAU_ERROR_NETWORK_DOWN"u8,
        RESEAU_ERROR_NAME_NOT_FOUND => "RESEAU_ERROR_NAME_NOT_FOUND"u8,
        RESEAU_ERROR_NAME_TRY_AGAIN => "RESEAU_ERROR_NAME_TRY_AGAIN"u8,
        RESEAU_ERROR_NAME_FAILED => "RESEAU_ERROR_NAME_FAILED"u8,
        RESEAU_ERROR_TLS_HANDSHAKE => "RESEAU_ERROR_TLS_HANDSHAKE"u8,
        RESEAU_ERROR_TLS_CERTIFICATE => "RESEAU_ERROR_TLS_CERTIFICATE"u8,
        RESEAU_ERROR_TLS_PROTOCOL => "RESEAU_ERROR_TLS_PROTOCOL"u8,
        RESEAU_ERROR_TLS_TRUNCATED => "RESEAU_ERROR_TLS_TRUNCATED"u8,
        RESEAU_ERROR_TLS_OPTIONS => "RESEAU_ERROR_TLS_OPTIONS"u8,
        RESEAU_ERROR_NOT_FOUND => "RESEAU_ERROR_NOT_FOUND"u8,
        RESEAU_ERROR_FILE => "RESEAU_ERROR_FILE"u8,
        RESEAU_ERROR_SLOW_READER => "RESEAU_ERROR_SLOW_READER"u8,
        RESEAU_ERROR_LOOP_ENDED => "RESEAU_ERROR_LOOP_ENDED"u8,
        RESEAU_ERROR_FORKED => "RESEAU_ERROR_FORKED"u8,
        RESEAU_ERROR_SYSTEM => "RESEAU_ERROR_SYSTEM"u8,
        RESEAU_ERROR_HOOK => "RESEAU_ERROR_HOOK"u8,
        RESEAU_ERROR_EXISTS => "RESEAU_ERROR_EXISTS"u8,
        RESEAU_ERROR_NO_SPACE => "RESEAU_ERROR_NO_SPACE"u8,
        RESEAU_ERROR_PROXY_REFUSED => "RESEAU_ERROR_PROXY_REFUSED"u8,
        RESEAU_ERROR_PROXY_AUTHENTICATION => "RESEAU_ERROR_PROXY_AUTHENTICATION"u8,
        RESEAU_ERROR_PROXY_PROTOCOL => "RESEAU_ERROR_PROXY_PROTOCOL"u8,
        _ => "unknown"u8,
    });

    internal static byte* TextOf(long error) => Literal.Of(error switch
    {
        0 => "No error."u8,
        RESEAU_ERROR_INVALID_ARGUMENT =>
            "An argument cannot be: NULL, a size of options that is unknown, a number out of range."u8,
        RESEAU_ERROR_BAD_ID => "No object has this id, or none any more."u8,
        RESEAU_ERROR_WRONG_KIND => "The object is of another kind than this function is for."u8,
        RESEAU_ERROR_CLOSED => "The connection is closed or on its way to it: nothing more can be sent."u8,
        RESEAU_ERROR_END_OF_STREAM => "The peer has ended the stream, and everything before its end has been read."u8,
        RESEAU_ERROR_TIMED_OUT => "A deadline or a limit of time has passed."u8,
        RESEAU_ERROR_WOULD_BLOCK => "Nothing can be done without waiting."u8,
        RESEAU_ERROR_WOULD_BLOCK_LOOP =>
            "A call that may block was made on the thread of a loop, which would stop everything on it."u8,
        RESEAU_ERROR_CANCELED => "The operation was canceled by a close."u8,
        RESEAU_ERROR_BUSY => "Another thread is already doing this on the same object."u8,
        RESEAU_ERROR_NO_ROOM => "The bounded queue of writes, or a buffer that was given, has no room for it."u8,
        RESEAU_ERROR_TOO_LARGE => "A datagram is larger than can be sent, or a line or message than allowed."u8,
        RESEAU_ERROR_NO_MEMORY => "The system has no memory, or a limit of memory is reached."u8,
        RESEAU_ERROR_TOO_MANY_FILES => "The process or the system has no more descriptors."u8,
        RESEAU_ERROR_ACCESS_DENIED => "The system forbids it."u8,
        RESEAU_ERROR_ADDRESS_IN_USE => "Another socket has this address."u8,
        RESEAU_ERROR_ADDRESS_NOT_AVAILABLE => "No interface of this host has this address."u8,
        RESEAU_ERROR_BAD_ADDRESS => "Not an address, a host name, or a path that a socket can have."u8,
        RESEAU_ERROR_UNSUPPORTED => "This system, or this build, cannot do it."u8,
        RESEAU_ERROR_REFUSED => "Nobody listens there."u8,
        RESEAU_ERROR_RESET => "The peer has given the connection up, or the network has."u8,
        RESEAU_ERROR_UNREACHABLE => "No way to that host."u8,
        RESEAU_ERROR_NETWORK_DOWN => "The network is down."u8,
        RESEAU_ERROR_NAME_NOT_FOUND => "The name has no address (EAI_NONAME)."u8,
        RESEAU_ERROR_NAME_TRY_AGAIN => "The name could not be looked up now (EAI_AGAIN)."u8,
        RESEAU_ERROR_NAME_FAILED => "The name could not be looked up."u8,
        RESEAU_ERROR_TLS_HANDSHAKE => "The TLS handshake failed."u8,
        RESEAU_ERROR_TLS_CERTIFICATE => "The peer's certificate is not trusted, has expired, or is for another name."u8,
        RESEAU_ERROR_TLS_PROTOCOL => "The peer has sent records that cannot be read."u8,
        RESEAU_ERROR_TLS_TRUNCATED => "The stream ended without a close_notify: it may have been cut."u8,
        RESEAU_ERROR_TLS_OPTIONS => "A certificate, key or other option of TLS cannot be used."u8,
        RESEAU_ERROR_NOT_FOUND => "No such file or path."u8,
        RESEAU_ERROR_FILE => "A file could not be read or written."u8,
        RESEAU_ERROR_SLOW_READER => "The peer has not read for longer, or more slowly, than allowed."u8,
        RESEAU_ERROR_LOOP_ENDED => "The loop of the object has ended."u8,
        RESEAU_ERROR_FORKED => "The object belongs to the process that this one was forked from."u8,
        RESEAU_ERROR_SYSTEM => "A failure of the system that has no number of its own here."u8,
        RESEAU_ERROR_HOOK => "A hook of the connection has failed, or its bytes were cut."u8,
        RESEAU_ERROR_EXISTS => "There is something of this name already."u8,
        RESEAU_ERROR_NO_SPACE => "The disk is full, or the space that the user may have on it."u8,
        RESEAU_ERROR_PROXY_REFUSED => "The proxy does not make this connection."u8,
        RESEAU_ERROR_PROXY_AUTHENTICATION => "The proxy asks for a user and a password, or for others."u8,
        RESEAU_ERROR_PROXY_PROTOCOL => "What answers is not a proxy of this kind."u8,
        _ => "This number is not an error of the library."u8,
    });
}
