// SPDX-License-Identifier: Apache-2.0
using System.Runtime.CompilerServices;

namespace Reseau.Native.Common.Tasks;

/// <summary>
/// Tasks waiting for their time. It has no lock and no thread of its own: whoever calls <see cref="RunAll"/> runs
/// them. A task scheduled by a running one waits for the next run.
/// </summary>
internal static unsafe class TaskScheduler
{
    /// <summary>The time of a task that there is not. A task may have it too: it is due at the end of time.</summary>
    internal const ulong NoTask = ulong.MaxValue;

    /// <summary>Makes an empty scheduler; <see cref="CleanUp"/> ends it.</summary>
    internal static int Init(aws_task_scheduler* scheduler, aws_allocator* alloc)
    {
        if (scheduler == null || alloc == null)
            return Errors.Raise(AWS_ERROR_INVALID_ARGUMENT);

        *scheduler = default;
        if (TimedTaskQueue.Init(&scheduler->timed_queue, alloc) != AWS_OP_SUCCESS)
            return AWS_OP_ERR;

        scheduler->alloc = alloc;
        LinkedList.Init(&scheduler->timed_list);
        LinkedList.Init(&scheduler->asap_list);
        return AWS_OP_SUCCESS;
    }

    /// <summary>Cancels every task, those scheduled meanwhile too, and zeroes the scheduler.</summary>
    internal static void CleanUp(aws_task_scheduler* scheduler)
    {
        if (scheduler == null)
            return;

        if (IsValid(scheduler))
        {
            while (!IsEmpty(scheduler))
                RunDue(scheduler, ulong.MaxValue, AWS_TASK_STATUS_CANCELED);
            RaiseIfNothingIsTimed(scheduler);
        }

        PriorityQueue.CleanUp(&scheduler->timed_queue);
        *scheduler = default;
    }

    internal static bool IsValid(aws_task_scheduler* scheduler) =>
        scheduler != null && scheduler->alloc != null && PriorityQueue.IsValid(&scheduler->timed_queue) &&
        IsValid(&scheduler->asap_list) && IsValid(&scheduler->timed_list);

    /// <summary>
    /// Whether any task waits, and when the next is due: 0 for at once, the greatest number when there is none. If the
    /// timed tasks were asked, and there is none, that is left as the thread's last error, as in aws-c-common.
    /// </summary>
    internal static bool HasTasks(aws_task_scheduler* scheduler, ulong* next_task_time)
    {
        if (scheduler == null)
            Errors.Raise(AWS_ERROR_INVALID_ARGUMENT);
        else if (LinkedList.IsEmpty(&scheduler->asap_list))
            RaiseIfNothingIsTimed(scheduler);

        ulong time = scheduler == null ? NoTask : NextTaskTime(scheduler);
        if (next_task_time != null)
            *next_task_time = time;
        return scheduler != null && !IsEmpty(scheduler);
    }

    /// <summary>Whether no task waits.</summary>
    internal static bool IsEmpty(aws_task_scheduler* scheduler) =>
        LinkedList.IsEmpty(&scheduler->asap_list) && FirstTimed(scheduler) == null;

    /// <summary>When the next task is due: 0 for at once, <see cref="NoTask"/> when there is none.</summary>
    internal static ulong NextTaskTime(aws_task_scheduler* scheduler)
    {
        if (!LinkedList.IsEmpty(&scheduler->asap_list))
            return 0;
        aws_task* task = FirstTimed(scheduler);
        return task == null ? NoTask : task->timestamp;
    }

    /// <summary>Lets a task run in the next <see cref="RunAll"/>, after those already waiting so.</summary>
    internal static void ScheduleNow(aws_task_scheduler* scheduler, aws_task* task)
    {
        if (!CheckArguments(scheduler, task))
            return;

        if (Log.IsEnabled(AWS_LL_TRACE, AWS_LS_COMMON_TASK_SCHEDULER))
            LogNow(task);

        task->priority_queue_node.current_index = nuint.MaxValue;
        task->timestamp = 0;
        LinkedList.PushBack(&scheduler->asap_list, &task->node);
        task->abi_extension.scheduled = true;
    }

    /// <summary>
    /// Lets a task run in the first <see cref="RunAll"/> whose time is not before <paramref name="time_to_run"/>.
    /// </summary>
    internal static void ScheduleFuture(aws_task_scheduler* scheduler, aws_task* task, ulong time_to_run)
    {
        if (!CheckArguments(scheduler, task))
            return;

        if (Log.IsEnabled(AWS_LL_TRACE, AWS_LS_COMMON_TASK_SCHEDULER))
            LogFuture(task, time_to_run);

        task->timestamp = time_to_run;
        LinkedList.Reset(&task->node);
        if (!TimedTaskQueue.Push(&scheduler->timed_queue, task))
            InsertTimed(scheduler, task);

        task->abi_extension.scheduled = true;
    }

    /// <summary>
    /// Takes a task out of wherever it waits, also out of a run in progress, and calls it as canceled.
    /// </summary>
    internal static void CancelTask(aws_task_scheduler* scheduler, aws_task* task)
    {
        if (!CheckArguments(scheduler, task))
            return;

        if (task->node.next != null)
            LinkedList.Remove(&task->node);
        else if (task->abi_extension.scheduled)
            TimedTaskQueue.Remove(&scheduler->timed_queue, task);

        ScheduledTask.Run(task, AWS_TASK_STATUS_CANCELED);
    }

    /// <summary>
    /// Runs what is due: first the tasks scheduled for now in their order, then the timed ones by time. That no timed
    /// task is left is the thread's last error when they run, as in aws-c-common.
    /// </summary>
    internal static void RunAll(aws_task_scheduler* scheduler, ulong current_time)
    {
        if (scheduler == null)
        {
            Errors.Raise(AWS_ERROR_INVALID_ARGUMENT);
            return;
        }

        aws_linked_list due;
        TakeDue(scheduler, current_time, &due);
        RaiseIfNothingIsTimed(scheduler);
        Run(&due, AWS_TASK_STATUS_RUN_READY);
    }

    /// <summary>The same for the library's own loops, which need no error for each of their ticks.</summary>
    internal static void RunDue(aws_task_scheduler* scheduler, ulong now, aws_task_status status)
    {
        aws_linked_list due;
        TakeDue(scheduler, now, &due);
        Run(&due, status);
    }

    private static void Run(aws_linked_list* tasks, aws_task_status status)
    {
        while (true)
        {
            RunUpToTaskOfC(tasks, status);
            if (LinkedList.IsEmpty(tasks))
                return;
            ScheduledTask.RunAllOfC(tasks, status);
        }
    }

    /// <summary>
    /// Calls tasks from the front of a list, up to the first that is a program's; those too while tasks are traced.
    /// </summary>
    internal static void RunUpToTaskOfC(aws_linked_list* tasks, aws_task_status status)
    {
        while (!LinkedList.IsEmpty(tasks) && (!ScheduledTask.IsOfC(TaskOf(LinkedList.Front(tasks))) || IsTraced))
            ScheduledTask.Run(TaskOf(LinkedList.PopFront(tasks)), status);
    }

    /// <summary>Moves what is due by then into a list that is not made yet.</summary>
    internal static void TakeDue(aws_task_scheduler* scheduler, ulong now, aws_linked_list* due)
    {
        // All that is due moves here before the first task runs: what a task schedules is for the next run, and a
        // task can still cancel one behind it.
        LinkedList.Init(due);
        LinkedList.MoveAllBack(due, &scheduler->asap_list);
        while (true)
        {
            aws_task* task = FirstTimed(scheduler);
            if (task == null || task->timestamp > now)
                break;

            if (task->node.next != null)
                LinkedList.Remove(&task->node);
            else
                TimedTaskQueue.Pop(&scheduler->timed_queue);

            LinkedList.PushBack(due, &task->node);
        }
    }

    private static bool IsTraced => Log.IsEnabled(AWS_LL_TRACE, AWS_LS_COMMON_TASK_SCHEDULER);

    // There are programs that take the error that aws-c-common leaves here for a task's failure.
    private static void RaiseIfNothingIsTimed(aws_task_scheduler* scheduler)
    {
        if (TimedTaskQueue.IsEmpty(&scheduler->timed_queue))
            Errors.Raise(AWS_ERROR_PRIORITY_QUEUE_EMPTY);
    }

    /// <summary>The earliest timed task; it is in the list if it has list links, else on top of the queue.</summary>
    private static aws_task* FirstTimed(aws_task_scheduler* scheduler)
    {
        aws_priority_queue* queue = &scheduler->timed_queue;
        aws_task* queued = TimedTaskQueue.IsEmpty(queue) ? null : TimedTaskQueue.Top(queue);
        if (LinkedList.IsEmpty(&scheduler->timed_list))
            return queued;

        aws_task* listed = TaskOf(LinkedList.Front(&scheduler->timed_list));
        return queued != null && queued->timestamp < listed->timestamp ? queued : listed;
    }

    /// <summary>Where a task goes for which the queue had no memory: behind all that are not later.</summary>
    private static void InsertTimed(aws_task_scheduler* scheduler, aws_task* task)
    {
        aws_linked_list_node* node = LinkedList.Begin(&scheduler->timed_list);
        while (node != LinkedList.End(&scheduler->timed_list) && TaskOf(node)->timestamp <= task->timestamp)
            node = node->next;

        task->priority_queue_node.current_index = nuint.MaxValue;
        LinkedList.InsertBefore(node, &task->node);
    }

    /// <summary>The task that a node is part of.</summary>
    internal static aws_task* TaskOf(aws_linked_list_node* node)
    {
        Unsafe.SkipInit(out aws_task any);
        return LinkedList.Containing(node, &any, &any.node);
    }

    private static bool IsValid(aws_linked_list* list) =>
        list->head.next != null && list->head.prev == null && list->tail.prev != null && list->tail.next == null;

    private static bool CheckArguments(aws_task_scheduler* scheduler, aws_task* task)
    {
        if (scheduler != null && task != null && task->fn != null)
            return true;

        Errors.Raise(AWS_ERROR_INVALID_ARGUMENT);
        return false;
    }

    // Apart, so that scheduling a task needs no room for a line of text.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void LogNow(aws_task* task) => Log.Write(
        AWS_LL_TRACE, AWS_LS_COMMON_TASK_SCHEDULER, $"id=0x{(nint)task:x}: scheduling {task->type_tag} task for now");

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void LogFuture(aws_task* task, ulong time) => Log.Write(
        AWS_LL_TRACE,
        AWS_LS_COMMON_TASK_SCHEDULER,
        $"id=0x{(nint)task:x}: scheduling {task->type_tag} task for time {time}");
}
