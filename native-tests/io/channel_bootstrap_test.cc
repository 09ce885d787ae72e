/* SPDX-License-Identifier: Apache-2.0 */
#include "support/bootstraps.h"
#include "support/manual_clock.h"
#include "support/raw_socket.h"
#include "support/scripted_resolver.h"
#include "support/traced_test.h"

#include <aws/io/channel_bootstrap.h>

#include <algorithm>
#include <filesystem>
#include <optional>
#include <thread>

namespace {

using Strings = std::vector<std::string>;

/* Descriptors of the process that are sockets. */
int CountSockets() {
    int count = 0;
    for (const auto &entry : std::filesystem::directory_iterator("/proc/self/fd")) {
        std::error_code gone;
        count += std::filesystem::read_symlink(entry.path(), gone).string().rfind("socket:", 0) == 0;
    }
    return count;
}

/* For the default resolver: the addresses that user data lists. */
int ResolveFromList(
    struct aws_allocator *allocator,
    const struct aws_string *host_name,
    struct aws_array_list *output_addresses,
    void *user_data) {
    for (const std::string &text : *static_cast<Strings *>(user_data)) {
        struct aws_host_address address = ScriptedAddress(allocator, host_name, text);
        aws_array_list_push_back(output_addresses, &address);
    }
    return AWS_OP_SUCCESS;
}

/* A port that refuses connections to 127.0.0.x and to ::1, because it is bound and nobody listens. */
class RefusingPort {
  public:
    RefusingPort() {
        struct sockaddr_in6 any = {};
        any.sin6_family = AF_INET6;
        socket_ = RawSocket(socket(AF_INET6, SOCK_STREAM | SOCK_CLOEXEC, 0));
        bind(socket_.fd(), (struct sockaddr *)&any, sizeof(any));
        number = socket_.Port();
    }

    uint16_t number;

  private:
    RawSocket socket_;
};

/* Listeners on several addresses with one port. */
class SamePort {
  public:
    /* A hole on each address of the list, a listener on 127.0.0.1. */
    explicit SamePort(const Strings &holes_at) {
        for (int attempt = 0; attempt < 100 && !Open(holes_at); attempt++) {
            holes.clear();
        }
    }

    uint16_t number = 0;
    RawSocket listener;
    std::list<BlackHole> holes;

  private:
    bool Open(const Strings &holes_at) {
        listener = RawSocket::Listen("127.0.0.1");
        number = listener.Port();
        for (const std::string &address : holes_at) {
            holes.emplace_back(address.c_str(), number);
            if (!holes.back().IsOpen()) {
                return false;
            }
        }
        return true;
    }
};

} // namespace

class ClientBootstrap : public TracedIoTest {};

/* One address drops the attempt, the other works; by the default resolver and the true clock. */
TEST_F(ClientBootstrap, channel_connect_some_hosts_timeout) {
    SamePort port({"127.0.0.2"});
    LoopGroup loops(allocator_);
    struct aws_host_resolver_default_options resolver_options = {};
    resolver_options.el_group = loops.get();
    resolver_options.max_entries = 8;
    struct aws_host_resolver *resolver = aws_host_resolver_new_default(allocator_, &resolver_options);
    /* The resolver gives one address of each family, so the hole is named as IPv6 would. */
    Strings addresses = {"127.0.0.1", "::ffff:127.0.0.2"};
    struct aws_host_resolution_config config = {};
    config.impl = ResolveFromList;
    config.impl_data = &addresses;
    config.max_ttl = 1;

    Side side(allocator_);
    {
        Client client(allocator_, loops.get(), resolver, &config);
        struct aws_socket_options socket_options = StreamOptions(AWS_SOCKET_IPV4);
        auto options = client.OptionsFor(side, socket_options, "some.host.invalid", port.number);
        ASSERT_EQ(AWS_OP_SUCCESS, aws_client_bootstrap_new_socket_channel(&options));
        ASSERT_TRUE(side.AwaitSetUp());
        ASSERT_STREQ("AWS_ERROR_SUCCESS", aws_error_name(side.set_up_error));
        RawSocket peer = port.listener.Accept();
        EXPECT_TRUE(peer.IsOpen());
        aws_channel_shutdown(side.channel, AWS_ERROR_SUCCESS);
        ASSERT_TRUE(side.AwaitShutDown());
    }
    EXPECT_EQ(1, side.set_ups);
    EXPECT_EQ(1, side.shut_downs);
    aws_host_resolver_release(resolver);
}

/* RFC 8305, by a clock that the test moves. */
class HappyEyeballs : public TracedIoTest {
  protected:
    void SetUp() override {
        TracedIoTest::SetUp();
        loops_ = std::make_unique<LoopGroup>(ManualClock::NewGroup(allocator_));
        side_ = std::make_unique<Side>(allocator_);
        side_->hold = true;
    }

    void TearDown() override {
        if (side_->channel != nullptr) {
            aws_channel_shutdown(side_->channel, AWS_ERROR_SUCCESS);
            EXPECT_TRUE(side_->AwaitShutDown());
            side_->ReleaseHold();
            EXPECT_TRUE(side_->AwaitHandlerDestroyed());
        }
        /* Frozen, so whatever waits for a timer would wait for ever. */
        client_.reset();
        EXPECT_EQ(side_->set_up_error == 0 ? 1 : 0, side_->shut_downs);
        EXPECT_EQ(1, side_->set_ups);
        side_.reset();
        resolver_.reset();
        loops_.reset();
        TracedIoTest::TearDown();
    }

    void Connect(const Strings &addresses, uint16_t port, uint32_t timeout_ms = 60000) {
        resolver_ = std::make_unique<ScriptedResolver>(allocator_, addresses);
        client_ = std::make_unique<Client>(allocator_, loops_->get(), resolver_->get());
        struct aws_socket_options socket_options = StreamOptions(AWS_SOCKET_IPV4);
        socket_options.connect_timeout_ms = timeout_ms;
        auto options = client_->OptionsFor(*side_, socket_options, "name", port);
        ASSERT_EQ(AWS_OP_SUCCESS, aws_client_bootstrap_new_socket_channel(&options));
        ManualClock::Advance(loops_->loop(), 0);
    }

    void Advance(uint64_t milliseconds) {
        ManualClock::Advance(loops_->loop(), milliseconds);
    }

    bool AwaitConnected() {
        return side_->AwaitSetUp() && side_->set_up_error == AWS_ERROR_SUCCESS;
    }

    std::unique_ptr<LoopGroup> loops_;
    std::unique_ptr<Side> side_;
    std::unique_ptr<ScriptedResolver> resolver_;
    std::unique_ptr<Client> client_;
};

TEST_F(HappyEyeballs, the_next_address_is_tried_after_a_quarter_of_a_second) {
    SamePort port({"127.0.0.2", "127.0.0.3"});
    Connect({"127.0.0.2", "127.0.0.3", "127.0.0.1"}, port.number);
    Advance(249);
    Advance(1);
    Advance(249);
    EXPECT_FALSE(port.listener.AwaitReadable(0)) << "the third attempt is not due";
    Advance(1);
    ASSERT_TRUE(AwaitConnected());
    EXPECT_TRUE(port.listener.Accept().IsOpen());
    EXPECT_EQ(Strings{}, resolver_->Failures()) << "who loses has not failed";
}

TEST_F(HappyEyeballs, the_delay_counts_from_the_latest_attempt) {
    SamePort port({"127.0.0.2", "127.0.0.3", "127.0.0.4"});
    Connect({"127.0.0.2", "127.0.0.3", "127.0.0.4", "127.0.0.1"}, port.number, 400);
    Advance(250);
    /* The first times out at 400 ms, and the third begins in its place. */
    Advance(150);
    EXPECT_EQ(Strings{"127.0.0.2"}, resolver_->Failures());
    Advance(100);
    EXPECT_FALSE(port.listener.AwaitReadable(0)) << "the fourth attempt is not due";
    Advance(150);
    ASSERT_TRUE(AwaitConnected());
    EXPECT_EQ((Strings{"127.0.0.2", "127.0.0.3"}), resolver_->Failures());
}

TEST_F(HappyEyeballs, a_failure_moves_on_at_once) {
    SamePort port({});
    Connect({"127.0.0.2", "127.0.0.3", "127.0.0.1"}, port.number);
    ASSERT_TRUE(AwaitConnected());
    EXPECT_TRUE(port.listener.Accept().IsOpen());
    EXPECT_EQ((Strings{"127.0.0.2", "127.0.0.3"}), resolver_->Failures());
}

TEST_F(HappyEyeballs, the_loser_is_closed_at_once) {
    SamePort port({"127.0.0.2"});
    int before = CountSockets();
    Connect({"127.0.0.2", "127.0.0.1"}, port.number);
    EXPECT_EQ(before + 1, CountSockets());
    int at_set_up = 0;
    side_->on_set_up = [&] { at_set_up = CountSockets(); };
    Advance(250);
    ASSERT_TRUE(AwaitConnected());
    EXPECT_EQ(before + 1, at_set_up) << "only the winner is left";
}

TEST_F(HappyEyeballs, ipv6_goes_first) {
    /* An address of IPv6 by which every machine has a second address of its own. */
    std::optional<SamePort> port;
    RawSocket ipv6;
    for (int attempt = 0; attempt < 100 && !ipv6.IsOpen(); attempt++) {
        port.emplace(Strings{});
        ipv6 = RawSocket::Listen("127.0.0.2", 16, port->number);
    }
    ASSERT_TRUE(ipv6.IsOpen());
    Connect({"127.0.0.1", "::ffff:127.0.0.2"}, port->number);
    ASSERT_TRUE(AwaitConnected());
    EXPECT_TRUE(ipv6.Accept().IsOpen());
    EXPECT_FALSE(port->listener.AwaitReadable(0));
}

TEST_F(HappyEyeballs, families_take_turns) {
    RefusingPort port;
    Connect({"127.0.0.1", "127.0.0.2", "::ffff:127.0.0.3", "127.0.0.4", "::ffff:127.0.0.5", "127.0.0.6"}, port.number);
    ASSERT_TRUE(side_->AwaitSetUp());
    EXPECT_STREQ("AWS_IO_SOCKET_CONNECTION_REFUSED", aws_error_name(side_->set_up_error));
    EXPECT_EQ(
        (Strings{"::ffff:127.0.0.3", "127.0.0.1", "::ffff:127.0.0.5", "127.0.0.2", "127.0.0.4", "127.0.0.6"}),
        resolver_->Failures());
}

TEST_F(HappyEyeballs, when_all_fail_the_last_error_is_reported) {
    RefusingPort port;
    side_->on_set_up = [&] { EXPECT_TRUE(aws_event_loop_thread_is_callers_thread(loops_->loop())); };
    Connect({"127.0.0.1", "this is no address"}, port.number);
    ASSERT_TRUE(side_->AwaitSetUp());
    EXPECT_STREQ("AWS_IO_SOCKET_INVALID_ADDRESS", aws_error_name(side_->set_up_error));
    EXPECT_EQ((Strings{"127.0.0.1", "this is no address"}), resolver_->Failures());
}

TEST_F(HappyEyeballs, when_all_fail_the_last_error_is_reported_in_the_other_order) {
    RefusingPort port;
    Connect({"this is no address", "127.0.0.1"}, port.number);
    ASSERT_TRUE(side_->AwaitSetUp());
    EXPECT_STREQ("AWS_IO_SOCKET_CONNECTION_REFUSED", aws_error_name(side_->set_up_error));
    EXPECT_EQ((Strings{"this is no address", "127.0.0.1"}), resolver_->Failures());
}

/* The second attempt is the last and fails inside the timer that began it; the first is the one to report. */
TEST_F(HappyEyeballs, a_pending_attempt_outlives_the_failure_of_the_last_one) {
    SamePort port({"127.0.0.2"});
    Connect({"127.0.0.2", "this is no address"}, port.number, 3000);
    Advance(250);
    EXPECT_EQ(Strings{"this is no address"}, resolver_->Failures());
    Advance(2749);
    EXPECT_EQ(0, side_->set_ups);
    Advance(1);
    ASSERT_TRUE(side_->AwaitSetUp());
    EXPECT_STREQ("AWS_IO_SOCKET_TIMEOUT", aws_error_name(side_->set_up_error));
    EXPECT_EQ((Strings{"this is no address", "127.0.0.2"}), resolver_->Failures());
}

TEST_F(HappyEyeballs, timeouts_count_for_each_attempt) {
    SamePort port({"127.0.0.2", "127.0.0.3"});
    Connect({"127.0.0.2", "127.0.0.3"}, port.number, 1000);
    Advance(250);
    Advance(750);
    EXPECT_EQ(Strings{"127.0.0.2"}, resolver_->Failures());
    EXPECT_EQ(0, side_->set_ups);
    Advance(250);
    ASSERT_TRUE(side_->AwaitSetUp());
    EXPECT_STREQ("AWS_IO_SOCKET_TIMEOUT", aws_error_name(side_->set_up_error));
    EXPECT_EQ((Strings{"127.0.0.2", "127.0.0.3"}), resolver_->Failures());
}

/* Two holes open at the same time, and the kernel repeats both attempts a second later. */
TEST_F(HappyEyeballs, of_two_connections_one_wins_and_one_is_closed) {
    SamePort port({"127.0.0.2", "127.0.0.3"});
    Connect({"127.0.0.2", "127.0.0.3"}, port.number);
    Advance(250);
    for (auto &hole : port.holes) {
        hole.Open();
    }
    ASSERT_TRUE(AwaitConnected());
    ASSERT_EQ(AWS_OP_SUCCESS, side_->Send("hello"));
    aws_channel_shutdown(side_->channel, AWS_ERROR_SUCCESS);
    ASSERT_TRUE(side_->AwaitShutDown());

    /* The loser may have been closed before the kernel repeated its attempt, or be accepted before the winner. */
    struct pollfd both[2] = {
        {port.holes.front().listener().fd(), POLLIN, 0}, {port.holes.back().listener().fd(), POLLIN, 0}};
    std::string received;
    while (received.empty()) {
        ASSERT_LE(1, poll(both, 2, 60000));
        for (auto &hole : port.holes) {
            if (hole.listener().AwaitReadable(0)) {
                received += hole.listener().Accept().ReadToEnd();
            }
        }
    }
    EXPECT_EQ("hello", received);
}

TEST_F(HappyEyeballs, a_list_without_addresses_is_an_error) {
    Connect({}, 80);
    ASSERT_TRUE(side_->AwaitSetUp());
    EXPECT_STREQ("AWS_IO_DNS_NO_ADDRESS_FOR_HOST", aws_error_name(side_->set_up_error));
}

TEST_F(HappyEyeballs, an_address_that_fits_no_endpoint_is_passed_over) {
    SamePort port({});
    Connect({std::string(108, '7'), "127.0.0.1", std::string(500, ':')}, port.number);
    EXPECT_TRUE(AwaitConnected());
}

TEST_F(ClientBootstrap, errors_of_the_resolver) {
    LoopGroup loops(allocator_, 2);
    struct aws_socket_options socket_options = StreamOptions(AWS_SOCKET_IPV6);
    for (bool on_thread : {false, true}) {
        ScriptedResolver resolver(allocator_, {});
        resolver.on_thread = on_thread;
        resolver.error = AWS_IO_DNS_QUERY_FAILED;
        Side side(allocator_);
        Client client(allocator_, loops.get(), resolver.get());
        auto options = client.OptionsFor(side, socket_options, "name", 80);
        ASSERT_EQ(AWS_OP_SUCCESS, aws_client_bootstrap_new_socket_channel(&options));
        ASSERT_TRUE(side.AwaitSetUp());
        EXPECT_STREQ("AWS_IO_DNS_QUERY_FAILED", aws_error_name(side.set_up_error));
        client.Release();
        EXPECT_TRUE(client.gone.Wait());
        EXPECT_EQ(1, side.set_ups);
        EXPECT_EQ(0, side.shut_downs);
    }

    ScriptedResolver resolver(allocator_, {});
    resolver.refusal = AWS_ERROR_UNSUPPORTED_OPERATION;
    Side side(allocator_);
    Client client(allocator_, loops.get(), resolver.get());
    auto options = client.OptionsFor(side, socket_options, "name", 80);
    EXPECT_RAISES(AWS_ERROR_UNSUPPORTED_OPERATION, aws_client_bootstrap_new_socket_channel(&options));
    client.Release();
    EXPECT_TRUE(client.gone.Wait());
    EXPECT_EQ(0, side.set_ups);
}

TEST_F(ClientBootstrap, a_resolver_may_answer_on_its_own_thread) {
    LoopGroup loops(allocator_, 2);
    Server server(allocator_, loops.get(), AWS_SOCKET_IPV4);
    ASSERT_TRUE(server.Listen());
    ScriptedResolver resolver(allocator_, {"127.0.0.1"});
    resolver.on_thread = true;
    Side side(allocator_);
    Client client(allocator_, loops.get(), resolver.get());
    ASSERT_EQ(AWS_OP_SUCCESS, client.Connect(side, server));
    ASSERT_TRUE(side.AwaitSetUp());
    EXPECT_EQ(AWS_ERROR_SUCCESS, side.set_up_error);
    EXPECT_TRUE(side.set_up_on_loop);
    Side *accepted = server.AwaitSide();
    ASSERT_NE(nullptr, accepted);
    EXPECT_TRUE(accepted->set_up_on_loop);
    aws_channel_shutdown(side.channel, AWS_ERROR_SUCCESS);
    EXPECT_TRUE(accepted->AwaitShutDown());
}

TEST_F(ClientBootstrap, without_a_resolver_names_are_refused_and_paths_are_not) {
    LoopGroup loops(allocator_);
    Server server(allocator_, loops.get(), AWS_SOCKET_LOCAL);
    ASSERT_TRUE(server.Listen());
    Side never(allocator_), side(allocator_);
    Client client(allocator_, loops.get());
    for (enum aws_socket_domain domain : {AWS_SOCKET_IPV4, AWS_SOCKET_IPV6}) {
        struct aws_socket_options socket_options = StreamOptions(domain);
        auto options = client.OptionsFor(never, socket_options, "127.0.0.1", 80);
        EXPECT_RAISES(AWS_ERROR_INVALID_ARGUMENT, aws_client_bootstrap_new_socket_channel(&options));
    }
    ASSERT_EQ(AWS_OP_SUCCESS, client.Connect(side, server));
    ASSERT_TRUE(side.AwaitSetUp());
    EXPECT_EQ(AWS_ERROR_SUCCESS, side.set_up_error);
    aws_channel_shutdown(side.channel, AWS_ERROR_SUCCESS);
    EXPECT_TRUE(side.AwaitShutDown());
    EXPECT_EQ(0, never.set_ups);
}

TEST_F(ClientBootstrap, a_refused_path_is_reported_by_the_return_value_alone) {
    UnixPath nothing, stale;
#if defined(_WIN32)
    const int refused = AWS_ERROR_FILE_INVALID_PATH;
#else
    const int refused = AWS_IO_SOCKET_CONNECTION_REFUSED;
    RawSocket::ListenUnix(stale.path).Close();
#endif
    LoopGroup loops(allocator_);
    struct aws_socket_options socket_options = StreamOptions(AWS_SOCKET_LOCAL);
    Side side(allocator_);
    {
        Client client(allocator_, loops.get());
        auto options = client.OptionsFor(side, socket_options, stale.path.c_str(), 0);
        EXPECT_RAISES(refused, aws_client_bootstrap_new_socket_channel(&options));
        options.host_name = nothing.path.c_str();
        EXPECT_EQ(AWS_OP_ERR, aws_client_bootstrap_new_socket_channel(&options));
        std::string too_long(AWS_ADDRESS_MAX_LEN, 'x');
        options.host_name = too_long.c_str();
        EXPECT_RAISES(AWS_IO_SOCKET_INVALID_ADDRESS, aws_client_bootstrap_new_socket_channel(&options));
        socket_options.domain = AWS_SOCKET_VSOCK;
        options.host_name = "not a number";
        options.port = 80;
        EXPECT_EQ(AWS_OP_ERR, aws_client_bootstrap_new_socket_channel(&options));
        client.Release();
        EXPECT_TRUE(client.gone.Count() > 0) << "nothing was begun";
    }
    EXPECT_EQ(0, side.set_ups);
    EXPECT_EQ(0, side.shut_downs);
}

TEST_F(ClientBootstrap, a_loop_of_another_group_is_refused) {
    LoopGroup loops(allocator_, 2), others(allocator_, 1);
    Server server(allocator_, loops.get(), AWS_SOCKET_LOCAL);
    ASSERT_TRUE(server.Listen());
    Side side(allocator_);
    Client client(allocator_, loops.get());
    EXPECT_RAISES(AWS_ERROR_IO_PINNED_EVENT_LOOP_MISMATCH, client.Connect(side, server, false, others.loop()));
    client.Release();
    EXPECT_TRUE(client.gone.Count() > 0);
    EXPECT_EQ(0, side.set_ups);
}

TEST_F(ClientBootstrap, bad_arguments_are_refused) {
    LoopGroup loops(allocator_);
    struct aws_client_bootstrap_options bootstrap_options = {};
    EXPECT_NULL_RAISES(AWS_ERROR_INVALID_ARGUMENT, aws_client_bootstrap_new(allocator_, nullptr));
    EXPECT_NULL_RAISES(AWS_ERROR_INVALID_ARGUMENT, aws_client_bootstrap_new(allocator_, &bootstrap_options));
    bootstrap_options.event_loop_group = loops.get();
    EXPECT_NULL_RAISES(AWS_ERROR_INVALID_ARGUMENT, aws_client_bootstrap_new(nullptr, &bootstrap_options));
    EXPECT_RAISES(AWS_ERROR_INVALID_ARGUMENT, aws_client_bootstrap_set_alpn_callback(nullptr, nullptr));
    EXPECT_EQ(nullptr, aws_client_bootstrap_acquire(nullptr));
    aws_client_bootstrap_release(nullptr);
    EXPECT_RAISES(AWS_ERROR_INVALID_ARGUMENT, aws_client_bootstrap_new_socket_channel(nullptr));

    Side side(allocator_);
    Client client(allocator_, loops.get());
    UnixPath path;
    RawSocket listener = RawSocket::ListenUnix(path.path);
    struct aws_socket_options socket_options = StreamOptions(AWS_SOCKET_LOCAL);
    const auto good = client.OptionsFor(side, socket_options, path.path.c_str(), 0);
    EXPECT_RAISES(AWS_ERROR_INVALID_ARGUMENT, aws_client_bootstrap_set_alpn_callback(good.bootstrap, nullptr));
    auto bad = good;
    bad.bootstrap = nullptr;
    EXPECT_RAISES(AWS_ERROR_INVALID_ARGUMENT, aws_client_bootstrap_new_socket_channel(&bad));
    bad = good;
    bad.host_name = nullptr;
    EXPECT_RAISES(AWS_ERROR_INVALID_ARGUMENT, aws_client_bootstrap_new_socket_channel(&bad));
    bad = good;
    bad.socket_options = nullptr;
    EXPECT_RAISES(AWS_ERROR_INVALID_ARGUMENT, aws_client_bootstrap_new_socket_channel(&bad));
    bad = good;
    bad.setup_callback = nullptr;
    EXPECT_RAISES(AWS_ERROR_INVALID_ARGUMENT, aws_client_bootstrap_new_socket_channel(&bad));
    bad = good;
    bad.shutdown_callback = nullptr;
    EXPECT_RAISES(AWS_ERROR_INVALID_ARGUMENT, aws_client_bootstrap_new_socket_channel(&bad));
    EXPECT_FALSE(listener.AwaitReadable(0)) << "a refused call connects to nothing";

    /* What may be left out. */
    auto least = good;
    least.creation_callback = nullptr;
    ASSERT_EQ(AWS_OP_SUCCESS, aws_client_bootstrap_new_socket_channel(&least));
    ASSERT_TRUE(side.AwaitSetUp());
    aws_channel_shutdown(side.channel, AWS_ERROR_SUCCESS);
    EXPECT_TRUE(side.AwaitShutDown());
}

TEST_F(ClientBootstrap, it_lives_as_long_as_its_connections_and_their_handlers) {
    LoopGroup loops(allocator_, 2);
    Server server(allocator_, loops.get(), kAnyDomain);
    ASSERT_TRUE(server.Listen());
    Side side(allocator_);
    ScriptedResolver resolver(allocator_, {"127.0.0.1"});
    Client client(allocator_, loops.get(), resolver.get());
    ASSERT_EQ(AWS_OP_SUCCESS, client.Connect(side, server));
    client.Release();
    ASSERT_TRUE(side.AwaitSetUp());
    Side *accepted = server.AwaitSide();
    ASSERT_NE(nullptr, accepted);
    ASSERT_EQ(AWS_OP_SUCCESS, side.Send("still here"));
    EXPECT_TRUE(accepted->AwaitReceived(10));
    EXPECT_EQ(0, client.gone.Count());

    aws_channel_shutdown(side.channel, AWS_ERROR_SUCCESS);
    EXPECT_TRUE(client.gone.Wait());
    EXPECT_EQ(1, side.shut_downs);
    EXPECT_EQ(1, side.handlers_destroyed) << "the shutdown callback may free what handlers use";
    EXPECT_TRUE(accepted->AwaitShutDown());
}

TEST_F(ClientBootstrap, it_keeps_the_loops_alive) {
    Side side(allocator_);
    UnixPath path;
    RawSocket listener = RawSocket::ListenUnix(path.path);
    auto loops = std::make_unique<LoopGroup>(allocator_, 2);
    Client client(allocator_, loops->get());
    struct aws_socket_options socket_options = StreamOptions(AWS_SOCKET_LOCAL);
    auto options = client.OptionsFor(side, socket_options, path.path.c_str(), 0);
    ASSERT_EQ(AWS_OP_SUCCESS, aws_client_bootstrap_new_socket_channel(&options));
    client.Release();
    loops.reset();
    ASSERT_TRUE(side.AwaitSetUp());
    RawSocket peer = listener.Accept();
    ASSERT_EQ(AWS_OP_SUCCESS, side.Send("still here"));
    aws_channel_shutdown(side.channel, AWS_ERROR_SUCCESS);
    EXPECT_EQ("still here", peer.ReadToEnd());
    EXPECT_TRUE(side.AwaitShutDown());
}

TEST_F(ClientBootstrap, it_may_be_released_while_it_connects) {
    SamePort port({"127.0.0.2"});
    LoopGroup loops(ManualClock::NewGroup(allocator_));
    ScriptedResolver resolver(allocator_, {"127.0.0.2"});
    Side side(allocator_);
    Client client(allocator_, loops.get(), resolver.get());
    struct aws_socket_options socket_options = StreamOptions(AWS_SOCKET_IPV4);
    socket_options.connect_timeout_ms = 3000;
    auto options = client.OptionsFor(side, socket_options, "name", port.number);
    ASSERT_EQ(AWS_OP_SUCCESS, aws_client_bootstrap_new_socket_channel(&options));
    client.Release();
    ManualClock::Advance(loops.loop(), 0);
    ManualClock::Advance(loops.loop(), 2999);
    EXPECT_EQ(0, client.gone.Count());
    ManualClock::Advance(loops.loop(), 1);
    EXPECT_TRUE(client.gone.Wait());
    EXPECT_EQ(1, side.set_ups);
    EXPECT_STREQ("AWS_IO_SOCKET_TIMEOUT", aws_error_name(side.set_up_error));
    EXPECT_EQ(0, side.shut_downs);
}

class ServerBootstrap : public TracedIoTest {};

TEST_F(ServerBootstrap, callbacks_come_in_order_and_once) {
    LoopGroup loops(allocator_, 2);
    for (enum aws_socket_domain domain : {kAnyDomain, AWS_SOCKET_IPV4}) {
        ScriptedResolver resolver(allocator_, {"127.0.0.1"});
        Side side(allocator_);
        Server server(allocator_, loops.get(), domain);
        ASSERT_TRUE(server.Listen());
        EXPECT_EQ(AWS_ERROR_SUCCESS, server.set_up_error);
        Client client(allocator_, loops.get(), resolver.get());
        ASSERT_EQ(AWS_OP_SUCCESS, client.Connect(side, server));
        ASSERT_TRUE(side.AwaitSetUp());
        Side *accepted = server.AwaitSide();
        ASSERT_NE(nullptr, accepted);
        aws_channel_shutdown(side.channel, AWS_ERROR_SUCCESS);
        ASSERT_TRUE(accepted->AwaitShutDown());
        server.Destroy();
        ASSERT_TRUE(server.AwaitDestroyed());
        EXPECT_EQ((Strings{"listener set up", "incoming", "shutdown", "destroyed"}), server.Events());
        EXPECT_EQ(1, accepted->handlers_destroyed) << "the shutdown callback may free what handlers use";
    }
}

TEST_F(ServerBootstrap, a_listener_destroyed_at_once_is_still_set_up_first) {
    LoopGroup loops(allocator_, 2);
    for (int round = 0; round < 20; round++) {
        Server server(allocator_, loops.get(), AWS_SOCKET_LOCAL);
        server.listener = aws_server_bootstrap_new_socket_listener(&server.options);
        ASSERT_NE(nullptr, server.listener);
        server.Destroy();
        ASSERT_TRUE(server.AwaitDestroyed());
        EXPECT_EQ((Strings{"listener set up", "destroyed"}), server.Events());
    }
}

TEST_F(ServerBootstrap, a_listener_that_cannot_be_made_is_only_destroyed) {
    LoopGroup loops(allocator_);
    RawSocket taken = RawSocket::Listen("127.0.0.1");
    UnixPath path;
    RawSocket taken_path = RawSocket::ListenUnix(path.path);
    struct {
        const char *host;
        uint32_t port;
        enum aws_socket_domain domain;
        int error;
    } cases[] = {
        {"127.0.0.1", taken.Port(), AWS_SOCKET_IPV4, AWS_IO_SOCKET_ADDRESS_IN_USE},
        {path.path.c_str(), 0, AWS_SOCKET_LOCAL, AWS_IO_SOCKET_ADDRESS_IN_USE},
        {"not an address", 0, AWS_SOCKET_IPV4, AWS_IO_SOCKET_INVALID_ADDRESS},
        {"127.0.0.1", 70000, AWS_SOCKET_IPV4, AWS_IO_SOCKET_INVALID_ADDRESS},
        {"::1", 0, (enum aws_socket_domain)99, AWS_IO_SOCKET_UNSUPPORTED_ADDRESS_FAMILY},
    };
    for (auto &bad : cases) {
        Server server(allocator_, loops.get(), bad.domain);
        server.options.host_name = bad.host;
        server.options.port = bad.port;
        EXPECT_NULL_RAISES(bad.error, aws_server_bootstrap_new_socket_listener(&server.options));
        EXPECT_EQ(Strings{"destroyed"}, server.Events()) << bad.host;
    }
    Server server(allocator_, loops.get(), AWS_SOCKET_LOCAL);
    std::string too_long(AWS_ADDRESS_MAX_LEN, 'x');
    server.options.host_name = too_long.c_str();
    EXPECT_EQ(nullptr, aws_server_bootstrap_new_socket_listener(&server.options));
    EXPECT_EQ(Strings{"destroyed"}, server.Events());
}

TEST_F(ServerBootstrap, connections_outlive_their_listener_and_it_ends_with_the_last) {
    LoopGroup loops(allocator_, 2);
    Side first(allocator_), second(allocator_);
    Server server(allocator_, loops.get(), kAnyDomain);
    ASSERT_TRUE(server.Listen());
    ScriptedResolver resolver(allocator_, {"127.0.0.1"});
    Client client(allocator_, loops.get(), resolver.get());
    ASSERT_EQ(AWS_OP_SUCCESS, client.Connect(first, server));
    ASSERT_NE(nullptr, server.AwaitSide(0));
    ASSERT_EQ(AWS_OP_SUCCESS, client.Connect(second, server));
    ASSERT_NE(nullptr, server.AwaitSide(1));
    ASSERT_TRUE(first.AwaitSetUp() && second.AwaitSetUp());

    server.Destroy();
    server.ReleaseBootstrap();
    ASSERT_EQ(AWS_OP_SUCCESS, first.Send("first"));
    EXPECT_TRUE(server.AwaitSide(0)->AwaitReceived(5));
    aws_channel_shutdown(first.channel, AWS_ERROR_SUCCESS);
    EXPECT_TRUE(server.AwaitSide(0)->AwaitShutDown());
    ASSERT_EQ(AWS_OP_SUCCESS, server.AwaitSide(1)->Send("second"));
    EXPECT_TRUE(second.AwaitReceived(6));
    for (size_t i = 0; i < 2; i++) {
        RunOnLoop(loops.loop(i), [] {});
    }
    EXPECT_EQ(0, server.destroys) << "a connection lives";

    aws_channel_shutdown(second.channel, AWS_ERROR_SUCCESS);
    EXPECT_TRUE(server.AwaitDestroyed());
    EXPECT_EQ("destroyed", server.Events().back());
    EXPECT_EQ(1, server.destroys);
}

TEST_F(ServerBootstrap, connections_in_the_backlog_are_closed_with_the_listener) {
    LoopGroup loops(allocator_);
    Server server(allocator_, loops.get(), AWS_SOCKET_IPV4);
    server.on_side = [](Side &side) {
        side.on_set_up = [&side] { aws_channel_shutdown(side.channel, AWS_ERROR_SUCCESS); };
    };
    ASSERT_TRUE(server.Listen());
    RawSocket peer;
    RunOnLoop(loops.loop(), [&] {
        /* The loop is busy, so nobody accepts. */
        peer = RawSocket::Connect("127.0.0.1", (uint16_t)server.endpoint.port);
        server.Destroy();
    });
    ASSERT_TRUE(peer.IsOpen());
    EXPECT_EQ("", peer.ReadToEnd());
}

TEST_F(ServerBootstrap, a_listener_that_was_stopped_by_hand_can_be_destroyed) {
    LoopGroup loops(allocator_);
    Server server(allocator_, loops.get(), AWS_SOCKET_LOCAL);
    ASSERT_TRUE(server.Listen());
    EXPECT_EQ(AWS_OP_SUCCESS, aws_socket_stop_accept(server.listener));
    server.Destroy();
    EXPECT_TRUE(server.AwaitDestroyed());
}

TEST_F(ServerBootstrap, the_setup_callback_may_destroy_the_listener) {
    LoopGroup loops(allocator_);
    Server server(allocator_, loops.get(), AWS_SOCKET_LOCAL);
    Signal made;
    server.on_listener_set_up = [&] {
        made.Wait();
        server.Destroy();
    };
    server.listener = aws_server_bootstrap_new_socket_listener(&server.options);
    ASSERT_NE(nullptr, server.listener);
    made.Raise();
    ASSERT_TRUE(server.AwaitDestroyed());
    EXPECT_EQ((Strings{"listener set up", "destroyed"}), server.Events());
}

TEST_F(ServerBootstrap, bad_arguments_are_refused) {
    LoopGroup loops(allocator_);
    EXPECT_NULL_RAISES(AWS_ERROR_INVALID_ARGUMENT, aws_server_bootstrap_new(allocator_, nullptr));
    EXPECT_NULL_RAISES(AWS_ERROR_INVALID_ARGUMENT, aws_server_bootstrap_new(nullptr, loops.get()));
    EXPECT_RAISES(AWS_ERROR_INVALID_ARGUMENT, aws_server_bootstrap_set_alpn_callback(nullptr, nullptr));
    EXPECT_EQ(nullptr, aws_server_bootstrap_acquire(nullptr));
    aws_server_bootstrap_release(nullptr);
    EXPECT_NULL_RAISES(AWS_ERROR_INVALID_ARGUMENT, aws_server_bootstrap_new_socket_listener(nullptr));

    Server server(allocator_, loops.get(), AWS_SOCKET_LOCAL);
    EXPECT_RAISES(AWS_ERROR_INVALID_ARGUMENT, aws_server_bootstrap_set_alpn_callback(server.bootstrap(), nullptr));
    aws_server_bootstrap_destroy_socket_listener(server.bootstrap(), nullptr);
    const auto good = server.options;
    auto bad = good;
    bad.bootstrap = nullptr;
    EXPECT_NULL_RAISES(AWS_ERROR_INVALID_ARGUMENT, aws_server_bootstrap_new_socket_listener(&bad));
    bad = good;
    bad.host_name = nullptr;
    EXPECT_NULL_RAISES(AWS_ERROR_INVALID_ARGUMENT, aws_server_bootstrap_new_socket_listener(&bad));
    bad = good;
    bad.socket_options = nullptr;
    EXPECT_NULL_RAISES(AWS_ERROR_INVALID_ARGUMENT, aws_server_bootstrap_new_socket_listener(&bad));
    bad = good;
    bad.incoming_callback = nullptr;
    EXPECT_NULL_RAISES(AWS_ERROR_INVALID_ARGUMENT, aws_server_bootstrap_new_socket_listener(&bad));
    bad = good;
    bad.shutdown_callback = nullptr;
    EXPECT_NULL_RAISES(AWS_ERROR_INVALID_ARGUMENT, aws_server_bootstrap_new_socket_listener(&bad));
    EXPECT_EQ(Strings{}, server.Events()) << "bad arguments change nothing";

    /* What may be left out. */
    server.options.setup_callback = nullptr;
    server.options.destroy_callback = nullptr;
    struct aws_socket *listener = aws_server_bootstrap_new_socket_listener(&server.options);
    ASSERT_NE(nullptr, listener);
    aws_server_bootstrap_destroy_socket_listener(server.bootstrap(), listener);
}

/* Sides that end as soon as they are set up, on two loops, begun by two threads. A connection may be over before the
 * listener's thread has returned from beginning it. */
static void ComeAndGo(struct aws_allocator *allocator, enum aws_socket_domain domain) {
    constexpr int kThreads = 2, kConnections = 25;
    LoopGroup loops(allocator, 2);
    ScriptedResolver resolver(allocator, {"127.0.0.1"});
    std::list<Side> sides;
    Server server(allocator, loops.get(), domain);
    server.on_side = [](Side &side) {
        side.on_set_up = [&side] { aws_channel_shutdown(side.channel, AWS_ERROR_SUCCESS); };
    };
    ASSERT_TRUE(server.Listen());
    {
        Client client(allocator, loops.get(), resolver.get());
        for (int i = 0; i < kThreads * kConnections; i++) {
            Side &side = sides.emplace_back(allocator);
            if (i % 2 == 0) {
                side.on_set_up = [&side] {
                    if (side.channel != nullptr) {
                        aws_channel_shutdown(side.channel, AWS_ERROR_SUCCESS);
                    }
                };
            }
        }
        std::vector<std::thread> threads;
        for (int t = 0; t < kThreads; t++) {
            threads.emplace_back([&, t] {
                auto side = std::next(sides.begin(), t * kConnections);
                for (int i = 0; i < kConnections; i++) {
                    EXPECT_EQ(AWS_OP_SUCCESS, client.Connect(*side++, server));
                }
            });
        }
        for (auto &thread : threads) {
            thread.join();
        }
    }
    for (Side &side : sides) {
        EXPECT_EQ(1, side.set_ups);
        EXPECT_EQ(side.set_up_error == 0 ? 1 : 0, side.shut_downs);
        EXPECT_EQ(side.set_up_error == 0 ? 1 : 0, side.handlers_destroyed);
    }
    ASSERT_NE(nullptr, server.AwaitSide(kThreads * kConnections - 1));
    server.Destroy();
    ASSERT_TRUE(server.AwaitDestroyed());
    Strings events = server.Events();
    EXPECT_EQ(kThreads * kConnections, std::count(events.begin(), events.end(), "incoming"));
    EXPECT_EQ(kThreads * kConnections, std::count(events.begin(), events.end(), "shutdown"));
    EXPECT_EQ("destroyed", events.back());
}

TEST_F(ServerBootstrap, connections_come_and_go) {
    ComeAndGo(allocator_, AWS_SOCKET_IPV4);
}

TEST_F(ServerBootstrap, local_connections_come_and_go) {
    ComeAndGo(allocator_, AWS_SOCKET_LOCAL);
}
