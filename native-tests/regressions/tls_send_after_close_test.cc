/* SPDX-License-Identifier: Apache-2.0 */
/* A message sent into a TLS channel that has ended. It fails at once, stays the sender's and reaches nothing freed. */
#include "support/tls_pair.h"

using TlsSendAfterClose = TlsDataTest;

TEST_F(TlsSendAfterClose, fails_and_the_message_stays_the_senders) {
    client_.on_setup = [](TlsEnd &end) { aws_channel_acquire_hold(end.channel); };
    Meet();
    ASSERT_FALSE(HasFatalFailure());
    struct aws_event_loop *loop = client_.Loop();
    Part();
    RunOnLoop(loop, [&] {
        /* The handler releases the message that was refused: twice would be a crash, never a leak. */
        EXPECT_RAISES(AWS_IO_TLS_ERROR_WRITE_FAILURE, client_.app->Send("too late"));
    });
    aws_channel_release_hold(client_.channel);
}
