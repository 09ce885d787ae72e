/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Calls of the C library that fail under threads that receive by themselves: this program has functions of those names,
 * which the library calls, and which fail when they are to. The loop then does it, or the thread asks again.
 */
#include "support/reseau_peer.h"

#include <reseau/reseau.h>

#include <gtest/gtest.h>

#include <dlfcn.h>
#include <poll.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>

#include <atomic>
#include <cerrno>
#include <chrono>
#include <string>
#include <thread>

/* A call that fails with an errno, so many times. */
struct Fault {
    std::atomic<int> error{0};
    std::atomic<int> times{0};
    std::atomic<int> calls{0};

    void Fail(int with, int often = 1) {
        error = with;
        times = often;
    }
    bool Strikes() {
        ++calls;
        int left = times;
        while (left > 0 && !times.compare_exchange_weak(left, left - 1)) {
        }
        errno = left > 0 ? error.load() : errno;
        return left > 0;
    }
};

static Fault fault_of_change, fault_of_poll, fault_of_event;

template <class Function> static Function Real(Function, const char *name) {
    return reinterpret_cast<Function>(dlsym(RTLD_NEXT, name));
}

#define REAL(function) static auto real = Real(&function, #function)

extern "C" {
int epoll_ctl(int epoll, int operation, int descriptor, struct epoll_event *event) noexcept {
    REAL(epoll_ctl);
    return operation == EPOLL_CTL_MOD && fault_of_change.Strikes() ? -1 : real(epoll, operation, descriptor, event);
}

int poll(struct pollfd *descriptors, nfds_t count, int milliseconds) {
    REAL(poll);
    return fault_of_poll.Strikes() ? -1 : real(descriptors, count, milliseconds);
}

int eventfd(unsigned initial, int flags) noexcept {
    REAL(eventfd);
    return fault_of_event.Strikes() ? -1 : real(initial, flags);
}
}

namespace {

/* Reads from a connection that gets an answer some time later, many times. */
void AskAndAnswer(Pair &pair) {
    std::thread answerer([&] {
        for (int i = 0; i < 20; ++i) {
            EXPECT_EQ("ask", ReadExactly(pair.server, 3));
            std::this_thread::sleep_for(std::chrono::milliseconds(1));
            EXPECT_EQ(6, Write(pair.server, "answer"));
        }
    });
    for (int i = 0; i < 20; ++i) {
        EXPECT_EQ(3, Write(pair.client, "ask"));
        EXPECT_EQ("answer", ReadExactly(pair.client, 6));
    }
    answerer.join();
}

} // namespace

/* First in this program: nobody has waited yet, so that something to wait with is made. */
TEST(ReseauDirectFaults, WithoutADescriptorToWaitWithTheLoopReceives) {
    Pair pair;
    fault_of_event.Fail(EMFILE, 2);
    AskAndAnswer(pair);
    EXPECT_EQ(0, fault_of_event.times);
}

TEST(ReseauDirectFaults, AnInputThatTheLoopDoesNotGiveAwayStaysTheLoops) {
    Pair pair;
    fault_of_change.Fail(ENOMEM, 2);
    AskAndAnswer(pair);
    EXPECT_EQ(0, fault_of_change.times);
}

TEST(ReseauDirectFaults, AWaitThatFailsIsRepeated) {
    for (int error : {EINTR, ENOMEM}) {
        Pair pair;
        fault_of_poll.Fail(error, 10);
        AskAndAnswer(pair);
        EXPECT_EQ(0, fault_of_poll.times);
    }
}
