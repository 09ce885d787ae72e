/* SPDX-License-Identifier: Apache-2.0 */
/*
 * usage: cycles COUNT. Starts the library, makes loops, a resolver, a listener and a connection, ends all of them and
 * the library, COUNT times. After the first tenth memory, descriptors and threads have to stay what they are.
 */
#include <aws/common/condition_variable.h>
#include <aws/common/mutex.h>
#include <aws/common/thread.h>
#include <aws/io/channel.h>
#include <aws/io/channel_bootstrap.h>
#include <aws/io/event_loop.h>
#include <aws/io/host_resolver.h>
#include <aws/io/io.h>
#include <aws/io/socket.h>

#include <stdio.h>
#include <stdlib.h>

#include "../support/process.h"

#if defined(_WIN32)
#    include <psapi.h>
#else
#    include <unistd.h>
#endif

/* Until then memory fills that is kept for the next cycle: arenas and stacks of the C library, a thread's share of
 * each. */
enum { WARM_UP = 250 };

/* Of resident memory. What the C library's allocator keeps varies by this much with the order of what ends. */
enum { TOLERATED_GROWTH_KB = 1024 };

struct resources {
    long resident_kb;
    long descriptors;
    long threads;
};

static struct aws_mutex s_mutex = AWS_MUTEX_INIT;
static struct aws_condition_variable s_changed = AWS_CONDITION_VARIABLE_INIT;
static int s_ended;
static int s_awaited;

static void s_fail(const char *what) {
    fprintf(stderr, "%s: %s\n", what, aws_error_debug_str(aws_last_error()));
    exit(1);
}

#if defined(_WIN32)
/* Handles are what descriptors are elsewhere. Memory is what the process alone has, be it resident or not. */
static struct resources s_measure(void) {
    PROCESS_MEMORY_COUNTERS memory = {.cb = sizeof(memory)};
    long handles = open_handles();
    long threads = s_running_threads();
    if (!GetProcessMemoryInfo(GetCurrentProcess(), &memory, sizeof(memory)) || memory.PagefileUsage == 0 ||
        handles <= 0 || threads <= 0) {
        exit(2);
    }
    const struct resources now = {
        .resident_kb = (long)(memory.PagefileUsage / 1024),
        .descriptors = handles,
        .threads = threads,
    };
    return now;
}
#else
static struct resources s_measure(void) {
    long total = 0;
    long resident = 0;
    FILE *file = fopen("/proc/self/statm", "r");
    if (file == NULL || fscanf(file, "%ld %ld", &total, &resident) != 2) {
        exit(2);
    }
    fclose(file);
    const struct resources now = {
        .resident_kb = resident * (sysconf(_SC_PAGESIZE) / 1024),
        .descriptors = s_entries("/proc/self/fd"),
        .threads = s_running_threads(),
    };
    return now;
}
#endif

static void s_report(void) {
    aws_mutex_lock(&s_mutex);
    ++s_ended;
    aws_condition_variable_notify_all(&s_changed);
    aws_mutex_unlock(&s_mutex);
}

static bool s_have_ended(void *unused) {
    (void)unused;
    return s_ended >= s_awaited;
}

static void s_await(int count) {
    aws_mutex_lock(&s_mutex);
    s_awaited = count;
    aws_condition_variable_wait_pred(&s_changed, &s_mutex, s_have_ended, NULL);
    aws_mutex_unlock(&s_mutex);
}

static void s_on_connected(struct aws_client_bootstrap *b, int error, struct aws_channel *channel, void *arg) {
    (void)b;
    (void)arg;
    if (error) {
        fprintf(stderr, "no connection: %s\n", aws_error_debug_str(error));
        exit(1);
    }
    aws_channel_shutdown(channel, AWS_ERROR_SUCCESS);
}

static void s_on_client_end(struct aws_client_bootstrap *b, int error, struct aws_channel *channel, void *arg) {
    (void)b;
    (void)error;
    (void)channel;
    (void)arg;
    s_report();
}

static void s_on_incoming(struct aws_server_bootstrap *b, int error, struct aws_channel *channel, void *arg) {
    (void)b;
    (void)error;
    (void)channel;
    (void)arg;
}

static void s_on_server_end(struct aws_server_bootstrap *b, int error, struct aws_channel *channel, void *arg) {
    (void)b;
    (void)error;
    (void)channel;
    (void)arg;
    s_report();
}

static void s_on_listener_end(struct aws_server_bootstrap *bootstrap, void *arg) {
    (void)bootstrap;
    (void)arg;
    s_report();
}

static void s_cycle(void) {
    struct aws_allocator *allocator = aws_default_allocator();
    s_ended = 0;
    aws_io_library_init(allocator);
    struct aws_event_loop_group *loops = aws_event_loop_group_new_default(allocator, 2, NULL);
    struct aws_host_resolver_default_options resolver_options = {.max_entries = 8, .el_group = loops};
    struct aws_host_resolver *resolver = aws_host_resolver_new_default(allocator, &resolver_options);
    struct aws_server_bootstrap *server = aws_server_bootstrap_new(allocator, loops);
    struct aws_client_bootstrap_options client_options = {.event_loop_group = loops, .host_resolver = resolver};
    struct aws_client_bootstrap *client = aws_client_bootstrap_new(allocator, &client_options);

    struct aws_socket_options options = {
        .type = AWS_SOCKET_STREAM,
        .domain = AWS_SOCKET_IPV4,
        .connect_timeout_ms = 60000,
    };
    struct aws_server_socket_channel_bootstrap_options listen = {
        .bootstrap = server,
        .host_name = "127.0.0.1",
        .socket_options = &options,
        .incoming_callback = s_on_incoming,
        .shutdown_callback = s_on_server_end,
        .destroy_callback = s_on_listener_end,
    };
    struct aws_socket *listener = aws_server_bootstrap_new_socket_listener(&listen);
    struct aws_socket_endpoint endpoint;
    if (listener == NULL || aws_socket_get_bound_address(listener, &endpoint)) {
        s_fail("no listener");
    }

    struct aws_socket_channel_bootstrap_options connect = {
        .bootstrap = client,
        .host_name = "localhost",
        .port = endpoint.port,
        .socket_options = &options,
        .setup_callback = s_on_connected,
        .shutdown_callback = s_on_client_end,
    };
    if (aws_client_bootstrap_new_socket_channel(&connect)) {
        s_fail("no attempt to connect");
    }

    /* The connection's two ends, then the listener's. */
    s_await(2);
    aws_server_bootstrap_destroy_socket_listener(server, listener);
    s_await(3);
    aws_client_bootstrap_release(client);
    aws_server_bootstrap_release(server);
    aws_host_resolver_release(resolver);
    aws_event_loop_group_release(loops);
    aws_io_library_clean_up();
}

int main(int argc, char **argv) {
    const long count = argc > 1 ? strtol(argv[1], NULL, 10) : 500;
    struct resources before = {0};
    for (long i = 0; i < count; ++i) {
        s_cycle();
        if (i == WARM_UP || i == count / 10) {
            before = s_measure();
        }
    }
    const struct resources after = s_measure();
    printf("%ld cycles, from the warm-up to the end: ", count);
    printf("resident %ld to %ld KiB, ", before.resident_kb, after.resident_kb);
    printf("descriptors %ld to %ld, ", before.descriptors, after.descriptors);
    printf("threads %ld to %ld\n", before.threads, after.threads);
    return after.resident_kb <= before.resident_kb + TOLERATED_GROWTH_KB && after.descriptors == before.descriptors &&
                   after.threads == before.threads
               ? 0
               : 1;
}
