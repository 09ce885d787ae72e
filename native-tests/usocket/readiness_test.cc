/* SPDX-License-Identifier: Apache-2.0 */
/* poll, select and epoll. */
#include "usocket/either.h"

#include <atomic>
#include <thread>

namespace {

constexpr int kEverything = POLLIN | POLLOUT | POLLRDNORM | POLLWRNORM | POLLRDHUP | POLLPRI;
constexpr int kReadable = POLLIN | POLLRDNORM;
constexpr int kWritable = POLLOUT | POLLWRNORM;

class UserPoll : public EitherSockets {
  protected:
    /* The events of a descriptor now; waits until they are these. */
    void ExpectEvents(int expected, int descriptor) {
        int events = 0;
        for (int i = 0; i < 1000 && (events = Poll(descriptor, kEverything, 0)) != expected; ++i) {
            std::this_thread::yield();
        }
        EXPECT_EQ(expected, events);
    }
};

TEST_P(UserPoll, a_fresh_stream_is_writable_and_hung_up) {
    EXPECT_EQ(kWritable | POLLHUP, Poll(Socket(SOCK_STREAM), kEverything, 0));
    EXPECT_EQ(POLLHUP, Poll(Socket(SOCK_STREAM), 0, 0));
}

TEST_P(UserPoll, a_stream_whose_connection_was_refused_is_as_a_fresh_one) {
    int bound = Socket(SOCK_STREAM), client = Socket(SOCK_STREAM);
    SocketName nobody = Bind(bound);
    EXPECT_FAILS(ECONNREFUSED, api_->connect(client, nobody.Address(), nobody.length));
    EXPECT_EQ(kWritable | POLLHUP, Poll(client, kEverything, 0));
}

TEST_P(UserPoll, a_datagram_socket_is_writable) {
    EXPECT_EQ(kWritable, Poll(Socket(SOCK_DGRAM), kEverything, 0));
}

TEST_P(UserPoll, a_listener_is_readable_when_somebody_has_come) {
    SocketName name;
    int listener = Listener(SOCK_STREAM, 1, &name);
    EXPECT_EQ(0, Poll(listener, kEverything, 0));
    Connect(SOCK_STREAM, name);
    ExpectEvents(kReadable, listener);
    Keep(api_->accept(listener, nullptr, nullptr));
    EXPECT_EQ(0, Poll(listener, kEverything, 0));
}

TEST_P(UserPoll, a_connection_says_what_can_be_done) {
    int client, server;
    Connected(SOCK_STREAM, &client, &server);
    EXPECT_EQ(kWritable, Poll(server, kEverything, 0));
    SendAll(client, "x");
    ExpectEvents(kReadable | kWritable, server);
    EXPECT_EQ(POLLIN, Poll(server, POLLIN, 0));
    EXPECT_EQ("x", Receive(server));
    EXPECT_EQ(kWritable, Poll(server, kEverything, 0));
    Fill(server);
    EXPECT_EQ(0, Poll(server, kEverything, 0));
}

TEST_P(UserPoll, the_end_of_a_stream_is_readable) {
    int client, server;
    Connected(SOCK_STREAM, &client, &server);
    EXPECT_EQ(0, api_->shutdown(client, SHUT_WR));
    ExpectEvents(kReadable | kWritable | POLLRDHUP, server);
    EXPECT_EQ(0, api_->shutdown(server, SHUT_WR));
    ExpectEvents(kReadable | kWritable | POLLRDHUP | POLLHUP, server);
    ExpectEvents(kReadable | kWritable | POLLRDHUP | POLLHUP, client);
}

TEST_P(UserPoll, a_closed_peer_is_the_end) {
    int client, server;
    Connected(SOCK_STREAM, &client, &server);
    Close(client);
    ExpectEvents(kReadable | kWritable | POLLRDHUP | (IsLocal() ? POLLHUP : 0), server);
}

TEST_P(UserPoll, a_reset_is_an_error) {
    int client, server;
    Connected(SOCK_STREAM, &client, &server);
    SendAll(client, "unread");
    Poll(server, POLLIN);
    Close(server);
    ExpectEvents(kReadable | kWritable | POLLRDHUP | POLLHUP | POLLERR, client);
    EXPECT_EQ(ECONNRESET, GetOption(client, SO_ERROR));
    EXPECT_EQ(kReadable | kWritable | POLLRDHUP | POLLHUP, Poll(client, kEverything, 0));
}

TEST_P(UserPoll, shutting_down_oneself_is_an_end_too) {
    int client, server;
    Connected(SOCK_STREAM, &client, &server);
    EXPECT_EQ(0, api_->shutdown(client, SHUT_RD));
    EXPECT_EQ(kReadable | kWritable | POLLRDHUP, Poll(client, kEverything, 0));
    EXPECT_EQ(0, api_->shutdown(client, SHUT_WR));
    EXPECT_EQ(kReadable | kWritable | POLLRDHUP | POLLHUP, Poll(client, kEverything, 0));
}

TEST_P(UserPoll, counts_those_that_are_ready) {
    int client, server;
    Connected(SOCK_STREAM, &client, &server);
    SendAll(client, "x");
    Poll(server, POLLIN);
    struct pollfd several[] = {
        PollOf(server, POLLIN), PollOf(client, POLLIN), PollOf(-1, POLLIN), PollOf(server, POLLOUT)};
    for (struct pollfd &one : several) {
        one.revents = -1;
    }
    EXPECT_EQ(2, api_->poll(several, 4, -1));
    EXPECT_EQ(POLLIN, several[0].revents);
    EXPECT_EQ(0, several[1].revents);
    EXPECT_EQ(0, several[2].revents);
    EXPECT_EQ(POLLOUT, several[3].revents);
}

TEST_P(UserPoll, waits_for_the_first_of_many) {
    std::vector<int> clients(30), servers(30);
    std::vector<struct pollfd> all;
    for (size_t i = 0; i < clients.size(); ++i) {
        Connected(SOCK_STREAM, &clients[i], &servers[i]);
        all.push_back(PollOf(servers[i], POLLIN));
    }
    for (size_t chosen : {size_t{0}, size_t{17}, clients.size() - 1}) {
        std::thread sender([&] { SendAll(clients[chosen], "x"); });
        EXPECT_EQ(1, api_->poll(all.data(), all.size(), -1));
        sender.join();
        for (size_t i = 0; i < all.size(); ++i) {
            EXPECT_EQ(i == chosen ? POLLIN : 0, all[i].revents);
        }
        EXPECT_EQ("x", Receive(servers[chosen]));
    }
}

TEST_P(UserPoll, waits_as_long_as_it_may) {
    int client, server;
    Connected(SOCK_STREAM, &client, &server);
    auto began = std::chrono::steady_clock::now();
    EXPECT_EQ(0, Poll(server, POLLIN, 30));
    EXPECT_LE(
        30, std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::steady_clock::now() - began).count());
    EXPECT_EQ(0, api_->poll(nullptr, 0, 10));
    EXPECT_FAILS(EFAULT, api_->poll(nullptr, 1, 0));
}

TEST_P(UserPoll, waits_for_room) {
    int client, server;
    Connected(SOCK_STREAM, &client, &server);
    size_t filled = Fill(client);
    std::thread reader([&] { EXPECT_EQ(filled, ReceiveAll(server, filled).size()); });
    EXPECT_EQ(POLLOUT, Poll(client, POLLOUT));
    reader.join();
}

TEST_P(UserPoll, select_keeps_those_that_are_ready) {
    int client, server;
    Connected(SOCK_STREAM, &client, &server);
    std::vector<int> reads = {client, server}, writes = {client};
    struct timeval time = {0, 0};
    EXPECT_EQ(1, api_->select(&reads, &writes, &time));
    EXPECT_TRUE(reads.empty());
    EXPECT_EQ(std::vector<int>{client}, writes);
    SendAll(client, "x");
    reads = {client, server};
    writes = {};
    EXPECT_EQ(1, api_->select(&reads, &writes, nullptr));
    EXPECT_EQ(std::vector<int>{server}, reads);
}

TEST_P(UserPoll, select_says_how_much_time_was_left) {
    int client, server;
    Connected(SOCK_STREAM, &client, &server);
    std::vector<int> reads = {server}, none;
    struct timeval time = {0, 20000};
    EXPECT_EQ(0, api_->select(&reads, &none, &time));
    EXPECT_EQ(0, time.tv_sec);
    EXPECT_EQ(0, time.tv_usec);
    time = {100, 0};
    SendAll(client, "x");
    reads = {server};
    EXPECT_EQ(1, api_->select(&reads, &none, &time));
    EXPECT_TRUE(time.tv_sec == 99 || (time.tv_sec == 100 && time.tv_usec == 0));
    time = {-1, 0};
    EXPECT_FAILS(EINVAL, api_->select(&reads, &none, &time));
    Close(server);
    reads = {server};
    EXPECT_FAILS(EBADF, api_->select(&reads, &none, nullptr));
}

class UserEpoll : public EitherSockets {
  protected:
    void SetUp() override {
        epoll_ = Keep(api_->epoll_create1(0));
        ASSERT_LE(0, epoll_) << strerror(errno);
        Connected(SOCK_STREAM, &client_, &server_);
    }

    int Control(int operation, int descriptor, uint32_t events, uint64_t data = 0) {
        struct epoll_event event = {};
        event.events = events;
        event.data.u64 = data;
        return api_->epoll_ctl(epoll_, operation, descriptor, &event);
    }

    /* "data:events" of each, in the order in which they come. */
    std::string Wait(int timeout = 60000, int capacity = 10) {
        std::vector<struct epoll_event> events(static_cast<size_t>(capacity));
        int count = api_->epoll_wait(epoll_, events.data(), capacity, timeout);
        EXPECT_LE(0, count) << strerror(errno);
        std::string text;
        for (int i = 0; i < count; ++i) {
            text += std::to_string(events[i].data.u64) + ":" + std::to_string(events[i].events) + " ";
        }
        return text;
    }

    static std::string Event(uint64_t data, uint32_t events) {
        return std::to_string(data) + ":" + std::to_string(events) + " ";
    }

    int epoll_ = -1;
    int client_ = -1;
    int server_ = -1;
};

TEST_P(UserEpoll, reports_as_long_as_it_is_so) {
    ASSERT_EQ(0, Control(EPOLL_CTL_ADD, server_, EPOLLIN, 7));
    EXPECT_EQ("", Wait(0));
    SendAll(client_, "ab");
    EXPECT_EQ(Event(7, EPOLLIN), Wait());
    EXPECT_EQ("a", Receive(server_, 1));
    EXPECT_EQ(Event(7, EPOLLIN), Wait());
    EXPECT_EQ("b", Receive(server_, 1));
    EXPECT_EQ("", Wait(0));
}

TEST_P(UserEpoll, reports_what_is_there_when_it_is_added) {
    SendAll(client_, "x");
    Poll(server_, POLLIN);
    ASSERT_EQ(0, Control(EPOLL_CTL_ADD, server_, EPOLLIN | EPOLLOUT, 1));
    EXPECT_EQ(Event(1, EPOLLIN | EPOLLOUT), Wait());
}

TEST_P(UserEpoll, edge_triggered_reports_once_for_each_change) {
    ASSERT_EQ(0, Control(EPOLL_CTL_ADD, server_, EPOLLIN | EPOLLET, 1));
    SendAll(client_, "a");
    EXPECT_EQ(Event(1, EPOLLIN), Wait());
    EXPECT_EQ("", Wait(0));
    SendAll(client_, "b");
    EXPECT_EQ(Event(1, EPOLLIN), Wait());
    EXPECT_EQ("", Wait(0));
    EXPECT_EQ("ab", ReceiveAll(server_, 2));
    EXPECT_EQ("", Wait(0));
}

TEST_P(UserEpoll, one_shot_reports_once_until_it_is_armed_again) {
    ASSERT_EQ(0, Control(EPOLL_CTL_ADD, server_, EPOLLIN | EPOLLONESHOT, 1));
    SendAll(client_, "a");
    EXPECT_EQ(Event(1, EPOLLIN), Wait());
    SendAll(client_, "b");
    EXPECT_EQ("", Wait(0));
    ASSERT_EQ(0, Control(EPOLL_CTL_MOD, server_, EPOLLIN | EPOLLONESHOT, 2));
    EXPECT_EQ(Event(2, EPOLLIN), Wait());
    EXPECT_EQ("", Wait(0));
}

TEST_P(UserEpoll, what_is_asked_for_can_be_changed_and_ended) {
    ASSERT_EQ(0, Control(EPOLL_CTL_ADD, server_, EPOLLIN, 1));
    ASSERT_EQ(0, Control(EPOLL_CTL_MOD, server_, EPOLLOUT, 2));
    EXPECT_EQ(Event(2, EPOLLOUT), Wait());
    ASSERT_EQ(0, api_->epoll_ctl(epoll_, EPOLL_CTL_DEL, server_, nullptr));
    EXPECT_EQ("", Wait(0));
}

TEST_P(UserEpoll, bad_calls_are_refused) {
    EXPECT_FAILS(ENOENT, Control(EPOLL_CTL_MOD, server_, EPOLLIN));
    EXPECT_FAILS(ENOENT, Control(EPOLL_CTL_DEL, server_, EPOLLIN));
    ASSERT_EQ(0, Control(EPOLL_CTL_ADD, server_, EPOLLIN));
    EXPECT_FAILS(EEXIST, Control(EPOLL_CTL_ADD, server_, EPOLLIN));
    EXPECT_FAILS(EINVAL, Control(99, server_, EPOLLIN));
    EXPECT_FAILS(EINVAL, Control(EPOLL_CTL_ADD, epoll_, EPOLLIN));
    EXPECT_FAILS(EBADF, Control(EPOLL_CTL_ADD, -1, EPOLLIN));
    EXPECT_FAILS(EFAULT, api_->epoll_ctl(epoll_, EPOLL_CTL_ADD, client_, nullptr));
    struct epoll_event event = {};
    EXPECT_FAILS(EINVAL, api_->epoll_ctl(client_, EPOLL_CTL_ADD, server_, &event));
    EXPECT_FAILS(EINVAL, api_->epoll_wait(epoll_, &event, 0, 0));
    EXPECT_FAILS(EINVAL, api_->epoll_wait(client_, &event, 1, 0));
    EXPECT_FAILS(EINVAL, api_->epoll_create1(1));
    Close(client_);
    EXPECT_FAILS(EBADF, Control(EPOLL_CTL_DEL, client_, 0));
}

TEST_P(UserEpoll, errors_and_ends_are_always_reported) {
    ASSERT_EQ(0, Control(EPOLL_CTL_ADD, client_, 0, 1));
    SendAll(client_, "unread");
    Poll(server_, POLLIN);
    Close(server_);
    EXPECT_EQ(Event(1, EPOLLERR | EPOLLHUP), Wait());
}

TEST_P(UserEpoll, forgets_what_is_closed) {
    ASSERT_EQ(0, Control(EPOLL_CTL_ADD, server_, EPOLLOUT, 1));
    EXPECT_EQ(Event(1, EPOLLOUT), Wait());
    Close(server_);
    EXPECT_EQ("", Wait(0));
}

TEST_P(UserEpoll, a_duplicate_keeps_what_was_registered) {
    ASSERT_EQ(0, Control(EPOLL_CTL_ADD, server_, EPOLLOUT, 1));
    int twin = Keep(api_->dup(server_));
    Close(server_);
    EXPECT_EQ(Event(1, EPOLLOUT), Wait());
    Close(twin);
    EXPECT_EQ("", Wait(0));
}

TEST_P(UserEpoll, is_woken_by_another_thread) {
    ASSERT_EQ(0, Control(EPOLL_CTL_ADD, server_, EPOLLIN, 1));
    for (int i = 0; i < 100; ++i) {
        std::thread sender([&] { SendAll(client_, "x"); });
        EXPECT_EQ(Event(1, EPOLLIN), Wait(-1));
        EXPECT_EQ("x", Receive(server_));
        sender.join();
    }
}

TEST_P(UserEpoll, is_woken_by_a_registration) {
    std::string events;
    std::thread waiter([&] { events = Wait(-1); });
    ASSERT_EQ(0, Control(EPOLL_CTL_ADD, server_, EPOLLOUT, 1));
    waiter.join();
    EXPECT_EQ(Event(1, EPOLLOUT), events);
}

TEST_P(UserEpoll, serves_those_that_are_ready_in_turn) {
    int other_client, other_server;
    Connected(SOCK_STREAM, &other_client, &other_server);
    ASSERT_EQ(0, Control(EPOLL_CTL_ADD, server_, EPOLLOUT, 1));
    ASSERT_EQ(0, Control(EPOLL_CTL_ADD, other_server, EPOLLOUT, 2));
    std::string first = Wait(0, 1), second = Wait(0, 1);
    EXPECT_NE(first, second);
    EXPECT_EQ(first, Wait(0, 1));
}

TEST_P(UserEpoll, can_be_polled_and_watched_itself) {
    ASSERT_EQ(0, Control(EPOLL_CTL_ADD, server_, EPOLLIN, 1));
    EXPECT_EQ(0, Poll(epoll_, POLLIN, 0));
    int outer = Keep(api_->epoll_create1(EPOLL_CLOEXEC));
    struct epoll_event event = {};
    event.events = EPOLLIN;
    event.data.u64 = 5;
    ASSERT_EQ(0, api_->epoll_ctl(outer, EPOLL_CTL_ADD, epoll_, &event));
    SendAll(client_, "x");
    EXPECT_EQ(POLLIN, Poll(epoll_, POLLIN));
    struct epoll_event found = {};
    EXPECT_EQ(1, api_->epoll_wait(outer, &found, 1, -1));
    EXPECT_EQ(5u, found.data.u64);
    EXPECT_EQ("x", Receive(server_));
    EXPECT_EQ(0, Poll(epoll_, POLLIN, 0));
    EXPECT_EQ(0, api_->epoll_wait(outer, &found, 1, 0));
    EXPECT_FAILS(ELOOP, api_->epoll_ctl(epoll_, EPOLL_CTL_ADD, outer, &event));
}

TEST_P(UserEpoll, two_queues_are_never_put_into_each_other) {
    struct epoll_event event = {};
    event.events = EPOLLIN;
    std::atomic<int> begun{0}, done{0};
    int first = -1, second = -1, other_result = 0;
    constexpr int kRounds = 50;
    std::thread other([&] {
        for (int round = 1; round <= kRounds; ++round) {
            while (begun < round) {
                std::this_thread::yield();
            }
            other_result = api_->epoll_ctl(second, EPOLL_CTL_ADD, first, &event);
            done = round;
        }
    });
    int both = 0, neither = 0;
    for (int round = 1; round <= kRounds; ++round) {
        first = api_->epoll_create1(0);
        second = api_->epoll_create1(0);
        begun = round;
        int result = api_->epoll_ctl(first, EPOLL_CTL_ADD, second, &event);
        while (done < round) {
            std::this_thread::yield();
        }
        both += result == 0 && other_result == 0;
        neither += result != 0 && other_result != 0;
        api_->close(first);
        api_->close(second);
    }
    other.join();
    EXPECT_EQ(0, both);
    EXPECT_EQ(0, neither);
}

TEST_P(UserEpoll, sockets_close_while_it_waits) {
    std::atomic<bool> ends{false};
    std::thread waiter([&] {
        struct epoll_event found;
        while (!ends) {
            api_->epoll_wait(epoll_, &found, 1, 1);
        }
    });
    for (int i = 0; i < 300; ++i) {
        int client, server;
        Connected(SOCK_STREAM, &client, &server);
        EXPECT_EQ(0, Control(EPOLL_CTL_ADD, server, EPOLLIN | EPOLLOUT, 9));
        SendAll(client, "x");
        if (i % 2 == 0) {
            EXPECT_EQ(0, Control(EPOLL_CTL_DEL, server, 0));
        }
        Close(server);
        Close(client);
    }
    ends = true;
    waiter.join();
}

RUN_WITH_INTERNET_AND_LOCAL_SOCKETS(UserPoll);
RUN_WITH_INTERNET_AND_LOCAL_SOCKETS(UserEpoll);

TEST(OurSets, hold_descriptors) {
    reseau_ufd_set set;
    reseau_ufd_zero(&set);
    EXPECT_FALSE(reseau_ufd_has(5, &set));
    for (int i = 0; i < RESEAU_UFD_SETSIZE + 5; ++i) {
        reseau_ufd_add(RESEAU_USOCKET_FIRST + i, &set);
        reseau_ufd_add(RESEAU_USOCKET_FIRST + i, &set);
    }
    EXPECT_EQ(unsigned{RESEAU_UFD_SETSIZE}, set.count);
    EXPECT_TRUE(reseau_ufd_has(RESEAU_USOCKET_FIRST, &set));
    reseau_ufd_remove(RESEAU_USOCKET_FIRST, &set);
    reseau_ufd_remove(RESEAU_USOCKET_FIRST, &set);
    EXPECT_FALSE(reseau_ufd_has(RESEAU_USOCKET_FIRST, &set));
    EXPECT_EQ(unsigned{RESEAU_UFD_SETSIZE - 1}, set.count);
}

/* An epoll descriptor of ours, and a descriptor of the system's that is notified. */
class SystemsLoop : public ::testing::Test {
  protected:
    void SetUp() override {
        ASSERT_EQ(0, reseau_usocketpair(AF_UNIX, SOCK_STREAM, 0, ends_));
        struct epoll_event event = {};
        event.events = EPOLLIN;
        ASSERT_EQ(0, reseau_uepoll_ctl(epoll_, EPOLL_CTL_ADD, ends_[0], &event));
        ASSERT_LE(0, signal_);
    }

    ~SystemsLoop() override {
        for (int one : {ends_[0], ends_[1], epoll_}) {
            reseau_uclose(one);
        }
    }

    bool IsReadable(int timeout) {
        return system_is_readable(signal_, timeout);
    }

    int Wait() {
        struct epoll_event found;
        return reseau_uepoll_wait(epoll_, &found, 1, 0);
    }

    int ends_[2] = {};
    int epoll_ = reseau_uepoll_create1(EPOLL_CLOEXEC);
    int signal_ = reseau_uepoll_descriptor(epoll_);
};

TEST_F(SystemsLoop, is_notified_of_what_becomes_ready_after_nothing_was) {
    char room[8];
    for (int i = 0; i < 3; ++i) {
        EXPECT_EQ(0, Wait());
        EXPECT_FALSE(IsReadable(0));
        std::thread sender([&] { EXPECT_EQ(1, reseau_usend(ends_[1], "x", 1, 0)); });
        EXPECT_TRUE(IsReadable(60000));
        sender.join();
        EXPECT_EQ(1, Wait());
        EXPECT_EQ(1, Wait());
        EXPECT_EQ(1, reseau_urecv(ends_[0], room, sizeof(room), 0));
        EXPECT_EQ(0, Wait());
        EXPECT_FALSE(IsReadable(0));
    }
    EXPECT_EQ(signal_, reseau_uepoll_descriptor(epoll_));
}

TEST_F(SystemsLoop, misses_nothing_while_another_thread_sends) {
    const int count = 20000;
    std::thread sender([&] {
        for (int i = 0; i < count; ++i) {
            EXPECT_EQ(1, reseau_usend(ends_[1], "x", 1, 0));
        }
    });
    int received = 0;
    while (received < count) {
        if (Wait() == 0) {
            ASSERT_TRUE(IsReadable(60000));
            continue;
        }
        char room[64];
        received += static_cast<int>(reseau_urecv(ends_[0], room, sizeof(room), 0));
    }
    sender.join();
}

TEST_F(SystemsLoop, is_of_epoll_descriptors_alone) {
    EXPECT_FAILS(EINVAL, reseau_uepoll_descriptor(ends_[0]));
    EXPECT_FAILS(EBADF, reseau_uepoll_descriptor(-1));
    EXPECT_FAILS(EBADF, reseau_uepoll_descriptor(signal_));
}

} // namespace
