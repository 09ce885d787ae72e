// SPDX-License-Identifier: Apache-2.0
using Reseau.Native.Common;
using Reseau.Native.Sockets;
using WordLock = Reseau.Native.Common.Threading.WordLock;

namespace Reseau.Native.Connections;

/// <summary>
/// A write by the thread that asks for it: when nothing is queued and nothing stands between, the system gets what it
/// takes at once, and only the rest goes to the loop. One thread at a time; until it is done nobody else sends, and the
/// socket stays (rules 270 to 273 of docs/lifetimes.md). Any thread, with the connection held.
/// </summary>
internal static unsafe class DirectSend
{
    /// <summary>
    /// Under the lock, before the bytes are counted as queued. If it returns true they are to be given to
    /// <see cref="Send"/>.
    /// </summary>
    internal static bool TryBegin(Connection* connection, bool isOnLoop)
    {
        bool begins = connection->QueuedBytes == 0 && connection->QueuedFileBytes == 0 &&
            connection->Phase == ConnectionPhase.Open && !connection->IsSendingDirectly && !connection->IsDirectOver &&
            connection->Socket != null && connection->Tls == null && connection->Hooks == null &&
            connection->NextTls == null && !Capture.IsOn && IsPossible(connection, isOnLoop);
        connection->IsSendingDirectly |= begins;
        return begins;
    }

    private static bool IsPossible(Connection* connection, bool isOnLoop)
    {
        SocketBackend* backend = connection->Socket->Backend;
        return isOnLoop ? !backend->LendsPieces : backend->Direct != null && connection->Settings->SendsDirectly;
    }

    /// <summary>
    /// What the system does not take is queued, before all that has been queued meanwhile: a copy, or the item, which
    /// has the same bytes, and is freed if nothing is left.
    /// </summary>
    internal static void Send(Connection* connection, byte* data, nuint length, OutItem* item)
    {
        SocketCore* core = connection->Socket;
        SendPiece piece = new() { Data = data, Length = length };
        nuint sent = 0;
        int result = core->Backend->Send(core, &piece, 1, &sent);
        if (result != AWS_ERROR_SUCCESS)
            sent = 0;

        OutItem* rest = sent == length ? null : RestOf(connection, data, length, sent, item);
        if (sent > 0)
            ProcessCounters.AddWritten(connection->Object.Loop, sent);

        // Without the callback: the program is in a call of its own.
        if (sent > 0 && connection->IdleTimeout >= 0)
            Connection.PutIdleTimeoutOff(connection);
        End(connection, core, sent, rest, result);
        if (rest == null && item != null)
            OutItem.Free(item);
    }

    private static OutItem* RestOf(Connection* connection, byte* data, nuint length, nuint sent, OutItem* item)
    {
        OutItem* rest = item == null ? OutItem.NewCopy(connection, data + sent, length - sent) : item;
        if (item != null)
            OutItem.Advance(rest, sent);
        rest->IsBegun = sent > 0;
        return rest;
    }

    private static void End(Connection* connection, SocketCore* core, nuint sent, OutItem* rest, int result)
    {
        bool isOnLoop = Connection.IsOnLoop(connection);
        WordLock.Lock(&connection->Lock);
        core->SendCalls++;

        // The loop ends the connection when it comes to the rest.
        if (result > 0)
            core->WriteError = (ushort)result;
        else if (isOnLoop && rest != null)
            SocketWriter.Block(core);
        core->HasSent |= sent > 0;
        connection->SocketSent += sent;
        connection->BytesWritten += sent;
        connection->QueuedBytes -= sent;
        connection->IsSendingDirectly = false;
        if (rest != null)
            Outbox.Prepend(&connection->Outbox, rest);
        else if (connection->NextTls != null)
            connection->ItemsInTheClear--;
        if (connection->Waiters > 0)
            Connection.Notify(connection);
        ConnectionRequests requests = WorkForLoop(connection);
        bool isFirst = requests != ConnectionRequests.None && !isOnLoop && Connection.Request(connection, requests);
        WordLock.Unlock(&connection->Lock);
        if (isFirst)
            Connection.Schedule(connection);
        else if (isOnLoop && requests != ConnectionRequests.None)
            GoOn(connection, requests);
    }

    // On the loop's thread what is left goes on at once, and what else is due soon. After a failure that is the end of
    // the connection, which must not come inside the program's call: a callback may look at what has come.
    private static void GoOn(Connection* connection, ConnectionRequests requests)
    {
        bool hasFailed = connection->Socket->WriteError != AWS_ERROR_SUCCESS;
        if (!hasFailed)
            requests &= ~ConnectionRequests.Send;
        if (requests != ConnectionRequests.None)
            Connection.Post(connection, requests);
        if (!hasFailed)
            ConnectionOutput.Send(connection);
    }

    // What has come, or was put off, while the thread sent. Under the lock.
    private static ConnectionRequests WorkForLoop(Connection* connection)
    {
        ConnectionRequests requests = ConnectionRequests.None;
        if (!connection->Outbox.IsEmpty || connection->IsEnding || connection->Hooks != null)
            requests |= ConnectionRequests.Send;
        if (connection->NextTls != null)
            requests |= ConnectionRequests.StartTls;
        if (connection->WasFull)
            requests |= ConnectionRequests.Room;
        return requests;
    }
}
