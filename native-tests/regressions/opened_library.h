/* SPDX-License-Identifier: Apache-2.0 */
#ifndef RESEAU_TESTS_OPENED_LIBRARY_H
#define RESEAU_TESTS_OPENED_LIBRARY_H

/* The library as a program has it that is not linked with it. What fails ends the program with status 2. */

#include <dlfcn.h>
#include <stdio.h>
#include <stdlib.h>

#define CALL(function) ((__typeof__(&(function)))s_find(#function))

static void *s_library;

static inline void s_open(const char *path, int visibility) {
    s_library = dlopen(path, RTLD_NOW | visibility);
    if (s_library == NULL) {
        fprintf(stderr, "%s\n", dlerror());
        exit(2);
    }
}

static inline void *s_find(const char *name) {
    void *symbol = dlsym(s_library, name);
    if (symbol == NULL) {
        fprintf(stderr, "no %s\n", name);
        exit(2);
    }
    return symbol;
}

#endif /* RESEAU_TESTS_OPENED_LIBRARY_H */
