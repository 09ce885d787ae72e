// SPDX-License-Identifier: Apache-2.0
// <aws/io/socket.h>: reading and readable events, up to the last byte.
#include "support/sockets.h"
#include "support/temporary_file.h"

#include <poll.h>
#include <sys/ioctl.h>

namespace {

// The errors that a readable callback got, in order; it reads everything each time.
struct Reader {
    struct aws_socket *socket = nullptr;
    std::string data;
    std::vector<int> events;
    int end = 0;
    Signal readable;
    Signal ended;
    bool reads = true;

    static void Callback(struct aws_socket *socket, int error, void *user_data) {
        auto *self = static_cast<Reader *>(user_data);
        EXPECT_TRUE(aws_event_loop_thread_is_callers_thread(socket->event_loop));
        self->events.push_back(error);
        if (self->reads && self->end == 0) {
            self->ReadAll(socket);
        }
        self->readable.Raise();
    }

    // On the loop's thread.
    void ReadAll(struct aws_socket *socket) {
        char part[1000];
        while (true) {
            struct aws_byte_buf buffer = aws_byte_buf_from_empty_array(part, sizeof(part));
            size_t amount = 0;
            if (aws_socket_read(socket, &buffer, &amount) != AWS_OP_SUCCESS) {
                EXPECT_EQ(0u, amount);
                if (aws_last_error() != AWS_IO_READ_WOULD_BLOCK) {
                    end = aws_last_error();
                    ended.Raise();
                }
                return;
            }
            EXPECT_EQ(amount, buffer.len);
            data.append(part, amount);
        }
    }
};

class SocketRead : public SocketTest {
  protected:
    static void Subscribe(struct aws_socket *socket, Reader *reader) {
        EXPECT_EQ(AWS_OP_SUCCESS, aws_socket_subscribe_to_readable_events(socket, Reader::Callback, reader));
    }
};

} // namespace

TEST_F(SocketRead, bytes_and_the_end_of_the_stream_at_once) {
    Reader reader;
    SocketToRawPeer peer(allocator_, loop_);
    Subscribe(peer.socket(), &reader);
    std::string data(200000, 'q');
    peer.Send(data);
    peer.Close();
    ASSERT_TRUE(reader.ended.Wait());
    EXPECT_EQ(AWS_IO_SOCKET_CLOSED, reader.end);
    EXPECT_EQ(data.size(), reader.data.size());
}

TEST_F(SocketRead, bytes_before_a_reset_are_read) {
    Reader reader;
    SocketToRawPeer peer(allocator_, loop_, false);
    peer.Send("last words");
    struct pollfd arrived = {peer.socket()->io_handle.data.fd, POLLIN, 0};
    ASSERT_EQ(1, poll(&arrived, 1, 10000));
    peer.Reset();
    ASSERT_EQ(AWS_OP_SUCCESS, aws_socket_assign_to_event_loop(peer.socket(), loop_));
    Subscribe(peer.socket(), &reader);
    ASSERT_TRUE(reader.ended.Wait());
    EXPECT_EQ("last words", reader.data);
    EXPECT_EQ(AWS_IO_SOCKET_CLOSED, reader.end);
    EXPECT_EQ(0, reader.events.front()) << "readable comes before closed";
}

// The hang-up is reported, but whoever does not read then can still read later.
TEST_F(SocketRead, data_can_be_read_after_a_hang_up) {
    Reader reader;
    reader.reads = false;
    SocketToRawPeer peer(allocator_, loop_);
    Subscribe(peer.socket(), &reader);
    std::string data(100000, 'z');
    peer.Send(data);
    peer.Close();
    auto has_closed = [&] {
        bool found = false;
        RunOnLoop(loop_, [&] { found = !reader.events.empty() && reader.events.back() == AWS_IO_SOCKET_CLOSED; });
        return found;
    };
    auto begin = std::chrono::steady_clock::now();
    while (!has_closed()) {
        ASSERT_LT(std::chrono::steady_clock::now() - begin, std::chrono::seconds(20));
    }
    int error = 0;
    EXPECT_EQ(data, ReadUntil(peer.socket(), data.size() + 1, &error));
    EXPECT_EQ(AWS_IO_SOCKET_CLOSED, error);
}

// Whoever has read to the end may have more to send.
TEST_F(SocketRead, a_reset_after_the_end_of_the_stream_is_reported) {
    for (const char *bytes : {"", "few"}) {
        Reader reader;
        SocketToRawPeer peer(allocator_, loop_);
        Subscribe(peer.socket(), &reader);
        peer.Send(bytes);
        ASSERT_EQ(0, shutdown(peer.fd(), SHUT_WR));
        ASSERT_TRUE(reader.ended.Wait());
        size_t reported = 0;
        for (int round = 0; round < 3; ++round) {
            RunOnLoop(loop_, [&] { reported = reader.events.size(); });
        }
        peer.Reset();
        ASSERT_TRUE(reader.readable.Wait((int)reported + 1)) << "no reset was reported";
        RunOnLoop(loop_, [&] { EXPECT_NE(0, reader.events.back()); });
    }
}

// The write has found out that the peer is gone before the loop had a look: what came is to be had at once.
TEST_F(SocketRead, bytes_from_before_a_reset_are_read_behind_a_failed_write) {
    for (size_t size : {4, 10000}) {
        Reader reader;
        std::string bytes(size, 'b');
        std::string refused(100000, 'r');
        SocketToRawPeer peer(allocator_, loop_);
        Subscribe(peer.socket(), &reader);
        WriteResult written;
        RunOnLoop(loop_, [&] {
            peer.Send(bytes);
            peer.Reset();
            struct pollfd gone = {peer.socket()->io_handle.data.fd, 0, 0};
            ASSERT_EQ(1, poll(&gone, 1, 60000)) << "no reset came";
            struct aws_byte_cursor cursor = aws_byte_cursor_from_array(refused.data(), refused.size());
            ASSERT_EQ(AWS_OP_SUCCESS, aws_socket_write(peer.socket(), &cursor, WriteResult::Callback, &written));
            reader.ReadAll(peer.socket());
            EXPECT_EQ(size, reader.data.size());
            EXPECT_TRUE(bytes == reader.data);
            EXPECT_EQ(AWS_IO_SOCKET_CLOSED, reader.end);
        });
        ASSERT_TRUE(written.called.Wait());
        EXPECT_NE(0, written.error);
    }
}

// Messages that come one by one are taken from the system as they come; not so once nobody reads them.
TEST_F(SocketRead, a_reader_that_pauses_after_many_small_messages_loses_none) {
    Reader reader;
    SocketToRawPeer peer(allocator_, loop_);
    Subscribe(peer.socket(), &reader);
    std::string sent;
    auto send = [&](const std::string &data) {
        peer.Send(data);
        sent += data;
    };
    for (int round = 0; round < 3; ++round) {
        for (int i = 0; i < 20; ++i) {
            int seen = 0;
            RunOnLoop(loop_, [&] { seen = (int)reader.events.size(); });
            send(std::string(10, (char)('a' + i)));
            ASSERT_TRUE(reader.readable.Wait(seen + 1));
        }
        RunOnLoop(loop_, [&] {
            reader.reads = false;
            for (int i = 0; i < 200; ++i) {
                send(std::string(500, (char)('A' + i % 26)));
            }
        });
        TurnLoop(loop_);
        RunOnLoop(loop_, [&] {
            int there = 0;
            ASSERT_EQ(0, ioctl(peer.socket()->io_handle.data.fd, FIONREAD, &there));
            EXPECT_GE(there, 50000) << "more was taken ahead than one call brings";
            reader.reads = true;
            reader.ReadAll(peer.socket());
        });
        TurnLoop(loop_);
    }
    peer.Close();
    ASSERT_TRUE(reader.ended.Wait());
    RunOnLoop(loop_, [&] { EXPECT_TRUE(sent == reader.data) << reader.data.size() << " of " << sent.size(); });
}

TEST_F(SocketRead, data_from_before_the_subscription_is_reported) {
    for (int round = 0; round < 50; ++round) {
        Reader reader;
        SocketToRawPeer peer(allocator_, loop_, false);
        peer.Send("early");
        ASSERT_EQ(AWS_OP_SUCCESS, aws_socket_assign_to_event_loop(peer.socket(), loop_));
        if (round % 2 == 0) {
            // The loop has seen the edge by then, and there was no subscription.
            RunOnLoop(loop_, [] {});
            RunOnLoop(loop_, [] {});
        }
        Subscribe(peer.socket(), &reader);
        ASSERT_TRUE(reader.readable.Wait());
        RunOnLoop(loop_, [&] { EXPECT_EQ("early", reader.data); });
        peer.Close();
        ASSERT_TRUE(reader.ended.Wait());
    }
}

TEST_F(SocketRead, many_rounds_lose_no_edge) {
    Reader reader;
    SocketToRawPeer peer(allocator_, loop_);
    Subscribe(peer.socket(), &reader);
    size_t sent = 0;
    for (int round = 0; round < 2000; ++round) {
        peer.Send(std::string(1 + round % 3000, 'r'));
        sent += 1 + round % 3000;
    }
    peer.Close();
    ASSERT_TRUE(reader.ended.Wait());
    EXPECT_EQ(sent, reader.data.size());
}

TEST_F(SocketRead, results_of_a_read) {
    SocketToRawPeer peer(allocator_, loop_);
    int error = 0;
    ReadOnce(peer.socket(), 10, &error);
    EXPECT_EQ(AWS_IO_READ_WOULD_BLOCK, error);

    peer.Send("abcdef");
    EXPECT_EQ("abc", ReadUntil(peer.socket(), 3, &error));
    RunOnLoop(loop_, [&] {
        // A buffer that is full reads nothing; one that holds something is filled behind it.
        char memory[8] = "xy";
        struct aws_byte_buf buffer = aws_byte_buf_from_empty_array(memory, 2);
        buffer.len = 2;
        size_t amount = 99;
        EXPECT_EQ(AWS_OP_SUCCESS, aws_socket_read(peer.socket(), &buffer, &amount));
        EXPECT_EQ(0u, amount);
        buffer.capacity = sizeof(memory);
        EXPECT_EQ(AWS_OP_SUCCESS, aws_socket_read(peer.socket(), &buffer, &amount));
        EXPECT_EQ(3u, amount);
        EXPECT_EQ(5u, buffer.len);
        EXPECT_EQ(0, memcmp("xydef", memory, 5));
        EXPECT_RAISES(AWS_ERROR_INVALID_ARGUMENT, aws_socket_read(peer.socket(), nullptr, &amount));
        EXPECT_RAISES(AWS_ERROR_INVALID_ARGUMENT, aws_socket_read(peer.socket(), &buffer, nullptr));
    });

    peer.Close();
    ReadUntil(peer.socket(), 1, &error);
    EXPECT_EQ(AWS_IO_SOCKET_CLOSED, error);
    EXPECT_EQ(AWS_OP_SUCCESS, aws_socket_shutdown_dir(peer.socket(), AWS_CHANNEL_DIR_READ));
    ReadOnce(peer.socket(), 1, &error);
    EXPECT_EQ(AWS_IO_SOCKET_NOT_CONNECTED, error);
}

TEST_F(SocketRead, subscriptions_are_checked) {
    SocketToRawPeer peer(allocator_, loop_);
    EXPECT_RAISES(AWS_ERROR_INVALID_ARGUMENT, aws_socket_subscribe_to_readable_events(peer.socket(), nullptr, nullptr));
    EXPECT_EQ(AWS_OP_SUCCESS, aws_socket_subscribe_to_readable_events(peer.socket(), IgnoreReadable, nullptr));
    EXPECT_RAISES(
        AWS_ERROR_IO_ALREADY_SUBSCRIBED,
        aws_socket_subscribe_to_readable_events(peer.socket(), IgnoreReadable, nullptr));
    OwnedSocket fresh(allocator_, SocketOptions(AWS_SOCKET_IPV4, AWS_SOCKET_STREAM));
    EXPECT_RAISES(AWS_IO_SOCKET_NOT_CONNECTED, aws_socket_subscribe_to_readable_events(fresh, IgnoreReadable, nullptr));
}

// A datagram that nobody took comes back as an error, which does not end the socket.
TEST_F(SocketRead, a_refused_datagram_is_reported) {
    struct aws_socket_options options = SocketOptions(AWS_SOCKET_IPV4, AWS_SOCKET_DGRAM);
    struct aws_socket_endpoint endpoint = {};
    {
        OwnedSocket gone(allocator_, options);
        endpoint = BindToAny(gone);
    }
    Reader reader;
    OwnedSocket sender(allocator_, options);
    ConnectResult connected;
    ASSERT_EQ(AWS_OP_SUCCESS, ConnectTo(sender, endpoint, loop_, ConnectResult::Callback, &connected));
    ASSERT_TRUE(connected.called.Wait());
    Subscribe(sender, &reader);
    WriteResult written;
    ASSERT_EQ(AWS_OP_SUCCESS, WriteOnLoop(sender, "to nobody", &written));
    ASSERT_TRUE(written.called.Wait());
    EXPECT_EQ(0, written.error);
    ASSERT_TRUE(reader.readable.Wait());
    RunOnLoop(loop_, [&] { EXPECT_EQ(AWS_IO_SOCKET_CONNECTION_REFUSED, reader.events.back()); });
    EXPECT_TRUE(aws_socket_is_open(sender));
    WriteResult again;
    EXPECT_EQ(AWS_OP_SUCCESS, WriteOnLoop(sender, "to nobody", &again));
    ASSERT_TRUE(again.called.Wait());
    EXPECT_EQ(0, again.error);
}

// What does not fit is lost, and neither result nor count can say so. The last error does.
TEST_F(SocketRead, a_datagram_cut_short_leaves_an_error_behind_a_successful_read) {
    TemporaryDirectory directory;
    for (auto domain : {AWS_SOCKET_IPV4, AWS_SOCKET_LOCAL}) {
        struct aws_socket_options options = SocketOptions(domain, AWS_SOCKET_DGRAM);
        OwnedSocket receiver(allocator_, options);
        struct aws_socket_endpoint endpoint = {};
        ASSERT_EQ(
            AWS_OP_SUCCESS,
            BindTo(receiver, Endpoint(domain == AWS_SOCKET_LOCAL ? directory.Path("socket").c_str() : "127.0.0.1")));
        ASSERT_EQ(AWS_OP_SUCCESS, aws_socket_get_bound_address(receiver, &endpoint));
        OwnedSocket sender(allocator_, options);
        ASSERT_EQ(AWS_OP_SUCCESS, ConnectTo(sender, endpoint, nullptr, nullptr, nullptr));
        for (const char *datagram : {"0123456789", "01234567", "0", ""}) {
            ASSERT_EQ((ssize_t)strlen(datagram), send(sender->io_handle.data.fd, datagram, strlen(datagram), 0));
        }
        ASSERT_EQ(AWS_OP_SUCCESS, aws_socket_assign_to_event_loop(receiver, loop_));
        RunOnLoop(loop_, [&] {
            char part[8];
            auto read = [&](size_t expected) {
                struct aws_byte_buf buffer = aws_byte_buf_from_empty_array(part, sizeof(part));
                size_t amount = 99;
                aws_reset_error();
                EXPECT_EQ(AWS_OP_SUCCESS, aws_socket_read(receiver, &buffer, &amount));
                EXPECT_EQ(expected, amount);
                EXPECT_EQ(expected, buffer.len);
                return aws_last_error();
            };
            EXPECT_EQ(AWS_ERROR_SHORT_BUFFER, read(8)) << "two bytes are lost";
            EXPECT_EQ(0, read(8));
            EXPECT_EQ(0, read(1));
            EXPECT_EQ(0, read(0));
        });
    }
}
