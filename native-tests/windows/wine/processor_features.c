/* SPDX-License-Identifier: Apache-2.0 */
/* Whether there is AVX-512, as the processor and the system's saved registers say, and as the system says. */
#include <cpuid.h>
#include <stdio.h>
#include <windows.h>

enum { AVX512F = 41 }; /* PF_AVX512F_INSTRUCTIONS_AVAILABLE */

int main(void) {
    unsigned eax, ebx, ecx, edx, saved, high;
    if (!__get_cpuid(1, &eax, &ebx, &ecx, &edx) || (ecx & (1u << 27)) == 0) {
        printf("no registers of that size\n");
        return 0;
    }
    __asm__("xgetbv" : "=a"(saved), "=d"(high) : "c"(0));
    BOOL processor =
        __get_cpuid_count(7, 0, &eax, &ebx, &ecx, &edx) && (ebx & (1u << 16)) != 0 && (saved & 0xE6) == 0xE6;
    BOOL system = IsProcessorFeaturePresent(AVX512F);
    printf("the processor %s, the system %s\n", processor ? "has it" : "does not", system ? "has it" : "does not");
    return !processor == !system ? 0 : 1;
}
