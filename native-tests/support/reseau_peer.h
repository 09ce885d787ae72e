/* SPDX-License-Identifier: Apache-2.0 */
#ifndef RESEAU_TESTS_RESEAU_PEER_H
#define RESEAU_TESTS_RESEAU_PEER_H

#include "support/synchronisation.h"

#include <reseau/reseau.h>

#include <gtest/gtest.h>

#include <cstring>
#include <functional>
#include <string>
#include <thread>
#include <vector>

/* The port that a listener has. */
inline uint16_t PortOf(reseau_id listener) {
    struct reseau_address address;
    return reseau_local_address(listener, &address) == 0 ? address.port : 0;
}

/* How a connection has ended. */
inline struct reseau_close_info InfoOf(reseau_id connection) {
    struct reseau_close_info info;
    memset(&info, 0, sizeof(info));
    info.size = sizeof(info);
    EXPECT_EQ(0, reseau_close_info(connection, &info));
    return info;
}

inline std::string ReadAll(reseau_id connection, size_t limit = 1 << 30) {
    void *data = nullptr;
    int64_t length = reseau_read_all(connection, &data, limit);
    EXPECT_GE(length, 0) << reseau_error_name(length);
    std::string text((const char *)data, length < 0 ? 0 : (size_t)length);
    reseau_free(data);
    return text;
}

inline std::string ReadExactly(reseau_id connection, size_t size) {
    std::string text(size, '\0');
    int64_t length = reseau_read_exactly(connection, &text[0], size);
    EXPECT_EQ((int64_t)size, length) << reseau_error_name(length);
    text.resize(length < 0 ? 0 : (size_t)length);
    return text;
}

inline int64_t Write(reseau_id connection, const std::string &text) {
    return reseau_write(connection, text.data(), text.size());
}

inline std::string Pattern(size_t size, unsigned seed = 1) {
    std::string text(size, '\0');
    for (size_t i = 0; i < size; ++i) {
        seed = seed * 1103515245u + 12345u;
        text[i] = (char)(seed >> 16);
    }
    return text;
}

/* Both ends of a connection over TCP, for blocking calls; closed, and gone, with the object. */
class Pair {
  public:
    explicit Pair(
        const struct reseau_options *client_options = nullptr, const struct reseau_options *server_options = nullptr) {
        listener = reseau_listen(nullptr, 0, server_options);
        EXPECT_GT(listener, 0) << reseau_error_name(listener);
        std::function<void()> connect = [&] {
            client = reseau_connect("127.0.0.1", PortOf(listener), client_options);
            EXPECT_GT(client, 0) << reseau_error_name(client);
        };
        connect();
        server = reseau_accept(listener, 60000);
        EXPECT_GT(server, 0) << reseau_error_name(server);
    }
    Pair(const Pair &) = delete;
    Pair &operator=(const Pair &) = delete;

    ~Pair() {
        for (reseau_id id : {client, server, listener}) {
            reseau_abort(id);
        }
        for (reseau_id id : {client, server, listener}) {
            EXPECT_EQ(0, reseau_wait_closed(id, 60000));
        }
    }

    reseau_id listener = 0;
    reseau_id client = 0;
    reseau_id server = 0;
};

/* A loop, and a thread of the test that runs it until it is stopped. */
struct OwnLoop {
    OwnLoop() : id(reseau_loop_new()), thread([this] { EXPECT_EQ(0, reseau_loop_run(id, RESEAU_FOREVER)); }) {
        EXPECT_GT(id, 0);
    }
    ~OwnLoop() {
        if (thread.joinable()) {
            Stop();
            EXPECT_EQ(0, reseau_close(id));
        }
        EXPECT_EQ(0, reseau_wait_closed(id, 60000));
    }
    void Stop() {
        EXPECT_EQ(0, reseau_loop_stop(id));
        thread.join();
    }

    reseau_id id;
    std::thread thread;
};

/* What the callbacks of the connections that have it as their state have said. */
class Recorder {
  public:
    Recorder() {
        options.size = sizeof(options);
        options.state = this;
        options.on_open = [](reseau_id id, void *state) { Of(state)->Open(id); };
        options.on_data = [](reseau_id id, const void *data, size_t length, void *state) {
            return Of(state)->Data(id, (const char *)data, length);
        };
        options.on_close = [](reseau_id id, const struct reseau_close_info *info, void *state) {
            Of(state)->Close(id, *info);
        };
    }

    Recorder(const Recorder &) = delete;
    Recorder &operator=(const Recorder &) = delete;

    /* Waits for all that may still call: the connections that it has seen, and those of its listeners. */
    ~Recorder() {
        for (reseau_id id : monitor_.Read([&] { return seen_; })) {
            reseau_abort(id);
            EXPECT_EQ(0, reseau_wait_closed(id, 60000));
        }
        EXPECT_TRUE(monitor_.Await([&] { return listeners_ == 0; })) << "a listener is not closed";
    }

    /* A listener whose connections live by this. */
    reseau_id Listen() {
        reseau_id listener = reseau_listen(nullptr, 0, &options);
        EXPECT_GT(listener, 0) << reseau_error_name(listener);
        monitor_.Change([&] { ++listeners_; });
        auto gone = [](void *state) { Of(state)->monitor_.Change([state] { --Of(state)->listeners_; }); };
        EXPECT_EQ(0, reseau_link(listener, this, gone));
        return listener;
    }

    struct reseau_options options = {};
    /* Called after the event has been recorded, on the loop's thread. */
    std::function<void(reseau_id)> on_open;
    std::function<size_t(reseau_id, const char *, size_t)> on_data;
    std::function<void(reseau_id)> on_close;

    bool AwaitOpen(int count = 1) {
        return monitor_.Await([&] { return opened_ >= count; });
    }
    bool AwaitClosed(int count = 1) {
        return monitor_.Await([&] { return (int)infos_.size() >= count; });
    }
    bool AwaitText(const std::string &text) {
        return monitor_.Await([&] { return text_ == text; });
    }
    bool AwaitBytes(size_t count) {
        return monitor_.Await([&] { return text_.size() >= count; });
    }
    std::string Text() {
        return monitor_.Read([&] { return text_; });
    }
    std::vector<struct reseau_close_info> Infos() {
        return monitor_.Read([&] { return infos_; });
    }
    int Opened() {
        return monitor_.Read([&] { return opened_; });
    }
    reseau_id Last() {
        return monitor_.Read([&] { return last_; });
    }

  private:
    static Recorder *Of(void *state) {
        return static_cast<Recorder *>(state);
    }

    void Open(reseau_id id) {
        monitor_.Change([&] {
            ++opened_;
            last_ = id;
            seen_.push_back(id);
        });
        if (on_open) {
            on_open(id);
        }
    }

    size_t Data(reseau_id id, const char *data, size_t length) {
        if (on_data) {
            return on_data(id, data, length);
        }
        monitor_.Change([&] { text_.append(data, length); });
        return length;
    }

    void Close(reseau_id id, const struct reseau_close_info &info) {
        if (on_close) {
            on_close(id);
        }
        monitor_.Change([&] {
            infos_.push_back(info);
            seen_.push_back(id);
        });
    }

    Monitor monitor_;
    int opened_ = 0;
    reseau_id last_ = 0;
    int listeners_ = 0;
    std::vector<reseau_id> seen_;
    std::string text_;
    std::vector<struct reseau_close_info> infos_;
};

#endif /* RESEAU_TESTS_RESEAU_PEER_H */
