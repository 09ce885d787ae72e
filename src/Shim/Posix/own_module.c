/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Where this library begins in memory: the runtime asks for that five times when it starts, by dladdr(3), which looks
 * through all the functions that we export for the nearest one: an eighth of all the instructions of a start.
 */
#if defined(__linux__)
#    ifndef _GNU_SOURCE
#        define _GNU_SOURCE
#    endif
#    include <dlfcn.h>
#    include <stddef.h>

/* Given by the linker. */
extern const char __ehdr_start[] __attribute__((visibility("hidden")));
extern const char _end[] __attribute__((visibility("hidden")));

int __real_dladdr(const void *address, Dl_info *info);
int __wrap_dladdr(const void *address, Dl_info *info);

/* Calls of the runtime's alone (Shim.targets). Whoever asks for the beginning itself asks for the file's name. */
__attribute__((visibility("hidden"))) int __wrap_dladdr(const void *address, Dl_info *info) {
    const char *asked = address;
    if (asked <= __ehdr_start || asked >= _end) {
        return __real_dladdr(address, info);
    }
    *info = (Dl_info){.dli_fname = "", .dli_fbase = (void *)__ehdr_start};
    return 1;
}
#endif
