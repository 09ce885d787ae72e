/* SPDX-License-Identifier: Apache-2.0 */
#ifndef AWS_IO_EVENT_LOOP_H
#define AWS_IO_EVENT_LOOP_H

/*
 * Event loops and groups of them.
 *
 * An event loop is one thread that waits for I/O and runs tasks. Programs normally make a group, hand it to bootstraps
 * and resolvers, and meet single loops only to schedule tasks or to write one of their own (aws_event_loop_vtable).
 */

#include <aws/io/io.h>

AWS_PUSH_SANE_WARNING_LEVEL

struct aws_event_loop;
struct aws_event_loop_group;
struct aws_event_loop_options;
struct aws_shutdown_callback_options;
struct aws_task;

AWS_EXTERN_C_BEGIN

/**
 * Reports events of a subscribed handle. `events` is a set of enum aws_io_event_type.
 *
 * Called on the event-loop thread, once for each change (edge-triggered): read or write until it would block, or the
 * next call may never come. Not called again after aws_event_loop_unsubscribe_from_io_events(), which may be called
 * from inside.
 */
typedef void(aws_event_loop_on_event_fn)(
    struct aws_event_loop *event_loop, struct aws_io_handle *handle, int events, void *user_data);

/**
 * What makes an event loop. The functions of this and the next header call these, and document what they must do;
 * write your own to run the library on a loop of yours.
 */
struct aws_event_loop_vtable {
    /** Begins destruction and returns at once. Other loops of the group are asked the same before any is waited for. */
    void (*start_destroy)(struct aws_event_loop *event_loop);
    /** Stops the loop if need be, waits for it, cancels all tasks and frees everything, the base included. */
    void (*complete_destroy)(struct aws_event_loop *event_loop);
    /** Starts the loop on its thread. */
    int (*run)(struct aws_event_loop *event_loop);
    /** Asks the loop to stop after the present round; does not wait. May be called more than once. */
    int (*stop)(struct aws_event_loop *event_loop);
    /** Waits until the loop's thread has ended. */
    int (*wait_for_stop_completion)(struct aws_event_loop *event_loop);
    /** Must allow any thread. `task->node` and `task->timestamp` are the loop's until the task runs. */
    void (*schedule_task_now)(struct aws_event_loop *event_loop, struct aws_task *task);
    /** As above, but always queued behind what other threads have scheduled. */
    void (*schedule_task_now_serialized)(struct aws_event_loop *event_loop, struct aws_task *task);
    /** As schedule_task_now, not before `run_at_nanos`. */
    void (*schedule_task_future)(struct aws_event_loop *event_loop, struct aws_task *task, uint64_t run_at_nanos);
    /** On the loop's thread: runs the task before returning, as cancelled. */
    void (*cancel_task)(struct aws_event_loop *event_loop, struct aws_task *task);
    /**
     * Windows only: ties `handle->data.handle` to the loop's completion port, on any thread. For each packet that comes
     * the loop calls `on_completion` of the `struct aws_overlapped` that its OVERLAPPED begins, on its thread, and does
     * not touch that any more. Packets that there are when tasks have been cancelled are taken before the base is
     * cleaned up. A loop without this has no sockets and no pipes. Others raise AWS_ERROR_PLATFORM_NOT_SUPPORTED.
     */
    int (*connect_to_io_completion_port)(struct aws_event_loop *event_loop, struct aws_io_handle *handle);
    int (*subscribe_to_io_events)(
        struct aws_event_loop *event_loop,
        struct aws_io_handle *handle,
        int events,
        aws_event_loop_on_event_fn *on_event,
        void *user_data);
    int (*unsubscribe_from_io_events)(struct aws_event_loop *event_loop, struct aws_io_handle *handle);
    /** Frees what a subscription left in `aws_io_handle.additional_data`, for a loop that no longer runs. */
    void (*free_io_event_resources)(void *user_data);
    /** True also for the thread that cancels tasks during complete_destroy. */
    bool (*is_on_callers_thread)(struct aws_event_loop *event_loop);
};

/** System interface under a loop. */
enum aws_event_loop_type {
    /** Whatever suits the platform best. */
    AWS_EVENT_LOOP_PLATFORM_DEFAULT,
    /** Linux. */
    AWS_EVENT_LOOP_EPOLL,
    /** Windows. */
    AWS_EVENT_LOOP_IOCP,
    /** macOS and BSD. */
    AWS_EVENT_LOOP_KQUEUE,
    /** Apple's dispatch queues. */
    AWS_EVENT_LOOP_DISPATCH_QUEUE,
};

/** How to make a group. All zero is a good choice. */
struct aws_event_loop_group_options {
    /** Number of loops, each with its thread. 0 means half the processors, at least one. */
    uint16_t loop_count;
    /** Interface of every loop. */
    enum aws_event_loop_type type;
    /**
     * Optional. Called once, on a thread of the library, when every thread of the group has ended and its memory is
     * free.
     */
    const struct aws_shutdown_callback_options *shutdown_options;
    /**
     * Optional. Pins the loops to the processors of this NUMA node; hyper-threads are left out, so there may be fewer
     * loops than asked for.
     */
    const uint16_t *cpu_group;
    /** Optional. Clock of every loop; NULL means aws_high_res_clock_get_ticks(). */
    aws_io_clock_fn *clock_override;
};

/**
 * Runs a task as soon as possible, in the order in which this thread scheduled its tasks. The task must stay until it
 * has run; it runs exactly once, with AWS_TASK_STATUS_CANCELED if the loop is destroyed first. A task that a loop
 * thread schedules on its own loop never runs inside this call.
 * Thread-safe: any thread.
 */
AWS_IO_API
void aws_event_loop_schedule_task_now(struct aws_event_loop *event_loop, struct aws_task *task);

/**
 * The same, but queued behind everything that other threads have scheduled so far, also when called on the loop's own
 * thread. Keeps the order of tasks that several threads schedule in turn.
 * Thread-safe: any thread.
 */
AWS_IO_API
void aws_event_loop_schedule_task_now_serialized(struct aws_event_loop *event_loop, struct aws_task *task);

/**
 * Runs a task at `run_at_nanos` of aws_event_loop_current_clock_time(), or soon after. Otherwise as
 * aws_event_loop_schedule_task_now().
 * Thread-safe: any thread.
 */
AWS_IO_API
void aws_event_loop_schedule_task_future(
    struct aws_event_loop *event_loop, struct aws_task *task, uint64_t run_at_nanos);

/**
 * Takes a scheduled task back and runs it before returning, with AWS_TASK_STATUS_CANCELED. The task must be scheduled:
 * cancel none that has run.
 * Event-loop thread only.
 */
AWS_IO_API
void aws_event_loop_cancel_task(struct aws_event_loop *event_loop, struct aws_task *task);

/**
 * Whether the caller is on the loop's thread.
 * Thread-safe: any thread.
 */
AWS_IO_API
bool aws_event_loop_thread_is_callers_thread(struct aws_event_loop *event_loop);

/**
 * Reads the loop's clock, in nanoseconds.
 * Thread-safe: any thread.
 */
AWS_IO_API
int aws_event_loop_current_clock_time(const struct aws_event_loop *event_loop, uint64_t *time_nanos);

/**
 * Makes a group and starts its loops. The caller owns one reference, see aws_event_loop_group_release().
 * Errors: AWS_ERROR_INVALID_ARGUMENT if the node in `cpu_group` has no processors; AWS_ERROR_PLATFORM_NOT_SUPPORTED
 * for a type that the platform lacks; those of aws_thread_launch(). On failure everything is undone and the shutdown
 * callback is not called.
 * Thread-safe: any thread.
 */
AWS_IO_API
struct aws_event_loop_group *
aws_event_loop_group_new(struct aws_allocator *allocator, const struct aws_event_loop_group_options *options);

/**
 * Adds a reference. Returns its argument, which may be NULL.
 * Thread-safe: any thread.
 */
AWS_IO_API
struct aws_event_loop_group *aws_event_loop_group_acquire(struct aws_event_loop_group *el_group);

/**
 * Drops a reference. NULL is allowed. The last one starts the end of the group, in the background: loops stop, their
 * remaining tasks run as cancelled, threads end, memory is freed, the shutdown callback is called. It may be dropped
 * on a loop's own thread. To wait for the end, use the shutdown callback, aws_thread_join_all_managed() or
 * aws_io_library_clean_up().
 * Thread-safe: any thread.
 */
AWS_IO_API
void aws_event_loop_group_release(struct aws_event_loop_group *el_group);

/**
 * Adds a reference to the group that a loop belongs to, and returns the group. NULL if the loop is NULL or belongs to
 * none.
 * Thread-safe: any thread.
 */
AWS_IO_API
struct aws_event_loop_group *aws_event_loop_group_acquire_from_event_loop(struct aws_event_loop *event_loop);

/**
 * Drops a reference to the group that a loop belongs to. Does nothing if the loop is NULL or belongs to none.
 * Thread-safe: any thread.
 */
AWS_IO_API
void aws_event_loop_group_release_from_event_loop(struct aws_event_loop *event_loop);

/**
 * The loop at an index. NULL, with AWS_ERROR_INVALID_INDEX raised, if there is none. The group keeps the loop alive.
 * Thread-safe: any thread.
 */
AWS_IO_API
struct aws_event_loop *aws_event_loop_group_get_loop_at(struct aws_event_loop_group *el_group, size_t index);

/**
 * Number of loops; constant for the life of the group.
 * Thread-safe: any thread.
 */
AWS_IO_API
size_t aws_event_loop_group_get_loop_count(const struct aws_event_loop_group *el_group);

/**
 * Type of the loops, never AWS_EVENT_LOOP_PLATFORM_DEFAULT.
 * Thread-safe: any thread.
 */
AWS_IO_API
enum aws_event_loop_type aws_event_loop_group_get_type(const struct aws_event_loop_group *el_group);

/**
 * Picks a loop for new work: the less busy one of two taken at random. NULL only for a group without loops.
 * Thread-safe: any thread.
 */
AWS_IO_API
struct aws_event_loop *aws_event_loop_group_get_next_loop(struct aws_event_loop_group *el_group);

/**
 * aws_event_loop_group_new() with `max_threads` loops (0: half the processors) of the default type. `shutdown_options`
 * may be NULL.
 * Thread-safe: any thread.
 */
AWS_IO_API
struct aws_event_loop_group *aws_event_loop_group_new_default(
    struct aws_allocator *alloc, uint16_t max_threads, const struct aws_shutdown_callback_options *shutdown_options);

/**
 * The same with every loop pinned to a processor of one NUMA node.
 * Thread-safe: any thread.
 */
AWS_IO_API
struct aws_event_loop_group *aws_event_loop_group_new_default_pinned_to_cpu_group(
    struct aws_allocator *alloc,
    uint16_t max_threads,
    uint16_t cpu_group,
    const struct aws_shutdown_callback_options *shutdown_options);

/**
 * For the writer of a loop: the `impl` that aws_event_loop_new_base() was given.
 * Thread-safe: any thread.
 */
AWS_IO_API
void *aws_event_loop_get_impl(struct aws_event_loop *event_loop);

/**
 * For the writer of a loop: makes a loop that works by `vtable` and `impl`. Neither is copied; both must outlive the
 * loop. `vtable->complete_destroy` ends by calling aws_event_loop_clean_up_base() and releasing the loop's memory to
 * `allocator`.
 * Thread-safe: any thread.
 */
AWS_IO_API
struct aws_event_loop *aws_event_loop_new_base(
    struct aws_allocator *allocator, aws_io_clock_fn *clock, struct aws_event_loop_vtable *vtable, void *impl);

/**
 * For the writer of a loop: drops the local objects, calling on_object_removed for each. Does not free the loop.
 * One thread at a time.
 */
AWS_IO_API
void aws_event_loop_clean_up_base(struct aws_event_loop *event_loop);

/**
 * aws_event_loop_start_destroy() and aws_event_loop_complete_destroy() in one. NULL is allowed. Only for loops made
 * singly; loops of a group end with it.
 * Not on an event-loop thread.
 */
AWS_IO_API
void aws_event_loop_destroy(struct aws_event_loop *event_loop);

/**
 * Begins to destroy a loop; nothing more may be scheduled on it from outside. NULL is allowed.
 * Not on an event-loop thread.
 */
AWS_IO_API
void aws_event_loop_start_destroy(struct aws_event_loop *event_loop);

/**
 * Waits until the loop's thread has ended, runs the remaining tasks on the calling thread with
 * AWS_TASK_STATUS_CANCELED, and frees the loop. NULL is allowed. Call it after aws_event_loop_start_destroy().
 * Not on an event-loop thread.
 */
AWS_IO_API
void aws_event_loop_complete_destroy(struct aws_event_loop *event_loop);

AWS_EXTERN_C_END

AWS_POP_SANE_WARNING_LEVEL

#endif /* AWS_IO_EVENT_LOOP_H */
