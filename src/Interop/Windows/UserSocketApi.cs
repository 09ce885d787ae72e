// SPDX-License-Identifier: Apache-2.0
using System.Runtime.InteropServices;

namespace Reseau.Native.Interop.Windows;

/// <summary>
/// What &lt;reseau/usocket.h&gt; has on Windows: numbers of Winsock and of the C runtime's errno; for what neither has,
/// those of &lt;reseau/compat/posix_sockets.h&gt;.
/// </summary>
internal static unsafe class UserSocketApi
{
    internal const int EPERM = 1;
    internal const int ENOENT = 2;
    internal const int EINTR = 4;
    internal const int EIO = 5;
    internal const int EBADF = 9;
    internal const int EAGAIN = 11;
    internal const int EACCES = 13;
    internal const int EFAULT = 14;
    internal const int EBUSY = 16;
    internal const int EEXIST = 17;
    internal const int EINVAL = 22;
    internal const int ENFILE = 23;
    internal const int ENOTTY = 25;
    internal const int EPIPE = 32;
    internal const int EDOM = 33;
    internal const int EADDRINUSE = 100;
    internal const int EAFNOSUPPORT = 102;
    internal const int EALREADY = 103;
    internal const int ECONNABORTED = 106;
    internal const int ECONNREFUSED = 107;
    internal const int ECONNRESET = 108;
    internal const int EDESTADDRREQ = 109;
    internal const int EINPROGRESS = 112;
    internal const int EISCONN = 113;
    internal const int ELOOP = 114;
    internal const int EMSGSIZE = 115;
    internal const int ENOBUFS = 119;
    internal const int ENOPROTOOPT = 123;
    internal const int ENOTCONN = 126;
    internal const int ENOTSOCK = 128;
    internal const int EOPNOTSUPP = 130;
    internal const int EPROTO = 134;
    internal const int EPROTONOSUPPORT = 135;
    internal const int EPROTOTYPE = 136;
    internal const int ETIMEDOUT = 138;

    /// <summary>The C runtime has no such number.</summary>
    internal const int ESOCKTNOSUPPORT = EPROTONOSUPPORT;

    internal const int AF_UNSPEC = 0;
    internal const int AF_UNIX = 1;
    internal const int AF_INET = 2;
    internal const int AF_INET6 = 23;

    internal const int SOCK_STREAM = 1;
    internal const int SOCK_DGRAM = 2;
    internal const int SOCK_RAW = 3;
    internal const int SOCK_SEQPACKET = 5;
    internal const int SOCK_NONBLOCK = 0x800;
    internal const int SOCK_CLOEXEC = 0x80000;

    internal const int SHUT_RD = 0;
    internal const int SHUT_WR = 1;
    internal const int SHUT_RDWR = 2;

    internal const int SOL_SOCKET = 0xFFFF;
    internal const int SO_DEBUG = 0x1;
    internal const int SO_ACCEPTCONN = 0x2;
    internal const int SO_REUSEADDR = 0x4;
    internal const int SO_KEEPALIVE = 0x8;
    internal const int SO_DONTROUTE = 0x10;
    internal const int SO_BROADCAST = 0x20;
    internal const int SO_LINGER = 0x80;
    internal const int SO_OOBINLINE = 0x100;
    internal const int SO_SNDBUF = 0x1001;
    internal const int SO_RCVBUF = 0x1002;
    internal const int SO_SNDLOWAT = 0x1003;
    internal const int SO_RCVLOWAT = 0x1004;
    internal const int SO_SNDTIMEO = 0x1005;
    internal const int SO_RCVTIMEO = 0x1006;
    internal const int SO_ERROR = 0x1007;
    internal const int SO_TYPE = 0x1008;

    // Not Winsock's.
    internal const int SO_REUSEPORT = 0x200;
    internal const int SO_PROTOCOL = 0x1016;
    internal const int SO_DOMAIN = 0x1019;

    internal const int IPPROTO_TCP = 6;
    internal const int IPPROTO_UDP = 17;
    internal const int IPPROTO_IPV6 = 41;
    internal const int TCP_NODELAY = 1;
    internal const int IPV6_V6ONLY = 27;

    internal const int MSG_OOB = 0x1;
    internal const int MSG_PEEK = 0x2;
    internal const int MSG_WAITALL = 0x8;
    internal const int MSG_TRUNC = 0x100;
    internal const int MSG_ERRQUEUE = 0x1000;

    // Not Winsock's.
    internal const int MSG_DONTWAIT = 0x40;
    internal const int MSG_NOSIGNAL = 0x4000;

    internal const int POLLRDNORM = 0x100;
    internal const int POLLIN = 0x300;
    internal const int POLLPRI = 0x400;
    internal const int POLLOUT = 0x10;
    internal const int POLLWRNORM = 0x10;
    internal const int POLLERR = 0x1;
    internal const int POLLHUP = 0x2;
    internal const int POLLNVAL = 0x4;

    // Not Winsock's.
    internal const int POLLRDHUP = 0x2000;

    internal const int F_DUPFD = 0;
    internal const int F_GETFD = 1;
    internal const int F_SETFD = 2;
    internal const int F_GETFL = 3;
    internal const int F_SETFL = 4;
    internal const int F_DUPFD_CLOEXEC = 1030;
    internal const int FD_CLOEXEC = 1;
    internal const int O_RDWR = 2;
    internal const int O_NONBLOCK = 0x800;

    internal const nuint FIONREAD = 0x4004667F;
    internal const nuint FIONBIO = 0x8004667E;
    internal const nuint SIOCATMARK = 0x40047307;
    internal const nuint TIOCOUTQ = 0x40047473;

    internal const int PiecesMax = 1024;

    [StructLayout(LayoutKind.Sequential)]
    internal struct iovec
    {
        internal void* iov_base;
        internal nuint iov_len;
    }

    [StructLayout(LayoutKind.Sequential)]
    internal struct msghdr
    {
        public void* msg_name;
        public uint msg_namelen;
        public iovec* msg_iov;
        public nuint msg_iovlen;
        public void* msg_control;
        public nuint msg_controllen;
        public int msg_flags;
    }

    /// <summary>Winsock's: the descriptor is a SOCKET, of which 32 bits count.</summary>
    [StructLayout(LayoutKind.Explicit, Size = 16)]
    internal struct pollfd
    {
        [FieldOffset(0)]
        public int fd;
        [FieldOffset(8)]
        public short events;
        [FieldOffset(10)]
        public short revents;
    }

    /// <summary>Winsock's: of 32 bits each.</summary>
    [StructLayout(LayoutKind.Sequential)]
    internal struct timeval
    {
        private int _seconds;
        private int _microseconds;

        internal long tv_sec
        {
            readonly get => _seconds;
            set => _seconds = (int)long.Min(value, int.MaxValue);
        }

        internal long tv_usec
        {
            readonly get => _microseconds;
            set => _microseconds = (int)value;
        }
    }

    /// <summary>Winsock's: of 16 bits each.</summary>
    [StructLayout(LayoutKind.Sequential)]
    internal struct linger
    {
        public ushort l_onoff;
        public ushort l_linger;
    }
}

/// <summary>struct epoll_event of &lt;reseau/compat/posix_sockets.h&gt;, whose events are poll()'s.</summary>
internal static unsafe class UserEpollApi
{
    internal const int EPOLL_CLOEXEC = 0x80000;
    internal const int EPOLL_CTL_ADD = 1;
    internal const int EPOLL_CTL_DEL = 2;
    internal const int EPOLL_CTL_MOD = 3;

    internal const int EventSizeMax = 16;

    private const int DataOffset = 8;

    internal static uint EventFlags(byte* events, int index) => *(uint*)(events + index * EventSizeMax);

    internal static void* EventData(byte* events, int index) =>
        *(void**)(events + index * EventSizeMax + DataOffset);

    internal static void SetEvent(byte* events, int index, uint flags, void* data)
    {
        *(uint*)(events + index * EventSizeMax) = flags;
        *(void**)(events + index * EventSizeMax + DataOffset) = data;
    }
}
