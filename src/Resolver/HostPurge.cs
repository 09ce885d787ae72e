// SPDX-License-Identifier: Apache-2.0
using Reseau.Native.Common;
using Reseau.Native.EventLoops;

namespace Reseau.Native.Resolver;

/// <summary>
/// A purge with a callback. Every host that it ends holds a reference; the callback runs when the last one is released.
/// NULL is a purge without one.
/// </summary>
internal unsafe struct HostPurge
{
    private aws_task _task;
    private aws_allocator* _allocator;
    private aws_simple_completion_callback _onPurged;
    private void* _userData;
    private ReferenceCount _references;

    internal static HostPurge* New(aws_allocator* allocator, aws_simple_completion_callback onPurged, void* userData)
    {
        if (onPurged == null)
            return null;

        HostPurge* purge = (HostPurge*)Allocator.Calloc(allocator, 1, (nuint)sizeof(HostPurge));
        purge->_allocator = allocator;
        purge->_onPurged = onPurged;
        purge->_userData = userData;
        purge->_references = ReferenceCount.One;
        return purge;
    }

    internal static HostPurge* Acquire(HostPurge* purge)
    {
        if (purge != null)
            purge->_references.Acquire();
        return purge;
    }

    internal static void Release(HostPurge* purge)
    {
        if (purge == null || !purge->_references.Release())
            return;

        aws_simple_completion_callback onPurged = purge->_onPurged;
        void* userData = purge->_userData;
        Allocator.Release(purge->_allocator, purge);
        onPurged(userData);
    }

    /// <summary>
    /// Drops the maker's reference on a loop, so that the callback never runs inside the call that purges.
    /// </summary>
    internal static void ReleaseLater(HostPurge* purge, aws_event_loop_group* loops)
    {
        if (purge == null)
            return;

        aws_event_loop* loop = EventLoopGroup.GetNextLoop(loops);
        if (loop == null)
        {
            Release(purge);
            return;
        }

        ScheduledTask.Init(&purge->_task, &Run, purge, Literal.Of("host_purge"u8));
        EventLoop.ScheduleTaskNow(loop, &purge->_task);
    }

    private static void Run(aws_task* task, void* argument, aws_task_status status) => Release((HostPurge*)argument);
}
