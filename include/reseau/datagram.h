/* SPDX-License-Identifier: Apache-2.0 */
#ifndef RESEAU_DATAGRAM_H
#define RESEAU_DATAGRAM_H

/*
 * Datagrams over UDP (RFC 768).
 *
 * Two ways to receive: by `on_datagram`, which the loop calls, or without it by reseau_datagram_receive(), which waits.
 * What has come and was not received waits in the system's queue, of bounded size; what does not fit there is dropped,
 * as the network may drop it. Any number of threads send and receive on one socket at the same time, without locks.
 */

#include <reseau/base.h>
#include <reseau/net.h>

#include <string.h>

/** A datagram that came, room for one, or one to send. */
struct reseau_datagram {
    /** Its bytes. To send: not changed. To receive: the caller's buffer; NULL only if `capacity` is 0. */
    void *data;
    /** Bytes of it. After a receive: those in the buffer. */
    size_t length;
    /** To receive: bytes that the buffer has room for. Not used else. */
    size_t capacity;
    /** The other end. To send: family 0 is the peer of a connected socket. */
    struct reseau_ip ip;
    /** Its port. */
    uint16_t port;
    /** After a receive: not 0 if the datagram was longer than the buffer; what did not fit is lost. */
    int is_truncated;
    /**
     * Not 0: `data` is several datagrams, each of so many bytes, of which the last may be shorter. To send: they are
     * cut there, by the system's own means where it has them (UDP_SEGMENT), which is quicker than one by one; the
     * system may drop those at the end. After a receive: only with `join_received`.
     */
    size_t segment_size;
};

/**
 * Options of reseau_datagram_bind() and reseau_datagram_connect(). Set `size`, or begin with
 * reseau_datagram_options_default(); leave the rest zero.
 */
struct reseau_datagram_options {
    /** sizeof(struct reseau_datagram_options). */
    size_t size;

    /** Given to every callback. */
    void *state;

    /**
     * A datagram has come; it is good inside the callback. Never truncated. On the loop's thread; it may close the
     * socket, after which no other comes. Stopped and begun again by reseau_pause() and reseau_resume(); a few that
     * were taken from the system's queue already still come after a pause.
     */
    void (*on_datagram)(reseau_id socket, const struct reseau_datagram *datagram, void *state);

    /**
     * The socket is closed: `error` is 0, or why (RESEAU_ERROR_LOOP_ENDED). Exactly once, the last callback, on the
     * loop's thread. Not called if the socket could not be made.
     */
    void (*on_close)(reseau_id socket, int error, void *state);

    /** The loop to be on. Default: one of the library's. */
    reseau_id loop;

    /** Bytes that may wait to be received (SO_RCVBUF); the system has bounds of its own. Default: the system's. */
    size_t receive_queue_bytes;

    /** Not 0: others that ask for it too may have the port (SO_REUSEADDR), as receivers of one multicast group do. */
    int share_address;

    /** Not 0: datagrams may go to broadcast addresses; else they fail with RESEAU_ERROR_ACCESS_DENIED. */
    int broadcast;

    /** Not 0: an IPv6 socket leaves IPv4 out. Else it reaches IPv4, too, and has such addresses as IPv4. */
    int ipv6_only;

    /**
     * Not 0: what comes from one sender, and in one size, may be received as one datagram (UDP_GRO, where there is
     * that), with its `segment_size`; buffers should have room for 65,535 bytes. `on_datagram` gets them one by one.
     */
    int join_received;
};

/** Options that say nothing but their size. */
static inline struct reseau_datagram_options reseau_datagram_options_default(void) {
    struct reseau_datagram_options options;
    memset(&options, 0, sizeof(options));
    options.size = sizeof(options);
    return options;
}

#ifdef __cplusplus
extern "C" {
#endif

/**
 * A socket with a local address; `host` NULL is 127.0.0.1, "*" every address of both families; port 0 lets the system
 * choose, and reseau_local_address() has the number. Returns its id, which reseau_close() closes; or
 * RESEAU_ERROR_ADDRESS_IN_USE, _ACCESS_DENIED, _ADDRESS_NOT_AVAILABLE or another, and nothing is left. Any thread;
 * blocks only to look a name up, which is refused on a loop's thread (RESEAU_ERROR_WOULD_BLOCK_LOOP).
 */
RESEAU_API reseau_id
reseau_datagram_bind(const char *host, uint16_t port, const struct reseau_datagram_options *options);

/**
 * A socket with a peer (connect(2)): it sends there unless an address is given, and others' datagrams are not received.
 * If the peer's host answers that nobody has the port (ICMP, RFC 792), the next send or receive fails with
 * RESEAU_ERROR_REFUSED, and the socket goes on. Otherwise as reseau_datagram_bind(); nothing is sent yet.
 */
RESEAU_API reseau_id
reseau_datagram_connect(const char *host, uint16_t port, const struct reseau_datagram_options *options);

/**
 * Sends a datagram to an address, or to the peer if `ip` is NULL. It is with the system, or was dropped by it, when
 * this returns `length`. RESEAU_ERROR_TOO_LARGE; RESEAU_ERROR_WOULD_BLOCK if the system has no room now;
 * RESEAU_ERROR_UNREACHABLE and other errors of the system. The socket can be used after any of them. Any thread; never
 * blocks.
 */
RESEAU_API int64_t
reseau_datagram_send(reseau_id socket, const void *data, size_t length, const struct reseau_ip *ip, uint16_t port);

/**
 * Sends many, in order, by few system calls (sendmmsg(2)), until one cannot be sent. Returns how many went; an error,
 * that of the first, only if none did. Any thread; never blocks.
 */
RESEAU_API int reseau_datagram_send_batch(reseau_id socket, const struct reseau_datagram *datagrams, size_t count);

/**
 * The same from the middle of the first on, for datagrams with a `segment_size`: `*sent` bytes of it have gone before,
 * a whole number of segments. When this returns, `*sent` is how much has gone of the first that did not go as a whole,
 * 0 if none was begun: with that, and past those that went, the rest is sent later, and nothing twice. (Both functions
 * above drop the rest of one that was begun, as the network may.) Returns how many went as a whole, so 0 if a part of
 * the first did; an error only if nothing went. RESEAU_ERROR_INVALID_ARGUMENT if `sent` is NULL or no such number.
 */
RESEAU_API int
reseau_datagram_send_rest(reseau_id socket, const struct reseau_datagram *datagrams, size_t count, size_t *sent);

/**
 * The next datagram, into `datagram->data`. Returns its length, which may be 0. Waits up to `timeout_ms`:
 * RESEAU_ERROR_TIMED_OUT, or RESEAU_ERROR_WOULD_BLOCK if that is 0. RESEAU_ERROR_CANCELED when the socket is closed;
 * RESEAU_ERROR_BUSY if it has `on_datagram`. Any thread; on a loop's only with a `timeout_ms` of 0.
 */
RESEAU_API int64_t reseau_datagram_receive(reseau_id socket, struct reseau_datagram *datagram, int64_t timeout_ms);

/**
 * As many as are there, up to `count`, and up to what one system call gives (recvmmsg(2)); waits for the first as
 * reseau_datagram_receive() does. Returns how many.
 */
RESEAU_API int
reseau_datagram_receive_batch(reseau_id socket, struct reseau_datagram *datagrams, size_t count, int64_t timeout_ms);

/**
 * Joins a multicast group (RFC 1112, RFC 3810) on an interface, by name; NULL: that of the group's scope, or the
 * system's choice. RESEAU_ERROR_INVALID_ARGUMENT if it is no group; RESEAU_ERROR_ADDRESS_NOT_AVAILABLE if there is no
 * such interface; RESEAU_ERROR_ADDRESS_IN_USE if the socket is in the group. Any thread; never blocks.
 */
RESEAU_API int reseau_datagram_join(reseau_id socket, const struct reseau_ip *group, const char *interface_name);

/**
 * Leaves a group. The interface as for reseau_datagram_join(); RESEAU_ERROR_ADDRESS_NOT_AVAILABLE if the socket is not
 * in the group there. Any thread; never blocks.
 */
RESEAU_API int reseau_datagram_leave(reseau_id socket, const struct reseau_ip *group, const char *interface_name);

/**
 * How far datagrams to groups go: 0 (this host) to 255 hops, 1 at first; -1 leaves it. `loop` not 0: they come to
 * members on this host, too, as at first. By which interface they leave, by name; NULL leaves it: at first the system's
 * choice. RESEAU_ERROR_ADDRESS_NOT_AVAILABLE if there is no such interface. Any thread; never blocks.
 */
RESEAU_API int reseau_datagram_set_multicast(reseau_id socket, int hops, int loop, const char *interface_name);

/** How far other datagrams go: 1 to 255 hops; at first the system's number. Any thread; never blocks. */
RESEAU_API int reseau_datagram_set_hops(reseau_id socket, int hops);

#ifdef __cplusplus
}
#endif

#endif /* RESEAU_DATAGRAM_H */
