// SPDX-License-Identifier: Apache-2.0
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Reseau.Native.Bootstrap;

namespace Reseau.Native.Exports;

/// <summary>The C entry points of &lt;aws/io/channel_bootstrap.h&gt;.</summary>
public static unsafe class Exports_io_channel_bootstrap
{
    [UnmanagedCallersOnly(EntryPoint = "aws_client_bootstrap_new", CallConvs = [typeof(CallConvCdecl)])]
    public static aws_client_bootstrap* aws_client_bootstrap_new(aws_allocator* allocator, aws_client_bootstrap_options* options) => ClientBootstrap.New(allocator, options);

    [UnmanagedCallersOnly(EntryPoint = "aws_client_bootstrap_acquire", CallConvs = [typeof(CallConvCdecl)])]
    public static aws_client_bootstrap* aws_client_bootstrap_acquire(aws_client_bootstrap* bootstrap) => ClientBootstrap.Acquire(bootstrap);

    [UnmanagedCallersOnly(EntryPoint = "aws_client_bootstrap_release", CallConvs = [typeof(CallConvCdecl)])]
    public static void aws_client_bootstrap_release(aws_client_bootstrap* bootstrap) => ClientBootstrap.Release(bootstrap);

    [UnmanagedCallersOnly(EntryPoint = "aws_client_bootstrap_set_alpn_callback", CallConvs = [typeof(CallConvCdecl)])]
    public static int aws_client_bootstrap_set_alpn_callback(aws_client_bootstrap* bootstrap, aws_channel_on_protocol_negotiated_fn on_protocol_negotiated) => ClientBootstrap.SetAlpnCallback(bootstrap, on_protocol_negotiated);

    [UnmanagedCallersOnly(EntryPoint = "aws_client_bootstrap_new_socket_channel", CallConvs = [typeof(CallConvCdecl)])]
    public static int aws_client_bootstrap_new_socket_channel(aws_socket_channel_bootstrap_options* options) => ClientBootstrap.NewSocketChannel(options);

    [UnmanagedCallersOnly(EntryPoint = "aws_server_bootstrap_new", CallConvs = [typeof(CallConvCdecl)])]
    public static aws_server_bootstrap* aws_server_bootstrap_new(aws_allocator* allocator, aws_event_loop_group* el_group) => ServerBootstrap.New(allocator, el_group);

    [UnmanagedCallersOnly(EntryPoint = "aws_server_bootstrap_acquire", CallConvs = [typeof(CallConvCdecl)])]
    public static aws_server_bootstrap* aws_server_bootstrap_acquire(aws_server_bootstrap* bootstrap) => ServerBootstrap.Acquire(bootstrap);

    [UnmanagedCallersOnly(EntryPoint = "aws_server_bootstrap_release", CallConvs = [typeof(CallConvCdecl)])]
    public static void aws_server_bootstrap_release(aws_server_bootstrap* bootstrap) => ServerBootstrap.Release(bootstrap);

    [UnmanagedCallersOnly(EntryPoint = "aws_server_bootstrap_set_alpn_callback", CallConvs = [typeof(CallConvCdecl)])]
    public static int aws_server_bootstrap_set_alpn_callback(aws_server_bootstrap* bootstrap, aws_channel_on_protocol_negotiated_fn on_protocol_negotiated) => ServerBootstrap.SetAlpnCallback(bootstrap, on_protocol_negotiated);

    [UnmanagedCallersOnly(EntryPoint = "aws_server_bootstrap_new_socket_listener", CallConvs = [typeof(CallConvCdecl)])]
    public static aws_socket* aws_server_bootstrap_new_socket_listener(aws_server_socket_channel_bootstrap_options* bootstrap_options) => ServerBootstrap.NewSocketListener(bootstrap_options);

    [UnmanagedCallersOnly(EntryPoint = "aws_server_bootstrap_destroy_socket_listener", CallConvs = [typeof(CallConvCdecl)])]
    public static void aws_server_bootstrap_destroy_socket_listener(aws_server_bootstrap* bootstrap, aws_socket* listener) => ServerBootstrap.DestroySocketListener(bootstrap, listener);
}
