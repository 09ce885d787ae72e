// SPDX-License-Identifier: Apache-2.0
using System.Runtime.InteropServices;
using Reseau.Native.Interop.Posix;

namespace Reseau.Native.Interop.Darwin;

/// <summary>
/// What is done with sockets otherwise on Darwin than on Linux. A program that forks and executes another at the moment
/// between two of these calls passes the descriptor on: there is no call that does both. Failures set errno.
/// </summary>
internal static unsafe class DarwinSockets
{
    internal const int SO_NOSIGPIPE = 0x1022;
    internal const int SO_NWRITE = 0x1024;
    internal const int IPPROTO_IP = 0;
    private const int TCP_CONNECTION_INFO = 0x106;
    internal const int IPPROTO_IPV6 = 41;
    internal const int IP_BOUND_IF = 25;
    internal const int IPV6_BOUND_IF = 125;

    [DllImport("libc", EntryPoint = "sendfile")]
    private static extern int SendFileOnce(int file, int fd, long offset, long* count, void* headers, int flags);

    internal static int OpenNonBlocking(int family, int type)
    {
        int fd = Libc.socket(family, type, 0);
        if (fd < 0 || Libc.MakeNonBlocking(fd) < 0)
            return -1;
        if (KeepFromSignal(fd) == 0)
            return fd;

        Libc.CloseKeepingErrno(fd);
        return -1;
    }

    /// <summary>
    /// The kernel passes the setting about SIGPIPE on from the listener, and refuses it for a connection that the peer
    /// has reset already. So that it is only made sure of.
    /// </summary>
    internal static int AcceptNonBlocking(int fd, void* address, uint* length)
    {
        int accepted = Libc.accept(fd, address, length);
        if (accepted < 0 || Libc.MakeNonBlocking(accepted) < 0)
            return -1;

        KeepFromSignal(accepted);
        return accepted;
    }

    /// <summary>Nothing here cuts or joins datagrams.</summary>
    internal const int SegmentControlSize = 24;

    internal static bool TryPutSegmentSize(int fd, msghdr* message, byte* control, int size) => false;

    internal static void PrepareSegmentSize(msghdr* message, byte* control)
    {
    }

    internal static int SegmentSizeOf(msghdr* message) => 0;

    internal static int SetJoinReceived(int fd, int value)
    {
        Libc.Errno = Libc.ENOPROTOOPT;
        return -1;
    }

    /// <summary>One by one: no call takes many.</summary>
    internal static int SendMessages(int fd, mmsghdr* messages, int count)
    {
        int sent = 0;
        while (sent < count && Libc.SendMessage(fd, &messages[sent].msg_hdr, Libc.MSG_DONTWAIT) >= 0)
            sent++;
        return sent == 0 ? -1 : sent;
    }

    internal static int ReceiveMessages(int fd, mmsghdr* messages, int count)
    {
        int received = 0;
        for (; received < count; received++)
        {
            nint length = Libc.ReceiveMessage(fd, &messages[received].msg_hdr, Libc.MSG_DONTWAIT);
            if (length < 0)
                break;
            messages[received].msg_len = (uint)length;
        }

        return received == 0 ? -1 : received;
    }

    /// <summary>
    /// A part of a file by the kernel alone, behind what has been sent of it: the last call's result, which is above 0
    /// if all of it has gone, 0 at the end of the file.
    /// </summary>
    internal static nint SendFile(int fd, int file, long offset, nuint count, nuint* sent)
    {
        nint last = 1;
        while (*sent < count && last > 0)
        {
            // A call that is interrupted, or would block, may have sent some. No length would be all of the file.
            long part = (long)(count - *sent);
            int result = SendFileOnce(file, fd, offset + (long)*sent, &part, null, 0);
            *sent += (nuint)part;
            last = result == 0 ? (nint)part : Libc.Errno == Libc.EINTR ? 1 : -1;
        }

        return last;
    }

    /// <summary>By the interface's number: the name must end with a NUL. ENOPROTOOPT but for IP.</summary>
    internal static int BindToInterface(int fd, int family, byte* name, uint length)
    {
        if (family is not (Libc.AF_INET or Libc.AF_INET6))
        {
            Libc.Errno = Libc.ENOPROTOOPT;
            return -1;
        }

        uint index = Libc.if_nametoindex(name);
        if (index == 0)
            return -1;

        return family == Libc.AF_INET
            ? Libc.setsockopt(fd, IPPROTO_IP, IP_BOUND_IF, &index, sizeof(uint))
            : Libc.setsockopt(fd, IPPROTO_IPV6, IPV6_BOUND_IF, &index, sizeof(uint));
    }

    /// <summary>The end of the stream does not count.</summary>
    internal static int GetUnconfirmedBytes(int fd, int* bytes)
    {
        uint length = sizeof(int);
        return Libc.getsockopt(fd, Libc.SOL_SOCKET, SO_NWRITE, bytes, &length);
    }

    private static int KeepFromSignal(int fd)
    {
        int yes = 1;
        return Libc.setsockopt(fd, Libc.SOL_SOCKET, SO_NOSIGPIPE, &yes, sizeof(int));
    }

    // struct tcp_connection_info of <netinet/tcp.h>. Times are in milliseconds.
    [StructLayout(LayoutKind.Sequential, Pack = 4)]
    private struct tcp_connection_info
    {
        internal byte tcpi_state;
        internal byte tcpi_snd_wscale;
        internal byte tcpi_rcv_wscale;
        internal byte __pad1;
        internal uint tcpi_options;
        internal uint tcpi_flags;
        internal uint tcpi_rto;
        internal uint tcpi_maxseg;
        internal uint tcpi_snd_ssthresh;
        internal uint tcpi_snd_cwnd;
        internal uint tcpi_snd_wnd;
        internal uint tcpi_snd_sbbytes;
        internal uint tcpi_rcv_wnd;
        internal uint tcpi_rttcur;
        internal uint tcpi_srtt;
        internal uint tcpi_rttvar;
        internal uint _bits;
        internal ulong tcpi_txpackets;
        internal ulong tcpi_txbytes;
        internal ulong tcpi_txretransmitbytes;
        internal ulong tcpi_rxpackets;
        internal ulong tcpi_rxbytes;
        internal ulong tcpi_rxoutoforderbytes;
        internal ulong tcpi_txretransmitpackets;
    }

    internal static int GetTcpInfo(int fd, reseau_tcp_info* info)
    {
        const int microseconds = 1000;
        tcp_connection_info found = default;
        uint length = (uint)sizeof(tcp_connection_info);
        if (Libc.getsockopt(fd, Libc.IPPROTO_TCP, TCP_CONNECTION_INFO, &found, &length) != 0)
            return -1;

        info->rtt_us = (long)found.tcpi_srtt * microseconds;
        info->rtt_variance_us = (long)found.tcpi_rttvar * microseconds;
        info->retransmit_timeout_us = (long)found.tcpi_rto * microseconds;
        info->congestion_window_bytes = found.tcpi_snd_cwnd;
        info->slow_start_threshold_bytes = found.tcpi_snd_ssthresh >= int.MaxValue ? 0 : found.tcpi_snd_ssthresh;
        info->peers_window_bytes = found.tcpi_snd_wnd;
        info->send_segment_bytes = found.tcpi_maxseg;
        info->receive_segment_bytes = found.tcpi_maxseg;
        info->retransmitted_segments = found.tcpi_txretransmitpackets;
        info->received_bytes = found.tcpi_rxbytes;
        return 0;
    }
}
