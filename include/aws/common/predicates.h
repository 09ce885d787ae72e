/* SPDX-License-Identifier: Apache-2.0 */
#ifndef AWS_COMMON_PREDICATES_H
#define AWS_COMMON_PREDICATES_H

/**
 * True if the first `len` bytes of two arrays are the same. Meant for debug checks: bytes are compared only if
 * AWS_DEEP_CHECKS is 1, otherwise the answer is always true and the arguments are not evaluated.
 */
#if defined(AWS_DEEP_CHECKS) && (AWS_DEEP_CHECKS == 1)
#    include <string.h>
#    define AWS_BYTES_EQ(arr1, arr2, len) (!memcmp((arr1), (arr2), (len)))
#else
#    define AWS_BYTES_EQ(arr1, arr2, len) (1)
#endif

#endif /* AWS_COMMON_PREDICATES_H */
