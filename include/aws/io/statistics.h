/* SPDX-License-Identifier: Apache-2.0 */
#ifndef AWS_IO_STATISTICS_H
#define AWS_IO_STATISTICS_H

/*
 * Statistics that handlers of this library report to the statistics handler of their channel, see
 * aws_channel_set_statistics_handler(). Each struct starts with its category, as struct aws_crt_statistics_base.
 */

#include <aws/io/io.h>

#include <aws/common/statistics.h>
#include <aws/io/tls_channel_handler.h>

AWS_PUSH_SANE_WARNING_LEVEL

/** Categories of this library. */
enum aws_crt_io_statistics_category {
    /** struct aws_crt_statistics_socket */
    AWSCRT_STAT_CAT_SOCKET = AWS_CRT_STATISTICS_CATEGORY_BEGIN_RANGE(AWS_C_IO_PACKAGE_ID),
    /** struct aws_crt_statistics_tls */
    AWSCRT_STAT_CAT_TLS,
};

/** Traffic of a socket in the reported interval. */
struct aws_crt_statistics_socket {
    /** AWSCRT_STAT_CAT_SOCKET. */
    aws_crt_statistics_category_t category;
    /** Bytes that the socket handler has read. */
    uint64_t bytes_read;
    /** Bytes whose writes have completed. */
    uint64_t bytes_written;
};

/** Progress of a TLS handshake. Never reset. Times are nanoseconds of the event loop's clock, 0 if not reached yet. */
struct aws_crt_statistics_tls {
    /** AWSCRT_STAT_CAT_TLS. */
    aws_crt_statistics_category_t category;
    /** When the handshake began. */
    uint64_t handshake_start_ns;
    /** When the handshake succeeded or failed. */
    uint64_t handshake_end_ns;
    /** How far it is. */
    enum aws_tls_negotiation_status handshake_status;
};

AWS_EXTERN_C_BEGIN

/**
 * Prepares the statistics of a socket: all zero.
 * One thread at a time.
 */
AWS_IO_API
int aws_crt_statistics_socket_init(struct aws_crt_statistics_socket *stats);

/**
 * Undoes aws_crt_statistics_socket_init().
 * One thread at a time.
 */
AWS_IO_API
void aws_crt_statistics_socket_cleanup(struct aws_crt_statistics_socket *stats);

/**
 * Starts a new interval.
 * Event-loop thread only.
 */
AWS_IO_API
void aws_crt_statistics_socket_reset(struct aws_crt_statistics_socket *stats);

/**
 * Prepares the statistics of TLS: no handshake yet.
 * One thread at a time.
 */
AWS_IO_API
int aws_crt_statistics_tls_init(struct aws_crt_statistics_tls *stats);

/**
 * Undoes aws_crt_statistics_tls_init().
 * One thread at a time.
 */
AWS_IO_API
void aws_crt_statistics_tls_cleanup(struct aws_crt_statistics_tls *stats);

/**
 * Starts a new interval; nothing changes.
 * Event-loop thread only.
 */
AWS_IO_API
void aws_crt_statistics_tls_reset(struct aws_crt_statistics_tls *stats);

AWS_EXTERN_C_END

AWS_POP_SANE_WARNING_LEVEL

#endif /* AWS_IO_STATISTICS_H */
