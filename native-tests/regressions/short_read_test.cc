/* SPDX-License-Identifier: Apache-2.0 */

/*
 * A read that the kernel did not fill was taken to have emptied the socket. But a read also ends early at the place of
 * urgent data, and at descriptors that were sent along: what stood behind stayed in the kernel until more came, and a
 * peer that waited for an answer waited for ever. Found by reading, then by the stress program's rude peers.
 */
#include "support/bootstraps.h"
#include "support/traced_test.h"

#include <arpa/inet.h>
#include <sys/socket.h>
#include <sys/un.h>

class ShortRead : public TracedIoTest {
  protected:
    /* Sends while the loop is busy, so that all of it is there when the loop looks. */
    void Exchange(enum aws_socket_domain domain, std::function<void(int fd)> send_all, size_t expected) {
        LoopGroup group(allocator_);
        Server server(allocator_, group.get(), domain);
        ASSERT_TRUE(server.Listen());
        int fd = Connect(server, domain);
        ASSERT_LE(0, fd);
        Side *side = server.AwaitSide();
        ASSERT_NE(nullptr, side);
        RunOnLoop(group.loop(), [&] { send_all(fd); });
        EXPECT_TRUE(side->AwaitReceived(expected));
        EXPECT_EQ(expected, side->ReceivedSize());
        close(fd);
        EXPECT_TRUE(side->AwaitShutDown());
    }

    static int Connect(const Server &server, enum aws_socket_domain domain) {
        if (domain == AWS_SOCKET_LOCAL) {
            struct sockaddr_un address = {};
            address.sun_family = AF_UNIX;
            strncpy(address.sun_path, server.endpoint.address, sizeof(address.sun_path) - 1);
            int fd = socket(AF_UNIX, SOCK_STREAM, 0);
            return connect(fd, (struct sockaddr *)&address, sizeof(address)) == 0 ? fd : -1;
        }
        struct sockaddr_in address = {};
        address.sin_family = AF_INET;
        address.sin_port = htons((uint16_t)server.endpoint.port);
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        int fd = socket(AF_INET, SOCK_STREAM, 0);
        return connect(fd, (struct sockaddr *)&address, sizeof(address)) == 0 ? fd : -1;
    }
};

TEST_F(ShortRead, WhatStandsBehindUrgentDataIsRead) {
    Exchange(
        AWS_SOCKET_IPV4,
        [](int fd) {
            EXPECT_EQ(5, send(fd, "first", 5, 0));
            EXPECT_EQ(1, send(fd, "!", 1, MSG_OOB));
            EXPECT_EQ(6, send(fd, "second", 6, 0));
        },
        11);
}

TEST_F(ShortRead, WhatStandsBehindDescriptorsIsRead) {
    Exchange(
        AWS_SOCKET_LOCAL,
        [](int fd) {
            char text[] = "first";
            struct iovec piece = {text, 5};
            alignas(struct cmsghdr) char control[CMSG_SPACE(sizeof(int))] = {};
            struct msghdr message = {};
            message.msg_iov = &piece;
            message.msg_iovlen = 1;
            message.msg_control = control;
            message.msg_controllen = sizeof(control);
            struct cmsghdr *rights = CMSG_FIRSTHDR(&message);
            rights->cmsg_level = SOL_SOCKET;
            rights->cmsg_type = SCM_RIGHTS;
            rights->cmsg_len = CMSG_LEN(sizeof(int));
            memcpy(CMSG_DATA(rights), &fd, sizeof(int));
            EXPECT_EQ(5, sendmsg(fd, &message, 0));
            EXPECT_EQ(6, send(fd, "second", 6, 0));
        },
        11);
}
