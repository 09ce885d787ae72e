// SPDX-License-Identifier: Apache-2.0
// Types of <aws/io/private/event_loop_impl.h>.
global using unsafe aws_event_loop_on_completion_fn =
    delegate* unmanaged[Cdecl]<Reseau.Native.Abi.aws_event_loop*, Reseau.Native.Abi.aws_overlapped*, int, nuint, void>;
global using unsafe aws_event_loop_on_local_object_removed_fn =
    delegate* unmanaged[Cdecl]<Reseau.Native.Abi.aws_event_loop_local_object*, void>;
global using unsafe aws_new_event_loop_fn =
    delegate* unmanaged[Cdecl]<
        Reseau.Native.Abi.aws_allocator*,
        Reseau.Native.Abi.aws_event_loop_options*,
        void*,
        Reseau.Native.Abi.aws_event_loop*>;
using System.Runtime.InteropServices;

namespace Reseau.Native.Abi;

public enum aws_io_event_type : uint
{
    AWS_IO_EVENT_TYPE_READABLE = 1,
    AWS_IO_EVENT_TYPE_WRITABLE = 2,
    AWS_IO_EVENT_TYPE_REMOTE_HANG_UP = 4,
    AWS_IO_EVENT_TYPE_CLOSED = 8,
    AWS_IO_EVENT_TYPE_ERROR = 16,
}

[StructLayout(LayoutKind.Sequential)]
public unsafe struct aws_event_loop
{
    public aws_event_loop_vtable* vtable;
    public aws_allocator* alloc;
    public aws_io_clock_fn clock;
    public aws_hash_table local_data;
    public aws_atomic_var current_load_factor;
    public ulong latest_tick_start;
    public nuint current_tick_latency_sum;
    public aws_atomic_var next_flush_time;
    public aws_event_loop_group* base_elg;
    public void* impl_data;
}

[StructLayout(LayoutKind.Sequential)]
public unsafe struct aws_event_loop_local_object
{
    public void* key;
    public void* @object;
    public aws_event_loop_on_local_object_removed_fn on_object_removed;
}

[StructLayout(LayoutKind.Sequential)]
public unsafe struct aws_event_loop_group
{
    public aws_allocator* allocator;
    public aws_array_list event_loops;
    public aws_ref_count ref_count;
    public aws_shutdown_callback_options shutdown_options;
    public aws_event_loop_type event_loop_type;
}

[StructLayout(LayoutKind.Sequential)]
public unsafe struct aws_event_loop_options
{
    public aws_io_clock_fn clock;
    public aws_thread_options* thread_options;
    public aws_event_loop_type type;
    public aws_event_loop_group* parent_elg;
}

[StructLayout(LayoutKind.Sequential)]
public unsafe struct aws_overlapped
{
    public aws_win32_OVERLAPPED overlapped;
    public aws_event_loop_on_completion_fn on_completion;
    public void* user_data;
}

[StructLayout(LayoutKind.Sequential)]
public unsafe struct aws_win32_OVERLAPPED
{
    public nuint Internal;
    public nuint InternalHigh;
    public _u_u u;
    public void* hEvent;

    [StructLayout(LayoutKind.Explicit)]
    public unsafe struct _u_u
    {
        [FieldOffset(0)]
        public _s_s s;
        [FieldOffset(0)]
        public void* Pointer;

        [StructLayout(LayoutKind.Sequential)]
        public unsafe struct _s_s
        {
            public uint Offset;
            public uint OffsetHigh;
        }
    }
}
