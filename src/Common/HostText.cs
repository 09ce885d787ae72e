// SPDX-License-Identifier: Apache-2.0
using System;

namespace Reseau.Native.Common;

/// <summary>Tells addresses from names by their spelling; nothing is resolved.</summary>
internal static unsafe class HostText
{
    private const int LongestIpv6 = 39;

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
            if (!Text.TryTakeNumber(ref rest, out int number) || before - rest.Length > 3 || number > 255)
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
