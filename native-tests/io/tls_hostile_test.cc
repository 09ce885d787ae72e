/* SPDX-License-Identifier: Apache-2.0 */
/* Peers that break the rules. Whatever they send, and whenever they stop: an error that says so, once, and no hang. */
#include "support/tls_peer.h"

#include <netinet/tcp.h>
#include <poll.h>

#include <list>
#include <map>
#include <random>

namespace {

/* Which end is ours, and what the peer speaks. */
struct Case {
    TlsPeer::Role peer;
    int version;
};

std::string NameOf(const ::testing::TestParamInfo<Case> &info) {
    std::string end = info.param.peer == TlsPeer::CLIENT ? "Server" : "Client";
    return end + (info.param.version == TLS1_2_VERSION ? "12" : "13");
}

/* One connection: our end, and the peer with its plain socket. */
struct Exchange {
    explicit Exchange(const Case &which) : peer(which.peer, which.version) {
    }

    ~Exchange() {
        Close();
    }

    void Close() {
        if (fd >= 0) {
            close(fd);
        }
        fd = -1;
    }

    /* Closes without a word, so that what is under way is lost. */
    void Reset() {
        struct linger linger = {1, 0};
        setsockopt(fd, SOL_SOCKET, SO_LINGER, &linger, sizeof(linger));
        Close();
    }

    /* No more comes from the peer, who goes on listening to the end. */
    void Finish() {
        shutdown(fd, SHUT_WR);
        DrainToEnd();
        Close();
    }

    /* False when our end has closed. */
    bool Send(const std::string &bytes) {
        for (size_t sent = 0; sent < bytes.size();) {
            ssize_t count = send(fd, bytes.data() + sent, bytes.size() - sent, MSG_NOSIGNAL);
            if (count <= 0) {
                return false;
            }
            sent += (size_t)count;
        }
        return true;
    }

    /* Waits for bytes; empty when our end has closed. */
    std::string Receive() {
        std::string bytes(16384, '\0');
        struct pollfd ready = {fd, POLLIN, 0};
        if (poll(&ready, 1, 60000) != 1) {
            ADD_FAILURE() << "our end neither sends nor closes";
            return "";
        }
        ssize_t count = recv(fd, &bytes[0], bytes.size(), 0);
        bytes.resize(count > 0 ? (size_t)count : 0);
        return bytes;
    }

    std::string DrainToEnd() {
        std::string all;
        for (std::string bytes; !(bytes = Receive()).empty();) {
            all += bytes;
        }
        return all;
    }

    TlsEnd end;
    TlsPeer peer;
    int fd = -1;
};

/* What may become of a record under way. Where nothing but the end is missing, our end can only wait for it. */
struct Damage {
    const char *name;
    bool may_pass;
    std::function<std::string(const std::string &record, std::minstd_rand &random)> apply;
};

const std::vector<Damage> &Damages() {
    static const std::vector<Damage> damages = {
        {"truncated", true, [](const std::string &r, std::minstd_rand &) { return r.substr(0, r.size() - 1); }},
        {"header only", true, [](const std::string &r, std::minstd_rand &) { return r.substr(0, 5); }},
        {"too long by one", true, [](const std::string &r, std::minstd_rand &) { return r + "x"; }},
        {"of 64 KiB",
         false,
         [](const std::string &r, std::minstd_rand &) {
             return Record(r[0], std::string(0xFFFF, 'x'), 0xFFFF, 0x0303);
         }},
        {"just too large",
         false,
         [](const std::string &r, std::minstd_rand &) { return Record(r[0], std::string(0x4000 + 2049, 'x')); }},
        {"empty", true, [](const std::string &r, std::minstd_rand &) { return Record(r[0], ""); }},
        {"of no known type", false, [](const std::string &r, std::minstd_rand &) { return "\x63" + r.substr(1); }},
        {"of content", false, [](const std::string &, std::minstd_rand &) { return Record(23, "too early"); }},
        {"of SSL 9",
         true,
         [](const std::string &r, std::minstd_rand &) { return r.substr(0, 1) + "\x09" + r.substr(2); }},
        {"random",
         false,
         [](const std::string &r, std::minstd_rand &random) {
             std::string bytes = r.substr(0, 5);
             while (bytes.size() < r.size()) {
                 bytes += (char)random();
             }
             return bytes;
         }},
        {"random with its header",
         false,
         [](const std::string &, std::minstd_rand &random) {
             std::string bytes = "\xff";
             while (bytes.size() < 20000) {
                 bytes += (char)random();
             }
             return bytes;
         }},
    };
    return damages;
}

/* Sees every record of the peer, and sends what it likes instead; false ends the handshake. */
using OnRecord = std::function<bool(int index, const std::string &record)>;

class TlsHostileTest : public TlsTest, public ::testing::WithParamInterface<Case> {
  protected:
    void SetUp() override {
        /* Every handshake is a full one. */
        setenv("RESEAU_TLS_RESUMPTION", "off", 1);
        TlsTest::SetUp();
        client_context_.reset(new TlsContext(allocator_, false, TlsSettings()));
        server_ = Serve(&nobody_, ServerSettings("ec256"));
        Listen();
    }

    void TearDown() override {
        server_.reset();
        client_context_.reset();
        close(listener_);
        TlsTest::TearDown();

        /* Nothing came late. */
        for (Exchange &exchange : exchanges_) {
            ExpectOver(exchange);
        }
    }

    Exchange &Begin(const Case &which, uint32_t timeout_ms = 60000, bool back_pressure = false) {
        exchanges_.emplace_back(which);
        Exchange &exchange = exchanges_.back();
        if (which.peer == TlsPeer::CLIENT) {
            server_->Aim(&exchange.end);
            exchange.fd = NarrowSocket();
            struct sockaddr_in address = Loopback(server_->port);
            EXPECT_EQ(0, connect(exchange.fd, (struct sockaddr *)&address, sizeof(address)));
        } else {
            Connect(&exchange.end, port_, client_context_->get(), "localhost", "", back_pressure, timeout_ms);
            exchange.fd = accept4(listener_, nullptr, nullptr, SOCK_CLOEXEC);
        }
        EXPECT_LE(0, exchange.fd);
        int on = 1;
        setsockopt(exchange.fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof(on));
        return exchange;
    }

    Exchange &Begin() {
        return Begin(GetParam());
    }

    Exchange &BeginWithDeadline(uint32_t timeout_ms) {
        server_.reset();
        server_.reset(
            new TlsServer(allocator_, server_group_->get(), &nobody_, ServerSettings("ec256"), false, timeout_ms));
        return Begin(GetParam(), timeout_ms);
    }

    /* Lets the peer do its part of the handshake; true when both sides have finished as far as the peer can know. */
    bool Shake(Exchange &exchange, const OnRecord &on_record, const std::function<bool()> &on_flight = nullptr) {
        for (int index = 0;;) {
            exchange.peer.Step();
            for (const std::string &record : Records(exchange.peer.Output())) {
                if (!on_record(index++, record)) {
                    return false;
                }
            }
            if (on_flight && !on_flight()) {
                return false;
            }
            if (exchange.peer.Finished() || exchange.peer.Failed()) {
                return exchange.peer.Finished();
            }
            std::string answer = exchange.Receive();
            if (answer.empty()) {
                return false;
            }
            exchange.peer.Feed(answer);
        }
    }

    bool Shake(Exchange &exchange) {
        return Shake(exchange, [&](int, const std::string &record) { return exchange.Send(record); });
    }

    /* The peer's part is cut off after so many bytes. */
    bool ShakeUpTo(Exchange &exchange, size_t limit) {
        size_t sent = 0;
        return Shake(exchange, [&](int, const std::string &record) {
            size_t part = std::min(record.size(), limit - sent);
            sent += part;
            return exchange.Send(record.substr(0, part)) && part == record.size();
        });
    }

    /* The callbacks of our end have come, and each once. */
    void AwaitEnd(Exchange &exchange) {
        TlsEnd &end = exchange.end;
        ASSERT_TRUE(end.state.Await([&] { return end.setups > 0 && (end.setup != 0 || end.shutdowns > 0); }))
            << "our end hangs: setups " << end.setups << ", result " << end.result;
        ExpectOver(exchange);
    }

    void ExpectOver(Exchange &exchange) {
        TlsEnd &end = exchange.end;
        EXPECT_EQ(1, end.setups);
        EXPECT_GE(1, end.results);
        EXPECT_EQ(end.setup == AWS_ERROR_SUCCESS ? 1 : 0, end.shutdowns);
        if (end.setup == AWS_ERROR_SUCCESS) {
            EXPECT_EQ(1, end.results);
        }
    }

    /* The error by which our end was over. */
    int ErrorOf(Exchange &exchange) {
        AwaitEnd(exchange);
        return exchange.end.setup != AWS_ERROR_SUCCESS ? exchange.end.setup : exchange.end.shutdown;
    }

    void ExpectError(int error, Exchange &exchange, const std::string &what) {
        EXPECT_STREQ(aws_error_name(error), aws_error_name(ErrorOf(exchange))) << what;
    }

    void ExpectTlsError(Exchange &exchange, const std::string &what) {
        int error = ErrorOf(exchange);
        EXPECT_TRUE(aws_error_code_is_tls(error)) << aws_error_name(error) << ": " << what;
    }

    /* How many records the peer sends until the handshake ends. */
    int CountRecords() {
        Exchange &exchange = Begin();
        int count = 0;
        EXPECT_TRUE(Shake(exchange, [&](int index, const std::string &record) {
            count = index + 1;
            return exchange.Send(record);
        }));
        EXPECT_TRUE(exchange.end.AwaitSetup());
        exchange.Finish();
        AwaitEnd(exchange);
        return count;
    }

    /* The peer asks again and again and reads nothing; our end closes, and keeps little meanwhile. */
    void ExpectFloodEnds(Exchange &exchange, const std::function<std::string()> &ask) {
        /* Answers of some thirty bytes, of which the system alone takes up to ten megabytes. */
        constexpr int kMax = 2000000;
        size_t before = aws_mem_tracer_bytes(allocator_);
        size_t most = 0;
        int asked = 0;
        while (asked < kMax && exchange.Send(ask())) {
            ++asked;
            most = std::max(most, aws_mem_tracer_bytes(allocator_));
        }
        EXPECT_GT(kMax, asked) << "the flood goes on and on";
        EXPECT_GT(before + 2 * 1024 * 1024, most);
        ExpectError(AWS_IO_TLS_ERROR_READ_FAILURE, exchange, "after " + std::to_string(asked));
        EXPECT_EQ(AWS_ERROR_SUCCESS, exchange.end.setup);
        RecordProperty("asked", asked);
        RecordProperty("max_bytes", (int)(most - before));
    }

    /* Content goes through in both directions. */
    void ExpectUsable(Exchange &exchange) {
        size_t had = exchange.end.received.size();
        exchange.peer.Write("question");
        exchange.Send(exchange.peer.Output());
        ASSERT_TRUE(exchange.end.AwaitBytes(had + 8));
        exchange.end.Send("answer");
        std::string answer;
        while (answer.size() < 6) {
            std::string bytes = exchange.Receive();
            ASSERT_FALSE(bytes.empty());
            exchange.peer.Feed(bytes);
            answer += exchange.peer.Read();
        }
        EXPECT_EQ("answer", answer);
    }

    /* A connection whose handshake both sides have behind them. */
    Exchange &Established(bool back_pressure = false) {
        Exchange &exchange = Begin(GetParam(), 60000, back_pressure);
        EXPECT_TRUE(Shake(exchange));
        EXPECT_TRUE(exchange.end.AwaitSetup()) << aws_error_name(exchange.end.setup);
        return exchange;
    }

    std::unique_ptr<TlsServer> server_;
    std::unique_ptr<TlsContext> client_context_;
    uint32_t port_ = 0;
    int listener_ = -1;

  private:
    /* Segments are small, or the kernel would take in megabytes for a peer that does not read. */
    static int NarrowSocket() {
        int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
        int size = 4096;
        int segment = 536;
        EXPECT_EQ(0, setsockopt(fd, SOL_SOCKET, SO_RCVBUF, &size, sizeof(size)));
        EXPECT_EQ(0, setsockopt(fd, IPPROTO_TCP, TCP_MAXSEG, &segment, sizeof(segment)));
        return fd;
    }

    void Listen() {
        listener_ = NarrowSocket();
        struct sockaddr_in address = Loopback(0);
        socklen_t length = sizeof(address);
        ASSERT_EQ(0, bind(listener_, (struct sockaddr *)&address, sizeof(address)));
        ASSERT_EQ(0, listen(listener_, 16));
        ASSERT_EQ(0, getsockname(listener_, (struct sockaddr *)&address, &length));
        port_ = ntohs(address.sin_port);
    }

    TlsEnd nobody_;
    std::list<Exchange> exchanges_;
};

INSTANTIATE_TEST_SUITE_P(
    Both,
    TlsHostileTest,
    ::testing::Values(
        Case{TlsPeer::CLIENT, TLS1_2_VERSION},
        Case{TlsPeer::CLIENT, TLS1_3_VERSION},
        Case{TlsPeer::SERVER, TLS1_2_VERSION},
        Case{TlsPeer::SERVER, TLS1_3_VERSION}),
    NameOf);

/* What only one version has. */
class Tls12HostileTest : public TlsHostileTest {};
class Tls13HostileTest : public TlsHostileTest {};

INSTANTIATE_TEST_SUITE_P(
    Both,
    Tls12HostileTest,
    ::testing::Values(Case{TlsPeer::CLIENT, TLS1_2_VERSION}, Case{TlsPeer::SERVER, TLS1_2_VERSION}),
    NameOf);

INSTANTIATE_TEST_SUITE_P(
    Both,
    Tls13HostileTest,
    ::testing::Values(Case{TlsPeer::CLIENT, TLS1_3_VERSION}, Case{TlsPeer::SERVER, TLS1_3_VERSION}),
    NameOf);

class Tls12HostileServerTest : public TlsHostileTest {};

/* What is forged in the name of a client of TLS 1.2. */
class Tls12HostileClientTest : public TlsHostileTest {};

INSTANTIATE_TEST_SUITE_P(
    Client, Tls12HostileServerTest, ::testing::Values(Case{TlsPeer::SERVER, TLS1_2_VERSION}), NameOf);

INSTANTIATE_TEST_SUITE_P(
    Only, Tls12HostileClientTest, ::testing::Values(Case{TlsPeer::CLIENT, TLS1_2_VERSION}), NameOf);

/* ADR 17. An honest server gives up by itself; this one is made to believe that the algorithm was offered. */
TEST_P(Tls12HostileServerTest, AServerThatSignsWithSha1Unasked) {
    Exchange &exchange = Begin();
    SSL_set_security_level(exchange.peer.ssl(), 0);
    ASSERT_EQ(1, SSL_set1_sigalgs_list(exchange.peer.ssl(), "ECDSA+SHA1"));

    /* ECDSA with SHA-256, SHA-384 and SHA-512, as the client offers them. */
    std::string hello = exchange.Receive();
    size_t offer = hello.find("\x04\x03\x05\x03\x06\x03");
    ASSERT_NE(std::string::npos, offer);
    hello[offer] = 2;
    exchange.peer.Feed(hello);
    exchange.peer.Step();
    ASSERT_FALSE(exchange.peer.Failed());
    ASSERT_TRUE(exchange.Send(exchange.peer.Output()));

    std::string answer = exchange.Receive();
    ASSERT_FALSE(answer.empty());
    EXPECT_EQ(21, answer[0]) << "an alert, not the client's key";
    ExpectError(AWS_IO_TLS_ERROR_NEGOTIATION_FAILURE, exchange, "weak signature");
}

} // namespace

/* The peer closes after every byte of its part of a handshake. */
TEST_P(TlsHostileTest, CloseAtEveryByte) {
    bool is_complete = false;
    for (size_t limit = 0; !is_complete; ++limit) {
        ASSERT_LT(limit, 10000u);
        Exchange &exchange = Begin();
        is_complete = ShakeUpTo(exchange, limit);
        exchange.Finish();
        int error = ErrorOf(exchange);
        EXPECT_STREQ(aws_error_name(AWS_IO_SOCKET_CLOSED), aws_error_name(error)) << "after byte " << limit;
        if (HasFailure()) {
            return;
        }
    }
}

/* The same without a good end: what our end still sends meets a closed port. */
TEST_P(TlsHostileTest, ResetAtMany) {
    bool is_complete = false;
    for (size_t limit = 0; !is_complete; limit += 13) {
        ASSERT_LT(limit, 10000u);
        Exchange &exchange = Begin();
        is_complete = ShakeUpTo(exchange, limit);
        exchange.Reset();
        EXPECT_STREQ(aws_error_name(AWS_IO_SOCKET_CLOSED), aws_error_name(ErrorOf(exchange))) << "after byte " << limit;
    }
}

TEST_P(TlsHostileTest, ByteByByte) {
    Exchange &exchange = Begin();
    auto trickle = [&](const std::string &bytes) {
        for (char byte : bytes) {
            if (!exchange.Send(std::string(1, byte))) {
                return false;
            }
            usleep(20);
        }
        return true;
    };
    ASSERT_TRUE(Shake(exchange, [&](int, const std::string &record) { return trickle(record); }));
    ASSERT_TRUE(exchange.end.AwaitSetup()) << aws_error_name(exchange.end.setup);
    std::string text(1000, 'x');
    exchange.peer.Write(text);
    trickle(exchange.peer.Output());
    EXPECT_TRUE(exchange.end.AwaitBytes(text.size()));
    EXPECT_EQ(text, exchange.end.received);
    exchange.end.Send("answer");
    std::string answer;
    while (answer.size() < 6) {
        exchange.peer.Feed(exchange.Receive());
        answer += exchange.peer.Read();
    }
    EXPECT_EQ("answer", answer);
    exchange.Close();
    AwaitEnd(exchange);
}

/* Instead of each record of the handshake, an alert that ends it. */
TEST_P(TlsHostileTest, AlertAtEveryStep) {
    int steps = CountRecords();
    ASSERT_LE(2, steps);
    for (int step = 0; step < steps; ++step) {
        for (int description : {0, 10, 20, 40, 42, 44, 45, 46, 48, 51, 70, 80, 86, 109, 112, 116, 120, 255}) {
            Exchange &exchange = Begin();
            bool is_complete = Shake(exchange, [&](int index, const std::string &record) {
                if (index < step) {
                    return exchange.Send(record);
                }
                exchange.Send(AlertRecord(description == 0 ? 1 : 2, description));
                return false;
            });
            EXPECT_FALSE(is_complete);
            std::string what = "alert " + std::to_string(description) + " at step " + std::to_string(step);
            exchange.Finish();
            int error = ErrorOf(exchange);
            EXPECT_NE(AWS_ERROR_SUCCESS, error) << what;
            if (step == 0 && GetParam().peer == TlsPeer::SERVER) {
                /* Nothing is encrypted yet, so the alert is the peer's. */
                static const std::map<int, int> errors = {
                    {42, AWS_IO_TLS_BAD_PEER_CERTIFICATE},
                    {44, AWS_IO_TLS_PEER_CERTIFICATE_REVOKED},
                    {45, AWS_IO_TLS_PEER_CERTIFICATE_EXPIRED},
                    {46, AWS_IO_TLS_PEER_CERTIFICATE_UNKNOWN},
                    {48, AWS_IO_TLS_PEER_CERTIFICATE_UNKNOWN},
                    {80, AWS_IO_TLS_INTERNAL_ERROR},
                };
                auto expected = errors.find(description);
                int code = expected == errors.end() ? AWS_IO_TLS_ERROR_NEGOTIATION_FAILURE : expected->second;
                EXPECT_STREQ(aws_error_name(code), aws_error_name(error)) << what;
            } else if (description != 0) {
                EXPECT_TRUE(aws_error_code_is_tls(error)) << aws_error_name(error) << ": " << what;
            }
        }
    }
}

/* Each record of the handshake in turn is damaged, in every way. */
TEST_P(TlsHostileTest, DamagedRecordAtEveryStep) {
    std::minstd_rand random(1);
    int steps = CountRecords();
    for (int step = 0; step < steps; ++step) {
        for (const Damage &damage : Damages()) {
            Exchange &exchange = Begin();
            Shake(exchange, [&](int index, const std::string &record) {
                return exchange.Send(index == step ? damage.apply(record, random) : record) && index != step;
            });
            exchange.Finish();
            std::string what = std::string(damage.name) + " at step " + std::to_string(step);
            int error = ErrorOf(exchange);
            EXPECT_NE(AWS_ERROR_SUCCESS, error) << what;
            if (!damage.may_pass) {
                EXPECT_TRUE(aws_error_code_is_tls(error)) << aws_error_name(error) << ": " << what;
            }
        }
    }
}

/* Every bit of the first records and of the last ones counts, or changes nothing. */
TEST_P(TlsHostileTest, FlippedBits) {
    std::minstd_rand random(2);
    int steps = CountRecords();
    for (int round = 0; round < 200; ++round) {
        int step = (int)(random() % (unsigned)steps);
        Exchange &exchange = Begin();
        Shake(exchange, [&](int index, const std::string &record) {
            std::string bytes = record;
            if (index == step) {
                bytes[random() % bytes.size()] ^= (char)(1 << random() % 8);
            }
            return exchange.Send(bytes) && index != step;
        });
        exchange.Finish();
        EXPECT_NE(AWS_ERROR_SUCCESS, ErrorOf(exchange)) << "round " << round;
    }
}

TEST_P(TlsHostileTest, RecordsOutOfOrder) {
    int steps = CountRecords();
    for (int step = 0; step < steps; ++step) {
        Exchange &late = Begin();
        std::string kept;
        Shake(
            late,
            [&](int index, const std::string &record) {
                if (index == step) {
                    kept = record;
                    return true;
                }
                return late.Send(record) && (index != step + 1 || late.Send(std::exchange(kept, "")));
            },
            [&] { return late.Send(std::exchange(kept, "")); });
        late.Finish();
        EXPECT_NE(AWS_ERROR_SUCCESS, ErrorOf(late)) << "late at step " << step;

        Exchange &repeated = Begin();
        Shake(repeated, [&](int index, const std::string &record) {
            return repeated.Send(record) && (index != step || repeated.Send(record));
        });
        repeated.Finish();
        EXPECT_NE(AWS_ERROR_SUCCESS, ErrorOf(repeated)) << "repeated at step " << step;
    }
}

/* After the handshake: what came before the damage is delivered, nothing of what came after it. */
TEST_P(TlsHostileTest, DamagedContent) {
    std::minstd_rand random(3);
    for (const Damage &damage : Damages()) {
        Exchange &exchange = Established();
        exchange.peer.Write("good");
        std::string good = exchange.peer.Output();
        exchange.peer.Write("damaged");
        std::string damaged = damage.apply(exchange.peer.Output(), random);
        exchange.peer.Write("late");
        std::string late = damage.may_pass ? "" : exchange.peer.Output();
        exchange.Send(good + damaged + late);
        exchange.Finish();
        int error = ErrorOf(exchange);
        EXPECT_NE(AWS_ERROR_SUCCESS, error) << damage.name;
        EXPECT_EQ(AWS_ERROR_SUCCESS, exchange.end.setup) << damage.name;
        if (!damage.may_pass) {
            EXPECT_TRUE(aws_error_code_is_tls(error)) << aws_error_name(error) << ": " << damage.name;
        }
        EXPECT_EQ("good", exchange.end.received.substr(0, 4)) << damage.name;
        EXPECT_EQ(std::string::npos, exchange.end.received.find("late")) << damage.name;
    }
}

/* The end of the connection without the end of the content is an error: somebody may have cut it off. */
TEST_P(TlsHostileTest, TruncatedContent) {
    Exchange &exchange = Established();
    exchange.peer.Write("all that there is");
    exchange.Send(exchange.peer.Output());
    exchange.Finish();
    ExpectError(AWS_IO_SOCKET_CLOSED, exchange, "no close_notify");
    EXPECT_EQ("all that there is", exchange.end.received);
}

TEST_P(TlsHostileTest, RandomBytesForAHandshake) {
    std::minstd_rand random(4);
    for (int round = 0; round < 100; ++round) {
        std::string bytes(1 + random() % 4000, '\0');
        for (char &byte : bytes) {
            byte = (char)random();
        }
        /* A start that looks well makes the rest be looked at. */
        if (round % 2 == 0) {
            bytes = Record(22, bytes);
        }
        Exchange &exchange = Begin();
        exchange.Send(bytes);
        exchange.Finish();
        EXPECT_NE(AWS_ERROR_SUCCESS, ErrorOf(exchange)) << "round " << round;
    }
}

TEST_P(TlsHostileTest, PlainHttp) {
    Exchange &exchange = Begin();
    bool is_client = GetParam().peer == TlsPeer::CLIENT;
    exchange.Send(is_client ? "GET / HTTP/1.1\r\nHost: localhost\r\n\r\n" : "HTTP/1.1 400 Bad Request\r\n\r\n");
    ExpectError(AWS_IO_TLS_ERROR_NEGOTIATION_FAILURE, exchange, "HTTP");
    exchange.Finish();
}

/* A peer that says nothing, and one that never comes to an end: both meet the deadline. */
TEST_P(TlsHostileTest, SilenceMeetsItsDeadline) {
    Exchange &exchange = BeginWithDeadline(200);
    ExpectError(AWS_IO_TLS_NEGOTIATION_TIMEOUT, exchange, "silence");
    exchange.Finish();
}

TEST_P(TlsHostileTest, EndlessHandshakeMeetsItsDeadline) {
    Exchange &exchange = BeginWithDeadline(500);
    exchange.Send(Record(22, "", 16000));
    while (exchange.end.state.Read([&] { return exchange.end.setups; }) == 0 && exchange.Send("\1")) {
        usleep(10000);
    }
    ExpectError(AWS_IO_TLS_NEGOTIATION_TIMEOUT, exchange, "a byte now and then");
    exchange.Finish();
}

TEST_P(Tls13HostileTest, FloodOfKeyUpdatesWithoutReading) {
    Exchange &exchange = Established();
    ExpectFloodEnds(exchange, [&] {
        exchange.peer.UpdateKeys();
        return exchange.peer.Output();
    });
}

/* Whoever reads the answers may ask as often as it likes; the window of a slow reader is not used up. */
TEST_P(Tls13HostileTest, ManyKeyUpdates) {
    for (bool back_pressure : {false, true}) {
        Exchange &exchange = Established(back_pressure);
        size_t before = aws_mem_tracer_bytes(allocator_);
        for (int round = 0; round < 100; ++round) {
            std::string asked;
            for (int i = 0; i < 50; ++i) {
                exchange.peer.UpdateKeys();
                asked += exchange.peer.Output();
            }
            ASSERT_TRUE(exchange.Send(asked));
            ExpectUsable(exchange);
        }
        EXPECT_GT(before + 256 * 1024, aws_mem_tracer_bytes(allocator_));
        exchange.Finish();
        AwaitEnd(exchange);
    }
}

/* Refused by an alert, and nothing else happens. */
TEST_P(Tls12HostileTest, RefusesToRenegotiate) {
    Exchange &exchange = Established();
    std::string asked;
    if (GetParam().peer == TlsPeer::SERVER) {
        exchange.peer.Renegotiate();
        asked = exchange.peer.Output();
    } else {
        RecordForger forger(exchange.peer);
        TlsPeer another(TlsPeer::CLIENT, TLS1_2_VERSION);
        another.Step();
        asked = forger.Seal(22, another.Output().substr(5));
        asked += forger.Seal(23, "and content");
    }
    ASSERT_TRUE(exchange.Send(asked));
    std::string answer = exchange.Receive();
    EXPECT_EQ(std::vector<std::string>({answer}), Records(answer));
    EXPECT_EQ(21, answer[0]);
    if (GetParam().peer == TlsPeer::CLIENT) {
        EXPECT_TRUE(exchange.end.AwaitBytes(11));
        EXPECT_EQ("and content", exchange.end.received);
    }
    exchange.Finish();
    AwaitEnd(exchange);
}

/* What costs the peer little and brings nobody anything is endured only so often. */
TEST_P(Tls12HostileClientTest, FloodOfEmptyRecordsAndOfWarnings) {
    for (int type : {21, 23}) {
        Exchange &exchange = Established();
        RecordForger forger(exchange.peer);
        std::string content = type == 21 ? std::string("\x01\x5a", 2) : "";
        int sent = 0;
        while (sent < 1000 && exchange.Send(forger.Seal(type, content))) {
            ++sent;
        }
        ExpectTlsError(exchange, "type " + std::to_string(type));
    }
}

TEST_P(Tls12HostileTest, FloodOfRenegotiationsWithoutReading) {
    Exchange &exchange = Established();
    if (GetParam().peer == TlsPeer::SERVER) {
        ExpectFloodEnds(exchange, [&] {
            exchange.peer.Renegotiate();
            return exchange.peer.Output();
        });
        return;
    }
    RecordForger forger(exchange.peer);
    TlsPeer another(TlsPeer::CLIENT, TLS1_2_VERSION);
    another.Step();
    std::string hello = another.Output().substr(5);
    ExpectFloodEnds(exchange, [&] { return forger.Seal(22, hello); });
}
