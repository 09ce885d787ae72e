/* SPDX-License-Identifier: Apache-2.0 */
#ifndef RESEAU_TESTS_IO_URING_H
#define RESEAU_TESTS_IO_URING_H

#include <stdlib.h>
#include <string.h>

/* Whether the tests run once more on io_uring. There a send or a receive that fails is no call that fails. */
inline bool IsOnIoUring() {
    const char *chosen = getenv("RESEAU_EVENT_LOOP");
    return chosen != nullptr && strcmp(chosen, "io_uring") == 0;
}

#endif /* RESEAU_TESTS_IO_URING_H */
