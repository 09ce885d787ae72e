/* SPDX-License-Identifier: Apache-2.0 */
#ifndef RESEAU_PRELOAD_H
#define RESEAU_PRELOAD_H

/*
 * libreseau-preload.so: programs that were written for the system's sockets run on those of <reseau/usocket.h>, by
 * LD_PRELOAD. docs/preload.md says how it is used. Each of our sockets reserves a descriptor of the system's, whose
 * number the program has; table.h keeps which number stands for which socket. Everything here is C, since functions of
 * the C library are called before, after and inside the managed runtime's life.
 */

#include <fcntl.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <spawn.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <sys/epoll.h>
#include <sys/ioctl.h>
#include <sys/select.h>
#include <sys/sendfile.h>
#include <sys/socket.h>
#include <sys/uio.h>
#include <unistd.h>

#include <reseau/transport.h>
#include <reseau/usocket.h>

/* What is not marked stays inside. */
#define PRELOAD_EXPORT __attribute__((visibility("default")))

/* Another name of a function of the same file. */
#define PRELOAD_ALIAS(name) __attribute__((alias(#name), visibility("default")))

/* The functions of the C library behind ours. */
#define PRELOAD_FUNCTIONS(X)                                                                                           \
    X(accept4)                                                                                                         \
    X(bind)                                                                                                            \
    X(close)                                                                                                           \
    X(close_range)                                                                                                     \
    X(connect)                                                                                                         \
    X(dup)                                                                                                             \
    X(dup3)                                                                                                            \
    X(epoll_create1)                                                                                                   \
    X(epoll_ctl)                                                                                                       \
    X(epoll_pwait2)                                                                                                    \
    X(fcntl)                                                                                                           \
    X(fdopen)                                                                                                          \
    X(getpeername)                                                                                                     \
    X(getsockname)                                                                                                     \
    X(getsockopt)                                                                                                      \
    X(ioctl)                                                                                                           \
    X(listen)                                                                                                          \
    X(posix_spawn)                                                                                                     \
    X(posix_spawnp)                                                                                                    \
    X(ppoll)                                                                                                           \
    X(pselect)                                                                                                         \
    X(read)                                                                                                            \
    X(readv)                                                                                                           \
    X(recvfrom)                                                                                                        \
    X(recvmmsg)                                                                                                        \
    X(recvmsg)                                                                                                         \
    X(sendfile)                                                                                                        \
    X(sendmmsg)                                                                                                        \
    X(sendmsg)                                                                                                         \
    X(sendto)                                                                                                          \
    X(setsockopt)                                                                                                      \
    X(shutdown)                                                                                                        \
    X(socket)                                                                                                          \
    X(socketpair)                                                                                                      \
    X(splice)                                                                                                          \
    X(syscall)                                                                                                         \
    X(write)                                                                                                           \
    X(writev)

struct real_functions {
#define X(name) __typeof__(&name) name;
    PRELOAD_FUNCTIONS(X)
#undef X
};

/* The C library's own; any thread, at any time. */
const struct real_functions *preload_real(void);

#define REAL(name) (preload_real()->name)

/* ---- Configuration, read when the library is loaded ---- */

enum preload_transport { PRELOAD_MEMORY, PRELOAD_SHARED, PRELOAD_UDP, PRELOAD_DEVICE, PRELOAD_MODULE };

struct preload_config {
    enum preload_transport transport;
    /* What follows the colon. */
    const char *where;
    bool has_inet;
    bool has_inet6;
    bool has_unix;
    /* Which streams become TLS: those that connect, those that are accepted. */
    bool has_tls_client;
    bool has_tls_server;
    const char *tls_ca;
    const char *tls_certificate;
    const char *tls_key;
    const char *tls_name;
    /* How long the end of the process waits for what was sent, in seconds. */
    unsigned linger;
};

extern struct preload_config preload_config;

/* Says what is wrong in one line, and ends the process: it does not run on other sockets than it was meant to. */
_Noreturn void preload_fail(const char *format, ...) __attribute__((format(printf, 1, 2)));

/* Whether sockets of a family are ours. */
bool preload_has_family(int domain);

/* ---- The network ---- */

/*
 * The transport of sockets of a type, which is made by the first call; NULL and errno in a child whose parent has it.
 */
struct reseau_transport *preload_network(int type);

/* Whether this thread is making the network: what it needs for that is the system's. */
bool preload_is_making_network(void);

/* The child of a fork has none of its parent's. */
void preload_network_forked(void);

/* The process ends: waits for what was sent. */
void preload_network_end(void);

#endif /* RESEAU_PRELOAD_H */
