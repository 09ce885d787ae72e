/* SPDX-License-Identifier: Apache-2.0 */
/*
 * While a private-key operation is pending, nobody knows yet who the peer is. Whatever it sent meanwhile was kept: 600
 * MB in three seconds. Now a little is, and then the socket is not read until the operation is over.
 */
#include "support/key_holder.h"
#include "support/tls_raw_peer.h"

class TlsPendingKeyTest : public TlsTest, public ::testing::WithParamInterface<bool> {
  protected:
    /* A server whose key is with a holder, and a peer whose hello makes it ask. */
    void Begin() {
        holder_.reset(new KeyHolder(allocator_, "ec256"));
        TlsSettings settings = ServerSettings("ec256");
        settings.key_handler = holder_->get();
        listener_ = Serve(&server_, settings, GetParam());
        RawSocket socket = RawSocket::Connect("127.0.0.1", (uint16_t)listener_->port);
        peer_.reset(new RawTlsPeer(std::move(socket), TlsPeer::CLIENT, TLS1_3_VERSION));
        peer_->tls.Step();
        peer_->Flush();
        work_ = holder_->Await();
        ASSERT_NE(nullptr, work_.operation);
        before_ = aws_mem_tracer_bytes(allocator_);
    }

    void TearDown() override {
        peer_.reset();
        listener_.reset();
        holder_.reset();
        TlsTest::TearDown();
    }

    /* Sends until nothing has been taken for a while, or so many bytes have. */
    size_t Flood(const std::string &chunk, size_t most) {
        size_t sent = 0;
        struct pollfd writable = {peer_->socket.fd(), POLLOUT, 0};
        while (sent < most && poll(&writable, 1, 500) == 1) {
            ssize_t count = send(peer_->socket.fd(), chunk.data(), chunk.size(), MSG_NOSIGNAL | MSG_DONTWAIT);
            if (count < 0 && errno != EAGAIN) {
                break;
            }
            sent += count > 0 ? (size_t)count : 0;
            most_ = std::max(most_, aws_mem_tracer_bytes(allocator_));
        }
        return sent;
    }

    void EndInFailure() {
        aws_tls_key_operation_complete_with_error(work_.operation, AWS_ERROR_INVALID_STATE);
        EXPECT_TRUE(server_.AwaitFailure());
        EXPECT_STREQ("AWS_ERROR_INVALID_STATE", aws_error_name(server_.setup));
    }

    TlsEnd server_;
    std::unique_ptr<KeyHolder> holder_;
    std::unique_ptr<TlsServer> listener_;
    std::unique_ptr<RawTlsPeer> peer_;
    KeyWork work_ = {};
    size_t before_ = 0;
    size_t most_ = 0;
};

TEST_P(TlsPendingKeyTest, AFloodIsNotKept) {
    Begin();
    size_t most = 256u << 20;
    EXPECT_GT(most, Flood(Record(23, std::string(16384, 'z')), most)) << "everything was read";
    EXPECT_GT(before_ + (2u << 20), most_);
    EndInFailure();
}

/* Each of them came in a message of its own, with room for 16 KiB. */
TEST_P(TlsPendingKeyTest, SingleBytesKeepNoWholeMessages) {
    Begin();
    Flood("z", 6000);
    TurnLoop(server_group_->loop());
    EXPECT_GT(before_ + (2u << 20), std::max(most_, aws_mem_tracer_bytes(allocator_)));
    EndInFailure();
}

/* The socket that is not read does not keep the channel from ending. */
TEST_P(TlsPendingKeyTest, AFloodedServerEndsByItsTimeLimit) {
    Begin();
    Flood(Record(23, std::string(16384, 'z')), 4u << 20);
    aws_tls_key_operation_complete(work_.operation, aws_byte_cursor_from_c_str("no signature"));
    EXPECT_TRUE(server_.AwaitFailure());
}

INSTANTIATE_TEST_SUITE_P(BackPressure, TlsPendingKeyTest, ::testing::Bool(), ::testing::PrintToStringParamName());

/*
 * Where it is not a socket that brings the bytes, nobody can be stopped: then it is too much at some point. The
 * operation is completed when the channel has shut down, on a thread of the program's, and the handler wrote to it
 * after that: wrong memory is a fault at once here.
 */
class TlsPendingKeyForeignTest : public TlsTest {
  protected:
    void SetUp() override {
        setenv("RESEAU_TEST_ALLOCATOR", "guarded", 1);
        TlsTest::SetUp();
        holder_.reset(new KeyHolder(allocator_, "ec256"));
        TlsSettings settings = ServerSettings("ec256");
        settings.key_handler = holder_->get();
        context_.reset(new TlsContext(allocator_, true, settings));
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
        context_.reset();
        holder_.reset();
        TlsTest::TearDown();
        unsetenv("RESEAU_TEST_ALLOCATOR");
    }

    void Install() {
        left_ = ScriptedHandler::New(allocator_);
        left_->Install(channel_);
        struct aws_tls_connection_options options = {};
        aws_tls_connection_options_init_from_ctx(&options, context_->get());
        aws_tls_connection_options_set_callbacks(
            &options,
            [](struct aws_channel_handler *, struct aws_channel_slot *, int error, void *arg) {
                ++Of(arg)->results_;
                EXPECT_STREQ("AWS_IO_TLS_ERROR_NEGOTIATION_FAILURE", aws_error_name(error));
            },
            nullptr,
            nullptr,
            this);
        struct aws_channel_slot *slot = aws_channel_slot_new(channel_);
        struct aws_channel_handler *handler = aws_tls_server_handler_new(allocator_, &options, slot);
        aws_channel_slot_insert_end(channel_, slot);
        aws_channel_slot_set_handler(slot, handler);
        aws_tls_connection_options_clean_up(&options);
    }

    void Bring(const std::string &bytes) {
        struct aws_io_message *message =
            aws_channel_acquire_message_from_pool(channel_, AWS_IO_MESSAGE_APPLICATION_DATA, bytes.size());
        memcpy(message->message_data.buffer, bytes.data(), bytes.size());
        message->message_data.len = bytes.size();
        if (aws_channel_slot_send_message(left_->slot, message, AWS_CHANNEL_DIR_READ) != AWS_OP_SUCCESS) {
            aws_mem_release(message->allocator, message);
        }
    }

    static TlsPendingKeyForeignTest *Of(void *arg) {
        return static_cast<TlsPendingKeyForeignTest *>(arg);
    }

    std::unique_ptr<KeyHolder> holder_;
    std::unique_ptr<TlsContext> context_;
    struct aws_channel *channel_ = nullptr;
    ScriptedHandler *left_ = nullptr;
    Signal set_up_;
    Signal shut_down_;
    int error_ = 0;
    int results_ = 0;
};

TEST_F(TlsPendingKeyForeignTest, IsRefused) {
    TlsPeer peer(TlsPeer::CLIENT, TLS1_3_VERSION);
    peer.Step();
    std::string hello = peer.Output();
    RunOnLoop(server_group_->loop(), [&] { Bring(hello); });
    KeyWork work = holder_->Await();
    size_t before = aws_mem_tracer_bytes(allocator_);
    RunOnLoop(server_group_->loop(), [&] {
        for (int i = 0; i < 1000; ++i) {
            Bring(std::string(10000, 'z'));
            EXPECT_GT(before + (4u << 20), aws_mem_tracer_bytes(allocator_));
        }
    });
    ASSERT_TRUE(shut_down_.Wait());
    EXPECT_STREQ("AWS_IO_TLS_ERROR_NEGOTIATION_FAILURE", aws_error_name(error_));
    EXPECT_EQ(1, results_);

    /* The program may still answer. */
    KeyHolder::Complete(work, holder_->Perform(work));
    aws_channel_destroy(channel_);
    TurnLoop(server_group_->loop());
}

/* A shutdown that begins at the leftmost slot comes to no other handler. */
TEST_F(TlsPendingKeyForeignTest, MayBeAnsweredAfterAShutdownThatBeganAtASlot) {
    TlsPeer peer(TlsPeer::CLIENT, TLS1_3_VERSION);
    peer.Step();
    std::string hello = peer.Output();
    RunOnLoop(server_group_->loop(), [&] { Bring(hello); });
    KeyWork work = holder_->Await();
    RunOnLoop(server_group_->loop(), [&] {
        aws_channel_slot_shutdown(left_->slot, AWS_CHANNEL_DIR_WRITE, AWS_ERROR_INVALID_STATE, true);
    });
    ASSERT_TRUE(shut_down_.Wait());
    TurnLoop(server_group_->loop());
    KeyHolder::Complete(work, holder_->Perform(work));
    aws_channel_destroy(channel_);
    TurnLoop(server_group_->loop());
    EXPECT_EQ(0, results_);
}

/* A server may begin to send before it knows the client. What it says waits for the client's key, and then arrives. */
class TlsEarlyServerTest : public TlsClientToRawPeerTest {
  protected:
    void Run(size_t size) {
        KeyHolder holder(allocator_, "client");
        TlsSettings settings;
        settings.certificate = "client.crt";
        settings.key_handler = holder.get();
        Begin(TLS1_3_VERSION, false, settings);
        SSL *ssl = peer_->tls.ssl();
        SSL_set_verify(ssl, SSL_VERIFY_PEER | SSL_VERIFY_FAIL_IF_NO_PEER_CERT, AcceptAny);
        ASSERT_TRUE(SendEarly(ssl, size));
        KeyWork work = holder.Await();
        KeyHolder::Complete(work, holder.Perform(work));
        ASSERT_TRUE(client_.AwaitSetup());
        EXPECT_TRUE(client_.AwaitBytes(size));
        EXPECT_TRUE(std::string(size, 'e') == client_.received);

        /* Its next records must not come in between. */
        writer_.join();
        ASSERT_TRUE(peer_->Shake());
        client_.Shutdown();
        ASSERT_TRUE(client_.AwaitShutdown());
        peer_.reset();
        context_.reset();
    }

    void TearDown() override {
        peer_.reset();
        if (writer_.joinable()) {
            writer_.join();
        }
        TlsClientToRawPeerTest::TearDown();
    }

  private:
    static int AcceptAny(int, X509_STORE_CTX *) {
        return 1;
    }

    /* OpenSSL lets a server write early once it has looked for early data and found none. */
    bool SendEarly(SSL *ssl, size_t size) {
        char none[16];
        size_t count = 0;
        while (SSL_read_early_data(ssl, none, sizeof(none), &count) == SSL_READ_EARLY_DATA_ERROR) {
            std::string bytes = peer_->Receive();
            if (bytes.empty()) {
                return false;
            }
            peer_->tls.Feed(bytes);
        }
        std::string text(size, 'e');
        EXPECT_EQ(1, SSL_write_early_data(ssl, text.data(), text.size(), &count));
        EXPECT_EQ(size, count);
        std::string output = peer_->tls.Output();
        writer_ = std::thread([this, output] { peer_->socket.Write(output); });
        return true;
    }

    std::thread writer_;
};

TEST_F(TlsEarlyServerTest, IsReadAfterTheKeyOperation) {
    Run(1000);
}

TEST_F(TlsEarlyServerTest, AlsoWhenItHasSentALot) {
    Run(8u << 20);
}
