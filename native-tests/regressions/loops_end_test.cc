/* SPDX-License-Identifier: Apache-2.0 */
#include "support/guarded_allocator.h"
#include "support/sockets.h"

/*
 * Objects of a loop are removed in no certain order at its end, and may write to a socket of the loop then. The loop's
 * write queues could be gone already: a socket that had written before remembered where they had been, and another one
 * found that out in a table that was being emptied. Found by reading.
 */
class LoopsEnd : public SocketTest {
  protected:
    /* An object of the loop that ends with its socket. */
    struct User {
        struct aws_event_loop_local_object entry = {};
        struct aws_allocator *allocator = nullptr;
        struct aws_socket *socket = nullptr;
        int result = -1;
        Signal written;
    };

    static void OnWritten(struct aws_socket *, int, size_t, void *signal) {
        static_cast<Signal *>(signal)->Raise();
    }

    static int Write(struct aws_socket *socket, const char *text, Signal *written) {
        struct aws_byte_cursor bytes = aws_byte_cursor_from_c_str(text);
        return aws_socket_write(socket, &bytes, OnWritten, written);
    }

    static void WriteOnRemoval(struct aws_event_loop_local_object *entry) {
        auto *user = static_cast<User *>(entry->object);
        user->result = Write(user->socket, "bye", &user->written);
        aws_socket_clean_up(user->socket);
        aws_mem_release(user->allocator, user->socket);
    }

    /* In some of the rounds the user is removed before the queues are, in some after. */
    void EndLoops(bool has_written) {
        constexpr int kRounds = 16;
        std::vector<User> users(kRounds);
        for (User &user : users) {
            auto *loop = aws_event_loop_new_default(GuardedAllocator::Get(), aws_high_res_clock_get_ticks);
            ASSERT_EQ(AWS_OP_SUCCESS, aws_event_loop_run(loop));
            SocketToRawPeer peer(allocator_, loop);
            SocketToRawPeer other(allocator_, loop);
            user.allocator = allocator_;
            user.socket = peer.ReleaseSocket();
            user.entry.key = user.entry.object = &user;
            user.entry.on_object_removed = WriteOnRemoval;
            Signal hello;
            RunOnLoop(loop, [&] {
                EXPECT_EQ(AWS_OP_SUCCESS, Write(has_written ? user.socket : other.socket(), "hello ", &hello));
                EXPECT_EQ(AWS_OP_SUCCESS, aws_event_loop_put_local_object(loop, &user.entry));
            });
            ASSERT_TRUE(hello.Wait());
            OwnedSocket(allocator_, other.ReleaseSocket());
            aws_event_loop_destroy(loop);
            EXPECT_EQ(AWS_OP_SUCCESS, user.result);
            EXPECT_EQ(1, user.written.Count());
            EXPECT_EQ(has_written ? "hello bye" : "bye", peer.ReadToEnd());
        }
    }
};

TEST_F(LoopsEnd, SocketsThatHaveWrittenMayStillWrite) {
    EndLoops(true);
}

TEST_F(LoopsEnd, SocketsThatHaveNotWrittenMayStillWrite) {
    EndLoops(false);
}

TEST_F(LoopsEnd, WhatIsStillWaitingIsReportedToo) {
    auto *loop = aws_event_loop_new_default(GuardedAllocator::Get(), aws_high_res_clock_get_ticks);
    ASSERT_EQ(AWS_OP_SUCCESS, aws_event_loop_run(loop));
    SocketToRawPeer peer(allocator_, loop);
    std::string much(32 << 20, 'x');
    struct Late {
        User user;
        int error = 0;
    } late;
    late.user.allocator = allocator_;
    late.user.socket = peer.ReleaseSocket();
    late.user.entry.key = late.user.entry.object = &late.user;
    late.user.entry.on_object_removed = WriteOnRemoval;
    RunOnLoop(loop, [&] {
        struct aws_byte_cursor bytes = aws_byte_cursor_from_array(much.data(), much.size());
        auto on_written = [](struct aws_socket *, int error, size_t, void *arg) {
            static_cast<Late *>(arg)->error = error;
        };
        EXPECT_EQ(AWS_OP_SUCCESS, aws_socket_write(late.user.socket, &bytes, on_written, &late));
        EXPECT_EQ(AWS_OP_SUCCESS, aws_event_loop_put_local_object(loop, &late.user.entry));
    });
    aws_event_loop_destroy(loop);
    EXPECT_EQ(AWS_IO_SOCKET_CLOSED, late.error);
    EXPECT_EQ(AWS_OP_SUCCESS, late.user.result);
    EXPECT_EQ(1, late.user.written.Count());
}
