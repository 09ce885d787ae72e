/* SPDX-License-Identifier: Apache-2.0 */
/* The stack that a handshake runs on, and the ways to and from it: what a system has for that. Only handshake_stack.c
 * uses it. On one thread at a time; between two entries it may be another one. */
#ifndef RESEAU_HANDSHAKE_CONTEXT_H
#define RESEAU_HANDSHAKE_CONTEXT_H

#include <stddef.h>

enum { RESEAU_CONTEXT_STACK_SIZE = 256 * 1024 };

struct reseau_context;

/** A stack for `run`, and as much zeroed memory for its user, which `run` gets. NULL if there is no memory. */
struct reseau_context *reseau_context_new(void (*run)(void *room), size_t room_size);

/** Not while it runs, or is left and not at its end. */
void reseau_context_free(struct reseau_context *context);

/** The memory of the user's. It lives as long as the context. */
void *reseau_context_room(struct reseau_context *context);

/**
 * From a thread's stack: calls `run`, or goes on where that has left. Returns when it leaves or has come to its end,
 * after which it can be entered again.
 */
void reseau_context_enter(struct reseau_context *context);

/** From its own stack: goes on behind the entry; returns when it is entered again. */
void reseau_context_leave(struct reseau_context *context);

#endif
