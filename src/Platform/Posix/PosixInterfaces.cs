// SPDX-License-Identifier: Apache-2.0
using System;
using System.Numerics;
using Reseau.Native.Interop.Posix;

namespace Reseau.Native.Platform.Posix;

/// <summary>Interfaces by getifaddrs(3).</summary>
internal static unsafe class PosixInterfaces
{
    private const int IPv6Size = 16;

    internal static int ForEachAddress(delegate*<void*, InterfaceAddress*, void> onAddress, void* state)
    {
        ifaddrs* list;
        if (Libc.getifaddrs(&list) != 0)
            return PosixErrorNumbers.OfFile(Libc.Errno, AWS_ERROR_SYS_CALL_FAILURE);

        // Interfaces without addresses, and addresses of other families, are in the list too.
        for (ifaddrs* entry = list; entry != null; entry = entry->ifa_next)
        {
            InterfaceAddress address;
            if (entry->ifa_addr != null && TryRead(entry, &address))
                onAddress(state, &address);
        }

        Libc.freeifaddrs(list);
        return AWS_ERROR_SUCCESS;
    }

    private static bool TryRead(ifaddrs* entry, InterfaceAddress* address)
    {
        ushort family = ((sockaddr_in*)entry->ifa_addr)->sin_family;
        *address = new InterfaceAddress
        {
            Name = entry->ifa_name,
            IsIPv6 = family == Libc.AF_INET6,
            IsUp = (entry->ifa_flags & Libc.IFF_UP) != 0,
            IsLoopback = (entry->ifa_flags & Libc.IFF_LOOPBACK) != 0,
        };
        if (family == Libc.AF_INET)
        {
            address->Bytes = (byte*)&((sockaddr_in*)entry->ifa_addr)->sin_addr;
            address->PrefixLength = entry->ifa_netmask == null
                ? 8 * sizeof(uint)
                : Ones((byte*)&((sockaddr_in*)entry->ifa_netmask)->sin_addr, sizeof(uint));
        }
        else if (family == Libc.AF_INET6)
        {
            address->Bytes = ((sockaddr_in6*)entry->ifa_addr)->sin6_addr;
            address->Scope = ((sockaddr_in6*)entry->ifa_addr)->sin6_scope_id;
            address->PrefixLength = entry->ifa_netmask == null
                ? 8 * IPv6Size
                : Ones(((sockaddr_in6*)entry->ifa_netmask)->sin6_addr, IPv6Size);
        }
        else
        {
            return false;
        }

        address->Number = Libc.if_nametoindex(entry->ifa_name);
        return true;
    }

    private static int Ones(byte* mask, int size)
    {
        int ones = 0;
        for (int i = 0; i < size; i++)
            ones += BitOperations.PopCount(mask[i]);
        return ones;
    }
}
