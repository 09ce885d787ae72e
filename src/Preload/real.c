/* SPDX-License-Identifier: Apache-2.0 */
#include "preload.h"

#include <dlfcn.h>

/* Filled by whoever comes first, and again by who comes meanwhile: with the same. */
static struct real_functions s_functions;
static atomic_bool s_is_filled;

const struct real_functions *preload_real(void) {
    if (!atomic_load_explicit(&s_is_filled, memory_order_acquire)) {
#define X(name) s_functions.name = (__typeof__(s_functions.name))dlsym(RTLD_NEXT, #name);
        PRELOAD_FUNCTIONS(X)
#undef X
        atomic_store_explicit(&s_is_filled, true, memory_order_release);
    }
    return &s_functions;
}
