/* SPDX-License-Identifier: Apache-2.0 */
#include "support/synchronisation.h"
#include "support/traced_test.h"

#include <aws/common/log_channel.h>
#include <aws/common/log_writer.h>
#include <aws/common/string.h>
#include <aws/common/thread.h>

#include <string>
#include <thread>
#include <vector>

/* A writer that keeps lines, and can be held up. */
struct RecordingWriter {
    explicit RecordingWriter(struct aws_allocator *allocator) {
        writer.vtable = &s_vtable;
        writer.allocator = allocator;
        writer.impl = this;
    }

    static int Write(struct aws_log_writer *writer, const struct aws_string *line) {
        RecordingWriter *self = (RecordingWriter *)writer->impl;
        self->monitor.Change([&] {
            self->entered++;
            self->thread = std::this_thread::get_id();
        });
        EXPECT_TRUE(self->monitor.Await([&] { return !self->held_up; }));
        self->monitor.Change([&] { self->lines.push_back(aws_string_c_str(line)); });
        return self->fails ? aws_raise_error(AWS_ERROR_FILE_WRITE_FAILURE) : AWS_OP_SUCCESS;
    }

    static void CleanUp(struct aws_log_writer *writer) {
        (void)writer;
        ADD_FAILURE() << "the writer is the caller's";
    }

    static struct aws_log_writer_vtable s_vtable;
    struct aws_log_writer writer;
    Monitor monitor;
    std::vector<std::string> lines;
    std::thread::id thread;
    int entered = 0;
    bool held_up = false;
    bool fails = false;
};

struct aws_log_writer_vtable RecordingWriter::s_vtable = {Write, CleanUp};

class LogChannelTest : public TracedTest {
  protected:
    int Send(struct aws_log_channel *channel, const std::string &text) {
        return channel->vtable->send(channel, aws_string_new_from_c_str(allocator_, text.c_str()));
    }
};

TEST_F(LogChannelTest, AForegroundChannelWritesOnTheSendingThread) {
    RecordingWriter writer(allocator_);
    struct aws_log_channel channel;
    ASSERT_EQ(AWS_OP_SUCCESS, aws_log_channel_init_foreground(&channel, allocator_, &writer.writer));
    EXPECT_EQ(AWS_OP_SUCCESS, Send(&channel, "one"));
    EXPECT_EQ(std::this_thread::get_id(), writer.thread);
    EXPECT_EQ(AWS_OP_SUCCESS, Send(&channel, "two"));
    EXPECT_EQ((std::vector<std::string>{"one", "two"}), writer.lines);
    aws_log_channel_clean_up(&channel);
}

TEST_F(LogChannelTest, AForegroundChannelWritesOneLineAtATime) {
    RecordingWriter writer(allocator_);
    struct aws_log_channel channel;
    ASSERT_EQ(AWS_OP_SUCCESS, aws_log_channel_init_foreground(&channel, allocator_, &writer.writer));
    std::vector<std::thread> threads;
    for (int t = 0; t < 4; ++t) {
        threads.emplace_back([&] {
            for (int i = 0; i < 100; ++i) {
                Send(&channel, "line");
            }
        });
    }
    for (std::thread &thread : threads) {
        thread.join();
    }
    EXPECT_EQ(400u, writer.lines.size());
    aws_log_channel_clean_up(&channel);
}

TEST_F(LogChannelTest, ABackgroundChannelWritesInOrderOnAThreadOfItsOwn) {
    RecordingWriter writer(allocator_);
    struct aws_log_channel channel;
    ASSERT_EQ(AWS_OP_SUCCESS, aws_log_channel_init_background(&channel, allocator_, &writer.writer));
    std::vector<std::string> sent;
    for (int i = 0; i < 1000; ++i) {
        sent.push_back("line " + std::to_string(i));
        EXPECT_EQ(AWS_OP_SUCCESS, Send(&channel, sent.back()));
    }
    aws_log_channel_clean_up(&channel);
    EXPECT_EQ(sent, writer.lines) << "the clean-up waits for all";
    EXPECT_NE(std::this_thread::get_id(), writer.thread);
}

TEST_F(LogChannelTest, SendingInTheBackgroundDoesNotWaitForAWrite) {
    RecordingWriter writer(allocator_);
    writer.held_up = true;
    struct aws_log_channel channel;
    ASSERT_EQ(AWS_OP_SUCCESS, aws_log_channel_init_background(&channel, allocator_, &writer.writer));
    EXPECT_EQ(AWS_OP_SUCCESS, Send(&channel, "first"));
    ASSERT_TRUE(writer.monitor.Await([&] { return writer.entered == 1; }));
    for (int i = 0; i < 100; ++i) {
        EXPECT_EQ(AWS_OP_SUCCESS, Send(&channel, "while the writer is busy"));
    }
    EXPECT_EQ(1, writer.monitor.Read([&] { return writer.entered; }));
    writer.monitor.Change([&] { writer.held_up = false; });
    aws_log_channel_clean_up(&channel);
    EXPECT_EQ(101u, writer.lines.size());
}

/* A line between two idle times is written without any further one. */
TEST_F(LogChannelTest, ABackgroundChannelWakesUpForEachLine) {
    RecordingWriter writer(allocator_);
    struct aws_log_channel channel;
    ASSERT_EQ(AWS_OP_SUCCESS, aws_log_channel_init_background(&channel, allocator_, &writer.writer));
    for (size_t i = 1; i <= 50; ++i) {
        EXPECT_EQ(AWS_OP_SUCCESS, Send(&channel, "line"));
        ASSERT_TRUE(writer.monitor.Await([&] { return writer.lines.size() == i; }));
    }
    aws_log_channel_clean_up(&channel);
}

TEST_F(LogChannelTest, LinesThatCannotBeWrittenDoNotLeak) {
    RecordingWriter writer(allocator_);
    writer.fails = true;
    struct aws_log_channel channel;
    ASSERT_EQ(AWS_OP_SUCCESS, aws_log_channel_init_foreground(&channel, allocator_, &writer.writer));
    EXPECT_EQ(AWS_OP_SUCCESS, Send(&channel, "lost"));
    aws_log_channel_clean_up(&channel);
    ASSERT_EQ(AWS_OP_SUCCESS, aws_log_channel_init_background(&channel, allocator_, &writer.writer));
    EXPECT_EQ(AWS_OP_SUCCESS, Send(&channel, "lost"));
    aws_log_channel_clean_up(&channel);
    EXPECT_EQ(2u, writer.lines.size());
}

TEST_F(LogChannelTest, RefusesWhatItCannotUse) {
    RecordingWriter writer(allocator_);
    struct aws_log_channel channel;
    EXPECT_RAISES(AWS_ERROR_INVALID_ARGUMENT, aws_log_channel_init_foreground(nullptr, allocator_, &writer.writer));
    EXPECT_RAISES(AWS_ERROR_INVALID_ARGUMENT, aws_log_channel_init_foreground(&channel, nullptr, &writer.writer));
    EXPECT_RAISES(AWS_ERROR_INVALID_ARGUMENT, aws_log_channel_init_foreground(&channel, allocator_, nullptr));
    EXPECT_RAISES(AWS_ERROR_INVALID_ARGUMENT, aws_log_channel_init_background(nullptr, allocator_, &writer.writer));
    EXPECT_RAISES(AWS_ERROR_INVALID_ARGUMENT, aws_log_channel_init_background(&channel, allocator_, nullptr));
    aws_reset_error();
    aws_log_channel_clean_up(nullptr);
    EXPECT_EQ(AWS_ERROR_INVALID_ARGUMENT, aws_last_error());
}
