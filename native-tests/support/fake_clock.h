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

    /* A group whose loops have this clock. */
    static struct aws_event_loop_group *NewGroup(struct aws_allocator *allocator, uint16_t loops = 1) {
        Now() = 1000000000ULL;
        struct aws_event_loop_group_options options = {};
        options.loop_count = loops;
        options.clock_override = Read;
        return aws_event_loop_group_new(allocator, &options);
    }

    /* Moves the clock and waits until the loop has seen it and done what is due. A loop does not look at its clock in
     * every round, so only a task of that time shows it. */
    static void Advance(struct aws_event_loop *loop, uint64_t milliseconds) {
        uint64_t now = Now() += milliseconds * 1000000ULL;
        struct Due {
            struct aws_task task;
            Latch ran;
        } due;
        aws_task_init(
            &due.task,
            [](struct aws_task *, void *arg, enum aws_task_status) { static_cast<Due *>(arg)->ran.Open(); },
            &due,
            "advance");
        aws_event_loop_schedule_task_future(loop, &due.task, now);
        if (!due.ran.Await()) {
            abort();
        }
        /* Others of the same time may come after it. */
        RunOnLoop(loop, [] {});
    }

  private:
    static std::atomic<uint64_t> &Now() {
        static std::atomic<uint64_t> now;
        return now;
    }
};

#endif /* RESEAU_TESTS_FAKE_CLOCK_H */
