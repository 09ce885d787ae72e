// SPDX-License-Identifier: Apache-2.0
using System.Runtime.InteropServices;

namespace Reseau.Native.Interop.Posix;

/// <summary>Clocks, sleep and calendars.</summary>
internal static unsafe partial class Libc
{
    [StructLayout(LayoutKind.Sequential)]
    internal struct timespec
    {
        internal nint tv_sec;
        internal nint tv_nsec;
    }

    internal const int CLOCK_REALTIME = 0;
    internal const int CLOCK_MONOTONIC = PosixValues.CLOCK_MONOTONIC;
    internal const int CLOCK_BOOTTIME = PosixValues.CLOCK_BOOTTIME;

    [DllImport(Library)]
    [SuppressGCTransition]
    internal static extern int clock_gettime(int clock, timespec* time);

    [DllImport(Library, EntryPoint = "nanosleep")]
    private static extern int NanoSleep(timespec* time, timespec* remaining);

    /// <summary>Sleeps the whole time, also when signals interrupt it.</summary>
    internal static void nanosleep(timespec* time)
    {
        while (NanoSleep(time, time) != 0 && Errno == EINTR)
        {
        }
    }

    [DllImport(Library)]
    internal static extern tm* localtime_r(nint* time, tm* result);

    [DllImport(Library)]
    internal static extern nint mktime(tm* time);

    [DllImport(Library)]
    internal static extern nint timegm(tm* time);
}
