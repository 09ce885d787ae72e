/* SPDX-License-Identifier: Apache-2.0 */
/* Sends one datagram to itself, over plain sockets on one event loop; shows aws_socket without a channel.
 *
 *     udp_message [TEXT]
 */
#include "gate.h"

#include <aws/common/task_scheduler.h>
#include <aws/common/thread.h>
#include <aws/io/event_loop.h>
#include <aws/io/io.h>
#include <aws/io/socket.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct exchange {
    struct aws_allocator *allocator;
    struct aws_event_loop *loop;
    struct aws_socket receiver;
    struct aws_socket sender;
    struct aws_byte_cursor text;
    char received[512];
    struct aws_task task;
    struct gate done;
};

static void s_on_datagram(struct aws_socket *socket, int error, void *arg) {
    struct exchange *exchange = arg;
    if (error) {
        gate_open(&exchange->done, error);
        return;
    }
    struct aws_byte_buf buffer = aws_byte_buf_from_empty_array(exchange->received, sizeof(exchange->received) - 1);
    size_t length = 0;
    if (aws_socket_read(socket, &buffer, &length) == AWS_OP_SUCCESS) {
        exchange->received[length] = 0;
        gate_open(&exchange->done, 0);
    }
}

static void s_on_sent(struct aws_socket *socket, int error, size_t length, void *arg) {
    (void)socket;
    (void)length;
    if (error) {
        gate_open(&((struct exchange *)arg)->done, error);
    }
}

static void s_on_connected(struct aws_socket *socket, int error, void *arg) {
    struct exchange *exchange = arg;
    if (error || aws_socket_subscribe_to_readable_events(socket, s_on_datagram, exchange) ||
        aws_socket_write(socket, &exchange->text, s_on_sent, exchange)) {
        gate_open(&exchange->done, error ? error : aws_last_error());
    }
}

/* Reading, writing and closing belong to the loop's thread. */
static void s_begin(struct aws_task *task, void *arg, enum aws_task_status status) {
    (void)task;
    (void)status;
    struct exchange *exchange = arg;
    struct aws_socket_options options = {.type = AWS_SOCKET_DGRAM, .domain = AWS_SOCKET_IPV4};
    struct aws_socket_endpoint endpoint = {.address = "127.0.0.1", .port = 0};
    struct aws_socket_bind_options bind = {.local_endpoint = &endpoint};

    aws_socket_init(&exchange->receiver, exchange->allocator, &options);
    aws_socket_init(&exchange->sender, exchange->allocator, &options);
    if (aws_socket_bind(&exchange->receiver, &bind) || aws_socket_get_bound_address(&exchange->receiver, &endpoint) ||
        aws_socket_assign_to_event_loop(&exchange->receiver, exchange->loop) ||
        aws_socket_subscribe_to_readable_events(&exchange->receiver, s_on_datagram, exchange)) {
        gate_open(&exchange->done, aws_last_error());
        return;
    }
    struct aws_socket_connect_options connect = {
        .remote_endpoint = &endpoint,
        .event_loop = exchange->loop,
        .on_connection_result = s_on_connected,
        .user_data = exchange,
    };
    if (aws_socket_connect(&exchange->sender, &connect)) {
        gate_open(&exchange->done, aws_last_error());
    }
}

static void s_end(struct aws_task *task, void *arg, enum aws_task_status status) {
    (void)task;
    (void)status;
    struct exchange *exchange = arg;
    aws_socket_clean_up(&exchange->sender);
    aws_socket_clean_up(&exchange->receiver);
    gate_open(&exchange->done, 0);
}

static int s_run_on_loop(struct exchange *exchange, aws_task_fn *function) {
    aws_task_init(&exchange->task, function, exchange, "udp_message");
    aws_event_loop_schedule_task_now(exchange->loop, &exchange->task);
    return gate_wait(&exchange->done);
}

int main(int argc, char **argv) {
    struct aws_allocator *allocator = aws_default_allocator();
    aws_io_library_init(allocator);
    struct aws_event_loop_group *loops = aws_event_loop_group_new_default(allocator, 1, NULL);
    struct exchange exchange = {
        .allocator = allocator,
        .loop = aws_event_loop_group_get_loop_at(loops, 0),
        .text = aws_byte_cursor_from_c_str(argc > 1 ? argv[1] : "hello, datagram"),
        .done = GATE_INIT,
    };

    int error = s_run_on_loop(&exchange, s_begin);
    if (error) {
        fprintf(stderr, "udp_message: %s\n", aws_error_debug_str(error));
    } else {
        printf("%s\n", exchange.received);
    }
    s_run_on_loop(&exchange, s_end);

    aws_event_loop_group_release(loops);
    aws_thread_join_all_managed();
    aws_io_library_clean_up();
    return error ? EXIT_FAILURE : EXIT_SUCCESS;
}
