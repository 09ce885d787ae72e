/* SPDX-License-Identifier: Apache-2.0 */
#include "asio.h"
#include "tls.h"

static bench s_bench;

static void s_startup_cycle() {
    bench unpinned = {};
    unpinned.cpu[0] = unpinned.cpu[1] = -1;
    Side side(unpinned, BENCH_SERVER);
    side.start();
}

int main(int argc, char **argv) {
    bench_init(&s_bench, "asio", argc, argv);
    switch (s_bench.kind) {
    case BENCH_PING_PONG:
    case BENCH_SINK:
    case BENCH_ECHO:
    case BENCH_CHURN:
    case BENCH_IDLE:
        network_run(s_bench);
        break;
    case BENCH_STARTUP_COLD:
    case BENCH_STARTUP_ONCE:
    case BENCH_STARTUP_WARM:
        bench_startup(&s_bench, s_startup_cycle);
        break;
    case BENCH_TLS_CONTEXTS:
        tls_contexts_run(s_bench);
        break;
    default:
        tasks_run(s_bench);
        break;
    }
    return 0;
}
