/* SPDX-License-Identifier: Apache-2.0 */
/* The managed runtime ignores SIGPIPE for the whole process when it starts. The disposition is the host's business, so
 * it is remembered before any managed code can run and put back as soon as the runtime is up. */
#include <signal.h>
#include <stddef.h>

void reseau_restore_host_signals(void);

static struct sigaction s_host_sigpipe;

__attribute__((constructor)) static void s_remember_host_signals(void) {
    sigaction(SIGPIPE, NULL, &s_host_sigpipe);
}

void reseau_restore_host_signals(void) {
    sigaction(SIGPIPE, &s_host_sigpipe, NULL);
}
