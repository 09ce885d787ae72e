/* SPDX-License-Identifier: Apache-2.0 */
/* Memory of connection pairs that have exchanged one small message each and then fall silent. Both ends are in this
 * process. The first ones are not counted: with them come the buffers that all share. */
#include "network.h"

#include <aws/io/io.h>

#include <semaphore.h>
#include <stdlib.h>
#include <unistd.h>

enum { MESSAGE_SIZE = 64 };

static struct end **s_clients;
static unsigned s_connected;
static unsigned s_wanted;
static unsigned s_closed;
static sem_t s_done;

static void s_on_connected(struct end *end) {
    s_clients[s_connected++] = end;
    end_send(end, MESSAGE_SIZE, NULL);
}

static bool s_on_data(struct end *end, struct aws_io_message *message) {
    end->received += message->message_data.len;
    if (end->received < MESSAGE_SIZE) {
        return false;
    }
    if (end->side == BENCH_SERVER) {
        end_send(end, MESSAGE_SIZE, NULL);
    } else if (s_connected < s_wanted) {
        network_connect();
    } else {
        sem_post(&s_done);
    }
    return false;
}

static void s_on_closed(struct end *end) {
    (void)end;
    if (++s_closed == s_wanted) {
        sem_post(&s_done);
    }
}

static void s_close_all(struct aws_task *task, void *argument, enum aws_task_status status) {
    (void)task;
    (void)argument;
    (void)status;
    for (unsigned i = 0; i < s_connected; i++) {
        aws_channel_shutdown(s_clients[i]->channel, AWS_ERROR_SUCCESS);
    }
}

static size_t s_connect_until(unsigned wanted) {
    s_wanted = wanted;
    network_connect();
    sem_wait(&s_done);
    usleep(100000);
    return bench_resident();
}

void idle_run(struct bench *bench) {
    static const struct traffic s_traffic = {s_on_connected, s_on_data, s_on_closed};
    unsigned pairs = bench_idle_pairs(bench);
    s_clients = calloc(pairs + BENCH_IDLE_WARM, sizeof(*s_clients));
    for (unsigned i = 0; i < pairs + BENCH_IDLE_WARM; i++) {
        s_clients[i] = (struct end *)s_clients;
    }
    sem_init(&s_done, 0, 0);

    network_start(bench, &s_traffic);
    size_t before = s_connect_until(BENCH_IDLE_WARM);
    size_t after = s_connect_until(BENCH_IDLE_WARM + pairs);
    bench_idle_figures(bench, before, after, pairs);
    loops_run(network_loops(), BENCH_CLIENT, s_close_all, NULL);
    sem_wait(&s_done);
    network_stop();
    free(s_clients);
    bench_print(bench);
}
