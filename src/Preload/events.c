/* SPDX-License-Identifier: Apache-2.0 */
#include "readiness.h"
#include "relay.h"

#include <errno.h>

/*
 * epoll. A descriptor of the system's keeps what is the system's; what is ours is in an epoll descriptor of ours beside
 * it, whose own descriptor of the system's is in the first: that one waits for both.
 */

/* The data of that descriptor, which no program's is by chance. */
static const uint64_t s_mark = UINT64_C(0x7265736561752121);

PRELOAD_EXPORT int epoll_create1(int flags) {
    int descriptor = REAL(epoll_create1)(flags);
    if (descriptor >= 0 && table_events(descriptor, true) == NULL) {
        REAL(close)(descriptor);
        errno = ENOMEM;
        return -1;
    }
    return descriptor;
}

PRELOAD_EXPORT int epoll_create(int size) {
    if (size <= 0) {
        errno = EINVAL;
        return -1;
    }
    return epoll_create1(0);
}

/* Our epoll descriptor beside the system's; -1 and errno. */
static int own_number(int epoll, struct events *events) {
    int number = atomic_load(&events->number);
    if (number >= 0) {
        return number;
    }
    table_lock();
    number = atomic_load(&events->number);
    if (number < 0) {
        number = reseau_uepoll_create1(EPOLL_CLOEXEC);
        int descriptor = number < 0 ? -1 : reseau_uepoll_descriptor(number);
        struct epoll_event event = {.events = EPOLLIN, .data = {.u64 = s_mark}};
        if (number >= 0 && (descriptor < 0 || REAL(epoll_ctl)(epoll, EPOLL_CTL_ADD, descriptor, &event) != 0)) {
            int error = errno;
            reseau_uclose(number);
            errno = error;
            number = -1;
        }
        if (number >= 0) {
            atomic_store(&events->number, number);
        }
    }
    table_unlock();
    return number;
}

/* Makes it readable, once: whoever asks finds out whether there is something. */
static void signal_watchers(struct events *events) {
    int number = atomic_load(&events->number);
    int descriptor = number < 0 ? -1 : reseau_uepoll_descriptor(number);
    uint64_t one = 1;
    if (descriptor >= 0 && REAL(write)(descriptor, &one, sizeof(one)) < 0) {
        return; /* it is readable already */
    }
}

void events_are_watched(int descriptor) {
    struct events *events = table_events(descriptor, false);
    if (events != NULL && !atomic_exchange(&events->is_watched, true)) {
        signal_watchers(events);
    }
}

static int change_system(int epoll, int operation, int descriptor, struct epoll_event *event) {
    events_are_watched(descriptor);
    struct pollfd listener = {.fd = descriptor};
    announce_listeners(&listener, 1);
    struct events *events = table_events(epoll, false);
    int result = REAL(epoll_ctl)(epoll, operation, descriptor, event);
    if (result == 0 && events != NULL && operation == EPOLL_CTL_ADD) {
        atomic_fetch_add(&events->system_count, 1);
    }
    return result;
}

PRELOAD_EXPORT int epoll_ctl(int epoll, int operation, int descriptor, struct epoll_event *event) {
    int number = table_socket(descriptor);
    if (number == 0) {
        return change_system(epoll, operation, descriptor, event);
    }
    struct events *events = table_events(epoll, false);
    if (events == NULL) {
        /* It was made where we did not see it, and may have anything of the system's. */
        events = table_events(epoll, true);
        if (events == NULL) {
            errno = EBADF;
            return -1;
        }
        atomic_fetch_add(&events->system_count, 1);
    }
    int own = own_number(epoll, events);
    if (own < 0) {
        return -1;
    }
    int result = reseau_uepoll_ctl(own, operation, number, event);
    if (result == 0 && atomic_load(&events->is_watched)) {
        signal_watchers(events);
    }
    return result;
}

/* Takes the mark out; how many are left. */
static int without_mark(struct epoll_event *events, int count) {
    int kept = 0;
    for (int i = 0; i < count; i++) {
        if (events[i].data.u64 != s_mark) {
            events[kept++] = events[i];
        }
    }
    return kept;
}

static int wait_for_both(
    int epoll, struct events *own, struct epoll_event *events, int capacity, int64_t deadline, const sigset_t *mask) {
    int number = atomic_load(&own->number);
    while (true) {
        /* Nothing: from here on its descriptor says when there is something. */
        int ours = reseau_uepoll_wait(number, events, capacity, 0);
        if (ours < 0 || ours == capacity || (ours > 0 && atomic_load(&own->system_count) == 0)) {
            return ours;
        }
        struct timespec left;
        struct timespec *timeout = time_until(ours > 0 ? 0 : deadline, &left);
        int found = REAL(epoll_pwait2)(epoll, events + ours, capacity - ours, timeout, mask);
        if (found < 0) {
            return ours > 0 ? ours : -1;
        }
        int count = ours + without_mark(events + ours, found);
        if (count > 0 || found == 0) {
            return count;
        }
    }
}

PRELOAD_EXPORT int epoll_pwait2(
    int epoll, struct epoll_event *events, int capacity, const struct timespec *timeout, const sigset_t *mask) {
    struct events *own = atomic_load_explicit(&table_is_used, memory_order_relaxed) ? table_events(epoll, false) : NULL;
    /* Ours is there before the wait, also while it has nothing: another thread may give it a socket during the wait. */
    if (own == NULL || capacity <= 0 || events == NULL || own_number(epoll, own) < 0) {
        return REAL(epoll_pwait2)(epoll, events, capacity, timeout, mask);
    }
    int count = wait_for_both(epoll, own, events, capacity, deadline_after(timeout), mask);
    if (count > 0 && atomic_load(&own->is_watched)) {
        signal_watchers(own);
    }
    return count;
}

PRELOAD_EXPORT int epoll_pwait(int epoll, struct epoll_event *events, int capacity, int timeout, const sigset_t *mask) {
    struct timespec time = {.tv_sec = timeout / 1000, .tv_nsec = timeout % 1000 * 1000000};
    return epoll_pwait2(epoll, events, capacity, timeout < 0 ? NULL : &time, mask);
}

PRELOAD_EXPORT int epoll_wait(int epoll, struct epoll_event *events, int capacity, int timeout) {
    return epoll_pwait(epoll, events, capacity, timeout, NULL);
}
