/* SPDX-License-Identifier: Apache-2.0 */
/* <aws/io/pipe.h>. Most tests run twice: with both ends on one loop, and with each end on a loop of its own. */
#include <aws/common/byte_buf.h>
#include <aws/io/event_loop.h>
#include <aws/io/pipe.h>
#include <aws/io/private/event_loop_impl.h>

#include <gtest/gtest.h>

#include "support/portable.h"
#if !defined(_WIN32)
#    include <fcntl.h>
#    include <signal.h>
#endif

#include <chrono>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "support/loops.h"
#include "support/traced_test.h"

#if !defined(_WIN32)
extern "C" int aws_open_nonblocking_posix_pipe(int pipe_fds[2]);
#endif

namespace {
const size_t Small = 4;
const size_t Giant = 8 * 1024 * 1024;
const auto AWhile = std::chrono::milliseconds(150);
} // namespace

class PipeTest : public TracedIoTest {
  protected:
    void Open(int loops, size_t size) {
        read_loop_owner_ = std::make_unique<RunningLoop>(allocator_);
        read_loop_ = write_loop_ = *read_loop_owner_;
        if (loops == 2) {
            write_loop_owner_ = std::make_unique<RunningLoop>(allocator_);
            write_loop_ = *write_loop_owner_;
        }
        ASSERT_EQ(AWS_OP_SUCCESS, aws_pipe_init(&read_end_, read_loop_, &write_end_, write_loop_, allocator_));
        source_.resize(size);
        for (size_t i = 0; i < size; ++i) {
            source_[i] = uint8_t(i * 2654435761u >> 13);
        }
        received_.resize(size);
        destination_ = aws_byte_buf_from_empty_array(received_.data(), received_.size());
    }

    void TearDown() override {
        if (read_end_.impl_data) {
            CloseRead();
        }
        if (write_end_.impl_data) {
            CloseWrite();
        }
        read_loop_owner_.reset();
        write_loop_owner_.reset();
        TracedIoTest::TearDown();
    }

    void OnRead(std::function<void()> body) {
        RunOnLoop(read_loop_, std::move(body));
    }
    void OnWrite(std::function<void()> body) {
        RunOnLoop(write_loop_, std::move(body));
    }

    void CloseRead() {
        OnRead([&] { EXPECT_EQ(AWS_OP_SUCCESS, aws_pipe_clean_up_read_end(&read_end_)); });
    }
    void CloseWrite() {
        OnWrite([&] { EXPECT_EQ(AWS_OP_SUCCESS, aws_pipe_clean_up_write_end(&write_end_)); });
    }

    /* On the write loop: writes so much of the source. */
    void Write(size_t from, size_t size) {
        struct aws_byte_cursor cursor = aws_byte_cursor_from_array(source_.data() + from, size);
        EXPECT_EQ(AWS_OP_SUCCESS, aws_pipe_write(&write_end_, cursor, OnWritten, this));
    }
    void WriteAll() {
        Write(0, source_.size());
    }

    static void
    OnWritten(struct aws_pipe_write_end *write_end, int error_code, struct aws_byte_cursor source, void *user_data) {
        auto *self = static_cast<PipeTest *>(user_data);
        self->write_end_seen_ = write_end;
        self->write_error_ = error_code;
        if (error_code == AWS_ERROR_SUCCESS) {
            EXPECT_EQ(&self->write_end_, write_end);
            EXPECT_EQ(self->source_.data() + self->bytes_written_, source.ptr)
                << "writes end in the order of their start";
            self->bytes_written_ += source.len;
        }
        if (self->on_written_) {
            self->on_written_();
        }
        self->written_.Raise();
    }

    /* On the read loop: subscribes, counting readable events and broken pipes. */
    void Subscribe() {
        EXPECT_EQ(AWS_OP_SUCCESS, aws_pipe_subscribe_to_readable_events(&read_end_, OnReadable, this));
    }

    static void OnReadable(struct aws_pipe_read_end *read_end, int error_code, void *user_data) {
        auto *self = static_cast<PipeTest *>(user_data);
        EXPECT_EQ(&self->read_end_, read_end);
        if (error_code == AWS_ERROR_SUCCESS) {
            ++self->readable_events_;
        } else {
            EXPECT_EQ(AWS_IO_BROKEN_PIPE, error_code);
            ++self->broken_events_;
        }
        if (self->on_event_) {
            self->on_event_(error_code);
        }
        (error_code == AWS_ERROR_SUCCESS ? self->readable_ : self->broken_).Raise();
    }

    /* On the read loop. Returns the error that ended it. */
    int ReadUntilError() {
        for (;;) {
            size_t count = SIZE_MAX;
            size_t before = destination_.len;
            if (aws_pipe_read(&read_end_, &destination_, &count) != AWS_OP_SUCCESS) {
                EXPECT_EQ(0u, count);
                return aws_last_error();
            }
            EXPECT_EQ(before + count, destination_.len);
            if (count == 0) {
                return AWS_ERROR_SUCCESS;
            }
        }
    }

    /* Reads by a task that schedules itself again until everything has come. It rests when there is nothing: else it
     * would keep the writer from the processor. */
    void ReadEverything() {
        Signal done;
        struct aws_task *self = nullptr;
        LambdaTask task([&](enum aws_task_status status) {
            ASSERT_EQ(AWS_TASK_STATUS_RUN_READY, status);
            bool is_empty = false;
            if (destination_.len < destination_.capacity &&
                aws_pipe_read(&read_end_, &destination_, nullptr) != AWS_OP_SUCCESS) {
                ASSERT_EQ(AWS_IO_READ_WOULD_BLOCK, aws_last_error());
                is_empty = true;
            }
            if (destination_.len == destination_.capacity) {
                done.Raise();
            } else if (is_empty) {
                ScheduleIn(read_loop_, self, 1);
            } else {
                aws_event_loop_schedule_task_now(read_loop_, self);
            }
        });
        self = &task;
        aws_event_loop_schedule_task_now(read_loop_, self);
        ASSERT_TRUE(done.Wait());
    }

    void ExpectAllCopied() {
        EXPECT_EQ(source_.size(), bytes_written_);
        EXPECT_TRUE(source_ == received_);
    }

    struct aws_pipe_read_end read_end_ = {};
    struct aws_pipe_write_end write_end_ = {};
    std::unique_ptr<RunningLoop> read_loop_owner_;
    std::unique_ptr<RunningLoop> write_loop_owner_;
    struct aws_event_loop *read_loop_ = nullptr;
    struct aws_event_loop *write_loop_ = nullptr;

    std::vector<uint8_t> source_;
    std::vector<uint8_t> received_;
    struct aws_byte_buf destination_ = {};

    Signal written_;
    std::function<void()> on_written_;
    size_t bytes_written_ = 0;
    int write_error_ = -1;
    struct aws_pipe_write_end *write_end_seen_ = nullptr;

    Signal readable_;
    Signal broken_;
    std::function<void(int)> on_event_;
    int readable_events_ = 0;
    int broken_events_ = 0;
};

/* A test that runs as NAME with both ends on one loop, and as NAME_2loops with two. */
#define PIPE_TEST(NAME, SIZE)                                                                                          \
    class NAME##_test : public PipeTest {                                                                              \
      public:                                                                                                          \
        explicit NAME##_test(int loops) : loops_(loops) {                                                              \
        }                                                                                                              \
        void TestBody() override {                                                                                     \
            Open(loops_, SIZE);                                                                                        \
            if (!HasFatalFailure()) {                                                                                  \
                Run();                                                                                                 \
            }                                                                                                          \
        }                                                                                                              \
        void Run();                                                                                                    \
                                                                                                                       \
      private:                                                                                                         \
        int loops_;                                                                                                    \
    };                                                                                                                 \
    static const bool NAME##_registered = [] {                                                                         \
        for (int loops : {1, 2}) {                                                                                     \
            std::string name = std::string(#NAME) + (loops == 2 ? "_2loops" : "");                                     \
            ::testing::RegisterTest(                                                                                   \
                "Pipe", name.c_str(), nullptr, nullptr, __FILE__, __LINE__, [loops]() -> PipeTest * {                  \
                    return new NAME##_test(loops);                                                                     \
                });                                                                                                    \
        }                                                                                                              \
        return true;                                                                                                   \
    }();                                                                                                               \
    void NAME##_test::Run()

PIPE_TEST(pipe_open_close, Small) {
    CloseRead();
    CloseWrite();
}

PIPE_TEST(pipe_read_write, Small) {
    OnWrite([&] { WriteAll(); });
    ReadEverything();
    ASSERT_TRUE(written_.Wait());
    ExpectAllCopied();
}

PIPE_TEST(pipe_read_write_large_buffer, Giant) {
    OnWrite([&] { WriteAll(); });
    ReadEverything();
    ASSERT_TRUE(written_.Wait());
    ExpectAllCopied();
}

PIPE_TEST(pipe_readable_event_sent_after_write, Small) {
    OnRead([&] { Subscribe(); });
    OnWrite([&] { WriteAll(); });
    ASSERT_TRUE(readable_.Wait());
    EXPECT_EQ(1, readable_events_);
}

PIPE_TEST(pipe_readable_event_sent_once, Small) {
    OnRead([&] { Subscribe(); });
    OnWrite([&] { WriteAll(); });
    ASSERT_TRUE(readable_.Wait());
    std::this_thread::sleep_for(AWhile);
    EXPECT_EQ(1, readable_.Count());
}

PIPE_TEST(pipe_readable_event_sent_on_subscribe_if_data_present, Small) {
    OnWrite([&] { WriteAll(); });
    ASSERT_TRUE(written_.Wait());
    CloseWrite();
    OnRead([&] { Subscribe(); });
    ASSERT_TRUE(readable_.Wait());
}

PIPE_TEST(pipe_readable_event_sent_on_resubscribe_if_data_present, Small) {
    on_event_ = [&](int) {
        if (readable_events_ == 1) {
            EXPECT_EQ(AWS_OP_SUCCESS, aws_pipe_unsubscribe_from_readable_events(&read_end_));
            Subscribe();
        }
    };
    OnWrite([&] { WriteAll(); });
    OnRead([&] { Subscribe(); });
    ASSERT_TRUE(readable_.Wait(2));
    std::this_thread::sleep_for(AWhile);
    EXPECT_EQ(2, readable_.Count());
}

PIPE_TEST(pipe_readable_event_sent_again_after_all_data_read, Small) {
    on_event_ = [&](int) {
        EXPECT_EQ(AWS_IO_READ_WOULD_BLOCK, ReadUntilError());
        EXPECT_EQ(source_.size() / 2 * size_t(readable_events_), destination_.len);
    };
    OnRead([&] {
        /* Room for a read beyond the end, so that "would block" is seen. */
        received_.resize(source_.size() + 1);
        destination_ = aws_byte_buf_from_empty_array(received_.data(), received_.size());
        Subscribe();
    });
    OnWrite([&] { Write(0, source_.size() / 2); });
    ASSERT_TRUE(readable_.Wait(1));
    OnWrite([&] { Write(source_.size() / 2, source_.size() / 2); });
    ASSERT_TRUE(readable_.Wait(2));
}

PIPE_TEST(pipe_error_event_sent_after_write_end_closed, Small) {
    OnRead([&] { Subscribe(); });
    CloseWrite();
    ASSERT_TRUE(broken_.Wait());
    std::this_thread::sleep_for(AWhile);
    EXPECT_EQ(1, broken_.Count());
    EXPECT_EQ(0, readable_.Count());
}

PIPE_TEST(pipe_error_event_sent_on_subscribe_if_write_end_already_closed, Small) {
    CloseWrite();
    OnRead([&] { Subscribe(); });
    ASSERT_TRUE(broken_.Wait());
}

PIPE_TEST(pipe_writes_are_fifo, Giant) {
    OnWrite([&] {
        for (size_t i = 0; i < 8; ++i) {
            Write(i * source_.size() / 8, source_.size() / 8);
        }
    });
    ReadEverything();
    ASSERT_TRUE(written_.Wait(8));
    ExpectAllCopied();
}

PIPE_TEST(pipe_clean_up_cancels_pending_writes, Giant) {
    OnWrite([&] {
        WriteAll();
        EXPECT_EQ(0, written_.Count()) << "so much does not fit into a pipe";
        EXPECT_EQ(AWS_OP_SUCCESS, aws_pipe_clean_up_write_end(&write_end_));
        EXPECT_EQ(1, written_.Count());
    });
    EXPECT_EQ(AWS_IO_BROKEN_PIPE, write_error_);
    EXPECT_EQ(nullptr, write_end_seen_);
    EXPECT_EQ(0u, bytes_written_);
}

/* ---- Not in the original ---- */

PIPE_TEST(data_and_end_of_the_stream_come_together, Small) {
    std::vector<int> events;
    on_event_ = [&](int error) { events.push_back(error); };
    OnWrite([&] { WriteAll(); });
    CloseWrite();
    OnRead([&] { Subscribe(); });
    ASSERT_TRUE(broken_.Wait());
    EXPECT_EQ((std::vector<int>{AWS_ERROR_SUCCESS, AWS_IO_BROKEN_PIPE}), events);
    OnRead([&] {
        received_.resize(source_.size() + 1);
        destination_ = aws_byte_buf_from_empty_array(received_.data(), received_.size());
        EXPECT_EQ(AWS_ERROR_SUCCESS, ReadUntilError()) << "the end is a read of nothing";
        EXPECT_EQ(source_.size(), destination_.len);
    });
}

PIPE_TEST(read_end_closed_in_its_own_callback, Small) {
    on_event_ = [&](int) { EXPECT_EQ(AWS_OP_SUCCESS, aws_pipe_clean_up_read_end(&read_end_)); };
    OnWrite([&] { WriteAll(); });
    CloseWrite();
    OnRead([&] { Subscribe(); });
    ASSERT_TRUE(readable_.Wait());
    OnRead([] {});
    EXPECT_EQ(0, broken_.Count()) << "no callback after the end";
    EXPECT_EQ(nullptr, read_end_.impl_data);
}

PIPE_TEST(unsubscribed_in_its_own_callback, Small) {
    on_event_ = [&](int) { EXPECT_EQ(AWS_OP_SUCCESS, aws_pipe_unsubscribe_from_readable_events(&read_end_)); };
    OnWrite([&] { WriteAll(); });
    CloseWrite();
    OnRead([&] { Subscribe(); });
    ASSERT_TRUE(readable_.Wait());
    OnRead([] {});
    EXPECT_EQ(0, broken_.Count());
}

PIPE_TEST(write_end_closed_in_the_callback_of_a_write, Giant) {
    std::vector<int> errors;
    on_written_ = [&] {
        errors.push_back(write_error_);
        if (errors.size() == 1) {
            EXPECT_EQ(AWS_OP_SUCCESS, aws_pipe_clean_up_write_end(&write_end_));
        }
    };
    OnWrite([&] { Write(0, 10); });
    EXPECT_EQ(nullptr, write_end_.impl_data);
    EXPECT_EQ(std::vector<int>{AWS_ERROR_SUCCESS}, errors);
}

PIPE_TEST(closing_in_the_callback_of_a_write_ends_those_behind_it, Giant) {
    /* The second write cannot end before the first, and the first not before there is room again. */
    std::vector<int> errors;
    on_written_ = [&] {
        errors.push_back(write_error_);
        if (errors.size() == 1) {
            EXPECT_EQ(AWS_OP_SUCCESS, aws_pipe_clean_up_write_end(&write_end_));
        }
    };
    const size_t more_than_fits = 2 * 1024 * 1024;
    OnWrite([&] {
        Write(0, more_than_fits);
        Write(more_than_fits, 5);
        Write(more_than_fits + 5, 5);
    });
    OnRead([&] { destination_.capacity = more_than_fits; });
    ReadEverything();
    ASSERT_TRUE(written_.Wait(3));
    EXPECT_EQ((std::vector<int>{AWS_ERROR_SUCCESS, AWS_IO_BROKEN_PIPE, AWS_IO_BROKEN_PIPE}), errors);
}

PIPE_TEST(writes_made_in_the_callback_of_a_write, Small) {
    on_written_ = [&] {
        if (bytes_written_ < source_.size()) {
            Write(bytes_written_, 1);
        }
    };
    OnWrite([&] { Write(0, 1); });
    ReadEverything();
    ASSERT_TRUE(written_.Wait(int(source_.size())));
    ExpectAllCopied();
}

PIPE_TEST(a_write_of_nothing_ends_at_once, Small) {
    OnWrite([&] {
        Write(0, 0);
        EXPECT_EQ(1, written_.Count());
        EXPECT_EQ(
            AWS_OP_SUCCESS, aws_pipe_write(&write_end_, aws_byte_cursor_from_array(nullptr, 0), nullptr, nullptr));
    });
    EXPECT_EQ(AWS_ERROR_SUCCESS, write_error_);
}

#if !defined(_WIN32)
/* The host may not have said what SIGPIPE should do. */
PIPE_TEST(write_without_a_reader_fails_and_raises_no_signal, Small) {
    struct sigaction previous;
    sigaction(SIGPIPE, nullptr, &previous);
    signal(SIGPIPE, SIG_DFL);
    CloseRead();
    OnWrite([&] {
        WriteAll();
        sigset_t pending;
        sigpending(&pending);
        EXPECT_FALSE(sigismember(&pending, SIGPIPE));
    });
    ASSERT_TRUE(written_.Wait());
    EXPECT_EQ(AWS_IO_BROKEN_PIPE, write_error_);
    EXPECT_EQ(&write_end_, write_end_seen_);
    sigaction(SIGPIPE, &previous, nullptr);
}
#endif

PIPE_TEST(each_end_knows_its_loop, Small) {
    EXPECT_EQ(read_loop_, aws_pipe_get_read_end_event_loop(&read_end_));
    EXPECT_EQ(write_loop_, aws_pipe_get_write_end_event_loop(&write_end_));
}

PIPE_TEST(wrong_thread, Small) {
    struct aws_byte_cursor cursor = aws_byte_cursor_from_array(source_.data(), source_.size());
    EXPECT_RAISES(AWS_ERROR_IO_EVENT_LOOP_THREAD_ONLY, aws_pipe_clean_up_read_end(&read_end_));
    EXPECT_RAISES(AWS_ERROR_IO_EVENT_LOOP_THREAD_ONLY, aws_pipe_clean_up_write_end(&write_end_));
    EXPECT_RAISES(AWS_ERROR_IO_EVENT_LOOP_THREAD_ONLY, aws_pipe_write(&write_end_, cursor, OnWritten, this));
    EXPECT_RAISES(
        AWS_ERROR_IO_EVENT_LOOP_THREAD_ONLY, aws_pipe_subscribe_to_readable_events(&read_end_, OnReadable, this));
    EXPECT_RAISES(AWS_ERROR_IO_EVENT_LOOP_THREAD_ONLY, aws_pipe_unsubscribe_from_readable_events(&read_end_));
    EXPECT_EQ(0, written_.Count());
}

PIPE_TEST(subscribing_twice_and_unsubscribing_twice, Small) {
    OnRead([&] {
        EXPECT_RAISES(AWS_ERROR_IO_NOT_SUBSCRIBED, aws_pipe_unsubscribe_from_readable_events(&read_end_));
        Subscribe();
        EXPECT_RAISES(
            AWS_ERROR_IO_ALREADY_SUBSCRIBED, aws_pipe_subscribe_to_readable_events(&read_end_, OnReadable, this));
        EXPECT_EQ(AWS_OP_SUCCESS, aws_pipe_unsubscribe_from_readable_events(&read_end_));
        EXPECT_RAISES(AWS_ERROR_IO_NOT_SUBSCRIBED, aws_pipe_unsubscribe_from_readable_events(&read_end_));
    });
}

PIPE_TEST(closed_ends, Small) {
    CloseRead();
    CloseWrite();
    struct aws_byte_cursor cursor = aws_byte_cursor_from_array(source_.data(), source_.size());
    EXPECT_RAISES(AWS_IO_BROKEN_PIPE, aws_pipe_clean_up_read_end(&read_end_));
    EXPECT_RAISES(AWS_IO_BROKEN_PIPE, aws_pipe_clean_up_write_end(&write_end_));
    EXPECT_RAISES(AWS_IO_BROKEN_PIPE, aws_pipe_write(&write_end_, cursor, OnWritten, this));
    EXPECT_RAISES(AWS_IO_BROKEN_PIPE, aws_pipe_read(&read_end_, &destination_, nullptr));
    EXPECT_RAISES(AWS_IO_BROKEN_PIPE, aws_pipe_subscribe_to_readable_events(&read_end_, OnReadable, this));
    EXPECT_RAISES(AWS_IO_BROKEN_PIPE, aws_pipe_unsubscribe_from_readable_events(&read_end_));
    EXPECT_NULL_RAISES(AWS_IO_BROKEN_PIPE, aws_pipe_get_read_end_event_loop(&read_end_));
    EXPECT_NULL_RAISES(AWS_IO_BROKEN_PIPE, aws_pipe_get_write_end_event_loop(&write_end_));
}

PIPE_TEST(bad_arguments, Small) {
    struct aws_pipe_read_end read_end = {};
    struct aws_pipe_write_end write_end = {};
    EXPECT_RAISES(AWS_ERROR_INVALID_ARGUMENT, aws_pipe_init(nullptr, read_loop_, &write_end, write_loop_, allocator_));
    EXPECT_RAISES(AWS_ERROR_INVALID_ARGUMENT, aws_pipe_init(&read_end, nullptr, &write_end, write_loop_, allocator_));
    EXPECT_RAISES(AWS_ERROR_INVALID_ARGUMENT, aws_pipe_init(&read_end, read_loop_, nullptr, write_loop_, allocator_));
    EXPECT_RAISES(AWS_ERROR_INVALID_ARGUMENT, aws_pipe_init(&read_end, read_loop_, &write_end, nullptr, allocator_));
    EXPECT_RAISES(AWS_ERROR_INVALID_ARGUMENT, aws_pipe_init(&read_end, read_loop_, &write_end, write_loop_, nullptr));
#if !defined(_WIN32)
    EXPECT_RAISES(AWS_ERROR_INVALID_ARGUMENT, aws_open_nonblocking_posix_pipe(nullptr));
#endif
    EXPECT_RAISES(AWS_ERROR_INVALID_ARGUMENT, aws_pipe_clean_up_read_end(nullptr));
    EXPECT_RAISES(AWS_ERROR_INVALID_ARGUMENT, aws_pipe_clean_up_write_end(nullptr));
    EXPECT_NULL_RAISES(AWS_ERROR_INVALID_ARGUMENT, aws_pipe_get_read_end_event_loop(nullptr));
    EXPECT_NULL_RAISES(AWS_ERROR_INVALID_ARGUMENT, aws_pipe_get_write_end_event_loop(nullptr));
    OnRead([&] {
        struct aws_byte_buf empty = {};
        EXPECT_RAISES(AWS_ERROR_INVALID_ARGUMENT, aws_pipe_read(nullptr, &destination_, nullptr));
        EXPECT_RAISES(AWS_ERROR_INVALID_ARGUMENT, aws_pipe_read(&read_end_, nullptr, nullptr));
        EXPECT_RAISES(AWS_ERROR_INVALID_ARGUMENT, aws_pipe_read(&read_end_, &empty, nullptr));
        EXPECT_RAISES(AWS_ERROR_INVALID_ARGUMENT, aws_pipe_subscribe_to_readable_events(&read_end_, nullptr, this));
        EXPECT_RAISES(AWS_ERROR_INVALID_ARGUMENT, aws_pipe_unsubscribe_from_readable_events(nullptr));
    });
    OnWrite([&] {
        struct aws_byte_cursor cursor = aws_byte_cursor_from_array(nullptr, 0);
        cursor.len = 3;
        EXPECT_RAISES(AWS_ERROR_INVALID_ARGUMENT, aws_pipe_write(&write_end_, cursor, OnWritten, this));
        EXPECT_RAISES(AWS_ERROR_INVALID_ARGUMENT, aws_pipe_write(nullptr, cursor, OnWritten, this));
    });
}

#if defined(_WIN32)

using PipeNames = TracedIoTest;

TEST_F(PipeNames, are_unique_and_name_a_pipe) {
    char first[256], second[256];
    ASSERT_EQ(AWS_OP_SUCCESS, aws_pipe_get_unique_name(first, sizeof(first)));
    ASSERT_EQ(AWS_OP_SUCCESS, aws_pipe_get_unique_name(second, sizeof(second)));
    EXPECT_STRNE(first, second);
    EXPECT_EQ(0, strncmp(first, "\\\\.\\pipe\\", 9));
    HANDLE pipe = CreateNamedPipeA(first, PIPE_ACCESS_OUTBOUND, PIPE_TYPE_BYTE, 1, 0, 0, 0, nullptr);
    EXPECT_NE(INVALID_HANDLE_VALUE, pipe);
    CloseHandle(pipe);
}

TEST_F(PipeNames, need_room_for_their_end) {
    char name[256];
    ASSERT_EQ(AWS_OP_SUCCESS, aws_pipe_get_unique_name(name, sizeof(name)));
    size_t length = strlen(name);
    EXPECT_RAISES(AWS_ERROR_SHORT_BUFFER, aws_pipe_get_unique_name(name, length));
    EXPECT_EQ(AWS_OP_SUCCESS, aws_pipe_get_unique_name(name, length + 1));
    EXPECT_RAISES(AWS_ERROR_INVALID_ARGUMENT, aws_pipe_get_unique_name(nullptr, 100));
}

#else

using PipeDescriptors = TracedIoTest;

TEST_F(PipeDescriptors, neither_block_nor_outlive_an_exec) {
    int fds[2] = {-1, -1};
    ASSERT_EQ(AWS_OP_SUCCESS, aws_open_nonblocking_posix_pipe(fds));
    for (int fd : fds) {
        EXPECT_TRUE(fcntl(fd, F_GETFL) & O_NONBLOCK);
        EXPECT_TRUE(fcntl(fd, F_GETFD) & FD_CLOEXEC);
        close(fd);
    }
}

#endif
