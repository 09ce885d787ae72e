// SPDX-License-Identifier: Apache-2.0
using System.Runtime.InteropServices;
using Reseau.Native.Abi;
using Reseau.Native.Interop.Posix;

namespace Reseau.Native.Interop.Linux;

/// <summary>What is done with sockets otherwise on Linux than on other Unix systems. Failures set errno.</summary>
internal static unsafe class LinuxSockets
{
    private const string Library = "libc";

    private const int SOCK_NONBLOCK = 0x800;
    private const int SOCK_CLOEXEC = 0x80000;
    private const int SO_BINDTODEVICE = 25;
    private const nuint SIOCOUTQ = 0x5411;
    private const int TCP_INFO = 11;
    private const int SOL_UDP = 17;
    private const int UDP_SEGMENT = 103;
    private const int UDP_GRO = 104;

    /// <summary>Bytes of a control message with a number.</summary>
    internal const int SegmentControlSize = 24;

    [StructLayout(LayoutKind.Sequential)]
    private struct cmsghdr
    {
        internal nuint cmsg_len;
        internal int cmsg_level;
        internal int cmsg_type;
    }

    // Older kernels would not notice what they do not know: 0 is not known yet, 1 they have it, 2 they do not.
    private static int s_segments;

    [DllImport(Library, EntryPoint = "accept4")]
    private static extern int AcceptOnce(int fd, void* address, uint* length, int flags);

    [DllImport(Library, EntryPoint = "sendmmsg")]
    private static extern int SendMessagesOnce(int fd, mmsghdr* messages, uint count, int flags);

    [DllImport(Library, EntryPoint = "recvmmsg")]
    private static extern int ReceiveMessagesOnce(int fd, mmsghdr* messages, uint count, int flags, void* timeout);

    [DllImport(Library, EntryPoint = "sendfile")]
    private static extern nint SendFileOnce(int fd, int file, long* offset, nuint count);

    internal static int OpenNonBlocking(int family, int type) =>
        Libc.socket(family, type | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);

    /// <summary>
    /// Sandboxes with a list of known calls may know only the older accept; they answer ENOSYS or EPERM. Where EPERM is
    /// the connection's, accept takes the next one.
    /// </summary>
    internal static int AcceptNonBlocking(int fd, void* address, uint* length)
    {
        int accepted;
        do
            accepted = AcceptOnce(fd, address, length, SOCK_NONBLOCK | SOCK_CLOEXEC);
        while (accepted < 0 && Libc.Errno == Libc.EINTR);
        if (accepted >= 0 || Libc.Errno is not (Libc.ENOSYS or Libc.EPERM))
            return accepted;

        accepted = Libc.accept(fd, address, length);
        return accepted < 0 ? accepted : Libc.MakeNonBlocking(accepted);
    }

    internal static int SendMessages(int fd, mmsghdr* messages, int count)
    {
        int sent;
        do
            sent = SendMessagesOnce(fd, messages, (uint)count, Libc.MSG_DONTWAIT | Libc.MSG_NOSIGNAL);
        while (sent < 0 && Libc.Errno == Libc.EINTR);
        return sent;
    }

    internal static int ReceiveMessages(int fd, mmsghdr* messages, int count)
    {
        int received;
        do
            received = ReceiveMessagesOnce(fd, messages, (uint)count, Libc.MSG_DONTWAIT, null);
        while (received < 0 && Libc.Errno == Libc.EINTR);
        return received;
    }

    /// <summary>
    /// A part of a file by the kernel alone, behind what has been sent of it: the last call's result, which is above 0
    /// if all of it has gone, 0 at the end of the file. Raises no SIGPIPE, against which the call has no flag.
    /// </summary>
    internal static nint SendFile(int fd, int file, long offset, nuint count, nuint* sent)
    {
        BrokenPipeSignal signal;
        BrokenPipeSignal.HoldBack(&signal);
        nint last = 1;
        while (*sent < count && last > 0)
        {
            long at = offset + (long)*sent;
            last = SendFileOnce(fd, file, &at, count - *sent);
            if (last > 0)
                *sent += (nuint)last;
            else if (last < 0 && Libc.Errno == Libc.EINTR)
                last = 1;
        }

        // The kernel sends in pieces. If one of them finds nobody, those before it are counted, and it is raised all
        // the same: then the next call fails with it. After any other result one that waits is somebody else's.
        BrokenPipeSignal.Release(&signal, last < 0 && Libc.Errno == Libc.EPIPE);
        return last;
    }

    /// <summary>
    /// Has the kernel cut the message's data into datagrams of so many bytes. False if it cannot. The control message
    /// goes into memory that lasts until the message has been sent.
    /// </summary>
    internal static bool TryPutSegmentSize(int fd, msghdr* message, byte* control, int size)
    {
        if (s_segments == 0)
        {
            int present;
            uint length = sizeof(int);
            s_segments = Libc.getsockopt(fd, SOL_UDP, UDP_SEGMENT, &present, &length) == 0 ? 1 : 2;
        }

        if (s_segments != 1)
            return false;
        cmsghdr* header = (cmsghdr*)control;
        header->cmsg_len = (nuint)sizeof(cmsghdr) + sizeof(ushort);
        header->cmsg_level = SOL_UDP;
        header->cmsg_type = UDP_SEGMENT;
        *(ushort*)(header + 1) = (ushort)size;
        message->msg_control = control;
        message->msg_controllen = SegmentControlSize;
        return true;
    }

    /// <summary>Room for what the kernel says of datagrams that it has joined.</summary>
    internal static void PrepareSegmentSize(msghdr* message, byte* control)
    {
        message->msg_control = control;
        message->msg_controllen = SegmentControlSize;
    }

    /// <summary>The size of each datagram in a message that was received, or 0 if it is one.</summary>
    internal static int SegmentSizeOf(msghdr* message)
    {
        cmsghdr* header = (cmsghdr*)message->msg_control;
        bool isThere = message->msg_controllen >= (nuint)sizeof(cmsghdr) + sizeof(int) &&
            header->cmsg_level == SOL_UDP && header->cmsg_type == UDP_GRO;
        return isThere ? *(int*)(header + 1) : 0;
    }

    /// <summary>Lets the kernel join datagrams of one sender. -1 if it cannot.</summary>
    internal static int SetJoinReceived(int fd, int value) =>
        Libc.setsockopt(fd, SOL_UDP, UDP_GRO, &value, sizeof(int));

    internal static int BindToInterface(int fd, int family, byte* name, uint length) =>
        Libc.setsockopt(fd, Libc.SOL_SOCKET, SO_BINDTODEVICE, name, length);

    /// <summary>The end of the stream counts as a byte.</summary>
    internal static int GetUnconfirmedBytes(int fd, int* bytes) => Libc.ioctl(fd, SIOCOUTQ, bytes);

    // struct tcp_info of <linux/tcp.h>, as long as it has been since Linux 4.19. Older systems fill a part of it.
    [StructLayout(LayoutKind.Sequential)]
    private struct tcp_info
    {
        internal byte State;
        internal byte CongestionState;
        internal byte Retransmits;
        internal byte Probes;
        internal byte Backoff;
        internal byte Options;
        internal byte Scales;
        internal byte Limits;
        internal uint RetransmitTimeout;
        internal uint AckTimeout;
        internal uint SendSegment;
        internal uint ReceiveSegment;
        internal uint Unacked;
        internal uint Sacked;
        internal uint Lost;
        internal uint Retransmitted;
        internal uint Fackets;
        internal uint LastDataSent;
        internal uint LastAckSent;
        internal uint LastDataReceived;
        internal uint LastAckReceived;
        internal uint PathMtu;
        internal uint ReceiveThreshold;
        internal uint RoundTrip;
        internal uint RoundTripVariance;
        internal uint SendThreshold;
        internal uint CongestionWindow;
        internal uint AdvertisedSegment;
        internal uint Reordering;
        internal uint ReceiveRoundTrip;
        internal uint ReceiveSpace;
        internal uint TotalRetransmits;
        internal ulong PacingRate;
        internal ulong MaxPacingRate;
        internal ulong BytesAcked;
        internal ulong BytesReceived;
        internal uint SegmentsOut;
        internal uint SegmentsIn;
        internal uint NotSentBytes;
        internal uint MinRoundTrip;
        internal uint DataSegmentsIn;
        internal uint DataSegmentsOut;
        internal ulong DeliveryRate;
        internal ulong BusyTime;
        internal ulong WindowLimited;
        internal ulong BufferLimited;
        internal uint Delivered;
        internal uint DeliveredMarked;
        internal ulong BytesSent;
        internal ulong BytesRetransmitted;
        internal uint Duplicates;
        internal uint ReorderingSeen;
        internal uint OutOfOrder;
        internal uint SendWindow;
    }

    /// <summary>Segments become bytes; a threshold that was never reached is none.</summary>
    internal static int GetTcpInfo(int fd, reseau_tcp_info* info)
    {
        tcp_info found = default;
        uint length = (uint)sizeof(tcp_info);
        if (Libc.getsockopt(fd, Libc.IPPROTO_TCP, TCP_INFO, &found, &length) != 0)
            return -1;

        info->rtt_us = found.RoundTrip;
        info->rtt_variance_us = found.RoundTripVariance;
        info->min_rtt_us = found.MinRoundTrip == uint.MaxValue ? 0 : found.MinRoundTrip;
        info->retransmit_timeout_us = found.RetransmitTimeout;
        info->congestion_window_bytes = (ulong)found.CongestionWindow * found.SendSegment;
        info->slow_start_threshold_bytes =
            found.SendThreshold >= int.MaxValue ? 0 : (ulong)found.SendThreshold * found.SendSegment;
        info->peers_window_bytes = found.SendWindow;
        info->send_segment_bytes = found.SendSegment;
        info->receive_segment_bytes = found.ReceiveSegment;
        info->unconfirmed_segments = found.Unacked;
        info->lost_segments = found.Lost;
        info->retransmitted_segments = found.TotalRetransmits;
        info->present_retransmits = found.Retransmits;
        info->unsent_bytes = found.NotSentBytes;
        info->confirmed_bytes = found.BytesAcked;
        info->received_bytes = found.BytesReceived;
        info->delivery_rate_bytes = found.DeliveryRate;
        return 0;
    }
}
