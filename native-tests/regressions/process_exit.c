/* SPDX-License-Identifier: Apache-2.0 */
/* Leaves the process with status 7, in one of several ways, while loops, a resolver, a connection and timers live. */
#define _GNU_SOURCE
#include <aws/common/condition_variable.h>
#include <aws/common/mutex.h>
#include <aws/common/task_scheduler.h>
#include <aws/common/thread.h>
#include <aws/io/channel.h>
#include <aws/io/channel_bootstrap.h>
#include <aws/io/event_loop.h>
#include <aws/io/host_resolver.h>
#include <aws/io/io.h>
#include <aws/io/socket.h>

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { STATUS = 7 };

/* What the process lives on, for those who end it on the way out. */
static struct aws_event_loop_group *s_loops;
static struct aws_host_resolver *s_resolver;
static struct aws_server_bootstrap *s_server;
static struct aws_client_bootstrap *s_client;
static struct aws_socket *s_listener;
static struct aws_channel *s_channel;
static bool s_exits_in_setup;
static bool s_uses_library_in_destructor;

static struct aws_mutex s_mutex = AWS_MUTEX_INIT;
static struct aws_condition_variable s_changed = AWS_CONDITION_VARIABLE_INIT;
static bool s_connected;

static bool s_is_connected(void *unused) {
    (void)unused;
    return s_connected;
}

static void s_on_timer(struct aws_task *task, void *arg, enum aws_task_status status) {
    (void)task;
    (void)arg;
    (void)status;
}

static void s_exit_on_loop(struct aws_task *task, void *arg, enum aws_task_status status) {
    (void)task;
    (void)arg;
    (void)status;
    exit(STATUS);
}

static void s_on_setup(struct aws_client_bootstrap *bootstrap, int error, struct aws_channel *channel, void *arg) {
    (void)bootstrap;
    (void)arg;
    if (error) {
        _exit(99);
    }
    if (s_exits_in_setup) {
        exit(STATUS);
    }
    aws_mutex_lock(&s_mutex);
    s_connected = true;
    s_channel = channel;
    aws_condition_variable_notify_all(&s_changed);
    aws_mutex_unlock(&s_mutex);
}

static void s_on_end(struct aws_client_bootstrap *bootstrap, int error, struct aws_channel *channel, void *arg) {
    (void)bootstrap;
    (void)error;
    (void)channel;
    (void)arg;
}

static void s_on_incoming(struct aws_server_bootstrap *bootstrap, int error, struct aws_channel *channel, void *arg) {
    (void)bootstrap;
    (void)error;
    (void)channel;
    (void)arg;
}

static struct aws_event_loop *s_live(void) {
    struct aws_allocator *allocator = aws_default_allocator();
    aws_io_library_init(allocator);
    s_loops = aws_event_loop_group_new_default(allocator, 2, NULL);
    struct aws_host_resolver_default_options resolver_options = {.max_entries = 8, .el_group = s_loops};
    s_resolver = aws_host_resolver_new_default(allocator, &resolver_options);
    s_server = aws_server_bootstrap_new(allocator, s_loops);

    struct aws_socket_options options = {.type = AWS_SOCKET_STREAM, .domain = AWS_SOCKET_IPV4};
    struct aws_server_socket_channel_bootstrap_options listen = {
        .bootstrap = s_server,
        .host_name = "127.0.0.1",
        .socket_options = &options,
        .incoming_callback = s_on_incoming,
        .shutdown_callback = s_on_incoming,
    };
    struct aws_socket_endpoint endpoint;
    s_listener = aws_server_bootstrap_new_socket_listener(&listen);
    aws_socket_get_bound_address(s_listener, &endpoint);

    struct aws_client_bootstrap_options client = {.event_loop_group = s_loops, .host_resolver = s_resolver};
    s_client = aws_client_bootstrap_new(allocator, &client);
    struct aws_socket_channel_bootstrap_options connect = {
        .bootstrap = s_client,
        .host_name = "localhost",
        .port = endpoint.port,
        .socket_options = &options,
        .setup_callback = s_on_setup,
        .shutdown_callback = s_on_end,
    };
    if (aws_client_bootstrap_new_socket_channel(&connect)) {
        _exit(98);
    }
    aws_mutex_lock(&s_mutex);
    aws_condition_variable_wait_pred(&s_changed, &s_mutex, s_is_connected, NULL);
    aws_mutex_unlock(&s_mutex);

    static struct aws_task s_timer;
    struct aws_event_loop *loop = aws_event_loop_group_get_loop_at(s_loops, 0);
    uint64_t now = 0;
    aws_event_loop_current_clock_time(loop, &now);
    aws_task_init(&s_timer, s_on_timer, NULL, "timer");
    aws_event_loop_schedule_task_future(loop, &s_timer, now + 3600000000000ULL);
    return loop;
}

static void s_at_exit(void) {
    /* As an interpreter does while it finalises: the library is still asked for things. */
    aws_last_error();
    aws_mem_release(aws_default_allocator(), aws_mem_acquire(aws_default_allocator(), 16));
}

/* As an interpreter does that finalises its modules: everything is ended in order, and waited for. */
static void s_end_all(void) {
    aws_channel_shutdown(s_channel, AWS_ERROR_SUCCESS);
    aws_server_bootstrap_destroy_socket_listener(s_server, s_listener);
    aws_client_bootstrap_release(s_client);
    aws_server_bootstrap_release(s_server);
    aws_host_resolver_release(s_resolver);
    aws_event_loop_group_release(s_loops);
    aws_io_library_clean_up();
    if (aws_thread_join_all_managed() != AWS_OP_SUCCESS) {
        _exit(97);
    }
}

/* Registered before the library was first called, hence called after whatever the library has registered itself. */
static void s_use_after_all(void) {
    s_end_all();
    s_connected = false;
    s_live();
    s_end_all();
}

__attribute__((destructor)) static void s_destructor(void) {
    if (s_uses_library_in_destructor) {
        s_use_after_all();
    }
}

static void *s_exit_later(void *unused) {
    (void)unused;
    usleep(50000);
    exit(STATUS);
}

int main(int argc, char **argv) {
    const char *way = argc > 1 ? argv[1] : "return";
    s_exits_in_setup = strcmp(way, "setup") == 0;
    s_uses_library_in_destructor = strcmp(way, "destructor") == 0;
    if (strcmp(way, "early") == 0) {
        atexit(s_use_after_all);
    }
    struct aws_event_loop *loop = s_live();
    if (strcmp(way, "exit") == 0) {
        exit(STATUS);
    }
    if (strcmp(way, "quick") == 0) {
        _exit(STATUS);
    }
    if (strcmp(way, "atexit") == 0) {
        atexit(s_at_exit);
    }
    if (strcmp(way, "finalise") == 0) {
        atexit(s_end_all);
    }
    if (strcmp(way, "thread") == 0) {
        /* The main thread is gone when the process exits. */
        pthread_t thread;
        pthread_create(&thread, NULL, s_exit_later, NULL);
        pthread_exit(NULL);
    }
    if (strcmp(way, "ending") == 0) {
        /* While the group's own thread winds it up. */
        s_listener = NULL;
        aws_channel_shutdown(s_channel, AWS_ERROR_SUCCESS);
        aws_event_loop_group_release(s_loops);
        exit(STATUS);
    }
    if (strcmp(way, "loop") == 0) {
        static struct aws_task s_task;
        aws_task_init(&s_task, s_exit_on_loop, NULL, "exit");
        aws_event_loop_schedule_task_now(loop, &s_task);
        pause();
    }
    return STATUS;
}
