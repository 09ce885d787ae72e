/* SPDX-License-Identifier: Apache-2.0 */
#ifndef RESEAU_TESTS_SERVER_AND_CLIENT_H
#define RESEAU_TESTS_SERVER_AND_CLIENT_H

#include "support/bootstraps.h"
#include "support/scripted_resolver.h"

/* A server, which the test has listen, and a client for which each name is this machine's, on the same loop. */
class ServerAndClient {
    LoopGroup group_;

  public:
    ServerAndClient(struct aws_allocator *allocator, enum aws_socket_domain domain)
        : group_(allocator), server(allocator, group_.get(), domain), resolver_(allocator, {"127.0.0.1"}),
          client(allocator, group_.get(), resolver_.get()) {
    }

    Server server;

  private:
    ScriptedResolver resolver_;

  public:
    Client client;
};

#endif /* RESEAU_TESTS_SERVER_AND_CLIENT_H */
