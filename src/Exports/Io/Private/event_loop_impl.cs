// SPDX-License-Identifier: Apache-2.0
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Reseau.Native.EventLoops;

namespace Reseau.Native.Exports;

/// <summary>The C entry points of &lt;aws/io/private/event_loop_impl.h&gt;.</summary>
public static unsafe class Exports_io_private_event_loop_impl
{
    [UnmanagedCallersOnly(EntryPoint = "aws_event_loop_get_default_type", CallConvs = [typeof(CallConvCdecl)])]
    public static aws_event_loop_type aws_event_loop_get_default_type() => EventLoop.GetDefaultType();

#if RESEAU_WINDOWS
    [UnmanagedCallersOnly(EntryPoint = "aws_overlapped_init", CallConvs = [typeof(CallConvCdecl)])]
    public static void aws_overlapped_init(aws_overlapped* overlapped, aws_event_loop_on_completion_fn on_completion, void* user_data) => Overlapped.Init(overlapped, on_completion, user_data);

    [UnmanagedCallersOnly(EntryPoint = "aws_overlapped_reset", CallConvs = [typeof(CallConvCdecl)])]
    public static void aws_overlapped_reset(aws_overlapped* overlapped) => Overlapped.Reset(overlapped);

    [UnmanagedCallersOnly(EntryPoint = "aws_overlapped_to_windows_overlapped", CallConvs = [typeof(CallConvCdecl)])]
    public static void* aws_overlapped_to_windows_overlapped(aws_overlapped* overlapped) => Overlapped.ToWindows(overlapped);
#endif

    [UnmanagedCallersOnly(EntryPoint = "aws_event_loop_connect_handle_to_io_completion_port", CallConvs = [typeof(CallConvCdecl)])]
    public static int aws_event_loop_connect_handle_to_io_completion_port(aws_event_loop* event_loop, aws_io_handle* handle) => EventLoop.ConnectHandleToIoCompletionPort(event_loop, handle);

    [UnmanagedCallersOnly(EntryPoint = "aws_event_loop_subscribe_to_io_events", CallConvs = [typeof(CallConvCdecl)])]
    public static int aws_event_loop_subscribe_to_io_events(aws_event_loop* event_loop, aws_io_handle* handle, int events, aws_event_loop_on_event_fn on_event, void* user_data) => EventLoop.SubscribeToIoEvents(event_loop, handle, events, IoCallback.OfProgram(on_event, user_data));

    [UnmanagedCallersOnly(EntryPoint = "aws_event_loop_new_default", CallConvs = [typeof(CallConvCdecl)])]
    public static aws_event_loop* aws_event_loop_new_default(aws_allocator* alloc, aws_io_clock_fn clock) => EventLoop.NewDefault(alloc, clock);

    [UnmanagedCallersOnly(EntryPoint = "aws_event_loop_new", CallConvs = [typeof(CallConvCdecl)])]
    public static aws_event_loop* aws_event_loop_new(aws_allocator* alloc, aws_event_loop_options* options) => EventLoop.New(alloc, options);

    [UnmanagedCallersOnly(EntryPoint = "aws_event_loop_init_base", CallConvs = [typeof(CallConvCdecl)])]
    public static int aws_event_loop_init_base(aws_event_loop* event_loop, aws_allocator* alloc, aws_io_clock_fn clock) => EventLoop.InitBase(event_loop, alloc, clock);

    [UnmanagedCallersOnly(EntryPoint = "aws_event_loop_fetch_local_object", CallConvs = [typeof(CallConvCdecl)])]
    public static int aws_event_loop_fetch_local_object(aws_event_loop* event_loop, void* key, aws_event_loop_local_object* obj) => EventLoop.FetchLocalObject(event_loop, key, obj);

    [UnmanagedCallersOnly(EntryPoint = "aws_event_loop_put_local_object", CallConvs = [typeof(CallConvCdecl)])]
    public static int aws_event_loop_put_local_object(aws_event_loop* event_loop, aws_event_loop_local_object* obj) => EventLoop.PutLocalObject(event_loop, obj);

    [UnmanagedCallersOnly(EntryPoint = "aws_event_loop_remove_local_object", CallConvs = [typeof(CallConvCdecl)])]
    public static int aws_event_loop_remove_local_object(aws_event_loop* event_loop, void* key, aws_event_loop_local_object* removed_obj) => EventLoop.RemoveLocalObject(event_loop, key, removed_obj);

    [UnmanagedCallersOnly(EntryPoint = "aws_event_loop_run", CallConvs = [typeof(CallConvCdecl)])]
    public static int aws_event_loop_run(aws_event_loop* event_loop) => EventLoop.Run(event_loop);

    [UnmanagedCallersOnly(EntryPoint = "aws_event_loop_stop", CallConvs = [typeof(CallConvCdecl)])]
    public static int aws_event_loop_stop(aws_event_loop* event_loop) => EventLoop.Stop(event_loop);

    [UnmanagedCallersOnly(EntryPoint = "aws_event_loop_register_tick_start", CallConvs = [typeof(CallConvCdecl)])]
    public static void aws_event_loop_register_tick_start(aws_event_loop* event_loop) => EventLoop.RegisterTickStart(event_loop);

    [UnmanagedCallersOnly(EntryPoint = "aws_event_loop_register_tick_end", CallConvs = [typeof(CallConvCdecl)])]
    public static void aws_event_loop_register_tick_end(aws_event_loop* event_loop) => EventLoop.RegisterTickEnd(event_loop);

    [UnmanagedCallersOnly(EntryPoint = "aws_event_loop_get_load_factor", CallConvs = [typeof(CallConvCdecl)])]
    public static nuint aws_event_loop_get_load_factor(aws_event_loop* event_loop) => EventLoop.GetLoadFactor(event_loop);

    [UnmanagedCallersOnly(EntryPoint = "aws_event_loop_wait_for_stop_completion", CallConvs = [typeof(CallConvCdecl)])]
    public static int aws_event_loop_wait_for_stop_completion(aws_event_loop* event_loop) => EventLoop.WaitForStopCompletion(event_loop);

    [UnmanagedCallersOnly(EntryPoint = "aws_event_loop_unsubscribe_from_io_events", CallConvs = [typeof(CallConvCdecl)])]
    public static int aws_event_loop_unsubscribe_from_io_events(aws_event_loop* event_loop, aws_io_handle* handle) => EventLoop.UnsubscribeFromIoEvents(event_loop, handle);

    [UnmanagedCallersOnly(EntryPoint = "aws_event_loop_free_io_event_resources", CallConvs = [typeof(CallConvCdecl)])]
    public static void aws_event_loop_free_io_event_resources(aws_event_loop* event_loop, aws_io_handle* handle) => EventLoop.FreeIoEventResources(event_loop, handle);

    [UnmanagedCallersOnly(EntryPoint = "aws_event_loop_group_new_internal", CallConvs = [typeof(CallConvCdecl)])]
    public static aws_event_loop_group* aws_event_loop_group_new_internal(aws_allocator* allocator, aws_event_loop_group_options* options, aws_new_event_loop_fn new_loop_fn, void* new_loop_user_data) => EventLoopGroup.NewInternal(allocator, options, new_loop_fn, new_loop_user_data);
}
