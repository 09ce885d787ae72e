/* SPDX-License-Identifier: Apache-2.0 */
#ifndef RESEAU_BENCH_LOOPS_H
#define RESEAU_BENCH_LOOPS_H

/*
 * The loops of the two sides. These programs use the aws API and nothing else of the library, so they compile and link
 * against any library that offers it.
 */

#include "../common/bench.h"

#include <aws/common/task_scheduler.h>
#include <aws/io/event_loop.h>

struct loops {
    struct aws_event_loop_group *groups[2];
    struct aws_event_loop *at[2];
};

/* Starts the library and the loops of as many sides, server first. */
void loops_start(const struct bench *bench, struct loops *loops, int sides);

/* Runs a function on the loop of a side and waits for it. */
void loops_run(struct loops *loops, enum bench_side side, aws_task_fn *function, void *argument);

/* Ends the loops and the library, and waits for the threads. */
void loops_stop(struct loops *loops);

/* The cases. */
void traffic_run(struct bench *bench);
void churn_run(struct bench *bench);
void idle_run(struct bench *bench);
void tasks_run(struct bench *bench);

#endif /* RESEAU_BENCH_LOOPS_H */
