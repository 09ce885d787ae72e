/* SPDX-License-Identifier: Apache-2.0 */
#ifndef AWS_COMMON_LINKED_LIST_H
#define AWS_COMMON_LINKED_LIST_H

/*
 * A doubly linked list whose nodes are members of the user's own structs; AWS_CONTAINER_OF leads from a node back to
 * the struct. The list owns nothing and allocates nothing. Two sentinels, which are part of the list, stand before the
 * first node and after the last, so a list must not be copied or moved by assignment. Not synchronised.
 *
 *     for (node = aws_linked_list_begin(&list); node != aws_linked_list_end(&list); node = aws_linked_list_next(node))
 *
 * NULL arguments are ignored: such a call changes nothing and returns NULL, or false.
 */

#include <aws/common/common.h>

#include <stddef.h>

AWS_PUSH_SANE_WARNING_LEVEL

/** A place in a list. Both pointers are NULL while it is in none, if it was reset or removed. */
struct aws_linked_list_node {
    /** The node behind it; of the last node the list's tail. */
    struct aws_linked_list_node *next;
    /** The node before it; of the first node the list's head. */
    struct aws_linked_list_node *prev;
};

/** A list: its two sentinels. */
struct aws_linked_list {
    /** Stands before the first node; its `prev` is NULL. */
    struct aws_linked_list_node head;
    /** Stands after the last node; its `next` is NULL. */
    struct aws_linked_list_node tail;
};

AWS_EXTERN_C_BEGIN

/* ---- Lists ----------------------------------------------------------------------------------- */

/** Makes an empty list. Nodes that it held are forgotten, not reset. */
AWS_STATIC_IMPL void aws_linked_list_init(struct aws_linked_list *list);

/** True if the list has no nodes. */
AWS_STATIC_IMPL bool aws_linked_list_empty(const struct aws_linked_list *list);

/** True if the sentinels look as they should. Constant time, unless AWS_DEEP_CHECKS is 1. */
AWS_STATIC_IMPL bool aws_linked_list_is_valid(const struct aws_linked_list *list);

/** True if the chain leads from head to tail and each link has its counterpart. Linear time. */
AWS_STATIC_IMPL bool aws_linked_list_is_valid_deep(const struct aws_linked_list *list);

/** Exchanges the nodes of two lists. */
AWS_STATIC_IMPL void
aws_linked_list_swap_contents(struct aws_linked_list *AWS_RESTRICT a, struct aws_linked_list *AWS_RESTRICT b);

/** Moves all nodes of `src`, in their order, behind the last node of `dst`. */
AWS_STATIC_IMPL void
aws_linked_list_move_all_back(struct aws_linked_list *AWS_RESTRICT dst, struct aws_linked_list *AWS_RESTRICT src);

/** Moves all nodes of `src`, in their order, before the first node of `dst`. */
AWS_STATIC_IMPL void
aws_linked_list_move_all_front(struct aws_linked_list *AWS_RESTRICT dst, struct aws_linked_list *AWS_RESTRICT src);

/* ---- Both ends ------------------------------------------------------------------------------- */

/** Adds a node, which must be in no list, at the end or at the start. */
AWS_STATIC_IMPL void aws_linked_list_push_back(struct aws_linked_list *list, struct aws_linked_list_node *node);
AWS_STATIC_IMPL void aws_linked_list_push_front(struct aws_linked_list *list, struct aws_linked_list_node *node);

/** The last or the first node; NULL if the list is empty. */
AWS_STATIC_IMPL struct aws_linked_list_node *aws_linked_list_back(const struct aws_linked_list *list);
AWS_STATIC_IMPL struct aws_linked_list_node *aws_linked_list_front(const struct aws_linked_list *list);

/** Takes the last or the first node out of the list, resets and returns it; NULL if the list is empty. */
AWS_STATIC_IMPL struct aws_linked_list_node *aws_linked_list_pop_back(struct aws_linked_list *list);
AWS_STATIC_IMPL struct aws_linked_list_node *aws_linked_list_pop_front(struct aws_linked_list *list);

/* ---- Iteration ------------------------------------------------------------------------------- */

/** The first node, or the end if the list is empty; and the end, which is not a node of the user's. */
AWS_STATIC_IMPL struct aws_linked_list_node *aws_linked_list_begin(const struct aws_linked_list *list);
AWS_STATIC_IMPL const struct aws_linked_list_node *aws_linked_list_end(const struct aws_linked_list *list);

/** The same for iterating backwards: the last node, and what stands before the first. */
AWS_STATIC_IMPL struct aws_linked_list_node *aws_linked_list_rbegin(const struct aws_linked_list *list);
AWS_STATIC_IMPL const struct aws_linked_list_node *aws_linked_list_rend(const struct aws_linked_list *list);

/** The nodes next to a node. To remove the current node in a loop, fetch the next one first. */
AWS_STATIC_IMPL struct aws_linked_list_node *aws_linked_list_next(const struct aws_linked_list_node *node);
AWS_STATIC_IMPL struct aws_linked_list_node *aws_linked_list_prev(const struct aws_linked_list_node *node);

/* ---- Nodes ----------------------------------------------------------------------------------- */

/** Sets both pointers of a node to NULL without looking at the adjacent nodes. */
AWS_STATIC_IMPL void aws_linked_list_node_reset(struct aws_linked_list_node *node);

/** True if the next, or the previous, node exists and points back. False at the tail, or at the head. */
AWS_STATIC_IMPL bool aws_linked_list_node_next_is_valid(const struct aws_linked_list_node *node);
AWS_STATIC_IMPL bool aws_linked_list_node_prev_is_valid(const struct aws_linked_list_node *node);

/** True if both adjacent nodes point back at the node. A node that is in no list must have been reset or removed. */
AWS_STATIC_IMPL bool aws_linked_list_node_is_in_list(struct aws_linked_list_node *node);

/** Puts `to_add`, which must be in no list, next to a node that is in one. */
AWS_STATIC_IMPL void
aws_linked_list_insert_after(struct aws_linked_list_node *after, struct aws_linked_list_node *to_add);
AWS_STATIC_IMPL void
aws_linked_list_insert_before(struct aws_linked_list_node *before, struct aws_linked_list_node *to_add);

/** Takes a node out of its list and resets it. Does nothing to a node that was reset or removed before. */
AWS_STATIC_IMPL void aws_linked_list_remove(struct aws_linked_list_node *node);

/** Exchanges the places of two nodes, in one list or in two. */
AWS_STATIC_IMPL void aws_linked_list_swap_nodes(struct aws_linked_list_node *a, struct aws_linked_list_node *b);

AWS_EXTERN_C_END

#ifndef AWS_NO_STATIC_IMPL
#    include <aws/common/linked_list.inl>
#endif

AWS_POP_SANE_WARNING_LEVEL

#endif /* AWS_COMMON_LINKED_LIST_H */
