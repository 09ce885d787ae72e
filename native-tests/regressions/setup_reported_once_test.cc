/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Whichever way a connection comes about or fails, its setup callback is called exactly once, and its shutdown callback
 * once after a setup that succeeded and never after one that failed. Elsewhere a failure was reported twice, and the
 * end of what had never begun.
 */
#include "support/bootstraps.h"
#include "support/raw_socket.h"
#include "support/scripted_resolver.h"
#include "support/tls.h"
#include "support/traced_test.h"

#include <memory>
#include <thread>

class SetupReportedOnce : public TracedIoTest {
  protected:
    void SetUp() override {
        TracedIoTest::SetUp();
        loops_ = std::make_unique<LoopGroup>(allocator_, 2);
        resolver_ = std::make_unique<ScriptedResolver>(allocator_, std::vector<std::string>{"127.0.0.1"});
        socket_options_ = StreamOptions(AWS_SOCKET_IPV4);
    }

    void TearDown() override {
        resolver_.reset();
        loops_.reset();
        TracedIoTest::TearDown();
    }

    /* Over when the bootstrap, which every callback holds, is gone. */
    void Fail(uint16_t port, const char *error, struct aws_tls_connection_options *tls = nullptr) {
        Side side(allocator_);
        {
            Client client(allocator_, loops_->get(), resolver_->get());
            auto options = client.OptionsFor(side, socket_options_, "name", port);
            options.tls_options = tls;
            ASSERT_EQ(AWS_OP_SUCCESS, aws_client_bootstrap_new_socket_channel(&options));
            ASSERT_TRUE(side.AwaitSetUp());
            EXPECT_STREQ(error, aws_error_name(side.set_up_error));
        }
        EXPECT_EQ(1, side.set_ups);
        EXPECT_EQ(0, side.shut_downs);
    }

    std::unique_ptr<LoopGroup> loops_;
    std::unique_ptr<ScriptedResolver> resolver_;
    struct aws_socket_options socket_options_ = {};
};

TEST_F(SetupReportedOnce, and_one_shutdown_at_both_ends_of_a_connection) {
    Side side(allocator_);
    {
        Server server(allocator_, loops_->get(), AWS_SOCKET_IPV4);
        ASSERT_TRUE(server.Listen());
        {
            Client client(allocator_, loops_->get(), resolver_->get());
            ASSERT_EQ(AWS_OP_SUCCESS, client.Connect(side, server));
            Side *accepted = server.AwaitSide();
            ASSERT_TRUE(side.AwaitSetUp());
            ASSERT_NE(nullptr, accepted);
            aws_channel_shutdown(side.channel, AWS_ERROR_SUCCESS);
            aws_channel_shutdown(accepted->channel, AWS_ERROR_SUCCESS);
            EXPECT_TRUE(side.AwaitShutDown());
        }
        server.Destroy();
        ASSERT_TRUE(server.AwaitDestroyed());
        const std::vector<std::string> events = {"listener set up", "incoming", "shutdown", "destroyed"};
        EXPECT_EQ(events, server.Events());
    }
    EXPECT_EQ(1, side.set_ups);
    EXPECT_EQ(1, side.shut_downs);
}

TEST_F(SetupReportedOnce, by_names_that_cannot_be_resolved) {
    for (bool on_thread : {false, true}) {
        resolver_->on_thread = on_thread;
        resolver_->error = AWS_IO_DNS_QUERY_FAILED;
        Fail(80, "AWS_IO_DNS_QUERY_FAILED");
    }
    resolver_->error = 0;
    resolver_->addresses.clear();
    Fail(80, "AWS_IO_DNS_NO_ADDRESS_FOR_HOST");
}

TEST_F(SetupReportedOnce, by_addresses_that_all_refuse) {
    RawSocket bound = RawSocket::Listen("127.0.0.1");
    uint16_t port = bound.Port();
    bound.Close();
    resolver_->addresses = {"127.0.0.1", "127.0.0.2", "127.0.0.3"};
    Fail(port, "AWS_IO_SOCKET_CONNECTION_REFUSED");
}

TEST_F(SetupReportedOnce, by_an_address_that_never_answers) {
    BlackHole hole("127.0.0.1");
    ASSERT_TRUE(hole.IsOpen());
    socket_options_.connect_timeout_ms = 50;
    Fail(hole.Port(), "AWS_IO_SOCKET_TIMEOUT");
}

/* The channel exists by then, and is shut down; the program has not had its setup callback and gets its failure only.
 */
TEST_F(SetupReportedOnce, by_a_handshake_that_fails) {
    TlsContext context(allocator_, false, TlsSettings());
    struct aws_tls_connection_options tls = {};
    aws_tls_connection_options_init_from_ctx(&tls, context.get());
    RawSocket listener = RawSocket::Listen("127.0.0.1");
    std::thread closing([&] { listener.Accept().Close(); });
    Fail(listener.Port(), "AWS_IO_SOCKET_CLOSED", &tls);
    closing.join();

    std::thread garbage([&] {
        RawSocket peer = listener.Accept();
        peer.Write("HTTP/1.0 400 that was no request\r\n\r\n");
        peer.ReadToEnd();
    });
    Fail(listener.Port(), "AWS_IO_TLS_ERROR_NEGOTIATION_FAILURE", &tls);
    garbage.join();

    tls.timeout_ms = 50;
    std::thread silence([&] { listener.Accept().ReadToEnd(); });
    Fail(listener.Port(), "AWS_IO_TLS_NEGOTIATION_TIMEOUT", &tls);
    silence.join();
    aws_tls_connection_options_clean_up(&tls);
}

/* A failed connection is reported to a server once, by its incoming callback. */
TEST_F(SetupReportedOnce, by_a_server_whose_clients_fail_the_handshake) {
    TlsContext context(allocator_, true, ServerSettings("ec256"));
    struct aws_tls_connection_options tls = {};
    aws_tls_connection_options_init_from_ctx(&tls, context.get());
    {
        Server server(allocator_, loops_->get(), AWS_SOCKET_IPV4);
        server.options.tls_options = &tls;
        ASSERT_TRUE(server.Listen());
        for (const char *said : {"", "GET / HTTP/1.0\r\n\r\n"}) {
            RawSocket peer = RawSocket::Connect("127.0.0.1", (uint16_t)server.endpoint.port);
            ASSERT_TRUE(peer.Write(said));
            shutdown(peer.fd(), SHUT_WR);
            peer.ReadToEnd();
        }
        server.Destroy();
        ASSERT_TRUE(server.AwaitDestroyed());
        const std::vector<std::string> events = {"listener set up", "incoming failed", "incoming failed", "destroyed"};
        EXPECT_EQ(events, server.Events());
    }
    aws_tls_connection_options_clean_up(&tls);
}

/* Attempts that are under way when everything else is released. */
TEST_F(SetupReportedOnce, by_an_attempt_whose_bootstrap_is_released_at_once) {
    BlackHole hole("127.0.0.1");
    ASSERT_TRUE(hole.IsOpen());
    socket_options_.connect_timeout_ms = 100;
    Side side(allocator_);
    {
        Client client(allocator_, loops_->get(), resolver_->get());
        auto options = client.OptionsFor(side, socket_options_, "name", hole.Port());
        ASSERT_EQ(AWS_OP_SUCCESS, aws_client_bootstrap_new_socket_channel(&options));
        client.Release();
        loops_.reset();
    }
    EXPECT_EQ(1, side.set_ups);
    EXPECT_STREQ("AWS_IO_SOCKET_TIMEOUT", aws_error_name(side.set_up_error));
    EXPECT_EQ(0, side.shut_downs);
}
