// SPDX-License-Identifier: Apache-2.0
using Reseau.Native.Common;
using Reseau.Native.Sockets;
using WordLock = Reseau.Native.Common.Threading.WordLock;

namespace Reseau.Native.Connections;

/// <summary>
/// The end of connections, by whomever: one record, one last callback. Functions named for the loop, and those that
/// fail a connection, are for its thread; a connection that has ended by then is left as it is.
/// </summary>
internal static unsafe class ConnectionClose
{
    /// <summary>
    /// Closes behind what is queued, or at once. Any thread; on the loop's it begins now, and the callback comes later.
    /// </summary>
    internal static int Close(IdObject* item, bool isAbort)
    {
        Connection* connection = (Connection*)item;
        WordLock.Lock(&connection->Lock);
        connection->IsEnding = true;
        connection->IsAborting |= isAbort;
        connection->IsForgotten = true;
        bool isFinished = connection->IsFinished;
        Connection.Notify(connection);
        WordLock.Unlock(&connection->Lock);
        if (isFinished)
            Forget(connection);
        else if (!Connection.IsOnLoop(connection) || ConnectionHooks.AreRunning(connection))
            Connection.Post(connection, isAbort ? ConnectionRequests.Abort : ConnectionRequests.Close);
        else if (isAbort)
            AbortOnLoop(connection);
        else
            CloseOnLoop(connection);
        return 0;
    }

    /// <summary>
    /// Nobody asks for the connection any more: it leaves the table when its last callback has returned.
    /// </summary>
    internal static void Forget(Connection* connection)
    {
        WordLock.Lock(&connection->Lock);
        connection->IsForgotten = true;
        bool ends = connection->IsFinished && !connection->IsEnded;
        connection->IsEnded |= ends;
        WordLock.Unlock(&connection->Lock);
        if (ends)
            EndId(connection);
    }

    internal static void AbortOnLoop(Connection* connection) => End(
        connection,
        RESEAU_CLOSED_BY_LOCAL,
        PhaseNow(connection),
        connection->Phase < ConnectionPhase.Open ? RESEAU_ERROR_CANCELED : 0,
        AWS_ERROR_SUCCESS);

    internal static void CloseOnLoop(Connection* connection)
    {
        if (connection->Phase < ConnectionPhase.Open)
        {
            AbortOnLoop(connection);
            return;
        }

        if (connection->Phase == ConnectionPhase.Open)
            BeginClose(connection);
    }

    /// <summary>The peer has ended its stream, and nobody else closes the connection.</summary>
    internal static void CloseAfterEnd(Connection* connection)
    {
        connection->IsClosedByPeer = true;
        BeginClose(connection);
    }

    /// <summary>Nothing more can happen on a connection that is the callbacks'.</summary>
    internal static void CloseIfBothHaveEnded(Connection* connection)
    {
        if (connection->Phase == ConnectionPhase.Open && connection->HasSentEnd && connection->HasDeliveredEnd &&
            ConnectionCallbacks.TakesData(connection))
        {
            CloseAfterEnd(connection);
        }
    }

    private static void BeginClose(Connection* connection)
    {
        Connection.Enter(connection, ConnectionEvent.CloseBegun);
        DirectReceive.TakeBack(connection, isForGood: true);
        ConnectionTimer.BeginClose(connection);
        connection->MayHaveData = true;
        ConnectionOutput.Send(connection);
        TryFinish(connection);
        if (connection->Phase == ConnectionPhase.Closing)
            Connection.Post(connection, ConnectionRequests.Read);
    }

    /// <summary>Ends a connection that is closing when nothing is left to send.</summary>
    internal static void TryFinish(Connection* connection)
    {
        if (connection->Phase != ConnectionPhase.Closing || connection->SocketWrites > 0 || !connection->HasSentEnd)
            return;

        // A reset by unread input must not take what is on its way.
        connection->Socket->LingersAfterClose = true;
        if (connection->IsClosedByPeer)
            End(connection, RESEAU_CLOSED_BY_PEER, RESEAU_PHASE_READ, 0, AWS_ERROR_SUCCESS);
        else
            End(connection, RESEAU_CLOSED_BY_LOCAL, RESEAU_PHASE_OPEN, 0, AWS_ERROR_SUCCESS);
    }

    /// <summary>Reading has failed, perhaps by a reset.</summary>
    internal static void FailReading(Connection* connection, int error) =>
        Fail(connection, connection->Phase == ConnectionPhase.Closing ? RESEAU_PHASE_CLOSE : RESEAU_PHASE_READ, error);

    /// <summary>A write has failed. The peer may have sent the reason before it closed.</summary>
    internal static void FailWriting(Connection* connection, int error)
    {
        if (connection->Phase == ConnectionPhase.Open)
        {
            DirectReceive.TakeBack(connection, isForGood: true);
            connection->MayHaveData = true;
            ConnectionInput.Read(connection);
        }

        Fail(connection, connection->Phase == ConnectionPhase.Closing ? RESEAU_PHASE_CLOSE : RESEAU_PHASE_WRITE, error);
    }

    /// <summary>For an AWS_* error.</summary>
    internal static void Fail(Connection* connection, int phase, int cause)
    {
        int error = ErrorOf(connection, cause);
        int by = error == RESEAU_ERROR_RESET ? RESEAU_CLOSED_BY_PEER : RESEAU_CLOSED_BY_LIBRARY;
        if (connection->Phase == ConnectionPhase.Handshaking)
            phase = RESEAU_PHASE_TLS;
        if (connection->Phase == ConnectionPhase.Proxying)
            phase = RESEAU_PHASE_PROXY;
        End(connection, by, phase, error, cause);
    }

    // The resolver's own code says more: whether it is worth trying again, for one.
    private static int ErrorOf(Connection* connection, int cause)
    {
        bool isOfResolver = connection->Phase == ConnectionPhase.Connecting && connection->ConnectLog != null &&
            connection->ConnectLog->ResolverCode != 0;
        return isOfResolver
            ? ConnectionErrors.From(Platform.Network.EndOfLookUp(connection->ConnectLog->ResolverCode))
            : ConnectionErrors.From(cause);
    }

    /// <summary>For what a proxy has answered: an error of this surface, and the proxy's own number.</summary>
    internal static void FailByProxy(Connection* connection, int error, int code) =>
        End(connection, RESEAU_CLOSED_BY_LIBRARY, RESEAU_PHASE_PROXY, error, code);

    /// <summary>For a limit of this library's. What has come before can still be read.</summary>
    internal static void FailByLimit(Connection* connection, int phase, int error)
    {
        if (connection->Settings->ReceivesDirectly && connection->Phase == ConnectionPhase.Open)
        {
            DirectReceive.TakeBack(connection, isForGood: true);
            ConnectionInput.Read(connection);
        }

        End(connection, RESEAU_CLOSED_BY_LIBRARY, phase, error, AWS_ERROR_SUCCESS);
    }

    /// <summary>A function of a hook has failed; its number is in the record.</summary>
    internal static void FailByHook(Connection* connection, int phase, int cause) =>
        End(connection, RESEAU_CLOSED_BY_LIBRARY, phase, RESEAU_ERROR_HOOK, cause);

    /// <summary>The loop ends, and no task runs there any more: everything comes now.</summary>
    internal static void EndWithLoop(Connection* connection)
    {
        FailByLimit(connection, PhaseNow(connection), RESEAU_ERROR_LOOP_ENDED);
        if (!connection->IsFinished)
            Finish(connection);
    }

    internal static int PhaseNow(Connection* connection) => connection->Phase switch
    {
        ConnectionPhase.Connecting when connection->ConnectLog != null && connection->ConnectLog->IsLookingUp =>
            RESEAU_PHASE_NAMES,
        ConnectionPhase.Connecting => RESEAU_PHASE_CONNECT,
        ConnectionPhase.Proxying => RESEAU_PHASE_PROXY,
        ConnectionPhase.Handshaking => RESEAU_PHASE_TLS,
        ConnectionPhase.Closing => RESEAU_PHASE_CLOSE,
        _ => RESEAU_PHASE_OPEN,
    };

    // The socket goes now, with all that is queued; the last callback comes by a task.
    private static void End(Connection* connection, int by, int phase, int error, int cause)
    {
        if (connection->Phase == ConnectionPhase.Closed)
            return;

        // What they have sent and received belongs into the record.
        DirectReceive.EndAll(connection);
        WriteRecord(connection, by, phase, error, cause);
        connection->EndError = error;
        ProcessCounters.AddEnd(by, phase, error);
        if (Capture.IsOn)
            Capture.Ended(connection, by, error);
        Connection.Enter(connection, ConnectionEvent.Ended);
        ConnectLog.EndAll(connection->ConnectLog);
        if (connection->Connector != null)
            Connector.Cancel(connection->Connector);
        ConnectionOpen.DropConnector(connection);
        ConnectionTimer.Stop(connection);
        LoopConnections.Leave(connection);
        ConnectionTls.Free(connection);
        ConnectionProxy.Free(connection);
        WordLock.Lock(&connection->Lock);
        SocketCore* socket = connection->Socket;
        connection->SendCalls += socket == null ? 0 : socket->SendCalls;
        connection->Socket = null;
        bool isCut = IsCut(connection, socket);
        WordLock.Unlock(&connection->Lock);
        if (socket != null)
        {
            socket->ResetsOnClose = isCut;
            SocketClose.Destroy(socket);
        }

        DropQueues(connection);
        Connection.Post(connection, ConnectionRequests.Finish);
    }

    // Rule 335: a peer that got an end would take the part that it has for the whole. Under the lock.
    private static bool IsCut(Connection* connection, SocketCore* socket)
    {
        // What a callback looks at has been given to the program. The system knows of what it has not given us yet.
        bool isUnread = connection->Inbox.Length > 0 && !connection->Inbox.IsLent && !connection->Inbox.IsLookedAt;
        if (connection->IsAborting && (isUnread || HoldsInput(socket)))
            return true;

        // TLS has sent its peer an alert: a reset could take that with it.
        return connection->Extras->Record.BytesUnsent > 0 && (socket == null || !socket->LingersAfterClose);
    }

    private static bool HoldsInput(SocketCore* socket) =>
        socket != null && socket->Backend->HoldsInput != null && socket->Backend->HoldsInput(socket);

    private static void WriteRecord(Connection* connection, int by, int phase, int error, int cause)
    {
        CloseRecord* record = &ConnectionExtras.Of(connection)->Record;
        Describe(connection, record);
        ulong unreported = ulong.Min(ConnectionOutput.Unreported(connection), record->BytesUnsent);
        record->BytesWritten += unreported;
        record->BytesUnsent -= unreported;
        record->ClosedBy = by;
        record->Phase = phase;
        record->Error = error;
        record->Cause = cause;
        record->TlsAlert = connection->Tls == null ? 0 : ConnectionTls.PeersAlert(connection->Tls);
        if (connection->ConnectLog != null && phase == RESEAU_PHASE_NAMES)
            record->ResolverError = connection->ConnectLog->ResolverCode;
    }

    /// <summary>How a connection has ended, or is until now. Any thread. Returns 0 or an error.</summary>
    internal static int GetRecord(long id, CloseRecord* record)
    {
        IdObject* item;
        int error = IdTable.TryAcquire(id, IdKind.Connection, &item);
        if (error == 0)
        {
            Connection* connection = (Connection*)item;
            Describe(connection, record);
            WordLock.Lock(&connection->Lock);
            bool isClosed = connection->Phase == ConnectionPhase.Closed;
            WordLock.Unlock(&connection->Lock);
            if (isClosed)
                *record = connection->Extras->Record;
            IdTable.Release(item);
            return 0;
        }

        bool isRecorded =
            error == RESEAU_ERROR_BAD_ID && IdTable.TryReadRecord(id, record) && record->ClosedBy != 0;
        return isRecorded ? 0 : error;
    }

    /// <summary>What has been done so far. Any thread.</summary>
    internal static void Describe(Connection* connection, CloseRecord* record)
    {
        *record = default;
        WordLock.Lock(&connection->Lock);
        record->BytesUnsent = connection->QueuedBytes + connection->QueuedFileBytes;
        WordLock.Unlock(&connection->Lock);
        record->BytesRead = connection->BytesRead;
        record->BytesWritten = connection->BytesWritten;
        record->Nanoseconds = (long)(Connection.Now(connection) - connection->Started);
    }

    // What nobody has read stays for a program that waits in calls; else it goes with the socket.
    private static void DropQueues(Connection* connection)
    {
        if (connection->Sending != null)
            OutItem.Free(connection->Sending);
        connection->Sending = null;
        WordLock.Lock(&connection->Lock);
        Outbox outbox = connection->Outbox;
        TlsSettings* nextTls = connection->NextTls;
        connection->Outbox = default;
        connection->NextTls = null;
        LoopQuery.RefuseAll(connection);
        ConnectionHooks.AnswerAll(connection);
        connection->QueuedBytes = 0;
        connection->QueuedFileBytes = 0;
        if (!connection->Settings->IsBlocking || connection->IsForgotten)
            Inbox.Clear(&connection->Inbox);
        WordLock.Unlock(&connection->Lock);
        TlsSettings.Release(nextTls);
        for (OutItem* item = Outbox.TakeFirst(&outbox); item != null; item = Outbox.TakeFirst(&outbox))
            OutItem.Free(item);
    }

    /// <summary>The last callback, once. A program that waits in calls has its id until it closes that.</summary>
    internal static void Finish(Connection* connection)
    {
        if (connection->Phase != ConnectionPhase.Closed || connection->IsFinished)
            return;

        CloseRecord record = connection->Extras->Record;
        if (connection->Listener != null)
            ConnectionListener.OnClosed(connection->Listener, connection);
        if (!connection->IsDetached)
            ConnectionCallbacks.Close(connection, &record);
        ConnectionHooks.Free(connection);
        FreeLinks(connection);
        WordLock.Lock(&connection->Lock);
        connection->IsFinished = true;
        bool ends = (connection->IsForgotten || !connection->Settings->IsBlocking) && !connection->IsEnded;
        connection->IsEnded |= ends;
        Connection.Notify(connection);
        WordLock.Unlock(&connection->Lock);
        if (ends)
            EndId(connection);
    }

    // The record outlives the connection for a while.
    private static void EndId(Connection* connection)
    {
        IdTable.KeepRecord(&connection->Object, &connection->Extras->Record);
        IdTable.End(&connection->Object);
    }

    private static void FreeLinks(Connection* connection)
    {
        WordLock.Lock(&connection->Lock);
        LinkedObjects links = LinkedObjects.Take(&ConnectionExtras.Of(connection)->Links);
        WordLock.Unlock(&connection->Lock);
        LinkedObjects.Free(&links);
    }

    /// <summary>An object is freed with the connection. Any thread. Returns 0 or an error.</summary>
    internal static int Link(IdObject* item, void* linked, delegate* unmanaged[Cdecl]<void*, void> destroy)
    {
        Connection* connection = (Connection*)item;
        WordLock.Lock(&connection->Lock);
        bool isLinked = LinkedObjects.TryAdd(&ConnectionExtras.Of(connection)->Links, linked, destroy);
        WordLock.Unlock(&connection->Lock);
        return isLinked ? 0 : RESEAU_ERROR_CLOSED;
    }
}
