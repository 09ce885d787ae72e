// SPDX-License-Identifier: Apache-2.0
// Types of <aws/io/private/socket_impl.h>.
using System.Runtime.InteropServices;

namespace Reseau.Native.Abi;

[StructLayout(LayoutKind.Sequential)]
public unsafe struct socket_address
{
    public sock_addr_types sock_addr_types;
}

[StructLayout(LayoutKind.Sequential)]
public unsafe struct aws_socket_vtable
{
    public delegate* unmanaged[Cdecl]<aws_socket*, void> socket_cleanup_fn;
    public delegate* unmanaged[Cdecl]<aws_socket*, aws_socket_connect_options*, int> socket_connect_fn;
    public delegate* unmanaged[Cdecl]<aws_socket*, aws_socket_bind_options*, int> socket_bind_fn;
    public delegate* unmanaged[Cdecl]<aws_socket*, int, int> socket_listen_fn;
    public delegate* unmanaged[Cdecl]<aws_socket*, aws_event_loop*, aws_socket_listener_options, int>
        socket_start_accept_fn;
    public delegate* unmanaged[Cdecl]<aws_socket*, int> socket_stop_accept_fn;
    public delegate* unmanaged[Cdecl]<aws_socket*, int> socket_close_fn;
    public delegate* unmanaged[Cdecl]<aws_socket*, aws_channel_direction, int> socket_shutdown_dir_fn;
    public delegate* unmanaged[Cdecl]<aws_socket*, aws_socket_options*, int> socket_set_options_fn;
    public delegate* unmanaged[Cdecl]<aws_socket*, aws_event_loop*, int> socket_assign_to_event_loop_fn;
    public delegate* unmanaged[Cdecl]<aws_socket*, aws_socket_on_readable_fn, void*, int>
        socket_subscribe_to_readable_events_fn;
    public delegate* unmanaged[Cdecl]<aws_socket*, aws_byte_buf*, nuint*, int> socket_read_fn;
    public delegate* unmanaged[Cdecl]<aws_socket*, aws_byte_cursor*, aws_socket_on_write_completed_fn, void*, int>
        socket_write_fn;
    public delegate* unmanaged[Cdecl]<aws_socket*, int> socket_get_error_fn;
    public delegate* unmanaged[Cdecl]<aws_socket*, bool> socket_is_open_fn;
    public delegate* unmanaged[Cdecl]<aws_socket*, aws_socket_on_shutdown_complete_fn, void*, int>
        socket_set_close_callback;
    public delegate* unmanaged[Cdecl]<aws_socket*, aws_socket_on_shutdown_complete_fn, void*, int>
        socket_set_cleanup_callback;
    public delegate* unmanaged[Cdecl]<aws_socket*, aws_byte_buf> socket_get_protocol_fn;
    public delegate* unmanaged[Cdecl]<aws_socket*, aws_string*> socket_get_server_name_fn;
}

[StructLayout(LayoutKind.Sequential)]
public unsafe struct on_start_accept_result_args
{
    public aws_task task;
    public int error;
    public aws_allocator* allocator;
    public aws_socket* socket;
    public aws_socket_on_accept_started_fn on_accept_start;
    public void* on_accept_start_user_data;
}

[StructLayout(LayoutKind.Explicit)]
public unsafe struct sock_addr_types
{
    [FieldOffset(0)]
    public sockaddr_in addr_in;
    [FieldOffset(0)]
    public sockaddr_in6 addr_in6;
    [FieldOffset(0)]
    public sockaddr_un un_addr;
}
