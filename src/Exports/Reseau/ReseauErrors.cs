// SPDX-License-Identifier: Apache-2.0
using Reseau.Native.Platform;

namespace Reseau.Native.Exports;

/// <summary>The library's errors as the second surface has them: `enum reseau_error`.</summary>
internal static class ReseauErrors
{
    /// <summary>An AWS_* error; 0 stays 0.</summary>
    internal static int Of(int error) => error switch
    {
        AWS_ERROR_SUCCESS => 0,
        AWS_ERROR_INVALID_ARGUMENT => RESEAU_ERROR_INVALID_ARGUMENT,
        AWS_ERROR_OOM => RESEAU_ERROR_NO_MEMORY,
        AWS_ERROR_MAX_FDS_EXCEEDED => RESEAU_ERROR_TOO_MANY_FILES,
        AWS_ERROR_NO_PERMISSION => RESEAU_ERROR_ACCESS_DENIED,
        AWS_ERROR_INVALID_BUFFER_SIZE => RESEAU_ERROR_TOO_LARGE,
        AWS_ERROR_PLATFORM_NOT_SUPPORTED or AWS_ERROR_UNSUPPORTED_OPERATION
            or AWS_IO_SOCKET_UNSUPPORTED_ADDRESS_FAMILY => RESEAU_ERROR_UNSUPPORTED,
        AWS_IO_READ_WOULD_BLOCK => RESEAU_ERROR_WOULD_BLOCK,
        AWS_IO_EVENT_LOOP_SHUTDOWN => RESEAU_ERROR_LOOP_ENDED,
        AWS_IO_SOCKET_ADDRESS_IN_USE => RESEAU_ERROR_ADDRESS_IN_USE,
        AWS_IO_SOCKET_INVALID_ADDRESS => RESEAU_ERROR_ADDRESS_NOT_AVAILABLE,
        AWS_IO_SOCKET_CONNECTION_REFUSED => RESEAU_ERROR_REFUSED,
        AWS_IO_SOCKET_NO_ROUTE_TO_HOST => RESEAU_ERROR_UNREACHABLE,
        AWS_IO_SOCKET_NETWORK_DOWN => RESEAU_ERROR_NETWORK_DOWN,
        AWS_IO_SOCKET_TIMEOUT => RESEAU_ERROR_TIMED_OUT,
        AWS_IO_SOCKET_CLOSED => RESEAU_ERROR_CLOSED,
        _ => RESEAU_ERROR_SYSTEM,
    };

    /// <summary>How a look-up has ended; 0 if it has found something.</summary>
    internal static int Of(LookUpEnd end) => end switch
    {
        LookUpEnd.Found => 0,
        LookUpEnd.NotFound => RESEAU_ERROR_NAME_NOT_FOUND,
        LookUpEnd.TryAgain => RESEAU_ERROR_NAME_TRY_AGAIN,
        LookUpEnd.NoMemory => RESEAU_ERROR_NO_MEMORY,
        LookUpEnd.BadName => RESEAU_ERROR_BAD_ADDRESS,
        _ => RESEAU_ERROR_NAME_FAILED,
    };
}
