/* SPDX-License-Identifier: Apache-2.0 */
#include "support/portable.h"
#include "support/traced_test.h"

#include <aws/common/byte_buf.h>
#include <aws/common/clock.h>
#include <aws/common/date_time.h>
#include <aws/common/time.h>

#include <cstddef>
#include <cstdlib>
#include <cstring>
#include <string>

/* 2002-10-02T08:05:09Z */
static const time_t kMoment = 1033545909;

class DateTimeTest : public TracedTest {
  protected:
    void SetUp() override {
        TracedTest::SetUp();
        /* Two hours ahead of UTC in winter, three in summer. */
        setenv("TZ", "EET-2EEST,M3.5.0/3,M10.5.0/4", 1);
        tzset();
    }

    void TearDown() override {
        unsetenv("TZ");
        tzset();
        TracedTest::TearDown();
    }

    static int Parse(struct aws_date_time *dt, const std::string &text, enum aws_date_format format) {
        struct aws_byte_cursor cursor = aws_byte_cursor_from_array(text.data(), text.size());
        return aws_date_time_init_from_str_cursor(dt, &cursor, format);
    }

    static void ExpectMoment(time_t moment, const std::string &text, enum aws_date_format format) {
        struct aws_date_time dt;
        ASSERT_EQ(AWS_OP_SUCCESS, Parse(&dt, text, format)) << text;
        EXPECT_EQ(moment, dt.timestamp) << text;
        struct aws_byte_buf buffer = aws_byte_buf_from_array(text.data(), text.size());
        ASSERT_EQ(AWS_OP_SUCCESS, aws_date_time_init_from_str(&dt, &buffer, AWS_DATE_FORMAT_AUTO_DETECT)) << text;
        EXPECT_EQ(moment, dt.timestamp) << text << " detected";
    }

    static void ExpectInvalid(const std::string &text, enum aws_date_format format) {
        struct aws_date_time dt;
        aws_reset_error();
        EXPECT_EQ(AWS_OP_ERR, Parse(&dt, text, format)) << text;
        EXPECT_EQ(AWS_ERROR_INVALID_DATE_STR, aws_last_error()) << text;
    }

    using Formatter = int (*)(const struct aws_date_time *, enum aws_date_format, struct aws_byte_buf *);

    static std::string Text(const struct aws_date_time *dt, Formatter formatter, enum aws_date_format format) {
        char bytes[AWS_DATE_TIME_STR_MAX_LEN] = {0};
        struct aws_byte_buf buffer = aws_byte_buf_from_empty_array(bytes, sizeof(bytes));
        EXPECT_EQ(AWS_OP_SUCCESS, formatter(dt, format, &buffer));
        return std::string(bytes, buffer.len);
    }
};

TEST_F(DateTimeTest, ReadsIso8601) {
    for (const char *text :
         {"2002-10-02T08:05:09Z",
          "2002-10-02T08:05:09.000Z",
          "2002-10-02T08:05:09,999999999Z",
          "2002-10-02t08:05:09z",
          "2002-10-02 08:05:09Z",
          "2002-10-02T08:05:09+00:00",
          "2002-10-02T08:05:09-00:00",
          "2002-10-01T19:31:09-12:34",
          "2002-10-02T20:39:09+1234",
          "20021002T080509Z",
          "20021002T080509.5Z",
          "20021002T203909+1234",
          "2002-10-02T080509Z",
          "20021002T08:05:09Z"}) {
        ExpectMoment(kMoment, text, AWS_DATE_FORMAT_ISO_8601);
        ExpectMoment(kMoment, text, AWS_DATE_FORMAT_ISO_8601_BASIC);
    }
    ExpectMoment(1033516800, "2002-10-02", AWS_DATE_FORMAT_ISO_8601);
    ExpectMoment(1033516800, "20021002", AWS_DATE_FORMAT_ISO_8601_BASIC);
    ExpectMoment(0, "1970-01-01T00:00:00Z", AWS_DATE_FORMAT_ISO_8601);
    ExpectMoment(951782400, "2000-02-29", AWS_DATE_FORMAT_ISO_8601);
    ExpectMoment(1483228800, "2016-12-31T23:59:60Z", AWS_DATE_FORMAT_ISO_8601);
    ExpectMoment(1033603200, "2002-10-02T24:00:00Z", AWS_DATE_FORMAT_ISO_8601);
    ExpectMoment(-62135596800, "0001-01-01T00:00:00Z", AWS_DATE_FORMAT_ISO_8601);
    ExpectMoment(253402300799, "9999-12-31T23:59:59Z", AWS_DATE_FORMAT_ISO_8601);
}

TEST_F(DateTimeTest, RefusesWhatIsNotIso8601) {
    for (const char *text :
         {"",
          "2002",
          "2002-10",
          "2002-10-2",
          "2002-1002",
          "2002-10-02T",
          "2002-10-02T08",
          "2002-10-02T08:05",
          "2002-10-02T08:0509Z",
          "2002-10-02T08:05:09",
          "2002-10-02T08:05:09.",
          "2002-10-02T08:05:09.Z",
          "2002-10-02T08:05:09+",
          "2002-10-02T08:05:09+01",
          "2002-10-02T08:05:09+01:0",
          "2002-10-02T08:05:09+24:00",
          "2002-10-02T08:05:09+01:60",
          "2002-10-02T08:05:09Zulu",
          "2002-10-02T08:05:09+01:00x",
          "2002-10-02X08:05:09Z",
          "2002-00-02T08:05:09Z",
          "2002-13-02T08:05:09Z",
          "2002-10-00T08:05:09Z",
          "2002-10-32T08:05:09Z",
          "2001-02-29",
          "1900-02-29",
          "2002-04-31",
          "2002-10-02T25:05:09Z",
          "2002-10-02T24:05:09Z",
          "2002-10-02T08:60:09Z",
          "2002-10-02T08:05:61Z",
          "+002-10-02",
          "20O2-10-02",
          "Wed, 02 Oct 2002 08:05:09 GMT"}) {
        ExpectInvalid(text, AWS_DATE_FORMAT_ISO_8601);
        ExpectInvalid(text, AWS_DATE_FORMAT_ISO_8601_BASIC);
    }
}

TEST_F(DateTimeTest, ReadsRfc822) {
    for (const char *text :
         {"Wed, 02 Oct 2002 08:05:09 GMT",
          "Wed, 02 Oct 2002 08:05:09 gmt",
          "Wed, 02 Oct 2002 08:05:09 UT",
          "Wed, 02 Oct 2002 08:05:09 UTC",
          "Wed, 02 Oct 2002 08:05:09 Z",
          "Wed, 02 Oct 2002 08:05:09 +0000",
          "Wed, 02 Oct 2002 09:35:09 +0130",
          "Wed, 02 Oct 2002 07:05:09 -0100",
          "wednesday, 2 OCTOBER 2002 08:05:09 GMT",
          "02 Oct 2002 08:05:09 GMT",
          "2 Oct 02 08:05:09 GMT",
          "Wed,  02  Oct  2002  08:05:09  GMT",
          "Wed, 02 Oct 2002 11:05:09 "}) {
        ExpectMoment(kMoment, text, AWS_DATE_FORMAT_RFC822);
    }
    ExpectMoment(1034323509, "11 Oct 2002 08:05:09 GMT", AWS_DATE_FORMAT_RFC822);
    ExpectMoment(1033545900, "Wed, 02 Oct 2002 08:05 GMT", AWS_DATE_FORMAT_RFC822);
    ExpectMoment(784111777, "Sun, 06 Nov 94 08:49:37 GMT", AWS_DATE_FORMAT_RFC822);
    ExpectMoment(1041501909, "Thu, 02 Jan 2003 12:05:09 ", AWS_DATE_FORMAT_RFC822);
}

TEST_F(DateTimeTest, RefusesWhatIsNotRfc822) {
    for (const char *text :
         {"",
          "Wed",
          "Wed,",
          "Wed, 02 Oct 2002",
          "Wed, 02 Oct 2002 08:05:09",
          "Wed, 02 Oct 2002 08:05:09 DST",
          "Wed, 02 Oct 2002 08:05:09 GMT+1",
          "Wed, 02 Oct 2002 08:05:09 +010",
          "Wed, 02 Oct 2002 08:05:09 +01:00",
          "Wed, 02 Oct 2002 08:05:09 +ab00",
          "Wed, 02 Oct 2002 08:05:09 +2400",
          "Wed, 02 Oct 2002 8:05:09 GMT",
          "Wed, 02 Oct 2002 08:65:09 GMT",
          "Wed, 02 Oct 202 08:05:09 GMT",
          "Wed, 02 Oct 20021 08:05:09 GMT",
          "Wed, 32 Oct 2002 08:05:09 GMT",
          "Wed, 31 Sep 2002 08:05:09 GMT",
          "Wed, 02 Okt 2002 08:05:09 GMT",
          "Wed, 02 Oc 2002 08:05:09 GMT",
          "Wed 02 Oct 2002 08:05:09 GMT",
          "W3d, 02 Oct 2002 08:05:09 GMT",
          "2002-10-02T08:05:09Z"}) {
        ExpectInvalid(text, AWS_DATE_FORMAT_RFC822);
    }
    ExpectInvalid("yesterday", AWS_DATE_FORMAT_AUTO_DETECT);
}

TEST_F(DateTimeTest, TooMuchTextIsRefused) {
    struct aws_date_time dt;
    std::string text(AWS_DATE_TIME_STR_MAX_LEN + 1, 'x');
    EXPECT_RAISES(AWS_ERROR_OVERFLOW_DETECTED, Parse(&dt, text, AWS_DATE_FORMAT_AUTO_DETECT));
    text.pop_back();
    ExpectInvalid(text, AWS_DATE_FORMAT_AUTO_DETECT);
}

TEST_F(DateTimeTest, SaysWhetherTheZoneWasGiven) {
    struct aws_date_time dt;
    ASSERT_EQ(AWS_OP_SUCCESS, Parse(&dt, "Wed, 02 Oct 2002 09:35:09 +0130", AWS_DATE_FORMAT_RFC822));
    EXPECT_TRUE(dt.utc_assumed);
    EXPECT_STREQ("+0130", dt.tz);
    ASSERT_EQ(AWS_OP_SUCCESS, Parse(&dt, "Wed, 02 Oct 2002 11:05:09 ", AWS_DATE_FORMAT_RFC822));
    EXPECT_FALSE(dt.utc_assumed);
    EXPECT_STREQ("", dt.tz);
}

TEST_F(DateTimeTest, HasFieldsInUtcAndInLocalTime) {
    struct aws_date_time dt;
    aws_date_time_init_epoch_millis(&dt, (uint64_t)kMoment * 1000 + 619);
    EXPECT_EQ(2002, aws_date_time_year(&dt, false));
    EXPECT_EQ(AWS_DATE_MONTH_OCTOBER, aws_date_time_month(&dt, false));
    EXPECT_EQ(2, aws_date_time_month_day(&dt, false));
    EXPECT_EQ(AWS_DATE_DAY_OF_WEEK_WEDNESDAY, aws_date_time_day_of_week(&dt, false));
    EXPECT_EQ(8, aws_date_time_hour(&dt, false));
    EXPECT_EQ(11, aws_date_time_hour(&dt, true));
    EXPECT_EQ(5, aws_date_time_minute(&dt, false));
    EXPECT_EQ(9, aws_date_time_second(&dt, true));
    EXPECT_FALSE(aws_date_time_dst(&dt, false));
    EXPECT_TRUE(aws_date_time_dst(&dt, true));
    EXPECT_EQ((uint64_t)kMoment * 1000 + 619, aws_date_time_as_millis(&dt));
    EXPECT_EQ(((uint64_t)kMoment * 1000 + 619) * 1000000, aws_date_time_as_nanos(&dt));
    EXPECT_DOUBLE_EQ((double)kMoment + 0.619, aws_date_time_as_epoch_secs(&dt));
#if !defined(_WIN32)
    EXPECT_STREQ("GMT", dt.gmt_time.tm_zone);
#endif
}

#if !defined(_WIN32)
/* Every day of four centuries, and moments far off, as the C library has them; that of Windows begins in 1970. */
TEST_F(DateTimeTest, AgreesWithTheCalendarOfTheCLibrary) {
    for (int64_t day = -150000; day < 150000; ++day) {
        time_t moment = day * 86400 + (day * 7919) % 86400;
        struct tm expected = {}, found = {};
        gmtime_r(&moment, &expected);
        aws_gmtime(moment, &found);
        ASSERT_EQ(0, memcmp(&expected, &found, offsetof(struct tm, tm_gmtoff))) << moment;
        ASSERT_EQ(moment, aws_timegm(&found));
    }
    for (time_t moment : {(time_t)-67768040609740800, (time_t)67768036191676799, (time_t)-1, (time_t)0}) {
        struct tm expected = {}, found = {};
        gmtime_r(&moment, &expected);
        aws_gmtime(moment, &found);
        EXPECT_EQ(0, memcmp(&expected, &found, offsetof(struct tm, tm_gmtoff))) << moment;
    }
    struct tm local, expected;
    time_t moment = kMoment;
    localtime_r(&moment, &expected);
    aws_localtime(kMoment, &local);
    EXPECT_EQ(0, memcmp(&expected, &local, offsetof(struct tm, tm_isdst)));
    EXPECT_EQ(expected.tm_isdst, local.tm_isdst);
    EXPECT_EQ(expected.tm_gmtoff, local.tm_gmtoff);
}
#endif

TEST_F(DateTimeTest, TakesSecondsWithAFraction) {
    struct aws_date_time dt;
    aws_date_time_init_epoch_secs(&dt, 1033545909.50542123);
    EXPECT_EQ(kMoment, dt.timestamp);
    EXPECT_EQ(505, dt.milliseconds);
    aws_date_time_init_epoch_secs(&dt, 1.9996);
    EXPECT_EQ(2, dt.timestamp);
    EXPECT_EQ(0, dt.milliseconds);
    aws_date_time_init_epoch_secs(&dt, -1.25);
    EXPECT_EQ(-2, dt.timestamp);
    EXPECT_EQ(750, dt.milliseconds);
    EXPECT_DOUBLE_EQ(-1.25, aws_date_time_as_epoch_secs(&dt));
    EXPECT_EQ(1969, aws_date_time_year(&dt, false));
}

TEST_F(DateTimeTest, FarMomentsSaturate) {
    struct aws_date_time dt;
    aws_date_time_init_epoch_millis(&dt, UINT64_MAX);
    EXPECT_EQ(UINT64_MAX, aws_date_time_as_nanos(&dt));
    EXPECT_EQ(UINT64_MAX, aws_date_time_as_millis(&dt));
    EXPECT_EQ(615, dt.milliseconds);
}

TEST_F(DateTimeTest, WritesUtc) {
    struct aws_date_time dt;
    aws_date_time_init_epoch_millis(&dt, (uint64_t)kMoment * 1000);
    EXPECT_EQ("Wed, 02 Oct 2002 08:05:09 GMT", Text(&dt, aws_date_time_to_utc_time_str, AWS_DATE_FORMAT_RFC822));
    EXPECT_EQ("2002-10-02T08:05:09Z", Text(&dt, aws_date_time_to_utc_time_str, AWS_DATE_FORMAT_ISO_8601));
    EXPECT_EQ("20021002T080509Z", Text(&dt, aws_date_time_to_utc_time_str, AWS_DATE_FORMAT_ISO_8601_BASIC));
    EXPECT_EQ("Wed, 02 Oct 2002", Text(&dt, aws_date_time_to_utc_time_short_str, AWS_DATE_FORMAT_RFC822));
    EXPECT_EQ("2002-10-02", Text(&dt, aws_date_time_to_utc_time_short_str, AWS_DATE_FORMAT_ISO_8601));
    EXPECT_EQ("20021002", Text(&dt, aws_date_time_to_utc_time_short_str, AWS_DATE_FORMAT_ISO_8601_BASIC));
}

TEST_F(DateTimeTest, WritesLocalTime) {
    struct aws_date_time dt;
    aws_date_time_init_epoch_millis(&dt, (uint64_t)(kMoment + 14 * 3600) * 1000);
    EXPECT_EQ("Thu, 03 Oct 2002 01:05:09 EEST", Text(&dt, aws_date_time_to_local_time_str, AWS_DATE_FORMAT_RFC822));
    EXPECT_EQ("Thu, 03 Oct 2002", Text(&dt, aws_date_time_to_local_time_short_str, AWS_DATE_FORMAT_RFC822));
    EXPECT_EQ("2002-10-03", Text(&dt, aws_date_time_to_local_time_short_str, AWS_DATE_FORMAT_ISO_8601));
    EXPECT_EQ("20021003", Text(&dt, aws_date_time_to_local_time_short_str, AWS_DATE_FORMAT_ISO_8601_BASIC));
}

TEST_F(DateTimeTest, WhatIsWrittenCanBeReadAgain) {
    for (uint64_t seconds = 0; seconds < 4102444800; seconds += 86399 * 40) {
        struct aws_date_time dt, again;
        aws_date_time_init_epoch_millis(&dt, seconds * 1000);
        for (enum aws_date_format format :
             {AWS_DATE_FORMAT_RFC822, AWS_DATE_FORMAT_ISO_8601, AWS_DATE_FORMAT_ISO_8601_BASIC}) {
            ASSERT_EQ(AWS_OP_SUCCESS, Parse(&again, Text(&dt, aws_date_time_to_utc_time_str, format), format));
            ASSERT_EQ(0, aws_date_time_diff(&dt, &again));
        }
    }
}

TEST_F(DateTimeTest, AppendsOnlyWhatFitsWithATerminator) {
    struct aws_date_time dt;
    aws_date_time_init_epoch_millis(&dt, (uint64_t)kMoment * 1000);
    char bytes[32];
    memset(bytes, '#', sizeof(bytes));
    struct aws_byte_buf buffer = aws_byte_buf_from_empty_array(bytes, 12);
    buffer.len = 2;
    EXPECT_RAISES(AWS_ERROR_SHORT_BUFFER, aws_date_time_to_utc_time_short_str(&dt, AWS_DATE_FORMAT_ISO_8601, &buffer));
    EXPECT_EQ(2u, buffer.len);
    buffer.capacity = 13;
    EXPECT_EQ(AWS_OP_SUCCESS, aws_date_time_to_utc_time_short_str(&dt, AWS_DATE_FORMAT_ISO_8601, &buffer));
    EXPECT_EQ(std::string("##2002-10-02\0###", 16), std::string(bytes, 16));
    EXPECT_EQ(12u, buffer.len);
}

TEST_F(DateTimeTest, NowIsNow) {
    uint64_t before = 0, after = 0;
    struct aws_date_time dt;
    aws_sys_clock_get_ticks(&before);
    aws_date_time_init_now(&dt);
    aws_sys_clock_get_ticks(&after);
    EXPECT_GE(aws_date_time_as_millis(&dt), before / 1000000);
    EXPECT_LE(aws_date_time_as_millis(&dt), after / 1000000);
}

TEST_F(DateTimeTest, RefusesWhatItCannotUse) {
    struct aws_date_time dt;
    struct aws_byte_cursor text = aws_byte_cursor_from_c_str("2002-10-02");
    char bytes[64] = {0};
    struct aws_byte_buf buffer = aws_byte_buf_from_empty_array(bytes, sizeof(bytes));
    EXPECT_RAISES(
        AWS_ERROR_INVALID_ARGUMENT, aws_date_time_init_from_str_cursor(nullptr, &text, AWS_DATE_FORMAT_ISO_8601));
    EXPECT_RAISES(
        AWS_ERROR_INVALID_ARGUMENT, aws_date_time_init_from_str_cursor(&dt, nullptr, AWS_DATE_FORMAT_ISO_8601));
    EXPECT_RAISES(AWS_ERROR_INVALID_ARGUMENT, aws_date_time_init_from_str(&dt, nullptr, AWS_DATE_FORMAT_ISO_8601));
    EXPECT_RAISES(AWS_ERROR_INVALID_ARGUMENT, aws_date_time_init_from_str_cursor(&dt, &text, (enum aws_date_format)9));
    aws_date_time_init_now(&dt);
    EXPECT_RAISES(AWS_ERROR_INVALID_ARGUMENT, aws_date_time_to_utc_time_str(&dt, AWS_DATE_FORMAT_AUTO_DETECT, &buffer));
    EXPECT_RAISES(
        AWS_ERROR_INVALID_ARGUMENT, aws_date_time_to_local_time_str(nullptr, AWS_DATE_FORMAT_ISO_8601, &buffer));
    EXPECT_RAISES(
        AWS_ERROR_INVALID_ARGUMENT, aws_date_time_to_utc_time_short_str(&dt, AWS_DATE_FORMAT_ISO_8601, nullptr));
}
