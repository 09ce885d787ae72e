/* SPDX-License-Identifier: Apache-2.0 */
/* Stands for the part of the shim that calls back into the library's exports, which the managed tests do not have. */
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

void reseau_log(int level, uint32_t subject, const char *text, size_t length);

void reseau_log(int level, uint32_t subject, const char *text, size_t length) {
    (void)level;
    (void)subject;
    (void)text;
    (void)length;
}

void reseau_task_know_loops(void *vtable);
void reseau_task_know_logger(void *logger, bool is_external);

void reseau_task_know_loops(void *vtable) {
    (void)vtable;
}

void reseau_task_know_logger(void *logger, bool is_external) {
    (void)logger;
    (void)is_external;
}
