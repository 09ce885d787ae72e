/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Each thread of the library allocated on the managed heap. A collection of it in a forked child waited for threads
 * that only the parent had, and so did a thread that began there, if one began or ended in the parent when it forked.
 */
#include "support/fork.h"
#include "support/sockets.h"
#include "support/tls.h"

#include <aws/common/thread.h>

namespace {

class ForkThreadsTest : public TracedIoTest {
  protected:
    static bool LaunchAndJoin(int count) {
        bool done = true;
        for (int i = 0; i < count && done; ++i) {
            struct aws_thread thread = {};
            aws_thread_init(&thread, aws_default_allocator());
            done = aws_thread_launch(
                       &thread, [](void *) { aws_raise_error(AWS_ERROR_OOM); }, nullptr, nullptr) == AWS_OP_SUCCESS &&
                   aws_thread_join(&thread) == AWS_OP_SUCCESS;
            aws_thread_clean_up(&thread);
        }
        return done;
    }

    static bool MakeLoopsSocketsAndContexts() {
        struct aws_allocator *allocator = aws_default_allocator();
        LoopGroup loops(allocator, 2);
        int runs = 0;
        RunOnLoop(loops.loop(0), [&] { runs++; });
        RunOnLoop(loops.loop(1), [&] { runs++; });
        struct aws_socket_options options = SocketOptions(AWS_SOCKET_IPV4, AWS_SOCKET_STREAM);
        struct aws_socket socket = {};
        bool done = runs == 2 && aws_socket_init(&socket, allocator, &options) == AWS_OP_SUCCESS &&
                    BindTo(&socket, Endpoint("127.0.0.1")) == AWS_OP_SUCCESS;
        aws_socket_clean_up(&socket);
        TlsContext server(allocator, true, ServerSettings("server"));
        TlsContext client(allocator, false, TlsSettings());
        loops.Release();
        return done && server.get() != nullptr && client.get() != nullptr &&
               aws_thread_join_all_managed() == AWS_OP_SUCCESS;
    }
};

} // namespace

TEST_F(ForkThreadsTest, a_child_launches_thousands_after_its_parent_has) {
    LoopGroup loops(allocator_, 2);
    TurnLoop(loops.loop(0));
    TurnLoop(loops.loop(1));
    ASSERT_TRUE(LaunchAndJoin(2000));
    EXPECT_EQ(0, InChild([] { return LaunchAndJoin(2000) && MakeLoopsSocketsAndContexts() ? 0 : 1; }));
}

TEST_F(ForkThreadsTest, a_child_launches_threads_whatever_its_parents_threads_are_doing) {
    std::atomic<bool> over{false};
    std::vector<std::thread> launchers;
    for (int i = 0; i < 4; ++i) {
        launchers.emplace_back([&] {
            while (!over && LaunchAndJoin(10)) {
            }
        });
    }
    for (int i = 0; i < 50; ++i) {
        EXPECT_EQ(0, InChild([] { return LaunchAndJoin(1) ? 0 : 1; }));
    }
    over = true;
    for (std::thread &launcher : launchers) {
        launcher.join();
    }
}

TEST_F(ForkThreadsTest, a_thread_that_forked_ends_in_its_child) {
    /* They join the runtime's list after the thread that forks. The child has their memory, which it uses again. */
    std::atomic<int> begun{0};
    std::atomic<bool> over{false};
    std::vector<std::thread> others;
    pid_t child = -1;
    std::thread forker([&] {
        aws_raise_error(AWS_ERROR_OOM);
        for (int i = 0; i < 4; ++i) {
            others.emplace_back([&] {
                aws_raise_error(AWS_ERROR_OOM);
                begun++;
                while (!over) {
                    std::this_thread::yield();
                }
            });
        }
        while (begun < 4) {
            std::this_thread::yield();
        }
        child = fork();
        if (child == 0) {
            /* The process ends with its only thread. */
            alarm(60 * (unsigned)TimeoutScale());
            if (!LaunchAndJoin(20)) {
                _exit(1);
            }
        }
    });
    forker.join();
    int status = 0;
    EXPECT_EQ(child, waitpid(child, &status, 0));
    EXPECT_TRUE(WIFEXITED(status) && WEXITSTATUS(status) == 0) << status;
    over = true;
    for (std::thread &other : others) {
        other.join();
    }
}
