// SPDX-License-Identifier: Apache-2.0
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Reseau.Native.Common;
using Reseau.Native.EventLoops;
using Mutex = Reseau.Native.Common.Threading.Mutex;

namespace Reseau.Native.Resolver;

/// <summary>
/// The resolver that aws_host_resolver_new_default makes: a table of hosts, each with a thread that keeps its addresses
/// fresh; with loops that have no threads, a task. Two locks, always taken in this order: the resolver's, a host's. No
/// callback runs under either. Functions that return an int raise the error.
/// </summary>
internal unsafe struct DefaultHostResolver
{
    // First, so that the public object is this one.
    internal aws_host_resolver Public;

    internal aws_mutex Lock;

    /// <summary>Where tasks keep hosts' addresses fresh; NULL if threads do.</summary>
    internal aws_event_loop* Loop;

    // From the name to the HostEntry. An entry in the table is alive.
    private aws_hash_table _entries;
    private aws_event_loop_group* _loops;
    private aws_io_clock_fn _clock;
    private uint _liveEntries;
    private bool _isShuttingDown;

    // What Fork.Count was when the resolver was made.
    private int _forks;

    internal static aws_host_resolver* New(aws_allocator* allocator, aws_host_resolver_default_options* options)
    {
        DefaultHostResolver* resolver = Allocator.New<DefaultHostResolver>(allocator);
        int made = HashTable.Init(
            &resolver->_entries, allocator, options->max_entries, &HashName, &EqualNames, null, null);
        if (made == AWS_OP_SUCCESS)
            made = Mutex.Init(&resolver->Lock);
        if (made != AWS_OP_SUCCESS)
        {
            int error = Errors.LastError();
            HashTable.CleanUp(&resolver->_entries);
            Allocator.Release(allocator, resolver);
            Errors.Raise(error);
            return null;
        }

        resolver->_forks = Fork.Count;
        resolver->Public.allocator = allocator;
        resolver->Public.impl = resolver;
        resolver->Public.vtable = DefaultResolverVtable.Pointer;
        AwsRefCount.Init(&resolver->Public.ref_count, resolver, &OnLastReference);
        if (options->shutdown_options != null)
            resolver->Public.shutdown_options = *options->shutdown_options;
        resolver->_loops = EventLoopGroup.Acquire(options->el_group);
        aws_event_loop* first = EventLoopGroup.GetLoopAt(options->el_group, 0);
        resolver->Loop = EventLoop.HasThread(first) ? null : first;
        resolver->_clock = options->system_clock_override_fn;
        Log.Write(AWS_LL_INFO, AWS_LS_IO_DNS,
            $"id=0x{(nint)resolver:x}: host resolver made for {options->max_entries} hosts");
        return &resolver->Public;
    }

    /// <summary>Nanoseconds: of the clock that was given, of the loop's, or of the monotonic one.</summary>
    internal static ulong Now(DefaultHostResolver* resolver)
    {
        ulong now = 0;
        if (resolver->_clock != null)
            resolver->_clock(&now);
        else if (resolver->Loop != null)
            EventLoop.CurrentClockTime(resolver->Loop, &now);
        else
            Clock.HighResTicks(&now);
        return now;
    }

    /// <summary>
    /// Takes a host out of the table, unless a younger entry of the same name stands there. Under the lock.
    /// </summary>
    internal static void Remove(DefaultHostResolver* resolver, HostEntry* entry)
    {
        aws_hash_element* element = Find(resolver, entry->Name);
        if (element != null && element->value == entry)
            HashTable.RemoveElement(&resolver->_entries, element);
    }

    /// <summary>
    /// A host's thread or task is done and its entry freed. The last one after the shutdown frees the resolver.
    /// </summary>
    internal static void OnEntryGone(DefaultHostResolver* resolver)
    {
        Mutex.Lock(&resolver->Lock);
        resolver->_liveEntries--;
        bool isLast = resolver->_isShuttingDown && resolver->_liveEntries == 0;
        Mutex.Unlock(&resolver->Lock);

        if (isLast)
            Free(resolver);
    }

    /// <summary>The last reference is gone: the hosts end, and then the resolver does.</summary>
    internal static void ShutDown(DefaultHostResolver* resolver)
    {
        if (IsInherited(resolver))
        {
            AnnounceEnd(resolver->Public.shutdown_options);
            return;
        }

        Mutex.Lock(&resolver->Lock);
        PurgeAll(resolver, null);
        resolver->_isShuttingDown = true;
        bool isLast = resolver->_liveEntries == 0;
        Mutex.Unlock(&resolver->Lock);

        if (isLast)
            Free(resolver);
    }

    internal static int Resolve(
        DefaultHostResolver* resolver,
        aws_string* name,
        aws_host_resolution_config* config,
        ResolveCallback* callback)
    {
        if (IsInherited(resolver))
            return Errors.Raise(AWS_ERROR_INVALID_STATE);

        Log.Write(AWS_LL_DEBUG, AWS_LS_IO_DNS, $"id=0x{(nint)resolver:x}: asked for {name}");
        ulong now = Now(resolver);

        Mutex.Lock(&resolver->Lock);
        HostEntry* entry = FindEntry(resolver, name);
        if (entry == null)
        {
            int result = StartEntry(resolver, name, config, callback, now);
            Mutex.Unlock(&resolver->Lock);
            return result;
        }

        // With its own lock held the entry stays, so others need not wait for this host.
        Mutex.Lock(&entry->Lock);
        Mutex.Unlock(&resolver->Lock);
        HostEntry.Ask(entry, name, callback, now);
        return AWS_OP_SUCCESS;
    }

    internal static int RecordFailure(DefaultHostResolver* resolver, aws_string* host, AddressRecord* address)
    {
        if (IsInherited(resolver))
            return Errors.Raise(AWS_ERROR_INVALID_STATE);

        Log.Write(AWS_LL_INFO, AWS_LS_IO_DNS,
            $"id=0x{(nint)resolver:x}: connecting to {new AddressName(address)} of {host} failed");
        Mutex.Lock(&resolver->Lock);
        HostEntry* entry = FindEntry(resolver, host);
        if (entry == null)
        {
            Mutex.Unlock(&resolver->Lock);
            return AWS_OP_SUCCESS;
        }

        Mutex.Lock(&entry->Lock);
        Mutex.Unlock(&resolver->Lock);
        HostAddresses.RecordFailure(&entry->Addresses, address);
        Mutex.Unlock(&entry->Lock);
        return AWS_OP_SUCCESS;
    }

    /// <summary>Forgets all hosts. The function, if any, runs when that is done, on another thread.</summary>
    internal static int Purge(
        DefaultHostResolver* resolver, aws_simple_completion_callback onPurged, void* userData)
    {
        if (IsInherited(resolver))
            return Errors.Raise(AWS_ERROR_INVALID_STATE);

        HostPurge* purge = HostPurge.New(resolver->Public.allocator, onPurged, userData);
        Mutex.Lock(&resolver->Lock);
        PurgeAll(resolver, purge);
        Mutex.Unlock(&resolver->Lock);

        HostPurge.ReleaseLater(purge, resolver->_loops);
        return AWS_OP_SUCCESS;
    }

    /// <summary>The same for one host.</summary>
    internal static int PurgeHost(
        DefaultHostResolver* resolver, aws_string* host, aws_simple_completion_callback onPurged, void* userData)
    {
        if (IsInherited(resolver))
            return Errors.Raise(AWS_ERROR_INVALID_STATE);

        Log.Write(AWS_LL_INFO, AWS_LS_IO_DNS, $"id=0x{(nint)resolver:x}: purges {host}");
        HostPurge* purge = HostPurge.New(resolver->Public.allocator, onPurged, userData);

        Mutex.Lock(&resolver->Lock);
        HostEntry* entry = FindEntry(resolver, host);
        if (entry != null)
        {
            Remove(resolver, entry);
            HostEntry.ShutDown(entry, purge);
        }

        Mutex.Unlock(&resolver->Lock);
        if (entry == null)
            HostPurge.ReleaseLater(purge, resolver->_loops);
        return AWS_OP_SUCCESS;
    }

    internal static nuint CountAddresses(DefaultHostResolver* resolver, aws_string* name, uint flags)
    {
        if (IsInherited(resolver))
            return 0;

        nuint count = 0;
        Mutex.Lock(&resolver->Lock);
        HostEntry* entry = FindEntry(resolver, name);
        if (entry != null)
        {
            Mutex.Lock(&entry->Lock);
            count = HostAddresses.Count(&entry->Addresses, flags);
            Mutex.Unlock(&entry->Lock);
        }

        Mutex.Unlock(&resolver->Lock);
        return count;
    }

    /// <summary>In a process that came out of fork the hosts' threads are not there, and a lock may be held.</summary>
    private static bool IsInherited(DefaultHostResolver* resolver) => resolver->_forks != Fork.Count;

    private static aws_hash_element* Find(DefaultHostResolver* resolver, aws_string* name)
    {
        aws_hash_element* element = null;
        HashTable.Find(&resolver->_entries, name, &element);
        return element;
    }

    private static HostEntry* FindEntry(DefaultHostResolver* resolver, aws_string* name)
    {
        aws_hash_element* element = Find(resolver, name);
        return element == null ? null : (HostEntry*)element->value;
    }

    // Empties the table; every host ends. Under the lock.
    private static void PurgeAll(DefaultHostResolver* resolver, HostPurge* purge)
    {
        aws_hash_iter iterator = HashIterator.Begin(&resolver->_entries);
        for (; !HashIterator.Done(&iterator); HashIterator.Next(&iterator))
            HostEntry.ShutDown((HostEntry*)iterator.element.value, HostPurge.Acquire(purge));
        HashTable.Clear(&resolver->_entries);
    }

    private static void Free(DefaultHostResolver* resolver)
    {
        aws_shutdown_callback_options shutdown = resolver->Public.shutdown_options;
        Log.Write(AWS_LL_INFO, AWS_LS_IO_DNS, $"id=0x{(nint)resolver:x}: host resolver gone");
        EventLoopGroup.Release(resolver->_loops);
        HashTable.CleanUp(&resolver->_entries);
        Mutex.CleanUp(&resolver->Lock);
        Allocator.Release(resolver->Public.allocator, resolver);
        AnnounceEnd(shutdown);
    }

    private static int Launch(DefaultHostResolver* resolver, HostEntry* entry)
    {
        if (resolver->Loop == null)
            return HostThread.Launch(entry);
        HostTask.Launch(entry, resolver->Loop);
        return AWS_OP_SUCCESS;
    }

    private static void AnnounceEnd(aws_shutdown_callback_options shutdown)
    {
        if (shutdown.shutdown_callback_fn != null)
            shutdown.shutdown_callback_fn(shutdown.shutdown_callback_user_data);
    }

    private static int StartEntry(
        DefaultHostResolver* resolver,
        aws_string* name,
        aws_host_resolution_config* config,
        ResolveCallback* callback,
        ulong now)
    {
        // A callback of the shutdown may ask again; nobody would end what that begins.
        if (resolver->_isShuttingDown)
            return Errors.Raise(AWS_ERROR_INVALID_STATE);

        HostEntry* entry = HostEntry.New(resolver, name, config, now);
        if (entry == null)
            return AWS_OP_ERR;

        HostEntry.AddRequest(entry, callback);
        if (HashTable.Put(&resolver->_entries, entry->Name, entry, null) == AWS_OP_SUCCESS)
        {
            resolver->_liveEntries++;
            if (Launch(resolver, entry) == AWS_OP_SUCCESS)
                return AWS_OP_SUCCESS;
            resolver->_liveEntries--;
            Remove(resolver, entry);
        }

        int error = Errors.LastError();
        HostEntry.Discard(entry);
        return Errors.Raise(error);
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static ulong HashName(void* name) => Hash.String(name);

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static bool EqualNames(void* a, void* b) => Hash.CallbackStringEq(a, b);

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void OnLastReference(void* resolver)
    {
        aws_host_resolver* self = (aws_host_resolver*)resolver;
        self->vtable->destroy(self);
    }
}
