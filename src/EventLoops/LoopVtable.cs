// SPDX-License-Identifier: Apache-2.0
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Threading;
using Reseau.Native.Common;
using Reseau.Native.Interop;

namespace Reseau.Native.EventLoops;

/// <summary>
/// Loops of ours as C sees them: one vtable, whatever the backend. Our own code, too, distinguishes them by it from a
/// program's loops, and then calls their functions directly.
/// </summary>
internal static unsafe class LoopVtable
{
    private static nint s_table;

    /// <summary>Lives as long as the process.</summary>
    internal static aws_event_loop_vtable* Table
    {
        get
        {
            aws_event_loop_vtable* table = StaticMemory.Get(ref s_table, &Entries);
            Shim.reseau_task_know_loops(table);
            return table;
        }
    }

    /// <summary>
    /// Whether a loop is one of ours. A plain read will do: who has such a loop has it from a thread that knew the
    /// table.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static bool IsOf(aws_event_loop* event_loop)
    {
        nint table = s_table;
        return table != 0 && (nint)event_loop->vtable == table;
    }

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
    private static void OnCompleteDestroy(aws_event_loop* event_loop) => LoopLife.Destroy(CoreOf(event_loop));

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int OnRun(aws_event_loop* event_loop) => LoopLife.Run(CoreOf(event_loop));

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int OnStop(aws_event_loop* event_loop) => LoopLife.Stop(CoreOf(event_loop));

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int OnWaitForStopCompletion(aws_event_loop* event_loop) =>
        LoopLife.WaitForStop(CoreOf(event_loop));

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void OnScheduleTaskNow(aws_event_loop* event_loop, aws_task* task) =>
        LoopTasks.ScheduleNow(CoreOf(event_loop), task);

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void OnScheduleTaskNowSerialized(aws_event_loop* event_loop, aws_task* task) =>
        LoopTasks.ScheduleNowSerialized(CoreOf(event_loop), task);

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void OnScheduleTaskFuture(aws_event_loop* event_loop, aws_task* task, ulong time) =>
        LoopTasks.ScheduleFuture(CoreOf(event_loop), task, time);

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void OnCancelTask(aws_event_loop* event_loop, aws_task* task) =>
        LoopTasks.Cancel(CoreOf(event_loop), task);

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int OnConnectToIoCompletionPort(aws_event_loop* event_loop, aws_io_handle* handle) =>
        LoopEvents.ConnectToCompletionPort(CoreOf(event_loop), handle);

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int OnSubscribeToIoEvents(
        aws_event_loop* event_loop,
        aws_io_handle* handle,
        int events,
        aws_event_loop_on_event_fn on_event,
        void* user_data)
    {
        IoCallback callback = IoCallback.OfProgram(on_event, user_data);
        return LoopEvents.Subscribe(CoreOf(event_loop), handle, events, &callback);
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int OnUnsubscribeFromIoEvents(aws_event_loop* event_loop, aws_io_handle* handle) =>
        LoopEvents.Unsubscribe(CoreOf(event_loop), handle);

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void OnFreeIoEventResources(void* additional_data) =>
        IoSubscription.FreeWithoutLoop((IoSubscription*)additional_data);

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static bool OnIsOnCallersThread(aws_event_loop* event_loop) =>
        LoopCore.IsOnCallersThread(CoreOf(event_loop));

    private static LoopCore* CoreOf(aws_event_loop* event_loop) => (LoopCore*)event_loop->impl_data;
}
