// SPDX-License-Identifier: Apache-2.0

namespace Reseau.Native.Platform;

/// <summary>The system's lock: not recursive, no owner recorded. Every call returns 0 or an OS error number.</summary>
internal static unsafe class Mutex
{
    internal static int Init(aws_mutex* mutex) => MutexLeaf.Init(mutex);

    internal static void Destroy(aws_mutex* mutex) => MutexLeaf.Destroy(mutex);

    /// <summary>Blocks until the calling thread has the lock.</summary>
    internal static int Lock(aws_mutex* mutex) => MutexLeaf.Lock(mutex);

    internal static int TryLock(aws_mutex* mutex) => MutexLeaf.TryLock(mutex);

    internal static int Unlock(aws_mutex* mutex) => MutexLeaf.Unlock(mutex);
}

/// <summary>The system's lock of many readers or one writer. Every call returns 0 or an OS error number.</summary>
internal static unsafe class RwLock
{
    internal static int Init(aws_rw_lock* rwlock) => RwLockLeaf.Init(rwlock);

    internal static void Destroy(aws_rw_lock* rwlock) => RwLockLeaf.Destroy(rwlock);

    internal static int LockRead(aws_rw_lock* rwlock) => RwLockLeaf.LockRead(rwlock);

    internal static int LockWrite(aws_rw_lock* rwlock) => RwLockLeaf.LockWrite(rwlock);

    internal static int TryLockRead(aws_rw_lock* rwlock) => RwLockLeaf.TryLockRead(rwlock);

    internal static int TryLockWrite(aws_rw_lock* rwlock) => RwLockLeaf.TryLockWrite(rwlock);

    internal static int UnlockRead(aws_rw_lock* rwlock) => RwLockLeaf.UnlockRead(rwlock);

    internal static int UnlockWrite(aws_rw_lock* rwlock) => RwLockLeaf.UnlockWrite(rwlock);
}

/// <summary>The system's condition variable. Calls that return a number return 0 or an OS error number.</summary>
internal static unsafe class ConditionVariable
{
    internal static int Init(aws_condition_variable* condition) => ConditionVariableLeaf.Init(condition);

    internal static void Destroy(aws_condition_variable* condition) => ConditionVariableLeaf.Destroy(condition);

    internal static int NotifyOne(aws_condition_variable* condition) =>
        ConditionVariableLeaf.NotifyOne(condition);

    internal static int NotifyAll(aws_condition_variable* condition) =>
        ConditionVariableLeaf.NotifyAll(condition);

    internal static int Wait(aws_condition_variable* condition, aws_mutex* mutex) =>
        ConditionVariableLeaf.Wait(condition, mutex);

    /// <summary>Waits until <see cref="Now"/> would be <paramref name="deadline"/>.</summary>
    internal static int WaitUntil(aws_condition_variable* condition, aws_mutex* mutex, ulong deadline) =>
        ConditionVariableLeaf.WaitUntil(condition, mutex, deadline);

    /// <summary>Nanoseconds on the clock of timed waits, which nobody sets.</summary>
    internal static ulong Now() => ConditionVariableLeaf.Now();
}
