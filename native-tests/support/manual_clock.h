/* SPDX-License-Identifier: Apache-2.0 */
#ifndef RESEAU_TESTS_MANUAL_CLOCK_H
#define RESEAU_TESTS_MANUAL_CLOCK_H

#include "support/loops.h"

#include <aws/common/allocator.h>
#include <aws/io/event_loop.h>

#include <atomic>

/* A clock that stands still until a test moves it. There is one, because a clock function has no user data. */
class ManualClock {
  public:
    static int Read(uint64_t *nanoseconds) {
        *nanoseconds = Nanoseconds();
        return AWS_OP_SUCCESS;
    }

    static std::atomic<uint64_t> &Nanoseconds() {
        static std::atomic<uint64_t> now;
        return now;
    }

    static void Set(uint64_t milliseconds) {
        Nanoseconds() = milliseconds * 1000000ULL;
    }

    /* A group whose loops have this clock. */
    static struct aws_event_loop_group *NewGroup(struct aws_allocator *allocator, uint16_t loops = 1) {
        Set(1000);
        struct aws_event_loop_group_options options = {};
        options.loop_count = loops;
        options.clock_override = Read;
        return aws_event_loop_group_new(allocator, &options);
    }

    /* Moves the clock and waits until the loop has seen it and done what is due. A loop does not look at its clock in
     * every round, so only a task of that time shows it. */
    static void Advance(struct aws_event_loop *loop, uint64_t milliseconds) {
        uint64_t now = Nanoseconds() += milliseconds * 1000000ULL;
        Signal ran;
        LambdaTask due([&](enum aws_task_status) { ran.Raise(); }, "advance");
        aws_event_loop_schedule_task_future(loop, &due, now);
        if (!ran.Wait()) {
            abort();
        }
        /* Others of the same time may come after it. */
        RunOnLoop(loop, [] {});
    }
};

#endif /* RESEAU_TESTS_MANUAL_CLOCK_H */
