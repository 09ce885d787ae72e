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
            return (aws_event_loop_vtable*)(table != 0 ? table : Publish());
        }
    }

    internal static delegate* unmanaged[Cdecl]<aws_event_loop*, bool> IsOnCallersThread => &OnIsOnCallersThread;

    internal static delegate* unmanaged[Cdecl]<aws_event_loop*, aws_task*, void> ScheduleTaskNow => &OnScheduleTaskNow;

    internal static delegate* unmanaged[Cdecl]<aws_event_loop*, aws_task*, void> ScheduleTaskNowSerialized =>
        &OnScheduleTaskNowSerialized;

    internal static delegate* unmanaged[Cdecl]<aws_event_loop*, aws_task*, ulong, void> ScheduleTaskFuture =>
        &OnScheduleTaskFuture;

    internal static delegate* unmanaged[Cdecl]<aws_event_loop*, aws_task*, void> CancelTask => &OnCancelTask;

    private static nint Publish()
    {
        aws_event_loop_vtable* table = StaticMemory.Allocate<aws_event_loop_vtable>();
        table->start_destroy = &OnStartDestroy;
        table->complete_destroy = &OnCompleteDestroy;
        table->run = &OnRun;
        table->stop = &OnStop;
        table->wait_for_stop_completion = &OnWaitForStopCompletion;
        table->schedule_task_now = ScheduleTaskNow;
        table->schedule_task_now_serialized = ScheduleTaskNowSerialized;
        table->schedule_task_future = ScheduleTaskFuture;
        table->cancel_task = CancelTask;
        table->connect_to_io_completion_port = &OnConnectToIoCompletionPort;
        table->subscribe_to_io_events = &OnSubscribeToIoEvents;
        table->unsubscribe_from_io_events = &OnUnsubscribeFromIoEvents;
        table->free_io_event_resources = &OnFreeIoEventResources;
        table->is_on_callers_thread = IsOnCallersThread;

        // Of two threads that come here at once, both must hand out the same table.
        nint first = Interlocked.CompareExchange(ref s_table, (nint)table, 0);
        return first == 0 ? (nint)table : first;
    }

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
