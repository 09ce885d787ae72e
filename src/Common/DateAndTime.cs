// SPDX-License-Identifier: Apache-2.0

namespace Reseau.Native.Common;

/// <summary></summary>
internal static unsafe class DateAndTime
{
    /// <summary>aws_date_time_init_now</summary>
    internal static void InitNow(aws_date_time* dt) => throw new System.NotImplementedException();

    /// <summary>aws_date_time_init_epoch_millis</summary>
    internal static void InitEpochMillis(aws_date_time* dt, ulong ms_since_epoch) => throw new System.NotImplementedException();

    /// <summary>aws_date_time_init_epoch_secs</summary>
    internal static void InitEpochSecs(aws_date_time* dt, double sec_ms) => throw new System.NotImplementedException();

    /// <summary>aws_date_time_init_from_str</summary>
    internal static int InitFromStr(aws_date_time* dt, aws_byte_buf* date_str, aws_date_format fmt) => throw new System.NotImplementedException();

    /// <summary>aws_date_time_init_from_str_cursor</summary>
    internal static int InitFromStrCursor(aws_date_time* dt, aws_byte_cursor* date_str_cursor, aws_date_format fmt) => throw new System.NotImplementedException();

    /// <summary>aws_date_time_to_local_time_str</summary>
    internal static int ToLocalTimeStr(aws_date_time* dt, aws_date_format fmt, aws_byte_buf* output_buf) => throw new System.NotImplementedException();

    /// <summary>aws_date_time_to_utc_time_str</summary>
    internal static int ToUtcTimeStr(aws_date_time* dt, aws_date_format fmt, aws_byte_buf* output_buf) => throw new System.NotImplementedException();

    /// <summary>aws_date_time_to_local_time_short_str</summary>
    internal static int ToLocalTimeShortStr(aws_date_time* dt, aws_date_format fmt, aws_byte_buf* output_buf) => throw new System.NotImplementedException();

    /// <summary>aws_date_time_to_utc_time_short_str</summary>
    internal static int ToUtcTimeShortStr(aws_date_time* dt, aws_date_format fmt, aws_byte_buf* output_buf) => throw new System.NotImplementedException();

    /// <summary>aws_date_time_as_epoch_secs</summary>
    internal static double AsEpochSecs(aws_date_time* dt) => throw new System.NotImplementedException();

    /// <summary>aws_date_time_as_nanos</summary>
    internal static ulong AsNanos(aws_date_time* dt) => throw new System.NotImplementedException();

    /// <summary>aws_date_time_as_millis</summary>
    internal static ulong AsMillis(aws_date_time* dt) => throw new System.NotImplementedException();

    /// <summary>aws_date_time_year</summary>
    internal static ushort Year(aws_date_time* dt, bool local_time) => throw new System.NotImplementedException();

    /// <summary>aws_date_time_month</summary>
    internal static aws_date_month Month(aws_date_time* dt, bool local_time) => throw new System.NotImplementedException();

    /// <summary>aws_date_time_month_day</summary>
    internal static byte MonthDay(aws_date_time* dt, bool local_time) => throw new System.NotImplementedException();

    /// <summary>aws_date_time_day_of_week</summary>
    internal static aws_date_day_of_week DayOfWeek(aws_date_time* dt, bool local_time) => throw new System.NotImplementedException();

    /// <summary>aws_date_time_hour</summary>
    internal static byte Hour(aws_date_time* dt, bool local_time) => throw new System.NotImplementedException();

    /// <summary>aws_date_time_minute</summary>
    internal static byte Minute(aws_date_time* dt, bool local_time) => throw new System.NotImplementedException();

    /// <summary>aws_date_time_second</summary>
    internal static byte Second(aws_date_time* dt, bool local_time) => throw new System.NotImplementedException();

    /// <summary>aws_date_time_dst</summary>
    internal static bool Dst(aws_date_time* dt, bool local_time) => throw new System.NotImplementedException();

    /// <summary>aws_date_time_diff</summary>
    internal static long Diff(aws_date_time* a, aws_date_time* b) => throw new System.NotImplementedException();
}
