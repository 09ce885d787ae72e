// SPDX-License-Identifier: Apache-2.0
// Types of <aws/common/date_time.h>.
using System.Runtime.InteropServices;

namespace Reseau.Native.Abi;

public static class date_time_constants_aws_date_time_str_max_len
{
    public const int AWS_DATE_TIME_STR_MAX_LEN = 100;
    public const int AWS_DATE_TIME_STR_MAX_BASIC_LEN = 20;
}

public enum aws_date_format : uint
{
    AWS_DATE_FORMAT_RFC822 = 0,
    AWS_DATE_FORMAT_ISO_8601 = 1,
    AWS_DATE_FORMAT_ISO_8601_BASIC = 2,
    AWS_DATE_FORMAT_AUTO_DETECT = 3,
}

public enum aws_date_month : uint
{
    AWS_DATE_MONTH_JANUARY = 0,
    AWS_DATE_MONTH_FEBRUARY = 1,
    AWS_DATE_MONTH_MARCH = 2,
    AWS_DATE_MONTH_APRIL = 3,
    AWS_DATE_MONTH_MAY = 4,
    AWS_DATE_MONTH_JUNE = 5,
    AWS_DATE_MONTH_JULY = 6,
    AWS_DATE_MONTH_AUGUST = 7,
    AWS_DATE_MONTH_SEPTEMBER = 8,
    AWS_DATE_MONTH_OCTOBER = 9,
    AWS_DATE_MONTH_NOVEMBER = 10,
    AWS_DATE_MONTH_DECEMBER = 11,
}

public enum aws_date_day_of_week : uint
{
    AWS_DATE_DAY_OF_WEEK_SUNDAY = 0,
    AWS_DATE_DAY_OF_WEEK_MONDAY = 1,
    AWS_DATE_DAY_OF_WEEK_TUESDAY = 2,
    AWS_DATE_DAY_OF_WEEK_WEDNESDAY = 3,
    AWS_DATE_DAY_OF_WEEK_THURSDAY = 4,
    AWS_DATE_DAY_OF_WEEK_FRIDAY = 5,
    AWS_DATE_DAY_OF_WEEK_SATURDAY = 6,
}

[StructLayout(LayoutKind.Sequential)]
public unsafe struct aws_date_time
{
    public long timestamp;
    public ushort milliseconds;
    public fixed byte tz[6];
    public tm gmt_time;
    public tm local_time;
    public bool utc_assumed;
}
