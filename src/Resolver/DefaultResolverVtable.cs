// SPDX-License-Identifier: Apache-2.0
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Threading;
using Reseau.Native.Common;

namespace Reseau.Native.Resolver;

/// <summary>
/// The table of operations that every <see cref="DefaultHostResolver"/> points to. It is made once and lives as long as
/// the process; its entries check and translate. Code of ours calls by <see cref="HostResolver"/>, without the table.
/// </summary>
internal static unsafe class DefaultResolverVtable
{
    private static nint s_table;

    internal static aws_host_resolver_vtable* Pointer => StaticMemory.Get(ref s_table, &Entries);

    private static aws_host_resolver_vtable Entries() => new()
    {
        destroy = &Destroy,
        resolve_host = &ResolveHost,
        record_connection_failure = &RecordConnectionFailure,
        purge_cache = &PurgeCache,
        purge_cache_with_callback = &PurgeCacheWithCallback,
        purge_host_cache = &PurgeHostCache,
        get_host_address_count = &GetHostAddressCount,
    };

    private static DefaultHostResolver* Of(aws_host_resolver* self) => (DefaultHostResolver*)self->impl;

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void Destroy(aws_host_resolver* self) => DefaultHostResolver.ShutDown(Of(self));

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int ResolveHost(
        aws_host_resolver* self,
        aws_string* name,
        aws_on_host_resolved_result_fn onResolved,
        aws_host_resolution_config* config,
        void* userData)
    {
        ResolveCallback callback = ResolveCallback.ToC(onResolved, userData);
        return DefaultHostResolver.Resolve(Of(self), name, config, &callback);
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int RecordConnectionFailure(aws_host_resolver* self, aws_host_address* address)
    {
        if (address->host == null || address->address == null)
            return Errors.Raise(AWS_ERROR_INVALID_ARGUMENT);

        AddressRecord record = AddressRecord.FromC(address);
        return DefaultHostResolver.RecordFailure(Of(self), address->host, &record);
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int PurgeCache(aws_host_resolver* self) => DefaultHostResolver.Purge(Of(self), null, null);

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int PurgeCacheWithCallback(
        aws_host_resolver* self,
        aws_simple_completion_callback onPurged,
        void* userData) =>
        DefaultHostResolver.Purge(Of(self), onPurged, userData);

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int PurgeHostCache(aws_host_resolver* self, aws_host_resolver_purge_host_options* options)
    {
        if (options == null || options->host == null)
        {
            Log.Write(AWS_LL_ERROR, AWS_LS_IO_DNS, $"id=0x{(nint)self:x}: which host is to be purged is not said");
            return Errors.Raise(AWS_ERROR_INVALID_ARGUMENT);
        }

        return DefaultHostResolver.PurgeHost(
            Of(self), options->host, options->on_host_purge_complete_callback, options->user_data);
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static nuint GetHostAddressCount(aws_host_resolver* self, aws_string* name, uint flags) =>
        DefaultHostResolver.CountAddresses(Of(self), name, flags);
}
