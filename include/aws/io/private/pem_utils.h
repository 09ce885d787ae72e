/* SPDX-License-Identifier: Apache-2.0 */
#ifndef AWS_IO_PRIVATE_PEM_UTILS_H
#define AWS_IO_PRIVATE_PEM_UTILS_H

#include <aws/io/io.h>

AWS_PUSH_SANE_WARNING_LEVEL

AWS_EXTERN_C_BEGIN

/**
 * Reduces a PEM text to its objects, each with one line break after it: comments and everything else between objects
 * go away. In place; `allocator` serves for the working copy.
 * Errors: AWS_ERROR_INVALID_ARGUMENT if there is no object, the last has no end, or the buffer is not the library's own
 * and the result does not fit; the text is then as it was.
 * One thread at a time.
 */
AWS_IO_API
int aws_sanitize_pem(struct aws_byte_buf *pem, struct aws_allocator *allocator);

AWS_EXTERN_C_END

AWS_POP_SANE_WARNING_LEVEL

#endif /* AWS_IO_PRIVATE_PEM_UTILS_H */
