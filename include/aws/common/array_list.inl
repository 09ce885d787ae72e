/* SPDX-License-Identifier: Apache-2.0 */
#ifndef AWS_COMMON_ARRAY_LIST_INL
#define AWS_COMMON_ARRAY_LIST_INL

#include <aws/common/array_list.h>

AWS_EXTERN_C_BEGIN

/* ---- Helpers --------------------------------------------------------------------------------- */

/* Address of the item at an index that the memory has room for. */
static inline uint8_t *aws_array_list_priv_at(const struct aws_array_list *list, size_t index) {
    return (uint8_t *)list->data + index * list->item_size;
}

/* Marks memory that no item uses, so that debug builds show who reads it. */
static inline void aws_array_list_priv_mark_unused(void *memory, size_t size) {
#if defined(DEBUG_BUILD)
    memset(memory, AWS_ARRAY_LIST_DEBUG_FILL, size);
#else
    (void)memory;
    (void)size;
#endif
}

/* Makes room for one more item. `full_error` is what a full static list raises. */
static inline int aws_array_list_priv_reserve_one(struct aws_array_list *list, int full_error) {
    if (AWS_LIKELY(list->current_size - list->length * list->item_size >= list->item_size)) {
        return AWS_OP_SUCCESS;
    }
    if (list->alloc == NULL) {
        return aws_raise_error(full_error);
    }
    return aws_array_list_ensure_capacity(list, list->length);
}

/* ---- Life ------------------------------------------------------------------------------------ */

AWS_STATIC_IMPL
int aws_array_list_init_dynamic(
    struct aws_array_list *AWS_RESTRICT list,
    struct aws_allocator *alloc,
    size_t initial_item_allocation,
    size_t item_size) {

    AWS_ERROR_PRECONDITION(list != NULL);
    AWS_ZERO_STRUCT(*list);
    AWS_ERROR_PRECONDITION(alloc != NULL && item_size > 0);

    size_t size = 0;
    if (aws_mul_size_checked(initial_item_allocation, item_size, &size)) {
        return AWS_OP_ERR;
    }

    list->alloc = alloc;
    list->item_size = item_size;
    if (size > 0) {
        list->data = aws_mem_acquire(alloc, size);
        list->current_size = size;
        aws_array_list_priv_mark_unused(list->data, size);
    }
    return AWS_OP_SUCCESS;
}

AWS_STATIC_IMPL
void aws_array_list_init_static(
    struct aws_array_list *AWS_RESTRICT list, void *raw_array, size_t item_count, size_t item_size) {

    AWS_FATAL_PRECONDITION(list != NULL);
    AWS_FATAL_PRECONDITION(raw_array != NULL);
    AWS_FATAL_PRECONDITION(item_count > 0 && item_size > 0);
    AWS_FATAL_PRECONDITION(item_count <= SIZE_MAX / item_size);

    list->alloc = NULL;
    list->current_size = item_count * item_size;
    list->length = 0;
    list->item_size = item_size;
    list->data = raw_array;
}

AWS_STATIC_IMPL
void aws_array_list_init_static_from_initialized(
    struct aws_array_list *AWS_RESTRICT list, void *raw_array, size_t item_count, size_t item_size) {

    aws_array_list_init_static(list, raw_array, item_count, item_size);
    list->length = item_count;
}

AWS_STATIC_IMPL
bool aws_array_list_is_valid(const struct aws_array_list *AWS_RESTRICT list) {
    if (list == NULL || list->item_size == 0) {
        return false;
    }
    return (list->current_size == 0) == (list->data == NULL) && list->length <= list->current_size / list->item_size;
}

AWS_STATIC_IMPL
void aws_array_list_clean_up(struct aws_array_list *AWS_RESTRICT list) {
    if (list == NULL) {
        return;
    }
    if (list->alloc != NULL && list->data != NULL) {
        aws_mem_release(list->alloc, list->data);
    }
    AWS_ZERO_STRUCT(*list);
}

AWS_STATIC_IMPL
void aws_array_list_clean_up_secure(struct aws_array_list *AWS_RESTRICT list) {
    if (list != NULL && list->alloc != NULL) {
        aws_secure_zero(list->data, list->current_size);
    }
    aws_array_list_clean_up(list);
}

/* ---- Both ends ------------------------------------------------------------------------------- */

AWS_STATIC_IMPL
int aws_array_list_push_back(struct aws_array_list *AWS_RESTRICT list, const void *val) {
    AWS_ERROR_PRECONDITION(list != NULL && val != NULL && list->item_size > 0);

    if (aws_array_list_priv_reserve_one(list, AWS_ERROR_LIST_EXCEEDS_MAX_SIZE)) {
        return AWS_OP_ERR;
    }
    memcpy(aws_array_list_priv_at(list, list->length), val, list->item_size);
    ++list->length;
    return AWS_OP_SUCCESS;
}

AWS_STATIC_IMPL
int aws_array_list_push_front(struct aws_array_list *AWS_RESTRICT list, const void *val) {
    AWS_ERROR_PRECONDITION(list != NULL && val != NULL && list->item_size > 0);

    if (aws_array_list_priv_reserve_one(list, AWS_ERROR_LIST_EXCEEDS_MAX_SIZE)) {
        return AWS_OP_ERR;
    }
    memmove(aws_array_list_priv_at(list, 1), list->data, list->length * list->item_size);
    memcpy(list->data, val, list->item_size);
    ++list->length;
    return AWS_OP_SUCCESS;
}

AWS_STATIC_IMPL
int aws_array_list_front(const struct aws_array_list *AWS_RESTRICT list, void *val) {
    AWS_ERROR_PRECONDITION(list != NULL && val != NULL);
    AWS_ERROR_PRECONDITION(list->length > 0, AWS_ERROR_LIST_EMPTY);

    memcpy(val, list->data, list->item_size);
    return AWS_OP_SUCCESS;
}

AWS_STATIC_IMPL
int aws_array_list_back(const struct aws_array_list *AWS_RESTRICT list, void *val) {
    AWS_ERROR_PRECONDITION(list != NULL && val != NULL);
    AWS_ERROR_PRECONDITION(list->length > 0, AWS_ERROR_LIST_EMPTY);

    memcpy(val, aws_array_list_priv_at(list, list->length - 1), list->item_size);
    return AWS_OP_SUCCESS;
}

AWS_STATIC_IMPL
int aws_array_list_pop_front(struct aws_array_list *AWS_RESTRICT list) {
    AWS_ERROR_PRECONDITION(list != NULL);
    AWS_ERROR_PRECONDITION(list->length > 0, AWS_ERROR_LIST_EMPTY);

    aws_array_list_pop_front_n(list, 1);
    return AWS_OP_SUCCESS;
}

AWS_STATIC_IMPL
void aws_array_list_pop_front_n(struct aws_array_list *AWS_RESTRICT list, size_t n) {
    if (list == NULL || n == 0) {
        return;
    }
    if (n >= list->length) {
        aws_array_list_clear(list);
        return;
    }

    list->length -= n;
    memmove(list->data, aws_array_list_priv_at(list, n), list->length * list->item_size);
    aws_array_list_priv_mark_unused(aws_array_list_priv_at(list, list->length), n * list->item_size);
}

AWS_STATIC_IMPL
int aws_array_list_pop_back(struct aws_array_list *AWS_RESTRICT list) {
    AWS_ERROR_PRECONDITION(list != NULL);
    AWS_ERROR_PRECONDITION(list->length > 0, AWS_ERROR_LIST_EMPTY);

    --list->length;
    memset(aws_array_list_priv_at(list, list->length), 0, list->item_size);
    return AWS_OP_SUCCESS;
}

/* ---- By index -------------------------------------------------------------------------------- */

AWS_STATIC_IMPL
size_t aws_array_list_length(const struct aws_array_list *AWS_RESTRICT list) {
    if (list == NULL) {
        return 0;
    }
    AWS_FATAL_PRECONDITION(list->length == 0 || list->data != NULL);
    return list->length;
}

AWS_STATIC_IMPL
size_t aws_array_list_capacity(const struct aws_array_list *AWS_RESTRICT list) {
    AWS_FATAL_PRECONDITION(list != NULL && list->item_size > 0);
    return list->current_size / list->item_size;
}

AWS_STATIC_IMPL
int aws_array_list_get_at(const struct aws_array_list *AWS_RESTRICT list, void *val, size_t index) {
    AWS_ERROR_PRECONDITION(list != NULL && val != NULL);
    AWS_ERROR_PRECONDITION(index < list->length, AWS_ERROR_INVALID_INDEX);

    memcpy(val, aws_array_list_priv_at(list, index), list->item_size);
    return AWS_OP_SUCCESS;
}

AWS_STATIC_IMPL
int aws_array_list_get_at_ptr(const struct aws_array_list *AWS_RESTRICT list, void **val, size_t index) {
    AWS_ERROR_PRECONDITION(list != NULL && val != NULL);
    AWS_ERROR_PRECONDITION(index < list->length, AWS_ERROR_INVALID_INDEX);

    *val = aws_array_list_priv_at(list, index);
    return AWS_OP_SUCCESS;
}

AWS_STATIC_IMPL
int aws_array_list_set_at(struct aws_array_list *AWS_RESTRICT list, const void *val, size_t index) {
    AWS_ERROR_PRECONDITION(list != NULL && val != NULL && list->item_size > 0);

    if (index >= list->length) {
        if (aws_array_list_ensure_capacity(list, index)) {
            return AWS_OP_ERR;
        }
        /* There is memory for the item, so this does not wrap. */
        list->length = index + 1;
    }
    memcpy(aws_array_list_priv_at(list, index), val, list->item_size);
    return AWS_OP_SUCCESS;
}

AWS_STATIC_IMPL
int aws_array_list_erase(struct aws_array_list *AWS_RESTRICT list, size_t index) {
    AWS_ERROR_PRECONDITION(list != NULL);
    AWS_ERROR_PRECONDITION(index < list->length, AWS_ERROR_INVALID_INDEX);

    if (index == 0) {
        return aws_array_list_pop_front(list);
    }

    uint8_t *erased = aws_array_list_priv_at(list, index);
    const size_t following = list->length - 1 - index;
    memmove(erased, erased + list->item_size, following * list->item_size);
    return aws_array_list_pop_back(list);
}

/* ---- The whole list -------------------------------------------------------------------------- */

AWS_STATIC_IMPL
void aws_array_list_clear(struct aws_array_list *AWS_RESTRICT list) {
    if (list == NULL || list->data == NULL) {
        return;
    }
    list->length = 0;
    aws_array_list_priv_mark_unused(list->data, list->current_size);
}

AWS_STATIC_IMPL
void aws_array_list_swap_contents(
    struct aws_array_list *AWS_RESTRICT list_a, struct aws_array_list *AWS_RESTRICT list_b) {

    AWS_FATAL_PRECONDITION(list_a != NULL && list_b != NULL && list_a != list_b);
    AWS_FATAL_PRECONDITION(list_a->alloc != NULL && list_a->alloc == list_b->alloc);
    AWS_FATAL_PRECONDITION(list_a->item_size == list_b->item_size);

    const struct aws_array_list a = *list_a;
    *list_a = *list_b;
    *list_b = a;
}

AWS_EXTERN_C_END

#endif /* AWS_COMMON_ARRAY_LIST_INL */
