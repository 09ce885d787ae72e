/* SPDX-License-Identifier: Apache-2.0 */
/* Tasks and timers. libuv has a wake-up for loops and leaves the queue to the program: here it is a list and a mutex,
 * which is what programs usually have. */
#include "libuv.h"

#include <pthread.h>
#include <semaphore.h>
#include <stdlib.h>

static struct bench *s_bench;
static struct side s_side;
static bool s_is_stopping;

static bool s_stops(void) {
    return __atomic_load_n(&s_is_stopping, __ATOMIC_RELAXED);
}

struct task {
    struct task *next;
    void (*function)(struct task *task);
    void *argument;
};

struct block {
    struct task tasks[BENCH_CROSS_BLOCK];
    sem_t is_free;
};

static pthread_mutex_t s_lock = PTHREAD_MUTEX_INITIALIZER;
static struct task *s_first;
static struct task **s_last = &s_first;
static uv_async_t s_wake_up;

static void s_post(struct task *task) {
    task->next = NULL;
    pthread_mutex_lock(&s_lock);
    bool was_empty = s_first == NULL;
    *s_last = task;
    s_last = &task->next;
    pthread_mutex_unlock(&s_lock);
    if (was_empty) {
        uv_async_send(&s_wake_up);
    }
}

static void s_run_posted(uv_async_t *async) {
    (void)async;
    pthread_mutex_lock(&s_lock);
    struct task *task = s_first;
    s_first = NULL;
    s_last = &s_first;
    pthread_mutex_unlock(&s_lock);
    while (task != NULL) {
        struct task *next = task->next;
        task->function(task);
        task = next;
    }
}

static void s_on_crossed(struct task *task) {
    (void)task;
    bench_count(s_bench, 1, 0);
}

static void s_on_last_crossed(struct task *task) {
    bench_count(s_bench, 1, 0);
    sem_post(&((struct block *)task->argument)->is_free);
}

static void *s_produce(void *argument) {
    (void)argument;
    struct block *blocks = calloc(BENCH_CROSS_BLOCKS, sizeof(struct block));
    bench_pin(s_bench, BENCH_CLIENT);
    for (unsigned i = 0; i < BENCH_CROSS_BLOCKS; i++) {
        sem_init(&blocks[i].is_free, 0, 1);
        for (unsigned j = 0; j < BENCH_CROSS_BLOCK; j++) {
            blocks[i].tasks[j].function = j == BENCH_CROSS_BLOCK - 1 ? s_on_last_crossed : s_on_crossed;
            blocks[i].tasks[j].argument = &blocks[i];
        }
    }
    for (unsigned i = 0; !s_stops(); i = (i + 1) % BENCH_CROSS_BLOCKS) {
        sem_wait(&blocks[i].is_free);
        for (unsigned j = 0; j < BENCH_CROSS_BLOCK; j++) {
            s_post(&blocks[i].tasks[j]);
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
    uv_async_init(&s_side.loop, &s_wake_up, s_run_posted);
    side_start(&s_side);
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

struct timer {
    uv_timer_t uv;
    uint64_t due_ns;
};

static uint64_t s_random = 1;

static void s_on_timer(uv_timer_t *timer);

/* Milliseconds are what there is; never too early, so rounded up. The loop's own time is that of its last wake-up,
 * and is brought up to date, or the timer would be early by as much. */
static void s_set_timer(struct timer *timer) {
    uint64_t delay = s_bench->kind == BENCH_TASK_TIMERS ? bench_timer_nanos(&s_random) : BENCH_SPARSE_NANOS;
    timer->due_ns = bench_now() + delay;
    uv_update_time(&s_side.loop);
    uv_timer_start(&timer->uv, s_on_timer, (delay + 999999) / 1000000, 0);
}

static void s_on_timer(uv_timer_t *uv) {
    struct timer *timer = (struct timer *)uv;
    uint64_t now = bench_now();
    bench_count(s_bench, 1, 0);
    bench_latency(s_bench, now > timer->due_ns ? now - timer->due_ns : 0);
    s_set_timer(timer);
}

static void s_timers(unsigned count) {
    struct timer *timers = calloc(count, sizeof(*timers));
    for (unsigned i = 0; i < count; i++) {
        uv_timer_init(&s_side.loop, &timers[i].uv);
        s_set_timer(&timers[i]);
    }
    side_start(&s_side);
    bench_measure(s_bench);
}

static uint64_t s_schedule_ns;
static uint64_t s_cancel_ns;
static uv_timer_t *s_timers_to_cancel;

static void s_on_never(uv_timer_t *timer) {
    (void)timer;
}

static void s_on_cancel_batch(uv_async_t *async) {
    enum { PRIME = 7919 };
    const uint64_t hour_ms = 3600 * 1000;
    uint64_t start = bench_now();
    for (unsigned i = 0; i < BENCH_CANCEL_BATCH; i++) {
        uv_timer_start(&s_timers_to_cancel[i], s_on_never, hour_ms + bench_random(&s_random) / 1000000, 0);
    }
    uint64_t middle = bench_now();
    for (unsigned i = 0, at = 0; i < BENCH_CANCEL_BATCH; i++, at = (at + PRIME) % BENCH_CANCEL_BATCH) {
        uv_timer_stop(&s_timers_to_cancel[at]);
    }
    s_schedule_ns += middle - start;
    s_cancel_ns += bench_now() - middle;
    bench_count(s_bench, BENCH_CANCEL_BATCH, 0);
    uv_async_send(async);
}

static void s_cancel(void) {
    s_timers_to_cancel = calloc(BENCH_CANCEL_BATCH, sizeof(uv_timer_t));
    for (unsigned i = 0; i < BENCH_CANCEL_BATCH; i++) {
        uv_timer_init(&s_side.loop, &s_timers_to_cancel[i]);
    }
    uv_async_init(&s_side.loop, &s_wake_up, s_on_cancel_batch);
    uv_async_send(&s_wake_up);
    side_start(&s_side);
    bench_measure(s_bench);
}

void tasks_run(struct bench *bench) {
    s_bench = bench;
    side_init(&s_side, bench, BENCH_SERVER);
    switch (bench->kind) {
    case BENCH_TASK_CROSS:
        s_cross();
        break;
    case BENCH_TASK_TIMERS:
        s_timers(BENCH_TIMERS);
        break;
    case BENCH_TASK_TIMERS_SPARSE:
        s_timers(1);
        break;
    default:
        s_cancel();
        break;
    }
    side_stop(&s_side);
    if (bench->kind == BENCH_TASK_CANCEL) {
        bench_figure(bench, "schedule_ns", (double)s_schedule_ns / (double)bench->live.ops);
        bench_figure(bench, "cancel_ns", (double)s_cancel_ns / (double)bench->live.ops);
    }
    bench_print(bench);
}
