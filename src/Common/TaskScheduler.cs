// SPDX-License-Identifier: Apache-2.0

namespace Reseau.Native.Common;

/// <summary></summary>
internal static unsafe class TaskScheduler
{
    /// <summary>aws_task_scheduler_init</summary>
    internal static int Init(aws_task_scheduler* scheduler, aws_allocator* alloc) => throw new System.NotImplementedException();

    /// <summary>aws_task_scheduler_clean_up</summary>
    internal static void CleanUp(aws_task_scheduler* scheduler) => throw new System.NotImplementedException();

    /// <summary>aws_task_scheduler_is_valid</summary>
    internal static bool IsValid(aws_task_scheduler* scheduler) => throw new System.NotImplementedException();

    /// <summary>aws_task_scheduler_has_tasks</summary>
    internal static bool HasTasks(aws_task_scheduler* scheduler, ulong* next_task_time) => throw new System.NotImplementedException();

    /// <summary>aws_task_scheduler_schedule_now</summary>
    internal static void ScheduleNow(aws_task_scheduler* scheduler, aws_task* task) => throw new System.NotImplementedException();

    /// <summary>aws_task_scheduler_schedule_future</summary>
    internal static void ScheduleFuture(aws_task_scheduler* scheduler, aws_task* task, ulong time_to_run) => throw new System.NotImplementedException();

    /// <summary>aws_task_scheduler_cancel_task</summary>
    internal static void CancelTask(aws_task_scheduler* scheduler, aws_task* task) => throw new System.NotImplementedException();

    /// <summary>aws_task_scheduler_run_all</summary>
    internal static void RunAll(aws_task_scheduler* scheduler, ulong current_time) => throw new System.NotImplementedException();
}
