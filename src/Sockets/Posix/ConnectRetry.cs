// SPDX-License-Identifier: Apache-2.0
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Reseau.Native.Common;
using Reseau.Native.EventLoops;
using Reseau.Native.Interop.Posix;

namespace Reseau.Native.Sockets.Posix;

/// <summary>
/// A connection attempt to a Unix socket whose backlog is full. The kernel refuses it with EAGAIN and tells no poller
/// when there is room, so it is made again, after pauses that grow, until the time for connecting is over. In the place
/// of the socket's timer.
/// </summary>
internal unsafe struct ConnectRetry
{
    private const ulong FirstPauseNanoseconds = 1_000_000;
    private const ulong LongestPauseNanoseconds = 32_000_000;

    // First, so that the timer is the retry.
    private aws_task _task;
    private ulong _deadline;
    private ulong _pause;

    /// <summary>From any thread; the socket belongs to the loop from now on.</summary>
    internal static void Start(PosixSocket* impl, aws_event_loop* loop, ulong deadline)
    {
        ConnectRetry* retry = Allocator.New<ConnectRetry>(impl->Allocator);
        retry->_deadline = deadline;
        retry->_pause = FirstPauseNanoseconds;
        impl->Timer = &retry->_task;
        impl->IsConnecting = true;
        impl->Socket->event_loop = loop;
        EventLoop.ScheduleTaskNow(loop, PosixSocket.PrepareTimer(impl, &Run, "socket_connect_retry"u8));
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void Run(aws_task* task, void* argument, aws_task_status status)
    {
        PosixSocket* impl = (PosixSocket*)argument;
        impl->IsTimerCancellable = false;
        if (!impl->IsConnecting || status != AWS_TASK_STATUS_RUN_READY)
            PosixConnect.End(impl, AWS_IO_SOCKET_TIMEOUT, status);
        else
            Connect(impl, (ConnectRetry*)task);
        PosixSocket.Release(impl);
    }

    private static void Connect(PosixSocket* impl, ConnectRetry* retry)
    {
        aws_socket* socket = impl->Socket;
        sockaddr_storage address;
        uint length;
        if (PosixAddress.FromEndpoint(&socket->remote_endpoint, AWS_SOCKET_LOCAL, &address, &length) != AWS_OP_SUCCESS)
        {
            PosixConnect.End(impl, Errors.LastError(), AWS_TASK_STATUS_RUN_READY);
            return;
        }

        int error = Libc.connect(socket->io_handle.data.fd, &address, length) == 0 ? 0 : Libc.Errno;
        ulong now = 0;
        if (error == Libc.EAGAIN && EventLoop.CurrentClockTime(socket->event_loop, &now) != AWS_OP_SUCCESS)
            PosixConnect.End(impl, AWS_ERROR_CLOCK_FAILURE, AWS_TASK_STATUS_RUN_READY);
        else if (error == Libc.EAGAIN && now >= retry->_deadline)
            PosixConnect.End(impl, AWS_IO_SOCKET_TIMEOUT, AWS_TASK_STATUS_RUN_READY);
        else if (error == Libc.EAGAIN)
            Wait(impl, retry, now);
        else
            PosixConnect.Finish(impl, error);
    }

    private static void Wait(PosixSocket* impl, ConnectRetry* retry, ulong now)
    {
        ulong until = ulong.Min(now + retry->_pause, retry->_deadline);
        retry->_pause = ulong.Min(retry->_pause * 2, LongestPauseNanoseconds);
        aws_task* timer = PosixSocket.PrepareTimer(impl, &Run, "socket_connect_retry"u8);
        impl->IsTimerCancellable = true;
        EventLoop.ScheduleTaskFuture(impl->Socket->event_loop, timer, until);
    }
}
