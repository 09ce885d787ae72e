// SPDX-License-Identifier: Apache-2.0

namespace Reseau.Native.Common.Time;

/// <summary>The two clocks, in nanoseconds.</summary>
internal static unsafe class Clock
{
    internal const ulong NanosecondsPerSecond = 1_000_000_000;

    /// <summary>
    /// The time since boot, sleep included; it never goes back. Deadlines and task timestamps are on it.
    /// </summary>
    internal static int HighResTicks(ulong* timestamp) => timestamp == null
        ? Errors.Raise(AWS_ERROR_INVALID_ARGUMENT)
        : Result(Platform.Clock.TryReadMonotonic(timestamp));

    /// <summary>
    /// Whether a clock function is aws_high_res_clock_get_ticks, ours or another library's: both read the clock of
    /// <see cref="HighResTicks"/>.
    /// </summary>
    internal static bool IsHighResTicks(delegate* unmanaged[Cdecl]<ulong*, int> clock) =>
        clock == Platform.DynamicLibrary.FindDefault(Literal.Of("aws_high_res_clock_get_ticks"u8));

    /// <summary>The wall clock: time since 1970 in UTC. It jumps when the system's time is set.</summary>
    internal static int SystemTicks(ulong* timestamp) => timestamp == null
        ? Errors.Raise(AWS_ERROR_INVALID_ARGUMENT)
        : Result(Platform.Clock.TryReadWall(timestamp));

    /// <summary>So much later; the end of time at most.</summary>
    internal static ulong Later(ulong time, ulong nanoseconds) =>
        nanoseconds > ulong.MaxValue - time ? ulong.MaxValue : time + nanoseconds;

    private static int Result(bool isRead) => isRead ? AWS_OP_SUCCESS : Errors.Raise(AWS_ERROR_CLOCK_FAILURE);
}
