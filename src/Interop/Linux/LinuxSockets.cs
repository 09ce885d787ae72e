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

    [DllImport(Library, EntryPoint = "accept4")]
    private static extern int AcceptOnce(int fd, void* address, uint* length, int flags);

    [DllImport(Library, EntryPoint = "sendmmsg")]
    private static extern int SendMessagesOnce(int fd, mmsghdr* messages, uint count, int flags);

    [DllImport(Library, EntryPoint = "recvmmsg")]
    private static extern int ReceiveMessagesOnce(int fd, mmsghdr* messages, uint count, int flags, void* timeout);

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

    internal static int BindToInterface(int fd, int family, byte* name, uint length) =>
        Libc.setsockopt(fd, Libc.SOL_SOCKET, SO_BINDTODEVICE, name, length);

    /// <summary>The end of the stream counts as a byte.</summary>
    internal static int GetUnconfirmedBytes(int fd, int* bytes) => Libc.ioctl(fd, SIOCOUTQ, bytes);
}
