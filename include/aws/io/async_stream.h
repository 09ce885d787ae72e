/* SPDX-License-Identifier: Apache-2.0 */
#ifndef AWS_IO_ASYNC_STREAM_H
#define AWS_IO_ASYNC_STREAM_H

/*
 * Input streams whose reads finish later. One read at a time: start the next when the future of the last is done.
 */

#include <aws/io/io.h>

#include <aws/common/ref_count.h>

AWS_PUSH_SANE_WARNING_LEVEL

struct aws_async_input_stream;
struct aws_future_bool;

AWS_EXTERN_C_BEGIN

/** What makes a stream. */
struct aws_async_input_stream_vtable {
    /** Called once, when the last reference is dropped, on that thread. No read is under way. Frees the stream. */
    void (*destroy)(struct aws_async_input_stream *stream);
    /**
     * Starts a read into the free part of `dest`, of which there is some, and returns a future that the caller owns.
     * The future's result is true at the end of the stream; an error is final. Without the end, at least one byte has
     * been read. `dest` must not grow and stays valid until the future is done. Called on the reader's thread; may
     * finish on any.
     */
    struct aws_future_bool *(*read)(struct aws_async_input_stream *stream, struct aws_byte_buf *dest);
};

/** A stream: the base of every struct that implements one. */
struct aws_async_input_stream {
    /** The kind of stream. Not owned. */
    const struct aws_async_input_stream_vtable *vtable;
    /** Where the stream's memory comes from. */
    struct aws_allocator *alloc;
    /** Use aws_async_input_stream_acquire() and _release(). */
    struct aws_ref_count ref_count;
    /** The implementer's. */
    void *impl;
};

/**
 * For the implementer: fills in the base. `vtable` is not copied. The caller owns one reference.
 * One thread at a time.
 */
AWS_IO_API
void aws_async_input_stream_init_base(
    struct aws_async_input_stream *stream,
    struct aws_allocator *alloc,
    const struct aws_async_input_stream_vtable *vtable,
    void *impl);

/**
 * Adds a reference. Returns its argument, which may be NULL.
 * Thread-safe: any thread.
 */
AWS_IO_API
struct aws_async_input_stream *aws_async_input_stream_acquire(struct aws_async_input_stream *stream);

/**
 * Drops a reference; the last one destroys the stream. NULL is allowed. Returns NULL always. Hold a reference while a
 * read is under way.
 * Thread-safe: any thread.
 */
AWS_IO_API
struct aws_async_input_stream *aws_async_input_stream_release(struct aws_async_input_stream *stream);

/**
 * Starts to read into the free part of `dest`, which does not grow and must stay until the future is done. The future,
 * which the caller owns, becomes true at the end of the stream, false if more data may come; data may have been read
 * either way. NULL only without a stream.
 * Errors, in the future: AWS_ERROR_SHORT_BUFFER if `dest` is full; AWS_ERROR_INVALID_ARGUMENT if it is none;
 * AWS_IO_STREAM_READ_FAILED if the stream returns no future; those of the stream.
 * One thread at a time.
 */
AWS_IO_API
struct aws_future_bool *aws_async_input_stream_read(struct aws_async_input_stream *stream, struct aws_byte_buf *dest);

/**
 * The same, but goes on reading until `dest` is full or the stream ends. Holds the stream meanwhile.
 * One thread at a time.
 */
AWS_IO_API
struct aws_future_bool *
aws_async_input_stream_read_to_fill(struct aws_async_input_stream *stream, struct aws_byte_buf *dest);

AWS_EXTERN_C_END

AWS_POP_SANE_WARNING_LEVEL

#endif /* AWS_IO_ASYNC_STREAM_H */
