// SPDX-License-Identifier: Apache-2.0
using System.Runtime.InteropServices;
using Reseau.Native.Common;
using Reseau.Native.EventLoops.Virtual;
using Reseau.Native.Resolver;

namespace Reseau.Native.Sockets.Virtual;

/// <summary>A datagram that waits to be received, or is on its way between hosts; its bytes are behind it.</summary>
internal unsafe struct VirtualDatagram
{
    // What IP and UDP leave of a packet.
    internal const nuint MaxBytes = 65_507;

    private VirtualDatagram* _next;
    private nuint _length;

    // ---- Between hosts ----

    private aws_task _task;
    private VirtualNetwork* _network;
    private VirtualPath* _path;
    private ulong _sender;
    private SocketAddress _from;
    private SocketAddress _to;

    /// <summary>
    /// Hands pieces as one datagram to whoever is bound to the sender's remote address. It is lost if nobody is, or if
    /// there is no room.
    /// </summary>
    internal static nuint Send(VirtualSocket* sender, SendPiece* pieces, int count)
    {
        nuint length = 0;
        for (int i = 0; i < count; i++)
            length += pieces[i].Length;

        VirtualNetwork* network = sender->Network;
        if (sender->Host != null)
        {
            SendToHost(sender, &sender->Remote, pieces, count, length);
            return length;
        }

        VirtualSocket* receiver = VirtualNetwork.Find(network, &sender->Remote, isStream: false);
        if (receiver == null || receiver->DatagramBytes + length > network->ReceiveCapacity)
            return length;

        Deliver(receiver, New(network, pieces, count, length));
        return length;
    }

    /// <summary>
    /// Sends pieces as one datagram from a host to an address. Returns 0 or an error; what is lost is a success.
    /// </summary>
    internal static int SendToHost(
        VirtualSocket* sender, SocketAddress* to, SendPiece* pieces, int count, nuint length)
    {
        if (length > MaxBytes)
            return AWS_ERROR_INVALID_BUFFER_SIZE;
        IpAddress ip = VirtualAddress.IpOf(to);
        VirtualHost* host = VirtualNetwork.HostOf(sender->Network, sender->Host, &ip);
        if (host == null)
            return AWS_IO_SOCKET_NO_ROUTE_TO_HOST;

        // A socket of every address sends from that which the host is reached by.
        SocketAddress from = sender->Local;
        if (from.Length == 0 || VirtualAddress.IsAny(&from))
        {
            IpAddress source;
            if (!VirtualHost.TryGetSource(sender->Host, &ip, &source))
                return AWS_IO_SOCKET_NO_ROUTE_TO_HOST;
            VirtualAddress.FromIp(&source, VirtualAddress.PortOf(&sender->Local), &from);
        }

        VirtualPath* path = VirtualNetwork.PathOf(sender->Network, sender->Host, host);
        int copies = VirtualPath.Duplicates(path) ? 2 : 1;
        for (int i = 0; i < copies; i++)
        {
            VirtualDatagram* datagram = New(sender->Network, pieces, count, length);
            datagram->_network = sender->Network;
            datagram->_path = path;
            datagram->_sender = sender->Number;
            datagram->_from = from;
            datagram->_to = *to;
            Leave(datagram);
        }

        return AWS_ERROR_SUCCESS;
    }

    /// <summary>
    /// Takes the oldest one. Its bytes go into the buffers one after the other, and what does not fit is lost. How many
    /// bytes were written, or <see cref="SocketResult"/>'s WouldBlock and Truncated.
    /// </summary>
    internal static int Take(
        VirtualSocket* socket, ReceiveBuffer* buffers, int count, nuint* received, SocketAddress* sender = null)
    {
        VirtualDatagram* datagram = socket->FirstDatagram;
        if (datagram == null)
            return SocketResult.WouldBlock;

        byte* from = BytesOf(datagram);
        nuint left = datagram->_length;
        for (int i = 0; i < count; i++)
        {
            nuint part = nuint.Min(left, buffers[i].Length);
            NativeMemory.Copy(from, buffers[i].Data, part);
            from += part;
            left -= part;
        }

        *received = datagram->_length - left;
        if (sender != null)
            *sender = datagram->_from;
        Remove(socket);
        return left == 0 ? AWS_ERROR_SUCCESS : SocketResult.Truncated;
    }

    internal static void FreeAll(VirtualSocket* socket)
    {
        while (socket->FirstDatagram != null)
            Remove(socket);
    }

    private static byte* BytesOf(VirtualDatagram* datagram) => (byte*)(datagram + 1);

    private static VirtualDatagram* New(VirtualNetwork* network, SendPiece* pieces, int count, nuint length)
    {
        VirtualDatagram* datagram = (VirtualDatagram*)Allocator.Acquire(
            network->Allocator, (nuint)sizeof(VirtualDatagram) + length);
        *datagram = default;
        datagram->_length = length;
        byte* into = BytesOf(datagram);
        for (int i = 0; i < count; i++)
        {
            NativeMemory.Copy(pieces[i].Data, into, pieces[i].Length);
            into += pieces[i].Length;
        }

        return datagram;
    }

    private static void Deliver(VirtualSocket* receiver, VirtualDatagram* datagram)
    {
        VirtualDatagram** end = &receiver->FirstDatagram;
        while (*end != null)
            end = &(*end)->_next;
        *end = datagram;
        receiver->DatagramBytes += datagram->_length;
        VirtualSocket.Raise(receiver, SocketEvents.Readable);
        VirtualReceive.Progress(receiver);
    }

    private static void Remove(VirtualSocket* socket)
    {
        VirtualDatagram* datagram = socket->FirstDatagram;
        socket->FirstDatagram = datagram->_next;
        socket->DatagramBytes -= datagram->_length;
        Allocator.Release(socket->Network->Allocator, datagram);
        if (socket->FirstDatagram == null)
            VirtualSocket.Lower(socket, SocketEvents.Readable);
    }

    // ---- Between hosts ----

    private static void Leave(VirtualDatagram* datagram)
    {
        ulong arrival = VirtualPath.SendDatagram(datagram->_path, datagram->_length);
        Report(datagram, NetworkEventKind.Sent, arrival);
        if (arrival == 0)
        {
            Lose(datagram);
            return;
        }

        ScheduledTask.Init(&datagram->_task, &OnArrival, datagram, Literal.Of("virtual_datagram"u8));
        VirtualTime.ScheduleEvent(datagram->_network->Time, &datagram->_task, arrival);
    }

    private static void OnArrival(aws_task* task, void* argument, aws_task_status status)
    {
        VirtualDatagram* datagram = (VirtualDatagram*)argument;
        if (status != AWS_TASK_STATUS_RUN_READY)
        {
            Allocator.Release(datagram->_network->Allocator, datagram);
            return;
        }

        VirtualSocket* receiver = FindReceiver(datagram);
        bool isOpen = VirtualPath.IsOpen(datagram->_path);
        if (isOpen && receiver != null && datagram->_length <= RoomOf(receiver))
        {
            Report(datagram, NetworkEventKind.Arrived, 0);
            Deliver(receiver, datagram);
            return;
        }

        if (isOpen && receiver == null)
            NotifySender(datagram);
        Lose(datagram);
    }

    private static VirtualSocket* FindReceiver(VirtualDatagram* datagram)
    {
        VirtualSocket* receiver = VirtualNetwork.FindOnHost(
            datagram->_network, datagram->_path->To, &datagram->_to, isStream: false);
        return receiver == null || !receiver->HasDatagramPeer ||
            VirtualAddress.AreEqual(&receiver->Remote, &datagram->_from)
            ? receiver
            : null;
    }

    private static nuint RoomOf(VirtualSocket* receiver)
    {
        nuint most = receiver->DatagramRoom != 0 ? receiver->DatagramRoom : receiver->Host->Faults.BufferBytes;
        return receiver->DatagramBytes >= most ? 0 : most - receiver->DatagramBytes;
    }

    // The host says that nobody has the port (ICMP, RFC 792). That takes no time.
    private static void NotifySender(VirtualDatagram* datagram)
    {
        VirtualSocket* sender = VirtualSocket.Find(datagram->_network, datagram->_sender);
        if (sender == null || !sender->HasDatagramPeer)
            return;
        sender->Error = AWS_IO_SOCKET_CONNECTION_REFUSED;
        VirtualSocket.Raise(sender, SocketEvents.Failed);
    }

    private static void Lose(VirtualDatagram* datagram)
    {
        Report(datagram, NetworkEventKind.Lost, 0);
        Allocator.Release(datagram->_network->Allocator, datagram);
    }

    private static void Report(VirtualDatagram* datagram, NetworkEventKind kind, ulong arrival)
    {
        NetworkEvent happened = new()
        {
            Kind = kind,
            FromHost = datagram->_path->From,
            ToHost = datagram->_path->To,
            From = VirtualAddress.IpOf(&datagram->_from),
            To = VirtualAddress.IpOf(&datagram->_to),
            FromPort = (ushort)VirtualAddress.PortOf(&datagram->_from),
            ToPort = (ushort)VirtualAddress.PortOf(&datagram->_to),
            Data = BytesOf(datagram),
            Length = datagram->_length,
            Arrival = arrival,
        };
        VirtualNetwork.Report(datagram->_network, &happened);
    }
}
