/* SPDX-License-Identifier: Apache-2.0 */
#include "support/loop_group.h"
#include "support/traced_test.h"

#include <csignal>
#include <cstdlib>

namespace {

/* Before main, and before anything has called the library. */
struct sigaction s_pipe_before_main;
int s_remembered = sigaction(SIGPIPE, nullptr, &s_pipe_before_main);

} // namespace

/* The managed runtime ignores SIGPIPE for the whole process when it starts; the host had not asked for that. */
class HostSignals : public TracedIoTest {};

TEST_F(HostSignals, sigpipe_is_as_the_host_left_it) {
    LoopGroup loops(allocator_);
    RunOnLoop(loops.loop(), [] {});
    struct sigaction now = {};
    ASSERT_EQ(0, s_remembered);
    ASSERT_EQ(0, sigaction(SIGPIPE, nullptr, &now));
    EXPECT_EQ(s_pipe_before_main.sa_handler, now.sa_handler);
    EXPECT_EQ(SIG_DFL, now.sa_handler);
}

TEST_F(HostSignals, a_handler_of_the_hosts_stays_and_is_called) {
    static volatile sig_atomic_t s_caught = 0;
    struct sigaction mine = {};
    mine.sa_handler = [](int) { s_caught = 1; };
    ASSERT_EQ(0, sigaction(SIGPIPE, &mine, nullptr));
    LoopGroup loops(allocator_);
    RunOnLoop(loops.loop(), [] {});
    raise(SIGPIPE);
    EXPECT_EQ(1, s_caught);
    signal(SIGPIPE, SIG_DFL);
}
