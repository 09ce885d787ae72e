/* SPDX-License-Identifier: Apache-2.0 */
/* Fetches the file that file_server sends.
 *
 *     file_fetch [--tls AUTHORITY] HOST PORT OUTPUT
 *
 * With TLS the server's certificate has to come from that authority, a PEM file, and bear the name HOST. Shows progress
 * on standard error while it runs, then throughput and CPU. */
#define _POSIX_C_SOURCE 200809L
#include "gate.h"

#include <aws/common/clock.h>
#include <aws/common/thread.h>
#include <aws/io/channel.h>
#include <aws/io/channel_bootstrap.h>
#include <aws/io/event_loop.h>
#include <aws/io/host_resolver.h>
#include <aws/io/io.h>
#include <aws/io/socket.h>
#include <aws/io/tls_channel_handler.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#if defined(_WIN32)
#    include <windows.h>

#    include <io.h>
#    define isatty _isatty
#else
#    include <sys/resource.h>
#    include <unistd.h>
#endif

enum { HEADER_LENGTH = 8 };

/* The last handler of the channel: takes what comes from the left and writes it to the file. */
struct fetch {
    struct aws_channel_handler handler;
    struct aws_allocator *allocator;
    FILE *output;
    uint8_t header[HEADER_LENGTH];
    size_t header_received;
    uint64_t length;
    uint64_t received;
    uint64_t started_ns;
    uint64_t last_shown_ns;
    struct gate done;
};

static void s_show_progress(struct fetch *fetch, bool last) {
    uint64_t now = 0;
    aws_high_res_clock_get_ticks(&now);
    if (!last && now - fetch->last_shown_ns < 100000000) {
        return;
    }
    fetch->last_shown_ns = now;
    double seconds = (double)(now - fetch->started_ns) / 1e9;
    double megabytes = (double)fetch->received / 1e6;
    double percent = fetch->length == 0 ? 100.0 : 100.0 * (double)fetch->received / (double)fetch->length;
    fprintf(stderr, "%s%5.1f %%  %8.1f MB  %8.1f MB/s", isatty(2) ? "\r" : "", percent, megabytes, megabytes / seconds);
    if (last || !isatty(2)) {
        fputc('\n', stderr);
    }
}

static void s_take_header(struct fetch *fetch, struct aws_byte_cursor *data) {
    while (fetch->header_received < HEADER_LENGTH && data->len > 0) {
        aws_byte_cursor_read_u8(data, &fetch->header[fetch->header_received++]);
        if (fetch->header_received == HEADER_LENGTH) {
            struct aws_byte_cursor header = aws_byte_cursor_from_array(fetch->header, HEADER_LENGTH);
            aws_byte_cursor_read_be64(&header, &fetch->length);
        }
    }
}

static int
s_on_read(struct aws_channel_handler *handler, struct aws_channel_slot *slot, struct aws_io_message *message) {
    struct fetch *fetch = handler->impl;
    struct aws_byte_cursor data = aws_byte_cursor_from_buf(&message->message_data);
    s_take_header(fetch, &data);
    if (fwrite(data.ptr, 1, data.len, fetch->output) != data.len) {
        aws_channel_shutdown(slot->channel, AWS_ERROR_FILE_WRITE_FAILURE);
    }
    fetch->received += data.len;
    s_show_progress(fetch, false);
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
    /* The handler is a part of main's fetch. */
    (void)handler;
}

static struct aws_channel_handler_vtable s_fetch_vtable = {
    .process_read_message = s_on_read,
    .process_write_message = s_on_write,
    .increment_read_window = s_on_window,
    .shutdown = s_on_shutdown,
    .initial_window_size = s_initial_window,
    .message_overhead = s_overhead,
    .destroy = s_destroy,
};

static void s_on_setup(struct aws_client_bootstrap *bootstrap, int error, struct aws_channel *channel, void *arg) {
    (void)bootstrap;
    struct fetch *fetch = arg;
    if (error) {
        gate_open(&fetch->done, error);
        return;
    }
    fetch->handler.alloc = fetch->allocator;
    fetch->handler.vtable = &s_fetch_vtable;
    fetch->handler.impl = fetch;
    struct aws_channel_slot *slot = aws_channel_slot_new(channel);
    aws_channel_slot_insert_end(channel, slot);
    aws_channel_slot_set_handler(slot, &fetch->handler);
}

static void s_on_end(struct aws_client_bootstrap *bootstrap, int error, struct aws_channel *channel, void *arg) {
    (void)bootstrap;
    (void)channel;
    struct fetch *fetch = arg;
    bool complete = fetch->header_received == HEADER_LENGTH && fetch->received == fetch->length;

    /* The server closes when it has sent everything, so a close is how a good transfer ends. */
    gate_open(&fetch->done, complete ? 0 : (error ? error : AWS_IO_SOCKET_CLOSED));
}

/* Fills in the trust store, and which name to expect. */
static int s_init_tls(
    struct aws_tls_connection_options *tls, struct aws_allocator *allocator, const char *authority, const char *host) {
    struct aws_tls_ctx_options options;
    aws_tls_ctx_options_init_default_client(&options, allocator);
    struct aws_tls_ctx *context = NULL;
    if (aws_tls_ctx_options_override_default_trust_store_from_path(&options, NULL, authority) == AWS_OP_SUCCESS) {
        context = aws_tls_client_ctx_new(allocator, &options);
    }
    aws_tls_ctx_options_clean_up(&options);
    if (context == NULL) {
        return AWS_OP_ERR;
    }
    aws_tls_connection_options_init_from_ctx(tls, context);

    /* The connection options hold it. */
    aws_tls_ctx_release(context);
    struct aws_byte_cursor name = aws_byte_cursor_from_c_str(host);
    return aws_tls_connection_options_set_server_name(tls, allocator, &name);
}

static int s_run(struct fetch *fetch, const char *authority, const char *host, uint32_t port) {
    struct aws_tls_connection_options tls = {0};
    if (authority != NULL && s_init_tls(&tls, fetch->allocator, authority, host)) {
        aws_tls_connection_options_clean_up(&tls);
        return aws_last_error();
    }
    struct aws_allocator *allocator = fetch->allocator;
    struct aws_event_loop_group *loops = aws_event_loop_group_new_default(allocator, 1, NULL);
    struct aws_host_resolver_default_options resolver_options = {.max_entries = 8, .el_group = loops};
    struct aws_host_resolver *resolver = aws_host_resolver_new_default(allocator, &resolver_options);
    struct aws_client_bootstrap_options bootstrap_options = {.event_loop_group = loops, .host_resolver = resolver};
    struct aws_client_bootstrap *bootstrap = aws_client_bootstrap_new(allocator, &bootstrap_options);

    struct aws_socket_options socket_options = {
        .type = AWS_SOCKET_STREAM, .domain = AWS_SOCKET_IPV4, .connect_timeout_ms = 3000};
    struct aws_socket_channel_bootstrap_options options = {
        .bootstrap = bootstrap,
        .host_name = host,
        .port = port,
        .socket_options = &socket_options,
        .tls_options = authority != NULL ? &tls : NULL,
        .setup_callback = s_on_setup,
        .shutdown_callback = s_on_end,
        .user_data = fetch,
    };
    int error = aws_client_bootstrap_new_socket_channel(&options) ? aws_last_error() : gate_wait(&fetch->done);

    aws_tls_connection_options_clean_up(&tls);
    aws_client_bootstrap_release(bootstrap);
    aws_host_resolver_release(resolver);
    aws_event_loop_group_release(loops);
    aws_thread_join_all_managed();
    return error;
}

/* What this process has used of the processors. */
static void s_show_cpu(void) {
    double user, system;
#if defined(_WIN32)
    FILETIME times[4];
    GetProcessTimes(GetCurrentProcess(), &times[0], &times[1], &times[2], &times[3]);
    system = times[2].dwHighDateTime * 429.4967296 + times[2].dwLowDateTime / 1e7;
    user = times[3].dwHighDateTime * 429.4967296 + times[3].dwLowDateTime / 1e7;
#else
    struct rusage usage;
    getrusage(RUSAGE_SELF, &usage);
    system = (double)usage.ru_stime.tv_sec + (double)usage.ru_stime.tv_usec / 1e6;
    user = (double)usage.ru_utime.tv_sec + (double)usage.ru_utime.tv_usec / 1e6;
#endif
    fprintf(stderr, "CPU: %.2f s user, %.2f s system\n", user, system);
}

int main(int argc, char **argv) {
    const char *program = argv[0];
    const char *authority = NULL;
    if (argc > 2 && strcmp(argv[1], "--tls") == 0) {
        authority = argv[2];
        argc -= 2;
        argv += 2;
    }
    if (argc < 4) {
        fprintf(stderr, "usage: %s [--tls AUTHORITY] HOST PORT OUTPUT\n", program);
        return 2;
    }
    struct fetch fetch = {.allocator = aws_default_allocator(), .done = GATE_INIT};
    aws_io_library_init(fetch.allocator);
    fetch.output = fopen(argv[3], "wb");
    if (fetch.output == NULL) {
        perror(argv[3]);
        return EXIT_FAILURE;
    }

    aws_high_res_clock_get_ticks(&fetch.started_ns);
    int error = s_run(&fetch, authority, argv[1], (uint32_t)atoi(argv[2]));
    s_show_progress(&fetch, true);
    if (fclose(fetch.output) != 0 && error == 0) {
        error = AWS_ERROR_FILE_WRITE_FAILURE;
    }
    if (error) {
        fprintf(stderr, "fetch failed: %s\n", aws_error_debug_str(error));
    } else {
        s_show_cpu();
    }
    aws_io_library_clean_up();
    return error ? EXIT_FAILURE : EXIT_SUCCESS;
}
