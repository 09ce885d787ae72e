/* SPDX-License-Identifier: Apache-2.0 */
#include "support/bootstraps.h"
#include "support/manual_clock.h"
#include "support/raw_socket.h"
#include "support/scripted_resolver.h"
#include "support/statistics_recorder.h"
#include "support/traced_test.h"

#include <aws/io/socket_channel_handler.h>

#if !defined(_WIN32)
#    include <sys/ioctl.h>
#endif

#include <algorithm>
#include <memory>
#include <thread>
#include <vector>

namespace {

/* Event-loop thread only. */
int Fd(Side &side) {
    return aws_socket_handler_get_socket(aws_channel_get_first_slot(side.channel)->handler)->io_handle.data.fd;
}

int FailToResolve(struct aws_allocator *, const struct aws_string *, struct aws_array_list *, void *) {
    return aws_raise_error(AWS_IO_DNS_INVALID_NAME);
}

} // namespace

class SocketHandler : public TracedIoTest {
  protected:
    /* The client's channel is held, because it may end by itself as soon as the server's does; it need not, when its
     * window is 0. */
    static void ShutDownBoth(Side &client, Side &server) {
        ASSERT_TRUE(client.hold);
        aws_channel_shutdown(server.channel, AWS_ERROR_SUCCESS);
        aws_channel_shutdown(client.channel, AWS_ERROR_SUCCESS);
        EXPECT_TRUE(server.AwaitShutDown());
        EXPECT_TRUE(client.AwaitShutDown());
        client.ReleaseHold();
        EXPECT_TRUE(client.AwaitHandlerDestroyed());
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
        side.hold = true;
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
    side.hold = true;
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
    side.hold = true;
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
        side.hold = true;
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
    ReadToEndAfterPeerHangup(AWS_SOCKET_IPV6);
}

TEST_F(SocketHandler, open_channel_statistics_test) {
    const std::string from_client = "a question", from_server = "and its longer answer";
    LoopGroup loops(ManualClock::NewGroup(allocator_));
    Server server(allocator_, loops.get(), AWS_SOCKET_LOCAL);
    ASSERT_TRUE(server.Listen());
    StatisticsRecorder recorder(allocator_, 1);
    Side side(allocator_);
    side.hold = true;
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

    ManualClock::Advance(side.loop, 1);
    ASSERT_TRUE(recorder.AwaitSamples(1));
    EXPECT_EQ(from_server.size(), recorder.BytesRead());
    EXPECT_EQ(from_client.size(), recorder.BytesWritten());
    ShutDownBoth(side, *accepted);
    EXPECT_TRUE(recorder.AwaitDestroyed());
}

/* A handler that comes late, to a channel without back-pressure, still gets what came before it. */
TEST_F(SocketHandler, data_waits_for_the_first_handler) {
    const std::string content = Noise(100000);
    LoopGroup loops(allocator_);
    UnixPath path;
    RawSocket listener = RawSocket::ListenUnix(path.path);
    Side side(allocator_);
    side.install = false;
    Client client(allocator_, loops.get());
    struct aws_socket_options socket_options = StreamOptions(AWS_SOCKET_LOCAL);
    auto options = client.OptionsFor(side, socket_options, path.path.c_str(), 0);
    ASSERT_EQ(AWS_OP_SUCCESS, aws_client_bootstrap_new_socket_channel(&options));
    ASSERT_TRUE(side.AwaitSetUp());
    RawSocket peer = listener.Accept();
    ASSERT_TRUE(peer.Write(content));
    peer.Close();
    ASSERT_TRUE(side.AwaitPeersEnd());
    ASSERT_FALSE(side.IsShutDown());

    RunOnLoop(side.loop, [&] { side.Install(); });
    EXPECT_TRUE(side.AwaitShutDown());
    EXPECT_TRUE(content == side.Received()) << side.ReceivedSize() << " of " << content.size() << " bytes";
    EXPECT_STREQ("AWS_IO_SOCKET_CLOSED", aws_error_name(side.shut_down_error));
}

TEST_F(SocketHandler, without_any_handler_the_end_of_the_stream_is_noticed) {
    LoopGroup loops(allocator_);
    Server server(allocator_, loops.get(), AWS_SOCKET_LOCAL);
    server.on_side = [](Side &side) { side.install = false; };
    ASSERT_TRUE(server.Listen());
    Side side(allocator_);
    side.install = false;
    Client client(allocator_, loops.get());
    ASSERT_EQ(AWS_OP_SUCCESS, client.Connect(side, server));
    ASSERT_TRUE(side.AwaitSetUp());
    Side *accepted = server.AwaitSide();
    ASSERT_NE(nullptr, accepted);
    aws_channel_shutdown(side.channel, AWS_ERROR_SUCCESS);
    EXPECT_TRUE(accepted->AwaitShutDown());
    EXPECT_STREQ("AWS_IO_SOCKET_CLOSED", aws_error_name(accepted->shut_down_error));
}

/* Several messages come by one system call. What is read by a trigger in the middle must not overtake them. */
TEST_F(SocketHandler, a_read_triggered_inside_a_delivery_keeps_the_order) {
    const std::string content = Noise(4 * 1024 * 1024);
    LoopGroup loops(allocator_, 2);
    for (bool back_pressure : {false, true}) {
        Server server(allocator_, loops.get(), AWS_SOCKET_LOCAL);
        ASSERT_TRUE(server.Listen());
        Side side(allocator_);
        side.hold = true;
        side.on_read = [&](const std::string &) { EXPECT_EQ(AWS_OP_SUCCESS, aws_channel_trigger_read(side.channel)); };
        Client client(allocator_, loops.get());
        ASSERT_EQ(AWS_OP_SUCCESS, client.Connect(side, server, back_pressure));
        ASSERT_TRUE(side.AwaitSetUp());
        Side *accepted = server.AwaitSide();
        ASSERT_NE(nullptr, accepted);
        ASSERT_EQ(AWS_OP_SUCCESS, accepted->Send(content));
        EXPECT_TRUE(side.AwaitReceived(content.size()));
        EXPECT_TRUE(content == side.Received()) << "content differs";
        ShutDownBoth(side, *accepted);
    }
}

/* As when a protocol is exchanged for another one in the middle of a stream: the first handler takes everything, and
 * the second one, which comes while several messages are in the socket handler's hands, 100 bytes at a time. */
TEST_F(SocketHandler, a_new_right_handler_gets_no_more_than_its_window) {
    const std::string content = Noise(200000);
    LoopGroup loops(allocator_);
    UnixPath path;
    RawSocket listener = RawSocket::ListenUnix(path.path);
    Side side(allocator_);
    ScriptedHandler *second = nullptr;
    size_t messages = 0, second_received = 0, max_at_once = 0;
    auto exchange = [&] {
        second = ScriptedHandler::New(allocator_, 100);
        second->on_read = [&](const std::string &text) {
            second_received += text.size();
            max_at_once = std::max(max_at_once, text.size());
            aws_channel_slot_increment_read_window(second->slot, text.size());
        };
        /* Handler first, place second: both orders are allowed. */
        second->slot = aws_channel_slot_new(side.channel);
        EXPECT_EQ(AWS_OP_SUCCESS, aws_channel_slot_set_handler(second->slot, &second->handler));
        struct aws_channel_slot *leftmost = aws_channel_get_first_slot(side.channel);
        EXPECT_EQ(AWS_OP_SUCCESS, aws_channel_slot_insert_right(leftmost, second->slot));
    };
    side.on_read = [&](const std::string &) {
        if (++messages == 5) {
            exchange();
        }
    };
    Client client(allocator_, loops.get());
    struct aws_socket_options socket_options = StreamOptions(AWS_SOCKET_LOCAL);
    auto options = client.OptionsFor(side, socket_options, path.path.c_str(), 0);
    options.enable_read_back_pressure = true;
    ASSERT_EQ(AWS_OP_SUCCESS, aws_client_bootstrap_new_socket_channel(&options));
    ASSERT_TRUE(side.AwaitSetUp());
    RawSocket peer = listener.Accept();
    /* The loop is held until much has come, so that one read fills many messages. */
    std::thread writer;
    RunOnLoop(side.loop, [&] {
        writer = std::thread([&] {
            EXPECT_TRUE(peer.Write(content));
            peer.Close();
        });
        int there = 0;
        while (there < 100000 && ioctl(Fd(side), FIONREAD, &there) == 0) {
            std::this_thread::yield();
        }
    });
    EXPECT_TRUE(side.AwaitShutDown());
    writer.join();
    EXPECT_STREQ("AWS_IO_SOCKET_CLOSED", aws_error_name(side.shut_down_error));
    EXPECT_LE(max_at_once, 100u);
    EXPECT_TRUE(content == side.Received()) << side.ReceivedSize() << " of " << content.size() << " bytes";
    EXPECT_EQ(content.size(), second_received + 5 * g_aws_channel_max_fragment_size);
}

TEST_F(SocketHandler, a_handler_that_refuses_a_message_ends_the_channel_and_gets_no_more) {
    LoopGroup loops(allocator_);
    UnixPath path;
    RawSocket listener = RawSocket::ListenUnix(path.path);
    Side side(allocator_);
    int messages = 0;
    Client client(allocator_, loops.get());
    struct aws_socket_options socket_options = StreamOptions(AWS_SOCKET_LOCAL);
    auto options = client.OptionsFor(side, socket_options, path.path.c_str(), 0);
    ASSERT_EQ(AWS_OP_SUCCESS, aws_client_bootstrap_new_socket_channel(&options));
    ASSERT_TRUE(side.AwaitSetUp());
    RunOnLoop(side.loop, [&] {
        side.handler->refusal = AWS_ERROR_INVALID_STATE;
        side.handler->on_read = [&](const std::string &) { messages++; };
    });
    RawSocket peer = listener.Accept();
    ASSERT_TRUE(peer.Write(Noise(100000)));
    EXPECT_TRUE(side.AwaitShutDown());
    EXPECT_STREQ("AWS_ERROR_INVALID_STATE", aws_error_name(side.shut_down_error));
    EXPECT_EQ(1, messages);
}

TEST_F(SocketHandler, bad_arguments_are_refused) {
    LoopGroup loops(allocator_);
    UnixPath path;
    RawSocket listener = RawSocket::ListenUnix(path.path);
    struct aws_socket_options socket_options = StreamOptions(AWS_SOCKET_LOCAL);
    struct aws_socket unassigned;
    ASSERT_EQ(AWS_OP_SUCCESS, aws_socket_init(&unassigned, allocator_, &socket_options));
    Side side(allocator_);
    Client client(allocator_, loops.get());
    auto options = client.OptionsFor(side, socket_options, path.path.c_str(), 0);
    ASSERT_EQ(AWS_OP_SUCCESS, aws_client_bootstrap_new_socket_channel(&options));
    ASSERT_TRUE(side.AwaitSetUp());
    RunOnLoop(side.loop, [&] {
        struct aws_channel_slot *slot = side.handler->slot;
        EXPECT_NULL_RAISES(AWS_ERROR_INVALID_ARGUMENT, aws_socket_handler_new(nullptr, &unassigned, slot, 1024));
        EXPECT_NULL_RAISES(AWS_ERROR_INVALID_ARGUMENT, aws_socket_handler_new(allocator_, nullptr, slot, 1024));
        EXPECT_NULL_RAISES(AWS_ERROR_INVALID_ARGUMENT, aws_socket_handler_new(allocator_, &unassigned, nullptr, 1024));
        EXPECT_NULL_RAISES(AWS_ERROR_INVALID_ARGUMENT, aws_socket_handler_new(allocator_, &unassigned, slot, 0));
        EXPECT_NULL_RAISES(AWS_ERROR_INVALID_STATE, aws_socket_handler_new(allocator_, &unassigned, slot, 1024));
        EXPECT_EQ(nullptr, aws_socket_handler_get_socket(nullptr));

        struct aws_channel_handler *handler = aws_channel_get_first_slot(side.channel)->handler;
        auto *socket = const_cast<struct aws_socket *>(aws_socket_handler_get_socket(handler));
        EXPECT_NULL_RAISES(AWS_ERROR_IO_ALREADY_SUBSCRIBED, aws_socket_handler_new(allocator_, socket, slot, 1024));
    });
    aws_socket_clean_up(&unassigned);
    aws_channel_shutdown(side.channel, AWS_ERROR_SUCCESS);
    EXPECT_TRUE(side.AwaitShutDown());
}

/* It is the bootstrap's to clean up; a program that does so all the same ends its connection, not the process. */
TEST_F(SocketHandler, a_bootstraps_socket_may_be_cleaned_up) {
    LoopGroup loops(allocator_, 2);
    for (enum aws_socket_domain domain : {kAnyDomain, AWS_SOCKET_IPV4, AWS_SOCKET_IPV6}) {
        for (bool by_client : {true, false}) {
            Server server(allocator_, loops.get(), domain);
            ASSERT_TRUE(server.Listen());
            Side side(allocator_);
            ScriptedResolver resolver(allocator_, {server.options.host_name});
            Client client(allocator_, loops.get(), resolver.get());
            ASSERT_EQ(AWS_OP_SUCCESS, client.Connect(side, server));
            ASSERT_TRUE(side.AwaitSetUp());
            Side *accepted = server.AwaitSide();
            ASSERT_NE(nullptr, accepted);
            Side &one = by_client ? side : *accepted;
            RunOnLoop(one.loop, [&] {
                struct aws_channel_handler *handler = aws_channel_get_first_slot(one.channel)->handler;
                auto *socket = const_cast<struct aws_socket *>(aws_socket_handler_get_socket(handler));
                ASSERT_EQ(AWS_OP_SUCCESS, one.handler->Send("before"));
                aws_socket_clean_up(socket);
                aws_socket_clean_up(socket);
                EXPECT_EQ(socket, aws_socket_handler_get_socket(handler));
                EXPECT_NE(AWS_OP_SUCCESS, one.handler->Send("after"));
            });
            aws_channel_shutdown(one.channel, AWS_ERROR_SUCCESS);
            EXPECT_TRUE(side.AwaitShutDown());
            EXPECT_TRUE(accepted->AwaitShutDown());
        }
    }
}

/* On another thread it only shows the connection, until the loop has come to it. */
TEST_F(SocketHandler, a_bootstraps_socket_may_be_cleaned_up_on_another_thread) {
    LoopGroup loops(allocator_);
    Server server(allocator_, loops.get(), kAnyDomain);
    ASSERT_TRUE(server.Listen());
    Client client(allocator_, loops.get());
    for (int round = 0; round < 50; round++) {
        Side side(allocator_);
        side.hold = true;
        ASSERT_EQ(AWS_OP_SUCCESS, client.Connect(side, server));
        ASSERT_TRUE(side.AwaitSetUp());
        struct aws_channel_handler *handler = aws_channel_get_first_slot(side.channel)->handler;
        aws_socket_clean_up(const_cast<struct aws_socket *>(aws_socket_handler_get_socket(handler)));
        aws_channel_shutdown(side.channel, AWS_ERROR_SUCCESS);
        EXPECT_TRUE(side.AwaitShutDown());
        side.ReleaseHold();
        EXPECT_TRUE(side.AwaitHandlerDestroyed());
    }
}

/*
 * A write of the program's own on the socket is not the handler's, whose end comes without it. Of many in one turn a
 * completion backend still has some when the sockets are closed.
 */
TEST_F(SocketHandler, the_end_comes_while_the_programs_own_write_is_under_way) {
    LoopGroup loops(allocator_);
    Server server(allocator_, loops.get(), kAnyDomain);
    ASSERT_TRUE(server.Listen());
    Client client(allocator_, loops.get());
    struct End {
        std::unique_ptr<Side> side;
        Signal written;
        int writes = 0;
    };
    std::vector<End> ends(8);
    for (End &end : ends) {
        end.side = std::make_unique<Side>(allocator_);
        ASSERT_EQ(AWS_OP_SUCCESS, client.Connect(*end.side, server));
        ASSERT_TRUE(end.side->AwaitSetUp());
    }
    static const char bytes[] = "the program's own";
    RunOnLoop(ends[0].side->loop, [&] {
        for (End &end : ends) {
            struct aws_channel_handler *handler = aws_channel_get_first_slot(end.side->channel)->handler;
            auto *socket = const_cast<struct aws_socket *>(aws_socket_handler_get_socket(handler));
            end.side->handler->on_shutdown = [&end, socket](enum aws_channel_direction direction, int) {
                if (direction != AWS_CHANNEL_DIR_WRITE) {
                    return;
                }
                struct aws_byte_cursor cursor = aws_byte_cursor_from_array(bytes, sizeof(bytes));
                auto on_written = [](struct aws_socket *, int, size_t, void *arg) {
                    End *end = static_cast<End *>(arg);
                    end->writes++;
                    end->written.Raise();
                };
                EXPECT_EQ(AWS_OP_SUCCESS, aws_socket_write(socket, &cursor, on_written, &end));
            };
            aws_channel_shutdown(end.side->channel, AWS_ERROR_UNKNOWN);
        }
    });
    for (End &end : ends) {
        EXPECT_TRUE(end.side->AwaitShutDown());
        EXPECT_TRUE(end.written.Wait());
        EXPECT_EQ(1, end.writes);
    }
}
