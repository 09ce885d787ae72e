/* SPDX-License-Identifier: Apache-2.0 */
#ifndef RESEAU_PRELOAD_RELAY_H
#define RESEAU_PRELOAD_RELAY_H

/*
 * Sockets that somebody else has, who knows the system's alone: a child, what a child executes, the C library's
 * streams. What they have is one end of a pair of the system's. At the other end a pump of this process moves the
 * bytes, from and to the socket in user space. All pumps share one thread.
 */

#include "table.h"

/* A connection that a listener's pump hands to a child, beside its descriptor. */
struct handed {
    int domain;
    int type;
    int protocol;
    struct name local;
    struct name peer;
};

/* What a child sends to the pump of a listener to get connections. */
#define RELAY_WANTED "L"

/*
 * Under the table's lock: the numbers of a file become ends of a pair, and a pump has the other one. The file keeps its
 * socket, and what the pump reads from it is left to others until relay_take_over(). False if the system has no room.
 */
bool relay_prepare(struct file *file, int number);

/* Under the table's lock: whether a file has a pump that has not ended; a child may have ended it. */
bool relay_is_prepared(struct file *file);

/* Nobody in this process uses the socket any more: the pump also reads from it. It is not the file's any more. */
void relay_take_over(struct pump *pump);

/* The program needs what only the system has: the descriptor, and its copies, are the system's from here on. */
bool relay_hand_over(int descriptor);

/* Around a fork: the pumps' thread has no end of a pair meanwhile that the child would not know of. */
void relay_hold(void);
void relay_release(void);

/* The child has the pairs' ends, and no pump. */
void relay_forked(void);

/* accept4() of a parent's listener. */
int relay_accept(int descriptor, struct sockaddr *address, socklen_t *length, int flags);

/* A parent's listener is asked for connections, or whether there are some. */
void relay_announce(int descriptor);

/* Whether there is any listener of a parent's. */
extern atomic_bool relay_has_listeners;

#endif /* RESEAU_PRELOAD_RELAY_H */
