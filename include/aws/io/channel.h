/* SPDX-License-Identifier: Apache-2.0 */
#ifndef AWS_IO_CHANNEL_H
#define AWS_IO_CHANNEL_H

/*
 * A channel is a chain of slots on one event loop. Each slot holds a handler. Data read from the network travels from
 * the first (left-most) slot to the last; data to be written travels from the last to the first.
 *
 *     socket handler | TLS handler | application handler
 *       left  ------------ read direction ----------->  right
 *       left  <----------- write direction ------------  right
 *
 * With back-pressure each slot has a read window: how many bytes the slot to its left may still send to it. Handlers
 * open it again by aws_channel_slot_increment_read_window().
 *
 * All that happens to a channel happens on its event-loop thread; from elsewhere schedule a task, or shut it down.
 */

#include <aws/io/io.h>

#include <aws/common/statistics.h>
#include <aws/common/task_scheduler.h>

AWS_PUSH_SANE_WARNING_LEVEL

/** Which way data travels. */
enum aws_channel_direction {
    /** From the network: left to right. */
    AWS_CHANNEL_DIR_READ,
    /** To the network: right to left. */
    AWS_CHANNEL_DIR_WRITE,
};

struct aws_array_list;
struct aws_channel;
struct aws_channel_handler;
struct aws_channel_slot;
struct aws_channel_task;
struct aws_event_loop;
struct aws_event_loop_local_object;

AWS_EXTERN_C_BEGIN

/**
 * Reports that a channel is ready for slots, or cannot be used.
 * Called on the event-loop thread, once for each channel that aws_channel_new() returned. If `error_code` is not 0
 * (AWS_IO_EVENT_LOOP_SHUTDOWN if the loop ended first) the channel must still be given up by aws_channel_destroy(),
 * and there will be no shutdown callback.
 */
typedef void(aws_channel_on_setup_completed_fn)(struct aws_channel *channel, int error_code, void *user_data);

/**
 * Reports that a channel has shut down; `error_code` is what aws_channel_shutdown() was given first.
 * Called on the event-loop thread, once, after both directions of every handler have shut down and every channel task
 * has run or been cancelled. May call aws_channel_destroy(); slots and handlers still exist until then. Never called
 * for a channel that is never shut down.
 */
typedef void(aws_channel_on_shutdown_completed_fn)(struct aws_channel *channel, int error_code, void *user_data);

/**
 * A place in a channel. Read its fields; write none but `handler`, and that through aws_channel_slot_set_handler().
 */
struct aws_channel_slot {
    /** Where the slot's memory comes from. */
    struct aws_allocator *alloc;
    /** The channel that owns the slot. */
    struct aws_channel *channel;
    /** Next slot towards the network, or NULL. */
    struct aws_channel_slot *adj_left;
    /** Next slot towards the application, or NULL. */
    struct aws_channel_slot *adj_right;
    /** Owned by the slot, may be NULL. */
    struct aws_channel_handler *handler;
    /** Bytes that may still be sent to this slot in the read direction. */
    size_t window_size;
    /** Bytes that the handlers to the left add to each message. */
    size_t upstream_message_overhead;
    /** Window that has been granted but not yet passed to the left. */
    size_t current_window_update_batch_size;
};

/**
 * Work for the channel's thread. Prepared by aws_channel_task_init(); must stay where it is until it has run.
 *
 * Called on the event-loop thread, once for each time it is scheduled: with AWS_TASK_STATUS_RUN_READY, or with
 * AWS_TASK_STATUS_CANCELED if the channel shuts down first. A task that is scheduled from another thread after the
 * shutdown is called at once, on that thread, as cancelled. May free the task and schedule it again.
 */
typedef void(aws_channel_task_fn)(struct aws_channel_task *channel_task, void *arg, enum aws_task_status status);

/** A task that belongs to a channel. */
struct aws_channel_task {
    /** The library's. */
    struct aws_task wrapper_task;
    aws_channel_task_fn *task_fn;
    void *arg;
    const char *type_tag;
    /** The library's. */
    struct aws_linked_list_node node;
};

/**
 * What makes a handler. All functions are called on the event-loop thread. Functions not marked optional are required.
 */
struct aws_channel_handler_vtable {
    /**
     * Takes a message from the left.
     *
     * On success the handler owns the message: it passes it on, keeps it, or releases it. On failure it must leave the
     * message alone and raise the reason; the sender still owns it.
     */
    int (*process_read_message)(
        struct aws_channel_handler *handler, struct aws_channel_slot *slot, struct aws_io_message *message);
    /**
     * Takes a message from the right. Ownership as above. A handler that accepts the message must see to it that its
     * `on_completion` is called exactly once: by passing the message on, or by giving its completion to the last
     * message made from it.
     */
    int (*process_write_message)(
        struct aws_channel_handler *handler, struct aws_channel_slot *slot, struct aws_io_message *message);
    /**
     * Called when the slot to the handler's right has opened its window by `size` bytes. A handler that passes data
     * through grants as much, with its own overhead added, to its own slot.
     */
    int (*increment_read_window)(struct aws_channel_handler *handler, struct aws_channel_slot *slot, size_t size);
    /**
     * Ends one direction, first the read direction from left to right, then the write direction from right to left.
     * Call aws_channel_slot_on_handler_shutdown_complete() when done: here or later, once for each direction. After
     * the read direction has ended send nothing to the right; after the write direction has ended send nothing to the
     * left. If `free_scarce_resources_immediately`, do not wait: the peer may be hostile.
     */
    int (*shutdown)(
        struct aws_channel_handler *handler,
        struct aws_channel_slot *slot,
        enum aws_channel_direction dir,
        int error_code,
        bool free_scarce_resources_immediately);
    /** Bytes that the slot may be sent before it grants more. Asked once, when the handler is set. */
    size_t (*initial_window_size)(struct aws_channel_handler *handler);
    /** Most bytes that the handler adds to a message in the write direction. */
    size_t (*message_overhead)(struct aws_channel_handler *handler);
    /** Frees the handler, its `alloc` and `impl` included. Nothing is called after this. */
    void (*destroy)(struct aws_channel_handler *handler);
    /** Optional. Sets the counts to 0. */
    void (*reset_statistics)(struct aws_channel_handler *handler);
    /**
     * Optional. Appends pointers to struct aws_crt_statistics_base to the list; they must stay until the next reset.
     */
    void (*gather_statistics)(struct aws_channel_handler *handler, struct aws_array_list *stats_list);
    /** Optional. Reads from the network as if data had arrived. For the left-most handler. */
    void (*trigger_read)(struct aws_channel_handler *handler);
};

/** A handler: the base of every struct that implements one. */
struct aws_channel_handler {
    /** The kind of handler. Not owned. */
    struct aws_channel_handler_vtable *vtable;
    /** Where the handler's memory comes from. */
    struct aws_allocator *alloc;
    /** Set by aws_channel_slot_set_handler(). */
    struct aws_channel_slot *slot;
    /** The implementer's. */
    void *impl;
};

/** How to make a channel. */
struct aws_channel_options {
    /** Required. Its group is kept alive until the channel is gone. */
    struct aws_event_loop *event_loop;
    /** Required. */
    aws_channel_on_setup_completed_fn *on_setup_completed;
    /** Optional. */
    aws_channel_on_shutdown_completed_fn *on_shutdown_completed;
    void *setup_user_data;
    void *shutdown_user_data;
    /** If false, read windows are without bounds. */
    bool enable_read_back_pressure;
};

/**
 * Most bytes of data in a message from the pool; 16384. A loop's message pool takes the value when its first channel
 * is set up.
 */
AWS_IO_API
extern size_t g_aws_channel_max_fragment_size;

/**
 * Prepares a task. `type_tag` names it in logs and is not copied.
 * One thread at a time.
 */
AWS_IO_API
void aws_channel_task_init(
    struct aws_channel_task *channel_task, aws_channel_task_fn *task_fn, void *arg, const char *type_tag);

/**
 * Makes a channel and schedules its set-up; `on_setup_completed` will be called. The caller owns the channel, see
 * aws_channel_destroy().
 * Thread-safe: any thread.
 */
AWS_IO_API
struct aws_channel *aws_channel_new(struct aws_allocator *allocator, const struct aws_channel_options *creation_args);

/**
 * Gives up the creator's hold. When all holds are gone, slots and handlers are destroyed on the event-loop thread and
 * the channel is freed. A channel that has handlers must have been shut down before. It calls no callback of the
 * channel.
 * Thread-safe: any thread.
 */
AWS_IO_API
void aws_channel_destroy(struct aws_channel *channel);

/**
 * Starts to shut the channel down; 0 in `error_code` means that nothing went wrong. The first call decides the error of
 * the shutdown. Later ones only end waits: a shutdown that the peer has caused, and that waits until a window lets
 * through what the peer had sent, waits no longer; and after a call with an error no shutdown waits for a slow peer to
 * take what was written before. Always returns AWS_OP_SUCCESS; what follows is described at
 * aws_channel_handler_vtable.shutdown.
 * Thread-safe: any thread.
 */
AWS_IO_API
int aws_channel_shutdown(struct aws_channel *channel, int error_code);

/**
 * Keeps the channel from being freed. It may still shut down.
 * Thread-safe: any thread.
 */
AWS_IO_API
void aws_channel_acquire_hold(struct aws_channel *channel);

/**
 * Undoes one aws_channel_acquire_hold().
 * Thread-safe: any thread.
 */
AWS_IO_API
void aws_channel_release_hold(struct aws_channel *channel);

/**
 * Makes a slot. The first one of a channel becomes its left-most slot by itself; others must be inserted. The channel
 * owns it from then on.
 * Event-loop thread only.
 */
AWS_IO_API
struct aws_channel_slot *aws_channel_slot_new(struct aws_channel *channel);

/**
 * The loop that the channel was made with.
 * Thread-safe: any thread.
 */
AWS_IO_API
struct aws_event_loop *aws_channel_get_event_loop(struct aws_channel *channel);

/**
 * Reads the clock of the channel's loop, in nanoseconds.
 * Thread-safe: any thread.
 */
AWS_IO_API
int aws_channel_current_clock_time(struct aws_channel *channel, uint64_t *time_nanos);

/**
 * Copies the entry that the channel's loop stores under a key.
 * Errors: AWS_ERROR_INVALID_ARGUMENT if there is none.
 * Event-loop thread only.
 */
AWS_IO_API
int aws_channel_fetch_local_object(
    struct aws_channel *channel, const void *key, struct aws_event_loop_local_object *obj);

/**
 * Stores an entry on the channel's loop, under `obj->key`; `key` should be the same. Not copied: it must stay until it
 * is removed.
 * Event-loop thread only.
 */
AWS_IO_API
int aws_channel_put_local_object(
    struct aws_channel *channel, const void *key, const struct aws_event_loop_local_object *obj);

/**
 * Takes an entry out of the channel's loop; succeeds also if there is none. See aws_event_loop_remove_local_object().
 * Event-loop thread only.
 */
AWS_IO_API
int aws_channel_remove_local_object(
    struct aws_channel *channel, const void *key, struct aws_event_loop_local_object *removed_obj);

/**
 * A fresh message. Its capacity is `size_hint` or g_aws_channel_max_fragment_size, whichever is less, so look at it.
 * The caller owns the message.
 * Event-loop thread only.
 */
AWS_IO_API
struct aws_io_message *aws_channel_acquire_message_from_pool(
    struct aws_channel *channel, enum aws_io_message_type message_type, size_t size_hint);

/**
 * Runs a task on the channel's thread as soon as possible; never inside this call, unless the channel has shut down.
 * Thread-safe: any thread.
 */
AWS_IO_API
void aws_channel_schedule_task_now(struct aws_channel *channel, struct aws_channel_task *task);

/**
 * The same, but queued behind what other threads have scheduled on this channel so far, also when called on the
 * channel's own thread.
 * Thread-safe: any thread.
 */
AWS_IO_API
void aws_channel_schedule_task_now_serialized(struct aws_channel *channel, struct aws_channel_task *task);

/**
 * Runs a task on the channel's thread at `run_at_nanos` of aws_channel_current_clock_time(), or soon after.
 * Thread-safe: any thread.
 */
AWS_IO_API
void aws_channel_schedule_task_future(
    struct aws_channel *channel, struct aws_channel_task *task, uint64_t run_at_nanos);

/**
 * Starts to report statistics to a handler, at the interval it asks for, and takes ownership of it. The handler before
 * is destroyed. NULL only stops. The last handler is destroyed with the channel. Nothing is reported once the channel
 * shuts down. On failure the caller still owns the handler.
 * Errors: AWS_ERROR_IO_EVENT_LOOP_THREAD_ONLY.
 * Event-loop thread only.
 */
AWS_IO_API
int aws_channel_set_statistics_handler(struct aws_channel *channel, struct aws_crt_statistics_handler *handler);

/**
 * Whether the caller is on the channel's thread.
 * Thread-safe: any thread.
 */
AWS_IO_API
bool aws_channel_thread_is_callers_thread(struct aws_channel *channel);

/**
 * Puts a handler into a slot that is in its place, and opens the slot's window by the handler's initial size. The slot
 * owns the handler.
 * Event-loop thread only.
 */
AWS_IO_API
int aws_channel_slot_set_handler(struct aws_channel_slot *slot, struct aws_channel_handler *handler);

/**
 * Takes a slot out of the chain and destroys it and its handler.
 * Event-loop thread only.
 */
AWS_IO_API
int aws_channel_slot_remove(struct aws_channel_slot *slot);

/**
 * Puts `new_slot` in the place of `remove`, and destroys `remove` and its handler.
 * Event-loop thread only.
 */
AWS_IO_API
int aws_channel_slot_replace(struct aws_channel_slot *remove, struct aws_channel_slot *new_slot);

/**
 * Inserts a slot next to another, towards the application.
 * Event-loop thread only.
 */
AWS_IO_API
int aws_channel_slot_insert_right(struct aws_channel_slot *slot, struct aws_channel_slot *to_add);

/**
 * Makes a slot the right-most one.
 * Errors: AWS_ERROR_INVALID_STATE if it is the channel's first slot.
 * Event-loop thread only.
 */
AWS_IO_API
int aws_channel_slot_insert_end(struct aws_channel *channel, struct aws_channel_slot *to_add);

/**
 * Inserts a slot next to another, towards the network.
 * Event-loop thread only.
 */
AWS_IO_API
int aws_channel_slot_insert_left(struct aws_channel_slot *slot, struct aws_channel_slot *to_add);

/**
 * Hands a message to the next slot in a direction. On success that slot's handler owns the message. On failure the
 * caller still does, and no completion callback was called.
 * Errors: AWS_IO_CHANNEL_READ_WOULD_EXCEED_WINDOW if the next slot's read window is too small; AWS_ERROR_INVALID_STATE
 * if there is no handler on that side; those of the handler.
 * Event-loop thread only.
 */
AWS_IO_API
int aws_channel_slot_send_message(
    struct aws_channel_slot *slot, struct aws_io_message *message, enum aws_channel_direction dir);

/**
 * A message for the write direction that is as large as the handlers to the left can still fit into one fragment. The
 * caller owns it.
 * Event-loop thread only.
 */
AWS_IO_API
struct aws_io_message *aws_channel_slot_acquire_max_message_for_write(struct aws_channel_slot *slot);

/**
 * Lets the slots to the left send `window` more bytes; saturates. Grants are collected and passed to the left in one
 * task. Does nothing without back-pressure, and nothing once the channel has shut down.
 * Event-loop thread only.
 */
AWS_IO_API
int aws_channel_slot_increment_read_window(struct aws_channel_slot *slot, size_t window);

/**
 * For handlers: reports that one direction has ended, and lets the next slot go on. Pass on what
 * aws_channel_handler_vtable.shutdown received.
 * Event-loop thread only.
 */
AWS_IO_API
int aws_channel_slot_on_handler_shutdown_complete(
    struct aws_channel_slot *slot,
    enum aws_channel_direction dir,
    int err_code,
    bool free_scarce_resources_immediately);

/**
 * Calls the shutdown function of a slot's handler. To shut a channel down use aws_channel_shutdown().
 * Event-loop thread only.
 */
AWS_IO_API
int aws_channel_slot_shutdown(
    struct aws_channel_slot *slot,
    enum aws_channel_direction dir,
    int err_code,
    bool free_scarce_resources_immediately);

/**
 * Bytes that the slot to the right will still take; SIZE_MAX without back-pressure.
 * Event-loop thread only.
 */
AWS_IO_API
size_t aws_channel_slot_downstream_read_window(struct aws_channel_slot *slot);

/**
 * Bytes that the handlers to the left add to each message of this slot.
 * Event-loop thread only.
 */
AWS_IO_API
size_t aws_channel_slot_upstream_message_overhead(struct aws_channel_slot *slot);

/**
 * The following call the function of the same name in the handler's vtable.
 * Event-loop thread only.
 */
AWS_IO_API
void aws_channel_handler_destroy(struct aws_channel_handler *handler);
AWS_IO_API
int aws_channel_handler_process_read_message(
    struct aws_channel_handler *handler, struct aws_channel_slot *slot, struct aws_io_message *message);
AWS_IO_API
int aws_channel_handler_process_write_message(
    struct aws_channel_handler *handler, struct aws_channel_slot *slot, struct aws_io_message *message);
AWS_IO_API
int aws_channel_handler_increment_read_window(
    struct aws_channel_handler *handler, struct aws_channel_slot *slot, size_t size);
AWS_IO_API
int aws_channel_handler_shutdown(
    struct aws_channel_handler *handler,
    struct aws_channel_slot *slot,
    enum aws_channel_direction dir,
    int error_code,
    bool free_scarce_resources_immediately);
AWS_IO_API
size_t aws_channel_handler_initial_window_size(struct aws_channel_handler *handler);

/**
 * The left-most slot, or NULL.
 * Event-loop thread only.
 */
AWS_IO_API
struct aws_channel_slot *aws_channel_get_first_slot(struct aws_channel *channel);

/**
 * Makes the left-most handler read from the network, as if data had arrived. For handlers that were added after data
 * had.
 * Errors: AWS_ERROR_INVALID_STATE on another thread, or without a left-most handler.
 * Event-loop thread only.
 */
AWS_IO_API
int aws_channel_trigger_read(struct aws_channel *channel);

AWS_EXTERN_C_END

AWS_POP_SANE_WARNING_LEVEL

#endif /* AWS_IO_CHANNEL_H */
