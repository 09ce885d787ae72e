/* SPDX-License-Identifier: Apache-2.0 */
#include "relay.h"
#include "table.h"

#include <errno.h>
#include <stdlib.h>

enum { CHUNK_SIZE = 1024, CHUNK_COUNT = 1024 };

atomic_bool table_is_used;

static pthread_mutex_t s_lock = PTHREAD_MUTEX_INITIALIZER;
static _Atomic(struct entry *) s_chunks[CHUNK_COUNT];
static pid_t s_process;
static struct events *s_spare;

void table_lock(void) {
    pthread_mutex_lock(&s_lock);
}

void table_unlock(void) {
    pthread_mutex_unlock(&s_lock);
}

__attribute__((constructor)) static void note_process(void) {
    s_process = getpid();
}

bool table_is_own(void) {
    return getpid() == s_process;
}

struct entry *table_find(int descriptor) {
    if (descriptor < 0 || descriptor >= CHUNK_SIZE * CHUNK_COUNT) {
        return NULL;
    }
    struct entry *chunk = atomic_load_explicit(&s_chunks[descriptor / CHUNK_SIZE], memory_order_acquire);
    return chunk == NULL ? NULL : chunk + descriptor % CHUNK_SIZE;
}

struct entry *table_make(int descriptor) {
    if (descriptor < 0 || descriptor >= CHUNK_SIZE * CHUNK_COUNT) {
        return NULL;
    }
    _Atomic(struct entry *) *slot = &s_chunks[descriptor / CHUNK_SIZE];
    struct entry *chunk = atomic_load_explicit(slot, memory_order_acquire);
    if (chunk == NULL) {
        struct entry *made = calloc(CHUNK_SIZE, sizeof(struct entry));
        if (made == NULL) {
            return NULL;
        }
        if (atomic_compare_exchange_strong(slot, &chunk, made)) {
            chunk = made;
        } else {
            free(made);
        }
        atomic_store(&table_is_used, true);
    }
    return chunk + descriptor % CHUNK_SIZE;
}

struct file *table_file(int descriptor) {
    struct entry *entry = table_find(descriptor);
    return entry == NULL ? NULL : atomic_load(&entry->file);
}

bool table_relayed(int descriptor, struct file *into) {
    if (!atomic_load_explicit(&table_is_used, memory_order_relaxed)) {
        return false;
    }
    struct entry *entry = table_find(descriptor);
    if (entry == NULL || atomic_load(&entry->file) == NULL) {
        return false;
    }
    table_lock();
    struct file *file = atomic_load(&entry->file);
    bool is_relayed = file != NULL && file->is_relayed;
    if (is_relayed && into != NULL) {
        *into = *file;
    }
    table_unlock();
    return is_relayed;
}

static void put(struct entry *entry, int number, struct file *file) {
    table_lock();
    file->references++;
    atomic_store(&entry->file, file);
    atomic_store_explicit(&entry->number, number, memory_order_release);
    table_unlock();
}

int table_reserve(int number, int domain, int type, int protocol) {
    int descriptor = REAL(socket)(AF_UNIX, SOCK_STREAM | (type & SOCK_CLOEXEC), 0);
    struct entry *entry = descriptor < 0 ? NULL : table_make(descriptor);
    struct file *file = entry == NULL ? NULL : calloc(1, sizeof(struct file));
    if (file == NULL) {
        int error = descriptor < 0 ? errno : entry == NULL ? EMFILE : ENOBUFS;
        if (descriptor >= 0) {
            REAL(close)(descriptor);
        }
        reseau_uclose(number);
        errno = error;
        return -1;
    }
    file->domain = domain;
    file->type = type & ~(SOCK_NONBLOCK | SOCK_CLOEXEC);
    file->protocol = protocol;
    put(entry, number, file);
    return descriptor;
}

/* Under the lock. */
static void release_events(struct events *events) {
    if (events == NULL || --events->references > 0) {
        return;
    }
    int number = atomic_exchange(&events->number, -1);
    if (number > 0) {
        reseau_uclose(number);
    }
    events->next_spare = s_spare;
    s_spare = events;
}

/* Under the lock. */
static struct events *new_events(void) {
    struct events *events = s_spare;
    if (events == NULL) {
        events = calloc(1, sizeof(struct events));
    } else {
        s_spare = events->next_spare;
    }
    if (events != NULL) {
        events->references = 1;
        atomic_store(&events->number, -1);
        atomic_store(&events->system_count, 0);
        atomic_store(&events->is_watched, false);
    }
    return events;
}

void table_forget(int descriptor) {
    struct entry *entry = table_find(descriptor);
    if (entry == NULL || (atomic_load(&entry->file) == NULL && atomic_load(&entry->events) == NULL)) {
        return;
    }
    table_lock();
    int number = atomic_exchange(&entry->number, 0);
    struct file *file = atomic_exchange(&entry->file, NULL);
    struct pump *pump = NULL;
    bool is_last = file != NULL && --file->references == 0;
    if (is_last) {
        pump = file->pump;
        free(file);
    }
    release_events(atomic_exchange(&entry->events, NULL));
    table_unlock();
    /* Children may have it still. */
    if (pump != NULL) {
        relay_take_over(pump);
    }
    if (number > 0) {
        reseau_uclose(number);
    }
}

int table_close(int descriptor) {
    table_forget(descriptor);
    return REAL(close)(descriptor);
}

int table_copied(int descriptor, int made) {
    struct entry *from = table_find(descriptor);
    if (made < 0 || from == NULL) {
        return made;
    }
    table_lock();
    struct file *file = atomic_load(&from->file);
    struct events *events = atomic_load(&from->events);
    struct entry *to = file != NULL || events != NULL ? table_make(made) : NULL;
    int number = atomic_load(&from->number);
    int copy = file == NULL || number == 0 || to == NULL ? 0 : reseau_udup(number);
    bool is_lost = (file != NULL || events != NULL) && (to == NULL || copy < 0);
    if (to != NULL && !is_lost) {
        if (file != NULL) {
            file->references++;
        }
        if (events != NULL) {
            events->references++;
        }
        atomic_store(&to->events, events);
        atomic_store(&to->file, file);
        atomic_store(&to->number, copy);
    }
    table_unlock();
    if (is_lost) {
        REAL(close)(made);
        errno = EMFILE;
        return -1;
    }
    return made;
}

void table_each(void (*visit)(int descriptor, struct entry *entry, void *state), void *state) {
    for (int i = 0; i < CHUNK_COUNT; i++) {
        struct entry *chunk = atomic_load(&s_chunks[i]);
        for (int k = 0; chunk != NULL && k < CHUNK_SIZE; k++) {
            if (atomic_load(&chunk[k].file) != NULL || atomic_load(&chunk[k].events) != NULL) {
                visit(i * CHUNK_SIZE + k, &chunk[k], state);
            }
        }
    }
}

/* What was ours is the system's from here on: the other end of the pair is the parent's. */
static void leave_to_parent(int descriptor, struct entry *entry, void *state) {
    (void)descriptor;
    (void)state;
    atomic_store(&entry->number, 0);
    struct file *file = atomic_load(&entry->file);
    if (file != NULL) {
        file->is_relayed = true;
        file->pump = NULL;
    }
    struct events *events = atomic_load(&entry->events);
    if (events != NULL) {
        atomic_store(&events->number, -1);
    }
}

void table_forked(void) {
    pthread_mutex_init(&s_lock, NULL);
    s_process = getpid();
    table_each(leave_to_parent, NULL);
}

struct events *table_events(int descriptor, bool is_needed) {
    struct entry *entry = is_needed ? table_make(descriptor) : table_find(descriptor);
    struct events *events = entry == NULL ? NULL : atomic_load(&entry->events);
    if (events != NULL || !is_needed || entry == NULL) {
        return events;
    }
    table_lock();
    events = atomic_load(&entry->events);
    if (events == NULL && (events = new_events()) != NULL) {
        atomic_store(&entry->events, events);
    }
    table_unlock();
    return events;
}
