/* SPDX-License-Identifier: Apache-2.0 */
#ifndef RESEAU_DATAGRAM_H
#define RESEAU_DATAGRAM_H

/*
 * Datagrams over UDP (RFC 768). Sockets are on a loop; what comes waits in a queue of bounded size, whose overflow is
 * dropped, as the system does.
 */

#include <reseau/base.h>
#include <reseau/net.h>

/** A datagram that came, or one to send. */
struct reseau_datagram {
    /** What it holds. Received: the caller's buffer, whose room is `capacity`. */
    void *data;
    size_t length;
    size_t capacity;
    /** The other end. */
    struct reseau_ip ip;
    uint16_t port;
    /** Received: not 0 if the datagram was longer than the buffer. */
    int is_truncated;
};

/** Options of reseau_datagram_bind() and reseau_datagram_connect(). */
struct reseau_datagram_options {
    /** sizeof(struct reseau_datagram_options). */
    size_t size;
    void *state;
    /** A datagram has come: good inside the callback. Without it, they wait for reseau_datagram_receive(). */
    void (*on_datagram)(reseau_id socket, const struct reseau_datagram *datagram, void *state);
    /** The socket is closed; the last callback. */
    void (*on_close)(reseau_id socket, int error, void *state);
    /** The loop to be on. Default: one of the library's. */
    reseau_id loop;
    /** Datagrams, and bytes, that wait to be received. Default: 256 and 262,144. */
    size_t queue_datagrams;
    size_t queue_bytes;
    /** Not 0: others may have the port too (SO_REUSEADDR), as multicast receivers need. */
    int share_address;
    /** Not 0: datagrams may go to broadcast addresses. */
    int broadcast;
    /** Not 0: an IPv6 socket leaves IPv4 out. */
    int ipv6_only;
};

#ifdef __cplusplus
extern "C" {
#endif

/**
 * A socket with a local address; `host` NULL is the loopback address, "*" every one; port 0 lets the system choose.
 * Returns its id, which reseau_close() closes.
 */
RESEAU_API reseau_id
reseau_datagram_bind(const char *host, uint16_t port, const struct reseau_datagram_options *options);

/** A socket with a peer: reseau_datagram_send() needs no address, and others' datagrams are not received. */
RESEAU_API reseau_id
reseau_datagram_connect(const char *host, uint16_t port, const struct reseau_datagram_options *options);

/**
 * Sends a datagram to an address, or to the peer if `ip` is NULL. It is with the system, or was dropped by it, when
 * this returns `length`. RESEAU_ERROR_TOO_LARGE; RESEAU_ERROR_WOULD_BLOCK if the system has no room now. Never blocks.
 */
RESEAU_API int64_t reseau_datagram_send(
    reseau_id socket,
    const void *data,
    size_t length,
    const struct reseau_ip *ip,
    uint16_t port);

/** Sends many by few system calls (sendmmsg(2)). Returns how many went; an error only if none did. Never blocks. */
RESEAU_API int reseau_datagram_send_batch(reseau_id socket, const struct reseau_datagram *datagrams, size_t count);

/** The next datagram, into `datagram->data`. Returns its length. Blocks up to `timeout_ms`. */
RESEAU_API int64_t reseau_datagram_receive(reseau_id socket, struct reseau_datagram *datagram, int64_t timeout_ms);

/** As many as are there, up to `count`; waits for the first. Returns how many. Blocks up to `timeout_ms`. */
RESEAU_API int reseau_datagram_receive_batch(
    reseau_id socket,
    struct reseau_datagram *datagrams,
    size_t count,
    int64_t timeout_ms);

/** Joins a multicast group (RFC 1112, RFC 3810) on an interface, by name; NULL: the system's choice. */
RESEAU_API int reseau_datagram_join(reseau_id socket, const struct reseau_ip *group, const char *interface_name);

/** Leaves a group. */
RESEAU_API int reseau_datagram_leave(reseau_id socket, const struct reseau_ip *group, const char *interface_name);

/** How far multicast datagrams go: 0 to 255 hops, 1 at first. -1 leaves it. `loop` not 0: they come back to this host. */
RESEAU_API int reseau_datagram_set_multicast(reseau_id socket, int hops, int loop);

/** How far other datagrams go: 1 to 255 hops. */
RESEAU_API int reseau_datagram_set_hops(reseau_id socket, int hops);

#ifdef __cplusplus
}
#endif

#endif /* RESEAU_DATAGRAM_H */
