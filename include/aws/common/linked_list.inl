/* SPDX-License-Identifier: Apache-2.0 */
#ifndef AWS_COMMON_LINKED_LIST_INL
#define AWS_COMMON_LINKED_LIST_INL

#include <aws/common/linked_list.h>

AWS_EXTERN_C_BEGIN

/* Links two nodes to each other. */
static inline void aws_linked_list_priv_link(struct aws_linked_list_node *left, struct aws_linked_list_node *right) {
    left->next = right;
    right->prev = left;
}

/* Puts the chain from `first` to `last`, whose inner links stand, between two nodes that are adjacent. */
static inline void aws_linked_list_priv_splice(
    struct aws_linked_list_node *left,
    struct aws_linked_list_node *first,
    struct aws_linked_list_node *last,
    struct aws_linked_list_node *right) {

    aws_linked_list_priv_link(left, first);
    aws_linked_list_priv_link(last, right);
}

/* ---- Nodes ----------------------------------------------------------------------------------- */

AWS_STATIC_IMPL void aws_linked_list_node_reset(struct aws_linked_list_node *node) {
    if (node != NULL) {
        node->next = NULL;
        node->prev = NULL;
    }
}

AWS_STATIC_IMPL bool aws_linked_list_node_next_is_valid(const struct aws_linked_list_node *node) {
    return node != NULL && node->next != NULL && node->next->prev == node;
}

AWS_STATIC_IMPL bool aws_linked_list_node_prev_is_valid(const struct aws_linked_list_node *node) {
    return node != NULL && node->prev != NULL && node->prev->next == node;
}

AWS_STATIC_IMPL bool aws_linked_list_node_is_in_list(struct aws_linked_list_node *node) {
    return aws_linked_list_node_next_is_valid(node) && aws_linked_list_node_prev_is_valid(node);
}

AWS_STATIC_IMPL void
aws_linked_list_insert_after(struct aws_linked_list_node *after, struct aws_linked_list_node *to_add) {

    if (after != NULL && to_add != NULL && after->next != NULL) {
        aws_linked_list_priv_splice(after, to_add, to_add, after->next);
    }
}

AWS_STATIC_IMPL void
aws_linked_list_insert_before(struct aws_linked_list_node *before, struct aws_linked_list_node *to_add) {

    if (before != NULL && to_add != NULL && before->prev != NULL) {
        aws_linked_list_priv_splice(before->prev, to_add, to_add, before);
    }
}

AWS_STATIC_IMPL void aws_linked_list_remove(struct aws_linked_list_node *node) {
    if (node != NULL && node->next != NULL && node->prev != NULL) {
        AWS_ASSERT(aws_linked_list_node_is_in_list(node));
        aws_linked_list_priv_link(node->prev, node->next);
        aws_linked_list_node_reset(node);
    }
}

AWS_STATIC_IMPL void aws_linked_list_swap_nodes(struct aws_linked_list_node *a, struct aws_linked_list_node *b) {
    if (a == b || !aws_linked_list_node_is_in_list(a) || !aws_linked_list_node_is_in_list(b)) {
        return;
    }

    /* A placeholder keeps the place of `a`, so that adjacent nodes need no special case. */
    struct aws_linked_list_node place;
    aws_linked_list_priv_splice(a->prev, &place, &place, a->next);
    aws_linked_list_priv_splice(b->prev, a, a, b->next);
    aws_linked_list_priv_splice(place.prev, b, b, place.next);
}

/* ---- Lists ----------------------------------------------------------------------------------- */

AWS_STATIC_IMPL void aws_linked_list_init(struct aws_linked_list *list) {
    if (list != NULL) {
        list->head.prev = NULL;
        list->tail.next = NULL;
        aws_linked_list_priv_link(&list->head, &list->tail);
    }
}

AWS_STATIC_IMPL bool aws_linked_list_empty(const struct aws_linked_list *list) {
    return list == NULL || list->head.next == &list->tail;
}

AWS_STATIC_IMPL bool aws_linked_list_is_valid(const struct aws_linked_list *list) {
#if defined(AWS_DEEP_CHECKS) && (AWS_DEEP_CHECKS == 1)
    if (!aws_linked_list_is_valid_deep(list)) {
        return false;
    }
#endif
    return list != NULL && list->head.prev == NULL && list->head.next != NULL && list->tail.prev != NULL &&
           list->tail.next == NULL;
}

AWS_STATIC_IMPL bool aws_linked_list_is_valid_deep(const struct aws_linked_list *list) {
    if (list == NULL) {
        return false;
    }
    /* A chain with a cycle has a node with two predecessors, one of which it does not point back at: the loop ends. */
    const struct aws_linked_list_node *node = &list->head;
    while (node != &list->tail && aws_linked_list_node_next_is_valid(node)) {
        node = node->next;
    }
    return node == &list->tail;
}

AWS_STATIC_IMPL void
aws_linked_list_move_all_back(struct aws_linked_list *AWS_RESTRICT dst, struct aws_linked_list *AWS_RESTRICT src) {

    if (dst == NULL || dst == src || aws_linked_list_empty(src)) {
        return;
    }
    aws_linked_list_priv_splice(dst->tail.prev, src->head.next, src->tail.prev, &dst->tail);
    aws_linked_list_init(src);
}

AWS_STATIC_IMPL void
aws_linked_list_move_all_front(struct aws_linked_list *AWS_RESTRICT dst, struct aws_linked_list *AWS_RESTRICT src) {

    if (dst == NULL || dst == src || aws_linked_list_empty(src)) {
        return;
    }
    aws_linked_list_priv_splice(&dst->head, src->head.next, src->tail.prev, dst->head.next);
    aws_linked_list_init(src);
}

AWS_STATIC_IMPL void
aws_linked_list_swap_contents(struct aws_linked_list *AWS_RESTRICT a, struct aws_linked_list *AWS_RESTRICT b) {

    if (a == NULL || b == NULL || a == b) {
        return;
    }
    struct aws_linked_list old_a;
    aws_linked_list_init(&old_a);
    aws_linked_list_move_all_back(&old_a, a);
    aws_linked_list_move_all_back(a, b);
    aws_linked_list_move_all_back(b, &old_a);
}

/* ---- Both ends ------------------------------------------------------------------------------- */

AWS_STATIC_IMPL void aws_linked_list_push_back(struct aws_linked_list *list, struct aws_linked_list_node *node) {
    if (list != NULL) {
        AWS_ASSERT(aws_linked_list_is_valid(list));
        aws_linked_list_insert_before(&list->tail, node);
    }
}

AWS_STATIC_IMPL void aws_linked_list_push_front(struct aws_linked_list *list, struct aws_linked_list_node *node) {
    if (list != NULL) {
        AWS_ASSERT(aws_linked_list_is_valid(list));
        aws_linked_list_insert_after(&list->head, node);
    }
}

AWS_STATIC_IMPL struct aws_linked_list_node *aws_linked_list_back(const struct aws_linked_list *list) {
    return aws_linked_list_empty(list) ? NULL : list->tail.prev;
}

AWS_STATIC_IMPL struct aws_linked_list_node *aws_linked_list_front(const struct aws_linked_list *list) {
    return aws_linked_list_empty(list) ? NULL : list->head.next;
}

AWS_STATIC_IMPL struct aws_linked_list_node *aws_linked_list_pop_back(struct aws_linked_list *list) {
    struct aws_linked_list_node *node = aws_linked_list_back(list);
    aws_linked_list_remove(node);
    return node;
}

AWS_STATIC_IMPL struct aws_linked_list_node *aws_linked_list_pop_front(struct aws_linked_list *list) {
    struct aws_linked_list_node *node = aws_linked_list_front(list);
    aws_linked_list_remove(node);
    return node;
}

/* ---- Iteration ------------------------------------------------------------------------------- */

AWS_STATIC_IMPL struct aws_linked_list_node *aws_linked_list_begin(const struct aws_linked_list *list) {
    return list != NULL ? list->head.next : NULL;
}

AWS_STATIC_IMPL const struct aws_linked_list_node *aws_linked_list_end(const struct aws_linked_list *list) {
    return list != NULL ? &list->tail : NULL;
}

AWS_STATIC_IMPL struct aws_linked_list_node *aws_linked_list_rbegin(const struct aws_linked_list *list) {
    return list != NULL ? list->tail.prev : NULL;
}

AWS_STATIC_IMPL const struct aws_linked_list_node *aws_linked_list_rend(const struct aws_linked_list *list) {
    return list != NULL ? &list->head : NULL;
}

AWS_STATIC_IMPL struct aws_linked_list_node *aws_linked_list_next(const struct aws_linked_list_node *node) {
    return node != NULL ? node->next : NULL;
}

AWS_STATIC_IMPL struct aws_linked_list_node *aws_linked_list_prev(const struct aws_linked_list_node *node) {
    return node != NULL ? node->prev : NULL;
}

AWS_EXTERN_C_END

#endif /* AWS_COMMON_LINKED_LIST_INL */
