// SPDX-License-Identifier: Apache-2.0
using System.Runtime.InteropServices;
using Reseau.Native.Interop.Posix;

namespace Reseau.Native.Interop.Darwin;

/// <summary>What is done with pipes otherwise on Darwin than on Linux. Failures set errno.</summary>
internal static unsafe class DarwinPipes
{
    internal const int F_SETNOSIGPIPE = 73;

    [DllImport("libc")]
    private static extern int pipe(int* fds);

    /// <summary>A write to a pipe without reader gives EPIPE and no signal.</summary>
    internal static int OpenNonBlocking(int* fds)
    {
        int* made = stackalloc int[2];
        if (pipe(made) != 0)
            return -1;

        bool isSetUp = Libc.SetNonBlocking(made[0]) && Libc.SetNonBlocking(made[1]);
        if (isSetUp && DarwinCalls.fcntl(made[1], F_SETNOSIGPIPE, 1) == 0)
        {
            fds[0] = made[0];
            fds[1] = made[1];
            return 0;
        }

        Libc.CloseKeepingErrno(made[0]);
        Libc.CloseKeepingErrno(made[1]);
        return -1;
    }

    internal static int OpenSignal(int* fds) => OpenNonBlocking(fds);

    /// <summary>Of a pipe from <see cref="OpenNonBlocking"/>, which has been set up so.</summary>
    internal static nint WriteWithoutSignal(int fd, void* buffer, nuint size) => Libc.write(fd, buffer, size);
}
