// SPDX-License-Identifier: Apache-2.0
using System.Threading;
using Semaphore = Reseau.Native.Platform.Semaphore;

namespace Reseau.Native.UserSockets;

/// <summary>A thread that sleeps until one of its watches is notified. On its stack.</summary>
internal unsafe struct Waiter
{
    internal const ulong NoDeadline = Semaphore.NoDeadline;

    private Semaphore _semaphore;
    private int _isNotified;

    internal static void Init(Waiter* waiter)
    {
        Semaphore.Init(&waiter->_semaphore);
        waiter->_isNotified = 0;
    }

    /// <summary>None of its watches is in a list any more.</summary>
    internal static void CleanUp(Waiter* waiter) => Semaphore.Destroy(&waiter->_semaphore);

    /// <summary>A watch that notifies this waiter.</summary>
    internal static void Prepare(Waiter* waiter, Watch* watch, uint events)
    {
        *watch = default;
        watch->Events = events;
        watch->Notify = &Notify;
        watch->State = waiter;
    }

    /// <summary>0 after a notification; else the negated error: EAGAIN when the time is up, EINTR.</summary>
    internal static int Sleep(Waiter* waiter, ulong deadline)
    {
        int error = Semaphore.WaitUntil(&waiter->_semaphore, deadline);
        if (error != 0)
            return error == SocketApi.ETIMEDOUT ? -SocketApi.EAGAIN : -error;

        // What is notified from here on posts again; what was notified before is looked at after this.
        Interlocked.Exchange(ref waiter->_isNotified, 0);
        return 0;
    }

    /// <summary>The deadline of a wait of so many nanoseconds from now on.</summary>
    internal static ulong After(ulong nanoseconds)
    {
        ulong now = Platform.ConditionVariable.Now();
        return nanoseconds >= NoDeadline - now ? NoDeadline : now + nanoseconds;
    }

    private static void Notify(Watch* watch)
    {
        Waiter* waiter = (Waiter*)watch->State;
        if (Interlocked.Exchange(ref waiter->_isNotified, 1) == 0)
            Semaphore.Post(&waiter->_semaphore);
    }
}
