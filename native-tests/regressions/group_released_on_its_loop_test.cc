/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The last reference to a group goes on one of the group's own loops. Elsewhere that thread joined itself. A loop
 * cannot wait for its own end: another thread winds the group up.
 */
#include "support/loops.h"
#include "support/traced_test.h"

using GroupReleasedOnItsLoop = TracedIoTest;

TEST_F(GroupReleasedOnItsLoop, event_loop_group_setup_and_shutdown_async) {
    AnnouncedGroup announced(allocator_, 0);
    struct aws_event_loop *loop = aws_event_loop_group_get_next_loop(announced.group);
    aws_thread_id_t released_on = 0;
    LambdaTask task([&](enum aws_task_status status) {
        EXPECT_EQ(AWS_TASK_STATUS_RUN_READY, status);
        released_on = aws_thread_current_thread_id();
        aws_event_loop_group_release(announced.group);
    });
    aws_event_loop_schedule_task_future(loop, &task, LoopTime(loop));
    ASSERT_TRUE(announced.ended.Wait());
    EXPECT_FALSE(aws_thread_thread_id_equal(released_on, announced.ended_on));
}

TEST_F(GroupReleasedOnItsLoop, on_each_in_turn) {
    const uint16_t loops = 3;
    for (int i = 0; i < 30; ++i) {
        AnnouncedGroup announced(allocator_, loops);
        struct aws_event_loop *loop = aws_event_loop_group_get_loop_at(announced.group, i % loops);
        EXPECT_EQ(announced.group, aws_event_loop_group_acquire_from_event_loop(loop));
        aws_event_loop_group_release(announced.group);
        EXPECT_EQ(0, announced.ended.Count());
        LambdaTask task([&](enum aws_task_status) { aws_event_loop_group_release_from_event_loop(loop); });
        aws_event_loop_schedule_task_now(loop, &task);
        ASSERT_TRUE(announced.ended.Wait());
        EXPECT_EQ(1, announced.ended.Count());
    }
}
