// SPDX-License-Identifier: Apache-2.0
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Threading;
using Reseau.Native.Common;
using Reseau.Native.Interop.Linux;
using Reseau.Native.Interop.Posix;
using static Reseau.Native.Interop.Linux.Epoll;

namespace Reseau.Native.EventLoops.Epoll;

/// <summary>
/// What an epoll loop's thread does, over and over: wait for events, deliver them, run the tasks that are due. One such
/// round is a tick.
/// </summary>
internal static unsafe class EpollThread
{
    /// <summary>Events taken from the kernel at once.</summary>
    private const int BatchCapacity = 256;

    // A chain of tasks, each of which schedules the next, need not ask the kernel for events after every link. It may
    // not keep them waiting either: a tick runs follow-up tasks for so long, and looks at the clock every so often.
    private const ulong FollowUpBudgetNanos = 20_000;
    private const int FollowUpsPerClockRead = 4;

    // Timers that follow each other closely are served together: they may be late by as much as the kernel lets any
    // thread be by default (timer slack, prctl(2)), and each costs a wake-up less.
    private const ulong ShortestSleepNanos = 100_000;

    // How exactly the kernel keeps the time of longer sleeps.
    private const uint TimerSlackNanos = 1_000;

    // When the loop's clock fails, deadlines cannot be known. The loop looks again after this time.
    private const ulong ClockRetryNanos = Clock.NanosecondsPerSecond;

    internal static delegate* unmanaged[Cdecl]<void*, void> Body => &Main;

    /// <summary>One reading of the clocks, in nanoseconds.</summary>
    private struct Time
    {
        /// <summary>Of the monotonic clock, by which load is measured.</summary>
        internal ulong Monotonic;

        /// <summary>Of the loop's own clock, by which tasks go; zero if it failed.</summary>
        internal ulong OfTasks;

        internal bool IsKnown;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void Main(void* argument)
    {
        aws_event_loop* event_loop = (aws_event_loop*)argument;
        EpollLoop* loop = EpollEventLoop.StateOf(event_loop);
        Volatile.Write(ref loop->Owner, Threads.CurrentId());
        Log.Write(AWS_LL_INFO, AWS_LS_IO_EVENT_LOOP, $"id=0x{(nint)event_loop:x}: the loop's thread runs");
        CryptoLibrary.FreeThreadStateAtExit(&ThreadExit.Add);

        Prctl.SetTimerSlack(TimerSlackNanos);
        byte* batch = stackalloc byte[BatchCapacity * EventSizeMax];
        Time time;
        ReadClocks(event_loop, loop, &time);
        while (loop->ShouldContinue)
        {
            int count = WaitForEvents(event_loop, loop, batch, &time);
            Deliver(event_loop, loop, batch, count);
            RunTasks(event_loop, loop, &time, hadEvents: count > 0);
            LoadFactor.TickEnd(event_loop, time.Monotonic);
        }

        Log.Write(AWS_LL_DEBUG, AWS_LS_IO_EVENT_LOOP, $"id=0x{(nint)event_loop:x}: the loop's thread ends");
        Volatile.Write(ref loop->Owner, 0);
    }

    /// <summary>
    /// Takes the events that are there and, if there is nothing else to do, sleeps until there are some, until a task
    /// is due, or until another thread hands one over. <paramref name="time"/> is when the last tick ended, and
    /// becomes when this one starts.
    /// </summary>
    private static int WaitForEvents(aws_event_loop* event_loop, EpollLoop* loop, byte* batch, Time* time)
    {
        ulong idle = TimeUntilNextTask(loop, time);
        int count = 0;
        if (loop->BusyPoll.IsWorthwhile(idle))
        {
            count = PollForAWhile(event_loop, loop, batch, time);
            idle = TimeUntilNextTask(loop, time);
        }

        if (count == 0)
        {
            count = idle != 0 && CrossThreadTaskQueue.TryFallAsleep(&loop->Incoming)
                ? FallAsleep(event_loop, loop, batch, time, idle)
                : Poll(loop->EpollFd, batch, BatchCapacity);
        }

        loop->BusyPoll.TickStarted();
        LoadFactor.TickStart(event_loop, time->Monotonic);
        return count >= 0 ? count : LogFailedWait(event_loop, Libc.Errno);
    }

    /// <summary>Other threads need not wake a loop that polls: it looks at what they hand over.</summary>
    private static int PollForAWhile(aws_event_loop* event_loop, EpollLoop* loop, byte* batch, Time* time)
    {
        loop->BusyPoll.Begin(time->Monotonic);
        while (true)
        {
            int count = Poll(loop->EpollFd, batch, BatchCapacity);
            ReadClocks(event_loop, loop, time);
            if (count != 0 || CrossThreadTaskQueue.HasTasks(&loop->Incoming))
            {
                loop->BusyPoll.Succeeded(time->Monotonic);
                return count;
            }

            if (!loop->BusyPoll.ShouldGoOn(time->Monotonic))
            {
                loop->BusyPoll.Failed();
                return 0;
            }
        }
    }

    /// <summary>The queue says that the loop sleeps; afterwards it says no more.</summary>
    private static int FallAsleep(aws_event_loop* event_loop, EpollLoop* loop, byte* batch, Time* time, ulong idle)
    {
        ulong start = time->Monotonic;
        int count = Sleep(loop->EpollFd, batch, BatchCapacity, ulong.Max(idle, ShortestSleepNanos));
        CrossThreadTaskQueue.Awake(&loop->Incoming);
        ReadClocks(event_loop, loop, time);
        loop->BusyPoll.Slept(time->Monotonic - start);
        return count;
    }

    private static int LogFailedWait(aws_event_loop* event_loop, int error)
    {
        Log.Write(
            AWS_LL_ERROR, AWS_LS_IO_EVENT_LOOP, $"id=0x{(nint)event_loop:x}: waiting for events failed: errno {error}");
        return 0;
    }

    private static ulong TimeUntilNextTask(EpollLoop* loop, Time* now)
    {
        ulong next;
        if (!TaskScheduler.HasTasks(&loop->Scheduler, &next))
            return Forever;
        if (next == 0)
            return 0;
        if (!now->IsKnown)
            return ClockRetryNanos;
        return next > now->OfTasks ? next - now->OfTasks : 0;
    }

    private static void Deliver(aws_event_loop* event_loop, EpollLoop* loop, byte* batch, int count)
    {
        if (count == 0)
            return;

        bool isTraced = Log.IsEnabled(AWS_LL_TRACE, AWS_LS_IO_EVENT_LOOP);
        loop->IsDelivering = true;
        for (int i = 0; i < count; i++)
        {
            // NULL is the wake-up, which has done its work by ending the sleep.
            IoSubscription* subscription = (IoSubscription*)EventData(batch, i);
            if (subscription == null || subscription->OnEvent == null)
                continue;

            int events = IoSubscription.EventTypesOf(EventFlags(batch, i));
            if (isTraced)
                TraceEvent(event_loop, subscription, events);
            subscription->OnEvent(event_loop, subscription->Handle, events, subscription->UserData);
        }

        loop->IsDelivering = false;
        FreeRetired(loop);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void TraceEvent(aws_event_loop* event_loop, IoSubscription* subscription, int events) => Log.Write(
        AWS_LL_TRACE,
        AWS_LS_IO_EVENT_LOOP,
        $"id=0x{(nint)event_loop:x}: fd {subscription->Handle->data.fd} has events {events}");

    private static void FreeRetired(EpollLoop* loop)
    {
        while (loop->Retired != null)
        {
            IoSubscription* subscription = loop->Retired;
            loop->Retired = subscription->NextRetired;
            IoSubscription.Free(subscription);
        }
    }

    /// <summary>
    /// Runs what is due, and what that schedules in turn, within limits. <paramref name="time"/> is when the tick
    /// started, and becomes when it ended. After events there are likely to be more: they come before what tasks have
    /// scheduled, so that no handle is through with all that follows its event while another has not been looked at.
    /// </summary>
    private static void RunTasks(aws_event_loop* event_loop, EpollLoop* loop, Time* time, bool hadEvents)
    {
        aws_task_scheduler* scheduler = &loop->Scheduler;
        ulong start = time->Monotonic;
        EpollEventLoop.ReceiveTasks(loop);
        for (int round = 1; ; round++)
        {
            TaskScheduler.RunAll(scheduler, time->OfTasks);
            EpollEventLoop.ReceiveTasks(loop);
            if (hadEvents || !loop->ShouldContinue || LinkedList.IsEmpty(&scheduler->asap_list))
                break;
            if (round % FollowUpsPerClockRead != 0)
                continue;

            ReadClocks(event_loop, loop, time);
            if (time->Monotonic - start >= FollowUpBudgetNanos)
                return;
        }

        ReadClocks(event_loop, loop, time);
    }

    private static void ReadClocks(aws_event_loop* event_loop, EpollLoop* loop, Time* time)
    {
        bool isKnown = Clock.HighResTicks(&time->Monotonic) == AWS_OP_SUCCESS;
        if (!loop->GoesByMonotonicClock)
        {
            ulong now = 0;
            isKnown = event_loop->clock(&now) == AWS_OP_SUCCESS;
            time->OfTasks = isKnown ? now : 0;
        }
        else
        {
            time->OfTasks = time->Monotonic;
        }

        time->IsKnown = isKnown;
    }
}
