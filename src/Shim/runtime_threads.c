/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The managed runtime keeps a list of its threads, and each thread that begins or ends changes it under a lock. A fork
 * in such a moment would leave the child with a lock that nobody opens, and no thread could begin there. So whoever
 * forks takes the lock first. Its owner is recorded in it, and the child's only thread has another id than the one that
 * forked: there the lock is made again. The linker sends the making of both here (--wrap), which shows where they are.
 * The names are those of the runtime's C++: ThreadStore::Create(), LockThreadStore(), UnlockThreadStore(), and
 * CrstStatic::Init().
 */
#include <pthread.h>
#include <stddef.h>

void *__real__ZN11ThreadStore6CreateEP15RuntimeInstance(void *runtime);
void *__wrap__ZN11ThreadStore6CreateEP15RuntimeInstance(void *runtime);
void __real__ZN10CrstStatic4InitE8CrstType9CrstFlags(void *lock, int type, int flags);
void __wrap__ZN10CrstStatic4InitE8CrstType9CrstFlags(void *lock, int type, int flags);
void _ZN11ThreadStore15LockThreadStoreEv(void *threads);
void _ZN11ThreadStore17UnlockThreadStoreEv(void *threads);

static void *s_threads;
static int s_is_making_threads;

static struct {
    void *address;
    int type;
    int flags;
} s_lock;

static void s_before_fork(void) {
    _ZN11ThreadStore15LockThreadStoreEv(s_threads);
}

static void s_in_parent(void) {
    _ZN11ThreadStore17UnlockThreadStoreEv(s_threads);
}

static void s_in_child(void) {
    __real__ZN10CrstStatic4InitE8CrstType9CrstFlags(s_lock.address, s_lock.type, s_lock.flags);
}

void __wrap__ZN10CrstStatic4InitE8CrstType9CrstFlags(void *lock, int type, int flags) {
    __real__ZN10CrstStatic4InitE8CrstType9CrstFlags(lock, type, flags);
    if (s_is_making_threads) {
        s_lock.address = lock;
        s_lock.type = type;
        s_lock.flags = flags;
    }
}

/* Once, when the runtime starts. */
void *__wrap__ZN11ThreadStore6CreateEP15RuntimeInstance(void *runtime) {
    s_is_making_threads = 1;
    s_threads = __real__ZN11ThreadStore6CreateEP15RuntimeInstance(runtime);
    s_is_making_threads = 0;
    if (s_threads != NULL && s_lock.address != NULL) {
        pthread_atfork(s_before_fork, s_in_parent, s_in_child);
    }
    return s_threads;
}
