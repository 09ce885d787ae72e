/* SPDX-License-Identifier: Apache-2.0 */
/* Which ends may connect: certificates, names, versions, ciphers, protocols. Each faulty server is a local one. */
#include "support/environment.h"
#include "support/tls.h"

class TlsHandshakeTest : public TlsTest {
  protected:
    /* A client of these settings fails with this error against a server that shows this certificate. */
    void ExpectRefused(
        const TlsSettings &server, const TlsSettings &client, int error, const std::string &name = "localhost") {
        TlsEnd server_end;
        TlsEnd client_end;
        TlsContext context(allocator_, false, client);
        ASSERT_NE(nullptr, context.get());
        auto listener = Serve(&server_end, server);
        Connect(&client_end, listener->port, context.get(), name);
        ASSERT_TRUE(client_end.AwaitFailure());
        EXPECT_STREQ(aws_error_name(error), aws_error_name(client_end.setup));
        EXPECT_TRUE(aws_error_code_is_tls(client_end.setup));
        EXPECT_EQ(1, client_end.results);
        EXPECT_EQ(1, client_end.setups);
        EXPECT_EQ(0, client_end.shutdowns);
        ASSERT_TRUE(server_end.AwaitFailure());
        EXPECT_TRUE(aws_error_code_is_tls(server_end.setup)) << aws_error_name(server_end.setup);
    }

    void ExpectAccepted(const TlsSettings &server, const TlsSettings &client, const std::string &name = "localhost") {
        TlsEnd server_end;
        TlsEnd client_end;
        TlsContext context(allocator_, false, client);
        ASSERT_NE(nullptr, context.get());
        auto listener = Serve(&server_end, server);
        Connect(&client_end, listener->port, context.get(), name);
        ASSERT_TRUE(client_end.AwaitSetup()) << aws_error_name(client_end.setup);
        ASSERT_TRUE(server_end.AwaitSetup()) << aws_error_name(server_end.setup);
        client_end.Send("hello");
        EXPECT_TRUE(server_end.AwaitBytes(5));
        client_end.Shutdown();
        EXPECT_TRUE(client_end.AwaitShutdown());
        EXPECT_TRUE(server_end.AwaitShutdown());
        EXPECT_EQ(AWS_ERROR_SUCCESS, client_end.shutdown);

        /* A client that closes before it has read the server's ticket resets the connection. */
        EXPECT_TRUE(server_end.shutdown == AWS_ERROR_SUCCESS || server_end.shutdown == AWS_IO_SOCKET_CLOSED);
        EXPECT_EQ(1, client_end.results);
        EXPECT_EQ(1, server_end.results);
    }

    void
    ExpectRefusedWithoutVerifying(const std::string &certificate, int error, const std::string &name = "localhost") {
        ExpectRefused(ServerSettings(certificate), TlsSettings(), error, name);
    }

    void ExpectAcceptedUnverified(const std::string &certificate) {
        TlsSettings client;
        client.verify_peer = false;
        ExpectAccepted(ServerSettings(certificate), client);
    }

    /* A connection to `openssl s_server`, and whether it came about. */
    bool Reaches(uint32_t port, const TlsSettings &settings, int *error = nullptr) {
        TlsEnd end;
        TlsContext context(allocator_, false, settings);
        EXPECT_NE(nullptr, context.get());
        Connect(&end, port, context.get());
        EXPECT_TRUE(end.state.Await([&] { return end.setups > 0; }));
        if (error != nullptr) {
            *error = end.setup;
        }
        if (end.setup != AWS_ERROR_SUCCESS) {
            return false;
        }
        end.Shutdown();
        EXPECT_TRUE(end.AwaitShutdown());
        return true;
    }
};

TEST_F(TlsHandshakeTest, tls_client_channel_negotiation_success) {
    ExpectAccepted(ServerSettings("server"), TlsSettings());
}

TEST_F(TlsHandshakeTest, tls_client_channel_negotiation_success_rsa2048) {
    ExpectAccepted(ServerSettings("server"), TlsSettings());
}

TEST_F(TlsHandshakeTest, tls_client_channel_negotiation_success_ecc256) {
    ExpectAccepted(ServerSettings("ec256"), TlsSettings());
}

TEST_F(TlsHandshakeTest, tls_client_channel_negotiation_success_ecc384) {
    ExpectAccepted(ServerSettings("ec384"), TlsSettings());
}

TEST_F(TlsHandshakeTest, tls_client_channel_negotiation_success_rsa4096) {
    ExpectAccepted(ServerSettings("rsa4096"), TlsSettings());
}

TEST_F(TlsHandshakeTest, tls_client_channel_negotiation_success_rsa8192) {
    ExpectAccepted(ServerSettings("rsa8192"), TlsSettings());
}

TEST_F(TlsHandshakeTest, tls_client_channel_negotiation_success_extended_validation) {
    ExpectAccepted(ServerSettings("extended_validation"), TlsSettings());
}

/* Leaf, intermediate and root have keys of one kind. */
TEST_F(TlsHandshakeTest, ChainsOfRsaAndOfEllipticCurve384) {
    for (const char *kind : {"rsa", "p384"}) {
        SCOPED_TRACE(kind);
        TlsSettings server = ServerSettings(std::string(kind) + "_leaf");
        server.certificate = std::string(kind) + "_chain.crt";
        TlsSettings client;
        client.trusted = std::string(kind) + "_root.crt";
        ExpectAccepted(server, client);
        ExpectRefused(server, TlsSettings(), AWS_IO_TLS_NO_ROOT_CERTIFICATE_FOUND);
    }
}

TEST_F(TlsHandshakeTest, EllipticCurve521) {
    ExpectAccepted(ServerSettings("ec521"), TlsSettings());
}

TEST_F(TlsHandshakeTest, RsaPss) {
    ExpectAccepted(ServerSettings("pss"), TlsSettings());
}

TEST_F(TlsHandshakeTest, tls_client_channel_negotiation_success_sha512) {
    ExpectAccepted(ServerSettings("rsa4096"), TlsSettings());
}

TEST_F(TlsHandshakeTest, tls_client_channel_negotiation_success_sha384) {
    ExpectAccepted(ServerSettings("sha384"), TlsSettings());
}

TEST_F(TlsHandshakeTest, tls_client_channel_negotiation_success_sha256) {
    ExpectAccepted(ServerSettings("ec256"), TlsSettings());
}

TEST_F(TlsHandshakeTest, tls_certificate_chain_test) {
    TlsSettings server = ServerSettings("chain");
    server.key = "leaf.key";
    ExpectAccepted(server, TlsSettings());
}

TEST_F(TlsHandshakeTest, LongChain) {
    TlsSettings server = ServerSettings("long_chain");
    server.key = "long_leaf.key";
    ExpectAccepted(server, TlsSettings());
    server.certificate = "long_leaf.crt";
    ExpectRefused(server, TlsSettings(), AWS_IO_TLS_NO_ROOT_CERTIFICATE_FOUND);
}

TEST_F(TlsHandshakeTest, IncompleteChainRefused) {
    ExpectRefusedWithoutVerifying("leaf", AWS_IO_TLS_NO_ROOT_CERTIFICATE_FOUND);
}

TEST_F(TlsHandshakeTest, tls_client_channel_negotiation_success_no_verify_incomplete_chain) {
    ExpectAcceptedUnverified("leaf");
}

TEST_F(TlsHandshakeTest, tls_client_channel_negotiation_error_expired) {
    ExpectRefusedWithoutVerifying("expired", AWS_IO_TLS_CERTIFICATE_EXPIRED);
}

TEST_F(TlsHandshakeTest, tls_client_channel_negotiation_no_verify_expired) {
    ExpectAcceptedUnverified("expired");
}

TEST_F(TlsHandshakeTest, AClientMayShowACertificateThatIsForServers) {
    TlsSettings server = ServerSettings("server");
    server.verify_peer = true;
    TlsSettings client;
    client.certificate = "for_servers.crt";
    client.key = "for_servers.key";
    ExpectAccepted(server, client);
}

TEST_F(TlsHandshakeTest, NotYetValid) {
    ExpectRefusedWithoutVerifying("future", AWS_IO_TLS_CERTIFICATE_NOT_YET_VALID);
}

TEST_F(TlsHandshakeTest, tls_client_channel_negotiation_error_wrong_host) {
    ExpectRefusedWithoutVerifying("wrong_host", AWS_IO_TLS_HOST_NAME_MISMATCH);
}

TEST_F(TlsHandshakeTest, tls_client_channel_negotiation_error_wrong_host_with_ca_override) {
    TlsSettings client;
    client.trusted = "other_ca.crt";
    ExpectRefused(ServerSettings("untrusted"), client, AWS_IO_TLS_HOST_NAME_MISMATCH, "elsewhere.example");
}

TEST_F(TlsHandshakeTest, tls_client_channel_negotiation_no_verify_wrong_host) {
    ExpectAcceptedUnverified("wrong_host");
}

TEST_F(TlsHandshakeTest, tls_client_channel_negotiation_error_self_signed) {
    ExpectRefusedWithoutVerifying("self_signed", AWS_IO_TLS_UNKNOWN_ROOT_CERTIFICATE);
}

TEST_F(TlsHandshakeTest, tls_client_channel_negotiation_no_verify_self_signed) {
    ExpectAcceptedUnverified("self_signed");
}

TEST_F(TlsHandshakeTest, SelfSignedButTrusted) {
    TlsSettings client;
    client.trusted = "self_signed.crt";
    ExpectAccepted(ServerSettings("self_signed"), client);
}

TEST_F(TlsHandshakeTest, tls_client_channel_negotiation_error_untrusted_root) {
    ExpectRefusedWithoutVerifying("untrusted", AWS_IO_TLS_NO_ROOT_CERTIFICATE_FOUND);
}

TEST_F(TlsHandshakeTest, tls_client_channel_negotiation_error_untrusted_root_due_to_ca_override) {
    TlsSettings client;
    client.trusted = "other_ca.crt";
    ExpectRefused(ServerSettings("server"), client, AWS_IO_TLS_NO_ROOT_CERTIFICATE_FOUND);
}

TEST_F(TlsHandshakeTest, UntrustedBySystemStore) {
    Variable store("AWS_CA_BUNDLE", Certificate("other_ca.crt"));
    TlsSettings client;
    client.trusted = "";
    ExpectRefused(ServerSettings("server"), client, AWS_IO_TLS_NO_ROOT_CERTIFICATE_FOUND);
    store.Set(Certificate("ca.crt"));
    ExpectAccepted(ServerSettings("server"), client);
}

TEST_F(TlsHandshakeTest, tls_client_channel_negotiation_no_verify_untrusted_root) {
    ExpectAcceptedUnverified("untrusted");
}

TEST_F(TlsHandshakeTest, tls_client_channel_no_verify) {
    ExpectAcceptedUnverified("server");
}

TEST_F(TlsHandshakeTest, tls_client_channel_negotiation_error_no_subject) {
    ExpectRefusedWithoutVerifying("no_subject", AWS_IO_TLS_HOST_NAME_MISMATCH);
}

TEST_F(TlsHandshakeTest, tls_client_channel_negotiation_success_no_verify_no_subject) {
    ExpectAcceptedUnverified("no_subject");
}

TEST_F(TlsHandshakeTest, tls_client_channel_negotiation_error_no_common_name) {
    ExpectRefusedWithoutVerifying("no_common_name", AWS_IO_TLS_HOST_NAME_MISMATCH);
}

TEST_F(TlsHandshakeTest, tls_client_channel_negotiation_success_no_verify_no_common_name) {
    ExpectAcceptedUnverified("no_common_name");
}

TEST_F(TlsHandshakeTest, NameOfAnAddress) {
    ExpectAccepted(ServerSettings("server"), TlsSettings(), "127.0.0.1");
    ExpectAccepted(ServerSettings("server"), TlsSettings(), "::1");
    ExpectRefused(ServerSettings("server"), TlsSettings(), AWS_IO_TLS_HOST_NAME_MISMATCH, "127.0.0.2");
}

TEST_F(TlsHandshakeTest, Wildcards) {
    ExpectAccepted(ServerSettings("server"), TlsSettings(), "a.wild.example");
    ExpectRefused(ServerSettings("server"), TlsSettings(), AWS_IO_TLS_HOST_NAME_MISMATCH, "wild.example");
    ExpectRefused(ServerSettings("server"), TlsSettings(), AWS_IO_TLS_HOST_NAME_MISMATCH, "a.b.wild.example");
}

TEST_F(TlsHandshakeTest, NoServerNameMatchesNothing) {
    ExpectRefused(ServerSettings("server"), TlsSettings(), AWS_IO_TLS_HOST_NAME_MISMATCH, "");
}

TEST_F(TlsHandshakeTest, tls_client_channel_negotiation_success_mtls_tls13) {
    TlsSettings server = ServerSettings("ec256");
    server.verify_peer = true;
    server.minimum = AWS_IO_TLSv1_3;
    TlsSettings client;
    client.certificate = "client.crt";
    client.key = "client.key";
    ExpectAccepted(server, client);
}

TEST_F(TlsHandshakeTest, ClientWithoutCertificate) {
    TlsSettings server = ServerSettings("ec256");
    server.verify_peer = true;
    TlsEnd server_end;
    TlsEnd client_end;
    TlsContext context(allocator_, false, TlsSettings());
    auto listener = Serve(&server_end, server);
    Connect(&client_end, listener->port, context.get());
    ASSERT_TRUE(server_end.AwaitFailure());
    EXPECT_TRUE(aws_error_code_is_tls(server_end.setup));

    /* In TLS 1.3 the client has finished before the server has verified. */
    ASSERT_TRUE(client_end.AwaitSetup());
    ASSERT_TRUE(client_end.AwaitShutdown());
    EXPECT_STREQ("AWS_IO_TLS_ERROR_ALERT_RECEIVED", aws_error_name(client_end.shutdown));
}

TEST_F(TlsHandshakeTest, ClientWithUntrustedCertificate) {
    TlsSettings server = ServerSettings("ec256");
    server.verify_peer = true;
    TlsSettings client;
    client.certificate = "untrusted_client.crt";
    client.key = "untrusted_client.key";
    TlsEnd server_end;
    TlsEnd client_end;
    TlsContext context(allocator_, false, client);
    auto listener = Serve(&server_end, server);
    Connect(&client_end, listener->port, context.get());
    ASSERT_TRUE(server_end.AwaitFailure());
    EXPECT_STREQ("AWS_IO_TLS_NO_ROOT_CERTIFICATE_FOUND", aws_error_name(server_end.setup));
    ASSERT_TRUE(client_end.AwaitSetup());
    ASSERT_TRUE(client_end.AwaitShutdown());
    EXPECT_STREQ("AWS_IO_TLS_PEER_CERTIFICATE_UNKNOWN", aws_error_name(client_end.shutdown));
}

#if !defined(_WIN32)
TEST_F(TlsHandshakeTest, tls_client_channel_negotiation_success_tls12) {
    OpensslServer server("server", {"-tls1_2"});
    EXPECT_TRUE(Reaches(server.port, TlsSettings()));
}

TEST_F(TlsHandshakeTest, tls_client_channel_negotiation_success_mozilla_modern) {
    OpensslServer server("ec256", {"-tls1_3", "-groups", "X25519:P-256:P-384"});
    EXPECT_TRUE(Reaches(server.port, TlsSettings()));
}

TEST_F(TlsHandshakeTest, tls_client_channel_negotiation_failure_tls13_to_tls12_server) {
    OpensslServer server("server", {"-tls1_2"});
    TlsSettings client;
    client.minimum = AWS_IO_TLSv1_3;
    int error = 0;
    EXPECT_FALSE(Reaches(server.port, client, &error));
    EXPECT_STREQ("AWS_IO_TLS_ERROR_NEGOTIATION_FAILURE", aws_error_name(error));
}

TEST_F(TlsHandshakeTest, tls_client_channel_negotiation_error_legacy_crypto_tls10) {
    OpensslServer server("server", {"-tls1", "-cipher", "ALL:@SECLEVEL=0"});
    TlsSettings client;
    client.minimum = AWS_IO_TLSv1_2;
    EXPECT_FALSE(Reaches(server.port, client));
}

TEST_F(TlsHandshakeTest, tls_client_channel_negotiation_override_legacy_crypto_tls10) {
    OpensslServer server("server", {"-tls1", "-cipher", "ALL:@SECLEVEL=0"});
    TlsSettings client;
    client.minimum = AWS_IO_TLSv1;
    EXPECT_TRUE(Reaches(server.port, client));
}

TEST_F(TlsHandshakeTest, tls_client_channel_negotiation_success_legacy_crypto_tls11) {
    OpensslServer server("server", {"-tls1_1", "-cipher", "ALL:@SECLEVEL=0"});
    EXPECT_TRUE(Reaches(server.port, TlsSettings()));
    TlsSettings client;
    client.minimum = AWS_IO_TLSv1_1;
    EXPECT_TRUE(Reaches(server.port, client));
}

TEST_F(TlsHandshakeTest, tls_client_channel_negotiation_error_override_legacy_crypto_tls11) {
    OpensslServer server("server", {"-tls1_1", "-cipher", "ALL:@SECLEVEL=0"});
    TlsSettings client;
    client.minimum = AWS_IO_TLSv1_2;
    EXPECT_FALSE(Reaches(server.port, client));
}

TEST_F(TlsHandshakeTest, OldVersionsMustBeEnabled) {
    OpensslServer server("server", {"-tls1", "-cipher", "ALL:@SECLEVEL=0"});
    EXPECT_FALSE(Reaches(server.port, TlsSettings()));
    TlsSettings client;
    client.ciphers = AWS_IO_TLS_CIPHER_PREF_TLSV1_0_2023_06;
    EXPECT_TRUE(Reaches(server.port, client));
}

/* ADR 17: that it takes an old version makes a client accept nothing else that is weak, whether it was set to or
 * not. */
class TlsOldVersionsTest : public TlsHandshakeTest, public ::testing::WithParamInterface<enum aws_tls_versions> {
  protected:
    TlsSettings Client(const std::string &trusted = "ca.crt") {
        TlsSettings client;
        client.minimum = GetParam();
        client.trusted = trusted;
        return client;
    }
};

TEST_P(TlsOldVersionsTest, NoWeakCertificate) {
    for (const char *certificate : {"short_key", "sha1", "md5"}) {
        for (const char *version : {"-tls1", "-tls1_1", "-tls1_2", "-tls1_3"}) {
            if (strcmp(version, "-tls1") == 0 && GetParam() != AWS_IO_TLSv1) {
                continue;
            }
            SCOPED_TRACE(std::string(certificate) + version);
            OpensslServer server(certificate, {version, "-cipher", "ALL:@SECLEVEL=0"});
            int error = 0;
            bool is_md5 = strcmp(certificate, "md5") == 0;
            EXPECT_FALSE(Reaches(server.port, Client(is_md5 ? "rsa_root.crt" : "ca.crt"), &error));
            EXPECT_STREQ("AWS_IO_TLS_INVALID_CERTIFICATE_CHAIN", aws_error_name(error));
        }
    }
}

TEST_P(TlsOldVersionsTest, NoWeakSignature) {
    OpensslServer server("server", {"-tls1_2", "-sigalgs", "RSA+SHA1", "-cipher", "ALL:@SECLEVEL=0"});
    EXPECT_FALSE(Reaches(server.port, Client()));
}

TEST_P(TlsOldVersionsTest, TheOldVersionsThemselvesWithEitherKindOfKey) {
    for (const char *certificate : {"server", "ec256"}) {
        for (const char *version : {"-tls1", "-tls1_1", "-tls1_2", "-tls1_3"}) {
            SCOPED_TRACE(std::string(certificate) + version);
            OpensslServer server(certificate, {version, "-cipher", "ALL:@SECLEVEL=0"});
            bool is_too_old = strcmp(version, "-tls1") == 0 && GetParam() != AWS_IO_TLSv1;
            EXPECT_EQ(!is_too_old, Reaches(server.port, Client()));
        }
    }
}

INSTANTIATE_TEST_SUITE_P(
    Lowest,
    TlsOldVersionsTest,
    ::testing::Values(AWS_IO_TLSv1, AWS_IO_TLSv1_1, AWS_IO_TLS_VER_SYS_DEFAULTS),
    ::testing::PrintToStringParamName());

/* A server that was asked for them takes old versions from clients that have nothing better. */
TEST_F(TlsHandshakeTest, AServerTakesTheOldVersionsThatItWasAskedFor) {
    for (const char *certificate : {"server", "ec256"}) {
        TlsSettings settings = ServerSettings(certificate);
        settings.minimum = AWS_IO_TLSv1;
        for (const char *version : {"-tls1", "-tls1_1", "-tls1_2", "-tls1_3"}) {
            SCOPED_TRACE(std::string(certificate) + version);
            TlsEnd end;
            auto listener = Serve(&end, settings);
            ChildProcess client(
                {"openssl",
                 "s_client",
                 "-connect",
                 "127.0.0.1:" + std::to_string(listener->port),
                 version,
                 "-cipher",
                 "ALL:@SECLEVEL=0"});
            EXPECT_TRUE(end.AwaitSetup()) << aws_error_name(end.setup);
            EXPECT_TRUE(end.AwaitShutdown());
        }
    }
}

TEST_F(TlsHandshakeTest, tls_client_channel_negotiation_error_broken_crypto_null) {
    OpensslServer server("server", {"-tls1_2", "-cipher", "NULL:@SECLEVEL=0"});
    EXPECT_FALSE(Reaches(server.port, TlsSettings()));
}

/* Whatever the group: key agreement without curves is not offered. */
TEST_F(TlsHandshakeTest, tls_client_channel_negotiation_error_broken_crypto_dh1024) {
    OpensslServer server("server", {"-tls1_2", "-cipher", "DHE:@SECLEVEL=0", "-dhparam", Certificate("dh1024.pem")});
    EXPECT_FALSE(Reaches(server.port, TlsSettings()));
}

TEST_F(TlsHandshakeTest, tls_client_channel_negotiation_error_legacy_crypto_dh2048) {
    OpensslServer server("server", {"-tls1_2", "-cipher", "DHE:@SECLEVEL=0", "-dhparam", Certificate("dh2048.pem")});
    EXPECT_FALSE(Reaches(server.port, TlsSettings()));
}

TEST_F(TlsHandshakeTest, DiffieHellmanWithoutCurvesRefused) {
    OpensslServer server("server", {"-tls1_2", "-cipher", "DHE:@SECLEVEL=0"});
    EXPECT_FALSE(Reaches(server.port, TlsSettings()));
}

/* What a server stapled that was asked about its own revocation. */
TEST_F(TlsHandshakeTest, tls_client_channel_negotiation_error_revoked) {
    OpensslServer server("revoked", {"-status_file", Certificate("revoked.ocsp")});
    int error = 0;
    EXPECT_FALSE(Reaches(server.port, TlsSettings(), &error));
    EXPECT_STREQ("AWS_IO_TLS_PEER_CERTIFICATE_REVOKED", aws_error_name(error));
}

TEST_F(TlsHandshakeTest, tls_client_channel_negotiation_revoked_no_check) {
    OpensslServer server("revoked", {"-status_file", Certificate("revoked.ocsp")});
    TlsSettings client;
    client.no_revocation = true;
    EXPECT_TRUE(Reaches(server.port, client));
}

TEST_F(TlsHandshakeTest, StapledAndGood) {
    OpensslServer server("revoked", {"-status_file", Certificate("good.ocsp")});
    EXPECT_TRUE(Reaches(server.port, TlsSettings()));
}

TEST_F(TlsHandshakeTest, StapledForAnotherCertificate) {
    OpensslServer server("server", {"-status_file", Certificate("good.ocsp")});
    EXPECT_FALSE(Reaches(server.port, TlsSettings()));
}

/* Who trusts an intermediate authority, and no root, trusts what it says about revocation. */
TEST_F(TlsHandshakeTest, StapledUnderATrustedIntermediate) {
    TlsSettings client;
    client.trusted = "middle.crt";
    std::vector<std::string> chain = {"-cert_chain", Certificate("chain.crt"), "-status_file"};
    auto reaches = [&](const std::string &response, int *error) {
        std::vector<std::string> arguments = chain;
        arguments.push_back(Certificate(response));
        OpensslServer server("leaf", arguments);
        return Reaches(server.port, client, error);
    };
    int error = 0;
    EXPECT_TRUE(reaches("leaf_good.ocsp", &error)) << aws_error_name(error);
    EXPECT_FALSE(reaches("leaf_revoked.ocsp", &error));
    EXPECT_STREQ("AWS_IO_TLS_PEER_CERTIFICATE_REVOKED", aws_error_name(error));
    EXPECT_FALSE(reaches("leaf_forged.ocsp", &error));

    /* Under the root it is the same. */
    client.trusted = "ca.crt";
    EXPECT_TRUE(reaches("leaf_good.ocsp", &error)) << aws_error_name(error);
    EXPECT_FALSE(reaches("leaf_revoked.ocsp", &error));
    EXPECT_FALSE(reaches("leaf_forged.ocsp", &error));
}

/* A certificate that is trusted by itself is a chain of one. */
TEST_F(TlsHandshakeTest, StapledToACertificateThatIsTrustedByItself) {
    TlsSettings client;
    client.trusted = "leaf.crt";
    auto reaches = [&](const std::string &certificate, const std::string &response, bool with_chain) {
        std::vector<std::string> arguments = {"-status_file", Certificate(response)};
        if (with_chain) {
            arguments.insert(arguments.end(), {"-cert_chain", Certificate("chain.crt")});
        }
        OpensslServer server(certificate, arguments);
        return Reaches(server.port, client);
    };

    /* The server sends its issuer along, so that the response can be judged. */
    EXPECT_TRUE(reaches("leaf", "leaf_good.ocsp", true));
    EXPECT_FALSE(reaches("leaf", "leaf_revoked.ocsp", true));
    EXPECT_FALSE(reaches("leaf", "leaf_forged.ocsp", true));

    /* Nobody knows whose the response is. The certificate does not rest on it. */
    EXPECT_TRUE(reaches("leaf", "leaf_good.ocsp", false));
    EXPECT_TRUE(reaches("leaf", "leaf_forged.ocsp", false));

    /* Its own issuer. */
    client.trusted = "self_signed.crt";
    EXPECT_TRUE(reaches("self_signed", "self_signed.ocsp", false));
    EXPECT_FALSE(reaches("self_signed", "leaf_good.ocsp", false));
}
#endif

TEST_F(TlsHandshakeTest, AlpnAndServerName) {
    TlsSettings server = ServerSettings("server");
    server.alpn = "h2;http/1.1";
    TlsEnd server_end;
    TlsEnd client_end;
    TlsContext context(allocator_, false, TlsSettings());
    auto listener = Serve(&server_end, server);
    Connect(&client_end, listener->port, context.get(), "localhost", "http/1.1;h2");
    ASSERT_TRUE(client_end.AwaitSetup());
    ASSERT_TRUE(server_end.AwaitSetup());
    EXPECT_EQ("h2", client_end.protocol);
    EXPECT_EQ("h2", server_end.protocol);
    EXPECT_EQ("localhost", client_end.server_name);
    EXPECT_EQ("localhost", server_end.server_name);
    server_end.Shutdown();
    EXPECT_TRUE(client_end.AwaitShutdown());
    EXPECT_TRUE(server_end.AwaitShutdown());
    EXPECT_TRUE(aws_byte_buf_eq_c_str(&client_end.protocol_of_handler, "h2")) << "also when the handler is gone";
    EXPECT_TRUE(aws_byte_buf_eq_c_str(&server_end.protocol_of_handler, "h2"));
}

TEST_F(TlsHandshakeTest, AlpnWithoutCommonProtocol) {
    TlsSettings server = ServerSettings("server");
    server.alpn = "h2";
    TlsEnd server_end;
    TlsEnd client_end;
    TlsContext context(allocator_, false, TlsSettings());
    auto listener = Serve(&server_end, server);
    Connect(&client_end, listener->port, context.get(), "localhost", "mqtt");
    ASSERT_TRUE(client_end.AwaitSetup());
    EXPECT_EQ("", client_end.protocol);
    client_end.Shutdown();
    EXPECT_TRUE(client_end.AwaitShutdown());
    EXPECT_TRUE(server_end.AwaitShutdown());
}

TEST_F(TlsHandshakeTest, tls_server_multiple_connections) {
    TlsEnd server_end;
    TlsContext context(allocator_, false, TlsSettings());
    auto listener = Serve(&server_end, ServerSettings("server"));
    for (int i = 1; i <= 20; ++i) {
        TlsEnd client_end;
        Connect(&client_end, listener->port, context.get());
        ASSERT_TRUE(client_end.AwaitSetup());
        ASSERT_TRUE(server_end.state.Await([&] { return server_end.setups == i; }));
        server_end.Shutdown();
        ASSERT_TRUE(client_end.AwaitShutdown());
        ASSERT_TRUE(server_end.state.Await([&] { return server_end.shutdowns == i; }));
    }
}

#if !defined(_WIN32)
TEST_F(TlsHandshakeTest, tls_server_hangup_during_negotiation) {
    TlsEnd server_end;
    auto listener = Serve(&server_end, ServerSettings("server"));
    int fd = ConnectPlain(listener->port);
    ASSERT_LE(0, fd);

    /* It has been accepted, and its handshake awaits the first byte. */
    TurnLoop(server_group_->loop());
    close(fd);
    ASSERT_TRUE(server_end.AwaitFailure());
    EXPECT_STREQ("AWS_IO_SOCKET_CLOSED", aws_error_name(server_end.setup));
    EXPECT_EQ(0, server_end.shutdowns);
    EXPECT_EQ(0, server_end.results);
}

TEST_F(TlsHandshakeTest, PlainTextToAServer) {
    TlsEnd server_end;
    auto listener = Serve(&server_end, ServerSettings("server"));
    int fd = ConnectPlain(listener->port);
    ASSERT_LE(0, fd);
    ASSERT_EQ(18, send(fd, "GET / HTTP/1.1\r\n\r\n", 18, MSG_NOSIGNAL));
    ASSERT_TRUE(server_end.AwaitFailure());
    EXPECT_STREQ("AWS_IO_TLS_ERROR_NEGOTIATION_FAILURE", aws_error_name(server_end.setup));
    close(fd);
}

/* Accepts connections and does with each what the test asks for. */
class RawServer {
  public:
    explicit RawServer(std::function<void(int)> serve) : serve_(std::move(serve)) {
        fd_ = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
        struct sockaddr_in address = Loopback(0);
        socklen_t length = sizeof(address);
        EXPECT_EQ(0, bind(fd_, (struct sockaddr *)&address, sizeof(address)));
        EXPECT_EQ(0, getsockname(fd_, (struct sockaddr *)&address, &length));
        EXPECT_EQ(0, listen(fd_, 16));
        port = ntohs(address.sin_port);
        thread_ = std::thread([this] {
            int client;
            while ((client = accept(fd_, nullptr, nullptr)) >= 0) {
                serve_(client);
                close(client);
            }
        });
    }
    ~RawServer() {
        shutdown(fd_, SHUT_RDWR);
        thread_.join();
        close(fd_);
    }

    uint32_t port;

  private:
    std::function<void(int)> serve_;
    int fd_;
    std::thread thread_;
};

/* A server's first words, with a version and a cipher of choice, sent when the client has said hello. */
static void SayHello(int fd, uint8_t version, uint16_t cipher) {
    char hello[4096];
    ASSERT_LT(0, recv(fd, hello, sizeof(hello), 0));
    std::string body = {3, (char)version};
    body += std::string(32, 'r');
    body += std::string(1, '\0');
    body += {(char)(cipher >> 8), (char)cipher, 0};
    std::string record = {22, 3, 3, 0, (char)(body.size() + 4), 2, 0, 0, (char)body.size()};
    record += body;
    ASSERT_EQ((ssize_t)record.size(), send(fd, record.data(), record.size(), MSG_NOSIGNAL));
    while (recv(fd, hello, sizeof(hello), 0) > 0) {
    }
}

TEST_F(TlsHandshakeTest, tls_client_channel_negotiation_error_broken_crypto_rc4) {
    RawServer server([](int fd) { SayHello(fd, 3, 0x0005); });
    EXPECT_FALSE(Reaches(server.port, TlsSettings()));
}

TEST_F(TlsHandshakeTest, tls_client_channel_negotiation_error_broken_crypto_rc4_md5) {
    RawServer server([](int fd) { SayHello(fd, 3, 0x0004); });
    EXPECT_FALSE(Reaches(server.port, TlsSettings()));
}

TEST_F(TlsHandshakeTest, tls_client_channel_negotiation_error_broken_crypto_dh480) {
    RawServer server([](int fd) { SayHello(fd, 3, 0x0033); });
    EXPECT_FALSE(Reaches(server.port, TlsSettings()));
}

TEST_F(TlsHandshakeTest, tls_client_channel_negotiation_error_broken_crypto_dh512) {
    {
        OpensslServer server("server", {"-tls1_2", "-cipher", "DHE:@SECLEVEL=0", "-dhparam", Certificate("dh512.pem")});
        EXPECT_FALSE(Reaches(server.port, TlsSettings()));
    }
    RawServer server([](int fd) { SayHello(fd, 3, 0x0039); });
    EXPECT_FALSE(Reaches(server.port, TlsSettings()));
}

TEST_F(TlsHandshakeTest, VersionThatNobodyOffered) {
    RawServer server([](int fd) { SayHello(fd, 1, 0xc02f); });
    EXPECT_FALSE(Reaches(server.port, TlsSettings()));
}

TEST_F(TlsHandshakeTest, tls_client_channel_negotiation_error_socket_closed) {
    RawServer server([](int fd) {
        char hello[4096];
        recv(fd, hello, sizeof(hello), 0);
    });
    int error = 0;
    EXPECT_FALSE(Reaches(server.port, TlsSettings(), &error));
    EXPECT_STREQ("AWS_IO_SOCKET_CLOSED", aws_error_name(error));
}

TEST_F(TlsHandshakeTest, test_tls_negotiation_timeout) {
    Signal over;
    RawServer server([&](int) { over.Wait(); });
    TlsEnd end;
    TlsContext context(allocator_, false, TlsSettings());
    Connect(&end, server.port, context.get(), "localhost", "", false, 200);
    ASSERT_TRUE(end.AwaitFailure());
    EXPECT_STREQ("AWS_IO_TLS_NEGOTIATION_TIMEOUT", aws_error_name(end.setup));
    over.Raise();
}

static int CountOf(const std::string &word, const std::string &text) {
    int count = 0;
    for (size_t at = text.find(word); at != std::string::npos; at = text.find(word, at + 1)) {
        ++count;
    }
    return count;
}

TEST_F(TlsHandshakeTest, LaterConnectionsAreResumed) {
    for (const char *version : {"-tls1_3", "-tls1_2"}) {
        OpensslServer server("ec256", {version});
        TlsContext context(allocator_, false, TlsSettings());
        for (int i = 0; i < 3; ++i) {
            TlsEnd end;
            Connect(&end, server.port, context.get());
            ASSERT_TRUE(end.AwaitSetup()) << i;

            /* The ticket comes behind the handshake, and before content. */
            server.Say("word\n");
            ASSERT_TRUE(end.AwaitBytes(5));
            end.Shutdown();
            ASSERT_TRUE(end.AwaitShutdown());
        }
        EXPECT_EQ(2, CountOf("Reused session-id", server.Stop())) << version;
    }
}

TEST_F(TlsHandshakeTest, AnotherContextResumesNothing) {
    OpensslServer server("ec256");
    for (int i = 0; i < 2; ++i) {
        TlsContext context(allocator_, false, TlsSettings());
        TlsEnd end;
        Connect(&end, server.port, context.get());
        ASSERT_TRUE(end.AwaitSetup()) << i;
        server.Say("word\n");
        ASSERT_TRUE(end.AwaitBytes(5));
        end.Shutdown();
        ASSERT_TRUE(end.AwaitShutdown());
    }
    EXPECT_EQ(0, CountOf("Reused session-id", server.Stop()));
}
#endif
