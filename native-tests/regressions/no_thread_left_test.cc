/* SPDX-License-Identifier: Apache-2.0 */
/*
 * After all is released and waited for, no thread of the library's is left. Elsewhere one was still on its way out when
 * a host took the library, or itself, away.
 */
#include "support/loops.h"
#include "support/bootstraps.h"
#include "support/process.h"
#include "support/traced_test.h"

#include <aws/common/private/thread_shared.h>

using NoThreadLeft = TracedIoTest;

TEST_F(NoThreadLeft, of_a_group) {
    AnnouncedGroup announced(allocator_, 4);
    EXPECT_EQ(4u, aws_thread_get_managed_thread_count());
    aws_event_loop_group_release(announced.group);
    ASSERT_TRUE(announced.ended.Wait());
    EXPECT_EQ(AWS_OP_SUCCESS, aws_thread_join_all_managed());
    EXPECT_EQ(0u, aws_thread_get_managed_thread_count());
}

/* Also of a resolver that has looked a name up, and of connections. */
TEST_F(NoThreadLeft, of_everything) {
    const long before = s_running_threads();
    AnnouncedGroup announced(allocator_, 2);
    struct aws_host_resolver_default_options options = {};
    options.el_group = announced.group;
    options.max_entries = 8;
    struct aws_host_resolver *resolver = aws_host_resolver_new_default(allocator_, &options);
    {
        Side side(allocator_);
        Server server(allocator_, announced.group, AWS_SOCKET_IPV4);
        ASSERT_TRUE(server.Listen());
        Client client(allocator_, announced.group, resolver);
        ASSERT_EQ(AWS_OP_SUCCESS, client.Connect(side, server));
        ASSERT_TRUE(side.AwaitSetUp());
        EXPECT_LT(before + 2, s_running_threads()) << "two loops and a look-up";
        aws_channel_shutdown(side.channel, AWS_ERROR_SUCCESS);
        EXPECT_TRUE(side.AwaitShutDown());
    }
    aws_host_resolver_release(resolver);
    aws_event_loop_group_release(announced.group);
    EXPECT_EQ(AWS_OP_SUCCESS, aws_thread_join_all_managed());
    EXPECT_EQ(0u, aws_thread_get_managed_thread_count());

    EXPECT_EQ(before, s_running_threads());
}
