/* SPDX-License-Identifier: Apache-2.0 */
#ifndef AWS_TESTING_STREAM_TESTER_H
#define AWS_TESTING_STREAM_TESTER_H

/*
 * An input stream for tests: reads in small pieces, reads nothing now and then, and fails when asked to.
 */

#include <aws/io/stream.h>

/** Texts that a tester can make up; each is repeated as often as needed. */
enum aws_autogen_style {
    AWS_AUTOGEN_LOREM_IPSUM,
    AWS_AUTOGEN_ALPHABET,
    AWS_AUTOGEN_NUMBERS,
};

/** How to make a tester. Give one source at most; without any the stream is empty. */
struct aws_input_stream_tester_options {
    /** Content; copied. */
    struct aws_byte_cursor source_bytes;
    /** Stream to read from; held. */
    struct aws_input_stream *source_stream;
    /** Bytes of text to make up. */
    size_t autogen_length;
    enum aws_autogen_style autogen_style;
    /** Most bytes of one read. 0: no limit. */
    size_t max_bytes_per_read;
    /** The read with this number, counted from 1, succeeds with 0 bytes. 0: none. */
    size_t read_zero_bytes_on_nth_read;
    /** Whether the end shows only after a read of 0 bytes, as with many sources; else with the last bytes. */
    bool eof_requires_extra_read;
    /** The read with this number, counted from 1, fails. 0: none. */
    size_t fail_on_nth_read;
    /** Error that it raises; not 0. */
    int fail_with_error_code;
};

/** A tester. */
struct aws_input_stream_tester {
    struct aws_input_stream base;
    struct aws_allocator *alloc;
    struct aws_input_stream_tester_options options;
    /** Copied or made-up content. */
    struct aws_byte_buf source_buf;
    struct aws_input_stream *source_stream;
    /** Reads so far, failed ones included. */
    size_t read_count;
    /** Whether the last read that succeeded found anything. */
    bool num_bytes_last_read;
    uint64_t total_bytes_read;
};

static inline int
s_input_stream_tester_seek(struct aws_input_stream *stream, int64_t offset, enum aws_stream_seek_basis basis) {

    struct aws_input_stream_tester *tester = (struct aws_input_stream_tester *)stream->impl;
    return aws_input_stream_seek(tester->source_stream, offset, basis);
}

static inline int s_input_stream_tester_read(struct aws_input_stream *stream, struct aws_byte_buf *dest) {
    struct aws_input_stream_tester *tester = (struct aws_input_stream_tester *)stream->impl;
    const struct aws_input_stream_tester_options *options = &tester->options;

    const size_t nth = ++tester->read_count;
    if (nth == options->fail_on_nth_read) {
        AWS_FATAL_ASSERT(options->fail_with_error_code != 0);
        return aws_raise_error(options->fail_with_error_code);
    }

    size_t room = dest->capacity - dest->len;
    if (nth == options->read_zero_bytes_on_nth_read) {
        room = 0;
    } else if (options->max_bytes_per_read != 0 && options->max_bytes_per_read < room) {
        room = options->max_bytes_per_read;
    }

    struct aws_byte_buf piece = aws_byte_buf_from_empty_array(dest->buffer + dest->len, room);
    if (aws_input_stream_read(tester->source_stream, &piece)) {
        return AWS_OP_ERR;
    }

    dest->len += piece.len;
    tester->num_bytes_last_read = piece.len > 0;
    tester->total_bytes_read += piece.len;
    return AWS_OP_SUCCESS;
}

static inline int s_input_stream_tester_get_status(struct aws_input_stream *stream, struct aws_stream_status *status) {
    struct aws_input_stream_tester *tester = (struct aws_input_stream_tester *)stream->impl;
    if (aws_input_stream_get_status(tester->source_stream, status)) {
        return AWS_OP_ERR;
    }

    if (tester->options.eof_requires_extra_read && tester->num_bytes_last_read) {
        status->is_end_of_stream = false;
    }
    return AWS_OP_SUCCESS;
}

static inline int s_input_stream_tester_get_length(struct aws_input_stream *stream, int64_t *out_length) {
    struct aws_input_stream_tester *tester = (struct aws_input_stream_tester *)stream->impl;
    return aws_input_stream_get_length(tester->source_stream, out_length);
}

static struct aws_input_stream_vtable s_input_stream_tester_vtable = {
    s_input_stream_tester_seek,
    s_input_stream_tester_read,
    s_input_stream_tester_get_status,
    s_input_stream_tester_get_length,
    NULL, /* the base counts the references */
    NULL,
};

/* Fills a new buffer with `length` bytes of made-up text. */
static inline void s_byte_buf_init_autogenned(
    struct aws_byte_buf *buf, struct aws_allocator *alloc, size_t length, enum aws_autogen_style style) {

    const char *text =
        "Lorem ipsum dolor sit amet, consectetur adipiscing elit, sed do eiusmod tempor incididunt ut "
        "labore et dolore magna aliqua. ";
    if (style == AWS_AUTOGEN_ALPHABET) {
        text = "abcdefghijklmnopqrstuvwxyz";
    } else if (style == AWS_AUTOGEN_NUMBERS) {
        text = "1234567890";
    }

    aws_byte_buf_init(buf, alloc, length);
    while (buf->len < buf->capacity) {
        struct aws_byte_cursor rest = aws_byte_cursor_from_c_str(text);
        aws_byte_buf_write_to_capacity(buf, &rest);
    }
}

/** Bytes that a tester has delivered so far. */
static inline uint64_t aws_input_stream_tester_total_bytes_read(const struct aws_input_stream *stream) {
    return ((const struct aws_input_stream_tester *)stream->impl)->total_bytes_read;
}

static inline void s_input_stream_tester_destroy(void *user_data) {
    struct aws_input_stream_tester *tester = (struct aws_input_stream_tester *)user_data;
    aws_input_stream_release(tester->source_stream);
    aws_byte_buf_clean_up(&tester->source_buf);
    aws_mem_release(tester->alloc, tester);
}

/** Makes a tester. The caller owns one reference, see aws_input_stream_release(). */
static inline struct aws_input_stream *
aws_input_stream_new_tester(struct aws_allocator *alloc, const struct aws_input_stream_tester_options *options) {

    const int source_count =
        (options->source_stream != NULL) + (options->source_bytes.len > 0) + (options->autogen_length > 0);
    AWS_FATAL_ASSERT(source_count <= 1);

    struct aws_input_stream_tester *tester =
        (struct aws_input_stream_tester *)aws_mem_calloc(alloc, 1, sizeof(struct aws_input_stream_tester));
    tester->base.impl = tester;
    tester->base.vtable = &s_input_stream_tester_vtable;
    aws_ref_count_init(&tester->base.ref_count, tester, s_input_stream_tester_destroy);
    tester->alloc = alloc;
    tester->options = *options;

    if (options->source_stream != NULL) {
        tester->source_stream = aws_input_stream_acquire(options->source_stream);
        return &tester->base;
    }

    if (options->autogen_length > 0) {
        s_byte_buf_init_autogenned(&tester->source_buf, alloc, options->autogen_length, options->autogen_style);
    } else {
        aws_byte_buf_init_copy_from_cursor(&tester->source_buf, alloc, options->source_bytes);
    }
    struct aws_byte_cursor content = aws_byte_cursor_from_buf(&tester->source_buf);
    tester->source_stream = aws_input_stream_new_from_cursor(alloc, &content);
    AWS_FATAL_ASSERT(tester->source_stream != NULL);
    return &tester->base;
}

#endif /* AWS_TESTING_STREAM_TESTER_H */
