/* SPDX-License-Identifier: Apache-2.0 */
#ifndef AWS_COMMON_ZERO_INL
#define AWS_COMMON_ZERO_INL

#include <aws/common/zero.h>

AWS_EXTERN_C_BEGIN

AWS_STATIC_IMPL
bool aws_is_mem_zeroed(const void *buf, size_t bufsize) {
    const uint8_t *bytes = (const uint8_t *)buf;
    if (bytes == NULL || bufsize == 0) {
        return true;
    }

    /* If the first byte is 0 and each byte equals the one before it, all are 0. */
    return bytes[0] == 0 && memcmp(bytes, bytes + 1, bufsize - 1) == 0;
}

AWS_EXTERN_C_END

#endif /* AWS_COMMON_ZERO_INL */
