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

    /// <summary>
    /// The sum of a loop of ours. It is not kept in aws_event_loop, which every thread reads that posts a task: written
    /// in each tick, that memory would have to come from the loop's processor each time.
    /// </summary>
    internal struct Ticks
    {
        internal ulong Start;
        internal nuint Sum;

        /// <summary>When the sum becomes the load factor.</summary>
        internal ulong End;
    }

    /// <summary>Loop thread: events or tasks are about to be handled.</summary>
    internal static void TickStart(aws_event_loop* event_loop, ulong now) => event_loop->latest_tick_start = now;

    /// <summary>Loop thread: they have been.</summary>
    internal static void TickEnd(aws_event_loop* event_loop, ulong now)
    {
        nuint sum = Add(event_loop->current_tick_latency_sum, now - event_loop->latest_tick_start);
        event_loop->latest_tick_start = 0;
        if (now / Clock.NanosecondsPerSecond > Read(&event_loop->next_flush_time))
        {
            Publish(event_loop, sum, now);
            sum = 0;
        }

        event_loop->current_tick_latency_sum = sum;
    }

    /// <summary>As <see cref="TickEnd(aws_event_loop*, ulong)"/>, for a loop of ours.</summary>
    internal static void TickEnd(Ticks* ticks, aws_event_loop* event_loop, ulong now)
    {
        ticks->Sum = Add(ticks->Sum, now - ticks->Start);
        if (now < ticks->End)
            return;

        ticks->End = (Publish(event_loop, ticks->Sum, now) + 1) * Clock.NanosecondsPerSecond;
        ticks->Sum = 0;
    }

    /// <summary>Any thread.</summary>
    internal static nuint Of(aws_event_loop* event_loop, ulong now) =>
        now / Clock.NanosecondsPerSecond > Read(&event_loop->next_flush_time) + SecondsUntilIdle
            ? 0
            : Read(&event_loop->current_load_factor);

    private static nuint Add(nuint sum, ulong elapsed) =>
        elapsed > nuint.MaxValue - sum ? nuint.MaxValue : sum + (nuint)elapsed;

    // Returns the last second of the next sum.
    private static ulong Publish(aws_event_loop* event_loop, nuint sum, ulong now)
    {
        ulong next = now / Clock.NanosecondsPerSecond + 1;
        Write(&event_loop->current_load_factor, sum);
        Write(&event_loop->next_flush_time, (nuint)next);
        return next;
    }

    private static nuint Read(aws_atomic_var* variable) => Volatile.Read(ref *(nuint*)variable);

    private static void Write(aws_atomic_var* variable, nuint value) => Volatile.Write(ref *(nuint*)variable, value);
}
