/* SPDX-License-Identifier: Apache-2.0 */
#include <reseau/connection.h>
#include <reseau/datagram.h>
#include <reseau/loop.h>

#include "support/portable.h"
#include "support/raw_socket.h"
#if !defined(_WIN32)
#    include "support/fork.h"
#endif
#include "support/synchronisation.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <functional>
#include <memory>
#include <string>
#include <thread>
#include <vector>

namespace {

const int64_t kLong = 60000;
const size_t kLargest = 65507;

struct reseau_ip Ip(const char *text) {
    struct reseau_ip ip;
    EXPECT_EQ(0, reseau_ip_parse(text, &ip)) << text;
    return ip;
}

std::string Text(const struct reseau_ip &ip) {
    char text[RESEAU_IP_TEXT_SIZE];
    EXPECT_GT(reseau_ip_format(&ip, text, sizeof(text)), 0);
    return text;
}

uint16_t PortOf(reseau_id socket) {
    struct reseau_address address;
    EXPECT_EQ(0, reseau_local_address(socket, &address));
    return address.port;
}

/* Options that a test changes before the socket is made. */
struct Options : reseau_datagram_options {
    Options() : reseau_datagram_options(reseau_datagram_options_default()) {
    }
};

/* A socket that is closed with the test, and nothing of it is left then. */
class Socket {
  public:
    explicit Socket(reseau_id id) : id(id) {
        EXPECT_GT(id, 0) << reseau_error_name(id);
    }

    Socket(const char *host, const Options &options, uint16_t port = 0)
        : Socket(reseau_datagram_bind(host, port, &options)) {
    }

    Socket() : Socket(reseau_datagram_bind(nullptr, 0, nullptr)) {
    }

    ~Socket() {
        Close();
    }

    void Close() {
        if (!is_closed_) {
            is_closed_ = true;
            int result = reseau_close(id);
            EXPECT_TRUE(result == 0 || result == RESEAU_ERROR_BAD_ID) << result;
            EXPECT_EQ(0, reseau_wait_closed(id, RESEAU_FOREVER));
        }
    }

    int64_t Send(const std::string &data, const Socket &to, const char *host = "127.0.0.1") const {
        struct reseau_ip ip = Ip(host);
        return reseau_datagram_send(id, data.data(), data.size(), &ip, PortOf(to.id));
    }

    const reseau_id id;

  private:
    bool is_closed_ = false;
};

/* What one receive has brought. */
struct Received {
    explicit Received(reseau_id socket, int64_t timeout = kLong, size_t room = 65536) : buffer(room, '\0') {
        datagram.data = &buffer[0];
        datagram.capacity = room;
        result = reseau_datagram_receive(socket, &datagram, timeout);
        if (result >= 0) {
            EXPECT_EQ((size_t)result, datagram.length);
            buffer.resize(datagram.length);
        }
    }

    std::string buffer;
    struct reseau_datagram datagram = {};
    int64_t result = 0;
};

/* Callbacks of a socket. */
struct Calls {
    Signal came;
    Signal closed;
    std::vector<std::string> data;
    std::atomic<int> count{0};
    std::atomic<int> error{1};
    std::atomic<bool> is_inside{false};
    std::function<void(reseau_id, const struct reseau_datagram *)> function;
    Options options;

    Calls() {
        options.state = this;
        options.on_datagram = OnDatagram;
        options.on_close = OnClose;
    }

    static void OnDatagram(reseau_id socket, const struct reseau_datagram *datagram, void *state) {
        auto *self = static_cast<Calls *>(state);
        self->is_inside = true;
        EXPECT_EQ(0, self->closed.Count());
        EXPECT_EQ(0, datagram->is_truncated);
        self->data.emplace_back((const char *)datagram->data, datagram->length);
        ++self->count;
        if (self->function) {
            self->function(socket, datagram);
        }
        self->is_inside = false;
        self->came.Raise();
    }

    static void OnClose(reseau_id, int error, void *state) {
        auto *self = static_cast<Calls *>(state);
        EXPECT_FALSE(self->is_inside);
        self->error = error;
        self->closed.Raise();
    }
};

/* A posted function. */
void RunOn(reseau_id loop, std::function<void()> function) {
    Signal done;
    std::function<void()> all = [&] {
        function();
        done.Raise();
    };
    ASSERT_EQ(
        0,
        reseau_post(
            loop, [](void *state, int) { (*static_cast<std::function<void()> *>(state))(); }, &all));
    ASSERT_TRUE(done.Wait());
}

bool HasIPv6() {
    reseau_id socket = reseau_datagram_bind("::1", 0, nullptr);
    return socket > 0 && reseau_close(socket) == 0;
}

/* ---- One to another ---- */

TEST(ReseauDatagram, ThirtyMessagesComeInOrderWithTheirSender) {
    Socket a, b;
    for (int i = 0; i < 30; ++i) {
        std::string text = "message " + std::to_string(i);
        EXPECT_EQ((int64_t)text.size(), a.Send(text, b));
    }
    for (int i = 0; i < 30; ++i) {
        Received received(b.id);
        EXPECT_EQ("message " + std::to_string(i), received.buffer);
        EXPECT_EQ("127.0.0.1", Text(received.datagram.ip));
        EXPECT_EQ(PortOf(a.id), received.datagram.port);
        EXPECT_EQ(0, received.datagram.is_truncated);
    }
}

TEST(ReseauDatagram, EverySizeThatUdpHasComesWhole) {
    Socket a, b;
    for (size_t size : {(size_t)0, (size_t)1, (size_t)576, (size_t)1472, (size_t)1473, (size_t)9000, kLargest}) {
        std::string text(size, 'x');
        if (size > 0) {
            text.back() = 'y';
        }
        EXPECT_EQ((int64_t)size, a.Send(text, b));
        Received received(b.id);
        EXPECT_EQ((int64_t)size, received.result);
        EXPECT_EQ(text, received.buffer);
    }
}

TEST(ReseauDatagram, OneThatIsTooLargeIsRefusedAndTheSocketGoesOn) {
    Socket a, b;
    EXPECT_EQ(RESEAU_ERROR_TOO_LARGE, a.Send(std::string(kLargest + 1, 'x'), b));
    EXPECT_EQ(RESEAU_ERROR_TOO_LARGE, a.Send(std::string(1 << 20, 'x'), b));
    EXPECT_EQ(4, a.Send("good", b));
    EXPECT_EQ("good", Received(b.id).buffer);
}

TEST(ReseauDatagram, WhatIsLongerThanTheBufferIsTruncatedAndMarked) {
    Socket a, b;
    a.Send("0123456789", b);
    a.Send("abc", b);
    a.Send("lost", b);
    Received first(b.id, kLong, 4);
    EXPECT_EQ("0123", first.buffer);
    EXPECT_NE(0, first.datagram.is_truncated);
    Received second(b.id, kLong, 4);
    EXPECT_EQ("abc", second.buffer);
    EXPECT_EQ(0, second.datagram.is_truncated);
    struct reseau_datagram none = {};
    EXPECT_EQ(0, reseau_datagram_receive(b.id, &none, kLong));
    EXPECT_NE(0, none.is_truncated);
}

TEST(ReseauDatagram, PeersOfBothFamiliesAreReached) {
    if (!HasIPv6()) {
        GTEST_SKIP() << "this host has no IPv6";
    }
    Options options;
    Socket every("*", options);
    Socket ipv4("127.0.0.1", options);
    Socket ipv6("::1", options);
    EXPECT_EQ(4, ipv4.Send("four", every));
    Received four(every.id);
    EXPECT_EQ("127.0.0.1", Text(four.datagram.ip));
    EXPECT_EQ(PortOf(ipv4.id), four.datagram.port);
    EXPECT_EQ(3, ipv6.Send("six", every, "::1"));
    Received six(every.id);
    EXPECT_EQ("::1", Text(six.datagram.ip));

    /* And back, to where they came from. */
    EXPECT_EQ(1, reseau_datagram_send(every.id, "a", 1, &four.datagram.ip, four.datagram.port));
    EXPECT_EQ("a", Received(ipv4.id).buffer);
    EXPECT_EQ(1, reseau_datagram_send(every.id, "b", 1, &six.datagram.ip, six.datagram.port));
    EXPECT_EQ("b", Received(ipv6.id).buffer);

    /* A socket of IPv4 reaches no IPv6, and one of IPv6 alone no IPv4. */
    EXPECT_LT(ipv4.Send("x", ipv6, "::1"), 0);
    options.ipv6_only = 1;
    Socket only("*", options);
    EXPECT_LT(only.Send("x", ipv4), 0);
    EXPECT_EQ(1, only.Send("x", ipv6, "::1"));
}

TEST(ReseauDatagram, AConnectedSocketHasOnePeer) {
    Socket peer, other;
    Socket connected(reseau_datagram_connect("127.0.0.1", PortOf(peer.id), nullptr));
    EXPECT_EQ(2, reseau_datagram_send(connected.id, "hi", 2, nullptr, 0));
    Received received(peer.id);
    EXPECT_EQ("hi", received.buffer);
    EXPECT_EQ(PortOf(connected.id), received.datagram.port);

    other.Send("from another", connected);
    peer.Send("from the peer", connected);
    EXPECT_EQ("from the peer", Received(connected.id).buffer);
    EXPECT_EQ(RESEAU_ERROR_WOULD_BLOCK, Received(connected.id, 0).result);
    EXPECT_EQ(RESEAU_ERROR_INVALID_ARGUMENT, reseau_datagram_send(peer.id, "hi", 2, nullptr, 0)) << "it has no peer";
}

TEST(ReseauDatagram, APortThatNobodyHasIsReportedAndTheSocketGoesOn) {
    uint16_t port;
    {
        Socket gone;
        port = PortOf(gone.id);
    }
    Socket connected(reseau_datagram_connect("127.0.0.1", port, nullptr));
    EXPECT_EQ(1, reseau_datagram_send(connected.id, "x", 1, nullptr, 0));
    EXPECT_EQ(RESEAU_ERROR_REFUSED, Received(connected.id).result);
    EXPECT_EQ(RESEAU_ERROR_TIMED_OUT, Received(connected.id, 1).result);

    Options options;
    Socket back("127.0.0.1", options, port);
    EXPECT_EQ(1, reseau_datagram_send(connected.id, "y", 1, nullptr, 0));
    EXPECT_EQ("y", Received(back.id).buffer);
}

TEST(ReseauDatagram, AConnectedSocketKnowsItsPeersAddress) {
    Socket peer;
    Socket connected(reseau_datagram_connect("127.0.0.1", PortOf(peer.id), nullptr));
    struct reseau_address address = {};
    EXPECT_EQ(0, reseau_peer_address(connected.id, &address));
    EXPECT_STREQ("127.0.0.1", address.text);
    EXPECT_EQ(PortOf(peer.id), address.port);
    EXPECT_EQ(RESEAU_ERROR_CLOSED, reseau_peer_address(peer.id, &address)) << "it has none";
    EXPECT_EQ(RESEAU_ERROR_INVALID_ARGUMENT, reseau_peer_address(connected.id, nullptr));
    reseau_id loop = reseau_loop_of(peer.id);
    EXPECT_EQ(RESEAU_ERROR_WRONG_KIND, reseau_peer_address(loop, &address));
}

/* ---- Several in one ---- */

static std::string Segments(size_t count, size_t size, size_t last) {
    std::string text;
    for (size_t i = 0; i < count; ++i) {
        text += std::string(i + 1 == count ? last : size, (char)('a' + i % 26));
    }
    return text;
}

static int SendSegments(const Socket &from, const Socket &to, std::string &text, size_t size) {
    struct reseau_datagram datagram = {};
    datagram.data = &text[0];
    datagram.length = text.size();
    datagram.ip = Ip("127.0.0.1");
    datagram.port = PortOf(to.id);
    datagram.segment_size = size;
    return reseau_datagram_send_batch(from.id, &datagram, 1);
}

TEST(ReseauDatagramSegments, AreDatagramsOfTheirOwn) {
    Options options;
    options.receive_queue_bytes = 4 << 20;
    Socket a, b("127.0.0.1", options);
    struct {
        size_t count, size, last;
    } cases[] = {
        {1, 100, 100},
        {1, 100, 5},
        {2, 100, 1},
        {10, 100, 50},
        {64, 100, 100},
        {65, 100, 7},
        {150, 10, 10},
        {5, 20000, 3}};
    for (auto &one : cases) {
        std::string text = Segments(one.count, one.size, one.last);
        ASSERT_EQ(1, SendSegments(a, b, text, one.size));
        for (size_t i = 0; i < one.count; ++i) {
            Received received(b.id);
            ASSERT_EQ(text.substr(i * one.size, one.size), received.buffer) << one.count << ": " << i;
            ASSERT_EQ(0u, received.datagram.segment_size);
        }
        EXPECT_EQ(RESEAU_ERROR_WOULD_BLOCK, Received(b.id, 0).result);
    }
    std::string text = "x";
    EXPECT_EQ(RESEAU_ERROR_INVALID_ARGUMENT, SendSegments(a, b, text, 1 << 20));
}

TEST(ReseauDatagramSegments, AreReceivedAsOneWhereAskedFor) {
    Options options;
    options.receive_queue_bytes = 4 << 20;
    options.join_received = 1;
    Socket a, b("127.0.0.1", options);
    std::string text = Segments(40, 1000, 17);
    ASSERT_EQ(1, SendSegments(a, b, text, 1000));
    a.Send("alone", b);
    std::string all;
    int receives = 0;
    while (all.size() < text.size()) {
        Received received(b.id);
        ASSERT_GT(received.result, 0);
        size_t size = received.datagram.segment_size;
        EXPECT_TRUE(size == 1000 || (size == 0 && received.buffer.size() <= 1000)) << size;
        EXPECT_EQ(PortOf(a.id), received.datagram.port);
        all += received.buffer;
        ++receives;
    }
    EXPECT_EQ(text, all);
    Received alone(b.id);
    EXPECT_EQ("alone", alone.buffer);
    EXPECT_EQ(0u, alone.datagram.segment_size);
    RecordProperty("receives", receives);
}

TEST(ReseauDatagramSegments, ComeOneByOneToACallback) {
    Calls calls;
    calls.options.receive_queue_bytes = 4 << 20;
    Socket receiver("127.0.0.1", calls.options);
    Socket a;
    std::string text = Segments(40, 1000, 17);
    ASSERT_EQ(1, SendSegments(a, receiver, text, 1000));
    ASSERT_TRUE(calls.came.Wait(40));
    receiver.Close();
    ASSERT_EQ(40u, calls.data.size());
    for (size_t i = 0; i < 40; ++i) {
        EXPECT_EQ(text.substr(i * 1000, 1000), calls.data[i]);
    }
}

TEST(ReseauDatagramSegments, GoInABatchWithOthersAndToAPeer) {
    Options options;
    options.receive_queue_bytes = 4 << 20;
    Socket b("127.0.0.1", options);
    Socket a(reseau_datagram_connect("127.0.0.1", PortOf(b.id), nullptr));
    std::string several = Segments(100, 500, 500), one = "one";
    struct reseau_datagram datagrams[3] = {};
    datagrams[0].data = &several[0];
    datagrams[0].length = several.size();
    datagrams[0].segment_size = 500;
    datagrams[1].data = &one[0];
    datagrams[1].length = one.size();
    datagrams[2] = datagrams[0];
    EXPECT_EQ(3, reseau_datagram_send_batch(a.id, datagrams, 3));
    for (int i = 0; i < 201; ++i) {
        Received received(b.id);
        EXPECT_EQ(i == 100 ? one : several.substr((size_t)(i % 101) * 500, 500), received.buffer) << i;
    }
}

/* ---- Batches ---- */

TEST(ReseauDatagram, ABatchGoesAndComesInOrder) {
    const size_t count = 100;
    Socket a, b;
    std::vector<std::string> texts;
    std::vector<struct reseau_datagram> datagrams(count);
    for (size_t i = 0; i < count; ++i) {
        texts.push_back("batch " + std::to_string(i));
    }
    for (size_t i = 0; i < count; ++i) {
        datagrams[i].data = &texts[i][0];
        datagrams[i].length = texts[i].size();
        datagrams[i].ip = Ip("127.0.0.1");
        datagrams[i].port = PortOf(b.id);
    }
    EXPECT_EQ((int)count, reseau_datagram_send_batch(a.id, datagrams.data(), count));

    size_t received = 0;
    while (received < count) {
        char buffers[40][64];
        struct reseau_datagram into[40] = {};
        for (int i = 0; i < 40; ++i) {
            into[i].data = buffers[i];
            into[i].capacity = sizeof(buffers[i]);
        }
        int some = reseau_datagram_receive_batch(b.id, into, 40, kLong);
        ASSERT_GT(some, 0);
        for (int i = 0; i < some; ++i, ++received) {
            EXPECT_EQ(texts[received], std::string(buffers[i], into[i].length));
            EXPECT_EQ(PortOf(a.id), into[i].port);
        }
    }
    EXPECT_EQ(0, reseau_datagram_send_batch(a.id, nullptr, 0));
}

TEST(ReseauDatagram, ABatchEndsBeforeTheOneThatCannotBeSent) {
    Socket a, b;
    std::string large(kLargest + 1, 'x');
    std::vector<struct reseau_datagram> datagrams(50);
    for (size_t i = 0; i < datagrams.size(); ++i) {
        datagrams[i].data = &large[0];
        datagrams[i].length = i == 40 ? large.size() : 1;
        datagrams[i].ip = Ip("127.0.0.1");
        datagrams[i].port = PortOf(b.id);
    }
    EXPECT_EQ(40, reseau_datagram_send_batch(a.id, datagrams.data(), datagrams.size()));
    EXPECT_EQ(RESEAU_ERROR_TOO_LARGE, reseau_datagram_send_batch(a.id, &datagrams[40], 10));
    EXPECT_EQ(9, reseau_datagram_send_batch(a.id, &datagrams[41], 9));
    datagrams[5].ip.family = 0;
    EXPECT_EQ(RESEAU_ERROR_INVALID_ARGUMENT, reseau_datagram_send_batch(a.id, datagrams.data(), 10)) << "no peer";
    for (int i = 0; i < 49; ++i) {
        EXPECT_EQ(1, Received(b.id).result);
    }
    EXPECT_EQ(RESEAU_ERROR_WOULD_BLOCK, Received(b.id, 0).result);
}

/* ---- Waiting ---- */

TEST(ReseauDatagram, AReceiveWaitsForAsLongAsItIsTo) {
    Socket socket;
    EXPECT_EQ(RESEAU_ERROR_WOULD_BLOCK, Received(socket.id, 0).result);
    auto start = std::chrono::steady_clock::now();
    EXPECT_EQ(RESEAU_ERROR_TIMED_OUT, Received(socket.id, 30).result);
    EXPECT_GE(std::chrono::steady_clock::now() - start, std::chrono::milliseconds(30));

    Socket sender;
    std::thread later([&] { sender.Send("later", socket); });
    EXPECT_EQ("later", Received(socket.id, RESEAU_FOREVER).buffer);
    later.join();
}

TEST(ReseauDatagram, OnALoopsThreadOnlyWhatDoesNotWaitIsAllowed) {
    Socket a, b;
    a.Send("x", b);
    RunOn(0, [&] {
        EXPECT_EQ(RESEAU_ERROR_WOULD_BLOCK_LOOP, Received(b.id, 1).result);
        EXPECT_EQ(RESEAU_ERROR_WOULD_BLOCK_LOOP, Received(b.id, RESEAU_FOREVER).result);
        EXPECT_EQ(RESEAU_ERROR_WOULD_BLOCK_LOOP, reseau_datagram_bind("localhost", 0, nullptr));
        reseau_id made = reseau_datagram_bind("127.0.0.1", 0, nullptr);
        EXPECT_GT(made, 0);
        EXPECT_EQ(0, reseau_close(made));
    });
    EXPECT_EQ("x", Received(b.id).buffer);
    RunOn(0, [&] { EXPECT_EQ(RESEAU_ERROR_WOULD_BLOCK, Received(b.id, 0).result); });
}

TEST(ReseauDatagram, ACloseEndsReceivesThatWait) {
    for (bool on_loop : {false, true}) {
        Socket socket;
        std::atomic<int> begun{0};
        std::vector<std::thread> waiters;
        for (int i = 0; i < 3; ++i) {
            waiters.emplace_back([&] {
                ++begun;
                int64_t result = Received(socket.id, RESEAU_FOREVER).result;
                EXPECT_TRUE(result == RESEAU_ERROR_CANCELED || result == RESEAU_ERROR_BAD_ID) << result;
            });
        }
        while (begun < 3) {
            std::this_thread::yield();
        }
        if (on_loop) {
            RunOn(reseau_loop_of(socket.id), [&] { EXPECT_EQ(0, reseau_close(socket.id)); });
        }
        socket.Close();
        for (std::thread &waiter : waiters) {
            waiter.join();
        }
        EXPECT_EQ(RESEAU_ERROR_BAD_ID, Received(socket.id, 0).result);
        struct reseau_ip ip = Ip("127.0.0.1");
        EXPECT_EQ(RESEAU_ERROR_BAD_ID, reseau_datagram_send(socket.id, "x", 1, &ip, 9));
    }
}

/* ---- Callbacks ---- */

TEST(ReseauDatagram, TheCallbackGetsThemInOrderAndTheCloseIsTheLast) {
    Calls calls;
    Socket sender;
    {
        Socket receiver("127.0.0.1", calls.options);
        EXPECT_EQ(RESEAU_ERROR_BUSY, Received(receiver.id, 0).result);
        for (int i = 0; i < 50; ++i) {
            sender.Send(std::to_string(i), receiver);
        }
        ASSERT_TRUE(calls.came.Wait(50));
        EXPECT_EQ(0, calls.closed.Count());
    }
    EXPECT_EQ(1, calls.closed.Count());
    EXPECT_EQ(0, calls.error);
    for (int i = 0; i < 50; ++i) {
        EXPECT_EQ(std::to_string(i), calls.data[(size_t)i]);
    }
}

TEST(ReseauDatagram, TheCallbackAnswersTheSender) {
    Calls calls;
    calls.function = [](reseau_id socket, const struct reseau_datagram *datagram) {
        reseau_datagram_send(socket, datagram->data, datagram->length, &datagram->ip, datagram->port);
    };
    Socket server("127.0.0.1", calls.options);
    Socket client(reseau_datagram_connect("127.0.0.1", PortOf(server.id), nullptr));
    std::string text(kLargest, 'z');
    EXPECT_EQ((int64_t)kLargest, reseau_datagram_send(client.id, text.data(), text.size(), nullptr, 0));
    EXPECT_EQ(text, Received(client.id).buffer);
}

TEST(ReseauDatagram, NothingIsCalledAfterACloseInsideTheCallback) {
    Calls calls;
    calls.function = [&](reseau_id socket, const struct reseau_datagram *) {
        EXPECT_EQ(0, reseau_close(socket));
        EXPECT_EQ(0, calls.closed.Count()) << "not inside the callback";
    };
    reseau_id loop = reseau_loop_new();
    calls.options.loop = loop;
    reseau_id id = reseau_datagram_bind(nullptr, 0, &calls.options);
    ASSERT_GT(id, 0);
    struct reseau_ip ip = Ip("127.0.0.1");
    Socket sender;
    for (int i = 0; i < 20; ++i) {
        EXPECT_EQ(1, reseau_datagram_send(sender.id, "x", 1, &ip, PortOf(id)));
    }
    while (calls.closed.Count() == 0) {
        ASSERT_EQ(0, reseau_loop_run(loop, 10));
    }
    EXPECT_EQ(1, calls.count);
    EXPECT_EQ(0, reseau_wait_closed(id, 0));
    EXPECT_EQ(0, reseau_close(loop));
}

TEST(ReseauDatagram, APauseStopsTheCallbackUntilTheSocketGoesOn) {
    Calls calls;
    Socket sender;
    Socket receiver("127.0.0.1", calls.options);
    sender.Send("first", receiver);
    ASSERT_TRUE(calls.came.Wait(1));
    EXPECT_EQ(0, reseau_pause(receiver.id));
    RunOn(reseau_loop_of(receiver.id), [] {});
    for (int i = 0; i < 10; ++i) {
        sender.Send("waits", receiver);
    }
    RunOn(reseau_loop_of(receiver.id), [] {});
    EXPECT_EQ(1, calls.count);
    EXPECT_EQ(0, reseau_resume(receiver.id));
    EXPECT_TRUE(calls.came.Wait(11));
}

TEST(ReseauDatagram, ManyThatComeAtOnceAreAllDelivered) {
    Calls calls;
    calls.options.receive_queue_bytes = 4 << 20;
    reseau_id loop = reseau_loop_new();
    calls.options.loop = loop;
    Socket sender;
    reseau_id receiver = reseau_datagram_bind(nullptr, 0, &calls.options);
    struct reseau_ip ip = Ip("127.0.0.1");
    int sent = 0;
    for (; sent < 150; ++sent) {
        ASSERT_EQ(1, reseau_datagram_send(sender.id, "x", 1, &ip, PortOf(receiver)));
    }
    while (calls.count < sent) {
        ASSERT_EQ(0, reseau_loop_run(loop, 0));
    }
    EXPECT_EQ(0, reseau_close(loop));
    EXPECT_EQ(1, calls.closed.Count());
    EXPECT_EQ(RESEAU_ERROR_LOOP_ENDED, calls.error);
}

/* ---- Names ---- */

TEST(ReseauDatagram, WhyASocketCannotBeMadeIsSaid) {
    Socket first;
    EXPECT_EQ(RESEAU_ERROR_ADDRESS_IN_USE, reseau_datagram_bind(nullptr, PortOf(first.id), nullptr));
    EXPECT_EQ(RESEAU_ERROR_ADDRESS_NOT_AVAILABLE, reseau_datagram_bind("198.51.100.1", 0, nullptr));
    EXPECT_EQ(RESEAU_ERROR_BAD_ADDRESS, reseau_datagram_bind("127.1", 0, nullptr));
    EXPECT_EQ(RESEAU_ERROR_INVALID_ARGUMENT, reseau_datagram_connect("*", 9, nullptr));
    EXPECT_EQ(RESEAU_ERROR_INVALID_ARGUMENT, reseau_datagram_connect("127.0.0.1", 0, nullptr));
    Options options;
    options.size = 4;
    EXPECT_EQ(RESEAU_ERROR_INVALID_ARGUMENT, reseau_datagram_bind(nullptr, 0, &options));
    options.size = sizeof(options) + 8;
    EXPECT_EQ(RESEAU_ERROR_INVALID_ARGUMENT, reseau_datagram_bind(nullptr, 0, &options));
    options = Options();
    options.loop = first.id;
    EXPECT_EQ(RESEAU_ERROR_WRONG_KIND, reseau_datagram_bind(nullptr, 0, &options));
    options.loop = INT64_MAX;
    EXPECT_EQ(RESEAU_ERROR_BAD_ID, reseau_datagram_bind(nullptr, 0, &options));
    options.loop = -1;
    EXPECT_EQ(RESEAU_ERROR_INVALID_ARGUMENT, reseau_datagram_bind(nullptr, 0, &options));
}

TEST(ReseauDatagram, ANameIsLookedUp) {
    Options options;
    Socket server("localhost", options);
    Socket client(reseau_datagram_connect("localhost", PortOf(server.id), nullptr));
    EXPECT_EQ(2, reseau_datagram_send(client.id, "hi", 2, nullptr, 0));
    EXPECT_EQ("hi", Received(server.id).buffer);
}

TEST(ReseauDatagram, OneThatWasClosedLeavesItsPortAtOnce) {
    uint16_t port = 0;
    Options options;
    for (int i = 0; i < 50; ++i) {
        Socket socket("127.0.0.1", options, port);
        port = PortOf(socket.id);
    }
}

TEST(ReseauDatagram, ArgumentsAreChecked) {
    Socket socket;
    struct reseau_ip ip = Ip("127.0.0.1");
    struct reseau_datagram datagram = {};
    datagram.capacity = 1;
    EXPECT_EQ(RESEAU_ERROR_INVALID_ARGUMENT, reseau_datagram_send(socket.id, nullptr, 1, &ip, 9));
    EXPECT_EQ(RESEAU_ERROR_INVALID_ARGUMENT, reseau_datagram_send(socket.id, "x", 1, &ip, 0));
    EXPECT_EQ(RESEAU_ERROR_INVALID_ARGUMENT, reseau_datagram_receive(socket.id, nullptr, 0));
    EXPECT_EQ(RESEAU_ERROR_INVALID_ARGUMENT, reseau_datagram_receive(socket.id, &datagram, 0));
    EXPECT_EQ(RESEAU_ERROR_INVALID_ARGUMENT, reseau_datagram_receive(socket.id, &datagram, -2));
    EXPECT_EQ(RESEAU_ERROR_INVALID_ARGUMENT, reseau_datagram_receive_batch(socket.id, &datagram, 0, 0));
    EXPECT_EQ(RESEAU_ERROR_INVALID_ARGUMENT, reseau_datagram_send_batch(socket.id, nullptr, 1));
    EXPECT_EQ(RESEAU_ERROR_INVALID_ARGUMENT, reseau_datagram_set_hops(socket.id, 0));
    EXPECT_EQ(RESEAU_ERROR_INVALID_ARGUMENT, reseau_datagram_set_hops(socket.id, 256));
    EXPECT_EQ(RESEAU_ERROR_INVALID_ARGUMENT, reseau_datagram_set_multicast(socket.id, 256, 1, nullptr));
    EXPECT_EQ(RESEAU_ERROR_INVALID_ARGUMENT, reseau_datagram_set_multicast(socket.id, -2, 1, nullptr));
    EXPECT_EQ(RESEAU_ERROR_INVALID_ARGUMENT, reseau_datagram_join(socket.id, nullptr, nullptr));
    EXPECT_EQ(RESEAU_ERROR_BAD_ID, reseau_datagram_set_hops(-1, 1));
    EXPECT_EQ(RESEAU_ERROR_BAD_ID, reseau_datagram_set_multicast(0, 1, 1, nullptr));
    EXPECT_EQ(RESEAU_ERROR_BAD_ID, reseau_datagram_leave(7, &ip, nullptr));
    EXPECT_EQ(RESEAU_ERROR_WRONG_KIND, reseau_timer_restart(socket.id, 0));
}

/* ---- Options ---- */

#if !defined(_WIN32)
/* The TTL that a datagram came with, to a socket of the system's own. */
int TtlOf(const std::function<void(const struct reseau_ip &, uint16_t)> &send, const char *address) {
    int fd = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
    struct sockaddr_in name = {};
    name.sin_family = AF_INET;
    name.sin_addr.s_addr = htonl(INADDR_ANY);
    socklen_t length = sizeof(name);
    int yes = 1;
    EXPECT_EQ(0, bind(fd, (struct sockaddr *)&name, length));
    EXPECT_EQ(0, getsockname(fd, (struct sockaddr *)&name, &length));
    EXPECT_EQ(0, setsockopt(fd, IPPROTO_IP, IP_RECVTTL, &yes, sizeof(yes)));
    struct ip_mreqn group = {};
    inet_pton(AF_INET, address, &group.imr_multiaddr);
    group.imr_ifindex = 1;
    if (IN_MULTICAST(ntohl(group.imr_multiaddr.s_addr))) {
        EXPECT_EQ(0, setsockopt(fd, IPPROTO_IP, IP_ADD_MEMBERSHIP, &group, sizeof(group)));
    }
    send(Ip(address), ntohs(name.sin_port));
    char data[16], control[64];
    struct iovec piece = {data, sizeof(data)};
    struct msghdr message = {};
    message.msg_iov = &piece;
    message.msg_iovlen = 1;
    message.msg_control = control;
    message.msg_controllen = sizeof(control);
    EXPECT_GT(recvmsg(fd, &message, 0), 0);
    int ttl = -1;
    for (struct cmsghdr *part = CMSG_FIRSTHDR(&message); part != nullptr; part = CMSG_NXTHDR(&message, part)) {
        if (part->cmsg_level == IPPROTO_IP && part->cmsg_type == IP_TTL) {
            memcpy(&ttl, CMSG_DATA(part), sizeof(ttl));
        }
    }
    close(fd);
    return ttl;
}

TEST(ReseauDatagram, HopsAreWhatTheyWereSetTo) {
    Socket socket;
    auto send = [&](const struct reseau_ip &ip, uint16_t port) {
        EXPECT_EQ(1, reseau_datagram_send(socket.id, "x", 1, &ip, port));
    };
    EXPECT_EQ(0, reseau_datagram_set_hops(socket.id, 7));
    EXPECT_EQ(7, TtlOf(send, "127.0.0.1"));
    EXPECT_EQ(0, reseau_datagram_set_hops(socket.id, 255));
    EXPECT_EQ(255, TtlOf(send, "127.0.0.1"));
    EXPECT_EQ(1, TtlOf(send, "239.255.77.1")) << "that of groups is another";
    EXPECT_EQ(0, reseau_datagram_set_multicast(socket.id, 9, 1, nullptr));
    EXPECT_EQ(9, TtlOf(send, "239.255.77.1"));
    EXPECT_EQ(0, reseau_datagram_set_multicast(socket.id, -1, 1, nullptr));
    EXPECT_EQ(9, TtlOf(send, "239.255.77.1"));
}
#endif

TEST(ReseauDatagram, BroadcastsNeedToBeAskedFor) {
    Options options;
    Socket receiver("0.0.0.0", options);
    Socket plain;
    EXPECT_EQ(RESEAU_ERROR_ACCESS_DENIED, plain.Send("x", receiver, "127.255.255.255"));
    options.broadcast = 1;
    Socket broadcaster("127.0.0.1", options);
    EXPECT_EQ(5, broadcaster.Send("hello", receiver, "127.255.255.255"));
    EXPECT_EQ("hello", Received(receiver.id).buffer);
}

TEST(ReseauDatagram, SeveralShareAPortIfAllAskForIt) {
    Options sharing;
    sharing.share_address = 1;
    Socket first("0.0.0.0", sharing);
    Socket second("0.0.0.0", sharing, PortOf(first.id));
    Options alone;
    EXPECT_EQ(RESEAU_ERROR_ADDRESS_IN_USE, reseau_datagram_bind("0.0.0.0", PortOf(first.id), &alone));
}

/* An address of an interface that is not loopback; IPv6: a link-local one. False if this host has none. */
bool FindInterface(int family, struct reseau_interface_address *found) {
    struct reseau_interface_address addresses[64];
    int count = std::min(reseau_interface_addresses(family, 0, addresses, 64), 64);
    for (int i = 0; i < count; ++i) {
        if (addresses[i].is_up && (family == 4 || reseau_ip_is_link_local(&addresses[i].ip) == 1)) {
            *found = addresses[i];
            return true;
        }
    }
    return false;
}

TEST(ReseauDatagram, GroupsAreJoinedAndLeft) {
    const char *group_text = "239.255.77.2";
    struct reseau_ip group = Ip(group_text);
    Options options;
    options.share_address = 1;
    Socket member("0.0.0.0", options);
    Socket another("0.0.0.0", options, PortOf(member.id));
    Socket sender;
    EXPECT_EQ(0, reseau_datagram_join(member.id, &group, "lo"));
    EXPECT_EQ(0, reseau_datagram_join(another.id, &group, "lo"));
    EXPECT_EQ(RESEAU_ERROR_ADDRESS_IN_USE, reseau_datagram_join(member.id, &group, "lo"));
    EXPECT_EQ(3, sender.Send("all", member, group_text));
    EXPECT_EQ("all", Received(member.id).buffer);
    EXPECT_EQ("all", Received(another.id).buffer);

    EXPECT_EQ(0, reseau_datagram_leave(another.id, &group, "lo"));
    EXPECT_EQ(RESEAU_ERROR_ADDRESS_NOT_AVAILABLE, reseau_datagram_leave(another.id, &group, "lo"));
    EXPECT_EQ(3, sender.Send("one", member, group_text));
    EXPECT_EQ("one", Received(member.id).buffer);

    /* By which interface they leave: this one is bound to none, and the group is joined on loopback only. */
    Socket elsewhere("0.0.0.0", options);
    EXPECT_EQ(0, reseau_datagram_set_multicast(elsewhere.id, 0, 1, "lo"));
    EXPECT_EQ(2, elsewhere.Send("lo", member, group_text));
    EXPECT_EQ("lo", Received(member.id).buffer);
    EXPECT_EQ(RESEAU_ERROR_ADDRESS_NOT_AVAILABLE, reseau_datagram_set_multicast(elsewhere.id, 0, 1, "no such one"));

    struct reseau_ip no_group = Ip("127.0.0.1");
    EXPECT_EQ(RESEAU_ERROR_INVALID_ARGUMENT, reseau_datagram_join(member.id, &no_group, "lo"));
    EXPECT_EQ(RESEAU_ERROR_ADDRESS_NOT_AVAILABLE, reseau_datagram_join(member.id, &group, "no such one"));
}

/* Not on the loopback interface, where everything comes back. With 0 hops nothing leaves this host. */
TEST(ReseauDatagram, DatagramsToGroupsComeBackIfTheyAreTo) {
    struct reseau_interface_address own;
    if (!FindInterface(4, &own)) {
        GTEST_SKIP() << "this host has no interface but loopback";
    }
    const char *group_text = "239.255.77.3";
    struct reseau_ip group = Ip(group_text);
    Options options;
    Socket member("0.0.0.0", options);
    Socket sender(Text(own.ip).c_str(), options);
    ASSERT_EQ(0, reseau_datagram_join(member.id, &group, own.name));
    EXPECT_EQ(0, reseau_datagram_set_multicast(sender.id, 0, 0, nullptr));
    EXPECT_EQ(6, sender.Send("nobody", member, group_text));
    EXPECT_EQ(0, reseau_datagram_set_multicast(sender.id, 0, 1, nullptr));
    EXPECT_EQ(4, sender.Send("back", member, group_text));
    EXPECT_EQ("back", Received(member.id).buffer);
}

TEST(ReseauDatagram, GroupsOfIPv6AreJoinedByTheirScope) {
    struct reseau_interface_address own;
    if (!FindInterface(6, &own)) {
        GTEST_SKIP() << "this host has no link-local address of IPv6";
    }
    std::string group_text = std::string("ff12::7702%") + own.name;
    struct reseau_ip group = Ip(group_text.c_str());
    Options options;
    Socket member("::", options);
    ASSERT_EQ(0, reseau_datagram_join(member.id, &group, nullptr));
    EXPECT_EQ(RESEAU_ERROR_ADDRESS_IN_USE, reseau_datagram_join(member.id, &group, own.name));
    Socket sender(Text(own.ip).c_str(), options);
    EXPECT_EQ(0, reseau_datagram_set_multicast(sender.id, 0, 0, nullptr));
    EXPECT_EQ(6, sender.Send("nobody", member, group_text.c_str()));
    EXPECT_EQ(0, reseau_datagram_set_multicast(sender.id, 0, 1, nullptr));
    EXPECT_EQ(3, sender.Send("six", member, group_text.c_str()));
    Received received(member.id);
    EXPECT_EQ("six", received.buffer);
    EXPECT_EQ(Text(own.ip), Text(received.datagram.ip)) << "with its scope";
    EXPECT_EQ(0, reseau_datagram_leave(member.id, &group, nullptr));
    EXPECT_EQ(RESEAU_ERROR_ADDRESS_NOT_AVAILABLE, reseau_datagram_leave(member.id, &group, own.name));
}

TEST(ReseauDatagram, TheQueueIsBoundedAndWhatIsInItIsGood) {
    Options options;
    options.receive_queue_bytes = 16384;
    Socket receiver("127.0.0.1", options);
    Socket sender;
    std::string text(1000, 'q');
    for (int i = 0; i < 1000; ++i) {
        EXPECT_EQ(1000, sender.Send(text, receiver));
    }
    int received = 0;
    while (Received(receiver.id, 0).result == 1000) {
        ++received;
    }
    EXPECT_GE(received, 1);
    EXPECT_LE(received, 40) << "the system counts twice what it was asked for, and more than the bytes alone";
    EXPECT_EQ(3, sender.Send("new", receiver));
    EXPECT_EQ("new", Received(receiver.id).buffer);
}

/* ---- Ends ---- */

TEST(ReseauDatagram, TheEndOfItsLoopEndsIt) {
    Calls calls;
    calls.options.on_datagram = nullptr;
    reseau_id loop = reseau_loop_new();
    calls.options.loop = loop;
    reseau_id never_run = reseau_datagram_bind(nullptr, 0, &calls.options);
    reseau_id run = reseau_datagram_bind(nullptr, 0, &calls.options);
    EXPECT_EQ(loop, reseau_loop_of(run));
    EXPECT_EQ(0, reseau_loop_run(loop, 0));
    uint16_t port = PortOf(run);
    Signal begun;
    std::thread waiter([&] {
        begun.Raise();
        int64_t result = Received(run, RESEAU_FOREVER).result;
        EXPECT_TRUE(result == RESEAU_ERROR_CANCELED || result == RESEAU_ERROR_BAD_ID) << result;
    });
    ASSERT_TRUE(begun.Wait());
    EXPECT_EQ(0, reseau_close(loop));
    waiter.join();
    EXPECT_EQ(2, calls.closed.Count());
    EXPECT_EQ(RESEAU_ERROR_LOOP_ENDED, calls.error);
    EXPECT_EQ(0, reseau_wait_closed(never_run, 0));
    EXPECT_EQ(RESEAU_ERROR_BAD_ID, reseau_close(run));
    Options options;
    Socket next("127.0.0.1", options, port);
}

TEST(ReseauDatagram, ItIsClosedWhileThreadsUseIt) {
    for (int round = 0; round < 30; ++round) {
        Calls calls;
        bool has_callback = round % 2 == 0;
        if (!has_callback) {
            calls.options.on_datagram = nullptr;
        }
        Socket receiver("127.0.0.1", calls.options);
        Socket sender;
        uint16_t port = PortOf(receiver.id);
        struct reseau_ip ip = Ip("127.0.0.1");
        std::atomic<bool> stop{false};
        std::atomic<int> sent{0};
        std::vector<std::thread> threads;
        for (int t = 0; t < 2; ++t) {
            threads.emplace_back([&] {
                while (!stop) {
                    int64_t result = reseau_datagram_send(sender.id, "x", 1, &ip, port);
                    EXPECT_TRUE(
                        result == 1 || result == RESEAU_ERROR_WOULD_BLOCK || result == RESEAU_ERROR_CLOSED ||
                        result == RESEAU_ERROR_BAD_ID)
                        << result;
                    ++sent;
                }
            });
        }
        if (!has_callback) {
            threads.emplace_back([&] {
                int64_t result;
                while ((result = Received(receiver.id, RESEAU_FOREVER).result) == 1) {
                }
                EXPECT_TRUE(result == RESEAU_ERROR_CANCELED || result == RESEAU_ERROR_BAD_ID) << result;
            });
        }
        while (sent < 100) {
            std::this_thread::yield();
        }
        receiver.Close();
        EXPECT_EQ(1, calls.closed.Count());
        Options options;
        { Socket next("127.0.0.1", options, port); }
        sender.Close();
        stop = true;
        for (std::thread &thread : threads) {
            thread.join();
        }
    }
}

TEST(ReseauDatagram, EachOfManyMessagesComesToOneOfManyReceivers) {
    const int count = 2000;
    Options options;
    options.receive_queue_bytes = 8 << 20;
    Socket receiver("127.0.0.1", options);
    std::atomic<int> received{0};
    std::vector<std::atomic<int>> seen(count);
    std::vector<std::thread> threads;
    for (int t = 0; t < 3; ++t) {
        threads.emplace_back([&] {
            while (true) {
                Received one(receiver.id, RESEAU_FOREVER, 16);
                if (one.result < 0) {
                    break;
                }
                ++seen[(size_t)std::stoi(one.buffer)];
                ++received;
            }
        });
    }
    Socket sender;
    for (int i = 0; i < count; ++i) {
        ASSERT_GT(sender.Send(std::to_string(i), receiver), 0);

        /* The system may drop what its queue has no room for. */
        while (i - received > 50) {
            std::this_thread::yield();
        }
    }
    while (received < count) {
        std::this_thread::yield();
    }
    receiver.Close();
    for (std::thread &thread : threads) {
        thread.join();
    }
    for (auto &times : seen) {
        EXPECT_EQ(1, times);
    }
}

TEST(ReseauDatagramMemory, NothingIsLeftBehind) {
    auto cycle = [] {
        Calls calls;
        Socket a, b("127.0.0.1", calls.options);
        for (int i = 0; i < 5; ++i) {
            a.Send("x", b);
        }
        ASSERT_TRUE(calls.came.Wait(5));
        EXPECT_LT(reseau_datagram_bind(nullptr, PortOf(a.id), nullptr), 0);
    };
    /* Each loop makes room for what it reads when it reads for the first time; what is left behind is so each time. */
    size_t least = SIZE_MAX;
    for (unsigned part = 0; part < std::thread::hardware_concurrency() + 2 && least > 16384; ++part) {
        size_t before = memory_in_use();
        for (int i = 0; i < 200; ++i) {
            cycle();
        }
        size_t after = memory_in_use();
        least = std::min(least, after > before ? after - before : 0);
    }
    EXPECT_LE(least, 16384u);
}

#if !defined(_WIN32)
TEST(ReseauDatagramFork, AChildMakesItsOwn) {
    Socket socket;
    pid_t child = StartChild([&] {
        struct reseau_ip ip;
        reseau_ip_parse("127.0.0.1", &ip);
        bool is_right = reseau_datagram_send(socket.id, "x", 1, &ip, 9) == RESEAU_ERROR_FORKED &&
                        reseau_close(socket.id) == RESEAU_ERROR_FORKED;
        reseau_id own = reseau_datagram_bind(nullptr, 0, nullptr);
        is_right = is_right && reseau_datagram_send(own, "own", 3, &ip, PortOf(own)) == 3;
        Received received(own);
        return is_right && received.buffer == "own" ? 0 : 1;
    });
    EXPECT_EQ(0, AwaitChild(child));
}
#endif

} // namespace
