/* SPDX-License-Identifier: Apache-2.0 */
/* The strategy of <aws/io/retry_strategy.h> that gives each partition a budget. */
#include <aws/io/retry_strategy.h>

#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
#include <memory>
#include <random>
#include <string>
#include <thread>
#include <vector>

#include "support/retries.h"
#include "support/traced_test.h"

namespace {

const size_t RetryCost = 5;
const size_t TransientRetryCost = 10;

} // namespace

class StandardRetry : public RetryTest {
  protected:
    void SetUp() override {
        RetryTest::SetUp();
        options_.backoff_retry_options.el_group = loop_->group();
        options_.initial_bucket_capacity = 15;
    }

    struct aws_retry_strategy *Start() {
        End();
        return Begin(aws_retry_strategy_new_standard(allocator_, &options_));
    }

    /* How often a partition still lets retry, which empties it. */
    size_t Drain(const char *partition) {
        size_t retries = 0;
        while (true) {
            Operation operation(*loop_, strategy_, partition);
            int error = operation.Retry();
            if (error != 0) {
                EXPECT_EQ(AWS_IO_RETRY_PERMISSION_DENIED, error);
                return retries;
            }
            ++retries;
        }
    }

    struct aws_standard_retry_options options_ = {};
};

TEST_F(StandardRetry, test_standard_retry_strategy_setup_shutdown) {
    Start();
    End();
    EXPECT_EQ(0u, loop_->Waiting());
}

TEST_F(StandardRetry, test_standard_retry_strategy_failure_exhausts_bucket) {
    const char *partition = "us-east-1:some-service";
    Start();
    {
        Operation first(*loop_, strategy_, partition), second(*loop_, strategy_, partition);
        EXPECT_EQ(0, first.Retry(AWS_RETRY_ERROR_TYPE_TRANSIENT));
        EXPECT_EQ(0, second.Retry(AWS_RETRY_ERROR_TYPE_SERVER_ERROR));
        EXPECT_EQ(AWS_IO_RETRY_PERMISSION_DENIED, first.Retry()) << "10 and 5 of 15 are gone";
        EXPECT_EQ(AWS_IO_RETRY_PERMISSION_DENIED, second.Retry()) << "whoever spent them";
    }
    Operation elsewhere(*loop_, strategy_);
    EXPECT_EQ(0, elsewhere.Retry()) << "other partitions have their own";
}

TEST_F(StandardRetry, test_standard_retry_strategy_failure_recovers) {
    const char *partition = "us-west-2:some-service";
    Start();
    {
        Operation failing(*loop_, strategy_, partition);
        EXPECT_EQ(0, failing.Retry(AWS_RETRY_ERROR_TYPE_TRANSIENT));
        EXPECT_EQ(0, failing.Retry(AWS_RETRY_ERROR_TYPE_SERVER_ERROR));
        EXPECT_EQ(AWS_IO_RETRY_PERMISSION_DENIED, failing.Retry());
    }
    for (int i = 0; i < 5; ++i) {
        Operation(*loop_, strategy_, partition).Succeed();
    }
    Operation operation(*loop_, strategy_, partition);
    EXPECT_EQ(0, operation.Retry()) << "each success at the first attempt has given 1 back";
    EXPECT_EQ(AWS_IO_RETRY_PERMISSION_DENIED, operation.Retry());
}

TEST_F(StandardRetry, zeros_select_the_defaults) {
    options_.initial_bucket_capacity = 0;
    Start();
    Operation operation(*loop_, strategy_);
    for (int i = 0; i < 3; ++i) {
        EXPECT_EQ(0, operation.Retry());
    }
    EXPECT_EQ(AWS_IO_MAX_RETRIES_EXCEEDED, operation.Retry());
    EXPECT_EQ((500 - 3 * RetryCost) / RetryCost, Drain(nullptr));
}

TEST_F(StandardRetry, invalid_options_are_refused) {
    EXPECT_NULL_RAISES(AWS_ERROR_INVALID_ARGUMENT, aws_retry_strategy_new_standard(allocator_, nullptr));
    EXPECT_NULL_RAISES(AWS_ERROR_INVALID_ARGUMENT, aws_retry_strategy_new_standard(nullptr, &options_));
    options_.backoff_retry_options.max_retries = 64;
    EXPECT_NULL_RAISES(AWS_ERROR_INVALID_ARGUMENT, aws_retry_strategy_new_standard(allocator_, &options_));
    options_.backoff_retry_options.max_retries = 3;
    options_.backoff_retry_options.el_group = nullptr;
    EXPECT_NULL_RAISES(AWS_ERROR_INVALID_ARGUMENT, aws_retry_strategy_new_standard(allocator_, &options_));
}

TEST_F(StandardRetry, delays_grow_as_without_a_budget) {
    options_.backoff_retry_options.jitter_mode = AWS_EXPONENTIAL_BACKOFF_JITTER_NONE;
    options_.backoff_retry_options.backoff_scale_factor_ms = 100;
    Operation operation(*loop_, Start());
    for (uint64_t expected : {100, 200, 400}) {
        EXPECT_EQ(0, operation.Retry());
        EXPECT_EQ(expected * 1000000, operation.delay);
    }
}

TEST_F(StandardRetry, partition_names_ignore_case_and_null_is_the_empty_name) {
    Start();
    EXPECT_EQ(3u, Drain("Some-Service"));
    EXPECT_EQ(0u, Drain("sOME-sERVICE"));
    EXPECT_EQ(3u, Drain(nullptr));
    EXPECT_EQ(0u, Drain(""));
    EXPECT_EQ(3u, Drain("some-service2"));

    /* Names are copied. */
    auto name = std::make_unique<std::string>("a name of some length that goes away");
    EXPECT_EQ(3u, Drain(name->c_str()));
    std::string same = *name;
    name->assign(name->size(), '?');
    name.reset();
    EXPECT_EQ(0u, Drain(same.c_str()));
}

TEST_F(StandardRetry, a_client_error_is_not_retried) {
    Operation operation(*loop_, Start());
    EXPECT_EQ(AWS_IO_RETRY_PERMISSION_DENIED, operation.Retry(AWS_RETRY_ERROR_TYPE_CLIENT_ERROR));
    EXPECT_EQ(3u, Drain(nullptr)) << "nor does it cost anything";
}

TEST_F(StandardRetry, a_success_returns_the_cost_of_the_last_retry_once) {
    Start();
    {
        Operation operation(*loop_, strategy_);
        EXPECT_EQ(0, operation.Retry(AWS_RETRY_ERROR_TYPE_SERVER_ERROR));
        EXPECT_EQ(0, operation.Retry(AWS_RETRY_ERROR_TYPE_TRANSIENT));
        operation.Succeed();
        operation.Succeed();
    }
    EXPECT_EQ(2u, Drain(nullptr));
}

TEST_F(StandardRetry, a_refusal_takes_nothing_and_leaves_the_scheduled_retry_alone) {
    static int calls;
    calls = 0;
    auto ready = [](struct aws_retry_token *, int, void *) { ++calls; };
    auto never = [](struct aws_retry_token *, int, void *) { ADD_FAILURE() << "this one was refused"; };
    options_.initial_bucket_capacity = 25;
    Start();
    {
        Operation operation(*loop_, strategy_);
        ASSERT_EQ(
            AWS_OP_SUCCESS,
            aws_retry_strategy_schedule_retry(operation.token, AWS_RETRY_ERROR_TYPE_SERVER_ERROR, ready, nullptr));
        EXPECT_RAISES(
            AWS_ERROR_INVALID_STATE,
            aws_retry_strategy_schedule_retry(operation.token, AWS_RETRY_ERROR_TYPE_TRANSIENT, never, nullptr));
        loop_->RunAll();
        EXPECT_EQ(1, calls);
        EXPECT_EQ(0, operation.Retry());
        EXPECT_EQ(0, operation.Retry());
        EXPECT_EQ(AWS_IO_MAX_RETRIES_EXCEEDED, operation.Retry(AWS_RETRY_ERROR_TYPE_TRANSIENT));
        operation.Succeed();
    }
    EXPECT_EQ(3u, Drain(nullptr)) << "25 - 5 - 5 - 5 + 5";
}

/* Many operations on a few partitions, step by step beside a model of integers. */
TEST_F(StandardRetry, the_budget_matches_a_model) {
    struct Model {
        size_t partition;
        size_t payback;
        size_t retries;
        std::unique_ptr<Operation> operation;
    };
    const char *names[] = {"alpha", "beta", ""};
    const size_t max_retries = 9;
    std::mt19937 chance(7);
    for (size_t capacity : {1, 4, 5, 6, 10, 23, 100}) {
        SCOPED_TRACE(testing::Message() << "capacity " << capacity);
        options_.initial_bucket_capacity = capacity;
        options_.backoff_retry_options.max_retries = max_retries;
        Start();
        size_t left[] = {capacity, capacity, capacity};
        std::vector<Model> models;
        for (int step = 0; step < 1500; ++step) {
            size_t action = chance() % 8;
            if (models.empty() || (action == 0 && models.size() < 12)) {
                size_t partition = chance() % 3;
                models.push_back({partition, 1, 0, std::make_unique<Operation>(*loop_, strategy_, names[partition])});
                continue;
            }
            size_t which = chance() % models.size();
            Model &model = models[which];
            size_t &bucket = left[model.partition];
            if (action == 1) {
                models.erase(models.begin() + (ptrdiff_t)which);
            } else if (action <= 3) {
                model.operation->Succeed();
                bucket = std::min(capacity, bucket + model.payback);
                model.payback = 0;
            } else {
                auto type = (enum aws_retry_error_type)(chance() % 4);
                int expected = 0;
                if (type == AWS_RETRY_ERROR_TYPE_CLIENT_ERROR || bucket == 0) {
                    expected = AWS_IO_RETRY_PERMISSION_DENIED;
                } else if (model.retries == max_retries) {
                    expected = AWS_IO_MAX_RETRIES_EXCEEDED;
                }
                ASSERT_EQ(expected, model.operation->Retry(type)) << "step " << step;
                if (expected == 0) {
                    model.payback =
                        std::min(bucket, type == AWS_RETRY_ERROR_TYPE_TRANSIENT ? TransientRetryCost : RetryCost);
                    bucket -= model.payback;
                    model.retries++;
                }
            }
        }
        models.clear();
        for (size_t i = 0; i < 3; ++i) {
            EXPECT_EQ((left[i] + RetryCost - 1) / RetryCost, Drain(names[i])) << names[i];
        }
    }
}

/* What is returned to a bucket of the largest size must not wrap around to an empty one. */
TEST_F(StandardRetry, the_largest_budget_does_not_overflow) {
    for (size_t capacity : {SIZE_MAX, SIZE_MAX - 1, SIZE_MAX - 5}) {
        options_.initial_bucket_capacity = capacity;
        Operation operation(*loop_, Start());
        operation.Succeed();
        EXPECT_EQ(0, operation.Retry(AWS_RETRY_ERROR_TYPE_TRANSIENT));
        operation.Succeed();
        operation.Succeed();
        EXPECT_EQ(0, operation.Retry());
    }
}

/* Each thread has operations of its own; together they spend exactly what there is. */
TEST_F(StandardRetry, threads_together_stay_within_the_budget) {
    const size_t threads = 4, each = 50;
    options_.initial_bucket_capacity = threads * each * RetryCost - RetryCost;
    Start();
    std::vector<std::vector<std::unique_ptr<Operation>>> operations(threads);
    for (auto &some : operations) {
        for (size_t i = 0; i < each; ++i) {
            some.push_back(std::make_unique<Operation>(*loop_, strategy_));
        }
    }
    std::atomic<size_t> granted{0}, refused{0};
    std::vector<std::thread> running;
    for (auto &some : operations) {
        running.emplace_back([&] {
            for (auto &operation : some) {
                ++(operation->Schedule() == 0 ? granted : refused);
            }
        });
    }
    for (auto &thread : running) {
        thread.join();
    }
    EXPECT_EQ(threads * each - 1, granted.load());
    EXPECT_EQ(1u, refused.load());
    loop_->RunAll();
    for (auto &some : operations) {
        for (auto &operation : some) {
            if (operation->ready == 1) {
                operation->Succeed();
            }
        }
    }
    operations.clear();
    EXPECT_EQ(threads * each - 1, Drain(nullptr));
}

TEST_F(StandardRetry, its_shutdown_callback_is_called_once_after_the_last_token) {
    ShutdownCount shutdown;
    options_.backoff_retry_options.shutdown_options = &shutdown.options;
    {
        Operation operation(*loop_, Start(), "partition");
        End();
        EXPECT_EQ(0, shutdown.calls);
        EXPECT_EQ(0, operation.Retry());
    }
    EXPECT_EQ(1, shutdown.calls);
}

TEST_F(StandardRetry, no_token_comes_from_a_loop_that_ends) {
    Start();
    ExpectNoTokenWhenTheLoopEnds();
    EXPECT_EQ(3u, Drain(nullptr)) << "the partition is as it was";
}

TEST_F(StandardRetry, bad_arguments_change_nothing) {
    auto acquired = [](struct aws_retry_strategy *, int, struct aws_retry_token *, void *) { ADD_FAILURE(); };
    struct aws_byte_cursor bad = {5, nullptr};
    Start();
    EXPECT_RAISES(
        AWS_ERROR_INVALID_ARGUMENT, aws_retry_strategy_acquire_retry_token(strategy_, &bad, acquired, nullptr, 0));
    EXPECT_RAISES(
        AWS_ERROR_INVALID_ARGUMENT, aws_retry_strategy_acquire_retry_token(strategy_, nullptr, nullptr, nullptr, 0));
    Operation operation(*loop_, strategy_);
    EXPECT_RAISES(
        AWS_ERROR_INVALID_ARGUMENT,
        aws_retry_strategy_schedule_retry(operation.token, AWS_RETRY_ERROR_TYPE_TRANSIENT, nullptr, nullptr));
    EXPECT_EQ(3u, Drain(nullptr));
}
