// SPDX-License-Identifier: Apache-2.0
using System.Runtime.InteropServices;

namespace Reseau.Native.Interop.Posix;

/// <summary>Sockets; calls that a signal interrupts are made again here.</summary>
internal static unsafe partial class Libc
{
    internal const int AF_UNIX = 1;
    internal const int AF_INET = 2;
    internal const int AF_INET6 = PosixValues.AF_INET6;
    internal const int AF_VSOCK = 40;

    internal const int SOCK_STREAM = 1;
    internal const int SOCK_DGRAM = 2;

    internal const int SOL_SOCKET = PosixValues.SOL_SOCKET;
    internal const int SO_REUSEADDR = PosixValues.SO_REUSEADDR;
    internal const int SO_ERROR = PosixValues.SO_ERROR;
    internal const int SO_KEEPALIVE = PosixValues.SO_KEEPALIVE;
    internal const int SO_LINGER = PosixValues.SO_LINGER;

    internal const int SO_REUSEPORT = PosixValues.SO_REUSEPORT;
    internal const int SO_TYPE = PosixValues.SO_TYPE;

    internal const int SO_BROADCAST = PosixValues.SO_BROADCAST;
    internal const int SO_RCVBUF = PosixValues.SO_RCVBUF;
    internal const int IPPROTO_IP = 0;
    internal const int IP_TTL = PosixValues.IP_TTL;
    internal const int IP_MULTICAST_IF = PosixValues.IP_MULTICAST_IF;
    internal const int IP_MULTICAST_TTL = PosixValues.IP_MULTICAST_TTL;
    internal const int IP_MULTICAST_LOOP = PosixValues.IP_MULTICAST_LOOP;
    internal const int MCAST_JOIN_GROUP = PosixValues.MCAST_JOIN_GROUP;
    internal const int MCAST_LEAVE_GROUP = PosixValues.MCAST_LEAVE_GROUP;

    internal const int IPPROTO_IPV6 = 41;
    internal const int IPV6_UNICAST_HOPS = PosixValues.IPV6_UNICAST_HOPS;
    internal const int IPV6_MULTICAST_IF = PosixValues.IPV6_MULTICAST_IF;
    internal const int IPV6_MULTICAST_HOPS = PosixValues.IPV6_MULTICAST_HOPS;
    internal const int IPV6_MULTICAST_LOOP = PosixValues.IPV6_MULTICAST_LOOP;
    internal const int IPV6_V6ONLY = PosixValues.IPV6_V6ONLY;

    internal const int IPPROTO_TCP = 6;
    internal const int TCP_USER_TIMEOUT = PosixValues.TCP_USER_TIMEOUT;
    internal const int TCP_FASTOPEN = PosixValues.TCP_FASTOPEN;
    internal const int TCP_FASTOPEN_CONNECT = PosixValues.TCP_FASTOPEN_CONNECT;
    internal const int TCP_NODELAY = 1;
    internal const int TCP_KEEPIDLE = PosixValues.TCP_KEEPIDLE;
    internal const int TCP_KEEPINTVL = PosixValues.TCP_KEEPINTVL;
    internal const int TCP_KEEPCNT = PosixValues.TCP_KEEPCNT;

    internal const int MSG_CTRUNC = PosixValues.MSG_CTRUNC;
    internal const int MSG_TRUNC = PosixValues.MSG_TRUNC;
    internal const int MSG_DONTWAIT = PosixValues.MSG_DONTWAIT;
    internal const int MSG_NOSIGNAL = PosixValues.MSG_NOSIGNAL;

    internal const int SHUT_RD = 0;
    internal const int SHUT_WR = 1;

    /// <summary>VMADDR_CID_ANY and VMADDR_PORT_ANY.</summary>
    internal const uint VMADDR_ANY = uint.MaxValue;

    [DllImport(Library)]
    internal static extern int socket(int domain, int type, int protocol);

    [DllImport(Library)]
    internal static extern int connect(int fd, void* address, uint length);

    [DllImport(Library)]
    internal static extern int bind(int fd, void* address, uint length);

    [DllImport(Library)]
    internal static extern int listen(int fd, int backlog);

    [DllImport(Library)]
    internal static extern int getsockname(int fd, void* address, uint* length);

    [DllImport(Library)]
    internal static extern int getpeername(int fd, void* address, uint* length);

    [DllImport(Library)]
    internal static extern int setsockopt(int fd, int level, int name, void* value, uint length);

    [DllImport(Library)]
    internal static extern int shutdown(int fd, int how);

    [DllImport(Library)]
    internal static extern int getsockopt(int fd, int level, int name, void* value, uint* length);

    [DllImport(Library, EntryPoint = "accept")]
    private static extern int AcceptOnce(int fd, void* address, uint* length);

    [DllImport(Library, EntryPoint = "send")]
    private static extern nint SendOnce(int fd, void* data, nuint length, int flags);

    [DllImport(Library, EntryPoint = "recv")]
    private static extern nint ReceiveOnce(int fd, void* into, nuint length, int flags);

    [DllImport(Library, EntryPoint = "sendmsg")]
    private static extern nint SendMessageOnce(int fd, msghdr* message, int flags);

    [DllImport(Library, EntryPoint = "recvmsg")]
    private static extern nint ReceiveMessageOnce(int fd, msghdr* message, int flags);

    [DllImport(Library, EntryPoint = "readv")]
    private static extern nint ReadVectorOnce(int fd, iovec* vector, int count);

    /// <summary>Neither blocks nor outlives an exec. A send with MSG_NOSIGNAL raises no SIGPIPE.</summary>
    internal static int OpenNonBlockingSocket(int family, int type) => PosixSockets.OpenNonBlocking(family, type);

    /// <summary>Accepts a connection from such a listener; it is such a socket, too.</summary>
    internal static int AcceptNonBlocking(int fd, void* address, uint* length) =>
        PosixSockets.AcceptNonBlocking(fd, address, length);

    /// <summary>Sends and receives only there. The length is without the NUL that ends the name.</summary>
    internal static int BindToInterface(int fd, int family, byte* name, uint length) =>
        PosixSockets.BindToInterface(fd, family, name, length);

    /// <summary>
    /// A part of a file by the kernel alone, without SIGPIPE, behind what has been sent of it: the last call's result,
    /// 0 at the file's end.
    /// </summary>
    internal static nint SendFile(int fd, int file, long offset, nuint count, nuint* sent) =>
        PosixSockets.SendFile(fd, file, offset, count, sent);

    /// <summary>What has been sent and the peer has not confirmed.</summary>
    internal static int GetUnconfirmedBytes(int fd, int* bytes) => PosixSockets.GetUnconfirmedBytes(fd, bytes);

    /// <summary>What TCP knows of a connection.</summary>
    internal static int GetTcpInfo(int fd, reseau_tcp_info* info) => PosixSockets.GetTcpInfo(fd, info);

    /// <summary>As the system makes it: what it inherits from the listener differs.</summary>
    internal static int accept(int fd, void* address, uint* length)
    {
        int accepted;
        do
            accepted = AcceptOnce(fd, address, length);
        while (accepted < 0 && Errno == EINTR);
        return accepted;
    }

    /// <summary>The descriptor, set up; on failure it is closed, and the result -1 with errno set.</summary>
    internal static int MakeNonBlocking(int fd)
    {
        if (SetNonBlocking(fd))
            return fd;

        CloseKeepingErrno(fd);
        return -1;
    }

    internal static nint send(int fd, void* data, nuint length, int flags)
    {
        nint sent;
        do
            sent = SendOnce(fd, data, length, flags);
        while (sent < 0 && Errno == EINTR);
        return sent;
    }

    internal static nint recv(int fd, void* into, nuint length, int flags)
    {
        nint received;
        do
            received = ReceiveOnce(fd, into, length, flags);
        while (received < 0 && Errno == EINTR);
        return received;
    }

    /// <summary>sendmsg with nothing but data.</summary>
    internal static nint SendVector(int fd, iovec* vector, int count, int flags)
    {
        msghdr message = msghdr.Of(vector, count);
        return SendMessage(fd, &message, flags);
    }

    /// <summary>
    /// As readv, with the message's flags: MSG_TRUNC for a datagram that was longer than the room for it, MSG_CTRUNC
    /// for descriptors that the peer sent along. The kernel closes those: there is no room for them.
    /// </summary>
    internal static nint ReceiveVector(int fd, iovec* vector, int count, out int flags)
    {
        msghdr message = msghdr.Of(vector, count);
        nint received = ReceiveMessage(fd, &message, 0);
        flags = message.msg_flags;
        return received;
    }

    /// <summary>Sends so many of the messages, without waiting; -1 with errno if the first could not be sent.</summary>
    internal static int SendMessages(int fd, mmsghdr* messages, int count) =>
        PosixSockets.SendMessages(fd, messages, count);

    /// <summary>Receives as many messages as are there, without waiting; -1 with errno if there is none.</summary>
    internal static int ReceiveMessages(int fd, mmsghdr* messages, int count) =>
        PosixSockets.ReceiveMessages(fd, messages, count);

    internal static nint SendMessage(int fd, msghdr* message, int flags)
    {
        nint sent;
        do
            sent = SendMessageOnce(fd, message, flags);
        while (sent < 0 && Errno == EINTR);
        return sent;
    }

    internal static nint ReceiveMessage(int fd, msghdr* message, int flags)
    {
        nint received;
        do
            received = ReceiveMessageOnce(fd, message, flags);
        while (received < 0 && Errno == EINTR);
        return received;
    }

    internal static nint readv(int fd, iovec* vector, int count)
    {
        nint received;
        do
            received = ReadVectorOnce(fd, vector, count);
        while (received < 0 && Errno == EINTR);
        return received;
    }

    /// <summary>SOCK_*, or -1 with errno.</summary>
    internal static int SocketTypeOf(int fd)
    {
        int type;
        uint length = sizeof(int);
        return getsockopt(fd, SOL_SOCKET, SO_TYPE, &type, &length) < 0 ? -1 : type;
    }

    /// <summary>Takes the pending error off the socket: 0, an errno, or the errno of the failed question.</summary>
    internal static int TakeSocketError(int fd)
    {
        int error;
        uint length = sizeof(int);
        return getsockopt(fd, SOL_SOCKET, SO_ERROR, &error, &length) < 0 ? Errno : error;
    }
}
