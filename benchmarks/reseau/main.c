/* SPDX-License-Identifier: Apache-2.0 */
/* The library under test, through the aws API. */
#include "loops.h"
#include "tls.h"

#ifndef BENCH_LIBRARY
#    define BENCH_LIBRARY "reseau"
#endif

static struct bench s_bench;

static void s_nothing(struct aws_task *task, void *argument, enum aws_task_status status) {
    (void)task;
    (void)argument;
    (void)status;
}

static void s_startup_cycle(void) {
    struct loops loops;
    struct bench unpinned = {.cpu = {-1, -1}};
    loops_start(&unpinned, &loops, 1);
    loops_run(&loops, BENCH_SERVER, s_nothing, NULL);
    loops_stop(&loops);
}

int main(int argc, char **argv) {
    bench_init(&s_bench, BENCH_LIBRARY, argc, argv);
    switch (s_bench.kind) {
    case BENCH_PING_PONG:
    case BENCH_SINK:
    case BENCH_ECHO:
        traffic_run(&s_bench);
        break;
    case BENCH_CHURN:
        churn_run(&s_bench);
        break;
    case BENCH_IDLE:
        idle_run(&s_bench);
        break;
    case BENCH_STARTUP_COLD:
    case BENCH_STARTUP_ONCE:
    case BENCH_STARTUP_WARM:
        bench_startup(&s_bench, s_startup_cycle);
        break;
    case BENCH_TLS_CONTEXTS:
        tls_contexts_run(&s_bench);
        break;
    default:
        tasks_run(&s_bench);
        break;
    }
    return 0;
}
