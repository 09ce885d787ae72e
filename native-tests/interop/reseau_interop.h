/* SPDX-License-Identifier: Apache-2.0 */
#ifndef RESEAU_TESTS_RESEAU_INTEROP_H
#define RESEAU_TESTS_RESEAU_INTEROP_H

#include "interop/body.h"
#include "interop/program.h"
#include "support/reseau_peer.h"
#include "support/temporary_file.h"

#include <reseau/reseau.h>

#include <cstdlib>
#include <memory>
#include <string>

inline std::string Named(const std::string &name) {
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

/* Another program at one end, a connection of reseau.h at the other: plain and over TLS. */
class ReseauInterop : public testing::TestWithParam<bool> {
  protected:
    void SetUp() override {
        client_tls_.ca_file = ca_.c_str();
        client_tls_.server_name = "localhost";
        client_tls_.alpn = "http/1.1";
        server_tls_.certificate_file = certificate_.c_str();
        server_tls_.key_file = key_.c_str();
        if (IsTls()) {
            client_.tls = &client_tls_;
        }
    }

    static bool IsTls() {
        return GetParam();
    }

    /* The server that the other program is a client of. */
    Server MakeServer() {
        return Server(IsTls() ? &server_tls_ : nullptr);
    }

    static std::string UrlOf(uint32_t port, const std::string &path) {
        return (IsTls() ? "https://localhost:" : "http://localhost:") + std::to_string(port) + path;
    }

    /* The body that the program answers a request for this path with. */
    void ExpectBody(Program &program, uint32_t port, const std::string &path, size_t size) {
        reseau_id id = reseau_connect("127.0.0.1", (uint16_t)port, &client_);
        ASSERT_GT(id, 0) << reseau_error_name(id) << program.Output();
        ASSERT_GT(Write(id, "GET " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"), 0);
        char line[1024];
        ASSERT_GT(reseau_read_line(id, line, sizeof(line)), 0);
        std::string status = line;
        EXPECT_EQ("200", status.substr(strlen("HTTP/1.x "), 3)) << status << program.Output();
        while (reseau_read_line(id, line, sizeof(line)) > 0) {
        }
        std::string body = ReadExactly(id, size);
        EXPECT_TRUE(Body::Matches(0, body.data(), body.size()));
        /* Some end without a close_notify, which is an error of its own. */
        EXPECT_LE(reseau_read(id, line, sizeof(line)), 0);
        reseau_close(id);
        EXPECT_EQ(0, reseau_wait_closed(id, 60000));
    }

    const std::string ca_ = Named("ca.crt"), certificate_ = Named("ec256.crt"), key_ = Named("ec256.key");
    struct reseau_tls_options client_tls_ = reseau_tls_options_default();
    struct reseau_tls_options server_tls_ = reseau_tls_options_default();
    struct reseau_options client_ = reseau_options_default();
    TemporaryDirectory directory_;
    ReservedPort port_;
};

inline std::string PlainOrTls(const testing::TestParamInfo<bool> &info) {
    return info.param ? "Tls" : "Plain";
}

#endif /* RESEAU_TESTS_RESEAU_INTEROP_H */
