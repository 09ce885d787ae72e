// SPDX-License-Identifier: Apache-2.0
using Reseau.Native.Interop.Posix;

namespace Reseau.Native.Common;

/// <summary>
/// A lock that many readers or one writer can have. It is not recursive, and a reader cannot become a writer.
/// </summary>
internal static unsafe class RwLock
{
    /// <summary>Makes a lock nobody has; <see cref="CleanUp"/> ends it.</summary>
    internal static int Init(aws_rw_lock* rwlock) => rwlock == null
        ? Errors.Raise(AWS_ERROR_INVALID_ARGUMENT)
        : LockErrors.Translate(Libc.pthread_rwlock_init(&rwlock->lock_handle, null));

    /// <summary>Ends a lock nobody has.</summary>
    internal static void CleanUp(aws_rw_lock* rwlock)
    {
        if (rwlock != null)
            Libc.pthread_rwlock_destroy(&rwlock->lock_handle);
    }

    /// <summary>Blocks until no writer has the lock.</summary>
    internal static int ReadLock(aws_rw_lock* rwlock)
    {
        if (rwlock == null)
            return Errors.Raise(AWS_ERROR_INVALID_ARGUMENT);

        // The attempt needs no transition out of managed code, and no writer is the common case.
        return Libc.pthread_rwlock_tryrdlock(&rwlock->lock_handle) == 0
            ? AWS_OP_SUCCESS
            : LockErrors.Translate(Libc.pthread_rwlock_rdlock(&rwlock->lock_handle));
    }

    /// <summary>Blocks until nobody has the lock.</summary>
    internal static int WriteLock(aws_rw_lock* rwlock)
    {
        if (rwlock == null)
            return Errors.Raise(AWS_ERROR_INVALID_ARGUMENT);

        return Libc.pthread_rwlock_trywrlock(&rwlock->lock_handle) == 0
            ? AWS_OP_SUCCESS
            : LockErrors.Translate(Libc.pthread_rwlock_wrlock(&rwlock->lock_handle));
    }

    /// <summary>Raises AWS_ERROR_MUTEX_TIMEOUT when a writer has the lock.</summary>
    internal static int TryReadLock(aws_rw_lock* rwlock) => rwlock == null
        ? Errors.Raise(AWS_ERROR_INVALID_ARGUMENT)
        : LockErrors.Translate(Libc.pthread_rwlock_tryrdlock(&rwlock->lock_handle));

    /// <summary>Raises AWS_ERROR_MUTEX_TIMEOUT when anybody has the lock.</summary>
    internal static int TryWriteLock(aws_rw_lock* rwlock) => rwlock == null
        ? Errors.Raise(AWS_ERROR_INVALID_ARGUMENT)
        : LockErrors.Translate(Libc.pthread_rwlock_trywrlock(&rwlock->lock_handle));

    /// <summary>Gives back what <see cref="ReadLock"/> took.</summary>
    internal static int ReadUnlock(aws_rw_lock* rwlock) => Unlock(rwlock);

    /// <summary>Gives back what <see cref="WriteLock"/> took.</summary>
    internal static int WriteUnlock(aws_rw_lock* rwlock) => Unlock(rwlock);

    private static int Unlock(aws_rw_lock* rwlock) => rwlock == null
        ? Errors.Raise(AWS_ERROR_INVALID_ARGUMENT)
        : LockErrors.Translate(Libc.pthread_rwlock_unlock(&rwlock->lock_handle));
}
