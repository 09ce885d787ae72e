/* SPDX-License-Identifier: Apache-2.0 */
/* Streams: what is sent, received, left over, and how they end. */
#include "usocket/either.h"

#include <csignal>

namespace {

class UserStream : public EitherSockets {
  protected:
    void SetUp() override {
        Connected(SOCK_STREAM, &client_, &server_);
    }

    int client_ = -1;
    int server_ = -1;
};

TEST_P(UserStream, carries_bytes_both_ways) {
    SendAll(client_, "question");
    EXPECT_EQ("question", ReceiveAll(server_, 8));
    SendAll(server_, "answer");
    EXPECT_EQ("answer", ReceiveAll(client_, 6));
}

TEST_P(UserStream, read_and_write_are_recv_and_send_without_flags) {
    EXPECT_EQ(5, api_->write(client_, "hello", 5));
    char room[10] = {};
    EXPECT_EQ(5, api_->read(server_, room, sizeof(room)));
    EXPECT_STREQ("hello", room);
}

TEST_P(UserStream, has_no_boundaries_of_messages) {
    SendAll(client_, "one");
    SendAll(client_, "two");
    EXPECT_EQ("onet", ReceiveAll(server_, 4));
    EXPECT_EQ("wo", Receive(server_));
}

TEST_P(UserStream, a_short_room_leaves_the_rest) {
    SendAll(client_, "abcdef");
    EXPECT_EQ("abc", Receive(server_, 3));
    EXPECT_EQ("def", Receive(server_, 3));
}

TEST_P(UserStream, peek_leaves_everything) {
    SendAll(client_, "abc");
    EXPECT_EQ("ab", Receive(server_, 2, MSG_PEEK));
    EXPECT_EQ("abc", Receive(server_, 10, MSG_PEEK));
    EXPECT_EQ("abc", Receive(server_));
}

TEST_P(UserStream, without_data_a_receive_that_does_not_wait_fails) {
    EXPECT_EQ("EAGAIN", Receive(server_, 10, MSG_DONTWAIT));
    EXPECT_EQ("EAGAIN", Receive(server_, 10, MSG_DONTWAIT | MSG_PEEK));
    NonBlocking(server_);
    EXPECT_EQ("EAGAIN", Receive(server_));
    EXPECT_EQ("EAGAIN", ReceiveAll(server_, 10));
}

TEST_P(UserStream, all_that_is_there_satisfies_a_receive_that_does_not_wait) {
    SendAll(client_, "abc");
    EXPECT_EQ("abc", Receive(server_, 10, MSG_DONTWAIT | MSG_WAITALL));
}

TEST_P(UserStream, waitall_waits_for_all) {
    std::thread sender([this] {
        for (char letter = 'a'; letter <= 'j'; ++letter) {
            SendAll(client_, std::string(1, letter));
        }
    });
    EXPECT_EQ("abcdefghij", ReceiveAll(server_, 10));
    sender.join();
}

TEST_P(UserStream, waitall_ends_with_the_stream) {
    SendAll(client_, "abc");
    EXPECT_EQ(0, api_->shutdown(client_, SHUT_WR));
    EXPECT_EQ("abc", ReceiveAll(server_, 10));
    EXPECT_EQ("", ReceiveAll(server_, 10));
}

TEST_P(UserStream, a_receive_waits_for_data) {
    std::string received;
    std::thread receiver([&] { received = Receive(server_); });
    SendAll(client_, "late");
    receiver.join();
    EXPECT_EQ("late", received);
}

TEST_P(UserStream, vectors_are_gathered_and_scattered) {
    char first[] = "ab", second[] = "", third[] = "cdef";
    struct iovec out[] = {{first, 2}, {second, 0}, {third, 4}};
    EXPECT_EQ(6, api_->writev(client_, out, 3));
    char one[4] = {}, two[10] = {};
    struct iovec in[] = {{one, 3}, {two, 9}};
    EXPECT_EQ(6, api_->readv(server_, in, 2));
    EXPECT_STREQ("abc", one);
    EXPECT_STREQ("def", two);
}

TEST_P(UserStream, messages_are_gathered_and_scattered) {
    char first[] = "ab", second[] = "cd";
    struct iovec out[] = {{first, 2}, {second, 2}};
    struct msghdr message = {};
    message.msg_iov = out;
    message.msg_iovlen = 2;
    EXPECT_EQ(4, api_->sendmsg(client_, &message, MSG_NOSIGNAL));
    char room[10] = {};
    struct iovec in = {room, sizeof(room)};
    struct sockaddr_storage from;
    struct msghdr received = {};
    received.msg_iov = &in;
    received.msg_iovlen = 1;
    received.msg_name = &from;
    received.msg_namelen = sizeof(from);
    received.msg_flags = -1;
    EXPECT_EQ(4, api_->recvmsg(server_, &received, 0));
    EXPECT_STREQ("abcd", room);
    EXPECT_EQ(0, received.msg_flags);
    EXPECT_EQ(0u, received.msg_namelen) << "connections have no sender's address";
}

TEST_P(UserStream, the_number_of_pieces_has_bounds) {
    char room[1];
    std::vector<struct iovec> many(1025, {room, 1});
    EXPECT_FAILS(EINVAL, api_->writev(client_, many.data(), 1025));
    EXPECT_FAILS(EINVAL, api_->readv(client_, many.data(), 1025));
    EXPECT_FAILS(EINVAL, api_->readv(client_, many.data(), -1));
    struct msghdr message = {};
    message.msg_iov = many.data();
    message.msg_iovlen = 1025;
    EXPECT_FAILS(EMSGSIZE, api_->sendmsg(client_, &message, MSG_NOSIGNAL));
    EXPECT_FAILS(EMSGSIZE, api_->recvmsg(client_, &message, 0));
    many[0].iov_len = many[1].iov_len = static_cast<size_t>(SSIZE_MAX);
    EXPECT_EQ(-1, api_->writev(client_, many.data(), 2));
}

TEST_P(UserStream, an_empty_send_is_nothing) {
    EXPECT_EQ(0, api_->send(client_, "", 0, 0));
    EXPECT_EQ("EAGAIN", Receive(server_, 10, MSG_DONTWAIT));
}

TEST_P(UserStream, a_full_buffer_stops_a_sender_that_does_not_wait) {
    size_t filled = Fill(client_);
    EXPECT_LT(1000u, filled);
    EXPECT_EQ(std::string(filled, 'f'), ReceiveAll(server_, filled));
    SendAll(client_, "more");
    EXPECT_EQ("more", ReceiveAll(server_, 4));
}

TEST_P(UserStream, a_large_send_waits_for_the_reader) {
    std::string text;
    for (int i = 0; text.size() < 4000000; ++i) {
        text += std::to_string(i);
    }
    std::thread sender([&] { SendAll(client_, text); });
    std::string received;
    while (received.size() < text.size()) {
        std::string part = Receive(server_, 100000);
        ASSERT_FALSE(part.empty());
        received += part;
    }
    sender.join();
    EXPECT_TRUE(text == received);
}

TEST_P(UserStream, both_directions_carry_much_at_once) {
    const size_t total = 2000000;
    auto send = [&](int descriptor) { SendAll(descriptor, std::string(total, 'x')); };
    auto receive = [&](int descriptor) { EXPECT_EQ(total, ReceiveAll(descriptor, total).size()); };
    std::vector<std::thread> threads;
    threads.emplace_back(send, client_);
    threads.emplace_back(send, server_);
    threads.emplace_back(receive, client_);
    threads.emplace_back(receive, server_);
    for (std::thread &thread : threads) {
        thread.join();
    }
}

TEST_P(UserStream, several_senders_lose_nothing) {
    const int each = 2000;
    std::vector<std::thread> senders;
    for (char letter = 'a'; letter < 'e'; ++letter) {
        senders.emplace_back([this, letter] {
            for (int i = 0; i < each; ++i) {
                SendAll(client_, std::string(1, letter));
            }
        });
    }
    std::string received = ReceiveAll(server_, 4 * each);
    for (std::thread &sender : senders) {
        sender.join();
    }
    for (char letter = 'a'; letter < 'e'; ++letter) {
        EXPECT_EQ(each, std::count(received.begin(), received.end(), letter));
    }
}

TEST_P(UserStream, the_end_comes_after_the_data_and_stays) {
    SendAll(client_, "last");
    Close(client_);
    EXPECT_EQ("last", Receive(server_));
    EXPECT_EQ("", Receive(server_));
    EXPECT_EQ("", Receive(server_, 10, MSG_PEEK));
    EXPECT_EQ("", Receive(server_));
}

TEST_P(UserStream, half_closed_it_still_carries_the_other_way) {
    EXPECT_EQ(0, api_->shutdown(client_, SHUT_WR));
    EXPECT_EQ("", Receive(server_));
    SendAll(server_, "still");
    EXPECT_EQ("still", Receive(client_));
}

TEST_P(UserStream, after_shutdown_of_writing_a_send_is_a_broken_pipe) {
    EXPECT_EQ(0, api_->shutdown(client_, SHUT_WR));
    EXPECT_FAILS(EPIPE, api_->send(client_, "x", 1, MSG_NOSIGNAL));
}

TEST_P(UserStream, after_shutdown_of_reading_what_has_come_is_there_and_then_the_end) {
    SendAll(server_, "abc");
    Poll(client_, POLLIN);
    EXPECT_EQ(0, api_->shutdown(client_, SHUT_RD));
    EXPECT_EQ("abc", Receive(client_));
    EXPECT_EQ("", Receive(client_));
    SendAll(client_, "x");
    EXPECT_EQ("x", Receive(server_));
}

TEST_P(UserStream, a_local_peer_that_reads_no_more_breaks_the_pipe) {
    EXPECT_EQ(0, api_->shutdown(client_, SHUT_RD));
    if (IsLocal()) {
        EXPECT_FAILS(EPIPE, api_->send(server_, "x", 1, MSG_NOSIGNAL));
    } else {
        SendAll(server_, "x");
    }
}

TEST_P(UserStream, shutdown_wakes_who_waits) {
    std::string received = "none";
    std::thread receiver([&] { received = Receive(server_); });
    while (api_->shutdown(server_, SHUT_RDWR) != 0) {
    }
    receiver.join();
    EXPECT_EQ("", received);
}

TEST_P(UserStream, shutdown_has_three_ways) {
    EXPECT_FAILS(EINVAL, api_->shutdown(client_, 3));
    EXPECT_FAILS(EINVAL, api_->shutdown(client_, -1));
    EXPECT_EQ(0, api_->shutdown(client_, SHUT_RDWR));
    EXPECT_EQ("", Receive(client_));
    EXPECT_EQ("", Receive(server_));
}

#if !defined(_WIN32)
TEST_P(UserStream, a_broken_pipe_raises_a_signal_unless_that_is_not_asked_for) {
    static std::atomic<int> signals;
    static std::atomic<pthread_t> thread;
    signals = 0;
    struct sigaction action = {}, before;
    action.sa_handler = [](int) {
        ++signals;
        thread = pthread_self();
    };
    sigaction(SIGPIPE, &action, &before);
    EXPECT_EQ(0, api_->shutdown(client_, SHUT_WR));
    EXPECT_FAILS(EPIPE, api_->send(client_, "x", 1, MSG_NOSIGNAL));
    EXPECT_EQ(0, signals);
    EXPECT_FAILS(EPIPE, api_->send(client_, "x", 1, 0));
    EXPECT_EQ(1, signals);
    EXPECT_FAILS(EPIPE, api_->write(client_, "x", 1));
    EXPECT_EQ(2, signals);
    EXPECT_TRUE(pthread_equal(thread, pthread_self()));
    sigaction(SIGPIPE, &before, nullptr);
}
#endif

TEST_P(UserStream, a_send_to_a_closed_peer_breaks_the_pipe_at_last) {
    Close(server_);
    EXPECT_EQ("", Receive(client_));
    ssize_t sent = api_->send(client_, "x", 1, MSG_NOSIGNAL);
    if (IsLocal()) {
        EXPECT_EQ(-1, sent);
    } else {
        // The first leaves, and is answered by a reset.
        EXPECT_EQ(1, sent);
        while ((Poll(client_, 0) & POLLERR) == 0) {
        }
        EXPECT_FAILS(EPIPE, api_->send(client_, "x", 1, MSG_NOSIGNAL));
    }
    EXPECT_FAILS(EPIPE, api_->send(client_, "x", 1, MSG_NOSIGNAL));
}

TEST_P(UserStream, one_send_at_most_leaves_for_a_peer_that_has_closed) {
    if (IsKernel()) {
        GTEST_SKIP() << "the reset that answers a send may come after the next one";
    }
    for (int round = 0; round < 10; ++round) {
        int ends[2];
        Connected(SOCK_STREAM, &ends[0], &ends[1]);
        std::atomic<bool> is_sending{false}, is_closed{false};
        auto send = [&] { return api_->send(ends[0], "x", 1, MSG_NOSIGNAL | MSG_DONTWAIT); };
        std::thread sender([&] {
            while (!is_closed) {
                send();
                is_sending = true;
            }
            EXPECT_FALSE(IsLocal() && send() > 0) << "as TCP, not as local sockets";
            send();
            EXPECT_EQ(-1, send());
        });
        while (!is_sending) {
            std::this_thread::yield();
        }
        Close(ends[1]);
        is_closed = true;
        sender.join();
        Close(ends[0]);
    }
}

TEST_P(UserStream, a_reset_after_its_end_is_only_for_the_sender) {
    if (IsLocal()) {
        return;
    }
    SendAll(client_, "unread");
    EXPECT_EQ(POLLIN, Poll(server_, POLLIN));
    EXPECT_EQ(0, api_->shutdown(server_, SHUT_WR));
    EXPECT_EQ(POLLRDHUP, Poll(client_, POLLRDHUP));
    Close(server_);
    EXPECT_EQ(POLLERR | POLLHUP, Poll(client_, 0));
    EXPECT_EQ("", Receive(client_));
    EXPECT_EQ(EPIPE, GetOption(client_, SO_ERROR));
    EXPECT_EQ("", Receive(client_));
}

TEST_P(UserStream, after_its_end_a_stream_has_only_the_end_to_read) {
    if (IsLocal()) {
        return;
    }
    Close(server_);
    EXPECT_EQ(POLLRDHUP, Poll(client_, POLLRDHUP));
    SendAll(client_, "to nobody");
    EXPECT_EQ(POLLERR | POLLHUP, Poll(client_, 0));
    EXPECT_EQ("", Receive(client_));
    EXPECT_FAILS(EPIPE, api_->send(client_, "x", 1, MSG_NOSIGNAL));
    EXPECT_EQ("", Receive(client_));
}

TEST_P(UserStream, data_that_is_not_read_resets_the_connection) {
    SendAll(client_, "unread");
    Poll(server_, POLLIN);
    Close(server_);
    EXPECT_EQ("ECONNRESET", Receive(client_));
    EXPECT_EQ("", Receive(client_));
    EXPECT_FAILS(EPIPE, api_->send(client_, "x", 1, MSG_NOSIGNAL));
}

TEST_P(UserStream, what_came_before_a_reset_can_be_read) {
    SendAll(server_, "before");
    SendAll(client_, "unread");
    Poll(server_, POLLIN);
    Poll(client_, POLLIN);
    Close(server_);
    while ((Poll(client_, 0) & POLLERR) == 0) {
    }
    EXPECT_EQ("before", Receive(client_));
    EXPECT_EQ("ECONNRESET", Receive(client_));
}

TEST_P(UserStream, linger_without_time_resets_the_connection) {
    struct linger linger = {1, 0};
    ASSERT_EQ(0, api_->setsockopt(server_, SOL_SOCKET, SO_LINGER, &linger, sizeof(linger)));
    Close(server_);
    // Local sockets of the kernel do not linger.
    EXPECT_EQ(IsKernel() && IsLocal() ? "" : "ECONNRESET", Receive(client_));
}

TEST_P(UserStream, linger_with_time_ends_gracefully) {
    struct linger linger = {1, 5};
    ASSERT_EQ(0, api_->setsockopt(server_, SOL_SOCKET, SO_LINGER, &linger, sizeof(linger)));
    SendAll(server_, "all");
    Close(server_);
    EXPECT_EQ("all", Receive(client_));
    EXPECT_EQ("", Receive(client_));
}

TEST_P(UserStream, an_error_is_reported_once_by_so_error) {
    SendAll(client_, "unread");
    Poll(server_, POLLIN);
    Close(server_);
    while ((Poll(client_, 0) & POLLERR) == 0) {
    }
    EXPECT_EQ(ECONNRESET, GetOption(client_, SO_ERROR));
    EXPECT_EQ(0, GetOption(client_, SO_ERROR));
    EXPECT_EQ("", Receive(client_));
}

TEST_P(UserStream, an_address_means_nothing_or_is_refused) {
    SocketName name = PeerOf(client_);
    ssize_t sent = api_->sendto(client_, "x", 1, MSG_NOSIGNAL, name.Address(), name.length);
    if (IsLocal()) {
        EXPECT_EQ(-1, sent);
        EXPECT_EQ(EISCONN, errno);
    } else {
        EXPECT_EQ(1, sent);
        EXPECT_EQ("x", Receive(server_));
    }
    char room[1];
    SendAll(server_, "y");
    name.length = sizeof(name.storage);
    EXPECT_EQ(1, api_->recvfrom(client_, room, 1, 0, name.Address(), &name.length));
    EXPECT_TRUE(name.length == 0 || (IsKernel() && IsLocal())) << "the kernel's local streams name the sender";
}

TEST_P(UserStream, memory_that_is_missing_is_a_fault) {
#ifdef __SANITIZE_ADDRESS__
    if (IsKernel()) {
        GTEST_SKIP() << "the sanitizer stands before the kernel, and looks at the memory itself";
    }
#endif
    SendAll(client_, "x");
    EXPECT_FAILS(EFAULT, api_->recv(server_, nullptr, 1, 0));
    EXPECT_FAILS(EFAULT, api_->send(server_, nullptr, 1, 0));
    EXPECT_FAILS(EFAULT, api_->sendmsg(server_, nullptr, 0));
    EXPECT_FAILS(EFAULT, api_->recvmsg(server_, nullptr, 0));
    // What a wrong result of another call is, taken for a pointer.
    void *nowhere = reinterpret_cast<void *>(-1);
    EXPECT_FAILS(EFAULT, api_->recv(server_, nowhere, 1, 0));
    EXPECT_FAILS(EFAULT, api_->recv(server_, reinterpret_cast<void *>(-100), 1000, 0));
    EXPECT_FAILS(EFAULT, api_->send(server_, nowhere, 1000, MSG_NOSIGNAL));
    EXPECT_FAILS(EFAULT, api_->sendmsg(server_, static_cast<struct msghdr *>(nowhere), 0));
    EXPECT_FAILS(EFAULT, api_->writev(server_, static_cast<struct iovec *>(nowhere), 1));
    EXPECT_FAILS(EFAULT, api_->getsockopt(server_, SOL_SOCKET, SO_TYPE, nowhere, static_cast<socklen_t *>(nowhere)));
    EXPECT_FAILS(EFAULT, api_->setsockopt(server_, SOL_SOCKET, SO_KEEPALIVE, nowhere, sizeof(int)));
    EXPECT_EQ("x", Receive(server_));
}

TEST_P(UserStream, has_neither_urgent_data_nor_a_queue_of_errors) {
    SendAll(client_, "x");
    char room[2];
    EXPECT_FAILS(EINVAL, api_->recv(server_, room, 1, MSG_OOB));
    if (!IsLocal()) {
        EXPECT_FAILS(EAGAIN, api_->recv(server_, room, 1, MSG_ERRQUEUE));
    }
    EXPECT_EQ("x", Receive(server_));
}

TEST_P(UserStream, has_no_mark) {
    if (!IsLocal() || !IsKernel()) {
        EXPECT_EQ(0, api_->sockatmark(client_));
    }
}

RUN_WITH_INTERNET_AND_LOCAL_SOCKETS(UserStream);

class UserStreamPair : public EitherSockets {};

TEST_P(UserStreamPair, carries_bytes_both_ways) {
    int pair[2];
    ASSERT_EQ(0, api_->socketpair(AF_UNIX, SOCK_STREAM, 0, pair));
    Keep(pair[0]);
    Keep(pair[1]);
    SendAll(pair[0], "there");
    EXPECT_EQ("there", Receive(pair[1]));
    SendAll(pair[1], "back");
    EXPECT_EQ("back", Receive(pair[0]));
    EXPECT_EQ(sizeof(sa_family_t), NameOf(pair[0]).length);
    EXPECT_EQ(sizeof(sa_family_t), PeerOf(pair[0]).length);
}

TEST_P(UserStreamPair, has_the_flags_that_were_asked_for) {
    int pair[2];
    ASSERT_EQ(0, api_->socketpair(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0, pair));
    for (int one : pair) {
        Keep(one);
        EXPECT_EQ(O_NONBLOCK, api_->fcntl(one, F_GETFL, 0) & O_NONBLOCK);
        EXPECT_EQ(FD_CLOEXEC, api_->fcntl(one, F_GETFD, 0));
    }
}

TEST_P(UserStreamPair, is_of_local_sockets_only) {
    int pair[2];
    EXPECT_FAILS(EOPNOTSUPP, api_->socketpair(AF_INET, SOCK_STREAM, 0, pair));
    EXPECT_FAILS(EFAULT, api_->socketpair(AF_UNIX, SOCK_STREAM, 0, nullptr));
}

RUN_WITH_LOCAL_SOCKETS(UserStreamPair);

} // namespace
