/* SPDX-License-Identifier: Apache-2.0 */
#include "support/portable.h"
#include "support/traced_test.h"

#include <aws/common/mutex.h>

#include <thread>
#include <vector>

class MutexTest : public TracedTest {};

TEST_F(MutexTest, KeepsThreadsApart) {
    struct aws_mutex mutex;
    ASSERT_EQ(AWS_OP_SUCCESS, aws_mutex_init(&mutex));
    int counter = 0;
    std::vector<std::thread> threads;
    for (int i = 0; i < 4; ++i) {
        threads.emplace_back([&] {
            for (int j = 0; j < 5000; ++j) {
                aws_mutex_lock(&mutex);
                counter++;
                aws_mutex_unlock(&mutex);
            }
        });
    }
    for (std::thread &thread : threads) {
        thread.join();
    }
    EXPECT_EQ(20000, counter);
    aws_mutex_clean_up(&mutex);
}

TEST_F(MutexTest, TryLockFailsWhileAnotherThreadHasIt) {
    struct aws_mutex mutex = AWS_MUTEX_INIT;
    ASSERT_EQ(AWS_OP_SUCCESS, aws_mutex_lock(&mutex));
    std::thread([&] { EXPECT_RAISES(AWS_ERROR_MUTEX_TIMEOUT, aws_mutex_try_lock(&mutex)); }).join();
    ASSERT_EQ(AWS_OP_SUCCESS, aws_mutex_unlock(&mutex));
    std::thread([&] {
        EXPECT_EQ(AWS_OP_SUCCESS, aws_mutex_try_lock(&mutex));
        EXPECT_EQ(AWS_OP_SUCCESS, aws_mutex_unlock(&mutex));
    }).join();
    aws_mutex_clean_up(&mutex);
}

/* A program may lock through its own C library what it initialised through ours. */
TEST_F(MutexTest, IsThePlatformsMutex) {
    struct aws_mutex mutex;
    ASSERT_EQ(AWS_OP_SUCCESS, aws_mutex_init(&mutex));
#if defined(_WIN32)
    AcquireSRWLockExclusive((PSRWLOCK)&mutex.mutex_handle);
    EXPECT_RAISES(AWS_ERROR_MUTEX_TIMEOUT, aws_mutex_try_lock(&mutex));
    EXPECT_EQ(AWS_OP_SUCCESS, aws_mutex_unlock(&mutex));
    EXPECT_TRUE(TryAcquireSRWLockExclusive((PSRWLOCK)&mutex.mutex_handle));
    ReleaseSRWLockExclusive((PSRWLOCK)&mutex.mutex_handle);
#else
    ASSERT_EQ(0, pthread_mutex_lock(&mutex.mutex_handle));
    EXPECT_RAISES(AWS_ERROR_MUTEX_TIMEOUT, aws_mutex_try_lock(&mutex));
    EXPECT_EQ(AWS_OP_SUCCESS, aws_mutex_unlock(&mutex));
    EXPECT_EQ(0, pthread_mutex_trylock(&mutex.mutex_handle));
    EXPECT_EQ(0, pthread_mutex_unlock(&mutex.mutex_handle));
#endif
    aws_mutex_clean_up(&mutex);
}

TEST_F(MutexTest, CleanUpMayComeTwice) {
    struct aws_mutex mutex;
    ASSERT_EQ(AWS_OP_SUCCESS, aws_mutex_init(&mutex));
    aws_mutex_clean_up(&mutex);
    EXPECT_FALSE(mutex.initialized);
    aws_mutex_clean_up(&mutex);
    aws_mutex_clean_up(nullptr);
}

TEST_F(MutexTest, RefusesWhatIsNoMutex) {
    struct aws_mutex mutex;
    AWS_ZERO_STRUCT(mutex);
    EXPECT_RAISES(AWS_ERROR_MUTEX_NOT_INIT, aws_mutex_lock(&mutex));
    EXPECT_RAISES(AWS_ERROR_MUTEX_NOT_INIT, aws_mutex_try_lock(&mutex));
    EXPECT_RAISES(AWS_ERROR_MUTEX_NOT_INIT, aws_mutex_unlock(&mutex));
    EXPECT_RAISES(AWS_ERROR_INVALID_ARGUMENT, aws_mutex_init(nullptr));
    EXPECT_RAISES(AWS_ERROR_INVALID_ARGUMENT, aws_mutex_lock(nullptr));
    EXPECT_RAISES(AWS_ERROR_INVALID_ARGUMENT, aws_mutex_try_lock(nullptr));
    EXPECT_RAISES(AWS_ERROR_INVALID_ARGUMENT, aws_mutex_unlock(nullptr));
}
