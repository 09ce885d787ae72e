// SPDX-License-Identifier: Apache-2.0
using System.Runtime.CompilerServices;
using System.Threading;
using Reseau.Native.Common;

namespace Reseau.Native.EventLoops;

/// <summary>How tasks come to a loop, from its own thread and from others, and how they are cancelled.</summary>
internal static unsafe class LoopTasks
{
    internal static void ScheduleNow(LoopCore* core, aws_task* task)
    {
        if (LoopCore.IsOnCallersThread(core))
            TaskScheduler.ScheduleNow(&core->Scheduler, task);
        else
            Post(core, task, 0);
    }

    /// <summary>Through the queue also on the loop's own thread: the queue is what keeps the order.</summary>
    internal static void ScheduleNowSerialized(LoopCore* core, aws_task* task) => Post(core, task, 0);

    internal static void ScheduleFuture(LoopCore* core, aws_task* task, ulong time)
    {
        if (!LoopCore.IsOnCallersThread(core))
            Post(core, task, time);
        else if (time == 0)
            TaskScheduler.ScheduleNow(&core->Scheduler, task);
        else
            TaskScheduler.ScheduleFuture(&core->Scheduler, task, time);
    }

    internal static void Cancel(LoopCore* core, aws_task* task)
    {
        if (LoopCore.IsOwnedByAnother(core))
            return;

        // It may still be on its way from another thread; the scheduler can only cancel what it has.
        if (!task->abi_extension.scheduled)
            Receive(core);
        TaskScheduler.CancelTask(&core->Scheduler, task);
    }

    /// <summary>Owner: moves what has come from other threads into the scheduler, in order.</summary>
    internal static void Receive(LoopCore* core) => TaskRun.Receive(core);

    /// <summary>
    /// Cancels what the scheduler has, then what came across threads and was not received, then what those have
    /// scheduled in turn, until nothing is left.
    /// </summary>
    internal static void CancelAll(LoopCore* core)
    {
        do
        {
            TaskScheduler.CleanUp(&core->Scheduler);
            TaskScheduler.Init(&core->Scheduler, core->Loop->alloc);
        }
        while (CancelIncoming(core, CrossThreadTaskQueue.TakeAll(&core->Incoming))
            || !TaskScheduler.IsEmpty(&core->Scheduler));
    }

    /// <summary>
    /// The same for good: what is posted from now on is called at once, as cancelled, on the thread that posts it.
    /// </summary>
    internal static void CancelAllAndClose(LoopCore* core)
    {
        CancelAll(core);
        if (CancelIncoming(core, CrossThreadTaskQueue.Close(&core->Incoming)))
            CancelAll(core);
    }

    /// <summary>
    /// Any thread: has a task run as soon as possible, or at a time that is not zero, in the order of posting. False if
    /// no thread will ever run it: then it is still the caller's.
    /// </summary>
    internal static bool TryPost(LoopCore* core, aws_task* task, ulong time)
    {
        if (LoopCore.RejectInherited(core))
            return false;

        task->timestamp = time;
        nint top = CrossThreadTaskQueue.Push(&core->Incoming, task);
        if (top == TaskStack.Sleeps)
            Wake(core);
        return top != TaskStack.Closed;
    }

    private static void Post(LoopCore* core, aws_task* task, ulong time)
    {
        if (!TryPost(core, task, time))
            CancelRefused(task);
    }

    // Apart, so that posting does not prepare to call a task.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void CancelRefused(aws_task* task) => ScheduledTask.Run(task, AWS_TASK_STATUS_CANCELED);

    /// <summary>For who has posted a task and found the loop asleep, whose last use of the loop this is.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    internal static void Wake(LoopCore* core)
    {
        core->Backend->Wake(core);
        CrossThreadTaskQueue.WakeUpSent(&core->Incoming);
    }

    private static bool CancelIncoming(LoopCore* core, aws_linked_list_node* node)
    {
        // A list in its own right, so that one cancelled task can cancel another.
        aws_linked_list tasks;
        LinkedList.Init(&tasks);
        while (node != null)
        {
            aws_linked_list_node* older = CrossThreadTaskQueue.Older(&core->Incoming, node);
            LinkedList.PushFront(&tasks, node);
            node = older;
        }

        if (LinkedList.IsEmpty(&tasks))
            return false;
        while (!LinkedList.IsEmpty(&tasks))
            ScheduledTask.Run(TaskScheduler.TaskOf(LinkedList.PopFront(&tasks)), AWS_TASK_STATUS_CANCELED);
        return true;
    }
}
