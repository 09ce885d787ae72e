/* SPDX-License-Identifier: Apache-2.0 */
#ifndef AWS_COMMON_LOG_FORMATTER_H
#define AWS_COMMON_LOG_FORMATTER_H

/*
 * The part of a pipeline logger that makes a line out of a statement. The standard line is
 *
 *     [LEVEL] [timestamp in UTC] [thread] [subject] - message\n
 */

#include <aws/common/common.h>

#include <aws/common/date_time.h>
#include <aws/common/logging.h>

#include <stdarg.h>
#include <stdio.h>

AWS_PUSH_SANE_WARNING_LEVEL

struct aws_log_formatter;
struct aws_string;

/**
 * Makes a new string out of a printf format and its arguments and stores it; the caller destroys it. On failure nothing
 * is stored. Called on any thread, several at once. `args` is used up.
 */
typedef int(aws_log_formatter_format_fn)(
    struct aws_log_formatter *formatter,
    struct aws_string **formatted_output,
    enum aws_log_level level,
    aws_log_subject_t subject,
    const char *format,
    va_list args);

/** Frees what the formatter holds, but not its struct. */
typedef void(aws_log_formatter_clean_up_fn)(struct aws_log_formatter *logger);

/** A kind of formatter. No function may be NULL. */
struct aws_log_formatter_vtable {
    /** Makes one line. See aws_log_formatter_format_fn. */
    aws_log_formatter_format_fn *format;
    /** Ends the formatter. See aws_log_formatter_clean_up_fn. */
    aws_log_formatter_clean_up_fn *clean_up;
};

/** A formatter. Programs may write their own. */
struct aws_log_formatter {
    /** The kind of formatter. Not owned. */
    struct aws_log_formatter_vtable *vtable;
    /** Where lines and `impl` come from. */
    struct aws_allocator *allocator;
    /** Belongs to the formatter. */
    void *impl;
};

/** Options of the default formatter. */
struct aws_log_formatter_standard_options {
    /** How timestamps look; not AWS_DATE_FORMAT_AUTO_DETECT. */
    enum aws_date_format date_format;
};

/** What aws_format_standard_log_line() needs and gives. */
struct aws_logging_standard_formatting_data {
    /** In: where the line goes, and how many bytes there are. */
    char *log_line_buffer;
    size_t total_length;
    enum aws_log_level level;
    /** In: may be NULL; the line then has no subject. */
    const char *subject_name;
    /** In: printf format of the message. */
    const char *format;
    enum aws_date_format date_format;
    /** Not used. */
    struct aws_allocator *allocator;

    /** Out: bytes of the line, with its newline but without the terminator. */
    size_t amount_written;
};

AWS_EXTERN_C_BEGIN

/**
 * Initialises a formatter that makes standard lines. The caller cleans it up. `allocator` gives the lines, too: it must
 * outlive them and serve all threads that log. Always succeeds.
 */
AWS_COMMON_API
int aws_log_formatter_init_default(
    struct aws_log_formatter *formatter,
    struct aws_allocator *allocator,
    struct aws_log_formatter_standard_options *options);

/** Frees what the formatter holds. No thread may be using it. */
AWS_COMMON_API
void aws_log_formatter_clean_up(struct aws_log_formatter *formatter);

/**
 * Writes one standard line, with a terminator, into a buffer. A line that is too long is cut off so that its newline
 * still fits. Acquires no memory. Any thread may call this. `args` is used up.
 *
 * Fails with AWS_ERROR_INVALID_ARGUMENT if the level does not exist, if the buffer is empty or ends inside the
 * timestamp, or if the format is wrong; the buffer's content is then unknown.
 */
AWS_COMMON_API
int aws_format_standard_log_line(struct aws_logging_standard_formatting_data *formatting_data, va_list args);

AWS_EXTERN_C_END
AWS_POP_SANE_WARNING_LEVEL

#endif /* AWS_COMMON_LOG_FORMATTER_H */
