// SPDX-License-Identifier: Apache-2.0
// <aws/io/socket.h>: addresses that are more than their digits or their path.
#include "support/bootstraps.h"
#include "support/scripted_resolver.h"
#include "support/sockets.h"

#include <aws/common/string.h>
#include <aws/io/host_resolver.h>

#include <arpa/inet.h>
#include <dlfcn.h>
#include <net/if.h>
#include <sched.h>
#include <sys/ioctl.h>

#include <atomic>

// The library asks the program's for the name of an interface: as if it were gone, at times.
static std::atomic<bool> s_interface_is_gone;

extern "C" char *if_indextoname(unsigned index, char *name) {
    static auto *real = (char *(*)(unsigned, char *))dlsym(RTLD_NEXT, "if_indextoname");
    return s_interface_is_gone ? nullptr : real(index, name);
}

namespace {

// A network of its own, in which the loopback interface has the link-local address fe80::1. False without the right to
// make one.
bool EnterOwnNetwork() {
    if (unshare(CLONE_NEWNET) != 0 && unshare(CLONE_NEWUSER | CLONE_NEWNET) != 0) {
        return false;
    }
    int fd = socket(AF_INET6, SOCK_DGRAM | SOCK_CLOEXEC, 0);
    if (fd < 0) {
        return false;
    }
    struct ifreq up = {};
    strcpy(up.ifr_name, "lo");
    bool done = ioctl(fd, SIOCGIFFLAGS, &up) == 0;
    up.ifr_flags |= IFF_UP;
    done = done && ioctl(fd, SIOCSIFFLAGS, &up) == 0;
    struct {
        struct in6_addr address;
        uint32_t prefix_length;
        int interface;
        char rest[sizeof(struct ifreq)]; /* Valgrind takes all for an ifreq, which is larger. */
    } added = {};
    inet_pton(AF_INET6, "fe80::1", &added.address);
    added.prefix_length = 64;
    added.interface = (int)if_nametoindex("lo");
    done = done && ioctl(fd, SIOCSIFADDR, &added) == 0;

    // Until the kernel has seen that nobody else has the address, nothing can be bound to it.
    struct sockaddr_in6 name = {};
    name.sin6_family = AF_INET6;
    name.sin6_addr = added.address;
    name.sin6_scope_id = (uint32_t)added.interface;
    auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(10 * TimeoutScale());
    bool is_bound = false;
    while (done && !is_bound && std::chrono::steady_clock::now() < deadline) {
        is_bound = bind(fd, (struct sockaddr *)&name, sizeof(name)) == 0;
        std::this_thread::yield();
    }
    close(fd);
    return is_bound;
}

class Zone : public SocketTest {
  protected:
    static void SetUpTestSuite() {
        s_has_link_local = EnterOwnNetwork();
    }

    void SetUp() override {
        SocketTest::SetUp();
        if (!s_has_link_local) {
            GTEST_SKIP() << "no right to make a network with a link-local address";
        }
    }

    static struct aws_socket_options Tcp() {
        return SocketOptions(AWS_SOCKET_IPV6, AWS_SOCKET_STREAM);
    }

    static bool s_has_link_local;
};

bool Zone::s_has_link_local;

struct Accepted {
    struct aws_socket *socket = nullptr;
    Signal arrived;

    static void Callback(struct aws_socket *, int error, struct aws_socket *accepted, void *user_data) {
        EXPECT_EQ(0, error);
        auto *self = static_cast<Accepted *>(user_data);
        self->socket = accepted;
        self->arrived.Raise();
    }
};

} // namespace

TEST_F(Zone, every_endpoint_of_a_connection_has_it) {
    for (const char *address : {"fe80::1%lo", "fe80::1%1"}) {
        OwnedSocket listener(allocator_, Tcp());
        ASSERT_EQ(AWS_OP_SUCCESS, BindTo(listener, Endpoint(address))) << address;
        struct aws_socket_endpoint bound = {};
        ASSERT_EQ(AWS_OP_SUCCESS, aws_socket_get_bound_address(listener, &bound));
        EXPECT_STREQ("fe80::1%lo", bound.address) << "the name of the interface, by which people know it";
        ASSERT_EQ(AWS_OP_SUCCESS, aws_socket_listen(listener, 10));
        Accepted accepted;
        struct aws_socket_listener_options options = {};
        options.on_accept_result = Accepted::Callback;
        options.on_accept_result_user_data = &accepted;
        ASSERT_EQ(AWS_OP_SUCCESS, aws_socket_start_accept(listener, loop_, options));

        OwnedSocket client(allocator_, Tcp());
        ConnectResult connected;
        auto remote = Endpoint(address, bound.port);
        ASSERT_EQ(AWS_OP_SUCCESS, ConnectTo(client, remote, loop_, ConnectResult::Callback, &connected));
        ASSERT_TRUE(connected.called.Wait());
        ASSERT_EQ(0, connected.error);
        ASSERT_TRUE(accepted.arrived.Wait());
        OwnedSocket server(allocator_, accepted.socket);
        EXPECT_STREQ("fe80::1%lo", client->local_endpoint.address);
        EXPECT_STREQ("fe80::1%lo", server->remote_endpoint.address);
        EXPECT_EQ(client->local_endpoint.port, server->remote_endpoint.port);
        EXPECT_STREQ("fe80::1%lo", server->local_endpoint.address);
    }
}

TEST_F(Zone, is_a_number_when_its_interface_has_no_name_any_more) {
    OwnedSocket listener(allocator_, Tcp());
    s_interface_is_gone = true;
    EXPECT_EQ(AWS_OP_SUCCESS, BindTo(listener, Endpoint("fe80::1%lo")));
    s_interface_is_gone = false;
    struct aws_socket_endpoint bound = {};
    ASSERT_EQ(AWS_OP_SUCCESS, aws_socket_get_bound_address(listener, &bound));
    EXPECT_EQ("fe80::1%" + std::to_string(if_nametoindex("lo")), bound.address);
}

TEST_F(Zone, a_look_up_keeps_it) {
    struct aws_string *host = aws_string_new_from_c_str(allocator_, "fe80::1%lo");
    struct aws_array_list found;
    aws_array_list_init_dynamic(&found, allocator_, 2, sizeof(struct aws_host_address));
    ASSERT_EQ(AWS_OP_SUCCESS, aws_default_dns_resolve(allocator_, host, &found, nullptr));
    ASSERT_EQ(1u, aws_array_list_length(&found));
    struct aws_host_address address;
    aws_array_list_get_at(&found, &address, 0);
    EXPECT_STREQ("fe80::1%lo", aws_string_c_str(address.address));
    EXPECT_EQ(AWS_ADDRESS_RECORD_TYPE_AAAA, address.record_type);
    aws_host_address_clean_up(&address);
    aws_array_list_clean_up(&found);
    aws_string_destroy(host);
}

TEST_F(Zone, bootstraps_take_it_as_part_of_the_host) {
    struct aws_host_resolver_default_options resolver_options = {};
    resolver_options.el_group = group_;
    resolver_options.max_entries = 4;
    struct aws_host_resolver *resolver = aws_host_resolver_new_default(allocator_, &resolver_options);
    {
        Server server(allocator_, group_, AWS_SOCKET_IPV6);
        server.options.host_name = "fe80::1%lo";
        ASSERT_TRUE(server.Listen());
        Client client(allocator_, group_, resolver);
        Side side(allocator_);
        struct aws_socket_options socket_options = StreamOptions(AWS_SOCKET_IPV6);
        auto options = client.OptionsFor(side, socket_options, "fe80::1%lo", server.endpoint.port);
        ASSERT_EQ(AWS_OP_SUCCESS, aws_client_bootstrap_new_socket_channel(&options));
        ASSERT_TRUE(side.AwaitSetUp());
        EXPECT_EQ(0, side.set_up_error);
        aws_channel_shutdown(side.channel, AWS_ERROR_SUCCESS);
        EXPECT_TRUE(side.AwaitShutDown());
    }
    aws_host_resolver_release(resolver);
}

// The system requires the link; its error for that is EINVAL, which is not about paths.
TEST_F(Zone, an_address_that_needs_one_is_invalid_without) {
    OwnedSocket listener(allocator_, Tcp());
    EXPECT_RAISES(AWS_IO_SOCKET_INVALID_ADDRESS, BindTo(listener, Endpoint("fe80::1")));
    OwnedSocket client(allocator_, Tcp());
    ConnectResult connected;
    EXPECT_RAISES(
        AWS_IO_SOCKET_INVALID_ADDRESS,
        ConnectTo(client, Endpoint("fe80::1", 1), loop_, ConnectResult::Callback, &connected));
}

using NoZone = SocketTest;

TEST_F(NoZone, one_that_does_not_exist_is_an_invalid_address) {
    struct aws_socket_options options = SocketOptions(AWS_SOCKET_IPV6, AWS_SOCKET_STREAM);
    for (const char *address :
         {"fe80::1%", "fe80::1%nosuch", "fe80::1%0", "fe80::1%-1", "fe80::1%4294967296", "%lo", "fe80::1%lo%lo"}) {
        SCOPED_TRACE(address);
        OwnedSocket socket(allocator_, options);
        ConnectResult connected;
        EXPECT_RAISES(
            AWS_IO_SOCKET_INVALID_ADDRESS,
            ConnectTo(socket, Endpoint(address, 1), loop_, ConnectResult::Callback, &connected));
        EXPECT_RAISES(AWS_IO_SOCKET_INVALID_ADDRESS, BindTo(socket, Endpoint(address)));
    }
    OwnedSocket ipv4(allocator_, SocketOptions(AWS_SOCKET_IPV4, AWS_SOCKET_STREAM));
    EXPECT_RAISES(AWS_IO_SOCKET_INVALID_ADDRESS, BindTo(ipv4, Endpoint("127.0.0.1%lo")));
}

namespace {

class AbstractName : public SocketTest {
  protected:
    static struct aws_socket_options Local() {
        return SocketOptions(AWS_SOCKET_LOCAL, AWS_SOCKET_STREAM);
    }

    // A name that no other process uses.
    static std::string NewName() {
        struct aws_socket_endpoint path = AnyLocalEndpoint(AWS_SOCKET_LOCAL);
        return path.address;
    }

    static struct aws_socket_endpoint Abstract(const std::string &name) {
        struct aws_socket_endpoint endpoint = {};
        memcpy(endpoint.address + 1, name.c_str(), std::min(name.size(), sizeof(endpoint.address) - 1));
        return endpoint;
    }
};

} // namespace

TEST_F(AbstractName, begins_with_a_nul_and_is_no_file) {
    const std::string name = NewName();
    OwnedSocket listener(allocator_, Local());
    ASSERT_EQ(AWS_OP_SUCCESS, BindTo(listener, Abstract(name)));
    ASSERT_EQ(AWS_OP_SUCCESS, aws_socket_listen(listener, 10));
    EXPECT_NE(0, access(name.c_str(), F_OK));

    struct aws_socket_endpoint bound = {};
    ASSERT_EQ(AWS_OP_SUCCESS, aws_socket_get_bound_address(listener, &bound));
    EXPECT_EQ(0, memcmp(Abstract(name).address, bound.address, sizeof(bound.address)));

    // Others use exactly the bytes of the name.
    int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    struct sockaddr_un address = {};
    address.sun_family = AF_UNIX;
    memcpy(address.sun_path + 1, name.data(), name.size());
    auto length = (socklen_t)(offsetof(struct sockaddr_un, sun_path) + 1 + name.size());
    EXPECT_EQ(0, connect(fd, (struct sockaddr *)&address, length));
    close(fd);

    OwnedSocket client(allocator_, Local());
    ConnectResult connected;
    ASSERT_EQ(AWS_OP_SUCCESS, ConnectTo(client, bound, loop_, ConnectResult::Callback, &connected));
    ASSERT_TRUE(connected.called.Wait());
    EXPECT_EQ(0, connected.error);

    OwnedSocket second(allocator_, Local());
    EXPECT_RAISES(AWS_IO_SOCKET_ADDRESS_IN_USE, BindTo(second, Abstract(name)));
}

TEST_F(AbstractName, connecting_to_an_unused_name_is_refused) {
    OwnedSocket client(allocator_, Local());
    ConnectResult connected;
    EXPECT_RAISES(
        AWS_IO_SOCKET_CONNECTION_REFUSED,
        ConnectTo(client, Abstract(NewName()), loop_, ConnectResult::Callback, &connected));
}

TEST_F(AbstractName, has_an_end_like_every_address) {
    OwnedSocket socket(allocator_, Local());
    EXPECT_RAISES(
        AWS_ERROR_C_STRING_BUFFER_NOT_NULL_TERMINATED, BindTo(socket, Abstract(std::string(AWS_ADDRESS_MAX_LEN, 'x'))));
    const std::string unique = NewName();
    const std::string longest = unique + std::string(AWS_ADDRESS_MAX_LEN - 2 - unique.size(), 'x');
    ASSERT_EQ(AWS_OP_SUCCESS, BindTo(socket, Abstract(longest)));
    struct aws_socket_endpoint bound = {};
    ASSERT_EQ(AWS_OP_SUCCESS, aws_socket_get_bound_address(socket, &bound));
    EXPECT_EQ(longest, bound.address + 1);
}

// Other programs show abstract names so, but here it is a path, as it has always been.
TEST_F(AbstractName, an_at_sign_is_part_of_a_path) {
    TemporaryDirectory directory;
    const std::string path = directory.Path("@name");
    OwnedSocket listener(allocator_, Local());
    ASSERT_EQ(AWS_OP_SUCCESS, BindTo(listener, Endpoint(path.c_str())));
    EXPECT_EQ(0, access(path.c_str(), F_OK));
}
