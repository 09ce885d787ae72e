// SPDX-License-Identifier: Apache-2.0
using Reseau.Native.Common;

namespace Reseau.Native.Resolver;

/// <summary>
/// A host that somebody asked for: its addresses, those who wait for them, and the thread or task that looks them up,
/// which owns the entry and frees it at its end; until then the resolver lives too.
/// </summary>
internal unsafe struct HostEntry
{
    internal const ulong NanosecondsPerSecond = 1_000_000_000;

    internal aws_allocator* Allocator;
    internal DefaultHostResolver* Resolver;
    internal aws_string* Name;
    internal aws_host_resolution_config Config;

    internal aws_mutex Lock;

    // What follows is guarded by the lock; the signal reports a shutdown or a request.
    internal aws_condition_variable Signal;
    internal HostAddresses Addresses;
    internal aws_linked_list Requests;
    internal ulong LastRequest;
    internal HostPurge* Purge;
    internal bool IsShuttingDown;

    /// <summary>NULL if a thread looks the name up, which waits for the signal.</summary>
    internal HostTask* Task;

    /// <summary>NULL with the error raised if the system has no lock to give.</summary>
    internal static HostEntry* New(
        DefaultHostResolver* resolver,
        aws_string* name,
        aws_host_resolution_config* config,
        ulong now)
    {
        aws_allocator* allocator = resolver->Public.allocator;
        HostEntry* entry = (HostEntry*)Common.Allocator.Calloc(allocator, 1, (nuint)sizeof(HostEntry));
        entry->Allocator = allocator;
        entry->Resolver = resolver;
        entry->Name = AwsString.NewFromString(allocator, name);
        entry->Config = *config;
        if (entry->Config.impl == null)
            entry->Config.impl = DnsResolver.Function;
        if (entry->Config.resolve_frequency_ns == 0)
            entry->Config.resolve_frequency_ns = NanosecondsPerSecond;

        HostAddresses.Init(&entry->Addresses, allocator, entry->Name);
        LinkedList.Init(&entry->Requests);
        entry->LastRequest = now;
        if (Mutex.Init(&entry->Lock) == AWS_OP_SUCCESS && ConditionVariable.Init(&entry->Signal) == AWS_OP_SUCCESS)
            return entry;

        int error = Errors.LastError();
        Discard(entry);
        Errors.Raise(error);
        return null;
    }

    /// <summary>Frees an entry that nobody else sees, with the requests that still wait in it.</summary>
    internal static void Discard(HostEntry* entry)
    {
        while (!LinkedList.IsEmpty(&entry->Requests))
            ResolveRequest.Take(&entry->Requests, entry->Allocator);
        HostAddresses.CleanUp(&entry->Addresses);
        ConditionVariable.CleanUp(&entry->Signal);
        Mutex.CleanUp(&entry->Lock);
        AwsString.Destroy(entry->Name);
        Common.Allocator.Release(entry->Allocator, entry);
    }

    /// <summary>
    /// Answers from what is known, or queues the request and ends a pause. Called with the lock, which it drops.
    /// </summary>
    internal static void Ask(HostEntry* entry, aws_string* name, ResolveCallback* callback, ulong now)
    {
        entry->LastRequest = now;
        if (!HostAddresses.HasUsable(&entry->Addresses))
        {
            AddRequest(entry, callback);
            Notify(entry);
            Mutex.Unlock(&entry->Lock);
            return;
        }

        AddressRecord* records = stackalloc AddressRecord[HostAddresses.MaxTaken];
        int count = HostAddresses.TakeNext(&entry->Addresses, records, orFailed: false);
        aws_host_resolver* resolver = &entry->Resolver->Public;
        Mutex.Unlock(&entry->Lock);
        Answer(callback, resolver, name, AWS_ERROR_SUCCESS, records, count);
    }

    /// <summary>Queues a request. Under the lock, or before anybody else sees the entry.</summary>
    internal static void AddRequest(HostEntry* entry, ResolveCallback* callback) =>
        ResolveRequest.Queue(&entry->Requests, callback, entry->Allocator);

    /// <summary>Without the lock. The records' strings end here.</summary>
    internal static void Answer(
        ResolveCallback* callback,
        aws_host_resolver* resolver,
        aws_string* name,
        int error,
        AddressRecord* records,
        int count)
    {
        callback->Call(callback, resolver, name, error, records, count);
        for (int i = 0; i < count; i++)
            AddressRecord.CleanUp(&records[i]);
    }

    /// <summary>
    /// Lets the thread or task end soon; it then releases <paramref name="purge"/>. Under the resolver's lock.
    /// </summary>
    internal static void ShutDown(HostEntry* entry, HostPurge* purge)
    {
        // Notified under the lock: once it is free, the entry may be gone.
        Mutex.Lock(&entry->Lock);
        entry->IsShuttingDown = true;
        entry->Purge = purge;
        Notify(entry);
        Mutex.Unlock(&entry->Lock);
    }

    // Under the lock.
    private static void Notify(HostEntry* entry)
    {
        if (entry->Task != null)
            HostTask.Wake(entry->Task);
        else
            ConditionVariable.NotifyAll(&entry->Signal);
    }
}
