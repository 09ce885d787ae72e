/* SPDX-License-Identifier: Apache-2.0 */
/* A program for libsock that defines none of the functions that it may define. It echoes on a path, once. */
#include "sock.h"

#include <errno.h>
#include <poll.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

static int s_fail(const char *what) {
    fprintf(stderr, "%s: %s\n", what, strerror(errno));
    return 1;
}

/* Until there is something to read or to accept; a minute at most. */
static void s_await(intptr_t uuid) {
    struct pollfd one;
    one.fd = sock_uuid2fd(uuid);
    one.events = POLLIN;
    poll(&one, 1, 60000);
}

static ssize_t s_read(intptr_t uuid, char *into, size_t size) {
    size_t length = 0;
    while (length < size) {
        ssize_t count;
        s_await(uuid);
        count = sock_read(uuid, into + length, size - length);
        if (count < 0) {
            return -1;
        }
        length += (size_t)count;
    }
    return (ssize_t)length;
}

int main(int argc, char **argv) {
    char text[6] = "";
    intptr_t listener, client, server = -1;
    char path[100];
    snprintf(path, sizeof(path), "%s/libsock_defaults.%ld", argc > 1 ? argv[1] : "/tmp", (long)getpid());
    listener = sock_listen(path, NULL);
    client = sock_connect(path, NULL);
    if (listener == -1 || client == -1) {
        return s_fail("open");
    }
    while (server == -1) {
        s_await(listener);
        server = sock_accept(listener);
        if (server == -1 && errno != EAGAIN) {
            return s_fail("accept");
        }
    }
    if (sock_write(client, "hello", 5) != 0 || s_read(server, text, 5) != 5 || sock_write(server, text, 5) != 0 ||
        s_read(client, text, 5) != 5 || strcmp(text, "hello") != 0) {
        return s_fail("echo");
    }
    sock_close(client);
    sock_close(server);
    sock_close(listener);
    unlink(path);
    return 0;
}
