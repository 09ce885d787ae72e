/* SPDX-License-Identifier: Apache-2.0 */
/* What the README says of TLS: its server and its client, word for word, connect to each other. */
#include <aws/common/condition_variable.h>
#include <aws/common/mutex.h>
#include <aws/common/thread.h>
#include <aws/io/channel_bootstrap.h>
#include <aws/io/event_loop.h>
#include <aws/io/host_resolver.h>
#include <aws/io/io.h>
#include <aws/io/socket.h>
#include <aws/io/tls_channel_handler.h>

#include <stdio.h>

static struct aws_mutex s_mutex = AWS_MUTEX_INIT;
static struct aws_condition_variable s_changed = AWS_CONDITION_VARIABLE_INIT;
static int s_ended;
static int s_listeners_gone;
static int s_error;

static void s_count(int *counter, int error) {
    aws_mutex_lock(&s_mutex);
    ++*counter;
    s_error = s_error != 0 ? s_error : error;
    aws_mutex_unlock(&s_mutex);
    aws_condition_variable_notify_all(&s_changed);
}

struct goal {
    const int *counter;
    int wanted;
};

static bool s_is_reached(void *arg) {
    const struct goal *goal = arg;
    return *goal->counter >= goal->wanted;
}

static void s_await(const int *counter, int wanted) {
    struct goal goal = {counter, wanted};
    aws_mutex_lock(&s_mutex);
    aws_condition_variable_wait_pred(&s_changed, &s_mutex, s_is_reached, &goal);
    aws_mutex_unlock(&s_mutex);
}

static void on_connection(struct aws_server_bootstrap *bootstrap, int error, struct aws_channel *channel, void *arg) {
    (void)bootstrap;
    (void)arg;
    if (error) {
        s_count(&s_ended, error);
    } else {
        aws_channel_shutdown(channel, AWS_ERROR_SUCCESS);
    }
}

static void on_connection_end(struct aws_server_bootstrap *bootstrap, int error, struct aws_channel *c, void *arg) {
    (void)bootstrap;
    (void)c;
    (void)arg;
    s_count(&s_ended, error);
}

static void on_listener_gone(struct aws_server_bootstrap *bootstrap, void *arg) {
    (void)bootstrap;
    (void)arg;
    s_count(&s_listeners_gone, 0);
}

static void on_setup(struct aws_client_bootstrap *bootstrap, int error, struct aws_channel *channel, void *arg) {
    (void)bootstrap;
    (void)channel;
    (void)arg;
    if (error) {
        s_count(&s_ended, error);
    }
}

static void on_shutdown(struct aws_client_bootstrap *bootstrap, int error, struct aws_channel *channel, void *arg) {
    (void)bootstrap;
    (void)error;
    (void)channel;
    (void)arg;
    s_count(&s_ended, 0);
}

static struct aws_socket *
s_listen(struct aws_allocator *allocator, struct aws_server_bootstrap *bootstrap, uint32_t port) {
#include "readme_tls_server.inc"
    aws_tls_connection_options_clean_up(&tls);
    aws_tls_ctx_release(context);
    aws_tls_ctx_options_clean_up(&keys);
    return listener;
}

static int s_connect(struct aws_allocator *allocator, struct aws_client_bootstrap *bootstrap, uint32_t port) {
#include "readme_tls_client.inc"
    aws_tls_connection_options_clean_up(&tls);
    aws_tls_ctx_release(context);
    aws_tls_ctx_options_clean_up(&trust);
    return result;
}

int main(void) {
    struct aws_allocator *allocator = aws_mem_tracer_new(aws_default_allocator(), NULL, AWS_MEMTRACE_BYTES, 0);
    aws_io_library_init(allocator);
    struct aws_event_loop_group *loops = aws_event_loop_group_new_default(allocator, 1, NULL);
    struct aws_host_resolver_default_options resolver_options = {.max_entries = 8, .el_group = loops};
    struct aws_host_resolver *resolver = aws_host_resolver_new_default(allocator, &resolver_options);
    struct aws_client_bootstrap_options client_options = {.event_loop_group = loops, .host_resolver = resolver};
    struct aws_client_bootstrap *client = aws_client_bootstrap_new(allocator, &client_options);
    struct aws_server_bootstrap *server = aws_server_bootstrap_new(allocator, loops);

    struct aws_socket *listener = s_listen(allocator, server, 0);
    struct aws_socket_endpoint bound;
    if (listener == NULL || aws_socket_get_bound_address(listener, &bound) ||
        s_connect(allocator, client, bound.port)) {
        fprintf(stderr, "%s\n", aws_error_debug_str(aws_last_error()));
        return 1;
    }
    s_await(&s_ended, 2);
    aws_server_bootstrap_destroy_socket_listener(server, listener);
    s_await(&s_listeners_gone, 1);

    aws_server_bootstrap_release(server);
    aws_client_bootstrap_release(client);
    aws_host_resolver_release(resolver);
    aws_event_loop_group_release(loops);
    aws_thread_join_all_managed();
    aws_io_library_clean_up();
    size_t leaked = aws_mem_tracer_bytes(allocator);
    aws_mem_tracer_destroy(allocator);
    printf("error %d, %zu bytes leaked\n", s_error, leaked);
    return s_error != 0 || leaked != 0;
}
