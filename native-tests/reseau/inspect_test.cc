/* SPDX-License-Identifier: Apache-2.0 */
#include "support/capture_file.h"
#include "support/raw_socket.h"
#include "support/reseau_peer.h"
#include "support/temporary_file.h"

#include <reseau/reseau.h>

#include <gtest/gtest.h>

#include <sys/stat.h>

#include <atomic>
#include <fstream>
#include <map>
#include <sstream>
#include <string>
#include <thread>
#include <vector>

namespace {

struct reseau_counters CountersOf(reseau_id connection) {
    struct reseau_counters counters = {};
    counters.size = sizeof(counters);
    EXPECT_EQ(0, reseau_counters(connection, &counters));
    return counters;
}

struct reseau_process_counters ProcessCounters() {
    struct reseau_process_counters counters = {};
    counters.size = sizeof(counters);
    EXPECT_EQ(0, reseau_process_counters(&counters));
    return counters;
}

std::string Certificate(const std::string &name) {
    return std::string(RESEAU_TEST_CERTIFICATES) + "/" + name;
}

/* Both streams of one connection, put together as TCP would; each packet must be the next one of its side. */
struct Conversation {
    std::string from_client, from_server;
    bool client_ended = false, server_ended = false, was_reset = false;
};

Conversation Follow(const CaptureFile &file, uint16_t client, uint16_t server) {
    Conversation result;
    uint32_t next[2] = {0, 0};
    size_t count = 0;
    uint64_t time = 0;
    for (const CapturedPacket &packet : file.packets) {
        bool is_client = packet.from_port == client && packet.to_port == server;
        if (!is_client && !(packet.from_port == server && packet.to_port == client)) {
            continue;
        }
        EXPECT_EQ(count == 0 || count == 1, (packet.flags & CapturedPacket::SYN) != 0) << "packet " << count;
        EXPECT_EQ(count != 0, (packet.flags & CapturedPacket::ACK) != 0) << "packet " << count;
        EXPECT_LE(time, packet.time);
        time = packet.time;
        ++count;
        uint32_t &own = next[is_client ? 0 : 1];
        uint32_t other = next[is_client ? 1 : 0];
        EXPECT_EQ(own, packet.sequence);
        if ((packet.flags & CapturedPacket::ACK) != 0) {
            EXPECT_EQ(other, packet.acknowledged);
        }
        own = packet.sequence + (uint32_t)packet.whole +
              ((packet.flags & (CapturedPacket::SYN | CapturedPacket::FIN)) != 0 ? 1 : 0);
        (is_client ? result.from_client : result.from_server) += packet.data;
        (is_client ? result.client_ended : result.server_ended) |= (packet.flags & CapturedPacket::FIN) != 0;
        result.was_reset |= (packet.flags & CapturedPacket::RST) != 0;
    }
    EXPECT_GE(count, 3u);
    return result;
}

struct Capturing {
    explicit Capturing(const struct reseau_capture_options *options = nullptr) {
        EXPECT_EQ(0, reseau_capture_start(path.c_str(), options));
    }

    struct reseau_capture_info Stop() {
        struct reseau_capture_info info = {};
        info.size = sizeof(info);
        EXPECT_EQ(0, reseau_capture_stop(&info));
        return info;
    }

    ~Capturing() {
        reseau_capture_stop(nullptr);
    }

    TemporaryDirectory directory;
    std::string path = directory.Path("capture.pcapng");
};

uint16_t LocalPort(reseau_id connection) {
    struct reseau_address address;
    return reseau_local_address(connection, &address) == 0 ? address.port : 0;
}

} // namespace

TEST(ReseauInspect, TheAttemptThatConnects) {
    reseau_id listener = reseau_listen(nullptr, 0, nullptr);
    reseau_id client = reseau_connect("127.0.0.1", PortOf(listener), nullptr);
    ASSERT_GT(client, 0);
    struct reseau_attempt attempts[4];
    ASSERT_EQ(1, reseau_attempts(client, attempts, 4));
    EXPECT_STREQ("127.0.0.1", attempts[0].address.text);
    EXPECT_EQ(4, attempts[0].address.family);
    EXPECT_EQ(PortOf(listener), attempts[0].address.port);
    EXPECT_EQ(0, attempts[0].error);
    EXPECT_GE(attempts[0].begun_ns, 0);
    EXPECT_GT(attempts[0].ended_ns, attempts[0].begun_ns);
    EXPECT_EQ(1, reseau_attempts(client, nullptr, 0));
    EXPECT_EQ(RESEAU_ERROR_INVALID_ARGUMENT, reseau_attempts(client, nullptr, 1));
    reseau_id server = reseau_accept(listener, 60000);
    EXPECT_EQ(0, reseau_attempts(server, attempts, 4));
    EXPECT_EQ(RESEAU_ERROR_WRONG_KIND, reseau_attempts(listener, attempts, 4));
    for (reseau_id id : {client, server, listener}) {
        reseau_close(id);
    }
}

TEST(ReseauInspect, TheAttemptsOfAConnectThatFailsAreThereInOnClose) {
    uint16_t port;
    {
        RawSocket listener = RawSocket::Listen("127.0.0.1");
        port = listener.Port();
    }
    Recorder recorder;
    std::vector<struct reseau_attempt> seen(4);
    int count = 0;
    recorder.on_close = [&](reseau_id id) { count = reseau_attempts(id, seen.data(), seen.size()); };
    EXPECT_EQ(RESEAU_ERROR_REFUSED, reseau_connect("localhost", port, &recorder.options));
    ASSERT_GE(count, 1);
    ASSERT_LE(count, 4);
    for (int i = 0; i < count; ++i) {
        EXPECT_NE(0, seen[(size_t)i].error) << seen[(size_t)i].address.text;
        EXPECT_GE(seen[(size_t)i].ended_ns, seen[(size_t)i].begun_ns);
        EXPECT_EQ(port, seen[(size_t)i].address.port);
    }
}

TEST(ReseauInspect, AnAttemptThatIsGivenUpIsCanceled) {
    BlackHole hole("127.0.0.1");
    if (!hole.IsOpen()) {
        GTEST_SKIP() << "this system drops no attempts";
    }
    Recorder recorder;
    recorder.options.connect_timeout_ms = 50;
    struct reseau_attempt seen = {};
    int count = 0;
    recorder.on_close = [&](reseau_id id) { count = reseau_attempts(id, &seen, 1); };
    EXPECT_EQ(RESEAU_ERROR_TIMED_OUT, reseau_connect("127.0.0.1", hole.Port(), &recorder.options));
    ASSERT_EQ(1, count);
    EXPECT_EQ(RESEAU_ERROR_CANCELED, seen.error);
    EXPECT_GT(seen.ended_ns, 40000000);
}

TEST(ReseauInspect, AConnectThatGoesOnIsBusy) {
    BlackHole hole("127.0.0.1");
    if (!hole.IsOpen()) {
        GTEST_SKIP() << "this system drops no attempts";
    }
    Recorder recorder;
    reseau_id client = reseau_connect_start("127.0.0.1", hole.Port(), &recorder.options);
    ASSERT_GT(client, 0);
    EXPECT_EQ(RESEAU_ERROR_BUSY, reseau_attempts(client, nullptr, 0));
    reseau_abort(client);
    EXPECT_TRUE(recorder.AwaitClosed());
}

TEST(ReseauInspect, CountersOfAConnection) {
    struct reseau_options options = reseau_options_default();
    options.write_queue_bytes = 100000;
    options.write_policy = RESEAU_WRITE_WOULD_BLOCK;
    Pair pair(&options);
    EXPECT_EQ(5, Write(pair.client, "hello"));
    EXPECT_EQ("hello", ReadExactly(pair.server, 5));
    EXPECT_EQ(0, reseau_flush(pair.client));
    struct reseau_counters client = CountersOf(pair.client);
    struct reseau_counters server = CountersOf(pair.server);
    EXPECT_EQ(5u, client.bytes_written);
    EXPECT_EQ(5u, server.bytes_read);
    EXPECT_EQ(1u, client.writes);
    EXPECT_EQ(1u, server.reads);
    EXPECT_GE(client.send_calls, 1u);
    EXPECT_GE(server.receive_calls, 1u);
    EXPECT_EQ(5u, client.max_queued_bytes);
    EXPECT_EQ(0, client.full_ns);
    EXPECT_GT(client.age_ns, 0);

    std::string piece(10000, 'x');
    while (Write(pair.client, piece) >= 0) {
    }
    client = CountersOf(pair.client);
    EXPECT_GT(client.max_queued_bytes, 90000u);
    EXPECT_LE(client.max_queued_bytes, 100000u);
    int64_t before = client.full_ns;
    size_t all = (size_t)client.bytes_written + (size_t)client.queued_bytes - 5;
    ReadExactly(pair.server, all);
    EXPECT_EQ(0, reseau_flush(pair.client));
    client = CountersOf(pair.client);
    EXPECT_GT(client.full_ns, before);
    EXPECT_EQ(client.full_ns, CountersOf(pair.client).full_ns) << "it is not full any more";
    EXPECT_EQ(0u, client.queued_bytes);

    struct reseau_counters small = {};
    small.size = 2 * sizeof(uint64_t) + sizeof(size_t);
    EXPECT_EQ(0, reseau_counters(pair.client, &small));
    EXPECT_EQ(client.bytes_written, small.bytes_written);
    EXPECT_EQ(0u, small.reads) << "an older struct has no room for it";
    small.size = sizeof(small) + 1;
    EXPECT_EQ(RESEAU_ERROR_INVALID_ARGUMENT, reseau_counters(pair.client, &small));
}

TEST(ReseauInspect, CountersOfTheProcess) {
    while (ProcessCounters().open_now > 0) {
        std::this_thread::yield(); /* other tests have begun to close theirs */
    }
    struct reseau_process_counters before = ProcessCounters();
    {
        Pair pair;
        struct reseau_process_counters during = ProcessCounters();
        EXPECT_EQ(before.begun + 1, during.begun);
        EXPECT_EQ(before.accepted + 1, during.accepted);
        EXPECT_EQ(before.opened + 2, during.opened);
        EXPECT_EQ(before.open_now + 2, during.open_now);
        EXPECT_EQ(1000, Write(pair.client, std::string(1000, 'x')));
        ReadExactly(pair.server, 1000);
        EXPECT_EQ(0, reseau_flush(pair.client));
    }
    Recorder recorder;
    EXPECT_LT(reseau_connect("no-such-host.invalid", 80, &recorder.options), 0);
    struct reseau_process_counters after = ProcessCounters();
    EXPECT_EQ(before.open_now, after.open_now);
    EXPECT_EQ(before.begun + 2, after.begun);
    EXPECT_EQ(before.bytes_read + 1000, after.bytes_read);
    EXPECT_EQ(before.bytes_written + 1000, after.bytes_written);
    EXPECT_EQ(before.failed_names + 1, after.failed_names);
    EXPECT_GE(after.closed_by_local, before.closed_by_local + 1);
}

TEST(ReseauInspect, WhatTcpKnows) {
    Pair pair;
    EXPECT_EQ(100000, Write(pair.client, std::string(100000, 'x')));
    ReadExactly(pair.server, 100000);
    struct reseau_tcp_info info = {};
    info.size = sizeof(info);
    int result = reseau_tcp_info(pair.client, &info);
    if (result == RESEAU_ERROR_UNSUPPORTED) {
        GTEST_SKIP() << "this system says nothing";
    }
    ASSERT_EQ(0, result);
    EXPECT_GT(info.rtt_us, 0);
    EXPECT_GT(info.retransmit_timeout_us, info.rtt_us);
    EXPECT_GT(info.congestion_window_bytes, info.send_segment_bytes);
    EXPECT_GT(info.send_segment_bytes, 0u);
    reseau_abort(pair.client);
    EXPECT_EQ(0, reseau_wait_closed(pair.client, 60000));
    EXPECT_EQ(RESEAU_ERROR_BAD_ID, reseau_tcp_info(pair.client, &info));
}

TEST(ReseauInspect, ACaptureIsForItsOwnerAndSaysWhatIsInIt) {
    for (const char *address : {"127.0.0.1", "::1"}) {
        reseau_id listener = reseau_listen(address, 0, nullptr);
        if (listener < 0) {
            continue;
        }
        Capturing capture;
        reseau_id client = reseau_connect(address, PortOf(listener), nullptr);
        reseau_id server = reseau_accept(listener, 60000);
        ASSERT_GT(server, 0);
        EXPECT_EQ(7, Write(client, "request"));
        EXPECT_EQ("request", ReadExactly(server, 7));
        for (reseau_id id : {client, server, listener}) {
            reseau_close(id);
            EXPECT_EQ(0, reseau_wait_closed(id, 60000));
        }
        struct reseau_capture_info info = capture.Stop();
        EXPECT_EQ(0u, info.dropped);
        EXPECT_EQ(0, info.error);
        struct stat status;
        ASSERT_EQ(0, stat(capture.path.c_str(), &status));
        EXPECT_EQ((uint64_t)status.st_size, info.file_bytes);
        EXPECT_EQ(0600u, status.st_mode & 0777) << "it holds secrets";
        CaptureFile file(capture.path);
        EXPECT_EQ(info.packets, file.packets.size());
        EXPECT_TRUE(file.has_statistics);
        EXPECT_EQ(info.packets, file.received);
        EXPECT_NE("", file.application);
        ASSERT_FALSE(file.packets.empty());
        EXPECT_EQ(address, file.packets[0].from);
        EXPECT_EQ(address, file.packets[0].to);
    }
}

TEST(ReseauInspect, ACaptureOfOneConnection) {
    Pair pair;
    uint16_t client_port = LocalPort(pair.client), server_port = PortOf(pair.listener);
    struct reseau_capture_options options = reseau_capture_options_default();
    options.connection = pair.client;
    Capturing capture(&options);
    std::string large = Pattern(300000);
    EXPECT_EQ(7, Write(pair.client, "request"));
    EXPECT_EQ("request", ReadExactly(pair.server, 7));
    std::thread writer([&] {
        EXPECT_EQ((int64_t)large.size(), Write(pair.server, large));
        EXPECT_EQ(0, reseau_end(pair.server));
    });
    EXPECT_TRUE(large == ReadAll(pair.client));
    writer.join();
    reseau_close(pair.client);
    EXPECT_EQ(0, reseau_wait_closed(pair.client, 60000));
    EXPECT_EQ(0u, capture.Stop().dropped);
    CaptureFile file(capture.path);
    Conversation all = Follow(file, client_port, server_port);
    EXPECT_EQ("request", all.from_client);
    EXPECT_TRUE(large == all.from_server);
    EXPECT_TRUE(all.client_ended);
    EXPECT_TRUE(all.server_ended);
    EXPECT_FALSE(all.was_reset);
}

TEST(ReseauInspect, ACaptureOfAListenersConnectionsIsThePlaintextOfTls) {
    std::string ca = Certificate("ca.crt"), certificate = Certificate("ec256.crt"), key = Certificate("ec256.key");
    struct reseau_tls_options server_tls = reseau_tls_options_default(), client_tls = reseau_tls_options_default();
    server_tls.certificate_file = certificate.c_str();
    server_tls.key_file = key.c_str();
    client_tls.ca_file = ca.c_str();
    client_tls.server_name = "localhost";
    struct reseau_options server_options = reseau_options_default(), client_options = reseau_options_default();
    server_options.tls = &server_tls;
    client_options.tls = &client_tls;
    reseau_id listener = reseau_listen(nullptr, 0, &server_options);
    struct reseau_capture_options options = reseau_capture_options_default();
    options.listener = listener;
    Capturing capture(&options);
    reseau_id client = reseau_connect("127.0.0.1", PortOf(listener), &client_options);
    ASSERT_GT(client, 0) << reseau_error_name(client);
    reseau_id server = reseau_accept(listener, 60000);
    uint16_t client_port = LocalPort(client), server_port = PortOf(listener);
    EXPECT_EQ(6, Write(client, "secret"));
    EXPECT_EQ("secret", ReadExactly(server, 6));
    EXPECT_EQ(6, Write(server, "answer"));
    EXPECT_EQ("answer", ReadExactly(client, 6));
    reseau_abort(server);
    EXPECT_EQ(0, reseau_wait_closed(server, 60000));
    reseau_abort(client);
    capture.Stop();
    Conversation all = Follow(CaptureFile(capture.path), client_port, server_port);
    EXPECT_EQ("secret", all.from_client);
    EXPECT_EQ("answer", all.from_server);
    EXPECT_TRUE(all.was_reset);
    reseau_close(listener);
}

TEST(ReseauInspect, ACaptureWithTooLittleRoomDropsAndSaysSo) {
    Pair pair;
    uint16_t client_port = LocalPort(pair.client);
    struct reseau_capture_options options = reseau_capture_options_default();
    options.connection = pair.client;
    options.file_bytes = 50000;
    Capturing capture(&options);
    std::string large = Pattern(1000000);
    std::thread reader([&] { EXPECT_TRUE(large == ReadExactly(pair.server, large.size())); });
    EXPECT_EQ((int64_t)large.size(), Write(pair.client, large));
    reader.join();
    struct reseau_capture_info info = capture.Stop();
    EXPECT_GT(info.dropped, 0u);
    EXPECT_LE(info.file_bytes, 51000u);
    CaptureFile file(capture.path);
    EXPECT_EQ(info.dropped, file.dropped);
    EXPECT_EQ(info.packets, file.packets.size());
    EXPECT_EQ(client_port, file.packets[0].from_port);
}

TEST(ReseauInspect, ACaptureOfShortPackets) {
    Pair pair;
    struct reseau_capture_options options = reseau_capture_options_default();
    options.connection = pair.client;
    options.packet_bytes = 10;
    Capturing capture(&options);
    EXPECT_EQ(100, Write(pair.client, std::string(100, 'x')));
    ReadExactly(pair.server, 100);
    capture.Stop();
    size_t whole = 0, kept = 0;
    for (const CapturedPacket &packet : CaptureFile(capture.path).packets) {
        whole += packet.whole;
        kept += packet.data.size();
    }
    EXPECT_EQ(100u, whole);
    EXPECT_EQ(10u, kept);
}

TEST(ReseauInspect, ACaptureOfFiles) {
    TemporaryDirectory directory;
    directory.Write("content", Pattern(200000));
    Pair pair;
    struct reseau_capture_options options = reseau_capture_options_default();
    options.connection = pair.client;
    Capturing capture(&options);
    EXPECT_EQ(199990, reseau_send_file(pair.client, directory.Path("content").c_str(), 10, -1));
    std::string read = ReadExactly(pair.server, 199990);
    capture.Stop();
    std::string captured;
    for (const CapturedPacket &packet : CaptureFile(capture.path).packets) {
        captured += packet.data;
    }
    EXPECT_TRUE(read == captured);
}

TEST(ReseauInspect, CapturesThatCannotBegin) {
    Capturing capture;
    EXPECT_EQ(RESEAU_ERROR_BUSY, reseau_capture_start("/tmp/another.pcapng", nullptr));
    EXPECT_EQ(RESEAU_ERROR_INVALID_ARGUMENT, reseau_capture_start(nullptr, nullptr));
    capture.Stop();
    EXPECT_EQ(RESEAU_ERROR_EXISTS, reseau_capture_start(capture.path.c_str(), nullptr)) << "it is there";
    EXPECT_EQ(RESEAU_ERROR_NOT_FOUND, reseau_capture_start("/no/such/folder/file", nullptr));
    EXPECT_EQ(RESEAU_ERROR_NOT_FOUND, reseau_capture_stop(nullptr));
}

TEST(ReseauInspect, CapturesBeginAndEndWhileConnectionsWork) {
    std::atomic<bool> goes_on{true};
    std::vector<std::thread> threads;
    for (int i = 0; i < 3; ++i) {
        threads.emplace_back([&goes_on] {
            while (goes_on) {
                Pair pair;
                for (int j = 0; j < 20; ++j) {
                    Write(pair.client, "ping");
                    EXPECT_EQ("ping", ReadExactly(pair.server, 4));
                }
            }
        });
    }
    for (int i = 0; i < 50; ++i) {
        Capturing capture;
        std::this_thread::yield();
        struct reseau_capture_info info = capture.Stop();
        EXPECT_EQ(info.packets, CaptureFile(capture.path).packets.size());
    }
    goes_on = false;
    for (std::thread &thread : threads) {
        thread.join();
    }
}
