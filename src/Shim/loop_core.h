/* SPDX-License-Identifier: Apache-2.0 */
#ifndef RESEAU_SHIM_LOOP_CORE_H
#define RESEAU_SHIM_LOOP_CORE_H

#include <aws/common/atomics.h>
#include <aws/common/task_scheduler.h>

#include <stddef.h>
#include <stdint.h>

struct aws_event_loop;

/** src/EventLoops/TaskStack.cs: the newest task's node, or one of the marks below. */
struct reseau_task_stack {
    struct aws_atomic_var top;
};

#define RESEAU_STACK_EMPTY ((void *)0)
#define RESEAU_STACK_SLEEPS ((void *)1)
#define RESEAU_STACK_CLOSED ((void *)2)

/** src/EventLoops/CrossThreadTaskQueue.cs */
struct reseau_task_queue {
    char apart_from_before[AWS_CACHE_LINE];
    struct reseau_task_stack stack;
    int wake_ups_sent;
    char apart_from_after[AWS_CACHE_LINE];
    int wake_ups_due;
};

/** How src/EventLoops/LoopCore.cs begins: what posting and running tasks has to do with. */
struct reseau_loop_core {
    struct aws_atomic_var owner;
    void *backend;
    struct aws_event_loop *loop;
    int forks;
    struct reseau_task_queue incoming;
    int64_t id;
    int is_ending;
    struct aws_task_scheduler scheduler;
};

/* tests/EventLoops/LoopCoreTests.cs has the same of the C#. */
_Static_assert(offsetof(struct reseau_loop_core, forks) == 24, "LoopCore.Forks");
_Static_assert(offsetof(struct reseau_loop_core, incoming.stack) == 96, "CrossThreadTaskQueue._stack");
_Static_assert(offsetof(struct reseau_loop_core, incoming.wake_ups_due) == 172, "CrossThreadTaskQueue._wakeUpsDue");
_Static_assert(offsetof(struct reseau_loop_core, scheduler) == 192, "LoopCore.Scheduler");

/** Whoever will write to memory that another processor has written to gets it once, and not twice. */
#if defined(__x86_64__)
#    define RESEAU_PREFETCH_TO_WRITE(address) __asm__ volatile("prefetchw %0" : : "m"(*(const char *)(address)))
#elif defined(__GNUC__)
#    define RESEAU_PREFETCH_TO_WRITE(address) __builtin_prefetch((address), 1)
#else
#    define RESEAU_PREFETCH_TO_WRITE(address) ((void)(address))
#endif

#endif
