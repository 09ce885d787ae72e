// SPDX-License-Identifier: Apache-2.0
using System.Runtime.InteropServices;
using Reseau.Native.Interop.Posix;

namespace Reseau.Native.Interop.Linux;

/// <summary>What is done with pipes otherwise on Linux than on other Unix systems. Failures set errno.</summary>
internal static unsafe class LinuxPipes
{
    private const string Library = "libc";

    // Linux 6.18: a write to a pipe without reader gives EPIPE and no signal.
    private const int RWF_NOSIGNAL = 0x100;

    private static bool s_lacksNoSignalWrite;

    [DllImport(Library)]
    private static extern int pipe2(int* fds, int flags);

    [DllImport(Library, EntryPoint = "pwritev2")]
    private static extern nint WriteVectorOnce(int fd, Libc.iovec* pieces, int count, long offset, int flags);

    internal static int OpenNonBlocking(int* fds) => pipe2(fds, Libc.O_NONBLOCK | Libc.O_CLOEXEC);

    /// <summary>One descriptor, twice.</summary>
    internal static int OpenSignal(int* fds)
    {
        fds[0] = EventFd.eventfd(0, EventFd.EFD_CLOEXEC | EventFd.EFD_NONBLOCK);
        fds[1] = fds[0];
        return fds[0] < 0 ? -1 : 0;
    }

    internal static nint WriteWithoutSignal(int fd, void* buffer, nuint size)
    {
        if (!s_lacksNoSignalWrite)
        {
            Libc.iovec piece;
            piece.iov_base = buffer;
            piece.iov_len = size;
            nint count;
            do
                count = WriteVectorOnce(fd, &piece, 1, -1, RWF_NOSIGNAL);
            while (count < 0 && Libc.Errno == Libc.EINTR);

            if (count >= 0 || Libc.Errno is not (Libc.EOPNOTSUPP or Libc.ENOSYS or Libc.EPERM or Libc.EINVAL
                or Libc.ESPIPE))
                return count;
            s_lacksNoSignalWrite = true;
        }

        return WriteWithSignalHeldBack(fd, buffer, size);
    }

    private static nint WriteWithSignalHeldBack(int fd, void* buffer, nuint size)
    {
        BrokenPipeSignal signal;
        BrokenPipeSignal.HoldBack(&signal);
        nint count = Libc.write(fd, buffer, size);
        BrokenPipeSignal.Release(&signal, count < 0 && Libc.Errno == Libc.EPIPE);
        return count;
    }
}
