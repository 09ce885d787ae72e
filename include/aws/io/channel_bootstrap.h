/* SPDX-License-Identifier: Apache-2.0 */
#ifndef AWS_IO_CHANNEL_BOOTSTRAP_H
#define AWS_IO_CHANNEL_BOOTSTRAP_H

/*
 * Bootstraps make channels out of addresses: they resolve names, connect or accept, and set up socket and TLS handlers.
 * Their callbacks are where a program puts its own handlers into the channel.
 */

#include <aws/common/ref_count.h>
#include <aws/io/channel.h>
#include <aws/io/host_resolver.h>

AWS_PUSH_SANE_WARNING_LEVEL

struct aws_client_bootstrap;
struct aws_server_bootstrap;
struct aws_event_loop_group;
struct aws_socket;
struct aws_socket_options;
struct aws_tls_connection_options;

AWS_EXTERN_C_BEGIN

/**
 * Reports a step in the life of a client channel. See aws_socket_channel_bootstrap_options for which steps, how often
 * and on which thread. May shut the channel down. Must not destroy the channel: the bootstrap does.
 */
typedef void(aws_client_bootstrap_on_channel_event_fn)(
    struct aws_client_bootstrap *bootstrap, int error_code, struct aws_channel *channel, void *user_data);

/**
 * Makes the handler for a protocol that was negotiated by ALPN. The callee returns a handler, which `slot` will own,
 * and sets no slot itself; or NULL, which shuts the channel down with AWS_IO_UNHANDLED_ALPN_PROTOCOL_MESSAGE.
 * Called on the event-loop thread, at most once for each channel, before the setup callback. `protocol` is valid
 * inside the call only. `arg` is the user data of the channel or listener.
 */
typedef struct aws_channel_handler *(
    aws_channel_on_protocol_negotiated_fn)(struct aws_channel_slot *slot, struct aws_byte_buf *protocol, void *arg);

/**
 * Reports that a client bootstrap is gone.
 * Called once, on the thread that dropped the last reference, be it a channel's or the program's.
 */
typedef void(aws_client_bootstrap_shutdown_complete_fn)(void *user_data);

/** Makes client channels. Fields are read-only for users. */
struct aws_client_bootstrap {
    /** Where channels come from. */
    struct aws_allocator *allocator;
    /** Channels are spread over its loops. A reference is held. */
    struct aws_event_loop_group *event_loop_group;
    /** A reference is held; NULL if none was given. */
    struct aws_host_resolver *host_resolver;
    /** For channels whose options name none. */
    struct aws_host_resolution_config host_resolver_config;
    /** See aws_client_bootstrap_set_alpn_callback(); NULL at first. */
    aws_channel_on_protocol_negotiated_fn *on_protocol_negotiated;
    /** Use aws_client_bootstrap_acquire() and _release(). */
    struct aws_ref_count ref_count;
    /** From the options. */
    aws_client_bootstrap_shutdown_complete_fn *on_shutdown_complete;
    /** For `on_shutdown_complete`. */
    void *user_data;
};

/** How to make a client bootstrap. */
struct aws_client_bootstrap_options {
    /** Required. Kept alive by the bootstrap. */
    struct aws_event_loop_group *event_loop_group;
    /** Required for channels to names. Kept alive by the bootstrap. */
    struct aws_host_resolver *host_resolver;
    /** Optional; copied. NULL means aws_host_resolver_init_default_resolution_config(). */
    const struct aws_host_resolution_config *host_resolution_config;
    /** Optional. */
    aws_client_bootstrap_shutdown_complete_fn *on_shutdown_complete;
    /** For `on_shutdown_complete`. */
    void *user_data;
};

/** Makes server channels. Fields are read-only for users. */
struct aws_server_bootstrap {
    /** Where channels come from. */
    struct aws_allocator *allocator;
    /** Accepted channels are spread over its loops. A reference is held. */
    struct aws_event_loop_group *event_loop_group;
    /** See aws_server_bootstrap_set_alpn_callback(); NULL at first. */
    aws_channel_on_protocol_negotiated_fn *on_protocol_negotiated;
    /** Use aws_server_bootstrap_acquire() and _release(). */
    struct aws_ref_count ref_count;
};

/**
 * How to make a client channel. Everything is copied; the pointers need only last for the call, except `bootstrap`,
 * which is kept alive by the channel.
 *
 * Order of the callbacks: `creation_callback`, `setup_callback`, `shutdown_callback`.
 */
struct aws_socket_channel_bootstrap_options {
    /** Required. */
    struct aws_client_bootstrap *bootstrap;
    /** Required. Name or numeric address; path of a local socket; context id for VSOCK. */
    const char *host_name;
    /** In host order. Ignored by local sockets. */
    uint32_t port;
    /**
     * Required. With either IP domain, IPv6 and IPv4 addresses are tried in turn, a quarter of a second apart (RFC
     * 8305); the first connection wins. Its `connect_timeout_ms` is for each address by itself, without the look-up of
     * the name and without TLS.
     */
    const struct aws_socket_options *socket_options;
    /** Optional. With it, the channel is set up when the handshake is done. Streams only. */
    const struct aws_tls_connection_options *tls_options;
    /**
     * Optional. Called at most once, with error 0, on the thread of the connection's loop: the channel exists but has
     * not been set up. Keep it only as a hint.
     */
    aws_client_bootstrap_on_channel_event_fn *creation_callback;
    /**
     * Required. Called exactly once if aws_client_bootstrap_new_socket_channel() returned AWS_OP_SUCCESS: with 0 and
     * the channel, ready for handlers; or with the reason and NULL, and then no more callbacks come. On the thread of
     * the channel's loop. Never under a lock.
     */
    aws_client_bootstrap_on_channel_event_fn *setup_callback;
    /**
     * Required. Called exactly once if `setup_callback` got a channel, and else never: on the channel's event-loop
     * thread, when the channel has shut down, with the reason. The channel is destroyed after it returns.
     */
    aws_client_bootstrap_on_channel_event_fn *shutdown_callback;
    /** See aws_channel_options. */
    bool enable_read_back_pressure;
    /** For all callbacks. */
    void *user_data;
    /** Optional. Loop for the channel; must be of the bootstrap's group. NULL: the bootstrap picks one. */
    struct aws_event_loop *requested_event_loop;
    /** Optional. Used in place of the bootstrap's. */
    const struct aws_host_resolution_config *host_resolution_override_config;
};

/**
 * Reports an accepted connection. With `error_code` 0 the channel is ready for handlers; else `channel` is NULL, the
 * connection is lost and the listener goes on.
 * Called once for each accepted connection: on its channel's event-loop thread, after the TLS handshake if there is
 * one; on the listener's loop thread if no channel could be made.
 */
typedef void(aws_server_bootstrap_on_accept_channel_setup_fn)(
    struct aws_server_bootstrap *bootstrap, int error_code, struct aws_channel *channel, void *user_data);

/**
 * Reports that an accepted channel has shut down, with the reason. The channel is destroyed after it returns.
 * Called on the channel's event-loop thread, exactly once for each channel that the incoming callback got, and else
 * never.
 */
typedef void(aws_server_bootstrap_on_accept_channel_shutdown_fn)(
    struct aws_server_bootstrap *bootstrap, int error_code, struct aws_channel *channel, void *user_data);

/**
 * Reports whether the listener has begun to accept. If not, it ends by itself: it may be destroyed inside this call,
 * but not after it.
 * Called on the listener's event-loop thread, once.
 */
typedef void(aws_server_bootstrap_on_listener_setup_fn)(
    struct aws_server_bootstrap *bootstrap, int error_code, void *user_data);

/**
 * Reports that a listener is gone, with everything that it accepted.
 * Called once, on a thread of the library, when the listener was destroyed and every channel it accepted has been shut
 * down; no callback of the listener follows. The memory of `user_data` may be freed here.
 */
typedef void(aws_server_bootstrap_on_server_listener_destroy_fn)(
    struct aws_server_bootstrap *bootstrap, void *user_data);

/**
 * How to make a listener. Everything is copied; the pointers need only last for the call, except `bootstrap`, which is
 * kept alive by the listener.
 */
struct aws_server_socket_channel_bootstrap_options {
    /** Required. */
    struct aws_server_bootstrap *bootstrap;
    /** Required. Numeric address, path of a local socket, or context id for VSOCK. Names are not resolved. */
    const char *host_name;
    /** In host order; 0 lets the system choose. */
    uint32_t port;
    /** Required. */
    const struct aws_socket_options *socket_options;
    /** Optional. With it, channels are reported when their handshake is done. */
    const struct aws_tls_connection_options *tls_options;
    /** Optional. */
    aws_server_bootstrap_on_listener_setup_fn *setup_callback;
    /** Required. */
    aws_server_bootstrap_on_accept_channel_setup_fn *incoming_callback;
    /** Required. */
    aws_server_bootstrap_on_accept_channel_shutdown_fn *shutdown_callback;
    /** Optional. Called also if making the listener fails. */
    aws_server_bootstrap_on_server_listener_destroy_fn *destroy_callback;
    /** See aws_channel_options. */
    bool enable_read_back_pressure;
    /** For all callbacks. */
    void *user_data;
};

/**
 * Makes a client bootstrap. The caller owns one reference.
 * Thread-safe: any thread.
 */
AWS_IO_API
struct aws_client_bootstrap *
aws_client_bootstrap_new(struct aws_allocator *allocator, const struct aws_client_bootstrap_options *options);

/**
 * Adds a reference. Returns its argument, which may be NULL.
 * Thread-safe: any thread.
 */
AWS_IO_API
struct aws_client_bootstrap *aws_client_bootstrap_acquire(struct aws_client_bootstrap *bootstrap);

/**
 * Drops a reference. NULL is allowed. Channels hold references too: the bootstrap ends with the last of them.
 * Thread-safe: any thread.
 */
AWS_IO_API
void aws_client_bootstrap_release(struct aws_client_bootstrap *bootstrap);

/**
 * Sets what makes handlers for negotiated protocols, for channels with TLS that are made after this.
 * One thread at a time.
 */
AWS_IO_API
int aws_client_bootstrap_set_alpn_callback(
    struct aws_client_bootstrap *bootstrap, aws_channel_on_protocol_negotiated_fn *on_protocol_negotiated);

/**
 * Starts to make a channel. On failure no callback is called.
 * Errors: AWS_ERROR_INVALID_ARGUMENT; AWS_ERROR_IO_PINNED_EVENT_LOOP_MISMATCH; AWS_IO_SOCKET_INVALID_ADDRESS for a
 * path that is too long; for local sockets and VSOCK also those of aws_socket_init() and aws_socket_connect(). Later,
 * in the setup callback: those of the resolver, of aws_socket_connect() and of TLS.
 * Thread-safe: any thread.
 */
AWS_IO_API
int aws_client_bootstrap_new_socket_channel(struct aws_socket_channel_bootstrap_options *options);

/**
 * Makes a server bootstrap. It keeps the group alive. The caller owns one reference.
 * Thread-safe: any thread.
 */
AWS_IO_API
struct aws_server_bootstrap *
aws_server_bootstrap_new(struct aws_allocator *allocator, struct aws_event_loop_group *el_group);

/**
 * Adds a reference. Returns its argument, which may be NULL.
 * Thread-safe: any thread.
 */
AWS_IO_API
struct aws_server_bootstrap *aws_server_bootstrap_acquire(struct aws_server_bootstrap *bootstrap);

/**
 * Drops a reference. NULL is allowed. Listeners hold references too: the bootstrap ends with the last of them.
 * Thread-safe: any thread.
 */
AWS_IO_API
void aws_server_bootstrap_release(struct aws_server_bootstrap *bootstrap);

/**
 * Sets what makes handlers for negotiated protocols, for listeners with TLS that are made after this.
 * One thread at a time.
 */
AWS_IO_API
int aws_server_bootstrap_set_alpn_callback(
    struct aws_server_bootstrap *bootstrap, aws_channel_on_protocol_negotiated_fn *on_protocol_negotiated);

/**
 * Binds, listens and starts to accept. The listener belongs to the bootstrap; end it by
 * aws_server_bootstrap_destroy_socket_listener(). Do not close or clean it up; aws_socket_get_bound_address() returns
 * its port. On failure only the destroy callback is called, inside the call; for AWS_ERROR_INVALID_ARGUMENT not even
 * that.
 * Errors: AWS_ERROR_INVALID_ARGUMENT; those of aws_socket_init(), aws_socket_bind(), aws_socket_listen() and
 * aws_socket_start_accept().
 * Thread-safe: any thread.
 */
AWS_IO_API
struct aws_socket *
aws_server_bootstrap_new_socket_listener(const struct aws_server_socket_channel_bootstrap_options *bootstrap_options);

/**
 * Stops a listener, once. Returns at once; accepted channels live on. The destroy callback comes when all is over.
 * Thread-safe: any thread.
 */
AWS_IO_API
void aws_server_bootstrap_destroy_socket_listener(struct aws_server_bootstrap *bootstrap, struct aws_socket *listener);

AWS_EXTERN_C_END

AWS_POP_SANE_WARNING_LEVEL

#endif /* AWS_IO_CHANNEL_BOOTSTRAP_H */
