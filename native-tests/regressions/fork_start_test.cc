/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The library starts within the first call. A process that was forked while another thread made that call waited for
 * the end of the start. This program uses the library in children only, so that each of them starts it.
 */
#include "support/fork.h"

#include <aws/common/thread.h>

#include <gtest/gtest.h>
#include <time.h>

#include <atomic>
#include <functional>
#include <thread>

namespace {

bool LaunchAndJoin() {
    struct aws_thread thread = {};
    aws_thread_init(&thread, aws_default_allocator());
    const bool done = aws_thread_launch(
                          &thread, [](void *) {}, nullptr, nullptr) == AWS_OP_SUCCESS &&
                      aws_thread_join(&thread) == AWS_OP_SUCCESS;
    aws_thread_clean_up(&thread);
    return done;
}

/* Forks so long after another thread has begun to start the library. */
int ForkAmidStart(long nanoseconds) {
    std::atomic<bool> begins{false};
    std::thread starter([&] {
        begins = true;
        aws_default_allocator();
    });
    while (!begins) {
    }
    struct timespec from = {}, now = {};
    clock_gettime(CLOCK_MONOTONIC, &from);
    do {
        clock_gettime(CLOCK_MONOTONIC, &now);
    } while ((now.tv_sec - from.tv_sec) * 1000000000L + now.tv_nsec - from.tv_nsec < nanoseconds);
    const int result = InChild([] { return LaunchAndJoin() ? 0 : 1; });
    starter.join();
    return LaunchAndJoin() ? result : 2;
}

} // namespace

TEST(ForkStart, a_child_uses_the_library_whose_start_its_parent_had_begun) {
    for (long i = 0; i < 100; ++i) {
        ASSERT_EQ(0, InChild([i] { return ForkAmidStart(i * 20000); })) << "after " << i * 20 << " microseconds";
    }
}
