// SPDX-License-Identifier: Apache-2.0
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Threading;
using Reseau.Native.Common;

namespace Reseau.Native.EventLoops.Epoll;

/// <summary>The epoll loop as C sees it: its vtable, and the entries by which our own code knows it again.</summary>
internal static unsafe class EpollVtable
{
    private static nint s_table;

    /// <summary>The one vtable of all epoll loops; lives as long as the process.</summary>
    internal static aws_event_loop_vtable* Table
    {
        get
        {
            nint table = Volatile.Read(ref s_table);
            return table != 0 ? (aws_event_loop_vtable*)table : StaticMemory.Publish(ref s_table, Entries());
        }
    }

    // The entries that are called most, as addresses to compare with what a loop's vtable holds.

    internal static void* IsOnCallersThread => (delegate* unmanaged[Cdecl]<aws_event_loop*, bool>)&OnIsOnCallersThread;

    internal static void* ScheduleTaskNow =>
        (delegate* unmanaged[Cdecl]<aws_event_loop*, aws_task*, void>)&OnScheduleTaskNow;

    internal static void* ScheduleTaskNowSerialized =>
        (delegate* unmanaged[Cdecl]<aws_event_loop*, aws_task*, void>)&OnScheduleTaskNowSerialized;

    internal static void* ScheduleTaskFuture =>
        (delegate* unmanaged[Cdecl]<aws_event_loop*, aws_task*, ulong, void>)&OnScheduleTaskFuture;

    internal static void* CancelTask => (delegate* unmanaged[Cdecl]<aws_event_loop*, aws_task*, void>)&OnCancelTask;

    internal static void* SubscribeToIoEvents =>
        (delegate* unmanaged[Cdecl]<
            aws_event_loop*, aws_io_handle*, int, aws_event_loop_on_event_fn, void*, int>)&OnSubscribeToIoEvents;

    internal static void* UnsubscribeFromIoEvents =>
        (delegate* unmanaged[Cdecl]<aws_event_loop*, aws_io_handle*, int>)&OnUnsubscribeFromIoEvents;

    private static aws_event_loop_vtable Entries() => new()
    {
        start_destroy = &OnStartDestroy,
        complete_destroy = &OnCompleteDestroy,
        run = &OnRun,
        stop = &OnStop,
        wait_for_stop_completion = &OnWaitForStopCompletion,
        schedule_task_now = &OnScheduleTaskNow,
        schedule_task_now_serialized = &OnScheduleTaskNowSerialized,
        schedule_task_future = &OnScheduleTaskFuture,
        cancel_task = &OnCancelTask,
        connect_to_io_completion_port = &OnConnectToIoCompletionPort,
        subscribe_to_io_events = &OnSubscribeToIoEvents,
        unsubscribe_from_io_events = &OnUnsubscribeFromIoEvents,
        free_io_event_resources = &OnFreeIoEventResources,
        is_on_callers_thread = &OnIsOnCallersThread,
    };

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void OnStartDestroy(aws_event_loop* event_loop)
    {
        // Nothing can be done ahead: the thread ends when complete_destroy asks it to.
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void OnCompleteDestroy(aws_event_loop* event_loop) => EpollEventLoop.CompleteDestroy(event_loop);

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int OnRun(aws_event_loop* event_loop) => EpollEventLoop.Run(event_loop);

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int OnStop(aws_event_loop* event_loop) => EpollEventLoop.Stop(event_loop);

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int OnWaitForStopCompletion(aws_event_loop* event_loop) =>
        EpollEventLoop.WaitForStopCompletion(event_loop);

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void OnScheduleTaskNow(aws_event_loop* event_loop, aws_task* task) =>
        EpollEventLoop.ScheduleTaskNow(event_loop, task);

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void OnScheduleTaskNowSerialized(aws_event_loop* event_loop, aws_task* task) =>
        EpollEventLoop.ScheduleTaskNowSerialized(event_loop, task);

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void OnScheduleTaskFuture(aws_event_loop* event_loop, aws_task* task, ulong time) =>
        EpollEventLoop.ScheduleTaskFuture(event_loop, task, time);

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void OnCancelTask(aws_event_loop* event_loop, aws_task* task) =>
        EpollEventLoop.CancelTask(event_loop, task);

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int OnConnectToIoCompletionPort(aws_event_loop* event_loop, aws_io_handle* handle)
    {
        Log.Write(
            AWS_LL_ERROR, AWS_LS_IO_EVENT_LOOP, $"id=0x{(nint)event_loop:x}: epoll loops have no completion port");
        return Errors.Raise(AWS_ERROR_PLATFORM_NOT_SUPPORTED);
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int OnSubscribeToIoEvents(
        aws_event_loop* event_loop,
        aws_io_handle* handle,
        int events,
        aws_event_loop_on_event_fn on_event,
        void* user_data) =>
        EpollEventLoop.SubscribeToIoEvents(event_loop, handle, events, on_event, user_data);

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int OnUnsubscribeFromIoEvents(aws_event_loop* event_loop, aws_io_handle* handle) =>
        EpollEventLoop.UnsubscribeFromIoEvents(event_loop, handle);

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void OnFreeIoEventResources(void* additional_data) =>
        IoSubscription.Free((IoSubscription*)additional_data);

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static bool OnIsOnCallersThread(aws_event_loop* event_loop) =>
        EpollEventLoop.IsOnCallersThread(event_loop);
}
