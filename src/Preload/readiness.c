/* SPDX-License-Identifier: Apache-2.0 */
#include "readiness.h"
#include "relay.h"

#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

/*
 * poll() and select(), of our sockets, of the system's descriptors, and of both at once: then the system waits, and an
 * epoll descriptor of ours, which each thread has for that, wakes it up by one of the system's.
 */

enum { ON_STACK = 64, EVENTS_MAX = 16 };

int64_t deadline_after(const struct timespec *timeout) {
    if (timeout == NULL) {
        return INT64_MAX;
    }
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    int64_t wait = timeout->tv_sec > INT_MAX ? (int64_t)INT_MAX * 1000000000 : timeout->tv_sec * INT64_C(1000000000);
    return now.tv_sec * INT64_C(1000000000) + now.tv_nsec + wait + timeout->tv_nsec;
}

struct timespec *time_until(int64_t deadline, struct timespec *left) {
    if (deadline == INT64_MAX) {
        return NULL;
    }
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    int64_t nanoseconds = deadline - (now.tv_sec * INT64_C(1000000000) + now.tv_nsec);
    nanoseconds = nanoseconds < 0 ? 0 : nanoseconds;
    left->tv_sec = nanoseconds / 1000000000;
    left->tv_nsec = nanoseconds % 1000000000;
    return left;
}

/* Rounded up: no wait is too short. */
static int milliseconds_until(int64_t deadline) {
    struct timespec left;
    if (time_until(deadline, &left) == NULL) {
        return -1;
    }
    int64_t milliseconds = left.tv_sec * INT64_C(1000) + (left.tv_nsec + 999999) / 1000000;
    return milliseconds > INT_MAX ? INT_MAX : (int)milliseconds;
}

/* ---- What a thread waits with ---- */

struct waker {
    int number;
    int descriptor;
    pid_t process;
    struct waker *next;
};

static pthread_key_t s_key;
static pthread_once_t s_key_once = PTHREAD_ONCE_INIT;

/* Those of threads that have ended, for others: a thread that ends cannot call the library any more. */
static struct waker *s_spare;

static void leave_waker(void *state) {
    struct waker *waker = state;
    waker->next = __atomic_load_n(&s_spare, __ATOMIC_RELAXED);
    while (!__atomic_compare_exchange_n(&s_spare, &waker->next, waker, true, __ATOMIC_RELEASE, __ATOMIC_RELAXED)) {
    }
}

/* Takes all, and leaves those that are too many again: what is taken alone might be another by then. */
static struct waker *take_waker(void) {
    struct waker *taken = __atomic_exchange_n(&s_spare, NULL, __ATOMIC_ACQUIRE);
    struct waker *rest = taken != NULL ? taken->next : NULL;
    while (rest != NULL) {
        struct waker *waker = rest;
        rest = rest->next;
        leave_waker(waker);
    }
    if (taken != NULL) {
        pthread_setspecific(s_key, taken);
    }
    return taken;
}

static void make_key(void) {
    pthread_key_create(&s_key, leave_waker);
}

static struct waker *own_waker(void) {
    pthread_once(&s_key_once, make_key);
    struct waker *waker = pthread_getspecific(s_key);
    if (waker == NULL) {
        waker = take_waker();
    }
    if (waker != NULL && waker->process == getpid()) {
        return waker;
    }
    int number = reseau_uepoll_create1(EPOLL_CLOEXEC);
    int descriptor = number < 0 ? -1 : reseau_uepoll_descriptor(number);
    if (waker == NULL && descriptor >= 0) {
        waker = malloc(sizeof(struct waker));
    }
    if (waker == NULL || descriptor < 0) {
        if (number >= 0) {
            reseau_uclose(number);
        }
        errno = ENOMEM;
        return NULL;
    }
    *waker = (struct waker){.number = number, .descriptor = descriptor, .process = getpid()};
    pthread_setspecific(s_key, waker);
    return waker;
}

/* ---- poll() ---- */

struct poll_list {
    /* The program's. */
    struct pollfd *wanted;
    nfds_t count;
    /* As our sockets see them, and as the system does; the last of the system's is the waker's. */
    struct pollfd *ours;
    struct pollfd *systems;
    nfds_t our_count;
};

static void split(struct poll_list *list) {
    for (nfds_t i = 0; i < list->count; i++) {
        int descriptor = list->wanted[i].fd;
        int number = table_socket(descriptor);
        short events = list->wanted[i].events;
        list->ours[i] = (struct pollfd){.fd = number != 0 ? number : -1, .events = events};
        list->systems[i] = (struct pollfd){.fd = number != 0 ? -1 : descriptor, .events = events};
        list->our_count += number != 0;
    }
    list->systems[list->count] = (struct pollfd){.fd = -1};
}

static int join(struct poll_list *list) {
    int ready = 0;
    for (nfds_t i = 0; i < list->count; i++) {
        bool is_ours = list->ours[i].fd >= 0;
        list->wanted[i].revents = is_ours ? list->ours[i].revents : list->systems[i].revents;
        ready += list->wanted[i].revents != 0;
    }
    return ready;
}

static void change_watches(struct waker *waker, struct poll_list *list, int operation) {
    for (nfds_t i = 0; i < list->count; i++) {
        if (list->ours[i].fd < 0) {
            continue;
        }
        /* The same socket twice: whatever anybody asks for. */
        struct epoll_event event = {.events = (uint32_t)(unsigned short)list->ours[i].events | EPOLLRDHUP};
        if (reseau_uepoll_ctl(waker->number, operation, list->ours[i].fd, &event) != 0 && errno == EEXIST) {
            event.events = EPOLLIN | EPOLLOUT | EPOLLRDHUP;
            reseau_uepoll_ctl(waker->number, EPOLL_CTL_MOD, list->ours[i].fd, &event);
        }
    }
}

/* How many are ready, of both kinds. */
static int wait_for_both(struct poll_list *list, struct waker *waker, int64_t deadline, const sigset_t *mask) {
    struct epoll_event events[EVENTS_MAX];
    while (true) {
        /* Nothing: from here on the descriptor says when there is something. */
        reseau_uepoll_wait(waker->number, events, EVENTS_MAX, 0);
        int our_ready = reseau_upoll(list->ours, list->count, 0);
        struct timespec left;
        struct timespec *timeout = time_until(our_ready > 0 ? 0 : deadline, &left);
        int ready = REAL(ppoll)(list->systems, list->count + 1, timeout, mask);
        if (ready < 0 && our_ready <= 0) {
            return -1;
        }
        bool is_woken = list->systems[list->count].revents != 0;
        if (our_ready > 0 || ready == 0 || ready > is_woken) {
            return join(list);
        }
    }
}

static int poll_both(struct poll_list *list, int64_t deadline, const sigset_t *mask) {
    struct waker *waker = own_waker();
    if (waker == NULL) {
        return -1;
    }
    list->systems[list->count] = (struct pollfd){.fd = waker->descriptor, .events = POLLIN};
    change_watches(waker, list, EPOLL_CTL_ADD);
    int ready = wait_for_both(list, waker, deadline, mask);
    int error = errno;
    change_watches(waker, list, EPOLL_CTL_DEL);
    errno = error;
    return ready;
}

static int poll_ours(struct poll_list *list, int64_t deadline) {
    int ready = reseau_upoll(list->ours, list->count, milliseconds_until(deadline));
    return ready < 0 ? -1 : join(list);
}

void announce_listeners(const struct pollfd *descriptors, nfds_t count) {
    if (!atomic_load_explicit(&relay_has_listeners, memory_order_relaxed)) {
        return;
    }
    for (nfds_t i = 0; i < count; i++) {
        relay_announce(descriptors[i].fd);
    }
}

/* An epoll descriptor that is asked whether it is readable has to say so also of what is ours. */
static void note_epolls(const struct pollfd *descriptors, nfds_t count) {
    for (nfds_t i = 0; i < count; i++) {
        events_are_watched(descriptors[i].fd);
    }
}

static int poll_list(struct pollfd *descriptors, nfds_t count, const struct timespec *timeout, const sigset_t *mask) {
    struct pollfd on_stack[2 * ON_STACK + 1];
    struct pollfd *room = count <= ON_STACK ? on_stack : malloc((2 * count + 1) * sizeof(struct pollfd));
    if (room == NULL) {
        errno = ENOMEM;
        return -1;
    }
    struct poll_list list = {.wanted = descriptors, .count = count, .ours = room, .systems = room + count};
    split(&list);
    nfds_t asked = 0;
    for (nfds_t i = 0; i < count; i++) {
        asked += descriptors[i].fd >= 0;
    }
    int64_t deadline = deadline_after(timeout);
    int ready = list.our_count == 0                       ? REAL(ppoll)(descriptors, count, timeout, mask)
                : list.our_count == asked && mask == NULL ? poll_ours(&list, deadline)
                                                          : poll_both(&list, deadline, mask);
    if (room != on_stack) {
        int error = errno;
        free(room);
        errno = error;
    }
    return ready;
}

PRELOAD_EXPORT int
ppoll(struct pollfd *descriptors, nfds_t count, const struct timespec *timeout, const sigset_t *mask) {
    if (!atomic_load_explicit(&table_is_used, memory_order_relaxed) || descriptors == NULL || count > INT_MAX / 2) {
        return REAL(ppoll)(descriptors, count, timeout, mask);
    }
    announce_listeners(descriptors, count);
    note_epolls(descriptors, count);
    return poll_list(descriptors, count, timeout, mask);
}

PRELOAD_EXPORT int poll(struct pollfd *descriptors, nfds_t count, int timeout) {
    struct timespec time = {.tv_sec = timeout / 1000, .tv_nsec = timeout % 1000 * 1000000};
    return ppoll(descriptors, count, timeout < 0 ? NULL : &time, NULL);
}

_Noreturn void __chk_fail(void);

PRELOAD_EXPORT int __poll_chk(struct pollfd *descriptors, nfds_t count, int timeout, size_t room) {
    if (room / sizeof(struct pollfd) < count) {
        __chk_fail();
    }
    return poll(descriptors, count, timeout);
}

PRELOAD_EXPORT int __ppoll_chk(
    struct pollfd *descriptors, nfds_t count, const struct timespec *timeout, const sigset_t *mask, size_t room) {
    if (room / sizeof(struct pollfd) < count) {
        __chk_fail();
    }
    return ppoll(descriptors, count, timeout, mask);
}

/* ---- select() ---- */

/* Sets may be longer than the type is. */
static bool has(const fd_set *set, int descriptor) {
    const unsigned long *words = (const unsigned long *)set;
    int bits = 8 * (int)sizeof(unsigned long);
    return set != NULL && (words[descriptor / bits] >> (descriptor % bits) & 1) != 0;
}

static void put(fd_set *set, int descriptor, bool is_in) {
    if (set == NULL) {
        return;
    }
    unsigned long *words = (unsigned long *)set;
    int bits = 8 * (int)sizeof(unsigned long);
    unsigned long bit = 1UL << (descriptor % bits);
    words[descriptor / bits] = is_in ? words[descriptor / bits] | bit : words[descriptor / bits] & ~bit;
}

static bool any_is_ours(int count, const fd_set *in, const fd_set *out, const fd_set *except) {
    if (!atomic_load_explicit(&table_is_used, memory_order_relaxed)) {
        return false;
    }
    for (int i = 0; i < count; i++) {
        struct entry *entry = has(in, i) || has(out, i) || has(except, i) ? table_find(i) : NULL;
        if (entry != NULL && (atomic_load(&entry->file) != NULL || atomic_load(&entry->events) != NULL)) {
            return true;
        }
    }
    return false;
}

/* The answer, in the sets; how many bits, or -1 for a descriptor that is not open. */
static int answer(const struct pollfd *polled, nfds_t count, fd_set *in, fd_set *out, fd_set *except) {
    int bits = 0;
    for (nfds_t i = 0; i < count; i++) {
        if ((polled[i].revents & POLLNVAL) != 0) {
            errno = EBADF;
            return -1;
        }
    }
    for (nfds_t i = 0; i < count; i++) {
        int descriptor = polled[i].fd;
        short ready = polled[i].revents;
        bool is_in = has(in, descriptor) && (ready & (POLLIN | POLLRDNORM | POLLHUP | POLLERR)) != 0;
        bool is_out = has(out, descriptor) && (ready & (POLLOUT | POLLWRNORM | POLLERR)) != 0;
        bool is_except = has(except, descriptor) && (ready & POLLPRI) != 0;
        put(in, descriptor, is_in);
        put(out, descriptor, is_out);
        put(except, descriptor, is_except);
        bits += is_in + is_out + is_except;
    }
    return bits;
}

static short wanted_events(bool in, bool out, bool except) {
    int events = (in ? POLLIN | POLLRDNORM : 0) | (out ? POLLOUT | POLLWRNORM : 0);
    return (short)(events | (except ? POLLPRI : 0));
}

PRELOAD_EXPORT int pselect(
    int count,
    fd_set *restrict in,
    fd_set *restrict out,
    fd_set *restrict except,
    const struct timespec *restrict timeout,
    const sigset_t *restrict mask) {
    if (count < 0 || !any_is_ours(count, in, out, except)) {
        return REAL(pselect)(count, in, out, except, timeout, mask);
    }
    struct pollfd *polled = malloc((size_t)count * sizeof(struct pollfd));
    if (polled == NULL) {
        errno = ENOMEM;
        return -1;
    }
    nfds_t used = 0;
    for (int i = 0; i < count; i++) {
        short events = wanted_events(has(in, i), has(out, i), has(except, i));
        if (events != 0) {
            polled[used++] = (struct pollfd){.fd = i, .events = events};
        }
    }
    int ready = ppoll(polled, used, timeout, mask);
    int result = ready < 0 ? -1 : answer(polled, used, in, out, except);
    int error = errno;
    free(polled);
    errno = error;
    return result;
}

PRELOAD_EXPORT int select(
    int count, fd_set *restrict in, fd_set *restrict out, fd_set *restrict except, struct timeval *restrict timeout) {
    struct timespec time;
    if (timeout != NULL) {
        if (timeout->tv_sec < 0 || timeout->tv_usec < 0) {
            errno = EINVAL;
            return -1;
        }
        /* The system takes more than a second's microseconds. */
        time.tv_sec = timeout->tv_sec + timeout->tv_usec / 1000000;
        time.tv_nsec = timeout->tv_usec % 1000000 * 1000;
    }
    int64_t deadline = deadline_after(timeout == NULL ? NULL : &time);
    int result = pselect(count, in, out, except, timeout == NULL ? NULL : &time, NULL);
    if (timeout != NULL) {
        struct timespec left = {0};
        time_until(deadline, &left);
        timeout->tv_sec = left.tv_sec;
        timeout->tv_usec = left.tv_nsec / 1000;
    }
    return result;
}

/* ---- Other names of the C library's for them ---- */

extern __typeof__(poll) __poll PRELOAD_ALIAS(poll);
extern __typeof__(select) __select PRELOAD_ALIAS(select);
