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
    /// <summary>What the clock shows at first. Zero means "now" to a scheduler.</summary>
    internal const ulong Beginning = Clock.NanosecondsPerSecond;

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

    /// <summary>What happens between loops: on a network, for instance.</summary>
    private aws_task_scheduler _events;

    /// <summary>Called before each tick with the loop and the state; or NULL.</summary>
    internal delegate*<void*, VirtualLoop*, void> OnTick;
    internal void* OnTickState;

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
        TaskScheduler.Init(&time->_events, allocator);
        FastRandom.Reseed(seed);
        return time;
    }

    /// <summary>
    /// All its loops have been destroyed before; else AWS_ERROR_INVALID_STATE, and it stays as it is. Events that are
    /// still to come are cancelled.
    /// </summary>
    internal static int Destroy(VirtualTime* time)
    {
        if (time->_first != null)
            return Errors.Raise(AWS_ERROR_INVALID_STATE);

        TaskScheduler.CleanUp(&time->_events);
        ConditionVariable.CleanUp(&time->_changed);
        Mutex.CleanUp(&time->_lock);
        Common.Allocator.Release(time->Allocator, time);
        return AWS_OP_SUCCESS;
    }

    /// <summary>Whether the caller is called by a loop of it. On the driver's thread.</summary>
    internal static bool IsInTick(VirtualTime* time) => time->_inTick != null;

    /// <summary>Nanoseconds. Any thread.</summary>
    internal static ulong Now(VirtualTime* time) => Volatile.Read(ref time->_now);

    // ---- Events between loops. On the driver's thread. ----

    /// <summary>
    /// Has a task run at a time, in no loop's tick, before loops are looked at. Of those with the same time, in an
    /// order that depends on nothing but the order of these calls.
    /// </summary>
    internal static void ScheduleEvent(VirtualTime* time, aws_task* task, ulong when) =>
        TaskScheduler.ScheduleFuture(&time->_events, task, when);

    /// <summary>Calls it as cancelled instead.</summary>
    internal static void CancelEvent(VirtualTime* time, aws_task* task) =>
        TaskScheduler.CancelTask(&time->_events, task);

    /// <summary>Calls all that are still to come as cancelled.</summary>
    internal static void CancelEvents(VirtualTime* time)
    {
        TaskScheduler.CleanUp(&time->_events);
        TaskScheduler.Init(&time->_events, time->Allocator);
    }

    // ---- Running. By the driver, or by whoever is to be the driver from now on. In a tick, too: the loop that is in
    // it does nothing meanwhile. ----

    /// <summary>Runs one tick of one loop that has something to do. False if there is none.</summary>
    internal static bool Step(VirtualTime* time)
    {
        if (CallOneOutsideTicks(time) || RunEvents(time))
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

    /// <summary>
    /// Ends a running loop for good, in no tick: what is scheduled on it is called as cancelled on this thread, as in a
    /// tick; what is scheduled later, at once. Its memory goes with <see cref="EventLoop.Destroy"/>.
    /// </summary>
    internal static void End(VirtualLoop* loop)
    {
        LoopCore* core = &loop->Core;
        aws_event_loop* outer = EnterTick(loop);
        core->ShouldContinue = false;
        core->IsStarted = false;
        Interlocked.Exchange(ref core->IsEnding, 1);
        LoopTasks.CancelAll(core);
        EventLoop.CleanUpBase(core->Loop);
        LoopTasks.CancelAllAndClose(core);
        ExitTick(loop, null, outer);
        Volatile.Write(ref core->Owner, LoopCore.Nobody);
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
        if (time->OnTick != null)
            time->OnTick(time->OnTickState, loop);
        aws_event_loop* outerOfThread = EnterTick(loop);
        time->_lastStepped = loop;
        LoopTick.RunWithoutWaiting(&loop->Core);
        ExitTick(loop, outer, outerOfThread);
        if (!loop->Core.ShouldContinue)
            Volatile.Write(ref loop->Core.Owner, 0);
    }

    // Returns the loop that the thread was in before.
    private static aws_event_loop* EnterTick(VirtualLoop* loop)
    {
        VirtualTime* time = loop->Time;
        aws_event_loop* outer = EventLoop.OfCallersThread;
        if (time->_inTick == null)
            time->_driver = Threads.CurrentId();
        time->_inTick = loop;
        loop->Core.IsInTick = true;
        SetOwners(time);
        EventLoop.EnterCallersThread(loop->Core.Loop);
        return outer;
    }

    private static void ExitTick(VirtualLoop* loop, VirtualLoop* outer, aws_event_loop* outerOfThread)
    {
        EventLoop.EnterCallersThread(outerOfThread);
        loop->Core.IsInTick = false;
        loop->Time->_inTick = outer;
        SetOwners(loop->Time);
    }

    private static bool RunEvents(VirtualTime* time)
    {
        if (time->_inTick != null || !HasDueEvent(time))
            return false;

        TaskScheduler.RunDue(&time->_events, time->_now, AWS_TASK_STATUS_RUN_READY);
        return true;
    }

    private static bool HasDueEvent(VirtualTime* time) =>
        !TaskScheduler.IsEmpty(&time->_events) && TaskScheduler.NextTaskTime(&time->_events) <= time->_now;

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
        bool hasWork = !LinkedList.IsEmpty(&time->_outsideCalls) || HasDueEvent(time);
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
    internal static ulong NextTimer(VirtualTime* time)
    {
        ulong next = TaskScheduler.NextTaskTime(&time->_events);
        for (VirtualLoop* loop = time->_first; loop != null; loop = loop->Next)
        {
            if (MayTick(loop))
                next = ulong.Min(next, TaskScheduler.NextTaskTime(&loop->Core.Scheduler));
        }

        return next;
    }

    /// <summary>Moves the clock, never back, and runs nothing.</summary>
    internal static void MoveTo(VirtualTime* time, ulong now)
    {
        if (now > time->_now)
            Volatile.Write(ref time->_now, now);
    }
}
