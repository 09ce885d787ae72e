/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What a handler has put off to a channel task runs before the channel ends: a task for the bytes that came before the
 * end of the stream before the shutdown, and one of the handler's own shutdown while the channel still is there. Ends
 * that saved themselves a task had overtaken the first and cancelled the second.
 */
#include "support/server_and_client.h"
#include "support/traced_test.h"

class TasksBeforeShutdown : public TracedIoTest, public ::testing::WithParamInterface<enum aws_socket_domain> {
  protected:
    /* The loop's thread writes, until a side has shut down. */
    std::string events_;

    struct Noting {
        struct aws_channel_task task;
        std::string *events;
    } noting_;

    void ScheduleNote(struct aws_channel *channel) {
        noting_.events = &events_;
        aws_channel_task_init(
            &noting_.task,
            [](struct aws_channel_task *, void *arg, enum aws_task_status status) {
                *static_cast<Noting *>(arg)->events += status == AWS_TASK_STATUS_RUN_READY ? "task " : "CANCELED ";
            },
            &noting_,
            "test");
        events_ += "scheduled ";
        aws_channel_schedule_task_now(channel, &noting_.task);
    }

    void NoteShutdown(Side &side, bool schedules) {
        side.on_set_up = [this, &side, schedules] {
            side.handler->on_shutdown = [this, &side, schedules](enum aws_channel_direction direction, int) {
                events_ += direction == AWS_CHANNEL_DIR_READ ? "reading_ends " : "writing_ends ";
                if (schedules && direction == AWS_CHANNEL_DIR_WRITE) {
                    ScheduleNote(side.channel);
                }
            };
        };
    }
};

TEST_P(TasksBeforeShutdown, ATaskForTheLastBytesRunsBeforeTheChannelEnds) {
    ServerAndClient ends(allocator_, GetParam());
    ASSERT_TRUE(ends.server.Listen());
    Side side(allocator_, 0);
    NoteShutdown(side, false);
    side.on_read = [&](const std::string &) { ScheduleNote(side.channel); };
    ASSERT_EQ(AWS_OP_SUCCESS, ends.client.Connect(side, ends.server, true));
    ASSERT_TRUE(side.AwaitSetUp());
    Side *peer = ends.server.AwaitSide();
    ASSERT_NE(nullptr, peer);
    ASSERT_EQ(AWS_OP_SUCCESS, peer->Send("bytes"));
    aws_channel_shutdown(peer->channel, 0);
    ASSERT_TRUE(side.AwaitPeersEnd());
    side.Grant(100);
    ASSERT_TRUE(side.AwaitShutDown());
    EXPECT_EQ("scheduled task reading_ends writing_ends ", events_);
}

TEST_P(TasksBeforeShutdown, ATaskOfAHandlersShutdownRuns) {
    ServerAndClient ends(allocator_, GetParam());
    ASSERT_TRUE(ends.server.Listen());
    Side side(allocator_);
    NoteShutdown(side, true);
    ASSERT_EQ(AWS_OP_SUCCESS, ends.client.Connect(side, ends.server));
    ASSERT_TRUE(side.AwaitSetUp());
    ASSERT_NE(nullptr, ends.server.AwaitSide());
    aws_channel_shutdown(side.channel, 0);
    ASSERT_TRUE(side.AwaitShutDown());
    EXPECT_EQ("reading_ends writing_ends scheduled task ", events_);
}

INSTANTIATE_TEST_SUITE_P(
    Domains,
    TasksBeforeShutdown,
    ::testing::Values(kAnyDomain, AWS_SOCKET_IPV4),
    [](const ::testing::TestParamInfo<enum aws_socket_domain> &info) {
        return info.param == AWS_SOCKET_IPV4 && info.index > 0 ? "Tcp" : "Any";
    });
