/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The start of the managed runtime, inside the first call into the library. The linker sends the bootstrapper's
 * registration here (--wrap). No export can report that there is no runtime, since each of them is managed code, and
 * a start that fails ends the process; so at least the reason is said, in one line.
 */
#include "runtime_fork.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

/* What the runtime reserves (src/Reseau.Native.csproj), a thread of its own, and room for what it allocates. The number
 * stands in docs/drop-in.md too. */
#ifndef NEEDED_MIB
#    define NEEDED_MIB 40
#endif
#define TEXT(number) #number
#define TEXT_OF(number) TEXT(number)

void __real_RhSetRuntimeInitializationCallback(int (*start)(void));
void __wrap_RhSetRuntimeInitializationCallback(int (*start)(void));
int __real_mlock(const void *address, size_t size);
int __wrap_mlock(const void *address, size_t size);

/* NULL where the process has no LeakSanitizer. */
void __lsan_disable(void) __attribute__((weak));
void __lsan_enable(void) __attribute__((weak));

static int (*s_start)(void);

static bool s_has_address_space(void) {
    size_t size = (size_t)NEEDED_MIB << 20;
    void *range = mmap(NULL, size, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    return range != MAP_FAILED && munmap(range, size) == 0;
}

__attribute__((noreturn)) static void s_stop(const char *reason) {
    ssize_t written = write(STDERR_FILENO, reason, strlen(reason));
    (void)written;
    abort();
}

/* What the runtime keeps for good is no leak, but LeakSanitizer does not look where it is kept. */
static int s_start_with_reasons(void) {
    reseau_runtime_start_begins();
    if (!s_has_address_space()) {
        s_stop("libreseau: cannot start, it needs " TEXT_OF(NEEDED_MIB) " MiB of address space (ulimit -v)\n");
    }
    bool has_leak_sanitizer = __lsan_disable != NULL && __lsan_enable != NULL;
    if (has_leak_sanitizer) {
        __lsan_disable();
    }
    int result = s_start();
    bool is_known = result == 0 && reseau_runtime_start_ends();
    if (has_leak_sanitizer) {
        __lsan_enable();
    }
    if (result != 0) {
        s_stop("libreseau: cannot start, the system gives no memory or no thread (ulimit -a)\n");
    }
    if (!is_known) {
        s_stop("libreseau: cannot start, its .NET runtime is one that runtime_fork.c does not know\n");
    }
    return 0;
}

void __wrap_RhSetRuntimeInitializationCallback(int (*start)(void)) {
    s_start = start;
    reseau_runtime_is_loaded();
    __real_RhSetRuntimeInitializationCallback(s_start_with_reasons);
}

/*
 * Where a sandbox refuses membarrier(), the runtime makes all processors flush by changing the protection of a page
 * that it has locked, and does not start if it may lock none. The lock is to keep the kernel from taking the page away
 * in between; but a page that is taken away is flushed from all processors as well, so that it also works without.
 */
int __wrap_mlock(const void *address, size_t size) {
    int result = __real_mlock(address, size);
    (void)result;
    return 0;
}
