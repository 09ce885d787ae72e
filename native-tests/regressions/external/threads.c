/* SPDX-License-Identifier: Apache-2.0 */
/* Threads, their account, and what they do at their end. */
#include "external.h"

#include <aws/common/error.h>
#include <aws/common/linked_list.h>
#include <aws/common/private/thread_shared.h>
#include <aws/common/thread.h>

#include <errno.h>
#include <pthread.h>
#include <stdlib.h>
#include <time.h>

struct at_exit {
    struct at_exit *next;
    void (*callback)(void *);
    void *user_data;
};

struct start {
    struct aws_linked_list_node node;
    void (*function)(void *);
    void *argument;
    pthread_t id;
    bool is_managed;
};

static __thread bool s_is_launched;
static __thread struct at_exit *s_at_exit;

static pthread_mutex_t s_lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t s_changed = PTHREAD_COND_INITIALIZER;
static struct aws_linked_list s_finished;
static size_t s_unjoined;
static uint64_t s_timeout;

static void *s_thread(void *arg) {
    struct start *start = arg;
    struct start copy = *start;
    start->id = pthread_self();
    if (!copy.is_managed) {
        free(start);
    }
    s_is_launched = true;
    copy.function(copy.argument);
    while (s_at_exit != NULL) {
        struct at_exit entry = *s_at_exit;
        free(s_at_exit);
        s_at_exit = entry.next;
        entry.callback(entry.user_data);
    }
    if (copy.is_managed) {
        aws_thread_pending_join_add(&start->node);
    }
    return NULL;
}

int aws_thread_launch(
    struct aws_thread *thread, void (*function)(void *), void *argument, const struct aws_thread_options *options) {

    struct start *start = calloc(1, sizeof(*start));
    start->function = function;
    start->argument = argument;
    start->is_managed = options != NULL && options->join_strategy == AWS_TJS_MANAGED;
    thread->detach_state = start->is_managed ? AWS_THREAD_MANAGED : AWS_THREAD_JOINABLE;
    if (start->is_managed) {
        aws_thread_increment_unjoined_count();
    }
    return pthread_create(&thread->thread_id, NULL, s_thread, start) == 0 ? AWS_OP_SUCCESS : (abort(), AWS_OP_ERR);
}

int aws_thread_current_at_exit(aws_thread_atexit_fn *callback, void *user_data) {
    if (!s_is_launched) {
        return aws_raise_error(AWS_ERROR_THREAD_NOT_JOINABLE);
    }
    struct at_exit *entry = malloc(sizeof(*entry));
    *entry = (struct at_exit){.next = s_at_exit, .callback = callback, .user_data = user_data};
    s_at_exit = entry;
    return AWS_OP_SUCCESS;
}

void aws_thread_increment_unjoined_count(void) {
    pthread_mutex_lock(&s_lock);
    ++s_unjoined;
    pthread_mutex_unlock(&s_lock);
}

void aws_thread_decrement_unjoined_count(void) {
    pthread_mutex_lock(&s_lock);
    --s_unjoined;
    pthread_cond_broadcast(&s_changed);
    pthread_mutex_unlock(&s_lock);
}

size_t aws_thread_get_managed_thread_count(void) {
    pthread_mutex_lock(&s_lock);
    const size_t count = s_unjoined;
    pthread_mutex_unlock(&s_lock);
    return count;
}

void aws_thread_set_managed_join_timeout_ns(uint64_t timeout) {
    pthread_mutex_lock(&s_lock);
    s_timeout = timeout;
    pthread_mutex_unlock(&s_lock);
}

void aws_thread_initialize_thread_management(void) {
    aws_linked_list_init(&s_finished);
}

void aws_thread_join_and_free_wrapper_list(struct aws_linked_list *list) {
    while (!aws_linked_list_empty(list)) {
        struct start *start = AWS_CONTAINER_OF(aws_linked_list_pop_front(list), struct start, node);
        pthread_join(start->id, NULL);
        free(start);
        aws_thread_decrement_unjoined_count();
    }
}

void aws_thread_pending_join_add(struct aws_linked_list_node *node) {
    struct aws_linked_list earlier;
    aws_linked_list_init(&earlier);
    pthread_mutex_lock(&s_lock);
    aws_linked_list_swap_contents(&earlier, &s_finished);
    aws_linked_list_push_back(&s_finished, node);
    pthread_cond_broadcast(&s_changed);
    pthread_mutex_unlock(&s_lock);
    aws_thread_join_and_free_wrapper_list(&earlier);
}

int aws_thread_join_all_managed(void) {
    struct timespec deadline;
    clock_gettime(CLOCK_REALTIME, &deadline);
    bool done = false;
    int waited = 0;
    while (!done && waited == 0) {
        struct aws_linked_list finished;
        aws_linked_list_init(&finished);
        pthread_mutex_lock(&s_lock);
        const uint64_t timeout = s_timeout != 0 ? s_timeout : 3600000000000u;
        struct timespec end = {
            .tv_sec = deadline.tv_sec + (time_t)(timeout / 1000000000u) + 1, .tv_nsec = deadline.tv_nsec};
        while (s_unjoined != 0 && aws_linked_list_empty(&s_finished) && waited == 0) {
            waited = pthread_cond_timedwait(&s_changed, &s_lock, &end);
        }
        done = s_unjoined == 0;
        aws_linked_list_swap_contents(&finished, &s_finished);
        pthread_mutex_unlock(&s_lock);
        aws_thread_join_and_free_wrapper_list(&finished);
    }
    return done ? AWS_OP_SUCCESS : AWS_OP_ERR;
}

int external_at_exit(void (*callback)(void *), void *user_data) {
    return aws_thread_current_at_exit(callback, user_data);
}

size_t external_threads(void) {
    return aws_thread_get_managed_thread_count();
}
