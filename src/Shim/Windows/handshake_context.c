/* SPDX-License-Identifier: Apache-2.0 */
/* By fibers. Managed code runs on the thread's own fiber alone, so the runtime sees no other. A fiber goes on on the
 * thread that it stopped on. */
#include "../handshake_context.h"

#define WIN32_LEAN_AND_MEAN
#include <windows.h>

#include <stdbool.h>
#include <stdlib.h>

struct reseau_context {
    /* The fiber that entered last; that of a thread. */
    void *thread;
    void *own;
    void (*run)(void *);
    void *room;
};

/* Fibers do not return: one run after the other is on the same. */
static void CALLBACK s_run(void *parameter) {
    struct reseau_context *context = parameter;
    while (true) {
        context->run(context->room);
        reseau_context_leave(context);
    }
}

struct reseau_context *reseau_context_new(void (*run)(void *room), size_t room_size) {
    struct reseau_context *context = calloc(1, sizeof(*context));
    if (context == NULL)
        return NULL;
    context->run = run;
    context->room = calloc(1, room_size);
    context->own = context->room == NULL ? NULL : CreateFiberEx(0, RESEAU_CONTEXT_STACK_SIZE, 0, s_run, context);
    if (context->own != NULL)
        return context;
    free(context->room);
    free(context);
    return NULL;
}

void reseau_context_free(struct reseau_context *context) {
    DeleteFiber(context->own);
    free(context->room);
    free(context);
}

void *reseau_context_room(struct reseau_context *context) {
    return context->room;
}

void reseau_context_enter(struct reseau_context *context) {
    /* A thread of the program's is afterwards what it was. */
    bool was_fiber = IsThreadAFiber();
    context->thread = was_fiber ? GetCurrentFiber() : ConvertThreadToFiber(NULL);
    SwitchToFiber(context->own);
    if (!was_fiber)
        ConvertFiberToThread();
}

void reseau_context_leave(struct reseau_context *context) {
    SwitchToFiber(context->thread);
}
