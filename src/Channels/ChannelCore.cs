// SPDX-License-Identifier: Apache-2.0
using System.Runtime.CompilerServices;

namespace Reseau.Native.Channels;

/// <summary>Where a channel is in its life. It only ever moves forward.</summary>
internal enum ChannelState
{
    SettingUp,
    Active,
    ShuttingDown,
    ShutDown,
}

/// <summary>
/// What stands behind the opaque <c>struct aws_channel</c>: one block of the caller's allocator. Everything but
/// <see cref="Holds"/>, <see cref="ShutdownRequested"/> and <see cref="ForeignTasks"/> belongs to the loop's thread.
/// </summary>
internal unsafe struct ChannelCore
{
    internal aws_allocator* Allocator;
    internal aws_event_loop* Loop;
    internal aws_channel_slot* First;
    internal aws_message_pool* MessagePool;
    internal ChannelState State;

    /// <summary>The channel's memory goes when this reaches zero. One is the owner's, ended by aws_channel_destroy.</summary>
    internal int Holds;

    /// <summary>One step of the channel's life at a time: setup, then the steps of its shutdown, then its deletion.</summary>
    internal aws_task LifeTask;

    internal aws_channel_on_setup_completed_fn OnSetupCompleted;
    internal void* SetupUserData;

    internal aws_channel_on_shutdown_completed_fn OnShutdownCompleted;
    internal void* ShutdownUserData;
    internal int ShutdownRequested;
    internal int ShutdownError;
    internal bool ShutdownImmediately;
    internal aws_channel_task ShutdownTask;
    internal aws_channel_slot* TurningSlot;

    /// <summary>Channel tasks that wait in the event loop; cancelled when the channel has shut down.</summary>
    internal aws_linked_list PendingTasks;
    internal ForeignTaskStack ForeignTasks;

    internal bool BackPressure;
    internal bool WindowUpdateScheduled;

    /// <summary>Bytes: grants are passed on once the scarcest window has shrunk to this.</summary>
    internal nuint WindowUpdateThreshold;

    /// <summary>NULL until statistics are asked for.</summary>
    internal ChannelSampling* Sampling;

    /// <summary>Passes grants on. Behind the core, in channels with back-pressure only.</summary>
    internal static aws_channel_task* WindowUpdateTask(ChannelCore* core) => (aws_channel_task*)(core + 1);

    /// <summary>Bytes of a channel's block.</summary>
    internal static nuint Size(bool backPressure) =>
        (nuint)sizeof(ChannelCore) + (backPressure ? (nuint)sizeof(aws_channel_task) : 0);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static ChannelCore* Of(aws_channel* channel) => (ChannelCore*)channel;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static ChannelCore* Of(aws_channel_slot* slot) => (ChannelCore*)slot->channel;
}
