// SPDX-License-Identifier: Apache-2.0

namespace Reseau.Native.Interop.Posix;

/// <summary>
/// The C library's errno. The runtime keeps it across the return from a P/Invoke, so it may be read right after a call
/// that failed.
/// </summary>
internal static unsafe partial class Libc
{
    private const string Library = "libc";

    internal static int Errno
    {
        get => *PosixCalls.ErrnoLocation();
        set => *PosixCalls.ErrnoLocation() = value;
    }

    internal const int EPERM = 1;
    internal const int ENOENT = 2;
    internal const int EINTR = 4;
    internal const int EIO = 5;
    internal const int ENXIO = 6;
    internal const int EBADF = 9;
    internal const int EAGAIN = PosixValues.EAGAIN;
    internal const int ENOMEM = 12;
    internal const int EACCES = 13;
    internal const int EBUSY = 16;
    internal const int EEXIST = 17;
    internal const int ENODEV = 19;
    internal const int ENOTDIR = 20;
    internal const int EISDIR = 21;
    internal const int EINVAL = 22;
    internal const int ENFILE = 23;
    internal const int EMFILE = 24;
    internal const int ENOSPC = 28;
    internal const int ESPIPE = 29;
    internal const int EPIPE = 32;
    internal const int EDEADLK = PosixValues.EDEADLK;
    internal const int ENAMETOOLONG = PosixValues.ENAMETOOLONG;
    internal const int ENOSYS = PosixValues.ENOSYS;
    internal const int ENOTEMPTY = PosixValues.ENOTEMPTY;
    internal const int ELOOP = PosixValues.ELOOP;
    internal const int ENONET = PosixValues.ENONET;
    internal const int EPROTO = PosixValues.EPROTO;
    internal const int ENOTSOCK = PosixValues.ENOTSOCK;
    internal const int EMSGSIZE = PosixValues.EMSGSIZE;
    internal const int ENOPROTOOPT = PosixValues.ENOPROTOOPT;
    internal const int EPROTONOSUPPORT = PosixValues.EPROTONOSUPPORT;
    internal const int EOPNOTSUPP = PosixValues.EOPNOTSUPP;
    internal const int EAFNOSUPPORT = PosixValues.EAFNOSUPPORT;
    internal const int EADDRINUSE = PosixValues.EADDRINUSE;
    internal const int EADDRNOTAVAIL = PosixValues.EADDRNOTAVAIL;
    internal const int ENETDOWN = PosixValues.ENETDOWN;
    internal const int ENETUNREACH = PosixValues.ENETUNREACH;
    internal const int ECONNABORTED = PosixValues.ECONNABORTED;
    internal const int ECONNRESET = PosixValues.ECONNRESET;
    internal const int ENOBUFS = PosixValues.ENOBUFS;
    internal const int EISCONN = PosixValues.EISCONN;
    internal const int ENOTCONN = PosixValues.ENOTCONN;
    internal const int ETIMEDOUT = PosixValues.ETIMEDOUT;
    internal const int ECONNREFUSED = PosixValues.ECONNREFUSED;
    internal const int EHOSTDOWN = PosixValues.EHOSTDOWN;
    internal const int EHOSTUNREACH = PosixValues.EHOSTUNREACH;
    internal const int EALREADY = PosixValues.EALREADY;
    internal const int EINPROGRESS = PosixValues.EINPROGRESS;
}
