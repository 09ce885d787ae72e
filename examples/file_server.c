/* SPDX-License-Identifier: Apache-2.0 */
/* Sends one file to everybody who connects: its length as eight bytes, big-endian, then its bytes.
 *
 *     file_server [--tls CERTIFICATE KEY] FILE [PORT]
 *
 * Certificate and key are PEM files; without them the connections are plain. Prints the port it listens on, and stops
 * when standard input ends. */
#include "gate.h"

#include <aws/common/file.h>
#include <aws/common/thread.h>
#include <aws/io/channel.h>
#include <aws/io/channel_bootstrap.h>
#include <aws/io/event_loop.h>
#include <aws/io/io.h>
#include <aws/io/socket.h>
#include <aws/io/tls_channel_handler.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Messages handed to the socket and not yet written. Enough to keep it busy, little enough to keep memory flat. */
enum { IN_FLIGHT_MAX = 64 };

struct server {
    struct aws_allocator *allocator;
    const char *path;
    struct gate listener_gone;
};

/* One connection: the last handler of its channel, which reads the file and sends it to the left. */
struct sender {
    struct aws_channel_handler handler;
    struct aws_channel *channel;
    struct aws_channel_slot *slot;
    struct aws_channel_task pump_task;
    FILE *file;
    uint64_t left;
    size_t in_flight;
    bool header_sent;
};

static void s_pump(struct sender *sender);

static void s_on_written(struct aws_channel *channel, struct aws_io_message *message, int error, void *user_data) {
    (void)channel;
    (void)message;
    struct sender *sender = user_data;
    sender->in_flight--;
    if (error == 0) {
        s_pump(sender);
    }
}

static bool s_fill(struct sender *sender, struct aws_io_message *message) {
    struct aws_byte_buf *data = &message->message_data;
    if (!sender->header_sent) {
        sender->header_sent = true;
        aws_byte_buf_write_be64(data, sender->left);
    }
    size_t room = data->capacity - data->len;
    size_t wanted = sender->left < room ? (size_t)sender->left : room;
    if (fread(data->buffer + data->len, 1, wanted, sender->file) != wanted) {
        return false;
    }
    data->len += wanted;
    sender->left -= wanted;
    return true;
}

/* Sends until enough is in flight; every completed write calls it again. */
static void s_pump(struct sender *sender) {
    while (sender->in_flight < IN_FLIGHT_MAX && (sender->left > 0 || !sender->header_sent)) {
        struct aws_io_message *message = aws_channel_slot_acquire_max_message_for_write(sender->slot);
        message->on_completion = s_on_written;
        message->user_data = sender;
        if (!s_fill(sender, message)) {
            aws_mem_release(message->allocator, message);
            aws_channel_shutdown(sender->channel, AWS_ERROR_FILE_READ_FAILURE);
            return;
        }
        sender->in_flight++;
        if (aws_channel_slot_send_message(sender->slot, message, AWS_CHANNEL_DIR_WRITE)) {
            sender->in_flight--;
            aws_mem_release(message->allocator, message);
            aws_channel_shutdown(sender->channel, aws_last_error());
            return;
        }
    }
    if (sender->left == 0 && sender->in_flight == 0) {
        aws_channel_shutdown(sender->channel, AWS_ERROR_SUCCESS);
    }
}

static void s_pump_task(struct aws_channel_task *task, void *arg, enum aws_task_status status) {
    (void)task;
    if (status == AWS_TASK_STATUS_RUN_READY) {
        s_pump(arg);
    }
}

static int
s_on_read(struct aws_channel_handler *handler, struct aws_channel_slot *slot, struct aws_io_message *message) {
    /* The peer has nothing to say. */
    (void)handler;
    (void)slot;
    aws_mem_release(message->allocator, message);
    return AWS_OP_SUCCESS;
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
    struct sender *sender = handler->impl;
    if (sender->file != NULL) {
        fclose(sender->file);
    }
    aws_mem_release(handler->alloc, sender);
}

static struct aws_channel_handler_vtable s_sender_vtable = {
    .process_read_message = s_on_read,
    .process_write_message = s_on_write,
    .increment_read_window = s_on_window,
    .shutdown = s_on_shutdown,
    .initial_window_size = s_initial_window,
    .message_overhead = s_overhead,
    .destroy = s_destroy,
};

static void s_on_connection(struct aws_server_bootstrap *bootstrap, int error, struct aws_channel *channel, void *arg) {
    (void)bootstrap;
    struct server *server = arg;
    if (error) {
        fprintf(stderr, "connection failed: %s\n", aws_error_debug_str(error));
        return;
    }

    struct sender *sender = aws_mem_calloc(server->allocator, 1, sizeof(struct sender));
    sender->handler.alloc = server->allocator;
    sender->handler.vtable = &s_sender_vtable;
    sender->handler.impl = sender;
    sender->channel = channel;
    sender->slot = aws_channel_slot_new(channel);
    aws_channel_slot_insert_end(channel, sender->slot);
    aws_channel_slot_set_handler(sender->slot, &sender->handler);

    sender->file = fopen(server->path, "rb");
    int64_t length = 0;
    if (sender->file == NULL || aws_file_get_length(sender->file, &length)) {
        aws_channel_shutdown(channel, AWS_ERROR_FILE_OPEN_FAILURE);
        return;
    }
    sender->left = (uint64_t)length;
    aws_channel_task_init(&sender->pump_task, s_pump_task, sender, "file_server_pump");
    aws_channel_schedule_task_now(channel, &sender->pump_task);
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

static void s_on_listener_gone(struct aws_server_bootstrap *bootstrap, void *arg) {
    (void)bootstrap;
    gate_open(&((struct server *)arg)->listener_gone, 0);
}

/* Fills in what every connection needs to know of TLS. False when there is no such certificate. */
static bool s_init_tls(
    struct aws_tls_connection_options *tls, struct aws_allocator *allocator, const char *certificate, const char *key) {
    struct aws_tls_ctx_options options;
    if (aws_tls_ctx_options_init_default_server_from_path(&options, allocator, certificate, key)) {
        return false;
    }
    struct aws_tls_ctx *context = aws_tls_server_ctx_new(allocator, &options);
    aws_tls_ctx_options_clean_up(&options);
    if (context == NULL) {
        return false;
    }
    aws_tls_connection_options_init_from_ctx(tls, context);

    /* The connection options hold it. */
    aws_tls_ctx_release(context);
    return true;
}

int main(int argc, char **argv) {
    const char *program = argv[0];
    const char *certificate = NULL;
    const char *key = NULL;
    if (argc > 4 && strcmp(argv[1], "--tls") == 0) {
        certificate = argv[2];
        key = argv[3];
        argc -= 3;
        argv += 3;
    }
    if (argc < 2) {
        fprintf(stderr, "usage: %s [--tls CERTIFICATE KEY] FILE [PORT]\n", program);
        return 2;
    }
    struct server server = {aws_default_allocator(), argv[1], GATE_INIT};
    aws_io_library_init(server.allocator);
    struct aws_tls_connection_options tls = {0};
    if (certificate != NULL && !s_init_tls(&tls, server.allocator, certificate, key)) {
        fprintf(stderr, "no TLS: %s\n", aws_error_debug_str(aws_last_error()));
        return EXIT_FAILURE;
    }
    struct aws_event_loop_group *loops = aws_event_loop_group_new_default(server.allocator, 1, NULL);
    struct aws_server_bootstrap *bootstrap = aws_server_bootstrap_new(server.allocator, loops);

    struct aws_socket_options socket_options = {.type = AWS_SOCKET_STREAM, .domain = AWS_SOCKET_IPV4};
    struct aws_server_socket_channel_bootstrap_options options = {
        .bootstrap = bootstrap,
        .host_name = "127.0.0.1",
        .port = argc > 2 ? (uint32_t)atoi(argv[2]) : 0,
        .socket_options = &socket_options,
        .tls_options = certificate != NULL ? &tls : NULL,
        .incoming_callback = s_on_connection,
        .shutdown_callback = s_on_connection_end,
        .destroy_callback = s_on_listener_gone,
        .user_data = &server,
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

    gate_wait(&server.listener_gone);
    aws_server_bootstrap_release(bootstrap);
    aws_tls_connection_options_clean_up(&tls);
    aws_event_loop_group_release(loops);
    aws_thread_join_all_managed();
    aws_io_library_clean_up();
    return status;
}
