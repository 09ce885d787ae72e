// SPDX-License-Identifier: Apache-2.0
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Reseau.Native.Connections;
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
        if (text == null || ip == null)
            return RESEAU_ERROR_INVALID_ARGUMENT;
        return ReseauIp.TryParse(text, ip) ? 0 : RESEAU_ERROR_BAD_ADDRESS;
    }

    [UnmanagedCallersOnly(EntryPoint = "reseau_ip_format", CallConvs = [typeof(CallConvCdecl)])]
    public static int reseau_ip_format(reseau_ip* ip, byte* buffer, nuint size) => buffer == null ? RESEAU_ERROR_INVALID_ARGUMENT : ReseauIp.Format(ip, buffer, size);

    [UnmanagedCallersOnly(EntryPoint = "reseau_ip_compare", CallConvs = [typeof(CallConvCdecl)])]
    public static int reseau_ip_compare(reseau_ip* a, reseau_ip* b) => ReseauIp.Compare(a, b);

    [UnmanagedCallersOnly(EntryPoint = "reseau_ip_is_link_local", CallConvs = [typeof(CallConvCdecl)])]
    public static int reseau_ip_is_link_local(reseau_ip* ip) => ReseauIp.IsLinkLocal(ip);

    [UnmanagedCallersOnly(EntryPoint = "reseau_resolve", CallConvs = [typeof(CallConvCdecl)])]
    public static int reseau_resolve(byte* name, int family, reseau_ip* ips, nuint capacity, int* resolver_error)
    {
        if (name == null || !IsChoice(family) || (ips == null && capacity != 0))
            return RESEAU_ERROR_INVALID_ARGUMENT;
        NameSource* source = NameSource.Of(EventLoop.OfCallersThread);
        if (source == null && EventLoop.OfCallersThread != null)
            return RESEAU_ERROR_WOULD_BLOCK_LOOP;

        nuint count;
        int code = 0;
        LookUpEnd end = source == null
            ? NameLookUp.Addresses(name, family, ips, capacity, out count, out code)
            : NameSource.Addresses(source, name, family, ips, capacity, out count);
        if (resolver_error != null)
            *resolver_error = code;
        return end == LookUpEnd.Found ? (int)count : ConnectionErrors.From(end);
    }

    [UnmanagedCallersOnly(EntryPoint = "reseau_resolve_reverse", CallConvs = [typeof(CallConvCdecl)])]
    public static int reseau_resolve_reverse(reseau_ip* ip, byte* name, nuint size, int* resolver_error)
    {
        if (ip == null || name == null)
            return RESEAU_ERROR_INVALID_ARGUMENT;
        if (NameSource.Of(EventLoop.OfCallersThread) != null)
            return RESEAU_ERROR_UNSUPPORTED;
        if (EventLoop.OfCallersThread != null)
            return RESEAU_ERROR_WOULD_BLOCK_LOOP;

        LookUpEnd end = NameLookUp.Name(ip, name, size, out int length, out int code);
        if (resolver_error != null)
            *resolver_error = code;
        return end == LookUpEnd.Found ? length : ConnectionErrors.From(end);
    }

    [UnmanagedCallersOnly(EntryPoint = "reseau_interface_addresses", CallConvs = [typeof(CallConvCdecl)])]
    public static int reseau_interface_addresses(int family, int with_loopback, reseau_interface_address* addresses, nuint capacity)
    {
        if (!IsChoice(family) || (addresses == null && capacity != 0))
            return RESEAU_ERROR_INVALID_ARGUMENT;
        if (NameSource.Of(EventLoop.OfCallersThread) != null)
            return RESEAU_ERROR_UNSUPPORTED;
        int error = InterfaceAddresses.List(family, with_loopback != 0, addresses, capacity, out nuint count);
        return error == AWS_ERROR_SUCCESS ? (int)count : ConnectionErrors.From(error);
    }

    private static bool IsChoice(int family) => family is 0 or 4 or 6;
}
