// SPDX-License-Identifier: Apache-2.0
using System.Runtime.CompilerServices;
using System.Threading;
using Reseau.Native.Common;
using Reseau.Native.EventLoops;

namespace Reseau.Native.Channels;

/// <summary>
/// Where a channel is in its life. It only ever moves forward: docs/lifetimes.md, "Channel, slot, handler", has the
/// transitions.
/// </summary>
internal enum ChannelState : byte
{
    SettingUp,
    Active,

    /// <summary>The handlers end reading, one after the other, from left to right.</summary>
    EndingReads,

    /// <summary>All have; a task will have the rightmost one begin to end writing.</summary>
    Turning,

    /// <summary>They end writing, from right to left.</summary>
    EndingWrites,

    /// <summary>All are done. What is left are cancelled tasks and the owner's callback.</summary>
    ShutDown,
}

/// <summary>Who has asked for the channel to end. Plain numbers, since they are exchanged.</summary>
internal static class ShutdownRequest
{
    internal const int None = 0;

    /// <summary>The peer has ended the connection. What came before that is still delivered, window or not.</summary>
    internal const int OfPeer = 1;

    /// <summary>The program, or a handler that cannot go on. A window that nobody opens is not waited for.</summary>
    internal const int OfProgram = 2;
}

/// <summary>
/// What stands behind the opaque <c>struct aws_channel</c>: one block of the caller's allocator. Everything but
/// <see cref="Holds"/>, <see cref="ShutdownRequested"/> and <see cref="CrossThreadTasks"/> belongs to the loop's
/// thread. Its tasks are made when they are needed, so that an idle channel holds none.
/// </summary>
internal unsafe struct ChannelCore
{
    internal aws_allocator* Allocator;
    internal aws_event_loop* Loop;
    internal aws_channel_slot* First;
    internal aws_message_pool* MessagePool;
    internal ChannelState State;
    internal bool BackPressure;
    internal bool WindowUpdateScheduled;

    /// <summary>The slot inside the block has been given out; it does not come back before the block goes.</summary>
    private bool _isInnerSlotTaken;

    /// <summary>
    /// The channel's memory goes when this reaches zero. One is the owner's, ended by aws_channel_destroy.
    /// </summary>
    internal int Holds;

    /// <summary>
    /// One step of the channel's life at a time: the steps of its shutdown, then its deletion. NULL before. Part of the
    /// block of <see cref="_ending"/>, if the channel was shut down.
    /// </summary>
    private aws_task* _lifeTask;

    internal aws_channel_on_shutdown_completed_fn OnShutdownCompleted;
    internal void* ShutdownUserData;

    /// <summary>One of <see cref="ShutdownRequest"/>.</summary>
    internal int ShutdownRequested;
    internal int ShutdownError;

    /// <summary>
    /// What a shutdown needs, an <see cref="Ending"/>; 0 before. Volatile: any thread may ask for the end, while the
    /// loop's is about a step already.
    /// </summary>
    private nint _ending;

    /// <summary>
    /// Whose turn in the shutdown it is: its handler has been asked to end a direction and is not done; or, if the turn
    /// is pending, will be asked by a task. NULL if it is nobody's.
    /// </summary>
    internal aws_channel_slot* Turn;
    internal aws_channel_direction TurnDirection;
    internal bool IsTurnPending;
    internal bool ShutdownImmediately;

    /// <summary>The program asked for the end again, with an error: nothing is drained any more. Volatile.</summary>
    internal bool IsAborted;

    /// <summary>Ends the wait of the handler whose turn in the shutdown it is; see Channel.BeginWait.</summary>
    internal delegate*<void*, void> EndWait;
    internal void* Waiter;

    /// <summary>Channel tasks that wait in the event loop; cancelled when the channel has shut down.</summary>
    internal aws_linked_list PendingTasks;

    /// <summary>
    /// Channel tasks from other threads, which the drain task takes. Closed when the channel has shut down.
    /// </summary>
    internal TaskStack CrossThreadTasks;
    private aws_task* _drainTask;

    /// <summary>NULL until statistics are asked for.</summary>
    internal ChannelSampling* Sampling;

    private struct Ending
    {
        internal aws_channel_task Begin;
        internal aws_task Step;
    }

    /// <summary>Passes grants on. At the end of the block, in channels with back-pressure only.</summary>
    internal static aws_channel_task* WindowUpdateTask(ChannelCore* core) =>
        (aws_channel_task*)(InnerSlot(core) + 1);

    /// <summary>Bytes of a channel's block.</summary>
    internal static nuint Size(bool backPressure) =>
        (nuint)(sizeof(ChannelCore) + sizeof(aws_channel_slot) + (backPressure ? sizeof(aws_channel_task) : 0));

    /// <summary>
    /// A slot with its memory. The first one, which belongs to the channel from the start, is inside the channel's
    /// block. Any other is a block of its own: programs free one directly that they have not inserted.
    /// </summary>
    internal static aws_channel_slot* NewSlot(ChannelCore* core)
    {
        if (core->First != null || core->_isInnerSlotTaken)
            return Common.Allocator.New<aws_channel_slot>(core->Allocator);

        core->_isInnerSlotTaken = true;
        return InnerSlot(core);
    }

    /// <summary>Whether a slot is a block of its own, and not inside its channel's.</summary>
    internal static bool IsBlock(aws_channel_slot* slot) => slot != InnerSlot(Of(slot));

    /// <summary>
    /// Schedules a step of the channel's life. The step before has run. From another thread only for the last one.
    /// </summary>
    internal static void ScheduleLifeTask(ChannelCore* core, TaskFunction function, byte* tag)
    {
        if (core->_lifeTask == null)
        {
            Ending* ending = EndingOf(core);
            core->_lifeTask = ending != null ? &ending->Step : Common.Allocator.New<aws_task>(core->Allocator);
        }

        ScheduledTask.Init(core->_lifeTask, function, core, tag);
        EventLoop.ScheduleTaskNow(core->Loop, core->_lifeTask);
    }

    /// <summary>The task that begins the shutdown. Once, for whoever was the first to ask for that.</summary>
    internal static aws_channel_task* NewShutdownTask(ChannelCore* core)
    {
        Ending* ending = Common.Allocator.New<Ending>(core->Allocator);
        Volatile.Write(ref core->_ending, (nint)ending);
        return &ending->Begin;
    }

    /// <summary>
    /// The task that takes the tasks of other threads, on the loop's thread. For whoever has found that there were none
    /// to prepare and schedule: nobody else touches it until it has run.
    /// </summary>
    internal static aws_task* DrainTask(ChannelCore* core)
    {
        if (core->_drainTask == null)
            core->_drainTask = Common.Allocator.New<aws_task>(core->Allocator);
        return core->_drainTask;
    }

    /// <summary>The only place where the state changes. A later state is not left for an earlier one.</summary>
    internal static void Enter(ChannelCore* core, ChannelState state)
    {
        if (core->State < state)
            core->State = state;
    }

    internal static void Free(ChannelCore* core)
    {
        aws_allocator* allocator = core->Allocator;
        Ending* ending = EndingOf(core);
        if (core->_lifeTask != null && (ending == null || core->_lifeTask != &ending->Step))
            Common.Allocator.Release(allocator, core->_lifeTask);
        if (core->_drainTask != null)
            Common.Allocator.Release(allocator, core->_drainTask);
        if (ending != null)
            Common.Allocator.Release(allocator, ending);
        Common.Allocator.Release(allocator, core);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static ChannelCore* Of(aws_channel* channel) => (ChannelCore*)channel;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static ChannelCore* Of(aws_channel_slot* slot) => (ChannelCore*)slot->channel;

    private static Ending* EndingOf(ChannelCore* core) => (Ending*)Volatile.Read(ref core->_ending);

    private static aws_channel_slot* InnerSlot(ChannelCore* core) => (aws_channel_slot*)(core + 1);
}
