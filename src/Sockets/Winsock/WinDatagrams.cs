// SPDX-License-Identifier: Apache-2.0
using System;
using System.Threading;
using Reseau.Native.Common;
using Reseau.Native.Interop.Windows;
using Reseau.Native.Platform;
using Reseau.Native.Resolver;
using static Reseau.Native.Interop.Windows.Winsock;

namespace Reseau.Native.Sockets.Winsock;

/// <summary>
/// Datagrams by plain calls, one for each, of any thread. The socket is watched, since an operation under way takes
/// datagrams away from these threads.
/// </summary>
internal static unsafe class WinDatagrams
{
    // A port that nobody has, as the answer of its host says.
    private const int UnreachablePort = WSAECONNRESET;

    private static nint s_instance;

    internal static DatagramBackend* Instance => StaticMemory.Get(ref s_instance, &Functions);

    /// <summary>The address of IPv4 of the interface of a number.</summary>
    private struct InterfaceChoice
    {
        internal uint Number;
        internal uint Address;
        internal bool IsFound;
    }

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
        WinSocket* socket = WinSocket.Of(core);
        nint handle = socket->Handle;
        socket->IsWatched = true;
        if ((flags & DatagramFlags.Share) != 0)
            WinsockOptions.Set(handle, SOL_SOCKET, SO_REUSEADDR, 1);
        else if (address != null)
            WinsockOptions.TakePortForOneself(handle);
        if ((flags & DatagramFlags.Broadcast) != 0)
            WinsockOptions.Set(handle, SOL_SOCKET, SO_BROADCAST, 1);
        if (SocketCore.DomainOf(core) == AWS_SOCKET_IPV6)
            WinsockOptions.Set(handle, IPPROTO_IPV6, IPV6_V6ONLY, (flags & DatagramFlags.IPv6Only) != 0 ? 1 : 0);
        return address == null || bind(handle, SocketAddress.BytesOf(address), (int)address->Length) == 0
            ? AWS_ERROR_SUCCESS
            : WinsockErrors.FromAddressError(Iocp.LastError);
    }

    private static int Send(SocketCore* core, DatagramPiece* pieces, int count, int* sent)
    {
        nint handle = WinSocket.Of(core)->Handle;
        bool isIPv6 = SocketCore.DomainOf(core) == AWS_SOCKET_IPV6;
        for (*sent = 0; *sent < count; ++*sent)
        {
            DatagramPiece* piece = &pieces[*sent];
            if (piece->SegmentSize != 0)
                return *sent > 0 ? AWS_ERROR_SUCCESS : AWS_ERROR_UNSUPPORTED_OPERATION;

            SocketAddress name = default;
            if (piece->Ip.Family != IpFamily.None)
            {
                IpAddress ip = isIPv6 ? IpAddress.MapToIPv6(&piece->Ip) : piece->Ip;
                WinsockAddress.FromIp(&ip, piece->Port, &name);
            }

            int error = SendOne(handle, piece, &name);
            if (error != AWS_ERROR_SUCCESS)
                return *sent > 0 ? AWS_ERROR_SUCCESS : error;
        }

        return AWS_ERROR_SUCCESS;
    }

    // Without a name, to the peer.
    private static int SendOne(nint handle, DatagramPiece* piece, SocketAddress* name)
    {
        if (piece->Length > int.MaxValue)
            return AWS_ERROR_INVALID_BUFFER_SIZE;
        void* bytes = name->Length == 0 ? null : SocketAddress.BytesOf(name);
        byte* data = piece->Data == null ? (byte*)piece : piece->Data;
        if (sendto(handle, data, (int)piece->Length, 0, bytes, (int)name->Length) >= 0)
            return AWS_ERROR_SUCCESS;

        int error = Iocp.LastError;
        return error switch
        {
            WSAEWOULDBLOCK or WSAENOBUFS => SocketResult.WouldBlock,
            UnreachablePort => AWS_IO_SOCKET_CONNECTION_REFUSED,
            _ => WinsockErrors.FromAddressError(error),
        };
    }

    private static int Receive(SocketCore* core, DatagramPiece* pieces, int count, int* received)
    {
        WinSocket* socket = WinSocket.Of(core);
        *received = 0;
        if (socket->LaterError != 0)
        {
            int later = Interlocked.Exchange(ref socket->LaterError, 0);
            if (later != 0)
                return later;
        }

        for (; *received < count; ++*received)
        {
            int error = ReceiveOne(socket->Handle, &pieces[*received]);
            if (error == AWS_ERROR_SUCCESS)
                continue;
            if (*received == 0)
                return error;
            if (error != SocketResult.WouldBlock)
                Interlocked.Exchange(ref socket->LaterError, error);
            break;
        }

        return AWS_ERROR_SUCCESS;
    }

    private static int ReceiveOne(nint handle, DatagramPiece* piece)
    {
        SocketAddress name = default;
        int nameLength = SocketAddress.Size;
        byte* data = piece->Data == null ? (byte*)&name : piece->Data;
        int room = (int)nuint.Min(piece->Length, int.MaxValue);
        int length = recvfrom(handle, data, room, 0, SocketAddress.BytesOf(&name), &nameLength);
        int error = length < 0 ? Iocp.LastError : 0;
        piece->IsTruncated = error == WSAEMSGSIZE;
        if (error != 0 && error != WSAEMSGSIZE)
            return error switch
            {
                WSAEWOULDBLOCK => SocketResult.WouldBlock,
                UnreachablePort => AWS_IO_SOCKET_CONNECTION_REFUSED,
                _ => WinsockErrors.FromError(error),
            };

        piece->Length = (nuint)(error == 0 ? length : room);
        IpAddress ip = WinsockAddress.ToIp(&name, out piece->Port);
        piece->Ip = IpAddress.UnmapFromIPv6(&ip);
        return AWS_ERROR_SUCCESS;
    }

    // The system takes a group and any other address alike.
    private static int ChangeGroup(SocketCore* core, IpAddress* group, uint interfaceNumber, bool joins)
    {
        byte first = *IpAddress.BytesOf(group);
        if (group->Family == IpFamily.IPv4 ? (first & 0xF0) != 0xE0 : first != 0xFF)
            return AWS_ERROR_INVALID_ARGUMENT;

        nint handle = WinSocket.Of(core)->Handle;
        int name = joins ? IP_ADD_MEMBERSHIP : IP_DROP_MEMBERSHIP;
        int result;
        if (group->Family == IpFamily.IPv4)
        {
            IP_MREQ request = new() { imr_multiaddr = *(uint*)IpAddress.BytesOf(group) };
            if (interfaceNumber != 0 && !TryFindIPv4(interfaceNumber, out request.imr_interface))
                return AWS_IO_SOCKET_INVALID_ADDRESS;
            result = setsockopt(handle, IPPROTO_IP, name, &request, sizeof(IP_MREQ));
        }
        else
        {
            IPV6_MREQ request = new() { ipv6mr_interface = interfaceNumber };
            new ReadOnlySpan<byte>(IpAddress.BytesOf(group), 16).CopyTo(new Span<byte>(request.ipv6mr_multiaddr, 16));
            result = setsockopt(handle, IPPROTO_IPV6, name, &request, sizeof(IPV6_MREQ));
        }

        if (result == 0)
            return AWS_ERROR_SUCCESS;
        return Iocp.LastError switch
        {
            WSAEINVAL => joins ? AWS_IO_SOCKET_ADDRESS_IN_USE : AWS_IO_SOCKET_INVALID_ADDRESS,
            int error => WinsockErrors.FromError(error),
        };
    }

    // A socket of IPv6 that reaches IPv4 has both settings; that of IPv4 may be refused.
    private static int Set(SocketCore* core, DatagramSetting setting, int value)
    {
        nint handle = WinSocket.Of(core)->Handle;
        if (setting == DatagramSetting.ReceiveQueue)
            return SetOption(handle, SOL_SOCKET, SO_RCVBUF, value);
        bool isIPv6 = SocketCore.DomainOf(core) == AWS_SOCKET_IPV6;
        int name = setting switch
        {
            DatagramSetting.Hops => IP_TTL,
            DatagramSetting.MulticastHops => IP_MULTICAST_TTL,
            DatagramSetting.MulticastLoop => IP_MULTICAST_LOOP,
            _ => IP_MULTICAST_IF,
        };
        int ofIPv4 = value;
        bool isKnown = true;
        if (setting == DatagramSetting.MulticastInterface)
        {
            isKnown = TryFindIPv4((uint)value, out uint address);
            ofIPv4 = (int)address;
        }

        int error = isKnown
            ? SetOption(handle, IPPROTO_IP, name, ofIPv4)
            : AWS_IO_SOCKET_INVALID_ADDRESS;
        return isIPv6 ? SetOption(handle, IPPROTO_IPV6, name, value) : error;
    }

    private static int SetOption(nint handle, int level, int name, int value)
    {
        if (setsockopt(handle, level, name, &value, sizeof(int)) == 0)
            return AWS_ERROR_SUCCESS;
        int error = Iocp.LastError;
        return error == WSAEINVAL ? AWS_ERROR_INVALID_ARGUMENT : WinsockErrors.FromError(error);
    }

    private static bool TryFindIPv4(uint number, out uint address)
    {
        InterfaceChoice choice = new() { Number = number };
        NetworkInterfaces.ForEachAddress(&OnAddress, &choice);
        address = choice.Address;
        return choice.IsFound;
    }

    private static void OnAddress(void* state, InterfaceAddress* address)
    {
        InterfaceChoice* choice = (InterfaceChoice*)state;
        if (choice->IsFound || address->IsIPv6 || address->Number != choice->Number)
            return;
        choice->Address = *(uint*)address->Bytes;
        choice->IsFound = true;
    }
}
