// SPDX-License-Identifier: Apache-2.0
using System;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Reseau.Native.Platform;

namespace Reseau.Native.Resolver;

/// <summary>The addresses of this machine's interfaces, in C's form.</summary>
internal static unsafe class InterfaceAddresses
{
    // Of reseau_interface_address::name.
    private const int NameSize = 64;

    private struct Choice
    {
        internal int Family;
        internal bool WithLoopback;
        internal reseau_interface_address* Addresses;
        internal nuint Capacity;
        internal nuint Count;
    }

    /// <summary>
    /// Writes those of a family, 4 or 6, or of both if it is 0, as many as there is room for; <paramref name="count"/>
    /// is how many there are. Returns 0 or an AWS_* error.
    /// </summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    internal static int List(
        int family, bool withLoopback, reseau_interface_address* addresses, nuint capacity, out nuint count)
    {
        Choice choice = new()
        {
            Family = family,
            WithLoopback = withLoopback,
            Addresses = addresses,
            Capacity = capacity,
        };
        int error = NetworkInterfaces.ForEachAddress(&OnAddress, &choice);
        count = choice.Count;
        return error;
    }

    private static void OnAddress(void* state, InterfaceAddress* address)
    {
        Choice* choice = (Choice*)state;
        int family = address->IsIPv6 ? 6 : 4;
        if ((address->IsLoopback && !choice->WithLoopback) || (choice->Family != 0 && choice->Family != family))
            return;

        if (choice->Count < choice->Capacity)
            Write(address, &choice->Addresses[choice->Count]);
        choice->Count++;
    }

    private static void Write(InterfaceAddress* address, reseau_interface_address* result)
    {
        IpAddress ip = IpAddress.FromBytes(
            address->IsIPv6 ? IpFamily.IPv6 : IpFamily.IPv4, address->Bytes, address->Scope);
        *result = new reseau_interface_address
        {
            number = address->Number,
            ip = ReseauIp.Of(&ip),
            prefix_length = address->PrefixLength,
            is_loopback = address->IsLoopback ? 1 : 0,
            is_up = address->IsUp ? 1 : 0,
        };
        ReadOnlySpan<byte> name = MemoryMarshal.CreateReadOnlySpanFromNullTerminated(address->Name);
        name[..int.Min(name.Length, NameSize - 1)].CopyTo(new Span<byte>(result->name, NameSize));
    }
}
