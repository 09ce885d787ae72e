/* SPDX-License-Identifier: Apache-2.0 */
#include "support/testing_channel.h"

#include "support/loops.h"
#include "support/scripted_handler.h"
#include "support/traced_test.h"

#include <aws/io/channel.h>

#include <algorithm>
#include <atomic>
#include <memory>
#include <thread>
#include <vector>

namespace {

/* A channel on a loop, and what its callbacks said. */
class TestChannel {
  public:
    TestChannel(struct aws_allocator *allocator, struct aws_event_loop *loop) {
        struct aws_channel_options options = {};
        options.event_loop = loop;
        options.setup_user_data = this;
        options.shutdown_user_data = this;
        options.on_setup_completed = [](struct aws_channel *, int error, void *arg) {
            auto *self = static_cast<TestChannel *>(arg);
            self->monitor_.Change([=] {
                self->setup_calls++;
                self->setup_error = error;
            });
        };
        options.on_shutdown_completed = [](struct aws_channel *, int error, void *arg) {
            auto *self = static_cast<TestChannel *>(arg);
            self->monitor_.Change([=] {
                self->shutdown_calls++;
                self->shutdown_error = error;
            });
        };
        channel = aws_channel_new(allocator, &options);
        EXPECT_NE(nullptr, channel);
        EXPECT_TRUE(monitor_.Await([this] { return setup_calls > 0; }));
        EXPECT_EQ(0, setup_error);
    }

    void ShutDown(int error = 0) {
        aws_channel_shutdown(channel, error);
        AwaitShutdown();
    }

    void AwaitShutdown() {
        EXPECT_TRUE(monitor_.Await([this] { return shutdown_calls > 0; }));
    }

    void Destroy() {
        aws_channel_destroy(channel);
        channel = nullptr;
    }

    struct aws_channel *channel = nullptr;
    int setup_calls = 0;
    int setup_error = -1;
    int shutdown_calls = 0;
    int shutdown_error = -1;

  private:
    Monitor monitor_;
};

/* A channel task that records where and how it ran. */
struct RecordedTask {
    explicit RecordedTask(struct aws_channel *owner) : channel(owner) {
        aws_channel_task_init(&task, Run, this, "recorded_task");
    }

    static void Run(struct aws_channel_task *, void *arg, enum aws_task_status status) {
        auto *self = static_cast<RecordedTask *>(arg);
        self->status = status;
        self->on_loop = aws_channel_thread_is_callers_thread(self->channel);
        if (self->then) {
            self->then();
        }
        self->ran.Raise();
    }

    struct aws_channel *channel;
    struct aws_channel_task task;
    enum aws_task_status status = AWS_TASK_STATUS_RUN_READY;
    bool on_loop = false;
    std::function<void()> then;
    Signal ran;
};

} // namespace

class Channel : public TracedIoTest {};

TEST_F(Channel, channel_setup) {
    LoopGroup loops(allocator_);
    TestChannel test(allocator_, loops.loop());
    EXPECT_EQ(1, test.setup_calls);
    EXPECT_EQ(loops.loop(), aws_channel_get_event_loop(test.channel));
    test.Destroy();
}

TEST_F(Channel, channel_single_slot_cleans_up) {
    LoopGroup loops(allocator_);
    TestChannel test(allocator_, loops.loop());
    RunOnLoop(loops.loop(), [&] {
        struct aws_channel_slot *slot = aws_channel_slot_new(test.channel);
        EXPECT_EQ(slot, aws_channel_get_first_slot(test.channel));
    });
    test.Destroy();
}

TEST_F(Channel, channel_slots_clean_up) {
    LoopGroup loops(allocator_);
    TestChannel test(allocator_, loops.loop());
    RunOnLoop(loops.loop(), [&] {
        struct aws_channel_slot *slots[5];
        for (auto &slot : slots) {
            slot = aws_channel_slot_new(test.channel);
            ASSERT_NE(nullptr, slot);
        }
        /* Built in a mixed order; the result is 0 1 2 3 4. */
        ASSERT_EQ(AWS_OP_SUCCESS, aws_channel_slot_insert_right(slots[0], slots[1]));
        ASSERT_EQ(AWS_OP_SUCCESS, aws_channel_slot_insert_right(slots[1], slots[3]));
        ASSERT_EQ(AWS_OP_SUCCESS, aws_channel_slot_insert_left(slots[3], slots[2]));
        ASSERT_EQ(AWS_OP_SUCCESS, aws_channel_slot_insert_end(test.channel, slots[4]));
        for (int i = 0; i < 5; i++) {
            EXPECT_EQ(i == 0 ? nullptr : slots[i - 1], slots[i]->adj_left);
            EXPECT_EQ(i == 4 ? nullptr : slots[i + 1], slots[i]->adj_right);
        }

        ASSERT_EQ(AWS_OP_SUCCESS, aws_channel_slot_remove(slots[1]));
        EXPECT_EQ(slots[2], slots[0]->adj_right);
        EXPECT_EQ(slots[0], slots[2]->adj_left);

        struct aws_channel_slot *replacement = aws_channel_slot_new(test.channel);
        ASSERT_EQ(AWS_OP_SUCCESS, aws_channel_slot_replace(slots[2], replacement));
        EXPECT_EQ(replacement, slots[0]->adj_right);
        EXPECT_EQ(replacement, slots[3]->adj_left);

        /* The first slot may go as well. */
        ASSERT_EQ(AWS_OP_SUCCESS, aws_channel_slot_remove(slots[0]));
        EXPECT_EQ(replacement, aws_channel_get_first_slot(test.channel));
        EXPECT_EQ(nullptr, replacement->adj_left);
    });
    test.Destroy();
}

TEST_F(Channel, channel_refcount_delays_clean_up) {
    LoopGroup loops(allocator_);
    TestChannel test(allocator_, loops.loop());
    Signal destroyed;
    RunOnLoop(loops.loop(), [&] {
        ScriptedHandler *handler = ScriptedHandler::New(allocator_);
        handler->on_destroy = [&] { destroyed.Raise(); };
        handler->Install(test.channel);
    });
    struct aws_channel *channel = test.channel;
    aws_channel_acquire_hold(channel);
    aws_channel_acquire_hold(channel);
    test.ShutDown();
    test.Destroy();
    aws_channel_release_hold(channel);
    RunOnLoop(loops.loop(), [] {});
    EXPECT_EQ(0, destroyed.Count());

    aws_channel_release_hold(channel);
    EXPECT_TRUE(destroyed.Wait());
}

TEST_F(Channel, channel_tasks_run) {
    LoopGroup loops(allocator_);
    TestChannel test(allocator_, loops.loop());
    RecordedTask outside_now(test.channel), outside_future(test.channel);
    RecordedTask inside_now(test.channel), inside_future(test.channel);

    uint64_t now = 0;
    ASSERT_EQ(AWS_OP_SUCCESS, aws_channel_current_clock_time(test.channel, &now));
    aws_channel_schedule_task_now(test.channel, &outside_now.task);
    aws_channel_schedule_task_future(test.channel, &outside_future.task, now + 1);
    RunOnLoop(loops.loop(), [&] {
        aws_channel_schedule_task_now(test.channel, &inside_now.task);
        aws_channel_schedule_task_future(test.channel, &inside_future.task, now + 1);
        EXPECT_EQ(0, inside_now.ran.Count()) << "a task never runs inside the call that schedules it";
    });
    for (RecordedTask *task : {&outside_now, &outside_future, &inside_now, &inside_future}) {
        EXPECT_TRUE(task->ran.Wait());
        EXPECT_EQ(AWS_TASK_STATUS_RUN_READY, task->status);
        EXPECT_TRUE(task->on_loop);
    }
    test.Destroy();
}

TEST_F(Channel, channel_tasks_serialized_run) {
    LoopGroup loops(allocator_);
    TestChannel test(allocator_, loops.loop());
    RecordedTask outside(test.channel), inside(test.channel);
    aws_channel_schedule_task_now_serialized(test.channel, &outside.task);
    RunOnLoop(loops.loop(), [&] { aws_channel_schedule_task_now_serialized(test.channel, &inside.task); });
    for (RecordedTask *task : {&outside, &inside}) {
        EXPECT_TRUE(task->ran.Wait());
        EXPECT_EQ(AWS_TASK_STATUS_RUN_READY, task->status);
        EXPECT_TRUE(task->on_loop);
    }
    test.Destroy();
}

TEST_F(Channel, serialized_tasks_keep_the_order_of_their_thread) {
    LoopGroup loops(allocator_);
    TestChannel test(allocator_, loops.loop());
    constexpr int kTasks = 2000;
    std::vector<std::unique_ptr<RecordedTask>> tasks;
    std::vector<int> order;
    for (int i = 0; i < kTasks; i++) {
        tasks.push_back(std::make_unique<RecordedTask>(test.channel));
        tasks.back()->then = [&order, i] { order.push_back(i); };
    }
    for (auto &task : tasks) {
        aws_channel_schedule_task_now_serialized(test.channel, &task->task);
    }
    ASSERT_TRUE(tasks.back()->ran.Wait());
    ASSERT_EQ((size_t)kTasks, order.size());
    EXPECT_TRUE(std::is_sorted(order.begin(), order.end()));
    test.Destroy();
}

TEST_F(Channel, channel_rejects_post_shutdown_tasks) {
    LoopGroup loops(allocator_);
    TestChannel test(allocator_, loops.loop());
    test.ShutDown();
    RecordedTask outside_now(test.channel), outside_future(test.channel);
    RecordedTask inside_now(test.channel), inside_future(test.channel);
    uint64_t later = 0;
    ASSERT_EQ(AWS_OP_SUCCESS, aws_channel_current_clock_time(test.channel, &later));
    later += 1000000000ULL;
    aws_channel_schedule_task_now(test.channel, &outside_now.task);
    aws_channel_schedule_task_future(test.channel, &outside_future.task, later);
    RunOnLoop(loops.loop(), [&] {
        aws_channel_schedule_task_now(test.channel, &inside_now.task);
        aws_channel_schedule_task_future(test.channel, &inside_future.task, later);
    });
    for (RecordedTask *task : {&outside_now, &outside_future, &inside_now, &inside_future}) {
        EXPECT_TRUE(task->ran.Wait());
        EXPECT_EQ(AWS_TASK_STATUS_CANCELED, task->status);
    }
    test.Destroy();
}

TEST_F(Channel, channel_cancels_pending_tasks) {
    LoopGroup loops(allocator_);
    TestChannel test(allocator_, loops.loop());
    RecordedTask outside(test.channel), inside(test.channel);
    uint64_t far_future = 0;
    ASSERT_EQ(AWS_OP_SUCCESS, aws_channel_current_clock_time(test.channel, &far_future));
    far_future += 3600ULL * 1000000000ULL;
    aws_channel_schedule_task_future(test.channel, &outside.task, far_future);
    RunOnLoop(loops.loop(), [&] { aws_channel_schedule_task_future(test.channel, &inside.task, far_future); });
    test.ShutDown();
    for (RecordedTask *task : {&outside, &inside}) {
        EXPECT_TRUE(task->ran.Count() > 0) << "tasks are cancelled before the owner is notified of the shutdown";
        EXPECT_EQ(AWS_TASK_STATUS_CANCELED, task->status);
        EXPECT_TRUE(task->on_loop);
    }
    test.Destroy();
}

TEST_F(Channel, channel_duplicate_shutdown) {
    LoopGroup loops(allocator_);
    TestChannel test(allocator_, loops.loop());
    EXPECT_EQ(AWS_OP_SUCCESS, aws_channel_shutdown(test.channel, AWS_ERROR_INVALID_STATE));
    EXPECT_EQ(AWS_OP_SUCCESS, aws_channel_shutdown(test.channel, 0));
    test.AwaitShutdown();
    EXPECT_EQ(AWS_OP_SUCCESS, aws_channel_shutdown(test.channel, 0));
    RunOnLoop(loops.loop(), [] {});
    EXPECT_EQ(1, test.shutdown_calls);
    EXPECT_EQ(AWS_ERROR_INVALID_STATE, test.shutdown_error) << "the first error counts";
    test.Destroy();
}

TEST_F(Channel, shutdown_goes_right_in_read_direction_and_comes_back_in_write_direction) {
    LoopGroup loops(allocator_);
    TestChannel test(allocator_, loops.loop());
    std::vector<std::string> steps;
    RunOnLoop(loops.loop(), [&] {
        for (const char *name : {"left", "middle", "right"}) {
            ScriptedHandler *handler = ScriptedHandler::New(allocator_);
            handler->on_shutdown = [&steps, name](enum aws_channel_direction direction, int error) {
                EXPECT_EQ(AWS_IO_SOCKET_TIMEOUT, error);
                steps.push_back(std::string(name) + (direction == AWS_CHANNEL_DIR_READ ? " read" : " write"));
            };
            handler->Install(test.channel);
        }
    });
    test.ShutDown(AWS_IO_SOCKET_TIMEOUT);
    std::vector<std::string> expected = {
        "left read", "middle read", "right read", "right write", "middle write", "left write"};
    EXPECT_EQ(expected, steps);
    EXPECT_EQ(AWS_IO_SOCKET_TIMEOUT, test.shutdown_error);
    test.Destroy();
}

TEST_F(Channel, tasks_race_with_shutdown_and_each_runs_exactly_once) {
    LoopGroup loops(allocator_);
    for (int round = 0; round < 50; round++) {
        TestChannel test(allocator_, loops.loop());
        constexpr int kThreads = 3, kTasks = 100;
        std::atomic<int> runs{0};
        std::vector<std::unique_ptr<RecordedTask>> tasks;
        for (int i = 0; i < kThreads * kTasks; i++) {
            tasks.push_back(std::make_unique<RecordedTask>(test.channel));
            tasks.back()->then = [&runs] { runs++; };
        }
        std::vector<std::thread> threads;
        for (int t = 0; t < kThreads; t++) {
            threads.emplace_back([&, t] {
                for (int i = 0; i < kTasks; i++) {
                    aws_channel_schedule_task_now(test.channel, &tasks[t * kTasks + i]->task);
                }
            });
        }
        test.ShutDown();
        for (auto &thread : threads) {
            thread.join();
        }
        for (auto &task : tasks) {
            ASSERT_TRUE(task->ran.Wait());
        }
        EXPECT_EQ(kThreads * kTasks, runs.load());
        test.Destroy();
        RunOnLoop(loops.loop(), [] {});
    }
}

/* Each of three threads does a part of a channel's short life. */
TEST_F(Channel, setup_shutdown_and_the_last_hold_race) {
    LoopGroup loops(allocator_);
    struct Life {
        struct aws_channel *channel = nullptr;
        std::atomic<int> set_ups{0}, shut_downs{0}, runs{0};
        Signal over;
        struct aws_channel_task tasks[2][2];
    };
    for (int round = 0; round < 100; round++) {
        Life life;
        struct aws_channel_options options = {};
        options.event_loop = loops.loop();
        options.setup_user_data = options.shutdown_user_data = &life;
        options.on_setup_completed = [](struct aws_channel *, int error, void *arg) {
            EXPECT_EQ(0, error);
            static_cast<Life *>(arg)->set_ups++;
        };
        options.on_shutdown_completed = [](struct aws_channel *, int, void *arg) {
            EXPECT_EQ(1, static_cast<Life *>(arg)->set_ups);
            static_cast<Life *>(arg)->shut_downs++;
            static_cast<Life *>(arg)->over.Raise();
        };
        life.channel = aws_channel_new(allocator_, &options);
        std::vector<std::thread> threads;
        for (auto &tasks : life.tasks) {
            aws_channel_acquire_hold(life.channel);
            threads.emplace_back([&life, &tasks, round] {
                auto run = [](struct aws_channel_task *, void *arg, enum aws_task_status) {
                    static_cast<Life *>(arg)->runs++;
                };
                aws_channel_task_init(&tasks[0], run, &life, "now");
                aws_channel_task_init(&tasks[1], run, &life, "serialized");
                aws_channel_schedule_task_now(life.channel, &tasks[0]);
                if (round % 2 == 0) {
                    aws_channel_shutdown(life.channel, 0);
                }
                aws_channel_schedule_task_now_serialized(life.channel, &tasks[1]);
                aws_channel_release_hold(life.channel);
            });
        }
        aws_channel_shutdown(life.channel, 0);
        aws_channel_destroy(life.channel);
        for (auto &thread : threads) {
            thread.join();
        }
        ASSERT_TRUE(life.over.Wait());
        RunOnLoop(loops.loop(), [] {});
        EXPECT_EQ(1, life.shut_downs);
        EXPECT_EQ(4, life.runs);
    }
}

TEST_F(Channel, channel_keeps_event_loop_group_alive) {
    Signal group_gone;
    struct aws_shutdown_callback_options on_gone = {};
    on_gone.shutdown_callback_fn = [](void *arg) { static_cast<Signal *>(arg)->Raise(); };
    on_gone.shutdown_callback_user_data = &group_gone;
    LoopGroup loops(aws_event_loop_group_new_default(allocator_, 1, &on_gone));
    struct aws_event_loop *loop = loops.loop();
    TestChannel test(allocator_, loop);
    test.ShutDown();
    loops.Release();
    RunOnLoop(loop, [] {});
    EXPECT_EQ(0, group_gone.Count());

    test.Destroy();
    EXPECT_TRUE(group_gone.Wait());
}

TEST_F(Channel, the_handlers_are_gone_when_destroy_returns_in_the_shutdown_callback) {
    LoopGroup loops(allocator_);
    struct Order {
        std::vector<std::string> events;
        Signal done;
    } order;
    struct aws_channel_options options = {};
    options.event_loop = loops.loop();
    options.on_setup_completed = [](struct aws_channel *, int, void *) {};
    options.on_shutdown_completed = [](struct aws_channel *channel, int, void *arg) {
        auto *order = static_cast<Order *>(arg);
        aws_channel_destroy(channel);
        order->events.push_back("destroyed");
        order->done.Raise();
    };
    options.shutdown_user_data = &order;
    struct aws_channel *channel = aws_channel_new(allocator_, &options);
    RunOnLoop(loops.loop(), [&] {
        ScriptedHandler *handler = ScriptedHandler::New(allocator_);
        handler->on_destroy = [&] { order.events.push_back("handler gone"); };
        handler->Install(channel);
    });
    aws_channel_shutdown(channel, AWS_ERROR_SUCCESS);
    EXPECT_TRUE(order.done.Wait());
    EXPECT_EQ((std::vector<std::string>{"handler gone", "destroyed"}), order.events);
}

TEST_F(Channel, an_owner_without_a_shutdown_callback_may_destroy_at_once) {
    LoopGroup loops(allocator_);
    struct aws_channel_options options = {};
    options.event_loop = loops.loop();
    options.on_setup_completed = [](struct aws_channel *, int, void *) {};
    struct aws_channel *channel = aws_channel_new(allocator_, &options);
    Signal gone;
    RunOnLoop(loops.loop(), [&] {
        ScriptedHandler *handler = ScriptedHandler::New(allocator_);
        handler->on_shutdown = [&](enum aws_channel_direction direction, int) {
            if (direction == AWS_CHANNEL_DIR_WRITE) {
                aws_channel_destroy(channel);
            }
        };
        handler->on_destroy = [&] { gone.Raise(); };
        handler->Install(channel);
    });
    aws_channel_shutdown(channel, AWS_ERROR_SUCCESS);
    EXPECT_TRUE(gone.Wait());
}

TEST_F(Channel, a_shutdown_may_begin_at_a_slot) {
    LoopGroup loops(allocator_);
    TestChannel test(allocator_, loops.loop());
    Signal destroyed;
    RunOnLoop(loops.loop(), [&] {
        ScriptedHandler *handler = ScriptedHandler::New(allocator_);
        handler->on_destroy = [&] { destroyed.Raise(); };
        handler->Install(test.channel);
        EXPECT_EQ(
            AWS_OP_SUCCESS,
            aws_channel_slot_shutdown(handler->slot, AWS_CHANNEL_DIR_READ, AWS_IO_SOCKET_TIMEOUT, true));
    });
    test.AwaitShutdown();
    EXPECT_EQ(AWS_IO_SOCKET_TIMEOUT, test.shutdown_error);
    EXPECT_EQ(AWS_OP_SUCCESS, aws_channel_shutdown(test.channel, 0));
    RunOnLoop(loops.loop(), [] {});
    EXPECT_EQ(1, test.shutdown_calls);
    test.Destroy();
    EXPECT_TRUE(destroyed.Wait());
}

TEST_F(Channel, a_shutdown_that_was_asked_for_may_meet_one_that_began_at_a_slot) {
    for (enum aws_channel_direction direction : {AWS_CHANNEL_DIR_READ, AWS_CHANNEL_DIR_WRITE}) {
        LoopGroup loops(allocator_);
        TestChannel test(allocator_, loops.loop());
        std::vector<enum aws_channel_direction> order;
        RunOnLoop(loops.loop(), [&] {
            ScriptedHandler *handler = ScriptedHandler::New(allocator_);
            handler->Install(test.channel);
            handler->on_shutdown = [&order, handler, direction](enum aws_channel_direction ended, int) {
                order.push_back(ended);
                /* While the turn to the write direction is due: the task of a step that is due is no other's. */
                if (order.size() == 1 && direction == AWS_CHANNEL_DIR_WRITE) {
                    aws_channel_slot_shutdown(handler->slot, AWS_CHANNEL_DIR_READ, 0, false);
                    aws_channel_slot_shutdown(handler->slot, AWS_CHANNEL_DIR_WRITE, 0, false);
                }
            };
            aws_channel_shutdown(test.channel, AWS_IO_SOCKET_TIMEOUT);
            if (direction == AWS_CHANNEL_DIR_READ) {
                aws_channel_slot_shutdown(handler->slot, AWS_CHANNEL_DIR_READ, AWS_IO_SOCKET_TIMEOUT, false);
            }
        });
        test.AwaitShutdown();
        TurnLoop(loops.loop());
        EXPECT_EQ(1, test.shutdown_calls);
        test.Destroy();
    }
}

TEST_F(Channel, destroy_may_follow_the_shutdown_call_at_once) {
    LoopGroup loops(allocator_);
    for (int round = 0; round < 20; round++) {
        TestChannel test(allocator_, loops.loop());
        Signal destroyed;
        RunOnLoop(loops.loop(), [&] {
            ScriptedHandler *handler = ScriptedHandler::New(allocator_);
            handler->on_destroy = [&] { destroyed.Raise(); };
            handler->Install(test.channel);
        });
        aws_channel_shutdown(test.channel, AWS_ERROR_SUCCESS);
        test.Destroy();
        EXPECT_TRUE(destroyed.Wait());
        EXPECT_EQ(1, test.shutdown_calls) << "notified before it is gone";
    }
}

TEST_F(Channel, a_channel_destroyed_without_a_shutdown_cancels_its_tasks) {
    LoopGroup loops(allocator_);
    TestChannel test(allocator_, loops.loop());
    RecordedTask inside(test.channel);
    uint64_t later = 0;
    ASSERT_EQ(AWS_OP_SUCCESS, aws_channel_current_clock_time(test.channel, &later));
    later += 3600ULL * 1000000000ULL;
    RunOnLoop(loops.loop(), [&] { aws_channel_schedule_task_future(test.channel, &inside.task, later); });
    test.Destroy();
    EXPECT_TRUE(inside.ran.Wait());
    EXPECT_EQ(AWS_TASK_STATUS_CANCELED, inside.status);
}

TEST_F(Channel, shutdown_steps_over_slots_without_a_handler) {
    LoopGroup loops(allocator_);
    TestChannel test(allocator_, loops.loop());
    std::vector<std::string> steps;
    RunOnLoop(loops.loop(), [&] {
        aws_channel_slot_new(test.channel);
        for (const char *name : {"left", "right"}) {
            ScriptedHandler *handler = ScriptedHandler::New(allocator_);
            handler->on_shutdown = [&steps, name](enum aws_channel_direction direction, int) {
                steps.push_back(std::string(name) + (direction == AWS_CHANNEL_DIR_READ ? " read" : " write"));
            };
            handler->Install(test.channel);
            struct aws_channel_slot *empty = aws_channel_slot_new(test.channel);
            EXPECT_EQ(AWS_OP_SUCCESS, aws_channel_slot_insert_end(test.channel, empty));
        }
    });
    test.ShutDown();
    EXPECT_EQ((std::vector<std::string>{"left read", "right read", "right write", "left write"}), steps);
    test.Destroy();
}

/* Between the two directions lies a task, in which anything may happen. */
TEST_F(Channel, the_rightmost_slot_may_be_removed_between_the_two_directions_of_a_shutdown) {
    LoopGroup loops(allocator_);
    TestChannel test(allocator_, loops.loop());
    std::vector<std::string> steps;
    RunOnLoop(loops.loop(), [&] {
        ScriptedHandler *left = ScriptedHandler::New(allocator_), *right = ScriptedHandler::New(allocator_);
        left->on_shutdown = [&steps](enum aws_channel_direction direction, int) {
            steps.push_back(direction == AWS_CHANNEL_DIR_READ ? "left read" : "left write");
        };
        left->Install(test.channel);
        right->Install(test.channel);
        right->on_shutdown = [&, right](enum aws_channel_direction direction, int) {
            ASSERT_EQ(AWS_CHANNEL_DIR_READ, direction);
            auto *task = new struct aws_task;
            aws_task_init(
                task,
                [](struct aws_task *task, void *slot, enum aws_task_status) {
                    aws_channel_slot_remove(static_cast<struct aws_channel_slot *>(slot));
                    delete task;
                },
                right->slot,
                "remove_slot");
            aws_event_loop_schedule_task_now(loops.loop(), task);
        };
    });
    test.ShutDown();
    EXPECT_EQ((std::vector<std::string>{"left read", "left write"}), steps);
    test.Destroy();
}

TEST_F(Channel, bad_arguments_are_refused) {
    LoopGroup loops(allocator_);
    struct aws_channel_options options = {};
    EXPECT_NULL_RAISES(AWS_ERROR_INVALID_ARGUMENT, aws_channel_new(allocator_, nullptr));
    EXPECT_NULL_RAISES(AWS_ERROR_INVALID_ARGUMENT, aws_channel_new(allocator_, &options));
    options.event_loop = loops.loop();
    EXPECT_NULL_RAISES(AWS_ERROR_INVALID_ARGUMENT, aws_channel_new(allocator_, &options));
    EXPECT_RAISES(AWS_ERROR_INVALID_ARGUMENT, aws_channel_shutdown(nullptr, 0));
    EXPECT_RAISES(AWS_ERROR_INVALID_ARGUMENT, aws_channel_trigger_read(nullptr));
    EXPECT_NULL_RAISES(AWS_ERROR_INVALID_ARGUMENT, aws_channel_slot_new(nullptr));

    TestChannel test(allocator_, loops.loop());
    EXPECT_RAISES(AWS_ERROR_INVALID_STATE, aws_channel_trigger_read(test.channel));
    EXPECT_RAISES(AWS_ERROR_IO_EVENT_LOOP_THREAD_ONLY, aws_channel_set_statistics_handler(test.channel, nullptr));
    RunOnLoop(loops.loop(), [&] {
        EXPECT_RAISES(AWS_ERROR_INVALID_STATE, aws_channel_trigger_read(test.channel));
        struct aws_channel_slot *slot = aws_channel_slot_new(test.channel);
        EXPECT_RAISES(AWS_ERROR_INVALID_STATE, aws_channel_slot_insert_end(test.channel, slot));
        EXPECT_RAISES(AWS_ERROR_INVALID_ARGUMENT, aws_channel_slot_insert_right(slot, nullptr));
        EXPECT_RAISES(AWS_ERROR_INVALID_ARGUMENT, aws_channel_slot_insert_left(slot, slot));
        EXPECT_RAISES(AWS_ERROR_INVALID_ARGUMENT, aws_channel_slot_replace(slot, slot));
        EXPECT_RAISES(AWS_ERROR_INVALID_ARGUMENT, aws_channel_slot_set_handler(slot, nullptr));
        EXPECT_RAISES(AWS_ERROR_INVALID_ARGUMENT, aws_channel_slot_shutdown(slot, AWS_CHANNEL_DIR_READ, 0, false));
    });
    test.Destroy();
}

/* Windows: three slots with back-pressure on the testing channel's fake loop. */
class ChannelWindow : public TracedIoTest {
  protected:
    void Build(size_t mid_window, size_t right_window) {
        struct aws_testing_channel_options options = {};
        options.clock_fn = aws_high_res_clock_get_ticks;
        ASSERT_EQ(AWS_OP_SUCCESS, testing_channel_init(&testing_, allocator_, &options));
        mid_ = Add(testing_.left_handler_slot, mid_window);
        right_ = Add(mid_, right_window);
        testing_channel_drain_queued_tasks(&testing_);
        ASSERT_EQ(mid_window, mid_->window_size);
        ASSERT_EQ(right_window, right_->window_size);
        mid_handler_ = static_cast<struct testing_channel_handler *>(mid_->handler->impl);
        mid_handler_->latest_window_update = 0;
    }

    struct aws_channel_slot *Add(struct aws_channel_slot *left, size_t window) {
        struct aws_channel_slot *slot = aws_channel_slot_new(testing_.channel);
        aws_channel_slot_insert_right(left, slot);
        aws_channel_slot_set_handler(slot, s_new_testing_channel_handler(allocator_, window));
        return slot;
    }

    void SendToMid(size_t bytes) {
        struct aws_io_message *message =
            aws_channel_acquire_message_from_pool(testing_.channel, AWS_IO_MESSAGE_APPLICATION_DATA, bytes);
        ASSERT_GE(message->message_data.capacity, bytes);
        message->message_data.len = bytes;
        ASSERT_EQ(
            AWS_OP_SUCCESS, aws_channel_slot_send_message(testing_.left_handler_slot, message, AWS_CHANNEL_DIR_READ));
    }

    void TearDown() override {
        EXPECT_EQ(AWS_OP_SUCCESS, testing_channel_clean_up(&testing_));
        TracedIoTest::TearDown();
    }

    const size_t fragment_ = g_aws_channel_max_fragment_size;
    const size_t threshold_ = 4 * g_aws_channel_max_fragment_size;
    struct testing_channel testing_ = {};
    struct aws_channel_slot *mid_ = nullptr;
    struct aws_channel_slot *right_ = nullptr;
    struct testing_channel_handler *mid_handler_ = nullptr;
};

TEST_F(ChannelWindow, channel_window_update_gates_on_scarcest_slot) {
    Build(fragment_, 4 * threshold_);
    ASSERT_EQ(AWS_OP_SUCCESS, aws_channel_slot_increment_read_window(right_, 1024));
    testing_channel_drain_queued_tasks(&testing_);
    EXPECT_EQ(4 * threshold_ + 1024, right_->window_size);
    EXPECT_EQ(0u, right_->current_window_update_batch_size);
    EXPECT_EQ(1024u, mid_handler_->latest_window_update);
}

TEST_F(ChannelWindow, channel_window_update_batches_while_all_slots_roomy) {
    const size_t roomy = threshold_ + fragment_;
    Build(roomy, roomy);
    ASSERT_EQ(AWS_OP_SUCCESS, aws_channel_slot_increment_read_window(right_, 1024));
    testing_channel_drain_queued_tasks(&testing_);
    EXPECT_EQ(roomy, right_->window_size) << "held back while there is room everywhere";
    EXPECT_EQ(1024u, right_->current_window_update_batch_size);
    EXPECT_EQ(0u, mid_handler_->latest_window_update);

    SendToMid(fragment_);
    EXPECT_EQ(threshold_, mid_->window_size);
    ASSERT_EQ(AWS_OP_SUCCESS, aws_channel_slot_increment_read_window(right_, 1024));
    testing_channel_drain_queued_tasks(&testing_);
    EXPECT_EQ(roomy + 2048, right_->window_size);
    EXPECT_EQ(2048u, mid_handler_->latest_window_update);
}

TEST_F(ChannelWindow, channel_window_update_emitted_when_debit_starves_slot) {
    const size_t roomy = 5 * fragment_;
    Build(roomy, roomy);
    ASSERT_EQ(AWS_OP_SUCCESS, aws_channel_slot_increment_read_window(right_, 1024));
    testing_channel_drain_queued_tasks(&testing_);
    ASSERT_EQ(1024u, right_->current_window_update_batch_size);

    /* The middle handler takes everything and passes nothing on, so nobody will ask for more. */
    for (int i = 0; i < 5; i++) {
        SendToMid(fragment_);
    }
    EXPECT_EQ(0u, mid_->window_size);
    testing_channel_drain_queued_tasks(&testing_);
    EXPECT_EQ(1024u, mid_handler_->latest_window_update);
    EXPECT_EQ(roomy + 1024, right_->window_size);
    EXPECT_EQ(0u, right_->current_window_update_batch_size);
}

TEST_F(ChannelWindow, a_slot_that_has_its_handler_before_its_place_gets_its_window) {
    Build(threshold_, threshold_);
    for (bool drained_between : {false, true}) {
        struct aws_channel_slot *slot = aws_channel_slot_new(testing_.channel);
        ASSERT_EQ(AWS_OP_SUCCESS, aws_channel_slot_set_handler(slot, s_new_testing_channel_handler(allocator_, 777)));
        if (drained_between) {
            testing_channel_drain_queued_tasks(&testing_);
        }
        ASSERT_EQ(AWS_OP_SUCCESS, aws_channel_slot_insert_end(testing_.channel, slot));
        testing_channel_drain_queued_tasks(&testing_);
        EXPECT_EQ(777u, slot->window_size);
    }
}

/* The first is made, the second is one that the pool has kept. */
TEST_F(ChannelWindow, data_of_a_message_begin_at_a_line_of_the_cache) {
    Build(100, 100);
    for (size_t size : {size_t(100), size_t(16 * 1024)}) {
        for (int i = 0; i < 2; i++) {
            struct aws_io_message *message =
                aws_channel_acquire_message_from_pool(testing_.channel, AWS_IO_MESSAGE_APPLICATION_DATA, size);
            EXPECT_EQ(0u, reinterpret_cast<uintptr_t>(message->message_data.buffer) % 64);
            EXPECT_EQ(size, message->message_data.capacity);
            aws_mem_release(message->allocator, message);
        }
    }
}

TEST_F(ChannelWindow, a_message_beyond_the_window_is_refused_and_stays_the_senders) {
    Build(100, 100);
    struct aws_io_message *message =
        aws_channel_acquire_message_from_pool(testing_.channel, AWS_IO_MESSAGE_APPLICATION_DATA, 128);
    message->message_data.len = 101;
    EXPECT_RAISES(
        AWS_IO_CHANNEL_READ_WOULD_EXCEED_WINDOW,
        aws_channel_slot_send_message(testing_.left_handler_slot, message, AWS_CHANNEL_DIR_READ));
    EXPECT_EQ(100u, mid_->window_size);
    aws_mem_release(message->allocator, message);
}

TEST_F(ChannelWindow, a_grant_saturates) {
    Build(SIZE_MAX, 100);
    ASSERT_EQ(AWS_OP_SUCCESS, aws_channel_slot_increment_read_window(right_, SIZE_MAX));
    ASSERT_EQ(AWS_OP_SUCCESS, aws_channel_slot_increment_read_window(right_, SIZE_MAX));
    testing_channel_drain_queued_tasks(&testing_);
    EXPECT_EQ(SIZE_MAX, right_->window_size);
}
