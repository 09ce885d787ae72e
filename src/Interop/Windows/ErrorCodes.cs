// SPDX-License-Identifier: Apache-2.0

namespace Reseau.Native.Interop.Windows;

/// <summary>Error codes of the system, from &lt;winerror.h&gt;.</summary>
internal static class Win32Error
{
    internal const uint ERROR_SUCCESS = 0;
    internal const uint ERROR_FILE_NOT_FOUND = 2;
    internal const uint ERROR_PATH_NOT_FOUND = 3;
    internal const uint ERROR_TOO_MANY_OPEN_FILES = 4;
    internal const uint ERROR_ACCESS_DENIED = 5;
    internal const uint ERROR_INVALID_HANDLE = 6;
    internal const uint ERROR_NOT_ENOUGH_MEMORY = 8;
    internal const uint ERROR_OUTOFMEMORY = 14;
    internal const uint ERROR_INVALID_DRIVE = 15;
    internal const uint ERROR_CURRENT_DIRECTORY = 16;
    internal const uint ERROR_NOT_SAME_DEVICE = 17;
    internal const uint ERROR_NO_MORE_FILES = 18;
    internal const uint ERROR_WRITE_PROTECT = 19;
    internal const uint ERROR_SHARING_VIOLATION = 32;
    internal const uint ERROR_LOCK_VIOLATION = 33;
    internal const uint ERROR_HANDLE_EOF = 38;
    internal const uint ERROR_BAD_NETPATH = 53;
    internal const uint ERROR_BAD_NET_NAME = 67;
    internal const uint ERROR_FILE_EXISTS = 80;
    internal const uint ERROR_INVALID_PARAMETER = 87;
    internal const uint ERROR_BROKEN_PIPE = 109;
    internal const uint ERROR_DISK_FULL = 112;
    internal const uint ERROR_INVALID_NAME = 123;
    internal const uint ERROR_MOD_NOT_FOUND = 126;
    internal const uint ERROR_PROC_NOT_FOUND = 127;
    internal const uint ERROR_DIR_NOT_EMPTY = 145;
    internal const uint ERROR_BAD_PATHNAME = 161;
    internal const uint ERROR_MAX_THRDS_REACHED = 164;
    internal const uint ERROR_BUSY = 170;
    internal const uint ERROR_ALREADY_EXISTS = 183;
    internal const uint ERROR_FILENAME_EXCED_RANGE = 206;
    internal const uint ERROR_DIRECTORY = 267;
    internal const uint ERROR_COMMITMENT_LIMIT = 1455;
    internal const uint ERROR_PIPE_NOT_CONNECTED = 233;
    internal const uint ERROR_MORE_DATA = 234;
    internal const uint ERROR_IO_PENDING = 997;
    internal const uint ERROR_OPERATION_ABORTED = 995;
    internal const uint ERROR_NOTIFY_ENUM_DIR = 1022;
    internal const uint ERROR_TIMEOUT = 1460;
    internal const uint ERROR_NO_SYSTEM_RESOURCES = 1450;
}
