/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A program that has granted nothing shuts its channel down while there are bytes to read. Elsewhere the shutdown
 * waited for a window that nobody would open any more.
 */
#include "support/channel_to_raw_peer.h"

#include <poll.h>

#include <thread>
#include <tuple>

class ZeroWindowShutdown : public ChannelToRawPeer,
                           public ::testing::WithParamInterface<std::tuple<enum aws_socket_domain, size_t>> {};

TEST_P(ZeroWindowShutdown, is_not_held_up) {
    auto [domain, size] = GetParam();
    Connect(domain, 0, true);
    std::thread writer([this, size = size] {
        peer_.Write(Noise(size));
        peer_.ReadToEnd();
    });
    struct pollfd poll_fd = {side_->Descriptor(), POLLIN, 0};
    EXPECT_EQ(1, poll(&poll_fd, 1, 60000));
    aws_channel_shutdown(side_->channel, AWS_ERROR_SUCCESS);
    EXPECT_TRUE(side_->AwaitShutDown());
    EXPECT_EQ(AWS_ERROR_SUCCESS, side_->shut_down_error);
    EXPECT_EQ(0u, side_->ReceivedSize());
    writer.join();
}

INSTANTIATE_TEST_SUITE_P(
    Sizes,
    ZeroWindowShutdown,
    ::testing::Combine(::testing::Values(AWS_SOCKET_LOCAL, AWS_SOCKET_IPV4), ::testing::Values(1, 100, 1000000)),
    [](const ::testing::TestParamInfo<ZeroWindowShutdown::ParamType> &info) {
        std::string family = std::get<0>(info.param) == AWS_SOCKET_LOCAL ? "Unix" : "Tcp";
        return family + std::to_string(std::get<1>(info.param));
    });
