/* SPDX-License-Identifier: Apache-2.0 */
#ifndef RESEAU_TESTS_SIDE_H
#define RESEAU_TESTS_SIDE_H

#include "support/synchronisation.h"
#include "support/loops.h"
#include "support/raw_socket.h"
#include "support/scripted_handler.h"

#include <aws/io/channel.h>
#include <aws/io/socket.h>
#include <aws/io/socket_channel_handler.h>

#include <gtest/gtest.h>

#include <functional>
#include <string>

/* Bytes without a period that a lost or doubled buffer could hide behind. */
inline std::string Noise(size_t size, uint32_t seed = 1) {
    std::string text(size, '\0');
    uint32_t state = seed * 2654435761u + 1;
    for (char &c : text) {
        state = state * 1664525u + 1013904223u;
        c = (char)(state >> 24);
    }
    return text;
}

/*
 * One side of a connection: a handler at the end of its channel, what reached it, and what the callbacks said. Hooks
 * are set before the connection and run on the channel's loop, before waiting threads see the event.
 */
class Side {
  public:
    explicit Side(struct aws_allocator *allocator, size_t window = SIZE_MAX) : allocator_(allocator), window_(window) {
    }

    /* The channel frees its handler, which calls in here, after it has reported its end. */
    ~Side() {
        ReleaseHold();
        if (is_installed_) {
            EXPECT_TRUE(AwaitHandlerDestroyed()) << "the channel is still there";
        }
    }

    Side(const Side &) = delete;
    Side &operator=(const Side &) = delete;

    std::function<void()> on_created;
    std::function<void()> on_set_up;
    std::function<void()> on_shut_down;
    std::function<void(const std::string &)> on_read;
    std::function<void(size_t length, int error)> on_written;

    /* Whether a handler is put into the channel. */
    bool install = true;
    /* Whether what is read is granted again. */
    bool regrant = false;
    /* Whether the channel's memory stays until ReleaseHold(). */
    bool hold = false;

    /* Valid after the waits below, until the shutdown callback has returned; with a hold, until ReleaseHold(). */
    struct aws_channel *channel = nullptr;
    struct aws_event_loop *loop = nullptr;
    ScriptedHandler *handler = nullptr;

    int set_ups = 0;
    int set_up_error = -1;
    bool set_up_on_loop = false;
    int shut_downs = 0;
    int shut_down_error = -1;
    int handlers_destroyed = 0;

    bool AwaitSetUp() {
        return Await([this] { return set_ups > 0; });
    }

    bool AwaitShutDown() {
        return Await([this] { return shut_downs > 0; });
    }

    bool AwaitHandlerDestroyed() {
        return Await([this] { return handlers_destroyed > 0; });
    }

    bool AwaitReceived(size_t size) {
        return Await([this, size] { return received_.size() >= size; });
    }

    bool AwaitWritten(size_t size) {
        return Await([this, size] { return written_ >= size; });
    }

    template <class Predicate> bool Await(Predicate predicate) {
        return monitor_.Await(predicate);
    }

    std::string Received() {
        return monitor_.Read([this] { return received_; });
    }

    size_t ReceivedSize() {
        return monitor_.Read([this] { return received_.size(); });
    }

    bool IsShutDown() {
        return monitor_.Read([this] { return shut_downs > 0; });
    }

    /* Sends and does not wait for the bytes to be written. */
    int Send(const std::string &text) {
        int result = AWS_OP_ERR;
        RunOnLoop(loop, [&] { result = handler->Send(text); });
        return result;
    }

    void Grant(size_t size) {
        RunOnLoop(loop, [&] { aws_channel_slot_increment_read_window(handler->slot, size); });
    }

    /* Whatever the loop has begun or has been notified of when this is called is over when it returns. */
    void Settle() {
        TurnLoop(loop);
    }

    /* Descriptor of the channel's socket. */
    raw_socket_t Descriptor() {
        raw_socket_t fd = (raw_socket_t)-1;
        RunOnLoop(loop, [&] {
            struct aws_channel_handler *leftmost = aws_channel_get_first_slot(channel)->handler;
            fd = system_socket(aws_socket_handler_get_socket(leftmost));
        });
        return fd;
    }

    /* Waits until the kernel knows that the peer is done sending, then until the loop has had its say. */
    bool AwaitPeersEnd() {
        bool ended = raw_socket_await_peers_end(Descriptor());
        Settle();
        return ended;
    }

    void ReleaseHold() {
        if (held_ != nullptr) {
            aws_channel_release_hold(held_);
            held_ = nullptr;
        }
    }

    /* For whoever owns the callbacks: a client or a server. */
    void Created(struct aws_channel *created) {
        channel = created;
        loop = aws_channel_get_event_loop(created);
        Run(on_created);
    }

    void SetUp(struct aws_channel *set_up, int error) {
        channel = set_up;
        if (set_up != nullptr) {
            loop = aws_channel_get_event_loop(set_up);
            set_up_on_loop = aws_event_loop_thread_is_callers_thread(loop);
            if (hold) {
                aws_channel_acquire_hold(set_up);
                held_ = set_up;
            }
            if (install) {
                Install();
            }
        }
        Run(on_set_up);
        monitor_.Change([&] {
            set_ups++;
            set_up_error = error;
        });
    }

    void ShutDown(struct aws_channel *shut_down, int error) {
        EXPECT_EQ(channel, shut_down);
        Run(on_shut_down);
        monitor_.Change([&] {
            shut_downs++;
            shut_down_error = error;
        });
    }

    /* Puts the handler in; for sides that do not do so at setup. Event-loop thread only. */
    void Install() {
        handler = ScriptedHandler::New(allocator_, window_);
        handler->on_read = [this](const std::string &text) {
            if (on_read) {
                on_read(text);
            }
            monitor_.Change([&] { received_ += text; });
            if (regrant) {
                aws_channel_slot_increment_read_window(handler->slot, text.size());
            }
        };
        handler->on_written = [this](size_t length, int error) {
            if (on_written) {
                on_written(length, error);
            }
            monitor_.Change([&] { written_ += error == 0 ? length : 0; });
        };
        handler->on_destroy = [this] { monitor_.Change([&] { handlers_destroyed++; }); };
        is_installed_ = true;
        handler->Install(channel);
    }

  private:
    static void Run(const std::function<void()> &hook) {
        if (hook) {
            hook();
        }
    }

    struct aws_allocator *allocator_;
    size_t window_;
    bool is_installed_ = false;
    struct aws_channel *held_ = nullptr;
    Monitor monitor_;
    std::string received_;
    size_t written_ = 0;
};

#endif /* RESEAU_TESTS_SIDE_H */
