// SPDX-License-Identifier: Apache-2.0
using System.Runtime.InteropServices;

namespace Reseau.Native.EventLoops;

/// <summary>
/// Decides when a loop asks the kernel again and again for a moment instead of going to sleep. A sleep and the wake-up
/// after it cost two threads some microseconds each and the reply tens of them; when events follow each other more
/// closely than that, asking is cheaper for everybody. It is tried after a run of short sleeps only, by a loop that has
/// just sent something to which there may be a reply. It lasts no longer than one of those sleeps, and each time that
/// it does not pay the loop waits twice as long before it tries again: a loop with little to do sleeps. What a sleep
/// costs is measured now and then; where it is much, replies come late to a loop that sleeps, and longer sleeps count
/// as short, too. See docs/adr/0014.
/// </summary>
[StructLayout(LayoutKind.Sequential)]
internal struct BusyPoll
{
    /// <summary>
    /// The longest time to poll, in nanoseconds, where sleeps are cheap; a sleep that ends sooner is a short one.
    /// </summary>
    internal const ulong LimitNanos = 50_000;

    /// <summary>
    /// The longest limit: where a sleep is measured to cost <see cref="MaxCostNanos"/> or more.
    /// </summary>
    internal const ulong DearLimitNanos = LimitPerCost * MaxCostNanos;

    /// <summary>The same as <see cref="LimitNanos"/>, if <see cref="IsPatient"/>.</summary>
    internal const ulong PatientLimitNanos = 100_000;

    // What a sleep and a wake-up cost both threads, before it has been measured and at least and at most. Between
    // processors that share a cache it is 4 microseconds, between those of a virtual machine that go to sleep 40.
    private const ulong AssumedCostNanos = 15_000;
    private const ulong MinCostNanos = 4_000;
    private const ulong MaxCostNanos = 25_000;

    // A sleep lasts as long as the other end's wake-up, our own, and what is done between them. A wake-up takes longer
    // than the processor's time that it costs: processors of a virtual machine have to be woken, too.
    private const ulong LimitPerCost = 6;

    // So many sleeps in a row, and so many polls without a sleep, until a sleep is measured.
    private const uint SleepsPerSample = 16;
    private const uint PollsPerSample = 512;

    // A thread that sleeps longer finds its caches cold, and is no measure of what polls could save.
    private const ulong LongestSample = 1_000_000;

    // A round takes under a microsecond. After a longer one somebody else had the processor, and may need it to give us
    // what we are polling for.
    private const ulong InterruptedNanos = 4_000;

    private const uint MinRequiredSleeps = 2;
    private const uint MaxRequiredSleeps = 4096;

    // Both ends of a connection have to start polling before the waits of either become short: so many sleeps' worth
    // may be lost before that counts as a failure.
    private const long MaxLostSleeps = 4;

    /// <summary>
    /// The program has said that it waits for a reply, which may take as long as the other side's sleep and wake-up do:
    /// each poll that finds something has paid.
    /// </summary>
    internal bool IsPatient;

    private uint _shortSleeps;
    private uint _requiredSleeps;
    private uint _untilSample;

    // What a sleep and a wake-up cost; 0 before the first sample.
    private ulong _cost;

    // What polls have gained lately, in nanoseconds.
    private long _gain;
    private ulong _start;
    private ulong _last;

    // A loop that only receives lets more arrive while it sleeps, and then reads it at once.
    private bool _awaitsReply;

    private readonly ulong Limit => ulong.Max(IsPatient ? PatientLimitNanos : LimitNanos, LimitPerCost * _cost);

    private readonly ulong Cost => _cost == 0 ? AssumedCostNanos : _cost;

    /// <summary>
    /// Whether the loop should poll before it sleeps for up to <paramref name="idle"/> nanoseconds. Now and then it
    /// should not, so that a sleep is measured.
    /// </summary>
    internal readonly bool IsWorthwhile(ulong idle) =>
        idle > Limit && _awaitsReply && _shortSleeps >= MinRequiredSleeps && _shortSleeps >= _requiredSleeps &&
        (_untilSample > 0 || _cost == 0 || IsPatient);

    /// <summary>
    /// Whether the processor's time that the next sleep takes is to be measured, for <see cref="Slept"/>.
    /// </summary>
    internal bool ShouldMeasureSleep()
    {
        if (_untilSample > 0)
        {
            _untilSample -= uint.Min(_untilSample, PollsPerSample / SleepsPerSample);
            return false;
        }

        _untilSample = PollsPerSample;
        return true;
    }

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

    /// <summary>After a round that found something: later than a sleep would have cost is no gain.</summary>
    internal void Succeeded(ulong now)
    {
        if (_untilSample > 0)
            _untilSample--;
        long cost = (long)Cost;
        long gain = IsPatient ? cost : long.Max(cost - (long)(now - _start), -cost);
        _gain = long.Min(_gain + gain, MaxLostSleeps * cost);
        if (_gain <= -MaxLostSleeps * cost)
            Failed();
        else if (gain > cost / 2)
            _requiredSleeps = uint.Max(MinRequiredSleeps, _requiredSleeps / 2);
    }

    /// <summary>After the last round found nothing.</summary>
    internal void Failed()
    {
        _shortSleeps = 0;
        _gain = 0;
        _requiredSleeps = uint.Clamp(_requiredSleeps * 2, MinRequiredSleeps, MaxRequiredSleeps);
    }

    /// <summary>
    /// After a sleep of so many nanoseconds, in which the thread had the processor for so many; 0 if that was not
    /// measured. Who woke it has spent about half as much again.
    /// </summary>
    internal void Slept(ulong nanoseconds, ulong used = 0)
    {
        if (nanoseconds >= Limit)
            _shortSleeps = 0;
        else if (_shortSleeps < MaxRequiredSleeps)
            _shortSleeps++;
        if (used == 0 || nanoseconds >= LongestSample)
            return;

        ulong cost = ulong.Clamp(used + used / 2, MinCostNanos, MaxCostNanos);
        _cost = _cost == 0 ? cost : (3 * _cost + cost) / 4;
    }
}
