// SPDX-License-Identifier: Apache-2.0
using System.Runtime.InteropServices;
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
    /// A part of a file by the kernel alone: how many bytes, 0 at the end of the file. Raises no SIGPIPE, against which
    /// the call has no flag.
    /// </summary>
    internal static nint SendFile(int fd, int file, long offset, nuint count)
    {
        BrokenPipeSignal signal;
        BrokenPipeSignal.HoldBack(&signal);
        nint sent;
        do
            sent = SendFileOnce(fd, file, &offset, count);
        while (sent < 0 && Libc.Errno == Libc.EINTR);
        BrokenPipeSignal.Release(&signal, sent < 0 && Libc.Errno == Libc.EPIPE);
        return sent;
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
}
