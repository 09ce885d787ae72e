/* SPDX-License-Identifier: Apache-2.0 */
#ifndef RESEAU_TESTS_LOOP_GROUP_H
#define RESEAU_TESTS_LOOP_GROUP_H

#include "support/latch.h"

#include <aws/common/task_scheduler.h>
#include <aws/io/event_loop.h>

#include <functional>

/* An event loop group that is released with the object. TracedIoTest waits for its threads. */
class LoopGroup {
  public:
    explicit LoopGroup(struct aws_allocator *allocator, uint16_t loops = 1) {
        struct aws_event_loop_group_options options = {};
        options.loop_count = loops;
        group_ = aws_event_loop_group_new(allocator, &options);
    }

    explicit LoopGroup(struct aws_event_loop_group *group) : group_(group) {
    }

    ~LoopGroup() {
        Release();
    }

    LoopGroup(const LoopGroup &) = delete;
    LoopGroup &operator=(const LoopGroup &) = delete;

    void Release() {
        aws_event_loop_group_release(group_);
        group_ = nullptr;
    }

    struct aws_event_loop_group *get() const {
        return group_;
    }

    struct aws_event_loop *loop(size_t i = 0) const {
        return aws_event_loop_group_get_loop_at(group_, i);
    }

  private:
    struct aws_event_loop_group *group_;
};

/* Runs a function on a loop's thread and waits for it. */
inline void RunOnLoop(struct aws_event_loop *loop, std::function<void()> function) {
    struct Call {
        struct aws_task task;
        std::function<void()> function;
        Latch done;
    } call;
    call.function = std::move(function);
    aws_task_init(
        &call.task,
        [](struct aws_task *, void *arg, enum aws_task_status) {
            auto *running = static_cast<Call *>(arg);
            running->function();
            running->done.Open();
        },
        &call,
        "run_on_loop");
    aws_event_loop_schedule_task_now(loop, &call.task);
    if (!call.done.Await()) {
        abort();
    }
}

/* Whatever a loop has begun or has been notified of when this is called is over when it returns. */
inline void TurnLoop(struct aws_event_loop *loop) {
    for (int turn = 0; turn < 3; turn++) {
        RunOnLoop(loop, [] {});
    }
}

#endif /* RESEAU_TESTS_LOOP_GROUP_H */
