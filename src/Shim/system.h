/* SPDX-License-Identifier: Apache-2.0 */
/* What the shim needs of the system, by one name on all of them. */
#ifndef RESEAU_SHIM_SYSTEM_H
#define RESEAU_SHIM_SYSTEM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#if defined(_WIN32)
#    ifndef WIN32_LEAN_AND_MEAN
#        define WIN32_LEAN_AND_MEAN
#    endif
#    include <windows.h>
#else
#    include <dlfcn.h>
#    include <pthread.h>
#    include <string.h>
#    include <time.h>
#endif

/** The address of a symbol in a library that is loaded; NULL if it has none of this name. */
static inline void *reseau_find_symbol(void *library, const char *name) {
#if defined(_WIN32)
    return (void *)GetProcAddress((HMODULE)library, name);
#else
    return dlsym(library, name);
#endif
}

/** Overwrites memory with zeros, also where a compiler sees that nobody reads it again. */
static inline void reseau_wipe(void *memory, size_t size) {
#if defined(_WIN32)
    SecureZeroMemory(memory, size);
#else
    explicit_bzero(memory, size);
#endif
}

/** What src/Common/Threading/Threads.cs names the calling thread by. */
static inline size_t reseau_current_thread(void) {
#if defined(_WIN32)
    return GetCurrentThreadId();
#elif defined(__linux__) && defined(__x86_64__)
    /* What pthread_self() returns, without a call: the first word that the thread pointer leads to is itself. */
    size_t self;
    __asm__("movq %%fs:0, %0" : "=r"(self));
    return self;
#else
    return (size_t)pthread_self();
#endif
}

/** The clock of src/Common/Time/Clock.cs, HighResTicks, in nanoseconds; false where only managed code reads it. */
static inline bool reseau_read_clock(uint64_t *now) {
#if defined(__linux__)
    struct timespec time;
    if (clock_gettime(CLOCK_BOOTTIME, &time) != 0) {
        return false;
    }
    *now = (uint64_t)time.tv_sec * 1000000000 + (uint64_t)time.tv_nsec;
    return true;
#else
    (void)now;
    return false;
#endif
}

#endif
