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

    /// <summary>struct tm as every Unix has it, also in the build for Windows, whose own is shorter.</summary>
    [StructLayout(LayoutKind.Sequential)]
    internal struct zoned_tm
    {
        internal int tm_sec;
        internal int tm_min;
        internal int tm_hour;
        internal int tm_mday;
        internal int tm_mon;
        internal int tm_year;
        internal int tm_wday;
        internal int tm_yday;
        internal int tm_isdst;
        internal nint tm_gmtoff;
        internal byte* tm_zone;
    }

    internal const int CLOCK_REALTIME = 0;
    internal const int CLOCK_MONOTONIC = PosixValues.CLOCK_MONOTONIC;
    internal const int CLOCK_BOOTTIME = PosixValues.CLOCK_BOOTTIME;
    internal const int CLOCK_THREAD_CPUTIME_ID = PosixValues.CLOCK_THREAD_CPUTIME_ID;

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
