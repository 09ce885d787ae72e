/* SPDX-License-Identifier: Apache-2.0 */
#if defined(__linux__)
/*
 * The sender of a Unix connection sleeps while its peer takes what was sent: the kernel reports room with every message
 * that is taken, and each report woke the loop, which had nothing to send. Found by counting the system calls of a
 * connection. When there was no room, the report is what the sender waits for.
 */
#    include "support/bootstraps.h"
#    include "support/traced_test.h"

#    include <sys/resource.h>

class UnixRoom : public TracedIoTest {
  protected:
    static long TimesSlept(struct aws_event_loop *loop) {
        struct rusage usage = {};
        RunOnLoop(loop, [&] { getrusage(RUSAGE_THREAD, &usage); });
        return usage.ru_nvcsw;
    }
};

TEST_F(UnixRoom, IsNotReportedToASenderThatHasNothingToSend) {
    LoopGroup group(allocator_);
    Server server(allocator_, group.get(), AWS_SOCKET_LOCAL);
    ASSERT_TRUE(server.Listen());
    RawSocket peer = RawSocket::Connect(SocketName::Unix(server.endpoint.address));
    Side *side = server.AwaitSide();
    ASSERT_NE(nullptr, side);
    const int messages = 200;
    for (int i = 0; i < messages; i++) {
        ASSERT_EQ(AWS_OP_SUCCESS, side->Send("message"));
        ASSERT_TRUE(side->AwaitWritten(7 * (size_t)(i + 1)));
    }
    side->Settle();
    long before = TimesSlept(side->loop);
    for (int i = 0; i < messages; i++) {
        char message[7];
        ASSERT_EQ(7, recv(peer.fd(), message, sizeof(message), MSG_WAITALL));
        std::this_thread::sleep_for(std::chrono::microseconds(200));
    }
    /* One for the task that asks, and some for whatever else it is woken for. */
    EXPECT_GT(messages / 4, TimesSlept(side->loop) - before);
}

TEST_F(UnixRoom, IsReportedToASenderThatWaitsForIt) {
    LoopGroup group(allocator_);
    Server server(allocator_, group.get(), AWS_SOCKET_LOCAL);
    ASSERT_TRUE(server.Listen());
    RawSocket peer = RawSocket::Connect(SocketName::Unix(server.endpoint.address));
    Side *side = server.AwaitSide();
    ASSERT_NE(nullptr, side);
    for (int round = 0; round < 3; round++) {
        std::string sent = Noise(4 << 20, (uint32_t)round + 1);
        ASSERT_EQ(AWS_OP_SUCCESS, side->Send(sent));
        side->Settle();
        std::string received(sent.size(), '\0');
        ASSERT_EQ((ssize_t)sent.size(), recv(peer.fd(), &received[0], received.size(), MSG_WAITALL));
        EXPECT_EQ(sent, received);
    }
}
#endif
