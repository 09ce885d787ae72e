// SPDX-License-Identifier: Apache-2.0
using System;
using System.Buffers.Binary;

namespace Reseau.Native.Tls.SChannel;

/// <summary>
/// A private key of RSA as CAPI has it, a PRIVATEKEYBLOB of &lt;wincrypt.h&gt;: numbers with their lowest byte first.
/// </summary>
internal readonly ref struct RsaKeyBlob
{
    private const int Header = 20;
    private const int MagicAt = 8;
    private const int BitsAt = 12;
    private const int ExponentAt = 16;
    private const int MaxBits = 16 * 1024;
    private const byte Integer = 0x02;
    private const byte Sequence = 0x30;

    // Version, modulus, public and private exponent, two primes, their exponents, the coefficient.
    private const int Numbers = 9;

    private ReadOnlySpan<byte> Bytes { get; init; }

    private int Half { get; init; }

    /// <summary>Room for <see cref="ToPkcs1"/>.</summary>
    internal nuint MaxPkcs1 => (nuint)(Bytes.Length + (8 * Numbers));

    internal static bool TryParse(ReadOnlySpan<byte> bytes, out RsaKeyBlob blob)
    {
        blob = default;
        if (bytes.Length < Header || !bytes.Slice(MagicAt, 4).SequenceEqual("RSA2"u8))
            return false;

        // Modulus and private exponent are as long as the key, five others half as long.
        uint bits = BinaryPrimitives.ReadUInt32LittleEndian(bytes[BitsAt..]);
        int half = bits <= MaxBits && bits % 16 == 0 ? (int)bits / 16 : 0;
        blob = new RsaKeyBlob { Bytes = bytes, Half = half };
        return half > 0 && bytes.Length >= Header + (9 * half);
    }

    /// <summary>How many bytes were written.</summary>
    internal int ToPkcs1(Span<byte> into)
    {
        int content = 0;
        for (int i = 0; i < Numbers; i++)
        {
            int length = LengthOf(NumberAt(i));
            content += DerHead.LengthOf(length) + length;
        }

        int at = DerHead.Write(into, Sequence, content);
        for (int i = 0; i < Numbers; i++)
        {
            ReadOnlySpan<byte> number = NumberAt(i);
            int length = LengthOf(number);
            at += DerHead.Write(into[at..], Integer, length);
            for (int j = length - 1; j >= 0; j--)
                into[at++] = j < number.Length ? number[j] : (byte)0;
        }

        return at;
    }

    private ReadOnlySpan<byte> NumberAt(int index) => index switch
    {
        0 => [0],
        1 => Bytes.Slice(Header, 2 * Half),
        2 => Bytes.Slice(ExponentAt, 4),
        3 => Bytes.Slice(Header + (7 * Half), 2 * Half),
        _ => Bytes.Slice(Header + ((index - 2) * Half), Half),
    };

    // Without zeros in front, but for one where the number would be negative.
    private static int LengthOf(ReadOnlySpan<byte> number)
    {
        int length = number.Length;
        while (length > 1 && number[length - 1] == 0)
            length--;
        return number[length - 1] >= 0x80 ? length + 1 : length;
    }
}
