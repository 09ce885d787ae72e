// SPDX-License-Identifier: Apache-2.0
using System.Threading;
using Mutex = Reseau.Native.Common.Threading.Mutex;

namespace Reseau.Native.UserSockets.Memory;

/// <summary>
/// The transport's half of a socket in memory. Two that are connected hold each other's front half, until each is
/// closed: what the peer does then finds a socket that takes nothing.
/// </summary>
internal unsafe struct MemoryEndpoint
{
    internal MemoryTransport* Network;
    internal UserSocket* Self;
    internal int Domain;
    internal int Type;

    // Under the network's lock.
    internal SocketName Local;
    internal SocketName Remote;
    internal MemoryEndpoint* NextNamed;
    internal bool IsNamed;
    internal bool HasPeer;
    internal bool IsListening;

    /// <summary>Connections and pairs: who gets what is sent; held.</summary>
    internal UserSocket* Peer;

    /// <summary>Who waits for this endpoint: for room in a listener's queue, or in a receive buffer.</summary>
    internal MemoryWaiters Waiters;

    /// <summary>A connection attempt that waits: the socket that the listener is to get.</summary>
    internal UserSocket* Prepared;

    // How much of the stream the peer has.
    private ulong _sent;

    /// <summary>The peer had no room for what was last sent.</summary>
    private bool _awaitsRoom;
    private int _noDelay;
    private int _onlyIPv6;

    internal static MemoryEndpoint* New(MemoryTransport* network, int domain, int type)
    {
        MemoryEndpoint* endpoint = Common.Allocator.New<MemoryEndpoint>(Common.Allocator.Default());
        endpoint->Network = network;
        endpoint->Domain = domain;
        endpoint->Type = type;
        return endpoint;
    }

    internal static void Destroy(MemoryEndpoint* endpoint)
    {
        ReleasePeer(endpoint);
        Common.Allocator.Release(Common.Allocator.Default(), endpoint);
    }

    internal static void SetPeer(MemoryEndpoint* endpoint, UserSocket* peer)
    {
        Description.Acquire(&peer->Description);
        endpoint->Peer = peer;
        endpoint->HasPeer = true;
    }

    internal static void ReleasePeer(MemoryEndpoint* endpoint)
    {
        if (endpoint->Peer != null)
            Description.Release(&endpoint->Peer->Description);
        endpoint->Peer = null;
        endpoint->HasPeer = false;
    }

    internal static int Close(MemoryEndpoint* endpoint, bool isAbort)
    {
        Mutex.Lock(&endpoint->Network->Lock);
        MemoryNames.Remove(&endpoint->Network->Names, endpoint);
        endpoint->IsListening = false;
        MemoryWaiters.Leave(endpoint);
        MemoryConnect.Withdraw(endpoint);
        MemoryWaiters.WakeAll(&endpoint->Waiters);
        Mutex.Unlock(&endpoint->Network->Lock);
        if (endpoint->Peer == null || endpoint->Type == SocketApi.SOCK_DGRAM)
            return 0;

        if (isAbort)
        {
            // As with TCP: of a stream that had ended only sending is left to fail.
            bool isHalf = endpoint->Domain != SocketApi.AF_UNIX && endpoint->Peer->Stream.HasEnd;
            TransportReports.Fail(endpoint->Peer, isHalf ? SocketApi.EPIPE : SocketApi.ECONNRESET);
            return 0;
        }

        TransportReports.End(endpoint->Peer, endpoint->_sent);
        if (endpoint->Domain == SocketApi.AF_UNIX)
            TransportReports.RefuseWrites(endpoint->Peer);
        return 0;
    }

    internal static int Shutdown(MemoryEndpoint* endpoint, int how)
    {
        if (endpoint->Peer == null || endpoint->Type == SocketApi.SOCK_DGRAM)
            return 0;

        if (how != SocketApi.SHUT_RD)
            TransportReports.End(endpoint->Peer, endpoint->_sent);

        // What a TCP peer sends after that is taken, too.
        if (how != SocketApi.SHUT_WR && endpoint->Domain == SocketApi.AF_UNIX)
            TransportReports.RefuseWrites(endpoint->Peer);
        return 0;
    }

    /// <summary>Of a connection.</summary>
    internal static nint Write(MemoryEndpoint* endpoint, reseau_fragment* fragment)
    {
        if (endpoint->Peer == null)
            return -SocketApi.ENOTCONN;
        bool isLocal = endpoint->Domain == SocketApi.AF_UNIX;
        if (fragment->address != null && isLocal && endpoint->Type == SocketApi.SOCK_STREAM)
            return -SocketApi.EISCONN;

        nint taken = TransportReports.Deliver(endpoint->Peer, fragment);
        if (taken > 0)
            endpoint->_sent += (ulong)taken;

        bool hasWaited = endpoint->_awaitsRoom;
        endpoint->_awaitsRoom = taken == -SocketApi.EAGAIN;
        if (taken != -SocketApi.EPIPE)
            return taken;

        // As with TCP: a peer that closes with bytes unread answers by a reset, which who waits for room meets. Else
        // what is sent leaves, and the reset that answers it fails the next call.
        if (endpoint->Domain == SocketApi.AF_UNIX || hasWaited)
        {
            TransportReports.RefuseWrites(endpoint->Self);
            return taken;
        }

        TransportReports.Fail(endpoint->Self, SocketApi.EPIPE);
        return (nint)fragment->length;
    }

    internal static bool IsWritable(MemoryEndpoint* endpoint, nuint needed) =>
        endpoint->Peer == null || TransportReports.HasRoom(endpoint->Peer, needed);

    internal static void HasRead(MemoryEndpoint* endpoint)
    {
        if (endpoint->Peer != null)
            TransportReports.Writable(endpoint->Peer);
    }

    /// <summary>IPV6_V6ONLY.</summary>
    internal static bool IsForIPv6Alone(MemoryEndpoint* endpoint) => Volatile.Read(ref endpoint->_onlyIPv6) != 0;

    /// <summary>An accepted socket has its listener's.</summary>
    internal static void CopyOptions(MemoryEndpoint* listener, MemoryEndpoint* accepted)
    {
        accepted->_noDelay = Volatile.Read(ref listener->_noDelay);
        accepted->_onlyIPv6 = Volatile.Read(ref listener->_onlyIPv6);
    }

    /// <summary>Where an option is kept; null if there is no such option.</summary>
    internal static int* OptionOf(MemoryEndpoint* endpoint, int level, int name)
    {
        bool isTcp = endpoint->Domain != SocketApi.AF_UNIX && endpoint->Type == SocketApi.SOCK_STREAM;
        return (level, name) switch
        {
            (SocketApi.IPPROTO_TCP, SocketApi.TCP_NODELAY) when isTcp => &endpoint->_noDelay,
            (SocketApi.IPPROTO_IPV6, SocketApi.IPV6_V6ONLY) when endpoint->Domain == SocketApi.AF_INET6 =>
                &endpoint->_onlyIPv6,
            _ => null,
        };
    }
}
