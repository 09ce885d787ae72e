/* SPDX-License-Identifier: Apache-2.0 */
#ifndef AWS_COMMON_MUTEX_H
#define AWS_COMMON_MUTEX_H

/*
 * A lock that one thread at a time holds. It is not recursive: a thread that locks it twice waits for itself for ever.
 * A mutex must stay where it was initialised.
 */

#include <aws/common/common.h>

#if defined(_WIN32)
/** The SRWLOCK inside a mutex. Include <windows.h> before using this. */
#    define AWSMUTEX_TO_WINDOWS(pMutex) ((PSRWLOCK)(void *)&(pMutex)->mutex_handle)
#else
#    include <pthread.h>
#endif

AWS_PUSH_SANE_WARNING_LEVEL

/** A mutex. Its fields belong to the library. */
struct aws_mutex {
    /** The system's mutex. */
#if defined(_WIN32)
    void *mutex_handle;
#else
    pthread_mutex_t mutex_handle;
#endif
    /** True between initialisation and clean-up. */
    bool initialized;
};

/** Initialiser of a struct aws_mutex, in place of aws_mutex_init(). */
#if defined(_WIN32)
#    define AWS_MUTEX_INIT                                                                                             \
        { NULL, true }
#else
#    define AWS_MUTEX_INIT                                                                                             \
        { PTHREAD_MUTEX_INITIALIZER, true }
#endif

AWS_EXTERN_C_BEGIN

/** Initialises an unlocked mutex. Fails with AWS_ERROR_OOM or AWS_ERROR_MUTEX_FAILED. */
AWS_COMMON_API
int aws_mutex_init(struct aws_mutex *mutex);

/** Ends the life of a mutex that no thread holds or waits for, and zeroes it. A zeroed mutex is left as it is. */
AWS_COMMON_API
void aws_mutex_clean_up(struct aws_mutex *mutex);

/**
 * Waits until no other thread holds the mutex, then holds it.
 * Fails with AWS_ERROR_MUTEX_NOT_INIT, AWS_ERROR_THREAD_DEADLOCK_DETECTED or AWS_ERROR_MUTEX_FAILED where the system
 * notices such a fault; the mutex is then not held.
 */
AWS_COMMON_API
int aws_mutex_lock(struct aws_mutex *mutex);

/**
 * Holds the mutex if no thread does, without waiting.
 * Fails with AWS_ERROR_MUTEX_TIMEOUT if it is held, or as aws_mutex_lock() does.
 */
AWS_COMMON_API
int aws_mutex_try_lock(struct aws_mutex *mutex);

/**
 * Gives up the mutex, on the thread that holds it.
 * Fails with AWS_ERROR_MUTEX_CALLER_NOT_OWNER or AWS_ERROR_MUTEX_NOT_INIT where the system notices such a fault.
 */
AWS_COMMON_API
int aws_mutex_unlock(struct aws_mutex *mutex);

AWS_EXTERN_C_END
AWS_POP_SANE_WARNING_LEVEL

#endif /* AWS_COMMON_MUTEX_H */
