/* SPDX-License-Identifier: Apache-2.0 */
#ifndef RESEAU_STRESS_LOOP_WORK_H
#define RESEAU_STRESS_LOOP_WORK_H

#include "stress/end.h"

/* A task of a loop or of a channel, which has to run once. */
struct LoopWork {
    World *world = nullptr;
    struct aws_event_loop *loop = nullptr;
    struct aws_task task = {};
    struct aws_channel_task channel_task = {};
    /* Cancelled by this one, on the loop, if it has not run yet. */
    LoopWork *cancelled = nullptr;
    std::atomic<int> runs{0};

    void Run(enum aws_task_status status) {
        CHECK(runs++ == 0, "a task ran twice");
        bool is_on_loop = aws_event_loop_thread_is_callers_thread(loop);
        CHECK(is_on_loop || status == AWS_TASK_STATUS_CANCELED, "a task ran on another thread than the loop's");
        if (cancelled != nullptr && cancelled->runs == 0 && is_on_loop && status == AWS_TASK_STATUS_RUN_READY) {
            aws_event_loop_cancel_task(loop, &cancelled->task);
            CHECK(cancelled->runs == 1, "a cancelled task did not run");
        }
    }

    static LoopWork *New(World *world, struct aws_event_loop *loop) {
        LoopWork *work = new LoopWork;
        work->world = world;
        work->loop = loop;
        aws_task_init(
            &work->task,
            [](struct aws_task *, void *arg, enum aws_task_status status) {
                static_cast<LoopWork *>(arg)->Run(status);
            },
            work,
            "stress_task");
        aws_channel_task_init(
            &work->channel_task,
            [](struct aws_channel_task *, void *arg, enum aws_task_status status) {
                static_cast<LoopWork *>(arg)->Run(status);
            },
            work,
            "stress_channel_task");
        world->tasks++;
        std::lock_guard<Lock> lock(world->mutex);
        world->works.emplace_back(work);
        return work;
    }

    /* Some tasks for a loop, for now, for soon and for a time that never comes. */
    static void Flood(World *world, Random &random) {
        struct aws_event_loop *loop = world->AnyLoop(random);
        LoopWork *last = nullptr;
        uint64_t now = 0;
        aws_event_loop_current_clock_time(loop, &now);
        for (uint64_t left = 1 + random.Size(256); left > 0; left--) {
            LoopWork *work = New(world, loop);
            work->cancelled = random.Chance(30) ? last : nullptr;
            last = work;
            switch (random.Below(4)) {
            case 0:
                aws_event_loop_schedule_task_now(loop, &work->task);
                break;
            case 1:
                aws_event_loop_schedule_task_now_serialized(loop, &work->task);
                break;
            case 2:
                aws_event_loop_schedule_task_future(loop, &work->task, now + random.Size(20000000));
                break;
            default:
                aws_event_loop_schedule_task_future(loop, &work->task, now + 3600000000000);
                break;
            }
        }
    }

    /* The same for a channel, which may be at any point of its life. */
    static void FloodChannel(World *world, Random &random) {
        End *end = world->AnyEnd(random);
        if (end == nullptr) {
            return;
        }
        uint64_t left = 1 + random.Size(64);
        end->WithHeldChannel([&](struct aws_channel *channel) {
            uint64_t now = 0;
            aws_channel_current_clock_time(channel, &now);
            for (; left > 0; left--) {
                LoopWork *work = New(world, aws_channel_get_event_loop(channel));
                switch (random.Below(4)) {
                case 0:
                    aws_channel_schedule_task_now(channel, &work->channel_task);
                    break;
                case 1:
                    aws_channel_schedule_task_now_serialized(channel, &work->channel_task);
                    break;
                case 2:
                    aws_channel_schedule_task_future(channel, &work->channel_task, now + random.Size(20000000));
                    break;
                default:
                    aws_channel_schedule_task_future(channel, &work->channel_task, now + 3600000000000);
                    break;
                }
            }
        });
    }
};

#endif /* RESEAU_STRESS_LOOP_WORK_H */
