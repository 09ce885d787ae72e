/* SPDX-License-Identifier: Apache-2.0 */
#ifndef RESEAU_TESTS_PROCESS_H
#define RESEAU_TESTS_PROCESS_H

#include <dirent.h>
#include <stdio.h>
#include <string.h>

/* Of a thread on its way out; set before whoever joins it is woken. The ninth field of proc_pid_stat(5). */
#define THREAD_IS_EXITING 0x4

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

#endif /* RESEAU_TESTS_PROCESS_H */
