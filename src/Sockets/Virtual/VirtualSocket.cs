// SPDX-License-Identifier: Apache-2.0
using Reseau.Native.Common;
using Reseau.Native.EventLoops;
using Reseau.Native.EventLoops.Virtual;

namespace Reseau.Native.Sockets.Virtual;

/// <summary>
/// What the handle of a virtual socket points to. It may outlast its handle, as a connection of a system does, until
/// the peer has everything that was sent.
/// </summary>
internal unsafe struct VirtualSocket
{
    /// <summary>First, since a loop finds it where the handle points to.</summary>
    internal VirtualHandle Events;

    internal VirtualNetwork* Network;
    internal VirtualSocket* Next;

    /// <summary>Of all sockets of the network, from 1 on: never given again.</summary>
    internal ulong Number;

    /// <summary>The host that it is on; NULL in networks without hosts.</summary>
    internal VirtualHost* Host;

    /// <summary>That of the other end, once it connects.</summary>
    internal VirtualHost* RemoteHost;

    /// <summary>An IPv6 socket leaves IPv4 out; others may have the same port.</summary>
    internal bool IsIPv6Only;
    internal bool SharesPort;
    internal SocketAddress Local;

    /// <summary>Where it connects, or is connected, to.</summary>
    internal SocketAddress Remote;
    internal bool IsStream;

    /// <summary>Of AWS_SOCKET_LOCAL: both ends are one system's, and what was sent is with the peer.</summary>
    internal bool IsLocal;

    /// <summary>Whether others find it by its local address.</summary>
    internal bool IsBound;

    /// <summary>The handle has been closed.</summary>
    internal bool IsClosed;

    // ---- While it is attached ----

    internal SocketCore* Core;

    /// <summary>The loop that it is, or was, attached to.</summary>
    internal aws_event_loop* Loop;

    // ---- Connecting and accepting ----

    /// <summary>The answer to a connection attempt, on its way.</summary>
    internal VirtualAttempt* Attempt;
    internal bool IsConnecting;

    /// <summary>Of a listener: the connections that wait, the oldest first.</summary>
    internal VirtualSocket* FirstWaiting;
    internal VirtualSocket* NextWaiting;
    internal int WaitingCount;
    internal bool IsListening;
    internal int Backlog;

    // ---- A connection ----

    /// <summary>NULL before, and when the peer is gone.</summary>
    internal VirtualSocket* Peer;

    /// <summary>What waits to be received.</summary>
    internal ByteRing In;

    /// <summary>What was taken for sending and the peer has no room for.</summary>
    internal ByteRing Out;

    /// <summary>This side sends no more; the peer has been notified of it.</summary>
    internal bool HasEnded;
    internal bool HasSentEnd;

    /// <summary>This side receives no more.</summary>
    internal bool IsDeaf;

    /// <summary>The peer sends no more.</summary>
    internal bool HasPeerEnded;

    /// <summary>The peer's handle is closed, and what it has sent is still coming: nobody takes what is sent.</summary>
    internal bool HasNoReader;

    /// <summary>The pending error, also of an attempt.</summary>
    internal int Error;

    /// <summary>The connection has been reset, and why.</summary>
    internal bool IsReset;
    internal int ResetError;

    /// <summary>Between hosts: what is on its way, and how far both directions are.</summary>
    internal VirtualFlight Flight;
    internal uint SentBytes;
    internal uint ReceivedBytes;

    /// <summary>Milliseconds after which the network gives up; 0 is its own time.</summary>
    internal uint UserTimeout;

    /// <summary>Closing it resets the connection.</summary>
    internal bool ResetsOnClose;

    /// <summary>It was closed with input unread: behind what it has sent, the peer finds a reset.</summary>
    internal bool EndsWithReset;

    // ---- A datagram socket ----

    internal VirtualDatagram* FirstDatagram;
    internal nuint DatagramBytes;

    /// <summary>It receives from its remote address only.</summary>
    internal bool HasDatagramPeer;

    /// <summary>Bytes that may wait; 0: as many as the network says.</summary>
    internal nuint DatagramRoom;

    // ---- Operations of a completion backend ----

    internal VirtualSend* SendUnderWay;
    internal VirtualReceive* ReceiveUnderWay;

    internal static VirtualSocket* Of(SocketCore* core) => (VirtualSocket*)SocketCore.HandleOf(core);

    internal static VirtualSocket* New(VirtualNetwork* network, bool isStream)
    {
        VirtualSocket* socket = Allocator.New<VirtualSocket>(network->Allocator);
        socket->Events.Time = network->Time;
        socket->Network = network;
        socket->Number = ++network->LastNumber;
        socket->IsStream = isStream;
        socket->Next = network->FirstSocket;
        network->FirstSocket = socket;
        return socket;
    }

    /// <summary>NULL if it is gone.</summary>
    internal static VirtualSocket* Find(VirtualNetwork* network, ulong number)
    {
        VirtualSocket* socket = network->FirstSocket;
        while (socket != null && socket->Number != number)
            socket = socket->Next;
        return socket;
    }

    /// <summary>The ends of a packet from a socket to its remote end, or back.</summary>
    internal static void Describe(VirtualSocket* socket, NetworkEvent* happened, bool isBack)
    {
        SocketAddress* from = isBack ? &socket->Remote : &socket->Local;
        SocketAddress* to = isBack ? &socket->Local : &socket->Remote;
        happened->FromHost = isBack ? socket->RemoteHost : socket->Host;
        happened->ToHost = isBack ? socket->Host : socket->RemoteHost;
        happened->From = VirtualAddress.IpOf(from);
        happened->To = VirtualAddress.IpOf(to);
        happened->FromPort = (ushort)VirtualAddress.PortOf(from);
        happened->ToPort = (ushort)VirtualAddress.PortOf(to);
        happened->Sequence = isBack ? socket->ReceivedBytes : socket->SentBytes;
        happened->Acknowledged = isBack ? socket->SentBytes : socket->ReceivedBytes;
    }

    /// <summary>Nothing leads to it any more.</summary>
    internal static void Free(VirtualSocket* socket)
    {
        VirtualNetwork* network = socket->Network;
        VirtualFlight.Drop(socket);
        if (socket->Peer != null)
            socket->Peer->Peer = null;
        VirtualSocket** link = &network->FirstSocket;
        while (*link != socket)
            link = &(*link)->Next;
        *link = socket->Next;
        ByteRing.CleanUp(&socket->In, network->Allocator);
        ByteRing.CleanUp(&socket->Out, network->Allocator);
        VirtualDatagram.FreeAll(socket);
        Allocator.Release(network->Allocator, socket);
    }

    internal static void Raise(VirtualSocket* socket, int events) => VirtualPoller.Raise(&socket->Events, events);

    internal static void Lower(VirtualSocket* socket, int events) => VirtualPoller.Lower(&socket->Events, events);
}
