/* SPDX-License-Identifier: Apache-2.0 */
/* <aws/io/message_pool.h> */
#include <aws/io/message_pool.h>

#include <gtest/gtest.h>

#include <cstring>
#include <vector>

#include "support/traced_test.h"

using MemoryPool = TracedIoTest;

TEST_F(MemoryPool, acquires_the_block_released_last) {
    struct aws_memory_pool pool;
    ASSERT_EQ(AWS_OP_SUCCESS, aws_memory_pool_init(&pool, allocator_, 4, 64));
    void *first = aws_memory_pool_acquire(&pool);
    void *second = aws_memory_pool_acquire(&pool);
    EXPECT_NE(first, second);
    aws_memory_pool_release(&pool, first);
    aws_memory_pool_release(&pool, second);
    EXPECT_EQ(second, aws_memory_pool_acquire(&pool));
    EXPECT_EQ(first, aws_memory_pool_acquire(&pool));
    aws_memory_pool_release(&pool, first);
    aws_memory_pool_release(&pool, second);
    aws_memory_pool_clean_up(&pool);
}

/* Four blocks, as a channel asks for, would send every burst to the allocator. */
TEST_F(MemoryPool, keeps_more_than_the_ideal_but_not_everything) {
    const size_t block_size = 16 * 1024;
    struct aws_memory_pool pool;
    ASSERT_EQ(AWS_OP_SUCCESS, aws_memory_pool_init(&pool, allocator_, 4, block_size));
    std::vector<void *> blocks(1000);
    for (auto &block : blocks) {
        block = aws_memory_pool_acquire(&pool);
        memset(block, 0x5a, block_size);
    }
    for (auto block : blocks) {
        aws_memory_pool_release(&pool, block);
    }
    EXPECT_GT(aws_mem_tracer_bytes(allocator_), 32 * block_size);
    EXPECT_LT(aws_mem_tracer_bytes(allocator_), 100 * block_size);
    aws_memory_pool_clean_up(&pool);
    EXPECT_EQ(0u, aws_mem_tracer_bytes(allocator_));
}

TEST_F(MemoryPool, keeps_the_ideal_number_whatever_the_size) {
    const size_t block_size = 1024 * 1024;
    struct aws_memory_pool pool;
    ASSERT_EQ(AWS_OP_SUCCESS, aws_memory_pool_init(&pool, allocator_, 3, block_size));
    void *blocks[4];
    for (auto &block : blocks) {
        block = aws_memory_pool_acquire(&pool);
    }
    for (auto block : blocks) {
        aws_memory_pool_release(&pool, block);
    }
    EXPECT_GE(aws_mem_tracer_bytes(allocator_), 3 * block_size);
    EXPECT_LT(aws_mem_tracer_bytes(allocator_), 4 * block_size);
    aws_memory_pool_clean_up(&pool);
}

TEST_F(MemoryPool, bad_arguments) {
    struct aws_memory_pool pool;
    EXPECT_RAISES(AWS_ERROR_INVALID_ARGUMENT, aws_memory_pool_init(nullptr, allocator_, 4, 64));
    EXPECT_RAISES(AWS_ERROR_INVALID_ARGUMENT, aws_memory_pool_init(&pool, nullptr, 4, 64));
    EXPECT_RAISES(AWS_ERROR_INVALID_ARGUMENT, aws_memory_pool_init(&pool, allocator_, 4, 0));
    EXPECT_NULL_RAISES(AWS_ERROR_INVALID_ARGUMENT, aws_memory_pool_acquire(nullptr));
    aws_memory_pool_release(nullptr, nullptr);
    aws_memory_pool_clean_up(nullptr);
}

class MessagePool : public TracedIoTest {
  protected:
    void SetUp() override {
        TracedIoTest::SetUp();
        struct aws_message_pool_creation_args args = {};
        args.application_data_msg_data_size = 16 * 1024;
        args.application_data_msg_count = 4;
        args.small_block_msg_data_size = 128;
        args.small_block_msg_count = 4;
        ASSERT_EQ(AWS_OP_SUCCESS, aws_message_pool_init(&pool_, allocator_, &args));
    }

    void TearDown() override {
        aws_message_pool_clean_up(&pool_);
        TracedIoTest::TearDown();
    }

    struct aws_io_message *Acquire(size_t size) {
        return aws_message_pool_acquire(&pool_, AWS_IO_MESSAGE_APPLICATION_DATA, size);
    }

    struct aws_message_pool pool_;
};

TEST_F(MessagePool, a_message_has_room_for_what_was_asked_up_to_the_maximum) {
    for (size_t size : {size_t(0), size_t(1), size_t(128), size_t(129), size_t(16 * 1024)}) {
        struct aws_io_message *message = Acquire(size);
        ASSERT_NE(nullptr, message);
        EXPECT_EQ(size, message->message_data.capacity);
        EXPECT_EQ(0u, message->message_data.len);
        memset(message->message_data.buffer, 0xff, size);
        aws_mem_release(message->allocator, message);
    }
    struct aws_io_message *message = Acquire(SIZE_MAX);
    EXPECT_EQ(16u * 1024, message->message_data.capacity);
    aws_message_pool_release(&pool_, message);
}

/* A kernel that copies to or from elsewhere may take four times as long. */
TEST_F(MessagePool, data_begin_at_a_line_of_the_cache) {
    std::vector<struct aws_io_message *> messages;
    for (int i = 0; i < 20; i++) {
        messages.push_back(Acquire(16 * 1024));
        EXPECT_EQ(0u, reinterpret_cast<uintptr_t>(messages.back()->message_data.buffer) % 64);
    }
    for (struct aws_io_message *message : messages) {
        aws_mem_release(message->allocator, message);
    }
}

TEST_F(MessagePool, a_reused_message_is_cleared) {
    struct aws_io_message *message = Acquire(1000);
    message->message_tag = 7;
    message->copy_mark = 8;
    message->user_data = this;
    message->message_data.len = 9;
    message->message_data.capacity = 10;
    message->on_completion = [](struct aws_channel *, struct aws_io_message *, int, void *) {};
    aws_mem_release(message->allocator, message);

    struct aws_io_message *again = Acquire(1000);
    EXPECT_EQ(message, again) << "the block is used again, although a holder has changed its capacity";
    EXPECT_EQ(AWS_IO_MESSAGE_APPLICATION_DATA, again->message_type);
    EXPECT_EQ(0, again->message_tag);
    EXPECT_EQ(0u, again->copy_mark);
    EXPECT_EQ(nullptr, again->user_data);
    EXPECT_EQ(nullptr, again->on_completion);
    EXPECT_EQ(0u, again->message_data.len);
    EXPECT_EQ(1000u, again->message_data.capacity);
    aws_mem_release(again->allocator, again);
}

TEST_F(MessagePool, unknown_type) {
    EXPECT_NULL_RAISES(
        AWS_IO_CHANNEL_UNKNOWN_MESSAGE_TYPE,
        aws_message_pool_acquire(&pool_, static_cast<enum aws_io_message_type>(99), 10));
}

TEST_F(MessagePool, bad_arguments) {
    struct aws_message_pool_creation_args args = {};
    struct aws_message_pool pool;
    EXPECT_RAISES(AWS_ERROR_INVALID_ARGUMENT, aws_message_pool_init(nullptr, allocator_, &args));
    EXPECT_RAISES(AWS_ERROR_INVALID_ARGUMENT, aws_message_pool_init(&pool, nullptr, &args));
    EXPECT_RAISES(AWS_ERROR_INVALID_ARGUMENT, aws_message_pool_init(&pool, allocator_, nullptr));
    args.application_data_msg_data_size = SIZE_MAX;
    EXPECT_RAISES(AWS_ERROR_OVERFLOW_DETECTED, aws_message_pool_init(&pool, allocator_, &args));
    EXPECT_NULL_RAISES(
        AWS_ERROR_INVALID_ARGUMENT, aws_message_pool_acquire(nullptr, AWS_IO_MESSAGE_APPLICATION_DATA, 10));
    aws_message_pool_release(&pool_, nullptr);
    aws_message_pool_clean_up(nullptr);
}
