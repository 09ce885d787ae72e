/* SPDX-License-Identifier: Apache-2.0 */
/* Sockets, pipes and channels on a loop that a program has made around a completion port of its own: rule 393. */
#include "support/bootstraps.h"
#include "support/sockets.h"

#include "port_loop.h"

#include <aws/io/pipe.h>

namespace {

class OwnPort : public TracedIoTest {
  protected:
    void SetUp() override {
        TracedIoTest::SetUp();
        group_ = PortLoop::NewGroup(allocator_);
        ASSERT_NE(nullptr, group_);
        loop_ = aws_event_loop_group_get_next_loop(group_);
    }

    void TearDown() override {
        aws_event_loop_group_release(group_);
        TracedIoTest::TearDown();
    }

    void Exchange(struct aws_socket_options options, size_t size) {
        Connection connection(allocator_, loop_, options);
        RunOnLoop(loop_, [&] {
            for (struct aws_socket *end : {connection.client(), connection.server()}) {
                ASSERT_EQ(AWS_OP_SUCCESS, aws_socket_subscribe_to_readable_events(end, IgnoreReadable, nullptr));
            }
        });
        int error = 0;
        WriteResult there, back;
        ASSERT_EQ(AWS_OP_SUCCESS, WriteOnLoop(connection.client(), Noise(size, 1), &there));
        EXPECT_EQ(Noise(size, 1), ReadUntil(connection.server(), size, &error));
        ASSERT_EQ(AWS_OP_SUCCESS, WriteOnLoop(connection.server(), Noise(size, 2), &back));
        EXPECT_EQ(Noise(size, 2), ReadUntil(connection.client(), size, &error));
        EXPECT_TRUE(there.called.Wait());
        EXPECT_TRUE(back.called.Wait());
        EXPECT_EQ(0, there.error);
        EXPECT_EQ(0, back.error);
        EXPECT_EQ(AWS_IO_READ_WOULD_BLOCK, (ReadOnce(connection.client(), 1, &error), error));
    }

    struct aws_event_loop_group *group_ = nullptr;
    struct aws_event_loop *loop_ = nullptr;
};

} // namespace

TEST_F(OwnPort, carries_tcp) {
    for (size_t size : {1, 5000, 3000000}) {
        Exchange(SocketOptions(AWS_SOCKET_IPV4, AWS_SOCKET_STREAM), size);
    }
    EXPECT_GT(PortLoop::Of(loop_)->packets.load(), 0);
    EXPECT_GT(PortLoop::Of(loop_)->connected.load(), 0);
}

TEST_F(OwnPort, carries_named_pipes) {
    for (size_t size : {1, 5000, 3000000}) {
        Exchange(SocketOptions(AWS_SOCKET_LOCAL, AWS_SOCKET_STREAM), size);
    }
}

TEST_F(OwnPort, carries_datagrams) {
    OwnedSocket receiver(allocator_, SocketOptions(AWS_SOCKET_IPV4, AWS_SOCKET_DGRAM));
    struct aws_socket_endpoint name = BindToAny(receiver);
    ASSERT_EQ(AWS_OP_SUCCESS, aws_socket_assign_to_event_loop(receiver, loop_));
    RunOnLoop(loop_, [&] { aws_socket_subscribe_to_readable_events(receiver, IgnoreReadable, nullptr); });
    OwnedSocket sender(allocator_, SocketOptions(AWS_SOCKET_IPV4, AWS_SOCKET_DGRAM));
    ConnectResult connected;
    ASSERT_EQ(AWS_OP_SUCCESS, ConnectTo(sender, name, loop_, ConnectResult::Callback, &connected));
    ASSERT_TRUE(connected.called.Wait());
    for (size_t size : {1, 1400, 9000}) {
        int error = 0;
        WriteResult written;
        ASSERT_EQ(AWS_OP_SUCCESS, WriteOnLoop(sender, Noise(size), &written));
        EXPECT_EQ(Noise(size), ReadUntil(receiver, size, &error));
        EXPECT_TRUE(written.called.Wait());
    }
}

TEST_F(OwnPort, refuses_a_connection_that_nobody_listens_for) {
    struct aws_socket_endpoint gone;
    {
        OwnedSocket bound(allocator_, SocketOptions(AWS_SOCKET_IPV4, AWS_SOCKET_STREAM));
        gone = BindToAny(bound);
    }
    OwnedSocket client(allocator_, SocketOptions(AWS_SOCKET_IPV4, AWS_SOCKET_STREAM));
    ConnectResult result;
    ASSERT_EQ(AWS_OP_SUCCESS, ConnectTo(client, gone, loop_, ConnectResult::Callback, &result));
    ASSERT_TRUE(result.called.Wait());
    EXPECT_EQ(AWS_IO_SOCKET_CONNECTION_REFUSED, result.error);
}

/* The accepts that were cancelled come home while it accepts again, and after it is gone. */
TEST_F(OwnPort, has_listeners_that_stop_and_start) {
    for (enum aws_socket_domain domain : {AWS_SOCKET_IPV4, AWS_SOCKET_LOCAL}) {
        struct aws_socket_options options = SocketOptions(domain, AWS_SOCKET_STREAM);
        Listener listener(allocator_, loop_, options);
        for (int round = 0; round < 20; ++round) {
            RunOnLoop(loop_, [&] {
                EXPECT_EQ(AWS_OP_SUCCESS, aws_socket_stop_accept(listener.socket()));
                EXPECT_EQ(AWS_OP_SUCCESS, listener.Start(loop_));
            });
            if (domain == AWS_SOCKET_LOCAL && round > 0) {
                continue;
            }
            OwnedSocket client(allocator_, options);
            ConnectResult connected;
            ASSERT_EQ(
                AWS_OP_SUCCESS, ConnectTo(client, listener.endpoint(), loop_, ConnectResult::Callback, &connected));
            OwnedSocket accepted(allocator_, listener.Take());
            EXPECT_TRUE(connected.called.Wait());
            EXPECT_EQ(0, connected.error);
        }
    }
}

TEST_F(OwnPort, carries_channels) {
    struct aws_host_resolver_default_options resolver_options = {};
    resolver_options.el_group = group_;
    resolver_options.max_entries = 8;
    struct aws_host_resolver *resolver = aws_host_resolver_new_default(allocator_, &resolver_options);
    for (enum aws_socket_domain domain : {AWS_SOCKET_IPV4, AWS_SOCKET_LOCAL}) {
        Server server(allocator_, group_, domain);
        ASSERT_TRUE(server.Listen());
        Side here(allocator_);
        Client client(allocator_, group_, resolver);
        ASSERT_EQ(AWS_OP_SUCCESS, client.Connect(here, server));
        Side *there = server.AwaitSide();
        ASSERT_NE(nullptr, there);
        ASSERT_TRUE(here.AwaitSetUp());
        ASSERT_EQ(0, here.set_up_error);
        const std::string text = Noise(400000);
        for (size_t i = 0; i < text.size(); i += 10000) {
            ASSERT_EQ(AWS_OP_SUCCESS, here.Send(text.substr(i, 10000)));
            ASSERT_EQ(AWS_OP_SUCCESS, there->Send(text.substr(i, 10000)));
        }
        EXPECT_TRUE(here.AwaitReceived(text.size()));
        EXPECT_TRUE(there->AwaitReceived(text.size()));
        EXPECT_EQ(text, here.Received());
        EXPECT_EQ(text, there->Received());
        aws_channel_shutdown(here.channel, AWS_ERROR_SUCCESS);
        EXPECT_TRUE(here.AwaitShutDown());
        EXPECT_TRUE(there->AwaitShutDown());
    }
    aws_host_resolver_release(resolver);
}

/* Both ends are closed with their operations under way; the loop is destroyed at once. */
TEST_F(OwnPort, may_go_with_operations_that_are_not_home) {
    for (int round = 0; round < 20; ++round) {
        struct aws_event_loop_group *group = PortLoop::NewGroup(allocator_);
        struct aws_event_loop *loop = aws_event_loop_group_get_next_loop(group);
        for (enum aws_socket_domain domain : {AWS_SOCKET_IPV4, AWS_SOCKET_LOCAL}) {
            Connection connection(allocator_, loop, SocketOptions(domain, AWS_SOCKET_STREAM));
            std::string data(3000000, 'w');
            RunOnLoop(loop, [&] {
                struct aws_byte_cursor bytes = aws_byte_cursor_from_array(data.data(), data.size());
                auto ignore = [](struct aws_socket *, int, size_t, void *) {};
                aws_socket_write(connection.client(), &bytes, ignore, nullptr);
                aws_socket_subscribe_to_readable_events(connection.client(), IgnoreReadable, nullptr);
                aws_socket_close(connection.client());
                aws_socket_close(connection.server());
            });
        }
        aws_event_loop_group_release(group);
        ASSERT_EQ(AWS_OP_SUCCESS, aws_thread_join_all_managed());
    }
}

TEST_F(OwnPort, without_a_port_is_refused) {
    struct aws_event_loop_options options = {};
    int without = 1;
    struct aws_event_loop *loop = PortLoop::New(allocator_, &options, &without);
    OwnedSocket socket(allocator_, SocketOptions(AWS_SOCKET_IPV4, AWS_SOCKET_DGRAM));
    ASSERT_EQ(AWS_OP_SUCCESS, BindTo(socket, Endpoint("127.0.0.1")));
    EXPECT_EQ(AWS_OP_ERR, aws_socket_assign_to_event_loop(socket, loop));
    EXPECT_EQ(AWS_ERROR_PLATFORM_NOT_SUPPORTED, aws_last_error());
    struct aws_pipe_read_end read = {};
    struct aws_pipe_write_end write = {};
    EXPECT_EQ(AWS_OP_ERR, aws_pipe_init(&read, loop, &write, loop, allocator_));
    EXPECT_EQ(AWS_ERROR_PLATFORM_NOT_SUPPORTED, aws_last_error());
    aws_event_loop_destroy(loop);
}

namespace {

/* A pipe of the library's, each end on the loop, and what it has reported. */
class OwnPortPipe : public OwnPort {
  protected:
    void SetUp() override {
        OwnPort::SetUp();
        ASSERT_EQ(AWS_OP_SUCCESS, aws_pipe_init(&read_, loop_, &write_, loop_, allocator_));
    }

    void TearDown() override {
        RunOnLoop(loop_, [&] {
            if (read_.impl_data != nullptr) {
                EXPECT_EQ(AWS_OP_SUCCESS, aws_pipe_clean_up_read_end(&read_));
            }
            if (write_.impl_data != nullptr) {
                EXPECT_EQ(AWS_OP_SUCCESS, aws_pipe_clean_up_write_end(&write_));
            }
        });
        OwnPort::TearDown();
    }

    int Subscribe() {
        return aws_pipe_subscribe_to_readable_events(&read_, OnReadable, this);
    }

    void Write(const std::string &text) {
        ASSERT_EQ(
            AWS_OP_SUCCESS,
            aws_pipe_write(&write_, aws_byte_cursor_from_array(text.data(), text.size()), OnWritten, this));
    }

    static void OnReadable(struct aws_pipe_read_end *end, int error, void *arg) {
        auto *self = static_cast<OwnPortPipe *>(arg);
        std::string room(1 << 16, '\0');
        while (error == 0) {
            struct aws_byte_buf buffer = aws_byte_buf_from_empty_array(&room[0], room.size());
            size_t amount = 0;
            if (aws_pipe_read(end, &buffer, &amount) != AWS_OP_SUCCESS || amount == 0) {
                break;
            }
            self->monitor_.Change([&] { self->received_ += room.substr(0, amount); });
        }
        if (error != 0) {
            self->monitor_.Change([&] { self->end_ = error; });
        }
    }

    static void OnWritten(struct aws_pipe_write_end *, int error, struct aws_byte_cursor, void *arg) {
        auto *self = static_cast<OwnPortPipe *>(arg);
        self->monitor_.Change([&] { self->written_.push_back(error); });
    }

    struct aws_pipe_read_end read_ = {};
    struct aws_pipe_write_end write_ = {};
    Monitor monitor_;
    std::string received_;
    std::vector<int> written_;
    int end_ = 0;
};

} // namespace

TEST_F(OwnPortPipe, brings_what_was_written_and_the_end) {
    const std::string text = Noise(2000000);
    RunOnLoop(loop_, [&] {
        ASSERT_EQ(AWS_OP_SUCCESS, Subscribe());
        Write("first");
        Write(text);
    });
    ASSERT_TRUE(monitor_.Await([&] { return received_.size() >= 5 + text.size() && written_.size() == 2; }));
    EXPECT_EQ("first" + text, received_);
    EXPECT_EQ(std::vector<int>({0, 0}), written_);
    RunOnLoop(loop_, [&] { ASSERT_EQ(AWS_OP_SUCCESS, aws_pipe_clean_up_write_end(&write_)); });
    ASSERT_TRUE(monitor_.Await([&] { return end_ != 0; }));
    EXPECT_EQ(AWS_IO_BROKEN_PIPE, end_);
}

TEST_F(OwnPortPipe, may_be_subscribed_to_again_at_once) {
    for (int i = 0; i < 20; ++i) {
        RunOnLoop(loop_, [&] {
            ASSERT_EQ(AWS_OP_SUCCESS, Subscribe());
            ASSERT_EQ(AWS_OP_SUCCESS, aws_pipe_unsubscribe_from_readable_events(&read_));
            ASSERT_EQ(AWS_OP_SUCCESS, Subscribe());
            Write("x");
        });
        ASSERT_TRUE(monitor_.Await([&] { return received_.size() > (size_t)i; }));
        RunOnLoop(loop_, [&] { ASSERT_EQ(AWS_OP_SUCCESS, aws_pipe_unsubscribe_from_readable_events(&read_)); });
    }
    EXPECT_EQ(0, end_);
}

/* The data of a write is its owner's again when the call that closes the end returns, but the system has it yet. */
TEST_F(OwnPortPipe, completes_its_writes_when_it_is_closed) {
    RunOnLoop(loop_, [&] {
        std::string text = Noise(1000000);
        Write(text);
        Write(text);
        ASSERT_EQ(AWS_OP_SUCCESS, Subscribe());
        ASSERT_EQ(AWS_OP_SUCCESS, aws_pipe_clean_up_write_end(&write_));
        EXPECT_EQ(std::vector<int>({AWS_IO_BROKEN_PIPE, AWS_IO_BROKEN_PIPE}), written_);
        text.assign(text.size(), '\0');
        ASSERT_EQ(AWS_OP_SUCCESS, aws_pipe_clean_up_read_end(&read_));
    });
}
