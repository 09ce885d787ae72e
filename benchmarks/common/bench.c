/* SPDX-License-Identifier: Apache-2.0 */
#include "bench.h"
#include "system.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { EXIT_USAGE = 2, EXIT_UNSUPPORTED = 3 };

static const struct {
    const char *name;
    enum bench_kind kind;
} s_kinds[] = {
    {"pp", BENCH_PING_PONG},
    {"sink", BENCH_SINK},
    {"echo", BENCH_ECHO},
    {"churn", BENCH_CHURN},
    {"idle-tcp", BENCH_IDLE},
    {"idle-unix", BENCH_IDLE},
    {"idle-tls", BENCH_IDLE},
    {"startup-cold", BENCH_STARTUP_COLD},
    {"startup-once", BENCH_STARTUP_ONCE},
    {"startup-warm", BENCH_STARTUP_WARM},
    {"task-cross", BENCH_TASK_CROSS},
    {"task-chain", BENCH_TASK_CHAIN},
    {"task-timers-sparse", BENCH_TASK_TIMERS_SPARSE},
    {"task-timers", BENCH_TASK_TIMERS},
    {"task-cancel", BENCH_TASK_CANCEL},
    {"tlsctx", BENCH_TLS_CONTEXTS},
};

static void s_usage(const char *program) {
    fprintf(
        stderr,
        "usage: %s CASE [--seconds S | --ops N] [--warm-up S] [--spin]\n"
        "CASE is one of\n"
        "  pp-SIZE-Nc  sink-SIZE-Nc  echo-SIZE-Nc    SIZE as 64B, 1K; N connections; then -unix, -nopin, -1cpu\n"
        "  churn-N[-unix]  idle-tcp[-N]  idle-unix[-N]  startup-cold  startup-warm\n"
        "  tls-pp-...  tls-sink-...  tls-echo-...  churn-N-tls-ec  churn-N-tls-rsa  churn-N-tls-resumed\n"
        "  churn-N-tls12-ec  churn-N-tls12-resumed\n"
        "  idle-tls[-N]  tlsctx\n"
        "  task-cross-N  task-chain-N  task-timers  task-timers-sparse  task-cancel\n",
        program);
    exit(EXIT_USAGE);
}

/* Returns what is behind the name and its hyphen, or NULL. */
static const char *s_after(const char *text, const char *name) {
    size_t length = strlen(name);
    if (strncmp(text, name, length) != 0 || (text[length] != 0 && text[length] != '-')) {
        return NULL;
    }
    return text[length] == '-' ? text + length + 1 : text + length;
}

static const char *s_parse_kind(struct bench *bench) {
    const char *name = s_after(bench->name, "tls");
    bench->tls = name != NULL ? BENCH_TLS_EC : BENCH_TLS_NONE;
    name = name != NULL ? name : bench->name;
    for (size_t i = 0; i < sizeof(s_kinds) / sizeof(s_kinds[0]); i++) {
        const char *rest = s_after(name, s_kinds[i].name);
        if (rest != NULL) {
            bench->kind = s_kinds[i].kind;
            return rest;
        }
    }
    return NULL;
}

static bool s_has_messages(const struct bench *bench) {
    return bench->kind == BENCH_PING_PONG || bench->kind == BENCH_SINK || bench->kind == BENCH_ECHO;
}

static bool s_parse_case(struct bench *bench) {
    const char *rest = s_parse_kind(bench);
    if (rest == NULL) {
        return false;
    }

    char *end = (char *)rest;
    bench->is_local = s_after(bench->name, "idle-unix") != NULL;
    if (bench->kind == BENCH_TLS_CONTEXTS || s_after(bench->name, "idle-tls") != NULL) {
        bench->tls = BENCH_TLS_EC;
    }
    bench->count = bench->kind == BENCH_IDLE ? 0 : 1;
    if (s_has_messages(bench)) {
        bench->size = strtoul(rest, &end, 10);
        bench->size *= *end == 'K' ? 1024 : 1;
        if (bench->size == 0 || bench->size > BENCH_MAX_MESSAGE || (*end != 'K' && *end != 'B') || end[1] != '-') {
            return false;
        }
        rest = end + 2;
    }
    if (*rest >= '0' && *rest <= '9') {
        bench->count = (unsigned)strtoul(rest, &end, 10);
        end += *end == 'c';
        rest = *end == '-' ? end + 1 : end;
    }

    while (*rest != 0) {
        const char *next;
        if ((next = s_after(rest, "unix")) != NULL) {
            bench->is_local = true;
        } else if ((next = s_after(rest, "tls-ec")) != NULL) {
            bench->tls = BENCH_TLS_EC;
        } else if ((next = s_after(rest, "tls-rsa")) != NULL) {
            bench->tls = BENCH_TLS_RSA;
        } else if ((next = s_after(rest, "tls-resumed")) != NULL) {
            bench->tls = BENCH_TLS_EC;
            bench->resumes = true;
        } else if ((next = s_after(rest, "tls12-ec")) != NULL) {
            bench->tls = BENCH_TLS_EC;
            bench->is_tls12 = true;
        } else if ((next = s_after(rest, "tls12-resumed")) != NULL) {
            bench->tls = BENCH_TLS_EC;
            bench->is_tls12 = bench->resumes = true;
        } else if ((next = s_after(rest, "nopin")) != NULL) {
            bench->cpu[0] = bench->cpu[1] = -1;
        } else if ((next = s_after(rest, "1cpu")) != NULL) {
            bench->cpu[1] = bench->cpu[0];
        } else {
            return false;
        }
        rest = next;
    }
    return bench->count > 0 || bench->kind == BENCH_IDLE;
}

void bench_init(struct bench *bench, const char *library, int argc, char **argv) {
    memset(bench, 0, sizeof(*bench));
    bench->started_ns = bench_now();
    bench->library = library;
    bench->program = argv[0];
    bench->warm_up = 0.2;
    bench->seconds = 1.0;
    system_choose_processors(bench->cpu);
    for (int i = 1; i < argc; i++) {
        if (strcmp(argv[i], "--seconds") == 0 && i + 1 < argc) {
            bench->seconds = atof(argv[++i]);
        } else if (strcmp(argv[i], "--ops") == 0 && i + 1 < argc) {
            bench->wanted_ops = strtoull(argv[++i], NULL, 10);
        } else if (strcmp(argv[i], "--warm-up") == 0 && i + 1 < argc) {
            bench->warm_up = atof(argv[++i]);
        } else if (strcmp(argv[i], "--spin") == 0) {
            bench->spins = true;
        } else if (argv[i][0] != '-' && bench->name == NULL) {
            bench->name = argv[i];
        } else {
            s_usage(argv[0]);
        }
    }
    if (bench->name == NULL || !s_parse_case(bench)) {
        s_usage(argv[0]);
    }
    if (bench->is_tls12) {
        system_speak_tls12();
    }
    system_raise_limit();

    /* 256 messages or 256 KiB, whichever is less; but two messages at least. */
    size_t many = 256 * bench->size;
    size_t most = 256 * 1024 > 2 * bench->size ? 256 * 1024 : 2 * bench->size;
    bench->in_flight = many < most ? many : most;
}

void bench_unsupported(const struct bench *bench) {
    fprintf(stderr, "%s: no %s\n", bench->library, bench->name);
    exit(EXIT_UNSUPPORTED);
}

void bench_refuse_tls(const struct bench *bench) {
    if (bench->tls != BENCH_TLS_NONE) {
        bench_unsupported(bench);
    }
}

void bench_fail(const char *what, const char *why) {
    fprintf(stderr, "%s: %s\n", what, why);
    exit(EXIT_FAILURE);
}

unsigned bench_idle_pairs(const struct bench *bench) {
    size_t most = (system_raise_limit() - 64) / 2 - BENCH_IDLE_WARM;
    if (bench->count > most) {
        bench_fail("too few descriptors for so many pairs", "raise the limit: ulimit -n");
    }
    if (bench->count > 0) {
        return bench->count;
    }
    return most < 5000 ? (unsigned)most : 5000;
}

void bench_count(struct bench *bench, uint64_t ops, uint64_t bytes) {
    __atomic_store_n(&bench->live.ops, bench->live.ops + ops, __ATOMIC_RELAXED);
    __atomic_store_n(&bench->live.bytes, bench->live.bytes + bytes, __ATOMIC_RELAXED);
}

/* Buckets grow with the value: 32 for each power of two, so that a bucket is never wider than 3 % of its value. */
static unsigned s_bucket_of(uint64_t value) {
    if (value < 32) {
        return (unsigned)value;
    }
    unsigned shift = 63 - (unsigned)__builtin_clzll(value) - 5;
    return (shift + 1) * 32 + (unsigned)(value >> shift) - 32;
}

static double s_middle_of(unsigned bucket) {
    if (bucket < 32) {
        return bucket;
    }
    unsigned shift = bucket / 32 - 1;
    return ((double)(bucket % 32) + 32.5) * (double)(1ull << shift);
}

void bench_latency(struct bench *bench, uint64_t nanoseconds) {
    if (__atomic_load_n(&bench->live.is_measuring, __ATOMIC_RELAXED)) {
        bench->live.latencies[s_bucket_of(nanoseconds)]++;
        bench->live.latency_count++;
    }
}

static double s_percentile(const struct bench *bench, double part) {
    uint64_t rank = (uint64_t)((double)bench->live.latency_count * part);
    uint64_t seen = 0;
    for (unsigned i = 0; i < BENCH_BUCKETS; i++) {
        seen += bench->live.latencies[i];
        if (seen > rank) {
            return s_middle_of(i);
        }
    }
    return 0;
}

/* Adds the present state with a sign: called before with -1 and after with 1 it leaves the difference. */
static void s_add_usage(struct bench *bench, bool of_children, int sign) {
    struct system_usage usage = system_usage(of_children);
    bench->user_ns += (uint64_t)sign * usage.user_ns;
    bench->sys_ns += (uint64_t)sign * usage.sys_ns;
    bench->wall_ns += (uint64_t)sign * bench_now();
}

static void s_add_counts(struct bench *bench, int sign) {
    bench->ops += (uint64_t)sign * __atomic_load_n(&bench->live.ops, __ATOMIC_RELAXED);
    bench->bytes += (uint64_t)sign * __atomic_load_n(&bench->live.bytes, __ATOMIC_RELAXED);
}

static uint64_t s_total_ops(const struct bench *bench) {
    return s_has_messages(bench) ? __atomic_load_n(&bench->live.bytes, __ATOMIC_RELAXED) / bench->size
                                 : __atomic_load_n(&bench->live.ops, __ATOMIC_RELAXED);
}

void bench_measure(struct bench *bench) {
    system_sleep(bench->warm_up);
    __atomic_store_n(&bench->live.is_measuring, true, __ATOMIC_RELAXED);
    uint64_t before = s_total_ops(bench);
    s_add_counts(bench, -1);
    s_add_usage(bench, false, -1);
    if (bench->wanted_ops == 0) {
        system_sleep(bench->seconds);
    }
    while (s_total_ops(bench) - before < bench->wanted_ops) {
        system_sleep(0.001);
    }
    s_add_counts(bench, 1);
    s_add_usage(bench, false, 1);
    __atomic_store_n(&bench->live.is_measuring, false, __ATOMIC_RELAXED);
}

void bench_figure(struct bench *bench, const char *name, double value) {
    if (bench->figure_count < BENCH_FIGURES) {
        bench->figures[bench->figure_count].name = name;
        bench->figures[bench->figure_count].value = value;
        bench->figure_count++;
    }
}

void bench_idle_figures(struct bench *bench, size_t before, size_t after, unsigned pairs) {
    bench_figure(bench, "rss_b_conn", ((double)after - (double)before) / pairs);
    bench_figure(bench, "peak_rss_kb", (double)system_usage(false).peak_kb);
    bench_figure(bench, "pairs", pairs);
}

void bench_print(struct bench *bench) {
    uint64_t total = s_total_ops(bench);
    if (s_has_messages(bench)) {
        bench->ops = bench->bytes / bench->size;
    }
    printf(
        "{\"library\": \"%s\", \"case\": \"%s\", \"ops\": %llu, \"total_ops\": %llu, \"bytes\": %llu, "
        "\"wall_ns\": %llu, \"user_ns\": %llu, \"sys_ns\": %llu",
        bench->library,
        bench->name,
        (unsigned long long)bench->ops,
        (unsigned long long)total,
        (unsigned long long)bench->bytes,
        (unsigned long long)bench->wall_ns,
        (unsigned long long)bench->user_ns,
        (unsigned long long)bench->sys_ns);
    if (bench->live.latency_count > 0) {
        printf(", \"p50_ns\": %.0f, \"p99_ns\": %.0f", s_percentile(bench, 0.5), s_percentile(bench, 0.99));
    }
    for (unsigned i = 0; i < bench->figure_count; i++) {
        printf(", \"%s\": %.1f", bench->figures[i].name, bench->figures[i].value);
    }
    printf("}\n");
    fflush(stdout);
}

static void s_startup_cold(struct bench *bench) {
    enum { CHILDREN = 21 };
    double process_ns = 0;
    bench->live.is_measuring = true;
    s_add_usage(bench, true, -1);
    for (int i = 0; i < CHILDREN; i++) {
        uint64_t cycle_ns;
        process_ns += (double)system_run_child(bench->program, &cycle_ns) / CHILDREN;
        bench_latency(bench, cycle_ns);
        bench_count(bench, 1, 0);
    }
    s_add_usage(bench, true, 1);
    s_add_counts(bench, 1);
    bench_figure(bench, "process_us", process_ns / 1000);
}

static void s_startup_warm(struct bench *bench, void (*cycle)(void)) {
    enum { CYCLES_BEFORE = 3, CYCLES = 100 };
    for (int i = 0; i < CYCLES_BEFORE; i++) {
        cycle();
    }
    bench->live.is_measuring = true;
    s_add_usage(bench, false, -1);
    for (int i = 0; i < CYCLES; i++) {
        uint64_t start = bench_now();
        cycle();
        bench_latency(bench, bench_now() - start);
        bench_count(bench, 1, 0);
    }
    s_add_usage(bench, false, 1);
    s_add_counts(bench, 1);
}

void bench_startup(struct bench *bench, void (*cycle)(void)) {
    switch (bench->kind) {
    case BENCH_STARTUP_ONCE:
        cycle();
        printf("%llu\n", (unsigned long long)(bench_now() - bench->started_ns));
        return;
    case BENCH_STARTUP_COLD:
        s_startup_cold(bench);
        break;
    default:
        s_startup_warm(bench, cycle);
        break;
    }
    bench_print(bench);
}

static int s_compare(const void *left, const void *right) {
    double difference = *(const double *)left - *(const double *)right;
    return (difference > 0) - (difference < 0);
}

static double s_make_micros(void (*make)(enum bench_side side), enum bench_side side) {
    uint64_t start = bench_now();
    make(side);
    return (double)(bench_now() - start) / 1000;
}

static double s_median_micros(void (*make)(enum bench_side side), enum bench_side side) {
    double micros[BENCH_CONTEXTS];
    for (int i = 0; i < BENCH_CONTEXTS; i++) {
        micros[i] = s_make_micros(make, side);
    }
    qsort(micros, BENCH_CONTEXTS, sizeof(micros[0]), s_compare);
    return micros[BENCH_CONTEXTS / 2];
}

void bench_tls_contexts(struct bench *bench, void (*make)(enum bench_side side)) {
    bench_figure(bench, "client_ctx_us", s_make_micros(make, BENCH_CLIENT));
    bench_figure(bench, "client_ctx_second_us", s_median_micros(make, BENCH_CLIENT));
    make(BENCH_SERVER);
    bench_figure(bench, "server_ctx_us", s_median_micros(make, BENCH_SERVER));
}

uint32_t bench_random(uint64_t *state) {
    *state = *state * 6364136223846793005u + 1442695040888963407u;
    return (uint32_t)(*state >> 33);
}

uint64_t bench_timer_nanos(uint64_t *state) {
    return 1000000 + bench_random(state) % 18000000;
}
