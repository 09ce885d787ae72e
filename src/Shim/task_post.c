/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Tasks that a program schedules on loops of ours. What a program calls most often enters managed code only for what is
 * rare: a sleeping loop, a loop of the program's own, tracing, an error. The steps are those of TryPost and ScheduleNow
 * in src/EventLoops/LoopTasks.cs, which serve our own code.
 *
 * Managed code offers, hidden:
 *
 *   void reseau_task_schedule(aws_event_loop *loop, aws_task *task)
 *   void reseau_task_schedule_serialized(aws_event_loop *loop, aws_task *task)
 *            The exported functions, for all cases.
 *   void reseau_task_wake(void *core)
 *            Wakes a loop whose mark of sleep the caller's task has replaced.
 */
#include "loop_core.h"
#include "system.h"

#include <aws/common/logging.h>
#include <aws/io/event_loop.h>
#include <aws/io/private/event_loop_impl.h>

#if defined(__GNUC__)
#    pragma GCC visibility push(hidden)
#endif

void reseau_task_schedule(struct aws_event_loop *event_loop, struct aws_task *task);
void reseau_task_schedule_serialized(struct aws_event_loop *event_loop, struct aws_task *task);
void reseau_task_wake(struct reseau_loop_core *core);
extern int reseau_fork_count;
void reseau_task_know_loops(struct aws_event_loop_vtable *vtable);
void reseau_task_know_logger(struct aws_logger *logger, bool is_external);

#if defined(__GNUC__)
#    pragma GCC visibility pop
#endif

/* Of all loops of ours; before the first, of none. Whoever has such a loop has it from a thread that knew this. */
static struct aws_event_loop_vtable s_of_none;
static struct aws_atomic_var s_vtable = {&s_of_none};

/* What src/Common/Logging/Logger.cs knows: whether there is a logger, and which, NULL if it is another library's. */
static struct aws_atomic_var s_is_logged;
static struct aws_atomic_var s_logger;

void reseau_task_know_loops(struct aws_event_loop_vtable *vtable) {
    aws_atomic_store_ptr_explicit(&s_vtable, vtable, aws_memory_order_release);
}

void reseau_task_know_logger(struct aws_logger *logger, bool is_external) {
    aws_atomic_store_ptr(&s_logger, logger);
    aws_atomic_store_int(&s_is_logged, logger != NULL || is_external);
}

/* NULL: the loop is a program's, or an argument is missing. */
static inline struct reseau_loop_core *s_core_of(struct aws_event_loop *event_loop, struct aws_task *task) {
    if (event_loop == NULL || task == NULL || task->fn == NULL) {
        return NULL;
    }
    void *ours = aws_atomic_load_ptr_explicit(&s_vtable, aws_memory_order_relaxed);
    return event_loop->vtable == ours ? event_loop->impl_data : NULL;
}

/*
 * What was on top of the stack. If that is the mark of its end, which also stands for a loop of the parent's in a
 * forked process, nothing was pushed. Else the loop may have run the task and have ended, unless it is to be woken.
 */
static inline void *s_push(struct reseau_loop_core *core, struct aws_task *task) {
    struct aws_atomic_var *stack = &core->incoming.stack.top;
    RESEAU_PREFETCH_TO_WRITE(stack);
    if (core->forks != reseau_fork_count) {
        return RESEAU_STACK_CLOSED;
    }

    void *top = aws_atomic_load_ptr_explicit(stack, aws_memory_order_acquire);
    do {
        if (top == RESEAU_STACK_CLOSED) {
            break;
        }
        task->timestamp = 0;
        task->node.next = top;
    } while (!aws_atomic_compare_exchange_ptr(stack, &top, &task->node));
    return top;
}

static inline void s_schedule(struct reseau_loop_core *core, struct aws_task *task) {
    struct aws_linked_list_node *tail = &core->scheduler.asap_list.tail;
    task->priority_queue_node.current_index = SIZE_MAX;
    task->timestamp = 0;
    task->node.next = tail;
    task->node.prev = tail->prev;
    tail->prev->next = &task->node;
    tail->prev = &task->node;
    task->abi_extension.scheduled = true;
}

/* On the loop's thread. Apart, so that where there is no logger nothing has to be kept over calls. */
AWS_NO_INLINE
static void s_schedule_beside_logger(struct aws_event_loop *event_loop, struct aws_task *task) {
    struct aws_logger *logger = aws_atomic_load_ptr_explicit(&s_logger, aws_memory_order_acquire);
    if (logger == NULL || logger->vtable->get_log_level(logger, AWS_LS_COMMON_TASK_SCHEDULER) >= AWS_LL_TRACE) {
        reseau_task_schedule(event_loop, task);
    } else {
        s_schedule(event_loop->impl_data, task);
    }
}

void aws_event_loop_schedule_task_now(struct aws_event_loop *event_loop, struct aws_task *task) {
    RESEAU_PREFETCH_TO_WRITE(task);
    struct reseau_loop_core *core = s_core_of(event_loop, task);
    if (core == NULL) {
        reseau_task_schedule(event_loop, task);
    } else if (aws_atomic_load_int_explicit(&core->owner, aws_memory_order_relaxed) != reseau_current_thread()) {
        void *top = s_push(core, task);
        if (top == RESEAU_STACK_SLEEPS) {
            reseau_task_wake(core);
        } else if (top == RESEAU_STACK_CLOSED) {
            reseau_task_schedule(event_loop, task);
        }
    } else if (aws_atomic_load_int_explicit(&s_is_logged, aws_memory_order_relaxed) != 0) {
        s_schedule_beside_logger(event_loop, task);
    } else {
        s_schedule(core, task);
    }
}

void aws_event_loop_schedule_task_now_serialized(struct aws_event_loop *event_loop, struct aws_task *task) {
    RESEAU_PREFETCH_TO_WRITE(task);
    struct reseau_loop_core *core = s_core_of(event_loop, task);
    void *top = core == NULL ? RESEAU_STACK_CLOSED : s_push(core, task);
    if (top == RESEAU_STACK_SLEEPS) {
        reseau_task_wake(core);
    } else if (top == RESEAU_STACK_CLOSED) {
        reseau_task_schedule_serialized(event_loop, task);
    }
}
