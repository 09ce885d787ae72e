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

    /// <summary>A set of signals, as large as the C library's.</summary>
    [StructLayout(LayoutKind.Sequential)]
    private struct sigset_t
    {
        private fixed ulong _bits[16];

        internal static sigset_t Of(int signal)
        {
            sigset_t set = default;
            set._bits[0] = 1UL << (signal - 1);
            return set;
        }

        internal readonly bool Has(int signal) => (_bits[0] & 1UL << (signal - 1)) != 0;
    }

    private const int SIGPIPE = 13;
    private const int SIG_BLOCK = 0;
    private const int SIG_SETMASK = 2;

    [DllImport(Library)]
    private static extern int pipe2(int* fds, int flags);

    [DllImport(Library, EntryPoint = "pwritev2")]
    private static extern nint WriteVectorOnce(int fd, Libc.iovec* pieces, int count, long offset, int flags);

    // Returns the error number.
    [DllImport(Library)]
    private static extern int pthread_sigmask(int how, sigset_t* change, sigset_t* previous);

    [DllImport(Library)]
    private static extern int sigpending(sigset_t* pending);

    [DllImport(Library, EntryPoint = "sigtimedwait")]
    private static extern int WaitForSignal(sigset_t* signals, void* info, nint* timeout);

    internal static int OpenNonBlocking(int* fds) => pipe2(fds, Libc.O_NONBLOCK | Libc.O_CLOEXEC);

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
        sigset_t broken = sigset_t.Of(SIGPIPE);
        sigset_t pending;
        sigset_t previous;
        bool wasPending = sigpending(&pending) == 0 && pending.Has(SIGPIPE);
        pthread_sigmask(SIG_BLOCK, &broken, &previous);

        nint count = Libc.write(fd, buffer, size);
        int error = Libc.Errno;
        if (count < 0 && error == Libc.EPIPE && !wasPending)
            TakePendingSignal(&broken);

        pthread_sigmask(SIG_SETMASK, &previous, null);
        Libc.Errno = error;
        return count;
    }

    // Takes a blocked signal that is pending, so that unblocking does not deliver it. Does not wait.
    private static void TakePendingSignal(sigset_t* signals)
    {
        nint* atOnce = stackalloc nint[] { 0, 0 };
        while (WaitForSignal(signals, null, atOnce) < 0 && Libc.Errno == Libc.EINTR)
        {
        }
    }
}
