/* SPDX-License-Identifier: Apache-2.0 */
/* What the shim needs of the system, by one name on all of them. */
#ifndef RESEAU_SHIM_SYSTEM_H
#define RESEAU_SHIM_SYSTEM_H

#include <stddef.h>

#if defined(_WIN32)
#    ifndef WIN32_LEAN_AND_MEAN
#        define WIN32_LEAN_AND_MEAN
#    endif
#    include <windows.h>
#else
#    include <dlfcn.h>
#    include <string.h>
#endif

/** The address of a symbol in a library that is loaded; NULL if it has none of this name. */
static inline void *reseau_find_symbol(void *library, const char *name) {
#if defined(_WIN32)
    return (void *)GetProcAddress((HMODULE)library, name);
#else
    return dlsym(library, name);
#endif
}

/** Overwrites memory with zeros, also where a compiler sees that nobody reads it again. */
static inline void reseau_wipe(void *memory, size_t size) {
#if defined(_WIN32)
    SecureZeroMemory(memory, size);
#else
    explicit_bzero(memory, size);
#endif
}

#endif
