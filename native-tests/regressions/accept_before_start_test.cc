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
    UnixPath path;
    struct aws_socket_options options = StreamOptions(AWS_SOCKET_LOCAL);
    struct aws_socket listener = {};
    ASSERT_EQ(AWS_OP_SUCCESS, aws_socket_init(&listener, allocator_, &options));
    struct aws_socket_endpoint endpoint = {};
    strncpy(endpoint.address, path.path.c_str(), sizeof(endpoint.address) - 1);
    struct aws_socket_bind_options bind = {};
    bind.local_endpoint = &endpoint;
    ASSERT_EQ(AWS_OP_SUCCESS, aws_socket_bind(&listener, &bind));
    ASSERT_EQ(AWS_OP_SUCCESS, aws_socket_listen(&listener, 8));

    /* The connection is there before the listener starts to accept. */
    struct sockaddr_un address = {};
    address.sun_family = AF_UNIX;
    strncpy(address.sun_path, endpoint.address, sizeof(address.sun_path) - 1);
    int client = socket(AF_UNIX, SOCK_STREAM, 0);
    ASSERT_EQ(0, connect(client, (struct sockaddr *)&address, sizeof(address)));

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
        close(client);
        client = socket(AF_UNIX, SOCK_STREAM, 0);
        ASSERT_EQ(0, connect(client, (struct sockaddr *)&address, sizeof(address)));
        calls.monitor.Change([&] { calls.events.clear(); });
    }
    close(client);
    aws_socket_clean_up(&listener);
}
