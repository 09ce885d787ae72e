// SPDX-License-Identifier: Apache-2.0
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Reseau.Native.Common;
using Reseau.Native.EventLoops;
using Reseau.Native.Resolver;
using Reseau.Native.Sockets;

namespace Reseau.Native.Bootstrap;

/// <summary>What outgoing connections have in common: the loops, the resolver and its configuration.</summary>
internal static unsafe class ClientBootstrap
{
    private struct Block
    {
        // First, so that a pointer to it is one to the block.
        internal aws_client_bootstrap Bootstrap;
        internal ClientSettings.Cache Settings;
    }

    /// <summary>What its connections share.</summary>
    internal static ClientSettings.Cache* SettingsOf(aws_client_bootstrap* bootstrap) => &((Block*)bootstrap)->Settings;

    /// <summary>
    /// A bootstrap with one reference, the caller's. It keeps the group and the resolver; without a resolver only
    /// Unix and VSOCK sockets can be connected. NULL with the last error set on bad arguments. Any thread.
    /// </summary>
    internal static aws_client_bootstrap* New(aws_allocator* allocator, aws_client_bootstrap_options* options)
    {
        if (allocator == null || options == null || options->event_loop_group == null)
        {
            Errors.Raise(AWS_ERROR_INVALID_ARGUMENT);
            return null;
        }

        aws_client_bootstrap* bootstrap = &Allocator.New<Block>(allocator)->Bootstrap;
        bootstrap->allocator = allocator;
        bootstrap->event_loop_group = EventLoopGroup.Acquire(options->event_loop_group);
        bootstrap->host_resolver = HostResolver.Acquire(options->host_resolver);
        bootstrap->host_resolver_config = options->host_resolution_config != null
            ? *options->host_resolution_config
            : HostResolver.InitDefaultResolutionConfig();
        bootstrap->on_shutdown_complete = options->on_shutdown_complete;
        bootstrap->user_data = options->user_data;
        AwsRefCount.Init(&bootstrap->ref_count, bootstrap, &OnUnreferenced);
        Log.Write(AWS_LL_DEBUG, AWS_LS_IO_CHANNEL_BOOTSTRAP,
            $"id=0x{(nint)bootstrap:x}: new client bootstrap on group 0x{(nint)options->event_loop_group:x}");
        return bootstrap;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void OnUnreferenced(void* userData)
    {
        aws_client_bootstrap* bootstrap = (aws_client_bootstrap*)userData;
        aws_client_bootstrap_shutdown_complete_fn onShutdown = bootstrap->on_shutdown_complete;
        void* shutdownUserData = bootstrap->user_data;

        EventLoopGroup.Release(bootstrap->event_loop_group);
        HostResolver.Release(bootstrap->host_resolver);
        ClientSettings.Cache.CleanUp(SettingsOf(bootstrap), bootstrap->allocator);
        Allocator.Release(bootstrap->allocator, bootstrap);
        if (onShutdown != null)
            onShutdown(shutdownUserData);
    }

    /// <summary>One more reference; NULL gives NULL. Any thread.</summary>
    internal static aws_client_bootstrap* Acquire(aws_client_bootstrap* bootstrap)
    {
        if (bootstrap != null)
            AwsRefCount.Acquire(&bootstrap->ref_count);
        return bootstrap;
    }

    /// <summary>Ends a reference; the last one frees the bootstrap. Any thread.</summary>
    internal static void Release(aws_client_bootstrap* bootstrap)
    {
        if (bootstrap != null)
            AwsRefCount.Release(&bootstrap->ref_count);
    }

    /// <summary>Who makes the handler for a negotiated protocol. Before the first connection.</summary>
    internal static int SetAlpnCallback(
        aws_client_bootstrap* bootstrap,
        aws_channel_on_protocol_negotiated_fn on_protocol_negotiated)
    {
        if (bootstrap == null || on_protocol_negotiated == null)
            return Errors.Raise(AWS_ERROR_INVALID_ARGUMENT);
        bootstrap->on_protocol_negotiated = on_protocol_negotiated;
        return AWS_OP_SUCCESS;
    }

    /// <summary>
    /// Connects and builds a channel. On success the setup callback comes exactly once, on the channel's loop, and the
    /// shutdown callback only if setup had succeeded; on failure neither. Any thread.
    /// </summary>
    internal static int NewSocketChannel(aws_socket_channel_bootstrap_options* options)
    {
        if (options == null || options->bootstrap == null || options->socket_options == null ||
            options->host_name == null || options->setup_callback == null || options->shutdown_callback == null)
        {
            return Errors.Raise(AWS_ERROR_INVALID_ARGUMENT);
        }

        if (!TlsSetup.IsValid(options->tls_options, options->socket_options))
            return Errors.Raise(AWS_ERROR_INVALID_ARGUMENT);

        if (options->requested_event_loop != null &&
            !IsLoopOfGroup(options->requested_event_loop, options->bootstrap->event_loop_group))
        {
            return Errors.Raise(AWS_ERROR_IO_PINNED_EVENT_LOOP_MISMATCH);
        }

        return ClientConnection.Start(options);
    }

    private static bool IsLoopOfGroup(aws_event_loop* loop, aws_event_loop_group* group)
    {
        nuint count = EventLoopGroup.GetLoopCount(group);
        for (nuint i = 0; i < count; i++)
        {
            if (EventLoopGroup.GetLoopAt(group, i) == loop)
                return true;
        }

        return false;
    }
}
