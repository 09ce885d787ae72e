// SPDX-License-Identifier: Apache-2.0
// Types of <aws/io/channel.h>.
global using unsafe aws_channel_on_setup_completed_fn =
    delegate* unmanaged[Cdecl]<Reseau.Native.Abi.aws_channel*, int, void*, void>;
global using unsafe aws_channel_on_shutdown_completed_fn =
    delegate* unmanaged[Cdecl]<Reseau.Native.Abi.aws_channel*, int, void*, void>;
global using unsafe aws_channel_task_fn =
    delegate* unmanaged[Cdecl]<Reseau.Native.Abi.aws_channel_task*, void*, Reseau.Native.Abi.aws_task_status, void>;
using System.Runtime.InteropServices;

namespace Reseau.Native.Abi;

public enum aws_channel_direction : uint
{
    AWS_CHANNEL_DIR_READ = 0,
    AWS_CHANNEL_DIR_WRITE = 1,
}

[StructLayout(LayoutKind.Sequential)]
public unsafe struct aws_channel_slot
{
    public aws_allocator* alloc;
    public aws_channel* channel;
    public aws_channel_slot* adj_left;
    public aws_channel_slot* adj_right;
    public aws_channel_handler* handler;
    public nuint window_size;
    public nuint upstream_message_overhead;
    public nuint current_window_update_batch_size;
}

[StructLayout(LayoutKind.Sequential)]
public unsafe struct aws_channel_handler
{
    public aws_channel_handler_vtable* vtable;
    public aws_allocator* alloc;
    public aws_channel_slot* slot;
    public void* impl;
}

[StructLayout(LayoutKind.Sequential)]
public unsafe struct aws_channel_task
{
    public aws_task wrapper_task;
    public aws_channel_task_fn task_fn;
    public void* arg;
    public byte* type_tag;
    public aws_linked_list_node node;
}

[StructLayout(LayoutKind.Sequential)]
public unsafe struct aws_channel_handler_vtable
{
    public delegate* unmanaged[Cdecl]<aws_channel_handler*, aws_channel_slot*, aws_io_message*, int>
        process_read_message;
    public delegate* unmanaged[Cdecl]<aws_channel_handler*, aws_channel_slot*, aws_io_message*, int>
        process_write_message;
    public delegate* unmanaged[Cdecl]<aws_channel_handler*, aws_channel_slot*, nuint, int> increment_read_window;
    public delegate* unmanaged[Cdecl]<aws_channel_handler*, aws_channel_slot*, aws_channel_direction, int, bool, int>
        shutdown;
    public delegate* unmanaged[Cdecl]<aws_channel_handler*, nuint> initial_window_size;
    public delegate* unmanaged[Cdecl]<aws_channel_handler*, nuint> message_overhead;
    public delegate* unmanaged[Cdecl]<aws_channel_handler*, void> destroy;
    public delegate* unmanaged[Cdecl]<aws_channel_handler*, void> reset_statistics;
    public delegate* unmanaged[Cdecl]<aws_channel_handler*, aws_array_list*, void> gather_statistics;
    public delegate* unmanaged[Cdecl]<aws_channel_handler*, void> trigger_read;
}

[StructLayout(LayoutKind.Sequential)]
public unsafe struct aws_channel_options
{
    public aws_event_loop* event_loop;
    public aws_channel_on_setup_completed_fn on_setup_completed;
    public aws_channel_on_shutdown_completed_fn on_shutdown_completed;
    public void* setup_user_data;
    public void* shutdown_user_data;
    public bool enable_read_back_pressure;
}
