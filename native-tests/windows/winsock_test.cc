/* SPDX-License-Identifier: Apache-2.0 */
/* What Winsock asks of its users, and what nobody else may do to them. */
#include "support/sockets.h"

#include <aws/io/host_resolver.h>

namespace {

struct aws_socket_options Tcp(enum aws_socket_domain domain) {
    return SocketOptions(domain, AWS_SOCKET_STREAM);
}

/* The address and the port of either end of a socket of the system's. */
std::string NameOf(raw_socket_t socket, bool is_peer) {
    struct sockaddr_storage name = {};
    int length = sizeof(name);
    auto *address = (struct sockaddr *)&name;
    if ((is_peer ? getpeername(socket, address, &length) : getsockname(socket, address, &length)) != 0) {
        return "error " + std::to_string(WSAGetLastError());
    }
    char text[64] = "";
    const void *bytes = name.ss_family == AF_INET ? (void *)&((struct sockaddr_in *)&name)->sin_addr
                                                  : (void *)&((struct sockaddr_in6 *)&name)->sin6_addr;
    inet_ntop(name.ss_family, bytes, text, sizeof(text));
    return std::string(text) + " " + std::to_string(ntohs(((struct sockaddr_in *)&name)->sin_port));
}

} // namespace

/* First in its process: nothing has started Winsock. */
using WinsockStart = TracedIoTest;

TEST_F(WinsockStart, is_the_resolvers_too) {
    struct aws_array_list found;
    ASSERT_EQ(AWS_OP_SUCCESS, aws_array_list_init_dynamic(&found, allocator_, 4, sizeof(struct aws_host_address)));
    struct aws_string *host = aws_string_new_from_c_str(allocator_, "127.0.0.1");
    ASSERT_EQ(AWS_OP_SUCCESS, aws_default_dns_resolve(allocator_, host, &found, nullptr));
    ASSERT_EQ(1u, aws_array_list_length(&found));
    struct aws_host_address address;
    aws_array_list_get_at(&found, &address, 0);
    EXPECT_STREQ("127.0.0.1", aws_string_c_str(address.address));
    aws_host_address_clean_up(&address);
    aws_string_destroy(host);
    aws_array_list_clean_up(&found);
}

TEST_F(WinsockStart, a_name_that_is_none_is_an_error) {
    struct aws_array_list found;
    ASSERT_EQ(AWS_OP_SUCCESS, aws_array_list_init_dynamic(&found, allocator_, 4, sizeof(struct aws_host_address)));
    struct aws_string *host = aws_string_new_from_c_str(allocator_, "no such host");
    EXPECT_EQ(AWS_OP_ERR, aws_default_dns_resolve(allocator_, host, &found, nullptr));
    EXPECT_EQ(0u, aws_array_list_length(&found));
    aws_string_destroy(host);
    aws_array_list_clean_up(&found);
}

using WinsockAccept = SocketTest;

TEST_F(WinsockAccept, the_peers_address_is_the_peers) {
    for (auto domain : {AWS_SOCKET_IPV4, AWS_SOCKET_IPV6}) {
        Connection connection(allocator_, loop_, Tcp(domain));
        EXPECT_STREQ(connection.client()->local_endpoint.address, connection.server()->remote_endpoint.address);
        EXPECT_EQ(connection.client()->local_endpoint.port, connection.server()->remote_endpoint.port);
        EXPECT_NE(0u, connection.server()->remote_endpoint.port);
    }
}

/* That a listener accepts is reported once, on its loop, and never inside the call that starts it. */
TEST_F(WinsockAccept, the_start_is_reported_by_a_task_of_the_loop) {
    struct Report {
        struct aws_event_loop *loop;
        Signal called;
        bool on_loop = false;
        int error = -1;
        static void OnStart(struct aws_socket *, int error, void *arg) {
            auto *self = static_cast<Report *>(arg);
            self->on_loop = aws_event_loop_thread_is_callers_thread(self->loop);
            self->error = error;
            self->called.Raise();
        }
    };
    for (auto domain : {AWS_SOCKET_IPV4, AWS_SOCKET_LOCAL}) {
        for (bool from_loop : {false, true}) {
            Report report{loop_, {}};
            OwnedSocket listener(allocator_, Tcp(domain));
            ASSERT_EQ(AWS_OP_SUCCESS, BindTo(listener, AnyLocalEndpoint(domain)));
            ASSERT_EQ(AWS_OP_SUCCESS, aws_socket_listen(listener, 4));
            struct aws_socket_listener_options options = {};
            options.on_accept_result = [](struct aws_socket *, int, struct aws_socket *, void *) {};
            options.on_accept_start = Report::OnStart;
            options.on_accept_start_user_data = &report;
            if (from_loop) {
                RunOnLoop(loop_, [&] {
                    EXPECT_EQ(AWS_OP_SUCCESS, aws_socket_start_accept(listener, loop_, options));
                    EXPECT_EQ(0, report.called.Count());
                });
            } else {
                EXPECT_EQ(AWS_OP_SUCCESS, aws_socket_start_accept(listener, loop_, options));
            }
            ASSERT_TRUE(report.called.Wait());
            RunOnLoop(loop_, [&] { EXPECT_EQ(AWS_OP_SUCCESS, aws_socket_close(listener)); });
            EXPECT_TRUE(report.on_loop);
            EXPECT_EQ(0, report.error);
            EXPECT_EQ(1, report.called.Count());
        }
    }
}

/* SO_UPDATE_ACCEPT_CONTEXT: without it the system knows neither end, and no direction can be ended. */
TEST_F(WinsockAccept, a_connection_has_its_context) {
    Connection connection(allocator_, loop_, Tcp(AWS_SOCKET_IPV4));
    raw_socket_t client = system_socket(connection.client());
    raw_socket_t server = system_socket(connection.server());
    EXPECT_EQ(NameOf(client, false), NameOf(server, true));
    EXPECT_EQ(NameOf(client, true), NameOf(server, false));
    RunOnLoop(
        loop_, [&] { EXPECT_EQ(AWS_OP_SUCCESS, aws_socket_shutdown_dir(connection.server(), AWS_CHANNEL_DIR_WRITE)); });
    EXPECT_TRUE(raw_socket_await_peers_end(client));
}

TEST_F(WinsockAccept, a_connection_has_its_listeners_options) {
    struct aws_socket_options options = Tcp(AWS_SOCKET_IPV4);
    options.keepalive = true;
    options.tcp_nodelay = AWS_SOCKET_TCP_NODELAY_ON;
    Connection connection(allocator_, loop_, options);
    for (struct aws_socket *end : {connection.client(), connection.server()}) {
        int keeps_alive = 0, no_delay = 0;
        socklen_t length = sizeof(int);
        EXPECT_EQ(0, getsockopt(system_socket(end), SOL_SOCKET, SO_KEEPALIVE, (char *)&keeps_alive, &length));
        length = sizeof(int);
        EXPECT_EQ(0, getsockopt(system_socket(end), IPPROTO_TCP, TCP_NODELAY, (char *)&no_delay, &length));
        EXPECT_NE(0, keeps_alive);
        EXPECT_NE(0, no_delay);
    }
}

TEST_F(WinsockAccept, nobody_else_takes_the_port_of_a_listener) {
    Listener listener(allocator_, loop_, Tcp(AWS_SOCKET_IPV4));
    int exclusive = 0;
    socklen_t length = sizeof(exclusive);
    ASSERT_EQ(
        0, getsockopt(system_socket(listener.socket()), SOL_SOCKET, SO_EXCLUSIVEADDRUSE, (char *)&exclusive, &length));
    EXPECT_NE(0, exclusive);
    RawSocket other(raw_socket_new(AF_INET));
    BOOL reuse = TRUE;
    setsockopt(other.fd(), SOL_SOCKET, SO_REUSEADDR, (const char *)&reuse, sizeof(reuse));
    SocketName name = SocketName::Ipv4("127.0.0.1", (uint16_t)listener.endpoint().port);
    EXPECT_NE(0, bind(other.fd(), name.get(), name.Size()));
}

/* A listener is closed with its accepts under way, from a thread that is not its loop's. */
TEST_F(WinsockAccept, a_listener_goes_away_from_another_thread_while_clients_come) {
    for (int round = 0; round < 50; ++round) {
        auto listener = std::make_unique<Listener>(allocator_, loop_, Tcp(AWS_SOCKET_IPV4));
        auto port = (uint16_t)listener->endpoint().port;
        std::thread client([port] {
            for (int i = 0; i < 5; ++i) {
                RawSocket::Connect("127.0.0.1", port).Close();
            }
        });
        if (round % 2 != 0) {
            listener->arrived().Wait();
        }
        listener.reset();
        client.join();
    }
}

/* A watch that has seen a long datagram must not have cut it off. */
TEST_F(WinsockAccept, a_datagram_is_as_long_as_it_was_sent) {
    OwnedSocket receiver(allocator_, SocketOptions(AWS_SOCKET_IPV4, AWS_SOCKET_DGRAM));
    struct aws_socket_endpoint endpoint = BindToAny(receiver);
    ASSERT_EQ(AWS_OP_SUCCESS, aws_socket_assign_to_event_loop(receiver, loop_));

    struct Reader {
        Signal readable;
        std::vector<size_t> sizes;
        static void OnReadable(struct aws_socket *socket, int, void *user_data) {
            auto *self = static_cast<Reader *>(user_data);
            std::string room(65536, '\0');
            size_t amount = 0;
            struct aws_byte_buf buffer = aws_byte_buf_from_empty_array(room.data(), room.size());
            while (aws_socket_read(socket, &buffer, &amount) == AWS_OP_SUCCESS) {
                self->sizes.push_back(amount);
                buffer.len = 0;
                self->readable.Raise();
            }
        }
    } reader;
    RunOnLoop(loop_, [&] {
        ASSERT_EQ(AWS_OP_SUCCESS, aws_socket_subscribe_to_readable_events(receiver, Reader::OnReadable, &reader));
    });
    SOCKET sender = socket(AF_INET, SOCK_DGRAM, 0);
    SocketName name = SocketName::Ipv4("127.0.0.1", (uint16_t)endpoint.port);
    const std::vector<size_t> sizes = {1, 1400, 60000, 0, 9000};
    std::string data(60000, 'x');
    for (size_t i = 0; i < sizes.size(); ++i) {
        ASSERT_EQ((int)sizes[i], sendto(sender, data.data(), (int)sizes[i], 0, name.get(), name.Size()));
        ASSERT_TRUE(reader.readable.Wait((int)i + 1));
    }
    closesocket(sender);
    RunOnLoop(loop_, [&] { EXPECT_EQ(sizes, reader.sizes); });
}

/* What was written before a close arrives, whatever the peer sends meanwhile. */
TEST_F(WinsockAccept, writing_and_closing_at_once_loses_nothing) {
    for (int round = 0; round < 20; ++round) {
        SocketToRawPeer peer(allocator_, loop_);
        WriteResult written;
        written.data = std::string(20000, 'w');
        RunOnLoop(loop_, [&] {
            struct aws_byte_cursor data = aws_byte_cursor_from_array(written.data.data(), written.data.size());
            ASSERT_EQ(AWS_OP_SUCCESS, aws_socket_write(peer.socket(), &data, WriteResult::Callback, &written));
            ASSERT_EQ(AWS_OP_SUCCESS, aws_socket_close(peer.socket()));
        });
        EXPECT_EQ(written.data, peer.ReadToEnd());
        ASSERT_TRUE(written.called.Wait());
        EXPECT_EQ(0, written.error);
    }
}

/* A pipe ends in both directions at once: what can be ended alone is one's own reading. */
TEST_F(WinsockAccept, a_pipe_ends_its_reading_alone_and_goes_on_writing) {
    Connection connection(allocator_, loop_, Tcp(AWS_SOCKET_LOCAL));
    WriteResult written;
    written.data = "still there";
    std::string received;
    Signal readable;
    RunOnLoop(loop_, [&] {
        EXPECT_RAISES(
            AWS_ERROR_UNSUPPORTED_OPERATION, aws_socket_shutdown_dir(connection.client(), AWS_CHANNEL_DIR_WRITE));
        ASSERT_EQ(AWS_OP_SUCCESS, aws_socket_shutdown_dir(connection.client(), AWS_CHANNEL_DIR_READ));
        char room[16];
        size_t amount = 0;
        struct aws_byte_buf buffer = aws_byte_buf_from_empty_array(room, sizeof(room));
        EXPECT_RAISES(AWS_IO_SOCKET_NOT_CONNECTED, aws_socket_read(connection.client(), &buffer, &amount));
        ASSERT_EQ(
            AWS_OP_SUCCESS,
            aws_socket_subscribe_to_readable_events(
                connection.server(),
                [](struct aws_socket *, int, void *arg) { static_cast<Signal *>(arg)->Raise(); },
                &readable));
        struct aws_byte_cursor data = aws_byte_cursor_from_array(written.data.data(), written.data.size());
        ASSERT_EQ(AWS_OP_SUCCESS, aws_socket_write(connection.client(), &data, WriteResult::Callback, &written));
    });
    ASSERT_TRUE(written.called.Wait());
    EXPECT_EQ(0, written.error);
    ASSERT_TRUE(readable.Wait());
    RunOnLoop(loop_, [&] {
        char room[64];
        size_t amount = 0;
        struct aws_byte_buf buffer = aws_byte_buf_from_empty_array(room, sizeof(room));
        ASSERT_EQ(AWS_OP_SUCCESS, aws_socket_read(connection.server(), &buffer, &amount));
        EXPECT_EQ(written.data, std::string(room, amount));
    });
}
