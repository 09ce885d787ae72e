/* SPDX-License-Identifier: Apache-2.0 */
/* Datagrams, and packets in sequence. */
#include "usocket/either.h"

namespace {

class UserDatagram : public EitherSockets {
  protected:
    void SetUp() override {
        one_ = Socket(SOCK_DGRAM);
        other_ = Socket(SOCK_DGRAM);
        one_name_ = Bind(one_);
        other_name_ = Bind(other_);
    }

    void SendTo(int from, SocketName *to, const std::string &text) {
        EXPECT_EQ(
            static_cast<ssize_t>(text.size()),
            api_->sendto(from, text.data(), text.size(), MSG_NOSIGNAL, to->Address(), to->length))
            << strerror(errno);
    }

    int one_ = -1;
    int other_ = -1;
    SocketName one_name_;
    SocketName other_name_;
};

TEST_P(UserDatagram, come_whole_and_with_the_senders_name) {
    SendTo(one_, &other_name_, "hello");
    SendTo(one_, &other_name_, "again");
    SocketName from;
    from.length = sizeof(from.storage);
    char room[100] = {};
    EXPECT_EQ(5, api_->recvfrom(other_, room, sizeof(room), 0, from.Address(), &from.length));
    EXPECT_STREQ("hello", room);
    EXPECT_EQ(one_name_.length, from.length);
    EXPECT_EQ(0, memcmp(&one_name_.storage, &from.storage, from.length));
    SendTo(other_, &from, "reply");
    EXPECT_EQ("reply", Receive(one_));
    EXPECT_EQ("again", Receive(other_));
}

TEST_P(UserDatagram, have_no_mark) {
    if (!IsLocal() || !IsKernel()) {
        EXPECT_FAILS(ENOTTY, api_->sockatmark(one_));
    }
}

TEST_P(UserDatagram, may_be_empty) {
    SendTo(one_, &other_name_, "");
    SendTo(one_, &other_name_, "x");
    EXPECT_EQ(POLLIN, Poll(other_, POLLIN));
    EXPECT_EQ("", Receive(other_));
    EXPECT_EQ("x", Receive(other_));
}

TEST_P(UserDatagram, that_are_too_long_are_cut) {
    SendTo(one_, &other_name_, "abcdef");
    SendTo(one_, &other_name_, "ghi");
    EXPECT_EQ("abc", Receive(other_, 3));
    EXPECT_EQ("ghi", Receive(other_, 3));
}

TEST_P(UserDatagram, say_how_long_they_were) {
    SendTo(one_, &other_name_, "abcdef");
    SendTo(one_, &other_name_, "abcdef");
    char room[3];
    EXPECT_EQ(6, api_->recv(other_, room, sizeof(room), MSG_TRUNC | MSG_PEEK));
    EXPECT_EQ(6, api_->recv(other_, room, sizeof(room), MSG_TRUNC));
    struct iovec in = {room, sizeof(room)};
    struct msghdr message = {};
    message.msg_iov = &in;
    message.msg_iovlen = 1;
    EXPECT_EQ(3, api_->recvmsg(other_, &message, 0));
    EXPECT_EQ(MSG_TRUNC, message.msg_flags);
}

TEST_P(UserDatagram, can_be_looked_at) {
    SendTo(one_, &other_name_, "abc");
    EXPECT_EQ("abc", Receive(other_, 10, MSG_PEEK));
    EXPECT_EQ("ab", Receive(other_, 2, MSG_PEEK));
    EXPECT_EQ("abc", Receive(other_));
    EXPECT_EQ("EAGAIN", Receive(other_, 10, MSG_DONTWAIT));
}

TEST_P(UserDatagram, are_gathered_and_scattered) {
    std::string large(5000, 'l');
    char small[] = "small";
    struct iovec out[] = {{small, 5}, {&large[0], large.size()}};
    struct msghdr message = {};
    message.msg_iov = out;
    message.msg_iovlen = 2;
    message.msg_name = other_name_.Address();
    message.msg_namelen = other_name_.length;
    EXPECT_EQ(5005, api_->sendmsg(one_, &message, 0)) << strerror(errno);
    char first[3], second[6000];
    struct iovec in[] = {{first, 3}, {second, sizeof(second)}};
    struct sockaddr_storage from;
    message.msg_iov = in;
    message.msg_name = &from;
    message.msg_namelen = sizeof(from);
    EXPECT_EQ(5005, api_->recvmsg(other_, &message, 0)) << strerror(errno);
    EXPECT_EQ(0, memcmp("sma", first, 3));
    EXPECT_EQ("ll" + large, std::string(second, 5002));
    EXPECT_EQ(one_name_.length, message.msg_namelen);
    EXPECT_EQ(0, message.msg_flags);
}

TEST_P(UserDatagram, need_a_destination) {
    int alone = Socket(SOCK_DGRAM);
    EXPECT_EQ(-1, api_->send(alone, "x", 1, 0));
    EXPECT_STREQ(IsKernel() && IsLocal() ? "ENOTCONN" : "EDESTADDRREQ", strerrorname_np(errno));
}

TEST_P(UserDatagram, go_to_the_peer_of_a_connected_socket) {
    ASSERT_EQ(0, api_->connect(one_, other_name_.Address(), other_name_.length));
    SendAll(one_, "by name");
    EXPECT_EQ("by name", Receive(other_));
    SocketName peer = PeerOf(one_);
    EXPECT_EQ(0, memcmp(&peer.storage, &other_name_.storage, other_name_.length));
    EXPECT_EQ(7, api_->write(one_, "written", 7));
    EXPECT_EQ("written", Receive(other_));
}

TEST_P(UserDatagram, of_others_do_not_reach_a_connected_socket) {
    ASSERT_EQ(0, api_->connect(one_, other_name_.Address(), other_name_.length));
    int third = Socket(SOCK_DGRAM);
    Bind(third);
    ssize_t sent = api_->sendto(third, "x", 1, 0, one_name_.Address(), one_name_.length);
    if (IsLocal()) {
        EXPECT_EQ(-1, sent);
        EXPECT_EQ(EPERM, errno);
    }
    EXPECT_EQ("EAGAIN", Receive(one_, 10, MSG_DONTWAIT));
    SendTo(other_, &one_name_, "mine");
    EXPECT_EQ("mine", Receive(one_));
}

TEST_P(UserDatagram, of_any_port_reach_a_socket_that_is_connected_to_port_0) {
    if (IsLocal()) {
        return;
    }
    SocketName host = other_name_;
    reinterpret_cast<struct sockaddr_in *>(&host.storage)->sin_port = 0;
    ASSERT_EQ(0, api_->connect(one_, host.Address(), host.length));
    SendTo(other_, &one_name_, "mine");
    EXPECT_EQ("mine", Receive(one_));
}

TEST_P(UserDatagram, a_peer_can_be_changed_and_taken_back) {
    int third = Socket(SOCK_DGRAM);
    SocketName third_name = Bind(third);
    ASSERT_EQ(0, api_->connect(one_, other_name_.Address(), other_name_.length));
    ASSERT_EQ(0, api_->connect(one_, third_name.Address(), third_name.length));
    SendAll(one_, "third");
    EXPECT_EQ("third", Receive(third));
    struct sockaddr nobody = {};
    nobody.sa_family = AF_UNSPEC;
    ASSERT_EQ(0, api_->connect(one_, &nobody, sizeof(nobody)));
    struct sockaddr_storage room;
    socklen_t length = sizeof(room);
    EXPECT_FAILS(ENOTCONN, api_->getpeername(one_, reinterpret_cast<struct sockaddr *>(&room), &length));
    EXPECT_EQ(-1, api_->send(one_, "x", 1, 0));
}

TEST_P(UserDatagram, to_nobody_are_lost_or_refused) {
    Close(other_);
    if (IsLocal()) {
        EXPECT_FAILS(ECONNREFUSED, api_->sendto(one_, "x", 1, 0, other_name_.Address(), other_name_.length));
        return;
    }
    SendTo(one_, &other_name_, "lost");
    EXPECT_EQ("EAGAIN", Receive(one_, 10, MSG_DONTWAIT));
    ASSERT_EQ(0, api_->connect(one_, other_name_.Address(), other_name_.length));
    SendAll(one_, "refused");
    EXPECT_NE(0, Poll(one_, 0) & POLLERR);
    EXPECT_EQ("ECONNREFUSED", Receive(one_));
    EXPECT_EQ("EAGAIN", Receive(one_, 10, MSG_DONTWAIT));
}

TEST_P(UserDatagram, have_a_largest_size) {
    if (IsLocal()) {
        GTEST_SKIP() << "it depends on the buffers";
    }
    SendTo(one_, &other_name_, std::string(65507, 'x'));
    EXPECT_EQ(65507u, Receive(other_, 70000).size());
    std::string large(65508, 'x');
    EXPECT_FAILS(
        EMSGSIZE, api_->sendto(one_, large.data(), large.size(), 0, other_name_.Address(), other_name_.length));
    SendTo(one_, &other_name_, "usable");
    EXPECT_EQ("usable", Receive(other_));
}

TEST_P(UserDatagram, of_a_full_receiver_are_lost_or_wait) {
    std::string block(1000, 'b');
    int sent = 0;
    while (sent < 2000 &&
           api_->sendto(one_, block.data(), block.size(), MSG_DONTWAIT, other_name_.Address(), other_name_.length) >
               0) {
        ++sent;
    }
    EXPECT_EQ(IsLocal() ? sent : 2000, sent);
    if (IsLocal()) {
        EXPECT_GT(2000, sent);
    }
    int received = 0;
    while (Receive(other_, 2000, MSG_DONTWAIT) == block) {
        ++received;
    }
    EXPECT_LT(1, received);
    EXPECT_GT(2000, received);
}

TEST_P(UserDatagram, a_local_sender_waits_for_room) {
    if (!IsLocal()) {
        GTEST_SKIP() << "the internet's are lost";
    }
    const int total = 3000;
    std::thread sender([&] {
        for (int i = 0; i < total; ++i) {
            SendTo(one_, &other_name_, std::to_string(i) + std::string(500, ' '));
        }
    });
    for (int i = 0; i < total; ++i) {
        EXPECT_EQ(i, atoi(Receive(other_).c_str()));
    }
    sender.join();
}

TEST_P(UserDatagram, several_senders_reach_one_receiver) {
    const int each = 300;
    std::vector<std::thread> senders;
    for (int sender = 0; sender < 4; ++sender) {
        senders.emplace_back([&, sender] {
            int descriptor = api_->socket(Domain(), SOCK_DGRAM, 0);
            std::string text(static_cast<size_t>(10 + sender), static_cast<char>('a' + sender));
            for (int i = 0; i < each; ++i) {
                SendTo(descriptor, &other_name_, text);
            }
            api_->close(descriptor);
        });
    }
    int counts[4] = {};
    for (int i = 0; i < (IsLocal() ? 4 * each : 4); ++i) {
        std::string text = Receive(other_);
        ASSERT_LE(10u, text.size());
        ++counts[text.size() - 10];
        EXPECT_EQ(std::string(text.size(), static_cast<char>('a' + text.size() - 10)), text);
    }
    for (std::thread &sender : senders) {
        sender.join();
    }
    for (int count : counts) {
        EXPECT_TRUE(!IsLocal() || count == each);
    }
}

TEST_P(UserDatagram, shutdown_ends_what_it_names) {
    ASSERT_EQ(0, api_->connect(one_, other_name_.Address(), other_name_.length));
    ASSERT_EQ(0, api_->shutdown(one_, SHUT_WR));
    EXPECT_FAILS(EPIPE, api_->send(one_, "x", 1, MSG_NOSIGNAL));
    ASSERT_EQ(0, api_->shutdown(one_, SHUT_RD));
    EXPECT_EQ("", Receive(one_));
}

RUN_WITH_INTERNET_AND_LOCAL_SOCKETS(UserDatagram);

class UserPackets : public EitherSockets {
  protected:
    void SetUp() override {
        Connected(SOCK_SEQPACKET, &client_, &server_);
    }

    int client_ = -1;
    int server_ = -1;
};

TEST_P(UserPackets, keep_their_boundaries_and_their_order) {
    for (const char *text : {"one", "two", "three"}) {
        SendAll(client_, text);
    }
    EXPECT_EQ("one", Receive(server_));
    EXPECT_EQ("tw", Receive(server_, 2));
    EXPECT_EQ("three", Receive(server_, 100, MSG_PEEK));
    EXPECT_EQ("three", Receive(server_, 100, MSG_WAITALL));
}

TEST_P(UserPackets, end_after_the_last) {
    SendAll(client_, "last");
    Close(client_);
    EXPECT_EQ("last", Receive(server_));
    EXPECT_EQ("", Receive(server_));
    EXPECT_FAILS(EPIPE, api_->send(server_, "x", 1, MSG_NOSIGNAL));
}

TEST_P(UserPackets, wait_for_room) {
    const int total = 2000;
    std::thread sender([&] {
        for (int i = 0; i < total; ++i) {
            SendAll(client_, std::to_string(i) + std::string(700, ' '));
        }
    });
    for (int i = 0; i < total; ++i) {
        EXPECT_EQ(i, atoi(Receive(server_).c_str()));
    }
    sender.join();
}

TEST_P(UserPackets, need_a_connection) {
    int alone = Socket(SOCK_SEQPACKET);
    EXPECT_FAILS(ENOTCONN, api_->send(alone, "x", 1, MSG_NOSIGNAL));
    char room[1];
    EXPECT_FAILS(ENOTCONN, api_->recv(alone, room, 1, 0));
}

TEST_P(UserPackets, that_are_not_read_reset_the_connection) {
    SendAll(client_, "unread");
    Close(server_);
    EXPECT_EQ("ECONNRESET", Receive(client_));
}

TEST_P(UserPackets, pairs_carry_them_too) {
    for (int type : {int(SOCK_SEQPACKET), int(SOCK_DGRAM)}) {
        int pair[2];
        ASSERT_EQ(0, api_->socketpair(AF_UNIX, type, 0, pair));
        Keep(pair[0]);
        Keep(pair[1]);
        SendAll(pair[0], "one");
        SendAll(pair[0], "two");
        EXPECT_EQ("one", Receive(pair[1]));
        EXPECT_EQ("two", Receive(pair[1]));
        SendAll(pair[1], "back");
        EXPECT_EQ("back", Receive(pair[0]));
    }
}

RUN_WITH_LOCAL_SOCKETS(UserPackets);

} // namespace
