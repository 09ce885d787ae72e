// SPDX-License-Identifier: Apache-2.0
using System.Threading;
using Reseau.Native.Common;

namespace Reseau.Native.EventLoops;

/// <summary>
/// Loops without a thread of their own: a caller of <see cref="Run"/> lends its thread for a while. They have the
/// system's backend, whose Start and Join are not used. Between runs the owner is <see cref="LoopCore.NoThread"/>:
/// whoever has something to do with the loop posts it.
/// </summary>
internal static unsafe class CallersLoop
{
    /// <summary>How a run has ended.</summary>
    internal enum RunEnd
    {
        /// <summary>By a stop, or its time has passed.</summary>
        Stopped,

        /// <summary>It did not begin: another thread runs the loop.</summary>
        Busy,

        /// <summary>By the end of the loop, or it did not begin because of that.</summary>
        LoopEnded,
    }

    /// <summary>NULL with the error raised.</summary>
    internal static aws_event_loop* New(aws_allocator* allocator)
    {
        aws_event_loop* loop = EventLoop.NewDefault(allocator, EventLoop.HighResolutionClock);
        if (loop != null)
            Volatile.Write(ref EventLoop.CoreOf(loop)->Owner, LoopCore.NoThread);
        return loop;
    }

    /// <summary>
    /// Runs the loop on the calling thread, which runs no other: until it is stopped, or for so many nanoseconds; with
    /// 0 one tick that does not wait. The last argument becomes true if this call has ended the loop, as
    /// <see cref="End"/> does.
    /// </summary>
    internal static RunEnd Run(LoopCore* core, ulong nanoseconds, out bool hasEndedLoop)
    {
        hasEndedLoop = false;
        if (!TryEnter(core))
            return IsEnding(core) ? RunEnd.LoopEnded : RunEnd.Busy;

        core->ShouldContinue = true;
        core->IsInTick = true;
        if (nanoseconds == 0)
            LoopTick.RunWithoutWaiting(core);
        else
            RunFor(core, nanoseconds);
        core->IsInTick = false;
        hasEndedLoop = Exit(core);
        return IsEnding(core) ? RunEnd.LoopEnded : RunEnd.Stopped;
    }

    /// <summary>
    /// The calling thread, which runs no other loop, becomes the owner until <see cref="Exit"/>. False if another
    /// thread is, or the loop has ended.
    /// </summary>
    internal static bool TryEnter(LoopCore* core)
    {
        if (!TryOwn(core))
            return false;
        EventLoop.EnterCallersThread(core->Loop);
        return true;
    }

    /// <summary>True if this call has ended the loop, as <see cref="End"/> does.</summary>
    internal static bool Exit(LoopCore* core)
    {
        EventLoop.EnterCallersThread(null);
        return Leave(core);
    }

    /// <summary>
    /// The owner: one tick that sleeps for so many nanoseconds at most. It polls before only for a reply: otherwise a
    /// thread of another language may need the processor more.
    /// </summary>
    internal static void RunTick(LoopCore* core, ulong nanoseconds, bool awaitsReply)
    {
        core->ShouldContinue = true;
        core->IsInTick = true;
        if (nanoseconds == 0)
        {
            LoopTick.RunWithoutWaiting(core);
        }
        else
        {
            // Since the last tick the caller has done something, which is neither sleep nor interruption.
            LoopTick.ReadClocks(core);
            core->BusyPoll.IsPatient = awaitsReply;
            if (awaitsReply)
                core->BusyPoll.ExpectReply();
            LoopTick.Run(core, nanoseconds, awaitsReply);
        }

        core->IsInTick = false;
    }

    /// <summary>
    /// Ends the loop, now or as soon as it is not run any more: what is scheduled on it is called as cancelled on the
    /// thread that ends it, which counts as the loop's meanwhile; what is scheduled later, on the thread that does so.
    /// Any thread. True if this call has ended it; if not, a run will, or has. The memory goes with
    /// <see cref="LoopLife.Destroy"/>.
    /// </summary>
    internal static bool End(LoopCore* core)
    {
        Interlocked.Exchange(ref core->IsEnding, 1);
        if (TryOwn(core))
        {
            EndNow(core);
            return true;
        }

        LoopLife.Stop(core);
        return false;
    }

    /// <summary>Whether nothing new should come to the loop: it is to end, or has ended. Any thread.</summary>
    internal static bool IsEnding(LoopCore* core) => Volatile.Read(ref core->IsEnding) != 0;

    private static bool TryOwn(LoopCore* core) =>
        Interlocked.CompareExchange(ref core->Owner, Threads.CurrentId(), LoopCore.NoThread) == LoopCore.NoThread;

    // A limit that has not come when something else ends the run is taken back: its task is called, and does nothing.
    private static void RunFor(LoopCore* core, ulong nanoseconds)
    {
        LoopTick.ReadClocks(core);
        ulong end = Clock.Later(core->Now.OfTasks, nanoseconds);
        ScheduledTask.Init(&core->LimitTask, &OnLimit, core, Literal.Of("event_loop_limit"u8));
        if (end != TaskScheduler.NoTask)
            TaskScheduler.ScheduleFuture(&core->Scheduler, &core->LimitTask, end);
        while (core->ShouldContinue)
            LoopTick.Run(core);
        if (core->LimitTask.abi_extension.scheduled)
            TaskScheduler.CancelTask(&core->Scheduler, &core->LimitTask);
    }

    private static void OnLimit(aws_task* task, void* argument, aws_task_status status)
    {
        if (status == AWS_TASK_STATUS_RUN_READY)
            ((LoopCore*)argument)->ShouldContinue = false;
    }

    // Whoever asked for the end meanwhile has left it to this thread, or finds that nobody runs the loop.
    private static bool Leave(LoopCore* core)
    {
        Interlocked.Exchange(ref core->Owner, LoopCore.NoThread);
        if (!IsEnding(core) || !TryOwn(core))
            return false;
        EndNow(core);
        return true;
    }

    private static void EndNow(LoopCore* core)
    {
        aws_event_loop* outer = EventLoop.OfCallersThread;
        EventLoop.EnterCallersThread(core->Loop);
        LoopTasks.CancelAll(core);
        EventLoop.CleanUpBase(core->Loop);
        LoopTasks.CancelAllAndClose(core);
        EventLoop.EnterCallersThread(outer);
        Volatile.Write(ref core->Owner, LoopCore.Nobody);
    }
}
