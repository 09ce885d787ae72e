/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The peer has sent something and closed, and the program's window is closed too. What was sent waits for the window,
 * for ever if need be; but a program that shuts the channel down waits no longer. It did, and with it the end of its
 * loops and of the library.
 */
#include "support/tls_raw_peer.h"

#include <tuple>

class TlsZeroWindowShutdownTest : public TlsClientToRawPeerTest,
                                  public ::testing::WithParamInterface<std::tuple<int, bool>> {
  protected:
    /* When this returns our end knows of the peer's end, and waits. */
    void AwaitPeersEnd() {
        auto [version, says_so] = GetParam();
        client_.window = 0;
        client_.grants = false;
        Meet(version, true);
        peer_->Send(std::string(1000, 'x'));
        if (says_so) {
            SSL_shutdown(peer_->tls.ssl());
            peer_->Flush();
        }
        shutdown(peer_->socket.fd(), SHUT_WR);
        ASSERT_TRUE(client_.AwaitPeersEnd());
        client_.Settle();
        EXPECT_EQ(0, client_.shutdowns);
        EXPECT_EQ(0u, client_.received.size());
    }

    void ExpectAllDelivered() {
        client_.Grant(600);
        EXPECT_TRUE(client_.AwaitBytes(600));
        client_.Settle();
        EXPECT_EQ(0, client_.shutdowns);
        client_.Grant(SIZE_MAX);
        EXPECT_TRUE(client_.AwaitShutdown());
        EXPECT_EQ(1000u, client_.received.size());
        EXPECT_STREQ("AWS_IO_SOCKET_CLOSED", aws_error_name(client_.shutdown));
    }
};

TEST_P(TlsZeroWindowShutdownTest, TheProgramsShutdownEndsTheWait) {
    AwaitPeersEnd();
    client_.Shutdown();
    ASSERT_TRUE(client_.AwaitShutdown());
    EXPECT_EQ(0u, client_.received.size());
    EXPECT_EQ(1, client_.shutdowns);

    /* What ended the connection is still why it ended. */
    EXPECT_STREQ("AWS_IO_SOCKET_CLOSED", aws_error_name(client_.shutdown));
}

TEST_P(TlsZeroWindowShutdownTest, AlsoOnTheLoopAndMoreThanOnce) {
    AwaitPeersEnd();
    aws_channel_acquire_hold(client_.channel);
    RunOnLoop(client_.Loop(), [&] {
        client_.Shutdown(AWS_ERROR_INVALID_STATE);
        client_.Shutdown();
    });
    client_.Shutdown();
    ASSERT_TRUE(client_.AwaitShutdown());
    client_.Shutdown();
    EXPECT_EQ(1, client_.shutdowns);
    aws_channel_release_hold(client_.channel);
}

/* Part of what has come goes up, part of it does not any more. */
TEST_P(TlsZeroWindowShutdownTest, AlsoBehindAWindowThatWasTooSmall) {
    AwaitPeersEnd();
    client_.Grant(600);
    EXPECT_TRUE(client_.AwaitBytes(600));
    client_.Shutdown();
    ASSERT_TRUE(client_.AwaitShutdown());
    EXPECT_EQ(600u, client_.received.size());
}

TEST_P(TlsZeroWindowShutdownTest, AWindowEndsTheWaitWithAllThatCame) {
    AwaitPeersEnd();
    ExpectAllDelivered();
}

/* A write that finds the connection broken says nothing about what has come. */
TEST_P(TlsZeroWindowShutdownTest, AFailedWriteDoesNotEndTheWait) {
    AwaitPeersEnd();
    int failed = 0;
    client_.app->on_written = [&](size_t, int error) {
        client_.state.Change([&] { failed += error != AWS_ERROR_SUCCESS; });
    };
    peer_->socket.ResetOnClose();
    peer_->socket.Close();
    for (int i = 0; i < 1000 && client_.state.Read([&] { return failed; }) == 0; ++i) {
        int result = AWS_OP_SUCCESS;
        RunOnLoop(client_.Loop(), [&] { result = client_.app->Send("nobody reads this"); });
        if (result != AWS_OP_SUCCESS) {
            break;
        }
    }
    client_.Settle();
    EXPECT_EQ(0, client_.shutdowns);
    ExpectAllDelivered();
}

/* The error that the program gives is only an error: this one does not make it the peer who ends. */
TEST_P(TlsZeroWindowShutdownTest, TheProgramsOwnSocketClosedDoesNotWait) {
    client_.window = 0;
    client_.grants = false;
    Meet(std::get<0>(GetParam()), true);
    peer_->Send(std::string(1000, 'x'));
    client_.Shutdown(AWS_IO_SOCKET_CLOSED);
    ASSERT_TRUE(client_.AwaitShutdown());
    EXPECT_STREQ("AWS_IO_SOCKET_CLOSED", aws_error_name(client_.shutdown));
}

INSTANTIATE_TEST_SUITE_P(
    Ends,
    TlsZeroWindowShutdownTest,
    ::testing::Combine(::testing::Values(TLS1_2_VERSION, TLS1_3_VERSION), ::testing::Bool()),
    [](const ::testing::TestParamInfo<TlsZeroWindowShutdownTest::ParamType> &info) {
        std::string version = std::get<0>(info.param) == TLS1_2_VERSION ? "Tls12" : "Tls13";
        return version + (std::get<1>(info.param) ? "CloseNotify" : "Abort");
    });
