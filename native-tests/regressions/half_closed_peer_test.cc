/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A peer that sends its request, ends its sending direction and reads the answer slowly (RFC 9293, 3.6). It got 4 of 10
 * megabytes: the end of its input ended the channel with an error, which threw away what the system had not taken.
 */
#include "support/channel_to_raw_peer.h"

namespace {

class HalfClosedPeer : public ChannelToRawPeer, public ::testing::WithParamInterface<enum aws_socket_domain> {
  protected:
    static constexpr size_t kSize = 12 * 1024 * 1024;
    static constexpr int kSecondsOfCredit = 10;

    /* The channel has answered the request, and waits for room for most of the answer. */
    void AnswerAfterEndOfInput() {
        frozen_ = true;
        Connect(GetParam(), SIZE_MAX, false);
        RunOnLoop(side_->loop, [&] {
            side_->handler->on_shutdown = [&](enum aws_channel_direction direction, int) {
                if (direction == AWS_CHANNEL_DIR_WRITE) {
                    ends_.Raise();
                }
            };
        });
        ASSERT_EQ(AWS_OP_SUCCESS, side_->Send(answer_));
        ASSERT_TRUE(peer_.Write("request"));
        ASSERT_EQ(0, shutdown(peer_.fd(), SHUT_WR));
        ASSERT_TRUE(ends_.Wait());
    }

    void PassSeconds(int count) {
        for (int i = 0; i < count; i++) {
            ManualClock::Advance(side_->loop, 1000);
        }
    }

    std::string Take(size_t size) {
        std::string text(size, '\0');
        size_t taken = 0;
        while (taken < size && peer_.AwaitReadable()) {
            ssize_t count = recv(peer_.fd(), &text[taken], size - taken, 0);
            if (count <= 0) {
                break;
            }
            taken += (size_t)count;
        }
        text.resize(taken);
        return text;
    }

    const std::string answer_ = Noise(kSize);
    Signal ends_;
};

} // namespace

TEST_P(HalfClosedPeer, gets_all_that_was_written_before) {
    AnswerAfterEndOfInput();
    EXPECT_FALSE(side_->IsShutDown());
    std::string received = Take(1000);
    PassSeconds(kSecondsOfCredit - 1);
    EXPECT_FALSE(side_->IsShutDown()) << "it may pause";

    /* Slow, but it reads: for longer than a pause may last. */
    for (int second = 0; second < 2 * kSecondsOfCredit; second++) {
        received += Take(256 * 1024);
        PassSeconds(1);
        ASSERT_FALSE(side_->IsShutDown()) << "after " << received.size() << " bytes";
    }
    received += peer_.ReadToEnd();
    EXPECT_EQ(answer_.size(), received.size());
    EXPECT_TRUE(answer_ == received);
    ASSERT_TRUE(side_->AwaitShutDown());
    EXPECT_STREQ("AWS_IO_SOCKET_CLOSED", aws_error_name(side_->shut_down_error));
}

TEST_P(HalfClosedPeer, that_never_reads_holds_the_channel_for_seconds_only) {
    AnswerAfterEndOfInput();
    PassSeconds(kSecondsOfCredit - 1);
    EXPECT_FALSE(side_->IsShutDown());
    /* One more, and all of them again: what its system takes by itself, on a busy machine also later, earns as many. */
    PassSeconds(1 + kSecondsOfCredit);
    ASSERT_TRUE(side_->AwaitShutDown());
    EXPECT_STREQ("AWS_IO_SOCKET_CLOSED", aws_error_name(side_->shut_down_error));
    EXPECT_LT(peer_.ReadToEnd().size(), answer_.size());
}

TEST_P(HalfClosedPeer, that_reads_slowly_holds_the_channel_until_the_program_shuts_it_down_with_an_error) {
    AnswerAfterEndOfInput();
    EXPECT_EQ(AWS_OP_SUCCESS, aws_channel_shutdown(side_->channel, AWS_ERROR_SUCCESS));
    std::string received = Take(256 * 1024);
    PassSeconds(1);
    EXPECT_FALSE(side_->IsShutDown()) << "without an error it only asks for what goes on already";

    EXPECT_EQ(AWS_OP_SUCCESS, aws_channel_shutdown(side_->channel, AWS_ERROR_SYS_CALL_FAILURE));
    ASSERT_TRUE(side_->AwaitShutDown());
    EXPECT_STREQ("AWS_IO_SOCKET_CLOSED", aws_error_name(side_->shut_down_error)) << "the first reason stays";
    received += peer_.ReadToEnd();
    EXPECT_LT(received.size(), answer_.size());
}

TEST_P(HalfClosedPeer, that_closes_ends_the_channel_at_once) {
    AnswerAfterEndOfInput();
    peer_.Close();
    ASSERT_TRUE(side_->AwaitShutDown());
}

INSTANTIATE_TEST_SUITE_P(
    Domains,
    HalfClosedPeer,
    ::testing::Values(AWS_SOCKET_IPV4, AWS_SOCKET_LOCAL),
    [](const ::testing::TestParamInfo<enum aws_socket_domain> &info) {
        return info.param == AWS_SOCKET_IPV4 ? "Tcp" : "Unix";
    });
