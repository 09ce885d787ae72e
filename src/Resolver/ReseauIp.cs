// SPDX-License-Identifier: Apache-2.0
using System;
using System.Runtime.CompilerServices;

namespace Reseau.Native.Resolver;

/// <summary>
/// Addresses in the form of &lt;reseau/net.h&gt;. What has an address on its stack is never a part of an export: the
/// first call into the library would return with another stack cookie than it began with.
/// </summary>
internal static unsafe class ReseauIp
{
    /// <summary>False for NULL, and for a family that is neither 4 nor 6. IPv4 has no scope.</summary>
    internal static bool TryRead(reseau_ip* source, IpAddress* result)
    {
        if (source == null || source->family is not (4 or 6))
            return false;
        bool isIPv4 = source->family == 4;
        *result = IpAddress.FromBytes(
            isIPv4 ? IpFamily.IPv4 : IpFamily.IPv6, source->bytes, isIPv4 ? 0 : source->scope);
        return true;
    }

    internal static reseau_ip Of(IpAddress* address)
    {
        reseau_ip result = new() { family = address->Family == IpFamily.IPv4 ? 4 : 6, scope = address->Scope };
        new ReadOnlySpan<byte>(IpAddress.BytesOf(address), IpParser.IPv6Size)
            .CopyTo(new Span<byte>(result.bytes, IpParser.IPv6Size));
        return result;
    }

    /// <summary>Reads a C string; false, with nothing written, if it is no address.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    internal static bool TryParse(byte* text, reseau_ip* result)
    {
        IpAddress address;
        if (!IpAddress.TryParse(text, &address))
            return false;
        *result = Of(&address);
        return true;
    }

    /// <summary>Writes a C string. Returns its length, or an error of reseau_error.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    internal static int Format(reseau_ip* ip, byte* buffer, nuint size)
    {
        IpAddress address;
        byte* text = stackalloc byte[IpAddress.MaxTextSize];
        return TryRead(ip, &address)
            ? Copy(new ReadOnlySpan<byte>(text, IpAddress.Format(&address, text)), buffer, size)
            : RESEAU_ERROR_INVALID_ARGUMENT;
    }

    /// <summary>What is no address comes before all that are.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    internal static int Compare(reseau_ip* a, reseau_ip* b)
    {
        IpAddress first = default, second = default;
        TryRead(a, &first);
        TryRead(b, &second);
        return IpAddress.Compare(&first, &second);
    }

    /// <summary>1 or 0, or an error of reseau_error.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    internal static int IsLinkLocal(reseau_ip* ip)
    {
        IpAddress address;
        if (!TryRead(ip, &address))
            return RESEAU_ERROR_INVALID_ARGUMENT;
        return IpAddress.IsLinkLocal(&address) ? 1 : 0;
    }

    /// <summary>Text and a NUL; RESEAU_ERROR_NO_ROOM, and nothing is written, if they do not fit.</summary>
    internal static int Copy(ReadOnlySpan<byte> text, byte* buffer, nuint size)
    {
        if ((nuint)text.Length >= size)
            return RESEAU_ERROR_NO_ROOM;
        text.CopyTo(new Span<byte>(buffer, text.Length));
        buffer[text.Length] = 0;
        return text.Length;
    }
}
