/* SPDX-License-Identifier: Apache-2.0 */

/*
 * sendfile(), with no header of ours: from a file through a socket that blocks and one that does not, and from a pipe,
 * which keeps what it has. Prints what arrived.
 */
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/sendfile.h>
#include <sys/socket.h>
#include <unistd.h>

enum { SIZE = 2000000 };

static char s_sent[SIZE];
static char s_received[SIZE + 1];

static void require(int is_so, const char *what) {
    if (!is_so) {
        perror(what);
        exit(1);
    }
}

static void *receive(void *socket) {
    size_t got = 0;
    ssize_t count;
    while ((count = recv(*(int *)socket, s_received + got, sizeof(s_received) - got, 0)) > 0) {
        got += (size_t)count;
    }
    printf("%zu bytes, %s\n", got, memcmp(s_sent, s_received, SIZE) == 0 ? "as sent" : "others");
    return NULL;
}

static void connect_ends(int ends[2]) {
    struct sockaddr_in address = {.sin_family = AF_INET};
    socklen_t size = sizeof(address);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    int listener = socket(AF_INET, SOCK_STREAM, 0);
    require(bind(listener, (struct sockaddr *)&address, size) == 0 && listen(listener, 1) == 0, "listen");
    require(getsockname(listener, (struct sockaddr *)&address, &size) == 0, "getsockname");
    ends[0] = socket(AF_INET, SOCK_STREAM, 0);
    require(connect(ends[0], (struct sockaddr *)&address, size) == 0, "connect");
    ends[1] = accept(listener, NULL, NULL);
    require(ends[1] >= 0, "accept");
    close(listener);
}

static void send_whole(int file, int flags) {
    int ends[2];
    connect_ends(ends);
    pthread_t reader;
    pthread_create(&reader, NULL, receive, &ends[1]);
    require(fcntl(ends[0], F_SETFL, fcntl(ends[0], F_GETFL) | flags) == 0, "fcntl");
    require(lseek(file, 0, SEEK_SET) == 0, "lseek");
    size_t sent = 0;
    while (sent < SIZE) {
        ssize_t count = sendfile(ends[0], file, NULL, SIZE - sent);
        struct pollfd ready = {.fd = ends[0], .events = POLLOUT};
        require(count > 0 || errno == EAGAIN, "sendfile");
        require(count > 0 || poll(&ready, 1, 60000) == 1, "poll");
        sent += count > 0 ? (size_t)count : 0;
    }
    close(ends[0]);
    pthread_join(reader, NULL);
    close(ends[1]);
}

static void send_from_pipe(void) {
    int ends[2], tube[2];
    char kept[16] = {0};
    off_t offset = 0;
    connect_ends(ends);
    require(pipe(tube) == 0 && write(tube[1], "kept", 4) == 4, "pipe");
    require(sendfile(ends[0], tube[0], NULL, 4) < 0, "sendfile from a pipe");
    printf("from a pipe: %s\n", strerror(errno));
    require(sendfile(ends[0], tube[0], &offset, 4) < 0, "sendfile from a pipe");
    printf("from a place in it: %s\n", strerror(errno));
    require(read(tube[0], kept, sizeof(kept)) == 4, "read");
    printf("%s\n", kept);
}

int main(void) {
    for (size_t i = 0; i < SIZE; i++) {
        s_sent[i] = (char)(i * 7 + (i >> 8));
    }
    FILE *file = tmpfile();
    require(file != NULL && fwrite(s_sent, SIZE, 1, file) == 1 && fflush(file) == 0, "tmpfile");
    send_whole(fileno(file), 0);
    send_whole(fileno(file), O_NONBLOCK);
    send_from_pipe();
    return 0;
}
