// SPDX-License-Identifier: Apache-2.0
using System.Runtime.CompilerServices;
using Reseau.Native.Common;
using Reseau.Native.Resolver;

namespace Reseau.Native.Sockets.Virtual;

/// <summary>What a host does to its programs; zero is nothing, but for the buffers.</summary>
internal struct HostFaults
{
    internal const nuint DefaultBuffer = 64 * 1024;

    internal Odds ShortIo;
    internal Odds NoSocket;
    internal Odds NoConnect;
    internal Odds NoAccept;
    internal Odds NoName;
    internal ulong NameNanoseconds;
    internal nuint BufferBytes;

    internal static HostFaults None => new() { BufferBytes = DefaultBuffer };
}

/// <summary>
/// A host of a network: its addresses, and the table of functions of its sockets, by which they know it. It lasts as
/// long as the network, also when it has left it.
/// </summary>
internal unsafe struct VirtualHost
{
    internal const int MaxAddresses = 8;

    [InlineArray(MaxAddresses)]
    internal struct Addresses
    {
        private IpAddress _first;
    }

    // First, so that a pointer to the table is one to its host.
    private SocketBackend _backend;

    internal VirtualHost* Next;
    internal VirtualNetwork* Network;

    /// <summary>From 1 on, in the order in which they were made.</summary>
    internal uint Number;
    internal HostFaults Faults;

    /// <summary>A C string, its maker's; for texts.</summary>
    internal byte* Name;

    /// <summary>Nothing leaves it and nothing arrives.</summary>
    internal bool IsDown;

    /// <summary>Its addresses are nobody's any more.</summary>
    internal bool HasLeft;

    private Addresses _addresses;
    private int _count;

    /// <summary>Its addresses are nobody else's. At most <see cref="MaxAddresses"/>.</summary>
    internal static VirtualHost* New(VirtualNetwork* network, IpAddress* addresses, int count)
    {
        VirtualHost* host = Allocator.New<VirtualHost>(network->Allocator);
        host->_backend = VirtualSocketBackend.OfHosts();
        host->Network = network;
        host->Faults = HostFaults.None;
        host->_count = count;
        for (int i = 0; i < count; i++)
            host->_addresses[i] = addresses[i];

        VirtualHost** end = &network->FirstHost;
        uint number = 1;
        for (; *end != null; end = &(*end)->Next)
            number++;
        *end = host;
        host->Number = number;
        return host;
    }

    internal static SocketBackend* BackendOf(VirtualHost* host) => &host->_backend;

    /// <summary>The host of a socket that is to be opened.</summary>
    internal static VirtualHost* Of(SocketBackend* backend) => (VirtualHost*)backend;

    internal static int CountOf(VirtualHost* host) => host->_count;

    internal static IpAddress AddressOf(VirtualHost* host, int index) => host->_addresses[index];

    internal static bool Has(VirtualHost* host, IpAddress* address)
    {
        if (IpAddress.IsLoopback(address))
            return true;
        for (int i = 0; i < host->_count; i++)
        {
            IpAddress own = host->_addresses[i];
            if (IpAddress.AreEqual(&own, address))
                return true;
        }

        return false;
    }

    /// <summary>The address that it reaches another by; false if it has none of that family.</summary>
    internal static bool TryGetSource(VirtualHost* host, IpAddress* to, IpAddress* source)
    {
        *source = *to;
        if (IpAddress.IsLoopback(to))
            return true;
        for (int i = 0; i < host->_count; i++)
        {
            *source = host->_addresses[i];
            if (source->Family == to->Family)
                return true;
        }

        return false;
    }

    /// <summary>
    /// Bytes of a read or a write that could move so many, at least one.
    /// </summary>
    internal static nuint Shorten(VirtualHost* host, nuint bytes) =>
        host == null || bytes < 2 || !host->Network->Random.Happens(host->Faults.ShortIo)
            ? bytes
            : 1 + (nuint)host->Network->Random.UpTo(bytes - 2);
}
