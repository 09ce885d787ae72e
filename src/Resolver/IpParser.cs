// SPDX-License-Identifier: Apache-2.0
using System;
using System.Buffers.Binary;

namespace Reseau.Native.Resolver;

/// <summary>
/// Reads addresses, without a zone, in the forms that inet_pton takes, on every system alike: IPv4 as four decimal
/// numbers, IPv6 as RFC 4291, section 2.2, has it.
/// </summary>
internal static class IpParser
{
    internal const int IPv4Size = 4;
    internal const int IPv6Size = 16;

    /// <summary>Octal, hexadecimal and short forms are refused: programs disagree about what they are.</summary>
    internal static bool TryReadIPv4(ReadOnlySpan<byte> text, Span<byte> bytes)
    {
        int at = 0;
        for (int i = 0; i < IPv4Size; i++)
        {
            if (i > 0 && (at == text.Length || text[at++] != (byte)'.'))
                return false;
            if (!TryReadOctet(text, ref at, out bytes[i]))
                return false;
        }

        return at == text.Length;
    }

    internal static bool TryReadIPv6(ReadOnlySpan<byte> text, Span<byte> bytes)
    {
        bytes.Clear();
        bool startsWithGap = text.StartsWith("::"u8);
        int at = startsWithGap ? 2 : 0;
        int gap = startsWithGap ? 0 : -1;
        int filled = 0;
        while (at < text.Length)
        {
            int next = at;
            if (!TryReadGroup(text, ref next, out ushort group) || (next < text.Length && text[next] != (byte)':'))
            {
                // What is left can only be an address of IPv4.
                if (filled > IPv6Size - IPv4Size || !TryReadIPv4(text[at..], bytes[filled..]))
                    return false;
                filled += IPv4Size;
                break;
            }

            if (filled == IPv6Size)
                return false;
            BinaryPrimitives.WriteUInt16BigEndian(bytes[filled..], group);
            filled += sizeof(ushort);
            at = next;
            if (at < text.Length && !TrySkipColons(text, ref at, filled, ref gap))
                return false;
        }

        return gap < 0 ? filled == IPv6Size : TryWiden(bytes, gap, filled);
    }

    // Behind a group: one colon before the next, or two where zeros are left out, which is allowed once.
    private static bool TrySkipColons(ReadOnlySpan<byte> text, ref int at, int filled, ref int gap)
    {
        at++;
        if (at == text.Length)
            return false;
        if (text[at] != (byte)':')
            return true;
        if (gap >= 0)
            return false;
        gap = filled;
        at++;
        return true;
    }

    // A gap stands for one group at least.
    private static bool TryWiden(Span<byte> bytes, int gap, int filled)
    {
        if (filled == IPv6Size)
            return false;
        bytes[gap..filled].CopyTo(bytes[(IPv6Size - (filled - gap))..]);
        bytes[gap..(IPv6Size - (filled - gap))].Clear();
        return true;
    }

    private static bool TryReadGroup(ReadOnlySpan<byte> text, ref int at, out ushort group)
    {
        int start = at;
        uint sum = 0;
        for (; at < text.Length && at - start < 4 && char.IsAsciiHexDigit((char)text[at]); at++)
            sum = sum * 16 + Digit(text[at]);
        group = (ushort)sum;
        return at > start;
    }

    private static bool TryReadOctet(ReadOnlySpan<byte> text, ref int at, out byte octet)
    {
        int start = at;
        uint sum = 0;
        for (; at < text.Length && at - start < 3 && char.IsAsciiDigit((char)text[at]); at++)
            sum = sum * 10 + Digit(text[at]);
        octet = (byte)sum;
        int digits = at - start;
        return digits > 0 && sum <= byte.MaxValue && (digits == 1 || text[start] != (byte)'0');
    }

    private static uint Digit(byte digit) =>
        digit <= (byte)'9' ? (uint)(digit - '0') : (uint)((digit | 0x20) - 'a' + 10);
}
