// SPDX-License-Identifier: Apache-2.0
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Reseau.Native.Common;
using Reseau.Native.EventLoops;
using Reseau.Native.Interop.Posix;

namespace Reseau.Native.Sockets.Posix;

/// <summary>
/// Sending. Writes are queued and leave together, by one system call, at the end of the loop's tick or as soon as many
/// bytes wait; one task sends and then runs the callbacks of all that is finished.
/// </summary>
internal static unsafe class PosixWriter
{
    // Waiting for the end of the tick gains nothing any more when this much is queued.
    private const int MostQueuedBytes = 64 * 1024;
    private const int MostQueuedRequests = 1024;

    internal static int Write(
        aws_socket* socket,
        aws_byte_cursor* data,
        WriteCallback onWritten,
        void* userData)
    {
        if (socket->event_loop == null && (socket->state & SocketState.ConnectedWrite) == 0)
            return NotConnected(socket);
        if (socket->event_loop == null || !EventLoop.ThreadIsCallersThread(socket->event_loop))
            return Errors.Raise(AWS_ERROR_IO_EVENT_LOOP_THREAD_ONLY);
        if ((socket->state & SocketState.ConnectedWrite) == 0)
            return NotConnected(socket);
        if (data == null || onWritten.IsMissing || (data->ptr == null && data->len != 0))
            return Errors.Raise(AWS_ERROR_INVALID_ARGUMENT);

        PosixSocket* impl = PosixSocket.Of(socket);
        if (impl->WriteError != AWS_ERROR_SUCCESS)
            return Errors.Raise(impl->WriteError);

        if (impl->Writes == null && !TryTakeQueue(impl, socket->event_loop))
            return AWS_OP_ERR;

        WriteQueue* queue = impl->Writes;
        WriteQueue.Append(queue, data, onWritten, userData);
        ScheduleTask(impl, queue, socket->event_loop);
        if (queue->PendingBytes >= MostQueuedBytes || queue->PendingCount >= MostQueuedRequests)
            Flush(impl);
        return AWS_OP_SUCCESS;
    }

    /// <summary>The kernel has room again.</summary>
    internal static void OnWritable(PosixSocket* impl)
    {
        impl->IsSendBlocked = false;
        Flush(impl);
        ReportFinished(impl);
        GiveBackUnused(impl);
    }

    /// <summary>Hands the kernel as much of the queue as it takes; runs no callback.</summary>
    internal static void Flush(PosixSocket* impl)
    {
        if (impl->IsSendBlocked || !WriteQueue.HasPending(impl->Writes))
            return;

        EventLoop.ExpectReply(impl->Socket->event_loop);
        if (impl->Socket->options.type == AWS_SOCKET_STREAM)
            FlushStream(impl);
        else
            FlushDatagrams(impl);
    }

    /// <summary>
    /// Runs the callbacks of the writes that are finished now, in order. Writes made meanwhile wait for the next tick,
    /// so that one busy socket leaves the loop to the others. A callback may close or clean up the socket.
    /// </summary>
    internal static void ReportFinished(PosixSocket* impl)
    {
        int left = impl->Writes == null ? 0 : impl->Writes->FinishedCount;
        for (; left > 0 && WriteQueue.HasFinished(impl->Writes); left--)
            ReportOldest(impl);
    }

    /// <summary>The socket is closed: everything that is not finished fails, and every callback runs now.</summary>
    internal static void ReportAll(PosixSocket* impl)
    {
        if (impl->Writes == null)
            return;

        WriteQueue.FailAll(impl->Writes, AWS_IO_SOCKET_CLOSED);
        while (WriteQueue.HasFinished(impl->Writes))
            ReportOldest(impl);
        GiveBackUnused(impl);
    }

    /// <summary>The socket writes no more, and every write has been reported: the loop's queues may go.</summary>
    internal static void LeavePool(PosixSocket* impl)
    {
        if (impl->Writes != null)
            return;

        WriteQueuePool.Release(impl->WritePool);
        impl->WritePool = null;
    }

    private static void ReportOldest(PosixSocket* impl)
    {
        WriteRequest request = WriteQueue.TakeFinished(impl->Writes);
        request.OnWritten.Call(impl->Socket, request.Error, request.Length - request.Remaining, request.UserData);
    }

    private static bool TryTakeQueue(PosixSocket* impl, aws_event_loop* loop)
    {
        if (impl->WritePool == null)
            impl->WritePool = WriteQueuePool.AcquireOf(loop);
        if (impl->WritePool == null)
            return false;

        impl->Writes = WriteQueuePool.Take(impl->WritePool);
        return true;
    }

    private static void GiveBackUnused(PosixSocket* impl)
    {
        WriteQueue* queue = impl->Writes;
        if (queue == null || queue->First != null || queue->IsTaskScheduled)
            return;

        impl->Writes = null;
        WriteQueuePool.GiveBack(queue);
    }

    private static void ScheduleTask(PosixSocket* impl, WriteQueue* queue, aws_event_loop* loop)
    {
        if (queue->IsTaskScheduled)
            return;

        queue->IsTaskScheduled = true;
        PosixSocket.Prepare(impl, &queue->Task, &RunTask, "socket_write"u8);
        EventLoop.ScheduleTaskNow(loop, &queue->Task);
    }

    // Also when the loop is going away: what was accepted for sending is still sent. After a close nothing is left
    // here.
    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void RunTask(aws_task* task, void* argument, aws_task_status status)
    {
        PosixSocket* impl = (PosixSocket*)argument;
        impl->Writes->IsTaskScheduled = false;
        if (impl->Socket != null && impl->Socket->io_handle.data.fd >= 0)
        {
            Flush(impl);
            ReportFinished(impl);
        }

        GiveBackUnused(impl);
        PosixSocket.Release(impl);
    }

    private static void FlushStream(PosixSocket* impl)
    {
        Libc.iovec* pieces = stackalloc Libc.iovec[SendBatch.MostPieces];
        byte* stage = stackalloc byte[SendBatch.StageSize];
        SendBatch batch = new(pieces, stage);
        int fd = impl->Socket->io_handle.data.fd;
        while (impl->Writes->FirstPending != null)
        {
            batch.Fill(impl->Writes);
            nint sent = batch.Send(fd);
            if (sent < 0)
            {
                OnStreamError(impl, Libc.Errno);
                return;
            }

            impl->HasSent = true;

            // A short count means that the buffer is full; asking again would only be told so.
            WriteQueue.Advance(impl->Writes, (nuint)sent);
            if ((nuint)sent < batch.Total)
            {
                impl->IsSendBlocked = true;
                return;
            }
        }
    }

    private static void OnStreamError(PosixSocket* impl, int error)
    {
        if (error == Libc.EAGAIN)
        {
            impl->IsSendBlocked = true;
            return;
        }

        Log.Write(AWS_LL_DEBUG, AWS_LS_IO_SOCKET,
            $"id=0x{(nint)impl->Socket:x} fd={impl->Socket->io_handle.data.fd}: sending failed with errno {error}");
        impl->WriteError = PosixErrors.FromTransferErrno(error);
        Errors.Raise(impl->WriteError);
        WriteQueue.FailAll(impl->Writes, impl->WriteError);
    }

    // Each write is a datagram of its own; one that cannot be sent says nothing about the next.
    private static void FlushDatagrams(PosixSocket* impl)
    {
        int fd = impl->Socket->io_handle.data.fd;
        while (impl->Writes->FirstPending != null)
        {
            WriteRequest* request = impl->Writes->FirstPending;
            if (Libc.send(fd, request->Data, request->Remaining, Libc.MSG_NOSIGNAL) >= 0)
            {
                WriteQueue.CompleteOldest(impl->Writes);
                continue;
            }

            int error = Libc.Errno;
            if (error == Libc.EAGAIN)
            {
                impl->IsSendBlocked = true;
                return;
            }

            Log.Write(AWS_LL_DEBUG, AWS_LS_IO_SOCKET,
                $"id=0x{(nint)impl->Socket:x} fd={fd}: a datagram was refused with errno {error}");
            WriteQueue.FailOldest(impl->Writes, PosixErrors.FromTransferErrno(error));
        }
    }

    private static int NotConnected(aws_socket* socket)
    {
        Log.Write(AWS_LL_ERROR, AWS_LS_IO_SOCKET,
            $"id=0x{(nint)socket:x} fd={socket->io_handle.data.fd}: cannot write because it is not connected");
        return Errors.Raise(AWS_IO_SOCKET_NOT_CONNECTED);
    }
}
