/* SPDX-License-Identifier: Apache-2.0 */
#include "../handshake_stack.h"

#include <string.h>
#include <sys/mman.h>
#include <ucontext.h>
#include <unistd.h>

enum { STACK_SIZE = 256 * 1024 };

enum state {
    IS_IDLE,
    IS_RUNNING,
    WAITS_FOR_THREAD_STACK,
    WAITS_FOR_KEY,
    IS_ANSWERED,
};

/* Lies at the upper end of its own stack. */
struct reseau_handshake {
    ucontext_t thread;
    ucontext_t own;
    void *memory;
    size_t memory_size;
    enum state state;
    int (*function)(void *);
    void *argument;
    int result;
    void (*call)(void *);
    void *call_argument;
    struct reseau_key_request request;
    uint8_t *output;
    size_t output_capacity;
    size_t output_length;
    bool has_output;
};

/* The handshake on whose stack this thread runs. */
static __thread struct reseau_handshake *s_current;

static void s_leave(struct reseau_handshake *handshake, enum state state) {
    handshake->state = state;
    swapcontext(&handshake->own, &handshake->thread);
}

void reseau_on_thread_stack(void (*function)(void *), void *argument) {
    struct reseau_handshake *handshake = s_current;
    if (handshake == NULL) {
        function(argument);
        return;
    }
    handshake->call = function;
    handshake->call_argument = argument;
    s_leave(handshake, WAITS_FOR_THREAD_STACK);
}

bool reseau_wait_for_key(
    const struct reseau_key_request *request, uint8_t *output, size_t capacity, size_t *output_length) {
    struct reseau_handshake *handshake = s_current;
    if (handshake == NULL)
        return false;

    handshake->request = *request;
    handshake->output = output;
    handshake->output_capacity = capacity;
    handshake->has_output = false;
    s_leave(handshake, WAITS_FOR_KEY);
    *output_length = handshake->has_output ? handshake->output_length : 0;
    return handshake->has_output;
}

struct reseau_handshake *reseau_handshake_new(int (*function)(void *), void *argument) {
    /* The lowest page stays out of reach: a function that needs more stack than there is must not write elsewhere. */
    size_t guard = (size_t)sysconf(_SC_PAGESIZE);
    size_t size = guard + STACK_SIZE;
    uint8_t *memory = mmap(NULL, size, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_STACK, -1, 0);
    if (memory == MAP_FAILED)
        return NULL;
    if (mprotect(memory + guard, STACK_SIZE, PROT_READ | PROT_WRITE) != 0) {
        munmap(memory, size);
        return NULL;
    }

    size_t own_size = (sizeof(struct reseau_handshake) + 63) / 64 * 64;
    struct reseau_handshake *handshake = (struct reseau_handshake *)(memory + size - own_size);
    handshake->memory = memory;
    handshake->memory_size = size;
    handshake->state = IS_IDLE;
    handshake->function = function;
    handshake->argument = argument;
    return handshake;
}

void reseau_handshake_free(struct reseau_handshake *handshake) {
    if (handshake != NULL)
        munmap(handshake->memory, handshake->memory_size);
}

static void s_run(void) {
    struct reseau_handshake *handshake = s_current;
    handshake->result = handshake->function(handshake->argument);
    handshake->state = IS_IDLE;
}

static void s_begin(struct reseau_handshake *handshake) {
    size_t guard = handshake->memory_size - STACK_SIZE;
    uint8_t *stack = (uint8_t *)handshake->memory + guard;
    getcontext(&handshake->own);
    handshake->own.uc_stack.ss_sp = stack;
    handshake->own.uc_stack.ss_size = (size_t)((uint8_t *)handshake - stack);
    handshake->own.uc_link = &handshake->thread;
    makecontext(&handshake->own, s_run, 0);
}

static void s_enter(struct reseau_handshake *handshake) {
    handshake->state = IS_RUNNING;
    s_current = handshake;
    swapcontext(&handshake->thread, &handshake->own);
    s_current = NULL;
}

bool reseau_handshake_step(struct reseau_handshake *handshake, int *result) {
    if (handshake->state == WAITS_FOR_KEY)
        return false;
    if (handshake->state == IS_IDLE)
        s_begin(handshake);

    s_enter(handshake);
    while (handshake->state == WAITS_FOR_THREAD_STACK) {
        handshake->call(handshake->call_argument);
        s_enter(handshake);
    }

    if (handshake->state == WAITS_FOR_KEY)
        return false;
    *result = handshake->result;
    return true;
}

const struct reseau_key_request *reseau_handshake_request(const struct reseau_handshake *handshake) {
    return handshake->state == WAITS_FOR_KEY ? &handshake->request : NULL;
}

bool reseau_handshake_answer(struct reseau_handshake *handshake, const uint8_t *output, size_t length) {
    if (handshake->state != WAITS_FOR_KEY)
        return false;

    handshake->state = IS_ANSWERED;
    handshake->has_output = output != NULL && length <= handshake->output_capacity;
    if (!handshake->has_output)
        return output == NULL;
    memcpy(handshake->output, output, length);
    handshake->output_length = length;
    return true;
}
