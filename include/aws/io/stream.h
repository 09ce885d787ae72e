/* SPDX-License-Identifier: Apache-2.0 */
#ifndef AWS_IO_STREAM_H
#define AWS_IO_STREAM_H

/*
 * Input streams: data that is read piece by piece, from memory, from files or from sources of the user's own.
 */

#include <aws/io/io.h>

#include <aws/common/ref_count.h>

#include <stdio.h>

AWS_PUSH_SANE_WARNING_LEVEL

struct aws_input_stream;

/** What a seek offset counts from. */
enum aws_stream_seek_basis {
    /** The start; offsets are not negative. */
    AWS_SSB_BEGIN,
    /** The end; offsets are not positive. */
    AWS_SSB_END = 2,
};

/** State of a stream. */
struct aws_stream_status {
    /** No data is left. */
    bool is_end_of_stream;
    /** The source has not failed. */
    bool is_valid;
};

AWS_EXTERN_C_BEGIN

/**
 * What makes a stream. Each function below calls the one of the same name and documents what it must do. All are
 * called on the reader's thread.
 */
struct aws_input_stream_vtable {
    /** May be NULL: then the stream cannot seek. */
    int (*seek)(struct aws_input_stream *stream, int64_t offset, enum aws_stream_seek_basis basis);
    /** `dest` is empty when it arrives; its capacity is the room that is left. */
    int (*read)(struct aws_input_stream *stream, struct aws_byte_buf *dest);
    int (*get_status)(struct aws_input_stream *stream, struct aws_stream_status *status);
    int (*get_length)(struct aws_input_stream *stream, int64_t *out_length);
    /** Optional, for streams that keep their own count. NULL: `ref_count` is used. */
    void (*acquire)(struct aws_input_stream *stream);
    /** Optional, together with `acquire`. */
    void (*release)(struct aws_input_stream *stream);
};

/** A stream: the base of every struct that implements one. */
struct aws_input_stream {
    /** The implementer's. */
    void *impl;
    const struct aws_input_stream_vtable *vtable;
    /** To be set up by the implementer, unless the vtable counts itself. */
    struct aws_ref_count ref_count;
};

/**
 * Adds a reference. Returns its argument, which may be NULL.
 * Thread-safe: any thread.
 */
AWS_IO_API
struct aws_input_stream *aws_input_stream_acquire(struct aws_input_stream *stream);

/**
 * Drops a reference; the last one destroys the stream. NULL is allowed. Returns NULL always.
 * Thread-safe: any thread.
 */
AWS_IO_API
struct aws_input_stream *aws_input_stream_release(struct aws_input_stream *stream);

/**
 * Moves the reading position. The end itself is a valid position.
 * Errors: AWS_IO_STREAM_INVALID_SEEK_POSITION outside the stream; AWS_ERROR_INVALID_ARGUMENT for an unknown basis;
 * AWS_IO_STREAM_SEEK_UNSUPPORTED if the vtable lacks the function; those of the source.
 * One thread at a time.
 */
AWS_IO_API
int aws_input_stream_seek(struct aws_input_stream *stream, int64_t offset, enum aws_stream_seek_basis basis);

/**
 * Reads into the free part of `dest`, which does not grow: as much as is there, which may be nothing though the stream
 * has not ended. A full buffer is left alone. Failure leaves `dest->len` alone. A source that moves or resizes the
 * buffer, or claims more than its room, ends the process.
 * Errors: AWS_IO_STREAM_READ_FAILED; AWS_ERROR_UNSUPPORTED_OPERATION if the vtable lacks the function; those of the
 * source.
 * One thread at a time.
 */
AWS_IO_API
int aws_input_stream_read(struct aws_input_stream *stream, struct aws_byte_buf *dest);

/**
 * Reports whether the stream has ended and whether it is usable. A stream may learn of its end only by a read that
 * finds nothing. One thread at a time.
 */
AWS_IO_API
int aws_input_stream_get_status(struct aws_input_stream *stream, struct aws_stream_status *status);

/**
 * Length of the whole stream in bytes, wherever the reading position is.
 * Errors: AWS_IO_STREAM_GET_LENGTH_UNSUPPORTED; AWS_ERROR_OVERFLOW_DETECTED; those of the source.
 * One thread at a time.
 */
AWS_IO_API
int aws_input_stream_get_length(struct aws_input_stream *stream, int64_t *out_length);

/**
 * aws_input_stream_release(), by its former name.
 * Thread-safe: any thread.
 */
AWS_IO_API
void aws_input_stream_destroy(struct aws_input_stream *stream);

/**
 * A stream over memory, which is not copied and must outlive the stream. The cursor itself is copied.
 * Thread-safe: any thread.
 */
AWS_IO_API
struct aws_input_stream *
aws_input_stream_new_from_cursor(struct aws_allocator *allocator, const struct aws_byte_cursor *cursor);

/**
 * A stream over a file, which is closed with the stream.
 * Errors: those of aws_fopen().
 * Thread-safe: any thread.
 */
AWS_IO_API
struct aws_input_stream *aws_input_stream_new_from_file(struct aws_allocator *allocator, const char *file_name);

/**
 * A stream over an open file, which stays open and the caller's, and must outlive the stream.
 * Thread-safe: any thread.
 */
AWS_IO_API
struct aws_input_stream *aws_input_stream_new_from_open_file(struct aws_allocator *allocator, FILE *file);

AWS_EXTERN_C_END

AWS_POP_SANE_WARNING_LEVEL

#endif /* AWS_IO_STREAM_H */
