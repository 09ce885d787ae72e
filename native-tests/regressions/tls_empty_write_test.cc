/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A program answers with an empty message while the engine's replies to changes of keys have not left yet. The replies
 * went with the message's completion, which was then called a second time.
 */
#include "support/tls_raw_peer.h"

class TlsEmptyWriteTest : public TlsClientToRawPeerTest {
  protected:
    /* On the loop; with content if there is some. */
    void Send(const std::string &text) {
        struct aws_io_message *message =
            aws_channel_acquire_message_from_pool(client_.channel, AWS_IO_MESSAGE_APPLICATION_DATA, 16);
        memcpy(message->message_data.buffer, text.data(), text.size());
        message->message_data.len = text.size();
        message->on_completion = [](struct aws_channel *, struct aws_io_message *, int error, void *arg) {
            auto *self = static_cast<TlsEmptyWriteTest *>(arg);
            EXPECT_EQ(AWS_ERROR_SUCCESS, error);
            self->client_.state.Change([&] { ++self->completed_; });
        };
        message->user_data = this;
        EXPECT_EQ(AWS_OP_SUCCESS, aws_channel_slot_send_message(client_.app->slot, message, AWS_CHANNEL_DIR_WRITE));
    }

    /* The texts are written from inside the first read, while replies wait. */
    void ExpectEachCompletedOnce(const std::vector<std::string> &texts, const std::string &content) {
        client_.on_data = [&](TlsEnd &, const std::string &text) {
            if (text == "go") {
                for (const std::string &answer : texts) {
                    Send(answer);
                }
            }
        };
        Meet(TLS1_3_VERSION);
        for (int i = 0; i < 4; ++i) {
            peer_->tls.UpdateKeys();
        }
        peer_->Send("go");
        EXPECT_TRUE(client_.state.Await([&] { return completed_ >= (int)texts.size(); }));
        EXPECT_EQ(content, peer_->ReadContent(content.size()));
        client_.Settle();
        EXPECT_EQ((int)texts.size(), completed_);
        client_.Shutdown();
        ASSERT_TRUE(client_.AwaitShutdown());
        EXPECT_EQ((int)texts.size(), completed_);
    }

    int completed_ = 0;
};

TEST_F(TlsEmptyWriteTest, AnEmptyMessageIsCompletedOnce) {
    ExpectEachCompletedOnce({""}, "");
}

TEST_F(TlsEmptyWriteTest, AmongOthers) {
    ExpectEachCompletedOnce({"one", "", "two", "", "", "three"}, "onetwothree");
}

TEST_F(TlsEmptyWriteTest, BeforeOthers) {
    ExpectEachCompletedOnce({"", "", "last"}, "last");
}
