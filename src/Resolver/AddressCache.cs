// SPDX-License-Identifier: Apache-2.0
using Reseau.Native.Common;

namespace Reseau.Native.Resolver;

/// <summary>An address that a host has, or had.</summary>
internal unsafe struct CachedAddress
{
    // First, so that a list node is an address.
    internal aws_linked_list_node Node;
    internal AddressRecord Record;
}

/// <summary>
/// Addresses of one host and one family, least recently used first. Whatever touches an address makes it the most
/// recently used one, which spreads connections over all of them. A host has few: they are searched in order.
/// </summary>
internal unsafe struct AddressCache
{
    private aws_linked_list _addresses;
    private aws_allocator* _allocator;

    internal nuint Count;

    internal static void Init(AddressCache* cache, aws_allocator* allocator)
    {
        LinkedList.Init(&cache->_addresses);
        cache->_allocator = allocator;
        cache->Count = 0;
    }

    /// <summary>Destroys all addresses.</summary>
    internal static void Clear(AddressCache* cache)
    {
        while (cache->Count != 0)
            Remove(cache, (CachedAddress*)LinkedList.Front(&cache->_addresses));
    }

    /// <summary>The same address, touched, or NULL.</summary>
    internal static CachedAddress* Find(AddressCache* cache, AddressRecord* address)
    {
        aws_linked_list_node* end = LinkedList.End(&cache->_addresses);
        for (aws_linked_list_node* node = LinkedList.Begin(&cache->_addresses); node != end; node = node->next)
        {
            if (AddressRecord.IsSameAddress(&((CachedAddress*)node)->Record, address))
                return Touch(cache, (CachedAddress*)node);
        }

        return null;
    }

    /// <summary>The least recently used address, touched, or NULL.</summary>
    internal static CachedAddress* UseNext(AddressCache* cache) =>
        cache->Count == 0 ? null : Touch(cache, (CachedAddress*)LinkedList.Front(&cache->_addresses));

    /// <summary>
    /// Moves <paramref name="address"/>, strings and all, into the cache, as the most recently used address.
    /// </summary>
    internal static CachedAddress* Add(AddressCache* cache, AddressRecord* address, ulong expiry)
    {
        CachedAddress* cached = Allocator.New<CachedAddress>(cache->_allocator);
        cached->Record = *address;
        cached->Record.Expiry = expiry;
        *address = default;
        Append(cache, cached);
        return cached;
    }

    /// <summary>Destroys an address of this cache.</summary>
    internal static void Remove(AddressCache* cache, CachedAddress* cached)
    {
        Take(cache, cached);
        AddressRecord.CleanUp(&cached->Record);
        Allocator.Release(cache->_allocator, cached);
    }

    /// <summary>Moves an address to another cache, as its most recently used one.</summary>
    internal static void Transfer(AddressCache* from, CachedAddress* cached, AddressCache* to)
    {
        Take(from, cached);
        Append(to, cached);
    }

    private static CachedAddress* Touch(AddressCache* cache, CachedAddress* cached)
    {
        LinkedList.Remove(&cached->Node);
        LinkedList.PushBack(&cache->_addresses, &cached->Node);
        return cached;
    }

    private static void Append(AddressCache* cache, CachedAddress* cached)
    {
        LinkedList.PushBack(&cache->_addresses, &cached->Node);
        cache->Count++;
    }

    private static void Take(AddressCache* cache, CachedAddress* cached)
    {
        LinkedList.Remove(&cached->Node);
        cache->Count--;
    }
}
