// SPDX-License-Identifier: Apache-2.0
// <aws/io/socket.h>: closing and cleaning up: inside every callback, twice, from other threads, at any moment.
#include "support/portable.h"
#include "support/sockets.h"

namespace {

// How a callback ends its socket.
enum class Ending { kClose, kCloseTwice, kCleanUp, kCloseAndCleanUp, kFree };

struct Ender {
    struct aws_allocator *allocator = nullptr;
    Ending ending = Ending::kClose;
    int calls = 0;
    int error = -1;
    struct aws_socket *accepted = nullptr;
    Signal called;

    void End(struct aws_socket *socket) {
        if (ending == Ending::kClose || ending == Ending::kCloseTwice || ending == Ending::kCloseAndCleanUp) {
            EXPECT_EQ(AWS_OP_SUCCESS, aws_socket_close(socket));
            EXPECT_FALSE(aws_socket_is_open(socket));
        }
        if (ending == Ending::kCloseTwice) {
            EXPECT_EQ(AWS_OP_SUCCESS, aws_socket_close(socket));
        }
        if (ending == Ending::kCleanUp || ending == Ending::kCloseAndCleanUp || ending == Ending::kFree) {
            aws_socket_clean_up(socket);
        }
        if (ending == Ending::kFree) {
            aws_mem_release(allocator, socket);
        }
    }

    void Record(struct aws_socket *socket, int error_code) {
        ++calls;
        error = error_code;
        End(socket);
        called.Raise();
    }

    static void OnConnect(struct aws_socket *socket, int error, void *self) {
        static_cast<Ender *>(self)->Record(socket, error);
    }
    static void OnReadable(struct aws_socket *socket, int error, void *self) {
        static_cast<Ender *>(self)->Record(socket, error);
    }
    static void OnWritten(struct aws_socket *socket, int error, size_t, void *self) {
        static_cast<Ender *>(self)->Record(socket, error);
    }
    static void OnStart(struct aws_socket *socket, int error, void *self) {
        static_cast<Ender *>(self)->Record(socket, error);
    }
    static void OnAccept(struct aws_socket *socket, int error, struct aws_socket *accepted, void *self) {
        static_cast<Ender *>(self)->accepted = accepted;
        static_cast<Ender *>(self)->Record(socket, error);
    }
};

std::string NameOf(const ::testing::TestParamInfo<Ending> &info) {
    static const char *const names[] = {"Close", "CloseTwice", "CleanUp", "CloseAndCleanUp", "Free"};
    return names[static_cast<int>(info.param)];
}

class EndIn : public SocketTest, public ::testing::WithParamInterface<Ending> {
  protected:
    void SetUp() override {
        SocketTest::SetUp();
        ender_ = std::make_unique<Ender>();
        ender_->allocator = allocator_;
        ender_->ending = GetParam();
    }

    // A socket whose end depends on the parameter: what the callback has not done is done here.
    void Finish(struct aws_socket *socket) {
        RunOnLoop(loop_, [] {});
        EXPECT_EQ(1, ender_->calls) << "no callback after the end";
        if (GetParam() != Ending::kFree) {
            aws_socket_clean_up(socket);
            aws_socket_clean_up(socket);
            aws_mem_release(allocator_, socket);
        }
    }

    std::unique_ptr<Ender> ender_;
};

struct aws_socket_options Tcp() {
    return SocketOptions(AWS_SOCKET_IPV4, AWS_SOCKET_STREAM);
}

} // namespace

INSTANTIATE_TEST_SUITE_P(
    SocketClose,
    EndIn,
    ::testing::Values(Ending::kClose, Ending::kCloseTwice, Ending::kCleanUp, Ending::kCloseAndCleanUp, Ending::kFree),
    NameOf);

TEST_P(EndIn, the_connect_callback) {
    for (auto domain : {AWS_SOCKET_IPV4, AWS_SOCKET_LOCAL}) {
        ender_->calls = 0;
        Listener listener(allocator_, loop_, SocketOptions(domain, AWS_SOCKET_STREAM));
        OwnedSocket owned(allocator_, SocketOptions(domain, AWS_SOCKET_STREAM));
        struct aws_socket *socket = owned.Release();
        ASSERT_EQ(AWS_OP_SUCCESS, ConnectTo(socket, listener.endpoint(), loop_, Ender::OnConnect, ender_.get()));
        ASSERT_TRUE(ender_->called.Wait(domain == AWS_SOCKET_LOCAL ? 2 : 1));
        EXPECT_EQ(0, ender_->error);
        Finish(socket);
    }
}

TEST_P(EndIn, the_connect_callback_of_a_failure) {
    struct aws_socket_endpoint endpoint = {};
    {
        OwnedSocket gone(allocator_, Tcp());
        endpoint = BindToAny(gone);
    }
    OwnedSocket owned(allocator_, Tcp());
    struct aws_socket *socket = owned.Release();
    ASSERT_EQ(AWS_OP_SUCCESS, ConnectTo(socket, endpoint, loop_, Ender::OnConnect, ender_.get()));
    ASSERT_TRUE(ender_->called.Wait());
    EXPECT_EQ(AWS_IO_SOCKET_CONNECTION_REFUSED, ender_->error);
    Finish(socket);
}

TEST_P(EndIn, the_connect_callback_of_a_timeout) {
    BlackHole nobody("127.0.0.1");
    struct aws_socket_options options = Tcp();
    options.connect_timeout_ms = 50;
    OwnedSocket owned(allocator_, options);
    struct aws_socket *socket = owned.Release();
    ASSERT_EQ(
        AWS_OP_SUCCESS, ConnectTo(socket, Endpoint("127.0.0.1", nobody.Port()), loop_, Ender::OnConnect, ender_.get()));
    ASSERT_TRUE(ender_->called.Wait());
    EXPECT_EQ(AWS_IO_SOCKET_TIMEOUT, ender_->error);
    Finish(socket);
}

TEST_P(EndIn, the_readable_callback) {
    SocketToRawPeer peer(allocator_, loop_);
    struct aws_socket *socket = peer.ReleaseSocket();
    RunOnLoop(loop_, [&] { aws_socket_subscribe_to_readable_events(socket, Ender::OnReadable, ender_.get()); });
    // Data and hang-up together: after the end the second is not reported.
    peer.Send("x");
    peer.Close();
    ASSERT_TRUE(ender_->called.Wait());
    Finish(socket);
}

TEST_P(EndIn, the_written_callback) {
    SocketToRawPeer peer(allocator_, loop_);
    struct aws_socket *socket = peer.ReleaseSocket();
    RunOnLoop(loop_, [&] {
        struct aws_byte_cursor data = aws_byte_cursor_from_c_str("x");
        EXPECT_EQ(AWS_OP_SUCCESS, aws_socket_write(socket, &data, Ender::OnWritten, ender_.get()));
    });
    ASSERT_TRUE(ender_->called.Wait());
    EXPECT_EQ(0, ender_->error);
    Finish(socket);
    EXPECT_EQ("x", peer.ReadToEnd());
}

TEST_P(EndIn, the_accept_callback) {
    OwnedSocket owned(allocator_, Tcp());
    struct aws_socket *listener = owned.Release();
    struct aws_socket_endpoint endpoint = BindToAny(listener);
    ASSERT_EQ(AWS_OP_SUCCESS, aws_socket_listen(listener, 16));

    // Several wait, so that the listener would accept more if it could.
    std::vector<std::unique_ptr<OwnedSocket>> clients;
    for (int i = 0; i < 3; ++i) {
        clients.push_back(std::make_unique<OwnedSocket>(allocator_, Tcp()));
        ConnectResult connected;
        ASSERT_EQ(AWS_OP_SUCCESS, ConnectTo(*clients.back(), endpoint, loop_, ConnectResult::Callback, &connected));
        ASSERT_TRUE(connected.called.Wait());
    }
    struct aws_socket_listener_options options = {};
    options.on_accept_result = Ender::OnAccept;
    options.on_accept_result_user_data = ender_.get();
    ASSERT_EQ(AWS_OP_SUCCESS, aws_socket_start_accept(listener, loop_, options));
    ASSERT_TRUE(ender_->called.Wait());
    ASSERT_EQ(0, ender_->error);
    OwnedSocket accepted(allocator_, ender_->accepted);
    Finish(listener);
}

TEST_P(EndIn, the_accept_started_callback) {
    OwnedSocket owned(allocator_, Tcp());
    struct aws_socket *listener = owned.Release();
    ASSERT_EQ(AWS_OP_SUCCESS, BindTo(listener, Endpoint("127.0.0.1")));
    ASSERT_EQ(AWS_OP_SUCCESS, aws_socket_listen(listener, 16));
    struct aws_socket_listener_options options = {};
    options.on_accept_result = [](struct aws_socket *, int, struct aws_socket *, void *) { FAIL(); };
    options.on_accept_start = Ender::OnStart;
    options.on_accept_start_user_data = ender_.get();
    ASSERT_EQ(AWS_OP_SUCCESS, aws_socket_start_accept(listener, loop_, options));
    ASSERT_TRUE(ender_->called.Wait());
    EXPECT_EQ(0, ender_->error);
    Finish(listener);
}

TEST_P(EndIn, the_middle_of_a_connection_attempt) {
    BlackHole nobody("127.0.0.1");
    OwnedSocket owned(allocator_, Tcp());
    struct aws_socket *socket = owned.Release();
    RunOnLoop(loop_, [&] {
        ASSERT_EQ(
            AWS_OP_SUCCESS,
            ConnectTo(socket, Endpoint("127.0.0.1", nobody.Port()), loop_, Ender::OnConnect, ender_.get()));
        ender_->End(socket);
    });
    RunOnLoop(loop_, [] {});
    EXPECT_EQ(0, ender_->calls);
    if (GetParam() != Ending::kFree) {
        aws_socket_clean_up(socket);
        aws_mem_release(allocator_, socket);
    }
}

class SocketClose : public SocketTest {
  protected:
    static void Raise(void *signal) {
        static_cast<Signal *>(signal)->Raise();
    }
};

TEST_F(SocketClose, a_connected_socket_is_closed_on_its_loop_only) {
    SocketToRawPeer peer(allocator_, loop_);
    EXPECT_RAISES(AWS_IO_SOCKET_ILLEGAL_OPERATION_FOR_STATE, aws_socket_close(peer.socket()));
    EXPECT_TRUE(aws_socket_is_open(peer.socket()));
    int error = 0;
    peer.Send("still here");
    EXPECT_EQ("still here", ReadUntil(peer.socket(), 10, &error));
}

// A program that cleans up on the wrong thread must not leave a descriptor behind that the loop still watches.
TEST_F(SocketClose, a_connected_socket_is_cleaned_up_from_anywhere) {
    SocketToRawPeer peer(allocator_, loop_);
    struct aws_socket *socket = peer.ReleaseSocket();
    Signal cleaned;
    WriteResult written;
    ASSERT_EQ(AWS_OP_SUCCESS, WriteOnLoop(socket, "bye", &written));
    aws_socket_set_cleanup_complete_callback(socket, Raise, &cleaned);
    aws_socket_clean_up(socket);
    EXPECT_EQ(1, cleaned.Count());
    EXPECT_EQ(1, written.called.Count());
    aws_mem_release(allocator_, socket);
    EXPECT_EQ("bye", peer.ReadToEnd());
}

TEST_F(SocketClose, a_listener_is_closed_from_anywhere) {
    for (int round = 0; round < 20; ++round) {
        Listener listener(allocator_, loop_, Tcp());
        Signal closed;
        ASSERT_EQ(AWS_OP_SUCCESS, aws_socket_set_close_complete_callback(listener.socket(), Raise, &closed));
        std::thread other([&] { EXPECT_EQ(AWS_OP_SUCCESS, aws_socket_close(listener.socket())); });
        other.join();
        EXPECT_EQ(1, closed.Count());
        EXPECT_FALSE(aws_socket_is_open(listener.socket()));
    }
}

TEST_F(SocketClose, a_close_is_reported_once) {
    OwnedSocket socket(allocator_, Tcp());
    Signal closed;
    Signal cleaned;
    ASSERT_EQ(AWS_OP_SUCCESS, aws_socket_set_close_complete_callback(socket, Raise, &closed));
    ASSERT_EQ(AWS_OP_SUCCESS, aws_socket_set_cleanup_complete_callback(socket, Raise, &cleaned));
    EXPECT_EQ(AWS_OP_SUCCESS, aws_socket_close(socket));
    EXPECT_EQ(1, closed.Count());
    EXPECT_EQ(AWS_OP_SUCCESS, aws_socket_close(socket));
    EXPECT_EQ(1, closed.Count());
    EXPECT_EQ(0, cleaned.Count());
    aws_socket_clean_up(socket);
    EXPECT_EQ(1, cleaned.Count());
    aws_socket_clean_up(socket);
    EXPECT_EQ(1, cleaned.Count());
}

TEST_F(SocketClose, a_socket_can_be_used_again_after_its_clean_up) {
    struct aws_socket_options options = Tcp();
    struct aws_socket socket = {};
    for (int round = 0; round < 3; ++round) {
        ASSERT_EQ(AWS_OP_SUCCESS, aws_socket_init(&socket, allocator_, &options));
        ASSERT_EQ(AWS_OP_SUCCESS, BindTo(&socket, Endpoint("127.0.0.1")));
        aws_socket_clean_up(&socket);
        EXPECT_FALSE(aws_socket_is_open(&socket));
    }
}

TEST_F(SocketClose, a_closed_socket_does_nothing_more) {
    SocketToRawPeer peer(allocator_, loop_);
    struct aws_socket *socket = peer.socket();
    RunOnLoop(loop_, [&] {
        ASSERT_EQ(AWS_OP_SUCCESS, aws_socket_close(socket));
        char byte;
        size_t amount = 0;
        struct aws_byte_buf buffer = aws_byte_buf_from_empty_array(&byte, 1);
        struct aws_byte_cursor data = aws_byte_cursor_from_c_str("x");
        EXPECT_RAISES(AWS_IO_SOCKET_NOT_CONNECTED, aws_socket_read(socket, &buffer, &amount));
        EXPECT_RAISES(AWS_IO_SOCKET_NOT_CONNECTED, aws_socket_write(socket, &data, WriteResult::Callback, nullptr));
        EXPECT_RAISES(AWS_IO_SOCKET_ILLEGAL_OPERATION_FOR_STATE, BindTo(socket, Endpoint("127.0.0.1")));
        EXPECT_RAISES(AWS_IO_SOCKET_ILLEGAL_OPERATION_FOR_STATE, aws_socket_listen(socket, 1));
        EXPECT_RAISES(AWS_IO_SOCKET_ILLEGAL_OPERATION_FOR_STATE, aws_socket_stop_accept(socket));
        EXPECT_RAISES(AWS_IO_SOCKET_ILLEGAL_OPERATION_FOR_STATE, aws_socket_assign_to_event_loop(socket, loop_));
        EXPECT_RAISES(
            AWS_IO_SOCKET_ILLEGAL_OPERATION_FOR_STATE,
            ConnectTo(socket, Endpoint("127.0.0.1", 80), loop_, ConnectResult::Callback, nullptr));
        EXPECT_RAISES(AWS_IO_SOCKET_NOT_CONNECTED, aws_socket_shutdown_dir(socket, AWS_CHANNEL_DIR_WRITE));
        EXPECT_RAISES(
            AWS_IO_SOCKET_NOT_CONNECTED, aws_socket_subscribe_to_readable_events(socket, IgnoreReadable, nullptr));
        EXPECT_RAISES(AWS_IO_SOCKET_ILLEGAL_OPERATION_FOR_STATE, aws_socket_set_options(socket, &socket->options));
        EXPECT_NE(0, aws_socket_get_error(socket));
    });
}

TEST_F(SocketClose, no_descriptor_stays_open) {
    /* What is made once is there after the first. */
    { Connection connection(allocator_, loop_, Tcp()); }
    int before = open_handles();
    { Connection connection(allocator_, loop_, Tcp()); }
    struct aws_socket_options options = Tcp();
    snprintf(options.network_interface_name, sizeof(options.network_interface_name), "nosuchif");
    struct aws_socket socket = {};
    EXPECT_EQ(AWS_OP_ERR, aws_socket_init(&socket, allocator_, &options));
    EXPECT_EQ(before, open_handles());
}

// The attempt begins on this thread and ends on the loop's, whichever of the two is faster.
TEST_F(SocketClose, attempts_from_another_thread_race_with_their_results) {
    Listener listener(allocator_, loop_, Tcp());
    struct aws_socket_options options = Tcp();
    options.connect_timeout_ms = 1;
    for (int round = 0; round < 300; ++round) {
        Ender ender;
        ender.allocator = allocator_;
        ender.ending = Ending::kFree;
        auto *socket = static_cast<struct aws_socket *>(aws_mem_calloc(allocator_, 1, sizeof(struct aws_socket)));
        ASSERT_EQ(AWS_OP_SUCCESS, aws_socket_init(socket, allocator_, &options));
        ASSERT_EQ(AWS_OP_SUCCESS, ConnectTo(socket, listener.endpoint(), loop_, Ender::OnConnect, &ender));
        ASSERT_TRUE(ender.called.Wait());
    }
}

/* All have an event in one batch. Whoever is called first frees the others, to which the batch still leads. */
TEST_F(SocketClose, one_socket_frees_others_that_have_events_in_the_same_batch) {
    struct Batch {
        struct aws_allocator *allocator;
        std::vector<struct aws_socket *> sockets;
        Signal called;
    } batch = {allocator_, {}, {}};
    std::vector<std::unique_ptr<SocketToRawPeer>> peers;
    for (int i = 0; i < 8; ++i) {
        peers.push_back(std::make_unique<SocketToRawPeer>(allocator_, loop_));
        batch.sockets.push_back(peers.back()->ReleaseSocket());
    }
    RunOnLoop(loop_, [&] {
        for (size_t i = 0; i < peers.size(); ++i) {
            auto on_readable = [](struct aws_socket *first, int, void *user_data) {
                auto *batch = static_cast<Batch *>(user_data);
                for (struct aws_socket *socket : batch->sockets) {
                    if (socket != first) {
                        aws_socket_clean_up(socket);
                        aws_mem_release(batch->allocator, socket);
                    }
                }
                batch->sockets = {first};
                batch->called.Raise();
            };
            EXPECT_EQ(AWS_OP_SUCCESS, aws_socket_subscribe_to_readable_events(batch.sockets[i], on_readable, &batch));
            peers[i]->Send("x");
        }
    });
    ASSERT_TRUE(batch.called.Wait());
    RunOnLoop(loop_, [] {});
    EXPECT_EQ(1, batch.called.Count());
    OwnedSocket clean_up(allocator_, batch.sockets.front());
}

TEST_F(SocketClose, sockets_of_a_loop_that_ends_keep_their_bytes) {
    SocketToRawPeer peer(allocator_, loop_);
    struct aws_socket *socket = peer.ReleaseSocket();
    WriteResult written;
    LambdaTask write([&](enum aws_task_status) {
        struct aws_byte_cursor data = aws_byte_cursor_from_c_str("bye");
        EXPECT_EQ(AWS_OP_SUCCESS, aws_socket_write(socket, &data, WriteResult::Callback, &written));
    });
    LambdaTask close([&](enum aws_task_status) {
        aws_socket_clean_up(socket);
        aws_mem_release(allocator_, socket);
    });
    aws_event_loop_schedule_task_now(loop_, &write);
    aws_event_loop_schedule_task_now(loop_, &close);
    ReleaseGroup();
    EXPECT_EQ(1, written.called.Count());
    EXPECT_EQ(0, written.error);
    EXPECT_EQ("bye", peer.ReadToEnd());
}
