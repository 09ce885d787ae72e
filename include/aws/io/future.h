/* SPDX-License-Identifier: Apache-2.0 */
#ifndef AWS_IO_FUTURE_H
#define AWS_IO_FUTURE_H

/* clang-format off */
/*
 * Futures: results that come later.
 *
 * The worker makes a future, keeps a reference and passes another one to the waiter. The worker calls
 * set_result() or set_error() once; the waiter registers a callback or waits, then asks for the error and, if that is
 * 0, for the result.
 *
 * struct aws_future_bool, aws_future_size and aws_future_void are ready for use. The macros AWS_FUTURE_T_... make more
 * types: a DECLARATION goes into a header, the IMPLEMENTATION with the same arguments into one source file. FUTURE is
 * the name of the new struct, T the type of the result, API what exported functions are marked with (may be empty).
 *
 *     AWS_FUTURE_T_POINTER_WITH_RELEASE_DECLARATION(aws_future_page, struct page, PAGE_API)
 *     AWS_FUTURE_T_POINTER_WITH_RELEASE_IMPLEMENTATION(aws_future_page, struct page, page_release)
 *
 * Every future type has these functions. `is_done`, `wait` and the setters are safe on any thread; `get_error` and the
 * result functions are safe on any thread once the future is done.
 *
 *     struct FUTURE *FUTURE_new(struct aws_allocator *alloc);
 *         Makes a future that is not done. The caller owns one reference.
 *     struct FUTURE *FUTURE_acquire(struct FUTURE *future);
 *         Adds a reference. Returns its argument, which may be NULL.
 *     struct FUTURE *FUTURE_release(struct FUTURE *future);
 *         Drops a reference; the last one destroys future and result. NULL is allowed. Returns NULL always.
 *     void FUTURE_set_error(struct FUTURE *future, int error_code);
 *         Ends the future with an error, which is not 0 (0 becomes AWS_ERROR_UNKNOWN). Only the first end counts.
 *     bool FUTURE_is_done(const struct FUTURE *future);
 *     int FUTURE_get_error(const struct FUTURE *future);
 *         The error, or 0 if there is a result. Asking before the future is done ends the process.
 *     void FUTURE_register_callback(struct FUTURE *future, aws_future_callback_fn *on_done, void *user_data);
 *         Has `on_done` called on the thread that ends the future; if that has happened, inside this call.
 *     bool FUTURE_register_callback_if_not_done(struct FUTURE *, aws_future_callback_fn *on_done, void *user_data);
 *         The same, but does nothing and returns false if the future is done.
 *     void FUTURE_register_event_loop_callback(
 *         struct FUTURE *future, struct aws_event_loop *loop, aws_future_callback_fn *on_done, void *user_data);
 *         Has it called on the thread of an event loop, in a task; also if the future is done. Holds the loop's group
 *         till then; a loop that belongs to none must last that long.
 *     void FUTURE_register_channel_callback(
 *         struct FUTURE *future, struct aws_channel *channel, aws_future_callback_fn *on_done, void *user_data);
 *         Has it called on the thread of a channel, in a task; also if the future is done. Holds the channel till then.
 *     bool FUTURE_wait(struct FUTURE *future, uint64_t timeout_ns);
 *         Waits until the future is done and returns true, or returns false after `timeout_ns` nanoseconds; any number
 *         is allowed. Not on an event-loop thread that the work needs.
 *
 * At most one callback may wait; registering a second one meanwhile ends the process. A callback that still waits when
 * the future is destroyed is not called. NULL for a future or for a callback raises AWS_ERROR_INVALID_ARGUMENT and
 * changes nothing. How results are set and taken depends on the kind of the type:
 *
 *   BY_VALUE                  A plain value.
 *   POINTER                   A pointer that the future does not own.
 *     void FUTURE_set_result(struct FUTURE *future, T result);                  POINTER: T *result
 *     T FUTURE_get_result(const struct FUTURE *future);                         POINTER: returns T *
 *
 *   BY_VALUE_WITH_CLEAN_UP    A value that owns something; CLEAN_UP_FN(T *) frees that.
 *     void FUTURE_set_result_by_move(struct FUTURE *future, T *value);          `*value` is zeroed
 *     T FUTURE_get_result_by_move(struct FUTURE *future);                       the caller owns it; only once
 *     T *FUTURE_peek_result(const struct FUTURE *future);                       the future still owns it
 *
 *   POINTER_WITH_DESTROY      A pointer that the future owns; DESTROY_FN(T *) destroys it.
 *   POINTER_WITH_RELEASE      A reference that the future owns; RELEASE_FN(T *) drops it.
 *     void FUTURE_set_result_by_move(struct FUTURE *future, T **pointer);       `*pointer` becomes NULL
 *     T *FUTURE_get_result_by_move(struct FUTURE *future);                      the caller owns it; only once
 *     T *FUTURE_peek_result(const struct FUTURE *future);                       the future still owns it
 *
 * A result that comes too late, or is not taken, is cleaned up, destroyed or released; a NULL pointer is a result
 * as well, and needs nothing of it.
 *
 * Asking for a result before the future is done, after an error, or after it was moved away ends the process.
 */
/* clang-format on */

#include <aws/io/io.h>

struct aws_channel;
struct aws_event_loop;

/** What every future is, whatever its type: the pointers may be cast into each other. */
struct aws_future_impl;

/**
 * Reports that a future is done.
 * Called once, on the thread that the registration asked for. Never under a lock. May use and release the future.
 */
typedef void(aws_future_callback_fn)(void *user_data);

/** Frees what the result at an address owns. Called on the thread that drops the result. */
typedef void(aws_future_impl_result_clean_up_fn)(void *result_addr);

/** Destroys a result. Called on the thread that drops the result. */
typedef void(aws_future_impl_result_destroy_fn)(void *result);

/** Releases a result; what it returns is ignored. Called on the thread that drops the result. */
typedef void *(aws_future_impl_result_release_fn)(void *result);

/** First part of each declaration: the struct. */
#define AWS_FUTURE_T_DECLARATION_BEGIN(FUTURE, API) struct FUTURE;

/** Last part of each declaration: the functions that do not depend on the kind. */
#define AWS_FUTURE_T_DECLARATION_END(FUTURE, API)                                                                      \
    API struct FUTURE *FUTURE##_acquire(struct FUTURE *future);                                                        \
    API struct FUTURE *FUTURE##_release(struct FUTURE *future);                                                        \
    API void FUTURE##_set_error(struct FUTURE *future, int error_code);                                                \
    API bool FUTURE##_is_done(const struct FUTURE *future);                                                            \
    API int FUTURE##_get_error(const struct FUTURE *future);                                                           \
    API void FUTURE##_register_callback(struct FUTURE *future, aws_future_callback_fn *on_done, void *user_data);      \
    API bool FUTURE##_register_callback_if_not_done(                                                                   \
        struct FUTURE *future, aws_future_callback_fn *on_done, void *user_data);                                      \
    API void FUTURE##_register_event_loop_callback(                                                                    \
        struct FUTURE *future, struct aws_event_loop *event_loop, aws_future_callback_fn *on_done, void *user_data);   \
    API void FUTURE##_register_channel_callback(                                                                       \
        struct FUTURE *future, struct aws_channel *channel, aws_future_callback_fn *on_done, void *user_data);         \
    API bool FUTURE##_wait(struct FUTURE *future, uint64_t timeout_ns);

/** First part of each implementation: a cast that is private to the source file. */
#define AWS_FUTURE_T_IMPLEMENTATION_BEGIN(FUTURE)                                                                      \
    static inline struct aws_future_impl *s_##FUTURE##_impl(const struct FUTURE *future) {                             \
        return (struct aws_future_impl *)(void *)future;                                                               \
    }

/** Last part of each implementation: the functions that do not depend on the kind. */
#define AWS_FUTURE_T_IMPLEMENTATION_END(FUTURE)                                                                        \
    struct FUTURE *FUTURE##_acquire(struct FUTURE *future) {                                                           \
        aws_future_impl_acquire(s_##FUTURE##_impl(future));                                                            \
        return future;                                                                                                 \
    }                                                                                                                  \
    struct FUTURE *FUTURE##_release(struct FUTURE *future) {                                                           \
        aws_future_impl_release(s_##FUTURE##_impl(future));                                                            \
        return NULL;                                                                                                   \
    }                                                                                                                  \
    void FUTURE##_set_error(struct FUTURE *future, int error_code) {                                                   \
        aws_future_impl_set_error(s_##FUTURE##_impl(future), error_code);                                              \
    }                                                                                                                  \
    bool FUTURE##_is_done(const struct FUTURE *future) {                                                               \
        return aws_future_impl_is_done(s_##FUTURE##_impl(future));                                                     \
    }                                                                                                                  \
    int FUTURE##_get_error(const struct FUTURE *future) {                                                              \
        return aws_future_impl_get_error(s_##FUTURE##_impl(future));                                                   \
    }                                                                                                                  \
    void FUTURE##_register_callback(struct FUTURE *future, aws_future_callback_fn *on_done, void *user_data) {         \
        aws_future_impl_register_callback(s_##FUTURE##_impl(future), on_done, user_data);                              \
    }                                                                                                                  \
    bool FUTURE##_register_callback_if_not_done(                                                                       \
        struct FUTURE *future, aws_future_callback_fn *on_done, void *user_data) {                                     \
        return aws_future_impl_register_callback_if_not_done(s_##FUTURE##_impl(future), on_done, user_data);           \
    }                                                                                                                  \
    void FUTURE##_register_event_loop_callback(                                                                        \
        struct FUTURE *future, struct aws_event_loop *event_loop, aws_future_callback_fn *on_done, void *user_data) {  \
        aws_future_impl_register_event_loop_callback(s_##FUTURE##_impl(future), event_loop, on_done, user_data);       \
    }                                                                                                                  \
    void FUTURE##_register_channel_callback(                                                                           \
        struct FUTURE *future, struct aws_channel *channel, aws_future_callback_fn *on_done, void *user_data) {        \
        aws_future_impl_register_channel_callback(s_##FUTURE##_impl(future), channel, on_done, user_data);             \
    }                                                                                                                  \
    bool FUTURE##_wait(struct FUTURE *future, uint64_t timeout_ns) {                                                   \
        return aws_future_impl_wait(s_##FUTURE##_impl(future), timeout_ns);                                            \
    }

/** Declares a future of a plain value. For a header. */
#define AWS_FUTURE_T_BY_VALUE_DECLARATION(FUTURE, T, API)                                                              \
    AWS_FUTURE_T_DECLARATION_BEGIN(FUTURE, API)                                                                        \
    API struct FUTURE *FUTURE##_new(struct aws_allocator *alloc);                                                      \
    API void FUTURE##_set_result(struct FUTURE *future, T result);                                                     \
    API T FUTURE##_get_result(const struct FUTURE *future);                                                            \
    AWS_FUTURE_T_DECLARATION_END(FUTURE, API)

/** Implements a future of a plain value. For one source file. */
#define AWS_FUTURE_T_BY_VALUE_IMPLEMENTATION(FUTURE, T)                                                                \
    AWS_FUTURE_T_IMPLEMENTATION_BEGIN(FUTURE)                                                                          \
    struct FUTURE *FUTURE##_new(struct aws_allocator *alloc) {                                                         \
        return (struct FUTURE *)(void *)aws_future_impl_new_by_value(alloc, sizeof(T));                                \
    }                                                                                                                  \
    void FUTURE##_set_result(struct FUTURE *future, T result) {                                                        \
        aws_future_impl_set_result_by_move(s_##FUTURE##_impl(future), &result);                                        \
    }                                                                                                                  \
    T FUTURE##_get_result(const struct FUTURE *future) {                                                               \
        return *(T *)aws_future_impl_get_result_address(s_##FUTURE##_impl(future));                                    \
    }                                                                                                                  \
    AWS_FUTURE_T_IMPLEMENTATION_END(FUTURE)

/** Declares a future of a value that owns something. For a header. */
#define AWS_FUTURE_T_BY_VALUE_WITH_CLEAN_UP_DECLARATION(FUTURE, T, API)                                                \
    AWS_FUTURE_T_DECLARATION_BEGIN(FUTURE, API)                                                                        \
    API struct FUTURE *FUTURE##_new(struct aws_allocator *alloc);                                                      \
    API void FUTURE##_set_result_by_move(struct FUTURE *future, T *value);                                             \
    API T FUTURE##_get_result_by_move(struct FUTURE *future);                                                          \
    API T *FUTURE##_peek_result(const struct FUTURE *future);                                                          \
    AWS_FUTURE_T_DECLARATION_END(FUTURE, API)

/** Implements a future of a value that owns something. For one source file. */
#define AWS_FUTURE_T_BY_VALUE_WITH_CLEAN_UP_IMPLEMENTATION(FUTURE, T, CLEAN_UP_FN)                                     \
    AWS_FUTURE_T_IMPLEMENTATION_BEGIN(FUTURE)                                                                          \
    static void s_##FUTURE##_clean_up_result(void *result_addr) {                                                      \
        CLEAN_UP_FN((T *)result_addr);                                                                                 \
    }                                                                                                                  \
    struct FUTURE *FUTURE##_new(struct aws_allocator *alloc) {                                                         \
        return (struct FUTURE *)(void *)aws_future_impl_new_by_value_with_clean_up(                                    \
            alloc, sizeof(T), s_##FUTURE##_clean_up_result);                                                           \
    }                                                                                                                  \
    void FUTURE##_set_result_by_move(struct FUTURE *future, T *value) {                                                \
        aws_future_impl_set_result_by_move(s_##FUTURE##_impl(future), value);                                          \
    }                                                                                                                  \
    T FUTURE##_get_result_by_move(struct FUTURE *future) {                                                             \
        T value;                                                                                                       \
        aws_future_impl_get_result_by_move(s_##FUTURE##_impl(future), &value);                                         \
        return value;                                                                                                  \
    }                                                                                                                  \
    T *FUTURE##_peek_result(const struct FUTURE *future) {                                                             \
        return (T *)aws_future_impl_get_result_address(s_##FUTURE##_impl(future));                                     \
    }                                                                                                                  \
    AWS_FUTURE_T_IMPLEMENTATION_END(FUTURE)

/** Declares a future of a pointer that the future does not own. For a header. */
#define AWS_FUTURE_T_POINTER_DECLARATION(FUTURE, T, API)                                                               \
    AWS_FUTURE_T_DECLARATION_BEGIN(FUTURE, API)                                                                        \
    API struct FUTURE *FUTURE##_new(struct aws_allocator *alloc);                                                      \
    API void FUTURE##_set_result(struct FUTURE *future, T *result);                                                    \
    API T *FUTURE##_get_result(const struct FUTURE *future);                                                           \
    AWS_FUTURE_T_DECLARATION_END(FUTURE, API)

/** Implements a future of a pointer that the future does not own. For one source file. */
#define AWS_FUTURE_T_POINTER_IMPLEMENTATION(FUTURE, T)                                                                 \
    AWS_FUTURE_T_IMPLEMENTATION_BEGIN(FUTURE)                                                                          \
    struct FUTURE *FUTURE##_new(struct aws_allocator *alloc) {                                                         \
        return (struct FUTURE *)(void *)aws_future_impl_new_pointer(alloc);                                            \
    }                                                                                                                  \
    void FUTURE##_set_result(struct FUTURE *future, T *result) {                                                       \
        aws_future_impl_set_result_by_move(s_##FUTURE##_impl(future), &result);                                        \
    }                                                                                                                  \
    T *FUTURE##_get_result(const struct FUTURE *future) {                                                              \
        return *(T **)aws_future_impl_get_result_address(s_##FUTURE##_impl(future));                                   \
    }                                                                                                                  \
    AWS_FUTURE_T_IMPLEMENTATION_END(FUTURE)

/** Declares a future of a pointer that the future owns. For a header. */
#define AWS_FUTURE_T_POINTER_WITH_DESTROY_DECLARATION(FUTURE, T, API)                                                  \
    AWS_FUTURE_T_DECLARATION_BEGIN(FUTURE, API)                                                                        \
    API struct FUTURE *FUTURE##_new(struct aws_allocator *alloc);                                                      \
    API void FUTURE##_set_result_by_move(struct FUTURE *future, T **pointer);                                          \
    API T *FUTURE##_get_result_by_move(struct FUTURE *future);                                                         \
    API T *FUTURE##_peek_result(const struct FUTURE *future);                                                          \
    AWS_FUTURE_T_DECLARATION_END(FUTURE, API)

/** Implements a future of a pointer that the future owns. For one source file. */
#define AWS_FUTURE_T_POINTER_WITH_DESTROY_IMPLEMENTATION(FUTURE, T, DESTROY_FN)                                        \
    AWS_FUTURE_T_IMPLEMENTATION_BEGIN(FUTURE)                                                                          \
    static void s_##FUTURE##_destroy_result(void *result) {                                                            \
        DESTROY_FN((T *)result);                                                                                       \
    }                                                                                                                  \
    struct FUTURE *FUTURE##_new(struct aws_allocator *alloc) {                                                         \
        return (struct FUTURE *)(void *)aws_future_impl_new_pointer_with_destroy(alloc, s_##FUTURE##_destroy_result);  \
    }                                                                                                                  \
    void FUTURE##_set_result_by_move(struct FUTURE *future, T **pointer) {                                             \
        aws_future_impl_set_result_by_move(s_##FUTURE##_impl(future), pointer);                                        \
    }                                                                                                                  \
    T *FUTURE##_get_result_by_move(struct FUTURE *future) {                                                            \
        T *result = NULL;                                                                                              \
        aws_future_impl_get_result_by_move(s_##FUTURE##_impl(future), &result);                                        \
        return result;                                                                                                 \
    }                                                                                                                  \
    T *FUTURE##_peek_result(const struct FUTURE *future) {                                                             \
        return *(T **)aws_future_impl_get_result_address(s_##FUTURE##_impl(future));                                   \
    }                                                                                                                  \
    AWS_FUTURE_T_IMPLEMENTATION_END(FUTURE)

/** Declares a future of a reference that the future owns; to its users the same as POINTER_WITH_DESTROY. */
#define AWS_FUTURE_T_POINTER_WITH_RELEASE_DECLARATION(FUTURE, T, API)                                                  \
    AWS_FUTURE_T_POINTER_WITH_DESTROY_DECLARATION(FUTURE, T, API)

/** Implements a future of a reference that the future owns. For one source file. */
#define AWS_FUTURE_T_POINTER_WITH_RELEASE_IMPLEMENTATION(FUTURE, T, RELEASE_FN)                                        \
    AWS_FUTURE_T_IMPLEMENTATION_BEGIN(FUTURE)                                                                          \
    static void *s_##FUTURE##_release_result(void *result) {                                                           \
        RELEASE_FN((T *)result);                                                                                       \
        return NULL;                                                                                                   \
    }                                                                                                                  \
    struct FUTURE *FUTURE##_new(struct aws_allocator *alloc) {                                                         \
        return (struct FUTURE *)(void *)aws_future_impl_new_pointer_with_release(alloc, s_##FUTURE##_release_result);  \
    }                                                                                                                  \
    void FUTURE##_set_result_by_move(struct FUTURE *future, T **pointer) {                                             \
        aws_future_impl_set_result_by_move(s_##FUTURE##_impl(future), pointer);                                        \
    }                                                                                                                  \
    T *FUTURE##_get_result_by_move(struct FUTURE *future) {                                                            \
        T *result = NULL;                                                                                              \
        aws_future_impl_get_result_by_move(s_##FUTURE##_impl(future), &result);                                        \
        return result;                                                                                                 \
    }                                                                                                                  \
    T *FUTURE##_peek_result(const struct FUTURE *future) {                                                             \
        return *(T **)aws_future_impl_get_result_address(s_##FUTURE##_impl(future));                                   \
    }                                                                                                                  \
    AWS_FUTURE_T_IMPLEMENTATION_END(FUTURE)

AWS_PUSH_SANE_WARNING_LEVEL

AWS_EXTERN_C_BEGIN

/* The functions under all future types. The rules are those at the top. */

/**
 * A future of a value of `sizeof_result` bytes.
 * Thread-safe: any thread.
 */
AWS_IO_API
struct aws_future_impl *aws_future_impl_new_by_value(struct aws_allocator *alloc, size_t sizeof_result);

/**
 * A future of a value that owns something.
 * Thread-safe: any thread.
 */
AWS_IO_API
struct aws_future_impl *aws_future_impl_new_by_value_with_clean_up(
    struct aws_allocator *alloc, size_t sizeof_result, aws_future_impl_result_clean_up_fn *result_clean_up);

/**
 * A future of a pointer that it does not own.
 * Thread-safe: any thread.
 */
AWS_IO_API
struct aws_future_impl *aws_future_impl_new_pointer(struct aws_allocator *alloc);

/**
 * A future of a pointer that it owns.
 * Thread-safe: any thread.
 */
AWS_IO_API
struct aws_future_impl *aws_future_impl_new_pointer_with_destroy(
    struct aws_allocator *alloc, aws_future_impl_result_destroy_fn *result_destroy);

/**
 * A future of a reference that it owns.
 * Thread-safe: any thread.
 */
AWS_IO_API
struct aws_future_impl *aws_future_impl_new_pointer_with_release(
    struct aws_allocator *alloc, aws_future_impl_result_release_fn *result_release);

/**
 * Drops a reference. NULL is allowed. Returns NULL always.
 * Thread-safe: any thread.
 */
AWS_IO_API
struct aws_future_impl *aws_future_impl_release(struct aws_future_impl *promise);

/**
 * Adds a reference. Returns its argument, which may be NULL.
 * Thread-safe: any thread.
 */
AWS_IO_API
struct aws_future_impl *aws_future_impl_acquire(struct aws_future_impl *promise);

/**
 * Ends the future with an error.
 * Thread-safe: any thread.
 */
AWS_IO_API
void aws_future_impl_set_error(struct aws_future_impl *promise, int error_code);

/**
 * Ends the future with the result at an address: its bytes are moved, the address is zeroed.
 * Thread-safe: any thread.
 */
AWS_IO_API
void aws_future_impl_set_result_by_move(struct aws_future_impl *promise, void *src_address);

/**
 * Whether the future has ended.
 * Thread-safe: any thread.
 */
AWS_IO_API
bool aws_future_impl_is_done(const struct aws_future_impl *future);

/**
 * Registers a callback for the thread that ends the future.
 * Thread-safe: any thread.
 */
AWS_IO_API
void aws_future_impl_register_callback(
    struct aws_future_impl *future, aws_future_callback_fn *on_done, void *user_data);

/**
 * The same, unless the future is done; then returns false.
 * Thread-safe: any thread.
 */
AWS_IO_API
bool aws_future_impl_register_callback_if_not_done(
    struct aws_future_impl *future, aws_future_callback_fn *on_done, void *user_data);

/**
 * Registers a callback for the thread of an event loop.
 * Thread-safe: any thread.
 */
AWS_IO_API
void aws_future_impl_register_event_loop_callback(
    struct aws_future_impl *future,
    struct aws_event_loop *event_loop,
    aws_future_callback_fn *on_done,
    void *user_data);

/**
 * Registers a callback for the thread of a channel.
 * Thread-safe: any thread.
 */
AWS_IO_API
void aws_future_impl_register_channel_callback(
    struct aws_future_impl *future, struct aws_channel *channel, aws_future_callback_fn *on_done, void *user_data);

/**
 * Waits for at most `timeout_ns` nanoseconds. Returns whether the future is done.
 * Thread-safe: any thread.
 */
AWS_IO_API
bool aws_future_impl_wait(const struct aws_future_impl *future, uint64_t timeout_ns);

/**
 * The error of a future that is done, or 0.
 * Thread-safe: any thread.
 */
AWS_IO_API
int aws_future_impl_get_error(const struct aws_future_impl *future);

/**
 * Where the result is; the future still owns it.
 * Thread-safe: any thread.
 */
AWS_IO_API
void *aws_future_impl_get_result_address(const struct aws_future_impl *future);

/**
 * Moves the result to an address; the caller owns it.
 * One thread at a time.
 */
AWS_IO_API
void aws_future_impl_get_result_by_move(struct aws_future_impl *future, void *dst_address);

/** A future size_t. */
AWS_FUTURE_T_BY_VALUE_DECLARATION(aws_future_size, size_t, AWS_IO_API)

/** A future bool. */
AWS_FUTURE_T_BY_VALUE_DECLARATION(aws_future_bool, bool, AWS_IO_API)

/** A future without a result: it just succeeds, by aws_future_void_set_result(), or fails. */
AWS_FUTURE_T_DECLARATION_BEGIN(aws_future_void, AWS_IO_API)

AWS_IO_API
struct aws_future_void *aws_future_void_new(struct aws_allocator *alloc);

/** Completes the future with success; only the first completion counts. */
AWS_IO_API
void aws_future_void_set_result(struct aws_future_void *future);

AWS_FUTURE_T_DECLARATION_END(aws_future_void, AWS_IO_API)

AWS_EXTERN_C_END

AWS_POP_SANE_WARNING_LEVEL

#endif /* AWS_IO_FUTURE_H */
