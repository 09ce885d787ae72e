/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The other side of the Python benchmarks: connections that each send a message, wait until all of it has come back,
 * and send the next. One thread, epoll, so that the server is what takes the time.
 *
 * usage: load PORT CONNECTIONS BYTES SECONDS [tls]    prints messages and seconds
 */
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <openssl/err.h>
#include <openssl/ssl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

struct connection {
    int fd;
    SSL *ssl;
    size_t sent;
    size_t received;
};

static size_t s_size;
static char *s_message;
static char s_room[1 << 18];

static double s_now(void) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

static void s_fail(const char *what) {
    perror(what);
    ERR_print_errors_fp(stderr);
    exit(1);
}

static struct connection s_connect(int port, SSL_CTX *context) {
    struct connection connection = {socket(AF_INET, SOCK_STREAM, 0), NULL, 0, 0};
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons((uint16_t)port)};
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    if (connect(connection.fd, (struct sockaddr *)&address, sizeof(address)) != 0) {
        s_fail("connect");
    }
    int on = 1;
    setsockopt(connection.fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof(on));
    if (context != NULL) {
        connection.ssl = SSL_new(context);
        SSL_set_fd(connection.ssl, connection.fd);
        if (SSL_connect(connection.ssl) != 1) {
            s_fail("SSL_connect");
        }
    }
    fcntl(connection.fd, F_SETFL, O_NONBLOCK);
    return connection;
}

/* Less than 0: would block. */
static long s_move(struct connection *one, int is_write) {
    size_t left = s_size - one->sent;
    long count;
    if (one->ssl != NULL) {
        count = is_write ? SSL_write(one->ssl, s_message + one->sent, (int)left)
                         : SSL_read(one->ssl, s_room, sizeof(s_room));
        if (count > 0) {
            return count;
        }
        int why = SSL_get_error(one->ssl, (int)count);
        if (why != SSL_ERROR_WANT_READ && why != SSL_ERROR_WANT_WRITE) {
            s_fail("TLS");
        }
        return -1;
    }
    count =
        is_write ? send(one->fd, s_message + one->sent, left, MSG_NOSIGNAL) : recv(one->fd, s_room, sizeof(s_room), 0);
    if (count == 0 || (count < 0 && errno != EAGAIN)) {
        s_fail(is_write ? "send" : "recv");
    }
    return count;
}

/*
 * Does what can be done now; returns how many messages have come back. A call that would only say that there is nothing
 * is not made, so that this side costs less than the server: less than there was room for is all that there was.
 */
static long s_step(struct connection *one) {
    long done = 0, count = sizeof(s_room);
    int is_plain = one->ssl == NULL;
    while (1) {
        int may_have_more = !is_plain || count == (long)sizeof(s_room);
        while (one->sent < s_size && (count = s_move(one, 1)) > 0) {
            one->sent += (size_t)count;
        }
        if (!may_have_more || (count = s_move(one, 0)) < 0) {
            return done;
        }
        one->received += (size_t)count;
        if (one->received == s_size) {
            one->sent = one->received = 0;
            ++done;
        }
    }
}

int main(int argc, char **argv) {
    if (argc < 5) {
        return 2;
    }
    int port = atoi(argv[1]), count = atoi(argv[2]);
    s_size = (size_t)atol(argv[3]);
    double seconds = atof(argv[4]);
    s_message = malloc(s_size);
    memset(s_message, 'x', s_size);
    SSL_CTX *context = argc > 5 ? SSL_CTX_new(TLS_client_method()) : NULL;
    if (context != NULL) {
        SSL_CTX_set_read_ahead(context, 1);
        SSL_CTX_set_mode(context, SSL_MODE_ENABLE_PARTIAL_WRITE | SSL_MODE_ACCEPT_MOVING_WRITE_BUFFER);
    }
    struct connection *all = calloc((size_t)count, sizeof(*all));
    int epoll = epoll_create1(0);
    for (int i = 0; i < count; ++i) {
        all[i] = s_connect(port, context);
        struct epoll_event event = {.events = EPOLLIN | EPOLLOUT | EPOLLET, .data.ptr = &all[i]};
        epoll_ctl(epoll, EPOLL_CTL_ADD, all[i].fd, &event);
    }
    long messages = 0;
    double begin = s_now();
    struct epoll_event events[64];
    while (s_now() - begin < seconds) {
        int happened = epoll_wait(epoll, events, 64, 1000);
        for (int i = 0; i < happened; ++i) {
            messages += s_step(events[i].data.ptr);
        }
    }
    printf("%ld %.6f\n", messages, s_now() - begin);
    return 0;
}
