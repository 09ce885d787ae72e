/* SPDX-License-Identifier: Apache-2.0 */
/* Counts how often this process has come out of a fork since the library was loaded: older objects are not alive. */
#include <pthread.h>
#include <stddef.h>

const int *reseau_forks(void);

/* Not to be changed elsewhere. */
extern int reseau_fork_count __attribute__((visibility("hidden")));
int reseau_fork_count;

static void s_after_fork(void) {
    ++reseau_fork_count;
}

__attribute__((constructor)) static void s_watch_forks(void) {
    pthread_atfork(NULL, NULL, s_after_fork);
}

const int *reseau_forks(void) {
    return &reseau_fork_count;
}
