/* SPDX-License-Identifier: Apache-2.0 */
/* The contract of <reseau/transport.h>, with a transport that a test plays itself. */
#include "support/lock.h"
#include "usocket/either.h"

#include <deque>

namespace {

constexpr int kFamily = 250;

/* One socket of the transport: what its hooks were called with, and what they answer. */
struct Played {
    struct reseau_transport_socket *socket = nullptr;
    Lock mutex;
    std::vector<std::string> calls;
    std::string written;
    std::deque<struct reseau_fragment> fragments;
    size_t room = SIZE_MAX;
    int connect_result = 0;
    int close_result = 0;
    std::atomic<int> reads{0};
    std::atomic<int> accepts{0};
    int destroyed = 0;

    void Call(const std::string &call) {
        std::lock_guard<Lock> lock(mutex);
        calls.push_back(call);
    }

    bool WasCalled(const std::string &call) {
        std::lock_guard<Lock> lock(mutex);
        return std::find(calls.begin(), calls.end(), call) != calls.end();
    }
};

class Stage {
  public:
    std::vector<Played *> made;
    struct reseau_transport_traits traits = {0, 0};
    int create_result = 0;
    bool has_ended = false;

    ~Stage() {
        for (Played *played : made) {
            delete played;
        }
    }

    static struct reseau_transport_hooks Hooks() {
        struct reseau_transport_hooks hooks = {};
        hooks.size = sizeof(hooks);
        hooks.create = [](void *stage,
                          struct reseau_transport_socket *socket,
                          int,
                          int,
                          int,
                          struct reseau_transport_traits *traits,
                          void **state) {
            Stage *self = static_cast<Stage *>(stage);
            if (self->create_result < 0) {
                return self->create_result;
            }
            Played *played = new Played;
            played->socket = socket;
            self->made.push_back(played);
            *traits = self->traits;
            *state = played;
            return 0;
        };
        hooks.close = [](void *state, int how) {
            static_cast<Played *>(state)->Call(how == RESEAU_TRANSPORT_CLOSE_ABORT ? "abort" : "close");
            return static_cast<Played *>(state)->close_result;
        };
        hooks.destroy = [](void *state) { ++static_cast<Played *>(state)->destroyed; };
        hooks.end = [](void *stage) { static_cast<Stage *>(stage)->has_ended = true; };
        hooks.bind = [](void *state, const struct sockaddr *, socklen_t length) {
            static_cast<Played *>(state)->Call("bind " + std::to_string(length));
            return 0;
        };
        hooks.listen = [](void *state, int backlog) {
            static_cast<Played *>(state)->Call("listen " + std::to_string(backlog));
            return 0;
        };
        hooks.connect = [](void *state, const struct sockaddr *, socklen_t) {
            static_cast<Played *>(state)->Call("connect");
            return static_cast<Played *>(state)->connect_result;
        };
        hooks.accepted = [](void *state) { ++static_cast<Played *>(state)->accepts; };
        hooks.shutdown = [](void *state, int how) {
            static_cast<Played *>(state)->Call("shutdown " + std::to_string(how));
            return 0;
        };
        hooks.set_option = [](void *state, int level, int name, const void *, socklen_t) {
            static_cast<Played *>(state)->Call("set " + std::to_string(level) + " " + std::to_string(name));
            return level == 77 ? 0 : -ENOPROTOOPT;
        };
        hooks.get_option = [](void *, int level, int, void *value, socklen_t *length) {
            if (level != 77 || *length < sizeof(int)) {
                return -ENOPROTOOPT;
            }
            *static_cast<int *>(value) = 4711;
            *length = sizeof(int);
            return 0;
        };
        hooks.control = [](void *, unsigned long request, void *argument) {
            *static_cast<int *>(argument) = static_cast<int>(request);
            return request == 99 ? 0 : -ENOTTY;
        };
        hooks.write = [](void *state, const struct reseau_fragment *fragment) -> ptrdiff_t {
            Played *played = static_cast<Played *>(state);
            std::lock_guard<Lock> lock(played->mutex);
            size_t taken = std::min(fragment->length, played->room);
            if (taken < fragment->length && fragment->total != 0) {
                return -EAGAIN;
            }
            played->room -= played->room == SIZE_MAX ? 0 : taken;
            played->written.append(static_cast<const char *>(fragment->data), taken);
            played->fragments.push_back(*fragment);
            return static_cast<ptrdiff_t>(taken);
        };
        hooks.is_writable = [](void *state, size_t needed) {
            Played *played = static_cast<Played *>(state);
            std::lock_guard<Lock> lock(played->mutex);
            return played->room >= needed ? 1 : 0;
        };
        hooks.has_read = [](void *state) { ++static_cast<Played *>(state)->reads; };
        return hooks;
    }
};

class UserTransport : public ::testing::Test {
  protected:
    void SetUp() override {
        struct reseau_transport_hooks hooks = Stage::Hooks();
        ASSERT_EQ(0, reseau_transport_new(&hooks, &stage_, &transport_));
    }

    void TearDown() override {
        for (int descriptor : open_) {
            reseau_uclose(descriptor);
        }
        reseau_transport_release(transport_);
        EXPECT_TRUE(stage_.has_ended);
        for (Played *played : stage_.made) {
            EXPECT_EQ(1, played->destroyed);
        }
    }

    int Socket(int type, Played **played) {
        int descriptor = reseau_usocket_on(transport_, kFamily, type, 0);
        EXPECT_LE(0, descriptor) << strerror(errno);
        open_.push_back(descriptor);
        *played = stage_.made.back();
        return descriptor;
    }

    void Close(int descriptor) {
        open_.erase(std::find(open_.begin(), open_.end(), descriptor));
        EXPECT_EQ(0, reseau_uclose(descriptor));
    }

    int Connected(int type, Played **played) {
        int descriptor = Socket(type, played);
        struct sockaddr address = {};
        address.sa_family = kFamily;
        EXPECT_EQ(0, reseau_uconnect(descriptor, &address, sizeof(address)));
        return descriptor;
    }

    static ptrdiff_t Deliver(Played *played, uint64_t offset, const std::string &bytes) {
        struct reseau_fragment fragment = {};
        fragment.offset = offset;
        fragment.data = bytes.data();
        fragment.length = bytes.size();
        return reseau_transport_deliver(played->socket, &fragment);
    }

    static ptrdiff_t
    DeliverPart(Played *played, uint64_t datagram, uint64_t offset, const std::string &bytes, uint64_t total) {
        struct sockaddr from = {};
        from.sa_family = kFamily;
        struct reseau_fragment fragment = {};
        fragment.offset = offset;
        fragment.total = total;
        fragment.datagram = datagram;
        fragment.data = bytes.data();
        fragment.length = bytes.size();
        fragment.address = &from;
        fragment.address_length = sizeof(from);
        return reseau_transport_deliver(played->socket, &fragment);
    }

    static std::string Receive(int descriptor, size_t length = 1000, int flags = MSG_DONTWAIT) {
        std::vector<char> room(length + 1);
        ssize_t received = reseau_urecv(descriptor, room.data(), length, flags);
        return received < 0 ? strerrorname_np(errno) : std::string(room.data(), static_cast<size_t>(received));
    }

    static int Events(int descriptor) {
        struct pollfd one = PollOf(descriptor, POLLIN | POLLOUT | POLLRDHUP);
        reseau_upoll(&one, 1, 0);
        return one.revents;
    }

    Stage stage_;
    struct reseau_transport *transport_ = nullptr;
    std::vector<int> open_;
};

TEST_F(UserTransport, needs_its_hooks) {
    struct reseau_transport *made = nullptr;
    struct reseau_transport_hooks hooks = Stage::Hooks();
    EXPECT_EQ(EINVAL, reseau_transport_new(nullptr, nullptr, &made));
    EXPECT_EQ(EINVAL, reseau_transport_new(&hooks, nullptr, nullptr));
    hooks.size = 8;
    EXPECT_EQ(EINVAL, reseau_transport_new(&hooks, nullptr, &made));
    hooks = Stage::Hooks();
    hooks.write = nullptr;
    EXPECT_EQ(EINVAL, reseau_transport_new(&hooks, nullptr, &made));
    EXPECT_EQ(nullptr, made);
    EXPECT_EQ(EINVAL, reseau_transport_new_memory(nullptr));
    EXPECT_FAILS(EINVAL, reseau_usocket_on(nullptr, kFamily, SOCK_STREAM, 0));
}

TEST_F(UserTransport, missing_arguments_do_nothing) {
    Played *played;
    Connected(SOCK_STREAM, &played);
    struct reseau_fragment fragment = {};
    fragment.length = 1;
    EXPECT_EQ(-EINVAL, reseau_transport_deliver(nullptr, &fragment));
    EXPECT_EQ(-EINVAL, reseau_transport_deliver(played->socket, nullptr));
    EXPECT_EQ(-EINVAL, reseau_transport_deliver(played->socket, &fragment));
    fragment.length = 0;
    fragment.address_length = 5;
    EXPECT_EQ(-EINVAL, reseau_transport_deliver(played->socket, &fragment));
    EXPECT_EQ(0, reseau_transport_has_room(nullptr, 1));
    EXPECT_EQ(0u, reseau_transport_room(nullptr));
    EXPECT_EQ(-EINVAL, reseau_transport_end(nullptr, 0));
    EXPECT_EQ(-EINVAL, reseau_transport_prepare(played->socket, nullptr, nullptr, nullptr));
    EXPECT_EQ(-EINVAL, reseau_transport_offer(played->socket, nullptr));
    EXPECT_EQ(nullptr, reseau_transport_acquire(nullptr));
    EXPECT_EQ(nullptr, reseau_transport_socket_acquire(nullptr));
    reseau_transport_release(nullptr);
    reseau_transport_socket_release(nullptr);
    reseau_transport_abandon(nullptr, 1);
    reseau_transport_refuse_writes(nullptr);
    reseau_transport_fail(nullptr, EIO);
    reseau_transport_connected(nullptr, 0);
    reseau_transport_withdraw(nullptr);
    reseau_transport_writable(nullptr);
    reseau_transport_drained(nullptr);
}

TEST_F(UserTransport, may_leave_out_the_other_hooks) {
    struct reseau_transport_hooks hooks = {}, all = Stage::Hooks();
    hooks.size = sizeof(hooks);
    hooks.create = all.create;
    hooks.close = all.close;
    hooks.destroy = all.destroy;
    hooks.write = all.write;
    struct reseau_transport *bare = nullptr;
    ASSERT_EQ(0, reseau_transport_new(&hooks, &stage_, &bare));
    int stream = reseau_usocket_on(bare, kFamily, SOCK_STREAM, 0), pair[2], value = 0;
    struct sockaddr address = {};
    socklen_t length = sizeof(address);
    EXPECT_FAILS(EOPNOTSUPP, reseau_ubind(stream, &address, length));
    EXPECT_FAILS(EOPNOTSUPP, reseau_ulisten(stream, 1));
    EXPECT_FAILS(EOPNOTSUPP, reseau_uconnect(stream, &address, length));
    EXPECT_FAILS(EOPNOTSUPP, reseau_usocketpair_on(bare, kFamily, SOCK_STREAM, 0, pair));
    EXPECT_FAILS(EOPNOTSUPP, reseau_ugetsockname(stream, &address, &length));
    EXPECT_FAILS(ENOPROTOOPT, reseau_usetsockopt(stream, 77, 1, &value, sizeof(value)));
    EXPECT_FAILS(ENOTTY, reseau_uioctl(stream, 99, &value));
    EXPECT_EQ(0, reseau_uclose(stream));
    reseau_transport_release(bare);
    stage_.has_ended = false;
}

TEST_F(UserTransport, serves_the_family_that_it_is_selected_for) {
    EXPECT_FAILS(EAFNOSUPPORT, reseau_usocket(kFamily, SOCK_STREAM, 0));
    ASSERT_EQ(0, reseau_transport_select(kFamily, transport_));
    int descriptor = reseau_usocket(kFamily, SOCK_STREAM, 0);
    EXPECT_LE(0, descriptor);
    EXPECT_EQ(1u, stage_.made.size());
    EXPECT_EQ(0, reseau_uclose(descriptor));
    ASSERT_EQ(0, reseau_transport_select(kFamily, nullptr));
    EXPECT_FAILS(EAFNOSUPPORT, reseau_usocket(kFamily, SOCK_STREAM, 0));
    EXPECT_EQ(EINVAL, reseau_transport_select(-1, transport_));
}

TEST_F(UserTransport, may_refuse_a_socket) {
    stage_.create_result = -EPROTONOSUPPORT;
    EXPECT_FAILS(EPROTONOSUPPORT, reseau_usocket_on(transport_, kFamily, SOCK_STREAM, 3));
    EXPECT_TRUE(stage_.made.empty());
}

TEST_F(UserTransport, calls_reach_their_hooks) {
    Played *played;
    int descriptor = Socket(SOCK_STREAM, &played), value = 1;
    struct sockaddr address = {};
    socklen_t length = sizeof(value);
    EXPECT_EQ(0, reseau_ubind(descriptor, &address, 9));
    EXPECT_EQ(0, reseau_ulisten(descriptor, 3));
    EXPECT_EQ(0, reseau_usetsockopt(descriptor, 77, 5, &value, sizeof(value)));
    EXPECT_FAILS(ENOPROTOOPT, reseau_usetsockopt(descriptor, 78, 5, &value, sizeof(value)));
    EXPECT_EQ(0, reseau_usetsockopt(descriptor, SOL_SOCKET, SO_KEEPALIVE, &value, sizeof(value)));
    EXPECT_EQ(0, reseau_ugetsockopt(descriptor, 77, 1, &value, &length));
    EXPECT_EQ(4711, value);
    EXPECT_EQ(0, reseau_uioctl(descriptor, 99, &value));
    EXPECT_EQ(99, value);
    std::string keepalive = "set " + std::to_string(SOL_SOCKET) + " " + std::to_string(SO_KEEPALIVE);
    for (const char *call : {"bind 9", "listen 3", "set 77 5", keepalive.c_str()}) {
        EXPECT_TRUE(played->WasCalled(call)) << call;
    }
}

TEST_F(UserTransport, fragments_of_a_stream_come_in_any_order) {
    Played *played;
    int descriptor = Connected(SOCK_STREAM, &played);
    EXPECT_EQ(2, Deliver(played, 4, "ef"));
    EXPECT_EQ(2, Deliver(played, 8, "ij"));
    EXPECT_EQ("EAGAIN", Receive(descriptor));
    EXPECT_EQ(0, Events(descriptor) & POLLIN);
    EXPECT_EQ(4, Deliver(played, 0, "abcd"));
    EXPECT_NE(0, Events(descriptor) & POLLIN);
    EXPECT_EQ("abcdef", Receive(descriptor));
    EXPECT_EQ(2, Deliver(played, 6, "gh"));
    EXPECT_EQ("ghij", Receive(descriptor));
}

TEST_F(UserTransport, what_was_delivered_before_is_refused) {
    Played *played;
    int descriptor = Connected(SOCK_STREAM, &played);
    EXPECT_EQ(3, Deliver(played, 0, "abc"));
    EXPECT_EQ(3, Deliver(played, 6, "ghi"));
    EXPECT_EQ(-EEXIST, Deliver(played, 0, "abc"));
    EXPECT_EQ(-EEXIST, Deliver(played, 1, "b"));
    EXPECT_EQ(-EEXIST, Deliver(played, 7, "h"));
    EXPECT_EQ(-EINVAL, Deliver(played, 2, "cd"));
    EXPECT_EQ(-EINVAL, Deliver(played, 3, "defg"));
    EXPECT_EQ(-EINVAL, Deliver(played, 8, "ij"));
    EXPECT_EQ(-EINVAL, Deliver(played, UINT64_MAX, "ab"));
    EXPECT_EQ("abc", Receive(descriptor));
    EXPECT_EQ(-EEXIST, Deliver(played, 0, "abc"));
    EXPECT_EQ(0, Deliver(played, 3, ""));
}

TEST_F(UserTransport, a_full_buffer_holds_the_transport_up) {
    Played *played;
    int descriptor = Connected(SOCK_STREAM, &played), size = 4096;
    ASSERT_EQ(0, reseau_usetsockopt(descriptor, SOL_SOCKET, SO_RCVBUF, &size, sizeof(size)));
    EXPECT_EQ(1, reseau_transport_has_room(played->socket, 4096));
    EXPECT_EQ(4096, Deliver(played, 0, std::string(5000, 'x')));
    EXPECT_EQ(-EAGAIN, Deliver(played, 4096, "y"));
    EXPECT_EQ(0, played->reads);
    EXPECT_EQ(100u, Receive(descriptor, 100).size());
    EXPECT_EQ(1, played->reads);
    EXPECT_EQ(100u, Receive(descriptor, 100).size());
    EXPECT_EQ(1, played->reads) << "only when somebody waits for it";
    EXPECT_EQ(0, reseau_transport_has_room(played->socket, 1000));
    Receive(descriptor, 700);
    EXPECT_EQ(1, played->reads);
    Receive(descriptor, 100);
    EXPECT_EQ(2, played->reads);
    EXPECT_EQ(0, reseau_transport_has_room(played->socket, SIZE_MAX));
    Receive(descriptor, 5000);
    EXPECT_EQ(3, played->reads);
    EXPECT_EQ(1, reseau_transport_has_room(played->socket, SIZE_MAX));
}

TEST_F(UserTransport, holes_are_bounded) {
    Played *played;
    Connected(SOCK_STREAM, &played);
    ptrdiff_t result = 1;
    uint64_t offset = 1;
    for (; result == 1; offset += 2) {
        result = Deliver(played, offset, "x");
    }
    EXPECT_EQ(-ENOBUFS, result);
    EXPECT_LT(32u, offset);
    EXPECT_EQ(1, Deliver(played, 0, "a"));
}

TEST_F(UserTransport, a_stream_ends_where_its_peer_says) {
    Played *played;
    int descriptor = Connected(SOCK_STREAM, &played);
    EXPECT_EQ(3, Deliver(played, 3, "def"));
    EXPECT_EQ(-EINVAL, reseau_transport_end(played->socket, 5));
    EXPECT_EQ(0, reseau_transport_end(played->socket, 6));
    EXPECT_EQ(0, reseau_transport_end(played->socket, 6));
    EXPECT_EQ(-EINVAL, reseau_transport_end(played->socket, 7));
    EXPECT_EQ(-EINVAL, Deliver(played, 6, "g"));
    EXPECT_EQ("EAGAIN", Receive(descriptor));
    EXPECT_EQ(3, Deliver(played, 0, "abc"));
    EXPECT_EQ("abcdef", Receive(descriptor));
    EXPECT_EQ("", Receive(descriptor));
}

TEST_F(UserTransport, datagrams_are_handed_out_when_they_are_complete) {
    Played *played;
    int descriptor = Socket(SOCK_DGRAM, &played);
    EXPECT_EQ(2, DeliverPart(played, 1, 2, "cd", 6));
    EXPECT_EQ(2, DeliverPart(played, 2, 0, "12", 4));
    EXPECT_EQ("EAGAIN", Receive(descriptor));
    EXPECT_EQ(2, DeliverPart(played, 2, 2, "34", 4));
    EXPECT_EQ("1234", Receive(descriptor)) << "in no order";
    EXPECT_EQ(2, DeliverPart(played, 1, 4, "ef", 6));
    EXPECT_EQ(2, DeliverPart(played, 1, 0, "ab", 6));
    EXPECT_EQ(0, DeliverPart(played, 3, 0, "", 0));
    EXPECT_EQ("abcdef", Receive(descriptor));
    EXPECT_EQ("", Receive(descriptor));
    EXPECT_EQ("EAGAIN", Receive(descriptor));
}

TEST_F(UserTransport, packets_are_handed_out_in_order) {
    Played *played;
    int descriptor = Connected(SOCK_SEQPACKET, &played);
    EXPECT_EQ(1, DeliverPart(played, 1, 0, "a", 2));
    EXPECT_EQ(3, DeliverPart(played, 2, 0, "two", 3));
    EXPECT_EQ("EAGAIN", Receive(descriptor));
    EXPECT_EQ(1, DeliverPart(played, 1, 1, "b", 2));
    EXPECT_EQ("ab", Receive(descriptor));
    EXPECT_EQ("two", Receive(descriptor));
    EXPECT_EQ(0, reseau_transport_end(played->socket, 0));
    EXPECT_EQ("", Receive(descriptor));
    EXPECT_EQ(-EPIPE, DeliverPart(played, 3, 0, "x", 1));
}

TEST_F(UserTransport, hostile_fragments_of_datagrams_are_refused) {
    Played *played;
    int descriptor = Socket(SOCK_DGRAM, &played);
    EXPECT_EQ(-EINVAL, DeliverPart(played, 1, UINT64_MAX, "ab", 10));
    EXPECT_EQ(-EINVAL, DeliverPart(played, 1, 9, "ab", 10));
    EXPECT_EQ(-EINVAL, DeliverPart(played, 1, 0, "", 10));
    EXPECT_EQ(-EMSGSIZE, DeliverPart(played, 1, 0, "ab", UINT64_MAX));
    EXPECT_EQ(-EMSGSIZE, DeliverPart(played, 1, 0, "ab", 1 << 20));
    EXPECT_EQ(2, DeliverPart(played, 1, 0, "ab", 4));
    EXPECT_EQ(-EEXIST, DeliverPart(played, 1, 0, "ab", 4));
    EXPECT_EQ(-EINVAL, DeliverPart(played, 1, 1, "bc", 4));
    EXPECT_EQ(-EINVAL, DeliverPart(played, 1, 2, "cd", 5));
    EXPECT_EQ("EAGAIN", Receive(descriptor));
    reseau_transport_abandon(played->socket, 1);
    reseau_transport_abandon(played->socket, 1);
    reseau_transport_abandon(played->socket, 99);
    EXPECT_EQ(4, DeliverPart(played, 1, 0, "wxyz", 4));
    EXPECT_EQ("wxyz", Receive(descriptor));
}

TEST_F(UserTransport, datagrams_that_are_never_complete_are_bounded) {
    Played *played;
    int descriptor = Socket(SOCK_DGRAM, &played);
    ptrdiff_t result = 1;
    for (uint64_t datagram = 1; result == 1; ++datagram) {
        result = DeliverPart(played, datagram, 0, "x", 2);
    }
    EXPECT_EQ(-ENOBUFS, result);
    EXPECT_EQ(5, DeliverPart(played, 1000, 0, "whole", 5));
    EXPECT_EQ("whole", Receive(descriptor));
    int size = 4096;
    int other = Socket(SOCK_DGRAM, &played);
    ASSERT_EQ(0, reseau_usetsockopt(other, SOL_SOCKET, SO_RCVBUF, &size, sizeof(size)));
    EXPECT_EQ(1, DeliverPart(played, 1, 0, "x", 3900));
    EXPECT_EQ(-EAGAIN, DeliverPart(played, 2, 0, "whole", 5));
    reseau_transport_abandon(played->socket, 1);
    EXPECT_EQ(5, DeliverPart(played, 2, 0, "whole", 5));
    EXPECT_EQ("whole", Receive(other));
}

TEST_F(UserTransport, sends_in_fragments_of_the_size_that_it_takes) {
    stage_.traits.max_fragment = 3;
    stage_.traits.max_datagram = 8;
    Played *played;
    int stream = Connected(SOCK_STREAM, &played);
    EXPECT_EQ(8, reseau_usend(stream, "abcdefgh", 8, 0));
    EXPECT_EQ("abcdefgh", played->written);
    ASSERT_EQ(3u, played->fragments.size());
    EXPECT_EQ(3u, played->fragments[1].offset);
    EXPECT_EQ(2u, played->fragments[2].length);
    EXPECT_EQ(0u, played->fragments[2].total);

    int datagram = Connected(SOCK_DGRAM, &played);
    char one[] = "abcd", two[] = "efgh";
    struct iovec pieces[] = {{one, 4}, {two, 4}};
    EXPECT_EQ(8, reseau_uwritev(datagram, pieces, 2));
    EXPECT_EQ(0, reseau_usend(datagram, "", 0, 0));
    EXPECT_EQ("abcdefgh", played->written);
    ASSERT_EQ(4u, played->fragments.size());
    EXPECT_EQ(1u, played->fragments[2].datagram);
    EXPECT_EQ(6u, played->fragments[2].offset);
    EXPECT_EQ(8u, played->fragments[2].total);
    EXPECT_EQ(2u, played->fragments[3].datagram);
    EXPECT_EQ(0u, played->fragments[3].total);
    EXPECT_FAILS(EMSGSIZE, reseau_usend(datagram, "123456789", 9, 0));
}

TEST_F(UserTransport, a_sender_waits_until_there_is_room) {
    for (int type : {int(SOCK_STREAM), int(SOCK_DGRAM)}) {
        Played *played;
        int descriptor = Connected(type, &played);
        played->room = 2;
        EXPECT_EQ(0, Events(descriptor) & POLLOUT);
        if (type == SOCK_DGRAM) {
            EXPECT_FAILS(EAGAIN, reseau_usend(descriptor, "abcd", 4, MSG_DONTWAIT));
        } else {
            EXPECT_EQ(2, reseau_usend(descriptor, "abcd", 4, MSG_DONTWAIT));
            played->written = "";
        }
        std::thread sender([&] { EXPECT_EQ(4, reseau_usend(descriptor, "wxyz", 4, 0)); });
        for (int i = 0; i < 4; ++i) {
            std::this_thread::yield();
            {
                std::lock_guard<Lock> lock(played->mutex);
                ++played->room;
            }
            reseau_transport_writable(played->socket);
        }
        sender.join();
        EXPECT_EQ("wxyz", played->written);
    }
}

TEST_F(UserTransport, connects_when_the_transport_says_so) {
    Played *played;
    int descriptor = Socket(SOCK_STREAM, &played);
    played->connect_result = -EINPROGRESS;
    struct sockaddr address = {};
    std::thread transport([&] {
        while (!played->WasCalled("connect")) {
            std::this_thread::yield();
        }
        reseau_transport_connected(played->socket, 0);
    });
    EXPECT_EQ(0, reseau_uconnect(descriptor, &address, sizeof(address)));
    transport.join();
    reseau_transport_connected(played->socket, ECONNREFUSED);
    EXPECT_EQ(POLLOUT, Events(descriptor)) << "the first answer counts";
}

TEST_F(UserTransport, an_attempt_may_fail_later) {
    Played *played;
    int descriptor = Socket(SOCK_STREAM | SOCK_NONBLOCK, &played);
    played->connect_result = -EINPROGRESS;
    struct sockaddr address = {};
    EXPECT_FAILS(EINPROGRESS, reseau_uconnect(descriptor, &address, sizeof(address)));
    EXPECT_FAILS(EALREADY, reseau_uconnect(descriptor, &address, sizeof(address)));
    reseau_transport_connected(played->socket, EHOSTUNREACH);
    EXPECT_NE(0, Events(descriptor) & POLLERR);
    EXPECT_FAILS(EHOSTUNREACH, reseau_uconnect(descriptor, &address, sizeof(address)));
    EXPECT_FAILS(EINPROGRESS, reseau_uconnect(descriptor, &address, sizeof(address)));
}

TEST_F(UserTransport, a_failure_ends_a_connection) {
    Played *played;
    int descriptor = Connected(SOCK_STREAM, &played);
    EXPECT_EQ(3, Deliver(played, 0, "abc"));
    reseau_transport_fail(played->socket, ETIMEDOUT);
    EXPECT_EQ(-EPIPE, Deliver(played, 3, "d"));
    EXPECT_EQ("abc", Receive(descriptor));
    EXPECT_EQ("ETIMEDOUT", Receive(descriptor));
    EXPECT_EQ("", Receive(descriptor));
    EXPECT_FAILS(EPIPE, reseau_usend(descriptor, "x", 1, MSG_NOSIGNAL));

    int datagrams = Connected(SOCK_DGRAM, &played);
    reseau_transport_fail(played->socket, EHOSTUNREACH);
    EXPECT_FAILS(EHOSTUNREACH, reseau_usend(datagrams, "x", 1, 0));
    EXPECT_EQ(1, reseau_usend(datagrams, "x", 1, 0));
}

TEST_F(UserTransport, incoming_connections_are_accepted_in_order) {
    Played *played;
    int listener = Socket(SOCK_STREAM, &played);
    ASSERT_EQ(0, reseau_ulisten(listener, 2));
    Played *incoming[3];
    for (int i = 0; i < 3; ++i) {
        incoming[i] = new Played;
        stage_.made.push_back(incoming[i]);
        ASSERT_EQ(0, reseau_transport_prepare(played->socket, incoming[i], nullptr, &incoming[i]->socket));
        EXPECT_EQ(i < 2 ? 0 : -EAGAIN, reseau_transport_offer(played->socket, incoming[i]->socket));
    }
    EXPECT_EQ(5, Deliver(incoming[1], 0, "early"));
    int accepts = played->accepts;
    int first = reseau_uaccept(listener, nullptr, nullptr);
    EXPECT_EQ(accepts + 1, played->accepts);
    EXPECT_EQ(0, reseau_transport_offer(played->socket, incoming[2]->socket));
    int second = reseau_uaccept(listener, nullptr, nullptr);
    EXPECT_EQ("early", Receive(second));
    EXPECT_EQ(0, reseau_uclose(first));
    EXPECT_TRUE(incoming[0]->WasCalled("close"));
    EXPECT_EQ(0, reseau_uclose(second));
    Close(listener);
    EXPECT_TRUE(incoming[2]->WasCalled("abort"));
    EXPECT_FALSE(incoming[1]->WasCalled("abort"));
}

TEST_F(UserTransport, a_socket_that_does_not_listen_takes_no_connection) {
    Played *played;
    int listener = Socket(SOCK_STREAM, &played);
    Played *incoming = new Played;
    stage_.made.push_back(incoming);
    EXPECT_EQ(-ECONNREFUSED, reseau_transport_prepare(played->socket, incoming, nullptr, &incoming->socket));
    ASSERT_EQ(0, reseau_ulisten(listener, 1));
    ASSERT_EQ(0, reseau_transport_prepare(played->socket, incoming, nullptr, &incoming->socket));
    EXPECT_EQ(0, reseau_ushutdown(listener, SHUT_RD));
    EXPECT_EQ(-ECONNREFUSED, reseau_transport_offer(played->socket, incoming->socket));
    reseau_transport_withdraw(incoming->socket);
    EXPECT_EQ(1, incoming->destroyed);
    EXPECT_TRUE(incoming->calls.empty());
}

TEST_F(UserTransport, close_lingers_until_everything_has_arrived) {
    Played *played;
    int descriptor = Connected(SOCK_STREAM, &played);
    struct linger linger = {1, 60};
    ASSERT_EQ(0, reseau_usetsockopt(descriptor, SOL_SOCKET, SO_LINGER, &linger, sizeof(linger)));
    played->close_result = -EINPROGRESS;
    struct reseau_transport_socket *held = reseau_transport_socket_acquire(played->socket);
    std::atomic<bool> isClosed{false};
    std::thread closer([&] {
        Close(descriptor);
        isClosed = true;
    });
    while (!played->WasCalled("close")) {
        std::this_thread::yield();
    }
    EXPECT_FALSE(isClosed);
    reseau_transport_drained(held);
    closer.join();
    EXPECT_EQ(-EPIPE, Deliver(played, 0, "late"));
    EXPECT_EQ(1, reseau_transport_has_room(held, 1));
    reseau_transport_writable(held);
    reseau_transport_fail(held, ECONNRESET);
    reseau_transport_socket_release(held);
}

TEST_F(UserTransport, close_lingers_no_longer_than_it_may) {
    Played *played;
    int descriptor = Connected(SOCK_STREAM, &played);
    struct linger linger = {1, 1};
    ASSERT_EQ(0, reseau_usetsockopt(descriptor, SOL_SOCKET, SO_LINGER, &linger, sizeof(linger)));
    played->close_result = -EINPROGRESS;
    auto began = std::chrono::steady_clock::now();
    Close(descriptor);
    EXPECT_LE(std::chrono::seconds(1), std::chrono::steady_clock::now() - began);
    EXPECT_EQ(0, reseau_transport_await_drained(transport_, 0)) << "the transport does not hold the socket any more";
}

TEST_F(UserTransport, data_that_nobody_has_read_makes_a_close_an_abort) {
    Played *played;
    int descriptor = Connected(SOCK_STREAM, &played);
    EXPECT_EQ(1, Deliver(played, 0, "x"));
    Close(descriptor);
    EXPECT_TRUE(played->WasCalled("abort"));
}

TEST_F(UserTransport, shutdown_names_the_direction) {
    Played *played;
    int descriptor = Connected(SOCK_STREAM, &played);
    EXPECT_EQ(0, reseau_ushutdown(descriptor, SHUT_WR));
    EXPECT_TRUE(played->WasCalled("shutdown " + std::to_string(SHUT_WR)));
    reseau_transport_refuse_writes(played->socket);
    EXPECT_EQ(1, Deliver(played, 0, "x"));
}

/* Deliveries on one thread, reads on another, each fragment in two halves of which the second comes first. */
TEST_F(UserTransport, delivers_while_another_thread_reads) {
    Played *played;
    int descriptor = Connected(SOCK_STREAM, &played);
    const size_t total = 4000000, half = 1000;
    std::thread transport([&] {
        auto deliver = [&](uint64_t offset) {
            std::string bytes(half, static_cast<char>('a' + offset / half % 26));
            while (!bytes.empty()) {
                ptrdiff_t taken = Deliver(played, offset, bytes);
                ASSERT_TRUE(taken > 0 || taken == -EAGAIN);
                if (taken > 0) {
                    offset += static_cast<uint64_t>(taken);
                    bytes.erase(0, static_cast<size_t>(taken));
                } else {
                    std::this_thread::yield();
                }
            }
        };
        for (uint64_t at = 0; at < total; at += 2 * half) {
            deliver(at + half);
            deliver(at);
        }
        EXPECT_EQ(0, reseau_transport_end(played->socket, total));
    });
    std::string received;
    for (std::string part = Receive(descriptor, 3333, 0); !part.empty(); part = Receive(descriptor, 3333, 0)) {
        received += part;
    }
    transport.join();
    ASSERT_EQ(total, received.size());
    for (size_t i = 0; i < total; ++i) {
        ASSERT_EQ(static_cast<char>('a' + i / half % 26), received[i]);
    }
}

/* Two networks in memory know nothing of each other. */
TEST(MemoryTransports, have_their_own_names) {
    struct reseau_transport *networks[2];
    struct sockaddr_in address = {};
    address.sin_family = AF_INET;
    address.sin_port = htons(80);
    const struct sockaddr *name = reinterpret_cast<struct sockaddr *>(&address);
    int listeners[2];
    for (int i = 0; i < 2; ++i) {
        ASSERT_EQ(0, reseau_transport_new_memory(&networks[i]));
        listeners[i] = reseau_usocket_on(networks[i], AF_INET, SOCK_STREAM, 0);
        ASSERT_EQ(0, reseau_ubind(listeners[i], name, sizeof(address)));
    }
    ASSERT_EQ(0, reseau_ulisten(listeners[0], 1));
    int client = reseau_usocket_on(networks[1], AF_INET, SOCK_STREAM, 0);
    EXPECT_FAILS(ECONNREFUSED, reseau_uconnect(client, name, sizeof(address)));
    for (int i = 0; i < 2; ++i) {
        reseau_transport_release(networks[i]);
        reseau_uclose(listeners[i]);
    }
    reseau_uclose(client);
}

} // namespace
