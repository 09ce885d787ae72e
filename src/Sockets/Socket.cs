// SPDX-License-Identifier: Apache-2.0
using Reseau.Native.Common;
using Reseau.Native.EventLoops;
using Reseau.Native.Interop.Posix;
using Reseau.Native.Sockets.Posix;

namespace Reseau.Native.Sockets;

/// <summary>
/// The socket contract. Every operation goes through the socket's vtable, which may be the program's own. A missing
/// socket, vtable or entry is a bad argument and changes nothing.
/// </summary>
internal static unsafe class Socket
{
    /// <summary>
    /// Fills <paramref name="socket"/> and opens its descriptor; copies the options. On failure nothing is left open
    /// and the socket holds no implementation.
    /// </summary>
    internal static int Init(aws_socket* socket, aws_allocator* alloc, aws_socket_options* options)
    {
        if (socket == null || alloc == null || options == null)
            return Errors.Raise(AWS_ERROR_INVALID_ARGUMENT);

        aws_socket_impl_type type = options->impl_type;
        if (type == AWS_SOCKET_IMPL_PLATFORM_DEFAULT)
            type = GetDefaultImplType();

        if (type == AWS_SOCKET_IMPL_POSIX)
            return PosixSocket.Init(socket, alloc, options);

        Log.Write(AWS_LL_DEBUG, AWS_LS_IO_SOCKET, $"socket implementation {(int)type} does not exist on this platform");
        return Errors.Raise(AWS_ERROR_PLATFORM_NOT_SUPPORTED);
    }

    /// <summary>
    /// Closes the socket if it is open and gives back what it holds. A socket cleaned up before is left alone.
    /// </summary>
    internal static void CleanUp(aws_socket* socket)
    {
        if (socket != null && socket->vtable != null && socket->vtable->socket_cleanup_fn != null)
            socket->vtable->socket_cleanup_fn(socket);
    }

    /// <summary>Begins to connect; the result comes on the loop's thread.</summary>
    internal static int Connect(aws_socket* socket, aws_socket_connect_options* socket_connect_options) =>
        HasVtable(socket) && socket->vtable->socket_connect_fn != null
            ? socket->vtable->socket_connect_fn(socket, socket_connect_options)
            : Unusable(socket);

    /// <summary>Gives the socket a local address.</summary>
    internal static int Bind(aws_socket* socket, aws_socket_bind_options* socket_bind_options) =>
        HasVtable(socket) && socket->vtable->socket_bind_fn != null
            ? socket->vtable->socket_bind_fn(socket, socket_bind_options)
            : Unusable(socket);

    /// <summary>Copies the address that the socket is bound to; fails when it is not bound.</summary>
    internal static int GetBoundAddress(aws_socket* socket, aws_socket_endpoint* out_address)
    {
        if (socket == null || out_address == null)
            return Errors.Raise(AWS_ERROR_INVALID_ARGUMENT);

        // An abstract name begins with a NUL.
        if (socket->local_endpoint.address[0] == 0 && socket->local_endpoint.address[1] == 0)
        {
            Log.Write(AWS_LL_ERROR, AWS_LS_IO_SOCKET,
                $"id=0x{(nint)socket:x} fd={socket->io_handle.data.fd}: has no local address before it is bound");
            return Errors.Raise(AWS_IO_SOCKET_ILLEGAL_OPERATION_FOR_STATE);
        }

        *out_address = socket->local_endpoint;
        return AWS_OP_SUCCESS;
    }

    /// <summary>Lets a bound socket queue incoming connections.</summary>
    internal static int Listen(aws_socket* socket, int backlog_size) =>
        HasVtable(socket) && socket->vtable->socket_listen_fn != null
            ? socket->vtable->socket_listen_fn(socket, backlog_size)
            : Unusable(socket);

    /// <summary>Begins to report incoming connections on the loop's thread.</summary>
    internal static int StartAccept(
        aws_socket* socket,
        aws_event_loop* accept_loop,
        aws_socket_listener_options options) =>
        HasVtable(socket) && socket->vtable->socket_start_accept_fn != null
            ? socket->vtable->socket_start_accept_fn(socket, accept_loop, options)
            : Unusable(socket);

    /// <summary>Ends that; from another thread than the loop's it waits for the loop.</summary>
    internal static int StopAccept(aws_socket* socket) =>
        HasVtable(socket) && socket->vtable->socket_stop_accept_fn != null
            ? socket->vtable->socket_stop_accept_fn(socket)
            : Unusable(socket);

    /// <summary>Closes the socket on its loop's thread; only a listener may be closed from elsewhere.</summary>
    internal static int Close(aws_socket* socket) =>
        HasVtable(socket) && socket->vtable->socket_close_fn != null
            ? socket->vtable->socket_close_fn(socket)
            : Unusable(socket);

    /// <summary>Ends one direction of a connection.</summary>
    internal static int ShutdownDir(aws_socket* socket, aws_channel_direction dir) =>
        HasVtable(socket) && socket->vtable->socket_shutdown_dir_fn != null
            ? socket->vtable->socket_shutdown_dir_fn(socket, dir)
            : Unusable(socket);

    /// <summary>Applies other options to the same kind of socket.</summary>
    internal static int SetOptions(aws_socket* socket, aws_socket_options* options) =>
        HasVtable(socket) && socket->vtable->socket_set_options_fn != null
            ? socket->vtable->socket_set_options_fn(socket, options)
            : Unusable(socket);

    /// <summary>Binds the socket to a loop for the rest of its life.</summary>
    internal static int AssignToEventLoop(aws_socket* socket, aws_event_loop* event_loop) =>
        HasVtable(socket) && socket->vtable->socket_assign_to_event_loop_fn != null
            ? socket->vtable->socket_assign_to_event_loop_fn(socket, event_loop)
            : Unusable(socket);

    /// <summary>The loop that the socket belongs to, or NULL.</summary>
    internal static aws_event_loop* GetEventLoop(aws_socket* socket) => socket == null ? null : socket->event_loop;

    /// <summary>Asks to be told, edge by edge, when the socket can be read or has failed.</summary>
    internal static int SubscribeToReadableEvents(
        aws_socket* socket,
        aws_socket_on_readable_fn on_readable,
        void* user_data) =>
        HasVtable(socket) && socket->vtable->socket_subscribe_to_readable_events_fn != null
            ? socket->vtable->socket_subscribe_to_readable_events_fn(socket, on_readable, user_data)
            : Unusable(socket);

    /// <summary>
    /// Whoever subscribed with this <paramref name="userData"/> is told no more; on the loop's thread. A socket with a
    /// vtable of its own knows no such thing.
    /// </summary>
    internal static void UnsubscribeFromReadableEvents(aws_socket* socket, void* userData)
    {
        if (!PosixSocket.IsOurs(socket) || socket->readable_user_data != userData)
            return;

        socket->readable_fn = null;
        socket->readable_user_data = null;
    }

    /// <summary>Reads what is there into the free part of <paramref name="buffer"/>; never waits.</summary>
    internal static int Read(aws_socket* socket, aws_byte_buf* buffer, nuint* amount_read) =>
        HasVtable(socket) && socket->vtable->socket_read_fn != null
            ? socket->vtable->socket_read_fn(socket, buffer, amount_read)
            : Unusable(socket);

    /// <summary>
    /// Reads into several buffers at once, on the loop's thread. <paramref name="drained"/> says that nothing is left
    /// to read before the next readable notification, which spares the caller the read that would only say so. Fails
    /// like
    /// <see cref="Read"/>. A socket with a vtable of its own fills the first buffer.
    /// </summary>
    internal static int ReadVector(aws_socket* socket, Libc.iovec* vector, int count, out nuint read, out bool drained)
    {
        read = 0;
        drained = false;
        if (!HasVtable(socket) || vector == null || count <= 0)
            return Unusable(socket);
        if (PosixSocket.IsOurs(socket))
            return PosixReader.ReadVector(socket, vector, count, out read, out drained);

        aws_byte_buf buffer = default;
        buffer.buffer = (byte*)vector->iov_base;
        buffer.capacity = vector->iov_len;
        nuint amount = 0;
        int result = Read(socket, &buffer, &amount);
        read = result == AWS_OP_SUCCESS ? amount : 0;
        return result;
    }

    /// <summary>
    /// Queues the bytes, which stay the caller's until <paramref name="written_fn"/> has run once, on the loop's thread
    /// and never inside this call.
    /// </summary>
    internal static int Write(
        aws_socket* socket,
        aws_byte_cursor* cursor,
        aws_socket_on_write_completed_fn written_fn,
        void* user_data) =>
        HasVtable(socket) && socket->vtable->socket_write_fn != null
            ? socket->vtable->socket_write_fn(socket, cursor, written_fn, user_data)
            : Unusable(socket);

    /// <summary>
    /// The same for our own code, whose <paramref name="onWritten"/> is called without leaving managed code. A socket
    /// with a vtable of its own gets <paramref name="written_fn"/>, which has to do the same.
    /// </summary>
    internal static int Write(
        aws_socket* socket,
        aws_byte_cursor* cursor,
        aws_socket_on_write_completed_fn written_fn,
        delegate*<aws_socket*, int, nuint, void*, void> onWritten,
        void* user_data) =>
        socket != null && PosixSocket.IsOurs(socket) && socket->impl != null
            ? PosixWriter.Write(socket, cursor, new WriteCallback(onWritten), user_data)
            : Write(socket, cursor, written_fn, user_data);

    /// <summary>
    /// Hands over to the system what it takes of the queued writes, and throws away what has come in. True when no write
    /// waits any more, or when only the socket's own vtable would know. Loop thread.
    /// </summary>
    internal static bool TryFinishWriting(aws_socket* socket)
    {
        if (!HasVtable(socket) || !PosixSocket.IsOurs(socket) || !IsOpen(socket))
            return true;

        PosixSocket* impl = PosixSocket.Of(socket);
        PosixWriter.Flush(impl);
        if (!WriteQueue.HasPending(impl->Writes))
            return true;

        // A peer that cannot get rid of its bytes may not read ours.
        PosixLinger.DiscardInput(socket->io_handle.data.fd);
        return false;
    }

    /// <summary>
    /// What of the queued writes the peer's system has not confirmed, as far as this one knows. Loop thread.
    /// </summary>
    internal static nuint UnconfirmedBytes(aws_socket* socket)
    {
        if (!HasVtable(socket) || !PosixSocket.IsOurs(socket) || !IsOpen(socket))
            return 0;

        int underWay = 0;
        if (Libc.ioctl(socket->io_handle.data.fd, Libc.SIOCOUTQ, &underWay) != 0)
            underWay = 0;
        WriteQueue* queue = PosixSocket.Of(socket)->Writes;
        return (nuint)underWay + (queue == null ? 0 : queue->PendingBytes);
    }

    /// <summary>
    /// Has the next close keep the descriptor for a moment where dropping it could lose bytes that were handed over.
    /// </summary>
    internal static void LingerAfterClose(aws_socket* socket)
    {
        if (HasVtable(socket) && PosixSocket.IsOurs(socket))
            PosixSocket.Of(socket)->LingersAfterClose = true;
    }

    /// <summary>Sets what runs, once, when the next close is done; NULL takes it back.</summary>
    internal static int SetCloseCompleteCallback(
        aws_socket* socket,
        aws_socket_on_shutdown_complete_fn fn,
        void* user_data) =>
        HasVtable(socket) && socket->vtable->socket_set_close_callback != null
            ? socket->vtable->socket_set_close_callback(socket, fn, user_data)
            : Unusable(socket);

    /// <summary>Sets what runs when the clean-up is done; NULL takes it back.</summary>
    internal static int SetCleanupCompleteCallback(
        aws_socket* socket,
        aws_socket_on_shutdown_complete_fn fn,
        void* user_data) =>
        HasVtable(socket) && socket->vtable->socket_set_cleanup_callback != null
            ? socket->vtable->socket_set_cleanup_callback(socket, fn, user_data)
            : Unusable(socket);

    /// <summary>Takes the socket's pending error and returns it without raising it.</summary>
    internal static int GetError(aws_socket* socket) =>
        HasVtable(socket) && socket->vtable->socket_get_error_fn != null
            ? socket->vtable->socket_get_error_fn(socket)
            : AWS_ERROR_INVALID_ARGUMENT;

    /// <summary>True until the socket has been closed.</summary>
    internal static bool IsOpen(aws_socket* socket) =>
        socket != null && PosixSocket.IsOurs(socket)
            ? socket->io_handle.data.fd >= 0
            : HasVtable(socket) && socket->vtable->socket_is_open_fn != null && socket->vtable->socket_is_open_fn(socket);

    /// <summary>Raises AWS_IO_SOCKET_INVALID_ADDRESS for a port that cannot be connected to.</summary>
    internal static int ValidatePortForConnect(uint port, aws_socket_domain domain) =>
        SocketPort.ValidateForConnect(port, domain);

    /// <summary>Raises AWS_IO_SOCKET_INVALID_ADDRESS for a port that cannot be bound to.</summary>
    internal static int ValidatePortForBind(uint port, aws_socket_domain domain) =>
        SocketPort.ValidateForBind(port, domain);

    /// <summary>Names a Unix socket that nobody else uses, in the current directory.</summary>
    internal static void EndpointInitLocalAddressForTest(aws_socket_endpoint* endpoint)
    {
        if (endpoint == null)
        {
            Errors.Raise(AWS_ERROR_INVALID_ARGUMENT);
            return;
        }

        aws_uuid uuid;
        if (Uuid.Init(&uuid) != AWS_OP_SUCCESS)
            return;

        aws_byte_buf text = default;
        text.buffer = endpoint->address;
        text.capacity = SocketAddress.MaxLength;
        Append(&text, "testsock"u8);
        Uuid.ToStr(&uuid, &text);
        Append(&text, ".sock\0"u8);
    }

    /// <summary>The implementation that a socket gets when its options name none.</summary>
    internal static aws_socket_impl_type GetDefaultImplType() => AWS_SOCKET_IMPL_POSIX;

    private static bool HasVtable(aws_socket* socket) => socket != null && socket->vtable != null;

    private static int Unusable(aws_socket* socket)
    {
        Log.Write(AWS_LL_ERROR, AWS_LS_IO_SOCKET, $"id=0x{(nint)socket:x}: there is no such socket or operation");
        return Errors.Raise(AWS_ERROR_INVALID_ARGUMENT);
    }

    private static void Append(aws_byte_buf* buffer, System.ReadOnlySpan<byte> text)
    {
        text.CopyTo(new System.Span<byte>(buffer->buffer + buffer->len, (int)(buffer->capacity - buffer->len)));
        buffer->len += (nuint)text.Length;
    }
}
