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
    fault_of_read;

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
