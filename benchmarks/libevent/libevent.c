/* SPDX-License-Identifier: Apache-2.0 */
/* Connections on libevent's bufferevents. In streams of small messages this is the peer to compare with: one call per
 * message, gathered by the library. */
#include "../common/bench.h"

#include <arpa/inet.h>
#include <event2/buffer.h>
#include <event2/bufferevent.h>
#include <event2/event.h>
#include <event2/listener.h>
#include <netinet/tcp.h>
#include <pthread.h>
#include <semaphore.h>
#include <stdlib.h>
#include <string.h>
#include <sys/un.h>
#include <unistd.h>

enum { BACKLOG = 1024 };

struct end {
    struct bufferevent *io;
    enum bench_side side;
    size_t in_flight;
    uint64_t sent_at;
};

static struct bench s_bench;
static struct event_base *s_base[2];
static struct sockaddr_storage s_address;
static int s_address_length;
static struct end **s_clients;
static unsigned s_connected;
static sem_t s_ready;
static char s_out[BENCH_MAX_MESSAGE];

static void s_connect(void);
static void s_on_read(struct bufferevent *io, void *argument);
static void s_on_drained(struct bufferevent *io, void *argument);
static void s_on_event(struct bufferevent *io, short what, void *argument);

static void s_no_delay(int fd) {
    int one = 1;
    if (!s_bench.is_local) {
        setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof(one));
    }
}

static struct end *s_end_new(int fd, enum bench_side side) {
    struct end *end = calloc(1, sizeof(*end));
    bool streams = s_bench.kind == BENCH_SINK && side == BENCH_CLIENT;
    end->side = side;
    end->io = bufferevent_socket_new(s_base[side], fd, BEV_OPT_CLOSE_ON_FREE);
    bufferevent_setcb(end->io, s_on_read, streams ? s_on_drained : NULL, s_on_event, end);
    if (s_bench.kind != BENCH_CHURN) {
        bufferevent_setwatermark(end->io, EV_READ, s_bench.kind == BENCH_PING_PONG ? s_bench.size : 0, 0);
    }
    bufferevent_setwatermark(end->io, EV_WRITE, s_bench.in_flight / 2, 0);
    bufferevent_enable(end->io, EV_READ | EV_WRITE);
    return end;
}

static void s_pump(struct end *end) {
    while (end->in_flight + s_bench.size <= s_bench.in_flight) {
        end->in_flight += s_bench.size;
        bufferevent_write(end->io, s_out, s_bench.size);
    }
}

static void s_begin(struct end *end) {
    end->sent_at = bench_now();
    if (s_bench.kind == BENCH_PING_PONG) {
        bufferevent_write(end->io, s_out, s_bench.size);
    } else {
        s_pump(end);
    }
}

static void s_on_drained(struct bufferevent *io, void *argument) {
    struct end *end = argument;
    end->in_flight = evbuffer_get_length(bufferevent_get_output(io));
    s_pump(end);
}

static void s_on_pong(struct end *end, struct evbuffer *input) {
    if (evbuffer_get_length(input) < s_bench.size) {
        return;
    }
    evbuffer_drain(input, s_bench.size);
    if (end->side == BENCH_CLIENT) {
        uint64_t now = bench_now();
        bench_count(&s_bench, 1, s_bench.size);
        bench_latency(&s_bench, now - end->sent_at);
        end->sent_at = now;
    }
    bufferevent_write(end->io, s_out, s_bench.size);
}

static void s_end_churn(struct end *end) {
    enum bench_side side = end->side;
    bufferevent_free(end->io);
    free(end);
    if (side == BENCH_CLIENT) {
        bench_count(&s_bench, 1, 0);
        s_connect();
    }
}

static void s_on_read(struct bufferevent *io, void *argument) {
    struct end *end = argument;
    struct evbuffer *input = bufferevent_get_input(io);
    size_t size = evbuffer_get_length(input);
    switch (s_bench.kind) {
    case BENCH_PING_PONG:
        s_on_pong(end, input);
        break;
    case BENCH_SINK:
        bench_count(&s_bench, 0, size);
        evbuffer_drain(input, size);
        break;
    case BENCH_CHURN:
        s_end_churn(end);
        break;
    default:
        if (end->side == BENCH_SERVER) {
            bufferevent_write_buffer(io, input);
        } else {
            bench_count(&s_bench, 0, size);
            evbuffer_drain(input, size);
            end->in_flight -= size;
            s_pump(end);
        }
        break;
    }
}

static void s_on_event(struct bufferevent *io, short what, void *argument) {
    struct end *end = argument;
    if (s_bench.kind == BENCH_CHURN && (what & BEV_EVENT_EOF) != 0) {
        s_end_churn(end);
        return;
    }
    if ((what & BEV_EVENT_CONNECTED) == 0) {
        bench_fail("connection", "lost");
    }
    s_no_delay(bufferevent_getfd(io));
    if (s_bench.kind == BENCH_CHURN) {
        bufferevent_write(io, s_out, 1);
        return;
    }
    s_clients[s_connected++] = end;
    if (s_connected < s_bench.count) {
        s_connect();
        return;
    }
    for (unsigned i = 0; i < s_bench.count; i++) {
        s_begin(s_clients[i]);
    }
    sem_post(&s_ready);
}

static void s_connect(void) {
    struct end *end = s_end_new(-1, BENCH_CLIENT);
    if (bufferevent_socket_connect(end->io, (struct sockaddr *)&s_address, s_address_length) != 0) {
        bench_fail("connect", "failed");
    }
}

static void s_on_accepted(
    struct evconnlistener *listener, evutil_socket_t fd, struct sockaddr *address, int length, void *argument) {
    (void)listener;
    (void)address;
    (void)length;
    (void)argument;
    s_no_delay(fd);
    s_end_new(fd, BENCH_SERVER);
}

static void s_listen(void) {
    if (s_bench.is_local) {
        struct sockaddr_un *address = (struct sockaddr_un *)&s_address;
        address->sun_family = AF_UNIX;
        strcpy(address->sun_path, bench_local_path());
        s_address_length = sizeof(*address);
    } else {
        struct sockaddr_in *address = (struct sockaddr_in *)&s_address;
        address->sin_family = AF_INET;
        address->sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        s_address_length = sizeof(*address);
    }
    struct evconnlistener *listener = evconnlistener_new_bind(
        s_base[BENCH_SERVER],
        s_on_accepted,
        NULL,
        LEV_OPT_CLOSE_ON_FREE | LEV_OPT_CLOSE_ON_EXEC,
        BACKLOG,
        (struct sockaddr *)&s_address,
        s_address_length);
    if (listener == NULL) {
        bench_fail("listen", "failed");
    }
    if (!s_bench.is_local) {
        socklen_t length = sizeof(s_address);
        getsockname(evconnlistener_get_fd(listener), (struct sockaddr *)&s_address, &length);
    }
}

static void *s_loop(void *side) {
    bench_pin(&s_bench, (enum bench_side)(intptr_t)side);
    event_base_loop(s_base[(enum bench_side)(intptr_t)side], EVLOOP_NO_EXIT_ON_EMPTY);
    return NULL;
}

int main(int argc, char **argv) {
    bench_init(&s_bench, "libevent", argc, argv);
    bench_refuse_tls(&s_bench);
    if (s_bench.size == 0 && s_bench.kind != BENCH_CHURN) {
        bench_unsupported(&s_bench);
    }
    pthread_t threads[2];
    sem_init(&s_ready, 0, 0);
    s_clients = calloc(s_bench.count, sizeof(*s_clients));
    s_base[BENCH_SERVER] = event_base_new();
    s_base[BENCH_CLIENT] = event_base_new();
    s_listen();
    for (unsigned i = 0; i < (s_bench.kind == BENCH_CHURN ? s_bench.count : 1); i++) {
        s_connect();
    }
    pthread_create(&threads[0], NULL, s_loop, (void *)BENCH_SERVER);
    pthread_create(&threads[1], NULL, s_loop, (void *)BENCH_CLIENT);
    if (s_bench.kind != BENCH_CHURN) {
        sem_wait(&s_ready);
    }
    bench_measure(&s_bench);
    bench_print(&s_bench);
    if (s_bench.is_local) {
        unlink(bench_local_path());
    }
    _exit(EXIT_SUCCESS);
}
