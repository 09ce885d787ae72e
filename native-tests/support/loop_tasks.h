/* SPDX-License-Identifier: Apache-2.0 */
#ifndef RESEAU_TESTS_LOOP_TASKS_H
#define RESEAU_TESTS_LOOP_TASKS_H

#include "support/loop_group.h"

#include <aws/common/clock.h>
#include <aws/common/task_scheduler.h>
#include <aws/common/thread.h>
#include <aws/io/event_loop.h>
#include <aws/io/private/event_loop_impl.h>

#include <gtest/gtest.h>

#include <chrono>
#include <condition_variable>
#include <functional>
#include <mutex>
#include <utility>

/* Something that happens on one thread and that another one waits for. */
class Signal {
  public:
    void Raise() {
        std::lock_guard<std::mutex> lock(mutex_);
        ++count_;
        raised_.notify_all();
    }

    /* False if it has not been raised that often within half a minute, which no machine is too slow for. */
    bool Wait(int times = 1) {
        return WaitFor(std::chrono::seconds(30 * TimeoutScale()), times);
    }

    bool WaitFor(std::chrono::milliseconds time, int times = 1) {
        std::unique_lock<std::mutex> lock(mutex_);
        return raised_.wait_for(lock, time, [&] { return count_ >= times; });
    }

    int Count() {
        std::lock_guard<std::mutex> lock(mutex_);
        return count_;
    }

  private:
    std::mutex mutex_;
    std::condition_variable raised_;
    int count_ = 0;
};

/* A task whose function is a lambda. It has to outlive its run. */
class LambdaTask {
  public:
    explicit LambdaTask(std::function<void(enum aws_task_status)> body, const char *tag = "test")
        : body_(std::move(body)) {
        aws_task_init(&task_, Run, this, tag);
    }
    LambdaTask(const LambdaTask &) = delete;
    LambdaTask &operator=(const LambdaTask &) = delete;

    struct aws_task *operator&() {
        return &task_;
    }

  private:
    static void Run(struct aws_task *, void *arg, enum aws_task_status status) {
        static_cast<LambdaTask *>(arg)->body_(status);
    }

    struct aws_task task_;
    std::function<void(enum aws_task_status)> body_;
};

inline uint64_t LoopTime(struct aws_event_loop *loop) {
    uint64_t now = 0;
    EXPECT_EQ(AWS_OP_SUCCESS, aws_event_loop_current_clock_time(loop, &now));
    return now;
}

/* Schedules a task for so many milliseconds from now. */
inline void ScheduleIn(struct aws_event_loop *loop, struct aws_task *task, uint64_t ms) {
    uint64_t delay = aws_timestamp_convert(ms, AWS_TIMESTAMP_MILLIS, AWS_TIMESTAMP_NANOS, nullptr);
    aws_event_loop_schedule_task_future(loop, task, LoopTime(loop) + delay);
}

/* A running loop of the default kind, destroyed at the end of its scope. */
class RunningLoop {
  public:
    explicit RunningLoop(struct aws_allocator *allocator)
        : loop_(aws_event_loop_new_default(allocator, aws_high_res_clock_get_ticks)) {
        EXPECT_NE(nullptr, loop_);
        EXPECT_EQ(AWS_OP_SUCCESS, aws_event_loop_run(loop_));
    }
    ~RunningLoop() {
        Destroy();
    }
    RunningLoop(const RunningLoop &) = delete;
    RunningLoop &operator=(const RunningLoop &) = delete;

    void Destroy() {
        aws_event_loop_destroy(loop_);
        loop_ = nullptr;
    }

    operator struct aws_event_loop *() const {
        return loop_;
    }

  private:
    struct aws_event_loop *loop_;
};

#endif /* RESEAU_TESTS_LOOP_TASKS_H */
