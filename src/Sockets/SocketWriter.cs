// SPDX-License-Identifier: Apache-2.0
using System.Runtime.CompilerServices;
using Reseau.Native.Common;
using Reseau.Native.EventLoops;

namespace Reseau.Native.Sockets;

/// <summary>
/// Sending. Writes are queued and leave together, by one call of the backend, at the end of the loop's tick or as soon
/// as many bytes wait; one task sends and then runs the callbacks of all that is finished. Loop thread.
/// </summary>
internal static unsafe class SocketWriter
{
    // Waiting for the end of the tick gains nothing any more when this much is queued.
    private const int MaxQueuedBytes = 64 * 1024;
    private const int MaxQueuedRequests = 1024;
    private const int MaxFileBytes = 2 * 1024 * 1024;

    /// <summary>
    /// A request of borrowed memory to fill in, which then goes to <see cref="Write"/>. The socket is on a loop, and
    /// may be written to. Returns 0 or an error.
    /// </summary>
    internal static int TakeRequest(SocketCore* core, WriteRequest** request)
    {
        if (core->WriteError != AWS_ERROR_SUCCESS)
            return core->WriteError;
        if (core->Writes == null && !TryTakeQueue(core))
            return Errors.LastError();

        *request = WriteQueuePool.TakeRequest(core->WritePool);
        (*request)->Source = WriteSource.Borrowed;
        return AWS_ERROR_SUCCESS;
    }

    internal static void Write(SocketCore* core, WriteRequest* request)
    {
        WriteQueue.Append(core->Writes, request);
        SendSoon(core);
    }

    /// <summary>
    /// The newest write, if it has not left and the backend has no part of it: bytes that are put right behind its own
    /// may join it, by <see cref="ExtendNewest"/>. Else NULL.
    /// </summary>
    internal static WriteRequest* Newest(SocketCore* core) =>
        WriteQueue.HasPending(core->Writes) && core->SendState != SendState.UnderWay
            ? WriteQueue.Newest(core->Writes)
            : null;

    internal static void ExtendNewest(SocketCore* core, nuint more)
    {
        WriteQueue.ExtendNewest(core->Writes, more);
        SendSoon(core);
    }

    private static void SendSoon(SocketCore* core)
    {
        WriteQueue* queue = core->Writes;
        ScheduleTask(core, queue);
        if (queue->PendingBytes >= MaxQueuedBytes || queue->PendingCount >= MaxQueuedRequests)
            Flush(core);
    }

    /// <summary>There is room again.</summary>
    internal static void OnWritable(SocketCore* core)
    {
        core->SendState = SendState.Ready;
        Flush(core);
        ReportFinished(core);
        ReturnUnused(core);
    }

    /// <summary>
    /// For completion backends: a Send that was pending has come to its end, and so many bytes are with the system; if
    /// there is no room for more, a writable event will say when there is. On the loop's thread, also after a close.
    /// </summary>
    internal static void Sent(SocketCore* core, nuint sent, int error, bool hasRoom = true)
    {
        CountSent(core, sent, error, hasRoom);
        if (core->Phase == SocketPhase.Closed)
        {
            ReportAll(core);
            LeavePool(core);
        }
        else
        {
            if (error != AWS_ERROR_SUCCESS && SocketCore.IsStream(core))
                Fail(core, error);
            else
                Flush(core);
            ReportFinished(core);
            ReturnUnused(core);
        }

        SocketCore.Release(core);
    }

    /// <summary>
    /// The same inside <see cref="SocketBackend.SettleSend"/>: no callback runs now. The task that sends may have run
    /// already; then it runs again for the callbacks, which nothing else would call. The caller holds the socket.
    /// </summary>
    internal static void Settled(SocketCore* core, nuint sent, int error, bool hasRoom)
    {
        CountSent(core, sent, error, hasRoom);
        if (error != AWS_ERROR_SUCCESS)
            Fail(core, error);
        if (WriteQueue.HasFinished(core->Writes))
            ScheduleTask(core, core->Writes);
        SocketCore.Release(core);
    }

    /// <summary>
    /// As <see cref="Flush"/>; what the backend would gather until the end of the tick is with the system by the time
    /// this returns. The caller holds the socket.
    /// </summary>
    internal static void FlushNow(SocketCore* core)
    {
        Flush(core);
        while (core->SendState == SendState.UnderWay && core->Backend->SettleSend != null &&
            core->Backend->SettleSend(core))
        {
            Flush(core);
        }
    }

    /// <summary>The system has no room; a writable event will bring <see cref="OnWritable"/>.</summary>
    internal static void Block(SocketCore* core)
    {
        core->SendState = SendState.Blocked;
        if (core->Backend->AwaitRoom != null)
            core->Backend->AwaitRoom(core);
    }

    /// <summary>Hands the system as much of the queue as it takes; runs no callback.</summary>
    internal static void Flush(SocketCore* core)
    {
        if (core->SendState != SendState.Ready || !WriteQueue.HasPending(core->Writes))
            return;

        EventLoop.ExpectReply(core->Loop);
        if (!SocketCore.IsStream(core))
            FlushDatagrams(core);
        else if (core->Backend->LendsPieces)
            FlushLent(core);
        else
            FlushStreamFromStack(core);
    }

    /// <summary>
    /// Runs the callbacks of the writes that are finished now, in order. Writes made meanwhile wait for the next tick,
    /// so that one busy socket leaves the loop to the others. A callback may close or clean up the socket.
    /// </summary>
    internal static void ReportFinished(SocketCore* core)
    {
        int left = core->Writes == null ? 0 : core->Writes->FinishedCount;
        for (; left > 0 && WriteQueue.HasFinished(core->Writes); left--)
            ReportOldest(core);
    }

    /// <summary>
    /// The socket is closed: everything that is not finished fails, and every callback runs now; or, if the backend has
    /// a part of it, when that has come back.
    /// </summary>
    internal static void ReportAll(SocketCore* core)
    {
        if (core->Writes == null || core->SendState == SendState.UnderWay)
            return;

        WriteQueue.FailAll(core->Writes, AWS_IO_SOCKET_CLOSED);
        while (WriteQueue.HasFinished(core->Writes))
            ReportOldest(core);
        ReturnUnused(core);
    }

    /// <summary>The socket has been closed; it was on that loop.</summary>
    internal static void EndQueue(SocketCore* core, aws_event_loop* loop)
    {
        if (core->Writes != null && core->Writes->IsTaskScheduled)
            EventLoop.CancelTask(loop, &core->Writes->Task);
        ReportAll(core);
        LeavePool(core);
    }

    /// <summary>Bytes that are queued and not with the system. The socket is open.</summary>
    internal static nuint QueuedBytes(SocketCore* core)
    {
        if (core->Writes == null)
            return 0;
        return core->SendState == SendState.UnderWay && core->Backend->SendProgress != null
            ? core->Writes->PendingBytes - core->Backend->SendProgress(SocketCore.HandleOf(core))
            : core->Writes->PendingBytes;
    }

    private static void CountSent(SocketCore* core, nuint sent, int error, bool hasRoom)
    {
        if (hasRoom)
            core->SendState = SendState.Ready;
        else
            Block(core);
        core->HasSent |= sent > 0;
        if (SocketCore.IsStream(core))
            WriteQueue.Advance(core->Writes, sent);
        else
            EndDatagram(core, error);
    }

    // The socket writes no more, and every write has been reported: the loop's queues may go.
    private static void LeavePool(SocketCore* core)
    {
        if (core->Writes != null)
            return;

        WriteQueuePool.Release(core->WritePool);
        core->WritePool = null;
    }

    // The request goes back first: its callback may be the end of the pool.
    private static void ReportOldest(SocketCore* core)
    {
        WriteQueue* queue = core->Writes;
        WriteRequest* request = WriteQueue.TakeFinished(queue);
        WriteResult result = new()
        {
            Function = request->Function,
            UserData = request->UserData,
            Written = request->Length - request->Remaining,
            Error = request->Error,
        };
        delegate*<SocketCore*, WriteResult*, void> onWritten = request->OnWritten;
        delegate*<void*, void> free = request->Source == WriteSource.Owned ? request->Free : null;
        void* memory = request->OwnedMemory;
        WriteQueuePool.Return(queue->Pool, request);
        onWritten(core, &result);
        if (free != null)
            free(memory);
    }

    private static bool TryTakeQueue(SocketCore* core)
    {
        if (core->WritePool == null)
            core->WritePool = WriteQueuePool.AcquireOf(core->Loop);
        if (core->WritePool == null)
            return false;

        core->Writes = WriteQueuePool.Take(core->WritePool);
        return true;
    }

    private static void ReturnUnused(SocketCore* core)
    {
        WriteQueue* queue = core->Writes;
        if (queue == null || queue->First != null || queue->IsTaskScheduled)
            return;

        core->Writes = null;
        WriteQueuePool.Return(queue);
    }

    private static void ScheduleTask(SocketCore* core, WriteQueue* queue)
    {
        if (queue->IsTaskScheduled)
            return;

        queue->IsTaskScheduled = true;
        SocketCore.Prepare(core, &queue->Task, &RunTask, "socket_write"u8);
        EventLoop.ScheduleTaskNow(core->Loop, &queue->Task);
    }

    // Also when the loop is going away: what was accepted for sending is still sent. After a close nothing is left
    // here.
    private static void RunTask(aws_task* task, void* argument, aws_task_status status)
    {
        SocketCore* core = (SocketCore*)argument;
        core->Writes->IsTaskScheduled = false;
        if (SocketCore.IsOpen(core))
        {
            Flush(core);
            ReportFinished(core);
        }

        ReturnUnused(core);
        SocketCore.Release(core);
    }

    // Apart, since its room on the stack costs even those who do not use it.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void FlushStreamFromStack(SocketCore* core)
    {
        SendStage stage;
        FlushStream(core, &stage);
    }

    // A stage is large, and a single write needs none.
    private static void FlushLent(SocketCore* core)
    {
        WriteRequest* request = core->Writes->FirstPending;
        if (request->Next != null || request->Source == WriteSource.File || request->Remaining == 0)
        {
            FlushStream(core, WriteQueuePool.StageOf(core->Writes));
            return;
        }

        nuint sent = 0;
        nuint total = request->Remaining;
        SendPiece piece = new() { Data = request->Data, Length = total };
        OnSent(core, core->Backend->Send(core, &piece, 1, &sent), sent, total);
    }

    private static void FlushStream(SocketCore* core, SendStage* stage)
    {
        SendBatch batch = new(stage);
        bool goesOn = true;
        while (goesOn && core->Writes->FirstPending != null)
        {
            nuint sent = 0;
            batch.Fill(core->Writes);
            if (core->Writes->FirstPending->Source == WriteSource.File)
                goesOn = SendFile(core, core->Writes->FirstPending);
            else if (batch.Count == 0)
                WriteQueue.Advance(core->Writes, 0);
            else
                goesOn = OnSent(
                    core, core->Backend->Send(core, batch.Pieces, batch.Count, &sent), sent, batch.Total);
        }
    }

    // True to go on: everything has gone.
    private static bool OnSent(SocketCore* core, int result, nuint sent, nuint total)
    {
        core->SendCalls++;
        switch (result)
        {
            case AWS_ERROR_SUCCESS:
                // A short count means that there is no room; asking again would only get that answer.
                core->HasSent = true;
                WriteQueue.Advance(core->Writes, sent);
                if (sent < total)
                    Block(core);
                return sent == total;
            case SocketResult.WouldBlock:
                Block(core);
                return false;
            case SocketResult.Pending:
                core->SendState = SendState.UnderWay;
                SocketCore.Acquire(core);
                return false;
            default:
                Fail(core, result);
                return false;
        }
    }

    // A file that ends early fails the stream: the peer would take what follows for its rest. A large one leaves the
    // loop to others after a part: a peer that reads as fast as the file comes would have it for itself.
    private static bool SendFile(SocketCore* core, WriteRequest* request)
    {
        nuint sent = 0;
        nuint wanted = nuint.Min(request->Remaining, MaxFileBytes);
        bool isLast = wanted == request->Remaining;
        int result = core->Backend->SendFile(core, request->File, request->FileOffset, wanted, &sent);
        if (result > 0)
            WriteQueue.Advance(core->Writes, sent);
        if (!OnSent(core, result, sent, wanted))
            return false;
        if (!isLast)
            ScheduleTask(core, core->Writes);
        return isLast;
    }

    private static void Fail(SocketCore* core, int error)
    {
        core->WriteError = (ushort)error;
        Errors.Raise(error);
        WriteQueue.FailAll(core->Writes, error);
    }

    // Each write is a datagram of its own; one that cannot be sent says nothing about the next.
    private static void FlushDatagrams(SocketCore* core)
    {
        while (core->SendState == SendState.Ready && core->Writes->FirstPending != null)
        {
            WriteRequest* request = core->Writes->FirstPending;
            SendPiece piece = new() { Data = request->Data, Length = request->Remaining };
            nuint sent = 0;
            int result = request->Source == WriteSource.File
                ? AWS_ERROR_UNSUPPORTED_OPERATION
                : core->Backend->Send(core, &piece, 1, &sent);
            switch (result)
            {
                case SocketResult.WouldBlock:
                    Block(core);
                    break;
                case SocketResult.Pending:
                    core->SendState = SendState.UnderWay;
                    SocketCore.Acquire(core);
                    break;
                default:
                    EndDatagram(core, result);
                    break;
            }
        }
    }

    private static void EndDatagram(SocketCore* core, int error)
    {
        if (error == AWS_ERROR_SUCCESS)
            WriteQueue.CompleteOldest(core->Writes);
        else
            WriteQueue.FailOldest(core->Writes, error);
    }
}
