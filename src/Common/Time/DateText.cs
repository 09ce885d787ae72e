// SPDX-License-Identifier: Apache-2.0
using System;
using System.Globalization;
using System.Runtime.InteropServices;

namespace Reseau.Native.Common.Time;

/// <summary>Writes dates. Names are English whatever the locale, as the standards require.</summary>
internal static unsafe class DateText
{
    /// <summary>The longest that <see cref="Format"/> writes, with any zone's name that a C library has.</summary>
    internal const int Capacity = AWS_DATE_TIME_STR_MAX_LEN;

    private static ReadOnlySpan<byte> DayNames => "SunMonTueWedThuFriSat"u8;

    private static ReadOnlySpan<byte> MonthNames => "JanFebMarAprMayJunJulAugSepOctNovDec"u8;

    /// <summary>
    /// Writes a date, unless <paramref name="isShort"/> with the time of day. Returns how many bytes it took; 0 if they
    /// are more than there are, or if there is no such format.
    /// </summary>
    internal static int Format(in tm time, aws_date_format format, bool isShort, bool isLocal, Span<byte> target)
    {
        Span<byte> text = stackalloc byte[Capacity];
        int length = format switch
        {
            AWS_DATE_FORMAT_RFC822 => FormatRfc822(time, isShort, isLocal, text),
            AWS_DATE_FORMAT_ISO_8601 => FormatIso8601(time, isShort, "-"u8, ":"u8, text),
            AWS_DATE_FORMAT_ISO_8601_BASIC => FormatIso8601(time, isShort, ""u8, ""u8, text),
            _ => 0,
        };
        return text[..length].TryCopyTo(target) ? length : 0;
    }

    private static int FormatRfc822(in tm time, bool isShort, bool isLocal, Span<byte> text)
    {
        int length = 0;
        Put(text, ref length, Name(DayNames, time.tm_wday));
        Put(text, ref length, ", "u8);
        PutNumber(text, ref length, time.tm_mday, 2);
        Put(text, ref length, " "u8);
        Put(text, ref length, Name(MonthNames, time.tm_mon));
        Put(text, ref length, " "u8);
        PutNumber(text, ref length, time.tm_year + 1900L, 4);
        if (isShort)
            return length;

        Put(text, ref length, " "u8);
        PutTime(text, ref length, time, ":"u8);
        Put(text, ref length, " "u8);
        tm copy = time;
        byte* zone = isLocal ? Platform.LocalTime.ZoneOf(&copy) : null;
        Put(text, ref length, zone != null ? MemoryMarshal.CreateReadOnlySpanFromNullTerminated(zone) : "GMT"u8);
        return length;
    }

    private static int FormatIso8601(
        in tm time, bool isShort, ReadOnlySpan<byte> dateSeparator, ReadOnlySpan<byte> timeSeparator, Span<byte> text)
    {
        int length = 0;
        PutNumber(text, ref length, time.tm_year + 1900L, 4);
        Put(text, ref length, dateSeparator);
        PutNumber(text, ref length, time.tm_mon + 1, 2);
        Put(text, ref length, dateSeparator);
        PutNumber(text, ref length, time.tm_mday, 2);
        if (isShort)
            return length;

        Put(text, ref length, "T"u8);
        PutTime(text, ref length, time, timeSeparator);
        Put(text, ref length, "Z"u8);
        return length;
    }

    private static void PutTime(Span<byte> text, ref int length, in tm time, ReadOnlySpan<byte> separator)
    {
        PutNumber(text, ref length, time.tm_hour, 2);
        Put(text, ref length, separator);
        PutNumber(text, ref length, time.tm_min, 2);
        Put(text, ref length, separator);
        PutNumber(text, ref length, time.tm_sec, 2);
    }

    private static ReadOnlySpan<byte> Name(ReadOnlySpan<byte> names, int index) =>
        (uint)index < (uint)(names.Length / 3) ? names.Slice(3 * index, 3) : "???"u8;

    private static void Put(Span<byte> text, ref int length, ReadOnlySpan<byte> part)
    {
        if (part.TryCopyTo(text[length..]))
            length += part.Length;
    }

    private static void PutNumber(Span<byte> text, ref int length, long value, int digits)
    {
        if (value.TryFormat(text[length..], out int written, digits == 2 ? "D2" : "D4", NumberFormatInfo.InvariantInfo))
            length += written;
    }
}
