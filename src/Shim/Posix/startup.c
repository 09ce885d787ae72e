/* SPDX-License-Identifier: Apache-2.0 */
/* Counts how often this process has come out of a fork since the library was loaded: older objects are not alive. */
#include <pthread.h>
#include <stddef.h>

const int *reseau_forks(void);

static int s_forks;

static void s_after_fork(void) {
    ++s_forks;
}

__attribute__((constructor)) static void s_watch_forks(void) {
    pthread_atfork(NULL, NULL, s_after_fork);
}

const int *reseau_forks(void) {
    return &s_forks;
}
