// SPDX-License-Identifier: Apache-2.0
using System;
using System.Threading;
using Reseau.Native.Common;
using Reseau.Native.EventLoops;

namespace Reseau.Native.Sockets;

/// <summary>Reading and writing an aws_socket of ours as C does it, checked.</summary>
internal static unsafe class AwsSocketTransfer
{
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

        // Away from the loop's thread the first event may be the socket's end (rule 440).
        SocketCore.Acquire(core);
        SocketEvents.Subscribe(core);
        SocketCore.Release(core);
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

    /// <summary>An error without one that is raised.</summary>
    internal static int ToError(int result)
    {
        if (result >= 0)
            return result;
        if (result == SocketResult.WouldBlock)
            return AWS_IO_READ_WOULD_BLOCK;

        // Truncated: the count cannot say so. The last error does; it is no failure.
        Errors.Raise(AWS_ERROR_SHORT_BUFFER);
        return AWS_ERROR_SUCCESS;
    }

    internal static int NotConnected(SocketCore* core, ReadOnlySpan<byte> verb)
    {
        Log.Write(AWS_LL_ERROR, AWS_LS_IO_SOCKET,
            $"{new SocketId(core)}: cannot {Literal.Of(verb)} because it is not connected");
        return AWS_IO_SOCKET_NOT_CONNECTED;
    }
}
