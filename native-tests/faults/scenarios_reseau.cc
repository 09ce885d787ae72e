/* SPDX-License-Identifier: Apache-2.0 */
/* Connections and datagrams of reseau.h: by callbacks and by calls, plain, over TLS, through a proxy, from files. */
#include "faults/run.h"
#include "support/temporary_file.h"

#include <reseau/reseau.h>

#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <chrono>
#include <cstring>
#include <map>
#include <thread>

void PlayReseauFiles(FaultRun &run);
void PlayReseauWatches(FaultRun &run);
void PlayReseauLoops(FaultRun &run);
void PlayReseauNames(FaultRun &run);
void PlayLibsock(FaultRun &run);

namespace {

constexpr int64_t kLong = 20000;

std::string Bytes(size_t size) {
    std::string text(size, '\0');
    for (size_t i = 0; i < size; ++i) {
        text[i] = PatternByte(i);
    }
    return text;
}

/* What a call has returned; errors are reported. */
int64_t Said(FaultRun &run, int64_t result) {
    if (result < 0) {
        run.Report((int)result);
    }
    return result;
}

/* Whatever happens, what has an id can be closed, and is gone soon. */
void End(FaultRun &run, std::initializer_list<reseau_id> ids) {
    for (reseau_id id : ids) {
        reseau_abort(id);
    }
    for (reseau_id id : ids) {
        run.Check(id <= 0 || reseau_wait_closed(id, kLong) == 0, "what is closed is gone soon");
    }
}

/* How often each connection has opened and closed. */
struct Ends {
    explicit Ends(FaultRun &owner) : run(owner) {
        options.state = this;
        options.on_open = [](reseau_id id, void *state) {
            Of(state).run.state.Change([&] {
                Of(state).run.Check(Of(state).closed.count(id) == 0, "nothing opens after its end");
                Of(state).run.Check(++Of(state).opened[id] == 1, "a connection opens once");
            });
            Of(state).OnOpen(id);
        };
        options.on_data = [](reseau_id id, const void *data, size_t length, void *state) {
            return Of(state).OnData(id, (const char *)data, length);
        };
        options.on_close = [](reseau_id id, const struct reseau_close_info *info, void *state) {
            Said(Of(state).run, info->error);
            Of(state).run.state.Change([&] { ++Of(state).closed[id]; });
        };
    }
    virtual ~Ends() {
    }

    /* What the listener accepts lives by this. A connection that never opens has an end, too. */
    void Own(reseau_id listener) {
        run.state.Change([&] { ++listeners; });
        auto gone = [](void *state) { Of(state).run.state.Change([&] { --Of(state).listeners; }); };
        run.Check(reseau_link(listener, this, gone) == 0, "an object is linked to a listener");
    }

    /* With listeners closed: all that has opened closes, once. */
    void AwaitAll() {
        run.Await([this] { return listeners == 0; }, "the ends of a listener and all that it has accepted");
        run.Await([this] { return HaveAllClosed(); }, "the ends of connections");
        for (auto &one : closed) {
            run.Check(one.second == 1, "a connection closes once");
        }
    }

    void AwaitEnd(reseau_id id) {
        run.Await([this, id] { return closed.count(id) == 1; }, "the end of a connection");
    }

    virtual void OnOpen(reseau_id) {
    }
    virtual size_t OnData(reseau_id id, const char *data, size_t length) {
        return reseau_write(id, data, length) < 0 ? 0 : length;
    }

    FaultRun &run;
    struct reseau_options options = reseau_options_default();
    std::map<reseau_id, int> opened, closed;
    int listeners = 0;

  private:
    static Ends &Of(void *state) {
        return *static_cast<Ends *>(state);
    }
    bool HaveAllClosed() {
        for (auto &one : opened) {
            if (closed.count(one.first) == 0) {
                return false;
            }
        }
        return true;
    }
};

/* Sends everything, in writes of several kinds, and gets it back. */
struct Asker : Ends {
    explicit Asker(FaultRun &owner) : Ends(owner), all(Bytes(owner.bytes)) {
        options.write_queue_bytes = SIZE_MAX;
    }

    void OnOpen(reseau_id id) override {
        const size_t sizes[] = {100, 5000, 70000};
        size_t at = 0;
        for (size_t i = 0; at < all.size(); ++i) {
            size_t size = std::min(sizes[i % 3], all.size() - at);
            Said(
                run,
                i % 2 == 0 ? reseau_write(id, &all[at], size)
                           : reseau_write_owned(id, &all[at], size, nullptr, nullptr));
            at += size;
        }
    }

    size_t OnData(reseau_id id, const char *data, size_t length) override {
        run.Check(
            received + length <= all.size() && memcmp(&all[received], data, length) == 0,
            "what comes is what was sent");
        received += length;
        if (received == all.size()) {
            run.Complete();
            reseau_close(id);
        }
        return length;
    }

    const std::string all;
    size_t received = 0;
};

/* A loop of the program's, and the thread that runs it. */
struct RunningLoop {
    explicit RunningLoop(FaultRun &owner) : run(owner), id(reseau_loop_new()) {
        if (Said(run, id) > 0) {
            thread = std::thread([this] { Said(run, reseau_loop_run(id, RESEAU_FOREVER)); });
        }
    }
    ~RunningLoop() {
        if (thread.joinable()) {
            reseau_loop_stop(id);
            thread.join();
            End(run, {id});
        }
    }

    FaultRun &run;
    const reseau_id id;
    std::thread thread;
};

bool IsClosed(reseau_id id) {
    return reseau_wait_closed(id, 0) == 0;
}

/* An accepted connection may fail before it is given to anybody; then its client ends, too. */
reseau_id Accept(FaultRun &run, reseau_id listener, reseau_id client) {
    reseau_id accepted = RESEAU_ERROR_TIMED_OUT;
    auto end = std::chrono::steady_clock::now() + std::chrono::milliseconds(kLong);
    while (accepted == RESEAU_ERROR_TIMED_OUT && std::chrono::steady_clock::now() < end) {
        accepted = reseau_accept(listener, 20);
        char nothing;
        if (accepted == RESEAU_ERROR_TIMED_OUT && (IsClosed(client) || reseau_try_read(client, &nothing, 1) >= 0)) {
            break;
        }
    }
    return Said(run, accepted);
}

uint16_t PortOf(FaultRun &run, reseau_id listener) {
    struct reseau_address address = {};
    return Said(run, reseau_local_address(listener, &address)) == 0 ? address.port : 0;
}

struct TlsFiles {
    TlsFiles() {
        client.ca_file = ca.c_str();
        client.server_name = "localhost";
        server.certificate_file = certificate.c_str();
        server.key_file = key.c_str();
    }

    const std::string folder = std::string(RESEAU_TEST_CERTIFICATES) + "/";
    const std::string ca = folder + "ca.crt", certificate = folder + "ec256.crt", key = folder + "ec256.key";
    struct reseau_tls_options client = reseau_tls_options_default();
    struct reseau_tls_options server = reseau_tls_options_default();
};

void EchoByCallbacks(FaultRun &run, TlsFiles *tls, reseau_id loop) {
    Ends server(run);
    Asker client(run);
    server.options.write_queue_bytes = SIZE_MAX;
    server.options.loop = client.options.loop = loop;
    server.options.tls = tls == nullptr ? nullptr : &tls->server;
    client.options.tls = tls == nullptr ? nullptr : &tls->client;
    reseau_id listener = Said(run, reseau_listen(nullptr, 0, &server.options));
    if (listener > 0) {
        server.Own(listener);
    }
    uint16_t port = listener > 0 ? PortOf(run, listener) : 0;
    reseau_id id = port != 0 ? Said(run, reseau_connect_start("127.0.0.1", port, &client.options)) : 0;
    if (id > 0) {
        client.AwaitEnd(id);
    }
    End(run, {listener});
    server.AwaitAll();
    client.AwaitAll();
    End(run, {id});
}

/* The same by calls; both ends are asked for their deadlines so that nothing waits for ever. */
void TalkByCalls(FaultRun &run, reseau_id client, reseau_id server) {
    std::string all = Bytes(run.bytes / 10), back(all.size(), '\0');
    char line[64];
    bool is_done =
        Said(run, reseau_set_read_deadline(client, kLong)) == 0 &&
        Said(run, reseau_set_read_deadline(server, kLong)) == 0 && Said(run, reseau_write(client, "hello\n", 6)) == 6 &&
        Said(run, reseau_read_line(server, line, sizeof(line))) == 5 &&
        Said(run, reseau_write(server, all.data(), all.size())) == (int64_t)all.size() &&
        Said(run, reseau_read_exactly(client, &back[0], back.size())) == (int64_t)back.size() &&
        Said(run, reseau_write_front(client, "1;2", 3)) == 3 && Said(run, reseau_flush(client)) == 0 &&
        Said(run, reseau_read_until(server, ";", 1, line, sizeof(line))) == 2 && Said(run, reseau_end(client)) == 0 &&
        Said(run, reseau_read(server, line, 64)) == 1 && Said(run, reseau_read(server, line, 64)) == 0;
    run.Check(!is_done || back == all, "what comes is what was sent");
    if (is_done) {
        run.Complete();
    }
    /* A write may have been taken that could not be sent. */
    for (reseau_id id : {client, server}) {
        struct reseau_close_info info = {};
        info.size = sizeof(info);
        if (reseau_close_info(id, &info) == 0) {
            Said(run, info.error);
        }
    }
}

void CallsOver(FaultRun &run, reseau_id listener, const std::function<reseau_id()> &connect) {
    reseau_id client = 0, server = 0;
    if (Said(run, listener) > 0) {
        client = Said(run, connect());
        server = client > 0 ? Accept(run, listener, client) : 0;
    }
    if (server > 0) {
        TalkByCalls(run, client, server);
    }
    End(run, {client, server, listener});
}

void PlayReseauCallbacks(FaultRun &run) {
    RunningLoop loop(run);
    if (loop.id > 0) {
        EchoByCallbacks(run, nullptr, loop.id);
    }
}

void PlayReseauTls(FaultRun &run) {
    TlsFiles tls;
    EchoByCallbacks(run, &tls, 0);
}

void PlayReseauCalls(FaultRun &run) {
    reseau_id listener = reseau_listen(nullptr, 0, nullptr);
    struct reseau_options options = reseau_options_default();
    options.connect_timeout_ms = kLong;
    options.keep_alive_ms = 10000;
    CallsOver(run, listener, [&] { return reseau_connect("localhost", PortOf(run, listener), &options); });
}

void PlayReseauPaths(FaultRun &run) {
    TemporaryDirectory directory;
    std::string path = directory.Path("socket");
    CallsOver(
        run, reseau_listen_path(path.c_str(), nullptr), [&] { return reseau_connect_path(path.c_str(), nullptr); });
}

void PlayReseauUpgrade(FaultRun &run) {
    TlsFiles tls;
    int ends[2];
    run.Check(socketpair(AF_UNIX, SOCK_STREAM, 0, ends) == 0, "the test has a pair of sockets");
    reseau_id client = Said(run, reseau_adopt(ends[0], 0, nullptr));
    reseau_id server = Said(run, reseau_adopt(ends[1], 1, nullptr));
    if (client > 0 && server > 0) {
        std::thread other([&] {
            if (Said(run, reseau_start_tls(server, 1, &tls.server)) != 0) {
                reseau_abort(server);
            }
        });
        int result = (int)Said(run, reseau_start_tls(client, 0, &tls.client));
        if (result != 0) {
            reseau_abort(client);
        }
        other.join();
        if (result == 0) {
            TalkByCalls(run, client, server);
        }
    }
    for (int i = 0; i < 2; ++i) {
        if ((i == 0 ? client : server) <= 0) {
            close(ends[i]);
        }
    }
    End(run, {client, server});
}

/* A proxy that says yes to everything and sends back what comes then; one connection. */
class Socks {
  public:
    Socks() : listener_(socket(AF_INET, SOCK_STREAM, 0)), thread_([this] { Serve(); }) {
    }
    ~Socks() {
        shutdown(listener_, SHUT_RDWR);
        thread_.join();
        close(listener_);
    }
    uint16_t Port() {
        struct sockaddr_in address = {};
        socklen_t length = sizeof(address);
        address.sin_family = AF_INET;
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        bind(listener_, (struct sockaddr *)&address, length);
        getsockname(listener_, (struct sockaddr *)&address, &length);
        listen(listener_, 8);
        has_port_.Change([this] { is_listening_ = true; });
        return ntohs(address.sin_port);
    }

  private:
    void Serve() {
        has_port_.Await([this] { return is_listening_; });
        int one = accept(listener_, nullptr, nullptr);
        char buffer[4096];
        ssize_t length;
        /* What is asked for ends with the name, whose length is known, and the port. */
        const size_t asked[] = {3, 5 + strlen("far.example") + 2};
        const std::string answers[] = {std::string("\x05\0", 2), std::string("\x05\0\0\x01\0\0\0\0\0\0", 10)};
        for (int i = 0; i < 2; ++i) {
            if (one >= 0 && recv(one, buffer, asked[i], MSG_WAITALL) == (ssize_t)asked[i]) {
                send(one, answers[i].data(), answers[i].size(), MSG_NOSIGNAL);
            }
        }
        while (one >= 0 && (length = recv(one, buffer, sizeof(buffer), 0)) > 0) {
            send(one, buffer, (size_t)length, MSG_NOSIGNAL);
        }
        if (one >= 0) {
            close(one);
        }
    }

    int listener_;
    bool is_listening_ = false;
    Monitor has_port_;
    std::thread thread_;
};

void PlayReseauProxy(FaultRun &run) {
    Socks proxy;
    Asker client(run);
    std::string url = "socks5://127.0.0.1:" + std::to_string(proxy.Port());
    client.options.proxy = url.c_str();
    reseau_id id = Said(run, reseau_connect_start("far.example", 80, &client.options));
    if (id > 0) {
        client.AwaitEnd(id);
    }
    client.AwaitAll();
    End(run, {id});
}

void PlayReseauSendFile(FaultRun &run) {
    TemporaryFile file;
    std::string all = Bytes(run.bytes), back;
    FILE *stream = fopen(file.Path(), "w");
    run.Check(
        stream != nullptr && fwrite(all.data(), all.size(), 1, stream) == 1 && fclose(stream) == 0,
        "the test writes a file");
    reseau_id listener = Said(run, reseau_listen(nullptr, 0, nullptr));
    reseau_id client = listener > 0 ? Said(run, reseau_connect("127.0.0.1", PortOf(run, listener), nullptr)) : 0;
    reseau_id server = client > 0 ? Accept(run, listener, client) : 0;
    if (server > 0 && Said(run, reseau_write(server, "head", 4)) == 4 &&
        Said(run, reseau_send_file(server, file.Path(), 0, -1)) >= 0 && Said(run, reseau_end(server)) == 0) {
        void *data = nullptr;
        reseau_set_read_deadline(client, kLong);
        int64_t length = Said(run, reseau_read_all(client, &data, SIZE_MAX));
        bool is_right = length == (int64_t)all.size() + 4 && memcmp((char *)data + 4, all.data(), all.size()) == 0;
        if (is_right) {
            run.Complete();
        } else {
            /* A part is the whole for whoever reads it, unless the end is a reset; the sender knows. */
            run.Check(length < 0, "a file that comes in part is no whole one");
        }
        reseau_free(data);
    }
    End(run, {client, server, listener});
}

void PlayReseauDatagrams(FaultRun &run) {
    reseau_id receiver = Said(run, reseau_datagram_bind(nullptr, 0, nullptr));
    uint16_t port = receiver > 0 ? PortOf(run, receiver) : 0;
    reseau_id sender = port != 0 ? Said(run, reseau_datagram_connect("127.0.0.1", port, nullptr)) : 0;
    char text[4] = "abc", room[64];
    struct reseau_datagram many[5] = {};
    for (struct reseau_datagram &one : many) {
        one.data = text;
        one.length = 3;
    }
    int sent = sender > 0 ? (int)Said(run, reseau_datagram_send_batch(sender, many, 5)) : 0;
    int received = 0;
    for (; received < sent; ++received) {
        struct reseau_datagram one = {};
        one.data = room;
        one.capacity = sizeof(room);
        if (Said(run, reseau_datagram_receive(receiver, &one, kLong)) != 3) {
            break;
        }
    }
    if (received == 5) {
        run.Complete();
    } else if (sent >= 0 && sent < 5 && sender > 0) {
        Said(run, reseau_datagram_send_batch(sender, many, 1));
    }
    End(run, {sender, receiver});
}

} // namespace

const std::vector<Scenario> kReseauScenarios = {
    {"reseau_callbacks", PlayReseauCallbacks, true},
    {"reseau_calls", PlayReseauCalls, true},
    {"reseau_paths", PlayReseauPaths, true},
    {"reseau_tls", PlayReseauTls, true},
    {"reseau_upgrade", PlayReseauUpgrade, true},
    {"reseau_proxy", PlayReseauProxy, true},
    {"reseau_send_file", PlayReseauSendFile, true},
    {"reseau_datagrams", PlayReseauDatagrams, true},
    {"reseau_files", PlayReseauFiles, true},
    {"reseau_watches", PlayReseauWatches, true},
    {"reseau_loops", PlayReseauLoops, true},
    {"reseau_names", PlayReseauNames, true},
    {"libsock", PlayLibsock, true},
};
