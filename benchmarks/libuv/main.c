/* SPDX-License-Identifier: Apache-2.0 */
#include "libuv.h"

static struct bench s_bench;

static void s_on_stop(uv_async_t *stop) {
    uv_stop(stop->loop);
}

void side_init(struct side *side, const struct bench *bench, enum bench_side which) {
    side->bench = bench;
    side->side = which;
    uv_loop_init(&side->loop);
    uv_async_init(&side->loop, &side->stop, s_on_stop);
}

static void s_thread(void *argument) {
    struct side *side = argument;
    bench_pin(side->bench, side->side);
    uv_run(&side->loop, UV_RUN_DEFAULT);
}

void side_start(struct side *side) {
    uv_thread_create(&side->thread, s_thread, side);
}

void side_stop(struct side *side) {
    uv_async_send(&side->stop);
    uv_thread_join(&side->thread);
}

static void s_startup_cycle(void) {
    static const struct bench s_unpinned = {.cpu = {-1, -1}};
    struct side side;
    side_init(&side, &s_unpinned, BENCH_SERVER);
    side_start(&side);
    side_stop(&side);
    uv_close((uv_handle_t *)&side.stop, NULL);
    uv_run(&side.loop, UV_RUN_DEFAULT);
    uv_loop_close(&side.loop);
}

int main(int argc, char **argv) {
    bench_init(&s_bench, "libuv", argc, argv);
    bench_refuse_tls(&s_bench);
    switch (s_bench.kind) {
    case BENCH_PING_PONG:
    case BENCH_SINK:
    case BENCH_ECHO:
    case BENCH_CHURN:
    case BENCH_IDLE:
        network_run(&s_bench);
        break;
    case BENCH_STARTUP_COLD:
    case BENCH_STARTUP_ONCE:
    case BENCH_STARTUP_WARM:
        bench_startup(&s_bench, s_startup_cycle);
        break;
    case BENCH_TASK_CHAIN:
        /* There is no call for "run this soon on this loop". */
        bench_unsupported(&s_bench);
    default:
        tasks_run(&s_bench);
        break;
    }
    return 0;
}
