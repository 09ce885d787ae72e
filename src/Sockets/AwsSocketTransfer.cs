// SPDX-License-Identifier: Apache-2.0
using System;
using System.Threading;
using Reseau.Native.Common;
using Reseau.Native.EventLoops;

namespace Reseau.Native.Sockets;

/// <summary>
/// Reading and writing an aws_socket of ours: as C does it, checked, and as our channels do it, who are on the loop's
/// thread and stay in managed code (<see cref="Operations"/>).
/// </summary>
internal static unsafe class AwsSocketTransfer
{
    /// <summary>For <see cref="SocketOperations.Of"/>.</summary>
    internal static SocketOperations* Operations => StaticMemory.Get(ref s_operations, &Entries);

    private static nint s_operations;

    private static SocketOperations Entries() => new()
    {
        Subscribe = &Subscribe,
        Unsubscribe = &UnsubscribeFromReadable,
        IsOpen = &IsOpen,
        Receive = &Receive,
        AwaitsInput = &AwaitsInput,
        HasUnread = &HasUnread,
        Write = &Write,
        Flush = &Flush,
        TryFinishWriting = &TryFinishWriting,
        HasWrites = &HasWrites,
        UnconfirmedBytes = &UnconfirmedBytes,
        LingerAfterClose = &LingerAfterClose,
    };

    // ---- For C ----

    /// <summary>
    /// Readable events go to a C function; or, if there is an observer, to that, with the function for C's eyes only.
    /// </summary>
    internal static int SubscribeToReadable(
        aws_socket* socket,
        aws_socket_on_readable_fn onReadable,
        void* userData,
        SocketObserver* observer = null)
    {
        SocketCore* core = AwsSocket.CoreOf(socket);
        if (!SocketCore.CanReceive(core))
        {
            Log.Write(AWS_LL_ERROR, AWS_LS_IO_SOCKET,
                $"{new SocketId(core)}: cannot become readable, it is not connected");
            return Errors.Raise(AWS_IO_SOCKET_NOT_CONNECTED);
        }

        if (core->IsSubscribed)
        {
            Log.Write(AWS_LL_ERROR, AWS_LS_IO_SOCKET,
                $"{new SocketId(core)}: has a subscriber to its readable events already");
            return Errors.Raise(AWS_ERROR_IO_ALREADY_SUBSCRIBED);
        }

        if (onReadable == null)
            return Errors.Raise(AWS_ERROR_INVALID_ARGUMENT);

        socket->readable_user_data = userData;
        socket->readable_fn = onReadable;
        core->Observer = observer != null ? observer : AwsSocket.Observer;
        SocketEvents.Subscribe(core);
        return AWS_OP_SUCCESS;
    }

    /// <summary>
    /// Ends the subscription that was made with this <paramref name="userData"/>; on the loop's thread.
    /// </summary>
    internal static void UnsubscribeFromReadable(aws_socket* socket, void* userData)
    {
        if (socket->readable_user_data != userData)
            return;

        socket->readable_fn = null;
        socket->readable_user_data = null;
        if (AwsSocket.CoreOf(socket) != null)
            AwsSocket.CoreOf(socket)->IsSubscribed = false;
    }

    internal static int Read(aws_socket* socket, aws_byte_buf* buffer, nuint* amount)
    {
        SocketCore* core = AwsSocket.CoreOf(socket);
        if (core->Loop == null ? SocketCore.CanReceive(core) : !EventLoop.ThreadIsCallersThread(core->Loop))
        {
            Log.Write(AWS_LL_ERROR, AWS_LS_IO_SOCKET,
                $"{new SocketId(core)}: cannot read outside of its event loop");
            return Errors.Raise(AWS_ERROR_IO_EVENT_LOOP_THREAD_ONLY);
        }

        if (!SocketCore.CanReceive(core))
            return Errors.Raise(NotConnected(core, "read"u8));
        if (buffer == null || amount == null || buffer->len > buffer->capacity)
            return Errors.Raise(AWS_ERROR_INVALID_ARGUMENT);

        nuint room = buffer->capacity - buffer->len;
        if (room != 0 && buffer->buffer == null)
            return Errors.Raise(AWS_ERROR_INVALID_ARGUMENT);

        *amount = 0;
        int error = ToError(core->Backend->ReceiveInto(core, buffer->buffer + buffer->len, room, amount));
        if (error != AWS_ERROR_SUCCESS)
            return Errors.Raise(error);

        buffer->len += *amount;
        return AWS_OP_SUCCESS;
    }

    internal static int Write(
        aws_socket* socket,
        aws_byte_cursor* data,
        aws_socket_on_write_completed_fn onWritten,
        void* userData)
    {
        SocketCore* core = AwsSocket.CoreOf(socket);
        if (core->Loop == null && !SocketCore.CanSend(core))
            return Errors.Raise(NotConnected(core, "write"u8));
        if (core->Loop == null || !EventLoop.ThreadIsCallersThread(core->Loop))
            return Errors.Raise(AWS_ERROR_IO_EVENT_LOOP_THREAD_ONLY);
        if (!SocketCore.CanSend(core))
            return Errors.Raise(NotConnected(core, "write"u8));
        if (data == null || onWritten == null || (data->ptr == null && data->len != 0))
            return Errors.Raise(AWS_ERROR_INVALID_ARGUMENT);

        WriteRequest* request;
        int error = SocketWriter.TakeRequest(core, &request);
        if (error != AWS_ERROR_SUCCESS)
            return Errors.Raise(error);

        request->Data = data->ptr;
        request->Length = data->len;
        request->OnWritten = &CallFunction;
        request->Function = (void*)onWritten;
        request->UserData = userData;
        SocketWriter.Write(core, request);
        return AWS_OP_SUCCESS;
    }

    private static void CallFunction(SocketCore* core, WriteResult* result) =>
        ((aws_socket_on_write_completed_fn)result->Function)(
            AwsSocket.SocketOf(core), result->Error, result->Written, result->UserData);

    // ---- For channels ----

    private static int Subscribe(aws_socket* socket, SocketConsumer* consumer, void* state) =>
        SubscribeToReadable(socket, consumer->OnReadableOfC, state, &consumer->Observer);

    private static bool IsOpen(aws_socket* socket)
    {
        // NULL once the socket has been cleaned up.
        SocketCore* core = AwsSocket.CoreOf(socket);
        return core != null && SocketCore.IsOpen(core);
    }

    private static int Receive(aws_socket* socket, ReceiveBatch* batch)
    {
        SocketCore* core = AwsSocket.CoreOf(socket);
        if (core == null)
            return AWS_IO_SOCKET_NOT_CONNECTED;
        return SocketCore.CanReceive(core)
            ? ToError(core->Backend->Receive(core, batch))
            : NotConnected(core, "read"u8);
    }

    private static bool AwaitsInput(aws_socket* socket)
    {
        SocketCore* core = AwsSocket.CoreOf(socket);
        return core != null && SocketCore.CanReceive(core) && core->Backend->AwaitsInput != null &&
            core->Backend->AwaitsInput(core);
    }

    private static bool HasUnread(aws_socket* socket)
    {
        SocketCore* core = AwsSocket.CoreOf(socket);
        return core != null && SocketCore.CanReceive(core) &&
            (core->Backend->HasUnread == null || core->Backend->HasUnread(core));
    }

    private static int Write(
        aws_socket* socket,
        byte* data,
        nuint length,
        SocketConsumer* consumer,
        void* userData)
    {
        SocketCore* core = AwsSocket.CoreOf(socket);
        if (core == null || !SocketCore.IsOpen(core))
            return AWS_IO_SOCKET_CLOSED;
        if (!SocketCore.CanSend(core))
            return NotConnected(core, "write"u8);
        if (data == null && length != 0)
            return AWS_ERROR_INVALID_ARGUMENT;

        WriteRequest* request;
        int error = SocketWriter.TakeRequest(core, &request);
        if (error != AWS_ERROR_SUCCESS)
            return error;

        request->Data = data;
        request->Length = length;
        request->OnWritten = consumer->OnWritten;
        request->UserData = userData;
        SocketWriter.Write(core, request);
        return AWS_ERROR_SUCCESS;
    }

    private static void Flush(aws_socket* socket) => SocketWriter.FlushNow(AwsSocket.CoreOf(socket));

    private static bool TryFinishWriting(aws_socket* socket)
    {
        if (!IsOpen(socket))
            return true;

        SocketCore* core = AwsSocket.CoreOf(socket);
        SocketWriter.FlushNow(core);
        if (!WriteQueue.HasPending(core->Writes))
            return true;

        // A peer that cannot get rid of its bytes may not read ours.
        core->Backend->Discard(SocketCore.HandleOf(core));
        return false;
    }

    private static bool HasWrites(aws_socket* socket)
    {
        SocketCore* core = AwsSocket.CoreOf(socket);
        return core != null && core->Writes != null && core->Writes->First != null;
    }

    private static nuint UnconfirmedBytes(aws_socket* socket)
    {
        SocketCore* core = AwsSocket.CoreOf(socket);
        return IsOpen(socket)
            ? core->Backend->UnconfirmedBytes(SocketCore.HandleOf(core)) + SocketWriter.QueuedBytes(core)
            : 0;
    }

    private static void LingerAfterClose(aws_socket* socket) => AwsSocket.CoreOf(socket)->LingersAfterClose = true;

    private static int ToError(int result)
    {
        if (result >= 0)
            return result;
        if (result == SocketResult.WouldBlock)
            return AWS_IO_READ_WOULD_BLOCK;

        // Truncated: the count cannot say so. The last error does; it is no failure.
        Errors.Raise(AWS_ERROR_SHORT_BUFFER);
        return AWS_ERROR_SUCCESS;
    }

    private static int NotConnected(SocketCore* core, ReadOnlySpan<byte> verb)
    {
        Log.Write(AWS_LL_ERROR, AWS_LS_IO_SOCKET,
            $"{new SocketId(core)}: cannot {Literal.Of(verb)} because it is not connected");
        return AWS_IO_SOCKET_NOT_CONNECTED;
    }
}
