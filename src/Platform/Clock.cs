// SPDX-License-Identifier: Apache-2.0

namespace Reseau.Native.Platform;

/// <summary>The system's clocks, in nanoseconds. False when a clock cannot be read.</summary>
internal static unsafe class Clock
{
    /// <summary>Time since boot, sleep included; it never goes back.</summary>
    internal static bool TryReadMonotonic(ulong* nanoseconds) => Posix.PosixClock.TryReadMonotonic(nanoseconds);

    /// <summary>Time since 1970 in UTC; it jumps when the system's time is set.</summary>
    internal static bool TryReadWall(ulong* nanoseconds) => Posix.PosixClock.TryReadWall(nanoseconds);
}
