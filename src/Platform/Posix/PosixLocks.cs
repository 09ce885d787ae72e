// SPDX-License-Identifier: Apache-2.0
using Reseau.Native.Interop.Posix;

namespace Reseau.Native.Platform.Posix;

/// <summary>A pthread mutex.</summary>
internal static unsafe class PosixMutex
{
    // Without attributes the type is the normal one: no owner is recorded, relocking blocks.
    internal static int Init(aws_mutex* mutex) => Libc.pthread_mutex_init(&mutex->mutex_handle, null);

    internal static void Destroy(aws_mutex* mutex) => Libc.pthread_mutex_destroy(&mutex->mutex_handle);

    internal static int Lock(aws_mutex* mutex)
    {
        // The attempt needs no transition out of managed code, and a free lock is the common case.
        return Libc.pthread_mutex_trylock(&mutex->mutex_handle) == 0
            ? 0
            : Libc.pthread_mutex_lock(&mutex->mutex_handle);
    }

    internal static int TryLock(aws_mutex* mutex) => Libc.pthread_mutex_trylock(&mutex->mutex_handle);

    internal static int Unlock(aws_mutex* mutex) => Libc.pthread_mutex_unlock(&mutex->mutex_handle);
}

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

/// <summary>A pthread condition variable whose deadlines are on the monotonic clock.</summary>
internal static unsafe class PosixConditionVariable
{
    internal static int Init(aws_condition_variable* condition) =>
        Libc.pthread_cond_init(&condition->condition_handle, null);

    internal static void Destroy(aws_condition_variable* condition) =>
        Libc.pthread_cond_destroy(&condition->condition_handle);

    internal static int NotifyOne(aws_condition_variable* condition) =>
        Libc.pthread_cond_signal(&condition->condition_handle);

    internal static int NotifyAll(aws_condition_variable* condition) =>
        Libc.pthread_cond_broadcast(&condition->condition_handle);

    internal static int Wait(aws_condition_variable* condition, aws_mutex* mutex) =>
        Libc.pthread_cond_wait(&condition->condition_handle, &mutex->mutex_handle);

    internal static int WaitUntil(aws_condition_variable* condition, aws_mutex* mutex, ulong deadline)
    {
        Libc.timespec time = PosixClock.ToTimespec(deadline);
        return Libc.pthread_cond_clockwait(
            &condition->condition_handle, &mutex->mutex_handle, Libc.CLOCK_MONOTONIC, &time);
    }

    internal static ulong Now()
    {
        // It fails only where a system forbids the call, and then a wait must not become endless.
        Libc.timespec now = default;
        for (int attempts = 0; attempts < 16 && Libc.clock_gettime(Libc.CLOCK_MONOTONIC, &now) != 0; attempts++)
            now = default;
        return PosixClock.ToNanoseconds(now);
    }
}
