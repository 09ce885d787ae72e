/* SPDX-License-Identifier: Apache-2.0 */
/* <aws/io/event_loop.h>: groups of loops. */
#include <aws/common/clock.h>
#include <aws/common/private/thread_shared.h>
#include <aws/common/system_info.h>
#include <aws/common/thread.h>
#include <aws/io/event_loop.h>
#include <aws/io/private/event_loop_impl.h>

#include <gtest/gtest.h>

#include <pthread.h>

#include <atomic>
#include <set>
#include <string>
#include <thread>
#include <vector>

#include "support/loops.h"
#include "support/traced_test.h"

namespace {

std::string ThreadName(struct aws_event_loop *loop) {
    char name[32] = "";
    RunOnLoop(loop, [&] { pthread_getname_np(pthread_self(), name, sizeof(name)); });
    return name;
}

} // namespace

using EventLoopGroup = TracedIoTest;

TEST_F(EventLoopGroup, event_loop_group_setup_and_shutdown) {
    struct aws_event_loop_group_options options = {};
    struct aws_event_loop_group *group = aws_event_loop_group_new(allocator_, &options);
    ASSERT_NE(nullptr, group);
    size_t processors = aws_system_info_processor_count();
    EXPECT_EQ(processors > 1 ? processors / 2 : 1, aws_event_loop_group_get_loop_count(group));
    EXPECT_NE(nullptr, aws_event_loop_group_get_next_loop(group));
    EXPECT_EQ(aws_event_loop_get_default_type(), aws_event_loop_group_get_type(group));
    aws_event_loop_group_release(group);
}

TEST_F(EventLoopGroup, numa_aware_event_loop_group_setup_and_shutdown) {
    size_t count = aws_get_cpu_count_for_group(0);
    std::vector<struct aws_cpu_info> cpus(count);
    aws_get_cpu_ids_for_group(0, cpus.data(), count);
    size_t cores = 0;
    for (const auto &cpu : cpus) {
        cores += !cpu.suspected_hyper_thread;
    }

    /* More than there can be: a pinned group has one loop for each core and no more. */
    uint16_t cpu_group = 0;
    struct aws_event_loop_group_options options = {};
    options.loop_count = UINT16_MAX;
    options.cpu_group = &cpu_group;
    struct aws_event_loop_group *group = aws_event_loop_group_new(allocator_, &options);
    ASSERT_NE(nullptr, group);
    EXPECT_EQ(cores, aws_event_loop_group_get_loop_count(group));
    for (size_t i = 0; i < cores; ++i) {
        RunOnLoop(aws_event_loop_group_get_loop_at(group, i), [] {
#if !defined(_WIN32)
            cpu_set_t set;
            pthread_getaffinity_np(pthread_self(), sizeof(set), &set);
            EXPECT_EQ(1, CPU_COUNT(&set));
#endif
        });
    }
    aws_event_loop_group_release(group);
}

TEST_F(EventLoopGroup, shutdown_callback_comes_after_all_tasks_are_cancelled) {
    AnnouncedGroup announced(allocator_, 2);
    std::atomic<int> cancelled{0};
    auto count = [&](enum aws_task_status status) {
        EXPECT_EQ(AWS_TASK_STATUS_CANCELED, status);
        EXPECT_EQ(0, announced.ended.Count());
        ++cancelled;
    };
    LambdaTask first(count), second(count);
    ScheduleIn(aws_event_loop_group_get_loop_at(announced.group, 0), &first, 60000);
    ScheduleIn(aws_event_loop_group_get_loop_at(announced.group, 1), &second, 60000);
    aws_event_loop_group_release(announced.group);
    ASSERT_TRUE(announced.ended.Wait());
    EXPECT_EQ(2, cancelled);
}

TEST_F(EventLoopGroup, references_keep_it_alive) {
    AnnouncedGroup announced(allocator_, 1);
    EXPECT_EQ(announced.group, aws_event_loop_group_acquire(announced.group));
    aws_event_loop_group_release(announced.group);
    RunOnLoop(aws_event_loop_group_get_loop_at(announced.group, 0), [] {});
    EXPECT_EQ(0, announced.ended.Count());
    aws_event_loop_group_release(announced.group);
    ASSERT_TRUE(announced.ended.Wait());
}

/* must-not 20: the system takes 15 bytes and refuses longer names altogether. */
TEST_F(EventLoopGroup, threads_are_named_by_number) {
    const uint16_t loops = 101;
    AnnouncedGroup announced(allocator_, loops);
    ASSERT_NE(nullptr, announced.group);
    EXPECT_EQ(size_t(loops), aws_event_loop_group_get_loop_count(announced.group));
    for (size_t i : {0, 8, 9, 98, 99, 100}) {
        EXPECT_EQ(
            "AwsEventLoop" + std::to_string(i + 1), ThreadName(aws_event_loop_group_get_loop_at(announced.group, i)));
    }
    aws_event_loop_group_release(announced.group);
    ASSERT_TRUE(announced.ended.Wait());
}

TEST_F(EventLoopGroup, loops_are_given_out_evenly) {
    const uint16_t loops = 4;
    AnnouncedGroup announced(allocator_, loops);
    int counts[loops] = {};
    for (int i = 0; i < 4000; ++i) {
        struct aws_event_loop *next = aws_event_loop_group_get_next_loop(announced.group);
        for (size_t k = 0; k < loops; ++k) {
            counts[k] += next == aws_event_loop_group_get_loop_at(announced.group, k);
        }
    }
    for (int count : counts) {
        EXPECT_GT(count, 700);
    }
    aws_event_loop_group_release(announced.group);
    ASSERT_TRUE(announced.ended.Wait());
}

TEST_F(EventLoopGroup, a_busy_loop_of_two_is_not_chosen) {
    AnnouncedGroup announced(allocator_, 2);
    struct aws_event_loop *busy = aws_event_loop_group_get_loop_at(announced.group, 0);
    struct aws_event_loop *idle = aws_event_loop_group_get_loop_at(announced.group, 1);
    for (int i = 0; i < 30 && aws_event_loop_get_load_factor(busy) < 10000000; ++i) {
        RunOnLoop(busy, [] { std::this_thread::sleep_for(std::chrono::milliseconds(100)); });
    }
    for (int i = 0; i < 100; ++i) {
        EXPECT_EQ(idle, aws_event_loop_group_get_next_loop(announced.group));
    }
    aws_event_loop_group_release(announced.group);
    ASSERT_TRUE(announced.ended.Wait());
}

TEST_F(EventLoopGroup, loop_numbers_out_of_range) {
    AnnouncedGroup announced(allocator_, 1);
    EXPECT_NULL_RAISES(AWS_ERROR_INVALID_INDEX, aws_event_loop_group_get_loop_at(announced.group, 1));
    EXPECT_NULL_RAISES(AWS_ERROR_INVALID_INDEX, aws_event_loop_group_get_loop_at(announced.group, SIZE_MAX));
    EXPECT_EQ(
        aws_event_loop_group_get_next_loop(announced.group), aws_event_loop_group_get_loop_at(announced.group, 0));
    aws_event_loop_group_release(announced.group);
    ASSERT_TRUE(announced.ended.Wait());
}

TEST_F(EventLoopGroup, deprecated_constructors) {
    struct aws_event_loop_group *group = aws_event_loop_group_new_default(allocator_, 3, nullptr);
    ASSERT_NE(nullptr, group);
    EXPECT_EQ(3u, aws_event_loop_group_get_loop_count(group));
    aws_event_loop_group_release(group);

    group = aws_event_loop_group_new_default_pinned_to_cpu_group(allocator_, 1, 0, nullptr);
    ASSERT_NE(nullptr, group);
    EXPECT_EQ(1u, aws_event_loop_group_get_loop_count(group));
    aws_event_loop_group_release(group);
}

TEST_F(EventLoopGroup, unknown_group_of_processors) {
    uint16_t cpu_group = UINT16_MAX;
    struct aws_event_loop_group_options options = {};
    options.cpu_group = &cpu_group;
    EXPECT_NULL_RAISES(AWS_ERROR_INVALID_ARGUMENT, aws_event_loop_group_new(allocator_, &options));
}

TEST_F(EventLoopGroup, type_that_the_platform_lacks) {
    struct aws_event_loop_group_options options = {};
#if defined(_WIN32)
    options.type = AWS_EVENT_LOOP_EPOLL;
#else
    options.type = AWS_EVENT_LOOP_IOCP;
#endif
    EXPECT_NULL_RAISES(AWS_ERROR_PLATFORM_NOT_SUPPORTED, aws_event_loop_group_new(allocator_, &options));
}

namespace {
int s_group_clock(uint64_t *time) {
    *time = 12345;
    return AWS_OP_SUCCESS;
}

/* Makes real loops, but only so many. */
struct LoopMaker {
    int left;
    std::set<struct aws_event_loop_group *> parents;

    static struct aws_event_loop *
    New(struct aws_allocator *allocator, const struct aws_event_loop_options *options, void *user_data) {
        auto *self = static_cast<LoopMaker *>(user_data);
        self->parents.insert(options->parent_elg);
        if (self->left-- == 0) {
            aws_raise_error(AWS_ERROR_MAX_FDS_EXCEEDED);
            return nullptr;
        }
        return aws_event_loop_new(allocator, options);
    }
};
} // namespace

TEST_F(EventLoopGroup, clock_and_loop_function_of_the_user) {
    LoopMaker maker{10, {}};
    struct aws_event_loop_group_options options = {};
    options.loop_count = 2;
    options.clock_override = s_group_clock;
    struct aws_event_loop_group *group =
        aws_event_loop_group_new_internal(allocator_, &options, LoopMaker::New, &maker);
    ASSERT_NE(nullptr, group);
    EXPECT_EQ(8, maker.left);
    EXPECT_EQ(std::set<struct aws_event_loop_group *>{group}, maker.parents);
    EXPECT_EQ(12345u, LoopTime(aws_event_loop_group_get_loop_at(group, 1)));
    aws_event_loop_group_release(group);
}

TEST_F(EventLoopGroup, a_loop_that_cannot_be_made_undoes_the_others) {
    LoopMaker maker{2, {}};
    Signal ended;
    struct aws_shutdown_callback_options shutdown = {};
    shutdown.shutdown_callback_fn = [](void *user_data) { static_cast<Signal *>(user_data)->Raise(); };
    shutdown.shutdown_callback_user_data = &ended;
    struct aws_event_loop_group_options options = {};
    options.loop_count = 3;
    options.shutdown_options = &shutdown;
    EXPECT_NULL_RAISES(
        AWS_ERROR_MAX_FDS_EXCEEDED, aws_event_loop_group_new_internal(allocator_, &options, LoopMaker::New, &maker));
    EXPECT_EQ(AWS_OP_SUCCESS, aws_thread_join_all_managed());
    EXPECT_EQ(0, ended.Count()) << "what was never there cannot end";
}

TEST_F(EventLoopGroup, null) {
    struct aws_event_loop_group_options options = {};
    EXPECT_NULL_RAISES(AWS_ERROR_INVALID_ARGUMENT, aws_event_loop_group_new(nullptr, &options));
    EXPECT_NULL_RAISES(AWS_ERROR_INVALID_ARGUMENT, aws_event_loop_group_new(allocator_, nullptr));
    EXPECT_NULL_RAISES(
        AWS_ERROR_INVALID_ARGUMENT, aws_event_loop_group_new_internal(allocator_, &options, nullptr, nullptr));
    EXPECT_NULL_RAISES(AWS_ERROR_INVALID_ARGUMENT, aws_event_loop_group_get_loop_at(nullptr, 0));
    EXPECT_NULL_RAISES(AWS_ERROR_INVALID_ARGUMENT, aws_event_loop_group_get_next_loop(nullptr));
    EXPECT_EQ(0u, aws_event_loop_group_get_loop_count(nullptr));
    EXPECT_EQ(AWS_EVENT_LOOP_PLATFORM_DEFAULT, aws_event_loop_group_get_type(nullptr));
    EXPECT_EQ(nullptr, aws_event_loop_group_acquire(nullptr));
    EXPECT_EQ(nullptr, aws_event_loop_group_acquire_from_event_loop(nullptr));
    aws_event_loop_group_release(nullptr);
    aws_event_loop_group_release_from_event_loop(nullptr);
}
