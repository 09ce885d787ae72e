/* SPDX-License-Identifier: Apache-2.0 */
/* A handshake on a stack of its own, so that it can wait for a private-key operation without a thread that waits. Only
 * C runs on such a stack: OpenSSL, and the functions of the shim. Whatever OpenSSL calls back in managed code is called
 * on the stack of the thread (reseau_on_thread_stack), for the managed runtime knows no other. */
#ifndef RESEAU_HANDSHAKE_STACK_H
#define RESEAU_HANDSHAKE_STACK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct reseau_handshake;

enum reseau_key_operation {
    RESEAU_KEY_SIGN = 1,
    RESEAU_KEY_DECRYPT = 2,
};

/** What is to be done with the private key. `input` is valid until the answer. */
struct reseau_key_request {
    int operation;
    /** OpenSSL's numbers: 1 PKCS#1 v1.5, 6 PSS; 0 for ECDSA. */
    int padding;
    /** OpenSSL's NID of the digest; 0 for none. */
    int digest;
    const uint8_t *input;
    size_t input_length;
};

/** Calls `function` on the thread's stack: at once if that is where this runs. */
void reseau_on_thread_stack(void (*function)(void *), void *argument);

/**
 * Leaves the handshake's stack until the answer is there. False without output if there is none, or if this does not
 * run on a handshake's stack.
 */
bool reseau_wait_for_key(
    const struct reseau_key_request *request, uint8_t *output, size_t capacity, size_t *output_length);

/* For managed code. All on one thread at a time. */

/** NULL if there is no memory for a stack. */
struct reseau_handshake *reseau_handshake_new(int (*function)(void *), void *argument);

/** Not while the handshake waits: answer it first, and let it come to its end. NULL is allowed. */
void reseau_handshake_free(struct reseau_handshake *handshake);

/** Calls the function, or goes on where it waits. True: it has returned, with this result. False: it waits for a key.
 */
bool reseau_handshake_step(struct reseau_handshake *handshake, int *result);

/** NULL unless the handshake waits. */
const struct reseau_key_request *reseau_handshake_request(const struct reseau_handshake *handshake);

/** The next step goes on with this output, which is copied; NULL: without. False, and without, if it is too long. */
bool reseau_handshake_answer(struct reseau_handshake *handshake, const uint8_t *output, size_t length);

#endif
