/* SPDX-License-Identifier: Apache-2.0 */
#ifndef AWS_COMMON_PRIVATE_BYTE_BUF_H
#define AWS_COMMON_PRIVATE_BYTE_BUF_H

#include <aws/common/byte_buf.h>

AWS_PUSH_SANE_WARNING_LEVEL
AWS_EXTERN_C_BEGIN

/**
 * All ones if `index` is below `bound`, else 0; also 0 if either is more than half of what a size_t holds. Computed
 * without a branch, so that the answer is right even where the processor speculates.
 */
AWS_COMMON_API size_t aws_nospec_mask(size_t index, size_t bound);

/** As aws_byte_buf_reserve(), but the capacity at least doubles if it must grow. */
AWS_COMMON_API
int aws_byte_buf_reserve_smart(struct aws_byte_buf *buffer, size_t requested_capacity);

/** As aws_byte_buf_reserve_relative(), but the capacity at least doubles if it must grow. */
AWS_COMMON_API
int aws_byte_buf_reserve_smart_relative(struct aws_byte_buf *buffer, size_t additional_length);

AWS_EXTERN_C_END
AWS_POP_SANE_WARNING_LEVEL

#endif /* AWS_COMMON_PRIVATE_BYTE_BUF_H */
