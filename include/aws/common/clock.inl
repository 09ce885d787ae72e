/* SPDX-License-Identifier: Apache-2.0 */
#ifndef AWS_COMMON_CLOCK_INL
#define AWS_COMMON_CLOCK_INL

#include <aws/common/clock.h>

AWS_EXTERN_C_BEGIN

AWS_STATIC_IMPL
uint64_t
aws_timestamp_convert_u64(uint64_t ticks, uint64_t old_frequency, uint64_t new_frequency, uint64_t *remainder) {

    AWS_FATAL_ASSERT(old_frequency != 0 && new_frequency != 0);

    if (remainder != NULL) {
        const bool is_multiple = old_frequency > new_frequency && old_frequency % new_frequency == 0;
        *remainder = is_multiple ? ticks % (old_frequency / new_frequency) : 0;
    }

    /* Whole seconds and the rest are converted apart: multiplying `ticks` as a whole would overflow much earlier. */
    const uint64_t seconds = aws_mul_u64_saturating(ticks / old_frequency, new_frequency);
    const uint64_t rest = aws_mul_u64_saturating(ticks % old_frequency, new_frequency) / old_frequency;
    return aws_add_u64_saturating(seconds, rest);
}

AWS_STATIC_IMPL
uint64_t aws_timestamp_convert(
    uint64_t timestamp, enum aws_timestamp_unit convert_from, enum aws_timestamp_unit convert_to, uint64_t *remainder) {

    return aws_timestamp_convert_u64(timestamp, (uint64_t)convert_from, (uint64_t)convert_to, remainder);
}

AWS_EXTERN_C_END

#endif /* AWS_COMMON_CLOCK_INL */
