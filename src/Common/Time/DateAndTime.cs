// SPDX-License-Identifier: Apache-2.0
using System;

namespace Reseau.Native.Common.Time;

/// <summary>
/// A moment in whole milliseconds, with its calendar fields in UTC and in the time zone of the process.
/// </summary>
internal static unsafe class DateAndTime
{
    /// <summary>The present moment.</summary>
    internal static void InitNow(aws_date_time* dt)
    {
        ulong now = 0;
        Clock.SystemTicks(&now);
        InitEpochMillis(dt, now / 1_000_000);
    }

    /// <summary>A moment so many milliseconds after the start of 1970.</summary>
    internal static void InitEpochMillis(aws_date_time* dt, ulong ms_since_epoch)
    {
        if (dt != null)
            Set(dt, (long)(ms_since_epoch / 1000), (ushort)(ms_since_epoch % 1000));
    }

    /// <summary>A moment so many seconds after the start of 1970, or before it, to the nearest millisecond.</summary>
    internal static void InitEpochSecs(aws_date_time* dt, double sec_ms)
    {
        if (dt == null)
            return;

        double seconds = Math.Floor(sec_ms);
        double milliseconds = Math.Round((sec_ms - seconds) * 1000, MidpointRounding.AwayFromZero);
        bool isNextSecond = milliseconds >= 1000;
        Set(dt, (long)seconds + (isNextSecond ? 1 : 0), isNextSecond ? (ushort)0 : (ushort)milliseconds);
    }

    /// <summary>The moment that a text names; see <see cref="InitFromStrCursor"/>.</summary>
    internal static int InitFromStr(aws_date_time* dt, aws_byte_buf* date_str, aws_date_format fmt)
    {
        if (date_str == null)
            return Errors.Raise(AWS_ERROR_INVALID_ARGUMENT);

        aws_byte_cursor text = new() { ptr = date_str->buffer, len = date_str->len };
        return InitFromStrCursor(dt, &text, fmt);
    }

    /// <summary>
    /// The moment that a text names. Both ISO 8601 formats are read as either; with the automatic format RFC 822 is
    /// tried after them. Raises AWS_ERROR_INVALID_DATE_STR, or AWS_ERROR_OVERFLOW_DETECTED for more than 100 bytes.
    /// </summary>
    internal static int InitFromStrCursor(aws_date_time* dt, aws_byte_cursor* date_str_cursor, aws_date_format fmt)
    {
        if (dt == null || date_str_cursor == null || fmt > AWS_DATE_FORMAT_AUTO_DETECT)
            return Errors.Raise(AWS_ERROR_INVALID_ARGUMENT);

        if (date_str_cursor->len > AWS_DATE_TIME_STR_MAX_LEN)
            return Errors.Raise(AWS_ERROR_OVERFLOW_DETECTED);

        ReadOnlySpan<byte> text = new(date_str_cursor->ptr, (int)date_str_cursor->len);
        DateParser parser = new(text);
        bool isParsed = fmt != AWS_DATE_FORMAT_RFC822 && parser.TryParseIso8601();
        if (!isParsed && fmt is AWS_DATE_FORMAT_RFC822 or AWS_DATE_FORMAT_AUTO_DETECT)
        {
            parser = new DateParser(text);
            isParsed = parser.TryParseRfc822();
        }

        if (!isParsed)
            return Errors.Raise(AWS_ERROR_INVALID_DATE_STR);

        *dt = default;
        bool hasZone = parser.HasZone;
        Set(dt, hasZone ? Calendar.FromUtc(parser.Fields) - parser.Offset : Calendar.FromLocal(parser.Fields), 0);
        dt->utc_assumed = hasZone;
        parser.ZoneText.CopyTo(new Span<byte>(dt->tz, 5));
        return AWS_OP_SUCCESS;
    }

    /// <summary>Appends the local date and time; raises AWS_ERROR_SHORT_BUFFER if it and a NUL do not fit.</summary>
    internal static int ToLocalTimeStr(aws_date_time* dt, aws_date_format fmt, aws_byte_buf* output_buf) =>
        Append(dt, fmt, false, true, output_buf);

    /// <summary>Appends the date and time in UTC; raises AWS_ERROR_SHORT_BUFFER if it and a NUL do not fit.</summary>
    internal static int ToUtcTimeStr(aws_date_time* dt, aws_date_format fmt, aws_byte_buf* output_buf) =>
        Append(dt, fmt, false, false, output_buf);

    /// <summary>Appends the local date; raises AWS_ERROR_SHORT_BUFFER if it and a NUL do not fit.</summary>
    internal static int ToLocalTimeShortStr(aws_date_time* dt, aws_date_format fmt, aws_byte_buf* output_buf) =>
        Append(dt, fmt, true, true, output_buf);

    /// <summary>Appends the date in UTC; raises AWS_ERROR_SHORT_BUFFER if it and a NUL do not fit.</summary>
    internal static int ToUtcTimeShortStr(aws_date_time* dt, aws_date_format fmt, aws_byte_buf* output_buf) =>
        Append(dt, fmt, true, false, output_buf);

    /// <summary>Seconds since the start of 1970, with milliseconds behind the point.</summary>
    internal static double AsEpochSecs(aws_date_time* dt) => dt == null ? 0 : dt->timestamp + dt->milliseconds / 1000.0;

    /// <summary>Nanoseconds since the start of 1970; the greatest number if they are more, or less than none.</summary>
    internal static ulong AsNanos(aws_date_time* dt) => dt == null ? 0 : Scale(dt, 1_000_000_000);

    /// <summary>
    /// Milliseconds since the start of 1970; the greatest number if they are more, or less than none.
    /// </summary>
    internal static ulong AsMillis(aws_date_time* dt) => dt == null ? 0 : Scale(dt, 1000);

    internal static ushort Year(aws_date_time* dt, bool local_time) => (ushort)(Fields(dt, local_time).tm_year + 1900);

    internal static aws_date_month Month(aws_date_time* dt, bool local_time) =>
        (aws_date_month)Fields(dt, local_time).tm_mon;

    internal static byte MonthDay(aws_date_time* dt, bool local_time) => (byte)Fields(dt, local_time).tm_mday;

    internal static aws_date_day_of_week DayOfWeek(aws_date_time* dt, bool local_time) =>
        (aws_date_day_of_week)Fields(dt, local_time).tm_wday;

    internal static byte Hour(aws_date_time* dt, bool local_time) => (byte)Fields(dt, local_time).tm_hour;

    internal static byte Minute(aws_date_time* dt, bool local_time) => (byte)Fields(dt, local_time).tm_min;

    internal static byte Second(aws_date_time* dt, bool local_time) => (byte)Fields(dt, local_time).tm_sec;

    /// <summary>Whether it is summer time there.</summary>
    internal static bool Dst(aws_date_time* dt, bool local_time) => Fields(dt, local_time).tm_isdst > 0;

    /// <summary>
    /// How many seconds <paramref name="a"/> is after <paramref name="b"/>; milliseconds do not count.
    /// </summary>
    internal static long Diff(aws_date_time* a, aws_date_time* b) =>
        a == null || b == null ? 0 : unchecked(a->timestamp - b->timestamp);

    private static void Set(aws_date_time* dt, long timestamp, ushort milliseconds)
    {
        dt->timestamp = timestamp;
        dt->milliseconds = milliseconds;
        dt->gmt_time = Calendar.ToUtc(timestamp);
        dt->local_time = Calendar.ToLocal(timestamp);
    }

    private static tm Fields(aws_date_time* dt, bool local) =>
        dt == null ? default : local ? dt->local_time : dt->gmt_time;

    private static ulong Scale(aws_date_time* dt, ulong unitsPerSecond)
    {
        UInt128 scaled = (UInt128)(ulong)dt->timestamp * unitsPerSecond + dt->milliseconds * (unitsPerSecond / 1000);
        return scaled > ulong.MaxValue ? ulong.MaxValue : (ulong)scaled;
    }

    private static int Append(
        aws_date_time* dt, aws_date_format format, bool isShort, bool isLocal, aws_byte_buf* output)
    {
        if (dt == null || output == null || format >= AWS_DATE_FORMAT_AUTO_DETECT)
            return Errors.Raise(AWS_ERROR_INVALID_ARGUMENT);

        Span<byte> text = stackalloc byte[DateText.Capacity];
        int length = DateText.Format(isLocal ? dt->local_time : dt->gmt_time, format, isShort, isLocal, text);
        if (length == 0 || output->capacity <= output->len || output->capacity - output->len <= (nuint)length)
            return Errors.Raise(AWS_ERROR_SHORT_BUFFER);

        text[..length].CopyTo(new Span<byte>(output->buffer + output->len, length));
        output->len += (nuint)length;
        output->buffer[output->len] = 0;
        return AWS_OP_SUCCESS;
    }
}
