/* SPDX-License-Identifier: Apache-2.0 */
/* Sends back whatever it receives, until standard input ends.
 *
 *     echo_server [PORT]
 *
 * Try it with: nc 127.0.0.1 PORT */
#include "gate.h"

#include <aws/common/thread.h>
#include <aws/io/channel.h>
#include <aws/io/channel_bootstrap.h>
#include <aws/io/event_loop.h>
#include <aws/io/io.h>
#include <aws/io/socket.h>

#include <stdio.h>
#include <stdlib.h>

/* The received message itself goes back: no byte is copied. On failure it is still ours. */
static int s_echo(struct aws_channel_handler *handler, struct aws_channel_slot *slot, struct aws_io_message *message) {
    (void)handler;
    size_t length = message->message_data.len;
    if (aws_channel_slot_send_message(slot, message, AWS_CHANNEL_DIR_WRITE)) {
        aws_mem_release(message->allocator, message);
        aws_channel_shutdown(slot->channel, aws_last_error());
        return AWS_OP_SUCCESS;
    }
    return aws_channel_slot_increment_read_window(slot, length);
}

static int
s_on_write(struct aws_channel_handler *handler, struct aws_channel_slot *slot, struct aws_io_message *message) {
    (void)handler;
    return aws_channel_slot_send_message(slot, message, AWS_CHANNEL_DIR_WRITE);
}

static int s_on_window(struct aws_channel_handler *handler, struct aws_channel_slot *slot, size_t size) {
    (void)handler;
    return aws_channel_slot_increment_read_window(slot, size);
}

static int s_on_shutdown(
    struct aws_channel_handler *handler,
    struct aws_channel_slot *slot,
    enum aws_channel_direction direction,
    int error,
    bool free_scarce_resources_immediately) {
    (void)handler;
    return aws_channel_slot_on_handler_shutdown_complete(slot, direction, error, free_scarce_resources_immediately);
}

static size_t s_initial_window(struct aws_channel_handler *handler) {
    (void)handler;
    return SIZE_MAX;
}

static size_t s_overhead(struct aws_channel_handler *handler) {
    (void)handler;
    return 0;
}

static void s_destroy(struct aws_channel_handler *handler) {
    aws_mem_release(handler->alloc, handler);
}

static struct aws_channel_handler_vtable s_echo_vtable = {
    .process_read_message = s_echo,
    .process_write_message = s_on_write,
    .increment_read_window = s_on_window,
    .shutdown = s_on_shutdown,
    .initial_window_size = s_initial_window,
    .message_overhead = s_overhead,
    .destroy = s_destroy,
};

static void s_on_connection(struct aws_server_bootstrap *bootstrap, int error, struct aws_channel *channel, void *arg) {
    (void)arg;
    if (error) {
        fprintf(stderr, "connection failed: %s\n", aws_error_debug_str(error));
        return;
    }
    struct aws_channel_handler *handler = aws_mem_calloc(bootstrap->allocator, 1, sizeof(*handler));
    handler->alloc = bootstrap->allocator;
    handler->vtable = &s_echo_vtable;
    struct aws_channel_slot *slot = aws_channel_slot_new(channel);
    aws_channel_slot_insert_end(channel, slot);
    aws_channel_slot_set_handler(slot, handler);
}

static void
s_on_connection_end(struct aws_server_bootstrap *bootstrap, int error, struct aws_channel *channel, void *arg) {
    (void)bootstrap;
    (void)channel;
    (void)arg;
    if (error && error != AWS_IO_SOCKET_CLOSED) {
        fprintf(stderr, "connection ended: %s\n", aws_error_debug_str(error));
    }
}

static void s_on_listener_gone(struct aws_server_bootstrap *bootstrap, void *gate) {
    (void)bootstrap;
    gate_open(gate, 0);
}

int main(int argc, char **argv) {
    struct gate listener_gone = GATE_INIT;
    struct aws_allocator *allocator = aws_default_allocator();
    aws_io_library_init(allocator);

    /* One loop per processor; accepted connections are spread over them. */
    struct aws_event_loop_group *loops = aws_event_loop_group_new_default(allocator, 0, NULL);
    struct aws_server_bootstrap *bootstrap = aws_server_bootstrap_new(allocator, loops);
    struct aws_socket_options socket_options = {.type = AWS_SOCKET_STREAM, .domain = AWS_SOCKET_IPV4};
    struct aws_server_socket_channel_bootstrap_options options = {
        .bootstrap = bootstrap,
        .host_name = "127.0.0.1",
        .port = argc > 1 ? (uint32_t)atoi(argv[1]) : 0,
        .socket_options = &socket_options,
        .incoming_callback = s_on_connection,
        .shutdown_callback = s_on_connection_end,
        .destroy_callback = s_on_listener_gone,
        .user_data = &listener_gone,
    };
    int status = EXIT_FAILURE;
    struct aws_socket *listener = aws_server_bootstrap_new_socket_listener(&options);
    if (listener == NULL) {
        fprintf(stderr, "cannot listen: %s\n", aws_error_debug_str(aws_last_error()));
    } else {
        struct aws_socket_endpoint endpoint;
        aws_socket_get_bound_address(listener, &endpoint);
        printf("%u\n", endpoint.port);
        fflush(stdout);
        while (getchar() != EOF) {
        }
        aws_server_bootstrap_destroy_socket_listener(bootstrap, listener);
        status = EXIT_SUCCESS;
    }

    gate_wait(&listener_gone);
    aws_server_bootstrap_release(bootstrap);
    aws_event_loop_group_release(loops);
    aws_thread_join_all_managed();
    aws_io_library_clean_up();
    return status;
}
