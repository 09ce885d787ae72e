/* SPDX-License-Identifier: Apache-2.0 */
#ifndef RESEAU_SHIM_RUNTIME_FORK_H
#define RESEAU_SHIM_RUNTIME_FORK_H

#include <stdbool.h>

/* Once, before the function that starts the runtime is set. */
void reseau_runtime_is_loaded(void);

/* Nobody forks while the runtime starts. */
void reseau_runtime_start_begins(void);

/* False if this runtime is not made as runtime_fork.c expects. */
bool reseau_runtime_start_ends(void);

#endif
