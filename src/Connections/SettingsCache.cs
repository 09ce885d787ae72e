// SPDX-License-Identifier: Apache-2.0
using System;
using System.Threading;
using Reseau.Native.Common;

namespace Reseau.Native.Connections;

/// <summary>
/// The settings that were made last: programs connect again and again with the same options, and a silent connection
/// should not have a copy of its own. Only options that name nothing: neither TLS nor loops nor texts. Any thread.
/// </summary>
internal unsafe struct SettingsCache
{
    private static nint s_cache;

    private ForkLock _lock;

    /// <summary>As the program gave them.</summary>
    private reseau_options _options;

    /// <summary>Held, or NULL.</summary>
    private ConnectionSettings* _settings;

    private static SettingsCache* Cache
    {
        get
        {
            nint made = Volatile.Read(ref s_cache);
            if (made != 0)
                return (SettingsCache*)made;

            SettingsCache* cache = (SettingsCache*)StaticMemory.Allocate((nuint)sizeof(SettingsCache));
            ForkLock.Init(&cache->_lock);
            return (SettingsCache*)StaticMemory.PublishBlock(ref s_cache, cache);
        }
    }

    /// <summary>A reference for the caller; NULL if the last ones were others.</summary>
    internal static ConnectionSettings* Find(reseau_options* options)
    {
        if (!IsShareable(options))
            return null;

        SettingsCache* cache = Enter();
        ConnectionSettings* found = cache->_settings;
        if (found != null && Bytes(&cache->_options).SequenceEqual(Bytes(options)))
            ConnectionSettings.Acquire(found);
        else
            found = null;
        ForkLock.Exit(&cache->_lock);
        return found;
    }

    internal static void Keep(reseau_options* options, ConnectionSettings* settings)
    {
        if (!IsShareable(options))
            return;

        ConnectionSettings.Acquire(settings);
        SettingsCache* cache = Enter();
        ConnectionSettings* old = cache->_settings;
        cache->_options = *options;
        cache->_settings = settings;
        ForkLock.Exit(&cache->_lock);
        if (old != null)
            ConnectionSettings.Release(old);
    }

    // A thread that only the parent has may have left half a change behind.
    private static SettingsCache* Enter()
    {
        SettingsCache* cache = Cache;
        ForkLock.Enter(&cache->_lock);
        if (ForkLock.WasInterrupted(&cache->_lock))
            cache->_settings = null;
        return cache;
    }

    private static bool IsShareable(reseau_options* options) =>
        options->tls == null && options->loop == 0 && options->source_address == null &&
        options->interface_name == null && options->proxy == null;

    private static ReadOnlySpan<byte> Bytes(reseau_options* options) => new(options, sizeof(reseau_options));
}
