// SPDX-License-Identifier: Apache-2.0
using Reseau.Native.Interop.Posix;

namespace Reseau.Native.Common;

/// <summary>The two clocks, in nanoseconds.</summary>
internal static unsafe class Clock
{
    internal const ulong NanosecondsPerSecond = 1_000_000_000;

    /// <summary>
    /// The time since boot, sleep included; it never goes back. Deadlines and task timestamps are on it.
    /// </summary>
    internal static int HighResTicks(ulong* timestamp) => Read(Libc.CLOCK_BOOTTIME, timestamp);

    /// <summary>
    /// Whether a clock function is aws_high_res_clock_get_ticks, ours or another library's: both read the clock of
    /// <see cref="HighResTicks"/>.
    /// </summary>
    internal static bool IsHighResTicks(delegate* unmanaged[Cdecl]<ulong*, int> clock) =>
        clock == Libc.dlsym(Libc.RTLD_DEFAULT, StaticMemory.Text("aws_high_res_clock_get_ticks"u8));

    /// <summary>The wall clock: time since 1970 in UTC. It jumps when the system's time is set.</summary>
    internal static int SystemTicks(ulong* timestamp) => Read(Libc.CLOCK_REALTIME, timestamp);

    /// <summary>A timespec of that many nanoseconds.</summary>
    internal static Libc.timespec ToTimespec(ulong nanoseconds) => new()
    {
        tv_sec = (nint)(nanoseconds / NanosecondsPerSecond),
        tv_nsec = (nint)(nanoseconds % NanosecondsPerSecond),
    };

    /// <summary>So much later; the end of time at most.</summary>
    internal static ulong Later(ulong time, ulong nanoseconds) =>
        nanoseconds > ulong.MaxValue - time ? ulong.MaxValue : time + nanoseconds;

    private static int Read(int clock, ulong* timestamp)
    {
        if (timestamp == null)
            return Errors.Raise(AWS_ERROR_INVALID_ARGUMENT);

        Libc.timespec now;
        if (Libc.clock_gettime(clock, &now) != 0)
            return Errors.Raise(AWS_ERROR_CLOCK_FAILURE);

        *timestamp = (ulong)now.tv_sec * NanosecondsPerSecond + (ulong)now.tv_nsec;
        return AWS_OP_SUCCESS;
    }
}
