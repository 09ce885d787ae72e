/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Channels over sockets with a vtable of the program's. A write that failed without an error counted as written, and
 * its message was lost; one that completed inside the call used the handler after its end if the completion removed it.
 * Wrong memory is a fault at once here.
 */
#include "support/channel_to_raw_peer.h"
#include "support/sockets.h"

#include <aws/io/private/socket_impl.h>
#include <aws/io/socket_channel_handler.h>

class ForeignSocketWrites : public ChannelToRawPeer {
  protected:
    using Write = decltype(aws_socket_vtable::socket_write_fn);

    void SetUp() override {
        setenv("RESEAU_TEST_ALLOCATOR", "guarded", 1);
        ChannelToRawPeer::SetUp();
        Connect(AWS_SOCKET_IPV4, SIZE_MAX, false);
        socket_ = std::make_unique<SocketToRawPeer>(allocator_, side_->loop);
    }

    void TearDown() override {
        aws_channel_shutdown(side_->channel, AWS_ERROR_SUCCESS);
        EXPECT_TRUE(side_->AwaitShutDown());
        socket_.reset();
        ChannelToRawPeer::TearDown();
        unsetenv("RESEAU_TEST_ALLOCATOR");
    }

    /* A handler at the channel's end, to which a message is sent that is returned. Loop's thread. */
    struct aws_io_message *Prepare(Write write) {
        vtable_ = *socket_->socket()->vtable;
        vtable_.socket_write_fn = write;
        socket_->socket()->vtable = &vtable_;
        slot_ = aws_channel_slot_new(side_->channel);
        aws_channel_slot_insert_end(side_->channel, slot_);
        aws_channel_slot_set_handler(slot_, aws_socket_handler_new(allocator_, socket_->socket(), slot_, 1024));
        struct aws_io_message *message =
            aws_channel_acquire_message_from_pool(side_->channel, AWS_IO_MESSAGE_APPLICATION_DATA, 10);
        message->message_data.len = 1;
        return message;
    }

    std::unique_ptr<SocketToRawPeer> socket_;
    struct aws_socket_vtable vtable_ = {};
    struct aws_channel_slot *slot_ = nullptr;
};

TEST_F(ForeignSocketWrites, AFailureWithoutAnErrorIsAFailure) {
    RunOnLoop(side_->loop, [&] {
        struct aws_io_message *message = Prepare(
            [](struct aws_socket *, const struct aws_byte_cursor *, aws_socket_on_write_completed_fn *, void *) {
                return AWS_OP_ERR;
            });
        aws_reset_error();
        EXPECT_EQ(AWS_OP_ERR, aws_channel_handler_process_write_message(slot_->handler, slot_, message));
        EXPECT_EQ(AWS_ERROR_UNKNOWN, aws_last_error());
        aws_mem_release(message->allocator, message);
    });
}

TEST_F(ForeignSocketWrites, ACompletionInsideTheCallMayRemoveTheSlot) {
    RunOnLoop(side_->loop, [&] {
        struct aws_io_message *message = Prepare([](struct aws_socket *socket,
                                                    const struct aws_byte_cursor *data,
                                                    aws_socket_on_write_completed_fn *on_written,
                                                    void *user_data) {
            on_written(socket, AWS_ERROR_SUCCESS, data->len, user_data);
            return AWS_OP_SUCCESS;
        });
        message->user_data = slot_;
        message->on_completion = [](struct aws_channel *, struct aws_io_message *, int, void *slot) {
            aws_channel_slot_remove(static_cast<struct aws_channel_slot *>(slot));
        };
        EXPECT_EQ(AWS_OP_SUCCESS, aws_channel_handler_process_write_message(slot_->handler, slot_, message));
    });
    side_->Settle();
    EXPECT_FALSE(side_->IsShutDown());
}
