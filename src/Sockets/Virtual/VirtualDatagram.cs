// SPDX-License-Identifier: Apache-2.0
using System.Runtime.InteropServices;
using Reseau.Native.Common;

namespace Reseau.Native.Sockets.Virtual;

/// <summary>A datagram that waits to be received; its bytes are behind it.</summary>
internal unsafe struct VirtualDatagram
{
    private VirtualDatagram* _next;
    private nuint _length;

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
        VirtualSocket* receiver = VirtualNetwork.Find(network, &sender->Remote, isStream: false);
        if (receiver == null || receiver->DatagramBytes + length > network->ReceiveCapacity)
            return length;

        VirtualDatagram* datagram = (VirtualDatagram*)Allocator.Acquire(
            network->Allocator, (nuint)sizeof(VirtualDatagram) + length);
        datagram->_next = null;
        datagram->_length = length;
        byte* into = (byte*)(datagram + 1);
        for (int i = 0; i < count; i++)
        {
            NativeMemory.Copy(pieces[i].Data, into, pieces[i].Length);
            into += pieces[i].Length;
        }

        Append(receiver, datagram);
        VirtualSocket.Raise(receiver, SocketEvents.Readable);
        VirtualReceive.Progress(receiver);
        return length;
    }

    /// <summary>
    /// Takes the oldest one. Its bytes go into the buffers one after the other, and what does not fit is lost. How many
    /// bytes were written, or <see cref="SocketResult"/>'s WouldBlock and Truncated.
    /// </summary>
    internal static int Take(VirtualSocket* socket, ReceiveBuffer* buffers, int count, nuint* received)
    {
        VirtualDatagram* datagram = socket->FirstDatagram;
        if (datagram == null)
            return SocketResult.WouldBlock;

        byte* from = (byte*)(datagram + 1);
        nuint left = datagram->_length;
        for (int i = 0; i < count; i++)
        {
            nuint part = nuint.Min(left, buffers[i].Length);
            NativeMemory.Copy(from, buffers[i].Data, part);
            from += part;
            left -= part;
        }

        *received = datagram->_length - left;
        Remove(socket);
        return left == 0 ? AWS_ERROR_SUCCESS : SocketResult.Truncated;
    }

    internal static void FreeAll(VirtualSocket* socket)
    {
        while (socket->FirstDatagram != null)
            Remove(socket);
    }

    private static void Append(VirtualSocket* socket, VirtualDatagram* datagram)
    {
        VirtualDatagram** end = &socket->FirstDatagram;
        while (*end != null)
            end = &(*end)->_next;
        *end = datagram;
        socket->DatagramBytes += datagram->_length;
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
}
