/* SPDX-License-Identifier: Apache-2.0 */
/* <aws/io/stream.h> */
#include <aws/io/stream.h>

#include <gtest/gtest.h>

#include <sys/stat.h>

#include <algorithm>
#include <cstring>
#include <random>
#include <string>

#include "support/temporary_file.h"
#include "support/traced_test.h"

namespace {

const std::string Simple = "SimpleTest";

/* Ends some text streams of some platforms; a binary one it must not. */
const std::string Binary("abcdef\x1Aghijk\0l\xFF", 15);

/* What the stream still has, read in pieces of so many bytes; the end shows as its status says. */
std::string ReadAll(struct aws_input_stream *stream, size_t piece) {
    std::string all, buffer(piece, '\0');
    struct aws_stream_status status = {};
    EXPECT_EQ(AWS_OP_SUCCESS, aws_input_stream_get_status(stream, &status));
    EXPECT_TRUE(status.is_valid);
    while (!status.is_end_of_stream) {
        struct aws_byte_buf room = aws_byte_buf_from_empty_array(&buffer[0], buffer.size());
        EXPECT_EQ(AWS_OP_SUCCESS, aws_input_stream_read(stream, &room));
        all.append(buffer, 0, room.len);
        if (aws_input_stream_get_status(stream, &status) || !status.is_valid) {
            ADD_FAILURE() << "the stream has failed";
            break;
        }
    }
    return all;
}

/* One read of at most so many bytes. */
std::string ReadOnce(struct aws_input_stream *stream, size_t size) {
    std::string buffer(size, '\0');
    struct aws_byte_buf room = aws_byte_buf_from_empty_array(size ? &buffer[0] : nullptr, size);
    EXPECT_EQ(AWS_OP_SUCCESS, aws_input_stream_read(stream, &room));
    return buffer.substr(0, room.len);
}

} // namespace

class InputStream : public TracedIoTest {
  protected:
    void TearDown() override {
        EXPECT_EQ(nullptr, aws_input_stream_release(stream_));
        TracedIoTest::TearDown();
    }

    /* The bytes are copied, and stay until the next call. */
    struct aws_input_stream *OverMemory(const std::string &content) {
        content_ = content;
        struct aws_byte_cursor cursor = aws_byte_cursor_from_array(content_.data(), content_.size());
        return Replace(aws_input_stream_new_from_cursor(allocator_, &cursor));
    }

    struct aws_input_stream *OverFile(const std::string &content) {
        directory_.Write("content", content);
        return Replace(aws_input_stream_new_from_file(allocator_, directory_.Path("content").c_str()));
    }

    struct aws_input_stream *Replace(struct aws_input_stream *stream) {
        aws_input_stream_release(stream_);
        EXPECT_NE(nullptr, stream);
        return stream_ = stream;
    }

    void ExpectLength(int64_t length) {
        int64_t reported = -1;
        EXPECT_EQ(AWS_OP_SUCCESS, aws_input_stream_get_length(stream_, &reported));
        EXPECT_EQ(length, reported);
    }

    TemporaryDirectory directory_;
    std::string content_;
    struct aws_input_stream *stream_ = nullptr;
};

TEST_F(InputStream, test_input_stream_memory_simple) {
    EXPECT_EQ(Simple, ReadAll(OverMemory(Simple), 100));
}

TEST_F(InputStream, test_input_stream_memory_iterate) {
    EXPECT_EQ(Simple, ReadAll(OverMemory(Simple), 2));
}

TEST_F(InputStream, test_input_stream_file_simple) {
    EXPECT_EQ(Simple, ReadAll(OverFile(Simple), 100));
}

TEST_F(InputStream, test_input_stream_file_iterate) {
    EXPECT_EQ(Simple, ReadAll(OverFile(Simple), 2));
}

TEST_F(InputStream, test_input_stream_memory_seek_beginning) {
    EXPECT_EQ(AWS_OP_SUCCESS, aws_input_stream_seek(OverMemory(Simple), 5, AWS_SSB_BEGIN));
    EXPECT_EQ(Simple.substr(5), ReadOnce(stream_, 1024));
}

TEST_F(InputStream, test_input_stream_file_seek_beginning) {
    EXPECT_EQ(AWS_OP_SUCCESS, aws_input_stream_seek(OverFile(Simple), 5, AWS_SSB_BEGIN));
    EXPECT_EQ(Simple.substr(5), ReadOnce(stream_, 1024));
}

TEST_F(InputStream, test_input_stream_memory_seek_end) {
    EXPECT_EQ(AWS_OP_SUCCESS, aws_input_stream_seek(OverMemory(Simple), -3, AWS_SSB_END));
    EXPECT_EQ("est", ReadOnce(stream_, 1024));
}

TEST_F(InputStream, test_input_stream_file_seek_end) {
    EXPECT_EQ(AWS_OP_SUCCESS, aws_input_stream_seek(OverFile(Simple), -3, AWS_SSB_END));
    EXPECT_EQ("est", ReadOnce(stream_, 1024));
}

TEST_F(InputStream, test_input_stream_memory_seek_multiple_times) {
    const struct {
        int64_t offset;
        enum aws_stream_seek_basis basis;
        const char *digit;
    } seeks[] = {
        {2, AWS_SSB_BEGIN, "2"},
        {4, AWS_SSB_BEGIN, "4"},
        {-1, AWS_SSB_END, "9"},
        {-5, AWS_SSB_END, "5"},
        {0, AWS_SSB_BEGIN, "0"},
        {0, AWS_SSB_END, ""},
        {-10, AWS_SSB_END, "0"},
    };
    OverMemory("0123456789");
    for (const auto &seek : seeks) {
        EXPECT_EQ(AWS_OP_SUCCESS, aws_input_stream_seek(stream_, seek.offset, seek.basis));
        EXPECT_EQ(seek.digit, ReadOnce(stream_, 1));
    }
}

TEST_F(InputStream, test_input_stream_memory_seek_past_end) {
    OverMemory(Simple);
    EXPECT_RAISES(AWS_IO_STREAM_INVALID_SEEK_POSITION, aws_input_stream_seek(stream_, 13, AWS_SSB_BEGIN));
    EXPECT_RAISES(AWS_IO_STREAM_INVALID_SEEK_POSITION, aws_input_stream_seek(stream_, INT64_MAX, AWS_SSB_BEGIN));
    EXPECT_RAISES(AWS_IO_STREAM_INVALID_SEEK_POSITION, aws_input_stream_seek(stream_, 1, AWS_SSB_END));
    EXPECT_EQ(Simple, ReadAll(stream_, 4)) << "a seek that fails moves nothing";
}

TEST_F(InputStream, test_input_stream_memory_seek_before_start) {
    OverMemory(Simple);
    EXPECT_RAISES(AWS_IO_STREAM_INVALID_SEEK_POSITION, aws_input_stream_seek(stream_, -13, AWS_SSB_END));
    EXPECT_RAISES(AWS_IO_STREAM_INVALID_SEEK_POSITION, aws_input_stream_seek(stream_, INT64_MIN, AWS_SSB_END));
    EXPECT_RAISES(AWS_IO_STREAM_INVALID_SEEK_POSITION, aws_input_stream_seek(stream_, -1, AWS_SSB_BEGIN));
    EXPECT_RAISES(AWS_IO_STREAM_INVALID_SEEK_POSITION, aws_input_stream_seek(stream_, INT64_MIN, AWS_SSB_BEGIN));
    EXPECT_EQ(Simple, ReadAll(stream_, 4));
}

TEST_F(InputStream, test_input_stream_memory_length) {
    OverMemory(Simple);
    ExpectLength(10);
    aws_input_stream_seek(stream_, 3, AWS_SSB_BEGIN);
    ExpectLength(10);
}

TEST_F(InputStream, test_input_stream_file_length) {
    OverFile(Simple);
    ExpectLength(10);
    aws_input_stream_seek(stream_, 3, AWS_SSB_BEGIN);
    ExpectLength(10);
}

TEST_F(InputStream, test_input_stream_binary) {
    EXPECT_EQ(Binary, ReadAll(OverFile(Binary), 100));
    EXPECT_EQ(Binary, ReadAll(OverMemory(Binary), 100));
}

TEST_F(InputStream, test_input_stream_read_only) {
    directory_.Write("locked", Simple);
    std::string path = directory_.Path("locked");
    ASSERT_EQ(0, chmod(path.c_str(), S_IRUSR | S_IRGRP | S_IROTH));
    EXPECT_EQ(Simple, ReadAll(Replace(aws_input_stream_new_from_file(allocator_, path.c_str())), 100));
}

/* Streams over memory and over a file are moved and read by chance, side by side with a string and a position in it. */
TEST_F(InputStream, moves_and_reads_agree_with_a_string) {
    std::mt19937 chance(20240613);
    auto below = [&chance](size_t bound) { return std::uniform_int_distribution<size_t>(0, bound - 1)(chance); };
    for (size_t length : {0, 1, 2, 17, 5000}) {
        std::string text(length, '\0');
        std::generate(text.begin(), text.end(), [&] { return (char)below(256); });
        for (bool is_file : {false, true}) {
            is_file ? OverFile(text) : OverMemory(text);
            ExpectLength((int64_t)length);
            size_t position = 0;
            for (int step = 0; step < 200; ++step) {
                if (below(3) == 0) {
                    position = below(length + 1);
                    bool from_end = below(2) == 0;
                    int64_t offset = (int64_t)position - (from_end ? (int64_t)length : 0);
                    ASSERT_EQ(
                        AWS_OP_SUCCESS, aws_input_stream_seek(stream_, offset, from_end ? AWS_SSB_END : AWS_SSB_BEGIN));
                }
                size_t wanted = below(length + 10);
                std::string expected = text.substr(position, wanted);
                ASSERT_EQ(expected, ReadOnce(stream_, wanted)) << "at " << position << " of " << length;
                position += expected.size();
                struct aws_stream_status status = {};
                ASSERT_EQ(AWS_OP_SUCCESS, aws_input_stream_get_status(stream_, &status));
                EXPECT_TRUE(status.is_valid);
                if (!is_file) {
                    EXPECT_EQ(position == length, status.is_end_of_stream);
                } else if (status.is_end_of_stream) {
                    EXPECT_EQ(length, position) << "a file learns of its end late, but not early";
                }
            }
        }
    }
}

TEST_F(InputStream, a_read_goes_behind_what_the_buffer_has) {
    char room[16] = "kept";
    struct aws_byte_buf buffer = aws_byte_buf_from_empty_array(room, 8);
    buffer.len = 4;
    EXPECT_EQ(AWS_OP_SUCCESS, aws_input_stream_read(OverMemory(Simple), &buffer));
    EXPECT_EQ(8u, buffer.len);
    EXPECT_EQ("keptSimp", std::string(room, 8));
    EXPECT_EQ(0, room[8]);
    EXPECT_EQ(AWS_OP_SUCCESS, aws_input_stream_read(stream_, &buffer)) << "a full buffer is no error";
    EXPECT_EQ(8u, buffer.len);
    EXPECT_EQ("leTest", ReadAll(stream_, 100));

    /* Without room a buffer may point anywhere. */
    struct aws_byte_buf nothing = {0, (uint8_t *)room, 0, nullptr};
    EXPECT_EQ(AWS_OP_SUCCESS, aws_input_stream_read(stream_, &nothing));
}

TEST_F(InputStream, an_empty_cursor_is_an_empty_stream) {
    struct aws_byte_cursor nothing = {};
    Replace(aws_input_stream_new_from_cursor(allocator_, &nothing));
    EXPECT_EQ("", ReadAll(stream_, 4));
    EXPECT_EQ("", ReadOnce(stream_, 4));
    EXPECT_EQ(AWS_OP_SUCCESS, aws_input_stream_seek(stream_, 0, AWS_SSB_END));
    ExpectLength(0);
}

TEST_F(InputStream, a_length_beyond_the_signed_range_is_an_error) {
    char byte = 'x';
    struct aws_byte_cursor huge = {SIZE_MAX, (uint8_t *)&byte};
    Replace(aws_input_stream_new_from_cursor(allocator_, &huge));
    int64_t length = -1;
    EXPECT_RAISES(AWS_ERROR_OVERFLOW_DETECTED, aws_input_stream_get_length(stream_, &length));
    EXPECT_EQ(-1, length);
    EXPECT_EQ("x", ReadOnce(stream_, 1));
}

TEST_F(InputStream, a_file_is_closed_with_its_stream_only_if_the_stream_opened_it) {
    directory_.Write("content", Simple);
    FILE *file = fopen(directory_.Path("content").c_str(), "rb");
    ASSERT_NE(nullptr, file);
    EXPECT_EQ(Simple, ReadAll(Replace(aws_input_stream_new_from_open_file(allocator_, file)), 3));
    aws_input_stream_destroy(stream_);
    stream_ = nullptr;
    EXPECT_EQ(0, fseek(file, 6, SEEK_SET)) << "the FILE is still open";

    /* A stream begins where the FILE is. */
    EXPECT_EQ("Test", ReadAll(Replace(aws_input_stream_new_from_open_file(allocator_, file)), 3));
    stream_ = aws_input_stream_release(stream_);
    EXPECT_EQ(0, fclose(file));
}

TEST_F(InputStream, the_last_reference_ends_the_stream) {
    size_t blocks = aws_mem_tracer_count(allocator_);
    struct aws_byte_cursor cursor = aws_byte_cursor_from_c_str("x");
    struct aws_input_stream *stream = aws_input_stream_new_from_cursor(allocator_, &cursor);
    EXPECT_EQ(stream, aws_input_stream_acquire(stream));
    EXPECT_EQ(nullptr, aws_input_stream_release(stream));
    EXPECT_EQ("x", ReadOnce(stream, 1));
    EXPECT_EQ(nullptr, aws_input_stream_release(stream));
    EXPECT_EQ(blocks, aws_mem_tracer_count(allocator_));
    EXPECT_EQ(nullptr, aws_input_stream_acquire(nullptr));
    EXPECT_EQ(nullptr, aws_input_stream_release(nullptr));
    aws_input_stream_destroy(nullptr);
}

TEST_F(InputStream, files_that_cannot_be_read_are_errors) {
    std::string missing = directory_.Path("missing");
    EXPECT_NULL_RAISES(AWS_ERROR_FILE_INVALID_PATH, aws_input_stream_new_from_file(allocator_, missing.c_str()));
    EXPECT_NULL_RAISES(AWS_ERROR_FILE_INVALID_PATH, aws_input_stream_new_from_file(allocator_, ""));
    EXPECT_NULL_RAISES(AWS_ERROR_FILE_INVALID_PATH, aws_input_stream_new_from_file(allocator_, nullptr));

    /* A directory can be opened, but not read. */
    Replace(aws_input_stream_new_from_file(allocator_, directory_.Path().c_str()));
    char room[4];
    struct aws_byte_buf buffer = aws_byte_buf_from_empty_array(room, sizeof(room));
    EXPECT_RAISES(AWS_IO_STREAM_READ_FAILED, aws_input_stream_read(stream_, &buffer));
    EXPECT_EQ(0u, buffer.len);
    struct aws_stream_status status = {};
    EXPECT_EQ(AWS_OP_SUCCESS, aws_input_stream_get_status(stream_, &status));
    EXPECT_FALSE(status.is_valid);

    EXPECT_NE(AWS_OP_SUCCESS, aws_input_stream_seek(OverFile(Simple), -1, AWS_SSB_BEGIN));
    EXPECT_EQ(Simple, ReadAll(stream_, 100));
}

/* ---- Streams of the program's own ---- */

namespace {

/* Counts its own references, and does what a test asks for. */
struct OwnStream {
    struct aws_input_stream base = {};
    struct aws_input_stream_vtable vtable = {};
    int references = 1;
    std::string calls;

    OwnStream() {
        base.impl = this;
        base.vtable = &vtable;
        vtable.acquire = [](struct aws_input_stream *stream) { Of(stream)->references++; };
        vtable.release = [](struct aws_input_stream *stream) { Of(stream)->references--; };
    }
    static OwnStream *Of(struct aws_input_stream *stream) {
        return static_cast<OwnStream *>(stream->impl);
    }
};

} // namespace

TEST_F(InputStream, every_operation_goes_through_the_vtable) {
    OwnStream own;
    own.vtable.seek = [](struct aws_input_stream *stream, int64_t offset, enum aws_stream_seek_basis basis) {
        OwnStream::Of(stream)->calls += "seek " + std::to_string(offset) + " " + std::to_string(basis) + ";";
        return AWS_OP_SUCCESS;
    };
    own.vtable.read = [](struct aws_input_stream *stream, struct aws_byte_buf *dest) {
        EXPECT_EQ(0u, dest->len) << "the reader's bytes are out of reach";
        OwnStream::Of(stream)->calls += "read " + std::to_string(dest->capacity) + ";";
        dest->len = 2;
        return AWS_OP_SUCCESS;
    };
    own.vtable.get_status = [](struct aws_input_stream *stream, struct aws_stream_status *) {
        OwnStream::Of(stream)->calls += "status;";
        return aws_raise_error(AWS_ERROR_CLOCK_FAILURE);
    };
    own.vtable.get_length = [](struct aws_input_stream *stream, int64_t *length) {
        OwnStream::Of(stream)->calls += "length;";
        *length = 77;
        return AWS_OP_SUCCESS;
    };

    EXPECT_EQ(&own.base, aws_input_stream_acquire(&own.base));
    EXPECT_EQ(2, own.references);
    aws_input_stream_release(&own.base);
    aws_input_stream_destroy(&own.base);
    EXPECT_EQ(0, own.references);

    char room[8] = {};
    struct aws_byte_buf buffer = aws_byte_buf_from_empty_array(room, sizeof(room));
    buffer.len = 3;
    struct aws_stream_status status = {};
    int64_t length = 0;
    EXPECT_EQ(AWS_OP_SUCCESS, aws_input_stream_seek(&own.base, -9, AWS_SSB_END));
    EXPECT_EQ(AWS_OP_SUCCESS, aws_input_stream_read(&own.base, &buffer));
    EXPECT_EQ(5u, buffer.len);
    EXPECT_RAISES(AWS_ERROR_CLOCK_FAILURE, aws_input_stream_get_status(&own.base, &status));
    EXPECT_EQ(AWS_OP_SUCCESS, aws_input_stream_get_length(&own.base, &length));
    EXPECT_EQ(77, length);
    EXPECT_EQ("seek -9 2;read 5;status;length;", own.calls);
}

TEST_F(InputStream, a_read_that_fails_leaves_the_length_alone) {
    OwnStream own;
    own.vtable.read = [](struct aws_input_stream *, struct aws_byte_buf *dest) {
        dest->len = 4;
        return aws_raise_error(AWS_IO_STREAM_READ_FAILED);
    };
    char room[8] = {};
    struct aws_byte_buf buffer = aws_byte_buf_from_empty_array(room, sizeof(room));
    EXPECT_RAISES(AWS_IO_STREAM_READ_FAILED, aws_input_stream_read(&own.base, &buffer));
    EXPECT_EQ(0u, buffer.len);
}

TEST_F(InputStream, what_a_vtable_lacks_is_unsupported) {
    OwnStream own;
    char room[8] = {};
    struct aws_byte_buf buffer = aws_byte_buf_from_empty_array(room, sizeof(room));
    struct aws_stream_status status = {};
    int64_t length = 0;
    EXPECT_RAISES(AWS_IO_STREAM_SEEK_UNSUPPORTED, aws_input_stream_seek(&own.base, 0, AWS_SSB_BEGIN));
    EXPECT_RAISES(AWS_ERROR_UNSUPPORTED_OPERATION, aws_input_stream_read(&own.base, &buffer));
    EXPECT_RAISES(AWS_ERROR_UNSUPPORTED_OPERATION, aws_input_stream_get_status(&own.base, &status));
    EXPECT_RAISES(AWS_IO_STREAM_GET_LENGTH_UNSUPPORTED, aws_input_stream_get_length(&own.base, &length));
}

TEST_F(InputStream, bad_arguments_change_nothing) {
    char room[8] = {};
    struct aws_byte_buf buffer = aws_byte_buf_from_empty_array(room, sizeof(room));
    struct aws_byte_buf overfull = {9, (uint8_t *)room, 8, nullptr};
    struct aws_byte_buf nowhere = {0, nullptr, 8, nullptr};
    struct aws_byte_cursor cursor = aws_byte_cursor_from_c_str("x");
    struct aws_byte_cursor bad_cursor = {5, nullptr};
    struct aws_stream_status status = {};
    int64_t length = 0;
    EXPECT_NULL_RAISES(AWS_ERROR_INVALID_ARGUMENT, aws_input_stream_new_from_cursor(nullptr, &cursor));
    EXPECT_NULL_RAISES(AWS_ERROR_INVALID_ARGUMENT, aws_input_stream_new_from_cursor(allocator_, nullptr));
    EXPECT_NULL_RAISES(AWS_ERROR_INVALID_ARGUMENT, aws_input_stream_new_from_cursor(allocator_, &bad_cursor));
    EXPECT_NULL_RAISES(AWS_ERROR_INVALID_ARGUMENT, aws_input_stream_new_from_file(nullptr, "/dev/null"));
    EXPECT_NULL_RAISES(AWS_ERROR_INVALID_ARGUMENT, aws_input_stream_new_from_open_file(allocator_, nullptr));
    EXPECT_NULL_RAISES(AWS_ERROR_INVALID_ARGUMENT, aws_input_stream_new_from_open_file(nullptr, stdin));

    EXPECT_RAISES(AWS_ERROR_INVALID_ARGUMENT, aws_input_stream_seek(nullptr, 0, AWS_SSB_BEGIN));
    EXPECT_RAISES(AWS_ERROR_INVALID_ARGUMENT, aws_input_stream_read(nullptr, &buffer));
    EXPECT_RAISES(AWS_ERROR_INVALID_ARGUMENT, aws_input_stream_get_status(nullptr, &status));
    EXPECT_RAISES(AWS_ERROR_INVALID_ARGUMENT, aws_input_stream_get_length(nullptr, &length));
    for (bool is_file : {false, true}) {
        is_file ? OverFile(Simple) : OverMemory(Simple);
        EXPECT_RAISES(AWS_ERROR_INVALID_ARGUMENT, aws_input_stream_seek(stream_, 0, (enum aws_stream_seek_basis)1));
        EXPECT_RAISES(AWS_ERROR_INVALID_ARGUMENT, aws_input_stream_read(stream_, nullptr));
        EXPECT_RAISES(AWS_ERROR_INVALID_ARGUMENT, aws_input_stream_read(stream_, &overfull));
        EXPECT_RAISES(AWS_ERROR_INVALID_ARGUMENT, aws_input_stream_read(stream_, &nowhere));
        EXPECT_RAISES(AWS_ERROR_INVALID_ARGUMENT, aws_input_stream_get_status(stream_, nullptr));
        EXPECT_RAISES(AWS_ERROR_INVALID_ARGUMENT, aws_input_stream_get_length(stream_, nullptr));
        EXPECT_EQ(Simple, ReadAll(stream_, 100));
    }
}

using InputStreamDeathTest = InputStream;

TEST_F(InputStreamDeathTest, a_stream_may_not_replace_the_buffer) {
    OwnStream own;
    own.vtable.read = [](struct aws_input_stream *, struct aws_byte_buf *dest) {
        dest->len = dest->capacity + 1;
        return AWS_OP_SUCCESS;
    };
    char room[8] = {};
    struct aws_byte_buf buffer = aws_byte_buf_from_empty_array(room, sizeof(room));
    EXPECT_DEATH(aws_input_stream_read(&own.base, &buffer), "replaced the buffer");
}
