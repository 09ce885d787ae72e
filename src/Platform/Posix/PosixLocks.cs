// SPDX-License-Identifier: Apache-2.0
using Reseau.Native.Interop.Posix;

namespace Reseau.Native.Platform.Posix;

/// <summary>A pthread mutex.</summary>
internal static unsafe class PosixMutex
{
    // Without attributes the type is the normal one: no owner is recorded, relocking blocks.
    internal static int Init(aws_mutex* mutex) => Libc.pthread_mutex_init(Handle(mutex), null);

    internal static void Destroy(aws_mutex* mutex) => Libc.pthread_mutex_destroy(Handle(mutex));

    internal static int Lock(aws_mutex* mutex)
    {
        // The attempt needs no transition out of managed code, and a free lock is the common case.
        return Libc.pthread_mutex_trylock(Handle(mutex)) == 0
            ? 0
            : Libc.pthread_mutex_lock(Handle(mutex));
    }

    internal static int TryLock(aws_mutex* mutex) => Libc.pthread_mutex_trylock(Handle(mutex));

    internal static int Unlock(aws_mutex* mutex) => Libc.pthread_mutex_unlock(Handle(mutex));

    // The cast is for the build for Windows, where the field is a pointer and this code is not called.
    internal static pthread_mutex_t* Handle(aws_mutex* mutex) => (pthread_mutex_t*)&mutex->mutex_handle;
}

/// <summary>
/// A pthread reader-writer lock. Locking begins with an attempt, which needs no transition out of managed code: a free
/// lock is the common case.
/// </summary>
internal static unsafe class PosixRwLock
{
    internal static int Init(aws_rw_lock* rwlock) => Libc.pthread_rwlock_init(Handle(rwlock), null);

    internal static void Destroy(aws_rw_lock* rwlock) => Libc.pthread_rwlock_destroy(Handle(rwlock));

    internal static int LockRead(aws_rw_lock* rwlock) =>
        TryLockRead(rwlock) == 0 ? 0 : Libc.pthread_rwlock_rdlock(Handle(rwlock));

    internal static int LockWrite(aws_rw_lock* rwlock) =>
        TryLockWrite(rwlock) == 0 ? 0 : Libc.pthread_rwlock_wrlock(Handle(rwlock));

    internal static int TryLockRead(aws_rw_lock* rwlock) => Libc.pthread_rwlock_tryrdlock(Handle(rwlock));

    internal static int TryLockWrite(aws_rw_lock* rwlock) => Libc.pthread_rwlock_trywrlock(Handle(rwlock));

    internal static int UnlockRead(aws_rw_lock* rwlock) => Libc.pthread_rwlock_unlock(Handle(rwlock));

    internal static int UnlockWrite(aws_rw_lock* rwlock) => Libc.pthread_rwlock_unlock(Handle(rwlock));

    private static pthread_rwlock_t* Handle(aws_rw_lock* rwlock) => (pthread_rwlock_t*)&rwlock->lock_handle;
}

/// <summary>A pthread condition variable whose deadlines are on the monotonic clock.</summary>
internal static unsafe class PosixConditionVariable
{
    internal static int Init(aws_condition_variable* condition) =>
        Libc.pthread_cond_init(Handle(condition), null);

    internal static void Destroy(aws_condition_variable* condition) =>
        Libc.pthread_cond_destroy(Handle(condition));

    internal static int NotifyOne(aws_condition_variable* condition) =>
        Libc.pthread_cond_signal(Handle(condition));

    internal static int NotifyAll(aws_condition_variable* condition) =>
        Libc.pthread_cond_broadcast(Handle(condition));

    internal static int Wait(aws_condition_variable* condition, aws_mutex* mutex) =>
        Libc.pthread_cond_wait(Handle(condition), PosixMutex.Handle(mutex));

    internal static int WaitUntil(aws_condition_variable* condition, aws_mutex* mutex, ulong deadline)
    {
        Libc.timespec time = PosixClock.ToTimespec(deadline);
        return Libc.pthread_cond_clockwait(
            Handle(condition), PosixMutex.Handle(mutex), Libc.CLOCK_MONOTONIC, &time);
    }

    internal static ulong Now()
    {
        // It fails only where a system forbids the call, and then a wait must not become endless.
        Libc.timespec now = default;
        for (int attempts = 0; attempts < 16 && Libc.clock_gettime(Libc.CLOCK_MONOTONIC, &now) != 0; attempts++)
            now = default;
        return PosixClock.ToNanoseconds(now);
    }

    private static pthread_cond_t* Handle(aws_condition_variable* condition) =>
        (pthread_cond_t*)&condition->condition_handle;
}
