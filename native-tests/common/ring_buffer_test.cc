/* SPDX-License-Identifier: Apache-2.0 */
#include "support/lock.h"
#include "support/traced_test.h"

#include <aws/common/byte_buf.h>
#include <aws/common/ring_buffer.h>

#include <cstring>
#include <deque>
#include <random>
#include <thread>

namespace {

class RingBuffer : public TracedTest {
  protected:
    void SetUp() override {
        TracedTest::SetUp();
        ASSERT_EQ(AWS_OP_SUCCESS, aws_ring_buffer_init(&ring_, allocator_, 16));
    }

    void TearDown() override {
        aws_ring_buffer_clean_up(&ring_);
        aws_ring_buffer_clean_up(&ring_);
        TracedTest::TearDown();
    }

    struct aws_byte_buf Lend(size_t size) {
        struct aws_byte_buf piece = {};
        EXPECT_EQ(AWS_OP_SUCCESS, aws_ring_buffer_acquire(&ring_, size, &piece));
        EXPECT_EQ(size, piece.capacity);
        EXPECT_EQ(0u, piece.len);
        EXPECT_TRUE(aws_ring_buffer_is_valid(&ring_));
        return piece;
    }

    struct aws_ring_buffer ring_;
};

TEST_F(RingBuffer, AnEmptyBufferCanBeAcquiredWhole) {
    struct aws_byte_buf piece = Lend(16);
    struct aws_byte_buf none = {};
    EXPECT_RAISES(AWS_ERROR_OOM, aws_ring_buffer_acquire(&ring_, 1, &none));
    EXPECT_EQ(nullptr, none.buffer);
    EXPECT_FALSE(aws_ring_buffer_is_empty(&ring_));
    aws_ring_buffer_release(&ring_, &piece);
    EXPECT_EQ(nullptr, piece.buffer);
    EXPECT_TRUE(aws_ring_buffer_is_empty(&ring_));
    piece = Lend(16);
    aws_ring_buffer_release(&ring_, &piece);
    EXPECT_RAISES(AWS_ERROR_OOM, aws_ring_buffer_acquire(&ring_, 17, &none));
}

TEST_F(RingBuffer, WrapsAroundInFrontOfTheOldest) {
    struct aws_byte_buf a = Lend(8);
    struct aws_byte_buf b = Lend(8);
    aws_ring_buffer_release(&ring_, &a);
    struct aws_byte_buf none = {};
    EXPECT_RAISES(
        AWS_ERROR_OOM, aws_ring_buffer_acquire(&ring_, 8, &none)); /* One byte distinguishes full from empty. */
    struct aws_byte_buf c = Lend(7);
    EXPECT_EQ(ring_.allocation, c.buffer);
    aws_ring_buffer_release(&ring_, &b);
    aws_ring_buffer_release(&ring_, &c);
    EXPECT_TRUE(aws_ring_buffer_is_empty(&ring_));
}

TEST_F(RingBuffer, AcquiresLessIfAllowed) {
    struct aws_byte_buf piece = {};
    ASSERT_EQ(AWS_OP_SUCCESS, aws_ring_buffer_acquire_up_to(&ring_, 1, 100, &piece));
    EXPECT_EQ(16u, piece.capacity);
    aws_ring_buffer_release(&ring_, &piece);

    struct aws_byte_buf first = Lend(10);
    struct aws_byte_buf second = Lend(2);
    aws_ring_buffer_release(&ring_, &first);
    ASSERT_EQ(AWS_OP_SUCCESS, aws_ring_buffer_acquire_up_to(&ring_, 3, 12, &piece));
    EXPECT_EQ(9u, piece.capacity) << "the larger of the two gaps";
    EXPECT_EQ(ring_.allocation, piece.buffer);
    aws_ring_buffer_release(&ring_, &second);
    aws_ring_buffer_release(&ring_, &piece);
    EXPECT_TRUE(aws_ring_buffer_is_empty(&ring_));
}

TEST_F(RingBuffer, RecognisesItsPieces) {
    struct aws_byte_buf piece = Lend(16);
    uint8_t byte = 0;
    struct aws_byte_buf foreign = aws_byte_buf_from_array(&byte, 1);
    EXPECT_TRUE(aws_ring_buffer_buf_belongs_to_pool(&ring_, &piece));
    EXPECT_FALSE(aws_ring_buffer_buf_belongs_to_pool(&ring_, &foreign));
    aws_ring_buffer_release(&ring_, &foreign);
    EXPECT_EQ(&byte, foreign.buffer) << "it is not the ring's, so nothing happens";
    struct aws_byte_buf longer = piece;
    longer.capacity++;
    EXPECT_FALSE(aws_ring_buffer_buf_belongs_to_pool(&ring_, &longer));
    aws_ring_buffer_release(&ring_, &piece);
}

TEST_F(RingBuffer, RefusesBadArguments) {
    struct aws_ring_buffer other;
    struct aws_byte_buf piece = {};
    EXPECT_RAISES(AWS_ERROR_INVALID_ARGUMENT, aws_ring_buffer_init(nullptr, allocator_, 1));
    EXPECT_RAISES(AWS_ERROR_INVALID_ARGUMENT, aws_ring_buffer_init(&other, nullptr, 1));
    EXPECT_RAISES(AWS_ERROR_INVALID_ARGUMENT, aws_ring_buffer_init(&other, allocator_, 0));
    EXPECT_RAISES(AWS_ERROR_INVALID_ARGUMENT, aws_ring_buffer_acquire(&ring_, 0, &piece));
    EXPECT_RAISES(AWS_ERROR_INVALID_ARGUMENT, aws_ring_buffer_acquire(&ring_, 1, nullptr));
    EXPECT_RAISES(AWS_ERROR_INVALID_ARGUMENT, aws_ring_buffer_acquire_up_to(&ring_, 0, 1, &piece));
    EXPECT_RAISES(AWS_ERROR_INVALID_ARGUMENT, aws_ring_buffer_acquire_up_to(&ring_, 2, 1, &piece));
    EXPECT_RAISES(AWS_ERROR_INVALID_ARGUMENT, aws_ring_buffer_acquire_up_to(nullptr, 1, 1, &piece));
    EXPECT_FALSE(aws_ring_buffer_buf_belongs_to_pool(nullptr, &piece));
    aws_ring_buffer_release(nullptr, nullptr);
    aws_ring_buffer_clean_up(nullptr);
}

TEST_F(RingBuffer, OneThreadAcquiresWhileAnotherReleases) {
    aws_ring_buffer_clean_up(&ring_);
    ASSERT_EQ(AWS_OP_SUCCESS, aws_ring_buffer_init(&ring_, allocator_, 8000));
    std::deque<std::pair<struct aws_byte_buf, uint8_t>> lent;
    Lock mutex;
    Condition changed;
    size_t releases = 0;
    bool isOver = false;

    std::thread releaser([&] {
        while (true) {
            std::unique_lock<Lock> lock(mutex);
            changed.wait(lock, [&] { return !lent.empty() || isOver; });
            if (lent.empty()) {
                return;
            }
            std::pair<struct aws_byte_buf, uint8_t> piece = lent.front();
            lent.pop_front();
            lock.unlock();

            for (size_t i = 0; i < piece.first.capacity; i++) {
                ASSERT_EQ(piece.second, piece.first.buffer[i]);
            }
            aws_ring_buffer_release(&ring_, &piece.first);
            lock.lock();
            releases++;
            changed.notify_all();
        }
    });

    std::mt19937 random(5);
    size_t seen = 0;
    for (int i = 0; i < 100000; i++) {
        struct aws_byte_buf piece = {};
        size_t wanted = 1 + random() % 400;
        size_t least = 1 + random() % wanted;
        while (aws_ring_buffer_acquire_up_to(&ring_, least, wanted, &piece) != AWS_OP_SUCCESS) {
            // A release between the call and this counts, too: the next call may succeed.
            std::unique_lock<Lock> lock(mutex);
            changed.wait(lock, [&] { return releases != seen; });
            seen = releases;
        }
        memset(piece.buffer, i & 0xFF, piece.capacity);
        std::lock_guard<Lock> lock(mutex);
        lent.emplace_back(piece, (uint8_t)i);
        changed.notify_all();
    }
    {
        std::lock_guard<Lock> lock(mutex);
        isOver = true;
        changed.notify_all();
    }
    releaser.join();
    EXPECT_TRUE(aws_ring_buffer_is_empty(&ring_));
}

} // namespace
