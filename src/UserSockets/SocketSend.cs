// SPDX-License-Identifier: Apache-2.0
using System.Threading;
using Reseau.Native.Platform;
using Mutex = Reseau.Native.Common.Threading.Mutex;

namespace Reseau.Native.UserSockets;

/// <summary>Sending. Results are numbers of bytes or negated errors.</summary>
internal static unsafe class SocketSend
{
    // Datagrams in pieces are gathered here if they are not larger.
    private const int GatherOnStack = 2048;

    internal static nint Send(UserSocket* socket, Pieces* pieces, int flags, void* address, uint addressLength)
    {
        if ((flags & SocketApi.MSG_OOB) != 0)
            return -SocketApi.EOPNOTSUPP;
        if (addressLength > DatagramRing.AddressMax)
            return -SocketApi.EINVAL;
        if (address != null && CallerMemory.IsMissing(address, addressLength))
            return -SocketApi.EFAULT;

        nint sent = socket->IsStream
            ? SendStream(socket, pieces, flags, address, addressLength)
            : SendDatagram(socket, pieces, flags, address, addressLength);
        if (sent == -SocketApi.EPIPE && (flags & SocketApi.MSG_NOSIGNAL) == 0 && socket->IsStream)
            Signals.RaiseBrokenPipe();
        return sent;
    }

    private static nint SendStream(
        UserSocket* socket, Pieces* pieces, int flags, void* address, uint addressLength)
    {
        reseau_fragment fragment = default;
        fragment.address = address;
        fragment.address_length = address == null ? 0 : addressLength;
        nuint length = pieces->Left;
        ulong deadline = 0;
        while (true)
        {
            Mutex.Lock(&socket->WriteLock);
            nint result = WriteStream(socket, &fragment, pieces, hasSent: pieces->Left < length);
            Mutex.Unlock(&socket->WriteLock);
            if (result == -SocketApi.EAGAIN && !IsNonBlocking(socket, flags))
            {
                nuint needed = nuint.Min(pieces->Left, socket->Options.SendLowWater);
                result = Wait(socket, &deadline, &SocketReadiness.CanWrite, needed);
                if (result == 0)
                    continue;
            }

            nuint sent = length - pieces->Left;
            return sent > 0 ? (nint)sent : result;
        }
    }

    // All that is left: 0. Or a negated error: EAGAIN when the transport takes no more.
    private static nint WriteStream(UserSocket* socket, reseau_fragment* fragment, Pieces* pieces, bool hasSent)
    {
        nint error = Check(socket, hasSent);
        while (error == 0 && pieces->Left > 0)
        {
            byte* data;
            nuint length = Pieces.Next(pieces, &data);
            fragment->offset = socket->SentBytes;
            fragment->data = data;
            fragment->length = FragmentLength(socket, length);
            nint taken = Transport.Write(socket, fragment);
            if (taken <= 0)
                return taken == 0 ? -SocketApi.EAGAIN : taken;

            socket->SentBytes += (ulong)taken;
            Pieces.Advance(pieces, (nuint)taken);
        }

        return error;
    }

    private static nint SendDatagram(
        UserSocket* socket, Pieces* pieces, int flags, void* address, uint addressLength)
    {
        nuint length = pieces->Left;
        if (socket->Traits.max_datagram != 0 && length > socket->Traits.max_datagram)
            return -SocketApi.EMSGSIZE;

        byte* data = null;
        if (length > 0 && Pieces.Next(pieces, &data) == length)
            return SendWhole(socket, data, length, flags, address, addressLength);

        if (length <= GatherOnStack)
        {
            byte* small = stackalloc byte[GatherOnStack];
            Pieces.Gather(pieces, small);
            return SendWhole(socket, small, length, flags, address, addressLength);
        }

        byte* large = (byte*)Common.Allocator.Acquire(Common.Allocator.Default(), length);
        Pieces.Gather(pieces, large);
        nint sent = SendWhole(socket, large, length, flags, address, addressLength);
        Common.Allocator.Release(Common.Allocator.Default(), large);
        return sent;
    }

    private static nint SendWhole(
        UserSocket* socket, byte* data, nuint length, int flags, void* address, uint addressLength)
    {
        reseau_fragment fragment = default;
        fragment.total = length;
        fragment.address = address;
        fragment.address_length = address == null ? 0 : addressLength;
        ulong deadline = 0;
        while (true)
        {
            Mutex.Lock(&socket->WriteLock);
            nint result = WriteDatagram(socket, &fragment, data);
            Mutex.Unlock(&socket->WriteLock);
            if (result == 0)
                return (nint)length;
            if (result != -SocketApi.EAGAIN || IsNonBlocking(socket, flags))
                return result;

            result = Wait(socket, &deadline, &SocketReadiness.CanWriteDatagram, 0);
            if (result < 0)
                return result;
        }
    }

    // 0 or a negated error. A transport that has taken the first fragment takes the others.
    private static nint WriteDatagram(UserSocket* socket, reseau_fragment* fragment, byte* data)
    {
        nint error = Check(socket, hasSent: false);
        if (error == 0 && socket->Phase != SocketPhase.Connected && fragment->address == null)
            error = -SocketApi.EDESTADDRREQ;
        if (error != 0)
            return error;

        Volatile.Write(ref socket->IsWriteBlocked, true);
        fragment->datagram = ++socket->SentDatagrams;
        fragment->offset = 0;
        do
        {
            fragment->data = data + fragment->offset;
            fragment->length = FragmentLength(socket, (nuint)(fragment->total - fragment->offset));
            nint taken = Transport.Write(socket, fragment);
            if (taken < 0 || (nuint)taken < fragment->length)
                return taken < 0 ? taken : fragment->offset == 0 ? -SocketApi.EAGAIN : -SocketApi.EIO;
            fragment->offset += fragment->length;
        }
        while (fragment->offset < fragment->total);

        Volatile.Write(ref socket->IsWriteBlocked, false);
        return 0;
    }

    // The pending error is left for the next call if this one has sent something.
    private static nint Check(UserSocket* socket, bool hasSent)
    {
        int error = hasSent ? Volatile.Read(ref socket->PendingError) : UserSocket.TakeError(socket);
        if (error != 0)
            return -error;
        if (socket->IsWriteShut || SocketReadiness.IsWriteOver(socket))
            return -SocketApi.EPIPE;
        return socket->HasConnections ? PhaseError(socket->Phase) : 0;
    }

    private static nint PhaseError(SocketPhase phase) => phase switch
    {
        SocketPhase.Connecting => -SocketApi.EAGAIN,
        SocketPhase.Connected => 0,
        _ => -SocketApi.ENOTCONN,
    };

    private static nuint FragmentLength(UserSocket* socket, nuint length) =>
        socket->Traits.max_fragment == 0 ? length : nuint.Min(length, socket->Traits.max_fragment);

    private static bool IsNonBlocking(UserSocket* socket, int flags) =>
        socket->Description.IsNonBlocking || (flags & SocketApi.MSG_DONTWAIT) != 0;

    private static int Wait(
        UserSocket* socket, ulong* deadline, delegate*<void*, nuint, bool> isReady, nuint needed)
    {
        if (*deadline == 0)
            *deadline = socket->Options.SendDeadline();
        return Description.Wait(&socket->Description, SocketReadiness.Everything, *deadline, isReady, needed);
    }
}
