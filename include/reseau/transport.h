/* SPDX-License-Identifier: Apache-2.0 */
#ifndef RESEAU_TRANSPORT_H
#define RESEAU_TRANSPORT_H

/*
 * What carries the sockets of <reseau/usocket.h>: the contract between their front, which is the library's, and a
 * transport, which anybody may write. The library's own transports use nothing else.
 *
 * The front has descriptors, blocking, time-outs, options, readiness, the queue of a listener and a receive buffer for
 * each socket. A transport has addresses, and moves fragments from one socket to another. It promises by type
 *
 *   SOCK_STREAM      every byte once; fragments may arrive in any order. The sender is slowed down by the receiver.
 *   SOCK_SEQPACKET   every datagram once and in order; its fragments may arrive in any order. Slowed down as well.
 *   SOCK_DGRAM       whole datagrams or nothing, in any order. Whether it loses some, or slows the sender down, is
 *                    the transport's choice.
 *
 * Hooks
 *
 *   Results    0 or more is success, less than 0 a negated number of <errno.h>, which the program's call returns.
 *   Threads    Hooks are called on the thread of the program's call. Of one socket `write` is called by one thread
 *              at a time; other hooks may be called meanwhile. After `close` only `destroy` comes, and exactly
 *              once.
 *   Locks      The front may hold locks of that socket. A hook may call every function of this header, also for the
 *              socket that it is called for; functions of <reseau/usocket.h> it must not call for that socket.
 *   Blocking   No hook waits. What takes time returns -EINPROGRESS or takes nothing, and is reported later.
 *   NULL       A hook that is NULL answers -EOPNOTSUPP, where nothing else is said.
 *
 * Functions below may be called on any thread, for a socket that is held: from `create` until `destroy` returns, or by
 * reseau_transport_socket_acquire(). They never wait, and for a socket that is closed they do nothing.
 *
 * The numbers are those of the system's headers; on Windows those of <reseau/compat/posix_sockets.h>. A descriptor of
 * the system's is there a SOCKET or a HANDLE, as a number: 32 bits of it count.
 */

#include <stddef.h>
#include <stdint.h>

#if defined(_WIN32)
#    include <reseau/compat/posix_sockets.h>
#else
#    include <sys/socket.h>
#endif

#ifdef __cplusplus
extern "C" {
#endif

/** A transport. Counted: its maker has the first reference, and each of its sockets one. */
struct reseau_transport;

/** The front's half of a socket. Counted: the front has one reference until after `destroy`. */
struct reseau_transport_socket;

/** A piece of a stream, or of a datagram. */
struct reseau_fragment {
    /** Position of the first byte: in the stream since its beginning, or in the datagram. */
    uint64_t offset;
    /** Length of the whole datagram, in bytes; 0 in streams. */
    uint64_t total;
    /**
     * Which datagram. The front numbers those that a socket sends, from 1 on. To a receiver the transport gives numbers
     * that differ for datagrams whose fragments arrive interleaved, whoever sent them. 0 in streams.
     */
    uint64_t datagram;
    /** The bytes: the caller's, for the time of the call. May be NULL if `length` is 0. */
    const void *data;
    /** How many bytes. */
    size_t length;
    /**
     * Datagrams: where it goes to, NULL for the peer; when delivered, where it comes from, NULL if it has no name. Of a
     * connection what the program gave to sendto(), which a transport may ignore, or refuse with EISCONN.
     */
    const struct sockaddr *address;
    /** Bytes of `address`. */
    socklen_t address_length;
};

/** What a transport says of one socket when it is created; the front begins with zeros, which mean no limit. */
struct reseau_transport_traits {
    /** The most bytes that one fragment may have. */
    size_t max_fragment;
    /** The most bytes that one datagram may have; sending more fails with EMSGSIZE. */
    size_t max_datagram;
};

/** What carries the packets of a wire. */
enum reseau_wire_kind {
    /** A connected datagram socket. */
    RESEAU_WIRE_DATAGRAMS = 0,
    /** A stream of bytes both ways. */
    RESEAU_WIRE_BYTES = 1
};

/** How a socket is closed. */
enum reseau_transport_close {
    /** What was taken still reaches the peer, which then sees the end of the stream. */
    RESEAU_TRANSPORT_CLOSE_GRACEFUL = 0,
    /** The connection is reset at once: data was not read, or SO_LINGER says so. */
    RESEAU_TRANSPORT_CLOSE_ABORT = 1
};

/** The hooks of a transport. Copied by reseau_transport_new(). */
struct reseau_transport_hooks {
    /** sizeof(struct reseau_transport_hooks): fields may be added at the end. */
    size_t size;

    /* ---- Semantics: creation and destruction, and hooks for single calls ---- */

    /**
     * A socket is made: by socket(), or, two times and before `pair`, by socketpair(). Puts its own state for it into
     * `*state`, which the other hooks get, and may limit it by `*traits`. If this fails there is no socket, and
     * `destroy` is not called. Required. Errors: EAFNOSUPPORT, EPROTONOSUPPORT, ESOCKTNOSUPPORT, ENOBUFS.
     */
    int (*create)(
        void *transport_state,
        struct reseau_transport_socket *socket,
        int domain,
        int type,
        int protocol,
        struct reseau_transport_traits *traits,
        void **state);
    /**
     * The last descriptor is gone, and no other hook of this socket runs or will run but `destroy`. Graceful and more
     * to send: -EINPROGRESS, and reseau_transport_drained() when it is done; the socket must then be held till there.
     * Required.
     */
    int (*close)(void *state, int how);
    /** The front's reference is gone: the state may be freed when the transport's own are. Required. */
    void (*destroy)(void *state);
    /** The transport's last reference is gone. May be NULL. */
    void (*end)(void *transport_state);
    /** Connects two new sockets with each other. */
    int (*pair)(void *state, void *other_state);
    /** Gives the socket a name. Errors: EADDRINUSE, EADDRNOTAVAIL, EINVAL (has one; bad length), EAFNOSUPPORT. */
    int (*bind)(void *state, const struct sockaddr *address, socklen_t length);
    /** Connections may come, by reseau_transport_prepare(). Called again when the backlog changes. */
    int (*listen)(void *state, int backlog);
    /**
     * Connects: 0 when that is done; -EINPROGRESS, and reseau_transport_connected() later; or an error. For datagrams
     * it sets the peer, and with AF_UNSPEC there is none any more.
     */
    int (*connect)(void *state, const struct sockaddr *address, socklen_t length);
    /**
     * A listener may have room in its queue: the program has taken a connection, or changed the backlog. Or it does not
     * listen any more: what waits is to be refused. May be NULL.
     */
    void (*accepted)(void *listener_state);
    /** SHUT_RD, SHUT_WR or SHUT_RDWR, of a connected socket. May be NULL: then nothing happens at the peer. */
    int (*shutdown)(void *state, int how);
    /** Writes the socket's name, at most `*length` bytes, and its whole length into `*length`. */
    int (*local_address)(void *state, struct sockaddr *address, socklen_t *length);
    /** The same for its peer's; -ENOTCONN if it has none. */
    int (*peer_address)(void *state, struct sockaddr *address, socklen_t *length);
    /** An option that the front does not have. NULL, or no such option: -ENOPROTOOPT. */
    int (*get_option)(void *state, int level, int name, void *value, socklen_t *length);
    /**
     * An option that the front does not have; also those of its own that concern a transport (SO_SNDBUF, SO_KEEPALIVE,
     * SO_BROADCAST, SO_REUSEADDR, SO_DONTROUTE, SO_PRIORITY), after the front has set them, whose result is ignored.
     */
    int (*set_option)(void *state, int level, int name, const void *value, socklen_t length);
    /** A request of ioctl() that the front does not have. NULL: -ENOTTY. */
    int (*control)(void *state, unsigned long request, void *argument);

    /* ---- Fragmented I/O ---- */

    /**
     * Takes a fragment towards the peer or `fragment->address`, or the beginning of it: how many bytes, of a datagram
     * all or none. 0 for a fragment that is not empty, and -EAGAIN, mean that there is no room;
     * reseau_transport_writable() follows. Who has taken the first fragment of a datagram has room for all of it.
     * Required. Errors: EPIPE, ECONNRESET, ECONNREFUSED, EMSGSIZE, ENOTCONN, EDESTADDRREQ, EHOSTUNREACH, ...
     */
    ptrdiff_t (*write)(void *state, const struct reseau_fragment *fragment);
    /**
     * Whether `write` would take `needed` bytes now, or all that it ever takes at once if that is less: 1, or 0, and
     * reseau_transport_writable() follows. NULL: always.
     */
    int (*is_writable)(void *state, size_t needed);
    /**
     * The program has read: reseau_transport_deliver() took less than it was given, or reseau_transport_has_room() said
     * 0, and now there is room. May be NULL.
     */
    void (*has_read)(void *state);
};

/**
 * Makes a transport. `state` is given to `create` and `end`. Returns 0, and the reference in `*transport`; or EINVAL:
 * an argument is NULL, the size is unknown, or a required hook is missing; then `end` is not called.
 */
int reseau_transport_new(const struct reseau_transport_hooks *hooks, void *state, struct reseau_transport **transport);

/**
 * Makes a network that exists only in memory: sockets of AF_INET, AF_INET6 and AF_UNIX of this process, that reach
 * those of the same transport. Each has its own names and ports. Returns 0, and the reference in `*transport`; or
 * EINVAL.
 */
int reseau_transport_new_memory(struct reseau_transport **transport);

/**
 * Makes one end of a wire, to which another process or host has the other: sockets of AF_INET, AF_INET6 and AF_UNIX, of
 * SOCK_STREAM and SOCK_DGRAM, with names that only the two ends know. `descriptor` is the system's, and the transport's
 * from then on, to be closed by it; it becomes non-blocking.
 *
 *   RESEAU_WIRE_DATAGRAMS   a connected datagram socket, say of UDP. Datagrams of 1300 bytes must fit.
 *   RESEAU_WIRE_BYTES       a stream of bytes both ways: a serial line, a terminal in raw mode, a stream socket. On
 *                           Windows a stream socket, or the handle of a pipe or serial line that was opened with
 *                           FILE_FLAG_OVERLAPPED (else EINVAL); time-outs of a serial line are set.
 *
 * Either may lose, damage, repeat and reorder what it carries. Streams are whole all the same: by checksums, windows,
 * retransmission and congestion control. Datagrams that are lost are lost. A peer that does not answer fails a
 * connection with ETIMEDOUT. Sockets that are closed send what they have for up to 30 seconds more.
 *
 * The transport has a thread, which ends after the last reference is gone. Returns 0, and the reference in
 * `*transport`; or EINVAL, or what the system says (EBADF, EMFILE, EAGAIN, ENOMEM); then the descriptor is still the
 * caller's.
 */
int reseau_transport_new_wire(int descriptor, int kind, struct reseau_transport **transport);

/**
 * Makes one end of a file that two processes have mapped: sockets of AF_INET, AF_INET6 and AF_UNIX, of SOCK_STREAM and
 * SOCK_DGRAM, with names that only the two ends know. `descriptor` is one of memfd_create(), shm_open() or of a file
 * that nobody else uses; both processes give one of the same file. It is the transport's from then on.
 *
 * Who comes first has the one end, who comes second the other; when a process has released its transport, or died, the
 * next one may have its end. The peer's connections then fail with ECONNRESET, when what had been sent has arrived;
 * that takes up to a fifth of a second. A connect() without anybody at the other end fails with ECONNREFUSED. A child
 * of a fork that lives on keeps its parent's end. Datagrams that find no room are lost.
 *
 * A peer that writes into the file what it should not is cut off; it does not make the library read or write anything
 * but the file. If it may be hostile, the file is to be one of memfd_create() with MFD_ALLOW_SEALING: others can be
 * made shorter, which ends a process that has mapped them (SIGBUS). On Windows `descriptor` is the handle of a file
 * that was opened for reading and writing, and that others may open so (FILE_SHARE_READ, FILE_SHARE_WRITE); two
 * processes have the same file if its volume and its number are the same, and nobody can make it shorter.
 *
 * The transport has a thread, which ends after the last reference is gone. Returns 0, and the reference in
 * `*transport`; or EINVAL (also: no such file of ours), EBUSY (both ends are taken, or another process is taking one
 * and has not finished in a second), or what the system says (EBADF, EACCES, EMFILE, EAGAIN, ENOMEM, ENOSPC, EFBIG);
 * then the descriptor is still the caller's. Blocks for that second at most. Linux and Windows.
 */
int reseau_transport_new_shared(int descriptor, struct reseau_transport **transport);

struct reseau_tls_options;

/**
 * Makes a transport of streams with TLS over those of another transport, which is held: programs write and read what is
 * in the clear. connect() and accept() are done when the handshake is; one that fails is EPROTO for connect(), and is
 * not seen by accept(). A stream that ends without a close_notify, which somebody may have cut, ends with ECONNRESET.
 * Addresses and options are those of the transport below.
 *
 * `client` has the options of connections made by connect(), `server` of those that are accepted (<reseau/tls.h>); with
 * NULL there are none of that kind (EOPNOTSUPP). A client's options have `server_name`, the name that is verified,
 * since addresses have none, or say `insecure`. Keys in tokens are not used.
 *
 * The transport has a thread, which ends after the last reference is gone and what sockets have sent is on its way.
 * Returns 0, and the reference in `*transport`; or EINVAL (an argument, or an option), ENOENT (a file is not there),
 * EPROTO (what the options name cannot be used), EAGAIN, ENFILE.
 */
int reseau_transport_new_tls(
    struct reseau_transport *below,
    const struct reseau_tls_options *client,
    const struct reseau_tls_options *server,
    struct reseau_transport **transport);

/**
 * Waits until what sockets of the transport have sent that are closed has reached the peer, or cannot any more: before
 * a process ends, say. Blocks for `milliseconds` at most. Returns 0, ETIMEDOUT, or EINVAL (NULL). Any thread.
 */
int reseau_transport_await_drained(struct reseau_transport *transport, unsigned milliseconds);

/**
 * What the shared object of a transport exports by the name `reseau_transport_open`, so that programs under
 * libreseau-preload.so run on it (docs/preload.md): makes a transport, and returns 0 and the reference in `*transport`,
 * or a positive number of <errno.h>. `argument` is what the program's environment says to it, and may be empty. Called
 * once, by the thread that makes the first socket; sockets that this thread makes meanwhile are the system's.
 */
typedef int(reseau_transport_open_fn)(const char *argument, struct reseau_transport **transport);

/** One more reference; returns `transport`. */
struct reseau_transport *reseau_transport_acquire(struct reseau_transport *transport);

/** One reference less. NULL is fine. */
void reseau_transport_release(struct reseau_transport *transport);

/**
 * reseau_usocket() and reseau_usocketpair() use this transport for `domain` from now on; it is held. With NULL they use
 * the one that every process has without asking: in memory, for AF_INET, AF_INET6 and AF_UNIX. Returns 0; EINVAL for a
 * domain below 0; ENOBUFS if there are too many domains (16).
 */
int reseau_transport_select(int domain, struct reseau_transport *transport);

/** One more reference to the front's half of a socket; returns `socket`. */
struct reseau_transport_socket *reseau_transport_socket_acquire(struct reseau_transport_socket *socket);

/** One reference less. NULL is fine. */
void reseau_transport_socket_release(struct reseau_transport_socket *socket);

/* ---- What the transport reports ---- */

/**
 * A fragment has arrived. Returns how many bytes of it, from its beginning, are in the receive buffer now; of a stream
 * perhaps not all, and the rest is to be delivered again, when `has_read` says that there is room. Or
 *
 *   -EAGAIN     there is no room; `has_read` says when there is
 *   -EEXIST     all of it has been delivered before
 *   -EINVAL     it overlaps with another one, or reaches beyond its datagram or the end of the stream, or the lengths
 *               or addresses of the fragments of one datagram differ
 *   -EMSGSIZE   the datagram is larger than the whole receive buffer
 *   -ENOBUFS    there are too many holes, or too many datagrams that are not complete
 *   -EPIPE      nobody will read it: the socket is closed, or its direction has ended
 *
 * and in these cases nothing of it is taken. An empty fragment is a datagram without bytes; in streams it is nothing.
 * The bytes before the first hole of a stream can be read at once; a datagram when it is complete.
 */
ptrdiff_t reseau_transport_deliver(struct reseau_transport_socket *socket, const struct reseau_fragment *fragment);

/**
 * Whether the receive buffer would take `needed` bytes at the end of what it has, or all that it ever takes if that is
 * less: 1; or 0, and `has_read` says when.
 */
int reseau_transport_has_room(struct reseau_transport_socket *socket, size_t needed);

/** How many bytes the receive buffer would take now, at the end of what it has. */
size_t reseau_transport_room(struct reseau_transport_socket *socket);

/** The rest of this datagram will not come: its room is free again. Nothing happens if it is complete or unknown. */
void reseau_transport_abandon(struct reseau_transport_socket *socket, uint64_t datagram);

/**
 * The peer's stream ends at this offset: reads return 0 when everything before it has been read. -EINVAL if data beyond
 * it has been delivered, or another end. For SOCK_SEQPACKET and SOCK_DGRAM the offset is ignored: nothing more comes.
 */
int reseau_transport_end(struct reseau_transport_socket *socket, uint64_t offset);

/** The peer reads no more: writes fail with EPIPE. */
void reseau_transport_refuse_writes(struct reseau_transport_socket *socket);

/**
 * Something failed, by a positive number of <errno.h>. A connection is over, and both directions end; what has been
 * delivered can still be read. Of sockets without connection only the next call fails. The error is that of SO_ERROR.
 */
void reseau_transport_fail(struct reseau_transport_socket *socket, int error);

/** The answer to a `connect` that returned -EINPROGRESS: 0, or a positive number of <errno.h>. */
void reseau_transport_connected(struct reseau_transport_socket *socket, int error);

/**
 * A connection is coming to a listener: makes a socket for it that is connected, whose state is `state`. Fragments may
 * be delivered to it at once; no hook is called for it before it has been offered. Returns 0, and the socket in
 * `*socket`, to be offered or withdrawn; or -ECONNREFUSED: it does not listen any more; then `state` is still the
 * transport's.
 */
int reseau_transport_prepare(
    struct reseau_transport_socket *listener,
    void *state,
    const struct reseau_transport_traits *traits,
    struct reseau_transport_socket **socket);

/**
 * Puts a prepared socket into the queue for accept(): 0. -EAGAIN: the queue is full, and `accepted` says when there is
 * room; -ECONNREFUSED: it does not listen any more. Both leave the socket as it is, to be offered again or withdrawn.
 * When the listener closes, what is in its queue is closed with RESEAU_TRANSPORT_CLOSE_ABORT.
 */
int reseau_transport_offer(struct reseau_transport_socket *listener, struct reseau_transport_socket *socket);

/** Ends a prepared socket that was not offered with success; `destroy` is called, `close` is not. */
void reseau_transport_withdraw(struct reseau_transport_socket *socket);

/** There is room again: after `write` took less than it was given, or `is_writable` said 0. */
void reseau_transport_writable(struct reseau_transport_socket *socket);

/** Everything that a closed socket had to send has arrived: close() lingers no longer. */
void reseau_transport_drained(struct reseau_transport_socket *socket);

#ifdef __cplusplus
}
#endif

#endif /* RESEAU_TRANSPORT_H */
