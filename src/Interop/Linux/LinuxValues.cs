// SPDX-License-Identifier: Apache-2.0

namespace Reseau.Native.Interop.Linux;

/// <summary>Numbers of &lt;errno.h&gt;, &lt;fcntl.h&gt; and their like that are Linux's own.</summary>
internal static class LinuxValues
{
    internal const int EAGAIN = 11;
    internal const int EDEADLK = 35;
    internal const int ENAMETOOLONG = 36;
    internal const int ENOSYS = 38;
    internal const int ENOTEMPTY = 39;
    internal const int ELOOP = 40;
    internal const int ENONET = 64;
    internal const int EPROTO = 71;
    internal const int ENOTSOCK = 88;
    internal const int EMSGSIZE = 90;
    internal const int ENOPROTOOPT = 92;
    internal const int EPROTONOSUPPORT = 93;
    internal const int EOPNOTSUPP = 95;
    internal const int EAFNOSUPPORT = 97;
    internal const int EADDRINUSE = 98;
    internal const int EADDRNOTAVAIL = 99;
    internal const int ENETDOWN = 100;
    internal const int ENETUNREACH = 101;
    internal const int ECONNABORTED = 103;
    internal const int ECONNRESET = 104;
    internal const int ENOBUFS = 105;
    internal const int EISCONN = 106;
    internal const int ENOTCONN = 107;
    internal const int ETIMEDOUT = 110;
    internal const int ECONNREFUSED = 111;
    internal const int EHOSTDOWN = 112;
    internal const int EHOSTUNREACH = 113;
    internal const int EALREADY = 114;
    internal const int EINPROGRESS = 115;

    internal const int F_DUPFD_CLOEXEC = 1030;
    internal const int O_NONBLOCK = 0x800;
    internal const int O_CREAT = 0x40;
    internal const int O_EXCL = 0x80;
    internal const int O_NOCTTY = 0x100;
    internal const int O_TRUNC = 0x200;
    internal const int O_APPEND = 0x400;
    internal const int O_CLOEXEC = 0x80000;

    internal const nint RTLD_DEFAULT = 0;
    internal const int RTLD_NOLOAD = 4;
    internal const int RTLD_DEEPBIND = 8;
    internal const int RTLD_NODELETE = 0x1000;

    internal const int CLOCK_MONOTONIC = 1;
    internal const int CLOCK_BOOTTIME = 7;
    internal const int CLOCK_THREAD_CPUTIME_ID = 3;

    internal const int _SC_PAGESIZE = 30;
    internal const int _SC_NPROCESSORS_ONLN = 84;
    internal const int RLIMIT_NOFILE = 7;
    internal const int MaxrssPerKilobyte = 1;

    internal const int AF_INET6 = 10;
    internal const int SOL_SOCKET = 1;
    internal const int SO_REUSEADDR = 2;
    internal const int SO_ERROR = 4;
    internal const int SO_KEEPALIVE = 9;
    internal const int SO_LINGER = 13;
    internal const int SO_TYPE = 3;
    internal const int SO_REUSEPORT = 15;
    internal const int SO_BROADCAST = 6;
    internal const int SO_RCVBUF = 8;
    internal const int IP_TTL = 2;
    internal const int IP_MULTICAST_IF = 32;
    internal const int IP_MULTICAST_TTL = 33;
    internal const int IP_MULTICAST_LOOP = 34;
    internal const int IPV6_UNICAST_HOPS = 16;
    internal const int IPV6_MULTICAST_IF = 17;
    internal const int IPV6_MULTICAST_HOPS = 18;
    internal const int IPV6_MULTICAST_LOOP = 19;
    internal const int MCAST_JOIN_GROUP = 42;
    internal const int MCAST_LEAVE_GROUP = 45;
    internal const int IPV6_V6ONLY = 26;
    internal const int TCP_USER_TIMEOUT = 18;
    internal const int TCP_FASTOPEN = 23;
    internal const int TCP_FASTOPEN_CONNECT = 30;
    internal const int TCP_KEEPIDLE = 4;
    internal const int TCP_KEEPINTVL = 5;
    internal const int TCP_KEEPCNT = 6;
    internal const int MSG_CTRUNC = 0x8;
    internal const int MSG_TRUNC = 0x20;
    internal const int MSG_DONTWAIT = 0x40;
    internal const int MSG_NOSIGNAL = 0x4000;
    internal const nuint FIONBIO = 0x5421;
    internal const nuint FIOCLEX = 0x5451;

    internal const int AI_V4MAPPED = 0x8;
    internal const int AI_ALL = 0x10;
    internal const int EAI_NONAME = -2;
    internal const int EAI_AGAIN = -3;
    internal const int EAI_FAIL = -4;
    internal const int EAI_NODATA = -5;
    internal const int EAI_SERVICE = -8;
    internal const int EAI_ADDRFAMILY = -9;
    internal const int EAI_MEMORY = -10;
    internal const int NI_NAMEREQD = 0x8;
}
