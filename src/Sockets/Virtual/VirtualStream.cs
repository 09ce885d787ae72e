// SPDX-License-Identifier: Apache-2.0
using Reseau.Native.EventLoops.Virtual;

namespace Reseau.Native.Sockets.Virtual;

/// <summary>
/// A connection between two sockets: what the network and the two systems do. Bytes go from the sender's buffer into
/// the receiver's as soon as there is room, without delay.
/// </summary>
internal static unsafe class VirtualStream
{
    private const int PeerHangUp = (int)AWS_IO_EVENT_TYPE_REMOTE_HANG_UP;
    private const int Over = (int)AWS_IO_EVENT_TYPE_CLOSED;

    internal static void Connect(VirtualSocket* a, VirtualSocket* b)
    {
        a->Peer = b;
        b->Peer = a;
        Open(a);
        Open(b);
    }

    /// <summary>Takes bytes for sending, as many as there is room for. The handle is open.</summary>
    internal static nuint Take(VirtualSocket* socket, byte* data, nuint length)
    {
        nuint taken = 0;
        while (taken < length && !socket->IsReset && !socket->HasNoReader)
        {
            nuint part = ByteRing.Add(&socket->Out, data + taken, length - taken);
            if (part == 0)
                break;
            taken += part;
            Transmit(socket);
        }

        return taken;
    }

    /// <summary>Bytes that have come were handed out: there is room for more.</summary>
    internal static void MadeRoom(VirtualSocket* socket)
    {
        if (socket->In.Count == 0 && !HasEnd(socket) && !VirtualReceive.IsDone(socket))
            VirtualSocket.Lower(socket, SocketEvents.Readable);
        if (socket->Peer != null)
            Transmit(socket->Peer);
        if (socket->Peer != null)
            VirtualSend.Progress(socket->Peer);
    }

    /// <summary>This side sends no more. The handle is open.</summary>
    internal static void EndSending(VirtualSocket* socket)
    {
        socket->HasEnded = true;
        Transmit(socket);
        RaiseIfOver(socket);
    }

    /// <summary>This side receives no more; what has come already is still handed out.</summary>
    internal static void EndReceiving(VirtualSocket* socket)
    {
        socket->IsDeaf = true;
        VirtualSocket.Raise(socket, SocketEvents.Readable | PeerHangUp);
        VirtualReceive.Progress(socket);
    }

    /// <summary>
    /// The handle has been closed. With input unread, or if that was asked for, the connection is reset; else the peer
    /// gets what is left first.
    /// </summary>
    internal static void Close(VirtualSocket* socket)
    {
        VirtualSocket* peer = socket->Peer;
        if (socket->IsLocal && peer != null && !socket->ResetsOnClose)
        {
            CloseLocal(socket, peer);
            return;
        }

        bool isReset = socket->In.Count > 0 || socket->ResetsOnClose;
        if (socket->Host != null && peer != null && isReset)
        {
            Separate(socket, peer);
            VirtualPacket.Reset(peer);
            VirtualSocket.Free(socket);
            return;
        }

        if (peer == null || isReset)
        {
            Separate(socket, peer);
            VirtualSocket.Free(socket);
            if (peer != null)
                Reset(peer);
            return;
        }

        socket->HasEnded = true;
        Transmit(socket);
    }

    // What a local socket has sent is with its peer's system, which is its own: only what is sent to it is lost.
    private static void CloseLocal(VirtualSocket* socket, VirtualSocket* peer)
    {
        socket->EndsWithReset = socket->In.Count > 0 || peer->Out.Count > 0;
        socket->HasEnded = true;
        peer->HasNoReader = true;
        ByteRing.Clear(&peer->Out);
        VirtualSocket.Raise(peer, SocketEvents.Readable | SocketEvents.Writable | SocketEvents.HangUp);
        VirtualSend.Progress(peer);
        Transmit(socket);
    }

    /// <summary>The connection has been reset by the other side.</summary>
    internal static void Reset(VirtualSocket* socket, int error = AWS_IO_SOCKET_CLOSED)
    {
        if (socket->IsClosed)
        {
            VirtualSocket.Free(socket);
            return;
        }

        ByteRing.Clear(&socket->Out);
        socket->IsReset = true;
        socket->Error = error;
        socket->ResetError = error;
        VirtualSocket.Raise(
            socket, SocketEvents.Readable | SocketEvents.Writable | SocketEvents.HangUp | SocketEvents.Failed);
        VirtualReceive.Progress(socket);
        VirtualSend.Progress(socket);
    }

    /// <summary>Whether an end or an error is behind the bytes that have come.</summary>
    internal static bool HasEnd(VirtualSocket* socket) => socket->HasPeerEnded || socket->IsReset || socket->IsDeaf;

    /// <summary>What the peer has not confirmed, the end of the stream included.</summary>
    internal static nuint Unconfirmed(VirtualSocket* socket) =>
        socket->Host != null && !socket->IsReset
            ? socket->Out.Count + socket->Flight.Bytes + (socket->HasEnded && !HasEndArrived(socket) ? 1u : 0)
        : socket->Peer == null ? 0
        : socket->Out.Count + (socket->HasEnded && !socket->HasSentEnd ? 1u : 0);

    private static bool HasEndArrived(VirtualSocket* socket) => socket->HasSentEnd && socket->Flight.IsEmpty;

    // ---- Between hosts ----

    /// <summary>Bytes have arrived.</summary>
    internal static void OnBytes(VirtualSocket* socket, VirtualSocket* peer)
    {
        VirtualSocket.Raise(peer, SocketEvents.Readable);
        UpdateWritable(socket);
    }

    /// <summary>The end of the stream has arrived. A socket whose handle is closed is freed with it.</summary>
    internal static void OnEnd(VirtualSocket* socket, VirtualSocket* peer)
    {
        peer->HasPeerEnded = true;
        VirtualSocket.Raise(peer, SocketEvents.Readable | PeerHangUp);
        RaiseIfOver(peer);
        if (socket->IsClosed)
            VirtualSocket.Free(socket);
    }

    /// <summary>
    /// What the socket has sent has arrived where nobody is to take it: the other system answers with a reset. It does
    /// not if all that arrives is the end, after its own.
    /// </summary>
    internal static void Refuse(VirtualSocket* socket)
    {
        VirtualSocket* peer = socket->Peer;
        if (peer != null)
            VirtualSocket.Free(peer);
        bool isOver = socket->HasPeerEnded && HasEndArrived(socket);
        if (socket->IsClosed)
            VirtualSocket.Free(socket);
        else if (!isOver)
            VirtualPacket.Reset(socket);
    }

    /// <summary>One end is notified that the connection is no more; the other is not.</summary>
    internal static void ResetByNetwork(VirtualSocket* socket, int error)
    {
        Separate(socket, socket->Peer);
        VirtualFlight.Drop(socket);
        Reset(socket, error);
    }

    internal static void ResetBoth(VirtualSocket* socket)
    {
        VirtualSocket* peer = socket->Peer;
        ResetByNetwork(socket, AWS_IO_SOCKET_CLOSED);
        if (peer != null)
            ResetByNetwork(peer, AWS_IO_SOCKET_CLOSED);
    }

    private static void Open(VirtualSocket* socket)
    {
        VirtualNetwork* network = socket->Network;
        VirtualHost* host = socket->Host;
        nuint received = host == null ? network->ReceiveCapacity : host->Faults.BufferBytes;
        nuint sent = host == null ? network->SendCapacity : host->Faults.BufferBytes;
        ByteRing.Init(&socket->In, network->Allocator, received);
        ByteRing.Init(&socket->Out, network->Allocator, sent);
        socket->SentBytes = 1;
        socket->ReceivedBytes = 1;
        VirtualSocket.Raise(socket, SocketEvents.Writable);
    }

    /// <summary>
    /// Moves to the peer what it has room for, and the end after the last byte. A socket whose handle is closed is
    /// freed when all has arrived.
    /// </summary>
    private static void Transmit(VirtualSocket* socket)
    {
        if (socket->Host != null)
        {
            VirtualFlight.Depart(socket);
            UpdateWritable(socket);
            return;
        }

        VirtualSocket* peer = socket->Peer;
        if (socket->Out.Count > 0 && (peer == null || peer->IsClosed))
        {
            // Nobody is there to take it: the other system answers with a reset.
            Separate(socket, peer);
            if (peer != null)
                VirtualSocket.Free(peer);
            Reset(socket);
            return;
        }

        if (peer == null)
            return;

        while (ByteRing.Move(&socket->Out, &peer->In) > 0)
        {
            VirtualSocket.Raise(peer, SocketEvents.Readable);
            VirtualReceive.Progress(peer);
        }

        UpdateWritable(socket);
        if (socket->EndsWithReset && socket->Out.Count == 0)
        {
            Separate(socket, peer);
            VirtualSocket.Free(socket);
            Reset(peer);
            return;
        }

        if (socket->HasEnded && !socket->HasSentEnd && socket->Out.Count == 0)
            SendEnd(socket, peer);
        if (socket->IsClosed && socket->HasSentEnd)
        {
            Separate(socket, peer);
            VirtualSocket.Free(socket);
        }
    }

    private static void UpdateWritable(VirtualSocket* socket)
    {
        bool isWritable = (socket->Events.State & SocketEvents.Writable) != 0;
        if (socket->Out.Room == 0)
            VirtualSocket.Lower(socket, SocketEvents.Writable);
        else if (!isWritable)
            VirtualSocket.Raise(socket, SocketEvents.Writable);
    }

    private static void SendEnd(VirtualSocket* socket, VirtualSocket* peer)
    {
        socket->HasSentEnd = true;
        peer->HasPeerEnded = true;
        VirtualSocket.Raise(peer, SocketEvents.Readable | PeerHangUp);
        RaiseIfOver(peer);
        VirtualReceive.Progress(peer);
    }

    private static void RaiseIfOver(VirtualSocket* socket)
    {
        if (socket->HasEnded && socket->HasPeerEnded)
            VirtualSocket.Raise(socket, Over);
    }

    private static void Separate(VirtualSocket* socket, VirtualSocket* peer)
    {
        socket->Peer = null;
        if (peer != null)
            peer->Peer = null;
    }
}
