// SPDX-License-Identifier: Apache-2.0

namespace Reseau.Native.EventLoops;

/// <summary>
/// The contract between the core of a loop (<see cref="LoopCore"/>: tasks, timers, polling, clocks) and a backend: what
/// the operating system does for it. A backend is a leaf: a folder of this one, which nobody names but
/// <see cref="LoopBackends"/>. docs/backends.md walks through the writing of one.
/// <para>
/// <b>Memory.</b> There is one LoopBackend per backend; it is made on first use and never freed. The backend's state of
/// one loop is a struct whose first field is the LoopCore, so that a pointer to the core is a pointer to it. The core
/// allocates <see cref="LoopSize"/> zeroed bytes from the loop's allocator and frees them after <see cref="Close"/>.
/// </para>
/// <para>
/// <b>Two kinds of backends.</b> A <i>readiness</i> backend (epoll, kqueue) reports that a handle can be read or
/// written, and its user then makes the system call. A <i>completion</i> backend (IOCP, io_uring) is given whole
/// operations by the socket backend that belongs to it, and reports that they are done; the memory of an operation
/// belongs to the system until its completion has been collected, also after it was cancelled.
/// </para>
/// <para>
/// <b>Threads.</b> The <i>owner</i> is the thread that runs the loop's ticks, or the one that destroys the loop. A
/// function is called by the owner unless its comment says otherwise.
/// </para>
/// <para>
/// <b>A tick</b> is <see cref="Wait"/>, <see cref="Deliver"/> if something was collected, and then the tasks that are
/// due. When nothing is due the core marks the loop as sleeping before it waits; whoever posts a task and finds the
/// mark calls <see cref="Wake"/>. So a loop that is awake is never woken, and many tasks cost one wake-up.
/// </para>
/// <para>
/// <b>Errors.</b> What can fail writes its own log line, which names the system's error, raises an AWS_* error, returns
/// false or AWS_OP_ERR, and has changed nothing. No function throws.
/// </para>
/// </summary>
internal unsafe struct LoopBackend
{
    /// <summary>For <see cref="Wait"/>: until there are events or a wake-up.</summary>
    internal const ulong Forever = ulong.MaxValue;

    /// <summary>
    /// An event beside those of aws_io_event_type, for sockets on loops that report it: urgent data has come.
    /// </summary>
    internal const int Urgent = 0x20;

    /// <summary>
    /// Beside the events that a subscription asks for: its handle may be an event object of the system's, where there
    /// are such, which is set when there is something to read. By the loop's owner alone.
    /// </summary>
    internal const int EventObject = 0x40;

    /// <summary>For log lines: a C string such as "epoll".</summary>
    internal byte* Name;

    /// <summary>Bytes of the backend's state of one loop, the core at its front included.</summary>
    internal nuint LoopSize;

    /// <summary>Whether subscriptions may ask for <see cref="Urgent"/>.</summary>
    internal bool ReportsUrgentData;

    /// <summary>
    /// Opens what the loop needs of the system (an epoll set; a completion port; a ring) and its wake-up. Once, before
    /// anything else, on any thread. The argument is what the maker of the loop has passed to
    /// <see cref="LoopLife.New"/>; NULL for loops of the registry. What was opened before a failure is closed again.
    /// </summary>
    internal delegate*<LoopCore*, void*, bool> TryOpen;

    /// <summary>
    /// Closes all that. Once; every task has been cancelled by then, no other thread is inside <see cref="Wake"/>, and
    /// no subscription will be ended any more.
    /// </summary>
    internal delegate*<LoopCore*, void> Close;

    /// <summary>
    /// Makes somebody run the loop's ticks until <see cref="LoopCore.ShouldContinue"/> is false:
    /// <see cref="LoopThread.Start"/>, unless the backend's loops have no threads. By whoever runs the loop.
    /// </summary>
    internal delegate*<LoopCore*, int> Start;

    /// <summary>
    /// Returns when they have ended: <see cref="LoopThread.Join"/>, the counterpart of <see cref="Start"/>. If the
    /// caller is inside one of these ticks it raises AWS_ERROR_THREAD_DEADLOCK_DETECTED.
    /// </summary>
    internal delegate*<LoopCore*, int> Join;

    /// <summary>On a new thread, before its first tick. May be NULL.</summary>
    internal delegate*<LoopCore*, void> ThreadStarted;

    /// <summary>
    /// On a thread that <see cref="Start"/> has made, after its last tick, when it still counts as the loop's: for what
    /// the system keeps for a thread alone. The loop may get another thread. May be NULL.
    /// </summary>
    internal delegate*<LoopCore*, void> ThreadEnding;

    /// <summary>
    /// Collects events, and gives their number. With zero nanoseconds it looks and returns; else it sleeps until there
    /// are events, a wake-up, or the time has passed, and never less than that. It may also return zero early, as after
    /// a signal; on a failure, which it logs, it returns zero. The number is the backend's own: it comes back in
    /// <see cref="Deliver"/>, and a wake-up may or may not count. What was collected stays as it is until then; the
    /// core does not wait again before it has delivered. A completion backend also hands the system here what has been
    /// queued for it since.
    /// </summary>
    internal delegate*<LoopCore*, ulong, int> Wait;

    /// <summary>
    /// Calls the callbacks of what the last <see cref="Wait"/> has collected: those of subscriptions by
    /// <see cref="IoSubscription.Notify"/>; a completion backend calls those of its operations. A callback may do
    /// whatever the loop's thread may: subscribe; end subscriptions, also those with events in this very batch;
    /// schedule and cancel tasks; close handles. It cannot run ticks, nor destroy the loop.
    /// </summary>
    internal delegate*<LoopCore*, int, void> Deliver;

    /// <summary>
    /// Ends the sleep of the owner, also one that it is only about to begin. Any thread. It comes at most once for each
    /// time that the loop was marked as sleeping; if the owner is awake by then, its next <see cref="Wait"/> may return
    /// early. It cannot fail.
    /// </summary>
    internal delegate*<LoopCore*, void> Wake;

    /// <summary>
    /// Begins to report events of a handle: of aws_io_event_type those that are asked for, errors and hang-ups in any
    /// case. Edge-triggered: one event for each change, and the state at the time of the subscription counts as one;
    /// changes that come before the callback is called are reported together. Any thread: the callback may be running,
    /// and may have ended the subscription, before this returns. So handle->additional_data, which it sets to a struct
    /// that begins with an <see cref="IoSubscription"/>, is set before the system is asked, and put back on failure. A
    /// completion backend does it by operations of its own, such as a poll that repeats itself; if it cannot, it raises
    /// AWS_ERROR_PLATFORM_NOT_SUPPORTED, and its users begin operations instead.
    /// </summary>
    internal delegate*<LoopCore*, aws_io_handle*, int, IoCallback*, int> Subscribe;

    /// <summary>
    /// Changes which events are reported of a handle that is subscribed; what is there counts as a change. Any thread,
    /// while nobody ends the subscription. AWS_OP_ERR is the system's refusal, after which nothing has changed. NULL if
    /// the backend cannot.
    /// </summary>
    internal delegate*<LoopCore*, aws_io_handle*, int, int> ChangeEvents;

    /// <summary>
    /// Ends a subscription, whose callback is not called any more, not even for events that have been collected. It
    /// ends also when the system refuses and AWS_OP_ERR is returned, as it does for a handle that was closed too early.
    /// Clears handle->additional_data and gives the subscription to <see cref="IoSubscription.Retire"/>, which keeps
    /// its memory until the batch has been delivered. A completion backend does so only when the system has released
    /// the memory.
    /// </summary>
    internal delegate*<LoopCore*, aws_io_handle*, int> Unsubscribe;

    /// <summary>
    /// Frees a subscription without ending it: its loop does not run, or is gone. By whoever holds the handle.
    /// </summary>
    internal delegate*<IoSubscription*, void> FreeSubscription;

    /// <summary>
    /// Has the completions of a program's operations on a handle come to this loop, until Unsubscribe: it sets
    /// handle->additional_data, too. Any thread. NULL for backends without completion port.
    /// </summary>
    internal delegate*<LoopCore*, aws_io_handle*, int> ConnectToCompletionPort;

    /// <summary>
    /// Takes back every operation that the system still has: cancels it, waits for its completion, delivers that. By
    /// whoever destroys the loop, after its tasks have been cancelled and before its local objects go, from which the
    /// memory of operations may be; what is delivered may schedule tasks, which are cancelled then. NULL for readiness
    /// backends.
    /// </summary>
    internal delegate*<LoopCore*, void> TakeBackOperations;

    /// <summary>
    /// The clock of the backend's loops, in nanoseconds; any thread. NULL, but for backends whose time is not the
    /// system's: then loops have the clock that they were made with, and their load is measured by the monotonic clock.
    /// </summary>
    internal delegate*<LoopCore*, ulong*, int> ReadClock;

    /// <summary>
    /// Calls a function, with the argument behind it, when the caller is inside no loop's tick: it may destroy loops.
    /// Any thread. NULL for loops with threads, whose group ends on a thread of its own.
    /// </summary>
    internal delegate*<LoopCore*, delegate*<void*, void>, void*, void> CallOutsideTicks;

    /// <summary>
    /// For a caller that waits for the loop: runs one of its ticks, or one of another loop, if that is for the caller's
    /// thread to do and there is anything to do. False if not: then the caller waits. NULL for loops with threads.
    /// </summary>
    internal delegate*<LoopCore*, bool> StepForWaiter;
}
