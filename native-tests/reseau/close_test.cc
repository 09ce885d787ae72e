/* SPDX-License-Identifier: Apache-2.0 */
#include "support/raw_socket.h"
#include "support/reseau_peer.h"
#include "support/socket_pair.h"

#include <reseau/reseau.h>

#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
#include <cerrno>
#include <chrono>
#include <string>
#include <thread>
#include <vector>

namespace {

/* A listener for blocking calls, and a client with callbacks. */
struct Halves {
    Halves() {
        listener = reseau_listen(nullptr, 0, nullptr);
        EXPECT_GT(listener, 0);
    }
    ~Halves() {
        reseau_abort(server);
        reseau_close(listener);
    }
    bool Connect(Recorder *recorder) {
        client = reseau_connect_start("127.0.0.1", PortOf(listener), &recorder->options);
        EXPECT_GT(client, 0) << reseau_error_name(client);
        server = reseau_accept(listener, 60000);
        EXPECT_GT(server, 0) << reseau_error_name(server);
        return client > 0 && server > 0;
    }

    reseau_id listener = 0, client = 0, server = 0;
};

} // namespace

TEST(ReseauClose, ALocalCloseSendsWhatIsQueued) {
    Recorder recorder;
    Halves halves;
    ASSERT_TRUE(halves.Connect(&recorder) && recorder.AwaitOpen());
    std::string sent = Pattern(1000000);
    ASSERT_EQ((int64_t)sent.size(), Write(halves.client, sent));
    ASSERT_EQ(0, reseau_close(halves.client));
    int64_t late = Write(halves.client, "x");
    EXPECT_TRUE(late == RESEAU_ERROR_CLOSED || late == RESEAU_ERROR_BAD_ID) << reseau_error_name(late);
    EXPECT_EQ(sent, ReadAll(halves.server));
    ASSERT_TRUE(recorder.AwaitClosed());
    struct reseau_close_info info = recorder.Infos()[0];
    EXPECT_EQ(RESEAU_CLOSED_BY_LOCAL, info.closed_by);
    EXPECT_EQ(RESEAU_PHASE_OPEN, info.phase);
    EXPECT_EQ(0, info.error);
    EXPECT_EQ(sent.size(), info.bytes_written);
    EXPECT_EQ(0u, info.bytes_unsent);
    EXPECT_GT(info.duration_ns, 0);
    struct reseau_close_info later = InfoOf(halves.client);
    EXPECT_EQ(0, memcmp(&info, &later, sizeof(info))) << "the record is what the callback got";
}

TEST(ReseauClose, AnAbortThrowsAwayWhatIsQueued) {
    Recorder recorder;
    Halves halves;
    ASSERT_TRUE(halves.Connect(&recorder) && recorder.AwaitOpen());
    ASSERT_EQ(30000000, Write(halves.client, std::string(30000000, 'a')));
    ASSERT_EQ(0, reseau_abort(halves.client));
    ASSERT_TRUE(recorder.AwaitClosed());
    EXPECT_EQ(RESEAU_CLOSED_BY_LOCAL, recorder.Infos()[0].closed_by);
    EXPECT_GT(recorder.Infos()[0].bytes_unsent, 0u);
    EXPECT_LT(recorder.Infos()[0].bytes_written, 30000000u);
    EXPECT_EQ(0, recorder.Infos()[0].error);
}

namespace {

/* A socket of the test's own, and the connection that a listener has made of it. */
struct OwnSocket {
    explicit OwnSocket(const struct reseau_options *options = nullptr) {
        reseau_id listener = reseau_listen(nullptr, 0, options);
        struct sockaddr_in address = {};
        address.sin_family = AF_INET;
        address.sin_port = htons(PortOf(listener));
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        end = raw_socket_new(AF_INET);
        EXPECT_EQ(0, connect(end, (struct sockaddr *)&address, sizeof(address)));
        connection = reseau_accept(listener, 60000);
        EXPECT_GT(connection, 0) << reseau_error_name(connection);
        reseau_close(listener);
    }
    ~OwnSocket() {
        raw_socket_close(end);
        reseau_abort(connection);
        EXPECT_EQ(0, reseau_wait_closed(connection, 60000));
    }
    /* Reads to the end of the stream; false if there is an error in its place. */
    bool ReadsAnEnd(size_t *length = nullptr) const {
        static char buffer[65536];
        while (true) {
            int64_t got = recv(end, buffer, sizeof(buffer), 0);
            if (got <= 0) {
                return got == 0;
            }
            if (length != nullptr) {
                *length += (size_t)got;
            }
        }
    }
    bool IsReset() const {
#if defined(_WIN32)
        return !ReadsAnEnd() && WSAGetLastError() == WSAECONNRESET;
#else
        return !ReadsAnEnd() && errno == ECONNRESET;
#endif
    }

    raw_socket_t end;
    reseau_id connection;
};

} // namespace

TEST(ReseauClose, AnAbortThatThrowsAwayUnsentBytesResets) {
    OwnSocket peer;
    ASSERT_EQ(30000000, Write(peer.connection, std::string(30000000, 'a')));
    ASSERT_GT(reseau_pending(peer.connection), 0);
    ASSERT_EQ(0, reseau_abort(peer.connection));
    ASSERT_EQ(0, reseau_wait_closed(peer.connection, 60000));
    EXPECT_TRUE(peer.IsReset()) << "a part is not the whole";
}

TEST(ReseauClose, AnAbortThatThrowsAwayUnreadBytesResets) {
    OwnSocket peer;
    ASSERT_EQ(4, send(peer.end, "left", 4, 0));
    char one[1];
    ASSERT_EQ(1, reseau_read(peer.connection, one, 1));
    ASSERT_EQ(3, reseau_available(peer.connection));
    ASSERT_EQ(0, reseau_abort(peer.connection));
    ASSERT_EQ(0, reseau_wait_closed(peer.connection, 60000));
    EXPECT_TRUE(peer.IsReset());
}

TEST(ReseauClose, AnAbortThatThrowsNothingAwayDeliversWhatTheSystemHas) {
    OwnSocket peer;
    ASSERT_EQ(50000, Write(peer.connection, std::string(50000, 'a')));
    ASSERT_EQ(0, reseau_flush(peer.connection));
    ASSERT_EQ(0, reseau_abort(peer.connection));
    ASSERT_EQ(0, reseau_wait_closed(peer.connection, 60000));
    size_t length = 0;
    EXPECT_TRUE(peer.ReadsAnEnd(&length));
    EXPECT_EQ(50000u, length);
}

TEST(ReseauClose, AnAbortInsideOnDataIsNoResetForWhatTheCallbackHas) {
    Recorder recorder;
    recorder.on_data = [](reseau_id id, const char *, size_t length) {
        EXPECT_EQ(6, reseau_write(id, "answer", 6));
        reseau_abort(id);
        return length;
    };
    reseau_id listener = recorder.Listen();
    reseau_id client = reseau_connect("127.0.0.1", PortOf(listener), nullptr);
    ASSERT_GT(client, 0);
    ASSERT_EQ(3, Write(client, "ask"));
    char buffer[16];
    int64_t got = reseau_read(client, buffer, sizeof(buffer));
    EXPECT_TRUE(got == 6 || got == RESEAU_ERROR_RESET) << got;
    ASSERT_TRUE(recorder.AwaitClosed());
    EXPECT_EQ(got == 6, recorder.Infos()[0].bytes_unsent == 0) << "whole, or a reset";
    reseau_abort(client);
    reseau_close(listener);
}

TEST(ReseauClose, WhatOnDataLooksAtStaysWhenAWriteInsideItFails) {
    for (size_t size : {(size_t)1, (size_t)10240, (size_t)300000}) {
        Recorder recorder;
        std::atomic<int> refused{0};
        std::atomic<int64_t> changed{-1};
        raw_socket_t peer = raw_socket_new(AF_INET);
        recorder.on_data = [&](reseau_id id, const char *data, size_t length) {
            if (length < 200) {
                ++refused;
                return (size_t)0;
            }
            struct linger at_once = {1, 0};
            setsockopt(peer, SOL_SOCKET, SO_LINGER, (const char *)&at_once, sizeof(at_once));
            raw_socket_close(peer);
            std::string reply(size, 'r');
            for (int i = 0; i < 20; ++i) {
                reseau_write(id, reply.data(), reply.size());
            }
            changed = (int64_t)length - std::count(data, data + length, 'A');
            return length;
        };
        reseau_id listener = recorder.Listen();
        struct sockaddr_in address = {};
        address.sin_family = AF_INET;
        address.sin_port = htons(PortOf(listener));
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        ASSERT_EQ(0, connect(peer, (struct sockaddr *)&address, sizeof(address)));
        std::string part(100, 'A');
        ASSERT_EQ(100, send(peer, part.data(), part.size(), 0));
        while (refused == 0) {
            std::this_thread::yield();
        }
        ASSERT_EQ(100, send(peer, part.data(), part.size(), 0));
        ASSERT_TRUE(recorder.AwaitClosed());
        EXPECT_EQ(0, changed);
        EXPECT_EQ(RESEAU_ERROR_RESET, recorder.Infos()[0].error);
        reseau_close(listener);
    }
}

TEST(ReseauClose, BothSidesSeeTheResetOfAnAbort) {
    for (int round = 0; round < 20; ++round) {
        Recorder recorder;
        Halves halves;
        ASSERT_TRUE(halves.Connect(&recorder) && recorder.AwaitOpen());
        reseau_id cut = round % 2 == 0 ? halves.client : halves.server;
        reseau_id other = round % 2 == 0 ? halves.server : halves.client;
        if (round % 2 != 0) {
            reseau_pause(other);
        }
        struct reseau_close_info before = InfoOf(cut);
        EXPECT_EQ(0u, before.bytes_unsent);
        ASSERT_EQ(30000000, Write(cut, std::string(30000000, 'a')));
        ASSERT_EQ(0, reseau_abort(cut));
        if (round % 2 != 0) {
            reseau_resume(other);
            ASSERT_TRUE(recorder.AwaitClosed());
            EXPECT_EQ(RESEAU_ERROR_RESET, recorder.Infos()[0].error);
            EXPECT_EQ(RESEAU_CLOSED_BY_PEER, recorder.Infos()[0].closed_by);
        } else {
            char buffer[65536];
            int64_t got;
            while ((got = reseau_read(other, buffer, sizeof(buffer))) > 0) {
            }
            EXPECT_EQ(RESEAU_ERROR_RESET, got) << reseau_error_name(got);
        }
    }
}

TEST(ReseauClose, ASlowReaderAndALateCloseAreReset) {
    struct reseau_options options = reseau_options_default();
    options.slow_reader_timeout_ms = 50;
    {
        OwnSocket peer(&options);
        ASSERT_EQ(30000000, Write(peer.connection, std::string(30000000, 's')));
        while (InfoOf(peer.connection).closed_by == RESEAU_CLOSED_BY_NOBODY) {
            std::this_thread::yield();
        }
        EXPECT_EQ(RESEAU_ERROR_SLOW_READER, InfoOf(peer.connection).error);
        EXPECT_TRUE(peer.IsReset());
    }
    options = reseau_options_default();
    options.close_timeout_ms = 50;
    OwnSocket peer(&options);
    ASSERT_EQ(30000000, Write(peer.connection, std::string(30000000, 'c')));
    ASSERT_EQ(0, reseau_close(peer.connection));
    ASSERT_EQ(0, reseau_wait_closed(peer.connection, 60000));
    EXPECT_TRUE(peer.IsReset());
}

TEST(ReseauClose, ThePeersEndClosesAConnectionThatOnlyTakesData) {
    Recorder recorder;
    Halves halves;
    ASSERT_TRUE(halves.Connect(&recorder));
    ASSERT_EQ(5, Write(halves.server, "hello"));
    ASSERT_EQ(0, reseau_close(halves.server));
    ASSERT_TRUE(recorder.AwaitClosed());
    EXPECT_EQ("hello", recorder.Text());
    EXPECT_EQ(RESEAU_CLOSED_BY_PEER, recorder.Infos()[0].closed_by);
    EXPECT_EQ(RESEAU_PHASE_READ, recorder.Infos()[0].phase);
    EXPECT_EQ(0, recorder.Infos()[0].error);
    EXPECT_EQ(5u, recorder.Infos()[0].bytes_read);
    EXPECT_EQ(0, reseau_wait_closed(halves.client, 60000));
}

TEST(ReseauClose, AHalfCloseLeavesTheOtherDirection) {
    static std::atomic<int> ends;
    ends = 0;
    Recorder recorder;
    Halves halves;
    recorder.options.on_end = [](reseau_id id, void *) {
        ++ends;
        EXPECT_EQ(7, reseau_write(id, "and you", 7));
        EXPECT_EQ(0, reseau_close(id));
    };
    ASSERT_TRUE(halves.Connect(&recorder));
    ASSERT_EQ(5, Write(halves.server, "hello"));
    ASSERT_EQ(0, reseau_end(halves.server));
    EXPECT_EQ("and you", ReadAll(halves.server));
    ASSERT_TRUE(recorder.AwaitClosed());
    EXPECT_EQ("hello", recorder.Text());
    EXPECT_EQ(1, ends);
}

TEST(ReseauClose, AResetIsThePeers) {
    Recorder recorder;
    Halves halves;
    ASSERT_TRUE(halves.Connect(&recorder) && recorder.AwaitOpen());
    int descriptor = reseau_detach(halves.server);
    ASSERT_GE(descriptor, 0) << reseau_error_name(descriptor);
    struct linger linger = {1, 0};
    setsockopt(descriptor, SOL_SOCKET, SO_LINGER, (const char *)&linger, sizeof(linger));
    socket_close(descriptor);
    ASSERT_TRUE(recorder.AwaitClosed());
    EXPECT_EQ(RESEAU_CLOSED_BY_PEER, recorder.Infos()[0].closed_by);
    EXPECT_EQ(RESEAU_ERROR_RESET, recorder.Infos()[0].error);
}

TEST(ReseauClose, ABlockingProgramReadsTheRestAndTheErrorAfterAReset) {
    Pair pair;
    ASSERT_EQ(4, Write(pair.client, "rest"));
    while (reseau_available(pair.server) < 4) {
        std::this_thread::yield();
    }
    int descriptor = reseau_detach(pair.client);
    ASSERT_GE(descriptor, 0) << reseau_error_name(descriptor);
    struct linger linger = {1, 0};
    setsockopt(descriptor, SOL_SOCKET, SO_LINGER, (const char *)&linger, sizeof(linger));
    socket_close(descriptor);
    while (InfoOf(pair.server).closed_by == RESEAU_CLOSED_BY_NOBODY) {
        std::this_thread::yield();
    }
    char buffer[8];
    EXPECT_EQ(RESEAU_ERROR_CLOSED, Write(pair.server, "x"));
    EXPECT_EQ("rest", ReadExactly(pair.server, 4));
    EXPECT_EQ(RESEAU_ERROR_RESET, reseau_read(pair.server, buffer, sizeof(buffer)));
    EXPECT_EQ(RESEAU_ERROR_RESET, reseau_read(pair.server, buffer, sizeof(buffer)));
    EXPECT_EQ(0, reseau_close(pair.server));
    EXPECT_EQ(0, reseau_wait_closed(pair.server, 60000));
    EXPECT_EQ(RESEAU_ERROR_BAD_ID, reseau_read(pair.server, buffer, sizeof(buffer)));
}

TEST(ReseauClose, InsideEachCallback) {
    for (int kind = 0; kind < 8; ++kind) {
        Recorder recorder;
        Halves halves;
        bool is_abort = kind % 2 != 0;
        auto end = [is_abort](reseau_id id) { EXPECT_EQ(0, is_abort ? reseau_abort(id) : reseau_close(id)); };
        if (kind / 2 == 0) {
            recorder.on_open = end;
        } else if (kind / 2 == 1) {
            recorder.on_data = [end](reseau_id id, const char *, size_t length) {
                end(id);
                end(id);
                EXPECT_EQ(RESEAU_ERROR_CLOSED, reseau_write(id, "x", 1));
                return length;
            };
        } else if (kind / 2 == 2) {
            recorder.options.on_end = is_abort ? [](reseau_id id, void *) { reseau_abort(id); }
                                               : [](reseau_id id, void *) { reseau_close(id); };
        } else {
            recorder.on_close = end;
        }
        ASSERT_TRUE(halves.Connect(&recorder));
        Write(halves.server, "data");
        reseau_end(halves.server);
        ASSERT_TRUE(recorder.AwaitClosed()) << kind;
        EXPECT_EQ(0, reseau_wait_closed(halves.client, 60000));
        EXPECT_EQ(1u, recorder.Infos().size()) << kind;
    }
}

TEST(ReseauClose, InsideOnDrain) {
    Recorder recorder;
    Halves halves;
    recorder.options.write_queue_bytes = 100000;
    recorder.options.write_policy = RESEAU_WRITE_WOULD_BLOCK;
    recorder.options.on_drain = [](reseau_id id, void *) { reseau_abort(id); };
    ASSERT_TRUE(halves.Connect(&recorder) && recorder.AwaitOpen());
    while (Write(halves.client, std::string(50000, 'd')) > 0) {
    }
    int64_t got = 0;
    std::thread reader([&] {
        char buffer[65536];
        while ((got = reseau_read(halves.server, buffer, sizeof(buffer))) > 0) {
        }
    });
    EXPECT_TRUE(recorder.AwaitClosed());
    reader.join();
    /* The system may have taken all that was queued by then. */
    EXPECT_EQ(recorder.Infos()[0].bytes_unsent > 0 ? RESEAU_ERROR_RESET : 0, got);
}

TEST(ReseauClose, ARestDoesNotHoldThePeersEndBack) {
    Recorder recorder;
    Halves halves;
    static std::atomic<int64_t> left;
    left = -1;
    recorder.on_data = [](reseau_id, const char *, size_t) { return (size_t)0; };
    recorder.options.on_end = [](reseau_id id, void *) {
        char rest[10];
        int64_t read = reseau_try_read(id, rest, sizeof(rest));
        left = read == 4 && memcmp(rest, "half", 4) == 0 ? read : -2;
        reseau_close(id);
    };
    ASSERT_TRUE(halves.Connect(&recorder));
    Write(halves.server, "half");
    reseau_end(halves.server);
    ASSERT_TRUE(recorder.AwaitClosed());
    EXPECT_EQ(4, left);
}

TEST(ReseauClose, APausedConnectionGetsItsRestBeforeTheEnd) {
    Recorder recorder;
    Halves halves;
    static std::atomic<bool> is_paused;
    static std::atomic<int> order;
    is_paused = false;
    order = 0;
    recorder.on_data = [](reseau_id id, const char *, size_t length) {
        if (!is_paused) {
            reseau_pause(id);
            is_paused = true;
            return (size_t)0;
        }
        EXPECT_EQ(4u, length);
        EXPECT_EQ(0, order++);
        return length;
    };
    recorder.options.on_end = [](reseau_id id, void *) {
        EXPECT_EQ(1, order++);
        reseau_close(id);
    };
    ASSERT_TRUE(halves.Connect(&recorder));
    Write(halves.server, "rest");
    reseau_end(halves.server);
    while (!is_paused) {
        std::this_thread::yield();
    }
    std::this_thread::sleep_for(std::chrono::milliseconds(20));
    EXPECT_EQ(0, order);
    EXPECT_EQ(0, reseau_resume(halves.client));
    ASSERT_TRUE(recorder.AwaitClosed());
    EXPECT_EQ(2, order);
}

namespace {

/* Bytes go from one connection to another, which may be on another loop. */
struct Passing {
    std::atomic<reseau_id> to{0};
    std::atomic<reseau_id> from{0};

    static size_t Data(reseau_id connection, const void *data, size_t length, void *state) {
        reseau_id to = static_cast<Passing *>(state)->to;
        if (reseau_write(to, data, length) >= 0) {
            return length;
        }
        reseau_pause(connection);
        if (reseau_write(to, data, length) < 0) {
            return 0;
        }
        reseau_resume(connection);
        return length;
    }
};

} // namespace

/* The peer's end has come by then, and waits for the answer to what came before it. */
TEST(ReseauClose, WhatItsOwnQueueHasNoRoomForIsAnsweredBeforeTheEnd) {
    Recorder recorder;
    recorder.options.write_policy = RESEAU_WRITE_WOULD_BLOCK;
    recorder.options.write_queue_bytes = 50000;
    std::string large = Pattern(20000000);
    std::atomic<int> refusals{0};
    recorder.on_open = [&](reseau_id id) { EXPECT_EQ((int64_t)large.size(), Write(id, large)); };
    recorder.on_data = [&](reseau_id id, const char *data, size_t length) {
        int64_t written = reseau_write(id, data, length);
        refusals += written < 0;
        return written < 0 ? (size_t)0 : length;
    };
    Halves halves;
    ASSERT_TRUE(halves.Connect(&recorder) && recorder.AwaitOpen());
    ASSERT_EQ(5, Write(halves.server, "hello"));
    ASSERT_EQ(0, reseau_end(halves.server));
    while (refusals == 0) {
        std::this_thread::yield();
    }
    EXPECT_TRUE(large + "hello" == ReadAll(halves.server));
    EXPECT_TRUE(recorder.AwaitClosed());
}

TEST(ReseauClose, WhatAnotherConnectionHasNoRoomForComesBeforeTheEnd) {
    for (int round = 0; round < 20; ++round) {
        Passing passing;
        struct reseau_options in = reseau_options_default(), out = reseau_options_default();
        in.state = out.state = &passing;
        in.on_data = Passing::Data;
        in.on_end = [](reseau_id id, void *state) {
            reseau_end(static_cast<Passing *>(state)->to);
            reseau_close(id);
        };
        out.write_policy = RESEAU_WRITE_WOULD_BLOCK;
        out.write_queue_bytes = 50000;
        out.on_drain = [](reseau_id, void *state) { reseau_resume(static_cast<Passing *>(state)->from); };
        out.on_close = [](reseau_id, const struct reseau_close_info *, void *) {};
        reseau_id listener = reseau_listen(nullptr, 0, nullptr);
        reseau_id target = reseau_connect("127.0.0.1", PortOf(listener), &out);
        ASSERT_GT(target, 0);
        reseau_id reader = reseau_accept(listener, 60000);
        passing.to = target;
        reseau_id source = reseau_connect("127.0.0.1", PortOf(listener), &in);
        ASSERT_GT(source, 0);
        passing.from = source;
        reseau_id writer = reseau_accept(listener, 60000);
        std::string all = Pattern(2000000, (unsigned)round + 1);
        std::thread thread([&] {
            Write(writer, all);
            reseau_end(writer);
        });
        EXPECT_TRUE(all == ReadAll(reader)) << "everything, and then the end";
        thread.join();
        for (reseau_id id : {source, target, reader, writer, listener}) {
            reseau_abort(id);
        }
        EXPECT_EQ(0, reseau_wait_closed(source, 60000));
        EXPECT_EQ(0, reseau_wait_closed(target, 60000));
    }
}

TEST(ReseauClose, FromManyThreadsAtOnce) {
    for (int round = 0; round < 100; ++round) {
        Recorder recorder;
        Halves halves;
        ASSERT_TRUE(halves.Connect(&recorder));
        std::vector<std::thread> threads;
        for (int i = 0; i < 4; ++i) {
            threads.emplace_back([&, i] {
                for (int k = 0; k < 20; ++k) {
                    Write(i % 2 == 0 ? halves.client : halves.server, "some bytes");
                }
                i == 3 ? reseau_abort(halves.client) : reseau_close(halves.client);
            });
        }
        for (std::thread &thread : threads) {
            thread.join();
        }
        ASSERT_TRUE(recorder.AwaitClosed());
        EXPECT_EQ(0, reseau_wait_closed(halves.client, 60000));
        EXPECT_EQ(1u, recorder.Infos().size());
    }
}

TEST(ReseauClose, WaitingForTheEndHasALimit) {
    Pair pair;
    EXPECT_EQ(RESEAU_ERROR_TIMED_OUT, reseau_wait_closed(pair.client, 0));
    EXPECT_EQ(RESEAU_ERROR_TIMED_OUT, reseau_wait_closed(pair.client, 10));
    std::thread closer([&] { reseau_close(pair.client); });
    EXPECT_EQ(0, reseau_wait_closed(pair.client, RESEAU_FOREVER));
    closer.join();
}

TEST(ReseauClose, APeerThatNeverReadsEndsACloseWhenItsTimeIsOver) {
    Recorder recorder;
    recorder.options.close_timeout_ms = 50;
    Halves halves;
    ASSERT_TRUE(halves.Connect(&recorder) && recorder.AwaitOpen());
    ASSERT_EQ(30000000, Write(halves.client, std::string(30000000, 'n')));
    ASSERT_EQ(0, reseau_close(halves.client));
    ASSERT_TRUE(recorder.AwaitClosed());
    EXPECT_EQ(RESEAU_PHASE_CLOSE, recorder.Infos()[0].phase);
    EXPECT_EQ(RESEAU_ERROR_TIMED_OUT, recorder.Infos()[0].error);
    EXPECT_GT(recorder.Infos()[0].bytes_unsent, 0u);
}

TEST(ReseauClose, LinkedObjectsGoWithTheConnection) {
    static std::atomic<int> freed;
    freed = 0;
    auto free_one = [](void *object) { *static_cast<int *>(object) = ++freed; };
    int one = 0, two = 0, late = 0;
    Recorder recorder;
    Halves halves;
    recorder.on_close = [&](reseau_id) { EXPECT_EQ(0, freed); };
    ASSERT_TRUE(halves.Connect(&recorder));
    EXPECT_EQ(0, reseau_link(halves.client, &one, free_one));
    EXPECT_EQ(0, reseau_link(halves.client, &two, free_one));
    EXPECT_EQ(RESEAU_ERROR_INVALID_ARGUMENT, reseau_link(halves.client, &two, nullptr));
    reseau_close(halves.client);
    ASSERT_EQ(0, reseau_wait_closed(halves.client, 60000));
    EXPECT_EQ(3, one + two);
    EXPECT_EQ(RESEAU_ERROR_BAD_ID, reseau_link(halves.client, &late, free_one));
    EXPECT_EQ(3, late) << "freed at once";
}

TEST(ReseauClose, ALiveConnectionHasCountersInItsRecord) {
    Pair pair;
    ASSERT_EQ(5, Write(pair.client, "hello"));
    ASSERT_EQ("hello", ReadExactly(pair.server, 5));
    EXPECT_EQ(5u, InfoOf(pair.server).bytes_read);
    EXPECT_EQ(RESEAU_CLOSED_BY_NOBODY, InfoOf(pair.server).closed_by);
    struct reseau_close_info info;
    info.size = 1;
    EXPECT_EQ(RESEAU_ERROR_INVALID_ARGUMENT, reseau_close_info(pair.server, &info));
    EXPECT_EQ(RESEAU_ERROR_INVALID_ARGUMENT, reseau_close_info(pair.server, nullptr));
}

TEST(ReseauIdle, AConnectionThatIsSilentIsClosed) {
    Recorder recorder;
    recorder.options.idle_timeout_ms = 50;
    Halves halves;
    ASSERT_TRUE(halves.Connect(&recorder));
    ASSERT_TRUE(recorder.AwaitClosed());
    EXPECT_EQ(RESEAU_PHASE_IDLE, recorder.Infos()[0].phase);
    EXPECT_EQ(RESEAU_ERROR_TIMED_OUT, recorder.Infos()[0].error);
    EXPECT_EQ(RESEAU_CLOSED_BY_LIBRARY, recorder.Infos()[0].closed_by);
    EXPECT_GE(recorder.Infos()[0].duration_ns, 50000000);
}

/* The write is reported once, at its end; its parts put the time-out off before that. */
TEST(ReseauIdle, ALargeWriteThatGoesOnPutsItOff) {
    const int64_t idle = 2000 * TimeoutScale();
    std::string large = Pattern(32000000), read;
    Recorder recorder;
    recorder.options.idle_timeout_ms = idle;
    Halves halves;
    ASSERT_TRUE(halves.Connect(&recorder) && recorder.AwaitOpen());
    ASSERT_EQ((int64_t)large.size(), Write(halves.client, large));
    for (int i = 0; i < 32; ++i) {
        read += ReadExactly(halves.server, 1000000);
        std::this_thread::sleep_for(std::chrono::milliseconds(idle / 16));
    }
    EXPECT_TRUE(large == read);
}

TEST(ReseauIdle, ReadsWritesAndTouchesPutItOff) {
    static std::atomic<int> touches;
    touches = 0;
    Recorder recorder;
    recorder.options.idle_timeout_ms = 2000 * TimeoutScale();
    recorder.options.on_touch = [](reseau_id, void *) { ++touches; };
    Halves halves;
    ASSERT_TRUE(halves.Connect(&recorder) && recorder.AwaitOpen());
    auto begin = std::chrono::steady_clock::now();
    for (int i = 0; std::chrono::steady_clock::now() - begin < std::chrono::milliseconds(2500 * TimeoutScale()); ++i) {
        if (i % 3 == 0) {
            ASSERT_EQ(1, Write(halves.client, "w"));
        } else if (i % 3 == 1) {
            ASSERT_EQ(1, Write(halves.server, "r"));
        } else {
            ASSERT_EQ(0, reseau_touch(halves.client));
        }
        std::this_thread::sleep_for(std::chrono::milliseconds(20));
    }
    EXPECT_EQ(0u, recorder.Infos().size());
    EXPECT_GT(touches, 10);
    EXPECT_EQ(0, reseau_set_idle_timeout(halves.client, 10));
    ASSERT_TRUE(recorder.AwaitClosed());
    EXPECT_EQ(RESEAU_PHASE_IDLE, recorder.Infos()[0].phase);
}

TEST(ReseauIdle, ItCanBeTakenBack) {
    Recorder recorder;
    recorder.options.idle_timeout_ms = 100 * TimeoutScale();
    recorder.on_open = [](reseau_id id) { EXPECT_EQ(0, reseau_set_idle_timeout(id, RESEAU_FOREVER)); };
    Halves halves;
    ASSERT_TRUE(halves.Connect(&recorder) && recorder.AwaitOpen());
    std::this_thread::sleep_for(std::chrono::milliseconds(300 * TimeoutScale()));
    EXPECT_EQ(4, Write(halves.server, "well"));
    EXPECT_TRUE(recorder.AwaitText("well"));
    reseau_close(halves.client);
    EXPECT_TRUE(recorder.AwaitClosed());
}
