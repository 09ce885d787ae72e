// SPDX-License-Identifier: Apache-2.0

namespace Reseau.Native.Bootstrap;

/// <summary></summary>
internal static unsafe class ServerBootstrap
{
    /// <summary>aws_server_bootstrap_new</summary>
    internal static aws_server_bootstrap* New(aws_allocator* allocator, aws_event_loop_group* el_group) => throw new System.NotImplementedException();

    /// <summary>aws_server_bootstrap_acquire</summary>
    internal static aws_server_bootstrap* Acquire(aws_server_bootstrap* bootstrap) => throw new System.NotImplementedException();

    /// <summary>aws_server_bootstrap_release</summary>
    internal static void Release(aws_server_bootstrap* bootstrap) => throw new System.NotImplementedException();

    /// <summary>aws_server_bootstrap_set_alpn_callback</summary>
    internal static int SetAlpnCallback(aws_server_bootstrap* bootstrap, aws_channel_on_protocol_negotiated_fn on_protocol_negotiated) => throw new System.NotImplementedException();

    /// <summary>aws_server_bootstrap_new_socket_listener</summary>
    internal static aws_socket* NewSocketListener(aws_server_socket_channel_bootstrap_options* bootstrap_options) => throw new System.NotImplementedException();

    /// <summary>aws_server_bootstrap_destroy_socket_listener</summary>
    internal static void DestroySocketListener(aws_server_bootstrap* bootstrap, aws_socket* listener) => throw new System.NotImplementedException();
}
