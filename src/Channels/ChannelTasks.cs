// SPDX-License-Identifier: Apache-2.0
using System.Runtime.CompilerServices;
using Reseau.Native.Common;
using Reseau.Native.EventLoops;

namespace Reseau.Native.Channels;

/// <summary>Tasks of a channel: scheduling on its loop's thread and from others, running, cancelling.</summary>
internal static unsafe partial class Channel
{
    /// <summary>Runs the task soon; at once, as cancelled, when the channel has shut down. Any thread.</summary>
    internal static void ScheduleTaskNow(aws_channel* channel, aws_channel_task* task) => Schedule(channel, task, 0);

    /// <summary>Runs the task at a time of the loop's clock, in nanoseconds. Any thread.</summary>
    internal static void ScheduleTaskFuture(aws_channel* channel, aws_channel_task* task, ulong run_at_nanos) =>
        Schedule(channel, task, run_at_nanos);

    /// <summary>As ScheduleTaskNow, but behind tasks that other threads have posted before. Any thread.</summary>
    internal static void ScheduleTaskNowSerialized(aws_channel* channel, aws_channel_task* task)
    {
        Prepare(channel, task, 0);
        Post(ChannelCore.Of(channel), task);
    }

    private static void Schedule(aws_channel* channel, aws_channel_task* task, ulong runAtNanos)
    {
        Prepare(channel, task, runAtNanos);
        if (ThreadIsCallersThread(channel))
            ScheduleOnLoop(ChannelCore.Of(channel), task);
        else
            Post(ChannelCore.Of(channel), task);
    }

    private static void Prepare(aws_channel* channel, aws_channel_task* task, ulong runAtNanos)
    {
        ScheduledTask.Init(&task->wrapper_task, &OnChannelTask, channel, task->type_tag);
        task->wrapper_task.timestamp = runAtNanos;
        LinkedList.Reset(&task->node);
    }

    private static void ScheduleOnLoop(ChannelCore* core, aws_channel_task* task)
    {
        if (core->State == ChannelState.ShutDown)
        {
            ChannelTask.Run(task, AWS_TASK_STATUS_CANCELED);
            return;
        }

        LinkedList.InsertBefore(&core->PendingTasks, &task->node);
        ulong runAtNanos = task->wrapper_task.timestamp;
        if (runAtNanos == 0)
            EventLoop.ScheduleTaskNow(core->Loop, &task->wrapper_task);
        else
            EventLoop.ScheduleTaskFuture(core->Loop, &task->wrapper_task, runAtNanos);
    }

    private static void Post(ChannelCore* core, aws_channel_task* task)
    {
        // The hold comes first: as soon as the task can be seen it may run and release the last reference to the
        // channel. It stays with the drain task if this thread is the one to schedule it.
        AcquireHold((aws_channel*)core);
        nint top = TaskStack.Push(&core->CrossThreadTasks, &task->node);
        if (top == TaskStack.Empty)
        {
            aws_task* drain = ChannelCore.DrainTask(core);
            ScheduledTask.Init(drain, &OnDrainTask, core, Literal.Of("channel_cross_thread_tasks"u8));
            EventLoop.ScheduleTaskNow(core->Loop, drain);
            return;
        }

        if (top == TaskStack.Closed)
            ChannelTask.Run(task, AWS_TASK_STATUS_CANCELED);
        ReleaseHold((aws_channel*)core);
    }

    private static void OnDrainTask(aws_task* drain, void* arg, aws_task_status status)
    {
        ChannelCore* core = (ChannelCore*)arg;
        RunCrossThreadTasks(core, TaskStack.TakeAll(&core->CrossThreadTasks), status);
        ReleaseHold((aws_channel*)core);
    }

    private static void RunCrossThreadTasks(
        ChannelCore* core, aws_linked_list_node* newestFirst, aws_task_status status)
    {
        aws_linked_list_node* node = TaskStack.Reverse(newestFirst);
        while (node != null)
        {
            aws_channel_task* task = FromNode(node);
            node = node->next;
            LinkedList.Reset(&task->node);

            if (core->State == ChannelState.ShutDown)
                status = AWS_TASK_STATUS_CANCELED;
            if (task->wrapper_task.timestamp == 0 || status == AWS_TASK_STATUS_CANCELED)
                ChannelTask.Run(task, status);
            else
                ScheduleOnLoop(core, task);
        }
    }

    private static void OnChannelTask(aws_task* wrapper, void* arg, aws_task_status status)
    {
        // wrapper_task is the first member.
        aws_channel_task* task = (aws_channel_task*)wrapper;
        if (((ChannelCore*)arg)->State == ChannelState.ShutDown)
            status = AWS_TASK_STATUS_CANCELED;

        LinkedList.Remove(&task->node);
        ChannelTask.Run(task, status);
    }

    /// <summary>
    /// Runs a task as cancelled that was scheduled on the loop's thread, if it has not run yet; for handlers that
    /// leave a channel which goes on. Event-loop thread only.
    /// </summary>
    internal static void CancelTask(aws_channel* channel, aws_channel_task* task)
    {
        if (LinkedList.IsInList(&task->node))
            EventLoop.CancelTask(ChannelCore.Of(channel)->Loop, &task->wrapper_task);
    }

    private static void CancelPendingTasks(ChannelCore* core)
    {
        // A cancelled task takes itself off the list.
        while (core->PendingTasks.next != &core->PendingTasks)
            EventLoop.CancelTask(core->Loop, &FromNode(core->PendingTasks.next)->wrapper_task);
    }

    // The offset comes from a value that is never read: the compiler folds it, which it does not do through NULL.
    private static aws_channel_task* FromNode(aws_linked_list_node* node)
    {
        Unsafe.SkipInit(out aws_channel_task any);
        return LinkedList.Containing(node, &any, &any.node);
    }
}
