// SPDX-License-Identifier: Apache-2.0
using System.Threading;
using Reseau.Native.Common;

namespace Reseau.Native.Sockets;

/// <summary>
/// Sockets with a vtable of the program's own. A missing socket, vtable or entry is a bad argument and changes nothing.
/// </summary>
internal static unsafe class ForeignSocket
{
    /// <summary>For <see cref="SocketOperations.Of"/>.</summary>
    internal static SocketOperations* Operations => StaticMemory.Get(ref s_operations, &Entries);

    private static nint s_operations;

    private static SocketOperations Entries() => new()
    {
        Subscribe = &Subscribe,
        Unsubscribe = &Unsubscribe,
        IsOpen = &IsOpen,
        Receive = &Receive,
        Write = &Write,
        Flush = &DoNothing,
        TryFinishWriting = &TryFinishWriting,
        HasWrites = &HasNone,
        UnconfirmedBytes = &UnconfirmedBytes,
        LingerAfterClose = &DoNothing,
    };

    internal static void CleanUp(aws_socket* socket)
    {
        if (HasVtable(socket) && socket->vtable->socket_cleanup_fn != null)
            socket->vtable->socket_cleanup_fn(socket);
    }

    internal static int Connect(aws_socket* socket, aws_socket_connect_options* options) =>
        HasVtable(socket) && socket->vtable->socket_connect_fn != null
            ? socket->vtable->socket_connect_fn(socket, options)
            : Unusable(socket);

    internal static int Bind(aws_socket* socket, aws_socket_bind_options* options) =>
        HasVtable(socket) && socket->vtable->socket_bind_fn != null
            ? socket->vtable->socket_bind_fn(socket, options)
            : Unusable(socket);

    internal static int Listen(aws_socket* socket, int backlog) =>
        HasVtable(socket) && socket->vtable->socket_listen_fn != null
            ? socket->vtable->socket_listen_fn(socket, backlog)
            : Unusable(socket);

    internal static int StartAccept(aws_socket* socket, aws_event_loop* loop, aws_socket_listener_options* options) =>
        HasVtable(socket) && socket->vtable->socket_start_accept_fn != null
            ? socket->vtable->socket_start_accept_fn(socket, loop, *options)
            : Unusable(socket);

    internal static int StopAccept(aws_socket* socket) =>
        HasVtable(socket) && socket->vtable->socket_stop_accept_fn != null
            ? socket->vtable->socket_stop_accept_fn(socket)
            : Unusable(socket);

    internal static int Close(aws_socket* socket) =>
        HasVtable(socket) && socket->vtable->socket_close_fn != null
            ? socket->vtable->socket_close_fn(socket)
            : Unusable(socket);

    internal static int ShutdownDirection(aws_socket* socket, aws_channel_direction direction) =>
        HasVtable(socket) && socket->vtable->socket_shutdown_dir_fn != null
            ? socket->vtable->socket_shutdown_dir_fn(socket, direction)
            : Unusable(socket);

    internal static int SetOptions(aws_socket* socket, aws_socket_options* options) =>
        HasVtable(socket) && socket->vtable->socket_set_options_fn != null
            ? socket->vtable->socket_set_options_fn(socket, options)
            : Unusable(socket);

    internal static int AssignToEventLoop(aws_socket* socket, aws_event_loop* loop) =>
        HasVtable(socket) && socket->vtable->socket_assign_to_event_loop_fn != null
            ? socket->vtable->socket_assign_to_event_loop_fn(socket, loop)
            : Unusable(socket);

    internal static int SubscribeToReadable(
        aws_socket* socket,
        aws_socket_on_readable_fn onReadable,
        void* userData) =>
        HasVtable(socket) && socket->vtable->socket_subscribe_to_readable_events_fn != null
            ? socket->vtable->socket_subscribe_to_readable_events_fn(socket, onReadable, userData)
            : Unusable(socket);

    internal static int Read(aws_socket* socket, aws_byte_buf* buffer, nuint* amount) =>
        HasVtable(socket) && socket->vtable->socket_read_fn != null
            ? socket->vtable->socket_read_fn(socket, buffer, amount)
            : Unusable(socket);

    internal static int Write(
        aws_socket* socket,
        aws_byte_cursor* data,
        aws_socket_on_write_completed_fn onWritten,
        void* userData) =>
        HasVtable(socket) && socket->vtable->socket_write_fn != null
            ? socket->vtable->socket_write_fn(socket, data, onWritten, userData)
            : Unusable(socket);

    internal static int SetOnClosed(aws_socket* socket, aws_socket_on_shutdown_complete_fn function, void* userData) =>
        HasVtable(socket) && socket->vtable->socket_set_close_callback != null
            ? socket->vtable->socket_set_close_callback(socket, function, userData)
            : Unusable(socket);

    internal static int SetOnCleanedUp(
        aws_socket* socket, aws_socket_on_shutdown_complete_fn function, void* userData) =>
        HasVtable(socket) && socket->vtable->socket_set_cleanup_callback != null
            ? socket->vtable->socket_set_cleanup_callback(socket, function, userData)
            : Unusable(socket);

    internal static int GetError(aws_socket* socket) =>
        HasVtable(socket) && socket->vtable->socket_get_error_fn != null
            ? socket->vtable->socket_get_error_fn(socket)
            : AWS_ERROR_INVALID_ARGUMENT;

    internal static bool IsOpen(aws_socket* socket) =>
        HasVtable(socket) && socket->vtable->socket_is_open_fn != null && socket->vtable->socket_is_open_fn(socket);

    // ---- For channels ----

    private static int Subscribe(LazySocket* lazy, SocketConsumer* consumer, void* state) =>
        SubscribeToReadable(LazySocket.MadeOf(lazy), consumer->OnReadableOfC, state);

    // The C vtable has no such thing.
    private static void Unsubscribe(LazySocket* lazy, void* state)
    {
    }

    private static bool IsOpen(LazySocket* lazy) => IsOpen(LazySocket.MadeOf(lazy));

    private static int Receive(LazySocket* lazy, ReceiveBatch* batch)
    {
        batch->Limit = 1;
        ReceiveBatch.AcquireBuffers(batch);
        if (batch->Count == 0)
            return AWS_ERROR_SUCCESS;

        aws_byte_buf buffer = default;
        buffer.buffer = batch->Buffers->Data;
        buffer.capacity = batch->Buffers->Length;
        nuint amount = 0;
        int error = Read(LazySocket.MadeOf(lazy), &buffer, &amount) == AWS_OP_SUCCESS
            ? AWS_ERROR_SUCCESS
            : Errors.LastErrorOrUnknown();
        ReceiveBatch.Keep(batch, error == AWS_ERROR_SUCCESS ? amount : 0);
        return error;
    }

    private static int Write(LazySocket* lazy, byte* data, nuint length, SocketConsumer* consumer, void* userData)
    {
        if (!IsOpen(lazy))
            return AWS_IO_SOCKET_CLOSED;

        aws_byte_cursor bytes = new() { len = length, ptr = data };
        return Write(LazySocket.MadeOf(lazy), &bytes, consumer->OnWrittenOfC, userData) == AWS_OP_SUCCESS
            ? AWS_ERROR_SUCCESS
            : Errors.LastErrorOrUnknown();
    }

    private static void DoNothing(LazySocket* lazy)
    {
    }

    private static bool HasNone(LazySocket* lazy) => false;

    private static bool TryFinishWriting(LazySocket* lazy) => true;

    private static nuint UnconfirmedBytes(LazySocket* lazy) => 0;

    private static bool HasVtable(aws_socket* socket) => socket != null && socket->vtable != null;

    private static int Unusable(aws_socket* socket)
    {
        Log.Write(AWS_LL_ERROR, AWS_LS_IO_SOCKET, $"id=0x{(nint)socket:x}: there is no such socket or operation");
        return Errors.Raise(AWS_ERROR_INVALID_ARGUMENT);
    }
}
