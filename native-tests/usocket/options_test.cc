/* SPDX-License-Identifier: Apache-2.0 */
/* Options, flags, descriptors and their duplicates. */
#include "usocket/either.h"

#include "support/portable.h"

#if !defined(_WIN32)
#    include <sys/wait.h>
#endif

namespace {

class UserOptions : public EitherSockets {};

TEST_P(UserOptions, say_what_a_socket_is) {
    int stream = Socket(SOCK_STREAM), datagram = Socket(SOCK_DGRAM);
    EXPECT_EQ(SOCK_STREAM, GetOption(stream, SO_TYPE));
    EXPECT_EQ(SOCK_DGRAM, GetOption(datagram, SO_TYPE));
    EXPECT_EQ(Domain(), GetOption(stream, SO_DOMAIN));
    EXPECT_EQ(0, GetOption(stream, SO_ERROR));
    EXPECT_EQ(0, GetOption(stream, SO_ACCEPTCONN));
    SocketName name;
    EXPECT_EQ(1, GetOption(Listener(SOCK_STREAM, 1, &name), SO_ACCEPTCONN));
    if (!IsLocal()) {
        int tcp = Keep(api_->socket(AF_INET, SOCK_STREAM, IPPROTO_TCP));
        EXPECT_EQ(IPPROTO_TCP, GetOption(tcp, SO_PROTOCOL));
        EXPECT_EQ(IPPROTO_TCP, GetOption(Socket(SOCK_STREAM), SO_PROTOCOL));
        EXPECT_EQ(IPPROTO_UDP, GetOption(Socket(SOCK_DGRAM), SO_PROTOCOL));
    }
}

TEST_P(UserOptions, that_only_say_cannot_be_set) {
    int descriptor = Socket(SOCK_STREAM), value = 1;
    for (int name : {SO_TYPE, SO_DOMAIN, SO_PROTOCOL, SO_ERROR}) {
        EXPECT_FAILS(ENOPROTOOPT, api_->setsockopt(descriptor, SOL_SOCKET, name, &value, sizeof(value)));
    }
    EXPECT_FAILS(ENOPROTOOPT, api_->setsockopt(descriptor, SOL_SOCKET, 9999, &value, sizeof(value)));
    socklen_t length = sizeof(value);
    EXPECT_FAILS(ENOPROTOOPT, api_->getsockopt(descriptor, SOL_SOCKET, 9999, &value, &length));
    if (!IsLocal()) {
        EXPECT_FAILS(ENOPROTOOPT, api_->getsockopt(descriptor, IPPROTO_TCP, 9999, &value, &length));
        EXPECT_FAILS(ENOPROTOOPT, api_->setsockopt(descriptor, IPPROTO_TCP, 9999, &value, sizeof(value)));
    }
}

TEST_P(UserOptions, that_are_on_or_off_are_kept) {
    int descriptor = Socket(SOCK_STREAM);
    for (int name : {SO_REUSEADDR, SO_KEEPALIVE, SO_BROADCAST, SO_DONTROUTE, SO_OOBINLINE}) {
        EXPECT_EQ(0, GetOption(descriptor, name)) << name;
        SetOption(descriptor, name, 5);
        EXPECT_EQ(1, GetOption(descriptor, name)) << name;
        SetOption(descriptor, name, 0);
        EXPECT_EQ(0, GetOption(descriptor, name)) << name;
    }
}

TEST_P(UserOptions, of_tcp_are_kept) {
    if (IsLocal()) {
        GTEST_SKIP() << "the internet's only";
    }
    int descriptor = Socket(SOCK_STREAM), value = 1;
    ASSERT_EQ(0, api_->setsockopt(descriptor, IPPROTO_TCP, TCP_NODELAY, &value, sizeof(value)));
    value = 0;
    socklen_t length = sizeof(value);
    ASSERT_EQ(0, api_->getsockopt(descriptor, IPPROTO_TCP, TCP_NODELAY, &value, &length));
    EXPECT_EQ(1, value);
}

TEST_P(UserOptions, with_a_time_are_kept) {
    int descriptor = Socket(SOCK_STREAM);
    for (int name : {SO_RCVTIMEO, SO_SNDTIMEO}) {
        struct timeval time = {12, 340000}, kept = {};
        socklen_t length = sizeof(kept);
        ASSERT_EQ(0, api_->setsockopt(descriptor, SOL_SOCKET, name, &time, sizeof(time)));
        ASSERT_EQ(0, api_->getsockopt(descriptor, SOL_SOCKET, name, &kept, &length));
        EXPECT_EQ(12, kept.tv_sec);
        EXPECT_EQ(340000, kept.tv_usec);
        EXPECT_EQ(sizeof(kept), length);
        time.tv_usec = 1000000;
        EXPECT_FAILS(EDOM, api_->setsockopt(descriptor, SOL_SOCKET, name, &time, sizeof(time)));
        EXPECT_FAILS(EINVAL, api_->setsockopt(descriptor, SOL_SOCKET, name, &time, sizeof(int)));
    }
}

TEST_P(UserOptions, linger_is_kept) {
    int descriptor = Socket(SOCK_STREAM);
    struct linger linger = {1, 7}, kept = {};
    socklen_t length = sizeof(kept);
    ASSERT_EQ(0, api_->setsockopt(descriptor, SOL_SOCKET, SO_LINGER, &linger, sizeof(linger)));
    ASSERT_EQ(0, api_->getsockopt(descriptor, SOL_SOCKET, SO_LINGER, &kept, &length));
    EXPECT_EQ(1, kept.l_onoff);
    EXPECT_EQ(7, kept.l_linger);
    EXPECT_FAILS(EINVAL, api_->setsockopt(descriptor, SOL_SOCKET, SO_LINGER, &linger, sizeof(linger) / 2));
}

TEST_P(UserOptions, buffers_are_not_smaller_than_asked_for) {
    int descriptor = Socket(SOCK_STREAM);
    for (int name : {SO_RCVBUF, SO_SNDBUF}) {
        SetOption(descriptor, name, 50000);
        EXPECT_LE(50000, GetOption(descriptor, name));
        SetOption(descriptor, name, 0);
        EXPECT_LT(0, GetOption(descriptor, name));
    }
}

TEST_P(UserOptions, answers_are_cut_to_the_room) {
    int descriptor = Socket(SOCK_STREAM);
    unsigned char room[2] = {0x5a, 0x5a};
    socklen_t length = 1;
    ASSERT_EQ(0, api_->getsockopt(descriptor, SOL_SOCKET, SO_TYPE, room, &length));
    EXPECT_EQ(1u, length);
    EXPECT_EQ(SOCK_STREAM, room[0]);
    EXPECT_EQ(0x5a, room[1]);
    EXPECT_FAILS(EFAULT, api_->getsockopt(descriptor, SOL_SOCKET, SO_TYPE, room, nullptr));
    length = static_cast<socklen_t>(-1);
    EXPECT_FAILS(EINVAL, api_->getsockopt(descriptor, SOL_SOCKET, SO_TYPE, room, &length));
    EXPECT_FAILS(EINVAL, api_->setsockopt(descriptor, SOL_SOCKET, SO_KEEPALIVE, room, 1));
}

TEST_P(UserOptions, the_receive_low_water_mark_is_what_a_receive_waits_for) {
    if (IsKernel() && !IsLocal()) {
        GTEST_SKIP() << "Linux's TCP may sleep on: what a receive has copied already does not count for its wake-up";
    }
    int client, server;
    Connected(SOCK_STREAM, &client, &server);
    EXPECT_EQ(1, GetOption(server, SO_RCVLOWAT));
    SetOption(server, SO_RCVLOWAT, 5);
    EXPECT_EQ(5, GetOption(server, SO_RCVLOWAT));
    SendAll(client, "abc");
    std::string received;
    std::thread receiver([&] { received = Receive(server); });
    SendAll(client, "de");
    receiver.join();
    EXPECT_EQ("abcde", received);
    SendAll(client, "fgh");
    EXPECT_EQ("fgh", Receive(server, 10, MSG_DONTWAIT));
    SendAll(client, "ijk");
    EXPECT_EQ("ijk", Receive(server, 3)) << "never more than there is room for";
}

TEST_P(UserOptions, poll_keeps_to_the_receive_low_water_mark) {
    if (IsKernel()) {
        GTEST_SKIP() << "the kernel's local sockets do not, and TCP counts otherwise";
    }
    int client, server;
    Connected(SOCK_STREAM, &client, &server);
    SetOption(server, SO_RCVLOWAT, 5);
    SendAll(client, "abc");
    EXPECT_EQ(0, Poll(server, POLLIN, 0));
    SendAll(client, "de");
    EXPECT_EQ(POLLIN, Poll(server, POLLIN, 0));
}

TEST_P(UserOptions, the_send_low_water_mark_is_what_poll_waits_for) {
    if (IsKernel()) {
        GTEST_SKIP() << "Linux does not have it";
    }
    int client, server;
    Connected(SOCK_STREAM, &client, &server);
    SetOption(client, SO_SNDLOWAT, 5000);
    EXPECT_EQ(5000, GetOption(client, SO_SNDLOWAT));
    size_t filled = Fill(client);
    EXPECT_EQ(0, Poll(client, POLLOUT, 0));
    ReceiveAll(server, 4999);
    EXPECT_EQ(0, Poll(client, POLLOUT, 0));
    ReceiveAll(server, 1);
    EXPECT_EQ(POLLOUT, Poll(client, POLLOUT, 0));
    EXPECT_EQ(filled - 5000, ReceiveAll(server, filled - 5000).size());
}

TEST_P(UserOptions, a_receive_buffer_can_grow_and_shrink_with_data_in_it) {
    int client, server;
    Connected(SOCK_STREAM, &client, &server);
    SendAll(client, "before ");
    SetOption(server, SO_RCVBUF, 1000000);
    SendAll(client, "between ");
    SetOption(server, SO_RCVBUF, 1);
    SendAll(client, "after");
    EXPECT_EQ("before between after", ReceiveAll(server, 20));
}

TEST_P(UserOptions, a_small_receive_buffer_holds_less) {
    if (IsKernel()) {
        GTEST_SKIP() << "the kernel has a send buffer as well";
    }
    int client, server;
    Connected(SOCK_STREAM, &client, &server);
    SetOption(server, SO_RCVBUF, 4096);
    EXPECT_EQ(4096u, Fill(client));
}

TEST_P(UserOptions, accepted_sockets_have_those_of_the_listener) {
    if (IsKernel() && IsLocal()) {
        GTEST_SKIP() << "the kernel's local sockets have none of them";
    }
    SocketName name;
    int listener = Listener(SOCK_STREAM, 1, &name);
    SetOption(listener, SO_KEEPALIVE, 1);
    SetOption(listener, SO_RCVLOWAT, 3);
    int value = 1;
    if (!IsLocal()) {
        ASSERT_EQ(0, api_->setsockopt(listener, IPPROTO_TCP, TCP_NODELAY, &value, sizeof(value)));
    }
    Connect(SOCK_STREAM, name);
    int server = Keep(api_->accept(listener, nullptr, nullptr));
    socklen_t length = sizeof(value);
    if (!IsLocal()) {
        value = 0;
        ASSERT_EQ(0, api_->getsockopt(server, IPPROTO_TCP, TCP_NODELAY, &value, &length));
        EXPECT_NE(0, value);
    }
    EXPECT_EQ(1, GetOption(server, SO_KEEPALIVE));
    EXPECT_EQ(3, GetOption(server, SO_RCVLOWAT));
}

class UserDescriptors : public EitherSockets {};

TEST_P(UserDescriptors, that_are_closed_mean_nothing) {
    int descriptor = Socket(SOCK_STREAM);
    SocketName name = FreeName();
    Close(descriptor);
    char room[10];
    struct sockaddr_storage address;
    socklen_t length = sizeof(address);
    struct sockaddr *out = reinterpret_cast<struct sockaddr *>(&address);
    EXPECT_FAILS(EBADF, api_->close(descriptor));
    EXPECT_FAILS(EBADF, api_->bind(descriptor, name.Address(), name.length));
    EXPECT_FAILS(EBADF, api_->listen(descriptor, 1));
    EXPECT_FAILS(EBADF, api_->accept(descriptor, nullptr, nullptr));
    EXPECT_FAILS(EBADF, api_->connect(descriptor, name.Address(), name.length));
    EXPECT_FAILS(EBADF, api_->shutdown(descriptor, SHUT_RDWR));
    EXPECT_FAILS(EBADF, api_->getsockname(descriptor, out, &length));
    EXPECT_FAILS(EBADF, api_->getpeername(descriptor, out, &length));
    EXPECT_FAILS(EBADF, api_->send(descriptor, "x", 1, MSG_NOSIGNAL));
    EXPECT_FAILS(EBADF, api_->write(descriptor, "x", 1));
    EXPECT_FAILS(EBADF, api_->recv(descriptor, room, 1, 0));
    EXPECT_FAILS(EBADF, api_->read(descriptor, room, 1));
    EXPECT_FAILS(EBADF, api_->dup(descriptor));
    EXPECT_FAILS(EBADF, api_->fcntl(descriptor, F_GETFL, 0));
    int number;
    EXPECT_FAILS(EBADF, api_->ioctl(descriptor, FIONREAD, &number));
    EXPECT_FAILS(EBADF, api_->getsockopt(descriptor, SOL_SOCKET, SO_TYPE, room, &length));
    EXPECT_FAILS(EBADF, api_->setsockopt(descriptor, SOL_SOCKET, SO_KEEPALIVE, room, 4));
    EXPECT_FAILS(EBADF, api_->close(-1));
    EXPECT_EQ(POLLNVAL, Poll(descriptor, POLLIN, 0));
}

TEST_P(UserDescriptors, duplicates_are_the_same_socket) {
    int client, server;
    Connected(SOCK_STREAM, &client, &server);
    int twin = Keep(api_->dup(client));
    EXPECT_NE(client, twin);
    SendAll(client, "one ");
    SendAll(twin, "two");
    EXPECT_EQ("one two", ReceiveAll(server, 7));
    Close(client);
    SendAll(twin, "still");
    EXPECT_EQ("still", Receive(server));
    Close(twin);
    EXPECT_EQ("", Receive(server));
}

TEST_P(UserDescriptors, duplicates_share_flags_of_the_socket_but_not_their_own) {
    int one = Keep(api_->socket(Domain(), SOCK_STREAM | SOCK_CLOEXEC, 0));
    int plain = Keep(api_->dup(one));
    int flagged = Keep(api_->fcntl(plain, F_DUPFD_CLOEXEC, 0));
    int other = Keep(api_->fcntl(plain, F_DUPFD, 0));
    EXPECT_EQ(0, api_->fcntl(plain, F_GETFD, 0));
    EXPECT_EQ(0, api_->fcntl(other, F_GETFD, 0));
    EXPECT_EQ(FD_CLOEXEC, api_->fcntl(flagged, F_GETFD, 0));
    EXPECT_EQ(0, api_->fcntl(plain, F_SETFD, FD_CLOEXEC));
    EXPECT_EQ(FD_CLOEXEC, api_->fcntl(plain, F_GETFD, 0));
    NonBlocking(plain);
    EXPECT_EQ(O_NONBLOCK, api_->fcntl(one, F_GETFL, 0) & O_NONBLOCK);
    EXPECT_EQ(0, api_->fcntl(one, F_SETFL, 0));
    EXPECT_EQ(0, api_->fcntl(flagged, F_GETFL, 0) & O_NONBLOCK);
    EXPECT_FAILS(EINVAL, api_->fcntl(one, F_DUPFD, -1));
    EXPECT_FAILS(EINVAL, api_->fcntl(one, 9999, 0));
}

TEST_P(UserDescriptors, ioctl_says_how_much_can_be_read) {
    int client, server, count = -1;
    Connected(SOCK_STREAM, &client, &server);
    EXPECT_EQ(0, api_->ioctl(server, FIONREAD, &count));
    EXPECT_EQ(0, count);
    SendAll(client, "abc");
    Poll(server, POLLIN);
    EXPECT_EQ(0, api_->ioctl(server, FIONREAD, &count));
    EXPECT_EQ(3, count);
    int one = Socket(SOCK_DGRAM), other = Socket(SOCK_DGRAM);
    SocketName name = Bind(other);
    EXPECT_EQ(0, api_->ioctl(other, FIONREAD, &count));
    EXPECT_EQ(0, count);
    for (const char *text : {"12345", "6"}) {
        api_->sendto(one, text, strlen(text), 0, name.Address(), name.length);
    }
    EXPECT_EQ(0, api_->ioctl(other, FIONREAD, &count));
    EXPECT_EQ(5, count);
    SocketName ignored;
    EXPECT_FAILS(EINVAL, api_->ioctl(Listener(SOCK_STREAM, 1, &ignored), FIONREAD, &count));
}

TEST_P(UserDescriptors, ioctl_sets_whether_calls_wait) {
    int client, server, yes = 1, no = 0;
    Connected(SOCK_STREAM, &client, &server);
    EXPECT_EQ(0, api_->ioctl(server, FIONBIO, &yes));
    EXPECT_EQ("EAGAIN", Receive(server));
    EXPECT_EQ(O_NONBLOCK, api_->fcntl(server, F_GETFL, 0) & O_NONBLOCK);
    EXPECT_EQ(0, api_->ioctl(server, FIONBIO, &no));
    EXPECT_EQ(0, api_->fcntl(server, F_GETFL, 0) & O_NONBLOCK);
    EXPECT_FAILS(ENOTTY, api_->ioctl(server, 0x1234, &no));
    EXPECT_FAILS(EFAULT, api_->ioctl(server, FIONREAD, nullptr));
}

TEST_P(UserDescriptors, are_closed_while_others_use_them) {
    for (int round = 0; round < 300; ++round) {
        int client, server;
        Connected(SOCK_STREAM, &client, &server);
        std::thread user([&] {
            char room[10];
            while (api_->recv(server, room, sizeof(room), MSG_DONTWAIT) >= 0 || errno == EAGAIN) {
            }
            EXPECT_EQ(EBADF, errno);
        });
        SendAll(client, "x");
        Close(server);
        user.join();
        Close(client);
    }
}

RUN_WITH_INTERNET_AND_LOCAL_SOCKETS(UserOptions);
RUN_WITH_INTERNET_AND_LOCAL_SOCKETS(UserDescriptors);

TEST(OurDescriptors, are_not_the_systems) {
    int ours = reseau_usocket(AF_INET, SOCK_STREAM, 0), number;
    EXPECT_LE(RESEAU_USOCKET_FIRST, ours);
    EXPECT_FAILS(EBADF, close(ours));
    int kernel = socket(AF_INET, SOCK_STREAM, 0);
    EXPECT_FAILS(EBADF, reseau_uclose(kernel));
    EXPECT_FAILS(EBADF, reseau_uioctl(kernel, FIONREAD, &number));
    close(kernel);
    reseau_uclose(ours);
}

TEST(OurDescriptors, do_not_come_again) {
    int first = reseau_usocket(AF_INET, SOCK_STREAM, 0);
    ASSERT_EQ(0, reseau_uclose(first));
    for (int i = 0; i < 20000; ++i) {
        int descriptor = reseau_usocket(AF_INET, SOCK_STREAM, 0);
        ASSERT_LE(0, descriptor);
        ASSERT_NE(first, descriptor);
        ASSERT_EQ(0, reseau_uclose(descriptor));
    }
    EXPECT_FAILS(EBADF, reseau_uclose(first));
}

TEST(OurDescriptors, many_are_open_at_once) {
    std::vector<int> open;
    for (int i = 0; i < 3000; ++i) {
        open.push_back(reseau_usocket(AF_UNIX, SOCK_DGRAM, 0));
        ASSERT_LE(0, open.back());
    }
    for (int descriptor : open) {
        EXPECT_EQ(0, reseau_uclose(descriptor));
    }
}

TEST(OurDescriptors, of_something_else_are_no_sockets) {
    int epoll = reseau_uepoll_create1(0), number;
    EXPECT_FAILS(ENOTSOCK, reseau_ulisten(epoll, 1));
    EXPECT_FAILS(ENOTSOCK, reseau_usend(epoll, "x", 1, 0));
    EXPECT_FAILS(ENOTTY, reseau_uioctl(epoll, FIONREAD, &number));
    EXPECT_EQ(0, reseau_uclose(epoll));
}

#if !defined(_WIN32)
TEST(OurDescriptors, a_forked_child_has_none_of_its_parents_and_may_make_its_own) {
    int pair[2];
    ASSERT_EQ(0, reseau_usocketpair(AF_UNIX, SOCK_STREAM, 0, pair));
    ASSERT_EQ(1, reseau_usend(pair[0], "x", 1, 0));
    pid_t child = fork();
    if (child == 0) {
        char letter;
        bool hasNone = reseau_urecv(pair[1], &letter, 1, MSG_DONTWAIT) < 0 && errno == EBADF;
        hasNone = hasNone && reseau_uclose(pair[0]) < 0 && errno == EBADF;
        int own[2];
        bool hasOwn = reseau_usocketpair(AF_UNIX, SOCK_STREAM, 0, own) == 0 && own[0] != pair[0];
        hasOwn = hasOwn && reseau_usend(own[0], "y", 1, 0) == 1 && reseau_urecv(own[1], &letter, 1, 0) == 1;
        _exit(hasNone && hasOwn && letter == 'y' ? 0 : 1);
    }
    int status = -1;
    EXPECT_EQ(child, waitpid(child, &status, 0));
    EXPECT_EQ(0, status);
    char letter = 0;
    EXPECT_EQ(1, reseau_urecv(pair[1], &letter, 1, 0));
    EXPECT_EQ('x', letter);
    reseau_uclose(pair[0]);
    reseau_uclose(pair[1]);
}
#endif

/* Everything once, on one thread, whose memory is all in the main arena. */
void UseAll(struct reseau_transport *transport) {
    int pair[2], epoll = reseau_uepoll_create1(0);
    struct epoll_event event = {};
    for (int type : {int(SOCK_STREAM), int(SOCK_DGRAM), int(SOCK_SEQPACKET)}) {
        ASSERT_EQ(0, reseau_usocketpair_on(transport, AF_UNIX, type, 0, pair));
        ASSERT_EQ(0, reseau_uepoll_ctl(epoll, EPOLL_CTL_ADD, pair[0], &event));
        ASSERT_EQ(0, reseau_uepoll_ctl(epoll, EPOLL_CTL_ADD, pair[1], &event));
        ASSERT_EQ(1, reseau_usend(pair[0], "x", 1, 0));
        reseau_uclose(pair[0]);
        reseau_uclose(pair[1]);
    }
    struct sockaddr_in address = {};
    socklen_t length = sizeof(address);
    address.sin_family = AF_INET;
    struct sockaddr *name = reinterpret_cast<struct sockaddr *>(&address);
    int listener = reseau_usocket_on(transport, AF_INET, SOCK_STREAM, 0);
    ASSERT_EQ(0, reseau_ubind(listener, name, length));
    ASSERT_EQ(0, reseau_ulisten(listener, 1));
    ASSERT_EQ(0, reseau_ugetsockname(listener, name, &length));
    std::vector<int> clients;
    for (int i = 0; i < 3; ++i) {
        clients.push_back(reseau_usocket_on(transport, AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0));
        reseau_uconnect(clients.back(), name, length);
        ASSERT_EQ(0, reseau_uepoll_ctl(epoll, EPOLL_CTL_ADD, clients.back(), &event));
    }
    reseau_uclose(reseau_uaccept(listener, nullptr, nullptr));
    reseau_uclose(clients[2]);
    reseau_uclose(listener);
    reseau_uclose(clients[0]);
    reseau_uclose(epoll);
    reseau_uclose(clients[1]);
}

TEST(OurDescriptors, leave_no_memory_behind) {
    size_t before = 0;
    for (int round = 0; round < 1200; ++round) {
        struct reseau_transport *transport = nullptr;
        ASSERT_EQ(0, reseau_transport_new_memory(&transport));
        ASSERT_NO_FATAL_FAILURE(UseAll(transport));
        reseau_transport_release(transport);
        if (round == 1000) {
            before = memory_in_use();
        }
    }
#if !defined(__SANITIZE_ADDRESS__)
    EXPECT_GE(before + 4096, memory_in_use());
#endif
}

} // namespace
