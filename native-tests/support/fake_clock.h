/* SPDX-License-Identifier: Apache-2.0 */
#ifndef RESEAU_TESTS_FAKE_CLOCK_H
#define RESEAU_TESTS_FAKE_CLOCK_H

#include "support/loop_group.h"

#include <aws/common/allocator.h>
#include <aws/io/event_loop.h>

#include <atomic>

/* A clock that stands still until a test moves it. There is one, because a clock function has no user data. */
class FakeClock {
  public:
    static int Read(uint64_t *nanoseconds) {
        *nanoseconds = Now();
        return AWS_OP_SUCCESS;
    }

    /* A group whose loops go by this clock. */
    static struct aws_event_loop_group *NewGroup(struct aws_allocator *allocator, uint16_t loops = 1) {
        Now() = 1000000000ULL;
        struct aws_event_loop_group_options options = {};
        options.loop_count = loops;
        options.clock_override = Read;
        return aws_event_loop_group_new(allocator, &options);
    }

    /* Moves the clock, and lets the loop see it and do what is due. */
    static void Advance(struct aws_event_loop *loop, uint64_t milliseconds) {
        Now() += milliseconds * 1000000ULL;
        for (int turn = 0; turn < 3; turn++) {
            RunOnLoop(loop, [] {});
        }
    }

  private:
    static std::atomic<uint64_t> &Now() {
        static std::atomic<uint64_t> now;
        return now;
    }
};

#endif /* RESEAU_TESTS_FAKE_CLOCK_H */
