/* SPDX-License-Identifier: Apache-2.0 */
#ifndef RESEAU_TESTS_CHANNEL_TO_RAW_PEER_H
#define RESEAU_TESTS_CHANNEL_TO_RAW_PEER_H

#include "support/bootstraps.h"
#include "support/manual_clock.h"
#include "support/raw_socket.h"
#include "support/scripted_resolver.h"
#include "support/traced_test.h"

#include <memory>

/*
 * One channel of a client whose peer is a plain socket of the system's, which the test controls. A test
 * waits for the end of the channel; the callbacks are counted when it is over.
 */
class ChannelToRawPeer : public TracedIoTest {
  protected:
    /* Makes `side_`, which is set up, and `peer_`. Windows count with back pressure only. */
    void Connect(enum aws_socket_domain domain, size_t window, bool back_pressure) {
        uint32_t port = 0;
        std::string host = path_.path;
        if (domain == AWS_SOCKET_LOCAL) {
            listener_ = RawSocket::ListenUnix(path_.path);
        } else {
            listener_ = RawSocket::Listen("127.0.0.1");
            port = listener_.Port();
            host = "name";
        }
        loops_ = frozen_ ? std::make_unique<LoopGroup>(ManualClock::NewGroup(allocator_, 2))
                         : std::make_unique<LoopGroup>(allocator_, 2);
        resolver_ = std::make_unique<ScriptedResolver>(allocator_, std::vector<std::string>{"127.0.0.1"});
        side_ = std::make_unique<Side>(allocator_, window);
        client_ = std::make_unique<Client>(allocator_, loops_->get(), resolver_->get());
        struct aws_socket_options socket_options = StreamOptions(domain);
        auto options = client_->OptionsFor(*side_, socket_options, host.c_str(), port);
        options.enable_read_back_pressure = back_pressure;
        side_->hold = hold_;
        ASSERT_EQ(AWS_OP_SUCCESS, aws_client_bootstrap_new_socket_channel(&options));
        ASSERT_TRUE(side_->AwaitSetUp());
        ASSERT_EQ(AWS_ERROR_SUCCESS, side_->set_up_error);
        peer_ = listener_.Accept();
        ASSERT_TRUE(peer_.IsOpen());
    }

    /* After the end of the channel, which the test waits for. */
    void Disconnect() {
        if (side_ == nullptr) {
            return;
        }
        EXPECT_TRUE(side_->IsShutDown()) << "the test did not wait for the end";
        side_->ReleaseHold();
        EXPECT_TRUE(side_->AwaitHandlerDestroyed());
        client_.reset();
        EXPECT_EQ(1, side_->set_ups);
        EXPECT_EQ(1, side_->shut_downs);
        EXPECT_EQ(1, side_->handlers_destroyed);
        side_.reset();
        resolver_.reset();
        loops_.reset();
        listener_.Close();
        unlink(path_.path.c_str());
    }

    void TearDown() override {
        Disconnect();
        TracedIoTest::TearDown();
    }

    /* Set before Connect(). Loops may have a clock that the test moves. */
    bool frozen_ = false;
    bool hold_ = false;
    UnixPath path_;
    RawSocket listener_, peer_;
    std::unique_ptr<LoopGroup> loops_;
    std::unique_ptr<ScriptedResolver> resolver_;
    std::unique_ptr<Side> side_;
    std::unique_ptr<Client> client_;
};

#endif /* RESEAU_TESTS_CHANNEL_TO_RAW_PEER_H */
