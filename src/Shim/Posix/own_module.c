/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Where this library begins in memory, and the name of its file: the runtime asks for that five times when it starts,
 * by dladdr(3), which looks through all the functions that we export for the nearest one: an eighth of all the
 * instructions of a start.
 */
#if defined(__linux__)
#    ifndef _GNU_SOURCE
#        define _GNU_SOURCE
#    endif
#    include <dlfcn.h>
#    include <link.h>
#    include <stddef.h>

/* Given by the linker. */
extern const char __ehdr_start[] __attribute__((visibility("hidden")));
extern const char _end[] __attribute__((visibility("hidden")));

int __real_dladdr(const void *address, Dl_info *info);
int __wrap_dladdr(const void *address, Dl_info *info);

/* Its first page is where its addresses begin, since it is linked for address 0. */
static int s_name_own_file(struct dl_phdr_info *module, size_t size, void *info) {
    (void)size;
    if (module->dlpi_addr != (ElfW(Addr))__ehdr_start) {
        return 0;
    }
    ((Dl_info *)info)->dli_fname = module->dlpi_name;
    return 1;
}

/* Calls of the runtime's alone (Shim.targets). Where it crashes, it looks beside the file for what takes a dump. */
__attribute__((visibility("hidden"))) int __wrap_dladdr(const void *address, Dl_info *info) {
    const char *asked = address;
    Dl_info own = {.dli_fbase = (void *)__ehdr_start};
    if (asked < __ehdr_start || asked >= _end || !dl_iterate_phdr(s_name_own_file, &own)) {
        return __real_dladdr(address, info);
    }
    *info = own;
    return 1;
}
#endif
