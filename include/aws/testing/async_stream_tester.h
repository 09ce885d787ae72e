/* SPDX-License-Identifier: Apache-2.0 */
#ifndef AWS_TESTING_ASYNC_STREAM_TESTER_H
#define AWS_TESTING_ASYNC_STREAM_TESTER_H

/*
 * An asynchronous input stream for tests: its reads finish at once or on a thread of its own.
 */

#include <aws/io/async_stream.h>

#include <aws/common/atomics.h>
#include <aws/common/byte_buf.h>
#include <aws/common/condition_variable.h>
#include <aws/common/mutex.h>
#include <aws/common/thread.h>
#include <aws/io/future.h>
#include <aws/testing/stream_tester.h>

#include <stdlib.h>

/** On which thread a read finishes. */
enum aws_async_read_completion_strategy {
    /** On the tester's. */
    AWS_ASYNC_READ_COMPLETES_ON_ANOTHER_THREAD,
    /** On the reader's, before the read returns. */
    AWS_ASYNC_READ_COMPLETES_IMMEDIATELY,
    /** On either, by chance. */
    AWS_ASYNC_READ_COMPLETES_ON_RANDOM_THREAD,
};

/** How to make a tester. */
struct aws_async_input_stream_tester_options {
    /** Content, and how it is read. */
    struct aws_input_stream_tester_options base;
    enum aws_async_read_completion_strategy completion_strategy;
    /** Nanoseconds that each read takes. */
    uint64_t read_duration_ns;
};

/** A tester. Its thread ends with it; aws_thread_join_all_managed() waits for that. */
struct aws_async_input_stream_tester {
    struct aws_async_input_stream base;
    struct aws_allocator *alloc;
    struct aws_async_input_stream_tester_options options;
    /** The synchronous tester that is read from. */
    struct aws_input_stream *source_stream;
    struct aws_thread thread;

    struct {
        struct aws_mutex lock;
        struct aws_condition_variable cvar;
        /** The read that the thread is to do; NULL if there is none. */
        struct aws_byte_buf *read_dest;
        struct aws_future_bool *read_future;
        bool do_shutdown;
    } synced_data;

    /** 0 or 1: more is a fault of the reader. */
    struct aws_atomic_var num_outstanding_reads;
};

/* Reads until there are data, the end or an error, then ends the future and drops the reference to it. */
static inline void s_async_input_stream_tester_do_actual_read(
    struct aws_async_input_stream_tester *impl, struct aws_byte_buf *dest, struct aws_future_bool *read_future) {

    if (impl->options.read_duration_ns > 0) {
        aws_thread_current_sleep(impl->options.read_duration_ns);
    }

    const size_t old_len = dest->len;
    int error_code = 0;
    struct aws_stream_status status = {false, true};
    do {
        if (aws_input_stream_read(impl->source_stream, dest) ||
            aws_input_stream_get_status(impl->source_stream, &status)) {
            error_code = aws_last_error();
        } else if (!status.is_valid) {
            error_code = AWS_IO_STREAM_READ_FAILED;
        }
    } while (error_code == 0 && !status.is_end_of_stream && dest->len == old_len);

    /* The reader may start its next read as soon as the future is done, so this one must not count any more. */
    aws_atomic_fetch_sub(&impl->num_outstanding_reads, 1);

    if (error_code != 0) {
        aws_future_bool_set_error(read_future, error_code);
    } else {
        aws_future_bool_set_result(read_future, status.is_end_of_stream);
    }
    aws_future_bool_release(read_future);
}

static inline struct aws_future_bool *
s_async_input_stream_tester_read(struct aws_async_input_stream *stream, struct aws_byte_buf *dest) {

    struct aws_async_input_stream_tester *impl = (struct aws_async_input_stream_tester *)stream->impl;

    const size_t reads_before = aws_atomic_fetch_add(&impl->num_outstanding_reads, 1);
    AWS_FATAL_ASSERT(reads_before == 0 && "The last read has not finished yet");

    bool on_this_thread = false;
    switch (impl->options.completion_strategy) {
    case AWS_ASYNC_READ_COMPLETES_ON_ANOTHER_THREAD:
        break;
    case AWS_ASYNC_READ_COMPLETES_IMMEDIATELY:
        on_this_thread = true;
        break;
    case AWS_ASYNC_READ_COMPLETES_ON_RANDOM_THREAD:
        on_this_thread = (rand() % 2) == 0;
        break;
    }

    struct aws_future_bool *future = aws_future_bool_new(stream->alloc);
    aws_future_bool_acquire(future);
    if (on_this_thread) {
        s_async_input_stream_tester_do_actual_read(impl, dest, future);
        return future;
    }

    aws_mutex_lock(&impl->synced_data.lock);
    impl->synced_data.read_dest = dest;
    impl->synced_data.read_future = future;
    aws_condition_variable_notify_all(&impl->synced_data.cvar);
    aws_mutex_unlock(&impl->synced_data.lock);
    return future;
}

static inline void s_async_input_stream_tester_do_actual_destroy(struct aws_async_input_stream_tester *impl) {
    if (impl->options.completion_strategy != AWS_ASYNC_READ_COMPLETES_IMMEDIATELY) {
        aws_condition_variable_clean_up(&impl->synced_data.cvar);
        aws_mutex_clean_up(&impl->synced_data.lock);
    }
    aws_input_stream_release(impl->source_stream);
    aws_mem_release(impl->base.alloc, impl);
}

/* Leaves the rest to the thread, if there is one: it may be the caller, in the midst of a read. */
static inline void s_async_input_stream_tester_destroy(struct aws_async_input_stream *async_stream) {
    struct aws_async_input_stream_tester *impl = (struct aws_async_input_stream_tester *)async_stream->impl;
    if (impl->options.completion_strategy == AWS_ASYNC_READ_COMPLETES_IMMEDIATELY) {
        s_async_input_stream_tester_do_actual_destroy(impl);
        return;
    }

    aws_mutex_lock(&impl->synced_data.lock);
    impl->synced_data.do_shutdown = true;
    aws_condition_variable_notify_all(&impl->synced_data.cvar);
    aws_mutex_unlock(&impl->synced_data.lock);
}

static inline bool s_async_input_stream_tester_thread_pred(void *arg) {
    struct aws_async_input_stream_tester *impl = (struct aws_async_input_stream_tester *)arg;
    return impl->synced_data.do_shutdown || impl->synced_data.read_dest != NULL;
}

static inline void s_async_input_stream_tester_thread(void *arg) {
    struct aws_async_input_stream_tester *impl = (struct aws_async_input_stream_tester *)arg;

    while (true) {
        aws_mutex_lock(&impl->synced_data.lock);
        aws_condition_variable_wait_pred(
            &impl->synced_data.cvar, &impl->synced_data.lock, s_async_input_stream_tester_thread_pred, impl);
        struct aws_byte_buf *dest = impl->synced_data.read_dest;
        struct aws_future_bool *future = impl->synced_data.read_future;
        impl->synced_data.read_dest = NULL;
        impl->synced_data.read_future = NULL;
        aws_mutex_unlock(&impl->synced_data.lock);

        if (dest == NULL) {
            break;
        }
        s_async_input_stream_tester_do_actual_read(impl, dest, future);
    }

    s_async_input_stream_tester_do_actual_destroy(impl);
}

static struct aws_async_input_stream_vtable s_async_input_stream_tester_vtable = {
    s_async_input_stream_tester_destroy,
    s_async_input_stream_tester_read,
};

/** Bytes that a tester has delivered so far. Not while a read is under way. */
static inline uint64_t
aws_async_input_stream_tester_total_bytes_read(const struct aws_async_input_stream *async_stream) {

    const struct aws_async_input_stream_tester *impl = (const struct aws_async_input_stream_tester *)async_stream->impl;
    return aws_input_stream_tester_total_bytes_read(impl->source_stream);
}

/** Makes a tester. The caller owns one reference, see aws_async_input_stream_release(). */
static inline struct aws_async_input_stream *aws_async_input_stream_new_tester(
    struct aws_allocator *alloc, const struct aws_async_input_stream_tester_options *options) {

    struct aws_async_input_stream_tester *impl =
        (struct aws_async_input_stream_tester *)aws_mem_calloc(alloc, 1, sizeof(struct aws_async_input_stream_tester));
    aws_async_input_stream_init_base(&impl->base, alloc, &s_async_input_stream_tester_vtable, impl);
    impl->alloc = alloc;
    impl->options = *options;
    impl->source_stream = aws_input_stream_new_tester(alloc, &options->base);
    aws_atomic_init_int(&impl->num_outstanding_reads, 0);

    if (options->completion_strategy != AWS_ASYNC_READ_COMPLETES_IMMEDIATELY) {
        aws_mutex_init(&impl->synced_data.lock);
        aws_condition_variable_init(&impl->synced_data.cvar);

        struct aws_thread_options thread_options = *aws_default_thread_options();
        thread_options.join_strategy = AWS_TJS_MANAGED;
        thread_options.name = aws_byte_cursor_from_c_str("StreamTester");
        int err = aws_thread_init(&impl->thread, alloc);
        AWS_FATAL_ASSERT(err == AWS_OP_SUCCESS);
        err = aws_thread_launch(&impl->thread, s_async_input_stream_tester_thread, impl, &thread_options);
        AWS_FATAL_ASSERT(err == AWS_OP_SUCCESS);
    }
    return &impl->base;
}

#endif /* AWS_TESTING_ASYNC_STREAM_TESTER_H */
