/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Kernels, sandboxes and administrators refuse io_uring, as a whole or in part. A program that asks for it works all
 * the same, on epoll, without a word. Each test is a process of its own: what the system has is found out once.
 */
#include "support/fault.h"
#include "support/sockets.h"

#include <dlfcn.h>
#include <stdarg.h>
#include <sys/syscall.h>

static Fault s_setup;
static Fault s_enter;
static Fault s_register;

extern "C" long syscall(long number, ...) noexcept {
    static auto *real = (long (*)(long, ...))dlsym(RTLD_NEXT, "syscall");
    va_list arguments;
    va_start(arguments, number);
    long a[6];
    for (long &argument : a) {
        argument = va_arg(arguments, long);
    }
    va_end(arguments);
    if ((number == SYS_io_uring_setup && s_setup.ShouldFail()) ||
        (number == SYS_io_uring_enter && s_enter.ShouldFail()) ||
        (number == SYS_io_uring_register && s_register.ShouldFail())) {
        return -1;
    }
    return real(number, a[0], a[1], a[2], a[3], a[4], a[5]);
}

namespace {

constexpr int kAlways = 1000000;

class RefusedRing : public SocketTest {
  protected:
    void SetUp() override {
        setenv("RESEAU_EVENT_LOOP", "io_uring", 1);
    }

    void TearDown() override {
        SocketTest::TearDown();
    }

    void Start() {
        SocketTest::SetUp();
    }

    /* Bytes both ways, small and large, and the end. */
    void Talk() {
        Connection connection(allocator_, loop_, SocketOptions(AWS_SOCKET_IPV4, AWS_SOCKET_STREAM));
        for (size_t size : {1, 100, 2048, 100000, 64, 5}) {
            std::string data(size, 'd');
            WriteResult written;
            ASSERT_EQ(AWS_OP_SUCCESS, WriteOnLoop(connection.client(), data, &written));
            int error = 0;
            EXPECT_EQ(data, ReadUntil(connection.server(), data.size(), &error));
            ASSERT_TRUE(written.called.Wait());
            EXPECT_EQ(0, written.error);
            EXPECT_EQ(size, written.bytes);
        }
    }
};

} // namespace

TEST_F(RefusedRing, by_the_kernel) {
    s_setup.Fail(ENOSYS, kAlways);
    Start();
    Talk();
    EXPECT_GT(s_setup.Calls(), 0);
    EXPECT_EQ(0, s_enter.Calls());
}

TEST_F(RefusedRing, by_a_sandbox) {
    s_setup.Fail(EPERM, kAlways);
    Start();
    Talk();
    EXPECT_EQ(0, s_enter.Calls());
}

/* Rings can be had, but there is no memory for this one. */
TEST_F(RefusedRing, for_one_loop_only) {
    Start();
    s_setup.Fail(ENOMEM, kAlways);
    struct aws_event_loop *first = loop_;
    loop_ = aws_event_loop_new_default(allocator_, aws_high_res_clock_get_ticks);
    ASSERT_NE(nullptr, loop_);
    ASSERT_EQ(AWS_OP_SUCCESS, aws_event_loop_run(loop_));
    int calls = s_setup.Calls();
    Talk();
    EXPECT_EQ(calls, s_setup.Calls());
    aws_event_loop_destroy(loop_);
    loop_ = first;
}

TEST_F(RefusedRing, whose_thread_may_not_use_it) {
    s_register.Fail(EINVAL, kAlways);
    Start();
    Talk();
    EXPECT_EQ(0, s_enter.Calls());
}

/* The ring is enabled, but gets no buffers. */
TEST_F(RefusedRing, of_which_only_the_buffers) {
    Start();
    s_register.Fail(ENOMEM, kAlways);
    Talk();
}

TEST_F(RefusedRing, calls_that_are_interrupted_are_made_again) {
    Start();
    for (int error : {EINTR, EAGAIN, EBUSY}) {
        s_enter.Fail(error, 3);
        Talk();
    }
}

/* Nothing is refused: where this kernel has rings, they are used. */
TEST_F(RefusedRing, is_not_by_us) {
    Start();
    Talk();
    EXPECT_EQ(s_register.Calls() > 0, s_enter.Calls() > 0);
    if (s_enter.Calls() == 0) {
        GTEST_SKIP() << "this system has no io_uring for us";
    }
}
