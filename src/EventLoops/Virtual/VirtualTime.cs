// SPDX-License-Identifier: Apache-2.0
using System.Threading;
using Reseau.Native.Common;
using Mutex = Reseau.Native.Common.Threading.Mutex;

namespace Reseau.Native.EventLoops.Virtual;

/// <summary>
/// A clock that only its owner moves, and the loops that run on it, tick by tick, on whichever thread asks for that: so
/// what happens, and in which order, is the same each time. Nothing sleeps, and an hour passes in no time.
/// <para>
/// One thread at a time runs ticks: the driver. Between ticks it counts as the thread of every running loop, so that it
/// may do what is for loop threads only. During a tick it is the thread of that loop alone: what one loop asks of
/// another crosses the queue, as it does between threads. Other threads may post tasks and raise events at any time.
/// </para>
/// </summary>
internal unsafe struct VirtualTime
{
    // Zero means "now" to a scheduler.
    private const ulong Beginning = Clock.NanosecondsPerSecond;

    /// <summary>A function for which no loop may be in a tick.</summary>
    private struct OutsideCall
    {
        /// <summary>First, so that a node of the list is its call.</summary>
        internal aws_linked_list_node Node;

        internal delegate*<void*, void> Function;
        internal void* Argument;
    }

    internal aws_allocator* Allocator;

    private ulong _now;
    private uint _random;
    private ulong _driver;
    private VirtualLoop* _first;
    private VirtualLoop* _lastStepped;

    /// <summary>The loop that is in a tick; the innermost, if one waits for another.</summary>
    private VirtualLoop* _inTick;

    // For what other threads do: of subscriptions, too.
    private aws_mutex _lock;
    private aws_condition_variable _changed;
    private ulong _changes;
    private aws_linked_list _outsideCalls;

    /// <summary>
    /// The calling thread is the driver. With seed 0 loops that have something to do take turns; with any other, which
    /// of them comes next is random, and the same for the same seed. So is which loop a group gives to whoever asks on
    /// this thread.
    /// </summary>
    internal static VirtualTime* New(aws_allocator* allocator, ulong seed)
    {
        VirtualTime* time = Common.Allocator.New<VirtualTime>(allocator);
        time->Allocator = allocator;
        time->_now = Beginning;
        time->_random = seed == 0 ? 0 : FastRandom.StateOf(seed);
        time->_driver = Threads.CurrentId();
        Mutex.Init(&time->_lock);
        ConditionVariable.Init(&time->_changed);
        LinkedList.Init(&time->_outsideCalls);
        FastRandom.Reseed(seed);
        return time;
    }

    /// <summary>
    /// All its loops have been destroyed before; else AWS_ERROR_INVALID_STATE, and it stays as it is.
    /// </summary>
    internal static int Destroy(VirtualTime* time)
    {
        if (time->_first != null)
            return Errors.Raise(AWS_ERROR_INVALID_STATE);

        ConditionVariable.CleanUp(&time->_changed);
        Mutex.CleanUp(&time->_lock);
        Common.Allocator.Release(time->Allocator, time);
        return AWS_OP_SUCCESS;
    }

    /// <summary>Nanoseconds. Any thread.</summary>
    internal static ulong Now(VirtualTime* time) => Volatile.Read(ref time->_now);

    // ---- Running. By the driver, or by whoever is to be the driver from now on. In a tick, too: the loop that is in
    // it does nothing meanwhile. ----

    /// <summary>Runs one tick of one loop that has something to do. False if there is none.</summary>
    internal static bool Step(VirtualTime* time)
    {
        if (CallOneOutsideTicks(time))
            return true;
        VirtualLoop* loop = Pick(time);
        if (loop == null)
            return false;
        RunTick(loop);
        return true;
    }

    /// <summary>
    /// Runs ticks, so many at most, until no loop has anything to do at this time. Whether there is nothing.
    /// </summary>
    internal static bool RunUntilIdle(VirtualTime* time, ulong maxTicks = ulong.MaxValue)
    {
        while (maxTicks > 0 && Step(time))
            maxTicks--;
        return maxTicks > 0;
    }

    /// <summary>
    /// Runs until idle, then moves the clock to the next timer, and runs until idle again. False if there is no timer.
    /// </summary>
    internal static bool RunToNextTimer(VirtualTime* time)
    {
        RunUntilIdle(time);
        ulong next = NextTimer(time);
        if (next == ulong.MaxValue)
            return false;
        MoveTo(time, next);
        RunUntilIdle(time);
        return true;
    }

    /// <summary>Moves the clock, and runs what comes due on the way, each at its own time.</summary>
    internal static void Advance(VirtualTime* time, ulong nanoseconds)
    {
        ulong end = Clock.Later(time->_now, nanoseconds);
        RunUntilIdle(time);
        while (NextTimer(time) <= end && RunToNextTimer(time))
        {
        }

        MoveTo(time, end);
    }

    /// <summary>Moves the clock and runs nothing: what is running takes that long.</summary>
    internal static void Spend(VirtualTime* time, ulong nanoseconds) =>
        MoveTo(time, Clock.Later(time->_now, nanoseconds));

    /// <summary>
    /// Waits until another thread has given the loops something to do, for so many nanoseconds of real time at most.
    /// Whether there is anything.
    /// </summary>
    internal static bool WaitForOtherThreads(VirtualTime* time, long nanoseconds)
    {
        Lock(time);
        ulong changes = time->_changes;
        bool isIdle = LinkedList.IsEmpty(&time->_outsideCalls);
        Unlock(time);

        for (VirtualLoop* loop = time->_first; loop != null; loop = loop->Next)
        {
            if (MayTick(loop))
                isIdle &= !HasWork(loop) && CrossThreadTaskQueue.TryFallAsleep(&loop->Core.Incoming);
        }

        Lock(time);
        while (isIdle && time->_changes == changes)
            isIdle = ConditionVariable.WaitFor(&time->_changed, &time->_lock, nanoseconds) == AWS_OP_SUCCESS;
        Unlock(time);

        for (VirtualLoop* loop = time->_first; loop != null; loop = loop->Next)
            CrossThreadTaskQueue.Awake(&loop->Core.Incoming);
        return HasWork(time);
    }

    /// <summary>
    /// Calls a function when no loop is in a tick: at once, if the caller is the driver and none is; else before the
    /// next tick. Any thread.
    /// </summary>
    internal static void CallOutsideTicks(VirtualTime* time, delegate*<void*, void> function, void* argument)
    {
        if (time->_driver == Threads.CurrentId() && time->_inTick == null)
        {
            function(argument);
            return;
        }

        OutsideCall* call = Common.Allocator.New<OutsideCall>(time->Allocator);
        call->Function = function;
        call->Argument = argument;
        Lock(time);
        LinkedList.PushBack(&time->_outsideCalls, &call->Node);
        UnlockAndWake(time);
    }

    // ---- For the backend ----

    internal static void Lock(VirtualTime* time) => Mutex.Lock(&time->_lock);

    internal static void Unlock(VirtualTime* time) => Mutex.Unlock(&time->_lock);

    /// <summary>There is something new for a loop: ends <see cref="WaitForOtherThreads"/>.</summary>
    internal static void UnlockAndWake(VirtualTime* time)
    {
        time->_changes++;
        ConditionVariable.NotifyAll(&time->_changed);
        Unlock(time);
    }

    internal static void Add(VirtualTime* time, VirtualLoop* loop)
    {
        VirtualLoop** end = &time->_first;
        while (*end != null)
            end = &(*end)->Next;
        *end = loop;
    }

    internal static void Remove(VirtualTime* time, VirtualLoop* loop)
    {
        VirtualLoop** link = &time->_first;
        while (*link != loop)
            link = &(*link)->Next;
        *link = loop->Next;
        if (time->_lastStepped == loop)
            time->_lastStepped = null;
    }

    /// <summary>A loop has been started: it has a thread now.</summary>
    internal static void OnStarted(VirtualTime* time)
    {
        if (time->_inTick == null)
            time->_driver = Threads.CurrentId();
        SetOwners(time);
    }

    /// <summary>Runs ticks until a loop has stopped: its own, and others' while it has nothing to do.</summary>
    internal static void RunUntilStopped(VirtualLoop* loop)
    {
        const long pauseNanos = (long)Clock.NanosecondsPerSecond;
        while (loop->Core.ShouldContinue)
        {
            if (HasWork(loop))
                RunTick(loop);
            else if (!Step(loop->Time))
                WaitForOtherThreads(loop->Time, pauseNanos);
        }
    }

    /// <summary>
    /// Runs a tick of a loop that the caller, if it is the driver, waits for; if that has nothing to do, of another.
    /// </summary>
    internal static bool StepFor(VirtualLoop* loop)
    {
        if (loop->Time->_driver != Threads.CurrentId())
            return false;
        if (!HasWork(loop))
            return Step(loop->Time);
        RunTick(loop);
        return true;
    }

    private static void RunTick(VirtualLoop* loop)
    {
        VirtualTime* time = loop->Time;
        VirtualLoop* outer = time->_inTick;
        if (outer == null)
            time->_driver = Threads.CurrentId();
        time->_inTick = loop;
        time->_lastStepped = loop;
        loop->Core.IsInTick = true;
        SetOwners(time);
        LoopTick.RunWithoutWaiting(&loop->Core);
        loop->Core.IsInTick = false;
        time->_inTick = outer;
        SetOwners(time);
        if (!loop->Core.ShouldContinue)
            Volatile.Write(ref loop->Core.Owner, 0);
    }

    private static void SetOwners(VirtualTime* time)
    {
        for (VirtualLoop* loop = time->_first; loop != null; loop = loop->Next)
        {
            bool isDrivers = time->_inTick == null || time->_inTick == loop;
            if (loop->Core.ShouldContinue || loop->Core.IsInTick)
                Volatile.Write(ref loop->Core.Owner, isDrivers ? time->_driver : LoopCore.NoThread);
        }
    }

    private static bool CallOneOutsideTicks(VirtualTime* time)
    {
        if (time->_inTick != null)
            return false;

        OutsideCall* call = null;
        Lock(time);
        if (!LinkedList.IsEmpty(&time->_outsideCalls))
            call = (OutsideCall*)LinkedList.PopFront(&time->_outsideCalls);
        Unlock(time);
        if (call == null)
            return false;

        OutsideCall copy = *call;
        Common.Allocator.Release(time->Allocator, call);
        copy.Function(copy.Argument);
        return true;
    }

    /// <summary>The loop whose turn it is; NULL if none has anything to do.</summary>
    private static VirtualLoop* Pick(VirtualTime* time)
    {
        uint count = 0;
        for (VirtualLoop* loop = time->_first; loop != null; loop = loop->Next)
            count += HasWork(loop) ? 1u : 0;
        if (count == 0)
            return null;

        // Taking turns is to begin behind the last one; a random choice, anywhere.
        VirtualLoop* chosen = time->_random == 0 ? time->_lastStepped : null;
        uint skipped = time->_random == 0 || count == 1 ? 0 : FastRandom.Next(ref time->_random) % count;
        while (true)
        {
            chosen = chosen == null || chosen->Next == null ? time->_first : chosen->Next;
            if (HasWork(chosen) && skipped-- == 0)
                return chosen;
        }
    }

    private static bool HasWork(VirtualTime* time)
    {
        Lock(time);
        bool hasWork = !LinkedList.IsEmpty(&time->_outsideCalls);
        Unlock(time);
        for (VirtualLoop* loop = time->_first; loop != null && !hasWork; loop = loop->Next)
            hasWork = HasWork(loop);
        return hasWork;
    }

    private static bool HasWork(VirtualLoop* loop) =>
        MayTick(loop)
        && (HasDueTask(loop)
            || CrossThreadTaskQueue.HasTasks(&loop->Core.Incoming)
            || VirtualPoller.HasReady(loop));

    private static bool MayTick(VirtualLoop* loop) => loop->Core.ShouldContinue && !loop->Core.IsInTick;

    private static bool HasDueTask(VirtualLoop* loop) =>
        !TaskScheduler.IsEmpty(&loop->Core.Scheduler)
        && TaskScheduler.NextTaskTime(&loop->Core.Scheduler) <= loop->Time->_now;

    /// <summary>The greatest number if there is none.</summary>
    private static ulong NextTimer(VirtualTime* time)
    {
        ulong next = ulong.MaxValue;
        for (VirtualLoop* loop = time->_first; loop != null; loop = loop->Next)
        {
            if (MayTick(loop))
                next = ulong.Min(next, TaskScheduler.NextTaskTime(&loop->Core.Scheduler));
        }

        return next;
    }

    private static void MoveTo(VirtualTime* time, ulong now)
    {
        if (now > time->_now)
            Volatile.Write(ref time->_now, now);
    }
}
