/* SPDX-License-Identifier: Apache-2.0 */
/* nginx as the server of our client, and as the client of our server. */
#include "interop/interop.h"

class NginxTest : public InteropTest {
  protected:
    void TearDown() override {
        if (nginx_ != nullptr) {
            EXPECT_FALSE(Contains(nginx_->Output(), "[crit]")) << nginx_->Output();
            EXPECT_FALSE(Contains(nginx_->Output(), "[alert]")) << nginx_->Output();
        }
        nginx_.reset();
        InteropTest::TearDown();
    }

    /* One process, not a daemon, on a free port, with these lines in its server block. */
    void Start(const std::string &lines, const std::string &certificate = "server") {
        port_.Renew();
        std::string path = directory_.Path();
        std::string temporary;
        for (const char *kind : {"client_body", "proxy", "fastcgi", "scgi", "uwsgi"}) {
            temporary += std::string(kind) + "_temp_path " + path + "/" + kind + ";\n";
        }
        directory_.Write(
            "nginx.conf",
            "daemon off; master_process off; pid " + path + "/pid; error_log stderr warn;\n" +
                "events { worker_connections 64; }\n" + "http {\naccess_log off; default_type text/plain; root " +
                path + ";\n" + temporary + "server {\nlisten 127.0.0.1:" + std::to_string(port_) +
                " ssl http2;\nserver_name localhost;\nssl_certificate " + Certificate(certificate + ".crt") +
                ";\nssl_certificate_key " + Certificate(certificate + ".key") + ";\n" + lines + "\n}\n}\n");
        nginx_.reset(new Program({"nginx", "-p", path, "-e", "stderr", "-c", path + "/nginx.conf"}));
        AwaitListening(port_);
    }

    /* The line that makes /about describe the connection. */
    static std::string About() {
        return "location = /about { return 200 "
               "\"$ssl_protocol $ssl_session_reused $ssl_client_verify $ssl_server_name\\n\"; }";
    }

    /* nginx as the client of a server of ours, with a certificate of its own; bodies pass through as they come. */
    void StartProxy(uint32_t port, const std::string &version) {
        Start(
            "client_max_body_size 0; location / { proxy_pass https://127.0.0.1:" + std::to_string(port) +
            "; proxy_http_version 1.1; proxy_request_buffering off; proxy_max_temp_file_size 0; " +
            "proxy_ssl_verify on; proxy_ssl_server_name on; proxy_ssl_name localhost; proxy_ssl_session_reuse on; " +
            "proxy_ssl_trusted_certificate " + Certificate("ca.crt") + "; proxy_ssl_certificate " +
            Certificate("client.crt") + "; proxy_ssl_certificate_key " + Certificate("client.key") +
            "; proxy_ssl_protocols " + version + "; }");
    }

    TemporaryDirectory directory_;
    std::unique_ptr<Program> nginx_;
    ReservedPort port_;
};

TEST_F(NginxTest, Versions) {
    for (const char *version : {"TLSv1.2", "TLSv1.3"}) {
        Start(About() + "ssl_protocols " + version + ";");
        EXPECT_EQ(std::string(version) + " . NONE localhost\n", Ask(port_, ClientSettings(), "/about").body);
    }
}

TEST_F(NginxTest, Protocols) {
    Start(About());
    EXPECT_EQ("http/1.1", Ask(port_, ClientSettings(), "/about", "http/1.1").protocol);
    TlsEnd end;
    TlsContext context(allocator_, false, TlsSettings());
    Connect(&end, port_, context.get(), "localhost", "h2;http/1.1");
    ASSERT_TRUE(end.AwaitSetup());
    EXPECT_EQ("h2", end.protocol);
    end.Shutdown();
    EXPECT_TRUE(end.AwaitShutdown());
}

TEST_F(NginxTest, CertificateOfTheClient) {
    for (const char *version : {"TLSv1.2", "TLSv1.3"}) {
        Start(
            About() + "ssl_verify_client on; ssl_client_certificate " + Certificate("ca.crt") + "; ssl_protocols " +
            version + ";");
        EXPECT_EQ(std::string(version) + " . SUCCESS localhost\n", Ask(port_, WithCertificate(), "/about").body);
        EXPECT_TRUE(Ask(port_, ClientSettings(), "/about").Has("400 Bad Request"));
    }
}

/* By tickets, and by the server's memory where there are none. */
TEST_F(NginxTest, Resumption) {
    for (const char *version : {"TLSv1.2", "TLSv1.3"}) {
        for (const char *how : {"ssl_session_tickets on;", "ssl_session_tickets off; ssl_session_cache builtin:100;"}) {
            Start(About() + how + "ssl_protocols " + version + ";");
            TlsContext context(allocator_, false, TlsSettings());
            EXPECT_EQ(std::string(version) + " . NONE localhost\n", Ask(port_, context.get(), "/about").body);
            for (int i = 0; i < 3; ++i) {
                EXPECT_EQ(std::string(version) + " r NONE localhost\n", Ask(port_, context.get(), "/about").body)
                    << how;
            }
        }
    }
}

TEST_F(NginxTest, CertificatesOfAllKinds) {
    for (const char *certificate : {"server", "ec256", "ec384", "ec521", "pss", "rsa4096"}) {
        Start(About(), certificate);
        WebAnswer answer = Ask(port_, ClientSettings(), "/about");
        EXPECT_TRUE(answer.Has("200 OK")) << certificate << aws_error_name(answer.error) << nginx_->Output();
    }
}

TEST_F(NginxTest, LargeBody) {
    WriteBody(directory_);
    for (const char *version : {"TLSv1.2", "TLSv1.3"}) {
        Start(std::string("ssl_protocols ") + version + ";");
        WebAnswer answer = Ask(port_, ClientSettings(), "/body");
        EXPECT_TRUE(answer.Has("200 OK"));
        EXPECT_EQ(Body::LargeSize(), answer.size);
        EXPECT_TRUE(answer.is_good);
    }
}

/* Client, nginx, server: nginx is the client of a server of ours, with a certificate of its own. */
TEST_F(NginxTest, ClientOfOurServer) {
    TlsSettings settings = ServerSettings("ec256");
    settings.verify_peer = true;
    settings.alpn = "http/1.1";
    WebServer web(allocator_, server_group_->get(), settings);
    for (const char *version : {"TLSv1.2", "TLSv1.3"}) {
        StartProxy(web.port, version);
        EXPECT_EQ("protocol=\n", Ask(port_, ClientSettings(), "/about").body);
        EXPECT_EQ("protocol=\n", Ask(port_, ClientSettings(), "/about").body);
        WebAnswer answer = Ask(port_, ClientSettings(), "/" + std::to_string(Body::LargeSize()));
        EXPECT_EQ(Body::LargeSize(), answer.size);
        EXPECT_TRUE(answer.is_good);
        EXPECT_EQ("good\n", Ask(port_, ClientSettings(), "/upload", "", Body::LargeSize()).body);
    }
}
