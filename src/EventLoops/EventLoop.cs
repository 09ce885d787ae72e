// SPDX-License-Identifier: Apache-2.0

namespace Reseau.Native.EventLoops;

/// <summary></summary>
internal static unsafe class EventLoop
{
    /// <summary>aws_event_loop_schedule_task_now</summary>
    internal static void ScheduleTaskNow(aws_event_loop* event_loop, aws_task* task) => throw new System.NotImplementedException();

    /// <summary>aws_event_loop_schedule_task_now_serialized</summary>
    internal static void ScheduleTaskNowSerialized(aws_event_loop* event_loop, aws_task* task) => throw new System.NotImplementedException();

    /// <summary>aws_event_loop_schedule_task_future</summary>
    internal static void ScheduleTaskFuture(aws_event_loop* event_loop, aws_task* task, ulong run_at_nanos) => throw new System.NotImplementedException();

    /// <summary>aws_event_loop_cancel_task</summary>
    internal static void CancelTask(aws_event_loop* event_loop, aws_task* task) => throw new System.NotImplementedException();

    /// <summary>aws_event_loop_thread_is_callers_thread</summary>
    internal static bool ThreadIsCallersThread(aws_event_loop* event_loop) => throw new System.NotImplementedException();

    /// <summary>aws_event_loop_current_clock_time</summary>
    internal static int CurrentClockTime(aws_event_loop* event_loop, ulong* time_nanos) => throw new System.NotImplementedException();

    /// <summary>aws_event_loop_get_impl</summary>
    internal static void* GetImpl(aws_event_loop* event_loop) => throw new System.NotImplementedException();

    /// <summary>aws_event_loop_new_base</summary>
    internal static aws_event_loop* NewBase(aws_allocator* allocator, aws_io_clock_fn clock, aws_event_loop_vtable* vtable, void* impl) => throw new System.NotImplementedException();

    /// <summary>aws_event_loop_clean_up_base</summary>
    internal static void CleanUpBase(aws_event_loop* event_loop) => throw new System.NotImplementedException();

    /// <summary>aws_event_loop_destroy</summary>
    internal static void Destroy(aws_event_loop* event_loop) => throw new System.NotImplementedException();

    /// <summary>aws_event_loop_start_destroy</summary>
    internal static void StartDestroy(aws_event_loop* event_loop) => throw new System.NotImplementedException();

    /// <summary>aws_event_loop_complete_destroy</summary>
    internal static void CompleteDestroy(aws_event_loop* event_loop) => throw new System.NotImplementedException();

    /// <summary>aws_event_loop_get_default_type</summary>
    internal static aws_event_loop_type GetDefaultType() => throw new System.NotImplementedException();

    /// <summary>aws_event_loop_connect_handle_to_io_completion_port</summary>
    internal static int ConnectHandleToIoCompletionPort(aws_event_loop* event_loop, aws_io_handle* handle) => throw new System.NotImplementedException();

    /// <summary>aws_event_loop_subscribe_to_io_events</summary>
    internal static int SubscribeToIoEvents(aws_event_loop* event_loop, aws_io_handle* handle, int events, aws_event_loop_on_event_fn on_event, void* user_data) => throw new System.NotImplementedException();

    /// <summary>aws_event_loop_new_default</summary>
    internal static aws_event_loop* NewDefault(aws_allocator* alloc, aws_io_clock_fn clock) => throw new System.NotImplementedException();

    /// <summary>aws_event_loop_new</summary>
    internal static aws_event_loop* New(aws_allocator* alloc, aws_event_loop_options* options) => throw new System.NotImplementedException();

    /// <summary>aws_event_loop_init_base</summary>
    internal static int InitBase(aws_event_loop* event_loop, aws_allocator* alloc, aws_io_clock_fn clock) => throw new System.NotImplementedException();

    /// <summary>aws_event_loop_fetch_local_object</summary>
    internal static int FetchLocalObject(aws_event_loop* event_loop, void* key, aws_event_loop_local_object* obj) => throw new System.NotImplementedException();

    /// <summary>aws_event_loop_put_local_object</summary>
    internal static int PutLocalObject(aws_event_loop* event_loop, aws_event_loop_local_object* obj) => throw new System.NotImplementedException();

    /// <summary>aws_event_loop_remove_local_object</summary>
    internal static int RemoveLocalObject(aws_event_loop* event_loop, void* key, aws_event_loop_local_object* removed_obj) => throw new System.NotImplementedException();

    /// <summary>aws_event_loop_run</summary>
    internal static int Run(aws_event_loop* event_loop) => throw new System.NotImplementedException();

    /// <summary>aws_event_loop_stop</summary>
    internal static int Stop(aws_event_loop* event_loop) => throw new System.NotImplementedException();

    /// <summary>aws_event_loop_register_tick_start</summary>
    internal static void RegisterTickStart(aws_event_loop* event_loop) => throw new System.NotImplementedException();

    /// <summary>aws_event_loop_register_tick_end</summary>
    internal static void RegisterTickEnd(aws_event_loop* event_loop) => throw new System.NotImplementedException();

    /// <summary>aws_event_loop_get_load_factor</summary>
    internal static nuint GetLoadFactor(aws_event_loop* event_loop) => throw new System.NotImplementedException();

    /// <summary>aws_event_loop_wait_for_stop_completion</summary>
    internal static int WaitForStopCompletion(aws_event_loop* event_loop) => throw new System.NotImplementedException();

    /// <summary>aws_event_loop_unsubscribe_from_io_events</summary>
    internal static int UnsubscribeFromIoEvents(aws_event_loop* event_loop, aws_io_handle* handle) => throw new System.NotImplementedException();

    /// <summary>aws_event_loop_free_io_event_resources</summary>
    internal static void FreeIoEventResources(aws_event_loop* event_loop, aws_io_handle* handle) => throw new System.NotImplementedException();
}
