/* SPDX-License-Identifier: Apache-2.0 */
/* The library under test, through reseau.h. With --blocking, by calls that wait and not by callbacks. */
#include "surface.h"

#include <string.h>

static struct bench s_bench;

int64_t checked(const char *what, int64_t result) {
    if (result < 0) {
        bench_fail(what, reseau_error_name((int)result));
    }
    return result;
}

static void s_startup_cycle(void) {
    reseau_id loop = checked("loop", reseau_loop_new());
    checked("stop", reseau_loop_stop(loop));
    checked("run", reseau_loop_run(loop, RESEAU_FOREVER));
    checked("close", reseau_close(loop));
}

int main(int argc, char **argv) {
    bool blocks = argc > 1 && strcmp(argv[1], "--blocking") == 0;
    bench_init(&s_bench, blocks ? "blocking" : "surface", argc - blocks, argv + blocks);
    bench_refuse_tls(&s_bench);
    switch (s_bench.kind) {
    case BENCH_PING_PONG:
    case BENCH_SINK:
    case BENCH_ECHO:
    case BENCH_CHURN:
    case BENCH_IDLE:
        if (!blocks) {
            callbacks_run(&s_bench);
        } else if (s_bench.count == 1 && (s_bench.kind == BENCH_PING_PONG || s_bench.kind == BENCH_SINK)) {
            blocking_run(&s_bench);
        } else {
            bench_unsupported(&s_bench);
        }
        break;
    case BENCH_STARTUP_COLD:
    case BENCH_STARTUP_ONCE:
    case BENCH_STARTUP_WARM:
        if (blocks) {
            bench_unsupported(&s_bench);
        }
        bench_startup(&s_bench, s_startup_cycle);
        break;
    default:
        bench_unsupported(&s_bench);
    }
    return 0;
}
