/* SPDX-License-Identifier: Apache-2.0 */
#include "support/synchronisation.h"
#include "support/traced_test.h"

#include <aws/common/rw_lock.h>

#include <thread>
#include <vector>

class RwLockTest : public TracedTest {};

TEST_F(RwLockTest, WritersExcludeEverybody) {
    struct aws_rw_lock lock = AWS_RW_LOCK_INIT;
    ASSERT_EQ(AWS_OP_SUCCESS, aws_rw_lock_wlock(&lock));
    std::thread([&] {
        EXPECT_RAISES(AWS_ERROR_MUTEX_TIMEOUT, aws_rw_lock_try_rlock(&lock));
        EXPECT_RAISES(AWS_ERROR_MUTEX_TIMEOUT, aws_rw_lock_try_wlock(&lock));
    }).join();
    EXPECT_EQ(AWS_OP_SUCCESS, aws_rw_lock_wunlock(&lock));
    EXPECT_EQ(AWS_OP_SUCCESS, aws_rw_lock_try_wlock(&lock));
    EXPECT_EQ(AWS_OP_SUCCESS, aws_rw_lock_wunlock(&lock));
    aws_rw_lock_clean_up(&lock);
}

TEST_F(RwLockTest, ReadersShare) {
    struct aws_rw_lock lock;
    ASSERT_EQ(AWS_OP_SUCCESS, aws_rw_lock_init(&lock));
    Monitor monitor;
    int inside = 0;
    bool all_met = true;
    std::vector<std::thread> readers;
    for (int i = 0; i < 3; ++i) {
        readers.emplace_back([&] {
            aws_rw_lock_rlock(&lock);
            monitor.Change([&] { inside++; });
            bool met = monitor.Await([&] { return inside == 3; });
            monitor.Change([&] { all_met = all_met && met; });
            aws_rw_lock_runlock(&lock);
        });
    }
    for (std::thread &reader : readers) {
        reader.join();
    }
    EXPECT_TRUE(all_met);

    ASSERT_EQ(AWS_OP_SUCCESS, aws_rw_lock_try_rlock(&lock));
    std::thread([&] { EXPECT_RAISES(AWS_ERROR_MUTEX_TIMEOUT, aws_rw_lock_try_wlock(&lock)); }).join();
    ASSERT_EQ(AWS_OP_SUCCESS, aws_rw_lock_runlock(&lock));
    aws_rw_lock_clean_up(&lock);
}

TEST_F(RwLockTest, KeepsWritersApart) {
    struct aws_rw_lock lock;
    ASSERT_EQ(AWS_OP_SUCCESS, aws_rw_lock_init(&lock));
    int counter = 0;
    std::vector<std::thread> writers;
    for (int i = 0; i < 4; ++i) {
        writers.emplace_back([&] {
            for (int j = 0; j < 2000; ++j) {
                aws_rw_lock_wlock(&lock);
                counter++;
                aws_rw_lock_wunlock(&lock);
            }
        });
    }
    for (std::thread &writer : writers) {
        writer.join();
    }
    EXPECT_EQ(8000, counter);
    aws_rw_lock_clean_up(&lock);
}

TEST_F(RwLockTest, NullIsRefused) {
    EXPECT_RAISES(AWS_ERROR_INVALID_ARGUMENT, aws_rw_lock_init(nullptr));
    EXPECT_RAISES(AWS_ERROR_INVALID_ARGUMENT, aws_rw_lock_rlock(nullptr));
    EXPECT_RAISES(AWS_ERROR_INVALID_ARGUMENT, aws_rw_lock_wlock(nullptr));
    EXPECT_RAISES(AWS_ERROR_INVALID_ARGUMENT, aws_rw_lock_try_rlock(nullptr));
    EXPECT_RAISES(AWS_ERROR_INVALID_ARGUMENT, aws_rw_lock_try_wlock(nullptr));
    EXPECT_RAISES(AWS_ERROR_INVALID_ARGUMENT, aws_rw_lock_runlock(nullptr));
    EXPECT_RAISES(AWS_ERROR_INVALID_ARGUMENT, aws_rw_lock_wunlock(nullptr));
    aws_rw_lock_clean_up(nullptr);
}
