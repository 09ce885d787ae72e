// SPDX-License-Identifier: Apache-2.0

namespace Reseau.Native.Platform;

/// <summary>An address of one of this machine's interfaces.</summary>
internal unsafe struct InterfaceAddress
{
    /// <summary>A C string, good inside the call only.</summary>
    internal byte* Name;

    /// <summary>0 if the interface has gone meanwhile.</summary>
    internal uint Number;
    internal bool IsIPv6;

    /// <summary>In network order: four bytes or sixteen, good inside the call only.</summary>
    internal byte* Bytes;
    internal uint Scope;

    /// <summary>Bits of the network's prefix.</summary>
    internal int PrefixLength;
    internal bool IsLoopback;
    internal bool IsUp;
}

/// <summary>This machine's network interfaces.</summary>
internal static unsafe class NetworkInterfaces
{
    /// <summary>
    /// Calls a function for each address of IPv4 and IPv6, in the system's order. Returns 0 or an AWS_* error.
    /// </summary>
    internal static int ForEachAddress(delegate*<void*, InterfaceAddress*, void> onAddress, void* state) =>
        InterfacesLeaf.ForEachAddress(onAddress, state);
}
