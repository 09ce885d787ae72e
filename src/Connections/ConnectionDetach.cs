// SPDX-License-Identifier: Apache-2.0
using Reseau.Native.EventLoops;
using Reseau.Native.Sockets;
using WordLock = Reseau.Native.Common.Threading.WordLock;

namespace Reseau.Native.Connections;

/// <summary>The descriptor of a connection, taken out by the program: nobody is notified of a close.</summary>
internal static unsafe class ConnectionDetach
{
    // Not a descriptor, and not an error.
    private const int Pending = int.MinValue;

    /// <summary>
    /// The descriptor, or an error: RESEAU_ERROR_BUSY if there is something to send or to read. Any thread but loops'.
    /// </summary>
    internal static int Detach(Connection* connection)
    {
        if (EventLoop.MustNotWaitFor(connection->Object.Loop))
            return RESEAU_ERROR_WOULD_BLOCK_LOOP;

        // One call at a time: a second one would overwrite the answer that the first has not read yet.
        WordLock.Lock(&connection->Lock);
        int error = connection->IsForgotten ? RESEAU_ERROR_CLOSED : connection->Detached != 0 ? RESEAU_ERROR_BUSY : 0;
        if (error == 0)
            connection->Detached = Pending;
        WordLock.Unlock(&connection->Lock);
        if (error != 0)
            return error;

        Connection.Post(connection, ConnectionRequests.Detach);
        WordLock.Lock(&connection->Lock);
        while (connection->Detached == Pending && connection->Phase != ConnectionPhase.Closed)
            Connection.Wait(connection, Deadline.Never);
        int result = connection->Detached == Pending ? RESEAU_ERROR_CLOSED : connection->Detached;
        connection->Detached = 0;
        WordLock.Unlock(&connection->Lock);
        return result;
    }

    internal static void OnLoop(Connection* connection)
    {
        WordLock.Lock(&connection->Lock);
        DirectReceive.TakeBackLocked(connection, isForGood: false);
        int result =
            connection->Phase != ConnectionPhase.Open || connection->IsEnding ? RESEAU_ERROR_CLOSED
            : connection->IsEncrypted || connection->Hooks != null || IsTiedToLoop(connection)
                ? RESEAU_ERROR_UNSUPPORTED
            : connection->QueuedBytes + connection->QueuedFileBytes > 0 || connection->Inbox.Length > 0
            ? RESEAU_ERROR_BUSY
            : HasInput(connection->Socket) ? RESEAU_ERROR_BUSY : 0;
        if (result == 0)
        {
            result = (int)SocketClose.TakeHandle(connection->Socket);
            connection->IsDetached = true;
            connection->IsForgotten = true;
        }

        connection->Detached = result;
        Connection.Notify(connection);
        WordLock.Unlock(&connection->Lock);
        if (connection->IsDetached)
            ConnectionClose.AbortOnLoop(connection);
    }

    // What the backend has taken from the system already would be lost with the connection.
    private static bool HasInput(SocketCore* core) =>
        core->Backend->StopReceiving != null && !core->Backend->StopReceiving(core);

    // The handle of a completion port belongs to it for good, on systems that cannot take it out.
    private static bool IsTiedToLoop(Connection* connection) =>
        connection->Socket->Backend->Export != null;
}
