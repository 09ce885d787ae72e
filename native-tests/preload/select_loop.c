/* SPDX-License-Identifier: Apache-2.0 */

/*
 * A server and its clients in one process, with no header of ours: select(), non-blocking sockets, descriptors of the
 * system's among them. Prints how many bytes came back.
 */
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/select.h>
#include <sys/socket.h>
#include <unistd.h>

enum { CLIENTS = 8, SIZE = 300000 };

static struct sockaddr_in s_address = {.sin_family = AF_INET};
static int s_pipe[2];

static void require(int is_so, const char *what) {
    if (!is_so) {
        perror(what);
        exit(1);
    }
}

static void *be_client(void *received) {
    int client = socket(AF_INET, SOCK_STREAM, IPPROTO_TCP);
    require(client >= 0 && client < 1024, "socket");
    require(connect(client, (struct sockaddr *)&s_address, sizeof(s_address)) == 0, "connect");
    char *data = malloc(SIZE);
    char *back = malloc(SIZE);
    for (int i = 0; i < SIZE; i++) {
        data[i] = (char)(i * 7 + i / 251);
    }
    for (int start = 0; start < SIZE; start += 50000) {
        require(send(client, data + start, 50000, 0) == 50000, "send");
        require(recv(client, back + start, 50000, MSG_WAITALL) == 50000, "recv");
    }
    require(shutdown(client, SHUT_WR) == 0, "shutdown");
    require(read(client, back, 1) == 0, "read of the end");
    *(long *)received = memcmp(data + 1, back + 1, SIZE - 1) == 0 ? SIZE : -1;
    close(client);
    free(data);
    free(back);
    require(write(s_pipe[1], "x", 1) == 1, "write");
    return NULL;
}

struct peer {
    int descriptor;
    char data[8192];
    ssize_t start;
    ssize_t end;
};

static void serve(struct peer *peer, int is_readable) {
    if (is_readable && peer->start == peer->end) {
        peer->start = 0;
        peer->end = recv(peer->descriptor, peer->data, sizeof(peer->data), 0);
        if (peer->end <= 0) {
            require(peer->end == 0 || errno == EAGAIN, "recv");
            if (peer->end == 0) {
                close(peer->descriptor);
                peer->descriptor = -1;
            }
            peer->end = 0;
        }
    }
    while (peer->descriptor >= 0 && peer->start < peer->end) {
        ssize_t sent = send(peer->descriptor, peer->data + peer->start, peer->end - peer->start, MSG_NOSIGNAL);
        if (sent < 0) {
            require(errno == EAGAIN, "send");
            break;
        }
        peer->start += sent;
    }
}

int main(void) {
    int listener = socket(AF_INET, SOCK_STREAM, 0);
    int one = 1;
    socklen_t size = sizeof(s_address);
    s_address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    require(setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &one, sizeof(one)) == 0, "setsockopt");
    require(bind(listener, (struct sockaddr *)&s_address, sizeof(s_address)) == 0, "bind");
    require(listen(listener, 16) == 0, "listen");
    require(getsockname(listener, (struct sockaddr *)&s_address, &size) == 0, "getsockname");
    require(pipe(s_pipe) == 0, "pipe");
    pthread_t threads[CLIENTS];
    long received[CLIENTS] = {0};
    for (int i = 0; i < CLIENTS; i++) {
        pthread_create(&threads[i], NULL, be_client, &received[i]);
    }
    static struct peer peers[CLIENTS];
    int accepted = 0, finished = 0;
    while (finished < CLIENTS) {
        fd_set in, out;
        FD_ZERO(&in);
        FD_ZERO(&out);
        FD_SET(listener, &in);
        FD_SET(s_pipe[0], &in);
        int last = listener > s_pipe[0] ? listener : s_pipe[0];
        for (int i = 0; i < accepted; i++) {
            if (peers[i].descriptor >= 0) {
                FD_SET(peers[i].descriptor, peers[i].start < peers[i].end ? &out : &in);
                last = peers[i].descriptor > last ? peers[i].descriptor : last;
            }
        }
        struct timeval timeout = {.tv_sec = 60};
        require(select(last + 1, &in, &out, NULL, &timeout) > 0, "select");
        if (FD_ISSET(listener, &in)) {
            peers[accepted].descriptor = accept(listener, NULL, NULL);
            require(peers[accepted].descriptor >= 0, "accept");
            require(fcntl(peers[accepted].descriptor, F_SETFL, O_NONBLOCK) == 0, "fcntl");
            accepted++;
        }
        for (int i = 0; i < accepted; i++) {
            int descriptor = peers[i].descriptor;
            if (descriptor >= 0 && (FD_ISSET(descriptor, &in) || FD_ISSET(descriptor, &out))) {
                serve(&peers[i], FD_ISSET(descriptor, &in));
            }
        }
        if (FD_ISSET(s_pipe[0], &in)) {
            char byte;
            require(read(s_pipe[0], &byte, 1) == 1, "read");
            finished++;
        }
    }
    long sum = 0;
    for (int i = 0; i < CLIENTS; i++) {
        pthread_join(threads[i], NULL);
        sum += received[i];
    }
    printf("%ld bytes came back\n", sum);
    return 0;
}
