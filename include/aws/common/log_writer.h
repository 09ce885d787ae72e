/* SPDX-License-Identifier: Apache-2.0 */
#ifndef AWS_COMMON_LOG_WRITER_H
#define AWS_COMMON_LOG_WRITER_H

/* The part of a pipeline logger that writes finished lines. */

#include <aws/common/common.h>

#include <stdio.h>

AWS_PUSH_SANE_WARNING_LEVEL

struct aws_log_writer;
struct aws_string;

/** Writes a line, which stays the caller's. One thread at a time calls this; which one depends on the channel. */
typedef int(aws_log_writer_write_fn)(struct aws_log_writer *writer, const struct aws_string *output);

/** Frees what the writer holds, but not its struct. */
typedef void(aws_log_writer_clean_up_fn)(struct aws_log_writer *writer);

/** A kind of writer. No function may be NULL. */
struct aws_log_writer_vtable {
    /** Writes one line. See aws_log_writer_write_fn. */
    aws_log_writer_write_fn *write;
    /** Ends the writer. See aws_log_writer_clean_up_fn. */
    aws_log_writer_clean_up_fn *clean_up;
};

/** A writer. Programs may write their own. */
struct aws_log_writer {
    /** The kind of writer. Not owned. */
    struct aws_log_writer_vtable *vtable;
    /** Where `impl` comes from. */
    struct aws_allocator *allocator;
    /** Belongs to the writer. */
    void *impl;
};

/** Options of a file writer. Exactly one is set. */
struct aws_log_writer_file_options {
    /** Path of a file to append to; the writer opens it, and closes it in the end. */
    const char *filename;
    /** An open file that stays the caller's. */
    FILE *file;
};

AWS_EXTERN_C_BEGIN

/* The three writers use stdio. Writing fails with AWS_ERROR_FILE_WRITE_FAILURE or what `errno` stands for. */

/** Initialises a writer to stdout. The caller cleans it up. */
AWS_COMMON_API
int aws_log_writer_init_stdout(struct aws_log_writer *writer, struct aws_allocator *allocator);

/** Initialises a writer to stderr. The caller cleans it up. */
AWS_COMMON_API
int aws_log_writer_init_stderr(struct aws_log_writer *writer, struct aws_allocator *allocator);

/**
 * Initialises a writer to a file. The caller cleans it up.
 * Fails with AWS_ERROR_INVALID_ARGUMENT unless exactly one option is set, or as aws_fopen() does; nothing is kept then.
 */
AWS_COMMON_API
int aws_log_writer_init_file(
    struct aws_log_writer *writer, struct aws_allocator *allocator, struct aws_log_writer_file_options *options);

/** Frees what the writer holds and closes a file that it opened. No thread may be writing. */
AWS_COMMON_API
void aws_log_writer_clean_up(struct aws_log_writer *writer);

AWS_EXTERN_C_END
AWS_POP_SANE_WARNING_LEVEL

#endif /* AWS_COMMON_LOG_WRITER_H */
