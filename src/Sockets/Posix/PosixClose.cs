// SPDX-License-Identifier: Apache-2.0
using Reseau.Native.Common;
using Reseau.Native.EventLoops;
using Reseau.Native.Interop.Posix;

namespace Reseau.Native.Sockets.Posix;

/// <summary>The end of a socket: one direction, the descriptor, the memory.</summary>
internal static unsafe class PosixClose
{
    /// <summary>
    /// On the loop's thread; a listener may be closed from elsewhere, which waits for the loop. What was accepted for
    /// sending is handed to the kernel first; then every write that has not been reported is, in order.
    /// </summary>
    internal static int Close(aws_socket* socket)
    {
        aws_event_loop* loop = socket->event_loop;
        if (loop != null && !EventLoop.ThreadIsCallersThread(loop))
        {
            if (socket->state == SocketState.Listening)
                return LoopCall.Run(loop, socket, &Socket.Close);

            Log.Write(AWS_LL_ERROR, AWS_LS_IO_SOCKET,
                $"id=0x{(nint)socket:x} fd={socket->io_handle.data.fd}: cannot be closed outside of its event loop");
            return Errors.Raise(AWS_IO_SOCKET_ILLEGAL_OPERATION_FOR_STATE);
        }

        PosixSocket* impl = PosixSocket.Of(socket);
        PosixSocket.Acquire(impl);
        CloseHere(impl, loop);
        PosixSocket.Release(impl);
        return AWS_OP_SUCCESS;
    }

    /// <summary>
    /// Closes the socket if that has not been done, and forgets it. Where a close would be refused because the loop
    /// runs on another thread, the loop is made to do it: a descriptor that it still watches must not outlive its
    /// socket.
    /// </summary>
    internal static void CleanUp(aws_socket* socket)
    {
        PosixSocket* impl = PosixSocket.Of(socket);
        PosixSocket.Acquire(impl);
        if (Socket.IsOpen(socket))
        {
            aws_event_loop* loop = socket->event_loop;
            if (loop != null && !EventLoop.ThreadIsCallersThread(loop))
                LoopCall.Run(loop, socket, &Socket.Close);
            else
                Socket.Close(socket);
        }

        // Inside the callback of a write, when the close around it has not got to the others yet.
        if (impl->Writes != null)
            PosixWriter.ReportAll(impl);

        // A callback above may have cleaned up already.
        if (impl->Socket != null)
            Forget(socket, impl);
        PosixSocket.Release(impl);
    }

    internal static int ShutdownDirection(aws_socket* socket, aws_channel_direction direction)
    {
        if (direction is not (AWS_CHANNEL_DIR_READ or AWS_CHANNEL_DIR_WRITE))
            return Errors.Raise(AWS_ERROR_INVALID_ARGUMENT);

        // Bytes that wait for the end of the tick go before the end of the stream does. Whether there are any, only the
        // loop's thread can see: elsewhere the queue may be another socket's by the time it is looked at.
        PosixSocket* impl = PosixSocket.Of(socket);
        if (direction == AWS_CHANNEL_DIR_WRITE && impl->Writes != null && socket->event_loop != null)
        {
            if (!EventLoop.ThreadIsCallersThread(socket->event_loop))
                return LoopCall.Run(socket->event_loop, socket, &ShutdownWriting);
            PosixWriter.Flush(impl);
        }

        Log.Write(AWS_LL_DEBUG, AWS_LS_IO_SOCKET,
            $"id=0x{(nint)socket:x} fd={socket->io_handle.data.fd}: ends direction {(uint)direction}");
        int how = direction == AWS_CHANNEL_DIR_READ ? Libc.SHUT_RD : Libc.SHUT_WR;
        if (Libc.shutdown(socket->io_handle.data.fd, how) != 0)
            return Errors.Raise(PosixErrors.FromErrno(Libc.Errno));

        socket->state &= direction == AWS_CHANNEL_DIR_READ ? ~SocketState.ConnectedRead : ~SocketState.ConnectedWrite;
        return AWS_OP_SUCCESS;
    }

    private static int ShutdownWriting(aws_socket* socket) => Socket.ShutdownDir(socket, AWS_CHANNEL_DIR_WRITE);

    private static void CloseHere(PosixSocket* impl, aws_event_loop* loop)
    {
        aws_socket* socket = impl->Socket;
        Log.Write(AWS_LL_DEBUG, AWS_LS_IO_SOCKET, $"id=0x{(nint)socket:x} fd={socket->io_handle.data.fd}: closing");
        if ((socket->state & SocketState.ConnectedWrite) != 0)
            PosixWriter.Flush(impl);

        if (socket->state == SocketState.Listening && impl->IsSubscribed)
            Socket.StopAccept(socket);
        else
            PosixSocket.Unsubscribe(impl);

        impl->IsConnecting = false;
        PosixSocket.CancelTimer(impl, loop);
        socket->event_loop = null;
        if (socket->io_handle.data.fd >= 0)
        {
            if (!CouldLoseBytes(impl, socket) || !PosixLinger.TryTakeOver(socket->io_handle.data.fd, loop))
            {
                Libc.close(socket->io_handle.data.fd);
            }

            socket->io_handle.data.fd = -1;
            socket->state = SocketState.Closed;
            if (impl->Writes != null && impl->Writes->IsTaskScheduled)
                EventLoop.CancelTask(loop, &impl->Writes->Task);
            PosixWriter.ReportAll(impl);
            PosixWriter.LeavePool(impl);
        }

        TellClosed(impl);
    }

    // A reset takes something that was sent, and something that comes in.
    private static bool CouldLoseBytes(PosixSocket* impl, aws_socket* socket) =>
        impl->LingersAfterClose && impl->HasSent && !impl->HasReadEnd &&
        (socket->state & SocketState.ConnectedWrite) != 0 && socket->options.type == AWS_SOCKET_STREAM &&
        socket->options.domain is AWS_SOCKET_IPV4 or AWS_SOCKET_IPV6;

    private static void TellClosed(PosixSocket* impl)
    {
        aws_socket_on_shutdown_complete_fn onClosed = impl->OnClosed;
        impl->OnClosed = null;
        if (onClosed != null)
            onClosed(impl->OnClosedUserData);
    }

    private static void Forget(aws_socket* socket, PosixSocket* impl)
    {
        aws_socket_on_shutdown_complete_fn onCleanedUp = impl->OnCleanedUp;
        void* userData = impl->OnCleanedUpUserData;
        impl->Socket = null;
        impl->IsAccepting = false;
        *socket = default;
        socket->io_handle.data.fd = -1;
        PosixSocket.Release(impl);
        if (onCleanedUp != null)
            onCleanedUp(userData);
    }
}
