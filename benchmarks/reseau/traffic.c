/* SPDX-License-Identifier: Apache-2.0 */
/* Ping-pong, stream and echo. */
#include "network.h"

#include <aws/io/io.h>

#include <semaphore.h>
#include <stdlib.h>

static struct bench *s_bench;
static struct end **s_clients;
static unsigned s_connected;
static unsigned s_closed;
static sem_t s_all_connected;
static sem_t s_all_closed;

static void s_ping(struct end *end) {
    end->sent_at = bench_now();
    end_send(end, s_bench->size, NULL);
}

static void s_pump(struct end *end);

/* The message is not always the one that was sent: with TLS it is the one that held the records. */
static void s_on_sent(struct aws_channel *channel, struct aws_io_message *message, int error, void *user_data) {
    (void)channel;
    (void)message;
    struct end *end = user_data;
    end->in_flight -= s_bench->size;
    if (error == 0 && !end->is_closed) {
        s_pump(end);
    }
}

static void s_pump(struct end *end) {
    while (end->in_flight + s_bench->size <= s_bench->in_flight) {
        end->in_flight += s_bench->size;
        if (!end_send(end, s_bench->size, s_bench->kind == BENCH_SINK ? s_on_sent : NULL)) {
            return;
        }
    }
}

static void s_begin(struct end *end) {
    if (s_bench->kind == BENCH_PING_PONG) {
        s_ping(end);
    } else {
        s_pump(end);
    }
}

static void s_on_connected(struct end *end) {
    s_clients[s_connected++] = end;
    if (s_connected < s_bench->count) {
        network_connect();
        return;
    }
    for (unsigned i = 0; i < s_bench->count; i++) {
        s_begin(s_clients[i]);
    }
    sem_post(&s_all_connected);
}

static void s_on_pong(struct end *end, size_t size) {
    end->received += size;
    if (end->received < s_bench->size) {
        return;
    }
    end->received -= s_bench->size;
    if (end->side == BENCH_SERVER) {
        end_send(end, s_bench->size, NULL);
        return;
    }
    bench_count(s_bench, 1, s_bench->size);
    bench_latency(s_bench, bench_now() - end->sent_at);
    s_ping(end);
}

static bool s_on_data(struct end *end, struct aws_io_message *message) {
    size_t size = message->message_data.len;
    switch (s_bench->kind) {
    case BENCH_PING_PONG:
        s_on_pong(end, size);
        return false;
    case BENCH_SINK:
        bench_count(s_bench, 0, size);
        return false;
    default:
        break;
    }
    if (end->side == BENCH_SERVER) {
        return aws_channel_slot_send_message(end->slot, message, AWS_CHANNEL_DIR_WRITE) == AWS_OP_SUCCESS;
    }
    bench_count(s_bench, 0, size);
    end->in_flight -= size;
    s_pump(end);
    return false;
}

static void s_on_closed(struct end *end) {
    (void)end;
    if (++s_closed == s_bench->count) {
        sem_post(&s_all_closed);
    }
}

static void s_close_all(struct aws_task *task, void *argument, enum aws_task_status status) {
    (void)task;
    (void)argument;
    (void)status;
    for (unsigned i = 0; i < s_bench->count; i++) {
        s_clients[i]->is_closed = true;
        aws_channel_shutdown(s_clients[i]->channel, AWS_ERROR_SUCCESS);
    }
}

void traffic_run(struct bench *bench) {
    static const struct traffic s_traffic = {s_on_connected, s_on_data, s_on_closed};
    s_bench = bench;
    s_clients = calloc(bench->count, sizeof(*s_clients));
    sem_init(&s_all_connected, 0, 0);
    sem_init(&s_all_closed, 0, 0);

    network_start(bench, &s_traffic);
    network_connect();
    sem_wait(&s_all_connected);
    bench_measure(bench);
    loops_run(network_loops(), BENCH_CLIENT, s_close_all, NULL);
    sem_wait(&s_all_closed);
    network_stop();
    free(s_clients);
    bench_print(bench);
}
