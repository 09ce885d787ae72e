// SPDX-License-Identifier: Apache-2.0
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Reseau.Native.Channels;

namespace Reseau.Native.Exports;

/// <summary>The C entry points of &lt;aws/io/channel.h&gt;.</summary>
public static unsafe class Exports_io_channel
{
    [UnmanagedCallersOnly(EntryPoint = "aws_channel_task_init", CallConvs = [typeof(CallConvCdecl)])]
    public static void aws_channel_task_init(aws_channel_task* channel_task, aws_channel_task_fn task_fn, void* arg, byte* type_tag) => ChannelTask.Init(channel_task, task_fn, arg, type_tag);

    [UnmanagedCallersOnly(EntryPoint = "aws_channel_new", CallConvs = [typeof(CallConvCdecl)])]
    public static aws_channel* aws_channel_new(aws_allocator* allocator, aws_channel_options* creation_args) => Channel.New(allocator, creation_args);

    [UnmanagedCallersOnly(EntryPoint = "aws_channel_destroy", CallConvs = [typeof(CallConvCdecl)])]
    public static void aws_channel_destroy(aws_channel* channel) => Channel.Destroy(channel);

    [UnmanagedCallersOnly(EntryPoint = "aws_channel_shutdown", CallConvs = [typeof(CallConvCdecl)])]
    public static int aws_channel_shutdown(aws_channel* channel, int error_code) => Channel.Shutdown(channel, error_code);

    [UnmanagedCallersOnly(EntryPoint = "aws_channel_acquire_hold", CallConvs = [typeof(CallConvCdecl)])]
    public static void aws_channel_acquire_hold(aws_channel* channel) => Channel.AcquireHold(channel);

    [UnmanagedCallersOnly(EntryPoint = "aws_channel_release_hold", CallConvs = [typeof(CallConvCdecl)])]
    public static void aws_channel_release_hold(aws_channel* channel) => Channel.ReleaseHold(channel);

    [UnmanagedCallersOnly(EntryPoint = "aws_channel_slot_new", CallConvs = [typeof(CallConvCdecl)])]
    public static aws_channel_slot* aws_channel_slot_new(aws_channel* channel) => ChannelSlot.New(channel);

    [UnmanagedCallersOnly(EntryPoint = "aws_channel_get_event_loop", CallConvs = [typeof(CallConvCdecl)])]
    public static aws_event_loop* aws_channel_get_event_loop(aws_channel* channel) => Channel.GetEventLoop(channel);

    [UnmanagedCallersOnly(EntryPoint = "aws_channel_current_clock_time", CallConvs = [typeof(CallConvCdecl)])]
    public static int aws_channel_current_clock_time(aws_channel* channel, ulong* time_nanos) => Channel.CurrentClockTime(channel, time_nanos);

    [UnmanagedCallersOnly(EntryPoint = "aws_channel_fetch_local_object", CallConvs = [typeof(CallConvCdecl)])]
    public static int aws_channel_fetch_local_object(aws_channel* channel, void* key, aws_event_loop_local_object* obj) => Channel.FetchLocalObject(channel, key, obj);

    [UnmanagedCallersOnly(EntryPoint = "aws_channel_put_local_object", CallConvs = [typeof(CallConvCdecl)])]
    public static int aws_channel_put_local_object(aws_channel* channel, void* key, aws_event_loop_local_object* obj) => Channel.PutLocalObject(channel, key, obj);

    [UnmanagedCallersOnly(EntryPoint = "aws_channel_remove_local_object", CallConvs = [typeof(CallConvCdecl)])]
    public static int aws_channel_remove_local_object(aws_channel* channel, void* key, aws_event_loop_local_object* removed_obj) => Channel.RemoveLocalObject(channel, key, removed_obj);

    [UnmanagedCallersOnly(EntryPoint = "aws_channel_schedule_task_now", CallConvs = [typeof(CallConvCdecl)])]
    public static void aws_channel_schedule_task_now(aws_channel* channel, aws_channel_task* task) => Channel.ScheduleTaskNow(channel, task);

    [UnmanagedCallersOnly(EntryPoint = "aws_channel_schedule_task_now_serialized", CallConvs = [typeof(CallConvCdecl)])]
    public static void aws_channel_schedule_task_now_serialized(aws_channel* channel, aws_channel_task* task) => Channel.ScheduleTaskNowSerialized(channel, task);

    [UnmanagedCallersOnly(EntryPoint = "aws_channel_schedule_task_future", CallConvs = [typeof(CallConvCdecl)])]
    public static void aws_channel_schedule_task_future(aws_channel* channel, aws_channel_task* task, ulong run_at_nanos) => Channel.ScheduleTaskFuture(channel, task, run_at_nanos);

    [UnmanagedCallersOnly(EntryPoint = "aws_channel_set_statistics_handler", CallConvs = [typeof(CallConvCdecl)])]
    public static int aws_channel_set_statistics_handler(aws_channel* channel, aws_crt_statistics_handler* handler) => Channel.SetStatisticsHandler(channel, handler);

    [UnmanagedCallersOnly(EntryPoint = "aws_channel_thread_is_callers_thread", CallConvs = [typeof(CallConvCdecl)])]
    public static bool aws_channel_thread_is_callers_thread(aws_channel* channel) => Channel.ThreadIsCallersThread(channel);

    [UnmanagedCallersOnly(EntryPoint = "aws_channel_slot_set_handler", CallConvs = [typeof(CallConvCdecl)])]
    public static int aws_channel_slot_set_handler(aws_channel_slot* slot, aws_channel_handler* handler) => ChannelSlot.SetHandler(slot, handler);

    [UnmanagedCallersOnly(EntryPoint = "aws_channel_slot_remove", CallConvs = [typeof(CallConvCdecl)])]
    public static int aws_channel_slot_remove(aws_channel_slot* slot) => ChannelSlot.Remove(slot);

    [UnmanagedCallersOnly(EntryPoint = "aws_channel_slot_replace", CallConvs = [typeof(CallConvCdecl)])]
    public static int aws_channel_slot_replace(aws_channel_slot* remove, aws_channel_slot* new_slot) => ChannelSlot.Replace(remove, new_slot);

    [UnmanagedCallersOnly(EntryPoint = "aws_channel_slot_insert_right", CallConvs = [typeof(CallConvCdecl)])]
    public static int aws_channel_slot_insert_right(aws_channel_slot* slot, aws_channel_slot* to_add) => ChannelSlot.InsertRight(slot, to_add);

    [UnmanagedCallersOnly(EntryPoint = "aws_channel_slot_insert_end", CallConvs = [typeof(CallConvCdecl)])]
    public static int aws_channel_slot_insert_end(aws_channel* channel, aws_channel_slot* to_add) => ChannelSlot.InsertEnd(channel, to_add);

    [UnmanagedCallersOnly(EntryPoint = "aws_channel_slot_insert_left", CallConvs = [typeof(CallConvCdecl)])]
    public static int aws_channel_slot_insert_left(aws_channel_slot* slot, aws_channel_slot* to_add) => ChannelSlot.InsertLeft(slot, to_add);

    [UnmanagedCallersOnly(EntryPoint = "aws_channel_slot_send_message", CallConvs = [typeof(CallConvCdecl)])]
    public static int aws_channel_slot_send_message(aws_channel_slot* slot, aws_io_message* message, aws_channel_direction dir) => ChannelSlot.SendMessage(slot, message, dir);

    [UnmanagedCallersOnly(EntryPoint = "aws_channel_slot_acquire_max_message_for_write", CallConvs = [typeof(CallConvCdecl)])]
    public static aws_io_message* aws_channel_slot_acquire_max_message_for_write(aws_channel_slot* slot) => ChannelSlot.AcquireMaxMessageForWrite(slot);

    [UnmanagedCallersOnly(EntryPoint = "aws_channel_slot_increment_read_window", CallConvs = [typeof(CallConvCdecl)])]
    public static int aws_channel_slot_increment_read_window(aws_channel_slot* slot, nuint window) => ChannelSlot.IncrementReadWindow(slot, window);

    [UnmanagedCallersOnly(EntryPoint = "aws_channel_slot_on_handler_shutdown_complete", CallConvs = [typeof(CallConvCdecl)])]
    public static int aws_channel_slot_on_handler_shutdown_complete(aws_channel_slot* slot, aws_channel_direction dir, int err_code, bool free_scarce_resources_immediately) => ChannelSlot.OnHandlerShutdownComplete(slot, dir, err_code, free_scarce_resources_immediately);

    [UnmanagedCallersOnly(EntryPoint = "aws_channel_slot_shutdown", CallConvs = [typeof(CallConvCdecl)])]
    public static int aws_channel_slot_shutdown(aws_channel_slot* slot, aws_channel_direction dir, int err_code, bool free_scarce_resources_immediately) => ChannelSlot.Shutdown(slot, dir, err_code, free_scarce_resources_immediately);

    [UnmanagedCallersOnly(EntryPoint = "aws_channel_slot_downstream_read_window", CallConvs = [typeof(CallConvCdecl)])]
    public static nuint aws_channel_slot_downstream_read_window(aws_channel_slot* slot) => ChannelSlot.DownstreamReadWindow(slot);

    [UnmanagedCallersOnly(EntryPoint = "aws_channel_slot_upstream_message_overhead", CallConvs = [typeof(CallConvCdecl)])]
    public static nuint aws_channel_slot_upstream_message_overhead(aws_channel_slot* slot) => ChannelSlot.UpstreamMessageOverhead(slot);

    [UnmanagedCallersOnly(EntryPoint = "aws_channel_handler_destroy", CallConvs = [typeof(CallConvCdecl)])]
    public static void aws_channel_handler_destroy(aws_channel_handler* handler) => ChannelHandler.Destroy(handler);

    [UnmanagedCallersOnly(EntryPoint = "aws_channel_handler_process_read_message", CallConvs = [typeof(CallConvCdecl)])]
    public static int aws_channel_handler_process_read_message(aws_channel_handler* handler, aws_channel_slot* slot, aws_io_message* message) => ChannelHandler.ProcessReadMessage(handler, slot, message);

    [UnmanagedCallersOnly(EntryPoint = "aws_channel_handler_process_write_message", CallConvs = [typeof(CallConvCdecl)])]
    public static int aws_channel_handler_process_write_message(aws_channel_handler* handler, aws_channel_slot* slot, aws_io_message* message) => ChannelHandler.ProcessWriteMessage(handler, slot, message);

    [UnmanagedCallersOnly(EntryPoint = "aws_channel_handler_increment_read_window", CallConvs = [typeof(CallConvCdecl)])]
    public static int aws_channel_handler_increment_read_window(aws_channel_handler* handler, aws_channel_slot* slot, nuint size) => ChannelHandler.IncrementReadWindow(handler, slot, size);

    [UnmanagedCallersOnly(EntryPoint = "aws_channel_handler_shutdown", CallConvs = [typeof(CallConvCdecl)])]
    public static int aws_channel_handler_shutdown(aws_channel_handler* handler, aws_channel_slot* slot, aws_channel_direction dir, int error_code, bool free_scarce_resources_immediately) => ChannelHandler.Shutdown(handler, slot, dir, error_code, free_scarce_resources_immediately);

    [UnmanagedCallersOnly(EntryPoint = "aws_channel_handler_initial_window_size", CallConvs = [typeof(CallConvCdecl)])]
    public static nuint aws_channel_handler_initial_window_size(aws_channel_handler* handler) => ChannelHandler.InitialWindowSize(handler);

    [UnmanagedCallersOnly(EntryPoint = "aws_channel_get_first_slot", CallConvs = [typeof(CallConvCdecl)])]
    public static aws_channel_slot* aws_channel_get_first_slot(aws_channel* channel) => Channel.GetFirstSlot(channel);

    [UnmanagedCallersOnly(EntryPoint = "aws_channel_trigger_read", CallConvs = [typeof(CallConvCdecl)])]
    public static int aws_channel_trigger_read(aws_channel* channel) => Channel.TriggerRead(channel);
}
