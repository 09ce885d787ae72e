// SPDX-License-Identifier: Apache-2.0
using System;
using Reseau.Native.Common;
using Reseau.Native.Common.Memory;
using WordLock = Reseau.Native.Common.Threading.WordLock;

namespace Reseau.Native.Bootstrap;

/// <summary>
/// What most connections of a client bootstrap have in common: programs connect again and again with the same options,
/// and a silent connection should not have a copy of its own.
/// </summary>
internal unsafe struct ClientSettings
{
    private ReferenceCount _references;
    private Values _values;

    internal struct Values
    {
        internal aws_client_bootstrap_on_channel_event_fn OnCreated;
        internal aws_client_bootstrap_on_channel_event_fn OnSetup;
        internal aws_client_bootstrap_on_channel_event_fn OnShutdown;

        /// <summary>For C, if it asks for the socket.</summary>
        internal aws_socket_options SocketOptions;
        internal bool HasBackPressure;
    }

    /// <summary>The bootstrap's: the ones that were made last, with a reference. Zeroed at first; any thread.</summary>
    internal struct Cache
    {
        private WordLock _lock;
        private ClientSettings* _newest;

        /// <summary>The last ones, if they have these values, or new ones; with a reference for the caller.</summary>
        internal static ClientSettings* Get(Cache* cache, aws_allocator* allocator, Values* values)
        {
            ClientSettings* found = Find(cache, values);
            if (found != null)
                return found;

            ClientSettings* made = Allocator.New<ClientSettings>(allocator);
            made->_references = ReferenceCount.One;
            made->_values = *values;
            made->_references.Acquire();
            Release(allocator, Replace(cache, made));
            return made;
        }

        /// <summary>The bootstrap has ended.</summary>
        internal static void CleanUp(Cache* cache, aws_allocator* allocator) =>
            Release(allocator, Replace(cache, null));

        private static ClientSettings* Find(Cache* cache, Values* values)
        {
            WordLock.Lock(&cache->_lock);
            ClientSettings* found = cache->_newest;
            if (found != null && Bytes(&found->_values).SequenceEqual(Bytes(values)))
                found->_references.Acquire();
            else
                found = null;
            WordLock.Unlock(&cache->_lock);
            return found;
        }

        private static ClientSettings* Replace(Cache* cache, ClientSettings* settings)
        {
            WordLock.Lock(&cache->_lock);
            ClientSettings* before = cache->_newest;
            cache->_newest = settings;
            WordLock.Unlock(&cache->_lock);
            return before;
        }

        private static ReadOnlySpan<byte> Bytes(Values* values) => new(values, sizeof(Values));
    }

    internal static Values* Of(ClientSettings* settings) => &settings->_values;

    /// <summary>NULL is allowed.</summary>
    internal static void Release(aws_allocator* allocator, ClientSettings* settings)
    {
        if (settings != null && settings->_references.Release())
            Allocator.Release(allocator, settings);
    }
}
