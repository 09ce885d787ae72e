/* SPDX-License-Identifier: Apache-2.0 */
/* <aws/io/event_loop.h> and <aws/io/private/event_loop_impl.h>: single loops. Groups are in event_loop_group_test.cc.
 */
#include <aws/common/clock.h>
#include <aws/common/task_scheduler.h>
#include <aws/common/private/thread_shared.h>
#include <aws/common/thread.h>
#include <aws/io/event_loop.h>
#include <aws/io/private/event_loop_impl.h>

#include <gtest/gtest.h>

#include "support/portable.h"
#if !defined(_WIN32)
#    include <fcntl.h>
#    include <sys/resource.h>
#    include <sys/socket.h>
#    include <unistd.h>
#endif

#include <algorithm>
#include <atomic>
#include <chrono>
#include <memory>
#include <thread>
#include <vector>

#include "support/loops.h"
#include "support/traced_test.h"
#if defined(_WIN32)
#    include "windows/native_pipe.h"
#else
#    include "support/process.h"

extern "C" int aws_open_nonblocking_posix_pipe(int pipe_fds[2]);
#endif

namespace {

#if defined(_WIN32)
const enum aws_event_loop_type SystemsType = AWS_EVENT_LOOP_IOCP;
#else
const enum aws_event_loop_type SystemsType = AWS_EVENT_LOOP_EPOLL;
#endif

/* Long enough for an event that should not come to come. */
const auto AWhile = std::chrono::milliseconds(150);

using Events = std::function<void(struct aws_event_loop *, struct aws_io_handle *, int)>;

/* A descriptor, who is called about it, and what has been called so far. */
struct Watched {
    struct aws_io_handle handle = {};
    Events on_events;
    Signal any;
    std::atomic<int> readable{0};
    std::atomic<int> writable{0};
    std::atomic<int> seen{0};

    explicit Watched(int fd = -1) {
        handle.data.fd = fd;
    }
    Watched(const Watched &) = delete;

    int Subscribe(struct aws_event_loop *loop, int events) {
        return aws_event_loop_subscribe_to_io_events(loop, &handle, events, OnEvent, this);
    }

    int Unsubscribe(struct aws_event_loop *loop) {
        return aws_event_loop_unsubscribe_from_io_events(loop, &handle);
    }

#if !defined(_WIN32)
    void Close() {
        close(handle.data.fd);
        handle.data.fd = -1;
    }
#endif

    static void OnEvent(struct aws_event_loop *loop, struct aws_io_handle *handle, int events, void *user_data) {
        auto *self = static_cast<Watched *>(user_data);
        EXPECT_EQ(&self->handle, handle);
        EXPECT_TRUE(aws_event_loop_thread_is_callers_thread(loop));
        EXPECT_NE(0, events);
        self->seen |= events;
        self->readable += (events & AWS_IO_EVENT_TYPE_READABLE) != 0;
        self->writable += (events & AWS_IO_EVENT_TYPE_WRITABLE) != 0;
        if (self->on_events) {
            self->on_events(loop, handle, events);
        }
        self->any.Raise();
    }
};

double CpuSeconds() {
#if defined(_WIN32)
    FILETIME created, ended, kernel, user;
    GetProcessTimes(GetCurrentProcess(), &created, &ended, &kernel, &user);
    auto ticks = [](const FILETIME &t) { return double(t.dwHighDateTime) * 4294967296.0 + double(t.dwLowDateTime); };
    return (ticks(kernel) + ticks(user)) / 1e7;
#else
    struct rusage usage;
    getrusage(RUSAGE_SELF, &usage);
    auto seconds = [](const struct timeval &t) { return double(t.tv_sec) + double(t.tv_usec) / 1e6; };
    return seconds(usage.ru_utime) + seconds(usage.ru_stime);
#endif
}

} // namespace

/* ---- Life and kinds of loops ---- */

class EventLoop : public TracedIoTest {
  protected:
    struct aws_event_loop *New(enum aws_event_loop_type type) {
        struct aws_event_loop_options options = {};
        options.clock = aws_high_res_clock_get_ticks;
        options.type = type;
        return aws_event_loop_new(allocator_, &options);
    }

    void ExpectCreation(enum aws_event_loop_type type, bool is_possible) {
        struct aws_event_loop *loop = nullptr;
        if (is_possible) {
            loop = New(type);
            EXPECT_NE(nullptr, loop);
        } else {
            EXPECT_NULL_RAISES(AWS_ERROR_PLATFORM_NOT_SUPPORTED, loop = New(type));
        }
        aws_event_loop_destroy(loop);
    }
};

TEST_F(EventLoop, event_loop_epoll_creation) {
    ExpectCreation(AWS_EVENT_LOOP_EPOLL, SystemsType == AWS_EVENT_LOOP_EPOLL);
}

TEST_F(EventLoop, event_loop_iocp_creation) {
    ExpectCreation(AWS_EVENT_LOOP_IOCP, SystemsType == AWS_EVENT_LOOP_IOCP);
}

TEST_F(EventLoop, event_loop_kqueue_creation) {
    ExpectCreation(AWS_EVENT_LOOP_KQUEUE, false);
}

TEST_F(EventLoop, event_loop_dispatch_queue_creation) {
    ExpectCreation(AWS_EVENT_LOOP_DISPATCH_QUEUE, false);
}

TEST_F(EventLoop, default_type_is_the_systems) {
    EXPECT_EQ(SystemsType, aws_event_loop_get_default_type());
    ExpectCreation(AWS_EVENT_LOOP_PLATFORM_DEFAULT, true);
}

TEST_F(EventLoop, unknown_type) {
    EXPECT_NULL_RAISES(AWS_ERROR_UNSUPPORTED_OPERATION, New(static_cast<enum aws_event_loop_type>(77)));
}

TEST_F(EventLoop, event_loop_stop_then_restart) {
    RunningLoop loop(allocator_);
    for (int run = 0; run < 3; ++run) {
        RunOnLoop(loop, [&] { EXPECT_TRUE(aws_event_loop_thread_is_callers_thread(loop)); });
        EXPECT_EQ(AWS_OP_SUCCESS, aws_event_loop_stop(loop));
        EXPECT_EQ(AWS_OP_SUCCESS, aws_event_loop_wait_for_stop_completion(loop));
        EXPECT_EQ(AWS_OP_SUCCESS, aws_event_loop_run(loop));
    }
    RunOnLoop(loop, [] {});
}

TEST_F(EventLoop, event_loop_multiple_stops) {
    RunningLoop loop(allocator_);
    for (int i = 0; i < 8; ++i) {
        EXPECT_EQ(AWS_OP_SUCCESS, aws_event_loop_stop(loop));
    }
}

/* A stop that comes after the loop has stopped is for that run, not for the next one. */
TEST_F(EventLoop, late_stop_does_not_end_the_next_run) {
    RunningLoop loop(allocator_);
    EXPECT_EQ(AWS_OP_SUCCESS, aws_event_loop_stop(loop));
    std::this_thread::sleep_for(AWhile);
    EXPECT_EQ(AWS_OP_SUCCESS, aws_event_loop_stop(loop));
    EXPECT_EQ(AWS_OP_SUCCESS, aws_event_loop_wait_for_stop_completion(loop));
    EXPECT_EQ(AWS_OP_SUCCESS, aws_event_loop_run(loop));
    std::this_thread::sleep_for(AWhile);
    RunOnLoop(loop, [] {});
}

TEST_F(EventLoop, stop_from_its_own_thread) {
    RunningLoop loop(allocator_);
    RunOnLoop(loop, [&] { EXPECT_EQ(AWS_OP_SUCCESS, aws_event_loop_stop(loop)); });
    EXPECT_EQ(AWS_OP_SUCCESS, aws_event_loop_wait_for_stop_completion(loop));
}

TEST_F(EventLoop, tasks_scheduled_before_stop_still_run) {
    for (int i = 0; i < 200; ++i) {
        RunningLoop loop(allocator_);
        int ready = 0;
        auto count = [&](enum aws_task_status status) { ready += status == AWS_TASK_STATUS_RUN_READY; };
        LambdaTask first(count), second(count);
        aws_event_loop_schedule_task_now(loop, &first);
        aws_event_loop_schedule_task_now(loop, &second);
        loop.Destroy();
        ASSERT_EQ(2, ready);
    }
}

TEST_F(EventLoop, running_twice_at_once) {
    RunningLoop loop(allocator_);
    EXPECT_RAISES(AWS_ERROR_INVALID_STATE, aws_event_loop_run(loop));
    RunOnLoop(loop, [] {});
}

TEST_F(EventLoop, without_thread_there_is_nothing_to_wait_for) {
    struct aws_event_loop *loop = aws_event_loop_new_default(allocator_, aws_high_res_clock_get_ticks);
    EXPECT_EQ(AWS_OP_SUCCESS, aws_event_loop_wait_for_stop_completion(loop));
    EXPECT_FALSE(aws_event_loop_thread_is_callers_thread(loop));
    aws_event_loop_destroy(loop);
    EXPECT_EQ(0u, aws_thread_get_managed_thread_count());
}

/* It would wait for itself; aws-c-io frees the loop while it is running. */
TEST_F(EventLoop, destroy_on_its_own_thread_is_refused) {
    RunningLoop loop(allocator_);
    RunOnLoop(loop, [&] {
        aws_reset_error();
        aws_event_loop_destroy(loop);
        EXPECT_EQ(AWS_ERROR_THREAD_DEADLOCK_DETECTED, aws_last_error());
        EXPECT_RAISES(AWS_ERROR_THREAD_DEADLOCK_DETECTED, aws_event_loop_wait_for_stop_completion(loop));
    });
    RunOnLoop(loop, [] {});
}

#if !defined(_WIN32)
TEST_F(EventLoop, leaves_no_descriptors) {
    long before = s_entries("/proc/self/fd");
    for (int i = 0; i < 20; ++i) {
        RunningLoop loop(allocator_);
        RunOnLoop(loop, [] {});
    }
    EXPECT_EQ(before, s_entries("/proc/self/fd"));
}

TEST_F(EventLoop, thread_options_are_honoured) {
    char name[] = "my-loop";
    struct aws_thread_options thread_options = *aws_default_thread_options();
    thread_options.name = aws_byte_cursor_from_c_str(name);
    thread_options.cpu_id = 0;
    struct aws_event_loop_options options = {};
    options.clock = aws_high_res_clock_get_ticks;
    options.thread_options = &thread_options;
    struct aws_event_loop *loop = aws_event_loop_new(allocator_, &options);
    ASSERT_NE(nullptr, loop);

    /* The loop may run again when the caller's text is gone. */
    memset(name, '!', sizeof(name) - 1);
    for (int run = 0; run < 2; ++run) {
        ASSERT_EQ(AWS_OP_SUCCESS, aws_event_loop_run(loop));
        RunOnLoop(loop, [] {
            char thread_name[32] = "";
            pthread_getname_np(pthread_self(), thread_name, sizeof(thread_name));
            EXPECT_STREQ("my-loop", thread_name);
            cpu_set_t cpus;
            pthread_getaffinity_np(pthread_self(), sizeof(cpus), &cpus);
            EXPECT_EQ(1, CPU_COUNT(&cpus));
            EXPECT_TRUE(CPU_ISSET(0, &cpus));
        });
        aws_event_loop_stop(loop);
        aws_event_loop_wait_for_stop_completion(loop);
    }
    aws_event_loop_destroy(loop);
}
#endif

/* ---- Tasks ---- */

using EventLoopTasks = TracedIoTest;

TEST_F(EventLoopTasks, event_loop_xthread_scheduled_tasks_execute) {
    RunningLoop loop(allocator_);
    aws_thread_id_t runner = aws_thread_current_thread_id();
    Signal ran;
    LambdaTask task([&](enum aws_task_status status) {
        EXPECT_EQ(AWS_TASK_STATUS_RUN_READY, status);
        runner = aws_thread_current_thread_id();
        ran.Raise();
    });

    aws_event_loop_schedule_task_future(loop, &task, LoopTime(loop));
    ASSERT_TRUE(ran.Wait(1));
    EXPECT_FALSE(aws_thread_thread_id_equal(runner, aws_thread_current_thread_id()));

    runner = aws_thread_current_thread_id();
    aws_event_loop_schedule_task_now(loop, &task);
    ASSERT_TRUE(ran.Wait(2));
    EXPECT_FALSE(aws_thread_thread_id_equal(runner, aws_thread_current_thread_id()));
}

TEST_F(EventLoopTasks, event_loop_canceled_tasks_run_in_el_thread) {
    RunningLoop loop(allocator_);
    Signal ran;
    LambdaTask now([&](enum aws_task_status status) {
        EXPECT_EQ(AWS_TASK_STATUS_RUN_READY, status);
        EXPECT_TRUE(aws_event_loop_thread_is_callers_thread(loop));
        ran.Raise();
    });
    struct aws_event_loop *raw = loop;
    int cancelled = 0;
    LambdaTask later([&](enum aws_task_status status) {
        EXPECT_EQ(AWS_TASK_STATUS_CANCELED, status);
        EXPECT_TRUE(aws_event_loop_thread_is_callers_thread(raw));
        ++cancelled;
    });
    aws_event_loop_schedule_task_now(loop, &now);
    ScheduleIn(loop, &later, 10000);
    EXPECT_FALSE(aws_event_loop_thread_is_callers_thread(loop));
    ASSERT_TRUE(ran.Wait());

    loop.Destroy();
    EXPECT_EQ(1, cancelled);
}

/* The loop and another thread schedule half of the tasks each; the order of scheduling is the order of running. */
TEST_F(EventLoopTasks, event_loop_serialized_scheduling) {
    const int total = 100000;
    RunningLoop loop(allocator_);
    Lock turn;
    std::vector<std::unique_ptr<LambdaTask>> tasks;
    tasks.reserve(total);
    int next_to_run = 0;
    int from_loop = 0;
    int from_outside = 0;
    Signal all;

    auto schedule_one = [&](int &count) {
        std::lock_guard<Lock> lock(turn);
        if (count == total / 2) {
            return false;
        }
        int number = int(tasks.size());
        tasks.push_back(std::make_unique<LambdaTask>([&, number](enum aws_task_status status) {
            ASSERT_EQ(AWS_TASK_STATUS_RUN_READY, status);
            ASSERT_EQ(number, next_to_run);
            if (++next_to_run == total) {
                all.Raise();
            }
        }));
        ++count;
        aws_event_loop_schedule_task_now_serialized(loop, &*tasks.back());
        return true;
    };

    /* In blocks, so that the loop also gets to run what is scheduled. */
    LambdaTask from_within([&](enum aws_task_status) {
        for (int i = 0; i < 200; ++i) {
            if (!schedule_one(from_loop)) {
                return;
            }
        }
        aws_event_loop_schedule_task_now_serialized(loop, &from_within);
    });
    aws_event_loop_schedule_task_now_serialized(loop, &from_within);

    std::thread outside([&] {
        while (schedule_one(from_outside)) {
        }
    });
    outside.join();
    ASSERT_TRUE(all.Wait());
    RunOnLoop(loop, [] {});
    EXPECT_EQ(total / 2, from_loop);
    EXPECT_EQ(total / 2, from_outside);
}

/* must-not 13: what one thread schedules runs in that order, whatever others do and whether or not the loop sleeps. */
TEST_F(EventLoopTasks, tasks_of_each_of_four_threads_keep_their_order) {
    const int threads = 4;
    const int tasks_each = 20000;
    RunningLoop loop(allocator_);
    std::vector<std::unique_ptr<LambdaTask>> tasks[threads];
    int next[threads] = {};
    Signal done;
    for (int t = 0; t < threads; ++t) {
        for (int i = 0; i < tasks_each; ++i) {
            tasks[t].push_back(std::make_unique<LambdaTask>([&, t, i](enum aws_task_status) {
                ASSERT_EQ(i, next[t]);
                if (++next[t] == tasks_each) {
                    done.Raise();
                }
            }));
        }
    }

    std::vector<std::thread> producers;
    for (int t = 0; t < threads; ++t) {
        producers.emplace_back([&, t] {
            for (int i = 0; i < tasks_each; ++i) {
                aws_event_loop_schedule_task_now(loop, &*tasks[t][i]);
                if (i % 1000 == 17 * t) {
                    /* The loop runs out of tasks and goes to sleep. */
                    std::this_thread::sleep_for(std::chrono::microseconds(300));
                }
            }
        });
    }
    for (auto &producer : producers) {
        producer.join();
    }
    ASSERT_TRUE(done.Wait(threads));
    RunOnLoop(loop, [] {});
}

TEST_F(EventLoopTasks, a_sleeping_loop_never_misses_a_task) {
    RunningLoop loop(allocator_);
    for (int i = 0; i < 20000; ++i) {
        RunOnLoop(loop, [] {});
    }
}

TEST_F(EventLoopTasks, timed_tasks_run_in_order_of_time_and_not_early) {
    RunningLoop loop(allocator_);
    const int count = 50;
    std::vector<int> order;
    Signal ran;
    uint64_t start = LoopTime(loop);
    std::vector<std::unique_ptr<LambdaTask>> tasks;
    for (int i = 0; i < count; ++i) {
        tasks.push_back(std::make_unique<LambdaTask>([&, i](enum aws_task_status) {
            EXPECT_GE(LoopTime(loop), start + uint64_t(i) * 300000);
            order.push_back(i);
            ran.Raise();
        }));
    }
    /* On the loop's own thread: from another one, a pause in the middle would let the later half run first. */
    RunOnLoop(loop, [&] {
        for (int i = count - 1; i >= 0; --i) {
            aws_event_loop_schedule_task_future(loop, &*tasks[i], start + uint64_t(i) * 300000);
        }
    });
    ASSERT_TRUE(ran.Wait(count));
    RunOnLoop(loop, [] {});
    EXPECT_EQ(size_t(count), order.size());
    EXPECT_TRUE(std::is_sorted(order.begin(), order.end()));
}

/*
 * The original polls the kernel hundreds of times during the last millisecond before a task is due, every time. Some
 * waits may cost more than they should: on a busy machine time is booked on whoever is there when the clock ticks.
 */
TEST_F(EventLoopTasks, waiting_for_a_timed_task_takes_no_processor_time) {
    RunningLoop loop(allocator_);
    RunOnLoop(loop, [] {});
    const size_t count = 100;
    const double interval = 0.0025;
    std::vector<double> costs;
    Signal ran;
    for (size_t i = 0; i < count; ++i) {
        double before = CpuSeconds();
        LambdaTask task([&](enum aws_task_status) { ran.Raise(); });
        aws_event_loop_schedule_task_future(loop, &task, LoopTime(loop) + uint64_t(interval * 1e9));
        ASSERT_TRUE(ran.Wait(i + 1));
        costs.push_back(CpuSeconds() - before);
    }
    std::sort(costs.begin(), costs.end());
    EXPECT_LT(costs[count / 4], 0.25 * interval);
}

TEST_F(EventLoopTasks, an_idle_loop_takes_no_processor_time) {
    RunningLoop loop(allocator_);
    RunOnLoop(loop, [] {});
    std::this_thread::sleep_for(AWhile);
    double before = CpuSeconds();
    std::this_thread::sleep_for(AWhile);
    EXPECT_LT(CpuSeconds() - before, 0.03);
}

TEST_F(EventLoopTasks, a_task_can_schedule_itself_again) {
    RunningLoop loop(allocator_);
    int left = 100000;
    Signal done;
    struct aws_task *self = nullptr;
    LambdaTask task([&](enum aws_task_status status) {
        ASSERT_EQ(AWS_TASK_STATUS_RUN_READY, status);
        if (--left > 0) {
            aws_event_loop_schedule_task_now(loop, self);
        } else {
            done.Raise();
        }
    });
    self = &task;
    aws_event_loop_schedule_task_now(loop, self);
    ASSERT_TRUE(done.Wait());
}

#if !defined(_WIN32)
/* However long a chain of tasks is, it leaves room for events, for tasks of others and for those that are due. */
TEST_F(EventLoopTasks, an_endless_chain_of_tasks_starves_nothing) {
    RunningLoop loop(allocator_);
    int fds[2];
    ASSERT_EQ(AWS_OP_SUCCESS, aws_open_nonblocking_posix_pipe(fds));
    Watched reader(fds[0]);
    ASSERT_EQ(AWS_OP_SUCCESS, reader.Subscribe(loop, AWS_IO_EVENT_TYPE_READABLE));

    std::atomic<bool> stop{false};
    struct aws_task *self = nullptr;
    Signal ended;
    LambdaTask chain([&](enum aws_task_status) {
        if (stop) {
            ended.Raise();
        } else {
            aws_event_loop_schedule_task_now(loop, self);
        }
    });
    self = &chain;
    aws_event_loop_schedule_task_now(loop, self);

    ASSERT_EQ(1, write(fds[1], "x", 1));
    EXPECT_TRUE(reader.any.Wait());
    RunOnLoop(loop, [] {});
    Signal timed;
    LambdaTask later([&](enum aws_task_status) { timed.Raise(); });
    ScheduleIn(loop, &later, 3);
    EXPECT_TRUE(timed.Wait());

    stop = true;
    ASSERT_TRUE(ended.Wait());
    RunOnLoop(loop, [&] { EXPECT_EQ(AWS_OP_SUCCESS, reader.Unsubscribe(loop)); });
    close(fds[0]);
    close(fds[1]);
}
#endif

/* The loop stays among tasks that schedule each other, and still stops when asked. */
TEST_F(EventLoopTasks, an_endless_chain_of_tasks_can_be_stopped) {
    RunningLoop loop(allocator_);
    struct aws_task *self = nullptr;
    bool was_cancelled = false;
    LambdaTask chain([&](enum aws_task_status status) {
        if (status == AWS_TASK_STATUS_RUN_READY) {
            aws_event_loop_schedule_task_now(loop, self);
        } else {
            was_cancelled = true;
        }
    });
    self = &chain;
    aws_event_loop_schedule_task_now(loop, self);
    loop.Destroy();
    EXPECT_TRUE(was_cancelled);
}

TEST_F(EventLoopTasks, cancel_of_waiting_tasks_of_every_kind) {
    RunningLoop loop(allocator_);
    std::vector<enum aws_task_status> seen;
    auto note = [&](enum aws_task_status status) { seen.push_back(status); };
    LambdaTask now(note), timed(note), serialized(note);
    RunOnLoop(loop, [&] {
        aws_event_loop_schedule_task_now(loop, &now);
        ScheduleIn(loop, &timed, 60000);
        aws_event_loop_schedule_task_now_serialized(loop, &serialized);
        aws_event_loop_cancel_task(loop, &now);
        aws_event_loop_cancel_task(loop, &timed);
        aws_event_loop_cancel_task(loop, &serialized);
        EXPECT_EQ(3u, seen.size()) << "a task is cancelled before the call returns";
    });
    RunOnLoop(loop, [] {});
    EXPECT_EQ(std::vector<enum aws_task_status>(3, AWS_TASK_STATUS_CANCELED), seen);
}

/* The task is in the queue between the threads, which the scheduler knows nothing of. */
TEST_F(EventLoopTasks, cancel_of_a_task_on_its_way_from_another_thread) {
    RunningLoop loop(allocator_);
    std::vector<int> order;
    enum aws_task_status status_of_second = AWS_TASK_STATUS_RUN_READY;
    LambdaTask first([&](enum aws_task_status) { order.push_back(1); });
    LambdaTask second([&](enum aws_task_status status) {
        order.push_back(2);
        status_of_second = status;
    });
    LambdaTask third([&](enum aws_task_status) { order.push_back(3); });
    RunOnLoop(loop, [&] {
        std::thread([&] {
            aws_event_loop_schedule_task_now(loop, &first);
            aws_event_loop_schedule_task_now(loop, &second);
            aws_event_loop_schedule_task_now(loop, &third);
        }).join();
        aws_event_loop_cancel_task(loop, &second);
    });
    RunOnLoop(loop, [] {});
    EXPECT_EQ((std::vector<int>{2, 1, 3}), order);
    EXPECT_EQ(AWS_TASK_STATUS_CANCELED, status_of_second);
}

TEST_F(EventLoopTasks, a_task_can_cancel_one_that_is_due_in_the_same_run) {
    RunningLoop loop(allocator_);
    enum aws_task_status status_of_second = AWS_TASK_STATUS_RUN_READY;
    LambdaTask second([&](enum aws_task_status status) { status_of_second = status; });
    LambdaTask first([&](enum aws_task_status) { aws_event_loop_cancel_task(loop, &second); });
    RunOnLoop(loop, [&] {
        aws_event_loop_schedule_task_now(loop, &first);
        aws_event_loop_schedule_task_now(loop, &second);
    });
    RunOnLoop(loop, [] {});
    EXPECT_EQ(AWS_TASK_STATUS_CANCELED, status_of_second);
}

TEST_F(EventLoopTasks, cancel_on_another_thread_is_refused) {
    RunningLoop loop(allocator_);
    Signal ran;
    enum aws_task_status seen = AWS_TASK_STATUS_CANCELED;
    LambdaTask task([&](enum aws_task_status status) {
        seen = status;
        ran.Raise();
    });
    RunOnLoop(loop, [&] { ScheduleIn(loop, &task, 100); });
    aws_reset_error();
    aws_event_loop_cancel_task(loop, &task);
    EXPECT_EQ(AWS_ERROR_IO_EVENT_LOOP_THREAD_ONLY, aws_last_error());
    ASSERT_TRUE(ran.Wait());
    EXPECT_EQ(AWS_TASK_STATUS_RUN_READY, seen);
}

TEST_F(EventLoopTasks, destroy_cancels_everything_that_is_left_in_order) {
    struct aws_event_loop *loop = aws_event_loop_new_default(allocator_, aws_high_res_clock_get_ticks);
    ASSERT_NE(nullptr, loop);
    std::vector<std::string> order;
    auto note = [&](const char *name) {
        return [&order, name](enum aws_task_status status) {
            EXPECT_EQ(AWS_TASK_STATUS_CANCELED, status);
            order.push_back(name);
        };
    };

    /* The last of them schedules three more, by every way there is. */
    LambdaTask child_now(note("child now")), child_timed(note("child timed")), child_serial(note("child serialized"));
    LambdaTask first(note("first")), timed(note("timed"));
    LambdaTask parent([&](enum aws_task_status status) {
        note("parent")(status);
        aws_event_loop_schedule_task_now_serialized(loop, &child_serial);
        ScheduleIn(loop, &child_timed, 1000);
        aws_event_loop_schedule_task_now(loop, &child_now);
    });
    aws_event_loop_schedule_task_now(loop, &first);
    ScheduleIn(loop, &timed, 1000);
    aws_event_loop_schedule_task_now(loop, &parent);

    aws_event_loop_destroy(loop);
    EXPECT_EQ(
        (std::vector<std::string>{"first", "timed", "parent", "child now", "child timed", "child serialized"}), order);
}

TEST_F(EventLoopTasks, destroy_cancels_tasks_that_the_scheduler_already_had) {
    RunningLoop loop(allocator_);
    std::vector<int> order;
    LambdaTask late([&](enum aws_task_status) { order.push_back(2); });
    LambdaTask later([&](enum aws_task_status) { order.push_back(3); });
    LambdaTask across([&](enum aws_task_status) { order.push_back(4); });
    RunOnLoop(loop, [&] {
        ScheduleIn(loop, &later, 90000);
        ScheduleIn(loop, &late, 60000);
    });
    EXPECT_EQ(AWS_OP_SUCCESS, aws_event_loop_stop(loop));
    EXPECT_EQ(AWS_OP_SUCCESS, aws_event_loop_wait_for_stop_completion(loop));
    aws_event_loop_schedule_task_now(loop, &across);
    loop.Destroy();
    EXPECT_EQ((std::vector<int>{2, 3, 4}), order);
}

TEST_F(EventLoopTasks, a_task_that_is_cancelled_at_the_end_can_cancel_another) {
    struct aws_event_loop *loop = aws_event_loop_new_default(allocator_, aws_high_res_clock_get_ticks);
    int second_runs = 0;
    LambdaTask second([&](enum aws_task_status status) {
        EXPECT_EQ(AWS_TASK_STATUS_CANCELED, status);
        ++second_runs;
    });
    LambdaTask first([&](enum aws_task_status) { aws_event_loop_cancel_task(loop, &second); });
    aws_event_loop_schedule_task_now(loop, &first);
    aws_event_loop_schedule_task_now(loop, &second);
    aws_event_loop_destroy(loop);
    EXPECT_EQ(1, second_runs);
}

TEST_F(EventLoopTasks, tasks_scheduled_while_stopped_run_after_the_restart) {
    RunningLoop loop(allocator_);
    aws_event_loop_stop(loop);
    aws_event_loop_wait_for_stop_completion(loop);
    Signal ran;
    LambdaTask task([&](enum aws_task_status status) {
        EXPECT_EQ(AWS_TASK_STATUS_RUN_READY, status);
        ran.Raise();
    });
    aws_event_loop_schedule_task_now(loop, &task);
    EXPECT_FALSE(ran.WaitFor(std::chrono::milliseconds(20)));
    ASSERT_EQ(AWS_OP_SUCCESS, aws_event_loop_run(loop));
    EXPECT_TRUE(ran.Wait());
}

/* A thread may still be inside of its schedule call when its task has run and the loop is being destroyed. */
TEST_F(EventLoopTasks, a_task_may_have_the_loop_destroyed_while_it_is_being_scheduled) {
    for (int i = 0; i < 2000; ++i) {
        struct aws_event_loop *loop = aws_event_loop_new_default(allocator_, aws_high_res_clock_get_ticks);
        ASSERT_EQ(AWS_OP_SUCCESS, aws_event_loop_run(loop));
        Signal ran;
        LambdaTask task([&](enum aws_task_status) { ran.Raise(); });
        std::thread scheduler([&] { aws_event_loop_schedule_task_now(loop, &task); });
        ASSERT_TRUE(ran.Wait());
        aws_event_loop_destroy(loop);
        scheduler.join();
    }
}

namespace {
std::atomic<uint64_t> s_fake_time{1};
std::atomic<bool> s_fake_clock_fails{false};

int s_fake_clock(uint64_t *time) {
    if (s_fake_clock_fails) {
        return AWS_OP_ERR;
    }
    *time = s_fake_time;
    return AWS_OP_SUCCESS;
}
} // namespace

TEST_F(EventLoopTasks, timed_tasks_use_the_clock_of_the_loop) {
    s_fake_time = 1000;
    struct aws_event_loop *loop = aws_event_loop_new_default(allocator_, s_fake_clock);
    ASSERT_EQ(AWS_OP_SUCCESS, aws_event_loop_run(loop));
    EXPECT_EQ(1000u, LoopTime(loop));
    Signal ran;
    LambdaTask task([&](enum aws_task_status) { ran.Raise(); });
    aws_event_loop_schedule_task_future(loop, &task, 1001);
    EXPECT_FALSE(ran.WaitFor(std::chrono::milliseconds(20)));
    s_fake_time = 1001;
    EXPECT_TRUE(ran.Wait());
    aws_event_loop_destroy(loop);
}

TEST_F(EventLoopTasks, a_clock_that_fails_delays_timed_tasks_only) {
    s_fake_time = 1000;
    s_fake_clock_fails = true;
    struct aws_event_loop *loop = aws_event_loop_new_default(allocator_, s_fake_clock);
    ASSERT_EQ(AWS_OP_SUCCESS, aws_event_loop_run(loop));
    Signal ran;
    LambdaTask task([&](enum aws_task_status) { ran.Raise(); });
    aws_event_loop_schedule_task_future(loop, &task, 1);
    RunOnLoop(loop, [] {});
    EXPECT_EQ(0, ran.Count());
    s_fake_clock_fails = false;
    EXPECT_TRUE(ran.Wait());
    aws_event_loop_destroy(loop);
}

TEST_F(EventLoopTasks, a_task_for_the_largest_time_does_not_run) {
    RunningLoop loop(allocator_);
    enum aws_task_status seen = AWS_TASK_STATUS_RUN_READY;
    LambdaTask task([&](enum aws_task_status status) { seen = status; });
    aws_event_loop_schedule_task_future(loop, &task, UINT64_MAX);
    RunOnLoop(loop, [] {});
    std::this_thread::sleep_for(std::chrono::milliseconds(20));
    RunOnLoop(loop, [] {});
    loop.Destroy();
    EXPECT_EQ(AWS_TASK_STATUS_CANCELED, seen);
}

/* ---- I/O events ---- */

#if defined(_WIN32)

class EventLoopCompletion : public TracedIoTest {
  protected:
    /* An operation, and what its completion has said. */
    struct Operation {
        struct aws_overlapped overlapped;
        Signal done;
        struct aws_event_loop *loop = nullptr;
        struct aws_overlapped *seen = nullptr;
        int status = -1;
        size_t bytes = SIZE_MAX;
        bool on_thread = false;

        Operation() {
            aws_overlapped_init(&overlapped, OnCompletion, this);
        }

        static void
        OnCompletion(struct aws_event_loop *loop, struct aws_overlapped *overlapped, int status, size_t bytes) {
            auto *self = static_cast<Operation *>(overlapped->user_data);
            self->loop = loop;
            self->seen = overlapped;
            self->status = status;
            self->bytes = bytes;
            self->on_thread = aws_event_loop_thread_is_callers_thread(loop);
            self->done.Raise();
        }

        LPOVERLAPPED get() {
            return aws_overlapped_to_windows_overlapped(&overlapped);
        }
    };

    NativePipe pipe_;
};

TEST_F(EventLoopCompletion, event_loop_completion_events) {
    RunningLoop loop(allocator_);
    struct aws_io_handle handle = {};
    handle.data.handle = pipe_.writer();
    ASSERT_EQ(AWS_OP_SUCCESS, aws_event_loop_connect_handle_to_io_completion_port(loop, &handle));
    Operation write;
    ASSERT_TRUE(pipe_.Write("Cherry Pie", write.get()));
    ASSERT_TRUE(write.done.Wait());
    EXPECT_TRUE(write.on_thread);
    EXPECT_EQ(loop, write.loop);
    EXPECT_EQ(&write.overlapped, write.seen);
    EXPECT_EQ(0, write.status);
    EXPECT_EQ(strlen("Cherry Pie"), write.bytes);
}

TEST_F(EventLoopCompletion, an_operation_is_used_again_and_its_failure_is_its_status) {
    RunningLoop loop(allocator_);
    struct aws_io_handle handle = {};
    handle.data.handle = pipe_.reader();
    ASSERT_EQ(AWS_OP_SUCCESS, aws_event_loop_connect_handle_to_io_completion_port(loop, &handle));
    char buffer[16];
    Operation read;
    ASSERT_TRUE(pipe_.Read(buffer, sizeof(buffer), read.get()));
    OVERLAPPED quick = {};
    ASSERT_TRUE(pipe_.Write("abc", &quick));
    ASSERT_TRUE(read.done.Wait());
    EXPECT_EQ(0, read.status);
    EXPECT_EQ(3u, read.bytes);

    /* The buffer is the system's until the completion comes, also of what is cancelled. */
    aws_overlapped_reset(&read.overlapped);
    ASSERT_TRUE(pipe_.Read(buffer, sizeof(buffer), read.get()));
    EXPECT_TRUE(CancelIoEx(pipe_.reader(), read.get()));
    ASSERT_TRUE(read.done.Wait(2));
    EXPECT_EQ((int)0xC0000120, read.status);
    EXPECT_EQ(0u, read.bytes);
}

/* CancelIoEx does not find what is done; the completion comes all the same. */
TEST_F(EventLoopCompletion, a_completion_comes_also_when_there_is_nothing_to_cancel) {
    RunningLoop loop(allocator_);
    struct aws_io_handle handle = {};
    handle.data.handle = pipe_.reader();
    ASSERT_EQ(AWS_OP_SUCCESS, aws_event_loop_connect_handle_to_io_completion_port(loop, &handle));
    for (int i = 0; i < 100; ++i) {
        char buffer[16];
        Operation read;
        RunOnLoop(loop, [&] {
            OVERLAPPED quick = {};
            ASSERT_TRUE(pipe_.Read(buffer, sizeof(buffer), read.get()));
            ASSERT_TRUE(pipe_.Write("x", &quick));
            CancelIoEx(pipe_.reader(), read.get());
            EXPECT_EQ(0, read.done.Count());
        });
        ASSERT_TRUE(read.done.Wait());
        EXPECT_EQ(1, read.done.Count());
        if (read.status != 0) {
            EXPECT_TRUE(pipe_.Drain());
        }
    }
}

TEST_F(EventLoopCompletion, a_loop_that_is_destroyed_delivers_what_is_there) {
    auto loop = std::make_unique<RunningLoop>(allocator_);
    struct aws_io_handle handle = {};
    handle.data.handle = pipe_.writer();
    ASSERT_EQ(AWS_OP_SUCCESS, aws_event_loop_connect_handle_to_io_completion_port(*loop, &handle));
    aws_event_loop_stop(*loop);
    aws_event_loop_wait_for_stop_completion(*loop);
    Operation write;
    ASSERT_TRUE(pipe_.Write("late", write.get()));
    loop.reset();
    EXPECT_EQ(1, write.done.Count());
    EXPECT_EQ(4u, write.bytes);
}

TEST_F(EventLoopCompletion, a_handle_leaves_its_port_and_goes_to_another) {
    if (!CanReplacePorts()) {
        GTEST_SKIP() << "this system has no FileReplaceCompletionInformation";
    }
    RunningLoop first(allocator_);
    RunningLoop second(allocator_);
    struct aws_io_handle handle = {};
    handle.data.handle = pipe_.writer();
    ASSERT_EQ(AWS_OP_SUCCESS, aws_event_loop_connect_handle_to_io_completion_port(first, &handle));
    EXPECT_RAISES(AWS_ERROR_SYS_CALL_FAILURE, aws_event_loop_connect_handle_to_io_completion_port(second, &handle));
    RunOnLoop(first, [&] { EXPECT_EQ(AWS_OP_SUCCESS, aws_event_loop_unsubscribe_from_io_events(first, &handle)); });
    ASSERT_EQ(AWS_OP_SUCCESS, aws_event_loop_connect_handle_to_io_completion_port(second, &handle));
    Operation write;
    ASSERT_TRUE(pipe_.Write("x", write.get()));
    ASSERT_TRUE(write.done.Wait());
    EXPECT_EQ(second, write.loop);
}

TEST_F(EventLoopCompletion, what_is_no_handle_is_not_connected) {
    RunningLoop loop(allocator_);
    struct aws_io_handle handle = {};
    handle.data.handle = INVALID_HANDLE_VALUE;
    RunOnLoop(loop, [&] {
        EXPECT_RAISES(AWS_ERROR_IO_NOT_SUBSCRIBED, aws_event_loop_unsubscribe_from_io_events(loop, &handle));
    });
    handle.data.handle = (void *)(uintptr_t)0x12344;
    EXPECT_RAISES(AWS_ERROR_SYS_CALL_FAILURE, aws_event_loop_connect_handle_to_io_completion_port(loop, &handle));
    EXPECT_EQ(nullptr, handle.additional_data);
}

static void s_no_event(struct aws_event_loop *, struct aws_io_handle *, int, void *) {
}

TEST_F(EventLoopCompletion, there_are_no_events_of_handles) {
    RunningLoop loop(allocator_);
    struct aws_io_handle handle = {};
    handle.data.handle = pipe_.reader();
    EXPECT_RAISES(
        AWS_ERROR_PLATFORM_NOT_SUPPORTED,
        aws_event_loop_subscribe_to_io_events(loop, &handle, AWS_IO_EVENT_TYPE_READABLE, s_no_event, nullptr));
}

#else

class EventLoopIo : public TracedIoTest {
  protected:
    void SetUp() override {
        TracedIoTest::SetUp();
        loop_ = std::make_unique<RunningLoop>(allocator_);
        int fds[2];
        ASSERT_EQ(AWS_OP_SUCCESS, aws_open_nonblocking_posix_pipe(fds));
        reader_.handle.data.fd = fds[0];
        writer_.handle.data.fd = fds[1];
    }

    void TearDown() override {
        loop_.reset();
        for (auto *end : {&reader_, &writer_}) {
            if (end->handle.data.fd >= 0) {
                end->Close();
            }
        }
        TracedIoTest::TearDown();
    }

    struct aws_event_loop *Loop() {
        return *loop_;
    }

    void SubscribeBoth() {
        RunOnLoop(Loop(), [&] {
            EXPECT_EQ(AWS_OP_SUCCESS, reader_.Subscribe(Loop(), AWS_IO_EVENT_TYPE_READABLE));
            EXPECT_EQ(AWS_OP_SUCCESS, writer_.Subscribe(Loop(), AWS_IO_EVENT_TYPE_WRITABLE));
        });
    }

    void UnsubscribeBoth() {
        RunOnLoop(Loop(), [&] {
            EXPECT_EQ(AWS_OP_SUCCESS, reader_.Unsubscribe(Loop()));
            EXPECT_EQ(AWS_OP_SUCCESS, writer_.Unsubscribe(Loop()));
            EXPECT_EQ(nullptr, reader_.handle.additional_data);
            EXPECT_EQ(nullptr, writer_.handle.additional_data);
        });
    }

    void WriteSome() {
        ASSERT_EQ(3, write(writer_.handle.data.fd, "abc", 3));
    }

    void ReadAll() {
        char buffer[64];
        while (read(reader_.handle.data.fd, buffer, sizeof(buffer)) > 0) {
        }
    }

    std::unique_ptr<RunningLoop> loop_;
    Watched reader_;
    Watched writer_;
};

TEST_F(EventLoopIo, event_loop_subscribe_unsubscribe) {
    SubscribeBoth();
    UnsubscribeBoth();
}

TEST_F(EventLoopIo, event_loop_writable_event_on_subscribe) {
    SubscribeBoth();
    ASSERT_TRUE(writer_.any.Wait());
    std::this_thread::sleep_for(AWhile);
    EXPECT_EQ(1, writer_.writable);
    UnsubscribeBoth();
}

TEST_F(EventLoopIo, event_loop_no_readable_event_before_write) {
    SubscribeBoth();
    std::this_thread::sleep_for(AWhile);
    EXPECT_EQ(0, reader_.readable);
    UnsubscribeBoth();
}

TEST_F(EventLoopIo, event_loop_readable_event_after_write) {
    SubscribeBoth();
    ASSERT_TRUE(writer_.any.Wait());
    RunOnLoop(Loop(), [&] { WriteSome(); });
    ASSERT_TRUE(reader_.any.Wait());
    std::this_thread::sleep_for(AWhile);
    EXPECT_EQ(1, reader_.readable);
    UnsubscribeBoth();
}

TEST_F(EventLoopIo, event_loop_readable_event_on_subscribe_if_data_present) {
    WriteSome();
    SubscribeBoth();
    ASSERT_TRUE(reader_.any.Wait());
    std::this_thread::sleep_for(AWhile);
    EXPECT_EQ(1, reader_.readable);
    UnsubscribeBoth();
}

TEST_F(EventLoopIo, event_loop_readable_event_on_2nd_time_readable) {
    SubscribeBoth();
    ASSERT_TRUE(writer_.any.Wait());
    for (int time = 1; time <= 2; ++time) {
        RunOnLoop(Loop(), [&] { WriteSome(); });
        ASSERT_TRUE(reader_.any.Wait(time));
        EXPECT_EQ(time, reader_.readable);
        RunOnLoop(Loop(), [&] { ReadAll(); });
    }
    UnsubscribeBoth();
}

/* Two pipes become readable together; the first callback closes both. The second must never be called. */
TEST_F(EventLoopIo, event_loop_no_events_after_unsubscribe) {
    int fds[2][2];
    Watched ends[2];
    bool is_over = false;
    Signal over;
    for (int i = 0; i < 2; ++i) {
        ASSERT_EQ(AWS_OP_SUCCESS, aws_open_nonblocking_posix_pipe(fds[i]));
        ends[i].handle.data.fd = fds[i][0];
        ends[i].on_events = [&](struct aws_event_loop *loop, struct aws_io_handle *, int) {
            ASSERT_FALSE(is_over) << "an event after the end of the subscription";
            is_over = true;
            for (auto &end : ends) {
                EXPECT_EQ(AWS_OP_SUCCESS, end.Unsubscribe(loop));
                end.Close();
                /* Whoever still uses the handle is caught. */
                memset(&end.handle, 0xdd, sizeof(end.handle));
            }
            over.Raise();
        };
    }
    RunOnLoop(Loop(), [&] {
        for (int i = 0; i < 2; ++i) {
            EXPECT_EQ(AWS_OP_SUCCESS, ends[i].Subscribe(Loop(), AWS_IO_EVENT_TYPE_READABLE));
            EXPECT_EQ(1, write(fds[i][1], "x", 1));
        }
    });
    ASSERT_TRUE(over.Wait());
    std::this_thread::sleep_for(AWhile);
    close(fds[0][1]);
    close(fds[1][1]);
}

TEST_F(EventLoopIo, subscription_can_end_and_handle_close_in_its_own_callback) {
    Signal closed;
    reader_.on_events = [&](struct aws_event_loop *loop, struct aws_io_handle *, int) {
        EXPECT_EQ(AWS_OP_SUCCESS, reader_.Unsubscribe(loop));
        reader_.Close();
        closed.Raise();
    };
    WriteSome();
    RunOnLoop(Loop(), [&] { EXPECT_EQ(AWS_OP_SUCCESS, reader_.Subscribe(Loop(), AWS_IO_EVENT_TYPE_READABLE)); });
    ASSERT_TRUE(closed.Wait());
    RunOnLoop(Loop(), [] {});
    EXPECT_EQ(1, reader_.any.Count());
}

TEST_F(EventLoopIo, a_handle_can_be_subscribed_again_in_its_own_callback) {
    reader_.on_events = [&](struct aws_event_loop *loop, struct aws_io_handle *, int) {
        EXPECT_EQ(AWS_OP_SUCCESS, reader_.Unsubscribe(loop));
        if (reader_.readable < 3) {
            EXPECT_EQ(AWS_OP_SUCCESS, reader_.Subscribe(loop, AWS_IO_EVENT_TYPE_READABLE));
        }
    };
    WriteSome();
    RunOnLoop(Loop(), [&] { EXPECT_EQ(AWS_OP_SUCCESS, reader_.Subscribe(Loop(), AWS_IO_EVENT_TYPE_READABLE)); });
    ASSERT_TRUE(reader_.any.Wait(3));
    RunOnLoop(Loop(), [] {});
    EXPECT_EQ(3, reader_.readable);
}

/* The number of a descriptor that is closed in a callback goes to the next one that is opened. */
TEST_F(EventLoopIo, a_reused_descriptor_gets_no_events_of_the_old_one) {
    int fds[2];
    ASSERT_EQ(AWS_OP_SUCCESS, aws_open_nonblocking_posix_pipe(fds));
    Watched old_end(fds[0]);
    Watched new_end;
    int new_fds[2] = {-1, -1};
    Signal replaced;
    reader_.on_events = [&](struct aws_event_loop *loop, struct aws_io_handle *, int) {
        if (new_fds[0] >= 0) {
            return;
        }
        EXPECT_EQ(AWS_OP_SUCCESS, old_end.Unsubscribe(loop));
        old_end.Close();
        EXPECT_EQ(AWS_OP_SUCCESS, aws_open_nonblocking_posix_pipe(new_fds));
        new_end.handle.data.fd = new_fds[0];
        EXPECT_EQ(fds[0], new_fds[0]);
        EXPECT_EQ(AWS_OP_SUCCESS, new_end.Subscribe(loop, AWS_IO_EVENT_TYPE_READABLE));
        replaced.Raise();
    };
    old_end.on_events = [&](struct aws_event_loop *loop, struct aws_io_handle *handle, int events) {
        if (new_fds[0] < 0) {
            /* This one came first; the other does the work later in the batch. */
            return;
        }
        (void)loop, (void)handle, (void)events;
        ADD_FAILURE() << "an event of a descriptor that is closed";
    };
    WriteSome();
    ASSERT_EQ(1, write(fds[1], "x", 1));
    RunOnLoop(Loop(), [&] {
        EXPECT_EQ(AWS_OP_SUCCESS, reader_.Subscribe(Loop(), AWS_IO_EVENT_TYPE_READABLE));
        EXPECT_EQ(AWS_OP_SUCCESS, old_end.Subscribe(Loop(), AWS_IO_EVENT_TYPE_READABLE));
    });
    ASSERT_TRUE(replaced.Wait());
    std::this_thread::sleep_for(std::chrono::milliseconds(20));
    EXPECT_EQ(0, new_end.any.Count());
    RunOnLoop(Loop(), [&] {
        EXPECT_EQ(AWS_OP_SUCCESS, reader_.Unsubscribe(Loop()));
        EXPECT_EQ(AWS_OP_SUCCESS, new_end.Unsubscribe(Loop()));
    });
    close(new_fds[0]);
    close(new_fds[1]);
    close(fds[1]);
}

/* The end of one channel once came, task after task, before another channel had seen what was there for it already. */
TEST_F(EventLoopIo, events_that_are_there_come_before_what_tasks_schedule) {
    int fds[2];
    ASSERT_EQ(AWS_OP_SUCCESS, aws_open_nonblocking_posix_pipe(fds));
    Watched other(fds[0]);
    std::vector<std::string> order;
    Signal done;
    LambdaTask second([&](enum aws_task_status) {
        order.push_back("second task");
        done.Raise();
    });
    LambdaTask first([&](enum aws_task_status) {
        order.push_back("first task");
        aws_event_loop_schedule_task_now(Loop(), &second);
    });
    reader_.on_events = [&](struct aws_event_loop *, struct aws_io_handle *, int) {
        ReadAll();
        order.push_back("event");
        EXPECT_EQ(1, write(fds[1], "x", 1));
        aws_event_loop_schedule_task_now(Loop(), &first);
    };
    other.on_events = [&](struct aws_event_loop *, struct aws_io_handle *, int) {
        char byte;
        EXPECT_EQ(1, read(fds[0], &byte, 1));
        order.push_back("other event");
    };
    RunOnLoop(Loop(), [&] {
        EXPECT_EQ(AWS_OP_SUCCESS, reader_.Subscribe(Loop(), AWS_IO_EVENT_TYPE_READABLE));
        EXPECT_EQ(AWS_OP_SUCCESS, other.Subscribe(Loop(), AWS_IO_EVENT_TYPE_READABLE));
    });
    WriteSome();
    ASSERT_TRUE(done.Wait());
    EXPECT_EQ((std::vector<std::string>{"event", "first task", "other event", "second task"}), order);
    RunOnLoop(Loop(), [&] {
        EXPECT_EQ(AWS_OP_SUCCESS, reader_.Unsubscribe(Loop()));
        EXPECT_EQ(AWS_OP_SUCCESS, other.Unsubscribe(Loop()));
    });
    other.Close();
    close(fds[1]);
}

TEST_F(EventLoopIo, closed_writer_is_a_hang_up_of_the_reader) {
    SubscribeBoth();
    ASSERT_TRUE(writer_.any.Wait());
    RunOnLoop(Loop(), [&] {
        EXPECT_EQ(AWS_OP_SUCCESS, writer_.Unsubscribe(Loop()));
        writer_.Close();
    });
    ASSERT_TRUE(reader_.any.Wait());
    EXPECT_EQ(AWS_IO_EVENT_TYPE_CLOSED, reader_.seen);
    RunOnLoop(Loop(), [&] { EXPECT_EQ(AWS_OP_SUCCESS, reader_.Unsubscribe(Loop())); });
}

TEST_F(EventLoopIo, closed_reader_is_an_error_of_the_writer) {
    SubscribeBoth();
    ASSERT_TRUE(writer_.any.Wait());
    writer_.seen = 0;
    RunOnLoop(Loop(), [&] {
        EXPECT_EQ(AWS_OP_SUCCESS, reader_.Unsubscribe(Loop()));
        reader_.Close();
    });
    ASSERT_TRUE(writer_.any.Wait(2));
    EXPECT_EQ(AWS_IO_EVENT_TYPE_ERROR | AWS_IO_EVENT_TYPE_WRITABLE, writer_.seen);
    RunOnLoop(Loop(), [&] { EXPECT_EQ(AWS_OP_SUCCESS, writer_.Unsubscribe(Loop())); });
}

TEST_F(EventLoopIo, half_closed_socket_is_a_remote_hang_up) {
    int fds[2];
    ASSERT_EQ(0, socketpair(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK, 0, fds));
    Watched end(fds[0]);
    ASSERT_EQ(AWS_OP_SUCCESS, end.Subscribe(Loop(), AWS_IO_EVENT_TYPE_READABLE));
    ASSERT_EQ(0, shutdown(fds[1], SHUT_WR));
    ASSERT_TRUE(end.any.Wait());
    EXPECT_EQ(AWS_IO_EVENT_TYPE_READABLE | AWS_IO_EVENT_TYPE_REMOTE_HANG_UP, end.seen);
    close(fds[1]);
    ASSERT_TRUE(end.any.Wait(2));
    EXPECT_EQ(AWS_IO_EVENT_TYPE_CLOSED, end.seen & AWS_IO_EVENT_TYPE_CLOSED);
    RunOnLoop(Loop(), [&] { EXPECT_EQ(AWS_OP_SUCCESS, end.Unsubscribe(Loop())); });
    end.Close();
}

/* More than the loop takes from the kernel at once. */
TEST_F(EventLoopIo, a_thousand_descriptors_at_once) {
    struct rlimit limit;
    getrlimit(RLIMIT_NOFILE, &limit);
    const size_t count = std::min<size_t>(1000, (limit.rlim_cur - 50) / 2);
    std::vector<std::unique_ptr<Watched>> readers;
    std::vector<int> writers;
    for (size_t i = 0; i < count; ++i) {
        int fds[2];
        ASSERT_EQ(AWS_OP_SUCCESS, aws_open_nonblocking_posix_pipe(fds));
        readers.push_back(std::make_unique<Watched>(fds[0]));
        writers.push_back(fds[1]);
    }
    RunOnLoop(Loop(), [&] {
        for (size_t i = 0; i < count; ++i) {
            EXPECT_EQ(AWS_OP_SUCCESS, readers[i]->Subscribe(Loop(), AWS_IO_EVENT_TYPE_READABLE));
            EXPECT_EQ(1, write(writers[i], "x", 1));
        }
    });
    for (auto &reader : readers) {
        ASSERT_TRUE(reader->any.Wait());
    }
    RunOnLoop(Loop(), [&] {
        for (auto &reader : readers) {
            EXPECT_EQ(1, reader->readable);
            EXPECT_EQ(AWS_OP_SUCCESS, reader->Unsubscribe(Loop()));
            reader->Close();
        }
    });
    for (int fd : writers) {
        close(fd);
    }
}

TEST_F(EventLoopIo, subscribing_is_possible_on_any_thread) {
    WriteSome();
    ASSERT_EQ(AWS_OP_SUCCESS, reader_.Subscribe(Loop(), AWS_IO_EVENT_TYPE_READABLE));
    ASSERT_TRUE(reader_.any.Wait());
    RunOnLoop(Loop(), [&] { EXPECT_EQ(AWS_OP_SUCCESS, reader_.Unsubscribe(Loop())); });
}

TEST_F(EventLoopIo, unsubscribing_on_another_thread_is_refused) {
    SubscribeBoth();
    EXPECT_RAISES(AWS_ERROR_IO_EVENT_LOOP_THREAD_ONLY, reader_.Unsubscribe(Loop()));
    WriteSome();
    EXPECT_TRUE(reader_.any.Wait()) << "the subscription goes on";
    UnsubscribeBoth();
}

TEST_F(EventLoopIo, unsubscribing_what_is_not_subscribed) {
    RunOnLoop(Loop(), [&] { EXPECT_RAISES(AWS_ERROR_IO_NOT_SUBSCRIBED, reader_.Unsubscribe(Loop())); });
}

TEST_F(EventLoopIo, a_descriptor_can_be_subscribed_once) {
    RunOnLoop(Loop(), [&] {
        EXPECT_EQ(AWS_OP_SUCCESS, reader_.Subscribe(Loop(), AWS_IO_EVENT_TYPE_READABLE));
        EXPECT_RAISES(AWS_ERROR_SYS_CALL_FAILURE, reader_.Subscribe(Loop(), AWS_IO_EVENT_TYPE_READABLE));
        EXPECT_EQ(AWS_OP_SUCCESS, reader_.Unsubscribe(Loop())) << "the first subscription is as it was";
    });
}

TEST_F(EventLoopIo, descriptors_that_cannot_be_watched) {
    Watched closed(-1);
    EXPECT_RAISES(AWS_ERROR_SYS_CALL_FAILURE, closed.Subscribe(Loop(), AWS_IO_EVENT_TYPE_READABLE));
    Watched file(open("/proc/self/exe", O_RDONLY | O_CLOEXEC));
    EXPECT_RAISES(AWS_ERROR_SYS_CALL_FAILURE, file.Subscribe(Loop(), AWS_IO_EVENT_TYPE_READABLE));
    file.Close();
    EXPECT_EQ(nullptr, file.handle.additional_data);
}

TEST_F(EventLoopIo, epoll_loops_have_no_completion_port) {
    EXPECT_RAISES(
        AWS_ERROR_PLATFORM_NOT_SUPPORTED, aws_event_loop_connect_handle_to_io_completion_port(Loop(), &reader_.handle));
}

/* A handle that is closed only when its loop's thread is gone frees the rest in this way. */
TEST_F(EventLoopIo, resources_of_a_subscription_can_be_freed_without_the_thread) {
    SubscribeBoth();
    UnsubscribeBoth();
    ASSERT_EQ(AWS_OP_SUCCESS, reader_.Subscribe(Loop(), AWS_IO_EVENT_TYPE_READABLE));
    aws_event_loop_stop(Loop());
    aws_event_loop_wait_for_stop_completion(Loop());
    aws_event_loop_free_io_event_resources(Loop(), &reader_.handle);
    reader_.handle.additional_data = nullptr;
}

TEST_F(EventLoopIo, without_a_thread_the_holder_of_the_loop_may_unsubscribe) {
    SubscribeBoth();
    aws_event_loop_stop(Loop());
    aws_event_loop_wait_for_stop_completion(Loop());
    EXPECT_EQ(AWS_OP_SUCCESS, reader_.Unsubscribe(Loop()));
    EXPECT_EQ(AWS_OP_SUCCESS, writer_.Unsubscribe(Loop()));
}

#endif

/* ---- Local objects and load ---- */

class EventLoopLocalObjects : public TracedIoTest {
  protected:
    struct Item {
        struct aws_event_loop_local_object object = {};
        int removals = 0;
    };

    static void OnRemoved(struct aws_event_loop_local_object *object) {
        ++static_cast<Item *>(object->object)->removals;
    }

    static void Prepare(Item &item, const void *key) {
        item.object.key = key;
        item.object.object = &item;
        item.object.on_object_removed = OnRemoved;
    }

    char key_ = 0;
    char other_key_ = 0;
};

TEST_F(EventLoopLocalObjects, are_found_by_key_and_notified_when_they_are_removed) {
    Item kept, taken, dropped;
    RunningLoop loop(allocator_);
    char third_key = 0;
    Prepare(kept, &key_);
    Prepare(taken, &other_key_);
    Prepare(dropped, &third_key);
    RunOnLoop(loop, [&] {
        for (auto *item : {&kept, &taken, &dropped}) {
            EXPECT_EQ(AWS_OP_SUCCESS, aws_event_loop_put_local_object(loop, &item->object));
        }
        struct aws_event_loop_local_object found = {};
        EXPECT_EQ(AWS_OP_SUCCESS, aws_event_loop_fetch_local_object(loop, &key_, &found));
        EXPECT_EQ(&kept, found.object);
        EXPECT_EQ(&key_, found.key);

        struct aws_event_loop_local_object removed = {};
        EXPECT_EQ(AWS_OP_SUCCESS, aws_event_loop_remove_local_object(loop, &other_key_, &removed));
        EXPECT_EQ(&taken, removed.object);
        EXPECT_RAISES(AWS_ERROR_INVALID_ARGUMENT, aws_event_loop_fetch_local_object(loop, &other_key_, &found));

        EXPECT_EQ(AWS_OP_SUCCESS, aws_event_loop_remove_local_object(loop, &third_key, nullptr));
        EXPECT_EQ(1, dropped.removals);
        EXPECT_EQ(AWS_OP_SUCCESS, aws_event_loop_remove_local_object(loop, &third_key, nullptr)) << "there is none";
    });
    EXPECT_EQ(0, kept.removals);
    EXPECT_EQ(0, taken.removals);
    loop.Destroy();
    EXPECT_EQ(1, kept.removals);
    EXPECT_EQ(0, taken.removals);
    EXPECT_EQ(1, dropped.removals);
}

TEST_F(EventLoopLocalObjects, a_second_one_under_the_same_key_replaces_the_first) {
    Item first, second;
    Prepare(first, &key_);
    Prepare(second, &key_);
    RunningLoop loop(allocator_);
    RunOnLoop(loop, [&] {
        EXPECT_EQ(AWS_OP_SUCCESS, aws_event_loop_put_local_object(loop, &first.object));
        EXPECT_EQ(AWS_OP_SUCCESS, aws_event_loop_put_local_object(loop, &second.object));
        struct aws_event_loop_local_object found = {};
        EXPECT_EQ(AWS_OP_SUCCESS, aws_event_loop_fetch_local_object(loop, &key_, &found));
        EXPECT_EQ(&second, found.object);
    });
    loop.Destroy();
    EXPECT_EQ(0, first.removals);
    EXPECT_EQ(1, second.removals);
}

TEST_F(EventLoopLocalObjects, belong_to_the_thread_of_the_loop) {
    Item item;
    Prepare(item, &key_);
    RunningLoop loop(allocator_);
    RunOnLoop(loop, [] {});
    struct aws_event_loop_local_object found = {};
    EXPECT_RAISES(AWS_ERROR_IO_EVENT_LOOP_THREAD_ONLY, aws_event_loop_put_local_object(loop, &item.object));
    EXPECT_RAISES(AWS_ERROR_IO_EVENT_LOOP_THREAD_ONLY, aws_event_loop_fetch_local_object(loop, &key_, &found));
    EXPECT_RAISES(AWS_ERROR_IO_EVENT_LOOP_THREAD_ONLY, aws_event_loop_remove_local_object(loop, &key_, nullptr));
}

TEST_F(EventLoopLocalObjects, may_ask_at_the_end_whether_they_are_on_the_loops_thread) {
    static struct aws_event_loop *s_loop;
    static bool s_was_on_thread;
    struct aws_event_loop_local_object object = {};
    object.key = &key_;
    object.on_object_removed = [](struct aws_event_loop_local_object *) {
        s_was_on_thread = aws_event_loop_thread_is_callers_thread(s_loop);
    };
    RunningLoop loop(allocator_);
    s_loop = loop;
    RunOnLoop(loop, [&] { EXPECT_EQ(AWS_OP_SUCCESS, aws_event_loop_put_local_object(loop, &object)); });
    loop.Destroy();
    EXPECT_TRUE(s_was_on_thread);
}

using EventLoopLoad = TracedIoTest;

TEST_F(EventLoopLoad, a_busy_loop_shows_it_and_an_idle_one_does_not) {
    RunningLoop busy(allocator_);
    RunningLoop idle(allocator_);
    for (int i = 0; i < 30 && aws_event_loop_get_load_factor(busy) < 10000000; ++i) {
        RunOnLoop(busy, [] { std::this_thread::sleep_for(std::chrono::milliseconds(100)); });
    }
    EXPECT_GE(aws_event_loop_get_load_factor(busy), 10000000u);
    EXPECT_LT(aws_event_loop_get_load_factor(idle), 10000000u);
}

/* ---- Loops of the user's own ---- */

class CustomEventLoop : public TracedIoTest {
  protected:
    void SetUp() override {
        TracedIoTest::SetUp();
        s_calls.clear();
        s_vtable = {};
    }

    static std::vector<std::string> s_calls;
    static struct aws_event_loop_vtable s_vtable;
};
std::vector<std::string> CustomEventLoop::s_calls;
struct aws_event_loop_vtable CustomEventLoop::s_vtable;

TEST_F(CustomEventLoop, every_operation_goes_through_the_vtable) {
    s_vtable.start_destroy = [](struct aws_event_loop *) { s_calls.push_back("start_destroy"); };
    s_vtable.complete_destroy = [](struct aws_event_loop *loop) {
        s_calls.push_back("complete_destroy");
        aws_event_loop_clean_up_base(loop);
        aws_mem_release(loop->alloc, loop);
    };
    s_vtable.run = [](struct aws_event_loop *) { return s_calls.push_back("run"), AWS_OP_SUCCESS; };
    s_vtable.stop = [](struct aws_event_loop *) { return s_calls.push_back("stop"), AWS_OP_SUCCESS; };
    s_vtable.wait_for_stop_completion = [](struct aws_event_loop *) { return s_calls.push_back("wait"), 0; };
    s_vtable.schedule_task_now = [](struct aws_event_loop *, struct aws_task *) { s_calls.push_back("now"); };
    s_vtable.schedule_task_now_serialized = [](struct aws_event_loop *, struct aws_task *) {
        s_calls.push_back("serialized");
    };
    s_vtable.schedule_task_future = [](struct aws_event_loop *, struct aws_task *, uint64_t time) {
        s_calls.push_back("future " + std::to_string(time));
    };
    s_vtable.cancel_task = [](struct aws_event_loop *, struct aws_task *) { s_calls.push_back("cancel"); };
    s_vtable.connect_to_io_completion_port = [](struct aws_event_loop *, struct aws_io_handle *) {
        return s_calls.push_back("connect"), AWS_OP_SUCCESS;
    };
    s_vtable.subscribe_to_io_events =
        [](struct aws_event_loop *, struct aws_io_handle *, int events, aws_event_loop_on_event_fn *, void *) {
            return s_calls.push_back("subscribe " + std::to_string(events)), AWS_OP_SUCCESS;
        };
    s_vtable.unsubscribe_from_io_events = [](struct aws_event_loop *, struct aws_io_handle *) {
        return s_calls.push_back("unsubscribe"), AWS_OP_SUCCESS;
    };
    s_vtable.free_io_event_resources = [](void *data) { s_calls.push_back(data ? "free data" : "free"); };
    s_vtable.is_on_callers_thread = [](struct aws_event_loop *) { return s_calls.push_back("is_on_thread"), true; };

    int impl = 0;
    struct aws_event_loop *loop = aws_event_loop_new_base(allocator_, s_fake_clock, &s_vtable, &impl);
    ASSERT_NE(nullptr, loop);
    EXPECT_EQ(&impl, aws_event_loop_get_impl(loop));
    EXPECT_EQ(nullptr, aws_event_loop_group_acquire_from_event_loop(loop));
    aws_event_loop_group_release_from_event_loop(loop);
    s_fake_time = 4711;
    EXPECT_EQ(4711u, LoopTime(loop));

    LambdaTask task([](enum aws_task_status) {});
    struct aws_io_handle handle = {};
    handle.additional_data = &handle;
    EXPECT_EQ(AWS_OP_SUCCESS, aws_event_loop_run(loop));
    aws_event_loop_schedule_task_now(loop, &task);
    aws_event_loop_schedule_task_now_serialized(loop, &task);
    aws_event_loop_schedule_task_future(loop, &task, 5);
    aws_event_loop_cancel_task(loop, &task);
    EXPECT_EQ(AWS_OP_SUCCESS, aws_event_loop_connect_handle_to_io_completion_port(loop, &handle));
    EXPECT_EQ(AWS_OP_SUCCESS, aws_event_loop_subscribe_to_io_events(loop, &handle, 3, Watched::OnEvent, nullptr));
    EXPECT_EQ(AWS_OP_SUCCESS, aws_event_loop_unsubscribe_from_io_events(loop, &handle));
    aws_event_loop_free_io_event_resources(loop, &handle);
    EXPECT_TRUE(aws_event_loop_thread_is_callers_thread(loop));
    EXPECT_EQ(AWS_OP_SUCCESS, aws_event_loop_stop(loop));
    EXPECT_EQ(AWS_OP_SUCCESS, aws_event_loop_wait_for_stop_completion(loop));
    aws_event_loop_destroy(loop);
    EXPECT_EQ(
        (std::vector<std::string>{
            "run",
            "now",
            "serialized",
            "future 5",
            "cancel",
            "connect",
            "subscribe 3",
            "unsubscribe",
            "free data",
            "is_on_thread",
            "stop",
            "wait",
            "start_destroy",
            "complete_destroy"}),
        s_calls);
}

TEST_F(CustomEventLoop, what_the_vtable_lacks_is_an_error) {
    s_vtable.start_destroy = [](struct aws_event_loop *) {};
    s_vtable.complete_destroy = [](struct aws_event_loop *loop) {
        aws_event_loop_clean_up_base(loop);
        aws_mem_release(loop->alloc, loop);
    };
    struct aws_event_loop *loop = aws_event_loop_new_base(allocator_, aws_high_res_clock_get_ticks, &s_vtable, nullptr);
    LambdaTask task([](enum aws_task_status) { ADD_FAILURE(); });
    struct aws_io_handle handle = {};
    EXPECT_RAISES(AWS_ERROR_UNSUPPORTED_OPERATION, aws_event_loop_run(loop));
    EXPECT_RAISES(AWS_ERROR_UNSUPPORTED_OPERATION, aws_event_loop_stop(loop));
    EXPECT_RAISES(AWS_ERROR_UNSUPPORTED_OPERATION, aws_event_loop_wait_for_stop_completion(loop));
    EXPECT_RAISES(
        AWS_ERROR_UNSUPPORTED_OPERATION,
        aws_event_loop_subscribe_to_io_events(loop, &handle, 1, Watched::OnEvent, nullptr));
    EXPECT_RAISES(AWS_ERROR_UNSUPPORTED_OPERATION, aws_event_loop_unsubscribe_from_io_events(loop, &handle));
    EXPECT_RAISES(AWS_ERROR_UNSUPPORTED_OPERATION, aws_event_loop_connect_handle_to_io_completion_port(loop, &handle));
    aws_event_loop_schedule_task_now(loop, &task);
    aws_event_loop_schedule_task_now_serialized(loop, &task);
    aws_event_loop_schedule_task_future(loop, &task, 1);
    aws_event_loop_cancel_task(loop, &task);
    aws_event_loop_free_io_event_resources(loop, &handle);
    EXPECT_FALSE(aws_event_loop_thread_is_callers_thread(loop));
    aws_event_loop_destroy(loop);
}

TEST_F(CustomEventLoop, load_is_what_the_loop_registers) {
    s_vtable.start_destroy = [](struct aws_event_loop *) {};
    s_vtable.complete_destroy = [](struct aws_event_loop *loop) {
        aws_event_loop_clean_up_base(loop);
        aws_mem_release(loop->alloc, loop);
    };
    struct aws_event_loop *loop = aws_event_loop_new_base(allocator_, aws_high_res_clock_get_ticks, &s_vtable, nullptr);
    EXPECT_EQ(0u, aws_event_loop_get_load_factor(loop));
    aws_event_loop_register_tick_start(loop);
    std::this_thread::sleep_for(std::chrono::milliseconds(2));
    aws_event_loop_register_tick_end(loop);
    EXPECT_GE(aws_event_loop_get_load_factor(loop), 2000000u);
    aws_event_loop_destroy(loop);
}

/* ---- Bad arguments ---- */

using EventLoopArguments = TracedIoTest;

TEST_F(EventLoopArguments, null) {
    struct aws_event_loop_options options = {};
    LambdaTask task([](enum aws_task_status) { ADD_FAILURE(); });
    struct aws_io_handle handle = {};
    struct aws_event_loop_local_object object = {};
    uint64_t time = 0;
    char key = 0;
    EXPECT_NULL_RAISES(AWS_ERROR_INVALID_ARGUMENT, aws_event_loop_new(allocator_, nullptr));
    EXPECT_NULL_RAISES(AWS_ERROR_INVALID_ARGUMENT, aws_event_loop_new(allocator_, &options));
    EXPECT_NULL_RAISES(AWS_ERROR_INVALID_ARGUMENT, aws_event_loop_new_default(nullptr, aws_high_res_clock_get_ticks));
    EXPECT_NULL_RAISES(AWS_ERROR_INVALID_ARGUMENT, aws_event_loop_new_default(allocator_, nullptr));
    EXPECT_NULL_RAISES(AWS_ERROR_INVALID_ARGUMENT, aws_event_loop_new_base(nullptr, s_fake_clock, nullptr, nullptr));
    EXPECT_NULL_RAISES(AWS_ERROR_INVALID_ARGUMENT, aws_event_loop_get_impl(nullptr));
    EXPECT_RAISES(AWS_ERROR_INVALID_ARGUMENT, aws_event_loop_init_base(nullptr, allocator_, s_fake_clock));
    EXPECT_RAISES(AWS_ERROR_INVALID_ARGUMENT, aws_event_loop_run(nullptr));
    EXPECT_RAISES(AWS_ERROR_INVALID_ARGUMENT, aws_event_loop_stop(nullptr));
    EXPECT_RAISES(AWS_ERROR_INVALID_ARGUMENT, aws_event_loop_wait_for_stop_completion(nullptr));
    EXPECT_RAISES(AWS_ERROR_INVALID_ARGUMENT, aws_event_loop_current_clock_time(nullptr, &time));
    EXPECT_RAISES(AWS_ERROR_INVALID_ARGUMENT, aws_event_loop_fetch_local_object(nullptr, &key, &object));
    EXPECT_RAISES(AWS_ERROR_INVALID_ARGUMENT, aws_event_loop_put_local_object(nullptr, &object));
    EXPECT_RAISES(AWS_ERROR_INVALID_ARGUMENT, aws_event_loop_remove_local_object(nullptr, &key, &object));
    EXPECT_RAISES(
        AWS_ERROR_INVALID_ARGUMENT,
        aws_event_loop_subscribe_to_io_events(nullptr, &handle, 1, Watched::OnEvent, nullptr));
    EXPECT_RAISES(AWS_ERROR_INVALID_ARGUMENT, aws_event_loop_unsubscribe_from_io_events(nullptr, &handle));
    EXPECT_RAISES(AWS_ERROR_INVALID_ARGUMENT, aws_event_loop_connect_handle_to_io_completion_port(nullptr, &handle));
    EXPECT_FALSE(aws_event_loop_thread_is_callers_thread(nullptr));
    EXPECT_EQ(0u, aws_event_loop_get_load_factor(nullptr));
    aws_event_loop_destroy(nullptr);
    aws_event_loop_start_destroy(nullptr);
    aws_event_loop_complete_destroy(nullptr);
    aws_event_loop_clean_up_base(nullptr);
    aws_event_loop_free_io_event_resources(nullptr, &handle);
    aws_event_loop_register_tick_start(nullptr);
    aws_event_loop_register_tick_end(nullptr);
    aws_event_loop_schedule_task_now(nullptr, &task);
    aws_event_loop_schedule_task_now_serialized(nullptr, &task);
    aws_event_loop_schedule_task_future(nullptr, &task, 1);
    aws_event_loop_cancel_task(nullptr, &task);

    RunningLoop loop(allocator_);
    struct aws_task empty = {};
    for (struct aws_task *bad : {static_cast<struct aws_task *>(nullptr), &empty}) {
        aws_reset_error();
        aws_event_loop_schedule_task_now(loop, bad);
        EXPECT_EQ(AWS_ERROR_INVALID_ARGUMENT, aws_last_error());
        aws_event_loop_schedule_task_now_serialized(loop, bad);
        aws_event_loop_schedule_task_future(loop, bad, 1);
        RunOnLoop(loop, [&] { aws_event_loop_cancel_task(loop, bad); });
    }
    EXPECT_RAISES(AWS_ERROR_INVALID_ARGUMENT, aws_event_loop_current_clock_time(loop, nullptr));
    EXPECT_RAISES(
        AWS_ERROR_INVALID_ARGUMENT, aws_event_loop_subscribe_to_io_events(loop, nullptr, 1, Watched::OnEvent, nullptr));
    EXPECT_RAISES(
        AWS_ERROR_INVALID_ARGUMENT, aws_event_loop_subscribe_to_io_events(loop, &handle, 1, nullptr, nullptr));
    EXPECT_RAISES(AWS_ERROR_INVALID_ARGUMENT, aws_event_loop_unsubscribe_from_io_events(loop, nullptr));
    EXPECT_RAISES(AWS_ERROR_INVALID_ARGUMENT, aws_event_loop_put_local_object(loop, nullptr));
    aws_event_loop_free_io_event_resources(loop, nullptr);
}
