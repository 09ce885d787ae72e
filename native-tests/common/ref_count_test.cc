/* SPDX-License-Identifier: Apache-2.0 */
#include <aws/common/ref_count.h>

#include <gtest/gtest.h>

#include <thread>
#include <vector>

namespace {

void CountCall(void *object) {
    ++*static_cast<int *>(object);
}

TEST(RefCount, TheLastReleaseEndsTheObject) {
    int ended = 0;
    struct aws_ref_count count;
    aws_ref_count_init(&count, &ended, CountCall);
    EXPECT_EQ(&ended, aws_ref_count_acquire(&count));
    EXPECT_EQ(1u, aws_ref_count_release(&count));
    EXPECT_EQ(0, ended);
    EXPECT_EQ(0u, aws_ref_count_release(&count));
    EXPECT_EQ(1, ended);
}

TEST(RefCount, CountsOnManyThreads) {
    int ended = 0;
    struct aws_ref_count count;
    aws_ref_count_init(&count, &ended, CountCall);
    std::vector<std::thread> threads;
    for (int t = 0; t < 4; t++) {
        aws_ref_count_acquire(&count);
        threads.emplace_back([&count] {
            for (int i = 0; i < 20000; i++) {
                aws_ref_count_acquire(&count);
                aws_ref_count_release(&count);
            }
            aws_ref_count_release(&count);
        });
    }
    for (auto &thread : threads) {
        thread.join();
    }
    EXPECT_EQ(0, ended);
    aws_ref_count_release(&count);
    EXPECT_EQ(1, ended);
}

TEST(RefCount, TakesNull) {
    aws_ref_count_init(nullptr, nullptr, nullptr);
    EXPECT_EQ(nullptr, aws_ref_count_acquire(nullptr));
    EXPECT_EQ(0u, aws_ref_count_release(nullptr));
}

TEST(RefCountDeathTest, AReleaseTooManyStopsTheProcess) {
    GTEST_FLAG_SET(death_test_style, "threadsafe");
    int ended = 0;
    struct aws_ref_count count;
    aws_ref_count_init(&count, &ended, CountCall);
    aws_ref_count_release(&count);
    EXPECT_DEATH(aws_ref_count_release(&count), "Fatal error");
}

} // namespace
