// SPDX-License-Identifier: Apache-2.0
using System;
using System.Runtime.CompilerServices;
using Reseau.Native.Common;
using Reseau.Native.Interop.Posix;
using Reseau.Native.Resolver;

namespace Reseau.Native.Sockets.Posix;

/// <summary>Datagrams by sendmmsg(2) and recvmmsg(2).</summary>
internal static unsafe class PosixDatagrams
{
    private static nint s_instance;

    internal static DatagramBackend* Instance => StaticMemory.Get(ref s_instance, &Functions);

    /// <summary>What the kernel needs of some messages: each points to its name and its piece.</summary>
    private struct Messages
    {
        [InlineArray(DatagramPiece.MaxPieces)]
        internal struct Headers
        {
            private mmsghdr _first;
        }

        [InlineArray(DatagramPiece.MaxPieces)]
        internal struct Pieces
        {
            private Libc.iovec _first;
        }

        [InlineArray(DatagramPiece.MaxPieces)]
        internal struct Names
        {
            private sockaddr_in6 _first;
        }

        [InlineArray(DatagramPiece.MaxPieces * PosixSockets.SegmentControlSize / sizeof(ulong))]
        internal struct Controls
        {
            private ulong _first;
        }

        internal Headers OfAll;
        internal Pieces Data;
        internal Names Peers;
        internal Controls Segments;
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
        int fd = PosixBackend.DescriptorOf(core);
        if ((flags & DatagramFlags.Share) != 0)
            SetOption(fd, Libc.SOL_SOCKET, Libc.SO_REUSEADDR, 1);
        if ((flags & DatagramFlags.Broadcast) != 0)
            SetOption(fd, Libc.SOL_SOCKET, Libc.SO_BROADCAST, 1);
        if (SocketCore.DomainOf(core) == AWS_SOCKET_IPV6)
            SetOption(fd, Libc.IPPROTO_IPV6, Libc.IPV6_V6ONLY, (flags & DatagramFlags.IPv6Only) != 0 ? 1 : 0);
        return address == null || Libc.bind(fd, SocketAddress.BytesOf(address), address->Length) == 0
            ? AWS_ERROR_SUCCESS
            : PosixErrors.FromAddressErrno(Libc.Errno, SocketCore.DomainOf(core));
    }

    // Apart from its callers: the room on the stack is for datagrams only.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static int Send(SocketCore* core, DatagramPiece* pieces, int count, int* sent)
    {
        Messages messages;
        mmsghdr* headers = (mmsghdr*)&messages.OfAll;
        bool isIPv6 = SocketCore.DomainOf(core) == AWS_SOCKET_IPV6;
        for (int i = 0; i < count; i++)
        {
            Prepare(&messages, i, &pieces[i], PutName((sockaddr_in6*)&messages.Peers + i, &pieces[i], isIPv6));
            if (pieces[i].SegmentSize != 0 && !TryCut(core, &messages, i, pieces[i].SegmentSize))
                count = i;
        }

        if (count == 0)
            return AWS_ERROR_UNSUPPORTED_OPERATION;

        int result = Libc.SendMessages(PosixBackend.DescriptorOf(core), headers, count);
        *sent = int.Max(result, 0);
        return result < 0 ? OnSendError(core, Libc.Errno, pieces) : AWS_ERROR_SUCCESS;
    }

    private static bool TryCut(SocketCore* core, Messages* messages, int index, int size) =>
        PosixSockets.TryPutSegmentSize(
            PosixBackend.DescriptorOf(core), HeaderOf(messages, index), ControlOf(messages, index), size);

    private static msghdr* HeaderOf(Messages* messages, int index) =>
        &((mmsghdr*)&messages->OfAll + index)->msg_hdr;

    private static byte* ControlOf(Messages* messages, int index) =>
        (byte*)&messages->Segments + (index * PosixSockets.SegmentControlSize);

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static int Receive(SocketCore* core, DatagramPiece* pieces, int count, int* received)
    {
        Messages messages;
        mmsghdr* headers = (mmsghdr*)&messages.OfAll;
        for (int i = 0; i < count; i++)
        {
            Prepare(&messages, i, &pieces[i], (uint)sizeof(sockaddr_in6));
            PosixSockets.PrepareSegmentSize(HeaderOf(&messages, i), ControlOf(&messages, i));
        }

        int result = Libc.ReceiveMessages(PosixBackend.DescriptorOf(core), headers, count);
        *received = int.Max(result, 0);
        if (result < 0)
            return Libc.Errno == Libc.EAGAIN ? SocketResult.WouldBlock : PosixErrors.FromErrno(Libc.Errno);

        for (int i = 0; i < result; i++)
        {
            pieces[i].Length = headers[i].msg_len;
            pieces[i].SegmentSize = PosixSockets.SegmentSizeOf(HeaderOf(&messages, i));
            pieces[i].IsTruncated = (headers[i].msg_hdr.msg_flags & Libc.MSG_TRUNC) != 0;
            TakeName((sockaddr_in6*)&messages.Peers + i, &pieces[i]);
        }

        return AWS_ERROR_SUCCESS;
    }

    // Without a name, the peer's is meant.
    private static void Prepare(Messages* messages, int index, DatagramPiece* piece, uint nameLength)
    {
        Libc.iovec* data = (Libc.iovec*)&messages->Data + index;
        data->iov_base = piece->Data;
        data->iov_len = piece->Length;
        mmsghdr* header = (mmsghdr*)&messages->OfAll + index;
        *header = default;
        header->msg_hdr = msghdr.Of(data, 1);
        header->msg_hdr.msg_name = nameLength == 0 ? null : (sockaddr_in6*)&messages->Peers + index;
        header->msg_hdr.msg_namelen = nameLength;
    }

    // A socket of IPv6 reaches IPv4 by mapped addresses (RFC 4291, section 2.5.5.2), and has its peers so.
    private static uint PutName(sockaddr_in6* name, DatagramPiece* piece, bool isIPv6)
    {
        if (piece->Ip.Family == IpFamily.None)
            return 0;
        IpAddress ip = isIPv6 ? IpAddress.MapToIPv6(&piece->Ip) : piece->Ip;
        return PosixAddress.Write(&ip, piece->Port, name);
    }

    private static void TakeName(sockaddr_in6* name, DatagramPiece* piece)
    {
        IpAddress ip = PosixAddress.Read(name, out piece->Port);
        piece->Ip = IpAddress.UnmapFromIPv6(&ip);
    }

    // Of the first piece. The network may not take pieces of this size in one, or the interface none at all: one by one
    // they go, if they do.
    private static int OnSendError(SocketCore* core, int error, DatagramPiece* piece)
    {
        if (piece->SegmentSize != 0 && error is (Libc.EINVAL or Libc.EIO or Libc.EMSGSIZE))
            return AWS_ERROR_UNSUPPORTED_OPERATION;

        // A full queue of the interface is reported so, and is empty soon.
        if (error is Libc.EAGAIN or Libc.ENOBUFS)
            return SocketResult.WouldBlock;
        return PosixErrors.FromAddressErrno(error, SocketCore.DomainOf(core));
    }

    private static int ChangeGroup(SocketCore* core, IpAddress* group, uint interfaceNumber, bool joins)
    {
        group_req request = new() { gr_interface = interfaceNumber };
        request.SetLength(PosixAddress.Write(group, 0, (sockaddr_in6*)&request.gr_group));
        int level = group->Family == IpFamily.IPv4 ? Libc.IPPROTO_IP : Libc.IPPROTO_IPV6;
        int name = joins ? Libc.MCAST_JOIN_GROUP : Libc.MCAST_LEAVE_GROUP;
        int fd = PosixBackend.DescriptorOf(core);
        if (Libc.setsockopt(fd, level, name, &request, (uint)sizeof(group_req)) == 0)
            return AWS_ERROR_SUCCESS;
        return Libc.Errno switch
        {
            Libc.EINVAL => AWS_ERROR_INVALID_ARGUMENT,
            Libc.ENODEV => AWS_IO_SOCKET_INVALID_ADDRESS,
            int error => PosixErrors.FromErrno(error),
        };
    }

    // A socket of IPv6 that reaches IPv4 has both settings; that of IPv4 may be refused.
    private static int Set(SocketCore* core, DatagramSetting setting, int value)
    {
        int fd = PosixBackend.DescriptorOf(core);
        if (setting == DatagramSetting.ReceiveQueue)
            return SetOption(fd, Libc.SOL_SOCKET, Libc.SO_RCVBUF, value);
        if (setting == DatagramSetting.JoinReceived)
            return PosixSockets.SetJoinReceived(fd, value) == 0 ? AWS_ERROR_SUCCESS : PosixErrors.FromErrno(Libc.Errno);
        if (setting == DatagramSetting.MulticastInterface)
            return SetInterface(core, value);
        int ipv4 = setting switch
        {
            DatagramSetting.Hops => Libc.IP_TTL,
            DatagramSetting.MulticastHops => Libc.IP_MULTICAST_TTL,
            _ => Libc.IP_MULTICAST_LOOP,
        };
        int error = SetOption(fd, Libc.IPPROTO_IP, ipv4, value);
        if (SocketCore.DomainOf(core) != AWS_SOCKET_IPV6)
            return error;

        int ipv6 = setting switch
        {
            DatagramSetting.Hops => Libc.IPV6_UNICAST_HOPS,
            DatagramSetting.MulticastHops => Libc.IPV6_MULTICAST_HOPS,
            _ => Libc.IPV6_MULTICAST_LOOP,
        };
        return SetOption(fd, Libc.IPPROTO_IPV6, ipv6, value);
    }

    private static int SetInterface(SocketCore* core, int number)
    {
        int fd = PosixBackend.DescriptorOf(core);
        ip_mreqn request = new() { imr_ifindex = number };
        int result = Libc.setsockopt(fd, Libc.IPPROTO_IP, Libc.IP_MULTICAST_IF, &request, (uint)sizeof(ip_mreqn));
        if (SocketCore.DomainOf(core) == AWS_SOCKET_IPV6)
            return SetOption(fd, Libc.IPPROTO_IPV6, Libc.IPV6_MULTICAST_IF, number);
        return result == 0 ? AWS_ERROR_SUCCESS : PosixErrors.FromErrno(Libc.Errno);
    }

    private static int SetOption(int fd, int level, int name, int value)
    {
        if (Libc.setsockopt(fd, level, name, &value, sizeof(int)) == 0)
            return AWS_ERROR_SUCCESS;
        int error = Libc.Errno;
        return error == Libc.EINVAL ? AWS_ERROR_INVALID_ARGUMENT : PosixErrors.FromErrno(error);
    }
}
