/* SPDX-License-Identifier: Apache-2.0 */
#ifndef AWS_IO_PIPE_H
#define AWS_IO_PIPE_H

/*
 * A pipe between two event loops, which may be the same. Each end belongs to its loop and must stay where it is until
 * it is cleaned up.
 */

#include <aws/io/io.h>

#include <aws/common/byte_buf.h>

AWS_PUSH_SANE_WARNING_LEVEL

struct aws_event_loop;

/** The end that is read. NULL in `impl_data` means that it is cleaned up. */
struct aws_pipe_read_end {
    /** The library's. */
    void *impl_data;
};

/** The end that is written. NULL in `impl_data` means that it is cleaned up. */
struct aws_pipe_write_end {
    /** The library's. */
    void *impl_data;
};

AWS_EXTERN_C_BEGIN

/**
 * Reports that data may be read; or, with AWS_IO_BROKEN_PIPE, that the write end is gone. Data may still wait then.
 * Called on the read end's event-loop thread, once for each change (edge-triggered). Not called after the subscription
 * has ended. May read, unsubscribe and clean up the read end.
 */
typedef void(aws_pipe_on_readable_fn)(struct aws_pipe_read_end *read_end, int error_code, void *user_data);

/**
 * Reports the end of a write. `src_buffer` is the cursor that was to be written. If the write end was cleaned up,
 * `write_end` is NULL and `error_code` AWS_IO_BROKEN_PIPE.
 * Called on the write end's event-loop thread, exactly once for each aws_pipe_write() that returned AWS_OP_SUCCESS, in
 * the order of the writes, possibly inside that call. May write, and clean up the write end.
 */
typedef void(aws_pipe_on_write_completed_fn)(
    struct aws_pipe_write_end *write_end, int error_code, struct aws_byte_cursor src_buffer, void *user_data);

/**
 * Opens a pipe. Each end must be cleaned up on its own event loop. On failure nothing needs to be cleaned up.
 * Errors: AWS_ERROR_SYS_CALL_FAILURE; those of aws_event_loop_subscribe_to_io_events().
 * One thread at a time.
 */
AWS_IO_API
int aws_pipe_init(
    struct aws_pipe_read_end *read_end,
    struct aws_event_loop *read_end_event_loop,
    struct aws_pipe_write_end *write_end,
    struct aws_event_loop *write_end_event_loop,
    struct aws_allocator *allocator);

/**
 * Closes the read end, subscribed or not.
 * Errors: AWS_IO_BROKEN_PIPE if it is cleaned up already; AWS_ERROR_IO_EVENT_LOOP_THREAD_ONLY.
 * Event-loop thread only.
 */
AWS_IO_API
int aws_pipe_clean_up_read_end(struct aws_pipe_read_end *read_end);

/**
 * Closes the write end. Writes that remain are completed with AWS_IO_BROKEN_PIPE before the call returns.
 * Errors: AWS_IO_BROKEN_PIPE if it is cleaned up already; AWS_ERROR_IO_EVENT_LOOP_THREAD_ONLY.
 * Event-loop thread only.
 */
AWS_IO_API
int aws_pipe_clean_up_write_end(struct aws_pipe_write_end *write_end);

/**
 * The loop of the read end. NULL, with AWS_IO_BROKEN_PIPE raised, if it is cleaned up.
 * One thread at a time.
 */
AWS_IO_API
struct aws_event_loop *aws_pipe_get_read_end_event_loop(const struct aws_pipe_read_end *read_end);

/**
 * The loop of the write end. NULL, with AWS_IO_BROKEN_PIPE raised, if it is cleaned up.
 * One thread at a time.
 */
AWS_IO_API
struct aws_event_loop *aws_pipe_get_write_end_event_loop(const struct aws_pipe_write_end *write_end);

/**
 * Writes all of the data, now or as the system takes it. The data must stay until `on_completed`, which is optional,
 * is called. On failure it is not called.
 * Errors: AWS_IO_BROKEN_PIPE if the write end is cleaned up; AWS_ERROR_IO_EVENT_LOOP_THREAD_ONLY. A read end that is
 * gone shows in the callback, as AWS_IO_BROKEN_PIPE.
 * Event-loop thread only.
 */
AWS_IO_API
int aws_pipe_write(
    struct aws_pipe_write_end *write_end,
    struct aws_byte_cursor src_buffer,
    aws_pipe_on_write_completed_fn *on_completed,
    void *user_data);

/**
 * Reads what there is into the free part of `dst_buffer`, which does not grow. `num_bytes_read`, which may be NULL,
 * receives the number of bytes: 0 if the write end is gone and nothing is left.
 * Errors: AWS_IO_READ_WOULD_BLOCK if there is nothing now; AWS_IO_BROKEN_PIPE if the read end is cleaned up;
 * AWS_ERROR_SYS_CALL_FAILURE.
 * Event-loop thread only.
 */
AWS_IO_API
int aws_pipe_read(struct aws_pipe_read_end *read_end, struct aws_byte_buf *dst_buffer, size_t *num_bytes_read);

/**
 * Registers the callback for data. Data that came before is reported too.
 * Errors: AWS_ERROR_IO_ALREADY_SUBSCRIBED; AWS_IO_BROKEN_PIPE; AWS_ERROR_IO_EVENT_LOOP_THREAD_ONLY.
 * Event-loop thread only.
 */
AWS_IO_API
int aws_pipe_subscribe_to_readable_events(
    struct aws_pipe_read_end *read_end, aws_pipe_on_readable_fn *on_readable, void *user_data);

/**
 * Ends the subscription; the callback is not called again.
 * Errors: AWS_ERROR_IO_NOT_SUBSCRIBED; AWS_IO_BROKEN_PIPE; AWS_ERROR_IO_EVENT_LOOP_THREAD_ONLY.
 * Event-loop thread only.
 */
AWS_IO_API
int aws_pipe_unsubscribe_from_readable_events(struct aws_pipe_read_end *read_end);

#ifdef _WIN32
/**
 * Stores a pipe name that no other pipe of this machine has, with its end mark, in `dst`.
 * Errors: AWS_ERROR_SHORT_BUFFER.
 * Thread-safe: any thread.
 */
AWS_IO_API
int aws_pipe_get_unique_name(char *dst, size_t dst_size);
#endif

AWS_EXTERN_C_END

AWS_POP_SANE_WARNING_LEVEL

#endif /* AWS_IO_PIPE_H */
