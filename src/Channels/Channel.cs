// SPDX-License-Identifier: Apache-2.0

namespace Reseau.Native.Channels;

/// <summary></summary>
internal static unsafe class Channel
{
    /// <summary>aws_channel_new</summary>
    internal static aws_channel* New(aws_allocator* allocator, aws_channel_options* creation_args) => throw new System.NotImplementedException();

    /// <summary>aws_channel_destroy</summary>
    internal static void Destroy(aws_channel* channel) => throw new System.NotImplementedException();

    /// <summary>aws_channel_shutdown</summary>
    internal static int Shutdown(aws_channel* channel, int error_code) => throw new System.NotImplementedException();

    /// <summary>aws_channel_acquire_hold</summary>
    internal static void AcquireHold(aws_channel* channel) => throw new System.NotImplementedException();

    /// <summary>aws_channel_release_hold</summary>
    internal static void ReleaseHold(aws_channel* channel) => throw new System.NotImplementedException();

    /// <summary>aws_channel_get_event_loop</summary>
    internal static aws_event_loop* GetEventLoop(aws_channel* channel) => throw new System.NotImplementedException();

    /// <summary>aws_channel_current_clock_time</summary>
    internal static int CurrentClockTime(aws_channel* channel, ulong* time_nanos) => throw new System.NotImplementedException();

    /// <summary>aws_channel_fetch_local_object</summary>
    internal static int FetchLocalObject(aws_channel* channel, void* key, aws_event_loop_local_object* obj) => throw new System.NotImplementedException();

    /// <summary>aws_channel_put_local_object</summary>
    internal static int PutLocalObject(aws_channel* channel, void* key, aws_event_loop_local_object* obj) => throw new System.NotImplementedException();

    /// <summary>aws_channel_remove_local_object</summary>
    internal static int RemoveLocalObject(aws_channel* channel, void* key, aws_event_loop_local_object* removed_obj) => throw new System.NotImplementedException();

    /// <summary>aws_channel_acquire_message_from_pool</summary>
    internal static aws_io_message* AcquireMessageFromPool(aws_channel* channel, aws_io_message_type message_type, nuint size_hint) => throw new System.NotImplementedException();

    /// <summary>aws_channel_schedule_task_now</summary>
    internal static void ScheduleTaskNow(aws_channel* channel, aws_channel_task* task) => throw new System.NotImplementedException();

    /// <summary>aws_channel_schedule_task_now_serialized</summary>
    internal static void ScheduleTaskNowSerialized(aws_channel* channel, aws_channel_task* task) => throw new System.NotImplementedException();

    /// <summary>aws_channel_schedule_task_future</summary>
    internal static void ScheduleTaskFuture(aws_channel* channel, aws_channel_task* task, ulong run_at_nanos) => throw new System.NotImplementedException();

    /// <summary>aws_channel_set_statistics_handler</summary>
    internal static int SetStatisticsHandler(aws_channel* channel, aws_crt_statistics_handler* handler) => throw new System.NotImplementedException();

    /// <summary>aws_channel_thread_is_callers_thread</summary>
    internal static bool ThreadIsCallersThread(aws_channel* channel) => throw new System.NotImplementedException();

    /// <summary>aws_channel_get_first_slot</summary>
    internal static aws_channel_slot* GetFirstSlot(aws_channel* channel) => throw new System.NotImplementedException();

    /// <summary>aws_channel_trigger_read</summary>
    internal static int TriggerRead(aws_channel* channel) => throw new System.NotImplementedException();

    /// <summary>aws_channel_setup_client_tls</summary>
    internal static int SetupClientTls(aws_channel_slot* right_of_slot, aws_tls_connection_options* tls_options) => throw new System.NotImplementedException();
}
