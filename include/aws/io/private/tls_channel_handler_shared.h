/* SPDX-License-Identifier: Apache-2.0 */
#ifndef AWS_IO_PRIVATE_TLS_CHANNEL_HANDLER_SHARED_H
#define AWS_IO_PRIVATE_TLS_CHANNEL_HANDLER_SHARED_H

/*
 * What TLS handlers have in common: the timeout of the handshake and its statistics.
 */

#include <aws/io/io.h>

#include <aws/io/channel.h>
#include <aws/io/statistics.h>

AWS_PUSH_SANE_WARNING_LEVEL

struct aws_byte_buf;
struct aws_channel_handler;
struct aws_tls_connection_options;

/** State of one handler. Event-loop thread only. */
struct aws_tls_channel_handler_shared {
    /** Milliseconds that the handshake may take; 0: no limit. */
    uint32_t tls_timeout_ms;
    /** The handler that this is part of. */
    struct aws_channel_handler *handler;
    struct aws_channel_task timeout_task;
    struct aws_crt_statistics_tls stats;
};

/** How far the read direction of a handler is on its way down. */
enum aws_tls_handler_read_state {
    AWS_TLS_HANDLER_OPEN,
    /** Data that has arrived is still being delivered. */
    AWS_TLS_HANDLER_READ_SHUTTING_DOWN,
    /** Nothing is delivered any more. */
    AWS_TLS_HANDLER_READ_SHUT_DOWN_COMPLETE,
};

AWS_EXTERN_C_BEGIN

/**
 * Whether Apple's Network framework does TLS, together with the socket. False on all other platforms.
 * Thread-safe: any thread.
 */
AWS_IO_API
bool aws_is_using_secitem(void);

/**
 * Prepares the state of a new handler.
 * Event-loop thread only.
 */
AWS_IO_API
void aws_tls_channel_handler_shared_init(
    struct aws_tls_channel_handler_shared *tls_handler_shared,
    struct aws_channel_handler *handler,
    struct aws_tls_connection_options *options);

/**
 * Undoes aws_tls_channel_handler_shared_init(). The channel has run or cancelled the timeout task before.
 * Event-loop thread only.
 */
AWS_IO_API
void aws_tls_channel_handler_shared_clean_up(struct aws_tls_channel_handler_shared *tls_handler_shared);

/**
 * To be called whenever the handshake makes a step. The first call starts the timeout, after which the channel shuts
 * down with AWS_IO_TLS_NEGOTIATION_TIMEOUT.
 * Event-loop thread only.
 */
AWS_IO_API
void aws_on_drive_tls_negotiation(struct aws_tls_channel_handler_shared *tls_handler_shared);

/**
 * To be called once, when the handshake has ended, with 0 or the reason why it failed. Ends the timeout.
 * Event-loop thread only.
 */
AWS_IO_API
void aws_on_tls_negotiation_completed(struct aws_tls_channel_handler_shared *tls_handler_shared, int error_code);

/**
 * Whether a buffer of struct aws_tls_ctx_options has been set.
 * One thread at a time.
 */
AWS_IO_API
bool aws_tls_options_buf_is_set(const struct aws_byte_buf *buf);

AWS_EXTERN_C_END

AWS_POP_SANE_WARNING_LEVEL

#endif /* AWS_IO_PRIVATE_TLS_CHANNEL_HANDLER_SHARED_H */
