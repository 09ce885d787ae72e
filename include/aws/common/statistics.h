/* SPDX-License-Identifier: Apache-2.0 */
#ifndef AWS_COMMON_STATISTICS_H
#define AWS_COMMON_STATISTICS_H

/* What a source of statistics (a channel, for instance) and a handler that judges them say to each other. */

#include <aws/common/common.h>
#include <aws/common/package.h>
#include <aws/common/stdint.h>

AWS_PUSH_SANE_WARNING_LEVEL

struct aws_array_list;
struct aws_crt_statistics_handler;

/** The kind of struct that begins with a struct aws_crt_statistics_base. */
typedef uint32_t aws_crt_statistics_category_t;

/* Each package owns 256 consecutive categories, the first of which is its id times 256. */

enum { AWS_CRT_STATISTICS_CATEGORY_STRIDE_BITS = 8 };
#define AWS_CRT_STATISTICS_CATEGORY_STRIDE (1U << AWS_CRT_STATISTICS_CATEGORY_STRIDE_BITS)
#define AWS_CRT_STATISTICS_CATEGORY_BEGIN_RANGE(x) (AWS_CRT_STATISTICS_CATEGORY_STRIDE * (x))
#define AWS_CRT_STATISTICS_CATEGORY_END_RANGE(x) (AWS_CRT_STATISTICS_CATEGORY_STRIDE * ((x) + 1) - 1)

/** Categories of the common library: it has no statistics of its own. */
enum aws_crt_common_statistics_category {
    AWSCRT_STAT_CAT_INVALID = AWS_CRT_STATISTICS_CATEGORY_BEGIN_RANGE(AWS_C_COMMON_PACKAGE_ID)
};

/** First member of every struct with statistics. */
struct aws_crt_statistics_base {
    /** Which struct it is. */
    aws_crt_statistics_category_t category;
};

/** When statistics were gathered: from and to, in milliseconds of the source's clock. */
struct aws_crt_statistics_sample_interval {
    /** Milliseconds of the source's clock. */
    uint64_t begin_time_ms;
    /** Milliseconds of the source's clock. */
    uint64_t end_time_ms;
};

/**
 * Looks at the statistics of one interval. `stats` holds pointers to structs that begin with aws_crt_statistics_base;
 * skip categories that you do not know. Nothing of it may be kept after the call.
 */
typedef void(aws_crt_statistics_handler_process_statistics_fn)(
    struct aws_crt_statistics_handler *handler,
    struct aws_crt_statistics_sample_interval *interval,
    struct aws_array_list *stats,
    void *context);

/** Frees the handler and everything that belongs to it. */
typedef void(aws_crt_statistics_handler_destroy_fn)(struct aws_crt_statistics_handler *handler);

/** How often the handler should get statistics, in milliseconds. A hint: the source may be slower. */
typedef uint64_t(aws_crt_statistics_handler_get_report_interval_ms_fn)(struct aws_crt_statistics_handler *);

/** A kind of handler. No function may be NULL. */
struct aws_crt_statistics_handler_vtable {
    /** Takes one sample. See aws_crt_statistics_handler_process_statistics_fn. */
    aws_crt_statistics_handler_process_statistics_fn *process_statistics;
    /** Frees the handler. See aws_crt_statistics_handler_destroy_fn. */
    aws_crt_statistics_handler_destroy_fn *destroy;
    /** Time between samples. See aws_crt_statistics_handler_get_report_interval_ms_fn. */
    aws_crt_statistics_handler_get_report_interval_ms_fn *get_report_interval_ms;
};

/** A handler. Programs write their own. */
struct aws_crt_statistics_handler {
    /** The kind of handler. Not owned. */
    struct aws_crt_statistics_handler_vtable *vtable;
    /** Where the handler's memory comes from. */
    struct aws_allocator *allocator;
    /** Belongs to the handler. */
    void *impl;
};

AWS_EXTERN_C_BEGIN

/**
 * Gives a handler the statistics of one interval, on the calling thread. List and structs stay the caller's.
 *
 * @param context  what the statistics are about, as the source documents it; may be NULL
 */
AWS_COMMON_API
void aws_crt_statistics_handler_process_statistics(
    struct aws_crt_statistics_handler *handler,
    struct aws_crt_statistics_sample_interval *interval,
    struct aws_array_list *stats,
    void *context);

/** How often the handler should get statistics, in milliseconds. */
AWS_COMMON_API
uint64_t aws_crt_statistics_handler_get_report_interval_ms(struct aws_crt_statistics_handler *handler);

/** Destroys a handler. NULL is ignored. */
AWS_COMMON_API
void aws_crt_statistics_handler_destroy(struct aws_crt_statistics_handler *handler);

AWS_EXTERN_C_END
AWS_POP_SANE_WARNING_LEVEL

#endif /* AWS_COMMON_STATISTICS_H */
