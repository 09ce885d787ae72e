// SPDX-License-Identifier: Apache-2.0
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Reseau.Native.Resolver;

namespace Reseau.Native.Exports;

/// <summary>The C entry points of &lt;aws/io/host_resolver.h&gt;.</summary>
public static unsafe class Exports_io_host_resolver
{
    [UnmanagedCallersOnly(EntryPoint = "aws_host_address_copy", CallConvs = [typeof(CallConvCdecl)])]
    public static int aws_host_address_copy(aws_host_address* from, aws_host_address* to) => HostAddress.Copy(from, to);

    [UnmanagedCallersOnly(EntryPoint = "aws_host_address_move", CallConvs = [typeof(CallConvCdecl)])]
    public static void aws_host_address_move(aws_host_address* from, aws_host_address* to) => HostAddress.Move(from, to);

    [UnmanagedCallersOnly(EntryPoint = "aws_host_address_clean_up", CallConvs = [typeof(CallConvCdecl)])]
    public static void aws_host_address_clean_up(aws_host_address* address) => HostAddress.CleanUp(address);

    [UnmanagedCallersOnly(EntryPoint = "aws_default_dns_resolve", CallConvs = [typeof(CallConvCdecl)])]
    public static int aws_default_dns_resolve(aws_allocator* allocator, aws_string* host_name, aws_array_list* output_addresses, void* user_data) => DnsResolver.Resolve(allocator, host_name, output_addresses, user_data);

    [UnmanagedCallersOnly(EntryPoint = "aws_host_resolver_new_default", CallConvs = [typeof(CallConvCdecl)])]
    public static aws_host_resolver* aws_host_resolver_new_default(aws_allocator* allocator, aws_host_resolver_default_options* options) => HostResolver.NewDefault(allocator, options);

    [UnmanagedCallersOnly(EntryPoint = "aws_host_resolver_acquire", CallConvs = [typeof(CallConvCdecl)])]
    public static aws_host_resolver* aws_host_resolver_acquire(aws_host_resolver* resolver) => HostResolver.Acquire(resolver);

    [UnmanagedCallersOnly(EntryPoint = "aws_host_resolver_release", CallConvs = [typeof(CallConvCdecl)])]
    public static void aws_host_resolver_release(aws_host_resolver* resolver) => HostResolver.Release(resolver);

    [UnmanagedCallersOnly(EntryPoint = "aws_host_resolver_resolve_host", CallConvs = [typeof(CallConvCdecl)])]
    public static int aws_host_resolver_resolve_host(aws_host_resolver* resolver, aws_string* host_name, aws_on_host_resolved_result_fn res, aws_host_resolution_config* config, void* user_data) => HostResolver.ResolveHost(resolver, host_name, res, config, user_data);

    [UnmanagedCallersOnly(EntryPoint = "aws_host_resolver_record_connection_failure", CallConvs = [typeof(CallConvCdecl)])]
    public static int aws_host_resolver_record_connection_failure(aws_host_resolver* resolver, aws_host_address* address) => HostResolver.RecordConnectionFailure(resolver, address);

    [UnmanagedCallersOnly(EntryPoint = "aws_host_resolver_purge_cache", CallConvs = [typeof(CallConvCdecl)])]
    public static int aws_host_resolver_purge_cache(aws_host_resolver* resolver) => HostResolver.PurgeCache(resolver);

    [UnmanagedCallersOnly(EntryPoint = "aws_host_resolver_purge_cache_with_callback", CallConvs = [typeof(CallConvCdecl)])]
    public static int aws_host_resolver_purge_cache_with_callback(aws_host_resolver* resolver, aws_simple_completion_callback on_purge_cache_complete_callback, void* user_data) => HostResolver.PurgeCacheWithCallback(resolver, on_purge_cache_complete_callback, user_data);

    [UnmanagedCallersOnly(EntryPoint = "aws_host_resolver_purge_host_cache", CallConvs = [typeof(CallConvCdecl)])]
    public static int aws_host_resolver_purge_host_cache(aws_host_resolver* resolver, aws_host_resolver_purge_host_options* options) => HostResolver.PurgeHostCache(resolver, options);

    [UnmanagedCallersOnly(EntryPoint = "aws_host_resolver_get_host_address_count", CallConvs = [typeof(CallConvCdecl)])]
    public static nuint aws_host_resolver_get_host_address_count(aws_host_resolver* resolver, aws_string* host_name, uint flags) => HostResolver.GetHostAddressCount(resolver, host_name, flags);

    [UnmanagedCallersOnly(EntryPoint = "aws_host_resolver_init_default_resolution_config", CallConvs = [typeof(CallConvCdecl)])]
    public static aws_host_resolution_config aws_host_resolver_init_default_resolution_config() => HostResolver.InitDefaultResolutionConfig();
}
