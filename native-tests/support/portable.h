/* SPDX-License-Identifier: Apache-2.0 */
#ifndef RESEAU_TESTS_PORTABLE_H
#define RESEAU_TESTS_PORTABLE_H

/* Calls of POSIX that tests make, where the C library does not have them; and pages of memory. */

#include <stdbool.h>
#include <stddef.h>
#include <stdlib.h>

#if defined(_WIN32)

#    ifndef WIN32_LEAN_AND_MEAN
#        define WIN32_LEAN_AND_MEAN
#    endif
#    ifndef NOMINMAX
#        define NOMINMAX
#    endif
#    include <windows.h>

#    include <direct.h>
#    include <string.h>

static inline int setenv(const char *name, const char *value, int overwrite) {
    return overwrite || getenv(name) == NULL ? _putenv_s(name, value) : 0;
}

static inline int unsetenv(const char *name) {
    return _putenv_s(name, "");
}

/* A pattern ends with six X. */
static inline char *mkdtemp(char *pattern) {
    char *end = pattern + strlen(pattern) - 6;
    for (unsigned attempt = 0; attempt < 1000; ++attempt) {
        unsigned number = GetCurrentProcessId() * 7919u + (unsigned)GetTickCount64() + attempt;
        for (int i = 0; i < 6; ++i, number /= 26) {
            end[i] = (char)('a' + number % 26);
        }
        if (_mkdir(pattern) == 0) {
            return pattern;
        }
    }
    return NULL;
}

static inline size_t page_size(void) {
    SYSTEM_INFO info;
    GetSystemInfo(&info);
    return info.dwPageSize;
}

/* Pages that can be read and written; NULL if there are none. */
static inline void *pages_new(size_t size) {
    return VirtualAlloc(NULL, size, MEM_RESERVE | MEM_COMMIT, PAGE_READWRITE);
}

/* No access to them is possible any more. */
static inline void pages_forbid(void *pages, size_t size) {
    DWORD before;
    VirtualProtect(pages, size, PAGE_NOACCESS, &before);
}

/* The same, and nothing is behind them. */
static inline void pages_drop(void *pages, size_t size) {
    VirtualFree(pages, size, MEM_DECOMMIT);
}

#else

#    include <sys/mman.h>
#    include <unistd.h>

static inline size_t page_size(void) {
    return (size_t)sysconf(_SC_PAGESIZE);
}

static inline void *pages_new(size_t size) {
    void *pages = mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    return pages == MAP_FAILED ? NULL : pages;
}

static inline void pages_forbid(void *pages, size_t size) {
    mprotect(pages, size, PROT_NONE);
}

static inline void pages_drop(void *pages, size_t size) {
    madvise(pages, size, MADV_DONTNEED);
    mprotect(pages, size, PROT_NONE);
}

#endif

#endif /* RESEAU_TESTS_PORTABLE_H */
