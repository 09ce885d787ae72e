// SPDX-License-Identifier: Apache-2.0
using System.Runtime.CompilerServices;
using System.Threading;
using Reseau.Native.Common;
using Reseau.Native.EventLoops;
using Reseau.Native.Resolver;
using Reseau.Native.Sockets;

namespace Reseau.Native.Connections;

/// <summary>
/// Sending and receiving by the thread that asks for it. The socket is held. Results are numbers of datagrams or bytes,
/// or errors of reseau_error.
/// </summary>
internal static unsafe class DatagramTransfer
{
    /// <summary>Sends one. Returns its length.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    internal static long SendOne(DatagramSocket* socket, void* data, nuint length, reseau_ip* ip, ushort port)
    {
        reseau_datagram datagram = new() { data = data, length = length, port = port };
        if (ip != null)
            datagram.ip = *ip;
        if (ip != null && ip->family == 0)
            return RESEAU_ERROR_INVALID_ARGUMENT;
        int sent = Send(socket, &datagram, 1);
        return sent == 1 ? (long)length : sent;
    }

    /// <summary>Sends them in order, until one cannot be. Returns how many went; an error only if none did.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    internal static int Send(DatagramSocket* socket, reseau_datagram* datagrams, nuint count)
    {
        SendPosition position = default;
        int error = Send(socket, datagrams, count, ref position);

        // What is left of one that is several is dropped, as the network may drop it.
        nuint sent = position.Offset > 0 ? position.Index + 1 : position.Index;
        return sent > 0 ? (int)sent : error;
    }

    /// <summary>
    /// The same behind so many bytes of the first; then it is how many have gone of the first that has not as a whole.
    /// An error only if nothing went.
    /// </summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    internal static int SendRest(DatagramSocket* socket, reseau_datagram* datagrams, nuint count, nuint* sentOfFirst)
    {
        nuint offset = *sentOfFirst;
        if (offset > 0 && (count == 0 || datagrams->segment_size == 0 || offset >= datagrams->length ||
            offset % datagrams->segment_size != 0))
        {
            return RESEAU_ERROR_INVALID_ARGUMENT;
        }

        SendPosition position = new() { Offset = offset };
        int error = Send(socket, datagrams, count, ref position);
        bool hasSent = position.Index > 0 || position.Offset > offset;
        *sentOfFirst = position.Offset;
        return hasSent || error == 0 ? (int)position.Index : error;
    }

    private static int Send(
        DatagramSocket* socket, reseau_datagram* datagrams, nuint count, ref SendPosition position)
    {
        for (nuint i = 0; i < count; i++)
        {
            if (!IsGood(socket, &datagrams[i]))
                return RESEAU_ERROR_INVALID_ARGUMENT;
        }

        if (!HandleGate.TryEnter(&socket->Gate))
            return RESEAU_ERROR_CLOSED;
        int error = 0;
        while (position.Index < count && error == 0)
            error = SendSome(socket, datagrams, count, ref position);
        HandleGate.Exit(&socket->Gate);
        return error;
    }

    /// <summary>Receives one. Returns its length.</summary>
    internal static long ReceiveOne(DatagramSocket* socket, reseau_datagram* datagram, long milliseconds)
    {
        int received = Receive(socket, datagram, 1, milliseconds);
        return received == 1 ? (long)datagram->length : received;
    }

    /// <summary>Receives what is there, and waits for the first. Returns how many came.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    internal static int Receive(DatagramSocket* socket, reseau_datagram* datagrams, nuint count, long milliseconds)
    {
        if (socket->Options.on_datagram != null)
            return RESEAU_ERROR_BUSY;
        if (milliseconds != 0 && EventLoop.MustNotWaitFor(socket->Member.Object.Loop))
            return RESEAU_ERROR_WOULD_BLOCK_LOOP;
        Deadline deadline = Deadline.After(milliseconds);
        while (true)
        {
            int changes = DatagramSocket.ChangesOf(socket);
            int received = TryReceive(socket, datagrams, count);
            if (received != RESEAU_ERROR_WOULD_BLOCK || milliseconds == 0)
                return received;
            if (!DatagramSocket.Await(socket, changes, in deadline))
                return RESEAU_ERROR_TIMED_OUT;
        }
    }

    /// <summary>Joins a group or leaves it. The name of the interface is a C string, or NULL.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    internal static int ChangeGroup(DatagramSocket* socket, reseau_ip* group, byte* interfaceName, bool joins)
    {
        IpAddress ip;
        if (!ReseauIp.TryRead(group, &ip))
            return RESEAU_ERROR_INVALID_ARGUMENT;
        uint number = interfaceName == null ? ip.Scope : Platform.Network.InterfaceIndex(interfaceName);
        if (number == 0 && interfaceName != null)
            return RESEAU_ERROR_ADDRESS_NOT_AVAILABLE;
        if (!HandleGate.TryEnter(&socket->Gate))
            return RESEAU_ERROR_CLOSED;
        int error = socket->Core->Backend->Datagrams->ChangeGroup(socket->Core, &ip, number, joins);
        HandleGate.Exit(&socket->Gate);
        return ConnectionErrors.From(error);
    }

    /// <summary>Hops less than 0 are left as they are, as is the interface if its name, a C string, is NULL.</summary>
    internal static int SetMulticast(DatagramSocket* socket, int hops, bool loops, byte* interfaceName)
    {
        uint number = interfaceName == null ? 0 : Platform.Network.InterfaceIndex(interfaceName);
        if (number == 0 && interfaceName != null)
            return RESEAU_ERROR_ADDRESS_NOT_AVAILABLE;
        int error = number == 0 ? 0 : Set(socket, DatagramSetting.MulticastInterface, (int)number);
        if (error == 0 && hops >= 0)
            error = Set(socket, DatagramSetting.MulticastHops, hops);
        return error == 0 ? Set(socket, DatagramSetting.MulticastLoop, loops ? 1 : 0) : error;
    }

    internal static int Set(DatagramSocket* socket, DatagramSetting setting, int value)
    {
        if (!HandleGate.TryEnter(&socket->Gate))
            return RESEAU_ERROR_CLOSED;
        int error = socket->Core->Backend->Datagrams->Set(socket->Core, setting, value);
        HandleGate.Exit(&socket->Gate);
        return ConnectionErrors.From(error);
    }

    private static bool IsGood(DatagramSocket* socket, reseau_datagram* datagram) =>
        (datagram->data != null || datagram->length == 0) &&
        datagram->segment_size <= DatagramPiece.MaxJoined &&
        (datagram->ip.family == 0 ? socket->IsConnected : datagram->ip.family is 4 or 6 && datagram->port != 0);

    /// <summary>Where a batch stands: in front of a datagram, or inside one that is several.</summary>
    private struct SendPosition
    {
        internal nuint Index;
        internal nuint Offset;

        /// <summary>The system does not cut this one.</summary>
        internal bool IsOneByOne;
    }

    // As many as the system takes by one call.
    private static int SendSome(
        DatagramSocket* socket, reseau_datagram* datagrams, nuint count, ref SendPosition position)
    {
        DatagramPiece* pieces = stackalloc DatagramPiece[DatagramPiece.MaxPieces];
        SendPosition end = position;
        int some = 0;
        for (; some < DatagramPiece.MaxPieces && end.Index < count; some++)
            pieces[some] = NextPiece(&datagrams[end.Index], ref end);

        int accepted = 0;
        int error = socket->Core->Backend->Datagrams->Send(socket->Core, pieces, some, &accepted);
        for (int i = 0; i < accepted; i++)
            NextPiece(&datagrams[position.Index], ref position);
        if (error == AWS_ERROR_UNSUPPORTED_OPERATION && pieces->SegmentSize != 0 && !position.IsOneByOne)
        {
            position.IsOneByOne = true;
            return 0;
        }

        return ErrorOf(error);
    }

    // A whole datagram, or as many of several as go into one piece.
    private static DatagramPiece NextPiece(reseau_datagram* datagram, ref SendPosition position)
    {
        nuint size = datagram->segment_size;
        nuint rest = datagram->length - position.Offset;
        nuint length = rest;
        if (size != 0 && rest > size)
        {
            nuint fitting = nuint.Min(DatagramPiece.MaxJoined / size, DatagramPiece.MaxSegments);
            nuint segments = position.IsOneByOne ? 1 : fitting;
            length = nuint.Min(rest, segments * size);
        }

        DatagramPiece piece = new()
        {
            Data = (byte*)datagram->data + position.Offset,
            Length = length,
            Port = datagram->port,
            SegmentSize = size != 0 && length > size ? (int)size : 0,
        };
        ReseauIp.TryRead(&datagram->ip, &piece.Ip);
        position.Offset += length;
        if (length == rest)
            position = new SendPosition { Index = position.Index + 1 };
        return piece;
    }

    private static int TryReceive(DatagramSocket* socket, reseau_datagram* datagrams, nuint count)
    {
        int reported = socket->Reported == 0 ? 0 : Interlocked.Exchange(ref socket->Reported, 0);
        if (reported != 0)
            return ErrorOf(reported);
        if (LoopMember.IsClosing(&socket->Member) || !HandleGate.TryEnter(&socket->Gate))
            return RESEAU_ERROR_CANCELED;

        DatagramPiece* pieces = stackalloc DatagramPiece[DatagramPiece.MaxPieces];
        int some = (int)nuint.Min(count, DatagramPiece.MaxPieces);
        for (int i = 0; i < some; i++)
            pieces[i] = new DatagramPiece { Data = (byte*)datagrams[i].data, Length = datagrams[i].capacity };
        int received = 0;
        int error = socket->Core->Backend->Datagrams->Receive(socket->Core, pieces, some, &received);
        HandleGate.Exit(&socket->Gate);
        for (int i = 0; i < received; i++)
        {
            datagrams[i].length = pieces[i].Length;
            datagrams[i].ip = ReseauIp.Of(&pieces[i].Ip);
            datagrams[i].port = pieces[i].Port;
            datagrams[i].is_truncated = pieces[i].IsTruncated ? 1 : 0;
            datagrams[i].segment_size = (nuint)pieces[i].SegmentSize;
        }

        return error == AWS_ERROR_SUCCESS ? received : ErrorOf(error);
    }

    private static int ErrorOf(int error) => error switch
    {
        SocketResult.WouldBlock => RESEAU_ERROR_WOULD_BLOCK,
        AWS_ERROR_INVALID_BUFFER_SIZE => RESEAU_ERROR_TOO_LARGE,
        _ => ConnectionErrors.From(error),
    };
}
