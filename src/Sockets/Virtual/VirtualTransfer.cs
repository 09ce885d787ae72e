// SPDX-License-Identifier: Apache-2.0

namespace Reseau.Native.Sockets.Virtual;

/// <summary>Receiving and sending by readiness: each call moves what can be moved now.</summary>
internal static unsafe class VirtualTransfer
{
    internal static int Receive(SocketCore* core, ReceiveBatch* batch)
    {
        VirtualSocket* socket = VirtualSocket.Of(core);
        ReceiveBatch.AcquireBuffers(batch);
        if (batch->Count == 0)
            return AWS_ERROR_SUCCESS;

        nuint received = 0;
        int result = Take(core, batch->Buffers, batch->Count, &received);
        ReceiveBatch.Keep(batch, received);
        batch->IsDrained = received > 0 && IsEmpty(socket);
        return result;
    }

    internal static int ReceiveInto(SocketCore* core, byte* into, nuint size, nuint* amount)
    {
        if (size == 0)
            return AWS_ERROR_SUCCESS;

        ReceiveBuffer buffer = new() { Data = into, Length = size };
        return Take(core, &buffer, 1, amount);
    }

    internal static int Send(SocketCore* core, SendPiece* pieces, int count, nuint* sent)
    {
        VirtualSocket* socket = VirtualSocket.Of(core);
        if (!socket->IsStream)
        {
            *sent = VirtualDatagram.Send(socket, pieces, count);
            return AWS_ERROR_SUCCESS;
        }

        if (CannotSend(socket))
            return AWS_IO_SOCKET_CLOSED;

        nuint most = socket->Network->MaxSend;
        for (int i = 0; i < count; i++)
        {
            nuint wanted = VirtualHost.Shorten(socket->Host, nuint.Min(pieces[i].Length, most - *sent));
            nuint taken = VirtualStream.Take(socket, pieces[i].Data, wanted);
            *sent += taken;
            if (taken == pieces[i].Length)
                continue;

            // A short send promises a writable event, also when only the limit was in the way. Without room it comes
            // when there is some: raised now, it would be taken for one that has been reported already.
            if ((*sent == most || taken == wanted) && socket->Out.Room > 0)
                VirtualSocket.Raise(socket, SocketEvents.Writable);
            return *sent == 0 ? SocketResult.WouldBlock : AWS_ERROR_SUCCESS;
        }

        return AWS_ERROR_SUCCESS;
    }

    /// <summary>Bytes, or a datagram, into buffers whose lengths say how much fits.</summary>
    internal static int Take(SocketCore* core, ReceiveBuffer* buffers, int count, nuint* received)
    {
        VirtualSocket* socket = VirtualSocket.Of(core);
        if (!socket->IsStream)
            return VirtualDatagram.Take(socket, buffers, count, received);

        *received = FromStream(socket, buffers, count);
        VirtualStream.MadeRoom(socket);
        return *received > 0 ? AWS_ERROR_SUCCESS : OnNothing(core);
    }

    internal static nuint FromStream(VirtualSocket* socket, ReceiveBuffer* buffers, int count)
    {
        nuint received = 0;
        for (int i = 0; i < count; i++)
        {
            nuint most = nuint.Min(buffers[i].Length, socket->Network->MaxReceive - received);
            nuint wanted = VirtualHost.Shorten(socket->Host, nuint.Min(most, socket->In.Count));
            received += ByteRing.Take(&socket->In, buffers[i].Data, wanted);
            if (wanted < buffers[i].Length)
                break;
        }

        return received;
    }

    /// <summary>There are no bytes: what that means.</summary>
    internal static int OnNothing(SocketCore* core)
    {
        VirtualSocket* socket = VirtualSocket.Of(core);
        if (!VirtualStream.HasEnd(socket))
            return SocketResult.WouldBlock;
        if (!socket->IsReset)
            core->HasReadEnd = true;
        return socket->IsReset ? socket->ResetError : AWS_IO_SOCKET_CLOSED;
    }

    internal static bool CannotSend(VirtualSocket* socket) =>
        socket->IsReset || socket->HasEnded || socket->HasNoReader;

    internal static bool IsEmpty(VirtualSocket* socket) =>
        socket->IsStream && socket->In.Count == 0 && !VirtualStream.HasEnd(socket);
}
