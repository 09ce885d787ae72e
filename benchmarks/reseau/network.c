/* SPDX-License-Identifier: Apache-2.0 */
#include "network.h"
#include "tls.h"

#include <aws/io/channel_bootstrap.h>
#include <aws/io/host_resolver.h>
#include <aws/io/io.h>
#include <aws/io/socket.h>

#include <semaphore.h>

static struct loops s_loops;
static const struct traffic *s_traffic;
static struct aws_host_resolver *s_resolver;
static struct aws_server_bootstrap *s_server;
static struct aws_client_bootstrap *s_client;
static struct aws_socket *s_listener;
static struct aws_socket_endpoint s_address;
static struct aws_socket_options s_socket_options;
static sem_t s_listener_gone;

static void s_fail(const char *what, int error) {
    bench_fail(what, aws_error_debug_str(error));
}

static int
s_on_read(struct aws_channel_handler *handler, struct aws_channel_slot *slot, struct aws_io_message *message) {
    (void)slot;
    if (!s_traffic->on_data(handler->impl, message)) {
        aws_mem_release(message->allocator, message);
    }
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
    ((struct end *)handler->impl)->is_closed = true;
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
    struct end *end = handler->impl;
    if (end->side == BENCH_CLIENT && s_traffic->on_closed != NULL) {
        s_traffic->on_closed(end);
    }
    aws_mem_release(handler->alloc, end);
}

static struct aws_channel_handler_vtable s_vtable = {
    .process_read_message = s_on_read,
    .process_write_message = s_on_write,
    .increment_read_window = s_on_window,
    .shutdown = s_on_shutdown,
    .initial_window_size = s_initial_window,
    .message_overhead = s_overhead,
    .destroy = s_destroy,
};

static struct end *s_end_new(struct aws_channel *channel, enum bench_side side) {
    struct end *end = aws_mem_calloc(aws_default_allocator(), 1, sizeof(struct end));
    end->handler.alloc = aws_default_allocator();
    end->handler.vtable = &s_vtable;
    end->handler.impl = end;
    end->channel = channel;
    end->side = side;
    end->slot = aws_channel_slot_new(channel);
    aws_channel_slot_insert_end(channel, end->slot);
    aws_channel_slot_set_handler(end->slot, &end->handler);
    return end;
}

static void s_on_accepted(struct aws_server_bootstrap *bootstrap, int error, struct aws_channel *channel, void *arg) {
    (void)bootstrap;
    (void)arg;
    if (error) {
        s_fail("accept", error);
    }
    s_end_new(channel, BENCH_SERVER);
}

static void s_on_server_end(struct aws_server_bootstrap *bootstrap, int error, struct aws_channel *channel, void *arg) {
    (void)bootstrap;
    (void)error;
    (void)channel;
    (void)arg;
}

static void s_on_listener_gone(struct aws_server_bootstrap *bootstrap, void *arg) {
    (void)bootstrap;
    (void)arg;
    sem_post(&s_listener_gone);
}

static void s_on_connected(struct aws_client_bootstrap *bootstrap, int error, struct aws_channel *channel, void *arg) {
    (void)bootstrap;
    (void)arg;
    if (error) {
        s_fail("connect", error);
    }
    s_traffic->on_connected(s_end_new(channel, BENCH_CLIENT));
}

static void s_on_client_end(struct aws_client_bootstrap *bootstrap, int error, struct aws_channel *channel, void *arg) {
    (void)bootstrap;
    (void)error;
    (void)channel;
    (void)arg;
}

static void s_listen(struct bench *bench) {
    s_socket_options = (struct aws_socket_options){
        .type = AWS_SOCKET_STREAM,
        .domain = bench->is_local ? AWS_SOCKET_LOCAL : AWS_SOCKET_IPV4,
        .connect_timeout_ms = 10000,
        .tcp_nodelay = bench->is_local ? AWS_SOCKET_TCP_NODELAY_DEFAULT : AWS_SOCKET_TCP_NODELAY_ON,
    };
    struct aws_server_socket_channel_bootstrap_options options = {
        .bootstrap = s_server,
        .host_name = bench->is_local ? bench_local_path() : "127.0.0.1",
        .socket_options = &s_socket_options,
        .incoming_callback = s_on_accepted,
        .shutdown_callback = s_on_server_end,
        .destroy_callback = s_on_listener_gone,
        .tls_options = tls_options(BENCH_SERVER),
    };
    s_listener = aws_server_bootstrap_new_socket_listener(&options);
    if (s_listener == NULL || aws_socket_get_bound_address(s_listener, &s_address)) {
        s_fail("listen", aws_last_error());
    }
}

void network_start(struct bench *bench, const struct traffic *traffic) {
    struct aws_allocator *allocator = aws_default_allocator();
    s_traffic = traffic;
    sem_init(&s_listener_gone, 0, 0);
    loops_start(bench, &s_loops, 2);
    tls_start(bench);

    struct aws_host_resolver_default_options resolver_options = {
        .max_entries = 8, .el_group = s_loops.groups[BENCH_CLIENT]};
    s_resolver = aws_host_resolver_new_default(allocator, &resolver_options);
    struct aws_client_bootstrap_options client_options = {
        .event_loop_group = s_loops.groups[BENCH_CLIENT], .host_resolver = s_resolver};
    s_client = aws_client_bootstrap_new(allocator, &client_options);
    s_server = aws_server_bootstrap_new(allocator, s_loops.groups[BENCH_SERVER]);
    s_listen(bench);
}

struct loops *network_loops(void) {
    return &s_loops;
}

void network_connect(void) {
    struct aws_socket_channel_bootstrap_options options = {
        .bootstrap = s_client,
        .host_name = s_address.address,
        .port = s_address.port,
        .socket_options = &s_socket_options,
        .setup_callback = s_on_connected,
        .shutdown_callback = s_on_client_end,
        .tls_options = tls_options(BENCH_CLIENT),
    };
    if (aws_client_bootstrap_new_socket_channel(&options)) {
        s_fail("connect", aws_last_error());
    }
}

/* What the bytes are does not matter and is not written: that would be the application's cost, the same everywhere. */
bool end_send(struct end *end, size_t size, aws_channel_on_message_write_completed_fn *on_completion) {
    while (size > 0) {
        struct aws_io_message *message =
            aws_channel_acquire_message_from_pool(end->channel, AWS_IO_MESSAGE_APPLICATION_DATA, size);
        size_t room = message->message_data.capacity;
        message->message_data.len = size < room ? size : room;
        size -= message->message_data.len;
        message->on_completion = size == 0 ? on_completion : NULL;
        message->user_data = end;
        if (end->is_closed || aws_channel_slot_send_message(end->slot, message, AWS_CHANNEL_DIR_WRITE)) {
            aws_mem_release(message->allocator, message);
            end->is_closed = true;
            return false;
        }
    }
    return true;
}

void network_stop(void) {
    aws_server_bootstrap_destroy_socket_listener(s_server, s_listener);
    while (sem_wait(&s_listener_gone) != 0) {
    }
    aws_server_bootstrap_release(s_server);
    aws_client_bootstrap_release(s_client);
    aws_host_resolver_release(s_resolver);
    tls_stop();
    loops_stop(&s_loops);
}
