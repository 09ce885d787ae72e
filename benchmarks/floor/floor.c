/* SPDX-License-Identifier: Apache-2.0 */
/* The bare program: epoll, sockets and two threads, no library. What it costs is what the kernel costs; a library is
 * measured by how little it adds. */
#define _GNU_SOURCE
#include "../common/bench.h"

#include <errno.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <pthread.h>
#include <semaphore.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

enum { EVENTS_AT_ONCE = 256, BACKLOG = 1024 };

enum role { LISTENER, SERVER_END, CLIENT_END };

struct connection {
    int fd;
    enum role role;
    bool is_waiting_to_write;
    /** Bytes of the message that is arriving. */
    size_t received;
    /** Bytes to send; what they are does not matter. */
    size_t to_send;
    uint64_t sent_at;
};

static struct bench s_bench;
static int s_epoll[2];
static struct sockaddr_storage s_address;
static socklen_t s_address_length;
static struct connection *s_clients;
static char s_out[BENCH_CHUNK];

/* One for each thread. */
static _Thread_local char *s_in;

static void s_check(bool is_good, const char *what) {
    if (!is_good) {
        bench_fail(what, strerror(errno));
    }
}

static void s_watch(int epoll, int operation, struct connection *connection, uint32_t events) {
    struct epoll_event event = {.events = events, .data.ptr = connection};
    s_check(epoll_ctl(epoll, operation, connection->fd, &event) == 0, "epoll_ctl");
}

static void s_no_delay(int fd) {
    int one = 1;
    if (!s_bench.is_local) {
        setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof(one));
    }
}

static void s_listen(struct connection *listener) {
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
    listener->role = LISTENER;
    listener->fd = socket(s_address.ss_family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    s_check(bind(listener->fd, (struct sockaddr *)&s_address, s_address_length) == 0, "bind");
    s_check(listen(listener->fd, BACKLOG) == 0, "listen");
    if (!s_bench.is_local) {
        getsockname(listener->fd, (struct sockaddr *)&s_address, &s_address_length);
    }
    s_watch(s_epoll[BENCH_SERVER], EPOLL_CTL_ADD, listener, EPOLLIN);
}

static void s_connect(struct connection *client) {
    memset(client, 0, sizeof(*client));
    client->role = CLIENT_END;
    client->fd = socket(s_address.ss_family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    s_no_delay(client->fd);
    int result = connect(client->fd, (struct sockaddr *)&s_address, s_address_length);
    s_check(result == 0 || errno == EINPROGRESS, "connect");
    client->is_waiting_to_write = true;
    s_watch(s_epoll[BENCH_CLIENT], EPOLL_CTL_ADD, client, EPOLLIN | EPOLLOUT);
}

static void s_accept_all(struct connection *listener) {
    while (true) {
        int fd = accept4(listener->fd, NULL, NULL, SOCK_NONBLOCK | SOCK_CLOEXEC);
        if (fd < 0) {
            return;
        }
        s_no_delay(fd);
        struct connection *connection = calloc(1, sizeof(*connection));
        connection->fd = fd;
        connection->role = SERVER_END;
        s_watch(s_epoll[BENCH_SERVER], EPOLL_CTL_ADD, connection, EPOLLIN);
    }
}

static void s_write(int epoll, struct connection *connection) {
    while (connection->to_send > 0) {
        size_t size = connection->to_send < sizeof(s_out) ? connection->to_send : sizeof(s_out);
        ssize_t sent = send(connection->fd, s_out, size, MSG_NOSIGNAL);
        if (sent < 0) {
            s_check(errno == EAGAIN, "send");
            sent = 0;
        }
        if (s_bench.kind != BENCH_SINK) {
            connection->to_send -= (size_t)sent;
        }
        if ((size_t)sent < size) {
            break;
        }
        if (s_bench.kind == BENCH_SINK) {
            return;
        }
    }
    if ((connection->to_send > 0) != connection->is_waiting_to_write) {
        connection->is_waiting_to_write = connection->to_send > 0;
        s_watch(epoll, EPOLL_CTL_MOD, connection, EPOLLIN | (connection->to_send > 0 ? EPOLLOUT : 0));
    }
}

static void s_pong(struct connection *connection, size_t size) {
    connection->received += size;
    if (connection->received < s_bench.size) {
        return;
    }
    connection->received -= s_bench.size;
    connection->to_send += s_bench.size;
    if (connection->role == CLIENT_END) {
        uint64_t now = bench_now();
        bench_count(&s_bench, 1, s_bench.size);
        bench_latency(&s_bench, now - connection->sent_at);
        connection->sent_at = now;
    }
}

static void s_take(int epoll, struct connection *connection, size_t size) {
    switch (s_bench.kind) {
    case BENCH_PING_PONG:
        s_pong(connection, size);
        break;
    case BENCH_SINK:
        bench_count(&s_bench, 0, size);
        return;
    default:
        connection->to_send += size;
        if (connection->role == CLIENT_END) {
            bench_count(&s_bench, 0, size);
        }
        break;
    }
    if (connection->to_send > 0) {
        s_write(epoll, connection);
    }
}

/* An echo must send what it has received, so it goes out of the buffer that it came into. What does not fit into the
 * socket is sent from elsewhere later: the number of bytes is right, and that is all this program promises. */
static void s_read(int epoll, struct connection *connection) {
    ssize_t size = read(connection->fd, s_in, BENCH_CHUNK);
    if (size <= 0) {
        s_check(size < 0 && errno == EAGAIN, "connection lost");
        return;
    }
    if (s_bench.kind == BENCH_ECHO && connection->to_send == 0) {
        if (connection->role == CLIENT_END) {
            bench_count(&s_bench, 0, (uint64_t)size);
        }
        ssize_t sent = send(connection->fd, s_in, (size_t)size, MSG_NOSIGNAL);
        connection->to_send = (size_t)(size - (sent > 0 ? sent : 0));
        if (connection->to_send > 0) {
            connection->is_waiting_to_write = true;
            s_watch(epoll, EPOLL_CTL_MOD, connection, EPOLLIN | EPOLLOUT);
        }
        return;
    }
    s_take(epoll, connection, (size_t)size);
}

static void s_begin(struct connection *client) {
    client->sent_at = bench_now();
    switch (s_bench.kind) {
    case BENCH_PING_PONG:
        client->to_send = s_bench.size;
        break;
    case BENCH_SINK:
        client->to_send = SIZE_MAX;
        break;
    default:
        client->to_send = s_bench.in_flight;
        break;
    }
}

static void s_on_churn(struct connection *connection, uint32_t events) {
    char byte = 0;
    if (events & EPOLLOUT) {
        s_check(send(connection->fd, &byte, 1, MSG_NOSIGNAL) == 1, "send");
        connection->is_waiting_to_write = false;
        s_watch(s_epoll[BENCH_CLIENT], EPOLL_CTL_MOD, connection, EPOLLIN);
        return;
    }
    ssize_t size = read(connection->fd, &byte, 1);
    if (size < 0 && errno == EAGAIN) {
        return;
    }
    close(connection->fd);
    if (connection->role == CLIENT_END) {
        bench_count(&s_bench, 1, 0);
        s_connect(connection);
    } else {
        free(connection);
    }
}

static void s_on_event(int epoll, struct connection *connection, uint32_t events) {
    if (connection->role == LISTENER) {
        s_accept_all(connection);
        return;
    }
    if (s_bench.kind == BENCH_CHURN) {
        s_on_churn(connection, events);
        return;
    }
    if (events & EPOLLOUT) {
        if (connection->to_send == 0) {
            s_begin(connection);
        }
        s_write(epoll, connection);
    }
    if (events & ~(uint32_t)EPOLLOUT) {
        s_read(epoll, connection);
    }
}

static void *s_loop(void *side) {
    int epoll = s_epoll[(enum bench_side)(intptr_t)side];
    struct epoll_event events[EVENTS_AT_ONCE];
    bench_pin(&s_bench, (enum bench_side)(intptr_t)side);
    s_in = malloc(BENCH_CHUNK);
    while (true) {
        int count = epoll_wait(epoll, events, EVENTS_AT_ONCE, s_bench.spins ? 0 : -1);
        for (int i = 0; i < count; i++) {
            if (events[i].data.ptr == NULL) {
                free(s_in);
                return NULL;
            }
            s_on_event(epoll, events[i].data.ptr, events[i].events);
        }
    }
}

/* What starting a library is compared with: an epoll set, a thread that sleeps in it, and its end. */
static void s_startup_cycle(void) {
    pthread_t thread;
    struct connection wake_up = {.fd = eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC)};
    s_epoll[BENCH_SERVER] = epoll_create1(EPOLL_CLOEXEC);
    struct epoll_event event = {.events = EPOLLIN};
    epoll_ctl(s_epoll[BENCH_SERVER], EPOLL_CTL_ADD, wake_up.fd, &event);
    pthread_create(&thread, NULL, s_loop, (void *)BENCH_SERVER);
    uint64_t one = 1;
    s_check(write(wake_up.fd, &one, sizeof(one)) == sizeof(one), "eventfd");
    pthread_join(thread, NULL);
    close(s_epoll[BENCH_SERVER]);
    close(wake_up.fd);
}

/* A timer, in a thread that sleeps in an epoll set until it is due. */
static void *s_timers(void *unused) {
    (void)unused;
    int epoll = epoll_create1(EPOLL_CLOEXEC);
    struct epoll_event event;
    bench_pin(&s_bench, BENCH_SERVER);
    prctl(PR_SET_TIMERSLACK, 1000);
    while (true) {
        uint64_t due = bench_now() + BENCH_SPARSE_NANOS;
        uint64_t now = bench_now();
        for (; now < due; now = bench_now()) {
            struct timespec sleep = {.tv_nsec = (long)(due - now)};
            epoll_pwait2(epoll, &event, 1, &sleep, NULL);
        }
        bench_count(&s_bench, 1, 0);
        bench_latency(&s_bench, now - due);
    }
}

static void s_sparse_timer(void) {
    pthread_t thread;
    pthread_create(&thread, NULL, s_timers, NULL);
    bench_measure(&s_bench);
    bench_print(&s_bench);
}

static void s_traffic(void) {
    pthread_t threads[2];
    struct connection listener = {0};
    s_epoll[BENCH_SERVER] = epoll_create1(EPOLL_CLOEXEC);
    s_epoll[BENCH_CLIENT] = epoll_create1(EPOLL_CLOEXEC);
    s_listen(&listener);
    pthread_create(&threads[0], NULL, s_loop, (void *)BENCH_SERVER);
    s_clients = calloc(s_bench.count, sizeof(struct connection));
    for (unsigned i = 0; i < s_bench.count; i++) {
        s_connect(&s_clients[i]);
    }
    pthread_create(&threads[1], NULL, s_loop, (void *)BENCH_CLIENT);
    bench_measure(&s_bench);
    bench_print(&s_bench);
    if (s_bench.is_local) {
        unlink(bench_local_path());
    }
}

int main(int argc, char **argv) {
    bench_init(&s_bench, "floor", argc, argv);
    bench_refuse_tls(&s_bench);
    switch (s_bench.kind) {
    case BENCH_PING_PONG:
    case BENCH_SINK:
    case BENCH_ECHO:
    case BENCH_CHURN:
        s_traffic();
        break;
    case BENCH_TASK_TIMERS_SPARSE:
        s_sparse_timer();
        break;
    case BENCH_STARTUP_COLD:
    case BENCH_STARTUP_ONCE:
    case BENCH_STARTUP_WARM:
        bench_startup(&s_bench, s_startup_cycle);
        break;
    default:
        bench_unsupported(&s_bench);
    }
    return 0;
}
