/* SPDX-License-Identifier: Apache-2.0 */
#define _GNU_SOURCE
#include "bench.h"
#include "system.h"

#include <errno.h>
#include <sched.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static const uint64_t s_second = 1000000000;

void system_choose_processors(int cpu[2]) {
    cpu_set_t allowed;
    cpu[0] = cpu[1] = -1;
    if (sched_getaffinity(0, sizeof(allowed), &allowed) != 0) {
        return;
    }
    int found = 0;
    for (int i = 0; i < CPU_SETSIZE && found < 2; i++) {
        if (CPU_ISSET(i, &allowed)) {
            cpu[found++] = i;
        }
    }
    if (found == 1) {
        cpu[1] = cpu[0];
    }
}

void system_speak_tls12(void) {
    static const char s_text[] =
        "openssl_conf = all\n[all]\nssl_conf = ssl\n[ssl]\nsystem_default = default\n"
        "[default]\nMaxProtocol = TLSv1.2\n";
    char path[32];
    int fd = memfd_create("openssl.cnf", 0);
    if (fd < 0 || write(fd, s_text, sizeof(s_text) - 1) != (ssize_t)sizeof(s_text) - 1) {
        bench_fail("memfd_create", strerror(errno));
    }
    snprintf(path, sizeof(path), "/proc/self/fd/%d", fd);
    setenv("OPENSSL_CONF", path, 1);
}

size_t system_raise_limit(void) {
    struct rlimit limit;
    getrlimit(RLIMIT_NOFILE, &limit);
    limit.rlim_cur = limit.rlim_max;
    setrlimit(RLIMIT_NOFILE, &limit);
    return limit.rlim_cur;
}

void bench_pin(const struct bench *bench, enum bench_side side) {
    if (bench->cpu[side] < 0) {
        return;
    }
    cpu_set_t set;
    CPU_ZERO(&set);
    CPU_SET(bench->cpu[side], &set);
    if (sched_setaffinity(0, sizeof(set), &set) != 0) {
        bench_fail("cannot pin a thread", strerror(errno));
    }
}

void bench_set_environment(const char *name, const char *value) {
    setenv(name, value, 1);
}

uint64_t bench_now(void) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (uint64_t)now.tv_sec * s_second + (uint64_t)now.tv_nsec;
}

size_t bench_resident(void) {
    unsigned long total = 0;
    unsigned long resident = 0;
    FILE *file = fopen("/proc/self/statm", "r");
    if (file == NULL || fscanf(file, "%lu %lu", &total, &resident) != 2) {
        bench_fail("/proc/self/statm", "cannot be read");
    }
    fclose(file);
    return (size_t)resident * (size_t)sysconf(_SC_PAGESIZE);
}

const char *bench_local_path(void) {
    static char s_path[64];
    if (s_path[0] == '\0') {
        snprintf(s_path, sizeof(s_path), "/tmp/reseau-bench-%d.sock", (int)getpid());

        /* A run that was killed may have left one, and numbers of processes come again. */
        unlink(s_path);
    }
    return s_path;
}

void system_sleep(double seconds) {
    struct timespec time = {(time_t)seconds, (long)((seconds - (double)(time_t)seconds) * 1e9)};
    while (nanosleep(&time, &time) != 0 && errno == EINTR) {
    }
}

static uint64_t s_nanos(struct timeval time) {
    return (uint64_t)time.tv_sec * s_second + (uint64_t)time.tv_usec * 1000;
}

struct system_usage system_usage(bool of_children) {
    struct rusage usage;
    getrusage(of_children ? RUSAGE_CHILDREN : RUSAGE_SELF, &usage);
    return (struct system_usage){
        .user_ns = s_nanos(usage.ru_utime), .sys_ns = s_nanos(usage.ru_stime), .peak_kb = (uint64_t)usage.ru_maxrss};
}

uint64_t system_run_child(const char *program, uint64_t *cycle_ns) {
    char *arguments[] = {(char *)program, "startup-once", NULL};
    int ends[2];
    posix_spawn_file_actions_t actions;
    pid_t child;
    uint64_t start = bench_now();
    if (pipe(ends) != 0 || posix_spawn_file_actions_init(&actions) != 0 ||
        posix_spawn_file_actions_adddup2(&actions, ends[1], STDOUT_FILENO) != 0 ||
        posix_spawn(&child, program, &actions, NULL, arguments, environ) != 0) {
        bench_fail(program, "cannot be started");
    }
    int status;
    waitpid(child, &status, 0);
    uint64_t end = bench_now();

    char text[32] = "";
    if (status != 0 || read(ends[0], text, sizeof(text) - 1) <= 0) {
        bench_fail(program, "failed in a new process");
    }
    *cycle_ns = strtoull(text, NULL, 10);
    posix_spawn_file_actions_destroy(&actions);
    close(ends[0]);
    close(ends[1]);
    return end - start;
}
