// SPDX-License-Identifier: Apache-2.0
using System.Runtime.InteropServices;

namespace Reseau.Native.UserSockets.Wire;

/// <summary>Datagrams over a wire: sent once, in fragments, each with both names.</summary>
internal static unsafe class WireDatagrams
{
    /// <summary>What fits beside the names.</summary>
    internal const int FragmentMax = WirePacket.ContentMax - EndpointNames.SizeMax;

    /// <summary>Under the network's lock: how many bytes, or a negated error.</summary>
    internal static nint Write(WireEndpoint* sender, reseau_fragment* fragment)
    {
        SocketName to;
        int error = EndpointNames.Destination(&sender->Network->Base.Names, &sender->Named, fragment, &to);
        if (error != 0)
            return error;

        WirePacket* packet = &sender->Network->Outgoing;
        packet->Type = WirePacketType.Datagram;
        packet->Flags = 0;
        packet->To = 0;
        packet->From = sender->Id;
        packet->Window = (uint)fragment->total;
        packet->Offset = fragment->offset;
        packet->Ack = fragment->datagram;
        WirePacket.PutNames(packet, &to, &sender->Named.Local);
        NativeMemory.Copy(fragment->data, WirePacket.Content(packet) + packet->Length, fragment->length);
        packet->Length += (int)fragment->length;
        WireLink.Send(&sender->Network->Link, packet);
        return (nint)fragment->length;
    }

    /// <summary>A fragment has arrived; nobody is notified if there is no one for it.</summary>
    internal static void Take(WireNetwork* network, WirePacket* packet)
    {
        SocketName to;
        SocketName from;
        int names = WirePacket.TakeNames(packet, &to, &from);
        WireEndpoint* receiver = names == 0 || !to.IsSet
            ? null
            : (WireEndpoint*)EndpointNames.Find(&network->Base.Names, SocketApi.SOCK_DGRAM, &to, &from);
        if (receiver == null || (receiver->Named.HasPeer && !SocketName.IsPeer(&receiver->Named.Remote, &from)))
            return;

        reseau_fragment fragment = default;
        fragment.offset = packet->Offset;
        fragment.total = packet->Window;
        fragment.datagram = (ulong)packet->From << 32 | (uint)packet->Ack;
        fragment.data = WirePacket.Content(packet) + names;
        fragment.length = (nuint)(packet->Length - names);
        fragment.address = SocketName.Bytes(&from);
        fragment.address_length = from.Length;
        if (fragment.length < fragment.total)
        {
            ulong oldest = receiver->Assemblies.Note(fragment.datagram);
            if (oldest != 0)
                TransportReports.Abandon(receiver->Socket, oldest);
        }

        TransportReports.Deliver(receiver->Socket, &fragment);
    }
}
