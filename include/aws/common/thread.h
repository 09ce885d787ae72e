/* SPDX-License-Identifier: Apache-2.0 */
#ifndef AWS_COMMON_THREAD_H
#define AWS_COMMON_THREAD_H

/*
 * Operating-system threads. A thread is either manual (the program joins it and cleans it up) or managed (the
 * library joins it some time after its function has returned, at the latest in aws_thread_join_all_managed()).
 */

#include <aws/common/byte_buf.h>
#include <aws/common/string.h>

#if !defined(_WIN32)
#    include <pthread.h>
#endif

AWS_PUSH_SANE_WARNING_LEVEL

/** Where a struct aws_thread is in its life. */
enum aws_thread_detach_state {
    /** Not launched. */
    AWS_THREAD_NOT_CREATED = 1,
    /** Launched, not joined. */
    AWS_THREAD_JOINABLE,
    /** Joined. */
    AWS_THREAD_JOIN_COMPLETED,
    /** Launched as a managed thread. */
    AWS_THREAD_MANAGED,
};

/** Who joins a thread. */
enum aws_thread_join_strategy {
    /** The user: aws_thread_join() if wanted, then always aws_thread_clean_up(). */
    AWS_TJS_MANUAL = 0,
    /** The library. The user must neither join the thread nor clean it up. */
    AWS_TJS_MANAGED,
};

/** Longest thread name, in bytes without a terminator, that every platform shows whole. */
#define AWS_THREAD_NAME_RECOMMENDED_STRLEN 15

/** How to launch a thread. Start from a copy of aws_default_thread_options(). */
struct aws_thread_options {
    /** Bytes of stack. 0: the system's default, but at least 1 MiB. Values below the system's minimum are ignored. */
    size_t stack_size;

    /**
     * Index of the processor that the thread stays on, or -1 for any. Where possible the thread also prefers
     * memory near it. A hint: where pinning is impossible the thread runs unpinned.
     */
    int32_t cpu_id;

    /** Who joins the thread. */
    enum aws_thread_join_strategy join_strategy;

    /** Name for debuggers, copied by the launch; empty for none. AWS_THREAD_NAME_RECOMMENDED_STRLEN bytes are kept. */
    struct aws_byte_cursor name;
};

#if defined(_WIN32)
/** Flag for aws_thread_call_once(). */
typedef union {
    void *ptr;
} aws_thread_once;
/** Initialiser of an aws_thread_once. */
#    define AWS_THREAD_ONCE_STATIC_INIT                                                                                \
        { NULL }
/** Identity of a running thread; compare with aws_thread_thread_id_equal(). */
typedef unsigned long aws_thread_id_t;
#else
/** Flag for aws_thread_call_once(). */
typedef pthread_once_t aws_thread_once;
/** Initialiser of an aws_thread_once. */
#    define AWS_THREAD_ONCE_STATIC_INIT PTHREAD_ONCE_INIT
/** Identity of a running thread; compare with aws_thread_thread_id_equal(). */
typedef pthread_t aws_thread_id_t;
#endif

/** Bytes that aws_thread_id_t_to_string() needs: two hexadecimal digits per byte and a terminator. */
#define AWS_THREAD_ID_T_REPR_BUFSZ (sizeof(aws_thread_id_t) * 2 + 1)

/** A thread. Its fields belong to the library. */
struct aws_thread {
    /** Where the record of a running thread comes from. */
    struct aws_allocator *allocator;
    /** What has become of the thread. */
    enum aws_thread_detach_state detach_state;
#if defined(_WIN32)
    void *thread_handle;
#endif
    /** The system's number, from the launch on. */
    aws_thread_id_t thread_id;
};

/** Called on a thread that ends. */
typedef void(aws_thread_atexit_fn)(void *user_data);

AWS_EXTERN_C_BEGIN

/** The options that a launch without options uses: default stack, any processor, joined manually, no name. Static. */
AWS_COMMON_API
const struct aws_thread_options *aws_default_thread_options(void);

/**
 * Calls `call_once(user_data)` if no call with this flag has been made yet, on the calling thread. When this returns,
 * on any thread, that call has ended.
 */
AWS_COMMON_API
void aws_thread_call_once(aws_thread_once *flag, void (*call_once)(void *), void *user_data);

/**
 * Initialises a thread that is not launched. `allocator` must outlive the thread.
 * Fails only with AWS_ERROR_INVALID_ARGUMENT, if an argument is NULL.
 */
AWS_COMMON_API
int aws_thread_init(struct aws_thread *thread, struct aws_allocator *allocator);

/**
 * Starts `func(arg)` on a new thread. On success a manual thread must be cleaned up by the caller; the struct of a
 * managed one may go at once. On failure nothing runs and `arg` is still the caller's.
 *
 * Fails with AWS_ERROR_THREAD_INVALID_SETTINGS, AWS_ERROR_THREAD_INSUFFICIENT_RESOURCE,
 * AWS_ERROR_THREAD_NO_PERMISSIONS, AWS_ERROR_OOM or AWS_ERROR_UNKNOWN.
 *
 * @param options  may be NULL for the defaults; needed only during the call
 */
AWS_COMMON_API
int aws_thread_launch(
    struct aws_thread *thread, void (*func)(void *arg), void *arg, const struct aws_thread_options *options);

/** Identity of a launched thread. */
AWS_COMMON_API
aws_thread_id_t aws_thread_get_id(struct aws_thread *thread);

/** Where the thread is in its life. Not synchronised with a launch or a join that runs at the same time. */
AWS_COMMON_API
enum aws_thread_detach_state aws_thread_get_detach_state(struct aws_thread *thread);

/**
 * Waits until a manual thread has ended. A thread that was not launched, was joined already or is managed gives success
 * at once. Do not join a thread from itself, nor from two threads.
 *
 * Fails with AWS_ERROR_THREAD_NOT_JOINABLE, AWS_ERROR_THREAD_NO_SUCH_THREAD_ID or AWS_ERROR_THREAD_DEADLOCK_DETECTED.
 */
AWS_COMMON_API
int aws_thread_join(struct aws_thread *thread);

/**
 * Waits until the count of unjoined threads is 0, joining managed threads as they end. Must not be called on a managed
 * thread, nor on one that counts as unjoined. aws_common_library_clean_up() calls this.
 *
 * Fails with AWS_ERROR_COND_VARIABLE_TIMED_OUT if the time set with aws_thread_set_managed_join_timeout_ns() was not
 * enough.
 */
AWS_COMMON_API
int aws_thread_join_all_managed(void);

/** Sets how long aws_thread_join_all_managed() waits at most, in nanoseconds. 0, the default, means for ever. */
AWS_COMMON_API
void aws_thread_set_managed_join_timeout_ns(uint64_t timeout_in_ns);

/** Frees what the system keeps for a manual thread. One that still runs goes on, detached. */
AWS_COMMON_API
void aws_thread_clean_up(struct aws_thread *thread);

/** Identity of the calling thread. */
AWS_COMMON_API
aws_thread_id_t aws_thread_current_thread_id(void);

/** True if both identities mean the same thread. */
AWS_COMMON_API
bool aws_thread_thread_id_equal(aws_thread_id_t t1, aws_thread_id_t t2);

/** Makes the calling thread sleep for at least `nanos` nanoseconds, whatever signals come. */
AWS_COMMON_API
void aws_thread_current_sleep(uint64_t nanos);

/**
 * Has `callback(user_data)` called on this thread after its function has returned; the callback added last comes first.
 * One that such a callback adds is called as well.
 * Works only on threads from aws_thread_launch(); elsewhere it fails with AWS_ERROR_THREAD_NOT_JOINABLE.
 */
AWS_COMMON_API
int aws_thread_current_at_exit(aws_thread_atexit_fn *callback, void *user_data);

/**
 * Adds 1 to, or subtracts 1 from, the count that aws_thread_join_all_managed() waits for. For threads that are joined
 * elsewhere but must be gone before the library is: count up before the launch, down after the join or the failed
 * launch. Any thread may call these.
 */
AWS_COMMON_API
void aws_thread_increment_unjoined_count(void);
AWS_COMMON_API
void aws_thread_decrement_unjoined_count(void);

/**
 * Stores the name of the calling thread in a new string that the caller must destroy, or NULL if it has none.
 * Fails with AWS_ERROR_SYS_CALL_FAILURE, or with AWS_ERROR_PLATFORM_NOT_SUPPORTED where names cannot be read;
 * `*out_name` is then NULL.
 */
AWS_COMMON_API
int aws_thread_current_name(struct aws_allocator *allocator, struct aws_string **out_name);

/** The same for any thread that is running or not yet joined. */
AWS_COMMON_API
int aws_thread_name(struct aws_allocator *allocator, aws_thread_id_t thread_id, struct aws_string **out_name);

AWS_EXTERN_C_END
AWS_POP_SANE_WARNING_LEVEL

#endif /* AWS_COMMON_THREAD_H */
