// SPDX-License-Identifier: Apache-2.0
// <aws/io/socket.h>: connecting to a Unix socket whose backlog is full. The system says so at once, and reports to
// nobody when there is room.
#include "support/bootstraps.h"
#include "support/fault.h"
#include "support/raw_socket.h"
#include "support/sockets.h"

#include <sys/syscall.h>

static Fault s_connects;

extern "C" int connect(int fd, const struct sockaddr *address, socklen_t length) {
    return s_connects.ShouldFail() ? -1 : (int)syscall(SYS_connect, fd, address, length);
}

namespace {

class FullBacklog : public SocketTest {
  protected:
    void SetUp() override {
        SocketTest::SetUp();
        listener_ = RawSocket::ListenUnix(path_.path, 0);
        ASSERT_TRUE(listener_.IsOpen());
        // With a backlog of 0 one connection waits, and no other.
        filler_ = ConnectRaw();
        ASSERT_TRUE(filler_.IsOpen());
        ASSERT_FALSE(ConnectRaw().IsOpen());
        s_connects.Clear();
    }

    RawSocket ConnectRaw() {
        RawSocket raw(socket(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0));
        struct sockaddr_un name = {};
        name.sun_family = AF_UNIX;
        strcpy(name.sun_path, path_.path.c_str());
        if (connect(raw.fd(), (struct sockaddr *)&name, sizeof(name)) != 0) {
            raw.Close();
        }
        return raw;
    }

    static struct aws_socket_options Options(uint32_t timeout_ms) {
        struct aws_socket_options options = SocketOptions(AWS_SOCKET_LOCAL, AWS_SOCKET_STREAM);
        options.connect_timeout_ms = timeout_ms;
        return options;
    }

    // On the loop's thread or on the test's own.
    int Connect(struct aws_socket *socket, ConnectResult *result, bool on_loop) {
        int outcome = AWS_OP_ERR;
        auto connect = [&] {
            outcome = ConnectTo(socket, Endpoint(path_.path.c_str()), loop_, ConnectResult::Callback, result);
        };
        if (on_loop) {
            RunOnLoop(loop_, connect);
        } else {
            connect();
        }
        return outcome;
    }

    void AwaitAttempts(int count) {
        auto begin = std::chrono::steady_clock::now();
        while (s_connects.Calls() < count) {
            ASSERT_LT(std::chrono::steady_clock::now() - begin, std::chrono::seconds(20));
            RunOnLoop(loop_, [] {});
        }
    }

    UnixPath path_;
    RawSocket listener_, filler_;
};

} // namespace

TEST_F(FullBacklog, is_waited_for_until_there_is_room) {
    for (bool on_loop : {false, true}) {
        OwnedSocket socket(allocator_, Options(60000));
        ConnectResult result;
        s_connects.Clear();
        ASSERT_EQ(AWS_OP_SUCCESS, Connect(socket, &result, on_loop));
        AwaitAttempts(3);
        RawSocket taken = listener_.Accept();
        ASSERT_TRUE(result.called.Wait());
        EXPECT_EQ(0, result.error);
        EXPECT_TRUE(result.on_loop);
        EXPECT_TRUE(aws_socket_is_open(socket));
        EXPECT_EQ(loop_, aws_socket_get_event_loop(socket));
        // Room for one has been made, and taken.
        filler_.Close();
    }
}

TEST_F(FullBacklog, is_waited_for_as_long_as_connecting_may_take_and_no_loop_is_busy) {
    OwnedSocket socket(allocator_, Options(300));
    ConnectResult result;
    auto begin = std::chrono::steady_clock::now();
    ASSERT_EQ(AWS_OP_SUCCESS, Connect(socket, &result, false));
    ASSERT_TRUE(result.called.Wait());
    EXPECT_EQ(AWS_IO_SOCKET_TIMEOUT, result.error);
    EXPECT_GE(std::chrono::steady_clock::now() - begin, std::chrono::milliseconds(300));
    EXPECT_LE(s_connects.Calls(), 20) << "after pauses of 1, 2, 4 ... 32 ms";
    EXPECT_FALSE(aws_socket_is_open(socket));

    OwnedSocket without_time(allocator_, Options(0));
    ASSERT_EQ(AWS_OP_SUCCESS, Connect(without_time, &result, true));
    ASSERT_TRUE(result.called.Wait(2));
    EXPECT_EQ(AWS_IO_SOCKET_TIMEOUT, result.error);
}

TEST_F(FullBacklog, a_close_ends_the_attempt_without_a_callback) {
    for (bool on_loop : {false, true}) {
        ConnectResult result;
        {
            OwnedSocket socket(allocator_, Options(60000));
            s_connects.Clear();
            ASSERT_EQ(AWS_OP_SUCCESS, Connect(socket, &result, on_loop));
            AwaitAttempts(on_loop ? 1 : 2);
        }
        int attempts = s_connects.Calls();
        RunOnLoop(loop_, [] {});
        EXPECT_EQ(-1, result.error);
        EXPECT_EQ(attempts, s_connects.Calls());
    }
}

TEST_F(FullBacklog, the_listeners_end_ends_the_attempt) {
    OwnedSocket socket(allocator_, Options(60000));
    ConnectResult result;
    ASSERT_EQ(AWS_OP_SUCCESS, Connect(socket, &result, false));
    listener_.Close();
    ASSERT_TRUE(result.called.Wait());
    EXPECT_EQ(AWS_IO_SOCKET_CONNECTION_REFUSED, result.error);
}

TEST_F(FullBacklog, the_loops_end_ends_the_attempt) {
    auto *socket = static_cast<struct aws_socket *>(aws_mem_calloc(allocator_, 1, sizeof(struct aws_socket)));
    auto options = Options(60000);
    ASSERT_EQ(AWS_OP_SUCCESS, aws_socket_init(socket, allocator_, &options));
    ConnectResult result;
    ASSERT_EQ(AWS_OP_SUCCESS, Connect(socket, &result, true));
    ReleaseGroup();
    ASSERT_TRUE(result.called.Wait());
    EXPECT_EQ(AWS_IO_EVENT_LOOP_SHUTDOWN, result.error);
    aws_socket_clean_up(socket);
    aws_mem_release(allocator_, socket);
}
