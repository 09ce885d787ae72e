// SPDX-License-Identifier: Apache-2.0
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Threading;
using Reseau.Native.Common;
using Reseau.Native.EventLoops;

namespace Reseau.Native.Sockets.Posix;

/// <summary>
/// What the loop tells a socket. One subscription serves the connection attempt and the connection after it, so the
/// descriptor is added to the poller once.
/// </summary>
internal static unsafe class PosixEvents
{
    private const int HangUp = (int)(AWS_IO_EVENT_TYPE_REMOTE_HANG_UP | AWS_IO_EVENT_TYPE_CLOSED);
    private const int Readable = (int)AWS_IO_EVENT_TYPE_READABLE;
    private const int Writable = (int)AWS_IO_EVENT_TYPE_WRITABLE;
    private const int Urgent = LoopBackend.Urgent;
    private const int Failed = (int)AWS_IO_EVENT_TYPE_ERROR;

    internal static int AssignToLoop(aws_socket* socket, aws_event_loop* loop)
    {
        if (loop == null)
            return Errors.Raise(AWS_ERROR_INVALID_ARGUMENT);
        if (socket->event_loop != null)
            return Errors.Raise(AWS_IO_EVENT_LOOP_ALREADY_ASSIGNED);
        if (socket->io_handle.data.fd < 0)
            return Errors.Raise(AWS_IO_SOCKET_ILLEGAL_OPERATION_FOR_STATE);

        Log.Write(AWS_LL_DEBUG, AWS_LS_IO_SOCKET,
            $"id=0x{(nint)socket:x} fd={socket->io_handle.data.fd}: assigned to event loop 0x{(nint)loop:x}");
        return SubscribeConnection(PosixSocket.Of(socket), loop);
    }

    /// <summary>
    /// From any thread; the events may come before this returns. On failure the socket belongs to no loop.
    /// </summary>
    internal static int Subscribe(
        PosixSocket* impl,
        aws_event_loop* loop,
        int events,
        aws_event_loop_on_event_fn onEvent)
    {
        aws_socket* socket = impl->Socket;
        socket->event_loop = loop;
        impl->IsSubscribed = true;
        if (EventLoop.SubscribeToIoEvents(loop, &socket->io_handle, events, onEvent, impl) == AWS_OP_SUCCESS)
            return AWS_OP_SUCCESS;

        Log.Write(AWS_LL_ERROR, AWS_LS_IO_SOCKET,
            $"id=0x{(nint)socket:x} fd={socket->io_handle.data.fd}: " +
            $"event loop 0x{(nint)loop:x} does not take it, error {Errors.LastError()}");
        impl->IsSubscribed = false;
        socket->event_loop = null;
        return AWS_OP_ERR;
    }

    /// <summary>Subscribes to everything a connection needs, from its attempt on.</summary>
    internal static int SubscribeConnection(PosixSocket* impl, aws_event_loop* loop) =>
        Subscribe(impl, loop, Readable | Writable | (EventLoop.ReportsUrgentData(loop) ? Urgent : 0), &OnEvent);

    internal static int SubscribeToReadable(aws_socket* socket, aws_socket_on_readable_fn onReadable, void* userData)
    {
        if ((socket->state & SocketState.ConnectedRead) == 0)
        {
            Log.Write(AWS_LL_ERROR, AWS_LS_IO_SOCKET,
                $"id=0x{(nint)socket:x} fd={socket->io_handle.data.fd}: cannot become readable, it is not connected");
            return Errors.Raise(AWS_IO_SOCKET_NOT_CONNECTED);
        }

        if (socket->readable_fn != null)
        {
            Log.Write(AWS_LL_ERROR, AWS_LS_IO_SOCKET,
                $"id=0x{(nint)socket:x} fd={socket->io_handle.data.fd}: somebody is told already when it is readable");
            return Errors.Raise(AWS_ERROR_IO_ALREADY_SUBSCRIBED);
        }

        if (onReadable == null)
            return Errors.Raise(AWS_ERROR_INVALID_ARGUMENT);

        PosixSocket* impl = PosixSocket.Of(socket);
        socket->readable_user_data = userData;
        socket->readable_fn = onReadable;

        // Edges are told once. Those that came before this call would be lost for good.
        int missed = Interlocked.Exchange(ref impl->UndeliveredEvents, 0);
        if (missed != 0 && socket->event_loop != null)
            LateEvents.Schedule(impl, missed);
        return AWS_OP_SUCCESS;
    }

    /// <summary>Passes events on to the program, data before the end of data.</summary>
    internal static void Deliver(PosixSocket* impl, int events)
    {
        if ((events & (HangUp | Failed)) != 0)
            impl->IsHungUp = true;
        if ((events & Urgent) != 0)
            impl->HadUrgentData = true;
        events &= ~Urgent;
        if (impl->Socket->readable_fn == null)
            events = (events & Writable) | Withhold(impl, events & ~Writable);

        // What the readable callback fills up, this event does not yet know to be writable again.
        bool wasBlocked = impl->IsSendBlocked;
        if ((events & Readable) != 0)
            TellReadable(impl, AWS_ERROR_SUCCESS);
        if (wasBlocked && impl->IsSubscribed && (events & Writable) != 0)
            PosixWriter.OnWritable(impl);
        if (!impl->IsSubscribed || (events & (HangUp | Failed)) == 0)
            return;

        aws_socket* socket = impl->Socket;
        int error = (events & HangUp) != 0 ? AWS_IO_SOCKET_CLOSED : Socket.GetError(socket);
        Errors.Raise(error);
        Log.Write(AWS_LL_TRACE, AWS_LS_IO_SOCKET,
            $"id=0x{(nint)socket:x} fd={socket->io_handle.data.fd}: the peer hung up or failed, error {error}");
        TellReadable(impl, error);
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void OnEvent(aws_event_loop* loop, aws_io_handle* handle, int events, void* userData)
    {
        PosixSocket* impl = (PosixSocket*)userData;
        PosixSocket.Acquire(impl);
        if (impl->IsConnecting)
            PosixConnect.OnEvent(impl, events);
        if (impl->IsSubscribed && !impl->IsConnecting)
            Deliver(impl, events);
        PosixSocket.Release(impl);
    }

    // Keeps events until somebody subscribes. Returns those that are to be delivered now all the same, because somebody
    // has just subscribed on another thread and did not find them yet.
    private static int Withhold(PosixSocket* impl, int events)
    {
        if (events == 0)
            return 0;

        Interlocked.Or(ref impl->UndeliveredEvents, events);
        return impl->Socket->readable_fn == null ? 0 : Interlocked.Exchange(ref impl->UndeliveredEvents, 0);
    }

    private static void TellReadable(PosixSocket* impl, int error)
    {
        aws_socket* socket = impl->Socket;
        if (socket->readable_fn != null)
            socket->readable_fn(socket, error, socket->readable_user_data);
    }
}
