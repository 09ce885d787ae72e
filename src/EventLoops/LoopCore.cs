// SPDX-License-Identifier: Apache-2.0
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Threading;
using Reseau.Native.Common;

namespace Reseau.Native.EventLoops;

/// <summary>
/// The state of a loop, whatever its backend; the loop's impl_data. It lies at the front of the backend's own state, in
/// one block of the loop's allocator. The operations on it: <see cref="LoopLife"/> makes, runs, stops and destroys;
/// <see cref="LoopTasks"/> schedules; <see cref="LoopTick"/> waits and does what is due; <see cref="LoopThread"/>
/// repeats that.
/// </summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct LoopCore
{
    /// <summary>The longest thread name to remember; the system itself takes 15 bytes.</summary>
    internal const int NameCapacity = 32;

    /// <summary>The owner of a loop that has a thread which is not to be named yet: no thread has this id.</summary>
    internal const ulong NoThread = ulong.MaxValue;

    /// <summary>The owner of a loop that has ended: no thread has this id either.</summary>
    internal const ulong Nobody = ulong.MaxValue - 1;

    // Read by every thread that asks whether the loop is its own, hence apart from what changes with each tick.

    /// <summary>
    /// The thread that runs the loop's ticks, or destroys the loop; zero if there is neither. Volatile.
    /// </summary>
    internal ulong Owner;

    internal LoopBackend* Backend;
    internal aws_event_loop* Loop;

    /// <summary>What <see cref="Fork.Count"/> was when the loop was made.</summary>
    internal int Forks;

    internal CrossThreadTaskQueue Incoming;

    /// <summary>What the second surface knows the loop by; 0 if it does not. Set once, before its use.</summary>
    internal long Id;

    /// <summary>Of a loop that callers run: it is to end as soon as nobody does. Set by any thread.</summary>
    internal int IsEnding;

    // What follows belongs to the owner. src/Shim/loop_core.h has everything up to the scheduler, too.

    internal aws_task_scheduler Scheduler;

    /// <summary>When the clocks were read last: at the start of a tick, and at its end.</summary>
    internal LoopTime Now;

    internal LoadFactor.Ticks Load;
    internal BusyPoll BusyPoll;

    /// <summary>Whether to go on after this tick.</summary>
    internal bool ShouldContinue;

    /// <summary>Whether the loop's clock is the monotonic clock, so that one reading serves every purpose.</summary>
    internal bool UsesMonotonicClock;

    /// <summary>
    /// Whether code on the owner's thread is called by the loop, which therefore cannot be waited for there.
    /// </summary>
    internal bool IsInTick;

    /// <summary>Whether a batch of events is being delivered; subscriptions that end are kept until after.</summary>
    internal bool IsDelivering;

    internal IoSubscription* Retired;

    internal LocalObjects.Memo FoundObjects;

    /// <summary>One if the stop task is scheduled. Set by any thread.</summary>
    internal int IsStopScheduled;

    internal aws_task StopTask;

    /// <summary>Of a loop that callers run: ends a run that is limited in time.</summary>
    internal aws_task LimitTask;

    /// <summary>
    /// What is asked in the system's place for what is on the loop: for sockets, and for the addresses of names, as the
    /// layers that do know. NULL: the system. Set once, before its use.
    /// </summary>
    internal void* Sockets;
    internal void* Names;

    // What follows belongs to whoever runs, joins and destroys the loop: one thread at a time.

    /// <summary>Whether the loop was started and not joined yet.</summary>
    internal bool IsStarted;

    internal aws_thread Thread;
    internal aws_thread_options ThreadOptions;
    internal fixed byte ThreadName[NameCapacity];

    /// <summary>Whether nothing runs on the loop any more. Any thread.</summary>
    internal static bool HasEnded(LoopCore* core) => Volatile.Read(ref core->Owner) == Nobody;

    /// <summary>Any thread.</summary>
    internal static bool IsOnCallersThread(LoopCore* core) => Volatile.Read(ref core->Owner) == Threads.CurrentId();

    /// <summary>Whether the loop has called the caller, and can therefore not be waited for. Any thread.</summary>
    internal static bool IsInTickOfCaller(LoopCore* core) => IsOnCallersThread(core) && core->IsInTick;

    /// <summary>
    /// Whether the loop is the parent's, in a process that came out of fork. Its thread is not here, and its
    /// descriptors are shared: what is done to them is done to the parent.
    /// </summary>
    internal static bool IsInherited(LoopCore* core) => core->Forks != Fork.Count;

    /// <summary>As <see cref="IsInherited"/>, with AWS_ERROR_INVALID_STATE raised.</summary>
    internal static bool RejectInherited(LoopCore* core) => IsInherited(core) && RaiseInherited(core);

    /// <summary>
    /// Raises AWS_ERROR_IO_EVENT_LOOP_THREAD_ONLY if the loop has a thread and this is another one. While it has none,
    /// whoever holds the loop may do what is otherwise for its thread.
    /// </summary>
    internal static bool IsOwnedByAnother(LoopCore* core)
    {
        ulong owner = Volatile.Read(ref core->Owner);
        return owner != 0 && owner != Threads.CurrentId() && RaiseThreadOnly(core);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static bool RaiseThreadOnly(LoopCore* core)
    {
        Log.Write(
            AWS_LL_ERROR, AWS_LS_IO_EVENT_LOOP, $"id=0x{(nint)core->Loop:x}: this is for the loop's own thread only");
        Errors.Raise(AWS_ERROR_IO_EVENT_LOOP_THREAD_ONLY);
        return true;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static bool RaiseInherited(LoopCore* core)
    {
        Log.Write(
            AWS_LL_ERROR, AWS_LS_IO_EVENT_LOOP, $"id=0x{(nint)core->Loop:x}: this loop is the parent process's");
        Errors.Raise(AWS_ERROR_INVALID_STATE);
        return true;
    }
}

/// <summary>One reading of a loop's clocks, in nanoseconds.</summary>
internal struct LoopTime
{
    /// <summary>Of the monotonic clock, by which load is measured.</summary>
    internal ulong Monotonic;

    /// <summary>Of the loop's own clock, on which the times of tasks are; zero if it failed.</summary>
    internal ulong OfTasks;

    internal bool IsKnown;
}
