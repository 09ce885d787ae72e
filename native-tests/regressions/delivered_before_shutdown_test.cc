/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A peer sends and closes at once while the read window is 0. Elsewhere the hang-up has ended the channel with bytes
 * unread, which were lost. All that was sent is delivered first: a channel ends at the end of the stream, not at the
 * news of it.
 */
#include "support/channel_to_raw_peer.h"

#include <sys/ioctl.h>

#include <algorithm>
#include <thread>
#include <tuple>

/* N bytes and the end of the stream come while the read window is 0. */
class DeliveredBeforeShutdown
    : public ChannelToRawPeer,
      public ::testing::WithParamInterface<std::tuple<enum aws_socket_domain, size_t, size_t>> {
  public:
    static std::string NameOf(const ::testing::TestParamInfo<ParamType> &info) {
        return std::to_string(std::get<1>(info.param)) + "_by_" + std::to_string(std::get<2>(info.param));
    }

  protected:
    void SetUp() override {
        ChannelToRawPeer::SetUp();
        std::tie(domain_, size_, grant_) = GetParam();
        content_ = Noise(size_);
    }

    /* Grants in pieces until all has come, so that the end stands behind a window of 0 several times. */
    void ReadAll() {
        for (size_t granted = 0; granted < size_; granted += grant_) {
            ASSERT_FALSE(side_->IsShutDown()) << "there is data left to read";
            side_->Grant(std::min(grant_, size_ - granted));
            ASSERT_TRUE(side_->AwaitReceived(std::min(granted + grant_, size_)));
        }
        ASSERT_TRUE(content_ == side_->Received()) << "content differs";
    }

    enum aws_socket_domain domain_;
    size_t size_;
    size_t grant_;
    std::string content_;
};

TEST_P(DeliveredBeforeShutdown, everything_is_delivered_before_the_channel_shuts_down) {
    Connect(domain_, 0, true);
    bool fits = size_ <= 16384;
    std::thread writer([&] {
        EXPECT_TRUE(peer_.Write(content_));
        peer_.Close();
    });
    if (fits) {
        ASSERT_TRUE(side_->AwaitPeersEnd());
    }
    EXPECT_EQ(0u, side_->ReceivedSize());
    ReadAll();
    writer.join();
    EXPECT_FALSE(side_->IsShutDown()) << "nobody has looked behind the last byte";
    side_->Grant(1);
    ASSERT_TRUE(side_->AwaitShutDown());
    EXPECT_STREQ("AWS_IO_SOCKET_CLOSED", aws_error_name(side_->shut_down_error));
}

TEST_P(DeliveredBeforeShutdown, everything_is_delivered_without_back_pressure) {
    Connect(domain_, 0, false);
    EXPECT_TRUE(peer_.Write(content_));
    peer_.Close();
    ASSERT_TRUE(side_->AwaitShutDown());
    EXPECT_TRUE(content_ == side_->Received()) << side_->ReceivedSize() << " of " << size_ << " bytes";
    EXPECT_STREQ("AWS_IO_SOCKET_CLOSED", aws_error_name(side_->shut_down_error));
}

TEST_P(DeliveredBeforeShutdown, half_a_close_leaves_the_other_half) {
    Connect(domain_, 0, true);
    std::thread writer([&] {
        EXPECT_TRUE(peer_.Write(content_));
        shutdown(peer_.fd(), SHUT_WR);
    });
    ReadAll();
    writer.join();
    ASSERT_EQ(AWS_OP_SUCCESS, side_->Send("the answer"));
    ASSERT_TRUE(side_->AwaitWritten(10));
    side_->Grant(1);
    ASSERT_TRUE(side_->AwaitShutDown());
    EXPECT_EQ("the answer", peer_.ReadToEnd());
}

INSTANTIATE_TEST_SUITE_P(
    Unix,
    DeliveredBeforeShutdown,
    ::testing::Values(
        std::make_tuple(AWS_SOCKET_LOCAL, 1, 1),
        std::make_tuple(AWS_SOCKET_LOCAL, 100, 7),
        std::make_tuple(AWS_SOCKET_LOCAL, 16384, 1000),
        std::make_tuple(AWS_SOCKET_LOCAL, 16384, 16384),
        std::make_tuple(AWS_SOCKET_LOCAL, 1000000, 30000)),
    DeliveredBeforeShutdown::NameOf);

INSTANTIATE_TEST_SUITE_P(
    Tcp,
    DeliveredBeforeShutdown,
    ::testing::Values(
        std::make_tuple(AWS_SOCKET_IPV4, 1, 1),
        std::make_tuple(AWS_SOCKET_IPV4, 100, 7),
        std::make_tuple(AWS_SOCKET_IPV4, 16384, 1000),
        std::make_tuple(AWS_SOCKET_IPV4, 16384, 16384),
        std::make_tuple(AWS_SOCKET_IPV4, 1000000, 30000)),
    DeliveredBeforeShutdown::NameOf);

using DeliveredBeforeReset = ChannelToRawPeer;

TEST_F(DeliveredBeforeReset, data_before_a_reset_is_delivered) {
    const std::string content = Noise(10000);
    Connect(AWS_SOCKET_IPV4, 0, true);
    ASSERT_TRUE(peer_.Write(content));
    int there = 0;
    while (there < (int)content.size()) {
        ASSERT_EQ(0, ioctl(side_->Descriptor(), FIONREAD, &there));
    }
    peer_.ResetOnClose();
    peer_.Close();
    struct pollfd poll_fd = {side_->Descriptor(), 0, 0};
    ASSERT_EQ(1, poll(&poll_fd, 1, 60000)) << "no reset came";
    side_->Settle();
    EXPECT_FALSE(side_->IsShutDown());
    side_->Grant(SIZE_MAX);
    ASSERT_TRUE(side_->AwaitShutDown());
    EXPECT_TRUE(content == side_->Received()) << side_->ReceivedSize() << " of " << content.size() << " bytes";
    EXPECT_STREQ("AWS_IO_SOCKET_CLOSED", aws_error_name(side_->shut_down_error));
}

/* As a server does that answers before it has read everything. The write fails before the loop sees the end. */
TEST_F(DeliveredBeforeReset, data_before_a_reset_is_delivered_when_a_write_fails_first) {
    const std::string content = Noise(10000);
    Connect(AWS_SOCKET_IPV4, SIZE_MAX, false);
    RunOnLoop(side_->loop, [&] {
        struct aws_channel_handler *leftmost = aws_channel_get_first_slot(side_->channel)->handler;
        int fd = aws_socket_handler_get_socket(leftmost)->io_handle.data.fd;
        ASSERT_TRUE(peer_.Write(content));
        for (int there = 0; there < (int)content.size();) {
            ASSERT_EQ(0, ioctl(fd, FIONREAD, &there));
        }
        peer_.ResetOnClose();
        peer_.Close();
        struct pollfd poll_fd = {fd, 0, 0};
        ASSERT_EQ(1, poll(&poll_fd, 1, 60000)) << "no reset came";
        EXPECT_EQ(AWS_OP_SUCCESS, side_->handler->Send("refused"));
    });
    ASSERT_TRUE(side_->AwaitShutDown());
    EXPECT_TRUE(content == side_->Received()) << side_->ReceivedSize() << " of " << content.size() << " bytes";
    EXPECT_STREQ("AWS_IO_SOCKET_CLOSED", aws_error_name(side_->shut_down_error));
}

/* The window is closed: what has come waits for it, or for the program's own end. */
class DeliveredAfterFailedWrite : public ChannelToRawPeer, public ::testing::WithParamInterface<aws_socket_domain> {
  protected:
    const std::string content_ = Noise(10000);

    /* When this returns the peer has reset the connection, and a write is to find that. */
    void WriteAfterReset() {
        peer_.ResetOnClose();
        peer_.Close();
        struct pollfd poll_fd = {side_->Descriptor(), 0, 0};
        ASSERT_EQ(1, poll(&poll_fd, 1, 60000)) << "no end came";
        ASSERT_EQ(AWS_OP_SUCCESS, side_->Send("nobody reads this"));
    }

    /* When this returns a write has failed, and nothing has been delivered. */
    void FailWrite() {
        Connect(GetParam(), 0, true);
        ASSERT_TRUE(peer_.Write(content_));
        for (int there = 0; there < (int)content_.size();) {
            ASSERT_EQ(0, ioctl(side_->Descriptor(), FIONREAD, &there));
        }
        ASSERT_NO_FATAL_FAILURE(WriteAfterReset());
        side_->Settle();
        EXPECT_FALSE(side_->IsShutDown());
        EXPECT_EQ(0u, side_->ReceivedSize());
    }
};

TEST_P(DeliveredAfterFailedWrite, what_has_come_waits_for_the_window) {
    FailWrite();
    side_->Grant(6000);
    side_->Settle();
    EXPECT_FALSE(side_->IsShutDown());
    EXPECT_EQ(6000u, side_->ReceivedSize());
    side_->Grant(SIZE_MAX);
    ASSERT_TRUE(side_->AwaitShutDown());
    EXPECT_TRUE(content_ == side_->Received()) << side_->ReceivedSize() << " of " << content_.size() << " bytes";
    EXPECT_STREQ("AWS_IO_SOCKET_CLOSED", aws_error_name(side_->shut_down_error));
}

TEST_P(DeliveredAfterFailedWrite, the_programs_shutdown_ends_the_wait) {
    FailWrite();
    aws_channel_shutdown(side_->channel, AWS_ERROR_SUCCESS);
    ASSERT_TRUE(side_->AwaitShutDown());
    EXPECT_EQ(0u, side_->ReceivedSize());
}

/* Behind a closed window without a byte there is nothing to wait for: nobody else would end the channel. */
TEST_P(DeliveredAfterFailedWrite, nothing_that_has_come_is_waited_for_if_there_is_nothing) {
    Connect(GetParam(), 0, true);
    ASSERT_NO_FATAL_FAILURE(WriteAfterReset());
    ASSERT_TRUE(side_->AwaitShutDown());
    EXPECT_STREQ("AWS_IO_SOCKET_CLOSED", aws_error_name(side_->shut_down_error));
}

TEST_P(DeliveredAfterFailedWrite, a_window_that_closes_behind_the_last_byte_lets_the_channel_end) {
    Connect(GetParam(), content_.size(), true);
    ASSERT_TRUE(peer_.Write(content_));
    ASSERT_TRUE(side_->AwaitReceived(content_.size()));
    ASSERT_NO_FATAL_FAILURE(WriteAfterReset());
    ASSERT_TRUE(side_->AwaitShutDown());
    EXPECT_TRUE(content_ == side_->Received());
}

INSTANTIATE_TEST_SUITE_P(
    Domains,
    DeliveredAfterFailedWrite,
    ::testing::Values(AWS_SOCKET_LOCAL, AWS_SOCKET_IPV4),
    [](const ::testing::TestParamInfo<aws_socket_domain> &info) {
        return info.param == AWS_SOCKET_LOCAL ? "Unix" : "Tcp";
    });
