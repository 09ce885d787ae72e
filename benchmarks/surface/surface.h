/* SPDX-License-Identifier: Apache-2.0 */
#ifndef RESEAU_BENCH_SURFACE_H
#define RESEAU_BENCH_SURFACE_H

#include "../common/bench.h"

#include <reseau/reseau.h>

/* By callbacks, on a loop of each side. */
void callbacks_run(struct bench *bench);

/* By calls that wait, one connection, a thread of each side. */
void blocking_run(struct bench *bench);

/* Ends the program if the result is an error. */
int64_t checked(const char *what, int64_t result);

#endif /* RESEAU_BENCH_SURFACE_H */
