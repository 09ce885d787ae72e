/* SPDX-License-Identifier: Apache-2.0 */
/* Writes leave at the end of the loop's tick. A client's last flight once did too, so that a server could not finish
 * its handshake before the program was through with the client's. */
#include "support/tls.h"

class TlsLastFlight : public TlsTest {};

TEST_F(TlsLastFlight, TheServerFinishesWhileTheClientsCallbackRuns) {
    TlsEnd server_end;
    TlsEnd client_end;
    TlsContext context(allocator_, false, TlsSettings());
    auto listener = Serve(&server_end, ServerSettings("server"));
    client_end.on_setup = [&](TlsEnd &) { EXPECT_TRUE(server_end.AwaitSetup()) << "the server waits for the client"; };
    Connect(&client_end, listener->port, context.get());
    ASSERT_TRUE(client_end.AwaitSetup());
    client_end.Shutdown();
    EXPECT_TRUE(client_end.AwaitShutdown());
    EXPECT_TRUE(server_end.AwaitShutdown());
}
