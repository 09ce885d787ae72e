/* SPDX-License-Identifier: Apache-2.0 */
/* Streams with TLS over the sockets of another transport. */
#include "usocket/either.h"

#include <reseau/tls.h>

#include <future>

namespace {

const std::string kFolder = RESEAU_TEST_CERTIFICATES;

class UserTls : public ::testing::Test {
  protected:
    void SetUp() override {
        ASSERT_EQ(0, reseau_transport_new_memory(&below_));
        client_.ca_file = authority_.c_str();
        client_.server_name = "localhost";
        server_.certificate_file = certificate_.c_str();
        server_.key_file = key_.c_str();
    }

    ~UserTls() override {
        reseau_transport_release(secure_);
        reseau_transport_release(below_);
    }

    void Make() {
        int error = reseau_transport_new_tls(below_, &client_, &server_, &secure_);
        ASSERT_EQ(0, error) << strerror(error);
    }

    static struct sockaddr_in Address() {
        struct sockaddr_in address = {};
        address.sin_family = AF_INET;
        address.sin_port = htons(443);
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        return address;
    }

    int Listener(struct reseau_transport *transport, int backlog = 5) {
        struct sockaddr_in address = Address();
        int listener = reseau_usocket_on(transport, AF_INET, SOCK_STREAM, 0);
        EXPECT_EQ(0, reseau_ubind(listener, reinterpret_cast<struct sockaddr *>(&address), sizeof(address)));
        EXPECT_EQ(0, reseau_ulisten(listener, backlog));
        return listener;
    }

    static int TryConnect(int socket) {
        struct sockaddr_in address = Address();
        return reseau_uconnect(socket, reinterpret_cast<struct sockaddr *>(&address), sizeof(address));
    }

    int Connected(struct reseau_transport *transport) {
        int client = reseau_usocket_on(transport, AF_INET, SOCK_STREAM, 0);
        EXPECT_EQ(0, TryConnect(client)) << strerror(errno);
        return client;
    }

    static std::string ReceiveToTheEnd(int descriptor) {
        std::vector<char> room(50000);
        std::string received;
        ssize_t count;
        while ((count = reseau_urecv(descriptor, room.data(), room.size(), 0)) > 0) {
            received.append(room.data(), static_cast<size_t>(count));
        }
        EXPECT_EQ(0, count) << strerror(errno);
        return received;
    }

    static std::string Text(size_t length) {
        std::string text(length, '\0');
        for (size_t i = 0; i < length; ++i) {
            text[i] = static_cast<char>(i * 7 + (i >> 8));
        }
        return text;
    }

    std::string authority_ = kFolder + "/" + "ca.crt";
    std::string certificate_ = kFolder + "/" + "server.crt";
    std::string key_ = kFolder + "/" + "server.key";
    struct reseau_tls_options client_ = reseau_tls_options_default();
    struct reseau_tls_options server_ = reseau_tls_options_default();
    struct reseau_transport *below_ = nullptr;
    struct reseau_transport *secure_ = nullptr;
};

TEST_F(UserTls, carries_a_file_whole_both_ways) {
    Make();
    int listener = Listener(secure_);
    std::string text = Text(3000000);
    std::thread server([&] {
        int accepted = reseau_uaccept(listener, nullptr, nullptr);
        std::string received = ReceiveToTheEnd(accepted);
        EXPECT_EQ(static_cast<ssize_t>(received.size()), reseau_usend(accepted, received.data(), received.size(), 0));
        reseau_uclose(accepted);
    });
    int client = Connected(secure_);
    std::thread sender([&] {
        EXPECT_EQ(static_cast<ssize_t>(text.size()), reseau_usend(client, text.data(), text.size(), 0));
        EXPECT_EQ(0, reseau_ushutdown(client, SHUT_WR));
    });
    EXPECT_TRUE(text == ReceiveToTheEnd(client));
    sender.join();
    server.join();
    reseau_uclose(client);
    reseau_uclose(listener);
}

TEST_F(UserTls, nothing_goes_in_the_clear) {
    Make();
    int listener = Listener(below_);
    int client = reseau_usocket_on(secure_, AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0);
    EXPECT_FAILS(EINPROGRESS, TryConnect(client));
    int accepted = reseau_uaccept(listener, nullptr, nullptr);
    unsigned char head[3];
    EXPECT_EQ(3, reseau_urecv(accepted, head, sizeof(head), MSG_WAITALL));
    // A record of a handshake (RFC 8446 section 5.1).
    EXPECT_EQ(22, head[0]);
    EXPECT_EQ(3, head[1]);
    for (int one : {listener, client, accepted}) {
        reseau_uclose(one);
    }
}

TEST_F(UserTls, another_name_is_not_accepted) {
    client_.server_name = "example.org";
    Make();
    int listener = Listener(secure_);
    int client = reseau_usocket_on(secure_, AF_INET, SOCK_STREAM, 0);
    EXPECT_FAILS(EPROTO, TryConnect(client));
    reseau_uclose(client);
    reseau_uclose(listener);
}

TEST_F(UserTls, who_does_not_speak_it_is_not_seen_by_accept) {
    Make();
    int listener = Listener(secure_);
    int plain = Connected(below_);
    EXPECT_EQ(20, reseau_usend(plain, "GET / HTTP/1.0\r\n\r\n\r\n", 20, 0));
    char room[64];
    ssize_t count;
    while ((count = reseau_urecv(plain, room, sizeof(room), 0)) > 0) {
        EXPECT_EQ(21, room[0]) << "an alert";
    }
    struct pollfd one = PollOf(listener, POLLIN);
    EXPECT_EQ(0, reseau_upoll(&one, 1, 0));
    int client = Connected(secure_);
    int accepted = reseau_uaccept(listener, nullptr, nullptr);
    EXPECT_LE(0, accepted);
    for (int socket : {plain, client, accepted, listener}) {
        reseau_uclose(socket);
    }
}

TEST_F(UserTls, what_was_sent_before_a_close_arrives) {
    Make();
    int listener = Listener(secure_);
    for (int i = 0; i < 30; ++i) {
        std::string text = Text(static_cast<size_t>(5000 * i + 1));
        std::thread sender([&] {
            int client = Connected(secure_);
            EXPECT_EQ(static_cast<ssize_t>(text.size()), reseau_usend(client, text.data(), text.size(), 0));
            reseau_uclose(client);
        });
        int accepted = reseau_uaccept(listener, nullptr, nullptr);
        EXPECT_TRUE(text == ReceiveToTheEnd(accepted));
        sender.join();
        reseau_uclose(accepted);
    }
    reseau_uclose(listener);
}

TEST_F(UserTls, a_full_listener_takes_the_next_when_it_has_room) {
    Make();
    int listener = Listener(secure_, 1);
    std::vector<std::thread> clients;
    for (int i = 0; i < 5; ++i) {
        clients.emplace_back([&] {
            int client = Connected(secure_);
            EXPECT_EQ("hello", ReceiveToTheEnd(client));
            reseau_uclose(client);
        });
    }
    for (int i = 0; i < 5; ++i) {
        int accepted = reseau_uaccept(listener, nullptr, nullptr);
        EXPECT_EQ(5, reseau_usend(accepted, "hello", 5, 0));
        reseau_uclose(accepted);
    }
    for (std::thread &client : clients) {
        client.join();
    }
    reseau_uclose(listener);
}

TEST_F(UserTls, a_reader_that_waits_slows_the_sender_down) {
    Make();
    int listener = Listener(secure_), client = Connected(secure_);
    int accepted = reseau_uaccept(listener, nullptr, nullptr);
    std::string block(10000, 'x');
    size_t sent = 0;
    ssize_t count;
    struct pollfd one = PollOf(client, POLLOUT);
    // What was taken goes on for a moment after each refusal.
    do {
        while ((count = reseau_usend(client, block.data(), block.size(), MSG_DONTWAIT)) > 0) {
            sent += static_cast<size_t>(count);
        }
        EXPECT_EQ(EAGAIN, errno);
    } while (reseau_upoll(&one, 1, 200) == 1);
    EXPECT_GT(5000000u, sent);
    std::thread rest([&] {
        EXPECT_EQ(1, reseau_upoll(&one, 1, -1));
        EXPECT_EQ(0, reseau_ushutdown(client, SHUT_WR));
    });
    EXPECT_EQ(std::string(sent, 'x'), ReceiveToTheEnd(accepted));
    rest.join();
    for (int socket : {listener, client, accepted}) {
        reseau_uclose(socket);
    }
}

TEST_F(UserTls, options_have_to_be_usable) {
    EXPECT_EQ(EINVAL, reseau_transport_new_tls(below_, nullptr, nullptr, &secure_));
    EXPECT_EQ(EINVAL, reseau_transport_new_tls(nullptr, &client_, nullptr, &secure_));
    client_.server_name = nullptr;
    EXPECT_EQ(EINVAL, reseau_transport_new_tls(below_, &client_, nullptr, &secure_));
    server_.key_file = "/nonexistent";
    EXPECT_EQ(ENOENT, reseau_transport_new_tls(below_, nullptr, &server_, &secure_));
    server_.key_file = authority_.c_str();
    EXPECT_EQ(EPROTO, reseau_transport_new_tls(below_, nullptr, &server_, &secure_));
    EXPECT_EQ(nullptr, secure_);
}

TEST_F(UserTls, a_side_without_options_is_not_there) {
    ASSERT_EQ(0, reseau_transport_new_tls(below_, nullptr, &server_, &secure_));
    int client = reseau_usocket_on(secure_, AF_INET, SOCK_STREAM, 0);
    EXPECT_FAILS(EOPNOTSUPP, TryConnect(client));
    reseau_uclose(client);
    EXPECT_FAILS(ESOCKTNOSUPPORT, reseau_usocket_on(secure_, AF_INET, SOCK_DGRAM, 0));
}

/* A transport whose peers send on and on, nothing that is TLS, whatever is read. */
class Flood {
  public:
    Flood() {
        struct reseau_transport_hooks hooks = {};
        hooks.size = sizeof(hooks);
        hooks.create = [](void *flood,
                          struct reseau_transport_socket *socket,
                          int,
                          int,
                          int,
                          struct reseau_transport_traits *,
                          void **state) {
            *state = flood;
            static_cast<Flood *>(flood)->socket_ = socket;
            return 0;
        };
        hooks.close = [](void *, int) { return 0; };
        hooks.destroy = [](void *) {};
        hooks.end = [](void *flood) { static_cast<Flood *>(flood)->ended_.set_value(); };
        hooks.connect = [](void *flood, const struct sockaddr *, socklen_t) {
            static_cast<Flood *>(flood)->Send();
            return 0;
        };
        hooks.write = [](void *, const struct reseau_fragment *fragment) {
            return static_cast<ptrdiff_t>(fragment->length);
        };
        hooks.has_read = [](void *flood) { static_cast<Flood *>(flood)->Send(); };
        EXPECT_EQ(0, reseau_transport_new(&hooks, this, &transport));
    }

    ~Flood() {
        reseau_transport_release(transport);
        ended_.get_future().wait();
    }

    struct reseau_transport *transport = nullptr;

  private:
    void Send() {
        ptrdiff_t taken;
        do {
            struct reseau_fragment fragment = {};
            fragment.offset = sent_;
            fragment.data = bytes_.data();
            fragment.length = bytes_.size();
            taken = reseau_transport_deliver(socket_, &fragment);
            sent_ += taken > 0 ? static_cast<uint64_t>(taken) : 0;
        } while (taken > 0);
    }

    struct reseau_transport_socket *socket_ = nullptr;
    std::string bytes_ = std::string(100000, 'x');
    uint64_t sent_ = 0;
    std::promise<void> ended_;
};

TEST_F(UserTls, what_a_peer_has_sent_before_its_close_arrives_although_it_takes_nothing) {
    Make();
    int listener = Listener(secure_);
    std::string text = Text(400000);
    std::thread server([&] {
        int accepted = reseau_uaccept(listener, nullptr, nullptr);
        char wanted;
        EXPECT_EQ(1, reseau_urecv(accepted, &wanted, 1, 0));
        EXPECT_EQ(static_cast<ssize_t>(text.size()), reseau_usend(accepted, text.data(), text.size(), 0));
        reseau_uclose(accepted);
    });
    int client = Connected(secure_);
    EXPECT_EQ(1, reseau_usend(client, "?", 1, 0));
    server.join();
    /* The first may be on its way when it becomes known that nobody takes it. */
    while (reseau_usend(client, "!", 1, MSG_NOSIGNAL) == 1) {
        std::this_thread::sleep_for(std::chrono::milliseconds(1));
    }
    EXPECT_EQ(EPIPE, errno);
    EXPECT_TRUE(text == ReceiveToTheEnd(client));
    reseau_uclose(client);
    reseau_uclose(listener);
}

TEST_F(UserTls, a_close_does_not_read_on_what_a_peer_sends_on_and_on) {
    Flood flood;
    ASSERT_EQ(0, reseau_transport_new_tls(flood.transport, &client_, nullptr, &secure_));
    int client = reseau_usocket_on(secure_, AF_INET, SOCK_STREAM, 0);
    EXPECT_FAILS(EPROTO, TryConnect(client));
    EXPECT_EQ(0, reseau_uclose(client));
    reseau_transport_release(secure_);
    secure_ = nullptr;
}

} // namespace
