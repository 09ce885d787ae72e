/* SPDX-License-Identifier: Apache-2.0 */
#include "support/portable.h"
#include "support/traced_test.h"

#include <aws/common/clock.h>

#include <ctime>

class ClockTest : public TracedTest {};

#if defined(_WIN32)
static uint64_t TimeSinceBoot() {
    LARGE_INTEGER ticks, frequency;
    QueryPerformanceCounter(&ticks);
    QueryPerformanceFrequency(&frequency);
    return aws_timestamp_convert_u64((uint64_t)ticks.QuadPart, (uint64_t)frequency.QuadPart, AWS_TIMESTAMP_NANOS, NULL);
}

static uint64_t WallTime() {
    FILETIME time;
    GetSystemTimePreciseAsFileTime(&time);
    return (((uint64_t)time.dwHighDateTime << 32 | time.dwLowDateTime) - 116444736000000000ULL) * 100;
}
#else
static uint64_t Read(clockid_t clock) {
    struct timespec now;
    clock_gettime(clock, &now);
    return (uint64_t)now.tv_sec * AWS_TIMESTAMP_NANOS + (uint64_t)now.tv_nsec;
}

static uint64_t TimeSinceBoot() {
    return Read(CLOCK_BOOTTIME);
}

static uint64_t WallTime() {
    return Read(CLOCK_REALTIME);
}
#endif

TEST_F(ClockTest, HighResolutionClockNeverGoesBack) {
    uint64_t last = 0;
    for (int i = 0; i < 10000; ++i) {
        uint64_t now = 0;
        ASSERT_EQ(AWS_OP_SUCCESS, aws_high_res_clock_get_ticks(&now));
        ASSERT_GE(now, last);
        last = now;
    }
}

/* Deadlines of programs that read the clock by themselves are on the same scale. */
TEST_F(ClockTest, HighResolutionClockIsTheTimeSinceBoot) {
    uint64_t before = TimeSinceBoot();
    uint64_t now = 0;
    ASSERT_EQ(AWS_OP_SUCCESS, aws_high_res_clock_get_ticks(&now));
    EXPECT_GE(now, before);
    EXPECT_LE(now, TimeSinceBoot());
}

TEST_F(ClockTest, SystemClockIsTheWallClock) {
    uint64_t before = WallTime();
    uint64_t now = 0;
    ASSERT_EQ(AWS_OP_SUCCESS, aws_sys_clock_get_ticks(&now));
    EXPECT_GE(now, before);
    EXPECT_LE(now, WallTime());
}

TEST_F(ClockTest, NullIsRefused) {
    EXPECT_RAISES(AWS_ERROR_INVALID_ARGUMENT, aws_high_res_clock_get_ticks(nullptr));
    EXPECT_RAISES(AWS_ERROR_INVALID_ARGUMENT, aws_sys_clock_get_ticks(nullptr));
}
