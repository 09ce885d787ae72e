// SPDX-License-Identifier: Apache-2.0

namespace Reseau.Native.UserSockets.Wire;

/// <summary>How connections over a wire begin.</summary>
internal static unsafe class WireConnect
{
    /// <summary>connect() of a stream: -EINPROGRESS, or another negated error.</summary>
    internal static int Connect(NamedEndpoint* named, SocketName* to)
    {
        WireEndpoint* endpoint = (WireEndpoint*)named;
        return endpoint->Phase == WirePhase.Fresh ? Begin(endpoint, to) : -SocketApi.ECONNABORTED;
    }

    private static int Begin(WireEndpoint* endpoint, SocketName* to)
    {
        int error = EndpointNames.BindForUse(&endpoint->Network->Base.Names, &endpoint->Named, to);
        if (error != 0)
            return error;

        endpoint->Named.Remote = *to;
        endpoint->Named.HasPeer = true;
        endpoint->Phase = WirePhase.Opening;
        WireEndpoint.SendOpen(endpoint, Platform.ConditionVariable.Now());
        WireLink.WakeUp(&endpoint->Network->Link);
        return -SocketApi.EINPROGRESS;
    }

    /// <summary>The other end asks for a connection, perhaps again.</summary>
    internal static void TakeOpen(WireNetwork* network, WirePacket* packet)
    {
        SocketName to;
        SocketName from;
        if (WirePacket.TakeNames(packet, &to, &from) == 0 || !to.IsSet)
            return;

        WireEndpoint* endpoint = WireNetwork.First(network);
        while (endpoint != null && !(endpoint->PeerId == packet->From && endpoint->Phase == WirePhase.Open))
            endpoint = (WireEndpoint*)endpoint->Named.Next;
        if (endpoint != null)
        {
            WireEndpoint.SendAccepted(endpoint);
            return;
        }

        WireEndpoint* listener = (WireEndpoint*)EndpointNames.Find(
            &network->Base.Names, SocketApi.SOCK_STREAM, &to, &from);
        int error = listener == null || !listener->Named.IsListening
            ? -SocketApi.ECONNREFUSED
            : Accept(network, listener, packet, &to, &from);
        if (error == -SocketApi.ECONNREFUSED)
            Answer(network, packet, WirePacketType.Refused);
    }

    /// <summary>To a packet that no connection here takes.</summary>
    internal static void Answer(WireNetwork* network, WirePacket* packet, WirePacketType type)
    {
        WirePacket* answer = &network->Outgoing;
        answer->Type = type;
        answer->Flags = 0;
        answer->Length = 0;
        answer->To = packet->From;
        answer->From = packet->To;
        answer->Offset = 0;
        answer->Ack = 0;
        answer->Window = 0;
        WireLink.Send(&network->Link, answer);
    }

    // Without room in the listener's queue there is no answer: the other end asks again.
    private static int Accept(
        WireNetwork* network, WireEndpoint* listener, WirePacket* packet, SocketName* to, SocketName* from)
    {
        WireEndpoint* endpoint = WireEndpoint.New(network, listener->Named.Domain, listener->Named.Type);
        UserSocket* socket;
        int error = TransportReports.Prepare(listener->Socket, endpoint, null, &socket);
        if (error != 0)
        {
            WireEndpoint.Free(endpoint);
            return error;
        }

        endpoint->Named.Local = *to;
        endpoint->Named.Remote = *from;
        endpoint->Named.HasPeer = true;
        endpoint->Phase = WirePhase.Open;
        endpoint->PeerId = packet->From;
        WireNetwork.Add(network, endpoint, socket);
        endpoint->Sender.SetLimit(packet->Ack + packet->Window);
        error = SocketListener.Offer(listener->Socket, socket);
        if (error == 0)
        {
            WireEndpoint.SendAccepted(endpoint);
            return 0;
        }

        // The network forgets it in this turn.
        endpoint->Phase = WirePhase.Dead;
        endpoint->PeerId = 0;
        UserSocket.Destroy(socket);
        return error;
    }
}
