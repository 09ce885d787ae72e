/* SPDX-License-Identifier: Apache-2.0 */
#ifndef AWS_IO_PRIVATE_SOCKET_IMPL_H
#define AWS_IO_PRIVATE_SOCKET_IMPL_H

/*
 * The inside of sockets: what an implementation provides, and system addresses.
 */

#include <aws/io/io.h>
#include <aws/io/socket.h>

#include <aws/common/task_scheduler.h>

#ifndef _WIN32
#    include <netinet/in.h>
#    include <sys/socket.h>
#    include <sys/un.h>
#endif

#ifdef USE_VSOCK
#    include <linux/vm_sockets.h>
#endif

AWS_PUSH_SANE_WARNING_LEVEL

#ifndef _WIN32

/** A system address of any domain. */
struct socket_address {
    union sock_addr_types {
        struct sockaddr_in addr_in;
        struct sockaddr_in6 addr_in6;
        struct sockaddr_un un_addr;
#    ifdef __APPLE__
        struct sockaddr addr_base;
#    endif
#    ifdef USE_VSOCK
        struct sockaddr_vm vm_addr;
#    endif
    } sock_addr_types;
};

#endif /* !_WIN32 */

/**
 * What makes a socket. Each function of aws/io/socket.h calls the one of the same name and documents what it must do;
 * thread rules are the same.
 */
struct aws_socket_vtable {
    void (*socket_cleanup_fn)(struct aws_socket *socket);
    int (*socket_connect_fn)(struct aws_socket *socket, struct aws_socket_connect_options *socket_connect_options);
    int (*socket_bind_fn)(struct aws_socket *socket, struct aws_socket_bind_options *socket_bind_options);
    int (*socket_listen_fn)(struct aws_socket *socket, int backlog_size);
    int (*socket_start_accept_fn)(
        struct aws_socket *socket, struct aws_event_loop *accept_loop, struct aws_socket_listener_options options);
    int (*socket_stop_accept_fn)(struct aws_socket *socket);
    int (*socket_close_fn)(struct aws_socket *socket);
    int (*socket_shutdown_dir_fn)(struct aws_socket *socket, enum aws_channel_direction dir);
    int (*socket_set_options_fn)(struct aws_socket *socket, const struct aws_socket_options *options);
    int (*socket_assign_to_event_loop_fn)(struct aws_socket *socket, struct aws_event_loop *event_loop);
    int (*socket_subscribe_to_readable_events_fn)(
        struct aws_socket *socket, aws_socket_on_readable_fn *on_readable, void *user_data);
    int (*socket_read_fn)(struct aws_socket *socket, struct aws_byte_buf *buffer, size_t *amount_read);
    int (*socket_write_fn)(
        struct aws_socket *socket,
        const struct aws_byte_cursor *cursor,
        aws_socket_on_write_completed_fn *written_fn,
        void *user_data);
    int (*socket_get_error_fn)(struct aws_socket *socket);
    bool (*socket_is_open_fn)(struct aws_socket *socket);
    int (*socket_set_close_callback)(struct aws_socket *socket, aws_socket_on_shutdown_complete_fn fn, void *user_data);
    int (*socket_set_cleanup_callback)(
        struct aws_socket *socket, aws_socket_on_shutdown_complete_fn fn, void *user_data);
    /** For implementations that do TLS themselves: the negotiated ALPN protocol. Others return an empty buffer. */
    struct aws_byte_buf (*socket_get_protocol_fn)(const struct aws_socket *socket);
    /** For implementations that do TLS themselves: the peer's name. Others return NULL. */
    struct aws_string *(*socket_get_server_name_fn)(const struct aws_socket *socket);
};

/** Carries the outcome of aws_socket_start_accept() to the event loop. */
struct on_start_accept_result_args {
    struct aws_task task;
    int error;
    struct aws_allocator *allocator;
    struct aws_socket *socket;
    aws_socket_on_accept_started_fn *on_accept_start;
    void *on_accept_start_user_data;
};

AWS_EXTERN_C_BEGIN

/**
 * Each is aws_socket_init() for one implementation. All but those of the platform raise
 * AWS_ERROR_PLATFORM_NOT_SUPPORTED. Not exported from the shared library: use aws_socket_init().
 * One thread at a time.
 */
AWS_IO_API
int aws_socket_init_posix(
    struct aws_socket *socket, struct aws_allocator *alloc, const struct aws_socket_options *options);
AWS_IO_API
int aws_socket_init_winsock(
    struct aws_socket *socket, struct aws_allocator *alloc, const struct aws_socket_options *options);
AWS_IO_API
int aws_socket_init_apple_nw_socket(
    struct aws_socket *socket, struct aws_allocator *alloc, const struct aws_socket_options *options);

AWS_EXTERN_C_END

AWS_POP_SANE_WARNING_LEVEL

#endif /* AWS_IO_PRIVATE_SOCKET_IMPL_H */
