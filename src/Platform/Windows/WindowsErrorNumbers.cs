// SPDX-License-Identifier: Apache-2.0
using Reseau.Native.Interop.Windows;

namespace Reseau.Native.Platform.Windows;

/// <summary>
/// The numbers of the C runtime's errno, which programs know, also for what the system's calls say. A call of the C
/// runtime that failed leaves its number where the system leaves its own, marked as a program's.
/// </summary>
internal static unsafe class WindowsErrorNumbers
{
    // The bit that the system never sets.
    private const uint IsErrno = 1u << 29;

    internal static int Last
    {
        get => OfSystem(Kernel32.GetLastError());
        set => *Ucrt._errno() = value;
    }

    internal static bool IsMissing(int number) => number == Ucrt.ENOENT;

    internal static bool IsExisting(int number) => number == Ucrt.EEXIST;

    /// <summary>After a call of the C runtime that failed.</summary>
    internal static void KeepErrno() => Keep(*Ucrt._errno());

    /// <summary>Has <see cref="Last"/> give this number.</summary>
    internal static void Keep(int number) => Kernel32.SetLastError(IsErrno | (uint)number);

    /// <summary>0 if a call has succeeded, else the number of the system's last error.</summary>
    internal static int OfCall(bool hasSucceeded) => hasSucceeded ? 0 : Last;

    internal static int OfSystem(uint code) => code switch
    {
        Win32Error.ERROR_SUCCESS => 0,
        Win32Error.ERROR_FILE_NOT_FOUND or Win32Error.ERROR_PATH_NOT_FOUND or Win32Error.ERROR_INVALID_DRIVE or
            Win32Error.ERROR_BAD_NETPATH or Win32Error.ERROR_BAD_NET_NAME or Win32Error.ERROR_BAD_PATHNAME or
            Win32Error.ERROR_INVALID_NAME or Win32Error.ERROR_NO_MORE_FILES or Win32Error.ERROR_MOD_NOT_FOUND or
            Win32Error.ERROR_PROC_NOT_FOUND => Ucrt.ENOENT,
        Win32Error.ERROR_TOO_MANY_OPEN_FILES => Ucrt.EMFILE,
        Win32Error.ERROR_ACCESS_DENIED or Win32Error.ERROR_SHARING_VIOLATION or Win32Error.ERROR_LOCK_VIOLATION or
            Win32Error.ERROR_CURRENT_DIRECTORY => Ucrt.EACCES,
        Win32Error.ERROR_INVALID_HANDLE => Ucrt.EBADF,
        Win32Error.ERROR_NOT_ENOUGH_MEMORY or Win32Error.ERROR_OUTOFMEMORY or Win32Error.ERROR_COMMITMENT_LIMIT =>
            Ucrt.ENOMEM,
        Win32Error.ERROR_NO_SYSTEM_RESOURCES or Win32Error.ERROR_MAX_THRDS_REACHED => Ucrt.EAGAIN,
        Win32Error.ERROR_NOT_SAME_DEVICE => Ucrt.EXDEV,
        Win32Error.ERROR_WRITE_PROTECT => Ucrt.EROFS,
        Win32Error.ERROR_FILE_EXISTS or Win32Error.ERROR_ALREADY_EXISTS => Ucrt.EEXIST,
        Win32Error.ERROR_INVALID_PARAMETER => Ucrt.EINVAL,
        Win32Error.ERROR_BROKEN_PIPE => Ucrt.EPIPE,
        Win32Error.ERROR_DISK_FULL => Ucrt.ENOSPC,
        Win32Error.ERROR_DIR_NOT_EMPTY => Ucrt.ENOTEMPTY,
        Win32Error.ERROR_BUSY => Ucrt.EBUSY,
        Win32Error.ERROR_FILENAME_EXCED_RANGE => Ucrt.ENAMETOOLONG,
        Win32Error.ERROR_DIRECTORY => Ucrt.ENOTDIR,
        Win32Error.ERROR_TIMEOUT => Ucrt.ETIMEDOUT,
        _ => (code & IsErrno) != 0 ? (int)(code & ~IsErrno) : Ucrt.EIO,
    };

    /// <summary>Of the errors of Winsock that receiving can have.</summary>
    internal static int OfSocket(int error) => error switch
    {
        Winsock.WSAEWOULDBLOCK => Ucrt.EWOULDBLOCK,
        Winsock.WSAECONNRESET => Ucrt.ECONNRESET,
        Winsock.WSAECONNABORTED => Ucrt.ECONNABORTED,
        Winsock.WSAENETRESET => Ucrt.ENETRESET,
        Winsock.WSAETIMEDOUT => Ucrt.ETIMEDOUT,
        Winsock.WSAENETDOWN => Ucrt.ENETDOWN,
        Winsock.WSAENOBUFS => Ucrt.ENOBUFS,
        Winsock.WSAENOTCONN => Ucrt.ENOTCONN,
        Winsock.WSAENOTSOCK => Ucrt.ENOTSOCK,
        Winsock.WSAEMSGSIZE => Ucrt.EMSGSIZE,
        Winsock.WSAEINVAL => Ucrt.EINVAL,
        _ => Ucrt.EIO,
    };

    internal static int OfFile(int number, int fallback) => number switch
    {
        // "Invalid argument" from deep inside says less than what the caller knows.
        Ucrt.EINVAL when fallback == AWS_ERROR_SYS_CALL_FAILURE => AWS_ERROR_INVALID_ARGUMENT,
        Ucrt.EPERM or Ucrt.EACCES => AWS_ERROR_NO_PERMISSION,
        Ucrt.EISDIR or Ucrt.ENAMETOOLONG or Ucrt.ENOENT or Ucrt.ENOTDIR => AWS_ERROR_FILE_INVALID_PATH,
        Ucrt.EMFILE or Ucrt.ENFILE => AWS_ERROR_MAX_FDS_EXCEEDED,
        Ucrt.ENOMEM => AWS_ERROR_OOM,
        Ucrt.ENOSPC => AWS_ERROR_NO_SPACE,
        Ucrt.ENOTEMPTY => AWS_ERROR_DIRECTORY_NOT_EMPTY,
        _ => fallback,
    };

    internal static int OfLock(int number) => number switch
    {
        Ucrt.EBUSY => AWS_ERROR_MUTEX_TIMEOUT,
        Ucrt.ENOMEM => AWS_ERROR_OOM,
        _ => AWS_ERROR_MUTEX_FAILED,
    };

    internal static int OfCondition(int number) => number switch
    {
        Ucrt.ENOMEM => AWS_ERROR_OOM,
        Ucrt.ETIMEDOUT => AWS_ERROR_COND_VARIABLE_TIMED_OUT,
        _ => AWS_ERROR_COND_VARIABLE_ERROR_UNKNOWN,
    };

    internal static int OfThreadStart(int number) => number switch
    {
        Ucrt.EINVAL => AWS_ERROR_THREAD_INVALID_SETTINGS,
        Ucrt.EAGAIN => AWS_ERROR_THREAD_INSUFFICIENT_RESOURCE,
        Ucrt.EPERM or Ucrt.EACCES => AWS_ERROR_THREAD_NO_PERMISSIONS,
        Ucrt.ENOMEM => AWS_ERROR_OOM,
        _ => AWS_ERROR_UNKNOWN,
    };

    internal static int OfThreadJoin(int number) => number switch
    {
        Ucrt.EINVAL => AWS_ERROR_THREAD_NOT_JOINABLE,
        Ucrt.ESRCH or Ucrt.EBADF => AWS_ERROR_THREAD_NO_SUCH_THREAD_ID,
        Ucrt.EDEADLK => AWS_ERROR_THREAD_DEADLOCK_DETECTED,
        _ => 0,
    };
}
