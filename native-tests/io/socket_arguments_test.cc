// SPDX-License-Identifier: Apache-2.0
// <aws/io/socket.h>: bad arguments, addresses at their limits, failures of the kernel, sockets of the program's own.
#include "support/fault.h"
#include "support/sockets.h"

#include <aws/common/string.h>
#include <aws/io/private/socket_impl.h>

#include <arpa/inet.h>
#include <sys/syscall.h>

static Fault s_name_fault;
static Fault s_socket_fault;

extern "C" int getsockname(int fd, struct sockaddr *address, socklen_t *length) {
    return s_name_fault.ShouldFail() ? -1 : (int)syscall(SYS_getsockname, fd, address, length);
}

extern "C" int socket(int domain, int type, int protocol) {
    return s_socket_fault.ShouldFail() ? -1 : (int)syscall(SYS_socket, domain, type, protocol);
}

namespace {

class SocketArguments : public SocketTest {
  protected:
    void SetUp() override {
        SocketTest::SetUp();
        s_name_fault.Clear();
        s_socket_fault.Clear();
    }

    static struct aws_socket_options Tcp() {
        return SocketOptions(AWS_SOCKET_IPV4, AWS_SOCKET_STREAM);
    }
};

} // namespace

TEST_F(SocketArguments, null_is_refused) {
    struct aws_socket_options options = Tcp();
    struct aws_socket_listener_options listener_options = {};
    struct aws_socket socket = {};
    struct aws_socket_endpoint endpoint = {};
    EXPECT_RAISES(AWS_ERROR_INVALID_ARGUMENT, aws_socket_init(nullptr, allocator_, &options));
    EXPECT_RAISES(AWS_ERROR_INVALID_ARGUMENT, aws_socket_init(&socket, allocator_, nullptr));
    EXPECT_RAISES(AWS_ERROR_INVALID_ARGUMENT, aws_socket_init(&socket, nullptr, &options));
    // Neither NULL nor a socket that has been cleaned up, or was never set up.
    for (struct aws_socket *none : {(struct aws_socket *)nullptr, &socket}) {
        EXPECT_RAISES(AWS_ERROR_INVALID_ARGUMENT, BindTo(none, endpoint));
        EXPECT_RAISES(AWS_ERROR_INVALID_ARGUMENT, aws_socket_connect(none, nullptr));
        EXPECT_RAISES(AWS_ERROR_INVALID_ARGUMENT, aws_socket_listen(none, 1));
        EXPECT_RAISES(AWS_ERROR_INVALID_ARGUMENT, aws_socket_start_accept(none, loop_, listener_options));
        EXPECT_RAISES(AWS_ERROR_INVALID_ARGUMENT, aws_socket_stop_accept(none));
        EXPECT_RAISES(AWS_ERROR_INVALID_ARGUMENT, aws_socket_close(none));
        EXPECT_RAISES(AWS_ERROR_INVALID_ARGUMENT, aws_socket_shutdown_dir(none, AWS_CHANNEL_DIR_READ));
        EXPECT_RAISES(AWS_ERROR_INVALID_ARGUMENT, aws_socket_set_options(none, &options));
        EXPECT_RAISES(AWS_ERROR_INVALID_ARGUMENT, aws_socket_assign_to_event_loop(none, loop_));
        EXPECT_RAISES(
            AWS_ERROR_INVALID_ARGUMENT, aws_socket_subscribe_to_readable_events(none, IgnoreReadable, nullptr));
        EXPECT_RAISES(AWS_ERROR_INVALID_ARGUMENT, aws_socket_read(none, nullptr, nullptr));
        EXPECT_RAISES(AWS_ERROR_INVALID_ARGUMENT, aws_socket_write(none, nullptr, nullptr, nullptr));
        EXPECT_RAISES(AWS_ERROR_INVALID_ARGUMENT, aws_socket_set_close_complete_callback(none, nullptr, nullptr));
        EXPECT_RAISES(AWS_ERROR_INVALID_ARGUMENT, aws_socket_set_cleanup_complete_callback(none, nullptr, nullptr));
        EXPECT_NE(0, aws_socket_get_error(none));
        EXPECT_FALSE(aws_socket_is_open(none));
        EXPECT_EQ(nullptr, aws_socket_get_event_loop(none));
        aws_socket_clean_up(none);
    }
    EXPECT_RAISES(AWS_ERROR_INVALID_ARGUMENT, aws_socket_get_bound_address(nullptr, &endpoint));
    EXPECT_RAISES(AWS_ERROR_INVALID_ARGUMENT, aws_socket_get_bound_address(&socket, nullptr));
    EXPECT_RAISES(AWS_ERROR_INVALID_ARGUMENT, (aws_socket_endpoint_init_local_address_for_test(nullptr), AWS_OP_ERR));
}

TEST_F(SocketArguments, a_connection_needs_a_loop_and_a_callback) {
    Listener listener(allocator_, loop_, Tcp());
    OwnedSocket socket(allocator_, Tcp());
    ConnectResult result;
    struct aws_socket_connect_options empty = {};
    EXPECT_RAISES(AWS_ERROR_INVALID_ARGUMENT, aws_socket_connect(socket, nullptr));
    EXPECT_RAISES(AWS_ERROR_INVALID_ARGUMENT, aws_socket_connect(socket, &empty));
    EXPECT_RAISES(
        AWS_ERROR_INVALID_ARGUMENT, ConnectTo(socket, listener.endpoint(), nullptr, ConnectResult::Callback, &result));
    EXPECT_RAISES(AWS_ERROR_INVALID_ARGUMENT, ConnectTo(socket, listener.endpoint(), loop_, nullptr, nullptr));

    // None of that has touched the socket.
    ASSERT_EQ(AWS_OP_SUCCESS, ConnectTo(socket, listener.endpoint(), loop_, ConnectResult::Callback, &result));
    ASSERT_TRUE(result.called.Wait());
    EXPECT_EQ(0, result.error);
    EXPECT_RAISES(
        AWS_IO_EVENT_LOOP_ALREADY_ASSIGNED,
        ConnectTo(socket, listener.endpoint(), loop_, ConnectResult::Callback, &result));
    EXPECT_RAISES(AWS_IO_EVENT_LOOP_ALREADY_ASSIGNED, aws_socket_assign_to_event_loop(socket, loop_));
}

TEST_F(SocketArguments, a_listener_needs_a_loop_and_a_callback) {
    OwnedSocket socket(allocator_, Tcp());
    EXPECT_RAISES(AWS_ERROR_INVALID_ARGUMENT, aws_socket_bind(socket, nullptr));
    struct aws_socket_bind_options nowhere = {};
    EXPECT_RAISES(AWS_ERROR_INVALID_ARGUMENT, aws_socket_bind(socket, &nowhere));
    EXPECT_RAISES(AWS_IO_SOCKET_ILLEGAL_OPERATION_FOR_STATE, aws_socket_listen(socket, 8));
    ASSERT_EQ(AWS_OP_SUCCESS, BindTo(socket, Endpoint("127.0.0.1")));
    EXPECT_RAISES(AWS_IO_SOCKET_ILLEGAL_OPERATION_FOR_STATE, BindTo(socket, Endpoint("127.0.0.1")));

    struct aws_socket_listener_options options = {};
    EXPECT_RAISES(AWS_ERROR_INVALID_ARGUMENT, aws_socket_start_accept(socket, loop_, options));
    options.on_accept_result = [](struct aws_socket *, int, struct aws_socket *, void *) {};
    EXPECT_RAISES(AWS_ERROR_INVALID_ARGUMENT, aws_socket_start_accept(socket, nullptr, options));
    EXPECT_RAISES(AWS_IO_SOCKET_ILLEGAL_OPERATION_FOR_STATE, aws_socket_start_accept(socket, loop_, options));
    ASSERT_EQ(AWS_OP_SUCCESS, aws_socket_listen(socket, 8));
    EXPECT_RAISES(AWS_IO_SOCKET_ILLEGAL_OPERATION_FOR_STATE, aws_socket_stop_accept(socket));
    EXPECT_EQ(AWS_OP_SUCCESS, aws_socket_start_accept(socket, loop_, options));
}

TEST_F(SocketArguments, a_write_needs_a_callback_and_bytes) {
    SocketToRawPeer peer(allocator_, loop_);
    WriteResult result;
    RunOnLoop(loop_, [&] {
        struct aws_byte_cursor data = aws_byte_cursor_from_c_str("x");
        struct aws_byte_cursor broken = {3, nullptr};
        EXPECT_RAISES(AWS_ERROR_INVALID_ARGUMENT, aws_socket_write(peer.socket(), &data, nullptr, nullptr));
        EXPECT_RAISES(
            AWS_ERROR_INVALID_ARGUMENT, aws_socket_write(peer.socket(), nullptr, WriteResult::Callback, &result));
        EXPECT_RAISES(
            AWS_ERROR_INVALID_ARGUMENT, aws_socket_write(peer.socket(), &broken, WriteResult::Callback, &result));
        EXPECT_RAISES(
            AWS_ERROR_INVALID_ARGUMENT, aws_socket_shutdown_dir(peer.socket(), (enum aws_channel_direction)7));
        EXPECT_RAISES(AWS_ERROR_INVALID_ARGUMENT, aws_socket_set_options(peer.socket(), nullptr));
    });
    EXPECT_EQ(0, result.called.Count());
}

TEST_F(SocketArguments, options_that_no_socket_can_have) {
    struct aws_socket socket = {};
    struct aws_socket_options options = Tcp();
    options.domain = (enum aws_socket_domain)17;
    EXPECT_RAISES(AWS_IO_SOCKET_UNSUPPORTED_ADDRESS_FAMILY, aws_socket_init(&socket, allocator_, &options));
    options = Tcp();
    options.type = (enum aws_socket_type)17;
    EXPECT_RAISES(AWS_IO_SOCKET_INVALID_OPTIONS, aws_socket_init(&socket, allocator_, &options));
    EXPECT_FALSE(aws_socket_is_open(&socket));

    options = Tcp();
    OwnedSocket real(allocator_, options);
    options.type = AWS_SOCKET_DGRAM;
    EXPECT_RAISES(AWS_IO_SOCKET_INVALID_OPTIONS, aws_socket_set_options(real, &options));
    options = Tcp();
    options.domain = AWS_SOCKET_IPV6;
    EXPECT_RAISES(AWS_IO_SOCKET_INVALID_OPTIONS, aws_socket_set_options(real, &options));
    options = Tcp();
    options.connect_timeout_ms = 1;
    snprintf(options.network_interface_name, sizeof(options.network_interface_name), "nosuchif");
    EXPECT_RAISES(AWS_IO_SOCKET_INVALID_OPTIONS, aws_socket_set_options(real, &options));
    EXPECT_EQ(5000u, real->options.connect_timeout_ms) << "what is refused changes nothing";
    options = Tcp();
    options.connect_timeout_ms = 1;
    EXPECT_EQ(AWS_OP_SUCCESS, aws_socket_set_options(real, &options));
    EXPECT_EQ(1u, real->options.connect_timeout_ms);
}

TEST_F(SocketArguments, ports_that_no_socket_can_have) {
    OwnedSocket socket(allocator_, Tcp());
    EXPECT_RAISES(AWS_IO_SOCKET_INVALID_ADDRESS, BindTo(socket, Endpoint("127.0.0.1", 65536)));
    for (uint32_t port : {0u, 65536u, 0xFFFFFFFFu}) {
        EXPECT_RAISES(
            AWS_IO_SOCKET_INVALID_ADDRESS,
            ConnectTo(socket, Endpoint("127.0.0.1", port), loop_, ConnectResult::Callback, nullptr));
    }
    EXPECT_EQ(AWS_OP_SUCCESS, BindTo(socket, Endpoint("127.0.0.1")));
}

// Whatever the C library takes for an address is one, and nothing else.
TEST_F(SocketArguments, the_c_library_decides_what_is_an_address) {
    const char *texts[] = {
        "127.0.0.1",
        "127.1",
        "0127.0.0.1",
        "0x7f.0.0.1",
        "2130706433",
        "127.0.0.1 ",
        "::1",
        "::ffff:127.0.0.1",
        "0:0:0:0:0:0:0:1",
        "[::1]",
        "",
        "1::2::3",
        "::00001",
        "::127.0.0.1",
        "localhost"};
    for (auto domain : {AWS_SOCKET_IPV4, AWS_SOCKET_IPV6}) {
        for (const char *text : texts) {
            SCOPED_TRACE(text);
            uint8_t binary[16];
            int family = domain == AWS_SOCKET_IPV4 ? AF_INET : AF_INET6;
            bool is_address = inet_pton(family, text, binary) == 1;
            OwnedSocket socket(allocator_, SocketOptions(domain, AWS_SOCKET_DGRAM));
            aws_reset_error();
            int result = ConnectTo(socket, Endpoint(text, 9), nullptr, nullptr, nullptr);
            if (!is_address) {
                EXPECT_NE(AWS_OP_SUCCESS, result);
                EXPECT_EQ(AWS_IO_SOCKET_INVALID_ADDRESS, aws_last_error());
            } else if (result != AWS_OP_SUCCESS) {
                EXPECT_NE(AWS_IO_SOCKET_INVALID_ADDRESS, aws_last_error());
            }
        }
    }
}

TEST_F(SocketArguments, addresses_without_an_end) {
    struct aws_socket_endpoint endless = {};
    memset(endless.address, 'x', sizeof(endless.address));
    endless.port = 80;
    for (auto domain : {AWS_SOCKET_IPV4, AWS_SOCKET_LOCAL}) {
        OwnedSocket socket(allocator_, SocketOptions(domain, AWS_SOCKET_STREAM));
        EXPECT_RAISES(AWS_ERROR_C_STRING_BUFFER_NOT_NULL_TERMINATED, BindTo(socket, endless));
        EXPECT_RAISES(
            AWS_ERROR_C_STRING_BUFFER_NOT_NULL_TERMINATED,
            ConnectTo(socket, endless, loop_, ConnectResult::Callback, nullptr));
    }
}

// sun_path holds 107 bytes and their NUL on Linux.
TEST_F(SocketArguments, the_longest_path) {
    struct sockaddr_un address;
    std::string path = "/tmp/";
    path += std::to_string(getpid()) + std::string(sizeof(address.sun_path) - 1, 'p');
    path.resize(sizeof(address.sun_path) - 1);
    struct aws_socket_options options = SocketOptions(AWS_SOCKET_LOCAL, AWS_SOCKET_STREAM);
    {
        OwnedSocket listening(allocator_, options);
        ASSERT_EQ(AWS_OP_SUCCESS, BindTo(listening, Endpoint(path.c_str())));
        struct aws_socket_endpoint bound = {};
        ASSERT_EQ(AWS_OP_SUCCESS, aws_socket_get_bound_address(listening, &bound));
        EXPECT_EQ(path, bound.address);
        ASSERT_EQ(AWS_OP_SUCCESS, aws_socket_listen(listening, 8));
        OwnedSocket client(allocator_, options);
        ConnectResult connected;
        ASSERT_EQ(AWS_OP_SUCCESS, ConnectTo(client, bound, loop_, ConnectResult::Callback, &connected));
        ASSERT_TRUE(connected.called.Wait());
        EXPECT_EQ(0, connected.error);
    }
    EXPECT_EQ(0, unlink(path.c_str()));
}

TEST_F(SocketArguments, an_address_that_the_kernel_does_not_report_is_an_error) {
    OwnedSocket listening(allocator_, Tcp());
    s_name_fault.Fail(ENOBUFS);
    EXPECT_RAISES(AWS_ERROR_OOM, BindTo(listening, Endpoint("127.0.0.1")));
    EXPECT_RAISES(AWS_IO_SOCKET_ILLEGAL_OPERATION_FOR_STATE, aws_socket_listen(listening, 8));

    for (auto domain : {AWS_SOCKET_IPV4, AWS_SOCKET_LOCAL}) {
        Listener listener(allocator_, loop_, SocketOptions(domain, AWS_SOCKET_STREAM));
        OwnedSocket client(allocator_, SocketOptions(domain, AWS_SOCKET_STREAM));
        ConnectResult result;
        s_name_fault.Fail(ENOBUFS);
        ASSERT_EQ(AWS_OP_SUCCESS, ConnectTo(client, listener.endpoint(), loop_, ConnectResult::Callback, &result));
        ASSERT_TRUE(result.called.Wait());
        EXPECT_EQ(AWS_ERROR_OOM, result.error);
        EXPECT_EQ(nullptr, aws_socket_get_event_loop(client));
        OwnedSocket accepted(allocator_, listener.Take());
    }

    OwnedSocket datagrams(allocator_, SocketOptions(AWS_SOCKET_IPV4, AWS_SOCKET_DGRAM));
    s_name_fault.Fail(ENOBUFS);
    EXPECT_RAISES(AWS_ERROR_OOM, ConnectTo(datagrams, Endpoint("127.0.0.1", 9), nullptr, nullptr, nullptr));
}

TEST_F(SocketArguments, a_socket_that_the_kernel_does_not_give) {
    const std::vector<std::pair<int, int>> errors = {
        {EMFILE, AWS_ERROR_MAX_FDS_EXCEEDED},
        {ENFILE, AWS_ERROR_MAX_FDS_EXCEEDED},
        {ENOMEM, AWS_ERROR_OOM},
        {EACCES, AWS_ERROR_NO_PERMISSION},
        {EAFNOSUPPORT, AWS_IO_SOCKET_UNSUPPORTED_ADDRESS_FAMILY},
        {EPERM, AWS_IO_SOCKET_NOT_CONNECTED},
    };
    struct aws_socket_options options = Tcp();
    for (const auto &error : errors) {
        struct aws_socket socket = {};
        s_socket_fault.Fail(error.first);
        EXPECT_RAISES(error.second, aws_socket_init(&socket, allocator_, &options));
        EXPECT_EQ(nullptr, socket.impl);
        aws_socket_clean_up(&socket);
    }
}

TEST_F(SocketArguments, vsock_addresses) {
    struct aws_socket_options options = SocketOptions(AWS_SOCKET_VSOCK, AWS_SOCKET_STREAM);
    struct aws_socket probe = {};
    if (aws_socket_init(&probe, allocator_, &options) != AWS_OP_SUCCESS) {
        ASSERT_EQ(AWS_IO_SOCKET_UNSUPPORTED_ADDRESS_FAMILY, aws_last_error());
        GTEST_SKIP() << "this kernel has no VSOCK";
    }
    aws_socket_clean_up(&probe);
    for (const char *text : {"", "abc", "1abc", "-2", "4294967296", " 1", "1 "}) {
        SCOPED_TRACE(text);
        OwnedSocket socket(allocator_, options);
        EXPECT_RAISES(AWS_IO_SOCKET_INVALID_ADDRESS, BindTo(socket, Endpoint(text, 5000)));
    }
    // VMADDR_CID_ANY and VMADDR_PORT_ANY; the kernel refuses an address of the wrong size or with unknown flags.
    OwnedSocket socket(allocator_, options);
    ASSERT_EQ(AWS_OP_SUCCESS, BindTo(socket, Endpoint("-1", (uint32_t)-1)));
    struct aws_socket_endpoint bound = {};
    ASSERT_EQ(AWS_OP_SUCCESS, aws_socket_get_bound_address(socket, &bound));
    EXPECT_STREQ("4294967295", bound.address);
    EXPECT_NE((uint32_t)-1, bound.port);
}

// An idle connection should cost little beside the socket itself, whose size the contract fixes.
TEST_F(SocketArguments, an_idle_socket_is_small) {
    // The loop's thread has then freed what it started with.
    RunOnLoop(loop_, [] {});
    size_t before = aws_mem_tracer_bytes(allocator_);
    struct aws_socket socket = {};
    struct aws_socket_options options = Tcp();
    ASSERT_EQ(AWS_OP_SUCCESS, aws_socket_init(&socket, allocator_, &options));
    EXPECT_LE(aws_mem_tracer_bytes(allocator_) - before, 400u);
    aws_socket_clean_up(&socket);
    EXPECT_EQ(before, aws_mem_tracer_bytes(allocator_));
}

TEST_F(SocketArguments, the_programs_own_socket_is_called_through_its_table) {
    OwnedSocket real(allocator_, Tcp());
    struct aws_socket_vtable *ours = real->vtable;
    struct aws_socket_vtable table = *ours;
    static int s_calls;
    s_calls = 0;
    table.socket_listen_fn = [](struct aws_socket *, int backlog) {
        s_calls += backlog;
        return AWS_OP_SUCCESS;
    };
    table.socket_read_fn = nullptr;
    real->vtable = &table;
    EXPECT_EQ(AWS_OP_SUCCESS, aws_socket_listen(real, 5));
    EXPECT_EQ(5, s_calls);
    EXPECT_RAISES(AWS_ERROR_INVALID_ARGUMENT, aws_socket_read(real, nullptr, nullptr));
    EXPECT_EQ(AWS_OP_SUCCESS, BindTo(real, Endpoint("127.0.0.1")));
    EXPECT_EQ(nullptr, ours->socket_get_server_name_fn(real));
    EXPECT_EQ(nullptr, ours->socket_get_protocol_fn(real).buffer);
    real->vtable = ours;
}
