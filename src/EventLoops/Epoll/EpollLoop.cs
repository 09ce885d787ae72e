// SPDX-License-Identifier: Apache-2.0
using System.Runtime.InteropServices;

namespace Reseau.Native.EventLoops.Epoll;

/// <summary>The state of one epoll loop, in native memory of its allocator; the loop's impl_data.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct EpollLoop
{
    /// <summary>The longest thread name to remember; the system itself takes 15 bytes.</summary>
    internal const int NameCapacity = 32;

    // Read by every thread that asks whether the loop is its own, hence apart from what changes with each tick.

    /// <summary>The loop's thread, or the one that destroys the loop; zero while there is neither. Volatile.</summary>
    internal ulong Owner;

    internal WakeUp WakeUp;
    internal int EpollFd;

    /// <summary>What <see cref="Common.Fork.Count"/> was when the loop was made.</summary>
    internal int Forks;

    internal CrossThreadTaskQueue Incoming;

    // What follows belongs to the owner.

    internal aws_task_scheduler Scheduler;

    /// <summary>Whether to go on after this tick.</summary>
    internal bool ShouldContinue;

    /// <summary>Whether the loop's clock is the monotonic clock, so that one reading serves every purpose.</summary>
    internal bool GoesByMonotonicClock;

    /// <summary>Whether a batch of events is being delivered; subscriptions that end are kept until after.</summary>
    internal bool IsDelivering;

    internal IoSubscription* Retired;

    internal BusyPoll BusyPoll;

    /// <summary>One if the stop task is scheduled. Set by any thread.</summary>
    internal int IsStopScheduled;

    internal aws_task StopTask;

    // What follows belongs to whoever runs, joins and destroys the loop: one thread at a time.

    /// <summary>Whether the thread was started and not joined yet.</summary>
    internal bool IsLaunched;

    internal aws_thread Thread;
    internal aws_thread_options ThreadOptions;
    internal fixed byte ThreadName[NameCapacity];
}
