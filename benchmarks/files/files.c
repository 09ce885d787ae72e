/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Sending a file over a connection: this library beside bare sendfile(2) in a loop, in one run, by turns. The reader
 * throws everything away without copying it. GB/s, and the ratio of the medians.
 *
 *     bench_files [MEGABYTES [ROUNDS]]
 */
#define _GNU_SOURCE
#include <reseau/reseau.h>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/sendfile.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#define MAX_ROUNDS 99

static void s_check(int is_good, const char *what) {
    if (!is_good) {
        perror(what);
        exit(1);
    }
}

static double s_now(void) {
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec + (double)time.tv_nsec / 1e9;
}

/* Reads until the end. */
static void *s_discard(void *argument) {
    int fd = *(int *)argument;
    static char nowhere[1 << 20];
    while (recv(fd, nowhere, sizeof(nowhere), MSG_TRUNC) > 0) {
    }
    return NULL;
}

static void s_connect(int *ends) {
    struct sockaddr_in address;
    socklen_t length = sizeof(address);
    int listener = socket(AF_INET, SOCK_STREAM, 0);
    memset(&address, 0, sizeof(address));
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    s_check(bind(listener, (struct sockaddr *)&address, length) == 0 && listen(listener, 1) == 0, "listen");
    s_check(getsockname(listener, (struct sockaddr *)&address, &length) == 0, "getsockname");
    ends[0] = socket(AF_INET, SOCK_STREAM, 0);
    s_check(connect(ends[0], (struct sockaddr *)&address, length) == 0, "connect");
    ends[1] = accept(listener, NULL, NULL);
    s_check(ends[1] >= 0, "accept");
    close(listener);
}

static double s_bare(int file, int64_t size) {
    pthread_t reader;
    int ends[2];
    off_t offset = 0;
    double begin;
    s_connect(ends);
    pthread_create(&reader, NULL, s_discard, &ends[1]);
    begin = s_now();
    while (offset < size) {
        s_check(sendfile(ends[0], file, &offset, (size_t)(size - offset)) > 0, "sendfile");
    }
    close(ends[0]);
    pthread_join(reader, NULL);
    close(ends[1]);
    return s_now() - begin;
}

static double s_library(int file, int64_t size) {
    pthread_t reader;
    int ends[2];
    double begin;
    reseau_id connection;
    s_connect(ends);
    connection = reseau_adopt(ends[0], 0, NULL);
    s_check(connection > 0, "reseau_adopt");
    pthread_create(&reader, NULL, s_discard, &ends[1]);
    begin = s_now();
    s_check(reseau_send_descriptor(connection, file, 0, -1, 0) == size, "reseau_send_descriptor");
    reseau_close(connection);
    pthread_join(reader, NULL);
    close(ends[1]);
    return s_now() - begin;
}

static int s_compare(const void *a, const void *b) {
    return *(const double *)a < *(const double *)b ? -1 : *(const double *)a > *(const double *)b;
}

int main(int argc, char **argv) {
    int64_t size = (int64_t)(argc > 1 ? atoi(argv[1]) : 512) << 20;
    int rounds = argc > 2 ? atoi(argv[2]) : 9;
    double bare[MAX_ROUNDS], library[MAX_ROUNDS];
    char path[] = "/tmp/bench-file-XXXXXX";
    int file = mkstemp(path);
    static char content[1 << 20];
    int64_t written;
    int i;
    s_check(file >= 0 && rounds > 0 && rounds <= MAX_ROUNDS && size > 0, "arguments");
    unlink(path);
    memset(content, 'f', sizeof(content));
    for (written = 0; written < size; written += (int64_t)sizeof(content)) {
        s_check(write(file, content, sizeof(content)) == (ssize_t)sizeof(content), "write");
    }

    s_bare(file, size);
    s_library(file, size);
    for (i = 0; i < rounds; i++) {
        bare[i] = s_bare(file, size);
        library[i] = s_library(file, size);
    }
    qsort(bare, (size_t)rounds, sizeof(double), s_compare);
    qsort(library, (size_t)rounds, sizeof(double), s_compare);
    printf(
        "sendfile %.2f GB/s, reseau %.2f GB/s, %.3f of it (medians of %d, %lld MB)\n",
        (double)size / bare[rounds / 2] / 1e9,
        (double)size / library[rounds / 2] / 1e9,
        bare[rounds / 2] / library[rounds / 2],
        rounds,
        (long long)(size >> 20));
    return 0;
}
