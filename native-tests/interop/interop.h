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

    /* Asks once, over a new connection, until the peer closes; with a body of this length, if it is not 0. */
    WebAnswer
    Ask(uint32_t port,
        struct aws_tls_ctx *context,
        const std::string &path,
        const std::string &alpn = "",
        uint64_t upload = 0) {
        WebAnswer answer;
        std::unique_ptr<BodyPump> pump;
        TlsEnd end;
        end.on_setup = [&](TlsEnd &self) {
            pump.reset(new BodyPump(self.app));
            self.app->on_written = [&](size_t, int error) { pump->OnWritten(error); };
            pump->Send(Request(path, upload));
            pump->Start(upload);
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

    WebAnswer
    Ask(uint32_t port,
        const TlsSettings &settings,
        const std::string &path,
        const std::string &alpn = "",
        uint64_t upload = 0) {
        TlsContext context(allocator_, false, settings);
        return Ask(port, context.get(), path, alpn, upload);
    }

    static std::string Request(const std::string &path, uint64_t upload = 0) {
        std::string length = upload == 0 ? "" : "Content-Length: " + std::to_string(upload) + "\r\n";
        return (upload == 0 ? "GET " : "PUT ") + path + " HTTP/1.1\r\nHost: localhost\r\n" + length +
               "Connection: close\r\n\r\n";
    }

    /* A large body as a file of that name. */
    static void WriteBody(const TemporaryDirectory &directory) {
        std::ofstream stream(directory.Path("body"), std::ios::binary);
        for (uint64_t size = 0; size < Body::LargeSize(); size += 1000000) {
            stream << Body::Part(size, 1000000);
        }
    }

    /* Whether a program, in a shell, prints an answer of our server whose body is the beginning of that file. */
    static bool
    Downloads(const std::string &program, const TemporaryDirectory &directory, uint64_t size = Body::LargeSize()) {
        std::string start = std::to_string(WebExchange::Head(size).size() + 1);
        std::string compare = " | cmp -n " + std::to_string(size) + " - " + directory.Path("body") + " && echo same";
        Program shell({"sh", "-c", program + " | tail -c +" + start + compare});
        shell.Say(Request("/" + std::to_string(size)));
        return shell.Prints("same", 1, 600);
    }

    /* Sends a body, and nothing else, and waits until so much has come back, which must be the same bytes. Returns how
     * much came. */
    uint64_t SendBody(uint32_t port, uint64_t size = Body::LargeSize(), uint64_t awaited = 0) {
        bool is_written = false;
        uint64_t received = 0;
        std::unique_ptr<BodyPump> pump;
        TlsContext context(allocator_, false, TlsSettings());
        TlsEnd end;
        end.on_setup = [&](TlsEnd &self) {
            pump.reset(new BodyPump(self.app));
            self.app->on_written = [&](size_t, int error) {
                pump->OnWritten(error);
                if (pump->IsOver()) {
                    self.state.Change([&] { is_written = true; });
                }
            };
            pump->Start(size);
        };
        end.on_data = [&](TlsEnd &self, const std::string &) {
            self.state.Change([&] {
                EXPECT_TRUE(Body::Matches(received, self.received.data(), self.received.size()));
                received += self.received.size();
                self.received.clear();
            });
        };
        Connect(&end, port, context.get());
        if (!end.AwaitSetup()) {
            ADD_FAILURE() << aws_error_name(end.setup);
            return 0;
        }
        auto is_complete = [&] { return end.shutdowns > 0 || (is_written && received >= awaited); };
        EXPECT_TRUE(end.state.Await(is_complete, 600));
        end.Shutdown();
        EXPECT_TRUE(end.AwaitShutdown());
        return received;
    }

    /* Whether our server gets this file, as a request's body, from a program in a shell. */
    static bool Uploads(const std::string &program, const TemporaryDirectory &directory) {
        directory.Write("head", Request("/upload", Body::LargeSize()));
        Program shell({"sh", "-c", "cat " + directory.Path("head") + " " + directory.Path("body") + " - | " + program});
        return shell.Prints("good", 1, 600);
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
