// SPDX-License-Identifier: Apache-2.0
// Types of <aws/io/channel_bootstrap.h>.
global using unsafe aws_channel_on_protocol_negotiated_fn =
    delegate* unmanaged[Cdecl]<
        Reseau.Native.Abi.aws_channel_slot*,
        Reseau.Native.Abi.aws_byte_buf*,
        void*,
        Reseau.Native.Abi.aws_channel_handler*>;
global using unsafe aws_client_bootstrap_on_channel_event_fn =
    delegate* unmanaged[Cdecl]<
        Reseau.Native.Abi.aws_client_bootstrap*,
        int,
        Reseau.Native.Abi.aws_channel*,
        void*,
        void>;
global using unsafe aws_client_bootstrap_shutdown_complete_fn = delegate* unmanaged[Cdecl]<void*, void>;
global using unsafe aws_server_bootstrap_on_accept_channel_setup_fn =
    delegate* unmanaged[Cdecl]<
        Reseau.Native.Abi.aws_server_bootstrap*,
        int,
        Reseau.Native.Abi.aws_channel*,
        void*,
        void>;
global using unsafe aws_server_bootstrap_on_accept_channel_shutdown_fn =
    delegate* unmanaged[Cdecl]<
        Reseau.Native.Abi.aws_server_bootstrap*,
        int,
        Reseau.Native.Abi.aws_channel*,
        void*,
        void>;
global using unsafe aws_server_bootstrap_on_listener_setup_fn =
    delegate* unmanaged[Cdecl]<Reseau.Native.Abi.aws_server_bootstrap*, int, void*, void>;
global using unsafe aws_server_bootstrap_on_server_listener_destroy_fn =
    delegate* unmanaged[Cdecl]<Reseau.Native.Abi.aws_server_bootstrap*, void*, void>;
using System.Runtime.InteropServices;

namespace Reseau.Native.Abi;

[StructLayout(LayoutKind.Sequential)]
public unsafe struct aws_client_bootstrap
{
    public aws_allocator* allocator;
    public aws_event_loop_group* event_loop_group;
    public aws_host_resolver* host_resolver;
    public aws_host_resolution_config host_resolver_config;
    public aws_channel_on_protocol_negotiated_fn on_protocol_negotiated;
    public aws_ref_count ref_count;
    public aws_client_bootstrap_shutdown_complete_fn on_shutdown_complete;
    public void* user_data;
}

[StructLayout(LayoutKind.Sequential)]
public unsafe struct aws_client_bootstrap_options
{
    public aws_event_loop_group* event_loop_group;
    public aws_host_resolver* host_resolver;
    public aws_host_resolution_config* host_resolution_config;
    public aws_client_bootstrap_shutdown_complete_fn on_shutdown_complete;
    public void* user_data;
}

[StructLayout(LayoutKind.Sequential)]
public unsafe struct aws_server_bootstrap
{
    public aws_allocator* allocator;
    public aws_event_loop_group* event_loop_group;
    public aws_channel_on_protocol_negotiated_fn on_protocol_negotiated;
    public aws_ref_count ref_count;
}

[StructLayout(LayoutKind.Sequential)]
public unsafe struct aws_socket_channel_bootstrap_options
{
    public aws_client_bootstrap* bootstrap;
    public byte* host_name;
    public uint port;
    public aws_socket_options* socket_options;
    public aws_tls_connection_options* tls_options;
    public aws_client_bootstrap_on_channel_event_fn creation_callback;
    public aws_client_bootstrap_on_channel_event_fn setup_callback;
    public aws_client_bootstrap_on_channel_event_fn shutdown_callback;
    public bool enable_read_back_pressure;
    public void* user_data;
    public aws_event_loop* requested_event_loop;
    public aws_host_resolution_config* host_resolution_override_config;
}

[StructLayout(LayoutKind.Sequential)]
public unsafe struct aws_server_socket_channel_bootstrap_options
{
    public aws_server_bootstrap* bootstrap;
    public byte* host_name;
    public uint port;
    public aws_socket_options* socket_options;
    public aws_tls_connection_options* tls_options;
    public aws_server_bootstrap_on_listener_setup_fn setup_callback;
    public aws_server_bootstrap_on_accept_channel_setup_fn incoming_callback;
    public aws_server_bootstrap_on_accept_channel_shutdown_fn shutdown_callback;
    public aws_server_bootstrap_on_server_listener_destroy_fn destroy_callback;
    public bool enable_read_back_pressure;
    public void* user_data;
}
