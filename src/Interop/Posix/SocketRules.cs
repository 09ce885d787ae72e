// SPDX-License-Identifier: Apache-2.0
using System.Runtime.InteropServices;

namespace Reseau.Native.Interop.Posix;

/// <summary>struct pollfd of &lt;poll.h&gt;.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct pollfd
{
    public int fd;
    public short events;
    public short revents;
}

/// <summary>struct timeval of &lt;sys/time.h&gt; on 64-bit systems.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct timeval
{
    public long tv_sec;
    public long tv_usec;
}

/// <summary>struct linger of &lt;sys/socket.h&gt;.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct linger
{
    public int l_onoff;
    public int l_linger;
}

/// <summary>
/// Numbers of the socket API, for those who implement sockets. Values that are
/// written out here are Linux's.
/// </summary>
internal static unsafe partial class Libc
{
    internal const int EFAULT = 14;
    internal const int ENOTTY = 25;
    internal const int EDOM = 33;
    internal const int EDESTADDRREQ = 89;
    internal const int EPROTOTYPE = 91;
    internal const int ESOCKTNOSUPPORT = 94;

    internal const int SIGPIPE = 13;

    internal const int SOCK_RAW = 3;
    internal const int SOCK_SEQPACKET = 5;
    internal const int SOCK_NONBLOCK = 0x800;
    internal const int SOCK_CLOEXEC = 0x80000;
    internal const int SHUT_RDWR = 2;

    internal const int SO_DEBUG = 1;
    internal const int SO_DONTROUTE = 5;
    internal const int SO_SNDBUF = 7;
    internal const int SO_OOBINLINE = 10;
    internal const int SO_RCVLOWAT = 18;
    internal const int SO_SNDLOWAT = 19;
    internal const int SO_RCVTIMEO = 20;
    internal const int SO_SNDTIMEO = 21;
    internal const int SO_ACCEPTCONN = 30;
    internal const int SO_PROTOCOL = 38;
    internal const int SO_DOMAIN = 39;

    internal const int IPPROTO_UDP = 17;

    internal const int MSG_OOB = 0x1;
    internal const int MSG_PEEK = 0x2;
    internal const int MSG_ERRQUEUE = 0x2000;
    internal const int MSG_WAITALL = 0x100;

    internal const int POLLIN = 0x1;
    internal const int POLLPRI = 0x2;
    internal const int POLLOUT = 0x4;
    internal const int POLLERR = 0x8;
    internal const int POLLHUP = 0x10;
    internal const int POLLNVAL = 0x20;
    internal const int POLLRDNORM = 0x40;
    internal const int POLLWRNORM = 0x100;
    internal const int POLLRDHUP = 0x2000;

    internal const int F_DUPFD = 0;
    internal const int F_GETFD = 1;
    internal const int F_SETFD = 2;
    internal const int F_GETFL = 3;
    internal const int F_SETFL = 4;
    internal const int F_DUPFD_CLOEXEC = PosixValues.F_DUPFD_CLOEXEC;
    internal const int FD_CLOEXEC = 1;

    internal const nuint FIONBIO = PosixValues.FIONBIO;
    internal const nuint FIONREAD = 0x541B;
    internal const nuint TIOCOUTQ = 0x5411;
    internal const nuint SIOCATMARK = 0x8905;

    /// <summary>UIO_MAXIOV: the most pieces of a gathered or scattered call.</summary>
    internal const int PiecesMax = 1024;
}
