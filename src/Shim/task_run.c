/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Tasks of a program's, one after the other: what leaves managed code runs all that are due, and all that these and
 * other threads schedule meanwhile. Called by src/Common/Tasks/ScheduledTask.cs and src/EventLoops/LoopTasks.cs.
 */
#include "loop_core.h"
#include "system.h"

/** What a loop's run of tasks may do beyond the tasks that it is given; src/EventLoops/TaskRun.cs. */
struct reseau_task_run {
    struct reseau_loop_core *core;
    /** Tasks of this function are ours, and are left. */
    aws_task_fn *ours;
    /** On the loop's clock. Tasks with a time are left when they are due. */
    uint64_t now;
    /** When to stop; 0: when the rounds are over. */
    uint64_t end;
    /** So many rounds, the one that has begun included, before the clock is read or, without an end, in all. */
    uint32_t rounds;
    /** So many were received from other threads. */
    uint32_t received;
    /** Tasks with a time that were received, the first to be posted in front, by their next. */
    struct aws_linked_list_node *timed;
};

void reseau_run_tasks(struct aws_linked_list *tasks, aws_task_fn *ours, enum aws_task_status status);
void reseau_receive_tasks(struct reseau_task_run *run);
void reseau_run_rounds(struct aws_linked_list *due, struct reseau_task_run *run);

enum { ROUNDS_PER_CLOCK_READ = 4 };

static struct aws_task *s_task_of(struct aws_linked_list_node *node) {
    return AWS_CONTAINER_OF(node, struct aws_task, node);
}

static bool s_is_empty(const struct aws_linked_list *list) {
    return list->head.next == &list->tail;
}

/* Every call may add tasks to the list, take some out, and free what it was given. */
void reseau_run_tasks(struct aws_linked_list *tasks, aws_task_fn *ours, enum aws_task_status status) {
    while (!s_is_empty(tasks)) {
        struct aws_linked_list_node *node = tasks->head.next;
        struct aws_task *task = s_task_of(node);
        if (task->fn == ours || task->fn == NULL) {
            return;
        }

        tasks->head.next = node->next;
        node->next->prev = &tasks->head;
        node->next = NULL;
        node->prev = NULL;
        task->abi_extension.scheduled = false;
        task->fn(task, task->arg, status);
    }
}

static bool s_has_posted_tasks(struct reseau_loop_core *core) {
    return aws_atomic_load_ptr_explicit(&core->incoming.stack.top, aws_memory_order_acquire) != RESEAU_STACK_EMPTY;
}

/*
 * What other threads have posted goes behind what waits already, in the order of posting. The newest comes first; each
 * goes in front of those that came before it, so that every task, which is likely in another processor's cache, is
 * looked at once.
 */
void reseau_receive_tasks(struct reseau_task_run *run) {
    struct reseau_loop_core *core = run->core;
    struct aws_atomic_var *stack = &core->incoming.stack.top;
    void *top = aws_atomic_load_ptr_explicit(stack, aws_memory_order_acquire);
    if (top == RESEAU_STACK_EMPTY || top == RESEAU_STACK_CLOSED) {
        return;
    }

    struct aws_linked_list *waiting = &core->scheduler.asap_list;
    struct aws_linked_list_node *last = waiting->tail.prev;
    struct aws_linked_list_node *next = &waiting->tail;
    struct aws_linked_list_node *node = aws_atomic_exchange_ptr(stack, RESEAU_STACK_EMPTY);
    while (node != NULL) {
        struct aws_linked_list_node *older = node->next;
        if (older == RESEAU_STACK_SLEEPS) {
            core->incoming.wake_ups_due++;
            older = NULL;
        }
        RESEAU_PREFETCH_TO_WRITE(older);

        struct aws_task *task = s_task_of(node);
        run->received++;
        if (task->timestamp == 0) {
            task->priority_queue_node.current_index = SIZE_MAX;
            task->abi_extension.scheduled = true;
            node->next = next;
            next->prev = node;
            next = node;
        } else {
            node->next = run->timed;
            run->timed = node;
        }
        node = older;
    }
    next->prev = last;
    last->next = next;
}

static bool s_is_timed_task_due(const struct aws_task_scheduler *scheduler, uint64_t now) {
    const struct aws_array_list *timed = &scheduler->timed_queue.container;
    return (timed->length != 0 && (*(struct aws_task **)timed->data)->timestamp <= now) ||
           !s_is_empty(&scheduler->timed_list);
}

/* Whether there is to be another round. */
static bool s_is_time_left(struct reseau_task_run *run) {
    if (--run->rounds != 0) {
        return true;
    }
    if (run->end == 0 || !reseau_read_clock(&run->now) || run->now >= run->end) {
        return false;
    }
    run->rounds = ROUNDS_PER_CLOCK_READ;
    return true;
}

/*
 * Runs the tasks of a round, and of the next ones. Returns when there is nothing to do, or time or rounds are over, or
 * with something that is for managed code: a task of ours in front of the list, a task with a time that has come or is
 * due. Then rounds is how many are left.
 */
void reseau_run_rounds(struct aws_linked_list *due, struct reseau_task_run *run) {
    struct reseau_loop_core *core = run->core;
    struct aws_task_scheduler *scheduler = &core->scheduler;
    while (true) {
        reseau_run_tasks(due, run->ours, AWS_TASK_STATUS_RUN_READY);
        if (!s_is_empty(due)) {
            return;
        }
        if (s_has_posted_tasks(core)) {
            reseau_receive_tasks(run);
        }
        if (!s_is_time_left(run) || run->timed != NULL || s_is_empty(&scheduler->asap_list) ||
            s_is_timed_task_due(scheduler, run->now)) {
            return;
        }

        struct aws_linked_list *asap = &scheduler->asap_list;
        due->head.next = asap->head.next;
        due->head.next->prev = &due->head;
        due->tail.prev = asap->tail.prev;
        due->tail.prev->next = &due->tail;
        asap->head.next = &asap->tail;
        asap->tail.prev = &asap->head;
    }
}
