/* SPDX-License-Identifier: Apache-2.0 */
/* Stands for the part of the shim that calls back into the library's exports, which the managed tests do not have. */
#include <stddef.h>
#include <stdint.h>

void reseau_log(int level, uint32_t subject, const char *text, size_t length);

void reseau_log(int level, uint32_t subject, const char *text, size_t length) {
    (void)level;
    (void)subject;
    (void)text;
    (void)length;
}
