/* SPDX-License-Identifier: Apache-2.0 */
#include <reseau/completion.h>
#include <reseau/connection.h>

#include "support/synchronisation.h"

#include <gtest/gtest.h>

#include <fcntl.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <string>
#include <thread>
#include <vector>

namespace {

using Clock = std::chrono::steady_clock;

constexpr int64_t kMinute = INT64_C(60'000'000'000);

/* A queue with one end of some pairs of sockets in it; the token of each is its number, from 1 on. */
class Completions : public ::testing::Test {
  protected:
    void SetUp() override {
        queue_ = reseau_completions_new(0);
        ASSERT_GT(queue_, 0);
        memory_ = static_cast<const char *>(reseau_completions_memory(queue_, &size_));
        ASSERT_NE(nullptr, memory_);
    }

    void TearDown() override {
        EXPECT_EQ(0, reseau_close(queue_));
        EXPECT_EQ(0, reseau_wait_closed(queue_, RESEAU_FOREVER));
        for (int descriptor : descriptors_) {
            close(descriptor);
        }
    }

    /* The descriptors: the queue's, and the other. */
    std::pair<int, int> AddPair(int events) {
        int ends[2];
        EXPECT_EQ(0, socketpair(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK, 0, ends));
        descriptors_.insert(descriptors_.end(), {ends[0], ends[1]});
        EXPECT_EQ(0, reseau_completions_add(queue_, ends[0], events, ++tokens_));
        return {ends[0], ends[1]};
    }

    std::vector<reseau_completion> Wait(int64_t timeout_ns = kMinute, size_t capacity = 64) {
        std::vector<reseau_completion> completions(capacity);
        int count = reseau_completions_wait(queue_, completions.data(), capacity, timeout_ns);
        EXPECT_GE(count, 0);
        completions.resize(count > 0 ? static_cast<size_t>(count) : 0);
        return completions;
    }

    /* As often as there is nothing to report before the time has passed. */
    std::vector<reseau_completion> WaitForSome(size_t capacity = 64) {
        const Clock::time_point end = Clock::now() + std::chrono::minutes(1);
        std::vector<reseau_completion> completions;
        while (completions.empty() && Clock::now() < end) {
            completions = Wait(kMinute, capacity);
        }
        return completions;
    }

    std::string BytesOf(const reseau_completion &completion) {
        EXPECT_LE(completion.offset + completion.length, size_);
        return std::string(memory_ + completion.offset, completion.length);
    }

    reseau_id queue_ = 0;
    const char *memory_ = nullptr;
    size_t size_ = 0;
    uint64_t tokens_ = 0;
    std::vector<int> descriptors_;
};

TEST_F(Completions, OneWaitBringsTheBytesOfAllThatHaveSome) {
    std::vector<std::pair<int, int>> pairs;
    for (int i = 0; i < 8; ++i) {
        pairs.push_back(AddPair(RESEAU_RECEIVE));
        std::string text = "number " + std::to_string(i + 1);
        ASSERT_EQ(static_cast<ssize_t>(text.size()), send(pairs.back().second, text.data(), text.size(), 0));
    }
    std::vector<reseau_completion> completions = Wait();
    ASSERT_EQ(8u, completions.size());
    for (const reseau_completion &completion : completions) {
        EXPECT_EQ(RESEAU_RECEIVE, completion.events);
        EXPECT_EQ(0, completion.error);
        EXPECT_EQ("number " + std::to_string(completion.token), BytesOf(completion));
    }
    EXPECT_TRUE(Wait(0).empty());
}

TEST_F(Completions, EachHasItsOwnFateInOneWait) {
    for (int i = 0; i < 8; ++i) {
        std::pair<int, int> ends = AddPair(RESEAU_RECEIVE);
        if (i == 2) {
            shutdown(ends.second, SHUT_WR);
        } else if (i == 5) {
            /* Nothing comes to this one; it is asked to report room. */
            ASSERT_EQ(0, reseau_completions_change(queue_, ends.first, RESEAU_RECEIVE));
        } else {
            std::string text(static_cast<size_t>(i) * 500 + 1, static_cast<char>('a' + i));
            ASSERT_EQ(static_cast<ssize_t>(text.size()), send(ends.second, text.data(), text.size(), 0));
        }
    }
    std::vector<reseau_completion> completions = Wait();
    ASSERT_EQ(7u, completions.size());
    for (const reseau_completion &completion : completions) {
        const size_t i = completion.token - 1;
        EXPECT_EQ(RESEAU_RECEIVE, completion.events);
        EXPECT_EQ(0, completion.error);
        EXPECT_NE(5u, i);
        EXPECT_EQ(i == 2 ? "" : std::string(i * 500 + 1, static_cast<char>('a' + i)), BytesOf(completion));
    }
    EXPECT_TRUE(Wait(0).empty());
}

TEST_F(Completions, AReceiveThatFindsNothingIsNotReported) {
    std::vector<std::pair<int, int>> pairs;
    for (int i = 0; i < 6; ++i) {
        pairs.push_back(AddPair(RESEAU_RECEIVE));
        ASSERT_EQ(1, send(pairs.back().second, "x", 1, 0));
    }
    /* Somebody else takes what the queue would receive. */
    char taken;
    ASSERT_EQ(1, recv(pairs[1].first, &taken, 1, 0));
    ASSERT_EQ(1, recv(pairs[4].first, &taken, 1, 0));
    std::vector<reseau_completion> completions = Wait();
    ASSERT_EQ(4u, completions.size());
    for (const reseau_completion &completion : completions) {
        EXPECT_TRUE(completion.token != 2 && completion.token != 5) << completion.token;
        EXPECT_EQ("x", BytesOf(completion));
    }
    ASSERT_EQ(1, send(pairs[1].second, "y", 1, 0));
    completions = WaitForSome();
    ASSERT_EQ(1u, completions.size());
    EXPECT_EQ(2u, completions[0].token);
    EXPECT_EQ("y", BytesOf(completions[0]));
}

/* Room for a receive is what came before: a message must not be cut in two each time because its last part was short.
 */
TEST_F(Completions, MessagesOfOneSizeComeWholeAfterTheFirst) {
    const std::vector<size_t> sizes = {3000, 6000, 16384, 40000};
    std::vector<std::pair<int, int>> pairs;
    for (size_t i = 0; i < 2 * sizes.size(); ++i) {
        pairs.push_back(AddPair(RESEAU_RECEIVE));
    }
    for (int round = 0; round < 12; ++round) {
        for (size_t i = 0; i < pairs.size(); ++i) {
            const std::string message(sizes[i % sizes.size()], 'm');
            ASSERT_EQ(static_cast<ssize_t>(message.size()), send(pairs[i].second, message.data(), message.size(), 0));
        }
        std::vector<size_t> left(pairs.size());
        for (size_t i = 0; i < left.size(); ++i) {
            left[i] = sizes[i % sizes.size()];
        }
        while (std::any_of(left.begin(), left.end(), [](size_t one) { return one > 0; })) {
            std::vector<reseau_completion> completions = WaitForSome();
            ASSERT_FALSE(completions.empty());
            for (const reseau_completion &completion : completions) {
                size_t &one = left[completion.token - 1];
                ASSERT_LE(completion.length, one);
                EXPECT_TRUE(round == 0 || completion.length == one) << completion.length << " of " << one;
                one -= completion.length;
            }
        }
    }
}

TEST_F(Completions, ManyLongStreamsComeWhole) {
    constexpr size_t kStreams = 6;
    constexpr size_t kBytes = 400'000;
    std::vector<int> peers;
    for (size_t i = 0; i < kStreams; ++i) {
        peers.push_back(AddPair(RESEAU_RECEIVE).second);
    }
    auto byte_at = [](size_t stream, size_t at) { return static_cast<char>(at * 7 + at / 251 + stream); };
    std::vector<std::string> received(kStreams);
    std::vector<size_t> sent(kStreams);
    size_t ended = 0;
    for (bool is_first = true; ended < kStreams; is_first = false) {
        for (size_t i = 0; i < kStreams; ++i) {
            std::string part;
            for (size_t at = sent[i]; at < std::min(kBytes, sent[i] + (is_first ? 100 : 90'000)); ++at) {
                part.push_back(byte_at(i, at));
            }
            ssize_t count = part.empty() ? 0 : send(peers[i], part.data(), part.size(), MSG_NOSIGNAL);
            sent[i] += count > 0 ? static_cast<size_t>(count) : 0;
            if (sent[i] == kBytes) {
                shutdown(peers[i], SHUT_WR);
            }
        }
        for (const reseau_completion &completion : Wait(1'000'000)) {
            ASSERT_EQ(0, completion.error);
            ended += completion.length == 0 ? 1 : 0;
            received.at(completion.token - 1) += BytesOf(completion);
        }
    }
    for (size_t i = 0; i < kStreams; ++i) {
        ASSERT_EQ(kBytes, received[i].size());
        for (size_t at = 0; at < kBytes; ++at) {
            ASSERT_EQ(byte_at(i, at), received[i][at]) << i << " " << at;
        }
    }
}

TEST_F(Completions, SendsGoToEachWhatThereIsRoomFor) {
    std::vector<std::pair<int, int>> pairs;
    std::vector<std::string> texts;
    std::vector<reseau_completion_send> sends;
    for (int i = 0; i < 300; ++i) {
        pairs.push_back(AddPair(0));
        texts.push_back("to number " + std::to_string(i));
    }
    std::string large(4'000'000, 'x');
    close(pairs[7].second);
    for (int i = 0; i < 300; ++i) {
        const std::string &data = i == 3 ? large : texts[static_cast<size_t>(i)];
        sends.push_back({data.data(), data.size(), pairs[static_cast<size_t>(i)].first, -1, 12345});
    }
    ASSERT_EQ(0, reseau_completions_send(queue_, sends.data(), sends.size()));
    std::string room(64, '\0');
    for (size_t i = 0; i < sends.size(); ++i) {
        if (i == 3) {
            EXPECT_EQ(0, sends[i].error);
            EXPECT_LT(0u, sends[i].sent);
            EXPECT_GT(large.size(), sends[i].sent);
        } else if (i == 7) {
            EXPECT_EQ(EPIPE, sends[i].error);
            EXPECT_EQ(0u, sends[i].sent);
        } else {
            EXPECT_EQ(0, sends[i].error);
            ASSERT_EQ(texts[i].size(), sends[i].sent);
            ASSERT_EQ(static_cast<ssize_t>(texts[i].size()), recv(pairs[i].second, &room[0], room.size(), 0));
            EXPECT_EQ(texts[i], room.substr(0, texts[i].size()));
        }
    }

    /* No room is no error. */
    reseau_completion_send full = {large.data(), large.size(), pairs[3].first, -1, 12345};
    ASSERT_EQ(0, reseau_completions_send(queue_, &full, 1));
    EXPECT_EQ(0, full.error);
    EXPECT_EQ(0u, full.sent);
    descriptors_.erase(std::find(descriptors_.begin(), descriptors_.end(), pairs[7].second));
}

/* The system's way to do many at once belongs to the thread that was the first: others do without. */
TEST_F(Completions, AnotherThreadReceivesAndSendsAsWell) {
    std::vector<std::pair<int, int>> pairs;
    for (int i = 0; i < 8; ++i) {
        pairs.push_back(AddPair(RESEAU_RECEIVE));
    }
    auto round = [&] {
        std::vector<reseau_completion_send> sends;
        for (const std::pair<int, int> &ends : pairs) {
            sends.push_back({"x", 1, ends.second, -1, 0});
        }
        EXPECT_EQ(0, reseau_completions_send(queue_, sends.data(), sends.size()));
        for (const reseau_completion_send &send : sends) {
            EXPECT_EQ(0, send.error);
            EXPECT_EQ(1u, send.sent);
        }
        std::vector<reseau_completion> completions = Wait();
        EXPECT_EQ(pairs.size(), completions.size());
        for (const reseau_completion &completion : completions) {
            EXPECT_EQ("x", BytesOf(completion));
        }
    };
    round();
    std::thread(round).join();
    round();
}

TEST_F(Completions, WhatHasNoRoomInTheArrayComesNext) {
    for (int i = 0; i < 5; ++i) {
        ASSERT_EQ(1, send(AddPair(RESEAU_RECEIVE).second, "x", 1, 0));
    }
    std::vector<bool> seen(6);
    for (int left = 5; left > 0;) {
        std::vector<reseau_completion> completions = WaitForSome(2);
        ASSERT_GE(2u, completions.size());
        ASSERT_LT(0u, completions.size());
        for (const reseau_completion &completion : completions) {
            EXPECT_FALSE(seen.at(completion.token));
            seen.at(completion.token) = true;
            --left;
        }
    }
}

TEST_F(Completions, LongStreamsComeWholeAndThenTheirEnd) {
    std::pair<int, int> ends = AddPair(RESEAU_RECEIVE);
    ASSERT_EQ(0, fcntl(ends.second, F_SETFL, 0));
    std::string sent(3'000'000, '\0');
    for (size_t i = 0; i < sent.size(); ++i) {
        sent[i] = static_cast<char>(i * 7 + i / 251);
    }
    std::thread writer([&] {
        for (size_t done = 0; done < sent.size();) {
            ssize_t count = send(ends.second, sent.data() + done, sent.size() - done, MSG_NOSIGNAL);
            ASSERT_GT(count, 0);
            done += static_cast<size_t>(count);
        }
        shutdown(ends.second, SHUT_WR);
    });
    std::string received;
    for (bool has_ended = false; !has_ended;) {
        for (const reseau_completion &completion : WaitForSome()) {
            ASSERT_EQ(0, completion.error);
            has_ended = completion.length == 0;
            received += BytesOf(completion);
        }
    }
    writer.join();
    EXPECT_EQ(sent, received);
    EXPECT_TRUE(Wait(1'000'000).empty());
}

TEST_F(Completions, AResetIsItsErrorOnce) {
    int listener = socket(AF_INET, SOCK_STREAM, 0);
    struct sockaddr_storage address = {};
    socklen_t length = sizeof(address);
    ASSERT_EQ(0, listen(listener, 1));
    ASSERT_EQ(0, getsockname(listener, reinterpret_cast<struct sockaddr *>(&address), &length));
    int client = socket(AF_INET, SOCK_STREAM, 0);
    ASSERT_EQ(0, connect(client, reinterpret_cast<struct sockaddr *>(&address), length));
    int server = accept4(listener, nullptr, nullptr, SOCK_NONBLOCK);
    ASSERT_GE(server, 0);
    descriptors_.insert(descriptors_.end(), {listener, server});
    ASSERT_EQ(0, reseau_completions_add(queue_, server, RESEAU_RECEIVE, 9));
    struct linger linger = {1, 0};
    ASSERT_EQ(0, setsockopt(client, SOL_SOCKET, SO_LINGER, &linger, sizeof(linger)));
    close(client);
    std::vector<reseau_completion> completions = WaitForSome();
    ASSERT_EQ(1u, completions.size());
    EXPECT_EQ(9u, completions[0].token);
    EXPECT_EQ(ECONNRESET, completions[0].error);
    EXPECT_EQ(0u, completions[0].length);
    EXPECT_TRUE(Wait(1'000'000).empty());
}

TEST_F(Completions, ReceivingStopsAndGoesOn) {
    std::pair<int, int> ends = AddPair(0);
    ASSERT_EQ(3, send(ends.second, "abc", 3, 0));
    EXPECT_TRUE(Wait(1'000'000).empty());
    ASSERT_EQ(0, reseau_completions_change(queue_, ends.first, RESEAU_RECEIVE));
    std::vector<reseau_completion> completions = WaitForSome();
    ASSERT_EQ(1u, completions.size());
    EXPECT_EQ("abc", BytesOf(completions[0]));
    ASSERT_EQ(0, reseau_completions_change(queue_, ends.first, 0));
    ASSERT_EQ(3, send(ends.second, "def", 3, 0));
    EXPECT_TRUE(Wait(1'000'000).empty());
    ASSERT_EQ(0, reseau_completions_change(queue_, ends.first, RESEAU_RECEIVE));
    completions = WaitForSome();
    ASSERT_EQ(1u, completions.size());
    EXPECT_EQ("def", BytesOf(completions[0]));
}

TEST_F(Completions, RoomIsReportedWhenItComesAfterItWasAskedFor) {
    std::pair<int, int> ends = AddPair(RESEAU_RECEIVE);
    EXPECT_TRUE(Wait(0).empty());
    std::string block(65536, 'x');
    while (send(ends.first, block.data(), block.size(), MSG_NOSIGNAL) > 0) {
    }
    ASSERT_EQ(EAGAIN, errno);
    ASSERT_EQ(0, reseau_completions_change(queue_, ends.first, RESEAU_RECEIVE | RESEAU_WRITABLE));
    EXPECT_TRUE(Wait(1'000'000).empty());
    while (recv(ends.second, &block[0], block.size(), 0) > 0) {
    }
    std::vector<reseau_completion> completions = WaitForSome();
    ASSERT_EQ(1u, completions.size());
    EXPECT_EQ(RESEAU_WRITABLE, completions[0].events);
}

TEST_F(Completions, ReadableIsReportedEdgeByEdge) {
    std::pair<int, int> ends = AddPair(RESEAU_READABLE);
    ASSERT_EQ(1, send(ends.second, "x", 1, 0));
    std::vector<reseau_completion> completions = WaitForSome();
    ASSERT_EQ(1u, completions.size());
    EXPECT_EQ(RESEAU_READABLE, completions[0].events);
    EXPECT_TRUE(Wait(1'000'000).empty());
    ASSERT_EQ(1, send(ends.second, "x", 1, 0));
    EXPECT_EQ(1u, WaitForSome().size());
}

TEST_F(Completions, NothingComesOfWhatWasRemoved) {
    std::pair<int, int> first = AddPair(RESEAU_RECEIVE);
    std::pair<int, int> second = AddPair(RESEAU_RECEIVE);
    ASSERT_EQ(1, send(first.second, "x", 1, 0));
    ASSERT_EQ(1, send(second.second, "y", 1, 0));

    // Both are found, one is reported; the other has been removed by the next call.
    std::vector<reseau_completion> completions = WaitForSome(1);
    ASSERT_EQ(1u, completions.size());
    int other = completions[0].token == 1 ? second.first : first.first;
    ASSERT_EQ(0, reseau_completions_remove(queue_, other));
    EXPECT_TRUE(Wait(1'000'000).empty());
    EXPECT_EQ(RESEAU_ERROR_INVALID_ARGUMENT, reseau_completions_remove(queue_, other));
    EXPECT_EQ(RESEAU_ERROR_INVALID_ARGUMENT, reseau_completions_change(queue_, other, RESEAU_RECEIVE));
    ASSERT_EQ(0, reseau_completions_add(queue_, other, RESEAU_RECEIVE, 7));
    completions = WaitForSome();
    ASSERT_EQ(1u, completions.size());
    EXPECT_EQ(7u, completions[0].token);
}

TEST_F(Completions, AStopAndAPostedFunctionEndTheWait) {
    std::thread other([&] { EXPECT_EQ(0, reseau_loop_stop(queue_)); });
    EXPECT_TRUE(Wait().empty());
    other.join();

    struct Posted {
        reseau_id queue;
        int descriptor;
        int result;
    } posted = {queue_, AddPair(0).first, 1};
    ASSERT_EQ(
        0,
        reseau_post(
            queue_,
            [](void *state, int) {
                Posted *self = static_cast<Posted *>(state);
                self->result = reseau_completions_remove(self->queue, self->descriptor);
            },
            &posted));
    EXPECT_TRUE(Wait().empty());
    EXPECT_EQ(0, posted.result);
}

TEST_F(Completions, TheTimeOfAWaitPasses) {
    const Clock::time_point start = Clock::now();
    while (Clock::now() - start < std::chrono::milliseconds(20)) {
        auto rest = std::chrono::milliseconds(20) - (Clock::now() - start);
        EXPECT_TRUE(Wait(std::chrono::duration_cast<std::chrono::nanoseconds>(rest).count() + 1).empty());
    }
    EXPECT_LT(Clock::now() - start, std::chrono::seconds(30));
}

TEST_F(Completions, RepliesComeToAWaitThatExpectsThem) {
    auto [descriptor, peer] = AddPair(RESEAU_RECEIVE);
    constexpr int kMessages = 2000;
    std::thread echo([peer = peer] {
        fcntl(peer, F_SETFL, fcntl(peer, F_GETFL) & ~O_NONBLOCK);
        char byte;
        while (recv(peer, &byte, 1, 0) == 1 && send(peer, &byte, 1, MSG_NOSIGNAL) == 1) {
        }
    });
    for (int i = 0; i < kMessages; ++i) {
        const char sent = static_cast<char>(i);
        ASSERT_EQ(1, send(descriptor, &sent, 1, 0));
        reseau_completion completion;
        int count = 0;
        while (count == 0) {
            count = reseau_completions_wait_for_reply(queue_, &completion, 1, kMinute);
        }
        ASSERT_EQ(1, count);
        ASSERT_EQ(1u, completion.length);
        ASSERT_EQ(sent, memory_[completion.offset]);
    }
    ASSERT_EQ(0, shutdown(descriptor, SHUT_WR));
    echo.join();
}

TEST_F(Completions, AStopEndsAWaitThatExpectsReplies) {
    std::thread other;
    for (int i = 0; i < 100; ++i) {
        other = std::thread([this] { EXPECT_EQ(0, reseau_loop_stop(queue_)); });
        reseau_completion completion;
        EXPECT_EQ(0, reseau_completions_wait_for_reply(queue_, &completion, 1, kMinute));
        other.join();
    }
}

TEST_F(Completions, OneThreadAtATime) {
    int descriptor = AddPair(0).first;
    reseau_completion completion;
    Signal started;
    std::thread other([&] {
        started.Raise();
        int result = 0;
        while (result == 0 || result == RESEAU_ERROR_BUSY) {
            result = reseau_completions_wait(queue_, &completion, 1, kMinute);
        }
        EXPECT_EQ(1, result);
    });
    ASSERT_TRUE(started.Wait());
    while (reseau_completions_change(queue_, descriptor, 0) != RESEAU_ERROR_BUSY) {
    }
    ASSERT_EQ(1, send(descriptors_[1], "x", 1, 0));
    EXPECT_EQ(RESEAU_ERROR_BUSY, reseau_completions_wait(queue_, &completion, 1, 0));

    // Only the thread that is in the wait may ask for more: through a posted function.
    struct Posted {
        reseau_id queue;
        int descriptor;
    } posted = {queue_, descriptor};
    ASSERT_EQ(
        0,
        reseau_post(
            queue_,
            [](void *state, int) {
                Posted *self = static_cast<Posted *>(state);
                EXPECT_EQ(0, reseau_completions_change(self->queue, self->descriptor, RESEAU_RECEIVE));
            },
            &posted));
    other.join();
}

TEST_F(Completions, BadArgumentsChangeNothing) {
    int descriptor = AddPair(RESEAU_RECEIVE).first;
    reseau_completion completion;
    EXPECT_EQ(RESEAU_ERROR_BUSY, reseau_completions_add(queue_, descriptor, RESEAU_RECEIVE, 2));
    EXPECT_EQ(RESEAU_ERROR_INVALID_ARGUMENT, reseau_completions_add(queue_, -1, RESEAU_RECEIVE, 2));
    EXPECT_EQ(RESEAU_ERROR_INVALID_ARGUMENT, reseau_completions_add(queue_, descriptor, 16, 2));
    EXPECT_EQ(
        RESEAU_ERROR_INVALID_ARGUMENT, reseau_completions_add(queue_, descriptor, RESEAU_RECEIVE | RESEAU_READABLE, 2));
    EXPECT_EQ(RESEAU_ERROR_INVALID_ARGUMENT, reseau_completions_wait(queue_, nullptr, 1, 0));
    EXPECT_EQ(RESEAU_ERROR_INVALID_ARGUMENT, reseau_completions_wait(queue_, &completion, 0, 0));
    EXPECT_EQ(RESEAU_ERROR_INVALID_ARGUMENT, reseau_completions_wait(queue_, &completion, 1, -2));
    EXPECT_EQ(RESEAU_ERROR_INVALID_ARGUMENT, reseau_completions_wait_for_reply(queue_, nullptr, 1, 0));
    EXPECT_EQ(RESEAU_ERROR_BAD_ID, reseau_completions_wait_for_reply(-5, &completion, 1, 0));
    EXPECT_EQ(RESEAU_ERROR_WRONG_KIND, reseau_loop_run(queue_, 0));
    EXPECT_EQ(RESEAU_ERROR_INVALID_ARGUMENT, reseau_completions_new(1));
    reseau_completion_send send = {"x", 1, -1, 7, 7};
    EXPECT_EQ(0, reseau_completions_send(queue_, nullptr, 0));
    EXPECT_EQ(RESEAU_ERROR_INVALID_ARGUMENT, reseau_completions_send(queue_, nullptr, 1));
    EXPECT_EQ(RESEAU_ERROR_INVALID_ARGUMENT, reseau_completions_send(queue_, &send, 1));
    send = {nullptr, 1, descriptor, 7, 7};
    EXPECT_EQ(RESEAU_ERROR_INVALID_ARGUMENT, reseau_completions_send(queue_, &send, 1));
    send = {"x", 1, descriptor, 7, 7};
    EXPECT_EQ(RESEAU_ERROR_BAD_ID, reseau_completions_send(-5, &send, 1));
    EXPECT_EQ(7, send.error);
    EXPECT_EQ(7u, send.sent);
    int file = open("/proc/self/exe", O_RDONLY);
    ASSERT_GE(file, 0);
    EXPECT_EQ(RESEAU_ERROR_SYSTEM, reseau_completions_add(queue_, file, RESEAU_READABLE, 2));
    close(file);

    reseau_id loop = reseau_loop_new();
    EXPECT_EQ(RESEAU_ERROR_WRONG_KIND, reseau_completions_add(loop, descriptor, 0, 1));
    EXPECT_EQ(RESEAU_ERROR_WRONG_KIND, reseau_completions_send(loop, &send, 1));
    EXPECT_EQ(nullptr, reseau_completions_memory(loop, nullptr));
    EXPECT_EQ(0, reseau_close(loop));
    EXPECT_EQ(RESEAU_ERROR_BAD_ID, reseau_completions_wait(-5, &completion, 1, 0));
}

/* What came next began behind the end, with as much room as there is. Found by reading. */
TEST(CompletionQueue, ReceivesNothingBehindTheEndOfItsMemoryWhateverItsSize) {
    constexpr size_t kMostAtATime = 256 * 1024;
    constexpr size_t kLeastRoom = 64 * 1024;
    reseau_id queue = reseau_completions_new(kMostAtATime + kLeastRoom + 1);
    ASSERT_GT(queue, 0);
    size_t size = 0;
    ASSERT_NE(nullptr, reseau_completions_memory(queue, &size));
    EXPECT_GE(size, kMostAtATime + kLeastRoom + 1);

    const std::string content(kMostAtATime, 'x');
    int ends[3][2];
    for (int i = 0; i < 3; ++i) {
        ASSERT_EQ(0, socketpair(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK, 0, ends[i]));
        const int room = 4 * kMostAtATime;
        setsockopt(ends[i][1], SOL_SOCKET, SO_SNDBUF, &room, sizeof(room));
        const size_t length = i == 0 ? kMostAtATime : kLeastRoom + 4096;
        ASSERT_EQ(static_cast<ssize_t>(length), send(ends[i][1], content.data(), length, 0));
        ASSERT_EQ(0, reseau_completions_add(queue, ends[i][0], RESEAU_RECEIVE, static_cast<uint64_t>(i + 1)));
    }

    size_t received = 0;
    while (received < kMostAtATime + 2 * (kLeastRoom + 4096)) {
        reseau_completion completions[3];
        int count = reseau_completions_wait(queue, completions, 3, kMinute);
        ASSERT_GE(count, 0);
        for (int i = 0; i < count; ++i) {
            ASSERT_LE(completions[i].offset + completions[i].length, size);
            received += completions[i].length;
        }
    }
    EXPECT_EQ(0, reseau_close(queue));
    EXPECT_EQ(0, reseau_wait_closed(queue, RESEAU_FOREVER));
    for (auto &pair : ends) {
        close(pair[0]);
        close(pair[1]);
    }
}

TEST(CompletionQueue, ACloseByAnotherThreadEndsTheWait) {
    reseau_id queue = reseau_completions_new(0);
    ASSERT_GT(queue, 0);
    std::thread waiter([&] {
        reseau_completion completion;
        int result = 0;
        while (result == 0) {
            result = reseau_completions_wait(queue, &completion, 1, kMinute);
        }
        EXPECT_TRUE(result == RESEAU_ERROR_LOOP_ENDED || result == RESEAU_ERROR_BAD_ID) << result;
    });
    EXPECT_EQ(0, reseau_close(queue));
    waiter.join();
    EXPECT_EQ(0, reseau_wait_closed(queue, RESEAU_FOREVER));
}

} // namespace
