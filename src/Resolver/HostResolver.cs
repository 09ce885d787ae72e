// SPDX-License-Identifier: Apache-2.0
using Reseau.Native.Common;

namespace Reseau.Native.Resolver;

/// <summary>
/// The host resolver contract: a counted object whose vtable may be the program's own. A missing resolver or argument
/// is a bad argument and changes nothing; an operation that the vtable leaves out is unsupported. Code of ours asks by
/// <see cref="Resolve"/> and gets addresses in binary, whoever made the resolver.
/// </summary>
internal static unsafe class HostResolver
{
    private const nuint DefaultTimeToLiveSeconds = 30;
    private const ulong DefaultFrequencyNanoseconds = 1_000_000_000;

    /// <summary>Makes the resolver that looks names up on threads of its own; the caller holds one reference.</summary>
    internal static aws_host_resolver* NewDefault(aws_allocator* allocator, aws_host_resolver_default_options* options)
    {
        if (allocator == null || options == null || options->el_group == null)
        {
            Log.Write(AWS_LL_ERROR, AWS_LS_IO_DNS,
                $"a host resolver needs an allocator, options and an event loop group");
            Errors.Raise(AWS_ERROR_INVALID_ARGUMENT);
            return null;
        }

        return DefaultHostResolver.New(allocator, options);
    }

    /// <summary>Takes one more reference; returns its argument, which may be NULL.</summary>
    internal static aws_host_resolver* Acquire(aws_host_resolver* resolver)
    {
        if (resolver != null)
            AwsRefCount.Acquire(&resolver->ref_count);
        return resolver;
    }

    /// <summary>Releases a reference; with the last one the shutdown begins. NULL is allowed.</summary>
    internal static void Release(aws_host_resolver* resolver)
    {
        if (resolver != null)
            AwsRefCount.Release(&resolver->ref_count);
    }

    /// <summary>
    /// Asks for a host's addresses. The callback runs once: now, on this thread, when addresses are known, else later
    /// on the host's resolver thread. After a failure of this call it does not run.
    /// </summary>
    internal static int ResolveHost(
        aws_host_resolver* resolver,
        aws_string* host_name,
        aws_on_host_resolved_result_fn res,
        aws_host_resolution_config* config,
        void* user_data)
    {
        if (!HasVtable(resolver) || host_name == null || res == null)
            return Errors.Raise(AWS_ERROR_INVALID_ARGUMENT);
        if (resolver->vtable->resolve_host == null)
            return Unsupported("resolve_host"u8);

        aws_host_resolution_config standard = InitDefaultResolutionConfig();
        return resolver->vtable->resolve_host(resolver, host_name, res, config == null ? &standard : config, user_data);
    }

    /// <summary>
    /// The same for code of ours. A resolver of the program's own may give any number of addresses, and texts that are
    /// none. The name must last until this has returned; the allocator, until the answer.
    /// </summary>
    internal static int Resolve(
        aws_host_resolver* resolver,
        aws_allocator* allocator,
        aws_string* name,
        aws_host_resolution_config* config,
        ResolveCallback* callback)
    {
        if (!HasVtable(resolver))
            return Errors.Raise(AWS_ERROR_INVALID_ARGUMENT);
        if (IsOurs(resolver))
            return DefaultHostResolver.Resolve((DefaultHostResolver*)resolver->impl, name, config, callback);
        return resolver->vtable->resolve_host != null
            ? ForeignResolution.Start(resolver, allocator, name, config, callback)
            : Unsupported("resolve_host"u8);
    }

    /// <summary>Reports that connecting to an address, which this resolver gave for the host, failed.</summary>
    internal static void RecordFailure(
        aws_host_resolver* resolver, aws_allocator* allocator, aws_string* host, AddressRecord* address)
    {
        if (IsOurs(resolver))
        {
            aws_string* given = address->Host != null ? address->Host : host;
            DefaultHostResolver.RecordFailure((DefaultHostResolver*)resolver->impl, given, address);
            return;
        }

        aws_host_address lent = AddressRecord.LendToC(address, host, allocator);
        RecordConnectionFailure(resolver, &lent);
    }

    /// <summary>Reports that connecting to this address failed.</summary>
    internal static int RecordConnectionFailure(aws_host_resolver* resolver, aws_host_address* address)
    {
        if (!HasVtable(resolver) || address == null)
            return Errors.Raise(AWS_ERROR_INVALID_ARGUMENT);
        return resolver->vtable->record_connection_failure != null
            ? resolver->vtable->record_connection_failure(resolver, address)
            : Unsupported("record_connection_failure"u8);
    }

    /// <summary>Forgets all hosts.</summary>
    internal static int PurgeCache(aws_host_resolver* resolver)
    {
        if (!HasVtable(resolver))
            return Errors.Raise(AWS_ERROR_INVALID_ARGUMENT);
        return resolver->vtable->purge_cache != null
            ? resolver->vtable->purge_cache(resolver)
            : Unsupported("purge_cache"u8);
    }

    /// <summary>Forgets all hosts; the callback runs when that is done, on another thread.</summary>
    internal static int PurgeCacheWithCallback(
        aws_host_resolver* resolver,
        aws_simple_completion_callback on_purge_cache_complete_callback,
        void* user_data)
    {
        if (!HasVtable(resolver))
            return Errors.Raise(AWS_ERROR_INVALID_ARGUMENT);
        return resolver->vtable->purge_cache_with_callback != null
            ? resolver->vtable->purge_cache_with_callback(resolver, on_purge_cache_complete_callback, user_data)
            : Unsupported("purge_cache_with_callback"u8);
    }

    /// <summary>Forgets one host; the callback runs when that is done, on another thread.</summary>
    internal static int PurgeHostCache(aws_host_resolver* resolver, aws_host_resolver_purge_host_options* options)
    {
        if (!HasVtable(resolver))
            return Errors.Raise(AWS_ERROR_INVALID_ARGUMENT);
        return resolver->vtable->purge_host_cache != null
            ? resolver->vtable->purge_host_cache(resolver, options)
            : Unsupported("purge_host_cache"u8);
    }

    /// <summary>How many usable addresses of the families in <paramref name="flags"/> the host has now.</summary>
    internal static nuint GetHostAddressCount(aws_host_resolver* resolver, aws_string* host_name, uint flags)
    {
        if (HasVtable(resolver) && host_name != null && resolver->vtable->get_host_address_count != null)
            return resolver->vtable->get_host_address_count(resolver, host_name, flags);

        Errors.Raise(AWS_ERROR_INVALID_ARGUMENT);
        return 0;
    }

    /// <summary>The platform's look-up, repeated every second, addresses kept for half a minute.</summary>
    internal static aws_host_resolution_config InitDefaultResolutionConfig()
    {
        aws_host_resolution_config config = default;
        config.impl = DnsResolver.Function;
        config.max_ttl = DefaultTimeToLiveSeconds;
        config.resolve_frequency_ns = DefaultFrequencyNanoseconds;
        return config;
    }

    private static bool IsOurs(aws_host_resolver* resolver) => resolver->vtable == DefaultResolverVtable.Pointer;

    private static bool HasVtable(aws_host_resolver* resolver) => resolver != null && resolver->vtable != null;

    private static int Unsupported(System.ReadOnlySpan<byte> operation)
    {
        fixed (byte* name = operation)
            Log.Write(AWS_LL_ERROR, AWS_LS_IO_DNS, $"the host resolver has no {name}");
        return Errors.Raise(AWS_ERROR_UNSUPPORTED_OPERATION);
    }
}
