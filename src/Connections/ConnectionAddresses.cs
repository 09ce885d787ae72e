// SPDX-License-Identifier: Apache-2.0
using Reseau.Native.Sockets;
using WordLock = Reseau.Native.Common.Threading.WordLock;

namespace Reseau.Native.Connections;

/// <summary>The addresses of a connection's ends. Any thread.</summary>
internal static unsafe class ConnectionAddresses
{
    /// <summary>Returns 0 or an error: before it is connected and after its end there are none.</summary>
    internal static int Get(Connection* connection, bool isPeer, aws_socket_endpoint* endpoint)
    {
        int error = AWS_ERROR_SUCCESS;
        WordLock.Lock(&connection->Lock);
        SocketCore* socket = connection->Socket;
        if (socket == null)
            error = AWS_IO_SOCKET_NOT_CONNECTED;
        else if (isPeer)
            error = PeerAddress.Get(&connection->Peer, socket, endpoint);
        else
            error = GetLocal(socket, endpoint);
        WordLock.Unlock(&connection->Lock);
        return error == AWS_IO_SOCKET_NOT_CONNECTED ? RESEAU_ERROR_CLOSED : ConnectionErrors.From(error);
    }

    // A connection that was accepted knows its listener's, which may be that of all interfaces.
    private static int GetLocal(SocketCore* core, aws_socket_endpoint* endpoint)
    {
        SocketAddress address;
        int error = core->Backend->GetLocalAddress(core, &address);
        return error == AWS_ERROR_SUCCESS ? core->Backend->FormatAddress(&address, endpoint) : error;
    }
}
