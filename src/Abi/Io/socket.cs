// SPDX-License-Identifier: Apache-2.0
// Types of <aws/io/socket.h>.
global using unsafe aws_socket_on_accept_result_fn =
    delegate* unmanaged[Cdecl]<Reseau.Native.Abi.aws_socket*, int, Reseau.Native.Abi.aws_socket*, void*, void>;
global using unsafe aws_socket_on_accept_started_fn =
    delegate* unmanaged[Cdecl]<Reseau.Native.Abi.aws_socket*, int, void*, void>;
global using unsafe aws_socket_on_connection_result_fn =
    delegate* unmanaged[Cdecl]<Reseau.Native.Abi.aws_socket*, int, void*, void>;
global using unsafe aws_socket_on_readable_fn =
    delegate* unmanaged[Cdecl]<Reseau.Native.Abi.aws_socket*, int, void*, void>;
global using unsafe aws_socket_on_shutdown_complete_fn = delegate* unmanaged[Cdecl]<void*, void>;
global using unsafe aws_socket_on_write_completed_fn =
    delegate* unmanaged[Cdecl]<Reseau.Native.Abi.aws_socket*, int, nuint, void*, void>;
using System.Runtime.InteropServices;

namespace Reseau.Native.Abi;

public enum aws_socket_domain : uint
{
    AWS_SOCKET_IPV4 = 0,
    AWS_SOCKET_IPV6 = 1,
    AWS_SOCKET_LOCAL = 2,
    AWS_SOCKET_VSOCK = 3,
}

public enum aws_socket_type : uint
{
    AWS_SOCKET_STREAM = 0,
    AWS_SOCKET_DGRAM = 1,
}

public enum aws_socket_impl_type : uint
{
    AWS_SOCKET_IMPL_PLATFORM_DEFAULT = 0,
    AWS_SOCKET_IMPL_POSIX = 1,
    AWS_SOCKET_IMPL_WINSOCK = 2,
    AWS_SOCKET_IMPL_APPLE_NETWORK_FRAMEWORK = 3,
}

public enum aws_socket_tcp_nodelay : uint
{
    AWS_SOCKET_TCP_NODELAY_DEFAULT = 0,
    AWS_SOCKET_TCP_NODELAY_ON = 1,
    AWS_SOCKET_TCP_NODELAY_OFF = 2,
}

[StructLayout(LayoutKind.Sequential)]
public unsafe struct aws_socket
{
    public aws_socket_vtable* vtable;
    public aws_allocator* allocator;
    public aws_socket_endpoint local_endpoint;
    public aws_socket_endpoint remote_endpoint;
    public aws_socket_options options;
    public aws_io_handle io_handle;
    public aws_event_loop* event_loop;
    public aws_channel_handler* handler;
    public int state;
    public aws_socket_on_readable_fn readable_fn;
    public void* readable_user_data;
    public aws_socket_on_connection_result_fn connection_result_fn;
    public aws_socket_on_accept_result_fn accept_result_fn;
    public void* connect_accept_user_data;
    public void* impl;
}

[StructLayout(LayoutKind.Sequential)]
public unsafe struct aws_socket_options
{
    public aws_socket_type type;
    public aws_socket_domain domain;
    public aws_socket_impl_type impl_type;
    public uint connect_timeout_ms;
    public ushort keep_alive_interval_sec;
    public ushort keep_alive_timeout_sec;
    public ushort keep_alive_max_failed_probes;
    public bool keepalive;
    public aws_socket_tcp_nodelay tcp_nodelay;
    public fixed byte network_interface_name[16];
}

[StructLayout(LayoutKind.Sequential)]
public unsafe struct aws_socket_endpoint
{
#if RESEAU_WINDOWS
    public const int AWS_ADDRESS_MAX_LEN = 256;
#elif RESEAU_DARWIN
    public const int AWS_ADDRESS_MAX_LEN = 104;
#else
    public const int AWS_ADDRESS_MAX_LEN = 108;
#endif
    public fixed byte address[AWS_ADDRESS_MAX_LEN];
    public uint port;
}

[StructLayout(LayoutKind.Sequential)]
public unsafe struct aws_socket_connect_options
{
    public aws_socket_endpoint* remote_endpoint;
    public aws_event_loop* event_loop;
    public aws_socket_on_connection_result_fn on_connection_result;
    public void* user_data;
    public aws_tls_connection_options* tls_connection_options;
}

[StructLayout(LayoutKind.Sequential)]
public unsafe struct aws_socket_listener_options
{
    public aws_socket_on_accept_result_fn on_accept_result;
    public void* on_accept_result_user_data;
    public aws_socket_on_accept_started_fn on_accept_start;
    public void* on_accept_start_user_data;
}

[StructLayout(LayoutKind.Sequential)]
public unsafe struct aws_socket_bind_options
{
    public aws_socket_endpoint* local_endpoint;
    public void* user_data;
    public aws_event_loop* event_loop;
    public aws_tls_connection_options* tls_connection_options;
}
