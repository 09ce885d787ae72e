// SPDX-License-Identifier: Apache-2.0
using Reseau.Native.Common;
using Reseau.Native.EventLoops;

namespace Reseau.Native.Sockets;

/// <summary>
/// Limits a connection attempt in time. Where the peer's backlog is full and the system reports nothing when there is
/// room, it also makes the attempt again, after pauses that grow. In the place of the socket's timer.
/// </summary>
internal unsafe struct ConnectTimer
{
    private const ulong FirstPauseNanoseconds = 1_000_000;
    private const ulong MaxPauseNanoseconds = 32_000_000;

    // First, so that the socket's timer is this.
    private aws_task _task;
    private ulong _timeout;
    private ulong _deadline;
    private ulong _pause;
    private SocketAddress _address;

    /// <summary>
    /// Before the socket is attached, from any thread; a failure leaves no timer. Away from the loop's thread the
    /// result may come, and the program free its socket, as soon as the socket is attached: from then on only the core,
    /// which the task holds, is touched. And only the loop's thread can cancel a timer, so there it is set.
    /// </summary>
    internal static int Prepare(SocketCore* core, aws_event_loop* loop, ulong timeout)
    {
        ConnectTimer* timer = Allocator.New<ConnectTimer>(core->Allocator);
        timer->_timeout = timeout;
        int error = ReadDeadline(timer, loop);
        if (error != AWS_ERROR_SUCCESS)
        {
            Allocator.Release(core->Allocator, timer);
            return error;
        }

        core->Timer = &timer->_task;
        bool isOnLoop = EventLoop.ThreadIsCallersThread(loop);
        SocketCore.PrepareTimer(core, isOnLoop ? &RunTimeout : &SetTimer, "socket_connect_timeout"u8);
        core->IsTimerCancellable = isOnLoop;
        return AWS_ERROR_SUCCESS;
    }

    /// <summary>The socket could not be attached.</summary>
    internal static void Drop(SocketCore* core)
    {
        core->IsTimerCancellable = false;
        SocketCore.FreeTimer(core);
        SocketCore.Release(core);
    }

    /// <summary>The socket is attached. What <see cref="Prepare"/> has made is good until its task has run.</summary>
    internal static void Schedule(aws_task* task, aws_event_loop* loop, bool isOnLoop)
    {
        if (isOnLoop)
            EventLoop.ScheduleTaskFuture(loop, task, ((ConnectTimer*)task)->_deadline);
        else
            EventLoop.ScheduleTaskNow(loop, task);
    }

    /// <summary>From any thread; the socket belongs to the loop from now on.</summary>
    internal static int RetryWhileFull(SocketCore* core, SocketAddress* address, aws_event_loop* loop, ulong timeout)
    {
        ConnectTimer* timer = Allocator.New<ConnectTimer>(core->Allocator);
        timer->_timeout = timeout;
        timer->_pause = FirstPauseNanoseconds;
        timer->_address = *address;
        int error = ReadDeadline(timer, loop);
        if (error != AWS_ERROR_SUCCESS)
        {
            Allocator.Release(core->Allocator, timer);
            return error;
        }

        Log.Write(AWS_LL_DEBUG, AWS_LS_IO_SOCKET,
            $"{new SocketId(core)}: the listener's backlog is full, tries again");
        core->Timer = &timer->_task;
        SocketCore.SetLoop(core, loop);
        EventLoop.ScheduleTaskNow(loop, SocketCore.PrepareTimer(core, &RunRetry, "socket_connect_retry"u8));
        return AWS_ERROR_SUCCESS;
    }

    private static int ReadDeadline(ConnectTimer* timer, aws_event_loop* loop)
    {
        if (EventLoop.CurrentClockTime(loop, &timer->_deadline) != AWS_OP_SUCCESS)
            return AWS_ERROR_CLOCK_FAILURE;

        timer->_deadline += timer->_timeout;
        return AWS_ERROR_SUCCESS;
    }

    private static void SetTimer(aws_task* task, void* argument, aws_task_status status)
    {
        SocketCore* core = (SocketCore*)argument;
        if (core->Phase != SocketPhase.Connecting || status != AWS_TASK_STATUS_RUN_READY)
        {
            SocketConnect.End(core, AWS_IO_SOCKET_TIMEOUT, status);
        }
        else if (ReadDeadline((ConnectTimer*)task, core->Loop) != AWS_ERROR_SUCCESS)
        {
            SocketConnect.End(core, AWS_ERROR_CLOCK_FAILURE, status);
        }
        else
        {
            SocketCore.PrepareTimer(core, &RunTimeout, "socket_connect_timeout"u8);
            core->IsTimerCancellable = true;
            EventLoop.ScheduleTaskFuture(core->Loop, task, ((ConnectTimer*)task)->_deadline);
        }

        SocketCore.Release(core);
    }

    private static void RunTimeout(aws_task* task, void* argument, aws_task_status status)
    {
        SocketCore* core = (SocketCore*)argument;
        SocketConnect.End(core, AWS_IO_SOCKET_TIMEOUT, status);
        SocketCore.Release(core);
    }

    private static void RunRetry(aws_task* task, void* argument, aws_task_status status)
    {
        SocketCore* core = (SocketCore*)argument;
        core->IsTimerCancellable = false;
        if (core->Phase != SocketPhase.Connecting || status != AWS_TASK_STATUS_RUN_READY)
            SocketConnect.End(core, AWS_IO_SOCKET_TIMEOUT, status);
        else
            Retry(core, (ConnectTimer*)task);
        SocketCore.Release(core);
    }

    private static void Retry(SocketCore* core, ConnectTimer* timer)
    {
        ulong now = 0;
        int result = core->Backend->StartConnect(core, &timer->_address);
        if (result == SocketResult.Pending)
            AwaitAnswer(core, timer);
        else if (result != SocketResult.RetryLater)
            SocketConnect.FinishRetried(core, result);
        else if (EventLoop.CurrentClockTime(core->Loop, &now) != AWS_OP_SUCCESS)
            SocketConnect.End(core, AWS_ERROR_CLOCK_FAILURE, AWS_TASK_STATUS_RUN_READY);
        else if (now >= timer->_deadline)
            SocketConnect.End(core, AWS_IO_SOCKET_TIMEOUT, AWS_TASK_STATUS_RUN_READY);
        else
            Wait(core, timer, now);
    }

    private static void AwaitAnswer(SocketCore* core, ConnectTimer* timer)
    {
        int error = SocketEvents.Attach(core, core->Loop, accepts: false);
        if (error != AWS_ERROR_SUCCESS)
        {
            SocketConnect.FinishRetried(core, error);
            return;
        }

        SocketCore.PrepareTimer(core, &RunTimeout, "socket_connect_timeout"u8);
        core->IsTimerCancellable = true;
        EventLoop.ScheduleTaskFuture(core->Loop, &timer->_task, timer->_deadline);
    }

    private static void Wait(SocketCore* core, ConnectTimer* timer, ulong now)
    {
        ulong until = ulong.Min(now + timer->_pause, timer->_deadline);
        timer->_pause = ulong.Min(timer->_pause * 2, MaxPauseNanoseconds);
        SocketCore.PrepareTimer(core, &RunRetry, "socket_connect_retry"u8);
        core->IsTimerCancellable = true;
        EventLoop.ScheduleTaskFuture(core->Loop, &timer->_task, until);
    }
}
