// SPDX-License-Identifier: Apache-2.0
using System.Runtime.InteropServices;

namespace Reseau.Native.UserSockets.Shared;

/// <summary>
/// Datagrams over shared memory, each a frame. The sender is slowed down by the ring; what a receive buffer has no room
/// for is lost. Under the network's lock.
/// </summary>
internal static unsafe class SharedDatagrams
{
    /// <summary>How many bytes, or a negated error.</summary>
    internal static nint Write(SharedEndpoint* sender, reseau_fragment* fragment)
    {
        SocketName to;
        int error = EndpointNames.Destination(&sender->Network->Base.Names, &sender->Named, fragment, &to);
        if (error != 0)
            return error;
        if (sender->Network->Link.IsBroken || !SharedLink.HasPeer(&sender->Network->Link))
            return (nint)fragment->length; // to nobody

        nuint size = fragment->length + EndpointNames.SizeMax;
        if (SharedNetwork.Room(sender, size) < size)
            return -SocketApi.EAGAIN;

        SharedNetwork.SendDatagram(sender, &to, fragment);
        return (nint)fragment->length;
    }

    /// <summary>One has arrived; it is lost if there is nobody for it.</summary>
    internal static void Take(SharedNetwork* network, SharedFrame* frame, ulong number)
    {
        byte* names = stackalloc byte[EndpointNames.SizeMax];
        SharedFrame beginning = *frame;
        beginning.Length = uint.Min(frame->Length, EndpointNames.SizeMax);
        SharedLink.Copy(&network->Link, &beginning, names);
        SocketName to;
        SocketName from;
        int size = EndpointNames.Read(names, (int)beginning.Length, &to, &from);
        SharedEndpoint* receiver = size == 0 || !to.IsSet
            ? null
            : (SharedEndpoint*)EndpointNames.Find(&network->Base.Names, SocketApi.SOCK_DGRAM, &to, &from);
        if (receiver == null
            || (receiver->Named.HasPeer && !SocketName.IsPeer(&receiver->Named.Remote, &from)))
        {
            return;
        }

        reseau_fragment fragment = default;
        fragment.total = frame->Length - (ulong)size;
        fragment.datagram = number;
        fragment.address = SocketName.Bytes(&from);
        fragment.address_length = from.Length;
        Deliver(network, receiver, &fragment, (ulong)size);
    }

    // In two fragments where it goes over the ring's end.
    private static void Deliver(
        SharedNetwork* network, SharedEndpoint* receiver, reseau_fragment* fragment, ulong namesSize)
    {
        do
        {
            nuint length = (nuint)(fragment->total - fragment->offset);
            fragment->data = SharedLink.Piece(&network->Link, namesSize + fragment->offset, ref length);
            fragment->length = length;
            if (TransportReports.Deliver(receiver->Socket, fragment) < 0)
                return;
            fragment->offset += length;
        }
        while (fragment->offset < fragment->total);
    }
}
