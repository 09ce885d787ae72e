/* SPDX-License-Identifier: Apache-2.0 */
/* aws-c-cal is not ours, but who has it in the process expects <aws/io/io.h> to start and end it. Here it is a stand-in
 * that the program itself exports. */
#include <aws/io/event_loop.h>
#include <aws/io/io.h>

#include <gtest/gtest.h>

#include <atomic>

#include "support/loops.h"
#include "support/traced_test.h"

namespace {

int s_starts;
int s_ends;
struct aws_allocator *s_allocator;
std::atomic<int> s_threads_ended;
std::atomic<bool> s_ended_on_other_thread;
thread_local bool s_is_loop_thread;

} // namespace

extern "C" {

__attribute__((visibility("default"))) void aws_cal_library_init(struct aws_allocator *allocator) {
    s_starts++;
    s_allocator = allocator;
    aws_common_library_init(allocator);
}

__attribute__((visibility("default"))) void aws_cal_library_clean_up() {
    s_ends++;
    aws_common_library_clean_up();
}

__attribute__((visibility("default"))) void aws_cal_thread_clean_up() {
    s_threads_ended++;
    if (!s_is_loop_thread) {
        s_ended_on_other_thread = true;
    }
}
}

namespace {

class CryptoLibrary : public TracedTest {
  protected:
    void SetUp() override {
        TracedTest::SetUp();
        s_starts = s_ends = 0;
        s_threads_ended = 0;
        s_ended_on_other_thread = false;
    }
};

TEST_F(CryptoLibrary, starts_and_ends_with_the_io_library) {
    for (int round = 1; round <= 2; round++) {
        aws_io_library_init(allocator_);
        EXPECT_EQ(round, s_starts);
        EXPECT_EQ(allocator_, s_allocator);
        EXPECT_EQ(round - 1, s_ends);
        aws_io_library_clean_up();
        EXPECT_EQ(round, s_ends);
    }
}

TEST_F(CryptoLibrary, is_started_once_and_ends_with_the_last_user) {
    aws_io_library_init(allocator_);
    aws_io_library_init(allocator_);
    EXPECT_EQ(1, s_starts);
    aws_io_library_clean_up();
    EXPECT_EQ(0, s_ends);
    aws_io_library_clean_up();
    EXPECT_EQ(1, s_ends);
    aws_io_library_clean_up();
    EXPECT_EQ(1, s_ends);
}

TEST_F(CryptoLibrary, each_loops_thread_frees_what_it_had_of_it) {
    aws_io_library_init(allocator_);
    {
        LoopGroup loops(allocator_, 2);
        RunOnLoop(loops.loop(0), [] { s_is_loop_thread = true; });
        RunOnLoop(loops.loop(1), [] { s_is_loop_thread = true; });
        EXPECT_EQ(0, s_threads_ended);
    }
    aws_io_library_clean_up();
    EXPECT_EQ(2, s_threads_ended);
    EXPECT_FALSE(s_ended_on_other_thread);
}

} // namespace
