/* SPDX-License-Identifier: Apache-2.0 */
#ifndef RESEAU_BENCH_NETWORK_H
#define RESEAU_BENCH_NETWORK_H

/* A listener on the server's loop, and connections to it from the client's. */

#include "loops.h"

#include <aws/io/channel.h>

/* One end of a connection: the last handler of its channel. */
struct end {
    struct aws_channel_handler handler;
    struct aws_channel *channel;
    struct aws_channel_slot *slot;
    enum bench_side side;
    /* Nothing can be sent any more. */
    bool is_closed;
    /* Bytes of the message that is arriving. */
    size_t received;
    /* Bytes that were sent and whose completion, or echo, has not come. */
    size_t in_flight;
    uint64_t sent_at;
};

/* What a case does with its connections. All run on the loop of the end's side. */
struct traffic {
    /* A connection was made; called on the client's end only. */
    void (*on_connected)(struct end *end);
    /* Bytes have come. The message is released after the call, unless this returns true: then it was sent on. */
    bool (*on_data)(struct end *end, struct aws_io_message *message);
    /* The client's end is gone; it is freed after the call. */
    void (*on_closed)(struct end *end);
};

void network_start(struct bench *bench, const struct traffic *traffic);
struct loops *network_loops(void);

/* Connects once. Any thread. */
void network_connect(void);

/* Sends bytes as one message, or as many if they do not fit into one; the last of them has the completion. False if the
 * channel takes no more. */
bool end_send(struct end *end, size_t size, aws_channel_on_message_write_completed_fn *on_completion);

/* Ends listener, loops and library. Every client must have been closed. */
void network_stop(void);

#endif /* RESEAU_BENCH_NETWORK_H */
