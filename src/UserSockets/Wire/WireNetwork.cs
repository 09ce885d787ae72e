// SPDX-License-Identifier: Apache-2.0
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Reseau.Native.UserSockets.Wire;

/// <summary>
/// One end of a wire: its sockets, the link, and the thread that receives, sends again what was lost, and frees the
/// network when it is to end and nothing is left to send.
/// </summary>
internal unsafe struct WireNetwork
{
    private const ulong Idle = 1_000_000_000;

    internal NamedNetwork Base;
    internal WireLink Link;
    internal WirePacket Outgoing;

    private WirePacket _incoming;
    private uint _lastId;
    private ulong _now;
    private ulong _sleepsUntil;
    private bool _isEnding;
    private bool _isCut;

    /// <summary>The network, in memory that its thread frees; or a negated error.</summary>
    internal static int New(int descriptor, bool isBytes, WireNetwork** made)
    {
        WireNetwork* network = Common.Allocator.New<WireNetwork>(Common.Allocator.Default());
        int error = WireLink.Init(&network->Link, descriptor, isBytes);
        if (error == 0)
        {
            Mutex.Init(&network->Base.Lock);
            network->Base.Connect = &WireConnect.Connect;
            network->_now = Platform.ConditionVariable.Now();
            network->_lastId = (uint)network->_now;
            *made = network;
            return 0;
        }

        Common.Allocator.Release(Common.Allocator.Default(), network);
        return error;
    }

    /// <summary>False if the system gives no thread.</summary>
    internal static bool Start(WireNetwork* network) => TransportThread.Start(&Main, network);

    /// <summary>There are no sockets any more, and will be none: the thread ends when all has been sent.</summary>
    internal static void End(WireNetwork* network)
    {
        Mutex.Lock(&network->Base.Lock);
        network->_isEnding = true;
        Mutex.Unlock(&network->Base.Lock);
        WireLink.WakeUp(&network->Link);
    }

    internal static void Free(WireNetwork* network)
    {
        while (network->Base.Names.First != null)
        {
            WireEndpoint* endpoint = First(network);
            network->Base.Names.First = endpoint->Named.Next;
            WireEndpoint.Free(endpoint);
        }

        WireLink.CleanUp(&network->Link);
        Mutex.CleanUp(&network->Base.Lock);
        Common.Allocator.Release(Common.Allocator.Default(), network);
    }

    /// <summary>Under the lock: where the list of endpoints begins.</summary>
    internal static WireEndpoint* First(WireNetwork* network) => (WireEndpoint*)network->Base.Names.First;

    /// <summary>Under the lock: a socket joins, which is held.</summary>
    internal static void Add(WireNetwork* network, WireEndpoint* endpoint, UserSocket* socket)
    {
        endpoint->Socket = UserSocket.Acquired(socket);
        // 0 is nobody's.
        endpoint->Id = ++network->_lastId == 0 ? ++network->_lastId : network->_lastId;
        EndpointNames.Add(&network->Base.Names, &endpoint->Named);
    }

    /// <summary>Under the lock: sends what waits. The thread is woken if it would sleep for too long.</summary>
    internal static void Transmit(WireEndpoint* endpoint)
    {
        ulong now = Platform.ConditionVariable.Now();
        WireSender.Transmit(&endpoint->Sender, endpoint, now);
        if (now + endpoint->Sender.Timeout < endpoint->Network->_sleepsUntil)
            WireLink.WakeUp(&endpoint->Network->Link);
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void* Main(void* state)
    {
        Platform.Thread.SetName(Literal.Of("ReseauWire"u8));
        WireNetwork* network = (WireNetwork*)state;
        while (true)
        {
            Mutex.Lock(&network->Base.Lock);
            ulong deadline = Turn(network);
            network->_sleepsUntil = deadline;
            bool isOver = network->_isEnding && network->Base.Names.First == null;
            ulong now = network->_now;
            Mutex.Unlock(&network->Base.Lock);
            if (isOver)
                break;
            WireLink.Sleep(&network->Link, deadline > now ? ulong.Min(deadline - now, Idle) : 0);
        }

        Free(network);
        return null;
    }

    // Receives, sends, and forgets; when to do so again.
    private static ulong Turn(WireNetwork* network)
    {
        network->_now = Platform.ConditionVariable.Now();
        bool isAlive = WireLink.Receive(&network->Link, &network->_incoming, &Take, network);
        WireLink.Flush(&network->Link);
        network->_now = Platform.ConditionVariable.Now();
        network->_isCut |= !isAlive;
        ulong deadline = ulong.MaxValue;
        NamedEndpoint** link = &network->Base.Names.First;
        while (*link != null)
        {
            WireEndpoint* endpoint = (WireEndpoint*)*link;
            deadline = ulong.Min(deadline, Attend(network, endpoint));
            ulong overAt = WireEndpoint.OverAt(endpoint, network->_now);
            if (overAt <= network->_now)
            {
                *link = endpoint->Named.Next;
                WireEndpoint.Free(endpoint);
            }
            else
            {
                deadline = ulong.Min(deadline, overAt);
                link = &endpoint->Named.Next;
            }
        }

        return deadline;
    }

    private static ulong Attend(WireNetwork* network, WireEndpoint* endpoint)
    {
        ulong now = network->_now;
        if (endpoint->Phase is WirePhase.Fresh or WirePhase.Dead)
            return ulong.MaxValue;
        if (network->_isCut)
        {
            WireEndpoint.Fail(endpoint, SocketApi.ECONNRESET);
            return ulong.MaxValue;
        }

        if (endpoint->IsClosed && endpoint->EndedAt == 0 && now - endpoint->ClosedAt > WireEndpoint.LingerMax)
        {
            WireEndpoint.SendReset(endpoint);
            WireEndpoint.Fail(endpoint, SocketApi.ETIMEDOUT);
            return ulong.MaxValue;
        }

        return endpoint->Phase == WirePhase.Opening ? AttendOpening(endpoint, now) : AttendOpen(endpoint, now);
    }

    private static ulong AttendOpening(WireEndpoint* endpoint, ulong now)
    {
        if (endpoint->OpenedAt + endpoint->Sender.Timeout <= now)
        {
            if (!endpoint->Sender.BackOff())
            {
                WireEndpoint.Fail(endpoint, SocketApi.ETIMEDOUT);
                return ulong.MaxValue;
            }

            WireEndpoint.SendOpen(endpoint, now);
        }

        return endpoint->OpenedAt + endpoint->Sender.Timeout;
    }

    private static ulong AttendOpen(WireEndpoint* endpoint, ulong now)
    {
        WireSender.Transmit(&endpoint->Sender, endpoint, now);
        if (!WireSender.TimedOut(&endpoint->Sender, endpoint, now))
        {
            WireEndpoint.SendReset(endpoint);
            WireEndpoint.Fail(endpoint, SocketApi.ETIMEDOUT);
            return ulong.MaxValue;
        }

        return ulong.Min(
            WireSender.Deadline(&endpoint->Sender),
            endpoint->IsClosed && endpoint->EndedAt == 0
                ? endpoint->ClosedAt + WireEndpoint.LingerMax
                : ulong.MaxValue);
    }

    private static void Take(void* state, WirePacket* packet)
    {
        WireNetwork* network = (WireNetwork*)state;
        switch (packet->Type)
        {
            case WirePacketType.Open:
                WireConnect.TakeOpen(network, packet);
                return;
            case WirePacketType.Datagram:
                WireDatagrams.Take(network, packet);
                return;
        }

        WireEndpoint* endpoint = First(network);
        while (endpoint != null && (endpoint->Id != packet->To || endpoint->Named.Type != SocketApi.SOCK_STREAM))
            endpoint = (WireEndpoint*)endpoint->Named.Next;
        if (endpoint != null && endpoint->Phase is WirePhase.Opening or WirePhase.Open)
            TakeForConnection(network, endpoint, packet);
        else if (packet->Type is WirePacketType.Data or WirePacketType.Probe)
            WireConnect.Answer(network, packet, WirePacketType.Reset);
    }

    private static void TakeForConnection(WireNetwork* network, WireEndpoint* endpoint, WirePacket* packet)
    {
        // Whatever the peer sends first says that it has accepted.
        bool isRefusal = packet->Type is WirePacketType.Refused or WirePacketType.Reset;
        if (endpoint->Phase == WirePhase.Opening && !isRefusal)
            WireEndpoint.Opened(endpoint, packet->From);
        if (endpoint->PeerId != packet->From && !(isRefusal && endpoint->PeerId == 0))
        {
            // An attempt that was delayed on its way has made a connection that nobody asks for.
            if (!isRefusal)
                WireConnect.Answer(network, packet, WirePacketType.Reset);
            return;
        }

        switch (packet->Type)
        {
            case WirePacketType.Accepted or WirePacketType.Ack:
                WireEndpoint.TakeAck(endpoint, packet, network->_now);
                break;
            case WirePacketType.Data:
                WireEndpoint.TakeData(endpoint, packet);
                break;
            case WirePacketType.Probe:
                WireEndpoint.SendAck(endpoint, ulong.MaxValue);
                break;
            case WirePacketType.Refused:
                WireEndpoint.Fail(endpoint, SocketApi.ECONNREFUSED);
                break;
            case WirePacketType.Reset:
                WireEndpoint.Fail(endpoint, SocketApi.ECONNRESET);
                break;
        }
    }
}
