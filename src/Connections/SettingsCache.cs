// SPDX-License-Identifier: Apache-2.0
using System;
using Reseau.Native.Common;
using WordLock = Reseau.Native.Common.Threading.WordLock;

namespace Reseau.Native.Connections;

/// <summary>
/// The settings that were made last for connections on a loop, or on the library's: programs connect again and again
/// with the same options, and a silent connection should not have a copy of its own. They are not held here, and leave
/// with their last reference. Only options that name nothing: neither TLS nor texts. Zeroed at first; any thread. Rule
/// 470 of docs/lifetimes.md.
/// </summary>
internal unsafe struct SettingsCache
{
    private WordLock _lock;

    /// <summary>NULL if there are none.</summary>
    private ConnectionSettings* _newest;

    /// <summary>A reference for the caller; NULL if the last ones were others. The options are complete.</summary>
    internal static ConnectionSettings* Find(SettingsCache* cache, reseau_options* options)
    {
        if (cache == null || !IsShareable(options))
            return null;

        WordLock.Lock(&cache->_lock);
        ConnectionSettings* found = cache->_newest;
        if (found != null && (!Bytes(&found->Options).SequenceEqual(Bytes(options)) ||
            !ConnectionSettings.TryAcquire(found)))
        {
            found = null;
        }

        WordLock.Unlock(&cache->_lock);
        return found;
    }

    internal static void Keep(SettingsCache* cache, ConnectionSettings* settings)
    {
        if (cache == null || !IsShareable(&settings->Options))
            return;

        settings->Cache = cache;
        WordLock.Lock(&cache->_lock);
        cache->_newest = settings;
        WordLock.Unlock(&cache->_lock);
    }

    /// <summary>The last reference is gone. Later ones may have taken their place.</summary>
    internal static void Leave(ConnectionSettings* settings)
    {
        SettingsCache* cache = settings->Cache;
        if (cache == null)
            return;

        WordLock.Lock(&cache->_lock);
        if (cache->_newest == settings)
            cache->_newest = null;
        WordLock.Unlock(&cache->_lock);
    }

    private static bool IsShareable(reseau_options* options) =>
        options->tls == null && options->source_address == null && options->interface_name == null &&
        options->proxy == null;

    private static ReadOnlySpan<byte> Bytes(reseau_options* options) => new(options, sizeof(reseau_options));
}
