// SPDX-License-Identifier: Apache-2.0
using System.Threading;
using Reseau.Native.Common;
using Reseau.Native.EventLoops;

namespace Reseau.Native.Channels;

/// <summary>
/// A chain of slots on one event loop: bytes read travel right, bytes to write travel left. This file is its birth, its
/// holds and its death; tasks, shutdown, windows and statistics have files of their own.
/// </summary>
internal static unsafe partial class Channel
{
    /// <summary>
    /// Starts a channel on the options' loop; the setup callback comes on that loop's thread, exactly once. The caller
    /// owns the result and ends it by <see cref="Destroy"/>. NULL, with the last error set, on bad arguments.
    /// </summary>
    internal static aws_channel* New(aws_allocator* allocator, aws_channel_options* creation_args) =>
        New(allocator, creation_args, 0);

    /// <summary>The same with so many bytes of room for a handler in the channel's own block.</summary>
    internal static aws_channel* New(aws_allocator* allocator, aws_channel_options* creation_args, int room)
    {
        if (allocator == null || creation_args == null || creation_args->event_loop == null ||
            creation_args->on_setup_completed == null)
        {
            Errors.Raise(AWS_ERROR_INVALID_ARGUMENT);
            return null;
        }

        ChannelCore* core = Make(allocator, creation_args, room);
        ChannelSetup.Schedule(core, creation_args);
        return (aws_channel*)core;
    }

    /// <summary>
    /// The same on the loop's thread, without a task: the caller does what the setup callback would, with the
    /// <paramref name="error"/> that it would get, and then releases a hold.
    /// </summary>
    internal static aws_channel* NewOnLoop(
        aws_allocator* allocator, aws_channel_options* creation_args, int room, int* error)
    {
        ChannelCore* core = Make(allocator, creation_args, room);
        *error = ChannelSetup.Finish(core);
        return (aws_channel*)core;
    }

    // One hold is for the owner, one for the setup.
    private static ChannelCore* Make(aws_allocator* allocator, aws_channel_options* options, int room)
    {
        ChannelCore* core = ChannelCore.New(allocator, options->enable_read_back_pressure, room);
        core->Loop = options->event_loop;
        core->OnShutdownCompleted = options->on_shutdown_completed;
        core->ShutdownUserData = options->shutdown_user_data;
        core->PendingTasks.next = &core->PendingTasks;
        core->PendingTasks.prev = &core->PendingTasks;
        core->Holds = 2;
        EventLoopGroup.AcquireFromEventLoop(core->Loop);
        Log.Write(
            AWS_LL_DEBUG,
            AWS_LS_IO_CHANNEL,
            $"id=0x{(nint)core:x}: created on loop 0x{(nint)core->Loop:x}");
        return core;
    }

    /// <summary>
    /// Ends the owner's hold. After a setup that succeeded the channel must have shut down first. Any thread.
    /// </summary>
    internal static void Destroy(aws_channel* channel)
    {
        Log.Write(AWS_LL_DEBUG, AWS_LS_IO_CHANNEL, $"id=0x{(nint)channel:x}: destroying");
        ReleaseHold(channel);
    }

    /// <summary>Keeps the channel's memory, and its slots and handlers, until released. Any thread.</summary>
    internal static void AcquireHold(aws_channel* channel)
    {
        if (channel != null)
            Interlocked.Increment(ref ChannelCore.Of(channel)->Holds);
    }

    /// <summary>Ends one hold. The last one deletes the channel on its loop's thread. Any thread.</summary>
    internal static void ReleaseHold(aws_channel* channel)
    {
        if (channel == null)
            return;

        ChannelCore* core = ChannelCore.Of(channel);
        if (Interlocked.Decrement(ref core->Holds) != 0)
            return;

        if (ThreadIsCallersThread(channel))
        {
            Delete(core);
            return;
        }

        ChannelCore.ScheduleLifeTask(core, &OnDelete, Literal.Of("channel_deletion"u8));
    }

    private static void OnDelete(aws_task* task, void* arg, aws_task_status status) => Delete((ChannelCore*)arg);

    private static void Delete(ChannelCore* core)
    {
        // A channel that never got a handler has nothing to shut down.
        ChannelCore.Enter(core, ChannelState.ShutDown);

        // A task that is cancelled below may take a hold and give it back. It may post another one, which must not
        // be scheduled on the loop: it would find the channel gone.
        core->Holds = 1;
        aws_linked_list_node* fromOthers = TaskStack.Close(&core->CrossThreadTasks);

        // Statistics first: a sample taken from here on would ask handlers that are gone. So may tasks of a channel
        // that was never shut down.
        FreeStatistics(core);
        CancelPendingTasks(core);
        RunCrossThreadTasks(core, fromOthers, AWS_TASK_STATUS_CANCELED);

        for (aws_channel_slot* slot = core->First; slot != null;)
        {
            aws_channel_slot* right = slot->adj_right;
            ChannelSlot.Free(slot);
            slot = right;
        }

        aws_event_loop* loop = core->Loop;
        ChannelCore.Free(core);
        EventLoopGroup.ReleaseFromEventLoop(loop);
    }

    /// <summary>The loop that the channel lives on. Any thread.</summary>
    internal static aws_event_loop* GetEventLoop(aws_channel* channel) => ChannelCore.Of(channel)->Loop;

    /// <summary>Whether the caller runs on the channel's loop. Any thread.</summary>
    internal static bool ThreadIsCallersThread(aws_channel* channel) =>
        EventLoop.ThreadIsCallersThread(ChannelCore.Of(channel)->Loop);

    /// <summary>Nanoseconds by the loop's clock. Any thread.</summary>
    internal static int CurrentClockTime(aws_channel* channel, ulong* time_nanos) =>
        EventLoop.CurrentClockTime(ChannelCore.Of(channel)->Loop, time_nanos);

    /// <summary>Looks up an object of the loop. Event-loop thread only, as are the next two.</summary>
    internal static int FetchLocalObject(aws_channel* channel, void* key, aws_event_loop_local_object* obj) =>
        EventLoop.FetchLocalObject(ChannelCore.Of(channel)->Loop, key, obj);

    internal static int PutLocalObject(aws_channel* channel, void* key, aws_event_loop_local_object* obj) =>
        EventLoop.PutLocalObject(ChannelCore.Of(channel)->Loop, obj);

    internal static int RemoveLocalObject(aws_channel* channel, void* key, aws_event_loop_local_object* removed_obj) =>
        EventLoop.RemoveLocalObject(ChannelCore.Of(channel)->Loop, key, removed_obj);

    /// <summary>
    /// A message of at most the channel's fragment size; its capacity may be below <paramref name="size_hint"/>. The
    /// caller owns it until it is sent. Event-loop thread only.
    /// </summary>
    internal static aws_io_message* AcquireMessageFromPool(
        aws_channel* channel,
        aws_io_message_type message_type,
        nuint size_hint)
    {
        aws_io_message* message = MessagePool.Acquire(ChannelCore.Of(channel)->MessagePool, message_type, size_hint);
        if (message != null)
            message->owning_channel = channel;
        return message;
    }

    /// <summary>The leftmost slot, usually the socket's; NULL while there is none. Event-loop thread only.</summary>
    internal static aws_channel_slot* GetFirstSlot(aws_channel* channel) => ChannelCore.Of(channel)->First;

    /// <summary>
    /// Makes the first handler read without waiting for an event. Event-loop thread only, else
    /// AWS_ERROR_INVALID_STATE, as without a first handler.
    /// </summary>
    internal static int TriggerRead(aws_channel* channel)
    {
        if (channel == null)
            return Errors.Raise(AWS_ERROR_INVALID_ARGUMENT);
        if (!ThreadIsCallersThread(channel))
            return Errors.Raise(AWS_ERROR_INVALID_STATE);

        aws_channel_slot* slot = ChannelCore.Of(channel)->First;
        if (slot == null || slot->handler == null)
            return Errors.Raise(AWS_ERROR_INVALID_STATE);

        if (slot->handler->vtable->trigger_read != null)
            slot->handler->vtable->trigger_read(slot->handler);
        return AWS_OP_SUCCESS;
    }

    /// <summary>Bytes: the exported variable that a program may set before its first channel.</summary>
    internal static nuint MaxFragmentSize => *Interop.Shim.reseau_channel_max_fragment_size();
}
