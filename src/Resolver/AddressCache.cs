// SPDX-License-Identifier: Apache-2.0
using Reseau.Native.Common;

namespace Reseau.Native.Resolver;

/// <summary>An address that a host has, or had.</summary>
internal unsafe struct CachedAddress
{
    // First, so that a list node is an address.
    internal aws_linked_list_node Node;
    internal aws_host_address Address;
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

    /// <summary>The address with this text, touched, or NULL.</summary>
    internal static CachedAddress* Find(AddressCache* cache, aws_string* address)
    {
        aws_linked_list_node* end = LinkedList.End(&cache->_addresses);
        for (aws_linked_list_node* node = LinkedList.Begin(&cache->_addresses); node != end; node = node->next)
        {
            if (AwsString.Eq(((CachedAddress*)node)->Address.address, address))
                return Touch(cache, (CachedAddress*)node);
        }

        return null;
    }

    /// <summary>The least recently used address, touched, or NULL.</summary>
    internal static CachedAddress* UseNext(AddressCache* cache) =>
        cache->Count == 0 ? null : Touch(cache, (CachedAddress*)LinkedList.Front(&cache->_addresses));

    /// <summary>
    /// Moves the strings of <paramref name="address"/> into the cache, as the most recently used address.
    /// </summary>
    internal static CachedAddress* Add(AddressCache* cache, aws_host_address* address, ulong expiry)
    {
        CachedAddress* cached = (CachedAddress*)Allocator.Calloc(cache->_allocator, 1, (nuint)sizeof(CachedAddress));
        HostAddress.Move(address, &cached->Address);
        cached->Address.expiry = expiry;
        // Copies of the address are made with it; a program's own look-up may have left it out.
        cached->Address.allocator = cache->_allocator;
        Append(cache, cached);
        return cached;
    }

    /// <summary>Destroys an address of this cache.</summary>
    internal static void Remove(AddressCache* cache, CachedAddress* cached)
    {
        Take(cache, cached);
        HostAddress.CleanUp(&cached->Address);
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
