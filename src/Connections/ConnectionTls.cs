// SPDX-License-Identifier: Apache-2.0
using System.Runtime.InteropServices;
using Reseau.Native.Common;
using Reseau.Native.Sockets;
using Reseau.Native.Tls;
using WordLock = Reseau.Native.Common.Threading.WordLock;

namespace Reseau.Native.Connections;

/// <summary>
/// The TLS of one connection: a session whose input window is what the loop has received, or what was in the inbox when
/// TLS began, and whose output goes to the socket as records. Content is decrypted into the inbox, which may be larger
/// than its limit by what one receive brings, so that no record waits. On the loop's thread.
/// </summary>
internal unsafe struct ConnectionTls
{
    // Content that becomes records at a time.
    private const nuint MaxEncrypted = 64 * 1024;
    private const nuint MinRecords = 512;

    // A record's content at most.
    private const nuint RecordContent = 16 * 1024;

    private TlsSession _session;
    private Connection* _connection;

    /// <summary>Called once when the handshake is done, if a program has asked for it.</summary>
    private reseau_on_event_fn _onDone;

    /// <summary>What has come and could not be used yet, while a key is waited for.</summary>
    private Inbox _kept;

    /// <summary>The item that records go into; NULL before the first.</summary>
    private OutItem* _records;

    /// <summary>Those that are full.</summary>
    private Outbox _full;

    /// <summary>For a connection that is Connecting and has its socket, or is Open and has nothing queued.</summary>
    internal static void Begin(Connection* connection, TlsSettings* settings)
    {
        ConnectionTls* tls = Allocator.New<ConnectionTls>(Allocator.Default());
        tls->_connection = connection;
        TlsSessionOwner owner = new()
        {
            Self = tls,
            InputUsed = &OnInputUsed,
            OutputFull = &OnOutputFull,
            Now = &OnNow,
        };
        if (TlsSession.Init(&tls->_session, Allocator.Default(), &settings->Options, owner) != AWS_OP_SUCCESS)
        {
            Allocator.Release(Allocator.Default(), tls);
            ConnectionClose.Fail(connection, RESEAU_PHASE_TLS, Errors.LastError());
            return;
        }

        tls->_onDone = settings->OnDone;
        connection->Tls = tls;
        Connection.Enter(connection, ConnectionEvent.TlsBegun);
        ConnectionTimer.BeginTls(connection);
        if (!settings->IsServer)
            Handshake(connection);
    }

    /// <summary>The connection has ended; not inside a function of the session's owner.</summary>
    internal static void Free(Connection* connection)
    {
        ConnectionTls* tls = connection->Tls;
        connection->Tls = null;
        if (tls == null)
            return;

        TlsSession.CleanUp(&tls->_session);
        Inbox.Clear(&tls->_kept);
        FreeAll(&tls->_full);
        if (tls->_records != null)
            OutItem.Free(tls->_records);
        Allocator.Release(Allocator.Default(), tls);
    }

    private static void FreeAll(Outbox* items)
    {
        for (OutItem* item = Outbox.TakeFirst(items); item != null; item = Outbox.TakeFirst(items))
            OutItem.Free(item);
    }

    // ---- In ----

    /// <summary>Takes what was received, all of it. The connection may end.</summary>
    internal static void Decrypt(Connection* connection, byte* received, nuint length)
    {
        ConnectionTls* tls = connection->Tls;
        tls->_session.Records.Input = received;
        tls->_session.Records.InputLength = length;
        GoOn(connection, tls);
    }

    private static void GoOn(Connection* connection, ConnectionTls* tls)
    {
        if (tls->_session.IsHandshakePending)
            Handshake(connection);

        // A callback may have ended the connection, or begun to close it.
        if (connection->Phase == ConnectionPhase.Open && TlsSession.HasInput(&tls->_session))
            ReadRecords(connection, tls);
        else if (AwaitsKey(connection))
            KeepInput(tls);
        else if (connection->Tls != null)
            tls->_session.Records.InputLength = 0;
    }

    /// <summary>The handshake waits for whoever has the key; nothing is received meanwhile.</summary>
    internal static bool AwaitsKey(Connection* connection) =>
        connection->Tls != null && connection->Tls->_session.State == TlsSessionState.AwaitingKey;

    // The window is another connection's soon.
    private static void KeepInput(ConnectionTls* tls)
    {
        Inbox kept = default;
        if (tls->_session.Records.InputLength > 0)
            Inbox.Lend(&kept, tls->_session.Records.Input, tls->_session.Records.InputLength);
        Inbox.KeepOwn(&kept);
        Inbox.Clear(&tls->_kept);
        tls->_kept = kept;
        tls->_session.Records.InputLength = 0;
    }

    /// <summary>A key operation is completed, perhaps after the connection's end.</summary>
    internal static void OnKey(Connection* connection, aws_byte_cursor* output, int error)
    {
        if (!AwaitsKey(connection))
            return;

        ConnectionTls* tls = connection->Tls;
        Inbox kept = tls->_kept;
        tls->_kept = default;
        TlsSession.AnswerKeyRequest(&tls->_session, output, error);
        tls->_session.Records.Input = kept.Data;
        tls->_session.Records.InputLength = kept.Length;
        GoOn(connection, tls);
        Inbox.Clear(&kept);
        ConnectionInput.GoOn(connection);
    }

    private static void AskForKey(Connection* connection, ConnectionTls* tls)
    {
        ConnectionKeyOperation* operation = ConnectionKeyOperation.New(
            connection, TlsSession.KeyRequest(&tls->_session), TlsSession.KeyHandler(&tls->_session));
        ConnectionKeyOperation.Perform(operation);
    }

    private static void Handshake(Connection* connection)
    {
        ConnectionTls* tls = connection->Tls;
        TlsOutcome outcome = TlsSession.Handshake(&tls->_session);

        // The last flight goes also when the handshake has failed, for it is the alert that says why.
        if (!TryFlush(connection))
            return;

        SocketWriter.FlushNow(connection->Socket);
        if (outcome == TlsOutcome.Failed)
            Fail(connection, tls);
        else if (outcome == TlsOutcome.NeedsKey)
            AskForKey(connection, tls);
        else if (outcome == TlsOutcome.Done)
            Succeed(connection, tls);
    }

    private static void Succeed(Connection* connection, ConnectionTls* tls)
    {
        aws_byte_cursor protocol = TlsSession.Protocol(&tls->_session);
        WordLock.Lock(&connection->Lock);
        if (protocol.len > 0)
            ConnectionExtras.Of(connection)->Protocol = AwsString.NewFromCursor(Allocator.Default(), &protocol);
        connection->IsEncrypted = true;
        WordLock.Unlock(&connection->Lock);
        reseau_on_event_fn onDone = tls->_onDone;
        ConnectionOpen.Open(connection);
        if (onDone != null && connection->Tls != null)
            ConnectionCallbacks.Call(connection, onDone);
    }

    internal static TlsSession* SessionOf(Connection* connection) => &connection->Tls->_session;

    // A peer that is closed with bytes unread must get the alert all the same.
    private static void Fail(Connection* connection, ConnectionTls* tls)
    {
        connection->Socket->LingersAfterClose = true;
        ConnectionClose.FailReading(connection, tls->_session.Error);
    }

    private static void ReadRecords(Connection* connection, ConnectionTls* tls)
    {
        HookInput.TakeUnread(connection);
        Inbox* hooked = HookInput.InputAboveTls(connection);
        Inbox* inbox = hooked != null ? hooked : &connection->Inbox;
        TlsOutcome outcome = TlsOutcome.Done;
        nuint total = 0;
        while (outcome == TlsOutcome.Done && TlsSession.HasInput(&tls->_session))
        {
            WordLock.Lock(&connection->Lock);
            byte* into = Inbox.BeginFill(
                inbox,
                RecordContent,
                total == 0 ? LoopScratch.PlainOf(connection->Scratch) : null,
                LoopScratch.PlainSize,
                out nuint room);
            WordLock.Unlock(&connection->Lock);
            outcome = TlsSession.Read(&tls->_session, into, room, out nuint read);
            total += read;
            if (hooked == null)
                ConnectionInput.CountRead(connection, into, read);
            EndRead(connection, inbox, read);
        }

        if (hooked != null)
            HookInput.OnDecrypted(connection, isEnd: false);
        else
            ConnectionInput.OnAdded(connection, total);

        // A hook may have failed.
        if (connection->Tls != null)
            FinishReading(connection, tls, outcome);
    }

    private static void EndRead(Connection* connection, Inbox* inbox, nuint read)
    {
        WordLock.Lock(&connection->Lock);
        Inbox.EndFill(inbox, read);
        WordLock.Unlock(&connection->Lock);
    }

    private static void FinishReading(Connection* connection, ConnectionTls* tls, TlsOutcome outcome)
    {
        if (outcome == TlsOutcome.NeedsInput)
            TlsSession.ReleaseBuffers(&tls->_session);

        // Reading can make records, such as the answer to a change of keys.
        if (!TryFlush(connection))
            return;

        if (outcome == TlsOutcome.Closed)
        {
            // Nothing that stands behind the end is content.
            tls->_session.Records.InputLength = 0;
            ConnectionInput.EndOfContent(connection);
        }
        else if (outcome == TlsOutcome.Failed)
        {
            if (connection->IsDeliveryDue)
                ConnectionInput.Deliver(connection);
            if (connection->Socket != null)
                Fail(connection, tls);
        }
    }

    /// <summary>
    /// The peer's bytes have ended, or failed. True if its close_notify came before; else the stream may have been cut.
    /// </summary>
    internal static bool TryEndInput(Connection* connection, ref int error)
    {
        ConnectionTls* tls = connection->Tls;
        if (TlsSession.EndInput(&tls->_session) == TlsOutcome.Closed)
            return true;

        if (connection->Socket->HasReadEnd)
            error = tls->_session.Error;
        return false;
    }

    /// <summary>No more records come. True if the peer's close_notify was among them.</summary>
    internal static bool IsProperEnd(Connection* connection, out int error)
    {
        ConnectionTls* tls = connection->Tls;
        bool isProper = TlsSession.EndInput(&tls->_session) == TlsOutcome.Closed;
        error = tls->_session.Error;
        return isProper;
    }

    private static void OnInputUsed(void* self)
    {
    }

    private static ulong OnNow(void* self) => Connection.Now(((ConnectionTls*)self)->_connection);

    // ---- Out ----

    /// <summary>Makes records of the item that is sent, or of a part of it. False after a failure.</summary>
    internal static bool TryEncryptNext(Connection* connection)
    {
        OutItem* item = connection->Sending;
        if (item->File != OutItem.NoFile)
            return TryEncryptFile(connection, item);
        if (item->Length <= LoopScratch.GatheredSize)
            return TryEncryptSmall(connection);

        nuint part = nuint.Min(item->Length, MaxEncrypted);
        byte* content = item->Data;
        return TryWrite(connection, content, part, OutItem.Advance(item, part)) && Settle(connection, item);
    }

    // Several become one record; what was written on top of hooks goes through them first.
    private static bool TryEncryptSmall(Connection* connection)
    {
        byte* gathered = LoopScratch.GatheredOf(connection->Scratch);
        nuint length = 0;
        OutCounts counts = default;
        OutItem* item = connection->Sending;
        while (item != null && item->File == OutItem.NoFile && !ConnectionHooks.AreBefore(connection, item) &&
            length + item->Length <= LoopScratch.GatheredSize)
        {
            NativeMemory.Copy(item->Data, gathered + length, item->Length);
            length += item->Length;
            counts.Add(item->Counts);
            OutItem.Free(item);
            item = TakeNext(connection);
        }

        connection->Sending = item;
        if (!TryWrite(connection, gathered, length, counts))
            return false;

        // Not before: it is read into the same memory.
        if (Capture.IsOn && item != null && item->File != OutItem.NoFile)
            Capture.SentItem(connection, item);
        return TryFlush(connection);
    }

    private static OutItem* TakeNext(Connection* connection)
    {
        WordLock.Lock(&connection->Lock);
        OutItem* item = Outbox.TakeFirst(&connection->Outbox);
        WordLock.Unlock(&connection->Lock);
        if (Capture.IsOn && item != null && item->File == OutItem.NoFile)
            Capture.SentItem(connection, item);
        return item;
    }

    private static bool TryEncryptFile(Connection* connection, OutItem* item)
    {
        byte* piece = LoopScratch.GatheredOf(connection->Scratch);
        nuint wanted = nuint.Min(item->Length, LoopScratch.GatheredSize);
        nint count = Platform.Files.ReadAt(item->File, piece, wanted, (long)item->FileOffset);
        if (count <= 0)
        {
            ConnectionClose.Fail(connection, RESEAU_PHASE_WRITE, AWS_IO_STREAM_READ_FAILED);
            return false;
        }

        return TryWrite(connection, piece, (nuint)count, OutItem.Advance(item, (nuint)count)) &&
            Settle(connection, item);
    }

    // A part of the item, or the rest, has become records.
    private static bool Settle(Connection* connection, OutItem* item)
    {
        if (item->Length == 0)
        {
            connection->Sending = null;
            OutItem.Free(item);
        }

        return TryFlush(connection);
    }

    // The last item has the end of the records, and counts all of it off.
    private static bool TryWrite(Connection* connection, byte* content, nuint length, OutCounts counts)
    {
        ConnectionTls* tls = connection->Tls;
        if (TlsSession.Write(&tls->_session, content, length) != TlsOutcome.Done)
        {
            ConnectionClose.Fail(connection, RESEAU_PHASE_WRITE, Errors.LastError());
            return false;
        }

        tls->_records->Counts.Add(counts);
        return true;
    }

    /// <summary>Hands the socket what has been put since the last time. False after a failure.</summary>
    internal static bool TryFlush(Connection* connection)
    {
        ConnectionTls* tls = connection->Tls;
        if (tls->_records == null)
            return true;

        tls->_records->Counts.Replies = tls->_session.Records.NewReplies;
        tls->_session.Records.NewReplies = 0;
        tls->_session.Records.Expected = 0;
        CloseWindow(tls);
        Outbox full = tls->_full;
        tls->_full = default;
        bool isSent = true;
        for (OutItem* item = Outbox.TakeFirst(&full); item != null; item = Outbox.TakeFirst(&full))
        {
            if (!isSent)
                OutItem.Free(item);
            else if (HookOutput.IsBelowTls(connection))
                isSent = HookOutput.TryGiveRecords(connection, item);
            else
                isSent = ConnectionOutput.TryHandToSocket(connection, item);
        }

        return isSent && (!HookOutput.IsBelowTls(connection) || HookOutput.TryFlushBelow(connection));
    }

    // The item ends where the records do.
    private static void CloseWindow(ConnectionTls* tls)
    {
        OutItem* records = tls->_records;
        tls->_records = null;
        records->Length = (nuint)(tls->_session.Records.Output - records->Data);
        tls->_session.Records.OutputRoom = 0;
        Outbox.Append(&tls->_full, records);
    }

    /// <summary>What hooks above have made becomes records, which are sent. False after a failure.</summary>
    internal static bool TryEncrypt(Connection* connection, OutItem* product)
    {
        bool isSent = TryWrite(connection, product->Data, product->Length, product->Counts);
        OutItem.Free(product);
        return isSent && TryFlush(connection);
    }

    /// <summary>The fatal alert that it has sent, or 0.</summary>
    internal static int PeersAlert(ConnectionTls* tls) => tls->_session.Records.PeersAlert;

    /// <summary>Answers to the peer have left.</summary>
    internal static void SettleReplies(ConnectionTls* tls, nuint size) =>
        TlsRecords.SettleReplies(&tls->_session.Records, size);

    /// <summary>Puts our close_notify, once. False after a failure.</summary>
    internal static bool TrySendEnd(Connection* connection)
    {
        TlsSession.SendCloseNotify(&connection->Tls->_session);
        return TryFlush(connection);
    }

    private static bool OnOutputFull(void* self, nuint size)
    {
        ConnectionTls* tls = (ConnectionTls*)self;
        if (tls->_records != null)
            CloseWindow(tls);

        nuint room = nuint.Max(size, MinRecords);
        tls->_records = OutItem.New(tls->_connection, room);
        tls->_session.Records.Output = tls->_records->Data;
        tls->_session.Records.OutputRoom = room;
        return true;
    }
}
