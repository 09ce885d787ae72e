// SPDX-License-Identifier: Apache-2.0
using Reseau.Native.Common;
using Reseau.Native.EventLoops;

namespace Reseau.Native.Sockets;

/// <summary>
/// The handle of a connection that has been closed with bytes under way. A system that closes a TCP connection with
/// input unread, or gets input afterwards, resets it, and what the peer's system has not received by then is lost; one
/// session ticket that nobody waited for is enough. So the sending direction is ended, input is thrown away, and the
/// handle goes when the peer has everything, or after a while.
/// </summary>
internal unsafe struct SocketDrain
{
    private const ulong MaxNanoseconds = 1_000_000_000;
    private const ulong FirstPauseNanoseconds = 1_000_000;
    private const ulong MaxPauseNanoseconds = 32_000_000;

    private aws_task _task;
    private SocketBackend* _backend;
    private aws_event_loop* _loop;
    private nint _handle;
    private ulong _pause;
    private ulong _deadline;

    /// <summary>
    /// Takes the handle of a TCP connection over, if closing it now could cost bytes; false leaves it to the caller.
    /// Loop thread.
    /// </summary>
    internal static bool TryTakeOver(SocketBackend* backend, nint handle, aws_event_loop* loop)
    {
        if (loop == null || IsOver(backend, handle))
            return false;

        ulong now = 0;
        backend->ShutdownDirection(handle, true);
        if (IsOver(backend, handle) || EventLoop.CurrentClockTime(loop, &now) != AWS_OP_SUCCESS)
            return false;

        // The socket's allocator may end with the socket; the loop's lasts as long as this can.
        SocketDrain* drain = Allocator.New<SocketDrain>(loop->alloc);
        drain->_backend = backend;
        drain->_loop = loop;
        drain->_handle = handle;
        drain->_pause = FirstPauseNanoseconds;
        drain->_deadline = now + MaxNanoseconds;
        Log.Write(AWS_LL_TRACE, AWS_LS_IO_SOCKET, $"fd={handle}: closed, and stays open until the peer has everything");
        ScheduledTask.Init(&drain->_task, &OnTask, drain, Literal.Of("socket_linger"u8));
        EventLoop.ScheduleTaskFuture(loop, &drain->_task, now + drain->_pause);
        return true;
    }

    private static bool IsOver(SocketBackend* backend, nint handle) =>
        backend->Discard(handle) || backend->UnconfirmedBytes(handle) == 0;

    // While a thread waits that would have to make the loop go on, nothing comes.
    private static void OnTask(aws_task* task, void* argument, aws_task_status status)
    {
        SocketDrain* drain = (SocketDrain*)argument;
        ulong now = 0;
        bool hasClock = EventLoop.CurrentClockTime(drain->_loop, &now) == AWS_OP_SUCCESS;
        bool isLoopGone = status != AWS_TASK_STATUS_RUN_READY;
        if (IsOver(drain->_backend, drain->_handle) || !hasClock || now >= drain->_deadline ||
            (isLoopGone && !EventLoop.HasThread(drain->_loop)))
        {
            End(drain);
            return;
        }

        if (isLoopGone)
        {
            WaitOut(drain, drain->_deadline - now);
            return;
        }

        drain->_pause = ulong.Min(drain->_pause * 2, MaxPauseNanoseconds);
        EventLoop.ScheduleTaskFuture(drain->_loop, &drain->_task, ulong.Min(now + drain->_pause, drain->_deadline));
    }

    // The loop is going, on a thread that may wait. The loop's clock may stand still, so the pauses are counted
    // instead.
    private static void WaitOut(SocketDrain* drain, ulong left)
    {
        while (left > 0 && !IsOver(drain->_backend, drain->_handle))
        {
            ulong pause = ulong.Min(left, drain->_pause);
            Threads.CurrentSleep(pause);
            left -= pause;
            drain->_pause = ulong.Min(drain->_pause * 2, MaxPauseNanoseconds);
        }

        End(drain);
    }

    private static void End(SocketDrain* drain)
    {
        drain->_backend->CloseHandle(drain->_handle);
        Allocator.Release(drain->_loop->alloc, drain);
    }
}
