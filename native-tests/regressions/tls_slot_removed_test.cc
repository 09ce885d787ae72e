/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A TLS handler leaves a channel that goes on. Its tasks stayed behind: the deadline of the handshake, reads and writes
 * put off to later, a handshake that another thread begins, an answer of whoever has the key. Wrong memory is a fault
 * at once here.
 */
#include "support/channel_to_raw_peer.h"
#include "support/key_holder.h"
#include "support/tls_pair.h"

#include <aws/io/channel.h>

#include <thread>

class TlsSlotRemovedTest : public ChannelToRawPeer {
  protected:
    void SetUp() override {
        setenv("RESEAU_TEST_ALLOCATOR", "guarded", 1);
        frozen_ = true;
        ChannelToRawPeer::SetUp();
        Connect(AWS_SOCKET_IPV4, SIZE_MAX, false);
        TlsSettings settings;
        settings.verify_peer = false;
        context_.reset(new TlsContext(allocator_, false, settings));
    }

    void TearDown() override {
        context_.reset();
        aws_channel_shutdown(side_->channel, AWS_ERROR_SUCCESS);
        EXPECT_TRUE(side_->AwaitShutDown());
        EXPECT_EQ(AWS_ERROR_SUCCESS, side_->shut_down_error);
        ChannelToRawPeer::TearDown();
        unsetenv("RESEAU_TEST_ALLOCATOR");
    }

    /* Loop's thread. */
    struct aws_channel_slot *Insert() {
        struct aws_tls_connection_options options = {};
        aws_tls_connection_options_init_from_ctx(&options, context_->get());
        options.timeout_ms = 1000;
        struct aws_channel_slot *slot = aws_channel_slot_new(side_->channel);
        struct aws_channel_handler *handler = aws_tls_client_handler_new(allocator_, &options, slot);
        EXPECT_NE(nullptr, handler);
        aws_channel_slot_insert_right(aws_channel_get_first_slot(side_->channel), slot);
        aws_channel_slot_set_handler(slot, handler);
        aws_tls_connection_options_clean_up(&options);
        return slot;
    }

    std::unique_ptr<TlsContext> context_;
};

TEST_F(TlsSlotRemovedTest, RemovingTheSlotCancelsTheTimeLimit) {
    RunOnLoop(side_->loop, [&] {
        struct aws_channel_slot *slot = Insert();
        EXPECT_EQ(AWS_OP_SUCCESS, aws_tls_client_handler_start_negotiation(slot->handler));
        aws_channel_slot_remove(slot);
    });
    ManualClock::Advance(side_->loop, 2000);
    EXPECT_FALSE(side_->IsShutDown());
    EXPECT_EQ(AWS_OP_SUCCESS, side_->Send("plain"));
}

TEST_F(TlsSlotRemovedTest, RemovingTheSlotCancelsAHandshakeThatAnotherThreadBegan) {
    RunOnLoop(side_->loop, [&] {
        struct aws_channel_slot *slot = Insert();
        std::thread([&] {
            EXPECT_EQ(AWS_OP_SUCCESS, aws_tls_client_handler_start_negotiation(slot->handler));
            EXPECT_EQ(AWS_OP_SUCCESS, aws_tls_client_handler_start_negotiation(slot->handler));
        }).join();
        aws_channel_slot_remove(slot);
    });
    side_->Settle();
    ManualClock::Advance(side_->loop, 2000);
    EXPECT_FALSE(side_->IsShutDown());
}

class TlsSlotOfConnectionRemovedTest : public TlsDataTest {
  protected:
    void SetUp() override {
        setenv("RESEAU_TEST_ALLOCATOR", "guarded", 1);
        TlsDataTest::SetUp();
    }

    void TearDown() override {
        TlsDataTest::TearDown();
        unsetenv("RESEAU_TEST_ALLOCATOR");
    }

    static struct aws_channel_slot *SlotOf(struct aws_channel *channel) {
        return aws_channel_get_first_slot(channel)->adj_right;
    }

    void End() {
        client_.Settle();
        EXPECT_EQ(0, client_.shutdowns);
        client_.Shutdown();
        EXPECT_TRUE(client_.AwaitShutdown());
        EXPECT_TRUE(server_.AwaitShutdown());
    }
};

TEST_F(TlsSlotOfConnectionRemovedTest, WritesThatAreGatheredFail) {
    Meet();
    std::vector<int> errors;
    client_.app->on_written = [&](size_t, int error) { client_.state.Change([&] { errors.push_back(error); }); };
    RunOnLoop(client_.Loop(), [&] {
        EXPECT_EQ(AWS_OP_SUCCESS, client_.app->Send("at once"));
        EXPECT_EQ(AWS_OP_SUCCESS, client_.app->Send("gathered"));
        aws_channel_slot_remove(SlotOf(client_.channel));
    });
    EXPECT_TRUE(client_.state.Await([&] { return errors.size() == 2; }));
    EXPECT_EQ(1, std::count(errors.begin(), errors.end(), AWS_ERROR_SUCCESS));
    EXPECT_EQ(1, std::count(errors.begin(), errors.end(), AWS_IO_SOCKET_CLOSED));
    End();
}

TEST_F(TlsSlotOfConnectionRemovedTest, AReadThatIsPutOffGoesWithIt) {
    Meet(true);
    RunOnLoop(client_.Loop(), [&] {
        struct aws_channel_slot *slot = SlotOf(client_.channel);
        EXPECT_EQ(AWS_OP_SUCCESS, aws_channel_handler_increment_read_window(slot->handler, slot, 1));
        aws_channel_slot_remove(slot);
    });
    End();
}

TEST_F(TlsSlotOfConnectionRemovedTest, NoHandshakeContinuesAfterTheSlotIsRemoved) {
    KeyHolder holder(allocator_, "client");
    TlsSettings settings;
    settings.certificate = "client.crt";
    settings.key_handler = holder.get();
    TlsContext context(allocator_, false, settings);
    TlsSettings mutual = ServerSettings("server");
    mutual.verify_peer = true;
    listener_ = Serve(&server_, mutual);
    struct aws_channel *channel = nullptr;
    client_.on_creation = [&](struct aws_channel *created) {
        aws_channel_acquire_hold(created);
        client_.state.Change([&] { channel = created; });
    };
    Connect(&client_, listener_->port, context.get());
    KeyWork work = holder.Await();
    struct aws_event_loop *loop = aws_channel_get_event_loop(channel);
    RunOnLoop(loop, [&] { aws_channel_slot_remove(SlotOf(channel)); });
    KeyHolder::Complete(work, holder.Perform(work));
    TurnLoop(loop);
    EXPECT_EQ(0, client_.setups);
    aws_channel_shutdown(channel, AWS_ERROR_INVALID_STATE);
    EXPECT_TRUE(client_.AwaitFailure());
    EXPECT_STREQ("AWS_ERROR_INVALID_STATE", aws_error_name(client_.setup));
    aws_channel_release_hold(channel);
    EXPECT_TRUE(server_.AwaitFailure());
}
