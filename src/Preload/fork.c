/* SPDX-License-Identifier: Apache-2.0 */
#include "relay.h"

/*
 * A child of a fork has its parent's sockets: the system's ends of pairs, whose other ends the parent moves bytes to
 * and from. Sockets that are neither connected nor listening, and datagram sockets, it does not have.
 */

static void prepare_file(int descriptor, struct entry *entry, void *state) {
    (void)descriptor;
    (void)state;
    struct file *file = atomic_load(&entry->file);
    int number = atomic_load(&entry->number);
    if (file == NULL || number <= 0 || file->type != SOCK_STREAM || relay_is_prepared(file)) {
        return;
    }
    struct name peer = {.length = sizeof(peer.address)};
    bool is_connected = reseau_ugetpeername(number, (struct sockaddr *)&peer.address, &peer.length) == 0;
    if (is_connected || file->is_listening) {
        relay_prepare(file, number);
    }
}

static void prepare(void) {
    table_lock();
    table_each(prepare_file, NULL);
    relay_hold();
}

static void in_parent(void) {
    relay_release();
    table_unlock();
}

static void after_in_child(void) {
    relay_forked();
    preload_network_forked();
    table_forked();
}

static void note_listener(int descriptor, struct entry *entry, void *state) {
    (void)descriptor;
    (void)state;
    struct file *file = atomic_load(&entry->file);
    if (file != NULL && file->is_listening) {
        atomic_store(&relay_has_listeners, true);
    }
}

static void in_child(void) {
    after_in_child();
    table_each(note_listener, NULL);
}

__attribute__((constructor)) static void watch_forks(void) {
    pthread_atfork(prepare, in_parent, in_child);
}

/* Its handlers are not called for a child that shares the memory: this one has memory of its own. */
PRELOAD_EXPORT pid_t vfork(void) {
    return fork();
}

/* The C library makes the child without these handlers. */
#define SPAWN(name)                                                                                                    \
    PRELOAD_EXPORT int name(                                                                                           \
        pid_t *restrict child,                                                                                         \
        const char *restrict program,                                                                                  \
        const posix_spawn_file_actions_t *actions,                                                                     \
        const posix_spawnattr_t *restrict attributes,                                                                  \
        char *const arguments[restrict],                                                                               \
        char *const environment[restrict]) {                                                                           \
        prepare();                                                                                                     \
        in_parent();                                                                                                   \
        return REAL(name)(child, program, actions, attributes, arguments, environment);                                \
    }

SPAWN(posix_spawn)
SPAWN(posix_spawnp)

/* ---- The end of the process ---- */

static void close_socket(int descriptor, struct entry *entry, void *state) {
    (void)descriptor;
    (void)state;
    int number = atomic_exchange(&entry->number, 0);
    if (number > 0) {
        reseau_uclose(number);
    }
}

/* What the system does when a process ends: sockets are closed, and what they have to send goes on its way. */
__attribute__((destructor)) static void end(void) {
    if (!table_is_own()) {
        return;
    }
    table_each(close_socket, NULL);
    preload_network_end();
}
