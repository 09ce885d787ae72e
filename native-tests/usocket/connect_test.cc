/* SPDX-License-Identifier: Apache-2.0 */
/* Names and connections: socket, bind, listen, accept, connect, getsockname, getpeername. */
#include "usocket/either.h"

namespace {

class UserConnect : public EitherSockets {
  protected:
    /* An address that nobody listens at. */
    SocketName Nobody() {
        SocketName name;
        int listener = Listener(SOCK_STREAM, 1, &name);
        Close(listener);
        return name;
    }

    int NewNonBlocking(int type) {
        int descriptor = Socket(type);
        NonBlocking(descriptor);
        return descriptor;
    }
};

TEST_P(UserConnect, unknown_families_types_and_protocols_are_refused) {
    EXPECT_FAILS(EAFNOSUPPORT, api_->socket(250, SOCK_STREAM, 0));
    EXPECT_FAILS(EAFNOSUPPORT, api_->socket(-1, SOCK_STREAM, 0));
    EXPECT_EQ(-1, api_->socket(Domain(), 15, 0));
    EXPECT_FAILS(EINVAL, api_->socket(Domain(), SOCK_STREAM | 0x100000, 0));
    EXPECT_FAILS(EPROTONOSUPPORT, api_->socket(Domain(), SOCK_STREAM, IsLocal() ? 99 : IPPROTO_UDP));
    if (!IsLocal()) {
        EXPECT_FAILS(ESOCKTNOSUPPORT, api_->socket(AF_INET, SOCK_SEQPACKET, 0));
        EXPECT_FAILS(EPROTONOSUPPORT, api_->socket(AF_INET, SOCK_RAW, 0));
    }
}

TEST_P(UserConnect, flags_of_socket_are_those_of_its_descriptor) {
    int plain = Socket(SOCK_STREAM), flagged = Socket(SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC);
    EXPECT_EQ(0, api_->fcntl(plain, F_GETFL, 0) & O_NONBLOCK);
    EXPECT_EQ(0, api_->fcntl(plain, F_GETFD, 0));
    EXPECT_EQ(O_NONBLOCK | O_RDWR, api_->fcntl(flagged, F_GETFL, 0) & (O_NONBLOCK | O_ACCMODE));
    EXPECT_EQ(FD_CLOEXEC, api_->fcntl(flagged, F_GETFD, 0));
}

TEST_P(UserConnect, a_socket_has_no_name_until_it_is_bound) {
    int descriptor = Socket(SOCK_STREAM);
    SocketName name = NameOf(descriptor);
    EXPECT_EQ(Domain(), name.storage.ss_family);
    EXPECT_EQ(IsLocal() ? sizeof(sa_family_t) : sizeof(struct sockaddr_in), name.length);
    struct sockaddr_storage room;
    socklen_t length = sizeof(room);
    EXPECT_FAILS(ENOTCONN, api_->getpeername(descriptor, reinterpret_cast<struct sockaddr *>(&room), &length));
}

TEST_P(UserConnect, a_free_port_is_chosen) {
    if (IsLocal()) {
        GTEST_SKIP() << "local sockets have no ports";
    }
    int one = Socket(SOCK_STREAM), other = Socket(SOCK_STREAM);
    SocketName first = Bind(one), second = Bind(other);
    uint16_t ports[2] = {
        reinterpret_cast<struct sockaddr_in *>(&first.storage)->sin_port,
        reinterpret_cast<struct sockaddr_in *>(&second.storage)->sin_port};
    EXPECT_NE(0, ports[0]);
    EXPECT_NE(0, ports[1]);
    EXPECT_NE(ports[0], ports[1]);
}

TEST_P(UserConnect, a_local_name_may_be_left_to_the_system) {
    if (!IsLocal()) {
        GTEST_SKIP() << "local sockets only";
    }
    int descriptor = Socket(SOCK_STREAM);
    struct sockaddr nameless = {};
    nameless.sa_family = AF_UNIX;
    ASSERT_EQ(0, api_->bind(descriptor, &nameless, sizeof(sa_family_t)));
    SocketName name = NameOf(descriptor);
    EXPECT_EQ(sizeof(sa_family_t) + 6, name.length);
    EXPECT_EQ('\0', reinterpret_cast<struct sockaddr_un *>(&name.storage)->sun_path[0]);
    EXPECT_EQ(0, api_->listen(descriptor, 1));
    Connect(SOCK_STREAM, name);
}

TEST_P(UserConnect, a_name_belongs_to_one_socket_until_that_is_closed) {
    int one = Socket(SOCK_STREAM), other = Socket(SOCK_STREAM);
    SocketName name = Bind(one);
    EXPECT_FAILS(EADDRINUSE, api_->bind(other, name.Address(), name.length));
    Close(one);
    EXPECT_EQ(0, api_->bind(other, name.Address(), name.length));
}

TEST_P(UserConnect, a_socket_is_bound_once) {
    int descriptor = Socket(SOCK_STREAM);
    Bind(descriptor);
    SocketName another = FreeName();
    EXPECT_FAILS(EINVAL, api_->bind(descriptor, another.Address(), another.length));
}

TEST_P(UserConnect, an_accepted_socket_has_its_name) {
    int client = -1, server = -1;
    Connected(SOCK_STREAM, &client, &server);
    SocketName another = FreeName();
    EXPECT_FAILS(EINVAL, api_->bind(server, another.Address(), another.length));
}

TEST_P(UserConnect, bad_addresses_are_refused) {
    int descriptor = Socket(SOCK_STREAM);
    SocketName name = FreeName();
    EXPECT_FAILS(EFAULT, api_->bind(descriptor, nullptr, name.length));
    EXPECT_FAILS(EINVAL, api_->bind(descriptor, name.Address(), 1));
    EXPECT_FAILS(EINVAL, api_->bind(descriptor, name.Address(), 1000));
    EXPECT_FAILS(EINVAL, api_->connect(descriptor, name.Address(), 1));
    EXPECT_FAILS(EFAULT, api_->connect(descriptor, nullptr, name.length));
    if (!IsLocal()) {
        name.storage.ss_family = 250;
        EXPECT_FAILS(EAFNOSUPPORT, api_->bind(descriptor, name.Address(), name.length));
        EXPECT_FAILS(EAFNOSUPPORT, api_->connect(descriptor, name.Address(), name.length));
    }
}

TEST_P(UserConnect, both_ends_know_both_names) {
    SocketName name;
    int listener = Listener(SOCK_STREAM, 1, &name);
    int client = Socket(SOCK_STREAM);
    SocketName own = Bind(client);
    ASSERT_EQ(0, api_->connect(client, name.Address(), name.length));
    SocketName from;
    from.length = sizeof(from.storage);
    int server = Keep(api_->accept(listener, from.Address(), &from.length));
    EXPECT_EQ(own.length, from.length);
    EXPECT_EQ(0, memcmp(&own.storage, &from.storage, own.length));
    SocketName peer = PeerOf(server), peer_of_client = PeerOf(client), of_server = NameOf(server);
    EXPECT_EQ(0, memcmp(&own.storage, &peer.storage, own.length));
    EXPECT_EQ(name.length, peer_of_client.length);
    EXPECT_EQ(0, memcmp(&name.storage, &peer_of_client.storage, name.length));
    EXPECT_EQ(0, memcmp(&name.storage, &of_server.storage, name.length));
}

TEST_P(UserConnect, a_name_that_is_too_long_for_the_room_is_cut_and_its_length_reported) {
    SocketName name;
    int listener = Listener(SOCK_STREAM, 1, &name);
    struct sockaddr_storage room;
    memset(&room, 0x5a, sizeof(room));
    socklen_t length = 3;
    EXPECT_EQ(0, api_->getsockname(listener, reinterpret_cast<struct sockaddr *>(&room), &length));
    EXPECT_EQ(name.length, length);
    EXPECT_EQ(0, memcmp(&name.storage, &room, 3));
    EXPECT_EQ(0x5a, reinterpret_cast<unsigned char *>(&room)[3]);
    length = static_cast<socklen_t>(-1);
    EXPECT_FAILS(EINVAL, api_->getsockname(listener, reinterpret_cast<struct sockaddr *>(&room), &length));
    EXPECT_FAILS(EFAULT, api_->getsockname(listener, reinterpret_cast<struct sockaddr *>(&room), nullptr));
}

TEST_P(UserConnect, nobody_listens) {
    SocketName nobody = Nobody();
    int client = Socket(SOCK_STREAM);
    EXPECT_FAILS(ECONNREFUSED, api_->connect(client, nobody.Address(), nobody.length));
    EXPECT_EQ(0, GetOption(client, SO_ERROR)) << "the error was reported already";
}

TEST_P(UserConnect, who_is_bound_does_not_listen_yet) {
    int server = Socket(SOCK_STREAM);
    SocketName name = Bind(server);
    int client = Socket(SOCK_STREAM);
    EXPECT_FAILS(ECONNREFUSED, api_->connect(client, name.Address(), name.length));
}

TEST_P(UserConnect, after_a_refusal_a_socket_may_connect_again) {
    SocketName nobody = Nobody(), name;
    int client = Socket(SOCK_STREAM);
    EXPECT_FAILS(ECONNREFUSED, api_->connect(client, nobody.Address(), nobody.length));
    Listener(SOCK_STREAM, 1, &name);
    EXPECT_EQ(0, api_->connect(client, name.Address(), name.length)) << strerror(errno);
}

TEST_P(UserConnect, a_connected_socket_does_not_connect_again) {
    SocketName name;
    Listener(SOCK_STREAM, 5, &name);
    int client = Connect(SOCK_STREAM, name);
    EXPECT_FAILS(EISCONN, api_->connect(client, name.Address(), name.length));
}

TEST_P(UserConnect, a_connection_waits_in_the_queue_with_its_data) {
    SocketName name;
    int listener = Listener(SOCK_STREAM, 2, &name);
    int one = Connect(SOCK_STREAM, name), other = Connect(SOCK_STREAM, name);
    SendAll(one, "first");
    SendAll(other, "second");
    Close(one);
    EXPECT_EQ("first", Receive(Keep(api_->accept(listener, nullptr, nullptr))));
    EXPECT_EQ("second", Receive(Keep(api_->accept(listener, nullptr, nullptr))));
}

TEST_P(UserConnect, an_empty_queue_stops_an_accept_that_does_not_wait) {
    SocketName name;
    int listener = Listener(SOCK_STREAM, 1, &name);
    NonBlocking(listener);
    EXPECT_FAILS(EAGAIN, api_->accept(listener, nullptr, nullptr));
}

TEST_P(UserConnect, an_accept_waits_for_a_connection) {
    SocketName name;
    int listener = Listener(SOCK_STREAM, 1, &name);
    int accepted = -1;
    std::thread server([&] { accepted = api_->accept(listener, nullptr, nullptr); });
    Connect(SOCK_STREAM, name);
    server.join();
    EXPECT_LE(0, accepted);
    Keep(accepted);
}

TEST_P(UserConnect, accepted_sockets_have_the_flags_of_the_call) {
    SocketName name;
    int listener = Listener(SOCK_STREAM, 3, &name);
    NonBlocking(listener);
    for (int flags : {0, int(SOCK_NONBLOCK), int(SOCK_CLOEXEC)}) {
        Connect(SOCK_STREAM, name);
        Poll(listener, POLLIN);
        int accepted = Keep(api_->accept4(listener, nullptr, nullptr, flags));
        EXPECT_EQ(flags == SOCK_NONBLOCK, (api_->fcntl(accepted, F_GETFL, 0) & O_NONBLOCK) != 0);
        EXPECT_EQ(flags == SOCK_CLOEXEC, api_->fcntl(accepted, F_GETFD, 0) == FD_CLOEXEC);
    }
    EXPECT_FAILS(EINVAL, api_->accept4(listener, nullptr, nullptr, 1));
}

TEST_P(UserConnect, a_socket_that_does_not_listen_accepts_nothing) {
    EXPECT_FAILS(EINVAL, api_->accept(Socket(SOCK_STREAM), nullptr, nullptr));
    EXPECT_FAILS(EOPNOTSUPP, api_->accept(Socket(SOCK_DGRAM), nullptr, nullptr));
}

TEST_P(UserConnect, listening_is_for_streams_that_are_not_connected) {
    EXPECT_FAILS(EOPNOTSUPP, api_->listen(Socket(SOCK_DGRAM), 1));
    int client, server;
    Connected(SOCK_STREAM, &client, &server);
    EXPECT_FAILS(EINVAL, api_->listen(client, 1));
}

TEST_P(UserConnect, a_listener_without_a_name_gets_a_port_or_none) {
    int listener = Socket(SOCK_STREAM);
    if (IsLocal()) {
        EXPECT_FAILS(EINVAL, api_->listen(listener, 1));
        return;
    }
    ASSERT_EQ(0, api_->listen(listener, 1));
    SocketName name = NameOf(listener);
    EXPECT_NE(0, reinterpret_cast<struct sockaddr_in *>(&name.storage)->sin_port);
    Connect(SOCK_STREAM, name);
}

TEST_P(UserConnect, a_listener_of_any_host_is_reached_by_the_loopback) {
    if (IsLocal()) {
        GTEST_SKIP() << "local sockets have no hosts";
    }
    SocketName any = FreeName();
    struct sockaddr_in *address = reinterpret_cast<struct sockaddr_in *>(&any.storage);
    address->sin_addr.s_addr = htonl(INADDR_ANY);
    int listener = Socket(SOCK_STREAM);
    ASSERT_EQ(0, api_->bind(listener, any.Address(), any.length));
    ASSERT_EQ(0, api_->listen(listener, 2));
    SocketName name = NameOf(listener);
    EXPECT_EQ(htonl(INADDR_ANY), reinterpret_cast<struct sockaddr_in *>(&name.storage)->sin_addr.s_addr);
    int direct = Connect(SOCK_STREAM, name);
    reinterpret_cast<struct sockaddr_in *>(&name.storage)->sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    int client = Connect(SOCK_STREAM, name);
    for (int one : {direct, client}) {
        SocketName peer = PeerOf(one);
        EXPECT_EQ(htonl(INADDR_LOOPBACK), reinterpret_cast<struct sockaddr_in *>(&peer.storage)->sin_addr.s_addr);
    }
}

TEST_P(UserConnect, a_listener_neither_sends_nor_receives) {
    SocketName name;
    int listener = Listener(SOCK_STREAM, 1, &name);
    EXPECT_EQ(-1, api_->recv(listener, &name, 1, 0));
    EXPECT_EQ(-1, api_->send(listener, "x", 1, MSG_NOSIGNAL));
    EXPECT_EQ(-1, api_->connect(listener, name.Address(), name.length));
}

TEST_P(UserConnect, without_a_connection_nothing_is_received_or_shut_down) {
    int descriptor = Socket(SOCK_STREAM);
    char room[1];
    EXPECT_EQ(-1, api_->recv(descriptor, room, 1, 0));
    EXPECT_STREQ(IsKernel() && IsLocal() ? "EINVAL" : "ENOTCONN", strerrorname_np(errno));
    EXPECT_EQ(-1, api_->send(descriptor, "x", 1, MSG_NOSIGNAL));
    EXPECT_STREQ(IsKernel() && !IsLocal() ? "EPIPE" : "ENOTCONN", strerrorname_np(errno));
    if (!(IsKernel() && IsLocal())) {
        EXPECT_FAILS(ENOTCONN, api_->shutdown(descriptor, SHUT_RDWR));
    }
}

TEST_P(UserConnect, closing_a_listener_resets_who_was_not_accepted) {
    SocketName name;
    int listener = Listener(SOCK_STREAM, 2, &name);
    int client = Connect(SOCK_STREAM, name);
    Close(listener);
    char room[1];
    EXPECT_EQ(-1, api_->recv(client, room, 1, 0));
    EXPECT_STREQ("ECONNRESET", strerrorname_np(errno));
}

TEST_P(UserConnect, a_connection_that_does_not_wait_is_made_all_the_same) {
    SocketName name;
    int listener = Listener(SOCK_STREAM, 1, &name);
    int client = NewNonBlocking(SOCK_STREAM);
    if (api_->connect(client, name.Address(), name.length) != 0) {
        EXPECT_EQ(EINPROGRESS, errno);
    }
    EXPECT_EQ(POLLOUT, Poll(client, POLLOUT));
    EXPECT_EQ(0, GetOption(client, SO_ERROR));
    int server = Keep(api_->accept(listener, nullptr, nullptr));
    SendAll(client, "made");
    EXPECT_EQ("made", Receive(server));
}

TEST_P(UserConnect, a_refusal_reaches_who_does_not_wait) {
    SocketName nobody = Nobody();
    int client = NewNonBlocking(SOCK_STREAM);
    ASSERT_EQ(-1, api_->connect(client, nobody.Address(), nobody.length));
    if (errno == EINPROGRESS) {
        EXPECT_NE(0, Poll(client, POLLOUT) & POLLERR);
        EXPECT_EQ(ECONNREFUSED, GetOption(client, SO_ERROR));
    } else {
        EXPECT_EQ(ECONNREFUSED, errno);
    }
}

TEST_P(UserConnect, a_full_queue_makes_a_connection_wait) {
    if (IsKernel()) {
        GTEST_SKIP() << "the kernel's queues have room for more than the backlog, and TCP tries again later";
    }
    SocketName name;
    int listener = Listener(SOCK_STREAM, 1, &name);
    Connect(SOCK_STREAM, name);
    int second = NewNonBlocking(SOCK_STREAM);
    EXPECT_FAILS(EINPROGRESS, api_->connect(second, name.Address(), name.length));
    EXPECT_FAILS(EALREADY, api_->connect(second, name.Address(), name.length));
    EXPECT_EQ(0, Poll(second, POLLOUT, 0));
    EXPECT_EQ("EAGAIN", Receive(second));
    std::thread server([&] { Keep(api_->accept(listener, nullptr, nullptr)); });
    EXPECT_EQ(POLLOUT, Poll(second, POLLOUT));
    server.join();
    EXPECT_EQ(0, GetOption(second, SO_ERROR));
    EXPECT_FAILS(EISCONN, api_->connect(second, name.Address(), name.length));
    SendAll(second, "after all");
    EXPECT_EQ("after all", Receive(Keep(api_->accept(listener, nullptr, nullptr))));
}

TEST_P(UserConnect, who_waits_for_a_full_queue_is_refused_when_the_listener_closes) {
    if (IsKernel()) {
        GTEST_SKIP() << "the kernel's queues have room for more than the backlog, and TCP tries again later";
    }
    SocketName name;
    int listener = Listener(SOCK_STREAM, 1, &name);
    Connect(SOCK_STREAM, name);
    int refused = 0;
    std::thread blocked([&] {
        int client = api_->socket(Domain(), SOCK_STREAM, 0);
        refused = api_->connect(client, name.Address(), name.length) == 0 ? 0 : errno;
        api_->close(client);
    });
    int second = NewNonBlocking(SOCK_STREAM);
    EXPECT_FAILS(EINPROGRESS, api_->connect(second, name.Address(), name.length));
    Close(listener);
    blocked.join();
    EXPECT_EQ(ECONNREFUSED, refused);
    EXPECT_NE(0, Poll(second, POLLOUT) & POLLERR);
    EXPECT_EQ(ECONNREFUSED, GetOption(second, SO_ERROR));
}

TEST_P(UserConnect, a_larger_backlog_has_room_for_who_waits) {
    if (IsKernel()) {
        GTEST_SKIP() << "the kernel's queues have room for more than the backlog, and TCP tries again later";
    }
    SocketName name;
    int listener = Listener(SOCK_STREAM, 1, &name);
    Connect(SOCK_STREAM, name);
    int second = NewNonBlocking(SOCK_STREAM);
    EXPECT_FAILS(EINPROGRESS, api_->connect(second, name.Address(), name.length));
    EXPECT_EQ(0, api_->listen(listener, 2));
    EXPECT_EQ(POLLOUT, Poll(second, POLLOUT));
}

TEST_P(UserConnect, who_gives_up_waiting_leaves_the_queue) {
    if (IsKernel()) {
        GTEST_SKIP() << "the kernel's queues have room for more than the backlog, and TCP tries again later";
    }
    SocketName name;
    int listener = Listener(SOCK_STREAM, 1, &name);
    int first = Connect(SOCK_STREAM, name);
    int second = NewNonBlocking(SOCK_STREAM);
    EXPECT_FAILS(EINPROGRESS, api_->connect(second, name.Address(), name.length));
    Close(second);
    EXPECT_LE(0, Keep(api_->accept(listener, nullptr, nullptr)));
    NonBlocking(listener);
    EXPECT_FAILS(EAGAIN, api_->accept(listener, nullptr, nullptr));
    SendAll(first, "x");
}

TEST_P(UserConnect, who_listens_again_after_a_shutdown_has_what_comes_then) {
    if (IsKernel()) {
        GTEST_SKIP() << "a local listener cannot listen again, and one of TCP loses its port";
    }
    SocketName name;
    int listener = Listener(SOCK_STREAM, 5, &name);
    for (int round = 0; round < 200; ++round) {
        std::thread closer([&] { EXPECT_EQ(0, api_->shutdown(listener, SHUT_RDWR)); });
        EXPECT_FAILS(EINVAL, api_->accept(listener, nullptr, nullptr));
        ASSERT_EQ(0, api_->listen(listener, 5));
        int client = Connect(SOCK_STREAM, name);
        // The other thread may still be at what it found when it ended the listener.
        closer.join();
        NonBlocking(listener);
        int accepted = Keep(api_->accept(listener, nullptr, nullptr));
        ASSERT_LE(0, accepted) << strerror(errno);
        SendAll(client, "x");
        EXPECT_EQ("x", Receive(accepted));
        Close(accepted);
        Close(client);
        EXPECT_EQ(0, api_->fcntl(listener, F_SETFL, 0));
    }
}

TEST_P(UserConnect, shutdown_of_a_listener_ends_accepting) {
    SocketName name;
    int listener = Listener(SOCK_STREAM, 1, &name);
    int error = 0;
    std::thread server([&] { error = api_->accept(listener, nullptr, nullptr) < 0 ? errno : 0; });
    while (api_->shutdown(listener, SHUT_RDWR) != 0) {
    }
    server.join();
    EXPECT_EQ(EINVAL, error);
}

TEST_P(UserConnect, many_clients_are_served) {
    SocketName name;
    int listener = Listener(SOCK_STREAM, 4, &name);
    const int clients = 40;
    std::thread server([&] {
        for (int i = 0; i < clients; ++i) {
            int accepted = api_->accept(listener, nullptr, nullptr);
            char letter;
            EXPECT_EQ(1, api_->recv(accepted, &letter, 1, 0));
            EXPECT_EQ(1, api_->send(accepted, &letter, 1, MSG_NOSIGNAL));
            api_->close(accepted);
        }
    });
    std::vector<std::thread> threads;
    for (int half = 0; half < 4; ++half) {
        threads.emplace_back([&] {
            for (int i = 0; i < clients / 4; ++i) {
                int client = api_->socket(Domain(), SOCK_STREAM, 0);
                EXPECT_EQ(0, api_->connect(client, name.Address(), name.length)) << strerror(errno);
                char letter = static_cast<char>('a' + i);
                EXPECT_EQ(1, api_->send(client, &letter, 1, MSG_NOSIGNAL));
                EXPECT_EQ(1, api_->recv(client, &letter, 1, 0));
                EXPECT_EQ('a' + i, letter);
                api_->close(client);
            }
        });
    }
    for (std::thread &thread : threads) {
        thread.join();
    }
    server.join();
}

RUN_WITH_INTERNET_AND_LOCAL_SOCKETS(UserConnect);

TEST(UserConnectPaths, a_path_that_nobody_has_is_missing_and_another_type_is_wrong) {
    struct sockaddr_un path = {};
    path.sun_family = AF_UNIX;
    snprintf(path.sun_path, sizeof(path.sun_path), "/nowhere/reseau-usocket");
    const struct sockaddr *address = reinterpret_cast<struct sockaddr *>(&path);
    int client = reseau_usocket(AF_UNIX, SOCK_STREAM, 0), server = reseau_usocket(AF_UNIX, SOCK_DGRAM, 0);
    EXPECT_FAILS(ENOENT, reseau_uconnect(client, address, sizeof(path)));
    EXPECT_EQ(0, reseau_ubind(server, address, sizeof(path)));
    EXPECT_FAILS(EPROTOTYPE, reseau_uconnect(client, address, sizeof(path)));
    reseau_uclose(client);
    reseau_uclose(server);
}

TEST(UserConnectInternet6, connects_by_ipv6) {
    struct sockaddr_in6 address = {};
    address.sin6_family = AF_INET6;
    address.sin6_addr = in6addr_any;
    socklen_t length = sizeof(address);
    int listener = reseau_usocket(AF_INET6, SOCK_STREAM, 0), client = reseau_usocket(AF_INET6, SOCK_STREAM, 0);
    struct sockaddr *name = reinterpret_cast<struct sockaddr *>(&address);
    ASSERT_EQ(0, reseau_ubind(listener, name, length));
    ASSERT_EQ(0, reseau_ulisten(listener, 1));
    ASSERT_EQ(0, reseau_ugetsockname(listener, name, &length));
    ASSERT_EQ(0, reseau_uconnect(client, name, length));
    ASSERT_EQ(0, reseau_ugetpeername(client, name, &length));
    EXPECT_EQ(0, memcmp(&in6addr_loopback, &address.sin6_addr, sizeof(in6addr_loopback)));
    int yes = 1;
    EXPECT_EQ(0, reseau_usetsockopt(client, IPPROTO_IPV6, IPV6_V6ONLY, &yes, sizeof(yes)));
    reseau_uclose(client);
    reseau_uclose(listener);
}

/* A listener of IPv6, and clients of IPv4 and the other way round; as on Linux. */
class UserConnectEither : public EitherSockets {
  protected:
    void SetUp() override {
        int six = Keep(api_->socket(AF_INET6, SOCK_STREAM, 0));
        struct sockaddr_in6 loopback = Mapped(0);
        loopback.sin6_addr = in6addr_loopback;
        if (IsKernel() && (six < 0 || api_->bind(six, reinterpret_cast<struct sockaddr *>(&loopback), 28) != 0)) {
            GTEST_SKIP() << "the system has no IPv6";
        }
    }

    static struct sockaddr_in Plain(uint16_t port) {
        struct sockaddr_in address = {};
        address.sin_family = AF_INET;
        address.sin_port = port;
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        return address;
    }

    static struct sockaddr_in6 Mapped(uint16_t port) {
        struct sockaddr_in6 address = {};
        address.sin6_family = AF_INET6;
        address.sin6_port = port;
        inet_pton(AF_INET6, "::ffff:127.0.0.1", &address.sin6_addr);
        return address;
    }

    int Listener(int domain, int only_ipv6, uint16_t *port) {
        struct sockaddr_storage address = {};
        address.ss_family = static_cast<sa_family_t>(domain);
        socklen_t length = domain == AF_INET ? sizeof(struct sockaddr_in) : sizeof(struct sockaddr_in6);
        int listener = Keep(api_->socket(domain, SOCK_STREAM, 0));
        struct sockaddr *name = reinterpret_cast<struct sockaddr *>(&address);
        if (domain == AF_INET6) {
            EXPECT_EQ(0, api_->setsockopt(listener, IPPROTO_IPV6, IPV6_V6ONLY, &only_ipv6, sizeof(only_ipv6)));
        }
        EXPECT_EQ(0, api_->bind(listener, name, length));
        EXPECT_EQ(0, api_->listen(listener, 1));
        EXPECT_EQ(0, api_->getsockname(listener, name, &length));
        *port = reinterpret_cast<struct sockaddr_in *>(name)->sin_port;
        return listener;
    }

    /* Another program may have it of the kernel's. */
    bool IsFree(int result) const {
        return result == 0 || (IsKernel() && errno == EADDRINUSE);
    }

    template <class Address> int Bind(int socket, Address address) {
        return api_->bind(socket, reinterpret_cast<struct sockaddr *>(&address), sizeof(address));
    }

    template <class Address> int Connect(int socket, Address address) {
        return api_->connect(socket, reinterpret_cast<struct sockaddr *>(&address), sizeof(address));
    }
};

TEST_P(UserConnectEither, ipv6_also_gets_what_is_sent_to_ipv4) {
    uint16_t port;
    int listener = Listener(AF_INET6, 0, &port), client = Keep(api_->socket(AF_INET, SOCK_STREAM, 0));
    ASSERT_EQ(0, Connect(client, Plain(port)));
    struct sockaddr_in6 from = {}, own = {};
    struct in6_addr mapped = Mapped(0).sin6_addr;
    socklen_t length = sizeof(from);
    int accepted = Keep(api_->accept(listener, reinterpret_cast<struct sockaddr *>(&from), &length));
    ASSERT_LE(0, accepted);
    EXPECT_EQ(sizeof(from), length);
    EXPECT_EQ(0, memcmp(&mapped, &from.sin6_addr, sizeof(mapped)));
    EXPECT_EQ(0, api_->getsockname(accepted, reinterpret_cast<struct sockaddr *>(&own), &length));
    EXPECT_EQ(0, memcmp(&mapped, &own.sin6_addr, sizeof(mapped)));
    EXPECT_EQ(port, own.sin6_port);
}

TEST_P(UserConnectEither, ipv6_alone_does_not) {
    uint16_t port;
    Listener(AF_INET6, 1, &port);
    int client = Keep(api_->socket(AF_INET, SOCK_STREAM, 0));
    EXPECT_FAILS(ECONNREFUSED, Connect(client, Plain(port)));
}

TEST_P(UserConnectEither, ipv6_reaches_ipv4_by_its_address) {
    uint16_t port;
    int listener = Listener(AF_INET, 0, &port), client = Keep(api_->socket(AF_INET6, SOCK_STREAM, 0));
    ASSERT_EQ(0, Connect(client, Mapped(port)));
    struct sockaddr_in from = {};
    struct sockaddr_in6 peer = {};
    struct in6_addr mapped = Mapped(0).sin6_addr;
    socklen_t length = sizeof(from);
    int accepted = Keep(api_->accept(listener, reinterpret_cast<struct sockaddr *>(&from), &length));
    ASSERT_LE(0, accepted);
    EXPECT_EQ(AF_INET, from.sin_family);
    EXPECT_EQ(htonl(INADDR_LOOPBACK), from.sin_addr.s_addr);
    length = sizeof(peer);
    EXPECT_EQ(0, api_->getpeername(client, reinterpret_cast<struct sockaddr *>(&peer), &length));
    EXPECT_EQ(0, memcmp(&mapped, &peer.sin6_addr, sizeof(mapped)));
}

TEST_P(UserConnectEither, a_port_of_both_families_belongs_to_one_socket) {
    uint16_t port;
    Listener(AF_INET6, 0, &port);
    int plain = Keep(api_->socket(AF_INET, SOCK_STREAM, 0)), six = Keep(api_->socket(AF_INET6, SOCK_STREAM, 0));
    EXPECT_FAILS(EADDRINUSE, Bind(plain, Plain(port)));
    EXPECT_FAILS(EADDRINUSE, Bind(six, Mapped(port)));
    Listener(AF_INET, 0, &port);
    EXPECT_FAILS(EADDRINUSE, Bind(six, Mapped(port)));
    struct sockaddr_in6 any = {}, loopback = Mapped(port);
    any.sin6_family = AF_INET6;
    any.sin6_port = port;
    loopback.sin6_addr = in6addr_loopback;
    EXPECT_FAILS(EADDRINUSE, Bind(six, any));
    EXPECT_TRUE(IsFree(Bind(six, loopback))) << strerror(errno);
}

TEST_P(UserConnectEither, a_port_of_ipv6_alone_is_free_for_ipv4) {
    uint16_t port;
    Listener(AF_INET6, 1, &port);
    EXPECT_TRUE(IsFree(Bind(Keep(api_->socket(AF_INET, SOCK_STREAM, 0)), Plain(port)))) << strerror(errno);
    Listener(AF_INET, 0, &port);
    int six = Keep(api_->socket(AF_INET6, SOCK_STREAM, 0)), yes = 1;
    EXPECT_EQ(0, api_->setsockopt(six, IPPROTO_IPV6, IPV6_V6ONLY, &yes, sizeof(yes)));
    struct sockaddr_in6 any = {};
    any.sin6_family = AF_INET6;
    any.sin6_port = port;
    EXPECT_TRUE(IsFree(Bind(six, any))) << strerror(errno);
}

INSTANTIATE_TEST_SUITE_P(
    Sockets,
    UserConnectEither,
    ::testing::Values(
#if !defined(_WIN32)
        SocketWorld{"kernel_internet", either::Kernel(), AF_INET},
#endif
        SocketWorld{"memory_internet", either::Ours(), AF_INET}),
    WorldName);

} // namespace
