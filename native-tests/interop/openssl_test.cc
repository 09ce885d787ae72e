/* SPDX-License-Identifier: Apache-2.0 */
/* The openssl program at either end: what io_tls_handshake_test and io_tls_data_test do not have. */
#include "interop/interop.h"

class OpensslTest : public InteropTest {
  protected:
    /* What -msg prints of each record that goes. */
    static constexpr const char *kSent = ">>> TLS 1.2, RecordHeader";
    static constexpr const char *kSentKeyUpdate = ">>> TLS 1.3, Handshake [length 0005], KeyUpdate";

    std::unique_ptr<Program> Client(std::vector<std::string> more) {
        std::vector<std::string> arguments = {
            "openssl",
            "s_client",
            "-connect",
            "127.0.0.1:" + std::to_string(web_->port),
            "-servername",
            "localhost",
            "-CAfile",
            Certificate("ca.crt"),
            "-verify_return_error"};
        arguments.insert(arguments.end(), more.begin(), more.end());
        return std::unique_ptr<Program>(new Program(arguments));
    }

    std::string ClientAsks(std::vector<std::string> more) {
        more.push_back("-ign_eof");
        std::unique_ptr<Program> client = Client(std::move(more));
        client->Say("GET /about HTTP/1.1\r\n\r\n");
        client->Wait();
        return client->Output();
    }

    void StartServer(std::vector<std::string> more, const std::string &directory = "/") {
        std::vector<std::string> arguments = {
            "env",
            "--chdir=" + directory,
            "openssl",
            "s_server",
            "-accept",
            "127.0.0.1:" + std::to_string(port_.Renew()),
            "-cert",
            Certificate("server.crt"),
            "-key",
            Certificate("server.key")};
        arguments.insert(arguments.end(), more.begin(), more.end());
        server_.reset(new Program(arguments));
        AwaitListening(port_);
    }

    std::unique_ptr<Program> server_;
    ReservedPort port_;
};

TEST_F(OpensslTest, ClientProtocol) {
    TlsSettings settings = ServerSettings("server");
    settings.alpn = "h2;http/1.1";
    Serve(settings);
    for (const char *version : {"-tls1_2", "-tls1_3"}) {
        std::string said = ClientAsks({version, "-alpn", "http/1.1,h2"});
        EXPECT_TRUE(Contains(said, "ALPN protocol: h2")) << said;
        EXPECT_TRUE(Contains(said, "protocol=h2\n")) << said;
    }
}

TEST_F(OpensslTest, ClientShowsACertificate) {
    TlsSettings settings = ServerSettings("server");
    settings.verify_peer = true;
    Serve(settings);
    for (const char *version : {"-tls1_2", "-tls1_3"}) {
        std::string said = ClientAsks({version, "-cert", Certificate("client.crt"), "-key", Certificate("client.key")});
        EXPECT_TRUE(Contains(said, "protocol=\n")) << said;
        EXPECT_FALSE(Contains(ClientAsks({version}), "protocol="));
    }
}

TEST_F(OpensslTest, ClientResumes) {
    Serve();
    TemporaryFile session;
    for (auto &version : {std::make_pair("-tls1_2", "TLSv1.2"), std::make_pair("-tls1_3", "TLSv1.3")}) {
        std::string first = ClientAsks({version.first, "-sess_out", session.Path()});
        EXPECT_TRUE(Contains(first, std::string("New, ") + version.second)) << first;
        std::string second = ClientAsks({version.first, "-sess_in", session.Path()});
        EXPECT_TRUE(Contains(second, std::string("Reused, ") + version.second)) << second;
        EXPECT_TRUE(Contains(second, "protocol=\n")) << second;
    }
}

/* "k" changes the client's keys, "K" those of both. What is typed together is no command, so each line waits until the
 * one before has gone as a record, which -msg shows. */
TEST_F(OpensslTest, ClientChangesKeys) {
    Serve();
    std::unique_ptr<Program> client = Client({"-tls1_3", "-msg"});
    ASSERT_TRUE(client->Prints("Verify return code")) << client->Output();
    int records = client->Printed(kSent);
    for (const char *line : {"GET /about HTTP/1.1\r\n", "k\n", "X: 1\r\n", "K\n", "X: 2\r\n", "K\n", "X: 3\r\n"}) {
        client->Say(line);
        ASSERT_TRUE(client->Prints(kSent, ++records)) << client->Output();
    }
    client->Say("\r\n");
    EXPECT_TRUE(client->Prints("protocol=\n")) << client->Output();
    EXPECT_EQ(3, client->Printed("KEYUPDATE")) << client->Output();
}

TEST_F(OpensslTest, ClientMayNotRenegotiate) {
    Serve();
    std::unique_ptr<Program> client = Client({"-tls1_2"});
    ASSERT_TRUE(client->Prints("Verify return code"));
    client->Say("R\n");
    EXPECT_TRUE(client->Prints("RENEGOTIATING"));
    EXPECT_TRUE(client->Prints("no renegotiation")) << client->Output();
}

TEST_F(OpensslTest, ServerProtocol) {
    StartServer({"-www", "-alpn", "http/1.1"});
    WebAnswer answer = Ask(port_, ClientSettings(), "/", "h2;http/1.1");
    EXPECT_EQ("http/1.1", answer.protocol);
    EXPECT_TRUE(answer.Has("200 ok"));
}

TEST_F(OpensslTest, ServerRequiresACertificate) {
    for (const char *version : {"-tls1_2", "-tls1_3"}) {
        StartServer({"-www", version, "-Verify", "1", "-CAfile", Certificate("ca.crt"), "-verify_return_error"});
        EXPECT_TRUE(Ask(port_, WithCertificate(), "/").Has("200 ok")) << version;
        WebAnswer refused = Ask(port_, ClientSettings(), "/");
        EXPECT_FALSE(refused.Has("200 ok"));
        EXPECT_TRUE(aws_error_code_is_tls(refused.error)) << aws_error_name(refused.error);
    }
}

/* The server changes its keys, and both sides', between the data that it sends. */
TEST_F(OpensslTest, ServerChangesKeys) {
    StartServer({"-tls1_3", "-msg"});
    TlsEnd end;
    TlsContext context(allocator_, false, TlsSettings());
    Connect(&end, port_, context.get());
    ASSERT_TRUE(end.AwaitSetup());
    std::string expected;
    /* A command that is written before the one ahead of it was read is lost: the server reads both as one line. */
    int updates = 0;
    for (const char *command : {"k\n", "K\n", "K\n"}) {
        server_->Say("word\n");
        expected += "word\n";
        ASSERT_TRUE(end.AwaitBytes(expected.size()));
        server_->Say(command);
        ASSERT_TRUE(server_->Prints(kSentKeyUpdate, ++updates)) << server_->Output();
        std::string answer = "answer " + std::to_string(updates) + "\n";
        end.Send(answer);
        EXPECT_TRUE(server_->Prints(answer)) << server_->Output();
    }
    server_->Say("end\n");
    ASSERT_TRUE(end.AwaitBytes(expected.size() + 4));
    EXPECT_EQ(expected + "end\n", end.received);
    end.Shutdown();
    EXPECT_TRUE(end.AwaitShutdown());
}

TEST_F(OpensslTest, LargeBodyFromTheServer) {
    TemporaryDirectory directory;
    WriteBody(directory);
    for (const char *version : {"-tls1_2", "-tls1_3"}) {
        StartServer({"-WWW", version}, directory.Path());
        WebAnswer answer = Ask(port_, ClientSettings(), "/body");
        EXPECT_EQ(Body::LargeSize(), answer.size);
        EXPECT_TRUE(answer.is_good);
    }
}

TEST_F(OpensslTest, LargeBodyToTheServer) {
    TemporaryDirectory directory;
    WriteBody(directory);
    for (const char *version : {"-tls1_2", "-tls1_3"}) {
        port_.Renew();
        server_.reset(new Program(
            {"sh",
             "-c",
             "openssl s_server -quiet -naccept 2 " + std::string(version) +
                 " -accept 127.0.0.1:" + std::to_string(port_) + " -cert " + Certificate("server.crt") + " -key " +
                 Certificate("server.key") + " | cmp - " + directory.Path("body") + " && echo same"}));
        /* The first that it accepts only looks whether it listens. */
        AwaitListening(port_);
        SendBody(port_);
        EXPECT_TRUE(server_->Prints("same", 1, 600)) << server_->Output();
    }
}

TEST_F(OpensslTest, LargeBodyToTheClientAndFromIt) {
    TemporaryDirectory directory;
    WriteBody(directory);
    Serve();
    for (const char *version : {"-tls1_2", "-tls1_3"}) {
        std::string client = "openssl s_client -quiet -nocommands -verify_return_error -servername localhost -CAfile " +
                             Certificate("ca.crt") + " -connect 127.0.0.1:" + std::to_string(web_->port) + " " +
                             version + " 2>/dev/null";
        EXPECT_TRUE(Downloads(client, directory)) << version;
        EXPECT_TRUE(Uploads(client, directory)) << version;
    }
}
