/* SPDX-License-Identifier: Apache-2.0 */
#ifndef RESEAU_BENCH_LIBUV_H
#define RESEAU_BENCH_LIBUV_H

#include "../common/bench.h"

#include <uv.h>

/* A loop on a thread of its own, which another thread can end. */
struct side {
    const struct bench *bench;
    enum bench_side side;
    uv_loop_t loop;
    uv_async_t stop;
    uv_thread_t thread;
};

/* The caller sets up what the loop begins with between the two. */
void side_init(struct side *side, const struct bench *bench, enum bench_side which);
void side_start(struct side *side);
void side_stop(struct side *side);

void network_run(struct bench *bench);
void tasks_run(struct bench *bench);

#endif /* RESEAU_BENCH_LIBUV_H */
