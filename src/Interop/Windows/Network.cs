// SPDX-License-Identifier: Apache-2.0
using System.Runtime.InteropServices;

namespace Reseau.Native.Interop.Windows;

/// <summary>Addresses as text.</summary>
internal static unsafe class Ntdll
{
    private const string Library = "ntdll";

    /// <summary>An NTSTATUS; a strict one takes four decimal parts. Terminator is where the text ends.</summary>
    [DllImport(Library)]
    [SuppressGCTransition]
    internal static extern int RtlIpv4StringToAddressA(byte* text, byte isStrict, byte** terminator, void* address);

    /// <summary>An NTSTATUS. Terminator is where the text ends.</summary>
    [DllImport(Library)]
    [SuppressGCTransition]
    internal static extern int RtlIpv6StringToAddressA(byte* text, byte** terminator, void* address);
}

/// <summary>Network interfaces.</summary>
internal static unsafe class IpHelper
{
    private const string Library = "iphlpapi";

    /// <summary>NDIS_IF_MAX_STRING_SIZE and a NUL.</summary>
    internal const int LongestInterfaceName = 257;

    /// <summary>0 if there is none of this name.</summary>
    [DllImport(Library)]
    internal static extern uint if_nametoindex(byte* name);

    /// <summary>The buffer, or NULL.</summary>
    [DllImport(Library)]
    internal static extern byte* if_indextoname(uint index, byte* name);
}
