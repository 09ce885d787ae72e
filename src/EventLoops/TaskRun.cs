// SPDX-License-Identifier: Apache-2.0
using System.Runtime.InteropServices;
using Reseau.Native.Common;
using Reseau.Native.Interop;

namespace Reseau.Native.EventLoops;

/// <summary>
/// A run of the tasks that are due on a loop, and of those that they and other threads schedule meanwhile, for a while.
/// It goes in rounds: what is scheduled in one is for the next. A program's tasks are run by src/Shim/task_run.c, which
/// goes on by itself while there are no others; it is also who lays this out.
/// </summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct TaskRun
{
    // A chain of tasks, each of which schedules the next, need not look at the clock after every link.
    private const uint RoundsPerClockRead = 4;

    private LoopCore* _core;
    private aws_task_fn _ours;
    private ulong _now;
    private ulong _end;
    private uint _rounds;
    private uint _received;
    private aws_linked_list_node* _timed;

    /// <summary>Moves what has come from other threads into the scheduler, in order. Owner.</summary>
    internal static void Receive(LoopCore* core)
    {
        if (!CrossThreadTaskQueue.HasTasks(&core->Incoming))
            return;

        TaskRun run = new() { _core = core };
        Receive(&run);
    }

    /// <summary>
    /// Runs what is due, and for up to so many nanoseconds what follows from it. Reads the clocks at the end.
    /// </summary>
    internal static void Run(LoopCore* core, ulong followUpNanos)
    {
        TaskRun run = new()
        {
            _core = core,
            _ours = ScheduledTask.EntryOfOurs,
            _now = core->Now.OfTasks,
            _end = followUpNanos != 0 && core->UsesMonotonicClock ? core->Now.OfTasks + followUpNanos : 0,
            _rounds = followUpNanos != 0 ? RoundsPerClockRead : 1,
        };
        ulong start = core->Now.Monotonic;
        Receive(core);
        while (true)
        {
            RunRounds(&run);
            if (followUpNanos == 0 || !core->ShouldContinue || LinkedList.IsEmpty(&core->Scheduler.asap_list))
                break;
            if (run._rounds != 0)
                continue;

            LoopTick.ReadClocks(core);
            if (core->Now.Monotonic - start >= followUpNanos)
                return;
            run._now = core->Now.OfTasks;
            run._rounds = RoundsPerClockRead;
        }

        LoopTick.ReadClocks(core);
    }

    /// <summary>One round, and others after it while all their tasks are a program's.</summary>
    private static void RunRounds(TaskRun* run)
    {
        LoopCore* core = run->_core;
        aws_linked_list due;
        TaskScheduler.TakeDue(&core->Scheduler, run->_now, &due);
        while (true)
        {
            TaskScheduler.RunUpToTaskOfC(&due, AWS_TASK_STATUS_RUN_READY);
            if (LinkedList.IsEmpty(&due))
                break;

            if (!core->ShouldContinue)
                EndAfterRound(run);
            Shim.reseau_run_rounds(&due, run);
            ScheduleTimed(run);
            if (LinkedList.IsEmpty(&due))
                return;
        }

        run->_rounds--;
        if (CrossThreadTaskQueue.HasTasks(&core->Incoming))
            Receive(run);
    }

    private static void EndAfterRound(TaskRun* run)
    {
        run->_end = 0;
        run->_rounds = 1;
    }

    private static void Receive(TaskRun* run)
    {
        LoopCore* core = run->_core;
        aws_linked_list_node* waiting = LinkedList.Back(&core->Scheduler.asap_list);
        Shim.reseau_receive_tasks(run);
        if (Log.IsEnabled(AWS_LL_TRACE, AWS_LS_IO_EVENT_LOOP))
            Trace(core, waiting->next);
        ScheduleTimed(run);
    }

    // Among tasks for the same moment, too, the first to be scheduled is the first to be there.
    private static void ScheduleTimed(TaskRun* run)
    {
        LoopCore* core = run->_core;
        if (run->_received != 0)
            core->BusyPoll.ExpectReply();
        while (run->_timed != null)
        {
            aws_task* task = TaskScheduler.TaskOf(run->_timed);
            run->_timed = run->_timed->next;
            TaskScheduler.ScheduleFuture(&core->Scheduler, task, task->timestamp);
        }
    }

    private static void Trace(LoopCore* core, aws_linked_list_node* first)
    {
        for (; first != LinkedList.End(&core->Scheduler.asap_list); first = first->next)
        {
            aws_task* task = TaskScheduler.TaskOf(first);
            Log.Write(
                AWS_LL_TRACE,
                AWS_LS_IO_EVENT_LOOP,
                $"{task->type_tag} task 0x{(nint)task:x} has come from another thread");
        }
    }
}
