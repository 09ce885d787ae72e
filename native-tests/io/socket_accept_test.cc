// SPDX-License-Identifier: Apache-2.0
// <aws/io/socket.h>: what a listener does beside handing out connections.
#include "support/fault.h"
#include "support/sockets.h"

#include <netinet/tcp.h>
#include <sys/syscall.h>

static Fault s_accept_fault;
static Fault s_plain_accept_fault;

extern "C" int accept4(int fd, struct sockaddr *address, socklen_t *length, int flags) {
    return s_accept_fault.ShouldFail() ? -1 : (int)syscall(SYS_accept4, fd, address, length, flags);
}

extern "C" int accept(int fd, struct sockaddr *address, socklen_t *length) {
    return s_plain_accept_fault.ShouldFail() ? -1 : (int)syscall(SYS_accept4, fd, address, length, 0);
}

namespace {

class SocketAccept : public SocketTest {
  protected:
    void SetUp() override {
        SocketTest::SetUp();
        s_accept_fault.Clear();
        s_plain_accept_fault.Clear();
    }

    static struct aws_socket_options Tcp() {
        return SocketOptions(AWS_SOCKET_IPV4, AWS_SOCKET_STREAM);
    }

    std::unique_ptr<OwnedSocket> Client(const Listener &listener) {
        auto client = std::make_unique<OwnedSocket>(allocator_, listener.socket()->options);
        ConnectResult connected;
        EXPECT_EQ(AWS_OP_SUCCESS, ConnectTo(*client, listener.endpoint(), loop_, ConnectResult::Callback, &connected));
        EXPECT_TRUE(connected.called.Wait());
        EXPECT_EQ(0, connected.error);
        return client;
    }
};

int Option(struct aws_socket *socket, int level, int name) {
    int value = -1;
    socklen_t length = sizeof(value);
    EXPECT_EQ(0, getsockopt(socket->io_handle.data.fd, level, name, &value, &length));
    return value;
}

} // namespace

TEST_F(SocketAccept, descriptors_neither_block_nor_reach_other_programs) {
    Connection connection(allocator_, loop_, Tcp());
    for (struct aws_socket *socket : {connection.client(), connection.server(), connection.listener().socket()}) {
        EXPECT_TRUE(fcntl(socket->io_handle.data.fd, F_GETFL) & O_NONBLOCK);
        EXPECT_TRUE(fcntl(socket->io_handle.data.fd, F_GETFD) & FD_CLOEXEC);
    }
}

TEST_F(SocketAccept, a_connection_has_the_options_of_its_listener) {
    struct aws_socket_options options = Tcp();
    options.keepalive = true;
    options.keep_alive_interval_sec = 77;
    options.keep_alive_timeout_sec = 7;
    options.keep_alive_max_failed_probes = 4;
    options.tcp_nodelay = AWS_SOCKET_TCP_NODELAY_ON;
    Connection connection(allocator_, loop_, options);
    for (struct aws_socket *socket : {connection.client(), connection.server()}) {
        EXPECT_EQ(1, Option(socket, SOL_SOCKET, SO_KEEPALIVE));
        EXPECT_EQ(77, Option(socket, IPPROTO_TCP, TCP_KEEPIDLE));
        EXPECT_EQ(7, Option(socket, IPPROTO_TCP, TCP_KEEPINTVL));
        EXPECT_EQ(4, Option(socket, IPPROTO_TCP, TCP_KEEPCNT));
        EXPECT_EQ(1, Option(socket, IPPROTO_TCP, TCP_NODELAY));
        EXPECT_EQ(0, memcmp(&options, &socket->options, sizeof(options)));
    }
}

TEST_F(SocketAccept, both_ends_know_each_other) {
    for (auto domain : {AWS_SOCKET_IPV4, AWS_SOCKET_IPV6}) {
        Connection connection(allocator_, loop_, SocketOptions(domain, AWS_SOCKET_STREAM));
        EXPECT_STREQ(connection.client()->local_endpoint.address, connection.server()->remote_endpoint.address);
        EXPECT_EQ(connection.client()->local_endpoint.port, connection.server()->remote_endpoint.port);
        EXPECT_STREQ(connection.client()->remote_endpoint.address, connection.server()->local_endpoint.address);
        EXPECT_EQ(connection.client()->remote_endpoint.port, connection.server()->local_endpoint.port);
    }
    Connection connection(allocator_, loop_, SocketOptions(AWS_SOCKET_LOCAL, AWS_SOCKET_STREAM));
    EXPECT_STREQ(connection.listener().endpoint().address, connection.server()->remote_endpoint.address);
    EXPECT_STREQ("", connection.client()->local_endpoint.address);
}

TEST_F(SocketAccept, accepting_stops_and_starts_again) {
    Listener listener(allocator_, loop_, Tcp());
    EXPECT_RAISES(AWS_IO_EVENT_LOOP_ALREADY_ASSIGNED, listener.Start(loop_));
    for (int round = 0; round < 10; ++round) {
        // From any thread; a second time there is nothing to stop.
        ASSERT_EQ(AWS_OP_SUCCESS, aws_socket_stop_accept(listener.socket()));
        EXPECT_EQ(nullptr, aws_socket_get_event_loop(listener.socket()));
        EXPECT_RAISES(AWS_IO_SOCKET_ILLEGAL_OPERATION_FOR_STATE, aws_socket_stop_accept(listener.socket()));

        // Who connects meanwhile is accepted later.
        auto client = Client(listener);
        RunOnLoop(loop_, [] {});
        EXPECT_EQ(round, listener.arrived().Count());
        ASSERT_EQ(AWS_OP_SUCCESS, listener.Start(loop_));
        OwnedSocket accepted(allocator_, listener.Take());
        EXPECT_EQ(AWS_OP_SUCCESS, aws_socket_assign_to_event_loop(accepted, loop_));
    }
    RunOnLoop(loop_, [&] { EXPECT_EQ(AWS_OP_SUCCESS, aws_socket_stop_accept(listener.socket())); });
}

TEST_F(SocketAccept, the_start_is_reported_on_the_loop) {
    struct Started {
        Signal called;
        static void Callback(struct aws_socket *socket, int error, void *user_data) {
            EXPECT_EQ(0, error);
            EXPECT_TRUE(aws_event_loop_thread_is_callers_thread(socket->event_loop));
            static_cast<Started *>(user_data)->called.Raise();
        }
    } started;
    OwnedSocket listener(allocator_, Tcp());
    ASSERT_EQ(AWS_OP_SUCCESS, BindTo(listener, Endpoint("127.0.0.1")));
    ASSERT_EQ(AWS_OP_SUCCESS, aws_socket_listen(listener, 8));
    struct aws_socket_listener_options options = {};
    options.on_accept_result = [](struct aws_socket *, int, struct aws_socket *, void *) { FAIL(); };
    options.on_accept_start = Started::Callback;
    options.on_accept_start_user_data = &started;
    ASSERT_EQ(AWS_OP_SUCCESS, aws_socket_start_accept(listener, loop_, options));
    EXPECT_TRUE(started.called.Wait());
}

TEST_F(SocketAccept, a_listener_outlives_a_lack_of_descriptors) {
    Listener listener(allocator_, loop_, Tcp());
    s_accept_fault.Fail(EMFILE, 2);
    auto client = Client(listener);
    ASSERT_TRUE(listener.failed().Wait());
    EXPECT_EQ(AWS_ERROR_MAX_FDS_EXCEEDED, listener.last_error());
    // No further connection comes that would wake the listener up: it tries again by itself.
    OwnedSocket accepted(allocator_, listener.Take());
    EXPECT_EQ(2, listener.failed().Count());
    EXPECT_EQ(AWS_OP_SUCCESS, aws_socket_assign_to_event_loop(accepted, loop_));
}

TEST_F(SocketAccept, a_listener_that_waits_for_descriptors_can_be_closed) {
    Listener listener(allocator_, loop_, Tcp());
    s_accept_fault.Fail(ENFILE, 1000000);
    auto client = Client(listener);
    ASSERT_TRUE(listener.failed().Wait());
    EXPECT_EQ(AWS_OP_SUCCESS, aws_socket_close(listener.socket()));
    int failures = listener.failed().Count();
    RunOnLoop(loop_, [] {});
    EXPECT_EQ(failures, listener.failed().Count());
}

TEST_F(SocketAccept, a_connection_that_is_lost_before_it_is_accepted_is_passed_over) {
    Listener listener(allocator_, loop_, Tcp());
    for (int error : {ECONNABORTED, EPROTO, ENETDOWN, EHOSTUNREACH, EINTR}) {
        s_accept_fault.Fail(error, 1);
        auto client = Client(listener);
        OwnedSocket accepted(allocator_, listener.Take());
        EXPECT_EQ(AWS_OP_SUCCESS, aws_socket_assign_to_event_loop(accepted, loop_));
    }
    EXPECT_EQ(0, listener.failed().Count());
}

TEST_F(SocketAccept, another_error_of_accept_is_reported_with_its_code) {
    Listener listener(allocator_, loop_, Tcp());
    s_accept_fault.Fail(EINVAL, 1);
    auto client = Client(listener);
    ASSERT_TRUE(listener.failed().Wait());
    EXPECT_NE(0, listener.last_error());
}

TEST_F(SocketAccept, many_at_once) {
    Listener listener(allocator_, loop_, Tcp());
    std::vector<std::unique_ptr<OwnedSocket>> clients;
    std::vector<std::unique_ptr<OwnedSocket>> accepted;
    std::vector<std::unique_ptr<ConnectResult>> results;
    for (int i = 0; i < 200; ++i) {
        clients.push_back(std::make_unique<OwnedSocket>(allocator_, Tcp()));
        results.push_back(std::make_unique<ConnectResult>());
        ASSERT_EQ(
            AWS_OP_SUCCESS,
            ConnectTo(*clients[i], listener.endpoint(), loop_, ConnectResult::Callback, results[i].get()));
    }
    for (int i = 0; i < 200; ++i) {
        accepted.push_back(std::make_unique<OwnedSocket>(allocator_, listener.Take()));
        ASSERT_TRUE(results[i]->called.Wait());
        EXPECT_EQ(0, results[i]->error);
    }
}

// Sandboxes with a list of known calls refuse the newer one, in one way or the other.
TEST_F(SocketAccept, the_older_call_serves_where_accept4_is_refused) {
    for (int refusal : {EPERM, ENOSYS}) {
        s_accept_fault.Fail(refusal, 1000000);
        Connection connection(allocator_, loop_, Tcp());
        EXPECT_TRUE(fcntl(connection.server()->io_handle.data.fd, F_GETFL) & O_NONBLOCK);
        EXPECT_TRUE(fcntl(connection.server()->io_handle.data.fd, F_GETFD) & FD_CLOEXEC);
        EXPECT_STREQ("127.0.0.1", connection.server()->remote_endpoint.address);
        EXPECT_EQ(connection.client()->local_endpoint.port, connection.server()->remote_endpoint.port);
        s_accept_fault.Clear();
    }
}

// Errors that are one connection's come with its accept. A system that answers with nothing else is asked again, after
// a pause: sixteen times, then a tenth of a second of rest.
TEST_F(SocketAccept, endless_errors_keep_no_loop_busy) {
    for (int error : {EPERM, ENETDOWN, EHOSTDOWN, ENONET, EOPNOTSUPP, EPROTO, ENOPROTOOPT, ENETUNREACH, EHOSTUNREACH}) {
        s_accept_fault.Fail(error, 1000000);
        s_plain_accept_fault.Fail(error, 1000000);
        Listener listener(allocator_, loop_, Tcp());
        auto begin = std::chrono::steady_clock::now();
        auto client = Client(listener);
        while (s_accept_fault.Calls() + s_plain_accept_fault.Calls() < 32) {
            ASSERT_LT(std::chrono::steady_clock::now() - begin, std::chrono::seconds(20)) << error;
            RunOnLoop(loop_, [] {});
        }
        EXPECT_EQ(0, listener.last_error()) << "the listener lives";
        EXPECT_LE(s_plain_accept_fault.Calls(), 48);
        s_accept_fault.Clear();
        s_plain_accept_fault.Clear();
        OwnedSocket server(allocator_, listener.Take());
        EXPECT_GE(std::chrono::steady_clock::now() - begin, std::chrono::milliseconds(100)) << "there was no pause";
    }
}

TEST_F(SocketAccept, more_connections_than_one_turn_takes_are_all_accepted) {
    s_accept_fault.Fail(EMFILE);
    Listener listener(allocator_, loop_, Tcp());
    std::vector<int> peers;
    struct sockaddr_in address = {};
    address.sin_family = AF_INET;
    address.sin_port = htons((uint16_t)listener.endpoint().port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    for (int i = 0; i < 600; ++i) {
        peers.push_back(socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0));
        ASSERT_EQ(0, connect(peers.back(), (struct sockaddr *)&address, sizeof(address)));
    }
    for (int i = 0; i < 600; ++i) {
        OwnedSocket server(allocator_, listener.Take());
    }
    for (int peer : peers) {
        close(peer);
    }
}
