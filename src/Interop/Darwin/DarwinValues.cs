// SPDX-License-Identifier: Apache-2.0

namespace Reseau.Native.Interop.Darwin;

/// <summary>Numbers of &lt;errno.h&gt;, &lt;fcntl.h&gt; and their like that are Darwin's own.</summary>
internal static class DarwinValues
{
    internal const int EAGAIN = 35;
    internal const int EDEADLK = 11;
    internal const int ENAMETOOLONG = 63;
    internal const int ENOSYS = 78;
    internal const int ENOTEMPTY = 66;
    internal const int ELOOP = 62;
    /// <summary>No call gives it here.</summary>
    internal const int ENONET = -1;
    internal const int EPROTO = 100;
    internal const int ENOTSOCK = 38;
    internal const int EMSGSIZE = 40;
    internal const int ENOPROTOOPT = 42;
    internal const int EPROTONOSUPPORT = 43;
    internal const int EOPNOTSUPP = 102;
    internal const int EAFNOSUPPORT = 47;
    internal const int EADDRINUSE = 48;
    internal const int EADDRNOTAVAIL = 49;
    internal const int ENETDOWN = 50;
    internal const int ENETUNREACH = 51;
    internal const int ECONNABORTED = 53;
    internal const int ECONNRESET = 54;
    internal const int ENOBUFS = 55;
    internal const int EISCONN = 56;
    internal const int ENOTCONN = 57;
    internal const int ETIMEDOUT = 60;
    internal const int ECONNREFUSED = 61;
    internal const int EHOSTDOWN = 64;
    internal const int EHOSTUNREACH = 65;
    internal const int EALREADY = 37;
    internal const int EINPROGRESS = 36;

    internal const int F_DUPFD_CLOEXEC = 67;
    internal const int O_NONBLOCK = 0x4;
    internal const int O_CREAT = 0x200;
    internal const int O_EXCL = 0x800;
    internal const int O_NOCTTY = 0x20000;
    internal const int O_TRUNC = 0x400;
    internal const int O_APPEND = 0x8;
    internal const int O_CLOEXEC = 0x1000000;

    internal const nint RTLD_DEFAULT = -2;
    internal const int RTLD_NOLOAD = 0x10;
    /// <summary>Every library looks among its own first here, without being asked.</summary>
    internal const int RTLD_DEEPBIND = 0;
    internal const int RTLD_NODELETE = 0x80;

    internal const int CLOCK_MONOTONIC = 6;
    /// <summary>The monotonic clock runs on during sleep.</summary>
    internal const int CLOCK_BOOTTIME = 6;
    internal const int CLOCK_THREAD_CPUTIME_ID = 16;

    internal const int _SC_PAGESIZE = 29;
    internal const int _SC_NPROCESSORS_ONLN = 58;
    internal const int RLIMIT_NOFILE = 8;
    /// <summary>getrusage gives bytes here.</summary>
    internal const int MaxrssPerKilobyte = 1024;

    internal const int AF_INET6 = 30;
    internal const int SOL_SOCKET = 0xFFFF;
    internal const int SO_REUSEADDR = 4;
    internal const int SO_ERROR = 0x1007;
    internal const int SO_KEEPALIVE = 8;
    internal const int SO_LINGER = 0x80;
    internal const int SO_TYPE = 0x1008;
    internal const int SO_REUSEPORT = 0x200;
    internal const int SO_BROADCAST = 0x20;
    internal const int SO_RCVBUF = 0x1002;
    internal const int IP_TTL = 4;
    internal const int IP_MULTICAST_IF = 9;
    internal const int IP_MULTICAST_TTL = 10;
    internal const int IP_MULTICAST_LOOP = 11;
    internal const int IPV6_UNICAST_HOPS = 4;
    internal const int IPV6_MULTICAST_IF = 9;
    internal const int IPV6_MULTICAST_HOPS = 10;
    internal const int IPV6_MULTICAST_LOOP = 11;
    internal const int MCAST_JOIN_GROUP = 80;
    internal const int MCAST_LEAVE_GROUP = 81;
    internal const int IPV6_V6ONLY = 27;
    /// <summary>No option has this number.</summary>
    internal const int TCP_USER_TIMEOUT = -1;
    internal const int TCP_FASTOPEN = 0x105;
    /// <summary>There is a call of its own for it here, which is not made.</summary>
    internal const int TCP_FASTOPEN_CONNECT = -1;
    /// <summary>It is called TCP_KEEPALIVE here.</summary>
    internal const int TCP_KEEPIDLE = 0x10;
    internal const int TCP_KEEPINTVL = 0x101;
    internal const int TCP_KEEPCNT = 0x102;
    internal const int MSG_CTRUNC = 0x20;
    internal const int MSG_TRUNC = 0x10;
    internal const int MSG_DONTWAIT = 0x80;
    /// <summary>Only the newest kernels know it: sockets are set up to raise no signal instead.</summary>
    internal const int MSG_NOSIGNAL = 0;
    internal const nuint FIONBIO = 0x8004667E;
    internal const nuint FIOCLEX = 0x20006601;

    internal const int AI_V4MAPPED = 0x800;
    internal const int AI_ALL = 0x100;
    internal const int EAI_NONAME = 8;
    internal const int EAI_AGAIN = 2;
    internal const int EAI_FAIL = 4;
    internal const int EAI_NODATA = 7;
    internal const int EAI_SERVICE = 9;
    internal const int EAI_ADDRFAMILY = 1;
    internal const int EAI_MEMORY = 6;
    internal const int NI_NAMEREQD = 0x4;
}
