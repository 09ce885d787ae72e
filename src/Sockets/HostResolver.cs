// SPDX-License-Identifier: Apache-2.0

namespace Reseau.Native.Sockets;

/// <summary></summary>
internal static unsafe class HostResolver
{
    /// <summary>aws_host_resolver_new_default</summary>
    internal static aws_host_resolver* NewDefault(aws_allocator* allocator, aws_host_resolver_default_options* options) => throw new System.NotImplementedException();

    /// <summary>aws_host_resolver_acquire</summary>
    internal static aws_host_resolver* Acquire(aws_host_resolver* resolver) => throw new System.NotImplementedException();

    /// <summary>aws_host_resolver_release</summary>
    internal static void Release(aws_host_resolver* resolver) => throw new System.NotImplementedException();

    /// <summary>aws_host_resolver_resolve_host</summary>
    internal static int ResolveHost(aws_host_resolver* resolver, aws_string* host_name, aws_on_host_resolved_result_fn res, aws_host_resolution_config* config, void* user_data) => throw new System.NotImplementedException();

    /// <summary>aws_host_resolver_record_connection_failure</summary>
    internal static int RecordConnectionFailure(aws_host_resolver* resolver, aws_host_address* address) => throw new System.NotImplementedException();

    /// <summary>aws_host_resolver_purge_cache</summary>
    internal static int PurgeCache(aws_host_resolver* resolver) => throw new System.NotImplementedException();

    /// <summary>aws_host_resolver_purge_cache_with_callback</summary>
    internal static int PurgeCacheWithCallback(aws_host_resolver* resolver, aws_simple_completion_callback on_purge_cache_complete_callback, void* user_data) => throw new System.NotImplementedException();

    /// <summary>aws_host_resolver_purge_host_cache</summary>
    internal static int PurgeHostCache(aws_host_resolver* resolver, aws_host_resolver_purge_host_options* options) => throw new System.NotImplementedException();

    /// <summary>aws_host_resolver_get_host_address_count</summary>
    internal static nuint GetHostAddressCount(aws_host_resolver* resolver, aws_string* host_name, uint flags) => throw new System.NotImplementedException();

    /// <summary>aws_host_resolver_init_default_resolution_config</summary>
    internal static aws_host_resolution_config InitDefaultResolutionConfig() => throw new System.NotImplementedException();
}
