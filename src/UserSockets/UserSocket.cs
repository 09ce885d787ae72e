// SPDX-License-Identifier: Apache-2.0
using System.Threading;
using Mutex = Reseau.Native.Common.Threading.Mutex;

namespace Reseau.Native.UserSockets;

internal enum SocketPhase
{
    /// <summary>Neither connected nor listening.</summary>
    Fresh,
    Connecting,
    Connected,
    Listening,
}

/// <summary>
/// A socket: the front's half. Locks, in the order in which they may be taken: those of reading and of writing, then
/// that of deliveries; the one of phases alone. None is held while a thread waits. Hooks are called under the one of
/// writing at most.
/// </summary>
internal unsafe struct UserSocket
{
    internal const ulong DefaultBuffer = 256 * 1024;
    private const nuint DefaultSendLowWater = 2048;

    internal Description Description;
    internal Transport* Transport;

    /// <summary>The transport's.</summary>
    internal void* State;
    internal int Domain;
    internal int Type;
    internal int Protocol;
    internal reseau_transport_traits Traits;
    internal SocketOptions Options;

    // Under the lock of phases; looked at without.
    internal aws_mutex PhaseLock;
    private int _phase;
    internal AcceptQueue Accepts;

    /// <summary>Of datagrams too: whether <see cref="SocketPhase.Connected"/> was reached by a failure since.</summary>
    internal bool HasFailed;

    /// <summary>That of SO_ERROR, a positive number; taken by who reports it.</summary>
    internal int PendingError;

    // Set once each.
    internal bool IsReadShut;
    internal bool IsWriteShut;
    internal bool AreWritesRefused;
    internal bool IsBroken;
    internal bool IsDrained;

    /// <summary>Whether it is counted among those that are not drained, or is not any more; and where.</summary>
    internal int DrainState;
    internal TransportDrain* Drain;

    /// <summary>The peer has ended, where there is no stream whose end has an offset.</summary>
    internal bool HasPeerEnded;

    internal aws_mutex WriteLock;
    internal ulong SentBytes;
    internal ulong SentDatagrams;

    /// <summary>The transport has not taken a datagram, and has not reported room since.</summary>
    internal bool IsWriteBlocked;

    internal aws_mutex ReadLock;
    internal aws_mutex DeliverLock;
    internal bool IsClosed;

    /// <summary>The transport is waiting for so much room in the receive buffer; 0 if it is not.</summary>
    internal ulong RoomNeeded;

    internal StreamRing Stream;
    internal DatagramRing Datagrams;

    internal SocketPhase Phase
    {
        readonly get => (SocketPhase)Volatile.Read(in _phase);
        set => Volatile.Write(ref _phase, (int)value);
    }

    internal readonly bool IsStream => Type == SocketApi.SOCK_STREAM;

    /// <summary>Not SOCK_DGRAM.</summary>
    internal readonly bool HasConnections => Type != SocketApi.SOCK_DGRAM;

    /// <summary>A socket of a transport whose `create` has succeeded: 0 or a negated error.</summary>
    internal static int New(Transport* transport, int domain, int type, int protocol, UserSocket** created)
    {
        UserSocket* socket = Make(transport, domain, type, protocol);
        int error = UserSockets.Transport.Create(socket);
        if (error < 0)
        {
            Discard(socket);
            return error;
        }

        *created = socket;
        return 0;
    }

    /// <summary>A connected socket for a connection that is coming to a listener.</summary>
    internal static UserSocket* NewAccepted(UserSocket* listener, void* state, reseau_transport_traits* traits)
    {
        UserSocket* socket = Make(listener->Transport, listener->Domain, listener->Type, listener->Protocol);
        socket->State = state;
        socket->Traits = traits == null ? listener->Traits : *traits;
        SocketOptions.Inherit(&listener->Options, &socket->Options);
        if (socket->IsStream)
            StreamRing.Init(&socket->Stream, socket->Options.ReceiveBuffer);
        else
            DatagramRing.Init(&socket->Datagrams, socket->Options.ReceiveBuffer, isOrdered: true);
        socket->Phase = SocketPhase.Connected;
        return socket;
    }

    internal static UserSocket* Acquired(UserSocket* socket)
    {
        UserSockets.Description.Acquire(&socket->Description);
        return socket;
    }

    internal static void ReleaseIfAny(UserSocket* socket)
    {
        if (socket != null)
            UserSockets.Description.Release(&socket->Description);
    }

    /// <summary>The transport no longer has the socket: it was withdrawn, or is closed.</summary>
    internal static void Destroy(UserSocket* socket)
    {
        Transport* transport = socket->Transport;
        UserSockets.Transport.Destroy(socket);
        UserSockets.Description.Release(&socket->Description);
        UserSockets.Transport.Release(transport);
    }

    /// <summary>Takes the pending error: a positive number or 0.</summary>
    internal static int TakeError(UserSocket* socket) =>
        Volatile.Read(ref socket->PendingError) == 0 ? 0 : Interlocked.Exchange(ref socket->PendingError, 0);

    internal static void Raise(UserSocket* socket, uint events) =>
        WatchList.Raise(&socket->Description.Watches, events);

    private static UserSocket* Make(Transport* transport, int domain, int type, int protocol)
    {
        UserSocket* socket = Common.Allocator.New<UserSocket>(Common.Allocator.Default());
        UserSockets.Description.Init(&socket->Description, DescriptionKind.Socket, &SocketClose.Close, &Free);
        UserSockets.Transport.Acquire(transport);
        socket->Transport = transport;
        socket->Domain = domain;
        socket->Type = type;
        socket->Protocol = protocol;
        socket->Options.ReceiveBuffer = DefaultBuffer;
        socket->Options.SendBuffer = DefaultBuffer;
        socket->Options.ReceiveLowWater = 1;
        socket->Options.SendLowWater = DefaultSendLowWater;
        Mutex.Init(&socket->PhaseLock);
        Mutex.Init(&socket->WriteLock);
        Mutex.Init(&socket->ReadLock);
        Mutex.Init(&socket->DeliverLock);
        if (socket->IsStream)
            StreamRing.Init(&socket->Stream, DefaultBuffer);
        else
            DatagramRing.Init(&socket->Datagrams, DefaultBuffer, isOrdered: socket->HasConnections);
        return socket;
    }

    // Without `destroy`, since `create` has failed.
    private static void Discard(UserSocket* socket)
    {
        Transport* transport = socket->Transport;
        UserSockets.Description.Release(&socket->Description);
        UserSockets.Transport.Release(transport);
    }

    private static void Free(Description* description)
    {
        UserSocket* socket = (UserSocket*)description;
        // A transport that has released it sends nothing any more, whether it has said so or not.
        TransportDrain.End(socket);
        StreamRing.CleanUp(&socket->Stream);
        DatagramRing.CleanUp(&socket->Datagrams);
        Mutex.CleanUp(&socket->PhaseLock);
        Mutex.CleanUp(&socket->WriteLock);
        Mutex.CleanUp(&socket->ReadLock);
        Mutex.CleanUp(&socket->DeliverLock);
        Common.Allocator.Release(Common.Allocator.Default(), socket);
    }
}
