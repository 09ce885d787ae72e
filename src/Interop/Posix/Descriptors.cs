// SPDX-License-Identifier: Apache-2.0
using System.Runtime.InteropServices;

namespace Reseau.Native.Interop.Posix;

/// <summary>File descriptors of every kind. Calls that a signal interrupted are made again here.</summary>
internal static unsafe partial class Libc
{
    internal const int O_NONBLOCK = PosixValues.O_NONBLOCK;

    // Linux 6.18: a write to a pipe without reader gives EPIPE and no signal.
    private const int RWF_NOSIGNAL = 0x100;

    private static bool s_lacksNoSignalWrite;

    /// <summary>One piece of a gathered write or a scattered read.</summary>
    [StructLayout(LayoutKind.Sequential)]
    internal struct iovec
    {
        internal void* iov_base;
        internal nuint iov_len;
    }

    [DllImport(Library, EntryPoint = "read")]
    private static extern nint ReadOnce(int fd, void* buffer, nuint size);

    [DllImport(Library, EntryPoint = "write")]
    private static extern nint WriteOnce(int fd, void* buffer, nuint size);

    [DllImport(Library, EntryPoint = "pwritev2")]
    private static extern nint WriteVectorOnce(int fd, iovec* pieces, int count, long offset, int flags);

    /// <summary>Never repeated: after EINTR the descriptor is closed all the same.</summary>
    [DllImport(Library)]
    internal static extern int close(int fd);

    [DllImport(Library)]
    internal static extern int pipe2(int* fds, int flags);

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
    /// A write to a pipe that reports a missing reader by EPIPE alone. The plain call would also raise SIGPIPE, which
    /// ends a host that has not said otherwise, and its choice is not ours to change.
    /// </summary>
    internal static nint WriteWithoutSignal(int fd, void* buffer, nuint size)
    {
        if (!s_lacksNoSignalWrite)
        {
            iovec piece;
            piece.iov_base = buffer;
            piece.iov_len = size;
            nint count;
            do
                count = WriteVectorOnce(fd, &piece, 1, -1, RWF_NOSIGNAL);
            while (count < 0 && Errno == EINTR);

            if (count >= 0 || Errno is not (EOPNOTSUPP or ENOSYS or EPERM or EINVAL or ESPIPE))
                return count;
            s_lacksNoSignalWrite = true;
        }

        return WriteWithSignalHeldBack(fd, buffer, size);
    }

    private static nint WriteWithSignalHeldBack(int fd, void* buffer, nuint size)
    {
        sigset_t broken = sigset_t.Of(SIGPIPE);
        sigset_t pending;
        sigset_t previous;
        bool wasPending = sigpending(&pending) == 0 && pending.Has(SIGPIPE);
        pthread_sigmask(SIG_BLOCK, &broken, &previous);

        nint count = write(fd, buffer, size);
        int error = Errno;
        if (count < 0 && error == EPIPE && !wasPending)
            TakePendingSignal(&broken);

        pthread_sigmask(SIG_SETMASK, &previous, null);
        Errno = error;
        return count;
    }
}
