/* SPDX-License-Identifier: Apache-2.0 */
#ifndef AWS_IO_SOCKET_H
#define AWS_IO_SOCKET_H

/*
 * Non-blocking sockets on event loops: TCP and UDP over IPv4 and IPv6, local sockets (Windows: named pipes), VSOCK.
 *
 *   client    init, connect ... connected: subscribe, read, write ... close, clean up
 *   server    init, bind, listen, start accept ... stop accept, close, clean up
 *   datagram  init, bind and/or connect, assign to an event loop, subscribe, read, write ... close, clean up
 *
 * The struct belongs to the caller and must stay where it is between aws_socket_init() and aws_socket_clean_up().
 */

#include <aws/io/channel.h>
#include <aws/io/io.h>

#ifdef _WIN32
/* Local sockets are named pipes, whose names have at most 256 characters. */
#    define AWS_ADDRESS_MAX_LEN 256
#else
#    include <sys/un.h>
/** Room for an address, including its end mark. Local sockets have the longest: the path of a struct sockaddr_un. */
#    define AWS_ADDRESS_MAX_LEN sizeof(((struct sockaddr_un *)0)->sun_path)
#endif

/** Room for the name of a network interface, including its end mark. */
#define AWS_NETWORK_INTERFACE_NAME_MAX 16

AWS_PUSH_SANE_WARNING_LEVEL

/** Families of addresses. */
enum aws_socket_domain {
    /** Address in dotted decimal. */
    AWS_SOCKET_IPV4,
    /** Address in hexadecimal groups, and its zone if it needs one: "fe80::1%eth0", "fe80::1%2". */
    AWS_SOCKET_IPV6,
    /**
     * Path of a Unix socket, or name of a Windows pipe. No port. On Linux also an abstract name: a zero, then the name.
     * An address that begins with '@', as some programs write such names, is a path.
     */
    AWS_SOCKET_LOCAL,
    /** Context id in decimal, -1 for any; 32-bit port. Linux only. */
    AWS_SOCKET_VSOCK,
};

/** Kinds of transport. */
enum aws_socket_type {
    /** A byte stream; TCP for IP domains. */
    AWS_SOCKET_STREAM,
    /** Datagrams; UDP for IP domains. */
    AWS_SOCKET_DGRAM,
};

/** System interface under a socket. */
enum aws_socket_impl_type {
    /** Whatever suits the default event loop of the platform. */
    AWS_SOCKET_IMPL_PLATFORM_DEFAULT,
    AWS_SOCKET_IMPL_POSIX,
    AWS_SOCKET_IMPL_WINSOCK,
    AWS_SOCKET_IMPL_APPLE_NETWORK_FRAMEWORK,
};

/** Whether TCP sends small segments at once. */
enum aws_socket_tcp_nodelay {
    /** As the system does. */
    AWS_SOCKET_TCP_NODELAY_DEFAULT,
    /** At once: least delay. */
    AWS_SOCKET_TCP_NODELAY_ON,
    /** Gathered (Nagle): fewest packets. */
    AWS_SOCKET_TCP_NODELAY_OFF,
};

/** How to make a socket. Accepted connections inherit the options of their listener. */
struct aws_socket_options {
    /** Stream or datagrams. */
    enum aws_socket_type type;
    /** Family of addresses. */
    enum aws_socket_domain domain;
    /** AWS_SOCKET_IMPL_PLATFORM_DEFAULT, which is 0, suits nearly always. */
    enum aws_socket_impl_type impl_type;
    /**
     * Milliseconds from aws_socket_connect() until the connection stands: for TCP its handshake, for a local socket the
     * wait for room in the listener's backlog. With 0 an attempt that cannot finish at once times out. Looking up a
     * name comes before and is not counted, TLS comes after and has a limit of its own; of several addresses each has
     * the whole time.
     */
    uint32_t connect_timeout_ms;
    /**
     * Seconds of silence before the first keep-alive probe. TCP; needs `keepalive`. Used only if this and
     * keep_alive_timeout_sec are both not 0.
     */
    uint16_t keep_alive_interval_sec;
    /** Seconds between probes. */
    uint16_t keep_alive_timeout_sec;
    /** Unanswered probes after which the connection is lost. 0: the system's default. */
    uint16_t keep_alive_max_failed_probes;
    /** Whether silent TCP connections are probed. */
    bool keepalive;
    enum aws_socket_tcp_nodelay tcp_nodelay;
    /** Interface to send and receive through, such as "eth0". Empty: any. The system may require privileges. */
    char network_interface_name[AWS_NETWORK_INTERFACE_NAME_MAX];
};

struct aws_socket;
struct aws_socket_vtable;
struct aws_event_loop;
struct aws_string;
struct aws_tls_connection_options;

AWS_EXTERN_C_BEGIN

/**
 * Reports that aws_socket_close() or aws_socket_clean_up() has finished.
 * Called once for each of the two that was given it, on the thread that closes the socket; where closing goes on in
 * the background, on the event-loop thread.
 */
typedef void(aws_socket_on_shutdown_complete_fn)(void *user_data);

/**
 * Reports the end of a connection attempt. With `error_code` 0 the socket is connected and assigned to its event loop.
 * Called on the event-loop thread, exactly once for each successful aws_socket_connect(), unless the socket is closed
 * before: then never. May close, clean up and free the socket.
 */
typedef void(aws_socket_on_connection_result_fn)(struct aws_socket *socket, int error_code, void *user_data);

/**
 * Reports that a listener has begun to accept, or could not.
 * Called on the event-loop thread, once for each successful aws_socket_start_accept() unless the loop ends first. The
 * socket must not be cleaned up before.
 */
typedef void(aws_socket_on_accept_started_fn)(struct aws_socket *socket, int error_code, void *user_data);

/**
 * Reports a new connection, or that the listener failed (`new_socket` NULL).
 * Called on the event-loop thread, once for each connection. The callee owns `new_socket`: it is initialised,
 * connected, not assigned to an event loop, allocated from the allocator of `socket`; to be cleaned up and released in
 * the end. May stop accepting, and may close and clean up the listener.
 */
typedef void(aws_socket_on_accept_result_fn)(
    struct aws_socket *socket, int error_code, struct aws_socket *new_socket, void *user_data);

/**
 * Reports the end of a write. `bytes_written` were handed to the system, all of them if `error_code` is 0.
 * Called on the event-loop thread, exactly once for each aws_socket_write() that returned AWS_OP_SUCCESS, in the order
 * of the writes, never inside that call. A close completes the writes that remain, with AWS_IO_SOCKET_CLOSED, before
 * it returns; `socket` may be NULL if it was cleaned up meanwhile. May write, close and clean up.
 */
typedef void(aws_socket_on_write_completed_fn)(
    struct aws_socket *socket, int error_code, size_t bytes_written, void *user_data);

/**
 * Reports that there may be data to read. `error_code` other than 0 means that the connection has ended or failed;
 * data may still wait, so read until aws_socket_read() fails.
 * Called on the event-loop thread, once for each change (edge-triggered). Not called after the socket is closed. May
 * read, write, close and clean up.
 */
typedef void(aws_socket_on_readable_fn)(struct aws_socket *socket, int error_code, void *user_data);

/** An address and a port, as text and number. */
struct aws_socket_endpoint {
    /** Ends with a zero. See enum aws_socket_domain. */
    char address[AWS_ADDRESS_MAX_LEN];
    /** In host order. Ignored by AWS_SOCKET_LOCAL. */
    uint32_t port;
};

/** What to connect to. */
struct aws_socket_connect_options {
    /** Required. */
    const struct aws_socket_endpoint *remote_endpoint;
    /**
     * Required. The loop that the socket is assigned to. It must outlive both the call of connect and the callback: the
     * callback, which may come on the loop's thread before the call has returned on another, must not end the loop's
     * group until it has.
     */
    struct aws_event_loop *event_loop;
    /** Required for streams. */
    aws_socket_on_connection_result_fn *on_connection_result;
    void *user_data;
    /** For implementations that do TLS themselves (Apple's Network framework); others ignore it. */
    struct aws_tls_connection_options *tls_connection_options;
};

/** How to accept. */
struct aws_socket_listener_options {
    /** Required. */
    aws_socket_on_accept_result_fn *on_accept_result;
    void *on_accept_result_user_data;
    /** Optional. */
    aws_socket_on_accept_started_fn *on_accept_start;
    /** For `on_accept_start`. */
    void *on_accept_start_user_data;
};

/** What to bind to. */
struct aws_socket_bind_options {
    /** Required. */
    const struct aws_socket_endpoint *local_endpoint;
    /** For implementations that call back while binding. */
    void *user_data;
    /** For implementations that need one for listening (Apple's Network framework); others ignore it. */
    struct aws_event_loop *event_loop;
    /** As in aws_socket_connect_options. */
    struct aws_tls_connection_options *tls_connection_options;
};

/** A socket. Fields are read-only for users. Base of every implementation. */
struct aws_socket {
    /** The implementation. NULL in a struct that is cleaned up. */
    struct aws_socket_vtable *vtable;
    /** Where the socket's memory comes from. */
    struct aws_allocator *allocator;
    /** Set once bound or connected. Port 0 in a bind has become the port that the system chose. */
    struct aws_socket_endpoint local_endpoint;
    /** Set by connect and accept. */
    struct aws_socket_endpoint remote_endpoint;
    struct aws_socket_options options;
    struct aws_io_handle io_handle;
    /** NULL until assigned. */
    struct aws_event_loop *event_loop;
    /** The channel handler that drives the socket, or NULL. */
    struct aws_channel_handler *handler;
    /** The implementation's. 0 only in a struct that is not initialised. */
    int state;
    aws_socket_on_readable_fn *readable_fn;
    void *readable_user_data;
    aws_socket_on_connection_result_fn *connection_result_fn;
    aws_socket_on_accept_result_fn *accept_result_fn;
    void *connect_accept_user_data;
    /** The implementation's. NULL in a struct that is cleaned up. */
    void *impl;
};

/**
 * Opens a socket. Undone by aws_socket_clean_up().
 * Errors: AWS_ERROR_PLATFORM_NOT_SUPPORTED for an `impl_type` or interface that the platform lacks;
 * AWS_IO_SOCKET_INVALID_OPTIONS for a bad interface name; AWS_IO_SOCKET_UNSUPPORTED_ADDRESS_FAMILY;
 * AWS_ERROR_MAX_FDS_EXCEEDED; AWS_ERROR_NO_PERMISSION. After a failure the struct need not be cleaned up.
 * One thread at a time.
 */
AWS_IO_API
int aws_socket_init(struct aws_socket *socket, struct aws_allocator *alloc, const struct aws_socket_options *options);

/**
 * Closes the socket if it is open, frees what it holds and zeroes the struct. A second call does nothing. Does not
 * free the struct itself; that may be done when the call returns.
 * One thread at a time. On another thread than the loop's it waits for the loop.
 */
AWS_IO_API
void aws_socket_clean_up(struct aws_socket *socket);

/**
 * Starts to connect. On success the result comes to `on_connection_result`, never inside this call. Datagram sockets
 * thereby fix their peer.
 * Errors: AWS_IO_EVENT_LOOP_ALREADY_ASSIGNED; AWS_IO_SOCKET_ILLEGAL_OPERATION_FOR_STATE if the socket is not fresh;
 * AWS_IO_SOCKET_INVALID_ADDRESS for address or port; AWS_ERROR_C_STRING_BUFFER_NOT_NULL_TERMINATED for an address
 * without end mark; what the system refuses at once. A local socket without listener gives AWS_ERROR_FILE_INVALID_PATH
 * or AWS_IO_SOCKET_CONNECTION_REFUSED.
 * Later, in the callback: AWS_IO_SOCKET_TIMEOUT, AWS_IO_SOCKET_CONNECTION_REFUSED, AWS_IO_SOCKET_NO_ROUTE_TO_HOST,
 * AWS_IO_EVENT_LOOP_SHUTDOWN and others.
 * On another thread than the loop's the callback may come before the call returns; the loop must last until it has.
 * One thread at a time.
 */
AWS_IO_API
int aws_socket_connect(struct aws_socket *socket, struct aws_socket_connect_options *socket_connect_options);

/**
 * Gives the socket a local address. Port 0 lets the system choose, see aws_socket_get_bound_address(). A datagram
 * socket can then receive.
 * Errors: AWS_IO_SOCKET_ILLEGAL_OPERATION_FOR_STATE; AWS_IO_SOCKET_INVALID_ADDRESS; AWS_IO_SOCKET_ADDRESS_IN_USE;
 * AWS_ERROR_NO_PERMISSION. After an error of the system the socket is of no more use.
 * One thread at a time.
 */
AWS_IO_API
int aws_socket_bind(struct aws_socket *socket, struct aws_socket_bind_options *socket_bind_options);

/**
 * Copies the local address, with the port that the system chose.
 * Errors: AWS_IO_SOCKET_ILLEGAL_OPERATION_FOR_STATE if the socket is not bound.
 * One thread at a time.
 */
AWS_IO_API
int aws_socket_get_bound_address(const struct aws_socket *socket, struct aws_socket_endpoint *out_address);

/**
 * Lets peers connect to a bound stream socket; `backlog_size` connections may wait to be accepted.
 * Errors: AWS_IO_SOCKET_ILLEGAL_OPERATION_FOR_STATE if the socket is not bound; those of the system.
 * One thread at a time.
 */
AWS_IO_API
int aws_socket_listen(struct aws_socket *socket, int backlog_size);

/**
 * Accepts connections on an event loop, until aws_socket_stop_accept() or close.
 * Errors: AWS_IO_EVENT_LOOP_ALREADY_ASSIGNED; AWS_IO_SOCKET_ILLEGAL_OPERATION_FOR_STATE if the socket does not listen;
 * those of aws_event_loop_subscribe_to_io_events().
 * One thread at a time.
 */
AWS_IO_API
int aws_socket_start_accept(
    struct aws_socket *socket, struct aws_event_loop *accept_loop, struct aws_socket_listener_options options);

/**
 * Accepts no more and leaves the event loop. No connection is reported after this call. On another thread than the
 * loop's it waits for the loop.
 * Errors: AWS_IO_SOCKET_ILLEGAL_OPERATION_FOR_STATE if the socket does not listen.
 * One thread at a time.
 */
AWS_IO_API
int aws_socket_stop_accept(struct aws_socket *socket);

/**
 * Closes the connection or listener and leaves the event loop. Hands the system what it still takes, then completes
 * the writes that remain, inside the call. No other callback of this socket follows, except the close-complete
 * callback. Success if it is closed already.
 * Errors: AWS_IO_SOCKET_ILLEGAL_OPERATION_FOR_STATE on another thread than the loop's, unless the socket listens.
 * Event-loop thread only, if the socket is assigned to a loop; a listener may be closed on any other thread, which
 * waits for the loop.
 */
AWS_IO_API
int aws_socket_close(struct aws_socket *socket);

/**
 * Ends one direction of a connection. Ending the write direction shows the peer that no more data comes.
 * Errors: those of the system, AWS_IO_SOCKET_NOT_CONNECTED among them.
 * Event-loop thread only.
 */
AWS_IO_API
int aws_socket_shutdown_dir(struct aws_socket *socket, enum aws_channel_direction dir);

/**
 * Replaces the options. Type and domain must stay the same. Settings of TCP that the system refuses are logged, not
 * reported.
 * Errors: AWS_IO_SOCKET_INVALID_OPTIONS for another type or domain, or a bad interface name;
 * AWS_ERROR_PLATFORM_NOT_SUPPORTED for an interface name that the platform cannot honour.
 * One thread at a time.
 */
AWS_IO_API
int aws_socket_set_options(struct aws_socket *socket, const struct aws_socket_options *options);

/**
 * Assigns a connected socket to an event loop, for accepted connections and datagram sockets; connected clients are
 * assigned already.
 * Errors: AWS_IO_EVENT_LOOP_ALREADY_ASSIGNED; those of aws_event_loop_subscribe_to_io_events().
 * One thread at a time.
 */
AWS_IO_API
int aws_socket_assign_to_event_loop(struct aws_socket *socket, struct aws_event_loop *event_loop);

/**
 * The loop that the socket is assigned to, or NULL.
 * One thread at a time.
 */
AWS_IO_API
struct aws_event_loop *aws_socket_get_event_loop(struct aws_socket *socket);

/**
 * Registers the callback for data; once for each socket. Data that came before is reported too.
 * Errors: AWS_IO_SOCKET_NOT_CONNECTED; AWS_ERROR_IO_ALREADY_SUBSCRIBED.
 * Event-loop thread only, if the socket is assigned to a loop.
 */
AWS_IO_API
int aws_socket_subscribe_to_readable_events(
    struct aws_socket *socket, aws_socket_on_readable_fn *on_readable, void *user_data);

/**
 * Reads what there is into the free part of `buffer`, which does not grow, and stores the number of bytes in
 * `*amount_read`. A datagram that is larger is cut: this succeeds then, and leaves AWS_ERROR_SHORT_BUFFER as last error
 * (reset it before, to distinguish).
 * Errors: AWS_IO_READ_WOULD_BLOCK if there is nothing now; AWS_IO_SOCKET_CLOSED at the end of the stream;
 * AWS_IO_SOCKET_TIMEOUT; AWS_IO_SOCKET_NOT_CONNECTED; AWS_ERROR_IO_EVENT_LOOP_THREAD_ONLY.
 * Event-loop thread only.
 */
AWS_IO_API
int aws_socket_read(struct aws_socket *socket, struct aws_byte_buf *buffer, size_t *amount_read);

/**
 * Writes all of the data. Writes of one round of the loop leave together at its end. The data must stay until
 * `written_fn` is called. On failure `written_fn` is not called. An error of the system comes to `written_fn`; later
 * writes to a stream fail with it at once. A datagram that is too large for its transport gives
 * AWS_ERROR_INVALID_BUFFER_SIZE.
 * Errors: AWS_IO_SOCKET_NOT_CONNECTED; AWS_IO_SOCKET_CLOSED; AWS_ERROR_IO_EVENT_LOOP_THREAD_ONLY.
 * Event-loop thread only.
 */
AWS_IO_API
int aws_socket_write(
    struct aws_socket *socket,
    const struct aws_byte_cursor *cursor,
    aws_socket_on_write_completed_fn *written_fn,
    void *user_data);

/**
 * Sets the callback for the end of aws_socket_close(), in place of an older one.
 * One thread at a time.
 */
AWS_IO_API
int aws_socket_set_close_complete_callback(
    struct aws_socket *socket, aws_socket_on_shutdown_complete_fn fn, void *user_data);

/**
 * Sets the callback for the end of aws_socket_clean_up(), in place of an older one.
 * One thread at a time.
 */
AWS_IO_API
int aws_socket_set_cleanup_complete_callback(
    struct aws_socket *socket, aws_socket_on_shutdown_complete_fn fn, void *user_data);

/**
 * Takes the pending error of the system's socket, as a code of this library; 0 if there is none. Returns the code,
 * raises nothing.
 * One thread at a time.
 */
AWS_IO_API
int aws_socket_get_error(struct aws_socket *socket);

/**
 * Whether the socket has not been closed on this side. A socket that the peer closed is still open.
 * One thread at a time.
 */
AWS_IO_API
bool aws_socket_is_open(struct aws_socket *socket);

/**
 * Checks a port for aws_socket_connect(): 1 to 65535 for IP, anything but -1 for VSOCK, anything for local sockets.
 * Errors: AWS_IO_SOCKET_INVALID_ADDRESS.
 * Thread-safe: any thread.
 */
AWS_IO_API
int aws_socket_validate_port_for_connect(uint32_t port, enum aws_socket_domain domain);

/**
 * Checks a port for aws_socket_bind(): 0 to 65535 for IP, anything for the other domains.
 * Errors: AWS_IO_SOCKET_INVALID_ADDRESS.
 * Thread-safe: any thread.
 */
AWS_IO_API
int aws_socket_validate_port_for_bind(uint32_t port, enum aws_socket_domain domain);

/**
 * Fills `address` with a random name for a local socket.
 * Thread-safe: any thread.
 */
AWS_IO_API
void aws_socket_endpoint_init_local_address_for_test(struct aws_socket_endpoint *endpoint);

/**
 * Whether the system has a network interface of this name now. Windows: always false.
 * Thread-safe: any thread.
 */
AWS_IO_API
bool aws_is_network_interface_name_valid(const char *interface_name);

/**
 * The implementation that AWS_SOCKET_IMPL_PLATFORM_DEFAULT stands for.
 * Thread-safe: any thread.
 */
AWS_IO_API
enum aws_socket_impl_type aws_socket_get_default_impl_type(void);

/**
 * Parses an IPv4 address into `*dst`, in network order.
 * Errors: AWS_IO_SOCKET_INVALID_ADDRESS.
 * Thread-safe: any thread.
 */
AWS_IO_API
int aws_parse_ipv4_address(const struct aws_string *src, uint32_t *dst);

/**
 * Parses an IPv6 address and appends its 16 bytes to `dst`, which does not grow.
 * Errors: AWS_IO_SOCKET_INVALID_ADDRESS; AWS_ERROR_SHORT_BUFFER if there is no room.
 * Thread-safe: any thread.
 */
AWS_IO_API
int aws_parse_ipv6_address(const struct aws_string *src, struct aws_byte_buf *dst);

AWS_EXTERN_C_END

AWS_POP_SANE_WARNING_LEVEL

#endif /* AWS_IO_SOCKET_H */
