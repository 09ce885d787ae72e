/* SPDX-License-Identifier: Apache-2.0 */
#ifndef AWS_COMMON_LOG_CHANNEL_H
#define AWS_COMMON_LOG_CHANNEL_H

/* The part of a pipeline logger that carries finished lines to the writer. */

#include <aws/common/common.h>

#include <aws/common/logging.h>

AWS_PUSH_SANE_WARNING_LEVEL

struct aws_log_channel;
struct aws_log_writer;
struct aws_string;

/**
 * Takes over a line and destroys it after it has been written. Called on any thread, several at once.
 * On failure the line stays the caller's.
 */
typedef int(aws_log_channel_send_fn)(struct aws_log_channel *channel, struct aws_string *output);

/** Writes what was sent and frees what the channel holds, but not its struct, nor the writer. */
typedef void(aws_log_channel_clean_up_fn)(struct aws_log_channel *channel);

/** A kind of channel. No function may be NULL. */
struct aws_log_channel_vtable {
    /** Takes one line. See aws_log_channel_send_fn. */
    aws_log_channel_send_fn *send;
    /** Ends the channel. See aws_log_channel_clean_up_fn. */
    aws_log_channel_clean_up_fn *clean_up;
};

/** A channel. Programs may write their own. */
struct aws_log_channel {
    /** The kind of channel. Not owned. */
    struct aws_log_channel_vtable *vtable;
    /** Where `impl` comes from. */
    struct aws_allocator *allocator;
    /** Where lines go; not owned. */
    struct aws_log_writer *writer;
    /** Belongs to the channel. */
    void *impl;
};

AWS_EXTERN_C_BEGIN

/**
 * Initialises a channel that writes each line on the thread that sends it, one thread at a time. The caller cleans it
 * up; `writer` must outlive it and stays the caller's. Fails as aws_mutex_init() does; nothing is kept then.
 */
AWS_COMMON_API
int aws_log_channel_init_foreground(
    struct aws_log_channel *channel, struct aws_allocator *allocator, struct aws_log_writer *writer);

/**
 * Initialises a channel that writes the lines on a thread of its own, in the order in which they were sent. The caller
 * cleans it up, which waits until all are written and the thread has ended. `channel` must stay where it is; `writer`
 * must outlive it and stays the caller's. Fails as aws_mutex_init(), aws_condition_variable_init() and
 * aws_thread_launch() do; nothing is kept then.
 */
AWS_COMMON_API
int aws_log_channel_init_background(
    struct aws_log_channel *channel, struct aws_allocator *allocator, struct aws_log_writer *writer);

/** Writes what was sent and frees what the channel holds. No thread may be sending. */
AWS_COMMON_API
void aws_log_channel_clean_up(struct aws_log_channel *channel);

AWS_EXTERN_C_END
AWS_POP_SANE_WARNING_LEVEL

#endif /* AWS_COMMON_LOG_CHANNEL_H */
