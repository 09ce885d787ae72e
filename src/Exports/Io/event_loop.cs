// SPDX-License-Identifier: Apache-2.0
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Reseau.Native.EventLoops;

namespace Reseau.Native.Exports;

/// <summary>The C entry points of &lt;aws/io/event_loop.h&gt;.</summary>
public static unsafe class Exports_io_event_loop
{
    [UnmanagedCallersOnly(EntryPoint = "aws_event_loop_schedule_task_future", CallConvs = [typeof(CallConvCdecl)])]
    public static void aws_event_loop_schedule_task_future(aws_event_loop* event_loop, aws_task* task, ulong run_at_nanos) => EventLoop.ScheduleTaskFuture(event_loop, task, run_at_nanos);

    [UnmanagedCallersOnly(EntryPoint = "aws_event_loop_cancel_task", CallConvs = [typeof(CallConvCdecl)])]
    public static void aws_event_loop_cancel_task(aws_event_loop* event_loop, aws_task* task) => EventLoop.CancelTask(event_loop, task);

    [UnmanagedCallersOnly(EntryPoint = "aws_event_loop_thread_is_callers_thread", CallConvs = [typeof(CallConvCdecl)])]
    public static bool aws_event_loop_thread_is_callers_thread(aws_event_loop* event_loop) => EventLoop.ThreadIsCallersThread(event_loop);

    [UnmanagedCallersOnly(EntryPoint = "aws_event_loop_current_clock_time", CallConvs = [typeof(CallConvCdecl)])]
    public static int aws_event_loop_current_clock_time(aws_event_loop* event_loop, ulong* time_nanos) => EventLoop.CurrentClockTime(event_loop, time_nanos);

    [UnmanagedCallersOnly(EntryPoint = "aws_event_loop_group_new", CallConvs = [typeof(CallConvCdecl)])]
    public static aws_event_loop_group* aws_event_loop_group_new(aws_allocator* allocator, aws_event_loop_group_options* options) => EventLoopGroup.New(allocator, options);

    [UnmanagedCallersOnly(EntryPoint = "aws_event_loop_group_acquire", CallConvs = [typeof(CallConvCdecl)])]
    public static aws_event_loop_group* aws_event_loop_group_acquire(aws_event_loop_group* el_group) => EventLoopGroup.Acquire(el_group);

    [UnmanagedCallersOnly(EntryPoint = "aws_event_loop_group_release", CallConvs = [typeof(CallConvCdecl)])]
    public static void aws_event_loop_group_release(aws_event_loop_group* el_group) => EventLoopGroup.Release(el_group);

    [UnmanagedCallersOnly(EntryPoint = "aws_event_loop_group_acquire_from_event_loop", CallConvs = [typeof(CallConvCdecl)])]
    public static aws_event_loop_group* aws_event_loop_group_acquire_from_event_loop(aws_event_loop* event_loop) => EventLoopGroup.AcquireFromEventLoop(event_loop);

    [UnmanagedCallersOnly(EntryPoint = "aws_event_loop_group_release_from_event_loop", CallConvs = [typeof(CallConvCdecl)])]
    public static void aws_event_loop_group_release_from_event_loop(aws_event_loop* event_loop) => EventLoopGroup.ReleaseFromEventLoop(event_loop);

    [UnmanagedCallersOnly(EntryPoint = "aws_event_loop_group_get_loop_at", CallConvs = [typeof(CallConvCdecl)])]
    public static aws_event_loop* aws_event_loop_group_get_loop_at(aws_event_loop_group* el_group, nuint index) => EventLoopGroup.GetLoopAt(el_group, index);

    [UnmanagedCallersOnly(EntryPoint = "aws_event_loop_group_get_loop_count", CallConvs = [typeof(CallConvCdecl)])]
    public static nuint aws_event_loop_group_get_loop_count(aws_event_loop_group* el_group) => EventLoopGroup.GetLoopCount(el_group);

    [UnmanagedCallersOnly(EntryPoint = "aws_event_loop_group_get_type", CallConvs = [typeof(CallConvCdecl)])]
    public static aws_event_loop_type aws_event_loop_group_get_type(aws_event_loop_group* el_group) => EventLoopGroup.GetType(el_group);

    [UnmanagedCallersOnly(EntryPoint = "aws_event_loop_group_get_next_loop", CallConvs = [typeof(CallConvCdecl)])]
    public static aws_event_loop* aws_event_loop_group_get_next_loop(aws_event_loop_group* el_group) => EventLoopGroup.GetNextLoop(el_group);

    [UnmanagedCallersOnly(EntryPoint = "aws_event_loop_group_new_default", CallConvs = [typeof(CallConvCdecl)])]
    public static aws_event_loop_group* aws_event_loop_group_new_default(aws_allocator* alloc, ushort max_threads, aws_shutdown_callback_options* shutdown_options) => EventLoopGroup.NewDefault(alloc, max_threads, shutdown_options);

    [UnmanagedCallersOnly(EntryPoint = "aws_event_loop_group_new_default_pinned_to_cpu_group", CallConvs = [typeof(CallConvCdecl)])]
    public static aws_event_loop_group* aws_event_loop_group_new_default_pinned_to_cpu_group(aws_allocator* alloc, ushort max_threads, ushort cpu_group, aws_shutdown_callback_options* shutdown_options) => EventLoopGroup.NewDefaultPinnedToCpuGroup(alloc, max_threads, cpu_group, shutdown_options);

    [UnmanagedCallersOnly(EntryPoint = "aws_event_loop_get_impl", CallConvs = [typeof(CallConvCdecl)])]
    public static void* aws_event_loop_get_impl(aws_event_loop* event_loop) => EventLoop.GetImpl(event_loop);

    [UnmanagedCallersOnly(EntryPoint = "aws_event_loop_new_base", CallConvs = [typeof(CallConvCdecl)])]
    public static aws_event_loop* aws_event_loop_new_base(aws_allocator* allocator, aws_io_clock_fn clock, aws_event_loop_vtable* vtable, void* impl) => EventLoop.NewBase(allocator, clock, vtable, impl);

    [UnmanagedCallersOnly(EntryPoint = "aws_event_loop_clean_up_base", CallConvs = [typeof(CallConvCdecl)])]
    public static void aws_event_loop_clean_up_base(aws_event_loop* event_loop) => EventLoop.CleanUpBase(event_loop);

    [UnmanagedCallersOnly(EntryPoint = "aws_event_loop_destroy", CallConvs = [typeof(CallConvCdecl)])]
    public static void aws_event_loop_destroy(aws_event_loop* event_loop) => EventLoop.Destroy(event_loop);

    [UnmanagedCallersOnly(EntryPoint = "aws_event_loop_start_destroy", CallConvs = [typeof(CallConvCdecl)])]
    public static void aws_event_loop_start_destroy(aws_event_loop* event_loop) => EventLoop.StartDestroy(event_loop);

    [UnmanagedCallersOnly(EntryPoint = "aws_event_loop_complete_destroy", CallConvs = [typeof(CallConvCdecl)])]
    public static void aws_event_loop_complete_destroy(aws_event_loop* event_loop) => EventLoop.CompleteDestroy(event_loop);
}
