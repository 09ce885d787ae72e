/* SPDX-License-Identifier: Apache-2.0 */
/* GnuTLS, another make than OpenSSL, at either end. */
#include "interop/interop.h"

#include <algorithm>

class GnutlsTest : public InteropTest {
  protected:
    std::unique_ptr<Program> Client(std::vector<std::string> more) {
        std::vector<std::string> arguments = {
            "gnutls-cli",
            "--port",
            std::to_string(web_->port),
            "--x509cafile",
            Certificate("ca.crt"),
            "--sni-hostname",
            "localhost",
            "--verify-hostname",
            "localhost"};
        arguments.insert(arguments.end(), more.begin(), more.end());
        arguments.push_back("127.0.0.1");
        return std::unique_ptr<Program>(new Program(arguments));
    }

    /* GnuTLS's client as a command that passes on what it reads. */
    std::string ClientInShell(const std::string &version) {
        return "gnutls-cli --logfile=/dev/null --x509cafile " + Certificate("ca.crt") +
               " --sni-hostname localhost --verify-hostname localhost --priority " + version + " --port " +
               std::to_string(web_->port) + " 127.0.0.1 2>/dev/null";
    }

    /* What GnuTLS's client prints when it asks for a path. */
    std::string ClientAsks(const std::string &path, std::vector<std::string> more = {}) {
        std::unique_ptr<Program> client = Client(std::move(more));
        if (client->Prints("Simple Client Mode")) {
            client->Say("GET " + path + " HTTP/1.1\r\n\r\n");
            client->Prints("Peer has closed");
        }
        client->Wait();
        return client->Output();
    }

    /* GnuTLS's server, as a web server that describes the connection. */
    void StartServer(std::vector<std::string> more, const std::string &certificate = "server") {
        std::vector<std::string> arguments = {
            "gnutls-serv",
            "--port",
            std::to_string(port_.Renew()),
            "--x509certfile",
            Certificate(certificate + ".crt"),
            "--x509keyfile",
            Certificate(certificate + ".key"),
            "--x509cafile",
            Certificate("ca.crt")};
        arguments.insert(arguments.end(), more.begin(), more.end());
        server_.reset(new Program(arguments));
        AwaitListening(port_);
    }

    std::unique_ptr<Program> server_;
    ReservedPort port_;
};

static const char k12[] = "NORMAL:-VERS-ALL:+VERS-TLS1.2";
static const char k13[] = "NORMAL:-VERS-ALL:+VERS-TLS1.3";

TEST_F(GnutlsTest, ClientVersions) {
    Serve();
    for (auto &version : {std::make_pair(k12, "TLS1.2"), std::make_pair(k13, "TLS1.3")}) {
        std::string said = ClientAsks("/about", {"--priority", version.first});
        EXPECT_TRUE(Contains(said, std::string("(") + version.second)) << said;
        EXPECT_TRUE(Contains(said, "protocol=\n")) << said;
    }
    std::string said = ClientAsks("/about", {"--priority", "NORMAL:-VERS-ALL:+VERS-TLS1.1"});
    EXPECT_FALSE(Contains(said, "protocol=")) << said;
}

TEST_F(GnutlsTest, ClientCertificatesOfAllKinds) {
    for (const char *certificate : {"server", "ec256", "ec384", "ec521", "pss", "rsa4096"}) {
        Serve(ServerSettings(certificate));
        std::string said = ClientAsks("/about");
        EXPECT_TRUE(Contains(said, "protocol=\n")) << certificate << said;
    }
}

TEST_F(GnutlsTest, ClientProtocol) {
    TlsSettings settings = ServerSettings("ec256");
    settings.alpn = "h2;mqtt";
    Serve(settings);
    EXPECT_TRUE(Contains(ClientAsks("/about", {"--alpn", "mqtt"}), "protocol=mqtt\n"));
}

TEST_F(GnutlsTest, ClientShowsACertificate) {
    TlsSettings settings = ServerSettings("ec256");
    settings.verify_peer = true;
    Serve(settings);
    for (const char *version : {k12, k13}) {
        std::string said = ClientAsks(
            "/about",
            {"--priority",
             version,
             "--x509certfile",
             Certificate("client.crt"),
             "--x509keyfile",
             Certificate("client.key")});
        EXPECT_TRUE(Contains(said, "protocol=\n")) << said;
        EXPECT_FALSE(Contains(ClientAsks("/about", {"--priority", version}), "protocol="));
    }
}

TEST_F(GnutlsTest, ClientResumes) {
    Serve();
    for (const char *version : {k12, k13}) {
        std::unique_ptr<Program> client = Client({"--priority", version, "--resume", "--waitresumption"});
        EXPECT_TRUE(client->Prints("This is a resumed session")) << client->Output();
        EXPECT_TRUE(Contains(client->Output(), "Resume Handshake was completed")) << client->Output();
        client->Wait();
    }
}

/* Keys are changed by one side, and by both, in the middle of the data. */
TEST_F(GnutlsTest, ClientChangesKeys) {
    Serve();
    std::unique_ptr<Program> client = Client({"--priority", k13, "--inline-commands"});
    ASSERT_TRUE(client->Prints("Simple Client Mode"));
    client->Say("GET /about HTTP/1.1\r\n");
    int changes = 0;
    for (const char *command : {"^rekey1^\n", "^rekey^\n", "^rekey^\n"}) {
        client->Say(command);
        ASSERT_TRUE(client->Prints("Rekey was completed", ++changes)) << client->Output();
        client->Say("X-More: more\r\n");
    }
    client->Say("\r\n");
    EXPECT_TRUE(client->Prints("protocol=\n")) << client->Output();
    client->Wait();
}

TEST_F(GnutlsTest, ServerVersions) {
    for (auto &version : {std::make_pair(k12, "TLS1.2"), std::make_pair(k13, "TLS1.3")}) {
        StartServer({"--http", "--priority", version.first, "--disable-client-cert"});
        WebAnswer answer = Ask(port_, ClientSettings(), "/");
        EXPECT_TRUE(Contains(answer.body, version.second)) << answer.body << aws_error_name(answer.error);
    }
}

TEST_F(GnutlsTest, ServerCertificatesOfAllKinds) {
    for (const char *certificate : {"server", "ec256", "ec384", "ec521", "pss", "rsa4096"}) {
        StartServer({"--http", "--disable-client-cert"}, certificate);
        EXPECT_TRUE(Ask(port_, ClientSettings(), "/").Has("200 OK")) << certificate;
    }
}

TEST_F(GnutlsTest, ServerProtocol) {
    StartServer({"--http", "--disable-client-cert", "--alpn", "http/1.1"});
    WebAnswer answer = Ask(port_, ClientSettings(), "/", "h2;http/1.1");
    EXPECT_EQ("http/1.1", answer.protocol);
    EXPECT_TRUE(answer.Has("200 OK"));
}

TEST_F(GnutlsTest, ServerRequiresACertificate) {
    for (const char *version : {k12, k13}) {
        StartServer({"--http", "--require-client-cert", "--verify-client-cert", "--priority", version});
        EXPECT_TRUE(Ask(port_, WithCertificate(), "/").Has("200 OK")) << version;
        WebAnswer refused = Ask(port_, ClientSettings(), "/");
        EXPECT_FALSE(refused.Has("200 OK"));
        EXPECT_TRUE(aws_error_code_is_tls(refused.error)) << aws_error_name(refused.error);
    }
}

TEST_F(GnutlsTest, ServerResumes) {
    for (const char *version : {k12, k13}) {
        StartServer({"--http", "--disable-client-cert", "--priority", version});
        TlsContext context(allocator_, false, TlsSettings());
        EXPECT_TRUE(Ask(port_, context.get(), "/").Has("200 OK"));
        EXPECT_FALSE(Contains(server_->Output(), "resumed session"));
        EXPECT_TRUE(Ask(port_, context.get(), "/").Has("200 OK"));
        EXPECT_TRUE(server_->Prints("resumed session")) << version << server_->Output();
    }
}

TEST_F(GnutlsTest, ServerIsUntrusted) {
    StartServer({"--http", "--disable-client-cert"}, "untrusted");
    EXPECT_EQ(AWS_IO_TLS_NO_ROOT_CERTIFICATE_FOUND, Ask(port_, ClientSettings(), "/").error);
}

TEST_F(GnutlsTest, LargeBodyFromTheClient) {
    TemporaryDirectory directory;
    WriteBody(directory);
    Serve();
    for (const char *version : {k12, k13}) {
        EXPECT_TRUE(Uploads(ClientInShell(version), directory)) << version;
    }
}

TEST_F(GnutlsTest, LargeBodyFromTheServer) {
    TemporaryDirectory directory;
    WriteBody(directory);
    for (const char *version : {k12, k13}) {
        StartServer({"--http", "--httpdata", directory.Path("body"), "--disable-client-cert", "--priority", version});
        WebAnswer answer = Ask(port_, ClientSettings(), "/");
        EXPECT_EQ(Body::LargeSize(), answer.size) << version;
        EXPECT_TRUE(answer.is_good) << version;
    }
}

/* GnuTLS's server answers each line with itself, and closes after forty seconds, whatever comes meanwhile. */
TEST_F(GnutlsTest, LargeBodyToTheServerAndBack) {
    uint64_t size = std::min<uint64_t>(Body::LargeSize(), 300000000);
    for (const char *version : {k12, k13}) {
        StartServer({"--echo", "--disable-client-cert", "--priority", version});
        EXPECT_LE(size - Body::kLine, SendBody(port_, size, size - Body::kLine)) << version;
    }
}

/* Not that large: it prints by single bytes. */
TEST_F(GnutlsTest, BodyToTheClient) {
    TemporaryDirectory directory;
    WriteBody(directory);
    Serve();
    for (const char *version : {k12, k13}) {
        EXPECT_TRUE(Downloads(ClientInShell(version), directory, 2000000)) << version;
    }
}
