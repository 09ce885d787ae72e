/* SPDX-License-Identifier: Apache-2.0 */
#include "support/raw_socket.h"
#include "support/reseau_peer.h"

#include <reseau/reseau.h>

#include <gtest/gtest.h>

#include <atomic>
#include <functional>
#include <string>
#include <thread>
#include <vector>

namespace {

std::string Bytes(std::initializer_list<int> values) {
    std::string text;
    for (int value : values) {
        text.push_back((char)value);
    }
    return text;
}

/* What a proxy on a thread of its own says to each connection, one after the other. */
class Proxy {
  public:
    using Script = std::function<void(RawSocket &)>;

    explicit Proxy(Script script, int connections = 1)
        : listener_(RawSocket::Listen("127.0.0.1", 64)), thread_([this, script, connections] {
              for (int i = 0; i < connections; ++i) {
                  RawSocket connection = listener_.Accept();
                  script(connection);
              }
          }) {
    }

    ~Proxy() {
        thread_.join();
    }

    std::string Url(const std::string &scheme, const std::string &user = "") const {
        return scheme + "://" + (user.empty() ? "" : user + "@") + "127.0.0.1:" + std::to_string(listener_.Port());
    }

  private:
    RawSocket listener_;
    std::thread thread_;
};

/* Exactly so many bytes, or what there is until the end. */
std::string Take(RawSocket &socket, size_t size) {
    std::string text;
    char byte;
    while (text.size() < size && socket.AwaitReadable() && recv(socket.fd(), &byte, 1, 0) == 1) {
        text.push_back(byte);
    }
    return text;
}

std::string TakeHead(RawSocket &socket) {
    std::string text;
    while (text.size() < 4 || text.compare(text.size() - 4, 4, "\r\n\r\n") != 0) {
        std::string byte = Take(socket, 1);
        if (byte.empty()) {
            break;
        }
        text += byte;
    }
    return text;
}

void SendByByte(RawSocket &socket, const std::string &text) {
    int on = 1;
    setsockopt(socket.fd(), IPPROTO_TCP, 1 /* TCP_NODELAY */, (const char *)&on, sizeof(on));
    for (char byte : text) {
        socket.Write(std::string(1, byte));
        std::this_thread::yield();
    }
}

/* The SOCKS5 side that accepts a connection without authentication; returns what was asked for. */
std::string ServeSocks(RawSocket &socket, const std::string &behind = "") {
    EXPECT_EQ(Bytes({5, 1, 0}), Take(socket, 3));
    socket.Write(Bytes({5, 0}));
    std::string request = Take(socket, 5);
    size_t rest = request[3] == 1 ? 4 + 2 - 1 : request[3] == 4 ? 16 + 2 - 1 : (unsigned char)request[4] + 2;
    request += Take(socket, rest);
    socket.Write(Bytes({5, 0, 0, 1, 127, 0, 0, 1, 0, 80}) + behind);
    return request;
}

/* Until one ends. */
void Copy(RawSocket &from, RawSocket &to) {
    char buffer[4096];
    ssize_t count;
    while ((count = recv(from.fd(), buffer, sizeof(buffer), 0)) > 0) {
        to.Write(std::string(buffer, (size_t)count));
    }
    shutdown(to.fd(), SHUT_WR);
}

void Echo(RawSocket &socket) {
    std::string text = socket.ReadToEnd();
    socket.Write(text);
}

struct reseau_options Through(const std::string &url) {
    struct reseau_options options = reseau_options_default();
    options.proxy = url.c_str();
    return options;
}

/* A blocking connect through a proxy that says this, and ends. */
struct Failure {
    int64_t result;
    struct reseau_close_info info;
};

Failure Fail(const std::string &scheme, Proxy::Script script, const std::string &user = "") {
    Proxy proxy(std::move(script));
    Recorder recorder;
    std::string url = proxy.Url(scheme, user);
    recorder.options.proxy = url.c_str();
    Failure failure = {};
    failure.result = reseau_connect("target.example", 80, &recorder.options);
    EXPECT_LT(failure.result, 0);
    std::vector<struct reseau_close_info> infos = recorder.Infos();
    EXPECT_EQ(1u, infos.size());
    if (!infos.empty()) {
        failure.info = infos[0];
        EXPECT_EQ(failure.result, failure.info.error);
    }
    return failure;
}

} // namespace

TEST(ReseauProxy, Socks5PassesTheNameOn) {
    std::string request;
    Proxy proxy([&](RawSocket &socket) {
        request = ServeSocks(socket);
        Echo(socket);
    });
    std::string url = proxy.Url("socks5");
    struct reseau_options options = Through(url);
    reseau_id client = reseau_connect("name.invalid", 443, &options);
    ASSERT_GT(client, 0) << reseau_error_name(client);
    EXPECT_EQ(5, Write(client, "hello"));
    EXPECT_EQ(0, reseau_end(client));
    EXPECT_EQ("hello", ReadAll(client));
    EXPECT_EQ(Bytes({5, 1, 0, 3, 12}) + "name.invalid" + Bytes({1, 0xBB}), request);
    struct reseau_close_info info = InfoOf(client);
    EXPECT_EQ(5u, info.bytes_read) << "what the proxy says is not counted";
    EXPECT_EQ(5u, info.bytes_written);
    reseau_close(client);
}

TEST(ReseauProxy, Socks5PassesAddressesOnInBinary) {
    for (const char *host : {"192.0.2.7", "2001:db8::7", "[2001:db8::7]"}) {
        std::string request;
        {
            Proxy proxy([&](RawSocket &socket) { request = ServeSocks(socket); });
            std::string url = proxy.Url("socks5h");
            struct reseau_options options = Through(url);
            reseau_id client = reseau_connect(host, 1, &options);
            ASSERT_GT(client, 0) << reseau_error_name(client);
            reseau_abort(client);
        }
        EXPECT_EQ(
            host[0] == '1' ? Bytes({5, 1, 0, 1, 192, 0, 2, 7, 0, 1})
                           : Bytes({5, 1, 0, 4, 0x20, 1, 0xd, 0xb8, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 7, 0, 1}),
            request)
            << host;
    }
}

TEST(ReseauProxy, Socks5WithUserAndPassword) {
    std::string methods, credentials;
    Proxy proxy([&](RawSocket &socket) {
        methods = Take(socket, 4);
        socket.Write(Bytes({5, 2}));
        credentials = Take(socket, 12);
        socket.Write(Bytes({1, 0}));
        Take(socket, 5 + 1 + 2);
        socket.Write(Bytes({5, 0, 0, 3, 4}) + "here" + Bytes({0, 1}));
        Echo(socket);
    });
    std::string url = proxy.Url("socks5", "us%65r:p%40ss%3A");
    struct reseau_options options = Through(url);
    reseau_id client = reseau_connect("n", 1, &options);
    ASSERT_GT(client, 0) << reseau_error_name(client);
    EXPECT_EQ(2, Write(client, "hi"));
    EXPECT_EQ(0, reseau_end(client));
    EXPECT_EQ("hi", ReadAll(client));
    EXPECT_EQ(Bytes({5, 2, 0, 2}), methods);
    EXPECT_EQ(Bytes({1, 4}) + "user" + Bytes({5}) + "p@ss:", credentials);
    reseau_close(client);
}

TEST(ReseauProxy, HttpAsksForTheTarget) {
    struct {
        const char *host;
        const char *authority;
    } cases[] = {{"name.invalid", "name.invalid:8443"}, {"::1", "[::1]:8443"}, {"192.0.2.1", "192.0.2.1:8443"}};
    for (const auto &one : cases) {
        std::string head;
        {
            Proxy proxy([&](RawSocket &socket) {
                head = TakeHead(socket);
                socket.Write("HTTP/1.1 200 Connection established\r\nVia: none\r\n\r\n");
                Echo(socket);
            });
            std::string url = proxy.Url("HTTP", "user:secret");
            struct reseau_options options = Through(url);
            reseau_id client = reseau_connect(one.host, 8443, &options);
            ASSERT_GT(client, 0) << reseau_error_name(client);
            EXPECT_EQ(2, Write(client, "hi"));
            EXPECT_EQ(0, reseau_end(client));
            EXPECT_EQ("hi", ReadAll(client));
            reseau_close(client);
        }
        EXPECT_EQ(
            std::string("CONNECT ") + one.authority + " HTTP/1.1\r\nHost: " + one.authority +
                "\r\nProxy-Authorization: Basic dXNlcjpzZWNyZXQ=\r\n\r\n",
            head);
    }
}

TEST(ReseauProxy, AnswersOfOneByteAtATimeAndOfSeveralHeads) {
    Proxy proxy(
        [&](RawSocket &socket) {
            TakeHead(socket);
            SendByByte(socket, "HTTP/1.0 100 \r\n\r\nHTTP/1.1 103 Early\r\nA: b\r\n\r\nHTTP/1.1 299\nX: y\n\nfirst");
        },
        1);
    std::string url = proxy.Url("http");
    struct reseau_options options = Through(url);
    reseau_id client = reseau_connect("n.invalid", 1, &options);
    ASSERT_GT(client, 0) << reseau_error_name(client);
    EXPECT_EQ("first", ReadAll(client));
    reseau_close(client);

    Proxy socks([&](RawSocket &socket) {
        Take(socket, 3);
        SendByByte(socket, Bytes({5, 0}));
        Take(socket, 5 + 9 + 2);
        SendByByte(socket, Bytes({5, 0, 0, 4}) + std::string(18, 'a') + "second");
    });
    url = socks.Url("socks5");
    options = Through(url);
    client = reseau_connect("n.invalid", 1, &options);
    ASSERT_GT(client, 0) << reseau_error_name(client);
    EXPECT_EQ("second", ReadAll(client));
    reseau_close(client);
}

TEST(ReseauProxy, WhatStandsBehindTheAnswerIsTheStreams) {
    std::string large = Pattern(40000);
    for (bool is_socks : {true, false}) {
        Proxy proxy(
            [&](RawSocket &socket) {
                if (is_socks) {
                    ServeSocks(socket, large);
                } else {
                    TakeHead(socket);
                    socket.Write("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n" + large);
                }
            },
            2);
        std::string url = proxy.Url(is_socks ? "socks5" : "http");
        {
            Recorder recorder;
            recorder.options.proxy = url.c_str();
            ASSERT_GT(reseau_connect_start("n.invalid", 1, &recorder.options), 0);
            ASSERT_TRUE(recorder.AwaitClosed());
            EXPECT_EQ(1, recorder.Opened());
            EXPECT_TRUE(large == recorder.Text()) << "all of it, after on_open, before the end";
            EXPECT_EQ(large.size(), recorder.Infos()[0].bytes_read);
            EXPECT_EQ(0, recorder.Infos()[0].error);
        }
        struct reseau_options options = Through(url);
        options.read_buffer_bytes = 1000;
        reseau_id client = reseau_connect("n.invalid", 1, &options);
        ASSERT_GT(client, 0) << reseau_error_name(client);
        EXPECT_TRUE(large == ReadAll(client)) << "also if it is more than the buffer holds";
        reseau_close(client);
    }
}

TEST(ReseauProxy, WhatSocksRefuses) {
    struct {
        int reply;
        int error;
    } cases[] = {
        {1, RESEAU_ERROR_PROXY_REFUSED},
        {2, RESEAU_ERROR_PROXY_REFUSED},
        {3, RESEAU_ERROR_UNREACHABLE},
        {4, RESEAU_ERROR_UNREACHABLE},
        {5, RESEAU_ERROR_REFUSED},
        {6, RESEAU_ERROR_TIMED_OUT},
        {7, RESEAU_ERROR_UNSUPPORTED},
        {8, RESEAU_ERROR_UNSUPPORTED},
        {77, RESEAU_ERROR_PROXY_REFUSED},
    };
    for (const auto &one : cases) {
        Failure failure = Fail("socks5", [&](RawSocket &socket) {
            Take(socket, 3);
            socket.Write(Bytes({5, 0}));
            Take(socket, 5 + 14 + 2);
            socket.Write(Bytes({5, one.reply}));
        });
        EXPECT_EQ(one.error, failure.result) << one.reply;
        EXPECT_EQ(RESEAU_PHASE_PROXY, failure.info.phase);
        EXPECT_EQ(one.reply, failure.info.cause);
        EXPECT_EQ(RESEAU_CLOSED_BY_LIBRARY, failure.info.closed_by);
    }
}

TEST(ReseauProxy, CredentialsThatAreMissingOrWrong) {
    Failure failure = Fail("socks5", [](RawSocket &socket) {
        Take(socket, 3);
        socket.Write(Bytes({5, 0xFF}));
    });
    EXPECT_EQ(RESEAU_ERROR_PROXY_AUTHENTICATION, failure.result);
    auto refuse = [](RawSocket &socket) {
        Take(socket, 4);
        socket.Write(Bytes({5, 2}));
        Take(socket, 5);
        socket.Write(Bytes({1, 1}));
    };
    failure = Fail("socks5", refuse, "a:b");
    EXPECT_EQ(RESEAU_ERROR_PROXY_AUTHENTICATION, failure.result);
    failure = Fail("http", [](RawSocket &socket) {
        TakeHead(socket);
        socket.Write("HTTP/1.1 407 Proxy Authentication Required\r\nProxy-Authenticate: Basic\r\n\r\n");
    });
    EXPECT_EQ(RESEAU_ERROR_PROXY_AUTHENTICATION, failure.result);
    EXPECT_EQ(407, failure.info.cause);
    EXPECT_EQ(RESEAU_PHASE_PROXY, failure.info.phase);
}

TEST(ReseauProxy, WhatHttpRefuses) {
    struct {
        const char *answer;
        int error;
        int cause;
    } cases[] = {
        {"HTTP/1.1 403 No\r\n\r\n", RESEAU_ERROR_PROXY_REFUSED, 403},
        {"HTTP/1.1 502 Bad Gateway\r\n\r\n", RESEAU_ERROR_PROXY_REFUSED, 502},
        {"HTTP/1.1 302 Found\r\n\r\n", RESEAU_ERROR_PROXY_REFUSED, 302},
        {"HTTP/1.1 504 Late\r\n\r\n", RESEAU_ERROR_TIMED_OUT, 504},
        {"HTTP/1.1 101 Switching\r\n\r\n", RESEAU_ERROR_PROXY_PROTOCOL, 101},
        {"HTTP/1.1 999 x\r\n\r\n", RESEAU_ERROR_PROXY_PROTOCOL, 999},
        {"SSH-2.0-OpenSSH\r\n", RESEAU_ERROR_PROXY_PROTOCOL, 0},
        {"HTTP/2 200\r\n\r\n", RESEAU_ERROR_PROXY_PROTOCOL, 0},
        {"HTTP/1.1 2000 OK\r\n\r\n", RESEAU_ERROR_PROXY_PROTOCOL, 0},
        {"HTTP/1.1\r\n\r\n", RESEAU_ERROR_PROXY_PROTOCOL, 0},
    };
    for (const auto &one : cases) {
        Failure failure = Fail("http", [&](RawSocket &socket) {
            TakeHead(socket);
            socket.Write(one.answer);
        });
        EXPECT_EQ(one.error, failure.result) << one.answer;
        EXPECT_EQ(one.cause, failure.info.cause) << one.answer;
        EXPECT_EQ(RESEAU_PHASE_PROXY, failure.info.phase);
    }
}

TEST(ReseauProxy, AnswersWithoutEnd) {
    for (const char *line : {"X: y\r\n", "HTTP/1.1 100 Go on\r\n\r\n"}) {
        Failure failure = Fail("http", [&](RawSocket &socket) {
            TakeHead(socket);
            socket.Write("HTTP/1.1 199 Wait\r\n");
            while (socket.Write(line)) {
            }
        });
        EXPECT_EQ(RESEAU_ERROR_PROXY_PROTOCOL, failure.result);
    }
}

TEST(ReseauProxy, ThatSpeaksBeforeItIsAsked) {
    Failure failure = Fail("socks5", [](RawSocket &socket) {
        Take(socket, 3);
        socket.Write(Bytes({5, 0, 5, 0, 0, 1, 0, 0, 0, 0, 0, 0}));
        socket.ReadToEnd();
    });
    EXPECT_EQ(RESEAU_ERROR_PROXY_PROTOCOL, failure.result);
    failure = Fail("socks5", [](RawSocket &socket) {
        Take(socket, 3);
        socket.Write(Bytes({4, 0}));
        socket.ReadToEnd();
    });
    EXPECT_EQ(RESEAU_ERROR_PROXY_PROTOCOL, failure.result);
    failure = Fail("socks5", [](RawSocket &socket) {
        Take(socket, 3);
        socket.Write(Bytes({5, 2}));
        socket.ReadToEnd();
    });
    EXPECT_EQ(RESEAU_ERROR_PROXY_PROTOCOL, failure.result) << "it was not offered a password";
}

TEST(ReseauProxy, ThatEndsWithoutAnAnswer) {
    for (const char *scheme : {"socks5", "http"}) {
        Failure failure = Fail(scheme, [](RawSocket &socket) { Take(socket, 3); });
        EXPECT_EQ(RESEAU_ERROR_RESET, failure.result);
        EXPECT_EQ(RESEAU_PHASE_PROXY, failure.info.phase);
        EXPECT_EQ(RESEAU_CLOSED_BY_PEER, failure.info.closed_by);
    }
}

TEST(ReseauProxy, ThatSaysNothingInTime) {
    Signal done;
    Proxy proxy([&](RawSocket &socket) {
        done.Wait();
        (void)socket;
    });
    Recorder recorder;
    std::string url = proxy.Url("http");
    recorder.options.proxy = url.c_str();
    recorder.options.proxy_timeout_ms = 50;
    EXPECT_EQ(RESEAU_ERROR_TIMED_OUT, reseau_connect("n.invalid", 1, &recorder.options));
    ASSERT_EQ(1u, recorder.Infos().size());
    EXPECT_EQ(RESEAU_PHASE_PROXY, recorder.Infos()[0].phase);
    done.Raise();
}

TEST(ReseauProxy, ThatIsNotThere) {
    uint16_t port;
    {
        RawSocket listener = RawSocket::Listen("127.0.0.1");
        port = listener.Port();
    }
    Recorder recorder;
    std::string url = "socks5://127.0.0.1:" + std::to_string(port);
    recorder.options.proxy = url.c_str();
    EXPECT_EQ(RESEAU_ERROR_REFUSED, reseau_connect("n.invalid", 1, &recorder.options));
    EXPECT_EQ(RESEAU_PHASE_CONNECT, recorder.Infos()[0].phase);
    url = "http://no-such-proxy.invalid:1";
    recorder.options.proxy = url.c_str();
    EXPECT_LT(reseau_connect("127.0.0.1", 1, &recorder.options), 0);
    EXPECT_EQ(RESEAU_PHASE_NAMES, recorder.Infos()[1].phase);
}

TEST(ReseauProxy, UrlsThatAreNone) {
    for (const char *url :
         {"",
          "127.0.0.1:1080",
          "socks4://127.0.0.1:1",
          "https://127.0.0.1:1",
          "socks5://",
          "socks5://:1",
          "socks5://host:99999",
          "http://host:1/path",
          "http://host:1?x",
          "socks5://user@host:1",
          "socks5://:password@host:1",
          "http://a%3Ab:c@host:1",
          "socks5://%zz:b@host:1",
          "http://ho st:1"}) {
        struct reseau_options options = reseau_options_default();
        options.proxy = url;
        EXPECT_EQ(RESEAU_ERROR_INVALID_ARGUMENT, reseau_connect("127.0.0.1", 1, &options)) << url;
    }
    std::string longest = "socks5://" + std::string(256, 'u') + ":p@127.0.0.1:1";
    struct reseau_options options = Through(longest);
    EXPECT_EQ(RESEAU_ERROR_INVALID_ARGUMENT, reseau_connect("127.0.0.1", 1, &options));
    options.proxy = "socks5://127.0.0.1:1";
    EXPECT_EQ(RESEAU_ERROR_INVALID_ARGUMENT, reseau_connect_path("/tmp/nothing", &options));
}

TEST(ReseauProxy, TargetsThatNoProxyCanBeAskedFor) {
    struct reseau_options options = reseau_options_default();
    options.proxy = "http://127.0.0.1:1";
    for (const char *host : {"a b", "a\r\nX: y", "127.1", "0x7f000001", "\xC3\xA9", "fe80::1%1"}) {
        EXPECT_EQ(RESEAU_ERROR_BAD_ADDRESS, reseau_connect(host, 1, &options)) << host;
    }
}

TEST(ReseauProxy, TlsIsWithTheTarget) {
    std::string directory = RESEAU_TEST_CERTIFICATES;
    std::string ca = directory + "/ca.crt", certificate = directory + "/ec256.crt", key = directory + "/ec256.key";
    struct reseau_tls_options server_tls = reseau_tls_options_default();
    server_tls.certificate_file = certificate.c_str();
    server_tls.key_file = key.c_str();
    struct reseau_options server_options = reseau_options_default();
    server_options.tls = &server_tls;
    reseau_id listener = reseau_listen(nullptr, 0, &server_options);
    ASSERT_GT(listener, 0);
    std::string request;
    Proxy proxy([&](RawSocket &socket) {
        request = ServeSocks(socket);
        RawSocket target = RawSocket::Connect("127.0.0.1", PortOf(listener));
        std::thread back([&] { Copy(target, socket); });
        Copy(socket, target);
        back.join();
    });
    struct reseau_tls_options client_tls = reseau_tls_options_default();
    client_tls.ca_file = ca.c_str();
    std::string url = proxy.Url("socks5");
    struct reseau_options options = Through(url);
    options.tls = &client_tls;
    reseau_id client = reseau_connect("localhost", 443, &options);
    ASSERT_GT(client, 0) << reseau_error_name(client);
    reseau_id server = reseau_accept(listener, 60000);
    ASSERT_GT(server, 0);
    EXPECT_EQ(5, Write(client, "hello"));
    EXPECT_EQ("hello", ReadExactly(server, 5));
    EXPECT_EQ(3, Write(server, "you"));
    EXPECT_EQ(0, reseau_end(server));
    EXPECT_EQ("you", ReadAll(client));
    EXPECT_EQ(Bytes({5, 1, 0, 3, 9}) + "localhost" + Bytes({1, 0xBB}), request);
    reseau_close(client);
    reseau_close(server);
    reseau_close(listener);
}

TEST(ReseauProxy, AClosedConnectAtEachCrossing) {
    for (int round = 0; round < 200; ++round) {
        Proxy proxy([&](RawSocket &socket) {
            if (round % 2 == 0) {
                Take(socket, 3);
                socket.Write(Bytes({5, 0}));
                Take(socket, 5 + 9 + 2);
                socket.Write(Bytes({5, 0, 0, 1, 0, 0, 0, 0, 0, 0}));
            } else {
                TakeHead(socket);
                socket.Write("HTTP/1.1 200 OK\r\n\r\n");
            }
            socket.ReadToEnd();
        });
        Recorder recorder;
        std::string url = proxy.Url(round % 2 == 0 ? "socks5" : "http");
        recorder.options.proxy = url.c_str();
        reseau_id client = reseau_connect_start("n.invalid", 1, &recorder.options);
        ASSERT_GT(client, 0);
        for (int i = 0; i < round % 20; ++i) {
            std::this_thread::yield();
        }
        if (round % 3 == 0) {
            reseau_abort(client);
        } else {
            reseau_close(client);
        }
        ASSERT_TRUE(recorder.AwaitClosed());
        EXPECT_EQ(1u, recorder.Infos().size());
        /* The proxy waits for a connection, which may not have been made. */
        RawSocket filler = RawSocket::Connect("127.0.0.1", (uint16_t)std::stoi(url.substr(url.rfind(':') + 1)));
    }
}
