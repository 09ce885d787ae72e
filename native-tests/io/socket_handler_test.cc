/* SPDX-License-Identifier: Apache-2.0 */
#include "support/bootstraps.h"
#include "support/fake_clock.h"
#include "support/raw_socket.h"
#include "support/scripted_resolver.h"
#include "support/statistics_recorder.h"
#include "support/traced_test.h"

#include <aws/io/socket_channel_handler.h>

#include <thread>

namespace {

int FailToResolve(struct aws_allocator *, const struct aws_string *, struct aws_array_list *, void *) {
    return aws_raise_error(AWS_IO_DNS_INVALID_NAME);
}

} // namespace

class SocketHandler : public TracedIoTest {
  protected:
    /* Both channels shut down from here, neither waiting for the other's end. */
    static void ShutDownBoth(Side &client, Side &server) {
        aws_channel_shutdown(server.channel, AWS_ERROR_SUCCESS);
        aws_channel_shutdown(client.channel, AWS_ERROR_SUCCESS);
        EXPECT_TRUE(server.AwaitShutDown());
        EXPECT_TRUE(client.AwaitShutDown());
    }

    void ReadToEndAfterPeerHangup(enum aws_socket_domain domain);
};

TEST_F(SocketHandler, socket_pinned_event_loop) {
    LoopGroup loops(allocator_, 3);
    for (size_t pinned = 0; pinned < 3; pinned++) {
        Server server(allocator_, loops.get(), AWS_SOCKET_LOCAL);
        server.options.enable_read_back_pressure = true;
        ASSERT_TRUE(server.Listen());
        Side side(allocator_);
        Client client(allocator_, loops.get());
        ASSERT_EQ(AWS_OP_SUCCESS, client.Connect(side, server, false, loops.loop(pinned)));
        ASSERT_TRUE(side.AwaitSetUp());
        EXPECT_EQ(loops.loop(pinned), side.loop);
        EXPECT_TRUE(side.set_up_on_loop);
        Side *accepted = server.AwaitSide();
        ASSERT_NE(nullptr, accepted);
        ShutDownBoth(side, *accepted);
    }
}

TEST_F(SocketHandler, socket_pinned_event_loop_dns_failure) {
    LoopGroup loops(allocator_, 3);
    struct aws_host_resolver_default_options resolver_options = {};
    resolver_options.el_group = loops.get();
    resolver_options.max_entries = 8;
    struct aws_host_resolver *resolver = aws_host_resolver_new_default(allocator_, &resolver_options);
    struct aws_host_resolution_config config = {};
    config.impl = FailToResolve;
    config.max_ttl = 1;

    Side side(allocator_);
    bool on_pinned_loop = false;
    side.on_set_up = [&] { on_pinned_loop = aws_event_loop_thread_is_callers_thread(loops.loop(1)); };
    {
        Client client(allocator_, loops.get(), resolver, &config);
        struct aws_socket_options socket_options = StreamOptions(AWS_SOCKET_IPV4);
        auto options = client.OptionsFor(side, socket_options, "no.such.name.invalid", 443);
        options.requested_event_loop = loops.loop(1);
        ASSERT_EQ(AWS_OP_SUCCESS, aws_client_bootstrap_new_socket_channel(&options));
        ASSERT_TRUE(side.AwaitSetUp());
        EXPECT_STREQ("AWS_IO_DNS_INVALID_NAME", aws_error_name(side.set_up_error));
        EXPECT_TRUE(on_pinned_loop);
        EXPECT_EQ(nullptr, side.channel);
    }
    EXPECT_EQ(1, side.set_ups);
    EXPECT_EQ(0, side.shut_downs);
    aws_host_resolver_release(resolver);
}

TEST_F(SocketHandler, socket_handler_echo_and_backpressure) {
    const std::string from_client = "I speak first.", from_server = "I answer a little more.";
    const size_t client_window = 9, server_window = 8;
    LoopGroup loops(allocator_, 2);
    Server server(allocator_, loops.get(), AWS_SOCKET_LOCAL);
    server.options.enable_read_back_pressure = true;
    server.window = server_window;
    ASSERT_TRUE(server.Listen());
    Side side(allocator_, client_window);
    Client client(allocator_, loops.get());
    ASSERT_EQ(AWS_OP_SUCCESS, client.Connect(side, server, true));
    ASSERT_TRUE(side.AwaitSetUp());
    Side *accepted = server.AwaitSide();
    ASSERT_NE(nullptr, accepted);

    ASSERT_EQ(AWS_OP_SUCCESS, side.Send(from_client));
    ASSERT_EQ(AWS_OP_SUCCESS, accepted->Send(from_server));
    EXPECT_TRUE(side.AwaitWritten(from_client.size()));
    EXPECT_TRUE(accepted->AwaitWritten(from_server.size()));
    EXPECT_TRUE(accepted->AwaitReceived(server_window));
    EXPECT_TRUE(side.AwaitReceived(client_window));
    side.Settle();
    accepted->Settle();
    EXPECT_EQ(server_window, accepted->ReceivedSize()) << "read beyond the window";
    EXPECT_EQ(client_window, side.ReceivedSize()) << "read beyond the window";

    accepted->Grant(100);
    side.Grant(100);
    EXPECT_TRUE(accepted->AwaitReceived(from_client.size()));
    EXPECT_TRUE(side.AwaitReceived(from_server.size()));
    EXPECT_EQ(from_client, accepted->Received());
    EXPECT_EQ(from_server, side.Received());
    ShutDownBoth(side, *accepted);
}

/* 16 MiB: many messages, many windows. */
TEST_F(SocketHandler, socket_data_over_multiple_frames) {
    const std::string content = Noise(1024 * g_aws_channel_max_fragment_size);
    const size_t window = 10000;
    LoopGroup loops(allocator_, 2);
    Server server(allocator_, loops.get(), AWS_SOCKET_LOCAL);
    server.options.enable_read_back_pressure = true;
    ASSERT_TRUE(server.Listen());
    Side side(allocator_, window);
    Client client(allocator_, loops.get());
    ASSERT_EQ(AWS_OP_SUCCESS, client.Connect(side, server, true));
    ASSERT_TRUE(side.AwaitSetUp());
    Side *accepted = server.AwaitSide();
    ASSERT_NE(nullptr, accepted);

    ASSERT_EQ(AWS_OP_SUCCESS, accepted->Send(content));
    EXPECT_TRUE(side.AwaitReceived(window));
    side.Settle();
    EXPECT_EQ(window, side.ReceivedSize()) << "read beyond the window";

    /* Half of it as the reader keeps up, half at once. */
    size_t granted = window;
    while (granted < content.size() / 2) {
        side.Grant(3 * window);
        granted += 3 * window;
        ASSERT_TRUE(side.AwaitReceived(granted));
    }
    EXPECT_EQ(granted, side.ReceivedSize());
    side.Grant(content.size() - granted);
    EXPECT_TRUE(side.AwaitReceived(content.size()));
    EXPECT_TRUE(content == side.Received()) << "content differs";
    EXPECT_TRUE(accepted->AwaitWritten(content.size()));
    ShutDownBoth(side, *accepted);
}

TEST_F(SocketHandler, both_directions_at_once_with_back_pressure) {
    const std::string there = Noise(4 * 1024 * 1024, 1), back = Noise(4 * 1024 * 1024, 2);
    LoopGroup loops(allocator_, 2);
    for (enum aws_socket_domain domain : {AWS_SOCKET_LOCAL, AWS_SOCKET_IPV4}) {
        Server server(allocator_, loops.get(), domain);
        server.options.enable_read_back_pressure = true;
        server.window = 30000;
        server.on_side = [](Side &side) { side.regrant = true; };
        ASSERT_TRUE(server.Listen());
        ScriptedResolver resolver(allocator_, {"127.0.0.1"});
        Side side(allocator_, 1);
        side.regrant = true;
        Client client(allocator_, loops.get(), resolver.get());
        ASSERT_EQ(AWS_OP_SUCCESS, client.Connect(side, server, true));
        ASSERT_TRUE(side.AwaitSetUp());
        Side *accepted = server.AwaitSide();
        ASSERT_NE(nullptr, accepted);

        side.Grant(70000);
        ASSERT_EQ(AWS_OP_SUCCESS, side.Send(there));
        ASSERT_EQ(AWS_OP_SUCCESS, accepted->Send(back));
        EXPECT_TRUE(accepted->AwaitReceived(there.size()));
        EXPECT_TRUE(side.AwaitReceived(back.size()));
        EXPECT_TRUE(there == accepted->Received()) << "content differs";
        EXPECT_TRUE(back == side.Received()) << "content differs";
        ShutDownBoth(side, *accepted);
    }
}

TEST_F(SocketHandler, socket_handler_close) {
    LoopGroup loops(allocator_, 2);
    Server server(allocator_, loops.get(), AWS_SOCKET_LOCAL);
    ASSERT_TRUE(server.Listen());
    Side side(allocator_);
    Client client(allocator_, loops.get());
    ASSERT_EQ(AWS_OP_SUCCESS, client.Connect(side, server));
    ASSERT_TRUE(side.AwaitSetUp());
    Side *accepted = server.AwaitSide();
    ASSERT_NE(nullptr, accepted);

    aws_channel_shutdown(accepted->channel, AWS_ERROR_SUCCESS);
    EXPECT_TRUE(accepted->AwaitShutDown());
    EXPECT_TRUE(side.AwaitShutDown());
    EXPECT_EQ(AWS_ERROR_SUCCESS, accepted->shut_down_error);
    EXPECT_TRUE(side.shut_down_error == AWS_IO_SOCKET_CLOSED || side.shut_down_error == AWS_IO_SOCKET_NOT_CONNECTED)
        << aws_error_name(side.shut_down_error);
}

/* The peer sends, has it all written, and closes, while the reader has read a part. Once a handler that read only once
 * more after a hang-up lost the rest. */
void SocketHandler::ReadToEndAfterPeerHangup(enum aws_socket_domain domain) {
    const std::string content = Noise(g_aws_channel_max_fragment_size);
    const size_t piece = 128;
    LoopGroup loops(allocator_, 2);
    Server server(allocator_, loops.get(), domain);
    ASSERT_TRUE(server.Listen());
    ScriptedResolver resolver(allocator_, {server.options.host_name});
    Side side(allocator_, 0);
    Client client(allocator_, loops.get(), resolver.get());
    ASSERT_EQ(AWS_OP_SUCCESS, client.Connect(side, server, true));
    ASSERT_TRUE(side.AwaitSetUp());
    ASSERT_EQ(AWS_ERROR_SUCCESS, side.set_up_error);
    Side *accepted = server.AwaitSide();
    ASSERT_NE(nullptr, accepted);

    ASSERT_EQ(AWS_OP_SUCCESS, accepted->Send(content));
    side.Grant(piece);
    ASSERT_TRUE(side.AwaitReceived(piece));
    ASSERT_TRUE(accepted->AwaitWritten(content.size()));
    aws_channel_shutdown(accepted->channel, AWS_ERROR_SUCCESS);
    ASSERT_TRUE(accepted->AwaitShutDown());
    ASSERT_TRUE(side.AwaitPeersEnd());
    ASSERT_FALSE(side.IsShutDown()) << "there is data left to read";
    ASSERT_EQ(piece, side.ReceivedSize());

    side.Grant(3 * content.size());
    EXPECT_TRUE(side.AwaitShutDown());
    EXPECT_TRUE(content == side.Received()) << side.ReceivedSize() << " of " << content.size() << " bytes";
    EXPECT_STREQ("AWS_IO_SOCKET_CLOSED", aws_error_name(side.shut_down_error));
}

TEST_F(SocketHandler, socket_handler_read_to_eof_after_peer_hangup) {
    ReadToEndAfterPeerHangup(AWS_SOCKET_LOCAL);
}

TEST_F(SocketHandler, socket_handler_ipv4_read_to_eof_after_peer_hangup) {
    ReadToEndAfterPeerHangup(AWS_SOCKET_IPV4);
}

TEST_F(SocketHandler, socket_handler_ipv6_read_to_eof_after_peer_hangup) {
    if (!RawSocket::ListenIpv6().IsOpen()) {
        GTEST_SKIP() << "this machine has no IPv6";
    }
    ReadToEndAfterPeerHangup(AWS_SOCKET_IPV6);
}

TEST_F(SocketHandler, open_channel_statistics_test) {
    const std::string from_client = "a question", from_server = "and its longer answer";
    LoopGroup loops(FakeClock::NewGroup(allocator_));
    Server server(allocator_, loops.get(), AWS_SOCKET_LOCAL);
    ASSERT_TRUE(server.Listen());
    StatisticsRecorder recorder(allocator_, 1);
    Side side(allocator_);
    side.on_created = [&] {
        EXPECT_EQ(AWS_OP_SUCCESS, aws_channel_set_statistics_handler(side.channel, recorder.handler()));
    };
    Client client(allocator_, loops.get());
    ASSERT_EQ(AWS_OP_SUCCESS, client.Connect(side, server));
    ASSERT_TRUE(side.AwaitSetUp());
    Side *accepted = server.AwaitSide();
    ASSERT_NE(nullptr, accepted);

    ASSERT_EQ(AWS_OP_SUCCESS, side.Send(from_client));
    ASSERT_TRUE(accepted->AwaitReceived(from_client.size()));
    ASSERT_EQ(AWS_OP_SUCCESS, accepted->Send(from_server));
    ASSERT_TRUE(side.AwaitReceived(from_server.size()));
    ASSERT_TRUE(side.AwaitWritten(from_client.size()));
    side.Settle();
    EXPECT_EQ(0, recorder.Samples()) << "the interval is not over";

    FakeClock::Advance(side.loop, 1);
    ASSERT_TRUE(recorder.AwaitSamples(1));
    EXPECT_EQ(from_server.size(), recorder.BytesRead());
    EXPECT_EQ(from_client.size(), recorder.BytesWritten());
    ShutDownBoth(side, *accepted);
    EXPECT_TRUE(recorder.AwaitDestroyed());
}
