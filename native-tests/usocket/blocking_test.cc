/* SPDX-License-Identifier: Apache-2.0 */
/* Calls that wait: how long, and what ends them. */
#include "usocket/either.h"

#include <csignal>

namespace {

using Clock = std::chrono::steady_clock;

int64_t MillisecondsSince(Clock::time_point began) {
    return std::chrono::duration_cast<std::chrono::milliseconds>(Clock::now() - began).count();
}

class UserBlocking : public EitherSockets {
  protected:
    void SetUp() override {
        Connected(SOCK_STREAM, &client_, &server_);
    }

    int client_ = -1;
    int server_ = -1;
};

TEST_P(UserBlocking, a_receive_waits_for_its_time_only) {
    SetTimeout(server_, SO_RCVTIMEO, 30);
    auto began = Clock::now();
    EXPECT_EQ("EAGAIN", Receive(server_));
    EXPECT_LE(30, MillisecondsSince(began));
    SendAll(client_, "abc");
    EXPECT_EQ("abc", ReceiveAll(server_, 10)) << "what has come by then";
}

TEST_P(UserBlocking, a_send_waits_for_its_time_only) {
    SetTimeout(client_, SO_SNDTIMEO, 30);
    size_t filled = Fill(client_);
    auto began = Clock::now();
    ssize_t sent;
    while ((sent = api_->send(client_, "x", 1, MSG_NOSIGNAL)) == 1) { /* the kernel's TCP has made room once more */
        ++filled;
        began = Clock::now();
    }
    EXPECT_EQ(-1, sent);
    EXPECT_EQ("EAGAIN", Error());
    EXPECT_LE(30, MillisecondsSince(began));
    EXPECT_EQ(filled, ReceiveAll(server_, filled).size());
}

TEST_P(UserBlocking, a_send_whose_time_is_up_says_how_much_was_taken) {
    SetTimeout(client_, SO_SNDTIMEO, 30);
    std::string large(8000000, 'x');
    ssize_t sent = api_->send(client_, large.data(), large.size(), MSG_NOSIGNAL);
    EXPECT_LT(0, sent);
    EXPECT_GT(static_cast<ssize_t>(large.size()), sent);
    EXPECT_EQ(static_cast<size_t>(sent), ReceiveAll(server_, static_cast<size_t>(sent)).size());
    EXPECT_EQ("EAGAIN", Receive(server_, 1, MSG_DONTWAIT));
}

TEST_P(UserBlocking, an_accept_waits_for_its_time_only) {
    SocketName name;
    int listener = Listener(SOCK_STREAM, 1, &name);
    SetTimeout(listener, SO_RCVTIMEO, 30);
    auto began = Clock::now();
    EXPECT_FAILS(EAGAIN, api_->accept(listener, nullptr, nullptr));
    EXPECT_LE(30, MillisecondsSince(began));
}

TEST_P(UserBlocking, a_datagram_is_waited_for_only_so_long) {
    int receiver = Socket(SOCK_DGRAM);
    Bind(receiver);
    SetTimeout(receiver, SO_RCVTIMEO, 30);
    EXPECT_EQ("EAGAIN", Receive(receiver));
}

TEST_P(UserBlocking, a_connect_waits_for_its_time_only) {
    if (IsKernel()) {
        GTEST_SKIP() << "a connection that waits is hard to have there";
    }
    SocketName name;
    Listener(SOCK_STREAM, 1, &name);
    Connect(SOCK_STREAM, name);
    int late = Socket(SOCK_STREAM);
    SetTimeout(late, SO_SNDTIMEO, 20);
    EXPECT_FAILS(EINPROGRESS, api_->connect(late, name.Address(), name.length));
    EXPECT_FAILS(EINPROGRESS, api_->connect(late, name.Address(), name.length));
}

#if !defined(_WIN32)
/* A thread that waits, and the handler of a signal that interrupts it. */
class Interrupted {
  public:
    template <class Call> explicit Interrupted(Call call) {
        struct sigaction action = {};
        action.sa_handler = [](int) {};
        sigaction(SIGUSR1, &action, &before_);
        thread_ = std::thread([this, call] {
            call();
            isDone_ = true;
        });
    }

    /* Sends signals until the call has ended. */
    ~Interrupted() {
        while (!isDone_) {
            pthread_kill(thread_.native_handle(), SIGUSR1);
            std::this_thread::yield();
        }
        thread_.join();
        sigaction(SIGUSR1, &before_, nullptr);
    }

  private:
    struct sigaction before_ = {};
    std::atomic<bool> isDone_{false};
    std::thread thread_;
};

TEST_P(UserBlocking, a_signal_interrupts_each_call_that_waits) {
    SocketName name;
    int listener = Listener(SOCK_STREAM, 1, &name);
    size_t filled = Fill(client_);
    EXPECT_LT(0u, filled);
    int epoll = Keep(api_->epoll_create1(0));
    std::vector<int> errors(5, 0);
    {
        Interrupted receiving([&] {
            char room[1];
            errors[0] = api_->recv(client_, room, 1, 0) < 0 ? errno : 0;
        });
        Interrupted sending([&] {
            while (api_->send(client_, "x", 1, MSG_NOSIGNAL) > 0) {
            }
            errors[1] = errno;
        });
        Interrupted accepting([&] { errors[2] = api_->accept(listener, nullptr, nullptr) < 0 ? errno : 0; });
        Interrupted polling([&] {
            struct pollfd one = {client_, POLLIN, 0};
            errors[3] = api_->poll(&one, 1, -1) < 0 ? errno : 0;
        });
        Interrupted waiting([&] {
            struct epoll_event event;
            errors[4] = api_->epoll_wait(epoll, &event, 1, -1) < 0 ? errno : 0;
        });
    }
    EXPECT_EQ(std::vector<int>(5, EINTR), errors);
}

TEST_P(UserBlocking, an_interrupted_receive_returns_what_has_come) {
    SendAll(client_, "abc");
    std::string received;
    {
        Interrupted receiving([&] { received = ReceiveAll(server_, 10); });
    }
    EXPECT_EQ("abc", received);
}

TEST_P(UserBlocking, a_signal_whose_handler_restarts_calls_interrupts_none) {
    static std::atomic<int> handled;
    handled = 0;
    struct sigaction action = {}, before;
    action.sa_handler = [](int) { ++handled; };
    action.sa_flags = SA_RESTART;
    sigaction(SIGUSR1, &action, &before);
    std::string received;
    std::thread receiver([&] { received = Receive(server_); });
    while (handled < 5) {
        pthread_kill(receiver.native_handle(), SIGUSR1);
        std::this_thread::yield();
    }
    SendAll(client_, "data");
    receiver.join();
    sigaction(SIGUSR1, &before, nullptr);
    EXPECT_EQ("data", received);
}
#endif

TEST_P(UserBlocking, the_peers_close_ends_a_send_that_waits) {
    Fill(client_);
    int error = 0;
    std::thread sender([&] {
        std::string large(1000000, 'x');
        while (api_->send(client_, large.data(), large.size(), MSG_NOSIGNAL) > 0) {
        }
        error = errno;
    });
    Close(server_);
    sender.join();
    EXPECT_TRUE(error == ECONNRESET || error == EPIPE) << strerrorname_np(error);
}

TEST_P(UserBlocking, closing_ends_calls_that_wait) {
    if (IsKernel()) {
        GTEST_SKIP() << "the kernel's calls go on waiting";
    }
    SocketName name;
    int listener = Listener(SOCK_STREAM, 1, &name);
    int receiver = Socket(SOCK_DGRAM);
    Bind(receiver);
    Fill(client_);
    int epoll = Keep(api_->epoll_create1(0));
    std::vector<int> errors(5, 0);
    std::vector<std::thread> threads;
    int quiet[2];
    ASSERT_EQ(0, api_->socketpair(AF_UNIX, SOCK_STREAM, 0, quiet));
    Keep(quiet[0]);
    Keep(quiet[1]);
    threads.emplace_back([&] { errors[0] = Receive(quiet[0]) == "EBADF" ? EBADF : 0; });
    threads.emplace_back([&] { errors[1] = api_->send(client_, "x", 1, MSG_NOSIGNAL) < 0 ? errno : 0; });
    threads.emplace_back([&] { errors[2] = api_->accept(listener, nullptr, nullptr) < 0 ? errno : 0; });
    threads.emplace_back([&] { errors[3] = Receive(receiver) == "EBADF" ? EBADF : 0; });
    threads.emplace_back([&] {
        struct epoll_event event;
        errors[4] = api_->epoll_wait(epoll, &event, 1, -1) < 0 ? errno : 0;
    });
    // Some have begun to wait by now, others have not: the result is the same.
    for (int one : {listener, receiver, epoll, quiet[0], server_, client_}) {
        Close(one);
    }
    for (std::thread &thread : threads) {
        thread.join();
    }
    // Whoever comes first of the two ends of the connection, the other may learn of that instead.
    EXPECT_TRUE(errors[1] == EBADF || errors[1] == EPIPE || errors[1] == ECONNRESET) << errors[1];
    errors[1] = EBADF;
    EXPECT_EQ(std::vector<int>(5, EBADF), errors);
}

TEST_P(UserBlocking, a_poll_ends_when_what_it_waits_for_is_closed) {
    if (IsKernel()) {
        GTEST_SKIP() << "the kernel's calls go on waiting";
    }
    int events = 0;
    std::thread poller([&] { events = Poll(server_, POLLIN, -1); });
    Close(server_);
    poller.join();
    EXPECT_EQ(POLLNVAL, events);
}

TEST_P(UserBlocking, several_threads_wait_for_one_stream) {
    std::vector<std::thread> readers;
    std::atomic<int> got{0};
    for (int i = 0; i < 4; ++i) {
        readers.emplace_back([&] {
            char letter;
            while (api_->recv(server_, &letter, 1, 0) == 1) {
                ++got;
            }
        });
    }
    for (int i = 0; i < 400; ++i) {
        SendAll(client_, "x");
    }
    EXPECT_EQ(0, api_->shutdown(client_, SHUT_WR));
    for (std::thread &reader : readers) {
        reader.join();
    }
    EXPECT_EQ(400, got);
}

TEST_P(UserBlocking, round_trips_lose_no_wake_up) {
    const int total = 5000;
    std::thread echo([&] {
        char letter;
        while (api_->recv(server_, &letter, 1, 0) == 1) {
            EXPECT_EQ(1, api_->send(server_, &letter, 1, MSG_NOSIGNAL));
        }
    });
    for (int i = 0; i < total; ++i) {
        char letter = static_cast<char>(i);
        ASSERT_EQ(1, api_->send(client_, &letter, 1, MSG_NOSIGNAL));
        ASSERT_EQ(1, api_->recv(client_, &letter, 1, 0));
        ASSERT_EQ(static_cast<char>(i), letter);
    }
    EXPECT_EQ(0, api_->shutdown(client_, SHUT_WR));
    echo.join();
}

RUN_WITH_INTERNET_AND_LOCAL_SOCKETS(UserBlocking);

} // namespace
