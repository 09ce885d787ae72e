// SPDX-License-Identifier: Apache-2.0

namespace Reseau.Native.EventLoops;

/// <summary></summary>
internal static unsafe class EventLoopGroup
{
    /// <summary>aws_event_loop_group_new</summary>
    internal static aws_event_loop_group* New(aws_allocator* allocator, aws_event_loop_group_options* options) => throw new System.NotImplementedException();

    /// <summary>aws_event_loop_group_acquire</summary>
    internal static aws_event_loop_group* Acquire(aws_event_loop_group* el_group) => throw new System.NotImplementedException();

    /// <summary>aws_event_loop_group_release</summary>
    internal static void Release(aws_event_loop_group* el_group) => throw new System.NotImplementedException();

    /// <summary>aws_event_loop_group_acquire_from_event_loop</summary>
    internal static aws_event_loop_group* AcquireFromEventLoop(aws_event_loop* event_loop) => throw new System.NotImplementedException();

    /// <summary>aws_event_loop_group_release_from_event_loop</summary>
    internal static void ReleaseFromEventLoop(aws_event_loop* event_loop) => throw new System.NotImplementedException();

    /// <summary>aws_event_loop_group_get_loop_at</summary>
    internal static aws_event_loop* GetLoopAt(aws_event_loop_group* el_group, nuint index) => throw new System.NotImplementedException();

    /// <summary>aws_event_loop_group_get_loop_count</summary>
    internal static nuint GetLoopCount(aws_event_loop_group* el_group) => throw new System.NotImplementedException();

    /// <summary>aws_event_loop_group_get_type</summary>
    internal static aws_event_loop_type GetType(aws_event_loop_group* el_group) => throw new System.NotImplementedException();

    /// <summary>aws_event_loop_group_get_next_loop</summary>
    internal static aws_event_loop* GetNextLoop(aws_event_loop_group* el_group) => throw new System.NotImplementedException();

    /// <summary>aws_event_loop_group_new_default</summary>
    internal static aws_event_loop_group* NewDefault(aws_allocator* alloc, ushort max_threads, aws_shutdown_callback_options* shutdown_options) => throw new System.NotImplementedException();

    /// <summary>aws_event_loop_group_new_default_pinned_to_cpu_group</summary>
    internal static aws_event_loop_group* NewDefaultPinnedToCpuGroup(aws_allocator* alloc, ushort max_threads, ushort cpu_group, aws_shutdown_callback_options* shutdown_options) => throw new System.NotImplementedException();

    /// <summary>aws_event_loop_group_new_internal</summary>
    internal static aws_event_loop_group* NewInternal(aws_allocator* allocator, aws_event_loop_group_options* options, aws_new_event_loop_fn new_loop_fn, void* new_loop_user_data) => throw new System.NotImplementedException();
}
