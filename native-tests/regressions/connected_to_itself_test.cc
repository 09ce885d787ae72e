/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A client that connects to a port of its own host which nobody listens on may be given that port for its own end. TCP
 * then connects the socket to itself, as two that open at the same time (RFC 9293, 3.5): the program got a connection
 * that answered with what it had written, and the service could not take its port.
 */
#include "support/sockets.h"

#include <fcntl.h>
#include <sched.h>
#include <sys/ioctl.h>

#include <net/if.h>

namespace {

constexpr uint16_t kPort = 40000;

/* A network of its own in which the system has one port to give. False without the right to make it. */
bool EnterNetworkOfOnePort() {
    if (unshare(CLONE_NEWNET) != 0) {
        return false;
    }
    int fd = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
    struct ifreq up = {};
    strcpy(up.ifr_name, "lo");
    bool done = ioctl(fd, SIOCGIFFLAGS, &up) == 0;
    up.ifr_flags |= IFF_UP;
    done = done && ioctl(fd, SIOCSIFFLAGS, &up) == 0;
    close(fd);
    const std::string range = std::to_string(kPort) + " " + std::to_string(kPort);
    fd = open("/proc/sys/net/ipv4/ip_local_port_range", O_WRONLY | O_CLOEXEC);
    done = done && fd >= 0 && write(fd, range.data(), range.size()) == (ssize_t)range.size();
    close(fd);
    return done;
}

class ConnectedToItself : public SocketTest {
  protected:
    static void SetUpTestSuite() {
        s_has_network = EnterNetworkOfOnePort();
    }

    void SetUp() override {
        SocketTest::SetUp();
        if (!s_has_network) {
            GTEST_SKIP() << "no right to make a network";
        }
    }

    static bool s_has_network;
};

bool ConnectedToItself::s_has_network;

} // namespace

TEST_F(ConnectedToItself, IsWhatTheSystemDoes) {
    RawSocket client = RawSocket::Connect("127.0.0.1", kPort);
    ASSERT_TRUE(client.IsOpen());
    EXPECT_EQ(kPort, client.Port());
    ASSERT_TRUE(client.Write("a"));
    char answer = 0;
    EXPECT_EQ(1, recv(client.fd(), &answer, 1, 0));
    EXPECT_EQ('a', answer);
    client.ResetOnClose();
}

TEST_F(ConnectedToItself, IsRefused) {
    for (const char *address : {"127.0.0.1", "0.0.0.0", "::1"}) {
        {
            auto domain = strchr(address, ':') != nullptr ? AWS_SOCKET_IPV6 : AWS_SOCKET_IPV4;
            OwnedSocket client(allocator_, SocketOptions(domain, AWS_SOCKET_STREAM));
            ConnectResult connected;
            auto remote = Endpoint(address, kPort);
            ASSERT_EQ(AWS_OP_SUCCESS, ConnectTo(client, remote, loop_, ConnectResult::Callback, &connected));
            ASSERT_TRUE(connected.called.Wait());
            EXPECT_STREQ("AWS_IO_SOCKET_CONNECTION_REFUSED", aws_error_name(connected.error)) << address;
        }
        EXPECT_TRUE(RawSocket::Listen("127.0.0.1", 16, kPort).IsOpen()) << "the port is free for its service";
    }
}
