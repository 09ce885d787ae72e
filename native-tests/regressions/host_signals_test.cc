/* SPDX-License-Identifier: Apache-2.0 */
#include "support/loops.h"
#include "support/traced_test.h"

#include <aws/common/byte_buf.h>

#include <sys/mman.h>
#include <unistd.h>

#include <array>
#include <csetjmp>
#include <csignal>
#include <cstdlib>

namespace {

using Dispositions = std::array<struct sigaction, NSIG>;

Dispositions Present() {
    Dispositions all = {};
    for (int number = 1; number < NSIG; ++number) {
        sigaction(number, nullptr, &all[(size_t)number]);
        /* The C library's own, on whatever it has ever set. */
        all[(size_t)number].sa_flags &= ~0x04000000;
    }
    return all;
}

/* Before main, and before anything has called the library. */
Dispositions s_before_main = Present();

volatile sig_atomic_t s_caught = 0;
sigjmp_buf s_resume;

void Resume(int number) {
    s_caught = number;
    siglongjmp(s_resume, 1);
}

void ExpectResumedFrom(int number, void (*fault)()) {
    s_caught = 0;
    if (sigsetjmp(s_resume, 1) == 0) {
        fault();
    }
    EXPECT_EQ(number, s_caught);
}

void UseLoops(struct aws_allocator *allocator) {
    LoopGroup loops(allocator);
    RunOnLoop(loops.loop(), [] {});
}

} // namespace

/* The managed runtime would take some signals and ignore another for the whole process; the host has not asked for it.
 */
class HostSignals : public TracedIoTest {};

TEST_F(HostSignals, all_dispositions_are_as_the_host_left_them) {
    UseLoops(allocator_);
    Dispositions now = Present();
    for (size_t number = 1; number < NSIG; ++number) {
        EXPECT_EQ(s_before_main[number].sa_handler, now[number].sa_handler) << "signal " << number;
        EXPECT_EQ(s_before_main[number].sa_flags, now[number].sa_flags) << "signal " << number;
    }
    EXPECT_EQ(SIG_DFL, now[SIGPIPE].sa_handler);
}

TEST_F(HostSignals, a_handler_of_the_hosts_stays_and_is_called) {
    struct sigaction mine = {};
    mine.sa_handler = [](int number) { s_caught = number; };
    for (int number : {SIGPIPE, SIGSEGV, SIGFPE, SIGRTMIN}) {
        struct sigaction old = {};
        ASSERT_EQ(0, sigaction(number, &mine, &old));
        s_caught = 0;
        UseLoops(allocator_);
        raise(number);
        EXPECT_EQ(number, s_caught);
        sigaction(number, &old, nullptr);
    }
}

/* No fixture: in a process of its own, handlers are set when the library is loaded and nobody has called it. */
TEST(HostSignalsBeforeTheFirstCall, handlers_stay_and_are_called_for_real_faults) {
    struct sigaction mine = {};
    mine.sa_handler = Resume;
    for (int number : {SIGPIPE, SIGSEGV, SIGFPE}) {
        ASSERT_EQ(0, sigaction(number, &mine, nullptr));
    }
    aws_io_library_init(aws_default_allocator());
    UseLoops(aws_default_allocator());

    ExpectResumedFrom(SIGSEGV, [] {
        static void *const s_page = mmap(nullptr, 4096, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
        *static_cast<volatile int *>(s_page) = 1;
    });
    ExpectResumedFrom(SIGPIPE, [] {
        int ends[2];
        ASSERT_EQ(0, pipe(ends));
        close(ends[0]);
        EXPECT_NE(1, write(ends[1], "x", 1));
    });

    aws_io_library_clean_up();
    for (int number : {SIGPIPE, SIGSEGV, SIGFPE}) {
        sigaction(number, &s_before_main[(size_t)number], nullptr);
    }
}

/* A fault inside the library is the host's to handle, too, and shows where it happened. */
TEST(HostSignalsBeforeTheFirstCall, a_fault_in_managed_code_reaches_the_host) {
    const auto read_nowhere = [] {
        struct sigaction mine = {};
        mine.sa_handler = [](int number) { _exit(100 + number); };
        sigaction(SIGSEGV, &mine, nullptr);
        struct aws_byte_cursor nowhere = {4, reinterpret_cast<uint8_t *>(64)};
        struct aws_byte_cursor text = aws_byte_cursor_from_c_str("text");
        aws_byte_cursor_eq(&text, &nowhere);
    };
    EXPECT_EXIT(read_nowhere(), ::testing::ExitedWithCode(100 + SIGSEGV), "");
}
