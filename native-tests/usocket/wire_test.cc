/* SPDX-License-Identifier: Apache-2.0 */
/* Sockets over a wire: a datagram socket, or a stream of bytes, that may lose and damage what it carries. */
#include "usocket/either.h"

#include <reseau/tls.h>

#include <aws/common/thread.h>

#include <memory>
#include <random>

namespace {

/* How a wire treats what it carries, in percent. */
struct Weather {
    const char *name;
    int kind;
    int lost;
    int repeated;
    int reordered;
    int damaged;
};

void PrintTo(const Weather &weather, std::ostream *out) {
    *out << weather.name;
}

/* Carries what comes from one descriptor to another, as the weather is, until it is shut. */
class Carrier {
  public:
    Carrier(int from, int to, const Weather &weather, unsigned seed)
        : from_(from), to_(to), weather_(weather), random_(seed), thread_([this] { Run(); }) {
    }

    ~Carrier() {
        system_end_receiving(from_);
        thread_.join();
    }

  private:
    bool Happens(int percent) {
        return static_cast<int>(random_() % 100) < percent;
    }

    void Run() {
        char bytes[2048];
        ssize_t count;
        // A stream is cut into small pieces: what is lost is some of them.
        size_t room = weather_.kind == RESEAU_WIRE_BYTES ? 200 : sizeof(bytes);
        while ((count = system_receive_or_end(from_, bytes, room)) > 0) {
            std::string piece(bytes, static_cast<size_t>(count));
            if (Happens(weather_.lost)) {
                continue;
            }
            if (Happens(weather_.damaged)) {
                piece[random_() % piece.size()] ^= static_cast<char>(1 + random_() % 255);
            }
            if (Happens(weather_.repeated)) {
                Send(piece);
            }
            if (held_.empty() && Happens(weather_.reordered)) {
                held_ = piece;
                continue;
            }
            Send(piece);
            if (!held_.empty()) {
                Send(held_);
                held_.clear();
            }
        }
    }

    void Send(const std::string &piece) {
        system_send(to_, piece.data(), piece.size());
    }

    int from_;
    int to_;
    Weather weather_;
    std::mt19937 random_;
    std::string held_;
    std::thread thread_;
};

/* Two ends of a wire. */
class Wire {
  public:
    Wire(const Weather &weather, unsigned seed) {
        int type = weather.kind == RESEAU_WIRE_BYTES ? SOCK_STREAM : SOCK_DGRAM;
        for (int i = 0; i < 2; ++i) {
            int pair[2];
            EXPECT_EQ(0, system_pair(type, pair));
            inner_[i] = pair[1];
            EXPECT_EQ(0, reseau_transport_new_wire(pair[0], weather.kind, &ends[i]));
        }
        for (int i = 0; i < 2; ++i) {
            carriers_.emplace_back(new Carrier(inner_[i], inner_[1 - i], weather, seed + static_cast<unsigned>(i)));
        }
    }

    ~Wire() {
        for (struct reseau_transport *end : ends) {
            reseau_transport_release(end);
        }
        Cut();
    }

    /* Nothing is carried any more. */
    void Cut() {
        carriers_.clear();
        for (int &inner : inner_) {
            if (inner >= 0) {
                system_close(inner);
            }
            inner = -1;
        }
    }

    struct reseau_transport *ends[2] = {};

  private:
    int inner_[2];
    std::vector<std::unique_ptr<Carrier>> carriers_;
};

class UserWire : public ::testing::TestWithParam<Weather> {
  protected:
    void SetUp() override {
        address_.sin_family = AF_INET;
        address_.sin_port = htons(7);
        address_.sin_addr.s_addr = htonl(0x0a000001);
    }

    const struct sockaddr *Name() const {
        return reinterpret_cast<const struct sockaddr *>(&address_);
    }

    int Listener() {
        int listener = reseau_usocket_on(wire_.ends[1], AF_INET, SOCK_STREAM, 0);
        EXPECT_EQ(0, reseau_ubind(listener, Name(), sizeof(address_)));
        EXPECT_EQ(0, reseau_ulisten(listener, 5));
        return listener;
    }

    int Connect() {
        int client = reseau_usocket_on(wire_.ends[0], AF_INET, SOCK_STREAM, 0);
        EXPECT_EQ(0, reseau_uconnect(client, Name(), sizeof(address_))) << strerror(errno);
        return client;
    }

    static std::string Text(size_t length) {
        std::string text(length, '\0');
        for (size_t i = 0; i < length; ++i) {
            text[i] = static_cast<char>(i * 7 + (i >> 8));
        }
        return text;
    }

    static std::string ReceiveToTheEnd(int descriptor) {
        std::vector<char> room(10000);
        std::string received;
        ssize_t count;
        while ((count = reseau_urecv(descriptor, room.data(), room.size(), 0)) > 0) {
            received.append(room.data(), static_cast<size_t>(count));
        }
        EXPECT_EQ(0, count) << strerror(errno);
        return received;
    }

    struct sockaddr_in address_ = {};
    Wire wire_{GetParam(), 1};
};

TEST_P(UserWire, carries_a_file_whole_both_ways) {
    int listener = Listener();
#if defined(_WIN32)
    // Each packet is several calls of Wine's server, which a loaded machine needs long for.
    std::string text = Text(100000);
#else
    std::string text = Text(1000000);
#endif
    std::thread server([&] {
        int accepted = reseau_uaccept(listener, nullptr, nullptr);
        EXPECT_LE(0, accepted);
        std::string received = ReceiveToTheEnd(accepted);
        EXPECT_EQ(static_cast<ssize_t>(received.size()), reseau_usend(accepted, received.data(), received.size(), 0));
        reseau_uclose(accepted);
    });
    int client = Connect();
    std::thread sender([&] {
        EXPECT_EQ(static_cast<ssize_t>(text.size()), reseau_usend(client, text.data(), text.size(), 0));
        EXPECT_EQ(0, reseau_ushutdown(client, SHUT_WR));
    });
    std::string echo = ReceiveToTheEnd(client);
    sender.join();
    server.join();
    EXPECT_TRUE(text == echo) << echo.size();
    reseau_uclose(client);
    reseau_uclose(listener);
}

TEST_P(UserWire, what_was_sent_before_a_close_arrives) {
    int listener = Listener();
    for (int i = 0; i < 10; ++i) {
        int client = Connect();
        std::string text = Text(static_cast<size_t>(5000 + i));
        EXPECT_EQ(static_cast<ssize_t>(text.size()), reseau_usend(client, text.data(), text.size(), 0));
        reseau_uclose(client);
        int accepted = reseau_uaccept(listener, nullptr, nullptr);
        EXPECT_TRUE(text == ReceiveToTheEnd(accepted));
        reseau_uclose(accepted);
    }
    reseau_uclose(listener);
}

TEST_P(UserWire, nobody_listens) {
    int client = reseau_usocket_on(wire_.ends[0], AF_INET, SOCK_STREAM, 0);
    EXPECT_FAILS(ECONNREFUSED, reseau_uconnect(client, Name(), sizeof(address_)));
    reseau_uclose(client);
}

TEST_P(UserWire, both_ends_know_both_names) {
    int listener = Listener(), client = Connect();
    struct sockaddr_in from = {}, own = {}, peer = {};
    socklen_t length = sizeof(from);
    int accepted = reseau_uaccept(listener, reinterpret_cast<struct sockaddr *>(&from), &length);
    EXPECT_EQ(0, reseau_ugetsockname(client, reinterpret_cast<struct sockaddr *>(&own), &length));
    EXPECT_EQ(0, reseau_ugetpeername(client, reinterpret_cast<struct sockaddr *>(&peer), &length));
    EXPECT_EQ(0, memcmp(&from, &own, sizeof(from)));
    EXPECT_EQ(0, memcmp(&peer, &address_, sizeof(peer)));
    EXPECT_NE(0, own.sin_port);
    for (int one : {listener, client, accepted}) {
        reseau_uclose(one);
    }
}

TEST_P(UserWire, a_reader_that_waits_slows_the_sender_down) {
    int listener = Listener(), client = Connect();
    int accepted = reseau_uaccept(listener, nullptr, nullptr), size = 8192;
    ASSERT_EQ(0, reseau_usetsockopt(accepted, SOL_SOCKET, SO_RCVBUF, &size, sizeof(size)));
    std::string block(10000, 'x');
    size_t sent = 0;
    ssize_t count;
    while ((count = reseau_usend(client, block.data(), block.size(), MSG_DONTWAIT)) > 0) {
        sent += static_cast<size_t>(count);
    }
    EXPECT_EQ(EAGAIN, errno);
    EXPECT_GT(2000000u, sent);
    EXPECT_EQ(0, reseau_ushutdown(client, SHUT_WR));
    EXPECT_EQ(std::string(sent, 'x'), ReceiveToTheEnd(accepted));
    for (int one : {listener, client, accepted}) {
        reseau_uclose(one);
    }
}

TEST_P(UserWire, data_that_is_not_read_resets_the_connection) {
    int listener = Listener(), client = Connect();
    int accepted = reseau_uaccept(listener, nullptr, nullptr);
    EXPECT_EQ(6, reseau_usend(client, "unread", 6, 0));
    struct pollfd one = PollOf(accepted, POLLIN);
    EXPECT_EQ(1, reseau_upoll(&one, 1, -1));
    reseau_uclose(accepted);
    // The reset itself may be lost: what is sent after it is answered by another one.
    char room[1];
    struct timeval time = {0, 20000};
    reseau_usetsockopt(client, SOL_SOCKET, SO_RCVTIMEO, &time, sizeof(time));
    while (reseau_urecv(client, room, 1, 0) < 0 && errno == EAGAIN) {
        reseau_usend(client, "x", 1, MSG_NOSIGNAL);
    }
    EXPECT_TRUE(errno == ECONNRESET || errno == EPIPE) << strerrorname_np(errno);
    reseau_uclose(client);
    reseau_uclose(listener);
}

TEST_P(UserWire, several_connections_share_it) {
    int listener = Listener();
    std::thread server([&] {
        for (int i = 0; i < 8; ++i) {
            int accepted = reseau_uaccept(listener, nullptr, nullptr);
            std::string text = ReceiveToTheEnd(accepted);
            EXPECT_EQ(static_cast<ssize_t>(text.size()), reseau_usend(accepted, text.data(), text.size(), 0));
            reseau_uclose(accepted);
        }
    });
    std::vector<std::thread> clients;
    for (int i = 0; i < 8; ++i) {
        clients.emplace_back([&, i] {
            int client = Connect();
            std::string text = Text(static_cast<size_t>(20000 + i));
            EXPECT_EQ(static_cast<ssize_t>(text.size()), reseau_usend(client, text.data(), text.size(), 0));
            EXPECT_EQ(0, reseau_ushutdown(client, SHUT_WR));
            EXPECT_TRUE(text == ReceiveToTheEnd(client));
            reseau_uclose(client);
        });
    }
    for (std::thread &client : clients) {
        client.join();
    }
    server.join();
    reseau_uclose(listener);
}

TEST_P(UserWire, datagrams_come_whole_or_not_at_all) {
    int receiver = reseau_usocket_on(wire_.ends[1], AF_INET, SOCK_DGRAM, 0);
    int sender = reseau_usocket_on(wire_.ends[0], AF_INET, SOCK_DGRAM, 0);
    ASSERT_EQ(0, reseau_ubind(receiver, Name(), sizeof(address_)));
    struct timeval time = {0, 5000};
    ASSERT_EQ(0, reseau_usetsockopt(receiver, SOL_SOCKET, SO_RCVTIMEO, &time, sizeof(time)));
    int received = 0;
    std::vector<char> room(70000);
    for (int i = 0; i < 3000 && received < 50; ++i) {
        std::string text = Text(static_cast<size_t>(i % 7 * 1500 + 1));
        EXPECT_EQ(
            static_cast<ssize_t>(text.size()),
            reseau_usendto(sender, text.data(), text.size(), 0, Name(), sizeof(address_)));
        struct sockaddr_in from = {};
        socklen_t length = sizeof(from);
        ssize_t count = reseau_urecvfrom(
            receiver, room.data(), room.size(), 0, reinterpret_cast<struct sockaddr *>(&from), &length);
        if (count >= 0) {
            ++received;
            EXPECT_EQ(1, count % 1500);
            EXPECT_TRUE(Text(static_cast<size_t>(count)) == std::string(room.data(), static_cast<size_t>(count)));
            EXPECT_NE(0, from.sin_port);
        }
    }
    EXPECT_EQ(50, received);
    reseau_uclose(sender);
    reseau_uclose(receiver);
}

INSTANTIATE_TEST_SUITE_P(
    Weathers,
    UserWire,
    ::testing::Values(
        Weather{"datagrams_fair", RESEAU_WIRE_DATAGRAMS, 0, 0, 0, 0},
        Weather{"datagrams_lossy", RESEAU_WIRE_DATAGRAMS, 5, 0, 0, 0},
        Weather{"datagrams_foul", RESEAU_WIRE_DATAGRAMS, 10, 5, 10, 5},
        Weather{"bytes_fair", RESEAU_WIRE_BYTES, 0, 0, 0, 0},
        Weather{"bytes_foul", RESEAU_WIRE_BYTES, 1, 1, 1, 1}),
    [](const ::testing::TestParamInfo<Weather> &weather) { return weather.param.name; });

TEST(UserWires, a_stream_that_ends_ends_its_connections) {
    Wire wire(Weather{"", RESEAU_WIRE_BYTES, 0, 0, 0, 0}, 1);
    struct sockaddr_un name = {};
    name.sun_family = AF_UNIX;
    strcpy(name.sun_path, "/printer");
    const struct sockaddr *address = reinterpret_cast<struct sockaddr *>(&name);
    int listener = reseau_usocket_on(wire.ends[1], AF_UNIX, SOCK_STREAM, 0);
    ASSERT_EQ(0, reseau_ubind(listener, address, sizeof(name)));
    ASSERT_EQ(0, reseau_ulisten(listener, 1));
    int client = reseau_usocket_on(wire.ends[0], AF_UNIX, SOCK_STREAM, 0);
    ASSERT_EQ(0, reseau_uconnect(client, address, sizeof(name))) << strerror(errno);
    int accepted = reseau_uaccept(listener, nullptr, nullptr);
    char room[1];
    wire.Cut();
    EXPECT_FAILS(ECONNRESET, reseau_urecv(client, room, 1, 0));
    EXPECT_FAILS(ECONNRESET, reseau_urecv(accepted, room, 1, 0));
    for (int one : {listener, client, accepted}) {
        reseau_uclose(one);
    }
}

uint32_t Crc32c(const std::string &bytes) {
    uint32_t crc = ~0u;
    for (char byte : bytes) {
        crc ^= static_cast<uint8_t>(byte);
        for (int bit = 0; bit < 8; ++bit) {
            crc = crc >> 1 ^ (crc & 1 ? 0x82f63b78u : 0);
        }
    }
    return ~crc;
}

/* Packets of real connections, changed, and with the right checksum again. */
TEST(UserWires, hostile_packets_do_no_harm) {
    int pair[2];
    ASSERT_EQ(0, system_pair(SOCK_DGRAM, pair));
    system_set_nonblocking(pair[1]);
    struct reseau_transport *end;
    ASSERT_EQ(0, reseau_transport_new_wire(pair[0], RESEAU_WIRE_DATAGRAMS, &end));
    std::vector<int> open;
    struct sockaddr_in name = {};
    name.sin_family = AF_INET;
    name.sin_port = htons(7);
    const struct sockaddr *address = reinterpret_cast<struct sockaddr *>(&name);
    for (int type : {int(SOCK_STREAM), int(SOCK_DGRAM)}) {
        open.push_back(reseau_usocket_on(end, AF_INET, type | SOCK_NONBLOCK, 0));
        ASSERT_EQ(0, reseau_ubind(open.back(), address, sizeof(name)));
    }
    ASSERT_EQ(0, reseau_ulisten(open[0], 10));

    // The packets that this end sends show what packets look like; sent back, they reach its own sockets.
    std::vector<std::string> seen;
    std::mt19937 random(7);
    auto look = [&] {
        char bytes[2000];
        ssize_t count;
        while ((count = system_receive(pair[1], bytes, sizeof(bytes))) > 0) {
            seen.emplace_back(bytes, static_cast<size_t>(count));
            system_send(pair[1], bytes, static_cast<size_t>(count));
        }
    };
    for (int round = 0; round < 20000; ++round) {
        if (round % 100 == 0 && open.size() < 60) {
            open.push_back(reseau_usocket_on(end, AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0));
            reseau_uconnect(open.back(), address, sizeof(name));
            int accepted = reseau_uaccept4(open[0], nullptr, nullptr, SOCK_NONBLOCK);
            if (accepted >= 0) {
                open.push_back(accepted);
            }
            reseau_usendto(open[1], "datagram", 8, 0, address, sizeof(name));
        }
        int one = open[random() % open.size()];
        char room[5000] = {};
        reseau_usend(one, room, random() % 3000, MSG_NOSIGNAL | MSG_DONTWAIT);
        reseau_urecv(one, room, random() % sizeof(room), MSG_DONTWAIT);
        look();
        if (seen.empty()) {
            continue;
        }
        std::string packet = seen[random() % seen.size()];
        packet.resize(packet.size() - 4);
        for (unsigned changes = 1 + random() % 3; changes > 0; --changes) {
            packet[random() % std::min<size_t>(packet.size(), 48)] =
                static_cast<char>(random() % 4 ? random() % 9 : random());
        }
        uint32_t crc = Crc32c(packet);
        packet.append(reinterpret_cast<const char *>(&crc), 4);
        system_send(pair[1], packet.data(), packet.size());
        if (seen.size() > 500) {
            seen.erase(seen.begin(), seen.begin() + 250);
        }
    }
    for (int one : open) {
        struct linger none = {1, 0};
        reseau_usetsockopt(one, SOL_SOCKET, SO_LINGER, &none, sizeof(none));
        EXPECT_EQ(0, reseau_uclose(one));
    }
    reseau_transport_release(end);
    system_close(pair[1]);
}

/* A preload library holds its transport until the process ends. */
TEST(UserWires, hold_up_nobody_who_joins_all_threads) {
    int pair[2];
    struct reseau_transport *wire = nullptr, *shared = nullptr, *secure = nullptr;
    ASSERT_EQ(0, system_pair(SOCK_STREAM, pair));
    ASSERT_EQ(0, reseau_transport_new_wire(pair[0], RESEAU_WIRE_BYTES, &wire));
    ASSERT_EQ(0, reseau_transport_new_shared(system_memory_new(), &shared));
#if !defined(_WIN32) /* OpenSSL may not be there */
    struct reseau_tls_options client = reseau_tls_options_default();
    client.insecure = 1;
    ASSERT_EQ(0, reseau_transport_new_tls(wire, &client, nullptr, &secure));
#endif
    aws_thread_set_managed_join_timeout_ns(5000000000ULL); /* or it would wait for ever */
    EXPECT_EQ(0, aws_thread_join_all_managed());
    for (struct reseau_transport *transport : {secure, shared, wire}) {
        reseau_transport_release(transport);
    }
    system_close(pair[1]);
}

TEST(UserWires, need_a_descriptor_that_can_be_waited_for) {
    struct reseau_transport *transport = nullptr;
    EXPECT_EQ(EBADF, reseau_transport_new_wire(-1, RESEAU_WIRE_BYTES, &transport));
    EXPECT_EQ(EINVAL, reseau_transport_new_wire(0, 7, &transport));
    EXPECT_EQ(EINVAL, reseau_transport_new_wire(0, RESEAU_WIRE_BYTES, nullptr));
#if defined(_WIN32)
    // Sending to a port that is closed succeeds there.
    const int type = SOCK_STREAM, kind = RESEAU_WIRE_BYTES;
#else
    const int type = SOCK_DGRAM, kind = RESEAU_WIRE_DATAGRAMS;
#endif
    int pair[2];
    ASSERT_EQ(0, system_pair(type, pair));
    ASSERT_EQ(0, reseau_transport_new_wire(pair[0], kind, &transport));
    EXPECT_FAILS(ESOCKTNOSUPPORT, reseau_usocket_on(transport, AF_UNIX, SOCK_SEQPACKET, 0));
    EXPECT_FAILS(EAFNOSUPPORT, reseau_usocket_on(transport, 250, SOCK_STREAM, 0));
    reseau_transport_release(transport);
    // The descriptor is closed by the thread: the other end gets to know.
    while (system_send(pair[1], "x", 1) == 1 || errno == EAGAIN) {
        std::this_thread::yield();
    }
    system_close(pair[1]);
}

} // namespace
