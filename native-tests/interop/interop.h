/* SPDX-License-Identifier: Apache-2.0 */
#ifndef RESEAU_TESTS_INTEROP_H
#define RESEAU_TESTS_INTEROP_H

#include "interop/body.h"
#include "interop/program.h"
#include "interop/web_server.h"
#include "support/temporary_file.h"

/* What came back for a request; the body is checked as it comes, not kept, unless it is small. */
struct WebAnswer {
    std::string head;
    std::string body;
    uint64_t size = 0;
    bool is_good = true;
    std::string protocol;
    int error = 0;

    bool Has(const std::string &text) const {
        return head.find(text) != std::string::npos;
    }
};

class InteropTest : public TlsTest {
  protected:
    void TearDown() override {
        web_.reset();
        TlsTest::TearDown();
    }

    /* Starts the server on the library that other programs are to reach. */
    void Serve(const TlsSettings &settings = ServerSettings("ec256")) {
        web_.reset(new WebServer(allocator_, server_group_->get(), settings));
    }

    static TlsSettings ClientSettings(enum aws_tls_versions minimum = AWS_IO_TLS_VER_SYS_DEFAULTS) {
        TlsSettings settings;
        settings.minimum = minimum;
        return settings;
    }

    static TlsSettings WithCertificate(TlsSettings settings = TlsSettings()) {
        settings.certificate = "client.crt";
        settings.key = "client.key";
        return settings;
    }

    /* Asks once, over a new connection, until the peer closes. */
    WebAnswer Ask(uint32_t port, struct aws_tls_ctx *context, const std::string &path, const std::string &alpn = "") {
        WebAnswer answer;
        TlsEnd end;
        end.on_setup = [&](TlsEnd &self) {
            EXPECT_EQ(
                AWS_OP_SUCCESS,
                self.app->Send("GET " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"));
        };
        end.on_data = [&](TlsEnd &self, const std::string &) {
            self.state.Change([&] { Take(&answer, &self.received); });
        };
        Connect(&end, port, context, "localhost", alpn);
        if (end.AwaitSetup()) {
            EXPECT_TRUE(end.state.Await([&] { return end.shutdowns > 0; }, 600));
        }
        answer.protocol = end.protocol;
        answer.error = end.setup != AWS_ERROR_SUCCESS ? end.setup : end.shutdown;
        return answer;
    }

    WebAnswer Ask(uint32_t port, const TlsSettings &settings, const std::string &path, const std::string &alpn = "") {
        TlsContext context(allocator_, false, settings);
        return Ask(port, context.get(), path, alpn);
    }

    static bool Contains(const std::string &text, const std::string &part) {
        return text.find(part) != std::string::npos;
    }

    std::unique_ptr<WebServer> web_;

  private:
    static void Take(WebAnswer *answer, std::string *received) {
        if (answer->head.empty()) {
            size_t end = received->find("\r\n\r\n");
            if (end == std::string::npos) {
                return;
            }
            answer->head = received->substr(0, end + 2);
            received->erase(0, end + 4);
        }
        answer->is_good = answer->is_good && Body::Matches(answer->size, received->data(), received->size());
        answer->size += received->size();
        if (answer->size < 100000) {
            answer->body += *received;
        }
        received->clear();
    }
};

#endif /* RESEAU_TESTS_INTEROP_H */
