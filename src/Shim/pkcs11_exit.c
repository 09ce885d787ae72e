/* SPDX-License-Identifier: Apache-2.0 */
/* When the process exits, what a PKCS#11 library has registered frees its state, while threads of ours still run. What
 * is registered after that library was loaded is called before. */
#include <aws/common/atomics.h>

#include <stdlib.h>

void reseau_pkcs11_watch_exit(void);
int reseau_pkcs11_is_exiting(void);

/* Not by <stdatomic.h>, which Microsoft's compiler has as an experiment only. */
static struct aws_atomic_var s_is_exiting = AWS_ATOMIC_INIT_INT(0);

static void s_on_exit(void) {
    aws_atomic_store_int(&s_is_exiting, 1);
}

/* To be called after each load. */
void reseau_pkcs11_watch_exit(void) {
    atexit(s_on_exit);
}

int reseau_pkcs11_is_exiting(void) {
    return (int)aws_atomic_load_int(&s_is_exiting);
}
