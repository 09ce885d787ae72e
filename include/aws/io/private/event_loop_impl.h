/* SPDX-License-Identifier: Apache-2.0 */
#ifndef AWS_IO_PRIVATE_EVENT_LOOP_IMPL_H
#define AWS_IO_PRIVATE_EVENT_LOOP_IMPL_H

/*
 * The inside of event loops: for handlers, sockets and tests that go beneath the public interface.
 */

#include <aws/io/io.h>

#include <aws/common/atomics.h>
#include <aws/common/hash_table.h>
#include <aws/common/ref_count.h>
#include <aws/io/event_loop.h>

AWS_PUSH_SANE_WARNING_LEVEL

struct aws_event_loop_local_object;
struct aws_overlapped;
struct aws_thread_options;

AWS_EXTERN_C_BEGIN

/**
 * Reports that an overlapped operation has ended. Windows only.
 * Called on the event-loop thread, once for each operation. `status_code` is 0 or the system's status of the
 * operation.
 */
typedef void(aws_event_loop_on_completion_fn)(
    struct aws_event_loop *event_loop,
    struct aws_overlapped *overlapped,
    int status_code,
    size_t num_bytes_transferred);

/** Image of the system's OVERLAPPED, so that this header needs none of the system's. */
struct aws_win32_OVERLAPPED {
    uintptr_t Internal;
    uintptr_t InternalHigh;
    union {
        struct {
            uint32_t Offset;
            uint32_t OffsetHigh;
        } s;
        void *Pointer;
    } u;
    void *hEvent;
};

/**
 * One overlapped operation. Windows only. Must stay where it is until `on_completion` has been called, also when the
 * operation is cancelled.
 */
struct aws_overlapped {
    /** First, so that its address is that of the whole. */
    struct aws_win32_OVERLAPPED overlapped;
    aws_event_loop_on_completion_fn *on_completion;
    void *user_data;
};

/** What happened to a handle. */
enum aws_io_event_type {
    /** Data, a connection or the end of the stream waits. */
    AWS_IO_EVENT_TYPE_READABLE = 1,
    /** There is room for data, or a connection attempt has ended. */
    AWS_IO_EVENT_TYPE_WRITABLE,
    /** The peer will send no more. Data may still wait. */
    AWS_IO_EVENT_TYPE_REMOTE_HANG_UP = 4,
    /** Both directions are closed. Data may still wait. */
    AWS_IO_EVENT_TYPE_CLOSED = 8,
    /** The handle has failed. */
    AWS_IO_EVENT_TYPE_ERROR = 16,
};

/** Base of every event loop. */
struct aws_event_loop {
    struct aws_event_loop_vtable *vtable;
    struct aws_allocator *alloc;
    aws_io_clock_fn *clock;
    /** Key to struct aws_event_loop_local_object. Loop thread only. */
    struct aws_hash_table local_data;
    /** Busy nanoseconds in the last full second. */
    struct aws_atomic_var current_load_factor;
    /** Start of the present round, 0 between rounds. Loop thread only. */
    uint64_t latest_tick_start;
    /** Busy nanoseconds so far in this second. Loop thread only. */
    size_t current_tick_latency_sum;
    /** Second at which the sum becomes the load factor. */
    struct aws_atomic_var next_flush_time;
    /** Group of the loop; NULL for a loop made singly. */
    struct aws_event_loop_group *base_elg;
    void *impl_data;
};

/**
 * Called for an entry that leaves the local storage, because the loop ends or aws_event_loop_remove_local_object() was
 * not asked to return it.
 * Called on the loop's thread, or on the thread that destroys the loop. May free the object and its entry.
 */
typedef void(aws_event_loop_on_local_object_removed_fn)(struct aws_event_loop_local_object *);

/** Entry of a loop's local storage. */
struct aws_event_loop_local_object {
    /** Any address that is the user's own. */
    const void *key;
    void *object;
    /** Optional. */
    aws_event_loop_on_local_object_removed_fn *on_object_removed;
};

/** How to make one loop. */
struct aws_event_loop_options {
    /** Required. */
    aws_io_clock_fn *clock;
    /** Optional. Name, stack size, processor of the thread. */
    struct aws_thread_options *thread_options;
    enum aws_event_loop_type type;
    /** Group that the loop will belong to, or NULL. */
    struct aws_event_loop_group *parent_elg;
};

/**
 * Makes a loop for a group. Called on the thread that makes the group, once for each loop. Returns NULL, with an error
 * raised, to give up.
 */
typedef struct aws_event_loop *(
    aws_new_event_loop_fn)(struct aws_allocator *alloc, const struct aws_event_loop_options *options, void *user_data);

/** Inside of a group. */
struct aws_event_loop_group {
    struct aws_allocator *allocator;
    /** Of struct aws_event_loop *. */
    struct aws_array_list event_loops;
    struct aws_ref_count ref_count;
    struct aws_shutdown_callback_options shutdown_options;
    enum aws_event_loop_type event_loop_type;
};

#if defined(_WIN32) || defined(AWS_ENABLE_IO_COMPLETION_PORTS)

/**
 * Prepares an operation. To be done before each use.
 * One thread at a time.
 */
AWS_IO_API
void aws_overlapped_init(
    struct aws_overlapped *overlapped, aws_event_loop_on_completion_fn *on_completion, void *user_data);

/**
 * Makes an operation that has ended ready for another, with the same callback.
 * One thread at a time.
 */
AWS_IO_API
void aws_overlapped_reset(struct aws_overlapped *overlapped);

/** The address to give to the system. */
AWS_IO_API
struct _OVERLAPPED *aws_overlapped_to_windows_overlapped(struct aws_overlapped *overlapped);

#endif

/**
 * Each makes a loop over one system interface; it does not run yet. All but those of the platform raise
 * AWS_ERROR_PLATFORM_NOT_SUPPORTED. Not exported from the shared library: use aws_event_loop_new().
 * Thread-safe: any thread.
 */
AWS_IO_API
struct aws_event_loop *
aws_event_loop_new_with_iocp(struct aws_allocator *alloc, const struct aws_event_loop_options *options);
AWS_IO_API
struct aws_event_loop *
aws_event_loop_new_with_dispatch_queue(struct aws_allocator *alloc, const struct aws_event_loop_options *options);
AWS_IO_API
struct aws_event_loop *
aws_event_loop_new_with_kqueue(struct aws_allocator *alloc, const struct aws_event_loop_options *options);
AWS_IO_API
struct aws_event_loop *
aws_event_loop_new_with_epoll(struct aws_allocator *alloc, const struct aws_event_loop_options *options);

/**
 * The type that AWS_EVENT_LOOP_PLATFORM_DEFAULT stands for.
 * Thread-safe: any thread.
 */
AWS_IO_API
enum aws_event_loop_type aws_event_loop_get_default_type(void);

/**
 * Ties a handle to the loop's completion port, for good. Windows only.
 * Errors: AWS_ERROR_PLATFORM_NOT_SUPPORTED elsewhere; AWS_ERROR_SYS_CALL_FAILURE.
 * Thread-safe: any thread.
 */
AWS_IO_API
int aws_event_loop_connect_handle_to_io_completion_port(
    struct aws_event_loop *event_loop, struct aws_io_handle *handle);

/**
 * Watches a handle for `events`, a set of enum aws_io_event_type, edge-triggered; hang-up, close and error are always
 * reported. The handle must stay where it is, open, until it is unsubscribed. Not for loops over completion ports.
 * Errors: AWS_ERROR_SYS_CALL_FAILURE if the system refuses the handle; AWS_ERROR_PLATFORM_NOT_SUPPORTED.
 * Thread-safe: any thread.
 */
AWS_IO_API
int aws_event_loop_subscribe_to_io_events(
    struct aws_event_loop *event_loop,
    struct aws_io_handle *handle,
    int events,
    aws_event_loop_on_event_fn *on_event,
    void *user_data);

/**
 * Makes a loop of the default type with a clock; aws_event_loop_run() starts it.
 * Thread-safe: any thread.
 */
AWS_IO_API
struct aws_event_loop *aws_event_loop_new_default(struct aws_allocator *alloc, aws_io_clock_fn *clock);

/**
 * Makes a loop; aws_event_loop_run() starts it.
 * Errors: AWS_ERROR_PLATFORM_NOT_SUPPORTED or AWS_ERROR_UNSUPPORTED_OPERATION for the type;
 * AWS_ERROR_SYS_CALL_FAILURE.
 * Thread-safe: any thread.
 */
AWS_IO_API
struct aws_event_loop *aws_event_loop_new(struct aws_allocator *alloc, const struct aws_event_loop_options *options);

/**
 * For the writer of a loop who brings the memory: fills in the base. `vtable` and `impl_data` are left to the caller.
 * Undone by aws_event_loop_clean_up_base().
 * One thread at a time.
 */
AWS_IO_API
int aws_event_loop_init_base(struct aws_event_loop *event_loop, struct aws_allocator *alloc, aws_io_clock_fn *clock);

/**
 * Copies the entry stored under a key.
 * Errors: AWS_ERROR_INVALID_ARGUMENT if there is none.
 * Event-loop thread only.
 */
AWS_IO_API
int aws_event_loop_fetch_local_object(
    struct aws_event_loop *event_loop, void *key, struct aws_event_loop_local_object *obj);

/**
 * Stores an entry under `obj->key`. Not copied: it must stay until it is removed. An older entry of that key is
 * forgotten without a call.
 * Event-loop thread only.
 */
AWS_IO_API
int aws_event_loop_put_local_object(struct aws_event_loop *event_loop, struct aws_event_loop_local_object *obj);

/**
 * Takes the entry of a key out. If `removed_obj` is not NULL it receives a copy and on_object_removed is not called;
 * otherwise it is called. Succeeds also if there was none.
 * Event-loop thread only.
 */
AWS_IO_API
int aws_event_loop_remove_local_object(
    struct aws_event_loop *event_loop, void *key, struct aws_event_loop_local_object *removed_obj);

/**
 * Starts the loop on its own thread.
 * Errors: those of aws_thread_launch().
 * One thread at a time.
 */
AWS_IO_API
int aws_event_loop_run(struct aws_event_loop *event_loop);

/**
 * Asks the loop to stop and returns. Tasks stay scheduled. Follow it with aws_event_loop_wait_for_stop_completion().
 * Thread-safe: any thread.
 */
AWS_IO_API
int aws_event_loop_stop(struct aws_event_loop *event_loop);

/**
 * For the writer of a loop: to be called first in each round, after waiting.
 * Event-loop thread only.
 */
AWS_IO_API
void aws_event_loop_register_tick_start(struct aws_event_loop *event_loop);

/**
 * For the writer of a loop: to be called last in each round, before waiting.
 * Event-loop thread only.
 */
AWS_IO_API
void aws_event_loop_register_tick_end(struct aws_event_loop *event_loop);

/**
 * How busy the loop is: nanoseconds of work in the last full second. 0 if the loop has been idle for more than ten
 * seconds.
 * Thread-safe: any thread.
 */
AWS_IO_API
size_t aws_event_loop_get_load_factor(struct aws_event_loop *event_loop);

/**
 * Waits until a loop that was asked to stop has stopped. Call it once for each aws_event_loop_run().
 * Not on an event-loop thread.
 */
AWS_IO_API
int aws_event_loop_wait_for_stop_completion(struct aws_event_loop *event_loop);

/**
 * Ends the watch. No event is reported after this, not even one that has already happened.
 * Errors: AWS_ERROR_SYS_CALL_FAILURE.
 * Event-loop thread only.
 */
AWS_IO_API
int aws_event_loop_unsubscribe_from_io_events(struct aws_event_loop *event_loop, struct aws_io_handle *handle);

/**
 * Frees what the subscription of a handle left in memory, for a loop that has been stopped and cannot unsubscribe any
 * more.
 * One thread at a time.
 */
AWS_IO_API
void aws_event_loop_free_io_event_resources(struct aws_event_loop *event_loop, struct aws_io_handle *handle);

/**
 * aws_event_loop_group_new() with loops that `new_loop_fn` makes.
 * Thread-safe: any thread.
 */
AWS_IO_API
struct aws_event_loop_group *aws_event_loop_group_new_internal(
    struct aws_allocator *allocator,
    const struct aws_event_loop_group_options *options,
    aws_new_event_loop_fn *new_loop_fn,
    void *new_loop_user_data);

AWS_EXTERN_C_END

AWS_POP_SANE_WARNING_LEVEL

#endif /* AWS_IO_PRIVATE_EVENT_LOOP_IMPL_H */
