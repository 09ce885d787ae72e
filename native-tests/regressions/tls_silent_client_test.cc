/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A time limit of 0 is none: a server waits for its client for as long as it takes, as with aws-c-io. But a program may
 * end the channel at any time, and then nothing waits for a client that says nothing, or that stops halfway.
 */
#include "support/tls_raw_peer.h"

class TlsSilentClientTest : public TlsTest {
  protected:
    void SetUp() override {
        TlsTest::SetUp();
        context_.reset(new TlsContext(allocator_, true, ServerSettings("ec256")));
        struct aws_channel_options options = {};
        options.event_loop = server_group_->loop();
        options.on_setup_completed = [](struct aws_channel *, int, void *arg) { Of(arg)->set_up_.Raise(); };
        options.setup_user_data = this;
        options.on_shutdown_completed = [](struct aws_channel *, int error, void *arg) {
            Of(arg)->error_ = error;
            Of(arg)->shut_down_.Raise();
        };
        options.shutdown_user_data = this;
        channel_ = aws_channel_new(allocator_, &options);
        ASSERT_TRUE(set_up_.Wait());
        RunOnLoop(server_group_->loop(), [&] { Install(); });
    }

    void TearDown() override {
        aws_channel_destroy(channel_);
        TurnLoop(server_group_->loop());
        context_.reset();
        TlsTest::TearDown();
    }

    void Install() {
        left_ = ScriptedHandler::New(allocator_);
        vtable_ = *left_->handler.vtable;
        vtable_.process_write_message = Drop;
        left_->handler.vtable = &vtable_;
        left_->Install(channel_);
        struct aws_tls_connection_options options = {};
        aws_tls_connection_options_init_from_ctx(&options, context_->get());
        options.timeout_ms = 0;
        options.user_data = this;
        options.on_negotiation_result = [](struct aws_channel_handler *, struct aws_channel_slot *, int, void *arg) {
            ++Of(arg)->results_;
        };
        struct aws_channel_slot *slot = aws_channel_slot_new(channel_);
        struct aws_channel_handler *handler = aws_tls_server_handler_new(allocator_, &options, slot);
        aws_channel_slot_insert_end(channel_, slot);
        aws_channel_slot_set_handler(slot, handler);
        aws_tls_connection_options_clean_up(&options);
    }

    void Receive(const std::string &bytes) {
        struct aws_io_message *message =
            aws_channel_acquire_message_from_pool(channel_, AWS_IO_MESSAGE_APPLICATION_DATA, bytes.size());
        memcpy(message->message_data.buffer, bytes.data(), bytes.size());
        message->message_data.len = bytes.size();
        EXPECT_EQ(AWS_OP_SUCCESS, aws_channel_slot_send_message(left_->slot, message, AWS_CHANNEL_DIR_READ));
    }

    void ExpectShutdown() {
        aws_channel_shutdown(channel_, AWS_ERROR_SUCCESS);
        ASSERT_TRUE(shut_down_.Wait());
        EXPECT_EQ(AWS_ERROR_SUCCESS, error_);
        EXPECT_EQ(0, results_);
    }

    static TlsSilentClientTest *Of(void *arg) {
        return static_cast<TlsSilentClientTest *>(arg);
    }

    /* A leftmost handler that sends to nobody. */
    static int Drop(struct aws_channel_handler *, struct aws_channel_slot *, struct aws_io_message *message) {
        aws_mem_release(message->allocator, message);
        return AWS_OP_SUCCESS;
    }

    struct aws_channel_handler_vtable vtable_ = {};

    std::unique_ptr<TlsContext> context_;
    struct aws_channel *channel_ = nullptr;
    ScriptedHandler *left_ = nullptr;
    Signal set_up_;
    Signal shut_down_;
    int error_ = -1;
    int results_ = 0;
};

TEST_F(TlsSilentClientTest, a_shutdown_does_not_wait_for_its_first_byte) {
    ExpectShutdown();
}

TEST_F(TlsSilentClientTest, a_shutdown_does_not_wait_for_the_rest_of_its_hello) {
    TlsPeer peer(TlsPeer::CLIENT, TLS1_3_VERSION);
    peer.Step();
    std::string hello = peer.Output();
    RunOnLoop(server_group_->loop(), [&] { Receive(hello.substr(0, hello.size() / 2)); });
    ExpectShutdown();
}

TEST_F(TlsSilentClientTest, a_shutdown_does_not_wait_for_its_last_flight) {
    TlsPeer peer(TlsPeer::CLIENT, TLS1_3_VERSION);
    peer.Step();
    std::string hello = peer.Output();
    RunOnLoop(server_group_->loop(), [&] { Receive(hello); });
    ExpectShutdown();
}

class TlsSilentClientOfListenerTest : public TlsTest {};

/* Nobody but the client can end a handshake without a limit that the program has not been given a channel for. */
TEST_F(TlsSilentClientOfListenerTest, its_listener_ends_when_it_leaves) {
    TlsEnd server;
    std::unique_ptr<TlsServer> listener(
        new TlsServer(allocator_, server_group_->get(), &server, ServerSettings("ec256"), false, 0));
    std::unique_ptr<RawSocket> client(new RawSocket(RawSocket::Connect("127.0.0.1", (uint16_t)listener->port)));
    EXPECT_EQ(3, send(client->fd(), "\x16\x03\x01", 3, MSG_NOSIGNAL));
    std::thread end([&] { listener.reset(); });
    client.reset();
    end.join();
    EXPECT_TRUE(server.setups == 0 || server.setup != AWS_ERROR_SUCCESS);
}
