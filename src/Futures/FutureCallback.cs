// SPDX-License-Identifier: Apache-2.0
using Reseau.Native.Channels;
using Reseau.Native.Common;
using Reseau.Native.EventLoops;

namespace Reseau.Native.Futures;

/// <summary>The callback of a future's end, and the thread that it is called on.</summary>
internal unsafe struct FutureCallback
{
    internal aws_future_callback_fn Function;
    internal void* UserData;

    // At most one of the two is set. Neither: the function is called on the thread that ends the future.
    internal aws_event_loop* Loop;
    internal aws_channel* Channel;

    // A loop that belongs to no group may be gone when the callback is dropped: only its group is remembered for that.
    private aws_event_loop_group* _group;

    /// <summary>Keeps the place of the call alive until the call, or <see cref="LeavePlace"/>.</summary>
    internal void HoldPlace()
    {
        _group = EventLoopGroup.AcquireFromEventLoop(Loop);
        Channels.Channel.AcquireHold(Channel);
    }

    internal readonly void LeavePlace()
    {
        Channels.Channel.ReleaseHold(Channel);
        EventLoopGroup.Release(_group);
    }

    /// <summary>
    /// Calls the function, now or, if it asked for a place, in a task there. In a task also if this is that place
    /// already: whoever ends a future need not expect the callback before the call returns.
    /// </summary>
    internal readonly void Deliver(aws_allocator* allocator)
    {
        if (Loop == null && Channel == null)
        {
            Function(UserData);
            return;
        }

        Delivery* delivery = Allocator.New<Delivery>(allocator);
        delivery->Allocator = allocator;
        delivery->Callback = this;
        if (Channel != null)
        {
            ChannelTask.Init(&delivery->Task, &OnChannel, delivery, Literal.Of("future_channel_callback"u8));
            Channels.Channel.ScheduleTaskNow(Channel, &delivery->Task);
        }
        else
        {
            aws_task* task = &delivery->Task.wrapper_task;
            ScheduledTask.Init(task, &OnLoop, delivery, Literal.Of("future_event_loop_callback"u8));
            EventLoop.ScheduleTaskNow(Loop, task);
        }
    }

    private static void OnLoop(aws_task* task, void* arg, aws_task_status status) => Finish((Delivery*)arg);

    private static void OnChannel(aws_channel_task* task, void* arg, aws_task_status status) => Finish((Delivery*)arg);

    // A cancelled task delivers as well: the future has ended, and its user waits for the callback.
    private static void Finish(Delivery* delivery)
    {
        FutureCallback callback = delivery->Callback;
        Allocator.Release(delivery->Allocator, delivery);
        callback.Function(callback.UserData);
        callback.LeavePlace();
    }

    private struct Delivery
    {
        internal aws_allocator* Allocator;
        internal FutureCallback Callback;

        /// <summary>For a loop only the task within it is used.</summary>
        internal aws_channel_task Task;
    }
}
