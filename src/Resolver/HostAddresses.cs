// SPDX-License-Identifier: Apache-2.0
using Reseau.Native.Common;

namespace Reseau.Native.Resolver;

/// <summary>
/// What is known of one host's addresses, family by family: those to use, and those to which connecting failed. Guarded
/// by the host's lock.
/// </summary>
internal unsafe struct HostAddresses
{
    /// <summary>Addresses that <see cref="TakeNext"/> gives at once: one of each family.</summary>
    internal const int MaxTaken = 2;

    private AddressCache _ipv4;
    private AddressCache _ipv6;
    private AddressCache _failedIPv4;
    private AddressCache _failedIPv6;
    private aws_allocator* _allocator;

    // The entry's, for log lines.
    private aws_string* _host;

    internal static void Init(HostAddresses* addresses, aws_allocator* allocator, aws_string* host)
    {
        addresses->_allocator = allocator;
        addresses->_host = host;
        AddressCache.Init(&addresses->_ipv4, allocator);
        AddressCache.Init(&addresses->_ipv6, allocator);
        AddressCache.Init(&addresses->_failedIPv4, allocator);
        AddressCache.Init(&addresses->_failedIPv6, allocator);
    }

    internal static void CleanUp(HostAddresses* addresses)
    {
        AddressCache.Clear(&addresses->_ipv4);
        AddressCache.Clear(&addresses->_ipv6);
        AddressCache.Clear(&addresses->_failedIPv4);
        AddressCache.Clear(&addresses->_failedIPv6);
    }

    internal static nuint Count(HostAddresses* addresses, uint flags)
    {
        nuint count = 0;
        if ((flags & (uint)AWS_GET_HOST_ADDRESS_COUNT_RECORD_TYPE_A) != 0)
            count += addresses->_ipv4.Count;
        if ((flags & (uint)AWS_GET_HOST_ADDRESS_COUNT_RECORD_TYPE_AAAA) != 0)
            count += addresses->_ipv6.Count;
        return count;
    }

    internal static bool HasUsable(HostAddresses* addresses) => addresses->_ipv4.Count + addresses->_ipv6.Count != 0;

    /// <summary>
    /// Takes the result of a look-up in. A known address lives on until the new expiry, but one that failed keeps its
    /// old one: it must leave the list of failures some day, even though the name system goes on naming it.
    /// </summary>
    internal static void Update(HostAddresses* addresses, FoundAddresses* found, ulong expiry)
    {
        for (int i = 0; i < found->Count; i++)
        {
            AddressRecord* address = FoundAddresses.At(found, i);
            AddressCache* usable = Usable(addresses, address->Type);
            CachedAddress* known = AddressCache.Find(usable, address);
            if (known != null)
                known->Record.Expiry = expiry;
            else if (AddressCache.Find(Failed(addresses, address->Type), address) == null)
                AddressCache.Add(usable, address, expiry);
        }
    }

    /// <summary>
    /// Drops the failed addresses that have expired. Before an answer is taken in: an address that it names again is
    /// as good as a new one.
    /// </summary>
    internal static void ExpireFailures(HostAddresses* addresses, ulong now)
    {
        ExpireFailures(&addresses->_failedIPv6, now, addresses->_host);
        ExpireFailures(&addresses->_failedIPv4, now, addresses->_host);
    }

    /// <summary>
    /// Drops usable addresses that have expired and, if a family then has none, gives a failed one another chance. With
    /// <paramref name="keepsLast"/> a family's last address stays: without an answer, an old one is better than none.
    /// </summary>
    internal static void Expire(HostAddresses* addresses, ulong now, bool keepsLast)
    {
        Expire(&addresses->_ipv6, &addresses->_failedIPv6, now, keepsLast, addresses->_host);
        Expire(&addresses->_ipv4, &addresses->_failedIPv4, now, keepsLast, addresses->_host);
    }

    /// <summary>Moves the address to the failures, or counts one more failure there.</summary>
    internal static void RecordFailure(HostAddresses* addresses, AddressRecord* address)
    {
        AddressCache* usable = Usable(addresses, address->Type);
        AddressCache* failures = Failed(addresses, address->Type);
        CachedAddress* known = AddressCache.Find(usable, address);
        if (known != null)
            AddressCache.Transfer(usable, known, failures);
        else
            known = AddressCache.Find(failures, address);
        if (known != null)
            known->Record.FailureCount++;
    }

    /// <summary>
    /// Copies the next addresses in turn, IPv6 and IPv4, and returns how many. A family without a
    /// usable one gives a failed one only if <paramref name="orFailed"/> says so.
    /// </summary>
    internal static int TakeNext(HostAddresses* addresses, AddressRecord* taken, bool orFailed)
    {
        int count = 0;
        if (TakeNext(addresses, &addresses->_ipv6, &addresses->_failedIPv6, taken, orFailed))
            count++;
        if (TakeNext(addresses, &addresses->_ipv4, &addresses->_failedIPv4, taken + count, orFailed))
            count++;
        return count;
    }

    private static AddressCache* Usable(HostAddresses* addresses, aws_address_record_type type) =>
        type == AWS_ADDRESS_RECORD_TYPE_AAAA ? &addresses->_ipv6 : &addresses->_ipv4;

    private static AddressCache* Failed(HostAddresses* addresses, aws_address_record_type type) =>
        type == AWS_ADDRESS_RECORD_TYPE_AAAA ? &addresses->_failedIPv6 : &addresses->_failedIPv4;

    private static void Expire(
        AddressCache* usable, AddressCache* failures, ulong now, bool keepsLast, aws_string* host)
    {
        nuint least = keepsLast ? 1u : 0;
        for (nuint left = usable->Count; left != 0 && usable->Count > least; left--)
        {
            CachedAddress* next = AddressCache.UseNext(usable);
            if (next->Record.Expiry < now)
                Drop(usable, next, host);
        }

        if (usable->Count != 0 || failures->Count == 0)
            return;

        CachedAddress* failed = AddressCache.UseNext(failures);
        Log.Write(AWS_LL_INFO, AWS_LS_IO_DNS,
            $"{new AddressName(&failed->Record)} of {host} failed before and is tried again");
        AddressCache.Transfer(failures, failed, usable);
    }

    private static void ExpireFailures(AddressCache* failures, ulong now, aws_string* host)
    {
        for (nuint left = failures->Count; left != 0; left--)
        {
            CachedAddress* next = AddressCache.UseNext(failures);
            if (now >= next->Record.Expiry)
                Drop(failures, next, host);
        }
    }

    private static void Drop(AddressCache* cache, CachedAddress* expired, aws_string* host)
    {
        Log.Write(AWS_LL_DEBUG, AWS_LS_IO_DNS, $"{new AddressName(&expired->Record)} of {host} has expired");
        AddressCache.Remove(cache, expired);
    }

    private static bool TakeNext(
        HostAddresses* addresses, AddressCache* usable, AddressCache* failures, AddressRecord* taken, bool orFailed)
    {
        CachedAddress* next = AddressCache.UseNext(usable);
        if (next == null && orFailed)
            next = AddressCache.UseNext(failures);
        if (next == null)
            return false;

        *taken = AddressRecord.Copy(&next->Record, addresses->_allocator);
        next->Record.UseCount++;
        return true;
    }
}
