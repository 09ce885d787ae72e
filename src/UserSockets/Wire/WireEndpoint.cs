// SPDX-License-Identifier: Apache-2.0
using System.Runtime.InteropServices;

namespace Reseau.Native.UserSockets.Wire;

internal enum WirePhase
{
    Fresh,
    Opening,
    Open,

    /// <summary>Nothing is sent or received any more.</summary>
    Dead,
}

/// <summary>
/// The transport's half of a socket over a wire. All under the network's lock. It outlives the socket until what that
/// has sent has arrived.
/// </summary>
internal unsafe struct WireEndpoint
{
    internal const ulong LingerMax = 30_000_000_000;
    private const ulong QuietTime = 2_000_000_000;

    internal NamedEndpoint Named;

    /// <summary>The front's half, held.</summary>
    internal UserSocket* Socket;

    internal WirePhase Phase;
    internal uint Id;
    internal uint PeerId;
    internal ulong OpenedAt;
    internal WireSender Sender;
    internal WireReceiver Receiver;
    internal bool HasSentEnd;

    /// <summary>The socket is closed since then.</summary>
    internal bool IsClosed;
    internal ulong ClosedAt;

    /// <summary>Everything has arrived in both directions since then; 0 before.</summary>
    internal ulong EndedAt;

    /// <summary>The front has called `destroy`.</summary>
    internal bool IsDestroyed;
    internal WireAssemblies Assemblies;

    internal readonly WireNetwork* Network => (WireNetwork*)Named.Network;

    internal static WireEndpoint* New(WireNetwork* network, int domain, int type)
    {
        WireEndpoint* endpoint = Common.Allocator.New<WireEndpoint>(Common.Allocator.Default());
        endpoint->Named.Network = &network->Base;
        endpoint->Named.Domain = domain;
        endpoint->Named.Type = type;
        WireSender.Init(&endpoint->Sender);
        return endpoint;
    }

    internal static void Free(WireEndpoint* endpoint)
    {
        WireSender.CleanUp(&endpoint->Sender);
        UserSocket.ReleaseIfAny(endpoint->Socket);
        Common.Allocator.Release(Common.Allocator.Default(), endpoint);
    }

    /// <summary>
    /// When nobody needs it any more. Of a connection that has ended well the peer may not know yet: what it sends
    /// again is acknowledged for a while.
    /// </summary>
    internal static ulong OverAt(WireEndpoint* endpoint, ulong now)
    {
        if (!endpoint->IsDestroyed)
            return ulong.MaxValue;
        if (endpoint->Phase != WirePhase.Open)
            return now;
        if (!endpoint->Sender.IsEmpty || !endpoint->Receiver.HasEnd)
            return ulong.MaxValue;

        if (endpoint->EndedAt == 0)
            endpoint->EndedAt = now;
        return endpoint->EndedAt + QuietTime;
    }

    internal static void SendSegment(WireEndpoint* endpoint, ulong offset, byte* data, int length, bool isEnd)
    {
        WirePacket* packet = Begin(endpoint, WirePacketType.Data);
        packet->Flags = isEnd ? WirePacket.EndFlag : (byte)0;
        packet->Offset = offset;
        packet->Length = length;
        NativeMemory.Copy(data, WirePacket.Content(packet), (nuint)length);
        WireLink.Send(&endpoint->Network->Link, packet);
    }

    internal static void SendProbe(WireEndpoint* endpoint) =>
        WireLink.Send(&endpoint->Network->Link, Begin(endpoint, WirePacketType.Probe));

    internal static void SendReset(WireEndpoint* endpoint) =>
        WireLink.Send(&endpoint->Network->Link, Begin(endpoint, WirePacketType.Reset));

    /// <summary>Of a segment that begins there; also says how much room there is.</summary>
    internal static void SendAck(WireEndpoint* endpoint, ulong offset)
    {
        WirePacket* packet = Begin(endpoint, WirePacketType.Ack);
        packet->Flags = endpoint->Receiver.HasEnd ? WirePacket.EndFlag : (byte)0;
        packet->Offset = offset;
        WireLink.Send(&endpoint->Network->Link, packet);
    }

    /// <summary>Asks for a connection, again and again until there is an answer.</summary>
    internal static void SendOpen(WireEndpoint* endpoint, ulong now)
    {
        endpoint->OpenedAt = now;
        WirePacket* packet = Begin(endpoint, WirePacketType.Open);
        WirePacket.PutNames(packet, &endpoint->Named.Remote, &endpoint->Named.Local);
        WireLink.Send(&endpoint->Network->Link, packet);
    }

    internal static void SendAccepted(WireEndpoint* endpoint) =>
        WireLink.Send(&endpoint->Network->Link, Begin(endpoint, WirePacketType.Accepted));

    /// <summary>The other end has answered.</summary>
    internal static void Opened(WireEndpoint* endpoint, uint peerId)
    {
        endpoint->Phase = WirePhase.Open;
        endpoint->PeerId = peerId;
        SocketConnect.Finish(endpoint->Socket, 0);
    }

    /// <summary>An acknowledgement, and what it says of the peer's room.</summary>
    internal static void TakeAck(WireEndpoint* endpoint, WirePacket* packet, ulong now)
    {
        ulong room = endpoint->Sender.Room;
        endpoint->Sender.SetLimit(packet->Ack + packet->Window);
        WireSender.Acknowledge(
            &endpoint->Sender, packet->Offset, packet->Ack, (packet->Flags & WirePacket.EndFlag) != 0, now);
        WireSender.Transmit(&endpoint->Sender, endpoint, now);
        if (endpoint->Sender.Room > room)
            TransportReports.Writable(endpoint->Socket);
        if (endpoint->IsClosed && endpoint->Sender.IsEmpty)
            TransportReports.Drained(endpoint->Socket);
    }

    /// <summary>A segment has arrived.</summary>
    internal static void TakeData(WireEndpoint* endpoint, WirePacket* packet)
    {
        bool isTaken = WireReceiver.Take(&endpoint->Receiver, endpoint->Socket, packet, out bool isRefused);
        if (endpoint->IsClosed && (packet->Flags & WirePacket.EndFlag) != 0)
            endpoint->Receiver.HasEnd = true;
        if (isRefused)
        {
            SendReset(endpoint);
            Fail(endpoint, SocketApi.EPIPE);
        }
        else if (isTaken)
        {
            SendAck(endpoint, packet->Offset);
        }
    }

    /// <summary>The connection is over.</summary>
    internal static void Fail(WireEndpoint* endpoint, int error)
    {
        if (endpoint->Phase == WirePhase.Dead)
            return;

        // A peer that has everything and is gone already does not know the connection any more.
        bool isSent = endpoint->Sender.IsEmpty || endpoint->Sender.HasOnlyEnd;
        bool wasEnding = isSent && (endpoint->IsClosed || (endpoint->Receiver.HasEnd && error == SocketApi.ECONNRESET));
        endpoint->Phase = WirePhase.Dead;
        WireSender.CleanUp(&endpoint->Sender);
        if (!wasEnding)
            TransportReports.Fail(endpoint->Socket, error);
        TransportReports.Drained(endpoint->Socket);
    }

    private static WirePacket* Begin(WireEndpoint* endpoint, WirePacketType type)
    {
        WirePacket* packet = &endpoint->Network->Outgoing;
        packet->Type = type;
        packet->Flags = 0;
        packet->Length = 0;
        packet->To = endpoint->PeerId;
        packet->From = endpoint->Id;
        packet->Offset = ulong.MaxValue;
        packet->Ack = endpoint->Receiver.Before;
        packet->Window = WireReceiver.Window(endpoint->Socket);
        return packet;
    }
}
