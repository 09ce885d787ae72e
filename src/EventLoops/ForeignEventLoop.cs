// SPDX-License-Identifier: Apache-2.0
using System.Runtime.CompilerServices;
using Reseau.Native.Common;

namespace Reseau.Native.EventLoops;

/// <summary>
/// Loops that a program has made by a vtable of its own, and what is no loop at all: each call checks that there is a
/// loop with a vtable which has the entry, and calls it. Never inlined, so that calls of our own loops do not prepare
/// to leave managed code.
/// </summary>
internal static unsafe class ForeignEventLoop
{
    [MethodImpl(MethodImplOptions.NoInlining)]
    internal static void StartDestroy(aws_event_loop* event_loop)
    {
        if (event_loop->vtable == null || event_loop->vtable->start_destroy == null)
            RaiseMissing(event_loop);
        else
            event_loop->vtable->start_destroy(event_loop);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    internal static void CompleteDestroy(aws_event_loop* event_loop)
    {
        if (event_loop->vtable == null || event_loop->vtable->complete_destroy == null)
            RaiseMissing(event_loop);
        else
            event_loop->vtable->complete_destroy(event_loop);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    internal static int Run(aws_event_loop* event_loop)
    {
        if (IsInvalid(event_loop))
            return AWS_OP_ERR;
        return event_loop->vtable->run == null ? RaiseMissing(event_loop) : event_loop->vtable->run(event_loop);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    internal static int Stop(aws_event_loop* event_loop)
    {
        if (IsInvalid(event_loop))
            return AWS_OP_ERR;
        return event_loop->vtable->stop == null ? RaiseMissing(event_loop) : event_loop->vtable->stop(event_loop);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    internal static int WaitForStopCompletion(aws_event_loop* event_loop)
    {
        if (IsInvalid(event_loop))
            return AWS_OP_ERR;
        return event_loop->vtable->wait_for_stop_completion == null
            ? RaiseMissing(event_loop)
            : event_loop->vtable->wait_for_stop_completion(event_loop);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    internal static bool ThreadIsCallersThread(aws_event_loop* event_loop)
    {
        if (IsInvalid(event_loop))
            return false;
        if (event_loop->vtable->is_on_callers_thread != null)
            return event_loop->vtable->is_on_callers_thread(event_loop);
        RaiseMissing(event_loop);
        return false;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    internal static void ScheduleTaskNow(aws_event_loop* event_loop, aws_task* task)
    {
        if (IsInvalid(event_loop))
            return;
        if (event_loop->vtable->schedule_task_now == null)
            RaiseMissing(event_loop);
        else
            event_loop->vtable->schedule_task_now(event_loop, task);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    internal static void ScheduleTaskNowSerialized(aws_event_loop* event_loop, aws_task* task)
    {
        if (IsInvalid(event_loop))
            return;
        if (event_loop->vtable->schedule_task_now_serialized == null)
            RaiseMissing(event_loop);
        else
            event_loop->vtable->schedule_task_now_serialized(event_loop, task);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    internal static void ScheduleTaskFuture(aws_event_loop* event_loop, aws_task* task, ulong time)
    {
        if (IsInvalid(event_loop))
            return;
        if (event_loop->vtable->schedule_task_future == null)
            RaiseMissing(event_loop);
        else
            event_loop->vtable->schedule_task_future(event_loop, task, time);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    internal static void CancelTask(aws_event_loop* event_loop, aws_task* task)
    {
        if (IsInvalid(event_loop))
            return;
        if (event_loop->vtable->cancel_task == null)
            RaiseMissing(event_loop);
        else
            event_loop->vtable->cancel_task(event_loop, task);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    internal static int SubscribeToIoEvents(
        aws_event_loop* event_loop,
        aws_io_handle* handle,
        int events,
        aws_event_loop_on_event_fn onEvent,
        void* userData)
    {
        if (IsInvalid(event_loop))
            return AWS_OP_ERR;
        return event_loop->vtable->subscribe_to_io_events == null
            ? RaiseMissing(event_loop)
            : event_loop->vtable->subscribe_to_io_events(event_loop, handle, events, onEvent, userData);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    internal static int UnsubscribeFromIoEvents(aws_event_loop* event_loop, aws_io_handle* handle)
    {
        if (IsInvalid(event_loop))
            return AWS_OP_ERR;
        return event_loop->vtable->unsubscribe_from_io_events == null
            ? RaiseMissing(event_loop)
            : event_loop->vtable->unsubscribe_from_io_events(event_loop, handle);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    internal static void FreeIoEventResources(aws_event_loop* event_loop, aws_io_handle* handle)
    {
        if (IsInvalid(event_loop))
            return;
        if (event_loop->vtable->free_io_event_resources == null)
            RaiseMissing(event_loop);
        else
            event_loop->vtable->free_io_event_resources(handle->additional_data);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    internal static int ConnectHandleToIoCompletionPort(aws_event_loop* event_loop, aws_io_handle* handle)
    {
        if (IsInvalid(event_loop))
            return AWS_OP_ERR;
        return event_loop->vtable->connect_to_io_completion_port == null
            ? RaiseMissing(event_loop)
            : event_loop->vtable->connect_to_io_completion_port(event_loop, handle);
    }

    private static bool IsInvalid(aws_event_loop* event_loop)
    {
        if (event_loop != null && event_loop->vtable != null)
            return false;
        Log.Write(
            AWS_LL_ERROR, AWS_LS_IO_EVENT_LOOP, $"id=0x{(nint)event_loop:x}: this is no loop, or it lacks a vtable");
        Errors.Raise(AWS_ERROR_INVALID_ARGUMENT);
        return true;
    }

    private static int RaiseMissing(aws_event_loop* event_loop)
    {
        Log.Write(
            AWS_LL_ERROR, AWS_LS_IO_EVENT_LOOP, $"id=0x{(nint)event_loop:x}: the loop's vtable lacks this operation");
        return Errors.Raise(AWS_ERROR_UNSUPPORTED_OPERATION);
    }
}
