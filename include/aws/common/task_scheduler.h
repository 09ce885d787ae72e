/* SPDX-License-Identifier: Apache-2.0 */
#ifndef AWS_COMMON_TASK_SCHEDULER_H
#define AWS_COMMON_TASK_SCHEDULER_H

/*
 * Tasks that one thread runs when their time has come. A scheduler has no thread and no clock of its own, and is not
 * synchronised: one thread at a time may use it.
 */

#include <aws/common/common.h>
#include <aws/common/linked_list.h>
#include <aws/common/priority_queue.h>

AWS_PUSH_SANE_WARNING_LEVEL

struct aws_task;

/** Why a task is called. */
typedef enum aws_task_status {
    /** Its time has come. */
    AWS_TASK_STATUS_RUN_READY,
    /** It was cancelled or its scheduler ends: free what belongs to it, and do no more. */
    AWS_TASK_STATUS_CANCELED,
} aws_task_status;

/** A task's function. It may schedule or free the task: the scheduler does not touch it after the call. */
typedef void(aws_task_fn)(struct aws_task *task, void *arg, enum aws_task_status);

/**
 * A task. The user owns its memory, which must stay in place from scheduling until the function is called. Set it up
 * with aws_task_init(); only `fn`, `arg` and `type_tag` are the user's.
 */
struct aws_task {
    /** Called once for each time that the task is scheduled. */
    aws_task_fn *fn;
    /** Passed to `fn`. */
    void *arg;
    /** When to run, on the user's clock; 0 for as soon as possible. */
    uint64_t timestamp;
    struct aws_linked_list_node node;
    struct aws_priority_queue_node priority_queue_node;
    /** Kind of task, for the log. */
    const char *type_tag;
    /** Whether the task is scheduled now. */
    union {
        bool scheduled;
        size_t reserved;
    } abi_extension;
};

/** A scheduler. Its fields belong to the library. */
struct aws_task_scheduler {
    /** Where the queue's memory comes from. */
    struct aws_allocator *alloc;
    /** Tasks with a time, the earliest on top. */
    struct aws_priority_queue timed_queue;
    /** Tasks with a time that the queue could not take, in order of time. */
    struct aws_linked_list timed_list;
    /** Tasks to run as soon as possible, in the order in which they came. */
    struct aws_linked_list asap_list;
};

AWS_EXTERN_C_BEGIN

/** Sets up a task that is not scheduled. `type_tag` is not copied: pass a literal. */
AWS_COMMON_API
void aws_task_init(struct aws_task *task, aws_task_fn *fn, void *arg, const char *type_tag);

/** Calls the task's function at once. The task must not be in a scheduler. */
AWS_COMMON_API
void aws_task_run(struct aws_task *task, enum aws_task_status status);

/** Initialises an empty scheduler. `alloc` must outlive it. Always succeeds with a valid allocator. */
AWS_COMMON_API
int aws_task_scheduler_init(struct aws_task_scheduler *scheduler, struct aws_allocator *alloc);

/** Calls all tasks as cancelled, also those that such calls schedule, frees the scheduler's memory and zeroes it. */
AWS_COMMON_API
void aws_task_scheduler_clean_up(struct aws_task_scheduler *scheduler);

/** True if the scheduler is initialised and its structures are sound. */
AWS_COMMON_API
bool aws_task_scheduler_is_valid(const struct aws_task_scheduler *scheduler);

/**
 * True if tasks are scheduled.
 *
 * @param next_task_time  may be NULL; receives the time of the earliest task: 0 if one waits to run as soon as
 *                        possible, UINT64_MAX if there is none
 */
AWS_COMMON_API
bool aws_task_scheduler_has_tasks(const struct aws_task_scheduler *scheduler, uint64_t *next_task_time);

/** Schedules a task for the next aws_task_scheduler_run_all(). The task must not be scheduled already. */
AWS_COMMON_API
void aws_task_scheduler_schedule_now(struct aws_task_scheduler *scheduler, struct aws_task *task);

/** Schedules a task for the first aws_task_scheduler_run_all() at or after a time. It must not be scheduled already. */
AWS_COMMON_API
void aws_task_scheduler_schedule_future(
    struct aws_task_scheduler *scheduler, struct aws_task *task, uint64_t time_to_run);

/** Takes a task out of the scheduler, if it is in it, and calls its function as cancelled before returning. */
AWS_COMMON_API
void aws_task_scheduler_cancel_task(struct aws_task_scheduler *scheduler, struct aws_task *task);

/**
 * Runs the tasks that are due at `current_time`: first those scheduled with aws_task_scheduler_schedule_now(), in their
 * order, then the others by time. Tasks that they schedule wait for the next call.
 */
AWS_COMMON_API
void aws_task_scheduler_run_all(struct aws_task_scheduler *scheduler, uint64_t current_time);

/** A status in words, for the log. Static. */
AWS_COMMON_API
const char *aws_task_status_to_c_str(enum aws_task_status status);

AWS_EXTERN_C_END
AWS_POP_SANE_WARNING_LEVEL

#endif /* AWS_COMMON_TASK_SCHEDULER_H */
