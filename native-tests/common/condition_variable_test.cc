/* SPDX-License-Identifier: Apache-2.0 */
#include "support/traced_test.h"

#include <aws/common/clock.h>
#include <aws/common/condition_variable.h>
#include <aws/common/mutex.h>

#include <climits>
#include <thread>
#include <vector>

static const int64_t kMillisecond = 1000000;
static const int64_t kMinute = 60000 * kMillisecond;

static uint64_t Now() {
    uint64_t now = 0;
    aws_high_res_clock_get_ticks(&now);
    return now;
}

class ConditionVariableTest : public TracedTest {
  protected:
    void SetUp() override {
        TracedTest::SetUp();
        ASSERT_EQ(AWS_OP_SUCCESS, aws_mutex_init(&mutex_));
        ASSERT_EQ(AWS_OP_SUCCESS, aws_condition_variable_init(&changed_));
    }

    void TearDown() override {
        aws_condition_variable_clean_up(&changed_);
        aws_mutex_clean_up(&mutex_);
        TracedTest::TearDown();
    }

    static bool IsReady(void *context) {
        ConditionVariableTest *self = (ConditionVariableTest *)context;
        self->asked_++;
        return self->ready_ > 0;
    }

    static bool TakeOne(void *context) {
        ConditionVariableTest *self = (ConditionVariableTest *)context;
        if (self->ready_ == 0) {
            return false;
        }
        self->ready_--;
        return true;
    }

    void Provide(int count) {
        aws_mutex_lock(&mutex_);
        ready_ += count;
        aws_mutex_unlock(&mutex_);
    }

    struct aws_mutex mutex_;
    struct aws_condition_variable changed_;
    int ready_ = 0;
    int asked_ = 0;
};

TEST_F(ConditionVariableTest, EachNotificationOfOneServesOneWaiter) {
    std::vector<std::thread> waiters;
    for (int i = 0; i < 3; ++i) {
        waiters.emplace_back([this] {
            aws_mutex_lock(&mutex_);
            EXPECT_EQ(AWS_OP_SUCCESS, aws_condition_variable_wait_pred(&changed_, &mutex_, TakeOne, this));
            aws_mutex_unlock(&mutex_);
        });
    }
    for (int i = 0; i < 3; ++i) {
        Provide(1);
        EXPECT_EQ(AWS_OP_SUCCESS, aws_condition_variable_notify_one(&changed_));
    }
    for (std::thread &waiter : waiters) {
        waiter.join();
    }
    EXPECT_EQ(0, ready_);
}

TEST_F(ConditionVariableTest, NotificationOfAllServesAll) {
    std::vector<std::thread> waiters;
    for (int i = 0; i < 3; ++i) {
        waiters.emplace_back([this] {
            aws_mutex_lock(&mutex_);
            EXPECT_EQ(AWS_OP_SUCCESS, aws_condition_variable_wait_for_pred(&changed_, &mutex_, kMinute, IsReady, this));
            aws_mutex_unlock(&mutex_);
        });
    }
    Provide(1);
    EXPECT_EQ(AWS_OP_SUCCESS, aws_condition_variable_notify_all(&changed_));
    for (std::thread &waiter : waiters) {
        waiter.join();
    }
}

TEST_F(ConditionVariableTest, TimeRunsOut) {
    aws_mutex_lock(&mutex_);
    uint64_t start = Now();
    EXPECT_RAISES(
        AWS_ERROR_COND_VARIABLE_TIMED_OUT, aws_condition_variable_wait_for(&changed_, &mutex_, 20 * kMillisecond));
    EXPECT_GE(Now() - start, (uint64_t)(19 * kMillisecond));
    EXPECT_RAISES(
        AWS_ERROR_COND_VARIABLE_TIMED_OUT,
        aws_condition_variable_wait_for_pred(&changed_, &mutex_, 20 * kMillisecond, IsReady, this));
    EXPECT_EQ(1, asked_);
    aws_mutex_unlock(&mutex_);
}

TEST_F(ConditionVariableTest, TimesThatAreNotPositiveRunOutAtOnce) {
    aws_mutex_lock(&mutex_);
    EXPECT_RAISES(AWS_ERROR_COND_VARIABLE_TIMED_OUT, aws_condition_variable_wait_for(&changed_, &mutex_, 0));
    EXPECT_RAISES(AWS_ERROR_COND_VARIABLE_TIMED_OUT, aws_condition_variable_wait_for(&changed_, &mutex_, -kMinute));
    EXPECT_RAISES(AWS_ERROR_COND_VARIABLE_TIMED_OUT, aws_condition_variable_wait_for(&changed_, &mutex_, INT64_MIN));
    aws_mutex_unlock(&mutex_);
}

TEST_F(ConditionVariableTest, TheLongestTimeDoesNotOverflow) {
    std::thread provider([this] {
        Provide(1);
        aws_condition_variable_notify_all(&changed_);
    });
    aws_mutex_lock(&mutex_);
    EXPECT_EQ(AWS_OP_SUCCESS, aws_condition_variable_wait_for_pred(&changed_, &mutex_, INT64_MAX, IsReady, this));
    aws_mutex_unlock(&mutex_);
    provider.join();
}

/* Notifications that change nothing do not restart the timeout. */
TEST_F(ConditionVariableTest, TheTimeOfAPredicateIsTheWholeTime) {
    bool done = false;
    std::thread pest([&] {
        for (bool stop = false; !stop;) {
            aws_condition_variable_notify_all(&changed_);
            aws_mutex_lock(&mutex_);
            stop = done;
            aws_mutex_unlock(&mutex_);
        }
    });
    aws_mutex_lock(&mutex_);
    EXPECT_RAISES(
        AWS_ERROR_COND_VARIABLE_TIMED_OUT,
        aws_condition_variable_wait_for_pred(&changed_, &mutex_, 50 * kMillisecond, IsReady, this));
    done = true;
    aws_mutex_unlock(&mutex_);
    pest.join();
}

TEST_F(ConditionVariableTest, APredicateThatHoldsIsNotWaitedFor) {
    ready_ = 1;
    aws_mutex_lock(&mutex_);
    EXPECT_EQ(AWS_OP_SUCCESS, aws_condition_variable_wait_pred(&changed_, &mutex_, IsReady, this));
    EXPECT_EQ(AWS_OP_SUCCESS, aws_condition_variable_wait_for_pred(&changed_, &mutex_, 0, IsReady, this));
    aws_mutex_unlock(&mutex_);
    EXPECT_EQ(2, asked_);
}

TEST_F(ConditionVariableTest, RefusesWhatItCannotUse) {
    struct aws_condition_variable none;
    AWS_ZERO_STRUCT(none);
    struct aws_mutex no_mutex;
    AWS_ZERO_STRUCT(no_mutex);
    EXPECT_RAISES(AWS_ERROR_INVALID_ARGUMENT, aws_condition_variable_init(nullptr));
    EXPECT_RAISES(AWS_ERROR_INVALID_ARGUMENT, aws_condition_variable_notify_one(nullptr));
    EXPECT_RAISES(AWS_ERROR_INVALID_ARGUMENT, aws_condition_variable_notify_all(nullptr));
    EXPECT_RAISES(AWS_ERROR_INVALID_ARGUMENT, aws_condition_variable_wait(nullptr, &mutex_));
    EXPECT_RAISES(AWS_ERROR_INVALID_ARGUMENT, aws_condition_variable_wait(&changed_, nullptr));
    EXPECT_RAISES(AWS_ERROR_INVALID_ARGUMENT, aws_condition_variable_wait_for(&changed_, nullptr, 1));
    EXPECT_RAISES(AWS_ERROR_INVALID_ARGUMENT, aws_condition_variable_wait_pred(&changed_, &mutex_, nullptr, nullptr));
    EXPECT_RAISES(
        AWS_ERROR_INVALID_ARGUMENT, aws_condition_variable_wait_for_pred(&changed_, &mutex_, 1, nullptr, nullptr));
    EXPECT_RAISES(AWS_ERROR_COND_VARIABLE_ERROR_UNKNOWN, aws_condition_variable_notify_one(&none));
    EXPECT_RAISES(AWS_ERROR_COND_VARIABLE_ERROR_UNKNOWN, aws_condition_variable_wait(&none, &mutex_));
    EXPECT_RAISES(AWS_ERROR_MUTEX_NOT_INIT, aws_condition_variable_wait(&changed_, &no_mutex));
    aws_condition_variable_clean_up(nullptr);
    aws_condition_variable_clean_up(&none);
}
