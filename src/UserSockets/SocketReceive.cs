// SPDX-License-Identifier: Apache-2.0
using System.Threading;
using Mutex = Reseau.Native.Common.Threading.Mutex;

namespace Reseau.Native.UserSockets;

/// <summary>Receiving. Results are numbers of bytes or negated errors.</summary>
internal static unsafe class SocketReceive
{
    /// <summary>What a call asks for besides bytes.</summary>
    internal struct Request
    {
        internal int Flags;

        /// <summary>Room for the sender's address, and how much; null if nobody asks.</summary>
        internal void* Address;
        internal uint AddressRoom;

        /// <summary>The whole length of the address.</summary>
        internal uint AddressLength;

        /// <summary>MSG_TRUNC, if the datagram was longer than the room for it.</summary>
        internal int MessageFlags;

        internal readonly bool Has(int flag) => (Flags & flag) != 0;
    }

    internal static nint Receive(UserSocket* socket, Pieces* pieces, Request* request)
    {
        if (request->Has(SocketApi.MSG_OOB))
            return socket->IsStream ? -SocketApi.EINVAL : -SocketApi.EOPNOTSUPP;
        // There are no errors apart from the data.
        if (request->Has(SocketApi.MSG_ERRQUEUE) && socket->Domain != SocketApi.AF_UNIX)
            return -SocketApi.EAGAIN;
        if (socket->HasConnections && socket->Phase is SocketPhase.Fresh or SocketPhase.Listening)
            return NotConnected(socket);

        return !socket->IsStream ? ReceiveDatagram(socket, pieces, request)
            : request->Has(SocketApi.MSG_PEEK) ? PeekStream(socket, pieces, request)
            : ReadStream(socket, pieces, request);
    }

    private static nint ReadStream(UserSocket* socket, Pieces* pieces, Request* request)
    {
        nuint length = pieces->Left;
        nuint target = Target(socket, length, request);
        ulong deadline = 0;
        while (true)
        {
            // Before the bytes are looked at: what is over had all of them by then.
            bool isOver = SocketReadiness.IsReadOver(socket);
            TakeBytes(socket, pieces);
            nuint got = length - pieces->Left;
            if (got >= target)
                return (nint)got;
            if (isOver)
                return got > 0 ? (nint)got : EndOfStream(socket);

            nint result = Wait(socket, request, &deadline, target - got);
            if (result < 0)
                return got > 0 ? (nint)got : result;
        }
    }

    private static nint PeekStream(UserSocket* socket, Pieces* pieces, Request* request)
    {
        nuint target = Target(socket, pieces->Left, request);
        ulong deadline = 0;
        while (true)
        {
            bool isOver = SocketReadiness.IsReadOver(socket);
            bool isEnough = SocketReadiness.HasData(socket, target);
            nint waited = isOver || isEnough ? 0 : Wait(socket, request, &deadline, target);
            if (waited == 0 && !isOver && !isEnough)
                continue;

            nuint got = CopyBytes(socket, pieces);
            return got > 0 || target == 0 ? (nint)got : waited < 0 ? waited : EndOfStream(socket);
        }
    }

    // Who reads has had everything; that what is sent reaches nobody is for the next send().
    private static nint EndOfStream(UserSocket* socket) =>
        Volatile.Read(ref socket->PendingError) == SocketApi.EPIPE ? 0 : -UserSocket.TakeError(socket);

    private static void TakeBytes(UserSocket* socket, Pieces* pieces)
    {
        nuint before = pieces->Left;
        Mutex.Lock(&socket->ReadLock);
        while (pieces->Left > 0)
        {
            byte* data;
            nuint room = Pieces.Next(pieces, &data);
            nuint count = (nuint)StreamRing.Read(&socket->Stream, data, room);
            Pieces.Advance(pieces, count);
            if (count < room)
                break;
        }

        Mutex.Unlock(&socket->ReadLock);
        if (pieces->Left != before)
            TransportReports.NoteRead(socket);
    }

    private static nuint CopyBytes(UserSocket* socket, Pieces* pieces)
    {
        nuint ahead = 0;
        Mutex.Lock(&socket->ReadLock);
        while (pieces->Left > 0)
        {
            byte* data;
            nuint room = Pieces.Next(pieces, &data);
            nuint count = (nuint)StreamRing.Peek(&socket->Stream, ahead, data, room);
            Pieces.Advance(pieces, count);
            ahead += count;
            if (count < room)
                break;
        }

        Mutex.Unlock(&socket->ReadLock);
        return ahead;
    }

    private static nint ReceiveDatagram(UserSocket* socket, Pieces* pieces, Request* request)
    {
        if (request->Address != null && CallerMemory.IsMissing(request->Address, request->AddressRoom))
            return -SocketApi.EFAULT;

        ulong deadline = 0;
        while (true)
        {
            // A connection's datagrams come before its error; of others the error is some datagram's that was sent.
            int error = socket->HasConnections ? 0 : UserSocket.TakeError(socket);
            if (error != 0)
                return -error;

            bool isOver = SocketReadiness.IsReadOver(socket);
            if (TakeDatagram(socket, pieces, request, out nint length))
                return length;
            if (isOver)
                return -UserSocket.TakeError(socket);

            nint result = Wait(socket, request, &deadline, 1);
            if (result < 0)
                return result;
        }
    }

    private static bool TakeDatagram(UserSocket* socket, Pieces* pieces, Request* request, out nint length)
    {
        length = 0;
        Mutex.Lock(&socket->ReadLock);
        bool isThere = DatagramRing.NextLength(&socket->Datagrams, out ulong whole);
        if (isThere)
        {
            nuint copied = CopyDatagram(socket, pieces);
            if (request->Address != null)
            {
                request->AddressLength = DatagramRing.PeekAddress(
                    &socket->Datagrams, request->Address, request->AddressRoom);
            }

            if (copied < whole)
                request->MessageFlags |= SocketApi.MSG_TRUNC;
            length = request->Has(SocketApi.MSG_TRUNC) ? (nint)whole : (nint)copied;
            if (!request->Has(SocketApi.MSG_PEEK))
                DatagramRing.Take(&socket->Datagrams);
        }

        Mutex.Unlock(&socket->ReadLock);
        if (isThere && !request->Has(SocketApi.MSG_PEEK))
            TransportReports.NoteRead(socket);
        return isThere;
    }

    private static nuint CopyDatagram(UserSocket* socket, Pieces* pieces)
    {
        nuint copied = 0;
        while (pieces->Left > 0)
        {
            byte* data;
            nuint room = Pieces.Next(pieces, &data);
            nuint count = (nuint)DatagramRing.Peek(&socket->Datagrams, copied, data, room);
            Pieces.Advance(pieces, count);
            copied += count;
            if (count < room)
                break;
        }

        return copied;
    }

    // How many bytes make the call return without more ado.
    private static nuint Target(UserSocket* socket, nuint length, Request* request) =>
        request->Has(SocketApi.MSG_WAITALL) ? length : nuint.Min(length, socket->Options.ReceiveLowWater);

    private static nint NotConnected(UserSocket* socket)
    {
        int error = UserSocket.TakeError(socket);
        return error != 0 ? -error : -SocketApi.ENOTCONN;
    }

    private static int Wait(UserSocket* socket, Request* request, ulong* deadline, nuint needed)
    {
        if (socket->Description.IsNonBlocking || request->Has(SocketApi.MSG_DONTWAIT))
            return -SocketApi.EAGAIN;
        if (*deadline == 0)
            *deadline = socket->Options.ReceiveDeadline();
        return Description.Wait(
            &socket->Description, SocketReadiness.Everything, *deadline, &SocketReadiness.CanRead, needed);
    }
}
