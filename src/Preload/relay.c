/* SPDX-License-Identifier: Apache-2.0 */
#include "relay.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

enum { BUFFER_SIZE = 64 * 1024, EVENTS_MAX = 64 };

struct flow {
    char *bytes;
    size_t start;
    size_t end;
    bool is_over;
};

struct pump {
    /* The thread's, until it has ended, and that of a file. */
    atomic_int references;
    /* Its end of the pair is closed, and nothing moves any more. */
    atomic_bool has_ended;
    struct pump *next;
    struct pump *previous;
    /* A descriptor of its own of the socket in user space. */
    int number;
    int far_end;
    bool is_listener;
    /* A listener's: somebody has asked for connections. */
    bool is_wanted;
    /* Its reader is the pump. */
    atomic_bool has_taken_over;
    struct flow out;
    struct flow in;
    /* What the socket is watched for. */
    uint32_t watched;
    /* A listener's: a connection that did not fit. */
    int waiting;
};

atomic_bool relay_has_listeners;

static pthread_mutex_t s_lock = PTHREAD_MUTEX_INITIALIZER;
/* Held while the thread has ends of a pair that are in no pump: no child is made then, which would keep them open. */
static pthread_mutex_t s_fork = PTHREAD_MUTEX_INITIALIZER;
static struct pump *s_pumps;
static bool s_is_running;
/* The system's epoll, and ours, whose own descriptor is in the first. */
static int s_system = -1;
static int s_events = -1;

static void add_to_list(struct pump *pump) {
    pthread_mutex_lock(&s_lock);
    pump->next = s_pumps;
    pump->previous = NULL;
    if (s_pumps != NULL) {
        s_pumps->previous = pump;
    }
    s_pumps = pump;
    pthread_mutex_unlock(&s_lock);
}

static void release(struct pump *pump) {
    if (atomic_fetch_sub(&pump->references, 1) == 1) {
        free(pump);
    }
}

static void end_pump(struct pump *pump) {
    pthread_mutex_lock(&s_fork);
    pthread_mutex_lock(&s_lock);
    if (pump->previous == NULL) {
        s_pumps = pump->next;
    } else {
        pump->previous->next = pump->next;
    }
    if (pump->next != NULL) {
        pump->next->previous = pump->previous;
    }
    atomic_store(&pump->has_ended, true);
    pthread_mutex_unlock(&s_lock);
    REAL(close)(pump->far_end);
    pthread_mutex_unlock(&s_fork);
    reseau_uclose(pump->number);
    if (pump->waiting > 0) {
        reseau_uclose(pump->waiting);
    }
    free(pump->out.bytes);
    free(pump->in.bytes);
    release(pump);
}

/* Both are watched by edges: whoever runs a pump goes on until neither side has more. */
static bool watch(struct pump *pump) {
    struct epoll_event event = {.events = EPOLLIN | EPOLLOUT | EPOLLRDHUP | EPOLLET, .data = {.ptr = pump}};
    struct epoll_event quiet = {.events = EPOLLET, .data = {.ptr = pump}};
    return reseau_uepoll_ctl(s_events, EPOLL_CTL_ADD, pump->number, &quiet) == 0 &&
           REAL(epoll_ctl)(s_system, EPOLL_CTL_ADD, pump->far_end, &event) == 0;
}

/* Of a socket that others read from, and a listener that nobody has asked for, the thread is not notified. */
static void watch_socket(struct pump *pump) {
    uint32_t events = EPOLLET;
    if (pump->is_listener) {
        events |= pump->is_wanted ? EPOLLIN : 0;
    } else if (atomic_load(&pump->has_taken_over)) {
        events |= EPOLLIN | EPOLLOUT | EPOLLRDHUP;
    } else if (pump->out.start < pump->out.end) {
        events |= EPOLLOUT;
    }
    if (events != pump->watched) {
        struct epoll_event event = {.events = events, .data = {.ptr = pump}};
        reseau_uepoll_ctl(s_events, EPOLL_CTL_MOD, pump->number, &event);
        pump->watched = events;
    }
}

static struct pump *new_pump(int number, int far_end, bool is_listener) {
    struct pump *pump = calloc(1, sizeof(struct pump));
    if (pump == NULL) {
        return NULL;
    }
    atomic_init(&pump->references, 1);
    pump->number = number;
    pump->far_end = far_end;
    pump->is_listener = is_listener;
    pump->watched = EPOLLET;
    if (!is_listener) {
        pump->out.bytes = malloc(BUFFER_SIZE);
        pump->in.bytes = malloc(BUFFER_SIZE);
        if (pump->out.bytes == NULL || pump->in.bytes == NULL) {
            free(pump->out.bytes);
            free(pump->in.bytes);
            free(pump);
            return NULL;
        }
    }
    add_to_list(pump);
    return pump;
}

/* ---- Connections ---- */

/* False when the source has nothing now. */
static bool fill(struct flow *flow, ssize_t count) {
    if (count > 0) {
        flow->end = (size_t)count;
    } else if (count == 0 || (errno != EAGAIN && errno != EINTR)) {
        flow->is_over = true;
    }
    return count > 0;
}

/* False when the sink takes no more now. */
static bool drain(struct flow *flow, ssize_t count) {
    if (count >= 0) {
        flow->start += (size_t)count;
    } else if (errno != EAGAIN && errno != EINTR) {
        flow->is_over = true;
        flow->start = flow->end;
    }
    if (flow->start == flow->end) {
        flow->start = flow->end = 0;
    }
    return count > 0;
}

/* From the program that has the pair to the socket. */
static void move_out(struct pump *pump) {
    struct flow *flow = &pump->out;
    while (!flow->is_over) {
        if (flow->start == flow->end &&
            !fill(flow, REAL(recvfrom)(pump->far_end, flow->bytes, BUFFER_SIZE, MSG_DONTWAIT, NULL, NULL))) {
            if (flow->is_over) {
                reseau_ushutdown(pump->number, SHUT_WR);
            }
            return;
        }
        size_t length = flow->end - flow->start;
        int flags = MSG_DONTWAIT | MSG_NOSIGNAL;
        if (!drain(flow, reseau_usend(pump->number, flow->bytes + flow->start, length, flags))) {
            if (flow->is_over) {
                REAL(shutdown)(pump->far_end, SHUT_RD);
            }
            return;
        }
    }
}

/* From the socket to the program that has the pair. */
static void move_in(struct pump *pump) {
    struct flow *flow = &pump->in;
    while (!flow->is_over) {
        if (flow->start == flow->end &&
            !fill(flow, reseau_urecv(pump->number, flow->bytes, BUFFER_SIZE, MSG_DONTWAIT))) {
            if (flow->is_over) {
                REAL(shutdown)(pump->far_end, SHUT_WR);
            }
            return;
        }
        size_t length = flow->end - flow->start;
        int flags = MSG_DONTWAIT | MSG_NOSIGNAL;
        if (!drain(flow, REAL(sendto)(pump->far_end, flow->bytes + flow->start, length, flags, NULL, 0))) {
            return;
        }
    }
}

static bool has_hung_up(struct pump *pump) {
    struct pollfd far_end = {.fd = pump->far_end};
    struct timespec now = {0};
    return REAL(ppoll)(&far_end, 1, &now, NULL) > 0 && (far_end.revents & POLLHUP) != 0;
}

/* False when it has ended. */
static bool run_connection(struct pump *pump) {
    bool is_left = has_hung_up(pump);
    move_out(pump);
    if (atomic_load(&pump->has_taken_over)) {
        move_in(pump);
    }
    /* Everybody has closed the pair: what they wrote before has been moved, or waits for room. */
    return !(pump->out.is_over && (pump->in.is_over || is_left));
}

/* ---- Listeners ---- */

static void set_nonblocking(int descriptor, int number) {
    int flags = reseau_ufcntl(number, F_GETFL, 0);
    if (flags >= 0 && (flags & O_NONBLOCK) != 0) {
        REAL(fcntl)(descriptor, F_SETFL, O_RDWR | O_NONBLOCK);
    }
}

static void ask_names(int number, struct name *local, struct name *peer) {
    local->length = sizeof(local->address);
    if (reseau_ugetsockname(number, (struct sockaddr *)&local->address, &local->length) != 0) {
        local->length = 0;
    }
    peer->length = sizeof(peer->address);
    if (reseau_ugetpeername(number, (struct sockaddr *)&peer->address, &peer->length) != 0) {
        peer->length = 0;
    }
}

static bool send_descriptor(int far_end, int descriptor, const struct handed *handed) {
    union {
        struct cmsghdr header;
        char bytes[CMSG_SPACE(sizeof(int))];
    } control = {0};
    struct iovec piece = {.iov_base = (void *)handed, .iov_len = sizeof(*handed)};
    struct msghdr message = {
        .msg_iov = &piece, .msg_iovlen = 1, .msg_control = control.bytes, .msg_controllen = sizeof(control.bytes)};
    struct cmsghdr *header = CMSG_FIRSTHDR(&message);
    header->cmsg_level = SOL_SOCKET;
    header->cmsg_type = SCM_RIGHTS;
    header->cmsg_len = CMSG_LEN(sizeof(int));
    memcpy(CMSG_DATA(header), &descriptor, sizeof(int));
    return REAL(sendmsg)(far_end, &message, MSG_DONTWAIT | MSG_NOSIGNAL) >= 0;
}

/* With the other end of a new pair sent to whoever asks first; NULL when there is no room. */
static struct pump *send_connection(struct pump *pump, const struct handed *handed) {
    int ends[2];
    if (REAL(socketpair)(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends) != 0) {
        return NULL;
    }
    bool is_sent = send_descriptor(pump->far_end, ends[1], handed);
    struct pump *connection = is_sent ? new_pump(pump->waiting, ends[0], false) : NULL;
    REAL(close)(ends[1]);
    if (connection == NULL) {
        REAL(close)(ends[0]);
    }
    return connection;
}

/* Gives the connection that waits to whoever asks first. False, and it waits still, when there is no room. */
static bool hand_connection(struct pump *pump) {
    struct handed handed = {0};
    ask_names(pump->waiting, &handed.local, &handed.peer);
    handed.domain = ((struct sockaddr *)&handed.local.address)->sa_family;
    handed.type = SOCK_STREAM;
    pthread_mutex_lock(&s_fork);
    struct pump *connection = send_connection(pump, &handed);
    pthread_mutex_unlock(&s_fork);
    if (connection == NULL) {
        return false;
    }
    pump->waiting = 0;
    atomic_store(&connection->has_taken_over, true);
    if (watch(connection)) {
        watch_socket(connection);
    } else {
        end_pump(connection);
    }
    return true;
}

static bool run_listener(struct pump *pump) {
    char wanted[sizeof(struct handed)];
    ssize_t count;
    while ((count = REAL(recvfrom)(pump->far_end, wanted, sizeof(wanted), MSG_DONTWAIT, NULL, NULL)) > 0) {
        pump->is_wanted = true;
    }
    if (count == 0 || has_hung_up(pump)) {
        /* A child has ended it for everybody by shutdown(); or nobody has it any more. Who notices may listen again. */
        atomic_store(&pump->has_ended, true);
        reseau_ushutdown(pump->number, SHUT_RDWR);
        return false;
    }
    while (pump->is_wanted) {
        if (pump->waiting <= 0) {
            struct pollfd ready = {.fd = pump->number, .events = POLLIN};
            if (reseau_upoll(&ready, 1, 0) <= 0) {
                break;
            }
            /* Another thread may be quicker, and a listener that blocks would not come back. */
            int flags = reseau_ufcntl(pump->number, F_GETFL, 0);
            reseau_ufcntl(pump->number, F_SETFL, flags | O_NONBLOCK);
            pump->waiting = reseau_uaccept4(pump->number, NULL, NULL, 0);
        }
        if (pump->waiting <= 0 || !hand_connection(pump)) {
            break;
        }
    }
    return true;
}

/* ---- The thread ---- */

static void run(struct pump *pump) {
    bool goes_on = pump->is_listener ? run_listener(pump) : run_connection(pump);
    if (goes_on) {
        watch_socket(pump);
    } else {
        end_pump(pump);
    }
}

/* It may have ended by an earlier event of the same batch. */
static bool is_alive(struct pump *wanted) {
    pthread_mutex_lock(&s_lock);
    struct pump *pump = s_pumps;
    while (pump != NULL && pump != wanted) {
        pump = pump->next;
    }
    pthread_mutex_unlock(&s_lock);
    return pump != NULL;
}

static void run_all(struct epoll_event *events, int count) {
    for (int i = 0; i < count; i++) {
        struct pump *pump = events[i].data.ptr;
        if (pump != NULL && is_alive(pump)) {
            run(pump);
        }
    }
}

static void *run_pumps(void *unused) {
    (void)unused;
    struct epoll_event events[EVENTS_MAX];
    while (true) {
        int count = reseau_uepoll_wait(s_events, events, EVENTS_MAX, 0);
        run_all(events, count);
        if (count <= 0) {
            run_all(events, REAL(epoll_pwait2)(s_system, events, EVENTS_MAX, NULL, NULL));
        }
    }
    return NULL;
}

static bool start(void) {
    if (s_is_running) {
        return true;
    }
    s_system = REAL(epoll_create1)(EPOLL_CLOEXEC);
    s_events = reseau_uepoll_create1(EPOLL_CLOEXEC);
    struct epoll_event event = {.events = EPOLLIN};
    int descriptor = s_events < 0 ? -1 : reseau_uepoll_descriptor(s_events);
    pthread_t thread;
    sigset_t all, before;
    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, &before);
    s_is_running = s_system >= 0 && descriptor >= 0 &&
                   REAL(epoll_ctl)(s_system, EPOLL_CTL_ADD, descriptor, &event) == 0 &&
                   pthread_create(&thread, NULL, run_pumps, NULL) == 0;
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    if (s_is_running) {
        pthread_detach(thread);
    }
    return s_is_running;
}

/* ---- From this process ---- */

struct replaced {
    struct file *file;
    int near_end;
    bool is_done;
};

static void replace(int descriptor, struct entry *entry, void *state) {
    struct replaced *replaced = state;
    if (atomic_load(&entry->file) != replaced->file) {
        return;
    }
    int flags = REAL(fcntl)(descriptor, F_GETFD);
    bool is_closed_by_exec = flags >= 0 && (flags & FD_CLOEXEC) != 0;
    if (REAL(dup3)(replaced->near_end, descriptor, is_closed_by_exec ? O_CLOEXEC : 0) < 0) {
        replaced->is_done = false;
    }
}

bool relay_prepare(struct file *file, int number) {
    int ends[2];
    int type = (file->is_listening ? SOCK_SEQPACKET : SOCK_STREAM) | SOCK_CLOEXEC;
    if (!start() || REAL(socketpair)(AF_UNIX, type, 0, ends) != 0) {
        return false;
    }
    set_nonblocking(ends[1], number);
    ask_names(number, &file->local, &file->peer);
    struct replaced replaced = {.file = file, .near_end = ends[1], .is_done = true};
    table_each(replace, &replaced);
    REAL(close)(ends[1]);
    int copy = replaced.is_done ? reseau_udup(number) : -1;
    struct pump *pump = copy < 0 ? NULL : new_pump(copy, ends[0], file->is_listening);
    if (pump == NULL) {
        if (copy >= 0) {
            reseau_uclose(copy);
        }
        REAL(close)(ends[0]);
        return false;
    }
    atomic_fetch_add(&pump->references, 1);
    file->pump = pump;
    return watch(pump);
}

bool relay_is_prepared(struct file *file) {
    if (file->pump != NULL && atomic_load(&file->pump->has_ended)) {
        release(file->pump);
        file->pump = NULL;
    }
    return file->pump != NULL;
}

void relay_take_over(struct pump *pump) {
    pthread_mutex_lock(&s_lock);
    if (atomic_load(&pump->has_ended)) {
        pthread_mutex_unlock(&s_lock);
        release(pump);
        return;
    }
    atomic_store(&pump->has_taken_over, true);
    /* As if something had happened: the thread looks at it. */
    struct epoll_event event = {.events = EPOLLIN | EPOLLOUT | EPOLLRDHUP | EPOLLET, .data = {.ptr = pump}};
    REAL(epoll_ctl)(s_system, EPOLL_CTL_MOD, pump->far_end, &event);
    pthread_mutex_unlock(&s_lock);
    release(pump);
}

struct given_up {
    struct file *file;
    int numbers[16];
    int count;
};

static void give_up(int descriptor, struct entry *entry, void *state) {
    (void)descriptor;
    struct given_up *given = state;
    if (atomic_load(&entry->file) == given->file && given->count < 16) {
        int number = atomic_exchange(&entry->number, 0);
        given->numbers[given->count] = number;
        given->count += number > 0;
    }
}

bool relay_hand_over(int descriptor) {
    table_lock();
    struct entry *entry = table_find(descriptor);
    int number = entry == NULL ? 0 : atomic_load(&entry->number);
    struct file *file = entry == NULL ? NULL : atomic_load(&entry->file);
    struct given_up given = {.file = file};
    bool is_possible = number > 0 && file->type == SOCK_STREAM && !file->is_listening &&
                       (relay_is_prepared(file) || relay_prepare(file, number));
    struct pump *pump = NULL;
    if (is_possible) {
        pump = file->pump;
        file->pump = NULL;
        file->is_relayed = true;
        table_each(give_up, &given);
    }
    table_unlock();
    if (pump != NULL) {
        relay_take_over(pump);
    }
    for (int i = 0; i < given.count; i++) {
        reseau_uclose(given.numbers[i]);
    }
    return is_possible;
}

/* ---- From the child ---- */

void relay_hold(void) {
    pthread_mutex_lock(&s_fork);
}

void relay_release(void) {
    pthread_mutex_unlock(&s_fork);
}

void relay_forked(void) {
    for (struct pump *pump = s_pumps; pump != NULL; pump = pump->next) {
        REAL(close)(pump->far_end);
    }
    s_pumps = NULL;
    if (s_system >= 0) {
        REAL(close)(s_system);
    }
    s_system = s_events = -1;
    s_is_running = false;
    pthread_mutex_init(&s_lock, NULL);
    pthread_mutex_init(&s_fork, NULL);
}

void relay_announce(int descriptor) {
    struct entry *entry = table_find(descriptor);
    if (entry == NULL || atomic_load(&entry->file) == NULL) {
        return;
    }
    table_lock();
    struct file *file = atomic_load(&entry->file);
    bool is_first = file != NULL && file->is_relayed && file->is_listening && !file->is_announced;
    if (is_first) {
        file->is_announced = true;
    }
    table_unlock();
    if (is_first) {
        REAL(sendto)(descriptor, RELAY_WANTED, 1, MSG_DONTWAIT | MSG_NOSIGNAL, NULL, 0);
    }
}

static int receive_descriptor(int descriptor, struct handed *handed, int flags) {
    union {
        struct cmsghdr header;
        char bytes[CMSG_SPACE(sizeof(int))];
    } control = {0};
    struct iovec piece = {.iov_base = handed, .iov_len = sizeof(*handed)};
    struct msghdr message = {
        .msg_iov = &piece, .msg_iovlen = 1, .msg_control = control.bytes, .msg_controllen = sizeof(control.bytes)};
    ssize_t count = REAL(recvmsg)(descriptor, &message, (flags & SOCK_CLOEXEC) != 0 ? MSG_CMSG_CLOEXEC : 0);
    struct cmsghdr *header = count < 0 ? NULL : CMSG_FIRSTHDR(&message);
    int received = -1;
    if (header != NULL && header->cmsg_type == SCM_RIGHTS) {
        memcpy(&received, CMSG_DATA(header), sizeof(int));
    } else if (count >= 0) {
        errno = EINVAL; /* the parent is gone */
    }
    return received;
}

int relay_accept(int descriptor, struct sockaddr *address, socklen_t *length, int flags) {
    relay_announce(descriptor);
    struct handed handed;
    int received = receive_descriptor(descriptor, &handed, flags);
    if (received < 0) {
        return -1;
    }
    if ((flags & SOCK_NONBLOCK) != 0) {
        REAL(fcntl)(received, F_SETFL, O_RDWR | O_NONBLOCK);
    }
    struct entry *entry = table_make(received);
    struct file *file = entry == NULL ? NULL : calloc(1, sizeof(struct file));
    if (file == NULL) {
        REAL(close)(received);
        errno = ENOBUFS;
        return -1;
    }
    file->references = 1;
    file->domain = handed.domain;
    file->type = handed.type;
    file->protocol = handed.protocol;
    file->is_relayed = true;
    file->local = handed.local;
    file->peer = handed.peer;
    table_lock();
    atomic_store(&entry->file, file);
    table_unlock();
    if (address != NULL && length != NULL) {
        memcpy(address, &handed.peer.address, *length < handed.peer.length ? *length : handed.peer.length);
        *length = handed.peer.length;
    }
    return received;
}
