/* SPDX-License-Identifier: Apache-2.0 */
#ifndef RESEAU_TESTS_RETRIES_H
#define RESEAU_TESTS_RETRIES_H

#include "support/manual_loop.h"
#include "support/traced_test.h"

#include <aws/common/shutdown_types.h>
#include <aws/io/retry_strategy.h>

#include <gtest/gtest.h>

#include <memory>

/* One operation that asks for leave to retry, on a manual loop. */
class Operation {
  public:
    Operation(ManualLoop &loop, struct aws_retry_strategy *strategy, const char *partition = nullptr) : loop_(loop) {
        struct aws_byte_cursor name = aws_byte_cursor_from_c_str(partition);
        size_t waiting = loop.Waiting();
        EXPECT_EQ(
            AWS_OP_SUCCESS,
            aws_retry_strategy_acquire_retry_token(strategy, partition ? &name : nullptr, OnAcquired, this, 0));
        EXPECT_EQ(0, acquired) << "not inside the call";
        EXPECT_EQ(waiting + 1, loop.Waiting());
        strategy_ = strategy;
        EXPECT_EQ(0u, loop.NextDue()) << "a token does not wait";
        while (acquired == 0 && loop.RunNext()) {
        }
        EXPECT_EQ(1, acquired);
        EXPECT_NE(nullptr, token);
    }
    ~Operation() {
        aws_retry_token_release(token);
    }
    Operation(const Operation &) = delete;
    Operation &operator=(const Operation &) = delete;

    /* 0, or the error that refuses the retry. */
    int Schedule(enum aws_retry_error_type type = AWS_RETRY_ERROR_TYPE_SERVER_ERROR) {
        int before = ready;
        aws_reset_error();
        int result = aws_retry_strategy_schedule_retry(token, type, OnReady, this);
        EXPECT_EQ(before, ready) << "not inside the call";
        return result == AWS_OP_SUCCESS ? 0 : aws_last_error();
    }

    /* The same, and runs the retry; `delay` is how long it waited. */
    int Retry(enum aws_retry_error_type type = AWS_RETRY_ERROR_TYPE_SERVER_ERROR) {
        uint64_t start = ManualLoop::Now();
        int error = Schedule(type);
        if (error == 0) {
            int before = ready;
            EXPECT_TRUE(loop_.RunNext());
            EXPECT_EQ(before + 1, ready);
            EXPECT_EQ(0, ready_error);
            delay = ManualLoop::Now() - start;
        }
        return error;
    }

    void Succeed() {
        EXPECT_EQ(AWS_OP_SUCCESS, aws_retry_token_record_success(token));
    }

    struct aws_retry_token *token = nullptr;
    int acquired = 0;
    int ready = 0;
    int ready_error = -1;
    uint64_t delay = 0;

  private:
    static void OnAcquired(struct aws_retry_strategy *strategy, int error, struct aws_retry_token *token, void *arg) {
        auto *self = static_cast<Operation *>(arg);
        self->acquired++;
        EXPECT_EQ(0, error);
        EXPECT_EQ(self->strategy_, strategy);
        self->token = token;
    }

    static void OnReady(struct aws_retry_token *token, int error, void *arg) {
        auto *self = static_cast<Operation *>(arg);
        self->ready++;
        self->ready_error = error;
        EXPECT_EQ(self->token, token);
    }

    ManualLoop &loop_;
    struct aws_retry_strategy *strategy_ = nullptr;
};

/* One strategy at a time, on a loop that the test drives. */
class RetryTest : public TracedIoTest {
  protected:
    void SetUp() override {
        TracedIoTest::SetUp();
        loop_ = std::make_unique<ManualLoop>(allocator_);
    }

    void TearDown() override {
        End();
        loop_.reset();
        TracedIoTest::TearDown();
    }

    struct aws_retry_strategy *Begin(struct aws_retry_strategy *strategy) {
        EXPECT_NE(nullptr, strategy);
        strategy_ = strategy;
        return strategy;
    }

    void End() {
        aws_retry_strategy_release(strategy_);
        strategy_ = nullptr;
    }

    /* Asks the strategy for a token and ends the loop instead of giving it one. */
    void ExpectNoTokenWhenTheLoopEnds() {
        int calls = 0;
        auto on_acquired = [](struct aws_retry_strategy *, int error, struct aws_retry_token *token, void *count) {
            ++*static_cast<int *>(count);
            EXPECT_EQ(AWS_ERROR_IO_OPERATION_CANCELLED, error);
            EXPECT_EQ(nullptr, token);
        };
        ASSERT_EQ(AWS_OP_SUCCESS, aws_retry_strategy_acquire_retry_token(strategy_, nullptr, on_acquired, &calls, 0));
        EXPECT_TRUE(loop_->RunNext(AWS_TASK_STATUS_CANCELED));
        EXPECT_EQ(1, calls);
    }

    std::unique_ptr<ManualLoop> loop_;
    struct aws_retry_strategy *strategy_ = nullptr;
};

/* Counts the calls of a shutdown callback. */
struct ShutdownCount {
    ShutdownCount() {
        options.shutdown_callback_fn = [](void *arg) { ++*static_cast<int *>(arg); };
        options.shutdown_callback_user_data = &calls;
    }

    int calls = 0;
    struct aws_shutdown_callback_options options = {};
};

#endif /* RESEAU_TESTS_RETRIES_H */
