/* SPDX-License-Identifier: Apache-2.0 */
#ifndef AWS_COMMON_LINKED_HASH_TABLE_H
#define AWS_COMMON_LINKED_HASH_TABLE_H

/*
 * A hash table that remembers the order in which its elements were put, and lets it be changed. Not synchronised; even
 * finding may change the order. For keys, values and their callbacks see aws/common/hash_table.h.
 */

#include <aws/common/hash_table.h>
#include <aws/common/linked_list.h>

AWS_PUSH_SANE_WARNING_LEVEL

/** A table, and the order of its elements. */
struct aws_linked_hash_table {
    /** Where nodes come from. */
    struct aws_allocator *allocator;
    /** Nodes of struct aws_linked_hash_table_node, the oldest first. */
    struct aws_linked_list list;
    /** From keys to those nodes. */
    struct aws_hash_table table;
    /** Called for each value that leaves the table; may be NULL. */
    aws_hash_callback_destroy_fn *user_on_value_destroy;
    /** Called for each key that leaves the table; may be NULL. */
    aws_hash_callback_destroy_fn *user_on_key_destroy;
};

/** An element, which belongs to the table. AWS_CONTAINER_OF leads from `node` to it. */
struct aws_linked_hash_table_node {
    /** Its place in the table's list. */
    struct aws_linked_list_node node;
    /** The table that it belongs to. */
    struct aws_linked_hash_table *table;
    /** As it was put. */
    const void *key;
    /** As it was put. */
    void *value;
};

AWS_EXTERN_C_BEGIN

/**
 * Makes an empty table, which must not move in memory afterwards. Release it with aws_linked_hash_table_clean_up().
 * `initial_item_count` is how many elements to make room for. Errors as for aws_hash_table_init().
 */
AWS_COMMON_API
int aws_linked_hash_table_init(
    struct aws_linked_hash_table *table,
    struct aws_allocator *allocator,
    aws_hash_fn *hash_fn,
    aws_hash_callback_eq_fn *equals_fn,
    aws_hash_callback_destroy_fn *destroy_key_fn,
    aws_hash_callback_destroy_fn *destroy_value_fn,
    size_t initial_item_count);

/** Destroys all keys and values, releases the memory and sets the table to zero. */
AWS_COMMON_API
void aws_linked_hash_table_clean_up(struct aws_linked_hash_table *table);

/** Stores the value of a key, or NULL if there is none, which is not an error. */
AWS_COMMON_API
int aws_linked_hash_table_find(struct aws_linked_hash_table *table, const void *key, void **p_value);

/** The same, and moves the element to the end of the order. */
AWS_COMMON_API
int aws_linked_hash_table_find_and_move_to_back(struct aws_linked_hash_table *table, const void *key, void **p_value);

/**
 * Sets key and value and puts the element at the end of the order. A value that is replaced is destroyed, and so is the
 * key that is replaced unless it is the same pointer.
 */
AWS_COMMON_API
int aws_linked_hash_table_put(struct aws_linked_hash_table *table, const void *key, void *p_value);

/** Removes the element of a key and destroys key and value. It is not an error if there is none. */
AWS_COMMON_API
int aws_linked_hash_table_remove(struct aws_linked_hash_table *table, const void *key);

/** Removes all elements and destroys their keys and values. */
AWS_COMMON_API
void aws_linked_hash_table_clear(struct aws_linked_hash_table *table);

/** Number of elements. */
AWS_COMMON_API
size_t aws_linked_hash_table_get_element_count(const struct aws_linked_hash_table *table);

/** Moves an element of this table to the end of the order. */
AWS_COMMON_API
void aws_linked_hash_table_move_node_to_end_of_list(
    struct aws_linked_hash_table *table, struct aws_linked_hash_table_node *node);

/** The elements in their order. The list belongs to the table: walk over it, but do not change it. */
AWS_COMMON_API
const struct aws_linked_list *aws_linked_hash_table_get_iteration_list(const struct aws_linked_hash_table *table);

AWS_EXTERN_C_END
AWS_POP_SANE_WARNING_LEVEL

#endif /* AWS_COMMON_LINKED_HASH_TABLE_H */
