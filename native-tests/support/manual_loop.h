/* SPDX-License-Identifier: Apache-2.0 */
#ifndef RESEAU_TESTS_MANUAL_LOOP_H
#define RESEAU_TESTS_MANUAL_LOOP_H

#include "support/lock.h"
#include "support/manual_clock.h"

#include <aws/common/task_scheduler.h>
#include <aws/common/thread.h>
#include <aws/io/event_loop.h>
#include <aws/io/private/event_loop_impl.h>

#include <gtest/gtest.h>

#include <algorithm>
#include <map>

/*
 * A group of one loop without a thread: its tasks run when the test says so, on the test's thread, and its clock is
 * a ManualClock. Hours pass at once, and what was scheduled for when can be read. One such group at a time.
 */
class ManualLoop {
  public:
    explicit ManualLoop(struct aws_allocator *allocator) {
        ManualClock::Nanoseconds() = 1000;
        struct aws_event_loop_group_options options = {};
        options.loop_count = 1;
        group_ = aws_event_loop_group_new_internal(
            allocator,
            &options,
            [](struct aws_allocator *alloc, const struct aws_event_loop_options *, void *self) {
                return aws_event_loop_new_base(alloc, ManualClock::Read, Vtable(), self);
            },
            this);
        EXPECT_NE(nullptr, group_);
    }
    ~ManualLoop() {
        Release();
    }
    ManualLoop(const ManualLoop &) = delete;
    ManualLoop &operator=(const ManualLoop &) = delete;

    struct aws_event_loop_group *group() const {
        return group_;
    }

    /* Gives the group up. This object stays till its thread has ended; see TracedTest. */
    void Release() {
        aws_event_loop_group_release(group_);
        group_ = nullptr;
        EXPECT_EQ(AWS_OP_SUCCESS, aws_thread_join_all_managed());
    }

    static uint64_t Now() {
        return ManualClock::Nanoseconds();
    }

    size_t Waiting() {
        std::lock_guard<Lock> lock(mutex_);
        return tasks_.size();
    }

    /* The time of the task that is next; one that was scheduled for now is due at 0. */
    uint64_t NextDue() {
        std::lock_guard<Lock> lock(mutex_);
        return tasks_.empty() ? UINT64_MAX : tasks_.begin()->first;
    }

    /* Sets the clock to the time of the next task, if that is later, and runs it. False if there is none. */
    bool RunNext(enum aws_task_status status = AWS_TASK_STATUS_RUN_READY) {
        struct aws_task *task = nullptr;
        {
            std::lock_guard<Lock> lock(mutex_);
            if (tasks_.empty()) {
                return false;
            }
            ManualClock::Nanoseconds() = std::max(Now(), tasks_.begin()->first);
            task = tasks_.begin()->second;
            tasks_.erase(tasks_.begin());
        }
        aws_task_run(task, status);
        return true;
    }

    void RunAll() {
        while (RunNext()) {
        }
    }

  private:
    static ManualLoop *Of(struct aws_event_loop *loop) {
        return static_cast<ManualLoop *>(aws_event_loop_get_impl(loop));
    }

    static void Schedule(struct aws_event_loop *loop, struct aws_task *task, uint64_t due) {
        ManualLoop *self = Of(loop);
        std::lock_guard<Lock> lock(self->mutex_);
        self->tasks_.emplace(due, task);
    }

    static void ScheduleNow(struct aws_event_loop *loop, struct aws_task *task) {
        Schedule(loop, task, 0);
    }

    /* On the group's own thread, which ends its loops. */
    static void Destroy(struct aws_event_loop *loop) {
        while (Of(loop)->RunNext(AWS_TASK_STATUS_CANCELED)) {
        }
        aws_event_loop_clean_up_base(loop);
        aws_mem_release(loop->alloc, loop);
    }

    static struct aws_event_loop_vtable *Vtable() {
        static struct aws_event_loop_vtable vtable = {};
        vtable.start_destroy = [](struct aws_event_loop *) {};
        vtable.complete_destroy = Destroy;
        vtable.run = [](struct aws_event_loop *) { return AWS_OP_SUCCESS; };
        vtable.stop = [](struct aws_event_loop *) { return AWS_OP_SUCCESS; };
        vtable.wait_for_stop_completion = [](struct aws_event_loop *) { return AWS_OP_SUCCESS; };
        vtable.schedule_task_now = ScheduleNow;
        vtable.schedule_task_now_serialized = ScheduleNow;
        vtable.schedule_task_future = Schedule;
        vtable.is_on_callers_thread = [](struct aws_event_loop *) { return true; };
        return &vtable;
    }

    struct aws_event_loop_group *group_ = nullptr;
    Lock mutex_;
    /* Equal times keep their order. */
    std::multimap<uint64_t, struct aws_task *> tasks_;
};

#endif /* RESEAU_TESTS_MANUAL_LOOP_H */
