/* SPDX-License-Identifier: Apache-2.0 */
/* All cases with connections. Writes go out by one call each, as the library has it. */
#include "libuv.h"

#include <semaphore.h>
#include <stdlib.h>
#include <unistd.h>

enum { BACKLOG = 1024, READ_SIZE = 64 * 1024, IDLE_MESSAGE = 64 };

struct end {
    union {
        uv_handle_t handle;
        uv_stream_t stream;
        uv_tcp_t tcp;
        uv_pipe_t pipe;
    } uv;
    enum bench_side side;
    size_t received;
    size_t in_flight;
    uint64_t sent_at;
};

/* A write under way. Kept for reuse, each side its own. */
struct request {
    uv_write_t write;
    struct request *next;
    struct end *end;
    size_t size;
    /* The received bytes that an echo sends back, or NULL. */
    char *owned;
};

static struct bench *s_bench;
static struct side s_sides[2];
static struct end s_listener;
static struct sockaddr_in s_address;
static struct end **s_clients;
static unsigned s_connected;
static unsigned s_wanted;
static uv_async_t s_connect_more;
static sem_t s_ready;
static char s_in[2][READ_SIZE];
static char s_out[BENCH_MAX_MESSAGE];
static struct request *s_unused[2];
/* Buffers of an echoing server that are not in use. */
static char *s_unused_buffers;

static void s_check(int result, const char *what) {
    if (result < 0) {
        bench_fail(what, uv_strerror(result));
    }
}

static void s_connect(void);
static void s_pump(struct end *end);

static struct end *s_end_new(enum bench_side side) {
    struct end *end = calloc(1, sizeof(*end));
    end->side = side;
    if (s_bench->is_local) {
        uv_pipe_init(&s_sides[side].loop, &end->uv.pipe, 0);
    } else {
        uv_tcp_init(&s_sides[side].loop, &end->uv.tcp);
    }
    return end;
}

static void s_no_delay(struct end *end) {
    if (!s_bench->is_local) {
        uv_tcp_nodelay(&end->uv.tcp, 1);
    }
}

static void s_on_closed(uv_handle_t *handle) {
    struct end *end = (struct end *)handle;
    if (end->side == BENCH_CLIENT) {
        bench_count(s_bench, 1, 0);
        s_connect();
    }
    free(end);
}

static void s_on_written(uv_write_t *write, int status) {
    struct request *request = (struct request *)write;
    struct end *end = request->end;
    s_check(status, "write");
    if (request->owned != NULL) {
        *(char **)request->owned = s_unused_buffers;
        s_unused_buffers = request->owned;
    }
    request->next = s_unused[end->side];
    s_unused[end->side] = request;
    if (s_bench->kind == BENCH_SINK) {
        end->in_flight -= request->size;
        s_pump(end);
    }
}

static void s_send(struct end *end, char *data, size_t size, char *owned) {
    struct request *request = s_unused[end->side];
    if (request != NULL) {
        s_unused[end->side] = request->next;
    } else {
        request = malloc(sizeof(*request));
    }
    request->end = end;
    request->size = size;
    request->owned = owned;
    uv_buf_t buffer = uv_buf_init(data, (unsigned)size);
    s_check(uv_write(&request->write, &end->uv.stream, &buffer, 1, s_on_written), "write");
}

static void s_pump(struct end *end) {
    while (end->in_flight + s_bench->size <= s_bench->in_flight) {
        end->in_flight += s_bench->size;
        s_send(end, s_out, s_bench->size, NULL);
    }
}

static void s_on_alloc(uv_handle_t *handle, size_t suggested, uv_buf_t *buffer) {
    (void)suggested;
    struct end *end = (struct end *)handle;
    if (s_bench->kind != BENCH_ECHO || end->side == BENCH_CLIENT) {
        *buffer = uv_buf_init(s_in[end->side], READ_SIZE);
        return;
    }
    char *data = s_unused_buffers;
    if (data != NULL) {
        s_unused_buffers = *(char **)data;
    } else {
        data = malloc(READ_SIZE);
    }
    *buffer = uv_buf_init(data, READ_SIZE);
}

static void s_on_pong(struct end *end, size_t size) {
    end->received += size;
    if (end->received < s_bench->size) {
        return;
    }
    end->received -= s_bench->size;
    if (end->side == BENCH_CLIENT) {
        uint64_t now = bench_now();
        bench_count(s_bench, 1, s_bench->size);
        bench_latency(s_bench, now - end->sent_at);
        end->sent_at = now;
    }
    s_send(end, s_out, s_bench->size, NULL);
}

static void s_on_idle_data(struct end *end) {
    if (end->side == BENCH_SERVER) {
        s_send(end, s_out, IDLE_MESSAGE, NULL);
    } else if (s_connected < s_wanted) {
        s_connect();
    } else {
        sem_post(&s_ready);
    }
}

static void s_on_data(struct end *end, size_t size, char *data) {
    switch (s_bench->kind) {
    case BENCH_PING_PONG:
        s_on_pong(end, size);
        break;
    case BENCH_SINK:
        bench_count(s_bench, 0, size);
        break;
    case BENCH_IDLE:
        s_on_idle_data(end);
        break;
    case BENCH_CHURN:
        uv_close(&end->uv.handle, s_on_closed);
        break;
    default:
        if (end->side == BENCH_SERVER) {
            s_send(end, data, size, data);
        } else {
            bench_count(s_bench, 0, size);
            end->in_flight -= size;
            s_pump(end);
        }
        break;
    }
}

static void s_on_read(uv_stream_t *stream, ssize_t size, const uv_buf_t *buffer) {
    struct end *end = (struct end *)stream;
    if (size > 0) {
        s_on_data(end, (size_t)size, buffer->base);
        return;
    }
    if (s_bench->kind == BENCH_ECHO && end->side == BENCH_SERVER && buffer->base != NULL) {
        *(char **)buffer->base = s_unused_buffers;
        s_unused_buffers = buffer->base;
    }
    if (size < 0 && s_bench->kind == BENCH_CHURN) {
        uv_close(&end->uv.handle, s_on_closed);
    } else {
        s_check((int)size, "read");
    }
}

static void s_on_incoming(uv_stream_t *listener, int status) {
    s_check(status, "accept");
    struct end *end = s_end_new(BENCH_SERVER);
    s_check(uv_accept(listener, &end->uv.stream), "accept");
    s_no_delay(end);
    uv_read_start(&end->uv.stream, s_on_alloc, s_on_read);
}

static void s_begin_all(void) {
    for (unsigned i = 0; i < s_bench->count; i++) {
        s_clients[i]->sent_at = bench_now();
        if (s_bench->kind == BENCH_PING_PONG) {
            s_send(s_clients[i], s_out, s_bench->size, NULL);
        } else {
            s_pump(s_clients[i]);
        }
    }
    sem_post(&s_ready);
}

static void s_on_connected(uv_connect_t *connect, int status) {
    s_check(status, "connect");
    struct end *end = (struct end *)connect->handle;
    free(connect);
    s_no_delay(end);
    uv_read_start(&end->uv.stream, s_on_alloc, s_on_read);
    if (s_bench->kind == BENCH_CHURN) {
        s_send(end, s_out, 1, NULL);
        return;
    }
    s_clients[s_connected++] = end;
    if (s_bench->kind == BENCH_IDLE) {
        s_send(end, s_out, IDLE_MESSAGE, NULL);
    } else if (s_connected < s_bench->count) {
        s_connect();
    } else {
        s_begin_all();
    }
}

static void s_connect(void) {
    struct end *end = s_end_new(BENCH_CLIENT);
    uv_connect_t *request = malloc(sizeof(*request));
    if (s_bench->is_local) {
        uv_pipe_connect(request, &end->uv.pipe, bench_local_path(), s_on_connected);
    } else {
        s_check(uv_tcp_connect(request, &end->uv.tcp, (struct sockaddr *)&s_address, s_on_connected), "connect");
    }
}

static void s_on_connect_more(uv_async_t *async) {
    (void)async;
    s_connect();
}

static void s_listen(void) {
    s_listener = *s_end_new(BENCH_SERVER);
    if (s_bench->is_local) {
        uv_pipe_init(&s_sides[BENCH_SERVER].loop, &s_listener.uv.pipe, 0);
        s_check(uv_pipe_bind(&s_listener.uv.pipe, bench_local_path()), "bind");
    } else {
        int length = sizeof(s_address);
        uv_tcp_init(&s_sides[BENCH_SERVER].loop, &s_listener.uv.tcp);
        uv_ip4_addr("127.0.0.1", 0, &s_address);
        s_check(uv_tcp_bind(&s_listener.uv.tcp, (struct sockaddr *)&s_address, 0), "bind");
        uv_tcp_getsockname(&s_listener.uv.tcp, (struct sockaddr *)&s_address, &length);
    }
    s_check(uv_listen(&s_listener.uv.stream, BACKLOG, s_on_incoming), "listen");
}

static size_t s_idle_until(unsigned wanted) {
    s_wanted = wanted;
    uv_async_send(&s_connect_more);
    sem_wait(&s_ready);
    usleep(100000);
    return bench_resident();
}

static void s_idle(unsigned pairs) {
    size_t before = s_idle_until(BENCH_IDLE_WARM);
    size_t after = s_idle_until(BENCH_IDLE_WARM + pairs);
    bench_idle_figures(s_bench, before, after, pairs);
}

void network_run(struct bench *bench) {
    s_bench = bench;
    sem_init(&s_ready, 0, 0);
    unsigned pairs = bench->kind == BENCH_IDLE ? bench_idle_pairs(bench) : 0;
    s_clients = malloc((bench->count + pairs + BENCH_IDLE_WARM) * sizeof(*s_clients));
    for (unsigned i = 0; i < bench->count + pairs + BENCH_IDLE_WARM; i++) {
        s_clients[i] = &s_listener;
    }
    side_init(&s_sides[BENCH_SERVER], bench, BENCH_SERVER);
    side_init(&s_sides[BENCH_CLIENT], bench, BENCH_CLIENT);
    uv_async_init(&s_sides[BENCH_CLIENT].loop, &s_connect_more, s_on_connect_more);
    s_listen();
    if (bench->kind != BENCH_IDLE) {
        for (unsigned i = 0; i < (bench->kind == BENCH_CHURN ? bench->count : 1); i++) {
            s_connect();
        }
    }
    side_start(&s_sides[BENCH_SERVER]);
    side_start(&s_sides[BENCH_CLIENT]);
    if (bench->kind == BENCH_IDLE) {
        s_idle(pairs);
    } else {
        if (bench->kind != BENCH_CHURN) {
            sem_wait(&s_ready);
        }
        bench_measure(bench);
    }
    side_stop(&s_sides[BENCH_CLIENT]);
    side_stop(&s_sides[BENCH_SERVER]);
    if (bench->is_local) {
        unlink(bench_local_path());
    }
    bench_print(bench);
}
