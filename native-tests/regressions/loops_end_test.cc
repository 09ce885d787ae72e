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
    struct Guest {
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
        auto *guest = static_cast<Guest *>(entry->object);
        guest->result = Write(guest->socket, "bye", &guest->written);
        aws_socket_clean_up(guest->socket);
        aws_mem_release(guest->allocator, guest->socket);
    }

    /* In some of the rounds the guest is removed before the queues are, in some after. */
    void EndLoops(bool has_written) {
        constexpr int kRounds = 16;
        std::vector<Guest> guests(kRounds);
        for (Guest &guest : guests) {
            auto *loop = aws_event_loop_new_default(GuardedAllocator::Get(), aws_high_res_clock_get_ticks);
            ASSERT_EQ(AWS_OP_SUCCESS, aws_event_loop_run(loop));
            RawPeer peer(allocator_, loop);
            RawPeer other(allocator_, loop);
            guest.allocator = allocator_;
            guest.socket = peer.ReleaseSocket();
            guest.entry.key = guest.entry.object = &guest;
            guest.entry.on_object_removed = WriteOnRemoval;
            Signal hello;
            RunOnLoop(loop, [&] {
                EXPECT_EQ(AWS_OP_SUCCESS, Write(has_written ? guest.socket : other.socket(), "hello ", &hello));
                EXPECT_EQ(AWS_OP_SUCCESS, aws_event_loop_put_local_object(loop, &guest.entry));
            });
            ASSERT_TRUE(hello.Wait());
            OwnedSocket(allocator_, other.ReleaseSocket());
            aws_event_loop_destroy(loop);
            EXPECT_EQ(AWS_OP_SUCCESS, guest.result);
            EXPECT_EQ(1, guest.written.Count());
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
    RawPeer peer(allocator_, loop);
    std::string much(32 << 20, 'x');
    struct Late {
        Guest guest;
        int error = 0;
    } late;
    late.guest.allocator = allocator_;
    late.guest.socket = peer.ReleaseSocket();
    late.guest.entry.key = late.guest.entry.object = &late.guest;
    late.guest.entry.on_object_removed = WriteOnRemoval;
    RunOnLoop(loop, [&] {
        struct aws_byte_cursor bytes = aws_byte_cursor_from_array(much.data(), much.size());
        auto on_written = [](struct aws_socket *, int error, size_t, void *arg) {
            static_cast<Late *>(arg)->error = error;
        };
        EXPECT_EQ(AWS_OP_SUCCESS, aws_socket_write(late.guest.socket, &bytes, on_written, &late));
        EXPECT_EQ(AWS_OP_SUCCESS, aws_event_loop_put_local_object(loop, &late.guest.entry));
    });
    aws_event_loop_destroy(loop);
    EXPECT_EQ(AWS_IO_SOCKET_CLOSED, late.error);
    EXPECT_EQ(AWS_OP_SUCCESS, late.guest.result);
    EXPECT_EQ(1, late.guest.written.Count());
}
