/* SPDX-License-Identifier: Apache-2.0 */
#include "bench.h"
#include "system.h"

#include <windows.h>

#include <psapi.h>
#include <stdio.h>

/* Cases whose subject is a Unix's: processes, configuration by a file without a name, Unix sockets. */
static void s_refuse(const char *what) {
    fprintf(stderr, "%s: not on this system\n", what);
    exit(3);
}

static uint64_t s_nanos(FILETIME time) {
    return (((uint64_t)time.dwHighDateTime << 32) + time.dwLowDateTime) * 100;
}

struct system_usage system_usage(bool of_children) {
    FILETIME created, ended, kernel, user;
    PROCESS_MEMORY_COUNTERS memory = {.cb = sizeof(memory)};
    if (of_children || !GetProcessTimes(GetCurrentProcess(), &created, &ended, &kernel, &user)) {
        bench_fail("GetProcessTimes", "failed");
    }
    GetProcessMemoryInfo(GetCurrentProcess(), &memory, sizeof(memory));
    return (struct system_usage){
        .user_ns = s_nanos(user), .sys_ns = s_nanos(kernel), .peak_kb = memory.PeakWorkingSetSize / 1024};
}

void system_choose_processors(int cpu[2]) {
    DWORD_PTR allowed = 0;
    DWORD_PTR system = 0;
    int found = 0;
    cpu[0] = cpu[1] = -1;
    GetProcessAffinityMask(GetCurrentProcess(), &allowed, &system);
    for (int i = 0; i < 64 && found < 2; i++) {
        if ((allowed >> i & 1) != 0) {
            cpu[found++] = i;
        }
    }
    if (found == 1) {
        cpu[1] = cpu[0];
    }
}

void system_speak_tls12(void) {
    s_refuse("TLS 1.2 by configuration");
}

size_t system_raise_limit(void) {
    return 16384;
}

void bench_pin(const struct bench *bench, enum bench_side side) {
    if (bench->cpu[side] >= 0 && !SetThreadAffinityMask(GetCurrentThread(), (DWORD_PTR)1 << bench->cpu[side])) {
        bench_fail("cannot pin a thread", "SetThreadAffinityMask");
    }
}

void bench_set_environment(const char *name, const char *value) {
    char text[1024];
    snprintf(text, sizeof(text), "%s=%s", name, value);
    _putenv(text);
}

uint64_t bench_now(void) {
    static LARGE_INTEGER s_frequency;
    LARGE_INTEGER ticks;
    if (s_frequency.QuadPart == 0) {
        QueryPerformanceFrequency(&s_frequency);
    }
    QueryPerformanceCounter(&ticks);
    uint64_t frequency = (uint64_t)s_frequency.QuadPart;
    uint64_t count = (uint64_t)ticks.QuadPart;
    return count / frequency * 1000000000 + count % frequency * 1000000000 / frequency;
}

size_t bench_resident(void) {
    PROCESS_MEMORY_COUNTERS memory = {.cb = sizeof(memory)};
    GetProcessMemoryInfo(GetCurrentProcess(), &memory, sizeof(memory));
    return memory.WorkingSetSize;
}

const char *bench_local_path(void) {
    static char s_path[64];
    if (s_path[0] == '\0') {
        snprintf(s_path, sizeof(s_path), "\\\\.\\pipe\\reseau-bench-%lu", GetCurrentProcessId());
    }
    return s_path;
}

void system_sleep(double seconds) {
    Sleep((DWORD)(seconds * 1000 + 0.5));
}

uint64_t system_run_child(const char *program, uint64_t *cycle_ns) {
    (void)program;
    *cycle_ns = 0;
    s_refuse("new processes");
    return 0;
}
