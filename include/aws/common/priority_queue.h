/* SPDX-License-Identifier: Apache-2.0 */
#ifndef AWS_COMMON_PRIORITY_QUEUE_H
#define AWS_COMMON_PRIORITY_QUEUE_H

/*
 * A heap of items of one size, which are copied in and out as bytes. Items of equal priority come out in any order.
 * Not synchronised. In functions that return int, NULL raises AWS_ERROR_INVALID_ARGUMENT; errors change nothing.
 */

#include <aws/common/array_list.h>
#include <aws/common/common.h>

AWS_PUSH_SANE_WARNING_LEVEL

/** Above 0 if `b` must come out before `a`, otherwise 0 or less. `return a > b` brings the smallest out first. */
typedef int(aws_priority_queue_compare_fn)(const void *a, const void *b);

/** A queue. Use the functions below. */
struct aws_priority_queue {
    /** The order: the item that compares least is on top. */
    aws_priority_queue_compare_fn *pred;
    /** The items, in heap order. */
    struct aws_array_list container;
    /** For each item, the struct aws_priority_queue_node that follows it, or NULL. All zero until one is used. */
    struct aws_array_list backpointers;
};

/** Follows an item through the queue, so that it can be removed. Belongs to the caller. */
struct aws_priority_queue_node {
    /** Where the item is; SIZE_MAX if it is in no queue. */
    size_t current_index;
};

AWS_EXTERN_C_BEGIN

/* ---- Life ------------------------------------------------------------------------------------ */

/**
 * Makes an empty queue that grows. Release it with aws_priority_queue_clean_up().
 * Raises AWS_ERROR_OVERFLOW_DETECTED if the room asked for does not fit a size_t.
 *
 * @param default_size  how many items to make room for
 * @param item_size     size of one item in bytes, not 0
 */
AWS_COMMON_API
int aws_priority_queue_init_dynamic(
    struct aws_priority_queue *queue,
    struct aws_allocator *alloc,
    size_t default_size,
    size_t item_size,
    aws_priority_queue_compare_fn *pred);

/**
 * Makes an empty queue over an array of `item_count` items, which stays the caller's and must outlive the queue. It
 * does not grow, and its items cannot have nodes. A NULL or empty array ends the process.
 */
AWS_COMMON_API
void aws_priority_queue_init_static(
    struct aws_priority_queue *queue,
    void *heap,
    size_t item_count,
    size_t item_size,
    aws_priority_queue_compare_fn *pred);

/** Releases the memory and sets the lists to zero. Nodes of items that are left are not touched. */
AWS_COMMON_API
void aws_priority_queue_clean_up(struct aws_priority_queue *queue);

/** True if the fields of the queue agree with one another. */
AWS_COMMON_API
bool aws_priority_queue_is_valid(const struct aws_priority_queue *const queue);

/* ---- Items ----------------------------------------------------------------------------------- */

/** Adds a copy of an item. Logarithmic time. Raises AWS_ERROR_LIST_EXCEEDS_MAX_SIZE if a static queue is full. */
AWS_COMMON_API
int aws_priority_queue_push(struct aws_priority_queue *queue, void *item);

/**
 * The same, with a node that is kept up to date until the item leaves the queue, and must stay valid until then.
 * Raises AWS_ERROR_UNSUPPORTED_OPERATION if the queue is static. A NULL node makes this aws_priority_queue_push().
 */
AWS_COMMON_API
int aws_priority_queue_push_ref(
    struct aws_priority_queue *queue, void *item, struct aws_priority_queue_node *backpointer);

/** Copies the first item to `item` and removes it. Logarithmic time. Raises AWS_ERROR_PRIORITY_QUEUE_EMPTY. */
AWS_COMMON_API
int aws_priority_queue_pop(struct aws_priority_queue *queue, void *item);

/**
 * Copies the item of a node to `item` and removes it. Logarithmic time. Raises AWS_ERROR_PRIORITY_QUEUE_BAD_NODE if the
 * node is in no queue. A node of another queue removes a wrong item.
 */
AWS_COMMON_API
int aws_priority_queue_remove(struct aws_priority_queue *queue, void *item, const struct aws_priority_queue_node *node);

/** Stores the address of the first item, valid until the queue changes. Raises AWS_ERROR_PRIORITY_QUEUE_EMPTY. */
AWS_COMMON_API
int aws_priority_queue_top(const struct aws_priority_queue *queue, void **item);

/** Removes all items and keeps the memory. Their nodes are marked as removed. */
AWS_COMMON_API
void aws_priority_queue_clear(struct aws_priority_queue *queue);

/** Number of items; and of those that fit without growing. */
AWS_COMMON_API
size_t aws_priority_queue_size(const struct aws_priority_queue *queue);
AWS_COMMON_API
size_t aws_priority_queue_capacity(const struct aws_priority_queue *queue);

/* ---- Nodes ----------------------------------------------------------------------------------- */

/** Marks a node as being in no queue. */
AWS_COMMON_API
void aws_priority_queue_node_init(struct aws_priority_queue_node *node);

/** True if the item of the node is in a queue. The node must have been initialised, or used in a push. */
AWS_COMMON_API
bool aws_priority_queue_node_is_in_queue(const struct aws_priority_queue_node *node);

/* ---- Checks on the list of nodes; for debugging. Inline only: the library exports no copies. ------ */

/** True if the list of nodes is not in use, or has an entry for the item at `index`. */
static inline bool
aws_priority_queue_backpointer_index_valid(const struct aws_priority_queue *const queue, size_t index) {

    return queue != NULL && (AWS_IS_ZEROED(queue->backpointers) || index < queue->backpointers.length);
}

/** True if each node knows the place of its item. Linear time. */
static inline bool aws_priority_queue_backpointers_valid_deep(const struct aws_priority_queue *const queue) {
    if (queue == NULL) {
        return false;
    }
    struct aws_priority_queue_node *const *nodes = (struct aws_priority_queue_node *const *)queue->backpointers.data;
    for (size_t i = 0; i < queue->backpointers.length; ++i) {
        if (nodes[i] != NULL && nodes[i]->current_index != i) {
            return false;
        }
    }
    return true;
}

/** True if the list of nodes is not in use, or has one entry per item. Constant time, unless AWS_DEEP_CHECKS is 1. */
static inline bool aws_priority_queue_backpointers_valid(const struct aws_priority_queue *const queue) {
    if (queue == NULL || AWS_IS_ZEROED(queue->backpointers)) {
        return queue != NULL;
    }
#if defined(AWS_DEEP_CHECKS) && (AWS_DEEP_CHECKS == 1)
    if (!aws_priority_queue_backpointers_valid_deep(queue)) {
        return false;
    }
#endif
    return aws_array_list_is_valid(&queue->backpointers) && queue->backpointers.current_size > 0 &&
           queue->backpointers.item_size == sizeof(struct aws_priority_queue_node *) &&
           queue->backpointers.length == queue->container.length;
}

AWS_EXTERN_C_END
AWS_POP_SANE_WARNING_LEVEL

#endif /* AWS_COMMON_PRIORITY_QUEUE_H */
