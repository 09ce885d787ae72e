/* SPDX-License-Identifier: Apache-2.0 */
/* nginx at the other end of connections of reseau.h: as their server and as their client, plain and over TLS. */
#include "interop/body.h"
#include "interop/program.h"
#include "support/reseau_peer.h"
#include "support/temporary_file.h"

#include <reseau/reseau.h>

#include <cstdlib>
#include <memory>
#include <string>

namespace {

std::string Named(const std::string &name) {
    return std::string(RESEAU_TEST_CERTIFICATES) + "/" + name;
}

/* Answers each request of a path that is a number with so many bytes, and closes; says what it was sent otherwise. */
class Server {
  public:
    explicit Server(const struct reseau_tls_options *tls) {
        recorder_.options.tls = tls;
        recorder_.options.write_queue_bytes = SIZE_MAX;
        recorder_.on_data = [](reseau_id id, const char *data, size_t length) -> size_t {
            std::string request(data, length);
            size_t end = request.find("\r\n\r\n");
            if (end == std::string::npos) {
                return 0;
            }
            size_t size = (size_t)strtoull(request.c_str() + strlen("GET /"), nullptr, 10);
            std::string head = "HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: " + std::to_string(size);
            EXPECT_GT(Write(id, head + "\r\n\r\n"), 0);
            for (size_t sent = 0; sent < size; sent += 1 << 20) {
                EXPECT_GT(Write(id, Body::Part(sent, std::min(size - sent, (size_t)1 << 20))), 0);
            }
            reseau_close(id);
            return length;
        };
        listener = recorder_.Listen();
    }
    ~Server() {
        reseau_close(listener);
    }

    reseau_id listener;

  private:
    Recorder recorder_;
};

} // namespace

class ReseauNginx : public testing::TestWithParam<bool> {
  protected:
    void SetUp() override {
        if (system("nginx -v >/dev/null 2>&1") != 0) {
            GTEST_SKIP() << "nginx is not installed";
        }
        ca_ = Named("ca.crt");
        certificate_ = Named("ec256.crt");
        key_ = Named("ec256.key");
        client_tls_.ca_file = ca_.c_str();
        client_tls_.server_name = "localhost";
        client_tls_.alpn = "http/1.1";
        server_tls_.certificate_file = certificate_.c_str();
        server_tls_.key_file = key_.c_str();
        if (IsTls()) {
            client_.tls = &client_tls_;
        }
    }

    void TearDown() override {
        if (nginx_ != nullptr) {
            EXPECT_EQ(std::string::npos, nginx_->Output().find("[crit]")) << nginx_->Output();
            EXPECT_EQ(std::string::npos, nginx_->Output().find("[alert]")) << nginx_->Output();
        }
    }

    static bool IsTls() {
        return GetParam();
    }

    void Start(const std::string &lines) {
        port_.Renew();
        std::string path = directory_.Path(), temporary;
        for (const char *kind : {"client_body", "proxy", "fastcgi", "scgi", "uwsgi"}) {
            temporary += std::string(kind) + "_temp_path " + path + "/" + kind + ";\n";
        }
        std::string tls = IsTls() ? " ssl;\nssl_certificate " + certificate_ + ";\nssl_certificate_key " + key_ : "";
        directory_.Write(
            "nginx.conf",
            "daemon off; master_process off; pid " + path + "/pid; error_log stderr warn;\n" +
                "events { worker_connections 64; }\nhttp {\naccess_log off; default_type text/plain; root " + path +
                ";\n" + temporary + "server {\nlisten 127.0.0.1:" + std::to_string(port_) + tls + ";\n" + lines +
                "\n}\n}\n");
        nginx_ = std::make_unique<Program>(
            std::vector<std::string>{"nginx", "-p", path, "-e", "stderr", "-c", path + "/nginx.conf"});
        AwaitListening(port_);
    }

    /* The body of an answer of nginx, which is to have this length. */
    void ExpectBody(const std::string &path, size_t size) {
        reseau_id id = reseau_connect("127.0.0.1", (uint16_t)(uint32_t)port_, &client_);
        ASSERT_GT(id, 0) << reseau_error_name(id) << nginx_->Output();
        ASSERT_GT(Write(id, "GET " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"), 0);
        char line[1024];
        ASSERT_GT(reseau_read_line(id, line, sizeof(line)), 0);
        EXPECT_STREQ("HTTP/1.1 200 OK", line) << nginx_->Output();
        while (reseau_read_line(id, line, sizeof(line)) > 0) {
        }
        std::string body = ReadAll(id);
        EXPECT_EQ(size, body.size());
        EXPECT_TRUE(Body::Matches(0, body.data(), body.size()));
        if (IsTls()) {
            char protocol[16];
            EXPECT_EQ(8, reseau_tls_protocol(id, protocol, sizeof(protocol)));
        }
        reseau_close(id);
        EXPECT_EQ(0, reseau_wait_closed(id, 60000));
    }

    std::string ca_, certificate_, key_;
    struct reseau_tls_options client_tls_ = reseau_tls_options_default();
    struct reseau_tls_options server_tls_ = reseau_tls_options_default();
    struct reseau_options client_ = reseau_options_default();
    TemporaryDirectory directory_;
    std::unique_ptr<Program> nginx_;
    ReservedPort port_;
};

TEST_P(ReseauNginx, AsServer) {
    const size_t large = 20000000;
    directory_.Write("small", Body::Part(0, 100));
    directory_.Write("large", Body::Part(0, large));
    for (const char *version : {"TLSv1.2", "TLSv1.3"}) {
        Start(IsTls() ? std::string("ssl_protocols ") + version + ";" : "");
        ExpectBody("/small", 100);
        ExpectBody("/large", large);
    }
}

TEST_P(ReseauNginx, AsClient) {
    Server server(IsTls() ? &server_tls_ : nullptr);
    std::string target =
        (IsTls() ? "https" : "http") + std::string("://127.0.0.1:") + std::to_string(PortOf(server.listener));
    Start(
        "location / { proxy_pass " + target + "; proxy_http_version 1.1; proxy_max_temp_file_size 0; " +
        "proxy_ssl_verify on; proxy_ssl_server_name on; proxy_ssl_name localhost; proxy_ssl_protocols TLSv1.2 "
        "TLSv1.3; " +
        "proxy_ssl_trusted_certificate " + ca_ + "; }");
    for (size_t size : {(size_t)0, (size_t)1, (size_t)100000, (size_t)20000000}) {
        ExpectBody("/" + std::to_string(size), size);
    }
}

INSTANTIATE_TEST_SUITE_P(PlainAndTls, ReseauNginx, testing::Bool(), [](const testing::TestParamInfo<bool> &info) {
    return info.param ? "Tls" : "Plain";
});
