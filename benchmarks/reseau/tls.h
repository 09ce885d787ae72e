/* SPDX-License-Identifier: Apache-2.0 */
#ifndef RESEAU_BENCH_TLS_H
#define RESEAU_BENCH_TLS_H

/* Both sides' contexts of a case with TLS. The client verifies the server's certificate and name. */

#include "../common/bench.h"

#include <aws/io/tls_channel_handler.h>

/* Makes certificate and contexts. The library must have been started. */
void tls_start(const struct bench *bench);

/* What a connection of this side is made with; NULL in a case without TLS. */
const struct aws_tls_connection_options *tls_options(enum bench_side side);

void tls_stop(void);

/* The case of contexts. */
void tls_contexts_run(struct bench *bench);

#endif /* RESEAU_BENCH_TLS_H */
