// SPDX-License-Identifier: Apache-2.0
using System;

namespace Reseau.Native.Tls;

/// <summary>The fields of a certificate (RFC 5280, 4.1) that are shown to programs, as DER.</summary>
internal ref struct CertificateReader
{
    private const byte Sequence = 0x30;
    private const byte Version = 0xA0;
    private const byte Extensions = 0xA3;
    private const byte ObjectId = 0x06;
    private const byte OctetString = 0x04;

    /// <summary>Lists of the parts of a name, without the tag.</summary>
    internal ReadOnlySpan<byte> Issuer;
    internal ReadOnlySpan<byte> Subject;

    /// <summary>Both times with their tags.</summary>
    internal ReadOnlySpan<byte> Validity;

    /// <summary>GeneralNames, without the tag; empty if there is no such extension.</summary>
    internal ReadOnlySpan<byte> Names;

    private static ReadOnlySpan<byte> SubjectAltNameId => [0x55, 0x1D, 0x11];

    /// <summary>False for what is no certificate.</summary>
    internal static bool TryRead(ReadOnlySpan<byte> der, out CertificateReader certificate)
    {
        certificate = default;
        DerReader whole = new(der);
        if (!whole.TryRead(out byte tag, out ReadOnlySpan<byte> content) || tag != Sequence)
            return false;

        DerReader outer = new(content);
        if (!outer.TryRead(out tag, out ReadOnlySpan<byte> signed) || tag != Sequence)
            return false;

        DerReader fields = new(signed);
        if (!fields.TryRead(out tag, out _) || (tag == Version && !fields.TryRead(out _, out _)))
            return false;

        bool isRead = fields.TryRead(out _, out _) && fields.TryRead(out _, out certificate.Issuer) &&
            fields.TryRead(out _, out certificate.Validity) && fields.TryRead(out _, out certificate.Subject) &&
            fields.TryRead(out _, out _);
        while (isRead && !fields.IsAtEnd)
        {
            isRead = fields.TryRead(out tag, out ReadOnlySpan<byte> field);
            if (isRead && tag == Extensions)
                certificate.Names = NamesIn(field);
        }

        return isRead;
    }

    private static ReadOnlySpan<byte> NamesIn(ReadOnlySpan<byte> field)
    {
        DerReader wrapped = new(field);
        if (!wrapped.TryRead(out _, out ReadOnlySpan<byte> list))
            return default;

        DerReader extensions = new(list);
        while (extensions.TryRead(out _, out ReadOnlySpan<byte> extension))
        {
            DerReader parts = new(extension);
            if (!parts.TryRead(out byte tag, out ReadOnlySpan<byte> id) || tag != ObjectId ||
                !id.SequenceEqual(SubjectAltNameId))
            {
                continue;
            }

            // Whether it is critical stands between.
            while (parts.TryRead(out tag, out ReadOnlySpan<byte> value))
            {
                DerReader names = new(value);
                if (tag == OctetString && names.TryRead(out _, out ReadOnlySpan<byte> found))
                    return found;
            }
        }

        return default;
    }

    /// <summary>Seconds since 1970 of the next of the times; 0 for what is none.</summary>
    internal static long TakeTime(ref DerReader times)
    {
        const byte utcTime = 0x17;
        if (!times.TryRead(out byte tag, out ReadOnlySpan<byte> text))
            return 0;

        int digits = tag == utcTime ? 2 : 4;
        if (text.Length < digits + 10 || !TryNumber(text[..digits], out int year))
            return 0;
        if (tag == utcTime)
            year += year < 50 ? 2000 : 1900;

        Span<int> parts = stackalloc int[5];
        for (int i = 0; i < parts.Length; i++)
        {
            if (!TryNumber(text.Slice(digits + (i * 2), 2), out parts[i]))
                return 0;
        }

        long days = DaysUntil(year, parts[0], parts[1]);
        return (((((days * 24) + parts[2]) * 60) + parts[3]) * 60) + parts[4];
    }

    private static bool TryNumber(ReadOnlySpan<byte> digits, out int number)
    {
        number = 0;
        foreach (byte digit in digits)
        {
            if (digit is < (byte)'0' or > (byte)'9')
                return false;
            number = (number * 10) + digit - '0';
        }

        return true;
    }

    // Days from 1970 in the Gregorian calendar. Years begin in March here, so that a leap day is their last.
    private static long DaysUntil(int year, int month, int day)
    {
        year -= month <= 2 ? 1 : 0;
        int ofYear = (((153 * (month + (month > 2 ? -3 : 9))) + 2) / 5) + day - 1;
        return (365L * year) + (year / 4) - (year / 100) + (year / 400) + ofYear - 719468;
    }
}
