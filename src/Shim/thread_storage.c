/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What src/Common/ThreadStorage.cs keeps for each thread. A thread's variables in managed code would be an object on
 * the managed heap: enough threads, and the heap is collected, for which a forked child would wait for threads that
 * only its parent has.
 */
#include <aws/common/macros.h>

#include <stdint.h>

void *reseau_thread_storage(void);

/* Zero when the thread starts. As large as the struct over there. */
static AWS_THREAD_LOCAL uint64_t s_storage[9];

void *reseau_thread_storage(void) {
    return s_storage;
}
