/* SPDX-License-Identifier: Apache-2.0 */
#ifndef RESEAU_CONNECTION_H
#define RESEAU_CONNECTION_H

/*
 * Connections: streams of bytes over TCP or Unix sockets, plain or by TLS.
 *
 * Two ways to use one, which may be mixed:
 *   callbacks   give `on_data` and the others; the loop calls them
 *   blocking    give none; reseau_read() waits for bytes, reseau_write() for room in the queue. Also after a failure
 *               the connection is there, with what has come before it, until the program closes it
 *
 * What a peer sends is kept in a buffer of bounded size, and what is written waits in a queue of bounded size. A full
 * buffer stops the reading, so that the peer has to wait; a full queue does what `write_policy` says.
 */

#include <reseau/base.h>

#include <string.h>

struct reseau_tls_options;
struct reseau_close_info;

/** What a write does when the queue has no room for it. */
enum reseau_write_policy {
    /** It waits for room, up to the write deadline; on a loop's thread it does as the next one. */
    RESEAU_WRITE_BLOCK = 0,
    /** It fails with RESEAU_ERROR_NO_ROOM and queues nothing; `on_drain` reports when there is room. */
    RESEAU_WRITE_WOULD_BLOCK = 1,
    /** It fails with RESEAU_ERROR_NO_ROOM, and the connection is aborted: this peer reads too slowly. */
    RESEAU_WRITE_CLOSE = 2,
};

/**
 * Options of reseau_connect(), reseau_listen() (for the connections that it accepts), reseau_adopt() and their kin. Set
 * `size`, or begin with reseau_options_default(); leave the rest zero.
 */
struct reseau_options {
    /** sizeof(struct reseau_options). */
    size_t size;

    /** Given to every callback; see also reseau_set_state(). */
    void *state;

    /** The connection can be used: it is connected, and the TLS handshake is done. Once, before all others. */
    void (*on_open)(reseau_id connection, void *state);

    /**
     * Bytes have come. `data` is everything that is not consumed yet, in one piece, and good inside the callback.
     * Returns how many of them it has consumed. The rest is kept and given again, with more behind it: when more has
     * come, after `on_drain`, after reseau_resume(). A rest that fills the buffer stops the reading until then, or
     * until a read makes room. The peer's end does not wait for a rest, which may be the beginning of what will never
     * be whole. It waits, behind the rest, while the connection is paused, and while `on_drain` is due: what a full
     * queue had no room for comes again before the end. A program that passes bytes on to another connection pauses
     * this one when that one has no room, and resumes it in its `on_drain`; if they are on different loops, it pauses,
     * tries to write once more, and resumes if that succeeds.
     */
    size_t (*on_data)(reseau_id connection, const void *data, size_t length, void *state);

    /**
     * The peer has ended its sending; everything before that has been given to `on_data`. What that has left can still
     * be read by reseau_try_read(). Without this callback, connections with `on_data` close gracefully.
     */
    void (*on_end)(reseau_id connection, void *state);

    /** The queue was full and has room again: half of it, at least. */
    void (*on_drain)(reseau_id connection, void *state);

    /** `idle_timeout_ms` was put off by a read or a write. */
    void (*on_touch)(reseau_id connection, void *state);

    /**
     * The connection is closed, by the peer, by this side, or by a failure; also one that never opened. Exactly once,
     * the last callback of all. `info` stays readable by reseau_close_info() for a while.
     */
    void (*on_close)(reseau_id connection, const struct reseau_close_info *info, void *state);

    /** The loop to be on, by id. Default: one of the library's own, the least loaded. */
    reseau_id loop;

    /** TLS, as client or server. NULL: plain. */
    const struct reseau_tls_options *tls;

    /** Bytes kept that nobody has read. Default: 65,536. */
    size_t read_buffer_bytes;

    /** Bytes queued that the system has not taken, files left out. SIZE_MAX: no limit. Default: 1,048,576. */
    size_t write_queue_bytes;

    /** One of `enum reseau_write_policy`. */
    int write_policy;

    /** 4 or 6: addresses of this family only. Default: both, as RFC 8305 says. */
    int family;

    /** The look-up of the name, connecting, the proxy and TLS together. Default: 30,000. */
    int64_t connect_timeout_ms;

    /** Each address. Default: 10,000. */
    int64_t attempt_timeout_ms;

    /** The TLS handshake. Default: 10,000. */
    int64_t tls_timeout_ms;

    /** Closed when nothing was read or written for so long. Default: no limit. */
    int64_t idle_timeout_ms;

    /** Aborted when queued bytes have waited for so long and the peer took none of them. Default: no limit. */
    int64_t slow_reader_timeout_ms;

    /** How long a graceful close waits for the peer to take what is queued. Default: 10,000. */
    int64_t close_timeout_ms;

    /** Silence after which TCP asks whether the peer is there. Default: the system's keep-alive is off. */
    int64_t keep_alive_ms;

    /** How long sent bytes may stay unconfirmed (TCP_USER_TIMEOUT). Default: the system's. */
    int64_t user_timeout_ms;

    /** Small writes wait for others (Nagle's algorithm, RFC 896), which this library otherwise turns off. */
    int delay_small_writes;

    /** The address to connect from. Default: the system chooses. */
    const char *source_address;

    /** The interface to connect through, by name. Default: the system chooses. */
    const char *interface_name;

    /** Listeners: connections that wait to be accepted. Default: 511. */
    int backlog;

    /** Listeners: connections at a time; more wait. Default: no limit. */
    size_t max_connections;

    /** Listeners on "::": not 0 leaves IPv4 out. */
    int ipv6_only;

    /** Listeners: not 0 lets several have the port, each with a part of the connections (SO_REUSEPORT). */
    int reuse_port;

    /** Unix listeners: the permission bits of the path. Default: 0600. */
    unsigned int path_mode;

    /**
     * reseau_connect(): a proxy to connect through, such as "socks5://user:password@host:1080" (RFC 1928, 1929) or
     * "http://host:3128" (CONNECT, with basic authorisation if there is a user). Percent signs stand for bytes in user
     * and password (RFC 3986). The target's name is looked up by the proxy; an address with a scope means nothing to
     * one. TLS is with the target. Ports may be left out: 1080, and 80. What is no such URL is
     * RESEAU_ERROR_INVALID_ARGUMENT. Default: none; the environment is not read.
     */
    const char *proxy;

    /** The look-up of the name. Default: no limit but `connect_timeout_ms`. */
    int64_t names_timeout_ms;

    /** What is said to the proxy, and its answers. Default: 10,000. */
    int64_t proxy_timeout_ms;

    /**
     * Aborted when bytes have been queued all the time and the peer took fewer than so many in a second, on average
     * over `slow_reader_timeout_ms`, or 10,000 if that has no limit. Default: no such limit.
     */
    size_t slow_reader_bytes_per_second;

    /**
     * Not 0: TCP fast open (RFC 7413), where the system has it and allows it; elsewhere nothing changes. A listener
     * takes bytes that come with the first packet. A client sends its first bytes with that, if it has been connected
     * to this address before: then it is taken for connected at once, without a race, and a failure shows when it
     * writes. For protocols in which the client speaks first, and for which it is no harm if the network delivers the
     * first bytes twice.
     */
    int fast_open;
};

/** Options that say nothing but their size. */
static inline struct reseau_options reseau_options_default(void) {
    struct reseau_options options;
    memset(&options, 0, sizeof(options));
    options.size = sizeof(options);
    return options;
}

/** Who ended a connection. */
enum reseau_closed_by {
    /** It is not closed. */
    RESEAU_CLOSED_BY_NOBODY = 0,
    /** This program: reseau_close(), reseau_abort(). */
    RESEAU_CLOSED_BY_LOCAL = 1,
    /** The peer, by its end of the stream where there is no `on_end`, or by a reset. */
    RESEAU_CLOSED_BY_PEER = 2,
    /** The library: a limit of time or bytes, a failure of TLS or the system, the end of the loop. */
    RESEAU_CLOSED_BY_LIBRARY = 3,
};

/** What a connection was doing when it ended. */
enum reseau_phase {
    /** The name of the host was looked up. */
    RESEAU_PHASE_NAMES = 1,
    /** Its addresses were tried. */
    RESEAU_PHASE_CONNECT = 2,
    /** The TLS handshake was under way. */
    RESEAU_PHASE_TLS = 3,
    /** Open, and reading failed or ended. */
    RESEAU_PHASE_READ = 4,
    /** Open, and writing failed. */
    RESEAU_PHASE_WRITE = 5,
    /** Open, and a limit of idle time passed. */
    RESEAU_PHASE_IDLE = 6,
    /** Open, and this program closed it. */
    RESEAU_PHASE_OPEN = 7,
    /** It was closing, and its time for that passed. */
    RESEAU_PHASE_CLOSE = 8,
    /** Connected to the proxy, which was asked for the connection. */
    RESEAU_PHASE_PROXY = 9,
};

/** How a connection ended. */
struct reseau_close_info {
    /** sizeof(struct reseau_close_info). */
    size_t size;
    /** One of `enum reseau_closed_by`. */
    int closed_by;
    /** One of `enum reseau_phase`. */
    int phase;
    /** 0, or why: an `enum reseau_error`. */
    int error;
    /**
     * The code of the layer below, or 0, for logs: aws_error_name() names it after aws_io_library_init(). After
     * RESEAU_ERROR_HOOK what the hook has returned; in the phase RESEAU_PHASE_PROXY, if the proxy has said one, its own
     * number: a reply of SOCKS5 or a status of HTTP.
     */
    int cause;
    /** Bytes of the stream that came in, and that the system took. */
    uint64_t bytes_read;
    uint64_t bytes_written;
    /** Bytes that were queued and never taken; with TLS or hooks also those of writes that were taken in part. */
    uint64_t bytes_unsent;
    /** Nanoseconds from the call that made it until now or its end. */
    int64_t duration_ns;
    /** The alert that the peer has ended TLS by (RFC 8446 section 6), or 0. */
    int tls_alert;
    /** The code of the system's resolver (EAI_*, getaddrinfo(3)) if the name could not be looked up, or 0. */
    int resolver_error;
};

/** An address as text. */
struct reseau_address {
    /** IPv4, IPv6 with its scope ("fe80::1%eth0"; RFC 5952), or a path; NUL-terminated. */
    char text[112];
    /** 4, 6, or 0 for a path. */
    int family;
    /** 0 for a path. */
    uint16_t port;
};

#ifdef __cplusplus
extern "C" {
#endif

/**
 * Connects to a port of a host, which is a name or an address; "::1" and "[::1]" are both fine. Blocks until the
 * connection can be used, and `on_open` has returned, or until it has failed. Returns its id, or an error, after which
 * nothing is left, and `on_close` has been called, if it was given.
 */
RESEAU_API reseau_id reseau_connect(const char *host, uint16_t port, const struct reseau_options *options);

/** The same without blocking: returns the id at once; `on_open` or `on_close` says how it went. */
RESEAU_API reseau_id reseau_connect_start(const char *host, uint16_t port, const struct reseau_options *options);

/** Connects to a Unix socket; "@name" is one of Linux's abstract names (unix(7)). Blocks as reseau_connect() does. */
RESEAU_API reseau_id reseau_connect_path(const char *path, const struct reseau_options *options);

/** The same without blocking. */
RESEAU_API reseau_id reseau_connect_path_start(const char *path, const struct reseau_options *options);

/**
 * Makes a connection of a connected stream socket that was made elsewhere. On success the descriptor is the
 * library's; on failure still the caller's. `on_open` comes when TLS, if it was asked for, is set up; `is_server` not 0
 * is the side that accepted. On Windows a descriptor is a SOCKET, made for overlapped operations and tied to no port.
 */
RESEAU_API reseau_id reseau_adopt(int descriptor, int is_server, const struct reseau_options *options);

/**
 * Takes the descriptor out, with blocking mode as it is, and forgets the connection: no `on_close`. Only plain
 * connections without hooks (RESEAU_ERROR_UNSUPPORTED otherwise), whose queue is empty and whose read buffer has been
 * read (RESEAU_ERROR_BUSY otherwise).
 * Blocks until the loop has released it. Returns the descriptor, which is the caller's to close. On Windows:
 * RESEAU_ERROR_UNSUPPORTED.
 */
RESEAU_API int reseau_detach(reseau_id connection);

/**
 * Reads what is there, up to `size` bytes; waits for the first if there are none. Returns how many; 0 is the end of the
 * stream. Blocks, up to the read deadline: RESEAU_ERROR_TIMED_OUT. `size` 0 returns 0 at once. One reader at a time:
 * others fail with RESEAU_ERROR_BUSY. After a failure of the connection what has come before it is read first, then
 * this fails with its error.
 */
RESEAU_API int64_t reseau_read(reseau_id connection, void *buffer, size_t size);

/** The same without blocking: RESEAU_ERROR_WOULD_BLOCK if nothing is there. */
RESEAU_API int64_t reseau_try_read(reseau_id connection, void *buffer, size_t size);

/**
 * Reads exactly `size` bytes; fewer only if the stream ends before. Blocks. On an error, such as a passed deadline,
 * nothing is consumed. While it waits, the buffer holds up to `size` bytes, whatever `read_buffer_bytes` is.
 */
RESEAU_API int64_t reseau_read_exactly(reseau_id connection, void *buffer, size_t size);

/**
 * Reads up to and with the first occurrence of a delimiter. At the end of the stream returns what is left without one,
 * or 0. RESEAU_ERROR_TOO_LARGE if the first `size` bytes have no delimiter; nothing is consumed then. Blocks.
 */
RESEAU_API int64_t
reseau_read_until(reseau_id connection, const void *delimiter, size_t delimiter_length, void *buffer, size_t size);

/**
 * Reads a line, without its "\n" or "\r\n", as a NUL-terminated string; returns its length. RESEAU_ERROR_END_OF_STREAM
 * when there is no other, RESEAU_ERROR_TOO_LARGE as for reseau_read_until(). Blocks.
 */
RESEAU_API int64_t reseau_read_line(reseau_id connection, char *line, size_t size);

/**
 * Reads until the end of the stream, at most `limit` bytes, into memory that the caller frees by reseau_free().
 * RESEAU_ERROR_TOO_LARGE if there are more; nothing is consumed then. Blocks.
 */
RESEAU_API int64_t reseau_read_all(reseau_id connection, void **data, size_t limit);

/** Copies what is there, up to `size` bytes, without consuming it. Never blocks; 0 if nothing is there. */
RESEAU_API int64_t reseau_peek(reseau_id connection, void *buffer, size_t size);

/** Bytes that can be read without waiting. Never blocks. */
RESEAU_API int64_t reseau_available(reseau_id connection);

/** 1 when the peer has ended the stream and everything was read, 0 else. Never blocks. */
RESEAU_API int reseau_at_end(reseau_id connection);

/**
 * Sends all of it: copies the bytes behind what is queued and returns `length`, or queues nothing and fails. Writes of
 * several threads never interleave. More than the queue can ever hold is taken when the queue is empty. May block if
 * the policy is RESEAU_WRITE_BLOCK.
 */
RESEAU_API int64_t reseau_write(reseau_id connection, const void *data, size_t length);

/**
 * The same without copying: the memory is the library's until it calls `destroy` with it and `argument`, exactly once,
 * on any thread, also when this fails. `destroy` may be NULL for memory that is never freed.
 */
RESEAU_API int64_t reseau_write_owned(
    reseau_id connection, const void *data, size_t length, void (*destroy)(void *data, void *argument), void *argument);

/**
 * As reseau_write(), before everything that is queued, but for a part that is about to be sent: a write that has begun,
 * and 256 KB.
 */
RESEAU_API int64_t reseau_write_front(reseau_id connection, const void *data, size_t length);

/**
 * Sends a part of a file, in order with other writes; `length` -1 is all of the rest. The path is opened now. Returns
 * the number of bytes that will be sent. A file that ends before that ends the connection with RESEAU_ERROR_FILE.
 */
RESEAU_API int64_t reseau_send_file(reseau_id connection, const char *path, uint64_t offset, int64_t length);

/**
 * The same with a descriptor of a regular file, which is read by offset, so that several connections can send it at
 * once. It stays the caller's and is duplicated; `close_it` not 0: it is the library's, also when this fails. On
 * Windows it is a descriptor of the Universal C Runtime.
 */
RESEAU_API int64_t
reseau_send_descriptor(reseau_id connection, int descriptor, uint64_t offset, int64_t length, int close_it);

/** Waits until the system has taken everything that is queued. Blocks, up to the write deadline. */
RESEAU_API int reseau_flush(reseau_id connection);

/** Bytes that are queued and not taken by the system. Never blocks. */
RESEAU_API int64_t reseau_pending(reseau_id connection);

/**
 * Ends this side's sending, behind what is queued; reading goes on. TLS: a close_notify first. When the peer's stream
 * has ended, too, a connection with `on_data` closes. Never blocks.
 */
RESEAU_API int reseau_end(reseau_id connection);

/**
 * Closes a connection behind what is queued, after which nothing more can be written; or closes any other object: a
 * listener, datagram socket, file, timer, watch, loop or completion queue. Returns at once, 0 also when it was closing
 * already; file.h and loop.h say what the close of a file and of a loop does. `on_close`, where there is one, comes
 * when it is done.
 */
RESEAU_API int reseau_close(reseau_id id);

/**
 * Closes at once. What is queued, or has come and was not read, is thrown away; if there was any, the peer of a TCP
 * connection gets a reset (RESEAU_ERROR_RESET, ECONNRESET), which also takes what the system has not delivered, and so
 * does not take a part for the whole. Else it gets the end of the stream; over TLS without a close_notify. The peer of
 * a Unix socket gets the end in any case. A connection that fails or passes a limit with bytes unsent is reset as well.
 * Returns at once.
 */
RESEAU_API int reseau_abort(reseau_id id);

/**
 * Waits until the object is gone and its last callback has returned. Returns 0, also when it was gone before, or
 * RESEAU_ERROR_TIMED_OUT. Blocks.
 */
RESEAU_API int reseau_wait_closed(reseau_id id, int64_t timeout_ms);

/**
 * How a connection ended, or is until now. The record of a closed one is there until at least 1,024 more were closed;
 * RESEAU_ERROR_BAD_ID after that. Set `info->size` before.
 */
RESEAU_API int reseau_close_info(reseau_id connection, struct reseau_close_info *info);

/**
 * From now on, and for a read that waits now, too: fails with RESEAU_ERROR_TIMED_OUT in so many milliseconds. 0: those
 * that would wait fail at once. RESEAU_FOREVER: no deadline, as at first.
 */
RESEAU_API int reseau_set_read_deadline(reseau_id connection, int64_t timeout_ms);

/** The same for writes that wait for room, and for reseau_flush(). */
RESEAU_API int reseau_set_write_deadline(reseau_id connection, int64_t timeout_ms);

/** Another idle time-out, from now on. RESEAU_FOREVER: none. */
RESEAU_API int reseau_set_idle_timeout(reseau_id connection, int64_t timeout_ms);

/** Puts the idle time-out off, as a read or write does. */
RESEAU_API int reseau_touch(reseau_id connection);

/** Stops reading from the peer, or accepting, until reseau_resume(). `on_data` may still come once. */
RESEAU_API int reseau_pause(reseau_id id);

/** Goes on. `on_data` comes again with what was not consumed. */
RESEAU_API int reseau_resume(reseau_id id);

/** What callbacks get as their state from now on; best in `on_open`, for connections that a listener accepts. */
RESEAU_API int reseau_set_state(reseau_id connection, void *state);

/**
 * Frees an object with a connection: `destroy` is called with it once, after `on_close`, or now if this fails. With a
 * listener: when that and all its connections are gone, so that it may be what their callbacks use. On any thread.
 */
RESEAU_API int reseau_link(reseau_id id, void *object, void (*destroy)(void *object));

/** The address of this side. Also of listeners and datagram sockets. */
RESEAU_API int reseau_local_address(reseau_id id, struct reseau_address *address);

/** The address of the other side. Also of datagram sockets that have a peer; RESEAU_ERROR_CLOSED if there is none. */
RESEAU_API int reseau_peer_address(reseau_id connection, struct reseau_address *address);

/**
 * Listens on a port of an address, for TCP. `host` NULL is the loopback address; "*" is every address of both families.
 * Port 0 lets the system choose; reseau_local_address() has the number. With `on_open` or `on_data` in the options,
 * connections are accepted as they come and live by these callbacks; else they wait for reseau_accept(). Returns the
 * listener's id, or RESEAU_ERROR_ADDRESS_IN_USE, _ACCESS_DENIED, _ADDRESS_NOT_AVAILABLE or another. Does not block but
 * for the look-up of a name. Callbacks are called for its connections, which outlive it; its own end calls none.
 */
RESEAU_API reseau_id reseau_listen(const char *host, uint16_t port, const struct reseau_options *options);

/** The same, walking up from a port to the first that is free. */
RESEAU_API reseau_id reseau_listen_any(const char *host, uint16_t first_port, const struct reseau_options *options);

/**
 * Listens on a Unix socket. A path that a listener left behind is taken over; one in use is
 * RESEAU_ERROR_ADDRESS_IN_USE. The path is removed when the listener closes.
 */
RESEAU_API reseau_id reseau_listen_path(const char *path, const struct reseau_options *options);

/**
 * The next connection of a listener without callbacks; TLS is done. A handshake that fails is not reported here.
 * RESEAU_ERROR_CANCELED when the listener is closed meanwhile. Blocks up to `timeout_ms`.
 */
RESEAU_API reseau_id reseau_accept(reseau_id listener, int64_t timeout_ms);

#ifdef __cplusplus
}
#endif

#endif /* RESEAU_CONNECTION_H */
