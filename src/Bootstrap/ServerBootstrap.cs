// SPDX-License-Identifier: Apache-2.0
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Reseau.Native.Common;
using Reseau.Native.EventLoops;

namespace Reseau.Native.Bootstrap;

/// <summary>What listeners have in common: the loops that accepted connections are spread over.</summary>
internal static unsafe class ServerBootstrap
{
    /// <summary>
    /// A bootstrap with one reference, the caller's. NULL with the last error set on bad arguments. Any thread.
    /// </summary>
    internal static aws_server_bootstrap* New(aws_allocator* allocator, aws_event_loop_group* el_group)
    {
        if (allocator == null || el_group == null)
        {
            Errors.Raise(AWS_ERROR_INVALID_ARGUMENT);
            return null;
        }

        aws_server_bootstrap* bootstrap =
            (aws_server_bootstrap*)Allocator.Calloc(allocator, 1, (nuint)sizeof(aws_server_bootstrap));
        bootstrap->allocator = allocator;
        bootstrap->event_loop_group = EventLoopGroup.Acquire(el_group);
        AwsRefCount.Init(&bootstrap->ref_count, bootstrap, &OnUnreferenced);
        Log.Write(AWS_LL_DEBUG, AWS_LS_IO_CHANNEL_BOOTSTRAP,
            $"id=0x{(nint)bootstrap:x}: new server bootstrap on group 0x{(nint)el_group:x}");
        return bootstrap;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void OnUnreferenced(void* userData)
    {
        aws_server_bootstrap* bootstrap = (aws_server_bootstrap*)userData;
        aws_event_loop_group* group = bootstrap->event_loop_group;
        Allocator.Release(bootstrap->allocator, bootstrap);
        EventLoopGroup.Release(group);
    }

    /// <summary>One more reference; NULL gives NULL. Any thread.</summary>
    internal static aws_server_bootstrap* Acquire(aws_server_bootstrap* bootstrap)
    {
        if (bootstrap != null)
            AwsRefCount.Acquire(&bootstrap->ref_count);
        return bootstrap;
    }

    /// <summary>Ends a reference; the last one frees the bootstrap. Any thread.</summary>
    internal static void Release(aws_server_bootstrap* bootstrap)
    {
        if (bootstrap != null)
            AwsRefCount.Release(&bootstrap->ref_count);
    }

    /// <summary>Who makes the handler for a negotiated protocol. Before the first listener.</summary>
    internal static int SetAlpnCallback(
        aws_server_bootstrap* bootstrap,
        aws_channel_on_protocol_negotiated_fn on_protocol_negotiated)
    {
        if (bootstrap == null || on_protocol_negotiated == null)
            return Errors.Raise(AWS_ERROR_INVALID_ARGUMENT);
        bootstrap->on_protocol_negotiated = on_protocol_negotiated;
        return AWS_OP_SUCCESS;
    }

    /// <summary>
    /// Listens; every accepted connection becomes a channel on one of the group's loops. The result belongs to the
    /// library and is ended by <see cref="DestroySocketListener"/>. NULL with the last error set on failure; the
    /// destroy callback then comes as well, as for a listener that had started. Any thread.
    /// </summary>
    internal static aws_socket* NewSocketListener(aws_server_socket_channel_bootstrap_options* bootstrap_options)
    {
        if (bootstrap_options == null || bootstrap_options->bootstrap == null ||
            bootstrap_options->socket_options == null || bootstrap_options->host_name == null ||
            bootstrap_options->incoming_callback == null || bootstrap_options->shutdown_callback == null)
        {
            Errors.Raise(AWS_ERROR_INVALID_ARGUMENT);
            return null;
        }

        if (!TlsSetup.IsValid(bootstrap_options->tls_options, bootstrap_options->socket_options))
        {
            Errors.Raise(AWS_ERROR_INVALID_ARGUMENT);
            return null;
        }

        return ChannelListener.New(bootstrap_options);
    }

    /// <summary>
    /// Stops listening, on the listener's loop. The destroy callback comes when the listener and every channel it has
    /// accepted are gone. Any thread.
    /// </summary>
    internal static void DestroySocketListener(aws_server_bootstrap* bootstrap, aws_socket* listener)
    {
        if (listener != null)
            ChannelListener.Destroy(listener);
    }
}
