// SPDX-License-Identifier: Apache-2.0
using Reseau.Native.Common;
using Reseau.Native.EventLoops;

namespace Reseau.Native.Resolver;

/// <summary>
/// What stands for a host's thread on a loop that has none: it waits by being scheduled, so that nothing sleeps on a
/// clock that is moved by hand: <see cref="HostRound"/>. Rules 510 and 511 of docs/lifetimes.md.
/// </summary>
internal unsafe struct HostTask
{
    private enum Wait : byte
    {
        /// <summary>For nothing: it begins.</summary>
        None,

        /// <summary>For the answer to a look-up, which nothing ends before.</summary>
        Answer,

        ShortestPause,
        RestOfPause,
    }

    private aws_task _timer;
    private aws_task _wake;
    private aws_event_loop* _loop;
    private HostEntry* _entry;
    private FoundAddresses _found;
    private int _error;
    private Wait _wait;

    // Whether each is scheduled. What is called without is a cancellation of ours.
    private bool _isTimerSet;

    // Under the entry's lock, while others see the entry.
    private bool _isWaking;

    /// <summary>Before anybody else sees the entry, which has the task from now on.</summary>
    internal static void Launch(HostEntry* entry, aws_event_loop* loop)
    {
        HostTask* task = Allocator.New<HostTask>(entry->Allocator);
        task->_entry = entry;
        task->_loop = loop;
        ScheduledTask.Init(&task->_timer, &OnTimer, task, Literal.Of("host_resolver_timer"u8));
        ScheduledTask.Init(&task->_wake, &OnWake, task, Literal.Of("host_resolver_wake"u8));
        entry->Task = task;
        Wake(task);
    }

    /// <summary>Something has changed that may end a pause. Under the entry's lock.</summary>
    internal static void Wake(HostTask* task)
    {
        if (task->_isWaking)
            return;

        task->_isWaking = true;
        EventLoop.ScheduleTaskNow(task->_loop, &task->_wake);
    }

    private static void OnWake(aws_task* wake, void* argument, aws_task_status status)
    {
        HostTask* task = (HostTask*)argument;
        if (!task->_isWaking)
            return;

        Mutex.Lock(&task->_entry->Lock);
        task->_isWaking = false;
        task->_entry->IsShuttingDown |= status == AWS_TASK_STATUS_CANCELED;
        Mutex.Unlock(&task->_entry->Lock);

        if (!IsOver(task))
            return;
        StopTimer(task);
        Run(task);
    }

    private static void OnTimer(aws_task* timer, void* argument, aws_task_status status)
    {
        HostTask* task = (HostTask*)argument;
        if (!task->_isTimerSet)
            return;

        task->_isTimerSet = false;
        if (status == AWS_TASK_STATUS_CANCELED)
        {
            Mutex.Lock(&task->_entry->Lock);
            task->_entry->IsShuttingDown = true;
            Mutex.Unlock(&task->_entry->Lock);
        }

        Run(task);
    }

    // From one wait to the next, until one takes time.
    private static void Run(HostTask* task)
    {
        while (TryGoOn(task, out ulong nanoseconds))
        {
            if (nanoseconds == 0 || IsOver(task))
                continue;

            ulong now;
            EventLoop.CurrentClockTime(task->_loop, &now);
            task->_isTimerSet = true;
            EventLoop.ScheduleTaskFuture(task->_loop, &task->_timer, Clock.Later(now, nanoseconds));
            return;
        }

        Finish(task);
    }

    // Does what comes after a wait, and says how long the next one is. False if the host is not needed any more.
    private static bool TryGoOn(HostTask* task, out ulong nanoseconds)
    {
        HostEntry* entry = task->_entry;
        nanoseconds = 0;
        switch (task->_wait)
        {
            case Wait.Answer:
                HostRound.TakeIn(entry, &task->_found, task->_error);
                nanoseconds = HostRound.ShortestPauseNanoseconds;
                task->_wait = Wait.ShortestPause;
                return true;
            case Wait.ShortestPause:
                nanoseconds = HostRound.RestOfPause(entry);
                task->_wait = Wait.RestOfPause;
                return true;
            case Wait.RestOfPause when !HostRound.GoesOn(entry):
                return false;
            default:
                FoundAddresses.Init(&task->_found, entry->Allocator);
                task->_error = HostRound.Ask(entry, &task->_found, out nanoseconds);
                task->_wait = Wait.Answer;
                return true;
        }
    }

    // Whether what is waited for has come before its time.
    private static bool IsOver(HostTask* task)
    {
        HostEntry* entry = task->_entry;
        Mutex.Lock(&entry->Lock);
        bool isOver = task->_wait switch
        {
            Wait.None => true,
            Wait.Answer => false,
            Wait.ShortestPause => HostRound.MustEnd(entry),
            _ => HostRound.MustEndOrIsAsked(entry),
        };
        Mutex.Unlock(&entry->Lock);
        return isOver;
    }

    // Nobody finds the entry any more, so nobody wakes it either.
    private static void Finish(HostTask* task)
    {
        HostEntry* entry = task->_entry;
        if (task->_isWaking)
        {
            task->_isWaking = false;
            EventLoop.CancelTask(task->_loop, &task->_wake);
        }

        Allocator.Release(entry->Allocator, task);
        HostRound.Finish(entry);
    }

    private static void StopTimer(HostTask* task)
    {
        if (!task->_isTimerSet)
            return;

        task->_isTimerSet = false;
        EventLoop.CancelTask(task->_loop, &task->_timer);
    }
}
