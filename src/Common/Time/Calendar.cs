// SPDX-License-Identifier: Apache-2.0
using System;

namespace Reseau.Native.Common.Time;

/// <summary>Seconds since 1970 and the calendar's fields. UTC is computed here, without the C library's lock.</summary>
internal static unsafe class Calendar
{
    private const long SecondsPerDay = 86400;

    // The Gregorian calendar repeats itself after 400 years. Counted from a first of March, leap days come last.
    private const long DaysPerEra = 146097;
    private const long DaysFromEraToEpoch = 719468;

    private const int ThursdayOfEpoch = 4;

    /// <summary>The fields in UTC; all zero if the year does not fit.</summary>
    internal static tm ToUtc(long timestamp)
    {
        (long days, long seconds) = FloorDivide(timestamp, SecondsPerDay);
        (long era, long dayOfEra) = FloorDivide(days + DaysFromEraToEpoch, DaysPerEra);
        long yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36524 - dayOfEra / 146096) / 365;
        long dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100);
        long monthFromMarch = (5 * dayOfYear + 2) / 153;
        bool isNextYear = monthFromMarch >= 10;
        long year = era * 400 + yearOfEra + (isNextYear ? 1 : 0);
        if (year - 1900 is < int.MinValue or > int.MaxValue)
            return default;

        int month = (int)monthFromMarch + (isNextYear ? -10 : 2);
        int day = (int)(dayOfYear - (153 * monthFromMarch + 2) / 5) + 1;
        tm fields = new()
        {
            tm_sec = (int)(seconds % 60),
            tm_min = (int)(seconds / 60 % 60),
            tm_hour = (int)(seconds / 3600),
            tm_mday = day,
            tm_mon = month,
            tm_year = (int)(year - 1900),
            tm_wday = (int)FloorDivide(days + ThursdayOfEpoch, 7).Remainder,
            tm_yday = (int)(days - DaysTo(year, 0, 1)),
        };
        Platform.LocalTime.NameUtc(&fields);
        return fields;
    }

    /// <summary>The fields in the time zone of the process.</summary>
    internal static tm ToLocal(long timestamp) => Platform.LocalTime.FromSeconds(timestamp);

    /// <summary>The moment of fields in UTC, whose month is valid.</summary>
    internal static long FromUtc(in tm fields) =>
        DaysTo(fields.tm_year + 1900L, fields.tm_mon, fields.tm_mday) * SecondsPerDay +
        fields.tm_hour * 3600L + fields.tm_min * 60L + fields.tm_sec;

    /// <summary>
    /// The moment of fields in the time zone of the process, which decides whether it was summer time.
    /// </summary>
    internal static long FromLocal(tm fields)
    {
        fields.tm_isdst = -1;
        return Platform.LocalTime.ToSeconds(&fields);
    }

    /// <summary>The moment of fields in UTC, which are brought into their ranges; -1 if it does not fit.</summary>
    internal static long Normalize(tm* fields) => fields == null ? -1 : Platform.LocalTime.UtcToSeconds(fields);

    /// <summary>As <see cref="ToLocal"/>, into the caller's memory.</summary>
    internal static void WriteLocal(long timestamp, tm* fields)
    {
        if (fields != null)
            *fields = ToLocal(timestamp);
    }

    /// <summary>As <see cref="ToUtc"/>, into the caller's memory.</summary>
    internal static void WriteUtc(long timestamp, tm* fields)
    {
        if (fields != null)
            *fields = ToUtc(timestamp);
    }

    /// <summary>How many days a month has; January is 0.</summary>
    internal static int DaysInMonth(int year, int month)
    {
        ReadOnlySpan<byte> days = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
        bool isLeap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
        return days[month] + (month == 1 && isLeap ? 1 : 0);
    }

    private static long DaysTo(long year, int month, int day)
    {
        if (month < 2)
            year--;

        (long era, long yearOfEra) = FloorDivide(year, 400);
        long monthFromMarch = month < 2 ? month + 10 : month - 2;
        long dayOfYear = (153 * monthFromMarch + 2) / 5 + day - 1;
        return era * DaysPerEra + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - DaysFromEraToEpoch;
    }

    private static (long Quotient, long Remainder) FloorDivide(long value, long divisor)
    {
        long remainder = value % divisor;
        return remainder < 0 ? (value / divisor - 1, remainder + divisor) : (value / divisor, remainder);
    }
}
