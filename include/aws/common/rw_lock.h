/* SPDX-License-Identifier: Apache-2.0 */
#ifndef AWS_COMMON_RW_LOCK_H
#define AWS_COMMON_RW_LOCK_H

/*
 * A lock that many readers or one writer may hold. It is not recursive: a thread that holds it must not ask again.
 * It must not move in memory while it is in use.
 */

#include <aws/common/common.h>

#if !defined(_WIN32)
#    include <pthread.h>
#endif

AWS_PUSH_SANE_WARNING_LEVEL

#if defined(_WIN32)

/** The native lock inside; include <windows.h> before using this. */
#    define AWSSRW_TO_WINDOWS(pCV) ((PSRWLOCK)(pCV))

struct aws_rw_lock {
    void *lock_handle;
};

/** Initialiser of a lock that needs no aws_rw_lock_init(). */
#    define AWS_RW_LOCK_INIT                                                                                           \
        { NULL }

#elif defined(PTHREAD_RWLOCK_INITIALIZER)

struct aws_rw_lock {
    pthread_rwlock_t lock_handle;
};

/** Initialiser of a lock that needs no aws_rw_lock_init(). */
#    define AWS_RW_LOCK_INIT                                                                                           \
        { PTHREAD_RWLOCK_INITIALIZER }

#elif defined(__SIZEOF_PTHREAD_RWLOCK_T)

/* The C library hides its type in strict ISO mode. This has its size, its alignment and its initial value. */
struct aws_rw_lock {
    union {
        char storage[__SIZEOF_PTHREAD_RWLOCK_T];
        long alignment;
    } lock_handle;
};

/** Initialiser of a lock that needs no aws_rw_lock_init(). */
#    define AWS_RW_LOCK_INIT                                                                                           \
        {                                                                                                              \
            {                                                                                                          \
                { 0 }                                                                                                  \
            }                                                                                                          \
        }

#else
#    error "define _POSIX_C_SOURCE=200809L to use reader-writer locks"
#endif

AWS_EXTERN_C_BEGIN

/* Functions that return int raise AWS_ERROR_INVALID_ARGUMENT for NULL, and otherwise as their descriptions say. */

/** Makes an unlocked lock. Release it with aws_rw_lock_clean_up(). Raises AWS_ERROR_MUTEX_FAILED or AWS_ERROR_OOM. */
AWS_COMMON_API int aws_rw_lock_init(struct aws_rw_lock *lock);

/** Frees what an unlocked lock holds. The lock must not be used afterwards. */
AWS_COMMON_API void aws_rw_lock_clean_up(struct aws_rw_lock *lock);

/**
 * Takes the lock for reading or for writing, blocking until it is free. Raises AWS_ERROR_THREAD_DEADLOCK_DETECTED if
 * the system notices that the calling thread holds it.
 */
AWS_COMMON_API int aws_rw_lock_rlock(struct aws_rw_lock *lock);
AWS_COMMON_API int aws_rw_lock_wlock(struct aws_rw_lock *lock);

/** Takes the lock if it is free at once. Otherwise raises AWS_ERROR_MUTEX_TIMEOUT. */
AWS_COMMON_API int aws_rw_lock_try_rlock(struct aws_rw_lock *lock);
AWS_COMMON_API int aws_rw_lock_try_wlock(struct aws_rw_lock *lock);

/** Gives the lock back, on the thread that took it: after reading, and after writing. */
AWS_COMMON_API int aws_rw_lock_runlock(struct aws_rw_lock *lock);
AWS_COMMON_API int aws_rw_lock_wunlock(struct aws_rw_lock *lock);

AWS_EXTERN_C_END
AWS_POP_SANE_WARNING_LEVEL

#endif /* AWS_COMMON_RW_LOCK_H */
