/* SPDX-License-Identifier: Apache-2.0 */
#ifndef RESEAU_TESTS_SCRIPTED_HANDLER_H
#define RESEAU_TESTS_SCRIPTED_HANDLER_H

#include "support/synchronisation.h"

#include <aws/io/channel.h>

#include <atomic>
#include <cstring>
#include <functional>
#include <string>

/* A channel handler whose behaviour a test sets by functions; by default it passes everything on. The channel owns it.
 */
class ScriptedHandler {
  public:
    static ScriptedHandler *New(struct aws_allocator *allocator, size_t initial_window = SIZE_MAX) {
        return new ScriptedHandler(allocator, initial_window);
    }

    /* Puts a handler into a new slot at the channel's end. Event-loop thread only. */
    void Install(struct aws_channel *channel) {
        slot = aws_channel_slot_new(channel);
        if (aws_channel_get_first_slot(channel) != slot) {
            aws_channel_slot_insert_end(channel, slot);
        }
        aws_channel_slot_set_handler(slot, &handler);
    }

    /* Sends text to the left, in as many messages as it takes. Event-loop thread only. */
    int Send(const std::string &text) {
        for (size_t sent = 0; sent < text.size();) {
            struct aws_io_message *message = aws_channel_slot_acquire_max_message_for_write(slot);
            size_t room = message->message_data.capacity;
            size_t length = text.size() - sent < room ? text.size() - sent : room;
            std::memcpy(message->message_data.buffer, text.data() + sent, length);
            message->message_data.len = length;
            message->on_completion = [](struct aws_channel *, struct aws_io_message *done, int error, void *arg) {
                auto *self = static_cast<ScriptedHandler *>(arg);
                if (self->on_written) {
                    self->on_written(done->message_data.len, error);
                }
            };
            message->user_data = this;
            if (aws_channel_slot_send_message(slot, message, AWS_CHANNEL_DIR_WRITE)) {
                aws_mem_release(message->allocator, message);
                return AWS_OP_ERR;
            }
            sent += length;
        }
        return AWS_OP_SUCCESS;
    }

    struct aws_channel_handler handler = {};
    struct aws_channel_slot *slot = nullptr;
    /* Raised for every message read, which then stays the sender's. */
    int refusal = 0;
    std::function<void(const std::string &)> on_read;
    /* Whether the message just read goes no further. */
    std::function<bool()> drops;
    std::function<void(size_t size)> on_window;
    std::function<void(size_t length, int error)> on_written;
    std::function<void(enum aws_channel_direction, int error)> on_shutdown;
    std::function<void()> on_destroy;

  private:
    ScriptedHandler(struct aws_allocator *allocator, size_t initial_window) : initial_window_(initial_window) {
        handler.alloc = allocator;
        handler.vtable = Vtable();
        handler.impl = this;
    }

    static ScriptedHandler *Of(struct aws_channel_handler *handler) {
        return static_cast<ScriptedHandler *>(handler->impl);
    }

    static int
    OnRead(struct aws_channel_handler *handler, struct aws_channel_slot *slot, struct aws_io_message *message) {
        ScriptedHandler *self = Of(handler);
        if (self->on_read) {
            self->on_read(std::string((const char *)message->message_data.buffer, message->message_data.len));
        }
        if (self->refusal != 0) {
            return aws_raise_error(self->refusal);
        }
        if (slot->adj_right != nullptr && !(self->drops && self->drops())) {
            return aws_channel_slot_send_message(slot, message, AWS_CHANNEL_DIR_READ);
        }
        aws_mem_release(message->allocator, message);
        return AWS_OP_SUCCESS;
    }

    static int OnWrite(struct aws_channel_handler *, struct aws_channel_slot *slot, struct aws_io_message *message) {
        return aws_channel_slot_send_message(slot, message, AWS_CHANNEL_DIR_WRITE);
    }

    static int OnWindow(struct aws_channel_handler *handler, struct aws_channel_slot *slot, size_t size) {
        if (Of(handler)->on_window) {
            Of(handler)->on_window(size);
        }
        return aws_channel_slot_increment_read_window(slot, size);
    }

    static int OnShutdown(
        struct aws_channel_handler *handler,
        struct aws_channel_slot *slot,
        enum aws_channel_direction direction,
        int error,
        bool immediately) {
        if (Of(handler)->on_shutdown) {
            Of(handler)->on_shutdown(direction, error);
        }
        return aws_channel_slot_on_handler_shutdown_complete(slot, direction, error, immediately);
    }

    static size_t InitialWindow(struct aws_channel_handler *handler) {
        return Of(handler)->initial_window_;
    }

    static size_t Overhead(struct aws_channel_handler *) {
        return 0;
    }

    static void Destroy(struct aws_channel_handler *handler) {
        ScriptedHandler *self = Of(handler);
        std::function<void()> on_destroy = self->on_destroy;
        delete self;
        if (on_destroy) {
            on_destroy();
        }
    }

    static struct aws_channel_handler_vtable *Vtable() {
        static struct aws_channel_handler_vtable vtable = {};
        vtable.process_read_message = OnRead;
        vtable.process_write_message = OnWrite;
        vtable.increment_read_window = OnWindow;
        vtable.shutdown = OnShutdown;
        vtable.initial_window_size = InitialWindow;
        vtable.message_overhead = Overhead;
        vtable.destroy = Destroy;
        return &vtable;
    }

    size_t initial_window_;
};

#endif /* RESEAU_TESTS_SCRIPTED_HANDLER_H */
