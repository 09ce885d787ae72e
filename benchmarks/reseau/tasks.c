/* SPDX-License-Identifier: Apache-2.0 */
/* Tasks and timers on one loop. */
#include "loops.h"

#include <aws/io/io.h>

#include <pthread.h>
#include <semaphore.h>
#include <stdlib.h>

static struct bench *s_bench;
static struct loops s_loops;
static bool s_is_stopping;

static bool s_stops(void) {
    return __atomic_load_n(&s_is_stopping, __ATOMIC_RELAXED);
}

/* Tasks that one producer hands over in one go. It waits for the last of them before it hands them over again. */
struct block {
    struct aws_task tasks[BENCH_CROSS_BLOCK];
    sem_t is_free;
};

static void s_on_crossed(struct aws_task *task, void *argument, enum aws_task_status status) {
    (void)task;
    (void)argument;
    (void)status;
    bench_count(s_bench, 1, 0);
}

static void s_on_last_crossed(struct aws_task *task, void *block, enum aws_task_status status) {
    s_on_crossed(task, block, status);
    sem_post(&((struct block *)block)->is_free);
}

static void s_init_block(struct block *block) {
    sem_init(&block->is_free, 0, 1);
    for (unsigned i = 0; i < BENCH_CROSS_BLOCK; i++) {
        bool is_last = i == BENCH_CROSS_BLOCK - 1;
        aws_task_init(&block->tasks[i], is_last ? s_on_last_crossed : s_on_crossed, block, "bench_cross");
    }
}

static void *s_produce(void *argument) {
    (void)argument;
    struct block *blocks = calloc(BENCH_CROSS_BLOCKS, sizeof(struct block));
    bench_pin(s_bench, BENCH_CLIENT);
    for (unsigned i = 0; i < BENCH_CROSS_BLOCKS; i++) {
        s_init_block(&blocks[i]);
    }
    for (unsigned i = 0; !s_stops(); i = (i + 1) % BENCH_CROSS_BLOCKS) {
        sem_wait(&blocks[i].is_free);
        for (unsigned j = 0; j < BENCH_CROSS_BLOCK; j++) {
            aws_event_loop_schedule_task_now(s_loops.at[BENCH_SERVER], &blocks[i].tasks[j]);
        }
    }
    for (unsigned i = 0; i < BENCH_CROSS_BLOCKS; i++) {
        sem_wait(&blocks[i].is_free);
    }
    free(blocks);
    return NULL;
}

static void s_cross(void) {
    pthread_t *producers = calloc(s_bench->count, sizeof(*producers));
    for (unsigned i = 0; i < s_bench->count; i++) {
        pthread_create(&producers[i], NULL, s_produce, NULL);
    }
    bench_measure(s_bench);
    __atomic_store_n(&s_is_stopping, true, __ATOMIC_RELAXED);
    for (unsigned i = 0; i < s_bench->count; i++) {
        pthread_join(producers[i], NULL);
    }
    free(producers);
}

/* The loop-bound cases start and end on the loop. */
struct ring {
    struct aws_task *tasks;
    unsigned count;
    unsigned running;
    sem_t done;
};

static void s_on_link(struct aws_task *task, void *argument, enum aws_task_status status) {
    (void)status;
    struct ring *ring = argument;
    bench_count(s_bench, 1, 0);
    if (!s_stops()) {
        aws_event_loop_schedule_task_now(s_loops.at[BENCH_SERVER], task);
    } else if (--ring->running == 0) {
        sem_post(&ring->done);
    }
}

static void s_start_chains(struct aws_task *task, void *argument, enum aws_task_status status) {
    (void)task;
    (void)status;
    struct ring *ring = argument;
    for (unsigned i = 0; i < ring->count; i++) {
        aws_task_init(&ring->tasks[i], s_on_link, ring, "bench_link");
        aws_event_loop_schedule_task_now(s_loops.at[BENCH_SERVER], &ring->tasks[i]);
    }
}

static uint64_t s_random = 1;

static uint64_t s_now(void) {
    uint64_t now = 0;
    aws_event_loop_current_clock_time(s_loops.at[BENCH_SERVER], &now);
    return now;
}

static void s_set_timer(struct aws_task *task) {
    uint64_t delay = s_bench->kind == BENCH_TASK_TIMERS ? bench_timer_nanos(&s_random) : BENCH_SPARSE_NANOS;
    aws_event_loop_schedule_task_future(s_loops.at[BENCH_SERVER], task, s_now() + delay);
}

static void s_on_timer(struct aws_task *task, void *argument, enum aws_task_status status) {
    (void)status;
    struct ring *ring = argument;
    bench_count(s_bench, 1, 0);
    bench_latency(s_bench, s_now() - task->timestamp);
    if (!s_stops()) {
        s_set_timer(task);
    } else if (--ring->running == 0) {
        sem_post(&ring->done);
    }
}

static void s_start_timers(struct aws_task *task, void *argument, enum aws_task_status status) {
    (void)task;
    (void)status;
    struct ring *ring = argument;
    for (unsigned i = 0; i < ring->count; i++) {
        aws_task_init(&ring->tasks[i], s_on_timer, ring, "bench_timer");
        s_set_timer(&ring->tasks[i]);
    }
}

static uint64_t s_schedule_ns;
static uint64_t s_cancel_ns;

static void s_on_cancelled(struct aws_task *task, void *argument, enum aws_task_status status) {
    (void)task;
    (void)argument;
    (void)status;
}

/* One batch in each turn of the loop. The prime steps through the whole batch in an order of its own. */
static void s_on_cancel_batch(struct aws_task *task, void *argument, enum aws_task_status status) {
    (void)status;
    enum { PRIME = 7919 };
    struct ring *ring = argument;
    struct aws_event_loop *loop = s_loops.at[BENCH_SERVER];
    uint64_t hour = 3600ull * 1000000000;
    uint64_t base = s_now() + hour;
    uint64_t start = bench_now();
    for (unsigned i = 1; i < ring->count; i++) {
        aws_task_init(&ring->tasks[i], s_on_cancelled, ring, "bench_cancel");
        aws_event_loop_schedule_task_future(loop, &ring->tasks[i], base + bench_random(&s_random));
    }
    uint64_t middle = bench_now();
    for (unsigned i = 1, at = 1; i < ring->count; i++, at = (at - 1 + PRIME) % (ring->count - 1) + 1) {
        aws_event_loop_cancel_task(loop, &ring->tasks[at]);
    }
    s_schedule_ns += middle - start;
    s_cancel_ns += bench_now() - middle;
    bench_count(s_bench, ring->count - 1, 0);
    if (!s_stops()) {
        aws_event_loop_schedule_task_now(loop, task);
    } else {
        sem_post(&ring->done);
    }
}

static void s_start_cancels(struct aws_task *task, void *argument, enum aws_task_status status) {
    (void)task;
    (void)status;
    struct ring *ring = argument;
    aws_task_init(&ring->tasks[0], s_on_cancel_batch, ring, "bench_batch");
    aws_event_loop_schedule_task_now(s_loops.at[BENCH_SERVER], &ring->tasks[0]);
}

static void s_on_loop(aws_task_fn *start, unsigned count) {
    struct ring ring = {.tasks = calloc(count, sizeof(struct aws_task)), .count = count, .running = count};
    sem_init(&ring.done, 0, 0);
    loops_run(&s_loops, BENCH_SERVER, start, &ring);
    bench_measure(s_bench);
    __atomic_store_n(&s_is_stopping, true, __ATOMIC_RELAXED);
    sem_wait(&ring.done);
    free(ring.tasks);
}

void tasks_run(struct bench *bench) {
    s_bench = bench;
    loops_start(bench, &s_loops, 1);
    switch (bench->kind) {
    case BENCH_TASK_CROSS:
        s_cross();
        break;
    case BENCH_TASK_CHAIN:
        s_on_loop(s_start_chains, bench->count);
        break;
    case BENCH_TASK_TIMERS:
        s_on_loop(s_start_timers, BENCH_TIMERS);
        break;
    case BENCH_TASK_TIMERS_SPARSE:
        s_on_loop(s_start_timers, 1);
        break;
    default:
        s_on_loop(s_start_cancels, BENCH_CANCEL_BATCH + 1);
        bench_figure(bench, "schedule_ns", (double)s_schedule_ns / (double)bench->live.ops);
        bench_figure(bench, "cancel_ns", (double)s_cancel_ns / (double)bench->live.ops);
        break;
    }
    loops_stop(&s_loops);
    bench_print(bench);
}
