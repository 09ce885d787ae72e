/* SPDX-License-Identifier: Apache-2.0 */
/* Connections that carry one byte: the client sends it, the server closes, the client follows and connects again. */
#include "network.h"

#include <aws/io/io.h>

#include <semaphore.h>

static struct bench *s_bench;
static unsigned s_open;
static bool s_is_stopping;
static sem_t s_all_closed;

static void s_on_connected(struct end *end) {
    end_send(end, 1, NULL);
}

static bool s_on_data(struct end *end, struct aws_io_message *message) {
    (void)message;
    aws_channel_shutdown(end->channel, AWS_ERROR_SUCCESS);
    return false;
}

static void s_on_closed(struct end *end) {
    (void)end;
    bench_count(s_bench, 1, 0);
    if (!__atomic_load_n(&s_is_stopping, __ATOMIC_RELAXED)) {
        network_connect();
    } else if (--s_open == 0) {
        sem_post(&s_all_closed);
    }
}

void churn_run(struct bench *bench) {
    static const struct traffic s_traffic = {s_on_connected, s_on_data, s_on_closed};
    s_bench = bench;
    s_open = bench->count;
    sem_init(&s_all_closed, 0, 0);

    network_start(bench, &s_traffic);
    for (unsigned i = 0; i < bench->count; i++) {
        network_connect();
    }
    bench_measure(bench);
    __atomic_store_n(&s_is_stopping, true, __ATOMIC_RELAXED);
    sem_wait(&s_all_closed);
    network_stop();
    bench_print(bench);
}
