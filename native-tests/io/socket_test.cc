// SPDX-License-Identifier: Apache-2.0
// <aws/io/socket.h>: the cases that every implementation of the contract has, under the names they have everywhere.
#include "support/sockets.h"
#if !defined(_WIN32)
#    include <netinet/tcp.h>
#endif

#include <aws/common/string.h>
#include <aws/io/host_resolver.h>

namespace {

const std::string kGreeting = "short, and stout";

struct Said {
    static void Callback(void *user_data) {
        static_cast<Signal *>(user_data)->Raise();
    }
};

// The socket closes on its loop, and its clean-up says when it is done.
void CloseAndCleanUp(struct aws_socket *socket, struct aws_event_loop *loop) {
    Signal cleaned;
    EXPECT_EQ(AWS_OP_SUCCESS, aws_socket_set_cleanup_complete_callback(socket, Said::Callback, &cleaned));
    RunOnLoop(loop, [&] { EXPECT_EQ(AWS_OP_SUCCESS, aws_socket_close(socket)); });
    EXPECT_FALSE(aws_socket_is_open(socket));
    aws_socket_clean_up(socket);
    EXPECT_TRUE(cleaned.Wait());
}

// Bytes written at one end arrive at the other.
void ExpectTransfer(struct aws_socket *from, struct aws_socket *to) {
    WriteResult written;
    EXPECT_EQ(AWS_OP_SUCCESS, WriteOnLoop(from, kGreeting, &written));
    EXPECT_TRUE(written.called.Wait());
    EXPECT_EQ(0, written.error);
    EXPECT_EQ(kGreeting.size(), written.bytes);

    int error = 0;
    EXPECT_EQ(kGreeting, ReadUntil(to, kGreeting.size(), &error));
    EXPECT_EQ(0, error);
}

class SocketCommunication : public SocketTest {
  protected:
    void Stream(struct aws_socket_options options) {
        int accepted_before = accept_started_.Count();
        struct aws_socket listening = {};
        Bind(&listening, options);
        ASSERT_EQ(AWS_OP_SUCCESS, aws_socket_listen(&listening, 1024));
        struct aws_socket_listener_options listener_options = {};
        listener_options.on_accept_result = OnAccept;
        listener_options.on_accept_result_user_data = this;
        ASSERT_EQ(AWS_OP_SUCCESS, aws_socket_start_accept(&listening, loop_, listener_options));

        struct aws_socket client = {};
        Connect(&client, options);
        ASSERT_TRUE(accept_started_.Wait(accepted_before + 1));
        ASSERT_NE(nullptr, accepted_);
        EXPECT_EQ(options.domain, accepted_->options.domain);
        EXPECT_EQ(options.type, accepted_->options.type);
        ASSERT_EQ(AWS_OP_SUCCESS, aws_socket_assign_to_event_loop(accepted_, loop_));
        EXPECT_EQ(AWS_OP_SUCCESS, aws_socket_subscribe_to_readable_events(accepted_, IgnoreReadable, nullptr));
        EXPECT_EQ(AWS_OP_SUCCESS, aws_socket_subscribe_to_readable_events(&client, IgnoreReadable, nullptr));
        ExpectTransfer(&client, accepted_);
        ExpectTransfer(accepted_, &client);

        CloseAndCleanUp(accepted_, loop_);
        aws_mem_release(allocator_, accepted_);
        CloseAndCleanUp(&client, loop_);
        CloseAndCleanUp(&listening, loop_);
        unlink(endpoint_.address);
    }

    void Datagrams(struct aws_socket_options options, bool bind_client) {
        struct aws_socket receiver = {};
        Bind(&receiver, options);
        struct aws_socket sender = {};
        Connect(&sender, options, bind_client);
        ASSERT_EQ(AWS_OP_SUCCESS, aws_socket_assign_to_event_loop(&receiver, loop_));
        EXPECT_EQ(AWS_OP_SUCCESS, aws_socket_subscribe_to_readable_events(&receiver, IgnoreReadable, nullptr));
        EXPECT_EQ(AWS_OP_SUCCESS, aws_socket_subscribe_to_readable_events(&sender, IgnoreReadable, nullptr));
        ExpectTransfer(&sender, &receiver);

        CloseAndCleanUp(&sender, loop_);
        CloseAndCleanUp(&receiver, loop_);
    }

  private:
    void Bind(struct aws_socket *socket, struct aws_socket_options options) {
        ASSERT_EQ(AWS_OP_SUCCESS, aws_socket_init(socket, allocator_, &options));
        endpoint_ = AnyLocalEndpoint(options.domain);
        struct aws_socket_endpoint asked = endpoint_;
        ASSERT_EQ(AWS_OP_SUCCESS, BindTo(socket, endpoint_));
        ASSERT_EQ(AWS_OP_SUCCESS, aws_socket_get_bound_address(socket, &endpoint_));
        EXPECT_STREQ(asked.address, endpoint_.address);
        EXPECT_EQ(options.domain == AWS_SOCKET_LOCAL, endpoint_.port == 0);
    }

    void Connect(struct aws_socket *socket, struct aws_socket_options options, bool bind_first = false) {
        ASSERT_EQ(AWS_OP_SUCCESS, aws_socket_init(socket, allocator_, &options));
        if (bind_first) {
            ASSERT_EQ(AWS_OP_SUCCESS, BindTo(socket, Endpoint("127.0.0.1")));
        }
        ConnectResult connected;
        ASSERT_EQ(AWS_OP_SUCCESS, ConnectTo(socket, endpoint_, loop_, ConnectResult::Callback, &connected));
        ASSERT_TRUE(connected.called.Wait());
        EXPECT_EQ(0, connected.error);
        EXPECT_TRUE(connected.on_loop);
        EXPECT_EQ(loop_, aws_socket_get_event_loop(socket));
    }

    static void OnAccept(struct aws_socket *, int error, struct aws_socket *accepted, void *user_data) {
        auto *self = static_cast<SocketCommunication *>(user_data);
        EXPECT_EQ(0, error);
        self->accepted_ = accepted;
        self->accept_started_.Raise();
    }

    struct aws_socket_endpoint endpoint_ = {};
    struct aws_socket *accepted_ = nullptr;
    Signal accept_started_;
};

struct aws_socket_options KeptAlive(enum aws_socket_domain domain) {
    struct aws_socket_options options = SocketOptions(domain, AWS_SOCKET_STREAM);
    options.keepalive = true;
    options.keep_alive_interval_sec = 1000;
    options.keep_alive_timeout_sec = 60;
    return options;
}

// Root may bind to any port, and on Windows everybody may, so these have nothing to test then.
bool MayBindToLowPorts() {
#if defined(_WIN32)
    return true;
#else
    return geteuid() == 0;
#endif
}

} // namespace

#if defined(_WIN32)
static const enum aws_socket_impl_type s_systems_type = AWS_SOCKET_IMPL_WINSOCK;
#else
static const enum aws_socket_impl_type s_systems_type = AWS_SOCKET_IMPL_POSIX;
#endif

static void s_create(struct aws_allocator *allocator, enum aws_socket_impl_type type) {
    struct aws_socket_options options = SocketOptions(AWS_SOCKET_IPV4, AWS_SOCKET_STREAM);
    options.impl_type = type;
    struct aws_socket socket = {};
    if (type != s_systems_type) {
        EXPECT_RAISES(AWS_ERROR_PLATFORM_NOT_SUPPORTED, aws_socket_init(&socket, allocator, &options));
        return;
    }
    EXPECT_EQ(AWS_OP_SUCCESS, aws_socket_init(&socket, allocator, &options));
    EXPECT_TRUE(aws_socket_is_open(&socket));
    aws_socket_clean_up(&socket);
    EXPECT_EQ(type, aws_socket_get_default_impl_type());
}

TEST_F(SocketTest, socket_posix_creation) {
    s_create(allocator_, AWS_SOCKET_IMPL_POSIX);
}

TEST_F(SocketTest, socket_winsock_creation) {
    s_create(allocator_, AWS_SOCKET_IMPL_WINSOCK);
    s_create(allocator_, AWS_SOCKET_IMPL_APPLE_NETWORK_FRAMEWORK);
    s_create(allocator_, (enum aws_socket_impl_type)77);
}

TEST_F(SocketCommunication, local_socket_communication) {
    Stream(SocketOptions(AWS_SOCKET_LOCAL, AWS_SOCKET_STREAM));
}

TEST_F(SocketCommunication, tcp_socket_communication) {
    Stream(KeptAlive(AWS_SOCKET_IPV4));
}

TEST_F(SocketCommunication, udp_socket_communication) {
    Datagrams(SocketOptions(AWS_SOCKET_IPV4, AWS_SOCKET_DGRAM), false);
}

TEST_F(SocketCommunication, udp_bind_connect_communication) {
    Datagrams(SocketOptions(AWS_SOCKET_IPV4, AWS_SOCKET_DGRAM), true);
}

TEST_F(SocketCommunication, tcp_ipv6_socket_communication) {
    Stream(KeptAlive(AWS_SOCKET_IPV6));
}

#if defined(_WIN32)

/* As aws-c-io: sockets of Windows are bound to no interface, and no name of one is valid. */
TEST_F(SocketTest, test_socket_with_bind_to_interface) {
    for (auto domain : {AWS_SOCKET_IPV4, AWS_SOCKET_IPV6, AWS_SOCKET_LOCAL}) {
        struct aws_socket_options options = KeptAlive(domain);
        snprintf(options.network_interface_name, sizeof(options.network_interface_name), "lo");
        struct aws_socket socket = {};
        EXPECT_RAISES(AWS_ERROR_PLATFORM_NOT_SUPPORTED, aws_socket_init(&socket, allocator_, &options));
    }
}

TEST_F(SocketTest, test_socket_with_bind_to_invalid_interface) {
    struct aws_socket_options options = SocketOptions(AWS_SOCKET_IPV4, AWS_SOCKET_DGRAM);
    memset(options.network_interface_name, 'x', sizeof(options.network_interface_name));
    struct aws_socket socket = {};
    EXPECT_RAISES(AWS_ERROR_PLATFORM_NOT_SUPPORTED, aws_socket_init(&socket, allocator_, &options));
}

TEST_F(SocketTest, test_is_network_interface_name_valid) {
    for (const char *name : {"lo", "Ethernet", "nosuchif", ""}) {
        EXPECT_FALSE(aws_is_network_interface_name_valid(name));
    }
    EXPECT_FALSE(aws_is_network_interface_name_valid(nullptr));
}

#else

TEST_F(SocketCommunication, test_socket_with_bind_to_interface) {
    for (auto domain : {AWS_SOCKET_IPV4, AWS_SOCKET_IPV6}) {
        struct aws_socket_options options = KeptAlive(domain);
        snprintf(options.network_interface_name, sizeof(options.network_interface_name), "lo");
        SCOPED_TRACE(domain);
        Stream(options);
    }
    struct aws_socket_options options = SocketOptions(AWS_SOCKET_IPV4, AWS_SOCKET_DGRAM);
    snprintf(options.network_interface_name, sizeof(options.network_interface_name), "lo");
    Datagrams(options, false);
}

TEST_F(SocketTest, test_socket_with_bind_to_invalid_interface) {
    struct aws_socket_options options = KeptAlive(AWS_SOCKET_IPV4);
    snprintf(options.network_interface_name, sizeof(options.network_interface_name), "nosuchif");
    struct aws_socket socket = {};
    EXPECT_RAISES(AWS_IO_SOCKET_INVALID_OPTIONS, aws_socket_init(&socket, allocator_, &options));
    memset(options.network_interface_name, 'x', sizeof(options.network_interface_name));
    EXPECT_RAISES(AWS_IO_SOCKET_INVALID_OPTIONS, aws_socket_init(&socket, allocator_, &options));
}

TEST_F(SocketTest, test_is_network_interface_name_valid) {
    EXPECT_TRUE(aws_is_network_interface_name_valid("lo"));
    EXPECT_FALSE(aws_is_network_interface_name_valid("nosuchif"));
    EXPECT_FALSE(aws_is_network_interface_name_valid(""));
    EXPECT_FALSE(aws_is_network_interface_name_valid(nullptr));
}

#endif

TEST_F(SocketTest, socket_tcp_nodelay) {
    struct aws_socket_options options = SocketOptions(AWS_SOCKET_IPV4, AWS_SOCKET_STREAM);
    for (auto nodelay : {AWS_SOCKET_TCP_NODELAY_ON, AWS_SOCKET_TCP_NODELAY_OFF, AWS_SOCKET_TCP_NODELAY_DEFAULT}) {
        options.tcp_nodelay = nodelay;
        OwnedSocket socket(allocator_, options);
        /* Some systems write no more than a byte. */
        int set = 0;
        socklen_t length = sizeof(set);
        ASSERT_EQ(0, getsockopt(system_socket(socket), IPPROTO_TCP, TCP_NODELAY, (char *)&set, &length));
        EXPECT_EQ(nodelay == AWS_SOCKET_TCP_NODELAY_ON, set != 0);
    }
}

TEST_F(SocketCommunication, vsock_loopback_socket_communication) {
    struct aws_socket_options options = SocketOptions(AWS_SOCKET_VSOCK, AWS_SOCKET_STREAM);
    struct aws_socket probe = {};
    if (aws_socket_init(&probe, allocator_, &options) != AWS_OP_SUCCESS) {
        ASSERT_EQ(AWS_IO_SOCKET_UNSUPPORTED_ADDRESS_FAMILY, aws_last_error());
        GTEST_SKIP() << "this kernel has no VSOCK";
    }
    // VMADDR_CID_LOCAL; only kernels with the loopback transport have it.
    int bound = BindTo(&probe, Endpoint("1", (uint32_t)-1));
    struct aws_socket_endpoint endpoint = {};
    if (bound == AWS_OP_SUCCESS) {
        ASSERT_EQ(AWS_OP_SUCCESS, aws_socket_get_bound_address(&probe, &endpoint));
    }
    aws_socket_clean_up(&probe);
    if (bound != AWS_OP_SUCCESS) {
        ASSERT_EQ(AWS_IO_SOCKET_INVALID_ADDRESS, aws_last_error());
        GTEST_SKIP() << "this kernel has no VSOCK loopback";
    }
    EXPECT_STREQ("1", endpoint.address);

    struct aws_socket listening = {};
    ASSERT_EQ(AWS_OP_SUCCESS, aws_socket_init(&listening, allocator_, &options));
    ASSERT_EQ(AWS_OP_SUCCESS, BindTo(&listening, endpoint));
    ASSERT_EQ(AWS_OP_SUCCESS, aws_socket_listen(&listening, 8));
    OwnedSocket client(allocator_, options);
    ConnectResult connected;
    ASSERT_EQ(AWS_OP_SUCCESS, ConnectTo(client, endpoint, loop_, ConnectResult::Callback, &connected));
    ASSERT_TRUE(connected.called.Wait());
    EXPECT_EQ(0, connected.error);
    aws_socket_clean_up(&listening);
}

TEST_F(SocketTest, connect_timeout) {
    BlackHole nobody("127.0.0.1");
    struct aws_socket_options options = SocketOptions(AWS_SOCKET_IPV4, AWS_SOCKET_STREAM);
    options.connect_timeout_ms = 300;
    OwnedSocket socket(allocator_, options);
    ConnectResult result;
    auto begin = std::chrono::steady_clock::now();
    ASSERT_EQ(
        AWS_OP_SUCCESS,
        ConnectTo(socket, Endpoint("127.0.0.1", nobody.Port()), loop_, ConnectResult::Callback, &result));
    ASSERT_TRUE(result.called.Wait());
    EXPECT_EQ(AWS_IO_SOCKET_TIMEOUT, result.error);
    EXPECT_GE(std::chrono::steady_clock::now() - begin, std::chrono::milliseconds(300));
    EXPECT_FALSE(aws_socket_is_open(socket));
}

TEST_F(SocketTest, connect_timeout_cancelation) {
    BlackHole nobody("127.0.0.1");
    OwnedSocket socket(allocator_, SocketOptions(AWS_SOCKET_IPV4, AWS_SOCKET_STREAM));
    ConnectResult result;
    ASSERT_EQ(
        AWS_OP_SUCCESS,
        ConnectTo(socket, Endpoint("127.0.0.1", nobody.Port()), loop_, ConnectResult::Callback, &result));
    ReleaseGroup();
    EXPECT_EQ(1, result.called.Count());
    EXPECT_EQ(AWS_IO_EVENT_LOOP_SHUTDOWN, result.error);
}

TEST_F(SocketTest, cleanup_before_connect_or_timeout_doesnt_explode) {
    BlackHole nobody("127.0.0.1");
    struct aws_socket_options options = SocketOptions(AWS_SOCKET_IPV4, AWS_SOCKET_STREAM);
    options.connect_timeout_ms = 200;
    struct aws_socket socket = {};
    ASSERT_EQ(AWS_OP_SUCCESS, aws_socket_init(&socket, allocator_, &options));
    Signal cleaned;
    ConnectResult result;
    ASSERT_EQ(
        AWS_OP_SUCCESS,
        ConnectTo(&socket, Endpoint("127.0.0.1", nobody.Port()), loop_, ConnectResult::Callback, &result));
    aws_socket_set_cleanup_complete_callback(&socket, Said::Callback, &cleaned);
    RunOnLoop(loop_, [&] { aws_socket_clean_up(&socket); });
    EXPECT_TRUE(cleaned.Wait());
    EXPECT_FALSE(result.called.WaitFor(std::chrono::milliseconds(400))) << "a closed attempt has no result";
}

TEST_F(SocketTest, outgoing_local_sock_errors) {
#if defined(_WIN32)
    const int no_name = AWS_ERROR_FILE_INVALID_PATH;
    const char *no_such_name = "\\\\.\\pipe\\no-such-socket";
#else
    const int no_name = AWS_IO_SOCKET_CONNECTION_REFUSED;
    const char *no_such_name = "./no-such-socket";
#endif
    OwnedSocket nameless(allocator_, SocketOptions(AWS_SOCKET_LOCAL, AWS_SOCKET_STREAM));
    ConnectResult result;
    EXPECT_RAISES(no_name, ConnectTo(nameless, Endpoint(""), loop_, ConnectResult::Callback, &result));
    OwnedSocket missing(allocator_, SocketOptions(AWS_SOCKET_LOCAL, AWS_SOCKET_STREAM));
    EXPECT_RAISES(
        AWS_ERROR_FILE_INVALID_PATH,
        ConnectTo(missing, Endpoint(no_such_name), loop_, ConnectResult::Callback, &result));
    EXPECT_EQ(0, result.called.Count());
}

TEST_F(SocketTest, outgoing_tcp_sock_error) {
    // A port that was just free is refused.
    OwnedSocket placeholder(allocator_, SocketOptions(AWS_SOCKET_IPV4, AWS_SOCKET_STREAM));
    struct aws_socket_endpoint endpoint = BindToAny(placeholder);

    OwnedSocket socket(allocator_, SocketOptions(AWS_SOCKET_IPV4, AWS_SOCKET_STREAM));
    ConnectResult result;
    ASSERT_EQ(AWS_OP_SUCCESS, ConnectTo(socket, endpoint, loop_, ConnectResult::Callback, &result));
    ASSERT_TRUE(result.called.Wait());
    EXPECT_EQ(AWS_IO_SOCKET_CONNECTION_REFUSED, result.error);
    EXPECT_TRUE(result.on_loop);
}

TEST_F(SocketTest, incoming_tcp_sock_errors) {
    OwnedSocket socket(allocator_, SocketOptions(AWS_SOCKET_IPV4, AWS_SOCKET_STREAM));
    if (MayBindToLowPorts()) {
        // What root may not either: an address that the machine does not have.
        EXPECT_RAISES(AWS_IO_SOCKET_INVALID_ADDRESS, BindTo(socket, Endpoint("192.0.2.1", 80)));
    } else {
        EXPECT_RAISES(AWS_ERROR_NO_PERMISSION, BindTo(socket, Endpoint("127.0.0.1", 80)));
    }
    EXPECT_RAISES(AWS_IO_SOCKET_ILLEGAL_OPERATION_FOR_STATE, aws_socket_listen(socket, 8));
}

TEST_F(SocketTest, incoming_udp_sock_errors) {
    OwnedSocket socket(allocator_, SocketOptions(AWS_SOCKET_IPV4, AWS_SOCKET_DGRAM));
    EXPECT_RAISES(AWS_IO_SOCKET_INVALID_ADDRESS, BindTo(socket, Endpoint("127.0", 80)));
}

TEST_F(SocketTest, incoming_duplicate_tcp_bind_errors) {
    OwnedSocket first(allocator_, SocketOptions(AWS_SOCKET_IPV4, AWS_SOCKET_STREAM));
    struct aws_socket_endpoint endpoint = BindToAny(first);
    ASSERT_EQ(AWS_OP_SUCCESS, aws_socket_listen(first, 8));
    OwnedSocket second(allocator_, SocketOptions(AWS_SOCKET_IPV4, AWS_SOCKET_STREAM));
    EXPECT_RAISES(AWS_IO_SOCKET_ADDRESS_IN_USE, BindTo(second, endpoint));
}

class BindOnZeroPort : public SocketTest {
  protected:
    void Check(enum aws_socket_type type) {
        OwnedSocket socket(allocator_, SocketOptions(AWS_SOCKET_IPV4, type));
        struct aws_socket_endpoint bound = {};
        EXPECT_RAISES(AWS_IO_SOCKET_ILLEGAL_OPERATION_FOR_STATE, aws_socket_get_bound_address(socket, &bound));
        ASSERT_EQ(AWS_OP_SUCCESS, BindTo(socket, Endpoint("127.0.0.1", 0)));
        ASSERT_EQ(AWS_OP_SUCCESS, aws_socket_get_bound_address(socket, &bound));
        EXPECT_STREQ("127.0.0.1", bound.address);
        EXPECT_NE(0u, bound.port);
        if (type == AWS_SOCKET_STREAM) {
            EXPECT_EQ(AWS_OP_SUCCESS, aws_socket_listen(socket, 1024));
        }
        struct aws_socket_endpoint again = {};
        ASSERT_EQ(AWS_OP_SUCCESS, aws_socket_get_bound_address(socket, &again));
        EXPECT_EQ(bound.port, again.port);
        EXPECT_STREQ(bound.address, again.address);
        EXPECT_EQ(AWS_OP_SUCCESS, aws_socket_close(socket));
    }
};

TEST_F(BindOnZeroPort, bind_on_zero_port_tcp_ipv4) {
    Check(AWS_SOCKET_STREAM);
}

TEST_F(BindOnZeroPort, bind_on_zero_port_udp_ipv4) {
    Check(AWS_SOCKET_DGRAM);
}

TEST_F(SocketTest, wrong_thread_read_write_fails) {
    OwnedSocket socket(allocator_, SocketOptions(AWS_SOCKET_IPV4, AWS_SOCKET_DGRAM));
    ASSERT_EQ(AWS_OP_SUCCESS, BindTo(socket, Endpoint("127.0.0.1")));
    ASSERT_EQ(AWS_OP_SUCCESS, aws_socket_assign_to_event_loop(socket, loop_));
    ASSERT_EQ(AWS_OP_SUCCESS, aws_socket_subscribe_to_readable_events(socket, IgnoreReadable, nullptr));
    size_t amount = 0;
    EXPECT_RAISES(AWS_ERROR_IO_EVENT_LOOP_THREAD_ONLY, aws_socket_read(socket, nullptr, &amount));
    EXPECT_RAISES(AWS_ERROR_IO_EVENT_LOOP_THREAD_ONLY, aws_socket_write(socket, nullptr, nullptr, nullptr));
}

namespace {

struct CleanedListener {
    struct aws_socket *accepted = nullptr;
    Signal called;

    static void Callback(struct aws_socket *listener, int error, struct aws_socket *accepted, void *user_data) {
        auto *self = static_cast<CleanedListener *>(user_data);
        EXPECT_EQ(0, error);
        self->accepted = accepted;
        aws_socket_clean_up(listener);
        self->called.Raise();
    }
};

} // namespace

TEST_F(SocketTest, cleanup_in_accept_doesnt_explode) {
    struct aws_socket_options options = KeptAlive(AWS_SOCKET_IPV4);
    struct aws_socket listening = {};
    struct aws_socket_endpoint endpoint = {};
    ASSERT_EQ(AWS_OP_SUCCESS, aws_socket_init(&listening, allocator_, &options));
    ASSERT_EQ(AWS_OP_SUCCESS, BindTo(&listening, Endpoint("127.0.0.1")));
    ASSERT_EQ(AWS_OP_SUCCESS, aws_socket_get_bound_address(&listening, &endpoint));
    ASSERT_EQ(AWS_OP_SUCCESS, aws_socket_listen(&listening, 1024));
    CleanedListener cleaned;
    struct aws_socket_listener_options listener_options = {};
    listener_options.on_accept_result = CleanedListener::Callback;
    listener_options.on_accept_result_user_data = &cleaned;
    ASSERT_EQ(AWS_OP_SUCCESS, aws_socket_start_accept(&listening, loop_, listener_options));

    OwnedSocket client(allocator_, options);
    ConnectResult connected;
    ASSERT_EQ(AWS_OP_SUCCESS, ConnectTo(client, endpoint, loop_, ConnectResult::Callback, &connected));
    ASSERT_TRUE(cleaned.called.Wait());
    ASSERT_TRUE(connected.called.Wait());
    EXPECT_EQ(0, connected.error);
    OwnedSocket accepted(allocator_, cleaned.accepted);
    EXPECT_EQ(options.domain, accepted->options.domain);
    EXPECT_EQ(AWS_OP_SUCCESS, aws_socket_assign_to_event_loop(accepted, loop_));
    EXPECT_EQ(nullptr, listening.impl);
}

namespace {

struct CleanedWriter {
    Signal called;
    int error = -1;

    static void Callback(struct aws_socket *socket, int error, size_t bytes, void *user_data) {
        auto *self = static_cast<CleanedWriter *>(user_data);
        self->error = error;
        EXPECT_EQ(kGreeting.size(), bytes);
        aws_socket_clean_up(socket);
        self->called.Raise();
    }
};

} // namespace

TEST_F(SocketTest, cleanup_in_write_cb_doesnt_explode) {
    Connection connection(allocator_, loop_, KeptAlive(AWS_SOCKET_IPV4));
    aws_socket_subscribe_to_readable_events(connection.client(), IgnoreReadable, nullptr);
    aws_socket_subscribe_to_readable_events(connection.server(), IgnoreReadable, nullptr);
    for (struct aws_socket *socket : {connection.client(), connection.server()}) {
        CleanedWriter written;
        struct aws_byte_cursor data = aws_byte_cursor_from_array(kGreeting.data(), kGreeting.size());
        RunOnLoop(loop_, [&] {
            EXPECT_EQ(AWS_OP_SUCCESS, aws_socket_write(socket, &data, CleanedWriter::Callback, &written));
        });
        ASSERT_TRUE(written.called.Wait());
        EXPECT_EQ(0, written.error);
    }
}

namespace {

// Four writes: the first one's callback makes the fourth, the second one's cleans the socket up.
struct AsyncWrites {
    struct Step {
        AsyncWrites *all;
        int number;
    };

    struct aws_socket *socket;
    Step steps[4] = {{this, 0}, {this, 1}, {this, 2}, {this, 3}};
    bool is_writing = false;
    int next = 0;
    Signal finished;

    void Write(int number) {
        struct aws_byte_cursor data = aws_byte_cursor_from_c_str("x");
        is_writing = true;
        EXPECT_EQ(AWS_OP_SUCCESS, aws_socket_write(socket, &data, Callback, &steps[number]));
        is_writing = false;
    }

    static void Callback(struct aws_socket *socket, int error, size_t bytes, void *user_data) {
        auto *step = static_cast<Step *>(user_data);
        EXPECT_FALSE(step->all->is_writing) << "a callback inside the call";
        EXPECT_EQ(step->all->next++, step->number);
        if (step->number < 2) {
            EXPECT_EQ(0, error);
            EXPECT_EQ(1u, bytes);
        }
        if (step->number == 0) {
            step->all->Write(3);
        } else if (step->number == 1) {
            aws_socket_clean_up(socket);
        } else if (step->number == 3) {
            step->all->finished.Raise();
        }
    }
};

} // namespace

TEST_F(SocketTest, sock_write_cb_is_async) {
    Connection connection(allocator_, loop_, SocketOptions(AWS_SOCKET_LOCAL, AWS_SOCKET_STREAM));
    AsyncWrites writes;
    writes.socket = connection.client();
    RunOnLoop(loop_, [&] {
        for (int number : {0, 1, 2}) {
            writes.Write(number);
        }
    });
    ASSERT_TRUE(writes.finished.Wait());
    EXPECT_EQ(4, writes.next);

    // The other end reads what was sent and then the end of the stream.
    int error = 0;
    EXPECT_GE(ReadUntil(connection.server(), 100, &error).size(), 2u);
    EXPECT_EQ(AWS_IO_SOCKET_CLOSED, error);
}

TEST_F(SocketTest, socket_validate_port) {
    const uint32_t any = (uint32_t)-1;
    for (auto domain : {AWS_SOCKET_IPV4, AWS_SOCKET_IPV6}) {
        for (uint32_t port : {1u, 80u, 65535u}) {
            EXPECT_EQ(AWS_OP_SUCCESS, aws_socket_validate_port_for_connect(port, domain));
            EXPECT_EQ(AWS_OP_SUCCESS, aws_socket_validate_port_for_bind(port, domain));
        }
        EXPECT_EQ(AWS_OP_SUCCESS, aws_socket_validate_port_for_bind(0, domain));
        EXPECT_RAISES(AWS_IO_SOCKET_INVALID_ADDRESS, aws_socket_validate_port_for_connect(0, domain));
        for (uint32_t port : {65536u, any}) {
            EXPECT_RAISES(AWS_IO_SOCKET_INVALID_ADDRESS, aws_socket_validate_port_for_connect(port, domain));
            EXPECT_RAISES(AWS_IO_SOCKET_INVALID_ADDRESS, aws_socket_validate_port_for_bind(port, domain));
        }
    }
    for (uint32_t port : {0u, 80u, 65536u}) {
        EXPECT_EQ(AWS_OP_SUCCESS, aws_socket_validate_port_for_connect(port, AWS_SOCKET_VSOCK));
        EXPECT_EQ(AWS_OP_SUCCESS, aws_socket_validate_port_for_bind(port, AWS_SOCKET_VSOCK));
    }
    EXPECT_EQ(AWS_OP_SUCCESS, aws_socket_validate_port_for_bind(any, AWS_SOCKET_VSOCK));
    EXPECT_RAISES(AWS_IO_SOCKET_INVALID_ADDRESS, aws_socket_validate_port_for_connect(any, AWS_SOCKET_VSOCK));
    for (uint32_t port : {0u, 80u, any}) {
        EXPECT_EQ(AWS_OP_SUCCESS, aws_socket_validate_port_for_connect(port, AWS_SOCKET_LOCAL));
        EXPECT_EQ(AWS_OP_SUCCESS, aws_socket_validate_port_for_bind(port, AWS_SOCKET_LOCAL));
    }
    auto unknown = (enum aws_socket_domain)99;
    EXPECT_RAISES(AWS_IO_SOCKET_INVALID_ADDRESS, aws_socket_validate_port_for_connect(80, unknown));
    EXPECT_RAISES(AWS_IO_SOCKET_INVALID_ADDRESS, aws_socket_validate_port_for_bind(80, unknown));
}

class ParseAddress : public TracedIoTest {
  protected:
    int Parse4(const char *text, uint32_t *binary) {
        struct aws_string *string = aws_string_new_from_c_str(allocator_, text);
        int result = aws_parse_ipv4_address(string, binary);
        aws_string_destroy(string);
        return result;
    }

    int Parse6(const char *text, struct aws_byte_buf *binary) {
        struct aws_string *string = aws_string_new_from_c_str(allocator_, text);
        int result = aws_parse_ipv6_address(string, binary);
        aws_string_destroy(string);
        return result;
    }
};

TEST_F(ParseAddress, parse_ipv4_valid_addresses) {
    const char *texts[] = {"127.0.0.1", "0.0.0.0", "255.255.255.255", "192.168.1.254", "8.8.4.4"};
    for (const char *text : texts) {
        uint32_t binary = 0;
        EXPECT_EQ(AWS_OP_SUCCESS, Parse4(text, &binary)) << text;
        EXPECT_EQ(inet_addr(text), binary) << text;
    }
}

TEST_F(ParseAddress, parse_ipv4_invalid_addresses) {
    const char *texts[] = {
        "",
        "256.1.1.1",
        "1.2.3",
        "1.2.3.4.5",
        "1.2.3.4 ",
        " 1.2.3.4",
        "a.b.c.d",
        "1..2.3",
        "1.2.3.-4",
        "0x7f.1",
        "::1",
        "127.0.0.1:8080",
        "01.2.3.4",
        "1.2.3.4/8",
        "localhost"};
    for (const char *text : texts) {
        SCOPED_TRACE(text);
        uint32_t binary = 0x12345678;
        EXPECT_RAISES(AWS_IO_SOCKET_INVALID_ADDRESS, Parse4(text, &binary));
        EXPECT_EQ(0x12345678u, binary);
    }
    uint32_t binary;
    EXPECT_RAISES(AWS_ERROR_INVALID_ARGUMENT, aws_parse_ipv4_address(nullptr, &binary));
}

TEST_F(ParseAddress, parse_ipv6_valid_addresses) {
    const char *texts[] = {"::1", "::", "2001:db8::ff00:42:8329", "fe80::1", "::ffff:192.0.2.128", "1:2:3:4:5:6:7:8"};
    for (const char *text : texts) {
        uint8_t memory[20] = {0xAA, 0xBB};
        struct aws_byte_buf buffer = aws_byte_buf_from_empty_array(memory, sizeof(memory));
        buffer.len = 2;
        EXPECT_EQ(AWS_OP_SUCCESS, Parse6(text, &buffer)) << text;
        uint8_t expected[16];
        ASSERT_EQ(1, inet_pton(AF_INET6, text, expected));
        EXPECT_EQ(18u, buffer.len);
        EXPECT_EQ(0, memcmp(expected, memory + 2, 16)) << text;
        EXPECT_EQ(0xBB, memory[1]);
    }
}

TEST_F(ParseAddress, parse_ipv6_invalid_addresses) {
    const char *texts[] = {
        "",
        ":",
        "1:2:3:4:5:6:7",
        "1:2:3:4:5:6:7:8:9",
        "12345::",
        "::g",
        "1::2::3",
        "127.0.0.1",
        "[::1]",
        "fe80::1%lo",
        "::1 ",
        "::1/128"};
    uint8_t memory[16];
    for (const char *text : texts) {
        SCOPED_TRACE(text);
        struct aws_byte_buf buffer = aws_byte_buf_from_empty_array(memory, sizeof(memory));
        EXPECT_RAISES(AWS_IO_SOCKET_INVALID_ADDRESS, Parse6(text, &buffer));
        EXPECT_EQ(0u, buffer.len);
    }
    struct aws_byte_buf small = aws_byte_buf_from_empty_array(memory, 15);
    EXPECT_RAISES(AWS_ERROR_SHORT_BUFFER, Parse6("::1", &small));
    EXPECT_RAISES(AWS_ERROR_INVALID_ARGUMENT, aws_parse_ipv6_address(nullptr, &small));
}
