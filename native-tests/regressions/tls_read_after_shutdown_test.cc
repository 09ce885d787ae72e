/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A handler ends the read direction at the TLS slot, at once, while content goes up to it. What was decrypted already
 * still came, after the direction had been ended.
 */
#include "support/tls_raw_peer.h"

#include <aws/io/channel.h>

class TlsReadAfterShutdownTest : public TlsTest {
  protected:
    void SetUp() override {
        /* Then a record goes up in several messages. */
        g_aws_channel_max_fragment_size = 1024;
        TlsTest::SetUp();
    }
};

TEST_F(TlsReadAfterShutdownTest, NothingMoreGoesUp) {
    TlsEnd server;
    std::unique_ptr<TlsServer> listener = Serve(&server, ServerSettings("ec256"));
    RawTlsPeer peer(RawSocket::Connect("127.0.0.1", (uint16_t)listener->port), TlsPeer::CLIENT, TLS1_3_VERSION);
    ASSERT_TRUE(peer.Shake());
    ASSERT_TRUE(server.AwaitSetup());
    bool has_ended = false;
    int late = 0;
    server.on_data = [&](TlsEnd &end, const std::string &) {
        if (has_ended) {
            ++late;
            return;
        }
        aws_channel_slot_shutdown(end.app->slot->adj_left, AWS_CHANNEL_DIR_READ, AWS_ERROR_INVALID_STATE, true);
    };
    server.app->on_shutdown = [&](enum aws_channel_direction direction, int) {
        has_ended = has_ended || direction == AWS_CHANNEL_DIR_READ;
    };
    peer.Send(std::string(5000, 'x'));
    EXPECT_TRUE(server.AwaitShutdown());
    EXPECT_TRUE(has_ended);
    EXPECT_EQ(0, late);
}
