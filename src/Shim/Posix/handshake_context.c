/* SPDX-License-Identifier: Apache-2.0 */
#include "../handshake_context.h"

#include <stdbool.h>
#include <stdint.h>
#include <sys/mman.h>
#include <ucontext.h>
#include <unistd.h>

enum { ALIGNMENT = 64 };

/* Lies at the upper end of its own stack, with the user's memory behind it. */
struct reseau_context {
    ucontext_t thread;
    ucontext_t own;
    uint8_t *memory;
    size_t memory_size;
    void (*run)(void *);
    bool has_begun;
};

/* What makecontext cannot pass on: the context that is entered for the first time. */
static __thread struct reseau_context *s_beginning;

static size_t s_aligned(size_t size) {
    return (size + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
}

struct reseau_context *reseau_context_new(void (*run)(void *room), size_t room_size) {
    /* The lowest page stays out of reach: a function that needs more stack than there is must not write elsewhere. */
    size_t guard = (size_t)sysconf(_SC_PAGESIZE);
    size_t size = guard + RESEAU_CONTEXT_STACK_SIZE;
    uint8_t *memory = mmap(NULL, size, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_STACK, -1, 0);
    if (memory == MAP_FAILED)
        return NULL;
    if (mprotect(memory + guard, RESEAU_CONTEXT_STACK_SIZE, PROT_READ | PROT_WRITE) != 0) {
        munmap(memory, size);
        return NULL;
    }

    size_t own_size = s_aligned(sizeof(struct reseau_context)) + s_aligned(room_size);
    struct reseau_context *context = (struct reseau_context *)(memory + size - own_size);
    context->memory = memory;
    context->memory_size = size;
    context->run = run;
    return context;
}

void reseau_context_free(struct reseau_context *context) {
    munmap(context->memory, context->memory_size);
}

void *reseau_context_room(struct reseau_context *context) {
    return (uint8_t *)context + s_aligned(sizeof(*context));
}

static void s_run(void) {
    struct reseau_context *context = s_beginning;
    context->run(reseau_context_room(context));
    context->has_begun = false;
}

static void s_begin(struct reseau_context *context) {
    uint8_t *stack = context->memory + context->memory_size - RESEAU_CONTEXT_STACK_SIZE;
    getcontext(&context->own);
    context->own.uc_stack.ss_sp = stack;
    context->own.uc_stack.ss_size = (size_t)((uint8_t *)context - stack);
    context->own.uc_link = &context->thread;
    makecontext(&context->own, s_run, 0);
    context->has_begun = true;
    s_beginning = context;
}

void reseau_context_enter(struct reseau_context *context) {
    if (!context->has_begun)
        s_begin(context);
    swapcontext(&context->thread, &context->own);
}

void reseau_context_leave(struct reseau_context *context) {
    swapcontext(&context->own, &context->thread);
}
