// SPDX-License-Identifier: Apache-2.0
using System;

namespace Reseau.Native.Common.Time;

/// <summary>
/// Reads dates. Fields out of range, and text behind the date, make it invalid; beyond that it is lenient: ISO 8601
/// with or without separators, names of weekdays unread, one or more spaces.
/// </summary>
internal ref struct DateParser
{
    private ReadOnlySpan<byte> _rest;

    /// <summary>The fields, in the zone that the text names, or in that of the process.</summary>
    internal tm Fields;

    /// <summary>Whether the text names a zone.</summary>
    internal bool HasZone;

    /// <summary>How far that zone is ahead of UTC, in seconds.</summary>
    internal int Offset;

    /// <summary>The zone as an RFC 822 date has it; at most 5 characters.</summary>
    internal ReadOnlySpan<byte> ZoneText;

    internal DateParser(ReadOnlySpan<byte> text)
    {
        _rest = text;
        Fields = default;
        HasZone = false;
        Offset = 0;
        ZoneText = default;
    }

    /// <summary>
    /// Such as 2002-10-02T08:05:09.000+01:30 or 20021002T080509Z, or the day alone, which is then in UTC.
    /// </summary>
    internal bool TryParseIso8601()
    {
        if (!TakeDigits(4, out int year))
            return false;

        bool hasSeparator = Take('-');
        if (!TakeDigits(2, out int month) || (hasSeparator && !Take('-')) || !TakeDigits(2, out int day))
            return false;

        Fields.tm_year = year - 1900;
        Fields.tm_mon = month - 1;
        Fields.tm_mday = day;
        HasZone = true;
        if (_rest.IsEmpty)
            return IsInRange();

        return (TakeLetter('t') || Take(' ')) && TakeIsoTime() && SkipFraction() &&
            (TakeLetter('z') || TakeOffset(true)) && _rest.IsEmpty && IsInRange();
    }

    /// <summary>
    /// Such as Wed, 02 Oct 2002 08:05:09 GMT. The weekday and the seconds may be missing, the year may have two digits,
    /// and a zone left out after its space means the process's own.
    /// </summary>
    internal bool TryParseRfc822()
    {
        if (SkipLetters() && (!Take(',') || !SkipSpaces()))
            return false;

        bool hasDate = TakeNumber(1, 2, out Fields.tm_mday, out _) && SkipSpaces() && TakeMonth() && SkipSpaces() &&
            TakeYear() && SkipSpaces();
        if (!hasDate || !TakeDigits(2, out Fields.tm_hour) || !Take(':') || !TakeDigits(2, out Fields.tm_min))
            return false;

        if (Take(':') && !TakeDigits(2, out Fields.tm_sec))
            return false;

        return SkipSpaces() && TakeZone() && IsInRange();
    }

    private bool TakeIsoTime()
    {
        if (!TakeDigits(2, out Fields.tm_hour))
            return false;

        bool hasSeparator = Take(':');
        return TakeDigits(2, out Fields.tm_min) && (!hasSeparator || Take(':')) && TakeDigits(2, out Fields.tm_sec);
    }

    /// <summary>The result has whole seconds, so a fraction is only checked.</summary>
    private bool SkipFraction()
    {
        if (!Take('.') && !Take(','))
            return true;

        int count = 0;
        while (count < _rest.Length && Ascii.IsDigit(_rest[count]))
            count++;

        _rest = _rest[count..];
        return count > 0;
    }

    private bool TakeOffset(bool mayHaveSeparator)
    {
        bool isBehind = Take('-');
        if ((!isBehind && !Take('+')) || !TakeDigits(2, out int hours))
            return false;

        if (mayHaveSeparator)
            Take(':');
        if (!TakeDigits(2, out int minutes) || hours > 23 || minutes > 59)
            return false;

        Offset = (isBehind ? -1 : 1) * (hours * 3600 + minutes * 60);
        return true;
    }

    private bool TakeMonth()
    {
        ReadOnlySpan<byte> names = "janfebmaraprmayjunjulaugsepoctnovdec"u8;
        ReadOnlySpan<byte> before = _rest;
        SkipLetters();
        ReadOnlySpan<byte> name = before[..(before.Length - _rest.Length)];
        for (int month = 0; name.Length >= 3 && month < 12; month++)
        {
            if (!System.Text.Ascii.EqualsIgnoreCase(name[..3], names.Slice(3 * month, 3)))
                continue;

            Fields.tm_mon = month;
            return true;
        }

        return false;
    }

    /// <summary>RFC 2822, section 4.3, says which century two digits mean.</summary>
    private bool TakeYear()
    {
        if (!TakeNumber(2, 4, out int year, out int digits) || digits == 3)
            return false;

        if (digits == 2)
            year += year < 50 ? 2000 : 1900;

        Fields.tm_year = year - 1900;
        return true;
    }

    private bool TakeZone()
    {
        ZoneText = _rest;
        HasZone = !_rest.IsEmpty;
        if (!HasZone || IsNameOfUtc(_rest))
            return true;

        return TakeOffset(false) && _rest.IsEmpty;
    }

    private static bool IsNameOfUtc(ReadOnlySpan<byte> zone) =>
        System.Text.Ascii.EqualsIgnoreCase(zone, "GMT"u8) || System.Text.Ascii.EqualsIgnoreCase(zone, "UTC"u8) ||
        System.Text.Ascii.EqualsIgnoreCase(zone, "UT"u8) || System.Text.Ascii.EqualsIgnoreCase(zone, "Z"u8);

    private bool IsInRange()
    {
        bool isEndOfDay = Fields is { tm_hour: 24, tm_min: 0, tm_sec: 0 };
        return Fields.tm_mon is >= 0 and < 12 && Fields.tm_mday >= 1 &&
            Fields.tm_mday <= Calendar.DaysInMonth(Fields.tm_year + 1900, Fields.tm_mon) &&
            (Fields.tm_hour < 24 || isEndOfDay) && Fields.tm_min < 60 && Fields.tm_sec <= 60;
    }

    private bool Take(char wanted)
    {
        if (_rest.IsEmpty || _rest[0] != wanted)
            return false;

        _rest = _rest[1..];
        return true;
    }

    private bool TakeLetter(char lowerCase) => Take(lowerCase) || Take((char)(lowerCase - ('a' - 'A')));

    private bool TakeDigits(int count, out int value) => TakeNumber(count, count, out value, out _);

    private bool TakeNumber(int least, int most, out int value, out int digits)
    {
        value = 0;
        digits = 0;
        while (digits < most && digits < _rest.Length && Ascii.IsDigit(_rest[digits]))
            value = 10 * value + (_rest[digits++] - '0');

        _rest = _rest[digits..];
        return digits >= least;
    }

    private bool SkipLetters()
    {
        int count = 0;
        while (count < _rest.Length && (_rest[count] | 0x20) is >= 'a' and <= 'z')
            count++;

        _rest = _rest[count..];
        return count > 0;
    }

    private bool SkipSpaces()
    {
        int count = 0;
        while (count < _rest.Length && Ascii.IsSpace(_rest[count]))
            count++;

        _rest = _rest[count..];
        return count > 0;
    }
}
