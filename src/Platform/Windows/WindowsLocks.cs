// SPDX-License-Identifier: Apache-2.0
using System;
using Reseau.Native.Interop.Windows;

namespace Reseau.Native.Platform.Windows;

/// <summary>A slim reader-writer lock used by writers alone. Its memory is all that it has.</summary>
internal static unsafe class WindowsMutex
{
    internal static int Init(aws_mutex* mutex)
    {
        *Handle(mutex) = null;
        return 0;
    }

    internal static void Destroy(aws_mutex* mutex)
    {
    }

    internal static int Lock(aws_mutex* mutex)
    {
        // The attempt needs no transition out of managed code, and a free lock is the common case.
        if (TryLock(mutex) != 0)
            Kernel32.AcquireSRWLockExclusive(Handle(mutex));
        return 0;
    }

    internal static int TryLock(aws_mutex* mutex) =>
        Kernel32.TryAcquireSRWLockExclusive(Handle(mutex)) != 0 ? 0 : Ucrt.EBUSY;

    internal static int Unlock(aws_mutex* mutex)
    {
        Kernel32.ReleaseSRWLockExclusive(Handle(mutex));
        return 0;
    }

    // The cast is for other systems, where the field is a struct and this code is not called.
    internal static void** Handle(aws_mutex* mutex) => (void**)&mutex->mutex_handle;
}

/// <summary>A slim reader-writer lock. Locking begins with an attempt, as with <see cref="WindowsMutex"/>.</summary>
internal static unsafe class WindowsRwLock
{
    internal static int Init(aws_rw_lock* rwlock)
    {
        *Handle(rwlock) = null;
        return 0;
    }

    internal static void Destroy(aws_rw_lock* rwlock)
    {
    }

    internal static int LockRead(aws_rw_lock* rwlock)
    {
        if (TryLockRead(rwlock) != 0)
            Kernel32.AcquireSRWLockShared(Handle(rwlock));
        return 0;
    }

    internal static int LockWrite(aws_rw_lock* rwlock)
    {
        if (TryLockWrite(rwlock) != 0)
            Kernel32.AcquireSRWLockExclusive(Handle(rwlock));
        return 0;
    }

    internal static int TryLockRead(aws_rw_lock* rwlock) =>
        Kernel32.TryAcquireSRWLockShared(Handle(rwlock)) != 0 ? 0 : Ucrt.EBUSY;

    internal static int TryLockWrite(aws_rw_lock* rwlock) =>
        Kernel32.TryAcquireSRWLockExclusive(Handle(rwlock)) != 0 ? 0 : Ucrt.EBUSY;

    internal static int UnlockRead(aws_rw_lock* rwlock)
    {
        Kernel32.ReleaseSRWLockShared(Handle(rwlock));
        return 0;
    }

    internal static int UnlockWrite(aws_rw_lock* rwlock)
    {
        Kernel32.ReleaseSRWLockExclusive(Handle(rwlock));
        return 0;
    }

    private static void** Handle(aws_rw_lock* rwlock) => (void**)&rwlock->lock_handle;
}

/// <summary>A condition variable over <see cref="WindowsMutex"/>. Its memory is all that it has.</summary>
internal static unsafe class WindowsConditionVariable
{
    private const ulong NanosecondsPerMillisecond = 1_000_000;

    // About 24 days; who waits longer wakes up in between.
    private const ulong LongestWait = int.MaxValue;

    internal static int Init(aws_condition_variable* condition)
    {
        *Handle(condition) = null;
        return 0;
    }

    internal static void Destroy(aws_condition_variable* condition)
    {
    }

    internal static int NotifyOne(aws_condition_variable* condition)
    {
        Kernel32.WakeConditionVariable(Handle(condition));
        return 0;
    }

    internal static int NotifyAll(aws_condition_variable* condition)
    {
        Kernel32.WakeAllConditionVariable(Handle(condition));
        return 0;
    }

    internal static int Wait(aws_condition_variable* condition, aws_mutex* mutex) =>
        Sleep(condition, mutex, Kernel32.INFINITE);

    internal static int WaitUntil(aws_condition_variable* condition, aws_mutex* mutex, ulong deadline)
    {
        ulong now = Now();
        ulong rest = deadline > now ? deadline - now : 0;
        ulong milliseconds = rest / NanosecondsPerMillisecond + (rest % NanosecondsPerMillisecond == 0 ? 0u : 1u);
        int error = Sleep(condition, mutex, (uint)Math.Min(milliseconds, LongestWait));

        // The system counts in its own ticks, and may be early.
        return error == Ucrt.ETIMEDOUT && Now() < deadline ? 0 : error;
    }

    internal static ulong Now() => WindowsClock.Monotonic();

    private static int Sleep(aws_condition_variable* condition, aws_mutex* mutex, uint milliseconds) =>
        WindowsErrorNumbers.OfCall(Kernel32.SleepConditionVariableSRW(
            Handle(condition), WindowsMutex.Handle(mutex), milliseconds, 0) != 0);

    private static void** Handle(aws_condition_variable* condition) => (void**)&condition->condition_handle;
}
