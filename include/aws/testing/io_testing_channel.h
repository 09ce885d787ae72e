/* SPDX-License-Identifier: Apache-2.0 */
#ifndef AWS_TESTING_IO_TESTING_CHANNEL_H
#define AWS_TESTING_IO_TESTING_CHANNEL_H

/*
 * A channel for tests of handlers, without network and without threads.
 *
 *     left testing handler | handlers under test | right testing handler (optional)
 *
 * The left handler stands for the socket: tests push read messages out of it, and it keeps the written messages that
 * reach it. The right handler, if installed, stands for the application: it keeps read messages, and tests push write
 * messages and window updates out of it.
 *
 * The event loop is a task scheduler that runs only when the test says so: testing_channel_drain_queued_tasks(). The
 * test's thread counts as the loop's thread, unless testing_channel_set_is_on_users_thread() says otherwise.
 *
 * Functions that return int return 0, or print what was wrong and return another value, for use in ASSERT_SUCCESS().
 */

#include <aws/common/clock.h>
#include <aws/common/task_scheduler.h>
#include <aws/io/channel.h>
#include <aws/io/event_loop.h>
#include <aws/io/logging.h>
#include <aws/io/statistics.h>
#include <aws/testing/aws_test_harness.h>

/** The event loop. */
struct testing_loop {
    struct aws_allocator *allocator;
    struct aws_task_scheduler scheduler;
    /** Answer to the question whether the caller is on the loop's thread. */
    bool mock_on_callers_thread;
};

static int s_testing_loop_run(struct aws_event_loop *event_loop) {
    (void)event_loop;
    return AWS_OP_SUCCESS;
}

static int s_testing_loop_stop(struct aws_event_loop *event_loop) {
    (void)event_loop;
    return AWS_OP_SUCCESS;
}

static int s_testing_loop_wait_for_stop_completion(struct aws_event_loop *event_loop) {
    (void)event_loop;
    return AWS_OP_SUCCESS;
}

static void s_testing_loop_schedule_task_now(struct aws_event_loop *event_loop, struct aws_task *task) {
    struct testing_loop *testing_loop = (struct testing_loop *)aws_event_loop_get_impl(event_loop);
    aws_task_scheduler_schedule_now(&testing_loop->scheduler, task);
}

static void
s_testing_loop_schedule_task_future(struct aws_event_loop *event_loop, struct aws_task *task, uint64_t run_at_nanos) {

    struct testing_loop *testing_loop = (struct testing_loop *)aws_event_loop_get_impl(event_loop);
    aws_task_scheduler_schedule_future(&testing_loop->scheduler, task, run_at_nanos);
}

static void s_testing_loop_cancel_task(struct aws_event_loop *event_loop, struct aws_task *task) {
    struct testing_loop *testing_loop = (struct testing_loop *)aws_event_loop_get_impl(event_loop);
    aws_task_scheduler_cancel_task(&testing_loop->scheduler, task);
}

static bool s_testing_loop_is_on_callers_thread(struct aws_event_loop *event_loop) {
    return ((struct testing_loop *)aws_event_loop_get_impl(event_loop))->mock_on_callers_thread;
}

static void s_testing_loop_start_destroy(struct aws_event_loop *event_loop) {
    (void)event_loop;
}

static void s_testing_loop_complete_destroy(struct aws_event_loop *event_loop) {
    struct testing_loop *testing_loop = (struct testing_loop *)aws_event_loop_get_impl(event_loop);
    struct aws_allocator *allocator = testing_loop->allocator;

    /* Cancelled tasks may still give messages back, so the pool, which is a local object of the base, goes after them.
     */
    aws_task_scheduler_clean_up(&testing_loop->scheduler);
    aws_event_loop_clean_up_base(event_loop);
    aws_mem_release(allocator, testing_loop);
    aws_mem_release(allocator, event_loop);
}

static struct aws_event_loop_vtable s_testing_loop_vtable = {
    s_testing_loop_start_destroy,
    s_testing_loop_complete_destroy,
    s_testing_loop_run,
    s_testing_loop_stop,
    s_testing_loop_wait_for_stop_completion,
    s_testing_loop_schedule_task_now,
    s_testing_loop_schedule_task_now, /* one thread schedules everything, so the order is right already */
    s_testing_loop_schedule_task_future,
    s_testing_loop_cancel_task,
    NULL, /* there is no I/O */
    NULL,
    NULL,
    NULL,
    s_testing_loop_is_on_callers_thread,
};

static struct aws_event_loop *s_testing_loop_new(struct aws_allocator *allocator, aws_io_clock_fn clock) {
    struct testing_loop *testing_loop =
        (struct testing_loop *)aws_mem_calloc(allocator, 1, sizeof(struct testing_loop));
    testing_loop->allocator = allocator;
    testing_loop->mock_on_callers_thread = true;
    aws_task_scheduler_init(&testing_loop->scheduler, allocator);
    return aws_event_loop_new_base(allocator, clock, &s_testing_loop_vtable, testing_loop);
}

/** Called when a testing handler is asked to shut a direction down, before it reports that it has. */
typedef void(testing_channel_handler_on_shutdown_fn)(
    enum aws_channel_direction dir, int error_code, bool free_scarce_resources_immediately, void *user_data);

/** What a testing handler keeps; `impl` of its struct aws_channel_handler. */
struct testing_channel_handler {
    /** Messages that have arrived: read messages at the right end, written ones at the left. */
    struct aws_linked_list messages;
    /** Size of the last window update that came from the right. */
    size_t latest_window_update;
    size_t initial_window;
    /** Left end: whether written messages are completed as they arrive, or when the channel shuts down. */
    bool complete_write_immediately;
    int complete_write_error_code;
    testing_channel_handler_on_shutdown_fn *on_shutdown;
    void *on_shutdown_user_data;
    /** For tests to set: what gather_statistics reports. */
    struct aws_crt_statistics_socket stats;
};

/* Calls the completion callback of a written message, if that has not been done yet. */
static inline void
s_testing_channel_handler_complete_write(struct aws_channel *channel, struct aws_io_message *message, int error_code) {

    aws_channel_on_message_write_completed_fn *on_completion = message->on_completion;
    message->on_completion = NULL;
    if (on_completion != NULL) {
        on_completion(channel, message, error_code, message->user_data);
    }
}

/* Takes the oldest message out of a queue; the caller owns it. */
static inline struct aws_io_message *s_testing_channel_pop_message(struct aws_linked_list *msgs) {
    struct aws_linked_list_node *node = aws_linked_list_pop_front(msgs);
    return AWS_CONTAINER_OF(node, struct aws_io_message, queueing_handle);
}

static int s_testing_channel_handler_process_read_message(
    struct aws_channel_handler *handler, struct aws_channel_slot *slot, struct aws_io_message *message) {

    (void)slot;
    struct testing_channel_handler *testing_handler = (struct testing_channel_handler *)handler->impl;
    aws_linked_list_push_back(&testing_handler->messages, &message->queueing_handle);
    return AWS_OP_SUCCESS;
}

static int s_testing_channel_handler_process_write_message(
    struct aws_channel_handler *handler, struct aws_channel_slot *slot, struct aws_io_message *message) {

    struct testing_channel_handler *testing_handler = (struct testing_channel_handler *)handler->impl;
    aws_linked_list_push_back(&testing_handler->messages, &message->queueing_handle);
    if (slot->adj_left == NULL && testing_handler->complete_write_immediately) {
        s_testing_channel_handler_complete_write(slot->channel, message, testing_handler->complete_write_error_code);
    }
    return AWS_OP_SUCCESS;
}

static int s_testing_channel_handler_increment_read_window(
    struct aws_channel_handler *handler, struct aws_channel_slot *slot, size_t size) {

    (void)slot;
    ((struct testing_channel_handler *)handler->impl)->latest_window_update = size;
    return AWS_OP_SUCCESS;
}

static int s_testing_channel_handler_shutdown(
    struct aws_channel_handler *handler,
    struct aws_channel_slot *slot,
    enum aws_channel_direction dir,
    int error_code,
    bool free_scarce_resources_immediately) {

    struct testing_channel_handler *testing_handler = (struct testing_channel_handler *)handler->impl;

    if (testing_handler->on_shutdown != NULL) {
        testing_handler->on_shutdown(
            dir, error_code, free_scarce_resources_immediately, testing_handler->on_shutdown_user_data);
    }

    /* As with a socket, what is not written by now never will be. Tests may still look at the messages. */
    if (dir == AWS_CHANNEL_DIR_WRITE && slot->adj_left == NULL) {
        struct aws_linked_list *messages = &testing_handler->messages;
        for (struct aws_linked_list_node *node = aws_linked_list_begin(messages); node != aws_linked_list_end(messages);
             node = aws_linked_list_next(node)) {
            struct aws_io_message *message = AWS_CONTAINER_OF(node, struct aws_io_message, queueing_handle);
            s_testing_channel_handler_complete_write(slot->channel, message, AWS_IO_SOCKET_CLOSED);
        }
    }

    return aws_channel_slot_on_handler_shutdown_complete(slot, dir, error_code, free_scarce_resources_immediately);
}

static size_t s_testing_channel_handler_initial_window_size(struct aws_channel_handler *handler) {
    return ((struct testing_channel_handler *)handler->impl)->initial_window;
}

static size_t s_testing_channel_handler_message_overhead(struct aws_channel_handler *handler) {
    (void)handler;
    return 0;
}

static void s_testing_channel_handler_destroy(struct aws_channel_handler *handler) {
    struct testing_channel_handler *testing_handler = (struct testing_channel_handler *)handler->impl;
    while (!aws_linked_list_empty(&testing_handler->messages)) {
        struct aws_io_message *message = s_testing_channel_pop_message(&testing_handler->messages);
        aws_mem_release(message->allocator, message);
    }
    aws_mem_release(handler->alloc, testing_handler);
    aws_mem_release(handler->alloc, handler);
}

static void s_testing_channel_handler_reset_statistics(struct aws_channel_handler *handler) {
    aws_crt_statistics_socket_reset(&((struct testing_channel_handler *)handler->impl)->stats);
}

static void
s_testing_channel_handler_gather_statistics(struct aws_channel_handler *handler, struct aws_array_list *stats) {

    void *entry = &((struct testing_channel_handler *)handler->impl)->stats;
    aws_array_list_push_back(stats, &entry);
}

static struct aws_channel_handler_vtable s_testing_channel_handler_vtable = {
    s_testing_channel_handler_process_read_message,
    s_testing_channel_handler_process_write_message,
    s_testing_channel_handler_increment_read_window,
    s_testing_channel_handler_shutdown,
    s_testing_channel_handler_initial_window_size,
    s_testing_channel_handler_message_overhead,
    s_testing_channel_handler_destroy,
    s_testing_channel_handler_reset_statistics,
    s_testing_channel_handler_gather_statistics,
    NULL, /* there is nothing to read from */
};

/** Makes a testing handler. A slot that it is set into owns it. */
static struct aws_channel_handler *
s_new_testing_channel_handler(struct aws_allocator *allocator, size_t initial_window) {

    struct testing_channel_handler *testing_handler =
        (struct testing_channel_handler *)aws_mem_calloc(allocator, 1, sizeof(struct testing_channel_handler));
    aws_linked_list_init(&testing_handler->messages);
    testing_handler->initial_window = initial_window;
    testing_handler->complete_write_immediately = true;
    testing_handler->complete_write_error_code = AWS_ERROR_SUCCESS;

    struct aws_channel_handler *handler =
        (struct aws_channel_handler *)aws_mem_calloc(allocator, 1, sizeof(struct aws_channel_handler));
    handler->vtable = &s_testing_channel_handler_vtable;
    handler->alloc = allocator;
    handler->impl = testing_handler;
    return handler;
}

/** A channel with its loop and testing handlers. */
struct testing_channel {
    struct aws_event_loop *loop;
    struct testing_loop *loop_impl;
    struct aws_channel *channel;
    struct testing_channel_handler *left_handler_impl;
    /** NULL until testing_channel_install_downstream_handler(). */
    struct testing_channel_handler *right_handler_impl;
    struct aws_channel_slot *left_handler_slot;
    struct aws_channel_slot *right_handler_slot;

    /** Optional, for tests to set: called when the channel has shut down. */
    void (*channel_shutdown)(int error_code, void *user_data);
    void *channel_shutdown_user_data;

    bool channel_setup_completed;
    bool channel_shutdown_completed;
    int channel_shutdown_error_code;
};

static void s_testing_channel_on_setup_completed(struct aws_channel *channel, int error_code, void *user_data) {
    (void)channel;
    (void)error_code;
    ((struct testing_channel *)user_data)->channel_setup_completed = true;
}

static void s_testing_channel_on_shutdown_completed(struct aws_channel *channel, int error_code, void *user_data) {
    (void)channel;
    struct testing_channel *testing = (struct testing_channel *)user_data;
    testing->channel_shutdown_completed = true;
    testing->channel_shutdown_error_code = error_code;
    if (testing->channel_shutdown != NULL) {
        testing->channel_shutdown(error_code, testing->channel_shutdown_user_data);
    }
}

/** Sends a read message to the slot right of the left handler. On failure the caller still owns it. */
static inline int testing_channel_push_read_message(struct testing_channel *testing, struct aws_io_message *message) {
    return aws_channel_slot_send_message(testing->left_handler_slot, message, AWS_CHANNEL_DIR_READ);
}

/** Sends a write message to the slot left of the right handler. On failure the caller still owns it. */
static inline int testing_channel_push_write_message(struct testing_channel *testing, struct aws_io_message *message) {
    ASSERT_NOT_NULL(testing->right_handler_slot, "no right handler is installed");
    return aws_channel_slot_send_message(testing->right_handler_slot, message, AWS_CHANNEL_DIR_WRITE);
}

/** The messages that have reached the left end, oldest first. */
static inline struct aws_linked_list *testing_channel_get_written_message_queue(struct testing_channel *testing) {
    return &testing->left_handler_impl->messages;
}

/**
 * Sets when and with which error written messages are completed: as they arrive, as is the case at first, or when the
 * channel shuts down.
 */
static inline void testing_channel_complete_written_messages_immediately(
    struct testing_channel *testing, bool complete_immediately, int complete_error_code) {

    testing->left_handler_impl->complete_write_immediately = complete_immediately;
    testing->left_handler_impl->complete_write_error_code = complete_error_code;
}

/** The messages that have reached the right end, oldest first. */
static inline struct aws_linked_list *testing_channel_get_read_message_queue(struct testing_channel *testing) {
    return &testing->right_handler_impl->messages;
}

/** Size of the last window update that has reached the left end. */
static inline size_t testing_channel_last_window_update(struct testing_channel *testing) {
    return testing->left_handler_impl->latest_window_update;
}

/** Opens the read window of the right handler. */
static inline int testing_channel_increment_read_window(struct testing_channel *testing, size_t size) {
    ASSERT_NOT_NULL(testing->right_handler_slot, "no right handler is installed");
    return aws_channel_slot_increment_read_window(testing->right_handler_slot, size);
}

/** Runs the tasks that are due now, but none that these schedule. */
static inline void testing_channel_run_currently_queued_tasks(struct testing_channel *testing) {
    uint64_t now = 0;
    aws_event_loop_current_clock_time(testing->loop, &now);
    aws_task_scheduler_run_all(&testing->loop_impl->scheduler, now);
}

/** Runs tasks until none is due. Does not wait for those of the future. */
static inline void testing_channel_drain_queued_tasks(struct testing_channel *testing) {
    for (size_t rounds = 1;; ++rounds) {
        uint64_t now = 0;
        uint64_t next = 0;
        aws_event_loop_current_clock_time(testing->loop, &now);
        if (!aws_task_scheduler_has_tasks(&testing->loop_impl->scheduler, &next) || next > now) {
            return;
        }
        aws_task_scheduler_run_all(&testing->loop_impl->scheduler, now);

        if (rounds % 1000 == 0) {
            AWS_LOGF_WARN(
                AWS_LS_IO_CHANNEL,
                "id=%p: tasks keep scheduling tasks, %llu rounds so far",
                (void *)testing->channel,
                (unsigned long long)rounds);
        }
    }
}

/** Makes the channel believe that the caller is, or is not, on its event-loop thread. */
static inline void testing_channel_set_is_on_users_thread(struct testing_channel *testing, bool on_users_thread) {
    testing->loop_impl->mock_on_callers_thread = on_users_thread;
}

/** How to make a testing channel. */
struct aws_testing_channel_options {
    /** Clock of the loop; required. */
    aws_io_clock_fn *clock_fn;
};

/** Makes a channel with back-pressure and sets it up, with the left handler. Undone by testing_channel_clean_up(). */
static inline int testing_channel_init(
    struct testing_channel *testing, struct aws_allocator *allocator, struct aws_testing_channel_options *options) {

    AWS_ZERO_STRUCT(*testing);

    testing->loop = s_testing_loop_new(allocator, options->clock_fn);
    ASSERT_NOT_NULL(testing->loop, "no event loop");
    testing->loop_impl = (struct testing_loop *)aws_event_loop_get_impl(testing->loop);

    struct aws_channel_options channel_options;
    AWS_ZERO_STRUCT(channel_options);
    channel_options.event_loop = testing->loop;
    channel_options.on_setup_completed = s_testing_channel_on_setup_completed;
    channel_options.setup_user_data = testing;
    channel_options.on_shutdown_completed = s_testing_channel_on_shutdown_completed;
    channel_options.shutdown_user_data = testing;
    channel_options.enable_read_back_pressure = true;
    testing->channel = aws_channel_new(allocator, &channel_options);
    ASSERT_NOT_NULL(testing->channel, "no channel");

    testing_channel_drain_queued_tasks(testing);
    ASSERT_TRUE(testing->channel_setup_completed, "the channel was not set up");

    testing->left_handler_slot = aws_channel_slot_new(testing->channel);
    ASSERT_NOT_NULL(testing->left_handler_slot, "no left slot");
    struct aws_channel_handler *handler = s_new_testing_channel_handler(allocator, 16 * 1024);
    testing->left_handler_impl = (struct testing_channel_handler *)handler->impl;
    ASSERT_SUCCESS(aws_channel_slot_set_handler(testing->left_handler_slot, handler), "left handler");

    return AWS_OP_SUCCESS;
}

/** Shuts the channel down, if that has not been done, and destroys it and its loop. */
static inline int testing_channel_clean_up(struct testing_channel *testing) {
    aws_channel_shutdown(testing->channel, AWS_ERROR_SUCCESS);
    testing_channel_drain_queued_tasks(testing);
    ASSERT_TRUE(testing->channel_shutdown_completed, "the channel did not shut down");

    aws_channel_destroy(testing->channel);
    testing_channel_drain_queued_tasks(testing);

    /* A loop is never destroyed on its own thread. */
    testing_channel_set_is_on_users_thread(testing, false);
    aws_event_loop_destroy(testing->loop);
    return AWS_OP_SUCCESS;
}

/** Adds the right handler, to the right of all slots that exist now. */
static inline int testing_channel_install_downstream_handler(struct testing_channel *testing, size_t initial_window) {
    ASSERT_NULL(testing->right_handler_slot, "a right handler is installed already");

    testing->right_handler_slot = aws_channel_slot_new(testing->channel);
    ASSERT_NOT_NULL(testing->right_handler_slot, "no right slot");
    ASSERT_SUCCESS(aws_channel_slot_insert_end(testing->channel, testing->right_handler_slot), "right slot");

    struct aws_channel_handler *handler =
        s_new_testing_channel_handler(testing->left_handler_slot->alloc, initial_window);
    testing->right_handler_impl = (struct testing_channel_handler *)handler->impl;
    ASSERT_SUCCESS(aws_channel_slot_set_handler(testing->right_handler_slot, handler), "right handler");

    return AWS_OP_SUCCESS;
}

/** Whether the channel has shut down. */
static inline bool testing_channel_is_shutdown_completed(const struct testing_channel *testing) {
    return testing->channel_shutdown_completed;
}

/** Error that the channel has shut down with. */
static inline int testing_channel_get_shutdown_error_code(const struct testing_channel *testing) {
    return testing->channel_shutdown_error_code;
}

/** Sets the callback for the shutdown of the right handler. It may still write messages in either direction's call. */
static inline void testing_channel_set_downstream_handler_shutdown_callback(
    struct testing_channel *testing, testing_channel_handler_on_shutdown_fn *on_shutdown, void *user_data) {

    testing->right_handler_impl->on_shutdown = on_shutdown;
    testing->right_handler_impl->on_shutdown_user_data = user_data;
}

/** Takes the oldest written message and compares its data. */
static inline int
testing_channel_check_written_message(struct testing_channel *channel, struct aws_byte_cursor expected) {

    struct aws_linked_list *msgs = testing_channel_get_written_message_queue(channel);
    ASSERT_FALSE(aws_linked_list_empty(msgs), "no message was written");
    struct aws_io_message *message = s_testing_channel_pop_message(msgs);
    struct aws_byte_cursor got = aws_byte_cursor_from_buf(&message->message_data);
    ASSERT_BIN_ARRAYS_EQUALS(expected.ptr, expected.len, got.ptr, got.len, "a written message differs");
    aws_mem_release(message->allocator, message);
    return AWS_OP_SUCCESS;
}

/** The same with a C string. */
static inline int testing_channel_check_written_message_str(struct testing_channel *channel, const char *expected) {
    return testing_channel_check_written_message(channel, aws_byte_cursor_from_c_str(expected));
}

/** Takes all messages out of a queue and appends their data to a buffer, which grows. */
static inline int testing_channel_drain_messages(struct aws_linked_list *msgs, struct aws_byte_buf *buffer) {
    int result = AWS_OP_SUCCESS;
    while (!aws_linked_list_empty(msgs)) {
        struct aws_io_message *message = s_testing_channel_pop_message(msgs);
        struct aws_byte_cursor data = aws_byte_cursor_from_buf(&message->message_data);
        if (aws_byte_buf_append_dynamic(buffer, &data)) {
            result = AWS_OP_ERR;
        }
        aws_mem_release(message->allocator, message);
    }
    return result;
}

/** Takes all messages out of a queue and compares their data, put together. */
static inline int testing_channel_check_messages_ex(
    struct aws_linked_list *msgs, struct aws_allocator *allocator, struct aws_byte_cursor expected) {

    struct aws_byte_buf got;
    ASSERT_SUCCESS(aws_byte_buf_init(&got, allocator, 1024), "no buffer");
    ASSERT_SUCCESS(testing_channel_drain_messages(msgs, &got), "the buffer cannot grow");
    ASSERT_BIN_ARRAYS_EQUALS(expected.ptr, expected.len, got.buffer, got.len, "the messages differ");
    aws_byte_buf_clean_up(&got);
    return AWS_OP_SUCCESS;
}

/** Takes all written messages and compares their data, put together. */
static inline int testing_channel_check_written_messages(
    struct testing_channel *channel, struct aws_allocator *allocator, struct aws_byte_cursor expected) {

    struct aws_linked_list *msgs = testing_channel_get_written_message_queue(channel);
    return testing_channel_check_messages_ex(msgs, allocator, expected);
}

/** The same with a C string. */
static inline int testing_channel_check_written_messages_str(
    struct testing_channel *channel, struct aws_allocator *allocator, const char *expected) {

    return testing_channel_check_written_messages(channel, allocator, aws_byte_cursor_from_c_str(expected));
}

/** Takes all written messages and appends their data to a buffer, which grows. */
static inline int testing_channel_drain_written_messages(struct testing_channel *channel, struct aws_byte_buf *output) {

    struct aws_linked_list *msgs = testing_channel_get_written_message_queue(channel);
    ASSERT_SUCCESS(testing_channel_drain_messages(msgs, output), "the buffer cannot grow");
    return AWS_OP_SUCCESS;
}

/** Takes all messages that have reached the right end and compares their data, put together. */
static inline int testing_channel_check_midchannel_read_messages(
    struct testing_channel *channel, struct aws_allocator *allocator, struct aws_byte_cursor expected) {

    struct aws_linked_list *msgs = testing_channel_get_read_message_queue(channel);
    return testing_channel_check_messages_ex(msgs, allocator, expected);
}

/** The same with a C string. */
static inline int testing_channel_check_midchannel_read_messages_str(
    struct testing_channel *channel, struct aws_allocator *allocator, const char *expected) {

    return testing_channel_check_midchannel_read_messages(channel, allocator, aws_byte_cursor_from_c_str(expected));
}

/** Sends data, as one message, out of the left handler (read) or the right one (write). */
static inline int testing_channel_send_data(
    struct testing_channel *channel,
    struct aws_byte_cursor data,
    enum aws_channel_direction dir,
    bool ignore_send_message_errors) {

    struct aws_io_message *message =
        aws_channel_acquire_message_from_pool(channel->channel, AWS_IO_MESSAGE_APPLICATION_DATA, data.len);
    ASSERT_NOT_NULL(message, "no message");
    ASSERT_TRUE(
        aws_byte_buf_write_from_whole_cursor(&message->message_data, data), "the data do not fit into one message");

    int err = dir == AWS_CHANNEL_DIR_READ ? testing_channel_push_read_message(channel, message)
                                          : testing_channel_push_write_message(channel, message);
    if (err) {
        /* The message was not accepted, so it is still ours. */
        aws_mem_release(message->allocator, message);
    }
    if (!ignore_send_message_errors) {
        ASSERT_SUCCESS(err, "the message was not accepted");
    }
    return AWS_OP_SUCCESS;
}

/** Sends data in the read direction. */
static inline int testing_channel_push_read_data(struct testing_channel *channel, struct aws_byte_cursor data) {
    return testing_channel_send_data(channel, data, AWS_CHANNEL_DIR_READ, false);
}

/** The same with a C string. */
static inline int testing_channel_push_read_str(struct testing_channel *channel, const char *str) {
    return testing_channel_send_data(channel, aws_byte_cursor_from_c_str(str), AWS_CHANNEL_DIR_READ, false);
}

/** The same, and it does not matter whether the message is accepted. */
static inline int testing_channel_push_read_str_ignore_errors(struct testing_channel *channel, const char *str) {
    return testing_channel_send_data(channel, aws_byte_cursor_from_c_str(str), AWS_CHANNEL_DIR_READ, true);
}

/** Sends data in the write direction, out of the right handler. */
static inline int testing_channel_push_write_data(struct testing_channel *channel, struct aws_byte_cursor data) {
    return testing_channel_send_data(channel, data, AWS_CHANNEL_DIR_WRITE, false);
}

/** The same with a C string. */
static inline int testing_channel_push_write_str(struct testing_channel *channel, const char *str) {
    return testing_channel_send_data(channel, aws_byte_cursor_from_c_str(str), AWS_CHANNEL_DIR_WRITE, false);
}

#endif /* AWS_TESTING_IO_TESTING_CHANNEL_H */
