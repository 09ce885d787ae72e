/* SPDX-License-Identifier: Apache-2.0 */

/*
 * A connection that came while a listener was starting was accepted before the program had the start callback: the
 * loop delivers events before it runs the task that reports. A program that makes ready in its setup callback got a
 * connection before it. Found by the stress program within a second.
 */
#include "support/bootstraps.h"
#include "support/raw_socket.h"
#include "support/traced_test.h"

class AcceptBeforeStart : public TracedIoTest {};

TEST_F(AcceptBeforeStart, TheStartCallbackComesBeforeAConnection) {
    LoopGroup group(allocator_);
    struct aws_socket_options options = StreamOptions(AWS_SOCKET_IPV4);
    struct aws_socket listener = {};
    ASSERT_EQ(AWS_OP_SUCCESS, aws_socket_init(&listener, allocator_, &options));
    struct aws_socket_endpoint endpoint = {};
    strcpy(endpoint.address, "127.0.0.1");
    struct aws_socket_bind_options bind = {};
    bind.local_endpoint = &endpoint;
    ASSERT_EQ(AWS_OP_SUCCESS, aws_socket_bind(&listener, &bind));
    ASSERT_EQ(AWS_OP_SUCCESS, aws_socket_get_bound_address(&listener, &endpoint));
    ASSERT_EQ(AWS_OP_SUCCESS, aws_socket_listen(&listener, 8));

    /* The connection is there before the listener starts to accept. */
    const auto port = (uint16_t)endpoint.port;
    RawSocket client = RawSocket::Connect("127.0.0.1", port);
    ASSERT_TRUE(client.IsOpen());

    struct Events {
        Monitor monitor;
        std::string events;
        void Add(char event) {
            monitor.Change([&] { events += event; });
        }
    } calls;
    struct aws_socket_listener_options accept = {};
    accept.on_accept_start = [](struct aws_socket *, int, void *arg) { static_cast<Events *>(arg)->Add('s'); };
    accept.on_accept_start_user_data = &calls;
    accept.on_accept_result = [](struct aws_socket *, int, struct aws_socket *accepted, void *arg) {
        struct aws_allocator *allocator = accepted->allocator;
        aws_socket_clean_up(accepted);
        aws_mem_release(allocator, accepted);
        static_cast<Events *>(arg)->Add('c');
    };
    accept.on_accept_result_user_data = &calls;
    for (int round = 0; round < 50; round++) {
        /* The loop sleeps, so that it finds the connection and the task at the same time. */
        ASSERT_EQ(AWS_OP_SUCCESS, aws_socket_start_accept(&listener, group.loop(), accept));
        ASSERT_TRUE(calls.monitor.Await([&] { return calls.events.size() == 2; }));
        EXPECT_EQ("sc", calls.events);
        ASSERT_EQ(AWS_OP_SUCCESS, aws_socket_stop_accept(&listener));
        client = RawSocket::Connect("127.0.0.1", port);
        ASSERT_TRUE(client.IsOpen());
        calls.monitor.Change([&] { calls.events.clear(); });
    }
    aws_socket_clean_up(&listener);
}
