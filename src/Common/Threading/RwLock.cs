// SPDX-License-Identifier: Apache-2.0

namespace Reseau.Native.Common.Threading;

/// <summary>
/// A lock that many readers or one writer can have. It is not recursive, and a reader cannot become a writer.
/// </summary>
internal static unsafe class RwLock
{
    /// <summary>Makes a lock nobody has; <see cref="CleanUp"/> ends it.</summary>
    internal static int Init(aws_rw_lock* rwlock) => rwlock == null
        ? Errors.Raise(AWS_ERROR_INVALID_ARGUMENT)
        : LockErrors.Translate(Platform.RwLock.Init(rwlock));

    /// <summary>Ends a lock nobody has.</summary>
    internal static void CleanUp(aws_rw_lock* rwlock)
    {
        if (rwlock != null)
            Platform.RwLock.Destroy(rwlock);
    }

    /// <summary>Blocks until no writer has the lock.</summary>
    internal static int ReadLock(aws_rw_lock* rwlock) => rwlock == null
        ? Errors.Raise(AWS_ERROR_INVALID_ARGUMENT)
        : LockErrors.Translate(Platform.RwLock.LockRead(rwlock));

    /// <summary>Blocks until nobody has the lock.</summary>
    internal static int WriteLock(aws_rw_lock* rwlock) => rwlock == null
        ? Errors.Raise(AWS_ERROR_INVALID_ARGUMENT)
        : LockErrors.Translate(Platform.RwLock.LockWrite(rwlock));

    /// <summary>Raises AWS_ERROR_MUTEX_TIMEOUT when a writer has the lock.</summary>
    internal static int TryReadLock(aws_rw_lock* rwlock) => rwlock == null
        ? Errors.Raise(AWS_ERROR_INVALID_ARGUMENT)
        : LockErrors.Translate(Platform.RwLock.TryLockRead(rwlock));

    /// <summary>Raises AWS_ERROR_MUTEX_TIMEOUT when anybody has the lock.</summary>
    internal static int TryWriteLock(aws_rw_lock* rwlock) => rwlock == null
        ? Errors.Raise(AWS_ERROR_INVALID_ARGUMENT)
        : LockErrors.Translate(Platform.RwLock.TryLockWrite(rwlock));

    /// <summary>Releases what <see cref="ReadLock"/> acquired.</summary>
    internal static int ReadUnlock(aws_rw_lock* rwlock) => rwlock == null
        ? Errors.Raise(AWS_ERROR_INVALID_ARGUMENT)
        : LockErrors.Translate(Platform.RwLock.UnlockRead(rwlock));

    /// <summary>Releases what <see cref="WriteLock"/> acquired.</summary>
    internal static int WriteUnlock(aws_rw_lock* rwlock) => rwlock == null
        ? Errors.Raise(AWS_ERROR_INVALID_ARGUMENT)
        : LockErrors.Translate(Platform.RwLock.UnlockWrite(rwlock));
}
