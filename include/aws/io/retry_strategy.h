/* SPDX-License-Identifier: Apache-2.0 */
#ifndef AWS_IO_RETRY_STRATEGY_H
#define AWS_IO_RETRY_STRATEGY_H

/*
 * When and how often to try again.
 *
 * Acquire a token for each operation. If an attempt fails, schedule a retry on the token and attempt again when it is
 * ready; in the end record success, if it was one, and release the token.
 *
 * A partition groups operations that share their fate, such as all those to one host; the standard strategy stops
 * retrying within a partition that keeps failing.
 */

#include <aws/io/exports.h>

#include <aws/common/atomics.h>
#include <aws/common/byte_buf.h>
#include <aws/io/io.h>

AWS_PUSH_SANE_WARNING_LEVEL

struct aws_event_loop_group;
struct aws_retry_strategy;
struct aws_retry_token;
struct aws_shutdown_callback_options;

/** Why an attempt failed. */
enum aws_retry_error_type {
    /** The connection failed; another may work. */
    AWS_RETRY_ERROR_TYPE_TRANSIENT,
    /** The server asked for fewer requests. */
    AWS_RETRY_ERROR_TYPE_THROTTLING,
    /** The server failed. */
    AWS_RETRY_ERROR_TYPE_SERVER_ERROR,
    /** The request was wrong. Never waits, never counts; the standard strategy does not allow a retry. */
    AWS_RETRY_ERROR_TYPE_CLIENT_ERROR,
};

AWS_EXTERN_C_BEGIN

/**
 * Reports the outcome of aws_retry_strategy_acquire_retry_token(). With `error_code` 0 the callee owns one reference
 * to `token`; else there is none to release.
 * Called exactly once for each call that returned AWS_OP_SUCCESS, on an event-loop thread, never inside the call. May
 * do everything with the token.
 */
typedef void(aws_retry_strategy_on_retry_token_acquired_fn)(
    struct aws_retry_strategy *retry_strategy, int error_code, struct aws_retry_token *token, void *user_data);

/**
 * Reports that the time for the next attempt has come; or, with AWS_ERROR_IO_OPERATION_CANCELLED, that the event loop
 * ends.
 * Called exactly once for each aws_retry_strategy_schedule_retry() that returned AWS_OP_SUCCESS, on an event-loop
 * thread, never inside the call. May schedule the next retry and release the token.
 */
typedef void(aws_retry_strategy_on_retry_ready_fn)(struct aws_retry_token *token, int error_code, void *user_data);

/** Returns 64 random bits. Called on the thread that schedules a retry; must allow several at once. */
typedef uint64_t(aws_generate_random_fn)(void *user_data);

/**
 * How delays are spread, so that clients do not come back all at once. The nth delay without jitter is
 * backoff_scale_factor_ms * 2^n, but at most max_backoff_secs.
 */
enum aws_exponential_backoff_jitter_mode {
    /** As FULL. */
    AWS_EXPONENTIAL_BACKOFF_JITTER_DEFAULT,
    /** Exactly that delay. */
    AWS_EXPONENTIAL_BACKOFF_JITTER_NONE,
    /** Anything from 0 up to that delay. */
    AWS_EXPONENTIAL_BACKOFF_JITTER_FULL,
    /** Anything between the scale factor and three times the delay before, within the maximum; the first as FULL. */
    AWS_EXPONENTIAL_BACKOFF_JITTER_DECORRELATED,
};

/** What makes a strategy. Each function below calls the one of the same name and documents what it must do. */
struct aws_retry_strategy_vtable {
    /** Called once, when the last reference is dropped. */
    void (*destroy)(struct aws_retry_strategy *retry_strategy);
    int (*acquire_token)(
        struct aws_retry_strategy *retry_strategy,
        const struct aws_byte_cursor *partition_id,
        aws_retry_strategy_on_retry_token_acquired_fn *on_acquired,
        void *user_data,
        uint64_t timeout_ms);
    int (*schedule_retry)(
        struct aws_retry_token *token,
        enum aws_retry_error_type error_type,
        aws_retry_strategy_on_retry_ready_fn *retry_ready,
        void *user_data);
    int (*record_success)(struct aws_retry_token *token);
    /** Called once, when the last reference to the token is dropped. Frees the token. */
    void (*release_token)(struct aws_retry_token *token);
};

/** A strategy: the base of every implementation. */
struct aws_retry_strategy {
    /** Where the strategy's memory comes from. */
    struct aws_allocator *allocator;
    /** The kind of strategy. Not owned. */
    struct aws_retry_strategy_vtable *vtable;
    /** Use aws_retry_strategy_acquire() and _release(). */
    struct aws_atomic_var ref_count;
    /** The implementer's. */
    void *impl;
};

/** A token: the base of every implementation. It holds a reference to its strategy. */
struct aws_retry_token {
    /** Where the token's memory comes from. */
    struct aws_allocator *allocator;
    /** A reference is held. */
    struct aws_retry_strategy *retry_strategy;
    /** Use aws_retry_token_acquire() and _release(). */
    struct aws_atomic_var ref_count;
    /** The implementer's. */
    void *impl;
};

/** How to make the exponential strategy. */
struct aws_exponential_backoff_retry_options {
    /** Required. Its loops run the callbacks; kept alive by the strategy. */
    struct aws_event_loop_group *el_group;
    /** Retries of one token, at most 63. 0 means 5. */
    size_t max_retries;
    /** Milliseconds. 0 means 500. */
    uint32_t backoff_scale_factor_ms;
    /** Longest delay in seconds. 0 means 20. */
    uint32_t max_backoff_secs;
    enum aws_exponential_backoff_jitter_mode jitter_mode;
    /** Optional source of random numbers without user data; the next is preferred. */
    uint64_t (*generate_random)(void);
    /** Optional source of random numbers. If both are NULL the system's is used. */
    aws_generate_random_fn *generate_random_impl;
    void *generate_random_user_data;
    /** Optional. Called once, when the strategy is gone, on the thread that dropped the last reference. */
    const struct aws_shutdown_callback_options *shutdown_options;
};

/** How to make the strategy that never retries. */
struct aws_no_retry_options {
    /** Optional. As above. */
    const struct aws_shutdown_callback_options *shutdown_options;
};

/** How to make the standard strategy. */
struct aws_standard_retry_options {
    /** As above, but max_retries 0 means 3. */
    struct aws_exponential_backoff_retry_options backoff_retry_options;
    /** Capacity of each partition's bucket. 0 means 500. */
    size_t initial_bucket_capacity;
};

/**
 * Adds a reference.
 * Thread-safe: any thread.
 */
AWS_IO_API
void aws_retry_strategy_acquire(struct aws_retry_strategy *retry_strategy);

/**
 * Drops a reference. NULL is allowed. Tokens hold references too: the strategy ends with the last of them.
 * Thread-safe: any thread.
 */
AWS_IO_API
void aws_retry_strategy_release(struct aws_retry_strategy *retry_strategy);

/**
 * Asks for a token. `partition_id` may be NULL or empty; letter case does not matter; it is copied. `timeout_ms`
 * limits the wait for the token; the strategies here give one at once and ignore it.
 * Errors: AWS_IO_RETRY_PERMISSION_DENIED, always, with the strategy that never retries; AWS_ERROR_INVALID_ARGUMENT
 * without a strategy or a callback; AWS_ERROR_UNSUPPORTED_OPERATION if the strategy's vtable lacks the function.
 * Thread-safe: any thread.
 */
AWS_IO_API
int aws_retry_strategy_acquire_retry_token(
    struct aws_retry_strategy *retry_strategy,
    const struct aws_byte_cursor *partition_id,
    aws_retry_strategy_on_retry_token_acquired_fn *on_acquired,
    void *user_data,
    uint64_t timeout_ms);

/**
 * Has `retry_ready` called when the next attempt is due. One retry at a time for each token. A call that fails changes
 * nothing.
 * Errors: AWS_IO_MAX_RETRIES_EXCEEDED; AWS_IO_RETRY_PERMISSION_DENIED if the partition's bucket is empty, or, with the
 * standard strategy, for a client error; AWS_ERROR_INVALID_STATE if a retry is scheduled already;
 * AWS_ERROR_INVALID_ARGUMENT without a token or a callback, or for an unknown type of error.
 * Thread-safe: any thread.
 */
AWS_IO_API
int aws_retry_strategy_schedule_retry(
    struct aws_retry_token *token,
    enum aws_retry_error_type error_type,
    aws_retry_strategy_on_retry_ready_fn *retry_ready,
    void *user_data);

/**
 * Reports that the operation succeeded, so that its partition regains what the last retry cost, or a little if there
 * was none.
 * Thread-safe: any thread.
 */
AWS_IO_API
int aws_retry_token_record_success(struct aws_retry_token *token);

/**
 * Adds a reference.
 * Thread-safe: any thread.
 */
AWS_IO_API
void aws_retry_token_acquire(struct aws_retry_token *token);

/**
 * Drops a reference. NULL is allowed.
 * Thread-safe: any thread.
 */
AWS_IO_API
void aws_retry_token_release(struct aws_retry_token *token);

/**
 * A strategy that waits longer after each failure. The caller owns one reference.
 * Errors: AWS_ERROR_INVALID_ARGUMENT without group, with too many retries or an unknown jitter mode.
 * Thread-safe: any thread.
 */
AWS_IO_API
struct aws_retry_strategy *aws_retry_strategy_new_exponential_backoff(
    struct aws_allocator *allocator, const struct aws_exponential_backoff_retry_options *config);

/**
 * The exponential strategy, with a bucket for each partition: a retry takes 5 out of it, after a transient error 10,
 * and a success returns what the last retry took, or 1. An empty bucket allows no retries. The caller owns one
 * reference.
 * Errors: as above.
 * Thread-safe: any thread.
 */
AWS_IO_API
struct aws_retry_strategy *
aws_retry_strategy_new_standard(struct aws_allocator *allocator, const struct aws_standard_retry_options *config);

/**
 * A strategy that gives no tokens. `config` may be NULL. The caller owns one reference.
 * Thread-safe: any thread.
 */
AWS_IO_API
struct aws_retry_strategy *
aws_retry_strategy_new_no_retry(struct aws_allocator *allocator, const struct aws_no_retry_options *config);

AWS_EXTERN_C_END

AWS_POP_SANE_WARNING_LEVEL

#endif /* AWS_IO_RETRY_STRATEGY_H */
