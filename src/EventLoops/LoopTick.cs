// SPDX-License-Identifier: Apache-2.0
using System.Runtime.CompilerServices;
using Reseau.Native.Common;

namespace Reseau.Native.EventLoops;

/// <summary>
/// What a loop does over and over: wait for events, deliver them, run the tasks that are due. One such round is a tick.
/// </summary>
internal static unsafe class LoopTick
{
    // A chain of tasks, each of which schedules the next, need not ask the kernel for events after every link. It may
    // not keep them waiting either: a tick runs follow-up tasks for so long.
    private const ulong FollowUpBudgetNanos = 20_000;

    // Timers that follow each other closely are served together: they may be late by as much as the kernel lets any
    // thread be by default (timer slack, prctl(2)), and each costs a wake-up less.
    private const ulong MinSleepNanos = 100_000;

    // When the loop's clock fails, deadlines cannot be known. The loop looks again after this time.
    private const ulong ClockRetryNanos = Clock.NanosecondsPerSecond;

    /// <summary>
    /// A tick of a loop with a thread of its own, which sleeps if there is nothing to do. After events there are likely
    /// to be more: they come before what tasks have scheduled, so that no handle has its follow-up tasks run while
    /// another has not been looked at.
    /// </summary>
    internal static void Run(LoopCore* core) => Run(core, LoopBackend.Forever, true);

    /// <summary>
    /// The same, whose sleep lasts no longer than so many nanoseconds, and which may look for events for a while before
    /// it sleeps.
    /// </summary>
    internal static void Run(LoopCore* core, ulong limit, bool mayPoll)
    {
        int count = WaitForEvents(core, limit, mayPoll);
        Deliver(core, count);
        TaskRun.Run(core, count > 0 ? 0 : FollowUpBudgetNanos);
        LoadFactor.TickEnd(&core->Load, core->Loop, core->Now.Monotonic);
    }

    /// <summary>
    /// A tick that the caller, who is the owner, makes a loop without a thread do: it does what there is to do, but
    /// leaves what tasks schedule for the next tick, and never sleeps.
    /// </summary>
    internal static void RunWithoutWaiting(LoopCore* core)
    {
        ReadClocks(core);
        int count = core->Backend->Wait(core, 0);
        core->Load.Start = core->Now.Monotonic;
        Deliver(core, count);
        TaskRun.Run(core, 0);
        LoadFactor.TickEnd(&core->Load, core->Loop, core->Now.Monotonic);
    }

    internal static void ReadClocks(LoopCore* core)
    {
        LoopTime* now = &core->Now;
        if (core->UsesMonotonicClock)
        {
            now->IsKnown = Clock.HighResTicks(&now->Monotonic) == AWS_OP_SUCCESS;
            now->OfTasks = now->Monotonic;
            return;
        }

        EventLoop.MonotonicTime(core->Loop, &now->Monotonic);
        ulong time = 0;
        now->IsKnown = EventLoop.CurrentClockTime(core->Loop, &time) == AWS_OP_SUCCESS;
        now->OfTasks = now->IsKnown ? time : 0;
    }

    /// <summary>
    /// Collects the events that are there and, if there is nothing else to do, sleeps until there are some, until a
    /// task is due, or until another thread posts one.
    /// </summary>
    private static int WaitForEvents(LoopCore* core, ulong limit, bool mayPoll)
    {
        ulong idle = ulong.Min(TimeUntilNextTask(core), limit);
        int count = 0;
        if (mayPoll && core->BusyPoll.IsWorthwhile(idle))
        {
            count = PollForAWhile(core);
            idle = ulong.Min(TimeUntilNextTask(core), limit);
        }

        if (count == 0)
        {
            count = idle != 0 && CrossThreadTaskQueue.TryFallAsleep(&core->Incoming)
                ? Sleep(core, idle)
                : core->Backend->Wait(core, 0);
        }

        core->BusyPoll.TickStarted();
        core->Load.Start = core->Now.Monotonic;
        return count;
    }

    /// <summary>Other threads need not wake a loop that polls: it looks at what they post.</summary>
    private static int PollForAWhile(LoopCore* core)
    {
        core->BusyPoll.Begin(core->Now.Monotonic);
        while (true)
        {
            int count = core->Backend->Wait(core, 0);
            ReadClocks(core);
            if (count != 0 || CrossThreadTaskQueue.HasTasks(&core->Incoming))
            {
                core->BusyPoll.Succeeded(core->Now.Monotonic);
                return count;
            }

            if (!core->BusyPoll.ShouldGoOn(core->Now.Monotonic))
            {
                core->BusyPoll.Failed();
                return 0;
            }
        }
    }

    /// <summary>The queue says that the loop sleeps; afterwards it says no more.</summary>
    private static int Sleep(LoopCore* core, ulong idle)
    {
        ulong start = core->Now.Monotonic;
        bool isMeasured = core->BusyPoll.ShouldMeasureSleep();
        ulong used = isMeasured ? Platform.Clock.ThreadTime() : 0;
        int count = core->Backend->Wait(core, ulong.Max(idle, MinSleepNanos));
        if (isMeasured)
            used = Platform.Clock.ThreadTime() - used;
        CrossThreadTaskQueue.Awake(&core->Incoming);
        ReadClocks(core);
        core->BusyPoll.Slept(core->Now.Monotonic - start, used);
        return count;
    }

    private static ulong TimeUntilNextTask(LoopCore* core)
    {
        ulong next = TaskScheduler.NextTaskTime(&core->Scheduler);
        if (next == 0)
            return 0;
        if (next == TaskScheduler.NoTask && TaskScheduler.IsEmpty(&core->Scheduler))
            return LoopBackend.Forever;
        if (!core->Now.IsKnown)
            return ClockRetryNanos;
        return next > core->Now.OfTasks ? next - core->Now.OfTasks : 0;
    }

    private static void Deliver(LoopCore* core, int count)
    {
        if (count == 0)
            return;

        core->IsDelivering = true;
        core->Backend->Deliver(core, count);
        core->IsDelivering = false;
        IoSubscription.FreeRetired(core);
    }
}
