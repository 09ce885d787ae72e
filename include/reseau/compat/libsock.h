/* SPDX-License-Identifier: Apache-2.0 */
#ifndef RESEAU_COMPAT_LIBSOCK_H
#define RESEAU_COMPAT_LIBSOCK_H

/*
 * The functions of libsock, as facil.io had it from 0.4 to 0.6, on connections of <reseau/connection.h>.
 *
 * A program that was written for it compiles libsock.c, which lies beside this header, in the place of its own sock.c,
 * with the folder of both among its include folders (-I...include/reseau/compat): "sock.h" and "libsock.h" are found
 * there. It links with libreseau. 64-bit systems with POSIX threads.
 *
 * What differs from it, where programs notice:
 *   uuids         are ids of libreseau: above 0, and never given out again
 *   descriptors   sock_uuid2fd() gives one to wait on (poll, epoll, kqueue): it is readable when sock_read() or
 *                 sock_accept() has something, and always writable. Bytes do not go through it, but by these functions;
 *                 hooks use SOCK_DEFAULT_HOOKS
 *   connecting    looks names up on another thread, and tries all addresses; what is written meanwhile is sent after it
 *   the queue     is bounded: a write for which SOCK_MAX_PENDING bytes have no room fails, and the connection is closed
 *   sending       goes on by itself; sock_flush() only reports
 *   callbacks     of packets, hooks and closes may call any function of this header
 *   Unix sockets  are made for their owner (0600); a path in use is not taken away
 *   closes        sock_close_info() says why (<reseau/connection.h>)
 */

#include <reseau/connection.h>

#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/types.h>

#if UINTPTR_MAX < UINT64_MAX
#    error "a uuid has 64 bits"
#endif

/** The version that sock.h had in facil.io 0.4 to 0.6. */
#define LIB_SOCK_VERSION_MAJOR 0
/** Its second part. */
#define LIB_SOCK_VERSION_MINOR 4
/** Its third part. */
#define LIB_SOCK_VERSION_PATCH 0

/** What sock_max_capacity() is at most. */
#ifndef LIB_SOCK_MAX_CAPACITY
#    define LIB_SOCK_MAX_CAPACITY 131072
#endif

#if defined(__cplusplus)
extern "C" {
#endif

/* ---- The process ---- */

/** In a child process, after fork(2): forgets what the parent has open; its uuids are not valid here. */
void sock_on_fork(void);

/** Makes a descriptor non-blocking. Returns 0, or -1 with errno. */
int sock_set_non_block(int fd);

/** Raises the process's limit of descriptors as far as it may, and returns it. -1 with errno on failure. */
ssize_t sock_max_capacity(void);

/* ---- Opening ---- */

/**
 * Listens on a port of an address (NULL: all), or, if the port is NULL or "0", on a Unix path. Returns the uuid or -1.
 */
intptr_t sock_listen(const char *address, const char *port);

/** The next connection that waits. -1 if there is none, with errno EAGAIN, and on errors. Never blocks. */
intptr_t sock_accept(intptr_t srv_uuid);

/**
 * Connects to a port of a host (NULL: this one), or, if the port is NULL or "0", to a Unix path. Returns the uuid at
 * once, or -1; a connect that fails is a close. Never blocks.
 */
intptr_t sock_connect(char *address, char *port);

/** Makes a connection of a connected stream socket. Returns its uuid; -1, and the descriptor stays the caller's. */
intptr_t sock_open(int fd);

/** Takes the socket's descriptor out; sock_on_close() is not called. -1 if bytes are on their way either way. */
int sock_hijack(intptr_t uuid);

/* ---- State ---- */

/** 1 if it is open or closing, else 0. */
int sock_isvalid(intptr_t uuid);

/** 0 if it is open, else 1. */
int sock_isclosed(intptr_t uuid);

/** What sock_peer_addr() returns. */
typedef struct {
    /** Bytes of it; 0 if there is none. */
    uint32_t addrlen;
    /** The address, or NULL. */
    struct sockaddr *addr;
} sock_peer_addr_s;

/** The peer's address, good until the close; NULL for Unix sockets and before it is connected. */
sock_peer_addr_s sock_peer_addr(intptr_t uuid);

/** The uuid of a descriptor: of one from sock_uuid2fd(), or one that was given to sock_open(). -1 if it is none. */
intptr_t sock_fd2uuid(int fd);

/** A descriptor to wait on. It belongs to the uuid: not to be read, written or closed. -1 if the uuid is not valid. */
int sock_uuid2fd(intptr_t uuid);

/** How a connection has ended, or is until now. Returns 0, or -1. (Not in libsock.) */
int sock_close_info(intptr_t uuid, struct reseau_close_info *info);

/* ---- What a program may define ---- */

/** Called when something was read or written; any thread. Without one of the program's: puts idle time-outs off. */
void sock_touch(intptr_t uuid);

/** Called once when a uuid is closed, by either side; any thread. Without one of the program's: nothing. */
void sock_on_close(intptr_t uuid);

/** Called to send what hooks have left, with the uuid as `arg`. Without one of the program's: sock_flush(). */
void sock_flush_defer(void *arg, void *ignored);

/* ---- Reading and writing ---- */

/** Reads what is there. 0: nothing now. -1: the stream has ended or failed, and the connection is closed. */
ssize_t sock_read(intptr_t uuid, void *buf, size_t count);

/** A packet: memory, or a part of a file. */
typedef struct {
    /** Where it goes. */
    intptr_t uuid;
    __extension__ union {
        /** The memory. */
        const void *buffer;
        /** The descriptor of a file, with `is_fd`. */
        intptr_t data_fd;
    };
    __extension__ union {
        /** Called with the memory when it is not needed any more, also on failure. NULL: free(). */
        void (*dealloc)(void *buffer);
        /** Called with the descriptor, in the same way. NULL: close(). */
        void (*close)(intptr_t fd);
    };
    /** Bytes to send; of a file at most, and fewer if it ends. */
    uintptr_t length;
    /** Where they begin. */
    intptr_t offset;
    /** Before what is queued, but for what is on its way. Not for files. */
    unsigned urgent : 1;
    /** `data_fd` is meant. */
    unsigned is_fd : 1;
    /** `buffer` points to the descriptor of a file, an int; `dealloc` is called with that pointer. */
    unsigned is_pfd : 1;
    /** Not used. */
    unsigned rsv : 1;
} sock_write_info_s;

/** Does nothing: for memory that is not to be freed. */
void SOCK_DEALLOC_NOOP(void *arg);
/** The same for files. */
void SOCK_CLOSE_NOOP(intptr_t fd);

/** Queues a packet. 0, or -1 if the connection is closed or the queue has no room. Never blocks. */
ssize_t sock_write2_fn(sock_write_info_s options);

/** The same with fields by name: sock_write2(.uuid = uuid, .buffer = text, .length = 5, .dealloc = ...). */
#define sock_write2(...) sock_write2_fn((sock_write_info_s){__VA_ARGS__})

/** Queues a copy of bytes. 0, or -1. */
static inline ssize_t sock_write(const intptr_t uuid, const void *buffer, const size_t length) {
    sock_write_info_s packet;
    void *copy;
    if (length == 0 || buffer == NULL) {
        return 0;
    }
    copy = malloc(length);
    if (copy == NULL) {
        return -1;
    }
    memcpy(copy, buffer, length);
    memset(&packet, 0, sizeof(packet));
    packet.uuid = uuid;
    packet.buffer = copy;
    packet.length = length;
    return sock_write2_fn(packet);
}

/** Queues a part of a file, which is closed afterwards, also on failure. 0, or -1. */
static inline ssize_t sock_sendfile(intptr_t uuid, intptr_t source_fd, off_t offset, size_t length) {
    sock_write_info_s packet;
    memset(&packet, 0, sizeof(packet));
    packet.uuid = uuid;
    packet.data_fd = source_fd;
    packet.offset = offset;
    packet.length = length;
    packet.is_fd = 1;
    return sock_write2_fn(packet);
}

/** Closes behind what is queued. */
void sock_close(intptr_t uuid);

/** Closes at once. */
void sock_force_close(intptr_t uuid);

/** 1: something is queued. 0: nothing is. -1: closed. */
ssize_t sock_flush(intptr_t uuid);

/** Waits until everything is sent or the connection is closed; on a thread of libreseau's it only does sock_flush(). */
void sock_flush_strong(intptr_t uuid);

/** sock_flush() for everything. */
void sock_flush_all(void);

/** Packets that are queued. */
size_t sock_pending(intptr_t uuid);

/** 1 if packets are queued, else 0. */
int sock_has_pending(intptr_t uuid);

/* ---- Hooks ---- */

/** Functions between a connection and the program. They may call any function of this header. */
typedef struct sock_rw_hook_s {
    /** As read(2). */
    ssize_t (*read)(intptr_t uuid, void *udata, void *buf, size_t count);
    /** As write(2). */
    ssize_t (*write)(intptr_t uuid, void *udata, const void *buf, size_t count);
    /** Sends what the hook itself keeps: bytes that are left, or -1. */
    ssize_t (*flush)(intptr_t uuid, void *udata);
    /** The connection is closed. */
    void (*on_close)(intptr_t uuid, struct sock_rw_hook_s *rw_hook, void *udata);
} sock_rw_hook_s;

/** Sets the hooks of a connection; NULL: none. Functions that are NULL are the default's. 0, or -1. */
int sock_rw_hook_set(intptr_t uuid, sock_rw_hook_s *rw_hooks, void *udata);

/** The hooks that were set, or the default; NULL if the uuid is not valid. */
struct sock_rw_hook_s *sock_rw_hook_get(intptr_t uuid);

/** What was set with them. */
void *sock_rw_udata(intptr_t uuid);

/** The connection itself, for hooks to stand on; `udata` is not used. */
extern const sock_rw_hook_s SOCK_DEFAULT_HOOKS;

#if defined(__cplusplus)
}
#endif

#endif /* RESEAU_COMPAT_LIBSOCK_H */
