// SPDX-License-Identifier: Apache-2.0
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Reseau.Native.Resolver;
using Reseau.Native.Sockets;

namespace Reseau.Native.Exports;

/// <summary>The C entry points of &lt;aws/io/socket.h&gt;.</summary>
public static unsafe class Exports_io_socket
{
    [UnmanagedCallersOnly(EntryPoint = "aws_socket_init", CallConvs = [typeof(CallConvCdecl)])]
    public static int aws_socket_init(aws_socket* socket, aws_allocator* alloc, aws_socket_options* options) => Socket.Init(socket, alloc, options);

    [UnmanagedCallersOnly(EntryPoint = "aws_socket_clean_up", CallConvs = [typeof(CallConvCdecl)])]
    public static void aws_socket_clean_up(aws_socket* socket) => Socket.CleanUp(socket);

    [UnmanagedCallersOnly(EntryPoint = "aws_socket_connect", CallConvs = [typeof(CallConvCdecl)])]
    public static int aws_socket_connect(aws_socket* socket, aws_socket_connect_options* socket_connect_options) => Socket.Connect(socket, socket_connect_options);

    [UnmanagedCallersOnly(EntryPoint = "aws_socket_bind", CallConvs = [typeof(CallConvCdecl)])]
    public static int aws_socket_bind(aws_socket* socket, aws_socket_bind_options* socket_bind_options) => Socket.Bind(socket, socket_bind_options);

    [UnmanagedCallersOnly(EntryPoint = "aws_socket_get_bound_address", CallConvs = [typeof(CallConvCdecl)])]
    public static int aws_socket_get_bound_address(aws_socket* socket, aws_socket_endpoint* out_address) => Socket.GetBoundAddress(socket, out_address);

    [UnmanagedCallersOnly(EntryPoint = "aws_socket_listen", CallConvs = [typeof(CallConvCdecl)])]
    public static int aws_socket_listen(aws_socket* socket, int backlog_size) => Socket.Listen(socket, backlog_size);

    [UnmanagedCallersOnly(EntryPoint = "aws_socket_start_accept", CallConvs = [typeof(CallConvCdecl)])]
    public static int aws_socket_start_accept(aws_socket* socket, aws_event_loop* accept_loop, aws_socket_listener_options options) => Socket.StartAccept(socket, accept_loop, options);

    [UnmanagedCallersOnly(EntryPoint = "aws_socket_stop_accept", CallConvs = [typeof(CallConvCdecl)])]
    public static int aws_socket_stop_accept(aws_socket* socket) => Socket.StopAccept(socket);

    [UnmanagedCallersOnly(EntryPoint = "aws_socket_close", CallConvs = [typeof(CallConvCdecl)])]
    public static int aws_socket_close(aws_socket* socket) => Socket.Close(socket);

    [UnmanagedCallersOnly(EntryPoint = "aws_socket_shutdown_dir", CallConvs = [typeof(CallConvCdecl)])]
    public static int aws_socket_shutdown_dir(aws_socket* socket, aws_channel_direction dir) => Socket.ShutdownDir(socket, dir);

    [UnmanagedCallersOnly(EntryPoint = "aws_socket_set_options", CallConvs = [typeof(CallConvCdecl)])]
    public static int aws_socket_set_options(aws_socket* socket, aws_socket_options* options) => Socket.SetOptions(socket, options);

    [UnmanagedCallersOnly(EntryPoint = "aws_socket_assign_to_event_loop", CallConvs = [typeof(CallConvCdecl)])]
    public static int aws_socket_assign_to_event_loop(aws_socket* socket, aws_event_loop* event_loop) => Socket.AssignToEventLoop(socket, event_loop);

    [UnmanagedCallersOnly(EntryPoint = "aws_socket_get_event_loop", CallConvs = [typeof(CallConvCdecl)])]
    public static aws_event_loop* aws_socket_get_event_loop(aws_socket* socket) => Socket.GetEventLoop(socket);

    [UnmanagedCallersOnly(EntryPoint = "aws_socket_subscribe_to_readable_events", CallConvs = [typeof(CallConvCdecl)])]
    public static int aws_socket_subscribe_to_readable_events(aws_socket* socket, aws_socket_on_readable_fn on_readable, void* user_data) => Socket.SubscribeToReadableEvents(socket, on_readable, user_data);

    [UnmanagedCallersOnly(EntryPoint = "aws_socket_read", CallConvs = [typeof(CallConvCdecl)])]
    public static int aws_socket_read(aws_socket* socket, aws_byte_buf* buffer, nuint* amount_read) => Socket.Read(socket, buffer, amount_read);

    [UnmanagedCallersOnly(EntryPoint = "aws_socket_write", CallConvs = [typeof(CallConvCdecl)])]
    public static int aws_socket_write(aws_socket* socket, aws_byte_cursor* cursor, aws_socket_on_write_completed_fn written_fn, void* user_data) => Socket.Write(socket, cursor, written_fn, user_data);

    [UnmanagedCallersOnly(EntryPoint = "aws_socket_set_close_complete_callback", CallConvs = [typeof(CallConvCdecl)])]
    public static int aws_socket_set_close_complete_callback(aws_socket* socket, aws_socket_on_shutdown_complete_fn fn, void* user_data) => Socket.SetCloseCompleteCallback(socket, fn, user_data);

    [UnmanagedCallersOnly(EntryPoint = "aws_socket_set_cleanup_complete_callback", CallConvs = [typeof(CallConvCdecl)])]
    public static int aws_socket_set_cleanup_complete_callback(aws_socket* socket, aws_socket_on_shutdown_complete_fn fn, void* user_data) => Socket.SetCleanupCompleteCallback(socket, fn, user_data);

    [UnmanagedCallersOnly(EntryPoint = "aws_socket_get_error", CallConvs = [typeof(CallConvCdecl)])]
    public static int aws_socket_get_error(aws_socket* socket) => Socket.GetError(socket);

    [UnmanagedCallersOnly(EntryPoint = "aws_socket_is_open", CallConvs = [typeof(CallConvCdecl)])]
    public static bool aws_socket_is_open(aws_socket* socket) => Socket.IsOpen(socket);

    [UnmanagedCallersOnly(EntryPoint = "aws_socket_validate_port_for_connect", CallConvs = [typeof(CallConvCdecl)])]
    public static int aws_socket_validate_port_for_connect(uint port, aws_socket_domain domain) => Socket.ValidatePortForConnect(port, domain);

    [UnmanagedCallersOnly(EntryPoint = "aws_socket_validate_port_for_bind", CallConvs = [typeof(CallConvCdecl)])]
    public static int aws_socket_validate_port_for_bind(uint port, aws_socket_domain domain) => Socket.ValidatePortForBind(port, domain);

    [UnmanagedCallersOnly(EntryPoint = "aws_socket_endpoint_init_local_address_for_test", CallConvs = [typeof(CallConvCdecl)])]
    public static void aws_socket_endpoint_init_local_address_for_test(aws_socket_endpoint* endpoint) => Socket.EndpointInitLocalAddressForTest(endpoint);

    [UnmanagedCallersOnly(EntryPoint = "aws_is_network_interface_name_valid", CallConvs = [typeof(CallConvCdecl)])]
    public static bool aws_is_network_interface_name_valid(byte* interface_name) => Socket.IsInterfaceNameValid(interface_name);

    [UnmanagedCallersOnly(EntryPoint = "aws_socket_get_default_impl_type", CallConvs = [typeof(CallConvCdecl)])]
    public static aws_socket_impl_type aws_socket_get_default_impl_type() => Socket.GetDefaultImplType();

    [UnmanagedCallersOnly(EntryPoint = "aws_parse_ipv4_address", CallConvs = [typeof(CallConvCdecl)])]
    public static int aws_parse_ipv4_address(aws_string* src, uint* dst) => IpAddress.ParseIPv4ForC(src, dst);

    [UnmanagedCallersOnly(EntryPoint = "aws_parse_ipv6_address", CallConvs = [typeof(CallConvCdecl)])]
    public static int aws_parse_ipv6_address(aws_string* src, aws_byte_buf* dst) => IpAddress.ParseIPv6ForC(src, dst);
}
