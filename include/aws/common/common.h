/* SPDX-License-Identifier: Apache-2.0 */
#ifndef AWS_COMMON_COMMON_H
#define AWS_COMMON_COMMON_H

/* The basics in one include: allocators, errors, assertions, compiler macros, fixed-width types. */

#include <aws/common/allocator.h>
#include <aws/common/assert.h>
#include <aws/common/config.h>
#include <aws/common/error.h>
#include <aws/common/exports.h>
#include <aws/common/macros.h>
#include <aws/common/platform.h>
#include <aws/common/predicates.h>
#include <aws/common/stdbool.h>
#include <aws/common/stdint.h>
#include <aws/common/zero.h>

#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

AWS_PUSH_SANE_WARNING_LEVEL
AWS_EXTERN_C_BEGIN

/**
 * Prepares the common library: registers its error codes and log subjects. Call it before anything else of it; later
 * calls do nothing. aws_io_library_init() calls it. Must not run on two threads at once.
 *
 * @param allocator  serves what the library keeps until clean-up
 */
AWS_COMMON_API
void aws_common_library_init(struct aws_allocator *allocator);

/**
 * Undoes aws_common_library_init(), however often that was called. Joins threads that the library manages first.
 * Does nothing if the library is not initialised. Must not run on two threads at once.
 */
AWS_COMMON_API
void aws_common_library_clean_up(void);

/** Ends the process with a message on stderr if the library is not initialised. */
AWS_COMMON_API
void aws_common_fatal_assert_library_initialized(void);

AWS_EXTERN_C_END
AWS_POP_SANE_WARNING_LEVEL

#endif /* AWS_COMMON_COMMON_H */
