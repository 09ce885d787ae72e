/* SPDX-License-Identifier: Apache-2.0 */
#include "handshake_stack.h"
#include "handshake_context.h"

#include <aws/common/macros.h>

#include <string.h>

enum state {
    IS_IDLE,
    IS_RUNNING,
    WAITS_FOR_THREAD_STACK,
    WAITS_FOR_KEY,
    IS_ANSWERED,
};

/* Lies in its context. */
struct reseau_handshake {
    struct reseau_context *context;
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
static AWS_THREAD_LOCAL struct reseau_handshake *s_current;

static void s_leave(struct reseau_handshake *handshake, enum state state) {
    handshake->state = state;
    reseau_context_leave(handshake->context);
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

static void s_run(void *room) {
    struct reseau_handshake *handshake = room;
    handshake->result = handshake->function(handshake->argument);
    handshake->state = IS_IDLE;
}

struct reseau_handshake *reseau_handshake_new(int (*function)(void *), void *argument) {
    struct reseau_context *context = reseau_context_new(s_run, sizeof(struct reseau_handshake));
    if (context == NULL)
        return NULL;
    struct reseau_handshake *handshake = reseau_context_room(context);
    handshake->context = context;
    handshake->state = IS_IDLE;
    handshake->function = function;
    handshake->argument = argument;
    return handshake;
}

void reseau_handshake_free(struct reseau_handshake *handshake) {
    if (handshake != NULL)
        reseau_context_free(handshake->context);
}

static void s_enter(struct reseau_handshake *handshake) {
    handshake->state = IS_RUNNING;
    s_current = handshake;
    reseau_context_enter(handshake->context);
    s_current = NULL;
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
