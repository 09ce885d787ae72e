/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Threads that send and receive by themselves, while the loop of their connections does something else, and what must
 * be as if the loop did it. What is closed while they are inside is in direct_close_test.cc.
 */
#include "support/reseau_peer.h"
#include "support/synchronisation.h"

#include <reseau/reseau.h>

#include <gtest/gtest.h>

#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <memory>
#include <string>
#include <thread>
#include <vector>

namespace {

/* A loop that does nothing until it is released. */
class HeldLoop {
  public:
    explicit HeldLoop(reseau_id connection) {
        auto hold = [](void *state, int) {
            HeldLoop *self = static_cast<HeldLoop *>(state);
            self->monitor_.Change([self] { self->is_held_ = true; });
            self->monitor_.Await([self] { return self->is_released_; });
            self->monitor_.Change([self] { self->is_over_ = true; });
        };
        EXPECT_EQ(0, reseau_post(reseau_loop_of(connection), hold, this));
        EXPECT_TRUE(monitor_.Await([this] { return is_held_; }));
    }
    ~HeldLoop() {
        Release();
    }
    void Release() {
        monitor_.Change([this] { is_released_ = true; });
        EXPECT_TRUE(monitor_.Await([this] { return is_over_; }));
    }

  private:
    Monitor monitor_;
    bool is_held_ = false, is_released_ = false, is_over_ = false;
};

/* Pairs whose ends are on different loops: the client on one of the library's. */
struct Ends {
    explicit Ends(const struct reseau_options *client = nullptr, const struct reseau_options *server = nullptr)
        : on_own_loop(server ? *server : reseau_options_default()) {
        on_own_loop.loop = loop.id;
        pair.reset(new Pair(client, &on_own_loop));
        this->client = pair->client;
        this->server = pair->server;
        /* The client's input is its readers' from here on. */
        char none;
        EXPECT_EQ(0, reseau_set_read_deadline(this->client, 0));
        EXPECT_EQ(RESEAU_ERROR_TIMED_OUT, reseau_read(this->client, &none, 1));
        EXPECT_EQ(0, reseau_set_read_deadline(this->client, RESEAU_FOREVER));
    }

    OwnLoop loop;
    struct reseau_options on_own_loop;
    std::unique_ptr<Pair> pair;
    reseau_id client = 0, server = 0;
};

/* A call that waits in another thread, and what it has returned. */
class Waiting {
  public:
    explicit Waiting(std::function<int64_t()> call)
        : thread_([this, call] {
              is_begun_ = true;
              int64_t result = call();
              monitor_.Change([&] { result_ = result, is_done_ = true; });
          }) {
        while (!is_begun_) {
            std::this_thread::yield();
        }
        /* Most likely it is in the system's call by then; the test is right if not. */
        std::this_thread::sleep_for(std::chrono::milliseconds(2));
    }
    ~Waiting() {
        thread_.join();
    }
    int64_t Result() {
        EXPECT_TRUE(monitor_.Await([this] { return is_done_; }));
        return monitor_.Read([this] { return result_; });
    }
    bool IsDone() {
        return monitor_.Read([this] { return is_done_; });
    }

  private:
    Monitor monitor_;
    std::atomic<bool> is_begun_{false};
    int64_t result_ = 0;
    bool is_done_ = false;
    std::thread thread_;
};

struct reseau_counters CountersOf(reseau_id connection) {
    struct reseau_counters counters = {};
    counters.size = sizeof(counters);
    EXPECT_EQ(0, reseau_counters(connection, &counters));
    return counters;
}

/* Ends a connection by a reset. */
void Reset(reseau_id connection) {
    int descriptor = reseau_detach(connection);
    ASSERT_GE(descriptor, 0) << reseau_error_name(descriptor);
    struct linger linger = {1, 0};
    setsockopt(descriptor, SOL_SOCKET, SO_LINGER, &linger, sizeof(linger));
    close(descriptor);
}

} // namespace

TEST(ReseauDirect, AWriteDoesNotWaitForTheLoop) {
    Ends ends;
    HeldLoop held(ends.server);
    EXPECT_EQ(4, Write(ends.server, "here"));
    EXPECT_EQ(0, reseau_pending(ends.server));
    EXPECT_EQ(0, reseau_flush(ends.server));
    HeldLoop also_held(ends.client);
    EXPECT_EQ("here", ReadExactly(ends.client, 4));
}

TEST(ReseauDirect, AReadDoesNotWaitForTheLoop) {
    Ends ends;
    HeldLoop held(ends.client);
    std::string buffer(10, '\0');
    Waiting reader([&] { return reseau_read(ends.client, &buffer[0], 10); });
    EXPECT_FALSE(reader.IsDone());
    EXPECT_EQ(6, Write(ends.server, "answer"));
    EXPECT_EQ(6, reader.Result());
    EXPECT_EQ("answer", buffer.substr(0, 6));
}

TEST(ReseauDirect, OwnedMemoryGoesAtOnceAndIsFreedOnce) {
    static std::atomic<int> destroyed;
    destroyed = 0;
    auto destroy = [](void *, void *) { ++destroyed; };
    Ends ends;
    HeldLoop held(ends.server);
    EXPECT_EQ(5, reseau_write_owned(ends.server, "owned", 5, destroy, nullptr));
    EXPECT_EQ(1, destroyed);
    EXPECT_EQ("owned", ReadExactly(ends.client, 5));
}

TEST(ReseauDirect, WhatIsReadInPiecesComesInOrder) {
    Ends ends;
    std::string sent = Pattern(3000000);
    std::thread writer([&] {
        for (size_t at = 0; at < sent.size();) {
            size_t piece = std::min<size_t>(1 + at % 70000, sent.size() - at);
            EXPECT_EQ((int64_t)piece, reseau_write(ends.server, &sent[at], piece));
            at += piece;
        }
        EXPECT_EQ(0, reseau_end(ends.server));
    });
    std::string got;
    static const size_t sizes[] = {1, 3, 64, 4096, 5000, 65536, 300000};
    for (size_t turn = 0;; ++turn) {
        std::string piece(sizes[turn % 7], '\0');
        int64_t length = turn % 3 == 0   ? reseau_read_exactly(ends.client, &piece[0], piece.size())
                         : turn % 3 == 1 ? reseau_read(ends.client, &piece[0], piece.size())
                                         : reseau_try_read(ends.client, &piece[0], piece.size());
        if (length == RESEAU_ERROR_WOULD_BLOCK) {
            continue;
        }
        ASSERT_GE(length, 0) << reseau_error_name(length);
        if (length == 0) {
            break;
        }
        got.append(piece, 0, (size_t)length);
    }
    writer.join();
    EXPECT_TRUE(sent == got);
    EXPECT_EQ(1, reseau_at_end(ends.client));
    EXPECT_EQ(sent.size(), CountersOf(ends.client).bytes_read);
    EXPECT_EQ(sent.size(), CountersOf(ends.server).bytes_written);
    EXPECT_EQ(0u, CountersOf(ends.server).queued_bytes);
}

/* Each message is one byte repeated, with its length before it. */
TEST(ReseauDirect, WritesOfManyThreadsDoNotInterleave) {
    Ends ends;
    const int writers = 6, messages = 300;
    std::vector<std::thread> threads;
    for (int writer = 0; writer < writers; ++writer) {
        threads.emplace_back([&, writer] {
            for (int i = 0; i < messages; ++i) {
                uint32_t length = 1 + (unsigned)(i * 7919 + writer * 104729) % 60000;
                std::string message(sizeof(length) + length, (char)('a' + writer));
                memcpy(&message[0], &length, sizeof(length));
                ASSERT_EQ((int64_t)message.size(), Write(ends.server, message));
            }
        });
    }
    int seen = 0;
    for (; seen < writers * messages; ++seen) {
        uint32_t length = 0;
        ASSERT_EQ((int64_t)sizeof(length), reseau_read_exactly(ends.client, &length, sizeof(length)));
        ASSERT_LE(length, 60000u);
        std::string message = ReadExactly(ends.client, length);
        ASSERT_EQ(std::string(length, message[0]), message);
    }
    for (std::thread &thread : threads) {
        thread.join();
    }
    EXPECT_EQ(0, reseau_available(ends.client));
}

TEST(ReseauDirect, NothingGoesBeforeTheRestOfAWriteThatHasBegun) {
    struct reseau_options options = reseau_options_default();
    options.write_queue_bytes = 200000000;
    options.write_policy = RESEAU_WRITE_WOULD_BLOCK;
    for (int round = 0; round < 5; ++round) {
        Ends ends(nullptr, &options);
        std::unique_ptr<HeldLoop> held(new HeldLoop(ends.server));
        std::string large = Pattern(12000000);
        EXPECT_EQ((int64_t)large.size(), Write(ends.server, large));
        int64_t pending = reseau_pending(ends.server);
        ASSERT_GT(pending, 0);
        ASSERT_LT(pending, (int64_t)large.size());
        EXPECT_EQ(6, Write(ends.server, "behind"));
        EXPECT_EQ(5, reseau_write_front(ends.server, "front", 5));
        held.reset();
        EXPECT_EQ(0, reseau_end(ends.server));
        EXPECT_TRUE(large + "frontbehind" == ReadAll(ends.client));
    }
}

TEST(ReseauDirect, ADeadlineMayBeChangedWhileACallWaits) {
    Ends ends;
    char buffer[10];
    ASSERT_EQ(0, reseau_set_read_deadline(ends.client, 3600000));
    Waiting reader([&] { return reseau_read(ends.client, buffer, 10); });
    EXPECT_EQ(0, reseau_set_read_deadline(ends.client, 10));
    EXPECT_EQ(RESEAU_ERROR_TIMED_OUT, reader.Result());
    EXPECT_EQ(RESEAU_ERROR_TIMED_OUT, reseau_read(ends.client, buffer, 10));
    /* What is there is there although the deadline has passed. */
    EXPECT_EQ(4, Write(ends.server, "late"));
    EXPECT_EQ(4, reseau_read(ends.client, buffer, 10));
    EXPECT_EQ(RESEAU_ERROR_TIMED_OUT, reseau_read(ends.client, buffer, 10));
    EXPECT_EQ(0, reseau_set_read_deadline(ends.client, RESEAU_FOREVER));
    EXPECT_EQ(4, Write(ends.server, "more"));
    EXPECT_EQ(4, reseau_read(ends.client, buffer, 10));
}

/* After replies that came soon a call looks for the next one for a moment, before it sleeps. */
TEST(ReseauDirect, AWaitForAReplyHasItsLimitsHoweverSoonRepliesHaveCome) {
    Ends ends;
    std::thread echo([&] {
        char byte;
        while (reseau_read(ends.server, &byte, 1) == 1 && byte != 'q') {
            EXPECT_EQ(1, reseau_write(ends.server, &byte, 1));
        }
    });
    auto ask = [&](const char *question, int64_t limit) {
        char answer = 0;
        EXPECT_EQ(0, reseau_set_read_deadline(ends.client, limit));
        EXPECT_EQ(1, reseau_write(ends.client, question, 1));
        int64_t result = reseau_read(ends.client, &answer, 1);
        EXPECT_TRUE(result != 1 || answer == *question);
        return result;
    };
    for (int i = 0; i < 300; ++i) {
        ASSERT_EQ(1, ask("a", RESEAU_FOREVER));
    }

    /* Nobody answers any more: the deadline, another thread's deadline, and an end come all the same. */
    const auto start = std::chrono::steady_clock::now();
    EXPECT_EQ(RESEAU_ERROR_TIMED_OUT, ask("q", 20));
    EXPECT_LE(std::chrono::milliseconds(20), std::chrono::steady_clock::now() - start);
    echo.join();
    char none;
    EXPECT_EQ(0, reseau_set_read_deadline(ends.client, RESEAU_FOREVER));
    EXPECT_EQ(1, reseau_write(ends.client, "b", 1));
    {
        Waiting waiting([&] { return reseau_read(ends.client, &none, 1); });
        EXPECT_FALSE(waiting.IsDone());
        EXPECT_EQ(0, reseau_set_read_deadline(ends.client, 0));
        EXPECT_EQ(RESEAU_ERROR_TIMED_OUT, waiting.Result());
    }
    EXPECT_EQ(0, reseau_set_read_deadline(ends.client, RESEAU_FOREVER));
    EXPECT_EQ(1, reseau_write(ends.client, "c", 1));
    Waiting waiting([&] { return reseau_read(ends.client, &none, 1); });
    EXPECT_EQ(0, reseau_abort(ends.client));
    EXPECT_GT(0, waiting.Result());
}

TEST(ReseauDirect, ACallThatFailsHasConsumedNothing) {
    Ends ends;
    char buffer[20];
    ASSERT_EQ(0, reseau_set_read_deadline(ends.client, 20));
    EXPECT_EQ(4, Write(ends.server, "half"));
    EXPECT_EQ(RESEAU_ERROR_TIMED_OUT, reseau_read_exactly(ends.client, buffer, 8));
    EXPECT_EQ(4, reseau_available(ends.client));
    EXPECT_EQ(4, Write(ends.server, " and"));
    EXPECT_EQ(RESEAU_ERROR_TIMED_OUT, reseau_read_exactly(ends.client, buffer, 20));
    EXPECT_EQ(RESEAU_ERROR_TIMED_OUT, reseau_read_line(ends.client, buffer, 20));
    ASSERT_EQ(8, reseau_peek(ends.client, buffer, 20));
    EXPECT_EQ("half and", std::string(buffer, 8));
    ASSERT_EQ(0, reseau_set_read_deadline(ends.client, RESEAU_FOREVER));
    EXPECT_EQ(5, Write(ends.server, " half"));
    EXPECT_EQ("half and half", ReadExactly(ends.client, 13));
}

TEST(ReseauDirect, ALookSeesWhatHasCome) {
    Ends ends;
    char buffer[10];
    EXPECT_EQ(RESEAU_ERROR_WOULD_BLOCK, reseau_try_read(ends.client, buffer, 10));
    EXPECT_EQ(0, reseau_available(ends.client));
    EXPECT_EQ(0, reseau_at_end(ends.client));
    EXPECT_EQ(3, Write(ends.server, "one"));
    while (reseau_available(ends.client) < 3) {
        std::this_thread::yield();
    }
    EXPECT_EQ(3, Write(ends.server, "two"));
    while (reseau_available(ends.client) < 6) {
        std::this_thread::yield();
    }
    EXPECT_EQ(6, reseau_peek(ends.client, buffer, 10));
    EXPECT_EQ(6, reseau_try_read(ends.client, buffer, 10));
    EXPECT_EQ("onetwo", std::string(buffer, 6));
    EXPECT_EQ(0, reseau_end(ends.server));
    while (reseau_at_end(ends.client) == 0) {
        std::this_thread::yield();
    }
    EXPECT_EQ(0, reseau_read(ends.client, buffer, 10));
}

TEST(ReseauDirect, ThePeersResetIsNoticedWithoutReading) {
    Recorder recorder;
    recorder.options.on_open = nullptr;
    recorder.options.on_data = nullptr;
    Ends ends(&recorder.options);
    EXPECT_EQ(4, Write(ends.client, "????"));
    EXPECT_EQ("????", ReadExactly(ends.server, 4));
    Reset(ends.server);
    ASSERT_TRUE(recorder.AwaitClosed());
    struct reseau_close_info info = recorder.Infos()[0];
    EXPECT_EQ(RESEAU_ERROR_RESET, info.error);
    EXPECT_EQ(RESEAU_CLOSED_BY_PEER, info.closed_by);
    EXPECT_EQ(4u, info.bytes_written);
    EXPECT_EQ(0u, info.bytes_read);
}

TEST(ReseauDirect, AReaderThatWaitsGetsTheReset) {
    Ends ends;
    char buffer[10];
    Waiting reader([&] { return reseau_read(ends.client, buffer, 10); });
    Reset(ends.server);
    EXPECT_EQ(RESEAU_ERROR_RESET, reader.Result());
    EXPECT_EQ(RESEAU_ERROR_RESET, reseau_read(ends.client, buffer, 10));
    EXPECT_EQ(RESEAU_ERROR_RESET, InfoOf(ends.client).error);
}

/* The system says it once, and to whoever asks first. */
TEST(ReseauDirect, AReaderGetsTheResetThatAWriteHasMet) {
    Ends ends;
    HeldLoop held(ends.client);
    Reset(ends.server);
    EXPECT_EQ(4, Write(ends.client, "lost"));
    char buffer[10];
    Waiting reader([&] { return reseau_read(ends.client, buffer, 10); });
    held.Release();
    EXPECT_EQ(RESEAU_ERROR_RESET, reader.Result());
    EXPECT_EQ(RESEAU_ERROR_RESET, InfoOf(ends.client).error);
}

TEST(ReseauDirect, TheLoopFindsTheResetThatAWriteHasMet) {
    Ends ends;
    HeldLoop held(ends.client);
    Reset(ends.server);
    EXPECT_EQ(4, Write(ends.client, "lost"));
    held.Release();
    char buffer[10];
    EXPECT_EQ(RESEAU_ERROR_RESET, reseau_read(ends.client, buffer, 10));
}

TEST(ReseauDirect, APauseHoldsAReaderBack) {
    Ends ends;
    char buffer[10];
    Waiting reader([&] { return reseau_read(ends.client, buffer, 10); });
    EXPECT_EQ(0, reseau_pause(ends.client));
    EXPECT_EQ(4, Write(ends.server, "wait"));
    std::this_thread::sleep_for(std::chrono::milliseconds(20));
    EXPECT_FALSE(reader.IsDone());
    EXPECT_EQ(0, reseau_resume(ends.client));
    EXPECT_EQ(4, reader.Result());
}

TEST(ReseauDirect, WhatNobodyHasReadPutsTheIdleTimeOutOff) {
    Ends ends;
    ASSERT_EQ(0, reseau_set_idle_timeout(ends.client, 200));
    auto begin = std::chrono::steady_clock::now();
    while (std::chrono::steady_clock::now() - begin < std::chrono::milliseconds(700)) {
        ASSERT_EQ(1, Write(ends.server, "x"));
        std::this_thread::sleep_for(std::chrono::milliseconds(20));
    }
    char buffer[1];
    EXPECT_EQ(1, reseau_read(ends.client, buffer, 1));
}

TEST(ReseauDirect, WhatHasComeBeforeALimitCanStillBeRead) {
    Ends ends;
    EXPECT_EQ(4, Write(ends.server, "kept"));
    while (InfoOf(ends.server).bytes_written < 4) {
        std::this_thread::yield();
    }
    ASSERT_EQ(0, reseau_set_idle_timeout(ends.client, 30));
    while (InfoOf(ends.client).error == 0) {
        std::this_thread::yield();
    }
    EXPECT_EQ("kept", ReadExactly(ends.client, 4));
    char buffer[1];
    EXPECT_EQ(RESEAU_ERROR_TIMED_OUT, reseau_read(ends.client, buffer, 1));
    EXPECT_EQ(4u, InfoOf(ends.client).bytes_read);
}

/* There are fewer ways to wait for a descriptor than threads. */
TEST(ReseauDirect, ManyThreadsWaitAtTheSameTime) {
    const size_t count = 80;
    std::vector<std::unique_ptr<Ends>> all;
    for (size_t i = 0; i < count; ++i) {
        all.emplace_back(new Ends);
    }
    std::atomic<int> right{0};
    std::vector<std::thread> readers;
    for (auto &ends : all) {
        readers.emplace_back([&] {
            char buffer[10];
            for (int round = 0; round < 3; ++round) {
                right += reseau_read(ends->client, buffer, 10) == 4;
                EXPECT_EQ(1, reseau_write(ends->client, ".", 1));
            }
        });
    }
    for (int round = 0; round < 3; ++round) {
        std::this_thread::sleep_for(std::chrono::milliseconds(20));
        for (auto &ends : all) {
            EXPECT_EQ(4, Write(ends->server, "wake"));
        }
        for (auto &ends : all) {
            EXPECT_EQ(".", ReadExactly(ends->server, 1));
        }
    }
    for (std::thread &reader : readers) {
        reader.join();
    }
    EXPECT_EQ(3 * (int)count, right);
}

TEST(ReseauDirect, ATouchCallbackComesForEachReadAndWrite) {
    static std::atomic<int> touched;
    touched = 0;
    struct reseau_options options = reseau_options_default();
    options.on_touch = [](reseau_id, void *) { ++touched; };
    options.idle_timeout_ms = 60000;
    Ends ends(&options);
    int before = touched;
    EXPECT_EQ(3, Write(ends.client, "out"));
    EXPECT_EQ("out", ReadExactly(ends.server, 3));
    while (touched == before) {
        std::this_thread::yield();
    }
    before = touched;
    EXPECT_EQ(2, Write(ends.server, "in"));
    EXPECT_EQ("in", ReadExactly(ends.client, 2));
    while (touched == before) {
        std::this_thread::yield();
    }
}
