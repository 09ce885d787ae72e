/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Any function of the surface may be the first that a process calls, and then starts the managed runtime. Each is
 * called so, in a process of its own, with zeros for arguments: first_call LIBRARY FUNCTION...
 */
#include <dlfcn.h>
#include <stdint.h>
#include <stdio.h>
#include <sys/wait.h>
#include <unistd.h>

typedef int64_t any_function(intptr_t, intptr_t, intptr_t, intptr_t, intptr_t, intptr_t);

static int s_call(const char *library, const char *name) {
    void *handle = dlopen(library, RTLD_NOW);
    any_function *function = handle == NULL ? NULL : (any_function *)(intptr_t)dlsym(handle, name);
    if (function == NULL) {
        return 2;
    }
    function(0, 0, 0, 0, 0, 0);
    return 0;
}

int main(int argc, char **argv) {
    int failures = 0;
    for (int i = 2; i < argc; ++i) {
        int status = 0;
        pid_t child = fork();
        if (child == 0) {
            _exit(s_call(argv[1], argv[i]));
        }
        if (child < 0 || waitpid(child, &status, 0) != child || status != 0) {
            printf("%s as the first call: status %d\n", argv[i], status);
            ++failures;
        }
    }
    printf("%d functions\n", argc - 2);
    return argc < 3 || failures != 0;
}
