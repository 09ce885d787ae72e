// SPDX-License-Identifier: Apache-2.0
using System.Runtime.InteropServices;

namespace Reseau.Native.Interop.Posix;

/// <summary>struct ifaddrs of &lt;ifaddrs.h&gt;.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct ifaddrs
{
    public ifaddrs* ifa_next;
    public byte* ifa_name;
    public uint ifa_flags;
    public void* ifa_addr;
    public void* ifa_netmask;
    public void* ifa_dstaddr;
    public void* ifa_data;
}

/// <summary>Network interfaces and their addresses.</summary>
internal static unsafe partial class Libc
{
    internal const uint IFF_UP = 0x1;
    internal const uint IFF_LOOPBACK = 0x8;

    /// <summary>IF_NAMESIZE.</summary>
    internal const int InterfaceNameSize = 16;

    [DllImport(Library)]
    internal static extern uint if_nametoindex(byte* name);

    /// <summary>Writes the name and its NUL, <see cref="InterfaceNameSize"/> bytes at most; NULL with errno.</summary>
    [DllImport(Library)]
    internal static extern byte* if_indextoname(uint index, byte* name);

    [DllImport(Library)]
    internal static extern int getifaddrs(ifaddrs** list);

    [DllImport(Library)]
    internal static extern void freeifaddrs(ifaddrs* list);
}
