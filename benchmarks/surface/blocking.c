/* SPDX-License-Identifier: Apache-2.0 */
/* One connection, by calls that wait. */
#include "surface.h"

#include <pthread.h>
#include <stdlib.h>

static struct bench *s_bench;
static reseau_id s_ends[2];
static char s_out[BENCH_CHUNK];

static int64_t s_write(reseau_id connection, size_t size) {
    int64_t result = 1;
    for (size_t sent = 0; sent < size && result > 0; sent += (size_t)result) {
        size_t piece = size - sent < BENCH_CHUNK ? size - sent : BENCH_CHUNK;
        result = reseau_write(connection, s_out, piece);
    }
    return result;
}

static void *s_serve(void *argument) {
    char *in = malloc(s_bench->size > BENCH_CHUNK ? s_bench->size : BENCH_CHUNK);
    bench_pin(s_bench, BENCH_SERVER);
    int64_t length = 1;
    while (length > 0) {
        if (s_bench->kind == BENCH_SINK) {
            length = reseau_read(s_ends[BENCH_SERVER], in, BENCH_CHUNK);
            bench_count(s_bench, 0, length > 0 ? (uint64_t)length : 0);
        } else {
            length = reseau_read_exactly(s_ends[BENCH_SERVER], in, s_bench->size);
            length = length > 0 ? s_write(s_ends[BENCH_SERVER], s_bench->size) : length;
        }
    }
    free(in);
    (void)argument;
    return NULL;
}

static void *s_ask(void *argument) {
    char *in = malloc(s_bench->size);
    bench_pin(s_bench, BENCH_CLIENT);
    int64_t length = 1;
    while (length > 0) {
        uint64_t begin = bench_now();
        length = s_write(s_ends[BENCH_CLIENT], s_bench->size);
        if (length > 0 && s_bench->kind != BENCH_SINK) {
            length = reseau_read_exactly(s_ends[BENCH_CLIENT], in, s_bench->size);
            bench_count(s_bench, 1, s_bench->size);
            bench_latency(s_bench, bench_now() - begin);
        }
    }
    free(in);
    (void)argument;
    return NULL;
}

void blocking_run(struct bench *bench) {
    s_bench = bench;
    struct reseau_address address;
    reseau_id listener = checked(
        "listen", bench->is_local ? reseau_listen_path(bench_local_path(), NULL) : reseau_listen(NULL, 0, NULL));
    if (!bench->is_local) {
        checked("address", reseau_local_address(listener, &address));
    }
    s_ends[BENCH_CLIENT] = checked(
        "connect",
        bench->is_local ? reseau_connect_path(bench_local_path(), NULL)
                        : reseau_connect("127.0.0.1", address.port, NULL));
    s_ends[BENCH_SERVER] = checked("accept", reseau_accept(listener, RESEAU_FOREVER));
    pthread_t threads[2];
    pthread_create(&threads[BENCH_SERVER], NULL, s_serve, NULL);
    pthread_create(&threads[BENCH_CLIENT], NULL, s_ask, NULL);
    bench_measure(bench);
    for (int side = BENCH_SERVER; side <= BENCH_CLIENT; side++) {
        reseau_abort(s_ends[side]);
    }
    for (int side = BENCH_SERVER; side <= BENCH_CLIENT; side++) {
        pthread_join(threads[side], NULL);
    }
    reseau_close(listener);
    bench_print(bench);
}
