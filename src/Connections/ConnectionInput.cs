// SPDX-License-Identifier: Apache-2.0
using System.Runtime.CompilerServices;
using Reseau.Native.Common;
using Reseau.Native.Sockets;
using Reseau.Native.Tls;
using WordLock = Reseau.Native.Common.Threading.WordLock;

namespace Reseau.Native.Connections;

/// <summary>
/// What comes in: from the socket, through TLS, to the inbox and to the callback. A full inbox stops it. On the loop's
/// thread, with the connection held, but for <see cref="Pause"/>.
/// </summary>
internal static unsafe class ConnectionInput
{
    // Receives in one turn of the loop, so that one fast peer does not starve the others.
    private const int MaxReceivesPerTurn = 16;

    // With less room than this nothing is received: many small receives cost more than a short wait.
    private const nuint MinRoomShare = 4;

    /// <summary>The socket may have something, or its end; an error is a hang-up.</summary>
    internal static void OnReadable(Connection* connection, int error)
    {
        // Nobody may be reading, and the end is noticed all the same.
        if (error != AWS_ERROR_SUCCESS)
            DirectReceive.TakeBack(connection, isForGood: true);
        connection->MayHaveData = true;
        Read(connection);
    }

    /// <summary>There is room again, or the content is to be delivered again.</summary>
    internal static void GoOn(Connection* connection)
    {
        connection->IsDeliveryDue = true;
        Read(connection);
    }

    /// <summary>Stops reading from the peer, or goes on. Any thread.</summary>
    internal static int Pause(IdObject* item, bool isPaused)
    {
        Connection* connection = (Connection*)item;
        WordLock.Lock(&connection->Lock);
        connection->IsPaused = isPaused;
        if (!isPaused)
            connection->IsStopped = false;
        Connection.Notify(connection);
        bool isFirst = !isPaused && Connection.Request(connection, ConnectionRequests.Read);
        WordLock.Unlock(&connection->Lock);
        if (isFirst)
            Connection.Schedule(connection);
        return 0;
    }

    /// <summary>
    /// Reads until nothing is left or nothing more may come in. A callback that asks for more inside the loop gets it
    /// from the loop.
    /// </summary>
    internal static void Read(Connection* connection)
    {
        if (connection->IsReading)
            return;

        connection->IsReading = true;
        int left = MaxReceivesPerTurn;
        HookInput.TakeUnread(connection);
        if (connection->IsDeliveryDue)
            Deliver(connection);
        while (left > 0 && (IsPlain(connection) ? TryReceivePlain(connection) : TryReceive(connection)))
        {
            left--;
            if (connection->IsDeliveryDue)
                Deliver(connection);
        }

        connection->IsReading = false;
        if (left == 0 && (connection->MayHaveData || HookInput.IsDue(connection)) && connection->Socket != null)
            Connection.Post(connection, ConnectionRequests.Read);
    }

    // Nothing is between the socket and the inbox.
    private static bool IsPlain(Connection* connection) => connection->Phase == ConnectionPhase.Open &&
        connection->Tls == null && connection->Hooks == null;

    // False if there is nothing to do, or nothing more may come in.
    private static bool TryReceive(Connection* connection)
    {
        bool isHooksTurn = HookInput.IsDue(connection);
        if ((!isHooksTurn && !connection->MayHaveData) || !MayReceive(connection))
            return false;

        if (isHooksTurn)
            HookInput.GoOn(connection);
        else
            Receive(connection);
        return true;
    }

    /// <summary>Whether there is room for more, and nobody has stopped it.</summary>
    internal static bool MayReceive(Connection* connection)
    {
        switch (connection->Phase)
        {
            case ConnectionPhase.Handshaking:
                return !ConnectionTls.AwaitsKey(connection);
            case ConnectionPhase.Proxying or ConnectionPhase.Closing:
                return true;
            case ConnectionPhase.Open:
                return HasRoom(connection);
            default:
                return false;
        }
    }

    private static bool HasRoom(Connection* connection)
    {
        WordLock.Lock(&connection->Lock);
        bool hasRoom = RoomToFill(connection) > 0;
        WordLock.Unlock(&connection->Lock);
        return hasRoom;
    }

    // Bytes that the loop may receive now. Under the lock.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static nuint RoomToFill(Connection* connection)
    {
        nuint room = Room(connection);
        connection->IsStopped = room == 0 && !connection->IsReadByCalls;

        // What comes after an upgrade has been asked for is the handshake's.
        // Behind an error that a thread has found the system knows of none.
        bool mayRead = !connection->IsPaused && !connection->HasEnd && connection->NextTls == null &&
            !connection->IsReadByCalls && connection->ReadError == 0;
        return mayRead ? room : 0;
    }

    /// <summary>Bytes that may still come in. Under the lock.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static nuint Room(Connection* connection)
    {
        nuint limit = nuint.Max(ConnectionSettings.ReadLimit(connection->Settings), connection->Wanted);
        nuint length = connection->Inbox.Length;
        return length < limit ? limit - length : 0;
    }

    // A peer that cannot get rid of its bytes may not read ours. Whether it is gone, writing will show.
    private static void Discard(Connection* connection)
    {
        byte* into = LoopScratch.ReceivedOf(connection->Scratch);
        if (ReceiveInto(connection, into, LoopScratch.ReceivedSize, out _) != AWS_ERROR_SUCCESS)
            connection->MayHaveData = false;
    }

    // The same as Receive for what goes straight to the inbox: each part of the way takes the lock once. False if there
    // is nothing to receive, or it may not come in.
    private static bool TryReceivePlain(Connection* connection)
    {
        nuint room = 0;
        byte* into = connection->MayHaveData ? BeginFill(connection, out room) : null;
        if (into == null)
            return false;

        int error = ReceiveInto(connection, into, room, out nuint received);
        bool isOver = error is not (AWS_ERROR_SUCCESS or AWS_IO_READ_WOULD_BLOCK);
        CountRead(connection, into, received);
        if (received > 0 && !isOver && connection->IdleTimeout < 0)
        {
            EndFillAndDeliver(connection, received);
            return true;
        }

        EndFill(connection, received, isOver);
        EndReceive(connection, received, error);
        return true;
    }

    private static void Receive(Connection* connection)
    {
        if (connection->Phase == ConnectionPhase.Closing)
        {
            Discard(connection);
            return;
        }

        byte* into = LoopScratch.ReceivedOf(connection->Scratch);
        nuint room = LoopScratch.ReceivedSize;
        bool isForProxy = connection->Phase == ConnectionPhase.Proxying;
        bool isHooked = !isForProxy && HookInput.IsFirst(connection);
        if (connection->Tls == null && !isHooked && !isForProxy)
        {
            TryReceivePlain(connection);
            return;
        }

        if (isHooked)
            into = HookInput.BeginReceive(connection, into, ref room);
        int error = ReceiveInto(connection, into, room, out nuint received);
        if (isHooked)
            HookInput.EndReceive(connection, received);
        else if (received > 0 && isForProxy)
            ConnectionProxy.Take(connection, into, received);
        else if (received > 0)
            ConnectionTls.Decrypt(connection, into, received);

        EndReceive(connection, received, error);
    }

    private static void EndReceive(Connection* connection, nuint received, int error)
    {
        if (received > 0 && connection->Socket != null)
            Connection.BeActive(connection);
        if (error == AWS_IO_READ_WOULD_BLOCK || error == AWS_ERROR_SUCCESS || connection->Socket == null)
            return;

        connection->MayHaveData = false;
        EndInput(connection, error);
    }

    /// <summary>Bytes of the stream have come.</summary>
    internal static void CountRead(Connection* connection, byte* content, nuint length)
    {
        if (length == 0)
            return;

        connection->BytesRead += length;
        ProcessCounters.AddRead(connection->Object.Loop, length);
        if (Capture.IsOn)
            Capture.Received(connection, content, length);
    }

    // Into the inbox; or, if there is nothing in it, into the loop's memory, which a callback can look at. NULL if
    // nothing may come in, be it that a thread that reads has just taken the input.
    private static byte* BeginFill(Connection* connection, out nuint room)
    {
        room = 0;
        byte* into = null;
        byte* lent = LoopScratch.ReceivedOf(connection->Scratch);
        WordLock.Lock(&connection->Lock);
        nuint admitted = nuint.Min(RoomToFill(connection), LoopScratch.ReceivedSize);
        if (admitted > 0)
            into = Inbox.BeginFill(
                &connection->Inbox, nuint.Max(admitted / MinRoomShare, 1), lent, LoopScratch.ReceivedSize, out room);
        WordLock.Unlock(&connection->Lock);
        room = nuint.Min(room, admitted);
        return into;
    }

    /// <summary>
    /// So many bytes of the stream have come to the inbox, perhaps the last: a thread that received then would get an
    /// end where there was an error, which the system reports once.
    /// </summary>
    internal static void EndFill(Connection* connection, nuint added, bool isOver = false)
    {
        WordLock.Lock(&connection->Lock);
        Inbox.EndFill(&connection->Inbox, added);
        connection->IsInputTheLoops |= isOver;
        OnAddedLocked(connection, added);
        WordLock.Unlock(&connection->Lock);
        connection->IsDeliveryDue |= added > 0;
    }

    // The same for bytes behind which nothing is known to be; the callback gets them at once.
    private static void EndFillAndDeliver(Connection* connection, nuint added)
    {
        connection->IsDeliveryDue = false;
        WordLock.Lock(&connection->Lock);
        Inbox.EndFill(&connection->Inbox, added);
        OnAddedLocked(connection, added);
        DeliverDataLocked(connection);
        EndDelivery(connection);
    }

    /// <summary>So many bytes have been added, perhaps in memory that is lent until they have been delivered.</summary>
    internal static void OnAdded(Connection* connection, nuint added)
    {
        WordLock.Lock(&connection->Lock);
        OnAddedLocked(connection, added);
        WordLock.Unlock(&connection->Lock);
        connection->IsDeliveryDue |= added > 0;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void OnAddedLocked(Connection* connection, nuint added)
    {
        if (!ConnectionCallbacks.TakesData(connection) || added == 0)
            Inbox.KeepOwn(&connection->Inbox);
        if (connection->HasReader && (added > 0 || connection->Waiters > 0))
            Connection.Notify(connection);
    }

    // A short receive means that nothing is left before the next event.
    private static int ReceiveInto(Connection* connection, byte* into, nuint room, out nuint received)
    {
        SocketCore* core = connection->Socket;
        received = 0;
        connection->ReceiveCalls++;
        int result;
        if (core->Backend->KeepsBuffers)
        {
            nuint amount = 0;
            result = core->Backend->ReceiveInto(core, into, room, &amount);
            received = amount;
        }
        else
        {
            ReceiveBuffer buffer = new() { Data = into, Length = room };
            ReceiveBatch batch = new() { Buffers = &buffer, Limit = 1, Admitted = room };
            result = core->Backend->Receive(core, &batch);
            received = batch.Received;
            if (batch.IsDrained)
                connection->MayHaveData = false;
        }

        if (result == SocketResult.WouldBlock)
        {
            connection->MayHaveData = false;
            return AWS_IO_READ_WOULD_BLOCK;
        }

        return result;
    }

    // The end of the stream, or a failure. What came before is delivered first.
    private static void EndInput(Connection* connection, int error)
    {
        bool isEnd = connection->Phase != ConnectionPhase.Proxying && DirectReceive.IsEndOfStream(connection);
        if (isEnd && HookInput.IsFirst(connection))
        {
            HookInput.EndOfSocket(connection);
            return;
        }

        if (connection->Tls != null && !ConnectionTls.TryEndInput(connection, ref error))
            isEnd = false;
        if (isEnd)
            EndOfContent(connection);
        else if (connection->Phase != ConnectionPhase.Open || !connection->Socket->HasMetReset)
            FailInput(connection, error);

        // Else the write that has met the reset ends the connection.
        else if (connection->IsDeliveryDue)
            Deliver(connection);
    }

    private static void FailInput(Connection* connection, int error)
    {
        if (connection->IsDeliveryDue)
            Deliver(connection);
        ConnectionClose.FailReading(connection, error);
    }

    /// <summary>Hooks below TLS bring no more.</summary>
    internal static void EndOfRecords(Connection* connection)
    {
        int error;
        if (!ConnectionTls.IsProperEnd(connection, out error))
            FailInput(connection, error);
    }

    /// <summary>The peer sends no more, be it the socket's end or TLS's. Hooks above may have something left.</summary>
    internal static void EndOfContent(Connection* connection)
    {
        if (HookInput.InputAboveTls(connection) != null)
            HookInput.OnDecrypted(connection, isEnd: true);
        else
            ReachEnd(connection);
    }

    /// <summary>The peer sends no more.</summary>
    internal static void ReachEnd(Connection* connection)
    {
        WordLock.Lock(&connection->Lock);
        bool isNew = !connection->HasEnd;
        connection->HasEnd = true;
        Connection.Notify(connection);
        WordLock.Unlock(&connection->Lock);
        connection->IsDeliveryDue |= isNew;
        if (isNew && Capture.IsOn)
            Capture.EndOfStream(connection, isOwn: false);
    }

    /// <summary>Calls the callback with all that is there, then of the end.</summary>
    internal static void Deliver(Connection* connection)
    {
        connection->IsDeliveryDue = false;
        WordLock.Lock(&connection->Lock);
        DeliverDataLocked(connection);
        EndDelivery(connection);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void EndDelivery(Connection* connection)
    {
        // The callback may have added a hook, which sees what it has left.
        HookInput.TakeUnread(connection);
        if (connection->HasEnd)
            TryDeliverEnd(connection);
    }

    private static void TryDeliverEnd(Connection* connection)
    {
        if (connection->Phase != ConnectionPhase.Open || connection->HasDeliveredEnd || connection->IsPaused ||
            AwaitsRoom(connection))
        {
            return;
        }

        connection->HasDeliveredEnd = true;
        if (ConnectionCallbacks.TryEnd(connection))
            ConnectionClose.CloseIfBothHaveEnded(connection);
        else if (ConnectionCallbacks.TakesData(connection))
            ConnectionClose.CloseAfterEnd(connection);
    }

    // Rule 166: a write had no room, and bytes are left, perhaps because of that. They are given again after the drain,
    // and the end behind them.
    private static bool AwaitsRoom(Connection* connection)
    {
        WordLock.Lock(&connection->Lock);
        bool awaits = connection->WasFull && connection->Inbox.Length > 0;
        WordLock.Unlock(&connection->Lock);
        return awaits;
    }

    // Leaves the lock.
    private static void DeliverDataLocked(Connection* connection)
    {
        byte* data = connection->Inbox.Data;
        bool isDue = connection->Phase == ConnectionPhase.Open && !connection->IsPaused && connection->NextTls == null;
        nuint length = isDue && ConnectionCallbacks.TakesData(connection) ? connection->Inbox.Length : 0;
        if (length > 0)
        {
            Inbox.BeginLook(&connection->Inbox);
            WordLock.Unlock(&connection->Lock);
            nuint consumed = ConnectionCallbacks.Data(connection, data, length);

            // A reader may have consumed some meanwhile, and an abort has thrown all of it away.
            WordLock.Lock(&connection->Lock);
            if (connection->Phase != ConnectionPhase.Closed)
                Inbox.Consume(&connection->Inbox, consumed);
            Inbox.EndLook(&connection->Inbox);
            connection->Reads += consumed > 0 ? 1u : 0u;
        }

        Inbox.KeepOwn(&connection->Inbox);
        WordLock.Unlock(&connection->Lock);
    }
}
