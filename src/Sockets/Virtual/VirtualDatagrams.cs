// SPDX-License-Identifier: Apache-2.0
using Reseau.Native.Common;
using Reseau.Native.Resolver;

namespace Reseau.Native.Sockets.Virtual;

/// <summary>
/// Datagrams of hosts, to and from any address. See <see cref="DatagramBackend"/>. A socket of IPv6 reaches IPv4, too.
/// </summary>
internal static unsafe class VirtualDatagrams
{
    private static nint s_instance;

    internal static DatagramBackend* Instance => StaticMemory.Get(ref s_instance, &Functions);

    private static DatagramBackend Functions() => new()
    {
        Bind = &Bind,
        Send = &Send,
        Receive = &Receive,
        ChangeGroup = &ChangeGroup,
        Set = &Set,
    };

    private static int Bind(SocketCore* core, SocketAddress* address, DatagramFlags flags)
    {
        VirtualSocket* socket = VirtualSocket.Of(core);
        socket->SharesPort = (flags & DatagramFlags.Share) != 0;
        socket->IsIPv6Only = (flags & DatagramFlags.IPv6Only) != 0;
        socket->HasDatagramPeer = address == null;
        return address == null ? AWS_ERROR_SUCCESS : VirtualNetwork.Bind(socket->Network, socket, address);
    }

    private static int Send(SocketCore* core, DatagramPiece* pieces, int count, int* sent)
    {
        VirtualSocket* socket = VirtualSocket.Of(core);
        int error = socket->HasDatagramPeer ? core->Backend->TakeError(core) : AWS_ERROR_SUCCESS;
        for (int i = 0; i < count && error == AWS_ERROR_SUCCESS; i++)
        {
            error = SendOne(socket, &pieces[i]);
            if (error == AWS_ERROR_SUCCESS)
                ++*sent;
        }

        return *sent > 0 ? AWS_ERROR_SUCCESS : error;
    }

    private static int SendOne(VirtualSocket* socket, DatagramPiece* piece)
    {
        // One by one they go.
        if (piece->SegmentSize != 0)
            return AWS_ERROR_UNSUPPORTED_OPERATION;

        SocketAddress to = socket->Remote;
        if (piece->Ip.Family != IpFamily.None)
            VirtualAddress.FromIp(&piece->Ip, piece->Port, &to);
        SendPiece whole = new() { Data = piece->Data, Length = piece->Length };
        return VirtualDatagram.SendToHost(socket, &to, &whole, 1, piece->Length);
    }

    private static int Receive(SocketCore* core, DatagramPiece* pieces, int count, int* received)
    {
        VirtualSocket* socket = VirtualSocket.Of(core);
        for (int i = 0; i < count; i++)
        {
            SocketAddress from;
            nuint length = 0;
            ReceiveBuffer buffer = new() { Data = pieces[i].Data, Length = pieces[i].Length };
            int result = VirtualDatagram.Take(socket, &buffer, 1, &length, &from);
            if (result == SocketResult.WouldBlock)
                break;

            pieces[i].Length = length;
            pieces[i].Ip = VirtualAddress.IpOf(&from);
            pieces[i].Port = (ushort)VirtualAddress.PortOf(&from);
            pieces[i].IsTruncated = result == SocketResult.Truncated;
            pieces[i].SegmentSize = 0;
            ++*received;
        }

        return *received > 0 ? AWS_ERROR_SUCCESS : SocketResult.WouldBlock;
    }

    private static int ChangeGroup(SocketCore* core, IpAddress* group, uint interfaceNumber, bool joins) =>
        AWS_ERROR_UNSUPPORTED_OPERATION;

    private static int Set(SocketCore* core, DatagramSetting setting, int value)
    {
        if (setting == DatagramSetting.ReceiveQueue)
            VirtualSocket.Of(core)->DatagramRoom = (nuint)int.Max(value, 1);
        return setting is DatagramSetting.ReceiveQueue or DatagramSetting.Hops
            ? AWS_ERROR_SUCCESS
            : AWS_ERROR_UNSUPPORTED_OPERATION;
    }
}
