// SPDX-License-Identifier: Apache-2.0
// Types of <aws/io/event_loop.h>.
global using unsafe aws_event_loop_on_event_fn =
    delegate* unmanaged[Cdecl]<Reseau.Native.Abi.aws_event_loop*, Reseau.Native.Abi.aws_io_handle*, int, void*, void>;
using System.Runtime.InteropServices;

namespace Reseau.Native.Abi;

public enum aws_event_loop_type : uint
{
    AWS_EVENT_LOOP_PLATFORM_DEFAULT = 0,
    AWS_EVENT_LOOP_EPOLL = 1,
    AWS_EVENT_LOOP_IOCP = 2,
    AWS_EVENT_LOOP_KQUEUE = 3,
    AWS_EVENT_LOOP_DISPATCH_QUEUE = 4,
}

[StructLayout(LayoutKind.Sequential)]
public unsafe struct aws_event_loop_vtable
{
    public delegate* unmanaged[Cdecl]<aws_event_loop*, void> start_destroy;
    public delegate* unmanaged[Cdecl]<aws_event_loop*, void> complete_destroy;
    public delegate* unmanaged[Cdecl]<aws_event_loop*, int> run;
    public delegate* unmanaged[Cdecl]<aws_event_loop*, int> stop;
    public delegate* unmanaged[Cdecl]<aws_event_loop*, int> wait_for_stop_completion;
    public delegate* unmanaged[Cdecl]<aws_event_loop*, aws_task*, void> schedule_task_now;
    public delegate* unmanaged[Cdecl]<aws_event_loop*, aws_task*, void> schedule_task_now_serialized;
    public delegate* unmanaged[Cdecl]<aws_event_loop*, aws_task*, ulong, void> schedule_task_future;
    public delegate* unmanaged[Cdecl]<aws_event_loop*, aws_task*, void> cancel_task;
    public delegate* unmanaged[Cdecl]<aws_event_loop*, aws_io_handle*, int> connect_to_io_completion_port;
    public delegate* unmanaged[Cdecl]<aws_event_loop*, aws_io_handle*, int, aws_event_loop_on_event_fn, void*, int>
        subscribe_to_io_events;
    public delegate* unmanaged[Cdecl]<aws_event_loop*, aws_io_handle*, int> unsubscribe_from_io_events;
    public delegate* unmanaged[Cdecl]<void*, void> free_io_event_resources;
    public delegate* unmanaged[Cdecl]<aws_event_loop*, bool> is_on_callers_thread;
}

[StructLayout(LayoutKind.Sequential)]
public unsafe struct aws_event_loop_group_options
{
    public ushort loop_count;
    public aws_event_loop_type type;
    public aws_shutdown_callback_options* shutdown_options;
    public ushort* cpu_group;
    public aws_io_clock_fn clock_override;
}
