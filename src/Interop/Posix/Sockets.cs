// SPDX-License-Identifier: Apache-2.0
using System.Runtime.InteropServices;

namespace Reseau.Native.Interop.Posix;

/// <summary>struct msghdr of &lt;sys/socket.h&gt; as glibc and musl lay it out on 64-bit Linux.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct msghdr
{
    public void* msg_name;
    public uint msg_namelen;
    public Libc.iovec* msg_iov;
    public nuint msg_iovlen;
    public void* msg_control;
    public nuint msg_controllen;
    public int msg_flags;
}

/// <summary>struct sockaddr_storage: room for every family, aligned for every family.</summary>
[StructLayout(LayoutKind.Sequential, Size = 128)]
internal struct sockaddr_storage
{
    public ushort ss_family;
    private readonly ulong _aligned;
}

/// <summary>
/// struct sockaddr_vm of &lt;linux/vm_sockets.h&gt;. The kernel pads it to the size of struct sockaddr, 16 bytes, and
/// refuses flags it does not know.
/// </summary>
[StructLayout(LayoutKind.Sequential, Size = 16)]
internal struct sockaddr_vm
{
    public ushort svm_family;
    public ushort svm_reserved1;
    public uint svm_port;
    public uint svm_cid;
    public byte svm_flags;
}

/// <summary>
/// Sockets; calls that a signal interrupts are made again here. Values that are written out here, accept4 and the
/// layouts of this file are Linux's: docs/backends.md says what another Unix needs instead.
/// </summary>
internal static unsafe partial class Libc
{
    internal const int AF_UNIX = 1;
    internal const int AF_INET = 2;
    internal const int AF_INET6 = PosixValues.AF_INET6;
    internal const int AF_VSOCK = 40;

    internal const int SOCK_STREAM = 1;
    internal const int SOCK_DGRAM = 2;
    internal const int SOCK_NONBLOCK = 0x800;
    internal const int SOCK_CLOEXEC = 0x80000;

    internal const int SOL_SOCKET = PosixValues.SOL_SOCKET;
    internal const int SO_REUSEADDR = PosixValues.SO_REUSEADDR;
    internal const int SO_ERROR = PosixValues.SO_ERROR;
    internal const int SO_KEEPALIVE = PosixValues.SO_KEEPALIVE;
    internal const int SO_BINDTODEVICE = 25;

    internal const int IPPROTO_TCP = 6;
    internal const int TCP_NODELAY = 1;
    internal const int TCP_KEEPIDLE = PosixValues.TCP_KEEPIDLE;
    internal const int TCP_KEEPINTVL = PosixValues.TCP_KEEPINTVL;
    internal const int TCP_KEEPCNT = PosixValues.TCP_KEEPCNT;

    internal const int MSG_CTRUNC = PosixValues.MSG_CTRUNC;
    internal const int MSG_TRUNC = PosixValues.MSG_TRUNC;
    internal const int MSG_DONTWAIT = PosixValues.MSG_DONTWAIT;
    internal const int MSG_NOSIGNAL = 0x4000;

    internal const int SHUT_RD = 0;
    internal const int SHUT_WR = 1;

    /// <summary>
    /// For <see cref="ioctl"/>: the bytes, the end of the stream included, that the peer has not confirmed.
    /// </summary>
    internal const nuint SIOCOUTQ = 0x5411;

    internal const nuint FIONBIO = 0x5421;
    private const nuint FIOCLEX = 0x5451;

    /// <summary>IF_NAMESIZE.</summary>
    internal const int InterfaceNameSize = 16;

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
    internal static extern int setsockopt(int fd, int level, int name, void* value, uint length);

    [DllImport(Library)]
    internal static extern int shutdown(int fd, int how);

    [DllImport(Library)]
    internal static extern uint if_nametoindex(byte* name);

    /// <summary>Writes the name and its NUL, <see cref="InterfaceNameSize"/> bytes at most; NULL with errno.</summary>
    [DllImport(Library)]
    internal static extern byte* if_indextoname(uint index, byte* name);

    [DllImport(Library)]
    private static extern int getsockopt(int fd, int level, int name, void* value, uint* length);

    [DllImport(Library, EntryPoint = "accept4")]
    private static extern int AcceptOnce(int fd, void* address, uint* length, int flags);

    [DllImport(Library, EntryPoint = "accept")]
    private static extern int AcceptPlainOnce(int fd, void* address, uint* length);

    [DllImport(Library, EntryPoint = "send")]
    private static extern nint SendOnce(int fd, void* data, nuint length, int flags);

    [DllImport(Library, EntryPoint = "recv")]
    private static extern nint ReceiveOnce(int fd, void* into, nuint length, int flags);

    /// <summary>Of the variadic ioctl, the commands that take an int by its address, or nothing.</summary>
    [DllImport(Library)]
    internal static extern int ioctl(int fd, nuint command, int* value);

    [DllImport(Library, EntryPoint = "sendmsg")]
    private static extern nint SendMessageOnce(int fd, msghdr* message, int flags);

    [DllImport(Library, EntryPoint = "recvmsg")]
    private static extern nint ReceiveMessageOnce(int fd, msghdr* message, int flags);

    [DllImport(Library, EntryPoint = "readv")]
    private static extern nint ReadVectorOnce(int fd, iovec* vector, int count);

    /// <summary>
    /// Accepts a connection, non-blocking and closed by exec. Sandboxes with a list of known calls may know only the
    /// older accept; they answer ENOSYS or EPERM. Where EPERM is the connection's, accept takes the next one.
    /// </summary>
    internal static int AcceptNonBlocking(int fd, void* address, uint* length)
    {
        int accepted;
        do
            accepted = AcceptOnce(fd, address, length, SOCK_NONBLOCK | SOCK_CLOEXEC);
        while (accepted < 0 && Errno == EINTR);
        if (accepted >= 0 || Errno is not (ENOSYS or EPERM))
            return accepted;

        do
            accepted = AcceptPlainOnce(fd, address, length);
        while (accepted < 0 && Errno == EINTR);
        return accepted < 0 ? accepted : MakeNonBlocking(accepted);
    }

    private static int MakeNonBlocking(int fd)
    {
        int yes = 1;
        if (ioctl(fd, FIOCLEX, null) == 0 && ioctl(fd, FIONBIO, &yes) == 0)
            return fd;

        int error = Errno;
        close(fd);
        Errno = error;
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
        msghdr message = default;
        message.msg_iov = vector;
        message.msg_iovlen = (nuint)count;
        nint sent;
        do
            sent = SendMessageOnce(fd, &message, flags);
        while (sent < 0 && Errno == EINTR);
        return sent;
    }

    /// <summary>
    /// As readv, with the message's flags: MSG_TRUNC for a datagram that was longer than the room for it, MSG_CTRUNC
    /// for descriptors that the peer sent along. The kernel closes those: there is no room for them.
    /// </summary>
    internal static nint ReceiveVector(int fd, iovec* vector, int count, out int flags)
    {
        msghdr message = default;
        message.msg_iov = vector;
        message.msg_iovlen = (nuint)count;
        nint received;
        do
            received = ReceiveMessageOnce(fd, &message, 0);
        while (received < 0 && Errno == EINTR);
        flags = message.msg_flags;
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

    /// <summary>Takes the pending error off the socket: 0, an errno, or the errno of the failed question.</summary>
    internal static int TakeSocketError(int fd)
    {
        int error;
        uint length = sizeof(int);
        return getsockopt(fd, SOL_SOCKET, SO_ERROR, &error, &length) < 0 ? Errno : error;
    }
}
