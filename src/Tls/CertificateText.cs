// SPDX-License-Identifier: Apache-2.0
using System;
using System.Text.Unicode;
using Reseau.Native.Common;
using Reseau.Native.Resolver;

namespace Reseau.Native.Tls;

/// <summary>
/// Names of certificates as text that can be shown: no control character, and nothing that would look like something
/// else, comes through.
/// </summary>
internal static unsafe class CertificateText
{
    private const byte ObjectId = 0x06;

    // A sound name has a dozen. Each is looked for from the front, which takes long for a peer's many thousand.
    private const int MaxParts = 256;

    /// <summary>
    /// A distinguished name as RFC 4514 writes it: "CN=host,O=Someone". Nothing if it has more parts than any has.
    /// </summary>
    internal static void AppendName(aws_byte_buf* text, ReadOnlySpan<byte> name)
    {
        // The last part comes first.
        int count = 0;
        DerReader parts = new(name);
        while (parts.TryRead(out _, out _))
            count++;
        if (count > MaxParts)
            return;

        for (int i = count - 1; i >= 0; i--)
        {
            DerReader reader = new(name);
            ReadOnlySpan<byte> part = default;
            for (int at = 0; at <= i; at++)
                reader.TryRead(out _, out part);
            AppendPart(text, part);
            if (i > 0)
                ByteBuf.AppendByteDynamic(text, (byte)',');
        }
    }

    private static void AppendPart(aws_byte_buf* text, ReadOnlySpan<byte> part)
    {
        bool isFirst = true;
        DerReader pairs = new(part);
        while (pairs.TryRead(out _, out ReadOnlySpan<byte> pair))
        {
            DerReader both = new(pair);
            if (!both.TryRead(out byte tag, out ReadOnlySpan<byte> id) || tag != ObjectId ||
                !both.TryRead(out tag, out ReadOnlySpan<byte> value))
            {
                continue;
            }

            if (!isFirst)
                ByteBuf.AppendByteDynamic(text, (byte)'+');
            isFirst = false;
            AppendType(text, id);
            ByteBuf.AppendByteDynamic(text, (byte)'=');
            AppendValue(text, tag, value);
        }
    }

    private static void AppendType(aws_byte_buf* text, ReadOnlySpan<byte> id)
    {
        ReadOnlySpan<byte> name = id.Length == 3 && id[0] == 0x55 && id[1] == 4
            ? id[2] switch
            {
                3 => "CN"u8,
                6 => "C"u8,
                7 => "L"u8,
                8 => "ST"u8,
                9 => "STREET"u8,
                10 => "O"u8,
                11 => "OU"u8,
                _ => default,
            }
            : default;
        if (!name.IsEmpty)
            Append(text, name);
        else
            AppendNumbers(text, id);
    }

    // 2.5.4.5, for example.
    private static void AppendNumbers(aws_byte_buf* text, ReadOnlySpan<byte> id)
    {
        ulong number = 0;
        bool isFirst = true;
        foreach (byte part in id)
        {
            number = (number << 7) | (uint)(part & 0x7F);
            if (part >= 0x80)
                continue;

            if (isFirst)
            {
                ulong first = ulong.Min(number / 40, 2);
                AppendNumber(text, first);
                number -= first * 40;
            }

            ByteBuf.AppendByteDynamic(text, (byte)'.');
            AppendNumber(text, number);
            isFirst = false;
            number = 0;
        }
    }

    private static void AppendNumber(aws_byte_buf* text, ulong number)
    {
        if (number >= 10)
            AppendNumber(text, number / 10);
        ByteBuf.AppendByteDynamic(text, (byte)('0' + (number % 10)));
    }

    // What is not of bytes is shown as its bytes.
    private static void AppendValue(aws_byte_buf* text, byte tag, ReadOnlySpan<byte> value)
    {
        const byte utf8 = 0x0C, printable = 0x13, teletex = 0x14, ia5 = 0x16;
        if (tag is not (utf8 or printable or teletex or ia5))
        {
            ByteBuf.AppendByteDynamic(text, (byte)'#');
            foreach (byte one in value)
                AppendHex(text, one);
            return;
        }

        bool isText = tag == utf8 && Utf8.IsValid(value);
        for (int i = 0; i < value.Length; i++)
        {
            byte one = value[i];
            bool isAtEdge = (one == ' ' && (i == 0 || i == value.Length - 1)) || (one == '#' && i == 0);
            if (one is < 0x20 or 0x7F || (one >= 0x80 && (!isText || IsOfControl(value, i))))
            {
                ByteBuf.AppendByteDynamic(text, (byte)'\\');
                AppendHex(text, one);
                continue;
            }

            if (isAtEdge || ",+\"\\<>;="u8.Contains(one))
                ByteBuf.AppendByteDynamic(text, (byte)'\\');
            ByteBuf.AppendByteDynamic(text, one);
        }
    }

    // U+0080 to U+009F, which some terminals obey, are two bytes of UTF-8.
    private static bool IsOfControl(ReadOnlySpan<byte> text, int at)
    {
        const byte first = 0xC2, end = 0xA0;
        return text[at] == first ? text[at + 1] < end : text[at] < end && text[at - 1] == first;
    }

    /// <summary>
    /// One of the GeneralNames: "DNS:host", "IP:address", "URI:...", "email:...". False for other kinds.
    /// </summary>
    internal static bool TryAppendAlternative(aws_byte_buf* text, byte tag, ReadOnlySpan<byte> name)
    {
        switch (tag)
        {
            case 0x81:
                Append(text, "email:"u8);
                break;
            case 0x82:
                Append(text, "DNS:"u8);
                break;
            case 0x86:
                Append(text, "URI:"u8);
                break;
            case 0x87:
                return TryAppendAddress(text, name);
            default:
                return false;
        }

        foreach (byte one in name)
        {
            if (one is > 0x20 and < 0x7F && one != '\\')
            {
                ByteBuf.AppendByteDynamic(text, one);
                continue;
            }

            ByteBuf.AppendByteDynamic(text, (byte)'\\');
            AppendHex(text, one);
        }

        return true;
    }

    private static bool TryAppendAddress(aws_byte_buf* text, ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length is not (4 or 16))
            return false;

        fixed (byte* start = bytes)
        {
            IpAddress address = IpAddress.FromBytes(
                bytes.Length == 4 ? IpFamily.IPv4 : IpFamily.IPv6, start, scope: 0);
            byte* formatted = stackalloc byte[IpAddress.MaxTextSize];
            int length = IpAddress.Format(&address, formatted);
            Append(text, "IP:"u8);
            Append(text, new ReadOnlySpan<byte>(formatted, length));
        }

        return true;
    }

    private static void AppendHex(aws_byte_buf* text, byte value)
    {
        ReadOnlySpan<byte> digits = "0123456789ABCDEF"u8;
        ByteBuf.AppendByteDynamic(text, digits[value >> 4]);
        ByteBuf.AppendByteDynamic(text, digits[value & 15]);
    }

    internal static void Append(aws_byte_buf* text, ReadOnlySpan<byte> what)
    {
        fixed (byte* bytes = what)
        {
            aws_byte_cursor cursor = new() { ptr = bytes, len = (nuint)what.Length };
            ByteBuf.AppendDynamic(text, &cursor);
        }
    }
}
