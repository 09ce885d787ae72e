/* SPDX-License-Identifier: Apache-2.0 */
/*
 * usage: mixed_objects LIBRESEAU EXTERNAL [SEED]. Objects of the types that both libraries know go from hand to hand:
 * each step on an object is done by the functions of one library or of the other, by chance. A type that the external
 * library does not have is left out. `-deep` as last argument binds the external library's calls to itself, whatever
 * came before.
 */
#define _GNU_SOURCE
#include <aws/common/byte_buf.h>
#include <aws/common/condition_variable.h>
#include <aws/common/hash_table.h>
#include <aws/common/linked_hash_table.h>
#include <aws/common/lru_cache.h>
#include <aws/common/mutex.h>
#include <aws/common/priority_queue.h>
#include <aws/common/ring_buffer.h>
#include <aws/common/rw_lock.h>
#include <aws/common/string.h>
#include <aws/common/task_scheduler.h>
#include <aws/common/thread.h>

#include <dlfcn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { KEYS = 200, STEPS = 40000 };

#define CHECK(condition)                                                                                               \
    do {                                                                                                               \
        if (!(condition)) {                                                                                            \
            fprintf(stderr, "%s:%d: not so: %s (seed %u)\n", __FILE__, __LINE__, #condition, s_seed);                  \
            exit(1);                                                                                                   \
        }                                                                                                              \
    } while (0)

static unsigned s_seed = 1;
static unsigned s_random;
static void *s_libraries[2];
static struct aws_allocator *s_allocator;

static unsigned s_below(unsigned limit) {
    s_random = s_random * 1664525u + 1013904223u;
    return (s_random >> 8) % limit;
}

static void *s_find(int side, const char *name) {
    void *symbol = dlsym(s_libraries[side], name);
    if (symbol == NULL) {
        fprintf(stderr, "no %s\n", name);
        exit(2);
    }
    return symbol;
}

#define BY(side, function) ((__typeof__(&(function)))s_find(side, #function))
#define BY_ANY(function) BY((int)s_below(2), function)
#define BOTH_HAVE(function) (dlsym(s_libraries[0], #function) != NULL && dlsym(s_libraries[1], #function) != NULL)

/* ---- Keys and values ------------------------------------------------------------------------------------------- */

struct key {
    unsigned number;
    int alive;
};

static struct key s_keys[KEYS];
static struct key s_values[KEYS];

/* Crowded on purpose, with the key that has no hash of its own among them. */
static uint64_t s_hash(const void *key) {
    const unsigned number = ((const struct key *)key)->number;
    return number % 3 == 0 ? number % 16 : (uint64_t)number * 7;
}

static bool s_equal(const void *a, const void *b) {
    return ((const struct key *)a)->number == ((const struct key *)b)->number;
}

static void s_destroy(void *object) {
    --((struct key *)object)->alive;
}

static void s_reset(void) {
    for (unsigned i = 0; i < KEYS; ++i) {
        s_keys[i] = (struct key){.number = i};
        s_values[i] = (struct key){.number = i};
    }
}

/* ---- Hash tables ----------------------------------------------------------------------------------------------- */

static void s_expect_table(struct aws_hash_table *table) {
    size_t alive = 0;
    for (unsigned i = 0; i < KEYS; ++i) {
        alive += (size_t)s_keys[i].alive;
        struct aws_hash_element *element = NULL;
        BY_ANY(aws_hash_table_find)(table, &s_keys[i], &element);
        CHECK((element != NULL) == (s_keys[i].alive == 1) && s_keys[i].alive == s_values[i].alive);
        CHECK(element == NULL || element->value == &s_values[i]);
    }
    CHECK(BY_ANY(aws_hash_table_get_entry_count)(table) == alive);
}

static void s_walk(struct aws_hash_table *table) {
    int seen[KEYS] = {0};
    const unsigned stay = 1 + s_below(4);
    size_t alive = BY_ANY(aws_hash_table_get_entry_count)(table);
    struct aws_hash_iter iter = BY_ANY(aws_hash_iter_begin)(table);
    while (!BY_ANY(aws_hash_iter_done)(&iter)) {
        CHECK(++seen[((const struct key *)iter.element.key)->number] == 1);
        --alive;
        if (s_below(stay) == 0) {
            BY_ANY(aws_hash_iter_delete)(&iter, true);
        }
        BY_ANY(aws_hash_iter_next)(&iter);
    }
    CHECK(alive == 0);
}

static void s_hash_tables(void) {
    s_reset();
    struct aws_hash_table table;
    BY_ANY(aws_hash_table_init)(&table, s_allocator, s_below(40), s_hash, s_equal, s_destroy, s_destroy);
    for (int step = 0; step < STEPS; ++step) {
        struct key *key = &s_keys[s_below(KEYS)];
        struct key *value = &s_values[key->number];
        int changed = 0;
        switch (s_below(10)) {
        case 0:
        case 1:
        case 2:
        case 3:
            BY_ANY(aws_hash_table_put)(&table, key, value, &changed);
            CHECK(changed != key->alive);
            key->alive = 1;
            ++value->alive;
            break;
        case 4:
        case 5:
        case 6:
            changed = key->alive;
            BY_ANY(aws_hash_table_remove)(&table, key, NULL, NULL);
            CHECK(key->alive == 0 && value->alive == 0);
            break;
        case 7: {
            struct aws_hash_element element = {NULL, NULL};
            BY_ANY(aws_hash_table_remove)(&table, key, &element, &changed);
            CHECK(changed == key->alive && (element.key == key) == changed);
            key->alive = value->alive = 0;
            break;
        }
        default:
            if (step % 50 == 0) {
                s_walk(&table);
            }
            if (step % 500 == 0) {
                BY_ANY(aws_hash_table_clear)(&table);
            }
        }
        if (step % 100 == 0) {
            s_expect_table(&table);
        }
    }
    BY_ANY(aws_hash_table_clean_up)(&table);
    for (unsigned i = 0; i < KEYS; ++i) {
        CHECK(s_keys[i].alive == 0 && s_values[i].alive == 0);
    }
}

/* ---- Linked hash tables and caches ----------------------------------------------------------------------------- */

static void s_linked_tables(void) {
    s_reset();
    struct aws_linked_hash_table table;
    BY_ANY(aws_linked_hash_table_init)(&table, s_allocator, s_hash, s_equal, NULL, s_destroy, 4);
    for (int step = 0; step < STEPS; ++step) {
        struct key *key = &s_keys[s_below(KEYS)];
        struct key *value = &s_values[key->number];
        void *found = NULL;
        if (s_below(2) == 0) {
            ++value->alive;
            BY_ANY(aws_linked_hash_table_put)(&table, key, value);
            CHECK(value->alive == 1);
            CHECK(AWS_CONTAINER_OF(table.list.tail.prev, struct aws_linked_hash_table_node, node)->value == value);
        } else {
            BY_ANY(aws_linked_hash_table_find)(&table, key, &found);
            CHECK(found == (value->alive ? value : NULL));
            BY_ANY(aws_linked_hash_table_remove)(&table, key);
            CHECK(value->alive == 0);
        }
        size_t length = 0;
        for (struct aws_linked_list_node *n = table.list.head.next; n != &table.list.tail; n = n->next) {
            ++length;
        }
        CHECK(length == BY_ANY(aws_linked_hash_table_get_element_count)(&table));
        if (step % 5000 == 4999) {
            BY_ANY(aws_linked_hash_table_clear)(&table);
            CHECK(table.list.head.next == &table.list.tail);
        }
    }
    BY_ANY(aws_linked_hash_table_clean_up)(&table);
    for (unsigned i = 0; i < KEYS; ++i) {
        CHECK(s_values[i].alive == 0);
    }
}

static void s_caches(void) {
    for (int side = 0; side < 2; ++side) {
        s_reset();
        struct aws_cache *cache = BY(side, aws_cache_new_lru)(s_allocator, s_hash, s_equal, NULL, s_destroy, 3);
        for (int i = 0; i < 4; ++i) {
            ++s_values[i].alive;
            cache->vtable->put(cache, &s_keys[i], &s_values[i]);
        }
        CHECK(s_values[0].alive == 0 && s_values[1].alive == 1);
        CHECK(BY(!side, aws_lru_cache_use_lru_element)(cache) == &s_values[1]);
        CHECK(BY(!side, aws_lru_cache_get_mru_element)(cache) == &s_values[1]);
        void *found = NULL;
        cache->vtable->find(cache, &s_keys[2], &found);
        CHECK(found == &s_values[2] && BY(side, aws_lru_cache_get_mru_element)(cache) == found);
        BY(!side, aws_linked_hash_table_remove)(&cache->table, &s_keys[2]);
        CHECK(s_values[2].alive == 0 && cache->vtable->get_element_count(cache) == 2);
        cache->vtable->destroy(cache);
        CHECK(s_values[1].alive == 0 && s_values[3].alive == 0);
    }
}

/* ---- Queues ---------------------------------------------------------------------------------------------------- */

static int s_compare(const void *a, const void *b) {
    return *(const int *)a > *(const int *)b ? 1 : -1;
}

static void s_priority_queues(void) {
    struct aws_priority_queue queue;
    struct aws_priority_queue_node nodes[KEYS];
    BY_ANY(aws_priority_queue_init_dynamic)(&queue, s_allocator, 2, sizeof(int), s_compare);
    for (int round = 0; round < 50; ++round) {
        for (int i = 0; i < KEYS; ++i) {
            int item = (int)s_below(1000);
            CHECK(BY_ANY(aws_priority_queue_push_ref)(&queue, &item, &nodes[i]) == AWS_OP_SUCCESS);
        }
        int item = 0;
        for (int i = 0; i < KEYS; i += 3) {
            CHECK(BY_ANY(aws_priority_queue_remove)(&queue, &item, &nodes[i]) == AWS_OP_SUCCESS);
        }
        int last = -1;
        while (BY_ANY(aws_priority_queue_size)(&queue) > 0) {
            CHECK(BY_ANY(aws_priority_queue_pop)(&queue, &item) == AWS_OP_SUCCESS && item >= last);
            last = item;
        }
    }
    BY_ANY(aws_priority_queue_clean_up)(&queue);
}

static int s_ran;
static uint64_t s_last_time;

static void s_on_task(struct aws_task *task, void *arg, enum aws_task_status status) {
    (void)arg;
    CHECK(status == AWS_TASK_STATUS_CANCELED || task->timestamp >= s_last_time || task->timestamp == 0);
    s_last_time = task->timestamp;
    ++s_ran;
}

static void s_task_schedulers(void) {
    static struct aws_task tasks[KEYS];
    struct aws_task_scheduler scheduler;
    BY_ANY(aws_task_scheduler_init)(&scheduler, s_allocator);
    for (int round = 0; round < 50; ++round) {
        s_ran = 0;
        for (unsigned i = 0; i < KEYS; ++i) {
            BY_ANY(aws_task_init)(&tasks[i], s_on_task, NULL, "task");
            if (s_below(3) == 0) {
                BY_ANY(aws_task_scheduler_schedule_now)(&scheduler, &tasks[i]);
            } else {
                BY_ANY(aws_task_scheduler_schedule_future)(&scheduler, &tasks[i], 1 + s_below(100));
            }
        }
        for (unsigned i = 0; i < KEYS; i += 5) {
            BY_ANY(aws_task_scheduler_cancel_task)(&scheduler, &tasks[i]);
        }
        for (uint64_t now = 0; now <= 100; now += 10) {
            s_last_time = 0;
            BY_ANY(aws_task_scheduler_run_all)(&scheduler, now);
        }
        CHECK(s_ran == KEYS && !BY_ANY(aws_task_scheduler_has_tasks)(&scheduler, NULL));
    }
    BY_ANY(aws_task_scheduler_clean_up)(&scheduler);
}

static void s_ring_buffers(void) {
    struct aws_ring_buffer ring;
    struct aws_byte_buf lent[8];
    size_t first = 0;
    size_t count = 0;
    BY_ANY(aws_ring_buffer_init)(&ring, s_allocator, 100);
    for (int step = 0; step < STEPS; ++step) {
        struct aws_byte_buf *next = &lent[(first + count) % 8];
        if (count < 8 && BY_ANY(aws_ring_buffer_acquire_up_to)(&ring, 5, 5 + s_below(40), next) == AWS_OP_SUCCESS) {
            memset(next->buffer, (int)(first + count), next->capacity);
            ++count;
        } else {
            CHECK(count > 0);
            for (size_t i = 0; i < lent[first % 8].capacity; ++i) {
                CHECK(lent[first % 8].buffer[i] == (uint8_t)first);
            }
            BY_ANY(aws_ring_buffer_release)(&ring, &lent[first % 8]);
            ++first;
            --count;
        }
    }
    BY_ANY(aws_ring_buffer_clean_up)(&ring);
}

/* ---- Text ------------------------------------------------------------------------------------------------------ */

static void s_texts(void) {
    for (int side = 0; side < 2; ++side) {
        struct aws_string *text = BY(side, aws_string_new_from_c_str)(s_allocator, "some text");
        CHECK(BY(!side, aws_string_eq_c_str)(text, "some text"));
        BY(!side, aws_string_destroy)(text);

        struct aws_byte_buf buffer;
        struct aws_byte_cursor more = aws_byte_cursor_from_c_str("more than fits at first");
        BY(side, aws_byte_buf_init)(&buffer, s_allocator, 4);
        CHECK(BY(!side, aws_byte_buf_append_dynamic)(&buffer, &more) == AWS_OP_SUCCESS);
        CHECK(BY(side, aws_byte_cursor_eq_byte_buf)(&more, &buffer));
        BY(!side, aws_byte_buf_clean_up)(&buffer);
    }
}

/* ---- Threads --------------------------------------------------------------------------------------------------- */

struct meeting {
    struct aws_mutex mutex;
    struct aws_condition_variable changed;
    struct aws_rw_lock lock;
    int side;
    bool is_there;
};

static void s_meet(void *arg) {
    struct meeting *meeting = arg;
    BY(meeting->side, aws_rw_lock_rlock)(&meeting->lock);
    BY(!meeting->side, aws_rw_lock_runlock)(&meeting->lock);
    BY(meeting->side, aws_mutex_lock)(&meeting->mutex);
    meeting->is_there = true;
    BY(meeting->side, aws_condition_variable_notify_all)(&meeting->changed);
    BY(!meeting->side, aws_mutex_unlock)(&meeting->mutex);
}

static bool s_is_there(void *arg) {
    return ((struct meeting *)arg)->is_there;
}

static void s_threads(void) {
    for (int side = 0; side < 2; ++side) {
        struct meeting meeting = {.side = side};
        struct aws_thread thread;
        BY(side, aws_mutex_init)(&meeting.mutex);
        BY(!side, aws_condition_variable_init)(&meeting.changed);
        BY(side, aws_rw_lock_init)(&meeting.lock);
        BY(side, aws_thread_init)(&thread, s_allocator);
        CHECK(BY(!side, aws_thread_launch)(&thread, s_meet, &meeting, NULL) == AWS_OP_SUCCESS);

        BY(!side, aws_mutex_lock)(&meeting.mutex);
        CHECK(
            BY(!side, aws_condition_variable_wait_for_pred)(
                &meeting.changed, &meeting.mutex, 60000000000, s_is_there, &meeting) == AWS_OP_SUCCESS);
        CHECK(
            BY(side, aws_condition_variable_wait_for)(&meeting.changed, &meeting.mutex, 1000000) == AWS_OP_ERR &&
            aws_last_error() == AWS_ERROR_COND_VARIABLE_TIMED_OUT);
        BY(!side, aws_mutex_unlock)(&meeting.mutex);

        CHECK(BY(side, aws_thread_join)(&thread) == AWS_OP_SUCCESS);
        CHECK(BY(!side, aws_thread_get_detach_state)(&thread) == AWS_THREAD_JOIN_COMPLETED);
        BY(!side, aws_thread_clean_up)(&thread);
        BY(!side, aws_mutex_clean_up)(&meeting.mutex);
        BY(side, aws_condition_variable_clean_up)(&meeting.changed);
        BY(!side, aws_rw_lock_clean_up)(&meeting.lock);
    }
}

/* ---------------------------------------------------------------------------------------------------------------- */

#define RUN(function, test)                                                                                            \
    do {                                                                                                               \
        const bool is_run = BOTH_HAVE(function);                                                                       \
        printf("%s: %s\n", #test, is_run ? "run" : "left out");                                                        \
        if (is_run) {                                                                                                  \
            test();                                                                                                    \
        }                                                                                                              \
    } while (0)

int main(int argc, char **argv) {
    const bool is_deep = argc > 3 && strcmp(argv[argc - 1], "-deep") == 0;
    if (argc < 3) {
        return 2;
    }
    s_libraries[0] = dlopen(argv[1], RTLD_NOW);
    s_libraries[1] = dlopen(argv[2], RTLD_NOW | RTLD_GLOBAL | (is_deep ? RTLD_DEEPBIND : 0));
    if (s_libraries[0] == NULL || s_libraries[1] == NULL) {
        fprintf(stderr, "%s\n", dlerror());
        return 2;
    }
    if (argc > 3 && argv[3][0] != '-') {
        s_seed = (unsigned)strtoul(argv[3], NULL, 10);
    }
    s_random = s_seed;
    s_allocator = aws_mem_tracer_new(aws_default_allocator(), NULL, AWS_MEMTRACE_BYTES, 0);
    RUN(aws_hash_table_init, s_hash_tables);
    RUN(aws_linked_hash_table_init, s_linked_tables);
    RUN(aws_cache_new_lru, s_caches);
    RUN(aws_priority_queue_init_dynamic, s_priority_queues);
    RUN(aws_task_scheduler_init, s_task_schedulers);
    RUN(aws_ring_buffer_init, s_ring_buffers);
    RUN(aws_string_destroy, s_texts);
    RUN(aws_rw_lock_init, s_threads);
    CHECK(aws_mem_tracer_bytes(s_allocator) == 0);
    BY(1, aws_raise_error_private)(AWS_ERROR_OOM);
    CHECK(BY(0, aws_last_error)() == AWS_ERROR_OOM && aws_last_error() == AWS_ERROR_OOM);
    return 0;
}
