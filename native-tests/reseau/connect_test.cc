/* SPDX-License-Identifier: Apache-2.0 */
#include "support/socket_pair.h"
#include "support/reseau_peer.h"

#include <reseau/reseau.h>

#include <gtest/gtest.h>

#if !defined(_WIN32)
#    include <net/if.h>
#    include <netinet/tcp.h>
#endif

#include <atomic>
#include <string>
#include <thread>
#include <vector>

TEST(ReseauConnect, ReturnsWhenOnOpenHasReturned) {
    Recorder recorder;
    static std::atomic<int> looks;
    looks = 0;
    recorder.on_open = [](reseau_id) {
        for (int i = 0; i < 1000; ++i) {
            if (i % 100 == 0) {
                std::this_thread::yield(); // on a loaded machine each takes long
            }
            ++looks;
        }
    };
    reseau_id listener = reseau_listen(nullptr, 0, nullptr);
    ASSERT_GT(listener, 0);
    for (int i = 1; i <= 20; ++i) {
        reseau_id client = reseau_connect("127.0.0.1", PortOf(listener), &recorder.options);
        ASSERT_GT(client, 0);
        EXPECT_EQ(i * 1000, looks);
        reseau_abort(client);
        EXPECT_EQ(0, reseau_wait_closed(client, 60000));
    }
    reseau_close(listener);
}

TEST(ReseauConnect, ABlockingPairExchangesBytes) {
    Pair pair;
    EXPECT_EQ(5, Write(pair.client, "hello"));
    EXPECT_EQ("hello", ReadExactly(pair.server, 5));
    EXPECT_EQ(3, Write(pair.server, "you"));
    EXPECT_EQ("you", ReadExactly(pair.client, 3));
}

TEST(ReseauConnect, BothFormsOfAnAddressOfIpv6AreFine) {
    reseau_id listener = reseau_listen("::1", 0, nullptr);
    if (listener == RESEAU_ERROR_ADDRESS_NOT_AVAILABLE || listener == RESEAU_ERROR_UNSUPPORTED) {
        GTEST_SKIP() << "this host has no IPv6";
    }
    ASSERT_GT(listener, 0) << reseau_error_name(listener);
    for (const char *host : {"::1", "[::1]"}) {
        reseau_id client = reseau_connect(host, PortOf(listener), nullptr);
        ASSERT_GT(client, 0) << host << ": " << reseau_error_name(client);
        struct reseau_address address;
        EXPECT_EQ(0, reseau_peer_address(client, &address));
        EXPECT_STREQ("::1", address.text);
        EXPECT_EQ(6, address.family);
        EXPECT_EQ(PortOf(listener), address.port);
        reseau_close(client);
    }
    reseau_close(listener);
}

TEST(ReseauConnect, AListenerOnAllAddressesIsReachedByEitherFamily) {
    reseau_id listener = reseau_listen("*", 0, nullptr);
    ASSERT_GT(listener, 0) << reseau_error_name(listener);
    reseau_id client = reseau_connect("127.0.0.1", PortOf(listener), nullptr);
    EXPECT_GT(client, 0) << reseau_error_name(client);
    reseau_id server = reseau_accept(listener, 60000);
    struct reseau_address address;
    EXPECT_EQ(0, reseau_peer_address(server, &address));
    EXPECT_STREQ("127.0.0.1", address.text) << "whatever the socket is";
    EXPECT_EQ(4, address.family);
    reseau_close(client);
    reseau_close(server);
    reseau_close(listener);
}

TEST(ReseauConnect, AName) {
    reseau_id listener = reseau_listen(nullptr, 0, nullptr);
    ASSERT_GT(listener, 0);
    struct reseau_options options = reseau_options_default();
    options.family = 4;
    reseau_id client = reseau_connect("localhost", PortOf(listener), &options);
    ASSERT_GT(client, 0) << reseau_error_name(client);
    struct reseau_address local, peer;
    EXPECT_EQ(0, reseau_local_address(client, &local));
    reseau_id server = reseau_accept(listener, 60000);
    ASSERT_GT(server, 0);
    EXPECT_EQ(0, reseau_peer_address(server, &peer));
    EXPECT_STREQ(local.text, peer.text);
    EXPECT_EQ(local.port, peer.port);
    EXPECT_EQ(4, peer.family);
    reseau_close(client);
    reseau_close(server);
    reseau_close(listener);
}

TEST(ReseauConnect, NobodyListensThere) {
    Recorder recorder;
    reseau_id listener = reseau_listen(nullptr, 0, nullptr);
    ASSERT_GT(listener, 0);
    uint16_t port = PortOf(listener);
    reseau_close(listener);
    ASSERT_EQ(0, reseau_wait_closed(listener, 60000));
    EXPECT_EQ(RESEAU_ERROR_REFUSED, reseau_connect("127.0.0.1", port, &recorder.options));
    ASSERT_EQ(1u, recorder.Infos().size()) << "the last callback comes before the call returns";
    struct reseau_close_info info = recorder.Infos()[0];
    EXPECT_EQ(RESEAU_ERROR_REFUSED, info.error);
    EXPECT_EQ(RESEAU_PHASE_CONNECT, info.phase);
    EXPECT_EQ(RESEAU_CLOSED_BY_LIBRARY, info.closed_by);
    EXPECT_NE(0, info.cause);
    EXPECT_EQ(0, recorder.Opened());
}

TEST(ReseauConnect, ANameWithoutAddress) {
    Recorder recorder;
    reseau_id client = reseau_connect_start("no-such-host.invalid", 80, &recorder.options);
    ASSERT_GT(client, 0) << reseau_error_name(client);
    ASSERT_TRUE(recorder.AwaitClosed());
    EXPECT_EQ(RESEAU_PHASE_NAMES, recorder.Infos()[0].phase);
    EXPECT_LT(recorder.Infos()[0].error, 0);
}

TEST(ReseauConnect, WhatCannotBe) {
    struct reseau_options options = reseau_options_default();
    EXPECT_EQ(RESEAU_ERROR_BAD_ADDRESS, reseau_connect(nullptr, 80, nullptr));
    EXPECT_EQ(RESEAU_ERROR_BAD_ADDRESS, reseau_connect("", 80, nullptr));
    EXPECT_EQ(RESEAU_ERROR_BAD_ADDRESS, reseau_connect(std::string(300, 'x').c_str(), 80, nullptr));
    EXPECT_EQ(RESEAU_ERROR_INVALID_ARGUMENT, reseau_connect("localhost", 0, nullptr));
    options.size = 3;
    EXPECT_EQ(RESEAU_ERROR_INVALID_ARGUMENT, reseau_connect("localhost", 80, &options));
    options.size = sizeof(options) + 8;
    EXPECT_EQ(RESEAU_ERROR_INVALID_ARGUMENT, reseau_connect("localhost", 80, &options));
    options = reseau_options_default();
    options.write_policy = 3;
    EXPECT_EQ(RESEAU_ERROR_INVALID_ARGUMENT, reseau_connect("localhost", 80, &options));
    options = reseau_options_default();
    options.idle_timeout_ms = -2;
    EXPECT_EQ(RESEAU_ERROR_INVALID_ARGUMENT, reseau_connect("localhost", 80, &options));
    options = reseau_options_default();
    options.family = 5;
    EXPECT_EQ(RESEAU_ERROR_INVALID_ARGUMENT, reseau_connect("localhost", 80, &options));
    EXPECT_EQ(RESEAU_ERROR_BAD_ID, reseau_close(0));
    EXPECT_EQ(RESEAU_ERROR_BAD_ID, reseau_close(-1));
    EXPECT_EQ(RESEAU_ERROR_BAD_ID, reseau_write(17, "x", 1));
}

namespace {

/* A listener whose backlog is full: who connects waits. */
struct FullListener {
    FullListener() : listener((int)raw_socket_new(AF_INET)) {
        SocketName any = SocketName::Ipv4("127.0.0.1", 0);
        EXPECT_EQ(0, bind(listener, any.get(), any.Size()));
        EXPECT_EQ(0, listen(listener, 0));
        struct sockaddr_in bound;
        socklen_t size = sizeof(bound);
        getsockname(listener, (struct sockaddr *)&bound, &size);
        port = ntohs(bound.sin_port);
        for (int i = 0; i < 4; ++i) {
            fillers.push_back((int)raw_socket_new(AF_INET));
            socket_set_nonblocking(fillers.back());
            SocketName name = SocketName::Ipv4("127.0.0.1", port);
            connect(fillers.back(), name.get(), name.Size());
        }
    }
    ~FullListener() {
        for (int filler : fillers) {
            socket_close(filler);
        }
        socket_close(listener);
    }

    int listener;
    uint16_t port;
    std::vector<int> fillers;
};

#if !defined(_WIN32)
/* A socket option of a connection that is taken out for that. */
int OptionOf(reseau_id connection, int level, int name) {
    int descriptor = reseau_detach(connection);
    EXPECT_GE(descriptor, 0) << reseau_error_name(descriptor);
    int value = -1;
    socklen_t size = sizeof(value);
    EXPECT_EQ(0, getsockopt(descriptor, level, name, &value, &size));
    socket_close(descriptor);
    return value;
}
#endif

} // namespace

TEST(ReseauConnect, AnAttemptIsGivenUpWhenItsTimeIsOver) {
    FullListener full;
    for (int i = 0; i < 2; ++i) {
        Recorder recorder;
        (i == 0 ? recorder.options.connect_timeout_ms : recorder.options.attempt_timeout_ms) = 50;
        int64_t result = reseau_connect("127.0.0.1", full.port, &recorder.options);
        EXPECT_EQ(RESEAU_ERROR_TIMED_OUT, result) << reseau_error_name(result);
        ASSERT_EQ(1u, recorder.Infos().size());
        EXPECT_EQ(RESEAU_PHASE_CONNECT, recorder.Infos()[0].phase);
        EXPECT_GE(recorder.Infos()[0].duration_ns, 50000000);
    }
}

TEST(ReseauConnect, AnAttemptThatIsClosedIsReportedOnce) {
    FullListener full;
    for (int i = 0; i < 50; ++i) {
        Recorder recorder;
        reseau_id client = reseau_connect_start("127.0.0.1", full.port, &recorder.options);
        ASSERT_GT(client, 0);
        EXPECT_EQ(4, reseau_write(client, "late", 4)) << "it would go when it is open";
        EXPECT_EQ(0, i % 2 == 0 ? reseau_close(client) : reseau_abort(client));
        reseau_close(client);
        ASSERT_TRUE(recorder.AwaitClosed());
        EXPECT_EQ(0, reseau_wait_closed(client, 60000));
        EXPECT_EQ(1u, recorder.Infos().size());
        EXPECT_EQ(RESEAU_ERROR_CANCELED, recorder.Infos()[0].error);
        EXPECT_EQ(RESEAU_CLOSED_BY_LOCAL, recorder.Infos()[0].closed_by);
        EXPECT_EQ(4u, recorder.Infos()[0].bytes_unsent);
        EXPECT_EQ(0, recorder.Opened());
    }
}

TEST(ReseauConnect, OneThatIsNotConnectedHasNoAddresses) {
    FullListener full;
    Recorder recorder;
    struct reseau_address address = {};
    reseau_id client = reseau_connect_start("127.0.0.1", full.port, &recorder.options);
    ASSERT_GT(client, 0);
    EXPECT_EQ(RESEAU_ERROR_CLOSED, reseau_local_address(client, &address));
    EXPECT_EQ(RESEAU_ERROR_CLOSED, reseau_peer_address(client, &address));
    EXPECT_STREQ("", address.text);
    reseau_abort(client);
    ASSERT_TRUE(recorder.AwaitClosed());
    EXPECT_EQ(0, reseau_wait_closed(client, 60000));
    EXPECT_EQ(RESEAU_ERROR_BAD_ID, reseau_local_address(client, &address));
}

TEST(ReseauConnect, WhatIsWrittenBeforeItIsOpenGoesThen) {
    reseau_id listener = reseau_listen(nullptr, 0, nullptr);
    reseau_id client = reseau_connect_start("localhost", PortOf(listener), nullptr);
    ASSERT_GT(client, 0);
    EXPECT_EQ(5, reseau_write(client, "early", 5));
    EXPECT_EQ(0, reseau_end(client));
    reseau_id server = reseau_accept(listener, 60000);
    EXPECT_EQ("early", ReadAll(server));
    reseau_close(client);
    reseau_close(server);
    reseau_close(listener);
}

#if !defined(_WIN32)
TEST(ReseauConnect, OptionsOfTheSocket) {
    {
        Pair pair;
        EXPECT_EQ(1, OptionOf(pair.client, IPPROTO_TCP, TCP_NODELAY));
        EXPECT_EQ(1, OptionOf(pair.server, IPPROTO_TCP, TCP_NODELAY));
    }
    struct reseau_options options = reseau_options_default();
    options.delay_small_writes = 1;
    options.keep_alive_ms = 7000;
    options.user_timeout_ms = 12345;
    options.interface_name = "lo";
    {
        Pair pair(&options, &options);
        EXPECT_EQ(0, OptionOf(pair.client, IPPROTO_TCP, TCP_NODELAY));
        EXPECT_EQ(12345, OptionOf(pair.server, IPPROTO_TCP, TCP_USER_TIMEOUT));
    }
    {
        Pair pair(&options);
        EXPECT_EQ(7, OptionOf(pair.client, IPPROTO_TCP, TCP_KEEPIDLE));
        EXPECT_EQ(0, OptionOf(pair.server, SOL_SOCKET, SO_KEEPALIVE));
    }
    struct reseau_options longest = reseau_options_default();
    longest.keep_alive_ms = INT64_MAX;
    {
        Pair pair(&longest);
        EXPECT_EQ(INT16_MAX, OptionOf(pair.client, IPPROTO_TCP, TCP_KEEPIDLE));
    }
#    if defined(SO_BINDTOIFINDEX)
    {
        Pair pair(&options);
        EXPECT_EQ((int)if_nametoindex("lo"), OptionOf(pair.client, SOL_SOCKET, SO_BINDTOIFINDEX));
        EXPECT_EQ(0, OptionOf(pair.server, SOL_SOCKET, SO_BINDTOIFINDEX));
    }
#    endif
    options.interface_name = "no-such-one";
    EXPECT_EQ(RESEAU_ERROR_INVALID_ARGUMENT, reseau_connect("127.0.0.1", 1, &options));
    options.interface_name = "a-name-that-is-too-long";
    EXPECT_EQ(RESEAU_ERROR_INVALID_ARGUMENT, reseau_connect("127.0.0.1", 1, &options));
}
#endif

TEST(ReseauConnect, OneFamilyOnly) {
    struct reseau_options options = reseau_options_default();
    options.family = 6;
    int64_t result = reseau_connect("127.0.0.1", 1, &options);
    EXPECT_EQ(RESEAU_ERROR_NAME_NOT_FOUND, result) << reseau_error_name(result);
    options.family = 0;
    options.ipv6_only = 1;
    reseau_id listener = reseau_listen("*", 0, &options);
    struct reseau_address address;
    ASSERT_EQ(0, reseau_local_address(listener, &address));
    if (address.family == 6) {
        result = reseau_connect("127.0.0.1", address.port, nullptr);
        EXPECT_EQ(RESEAU_ERROR_REFUSED, result) << reseau_error_name(result);
    }
    reseau_close(listener);
}

TEST(ReseauConnect, EachConnectionMayHaveAStateOfItsOwn) {
    static std::atomic<void *> seen;
    int own = 0;
    Recorder recorder;
    recorder.options.on_data = [](reseau_id, const void *, size_t length, void *state) {
        seen = state;
        return length;
    };
    recorder.options.on_close = nullptr;
    reseau_id listener = reseau_listen(nullptr, 0, nullptr);
    reseau_id client = reseau_connect("127.0.0.1", PortOf(listener), &recorder.options);
    reseau_id server = reseau_accept(listener, 60000);
    EXPECT_EQ(0, reseau_set_state(client, &own));
    EXPECT_EQ(1, Write(server, "x"));
    while (seen == nullptr) {
        std::this_thread::yield();
    }
    EXPECT_EQ(&own, seen);
    for (reseau_id id : {client, server, listener}) {
        reseau_close(id);
        EXPECT_EQ(0, reseau_wait_closed(id, 60000));
    }
    EXPECT_EQ(RESEAU_ERROR_BAD_ID, reseau_set_state(client, &own));
}

TEST(ReseauConnect, TheSourceAddressIsTheOneThatWasAskedFor) {
    struct reseau_options options = reseau_options_default();
    options.source_address = "127.0.0.2";
    Pair pair(&options);
    struct reseau_address address;
    ASSERT_EQ(0, reseau_peer_address(pair.server, &address));
    EXPECT_STREQ("127.0.0.2", address.text);
}

TEST(ReseauConnect, CallsThatWaitAreRefusedOnALoopsThread) {
    Recorder recorder;
    int64_t connected = 0, read = 0, flushed = 0, accepted = 0, waited = 0;
    reseau_id listener = reseau_listen(nullptr, 0, nullptr);
    ASSERT_GT(listener, 0);
    uint16_t port = PortOf(listener);
    recorder.on_open = [&](reseau_id id) {
        char byte;
        connected = reseau_connect("127.0.0.1", port, nullptr);
        read = reseau_read(id, &byte, 1);
        flushed = reseau_flush(id);
        accepted = reseau_accept(listener, -1);
        waited = reseau_wait_closed(id, -1);
    };
    reseau_id client = reseau_connect("127.0.0.1", port, &recorder.options);
    ASSERT_GT(client, 0);
    ASSERT_TRUE(recorder.AwaitOpen());
    reseau_close(client);
    ASSERT_TRUE(recorder.AwaitClosed());
    for (int64_t result : {connected, read, flushed, accepted, waited}) {
        EXPECT_EQ(RESEAU_ERROR_WOULD_BLOCK_LOOP, result);
    }
    reseau_close(listener);
}

TEST(ReseauConnect, AHundredWritersOnOneConnectionDoNotInterleave) {
    Pair pair;
    std::vector<std::thread> writers;
    for (int i = 0; i < 100; ++i) {
        writers.emplace_back([&, i] {
            std::string line(100 + (size_t)i, (char)('A' + i % 26));
            line += "\n";
            for (int k = 0; k < 50; ++k) {
                ASSERT_EQ((int64_t)line.size(), Write(pair.client, line));
            }
        });
    }
    int lines = 0;
    for (; lines < 100 * 50; ++lines) {
        char line[512];
        int64_t length = reseau_read_line(pair.server, line, sizeof(line));
        ASSERT_GE(length, 100) << reseau_error_name(length);
        ASSERT_EQ(std::string((size_t)length, line[0]), line);
    }
    for (std::thread &writer : writers) {
        writer.join();
    }
}

#if defined(__linux__)
/* What the system has of the listener on this port for connections that bring bytes: -1 if there is no such socket. */
static int FastOpenQueueOf(uint16_t port) {
    for (int descriptor = 3; descriptor < 1024; ++descriptor) {
        struct sockaddr_in address = {};
        socklen_t length = sizeof(address);
        int is_listening = 0, queue = 0;
        socklen_t size = sizeof(int);
        if (getsockname(descriptor, (struct sockaddr *)&address, &length) == 0 && address.sin_family == AF_INET &&
            ntohs(address.sin_port) == port &&
            getsockopt(descriptor, SOL_SOCKET, SO_ACCEPTCONN, &is_listening, &size) == 0 && is_listening != 0) {
            return getsockopt(descriptor, IPPROTO_TCP, TCP_FASTOPEN, &queue, &size) == 0 ? queue : -1;
        }
    }
    return -1;
}

TEST(ReseauConnect, AListenerWithFastOpenTakesBytesOfTheFirstPacket) {
    struct reseau_options options = reseau_options_default();
    options.backlog = 77;
    reseau_id without = reseau_listen(nullptr, 0, &options);
    options.fast_open = 1;
    reseau_id with = reseau_listen(nullptr, 0, &options);
    EXPECT_EQ(0, FastOpenQueueOf(PortOf(without)));
    EXPECT_EQ(77, FastOpenQueueOf(PortOf(with)));
    reseau_close(without);
    reseau_close(with);
}
#endif

TEST(ReseauConnect, FastOpenIsAHint) {
    struct reseau_options options = reseau_options_default();
    options.fast_open = 1;
    reseau_id listener = reseau_listen(nullptr, 0, &options);
    ASSERT_GT(listener, 0) << reseau_error_name(listener);
    for (int i = 0; i < 5; ++i) {
        reseau_id client = reseau_connect("127.0.0.1", PortOf(listener), &options);
        ASSERT_GT(client, 0) << reseau_error_name(client);
        /* A client that has a cookie of this listener's is not there before it has written. */
        EXPECT_EQ(5, Write(client, "early"));
        reseau_id server = reseau_accept(listener, 60000);
        ASSERT_GT(server, 0);
        EXPECT_EQ("early", ReadExactly(server, 5));
        EXPECT_EQ(4, Write(server, "back"));
        EXPECT_EQ("back", ReadExactly(client, 4));
        reseau_close(client);
        reseau_close(server);
    }
    reseau_close(listener);
}
