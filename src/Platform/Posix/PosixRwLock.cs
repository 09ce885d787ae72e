// SPDX-License-Identifier: Apache-2.0
using Reseau.Native.Interop.Posix;

namespace Reseau.Native.Platform.Posix;

/// <summary>
/// A pthread reader-writer lock. Locking begins with an attempt, which needs no transition out of managed code: a free
/// lock is the common case.
/// </summary>
internal static unsafe class PosixRwLock
{
    internal static int Init(aws_rw_lock* rwlock) => Libc.pthread_rwlock_init(&rwlock->lock_handle, null);

    internal static void Destroy(aws_rw_lock* rwlock) => Libc.pthread_rwlock_destroy(&rwlock->lock_handle);

    internal static int LockRead(aws_rw_lock* rwlock) =>
        TryLockRead(rwlock) == 0 ? 0 : Libc.pthread_rwlock_rdlock(&rwlock->lock_handle);

    internal static int LockWrite(aws_rw_lock* rwlock) =>
        TryLockWrite(rwlock) == 0 ? 0 : Libc.pthread_rwlock_wrlock(&rwlock->lock_handle);

    internal static int TryLockRead(aws_rw_lock* rwlock) => Libc.pthread_rwlock_tryrdlock(&rwlock->lock_handle);

    internal static int TryLockWrite(aws_rw_lock* rwlock) => Libc.pthread_rwlock_trywrlock(&rwlock->lock_handle);

    internal static int Unlock(aws_rw_lock* rwlock) => Libc.pthread_rwlock_unlock(&rwlock->lock_handle);
}
