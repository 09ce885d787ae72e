/* SPDX-License-Identifier: Apache-2.0 */
#ifndef AWS_COMMON_CLOCK_H
#define AWS_COMMON_CLOCK_H

/* Two clocks, both in nanoseconds, and conversion between units of time. */

#include <aws/common/common.h>
#include <aws/common/math.h>

AWS_PUSH_SANE_WARNING_LEVEL

/** A unit of time. The value is how many of them make a second. */
enum aws_timestamp_unit {
    AWS_TIMESTAMP_SECS = 1,
    AWS_TIMESTAMP_MILLIS = 1000,
    AWS_TIMESTAMP_MICROS = 1000000,
    AWS_TIMESTAMP_NANOS = 1000000000,
};

AWS_EXTERN_C_BEGIN

/**
 * Converts a time from one unit to another, rounding down. What does not fit becomes UINT64_MAX.
 *
 * @param remainder  may be NULL; receives what rounding cut off, in units of `convert_from`. It is 0 if `convert_to` is
 *                   the same or a finer unit.
 */
AWS_STATIC_IMPL
uint64_t aws_timestamp_convert(
    uint64_t timestamp, enum aws_timestamp_unit convert_from, enum aws_timestamp_unit convert_to, uint64_t *remainder);

/**
 * Converts ticks of one frequency to ticks of another, rounding down. Frequencies are in ticks per second; a frequency
 * of 0 ends the process. What does not fit becomes UINT64_MAX. If the product of both frequencies does not fit 64 bits,
 * the part below a second may come out too small.
 *
 * @param remainder  may be NULL; receives what rounding cut off, in old ticks, if the old frequency is a multiple of
 *                   the new one, and 0 otherwise
 */
AWS_STATIC_IMPL
uint64_t aws_timestamp_convert_u64(uint64_t ticks, uint64_t old_frequency, uint64_t new_frequency, uint64_t *remainder);

/**
 * Reads the clock for measuring and scheduling: nanoseconds since a fixed but unknown moment, never going back, with no
 * relation to the date. On Linux it goes on while the machine sleeps. Any thread may call this.
 *
 * Fails with AWS_ERROR_CLOCK_FAILURE if the system gives no time; `timestamp` is then unchanged.
 */
AWS_COMMON_API
int aws_high_res_clock_get_ticks(uint64_t *timestamp);

/**
 * Reads the clock that knows the date: nanoseconds since 1970-01-01 00:00:00 UTC. It jumps, also backwards, when
 * it is set. Any thread may call this.
 *
 * Fails with AWS_ERROR_CLOCK_FAILURE if the system gives no time; `timestamp` is then unchanged.
 */
AWS_COMMON_API
int aws_sys_clock_get_ticks(uint64_t *timestamp);

AWS_EXTERN_C_END

#ifndef AWS_NO_STATIC_IMPL
#    include <aws/common/clock.inl>
#endif

AWS_POP_SANE_WARNING_LEVEL

#endif /* AWS_COMMON_CLOCK_H */
