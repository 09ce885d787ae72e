// SPDX-License-Identifier: Apache-2.0
using Reseau.Native.Common;

namespace Reseau.Native.Resolver;

/// <summary>
/// What is known of one host's addresses, family by family: those to use, and those to which connecting failed. Guarded
/// by the host's lock.
/// </summary>
internal unsafe struct HostAddresses
{
    private AddressCache _ipv4;
    private AddressCache _ipv6;
    private AddressCache _failedIPv4;
    private AddressCache _failedIPv6;

    internal static void Init(HostAddresses* addresses, aws_allocator* allocator)
    {
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
    internal static void Update(HostAddresses* addresses, aws_array_list* found, ulong expiry)
    {
        for (nuint i = 0; i < found->length; i++)
        {
            aws_host_address* address = AddressList.At(found, i);
            if (address->address == null)
                continue;

            AddressCache* usable = Usable(addresses, address->record_type);
            CachedAddress* known = AddressCache.Find(usable, address->address);
            if (known != null)
                known->Address.expiry = expiry;
            else if (AddressCache.Find(Failed(addresses, address->record_type), address->address) == null)
                AddressCache.Add(usable, address, expiry);
        }
    }

    /// <summary>
    /// Drops what has expired and, if a family then has no usable address, gives a failed one another chance. With
    /// <paramref name="keepsLast"/> a family's last address stays: without an answer, an old one is better than none.
    /// </summary>
    internal static void Expire(HostAddresses* addresses, ulong now, bool keepsLast)
    {
        Expire(&addresses->_ipv6, &addresses->_failedIPv6, now, keepsLast);
        Expire(&addresses->_ipv4, &addresses->_failedIPv4, now, keepsLast);
    }

    /// <summary>Moves the address to the failures, or counts one more failure there.</summary>
    internal static void RecordFailure(HostAddresses* addresses, aws_host_address* address)
    {
        AddressCache* usable = Usable(addresses, address->record_type);
        AddressCache* failures = Failed(addresses, address->record_type);
        CachedAddress* known = AddressCache.Find(usable, address->address);
        if (known != null)
            AddressCache.Transfer(usable, known, failures);
        else
            known = AddressCache.Find(failures, address->address);
        if (known != null)
            known->Address.connection_failure_count++;
    }

    /// <summary>
    /// Appends copies of the next addresses in turn: one of IPv6, one of IPv4. A family without a usable one gives a
    /// failed one only if <paramref name="orFailed"/> says so.
    /// </summary>
    internal static void TakeNext(HostAddresses* addresses, aws_array_list* taken, bool orFailed)
    {
        TakeNext(&addresses->_ipv6, &addresses->_failedIPv6, taken, orFailed);
        TakeNext(&addresses->_ipv4, &addresses->_failedIPv4, taken, orFailed);
    }

    private static AddressCache* Usable(HostAddresses* addresses, aws_address_record_type type) =>
        type == AWS_ADDRESS_RECORD_TYPE_AAAA ? &addresses->_ipv6 : &addresses->_ipv4;

    private static AddressCache* Failed(HostAddresses* addresses, aws_address_record_type type) =>
        type == AWS_ADDRESS_RECORD_TYPE_AAAA ? &addresses->_failedIPv6 : &addresses->_failedIPv4;

    private static void Expire(AddressCache* usable, AddressCache* failures, ulong now, bool keepsLast)
    {
        nuint least = keepsLast ? 1u : 0;
        for (nuint left = usable->Count; left != 0 && usable->Count > least; left--)
        {
            CachedAddress* next = AddressCache.UseNext(usable);
            if (next->Address.expiry < now)
                Drop(usable, next);
        }

        for (nuint left = failures->Count; left != 0; left--)
        {
            CachedAddress* next = AddressCache.UseNext(failures);
            if (now >= next->Address.expiry)
            {
                Drop(failures, next);
            }
            else if (usable->Count == 0)
            {
                Log.Write(AWS_LL_INFO, AWS_LS_IO_DNS,
                    $"{next->Address.address} of {next->Address.host} failed before and is tried again");
                AddressCache.Transfer(failures, next, usable);
            }
        }
    }

    private static void Drop(AddressCache* cache, CachedAddress* expired)
    {
        Log.Write(AWS_LL_DEBUG, AWS_LS_IO_DNS, $"{expired->Address.address} of {expired->Address.host} has expired");
        AddressCache.Remove(cache, expired);
    }

    private static void TakeNext(AddressCache* usable, AddressCache* failures, aws_array_list* taken, bool orFailed)
    {
        CachedAddress* next = AddressCache.UseNext(usable);
        if (next == null && orFailed)
            next = AddressCache.UseNext(failures);
        aws_host_address copy;
        if (next == null || HostAddress.Copy(&next->Address, &copy) != AWS_OP_SUCCESS)
            return;

        if (AddressList.Append(taken, &copy) != AWS_OP_SUCCESS)
            HostAddress.CleanUp(&copy);
        else
            next->Address.use_count++;
    }
}
