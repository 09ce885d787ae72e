/* SPDX-License-Identifier: Apache-2.0 */
/* The strategy of <aws/io/retry_strategy.h> that waits longer after each failure. */
#include <aws/io/retry_strategy.h>

#include <gtest/gtest.h>

#include <algorithm>
#include <functional>
#include <random>
#include <vector>

#include "support/synchronisation.h"
#include "support/loops.h"
#include "support/retries.h"
#include "support/traced_test.h"

namespace {

const uint64_t Millisecond = 1000000;
const uint64_t Second = 1000 * Millisecond;

/* A source of random numbers that is the test's, and remembers what it gave. */
struct Source {
    explicit Source(std::function<uint64_t()> function) : next(std::move(function)) {
    }

    static uint64_t Draw(void *arg) {
        auto *self = static_cast<Source *>(arg);
        self->given.push_back(self->next());
        return self->given.back();
    }

    std::function<uint64_t()> next;
    std::vector<uint64_t> given;
};

} // namespace

class ExponentialBackoff : public RetryTest {
  protected:
    void SetUp() override {
        RetryTest::SetUp();
        options_.el_group = loop_->group();
        options_.max_retries = 3;
    }

    struct aws_retry_strategy *Start() {
        End();
        return Begin(aws_retry_strategy_new_exponential_backoff(allocator_, &options_));
    }

    void Use(Source &source) {
        options_.generate_random_impl = Source::Draw;
        options_.generate_random_user_data = &source;
    }

    /* The delays of all retries that a token is allowed. */
    std::vector<uint64_t> Delays() {
        std::vector<uint64_t> delays;
        ManualClock::Nanoseconds() = 1000;
        Operation operation(*loop_, Start());
        int error = 0;
        while ((error = operation.Retry()) == 0) {
            delays.push_back(operation.delay);
        }
        EXPECT_EQ(AWS_IO_MAX_RETRIES_EXCEEDED, error);
        EXPECT_EQ(0u, loop_->Waiting());
        return delays;
    }

    void ExpectThreeRetries(enum aws_exponential_backoff_jitter_mode mode) {
        options_.jitter_mode = mode;
        EXPECT_EQ(3u, Delays().size());
    }

    struct aws_exponential_backoff_retry_options options_ = {};
};

TEST_F(ExponentialBackoff, test_exponential_backoff_retry_too_many_retries_no_jitter) {
    ExpectThreeRetries(AWS_EXPONENTIAL_BACKOFF_JITTER_NONE);
}

TEST_F(ExponentialBackoff, test_exponential_backoff_retry_too_many_retries_full_jitter) {
    ExpectThreeRetries(AWS_EXPONENTIAL_BACKOFF_JITTER_FULL);
}

TEST_F(ExponentialBackoff, test_exponential_backoff_retry_too_many_retries_decorrelated_jitter) {
    ExpectThreeRetries(AWS_EXPONENTIAL_BACKOFF_JITTER_DECORRELATED);
}

TEST_F(ExponentialBackoff, test_exponential_backoff_retry_too_many_retries_default_jitter) {
    ExpectThreeRetries(AWS_EXPONENTIAL_BACKOFF_JITTER_DEFAULT);
}

TEST_F(ExponentialBackoff, test_exponential_backoff_retry_client_errors_do_not_count) {
    Operation operation(*loop_, Start());
    EXPECT_EQ(0, operation.Retry());
    for (int i = 0; i < 5; ++i) {
        EXPECT_EQ(0, operation.Retry(AWS_RETRY_ERROR_TYPE_CLIENT_ERROR));
        EXPECT_EQ(0u, operation.delay) << "nor do they wait";
    }
    EXPECT_EQ(0, operation.Retry(AWS_RETRY_ERROR_TYPE_THROTTLING));
    EXPECT_EQ(0, operation.Retry(AWS_RETRY_ERROR_TYPE_TRANSIENT));
    EXPECT_EQ(AWS_IO_MAX_RETRIES_EXCEEDED, operation.Retry());
    EXPECT_EQ(0, operation.Retry(AWS_RETRY_ERROR_TYPE_CLIENT_ERROR)) << "not even then";
    operation.Succeed();
    EXPECT_EQ(AWS_IO_MAX_RETRIES_EXCEEDED, operation.Retry()) << "a success gives nothing back here";
}

TEST_F(ExponentialBackoff, test_exponential_backoff_retry_no_jitter_time_taken) {
    options_.jitter_mode = AWS_EXPONENTIAL_BACKOFF_JITTER_NONE;
    EXPECT_EQ((std::vector<uint64_t>{500 * Millisecond, 1 * Second, 2 * Second}), Delays());
}

TEST_F(ExponentialBackoff, test_exponential_max_backoff_retry_no_jitter) {
    options_.jitter_mode = AWS_EXPONENTIAL_BACKOFF_JITTER_NONE;
    options_.backoff_scale_factor_ms = 1000;
    options_.max_backoff_secs = 3;
    EXPECT_EQ((std::vector<uint64_t>{1 * Second, 2 * Second, 3 * Second}), Delays());
}

TEST_F(ExponentialBackoff, test_exponential_backoff_retry_invalid_options) {
    const struct aws_exponential_backoff_retry_options good = options_;
    EXPECT_NULL_RAISES(AWS_ERROR_INVALID_ARGUMENT, aws_retry_strategy_new_exponential_backoff(nullptr, &good));
    EXPECT_NULL_RAISES(AWS_ERROR_INVALID_ARGUMENT, aws_retry_strategy_new_exponential_backoff(allocator_, nullptr));
    for (int fault = 0; fault < 4; ++fault) {
        struct aws_exponential_backoff_retry_options bad = good;
        switch (fault) {
        case 0:
            bad.max_retries = 64;
            break;
        case 1:
            bad.max_retries = SIZE_MAX;
            break;
        case 2:
            bad.el_group = nullptr;
            break;
        case 3:
            bad.jitter_mode = (enum aws_exponential_backoff_jitter_mode)4;
            break;
        }
        EXPECT_NULL_RAISES(AWS_ERROR_INVALID_ARGUMENT, aws_retry_strategy_new_exponential_backoff(allocator_, &bad));
    }
    options_.max_retries = 63;
    EXPECT_NE(nullptr, Start());
}

TEST_F(ExponentialBackoff, zeros_select_the_defaults) {
    options_ = {};
    options_.el_group = loop_->group();
    options_.jitter_mode = AWS_EXPONENTIAL_BACKOFF_JITTER_NONE;
    EXPECT_EQ((std::vector<uint64_t>{500 * Millisecond, 1 * Second, 2 * Second, 4 * Second, 8 * Second}), Delays());
    options_.max_retries = 7;
    EXPECT_EQ(20 * Second, Delays().back());
}

/* ---- Properties of the delays ---- */

namespace {

/* What 128 bits say about the nth delay without jitter. */
uint64_t Unjittered(uint64_t scale_ms, uint64_t maximum_secs, size_t n) {
    unsigned __int128 delay = (unsigned __int128)scale_ms * Millisecond << n;
    return (uint64_t)std::min(delay, (unsigned __int128)maximum_secs * Second);
}

} // namespace

/* Scale, maximum and source are taken by chance, and from the ends of their ranges, where products overflow. */
TEST_F(ExponentialBackoff, delays_keep_within_their_bounds) {
    std::mt19937_64 chance(42);
    auto among = [&chance](std::vector<uint32_t> some) {
        some.push_back((uint32_t)(chance() % 100000) + 1);
        return some[chance() % some.size()];
    };
    std::vector<std::function<uint64_t()>> sources = {
        [&] { return chance(); }, [] { return UINT64_MAX; }, [] { return uint64_t(0); }, [] { return uint64_t(1); }};

    for (int round = 0; round < 300; ++round) {
        uint32_t scale = among({1, 500, UINT32_MAX, UINT32_MAX - 1});
        uint32_t maximum = among({1, 20, UINT32_MAX, UINT32_MAX - 1});
        Source source(sources[chance() % sources.size()]);
        auto mode = (enum aws_exponential_backoff_jitter_mode)(chance() % 4);
        options_.backoff_scale_factor_ms = scale;
        options_.max_backoff_secs = maximum;
        options_.jitter_mode = mode;
        options_.max_retries = 63;
        Use(source);
        SCOPED_TRACE(testing::Message() << "scale " << scale << " maximum " << maximum << " mode " << mode);

        /* A sum with 63 of the longest delays would pass the end of time: the clock is reset each time. */
        Operation operation(*loop_, Start());
        uint64_t last = 0;
        for (size_t n = 0; n < 63; ++n) {
            ManualClock::Nanoseconds() = 1000;
            size_t drawn = source.given.size();
            ASSERT_EQ(0, operation.Retry());
            uint64_t plain = Unjittered(scale, maximum, n), delay = operation.delay;
            ASSERT_LE(delay, maximum * Second);
            if (mode == AWS_EXPONENTIAL_BACKOFF_JITTER_NONE) {
                ASSERT_EQ(plain, delay);
                ASSERT_EQ(drawn, source.given.size()) << "nothing is left to chance";
            } else if (mode != AWS_EXPONENTIAL_BACKOFF_JITTER_DECORRELATED || last == 0) {
                ASSERT_EQ(source.given.at(drawn) % plain, delay);
            } else {
                uint64_t floor = scale * Millisecond;
                unsigned __int128 tripled = (unsigned __int128)last * 3;
                uint64_t ceiling = (uint64_t)std::min(tripled, (unsigned __int128)maximum * Second);
                ASSERT_GE(delay, std::min({floor, ceiling, maximum * Second}));
                ASSERT_LE(delay, std::max(floor, ceiling));
            }
            last = delay;
        }
        ASSERT_EQ(AWS_IO_MAX_RETRIES_EXCEEDED, operation.Retry());
    }
}

/* The scale is the lower bound, and here the maximum as well: nothing is left between. */
TEST_F(ExponentialBackoff, decorrelated_delays_never_vanish) {
    Source source([] { return uint64_t(700 * Millisecond); });
    options_.jitter_mode = AWS_EXPONENTIAL_BACKOFF_JITTER_DECORRELATED;
    options_.backoff_scale_factor_ms = 1000;
    options_.max_backoff_secs = 1;
    Use(source);
    EXPECT_EQ((std::vector<uint64_t>{700 * Millisecond, 1 * Second, 1 * Second}), Delays());
}

TEST_F(ExponentialBackoff, a_delay_beyond_the_largest_time_saturates) {
    options_.jitter_mode = AWS_EXPONENTIAL_BACKOFF_JITTER_NONE;
    Operation operation(*loop_, Start());
    ManualClock::Nanoseconds() = UINT64_MAX - 10;
    EXPECT_EQ(0, operation.Schedule());
    EXPECT_EQ(UINT64_MAX, loop_->NextDue());
    EXPECT_TRUE(loop_->RunNext());
    EXPECT_EQ(1, operation.ready);
}

TEST_F(ExponentialBackoff, the_source_with_user_data_goes_before_the_one_without) {
    Source source([] { return uint64_t(7); });
    options_.generate_random = [] { return uint64_t(11); };
    EXPECT_EQ((std::vector<uint64_t>{11, 11, 11}), Delays());
    Use(source);
    EXPECT_EQ((std::vector<uint64_t>{7, 7, 7}), Delays());
}

TEST_F(ExponentialBackoff, the_systems_numbers_spread_the_delays) {
    options_.max_retries = 63;
    std::vector<uint64_t> delays = Delays();
    uint64_t sum = 0;
    for (uint64_t delay : delays) {
        EXPECT_LT(delay, 20 * Second);
        sum += delay / delays.size();
    }
    /* Nearly all have 10 s for their mean. Twelve standard deviations of that would be a wonder. */
    EXPECT_GT(sum, 1 * Second);
    EXPECT_LT(sum, 19 * Second);
    std::sort(delays.begin(), delays.end());
    EXPECT_GT(std::unique(delays.begin(), delays.end()) - delays.begin(), 60);
}

/* ---- Lifetimes and refusals ---- */

/* NULL for the user data once hid that a retry was scheduled already. */
TEST_F(ExponentialBackoff, one_retry_at_a_time) {
    static int calls;
    calls = 0;
    auto ready = [](struct aws_retry_token *, int, void *) { ++calls; };
    auto never = [](struct aws_retry_token *, int, void *) { ADD_FAILURE() << "this one was refused"; };
    Operation operation(*loop_, Start());
    for (int i = 1; i <= 3; ++i) {
        ASSERT_EQ(
            AWS_OP_SUCCESS,
            aws_retry_strategy_schedule_retry(operation.token, AWS_RETRY_ERROR_TYPE_TRANSIENT, ready, nullptr));
        int refusal = i < 3 ? (int)AWS_ERROR_INVALID_STATE : (int)AWS_IO_MAX_RETRIES_EXCEEDED;
        EXPECT_RAISES(
            refusal,
            aws_retry_strategy_schedule_retry(operation.token, AWS_RETRY_ERROR_TYPE_TRANSIENT, never, nullptr));
        EXPECT_RAISES(
            AWS_ERROR_INVALID_STATE,
            aws_retry_strategy_schedule_retry(operation.token, AWS_RETRY_ERROR_TYPE_CLIENT_ERROR, never, nullptr));
        EXPECT_EQ(1u, loop_->Waiting());
        loop_->RunAll();
        EXPECT_EQ(i, calls) << "a refusal uses nothing up";
    }
}

TEST_F(ExponentialBackoff, a_retry_may_schedule_the_next_and_release_the_token) {
    struct Chain {
        struct aws_retry_token *token = nullptr;
        int ready = 0;
        int error = 0;
        static void OnAcquired(struct aws_retry_strategy *, int, struct aws_retry_token *token, void *arg) {
            static_cast<Chain *>(arg)->token = token;
            OnReady(token, 0, arg);
        }
        static void OnReady(struct aws_retry_token *token, int, void *arg) {
            auto *self = static_cast<Chain *>(arg);
            if (aws_retry_strategy_schedule_retry(token, AWS_RETRY_ERROR_TYPE_SERVER_ERROR, OnReady, arg)) {
                self->error = aws_last_error();
                aws_retry_token_release(token);
            } else {
                self->ready++;
            }
        }
    } chain;
    Start();
    ASSERT_EQ(AWS_OP_SUCCESS, aws_retry_strategy_acquire_retry_token(strategy_, nullptr, Chain::OnAcquired, &chain, 0));
    loop_->RunAll();
    EXPECT_EQ(3, chain.ready);
    EXPECT_EQ(AWS_IO_MAX_RETRIES_EXCEEDED, chain.error);
}

TEST_F(ExponentialBackoff, a_token_that_waits_outlives_its_users_reference) {
    ShutdownCount shutdown;
    options_.shutdown_options = &shutdown.options;
    {
        Operation operation(*loop_, Start());
        End();
        EXPECT_EQ(0, shutdown.calls) << "the token holds the strategy";
        EXPECT_EQ(0, operation.Schedule());
        aws_retry_token_acquire(operation.token);
        aws_retry_token_release(operation.token);
        aws_retry_token_release(operation.token);
        EXPECT_EQ(0, shutdown.calls) << "the scheduled retry holds the token";
        EXPECT_TRUE(loop_->RunNext());
        EXPECT_EQ(1, operation.ready);
        EXPECT_EQ(1, shutdown.calls);
        operation.token = nullptr;
    }
    EXPECT_EQ(1, shutdown.calls);
}

TEST_F(ExponentialBackoff, a_retry_is_cancelled_when_its_loop_ends) {
    Operation operation(*loop_, Start());
    EXPECT_EQ(0, operation.Schedule());
    EXPECT_TRUE(loop_->RunNext(AWS_TASK_STATUS_CANCELED));
    EXPECT_EQ(1, operation.ready);
    EXPECT_EQ(AWS_ERROR_IO_OPERATION_CANCELLED, operation.ready_error);
}

TEST_F(ExponentialBackoff, no_token_comes_from_a_loop_that_ends) {
    Start();
    ExpectNoTokenWhenTheLoopEnds();
}

TEST_F(ExponentialBackoff, bad_arguments_change_nothing) {
    auto ready = [](struct aws_retry_token *, int, void *) { ADD_FAILURE(); };
    Start();
    EXPECT_RAISES(
        AWS_ERROR_INVALID_ARGUMENT, aws_retry_strategy_acquire_retry_token(strategy_, nullptr, nullptr, nullptr, 0));
    Operation operation(*loop_, strategy_);
    EXPECT_RAISES(
        AWS_ERROR_INVALID_ARGUMENT,
        aws_retry_strategy_schedule_retry(operation.token, AWS_RETRY_ERROR_TYPE_TRANSIENT, nullptr, nullptr));
    EXPECT_RAISES(
        AWS_ERROR_INVALID_ARGUMENT,
        aws_retry_strategy_schedule_retry(operation.token, (enum aws_retry_error_type)4, ready, nullptr));
    EXPECT_EQ(0u, loop_->Waiting());
    for (int i = 0; i < 3; ++i) {
        EXPECT_EQ(0, operation.Retry());
    }
}

/* With a loop that has a thread, and next to no delay. */
TEST_F(ExponentialBackoff, tokens_and_retries_come_on_a_loops_thread) {
    struct Seen {
        struct aws_event_loop *loop;
        Signal acquired, ready;
        struct aws_retry_token *token = nullptr;
        bool acquired_on_loop = false, ready_on_loop = false;
    } seen;
    LoopGroup loops(allocator_);
    Source source([] { return uint64_t(0); });
    seen.loop = loops.loop();
    options_.el_group = loops.get();
    Use(source);
    Start();
    ASSERT_EQ(
        AWS_OP_SUCCESS,
        aws_retry_strategy_acquire_retry_token(
            strategy_,
            nullptr,
            [](struct aws_retry_strategy *, int, struct aws_retry_token *token, void *arg) {
                auto *test = static_cast<Seen *>(arg);
                test->token = token;
                test->acquired_on_loop = aws_event_loop_thread_is_callers_thread(test->loop);
                test->acquired.Raise();
            },
            &seen,
            0));
    ASSERT_TRUE(seen.acquired.Wait());
    EXPECT_TRUE(seen.acquired_on_loop);
    ASSERT_EQ(
        AWS_OP_SUCCESS,
        aws_retry_strategy_schedule_retry(
            seen.token,
            AWS_RETRY_ERROR_TYPE_TRANSIENT,
            [](struct aws_retry_token *, int, void *arg) {
                auto *test = static_cast<Seen *>(arg);
                test->ready_on_loop = aws_event_loop_thread_is_callers_thread(test->loop);
                test->ready.Raise();
            },
            &seen));
    ASSERT_TRUE(seen.ready.Wait());
    EXPECT_TRUE(seen.ready_on_loop);
    aws_retry_token_release(seen.token);
    End();
}
