/* SPDX-License-Identifier: Apache-2.0 */
#include "native.h"

#include <pthread.h>
#include <signal.h>
#include <stdlib.h>
#include <time.h>

/*
 * Writes of a round wait for its end. A callback that computes for long, or blocks, be it for the reply, keeps the
 * round from ending: then a thread sends what has waited. It sees bytes and numbers alone, nothing of Python's, so that
 * it needs no lock of the interpreter's, which the callback may have.
 */

/* So often it looks for writes that were there at its last look. It takes about a thousandth of a processor while
 * writes are gathered, and none after that time without one. */
#define LOOK_NS 5000000

struct overdue {
    struct runner *runner;
    pthread_t thread;

    /* Guards what both threads see of a runner (native.h), and the rest of this. */
    pthread_mutex_t lock;
    pthread_cond_t wake;
    int is_ending;
    int is_asleep;

    /* Threads are not forked: in a child there is none, and the lock may be another's forever. */
    int forks;
};

static int s_forks;

static void s_forked(void) {
    ++s_forks;
}

static void s_watch_forks(void) {
    pthread_atfork(NULL, NULL, s_forked);
}

static void s_look_later(struct overdue *self) {
    struct timespec end;
    clock_gettime(CLOCK_MONOTONIC, &end);
    end.tv_nsec += LOOK_NS;
    if (end.tv_nsec >= 1000000000) {
        end.tv_nsec -= 1000000000;
        ++end.tv_sec;
    }
    pthread_cond_timedwait(&self->wake, &self->lock, &end);
}

/* Until something is written that waits. */
static void s_sleep(struct overdue *self) {
    self->is_asleep = 1;
    pthread_cond_wait(&self->wake, &self->lock);
    self->is_asleep = 0;
}

/* So many of those that wait were there at the last look. */
static Py_ssize_t s_old(const struct runner *runner, uint64_t seen) {
    uint64_t first = runner->gathered - (uint64_t)runner->send_count;
    return seen > first ? (Py_ssize_t)(seen - first) : 0;
}

static void *s_run(void *argument) {
    struct overdue *self = argument;
    struct runner *runner = self->runner;
    pthread_mutex_lock(&self->lock);
    while (!self->is_ending) {
        uint64_t seen = runner->gathered;
        s_look_later(self);
        if (self->is_ending || runner->is_sending) {
            continue;
        }
        if (runner->gathered == seen && runner->sent_late == runner->send_count) {
            s_sleep(self);
            continue;
        }
        for (Py_ssize_t old = s_old(runner, seen); runner->sent_late < old;) {
            send_alone(&runner->sends[runner->sent_late++]);
        }
    }
    pthread_mutex_unlock(&self->lock);
    return NULL;
}

static int s_init(struct overdue *self) {
    pthread_condattr_t attributes;
    if (pthread_condattr_init(&attributes) != 0) {
        return -1;
    }
    int status = pthread_condattr_setclock(&attributes, CLOCK_MONOTONIC);
    status = status != 0 ? status : pthread_cond_init(&self->wake, &attributes);
    pthread_condattr_destroy(&attributes);
    if (status != 0) {
        return -1;
    }
    status = pthread_mutex_init(&self->lock, NULL);
    if (status != 0) {
        pthread_cond_destroy(&self->wake);
    }
    return status;
}

static void s_clean_up(struct overdue *self) {
    pthread_cond_destroy(&self->wake);
    pthread_mutex_destroy(&self->lock);
}

/* Signals are for the program's threads. */
static int s_start(struct overdue *self) {
    sigset_t all, before;
    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, &before);
    int status = pthread_create(&self->thread, NULL, s_run, self);
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    return status;
}

struct overdue *overdue_new(struct runner *runner) {
    static pthread_once_t s_once = PTHREAD_ONCE_INIT;
    pthread_once(&s_once, s_watch_forks);
    struct overdue *self = calloc(1, sizeof(*self));
    if (self == NULL) {
        return NULL;
    }
    self->runner = runner;
    self->forks = s_forks;
    if (s_init(self) != 0) {
        free(self);
        return NULL;
    }
    if (s_start(self) != 0) {
        s_clean_up(self);
        free(self);
        return NULL;
    }
    return self;
}

int overdue_is_here(const struct overdue *self) {
    return self->forks == s_forks;
}

void overdue_lock(struct overdue *self) {
    if (self != NULL && overdue_is_here(self)) {
        pthread_mutex_lock(&self->lock);
    }
}

void overdue_unlock(struct overdue *self) {
    if (self != NULL && overdue_is_here(self)) {
        pthread_mutex_unlock(&self->lock);
    }
}

void overdue_wake(struct overdue *self) {
    if (self->is_asleep) {
        pthread_cond_signal(&self->wake);
    }
}

void overdue_free(struct overdue *self) {
    if (overdue_is_here(self)) {
        pthread_mutex_lock(&self->lock);
        self->is_ending = 1;
        pthread_cond_signal(&self->wake);
        pthread_mutex_unlock(&self->lock);
        pthread_join(self->thread, NULL);
        s_clean_up(self);
    }
    free(self);
}
