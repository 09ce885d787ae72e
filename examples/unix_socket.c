/* SPDX-License-Identifier: Apache-2.0 */
/* A question and an answer over a Unix socket: listener and client on one event loop.
 *
 *     unix_socket [TEXT]
 */
#include "gate.h"

#include <aws/common/task_scheduler.h>
#include <aws/common/thread.h>
#include <aws/io/event_loop.h>
#include <aws/io/io.h>
#include <aws/io/socket.h>

#include <stdio.h>
#include <stdlib.h>

struct exchange {
    struct aws_allocator *allocator;
    struct aws_event_loop *loop;
    struct aws_socket listener;
    struct aws_socket client;
    struct aws_socket *accepted;
    struct aws_byte_cursor question;
    char answer[512];
    struct aws_task task;
    struct gate done;
};

static void s_on_written(struct aws_socket *socket, int error, size_t length, void *arg) {
    (void)socket;
    (void)length;
    if (error) {
        gate_open(&((struct exchange *)arg)->done, error);
    }
}

/* Both ends read in the same way; what they do with it differs. */
static bool s_read(struct exchange *exchange, struct aws_socket *socket, int error, char *text, size_t *length) {
    struct aws_byte_buf buffer = aws_byte_buf_from_empty_array(text, sizeof(exchange->answer) - 1);
    if (error == 0 && aws_socket_read(socket, &buffer, length) == AWS_OP_SUCCESS) {
        text[*length] = 0;
        return true;
    }
    error = error ? error : aws_last_error();
    if (error != AWS_IO_READ_WOULD_BLOCK) {
        gate_open(&exchange->done, error);
    }
    return false;
}

static void s_on_question(struct aws_socket *socket, int error, void *arg) {
    struct exchange *exchange = arg;
    size_t length = 0;
    static char s_question[512];
    if (s_read(exchange, socket, error, s_question, &length)) {
        struct aws_byte_cursor echo = aws_byte_cursor_from_array(s_question, length);
        aws_socket_write(socket, &echo, s_on_written, exchange);
    }
}

static void s_on_answer(struct aws_socket *socket, int error, void *arg) {
    struct exchange *exchange = arg;
    size_t length = 0;
    if (s_read(exchange, socket, error, exchange->answer, &length)) {
        gate_open(&exchange->done, 0);
    }
}

static void s_on_accepted(struct aws_socket *listener, int error, struct aws_socket *accepted, void *arg) {
    (void)listener;
    struct exchange *exchange = arg;
    if (error) {
        gate_open(&exchange->done, error);
        return;
    }
    exchange->accepted = accepted;
    if (aws_socket_assign_to_event_loop(accepted, exchange->loop) ||
        aws_socket_subscribe_to_readable_events(accepted, s_on_question, exchange)) {
        gate_open(&exchange->done, aws_last_error());
    }
}

static void s_on_connected(struct aws_socket *client, int error, void *arg) {
    struct exchange *exchange = arg;
    if (error || aws_socket_subscribe_to_readable_events(client, s_on_answer, exchange) ||
        aws_socket_write(client, &exchange->question, s_on_written, exchange)) {
        gate_open(&exchange->done, error ? error : aws_last_error());
    }
}

static void s_begin(struct aws_task *task, void *arg, enum aws_task_status status) {
    (void)task;
    (void)status;
    struct exchange *exchange = arg;
    struct aws_socket_options options = {
        .type = AWS_SOCKET_STREAM, .domain = AWS_SOCKET_LOCAL, .connect_timeout_ms = 3000};
    struct aws_socket_endpoint endpoint = {.port = 0};
    aws_socket_endpoint_init_local_address_for_test(&endpoint);
    struct aws_socket_bind_options bind = {.local_endpoint = &endpoint};
    struct aws_socket_listener_options accept = {
        .on_accept_result = s_on_accepted, .on_accept_result_user_data = exchange};
    struct aws_socket_connect_options connect = {
        .remote_endpoint = &endpoint,
        .event_loop = exchange->loop,
        .on_connection_result = s_on_connected,
        .user_data = exchange,
    };

    aws_socket_init(&exchange->listener, exchange->allocator, &options);
    aws_socket_init(&exchange->client, exchange->allocator, &options);
    if (aws_socket_bind(&exchange->listener, &bind) || aws_socket_listen(&exchange->listener, 8) ||
        aws_socket_start_accept(&exchange->listener, exchange->loop, accept) ||
        aws_socket_connect(&exchange->client, &connect)) {
        gate_open(&exchange->done, aws_last_error());
    }
}

static void s_end(struct aws_task *task, void *arg, enum aws_task_status status) {
    (void)task;
    (void)status;
    struct exchange *exchange = arg;
    aws_socket_clean_up(&exchange->client);
    if (exchange->accepted != NULL) {
        /* An accepted socket is the acceptor's, memory included. */
        aws_socket_clean_up(exchange->accepted);
        aws_mem_release(exchange->allocator, exchange->accepted);
    }
    aws_socket_clean_up(&exchange->listener);
    gate_open(&exchange->done, 0);
}

static int s_run_on_loop(struct exchange *exchange, aws_task_fn *function) {
    aws_task_init(&exchange->task, function, exchange, "unix_socket");
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
        .question = aws_byte_cursor_from_c_str(argc > 1 ? argv[1] : "hello, server"),
        .done = GATE_INIT,
    };

    int error = s_run_on_loop(&exchange, s_begin);
    if (error) {
        fprintf(stderr, "unix_socket: %s\n", aws_error_debug_str(error));
    } else {
        printf("%s\n", exchange.answer);
    }
    s_run_on_loop(&exchange, s_end);

    aws_event_loop_group_release(loops);
    aws_thread_join_all_managed();
    aws_io_library_clean_up();
    return error ? EXIT_FAILURE : EXIT_SUCCESS;
}
