/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Statistics are gathered while channels end. Elsewhere a sample was taken of handlers that were freed already.
 */
#include "support/bootstraps.h"
#include "support/scripted_resolver.h"
#include "support/statistics_recorder.h"
#include "support/traced_test.h"

using StatisticsDuringShutdown = TracedIoTest;

/* Samples come as fast as they can while channels end. */
TEST_F(StatisticsDuringShutdown, touch_nothing_that_is_freed) {
    LoopGroup loops(allocator_, 2);
    Server server(allocator_, loops.get(), kAnyDomain);
    ASSERT_TRUE(server.Listen());
    for (int round = 0; round < 50; round++) {
        StatisticsRecorder recorder(allocator_, 0);
        Side side(allocator_);
        side.hold = true;
        side.on_set_up = [&] { aws_channel_set_statistics_handler(side.channel, recorder.handler()); };
        {
            ScriptedResolver resolver(allocator_, {"127.0.0.1"});
            Client client(allocator_, loops.get(), resolver.get());
            ASSERT_EQ(AWS_OP_SUCCESS, client.Connect(side, server));
            ASSERT_TRUE(side.AwaitSetUp());
            ASSERT_TRUE(recorder.AwaitSamples(1));
            aws_channel_shutdown(side.channel, AWS_ERROR_SUCCESS);
            ASSERT_TRUE(side.AwaitShutDown());
            int samples = recorder.Samples();
            side.Settle();
            EXPECT_EQ(samples, recorder.Samples()) << "nothing is sampled after the end";
            side.ReleaseHold();
        }
        EXPECT_TRUE(recorder.AwaitDestroyed());
        EXPECT_TRUE(side.AwaitHandlerDestroyed());
        EXPECT_EQ(1, recorder.Destroyed());
    }
}
