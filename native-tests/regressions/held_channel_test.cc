/* SPDX-License-Identifier: Apache-2.0 */

/*
 * A hold keeps a channel's handlers after its shutdown, but a bootstrap frees the socket: a message sent to the left
 * then was handed to freed memory. And a hold that the shutdown callback of an already destroyed channel took and gave
 * back deleted the channel a second time. Both found by reading.
 */
#include "support/bootstraps.h"
#include "support/traced_test.h"

class HeldChannel : public TracedIoTest {};

TEST_F(HeldChannel, ASendAfterTheShutdownFails) {
    LoopGroup group(allocator_);
    Server server(allocator_, group.get(), AWS_SOCKET_LOCAL);
    server.on_side = [](Side &side) {
        side.hold = true;
        side.on_shut_down = [&side] { EXPECT_RAISES(AWS_IO_SOCKET_CLOSED, side.handler->Send("too late")); };
    };
    ASSERT_TRUE(server.Listen());
    Client client(allocator_, group.get());
    Side side(allocator_);
    side.hold = true;
    ASSERT_EQ(AWS_OP_SUCCESS, client.Connect(side, server));
    ASSERT_TRUE(side.AwaitSetUp());
    ASSERT_NE(nullptr, server.AwaitSide());
    aws_channel_shutdown(side.channel, 0);
    ASSERT_TRUE(side.AwaitShutDown());
    ASSERT_TRUE(server.AwaitSide()->AwaitShutDown());
    RunOnLoop(side.loop, [&] { EXPECT_RAISES(AWS_IO_SOCKET_CLOSED, side.handler->Send("too late")); });
    side.ReleaseHold();
    server.AwaitSide()->ReleaseHold();
    EXPECT_TRUE(side.AwaitHandlerDestroyed());
}

TEST_F(HeldChannel, TheShutdownCallbackOfADestroyedChannelMayHold) {
    LoopGroup group(allocator_);
    struct Owner {
        Signal set_up;
        Signal shut_down;
    } owner;
    struct aws_channel_options options = {};
    options.event_loop = group.loop();
    options.on_setup_completed = [](struct aws_channel *, int, void *arg) {
        static_cast<Owner *>(arg)->set_up.Raise();
    };
    options.on_shutdown_completed = [](struct aws_channel *channel, int, void *arg) {
        aws_channel_acquire_hold(channel);
        aws_channel_release_hold(channel);
        static_cast<Owner *>(arg)->shut_down.Raise();
    };
    options.setup_user_data = options.shutdown_user_data = &owner;
    struct aws_channel *channel = aws_channel_new(allocator_, &options);
    ASSERT_TRUE(owner.set_up.Wait());

    /* Destroyed between the shutdown and its callback. */
    struct aws_task destroy;
    aws_task_init(
        &destroy,
        [](struct aws_task *, void *arg, enum aws_task_status) {
            aws_channel_destroy(static_cast<struct aws_channel *>(arg));
        },
        channel,
        "destroy");
    RunOnLoop(group.loop(), [&] {
        aws_channel_shutdown(channel, 0);
        aws_event_loop_schedule_task_now(group.loop(), &destroy);
    });
    EXPECT_TRUE(owner.shut_down.Wait());
}
