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

static inline void pages_free(void *pages, size_t size) {
    (void)size;
    VirtualFree(pages, 0, MEM_RELEASE);
}

/* Bytes that the process has of its heaps. */
static inline size_t memory_in_use(void) {
    size_t bytes = 0;
    HANDLE heaps[64];
    DWORD count = GetProcessHeaps(64, heaps);
    for (DWORD i = 0; i < count && i < 64; ++i) {
        PROCESS_HEAP_ENTRY entry;
        entry.lpData = NULL;
        HeapLock(heaps[i]);
        while (HeapWalk(heaps[i], &entry)) {
            if ((entry.wFlags & PROCESS_HEAP_ENTRY_BUSY) != 0) {
                bytes += entry.cbData;
            }
        }
        HeapUnlock(heaps[i]);
    }
    return bytes;
}

/* As many as the system allows. */
static inline void allow_many_handles(void) {
}

/* As the system's list of all handles has it. */
struct listed_handle {
    void *object;
    ULONG_PTR process;
    ULONG_PTR handle;
    ULONG access, indexes, attributes, reserved;
};

struct listed_handles {
    ULONG_PTR count;
    ULONG_PTR reserved;
    struct listed_handle handles[1];
};

/* Handles that the process has; -1 if the system does not say. GetProcessHandleCount() is 0 under Wine 8. */
static inline int open_handles(void) {
    enum { HANDLES = 64, TOO_SHORT = (int)0xC0000004 };
    typedef LONG(WINAPI * query)(int, void *, ULONG, ULONG *);
    query information = (query)(void *)GetProcAddress(GetModuleHandleA("ntdll.dll"), "NtQuerySystemInformation");
    struct listed_handles *list = NULL;
    ULONG size = 1 << 17;
    LONG status;
    do {
        free(list);
        size *= 2;
        list = (struct listed_handles *)malloc(size);
        status = information(HANDLES, list, size, NULL);
    } while (status == TOO_SHORT && size < 1u << 28);
    int count = status < 0 ? -1 : 0;
    for (ULONG_PTR i = 0; count >= 0 && i < list->count; ++i) {
        count += list->handles[i].process == GetCurrentProcessId();
    }
    free(list);
    return count;
}

#else

#    include <dirent.h>
#    include <malloc.h>
#    include <sys/mman.h>
#    include <sys/resource.h>
#    include <unistd.h>

static inline size_t memory_in_use(void) {
    return mallinfo2().uordblks;
}

static inline void allow_many_handles(void) {
    struct rlimit limit;
    getrlimit(RLIMIT_NOFILE, &limit);
    limit.rlim_cur = limit.rlim_max;
    setrlimit(RLIMIT_NOFILE, &limit);
}

static inline int open_handles(void) {
    int count = 0;
    DIR *directory = opendir("/proc/self/fd");
    while (readdir(directory) != NULL) {
        ++count;
    }
    closedir(directory);
    return count;
}

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

static inline void pages_free(void *pages, size_t size) {
    munmap(pages, size);
}

static inline void pages_drop(void *pages, size_t size) {
    madvise(pages, size, MADV_DONTNEED);
    mprotect(pages, size, PROT_NONE);
}

#endif

#endif /* RESEAU_TESTS_PORTABLE_H */
