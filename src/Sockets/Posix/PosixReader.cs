// SPDX-License-Identifier: Apache-2.0
using Reseau.Native.Common;
using Reseau.Native.EventLoops;
using Reseau.Native.Interop.Posix;

namespace Reseau.Native.Sockets.Posix;

/// <summary>Receiving. Everything the kernel holds is handed out before an end of stream or an error is.</summary>
internal static unsafe class PosixReader
{
    internal static int Read(aws_socket* socket, aws_byte_buf* buffer, nuint* amount)
    {
        if (!IsReadable(socket))
            return AWS_OP_ERR;
        if (buffer == null || amount == null || buffer->len > buffer->capacity)
            return Errors.Raise(AWS_ERROR_INVALID_ARGUMENT);

        nuint room = buffer->capacity - buffer->len;
        if (room != 0 && buffer->buffer == null)
            return Errors.Raise(AWS_ERROR_INVALID_ARGUMENT);

        *amount = 0;
        Libc.iovec window = new() { iov_base = buffer->buffer + buffer->len, iov_len = room };
        nint received = room != 0 && socket->options.type == AWS_SOCKET_DGRAM
            ? ReadDatagram(socket, &window, 1)
            : Libc.read(socket->io_handle.data.fd, window.iov_base, room);
        if (received <= 0)
            return OnNothing(socket, received, room);

        *amount = (nuint)received;
        buffer->len += (nuint)received;
        return AWS_OP_SUCCESS;
    }

    /// <summary>See <see cref="Socket.ReadVector"/>; the caller is on the loop's thread.</summary>
    internal static int ReadVector(aws_socket* socket, Libc.iovec* vector, int count, out nuint read, out bool drained)
    {
        read = 0;
        drained = false;
        if (socket->impl == null || (socket->state & SocketState.ConnectedRead) == 0)
            return NotConnected(socket);

        nuint room = 0;
        for (int i = 0; i < count; i++)
            room += vector[i].iov_len;

        int fd = socket->io_handle.data.fd;
        int flags = 0;
        nint received =
            socket->options.type == AWS_SOCKET_DGRAM ? ReadDatagram(socket, vector, count)
            : socket->options.domain == AWS_SOCKET_LOCAL ? Libc.ReceiveVector(fd, vector, count, out flags)
            : count == 1 ? Libc.read(fd, vector->iov_base, room)
            : Libc.readv(fd, vector, count);
        if (received <= 0)
            return OnNothing(socket, received, room);

        read = (nuint)received;
        drained = read < room && (flags & Libc.MSG_CTRUNC) == 0 && ShortReadMeansEmpty(socket);
        return AWS_OP_SUCCESS;
    }

    // What does not fit is lost, and the count cannot say so. The last error does: it is no failure.
    private static nint ReadDatagram(aws_socket* socket, Libc.iovec* vector, int count)
    {
        int fd = socket->io_handle.data.fd;
        nint received = Libc.ReceiveVector(fd, vector, count, out int flags);
        if (received < 0 || (flags & Libc.MSG_TRUNC) == 0)
            return received;

        Log.Write(AWS_LL_INFO, AWS_LS_IO_SOCKET,
            $"id=0x{(nint)socket:x} fd={fd}: a datagram was longer than the {received} bytes that there was room for");
        Errors.Raise(AWS_ERROR_SHORT_BUFFER);
        return received;
    }

    // More bytes come with a new edge. After a hang-up no edge comes any more; and a datagram, urgent data and, on Unix
    // sockets, descriptors that were sent along end a read early.
    private static bool ShortReadMeansEmpty(aws_socket* socket) =>
        socket->options.type == AWS_SOCKET_STREAM && socket->options.domain != AWS_SOCKET_VSOCK &&
        !PosixSocket.Of(socket)->IsHungUp && !PosixSocket.Of(socket)->HadUrgentData;

    private static bool IsReadable(aws_socket* socket)
    {
        bool isConnected = (socket->state & SocketState.ConnectedRead) != 0;
        if (socket->event_loop == null ? isConnected : !EventLoop.ThreadIsCallersThread(socket->event_loop))
        {
            Log.Write(AWS_LL_ERROR, AWS_LS_IO_SOCKET,
                $"id=0x{(nint)socket:x} fd={socket->io_handle.data.fd}: cannot read outside of its event loop");
            Errors.Raise(AWS_ERROR_IO_EVENT_LOOP_THREAD_ONLY);
            return false;
        }

        if (isConnected)
            return true;
        NotConnected(socket);
        return false;
    }

    private static int NotConnected(aws_socket* socket)
    {
        Log.Write(AWS_LL_ERROR, AWS_LS_IO_SOCKET,
            $"id=0x{(nint)socket:x} fd={socket->io_handle.data.fd}: cannot read because it is not connected");
        return Errors.Raise(AWS_IO_SOCKET_NOT_CONNECTED);
    }

    private static int OnNothing(aws_socket* socket, nint received, nuint room)
    {
        if (received == 0)
        {
            // An empty buffer tells nothing, and an empty datagram is one like any other.
            if (room == 0 || socket->options.type == AWS_SOCKET_DGRAM)
                return AWS_OP_SUCCESS;
            Log.Write(AWS_LL_INFO, AWS_LS_IO_SOCKET,
                $"id=0x{(nint)socket:x} fd={socket->io_handle.data.fd}: end of stream");
            PosixSocket.Of(socket)->HasReadEnd = true;
            return Errors.Raise(AWS_IO_SOCKET_CLOSED);
        }

        int error = Libc.Errno;
        if (error == Libc.EAGAIN)
            return Errors.Raise(AWS_IO_READ_WOULD_BLOCK);

        Log.Write(AWS_LL_INFO, AWS_LS_IO_SOCKET,
            $"id=0x{(nint)socket:x} fd={socket->io_handle.data.fd}: reading failed with errno {error}");
        return Errors.Raise(PosixErrors.FromTransferErrno(error));
    }
}
