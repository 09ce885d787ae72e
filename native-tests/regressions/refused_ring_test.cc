/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Kernels, sandboxes and administrators refuse io_uring, as a whole or in part. A program that asks for it works all
 * the same, on epoll, without a word. Each test asks for it again.
 */
#include "support/fault.h"
#include "support/sockets.h"

#include <reseau/completion.h>
#include <reseau/connection.h>
#include <reseau/loop.h>

#include <dlfcn.h>
#include <linux/filter.h>
#include <linux/io_uring.h>
#include <linux/seccomp.h>
#include <stdarg.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>

static Fault s_setup;
static Fault s_enter;
static Fault s_register;

/* The kernel says that it can do nothing but the least. */
static std::atomic<bool> s_is_old{false};

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
    long result = real(number, a[0], a[1], a[2], a[3], a[4], a[5]);
    if (number == SYS_io_uring_setup && s_is_old) {
        ((struct io_uring_params *)a[1])->features = IORING_FEAT_SINGLE_MMAP;
    }
    return result;
}

namespace {

constexpr int kAlways = 1000000;

class RefusedRing : public SocketTest {
  protected:
    void SetUp() override {
        for (Fault *fault : {&s_setup, &s_enter, &s_register}) {
            fault->Clear();
        }
    }

    void TearDown() override {
        SocketTest::TearDown();
    }

    void Start() {
        reseau_choose_event_loop(RESEAU_EVENT_LOOP_IO_URING);
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

TEST_F(RefusedRing, by_a_kernel_that_is_too_old) {
    s_is_old = true;
    Start();
    Talk();
    EXPECT_EQ(0, s_enter.Calls());
    s_is_old = false;
}

/* Batches of a completion queue have a ring of their own, and do without. */
class RefusedBatch : public ::testing::Test {
  protected:
    void SetUp() override {
        reseau_choose_event_loop(RESEAU_EVENT_LOOP_IO_URING);
        for (Fault *fault : {&s_setup, &s_enter, &s_register}) {
            fault->Clear();
        }
    }

    /* Each of several descriptors is sent to and receives, twice. */
    void Exchange() {
        reseau_id queue = reseau_completions_new(0);
        ASSERT_GT(queue, 0);
        const char *memory = static_cast<const char *>(reseau_completions_memory(queue, nullptr));
        int ends[8][2];
        for (uint64_t i = 0; i < 8; ++i) {
            ASSERT_EQ(0, socketpair(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK, 0, ends[i]));
            ASSERT_EQ(0, reseau_completions_add(queue, ends[i][0], RESEAU_RECEIVE, i));
        }
        for (int round = 0; round < 2; ++round) {
            reseau_completion_send sends[8];
            for (int i = 0; i < 8; ++i) {
                sends[i] = {&"abcdefgh"[i], 1, ends[i][1], -1, 0};
            }
            ASSERT_EQ(0, reseau_completions_send(queue, sends, 8));
            reseau_completion completions[8];
            ASSERT_EQ(8, reseau_completions_wait(queue, completions, 8, INT64_C(60'000'000'000)));
            for (const reseau_completion &completion : completions) {
                EXPECT_EQ(0, sends[completion.token].error);
                EXPECT_EQ(1u, sends[completion.token].sent);
                EXPECT_EQ(0, completion.error);
                ASSERT_EQ(1u, completion.length);
                EXPECT_EQ("abcdefgh"[completion.token], memory[completion.offset]);
            }
        }
        EXPECT_EQ(0, reseau_close(queue));
        for (int(&pair)[2] : ends) {
            close(pair[0]);
            close(pair[1]);
        }
    }
};

TEST_F(RefusedBatch, by_a_sandbox) {
    s_setup.Fail(EPERM, kAlways);
    Exchange();
    EXPECT_EQ(1, s_setup.Calls());
    EXPECT_EQ(0, s_enter.Calls());
}

TEST_F(RefusedBatch, when_it_is_to_be_enabled) {
    s_register.Fail(EPERM, kAlways);
    Exchange();
    EXPECT_EQ(0, s_enter.Calls());
}

TEST_F(RefusedBatch, when_the_kernel_has_no_memory_for_a_call) {
    s_enter.Fail(ENOMEM, kAlways);
    Exchange();
}

TEST_F(RefusedBatch, by_the_program_that_asks_for_epoll) {
    ASSERT_EQ(0, reseau_choose_event_loop(RESEAU_EVENT_LOOP_EPOLL));
    Exchange();
    EXPECT_EQ(0, s_setup.Calls());
}

/* Older kernels count rings as locked memory. Whatever this one does, the loop runs. */
TEST_F(RefusedRing, without_memory_that_may_be_locked) {
    struct rlimit before, none = {0, 0};
    ASSERT_EQ(0, getrlimit(RLIMIT_MEMLOCK, &before));
    none.rlim_max = before.rlim_max;
    ASSERT_EQ(0, setrlimit(RLIMIT_MEMLOCK, &none));
    s_setup.Fail(ENOMEM, kAlways);
    Start();
    Talk();
    EXPECT_EQ(0, s_enter.Calls());
    s_setup.Clear();
    reseau_choose_event_loop(RESEAU_EVENT_LOOP_IO_URING);
    struct aws_event_loop *first = loop_;
    loop_ = aws_event_loop_new_default(allocator_, aws_high_res_clock_get_ticks);
    ASSERT_EQ(AWS_OP_SUCCESS, aws_event_loop_run(loop_));
    Talk();
    aws_event_loop_destroy(loop_);
    loop_ = first;
    EXPECT_EQ(0, setrlimit(RLIMIT_MEMLOCK, &before));
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

/* The last one: what is refused stays refused. */
TEST_F(RefusedRing, by_a_filter_of_system_calls) {
    struct sock_filter steps[] = {
        BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, nr)),
        BPF_JUMP(BPF_JMP | BPF_JGE | BPF_K, SYS_io_uring_setup, 0, 2),
        BPF_JUMP(BPF_JMP | BPF_JGT | BPF_K, SYS_io_uring_register, 1, 0),
        BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | EPERM),
        BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
    };
    struct sock_fprog filter = {sizeof(steps) / sizeof(*steps), steps};
    if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0 || prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &filter) != 0) {
        GTEST_SKIP() << "no filters here";
    }
    struct io_uring_params parameters = {};
    ASSERT_EQ(-1, syscall(SYS_io_uring_setup, 8, &parameters));
    int calls = s_enter.Calls();
    Start();
    Talk();
    EXPECT_EQ(calls, s_enter.Calls());
}
