/* SPDX-License-Identifier: Apache-2.0 */
#ifndef AWS_COMMON_DEVICE_RANDOM_H
#define AWS_COMMON_DEVICE_RANDOM_H

/*
 * Random numbers from the operating system, fit for cryptography. Any thread may call. All functions raise
 * AWS_ERROR_RANDOM_GEN_FAILED if the system gives none, and AWS_ERROR_INVALID_ARGUMENT for NULL.
 */

#include <aws/common/common.h>

AWS_PUSH_SANE_WARNING_LEVEL

struct aws_byte_buf;

AWS_EXTERN_C_BEGIN

/** A random number of 64, 32, 16 or 8 bits. */
AWS_COMMON_API int aws_device_random_u64(uint64_t *output);
AWS_COMMON_API int aws_device_random_u32(uint32_t *output);
AWS_COMMON_API int aws_device_random_u16(uint16_t *output);
AWS_COMMON_API int aws_device_random_u8(uint8_t *output);

/** Appends random bytes until the buffer is full. */
AWS_COMMON_API int aws_device_random_buffer(struct aws_byte_buf *output);

/** Appends `n` random bytes. Raises AWS_ERROR_SHORT_BUFFER if they do not fit. `len` changes on success only. */
AWS_COMMON_API int aws_device_random_buffer_append(struct aws_byte_buf *output, size_t n);

AWS_EXTERN_C_END
AWS_POP_SANE_WARNING_LEVEL

#endif /* AWS_COMMON_DEVICE_RANDOM_H */
