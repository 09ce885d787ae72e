/* SPDX-License-Identifier: Apache-2.0 */
#include "relay.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

/* Calls that make, name, connect and end sockets. */

static bool takes_over(int domain) {
    return preload_has_family(domain) && !preload_is_making_network();
}

PRELOAD_EXPORT int socket(int domain, int type, int protocol) {
    if (!takes_over(domain)) {
        return REAL(socket)(domain, type, protocol);
    }
    struct reseau_transport *transport = preload_network(type);
    int number = transport == NULL ? -1 : reseau_usocket_on(transport, domain, type, protocol);
    return number < 0 ? -1 : table_reserve(number, domain, type, protocol);
}

PRELOAD_EXPORT int socketpair(int domain, int type, int protocol, int descriptors[2]) {
    if (!takes_over(domain)) {
        return REAL(socketpair)(domain, type, protocol, descriptors);
    }
    int numbers[2];
    /* Both ends are the program's: nothing is to be encrypted between them. */
    struct reseau_transport *transport = preload_network(0);
    if (transport == NULL || reseau_usocketpair_on(transport, domain, type, protocol, numbers) != 0) {
        return -1;
    }
    int first = table_reserve(numbers[0], domain, type, protocol);
    if (first < 0) {
        reseau_uclose(numbers[1]);
        return -1;
    }
    int second = table_reserve(numbers[1], domain, type, protocol);
    if (second < 0) {
        table_close(first);
        return -1;
    }
    descriptors[0] = first;
    descriptors[1] = second;
    return 0;
}

PRELOAD_EXPORT int bind(int descriptor, __CONST_SOCKADDR_ARG address, socklen_t length) {
    int number = table_socket(descriptor);
    return number != 0 ? reseau_ubind(number, address.__sockaddr__, length) : REAL(bind)(descriptor, address, length);
}

PRELOAD_EXPORT int listen(int descriptor, int backlog) {
    int number = table_socket(descriptor);
    if (number == 0) {
        if (table_relayed(descriptor, NULL)) {
            relay_announce(descriptor);
            return 0;
        }
        return REAL(listen)(descriptor, backlog);
    }
    int result = reseau_ulisten(number, backlog);
    table_lock();
    struct file *file = table_file(descriptor);
    if (result == 0 && file != NULL) {
        file->is_listening = true;
    }
    table_unlock();
    return result;
}

/* Options that are kept here are the listener's, as the transport's are. */
static int reserve_accepted(int number, const struct file *listener, int flags) {
    int descriptor = table_reserve(number, listener->domain, listener->type | flags, listener->protocol);
    table_lock();
    struct file *file = descriptor < 0 ? NULL : table_file(descriptor);
    if (file != NULL) {
        memcpy(file->hints, listener->hints, sizeof(file->hints));
        file->hint_count = listener->hint_count;
    }
    table_unlock();
    return descriptor;
}

PRELOAD_EXPORT int accept4(int descriptor, __SOCKADDR_ARG address, socklen_t *length, int flags) {
    int number = table_socket(descriptor);
    struct file listener;
    if (number == 0) {
        return table_relayed(descriptor, &listener) && listener.is_listening
                   ? relay_accept(descriptor, address.__sockaddr__, length, flags)
                   : REAL(accept4)(descriptor, address, length, flags);
    }
    int accepted = reseau_uaccept4(number, address.__sockaddr__, length, flags);
    if (accepted < 0) {
        return -1;
    }
    table_lock();
    struct file *file = table_file(descriptor);
    listener = file == NULL ? (struct file){0} : *file;
    table_unlock();
    return reserve_accepted(accepted, &listener, flags);
}

PRELOAD_EXPORT int accept(int descriptor, __SOCKADDR_ARG address, socklen_t *length) {
    return accept4(descriptor, address, length, 0);
}

PRELOAD_EXPORT int connect(int descriptor, __CONST_SOCKADDR_ARG address, socklen_t length) {
    int number = table_socket(descriptor);
    return number != 0 ? reseau_uconnect(number, address.__sockaddr__, length)
                       : REAL(connect)(descriptor, address, length);
}

PRELOAD_EXPORT int shutdown(int descriptor, int how) {
    int number = table_socket(descriptor);
    struct file file;
    if (number != 0) {
        return reseau_ushutdown(number, how);
    }
    if (table_relayed(descriptor, &file) && file.is_listening) {
        /* A listener only has one direction, and ends for all who have it: its pump gets to know. */
        return how == SHUT_WR ? 0 : REAL(shutdown)(descriptor, how == SHUT_RD ? SHUT_RDWR : how);
    }
    return REAL(shutdown)(descriptor, how);
}

PRELOAD_EXPORT int getsockname(int descriptor, __SOCKADDR_ARG address, socklen_t *length) {
    int number = table_socket(descriptor);
    struct file file;
    if (number != 0) {
        return reseau_ugetsockname(number, address.__sockaddr__, length);
    }
    if (!table_relayed(descriptor, &file)) {
        return REAL(getsockname)(descriptor, address, length);
    }
    memcpy(address.__sockaddr__, &file.local.address, *length < file.local.length ? *length : file.local.length);
    *length = file.local.length;
    return 0;
}

PRELOAD_EXPORT int getpeername(int descriptor, __SOCKADDR_ARG address, socklen_t *length) {
    int number = table_socket(descriptor);
    struct file file;
    if (number != 0) {
        return reseau_ugetpeername(number, address.__sockaddr__, length);
    }
    if (!table_relayed(descriptor, &file)) {
        return REAL(getpeername)(descriptor, address, length);
    }
    if (file.peer.length == 0) {
        errno = ENOTCONN;
        return -1;
    }
    memcpy(address.__sockaddr__, &file.peer.address, *length < file.peer.length ? *length : file.peer.length);
    *length = file.peer.length;
    return 0;
}

/* ---- Descriptors ---- */

static bool is_ours(int descriptor) {
    if (!atomic_load_explicit(&table_is_used, memory_order_relaxed)) {
        return false;
    }
    struct entry *entry = table_find(descriptor);
    /* A child by vfork() has its parent's memory, and closes descriptors of its own. */
    return entry != NULL && (atomic_load(&entry->file) != NULL || atomic_load(&entry->events) != NULL) &&
           table_is_own();
}

PRELOAD_EXPORT int close(int descriptor) {
    return is_ours(descriptor) ? table_close(descriptor) : REAL(close)(descriptor);
}

struct range {
    unsigned first;
    unsigned last;
    int found[64];
    int count;
};

static void find_in_range(int descriptor, struct entry *entry, void *state) {
    (void)entry;
    struct range *range = state;
    if ((unsigned)descriptor >= range->first && (unsigned)descriptor <= range->last && range->count < 64) {
        range->found[range->count++] = descriptor;
    }
}

PRELOAD_EXPORT int close_range(unsigned first, unsigned last, int flags) {
    if (flags == 0 && atomic_load(&table_is_used) && table_is_own()) {
        struct range range = {.first = first, .last = last};
        do {
            range.count = 0;
            table_lock();
            table_each(find_in_range, &range);
            table_unlock();
            for (int i = 0; i < range.count; i++) {
                table_close(range.found[i]);
            }
        } while (range.count == 64);
    }
    return REAL(close_range)(first, last, flags);
}

PRELOAD_EXPORT void closefrom(int first) {
    close_range(first < 0 ? 0 : (unsigned)first, ~0U, 0);
}

PRELOAD_EXPORT int dup(int descriptor) {
    int made = REAL(dup)(descriptor);
    return is_ours(descriptor) ? table_copied(descriptor, made) : made;
}

PRELOAD_EXPORT int dup3(int descriptor, int wanted, int flags) {
    int made = REAL(dup3)(descriptor, wanted, flags);
    if (made < 0) {
        return made;
    }
    if (is_ours(made)) {
        table_forget(made);
    }
    return is_ours(descriptor) ? table_copied(descriptor, made) : made;
}

PRELOAD_EXPORT int dup2(int descriptor, int wanted) {
    if (descriptor == wanted) {
        return REAL(fcntl)(descriptor, F_GETFD) < 0 ? -1 : wanted;
    }
    return dup3(descriptor, wanted, 0);
}

static int control_socket(int descriptor, int number, int command, void *argument) {
    switch (command) {
    case F_DUPFD:
    case F_DUPFD_CLOEXEC:
        return table_copied(descriptor, REAL(fcntl)(descriptor, command, argument));
    case F_GETFL:
    case F_SETFL:
        return reseau_ufcntl(number, command, (intptr_t)argument);
    default:
        return REAL(fcntl)(descriptor, command, argument);
    }
}

PRELOAD_EXPORT int fcntl(int descriptor, int command, ...) {
    va_list arguments;
    va_start(arguments, command);
    void *argument = va_arg(arguments, void *);
    va_end(arguments);
    int number = table_socket(descriptor);
    if (number != 0) {
        return control_socket(descriptor, number, command, argument);
    }
    int result = REAL(fcntl)(descriptor, command, argument);
    bool is_copy = command == F_DUPFD || command == F_DUPFD_CLOEXEC;
    return is_copy && is_ours(descriptor) ? table_copied(descriptor, result) : result;
}

/* Questions about the machine's interfaces, which any socket of the system's answers. */
static int ask_system(unsigned long request, void *argument) {
    int descriptor = REAL(socket)(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
    if (descriptor < 0) {
        return -1;
    }
    int result = REAL(ioctl)(descriptor, request, argument);
    int error = errno;
    REAL(close)(descriptor);
    errno = error;
    return result;
}

PRELOAD_EXPORT int ioctl(int descriptor, unsigned long request, ...) {
    va_list arguments;
    va_start(arguments, request);
    void *argument = va_arg(arguments, void *);
    va_end(arguments);
    int number = table_socket(descriptor);
    if (number == 0 || request == FIOCLEX || request == FIONCLEX) {
        return REAL(ioctl)(descriptor, request, argument);
    }
    int result = reseau_uioctl(number, request, argument);
    return result < 0 && errno == ENOTTY && (request >> 8) == 0x89 ? ask_system(request, argument) : result;
}

PRELOAD_EXPORT FILE *fdopen(int descriptor, const char *mode) {
    /* The C library's streams call the system by themselves. */
    if (table_socket(descriptor) != 0 && !relay_hand_over(descriptor)) {
        errno = EINVAL;
        return NULL;
    }
    return REAL(fdopen)(descriptor, mode);
}

/* ---- Other names of the C library's for them ---- */

extern __typeof__(close) __close PRELOAD_ALIAS(close);
extern __typeof__(connect) __connect PRELOAD_ALIAS(connect);
extern int __dup2(int descriptor, int wanted) __THROW PRELOAD_ALIAS(dup2);
extern __typeof__(fcntl) __fcntl PRELOAD_ALIAS(fcntl);
extern __typeof__(fcntl) fcntl64 PRELOAD_ALIAS(fcntl);
