// SPDX-License-Identifier: Apache-2.0
using Reseau.Native.Common;

namespace Reseau.Native.Connections;

/// <summary>When a wait of the caller's ends, on the clock of timed waits (<see cref="ConditionVariable"/>).</summary>
internal readonly struct Deadline
{
    private const ulong NanosecondsPerMillisecond = 1_000_000;

    /// <summary>The end of time is never.</summary>
    internal readonly ulong Time;

    private Deadline(ulong time) => Time = time;

    internal static Deadline Never => new(ulong.MaxValue);

    internal bool IsNever => Time == ulong.MaxValue;

    internal bool IsOver => !IsNever && ConditionVariable.Deadline(0) >= Time;

    /// <summary>Rounded up; -1 for ever. What is too long is shorter: whoever waits looks again.</summary>
    internal int MillisecondsLeft
    {
        get
        {
            if (IsNever)
                return -1;

            ulong now = ConditionVariable.Deadline(0);
            ulong left = now >= Time ? 0 : ((Time - now - 1) / NanosecondsPerMillisecond) + 1;
            return (int)ulong.Min(left, int.MaxValue);
        }
    }

    /// <summary>So many milliseconds from now; less than 0 is never.</summary>
    internal static Deadline After(long milliseconds) => milliseconds < 0
        ? Never
        : new(Clock.Later(ConditionVariable.Deadline(0), Nanoseconds(milliseconds)));

    /// <summary>What is too long for nanoseconds is for ever.</summary>
    internal static ulong Nanoseconds(long milliseconds) =>
        (ulong)milliseconds > ulong.MaxValue / NanosecondsPerMillisecond
            ? ulong.MaxValue
            : (ulong)milliseconds * NanosecondsPerMillisecond;
}
