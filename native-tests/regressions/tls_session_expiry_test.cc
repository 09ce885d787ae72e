/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A resumed session shows no certificates. It was resumed although those that it rests on had expired meanwhile,
 * however old it was. The wall clock of this program is what the tests set: the library and OpenSSL read it too.
 */
#include "support/tls_raw_peer.h"

#include <aws/io/statistics.h>
#include <openssl/ocsp.h>
#include <sys/syscall.h>

#include <ctime>

namespace {

std::atomic<time_t> clock_offset;

int ReadSystemClock(clockid_t clock, struct timespec *now) {
    return (int)syscall(SYS_clock_gettime, clock, now);
}

} // namespace

extern "C" int clock_gettime(clockid_t clock, struct timespec *now) noexcept {
    int result = ReadSystemClock(clock, now);
    if (result == 0 && clock == CLOCK_REALTIME) {
        now->tv_sec += clock_offset;
    }
    return result;
}

extern "C" time_t time(time_t *out) noexcept {
    struct timespec now = {};
    ReadSystemClock(CLOCK_REALTIME, &now);
    time_t seconds = now.tv_sec + clock_offset;
    if (out != nullptr) {
        *out = seconds;
    }
    return seconds;
}

namespace {

const time_t HOUR = 3600;

/* 2040-01-01 00:00 UTC, when some of the certificates expire. */
const time_t NEW_YEAR_2040 = 2208988800;

void SetClock(time_t seconds) {
    struct timespec now = {};
    ReadSystemClock(CLOCK_REALTIME, &now);
    clock_offset = seconds - now.tv_sec;
}

class TlsSessionExpiryTest : public TlsTest, public ::testing::WithParamInterface<const char *> {
  protected:
    void TearDown() override {
        clock_offset = 0;
        TlsTest::TearDown();
    }

    void Start(const std::string &certificate, std::vector<std::string> more = {}) {
        more.push_back(GetParam());
        server_.reset(new OpensslServer(certificate, more));
    }

    /* A connection: its error, and whether a session was resumed, which shows by how little the server sends. */
    int Connect(struct aws_tls_ctx *context, bool *is_resumed) {
        TlsEnd end;
        uint64_t bytes = 0;
        end.on_setup = [&](TlsEnd &self) { bytes = BytesRead(self.channel); };
        TlsTest::Connect(&end, server_->port, context);
        EXPECT_TRUE(end.state.Await([&] { return end.setups > 0; }));
        if (end.setup != AWS_ERROR_SUCCESS) {
            return end.setup;
        }
        /* In TLS 1.3 the ticket comes behind the handshake, and before whatever the server says. */
        server_->Say("x\n");
        EXPECT_TRUE(end.AwaitBytes(2));
        end.Shutdown();
        EXPECT_TRUE(end.AwaitShutdown());
        *is_resumed = bytes < 600;
        return AWS_ERROR_SUCCESS;
    }

    void ExpectFull(const TlsContext &context) {
        bool is_resumed = false;
        EXPECT_STREQ("AWS_ERROR_SUCCESS", aws_error_name(Connect(context.get(), &is_resumed)));
        EXPECT_FALSE(is_resumed);
    }

    void ExpectResumed(const TlsContext &context) {
        bool is_resumed = false;
        EXPECT_STREQ("AWS_ERROR_SUCCESS", aws_error_name(Connect(context.get(), &is_resumed)));
        EXPECT_TRUE(is_resumed);
    }

    void ExpectExpired(const TlsContext &context) {
        bool is_resumed = false;
        EXPECT_STREQ("AWS_IO_TLS_CERTIFICATE_EXPIRED", aws_error_name(Connect(context.get(), &is_resumed)));
    }

    static time_t EndOfResponse(const std::string &name) {
        std::string text = Contents(Certificate(name));
        auto *bytes = (const unsigned char *)text.data();
        OCSP_RESPONSE *response = d2i_OCSP_RESPONSE(nullptr, &bytes, (long)text.size());
        OCSP_BASICRESP *basic = OCSP_response_get1_basic(response);
        ASN1_GENERALIZEDTIME *end = nullptr;
        OCSP_single_get0_status(OCSP_resp_get0(basic, 0), nullptr, nullptr, nullptr, &end);
        struct tm parts = {};
        EXPECT_EQ(1, ASN1_TIME_to_tm(end, &parts));
        OCSP_BASICRESP_free(basic);
        OCSP_RESPONSE_free(response);
        return timegm(&parts);
    }

    std::unique_ptr<OpensslServer> server_;

  private:
    uint64_t BytesRead(struct aws_channel *channel) {
        struct aws_channel_handler *socket = aws_channel_get_first_slot(channel)->handler;
        struct aws_array_list list = {};
        EXPECT_EQ(AWS_OP_SUCCESS, aws_array_list_init_dynamic(&list, allocator_, 1, sizeof(void *)));
        socket->vtable->gather_statistics(socket, &list);
        struct aws_crt_statistics_socket *statistics = nullptr;
        EXPECT_EQ(AWS_OP_SUCCESS, aws_array_list_get_at(&list, &statistics, 0));
        uint64_t bytes = statistics->bytes_read;
        aws_array_list_clean_up(&list);
        return bytes;
    }
};

} // namespace

TEST_P(TlsSessionExpiryTest, NotLongerThanTheServersCertificate) {
    Start("until_2040");
    TlsContext context(allocator_, false, TlsSettings());
    SetClock(NEW_YEAR_2040 - 2 * HOUR);
    ExpectFull(context);
    SetClock(NEW_YEAR_2040 - HOUR);
    ExpectResumed(context);
    SetClock(NEW_YEAR_2040 + HOUR);
    ExpectExpired(context);
    ExpectExpired(context);
}

TEST_P(TlsSessionExpiryTest, NotLongerThanAnAuthoritysInBetween) {
    Start("outlives_middle", {"-cert_chain", Certificate("outlives_middle_chain.crt")});
    TlsContext context(allocator_, false, TlsSettings());
    SetClock(NEW_YEAR_2040 - HOUR);
    ExpectFull(context);
    ExpectResumed(context);
    SetClock(NEW_YEAR_2040 + HOUR);
    ExpectExpired(context);
}

/* A certificate that is not verified cannot expire. */
TEST_P(TlsSessionExpiryTest, UnlessCertificatesAreNotVerified) {
    Start("until_2040");
    TlsSettings trusting;
    trusting.verify_peer = false;
    TlsContext context(allocator_, false, trusting);
    SetClock(NEW_YEAR_2040 - HOUR);
    ExpectFull(context);
    SetClock(NEW_YEAR_2040 + HOUR);
    ExpectResumed(context);
}

TEST_P(TlsSessionExpiryTest, NotLongerThanTheStapledResponse) {
    Start("revoked", {"-status_file", Certificate("ten_years.ocsp")});
    time_t end = EndOfResponse("ten_years.ocsp");
    TlsContext context(allocator_, false, TlsSettings());
    SetClock(end - 2 * HOUR);
    ExpectFull(context);
    SetClock(end - HOUR);
    ExpectResumed(context);
    SetClock(end + HOUR);
    bool is_resumed = false;
    EXPECT_NE(AWS_ERROR_SUCCESS, Connect(context.get(), &is_resumed)) << "the response is too old to be shown";
}

/* A day after the certificates were looked at they are looked at again, however often there were new tickets. */
TEST_P(TlsSessionExpiryTest, NotLongerThanADay) {
    Start("server");
    TlsContext context(allocator_, false, TlsSettings());
    time_t start = time(nullptr);
    ExpectFull(context);
    for (int hour = 1; hour < 24; ++hour) {
        SetClock(start + hour * HOUR);
        ExpectResumed(context);
    }
    SetClock(start + 25 * HOUR);
    ExpectFull(context);
    SetClock(start + 26 * HOUR);
    ExpectResumed(context);
}

/* Nobody knows how old a session is that comes from the future. */
TEST_P(TlsSessionExpiryTest, NotWhenTheClockWasSetBack) {
    Start("server");
    TlsContext context(allocator_, false, TlsSettings());
    time_t start = time(nullptr);
    SetClock(start + 48 * HOUR);
    ExpectFull(context);
    SetClock(start);
    ExpectFull(context);
}

INSTANTIATE_TEST_SUITE_P(
    Versions,
    TlsSessionExpiryTest,
    ::testing::Values("-tls1_2", "-tls1_3"),
    [](const ::testing::TestParamInfo<const char *> &info) {
        return std::string(info.param) == "-tls1_2" ? "Tls12" : "Tls13";
    });

namespace {

/* The same from the other side: what a server of ours takes from a client that has shown a certificate once. */
class TlsTicketExpiryTest : public TlsTest, public ::testing::WithParamInterface<int> {
  protected:
    void SetUp() override {
        TlsTest::SetUp();
        TlsSettings settings = ServerSettings("server");
        settings.verify_peer = true;
        server_ = Serve(&nobody_, settings);
    }

    void TearDown() override {
        server_.reset();
        SSL_SESSION_free(session_);
        clock_offset = 0;
        TlsTest::TearDown();
    }

    /* A connection of a client that shows this certificate or its last session: the server's error, and which it was.
     */
    int Connect(const std::string &certificate, bool *is_resumed) {
        TlsEnd end;
        server_->Aim(&end);
        RawTlsPeer peer(RawSocket::Connect("127.0.0.1", (uint16_t)server_->port), TlsPeer::CLIENT, GetParam());
        SSL *ssl = peer.tls.ssl();
        std::string key = Certificate(certificate + ".key");
        EXPECT_EQ(1, SSL_use_certificate_file(ssl, Certificate(certificate + ".crt").c_str(), SSL_FILETYPE_PEM));
        EXPECT_EQ(1, SSL_use_PrivateKey_file(ssl, key.c_str(), SSL_FILETYPE_PEM));
        if (session_ != nullptr) {
            EXPECT_EQ(1, SSL_set_session(ssl, session_));
        }
        peer.Shake();
        EXPECT_TRUE(end.state.Await([&] { return end.setups > 0; }));
        if (end.setup != AWS_ERROR_SUCCESS) {
            return end.setup;
        }
        /* In TLS 1.3 the ticket comes behind the handshake. */
        end.Send("x");
        EXPECT_EQ("x", peer.ReadContent(1));
        *is_resumed = SSL_session_reused(ssl) == 1;
        SSL_SESSION_free(session_);
        session_ = SSL_get1_session(ssl);
        SSL_set_shutdown(ssl, SSL_SENT_SHUTDOWN | SSL_RECEIVED_SHUTDOWN);
        peer.socket.Close();
        EXPECT_TRUE(end.AwaitShutdown());
        return AWS_ERROR_SUCCESS;
    }

    void ExpectTaken(const std::string &certificate, bool resumed) {
        bool is_resumed = !resumed;
        EXPECT_STREQ("AWS_ERROR_SUCCESS", aws_error_name(Connect(certificate, &is_resumed)));
        EXPECT_EQ(resumed, is_resumed);
    }

    TlsEnd nobody_;
    std::unique_ptr<TlsServer> server_;
    SSL_SESSION *session_ = nullptr;
};

} // namespace

TEST_P(TlsTicketExpiryTest, NotLongerThanTheClientsCertificate) {
    SetClock(NEW_YEAR_2040 - HOUR);
    ExpectTaken("until_2040", false);
    SetClock(NEW_YEAR_2040 - HOUR / 2);
    ExpectTaken("until_2040", true);
    SetClock(NEW_YEAR_2040 + HOUR / 4);
    bool is_resumed = false;
    EXPECT_STREQ("AWS_IO_TLS_CERTIFICATE_EXPIRED", aws_error_name(Connect("until_2040", &is_resumed)));
}

/* A resumed connection brings a new ticket, as TLS 1.2 does not: it lasts no longer than the first one would. */
using RenewedTicketExpiryTest = TlsTicketExpiryTest;

TEST_P(RenewedTicketExpiryTest, NotLongerThanADay) {
    time_t start = time(nullptr);
    ExpectTaken("client", false);
    for (int hour = 1; hour < 24; ++hour) {
        SetClock(start + hour * HOUR);
        ExpectTaken("client", true);
    }
    SetClock(start + 24 * HOUR + HOUR / 2);
    ExpectTaken("client", false);
    SetClock(start + 25 * HOUR);
    ExpectTaken("client", true);
}

INSTANTIATE_TEST_SUITE_P(
    Versions,
    TlsTicketExpiryTest,
    ::testing::Values(TLS1_2_VERSION, TLS1_3_VERSION),
    [](const ::testing::TestParamInfo<int> &info) { return info.param == TLS1_2_VERSION ? "Tls12" : "Tls13"; });
INSTANTIATE_TEST_SUITE_P(
    Version, RenewedTicketExpiryTest, ::testing::Values(TLS1_3_VERSION), [](const ::testing::TestParamInfo<int> &) {
        return "Tls13";
    });
