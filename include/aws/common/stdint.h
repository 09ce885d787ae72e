/* SPDX-License-Identifier: Apache-2.0 */
#ifndef AWS_COMMON_STDINT_H
#define AWS_COMMON_STDINT_H

#include <aws/common/assert.h>

#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

/* Some C libraries keep SIZE_MAX in <limits.h>. */
#ifndef SIZE_MAX
#    include <limits.h>
#endif

/** A file offset. Kept for old callers; write int64_t in new code. */
typedef int64_t aws_off_t;

#endif /* AWS_COMMON_STDINT_H */
