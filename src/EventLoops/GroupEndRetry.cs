// SPDX-License-Identifier: Apache-2.0
using Reseau.Native.Common;

namespace Reseau.Native.EventLoops;

/// <summary>
/// The end of a group that found no thread to run on. It is begun again after a while, by the first of the group's own
/// loops: that one lives until the end has begun, and cannot end itself.
/// </summary>
internal unsafe struct GroupEndRetry
{
    private const ulong PauseNanoseconds = 50_000_000;

    private aws_task _task;
    private aws_event_loop_group* _group;
    private delegate*<aws_event_loop_group*, void> _start;

    internal static void Schedule(aws_event_loop_group* group, delegate*<aws_event_loop_group*, void> start)
    {
        Log.Write(
            AWS_LL_ERROR,
            AWS_LS_IO_EVENT_LOOP,
            $"group=0x{(nint)group:x}: no thread to end the group on, error {Errors.LastError()}; trying again soon");
        GroupEndRetry* retry = (GroupEndRetry*)Allocator.Calloc(group->allocator, 1, (nuint)sizeof(GroupEndRetry));
        retry->_group = group;
        retry->_start = start;
        ScheduledTask.Init(&retry->_task, &Run, retry, Literal.Of("group_end_retry"u8));

        aws_event_loop* loop = EventLoopGroup.GetLoopAt(group, 0);
        ulong now = 0;
        EventLoop.CurrentClockTime(loop, &now);
        EventLoop.ScheduleTaskFuture(loop, &retry->_task, now + PauseNanoseconds);
    }

    private static void Run(aws_task* task, void* argument, aws_task_status status)
    {
        GroupEndRetry* retry = (GroupEndRetry*)argument;
        aws_event_loop_group* group = retry->_group;
        delegate*<aws_event_loop_group*, void> start = retry->_start;
        Allocator.Release(group->allocator, retry);
        start(group);
    }
}
