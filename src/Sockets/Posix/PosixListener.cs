// SPDX-License-Identifier: Apache-2.0
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Reseau.Native.Common;
using Reseau.Native.EventLoops;
using Reseau.Native.Interop.Posix;

namespace Reseau.Native.Sockets.Posix;

/// <summary>Binding, listening and accepting.</summary>
internal static unsafe class PosixListener
{
    // How long a listener waits for descriptors or memory to become free.
    private const ulong RetryNanoseconds = 100_000_000;

    // Connections taken in one turn of the loop, at most. An error counts as several: a system that answers with
    // nothing else must not keep the loop.
    private const int MostPerTurn = 256;
    private const int TurnsShareOfError = 16;

    internal static int Bind(aws_socket* socket, aws_socket_bind_options* options)
    {
        if (options == null || options->local_endpoint == null)
            return Errors.Raise(AWS_ERROR_INVALID_ARGUMENT);
        if (socket->state != SocketState.Init)
            return WrongState(socket);

        int fd = socket->io_handle.data.fd;
        aws_socket_endpoint* endpoint = options->local_endpoint;
        sockaddr_storage address;
        uint length;
        if (SocketPort.ValidateForBind(endpoint->port, socket->options.domain) != AWS_OP_SUCCESS ||
            PosixAddress.FromEndpoint(endpoint, socket->options.domain, &address, &length) != AWS_OP_SUCCESS)
        {
            Log.Write(AWS_LL_ERROR, AWS_LS_IO_SOCKET,
                $"id=0x{(nint)socket:x} fd={fd}: cannot be bound as asked, error {Errors.LastError()}");
            return AWS_OP_ERR;
        }

        PosixOptions.AllowAddressReuse(socket);
        if (Libc.bind(fd, &address, length) != 0)
            return Failed(socket, "bind"u8, Libc.Errno);
        if (PosixSocket.UpdateLocalEndpoint(socket) != AWS_OP_SUCCESS)
        {
            socket->state = SocketState.Error;
            return AWS_OP_ERR;
        }

        // Datagrams can be read from now on.
        socket->state = socket->options.type == AWS_SOCKET_STREAM ? SocketState.Bound : SocketState.ConnectedRead;
        endpoint = &socket->local_endpoint;
        Log.Write(AWS_LL_INFO, AWS_LS_IO_SOCKET,
            $"id=0x{(nint)socket:x} fd={fd}: bound to {new EndpointText(endpoint)} port {endpoint->port}");
        return AWS_OP_SUCCESS;
    }

    internal static int Listen(aws_socket* socket, int backlog)
    {
        if (socket->state != SocketState.Bound)
            return WrongState(socket);
        if (Libc.listen(socket->io_handle.data.fd, backlog) != 0)
            return Failed(socket, "listen"u8, Libc.Errno);

        Log.Write(AWS_LL_INFO, AWS_LS_IO_SOCKET, $"id=0x{(nint)socket:x} fd={socket->io_handle.data.fd}: listening");
        socket->state = SocketState.Listening;
        return AWS_OP_SUCCESS;
    }

    internal static int StartAccept(aws_socket* socket, aws_event_loop* loop, aws_socket_listener_options* options)
    {
        if (loop == null || options->on_accept_result == null)
            return Errors.Raise(AWS_ERROR_INVALID_ARGUMENT);
        if (socket->event_loop != null)
            return Errors.Raise(AWS_IO_EVENT_LOOP_ALREADY_ASSIGNED);
        if (socket->state != SocketState.Listening)
            return WrongState(socket);

        PosixSocket* impl = PosixSocket.Of(socket);
        socket->accept_result_fn = options->on_accept_result;
        socket->connect_accept_user_data = options->on_accept_result_user_data;

        // A program that wants to hear of the start hears of it before any connection: until then those wait. The loop
        // may well deliver an event of theirs before it gets to the task that tells.
        AcceptStarted* started = AcceptStarted.New(impl, options);
        impl->IsAccepting = started == null;
        if (PosixEvents.Subscribe(impl, loop, (int)AWS_IO_EVENT_TYPE_READABLE, &OnEvent) != AWS_OP_SUCCESS)
        {
            impl->IsAccepting = false;
            AcceptStarted.Drop(started);
            return AWS_OP_ERR;
        }

        AcceptStarted.Schedule(started, loop);
        return AWS_OP_SUCCESS;
    }

    internal static int StopAccept(aws_socket* socket)
    {
        if (socket->state != SocketState.Listening || socket->event_loop == null)
            return WrongState(socket);

        Log.Write(AWS_LL_INFO, AWS_LS_IO_SOCKET,
            $"id=0x{(nint)socket:x} fd={socket->io_handle.data.fd}: accepts no more connections");
        if (!EventLoop.ThreadIsCallersThread(socket->event_loop))
            return LoopCall.Run(socket->event_loop, socket, &Socket.StopAccept);

        PosixSocket* impl = PosixSocket.Of(socket);
        PosixSocket.Unsubscribe(impl);
        PosixSocket.CancelTimer(impl, socket->event_loop);
        impl->IsAccepting = false;
        impl->AcceptRound++;
        socket->event_loop = null;
        return AWS_OP_SUCCESS;
    }

    /// <summary>The program has been told of the start: accepts what has been waiting, and whatever comes.</summary>
    internal static void AcceptFromNowOn(PosixSocket* impl)
    {
        impl->IsAccepting = true;
        AcceptAll(impl);
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void OnEvent(aws_event_loop* loop, aws_io_handle* handle, int events, void* userData)
    {
        PosixSocket* impl = (PosixSocket*)userData;
        PosixSocket.Acquire(impl);
        if ((events & (int)AWS_IO_EVENT_TYPE_READABLE) != 0)
            AcceptAll(impl);
        PosixSocket.Release(impl);
    }

    // Until the queue is empty, because the next edge comes only with the next connection. The program may stop, close
    // or clean up the listener inside its callback.
    private static void AcceptAll(PosixSocket* impl)
    {
        int round = impl->AcceptRound;
        int left = MostPerTurn;
        ulong pause = 0;
        while (impl->IsAccepting && impl->AcceptRound == round)
        {
            if (left <= 0)
            {
                RetryLater(impl, pause);
                return;
            }

            sockaddr_storage peer = default;
            uint length = (uint)sizeof(sockaddr_storage);
            int fd = Libc.AcceptNonBlocking(impl->Socket->io_handle.data.fd, &peer, &length);
            left -= fd >= 0 ? 1 : TurnsShareOfError;
            pause = fd >= 0 ? 0 : RetryNanoseconds;
            if (fd >= 0)
                OnConnection(impl->Socket, fd, &peer);
            else if (!OnAcceptError(impl, Libc.Errno))
                return;
        }
    }

    private static void OnConnection(aws_socket* listener, int fd, sockaddr_storage* peer)
    {
        // On Linux a connection inherits the options of its listener.
        aws_socket* connection = (aws_socket*)Allocator.Calloc(listener->allocator, 1, (nuint)sizeof(aws_socket));
        PosixSocket.Attach(connection, listener->allocator, &listener->options, fd);
        connection->local_endpoint = listener->local_endpoint;
        connection->state = SocketState.ConnectedRead | SocketState.ConnectedWrite;
        SetPeer(listener, connection, peer);

        aws_socket_endpoint* remote = &connection->remote_endpoint;
        Log.Write(AWS_LL_INFO, AWS_LS_IO_SOCKET,
            $"id=0x{(nint)listener:x} fd={listener->io_handle.data.fd}: " +
            $"connection from {new EndpointText(remote)} port {remote->port} as fd {fd}");
        listener->accept_result_fn(listener, AWS_ERROR_SUCCESS, connection, listener->connect_accept_user_data);
    }

    private static void SetPeer(aws_socket* listener, aws_socket* connection, sockaddr_storage* peer)
    {
        // The client's end of a Unix socket has no name; its connection is known by the listener's.
        if (listener->options.domain == AWS_SOCKET_LOCAL)
        {
            connection->remote_endpoint = listener->local_endpoint;
            connection->remote_endpoint.port = 0;
            return;
        }

        if (peer->ss_family == Libc.AF_INET)
            connection->options.domain = AWS_SOCKET_IPV4;
        else if (peer->ss_family == Libc.AF_INET6)
            connection->options.domain = AWS_SOCKET_IPV6;
        if (PosixAddress.ToEndpoint(peer, &connection->remote_endpoint) != AWS_OP_SUCCESS)
            Log.Write(AWS_LL_WARN, AWS_LS_IO_SOCKET,
                $"id=0x{(nint)listener:x} fd={listener->io_handle.data.fd}: the peer's address is not known");
    }

    // True to go on accepting.
    private static bool OnAcceptError(PosixSocket* impl, int error)
    {
        switch (error)
        {
            case Libc.EAGAIN:
                return false;

            // This connection is lost, the others are not: on Linux the errors of a connection are told by its accept.
            case Libc.ECONNABORTED or Libc.EPROTO or Libc.EPERM or Libc.ENOPROTOOPT or Libc.ENETDOWN
                or Libc.ENETUNREACH or Libc.EHOSTUNREACH or Libc.EHOSTDOWN or Libc.ENONET or Libc.EOPNOTSUPP
                or Libc.ETIMEDOUT:
                Log.Write(AWS_LL_DEBUG, AWS_LS_IO_SOCKET,
                    $"id=0x{(nint)impl->Socket:x} fd={impl->Socket->io_handle.data.fd}: " +
                    $"a connection was lost before it was accepted: errno {error}");
                return true;

            case Libc.EMFILE or Libc.ENFILE or Libc.ENOBUFS or Libc.ENOMEM:
                RetryLater(impl, RetryNanoseconds);
                break;

            default:
                impl->Socket->state = SocketState.Error;
                break;
        }

        aws_socket* listener = impl->Socket;
        Log.Write(AWS_LL_ERROR, AWS_LS_IO_SOCKET,
            $"id=0x{(nint)listener:x} fd={listener->io_handle.data.fd}: accept failed with errno {error}");
        int code = PosixErrors.FromErrno(error);
        Errors.Raise(code);
        listener->accept_result_fn(listener, code, null, listener->connect_accept_user_data);
        return false;
    }

    // No edge tells that a descriptor has become free, or that connections are left from this turn.
    private static void RetryLater(PosixSocket* impl, ulong pause)
    {
        if (impl->IsTimerCancellable)
            return;

        aws_event_loop* loop = impl->Socket->event_loop;
        ulong now = 0;
        EventLoop.CurrentClockTime(loop, &now);
        aws_task* timer = PosixSocket.PrepareTimer(impl, &RunRetry, "socket_accept_retry"u8);
        impl->IsTimerCancellable = true;
        EventLoop.ScheduleTaskFuture(loop, timer, now + pause);
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void RunRetry(aws_task* task, void* argument, aws_task_status status)
    {
        PosixSocket* impl = (PosixSocket*)argument;
        impl->IsTimerCancellable = false;
        PosixSocket.FreeTimer(impl);
        if (status == AWS_TASK_STATUS_RUN_READY && impl->IsAccepting)
            AcceptAll(impl);
        PosixSocket.Release(impl);
    }

    private static int WrongState(aws_socket* socket)
    {
        Log.Write(AWS_LL_ERROR, AWS_LS_IO_SOCKET,
            $"id=0x{(nint)socket:x} fd={socket->io_handle.data.fd}: not possible in state 0x{socket->state:x}");
        return Errors.Raise(AWS_IO_SOCKET_ILLEGAL_OPERATION_FOR_STATE);
    }

    private static int Failed(aws_socket* socket, System.ReadOnlySpan<byte> call, int error)
    {
        socket->state = SocketState.Error;
        fixed (byte* name = call)
            Log.Write(AWS_LL_ERROR, AWS_LS_IO_SOCKET,
                $"id=0x{(nint)socket:x} fd={socket->io_handle.data.fd}: {name} failed with errno {error}");
        return Errors.Raise(PosixErrors.FromAddressErrno(error, socket->options.domain));
    }
}
