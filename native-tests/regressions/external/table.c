/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Hash tables as the ABI has them: elements lie at or behind the slot that the low bits of their hash name, those
 * farther from it first come first, and taking one out moves its followers back.
 */
#include <aws/common/hash_table.h>

#include <stdlib.h>
#include <string.h>

struct slot {
    struct aws_hash_element element;
    uint64_t hash;
};

struct hash_table_state {
    aws_hash_fn *hash;
    aws_hash_callback_eq_fn *equals;
    aws_hash_callback_destroy_fn *destroy_key;
    aws_hash_callback_destroy_fn *destroy_value;
    struct aws_allocator *allocator;
    size_t size;
    size_t count;
    size_t most;
    size_t mask;
    double load;
    struct slot slots[];
};

static struct hash_table_state *s_new(const struct hash_table_state *functions, size_t size) {
    struct hash_table_state *state =
        aws_mem_calloc(functions->allocator, 1, sizeof(*state) + size * sizeof(struct slot));
    *state = *functions;
    state->size = size;
    state->mask = size - 1;
    state->count = 0;
    state->most = (size_t)(state->load * (double)size);
    if (state->most >= size) {
        state->most = size - 1;
    }
    return state;
}

int aws_hash_table_init(
    struct aws_hash_table *map,
    struct aws_allocator *allocator,
    size_t size,
    aws_hash_fn *hash,
    aws_hash_callback_eq_fn *equals,
    aws_hash_callback_destroy_fn *destroy_key,
    aws_hash_callback_destroy_fn *destroy_value) {

    const struct hash_table_state functions = {
        .hash = hash,
        .equals = equals,
        .destroy_key = destroy_key,
        .destroy_value = destroy_value,
        .allocator = allocator,
        .load = 0.95,
    };
    size_t capacity = 2;
    while (capacity < size) {
        capacity *= 2;
    }
    map->p_impl = s_new(&functions, capacity);
    return AWS_OP_SUCCESS;
}

static uint64_t s_hash(const struct hash_table_state *state, const void *key) {
    const uint64_t hash = key == NULL ? 42 : state->hash(key);
    return hash == 0 ? 1 : hash;
}

static bool s_equal(const struct hash_table_state *state, const void *a, const void *b) {
    return a == b || (a != NULL && b != NULL && state->equals(a, b));
}

static size_t s_distance(const struct hash_table_state *state, size_t index) {
    return (index - (size_t)state->slots[index].hash) & state->mask;
}

static struct slot *s_find(struct hash_table_state *state, const void *key) {
    const uint64_t hash = s_hash(state, key);
    size_t index = (size_t)hash & state->mask;
    for (size_t steps = 0; state->slots[index].hash != 0 && s_distance(state, index) >= steps; ++steps) {
        if (state->slots[index].hash == hash && s_equal(state, key, state->slots[index].element.key)) {
            return &state->slots[index];
        }
        index = (index + 1) & state->mask;
    }
    return NULL;
}

static void s_place(struct hash_table_state *state, struct slot moving) {
    size_t index = (size_t)moving.hash & state->mask;
    size_t steps = 0;
    while (state->slots[index].hash != 0) {
        if (s_distance(state, index) < steps) {
            const struct slot settled = state->slots[index];
            steps = s_distance(state, index);
            state->slots[index] = moving;
            moving = settled;
        }
        index = (index + 1) & state->mask;
        ++steps;
    }
    state->slots[index] = moving;
    ++state->count;
}

int aws_hash_table_find(const struct aws_hash_table *map, const void *key, struct aws_hash_element **element) {
    struct slot *slot = s_find(map->p_impl, key);
    *element = slot != NULL ? &slot->element : NULL;
    return AWS_OP_SUCCESS;
}

int aws_hash_table_create(
    struct aws_hash_table *map, const void *key, struct aws_hash_element **element, int *was_created) {

    struct slot *slot = s_find(map->p_impl, key);
    if (was_created != NULL) {
        *was_created = slot == NULL;
    }
    if (slot == NULL) {
        struct hash_table_state *state = map->p_impl;
        if (state->count + 1 > state->most) {
            map->p_impl = s_new(state, 2 * state->size);
            for (size_t i = 0; i < state->size; ++i) {
                if (state->slots[i].hash != 0) {
                    s_place(map->p_impl, state->slots[i]);
                }
            }
            aws_mem_release(state->allocator, state);
            state = map->p_impl;
        }
        s_place(state, (struct slot){.element = {.key = key}, .hash = s_hash(state, key)});
        slot = s_find(state, key);
    }
    if (element != NULL) {
        *element = &slot->element;
    }
    return AWS_OP_SUCCESS;
}

int aws_hash_table_put(struct aws_hash_table *map, const void *key, void *value, int *was_created) {
    struct aws_hash_element *element = NULL;
    int created = 0;
    aws_hash_table_create(map, key, &element, &created);
    const struct aws_hash_element old = *element;
    *element = (struct aws_hash_element){.key = key, .value = value};
    if (was_created != NULL) {
        *was_created = created;
    }
    if (!created && old.key != key && map->p_impl->destroy_key != NULL) {
        map->p_impl->destroy_key((void *)old.key);
    }
    if (!created && map->p_impl->destroy_value != NULL) {
        map->p_impl->destroy_value(old.value);
    }
    return AWS_OP_SUCCESS;
}

static void s_destroy(const struct hash_table_state *state, struct aws_hash_element element) {
    if (state->destroy_key != NULL) {
        state->destroy_key((void *)element.key);
    }
    if (state->destroy_value != NULL) {
        state->destroy_value(element.value);
    }
}

/* Which slot is empty afterwards. */
static size_t s_take_out(struct hash_table_state *state, size_t index) {
    size_t next = (index + 1) & state->mask;
    while (state->slots[next].hash != 0 && s_distance(state, next) != 0) {
        state->slots[index] = state->slots[next];
        index = next;
        next = (next + 1) & state->mask;
    }
    memset(&state->slots[index], 0, sizeof(struct slot));
    --state->count;
    return index;
}

int aws_hash_table_remove(
    struct aws_hash_table *map, const void *key, struct aws_hash_element *element, int *was_present) {

    struct slot *slot = s_find(map->p_impl, key);
    if (was_present != NULL) {
        *was_present = slot != NULL;
    }
    if (slot != NULL) {
        const struct aws_hash_element removed = slot->element;
        s_take_out(map->p_impl, (size_t)(slot - map->p_impl->slots));
        if (element != NULL) {
            *element = removed;
        } else {
            s_destroy(map->p_impl, removed);
        }
    }
    return AWS_OP_SUCCESS;
}

void aws_hash_table_clear(struct aws_hash_table *map) {
    struct hash_table_state *state = map->p_impl;
    for (size_t i = 0; i < state->size; ++i) {
        if (state->slots[i].hash != 0) {
            s_destroy(state, state->slots[i].element);
        }
    }
    memset(state->slots, 0, state->size * sizeof(struct slot));
    state->count = 0;
}

void aws_hash_table_clean_up(struct aws_hash_table *map) {
    if (map->p_impl != NULL) {
        aws_hash_table_clear(map);
        aws_mem_release(map->p_impl->allocator, map->p_impl);
        map->p_impl = NULL;
    }
}

size_t aws_hash_table_get_entry_count(const struct aws_hash_table *map) {
    return map->p_impl->count;
}

static void s_go_to(struct aws_hash_iter *iter, size_t index) {
    const struct hash_table_state *state = iter->map->p_impl;
    while (index < iter->limit && state->slots[index].hash == 0) {
        ++index;
    }
    const bool is_done = index >= iter->limit;
    iter->slot = is_done ? iter->limit : index;
    iter->status = is_done ? AWS_HASH_ITER_STATUS_DONE : AWS_HASH_ITER_STATUS_READY_FOR_USE;
    iter->element = is_done ? (struct aws_hash_element){NULL, NULL} : state->slots[index].element;
}

struct aws_hash_iter aws_hash_iter_begin(const struct aws_hash_table *map) {
    struct aws_hash_iter iter = {.map = map, .limit = map->p_impl->size};
    s_go_to(&iter, 0);
    return iter;
}

bool aws_hash_iter_done(const struct aws_hash_iter *iter) {
    return iter->slot == iter->limit;
}

void aws_hash_iter_next(struct aws_hash_iter *iter) {
    s_go_to(iter, iter->slot + 1);
}

void aws_hash_iter_delete(struct aws_hash_iter *iter, bool destroy_contents) {
    struct hash_table_state *state = iter->map->p_impl;
    const struct aws_hash_element element = iter->element;
    const size_t emptied = s_take_out(state, iter->slot);
    if (emptied < iter->slot || emptied >= iter->limit) {
        --iter->limit;
    }
    --iter->slot;
    iter->status = AWS_HASH_ITER_STATUS_DELETE_CALLED;
    if (destroy_contents) {
        s_destroy(state, element);
    }
}
