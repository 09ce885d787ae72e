// SPDX-License-Identifier: Apache-2.0
using System;
using Reseau.Native.Common;

namespace Reseau.Native.Tls;

/// <summary>
/// A private key in any of its three forms in DER: PKCS#8, which says what the key is for, PKCS#1 for RSA, and that of
/// RFC 5915 for curves.
/// </summary>
internal readonly ref struct PrivateKeyInfo
{
    private const byte Integer = 0x02;
    private const byte OctetString = 0x04;
    private const byte ObjectIdentifier = 0x06;
    private const byte Sequence = 0x30;
    private const byte Parameters = 0xA0;

    // Identifier and parameters of an algorithm, complete.
    private static ReadOnlySpan<byte> RsaAlgorithm =>
        [0x30, 0x0D, 0x06, 0x09, 0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 0x01, 0x01, 0x01, 0x05, 0x00];

    private static ReadOnlySpan<byte> RsaIdentifier => RsaAlgorithm[4..13];

    private static ReadOnlySpan<byte> CurveIdentifier => [0x2A, 0x86, 0x48, 0xCE, 0x3D, 0x02, 0x01];

    /// <summary>The key itself, as PKCS#1 or RFC 5915 have it.</summary>
    internal ReadOnlySpan<byte> Key { get; private init; }

    /// <summary>The identifier of its curve; empty for RSA, and where the key does not say.</summary>
    internal ReadOnlySpan<byte> Curve { get; private init; }

    internal bool IsRsa { get; private init; }

    /// <summary>The whole, if it is PKCS#8; else empty.</summary>
    private ReadOnlySpan<byte> Whole { get; init; }

    /// <summary>False for what is none of the three. Refers to the bytes.</summary>
    internal static bool TryParse(ReadOnlySpan<byte> der, out PrivateKeyInfo info)
    {
        info = default;
        DerReader outer = new(der);
        if (!outer.TryRead(out byte kind, out ReadOnlySpan<byte> content) || kind != Sequence || !outer.IsAtEnd)
            return false;

        DerReader fields = new(content);
        if (!fields.TryRead(out kind, out ReadOnlySpan<byte> version) || kind != Integer || version.Length != 1 ||
            !fields.TryRead(out kind, out ReadOnlySpan<byte> second))
        {
            return false;
        }

        switch (kind)
        {
            case Sequence:
                return TryParseWhole(der, second, fields, out info);
            case Integer:
                info = new PrivateKeyInfo { Key = der, IsRsa = true };
                return true;
            case OctetString:
                bool hasCurve = TryReadCurve(fields, out ReadOnlySpan<byte> curve);
                info = new PrivateKeyInfo { Key = der, Curve = curve };
                return hasCurve;
            default:
                return false;
        }
    }

    private static bool TryParseWhole(
        ReadOnlySpan<byte> der, ReadOnlySpan<byte> algorithm, DerReader fields, out PrivateKeyInfo info)
    {
        info = default;
        DerReader reader = new(algorithm);
        if (!reader.TryRead(out byte kind, out ReadOnlySpan<byte> identifier) || kind != ObjectIdentifier ||
            !fields.TryRead(out kind, out ReadOnlySpan<byte> key) || kind != OctetString)
        {
            return false;
        }

        bool isRsa = identifier.SequenceEqual(RsaIdentifier);
        ReadOnlySpan<byte> curve = default;
        if (!isRsa && (!identifier.SequenceEqual(CurveIdentifier) ||
            !reader.TryRead(out kind, out curve) || kind != ObjectIdentifier))
        {
            return false;
        }

        info = new PrivateKeyInfo { Key = key, Curve = curve, IsRsa = isRsa, Whole = der };
        return true;
    }

    private static bool TryReadCurve(DerReader fields, out ReadOnlySpan<byte> curve)
    {
        curve = default;
        if (!fields.TryRead(out byte kind, out ReadOnlySpan<byte> parameters) || kind != Parameters)
            return false;

        DerReader reader = new(parameters);
        return reader.TryRead(out kind, out curve) && kind == ObjectIdentifier;
    }

    /// <summary>As PKCS#8, which is the caller's to wipe.</summary>
    internal unsafe void ToPkcs8(aws_allocator* allocator, aws_byte_buf* pkcs8)
    {
        int capacity = Whole.Length + Key.Length + Curve.Length + 64;
        ByteBuf.Init(pkcs8, allocator, (nuint)capacity);
        Span<byte> into = new(pkcs8->buffer, capacity);
        if (!Whole.IsEmpty)
        {
            Whole.CopyTo(into);
            pkcs8->len = (nuint)Whole.Length;
            return;
        }

        Span<byte> algorithm = stackalloc byte[64];
        int algorithmLength = WriteAlgorithm(algorithm);
        ReadOnlySpan<byte> version = [Integer, 1, 0];
        int content = version.Length + algorithmLength + DerHead.LengthOf(Key.Length) + Key.Length;
        int at = DerHead.Write(into, Sequence, content);
        version.CopyTo(into[at..]);
        at += version.Length;
        algorithm[..algorithmLength].CopyTo(into[at..]);
        at += algorithmLength;
        at += DerHead.Write(into[at..], OctetString, Key.Length);
        Key.CopyTo(into[at..]);
        pkcs8->len = (nuint)(at + Key.Length);
    }

    private int WriteAlgorithm(Span<byte> into)
    {
        if (IsRsa)
        {
            RsaAlgorithm.CopyTo(into);
            return RsaAlgorithm.Length;
        }

        // Identifiers of curves have a dozen bytes at most; one that does not fit is none that anybody has.
        ReadOnlySpan<byte> curve = Curve.Length > 32 ? default : Curve;
        into[0] = Sequence;
        into[1] = (byte)(CurveIdentifier.Length + curve.Length + 4);
        into[2] = ObjectIdentifier;
        into[3] = (byte)CurveIdentifier.Length;
        CurveIdentifier.CopyTo(into[4..]);
        int at = 4 + CurveIdentifier.Length;
        into[at] = ObjectIdentifier;
        into[at + 1] = (byte)curve.Length;
        curve.CopyTo(into[(at + 2)..]);
        return at + 2 + curve.Length;
    }
}
