/* SPDX-License-Identifier: Apache-2.0 */
#ifndef AWS_COMMON_UUID_H
#define AWS_COMMON_UUID_H

/* Random identifiers of 128 bits. */

#include <aws/common/common.h>

AWS_PUSH_SANE_WARNING_LEVEL

struct aws_byte_buf;
struct aws_byte_cursor;

/** An identifier. A plain value. */
struct aws_uuid {
    /** In the order in which they are written. */
    uint8_t uuid_data[16];
};

/** Bytes of the text "xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx" and its terminator. */
enum { AWS_UUID_STR_LEN = 37 };

/** The same without hyphens. */
enum { AWS_UUID_STR_COMPACT_LEN = 33 };

AWS_EXTERN_C_BEGIN

/** Fills all 128 bits with random data from the system. Fails as the random device does. */
AWS_COMMON_API
int aws_uuid_init(struct aws_uuid *uuid);

/**
 * Parses the text with hyphens, in upper or lower case; what follows it is ignored.
 * Fails with AWS_ERROR_INVALID_BUFFER_SIZE if there are less than 36 bytes, with AWS_ERROR_MALFORMED_INPUT_STRING if
 * they are not a UUID.
 */
AWS_COMMON_API
int aws_uuid_init_from_str(struct aws_uuid *uuid, const struct aws_byte_cursor *uuid_str);

/**
 * Appends the text, in lower case, and a terminator that does not count in the buffer's length.
 * Fails with AWS_ERROR_SHORT_BUFFER, and appends nothing, unless AWS_UUID_STR_LEN bytes are free.
 */
AWS_COMMON_API
int aws_uuid_to_str(const struct aws_uuid *uuid, struct aws_byte_buf *output);

/** The same without hyphens; needs AWS_UUID_STR_COMPACT_LEN bytes. */
AWS_COMMON_API
int aws_uuid_to_str_compact(const struct aws_uuid *uuid, struct aws_byte_buf *output);

/** True if both are the same. */
AWS_COMMON_API
bool aws_uuid_equals(const struct aws_uuid *a, const struct aws_uuid *b);

AWS_EXTERN_C_END
AWS_POP_SANE_WARNING_LEVEL

#endif /* AWS_COMMON_UUID_H */
