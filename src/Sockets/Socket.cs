// SPDX-License-Identifier: Apache-2.0

namespace Reseau.Native.Sockets;

/// <summary></summary>
internal static unsafe class Socket
{
    /// <summary>aws_socket_init</summary>
    internal static int Init(aws_socket* socket, aws_allocator* alloc, aws_socket_options* options) => throw new System.NotImplementedException();

    /// <summary>aws_socket_clean_up</summary>
    internal static void CleanUp(aws_socket* socket) => throw new System.NotImplementedException();

    /// <summary>aws_socket_connect</summary>
    internal static int Connect(aws_socket* socket, aws_socket_connect_options* socket_connect_options) => throw new System.NotImplementedException();

    /// <summary>aws_socket_bind</summary>
    internal static int Bind(aws_socket* socket, aws_socket_bind_options* socket_bind_options) => throw new System.NotImplementedException();

    /// <summary>aws_socket_get_bound_address</summary>
    internal static int GetBoundAddress(aws_socket* socket, aws_socket_endpoint* out_address) => throw new System.NotImplementedException();

    /// <summary>aws_socket_listen</summary>
    internal static int Listen(aws_socket* socket, int backlog_size) => throw new System.NotImplementedException();

    /// <summary>aws_socket_start_accept</summary>
    internal static int StartAccept(aws_socket* socket, aws_event_loop* accept_loop, aws_socket_listener_options options) => throw new System.NotImplementedException();

    /// <summary>aws_socket_stop_accept</summary>
    internal static int StopAccept(aws_socket* socket) => throw new System.NotImplementedException();

    /// <summary>aws_socket_close</summary>
    internal static int Close(aws_socket* socket) => throw new System.NotImplementedException();

    /// <summary>aws_socket_shutdown_dir</summary>
    internal static int ShutdownDir(aws_socket* socket, aws_channel_direction dir) => throw new System.NotImplementedException();

    /// <summary>aws_socket_set_options</summary>
    internal static int SetOptions(aws_socket* socket, aws_socket_options* options) => throw new System.NotImplementedException();

    /// <summary>aws_socket_assign_to_event_loop</summary>
    internal static int AssignToEventLoop(aws_socket* socket, aws_event_loop* event_loop) => throw new System.NotImplementedException();

    /// <summary>aws_socket_get_event_loop</summary>
    internal static aws_event_loop* GetEventLoop(aws_socket* socket) => throw new System.NotImplementedException();

    /// <summary>aws_socket_subscribe_to_readable_events</summary>
    internal static int SubscribeToReadableEvents(aws_socket* socket, aws_socket_on_readable_fn on_readable, void* user_data) => throw new System.NotImplementedException();

    /// <summary>aws_socket_read</summary>
    internal static int Read(aws_socket* socket, aws_byte_buf* buffer, nuint* amount_read) => throw new System.NotImplementedException();

    /// <summary>aws_socket_write</summary>
    internal static int Write(aws_socket* socket, aws_byte_cursor* cursor, aws_socket_on_write_completed_fn written_fn, void* user_data) => throw new System.NotImplementedException();

    /// <summary>aws_socket_set_close_complete_callback</summary>
    internal static int SetCloseCompleteCallback(aws_socket* socket, aws_socket_on_shutdown_complete_fn fn, void* user_data) => throw new System.NotImplementedException();

    /// <summary>aws_socket_set_cleanup_complete_callback</summary>
    internal static int SetCleanupCompleteCallback(aws_socket* socket, aws_socket_on_shutdown_complete_fn fn, void* user_data) => throw new System.NotImplementedException();

    /// <summary>aws_socket_get_error</summary>
    internal static int GetError(aws_socket* socket) => throw new System.NotImplementedException();

    /// <summary>aws_socket_is_open</summary>
    internal static bool IsOpen(aws_socket* socket) => throw new System.NotImplementedException();

    /// <summary>aws_socket_validate_port_for_connect</summary>
    internal static int ValidatePortForConnect(uint port, aws_socket_domain domain) => throw new System.NotImplementedException();

    /// <summary>aws_socket_validate_port_for_bind</summary>
    internal static int ValidatePortForBind(uint port, aws_socket_domain domain) => throw new System.NotImplementedException();

    /// <summary>aws_socket_endpoint_init_local_address_for_test</summary>
    internal static void EndpointInitLocalAddressForTest(aws_socket_endpoint* endpoint) => throw new System.NotImplementedException();

    /// <summary>aws_socket_get_default_impl_type</summary>
    internal static aws_socket_impl_type GetDefaultImplType() => throw new System.NotImplementedException();
}
