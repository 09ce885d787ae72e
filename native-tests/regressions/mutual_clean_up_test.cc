/* SPDX-License-Identifier: Apache-2.0 */
#include "support/sockets.h"

/*
 * A listener that is cleaned up away from its loop waits for that loop. When two loops did that to each other's
 * listeners at the same time, each waited for the other for ever.
 */
class MutualCleanUp : public TracedIoTest {
  protected:
    void Init(struct aws_socket *socket, struct aws_event_loop *loop) {
        struct aws_socket_options options = SocketOptions(AWS_SOCKET_IPV4, AWS_SOCKET_STREAM);
        ASSERT_EQ(AWS_OP_SUCCESS, aws_socket_init(socket, allocator_, &options));
        ASSERT_EQ(AWS_OP_SUCCESS, BindTo(socket, AnyLocalEndpoint(AWS_SOCKET_IPV4)));
        ASSERT_EQ(AWS_OP_SUCCESS, aws_socket_listen(socket, 16));
        struct aws_socket_listener_options listening = {};
        listening.on_accept_result = [](struct aws_socket *, int, struct aws_socket *, void *) {};
        ASSERT_EQ(AWS_OP_SUCCESS, aws_socket_start_accept(socket, loop, listening));
    }
};

TEST_F(MutualCleanUp, LoopsMayEndEachOthersListenersAtOnce) {
    RunningLoop first(allocator_), second(allocator_), third(allocator_);
    struct aws_event_loop *loops[3] = {first, second, third};
    for (int round = 0; round < 20; ++round) {
        struct aws_socket listeners[3] = {};
        for (int i = 0; i < 3; ++i) {
            Init(&listeners[i], loops[i]);
        }

        /* Round a ring: each loop ends the next one's, when all have come that far. */
        Signal arrived, done;
        std::vector<std::unique_ptr<LambdaTask>> tasks;
        for (int i = 0; i < 3; ++i) {
            struct aws_socket *next = &listeners[(i + 1) % 3];
            tasks.push_back(std::make_unique<LambdaTask>([&arrived, &done, next](enum aws_task_status) {
                arrived.Raise();
                EXPECT_TRUE(arrived.Wait(3));
                aws_socket_clean_up(next);
                EXPECT_EQ(nullptr, next->impl);
                done.Raise();
            }));
            aws_event_loop_schedule_task_now(loops[i], &*tasks.back());
        }
        ASSERT_TRUE(done.Wait(3)) << "the loops wait for each other";
        for (struct aws_event_loop *loop : loops) {
            RunOnLoop(loop, [] {});
        }
    }
}
