// SPDX-License-Identifier: Apache-2.0
using Reseau.Native.Interop.Posix;

namespace Reseau.Native.Platform.Posix;

/// <summary>The clocks of clock_gettime.</summary>
internal static unsafe class PosixClock
{
    private const ulong NanosecondsPerSecond = 1_000_000_000;

    internal static bool TryReadMonotonic(ulong* nanoseconds) => TryRead(Libc.CLOCK_BOOTTIME, nanoseconds);

    internal static bool TryReadWall(ulong* nanoseconds) => TryRead(Libc.CLOCK_REALTIME, nanoseconds);

    internal static ulong ThreadTime()
    {
        ulong nanoseconds;
        return TryRead(Libc.CLOCK_THREAD_CPUTIME_ID, &nanoseconds) ? nanoseconds : 0;
    }

    internal static Libc.timespec ToTimespec(ulong nanoseconds) => new()
    {
        tv_sec = (nint)(nanoseconds / NanosecondsPerSecond),
        tv_nsec = (nint)(nanoseconds % NanosecondsPerSecond),
    };

    internal static ulong ToNanoseconds(Libc.timespec time) =>
        (ulong)time.tv_sec * NanosecondsPerSecond + (ulong)time.tv_nsec;

    private static bool TryRead(int clock, ulong* nanoseconds)
    {
        Libc.timespec now;
        if (Libc.clock_gettime(clock, &now) != 0)
            return false;

        *nanoseconds = ToNanoseconds(now);
        return true;
    }
}

/// <summary>The calendar functions of &lt;time.h&gt;.</summary>
internal static unsafe class PosixLocalTime
{
    internal static tm FromSeconds(long seconds)
    {
        nint time = (nint)seconds;
        tm fields = default;
        Libc.localtime_r(&time, &fields);
        return fields;
    }

    internal static long ToSeconds(tm* fields) => Libc.mktime(fields);

    internal static long UtcToSeconds(tm* fields) => Libc.timegm(fields);

    internal static void NameUtc(tm* fields) => ((Libc.zoned_tm*)fields)->tm_zone = Literal.Of("GMT"u8);

    internal static byte* ZoneOf(tm* fields) => ((Libc.zoned_tm*)fields)->tm_zone;
}
