/* SPDX-License-Identifier: Apache-2.0 */
/*
 * aws_socket_handler_get_socket() only answers: on any thread that holds the channel, under a lock that the loop's
 * thread waits for, and however far the channel's end has come. A socket that is made when it is first asked for had
 * other threads wait for the loop, and was lost to them while the loop ended it.
 */
#include "support/server_and_client.h"
#include "support/traced_test.h"

#include <atomic>
#include <thread>

class HandlersSocket : public TracedIoTest, public ::testing::WithParamInterface<enum aws_socket_domain> {
  protected:
    static struct aws_channel_handler *Leftmost(Side &side) {
        return aws_channel_get_first_slot(side.channel)->handler;
    }
};

TEST_P(HandlersSocket, IsGivenWhileTheLoopWaitsForTheCaller) {
    ServerAndClient ends(allocator_, GetParam());
    ASSERT_TRUE(ends.server.Listen());
    Side side(allocator_);
    ASSERT_EQ(AWS_OP_SUCCESS, ends.client.Connect(side, ends.server));
    ASSERT_TRUE(side.AwaitSetUp());
    ASSERT_NE(nullptr, ends.server.AwaitSide());

    struct Waiting {
        Signal begun;
        Signal asked;
    } waiting;
    struct aws_task task;
    aws_task_init(
        &task,
        [](struct aws_task *, void *arg, enum aws_task_status) {
            static_cast<Waiting *>(arg)->begun.Raise();
            EXPECT_TRUE(static_cast<Waiting *>(arg)->asked.Wait()) << "the caller waits for the loop";
        },
        &waiting,
        "wait");
    struct aws_channel_handler *handler = Leftmost(side);
    aws_event_loop_schedule_task_now(side.loop, &task);
    ASSERT_TRUE(waiting.begun.Wait());
    const struct aws_socket *socket = aws_socket_handler_get_socket(handler);
    ASSERT_NE(nullptr, socket);
    EXPECT_STREQ(ends.server.endpoint.address, socket->remote_endpoint.address);
    EXPECT_EQ(ends.server.endpoint.port, socket->remote_endpoint.port);
    EXPECT_EQ(socket, aws_socket_handler_get_socket(handler));
    EXPECT_EQ(handler, socket->handler);
    EXPECT_EQ(side.loop, socket->event_loop);
    waiting.asked.Raise();

    RunOnLoop(side.loop, [&] {
        EXPECT_EQ(socket, aws_socket_handler_get_socket(handler));
        EXPECT_TRUE(aws_socket_is_open(const_cast<struct aws_socket *>(socket)));
        EXPECT_RAISES(
            AWS_ERROR_IO_ALREADY_SUBSCRIBED,
            aws_socket_subscribe_to_readable_events(
                const_cast<struct aws_socket *>(socket), [](struct aws_socket *, int, void *) {}, nullptr));
    });
    aws_channel_shutdown(side.channel, 0);
    ASSERT_TRUE(side.AwaitShutDown());
}

/* Who asks begins before the shutdown or in it, and asks for the last time when it is over. */
TEST_P(HandlersSocket, IsGivenWhileTheChannelEnds) {
    ServerAndClient ends(allocator_, GetParam());
    ASSERT_TRUE(ends.server.Listen());
    for (int i = 0; i < 40; i++) {
        Side side(allocator_);
        side.hold = true;
        ASSERT_EQ(AWS_OP_SUCCESS, ends.client.Connect(side, ends.server));
        ASSERT_TRUE(side.AwaitSetUp());
        struct aws_channel_handler *handler = Leftmost(side);
        std::atomic<bool> is_over(false);
        bool begins_first = i % 4 == 0;
        std::thread asking([&] {
            if (i % 4 == 1) {
                std::this_thread::yield();
            }
            const struct aws_socket *first = aws_socket_handler_get_socket(handler);
            EXPECT_NE(nullptr, first);
            do {
                EXPECT_EQ(first, aws_socket_handler_get_socket(handler));
            } while (!is_over);
            EXPECT_EQ(first, aws_socket_handler_get_socket(handler));
        });
        if (begins_first) {
            RunOnLoop(side.loop, [&] { EXPECT_NE(nullptr, aws_socket_handler_get_socket(handler)); });
        }
        aws_channel_shutdown(side.channel, 0);
        EXPECT_TRUE(side.AwaitShutDown());
        is_over = true;
        asking.join();
        side.ReleaseHold();
        EXPECT_TRUE(side.AwaitHandlerDestroyed());
    }
}

TEST_P(HandlersSocket, OfAnEndedChannelIsClosedAndStillHasItsAddress) {
    ServerAndClient ends(allocator_, GetParam());
    ASSERT_TRUE(ends.server.Listen());
    for (bool asks_before : {false, true}) {
        Side side(allocator_);
        side.hold = true;
        ASSERT_EQ(AWS_OP_SUCCESS, ends.client.Connect(side, ends.server));
        ASSERT_TRUE(side.AwaitSetUp());
        struct aws_channel_handler *handler = Leftmost(side);
        const struct aws_socket *before = asks_before ? aws_socket_handler_get_socket(handler) : nullptr;
        aws_channel_shutdown(side.channel, 0);
        ASSERT_TRUE(side.AwaitShutDown());
        side.Settle();
        const struct aws_socket *socket = aws_socket_handler_get_socket(handler);
        ASSERT_NE(nullptr, socket);
        EXPECT_FALSE(aws_socket_is_open(const_cast<struct aws_socket *>(socket)));
        if (asks_before) {
            EXPECT_EQ(before, socket);
            EXPECT_STREQ(ends.server.endpoint.address, socket->remote_endpoint.address);
        }
        side.ReleaseHold();
        EXPECT_TRUE(side.AwaitHandlerDestroyed());
    }
}

/* When the channel has ended the system does not know the peer any more. */
TEST_P(HandlersSocket, HasThePeersAddressInTheShutdownCallback) {
    ServerAndClient ends(allocator_, GetParam());
    ASSERT_TRUE(ends.server.Listen());
    Side side(allocator_);
    side.hold = true;
    side.on_shut_down = [&] {
        const struct aws_socket *socket = aws_socket_handler_get_socket(Leftmost(side));
        ASSERT_NE(nullptr, socket);
        if (GetParam() != kAnyDomain) {
            EXPECT_STREQ(ends.server.endpoint.address, socket->remote_endpoint.address);
            EXPECT_EQ(ends.server.endpoint.port, socket->remote_endpoint.port);
        }
    };
    ASSERT_EQ(AWS_OP_SUCCESS, ends.client.Connect(side, ends.server));
    ASSERT_TRUE(side.AwaitSetUp());
    aws_channel_shutdown(side.channel, 0);
    ASSERT_TRUE(side.AwaitShutDown());
    side.ReleaseHold();
    EXPECT_TRUE(side.AwaitHandlerDestroyed());
}

/* By another thread, between the handler's end and the socket's. */
TEST_P(HandlersSocket, IsCleanedUpWithACallbackHoweverLateItWasAskedFor) {
    ServerAndClient ends(allocator_, GetParam());
    ASSERT_TRUE(ends.server.Listen());
    Side side(allocator_);
    side.hold = true;
    ASSERT_EQ(AWS_OP_SUCCESS, ends.client.Connect(side, ends.server));
    ASSERT_TRUE(side.AwaitSetUp());
    struct Asking {
        struct aws_channel_task task;
        struct aws_channel_handler *handler;
        Signal cleaned_up;
        int error = AWS_OP_ERR;
    } asking;
    asking.handler = Leftmost(side);
    aws_channel_task_init(
        &asking.task,
        [](struct aws_channel_task *, void *arg, enum aws_task_status status) {
            EXPECT_EQ(AWS_TASK_STATUS_CANCELED, status);
            auto *self = static_cast<Asking *>(arg);
            std::thread([self] {
                self->error = aws_socket_set_cleanup_complete_callback(
                    const_cast<struct aws_socket *>(aws_socket_handler_get_socket(self->handler)),
                    [](void *cleaned_up) { static_cast<Signal *>(cleaned_up)->Raise(); },
                    &self->cleaned_up);
            }).join();
        },
        &asking,
        "ask");
    aws_channel_schedule_task_future(side.channel, &asking.task, UINT64_MAX);
    aws_channel_shutdown(side.channel, 0);
    ASSERT_TRUE(side.AwaitShutDown());
    EXPECT_EQ(AWS_OP_SUCCESS, asking.error);
    EXPECT_TRUE(asking.cleaned_up.Wait());
    side.ReleaseHold();
    EXPECT_TRUE(side.AwaitHandlerDestroyed());
}

/* Connections with the same options share them; what a program asks for is always its own. */
TEST_P(HandlersSocket, HasTheOptionsOfItsOwnConnection) {
    ServerAndClient ends(allocator_, GetParam());
    ASSERT_TRUE(ends.server.Listen());
    std::vector<std::unique_ptr<Side>> sides;
    const uint32_t timeouts[] = {3000, 3000, 4000, 3000};
    for (uint32_t timeout : timeouts) {
        sides.push_back(std::make_unique<Side>(allocator_));
        struct aws_socket_options socket_options = ends.server.socket_options;
        socket_options.connect_timeout_ms = timeout;
        auto options = ends.client.OptionsFor(
            *sides.back(), socket_options, ends.server.endpoint.address, ends.server.endpoint.port);
        ASSERT_EQ(AWS_OP_SUCCESS, aws_client_bootstrap_new_socket_channel(&options));
    }
    for (size_t i = 0; i < sides.size(); i++) {
        ASSERT_TRUE(sides[i]->AwaitSetUp());
        EXPECT_EQ(timeouts[i], aws_socket_handler_get_socket(Leftmost(*sides[i]))->options.connect_timeout_ms);
    }
    for (auto &side : sides) {
        aws_channel_shutdown(side->channel, 0);
        EXPECT_TRUE(side->AwaitShutDown());
        EXPECT_TRUE(side->AwaitHandlerDestroyed());
    }
}

INSTANTIATE_TEST_SUITE_P(
    Domains,
    HandlersSocket,
    ::testing::Values(kAnyDomain, AWS_SOCKET_IPV4),
    [](const ::testing::TestParamInfo<enum aws_socket_domain> &info) {
        return info.param == AWS_SOCKET_IPV4 && info.index > 0 ? "Tcp" : "Any";
    });
