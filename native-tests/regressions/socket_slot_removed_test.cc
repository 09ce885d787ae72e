/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The socket's own slot is removed from a channel that goes on. The socket went on to call a handler that was gone, of
 * what came and of what had been written. Wrong memory is a fault at once here.
 */
#include "support/channel_to_raw_peer.h"

#include <aws/io/channel.h>

class SocketSlotRemovedTest : public ChannelToRawPeer {
  protected:
    void SetUp() override {
        setenv("RESEAU_TEST_ALLOCATOR", "guarded", 1);
        ChannelToRawPeer::SetUp();
        Connect(AWS_SOCKET_IPV4, SIZE_MAX, false);
    }

    void TearDown() override {
        aws_channel_shutdown(side_->channel, AWS_ERROR_SUCCESS);
        EXPECT_TRUE(side_->AwaitShutDown());
        EXPECT_EQ(AWS_ERROR_SUCCESS, side_->shut_down_error);
        ChannelToRawPeer::TearDown();
        unsetenv("RESEAU_TEST_ALLOCATOR");
    }

    void RemoveSlot() {
        EXPECT_EQ(AWS_OP_SUCCESS, aws_channel_slot_remove(aws_channel_get_first_slot(side_->channel)));
    }
};

TEST_F(SocketSlotRemovedTest, DataThatArrivesLaterIsDropped) {
    struct pollfd arrived = {side_->Descriptor(), POLLRDHUP, 0};
    RunOnLoop(side_->loop, [&] { RemoveSlot(); });
    EXPECT_TRUE(peer_.Write("nobody reads this"));
    peer_.Close();
    EXPECT_EQ(1, poll(&arrived, 1, 60000));
    side_->Settle();
    EXPECT_EQ("", side_->Received());
    EXPECT_FALSE(side_->IsShutDown());
}

TEST_F(SocketSlotRemovedTest, WhatWasWrittenBeforeIsSent) {
    RunOnLoop(side_->loop, [&] {
        EXPECT_EQ(AWS_OP_SUCCESS, side_->handler->Send("last words"));
        RemoveSlot();
    });
    char text[10] = {};
    ASSERT_TRUE(peer_.AwaitReadable());
    EXPECT_EQ((ssize_t)sizeof(text), recv(peer_.fd(), text, sizeof(text), MSG_WAITALL));
    EXPECT_EQ("last words", std::string(text, sizeof(text)));
    side_->Settle();
}
