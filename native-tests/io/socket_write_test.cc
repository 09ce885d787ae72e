// SPDX-License-Identifier: Apache-2.0
// <aws/io/socket.h>: what aws_socket_write promises. Order, one callback each, nothing lost at the end.
#include "support/fault.h"
#include "support/io_uring.h"
#include "support/sockets.h"

#include <sys/syscall.h>

#include <csignal>

static Fault s_send_fault;

extern "C" ssize_t sendmsg(int fd, const struct msghdr *message, int flags) {
    return s_send_fault.ShouldFail() ? -1 : syscall(SYS_sendmsg, fd, message, flags);
}

extern "C" ssize_t send(int fd, const void *data, size_t size, int flags) {
    return s_send_fault.ShouldFail() ? -1 : syscall(SYS_sendto, fd, data, size, flags, nullptr, 0);
}

namespace {

// A pattern in which every byte says where it stands.
std::string Pattern(size_t size) {
    std::string data(size, '\0');
    for (size_t i = 0; i < size; ++i) {
        data[i] = (char)((i * 2654435761u) >> 13);
    }
    return data;
}

// Many writes from one buffer; checks that their callbacks come in order, and counts.
struct WriteSeries {
    struct Item {
        WriteSeries *series;
        size_t number;
        size_t size;
    };

    std::vector<Item> items;
    size_t next = 0;
    size_t failed = 0;
    size_t bytes = 0;
    int last_error = 0;
    Signal finished;

    // On the loop's thread.
    void Write(struct aws_socket *socket, const std::string &data, const std::vector<size_t> &sizes) {
        items.reserve(sizes.size());
        size_t at = 0;
        for (size_t size : sizes) {
            items.push_back({this, items.size(), size});
            struct aws_byte_cursor cursor = aws_byte_cursor_from_array(data.data() + at, size);
            ASSERT_EQ(AWS_OP_SUCCESS, aws_socket_write(socket, &cursor, Callback, &items.back()));
            at += size;
        }
    }

    static void Callback(struct aws_socket *, int error, size_t bytes, void *user_data) {
        auto *item = static_cast<Item *>(user_data);
        WriteSeries *series = item->series;
        EXPECT_EQ(series->next, item->number);
        ++series->next;
        series->bytes += bytes;
        if (error != 0) {
            ++series->failed;
            series->last_error = error;
        } else {
            EXPECT_EQ(item->size, bytes);
        }
        if (series->next == series->items.size()) {
            series->finished.Raise();
        }
    }
};

class SocketWrite : public SocketTest {
  protected:
    void SetUp() override {
        SocketTest::SetUp();
        s_send_fault.Clear();
    }

    static std::vector<size_t> Sizes(size_t count, size_t size) {
        return std::vector<size_t>(count, size);
    }
};

} // namespace

TEST_F(SocketWrite, many_small_writes_keep_their_order_and_leave_together) {
    for (auto domain : {AWS_SOCKET_IPV4, AWS_SOCKET_LOCAL}) {
        Connection connection(allocator_, loop_, SocketOptions(domain, AWS_SOCKET_STREAM));
        std::vector<size_t> sizes;
        size_t total = 0;
        for (size_t i = 0; i < 5000; ++i) {
            sizes.push_back(i % 17);
            total += sizes.back();
        }
        std::string data = Pattern(total);
        WriteSeries series;
        s_send_fault.Clear();
        RunOnLoop(loop_, [&] { series.Write(connection.client(), data, sizes); });
        int error = 0;
        EXPECT_EQ(data, ReadUntil(connection.server(), total, &error));
        ASSERT_TRUE(series.finished.Wait());
        EXPECT_EQ(0u, series.failed);
        EXPECT_EQ(total, series.bytes);
        EXPECT_LE(s_send_fault.Calls(), 5000 / 60 + 10);
    }
}

TEST_F(SocketWrite, writes_of_one_tick_take_one_system_call) {
    Connection connection(allocator_, loop_, SocketOptions(AWS_SOCKET_IPV4, AWS_SOCKET_STREAM));
    std::string data = Pattern(640);
    WriteSeries series;
    s_send_fault.Clear();
    RunOnLoop(loop_, [&] { series.Write(connection.client(), data, Sizes(10, 64)); });
    ASSERT_TRUE(series.finished.Wait());
    EXPECT_EQ(1, s_send_fault.Calls());
    int error = 0;
    EXPECT_EQ(data, ReadUntil(connection.server(), data.size(), &error));
}

TEST_F(SocketWrite, writes_larger_than_the_kernels_buffer_arrive_whole) {
    for (auto domain : {AWS_SOCKET_IPV4, AWS_SOCKET_IPV6, AWS_SOCKET_LOCAL}) {
        Connection connection(allocator_, loop_, SocketOptions(domain, AWS_SOCKET_STREAM));
        std::string data = Pattern(12 << 20);
        WriteSeries series;
        RunOnLoop(loop_, [&] { series.Write(connection.client(), data, Sizes(3, 4 << 20)); });
        int error = 0;
        EXPECT_TRUE(data == ReadUntil(connection.server(), data.size(), &error));
        EXPECT_EQ(0, error);
        ASSERT_TRUE(series.finished.Wait());
        EXPECT_EQ(0u, series.failed);
    }
}

TEST_F(SocketWrite, both_directions_at_once) {
    Connection connection(allocator_, loop_, SocketOptions(AWS_SOCKET_IPV4, AWS_SOCKET_STREAM));
    std::string data = Pattern(6 << 20);
    WriteSeries there;
    WriteSeries back;
    RunOnLoop(loop_, [&] {
        there.Write(connection.client(), data, Sizes(96, 65536));
        back.Write(connection.server(), data, Sizes(96, 65536));
    });
    int error = 0;
    EXPECT_TRUE(data == ReadUntil(connection.server(), data.size(), &error));
    EXPECT_TRUE(data == ReadUntil(connection.client(), data.size(), &error));
    EXPECT_TRUE(there.finished.Wait());
    EXPECT_TRUE(back.finished.Wait());
}

TEST_F(SocketWrite, the_first_write_of_a_loop_raises_nothing) {
    Connection connection(allocator_, loop_, SocketOptions(AWS_SOCKET_IPV4, AWS_SOCKET_STREAM));
    std::string data = "x";
    WriteSeries series;
    RunOnLoop(loop_, [&] {
        aws_reset_error();
        series.Write(connection.client(), data, {1});
        EXPECT_STREQ(aws_error_name(AWS_ERROR_SUCCESS), aws_error_name(aws_last_error()));
    });
    EXPECT_TRUE(series.finished.Wait());
}

TEST_F(SocketWrite, an_empty_write_is_reported_in_its_turn) {
    Connection connection(allocator_, loop_, SocketOptions(AWS_SOCKET_IPV4, AWS_SOCKET_STREAM));
    std::string data = "ab";
    WriteSeries series;
    RunOnLoop(loop_, [&] { series.Write(connection.client(), data, {0, 1, 0, 1, 0}); });
    ASSERT_TRUE(series.finished.Wait());
    EXPECT_EQ(0u, series.failed);
    EXPECT_EQ(2u, series.bytes);
}

TEST_F(SocketWrite, a_close_right_after_a_write_loses_nothing) {
    SocketToRawPeer peer(allocator_, loop_);
    std::string data = Pattern(1000);
    WriteSeries series;
    RunOnLoop(loop_, [&] {
        series.Write(peer.socket(), data, Sizes(10, 100));
        EXPECT_EQ(AWS_OP_SUCCESS, aws_socket_close(peer.socket()));
        EXPECT_EQ(1, series.finished.Count()) << "a close returns after the last callback";
    });
    EXPECT_EQ(0u, series.failed);
    EXPECT_EQ(data, peer.ReadToEnd());
}

TEST_F(SocketWrite, the_end_of_the_stream_comes_after_the_bytes) {
    SocketToRawPeer peer(allocator_, loop_);
    std::string data = Pattern(1000);
    WriteSeries series;
    RunOnLoop(loop_, [&] {
        series.Write(peer.socket(), data, Sizes(10, 100));
        EXPECT_EQ(AWS_OP_SUCCESS, aws_socket_shutdown_dir(peer.socket(), AWS_CHANNEL_DIR_WRITE));
        struct aws_byte_cursor late = aws_byte_cursor_from_c_str("late");
        EXPECT_RAISES(
            AWS_IO_SOCKET_NOT_CONNECTED, aws_socket_write(peer.socket(), &late, WriteSeries::Callback, nullptr));
    });
    EXPECT_EQ(data, peer.ReadToEnd());
    EXPECT_TRUE(series.finished.Wait());
    EXPECT_EQ(0u, series.failed);

    // The other direction is still open.
    peer.Send("answer");
    int error = 0;
    EXPECT_EQ("answer", ReadUntil(peer.socket(), 6, &error));
}

TEST_F(SocketWrite, the_end_of_the_stream_can_be_asked_for_on_another_thread) {
    SocketToRawPeer peer(allocator_, loop_);
    std::string data = Pattern(1000);
    WriteSeries series;
    RunOnLoop(loop_, [&] { series.Write(peer.socket(), data, Sizes(10, 100)); });
    EXPECT_EQ(AWS_OP_SUCCESS, aws_socket_shutdown_dir(peer.socket(), AWS_CHANNEL_DIR_WRITE));
    EXPECT_EQ(data, peer.ReadToEnd());
    EXPECT_TRUE(series.finished.Wait());
}

TEST_F(SocketWrite, a_close_fails_what_the_kernel_does_not_take) {
    SocketToRawPeer peer(allocator_, loop_);
    std::string data = Pattern(32 << 20);
    WriteSeries series;
    RunOnLoop(loop_, [&] {
        series.Write(peer.socket(), data, Sizes(32, 1 << 20));
        EXPECT_EQ(0u, series.next);
        EXPECT_EQ(AWS_OP_SUCCESS, aws_socket_close(peer.socket()));
    });
    EXPECT_EQ(1, series.finished.Count());
    EXPECT_GT(series.failed, 0u);
    EXPECT_EQ(AWS_IO_SOCKET_CLOSED, series.last_error);
    // What the callbacks say was written is what arrives.
    EXPECT_EQ(series.bytes, peer.ReadToEnd().size());
}

TEST_F(SocketWrite, a_clean_up_inside_a_callback_still_runs_the_others) {
    struct Cleaner {
        int calls = 0;
        Signal finished;

        static void Callback(struct aws_socket *socket, int, size_t, void *user_data) {
            auto *self = static_cast<Cleaner *>(user_data);
            EXPECT_NE(nullptr, socket);
            ++self->calls;
            aws_socket_clean_up(socket);
            if (self->calls == 3) {
                self->finished.Raise();
            }
        }
    } cleaner;

    SocketToRawPeer peer(allocator_, loop_);
    std::string data = Pattern(32 << 20);
    RunOnLoop(loop_, [&] {
        struct aws_byte_cursor first = aws_byte_cursor_from_array(data.data(), 10);
        struct aws_byte_cursor rest = aws_byte_cursor_from_array(data.data(), data.size());
        for (struct aws_byte_cursor *cursor : {&first, &rest, &rest}) {
            EXPECT_EQ(AWS_OP_SUCCESS, aws_socket_write(peer.socket(), cursor, Cleaner::Callback, &cleaner));
        }
    });
    EXPECT_TRUE(cleaner.finished.Wait());
    EXPECT_EQ(3, cleaner.calls);
}

TEST_F(SocketWrite, a_socket_may_be_freed_inside_the_last_callback) {
    struct Freer {
        struct aws_allocator *allocator;
        Signal finished;

        static void Callback(struct aws_socket *socket, int error, size_t, void *user_data) {
            auto *self = static_cast<Freer *>(user_data);
            EXPECT_EQ(0, error);
            aws_socket_clean_up(socket);
            aws_mem_release(self->allocator, socket);
            self->finished.Raise();
        }
    } freer{allocator_, {}};

    SocketToRawPeer peer(allocator_, loop_);
    struct aws_socket *socket = peer.ReleaseSocket();
    RunOnLoop(loop_, [&] {
        struct aws_byte_cursor data = aws_byte_cursor_from_c_str("x");
        EXPECT_EQ(AWS_OP_SUCCESS, aws_socket_write(socket, &data, Freer::Callback, &freer));
    });
    EXPECT_TRUE(freer.finished.Wait());
}

TEST_F(SocketWrite, a_peer_that_is_gone_fails_the_writes_without_a_signal) {
    ASSERT_NE(SIG_ERR, signal(SIGPIPE, SIG_DFL));
    SocketToRawPeer peer(allocator_, loop_);
    peer.Reset();
    auto begin = std::chrono::steady_clock::now();
    int error = 0;
    while (error == 0 && std::chrono::steady_clock::now() - begin < std::chrono::seconds(10)) {
        WriteResult written;
        if (WriteOnLoop(peer.socket(), "anybody?", &written) != AWS_OP_SUCCESS) {
            break;
        }
        ASSERT_TRUE(written.called.Wait());
        error = written.error;
    }
    EXPECT_EQ(AWS_IO_SOCKET_CLOSED, error);

    // From now on a write fails at once, and has no callback.
    RunOnLoop(loop_, [&] {
        WriteResult never;
        struct aws_byte_cursor data = aws_byte_cursor_from_c_str("x");
        EXPECT_RAISES(AWS_IO_SOCKET_CLOSED, aws_socket_write(peer.socket(), &data, WriteResult::Callback, &never));
        EXPECT_EQ(0, never.called.Count());
    });
}

TEST_F(SocketWrite, an_interrupted_send_goes_on) {
    Connection connection(allocator_, loop_, SocketOptions(AWS_SOCKET_IPV4, AWS_SOCKET_STREAM));
    WriteResult written;
    s_send_fault.Fail(EINTR, 3);
    ASSERT_EQ(AWS_OP_SUCCESS, WriteOnLoop(connection.client(), "hello", &written));
    ASSERT_TRUE(written.called.Wait());
    EXPECT_EQ(0, written.error);
}

TEST_F(SocketWrite, errors_of_the_kernel_reach_the_callback) {
    if (IsOnIoUring()) {
        GTEST_SKIP() << "there is no call that fails";
    }
    const std::vector<std::pair<int, int>> errors = {
        {EPIPE, AWS_IO_SOCKET_CLOSED},
        {ECONNRESET, AWS_IO_SOCKET_CLOSED},
        {ETIMEDOUT, AWS_IO_SOCKET_TIMEOUT},
        {EHOSTUNREACH, AWS_IO_SOCKET_NO_ROUTE_TO_HOST},
        {ENETDOWN, AWS_IO_SOCKET_NETWORK_DOWN},
        {ENOBUFS, AWS_ERROR_OOM},
    };
    for (const auto &error : errors) {
        Connection connection(allocator_, loop_, SocketOptions(AWS_SOCKET_IPV4, AWS_SOCKET_STREAM));
        WriteResult written;
        s_send_fault.Fail(error.first);
        ASSERT_EQ(AWS_OP_SUCCESS, WriteOnLoop(connection.client(), "hello", &written));
        ASSERT_TRUE(written.called.Wait());
        EXPECT_EQ(error.second, written.error);
        EXPECT_EQ(0u, written.bytes);
    }
}

TEST_F(SocketWrite, a_datagram_too_large_for_its_transport_says_so) {
    struct aws_socket_options options = SocketOptions(AWS_SOCKET_IPV4, AWS_SOCKET_DGRAM);
    OwnedSocket sender(allocator_, options);
    ASSERT_EQ(AWS_OP_SUCCESS, ConnectTo(sender, Endpoint("127.0.0.1", 9), nullptr, nullptr, nullptr));
    ASSERT_EQ(AWS_OP_SUCCESS, aws_socket_assign_to_event_loop(sender, loop_));
    WriteResult written;
    ASSERT_EQ(AWS_OP_SUCCESS, WriteOnLoop(sender, std::string(65508, 'x'), &written));
    ASSERT_TRUE(written.called.Wait());
    EXPECT_STREQ("AWS_ERROR_INVALID_BUFFER_SIZE", aws_error_name(written.error));
    EXPECT_EQ(0u, written.bytes);
}

TEST_F(SocketWrite, every_write_is_a_datagram_of_its_own) {
    struct aws_socket_options options = SocketOptions(AWS_SOCKET_IPV4, AWS_SOCKET_DGRAM);
    OwnedSocket receiver(allocator_, options);
    struct aws_socket_endpoint endpoint = BindToAny(receiver);
    ASSERT_EQ(AWS_OP_SUCCESS, aws_socket_assign_to_event_loop(receiver, loop_));

    // Without a loop a datagram socket is connected at once, and joins one later.
    OwnedSocket sender(allocator_, options);
    ASSERT_EQ(AWS_OP_SUCCESS, ConnectTo(sender, endpoint, nullptr, nullptr, nullptr));
    EXPECT_EQ(nullptr, aws_socket_get_event_loop(sender));
    ASSERT_EQ(AWS_OP_SUCCESS, aws_socket_assign_to_event_loop(sender, loop_));

    std::string data = Pattern(60);
    WriteSeries series;
    RunOnLoop(loop_, [&] { series.Write(sender, data, {10, 0, 0, 20, 30}); });
    ASSERT_TRUE(series.finished.Wait());
    EXPECT_EQ(0u, series.failed);
    for (size_t size : {10, 0, 0, 20, 30}) {
        int error = AWS_IO_READ_WOULD_BLOCK;
        std::string datagram;
        for (int time = 0; time < 1000 && error == AWS_IO_READ_WOULD_BLOCK; ++time) {
            datagram = ReadOnce(receiver, 100, &error);
        }
        EXPECT_EQ(0, error) << "an empty datagram is no end of a stream";
        EXPECT_EQ(size, datagram.size());
    }
}

TEST_F(SocketWrite, a_datagram_that_cannot_be_sent_says_nothing_of_the_next) {
    struct aws_socket_options options = SocketOptions(AWS_SOCKET_IPV4, AWS_SOCKET_DGRAM);
    OwnedSocket receiver(allocator_, options);
    struct aws_socket_endpoint endpoint = BindToAny(receiver);
    ASSERT_EQ(AWS_OP_SUCCESS, aws_socket_assign_to_event_loop(receiver, loop_));
    OwnedSocket sender(allocator_, options);
    ConnectResult connected;
    ASSERT_EQ(AWS_OP_SUCCESS, ConnectTo(sender, endpoint, loop_, ConnectResult::Callback, &connected));
    ASSERT_TRUE(connected.called.Wait());

    std::string data = Pattern(100010);
    WriteSeries series;
    RunOnLoop(loop_, [&] { series.Write(sender, data, {5, 100000, 5}); });
    ASSERT_TRUE(series.finished.Wait());
    EXPECT_EQ(1u, series.failed);
    EXPECT_EQ(10u, series.bytes);
}
