/* SPDX-License-Identifier: Apache-2.0 */
#include "support/sockets.h"

/*
 * The time-out of a connection begun away from its loop could not be cancelled. It kept memory of the socket for as
 * long as the connecting might have taken, however soon that was over.
 */
class ConnectFromOutside : public SocketTest {};

TEST_F(ConnectFromOutside, LeavesNothingBehindWhenTheSocketIsGone) {
    Listener listener(allocator_, loop_, SocketOptions(AWS_SOCKET_IPV4, AWS_SOCKET_STREAM));
    constexpr int kConnections = 30;
    size_t before = aws_mem_tracer_count(allocator_);
    for (int i = 0; i < kConnections; ++i) {
        {
            struct aws_socket_options options = SocketOptions(AWS_SOCKET_IPV4, AWS_SOCKET_STREAM);
            options.connect_timeout_ms = 3600000;
            OwnedSocket socket(allocator_, options);
            ConnectResult result;
            ASSERT_EQ(AWS_OP_SUCCESS, ConnectTo(socket, listener.endpoint(), loop_, ConnectResult::Callback, &result));
            ASSERT_TRUE(result.called.Wait());
            EXPECT_EQ(0, result.error);
            OwnedSocket accepted(allocator_, listener.Take());
        }
        RunOnLoop(loop_, [] {});
    }
    EXPECT_GT(before + kConnections / 2, aws_mem_tracer_count(allocator_)) << "blocks, from " << before;
}

#if !defined(_WIN32)
TEST_F(ConnectFromOutside, StillTimesOut) {
    /* Nobody accepts here and the queue is full, so that the answer does not come. */
    struct aws_socket_options options = SocketOptions(AWS_SOCKET_IPV4, AWS_SOCKET_STREAM);
    int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    struct sockaddr_in address = {};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t length = sizeof(address);
    ASSERT_EQ(0, bind(fd, (struct sockaddr *)&address, length));
    ASSERT_EQ(0, getsockname(fd, (struct sockaddr *)&address, &length));
    ASSERT_EQ(0, listen(fd, 0));
    std::vector<int> fillers;
    for (int i = 0; i < 4; ++i) {
        fillers.push_back(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0));
        connect(fillers.back(), (struct sockaddr *)&address, sizeof(address));
    }
    {
        options.connect_timeout_ms = 50;
        OwnedSocket socket(allocator_, options);
        ConnectResult result;
        ASSERT_EQ(
            AWS_OP_SUCCESS,
            ConnectTo(socket, Endpoint("127.0.0.1", ntohs(address.sin_port)), loop_, ConnectResult::Callback, &result));
        ASSERT_TRUE(result.called.Wait());
        EXPECT_EQ(AWS_IO_SOCKET_TIMEOUT, result.error);
    }
    for (int filler : fillers) {
        close(filler);
    }
    close(fd);
}
#endif
