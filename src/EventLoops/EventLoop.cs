// SPDX-License-Identifier: Apache-2.0
using System;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Reseau.Native.Common;
using Reseau.Native.EventLoops.Epoll;

namespace Reseau.Native.EventLoops;

/// <summary>
/// The contract of an event loop: one thread on which tasks run and I/O events are delivered. Every operation goes
/// through the loop's vtable, since users bring loops of their own; where an entry is our own, it is called without
/// the detour through native code.
///
/// A backend provides, in <see cref="aws_event_loop_vtable"/>:
/// <list type="bullet">
/// <item>start_destroy, complete_destroy: together they end the loop; the second blocks until its thread has ended,
/// cancels every task that is left and frees the loop.</item>
/// <item>run, stop, wait_for_stop_completion: start the thread; ask it to end; join it. May be repeated.</item>
/// <item>schedule_task_now, schedule_task_now_serialized, schedule_task_future: from any thread. The loop may not touch
/// a task once its function has been called.</item>
/// <item>cancel_task: runs the task as cancelled before it returns. Loop thread.</item>
/// <item>subscribe_to_io_events, from any thread, and unsubscribe_from_io_events, loop thread: after the latter no
/// callback comes, not even for events that are already waiting to be delivered.</item>
/// <item>connect_to_io_completion_port: Windows only.</item>
/// <item>free_io_event_resources: frees what a subscription left in the handle when the thread is gone.</item>
/// <item>is_on_callers_thread: from any thread; also true on the thread that destroys the loop, while it does.</item>
/// </list>
/// </summary>
internal static unsafe class EventLoop
{
    // ---- Life ----

    /// <summary>A loop of the platform's default kind. As <see cref="New"/>.</summary>
    internal static aws_event_loop* NewDefault(aws_allocator* alloc, aws_io_clock_fn clock)
    {
        aws_event_loop_options options = default;
        options.clock = clock;
        return New(alloc, &options);
    }

    /// <summary>
    /// A loop of the kind named in the options, not yet running; NULL with the error raised. Ended by
    /// <see cref="Destroy"/>.
    /// </summary>
    internal static aws_event_loop* New(aws_allocator* alloc, aws_event_loop_options* options)
    {
        if (alloc == null || options == null || options->clock == null)
        {
            Errors.Raise(AWS_ERROR_INVALID_ARGUMENT);
            return null;
        }

        aws_event_loop_type type =
            options->type == AWS_EVENT_LOOP_PLATFORM_DEFAULT ? GetDefaultType() : options->type;
        switch (type)
        {
            case AWS_EVENT_LOOP_EPOLL when OperatingSystem.IsLinux():
                return EpollEventLoop.New(alloc, options);
            case AWS_EVENT_LOOP_EPOLL:
            case AWS_EVENT_LOOP_IOCP:
            case AWS_EVENT_LOOP_KQUEUE:
            case AWS_EVENT_LOOP_DISPATCH_QUEUE:
                Log.Write(
                    AWS_LL_ERROR, AWS_LS_IO_EVENT_LOOP, $"event loops of type {(int)type} do not exist here");
                Errors.Raise(AWS_ERROR_PLATFORM_NOT_SUPPORTED);
                return null;
            default:
                Log.Write(AWS_LL_ERROR, AWS_LS_IO_EVENT_LOOP, $"{(int)type} is no type of event loop");
                Errors.Raise(AWS_ERROR_UNSUPPORTED_OPERATION);
                return null;
        }
    }

    /// <summary>The kind of loop that this platform gets unless it asks for another.</summary>
    internal static aws_event_loop_type GetDefaultType()
    {
        if (OperatingSystem.IsLinux())
            return AWS_EVENT_LOOP_EPOLL;
        return OperatingSystem.IsWindows() ? AWS_EVENT_LOOP_IOCP : AWS_EVENT_LOOP_KQUEUE;
    }

    /// <summary>
    /// A loop with a user's vtable and state, in memory of the allocator. The vtable's complete_destroy frees it, after
    /// <see cref="CleanUpBase"/>.
    /// </summary>
    internal static aws_event_loop* NewBase(
        aws_allocator* allocator, aws_io_clock_fn clock, aws_event_loop_vtable* vtable, void* impl)
    {
        if (allocator == null)
        {
            Errors.Raise(AWS_ERROR_INVALID_ARGUMENT);
            return null;
        }

        aws_event_loop* event_loop = (aws_event_loop*)Allocator.Acquire(allocator, (nuint)sizeof(aws_event_loop));
        if (InitBase(event_loop, allocator, clock) != AWS_OP_SUCCESS)
        {
            Allocator.Release(allocator, event_loop);
            return null;
        }

        event_loop->vtable = vtable;
        event_loop->impl_data = impl;
        return event_loop;
    }

    /// <summary>Sets up what all loops have in common. Undone by <see cref="CleanUpBase"/>.</summary>
    internal static int InitBase(aws_event_loop* event_loop, aws_allocator* alloc, aws_io_clock_fn clock)
    {
        if (event_loop == null || alloc == null)
            return Errors.Raise(AWS_ERROR_INVALID_ARGUMENT);

        *event_loop = default;
        event_loop->alloc = alloc;
        event_loop->clock = clock;
        return LocalObjects.Init(event_loop);
    }

    /// <summary>Drops the local objects, telling their owners. For the complete_destroy of a backend.</summary>
    internal static void CleanUpBase(aws_event_loop* event_loop)
    {
        if (event_loop != null)
            LocalObjects.CleanUp(event_loop);
    }

    /// <summary>
    /// Ends a loop: stops it, waits for its thread, cancels what is left and frees it. From any thread but the loop's
    /// own. NULL is allowed.
    /// </summary>
    internal static void Destroy(aws_event_loop* event_loop)
    {
        StartDestroy(event_loop);
        CompleteDestroy(event_loop);
    }

    /// <summary>Whether a loop of ours is the parent's, in a process that came out of fork.</summary>
    internal static bool IsInherited(aws_event_loop* event_loop) =>
        EpollEventLoop.IsOurs(event_loop) && EpollEventLoop.IsInherited(event_loop);

    /// <summary>The part of <see cref="Destroy"/> that does not wait.</summary>
    internal static void StartDestroy(aws_event_loop* event_loop)
    {
        if (event_loop == null)
            return;
        if (event_loop->vtable == null || event_loop->vtable->start_destroy == null)
            RaiseMissing(event_loop);
        else
            event_loop->vtable->start_destroy(event_loop);
    }

    /// <summary>The part of <see cref="Destroy"/> that waits.</summary>
    internal static void CompleteDestroy(aws_event_loop* event_loop)
    {
        if (event_loop == null)
            return;
        if (event_loop->vtable == null || event_loop->vtable->complete_destroy == null)
            RaiseMissing(event_loop);
        else
            event_loop->vtable->complete_destroy(event_loop);
    }

    // ---- Running ----

    /// <summary>Starts the loop's thread. Possible again after <see cref="WaitForStopCompletion"/>.</summary>
    internal static int Run(aws_event_loop* event_loop)
    {
        if (IsInvalid(event_loop))
            return AWS_OP_ERR;
        return event_loop->vtable->run == null ? RaiseMissing(event_loop) : event_loop->vtable->run(event_loop);
    }

    /// <summary>Asks the loop to end, from any thread, any number of times. Tasks scheduled before still run.</summary>
    internal static int Stop(aws_event_loop* event_loop)
    {
        if (IsInvalid(event_loop))
            return AWS_OP_ERR;
        return event_loop->vtable->stop == null ? RaiseMissing(event_loop) : event_loop->vtable->stop(event_loop);
    }

    /// <summary>Blocks until the loop's thread has ended. From any thread but the loop's own.</summary>
    internal static int WaitForStopCompletion(aws_event_loop* event_loop)
    {
        if (IsInvalid(event_loop))
            return AWS_OP_ERR;
        return event_loop->vtable->wait_for_stop_completion == null
            ? RaiseMissing(event_loop)
            : event_loop->vtable->wait_for_stop_completion(event_loop);
    }

    /// <summary>Whether the caller is on the loop's thread.</summary>
    internal static bool ThreadIsCallersThread(aws_event_loop* event_loop)
    {
        if (IsInvalid(event_loop))
            return false;

        delegate* unmanaged[Cdecl]<aws_event_loop*, bool> entry = event_loop->vtable->is_on_callers_thread;
        return (void*)entry == EpollVtable.IsOnCallersThread
            ? EpollEventLoop.IsOnCallersThread(event_loop)
            : Call(entry, event_loop);
    }

    /// <summary>The time by which the loop's tasks go, in nanoseconds. Any thread.</summary>
    internal static int CurrentClockTime(aws_event_loop* event_loop, ulong* time_nanos)
    {
        if (event_loop == null || event_loop->clock == null || time_nanos == null)
            return Errors.Raise(AWS_ERROR_INVALID_ARGUMENT);
        return (void*)event_loop->clock == (void*)HighResolutionClock
            ? Clock.HighResTicks(time_nanos)
            : event_loop->clock(time_nanos);
    }

    /// <summary>A backend's or a user's own state.</summary>
    internal static void* GetImpl(aws_event_loop* event_loop)
    {
        if (event_loop != null)
            return event_loop->impl_data;
        Errors.Raise(AWS_ERROR_INVALID_ARGUMENT);
        return null;
    }

    /// <summary>The clock of loops that were not given one.</summary>
    internal static aws_io_clock_fn HighResolutionClock => &ReadHighResolutionClock;

    // ---- Tasks ----

    /// <summary>Runs a task on the loop's thread as soon as may be. Any thread.</summary>
    internal static void ScheduleTaskNow(aws_event_loop* event_loop, aws_task* task)
    {
        if (IsInvalid(event_loop, task))
            return;

        delegate* unmanaged[Cdecl]<aws_event_loop*, aws_task*, void> entry = event_loop->vtable->schedule_task_now;
        if ((void*)entry == EpollVtable.ScheduleTaskNow)
            EpollEventLoop.ScheduleTaskNow(event_loop, task);
        else
            Call(entry, event_loop, task);
    }

    /// <summary>As <see cref="ScheduleTaskNow"/>; these tasks run in the order of their scheduling.</summary>
    internal static void ScheduleTaskNowSerialized(aws_event_loop* event_loop, aws_task* task)
    {
        if (IsInvalid(event_loop, task))
            return;

        delegate* unmanaged[Cdecl]<aws_event_loop*, aws_task*, void> entry =
            event_loop->vtable->schedule_task_now_serialized;
        if ((void*)entry == EpollVtable.ScheduleTaskNowSerialized)
            EpollEventLoop.ScheduleTaskNowSerialized(event_loop, task);
        else
            Call(entry, event_loop, task);
    }

    /// <summary>Runs a task when the loop's clock has reached a time, zero meaning now. Any thread.</summary>
    internal static void ScheduleTaskFuture(aws_event_loop* event_loop, aws_task* task, ulong run_at_nanos)
    {
        if (IsInvalid(event_loop, task))
            return;

        delegate* unmanaged[Cdecl]<aws_event_loop*, aws_task*, ulong, void> entry =
            event_loop->vtable->schedule_task_future;
        if ((void*)entry == EpollVtable.ScheduleTaskFuture)
            EpollEventLoop.ScheduleTaskFuture(event_loop, task, run_at_nanos);
        else
            Call(entry, event_loop, task, run_at_nanos);
    }

    /// <summary>Runs a scheduled task as cancelled, before this returns. Loop thread.</summary>
    internal static void CancelTask(aws_event_loop* event_loop, aws_task* task)
    {
        if (IsInvalid(event_loop, task))
            return;

        delegate* unmanaged[Cdecl]<aws_event_loop*, aws_task*, void> entry = event_loop->vtable->cancel_task;
        if ((void*)entry == EpollVtable.CancelTask)
            EpollEventLoop.CancelTask(event_loop, task);
        else
            Call(entry, event_loop, task);
    }

    // ---- I/O events ----

    /// <summary>
    /// Has <paramref name="on_event"/> called on the loop's thread when the handle becomes readable or writable, as
    /// asked for, and on errors and hang-ups in any case; once for each change. Any thread. The handle and what it
    /// refers to stay with the caller and outlive the subscription.
    /// </summary>
    internal static int SubscribeToIoEvents(
        aws_event_loop* event_loop,
        aws_io_handle* handle,
        int events,
        aws_event_loop_on_event_fn on_event,
        void* user_data)
    {
        if (IsInvalid(event_loop))
            return AWS_OP_ERR;
        if (handle == null || on_event == null)
            return Errors.Raise(AWS_ERROR_INVALID_ARGUMENT);
        if ((void*)event_loop->vtable->subscribe_to_io_events == EpollVtable.SubscribeToIoEvents)
            return EpollEventLoop.SubscribeToIoEvents(event_loop, handle, events, on_event, user_data);
        return event_loop->vtable->subscribe_to_io_events == null
            ? RaiseMissing(event_loop)
            : event_loop->vtable->subscribe_to_io_events(event_loop, handle, events, on_event, user_data);
    }

    /// <summary>Ends a subscription; no callback comes after this. Loop thread.</summary>
    internal static int UnsubscribeFromIoEvents(aws_event_loop* event_loop, aws_io_handle* handle)
    {
        if (IsInvalid(event_loop))
            return AWS_OP_ERR;
        if (handle == null)
            return Errors.Raise(AWS_ERROR_INVALID_ARGUMENT);
        if ((void*)event_loop->vtable->unsubscribe_from_io_events == EpollVtable.UnsubscribeFromIoEvents)
            return EpollEventLoop.UnsubscribeFromIoEvents(event_loop, handle);
        return event_loop->vtable->unsubscribe_from_io_events == null
            ? RaiseMissing(event_loop)
            : event_loop->vtable->unsubscribe_from_io_events(event_loop, handle);
    }

    /// <summary>Frees what a subscription holds when it can no longer be ended, the loop's thread being gone.</summary>
    internal static void FreeIoEventResources(aws_event_loop* event_loop, aws_io_handle* handle)
    {
        if (IsInvalid(event_loop))
            return;
        if (handle == null)
            Errors.Raise(AWS_ERROR_INVALID_ARGUMENT);
        else if (event_loop->vtable->free_io_event_resources == null)
            RaiseMissing(event_loop);
        else
            event_loop->vtable->free_io_event_resources(handle->additional_data);
    }

    /// <summary>Connects a handle to the loop's completion port; only loops of Windows have one. Any thread.</summary>
    internal static int ConnectHandleToIoCompletionPort(aws_event_loop* event_loop, aws_io_handle* handle)
    {
        if (IsInvalid(event_loop))
            return AWS_OP_ERR;
        if (handle == null)
            return Errors.Raise(AWS_ERROR_INVALID_ARGUMENT);
        return event_loop->vtable->connect_to_io_completion_port == null
            ? RaiseMissing(event_loop)
            : event_loop->vtable->connect_to_io_completion_port(event_loop, handle);
    }

    // ---- Local objects ----

    /// <summary>Copies the local object of a key; AWS_ERROR_INVALID_ARGUMENT if there is none. Loop thread.</summary>
    internal static int FetchLocalObject(aws_event_loop* event_loop, void* key, aws_event_loop_local_object* obj)
    {
        if (event_loop == null || obj == null)
            return Errors.Raise(AWS_ERROR_INVALID_ARGUMENT);
        return IsOwnedByAnother(event_loop) ? AWS_OP_ERR : LocalObjects.Fetch(event_loop, key, obj);
    }

    /// <summary>The local object of a key; NULL, and nothing raised, if there is none. Loop thread.</summary>
    internal static aws_event_loop_local_object* FindLocalObject(aws_event_loop* event_loop, void* key) =>
        LocalObjects.Find(event_loop, key);

    /// <summary>
    /// Keeps a local object by reference: it stays with the caller and lives until it is removed, replaced, or its
    /// on_object_removed is called. Loop thread.
    /// </summary>
    internal static int PutLocalObject(aws_event_loop* event_loop, aws_event_loop_local_object* obj)
    {
        if (event_loop == null || obj == null)
            return Errors.Raise(AWS_ERROR_INVALID_ARGUMENT);
        return IsOwnedByAnother(event_loop) ? AWS_OP_ERR : LocalObjects.Put(event_loop, obj);
    }

    /// <summary>
    /// Removes a local object, if it is there: copies it to <paramref name="removed_obj"/>, or has its
    /// on_object_removed called if that is NULL. Loop thread.
    /// </summary>
    internal static int RemoveLocalObject(
        aws_event_loop* event_loop, void* key, aws_event_loop_local_object* removed_obj)
    {
        if (event_loop == null)
            return Errors.Raise(AWS_ERROR_INVALID_ARGUMENT);
        return IsOwnedByAnother(event_loop) ? AWS_OP_ERR : LocalObjects.Remove(event_loop, key, removed_obj);
    }

    // ---- Load ----

    /// <summary>For backends: events or tasks are about to be handled. Loop thread.</summary>
    internal static void RegisterTickStart(aws_event_loop* event_loop)
    {
        ulong now;
        if (event_loop != null && Clock.HighResTicks(&now) == AWS_OP_SUCCESS)
            LoadFactor.TickStart(event_loop, now);
    }

    /// <summary>For backends: they have been handled. Loop thread.</summary>
    internal static void RegisterTickEnd(aws_event_loop* event_loop)
    {
        ulong now;
        if (event_loop != null && Clock.HighResTicks(&now) == AWS_OP_SUCCESS)
            LoadFactor.TickEnd(event_loop, now);
    }

    /// <summary>How busy the loop was of late, zero if it registers no ticks. Any thread.</summary>
    internal static nuint GetLoadFactor(aws_event_loop* event_loop)
    {
        ulong now;
        return event_loop != null && Clock.HighResTicks(&now) == AWS_OP_SUCCESS ? LoadFactor.Of(event_loop, now) : 0;
    }

    // ---- Entries of others. Apart, so that calls of our own do not prepare to leave managed code. ----

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static bool Call(delegate* unmanaged[Cdecl]<aws_event_loop*, bool> entry, aws_event_loop* event_loop)
    {
        if (entry != null)
            return entry(event_loop);
        RaiseMissing(event_loop);
        return false;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Call(
        delegate* unmanaged[Cdecl]<aws_event_loop*, aws_task*, void> entry, aws_event_loop* event_loop, aws_task* task)
    {
        if (entry != null)
            entry(event_loop, task);
        else
            RaiseMissing(event_loop);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Call(
        delegate* unmanaged[Cdecl]<aws_event_loop*, aws_task*, ulong, void> entry,
        aws_event_loop* event_loop,
        aws_task* task,
        ulong time)
    {
        if (entry != null)
            entry(event_loop, task, time);
        else
            RaiseMissing(event_loop);
    }

    // ---- Checks ----

    private static bool IsInvalid(aws_event_loop* event_loop)
    {
        if (event_loop != null && event_loop->vtable != null)
            return false;
        Errors.Raise(AWS_ERROR_INVALID_ARGUMENT);
        return true;
    }

    private static bool IsInvalid(aws_event_loop* event_loop, aws_task* task) =>
        (event_loop == null || event_loop->vtable == null || task == null || task->fn == null)
        && RejectTask(event_loop, task);

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static bool RejectTask(aws_event_loop* event_loop, aws_task* task)
    {
        Log.Write(
            AWS_LL_ERROR,
            AWS_LS_IO_EVENT_LOOP,
            $"id=0x{(nint)event_loop:x}: task 0x{(nint)task:x} is left alone: loop, task and task function are needed");
        Errors.Raise(AWS_ERROR_INVALID_ARGUMENT);
        return true;
    }

    /// <summary>Raises the error when one of our own loops runs on another thread than the caller's.</summary>
    private static bool IsOwnedByAnother(aws_event_loop* event_loop) =>
        event_loop->vtable == EpollVtable.Table && EpollEventLoop.IsOwnedByAnother(event_loop);

    private static int RaiseMissing(aws_event_loop* event_loop)
    {
        Log.Write(
            AWS_LL_ERROR, AWS_LS_IO_EVENT_LOOP, $"id=0x{(nint)event_loop:x}: the loop's vtable lacks this operation");
        return Errors.Raise(AWS_ERROR_UNSUPPORTED_OPERATION);
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int ReadHighResolutionClock(ulong* time) => Clock.HighResTicks(time);
}
