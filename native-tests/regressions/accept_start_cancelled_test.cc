/* SPDX-License-Identifier: Apache-2.0 */
#include "support/sockets.h"

/*
 * When a loop ended before it had reported that a listener accepts, the callback was never called, and what was held
 * for the news stayed held.
 */
class AcceptStartCancelled : public TracedIoTest {};

TEST_F(AcceptStartCancelled, IsReportedWhenTheLoopEnds) {
    struct aws_event_loop *loop = aws_event_loop_new_default(allocator_, aws_high_res_clock_get_ticks);
    struct aws_socket_options options = SocketOptions(AWS_SOCKET_IPV4, AWS_SOCKET_STREAM);
    struct aws_socket socket = {};
    ASSERT_EQ(AWS_OP_SUCCESS, aws_socket_init(&socket, allocator_, &options));
    ASSERT_EQ(AWS_OP_SUCCESS, BindTo(&socket, AnyLocalEndpoint(AWS_SOCKET_IPV4)));
    ASSERT_EQ(AWS_OP_SUCCESS, aws_socket_listen(&socket, 16));

    struct Start {
        int count = 0;
        int error = 0;
    } start;
    struct aws_socket_listener_options listening = {};
    listening.on_accept_result = [](struct aws_socket *, int, struct aws_socket *, void *) {};
    listening.on_accept_start = [](struct aws_socket *socket, int error, void *argument) {
        auto *started = static_cast<Start *>(argument);
        started->count++;
        started->error = error;
        aws_socket_clean_up(socket);
    };
    listening.on_accept_start_user_data = &start;
    ASSERT_EQ(AWS_OP_SUCCESS, aws_socket_start_accept(&socket, loop, listening));

    aws_event_loop_destroy(loop);
    EXPECT_EQ(1, start.count);
    EXPECT_EQ(AWS_IO_EVENT_LOOP_SHUTDOWN, start.error);
}
