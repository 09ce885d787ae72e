/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Calls of the C library that fail under connections and listeners: this program has functions of those names, which
 * the library calls, and which fail when they are to.
 */
#include "support/raw_socket.h"
#include "support/reseau_peer.h"
#include "support/temporary_file.h"

#include <reseau/reseau.h>

#include <gtest/gtest.h>

#include <dlfcn.h>
#include <fcntl.h>
#include <signal.h>
#include <sys/sendfile.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

#include <atomic>
#include <cerrno>
#include <cstdarg>
#include <string>
#include <thread>

/* A call that fails with an errno, so many times. */
struct Fault {
    std::atomic<int> error{0};
    std::atomic<int> times{0};

    void Fail(int with, int often = 1) {
        error = with;
        times = often;
    }
    bool Strikes() {
        int left = times;
        while (left > 0 && !times.compare_exchange_weak(left, left - 1)) {
        }
        errno = left > 0 ? error.load() : errno;
        return left > 0;
    }
};

static Fault fault_of_chmod, fault_of_fcntl, fault_of_getpeername, fault_of_listen, fault_of_setsockopt, fault_of_send,
    fault_of_read, fault_of_sendmmsg;

/* So many calls go well before the fault strikes. */
static std::atomic<int> sendmmsg_before_fault{0};

/* What the last call of listen() asked for. */
static std::atomic<int> last_backlog{0};

/* The other end of a connection that is to go between two parts of what is sent of a file; -1 for none. */
static std::atomic<int> peer_that_goes{-1};

template <class Function> static Function Real(Function, const char *name) {
    return reinterpret_cast<Function>(dlsym(RTLD_NEXT, name));
}

#define REAL(function) static auto real = Real(&function, #function)

extern "C" {
int chmod(const char *path, mode_t mode) noexcept {
    REAL(chmod);
    return fault_of_chmod.Strikes() ? -1 : real(path, mode);
}

int fcntl(int descriptor, int command, ...) {
    va_list arguments;
    va_start(arguments, command);
    long argument = va_arg(arguments, long);
    va_end(arguments);
    REAL(fcntl);
    return fault_of_fcntl.Strikes() ? -1 : real(descriptor, command, argument);
}

int getpeername(int descriptor, struct sockaddr *address, socklen_t *length) noexcept {
    REAL(getpeername);
    return fault_of_getpeername.Strikes() ? -1 : real(descriptor, address, length);
}

int listen(int descriptor, int backlog) noexcept {
    REAL(listen);
    last_backlog = backlog;
    return fault_of_listen.Strikes() ? -1 : real(descriptor, backlog);
}

int setsockopt(int descriptor, int level, int name, const void *value, socklen_t length) noexcept {
    REAL(setsockopt);
    return fault_of_setsockopt.Strikes() ? -1 : real(descriptor, level, name, value, length);
}

ssize_t send(int descriptor, const void *data, size_t size, int flags) {
    REAL(send);
    return fault_of_send.Strikes() ? -1 : real(descriptor, data, size, flags);
}

int sendmmsg(int descriptor, struct mmsghdr *messages, unsigned count, int flags) {
    REAL(sendmmsg);
    bool is_due = sendmmsg_before_fault.fetch_sub(1) <= 0;
    return is_due && fault_of_sendmmsg.Strikes() ? -1 : real(descriptor, messages, count, flags);
}

/* The kernel sends a file in parts, each as it comes from the disk. Here so that the peer goes after the first. */
ssize_t sendfile(int descriptor, int file, off_t *offset, size_t size) noexcept {
    REAL(sendfile);
    int peer = peer_that_goes.exchange(-1);
    ssize_t sent = real(descriptor, file, offset, peer < 0 ? size : 1);
    if (peer >= 0 && sent == 1) {
        close(peer);
        EXPECT_EQ(-1, real(descriptor, file, offset, size - 1));
        EXPECT_EQ(EPIPE, errno);
    }
    return sent;
}

ssize_t read(int descriptor, void *data, size_t size) {
    REAL(read);
    return fault_of_read.Strikes() ? -1 : real(descriptor, data, size);
}
}

TEST(ReseauFaults, AListenerThatCannotBeMadeLeavesNothing) {
    TemporaryDirectory directory;
    std::string path = directory.Path("socket");
    fault_of_chmod.Fail(EPERM);
    EXPECT_EQ(RESEAU_ERROR_ACCESS_DENIED, reseau_listen_path(path.c_str(), nullptr));
    fault_of_listen.Fail(EADDRINUSE, 2);
    EXPECT_EQ(RESEAU_ERROR_ADDRESS_IN_USE, reseau_listen(nullptr, 0, nullptr));
    fault_of_listen.Fail(0, 0);
    fault_of_setsockopt.Fail(EINVAL, 100);
    EXPECT_LT(reseau_listen("::1", 0, nullptr), 0);
    fault_of_setsockopt.Fail(0, 0);
    reseau_id listener = reseau_listen_path(path.c_str(), nullptr);
    EXPECT_GT(listener, 0) << "what the failed one has bound is taken over: " << reseau_error_name(listener);
    reseau_close(listener);
}

/* No failure: this program sees what the system is asked for. */
TEST(ReseauFaults, TheBacklogIs511UnlessAnotherIsAskedFor) {
    TemporaryDirectory directory;
    std::string path = directory.Path("socket");
    for (int backlog : {0, 7, 4000}) {
        struct reseau_options options = reseau_options_default();
        options.backlog = backlog;
        reseau_id listeners[] = {reseau_listen(nullptr, 0, &options), 0, 0};
        EXPECT_EQ(backlog == 0 ? 511 : backlog, last_backlog.exchange(0));
        listeners[1] = reseau_listen_any(nullptr, 40000, &options);
        EXPECT_EQ(backlog == 0 ? 511 : backlog, last_backlog.exchange(0));
        listeners[2] = reseau_listen_path(path.c_str(), &options);
        EXPECT_EQ(backlog == 0 ? 511 : backlog, last_backlog.exchange(0));
        for (reseau_id listener : listeners) {
            EXPECT_EQ(0, reseau_close(listener)) << reseau_error_name(listener);
            EXPECT_EQ(0, reseau_wait_closed(listener, 60000));
        }
    }
}

TEST(ReseauFaults, DescriptorsThatCannotBeTaken) {
    Pair pair;
    int ends[2];
    ASSERT_EQ(0, socketpair(AF_UNIX, SOCK_STREAM, 0, ends));
    fault_of_getpeername.Fail(ENOBUFS);
    EXPECT_EQ(RESEAU_ERROR_INVALID_ARGUMENT, reseau_adopt(ends[0], 0, nullptr));
    reseau_id id = reseau_adopt(ends[0], 0, nullptr);
    EXPECT_GT(id, 0) << "it was still the caller's";
    reseau_abort(id);
    close(ends[1]);
    fault_of_fcntl.Fail(EMFILE);
    EXPECT_LT(reseau_send_descriptor(pair.client, 0, 0, -1, 0), 0);
    EXPECT_EQ(1, Write(pair.client, "x"));
    EXPECT_EQ("x", ReadExactly(pair.server, 1));
}

TEST(ReseauFaults, AFailedSendEndsTheConnectionOnce) {
    for (int error : {ECONNRESET, EPIPE, ENOBUFS, ETIMEDOUT}) {
        Recorder recorder;
        reseau_id listener = reseau_listen(nullptr, 0, nullptr);
        reseau_id client = reseau_connect("127.0.0.1", PortOf(listener), &recorder.options);
        reseau_id server = reseau_accept(listener, 60000);
        fault_of_send.Fail(error);
        EXPECT_EQ(4, Write(client, "lost"));
        ASSERT_TRUE(recorder.AwaitClosed());
        EXPECT_LT(recorder.Infos()[0].error, 0);
        EXPECT_EQ(RESEAU_PHASE_WRITE, recorder.Infos()[0].phase);
        EXPECT_EQ(4u, recorder.Infos()[0].bytes_unsent);
        EXPECT_EQ(0, reseau_wait_closed(client, 60000));
        reseau_close(server);
        reseau_close(listener);
    }
}

TEST(ReseauFaults, AFailedReceiveEndsTheConnectionOnce) {
    Recorder recorder;
    reseau_id listener = reseau_listen(nullptr, 0, nullptr);
    reseau_id client = reseau_connect("127.0.0.1", PortOf(listener), &recorder.options);
    reseau_id server = reseau_accept(listener, 60000);
    ASSERT_TRUE(client > 0 && recorder.AwaitOpen());
    fault_of_read.Fail(ECONNRESET);
    EXPECT_EQ(4, Write(server, "lost"));
    ASSERT_TRUE(recorder.AwaitClosed());
    fault_of_read.Fail(0, 0);
    EXPECT_EQ(RESEAU_ERROR_RESET, recorder.Infos()[0].error);
    EXPECT_EQ(RESEAU_PHASE_READ, recorder.Infos()[0].phase);
    reseau_close(server);
    reseau_close(listener);
}

static std::atomic<int> broken_pipes{0};

TEST(ReseauFaults, APeerThatGoesInTheMiddleOfAFileRaisesNoSignal) {
    struct sigaction action = {}, before;
    action.sa_handler = [](int) { ++broken_pipes; };
    ASSERT_EQ(0, sigaction(SIGPIPE, &action, &before));
    TemporaryDirectory directory;
    std::string path = directory.Path("file"), content(100, 'f');
    int file = open(path.c_str(), O_CREAT | O_WRONLY, 0600);
    ASSERT_EQ((ssize_t)content.size(), write(file, content.data(), content.size()));
    close(file);
    int ends[2];
    ASSERT_EQ(0, socketpair(AF_UNIX, SOCK_STREAM, 0, ends));
    Recorder recorder;
    reseau_id connection = reseau_adopt(ends[0], 0, &recorder.options);
    ASSERT_GT(connection, 0);
    peer_that_goes = ends[1];
    ASSERT_EQ((int64_t)content.size(), reseau_send_file(connection, path.c_str(), 0, -1));
    ASSERT_TRUE(recorder.AwaitClosed());
    EXPECT_EQ(-1, peer_that_goes);
    EXPECT_EQ(0, broken_pipes);
    unlink(path.c_str());
    sigaction(SIGPIPE, &before, nullptr);
}

TEST(ReseauFaults, WhatIsLeftOfSeveralDatagramsIsSentLater) {
    /* Three calls of the system's: 32 pieces of at most 64 segments each. */
    const size_t segment = 10, segments = 32 * 64 * 2 + 100;
    struct reseau_datagram_options options = reseau_datagram_options_default();
    options.receive_queue_bytes = 16 << 20;
    reseau_id receiver = reseau_datagram_bind(nullptr, 0, &options);
    reseau_id sender = reseau_datagram_connect("127.0.0.1", PortOf(receiver), nullptr);
    ASSERT_GT(sender, 0) << reseau_error_name(sender);
    std::string text = Pattern(segment * segments - 3);
    struct reseau_datagram datagrams[2] = {};
    datagrams[0].data = &text[0];
    datagrams[0].length = text.size();
    datagrams[0].segment_size = segment;
    datagrams[1].data = &text[0];
    datagrams[1].length = 4;

    auto receive = [&](size_t until) {
        std::string all;
        while (all.size() < until) {
            char buffer[64];
            struct reseau_datagram one = {};
            one.data = buffer;
            one.capacity = sizeof(buffer);
            int64_t got = reseau_datagram_receive(receiver, &one, 60000);
            EXPECT_GT(got, 0) << reseau_error_name(got);
            if (got <= 0) {
                break;
            }
            all.append(buffer, (size_t)got);
        }
        return all;
    };

    size_t sent = 0;
    std::string all;
    for (int stop = 0; stop < 2; ++stop) {
        sendmmsg_before_fault = 1;
        fault_of_sendmmsg.Fail(EAGAIN);
        size_t before = sent;
        EXPECT_EQ(0, reseau_datagram_send_rest(sender, datagrams, 2, &sent)) << "a part of the first has gone";
        EXPECT_EQ(before + 32 * 64 * segment, sent);
        all += receive(sent - before);
        sendmmsg_before_fault = 0;
        fault_of_sendmmsg.Fail(EAGAIN);
        EXPECT_EQ(RESEAU_ERROR_WOULD_BLOCK, reseau_datagram_send_rest(sender, datagrams, 2, &sent));
        EXPECT_EQ(before + 32 * 64 * segment, sent) << "nothing went";
    }
    size_t left = text.size() - sent;
    EXPECT_EQ(2, reseau_datagram_send_rest(sender, datagrams, 2, &sent));
    EXPECT_EQ(0u, sent);
    all += receive(left + 4);
    EXPECT_TRUE(text + text.substr(0, 4) == all) << "everything once, in order";

    EXPECT_EQ(RESEAU_ERROR_INVALID_ARGUMENT, reseau_datagram_send_rest(sender, datagrams, 2, nullptr));
    for (size_t wrong : {(size_t)7, text.size(), text.size() + 5}) {
        sent = wrong;
        EXPECT_EQ(RESEAU_ERROR_INVALID_ARGUMENT, reseau_datagram_send_rest(sender, datagrams, 2, &sent));
    }
    EXPECT_EQ(0, reseau_datagram_send_rest(sender, nullptr, 0, &(sent = 0)));
    reseau_close(sender);
    reseau_close(receiver);
}
