// SPDX-License-Identifier: Apache-2.0
using Reseau.Native.Common;
using Reseau.Native.EventLoops;

namespace Reseau.Native.Sockets;

/// <summary>What is called when a listener accepts: a C function of the program, say.</summary>
internal unsafe struct AcceptCallback
{
    /// <summary>The socket, the error, function and user data. NULL if nothing is to be called.</summary>
    internal delegate*<SocketCore*, int, void*, void*, void> Call;
    internal void* Function;
    internal void* UserData;
}

/// <summary>The notification that a listener accepts, on its way to the loop's thread.</summary>
internal unsafe struct AcceptStarted
{
    private aws_task _task;
    private SocketCore* _core;
    private AcceptCallback _callback;
    private byte _round;

    internal static AcceptStarted* New(SocketCore* core, AcceptCallback callback)
    {
        AcceptStarted* started = Allocator.New<AcceptStarted>(core->Allocator);
        started->_core = core;
        started->_round = core->AcceptRound;
        started->_callback = callback;
        SocketCore.Prepare(core, &started->_task, &Run, "socket_accept_started"u8);
        started->_task.arg = started;
        return started;
    }

    internal static void Schedule(AcceptStarted* started, aws_event_loop* loop) =>
        EventLoop.ScheduleTaskNow(loop, &started->_task);

    internal static void Drop(AcceptStarted* started)
    {
        SocketCore* core = started->_core;
        Allocator.Release(core->Allocator, started);
        SocketCore.Release(core);
    }

    private static void Run(aws_task* task, void* argument, aws_task_status status)
    {
        AcceptStarted* started = (AcceptStarted*)argument;
        SocketCore* core = started->_core;
        if (core->Owner != null)
        {
            // Also when the loop ends before it has begun: whoever waits for the notification holds something for it.
            bool isReady = status == AWS_TASK_STATUS_RUN_READY;
            int error = isReady ? AWS_ERROR_SUCCESS : AWS_IO_EVENT_LOOP_SHUTDOWN;
            started->_callback.Call(core, error, started->_callback.Function, started->_callback.UserData);

            // The listener may have been stopped since, before this or in the callback.
            if (isReady && core->IsAttached && core->AcceptRound == started->_round)
                SocketListener.AcceptFromNowOn(core);
        }

        Drop(started);
    }
}
