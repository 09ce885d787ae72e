/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A TLS connection ends while decrypted bytes wait for a window. Elsewhere they were lost with the connection. They are
 * delivered first, however late the window opens.
 */
#include "support/tls_pair.h"

#include <algorithm>

/* The server sends more than the client's window, then ends. The client opens its window before, or long after. */
class TlsShutdownWithCacheTest : public TlsDataTest {
  protected:
    void Run(bool window_after_shutdown) {
        client_.window = 8;
        client_.grants = false;
        bool granted = false;
        client_.on_data = [&](TlsEnd &end, const std::string &) {
            if (!window_after_shutdown && !granted) {
                granted = true;
                aws_channel_slot_increment_read_window(end.app->slot, 100);
            }
        };
        Meet(true);
        server_.Send("twenty bytes of text");
        ASSERT_TRUE(client_.AwaitBytes(8));
        server_.Shutdown();
        ASSERT_TRUE(server_.AwaitShutdown());
        if (window_after_shutdown) {
            ASSERT_TRUE(client_.AwaitPeersEnd());
            EXPECT_EQ(0, client_.shutdowns);
            client_.Grant(100);
        }
        ASSERT_TRUE(client_.AwaitShutdown());
        EXPECT_EQ("twenty bytes of text", client_.received);
    }
};

TEST_F(TlsShutdownWithCacheTest, tls_channel_shutdown_with_cache_test) {
    Run(false);
}

TEST_F(TlsShutdownWithCacheTest, tls_channel_shutdown_with_cache_window_update_after_shutdown_test) {
    Run(true);
}

/* A client sends and ends at once. The server's session ticket then comes to a closed socket, which made the system
 * reset the connection and drop what the server had not taken yet. */
class TlsEarlyCloseTest : public TlsDataTest, public ::testing::WithParamInterface<size_t> {
  protected:
    void Run() {
        std::string sent = Pattern(GetParam());
        server_.window = 16 * 1024;
        server_.grants = false;
        client_.on_setup = [&](TlsEnd &end) {
            EXPECT_EQ(AWS_OP_SUCCESS, end.app->Send(sent));
            end.Shutdown();
        };
        server_.on_setup = [](TlsEnd &end) { aws_channel_acquire_hold(end.channel); };
        Meet(true);
        ASSERT_FALSE(HasFatalFailure());
        EXPECT_TRUE(server_.AwaitBytes(std::min<size_t>(sent.size(), 16 * 1024)));
        std::this_thread::sleep_for(std::chrono::milliseconds(100));
        server_.Grant(SIZE_MAX / 2);
        EXPECT_TRUE(server_.AwaitShutdown());
        aws_channel_release_hold(server_.channel);
        ASSERT_TRUE(client_.AwaitShutdown());
        EXPECT_EQ(sent.size(), server_.received.size());
        EXPECT_TRUE(sent == server_.received);
        EXPECT_EQ(AWS_ERROR_SUCCESS, client_.shutdown);
    }
};

TEST_P(TlsEarlyCloseTest, IsReadToTheEnd) {
    Run();
}

INSTANTIATE_TEST_SUITE_P(
    Sizes, TlsEarlyCloseTest, ::testing::Values(100, 100000, 1 << 20, 16 << 20), ::testing::PrintToStringParamName());
