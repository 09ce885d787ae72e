// SPDX-License-Identifier: Apache-2.0
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Reseau.Native.Common;
using Reseau.Native.EventLoops;
using Reseau.Native.Interop.Posix;

namespace Reseau.Native.Sockets.Posix;

/// <summary>
/// Connecting. An attempt ends once: by the kernel's answer, by the timeout, by the end of the loop, or, without a word
/// to the program, by its own close.
/// </summary>
internal static unsafe class PosixConnect
{
    private const ulong NanosecondsPerMillisecond = 1_000_000;

    internal static int Connect(aws_socket* socket, aws_socket_connect_options* options)
    {
        sockaddr_storage address;
        uint length;
        int fd = socket->io_handle.data.fd;
        if (Check(socket, options, &address, &length) != AWS_OP_SUCCESS)
        {
            Log.Write(AWS_LL_DEBUG, AWS_LS_IO_SOCKET,
                $"id=0x{(nint)socket:x} fd={fd}: cannot connect as asked, error {Errors.LastError()}");
            return AWS_OP_ERR;
        }

        aws_socket_endpoint* remote = options->remote_endpoint;
        Log.Write(AWS_LL_DEBUG, AWS_LS_IO_SOCKET,
            $"id=0x{(nint)socket:x} fd={fd}: connecting to {new EndpointText(remote)} port {remote->port}");
        socket->state = SocketState.Connecting;
        socket->remote_endpoint = *remote;
        socket->connect_accept_user_data = options->user_data;
        socket->connection_result_fn = options->on_connection_result;

        // A signal interrupts the wait that there is none of; the attempt goes on.
        int error = Libc.connect(fd, &address, length) == 0 ? 0 : Libc.Errno;
        return error switch
        {
            0 => OnConnectedAtOnce(socket, options->event_loop),
            Libc.EINPROGRESS or Libc.EALREADY or Libc.EINTR =>
                AwaitAnswer(PosixSocket.Of(socket), options->event_loop),
            Libc.EAGAIN when socket->options.domain == AWS_SOCKET_LOCAL && options->event_loop != null =>
                RetryWhileFull(PosixSocket.Of(socket), options->event_loop),
            _ => OnRefusedAtOnce(socket, error),
        };
    }

    /// <summary>The kernel has answered an attempt that was made on the loop's thread.</summary>
    internal static void Finish(PosixSocket* impl, int error)
    {
        PosixSocket.FreeTimer(impl);
        impl->IsConnecting = false;
        if (error == 0)
            Succeed(impl);
        else
            Fail(impl, PosixErrors.FromAddressErrno(error, impl->Socket->options.domain));
    }

    /// <summary>The kernel has an answer to the attempt. On the loop's thread, with the implementation held.</summary>
    internal static void OnEvent(PosixSocket* impl, int events)
    {
        const int ready = (int)(AWS_IO_EVENT_TYPE_READABLE | AWS_IO_EVENT_TYPE_WRITABLE);
        const int broken = (int)(AWS_IO_EVENT_TYPE_ERROR | AWS_IO_EVENT_TYPE_CLOSED);
        int error = TakeError(impl->Socket);
        if (error == AWS_IO_READ_WOULD_BLOCK)
            return;

        if (error == AWS_ERROR_SUCCESS && ((events & broken) != 0 || (events & ready) == 0))
            error = AWS_IO_SOCKET_CLOSED;

        aws_event_loop* loop = impl->Socket->event_loop;
        impl->IsConnecting = false;
        PosixSocket.CancelTimer(impl, loop);
        if (error == AWS_ERROR_SUCCESS)
            Succeed(impl);
        else
            Fail(impl, error);
    }

    private static int Check(
        aws_socket* socket,
        aws_socket_connect_options* options,
        sockaddr_storage* address,
        uint* length)
    {
        if (options == null || options->remote_endpoint == null)
            return Errors.Raise(AWS_ERROR_INVALID_ARGUMENT);
        if (socket->event_loop != null)
            return Errors.Raise(AWS_IO_EVENT_LOOP_ALREADY_ASSIGNED);

        // A datagram socket may have been bound before, and may do without a loop and without a callback.
        bool isDatagram = socket->options.type == AWS_SOCKET_DGRAM;
        if (socket->state != SocketState.Init && !(isDatagram && socket->state == SocketState.ConnectedRead))
            return Errors.Raise(AWS_IO_SOCKET_ILLEGAL_OPERATION_FOR_STATE);
        if (!isDatagram && (options->event_loop == null || options->on_connection_result == null))
            return Errors.Raise(AWS_ERROR_INVALID_ARGUMENT);

        aws_socket_endpoint* remote = options->remote_endpoint;
        aws_socket_domain domain = socket->options.domain;
        return SocketPort.ValidateForConnect(remote->port, domain) == AWS_OP_SUCCESS
            ? PosixAddress.FromEndpoint(remote, domain, address, length)
            : AWS_OP_ERR;
    }

    // The program is told on the loop's thread, not inside its own call.
    private static int OnConnectedAtOnce(aws_socket* socket, aws_event_loop* loop)
    {
        if (loop == null)
        {
            if (PosixSocket.UpdateLocalEndpoint(socket) != AWS_OP_SUCCESS)
            {
                socket->state = SocketState.Error;
                return AWS_OP_ERR;
            }

            socket->state = SocketState.ConnectedRead | SocketState.ConnectedWrite;
            return AWS_OP_SUCCESS;
        }

        PosixSocket* impl = PosixSocket.Of(socket);
        socket->event_loop = loop;
        impl->IsConnecting = true;
        EventLoop.ScheduleTaskNow(loop, PosixSocket.PrepareTimer(impl, &RunConnected, "socket_connected"u8));
        return AWS_OP_SUCCESS;
    }

    private static int OnRefusedAtOnce(aws_socket* socket, int error)
    {
        Log.Write(AWS_LL_DEBUG, AWS_LS_IO_SOCKET,
            $"id=0x{(nint)socket:x} fd={socket->io_handle.data.fd}: connecting failed with errno {error}");
        socket->state = SocketState.Error;
        return Errors.Raise(PosixErrors.FromAddressErrno(error, socket->options.domain));
    }

    private static int RetryWhileFull(PosixSocket* impl, aws_event_loop* loop)
    {
        ulong deadline = 0;
        if (ReadDeadline(impl, loop, &deadline) != AWS_OP_SUCCESS)
        {
            impl->Socket->state = SocketState.Error;
            return AWS_OP_ERR;
        }

        Log.Write(AWS_LL_DEBUG, AWS_LS_IO_SOCKET,
            $"id=0x{(nint)impl->Socket:x} fd={impl->Socket->io_handle.data.fd}: " +
            $"the listener's backlog is full, tries again");
        ConnectRetry.Start(impl, loop, deadline);
        return AWS_OP_SUCCESS;
    }

    // Away from the loop's thread the answer may come, and the program free its socket, as soon as the subscription
    // stands: from then on only the implementation, which the timer's task holds, is touched. And only the loop's
    // thread can cancel a timer, so there it is set.
    private static int AwaitAnswer(PosixSocket* impl, aws_event_loop* loop)
    {
        bool isOnLoop = EventLoop.ThreadIsCallersThread(loop);
        aws_task* timer =
            PosixSocket.PrepareTimer(impl, isOnLoop ? &RunTimeout : &SetTimer, "socket_connect_timeout"u8);
        impl->IsConnecting = true;
        impl->IsTimerCancellable = isOnLoop;
        ulong deadline = 0;
        if (ReadDeadline(impl, loop, &deadline) != AWS_OP_SUCCESS ||
            PosixEvents.SubscribeConnection(impl, loop) != AWS_OP_SUCCESS)
        {
            impl->IsConnecting = false;
            impl->IsTimerCancellable = false;
            impl->Socket->state = SocketState.Error;
            PosixSocket.FreeTimer(impl);
            PosixSocket.Release(impl);
            return AWS_OP_ERR;
        }

        if (isOnLoop)
            EventLoop.ScheduleTaskFuture(loop, timer, deadline);
        else
            EventLoop.ScheduleTaskNow(loop, timer);
        return AWS_OP_SUCCESS;
    }

    private static int ReadDeadline(PosixSocket* impl, aws_event_loop* loop, ulong* deadline)
    {
        if (EventLoop.CurrentClockTime(loop, deadline) != AWS_OP_SUCCESS)
            return Errors.Raise(AWS_ERROR_CLOCK_FAILURE);

        *deadline += impl->Socket->options.connect_timeout_ms * NanosecondsPerMillisecond;
        return AWS_OP_SUCCESS;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void SetTimer(aws_task* task, void* argument, aws_task_status status)
    {
        PosixSocket* impl = (PosixSocket*)argument;
        ulong deadline = 0;
        if (!impl->IsConnecting || status != AWS_TASK_STATUS_RUN_READY)
        {
            End(impl, AWS_IO_SOCKET_TIMEOUT, status);
        }
        else if (ReadDeadline(impl, impl->Socket->event_loop, &deadline) != AWS_OP_SUCCESS)
        {
            End(impl, AWS_ERROR_CLOCK_FAILURE, status);
        }
        else
        {
            aws_task* timer = PosixSocket.PrepareTimer(impl, &RunTimeout, "socket_connect_timeout"u8);
            impl->IsTimerCancellable = true;
            EventLoop.ScheduleTaskFuture(impl->Socket->event_loop, timer, deadline);
        }

        PosixSocket.Release(impl);
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void RunConnected(aws_task* task, void* argument, aws_task_status status)
    {
        PosixSocket* impl = (PosixSocket*)argument;
        PosixSocket.FreeTimer(impl);
        if (impl->IsConnecting)
        {
            impl->IsConnecting = false;
            int error = status == AWS_TASK_STATUS_RUN_READY ? TakeError(impl->Socket) : AWS_IO_SOCKET_CONNECT_ABORTED;
            if (error == AWS_ERROR_SUCCESS)
                Succeed(impl);
            else
                Fail(impl, error);
        }

        PosixSocket.Release(impl);
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void RunTimeout(aws_task* task, void* argument, aws_task_status status)
    {
        PosixSocket* impl = (PosixSocket*)argument;
        End(impl, AWS_IO_SOCKET_TIMEOUT, status);
        PosixSocket.Release(impl);
    }

    /// <summary>The timer has run for the last time; an attempt that goes on until now is given up.</summary>
    internal static void End(PosixSocket* impl, int reason, aws_task_status status)
    {
        PosixSocket.FreeTimer(impl);
        if (!impl->IsConnecting)
            return;

        impl->IsConnecting = false;
        impl->IsTimerCancellable = false;
        GiveUp(impl, reason, isLoopGoing: status != AWS_TASK_STATUS_RUN_READY);
    }

    private static void GiveUp(PosixSocket* impl, int reason, bool isLoopGoing)
    {
        aws_socket* socket = impl->Socket;
        int error = isLoopGoing ? AWS_IO_EVENT_LOOP_SHUTDOWN : reason;
        Log.Write(AWS_LL_ERROR, AWS_LS_IO_SOCKET,
            $"id=0x{(nint)socket:x} fd={socket->io_handle.data.fd}: gives up connecting, error {error}");

        // A loop that is going away polls no more: its record of the descriptor is freed, not changed.
        socket->state = SocketState.TimedOut;
        if (isLoopGoing && impl->IsSubscribed)
            EventLoop.FreeIoEventResources(socket->event_loop, &socket->io_handle);
        else if (impl->IsSubscribed)
            EventLoop.UnsubscribeFromIoEvents(socket->event_loop, &socket->io_handle);
        impl->IsSubscribed = false;
        socket->event_loop = null;
        Errors.Raise(error);
        Socket.Close(socket);
        if (impl->Socket != null)
            Fail(impl, error);
    }

    private static void Succeed(PosixSocket* impl)
    {
        aws_socket* socket = impl->Socket;
        if (PosixSocket.UpdateLocalEndpoint(socket) != AWS_OP_SUCCESS)
        {
            Fail(impl, Errors.LastError());
            return;
        }

        Log.Write(AWS_LL_INFO, AWS_LS_IO_SOCKET, $"id=0x{(nint)socket:x} fd={socket->io_handle.data.fd}: connected");
        socket->state = SocketState.ConnectedRead | SocketState.ConnectedWrite;
        if (!impl->IsSubscribed)
        {
            aws_event_loop* loop = socket->event_loop;
            socket->event_loop = null;
            if (Socket.AssignToEventLoop(socket, loop) != AWS_OP_SUCCESS)
            {
                Fail(impl, Errors.LastError());
                return;
            }
        }

        if (socket->connection_result_fn != null)
            socket->connection_result_fn(socket, AWS_ERROR_SUCCESS, socket->connect_accept_user_data);
    }

    // The socket leaves its loop first, so that the program may clean it up wherever it is.
    private static void Fail(PosixSocket* impl, int error)
    {
        aws_socket* socket = impl->Socket;
        PosixSocket.Unsubscribe(impl);
        socket->event_loop = null;
        socket->state = SocketState.Error;
        Log.Write(AWS_LL_DEBUG, AWS_LS_IO_SOCKET,
            $"id=0x{(nint)socket:x} fd={socket->io_handle.data.fd}: connecting failed with error {error}");
        Errors.Raise(error);
        if (socket->connection_result_fn != null)
            socket->connection_result_fn(socket, error, socket->connect_accept_user_data);
    }

    private static int TakeError(aws_socket* socket)
    {
        int error = Libc.TakeSocketError(socket->io_handle.data.fd);
        return error == 0 ? AWS_ERROR_SUCCESS : PosixErrors.FromErrno(error);
    }
}
