/* SPDX-License-Identifier: Apache-2.0 */
/* A client that ends as soon as the handshake has succeeded does not wait for the server's session ticket, so the
 * server's write of it may fail. What the client said before, that it ends properly, was read by then but put off
 * until the program had its handlers in; the failed write came first and made the end an error. */
#include "support/tls.h"

class TlsEndAtOnce : public TlsTest {};

TEST_F(TlsEndAtOnce, IsACleanCloseForTheServer) {
    TlsContext context(allocator_, false, TlsSettings());
    for (int i = 0; i < 40; ++i) {
        TlsEnd server_end;
        TlsEnd client_end;
        auto listener = Serve(&server_end, ServerSettings("server"));
        client_end.on_setup = [](TlsEnd &end) { end.Shutdown(); };
        Connect(&client_end, listener->port, context.get());
        ASSERT_TRUE(client_end.AwaitShutdown());
        ASSERT_TRUE(server_end.AwaitShutdown());
        EXPECT_EQ(AWS_ERROR_SUCCESS, client_end.shutdown);
        EXPECT_EQ(AWS_ERROR_SUCCESS, server_end.shutdown);
    }
}
