/* SPDX-License-Identifier: Apache-2.0 */
#include "support/reseau_peer.h"
#include "support/temporary_file.h"

#include <reseau/reseau.h>

#include <gtest/gtest.h>

#include <atomic>
#include <chrono>
#include <string>
#include <thread>
#include <vector>

#if defined(__GLIBC__)
#    include <malloc.h>
#endif

namespace {

struct reseau_options WithPolicy(int policy, size_t queue) {
    struct reseau_options options = reseau_options_default();
    options.write_policy = policy;
    options.write_queue_bytes = queue;
    return options;
}

/* Writes until there is no room; returns how many bytes were taken. The peer reads nothing meanwhile. */
size_t Fill(reseau_id connection, int64_t *last, size_t piece = 100000) {
    std::string text(piece, 'f');
    size_t taken = 0;
    for (;;) {
        *last = Write(connection, text);
        if (*last < 0) {
            return taken;
        }
        taken += piece;
    }
}

/* What was posted to the connection's loop before has run. */
void AwaitLoop(reseau_id connection) {
    std::atomic<bool> ran{false};
    auto raise = [](void *state, int) { *static_cast<std::atomic<bool> *>(state) = true; };
    ASSERT_EQ(0, reseau_post(reseau_loop_of(connection), raise, &ran));
    while (!ran) {
        std::this_thread::yield();
    }
}

/* The same until the system takes nothing any more: then the queue stays full. */
size_t FillForGood(reseau_id connection, int64_t *last, size_t piece = 100000) {
    size_t taken = 0;
    for (;;) {
        taken += Fill(connection, last, piece);
        int64_t pending = reseau_pending(connection);
        AwaitLoop(connection);
        AwaitLoop(connection);
        if (pending > 0 && pending == reseau_pending(connection)) {
            return taken;
        }
    }
}

} // namespace

TEST(ReseauWrite, WhatIsLargerThanTheQueueGoesWhenThatIsEmpty) {
    struct reseau_options options = WithPolicy(RESEAU_WRITE_BLOCK, 1000);
    Pair pair(&options);
    std::string sent = Pattern(3000000);
    std::thread reader([&] { EXPECT_EQ(sent + "end", ReadAll(pair.server)); });
    EXPECT_EQ((int64_t)sent.size(), Write(pair.client, sent));
    EXPECT_EQ(3, Write(pair.client, "end"));
    EXPECT_EQ(0, reseau_flush(pair.client));
    EXPECT_EQ(0, reseau_pending(pair.client));
    EXPECT_EQ(0, reseau_end(pair.client));
    EXPECT_EQ(RESEAU_ERROR_CLOSED, Write(pair.client, "more"));
    reader.join();
}

/* A write that another thread is at while the connection ends is not counted off twice. */
TEST(ReseauWrite, NothingIsPendingBehindTheEnd) {
    std::string text = Pattern(2000000);
    for (int i = 0; i < 10; ++i) {
        struct reseau_options options = WithPolicy(RESEAU_WRITE_BLOCK, 20000000);
        Pair pair(&options);
        std::thread writer([&] {
            while (Write(pair.client, text) > 0) {
            }
        });
        ReadExactly(pair.server, 1);
        EXPECT_EQ(0, reseau_abort(pair.server));
        writer.join();
        EXPECT_EQ(0, reseau_set_write_deadline(pair.client, 60000));
        EXPECT_EQ(RESEAU_ERROR_RESET, reseau_flush(pair.client));
        EXPECT_EQ(0, reseau_pending(pair.client));
    }
}

/* Nor is what the system still takes afterwards, where a loop's sends are under way by themselves. */
TEST(ReseauWrite, NothingIsPendingBehindTheEndOfASlowReader) {
    std::string text = Pattern(5000);
    for (int i = 0; i < 5; ++i) {
        struct reseau_options options = WithPolicy(RESEAU_WRITE_BLOCK, 8000000);
        options.slow_reader_timeout_ms = 20;
        Pair pair(&options);
        int64_t written;
        do {
            written = Write(pair.client, text);
        } while (written > 0);
        EXPECT_EQ(RESEAU_ERROR_CLOSED, written);
        EXPECT_EQ(0, reseau_set_write_deadline(pair.client, 60000));
        EXPECT_EQ(RESEAU_ERROR_SLOW_READER, reseau_flush(pair.client));
        EXPECT_EQ(0, reseau_pending(pair.client));
    }
}

TEST(ReseauWrite, NothingAndNull) {
    Pair pair;
    EXPECT_EQ(0, reseau_write(pair.client, "", 0));
    EXPECT_EQ(0, reseau_write(pair.client, nullptr, 0));
    EXPECT_EQ(RESEAU_ERROR_INVALID_ARGUMENT, reseau_write(pair.client, nullptr, 1));
    EXPECT_EQ(1, Write(pair.client, "x"));
    EXPECT_EQ("x", ReadExactly(pair.server, 1));
}

TEST(ReseauWrite, OwnedMemoryIsDestroyedOnceWhateverHappens) {
    static std::atomic<int> destroyed;
    auto destroy = [](void *data, void *argument) {
        EXPECT_EQ(argument, data);
        delete[] static_cast<char *>(data);
        ++destroyed;
    };
    auto make = [](size_t size) {
        char *memory = new char[size];
        memset(memory, 'o', size);
        return memory;
    };
    destroyed = 0;
    reseau_id gone;
    {
        struct reseau_options options = WithPolicy(RESEAU_WRITE_WOULD_BLOCK, 100000);
        Pair pair(&options);
        gone = pair.client;
        char *memory = make(50000);
        EXPECT_EQ(50000, reseau_write_owned(pair.client, memory, 50000, destroy, memory));
        EXPECT_EQ(std::string(50000, 'o'), ReadExactly(pair.server, 50000));
        while (destroyed == 0) {
            std::this_thread::yield();
        }
        int64_t last;
        size_t taken = FillForGood(pair.client, &last, 10000);
        EXPECT_EQ(RESEAU_ERROR_NO_ROOM, last);
        EXPECT_GT(taken, 0u);
        char *refused = make(100000);
        EXPECT_EQ(RESEAU_ERROR_NO_ROOM, reseau_write_owned(pair.client, refused, 100000, destroy, refused));
        EXPECT_EQ(2, destroyed);
    }
    char *late = make(1);
    EXPECT_EQ(RESEAU_ERROR_BAD_ID, reseau_write_owned(gone, late, 1, destroy, late));
    EXPECT_EQ(3, destroyed);
    static const char constant[] = "static";
    Pair pair;
    EXPECT_EQ(6, reseau_write_owned(pair.client, constant, 6, nullptr, nullptr));
    EXPECT_EQ("static", ReadExactly(pair.server, 6));
    /* What is queued when the connection is aborted is destroyed, too. */
    char *large = make(50000000);
    EXPECT_EQ(50000000, reseau_write_owned(pair.client, large, 50000000, destroy, large));
    EXPECT_EQ(0, reseau_abort(pair.client));
    EXPECT_EQ(0, reseau_wait_closed(pair.client, 60000));
    EXPECT_EQ(4, destroyed);
}

TEST(ReseauWrite, AFullQueueSaysSoAndReportsRoom) {
    static std::atomic<int> drained;
    drained = 0;
    struct reseau_options options = WithPolicy(RESEAU_WRITE_WOULD_BLOCK, 200000);
    options.on_drain = [](reseau_id, void *) { ++drained; };
    Pair pair(&options);
    int64_t last;
    size_t taken = FillForGood(pair.client, &last);
    EXPECT_EQ(RESEAU_ERROR_NO_ROOM, last);
    EXPECT_LE(reseau_pending(pair.client), 200000);
    int before = drained;
    EXPECT_EQ(std::string(taken, 'f'), ReadExactly(pair.server, taken));
    EXPECT_EQ(0, reseau_flush(pair.client));
    while (drained == before) {
        std::this_thread::yield();
    }
    EXPECT_EQ(4, Write(pair.client, "room"));
    EXPECT_EQ("room", ReadExactly(pair.server, 4));
    EXPECT_EQ(before + 1, drained);
}

TEST(ReseauWrite, AFullQueueBlocksUpToTheDeadline) {
    struct reseau_options options = WithPolicy(RESEAU_WRITE_BLOCK, 100000);
    Pair pair(&options);
    ASSERT_EQ(0, reseau_set_write_deadline(pair.client, 50));
    int64_t last;
    size_t taken = Fill(pair.client, &last);
    EXPECT_EQ(RESEAU_ERROR_TIMED_OUT, last);
    EXPECT_EQ(RESEAU_ERROR_TIMED_OUT, reseau_flush(pair.client));
    ASSERT_EQ(0, reseau_set_write_deadline(pair.client, RESEAU_FOREVER));
    std::thread writer([&] { EXPECT_EQ(100000, Write(pair.client, std::string(100000, 'f'))); });
    EXPECT_EQ(std::string(taken + 100000, 'f'), ReadExactly(pair.server, taken + 100000));
    writer.join();
}

TEST(ReseauWrite, AFullQueueClosesIfThatIsThePolicy) {
    Recorder recorder;
    recorder.options.write_policy = RESEAU_WRITE_CLOSE;
    recorder.options.write_queue_bytes = 100000;
    reseau_id listener = reseau_listen(nullptr, 0, nullptr);
    reseau_id client = reseau_connect("127.0.0.1", PortOf(listener), &recorder.options);
    ASSERT_GT(client, 0);
    reseau_id server = reseau_accept(listener, 60000);
    int64_t last;
    size_t taken = Fill(client, &last);
    EXPECT_EQ(RESEAU_ERROR_NO_ROOM, last);
    ASSERT_TRUE(recorder.AwaitClosed());
    const struct reseau_close_info info = recorder.Infos()[0];
    EXPECT_EQ(RESEAU_ERROR_SLOW_READER, info.error);
    EXPECT_EQ(RESEAU_CLOSED_BY_LIBRARY, info.closed_by);
    EXPECT_EQ(taken, info.bytes_written + info.bytes_unsent);
    reseau_close(server);
    reseau_close(listener);
}

TEST(ReseauWrite, ACloseEndsAWriteThatWaits) {
    struct reseau_options options = WithPolicy(RESEAU_WRITE_BLOCK, 100000);
    Pair pair(&options);
    int64_t last = 0;
    std::thread writer([&] { Fill(pair.client, &last); });
    struct reseau_counters counters = {};
    counters.size = sizeof(counters);
    while (counters.full_ns == 0) {
        std::this_thread::yield();
        ASSERT_EQ(0, reseau_counters(pair.client, &counters));
    }
    EXPECT_EQ(0, reseau_abort(pair.client));
    writer.join();
    EXPECT_TRUE(last == RESEAU_ERROR_CLOSED || last == RESEAU_ERROR_BAD_ID) << reseau_error_name(last);
}

TEST(ReseauWrite, TheFrontOfTheQueueIsBehindWhatTheSystemHas) {
    struct reseau_options options = WithPolicy(RESEAU_WRITE_WOULD_BLOCK, 100000000);
    Pair pair(&options);
    std::string bulk(1000000, 'b');
    for (int i = 0; i < 20; ++i) {
        ASSERT_EQ(1000000, Write(pair.client, bulk));
    }
    ASSERT_EQ(6, reseau_write_front(pair.client, "urgent", 6));
    ASSERT_EQ(0, reseau_end(pair.client));
    std::string all = ReadAll(pair.server);
    size_t at = all.find("urgent");
    ASSERT_NE(std::string::npos, at);
    EXPECT_EQ(0u, at % 1000000) << "no write is cut in two";
    EXPECT_LT(at, 19000000u) << "it has overtaken the others";
    EXPECT_EQ(20000006u, all.size());
}

/* Large ones on the loop's thread are sent from where they are as far as the system takes them. */
TEST(ReseauWrite, LargeAndSmallOnesOnTheLoopsThreadKeepTheirOrder) {
    static std::string sent;
    sent.clear();
    Recorder recorder;
    recorder.options.write_queue_bytes = 3000000;
    recorder.on_open = [](reseau_id id) {
        for (unsigned i = 0; i < 400; ++i) {
            std::string part = Pattern(i % 3 == 0 ? 5 + i : 20000 + i * 17, i);
            if (Write(id, part) > 0) {
                sent += part;
            }
        }
        EXPECT_EQ(RESEAU_ERROR_NO_ROOM, Write(id, std::string(2999999, 'n')));
        EXPECT_EQ(0, reseau_close(id));
    };
    reseau_id listener = reseau_listen(nullptr, 0, nullptr);
    reseau_id client = reseau_connect_start("127.0.0.1", PortOf(listener), &recorder.options);
    ASSERT_GT(client, 0);
    reseau_id server = reseau_accept(listener, 60000);
    std::string all = ReadAll(server);
    EXPECT_TRUE(all == sent) << all.size() << " of " << sent.size();
    ASSERT_TRUE(recorder.AwaitClosed());
    EXPECT_EQ(sent.size(), recorder.Infos()[0].bytes_written);
    EXPECT_EQ(0u, recorder.Infos()[0].bytes_unsent);
    reseau_close(server);
    reseau_close(listener);
}

/* Small ones of one turn share memory and calls; what is counted is as if they did not. */
TEST(ReseauWrite, SmallOnesOfOneTurnAreCountedOneByOne) {
    static std::atomic<size_t> accepted;
    static std::atomic<unsigned> writes;
    for (bool is_read : {true, false}) {
        accepted = 0;
        writes = 0;
        Recorder recorder;
        recorder.options.write_queue_bytes = 200000;
        recorder.options.write_policy = RESEAU_WRITE_WOULD_BLOCK;
        recorder.on_open = [](reseau_id id) {
            for (unsigned i = 0;; ++i) {
                std::string part = Pattern(1 + i * 7 % 700, i);
                int64_t result = i % 5 == 4 ? reseau_write_front(id, part.data(), part.size()) : Write(id, part);
                if (result < 0) {
                    EXPECT_EQ(RESEAU_ERROR_NO_ROOM, result);
                    break;
                }
                accepted += part.size();
                ++writes;
                if (writes == 100000) {
                    break;
                }
            }
            struct reseau_counters counters = {};
            counters.size = sizeof(counters);
            EXPECT_EQ(0, reseau_counters(id, &counters));
            EXPECT_EQ(writes, counters.writes);
            EXPECT_GT(reseau_pending(id), 0);
        };
        reseau_id listener = reseau_listen(nullptr, 0, nullptr);
        reseau_id client = reseau_connect("127.0.0.1", PortOf(listener), &recorder.options);
        ASSERT_GT(client, 0);
        reseau_id server = reseau_accept(listener, 60000);
        if (is_read) {
            std::string all(accepted, 0);
            ASSERT_EQ((int64_t)all.size(), reseau_read_exactly(server, &all[0], all.size()));
            EXPECT_EQ(0, reseau_flush(client));
            EXPECT_EQ(0, reseau_pending(client));
        }
        reseau_abort(client);
        ASSERT_TRUE(recorder.AwaitClosed());
        EXPECT_EQ(accepted, recorder.Infos()[0].bytes_written + recorder.Infos()[0].bytes_unsent);
        if (is_read) {
            EXPECT_EQ(0u, recorder.Infos()[0].bytes_unsent);
        }
        reseau_abort(server);
        reseau_close(listener);
    }
}

/* Small ones that share memory, and others between them, that the program's memory is in, or that are large. */
TEST(ReseauWrite, SmallOnesOfOneTurnKeepContentAndOrderBetweenOthers) {
    static std::atomic<int> owned, destroyed;
    static std::atomic<bool> is_written;
    static std::string sent;
    static const std::string content = Pattern(3000);
    TemporaryDirectory directory;
    directory.Write("file", content);
    static std::string path;
    path = directory.Path("file");
    for (bool is_read : {true, false}) {
        owned = destroyed = 0;
        is_written = false;
        sent.clear();
        Recorder recorder;
        recorder.options.write_queue_bytes = SIZE_MAX;
        recorder.on_open = [](reseau_id id) {
            for (unsigned i = 0; i < 4000; ++i) {
                std::string part = Pattern(i % 50 == 49 ? 5000 : 1 + i * 7 % 300, i);
                if (i % 500 == 499) {
                    EXPECT_EQ((int64_t)content.size(), reseau_send_file(id, path.c_str(), 0, -1));
                    part = content;
                } else if (i % 9 == 8) {
                    auto *kept = new std::string(part);
                    auto destroy = [](void *, void *argument) {
                        delete static_cast<std::string *>(argument);
                        ++destroyed;
                    };
                    EXPECT_EQ((int64_t)part.size(), reseau_write_owned(id, kept->data(), kept->size(), destroy, kept));
                    ++owned;
                } else {
                    EXPECT_EQ((int64_t)part.size(), Write(id, part));
                }
                sent += part;
            }
            is_written = true;
        };
        reseau_id listener = reseau_listen(nullptr, 0, nullptr);
        reseau_id client = reseau_connect("127.0.0.1", PortOf(listener), &recorder.options);
        ASSERT_GT(client, 0);
        reseau_id server = reseau_accept(listener, 60000);
        while (!is_written) {
            std::this_thread::yield();
        }
        if (is_read) {
            EXPECT_TRUE(ReadExactly(server, sent.size()) == sent);
            EXPECT_EQ(0, reseau_flush(client));
        } else {
            EXPECT_EQ(sent.substr(0, 1000), ReadExactly(server, 1000));
            reseau_abort(server);
        }
        reseau_abort(client);
        ASSERT_TRUE(recorder.AwaitClosed());
        EXPECT_EQ(0, reseau_wait_closed(client, 60000));
        EXPECT_EQ(owned, destroyed);
        EXPECT_EQ(sent.size(), recorder.Infos()[0].bytes_written + recorder.Infos()[0].bytes_unsent);
        reseau_abort(server);
        reseau_close(listener);
    }
}

#ifdef __GLIBC__ // mallinfo2() is glibc's, since 2.33

namespace {

size_t MemoryInUse() {
    struct mallinfo2 info = mallinfo2();
    return info.uordblks + info.hblkhd;
}

/* 0 where the memory is another allocator's, such as AddressSanitizer's. */
size_t GrownSince(size_t before) {
    size_t now = MemoryInUse();
    return now > before ? now - before : 0;
}

} // namespace

/* Each has its own report, or its own memory: nothing can be put behind it. */
TEST(ReseauWrite, ManySmallOnesThatCannotShareMemoryTakeLittle) {
    constexpr size_t kCount = 50000;
    static bool is_owned;
    static std::atomic<size_t> grown;
    static std::atomic<bool> is_written;
    for (bool is_with_memory : {false, true}) {
        is_owned = is_with_memory;
        is_written = false;
        Recorder recorder;
        if (!is_owned) {
            recorder.options.on_touch = [](reseau_id, void *) {};
        }
        recorder.on_open = [](reseau_id id) {
            size_t before = MemoryInUse();
            for (size_t i = 0; i < kCount; ++i) {
                EXPECT_EQ(1, is_owned ? reseau_write_owned(id, "o", 1, nullptr, nullptr) : Write(id, "s"));
            }
            grown = GrownSince(before);
            is_written = true;
        };
        reseau_id listener = reseau_listen(nullptr, 0, nullptr);
        reseau_id client = reseau_connect("127.0.0.1", PortOf(listener), &recorder.options);
        ASSERT_GT(client, 0);
        reseau_id server = reseau_accept(listener, 60000);
        EXPECT_EQ(std::string(kCount, is_owned ? 'o' : 's'), ReadExactly(server, kCount));
        while (!is_written) {
            std::this_thread::yield();
        }
        EXPECT_LT(grown, kCount * 512);
        reseau_abort(server);
        reseau_close(listener);
    }
}

/* Also while the socket has all that it may have, and they wait. */
TEST(ReseauWrite, ManySmallOnesBehindALargeOneShareMemory) {
    constexpr size_t kLarge = 8000000, kCount = 50000;
    static const std::string large(kLarge, 'l');
    static std::atomic<size_t> grown;
    static std::atomic<bool> is_written;
    is_written = false;
    Recorder recorder;
    recorder.options.write_queue_bytes = SIZE_MAX;
    recorder.on_open = [](reseau_id id) {
        EXPECT_EQ((int64_t)kLarge, reseau_write_owned(id, const_cast<char *>(large.data()), kLarge, nullptr, nullptr));
        size_t before = MemoryInUse();
        for (size_t i = 0; i < kCount; ++i) {
            EXPECT_EQ(1, Write(id, "s"));
        }
        grown = GrownSince(before);
        EXPECT_GE(reseau_pending(id), (int64_t)kCount);
        is_written = true;
    };
    reseau_id listener = reseau_listen(nullptr, 0, nullptr);
    reseau_id client = reseau_connect("127.0.0.1", PortOf(listener), &recorder.options);
    ASSERT_GT(client, 0);
    reseau_id server = reseau_accept(listener, 60000);
    while (!is_written) {
        std::this_thread::yield();
    }
    EXPECT_LT(grown, kCount * 8);
    EXPECT_TRUE(ReadExactly(server, kLarge + kCount) == large + std::string(kCount, 's'));
    reseau_abort(client);
    ASSERT_TRUE(recorder.AwaitClosed());
    EXPECT_EQ(kLarge + kCount, recorder.Infos()[0].bytes_written);
    reseau_abort(server);
    reseau_close(listener);
}

/* What one turn says to many. */
TEST(ReseauWrite, OneSmallOneToEachOfManyTakesLittleMemory) {
    constexpr size_t kCount = 300;
    struct Many {
        Monitor monitor;
        std::vector<reseau_id> ids;
        size_t grown = 0;
        bool is_done = false;
    } many;
    {
        OwnLoop loop;
        Recorder recorder;
        recorder.options.loop = loop.id;
        recorder.on_open = [&](reseau_id id) { many.monitor.Change([&] { many.ids.push_back(id); }); };
        reseau_id listener = recorder.Listen();
        std::vector<reseau_id> clients;
        for (size_t i = 0; i < kCount; ++i) {
            clients.push_back(reseau_connect("127.0.0.1", PortOf(listener), nullptr));
            ASSERT_GT(clients.back(), 0);
        }
        ASSERT_TRUE(many.monitor.Await([&] { return many.ids.size() == kCount; }));
        auto say = [](void *state, int) {
            auto *of = static_cast<Many *>(state);
            size_t before = MemoryInUse();
            for (reseau_id id : of->ids) {
                EXPECT_EQ(1, Write(id, "m"));
            }
            size_t grown = GrownSince(before);
            of->monitor.Change([&] {
                of->grown = grown;
                of->is_done = true;
            });
        };
        ASSERT_EQ(0, reseau_post(loop.id, say, &many));
        ASSERT_TRUE(many.monitor.Await([&] { return many.is_done; }));
        EXPECT_LT(many.grown, kCount * 1200);
        for (reseau_id client : clients) {
            EXPECT_EQ("m", ReadExactly(client, 1));
            reseau_abort(client);
        }
        reseau_close(listener);
        ASSERT_TRUE(recorder.AwaitClosed((int)kCount));
    }
}

#endif

TEST(ReseauWrite, OneSlowPeerDoesNotStallAnother) {
    struct reseau_options options = WithPolicy(RESEAU_WRITE_WOULD_BLOCK, 1000000);
    reseau_id listener = reseau_listen(nullptr, 0, nullptr);
    std::vector<reseau_id> ids;
    for (int i = 0; i < 8; ++i) {
        ids.push_back(reseau_connect("127.0.0.1", PortOf(listener), &options));
        ids.push_back(reseau_accept(listener, 60000));
    }
    for (size_t i = 0; i < 14; i += 2) {
        int64_t last;
        Fill(ids[i], &last);
    }
    for (int i = 0; i < 100; ++i) {
        ASSERT_EQ(4, Write(ids[14], "ping"));
        ASSERT_EQ("ping", ReadExactly(ids[15], 4));
    }
    for (reseau_id id : ids) {
        reseau_abort(id);
    }
    reseau_close(listener);
}

TEST(ReseauWrite, ASlowReaderIsFoundByItsRate) {
    Recorder recorder;
    recorder.options.slow_reader_timeout_ms = 200;
    recorder.options.slow_reader_bytes_per_second = 1000000000000;
    recorder.options.write_policy = RESEAU_WRITE_WOULD_BLOCK;
    reseau_id listener = reseau_listen(nullptr, 0, nullptr);
    reseau_id client = reseau_connect("127.0.0.1", PortOf(listener), &recorder.options);
    ASSERT_GT(client, 0);
    reseau_id server = reseau_accept(listener, 60000);
    /* It reads all the time, but not at a terabyte a second. */
    ASSERT_EQ(300000000, Write(client, std::string(300000000, 's')));
    char buffer[10000];
    while (recorder.Infos().empty() && reseau_read(server, buffer, sizeof(buffer)) > 0) {
        std::this_thread::sleep_for(std::chrono::milliseconds(1));
    }
    ASSERT_TRUE(recorder.AwaitClosed());
    EXPECT_EQ(RESEAU_ERROR_SLOW_READER, recorder.Infos()[0].error);
    EXPECT_EQ(RESEAU_PHASE_WRITE, recorder.Infos()[0].phase);
    reseau_close(server);
    reseau_close(listener);
}

TEST(ReseauWrite, AReaderAboveTheRateIsLeftAlone) {
    struct reseau_options options = reseau_options_default();
    options.slow_reader_timeout_ms = 20;
    options.slow_reader_bytes_per_second = 1;
    Pair pair(&options);
    std::string text(200000, 'r');
    for (int i = 0; i < 50; ++i) {
        ASSERT_EQ((int64_t)text.size(), Write(pair.client, text));
        ASSERT_EQ(text.size(), ReadExactly(pair.server, text.size()).size());
    }
    std::this_thread::sleep_for(std::chrono::milliseconds(100));
    EXPECT_EQ(RESEAU_CLOSED_BY_NOBODY, InfoOf(pair.client).closed_by) << "nothing is queued";
}

TEST(ReseauWrite, ASlowReaderIsFoundByTime) {
    Recorder recorder;
    recorder.options.slow_reader_timeout_ms = 50;
    recorder.options.write_policy = RESEAU_WRITE_WOULD_BLOCK;
    reseau_id listener = reseau_listen(nullptr, 0, nullptr);
    reseau_id client = reseau_connect("127.0.0.1", PortOf(listener), &recorder.options);
    ASSERT_GT(client, 0);
    reseau_id server = reseau_accept(listener, 60000);
    ASSERT_EQ(20000000, Write(client, std::string(20000000, 's')));
    ASSERT_TRUE(recorder.AwaitClosed());
    EXPECT_EQ(RESEAU_ERROR_SLOW_READER, recorder.Infos()[0].error);
    EXPECT_EQ(RESEAU_PHASE_WRITE, recorder.Infos()[0].phase);
    reseau_close(server);
    reseau_close(listener);
}

/* What a write has said is what the record says: those that came too late are in neither of its numbers. */
TEST(ReseauWrite, TheRecordCountsWhatWasTakenAndNothingElse) {
    for (int policy : {RESEAU_WRITE_BLOCK, RESEAU_WRITE_WOULD_BLOCK}) {
        for (int i = 0; i < 60 && !testing::Test::HasFailure(); ++i) {
            struct reseau_options options = WithPolicy(policy, 2000000);
            Pair pair(&options);
            std::atomic<uint64_t> taken{0};
            std::atomic<int> begun{0};
            std::vector<std::thread> writers;
            for (size_t piece : {1000, 300000, 300000}) {
                writers.emplace_back([&, piece] {
                    const std::string text = Pattern(piece);
                    for (int64_t result = 1; result > 0 || result == RESEAU_ERROR_NO_ROOM;) {
                        result = Write(pair.client, text);
                        taken += result > 0 ? (uint64_t)result : 0;
                        ++begun;
                    }
                });
            }
            std::thread reader([&] {
                char buffer[30000];
                while (reseau_read(pair.server, buffer, sizeof(buffer)) > 0) {
                }
            });
            while (begun < 50 * (i % 4)) {
                std::this_thread::yield();
            }
            EXPECT_EQ(0, i % 2 == 0 ? reseau_abort(pair.client) : reseau_close(pair.client));
            EXPECT_EQ(0, reseau_wait_closed(pair.client, 60000));
            for (std::thread &writer : writers) {
                writer.join();
            }
            reader.join();
            struct reseau_close_info info = InfoOf(pair.client);
            EXPECT_EQ(taken, info.bytes_written + info.bytes_unsent) << i;
        }
    }
}
