/* SPDX-License-Identifier: Apache-2.0 */
#include "support/reseau_peer.h"
#include "support/temporary_file.h"

#include <reseau/reseau.h>

#include <gtest/gtest.h>

#include <fcntl.h>
#include <sys/socket.h>
#include <unistd.h>

#include <fstream>
#include <sstream>
#include <string>
#include <thread>

namespace {

std::string Named(const std::string &name) {
    return std::string(RESEAU_TEST_CERTIFICATES) + "/" + name;
}

std::string Content(const std::string &name) {
    std::ifstream file(Named(name), std::ios::binary);
    std::stringstream text;
    text << file.rdbuf();
    return text.str();
}

/* Options of both sides: the server's certificate, and who has issued it. */
struct Tls {
    explicit Tls(const std::string &name = "ec256")
        : ca(Named("ca.crt")), certificate(Named(name + ".crt")), key(Named(name + ".key")) {
        server_tls.certificate_file = certificate.c_str();
        server_tls.key_file = key.c_str();
        client_tls.ca_file = ca.c_str();
        client.tls = &client_tls;
        server.tls = &server_tls;
    }

    std::string ca, certificate, key;
    struct reseau_tls_options client_tls = reseau_tls_options_default();
    struct reseau_tls_options server_tls = reseau_tls_options_default();
    struct reseau_options client = reseau_options_default();
    struct reseau_options server = reseau_options_default();
};

/* A connection that cannot be made: what the client gets. */
int64_t Refusal(const struct reseau_options &client, const struct reseau_options &server, const char *host) {
    reseau_id listener = reseau_listen(nullptr, 0, &server);
    EXPECT_GT(listener, 0) << reseau_error_name(listener);
    int64_t result = reseau_connect(host, PortOf(listener), &client);
    if (result > 0) {
        char byte;
        int64_t read = reseau_read(result, &byte, 1);
        reseau_abort(result);
        result = read;
    }
    EXPECT_EQ(RESEAU_ERROR_TIMED_OUT, reseau_accept(listener, 0)) << "a failed handshake is not reported";
    reseau_close(listener);
    return result;
}

} // namespace

TEST(ReseauTls, ConnectAndListen) {
    Tls tls;
    Pair pair(&tls.client, &tls.server);
    ASSERT_EQ(5, Write(pair.client, "hello"));
    EXPECT_EQ("hello", ReadExactly(pair.server, 5));
    std::string large = Pattern(3000000);
    std::thread writer([&] {
        EXPECT_EQ((int64_t)large.size(), Write(pair.server, large));
        EXPECT_EQ(0, reseau_end(pair.server));
    });
    EXPECT_TRUE(large == ReadAll(pair.client));
    writer.join();
    ASSERT_EQ(4, Write(pair.client, "back")) << "a half-close leaves the other direction";
    EXPECT_EQ("back", ReadExactly(pair.server, 4));
    EXPECT_EQ(large.size(), InfoOf(pair.server).bytes_written);
    EXPECT_EQ(large.size(), InfoOf(pair.client).bytes_read);
    EXPECT_EQ(RESEAU_ERROR_UNSUPPORTED, reseau_detach(pair.client));
}

TEST(ReseauTls, ByCallbacks) {
    Tls tls;
    Recorder server, client;
    server.options.tls = &tls.server_tls;
    client.options.tls = &tls.client_tls;
    server.on_data = [](reseau_id id, const char *data, size_t length) {
        return reseau_write(id, data, length) < 0 ? (size_t)0 : length;
    };
    reseau_id listener = server.Listen();
    reseau_id id = reseau_connect_start("127.0.0.1", PortOf(listener), &client.options);
    ASSERT_GT(id, 0);
    ASSERT_TRUE(client.AwaitOpen());
    std::string sent;
    for (int i = 0; i < 200; ++i) {
        std::string part = Pattern((size_t)i * 37 + 1, (unsigned)i);
        ASSERT_EQ((int64_t)part.size(), Write(id, part));
        sent += part;
    }
    ASSERT_TRUE(client.AwaitBytes(sent.size()));
    EXPECT_TRUE(sent == client.Text());
    reseau_close(id);
    EXPECT_TRUE(client.AwaitClosed());
    EXPECT_TRUE(server.AwaitClosed());
    EXPECT_EQ(RESEAU_CLOSED_BY_PEER, server.Infos()[0].closed_by);
    EXPECT_EQ(0, server.Infos()[0].error);
    reseau_close(listener);
}

TEST(ReseauTls, ProtocolsAreAgreedOn) {
    Tls tls;
    tls.client_tls.alpn = "h2;http/1.1";
    tls.server_tls.alpn = "http/1.1";
    Pair pair(&tls.client, &tls.server);
    char protocol[16];
    EXPECT_EQ(8, reseau_tls_protocol(pair.client, protocol, sizeof(protocol)));
    EXPECT_STREQ("http/1.1", protocol);
    EXPECT_EQ(8, reseau_tls_protocol(pair.server, protocol, sizeof(protocol)));
    EXPECT_EQ(RESEAU_ERROR_NO_ROOM, reseau_tls_protocol(pair.server, protocol, 8));
    Pair plain;
    EXPECT_EQ(0, reseau_tls_protocol(plain.client, protocol, sizeof(protocol)));
    EXPECT_STREQ("", protocol);
}

TEST(ReseauTls, CertificatesAreVerified) {
    Tls good;
    EXPECT_EQ(RESEAU_ERROR_TLS_CERTIFICATE, Refusal(good.client, Tls("untrusted").server, "127.0.0.1"));
    EXPECT_EQ(RESEAU_ERROR_TLS_CERTIFICATE, Refusal(good.client, Tls("wrong_host").server, "127.0.0.1"));
    Tls insecure("untrusted");
    insecure.client_tls.insecure = 1;
    Pair pair(&insecure.client, &insecure.server);
    EXPECT_EQ(1, Write(pair.client, "x"));
    EXPECT_EQ("x", ReadExactly(pair.server, 1));
    Tls named("wrong_host");
    named.client_tls.server_name = "elsewhere.example";
    Pair by_name(&named.client, &named.server);
    EXPECT_EQ(1, Write(by_name.client, "y"));
    EXPECT_EQ("y", ReadExactly(by_name.server, 1));
}

TEST(ReseauTls, AFailedHandshakeIsReportedOnce) {
    Tls good;
    Tls untrusted("untrusted");
    Recorder client;
    client.options.tls = &good.client_tls;
    reseau_id listener = reseau_listen(nullptr, 0, &untrusted.server);
    reseau_id id = reseau_connect_start("127.0.0.1", PortOf(listener), &client.options);
    ASSERT_GT(id, 0);
    ASSERT_TRUE(client.AwaitClosed());
    EXPECT_EQ(RESEAU_PHASE_TLS, client.Infos()[0].phase);
    EXPECT_EQ(RESEAU_ERROR_TLS_CERTIFICATE, client.Infos()[0].error);
    EXPECT_EQ(0, client.Opened());
    EXPECT_EQ(0, reseau_wait_closed(id, 60000));
    EXPECT_EQ(1u, client.Infos().size());
    reseau_close(listener);
}

TEST(ReseauTls, ClientsShowCertificatesIfTheServerDemandsThem) {
    Tls tls;
    tls.server_tls.client_certificates = 1;
    tls.server_tls.ca_file = tls.ca.c_str();
    std::string certificate = Content("client.crt"), key = Content("client.key");
    {
        Tls with = tls;
        with.client.tls = &with.client_tls;
        with.server.tls = &with.server_tls;
        with.client_tls.certificate_pem = certificate.c_str();
        with.client_tls.key_pem = key.c_str();
        Pair pair(&with.client, &with.server);
        EXPECT_EQ(1, Write(pair.client, "x"));
        EXPECT_EQ("x", ReadExactly(pair.server, 1));
    }
    EXPECT_LT(Refusal(tls.client, tls.server, "127.0.0.1"), 0);
}

TEST(ReseauTls, WithoutAnyLimitOfTime) {
    Tls tls;
    for (struct reseau_options *options : {&tls.client, &tls.server}) {
        options->connect_timeout_ms = RESEAU_FOREVER;
        options->tls_timeout_ms = RESEAU_FOREVER;
        options->close_timeout_ms = RESEAU_FOREVER;
        options->slow_reader_timeout_ms = 60000;
    }
    Pair pair(&tls.client, &tls.server);
    ASSERT_EQ(5, Write(pair.client, "hello"));
    EXPECT_EQ("hello", ReadExactly(pair.server, 5));
}

TEST(ReseauTls, TheAlertThatEndedItIsInTheRecord) {
    Tls tls;
    tls.client_tls.ca_file = nullptr; /* the system's, which do not have ours */
    Recorder server;
    server.options.tls = &tls.server_tls;
    reseau_id listener = server.Listen();
    EXPECT_EQ(RESEAU_ERROR_TLS_CERTIFICATE, reseau_connect("localhost", PortOf(listener), &tls.client));
    ASSERT_TRUE(server.AwaitClosed());
    EXPECT_EQ(48, server.Infos()[0].tls_alert) << "unknown_ca";
    EXPECT_EQ(RESEAU_PHASE_TLS, server.Infos()[0].phase);
    reseau_close(listener);
}

TEST(ReseauTls, TrustFromADirectoryAndFromMemory) {
    TemporaryDirectory directory;
    std::string copy = "cp " + Named("ca.crt") + " " + directory.Path("") + "/$(openssl x509 -noout -hash -in " +
                       Named("ca.crt") + ").0";
    ASSERT_EQ(0, system(copy.c_str()));
    std::string folder = directory.Path("");
    Tls tls;
    tls.client_tls.ca_file = nullptr;
    tls.client_tls.ca_directory = folder.c_str();
    tls.server_tls.minimum_version = 13;
    {
        Pair pair(&tls.client, &tls.server);
        EXPECT_EQ(1, Write(pair.client, "d"));
        EXPECT_EQ("d", ReadExactly(pair.server, 1));
    }
    std::string pem = Content("ca.crt") + "what stands behind";
    tls.client_tls.ca_directory = nullptr;
    tls.client_tls.ca_pem = pem.c_str();
    tls.client_tls.ca_pem_length = pem.size() - strlen("what stands behind");
    Pair pair(&tls.client, &tls.server);
    EXPECT_EQ(1, Write(pair.client, "m"));
    EXPECT_EQ("m", ReadExactly(pair.server, 1));
    EXPECT_EQ(0, system(("rm -f " + folder + "/*.0").c_str()));
}

TEST(ReseauTls, WhatCannotBe) {
    Tls tls;
    struct reseau_options options = reseau_options_default();
    struct reseau_tls_options empty = reseau_tls_options_default();
    options.tls = &empty;
    EXPECT_EQ(RESEAU_ERROR_TLS_OPTIONS, reseau_listen(nullptr, 0, &options)) << "a server needs a certificate";
    empty.ca_file = "/no/such/file";
    EXPECT_EQ(RESEAU_ERROR_NOT_FOUND, reseau_connect("127.0.0.1", 1, &options));
    empty = reseau_tls_options_default();
    empty.ca_pem = "this is no PEM";
    EXPECT_EQ(RESEAU_ERROR_TLS_OPTIONS, reseau_connect("127.0.0.1", 1, &options));
    empty = reseau_tls_options_default();
    empty.minimum_version = 11;
    EXPECT_EQ(RESEAU_ERROR_INVALID_ARGUMENT, reseau_connect("127.0.0.1", 1, &options));
    empty = reseau_tls_options_default();
    empty.size = 2;
    EXPECT_EQ(RESEAU_ERROR_INVALID_ARGUMENT, reseau_connect("127.0.0.1", 1, &options));
    tls.server_tls.key_file = nullptr;
    EXPECT_EQ(RESEAU_ERROR_TLS_OPTIONS, reseau_listen(nullptr, 0, &tls.server));
}

TEST(ReseauTls, AStreamThatIsCutIsNoEnd) {
    Tls tls;
    reseau_id listener = reseau_listen(nullptr, 0, nullptr);
    reseau_id client_plain = reseau_connect("127.0.0.1", PortOf(listener), nullptr);
    reseau_id server = reseau_accept(listener, 60000);
    std::thread accept([&] { EXPECT_EQ(0, reseau_start_tls(server, 1, &tls.server_tls)); });
    tls.client_tls.server_name = "localhost";
    EXPECT_EQ(0, reseau_start_tls(client_plain, 0, &tls.client_tls));
    accept.join();
    ASSERT_EQ(4, Write(server, "part"));
    EXPECT_EQ("part", ReadExactly(client_plain, 4));
    reseau_abort(server);
    char byte;
    int64_t result = reseau_read(client_plain, &byte, 1);
    EXPECT_EQ(RESEAU_ERROR_TLS_TRUNCATED, result) << reseau_error_name(result);
    reseau_close(client_plain);
    reseau_close(listener);
}

TEST(ReseauTls, AnAbortIsNoEnd) {
    for (int round = 0; round < 4; ++round) {
        Tls tls;
        Pair pair(&tls.client, &tls.server);
        ASSERT_EQ(5, Write(pair.client, "hello"));
        ASSERT_EQ("hello", ReadExactly(pair.server, 5));
        /* Behind the server's session tickets: a socket that is closed with unread input is reset by the system. */
        ASSERT_EQ(5, Write(pair.server, "hello"));
        ASSERT_EQ("hello", ReadExactly(pair.client, 5));
        reseau_id cut = round % 2 == 0 ? pair.client : pair.server;
        reseau_id other = round % 2 == 0 ? pair.server : pair.client;
        size_t unsent = round < 2 ? 0 : 30000000;
        if (unsent > 0) {
            ASSERT_EQ((int64_t)unsent, Write(cut, std::string(unsent, 'a')));
        }
        ASSERT_EQ(0, reseau_abort(cut));
        char buffer[65536];
        int64_t got;
        while ((got = reseau_read(other, buffer, sizeof(buffer))) > 0) {
        }
        EXPECT_EQ(unsent > 0 ? RESEAU_ERROR_RESET : RESEAU_ERROR_TLS_TRUNCATED, got)
            << round << ": " << reseau_error_name(got);
    }
}

TEST(ReseauTls, AnUpgradeOfAnOpenConnection) {
    Tls tls;
    tls.client_tls.server_name = "localhost";
    Pair pair;
    ASSERT_EQ(9, Write(pair.client, "STARTTLS\n"));
    char line[16];
    ASSERT_EQ(8, reseau_read_line(pair.server, line, sizeof(line)));
    int server_result = 1;
    std::thread server([&] {
        ASSERT_EQ(3, Write(pair.server, "OK\n"));
        ASSERT_EQ(0, reseau_flush(pair.server));
        server_result = reseau_start_tls(pair.server, 1, &tls.server_tls);
    });
    ASSERT_EQ(2, reseau_read_line(pair.client, line, sizeof(line)));
    EXPECT_EQ(0, reseau_start_tls(pair.client, 0, &tls.client_tls));
    server.join();
    EXPECT_EQ(0, server_result) << reseau_error_name(server_result);
    EXPECT_EQ(RESEAU_ERROR_BUSY, reseau_start_tls(pair.client, 0, &tls.client_tls));
    ASSERT_EQ(6, Write(pair.client, "secret"));
    EXPECT_EQ("secret", ReadExactly(pair.server, 6));
}

TEST(ReseauTls, AnUpgradeOfOneThatWasAdoptedWaitsForIt) {
    Tls tls;
    tls.client_tls.server_name = "localhost";
    for (int round = 0; round < 50; ++round) {
        int ends[2];
        ASSERT_EQ(0, socketpair(AF_UNIX, SOCK_STREAM, 0, ends));
        reseau_id server = reseau_adopt(ends[0], 1, nullptr);
        reseau_id client = reseau_adopt(ends[1], 0, nullptr);
        std::thread accept([&] { EXPECT_EQ(0, reseau_start_tls(server, 1, &tls.server_tls)); });
        EXPECT_EQ(0, reseau_start_tls(client, 0, &tls.client_tls));
        accept.join();
        EXPECT_EQ(5, Write(client, "hello"));
        EXPECT_EQ("hello", ReadExactly(server, 5));
        for (reseau_id id : {client, server}) {
            reseau_close(id);
            EXPECT_EQ(0, reseau_wait_closed(id, 60000));
        }
    }
}

TEST(ReseauTls, AnUpgradeOfOneThatIsClosedBeforeItIsOpenFails) {
    Tls tls;
    /* Nobody accepts there, and it may take long. */
    struct reseau_options options = reseau_options_default();
    reseau_id id = reseau_connect_start("192.0.2.1", 9, &options);
    ASSERT_GT(id, 0);
    int then = reseau_start_tls_then(id, 0, &tls.client_tls, nullptr);
    EXPECT_TRUE(then == RESEAU_ERROR_BUSY || then == RESEAU_ERROR_CLOSED || then == RESEAU_ERROR_BAD_ID) << then;
    std::thread close([&] { reseau_close(id); });
    EXPECT_LT(reseau_start_tls(id, 0, &tls.client_tls), 0);
    close.join();
    EXPECT_EQ(0, reseau_wait_closed(id, 60000));
}

/* The first 64 names are kept for good; a later one went with the TLS of its connection. */
TEST(ReseauTls, TheProtocolIsKnownAfterTheEndHoweverManyThereHaveBeen) {
    for (int i = 0; i < 70 && !testing::Test::HasFailure(); ++i) {
        Tls tls;
        std::string name = "protocol-" + std::to_string(i);
        tls.client_tls.alpn = name.c_str();
        tls.server_tls.alpn = name.c_str();
        Pair pair(&tls.client, &tls.server);
        reseau_abort(pair.server);
        char byte, protocol[32] = "";
        EXPECT_LT(reseau_read(pair.client, &byte, 1), 0) << "cut off";
        EXPECT_EQ((int)name.size(), reseau_tls_protocol(pair.client, protocol, sizeof(protocol)));
        EXPECT_EQ(name, protocol);
    }
}

/* The close overtakes an upgrade that waits for the queue: what was written goes in the clear, then the end. */
TEST(ReseauTls, ACloseBeforeAnUpgradeCanBeginIsAProperClose) {
    Tls tls;
    struct reseau_options options = reseau_options_default();
    options.close_timeout_ms = 30000;
    options.write_queue_bytes = SIZE_MAX;
    Pair pair(&options);
    std::string large = Pattern(30000000);
    ASSERT_EQ((int64_t)large.size(), Write(pair.client, large));
    ASSERT_EQ(1, Write(pair.client, "x"));
    ASSERT_EQ(0, reseau_start_tls_then(pair.client, 0, &tls.client_tls, nullptr));
    ASSERT_EQ(0, reseau_close(pair.client));
    EXPECT_TRUE(large + "x" == ReadAll(pair.server));
    EXPECT_EQ(0, reseau_wait_closed(pair.client, 60000));
    struct reseau_close_info info = InfoOf(pair.client);
    EXPECT_EQ(RESEAU_CLOSED_BY_LOCAL, info.closed_by);
    EXPECT_EQ(0, info.error) << reseau_error_name(info.error);
}

/* Each side's close_notify, also of the one that closes second. */
TEST(ReseauTls, BothSidesGetTheProperEnd) {
    Tls tls;
    Pair pair(&tls.client, &tls.server);
    ASSERT_EQ(0, reseau_end(pair.server));
    char byte;
    EXPECT_EQ(0, reseau_read(pair.client, &byte, 1));
    ASSERT_EQ(0, reseau_close(pair.client));
    EXPECT_EQ(0, reseau_read(pair.server, &byte, 1));
    EXPECT_EQ(0, InfoOf(pair.client).error);
}

/* Also at the front of the queue: what stands there is to go in the clear. */
TEST(ReseauTls, WhatIsWrittenBeforeAnUpgradeCanBeginIsEncrypted) {
    Tls tls;
    struct reseau_options options = reseau_options_default();
    options.write_queue_bytes = SIZE_MAX;
    Pair pair(&options);
    std::string large = Pattern(30000000);
    ASSERT_EQ((int64_t)large.size(), Write(pair.client, large));
    ASSERT_EQ(5, Write(pair.client, "plain"));
    tls.client_tls.server_name = "localhost";
    ASSERT_EQ(0, reseau_start_tls_then(pair.client, 0, &tls.client_tls, nullptr));
    ASSERT_EQ(4, Write(pair.client, "last"));
    ASSERT_EQ(5, reseau_write_front(pair.client, "front", 5));
    EXPECT_TRUE(large == ReadExactly(pair.server, large.size()));
    ASSERT_EQ("plain", ReadExactly(pair.server, 5));
    int result = reseau_start_tls(pair.server, 1, &tls.server_tls);
    ASSERT_EQ(0, result) << reseau_error_name(result);
    std::string rest = ReadExactly(pair.server, 9);
    EXPECT_TRUE(rest == "lastfront" || rest == "frontlast") << rest;
}

TEST(ReseauTls, AnUpgradeThatFailsClosesTheConnection) {
    Tls tls;
    Pair pair;
    ASSERT_EQ(5, Write(pair.client, "plain"));
    ASSERT_EQ(0, reseau_flush(pair.client));
    int result = reseau_start_tls(pair.server, 1, &tls.server_tls);
    EXPECT_EQ(RESEAU_ERROR_TLS_HANDSHAKE, result) << reseau_error_name(result);
    EXPECT_EQ(RESEAU_PHASE_TLS, InfoOf(pair.server).phase);
}

TEST(ReseauTls, ASilentClientIsGivenUp) {
    Tls tls;
    tls.server.tls_timeout_ms = 50;
    Recorder recorder;
    recorder.options.tls = &tls.server_tls;
    recorder.options.tls_timeout_ms = 50;
    reseau_id listener = recorder.Listen();
    reseau_id client = reseau_connect("127.0.0.1", PortOf(listener), nullptr);
    ASSERT_TRUE(recorder.AwaitClosed());
    EXPECT_EQ(RESEAU_PHASE_TLS, recorder.Infos()[0].phase);
    EXPECT_EQ(RESEAU_ERROR_TIMED_OUT, recorder.Infos()[0].error);
    reseau_close(client);
    reseau_close(listener);
}

TEST(ReseauTls, FilesAreSentThroughIt) {
    Tls tls;
    TemporaryDirectory directory;
    std::string path = directory.Path("file"), content = Pattern(1000000);
    int file = open(path.c_str(), O_CREAT | O_WRONLY, 0600);
    ASSERT_EQ((ssize_t)content.size(), write(file, content.data(), content.size()));
    close(file);
    Pair pair(&tls.client, &tls.server);
    std::thread sender([&] {
        EXPECT_EQ(6, Write(pair.client, "before"));
        EXPECT_EQ((int64_t)content.size(), reseau_send_file(pair.client, path.c_str(), 0, -1));
        EXPECT_EQ(5, Write(pair.client, "after"));
        EXPECT_EQ(0, reseau_flush(pair.client));
        EXPECT_EQ(0, reseau_pending(pair.client));
        EXPECT_EQ(0, reseau_close(pair.client));
    });
    std::string all = ReadAll(pair.server);
    sender.join();
    EXPECT_TRUE(all == "before" + content + "after");
    unlink(path.c_str());
}

TEST(ReseauTls, ATinyBufferIsEnough) {
    Tls tls;
    tls.server.read_buffer_bytes = 16;
    Pair pair(&tls.client, &tls.server);
    std::string sent = Pattern(500000);
    std::thread writer([&] {
        EXPECT_EQ((int64_t)sent.size(), Write(pair.client, sent));
        EXPECT_EQ(0, reseau_end(pair.client));
    });
    EXPECT_TRUE(sent == ReadAll(pair.server));
    writer.join();
}

TEST(ReseauTls, ClosesAtEveryMoment) {
    Tls tls;
    for (int i = 0; i < 60; ++i) {
        Recorder client, server;
        client.options.tls = &tls.client_tls;
        server.options.tls = &tls.server_tls;
        reseau_id listener = server.Listen();
        reseau_id id = reseau_connect_start("127.0.0.1", PortOf(listener), &client.options);
        ASSERT_GT(id, 0);
        if (i % 4 == 0) {
            client.AwaitOpen();
            Write(id, "bytes");
        }
        std::this_thread::sleep_for(std::chrono::microseconds(i * 40));
        i % 2 == 0 ? reseau_close(id) : reseau_abort(id);
        ASSERT_TRUE(client.AwaitClosed());
        EXPECT_EQ(0, reseau_wait_closed(id, 60000));
        EXPECT_EQ(1u, client.Infos().size());
        reseau_close(listener);
        EXPECT_EQ(0, reseau_wait_closed(listener, 60000));
    }
}
