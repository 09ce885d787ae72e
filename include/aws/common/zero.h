/* SPDX-License-Identifier: Apache-2.0 */
#ifndef AWS_COMMON_ZERO_H
#define AWS_COMMON_ZERO_H

#include <aws/common/exports.h>
#include <aws/common/macros.h>
#include <aws/common/stdbool.h>
#include <aws/common/stdint.h>

#include <string.h>

AWS_PUSH_SANE_WARNING_LEVEL
AWS_EXTERN_C_BEGIN

/** Sets all bytes of an object, padding included, to 0. Takes the object, not a pointer to it. */
#define AWS_ZERO_STRUCT(object) ((void)memset((void *)&(object), 0, sizeof(object)))

/** Sets all bytes of an array to 0. The compiler must know its size: not for pointers or array parameters. */
#define AWS_ZERO_ARRAY(array) ((void)memset((void *)(array), 0, sizeof(array)))

/** True if all bytes of an object, padding included, are 0. */
#define AWS_IS_ZEROED(object) aws_is_mem_zeroed(&(object), sizeof(object))

/** True if `bufsize` bytes at `buf` are all 0; also if `bufsize` is 0. */
AWS_STATIC_IMPL
bool aws_is_mem_zeroed(const void *buf, size_t bufsize);

/**
 * Overwrites `bufsize` bytes at `pBuf` with 0. Unlike memset() it is not optimised away when the memory is not read
 * again: use it for secrets. Does nothing if `pBuf` is NULL or `bufsize` is 0.
 */
AWS_COMMON_API
void aws_secure_zero(void *pBuf, size_t bufsize);

AWS_EXTERN_C_END

#ifndef AWS_NO_STATIC_IMPL
#    include <aws/common/zero.inl>
#endif

AWS_POP_SANE_WARNING_LEVEL

#endif /* AWS_COMMON_ZERO_H */
