// SPDX-License-Identifier: Apache-2.0
using System.Threading;

namespace Reseau.Native.Common.Threading;

/// <summary>
/// A lock that a forked child finds open, although a thread that exists only in the parent may hold it there. For what
/// may be used on both sides of a fork. What is not whole at every moment must be made again if
/// <see cref="WasInterrupted"/> says so.
/// </summary>
internal unsafe struct ForkLock
{
    private aws_mutex _mutex;

    // What Fork.Count was when the mutex was made; its complement while it is being made.
    private int _forks;

    private bool _wasInterrupted;

    internal static void Init(ForkLock* @lock)
    {
        Mutex.Init(&@lock->_mutex);
        @lock->_forks = Fork.Count;
        @lock->_wasInterrupted = false;
    }

    /// <summary>One of the process, which is made on first use and never freed; the slot keeps it.</summary>
    internal static ForkLock* OfProcess(ref nint slot)
    {
        nint known = Volatile.Read(ref slot);
        if (known != 0)
            return (ForkLock*)known;

        ForkLock* made = (ForkLock*)StaticMemory.Allocate((nuint)sizeof(ForkLock));
        Init(made);
        return (ForkLock*)StaticMemory.PublishBlock(ref slot, made);
    }

    internal static void Enter(ForkLock* @lock)
    {
        while (Volatile.Read(ref @lock->_forks) != Fork.Count)
            Renew(@lock);
        Mutex.Lock(&@lock->_mutex);
    }

    internal static void Exit(ForkLock* @lock) => Mutex.Unlock(&@lock->_mutex);

    /// <summary>As <see cref="ConditionVariable.Wait"/>, under this lock.</summary>
    internal static int Wait(ForkLock* @lock, aws_condition_variable* changed) =>
        ConditionVariable.Wait(changed, &@lock->_mutex);

    /// <summary>As <see cref="ConditionVariable.WaitUntil"/>, under this lock.</summary>
    internal static int WaitUntil(ForkLock* @lock, aws_condition_variable* changed, ulong deadline) =>
        ConditionVariable.WaitUntil(changed, &@lock->_mutex, deadline);

    /// <summary>
    /// Under the lock, once: whether a thread of the parent's had it when this process was forked. It may have left
    /// half a change behind.
    /// </summary>
    internal static bool WasInterrupted(ForkLock* @lock)
    {
        bool was = @lock->_wasInterrupted;
        @lock->_wasInterrupted = false;
        return was;
    }

    internal static void CleanUp(ForkLock* @lock) => Mutex.CleanUp(&@lock->_mutex);

    // The first of the child's threads makes the mutex; the others come back until it is made.
    private static void Renew(ForkLock* @lock)
    {
        int count = Fork.Count;
        int seen = Volatile.Read(ref @lock->_forks);
        if (seen == count || seen == ~count || Interlocked.CompareExchange(ref @lock->_forks, ~count, seen) != seen)
            return;

        @lock->_wasInterrupted |= Platform.Mutex.TryLock(&@lock->_mutex) != 0;
        Mutex.Init(&@lock->_mutex);
        Volatile.Write(ref @lock->_forks, count);
    }
}
