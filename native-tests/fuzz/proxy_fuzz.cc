/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Any bytes as what a proxy answers, over a connection of the system's. A model reads them, too, and says whether a
 * stream begins, what is in it, and else why not. The first byte of the input says which kind of proxy it is; the
 * second, how its answers are cut.
 */
#include "fuzz/fuzz.h"

#include <reseau/reseau.h>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <condition_variable>
#include <cstring>
#include <mutex>
#include <string>

namespace {

/* What the connection has said, once its last callback has come. */
struct Seen {
    std::mutex mutex;
    std::condition_variable changed;
    std::string data;
    int opened = 0;
    int closed = 0;
    struct reseau_close_info info = {};
};

struct Expected {
    bool opens = false;
    std::string data;
    int error = RESEAU_ERROR_RESET; /* that of a proxy that ends before its answer does */
    int code = 0;
};

void Fail(Expected *expected, int error, int code) {
    expected->error = error;
    expected->code = code;
}

/* The fuzzer's own clock interrupts calls that wait. */
ssize_t Receive(int socket, char *into, size_t size) {
    return TEMP_FAILURE_RETRY(recv(socket, into, size, 0));
}

void Take(int socket, size_t size) {
    char byte;
    while (size-- > 0 && Receive(socket, &byte, 1) == 1) {
    }
}

void TakeHead(int socket) {
    std::string head;
    char byte;
    while (Receive(socket, &byte, 1) == 1) {
        head.push_back(byte);
        if (head.size() >= 4 && head.compare(head.size() - 4, 4, "\r\n\r\n") == 0) {
            return;
        }
    }
}

void Send(int socket, const std::string &text, size_t piece) {
    for (size_t at = 0; at < text.size(); at += piece) {
        std::string part = text.substr(at, piece);
        if (TEMP_FAILURE_RETRY(send(socket, part.data(), part.size(), MSG_NOSIGNAL)) < 0) {
            return;
        }
    }
}

/* Sends the answers one after the other, as a proxy would that waits for what it is asked. */
Expected ServeSocks(int socket, const std::string &text, size_t piece, bool has_password) {
    Expected expected;
    Take(socket, has_password ? 4 : 3);
    Send(socket, text.substr(0, 2), piece);
    if (text.empty()) {
        return expected;
    }
    if (text[0] != 5) {
        Fail(&expected, RESEAU_ERROR_PROXY_PROTOCOL, (uint8_t)text[0]);
        return expected;
    }
    if (text.size() < 2) {
        return expected;
    }
    uint8_t method = (uint8_t)text[1];
    if (method != 0 && (method != 2 || !has_password)) {
        Fail(&expected, method == 255 ? RESEAU_ERROR_PROXY_AUTHENTICATION : RESEAU_ERROR_PROXY_PROTOCOL, method);
        return expected;
    }
    size_t at = 2;
    if (method == 2) {
        Take(socket, 1 + 1 + 1 + 1 + 1);
        Send(socket, text.substr(2, 2), piece);
        if (text.size() < 4) {
            return expected;
        }
        if (text[3] != 0) {
            Fail(&expected, RESEAU_ERROR_PROXY_AUTHENTICATION, (uint8_t)text[3]);
            return expected;
        }
        at = 4;
    }
    Take(socket, 5 + 9 + 2);
    std::string reply = text.substr(at);
    Send(socket, reply, piece);
    auto byte = [&](size_t i) { return (uint8_t)reply[i]; };
    if (!reply.empty() && byte(0) != 5) {
        Fail(&expected, RESEAU_ERROR_PROXY_PROTOCOL, byte(0));
        return expected;
    }
    if (reply.size() >= 2 && byte(1) != 0) {
        uint8_t code = byte(1);
        int error = code == 3 || code == 4   ? RESEAU_ERROR_UNREACHABLE
                    : code == 5              ? RESEAU_ERROR_REFUSED
                    : code == 6              ? RESEAU_ERROR_TIMED_OUT
                    : code == 7 || code == 8 ? RESEAU_ERROR_UNSUPPORTED
                                             : RESEAU_ERROR_PROXY_REFUSED;
        Fail(&expected, error, code);
        return expected;
    }
    if (reply.size() < 4) {
        return expected;
    }
    size_t length = 4;
    if (byte(3) == 3 && reply.size() < 5) {
        return expected;
    }
    if (byte(3) == 1) {
        length += 4 + 2;
    } else if (byte(3) == 4) {
        length += 16 + 2;
    } else if (byte(3) == 3) {
        length += 1 + (size_t)byte(4) + 2;
    } else {
        Fail(&expected, RESEAU_ERROR_PROXY_PROTOCOL, byte(3));
        return expected;
    }
    if (reply.size() >= length) {
        expected.opens = true;
        expected.data = reply.substr(length);
    }
    return expected;
}

Expected ServeHttp(int socket, const std::string &text, size_t piece) {
    Expected expected;
    TakeHead(socket);
    Send(socket, text, piece);
    size_t at = 0;
    for (;;) {
        static const char start[] = "HTTP/1.";
        int status = 0;
        for (size_t i = 0; i <= 12; ++i, ++at) {
            if (at == text.size()) {
                return expected;
            }
            char c = text[at];
            bool is_digit = c >= '0' && c <= '9';
            bool is_right = i < 7    ? c == start[i]
                            : i == 7 ? is_digit
                            : i == 8 ? c == ' '
                            : i < 12 ? is_digit
                                     : c == ' ' || c == '\r' || c == '\n';
            if (!is_right) {
                Fail(&expected, RESEAU_ERROR_PROXY_PROTOCOL, 0);
                return expected;
            }
            if (i >= 9 && i < 12) {
                status = status * 10 + c - '0';
            }
        }
        if (status < 100 || status >= 300 || status == 101) {
            int error = status == 407                                   ? RESEAU_ERROR_PROXY_AUTHENTICATION
                        : status == 504                                 ? RESEAU_ERROR_TIMED_OUT
                        : status < 100 || status == 101 || status > 599 ? RESEAU_ERROR_PROXY_PROTOCOL
                                                                        : RESEAU_ERROR_PROXY_REFUSED;
            Fail(&expected, error, status);
            return expected;
        }
        /* The end of the status line counts as that of a line that is not empty. */
        --at;
        bool is_empty = false;
        for (;; ++at) {
            if (at == text.size()) {
                return expected;
            }
            if (text[at] == '\n' && is_empty) {
                ++at;
                break;
            }
            if (text[at] == '\n') {
                is_empty = true;
            } else if (text[at] != '\r') {
                is_empty = false;
            }
        }
        if (status >= 200) {
            expected.opens = true;
            expected.data = text.substr(at);
            return expected;
        }
    }
}

int Listen(uint16_t *port) {
    int listener = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    struct sockaddr_in name = {};
    name.sin_family = AF_INET;
    name.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t length = sizeof(name);
    MUST(bind(listener, (struct sockaddr *)&name, length) == 0 && listen(listener, 16) == 0);
    MUST(getsockname(listener, (struct sockaddr *)&name, &length) == 0);
    *port = ntohs(name.sin_port);
    return listener;
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size) {
    static uint16_t port;
    static const int listener = Listen(&port);
    Input input(bytes, size);
    uint8_t kind = input.Byte();
    size_t piece = (size_t)input.Byte() + 1;
    std::string text((const char *)input.Rest(), input.Left());
    bool is_socks = (kind & 1) != 0;
    bool has_password = (kind & 2) != 0;
    std::string url = std::string(is_socks ? "socks5" : "http") + "://" + (has_password ? "u:p@" : "") +
                      "127.0.0.1:" + std::to_string(port);

    Seen seen;
    struct reseau_options options = reseau_options_default();
    options.state = &seen;
    options.proxy = url.c_str();
    options.on_open = [](reseau_id, void *state) { ++static_cast<Seen *>(state)->opened; };
    options.on_data = [](reseau_id, const void *data, size_t length, void *state) {
        static_cast<Seen *>(state)->data.append((const char *)data, length);
        return length;
    };
    options.on_close = [](reseau_id, const struct reseau_close_info *info, void *state) {
        auto *self = static_cast<Seen *>(state);
        std::lock_guard<std::mutex> lock(self->mutex);
        self->info = *info;
        ++self->closed;
        self->changed.notify_all();
    };
    reseau_id connection = reseau_connect_start("n.invalid", 80, &options);
    MUST(connection > 0);
    int proxy = TEMP_FAILURE_RETRY(accept(listener, nullptr, nullptr));
    MUST(proxy >= 0);
    Expected expected = is_socks ? ServeSocks(proxy, text, piece, has_password) : ServeHttp(proxy, text, piece);
    shutdown(proxy, SHUT_WR);
    char rest[256];
    while (Receive(proxy, rest, sizeof(rest)) > 0) {
    }
    close(proxy);
    {
        std::unique_lock<std::mutex> lock(seen.mutex);
        seen.changed.wait(lock, [&] { return seen.closed > 0; });
    }
    reseau_wait_closed(connection, RESEAU_FOREVER);
    MUST(seen.closed == 1);
    MUST(seen.opened == (expected.opens ? 1 : 0));
    MUST(seen.data == expected.data);
    if (!expected.opens) {
        MUST(seen.info.error == expected.error && seen.info.phase == RESEAU_PHASE_PROXY);
        MUST(expected.error == RESEAU_ERROR_RESET || seen.info.cause == expected.code);
    } else {
        MUST(seen.info.error == 0 && seen.info.bytes_read == expected.data.size());
    }
    Saw(1 + (kind & 3u), (size_t)-seen.info.error);
    Saw(10 + (size_t)(seen.info.cause & 1023), 1 + (size_t)seen.opened);
    Saw(2000, seen.data.size());
    Saw(2001, text.size());
    return 0;
}
