// SPDX-License-Identifier: Apache-2.0
using System;
using Reseau.Native.Interop.Windows;

namespace Reseau.Native.Platform.Windows;

/// <summary>The performance counter, which counts on while the machine sleeps, and the time of files.</summary>
internal static unsafe class WindowsClock
{
    private const ulong NanosecondsPerSecond = 1_000_000_000;
    private const ulong NanosecondsPerFileTime = 100;

    // From 1601 to 1970.
    private const ulong FileTimeOfEpoch = 116444736000000000;

    internal static bool TryReadMonotonic(ulong* nanoseconds)
    {
        *nanoseconds = Monotonic();
        return true;
    }

    internal static bool TryReadWall(ulong* nanoseconds)
    {
        ulong time;
        Kernel32.GetSystemTimePreciseAsFileTime(&time);
        *nanoseconds = (time - FileTimeOfEpoch) * NanosecondsPerFileTime;
        return time >= FileTimeOfEpoch;
    }

    // The system counts it in ticks of 15 milliseconds.
    internal static ulong ThreadTime() => 0;

    internal static ulong Monotonic()
    {
        long ticks, frequency;
        Kernel32.QueryPerformanceCounter(&ticks);
        Kernel32.QueryPerformanceFrequency(&frequency);

        // In two parts, or the product would overflow after half an hour.
        (ulong seconds, ulong rest) = Math.DivRem((ulong)ticks, (ulong)frequency);
        return seconds * NanosecondsPerSecond + rest * NanosecondsPerSecond / (ulong)frequency;
    }

    /// <summary>Seconds since 1970, and the rest in nanoseconds.</summary>
    internal static (long Seconds, uint Nanoseconds) OfFile(Kernel32.FILETIME time)
    {
        const long PerSecond = (long)(NanosecondsPerSecond / NanosecondsPerFileTime);
        long since = (long)((ulong)time.HighDateTime << 32 | time.LowDateTime) - (long)FileTimeOfEpoch;
        long seconds = since / PerSecond;
        long rest = since - seconds * PerSecond;
        return rest < 0
            ? (seconds - 1, (uint)(rest + PerSecond) * (uint)NanosecondsPerFileTime)
            : (seconds, (uint)rest * (uint)NanosecondsPerFileTime);
    }
}

/// <summary>The calendar functions of the C runtime.</summary>
internal static unsafe class WindowsLocalTime
{
    internal static tm FromSeconds(long seconds)
    {
        tm fields = default;
        return Ucrt._localtime64_s(&fields, &seconds) == 0 ? fields : default;
    }

    internal static long ToSeconds(tm* fields) => Ucrt._mktime64(fields);

    internal static long UtcToSeconds(tm* fields) => Ucrt._mkgmtime64(fields);

    // A tm does not say of what time zone it is.
    internal static void NameUtc(tm* fields)
    {
    }

    internal static byte* ZoneOf(tm* fields)
    {
        byte** names = Ucrt.__tzname();
        return names == null ? null : names[fields->tm_isdst > 0 ? 1 : 0];
    }
}
