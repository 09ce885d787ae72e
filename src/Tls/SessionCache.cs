// SPDX-License-Identifier: Apache-2.0
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Reseau.Native.Common;

namespace Reseau.Native.Tls;

/// <summary>
/// The latest session of each host that a client's context has talked to. A resumed session skips the certificates;
/// that is sound because all connections of a context trust the same authorities, and as long as the certificates are
/// good (<see cref="SessionValidity"/>). What a session is only its engine knows. Any thread.
/// </summary>
internal unsafe struct SessionCache
{
    private const nuint MaxHosts = 256;

    private aws_allocator* _allocator;
    private ForkLock _lock;
    private aws_cache* _byHost;
    private delegate*<void*, void> _acquire;
    private delegate*<void*, void> _release;

    private struct Entry
    {
        internal SessionCache* Cache;
        internal void* Session;
        internal long End;
    }

    /// <summary>Whether sessions are kept: yes, unless RESEAU_TLS_RESUMPTION is "off" in the environment.</summary>
    internal static bool IsEnabled
    {
        get
        {
            byte* value = Platform.EnvironmentVariables.Get(Literal.Of("RESEAU_TLS_RESUMPTION"u8));
            return value == null || !ByteArray.EqCStr(value, 3, Literal.Of("off"u8));
        }
    }

    /// <summary>With the engine's functions for references to its sessions.</summary>
    internal static SessionCache* New(
        aws_allocator* allocator, delegate*<void*, void> acquire, delegate*<void*, void> release)
    {
        SessionCache* cache = (SessionCache*)Allocator.Calloc(allocator, 1, (nuint)sizeof(SessionCache));
        cache->_allocator = allocator;
        cache->_acquire = acquire;
        cache->_release = release;
        ForkLock.Init(&cache->_lock);
        cache->_byHost = NewCache(allocator);
        return cache;
    }

    /// <summary>NULL is allowed.</summary>
    internal static void Free(SessionCache* cache)
    {
        if (cache == null)
            return;

        Enter(cache);
        ForkLock.Exit(&cache->_lock);
        Cache.Destroy(cache->_byHost);
        ForkLock.CleanUp(&cache->_lock);
        Allocator.Release(cache->_allocator, cache);
    }

    /// <summary>
    /// Keeps the session, instead of an older one, until this end; true when the reference was taken over.
    /// </summary>
    internal static bool Keep(SessionCache* cache, aws_string* host, void* session, long end)
    {
        Entry* entry = (Entry*)Allocator.Acquire(cache->_allocator, (nuint)sizeof(Entry));
        *entry = new Entry { Cache = cache, Session = session, End = end };
        aws_string* key = AwsString.NewFromString(cache->_allocator, host);
        Enter(cache);
        bool isKept = Cache.Put(cache->_byHost, key, entry) == AWS_OP_SUCCESS;
        ForkLock.Exit(&cache->_lock);
        if (!isKept)
        {
            AwsString.Destroy(key);
            Allocator.Release(cache->_allocator, entry);
        }

        return isKept;
    }

    /// <summary>
    /// The host's session, with a reference for the caller, and its end; NULL if there is none. NULL is allowed.
    /// </summary>
    internal static void* Find(SessionCache* cache, aws_string* host, out long end)
    {
        end = 0;
        if (cache == null)
            return null;

        void* found = null;
        void* session = null;
        Enter(cache);
        Cache.Find(cache->_byHost, host, &found);
        Entry* entry = (Entry*)found;
        if (entry != null && SessionValidity.IsAhead(entry->End))
        {
            end = entry->End;
            session = entry->Session;
            cache->_acquire(session);
        }
        else if (entry != null)
        {
            Cache.Remove(cache->_byHost, host);
        }

        ForkLock.Exit(&cache->_lock);
        return session;
    }

    // A context may be made before a fork for all children to use. A cache that was just being changed is left as it
    // is.
    private static void Enter(SessionCache* cache)
    {
        ForkLock.Enter(&cache->_lock);
        if (ForkLock.WasInterrupted(&cache->_lock))
            cache->_byHost = NewCache(cache->_allocator);
    }

    private static aws_cache* NewCache(aws_allocator* allocator) => OrderedCache.NewLru(
        allocator, Hash.StringFunction, Hash.StringEqFunction, Hash.StringDestroyFunction, &DestroyEntry, MaxHosts);

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void DestroyEntry(void* value)
    {
        Entry* entry = (Entry*)value;
        entry->Cache->_release(entry->Session);
        Allocator.Release(entry->Cache->_allocator, entry);
    }
}
