// SPDX-License-Identifier: Apache-2.0
using System;
using System.Buffers.Binary;
using Reseau.Native.Common;
using Reseau.Native.Platform;

namespace Reseau.Native.Resolver;

internal enum IpFamily : byte
{
    /// <summary>No address.</summary>
    None,
    IPv4,
    IPv6,
}

/// <summary>
/// An IP address as a value: family, bytes in network order, and for IPv6 the scope, which is the index of the
/// interface that a link-local address is reached by (RFC 4007). Text is made of it only for C and for log lines.
/// </summary>
internal unsafe struct IpAddress : IUtf8SpanFormattable
{
    /// <summary>The longest address, a percent sign and the name of an interface; room for a NUL too.</summary>
    internal const int MaxTextSize = MaxAddressText + 1 + Network.InterfaceNameSize;

    private const int MaxAddressText = 45;
    private const int IPv4Size = IpParser.IPv4Size;
    private const int IPv6Size = IpParser.IPv6Size;
    private const int Words = IPv6Size / sizeof(ushort);

    // IPv4 has the first four, and zeros behind.
    private fixed byte _bytes[IPv6Size];

    /// <summary>0 for addresses that are reached by any interface.</summary>
    internal uint Scope;
    internal IpFamily Family;

    internal static byte* BytesOf(IpAddress* address) => address->_bytes;

    internal static IpAddress FromBytes(IpFamily family, byte* bytes, uint scope)
    {
        IpAddress address = new() { Family = family, Scope = scope };
        int size = family == IpFamily.IPv4 ? IPv4Size : IPv6Size;
        new ReadOnlySpan<byte>(bytes, size).CopyTo(new Span<byte>(address._bytes, size));
        return address;
    }

    internal static bool AreEqual(IpAddress* a, IpAddress* b) =>
        a->Family == b->Family && a->Scope == b->Scope &&
        new ReadOnlySpan<byte>(a->_bytes, IPv6Size).SequenceEqual(new ReadOnlySpan<byte>(b->_bytes, IPv6Size));

    /// <summary>Reads a C string of either family.</summary>
    internal static bool TryParse(byte* text, IpAddress* result)
    {
        ReadOnlySpan<byte> start = StartOf(text, MaxAddressText);
        return TryParse(start.Contains((byte)':') ? IpFamily.IPv6 : IpFamily.IPv4, text, result);
    }

    /// <summary>Reads a C string. An address of IPv6 may have a zone: "fe80::1%eth0" or "fe80::1%2".</summary>
    internal static bool TryParse(IpFamily family, byte* text, IpAddress* result)
    {
        *result = new IpAddress { Family = family };
        bool isParsed = family == IpFamily.IPv4
            ? IpParser.TryReadIPv4(StartOf(text, MaxAddressText), new Span<byte>(result->_bytes, IPv4Size))
            : TryParseIPv6(text, result);
        if (!isParsed)
            *result = default;
        return isParsed;
    }

    /// <summary>Less than 0, 0 or more: IPv4 first, then by number, then by scope.</summary>
    internal static int Compare(IpAddress* a, IpAddress* b)
    {
        int order = ((byte)a->Family).CompareTo((byte)b->Family);
        if (order == 0)
            order = new ReadOnlySpan<byte>(a->_bytes, IPv6Size).SequenceCompareTo(new(b->_bytes, IPv6Size));
        return order != 0 ? order : a->Scope.CompareTo(b->Scope);
    }

    /// <summary>Writes IPv4 as IPv6 (::ffff:0:0/96; RFC 4291, section 2.5.5.2); IPv6 stays as it is.</summary>
    internal static IpAddress MapToIPv6(IpAddress* address)
    {
        if (address->Family != IpFamily.IPv4)
            return *address;
        IpAddress mapped = new() { Family = IpFamily.IPv6 };
        mapped._bytes[10] = mapped._bytes[11] = byte.MaxValue;
        new ReadOnlySpan<byte>(address->_bytes, IPv4Size).CopyTo(new Span<byte>(mapped._bytes + 12, IPv4Size));
        return mapped;
    }

    /// <summary>The reverse, for addresses that are so.</summary>
    internal static IpAddress UnmapFromIPv6(IpAddress* address)
    {
        IpAddress ipv4 = FromBytes(IpFamily.IPv4, address->_bytes + 12, 0);
        IpAddress mapped = MapToIPv6(&ipv4);
        return address->Family == IpFamily.IPv6 && AreEqual(&mapped, address) ? ipv4 : *address;
    }

    /// <summary>127.0.0.0/8 (RFC 1122) and ::1 (RFC 4291).</summary>
    internal static bool IsLoopback(IpAddress* address)
    {
        if (address->Family == IpFamily.IPv4)
            return address->_bytes[0] == 127;
        ReadOnlySpan<byte> bytes = new(address->_bytes, IPv6Size);
        return bytes[^1] == 1 && !bytes[..^1].ContainsAnyExcept((byte)0);
    }

    /// <summary>169.254.0.0/16 (RFC 3927) and fe80::/10 (RFC 4291).</summary>
    internal static bool IsLinkLocal(IpAddress* address) => address->Family == IpFamily.IPv4
        ? address->_bytes[0] == 169 && address->_bytes[1] == 254
        : address->_bytes[0] == 0xFE && (address->_bytes[1] & 0xC0) == 0x80;

    /// <summary>aws_parse_ipv4_address: writes the four bytes of the address in network order.</summary>
    internal static int ParseIPv4ForC(aws_string* text, uint* address)
    {
        if (text == null || address == null)
            return Errors.Raise(AWS_ERROR_INVALID_ARGUMENT);
        IpAddress ip;
        if (!TryParse(IpFamily.IPv4, text->bytes, &ip))
            return Errors.Raise(AWS_IO_SOCKET_INVALID_ADDRESS);

        *address = *(uint*)ip._bytes;
        return AWS_OP_SUCCESS;
    }

    /// <summary>aws_parse_ipv6_address: appends sixteen bytes to a buffer, which is not grown for them.</summary>
    internal static int ParseIPv6ForC(aws_string* text, aws_byte_buf* buffer)
    {
        if (text == null || buffer == null)
            return Errors.Raise(AWS_ERROR_INVALID_ARGUMENT);
        if (buffer->len > buffer->capacity || buffer->capacity - buffer->len < IPv6Size)
            return Errors.Raise(AWS_ERROR_SHORT_BUFFER);

        // A zone has no place in the buffer.
        Span<byte> bytes = stackalloc byte[IPv6Size];
        if (!IpParser.TryReadIPv6(StartOf(text->bytes, MaxAddressText), bytes))
            return Errors.Raise(AWS_IO_SOCKET_INVALID_ADDRESS);

        bytes.CopyTo(new Span<byte>(buffer->buffer + buffer->len, IPv6Size));
        buffer->len += IPv6Size;
        return AWS_OP_SUCCESS;
    }

    /// <summary>
    /// Writes the address, without a NUL, into <see cref="MaxTextSize"/> bytes, as inet_ntop does, and its zone by the
    /// name of the interface, or by number when that is gone. Returns the length.
    /// </summary>
    internal static int Format(IpAddress* address, byte* text)
    {
        if (address->Family == IpFamily.IPv4)
            return FormatDotted(address->_bytes, text);

        int length = FormatIPv6(address->_bytes, text);
        if (address->Scope == 0)
            return length;

        text[length++] = (byte)'%';
        if (Network.TryGetInterfaceName(address->Scope, text + length))
            return length + new ReadOnlySpan<byte>(text + length, Network.InterfaceNameSize).IndexOf((byte)0);
        return length + FormatNumber(address->Scope, text + length);
    }

    public bool TryFormat(Span<byte> destination, out int written, ReadOnlySpan<char> format, IFormatProvider? provider)
    {
        byte* text = stackalloc byte[MaxTextSize];
        IpAddress copy = this;
        written = Format(&copy, text);
        return new ReadOnlySpan<byte>(text, written).TryCopyTo(destination);
    }

    // One byte more than the limit if the text is longer than that, which no address is.
    private static ReadOnlySpan<byte> StartOf(byte* text, int limit)
    {
        // Byte by byte: the text may end anywhere.
        int length = 0;
        while (length <= limit && text[length] != 0)
            length++;
        return new ReadOnlySpan<byte>(text, length);
    }

    private static bool TryParseIPv6(byte* text, IpAddress* result)
    {
        ReadOnlySpan<byte> address = StartOf(text, MaxAddressText);
        int percent = address.IndexOf((byte)'%');
        if (percent >= 0)
            address = address[..percent];
        return IpParser.TryReadIPv6(address, new Span<byte>(result->_bytes, IPv6Size)) &&
            (percent < 0 || TryParseZone(text + percent + 1, &result->Scope));
    }

    private static bool TryParseZone(byte* zone, uint* scope)
    {
        *scope = *zone == 0 ? 0 : Network.InterfaceIndex(zone);
        if (*scope != 0)
            return true;

        ulong sum = 0;
        for (; *zone is >= (byte)'0' and <= (byte)'9' && sum <= uint.MaxValue; zone++)
            sum = sum * 10 + (ulong)(*zone - '0');
        *scope = (uint)sum;
        return *zone == 0 && sum is > 0 and <= uint.MaxValue;
    }

    // The longest run of zero words, two at least, is left out; what stands for IPv4 is written so.
    private static int FormatIPv6(byte* bytes, byte* text)
    {
        ReadOnlySpan<byte> all = new(bytes, IPv6Size);
        (int start, int count) = LongestZeros(all);
        int end = start + count;
        bool hasDotted = start == 0 &&
            (count == 6 || (count == 5 && BinaryPrimitives.ReadUInt16BigEndian(all[10..]) == ushort.MaxValue));
        int length = 0;
        for (int i = 0; i < Words; i++)
        {
            if (i >= start && i < end)
            {
                if (i == start)
                    text[length++] = (byte)':';
                continue;
            }

            if (i != 0)
                text[length++] = (byte)':';
            if (i == 6 && hasDotted)
                return length + FormatDotted(bytes + 12, text + length);
            ushort word = BinaryPrimitives.ReadUInt16BigEndian(all[(i * 2)..]);
            word.TryFormat(new Span<byte>(text + length, 4), out int digits, "x");
            length += digits;
        }

        if (end == Words)
            text[length++] = (byte)':';
        return length;
    }

    private static (int Start, int Count) LongestZeros(ReadOnlySpan<byte> bytes)
    {
        int start = -1, longest = 1, run = 0;
        for (int i = 0; i < Words; i++)
        {
            run = bytes[i * 2] == 0 && bytes[i * 2 + 1] == 0 ? run + 1 : 0;
            if (run > longest)
            {
                longest = run;
                start = i + 1 - run;
            }
        }

        return start < 0 ? (-1, 0) : (start, longest);
    }

    private static int FormatDotted(byte* bytes, byte* text)
    {
        int length = 0;
        for (int i = 0; i < IPv4Size; i++)
        {
            if (i != 0)
                text[length++] = (byte)'.';
            length += FormatByte(bytes[i], text + length);
        }

        return length;
    }

    private static int FormatByte(uint number, byte* text)
    {
        int length = 0;
        if (number >= 100)
            text[length++] = (byte)('0' + number / 100);
        if (number >= 10)
            text[length++] = (byte)('0' + number / 10 % 10);
        text[length++] = (byte)('0' + number % 10);
        return length;
    }

    private static int FormatNumber(uint number, byte* text)
    {
        number.TryFormat(new Span<byte>(text, 10), out int written);
        return written;
    }
}
