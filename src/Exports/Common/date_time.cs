// SPDX-License-Identifier: Apache-2.0
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Reseau.Native.Common;

namespace Reseau.Native.Exports;

/// <summary>The C entry points of &lt;aws/common/date_time.h&gt;.</summary>
public static unsafe class Exports_common_date_time
{
    [UnmanagedCallersOnly(EntryPoint = "aws_date_time_init_now", CallConvs = [typeof(CallConvCdecl)])]
    public static void aws_date_time_init_now(aws_date_time* dt) => DateAndTime.InitNow(dt);

    [UnmanagedCallersOnly(EntryPoint = "aws_date_time_init_epoch_millis", CallConvs = [typeof(CallConvCdecl)])]
    public static void aws_date_time_init_epoch_millis(aws_date_time* dt, ulong ms_since_epoch) => DateAndTime.InitEpochMillis(dt, ms_since_epoch);

    [UnmanagedCallersOnly(EntryPoint = "aws_date_time_init_epoch_secs", CallConvs = [typeof(CallConvCdecl)])]
    public static void aws_date_time_init_epoch_secs(aws_date_time* dt, double sec_ms) => DateAndTime.InitEpochSecs(dt, sec_ms);

    [UnmanagedCallersOnly(EntryPoint = "aws_date_time_init_from_str", CallConvs = [typeof(CallConvCdecl)])]
    public static int aws_date_time_init_from_str(aws_date_time* dt, aws_byte_buf* date_str, aws_date_format fmt) => DateAndTime.InitFromStr(dt, date_str, fmt);

    [UnmanagedCallersOnly(EntryPoint = "aws_date_time_init_from_str_cursor", CallConvs = [typeof(CallConvCdecl)])]
    public static int aws_date_time_init_from_str_cursor(aws_date_time* dt, aws_byte_cursor* date_str_cursor, aws_date_format fmt) => DateAndTime.InitFromStrCursor(dt, date_str_cursor, fmt);

    [UnmanagedCallersOnly(EntryPoint = "aws_date_time_to_local_time_str", CallConvs = [typeof(CallConvCdecl)])]
    public static int aws_date_time_to_local_time_str(aws_date_time* dt, aws_date_format fmt, aws_byte_buf* output_buf) => DateAndTime.ToLocalTimeStr(dt, fmt, output_buf);

    [UnmanagedCallersOnly(EntryPoint = "aws_date_time_to_utc_time_str", CallConvs = [typeof(CallConvCdecl)])]
    public static int aws_date_time_to_utc_time_str(aws_date_time* dt, aws_date_format fmt, aws_byte_buf* output_buf) => DateAndTime.ToUtcTimeStr(dt, fmt, output_buf);

    [UnmanagedCallersOnly(EntryPoint = "aws_date_time_to_local_time_short_str", CallConvs = [typeof(CallConvCdecl)])]
    public static int aws_date_time_to_local_time_short_str(aws_date_time* dt, aws_date_format fmt, aws_byte_buf* output_buf) => DateAndTime.ToLocalTimeShortStr(dt, fmt, output_buf);

    [UnmanagedCallersOnly(EntryPoint = "aws_date_time_to_utc_time_short_str", CallConvs = [typeof(CallConvCdecl)])]
    public static int aws_date_time_to_utc_time_short_str(aws_date_time* dt, aws_date_format fmt, aws_byte_buf* output_buf) => DateAndTime.ToUtcTimeShortStr(dt, fmt, output_buf);

    [UnmanagedCallersOnly(EntryPoint = "aws_date_time_as_epoch_secs", CallConvs = [typeof(CallConvCdecl)])]
    public static double aws_date_time_as_epoch_secs(aws_date_time* dt) => DateAndTime.AsEpochSecs(dt);

    [UnmanagedCallersOnly(EntryPoint = "aws_date_time_as_nanos", CallConvs = [typeof(CallConvCdecl)])]
    public static ulong aws_date_time_as_nanos(aws_date_time* dt) => DateAndTime.AsNanos(dt);

    [UnmanagedCallersOnly(EntryPoint = "aws_date_time_as_millis", CallConvs = [typeof(CallConvCdecl)])]
    public static ulong aws_date_time_as_millis(aws_date_time* dt) => DateAndTime.AsMillis(dt);

    [UnmanagedCallersOnly(EntryPoint = "aws_date_time_year", CallConvs = [typeof(CallConvCdecl)])]
    public static ushort aws_date_time_year(aws_date_time* dt, bool local_time) => DateAndTime.Year(dt, local_time);

    [UnmanagedCallersOnly(EntryPoint = "aws_date_time_month", CallConvs = [typeof(CallConvCdecl)])]
    public static aws_date_month aws_date_time_month(aws_date_time* dt, bool local_time) => DateAndTime.Month(dt, local_time);

    [UnmanagedCallersOnly(EntryPoint = "aws_date_time_month_day", CallConvs = [typeof(CallConvCdecl)])]
    public static byte aws_date_time_month_day(aws_date_time* dt, bool local_time) => DateAndTime.MonthDay(dt, local_time);

    [UnmanagedCallersOnly(EntryPoint = "aws_date_time_day_of_week", CallConvs = [typeof(CallConvCdecl)])]
    public static aws_date_day_of_week aws_date_time_day_of_week(aws_date_time* dt, bool local_time) => DateAndTime.DayOfWeek(dt, local_time);

    [UnmanagedCallersOnly(EntryPoint = "aws_date_time_hour", CallConvs = [typeof(CallConvCdecl)])]
    public static byte aws_date_time_hour(aws_date_time* dt, bool local_time) => DateAndTime.Hour(dt, local_time);

    [UnmanagedCallersOnly(EntryPoint = "aws_date_time_minute", CallConvs = [typeof(CallConvCdecl)])]
    public static byte aws_date_time_minute(aws_date_time* dt, bool local_time) => DateAndTime.Minute(dt, local_time);

    [UnmanagedCallersOnly(EntryPoint = "aws_date_time_second", CallConvs = [typeof(CallConvCdecl)])]
    public static byte aws_date_time_second(aws_date_time* dt, bool local_time) => DateAndTime.Second(dt, local_time);

    [UnmanagedCallersOnly(EntryPoint = "aws_date_time_dst", CallConvs = [typeof(CallConvCdecl)])]
    public static bool aws_date_time_dst(aws_date_time* dt, bool local_time) => DateAndTime.Dst(dt, local_time);

    [UnmanagedCallersOnly(EntryPoint = "aws_date_time_diff", CallConvs = [typeof(CallConvCdecl)])]
    public static long aws_date_time_diff(aws_date_time* a, aws_date_time* b) => DateAndTime.Diff(a, b);
}
