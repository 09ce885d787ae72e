// SPDX-License-Identifier: Apache-2.0
using System;

namespace Reseau.Native.Common.Text;

/// <summary>Distinguishes addresses from names by their spelling; nothing is resolved.</summary>
internal static unsafe class HostText
{
    private const int LongestIpv6 = 39;
    private const int LongestIpv6WithIpv4 = 45;

    /// <summary>Four decimal numbers up to 255 with dots between them.</summary>
    internal static bool IsIpv4(aws_byte_cursor host)
    {
        if (host.ptr == null || host.len > 15)
            return false;

        ReadOnlySpan<byte> rest = new(host.ptr, (int)host.len);
        for (int i = 0; i < 4; i++)
        {
            if (i > 0 && !Take(ref rest, '.'))
                return false;

            int before = rest.Length;
            if (!Ascii.TryTakeNumber(ref rest, out int number) || before - rest.Length > 3 || number > 255)
                return false;
        }

        return rest.IsEmpty;
    }

    /// <summary>
    /// An IPv6 address in hexadecimal groups, and perhaps a zone behind a percent sign, which inside a URI is "%25".
    /// </summary>
    internal static bool IsIpv6(aws_byte_cursor host, bool isUriEncoded)
    {
        if (host.ptr == null || host.len > int.MaxValue)
            return false;

        ReadOnlySpan<byte> text = new(host.ptr, (int)host.len);
        int percent = text.IndexOf((byte)'%');
        if (percent < 0)
            return IsIpv6Address(text);

        ReadOnlySpan<byte> zone = text[(percent + 1)..];
        if (isUriEncoded)
        {
            if (!zone.StartsWith("25"u8))
                return false;

            zone = zone[2..];
        }

        return IsZone(zone) && IsIpv6Address(text[..percent]);
    }

    /// <summary>An IPv6 address whose last 32 bits may be written as an IPv4 address (RFC 3986, 3.2.2).</summary>
    internal static bool IsIpv6WithIpv4(aws_byte_cursor host)
    {
        if (host.ptr == null || host.len > LongestIpv6WithIpv4)
            return false;

        ReadOnlySpan<byte> text = new(host.ptr, (int)host.len);
        int last = text.LastIndexOf((byte)':') + 1;
        if (!text[last..].Contains((byte)'.'))
            return IsIpv6Address(text);

        // Two groups stand in for the IPv4 address.
        Span<byte> groups = stackalloc byte[LongestIpv6WithIpv4 + 3];
        text[..last].CopyTo(groups);
        "0:0"u8.CopyTo(groups[last..]);
        return IsDottedDecimal(text[last..]) && IsIpv6Address(groups[..(last + 3)]);
    }

    /// <summary>Four numbers up to 255 without leading zeros, which some read as octal.</summary>
    private static bool IsDottedDecimal(ReadOnlySpan<byte> text)
    {
        for (int i = 0; i < 4; i++)
        {
            if (i > 0 && !Take(ref text, '.'))
                return false;

            bool isZero = text.StartsWith("0"u8);
            int before = text.Length;
            if (!Ascii.TryTakeNumber(ref text, out int number) || number > 255 || (isZero && before - text.Length > 1))
                return false;
        }

        return text.IsEmpty;
    }

    private static bool IsIpv6Address(ReadOnlySpan<byte> rest)
    {
        if (rest.Length > LongestIpv6)
            return false;

        // A gap stands for one group of zeros or more, and there is at most one.
        bool hasGap = rest.StartsWith("::"u8);
        if (hasGap)
            rest = rest[2..];

        int groups = 0;
        bool needsGroup = !hasGap;
        while (!rest.IsEmpty || needsGroup)
        {
            if (!TakeGroup(ref rest))
                return false;

            groups++;
            needsGroup = Take(ref rest, ':');
            if (needsGroup && Take(ref rest, ':'))
            {
                if (hasGap)
                    return false;

                hasGap = true;
                needsGroup = false;
            }
            else if (!needsGroup && !rest.IsEmpty)
            {
                return false;
            }
        }

        return hasGap ? groups < 8 : groups == 8;
    }

    private static bool TakeGroup(ref ReadOnlySpan<byte> rest)
    {
        int count = 0;
        while (count < rest.Length && char.IsAsciiHexDigit((char)rest[count]))
            count++;

        rest = rest[count..];
        return count is >= 1 and <= 4;
    }

    private static bool IsZone(ReadOnlySpan<byte> zone)
    {
        foreach (byte value in zone)
        {
            if (!char.IsAsciiLetterOrDigit((char)value))
                return false;
        }

        return !zone.IsEmpty;
    }

    private static bool Take(ref ReadOnlySpan<byte> rest, char wanted)
    {
        if (rest.IsEmpty || rest[0] != wanted)
            return false;

        rest = rest[1..];
        return true;
    }
}
