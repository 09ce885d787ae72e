/* SPDX-License-Identifier: Apache-2.0 */
#ifndef RESEAU_TESTS_USOCKET_EITHER_H
#define RESEAU_TESTS_USOCKET_EITHER_H

/*
 * One source, two sockets: each test of a TEST_P(EitherSockets, ...) runs with the kernel's sockets and with those of
 * <reseau/usocket.h>, of the internet and local ones. Where the two differ on purpose the test says so by IsKernel(),
 * and docs/usocket.md has it in its list. On Windows the former are left out.
 */
#include "usocket/system.h"

#include <reseau/transport.h>
#include <reseau/usocket.h>

#include <gtest/gtest.h>

#include <atomic>
#include <cerrno>
#include <chrono>
#include <climits>
#include <cstdlib>
#include <cstring>
#include <string>
#include <thread>
#include <vector>

/* The calls of one kind of sockets. */
struct SocketApi {
    int (*socket)(int, int, int);
    int (*socketpair)(int, int, int, int *);
    int (*bind)(int, const struct sockaddr *, socklen_t);
    int (*listen)(int, int);
    int (*accept)(int, struct sockaddr *, socklen_t *);
    int (*accept4)(int, struct sockaddr *, socklen_t *, int);
    int (*connect)(int, const struct sockaddr *, socklen_t);
    int (*shutdown)(int, int);
    int (*close)(int);
    int (*getsockname)(int, struct sockaddr *, socklen_t *);
    int (*getpeername)(int, struct sockaddr *, socklen_t *);
    ssize_t (*send)(int, const void *, size_t, int);
    ssize_t (*sendto)(int, const void *, size_t, int, const struct sockaddr *, socklen_t);
    ssize_t (*sendmsg)(int, const struct msghdr *, int);
    ssize_t (*write)(int, const void *, size_t);
    ssize_t (*writev)(int, const struct iovec *, int);
    ssize_t (*recv)(int, void *, size_t, int);
    ssize_t (*recvfrom)(int, void *, size_t, int, struct sockaddr *, socklen_t *);
    ssize_t (*recvmsg)(int, struct msghdr *, int);
    ssize_t (*read)(int, void *, size_t);
    ssize_t (*readv)(int, const struct iovec *, int);
    int (*sockatmark)(int);
    int (*getsockopt)(int, int, int, void *, socklen_t *);
    int (*setsockopt)(int, int, int, const void *, socklen_t);
    int (*dup)(int);
    int (*fcntl)(int, int, intptr_t);
    int (*ioctl)(int, unsigned long, void *);
    int (*poll)(struct pollfd *, nfds_t, int);
    int (*epoll_create1)(int);
    int (*epoll_ctl)(int, int, int, struct epoll_event *);
    int (*epoll_wait)(int, struct epoll_event *, int, int);
    /* select() on descriptors: those that are ready stay in the vectors. */
    int (*select)(std::vector<int> *, std::vector<int> *, struct timeval *);
};

namespace either {

#if !defined(_WIN32)
inline int KernelFcntl(int descriptor, int command, intptr_t argument) {
    return fcntl(descriptor, command, argument);
}

inline int KernelIoctl(int descriptor, unsigned long request, void *argument) {
    return ioctl(descriptor, request, argument);
}

inline void ToSet(const std::vector<int> &descriptors, fd_set *set, int *highest) {
    FD_ZERO(set);
    for (int descriptor : descriptors) {
        FD_SET(descriptor, set);
        *highest = std::max(*highest, descriptor);
    }
}

inline void FromSet(std::vector<int> *descriptors, fd_set *set) {
    std::vector<int> kept;
    for (int descriptor : *descriptors) {
        if (FD_ISSET(descriptor, set)) {
            kept.push_back(descriptor);
        }
    }
    *descriptors = kept;
}

inline int KernelSelect(std::vector<int> *readable, std::vector<int> *writable, struct timeval *timeout) {
    fd_set reads, writes;
    int highest = -1;
    ToSet(*readable, &reads, &highest);
    ToSet(*writable, &writes, &highest);
    int result = select(highest + 1, &reads, &writes, nullptr, timeout);
    if (result >= 0) {
        FromSet(readable, &reads);
        FromSet(writable, &writes);
    }
    return result;
}

#endif

inline void ToSet(const std::vector<int> &descriptors, reseau_ufd_set *set) {
    reseau_ufd_zero(set);
    for (int descriptor : descriptors) {
        reseau_ufd_add(descriptor, set);
    }
}

inline void FromSet(std::vector<int> *descriptors, reseau_ufd_set *set) {
    std::vector<int> kept;
    for (int descriptor : *descriptors) {
        if (reseau_ufd_has(descriptor, set)) {
            kept.push_back(descriptor);
        }
    }
    *descriptors = kept;
}

inline int OurSelect(std::vector<int> *readable, std::vector<int> *writable, struct timeval *timeout) {
    reseau_ufd_set reads, writes;
    ToSet(*readable, &reads);
    ToSet(*writable, &writes);
    int result = reseau_uselect(0, &reads, &writes, nullptr, timeout);
    if (result >= 0) {
        FromSet(readable, &reads);
        FromSet(writable, &writes);
    }
    return result;
}

#if !defined(_WIN32)
/* glibc declares addresses as transparent unions for C++, too, so that each call needs a wrapper. */
inline int KernelBind(int descriptor, const struct sockaddr *address, socklen_t length) {
    return ::bind(descriptor, address, length);
}

inline const SocketApi *Kernel() {
    static const SocketApi api = {
        ::socket, ::socketpair,  KernelBind,    ::listen, ::accept,        ::accept4,    ::connect,    ::shutdown,
        ::close,  ::getsockname, ::getpeername, ::send,   ::sendto,        ::sendmsg,    ::write,      ::writev,
        ::recv,   ::recvfrom,    ::recvmsg,     ::read,   ::readv,         ::sockatmark, ::getsockopt, ::setsockopt,
        ::dup,    KernelFcntl,   KernelIoctl,   ::poll,   ::epoll_create1, ::epoll_ctl,  ::epoll_wait, KernelSelect};
    return &api;
}

#endif

inline const SocketApi *Ours() {
    static const SocketApi api = {reseau_usocket,        reseau_usocketpair,  reseau_ubind,        reseau_ulisten,
                                  reseau_uaccept,        reseau_uaccept4,     reseau_uconnect,     reseau_ushutdown,
                                  reseau_uclose,         reseau_ugetsockname, reseau_ugetpeername, reseau_usend,
                                  reseau_usendto,        reseau_usendmsg,     reseau_uwrite,       reseau_uwritev,
                                  reseau_urecv,          reseau_urecvfrom,    reseau_urecvmsg,     reseau_uread,
                                  reseau_ureadv,         reseau_usockatmark,  reseau_ugetsockopt,  reseau_usetsockopt,
                                  reseau_udup,           reseau_ufcntl,       reseau_uioctl,       reseau_upoll,
                                  reseau_uepoll_create1, reseau_uepoll_ctl,   reseau_uepoll_wait,  OurSelect};
    return &api;
}

} // namespace either

/* One descriptor for poll(), whatever the type of a descriptor there. */
inline struct pollfd PollOf(int descriptor, int events) {
    struct pollfd one = {};
    one.fd = static_cast<decltype(one.fd)>(descriptor);
    one.events = static_cast<short>(events);
    return one;
}

/* Whose sockets a test runs with, and of which family. */
struct SocketWorld {
    const char *name;
    const SocketApi *api;
    int domain;
};

inline void PrintTo(const SocketWorld &world, std::ostream *out) {
    *out << world.name;
}

/* A name of a socket. */
struct SocketName {
    struct sockaddr_storage storage = {};
    socklen_t length = 0;

    struct sockaddr *Address() {
        return reinterpret_cast<struct sockaddr *>(&storage);
    }
};

/* A name that nobody has: port 0 of the loopback, or one without a file. */
inline SocketName FreeNameOf(bool is_local) {
    SocketName name;
    if (is_local) {
        static std::atomic<int> count{0};
        struct sockaddr_un *local = reinterpret_cast<struct sockaddr_un *>(&name.storage);
        local->sun_family = AF_UNIX;
        std::string text = "reseau-usocket-" + std::to_string(getpid()) + "-" + std::to_string(count++);
        memcpy(local->sun_path + 1, text.data(), text.size());
        name.length = static_cast<socklen_t>(offsetof(struct sockaddr_un, sun_path) + 1 + text.size());
    } else {
        struct sockaddr_in *internet = reinterpret_cast<struct sockaddr_in *>(&name.storage);
        internet->sin_family = AF_INET;
        internet->sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        name.length = sizeof(*internet);
    }
    return name;
}

class EitherSockets : public ::testing::TestWithParam<SocketWorld> {
  protected:
    void TearDown() override {
        for (int descriptor : open_) {
            api_->close(descriptor);
        }
    }

    bool IsKernel() const {
        return api_ != either::Ours();
    }

    bool IsLocal() const {
        return GetParam().domain == AF_UNIX;
    }

    int Domain() const {
        return GetParam().domain;
    }

    /* Closed at the end, also if a test fails. */
    int Keep(int descriptor) {
        if (descriptor >= 0) {
            open_.push_back(descriptor);
        }
        return descriptor;
    }

    /* Closed now. */
    void Close(int descriptor) {
        for (size_t i = 0; i < open_.size(); ++i) {
            if (open_[i] == descriptor) {
                open_.erase(open_.begin() + i);
                break;
            }
        }
        EXPECT_EQ(0, api_->close(descriptor)) << strerror(errno);
    }

    int Socket(int type) {
        int descriptor = Keep(api_->socket(Domain(), type, 0));
        EXPECT_LE(0, descriptor) << strerror(errno);
        return descriptor;
    }

    SocketName FreeName() {
        return FreeNameOf(IsLocal());
    }

    SocketName NameOf(int descriptor) {
        SocketName name;
        name.length = sizeof(name.storage);
        EXPECT_EQ(0, api_->getsockname(descriptor, name.Address(), &name.length)) << strerror(errno);
        return name;
    }

    SocketName PeerOf(int descriptor) {
        SocketName name;
        name.length = sizeof(name.storage);
        EXPECT_EQ(0, api_->getpeername(descriptor, name.Address(), &name.length)) << strerror(errno);
        return name;
    }

    SocketName Bind(int descriptor) {
        SocketName name = FreeName();
        EXPECT_EQ(0, api_->bind(descriptor, name.Address(), name.length)) << strerror(errno);
        return NameOf(descriptor);
    }

    int Listener(int type, int backlog, SocketName *name) {
        int listener = Socket(type);
        *name = Bind(listener);
        EXPECT_EQ(0, api_->listen(listener, backlog)) << strerror(errno);
        return listener;
    }

    int Connect(int type, SocketName name) {
        int client = Socket(type);
        EXPECT_EQ(0, api_->connect(client, name.Address(), name.length)) << strerror(errno);
        return client;
    }

    /* Two connected sockets, by a listener that is closed again. */
    void Connected(int type, int *client, int *server) {
        SocketName name;
        int listener = Listener(type, 1, &name);
        *client = Connect(type, name);
        *server = Keep(api_->accept(listener, nullptr, nullptr));
        EXPECT_LE(0, *server) << strerror(errno);
        Close(listener);
    }

    void NonBlocking(int descriptor) {
        EXPECT_EQ(0, api_->fcntl(descriptor, F_SETFL, api_->fcntl(descriptor, F_GETFL, 0) | O_NONBLOCK));
    }

    void SetOption(int descriptor, int name, int value) {
        EXPECT_EQ(0, api_->setsockopt(descriptor, SOL_SOCKET, name, &value, sizeof(value))) << strerror(errno);
    }

    int GetOption(int descriptor, int name) {
        int value = -1;
        socklen_t length = sizeof(value);
        EXPECT_EQ(0, api_->getsockopt(descriptor, SOL_SOCKET, name, &value, &length)) << strerror(errno);
        return value;
    }

    void SetTimeout(int descriptor, int name, int milliseconds) {
        struct timeval time = {milliseconds / 1000, milliseconds % 1000 * 1000};
        EXPECT_EQ(0, api_->setsockopt(descriptor, SOL_SOCKET, name, &time, sizeof(time))) << strerror(errno);
    }

    /* The events of one descriptor, once any of those asked for is there. */
    int Poll(int descriptor, int events, int timeout = 60000) {
        struct pollfd one = PollOf(descriptor, events);
        int result = api_->poll(&one, 1, timeout);
        EXPECT_LE(0, result) << strerror(errno);
        return one.revents;
    }

    void SendAll(int descriptor, const std::string &text) {
        EXPECT_EQ(static_cast<ssize_t>(text.size()), api_->send(descriptor, text.data(), text.size(), MSG_NOSIGNAL))
            << strerror(errno);
    }

    /* What one recv() brings, or the name of its error. */
    std::string Receive(int descriptor, size_t length = 1000, int flags = 0) {
        std::vector<char> room(length + 1);
        ssize_t received = api_->recv(descriptor, room.data(), length, flags);
        return received < 0 ? Error() : std::string(room.data(), static_cast<size_t>(received));
    }

    std::string ReceiveAll(int descriptor, size_t length) {
        return Receive(descriptor, length, MSG_WAITALL);
    }

    static std::string Error() {
        return strerrorname_np(errno);
    }

    /* As much as is taken without waiting; how much. The kernel's TCP makes room for a while, on its own threads. */
    size_t Fill(int descriptor) {
        std::vector<char> block(16384, 'f');
        size_t filled = 0;
        do {
            ssize_t sent;
            while ((sent = api_->send(descriptor, block.data(), block.size(), MSG_DONTWAIT | MSG_NOSIGNAL)) > 0) {
                filled += static_cast<size_t>(sent);
            }
            EXPECT_EQ("EAGAIN", Error());
        } while (IsKernel() && Poll(descriptor, POLLOUT, 20) != 0);
        return filled;
    }

    const SocketApi *api_ = GetParam().api;

  private:
    std::vector<int> open_;
};

/* A call fails with exactly this error. */
#define EXPECT_FAILS(error, call)                                                                                      \
    do {                                                                                                               \
        errno = 0;                                                                                                     \
        EXPECT_EQ(-1, (call)) << #call << " succeeded";                                                                \
        EXPECT_STREQ(strerrorname_np(error), strerrorname_np(errno)) << "by " << #call;                                \
    } while (0)

inline std::string WorldName(const ::testing::TestParamInfo<SocketWorld> &world) {
    return world.param.name;
}

#if defined(_WIN32)
#    define RUN_WITH_INTERNET_AND_LOCAL_SOCKETS(suite)                                                                 \
        INSTANTIATE_TEST_SUITE_P(                                                                                      \
            Sockets,                                                                                                   \
            suite,                                                                                                     \
            ::testing::Values(                                                                                         \
                SocketWorld{"memory_internet", either::Ours(), AF_INET},                                               \
                SocketWorld{"memory_local", either::Ours(), AF_UNIX}),                                                 \
            WorldName)

#    define RUN_WITH_LOCAL_SOCKETS(suite)                                                                              \
        INSTANTIATE_TEST_SUITE_P(                                                                                      \
            Sockets, suite, ::testing::Values(SocketWorld{"memory_local", either::Ours(), AF_UNIX}), WorldName)
#else
#    define RUN_WITH_INTERNET_AND_LOCAL_SOCKETS(suite)                                                                 \
        INSTANTIATE_TEST_SUITE_P(                                                                                      \
            Sockets,                                                                                                   \
            suite,                                                                                                     \
            ::testing::Values(                                                                                         \
                SocketWorld{"kernel_internet", either::Kernel(), AF_INET},                                             \
                SocketWorld{"kernel_local", either::Kernel(), AF_UNIX},                                                \
                SocketWorld{"memory_internet", either::Ours(), AF_INET},                                               \
                SocketWorld{"memory_local", either::Ours(), AF_UNIX}),                                                 \
            WorldName)

#    define RUN_WITH_LOCAL_SOCKETS(suite)                                                                              \
        INSTANTIATE_TEST_SUITE_P(                                                                                      \
            Sockets,                                                                                                   \
            suite,                                                                                                     \
            ::testing::Values(                                                                                         \
                SocketWorld{"kernel_local", either::Kernel(), AF_UNIX},                                                \
                SocketWorld{"memory_local", either::Ours(), AF_UNIX}),                                                 \
            WorldName)
#endif

#endif /* RESEAU_TESTS_USOCKET_EITHER_H */
