// SPDX-License-Identifier: Apache-2.0
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Reseau.Native.Common;

namespace Reseau.Native.Exports;

/// <summary>The C entry points of &lt;aws/common/task_scheduler.h&gt;.</summary>
public static unsafe class Exports_common_task_scheduler
{
    [UnmanagedCallersOnly(EntryPoint = "aws_task_init", CallConvs = [typeof(CallConvCdecl)])]
    public static void aws_task_init(aws_task* task, aws_task_fn fn, void* arg, byte* type_tag) => ScheduledTask.Init(task, fn, arg, type_tag);

    [UnmanagedCallersOnly(EntryPoint = "aws_task_run", CallConvs = [typeof(CallConvCdecl)])]
    public static void aws_task_run(aws_task* task, aws_task_status status) => ScheduledTask.Run(task, status);

    [UnmanagedCallersOnly(EntryPoint = "aws_task_scheduler_init", CallConvs = [typeof(CallConvCdecl)])]
    public static int aws_task_scheduler_init(aws_task_scheduler* scheduler, aws_allocator* alloc) => TaskScheduler.Init(scheduler, alloc);

    [UnmanagedCallersOnly(EntryPoint = "aws_task_scheduler_clean_up", CallConvs = [typeof(CallConvCdecl)])]
    public static void aws_task_scheduler_clean_up(aws_task_scheduler* scheduler) => TaskScheduler.CleanUp(scheduler);

    [UnmanagedCallersOnly(EntryPoint = "aws_task_scheduler_is_valid", CallConvs = [typeof(CallConvCdecl)])]
    public static bool aws_task_scheduler_is_valid(aws_task_scheduler* scheduler) => TaskScheduler.IsValid(scheduler);

    [UnmanagedCallersOnly(EntryPoint = "aws_task_scheduler_has_tasks", CallConvs = [typeof(CallConvCdecl)])]
    public static bool aws_task_scheduler_has_tasks(aws_task_scheduler* scheduler, ulong* next_task_time) => TaskScheduler.HasTasks(scheduler, next_task_time);

    [UnmanagedCallersOnly(EntryPoint = "aws_task_scheduler_schedule_now", CallConvs = [typeof(CallConvCdecl)])]
    public static void aws_task_scheduler_schedule_now(aws_task_scheduler* scheduler, aws_task* task) => TaskScheduler.ScheduleNow(scheduler, task);

    [UnmanagedCallersOnly(EntryPoint = "aws_task_scheduler_schedule_future", CallConvs = [typeof(CallConvCdecl)])]
    public static void aws_task_scheduler_schedule_future(aws_task_scheduler* scheduler, aws_task* task, ulong time_to_run) => TaskScheduler.ScheduleFuture(scheduler, task, time_to_run);

    [UnmanagedCallersOnly(EntryPoint = "aws_task_scheduler_cancel_task", CallConvs = [typeof(CallConvCdecl)])]
    public static void aws_task_scheduler_cancel_task(aws_task_scheduler* scheduler, aws_task* task) => TaskScheduler.CancelTask(scheduler, task);

    [UnmanagedCallersOnly(EntryPoint = "aws_task_scheduler_run_all", CallConvs = [typeof(CallConvCdecl)])]
    public static void aws_task_scheduler_run_all(aws_task_scheduler* scheduler, ulong current_time) => TaskScheduler.RunAll(scheduler, current_time);

    [UnmanagedCallersOnly(EntryPoint = "aws_task_status_to_c_str", CallConvs = [typeof(CallConvCdecl)])]
    public static byte* aws_task_status_to_c_str(aws_task_status status) => ScheduledTask.StatusToCStr(status);
}
