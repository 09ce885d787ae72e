/* SPDX-License-Identifier: Apache-2.0 */
#ifndef RESEAU_TESTS_LOOPS_H
#define RESEAU_TESTS_LOOPS_H

#include "support/synchronisation.h"

#include <aws/common/clock.h>
#include <aws/common/task_scheduler.h>
#include <aws/common/thread.h>
#include <aws/io/event_loop.h>
#include <aws/io/private/event_loop_impl.h>

#include <gtest/gtest.h>

#include <cstdlib>
#include <functional>
#include <type_traits>
#include <utility>

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

/* A function that is called before the call that it was passed to returns. Unlike std::function it owns nothing, and
 * costs the compiler little, of which there are hundreds. */
class FunctionReference {
  public:
    template <class Function>
    FunctionReference(Function &&function)
        : function_((void *)&function),
          call_([](void *object) { (*static_cast<std::remove_reference_t<Function> *>(object))(); }) {
    }

    void operator()() const {
        call_(function_);
    }

  private:
    void *function_;
    void (*call_)(void *);
};

/* Runs a function on a loop's thread and waits for it. */
inline void RunOnLoop(struct aws_event_loop *loop, const FunctionReference &function) {
    struct Call {
        struct aws_task task;
        const FunctionReference &function;
        Signal done;
    } call{{}, function, {}};
    aws_task_init(
        &call.task,
        [](struct aws_task *, void *arg, enum aws_task_status) {
            auto *running = static_cast<Call *>(arg);
            running->function();
            running->done.Raise();
        },
        &call,
        "run_on_loop");
    aws_event_loop_schedule_task_now(loop, &call.task);
    if (!call.done.Wait()) {
        abort();
    }
}

/* Whatever a loop has begun or has been notified of when this is called is over when it returns. */
inline void TurnLoop(struct aws_event_loop *loop) {
    for (int turn = 0; turn < 3; turn++) {
        RunOnLoop(loop, [] {});
    }
}

/* A group with a shutdown callback that is waited for. */
struct AnnouncedGroup {
    Signal ended;
    aws_thread_id_t ended_on = 0;
    struct aws_shutdown_callback_options shutdown = {};
    struct aws_event_loop_group_options options = {};
    struct aws_event_loop_group *group = nullptr;

    AnnouncedGroup(struct aws_allocator *allocator, uint16_t loops) {
        shutdown.shutdown_callback_fn = [](void *user_data) {
            auto *self = static_cast<AnnouncedGroup *>(user_data);
            self->ended_on = aws_thread_current_thread_id();
            self->ended.Raise();
        };
        shutdown.shutdown_callback_user_data = this;
        options.loop_count = loops;
        options.shutdown_options = &shutdown;
        group = aws_event_loop_group_new(allocator, &options);
        EXPECT_NE(nullptr, group);
    }
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

#endif /* RESEAU_TESTS_LOOPS_H */
