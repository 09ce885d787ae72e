// SPDX-License-Identifier: Apache-2.0

namespace Reseau.Native.Bootstrap;

/// <summary></summary>
internal static unsafe class ClientBootstrap
{
    /// <summary>aws_client_bootstrap_new</summary>
    internal static aws_client_bootstrap* New(aws_allocator* allocator, aws_client_bootstrap_options* options) => throw new System.NotImplementedException();

    /// <summary>aws_client_bootstrap_acquire</summary>
    internal static aws_client_bootstrap* Acquire(aws_client_bootstrap* bootstrap) => throw new System.NotImplementedException();

    /// <summary>aws_client_bootstrap_release</summary>
    internal static void Release(aws_client_bootstrap* bootstrap) => throw new System.NotImplementedException();

    /// <summary>aws_client_bootstrap_set_alpn_callback</summary>
    internal static int SetAlpnCallback(aws_client_bootstrap* bootstrap, aws_channel_on_protocol_negotiated_fn on_protocol_negotiated) => throw new System.NotImplementedException();

    /// <summary>aws_client_bootstrap_new_socket_channel</summary>
    internal static int NewSocketChannel(aws_socket_channel_bootstrap_options* options) => throw new System.NotImplementedException();
}
