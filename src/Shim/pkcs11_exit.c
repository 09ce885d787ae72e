/* SPDX-License-Identifier: Apache-2.0 */
/* When the process exits, what a PKCS#11 library has registered frees its state, while threads of ours still run. What
 * is registered after that library was loaded is called before. */
#include <stdatomic.h>
#include <stdlib.h>

void reseau_pkcs11_watch_exit(void);
int reseau_pkcs11_is_exiting(void);

static atomic_int s_is_exiting;

static void s_on_exit(void) {
    atomic_store(&s_is_exiting, 1);
}

/* To be called after each load. */
void reseau_pkcs11_watch_exit(void) {
    atexit(s_on_exit);
}

int reseau_pkcs11_is_exiting(void) {
    return atomic_load(&s_is_exiting);
}
