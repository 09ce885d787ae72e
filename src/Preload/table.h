/* SPDX-License-Identifier: Apache-2.0 */
#ifndef RESEAU_PRELOAD_TABLE_H
#define RESEAU_PRELOAD_TABLE_H

#include "preload.h"

struct pump;

struct name {
    socklen_t length;
    struct sockaddr_storage address;
};

/* An option that changes nothing here, and that programs do not expect to be missing. */
struct hint {
    int level;
    int name;
    int value;
};

enum { HINTS_MAX = 8 };

/* What descriptors of the program's stand for, besides the number of the socket. Under the table's lock. */
struct file {
    /* Descriptors of this process. */
    int references;
    int domain;
    int type;
    int protocol;
    bool is_listening;
    /* It is a parent's, or was handed over: a pair of the system's, at whose other end a pump moves the bytes. */
    bool is_relayed;
    /* A parent's listener: the pump knows that connections are wanted. */
    bool is_announced;
    /* Held; of this process, and not handed over. */
    struct pump *pump;
    /* Of relayed sockets, which cannot ask. */
    struct name local;
    struct name peer;
    struct hint hints[HINTS_MAX];
    int hint_count;
};

/* What an epoll descriptor of the program's has besides the system's. */
struct events {
    int references;
    /* Of those that are not used: their memory stays, since a thread may still be waiting. */
    struct events *next_spare;
    /* Our epoll descriptor; -1 before the first of our sockets is added. */
    atomic_int number;
    /* How many descriptors of the system's have been added. */
    atomic_int system_count;
    /* Its readiness is asked for itself, by poll() or another epoll. */
    atomic_bool is_watched;
};

/* One number of the system's. */
struct entry {
    /* The socket's in user space; 0 if there is none, or it is relayed. */
    atomic_int number;
    _Atomic(struct file *) file;
    _Atomic(struct events *) events;
};

/* Whether any descriptor is, or was, ours. */
extern atomic_bool table_is_used;

void table_lock(void);
void table_unlock(void);

/* NULL if nothing with that number was ever ours. */
struct entry *table_find(int descriptor);

/* The same, made if it is not there yet; NULL if the number is too large or there is no memory. */
struct entry *table_make(int descriptor);

/* The socket in user space behind a descriptor, or 0. */
static inline int table_socket(int descriptor) {
    if (!atomic_load_explicit(&table_is_used, memory_order_relaxed)) {
        return 0;
    }
    struct entry *entry = table_find(descriptor);
    return entry == NULL ? 0 : atomic_load_explicit(&entry->number, memory_order_acquire);
}

/* Under the lock: the file behind a descriptor, or NULL. */
struct file *table_file(int descriptor);

/* Whether it is relayed; what of it is asked for that the system does not know, `into` gets. */
bool table_relayed(int descriptor, struct file *into);

/*
 * A descriptor of the system's with the flags of `type`, whose number stands for a socket from now on. The socket is
 * closed if there is none: -1 and errno.
 */
int table_reserve(int number, int domain, int type, int protocol);

/* close(), of the process that the descriptor is of. */
int table_close(int descriptor);

/* dup(), dup2(), dup3(), F_DUPFD: `made` is a copy of `descriptor`. -1 and errno, and `made` closed. */
int table_copied(int descriptor, int made);

/* Takes what a number stands for out of the table, and ends it; the number itself is the caller's to close. */
void table_forget(int descriptor);

/* Whether this process is the one that made the table, and not a child that shares its memory (vfork). */
bool table_is_own(void);

/* Calls back for each entry with a file, under the lock. */
void table_each(void (*visit)(int descriptor, struct entry *entry, void *state), void *state);

/* The child of a fork. */
void table_forked(void);

/* What `descriptor` is in an epoll descriptor: made with `is_needed`, or NULL. */
struct events *table_events(int descriptor, bool is_needed);

#endif /* RESEAU_PRELOAD_TABLE_H */
