/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A message sent into a channel that has ended. Elsewhere it was accepted and never completed, or touched what was
 * freed. It fails at once and stays the sender's.
 */
#include "support/channel_to_raw_peer.h"

using SendAfterClose = ChannelToRawPeer;

TEST_F(SendAfterClose, fails_and_the_message_stays_the_senders) {
    hold_ = true;
    Connect(kAnyDomain, SIZE_MAX, false);
    aws_channel_shutdown(side_->channel, AWS_ERROR_SUCCESS);
    ASSERT_TRUE(side_->AwaitShutDown());
    int completions = 0;
    side_->on_written = [&](size_t, int) { completions++; };
    RunOnLoop(side_->loop, [&] {
        /* The handler releases the message that was refused: twice would be a crash, never a leak. */
        EXPECT_RAISES(AWS_IO_SOCKET_CLOSED, side_->handler->Send("too late"));
    });
    EXPECT_EQ(0, completions);
    EXPECT_EQ(AWS_OP_SUCCESS, aws_channel_shutdown(side_->channel, AWS_IO_SOCKET_TIMEOUT)) << "once more is no error";
}
