/* SPDX-License-Identifier: Apache-2.0 */
#include "support/reseau_peer.h"
#include "support/temporary_file.h"

#include <reseau/reseau.h>

#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <sstream>
#include <string>
#include <thread>
#include <vector>

namespace {

std::string Named(const std::string &name) {
    return std::string(RESEAU_TEST_CERTIFICATES) + "/" + name;
}

std::string Content(const std::string &path) {
    std::ifstream file(path, std::ios::binary);
    std::stringstream text;
    text << file.rdbuf();
    return text.str();
}

/* Options of both sides, with the texts that they point to. */
struct Tls {
    explicit Tls(const std::string &name = "ec256")
        : ca(Named("ca.crt")), certificate(Named(name + ".crt")), key(Named(name + ".key")) {
        server_tls.certificate_file = certificate.c_str();
        server_tls.key_file = key.c_str();
        client_tls.ca_file = ca.c_str();
        client_tls.server_name = "localhost";
        client.tls = &client_tls;
        server.tls = &server_tls;
    }
    std::string ca, certificate, key;
    struct reseau_tls_options client_tls = reseau_tls_options_default();
    struct reseau_tls_options server_tls = reseau_tls_options_default();
    struct reseau_options client = reseau_options_default();
    struct reseau_options server = reseau_options_default();
};

struct reseau_tls_info TlsInfoOf(reseau_id connection) {
    struct reseau_tls_info info;
    memset(&info, 0, sizeof(info));
    info.size = sizeof(info);
    EXPECT_EQ(0, reseau_tls_info(connection, &info));
    return info;
}

/* What the client gets that connects and says hello: 0, or an error of the handshake or of the first read. */
int64_t Try(const Tls &tls) {
    Recorder server;
    server.options.tls = &tls.server_tls;
    server.on_data = [](reseau_id id, const char *data, size_t length) {
        return reseau_write(id, data, length) < 0 ? (size_t)0 : length;
    };
    reseau_id listener = server.Listen();
    int64_t result = reseau_connect("127.0.0.1", PortOf(listener), &tls.client);
    if (result > 0) {
        reseau_id id = result;
        char byte = 'x';
        EXPECT_EQ(1, reseau_write(id, &byte, 1));
        result = reseau_read(id, &byte, 1);
        result = result == 1 ? 0 : result == 0 ? RESEAU_ERROR_END_OF_STREAM : result;
        reseau_abort(id);
        reseau_wait_closed(id, 60000);
    }
    reseau_close(listener);
    return result;
}

reseau_id TryToListen(const Tls &tls) {
    reseau_id listener = reseau_listen(nullptr, 0, &tls.server);
    if (listener > 0) {
        reseau_close(listener);
    }
    return listener;
}

int64_t TryToConnect(const Tls &tls) {
    return reseau_connect("127.0.0.1", 1, &tls.client);
}

/* The first alternative name of the certificate that the server has shown. */
std::string ShownTo(reseau_id client) {
    struct reseau_certificate *certificate = nullptr;
    EXPECT_EQ(0, reseau_tls_peer_certificate(client, &certificate));
    std::string name = certificate == nullptr || certificate->name_count == 0 ? "" : certificate->names[0];
    reseau_free(certificate);
    return name;
}

std::string ShownFor(uint16_t port, const Tls &tls, const char *name) {
    struct reseau_tls_options options = tls.client_tls;
    options.server_name = name;
    options.insecure = 1;
    struct reseau_options client = tls.client;
    client.tls = &options;
    reseau_id id = reseau_connect("127.0.0.1", port, &client);
    EXPECT_GT(id, 0) << reseau_error_name(id);
    std::string shown = ShownTo(id);
    reseau_abort(id);
    reseau_wait_closed(id, 60000);
    return shown;
}

/* What a program prints; it has nothing to read. */
std::string OutputOf(const std::string &command) {
    FILE *pipe = popen((command + " < /dev/null 2>&1").c_str(), "r");
    std::string text;
    char buffer[4096];
    size_t length;
    while ((length = fread(buffer, 1, sizeof(buffer), pipe)) > 0) {
        text.append(buffer, length);
    }
    pclose(pipe);
    return text;
}

} // namespace

TEST(ReseauTlsOptions, WhatTheHandshakeHasLedTo) {
    Tls tls;
    tls.client_tls.alpn = "h2;http/1.1";
    tls.server_tls.alpn = "http/1.1";
    tls.client_tls.no_resumption = 1;
    Pair pair(&tls.client, &tls.server);
    for (reseau_id id : {pair.client, pair.server}) {
        struct reseau_tls_info info = TlsInfoOf(id);
        EXPECT_EQ(13, info.version);
        EXPECT_EQ(0, info.is_resumed);
        EXPECT_EQ(0, std::string(info.cipher).find("TLS_")) << info.cipher;
        EXPECT_STREQ("http/1.1", info.protocol);
        EXPECT_STREQ("localhost", info.server_name);
    }
    struct reseau_tls_info info = {};
    EXPECT_EQ(RESEAU_ERROR_INVALID_ARGUMENT, reseau_tls_info(pair.client, nullptr));
    EXPECT_EQ(RESEAU_ERROR_INVALID_ARGUMENT, reseau_tls_info(pair.client, &info));
    struct reseau_certificate *none = nullptr;
    EXPECT_EQ(RESEAU_ERROR_NOT_FOUND, reseau_tls_peer_certificate(pair.server, &none)) << "the client has shown none";
    EXPECT_EQ(nullptr, none);
    Pair plain;
    info.size = sizeof(info);
    EXPECT_EQ(RESEAU_ERROR_UNSUPPORTED, reseau_tls_info(plain.client, &info));
    EXPECT_EQ(RESEAU_ERROR_UNSUPPORTED, reseau_tls_peer_certificate(plain.client, &none));
    EXPECT_EQ(RESEAU_ERROR_WRONG_KIND, reseau_tls_info(plain.listener, &info));
}

TEST(ReseauTlsOptions, ThePeersCertificateCanBeRead) {
    Tls tls("names");
    Pair pair(&tls.client, &tls.server);
    struct reseau_certificate *certificate = nullptr;
    ASSERT_EQ(0, reseau_tls_peer_certificate(pair.client, &certificate));
    EXPECT_STREQ("CN=common.example", certificate->subject);
    EXPECT_STREQ("CN=Test root ca", certificate->issuer);
    std::vector<std::string> names(certificate->names, certificate->names + certificate->name_count);
    for (const char *name :
         {"DNS:localhost",
          "IP:127.0.0.1",
          "IP:::1",
          "IP:fe80::1",
          "URI:https://uri.example/",
          "email:a@mail.example"}) {
        EXPECT_NE(names.end(), std::find(names.begin(), names.end(), name)) << name;
    }
    EXPECT_EQ(7300 * 86400, certificate->not_after - certificate->not_before);
    EXPECT_GT(certificate->not_before, 1700000000);
    EXPECT_EQ(Content(Named("names.crt")), certificate->pem);
    EXPECT_EQ(0x30, certificate->der[0]);
    EXPECT_GT(certificate->der_length, 200u);
    reseau_free(certificate);
    std::thread closer([&] { reseau_abort(pair.client); });
    struct reseau_tls_info info = {};
    info.size = sizeof(info);
    int result;
    while ((result = reseau_tls_info(pair.client, &info)) == 0) {
    }
    EXPECT_TRUE(result == RESEAU_ERROR_CLOSED || result == RESEAU_ERROR_BAD_ID) << reseau_error_name(result);
    closer.join();
}

TEST(ReseauTlsOptions, ANameThatLooksLikeAnotherIsShownAsItIs) {
    Tls tls("nul");
    tls.client_tls.insecure = 1;
    Pair pair(&tls.client, &tls.server);
    EXPECT_EQ("DNS:localhost\\00.evil.example", ShownTo(pair.client));
}

TEST(ReseauTlsOptions, RevokedCertificatesAreRefused) {
    std::string revoked = Named("revoked.crl"), empty = Named("empty.crl"), old = Named("old.crl");
    Tls tls("revoked");
    EXPECT_EQ(0, Try(tls)) << "without a list nobody knows";
    tls.client_tls.crl_file = empty.c_str();
    EXPECT_EQ(0, Try(tls));
    tls.client_tls.crl_file = revoked.c_str();
    EXPECT_EQ(RESEAU_ERROR_TLS_CERTIFICATE, Try(tls));
    std::string text = Content(revoked);
    tls.client_tls.crl_file = nullptr;
    tls.client_tls.crl_pem = text.c_str();
    EXPECT_EQ(RESEAU_ERROR_TLS_CERTIFICATE, Try(tls));
    tls.client_tls.crl_pem = nullptr;
    tls.client_tls.crl_file = old.c_str();
    EXPECT_EQ(RESEAU_ERROR_TLS_CERTIFICATE, Try(tls)) << "a list that is out of date says nothing";
    Tls other;
    other.client_tls.crl_file = revoked.c_str();
    EXPECT_EQ(0, Try(other)) << "another certificate of the same authority is good";
    /* A chain through an authority that no list is there for. */
    Tls chain("leaf");
    chain.certificate = Named("chain.crt");
    chain.server_tls.certificate_file = chain.certificate.c_str();
    EXPECT_EQ(0, Try(chain));
    chain.client_tls.crl_file = revoked.c_str();
    EXPECT_EQ(RESEAU_ERROR_TLS_CERTIFICATE, Try(chain));
}

TEST(ReseauTlsOptions, ServersRefuseRevokedClients) {
    std::string revoked = Named("revoked.crl"), certificate = Named("revoked.crt"), key = Named("revoked.key");
    Tls tls;
    tls.server_tls.client_certificates = 1;
    tls.server_tls.ca_file = tls.ca.c_str();
    tls.client_tls.certificate_file = certificate.c_str();
    tls.client_tls.key_file = key.c_str();
    EXPECT_EQ(0, Try(tls));
    tls.server_tls.crl_file = revoked.c_str();
    EXPECT_LT(Try(tls), 0);
    std::string good = Named("client.crt"), good_key = Named("client.key");
    tls.client_tls.certificate_file = good.c_str();
    tls.client_tls.key_file = good_key.c_str();
    EXPECT_EQ(0, Try(tls));
}

TEST(ReseauTlsOptions, StapledResponses) {
    std::string good = Named("good.ocsp"), revoked = Named("revoked.ocsp"), forged = Named("leaf_forged.ocsp");
    Tls tls("revoked");
    tls.client_tls.require_staple = 1;
    EXPECT_EQ(RESEAU_ERROR_TLS_CERTIFICATE, Try(tls)) << "none came";
    tls.server_tls.staple_file = good.c_str();
    EXPECT_EQ(0, Try(tls));
    EXPECT_EQ(0, Try(tls)) << "also when the session is resumed";
    tls.client_tls.require_staple = 0;
    EXPECT_EQ(0, Try(tls));
    tls.server_tls.staple_file = revoked.c_str();
    EXPECT_EQ(RESEAU_ERROR_TLS_CERTIFICATE, Try(tls)) << "a bad one is refused, asked for or not";
    Tls leaf("leaf");
    leaf.certificate = Named("chain.crt");
    leaf.server_tls.certificate_file = leaf.certificate.c_str();
    leaf.server_tls.staple_file = forged.c_str();
    EXPECT_LT(Try(leaf), 0);
}

TEST(ReseauTlsOptions, ACertificateThatPromisesAStapleNeedsOne) {
    Tls tls("must_staple");
    EXPECT_EQ(RESEAU_ERROR_TLS_CERTIFICATE, Try(tls));
    tls.client_tls.insecure = 1;
    EXPECT_EQ(0, Try(tls));
}

TEST(ReseauTlsOptions, SeveralCertificatesByName) {
    std::string elsewhere = Named("wrong_host.crt"), elsewhere_key = Named("wrong_host.key");
    std::string names = Named("names.crt"), names_key = Named("names.key");
    std::string names_text = Content(names), names_key_text = Content(names_key);
    struct reseau_tls_certificate more[2] = {};
    more[0].size = more[1].size = sizeof(more[0]);
    more[0].certificate_file = elsewhere.c_str();
    more[0].key_file = elsewhere_key.c_str();
    more[1].certificate_pem = names_text.c_str();
    more[1].key_pem = names_key_text.c_str();
    Tls tls;
    tls.server_tls.certificates = more;
    tls.server_tls.certificate_count = 2;
    Recorder server;
    server.options.tls = &tls.server_tls;
    reseau_id listener = server.Listen();
    uint16_t port = PortOf(listener);
    EXPECT_EQ("DNS:localhost", ShownFor(port, tls, "localhost")) << "the first of all";
    EXPECT_EQ("DNS:elsewhere.example", ShownFor(port, tls, "elsewhere.example"));
    EXPECT_EQ("DNS:localhost", ShownFor(port, tls, "www.example.com"));
    EXPECT_EQ("DNS:localhost", ShownFor(port, tls, "nobody.example")) << "the default";
    /* Verified, for the one that was asked for. */
    tls.client_tls.server_name = "elsewhere.example";
    for (int i = 0; i < 2; ++i) {
        reseau_id id = reseau_connect("127.0.0.1", port, &tls.client);
        ASSERT_GT(id, 0) << reseau_error_name(id);
        EXPECT_STREQ("elsewhere.example", TlsInfoOf(id).server_name);
        reseau_abort(id);
        reseau_wait_closed(id, 60000);
    }
    /* As others see it. */
    std::string at = " -connect 127.0.0.1:" + std::to_string(port);
    std::string printed = OutputOf("openssl s_client -servername elsewhere.example" + at);
    EXPECT_NE(std::string::npos, printed.find("CN = elsewhere.example")) << printed;
    printed = OutputOf("openssl s_client -noservername" + at);
    EXPECT_NE(std::string::npos, printed.find("CN = localhost")) << printed;
    printed = OutputOf("openssl s_client -tls1_2 -servername www.example.com" + at);
    EXPECT_NE(std::string::npos, printed.find("CN = common.example")) << printed;
    reseau_close(listener);
}

TEST(ReseauTlsOptions, OthersSeeTheStaple) {
    std::string good = Named("good.ocsp");
    Tls tls("revoked");
    tls.server_tls.staple_file = good.c_str();
    Recorder server;
    server.options.tls = &tls.server_tls;
    reseau_id listener = server.Listen();
    std::string at = " -status -connect 127.0.0.1:" + std::to_string(PortOf(listener));
    for (const char *version : {" -tls1_2", " -tls1_3"}) {
        std::string printed = OutputOf("openssl s_client -CAfile " + tls.ca + at + version);
        EXPECT_NE(std::string::npos, printed.find("OCSP Response Status: successful")) << printed;
    }
    reseau_close(listener);
}

TEST(ReseauTlsOptions, SessionsAreResumedUnlessTurnedOff) {
    for (int off = 0; off < 3; ++off) {
        Tls tls;
        tls.client_tls.no_resumption = off == 1;
        tls.server_tls.no_resumption = off == 2;
        Recorder server;
        server.options.tls = &tls.server_tls;
        server.on_data = [](reseau_id id, const char *data, size_t length) {
            return reseau_write(id, data, length) < 0 ? (size_t)0 : length;
        };
        reseau_id listener = server.Listen();
        int resumed = 0;
        for (int i = 0; i < 2; ++i) {
            reseau_id id = reseau_connect("127.0.0.1", PortOf(listener), &tls.client);
            ASSERT_GT(id, 0) << reseau_error_name(id);
            ASSERT_EQ(1, Write(id, "x"));
            EXPECT_EQ("x", ReadExactly(id, 1));
            resumed = TlsInfoOf(id).is_resumed;
            EXPECT_EQ("DNS:localhost", ShownTo(id)) << "also of a session that was resumed";
            EXPECT_EQ(0, reseau_close(id));
            EXPECT_EQ(0, reseau_wait_closed(id, 60000));
        }
        EXPECT_EQ(off == 0 ? 1 : 0, resumed) << off;
        reseau_close(listener);
    }
}

TEST(ReseauTlsOptions, ReloadWhileConnectionsGoOn) {
    Tls tls, other("wrong_host");
    Recorder server;
    server.options.tls = &tls.server_tls;
    server.on_data = [](reseau_id id, const char *data, size_t length) {
        return reseau_write(id, data, length) < 0 ? (size_t)0 : length;
    };
    reseau_id listener = server.Listen();
    uint16_t port = PortOf(listener);
    reseau_id before = reseau_connect("127.0.0.1", port, &tls.client);
    ASSERT_GT(before, 0);
    EXPECT_EQ("DNS:localhost", ShownFor(port, tls, "localhost"));
    ASSERT_EQ(0, reseau_tls_reload(listener, &other.server_tls));
    EXPECT_EQ("DNS:elsewhere.example", ShownFor(port, tls, "localhost"));
    ASSERT_EQ(5, Write(before, "still"));
    EXPECT_EQ("still", ReadExactly(before, 5));
    /* What cannot be used changes nothing. */
    std::string missing = Named("no such file"), key = Named("ec384.key");
    other.server_tls.key_file = missing.c_str();
    EXPECT_EQ(RESEAU_ERROR_NOT_FOUND, reseau_tls_reload(listener, &other.server_tls));
    other.server_tls.key_file = key.c_str();
    EXPECT_EQ(RESEAU_ERROR_TLS_OPTIONS, reseau_tls_reload(listener, &other.server_tls));
    EXPECT_EQ("DNS:elsewhere.example", ShownFor(port, tls, "localhost"));
    /* A file that is replaced is read again. */
    TemporaryDirectory folder;
    folder.Write("c", Content(tls.certificate));
    folder.Write("k", Content(tls.key));
    std::string c = folder.Path("c"), k = folder.Path("k");
    struct reseau_tls_options files = reseau_tls_options_default();
    files.certificate_file = c.c_str();
    files.key_file = k.c_str();
    ASSERT_EQ(0, reseau_tls_reload(listener, &files));
    EXPECT_EQ("DNS:localhost", ShownFor(port, tls, "localhost"));
    folder.Write("c", Content(Named("wrong_host.crt")));
    folder.Write("k", Content(Named("wrong_host.key")));
    EXPECT_EQ("DNS:localhost", ShownFor(port, tls, "localhost")) << "not by itself";
    ASSERT_EQ(0, reseau_tls_reload(listener, &files));
    EXPECT_EQ("DNS:elsewhere.example", ShownFor(port, tls, "localhost"));
    reseau_close(before);
    reseau_wait_closed(before, 60000);
    reseau_close(listener);
    EXPECT_LT(reseau_tls_reload(listener, &files), 0);
    reseau_id plain = reseau_listen(nullptr, 0, nullptr);
    EXPECT_EQ(RESEAU_ERROR_UNSUPPORTED, reseau_tls_reload(plain, &files));
    reseau_close(plain);
}

TEST(ReseauTlsOptions, ReloadUnderLoad) {
    Tls tls, other("ec384");
    Recorder server;
    server.options.tls = &tls.server_tls;
    reseau_id listener = server.Listen();
    std::atomic<bool> stops{false};
    std::thread reloader([&] {
        for (int i = 0; !stops; ++i) {
            EXPECT_EQ(0, reseau_tls_reload(listener, i % 2 == 0 ? &other.server_tls : &tls.server_tls));
        }
    });
    for (int i = 0; i < 30; ++i) {
        reseau_id id = reseau_connect("127.0.0.1", PortOf(listener), &tls.client);
        ASSERT_GT(id, 0) << reseau_error_name(id);
        reseau_abort(id);
        reseau_wait_closed(id, 60000);
    }
    stops = true;
    reloader.join();
    reseau_close(listener);
}

TEST(ReseauTlsOptions, BadOptionsAreReportedAtOnce) {
    std::string crl = Named("revoked.crl"), good = Named("good.ocsp"), missing = Named("no such file");
    {
        Tls tls;
        tls.client_tls.crl_file = tls.ca.c_str();
        EXPECT_EQ(RESEAU_ERROR_TLS_OPTIONS, TryToConnect(tls)) << "no list";
        tls.client_tls.crl_file = missing.c_str();
        EXPECT_EQ(RESEAU_ERROR_NOT_FOUND, TryToConnect(tls));
        tls.client_tls.crl_file = crl.c_str();
        tls.client_tls.ca_file = nullptr;
        EXPECT_EQ(RESEAU_ERROR_TLS_OPTIONS, TryToConnect(tls)) << "lists of authorities that nobody has named";
    }
    {
        Tls tls;
        tls.client_tls.crl_pem = "-----BEGIN X509 CRL-----\nAAAA\n-----END X509 CRL-----\n";
        EXPECT_EQ(RESEAU_ERROR_TLS_OPTIONS, TryToConnect(tls));
        tls.client_tls.crl_pem = "";
        EXPECT_EQ(RESEAU_ERROR_TLS_OPTIONS, TryToConnect(tls));
        tls.client_tls.crl_pem = nullptr;
        tls.client_tls.staple_file = good.c_str();
        EXPECT_EQ(RESEAU_ERROR_TLS_OPTIONS, TryToConnect(tls)) << "a server's";
    }
    {
        Tls tls;
        tls.client_tls.require_staple = 1;
        tls.client_tls.insecure = 1;
        EXPECT_EQ(RESEAU_ERROR_TLS_OPTIONS, TryToConnect(tls));
        tls.server_tls.require_staple = 1;
        EXPECT_EQ(RESEAU_ERROR_TLS_OPTIONS, TryToListen(tls)) << "a client's";
    }
    {
        Tls tls;
        tls.server_tls.staple_file = tls.ca.c_str();
        EXPECT_EQ(RESEAU_ERROR_TLS_OPTIONS, TryToListen(tls)) << "no response";
        tls.server_tls.staple_file = missing.c_str();
        EXPECT_EQ(RESEAU_ERROR_NOT_FOUND, TryToListen(tls));
        tls.server_tls.staple_file = nullptr;
        tls.server_tls.crl_file = crl.c_str();
        EXPECT_EQ(RESEAU_ERROR_TLS_OPTIONS, TryToListen(tls)) << "nobody is asked for a certificate";
    }
    Tls tls;
    struct reseau_tls_certificate more = {};
    tls.server_tls.certificates = &more;
    tls.server_tls.certificate_count = 1;
    EXPECT_EQ(RESEAU_ERROR_INVALID_ARGUMENT, TryToListen(tls)) << "without its size";
    more.size = sizeof(more);
    EXPECT_EQ(RESEAU_ERROR_TLS_OPTIONS, TryToListen(tls)) << "without anything";
    more.certificate_file = tls.certificate.c_str();
    std::string key = Named("ec384.key");
    more.key_file = key.c_str();
    EXPECT_EQ(RESEAU_ERROR_TLS_OPTIONS, TryToListen(tls)) << "another's key";
    tls.server_tls.certificates = nullptr;
    EXPECT_EQ(RESEAU_ERROR_INVALID_ARGUMENT, TryToListen(tls));
}

TEST(ReseauTlsOptions, AnUpgradeInCallbacks) {
    Tls tls;
    static Tls *options;
    options = &tls;
    static std::atomic<int> upgraded;
    upgraded = 0;
    Recorder server;
    server.on_data = [](reseau_id id, const char *data, size_t length) -> size_t {
        struct reseau_tls_info info = {};
        info.size = sizeof(info);
        if (reseau_tls_info(id, &info) == 0) {
            return reseau_write(id, data, length) < 0 ? (size_t)0 : length;
        }
        if (length < 9) {
            return 0;
        }
        EXPECT_EQ(0, memcmp(data, "STARTTLS\n", 9));
        EXPECT_EQ(3, Write(id, "OK\n"));
        auto done = [](reseau_id, void *) { ++upgraded; };
        EXPECT_EQ(0, reseau_start_tls_then(id, 1, &options->server_tls, done));
        EXPECT_EQ(RESEAU_ERROR_BUSY, reseau_start_tls_then(id, 1, &options->server_tls, done));
        EXPECT_EQ(8, Write(id, "welcome\n")) << "what is written behind it is encrypted";
        return 9;
    };
    reseau_id listener = server.Listen();
    reseau_id id = reseau_connect("127.0.0.1", PortOf(listener), nullptr);
    ASSERT_GT(id, 0);
    ASSERT_EQ(9, Write(id, "STARTTLS\n"));
    EXPECT_EQ("OK\n", ReadExactly(id, 3));
    ASSERT_EQ(0, reseau_start_tls(id, 0, &tls.client_tls));
    EXPECT_EQ("welcome\n", ReadExactly(id, 8));
    ASSERT_EQ(4, Write(id, "safe"));
    EXPECT_EQ("safe", ReadExactly(id, 4));
    EXPECT_EQ(1, upgraded);
    EXPECT_EQ(0, reseau_close(id));
    EXPECT_TRUE(server.AwaitClosed());
    /* What was put in behind the command, in the clear, is never read: the handshake fails. */
    id = reseau_connect("127.0.0.1", PortOf(listener), nullptr);
    ASSERT_GT(id, 0);
    ASSERT_EQ(23, Write(id, "STARTTLS\nDELETE ALL OF\n"));
    EXPECT_EQ("OK\n", ReadExactly(id, 3));
    EXPECT_LT(reseau_start_tls(id, 0, &tls.client_tls), 0);
    EXPECT_TRUE(server.AwaitClosed(2));
    EXPECT_EQ(RESEAU_PHASE_TLS, server.Infos()[1].phase);
    EXPECT_EQ(1, upgraded);
    EXPECT_EQ(0, reseau_close(id));
    reseau_close(listener);
}

TEST(ReseauTlsOptions, WhatAServerPutsBehindItsAnswerIsNotRead) {
    Tls tls;
    Pair pair;
    ASSERT_EQ(8, Write(pair.server, "OK\nEVIL\n"));
    char line[10];
    ASSERT_EQ(2, reseau_read_line(pair.client, line, sizeof(line)));
    while (reseau_available(pair.client) < 5) {
        std::this_thread::yield();
    }
    std::thread other([&] { EXPECT_LT(reseau_start_tls(pair.server, 1, &tls.server_tls), 0); });
    EXPECT_LT(reseau_start_tls(pair.client, 0, &tls.client_tls), 0);
    other.join();
    EXPECT_LE(reseau_available(pair.client), 0);
}

namespace {

/* A token of SoftHSM with one key. */
class Token {
  public:
    explicit Token(const std::string &key) {
        folder_.Write(
            "softhsm2.conf",
            "directories.tokendir = " + folder_.Path() + "\nobjectstore.backend = file\nlog.level = ERROR\n");
        setenv("SOFTHSM2_CONF", folder_.Path("softhsm2.conf").c_str(), 1);
        Run("--init-token --free --label my-token --so-pin 1111 --pin 0000");
        Run("--import " + Named(key) + " --token my-token --label my-key --id 01 --pin 0000");
    }

    static const char *Library() {
        const char *path = getenv("RESEAU_TEST_PKCS11_LIBRARY");
        return path != nullptr ? path : "/usr/lib/softhsm/libsofthsm2.so";
    }

  private:
    static void Run(const std::string &arguments) {
        EXPECT_EQ(0, system(("softhsm2-util " + arguments + " > /dev/null").c_str())) << arguments;
    }
    TemporaryDirectory folder_;
};

} // namespace

TEST(ReseauTlsOptions, AKeyInAToken) {
    Token token("ec256.key");
    Tls tls;
    tls.server_tls.pkcs11_library = Token::Library();
    tls.server_tls.pkcs11_token = "my-token";
    tls.server_tls.pkcs11_key = "my-key";
    tls.server_tls.pkcs11_pin = "0000";
    EXPECT_EQ(RESEAU_ERROR_TLS_OPTIONS, TryToListen(tls)) << "a key in a file as well";
    tls.server_tls.key_file = nullptr;
    for (int i = 0; i < 3; ++i) {
        EXPECT_EQ(0, Try(tls));
    }
    /* The client's, too. */
    std::string certificate = Named("ec256.crt");
    tls.server_tls.client_certificates = 1;
    tls.server_tls.ca_file = tls.ca.c_str();
    tls.client_tls.certificate_file = certificate.c_str();
    tls.client_tls.pkcs11_library = Token::Library();
    tls.client_tls.pkcs11_token = "my-token";
    tls.client_tls.pkcs11_pin = "0000";
    EXPECT_EQ(0, Try(tls));
    tls.client_tls.pkcs11_pin = "1234";
    EXPECT_EQ(RESEAU_ERROR_TLS_OPTIONS, TryToConnect(tls)) << "a wrong PIN";
    tls.client_tls.pkcs11_pin = "0000";
    tls.client_tls.pkcs11_key = "another";
    EXPECT_EQ(RESEAU_ERROR_TLS_OPTIONS, TryToConnect(tls));
    tls.client_tls.pkcs11_key = nullptr;
    tls.client_tls.pkcs11_library = "/no/such/library.so";
    EXPECT_EQ(RESEAU_ERROR_TLS_OPTIONS, TryToConnect(tls));
    tls.client_tls.pkcs11_library = nullptr;
    tls.client_tls.pkcs11_token = nullptr;
    EXPECT_EQ(RESEAU_ERROR_TLS_OPTIONS, TryToConnect(tls)) << "a PIN for nothing";
}

TEST(ReseauTlsOptions, AConnectionMayEndWhileATokenSigns) {
    Token token("server.key");
    Tls tls("server");
    tls.server_tls.key_file = nullptr;
    tls.server_tls.pkcs11_library = Token::Library();
    tls.server_tls.pkcs11_token = "my-token";
    tls.server_tls.pkcs11_pin = "0000";
    Recorder server;
    server.options.tls = &tls.server_tls;
    reseau_id listener = server.Listen();
    ASSERT_GT(listener, 0);
    std::vector<reseau_id> ids;
    for (int i = 0; i < 30; ++i) {
        reseau_id id = reseau_connect_start("127.0.0.1", PortOf(listener), &tls.client);
        ASSERT_GT(id, 0);
        ids.push_back(id);
        if (i % 3 == 0) {
            reseau_abort(ids[(size_t)i / 2]);
        }
    }
    for (reseau_id id : ids) {
        reseau_abort(id);
        EXPECT_EQ(0, reseau_wait_closed(id, 60000));
    }
    reseau_close(listener);
}

namespace {

/* openssl s_server on a port of its own; it says nothing and echoes nothing. */
class OpensslServer {
  public:
    explicit OpensslServer(const std::string &arguments) {
        pipe_ =
            popen(("exec timeout 60 openssl s_server -rev -accept 127.0.0.1:0 " + arguments + " 2>&1").c_str(), "r");
        char line[256];
        while (fgets(line, sizeof(line), pipe_) != nullptr) {
            unsigned number = 0;
            if (sscanf(line, "ACCEPT 127.0.0.1:%u", &number) == 1) {
                port = (uint16_t)number;
                break;
            }
        }
        EXPECT_NE(0, port);
    }
    ~OpensslServer() {
        pclose(pipe_);
    }
    OpensslServer(const OpensslServer &) = delete;
    OpensslServer &operator=(const OpensslServer &) = delete;

    uint16_t port = 0;

  private:
    FILE *pipe_;
};

std::string Files(const std::string &name) {
    return " -cert " + Named(name + ".crt") + " -key " + Named(name + ".key");
}

/* What a connect and an exchange with another's server lead to; whether the session was resumed in the end. */
int64_t Ask(uint16_t port, const Tls &tls, int *is_resumed = nullptr) {
    reseau_id id = reseau_connect("127.0.0.1", port, &tls.client);
    if (id < 0) {
        return id;
    }
    EXPECT_EQ(4, Write(id, "abc\n"));
    EXPECT_EQ("cba\n", ReadExactly(id, 4));
    if (is_resumed != nullptr) {
        *is_resumed = TlsInfoOf(id).is_resumed;
    }
    reseau_close(id);
    reseau_wait_closed(id, 60000);
    return 0;
}

} // namespace

TEST(ReseauTlsOptions, OthersServersWithAStapleAndWithout) {
    Tls tls;
    tls.client_tls.require_staple = 1;
    for (const char *version : {" -tls1_2", " -tls1_3"}) {
        OpensslServer good("-naccept 2 -status_file " + Named("good.ocsp") + Files("revoked") + version);
        int is_resumed = 0;
        EXPECT_EQ(0, Ask(good.port, tls));
        EXPECT_EQ(0, Ask(good.port, tls, &is_resumed)) << version;
        OpensslServer revoked("-naccept 1 -status_file " + Named("revoked.ocsp") + Files("revoked") + version);
        EXPECT_EQ(RESEAU_ERROR_TLS_CERTIFICATE, Ask(revoked.port, tls));
        OpensslServer without("-naccept 1" + Files("ec256") + version);
        EXPECT_EQ(RESEAU_ERROR_TLS_CERTIFICATE, Ask(without.port, tls));
    }
}

TEST(ReseauTlsOptions, OthersServersAndLists) {
    std::string revoked = Named("revoked.crl");
    Tls tls;
    OpensslServer server("-naccept 2" + Files("revoked"));
    EXPECT_EQ(0, Ask(server.port, tls));
    tls.client_tls.crl_file = revoked.c_str();
    EXPECT_EQ(RESEAU_ERROR_TLS_CERTIFICATE, Ask(server.port, tls));
}

TEST(ReseauTlsOptions, OthersServersResume) {
    for (int off : {0, 1}) {
        Tls tls;
        tls.client_tls.no_resumption = off;
        OpensslServer server("-naccept 2" + Files("ec384"));
        int is_resumed = -1;
        EXPECT_EQ(0, Ask(server.port, tls, &is_resumed));
        EXPECT_EQ(0, is_resumed);
        EXPECT_EQ(0, Ask(server.port, tls, &is_resumed));
        EXPECT_EQ(1 - off, is_resumed);
    }
}

TEST(ReseauTlsOptions, GnutlsChoosesByNameAndReadsTheStaple) {
    std::string good = Named("good.ocsp"), revoked = Named("revoked.ocsp");
    std::string elsewhere = Named("wrong_host.crt"), elsewhere_key = Named("wrong_host.key");
    struct reseau_tls_certificate more = {};
    more.size = sizeof(more);
    more.certificate_file = elsewhere.c_str();
    more.key_file = elsewhere_key.c_str();
    Tls tls("revoked");
    tls.server_tls.certificates = &more;
    tls.server_tls.certificate_count = 1;
    tls.server_tls.staple_file = good.c_str();
    Recorder server;
    server.options.tls = &tls.server_tls;
    reseau_id listener = server.Listen();
    auto ask = [&](const std::string &name) {
        return OutputOf(
            "gnutls-cli --x509cafile " + tls.ca + " --sni-hostname " + name + " --verify-hostname " + name +
            " --port " + std::to_string(PortOf(listener)) + " 127.0.0.1");
    };
    for (const char *name : {"localhost", "elsewhere.example"}) {
        std::string printed = ask(name);
        EXPECT_NE(std::string::npos, printed.find("The certificate is trusted.")) << printed;
    }
    tls.server_tls.staple_file = revoked.c_str();
    ASSERT_EQ(0, reseau_tls_reload(listener, &tls.server_tls));
    std::string printed = ask("localhost");
    EXPECT_EQ(std::string::npos, printed.find("The certificate is trusted.")) << printed;
    EXPECT_NE(std::string::npos, printed.find("revoked")) << printed;
    reseau_close(listener);
}

/* ---- Secrets for those who look for faults ---- */

TEST(ReseauTlsOptions, SecretsGoToTheFileThatIsNamed) {
    TemporaryFile secrets, others;
    Tls logged, plain;
    std::string path = secrets.Path();
    logged.client_tls.key_log_file = path.c_str();
    EXPECT_EQ(0, Try(logged));
    std::string first = Content(path);
    for (const char *label : {"CLIENT_HANDSHAKE_TRAFFIC_SECRET ", "SERVER_TRAFFIC_SECRET_0 ", "EXPORTER_SECRET "}) {
        EXPECT_NE(std::string::npos, first.find(label)) << first;
    }
    EXPECT_EQ('\n', first.back());

    EXPECT_EQ(0, Try(plain)) << "other connections, also of the same server, write nothing";
    EXPECT_EQ(first, Content(path));
    EXPECT_EQ(0, Try(logged));
    EXPECT_EQ(0, Content(path).find(first)) << "appended";
    EXPECT_GT(Content(path).size(), first.size());

    std::string of_server = others.Path();
    plain.server_tls.key_log_file = of_server.c_str();
    plain.client_tls.key_log_file = path.c_str();
    plain.client_tls.no_resumption = 1;
    std::string before = Content(path);
    EXPECT_EQ(0, Try(plain));
    std::string of_both = Content(path).substr(before.size());
    size_t line = of_both.find("CLIENT_TRAFFIC_SECRET_0 ");
    ASSERT_NE(std::string::npos, line) << of_both;
    std::string secret = of_both.substr(line, of_both.find('\n', line) - line);
    EXPECT_NE(std::string::npos, Content(of_server).find(secret)) << "both sides have the same";
}

TEST(ReseauTlsOptions, SecretsForEachOfSeveralCertificates) {
    TemporaryFile secrets;
    std::string path = secrets.Path(), certificate = Named("wrong_host.crt"), key = Named("wrong_host.key");
    Tls tls;
    struct reseau_tls_certificate other = {};
    other.size = sizeof(other);
    other.certificate_file = certificate.c_str();
    other.key_file = key.c_str();
    tls.server_tls.certificates = &other;
    tls.server_tls.certificate_count = 1;
    tls.server_tls.key_log_file = path.c_str();
    EXPECT_EQ(0, Try(tls));
    EXPECT_NE(std::string::npos, Content(path).find("SERVER_TRAFFIC_SECRET_0 "));
}

TEST(ReseauTlsOptions, AFileForSecretsThatCannotBeOpened) {
    Tls tls;
    tls.client_tls.key_log_file = "/nowhere/secrets";
    EXPECT_EQ(RESEAU_ERROR_NOT_FOUND, TryToConnect(tls));
    tls.server_tls.key_log_file = "/nowhere/secrets";
    EXPECT_EQ(RESEAU_ERROR_NOT_FOUND, TryToListen(tls));
}

TEST(ReseauTlsOptions, AFileForSecretsChangesNoErrorOfOtherOptions) {
    std::string other_key = Named("wrong_host.key"), missing = Named("no such file");
    for (int bad = 0; bad < 4; ++bad) {
        for (bool has_failed_before : {false, true}) {
            TemporaryFile secrets;
            std::string path = secrets.Path();
            int64_t errors[2];
            for (bool is_logged : {false, true}) {
                Tls tls;
                tls.server_tls.key_log_file = is_logged ? path.c_str() : nullptr;
                switch (bad) {
                case 0:
                    tls.server_tls.key_file = other_key.c_str();
                    break;
                case 1:
                    tls.server_tls.client_certificates = 1;
                    tls.server_tls.ca_file = nullptr;
                    tls.server_tls.ca_directory = missing.c_str();
                    break;
                case 2:
                    tls.server_tls.key_file = missing.c_str();
                    break;
                default:
                    tls.server_tls.staple_file = other_key.c_str();
                }
                if (has_failed_before) {
                    Tls earlier;
                    earlier.server_tls.key_file = missing.c_str();
                    EXPECT_EQ(RESEAU_ERROR_NOT_FOUND, TryToListen(earlier));
                }
                errors[is_logged] = TryToListen(tls);
            }
            EXPECT_STREQ(reseau_error_name((int)errors[0]), reseau_error_name((int)errors[1]))
                << "option " << bad << ", a failure before: " << has_failed_before;
        }
    }
}
