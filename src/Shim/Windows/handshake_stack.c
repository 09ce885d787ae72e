/* SPDX-License-Identifier: Apache-2.0 */
/* By fibers. Managed code runs on the thread's own fiber alone, so the runtime sees no other. */
#include "../handshake_stack.h"

#include <aws/common/macros.h>

#define WIN32_LEAN_AND_MEAN
#include <windows.h>

#include <stdlib.h>
#include <string.h>

enum { STACK_SIZE = 256 * 1024 };

enum state {
    IS_IDLE,
    IS_RUNNING,
    WAITS_FOR_THREAD_STACK,
    WAITS_FOR_KEY,
    IS_ANSWERED,
};

struct reseau_handshake {
    /* The fiber that entered last; that of a thread. */
    void *thread;
    void *own;
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

/* The handshake on whose stack this thread runs. A fiber goes on on the thread that it stopped on. */
static AWS_THREAD_LOCAL struct reseau_handshake *s_current;

static void s_leave(struct reseau_handshake *handshake, enum state state) {
    handshake->state = state;
    SwitchToFiber(handshake->thread);
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

/* Fibers do not return: one handshake after the other runs on the same. */
static void CALLBACK s_run(void *parameter) {
    struct reseau_handshake *handshake = parameter;
    while (true) {
        handshake->result = handshake->function(handshake->argument);
        s_leave(handshake, IS_IDLE);
    }
}

struct reseau_handshake *reseau_handshake_new(int (*function)(void *), void *argument) {
    struct reseau_handshake *handshake = calloc(1, sizeof(*handshake));
    if (handshake == NULL)
        return NULL;

    handshake->state = IS_IDLE;
    handshake->function = function;
    handshake->argument = argument;
    handshake->own = CreateFiberEx(0, STACK_SIZE, 0, s_run, handshake);
    if (handshake->own == NULL) {
        free(handshake);
        return NULL;
    }
    return handshake;
}

void reseau_handshake_free(struct reseau_handshake *handshake) {
    if (handshake == NULL)
        return;
    DeleteFiber(handshake->own);
    free(handshake);
}

static void s_enter(struct reseau_handshake *handshake) {
    /* A thread of the program's is afterwards what it was. */
    bool was_fiber = IsThreadAFiber();
    handshake->thread = was_fiber ? GetCurrentFiber() : ConvertThreadToFiber(NULL);
    handshake->state = IS_RUNNING;
    s_current = handshake;
    SwitchToFiber(handshake->own);
    s_current = NULL;
    if (!was_fiber)
        ConvertFiberToThread();
}

bool reseau_handshake_step(struct reseau_handshake *handshake, int *result) {
    if (handshake->state == WAITS_FOR_KEY)
        return false;

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
