/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A socket handler that may read as much at a time as there is. The product of that size and the messages of one turn
 * of the loop overflowed to zero: the handler was scheduled again and again, and read no byte.
 */
#include "support/scripted_handler.h"
#include "support/side.h"
#include "support/sockets.h"

#include <tuple>

class LargeReadSize : public SocketTest, public ::testing::WithParamInterface<std::tuple<size_t, bool>> {
  protected:
    void Open(struct aws_socket *socket) {
        socket_ = socket;
        struct aws_channel_options options = {};
        options.event_loop = loop_;
        options.on_setup_completed = OnSetUp;
        options.setup_user_data = this;
        options.on_shutdown_completed = [](struct aws_channel *, int, void *arg) {
            static_cast<LargeReadSize *>(arg)->shut_down_.Raise();
        };
        options.shutdown_user_data = this;
        options.enable_read_back_pressure = std::get<1>(GetParam());
        channel_ = aws_channel_new(allocator_, &options);
        ASSERT_NE(nullptr, channel_);
        ASSERT_TRUE(set_up_.Wait());
    }

    void Close() {
        aws_channel_shutdown(channel_, AWS_ERROR_SUCCESS);
        EXPECT_TRUE(shut_down_.Wait());
        aws_channel_destroy(channel_);
        RunOnLoop(loop_, [] {});
    }

    static void OnSetUp(struct aws_channel *channel, int error, void *arg) {
        auto *self = static_cast<LargeReadSize *>(arg);
        EXPECT_EQ(AWS_ERROR_SUCCESS, error);
        struct aws_channel_slot *slot = aws_channel_slot_new(channel);
        size_t size = std::get<0>(GetParam());
        struct aws_channel_handler *socket_handler =
            aws_socket_handler_new(self->allocator_, self->socket_, slot, size);
        EXPECT_NE(nullptr, socket_handler);
        aws_channel_slot_set_handler(slot, socket_handler);
        ScriptedHandler *app = ScriptedHandler::New(self->allocator_);
        app->on_read = [self](const std::string &text) { self->received_.Change([&] { self->text_ += text; }); };
        app->Install(channel);
        self->set_up_.Raise();
    }

    struct aws_socket *socket_ = nullptr;
    struct aws_channel *channel_ = nullptr;
    Signal set_up_;
    Signal shut_down_;
    Monitor received_;
    std::string text_;
};

TEST_P(LargeReadSize, ReadsAll) {
    SocketToRawPeer peer(allocator_, loop_);
    Open(peer.socket());
    std::string sent = Noise(200000);
    peer.Send(sent);
    EXPECT_TRUE(received_.Await([&] { return text_.size() >= sent.size(); }));
    EXPECT_TRUE(sent == text_);
    Close();
}

INSTANTIATE_TEST_SUITE_P(
    Sizes,
    LargeReadSize,
    ::testing::Combine(
        ::testing::Values(SIZE_MAX, SIZE_MAX / 16 + 1, SIZE_MAX / 2 + 1, (size_t)1 << 20), ::testing::Bool()),
    [](const ::testing::TestParamInfo<LargeReadSize::ParamType> &info) {
        return std::to_string(std::get<0>(info.param)) + (std::get<1>(info.param) ? "Windows" : "NoWindows");
    });
