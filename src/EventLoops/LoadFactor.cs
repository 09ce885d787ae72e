// SPDX-License-Identifier: Apache-2.0
using System.Threading;
using Reseau.Native.Common;

namespace Reseau.Native.EventLoops;

/// <summary>
/// How busy a loop is: the nanoseconds spent in its ticks, summed up and published about once a second. A group gives
/// new work to the less busy of two loops. Times are of the monotonic clock, whatever the clock of the loop's tasks.
/// </summary>
internal static unsafe class LoadFactor
{
    // A loop that has published nothing for so long has had nothing to do.
    private const ulong SecondsUntilIdle = 10;

    /// <summary>Loop thread: events or tasks are about to be handled.</summary>
    internal static void TickStart(aws_event_loop* event_loop, ulong now) => event_loop->latest_tick_start = now;

    /// <summary>Loop thread: they have been.</summary>
    internal static void TickEnd(aws_event_loop* event_loop, ulong now)
    {
        nuint elapsed = (nuint)(now - event_loop->latest_tick_start);
        nuint sum = event_loop->current_tick_latency_sum + elapsed;
        if (sum < elapsed)
            sum = nuint.MaxValue;
        event_loop->latest_tick_start = 0;

        ulong second = now / Clock.NanosecondsPerSecond;
        if (second > Read(&event_loop->next_flush_time))
        {
            Write(&event_loop->current_load_factor, sum);
            sum = 0;
            Write(&event_loop->next_flush_time, (nuint)(second + 1));
        }

        event_loop->current_tick_latency_sum = sum;
    }

    /// <summary>Any thread.</summary>
    internal static nuint Of(aws_event_loop* event_loop, ulong now) =>
        now / Clock.NanosecondsPerSecond > Read(&event_loop->next_flush_time) + SecondsUntilIdle
            ? 0
            : Read(&event_loop->current_load_factor);

    private static nuint Read(aws_atomic_var* variable) => Volatile.Read(ref *(nuint*)variable);

    private static void Write(aws_atomic_var* variable, nuint value) => Volatile.Write(ref *(nuint*)variable, value);
}
