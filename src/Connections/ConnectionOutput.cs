// SPDX-License-Identifier: Apache-2.0
using System.Runtime.CompilerServices;
using Reseau.Native.Common;
using Reseau.Native.Sockets;
using WordLock = Reseau.Native.Common.Threading.WordLock;

namespace Reseau.Native.Connections;

/// <summary>
/// What goes out: from the outbox, through TLS, to the socket's queue, which has a bounded part of it; then the end of
/// the stream. On the loop's thread.
/// </summary>
internal static unsafe class ConnectionOutput
{
    // The socket has so many bytes at a time: enough for the system to take by one call.
    internal const nuint MaxSocketBytes = 256 * 1024;

    /// <summary>Hands the socket what it may have, then ends the stream if that is due.</summary>
    internal static void Send(Connection* connection)
    {
        // Whoever sends has the loop go on.
        if (connection->HasSentEnd || connection->Socket == null || connection->IsSendingDirectly)
            return;

        if (connection->Hooks != null)
        {
            HookOutput.Send(connection);
            return;
        }

        if (connection->Phase is not (ConnectionPhase.Open or ConnectionPhase.Closing))
            return;

        while (connection->SocketBytes < MaxSocketBytes && TryTakeNext(connection))
        {
            if (!TrySendNext(connection))
                return;
        }

        if (connection->Tls != null && !ConnectionTls.TryFlush(connection))
            return;
        if (connection->Sending == null && IsEndDue(connection))
            EndSending(connection);
    }

    /// <summary>The stream is to end, and not by an abort that the loop has yet to see.</summary>
    internal static bool IsEndDue(Connection* connection) => connection->IsEnding && IsEndDueNow(connection);

    private static bool IsEndDueNow(Connection* connection)
    {
        WordLock.Lock(&connection->Lock);
        bool isDue = !connection->IsAborting && connection->NextTls == null && !connection->IsSendingDirectly;
        WordLock.Unlock(&connection->Lock);
        return isDue;
    }

    /// <summary>What is to be sent next is in <see cref="Connection.Sending"/>; false if there is nothing.</summary>
    internal static bool TryTakeNext(Connection* connection)
    {
        if (connection->Sending != null)
            return true;

        // Whoever adds something asks for it to be sent afterwards, so that this look needs no lock.
        if (connection->NextTls == null && Outbox.IsEmptyNow(&connection->Outbox))
            return false;

        // What is written after TLS was asked for is to be encrypted.
        WordLock.Lock(&connection->Lock);
        if (connection->IsSendingDirectly)
            connection->Sending = null;
        else if (connection->NextTls == null || connection->ItemsInTheClear-- > 0)
            connection->Sending = Outbox.TakeFirst(&connection->Outbox);
        else
            connection->ItemsInTheClear = 0;
        WordLock.Unlock(&connection->Lock);
        if (Capture.IsOn && connection->Sending != null && connection->Sending->Leaving == null)
            Capture.SentItem(connection, connection->Sending);
        return connection->Sending != null;
    }

    /// <summary>
    /// The item that is sent goes to the socket or becomes records, perhaps a part of it. False after a failure, which
    /// has ended the connection.
    /// </summary>
    internal static bool TrySendNext(Connection* connection)
    {
        if (connection->Tls != null)
            return ConnectionTls.TryEncryptNext(connection);

        OutItem* item = connection->Sending;
        connection->Sending = null;
        return TryHandToSocket(connection, item);
    }

    /// <summary>
    /// A small write shares the memory, the call and the report of the one before it, if that has not left yet. Not if
    /// each is to be reported by a touch.
    /// </summary>
    internal static bool TryJoin(Connection* connection, void* data, nuint length)
    {
        SocketCore* core = connection->Socket;
        WriteRequest* newest = SocketWriter.Newest(core);
        if (newest == null || connection->Settings->Options.on_touch != null ||
            !OutItemPool.TryAdd((OutItem*)newest->UserData, data, length))
        {
            return false;
        }

        connection->SocketBytes += length;
        SocketWriter.ExtendNewest(core, length);
        return true;
    }

    /// <summary>The item is the socket's until it is written. False after a failure.</summary>
    internal static bool TryHandToSocket(Connection* connection, OutItem* item)
    {
        WriteRequest* request = null;
        SocketCore* core = connection->Socket;
        int error = SocketCore.CanSend(core) ? SocketWriter.TakeRequest(core, &request) : AWS_IO_SOCKET_CLOSED;
        if (error != AWS_ERROR_SUCCESS)
        {
            OutItem.Free(item);
            ConnectionClose.FailWriting(connection, error);
            return false;
        }

        if (item->File != OutItem.NoFile)
        {
            request->Source = WriteSource.File;
            request->File = item->File;
            request->FileOffset = item->FileOffset;
        }

        request->Data = item->Data;
        request->Length = item->Length;
        request->OnWritten = &OnWritten;
        request->UserData = item;
        if (connection->SocketWrites++ == 0)
            IdTable.Acquire(&connection->Object);
        connection->SocketBytes += item->Length;
        SocketWriter.Write(core, request);
        ConnectionTimer.WatchQueue(connection);
        return true;
    }

    /// <summary>For the socket: a write has ended. It may be the last that happens to the connection.</summary>
    internal static void OnWritten(SocketCore* core, WriteResult* result)
    {
        OutItem* item = (OutItem*)result->UserData;
        Connection* connection = item->Connection;
        bool isWhole = result->Error == AWS_ERROR_SUCCESS;
        connection->SocketBytes -= item->Length;
        connection->SocketSent += item->Length;
        nuint written = isWhole ? item->Counts.Content
            : item->Counts.Content == item->Length ? result->Written
            : 0;
        CountWritten(connection, written);
        if (!isWhole && written > 0 && connection->Phase != ConnectionPhase.Closed)
            CountPartOff(connection, &item->Counts, written);
        if (item->Counts.Replies > 0 && connection->Tls != null)
            ConnectionTls.SettleReplies(connection->Tls, item->Counts.Replies);
        bool hasDrained = isWhole && CountOff(connection, &item->Counts);
        if (connection->Phase == ConnectionPhase.Closed)
            OutItem.Free(item);
        else
            OutItemPool.Return(LoopScratch.ItemsOf(connection->Scratch), item);
        bool isLast = --connection->SocketWrites == 0;
        if (isWhole)
            GoOn(connection, hasDrained);
        else
            ConnectionClose.FailWriting(connection, result->Error);
        if (isLast)
            IdTable.Release(&connection->Object);
    }

    /// <summary>
    /// Bytes that the system has taken of writes that have not been reported; 0 where they are not those of the stream.
    /// </summary>
    internal static nuint Unreported(Connection* connection)
    {
        SocketCore* core = connection->Socket;
        bool areOfStream = core != null && core->WriteError == 0 && SocketCore.IsOpen(core) &&
            connection->Tls == null && connection->Hooks == null;
        return areOfStream ? connection->SocketBytes - SocketWriter.QueuedBytes(core) : 0;
    }

    // The system has taken a part of a write that has failed: only the rest is unsent.
    private static void CountPartOff(Connection* connection, OutCounts* counts, nuint written)
    {
        nuint ofFile = nuint.Min(written, counts->QueuedOfFile);
        WordLock.Lock(&connection->Lock);
        connection->QueuedFileBytes -= ofFile;
        connection->QueuedBytes -= nuint.Min(written - ofFile, counts->Queued);
        WordLock.Unlock(&connection->Lock);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void CountWritten(Connection* connection, nuint bytes)
    {
        connection->BytesWritten += bytes;
        if (bytes > 0)
            ProcessCounters.AddWritten(connection->Object.Loop, bytes);
    }

    private static void GoOn(Connection* connection, bool hasDrained)
    {
        if (connection->Socket != null)
            Connection.BeActive(connection);
        if (hasDrained)
            ReportRoom(connection);
        if (connection->Phase == ConnectionPhase.Open && IsNothingLeft(connection))
            return;

        Send(connection);
        if (connection->NextTls != null)
            Connection.Post(connection, ConnectionRequests.StartTls);
        if (connection->Phase == ConnectionPhase.Closing)
            ConnectionClose.TryFinish(connection);
    }

    // Of most writes that have ended: the next one asks by itself.
    private static bool IsNothingLeft(Connection* connection) =>
        Outbox.IsEmptyNow(&connection->Outbox) && connection->Sending == null && !connection->IsEnding &&
        connection->Tls == null && connection->Hooks == null && connection->NextTls == null;

    /// <summary>Hooks have made nothing of it. The connection may have ended since.</summary>
    internal static void OnDropped(Connection* connection, OutCounts counts)
    {
        CountWritten(connection, counts.Content);
        if (counts.Replies > 0 && connection->Tls != null)
            ConnectionTls.SettleReplies(connection->Tls, counts.Replies);
        if (CountOff(connection, &counts))
            ReportRoom(connection);
    }

    /// <summary>A thread that has sent by itself has made room.</summary>
    internal static void ReportRoomIfThereIs(Connection* connection)
    {
        OutCounts nothing = default;
        if (CountOff(connection, &nothing))
            ReportRoom(connection);
    }

    private static void ReportRoom(Connection* connection)
    {
        if (connection->Phase != ConnectionPhase.Open)
            return;

        ConnectionCallbacks.Drain(connection);
        Connection.Post(connection, ConnectionRequests.Read);
    }

    /// <summary>So much has gone. True if there is room again in a queue that was full.</summary>
    internal static bool CountOff(Connection* connection, OutCounts* counts)
    {
        WordLock.Lock(&connection->Lock);

        // The end counts off everything, also what the backend has a part of.
        if (counts->QueuedOfFile > 0)
            connection->QueuedFileBytes -= ulong.Min(counts->QueuedOfFile, connection->QueuedFileBytes);
        connection->QueuedBytes -= nuint.Min(counts->Queued, connection->QueuedBytes);
        bool hasDrained =
            connection->WasFull && connection->QueuedBytes <= ConnectionSettings.WriteLimit(connection->Settings) / 2;
        connection->WasFull &= !hasDrained;
        if (hasDrained)
            connection->FullTime += Connection.Now(connection) - connection->FullSince;
        if (connection->Waiters > 0)
            Connection.Notify(connection);
        WordLock.Unlock(&connection->Lock);
        return hasDrained;
    }

    /// <summary>Behind all that was written. The socket sends its queue before the end.</summary>
    internal static void EndSending(Connection* connection)
    {
        // A write may have come since the outbox was found empty.
        if (TryTakeNext(connection))
        {
            Connection.Post(connection, ConnectionRequests.Send);
            return;
        }

        if (connection->Hooks != null && !HookOutput.TryClose(connection, isAboveTls: true))
            return;
        if (connection->Tls != null && !ConnectionTls.TrySendEnd(connection))
            return;
        if (connection->Hooks != null && !HookOutput.TryClose(connection, isAboveTls: false))
            return;

        // The socket ends its direction at once, whatever is left in its queue.
        if (connection->SocketWrites > 0 || connection->HasSentEnd)
            return;

        connection->HasSentEnd = true;
        if (Capture.IsOn)
            Capture.EndOfStream(connection, isOwn: true);
        if (connection->Phase == ConnectionPhase.Closing)
        {
            ConnectionClose.TryFinish(connection);
            return;
        }

        SocketClose.ShutdownDirection(connection->Socket, isSending: true);
        ConnectionClose.CloseIfBothHaveEnded(connection);
    }
}
