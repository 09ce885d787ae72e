// SPDX-License-Identifier: Apache-2.0
using System.Runtime.InteropServices;

namespace Reseau.Native.Interop.Windows;

/// <summary>The first fields of IP_ADAPTER_ADDRESSES; the list goes on by Next.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct IP_ADAPTER_ADDRESSES
{
    public uint Length;
    public uint IfIndex;
    public IP_ADAPTER_ADDRESSES* Next;

    /// <summary>A C string: the GUID of the adapter.</summary>
    public byte* AdapterName;
    public IP_ADAPTER_UNICAST_ADDRESS* FirstUnicastAddress;
    public void* FirstAnycastAddress;
    public void* FirstMulticastAddress;
    public void* FirstDnsServerAddress;
    public char* DnsSuffix;
    public char* Description;

    /// <summary>What people call it: "Ethernet".</summary>
    public char* FriendlyName;
    public fixed byte PhysicalAddress[8];
    public uint PhysicalAddressLength;
    public uint Flags;
    public uint Mtu;
    public uint IfType;
    public int OperStatus;
    public uint Ipv6IfIndex;
}

/// <summary>IP_ADAPTER_UNICAST_ADDRESS_LH, an address of an adapter.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct IP_ADAPTER_UNICAST_ADDRESS
{
    public uint Length;
    public uint Flags;
    public IP_ADAPTER_UNICAST_ADDRESS* Next;

    /// <summary>SOCKET_ADDRESS.</summary>
    public void* Address;
    public int AddressLength;
    public int PrefixOrigin;
    public int SuffixOrigin;
    public int DadState;
    public uint ValidLifetime;
    public uint PreferredLifetime;
    public uint LeaseLifetime;
    public byte OnLinkPrefixLength;
}

/// <summary>The machine's network interfaces.</summary>
internal static unsafe class Adapters
{
    internal const uint GAA_FLAG_SKIP_UNICAST = 0x01;
    internal const uint GAA_FLAG_SKIP_ANYCAST = 0x02;
    internal const uint GAA_FLAG_SKIP_MULTICAST = 0x04;
    internal const uint GAA_FLAG_SKIP_DNS_SERVER = 0x08;
    internal const uint IF_TYPE_SOFTWARE_LOOPBACK = 24;
    internal const int IfOperStatusUp = 1;
    internal const uint ERROR_SUCCESS = 0;
    internal const uint ERROR_NO_DATA = 232;
    internal const uint ERROR_NOT_ENOUGH_MEMORY = 8;
    internal const uint ERROR_BUFFER_OVERFLOW = 111;

    /// <summary>Returns an error; ERROR_BUFFER_OVERFLOW with the size that is needed.</summary>
    [DllImport("iphlpapi")]
    internal static extern uint GetAdaptersAddresses(
        uint family, uint flags, void* reserved, IP_ADAPTER_ADDRESSES* addresses, uint* size);
}
