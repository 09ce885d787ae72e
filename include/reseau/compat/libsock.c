/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The functions of libsock.h. Part of the program, since that may define some of them itself. A record stands for each
 * uuid: the table has a reference to it, the connection until its last callback, and whoever looks at it. No function
 * of the program's, and none of libreseau's that could call one, is called under the lock.
 */
#if !defined(_GNU_SOURCE)
#    define _GNU_SOURCE 1
#endif

#include <reseau/compat/libsock.h>
#include <reseau/reseau.h>

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netdb.h>
#include <netinet/in.h>
#include <pthread.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#if defined(__linux__)
#    include <sys/eventfd.h>
#endif

/** Bytes that may be queued for a connection, files left out. */
#ifndef SOCK_MAX_PENDING
#    define SOCK_MAX_PENDING ((size_t)16 * 1024 * 1024)
#endif

#define MAX_WAITING 511
#define SLOW_READER_MS 30000
#define FILE_PIECE ((size_t)16 * 1024)
#define BUCKETS 4096

/* A packet that hooks send, or that libreseau has. */
struct packet {
    struct packet *next;
    struct record *record;
    sock_write_info_s info;
    /* What is left: of `info`'s memory or file. */
    size_t length;
    off_t offset;
};

struct record {
    struct record *next; /* of the bucket */
    intptr_t uuid;
    int references;
    int is_listener;
    int is_known; /* has been in the table */
    int is_closing;
    int is_posted; /* on its way to raise_later(); on the loop's thread only */
    int is_gone;   /* the last callback is being called, or was */
    int wait_fd;   /* readable when there is something */
    int raise_fd;
    int given_fd; /* what sock_open() was given, or -1 */
    sock_rw_hook_s *hooks;
    void *udata;
    size_t packets;
    struct packet *first; /* what hooks have not sent */
    struct packet *last;
    size_t queued;
    int is_sending;
    int sends_again;
    struct record *first_waiting; /* a listener's connections */
    struct record *last_waiting;
    struct record *next_waiting;
    unsigned waiting;
    struct sockaddr_storage peer;
    socklen_t peer_length;
};

static pthread_mutex_t s_lock = PTHREAD_MUTEX_INITIALIZER;
static struct record *s_buckets[BUCKETS];
static intptr_t *s_by_fd;
static size_t s_by_fd_size;

/* ---- Defaults of what the program may define ---- */

__attribute__((weak)) void sock_touch(intptr_t uuid) {
    reseau_touch((reseau_id)uuid);
}

__attribute__((weak)) void sock_on_close(intptr_t uuid) {
    (void)uuid;
}

__attribute__((weak)) void sock_flush_defer(void *arg, void *ignored) {
    (void)ignored;
    sock_flush((intptr_t)arg);
}

void SOCK_DEALLOC_NOOP(void *arg) {
    (void)arg;
}

void SOCK_CLOSE_NOOP(intptr_t fd) {
    (void)fd;
}

/* ---- What is waited on ---- */

static int open_signal(struct record *record) {
#if defined(__linux__)
    record->wait_fd = record->raise_fd = eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC);
    return record->wait_fd < 0 ? -1 : 0;
#else
    int ends[2];
    if (pipe(ends) != 0) {
        return -1;
    }
    record->wait_fd = ends[0];
    record->raise_fd = ends[1];
    fcntl(ends[0], F_SETFD, FD_CLOEXEC);
    fcntl(ends[1], F_SETFD, FD_CLOEXEC);
    sock_set_non_block(ends[0]);
    sock_set_non_block(ends[1]);
    return 0;
#endif
}

static void raise_signal(struct record *record) {
    uint64_t one = 1;
    ssize_t ignored = write(record->raise_fd, &one, sizeof(one));
    (void)ignored;
}

static void clear_signal(struct record *record) {
    uint64_t bytes[64];
    while (read(record->wait_fd, bytes, sizeof(bytes)) == (ssize_t)sizeof(bytes)) {
    }
}

/* ---- Records ---- */

static struct record *new_record(int references) {
    struct record *record = (struct record *)calloc(1, sizeof(*record));
    if (record == NULL) {
        return NULL;
    }
    record->references = references;
    record->given_fd = -1;
    if (open_signal(record) != 0) {
        free(record);
        return NULL;
    }
    return record;
}

static void release_packet(struct packet *packet);

static void free_record(struct record *record) {
    while (record->first != NULL) {
        struct packet *packet = record->first;
        record->first = packet->next;
        release_packet(packet);
    }
    close(record->wait_fd);
    if (record->raise_fd != record->wait_fd) {
        close(record->raise_fd);
    }
    free(record);
}

static void release(struct record *record, int references) {
    int is_last;
    pthread_mutex_lock(&s_lock);
    record->references -= references;
    is_last = record->references == 0;
    pthread_mutex_unlock(&s_lock);
    if (is_last) {
        free_record(record);
    }
}

static void set_by_fd(int fd, intptr_t uuid) {
    if (fd < 0) {
        return;
    }
    if ((size_t)fd >= s_by_fd_size) {
        size_t size = ((size_t)fd + 64) * 2;
        intptr_t *larger = (intptr_t *)realloc(s_by_fd, size * sizeof(*larger));
        if (larger == NULL) {
            return;
        }
        memset(larger + s_by_fd_size, 0, (size - s_by_fd_size) * sizeof(*larger));
        s_by_fd = larger;
        s_by_fd_size = size;
    }
    s_by_fd[fd] = uuid;
}

static struct record **bucket_of(intptr_t uuid) {
    return &s_buckets[(size_t)uuid % BUCKETS];
}

/* From now on it is found by its uuid. The first of the call that makes it and of its callbacks does that. */
static void make_known(struct record *record, reseau_id id) {
    pthread_mutex_lock(&s_lock);
    if (!record->is_known) {
        struct record **bucket = bucket_of((intptr_t)id);
        record->is_known = 1;
        record->uuid = (intptr_t)id;
        record->references++;
        record->next = *bucket;
        *bucket = record;
        set_by_fd(record->wait_fd, record->uuid);
        set_by_fd(record->given_fd, record->uuid);
    }
    pthread_mutex_unlock(&s_lock);
}

/* Takes it out of the table. 1 the first time. */
static int forget(struct record *record) {
    int is_first;
    struct record **at;
    pthread_mutex_lock(&s_lock);
    is_first = !record->is_gone;
    record->is_gone = 1;
    record->is_closing = 1;
    if (is_first && record->is_known) {
        for (at = bucket_of(record->uuid); *at != record; at = &(*at)->next) {
        }
        *at = record->next;
        set_by_fd(record->wait_fd, 0);
        set_by_fd(record->given_fd, 0);
    }
    pthread_mutex_unlock(&s_lock);
    return is_first;
}

/* NULL if it is not valid; else to be released. */
static struct record *find(intptr_t uuid) {
    struct record *record;
    pthread_mutex_lock(&s_lock);
    record = *bucket_of(uuid);
    while (record != NULL && record->uuid != uuid) {
        record = record->next;
    }
    if (record != NULL) {
        record->references++;
    }
    pthread_mutex_unlock(&s_lock);
    return record;
}

static sock_rw_hook_s *hooks_of(struct record *record, void **udata) {
    sock_rw_hook_s *hooks;
    pthread_mutex_lock(&s_lock);
    hooks = record->hooks;
    *udata = record->udata;
    pthread_mutex_unlock(&s_lock);
    return hooks;
}

/* The record is not found any more: calls the program, and drops the table's reference. */
static void report_close(struct record *record) {
    void *udata;
    sock_rw_hook_s *hooks = hooks_of(record, &udata);
    if (hooks != NULL && hooks->on_close != NULL) {
        hooks->on_close(record->uuid, hooks, udata);
    }
    sock_on_close(record->uuid);
    release(record, 1);
}

/* ---- Callbacks of connections, on loops' threads ---- */

static void on_open(reseau_id id, void *state) {
    struct record *listener = (struct record *)state;
    struct record *record;
    int is_full;
    if (!listener->is_listener) {
        make_known(listener, id);
        return;
    }

    record = new_record(1);
    if (record == NULL || reseau_set_state(id, record) != 0) {
        reseau_abort(id);
        if (record != NULL) {
            free_record(record);
        }
        return;
    }

    make_known(record, id);
    pthread_mutex_lock(&s_lock);
    record->references++;
    if (listener->first_waiting == NULL) {
        listener->first_waiting = record;
    } else {
        listener->last_waiting->next_waiting = record;
    }
    listener->last_waiting = record;
    is_full = ++listener->waiting == MAX_WAITING;
    pthread_mutex_unlock(&s_lock);
    if (is_full) {
        reseau_pause((reseau_id)listener->uuid);
    }
    raise_signal(listener);
}

static void raise_later(void *state, int is_canceled) {
    struct record *record = (struct record *)state;
    (void)is_canceled;
    record->is_posted = 0;
    raise_signal(record);
    release(record, 1);
}

/* What is in `data` can be read when this has returned: whoever were woken up now might come too early. */
static size_t on_data(reseau_id id, const void *data, size_t length, void *state) {
    struct record *record = (struct record *)state;
    (void)data;
    (void)length;
    if (record->is_listener || record->is_posted) {
        return 0;
    }
    make_known(record, id);
    record->is_posted = 1;
    pthread_mutex_lock(&s_lock);
    record->references++;
    pthread_mutex_unlock(&s_lock);
    if (reseau_post(reseau_loop_of(id), raise_later, record) != 0) {
        raise_later(record, 1);
    }
    return 0; /* sock_read() takes them */
}

static void on_end(reseau_id id, void *state) {
    on_data(id, NULL, 0, state);
}

static void on_drain(reseau_id id, void *state) {
    struct record *record = (struct record *)state;
    void *udata;
    if (!record->is_listener && hooks_of(record, &udata) != NULL) {
        sock_flush_defer((void *)(intptr_t)id, NULL);
    }
}

static void on_close(reseau_id id, const struct reseau_close_info *info, void *state) {
    struct record *record = (struct record *)state;
    (void)info;
    if (record->is_listener) {
        return; /* one that has never opened */
    }
    make_known(record, id);
    raise_signal(record);
    if (forget(record)) {
        report_close(record);
    }
    release(record, 1);
}

static void on_listener_gone(void *object) {
    release((struct record *)object, 1);
}

static struct reseau_options options_for(struct record *record) {
    struct reseau_options options = reseau_options_default();
    options.state = record;
    options.on_open = on_open;
    options.on_data = on_data;
    options.on_end = on_end;
    options.on_drain = on_drain;
    options.on_close = on_close;
    options.write_policy = RESEAU_WRITE_WOULD_BLOCK;
    options.write_queue_bytes = SOCK_MAX_PENDING;
    options.slow_reader_timeout_ms = SLOW_READER_MS;
    options.close_timeout_ms = RESEAU_FOREVER;
    return options;
}

/* ---- The process ---- */

void sock_on_fork(void) {
    size_t i;
    pthread_mutex_init(&s_lock, NULL);
    for (i = 0; i < BUCKETS; i++) {
        for (; s_buckets[i] != NULL; s_buckets[i] = s_buckets[i]->next) {
            close(s_buckets[i]->wait_fd);
        }
    }
    if (s_by_fd != NULL) {
        memset(s_by_fd, 0, s_by_fd_size * sizeof(*s_by_fd));
    }
}

int sock_set_non_block(int fd) {
    int flags = fcntl(fd, F_GETFL, 0);
    return flags < 0 ? -1 : fcntl(fd, F_SETFL, flags | O_NONBLOCK);
}

ssize_t sock_max_capacity(void) {
    struct rlimit limit;
    if (getrlimit(RLIMIT_NOFILE, &limit) != 0) {
        return -1;
    }
    if (limit.rlim_cur < limit.rlim_max) {
        rlim_t before = limit.rlim_cur;
        limit.rlim_cur = limit.rlim_max > LIB_SOCK_MAX_CAPACITY ? LIB_SOCK_MAX_CAPACITY : limit.rlim_max;
        if (limit.rlim_cur < before || setrlimit(RLIMIT_NOFILE, &limit) != 0) {
            limit.rlim_cur = before;
        }
    }
    return limit.rlim_cur > LIB_SOCK_MAX_CAPACITY ? LIB_SOCK_MAX_CAPACITY : (ssize_t)limit.rlim_cur;
}

/* ---- Opening ---- */

/* A number or the name of a service. 0 if it is neither, or stands for a path. */
static uint16_t port_of(const char *text) {
    char *end;
    long number;
    struct addrinfo hints;
    struct addrinfo *found = NULL;
    uint16_t port = 0;
    if (text == NULL) {
        return 0;
    }
    number = strtol(text, &end, 10);
    if (end != text && *end == '\0') {
        return number > 0 && number <= 65535 ? (uint16_t)number : 0;
    }
    memset(&hints, 0, sizeof(hints));
    hints.ai_socktype = SOCK_STREAM;
    hints.ai_family = AF_INET;
    if (getaddrinfo(NULL, text, &hints, &found) == 0) {
        port = ntohs(((struct sockaddr_in *)found->ai_addr)->sin_port);
        freeaddrinfo(found);
    }
    return port;
}

static int is_path(const char *port) {
    return port == NULL || *port == '\0' || (port[0] == '0' && port[1] == '\0');
}

static int errno_of(int64_t error) {
    switch (error) {
    case RESEAU_ERROR_ADDRESS_IN_USE:
        return EADDRINUSE;
    case RESEAU_ERROR_ACCESS_DENIED:
        return EACCES;
    case RESEAU_ERROR_ADDRESS_NOT_AVAILABLE:
        return EADDRNOTAVAIL;
    case RESEAU_ERROR_TOO_MANY_FILES:
        return EMFILE;
    case RESEAU_ERROR_NO_MEMORY:
        return ENOMEM;
    case RESEAU_ERROR_NOT_FOUND:
        return ENOENT;
    default:
        return EINVAL;
    }
}

static intptr_t fail(int64_t error) {
    errno = errno_of(error);
    return -1;
}

intptr_t sock_listen(const char *address, const char *port) {
    struct reseau_options options;
    struct record *record;
    reseau_id id;
    uint16_t number = port_of(port);
    if (is_path(port) ? address == NULL : number == 0) {
        return fail(RESEAU_ERROR_INVALID_ARGUMENT);
    }
    record = new_record(2);
    if (record == NULL) {
        return fail(RESEAU_ERROR_TOO_MANY_FILES);
    }
    record->is_listener = 1;
    options = options_for(record);
    id = is_path(port) ? reseau_listen_path(address, &options)
                       : reseau_listen(address == NULL ? "*" : address, number, &options);
    if (id < 0) {
        release(record, 2);
        return fail(id);
    }
    make_known(record, id);
    reseau_link(id, record, on_listener_gone);
    release(record, 1);
    return (intptr_t)id;
}

intptr_t sock_accept(intptr_t srv_uuid) {
    struct record *listener = find(srv_uuid);
    struct record *record = NULL;
    intptr_t uuid = -1;
    int has_room = 0;
    int is_gone = 1;
    int are_more = 0;
    if (listener == NULL) {
        errno = EBADF;
        return -1;
    }
    clear_signal(listener);
    while (is_gone) {
        pthread_mutex_lock(&s_lock);
        record = listener->first_waiting;
        if (record != NULL) {
            listener->first_waiting = record->next_waiting;
            has_room |= listener->waiting-- == MAX_WAITING;
            uuid = record->uuid;
            are_more = listener->first_waiting != NULL;
        }
        is_gone = record != NULL && record->is_gone;
        pthread_mutex_unlock(&s_lock);
        if (record != NULL) {
            release(record, 1);
        }
    }
    if (are_more) {
        raise_signal(listener);
    }
    if (has_room) {
        reseau_resume((reseau_id)srv_uuid);
    }
    release(listener, 1);
    if (record == NULL) {
        errno = EAGAIN;
        return -1;
    }
    return uuid;
}

/* The call that makes a connection has returned. */
static intptr_t begun(struct record *record, reseau_id id) {
    if (id > 0) {
        make_known(record, id);
        release(record, 1);
        return (intptr_t)id;
    }

    /* Its last callback may have been called, which has dropped the connection's reference. */
    release(record, forget(record) ? 2 : 1);
    return fail(id);
}

intptr_t sock_connect(char *address, char *port) {
    struct reseau_options options;
    struct record *record;
    uint16_t number = port_of(port);
    if (is_path(port) ? address == NULL : number == 0) {
        return fail(RESEAU_ERROR_INVALID_ARGUMENT);
    }
    record = new_record(2);
    if (record == NULL) {
        return fail(RESEAU_ERROR_TOO_MANY_FILES);
    }
    options = options_for(record);
    return begun(
        record,
        is_path(port) ? reseau_connect_path_start(address, &options)
                      : reseau_connect_start(address == NULL ? "localhost" : address, number, &options));
}

intptr_t sock_open(int fd) {
    struct reseau_options options;
    struct record *record = new_record(2);
    if (record == NULL) {
        return fail(RESEAU_ERROR_TOO_MANY_FILES);
    }
    record->given_fd = fd;
    options = options_for(record);
    return begun(record, reseau_adopt(fd, 0, &options));
}

int sock_hijack(intptr_t uuid) {
    struct record *record = find(uuid);
    int fd = record == NULL || record->is_listener ? -1 : reseau_detach((reseau_id)uuid);
    if (fd >= 0 && forget(record)) {
        release(record, 2); /* the table's and the connection's */
    }
    if (record != NULL) {
        release(record, 1);
    }
    return fd < 0 ? -1 : fd;
}

/* ---- State ---- */

int sock_isvalid(intptr_t uuid) {
    struct record *record = find(uuid);
    if (record != NULL) {
        release(record, 1);
    }
    return record != NULL;
}

int sock_isclosed(intptr_t uuid) {
    struct record *record = find(uuid);
    int is_closed = record == NULL;
    if (record != NULL) {
        pthread_mutex_lock(&s_lock);
        is_closed = record->is_closing;
        pthread_mutex_unlock(&s_lock);
        release(record, 1);
    }
    return is_closed;
}

static socklen_t parse_peer(const struct reseau_address *address, struct sockaddr_storage *peer) {
    struct reseau_ip ip;
    memset(peer, 0, sizeof(*peer));
    if (address->family == 0 || reseau_ip_parse(address->text, &ip) != 0) {
        return 0;
    }
    if (ip.family == 4) {
        struct sockaddr_in *ipv4 = (struct sockaddr_in *)peer;
        ipv4->sin_family = AF_INET;
        ipv4->sin_port = htons(address->port);
        memcpy(&ipv4->sin_addr, ip.bytes, 4);
        return sizeof(*ipv4);
    } else {
        struct sockaddr_in6 *ipv6 = (struct sockaddr_in6 *)peer;
        ipv6->sin6_family = AF_INET6;
        ipv6->sin6_port = htons(address->port);
        ipv6->sin6_scope_id = ip.scope;
        memcpy(&ipv6->sin6_addr, ip.bytes, 16);
        return sizeof(*ipv6);
    }
}

sock_peer_addr_s sock_peer_addr(intptr_t uuid) {
    sock_peer_addr_s result = {0, NULL};
    struct reseau_address address;
    struct sockaddr_storage peer;
    struct record *record = find(uuid);
    if (record == NULL) {
        return result;
    }
    if (!record->is_listener && reseau_peer_address((reseau_id)uuid, &address) == 0) {
        socklen_t length = parse_peer(&address, &peer);
        pthread_mutex_lock(&s_lock);
        if (record->peer_length == 0) {
            record->peer = peer;
            record->peer_length = length;
        }
        pthread_mutex_unlock(&s_lock);
        if (length > 0) {
            result.addrlen = (uint32_t)length;
            result.addr = (struct sockaddr *)&record->peer;
        }
    }
    release(record, 1);
    return result;
}

intptr_t sock_fd2uuid(int fd) {
    intptr_t uuid = 0;
    pthread_mutex_lock(&s_lock);
    if (fd >= 0 && (size_t)fd < s_by_fd_size) {
        uuid = s_by_fd[fd];
    }
    pthread_mutex_unlock(&s_lock);
    return uuid == 0 ? -1 : uuid;
}

int sock_uuid2fd(intptr_t uuid) {
    struct record *record = find(uuid);
    int fd = -1;
    if (record != NULL) {
        fd = record->wait_fd;
        release(record, 1);
    }
    return fd;
}

int sock_close_info(intptr_t uuid, struct reseau_close_info *info) {
    memset(info, 0, sizeof(*info));
    info->size = sizeof(*info);
    return reseau_close_info((reseau_id)uuid, info) == 0 ? 0 : -1;
}

/* ---- The connection itself ---- */

static ssize_t default_read(intptr_t uuid, void *udata, void *buf, size_t count) {
    int64_t read = reseau_try_read((reseau_id)uuid, buf, count);
    (void)udata;
    if (read == RESEAU_ERROR_WOULD_BLOCK || read == RESEAU_ERROR_BUSY) {
        errno = EAGAIN;
        return -1;
    }
    if (read < 0) {
        errno = ECONNRESET;
        return -1;
    }
    return (ssize_t)read;
}

static ssize_t default_write(intptr_t uuid, void *udata, const void *buf, size_t count) {
    int64_t written = reseau_write((reseau_id)uuid, buf, count);
    (void)udata;
    if (written < 0) {
        errno = written == RESEAU_ERROR_NO_ROOM ? EAGAIN : EPIPE;
        return -1;
    }
    return (ssize_t)written;
}

static ssize_t default_flush(intptr_t uuid, void *udata) {
    (void)uuid;
    (void)udata;
    return 0;
}

static void default_on_close(intptr_t uuid, struct sock_rw_hook_s *rw_hook, void *udata) {
    (void)uuid;
    (void)rw_hook;
    (void)udata;
}

const sock_rw_hook_s SOCK_DEFAULT_HOOKS = {default_read, default_write, default_flush, default_on_close};

/* ---- Reading ---- */

static ssize_t read_by(struct record *record, void *buf, size_t count) {
    void *udata;
    sock_rw_hook_s *hooks = hooks_of(record, &udata);
    return hooks != NULL && hooks->read != NULL ? hooks->read(record->uuid, udata, buf, count)
                                                : default_read(record->uuid, NULL, buf, count);
}

static int is_nothing(ssize_t result) {
    return result < 0 && (errno == EAGAIN || errno == EWOULDBLOCK || errno == EINTR);
}

ssize_t sock_read(intptr_t uuid, void *buf, size_t count) {
    struct record *record = find(uuid);
    ssize_t result;
    if (record == NULL || record->is_listener) {
        if (record != NULL) {
            release(record, 1);
        }
        errno = EBADF;
        return -1;
    }
    result = count == 0 ? 0 : read_by(record, buf, count);
    if (is_nothing(result)) {
        /* What comes from here on is signaled again, and what came before is read. */
        clear_signal(record);
        result = read_by(record, buf, count);
        if (!is_nothing(result)) {
            raise_signal(record);
        }
    }
    if (count == 0 || is_nothing(result)) {
        result = 0;
    } else if (result <= 0) {
        sock_close(uuid);
        result = -1;
    } else {
        sock_touch(uuid);
    }
    release(record, 1);
    return result;
}

/* ---- Writing ---- */

static int fd_of(const sock_write_info_s *info) {
    return info->is_pfd ? *(const int *)info->buffer : (int)info->data_fd;
}

/* The memory or file of a packet goes back to the program. */
static void release_source(sock_write_info_s *info) {
    if (info->is_pfd) {
        if (info->dealloc != NULL) {
            info->dealloc((void *)(uintptr_t)info->buffer);
        } else {
            close(fd_of(info));
            free((void *)(uintptr_t)info->buffer);
        }
    } else if (info->is_fd) {
        if (info->close != NULL) {
            info->close(info->data_fd);
        } else {
            close((int)info->data_fd);
        }
    } else if (info->dealloc != NULL) {
        info->dealloc((void *)(uintptr_t)info->buffer);
    } else {
        free((void *)(uintptr_t)info->buffer);
    }
}

static void release_packet(struct packet *packet) {
    release_source(&packet->info);
    free(packet);
}

static void count_packets(struct record *record, int change) {
    pthread_mutex_lock(&s_lock);
    record->packets += (size_t)change;
    pthread_mutex_unlock(&s_lock);
}

/* For reseau_write_owned(): the packet has gone, one way or the other. */
static void on_sent(void *data, void *argument) {
    struct packet *packet = (struct packet *)argument;
    struct record *record = packet->record;
    (void)data;
    release_packet(packet);
    count_packets(record, -1);
    release(record, 1);
}

/* How much there is of a file, behind the offset. */
static int measure(sock_write_info_s *info) {
    struct stat status;
    if (info->offset < 0 || fstat(fd_of(info), &status) != 0 || !S_ISREG(status.st_mode)) {
        return -1;
    }
    if (status.st_size <= info->offset) {
        info->length = 0;
    } else if (info->length > (uintptr_t)(status.st_size - info->offset)) {
        info->length = (uintptr_t)(status.st_size - info->offset);
    }
    return 0;
}

/* Without hooks. Takes the packet over. */
static int64_t write_plain(struct record *record, struct packet *packet) {
    sock_write_info_s *info = &packet->info;
    int64_t result;
    if (info->is_fd || info->is_pfd) {
        result = reseau_send_descriptor(
            (reseau_id)record->uuid, fd_of(info), (uint64_t)info->offset, (int64_t)info->length, 0);
        release_packet(packet);
        return result;
    }
    if (info->urgent) {
        result = reseau_write_front((reseau_id)record->uuid, (const char *)info->buffer + info->offset, info->length);
        release_packet(packet);
        return result;
    }
    pthread_mutex_lock(&s_lock);
    record->references++;
    record->packets++;
    pthread_mutex_unlock(&s_lock);
    return reseau_write_owned(
        (reseau_id)record->uuid, (const char *)info->buffer + info->offset, info->length, on_sent, packet);
}

/* One call of the hook for the first packet. */
static ssize_t send_first(struct record *record, struct packet *packet, sock_rw_hook_s *hooks, void *udata) {
    char piece[FILE_PIECE];
    const void *data = (const char *)packet->info.buffer + packet->offset;
    size_t length = packet->length;
    if (packet->info.is_fd || packet->info.is_pfd) {
        ssize_t read =
            pread(fd_of(&packet->info), piece, length < sizeof(piece) ? length : sizeof(piece), packet->offset);
        if (read <= 0) {
            errno = EIO;
            return -1;
        }
        data = piece;
        length = (size_t)read;
    }
    return hooks->write != NULL ? hooks->write(record->uuid, udata, data, length)
                                : default_write(record->uuid, NULL, data, length);
}

/* So much of the first packet has been sent. */
static void settle(struct record *record, struct packet *packet, size_t sent) {
    int is_whole;
    pthread_mutex_lock(&s_lock);
    packet->length -= sent;
    packet->offset += (off_t)sent;
    record->queued -= packet->info.is_fd || packet->info.is_pfd ? 0 : sent;
    is_whole = packet->length == 0;
    if (is_whole) {
        record->first = packet->next;
        record->packets--;
    }
    pthread_mutex_unlock(&s_lock);
    if (is_whole) {
        release_packet(packet);
    }
}

/* Sends until a hook would block. 1: something is left; 0: nothing is; -1: it failed. */
static int send_queue(struct record *record) {
    void *udata;
    sock_rw_hook_s *hooks = hooks_of(record, &udata);
    ssize_t rest;
    while (hooks != NULL) {
        struct packet *packet;
        ssize_t sent;
        pthread_mutex_lock(&s_lock);
        packet = record->first;
        pthread_mutex_unlock(&s_lock);
        if (packet == NULL) {
            break;
        }
        sent = send_first(record, packet, hooks, udata);
        if (sent == 0 || is_nothing(sent)) {
            return 1;
        }
        if (sent < 0) {
            return -1;
        }
        settle(record, packet, (size_t)sent);
    }
    rest = hooks != NULL && hooks->flush != NULL ? hooks->flush(record->uuid, udata) : 0;
    return rest < 0 && !is_nothing(rest) ? -1 : rest != 0;
}

/* One thread sends; others have it look again. */
static int flush_hooks(struct record *record) {
    int result = 1;
    int goes_on = 1;
    int closes;
    pthread_mutex_lock(&s_lock);
    if (record->is_sending) {
        record->sends_again = 1;
        pthread_mutex_unlock(&s_lock);
        return 1;
    }
    record->is_sending = 1;
    pthread_mutex_unlock(&s_lock);
    while (goes_on) {
        result = send_queue(record);
        pthread_mutex_lock(&s_lock);
        goes_on = record->sends_again && result == 0;
        record->sends_again = 0;
        record->is_sending = goes_on;
        closes = record->is_closing && record->first == NULL && result == 0;
        pthread_mutex_unlock(&s_lock);
        if (closes) {
            reseau_close((reseau_id)record->uuid);
        }
    }
    if (result < 0) {
        reseau_abort((reseau_id)record->uuid);
    }
    return result;
}

static int64_t write_by_hooks(struct record *record, struct packet *packet) {
    int is_file = packet->info.is_fd || packet->info.is_pfd;
    int has_room;
    pthread_mutex_lock(&s_lock);
    has_room = is_file || record->queued + packet->length <= SOCK_MAX_PENDING;
    if (has_room) {
        record->queued += is_file ? 0 : packet->length;
        record->packets++;
        if (record->first == NULL) {
            record->first = record->last = packet;
        } else if (packet->info.urgent && !is_file) {
            /* The first may have begun. */
            packet->next = record->first->next;
            record->first->next = packet;
            record->last = packet->next == NULL ? packet : record->last;
        } else {
            record->last->next = packet;
            record->last = packet;
        }
    }
    pthread_mutex_unlock(&s_lock);
    if (!has_room) {
        release_packet(packet);
        return RESEAU_ERROR_NO_ROOM;
    }
    return flush_hooks(record) < 0 ? RESEAU_ERROR_CLOSED : 0;
}

ssize_t sock_write2_fn(sock_write_info_s options) {
    struct record *record = find(options.uuid);
    struct packet *packet = NULL;
    void *udata;
    int64_t result = RESEAU_ERROR_CLOSED;
    int is_file = options.is_fd || options.is_pfd;
    int is_open = record != NULL && !record->is_listener && !sock_isclosed(options.uuid);
    if (is_open && (is_file ? measure(&options) == 0 : options.buffer != NULL)) {
        packet = options.length == 0 ? NULL : (struct packet *)calloc(1, sizeof(*packet));
        result = options.length == 0 ? 0 : RESEAU_ERROR_NO_MEMORY;
    }
    if (packet == NULL) {
        if (is_file || options.buffer != NULL) {
            release_source(&options);
        }
    } else {
        packet->record = record;
        packet->info = options;
        packet->length = options.length;
        packet->offset = (off_t)options.offset;
        result = hooks_of(record, &udata) == NULL ? write_plain(record, packet) : write_by_hooks(record, packet);
        if (result >= 0) {
            sock_touch(options.uuid);
        } else if (result == RESEAU_ERROR_NO_ROOM) {
            reseau_abort((reseau_id)options.uuid); /* a peer that reads too slowly */
        }
    }
    if (record != NULL) {
        release(record, 1);
    }
    errno = result < 0 ? EPIPE : errno;
    return result < 0 ? -1 : 0;
}

/* ---- Flushing and closing ---- */

static void close_listener(struct record *listener) {
    struct record *waiting;
    struct record *next;
    reseau_close((reseau_id)listener->uuid);
    if (!forget(listener)) {
        return;
    }
    pthread_mutex_lock(&s_lock);
    waiting = listener->first_waiting;
    listener->first_waiting = NULL;
    pthread_mutex_unlock(&s_lock);
    for (; waiting != NULL; waiting = next) {
        next = waiting->next_waiting;
        reseau_abort((reseau_id)waiting->uuid);
        release(waiting, 1);
    }
    report_close(listener);
}

static void close_record(intptr_t uuid, int is_abort) {
    struct record *record = find(uuid);
    int is_queued;
    if (record == NULL) {
        return;
    }
    if (record->is_listener) {
        close_listener(record);
        release(record, 1);
        return;
    }
    pthread_mutex_lock(&s_lock);
    record->is_closing = 1;
    is_queued = record->first != NULL || record->hooks != NULL;
    pthread_mutex_unlock(&s_lock);
    if (is_abort) {
        reseau_abort((reseau_id)uuid);
    } else if (is_queued) {
        flush_hooks(record);
    } else {
        reseau_close((reseau_id)uuid);
    }
    release(record, 1);
}

void sock_close(intptr_t uuid) {
    close_record(uuid, 0);
}

void sock_force_close(intptr_t uuid) {
    close_record(uuid, 1);
}

ssize_t sock_flush(intptr_t uuid) {
    struct record *record = find(uuid);
    void *udata;
    int64_t pending;
    int result = 0;
    if (record == NULL) {
        return -1;
    }
    if (!record->is_listener && hooks_of(record, &udata) != NULL) {
        result = flush_hooks(record);
    }
    pending = record->is_listener ? 0 : reseau_pending((reseau_id)uuid);
    release(record, 1);
    return result < 0 || pending < 0 ? -1 : result != 0 || pending > 0;
}

void sock_flush_strong(intptr_t uuid) {
    while (sock_flush(uuid) == 1) {
        /* Until the hooks may go on; on a loop's thread that would be never. */
        if (reseau_flush((reseau_id)uuid) != 0) {
            return;
        }
    }
}

void sock_flush_all(void) {
    size_t i;
    for (i = 0; i < BUCKETS; i++) {
        intptr_t uuids[64];
        size_t count = 0;
        size_t j;
        struct record *record;
        pthread_mutex_lock(&s_lock);
        for (record = s_buckets[i]; record != NULL && count < 64; record = record->next) {
            uuids[count] = record->uuid;
            count += record->hooks != NULL;
        }
        pthread_mutex_unlock(&s_lock);
        for (j = 0; j < count; j++) {
            sock_flush(uuids[j]);
        }
    }
}

size_t sock_pending(intptr_t uuid) {
    struct record *record = find(uuid);
    size_t packets = 0;
    if (record != NULL && !record->is_listener) {
        pthread_mutex_lock(&s_lock);
        packets = record->packets;
        pthread_mutex_unlock(&s_lock);
        if (packets == 0 && reseau_pending((reseau_id)uuid) > 0) {
            packets = 1; /* a file, say */
        }
    }
    if (record != NULL) {
        release(record, 1);
    }
    return packets;
}

int sock_has_pending(intptr_t uuid) {
    return sock_pending(uuid) > 0;
}

/* ---- Hooks ---- */

int sock_rw_hook_set(intptr_t uuid, sock_rw_hook_s *rw_hooks, void *udata) {
    struct record *record = find(uuid);
    int result = -1;
    if (record == NULL) {
        return -1;
    }
    if (!record->is_listener) {
        pthread_mutex_lock(&s_lock);
        record->hooks = rw_hooks == &SOCK_DEFAULT_HOOKS ? NULL : rw_hooks;
        record->udata = udata;
        pthread_mutex_unlock(&s_lock);
        raise_signal(record); /* they may see something in what is there */
        result = 0;
    }
    release(record, 1);
    return result;
}

struct sock_rw_hook_s *sock_rw_hook_get(intptr_t uuid) {
    struct record *record = find(uuid);
    sock_rw_hook_s *hooks = NULL;
    void *udata;
    if (record != NULL) {
        hooks = hooks_of(record, &udata);
        if (hooks == NULL) {
            hooks = (sock_rw_hook_s *)(uintptr_t)&SOCK_DEFAULT_HOOKS;
        }
        release(record, 1);
    }
    return hooks;
}

void *sock_rw_udata(intptr_t uuid) {
    struct record *record = find(uuid);
    void *udata = NULL;
    if (record != NULL) {
        hooks_of(record, &udata);
        release(record, 1);
    }
    return udata;
}
