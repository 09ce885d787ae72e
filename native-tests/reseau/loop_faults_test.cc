/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Calls of the C library that fail under loops, watches and datagrams: this program has functions of those names, which
 * the library calls, and which fail when they are to.
 */
#include <reseau/connection.h>
#include <reseau/datagram.h>
#include <reseau/loop.h>

#include "support/synchronisation.h"

#include <gtest/gtest.h>

#include <dlfcn.h>
#include <netinet/in.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <cerrno>
#include <string>
#include <utility>
#include <vector>

/* The calls that can fail, by the errno that the next ones give; so many of them do. */
struct Fault {
    std::atomic<int> error{0};
    std::atomic<int> times{0};

    void Fail(int with, int often) {
        error = with;
        times = often;
    }

    bool Strikes() {
        int left = times;
        while (left > 0 && !times.compare_exchange_weak(left, left - 1)) {
        }
        if (left > 0) {
            errno = error;
        }
        return left > 0;
    }
};

static Fault fault_of_socket;
static Fault fault_of_send;
static Fault fault_of_receive;
static Fault fault_of_epoll;
static Fault fault_of_event;
static Fault fault_of_watch;
static std::atomic<unsigned> longest_batch{1024};

/* The function of that name that would have been called without this program. */
template <class Function> static Function Real(Function, const char *name) {
    return reinterpret_cast<Function>(dlsym(RTLD_NEXT, name));
}

extern "C" {

int socket(int domain, int type, int protocol) {
    return fault_of_socket.Strikes() ? -1 : Real(socket, "socket")(domain, type, protocol);
}

int sendmmsg(int fd, struct mmsghdr *messages, unsigned int count, int flags) {
    return fault_of_send.Strikes()
               ? -1
               : Real(sendmmsg, "sendmmsg")(fd, messages, std::min(count, longest_batch.load()), flags);
}

int recvmmsg(int fd, struct mmsghdr *messages, unsigned int count, int flags, struct timespec *timeout) {
    return fault_of_receive.Strikes() ? -1 : Real(recvmmsg, "recvmmsg")(fd, messages, count, flags, timeout);
}

int epoll_create1(int flags) {
    return fault_of_epoll.Strikes() ? -1 : Real(epoll_create1, "epoll_create1")(flags);
}

int eventfd(unsigned int count, int flags) {
    return fault_of_event.Strikes() ? -1 : Real(eventfd, "eventfd")(count, flags);
}

int epoll_ctl(int epoll, int operation, int fd, struct epoll_event *event) {
    bool is_watch = operation == EPOLL_CTL_ADD && event->data.ptr != nullptr;
    return is_watch && fault_of_watch.Strikes() ? -1 : Real(epoll_ctl, "epoll_ctl")(epoll, operation, fd, event);
}

} /* extern "C" */

namespace {

void Ignore(reseau_id, int, void *) {
}

TEST(ReseauFaults, ALoopThatCannotBeMadeLeavesNothing) {
    fault_of_epoll.Fail(EMFILE, 1);
    EXPECT_EQ(RESEAU_ERROR_SYSTEM, reseau_loop_new());
    fault_of_event.Fail(EMFILE, 1);
    EXPECT_EQ(RESEAU_ERROR_SYSTEM, reseau_loop_new());
    reseau_id loop = reseau_loop_new();
    EXPECT_GT(loop, 0);
    EXPECT_EQ(0, reseau_close(loop));
}

TEST(ReseauFaults, AWatchThatTheSystemRefusesLeavesNothing) {
    int ends[2];
    ASSERT_EQ(0, pipe(ends));
    reseau_id loop = reseau_loop_new();
    for (int error : {ENOMEM, ENOSPC}) {
        fault_of_watch.Fail(error, 1);
        EXPECT_EQ(RESEAU_ERROR_SYSTEM, reseau_watch(loop, ends[0], RESEAU_READABLE, Ignore, nullptr));
    }
    EXPECT_EQ(0, reseau_loop_run(loop, 0));
    reseau_id watch = reseau_watch(loop, ends[0], RESEAU_READABLE, Ignore, nullptr);
    EXPECT_GT(watch, 0);
    EXPECT_EQ(0, reseau_close(loop));
    EXPECT_EQ(0, reseau_wait_closed(watch, 0));
    close(ends[0]);
    close(ends[1]);
}

TEST(ReseauFaults, ADatagramSocketThatTheSystemRefusesIsAnError) {
    const std::vector<std::pair<int, int>> table = {
        {EMFILE, RESEAU_ERROR_TOO_MANY_FILES},
        {ENFILE, RESEAU_ERROR_TOO_MANY_FILES},
        {ENOBUFS, RESEAU_ERROR_NO_MEMORY},
        {EACCES, RESEAU_ERROR_ACCESS_DENIED},
        {EAFNOSUPPORT, RESEAU_ERROR_UNSUPPORTED}};
    for (const auto &row : table) {
        fault_of_socket.Fail(row.first, 1);
        EXPECT_EQ(row.second, reseau_datagram_bind(nullptr, 0, nullptr)) << row.first;
    }
}

/* Where the system has no IPv6, every address is every one of IPv4. */
TEST(ReseauFaults, WithoutIPv6EveryAddressIsThatOfIPv4) {
    fault_of_socket.Fail(EAFNOSUPPORT, 1);
    reseau_id socket = reseau_datagram_bind("*", 0, nullptr);
    ASSERT_GT(socket, 0);
    struct reseau_address address;
    EXPECT_EQ(0, reseau_local_address(socket, &address));
    EXPECT_STREQ("0.0.0.0", address.text);
    EXPECT_EQ(0, reseau_close(socket));
}

struct Closed {
    Signal closed;
    std::atomic<int> error{1};

    static void OnClose(reseau_id, int error, void *state) {
        auto *self = static_cast<Closed *>(state);
        self->error = error;
        self->closed.Raise();
    }
};

TEST(ReseauFaults, ADatagramSocketThatItsLoopCannotWatchIsClosed) {
    Closed closed;
    struct reseau_datagram_options options = reseau_datagram_options_default();
    options.state = &closed;
    options.on_close = Closed::OnClose;
    reseau_id loop = reseau_loop_new();
    options.loop = loop;
    fault_of_watch.Fail(ENOSPC, 1);
    reseau_id socket = reseau_datagram_bind(nullptr, 0, &options);
    ASSERT_GT(socket, 0);
    EXPECT_EQ(0, reseau_loop_run(loop, 0));
    EXPECT_EQ(1, closed.closed.Count());
    EXPECT_EQ(RESEAU_ERROR_SYSTEM, closed.error);
    EXPECT_EQ(RESEAU_ERROR_BAD_ID, reseau_close(socket));
    EXPECT_EQ(0, reseau_close(loop));
}

class ReseauTransferFaults : public ::testing::Test {
  protected:
    void SetUp() override {
        socket_ = reseau_datagram_bind(nullptr, 0, nullptr);
        ASSERT_GT(socket_, 0);
        struct reseau_address address;
        ASSERT_EQ(0, reseau_local_address(socket_, &address));
        port_ = address.port;
        ASSERT_EQ(0, reseau_ip_parse("127.0.0.1", &ip_));
    }

    void TearDown() override {
        EXPECT_EQ(0, reseau_close(socket_));
        EXPECT_EQ(0, reseau_wait_closed(socket_, RESEAU_FOREVER));
    }

    int64_t Send() {
        return reseau_datagram_send(socket_, "x", 1, &ip_, port_);
    }

    int64_t Receive(int64_t timeout) {
        char buffer[8];
        struct reseau_datagram datagram = {};
        datagram.data = buffer;
        datagram.capacity = sizeof(buffer);
        return reseau_datagram_receive(socket_, &datagram, timeout);
    }

    reseau_id socket_ = 0;
    uint16_t port_ = 0;
    struct reseau_ip ip_;
};

TEST_F(ReseauTransferFaults, EachErrorOfASendHasItsNumber) {
    const std::vector<std::pair<int, int>> table = {
        {EAGAIN, RESEAU_ERROR_WOULD_BLOCK},
        {ENOBUFS, RESEAU_ERROR_WOULD_BLOCK},
        {EMSGSIZE, RESEAU_ERROR_TOO_LARGE},
        {ENETUNREACH, RESEAU_ERROR_UNREACHABLE},
        {EHOSTUNREACH, RESEAU_ERROR_UNREACHABLE},
        {ENETDOWN, RESEAU_ERROR_NETWORK_DOWN},
        {ECONNREFUSED, RESEAU_ERROR_REFUSED},
        {EACCES, RESEAU_ERROR_ACCESS_DENIED},
        {ENOMEM, RESEAU_ERROR_NO_MEMORY}};
    for (const auto &row : table) {
        fault_of_send.Fail(row.first, 1);
        EXPECT_EQ(row.second, Send()) << row.first;
        EXPECT_EQ(1, Send()) << "it goes on";
        EXPECT_EQ(1, Receive(60000));
    }
}

TEST_F(ReseauTransferFaults, EachErrorOfAReceiveHasItsNumber) {
    const std::vector<std::pair<int, int>> table = {
        {ECONNREFUSED, RESEAU_ERROR_REFUSED},
        {ENOMEM, RESEAU_ERROR_NO_MEMORY},
        {EHOSTUNREACH, RESEAU_ERROR_UNREACHABLE}};
    for (const auto &row : table) {
        EXPECT_EQ(1, Send());
        fault_of_receive.Fail(row.first, 1);
        EXPECT_EQ(row.second, Receive(60000)) << row.first;
        EXPECT_EQ(1, Receive(60000)) << "nothing is lost";
    }
}

TEST_F(ReseauTransferFaults, SegmentsThatTheSystemDoesNotCutGoOneByOne) {
    for (int error : {EINVAL, EIO, EMSGSIZE}) {
        std::string text = std::string(100, 'a') + std::string(100, 'b') + "c";
        struct reseau_datagram datagram = {};
        datagram.data = &text[0];
        datagram.length = text.size();
        datagram.segment_size = 100;
        datagram.ip = ip_;
        datagram.port = port_;
        fault_of_send.Fail(error, 1);
        EXPECT_EQ(1, reseau_datagram_send_batch(socket_, &datagram, 1)) << error;
        for (size_t size : {(size_t)100, (size_t)100, (size_t)1}) {
            char buffer[300];
            struct reseau_datagram into = {};
            into.data = buffer;
            into.capacity = sizeof(buffer);
            EXPECT_EQ((int64_t)size, reseau_datagram_receive(socket_, &into, 60000));
        }
    }
}

TEST_F(ReseauTransferFaults, WhatASignalInterruptsIsMadeAgain) {
    fault_of_send.Fail(EINTR, 3);
    EXPECT_EQ(1, Send());
    fault_of_receive.Fail(EINTR, 3);
    EXPECT_EQ(1, Receive(60000));
}

TEST_F(ReseauTransferFaults, ABatchThatTheSystemTakesInPartsGoesOn) {
    longest_batch = 3;
    std::vector<struct reseau_datagram> datagrams(50);
    char byte = 'x';
    for (auto &datagram : datagrams) {
        datagram.data = &byte;
        datagram.length = 1;
        datagram.ip = ip_;
        datagram.port = port_;
    }
    EXPECT_EQ(50, reseau_datagram_send_batch(socket_, datagrams.data(), datagrams.size()));
    longest_batch = 1024;
    for (int i = 0; i < 50; ++i) {
        EXPECT_EQ(1, Receive(60000));
    }
    EXPECT_EQ(RESEAU_ERROR_WOULD_BLOCK, Receive(0));
}

} // namespace
