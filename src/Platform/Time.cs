// SPDX-License-Identifier: Apache-2.0

namespace Reseau.Native.Platform;

/// <summary>The system's clocks, in nanoseconds. False when a clock cannot be read.</summary>
internal static unsafe class Clock
{
    /// <summary>Time since boot, sleep included; it never goes back.</summary>
    internal static bool TryReadMonotonic(ulong* nanoseconds) => ClockLeaf.TryReadMonotonic(nanoseconds);

    /// <summary>Time since 1970 in UTC; it jumps when the system's time is set.</summary>
    internal static bool TryReadWall(ulong* nanoseconds) => ClockLeaf.TryReadWall(nanoseconds);

    /// <summary>
    /// The processor's time that the calling thread has used; always 0 where that is not known exactly.
    /// </summary>
    internal static ulong ThreadTime() => ClockLeaf.ThreadTime();
}

/// <summary>The C library's calendar: the time zone of the process, and fields out of their ranges.</summary>
internal static unsafe class LocalTime
{
    /// <summary>The fields of a moment in the time zone of the process.</summary>
    internal static tm FromSeconds(long seconds) => LocalTimeLeaf.FromSeconds(seconds);

    /// <summary>The moment of fields in the time zone of the process; -1 if it does not fit.</summary>
    internal static long ToSeconds(tm* fields) => LocalTimeLeaf.ToSeconds(fields);

    /// <summary>The moment of fields in UTC, which are brought into their ranges; -1 if it does not fit.</summary>
    internal static long UtcToSeconds(tm* fields) => LocalTimeLeaf.UtcToSeconds(fields);

    /// <summary>Has fields in UTC say so, where they say of what time zone they are.</summary>
    internal static void NameUtc(tm* fields) => LocalTimeLeaf.NameUtc(fields);

    /// <summary>The name of the time zone of fields that <see cref="FromSeconds"/> made; NULL if unknown.</summary>
    internal static byte* ZoneOf(tm* fields) => LocalTimeLeaf.ZoneOf(fields);
}
