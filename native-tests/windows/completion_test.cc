/* SPDX-License-Identifier: Apache-2.0 */
/* <reseau/completion.h> with sockets of Windows. Events come by a thread of the system, a moment after their cause. */
#include <reseau/completion.h>
#include <reseau/connection.h>

#include "support/socket_pair.h"
#include "support/synchronisation.h"

#include <gtest/gtest.h>

#include <cerrno>
#include <chrono>
#include <string>
#include <thread>
#include <vector>

namespace {

constexpr int64_t kMinute = INT64_C(60'000'000'000);

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
            socket_close(descriptor);
        }
    }

    /* The descriptors: the queue's, and the other, which blocks. */
    std::pair<int, int> AddPair(int events, uint64_t token) {
        int ends[2] = {-1, -1};
        EXPECT_EQ(0, socket_pair(ends));
        socket_set_nonblocking(ends[0]);
        descriptors_.insert(descriptors_.end(), {ends[0], ends[1]});
        EXPECT_EQ(0, reseau_completions_add(queue_, ends[0], events, token));
        return {ends[0], ends[1]};
    }

    std::vector<reseau_completion> Wait(int64_t timeout_ns = kMinute) {
        std::vector<reseau_completion> completions(64);
        int count = reseau_completions_wait(queue_, completions.data(), completions.size(), timeout_ns);
        EXPECT_GE(count, 0);
        completions.resize(count > 0 ? static_cast<size_t>(count) : 0);
        return completions;
    }

    std::vector<reseau_completion> WaitForSome() {
        const auto end = std::chrono::steady_clock::now() + std::chrono::minutes(1);
        std::vector<reseau_completion> completions;
        while (completions.empty() && std::chrono::steady_clock::now() < end) {
            completions = Wait();
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
    std::vector<int> descriptors_;
};

} // namespace

TEST_F(Completions, TheBytesOfEachComeOnce) {
    std::vector<bool> has_come(9);
    for (uint64_t i = 1; i <= 8; ++i) {
        std::string text = "number " + std::to_string(i);
        ASSERT_EQ((int64_t)text.size(), socket_write(AddPair(RESEAU_RECEIVE, i).second, text.data(), text.size()));
    }
    for (int left = 8; left > 0;) {
        std::vector<reseau_completion> completions = WaitForSome();
        ASSERT_FALSE(completions.empty());
        for (const reseau_completion &completion : completions) {
            EXPECT_EQ(RESEAU_RECEIVE, completion.events);
            EXPECT_EQ("number " + std::to_string(completion.token), BytesOf(completion));
            EXPECT_FALSE(has_come.at(completion.token));
            has_come.at(completion.token) = true;
            --left;
        }
    }
    EXPECT_TRUE(Wait(20'000'000).empty());
}

TEST_F(Completions, LongStreamsComeWholeAndThenTheirEnd) {
    std::pair<int, int> ends = AddPair(RESEAU_RECEIVE, 1);
    std::string sent(3'000'000, '\0');
    for (size_t i = 0; i < sent.size(); ++i) {
        sent[i] = static_cast<char>(i * 7 + i / 251);
    }
    std::thread writer([&] {
        for (size_t done = 0; done < sent.size();) {
            int64_t count = socket_write(ends.second, sent.data() + done, sent.size() - done);
            ASSERT_GT(count, 0);
            done += static_cast<size_t>(count);
        }
        socket_end(ends.second);
    });
    std::string received;
    for (bool has_ended = false; !has_ended;) {
        std::vector<reseau_completion> completions = WaitForSome();
        ASSERT_FALSE(completions.empty());
        for (const reseau_completion &completion : completions) {
            ASSERT_EQ(0, completion.error);
            has_ended = completion.length == 0;
            received += BytesOf(completion);
        }
    }
    writer.join();
    EXPECT_TRUE(sent == received);
    EXPECT_TRUE(Wait(20'000'000).empty());
}

TEST_F(Completions, AResetIsItsErrorOnce) {
    std::pair<int, int> ends = AddPair(RESEAU_RECEIVE, 9);
    struct linger linger = {1, 0};
    ASSERT_EQ(0, setsockopt((SOCKET)ends.second, SOL_SOCKET, SO_LINGER, (const char *)&linger, sizeof(linger)));
    descriptors_.pop_back();
    socket_close(ends.second);
    std::vector<reseau_completion> completions = WaitForSome();
    ASSERT_EQ(1u, completions.size());
    EXPECT_EQ(9u, completions[0].token);
    EXPECT_EQ(ECONNRESET, completions[0].error);
    EXPECT_EQ(0u, completions[0].length);
    EXPECT_TRUE(Wait(20'000'000).empty());
}

TEST_F(Completions, RoomIsReportedWhenItComesAfterItWasAskedFor) {
    std::pair<int, int> ends = AddPair(0, 1);

    /* There is room at first, which is known a moment later. */
    EXPECT_TRUE(Wait(100'000'000).empty());
    std::string block(65536, 'x');
    while (socket_write(ends.first, block.data(), block.size()) > 0) {
    }
    ASSERT_EQ(WSAEWOULDBLOCK, WSAGetLastError());
    ASSERT_EQ(0, reseau_completions_change(queue_, ends.first, RESEAU_WRITABLE));
    EXPECT_TRUE(Wait(20'000'000).empty());
    socket_set_nonblocking(ends.second);
    while (socket_read(ends.second, &block[0], block.size()) > 0) {
    }
    std::vector<reseau_completion> completions = WaitForSome();
    ASSERT_EQ(1u, completions.size());
    EXPECT_EQ(RESEAU_WRITABLE, completions[0].events);
}

TEST_F(Completions, NothingComesOfWhatWasRemoved) {
    std::pair<int, int> ends = AddPair(RESEAU_RECEIVE, 1);
    ASSERT_EQ(0, reseau_completions_remove(queue_, ends.first));
    ASSERT_EQ(1, socket_write(ends.second, "x", 1));
    EXPECT_TRUE(Wait(20'000'000).empty());
    EXPECT_EQ(RESEAU_ERROR_INVALID_ARGUMENT, reseau_completions_remove(queue_, ends.first));
    ASSERT_EQ(0, reseau_completions_add(queue_, ends.first, RESEAU_RECEIVE, 7));
    std::vector<reseau_completion> completions = WaitForSome();
    ASSERT_EQ(1u, completions.size());
    EXPECT_EQ(7u, completions[0].token);
    EXPECT_EQ("x", BytesOf(completions[0]));
}

/* Watches begin and end while their events are on the way: none is left, and no memory (rule 320). */
TEST_F(Completions, WatchesEndWhileTheirEventsAreUnderWay) {
    for (int round = 0; round < 200; ++round) {
        reseau_id queue = reseau_completions_new(262144);
        ASSERT_GT(queue, 0);
        int ends[2] = {-1, -1};
        ASSERT_EQ(0, socket_pair(ends));
        socket_set_nonblocking(ends[0]);
        ASSERT_EQ(0, reseau_completions_add(queue, ends[0], RESEAU_RECEIVE, 1));
        std::thread writer([&] { socket_write(ends[1], "x", 1); });
        if (round % 3 == 0) {
            reseau_completions_remove(queue, ends[0]);
        }
        if (round % 3 == 1) {
            std::this_thread::yield();
        }
        EXPECT_EQ(0, reseau_close(queue));
        writer.join();
        EXPECT_EQ(0, reseau_wait_closed(queue, RESEAU_FOREVER));
        socket_close(ends[0]);
        socket_close(ends[1]);
    }
}
