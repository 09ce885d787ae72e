/* SPDX-License-Identifier: Apache-2.0 */
#ifndef RESEAU_TESTS_PROCESS_H
#define RESEAU_TESTS_PROCESS_H

#if defined(_WIN32)
#    include "portable.h"

#    include <tlhelp32.h>

/*
 * The process's threads but for those that have ended: the system may still list one, of which somebody has a handle.
 * -1 if the system does not say.
 */
static inline long s_running_threads(void) {
    HANDLE snapshot = CreateToolhelp32Snapshot(TH32CS_SNAPTHREAD, 0);
    THREADENTRY32 entry;
    entry.dwSize = sizeof(entry);
    long count = 0;
    for (BOOL more = Thread32First(snapshot, &entry); more; more = Thread32Next(snapshot, &entry)) {
        if (entry.th32OwnerProcessID != GetCurrentProcessId()) {
            continue;
        }
        HANDLE thread = OpenThread(SYNCHRONIZE, FALSE, entry.th32ThreadID);
        if (thread != NULL) {
            count += WaitForSingleObject(thread, 0) == WAIT_TIMEOUT;
            CloseHandle(thread);
        }
    }
    CloseHandle(snapshot);
    return count > 0 ? count : -1;
}

#else

#    include <dirent.h>
#    include <stdio.h>
#    include <string.h>

/* Of a thread on its way out; set before whoever joins it is woken. The ninth field of proc_pid_stat(5). */
#    define THREAD_IS_EXITING 0x4

/* Entries of a directory. Of /proc/self/fd that is the open descriptors, the one for reading it included. */
static inline long s_entries(const char *path) {
    DIR *directory = opendir(path);
    long count = 0;
    for (struct dirent *entry; (entry = readdir(directory)) != NULL;) {
        count += entry->d_name[0] != '.';
    }
    closedir(directory);
    return count;
}

/*
 * The process's threads but for those that are on their way out: the kernel still lists one for a moment that has been
 * joined, and nothing shows when it does no more.
 */
static inline long s_running_threads(void) {
    DIR *tasks = opendir("/proc/self/task");
    long count = 0;
    for (struct dirent *entry; (entry = readdir(tasks)) != NULL;) {
        char path[300];
        char line[512] = "";
        unsigned long flags = THREAD_IS_EXITING;
        snprintf(path, sizeof(path), "/proc/self/task/%s/stat", entry->d_name);
        FILE *file = entry->d_name[0] == '.' ? NULL : fopen(path, "r");
        if (file != NULL) {
            if (fgets(line, sizeof(line), file) != NULL && strrchr(line, ')') != NULL) {
                sscanf(strrchr(line, ')'), ") %*c %*d %*d %*d %*d %*d %lu", &flags);
            }
            fclose(file);
        }
        count += (flags & THREAD_IS_EXITING) == 0;
    }
    closedir(tasks);
    return count;
}

#endif

#endif /* RESEAU_TESTS_PROCESS_H */
