// SPDX-License-Identifier: Apache-2.0
using System.Runtime.InteropServices;
using Reseau.Native.Common;
using Reseau.Native.Sockets;
using WordLock = Reseau.Native.Common.Threading.WordLock;

namespace Reseau.Native.Connections;

/// <summary>
/// The time between a connection to a proxy and the stream through it: a dialog, whose bytes are neither counted nor
/// seen by the program. What the proxy has sent behind its last answer is the stream's. On the loop's thread.
/// </summary>
internal static unsafe class ConnectionProxy
{
    /// <summary>For a connection that is Connecting, has its socket, and has a dialog.</summary>
    internal static void Begin(Connection* connection)
    {
        Connection.Enter(connection, ConnectionEvent.ProxyBegun);
        ConnectionTimer.BeginProxy(connection);
        TrySendRequest(connection);
    }

    /// <summary>The connection has ended, or its stream has begun.</summary>
    internal static void Free(Connection* connection)
    {
        ProxyDialog.Free(connection->Proxy);
        connection->Proxy = null;
    }

    /// <summary>Takes what was received, all of it. The connection may open, or end.</summary>
    internal static void Take(Connection* connection, byte* received, nuint length)
    {
        ProxyDialog* dialog = connection->Proxy;
        nuint taken = ProxyDialog.Take(dialog, received, length);
        if (dialog->Step == ProxyStep.Done)
            Succeed(connection, received + taken, length - taken);
        else if (dialog->Step == ProxyStep.Failed)
            ConnectionClose.FailByProxy(connection, dialog->Error, dialog->Code);
        else if (dialog->HasRequest && taken < length)
            ConnectionClose.FailByProxy(connection, RESEAU_ERROR_PROXY_PROTOCOL, 0);
        else if (dialog->HasRequest)
            TrySendRequest(connection);
    }

    private static void TrySendRequest(Connection* connection)
    {
        OutItem* item = OutItem.New(connection, ProxyDialog.MaxRequest);
        item->Length = ProxyDialog.WriteRequest(connection->Proxy, item->Data);
        if (ConnectionOutput.TryHandToSocket(connection, item))
            SocketWriter.Flush(connection->Socket);
    }

    private static void Succeed(Connection* connection, byte* rest, nuint length)
    {
        Free(connection);
        if (connection->Settings->Tls == null)
        {
            Keep(connection, rest, length);
            ConnectionOpen.Open(connection);
            return;
        }

        ConnectionTls.Begin(connection, connection->Settings->Tls);
        if (length > 0 && connection->Tls != null)
            ConnectionTls.Decrypt(connection, rest, length);
    }

    // The memory that it is in is the loop's.
    private static void Keep(Connection* connection, byte* rest, nuint length)
    {
        if (length == 0)
            return;
        if (HookInput.IsFirst(connection))
        {
            KeepForHooks(connection, rest, length);
            return;
        }

        ConnectionInput.CountRead(connection, rest, length);
        WordLock.Lock(&connection->Lock);
        byte* into = Inbox.BeginFill(&connection->Inbox, length, null, 0, out _);
        NativeMemory.Copy(rest, into, length);
        Inbox.EndFill(&connection->Inbox, length);
        WordLock.Unlock(&connection->Lock);
        connection->IsDeliveryDue = true;
    }

    // They run when the connection is open.
    private static void KeepForHooks(Connection* connection, byte* rest, nuint length)
    {
        while (length > 0)
        {
            nuint room = 0;
            byte* into = HookInput.BeginReceive(connection, null, ref room);
            nuint part = nuint.Min(room, length);
            NativeMemory.Copy(rest, into, part);
            HookInput.EndReceive(connection, part);
            rest += part;
            length -= part;
        }
    }
}
