// SPDX-License-Identifier: Apache-2.0
using System;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Reseau.Native.Common;

namespace Reseau.Native.EventLoops;

/// <summary>
/// An event loop as everybody else uses it: one thread on which tasks run and I/O events are delivered. This is the
/// dispatcher: <see cref="CoreOf"/> distinguishes loops of ours from those that a program has made with a vtable of its
/// own, once for each call; the former are called directly, the latter by <see cref="ForeignEventLoop"/>. What a
/// program's loop must do stands in include/aws/io/event_loop.h; what a backend of ours must do, in <see
/// cref="LoopBackend"/>.
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
            options->type == AWS_EVENT_LOOP_PLATFORM_DEFAULT ? LoopBackends.DefaultType : options->type;
        LoopBackend* backend = LoopBackends.Find(type);
        if (backend != null)
            return LoopLife.New(backend, alloc, options, null);

        Log.Write(AWS_LL_ERROR, AWS_LS_IO_EVENT_LOOP, $"event loops of type {(int)type} do not exist here");
        Errors.Raise(type <= AWS_EVENT_LOOP_DISPATCH_QUEUE
            ? AWS_ERROR_PLATFORM_NOT_SUPPORTED
            : AWS_ERROR_UNSUPPORTED_OPERATION);
        return null;
    }

    /// <summary>The kind of loop that this platform gets unless it asks for another.</summary>
    internal static aws_event_loop_type GetDefaultType() => LoopBackends.DefaultType;

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

    /// <summary>
    /// Drops the local objects, calling on_object_removed of each. For the complete_destroy of a loop.
    /// </summary>
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

    /// <summary>The part of <see cref="Destroy"/> that does not wait.</summary>
    internal static void StartDestroy(aws_event_loop* event_loop)
    {
        // Loops of ours do nothing ahead: they end when complete_destroy stops them.
        if (event_loop != null && !LoopVtable.IsOf(event_loop))
            ForeignEventLoop.StartDestroy(event_loop);
    }

    /// <summary>The part of <see cref="Destroy"/> that waits.</summary>
    internal static void CompleteDestroy(aws_event_loop* event_loop)
    {
        LoopCore* core = CoreOf(event_loop);
        if (core != null)
            LoopLife.Destroy(core);
        else if (event_loop != null)
            ForeignEventLoop.CompleteDestroy(event_loop);
    }

    // ---- What only loops of ours know ----

    /// <summary>The core of a loop of ours; NULL for a program's own loop, and for NULL.</summary>
    internal static LoopCore* CoreOf(aws_event_loop* event_loop) =>
        event_loop != null && LoopVtable.IsOf(event_loop) ? (LoopCore*)event_loop->impl_data : null;

    /// <summary>Whether a loop of ours is the parent's, in a process that came out of fork.</summary>
    internal static bool IsInherited(aws_event_loop* event_loop)
    {
        LoopCore* core = CoreOf(event_loop);
        return core != null && LoopCore.IsInherited(core);
    }

    /// <summary>
    /// Whether a loop of ours runs on the caller's thread. Calls nothing of the program's: also allowed under a lock.
    /// </summary>
    internal static bool IsOursOnCallersThread(aws_event_loop* event_loop)
    {
        LoopCore* core = CoreOf(event_loop);
        return core != null && LoopCore.IsOnCallersThread(core);
    }

    /// <summary>
    /// The loop of ours that the caller's thread runs at present, and that it would keep waiting; else NULL.
    /// </summary>
    internal static aws_event_loop* OfCallersThread => ThreadStorage.Current->Loop;

    /// <summary>For what runs a loop's ticks: the caller's thread does so from now on; NULL: not any more.</summary>
    internal static void EnterCallersThread(aws_event_loop* event_loop) => ThreadStorage.Current->Loop = event_loop;

    /// <summary>
    /// The caller, on the loop's thread, has sent something: the loop may expect a reply, and poll for it before it
    /// sleeps.
    /// </summary>
    internal static void ExpectReply(aws_event_loop* event_loop)
    {
        LoopCore* core = CoreOf(event_loop);
        if (core != null)
            core->BusyPoll.ExpectReply();
    }

    /// <summary>A number that the loop's present tick has, and the next one has not. Loop thread.</summary>
    internal static uint TickOf(aws_event_loop* event_loop)
    {
        LoopCore* core = CoreOf(event_loop);
        return core == null ? 0 : (uint)core->Load.Start;
    }

    /// <summary>Whether subscriptions may ask for <see cref="LoopBackend.Urgent"/>.</summary>
    internal static bool ReportsUrgentData(aws_event_loop* event_loop)
    {
        LoopCore* core = CoreOf(event_loop);
        return core != null && core->Backend->ReportsUrgentData;
    }

    /// <summary>
    /// Whether what is on the loop has the system's sockets, names and files, and not what stands in their place.
    /// </summary>
    internal static bool HasSystem(aws_event_loop* event_loop)
    {
        LoopCore* core = CoreOf(event_loop);
        return core == null || core->Sockets == null;
    }

    /// <summary>
    /// Whether the caller's thread must not wait for what the loop does: it runs a loop, or it is the one that is to
    /// make this one go on.
    /// </summary>
    internal static bool MustNotWaitFor(aws_event_loop* event_loop) =>
        OfCallersThread != null || !HasThread(event_loop);

    /// <summary>Whether the loop goes on while a caller waits for it.</summary>
    internal static bool HasThread(aws_event_loop* event_loop)
    {
        LoopCore* core = CoreOf(event_loop);
        return core == null || core->Backend->StepForWaiter == null;
    }

    /// <summary>
    /// For a caller that waits for a loop without a thread, and holds no lock: has it do something. False if there is
    /// nothing to do, or somebody else to do it.
    /// </summary>
    internal static bool StepForWaiter(aws_event_loop* event_loop)
    {
        LoopCore* core = CoreOf(event_loop);
        return core->Backend->StepForWaiter(core);
    }

    // ---- Running ----

    /// <summary>Starts the loop's thread. Possible again after <see cref="WaitForStopCompletion"/>.</summary>
    internal static int Run(aws_event_loop* event_loop)
    {
        LoopCore* core = CoreOf(event_loop);
        return core != null ? LoopLife.Run(core) : ForeignEventLoop.Run(event_loop);
    }

    /// <summary>Asks the loop to end, from any thread, any number of times. Tasks scheduled before still run.</summary>
    internal static int Stop(aws_event_loop* event_loop)
    {
        LoopCore* core = CoreOf(event_loop);
        return core != null ? LoopLife.Stop(core) : ForeignEventLoop.Stop(event_loop);
    }

    /// <summary>Blocks until the loop's thread has ended. From any thread but the loop's own.</summary>
    internal static int WaitForStopCompletion(aws_event_loop* event_loop)
    {
        LoopCore* core = CoreOf(event_loop);
        return core != null ? LoopLife.WaitForStop(core) : ForeignEventLoop.WaitForStopCompletion(event_loop);
    }

    /// <summary>Whether the caller is on the loop's thread.</summary>
    internal static bool ThreadIsCallersThread(aws_event_loop* event_loop)
    {
        LoopCore* core = CoreOf(event_loop);
        return core != null
            ? LoopCore.IsOnCallersThread(core)
            : ForeignEventLoop.ThreadIsCallersThread(event_loop);
    }

    /// <summary>The loop's clock, which the times of its tasks are on, in nanoseconds. Any thread.</summary>
    internal static int CurrentClockTime(aws_event_loop* event_loop, ulong* time_nanos)
    {
        if (event_loop == null || time_nanos == null)
            return Errors.Raise(AWS_ERROR_INVALID_ARGUMENT);
        return (void*)event_loop->clock == (void*)HighResolutionClock
            ? Clock.HighResTicks(time_nanos)
            : ReadOtherClock(event_loop, time_nanos);
    }

    // Apart, so that reading the usual clock does not prepare to leave managed code.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static int ReadOtherClock(aws_event_loop* event_loop, ulong* time)
    {
        LoopCore* core = CoreOf(event_loop);
        if (core != null && core->Backend->ReadClock != null)
            return core->Backend->ReadClock(core, time);
        return event_loop->clock == null ? Errors.Raise(AWS_ERROR_INVALID_ARGUMENT) : event_loop->clock(time);
    }

    /// <summary>
    /// The clock by which the loop's load is measured: the monotonic one, unless its backend has its own. Any thread.
    /// </summary>
    internal static int MonotonicTime(aws_event_loop* event_loop, ulong* time)
    {
        LoopCore* core = CoreOf(event_loop);
        return core != null && core->Backend->ReadClock != null
            ? core->Backend->ReadClock(core, time)
            : Clock.HighResTicks(time);
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

    /// <summary>Runs a task on the loop's thread as soon as possible. Any thread.</summary>
    internal static void ScheduleTaskNow(aws_event_loop* event_loop, aws_task* task)
    {
        if (IsInvalid(event_loop, task))
            return;

        LoopCore* core = CoreOf(event_loop);
        if (core != null)
            LoopTasks.ScheduleNow(core, task);
        else
            ForeignEventLoop.ScheduleTaskNow(event_loop, task);
    }

    /// <summary>As <see cref="ScheduleTaskNow"/>; these tasks run in the order of their scheduling.</summary>
    internal static void ScheduleTaskNowSerialized(aws_event_loop* event_loop, aws_task* task)
    {
        if (IsInvalid(event_loop, task))
            return;

        LoopCore* core = CoreOf(event_loop);
        if (core != null)
            LoopTasks.ScheduleNowSerialized(core, task);
        else
            ForeignEventLoop.ScheduleTaskNowSerialized(event_loop, task);
    }

    /// <summary>Runs a task when the loop's clock has reached a time, zero meaning now. Any thread.</summary>
    internal static void ScheduleTaskFuture(aws_event_loop* event_loop, aws_task* task, ulong run_at_nanos)
    {
        if (IsInvalid(event_loop, task))
            return;

        LoopCore* core = CoreOf(event_loop);
        if (core != null)
            LoopTasks.ScheduleFuture(core, task, run_at_nanos);
        else
            ForeignEventLoop.ScheduleTaskFuture(event_loop, task, run_at_nanos);
    }

    /// <summary>Runs a scheduled task as cancelled, before this returns. Loop thread.</summary>
    internal static void CancelTask(aws_event_loop* event_loop, aws_task* task)
    {
        if (IsInvalid(event_loop, task))
            return;

        LoopCore* core = CoreOf(event_loop);
        if (core != null)
            LoopTasks.Cancel(core, task);
        else
            ForeignEventLoop.CancelTask(event_loop, task);
    }

    // ---- I/O events ----

    /// <summary>
    /// Has the callback called on the loop's thread when the handle becomes readable or writable, as asked for, and on
    /// errors and hang-ups in any case; once for each change. Any thread. The handle and what it refers to stay with
    /// the caller and outlive the subscription.
    /// </summary>
    internal static int SubscribeToIoEvents(
        aws_event_loop* event_loop, aws_io_handle* handle, int events, IoCallback callback)
    {
        if (handle == null || callback.OfC == null)
            return Errors.Raise(AWS_ERROR_INVALID_ARGUMENT);

        LoopCore* core = CoreOf(event_loop);
        return core != null
            ? LoopEvents.Subscribe(core, handle, events, &callback)
            : ForeignEventLoop.SubscribeToIoEvents(event_loop, handle, events, callback.OfC, callback.UserData);
    }

    /// <summary>
    /// Changes which events of a handle are reported, while nobody ends its subscription; what is there counts as a
    /// change. Loops of a program's cannot. Any thread.
    /// </summary>
    internal static int ChangeIoEvents(aws_event_loop* event_loop, aws_io_handle* handle, int events)
    {
        LoopCore* core = CoreOf(event_loop);
        return core != null
            ? LoopEvents.Change(core, handle, events)
            : Errors.Raise(AWS_ERROR_PLATFORM_NOT_SUPPORTED);
    }

    /// <summary>Whether <see cref="ChangeIoEvents"/> can.</summary>
    internal static bool CanChangeIoEvents(aws_event_loop* event_loop)
    {
        LoopCore* core = CoreOf(event_loop);
        return core != null && core->Backend->ChangeEvents != null;
    }

    /// <summary>Ends a subscription; no callback comes after this. Loop thread.</summary>
    internal static int UnsubscribeFromIoEvents(aws_event_loop* event_loop, aws_io_handle* handle)
    {
        if (handle == null)
            return Errors.Raise(AWS_ERROR_INVALID_ARGUMENT);

        LoopCore* core = CoreOf(event_loop);
        return core != null
            ? LoopEvents.Unsubscribe(core, handle)
            : ForeignEventLoop.UnsubscribeFromIoEvents(event_loop, handle);
    }

    /// <summary>Frees what a subscription holds when it can no longer be ended, the loop's thread being gone.</summary>
    internal static void FreeIoEventResources(aws_event_loop* event_loop, aws_io_handle* handle)
    {
        if (handle == null)
            Errors.Raise(AWS_ERROR_INVALID_ARGUMENT);
        else if (CoreOf(event_loop) != null)
            IoSubscription.FreeWithoutLoop((IoSubscription*)handle->additional_data);
        else
            ForeignEventLoop.FreeIoEventResources(event_loop, handle);
    }

    /// <summary>Connects a handle to the loop's completion port; only loops of Windows have one. Any thread.</summary>
    internal static int ConnectHandleToIoCompletionPort(aws_event_loop* event_loop, aws_io_handle* handle)
    {
        if (handle == null)
            return Errors.Raise(AWS_ERROR_INVALID_ARGUMENT);

        LoopCore* core = CoreOf(event_loop);
        return core != null
            ? LoopEvents.ConnectToCompletionPort(core, handle)
            : ForeignEventLoop.ConnectHandleToIoCompletionPort(event_loop, handle);
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

    /// <summary>For loops: events or tasks are about to be handled. Loop thread.</summary>
    internal static void RegisterTickStart(aws_event_loop* event_loop)
    {
        ulong now;
        if (event_loop != null && MonotonicTime(event_loop, &now) == AWS_OP_SUCCESS)
            LoadFactor.TickStart(event_loop, now);
    }

    /// <summary>For loops: they have been handled. Loop thread.</summary>
    internal static void RegisterTickEnd(aws_event_loop* event_loop)
    {
        ulong now;
        if (event_loop != null && MonotonicTime(event_loop, &now) == AWS_OP_SUCCESS)
            LoadFactor.TickEnd(event_loop, now);
    }

    /// <summary>How busy the loop was of late, zero if it registers no ticks. Any thread.</summary>
    internal static nuint GetLoadFactor(aws_event_loop* event_loop)
    {
        ulong now;
        return event_loop != null && MonotonicTime(event_loop, &now) == AWS_OP_SUCCESS
            ? LoadFactor.Of(event_loop, now)
            : 0;
    }

    // ---- Checks ----

    private static bool IsInvalid(aws_event_loop* event_loop, aws_task* task) =>
        (event_loop == null || task == null || task->fn == null) && RejectTask(event_loop, task);

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

    /// <summary>Raises the error when a loop of ours runs on another thread than the caller's.</summary>
    private static bool IsOwnedByAnother(aws_event_loop* event_loop)
    {
        LoopCore* core = CoreOf(event_loop);
        return core != null && LoopCore.IsOwnedByAnother(core);
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int ReadHighResolutionClock(ulong* time) => Clock.HighResTicks(time);
}
