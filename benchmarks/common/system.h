/* SPDX-License-Identifier: Apache-2.0 */
#ifndef RESEAU_BENCH_SYSTEM_H
#define RESEAU_BENCH_SYSTEM_H

/* What the benchmarks ask of the operating system, besides the functions of bench.h. */
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct system_usage {
    uint64_t user_ns;
    uint64_t sys_ns;
    uint64_t peak_kb;
};

/** Of this process, or of its children that have ended. */
struct system_usage system_usage(bool of_children);

/** The first two processors that the process may use; the same one twice if there is no second, -1 if unknown. */
void system_choose_processors(int cpu[2]);

/** TLS 1.2 at most, by OpenSSL's configuration: the API under test names a lowest version only. */
void system_speak_tls12(void);

/** Returns the limit of descriptors, as high as the process may set it. */
size_t system_raise_limit(void);

void system_sleep(double seconds);

/** A new process of the program: how long it took in all, and what it printed, which is how long its cycle took. */
uint64_t system_run_child(const char *program, uint64_t *cycle_ns);

#endif /* RESEAU_BENCH_SYSTEM_H */
