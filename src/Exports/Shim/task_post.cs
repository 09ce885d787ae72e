// SPDX-License-Identifier: Apache-2.0
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Reseau.Native.EventLoops;

namespace Reseau.Native.Exports;

/// <summary>What the C shim's src/Shim/task_post.c calls.</summary>
public static unsafe class Exports_shim_task_post
{
    [UnmanagedCallersOnly(EntryPoint = "reseau_task_schedule", CallConvs = [typeof(CallConvCdecl)])]
    public static void reseau_task_schedule(aws_event_loop* event_loop, aws_task* task) =>
        EventLoop.ScheduleTaskNow(event_loop, task);

    [UnmanagedCallersOnly(EntryPoint = "reseau_task_schedule_serialized", CallConvs = [typeof(CallConvCdecl)])]
    public static void reseau_task_schedule_serialized(aws_event_loop* event_loop, aws_task* task) =>
        EventLoop.ScheduleTaskNowSerialized(event_loop, task);

    [UnmanagedCallersOnly(EntryPoint = "reseau_task_wake", CallConvs = [typeof(CallConvCdecl)])]
    public static void reseau_task_wake(void* core) => LoopTasks.Wake((LoopCore*)core);
}
