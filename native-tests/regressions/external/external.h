/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A small library that keeps what aws-c-common keeps for a process, under the same names: for tests of how ours gets on
 * with another one. The functions below are its own; they do the same things from inside.
 */
#ifndef RESEAU_TESTS_EXTERNAL_H
#define RESEAU_TESTS_EXTERNAL_H

#include <aws/common/common.h>

/* Raises the error from inside the library, as its own functions would. */
int external_raise(int error);

/* The last error as its own functions see it. */
int external_last_error(void);

/* Logs "from the external library" to the logger of the process as its own functions see it. */
void external_log(void);

/* Registers a function for the end of the calling thread as its own functions would. */
int external_at_exit(void (*callback)(void *), void *user_data);

/* Managed threads, and those that count themselves, as its own functions see them. */
size_t external_threads(void);

/* Whether the library is started. */
bool external_is_started(void);

#endif /* RESEAU_TESTS_EXTERNAL_H */
