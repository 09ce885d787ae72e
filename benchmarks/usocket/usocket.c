/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Sockets in user space beside the kernel's: a stream in memory against TCP over the loopback, in one run.
 *
 *   bench_usocket [SECONDS [LWIP]]    seconds for each row (2); a shared library of lwIP's, to compare with its
 * loopback
 *
 * Rows: bytes per second of one thread that writes 64 KiB at a time and one that reads; round trips of 64 bytes between
 * two threads. The processor time is that of the whole process.
 */
#include <reseau/usocket.h>

#include <arpa/inet.h>
#include <dlfcn.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <time.h>
#include <unistd.h>

enum { BLOCK = 64 * 1024, MESSAGE = 64 };

struct sockets {
    const char *name;
    int (*socket)(int, int, int);
    int (*bind)(int, const struct sockaddr *, socklen_t);
    int (*listen)(int, int);
    int (*accept)(int, struct sockaddr *, socklen_t *);
    int (*connect)(int, const struct sockaddr *, socklen_t);
    int (*getsockname)(int, struct sockaddr *, socklen_t *);
    int (*setsockopt)(int, int, int, const void *, socklen_t);
    ssize_t (*read)(int, void *, size_t);
    ssize_t (*write)(int, const void *, size_t);
    int (*close)(int);
    /* Addresses begin with a byte of their length, as BSD's do. */
    int has_length;
};

/* The other end, and for how long. */
struct run {
    const struct sockets *sockets;
    int client;
    int server;
    double seconds;
    size_t count;
};

static double s_now(void) {
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec + (double)time.tv_nsec * 1e-9;
}

static double s_processor_time(void) {
    struct rusage usage;
    getrusage(RUSAGE_SELF, &usage);
    return (double)(usage.ru_utime.tv_sec + usage.ru_stime.tv_sec) +
           (double)(usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) * 1e-6;
}

static void s_check(int is_fine, const char *what) {
    if (!is_fine) {
        perror(what);
        exit(1);
    }
}

static void s_connect(struct run *run) {
    const struct sockets *sockets = run->sockets;
    struct sockaddr_in address = {0};
    socklen_t length = sizeof(address);
    int yes = 1;
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    int listener = sockets->socket(AF_INET, SOCK_STREAM, 0);
    s_check(listener >= 0, "socket");
    if (sockets->has_length) {
        memcpy(&address, (unsigned char[]){sizeof(address), AF_INET}, 2);
    }
    s_check(sockets->bind(listener, (struct sockaddr *)&address, sizeof(address)) == 0, "bind");
    s_check(sockets->listen(listener, 1) == 0, "listen");
    s_check(sockets->getsockname(listener, (struct sockaddr *)&address, &length) == 0, "getsockname");
    run->client = sockets->socket(AF_INET, SOCK_STREAM, 0);
    s_check(sockets->connect(run->client, (struct sockaddr *)&address, sizeof(address)) == 0, "connect");
    run->server = sockets->accept(listener, NULL, NULL);
    s_check(run->server >= 0, "accept");
    sockets->setsockopt(run->client, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof(yes));
    sockets->setsockopt(run->server, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof(yes));
    sockets->close(listener);
}

static void *s_read_all(void *argument) {
    struct run *run = argument;
    char *block = malloc(BLOCK);
    ssize_t count;
    while ((count = run->sockets->read(run->server, block, BLOCK)) > 0) {
        run->count += (size_t)count;
    }
    free(block);
    return NULL;
}

static void s_write_all(struct run *run) {
    char *block = calloc(1, BLOCK);
    double end = s_now() + run->seconds;
    while (s_now() < end) {
        s_check(run->sockets->write(run->client, block, BLOCK) == BLOCK, "write");
    }
    run->sockets->close(run->client);
    free(block);
}

static int s_read_message(const struct run *run, int from, char *message) {
    size_t got = 0;
    while (got < MESSAGE) {
        ssize_t count = run->sockets->read(from, message + got, MESSAGE - got);
        if (count <= 0) {
            return 0;
        }
        got += (size_t)count;
    }
    return 1;
}

static void *s_echo(void *argument) {
    struct run *run = argument;
    char message[MESSAGE];
    while (s_read_message(run, run->server, message)) {
        s_check(run->sockets->write(run->server, message, MESSAGE) == MESSAGE, "write");
    }
    return NULL;
}

static void s_ask(struct run *run) {
    char message[MESSAGE] = {0};
    double end = s_now() + run->seconds;
    while (s_now() < end) {
        for (int i = 0; i < 100; ++i) {
            s_check(run->sockets->write(run->client, message, MESSAGE) == MESSAGE, "write");
            s_check(s_read_message(run, run->client, message), "read");
            ++run->count;
        }
    }
    run->sockets->close(run->client);
}

static void s_run(const struct sockets *sockets, double seconds, int is_stream) {
    struct run run = {sockets, -1, -1, seconds, 0};
    s_connect(&run);
    pthread_t thread;
    double began = s_now(), processor = s_processor_time();
    s_check(pthread_create(&thread, NULL, is_stream ? s_read_all : s_echo, &run) == 0, "pthread_create");
    if (is_stream) {
        s_write_all(&run);
    } else {
        s_ask(&run);
    }
    pthread_join(thread, NULL);
    double took = s_now() - began, used = s_processor_time() - processor;
    double count = (double)run.count;
    if (is_stream) {
        printf(
            "%-8s stream 64 KiB  %7.2f GB/s  %6.3f ns/B cpu\n", sockets->name, count / took * 1e-9, used / count * 1e9);
    } else {
        printf("%-8s round trip 64 B %7.0f ns  %7.0f ns cpu\n", sockets->name, took / count * 1e9, used / count * 1e9);
    }
    sockets->close(run.server);
}

static void s_set_started(void *started) {
    __atomic_store_n((int *)started, 1, __ATOMIC_RELEASE);
}

static void *s_symbol(void *library, const char *name) {
    void *symbol = dlsym(library, name);
    if (symbol == NULL) {
        fprintf(stderr, "%s\n", dlerror());
        exit(1);
    }
    return symbol;
}

/* lwIP's, whose thread is started. */
static struct sockets s_lwip(const char *path) {
    struct sockets sockets = {.name = "lwIP", .has_length = 1};
    void *library = dlopen(path, RTLD_NOW | RTLD_LOCAL);
    if (library == NULL) {
        fprintf(stderr, "%s\n", dlerror());
        exit(1);
    }
    void (*begin)(void (*)(void *), void *);
    struct {
        const char *name;
        void *into;
    } functions[] = {
        {"tcpip_init", &begin},
        {"lwip_socket", &sockets.socket},
        {"lwip_bind", &sockets.bind},
        {"lwip_listen", &sockets.listen},
        {"lwip_accept", &sockets.accept},
        {"lwip_connect", &sockets.connect},
        {"lwip_getsockname", &sockets.getsockname},
        {"lwip_setsockopt", &sockets.setsockopt},
        {"lwip_read", &sockets.read},
        {"lwip_write", &sockets.write},
        {"lwip_close", &sockets.close}};
    for (size_t i = 0; i < sizeof(functions) / sizeof(functions[0]); ++i) {
        void *symbol = s_symbol(library, functions[i].name);
        memcpy(functions[i].into, &symbol, sizeof(symbol));
    }
    int has_started = 0;
    begin(s_set_started, &has_started);
    while (!__atomic_load_n(&has_started, __ATOMIC_ACQUIRE)) {
        usleep(1000);
    }
    return sockets;
}

int main(int argc, char **argv) {
    static const struct sockets kernel = {
        "kernel", socket, bind, listen, accept, connect, getsockname, setsockopt, read, write, close, 0};
    static const struct sockets memory = {
        "memory",
        reseau_usocket,
        reseau_ubind,
        reseau_ulisten,
        reseau_uaccept,
        reseau_uconnect,
        reseau_ugetsockname,
        reseau_usetsockopt,
        reseau_uread,
        reseau_uwrite,
        reseau_uclose,
        0};
    double seconds = argc > 1 ? atof(argv[1]) : 2;
    struct sockets lwip = argc > 2 ? s_lwip(argv[2]) : (struct sockets){0};
    for (int is_stream = 1; is_stream >= 0; --is_stream) {
        s_run(&kernel, seconds, is_stream);
        s_run(&memory, seconds, is_stream);
        if (argc > 2) {
            s_run(&lwip, seconds, is_stream);
        }
    }
    return 0;
}
