/* SPDX-License-Identifier: Apache-2.0 */
#ifndef RESEAU_BENCH_H
#define RESEAU_BENCH_H

/*
 * What all benchmark programs share: the meaning of a case's name, the measuring, and the line of JSON in the end. No
 * library under test is known here.
 *
 * A program has a server thread and a client thread, each pinned to a processor of its own. The main thread only
 * sleeps, so that the CPU time of the process is that of the two ends.
 */

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/** Bytes that a bare program reads or writes at once, and the most that it puts together from small messages. */
#define BENCH_CHUNK (128 * 1024)

/** The longest message that a case may have. */
#define BENCH_MAX_MESSAGE (1024 * 1024)

enum bench_kind {
    /** Each connection sends a message and waits for one of the same size. */
    BENCH_PING_PONG,
    /** The client sends, the server counts. */
    BENCH_SINK,
    /** The client sends, the server sends it all back, the client counts. */
    BENCH_ECHO,
    /** Connect, one byte to the server, which closes. */
    BENCH_CHURN,
    /** Memory of connections that do nothing any more. */
    BENCH_IDLE,
    /** The library's start, one loop, its end; in new processes, and again and again in one. */
    BENCH_STARTUP_COLD,
    BENCH_STARTUP_ONCE,
    BENCH_STARTUP_WARM,
    /** Threads hand tasks to a loop. */
    BENCH_TASK_CROSS,
    /** Tasks that schedule themselves again. */
    BENCH_TASK_CHAIN,
    /** Many timers, and one every 10 ms. */
    BENCH_TASK_TIMERS,
    BENCH_TASK_TIMERS_SPARSE,
    /** Timers scheduled and cancelled before their time. */
    BENCH_TASK_CANCEL,
    /** TLS contexts made and freed. */
    BENCH_TLS_CONTEXTS,
};

/** Only a program whose library offers TLS has cases with it. */
enum bench_tls {
    BENCH_TLS_NONE,
    /** The server's key is on the curve P-256. */
    BENCH_TLS_EC,
    /** The server's key is RSA of 2048 bits. */
    BENCH_TLS_RSA,
};

enum bench_side { BENCH_SERVER, BENCH_CLIENT };

enum {
    BENCH_TIMERS = 1000,
    BENCH_SPARSE_NANOS = 10 * 1000 * 1000,
    BENCH_CANCEL_BATCH = 10000,
    /** Tasks that a producer has under way, in blocks; it waits for a block to be done before it uses it again. */
    BENCH_CROSS_BLOCKS = 4,
    BENCH_CROSS_BLOCK = 1024,
    /** Connections that idle cases open before they begin to measure. */
    BENCH_IDLE_WARM = 128,
    /** Contexts that the case of contexts makes of each kind, after the first. */
    BENCH_CONTEXTS = 25,
};

enum { BENCH_BUCKETS = 64 * 32, BENCH_FIGURES = 8 };

struct bench {
    const char *library;
    const char *program;
    const char *name;
    enum bench_kind kind;
    /** Bytes of a message. */
    size_t size;
    /** Connections; of churn those at a time; of tasks the producers or chains; of idle pairs 0 if it is not named. */
    unsigned count;
    bool is_local;
    enum bench_tls tls;
    /** Connections go on with the session of an earlier one; otherwise every handshake is a full one. */
    bool resumes;
    /** TLS 1.2 at most. */
    bool is_tls12;
    /** Never sleep in the kernel; only the bare program knows how. */
    bool spins;
    /** Processor of each side, or -1. */
    int cpu[2];
    /** Bytes that the sender of a stream keeps on their way. */
    size_t in_flight;
    double warm_up;
    double seconds;
    /** Measured until so many operations are over, and not for a time; 0 for none. */
    uint64_t wanted_ops;

    uint64_t started_ns;
    uint64_t wall_ns;
    uint64_t user_ns;
    uint64_t sys_ns;
    uint64_t ops;
    uint64_t bytes;
    uint64_t total_ops;
    struct {
        const char *name;
        double value;
    } figures[BENCH_FIGURES];
    unsigned figure_count;

    /** Written by the thread that counts. */
    struct {
        uint64_t ops;
        uint64_t bytes;
        bool is_measuring;
        uint32_t latencies[BENCH_BUCKETS];
        uint64_t latency_count;
    } live __attribute__((aligned(64)));
};

/** Reads the command line; ends the program if it is wrong. */
void bench_init(struct bench *bench, const char *library, int argc, char **argv);

/** Ends the program with status 3: the library has nothing for this case. */
#if defined(__GNUC__)
__attribute__((noreturn))
#endif
void bench_unsupported(const struct bench *bench);

/** Ends the program with status 1. */
#if defined(__GNUC__)
__attribute__((noreturn))
#endif
void bench_fail(const char *what, const char *why);

/** Ends the program with status 3 if the case is one with TLS: the library has none. */
void bench_refuse_tls(const struct bench *bench);

/** Moves the calling thread to the processor of a side. */
void bench_pin(const struct bench *bench, enum bench_side side);

/** Sets a variable of the environment, for whoever reads it in this process. */
void bench_set_environment(const char *name, const char *value);

/** Nanoseconds of the monotonic clock. */
uint64_t bench_now(void);

/** Resident memory of the process, in bytes. */
size_t bench_resident(void);

/**
 * How many pairs an idle case opens in all, after the warm ones: those of its name; else up to 5,000, as the limit of
 * descriptors lets.
 */
unsigned bench_idle_pairs(const struct bench *bench);

/** A path for a Unix socket of this process. */
const char *bench_local_path(void);

/** Counts operations or, in cases with a message size, bytes. Only one thread of a program may count. */
void bench_count(struct bench *bench, uint64_t ops, uint64_t bytes);

/** Notes how long an operation took. The thread that counts. */
void bench_latency(struct bench *bench, uint64_t nanoseconds);

/** Sleeps through the warm-up, and the measured time or until there are enough operations. */
void bench_measure(struct bench *bench);

/** Adds a number to the output. */
void bench_figure(struct bench *bench, const char *name, double value);

/** Adds what bench_resident() has grown by between two moments, per connection pair. */
void bench_idle_figures(struct bench *bench, size_t before, size_t after, unsigned pairs);

/** Prints all as one line of JSON. */
void bench_print(struct bench *bench);

/** Does the cases of start-up, by a function that starts the library, runs one loop and ends the library. */
void bench_startup(struct bench *bench, void (*cycle)(void));

/** Adds how long contexts took: a client's first, the median of its later ones, the median of a server's. */
void bench_tls_contexts(struct bench *bench, void (*make)(enum bench_side side));

/** A pseudo-random number; the same sequence in every run. */
uint32_t bench_random(uint64_t *state);

/** Nanoseconds until the next firing of one of the BENCH_TIMERS timers: 1 to 19 ms. */
uint64_t bench_timer_nanos(uint64_t *state);

#ifdef __cplusplus
}
#endif

#endif /* RESEAU_BENCH_H */
