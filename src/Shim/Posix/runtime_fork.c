/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What a forked child needs of the managed runtime, which does not expect forks:
 *
 * - The list of its threads, which each thread changes under a lock when it begins and when it ends. A thread that
 *   forks holds this lock. It records its owner, and the child's only thread has another id: there the lock is
 *   initialized again. The parent's other threads leave the list. Their entries are thread-local, in memory that the C
 *   library reuses for the child's next threads: the list would become a circle.
 * - The mark of the thread that starts the runtime. Each thread that enters managed code for the first time holds it
 *   for a few instructions, and others wait for it. In the child nobody holds it.
 * - The start itself. A fork waits for its end.
 *
 * The linker sends two of the runtime's C++ functions here (--wrap), which shows where list and lock are. check_link.sh
 * fails if the runtime no longer calls them, and the start fails if they are laid out otherwise.
 */
#include "runtime_fork.h"

#include <pthread.h>
#include <stddef.h>
#include <stdint.h>

/* ThreadStore::Create(), CrstStatic::Init() */
void *__real__ZN11ThreadStore6CreateEP15RuntimeInstance(void *runtime);
void *__wrap__ZN11ThreadStore6CreateEP15RuntimeInstance(void *runtime);
void __real__ZN10CrstStatic4InitE8CrstType9CrstFlags(void *lock, int type, int flags);
void __wrap__ZN10CrstStatic4InitE8CrstType9CrstFlags(void *lock, int type, int flags);

/* ThreadStore::LockThreadStore(), UnlockThreadStore(), Iterator(), Iterator::GetNext(); Thread::Detach() */
void _ZN11ThreadStore15LockThreadStoreEv(void *threads);
void _ZN11ThreadStore17UnlockThreadStoreEv(void *threads);
void _ZN11ThreadStore8IteratorC1Ev(void **position);
void *_ZN11ThreadStore8Iterator7GetNextEv(void **position);
void _ZN6Thread6DetachEv(void *thread);

/* The calling thread's. */
void *RhpGetThread(void);

/* A map by which signal handlers find their thread; .NET 9 has none. */
void _Z28RemoveThreadFromAsyncSafeMapmPv(size_t id, void *thread) __attribute__((weak));

/* A variable beside the two that say which thread starts the runtime, and by what function. */
extern uint64_t _ZN6Thread26s_DeadThreadsNonAllocBytesE;

void __real_RhSetRuntimeInitializationCallback(int (*start)(void));

/* Thread::EnsureRuntimeInitialized() */
void _ZN6Thread24EnsureRuntimeInitializedEv(void *thread);

static pthread_mutex_t s_start = PTHREAD_MUTEX_INITIALIZER;
static bool s_has_started;
static bool s_is_making_threads;
static char s_not_a_thread[1];

/* Its first word is the list's first thread. */
static void **s_threads;

/* Where in a thread the next one is. */
static size_t s_next;

/* The thread that starts the runtime, and the function by which it does. */
static void **s_starting_thread;
static void **s_start_callback;

static struct {
    void *address;
    int type;
    int flags;
} s_lock;

void __wrap__ZN10CrstStatic4InitE8CrstType9CrstFlags(void *lock, int type, int flags) {
    __real__ZN10CrstStatic4InitE8CrstType9CrstFlags(lock, type, flags);
    if (s_is_making_threads) {
        s_lock.address = lock;
        s_lock.type = type;
        s_lock.flags = flags;
    }
}

void *__wrap__ZN11ThreadStore6CreateEP15RuntimeInstance(void *runtime) {
    s_is_making_threads = true;
    s_threads = __real__ZN11ThreadStore6CreateEP15RuntimeInstance(runtime);
    s_is_making_threads = false;
    return s_threads;
}

static void **s_link_after(void *thread) {
    return (void **)((char *)thread + s_next);
}

/* What an iterator reads from a thread whose every word is its own number. */
static bool s_find_next(void) {
    uintptr_t thread[256];
    for (size_t i = 0; i < 256; ++i) {
        thread[i] = i;
    }
    void *position = thread;
    if (_ZN11ThreadStore8Iterator7GetNextEv(&position) != (void *)thread || (uintptr_t)position >= 256) {
        return false;
    }
    s_next = (uintptr_t)position * sizeof(void *);
    return true;
}

static bool s_knows_list(void) {
    if (s_threads == NULL || s_lock.address == NULL || !s_find_next()) {
        return false;
    }
    _ZN11ThreadStore15LockThreadStoreEv(s_threads);
    void *position = NULL;
    _ZN11ThreadStore8IteratorC1Ev(&position);
    bool is_first = position != NULL && position == *s_threads;
    _ZN11ThreadStore17UnlockThreadStoreEv(s_threads);
    return is_first;
}

/* Called as if the runtime started: one variable is the thread, the other this function. */
static int s_look_for_start(void) {
    const uintptr_t near = (uintptr_t)&_ZN6Thread26s_DeadThreadsNonAllocBytesE;
    for (uintptr_t address = near - 128; address < near + 128; address += sizeof(void *)) {
        void **word = (void **)address;
        if (*word == s_not_a_thread) {
            s_starting_thread = word;
        } else if (*word == (void *)(uintptr_t)s_look_for_start) {
            s_start_callback = word;
        }
    }
    return 0;
}

void reseau_runtime_is_loaded(void) {
    __real_RhSetRuntimeInitializationCallback(s_look_for_start);
    _ZN6Thread24EnsureRuntimeInitializedEv(s_not_a_thread);
}

void reseau_runtime_start_begins(void) {
    pthread_mutex_lock(&s_start);
}

bool reseau_runtime_start_ends(void) {
    s_has_started = s_starting_thread != NULL && s_start_callback != NULL && s_knows_list();
    pthread_mutex_unlock(&s_start);
    return s_has_started;
}

/* Detach() also returns what each has reserved of the managed heap. */
static void s_forget_threads(void) {
    void *own = RhpGetThread();
    void **link = s_threads;
    while (*link != NULL) {
        void *thread = *link;
        if (thread == own) {
            link = s_link_after(thread);
            continue;
        }
        *link = *s_link_after(thread);
        _ZN6Thread6DetachEv(thread);
        if (_Z28RemoveThreadFromAsyncSafeMapmPv != NULL) {
            _Z28RemoveThreadFromAsyncSafeMapmPv(0, thread);
        }
    }
}

static void s_before_fork(void) {
    pthread_mutex_lock(&s_start);
    if (s_has_started) {
        _ZN11ThreadStore15LockThreadStoreEv(s_threads);
    }
}

static void s_in_parent(void) {
    if (s_has_started) {
        _ZN11ThreadStore17UnlockThreadStoreEv(s_threads);
    }
    pthread_mutex_unlock(&s_start);
}

static void s_in_child(void) {
    if (s_starting_thread != NULL) {
        *s_starting_thread = NULL;
    }
    if (s_has_started) {
        *s_start_callback = NULL;
        __real__ZN10CrstStatic4InitE8CrstType9CrstFlags(s_lock.address, s_lock.type, s_lock.flags);
        s_forget_threads();
    }
    pthread_mutex_unlock(&s_start);
}

__attribute__((constructor)) static void s_prepare(void) {
    pthread_atfork(s_before_fork, s_in_parent, s_in_child);
}
