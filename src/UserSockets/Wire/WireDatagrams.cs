// SPDX-License-Identifier: Apache-2.0
using System.Runtime.InteropServices;
using Reseau.Native.Interop.Posix;

namespace Reseau.Native.UserSockets.Wire;

/// <summary>Datagrams over a wire: sent once, in fragments, each with both names.</summary>
internal static unsafe class WireDatagrams
{
    /// <summary>What fits beside the names.</summary>
    internal const int FragmentMax = WirePacket.ContentMax - WireNames.SizeMax;

    /// <summary>Under the network's lock: how many bytes, or a negated error.</summary>
    internal static nint Write(WireEndpoint* sender, reseau_fragment* fragment)
    {
        SocketName to;
        int error = Destination(sender, fragment, &to);
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
        WireNames.Write(packet, &to, &sender->Local);
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
        int names = WireNames.Read(packet, &to, &from);
        WireEndpoint* receiver = names == 0 || !to.IsSet ? null : WireNames.Find(network, Libc.SOCK_DGRAM, &to);
        if (receiver == null || (receiver->HasPeer && !SocketName.AreEqual(&receiver->Remote, &from)))
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

    private static int Destination(WireEndpoint* sender, reseau_fragment* fragment, SocketName* to)
    {
        int error = 0;
        if (fragment->address != null)
            error = SocketName.Parse(sender->Domain, fragment->address, fragment->address_length, to);
        else
            *to = sender->Remote;
        if (error != 0)
            return error;
        if (!to->IsSet)
            return -Libc.EDESTADDRREQ;

        to->MakeReachable();
        return WireNames.BindForUse(sender, to);
    }
}
