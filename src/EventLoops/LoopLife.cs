// SPDX-License-Identifier: Apache-2.0
using System;
using System.Threading;
using Reseau.Native.Common;

namespace Reseau.Native.EventLoops;

/// <summary>The life of a loop: made, run, stopped, joined, perhaps run again, destroyed.</summary>
internal static unsafe class LoopLife
{
    /// <summary>
    /// A loop that does not run yet; NULL with the error raised. The argument is for the backend's TryOpen.
    /// </summary>
    internal static aws_event_loop* New(
        LoopBackend* backend, aws_allocator* allocator, aws_event_loop_options* options, void* argument)
    {
        aws_event_loop* event_loop =
            (aws_event_loop*)Allocator.Calloc(allocator, 1, (nuint)sizeof(aws_event_loop));
        Log.Write(
            AWS_LL_INFO, AWS_LS_IO_EVENT_LOOP, $"id=0x{(nint)event_loop:x}: new event loop on {backend->Name}");
        aws_io_clock_fn clock = backend->ReadClock == null ? options->clock : null;
        if (EventLoop.InitBase(event_loop, allocator, clock) != AWS_OP_SUCCESS)
        {
            Allocator.Release(allocator, event_loop);
            return null;
        }

        LoopCore* core = (LoopCore*)Allocator.Calloc(allocator, 1, backend->LoopSize);
        core->Backend = backend;
        core->Loop = event_loop;
        core->Forks = Fork.Count;
        core->UsesMonotonicClock = clock != null
            && ((void*)clock == (void*)EventLoop.HighResolutionClock || Clock.IsHighResTicks(clock));
        KeepThreadOptions(core, options->thread_options);
        Threads.Init(&core->Thread, allocator);
        event_loop->impl_data = core;
        event_loop->vtable = LoopVtable.Table;
        event_loop->base_elg = options->parent_elg;

        if (backend->TryOpen(core, argument))
        {
            if (TaskScheduler.Init(&core->Scheduler, allocator) == AWS_OP_SUCCESS)
                return event_loop;
            backend->Close(core);
        }

        EventLoop.CleanUpBase(event_loop);
        Allocator.Release(allocator, core);
        Allocator.Release(allocator, event_loop);
        return null;
    }

    internal static int Run(LoopCore* core)
    {
        if (LoopCore.RejectInherited(core))
            return AWS_OP_ERR;
        if (core->IsStarted)
        {
            Log.Write(AWS_LL_ERROR, AWS_LS_IO_EVENT_LOOP, $"id=0x{(nint)core->Loop:x}: the loop is running already");
            return Errors.Raise(AWS_ERROR_INVALID_STATE);
        }

        Log.Write(AWS_LL_INFO, AWS_LS_IO_EVENT_LOOP, $"id=0x{(nint)core->Loop:x}: starting the loop");
        core->ShouldContinue = true;
        core->IsStarted = true;

        // From now on the loop is not the caller's, also while its thread has not come to say whose it is.
        Volatile.Write(ref core->Owner, LoopCore.NoThread);
        if (core->Backend->Start(core) == AWS_OP_SUCCESS)
            return AWS_OP_SUCCESS;

        Log.Write(AWS_LL_FATAL, AWS_LS_IO_EVENT_LOOP, $"id=0x{(nint)core->Loop:x}: the loop could not be started");
        Volatile.Write(ref core->Owner, 0);
        core->IsStarted = false;
        core->ShouldContinue = false;
        return AWS_OP_ERR;
    }

    /// <summary>By a task, so that whatever was scheduled before still runs.</summary>
    internal static int Stop(LoopCore* core)
    {
        if (LoopCore.RejectInherited(core))
            return AWS_OP_ERR;
        if (Interlocked.CompareExchange(ref core->IsStopScheduled, 1, 0) != 0)
            return AWS_OP_SUCCESS;

        Log.Write(AWS_LL_INFO, AWS_LS_IO_EVENT_LOOP, $"id=0x{(nint)core->Loop:x}: stopping the loop");
        ScheduledTask.Init(&core->StopTask, &OnStop, core, Literal.Of("event_loop_stop"u8));
        LoopTasks.ScheduleNow(core, &core->StopTask);
        return AWS_OP_SUCCESS;
    }

    internal static int WaitForStop(LoopCore* core)
    {
        if (LoopCore.RejectInherited(core))
            return AWS_OP_ERR;
        if (!core->IsStarted)
            return AWS_OP_SUCCESS;
        if (core->Backend->Join(core) != AWS_OP_SUCCESS)
            return AWS_OP_ERR;

        core->IsStarted = false;
        ForgetLateStop(core);
        return AWS_OP_SUCCESS;
    }

    /// <summary>
    /// Ends the thread, cancels what is left on the calling thread and frees the loop. The loop's own thread cannot do
    /// that: it would wait for itself.
    /// </summary>
    internal static void Destroy(LoopCore* core)
    {
        aws_event_loop* event_loop = core->Loop;
        if (LoopCore.RejectInherited(core))
            return;

        if (core->IsStarted)
        {
            if (LoopCore.IsInTickOfCaller(core))
            {
                Log.Write(
                    AWS_LL_FATAL,
                    AWS_LS_IO_EVENT_LOOP,
                    $"id=0x{(nint)event_loop:x}: a loop cannot be destroyed on its own thread; it stays as it is");
                Errors.Raise(AWS_ERROR_THREAD_DEADLOCK_DETECTED);
                return;
            }

            Stop(core);
            if (WaitForStop(core) != AWS_OP_SUCCESS)
                return;
        }

        Log.Write(AWS_LL_INFO, AWS_LS_IO_EVENT_LOOP, $"id=0x{(nint)event_loop:x}: destroying the event loop");

        // Cancelled tasks ask whether they are on the loop's thread before they touch what belongs to it.
        bool hasEnded = LoopCore.HasEnded(core);
        Volatile.Write(ref core->Owner, Threads.CurrentId());
        LoopTasks.CancelAll(core);
        if (core->Backend->TakeBackOperations != null)
        {
            core->Backend->TakeBackOperations(core);
            LoopTasks.CancelAll(core);
        }

        if (!hasEnded)
            EventLoop.CleanUpBase(event_loop);
        LoopTasks.CancelAll(core);
        TaskScheduler.CleanUp(&core->Scheduler);
        CrossThreadTaskQueue.AwaitWakers(&core->Incoming);

        Threads.CleanUp(&core->Thread);
        core->Backend->Close(core);
        aws_allocator* allocator = event_loop->alloc;
        Allocator.Release(allocator, core);
        Allocator.Release(allocator, event_loop);
    }

    private static void OnStop(aws_task* task, void* argument, aws_task_status status)
    {
        LoopCore* core = (LoopCore*)argument;
        if (status == AWS_TASK_STATUS_RUN_READY)
            core->ShouldContinue = false;
        Volatile.Write(ref core->IsStopScheduled, 0);
    }

    /// <summary>
    /// A stop that was asked for after the loop had stopped is still in the queue and would end the next run at once.
    /// </summary>
    private static void ForgetLateStop(LoopCore* core)
    {
        if (Volatile.Read(ref core->IsStopScheduled) == 0)
            return;
        LoopTasks.Receive(core);
        if (core->StopTask.abi_extension.scheduled)
            TaskScheduler.CancelTask(&core->Scheduler, &core->StopTask);
    }

    /// <summary>The name is copied, since a loop can be run again when its caller's text is long gone.</summary>
    private static void KeepThreadOptions(LoopCore* core, aws_thread_options* options)
    {
        core->ThreadOptions = options == null ? *Threads.DefaultOptions() : *options;

        // The loop joins its thread itself.
        core->ThreadOptions.join_strategy = AWS_TJS_MANUAL;

        aws_byte_cursor name = core->ThreadOptions.name;
        nuint length = Math.Min(name.len, LoopCore.NameCapacity);
        Buffer.MemoryCopy(name.ptr, core->ThreadName, LoopCore.NameCapacity, length);
        core->ThreadOptions.name.ptr = core->ThreadName;
        core->ThreadOptions.name.len = length;
    }
}
