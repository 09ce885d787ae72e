// SPDX-License-Identifier: Apache-2.0
using System;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Reseau.Native.EventLoops;
using Reseau.Native.Platform;
using Reseau.Native.Resolver;

namespace Reseau.Native.Exports;

/// <summary>The C entry points of &lt;reseau/net.h&gt;.</summary>
public static unsafe class Exports_reseau_net
{
    [UnmanagedCallersOnly(EntryPoint = "reseau_ip_parse", CallConvs = [typeof(CallConvCdecl)])]
    public static int reseau_ip_parse(byte* text, reseau_ip* ip)
    {
        IpAddress address;
        if (text == null || ip == null)
            return RESEAU_ERROR_INVALID_ARGUMENT;
        if (!IpAddress.TryParse(text, &address))
            return RESEAU_ERROR_BAD_ADDRESS;
        *ip = IpAddress.ToC(&address);
        return 0;
    }

    [UnmanagedCallersOnly(EntryPoint = "reseau_ip_format", CallConvs = [typeof(CallConvCdecl)])]
    public static int reseau_ip_format(reseau_ip* ip, byte* buffer, nuint size)
    {
        IpAddress address;
        if (ip == null || buffer == null || !IpAddress.TryFromC(ip, &address))
            return RESEAU_ERROR_INVALID_ARGUMENT;
        byte* text = stackalloc byte[IpAddress.MaxTextSize];
        return CopyText(new ReadOnlySpan<byte>(text, IpAddress.Format(&address, text)), buffer, size);
    }

    [UnmanagedCallersOnly(EntryPoint = "reseau_ip_compare", CallConvs = [typeof(CallConvCdecl)])]
    public static int reseau_ip_compare(reseau_ip* a, reseau_ip* b)
    {
        IpAddress first = default, second = default;
        if (a != null)
            IpAddress.TryFromC(a, &first);
        if (b != null)
            IpAddress.TryFromC(b, &second);
        return IpAddress.Compare(&first, &second);
    }

    [UnmanagedCallersOnly(EntryPoint = "reseau_ip_is_link_local", CallConvs = [typeof(CallConvCdecl)])]
    public static int reseau_ip_is_link_local(reseau_ip* ip)
    {
        IpAddress address;
        if (ip == null || !IpAddress.TryFromC(ip, &address))
            return RESEAU_ERROR_INVALID_ARGUMENT;
        return IpAddress.IsLinkLocal(&address) ? 1 : 0;
    }

    [UnmanagedCallersOnly(EntryPoint = "reseau_resolve", CallConvs = [typeof(CallConvCdecl)])]
    public static int reseau_resolve(byte* name, int family, reseau_ip* ips, nuint capacity, int* resolver_error)
    {
        if (name == null || !IsChoice(family) || (ips == null && capacity != 0))
            return RESEAU_ERROR_INVALID_ARGUMENT;
        if (EventLoop.OfCallersThread != null)
            return RESEAU_ERROR_WOULD_BLOCK_LOOP;

        LookUpEnd end = NameLookUp.Addresses(name, family, ips, capacity, out nuint count, out int code);
        if (resolver_error != null)
            *resolver_error = code;
        return end == LookUpEnd.Found ? (int)count : ReseauErrors.Of(end);
    }

    [UnmanagedCallersOnly(EntryPoint = "reseau_resolve_reverse", CallConvs = [typeof(CallConvCdecl)])]
    public static int reseau_resolve_reverse(reseau_ip* ip, byte* name, nuint size, int* resolver_error)
    {
        IpAddress address;
        if (ip == null || name == null || !IpAddress.TryFromC(ip, &address))
            return RESEAU_ERROR_INVALID_ARGUMENT;
        if (EventLoop.OfCallersThread != null)
            return RESEAU_ERROR_WOULD_BLOCK_LOOP;

        byte* found = stackalloc byte[Network.HostNameSize];
        LookUpEnd end = NameLookUp.Name(&address, found, out int code);
        if (resolver_error != null)
            *resolver_error = code;
        return end == LookUpEnd.Found
            ? CopyText(MemoryMarshal.CreateReadOnlySpanFromNullTerminated(found), name, size)
            : ReseauErrors.Of(end);
    }

    [UnmanagedCallersOnly(EntryPoint = "reseau_interface_addresses", CallConvs = [typeof(CallConvCdecl)])]
    public static int reseau_interface_addresses(int family, int with_loopback, reseau_interface_address* addresses, nuint capacity)
    {
        if (!IsChoice(family) || (addresses == null && capacity != 0))
            return RESEAU_ERROR_INVALID_ARGUMENT;
        int error = InterfaceAddresses.List(family, with_loopback != 0, addresses, capacity, out nuint count);
        return error == AWS_ERROR_SUCCESS ? (int)count : ReseauErrors.Of(error);
    }

    private static bool IsChoice(int family) => family is 0 or 4 or 6;

    /// <summary>Returns the length, or RESEAU_ERROR_NO_ROOM if text and NUL do not fit; nothing is written then.</summary>
    private static int CopyText(ReadOnlySpan<byte> text, byte* buffer, nuint size)
    {
        if ((nuint)text.Length >= size)
            return RESEAU_ERROR_NO_ROOM;
        text.CopyTo(new Span<byte>(buffer, text.Length));
        buffer[text.Length] = 0;
        return text.Length;
    }
}
