/* SPDX-License-Identifier: Apache-2.0 */
/* The strategy of <aws/io/retry_strategy.h> that never retries. */
#include <aws/io/retry_strategy.h>

#include <gtest/gtest.h>

#include "support/retries.h"
#include "support/traced_test.h"

class NoRetry : public TracedIoTest {};

TEST_F(NoRetry, test_no_retries) {
    struct aws_retry_strategy *strategy = aws_retry_strategy_new_no_retry(allocator_, nullptr);
    ASSERT_NE(nullptr, strategy);
    EXPECT_RAISES(
        AWS_IO_RETRY_PERMISSION_DENIED, aws_retry_strategy_acquire_retry_token(strategy, nullptr, nullptr, nullptr, 0));
    aws_retry_strategy_release(strategy);
}

TEST_F(NoRetry, its_shutdown_callback_is_called_once) {
    ShutdownCount shutdown;
    struct aws_no_retry_options options = {&shutdown.options};
    struct aws_retry_strategy *strategy = aws_retry_strategy_new_no_retry(allocator_, &options);
    aws_retry_strategy_acquire(strategy);
    aws_retry_strategy_release(strategy);
    EXPECT_EQ(0, shutdown.calls);
    aws_retry_strategy_release(strategy);
    EXPECT_EQ(1, shutdown.calls);
    EXPECT_NULL_RAISES(AWS_ERROR_INVALID_ARGUMENT, aws_retry_strategy_new_no_retry(nullptr, &options));
}

/* ---- What all strategies have in common ---- */

TEST_F(NoRetry, bad_arguments_change_nothing) {
    auto acquired = [](struct aws_retry_strategy *, int, struct aws_retry_token *, void *) { ADD_FAILURE(); };
    auto ready = [](struct aws_retry_token *, int, void *) { ADD_FAILURE(); };
    EXPECT_RAISES(
        AWS_ERROR_INVALID_ARGUMENT, aws_retry_strategy_acquire_retry_token(nullptr, nullptr, acquired, nullptr, 0));
    EXPECT_RAISES(
        AWS_ERROR_INVALID_ARGUMENT,
        aws_retry_strategy_schedule_retry(nullptr, AWS_RETRY_ERROR_TYPE_TRANSIENT, ready, nullptr));
    EXPECT_RAISES(AWS_ERROR_INVALID_ARGUMENT, aws_retry_token_record_success(nullptr));
    aws_retry_strategy_acquire(nullptr);
    aws_retry_strategy_release(nullptr);
    aws_retry_token_acquire(nullptr);
    aws_retry_token_release(nullptr);

    struct aws_retry_strategy_vtable lacking = {};
    struct aws_retry_strategy strategy = {};
    struct aws_retry_token token = {};
    token.retry_strategy = &strategy;
    EXPECT_RAISES(
        AWS_ERROR_INVALID_ARGUMENT,
        aws_retry_strategy_schedule_retry(&token, AWS_RETRY_ERROR_TYPE_TRANSIENT, ready, nullptr));
    strategy.vtable = &lacking;
    EXPECT_RAISES(
        AWS_ERROR_UNSUPPORTED_OPERATION,
        aws_retry_strategy_acquire_retry_token(&strategy, nullptr, acquired, nullptr, 0));
    EXPECT_RAISES(
        AWS_ERROR_UNSUPPORTED_OPERATION,
        aws_retry_strategy_schedule_retry(&token, AWS_RETRY_ERROR_TYPE_TRANSIENT, ready, nullptr));
    EXPECT_RAISES(AWS_ERROR_UNSUPPORTED_OPERATION, aws_retry_token_record_success(&token));
}

/* A strategy of the program's own is called through its vtable, whatever it makes of its arguments. */
TEST_F(NoRetry, every_operation_goes_through_the_vtable) {
    static int calls;
    calls = 0;
    struct aws_retry_strategy_vtable vtable = {};
    vtable.destroy = [](struct aws_retry_strategy *) { calls += 1; };
    vtable.acquire_token = [](struct aws_retry_strategy *,
                              const struct aws_byte_cursor *,
                              aws_retry_strategy_on_retry_token_acquired_fn *,
                              void *,
                              uint64_t timeout_ms) {
        EXPECT_EQ(77u, timeout_ms);
        return calls += 10, AWS_OP_SUCCESS;
    };
    vtable.schedule_retry =
        [](struct aws_retry_token *, enum aws_retry_error_type type, aws_retry_strategy_on_retry_ready_fn *, void *) {
            EXPECT_EQ(99, (int)type);
            return calls += 100, AWS_OP_SUCCESS;
        };
    vtable.record_success = [](struct aws_retry_token *) { return calls += 1000, AWS_OP_SUCCESS; };
    vtable.release_token = [](struct aws_retry_token *) { calls += 10000; };

    struct aws_retry_strategy strategy = {};
    strategy.vtable = &vtable;
    aws_atomic_init_int(&strategy.ref_count, 1);
    struct aws_retry_token token = {};
    token.retry_strategy = &strategy;
    aws_atomic_init_int(&token.ref_count, 1);

    EXPECT_EQ(AWS_OP_SUCCESS, aws_retry_strategy_acquire_retry_token(&strategy, nullptr, nullptr, nullptr, 77));
    EXPECT_EQ(
        AWS_OP_SUCCESS, aws_retry_strategy_schedule_retry(&token, (enum aws_retry_error_type)99, nullptr, nullptr));
    EXPECT_EQ(AWS_OP_SUCCESS, aws_retry_token_record_success(&token));
    aws_retry_token_acquire(&token);
    aws_retry_token_release(&token);
    EXPECT_EQ(1110, calls);
    aws_retry_token_release(&token);
    aws_retry_strategy_release(&strategy);
    EXPECT_EQ(11111, calls);
}
