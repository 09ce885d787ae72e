/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A client that sends 20,000 bytes to a server, and begins again whenever its connection breaks, on a network with
 * faults: for many seeds. The server must end up with all of the bytes. A seed that fails is said on standard error,
 * and can be run again alone.
 */
#include <reseau/reseau.h>
#include <reseau/simulation.h>
#include <stdio.h>
#include <stdlib.h>

enum { SIZE = 20000 };

/* The program: it knows nothing of a simulation. */

struct transfer {
    unsigned char bytes[SIZE];
    size_t best; /* what one connection has brought */
    int is_done;
    int attempts;
};

static size_t s_on_server_data(reseau_id connection, const void *data, size_t length, void *state) {
    struct transfer *transfer = state;
    if (length < SIZE) {
        return 0; /* the rest comes with it */
    }
    for (size_t i = 0; i < SIZE; ++i) {
        if (((const unsigned char *)data)[i] != transfer->bytes[i]) {
            abort();
        }
    }
    transfer->best = length;
    reseau_write(connection, "+", 1);
    return length;
}

static void s_connect(reseau_id timer, void *state);

static void s_on_open(reseau_id connection, void *state) {
    struct transfer *transfer = state;
    reseau_write(connection, transfer->bytes, SIZE);
}

static size_t s_on_answer(reseau_id connection, const void *data, size_t length, void *state) {
    (void)data;
    ((struct transfer *)state)->is_done = 1;
    reseau_close(connection);
    return length;
}

static void s_on_close(reseau_id connection, const struct reseau_close_info *info, void *state) {
    struct transfer *transfer = state;
    (void)connection;
    if (!transfer->is_done && info->error != RESEAU_ERROR_LOOP_ENDED) {
        reseau_timer_start(0, 1000, 0, s_connect, transfer);
    }
}

static void s_connect(reseau_id timer, void *state) {
    struct transfer *transfer = state;
    struct reseau_options options = reseau_options_default();
    (void)timer;
    options.state = state;
    options.on_open = s_on_open;
    options.on_data = s_on_answer;
    options.on_close = s_on_close;
    options.connect_timeout_ms = 5000;
    options.idle_timeout_ms = 60000; /* a peer may vanish without a word */
    transfer->attempts++;
    if (reseau_connect_start("server", 80, &options) < 0) {
        reseau_timer_start(0, 1000, 0, s_connect, transfer);
    }
}

static void s_serve(void *state, int is_canceled) {
    struct reseau_options options = reseau_options_default();
    options.state = state;
    options.on_data = s_on_server_data;
    options.idle_timeout_ms = 60000;
    options.read_buffer_bytes = SIZE;
    if (is_canceled || reseau_listen("*", 80, &options) < 0) {
        reseau_post(reseau_loop_current(), s_serve, state); /* no socket now */
    }
}

static void s_begin(void *state, int is_canceled) {
    if (!is_canceled) {
        s_connect(0, state);
    }
}

/* The test. */

static int s_scenario(uint64_t seed, void *state) {
    struct transfer transfer = {.best = 0};
    for (size_t i = 0; i < SIZE; ++i) {
        transfer.bytes[i] = (unsigned char)(i * 7 + seed);
    }
    reseau_id simulation = reseau_simulation_new(seed, NULL);
    reseau_id server = reseau_simulation_host(simulation, "server", NULL);
    reseau_id client = reseau_simulation_host(simulation, "client", NULL);
    reseau_simulation_random_faults(simulation, 120000);
    reseau_post(server, s_serve, &transfer);
    reseau_post(client, s_begin, &transfer);
    int end = reseau_simulation_run(simulation, 24 * 3600 * 1000);
    if (state != NULL) {
        printf(
            "seed %llu: %d attempts in %.3f s, hash %016llx\n",
            (unsigned long long)seed,
            transfer.attempts,
            (double)reseau_simulation_now(simulation) / 1e9,
            (unsigned long long)reseau_simulation_hash(simulation));
    }
    reseau_simulation_free(simulation);
    return end < 0 || transfer.best != SIZE || !transfer.is_done;
}

int main(int argc, char **argv) {
    int is_verbose = argc > 2;
    return reseau_simulation_seeds(
        1, argc > 1 ? strtoull(argv[1], NULL, 10) : 100, s_scenario, is_verbose ? argv : NULL, NULL);
}
