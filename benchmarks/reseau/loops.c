/* SPDX-License-Identifier: Apache-2.0 */
#include "loops.h"

#include <aws/common/thread.h>
#include <aws/io/io.h>

#include <semaphore.h>

struct call {
    struct aws_task task;
    aws_task_fn *function;
    void *argument;
    sem_t done;
};

struct pinning {
    const struct bench *bench;
    enum bench_side side;
};

static void s_pin(struct aws_task *task, void *argument, enum aws_task_status status) {
    (void)task;
    (void)status;
    struct pinning *pinning = argument;
    bench_pin(pinning->bench, pinning->side);
}

void loops_start(const struct bench *bench, struct loops *loops, int sides) {
    *loops = (struct loops){0};
    aws_io_library_init(aws_default_allocator());
    for (int side = 0; side < sides; side++) {
        loops->groups[side] = aws_event_loop_group_new_default(aws_default_allocator(), 1, NULL);
        if (loops->groups[side] == NULL) {
            bench_fail("event loop group", aws_error_debug_str(aws_last_error()));
        }
        loops->at[side] = aws_event_loop_group_get_loop_at(loops->groups[side], 0);
        struct pinning pinning = {bench, (enum bench_side)side};
        loops_run(loops, (enum bench_side)side, s_pin, &pinning);
    }
}

static void s_call(struct aws_task *task, void *argument, enum aws_task_status status) {
    struct call *call = argument;
    call->function(task, call->argument, status);
    sem_post(&call->done);
}

void loops_run(struct loops *loops, enum bench_side side, aws_task_fn *function, void *argument) {
    struct call call = {.function = function, .argument = argument};
    sem_init(&call.done, 0, 0);
    aws_task_init(&call.task, s_call, &call, "bench_call");
    aws_event_loop_schedule_task_now(loops->at[side], &call.task);
    while (sem_wait(&call.done) != 0) {
    }
    sem_destroy(&call.done);
}

void loops_stop(struct loops *loops) {
    aws_event_loop_group_release(loops->groups[BENCH_CLIENT]);
    aws_event_loop_group_release(loops->groups[BENCH_SERVER]);
    aws_thread_join_all_managed();
    aws_io_library_clean_up();
}
