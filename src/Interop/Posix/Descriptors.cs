// SPDX-License-Identifier: Apache-2.0
using System.Runtime.InteropServices;

namespace Reseau.Native.Interop.Posix;

/// <summary>File descriptors of every kind. Calls that a signal interrupted are made again here.</summary>
internal static unsafe partial class Libc
{
    internal const int O_NONBLOCK = PosixValues.O_NONBLOCK;

    /// <summary>One piece of a gathered write or a scattered read.</summary>
    [StructLayout(LayoutKind.Sequential)]
    internal struct iovec
    {
        internal void* iov_base;
        internal nuint iov_len;
    }

    /// <summary>A descriptor that is waited for.</summary>
    [StructLayout(LayoutKind.Sequential)]
    internal struct pollfd
    {
        internal int fd;
        internal short events;
        internal short revents;
    }

    /// <summary>Not made again after a signal: the time that is left would have to be known.</summary>
    [DllImport(Library)]
    internal static extern int poll(pollfd* fds, nuint count, int milliseconds);

    [DllImport(Library, EntryPoint = "read")]
    private static extern nint ReadOnce(int fd, void* buffer, nuint size);

    [DllImport(Library, EntryPoint = "write")]
    private static extern nint WriteOnce(int fd, void* buffer, nuint size);

    /// <summary>Never repeated: after EINTR the descriptor is closed all the same.</summary>
    [DllImport(Library)]
    internal static extern int close(int fd);

    /// <summary>Of the variadic ioctl, the commands that take an int by its address, or nothing.</summary>
    internal static int ioctl(int fd, nuint command, int* value) => PosixCalls.ioctl(fd, command, value);

    /// <summary>Two descriptors, for reading and for writing, that neither block nor outlive an exec.</summary>
    internal static int OpenNonBlockingPipe(int* fds) => PosixPipes.OpenNonBlocking(fds);

    /// <summary>
    /// What makes another descriptor readable: eight bytes that are written to the second can be read from the first,
    /// which may be the same. They neither block nor outlive an exec.
    /// </summary>
    internal static int OpenSignal(int* fds) => PosixPipes.OpenSignal(fds);

    /// <summary>The descriptor neither blocks nor outlives an exec from now on. False with errno set.</summary>
    internal static bool SetNonBlocking(int fd)
    {
        int yes = 1;
        return ioctl(fd, PosixValues.FIOCLEX, null) == 0 && ioctl(fd, PosixValues.FIONBIO, &yes) == 0;
    }

    /// <summary>Closes the descriptor after a failure whose errno is still to be read.</summary>
    internal static void CloseKeepingErrno(int fd)
    {
        int error = Errno;
        close(fd);
        Errno = error;
    }

    internal static nint read(int fd, void* buffer, nuint size)
    {
        nint count;
        do
            count = ReadOnce(fd, buffer, size);
        while (count < 0 && Errno == EINTR);
        return count;
    }

    internal static nint write(int fd, void* buffer, nuint size)
    {
        nint count;
        do
            count = WriteOnce(fd, buffer, size);
        while (count < 0 && Errno == EINTR);
        return count;
    }

    /// <summary>
    /// A write to a pipe of <see cref="OpenNonBlockingPipe"/> that reports a missing reader by EPIPE alone. The plain
    /// call would also raise SIGPIPE, which ends a host that has not said otherwise, and its choice is not ours to
    /// change.
    /// </summary>
    internal static nint WriteWithoutSignal(int fd, void* buffer, nuint size) =>
        PosixPipes.WriteWithoutSignal(fd, buffer, size);
}
