/* SPDX-License-Identifier: Apache-2.0 */
#ifndef AWS_COMMON_SYSTEM_RESOURCE_UTIL_H
#define AWS_COMMON_SYSTEM_RESOURCE_UTIL_H

#include <aws/common/common.h>

AWS_PUSH_SANE_WARNING_LEVEL

/** Memory use of the process since it started. */
struct aws_memory_usage_stats {
    /** Largest resident set, in kilobytes. */
    size_t maxrss;
    /** Page faults that needed input or output. */
    size_t page_faults;
    /** Zero. */
    size_t _reserved[8];
};

AWS_EXTERN_C_BEGIN

/**
 * Fills in the memory use of this process. Raises AWS_ERROR_SYS_CALL_FAILURE, and AWS_ERROR_INVALID_ARGUMENT for NULL.
 * Any thread may call.
 */
AWS_COMMON_API int aws_init_memory_usage_for_current_process(struct aws_memory_usage_stats *memory_usage);

AWS_EXTERN_C_END
AWS_POP_SANE_WARNING_LEVEL

#endif /* AWS_COMMON_SYSTEM_RESOURCE_UTIL_H */
