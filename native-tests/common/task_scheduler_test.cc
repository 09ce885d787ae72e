/* SPDX-License-Identifier: Apache-2.0 */
#include "support/traced_test.h"

#include <aws/common/priority_queue.h>
#include <aws/common/task_scheduler.h>

#include <algorithm>
#include <functional>
#include <memory>
#include <random>
#include <vector>

/* A task that notes its runs and then does what the test asks for. */
struct Work {
    explicit Work(std::function<void(Work &, enum aws_task_status)> then = nullptr) : then(then) {
        aws_task_init(&task, Run, this, "test");
    }

    static void Run(struct aws_task *task, void *argument, enum aws_task_status status) {
        Work *work = (Work *)argument;
        EXPECT_EQ(&work->task, task);
        work->runs++;
        work->last = status;
        if (work->order != nullptr) {
            work->order->push_back(work);
        }
        if (work->then) {
            work->then(*work, status);
        }
    }

    struct aws_task task;
    std::function<void(Work &, enum aws_task_status)> then;
    std::vector<Work *> *order = nullptr;
    int runs = 0;
    enum aws_task_status last = AWS_TASK_STATUS_RUN_READY;
};

class TaskSchedulerTest : public TracedTest {
  protected:
    void SetUp() override {
        TracedTest::SetUp();
        ASSERT_EQ(AWS_OP_SUCCESS, aws_task_scheduler_init(&scheduler_, allocator_));
    }

    void TearDown() override {
        aws_task_scheduler_clean_up(&scheduler_);
        TracedTest::TearDown();
    }

    uint64_t NextTime() {
        uint64_t time = 12345;
        bool has_tasks = aws_task_scheduler_has_tasks(&scheduler_, &time);
        EXPECT_EQ(has_tasks, time != UINT64_MAX);
        return time;
    }

    struct aws_task_scheduler scheduler_;
};

TEST_F(TaskSchedulerTest, RunsByTimeAndNowFirst) {
    std::vector<Work *> order;
    Work late, early, now1, now2, never;
    for (Work *work : {&late, &early, &now1, &now2, &never}) {
        work->order = &order;
    }
    aws_task_scheduler_schedule_future(&scheduler_, &late.task, 250);
    aws_task_scheduler_schedule_future(&scheduler_, &never.task, 301);
    aws_task_scheduler_schedule_future(&scheduler_, &early.task, 50);
    aws_task_scheduler_schedule_now(&scheduler_, &now1.task);
    aws_task_scheduler_schedule_now(&scheduler_, &now2.task);
    aws_task_scheduler_run_all(&scheduler_, 300);
    EXPECT_EQ((std::vector<Work *>{&now1, &now2, &early, &late}), order);
    EXPECT_EQ(0, never.runs);
    EXPECT_EQ(301u, NextTime());
    aws_task_scheduler_run_all(&scheduler_, 301);
    EXPECT_EQ(1, never.runs);
    EXPECT_EQ(AWS_TASK_STATUS_RUN_READY, never.last);
}

TEST_F(TaskSchedulerTest, ReportsWhenTheNextTaskIsDue) {
    Work timed, now;
    EXPECT_FALSE(aws_task_scheduler_has_tasks(&scheduler_, nullptr));
    EXPECT_EQ(UINT64_MAX, NextTime());
    aws_task_scheduler_schedule_future(&scheduler_, &timed.task, 777);
    EXPECT_EQ(777u, NextTime());
    aws_task_scheduler_schedule_now(&scheduler_, &now.task);
    EXPECT_EQ(0u, NextTime());
    aws_task_scheduler_run_all(&scheduler_, 1);
    EXPECT_EQ(777u, NextTime());
    aws_task_scheduler_run_all(&scheduler_, 777);
    EXPECT_EQ(UINT64_MAX, NextTime());
}

TEST_F(TaskSchedulerTest, WhatATaskSchedulesWaitsForTheNextRun) {
    Work again([&](Work &work, enum aws_task_status status) {
        if (status == AWS_TASK_STATUS_RUN_READY && work.runs < 3) {
            aws_task_scheduler_schedule_now(&scheduler_, &work.task);
        }
    });
    Work due;
    Work scheduling(
        [&](Work &, enum aws_task_status) { aws_task_scheduler_schedule_future(&scheduler_, &due.task, 1); });
    aws_task_scheduler_schedule_now(&scheduler_, &again.task);
    aws_task_scheduler_schedule_now(&scheduler_, &scheduling.task);
    for (int run = 1; run <= 3; ++run) {
        aws_task_scheduler_run_all(&scheduler_, 100);
        EXPECT_EQ(run, again.runs);
        EXPECT_EQ(run > 1 ? 1 : 0, due.runs);
    }
}

TEST_F(TaskSchedulerTest, ATaskMayFreeItself) {
    static int runs;
    runs = 0;
    for (uint64_t i = 0; i < 3; ++i) {
        struct aws_task *task = new struct aws_task;
        aws_task_init(
            task,
            [](struct aws_task *self, void *, enum aws_task_status) {
                runs++;
                delete self;
            },
            nullptr,
            "frees itself");
        aws_task_scheduler_schedule_future(&scheduler_, task, i);
    }
    aws_task_scheduler_run_all(&scheduler_, 10);
    EXPECT_EQ(3, runs);
}

TEST_F(TaskSchedulerTest, CancelsWhatWaits) {
    Work now, timed, first, last;
    aws_task_scheduler_schedule_now(&scheduler_, &now.task);
    aws_task_scheduler_schedule_future(&scheduler_, &first.task, 1);
    aws_task_scheduler_schedule_future(&scheduler_, &timed.task, 2);
    aws_task_scheduler_schedule_future(&scheduler_, &last.task, 3);
    for (Work *work : {&now, &timed, &first, &last}) {
        aws_task_scheduler_cancel_task(&scheduler_, &work->task);
        EXPECT_EQ(1, work->runs);
        EXPECT_EQ(AWS_TASK_STATUS_CANCELED, work->last);
        EXPECT_FALSE(work->task.abi_extension.scheduled);
    }
    EXPECT_FALSE(aws_task_scheduler_has_tasks(&scheduler_, nullptr));
    aws_task_scheduler_run_all(&scheduler_, UINT64_MAX);
    EXPECT_EQ(1, now.runs);
}

TEST_F(TaskSchedulerTest, CancelsWhatIsDueInTheSameRun) {
    Work cancelled_now, cancelled_timed;
    Work killer([&](Work &, enum aws_task_status) {
        aws_task_scheduler_cancel_task(&scheduler_, &cancelled_now.task);
        aws_task_scheduler_cancel_task(&scheduler_, &cancelled_timed.task);
    });
    aws_task_scheduler_schedule_now(&scheduler_, &killer.task);
    aws_task_scheduler_schedule_now(&scheduler_, &cancelled_now.task);
    aws_task_scheduler_schedule_future(&scheduler_, &cancelled_timed.task, 5);
    aws_task_scheduler_run_all(&scheduler_, 5);
    EXPECT_EQ(1, cancelled_now.runs);
    EXPECT_EQ(AWS_TASK_STATUS_CANCELED, cancelled_now.last);
    EXPECT_EQ(1, cancelled_timed.runs);
    EXPECT_EQ(AWS_TASK_STATUS_CANCELED, cancelled_timed.last);
}

TEST_F(TaskSchedulerTest, ACanceledTaskMayBeScheduledAgain) {
    Work work([&](Work &self, enum aws_task_status status) {
        if (status == AWS_TASK_STATUS_CANCELED && self.runs == 1) {
            aws_task_scheduler_schedule_future(&scheduler_, &self.task, 9);
        }
    });
    aws_task_scheduler_schedule_future(&scheduler_, &work.task, 4);
    aws_task_scheduler_cancel_task(&scheduler_, &work.task);
    EXPECT_EQ(9u, NextTime());
    aws_task_scheduler_run_all(&scheduler_, 9);
    EXPECT_EQ(2, work.runs);
    EXPECT_EQ(AWS_TASK_STATUS_RUN_READY, work.last);
}

TEST_F(TaskSchedulerTest, ATaskThatIsNowhereIsCanceledAllTheSame) {
    Work idle;
    aws_task_scheduler_cancel_task(&scheduler_, &idle.task);
    EXPECT_EQ(1, idle.runs);
    EXPECT_EQ(AWS_TASK_STATUS_CANCELED, idle.last);
}

TEST_F(TaskSchedulerTest, CleanUpCancelsAllAndWhatTheySchedule) {
    Work second;
    Work first([&](Work &, enum aws_task_status status) {
        EXPECT_EQ(AWS_TASK_STATUS_CANCELED, status);
        aws_task_scheduler_schedule_future(&scheduler_, &second.task, UINT64_MAX);
    });
    Work timed, distant;
    aws_task_scheduler_schedule_now(&scheduler_, &first.task);
    aws_task_scheduler_schedule_future(&scheduler_, &timed.task, 10);
    aws_task_scheduler_schedule_future(&scheduler_, &distant.task, UINT64_MAX);
    aws_task_scheduler_clean_up(&scheduler_);
    for (Work *work : {&first, &second, &timed, &distant}) {
        EXPECT_EQ(1, work->runs);
        EXPECT_EQ(AWS_TASK_STATUS_CANCELED, work->last);
    }
    EXPECT_FALSE(aws_task_scheduler_is_valid(&scheduler_));
    aws_task_scheduler_clean_up(&scheduler_);
    ASSERT_EQ(AWS_OP_SUCCESS, aws_task_scheduler_init(&scheduler_, allocator_)) << "and it can be used again";
}

static int CompareTimes(const void *a, const void *b) {
    return (*(struct aws_task *const *)a)->timestamp > (*(struct aws_task *const *)b)->timestamp;
}

/* The order among equal times is that of aws_priority_queue, whatever came and went before. */
TEST_F(TaskSchedulerTest, EqualTimesRunInTheOrderOfAPriorityQueue) {
    static const size_t kCount = 500;
    std::mt19937 random(7);
    std::vector<std::unique_ptr<Work>> works;
    std::vector<Work *> order, expected;
    std::vector<struct aws_priority_queue_node> nodes(kCount);
    struct aws_priority_queue reference;
    ASSERT_EQ(
        AWS_OP_SUCCESS,
        aws_priority_queue_init_dynamic(&reference, allocator_, 7, sizeof(struct aws_task *), CompareTimes));
    for (size_t i = 0; i < kCount; ++i) {
        works.emplace_back(new Work());
        works[i]->order = &order;
        struct aws_task *task = &works[i]->task;
        aws_task_scheduler_schedule_future(&scheduler_, task, random() % 20);
        aws_priority_queue_node_init(&nodes[i]);
        ASSERT_EQ(AWS_OP_SUCCESS, aws_priority_queue_push_ref(&reference, &task, &nodes[i]));
    }
    for (size_t i = 0; i < kCount; i += 3) {
        struct aws_task *removed = nullptr;
        works[i]->order = nullptr;
        aws_task_scheduler_cancel_task(&scheduler_, &works[i]->task);
        ASSERT_EQ(AWS_OP_SUCCESS, aws_priority_queue_remove(&reference, &removed, &nodes[i]));
        ASSERT_EQ(&works[i]->task, removed);
    }
    struct aws_task *task = nullptr;
    while (aws_priority_queue_size(&reference) > 0) {
        ASSERT_EQ(AWS_OP_SUCCESS, aws_priority_queue_pop(&reference, &task));
        expected.push_back((Work *)task->arg);
    }
    aws_priority_queue_clean_up(&reference);
    aws_task_scheduler_run_all(&scheduler_, 20);
    EXPECT_EQ(expected, order);
}

/* The public struct holds a queue that C code may look at and change by the functions of its own header. */
TEST_F(TaskSchedulerTest, TheTimedQueueStaysAPriorityQueue) {
    std::mt19937 random(11);
    std::vector<std::unique_ptr<Work>> works;
    for (int i = 0; i < 64; ++i) {
        works.emplace_back(new Work());
        aws_task_scheduler_schedule_future(&scheduler_, &works[i]->task, 100 + random() % 50);
        ASSERT_TRUE(aws_priority_queue_is_valid(&scheduler_.timed_queue));
        ASSERT_EQ((size_t)i + 1, aws_priority_queue_size(&scheduler_.timed_queue));
    }
    for (int i = 0; i < 64; i += 2) {
        struct aws_task *removed = nullptr;
        ASSERT_TRUE(aws_priority_queue_node_is_in_queue(&works[i]->task.priority_queue_node));
        ASSERT_EQ(
            AWS_OP_SUCCESS,
            aws_priority_queue_remove(&scheduler_.timed_queue, &removed, &works[i]->task.priority_queue_node));
        ASSERT_EQ(&works[i]->task, removed);
    }
    Work earliest;
    struct aws_task *task = &earliest.task;
    task->timestamp = 1;
    ASSERT_EQ(AWS_OP_SUCCESS, aws_priority_queue_push_ref(&scheduler_.timed_queue, &task, &task->priority_queue_node));
    EXPECT_EQ(1u, NextTime());
    aws_task_scheduler_run_all(&scheduler_, 1000);
    EXPECT_EQ(1, earliest.runs);
    for (int i = 0; i < 64; ++i) {
        EXPECT_EQ(i % 2, works[i]->runs);
        EXPECT_FALSE(aws_priority_queue_node_is_in_queue(&works[i]->task.priority_queue_node));
    }
    EXPECT_EQ(0u, aws_priority_queue_size(&scheduler_.timed_queue));
}

TEST_F(TaskSchedulerTest, ManyRandomSteps) {
    static const int kTasks = 200;
    std::mt19937 random(3);
    std::vector<std::unique_ptr<Work>> works;
    std::vector<uint64_t> due(kTasks, UINT64_MAX);
    std::vector<int> expected(kTasks, 0);
    for (int i = 0; i < kTasks; ++i) {
        works.emplace_back(new Work());
    }
    uint64_t now = 0;
    for (int step = 0; step < 20000; ++step) {
        int i = (int)(random() % kTasks);
        switch (random() % 4) {
        case 0:
        case 1:
            if (due[i] == UINT64_MAX) {
                due[i] = now + random() % 100;
                aws_task_scheduler_schedule_future(&scheduler_, &works[i]->task, due[i]);
            }
            break;
        case 2:
            if (due[i] != UINT64_MAX) {
                due[i] = UINT64_MAX;
                expected[i]++;
                aws_task_scheduler_cancel_task(&scheduler_, &works[i]->task);
            }
            break;
        default:
            now += random() % 5;
            for (int j = 0; j < kTasks; ++j) {
                if (due[j] <= now) {
                    due[j] = UINT64_MAX;
                    expected[j]++;
                }
            }
            aws_task_scheduler_run_all(&scheduler_, now);
            break;
        }
        ASSERT_EQ(expected[i], works[i]->runs);
        ASSERT_EQ(*std::min_element(due.begin(), due.end()), NextTime());
    }
    aws_task_scheduler_clean_up(&scheduler_);
}

TEST_F(TaskSchedulerTest, RunsATaskByHand) {
    Work work;
    aws_task_run(&work.task, AWS_TASK_STATUS_CANCELED);
    EXPECT_EQ(1, work.runs);
    EXPECT_EQ(AWS_TASK_STATUS_CANCELED, work.last);
}

TEST_F(TaskSchedulerTest, NamesStatuses) {
    EXPECT_STREQ("<Running>", aws_task_status_to_c_str(AWS_TASK_STATUS_RUN_READY));
    EXPECT_STREQ("<Canceled>", aws_task_status_to_c_str(AWS_TASK_STATUS_CANCELED));
    EXPECT_STREQ("<Unknown>", aws_task_status_to_c_str((enum aws_task_status)77));
}

TEST_F(TaskSchedulerTest, RefusesWhatItCannotUse) {
    struct aws_task empty;
    AWS_ZERO_STRUCT(empty);
    Work work;
    EXPECT_RAISES(AWS_ERROR_INVALID_ARGUMENT, aws_task_scheduler_init(nullptr, allocator_));
    struct aws_task_scheduler other;
    EXPECT_RAISES(AWS_ERROR_INVALID_ARGUMENT, aws_task_scheduler_init(&other, nullptr));
    EXPECT_FALSE(aws_task_scheduler_is_valid(nullptr));

    std::vector<std::function<void()>> calls = {
        [&] { aws_task_scheduler_schedule_now(&scheduler_, nullptr); },
        [&] { aws_task_scheduler_schedule_now(nullptr, &work.task); },
        [&] { aws_task_scheduler_schedule_now(&scheduler_, &empty); },
        [&] { aws_task_scheduler_schedule_future(&scheduler_, nullptr, 1); },
        [&] { aws_task_scheduler_schedule_future(&scheduler_, &empty, 1); },
        [&] { aws_task_scheduler_cancel_task(&scheduler_, nullptr); },
        [&] { aws_task_scheduler_cancel_task(&scheduler_, &empty); },
        [&] { aws_task_scheduler_run_all(nullptr, 1); },
        [&] { aws_task_scheduler_has_tasks(nullptr, nullptr); },
        [&] { aws_task_run(nullptr, AWS_TASK_STATUS_RUN_READY); },
        [&] { aws_task_run(&empty, AWS_TASK_STATUS_RUN_READY); },
        [&] { aws_task_init(nullptr, Work::Run, nullptr, ""); },
    };
    for (std::function<void()> &call : calls) {
        aws_reset_error();
        call();
        EXPECT_EQ(AWS_ERROR_INVALID_ARGUMENT, aws_last_error());
    }
    EXPECT_FALSE(aws_task_scheduler_has_tasks(&scheduler_, nullptr));
    aws_task_scheduler_clean_up(nullptr);
}
