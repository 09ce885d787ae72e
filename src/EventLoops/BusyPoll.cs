// SPDX-License-Identifier: Apache-2.0
using System.Runtime.InteropServices;

namespace Reseau.Native.EventLoops;

/// <summary>
/// Decides when a loop asks the kernel again and again for a moment instead of going to sleep. A sleep and the wake-up
/// after it cost two threads some microseconds each and the reply tens of them; when events follow each other more
/// closely than that, asking is cheaper for everybody. It is tried after a run of short sleeps only, by a loop that has
/// just sent something to which there may be a reply. It lasts no longer than one of those sleeps, and each time that
/// it does not pay the loop waits twice as long before it tries again: a loop with little to do sleeps. See
/// docs/adr/0014.
/// </summary>
[StructLayout(LayoutKind.Sequential)]
internal struct BusyPoll
{
    /// <summary>The longest time to poll, in nanoseconds; a sleep that ends sooner is a short one.</summary>
    internal const ulong LimitNanos = 50_000;

    /// <summary>The same, if <see cref="IsPatient"/>.</summary>
    internal const ulong PatientLimitNanos = 100_000;

    // What a sleep and a wake-up would have cost. Polling for longer wastes time, even if it finds something.
    private const ulong WorthwhileNanos = 15_000;

    // A round takes under a microsecond. After a longer one somebody else had the processor, and may need it to give us
    // what we are polling for.
    private const ulong InterruptedNanos = 4_000;

    private const uint MinRequiredSleeps = 2;
    private const uint MaxRequiredSleeps = 4096;

    // Both ends of a connection have to start polling before the waits of either become short.
    private const uint MaxSlowPolls = 4;

    /// <summary>
    /// The program has said that it waits for a reply, which may take as long as the other side's sleep and wake-up do:
    /// each poll that finds something has paid.
    /// </summary>
    internal bool IsPatient;

    private uint _shortSleeps;
    private uint _requiredSleeps;
    private uint _slowPolls;
    private ulong _start;
    private ulong _last;

    // A loop that only receives lets more arrive while it sleeps, and then reads it at once.
    private bool _awaitsReply;

    private readonly ulong Limit => IsPatient ? PatientLimitNanos : LimitNanos;

    /// <summary>Whether the loop should poll before it sleeps for up to <paramref name="idle"/> nanoseconds.</summary>
    internal readonly bool IsWorthwhile(ulong idle) =>
        idle > Limit && _awaitsReply && _shortSleeps >= MinRequiredSleeps && _shortSleeps >= _requiredSleeps;

    /// <summary>A tick begins, in which nothing has been sent yet.</summary>
    internal void TickStarted() => _awaitsReply = false;

    /// <summary>
    /// In this tick something was sent, or another thread, which may do so again, posted a task.
    /// </summary>
    internal void ExpectReply() => _awaitsReply = true;

    internal void Begin(ulong now)
    {
        _start = now;
        _last = now;
    }

    /// <summary>After a round that found nothing: whether to try another.</summary>
    internal bool ShouldGoOn(ulong now)
    {
        bool isInterrupted = now - _last > InterruptedNanos;
        _last = now;
        return !isInterrupted && now - _start < Limit;
    }

    /// <summary>After a round that found something.</summary>
    internal void Succeeded(ulong now)
    {
        if (!IsPatient && now - _start > WorthwhileNanos)
        {
            if (++_slowPolls >= MaxSlowPolls)
                Failed();
            return;
        }

        _slowPolls = 0;
        _requiredSleeps = uint.Max(MinRequiredSleeps, _requiredSleeps / 2);
    }

    /// <summary>After the last round found nothing.</summary>
    internal void Failed()
    {
        _shortSleeps = 0;
        _slowPolls = 0;
        _requiredSleeps = uint.Clamp(_requiredSleeps * 2, MinRequiredSleeps, MaxRequiredSleeps);
    }

    /// <summary>After a sleep of so many nanoseconds.</summary>
    internal void Slept(ulong nanoseconds)
    {
        if (nanoseconds >= Limit)
            _shortSleeps = 0;
        else if (_shortSleeps < MaxRequiredSleeps)
            _shortSleeps++;
    }
}
