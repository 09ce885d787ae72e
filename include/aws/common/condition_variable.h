/* SPDX-License-Identifier: Apache-2.0 */
#ifndef AWS_COMMON_CONDITION_VARIABLE_H
#define AWS_COMMON_CONDITION_VARIABLE_H

/*
 * Lets threads sleep until another thread has changed what a mutex guards. All threads that wait at one time must use
 * the same mutex. A condition variable must stay where it was initialised.
 */

#include <aws/common/common.h>

#if !defined(_WIN32)
#    include <pthread.h>
#endif

AWS_PUSH_SANE_WARNING_LEVEL

struct aws_mutex;

/** Returns whether what a thread waits for is there. Called on the waiting thread, which holds the mutex. */
typedef bool(aws_condition_predicate_fn)(void *);

/** A condition variable. Its fields belong to the library. */
struct aws_condition_variable {
    /** The system's condition variable. */
#if defined(_WIN32)
    void *condition_handle;
#else
    pthread_cond_t condition_handle;
#endif
    /** True between initialisation and clean-up. */
    bool initialized;
};

/** Initialiser of a struct aws_condition_variable, in place of aws_condition_variable_init(). */
#if defined(_WIN32)
#    define AWS_CONDITION_VARIABLE_INIT                                                                                \
        { NULL, true }
#else
#    define AWS_CONDITION_VARIABLE_INIT                                                                                \
        { PTHREAD_COND_INITIALIZER, true }
#endif

AWS_EXTERN_C_BEGIN

/** Initialises a condition variable. Fails with AWS_ERROR_COND_VARIABLE_INIT_FAILED and zeroes it. */
AWS_COMMON_API
int aws_condition_variable_init(struct aws_condition_variable *condition_variable);

/** Ends the life of a condition variable that no thread waits on, and zeroes it. A zeroed one is left as it is. */
AWS_COMMON_API
void aws_condition_variable_clean_up(struct aws_condition_variable *condition_variable);

/**
 * Wakes one waiting thread, or all of them; nothing happens if there are none. The caller may hold the mutex but need
 * not. Fails with AWS_ERROR_COND_VARIABLE_ERROR_UNKNOWN.
 */
AWS_COMMON_API
int aws_condition_variable_notify_one(struct aws_condition_variable *condition_variable);
AWS_COMMON_API
int aws_condition_variable_notify_all(struct aws_condition_variable *condition_variable);

/**
 * Gives up `mutex`, which the caller holds, sleeps until notified, and holds the mutex again on return. It may also
 * wake without cause: check the condition, or use aws_condition_variable_wait_pred().
 * Fails with AWS_ERROR_COND_VARIABLE_ERROR_UNKNOWN; the mutex is held then, too.
 */
AWS_COMMON_API
int aws_condition_variable_wait(struct aws_condition_variable *condition_variable, struct aws_mutex *mutex);

/**
 * Waits as aws_condition_variable_wait() does, again and again until `pred(pred_ctx)` is true. If it is true at the
 * start, there is no wait.
 */
AWS_COMMON_API
int aws_condition_variable_wait_pred(
    struct aws_condition_variable *condition_variable,
    struct aws_mutex *mutex,
    aws_condition_predicate_fn *pred,
    void *pred_ctx);

/**
 * Like aws_condition_variable_wait(), for at most `time_to_wait` nanoseconds; with 0 or less it does not sleep.
 * Fails with AWS_ERROR_COND_VARIABLE_TIMED_OUT when the time is over; the mutex is held then, too.
 */
AWS_COMMON_API
int aws_condition_variable_wait_for(
    struct aws_condition_variable *condition_variable, struct aws_mutex *mutex, int64_t time_to_wait);

/**
 * Like aws_condition_variable_wait_pred(), for at most `time_to_wait` nanoseconds in all, however often it wakes.
 * Fails with AWS_ERROR_COND_VARIABLE_TIMED_OUT when the time is over; the mutex is held then, too.
 */
AWS_COMMON_API
int aws_condition_variable_wait_for_pred(
    struct aws_condition_variable *condition_variable,
    struct aws_mutex *mutex,
    int64_t time_to_wait,
    aws_condition_predicate_fn *pred,
    void *pred_ctx);

AWS_EXTERN_C_END
AWS_POP_SANE_WARNING_LEVEL

#endif /* AWS_COMMON_CONDITION_VARIABLE_H */
