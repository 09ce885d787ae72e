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
/// Whose turn in a shutdown it is: that handler has been asked to end a direction and is not done.
/// </summary>
internal unsafe struct ShutdownTurn
{
    /// <summary>NULL if it is nobody's.</summary>
    internal aws_channel_slot* Slot;

    /// <summary>What the channel ends with.</summary>
    internal int Error;
    internal aws_channel_direction Direction;

    /// <summary>The handler has not been asked: a task will do so.</summary>
    internal bool IsPending;
    internal bool Immediately;

    /// <summary>Ends the wait of the handler whose turn it is; see Channel.BeginWait.</summary>
    internal delegate*<void*, void> EndWait;
    internal void* Waiter;
}

/// <summary>
/// What stands behind the opaque <c>struct aws_channel</c>: one block of the caller's allocator. Everything but
/// <see cref="Holds"/>, <see cref="ShutdownRequested"/> and <see cref="CrossThreadTasks"/> belongs to the loop's
/// thread. Its tasks are made when they are needed, so that an idle channel holds none.
/// </summary>
internal unsafe struct ChannelCore
{
    // The first four are known to src/Shim/channel_message.c.
    internal aws_allocator* Allocator;
    internal aws_event_loop* Loop;
    internal aws_channel_slot* First;
    internal aws_message_pool* MessagePool;
    internal ChannelState State;
    internal bool BackPressure;
    internal bool WindowUpdateScheduled;

    /// <summary>The slot inside the block has been given out; it does not come back before the block goes.</summary>
    private bool _isInnerSlotTaken;

    /// <summary>The same for the room behind the slot, of so many bytes.</summary>
    private bool _isRoomTaken;

    /// <summary>The program asked for the end again, with an error: nothing is drained any more. Volatile.</summary>
    internal bool IsAborted;
    private ushort _room;

    /// <summary>
    /// The channel's memory goes when this reaches zero. One is the owner's, ended by aws_channel_destroy.
    /// </summary>
    internal int Holds;

    /// <summary>One of <see cref="ShutdownRequest"/>.</summary>
    internal int ShutdownRequested;

    internal aws_channel_on_shutdown_completed_fn OnShutdownCompleted;
    internal void* ShutdownUserData;

    /// <summary>
    /// A <see cref="ChannelExtras"/>; 0 before they are needed. Volatile: any thread may need them, while the loop's
    /// has begun to.
    /// </summary>
    private nint _extras;

    /// <summary>
    /// The ends of a ring of channel tasks that wait in the event loop; cancelled when the channel has shut down.
    /// </summary>
    internal aws_linked_list_node PendingTasks;

    /// <summary>
    /// Channel tasks from other threads, which the drain task takes. Closed when the channel has shut down.
    /// </summary>
    internal TaskStack CrossThreadTasks;

    /// <summary>What a silent channel does without: its end, tasks of other threads, statistics.</summary>
    private struct ChannelExtras
    {
        internal aws_channel_task Begin;

        /// <summary>One step of the channel's life at a time: those of its shutdown, then its deletion.</summary>
        internal aws_task Step;
        internal aws_channel_task OfRoom;
        internal ShutdownTurn Turn;
        internal aws_task Drain;
        internal ChannelSampling* Sampling;
    }

    /// <summary>Passes grants on. At the end of the block, in channels with back-pressure only.</summary>
    internal static aws_channel_task* WindowUpdateTask(ChannelCore* core) =>
        (aws_channel_task*)(InnerSlot(core) + 1);

    /// <summary>
    /// The block of a channel, with so many bytes of room for what is set up with it and ends with it: first what the
    /// setup needs, then a handler.
    /// </summary>
    internal static ChannelCore* New(aws_allocator* allocator, bool backPressure, int room)
    {
        ChannelCore* core = (ChannelCore*)Common.Allocator.Calloc(
            allocator, 1, SizeWithoutRoom(backPressure) + (nuint)room);
        core->Allocator = allocator;
        core->BackPressure = backPressure;
        core->_room = (ushort)room;
        return core;
    }

    private static nuint SizeWithoutRoom(bool backPressure) =>
        (nuint)(sizeof(ChannelCore) + sizeof(aws_channel_slot) + (backPressure ? sizeof(aws_channel_task) : 0));

    /// <summary>The room, of any content, before anybody has taken it; NULL if it is smaller than that.</summary>
    internal static void* Room(ChannelCore* core, int size) => core->_room < size ? null : RoomOf(core);

    /// <summary>The room, zeroed, for the first who asks for so many bytes of it; else NULL.</summary>
    internal static void* TakeRoom(ChannelCore* core, int size)
    {
        if (core->_isRoomTaken || core->_room < size)
            return null;

        core->_isRoomTaken = true;
        System.Runtime.InteropServices.NativeMemory.Clear(RoomOf(core), (nuint)size);
        return RoomOf(core);
    }

    /// <summary>Whether a block is that room. Where there is none, another block may begin.</summary>
    internal static bool IsRoom(ChannelCore* core, void* block) => core->_room > 0 && block == RoomOf(core);

    private static void* RoomOf(ChannelCore* core) => (byte*)core + SizeWithoutRoom(core->BackPressure);

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

    /// <summary>Whose turn in the shutdown it is. Loop's thread.</summary>
    internal static ShutdownTurn* TurnOf(ChannelCore* core) => &MakeExtras(core)->Turn;

    /// <summary>Whether it is this slot's. Loop's thread.</summary>
    internal static bool HasTurn(ChannelCore* core, aws_channel_slot* slot)
    {
        ChannelExtras* extras = ExtrasOf(core);
        return extras != null && extras->Turn.Slot == slot;
    }

    /// <summary>
    /// Schedules a step of the channel's life. The step before has run. From another thread only for the last one.
    /// </summary>
    internal static void ScheduleLifeTask(ChannelCore* core, TaskFunction function, byte* tag)
    {
        aws_task* step = &MakeExtras(core)->Step;
        ScheduledTask.Init(step, function, core, tag);
        EventLoop.ScheduleTaskNow(core->Loop, step);
    }

    /// <summary>The task that begins the shutdown. Once, for whoever was the first to ask for that.</summary>
    internal static aws_channel_task* NewShutdownTask(ChannelCore* core) => &MakeExtras(core)->Begin;

    /// <summary>
    /// A task for the handler in the room, from the block of the extras: as long as the channel lasts. NULL if
    /// that is not there yet, and the channel does not end. Loop's thread.
    /// </summary>
    internal static aws_channel_task* TaskOfRoom(ChannelCore* core, bool isEnding)
    {
        ChannelExtras* extras = isEnding ? MakeExtras(core) : ExtrasOf(core);
        return extras == null ? null : &extras->OfRoom;
    }

    /// <summary>Whether it is that task.</summary>
    internal static bool IsTaskOfRoom(ChannelCore* core, aws_channel_task* task)
    {
        ChannelExtras* extras = ExtrasOf(core);
        return extras != null && task == &extras->OfRoom;
    }

    // Of two threads that need it at once, one takes its own back.
    private static ChannelExtras* MakeExtras(ChannelCore* core)
    {
        ChannelExtras* there = ExtrasOf(core);
        if (there != null)
            return there;

        ChannelExtras* made = Common.Allocator.New<ChannelExtras>(core->Allocator);
        there = (ChannelExtras*)Interlocked.CompareExchange(ref core->_extras, (nint)made, 0);
        if (there == null)
            return made;

        Common.Allocator.Release(core->Allocator, made);
        return there;
    }

    /// <summary>
    /// The task that takes the tasks of other threads, on the loop's thread. For whoever has found that there were none
    /// to prepare and schedule: nobody else touches it until it has run.
    /// </summary>
    internal static aws_task* DrainTask(ChannelCore* core) => &MakeExtras(core)->Drain;

    /// <summary>NULL until statistics are asked for. Loop's thread.</summary>
    internal static ChannelSampling* SamplingOf(ChannelCore* core)
    {
        ChannelExtras* extras = ExtrasOf(core);
        return extras == null ? null : extras->Sampling;
    }

    internal static void SetSampling(ChannelCore* core, ChannelSampling* sampling) =>
        MakeExtras(core)->Sampling = sampling;

    /// <summary>The only place where the state changes. A later state is not left for an earlier one.</summary>
    internal static void Enter(ChannelCore* core, ChannelState state)
    {
        if (core->State < state)
            core->State = state;
    }

    internal static void Free(ChannelCore* core)
    {
        aws_allocator* allocator = core->Allocator;
        ChannelExtras* extras = ExtrasOf(core);
        if (extras != null)
            Common.Allocator.Release(allocator, extras);
        Common.Allocator.Release(allocator, core);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static ChannelCore* Of(aws_channel* channel) => (ChannelCore*)channel;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static ChannelCore* Of(aws_channel_slot* slot) => (ChannelCore*)slot->channel;

    private static ChannelExtras* ExtrasOf(ChannelCore* core) => (ChannelExtras*)Volatile.Read(ref core->_extras);

    private static aws_channel_slot* InnerSlot(ChannelCore* core) => (aws_channel_slot*)(core + 1);
}
