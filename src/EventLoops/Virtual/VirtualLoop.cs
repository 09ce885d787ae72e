// SPDX-License-Identifier: Apache-2.0
using System.Runtime.InteropServices;
using Reseau.Native.Common;

namespace Reseau.Native.EventLoops.Virtual;

/// <summary>
/// A loop without a thread, on a clock that is moved by hand: made alone, or as one of a group. It takes part in its
/// <see cref="VirtualTime"/> from being run to being stopped.
/// </summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct VirtualLoop
{
    internal LoopCore Core;
    internal VirtualTime* Time;

    /// <summary>The one that was made after this, of those with the same time.</summary>
    internal VirtualLoop* Next;

    // Lists of VirtualLink. The first two under the time's lock; the last is the owner's.

    internal aws_linked_list Subscriptions;

    /// <summary>Subscriptions whose objects have changed since they were looked at.</summary>
    internal aws_linked_list Ready;

    /// <summary>Subscriptions with events that are being delivered.</summary>
    internal aws_linked_list Collected;

    /// <summary>Whether a loop is one of a time.</summary>
    internal static bool IsOf(aws_event_loop* event_loop, VirtualTime* time)
    {
        LoopCore* core = EventLoop.CoreOf(event_loop);
        return core != null && core->Backend->Name == VirtualBackend.Instance->Name &&
            ((VirtualLoop*)core)->Time == time;
    }

    /// <summary>A loop that does not run yet; NULL with the error raised. The allocator is the time's.</summary>
    internal static aws_event_loop* New(VirtualTime* time)
    {
        aws_event_loop_options options = default;
        return LoopLife.New(VirtualBackend.Instance, time->Allocator, &options, time);
    }

    /// <summary>
    /// A group of running loops. It ends without a thread: at once when its last reference is released outside of
    /// ticks, else before the next tick.
    /// </summary>
    internal static aws_event_loop_group* NewGroup(
        VirtualTime* time, ushort loopCount, aws_shutdown_callback_options* shutdown)
    {
        aws_event_loop_group_options options = default;
        options.loop_count = loopCount;
        options.shutdown_options = shutdown;
        return EventLoopGroup.NewInternal(time->Allocator, &options, &NewLoopOfGroup, time);
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(System.Runtime.CompilerServices.CallConvCdecl)])]
    private static aws_event_loop* NewLoopOfGroup(
        aws_allocator* allocator, aws_event_loop_options* options, void* time) =>
        LoopLife.New(VirtualBackend.Instance, allocator, options, time);
}
