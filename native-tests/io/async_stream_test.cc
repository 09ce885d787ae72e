/* SPDX-License-Identifier: Apache-2.0 */
/* <aws/io/async_stream.h>, and <aws/testing/async_stream_tester.h>, which most tests read from. */
#include <aws/io/async_stream.h>
#include <aws/io/future.h>
#include <aws/testing/async_stream_tester.h>

#include <gtest/gtest.h>

#include <functional>
#include <string>
#include <thread>
#include <utility>

#include "support/synchronisation.h"
#include "support/traced_test.h"

namespace {

/* A buffer of so many bytes, and the future of a read into it. */
class Reading {
  public:
    Reading(struct aws_allocator *allocator, size_t capacity) {
        aws_byte_buf_init(&buffer, allocator, capacity);
    }
    ~Reading() {
        aws_byte_buf_clean_up(&buffer);
    }
    Reading(const Reading &) = delete;
    Reading &operator=(const Reading &) = delete;

    /* Waits for the future, and for the thread that ends it to let it go. */
    void Finish(struct aws_future_bool *future) {
        ASSERT_NE(nullptr, future);
        EXPECT_TRUE(aws_future_bool_wait(future, UINT64_MAX));
        error = aws_future_bool_get_error(future);
        is_end = error == 0 && aws_future_bool_get_result(future);
        aws_future_bool_release(future);
    }
    void Fill(struct aws_async_input_stream *stream) {
        buffer.len = 0;
        Finish(aws_async_input_stream_read_to_fill(stream, &buffer));
    }
    std::string Text() const {
        return std::string((const char *)buffer.buffer, buffer.len);
    }

    struct aws_byte_buf buffer;
    int error = -1;
    bool is_end = false;
};

/* A stream whose reads are a function of the test's. */
struct OwnStream {
    using ReadFunction = std::function<struct aws_future_bool *(struct aws_byte_buf *)>;

    OwnStream(struct aws_allocator *allocator, ReadFunction function) : read(std::move(function)) {
        static const struct aws_async_input_stream_vtable vtable = {
            [](struct aws_async_input_stream *stream) { static_cast<OwnStream *>(stream->impl)->destroyed = true; },
            [](struct aws_async_input_stream *stream, struct aws_byte_buf *dest) {
                return static_cast<OwnStream *>(stream->impl)->read(dest);
            }};
        aws_async_input_stream_init_base(&base, allocator, &vtable, this);
    }

    struct aws_async_input_stream base = {};
    ReadFunction read;
    bool destroyed = false;
};

} // namespace

class AsyncInputStream : public TracedIoTest {
  protected:
    struct aws_future_bool *Done(bool is_end) {
        struct aws_future_bool *future = aws_future_bool_new(allocator_);
        aws_future_bool_set_result(future, is_end);
        return future;
    }

    /* Nine bytes, one with each read, into a buffer that is too short and then into one that is too long. */
    void FillFrom(enum aws_async_read_completion_strategy strategy) {
        struct aws_async_input_stream_tester_options options = {};
        options.completion_strategy = strategy;
        options.base.max_bytes_per_read = 1;
        options.base.source_bytes = aws_byte_cursor_from_c_str("123456789");
        struct aws_async_input_stream *stream = aws_async_input_stream_new_tester(allocator_, &options);
        Reading reading(allocator_, 5);
        reading.Fill(stream);
        EXPECT_EQ(0, reading.error);
        EXPECT_EQ("12345", reading.Text());
        EXPECT_FALSE(reading.is_end);
        reading.Fill(stream);
        EXPECT_EQ(0, reading.error);
        EXPECT_EQ("6789", reading.Text());
        EXPECT_TRUE(reading.is_end);
        aws_async_input_stream_release(stream);
        aws_thread_join_all_managed();
    }
};

TEST_F(AsyncInputStream, async_input_stream_fill_completes_on_thread) {
    FillFrom(AWS_ASYNC_READ_COMPLETES_ON_ANOTHER_THREAD);
}

TEST_F(AsyncInputStream, async_input_stream_fill_completes_immediately) {
    FillFrom(AWS_ASYNC_READ_COMPLETES_IMMEDIATELY);
}

TEST_F(AsyncInputStream, async_input_stream_fill_completes_randomly) {
    for (int round = 0; round < 20; ++round) {
        FillFrom(AWS_ASYNC_READ_COMPLETES_ON_RANDOM_THREAD);
    }
}

TEST_F(AsyncInputStream, async_input_stream_fill_eof_requires_extra_read) {
    struct aws_async_input_stream_tester_options options = {};
    options.base.source_bytes = aws_byte_cursor_from_c_str("123456789");
    options.base.eof_requires_extra_read = true;
    struct aws_async_input_stream *stream = aws_async_input_stream_new_tester(allocator_, &options);
    Reading reading(allocator_, 9);
    reading.Fill(stream);
    EXPECT_EQ(0, reading.error);
    EXPECT_EQ("123456789", reading.Text());
    EXPECT_FALSE(reading.is_end) << "a full buffer is enough; nobody has looked for more";
    reading.Fill(stream);
    EXPECT_EQ(0, reading.error);
    EXPECT_EQ("", reading.Text());
    EXPECT_TRUE(reading.is_end);
    aws_async_input_stream_release(stream);
}

TEST_F(AsyncInputStream, async_input_stream_fill_reports_error) {
    struct aws_async_input_stream_tester_options options = {};
    options.base.source_bytes = aws_byte_cursor_from_c_str("123456789");
    options.base.max_bytes_per_read = 1;
    options.base.fail_on_nth_read = 2;
    options.base.fail_with_error_code = 999;
    struct aws_async_input_stream *stream = aws_async_input_stream_new_tester(allocator_, &options);
    Reading reading(allocator_, 512);
    reading.Fill(stream);
    EXPECT_EQ(999, reading.error);
    aws_async_input_stream_release(stream);
}

TEST_F(AsyncInputStream, a_read_is_the_streams_own) {
    OwnStream own(allocator_, [&](struct aws_byte_buf *dest) {
        aws_byte_buf_write_u8(dest, 'x');
        return Done(false);
    });
    Reading reading(allocator_, 4);
    reading.Finish(aws_async_input_stream_read(&own.base, &reading.buffer));
    EXPECT_EQ(0, reading.error);
    EXPECT_EQ("x", reading.Text());
    EXPECT_FALSE(reading.is_end);
    EXPECT_EQ(&own.base, aws_async_input_stream_acquire(&own.base));
    EXPECT_EQ(nullptr, aws_async_input_stream_release(&own.base));
    EXPECT_FALSE(own.destroyed);
    EXPECT_EQ(nullptr, aws_async_input_stream_release(&own.base));
    EXPECT_TRUE(own.destroyed);
}

/* Were each read to start the next from its callback, the stack would not bear it. */
TEST_F(AsyncInputStream, many_reads_that_end_at_once_need_no_more_stack_than_one) {
    const size_t size = 100000;
    OwnStream own(allocator_, [&](struct aws_byte_buf *dest) {
        aws_byte_buf_write_u8(dest, 'x');
        return Done(false);
    });
    Reading reading(allocator_, size);
    reading.Fill(&own.base);
    EXPECT_EQ(0, reading.error);
    EXPECT_EQ(size, reading.buffer.len);
    aws_async_input_stream_release(&own.base);
}

TEST_F(AsyncInputStream, a_fill_that_is_under_way_holds_the_stream) {
    struct aws_future_bool *pending = aws_future_bool_new(allocator_);
    OwnStream own(allocator_, [&](struct aws_byte_buf *dest) {
        aws_byte_buf_write_u8(dest, 'x');
        return aws_future_bool_acquire(pending);
    });
    Reading reading(allocator_, 4);
    struct aws_future_bool *filled = aws_async_input_stream_read_to_fill(&own.base, &reading.buffer);
    aws_async_input_stream_release(&own.base);
    EXPECT_FALSE(own.destroyed);
    EXPECT_FALSE(aws_future_bool_is_done(filled));
    aws_future_bool_set_result(pending, true);
    EXPECT_TRUE(own.destroyed);
    reading.Finish(filled);
    EXPECT_TRUE(reading.is_end);
    EXPECT_EQ("x", reading.Text());
    aws_future_bool_release(pending);
}

TEST_F(AsyncInputStream, the_caller_may_drop_the_future_of_a_fill) {
    struct aws_future_bool *pending = aws_future_bool_new(allocator_);
    OwnStream own(allocator_, [&](struct aws_byte_buf *) { return aws_future_bool_acquire(pending); });
    Reading reading(allocator_, 4);
    aws_future_bool_release(aws_async_input_stream_read_to_fill(&own.base, &reading.buffer));
    aws_async_input_stream_release(&own.base);
    aws_future_bool_set_error(pending, 999);
    EXPECT_TRUE(own.destroyed);
    aws_future_bool_release(pending);
}

TEST_F(AsyncInputStream, a_full_buffer_is_an_error_in_the_future) {
    OwnStream own(
        allocator_, [](struct aws_byte_buf *) -> struct aws_future_bool * {
            ADD_FAILURE() << "there is no room to read into";
            return nullptr;
        });
    Reading reading(allocator_, 4);
    reading.buffer.len = 4;
    reading.Finish(aws_async_input_stream_read(&own.base, &reading.buffer));
    EXPECT_EQ(AWS_ERROR_SHORT_BUFFER, reading.error);
    reading.Finish(aws_async_input_stream_read_to_fill(&own.base, &reading.buffer));
    EXPECT_EQ(AWS_ERROR_SHORT_BUFFER, reading.error);

    reading.Finish(aws_async_input_stream_read(&own.base, nullptr));
    EXPECT_EQ(AWS_ERROR_INVALID_ARGUMENT, reading.error);
    reading.Finish(aws_async_input_stream_read_to_fill(&own.base, nullptr));
    EXPECT_EQ(AWS_ERROR_INVALID_ARGUMENT, reading.error);
    aws_async_input_stream_release(&own.base);
}

TEST_F(AsyncInputStream, a_stream_that_returns_no_future_has_failed) {
    OwnStream own(allocator_, [](struct aws_byte_buf *) { return nullptr; });
    Reading reading(allocator_, 4);
    reading.Finish(aws_async_input_stream_read(&own.base, &reading.buffer));
    EXPECT_EQ(AWS_IO_STREAM_READ_FAILED, reading.error);
    reading.Fill(&own.base);
    EXPECT_EQ(AWS_IO_STREAM_READ_FAILED, reading.error);
    aws_async_input_stream_release(&own.base);
}

TEST_F(AsyncInputStream, bad_arguments_change_nothing) {
    Reading reading(allocator_, 4);
    EXPECT_NULL_RAISES(AWS_ERROR_INVALID_ARGUMENT, aws_async_input_stream_read(nullptr, &reading.buffer));
    EXPECT_NULL_RAISES(AWS_ERROR_INVALID_ARGUMENT, aws_async_input_stream_read_to_fill(nullptr, &reading.buffer));
    EXPECT_EQ(nullptr, aws_async_input_stream_acquire(nullptr));
    EXPECT_EQ(nullptr, aws_async_input_stream_release(nullptr));

    struct aws_async_input_stream stream = {};
    struct aws_async_input_stream_vtable vtable = {};
    aws_reset_error();
    aws_async_input_stream_init_base(&stream, allocator_, &vtable, nullptr);
    EXPECT_EQ(AWS_ERROR_INVALID_ARGUMENT, aws_last_error());
    EXPECT_EQ(nullptr, stream.vtable);
}
