// SPDX-License-Identifier: Apache-2.0
using Reseau.Native.Interop.Posix;

namespace Reseau.Native.Platform.Posix;

/// <summary>errno, and what its values are called in aws-c-common.</summary>
internal static class PosixErrorNumbers
{
    internal static int Last
    {
        get => Libc.Errno;
        set => Libc.Errno = value;
    }

    internal static bool IsMissing(int number) => number == Libc.ENOENT;

    internal static bool IsExisting(int number) => number == Libc.EEXIST;

    internal static int OfFile(int number, int fallback) => number switch
    {
        // "Invalid argument" from deep inside says less than what the caller knows.
        Libc.EINVAL when fallback == AWS_ERROR_SYS_CALL_FAILURE => AWS_ERROR_INVALID_ARGUMENT,
        Libc.EPERM or Libc.EACCES => AWS_ERROR_NO_PERMISSION,
        Libc.EISDIR or Libc.ENAMETOOLONG or Libc.ENOENT or Libc.ENOTDIR => AWS_ERROR_FILE_INVALID_PATH,
        Libc.EMFILE or Libc.ENFILE => AWS_ERROR_MAX_FDS_EXCEEDED,
        Libc.ENOMEM => AWS_ERROR_OOM,
        Libc.ENOSPC => AWS_ERROR_NO_SPACE,
        Libc.ENOTEMPTY => AWS_ERROR_DIRECTORY_NOT_EMPTY,
        _ => fallback,
    };

    internal static int OfLock(int number) => number switch
    {
        Libc.EINVAL => AWS_ERROR_MUTEX_NOT_INIT,
        Libc.EBUSY => AWS_ERROR_MUTEX_TIMEOUT,
        Libc.EPERM => AWS_ERROR_MUTEX_CALLER_NOT_OWNER,
        Libc.ENOMEM => AWS_ERROR_OOM,
        Libc.EDEADLK => AWS_ERROR_THREAD_DEADLOCK_DETECTED,
        _ => AWS_ERROR_MUTEX_FAILED,
    };

    internal static int OfCondition(int number) => number switch
    {
        Libc.ENOMEM => AWS_ERROR_OOM,
        Libc.ETIMEDOUT => AWS_ERROR_COND_VARIABLE_TIMED_OUT,
        _ => AWS_ERROR_COND_VARIABLE_ERROR_UNKNOWN,
    };

    internal static int OfThreadStart(int number) => number switch
    {
        Libc.EINVAL => AWS_ERROR_THREAD_INVALID_SETTINGS,
        Libc.EAGAIN => AWS_ERROR_THREAD_INSUFFICIENT_RESOURCE,
        Libc.EPERM => AWS_ERROR_THREAD_NO_PERMISSIONS,
        Libc.ENOMEM => AWS_ERROR_OOM,
        _ => AWS_ERROR_UNKNOWN,
    };

    internal static int OfThreadJoin(int number) => number switch
    {
        Libc.EINVAL => AWS_ERROR_THREAD_NOT_JOINABLE,
        Libc.ESRCH => AWS_ERROR_THREAD_NO_SUCH_THREAD_ID,
        Libc.EDEADLK => AWS_ERROR_THREAD_DEADLOCK_DETECTED,
        _ => 0,
    };
}
