/* SPDX-License-Identifier: Apache-2.0 */
#ifndef AWS_COMMON_DATE_TIME_H
#define AWS_COMMON_DATE_TIME_H

/* Moments of the calendar: from clocks and text, to numbers and text, in UTC and in the time zone of the process. */

#include <aws/common/common.h>

#include <time.h>

AWS_PUSH_SANE_WARNING_LEVEL

struct aws_byte_buf;
struct aws_byte_cursor;

enum {
    /** Longest text that is parsed, in bytes. A buffer of this size holds any text that is made. */
    AWS_DATE_TIME_STR_MAX_LEN = 100,
    /** The same for AWS_DATE_FORMAT_ISO_8601_BASIC when it is made. */
    AWS_DATE_TIME_STR_MAX_BASIC_LEN = 20,
};

/** How a moment looks as text, long and short. */
enum aws_date_format {
    /** "Wed, 02 Oct 2002 08:05:09 GMT", "Wed, 02 Oct 2002" */
    AWS_DATE_FORMAT_RFC822,
    /** "2002-10-02T08:05:09Z", "2002-10-02" */
    AWS_DATE_FORMAT_ISO_8601,
    /** "20021002T080509Z", "20021002" */
    AWS_DATE_FORMAT_ISO_8601_BASIC,
    /** Any of these. For parsing only. */
    AWS_DATE_FORMAT_AUTO_DETECT,
};

/** Months, from 0. */
enum aws_date_month {
    AWS_DATE_MONTH_JANUARY = 0,
    AWS_DATE_MONTH_FEBRUARY,
    AWS_DATE_MONTH_MARCH,
    AWS_DATE_MONTH_APRIL,
    AWS_DATE_MONTH_MAY,
    AWS_DATE_MONTH_JUNE,
    AWS_DATE_MONTH_JULY,
    AWS_DATE_MONTH_AUGUST,
    AWS_DATE_MONTH_SEPTEMBER,
    AWS_DATE_MONTH_OCTOBER,
    AWS_DATE_MONTH_NOVEMBER,
    AWS_DATE_MONTH_DECEMBER,
};

/** Days of the week, from Sunday, which is 0. */
enum aws_date_day_of_week {
    AWS_DATE_DAY_OF_WEEK_SUNDAY = 0,
    AWS_DATE_DAY_OF_WEEK_MONDAY,
    AWS_DATE_DAY_OF_WEEK_TUESDAY,
    AWS_DATE_DAY_OF_WEEK_WEDNESDAY,
    AWS_DATE_DAY_OF_WEEK_THURSDAY,
    AWS_DATE_DAY_OF_WEEK_FRIDAY,
    AWS_DATE_DAY_OF_WEEK_SATURDAY,
};

/** A moment. A plain value: copy it freely, there is nothing to clean up. Set it with one of the functions below. */
struct aws_date_time {
    /** Whole seconds since 1970-01-01 00:00:00 UTC. */
    time_t timestamp;
    /** Milliseconds after `timestamp`; 0 to 999. */
    uint16_t milliseconds;
    /** Time zone as it stood in an RFC 822 text, terminated. */
    char tz[6];
    struct tm gmt_time;
    struct tm local_time;
    /** True if the text said that it is in UTC or by how much it differs from it. */
    bool utc_assumed;
};

AWS_EXTERN_C_BEGIN

/** Sets `dt` to the present, by the system clock, to the millisecond. */
AWS_COMMON_API
void aws_date_time_init_now(struct aws_date_time *dt);

/** Sets `dt` to `ms_since_epoch` milliseconds after 1970-01-01 00:00:00 UTC. */
AWS_COMMON_API
void aws_date_time_init_epoch_millis(struct aws_date_time *dt, uint64_t ms_since_epoch);

/** Sets `dt` to `sec_ms` seconds after 1970-01-01 00:00:00 UTC, rounded to milliseconds. */
AWS_COMMON_API
void aws_date_time_init_epoch_secs(struct aws_date_time *dt, double sec_ms);

/**
 * Parses a text. Both ISO 8601 formats accept each other's form, a date alone, a space for the T, fractions of a second
 * (which are dropped), and an offset such as +01:00 for the Z. RFC 822 accepts years of two digits (20xx up to 49, then
 * 19xx), no day of the week, no seconds, and as zone Z, UT, UTC, GMT, an offset such as +0100, or none at all behind
 * its space, which means local time. Fields out of their range, and anything behind the date, are errors.
 *
 * Fails with AWS_ERROR_OVERFLOW_DETECTED if the text is over AWS_DATE_TIME_STR_MAX_LEN bytes, with
 * AWS_ERROR_INVALID_DATE_STR if it does not fit the format.
 */
AWS_COMMON_API
int aws_date_time_init_from_str(
    struct aws_date_time *dt, const struct aws_byte_buf *date_str, enum aws_date_format fmt);
AWS_COMMON_API
int aws_date_time_init_from_str_cursor(
    struct aws_date_time *dt, const struct aws_byte_cursor *date_str_cursor, enum aws_date_format fmt);

/**
 * Appends a moment as text, without a terminator; "short" means the date alone. The buffer must have room for the text
 * and one byte more.
 *
 * Fails with AWS_ERROR_SHORT_BUFFER if it has not, with AWS_ERROR_INVALID_ARGUMENT if `fmt` cannot be written; the
 * buffer's length is then unchanged. Note that ISO 8601 texts end in Z also in local time.
 */
AWS_COMMON_API
int aws_date_time_to_local_time_str(
    const struct aws_date_time *dt, enum aws_date_format fmt, struct aws_byte_buf *output_buf);
AWS_COMMON_API
int aws_date_time_to_utc_time_str(
    const struct aws_date_time *dt, enum aws_date_format fmt, struct aws_byte_buf *output_buf);
AWS_COMMON_API
int aws_date_time_to_local_time_short_str(
    const struct aws_date_time *dt, enum aws_date_format fmt, struct aws_byte_buf *output_buf);
AWS_COMMON_API
int aws_date_time_to_utc_time_short_str(
    const struct aws_date_time *dt, enum aws_date_format fmt, struct aws_byte_buf *output_buf);

/** Seconds, nanoseconds, milliseconds since 1970-01-01 00:00:00 UTC. All know milliseconds. */
AWS_COMMON_API
double aws_date_time_as_epoch_secs(const struct aws_date_time *dt);
AWS_COMMON_API
uint64_t aws_date_time_as_nanos(const struct aws_date_time *dt);
AWS_COMMON_API
uint64_t aws_date_time_as_millis(const struct aws_date_time *dt);

/* Parts of a moment, in local time or in UTC. Years are full, days of the month begin with 1, hours go to 23. */

AWS_COMMON_API
uint16_t aws_date_time_year(const struct aws_date_time *dt, bool local_time);
AWS_COMMON_API
enum aws_date_month aws_date_time_month(const struct aws_date_time *dt, bool local_time);
AWS_COMMON_API
uint8_t aws_date_time_month_day(const struct aws_date_time *dt, bool local_time);
AWS_COMMON_API
enum aws_date_day_of_week aws_date_time_day_of_week(const struct aws_date_time *dt, bool local_time);
AWS_COMMON_API
uint8_t aws_date_time_hour(const struct aws_date_time *dt, bool local_time);
AWS_COMMON_API
uint8_t aws_date_time_minute(const struct aws_date_time *dt, bool local_time);
AWS_COMMON_API
uint8_t aws_date_time_second(const struct aws_date_time *dt, bool local_time);

/** True if daylight saving time is in effect. */
AWS_COMMON_API
bool aws_date_time_dst(const struct aws_date_time *dt, bool local_time);

/** `a` minus `b` in whole seconds; milliseconds are ignored. */
AWS_COMMON_API
time_t aws_date_time_diff(const struct aws_date_time *a, const struct aws_date_time *b);

AWS_EXTERN_C_END
AWS_POP_SANE_WARNING_LEVEL

#endif /* AWS_COMMON_DATE_TIME_H */
