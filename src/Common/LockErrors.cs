// SPDX-License-Identifier: Apache-2.0
using Reseau.Native.Interop.Posix;

namespace Reseau.Native.Common;

/// <summary>What the error numbers of mutexes and reader-writer locks become.</summary>
internal static class LockErrors
{
    /// <summary>Success for 0; else the matching error is raised.</summary>
    internal static int Translate(int number) => number == 0 ? AWS_OP_SUCCESS : Errors.Raise(Code(number));

    private static int Code(int number) => number switch
    {
        Libc.EINVAL => AWS_ERROR_MUTEX_NOT_INIT,
        Libc.EBUSY => AWS_ERROR_MUTEX_TIMEOUT,
        Libc.EPERM => AWS_ERROR_MUTEX_CALLER_NOT_OWNER,
        Libc.ENOMEM => AWS_ERROR_OOM,
        Libc.EDEADLK => AWS_ERROR_THREAD_DEADLOCK_DETECTED,
        _ => AWS_ERROR_MUTEX_FAILED,
    };
}
