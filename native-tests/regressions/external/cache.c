/* SPDX-License-Identifier: Apache-2.0 */
/* Linked hash tables, whose hash table frees the nodes, and caches that drop what was used the longest time ago. */
#include <aws/common/cache.h>
#include <aws/common/linked_hash_table.h>
#include <aws/common/lru_cache.h>

static void s_free_node(void *value) {
    struct aws_linked_hash_table_node *node = value;
    struct aws_linked_hash_table *table = node->table;
    aws_linked_list_remove(&node->node);
    if (table->user_on_value_destroy != NULL) {
        table->user_on_value_destroy(node->value);
    }
    aws_mem_release(table->allocator, node);
}

int aws_linked_hash_table_init(
    struct aws_linked_hash_table *table,
    struct aws_allocator *allocator,
    aws_hash_fn *hash,
    aws_hash_callback_eq_fn *equals,
    aws_hash_callback_destroy_fn *destroy_key,
    aws_hash_callback_destroy_fn *destroy_value,
    size_t count) {

    table->allocator = allocator;
    table->user_on_key_destroy = destroy_key;
    table->user_on_value_destroy = destroy_value;
    aws_linked_list_init(&table->list);
    return aws_hash_table_init(&table->table, allocator, count, hash, equals, destroy_key, s_free_node);
}

int aws_linked_hash_table_put(struct aws_linked_hash_table *table, const void *key, void *value) {
    struct aws_hash_element *element = NULL;
    aws_hash_table_create(&table->table, key, &element, NULL);
    const struct aws_hash_element old = *element;
    struct aws_linked_hash_table_node *node = aws_mem_calloc(table->allocator, 1, sizeof(*node));
    node->table = table;
    node->key = key;
    node->value = value;
    aws_linked_list_push_back(&table->list, &node->node);
    *element = (struct aws_hash_element){.key = key, .value = node};
    if (old.value != NULL) {
        s_free_node(old.value);
        if (old.key != key && table->user_on_key_destroy != NULL) {
            table->user_on_key_destroy((void *)old.key);
        }
    }
    return AWS_OP_SUCCESS;
}

int aws_linked_hash_table_find(struct aws_linked_hash_table *table, const void *key, void **value) {
    struct aws_hash_element *element = NULL;
    aws_hash_table_find(&table->table, key, &element);
    *value = element != NULL ? ((struct aws_linked_hash_table_node *)element->value)->value : NULL;
    return AWS_OP_SUCCESS;
}

int aws_linked_hash_table_remove(struct aws_linked_hash_table *table, const void *key) {
    return aws_hash_table_remove(&table->table, key, NULL, NULL);
}

void aws_linked_hash_table_clear(struct aws_linked_hash_table *table) {
    aws_hash_table_clear(&table->table);
}

void aws_linked_hash_table_clean_up(struct aws_linked_hash_table *table) {
    aws_hash_table_clean_up(&table->table);
}

size_t aws_linked_hash_table_get_element_count(const struct aws_linked_hash_table *table) {
    return aws_hash_table_get_entry_count(&table->table);
}

/* ---------------------------------------------------------------------------------------------------------------- */

struct lru {
    void *(*use_oldest)(struct aws_cache *cache);
    void *(*get_newest)(const struct aws_cache *cache);
};

static struct aws_linked_hash_table_node *s_node(struct aws_linked_list_node *node) {
    return AWS_CONTAINER_OF(node, struct aws_linked_hash_table_node, node);
}

static void s_use(struct aws_linked_hash_table_node *node) {
    aws_linked_list_remove(&node->node);
    aws_linked_list_push_back(&node->table->list, &node->node);
}

static void *s_use_oldest(struct aws_cache *cache) {
    if (aws_linked_list_empty(&cache->table.list)) {
        return NULL;
    }
    struct aws_linked_hash_table_node *node = s_node(aws_linked_list_front(&cache->table.list));
    s_use(node);
    return node->value;
}

static void *s_get_newest(const struct aws_cache *cache) {
    return aws_linked_list_empty(&cache->table.list) ? NULL : s_node(aws_linked_list_back(&cache->table.list))->value;
}

static void s_destroy(struct aws_cache *cache) {
    aws_linked_hash_table_clean_up(&cache->table);
    aws_mem_release(cache->allocator, cache);
}

static int s_find(struct aws_cache *cache, const void *key, void **value) {
    struct aws_hash_element *element = NULL;
    aws_hash_table_find(&cache->table.table, key, &element);
    *value = NULL;
    if (element != NULL) {
        s_use(element->value);
        *value = ((struct aws_linked_hash_table_node *)element->value)->value;
    }
    return AWS_OP_SUCCESS;
}

static int s_put(struct aws_cache *cache, const void *key, void *value) {
    aws_linked_hash_table_put(&cache->table, key, value);
    if (aws_linked_hash_table_get_element_count(&cache->table) > cache->max_items) {
        aws_linked_hash_table_remove(&cache->table, s_node(aws_linked_list_front(&cache->table.list))->key);
    }
    return AWS_OP_SUCCESS;
}

static int s_remove(struct aws_cache *cache, const void *key) {
    return aws_linked_hash_table_remove(&cache->table, key);
}

static void s_clear(struct aws_cache *cache) {
    aws_linked_hash_table_clear(&cache->table);
}

static size_t s_count(const struct aws_cache *cache) {
    return aws_linked_hash_table_get_element_count(&cache->table);
}

struct aws_cache *aws_cache_new_lru(
    struct aws_allocator *allocator,
    aws_hash_fn *hash,
    aws_hash_callback_eq_fn *equals,
    aws_hash_callback_destroy_fn *destroy_key,
    aws_hash_callback_destroy_fn *destroy_value,
    size_t max_items) {

    static const struct aws_cache_vtable vtable = {s_destroy, s_find, s_put, s_remove, s_clear, s_count};
    static struct lru lru = {s_use_oldest, s_get_newest};
    struct aws_cache *cache = aws_mem_calloc(allocator, 1, sizeof(*cache));
    cache->allocator = allocator;
    cache->vtable = &vtable;
    cache->max_items = max_items;
    cache->impl = &lru;
    aws_linked_hash_table_init(&cache->table, allocator, hash, equals, destroy_key, destroy_value, max_items);
    return cache;
}

void *aws_lru_cache_use_lru_element(struct aws_cache *cache) {
    return ((struct lru *)cache->impl)->use_oldest(cache);
}

void *aws_lru_cache_get_mru_element(const struct aws_cache *cache) {
    return ((struct lru *)cache->impl)->get_newest(cache);
}
