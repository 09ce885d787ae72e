/* SPDX-License-Identifier: Apache-2.0 */
/* The handler that makes room for the negotiated protocol's. */
#include "support/tls.h"

class AlpnHandlerTest : public TracedIoTest {
  protected:
    void SetUp() override {
        TracedIoTest::SetUp();
        group_.reset(new LoopGroup(allocator_));
        struct aws_channel_options options = {};
        options.event_loop = group_->loop();
        options.on_setup_completed = [](struct aws_channel *, int, void *arg) { static_cast<Signal *>(arg)->Raise(); };
        options.setup_user_data = &set_up_;
        options.on_shutdown_completed = [](struct aws_channel *, int, void *arg) {
            static_cast<Signal *>(arg)->Raise();
        };
        options.shutdown_user_data = &shut_down_;
        channel_ = aws_channel_new(allocator_, &options);
        ASSERT_NE(nullptr, channel_);
        ASSERT_TRUE(set_up_.Wait());
    }

    void TearDown() override {
        aws_channel_shutdown(channel_, AWS_ERROR_SUCCESS);
        EXPECT_TRUE(shut_down_.Wait());
        aws_channel_destroy(channel_);
        group_.reset();
        TracedIoTest::TearDown();
    }

    /* Puts the handler in and gives it a message with this tag. */
    int Deliver(int tag) {
        int error = -1;
        RunOnLoop(group_->loop(), [&] {
            struct aws_channel_slot *slot = aws_channel_slot_new(channel_);
            struct aws_channel_handler *handler = aws_tls_alpn_handler_new(allocator_, OnNegotiated, this);
            ASSERT_EQ(AWS_OP_SUCCESS, aws_channel_slot_set_handler(slot, handler));
            struct aws_io_message *message = aws_channel_acquire_message_from_pool(
                channel_, AWS_IO_MESSAGE_APPLICATION_DATA, sizeof(struct aws_tls_negotiated_protocol_message));
            message->message_tag = tag;
            message->message_data.len = sizeof(struct aws_tls_negotiated_protocol_message);
            auto *content = (struct aws_tls_negotiated_protocol_message *)message->message_data.buffer;
            content->protocol = aws_byte_buf_from_c_str("h2");
            error = AWS_ERROR_SUCCESS;
            if (aws_channel_handler_process_read_message(handler, slot, message)) {
                error = aws_last_error();
                aws_mem_release(message->allocator, message);
            }
            first_handler_ = aws_channel_get_first_slot(channel_)->handler;
        });
        return error;
    }

    static struct aws_channel_handler *
    OnNegotiated(struct aws_channel_slot *slot, struct aws_byte_buf *protocol, void *arg) {
        auto *self = static_cast<AlpnHandlerTest *>(arg);
        EXPECT_NE(nullptr, slot);
        self->protocol_.assign((const char *)protocol->buffer, protocol->len);
        return self->made_ == nullptr ? nullptr : &self->made_->handler;
    }

    std::unique_ptr<LoopGroup> group_;
    Signal set_up_;
    Signal shut_down_;
    struct aws_channel *channel_ = nullptr;
    struct aws_channel_handler *first_handler_ = nullptr;
    ScriptedHandler *made_ = nullptr;
    std::string protocol_;
};

TEST_F(AlpnHandlerTest, alpn_successfully_negotiates) {
    made_ = ScriptedHandler::New(allocator_);
    EXPECT_EQ(AWS_ERROR_SUCCESS, Deliver(AWS_TLS_NEGOTIATED_PROTOCOL_MESSAGE));
    EXPECT_EQ("h2", protocol_);
    EXPECT_EQ(&made_->handler, first_handler_);
}

TEST_F(AlpnHandlerTest, alpn_no_protocol_message) {
    EXPECT_STREQ("AWS_IO_MISSING_ALPN_MESSAGE", aws_error_name(Deliver(0)));
    EXPECT_EQ("", protocol_);
}

TEST_F(AlpnHandlerTest, alpn_error_creating_handler) {
    int error = Deliver(AWS_TLS_NEGOTIATED_PROTOCOL_MESSAGE);
    EXPECT_STREQ("AWS_IO_UNHANDLED_ALPN_PROTOCOL_MESSAGE", aws_error_name(error));
    EXPECT_EQ("h2", protocol_);
}

/* Through a bootstrap: the handler is there when the setup callback comes. */
class AlpnBootstrapTest : public TlsTest {
  protected:
    static struct aws_channel_handler *
    OnNegotiated(struct aws_channel_slot *slot, struct aws_byte_buf *protocol, void *) {
        ScriptedHandler *handler = ScriptedHandler::New(slot->alloc);
        handler->slot = slot;
        name_.assign((const char *)protocol->buffer, protocol->len);
        return &handler->handler;
    }

    static std::string name_;
};

std::string AlpnBootstrapTest::name_;

TEST_F(AlpnBootstrapTest, ClientGetsTheHandlerOfItsProtocol) {
    TlsSettings settings = ServerSettings("ec256");
    settings.alpn = "http/1.1";
    TlsEnd server_end;
    TlsEnd client_end;
    auto listener = Serve(&server_end, settings);
    TlsContext context(allocator_, false, TlsSettings());
    ASSERT_EQ(AWS_OP_SUCCESS, aws_client_bootstrap_set_alpn_callback(bootstrap_, OnNegotiated));
    Connect(&client_end, listener->port, context.get(), "localhost", "h2;http/1.1");
    ASSERT_TRUE(client_end.AwaitSetup());
    EXPECT_EQ("http/1.1", name_);
    EXPECT_EQ("http/1.1", client_end.protocol);
    client_end.Shutdown();
    EXPECT_TRUE(client_end.AwaitShutdown());
    EXPECT_TRUE(server_end.AwaitShutdown());
}
