/* SPDX-License-Identifier: Apache-2.0 */
#include "support/raw_socket.h"
#include "support/reseau_peer.h"

#include <reseau/reseau.h>

#include <gtest/gtest.h>

#include <atomic>
#include <string>
#include <thread>
#include <vector>

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
    reseau_close(client);
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

/* An address of the documentation's (RFC 5737), which nobody answers for; if the network refuses it, that is as well.
 */
TEST(ReseauConnect, AnAttemptIsGivenUpWhenItsTimeIsOver) {
    Recorder recorder;
    recorder.options.connect_timeout_ms = 50;
    int64_t result = reseau_connect("192.0.2.1", 9, &recorder.options);
    EXPECT_TRUE(
        result == RESEAU_ERROR_TIMED_OUT || result == RESEAU_ERROR_UNREACHABLE || result == RESEAU_ERROR_REFUSED)
        << reseau_error_name(result);
    EXPECT_EQ(1u, recorder.Infos().size());
}

TEST(ReseauConnect, AnAttemptThatIsClosedIsReportedOnce) {
    Recorder recorder;
    reseau_id client = reseau_connect_start("192.0.2.1", 9, &recorder.options);
    ASSERT_GT(client, 0);
    EXPECT_EQ(0, reseau_close(client));
    reseau_close(client);
    ASSERT_TRUE(recorder.AwaitClosed());
    EXPECT_EQ(0, reseau_wait_closed(client, 60000));
    EXPECT_EQ(1u, recorder.Infos().size());
    EXPECT_EQ(0, recorder.Opened());
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
