/* SPDX-License-Identifier: Apache-2.0 */
/* All cases with connections, by callbacks. Each side has a loop, which its thread runs. */
#include "surface.h"

#include <pthread.h>
#include <semaphore.h>
#include <stdlib.h>
#include <unistd.h>

enum { IDLE_MESSAGE = 64, NEVER_COPIED = 4096 };

struct end {
    size_t received;
    size_t in_flight;
    uint64_t sent_at;
};

static struct bench *s_bench;
static reseau_id s_loops[2];
static pthread_t s_threads[2];
static reseau_id s_listener;
static uint16_t s_port;
static struct reseau_options s_options[2];
static reseau_id *s_clients;
static struct end *s_ends;
static unsigned s_connected;
static unsigned s_begun;
static unsigned s_wanted;
static unsigned s_closed;
static bool s_is_stopping;
static sem_t s_ready;
static char s_out[BENCH_CHUNK];

static void s_connect(void) {
    struct reseau_options *options = &s_options[BENCH_CLIENT];
    options->state = &s_ends[s_begun];
    s_begun += s_bench->kind == BENCH_CHURN ? 0 : 1;
    checked(
        "connect",
        s_bench->is_local ? reseau_connect_path_start(bench_local_path(), options)
                          : reseau_connect_start("127.0.0.1", s_port, options));
}

/* What is sent stays as it is, so that large messages need no copy. */
static int64_t s_write(reseau_id connection, size_t size) {
    return size < NEVER_COPIED ? reseau_write(connection, s_out, size)
                               : reseau_write_owned(connection, s_out, size, NULL, NULL);
}

static void s_send(reseau_id connection, size_t size) {
    for (size_t sent = 0; sent < size; sent += BENCH_CHUNK) {
        int64_t result = s_write(connection, size - sent < BENCH_CHUNK ? size - sent : BENCH_CHUNK);
        if (result < 0 && !s_is_stopping) {
            checked("write", result);
        }
    }
}

static void s_ping(reseau_id connection, struct end *end) {
    end->sent_at = bench_now();
    s_send(connection, s_bench->size);
}

/* A stream: until there is no room, and again when there is. */
static void s_fill(reseau_id connection, void *state) {
    (void)state;
    int64_t result;
    do {
        result = s_write(connection, s_bench->size);
    } while (result > 0);
    if (result != RESEAU_ERROR_NO_ROOM && !s_is_stopping) {
        checked("write", result);
    }
}

/* An echo: what is on its way is counted. */
static void s_pump(reseau_id connection, struct end *end) {
    while (end->in_flight + s_bench->size <= s_bench->in_flight) {
        end->in_flight += s_bench->size;
        s_send(connection, s_bench->size);
    }
}

static void s_begin(reseau_id connection, struct end *end) {
    switch (s_bench->kind) {
    case BENCH_PING_PONG:
        s_ping(connection, end);
        break;
    case BENCH_SINK:
        s_fill(connection, end);
        break;
    default:
        s_pump(connection, end);
    }
}

static void s_on_open(reseau_id connection, void *state) {
    if (s_bench->kind == BENCH_CHURN) {
        s_send(connection, 1);
        return;
    }
    s_clients[s_connected++] = connection;
    if (s_bench->kind == BENCH_IDLE) {
        s_send(connection, IDLE_MESSAGE);
    } else if (s_connected < s_bench->count) {
        s_connect();
    } else {
        for (unsigned i = 0; i < s_bench->count; i++) {
            s_begin(s_clients[i], &s_ends[i]);
        }
        sem_post(&s_ready);
    }
    (void)state;
}

static size_t s_on_server_data(reseau_id connection, const void *data, size_t length, void *state) {
    (void)state;
    switch (s_bench->kind) {
    case BENCH_PING_PONG:
        /* The rest of a message comes with it. */
        if (length < s_bench->size) {
            return 0;
        }
        s_send(connection, s_bench->size);
        return s_bench->size;
    case BENCH_SINK:
        bench_count(s_bench, 0, length);
        return length;
    case BENCH_CHURN:
        reseau_close(connection);
        return length;
    case BENCH_IDLE:
        s_send(connection, IDLE_MESSAGE);
        return length;
    default:
        /* What finds no room comes again. */
        return reseau_write(connection, data, length) < 0 ? 0 : length;
    }
}

static size_t s_on_client_data(reseau_id connection, const void *data, size_t length, void *state) {
    (void)data;
    struct end *end = state;
    switch (s_bench->kind) {
    case BENCH_PING_PONG:
        end->received += length;
        if (end->received >= s_bench->size) {
            end->received -= s_bench->size;
            uint64_t now = bench_now();
            bench_count(s_bench, 1, s_bench->size);
            bench_latency(s_bench, now - end->sent_at);
            s_ping(connection, end);
        }
        break;
    case BENCH_ECHO:
        bench_count(s_bench, 0, length);
        end->in_flight -= length;
        s_pump(connection, end);
        break;
    case BENCH_IDLE:
        if (s_connected < s_wanted) {
            s_connect();
        } else {
            sem_post(&s_ready);
        }
        break;
    default:
        break;
    }
    return length;
}

static void s_on_close(reseau_id connection, const struct reseau_close_info *info, void *state) {
    (void)connection;
    (void)info;
    (void)state;
    if (s_bench->kind == BENCH_CHURN) {
        bench_count(s_bench, 1, 0);
        if (!__atomic_load_n(&s_is_stopping, __ATOMIC_RELAXED)) {
            s_connect();
        }
    }
    ++s_closed;
}

static void *s_run(void *argument) {
    enum bench_side side = (enum bench_side)(intptr_t)argument;
    bench_pin(s_bench, side);
    reseau_loop_run(s_loops[side], RESEAU_FOREVER);
    return NULL;
}

static void s_set_options(void) {
    for (int side = BENCH_SERVER; side <= BENCH_CLIENT; side++) {
        struct reseau_options *options = &s_options[side];
        *options = reseau_options_default();
        options->loop = s_loops[side];
        options->write_policy = RESEAU_WRITE_WOULD_BLOCK;
        if (s_bench->kind == BENCH_SINK) {
            options->write_queue_bytes = s_bench->in_flight;
        }
    }
    s_options[BENCH_SERVER].on_data = s_on_server_data;
    s_options[BENCH_CLIENT].on_open = s_on_open;
    s_options[BENCH_CLIENT].on_data = s_on_client_data;
    s_options[BENCH_CLIENT].on_close = s_on_close;
    if (s_bench->kind == BENCH_SINK) {
        s_options[BENCH_CLIENT].on_drain = s_fill;
    }
}

static void s_listen(void) {
    struct reseau_address address;
    s_listener = checked(
        "listen",
        s_bench->is_local ? reseau_listen_path(bench_local_path(), &s_options[BENCH_SERVER])
                          : reseau_listen("127.0.0.1", 0, &s_options[BENCH_SERVER]));
    if (!s_bench->is_local) {
        checked("address", reseau_local_address(s_listener, &address));
        s_port = address.port;
    }
}

static size_t s_idle_until(unsigned wanted) {
    s_wanted = wanted;
    s_connect();
    sem_wait(&s_ready);
    usleep(100000);
    return bench_resident();
}

void callbacks_run(struct bench *bench) {
    s_bench = bench;
    sem_init(&s_ready, 0, 0);
    unsigned pairs = bench->kind == BENCH_IDLE ? bench_idle_pairs(bench) : 0;
    size_t most = bench->count + pairs + BENCH_IDLE_WARM;
    s_clients = malloc(most * sizeof(*s_clients));
    s_ends = calloc(most, sizeof(*s_ends));
    for (size_t i = 0; i < most; i++) {
        s_clients[i] = -1;
        s_ends[i].sent_at = 1;
    }
    for (intptr_t side = BENCH_SERVER; side <= BENCH_CLIENT; side++) {
        s_loops[side] = checked("loop", reseau_loop_new());
    }
    s_set_options();
    s_listen();
    for (intptr_t side = BENCH_SERVER; side <= BENCH_CLIENT; side++) {
        pthread_create(&s_threads[side], NULL, s_run, (void *)side);
    }
    if (bench->kind == BENCH_IDLE) {
        size_t before = s_idle_until(BENCH_IDLE_WARM);
        size_t after = s_idle_until(BENCH_IDLE_WARM + pairs);
        bench_idle_figures(bench, before, after, pairs);
    } else {
        for (unsigned i = 0; i < (bench->kind == BENCH_CHURN ? bench->count : 1); i++) {
            s_connect();
        }
        if (bench->kind != BENCH_CHURN) {
            sem_wait(&s_ready);
        }
        bench_measure(bench);
    }
    __atomic_store_n(&s_is_stopping, true, __ATOMIC_RELAXED);
    for (int side = BENCH_SERVER; side <= BENCH_CLIENT; side++) {
        reseau_loop_stop(s_loops[side]);
        pthread_join(s_threads[side], NULL);
    }
    /* What is on the loops ends with them. */
    for (int side = BENCH_SERVER; side <= BENCH_CLIENT; side++) {
        reseau_close(s_loops[side]);
    }
    bench_print(bench);
}
