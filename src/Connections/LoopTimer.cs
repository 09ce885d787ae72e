// SPDX-License-Identifier: Apache-2.0
using System.Threading;
using Reseau.Native.Common;
using Reseau.Native.EventLoops;

namespace Reseau.Native.Connections;

/// <summary>A timer, which its anchor is. Rule 146 of docs/lifetimes.md.</summary>
internal unsafe struct LoopTimer
{
    internal LoopMember Member;
    private reseau_timer_fn _function;
    private void* _state;

    /// <summary>Nanoseconds; 0: it is called once.</summary>
    private ulong _period;

    /// <summary>When the function is due, on the loop's clock. Loop thread.</summary>
    private ulong _due;

    /// <summary>When it has been asked to be due instead, by any thread; 0 if not.</summary>
    private ulong _askedDue;

    private static nint s_operations;

    private static MemberOperations* Operations => StaticMemory.Get(ref s_operations, &NewOperations);

    /// <summary>
    /// Any thread. Takes the reference to the loop over, also on failure. Returns the id or an error of reseau_error.
    /// </summary>
    internal static long Start(
        LoopObject* home, long delayMilliseconds, long periodMilliseconds, reseau_timer_fn function, void* state)
    {
        LoopTimer* timer = Allocator.New<LoopTimer>(Allocator.Default());
        timer->Member.Object.Operations = (IdOperations*)Operations;
        timer->_function = function;
        timer->_state = state;
        timer->_period = Deadline.Nanoseconds(periodMilliseconds);
        timer->_due = TimeIn(home->Object.Loop, delayMilliseconds);
        ScheduledTask.Init(&timer->Member.Anchor, &OnAnchor, timer, Literal.Of("reseau_timer"u8));
        ulong due = timer->_due;
        long id = LoopMember.Begin(&timer->Member, home);
        return id < 0 || LoopMember.TryAnchor(&timer->Member, due) ? id : RESEAU_ERROR_LOOP_ENDED;
    }

    /// <summary>Any thread. Returns 0, or an error of reseau_error.</summary>
    internal static int Restart(LoopTimer* timer, long delayMilliseconds)
    {
        if (LoopMember.IsClosing(&timer->Member))
            return RESEAU_ERROR_CLOSED;
        Interlocked.Exchange(ref timer->_askedDue, TimeIn(timer->Member.Object.Loop, delayMilliseconds));
        LoopMember.Request(&timer->Member);
        return 0;
    }

    private static MemberOperations NewOperations() => new()
    {
        Id = new IdOperations { Kind = IdKind.Timer, Free = &LoopMember.Free, Close = &LoopMember.Close },
        Apply = &Apply,
    };

    // Never 0, which would be now, before tasks that are due. A clock that fails is at its beginning.
    private static ulong TimeIn(aws_event_loop* loop, long milliseconds)
    {
        ulong now = 0;
        EventLoop.CurrentClockTime(loop, &now);
        return ulong.Max(Clock.Later(now, Deadline.Nanoseconds(milliseconds)), 1);
    }

    private static void Apply(LoopMember* member)
    {
        LoopTimer* timer = (LoopTimer*)member;
        ulong due = Interlocked.Exchange(ref timer->_askedDue, 0);
        if (due == 0)
            return;
        LoopMember.TakeAnchor(member);
        Schedule(timer, due);
    }

    private static void Schedule(LoopTimer* timer, ulong due)
    {
        timer->_due = due;
        timer->Member.IsAnchored = true;
        EventLoop.ScheduleTaskFuture(timer->Member.Object.Loop, &timer->Member.Anchor, due);
    }

    private static void OnAnchor(aws_task* task, void* argument, aws_task_status status)
    {
        LoopTimer* timer = (LoopTimer*)argument;
        if (status != AWS_TASK_STATUS_RUN_READY)
        {
            LoopMember.EndWithLoop(&timer->Member);
            return;
        }

        timer->Member.IsAnchored = false;
        if (!LoopMember.TryEnterCallback(&timer->Member))
        {
            LoopMember.End(&timer->Member);
            return;
        }

        timer->_function(timer->Member.Object.Id, timer->_state);
        if (LoopMember.ExitCallback(&timer->Member))
            GoOn(timer);
    }

    // The function has returned, and may have begun the timer again.
    private static void GoOn(LoopTimer* timer)
    {
        Apply(&timer->Member);
        if (timer->Member.IsAnchored)
            return;
        if (timer->_period == 0)
            LoopMember.End(&timer->Member);
        else
            Schedule(timer, NextDue(timer));
    }

    // The moments that have passed meanwhile are left out.
    private static ulong NextDue(LoopTimer* timer)
    {
        ulong now = 0;
        EventLoop.CurrentClockTime(timer->Member.Object.Loop, &now);
        ulong missed = now > timer->_due ? (now - timer->_due) / timer->_period : 0;
        ulong next = Clock.Later(timer->_due, missed * timer->_period);
        return Clock.Later(next, timer->_period);
    }
}
