/* SPDX-License-Identifier: Apache-2.0 */
#ifndef RESEAU_INSPECT_H
#define RESEAU_INSPECT_H

/*
 * Seeing inside: how a connect has gone, counters of a connection and of the process, what TCP knows, and a capture of
 * the plaintext of chosen connections that Wireshark opens. Nothing here blocks but where it says so.
 */

#include <reseau/connection.h>

/** One address that a connect has tried (RFC 8305). */
struct reseau_attempt {
    /** The address and port; with a proxy, the proxy's. */
    struct reseau_address address;
    /** When it began and ended: nanoseconds from the call that made the connection. */
    int64_t begun_ns;
    int64_t ended_ns;
    /** 0 for the one that has connected; RESEAU_ERROR_CANCELED if another was first, or the time was over. */
    int error;
};

/** What a connection has done. Numbers that only grow do not wrap. */
struct reseau_counters {
    /** sizeof(struct reseau_counters). */
    size_t size;
    /** Bytes of the stream that came in, and that the system took: content, where there is TLS. */
    uint64_t bytes_read;
    uint64_t bytes_written;
    /** Calls of the program, or callbacks, that have consumed bytes; and calls that have queued some. */
    uint64_t reads;
    uint64_t writes;
    /** Calls of the system that were made to receive, also in vain; and those that were made to send. */
    uint64_t receive_calls;
    uint64_t send_calls;
    /** Bytes that wait to be read, and, files left out, to be sent, now. */
    uint64_t unread_bytes;
    uint64_t queued_bytes;
    /** The most bytes that have ever been queued. */
    uint64_t max_queued_bytes;
    /** How long the queue was full altogether, in nanoseconds: from a write that found no room until there was some. */
    int64_t full_ns;
    /** Nanoseconds from the call that made it until now. */
    int64_t age_ns;
};

/** What the connections of a process have done: those of this surface. */
struct reseau_process_counters {
    /** sizeof(struct reseau_process_counters). */
    size_t size;
    /** Connections that are there now, also those that are connecting. */
    uint64_t open_now;
    /** Those that this process began, adopted ones included, and those that it accepted. */
    uint64_t begun;
    uint64_t accepted;
    /** Those that have opened: they could be used. */
    uint64_t opened;
    /** Those that have ended, by who ended them. */
    uint64_t closed_by_local;
    uint64_t closed_by_peer;
    uint64_t closed_by_library;
    /** Of all that have ended, those that ended with an error, by the phase that they were in. */
    uint64_t failed_names;
    uint64_t failed_connect;
    uint64_t failed_proxy;
    uint64_t failed_tls;
    uint64_t failed_open;
    uint64_t failed_close;
    /** Bytes of all streams that came in. */
    uint64_t bytes_read;
    /** Bytes of all streams that the system took. */
    uint64_t bytes_written;
};

/** What TCP knows of a connection. What the system does not say is 0. */
struct reseau_tcp_info {
    /** sizeof(struct reseau_tcp_info). */
    size_t size;
    /** The round-trip time, smoothed; its variation; the least that was measured. In microseconds. */
    int64_t rtt_us;
    int64_t rtt_variance_us;
    int64_t min_rtt_us;
    /** How long TCP waits for a confirmation before it sends again, in microseconds. */
    int64_t retransmit_timeout_us;
    /** The congestion window, the slow start threshold, and the peer's receive window (RFC 5681), in bytes. */
    uint64_t congestion_window_bytes;
    uint64_t slow_start_threshold_bytes;
    uint64_t peers_window_bytes;
    /** Bytes that may be in one segment that is sent, and in one that comes. */
    uint32_t send_segment_bytes;
    uint32_t receive_segment_bytes;
    /** Segments that are sent and not confirmed, and those of them that seem lost. */
    uint32_t unconfirmed_segments;
    uint32_t lost_segments;
    /** Segments that were sent again, in all; and how often the oldest one not confirmed was. */
    uint64_t retransmitted_segments;
    uint32_t present_retransmits;
    /** Bytes that the system has and has not sent yet. */
    uint32_t unsent_bytes;
    /** Bytes that the peer has confirmed, and that it has sent. */
    uint64_t confirmed_bytes;
    uint64_t received_bytes;
    /** Bytes a second that the peer confirms, lately. */
    uint64_t delivery_rate_bytes;
};

/** Options of reseau_capture_start(). */
struct reseau_capture_options {
    /** sizeof(struct reseau_capture_options). */
    size_t size;
    /** This connection alone. 0: no such choice. */
    reseau_id connection;
    /** The connections that this listener has accepted. 0: no such choice. With neither: all. */
    reseau_id listener;
    /** Bytes of memory for what is not in the file yet; packets that find no room are dropped. Default: 4,194,304. */
    size_t buffer_bytes;
    /** Bytes of the stream in one packet that are kept; the rest is left out. Default: all. */
    size_t packet_bytes;
    /** Bytes of the file, after which packets are dropped. Default: no limit. */
    uint64_t file_bytes;
};

/** What a capture has done. */
struct reseau_capture_info {
    /** sizeof(struct reseau_capture_info). */
    size_t size;
    /** Packets in the file, those that found no room, and the bytes of the file. */
    uint64_t packets;
    uint64_t dropped;
    uint64_t file_bytes;
    /** 0, or why writing the file has failed: an `enum reseau_error`. Packets were dropped from then on. */
    int error;
};

/** Options that say nothing but their size. */
static inline struct reseau_capture_options reseau_capture_options_default(void) {
    struct reseau_capture_options options;
    memset(&options, 0, sizeof(options));
    options.size = sizeof(options);
    return options;
}

#ifdef __cplusplus
extern "C" {
#endif

/**
 * The addresses that a connect has tried, in order, at most 32. Writes up to `capacity` and returns how many there are,
 * which may be more; 0 for connections that were accepted, adopted, or made to a path. RESEAU_ERROR_BUSY while it goes
 * on. Good in all callbacks: of a connect that fails, `on_close` is the place to ask, as its id is gone after that.
 * Any thread; never blocks.
 */
RESEAU_API int reseau_attempts(reseau_id connection, struct reseau_attempt *attempts, size_t capacity);

/** The counters of a connection. Set `counters->size` before. Any thread; never blocks. */
RESEAU_API int reseau_counters(reseau_id connection, struct reseau_counters *counters);

/**
 * The counters of this process since its beginning. Those of different threads are read one after the other. After a
 * fork a child has its parent's numbers in them. Set `counters->size` before. Any thread; never blocks.
 */
RESEAU_API int reseau_process_counters(struct reseau_process_counters *counters);

/**
 * What TCP knows now. Set `info->size` before. RESEAU_ERROR_UNSUPPORTED for other sockets and where the system says
 * nothing; RESEAU_ERROR_CLOSED before it is connected and after its end. Any thread; never blocks.
 */
RESEAU_API int reseau_tcp_info(reseau_id connection, struct reseau_tcp_info *info);

/**
 * Begins to write what goes through connections to a file, in the format pcapng. The library makes TCP packets for it:
 * with the addresses of the connection, right numbers and checksums, its opening, its ends, and its reset. They hold
 * the plaintext, as it is before encryption and after decryption, so the file may hold secrets: it is for its owner
 * only (0600), and must not be there before (RESEAU_ERROR_EXISTS). Bytes are in it when they are handed to TLS
 * or the socket, and when they have come; those of a file, as far as there is room. Packets of Unix sockets have
 * loopback addresses. A connection that is open already begins with its next bytes. One capture at a time:
 * RESEAU_ERROR_BUSY. Packets go through memory of bounded size and are written by a thread of the library's, so that no
 * loop waits for the disk. Returns 0 or an error. Any thread; opens the file, which may block.
 */
RESEAU_API int reseau_capture_start(const char *path, const struct reseau_capture_options *options);

/**
 * Ends the capture: everything captured is in the file when this returns. `info`, if not NULL, gets what it has done;
 * set `info->size` before. Returns 0, or RESEAU_ERROR_NOT_FOUND if there is no capture. If a process exits without
 * this call, the file is good up to its last second. Any thread but a loop's; blocks until the file is written.
 */
RESEAU_API int reseau_capture_stop(struct reseau_capture_info *info);

#ifdef __cplusplus
}
#endif

#endif /* RESEAU_INSPECT_H */
