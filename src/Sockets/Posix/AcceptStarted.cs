// SPDX-License-Identifier: Apache-2.0
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Reseau.Native.Common;
using Reseau.Native.EventLoops;

namespace Reseau.Native.Sockets.Posix;

/// <summary>The news that a listener accepts, on its way to the loop's thread.</summary>
internal unsafe struct AcceptStarted
{
    private aws_task _task;
    private PosixSocket* _impl;
    private int _round;
    private aws_socket_on_accept_started_fn _onStarted;
    private void* _userData;

    /// <summary>NULL when the program does not want to know.</summary>
    internal static AcceptStarted* New(PosixSocket* impl, aws_socket_listener_options* options)
    {
        if (options->on_accept_start == null)
            return null;

        AcceptStarted* started = (AcceptStarted*)Allocator.Calloc(impl->Allocator, 1, (nuint)sizeof(AcceptStarted));
        started->_impl = impl;
        started->_round = impl->AcceptRound;
        started->_onStarted = options->on_accept_start;
        started->_userData = options->on_accept_start_user_data;
        PosixSocket.Prepare(impl, &started->_task, &Run, "socket_accept_started"u8);
        started->_task.arg = started;
        return started;
    }

    internal static void Schedule(AcceptStarted* started, aws_event_loop* loop)
    {
        if (started != null)
            EventLoop.ScheduleTaskNow(loop, &started->_task);
    }

    internal static void Drop(AcceptStarted* started)
    {
        if (started == null)
            return;

        PosixSocket* impl = started->_impl;
        Allocator.Release(impl->Allocator, started);
        PosixSocket.Release(impl);
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void Run(aws_task* task, void* argument, aws_task_status status)
    {
        AcceptStarted* started = (AcceptStarted*)argument;
        PosixSocket* impl = started->_impl;
        if (impl->Socket != null)
        {
            // Also when the loop ends before it has begun: whoever waits for the news holds something for it.
            bool isReady = status == AWS_TASK_STATUS_RUN_READY;
            int error = isReady ? AWS_ERROR_SUCCESS : AWS_IO_EVENT_LOOP_SHUTDOWN;
            started->_onStarted(impl->Socket, error, started->_userData);

            // The listener may have been stopped since, before this or in the callback.
            if (isReady && impl->IsSubscribed && impl->AcceptRound == started->_round)
                PosixListener.AcceptFromNowOn(impl);
        }

        Drop(started);
    }
}
