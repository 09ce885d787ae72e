/* SPDX-License-Identifier: Apache-2.0 */
#ifndef AWS_COMMON_ARRAY_LIST_H
#define AWS_COMMON_ARRAY_LIST_H

/*
 * A growable array of items of one size. Items are copied in and out as bytes. A dynamic list owns its memory and
 * grows; a static list uses an array of the caller's and never grows. Not synchronised.
 *
 * In functions that return int, a NULL list or item raises AWS_ERROR_INVALID_ARGUMENT. Errors leave the list as it was.
 */

#include <aws/common/common.h>
#include <aws/common/math.h>

#include <stdlib.h>

AWS_PUSH_SANE_WARNING_LEVEL

/** The byte that fills unused memory of a list when DEBUG_BUILD is defined. */
enum { AWS_ARRAY_LIST_DEBUG_FILL = 0xDD };

/** A list. Use the functions below. */
struct aws_array_list {
    /** NULL in a static list. */
    struct aws_allocator *alloc;
    /** Size of `data`, in bytes. */
    size_t current_size;
    /** Number of items. */
    size_t length;
    /** Size of one item, in bytes. */
    size_t item_size;
    /** The items, one after the other. NULL if `current_size` is 0. */
    void *data;
};

/** Compares two items: below 0 if `a` comes first, above 0 if `b` does, 0 if they are equal. */
typedef int(aws_array_list_comparator_fn)(const void *a, const void *b);

AWS_EXTERN_C_BEGIN

/* ---- Life ------------------------------------------------------------------------------------ */

/**
 * Makes an empty dynamic list. Release it with aws_array_list_clean_up().
 * Raises AWS_ERROR_OVERFLOW_DETECTED if the room asked for does not fit a size_t; the list is all zero then.
 *
 * @param initial_item_allocation  how many items to make room for; 0 allocates nothing yet
 * @param item_size                size of one item in bytes, not 0
 */
AWS_STATIC_IMPL
int aws_array_list_init_dynamic(
    struct aws_array_list *AWS_RESTRICT list,
    struct aws_allocator *alloc,
    size_t initial_item_allocation,
    size_t item_size);

/**
 * Makes an empty static list over an array of `item_count` items of `item_size` bytes, which stays the caller's and
 * must outlive the list. A NULL or empty array ends the process.
 */
AWS_STATIC_IMPL
void aws_array_list_init_static(
    struct aws_array_list *AWS_RESTRICT list, void *raw_array, size_t item_count, size_t item_size);

/** The same, but the list is full from the start: its items are what the array holds. */
AWS_STATIC_IMPL
void aws_array_list_init_static_from_initialized(
    struct aws_array_list *AWS_RESTRICT list, void *raw_array, size_t item_count, size_t item_size);

/** True if the fields agree with one another. A list that is all zero is not valid. */
AWS_STATIC_IMPL
bool aws_array_list_is_valid(const struct aws_array_list *AWS_RESTRICT list);

/** Releases the memory of a dynamic list and sets the list to zero. Does nothing to NULL or to a list that is zero. */
AWS_STATIC_IMPL
void aws_array_list_clean_up(struct aws_array_list *AWS_RESTRICT list);

/** The same, and overwrites the memory of a dynamic list with 0 first. */
AWS_STATIC_IMPL
void aws_array_list_clean_up_secure(struct aws_array_list *AWS_RESTRICT list);

/* ---- Both ends ------------------------------------------------------------------------------- */

/** Adds a copy of the item at `val` to the end. Raises AWS_ERROR_LIST_EXCEEDS_MAX_SIZE if a static list is full. */
AWS_STATIC_IMPL
int aws_array_list_push_back(struct aws_array_list *AWS_RESTRICT list, const void *val);

/**
 * Adds a copy of the item at `val` before the first one; all others move up.
 * Raises AWS_ERROR_LIST_EXCEEDS_MAX_SIZE if a static list is full.
 */
AWS_STATIC_IMPL
int aws_array_list_push_front(struct aws_array_list *AWS_RESTRICT list, const void *val);

/** Copies the first or the last item to `val`. Raises AWS_ERROR_LIST_EMPTY. */
AWS_STATIC_IMPL
int aws_array_list_front(const struct aws_array_list *AWS_RESTRICT list, void *val);
AWS_STATIC_IMPL
int aws_array_list_back(const struct aws_array_list *AWS_RESTRICT list, void *val);

/** Drops the first item; all others move down. Raises AWS_ERROR_LIST_EMPTY. */
AWS_STATIC_IMPL
int aws_array_list_pop_front(struct aws_array_list *AWS_RESTRICT list);

/** Drops the first `n` items, or all if there are fewer; the others move down once. */
AWS_STATIC_IMPL
void aws_array_list_pop_front_n(struct aws_array_list *AWS_RESTRICT list, size_t n);

/** Drops the last item and sets its memory to 0. Raises AWS_ERROR_LIST_EMPTY. */
AWS_STATIC_IMPL
int aws_array_list_pop_back(struct aws_array_list *AWS_RESTRICT list);

/* ---- By index -------------------------------------------------------------------------------- */

/** Number of items; 0 for NULL. */
AWS_STATIC_IMPL
size_t aws_array_list_length(const struct aws_array_list *AWS_RESTRICT list);

/** Number of items that fit without growing. Ends the process if the list is not initialised. */
AWS_STATIC_IMPL
size_t aws_array_list_capacity(const struct aws_array_list *AWS_RESTRICT list);

/** Copies the item at `index` to `val`. Raises AWS_ERROR_INVALID_INDEX if there is none. */
AWS_STATIC_IMPL
int aws_array_list_get_at(const struct aws_array_list *AWS_RESTRICT list, void *val, size_t index);

/**
 * Stores the address of the item at `index`, which is valid until the list next changes.
 * Raises AWS_ERROR_INVALID_INDEX if there is none.
 */
AWS_STATIC_IMPL
int aws_array_list_get_at_ptr(const struct aws_array_list *AWS_RESTRICT list, void **val, size_t index);

/**
 * Makes the item at `index` a copy of the one at `val`. An index past the end lengthens the list; items that it skips
 * have unknown content. Raises AWS_ERROR_INVALID_INDEX if a static list has no room for that index.
 */
AWS_STATIC_IMPL
int aws_array_list_set_at(struct aws_array_list *AWS_RESTRICT list, const void *val, size_t index);

/** Drops the item at `index`; later ones move down. Raises AWS_ERROR_INVALID_INDEX if there is none. */
AWS_STATIC_IMPL
int aws_array_list_erase(struct aws_array_list *AWS_RESTRICT list, size_t index);

/** Exchanges two items. An index past the end ends the process. */
AWS_COMMON_API
void aws_array_list_swap(struct aws_array_list *AWS_RESTRICT list, size_t a, size_t b);

/* ---- The whole list -------------------------------------------------------------------------- */

/** Drops all items and keeps the memory. */
AWS_STATIC_IMPL
void aws_array_list_clear(struct aws_array_list *AWS_RESTRICT list);

/**
 * Makes room for the item at `index`. A dynamic list at least doubles when it must grow. Raises AWS_ERROR_INVALID_INDEX
 * for a static list that is too small, AWS_ERROR_LIST_EXCEEDS_MAX_SIZE or AWS_ERROR_OVERFLOW_DETECTED if the size in
 * bytes does not fit a size_t.
 */
AWS_COMMON_API
int aws_array_list_ensure_capacity(struct aws_array_list *AWS_RESTRICT list, size_t index);

/**
 * Releases the memory that a dynamic list does not need. Raises AWS_ERROR_LIST_STATIC_MODE_CANT_SHRINK for a static
 * one.
 */
AWS_COMMON_API
int aws_array_list_shrink_to_fit(struct aws_array_list *AWS_RESTRICT list);

/**
 * Replaces the items of `to` by copies of those of `from`; both must be initialised and have items of one size.
 * Raises AWS_ERROR_DEST_COPY_TOO_SMALL if `to` is static and too small.
 */
AWS_COMMON_API
int aws_array_list_copy(const struct aws_array_list *AWS_RESTRICT from, struct aws_array_list *AWS_RESTRICT to);

/**
 * Exchanges the content of two dynamic lists without copying items. Lists that are static, or differ in allocator or
 * item size, or are the same list, end the process.
 */
AWS_STATIC_IMPL
void aws_array_list_swap_contents(
    struct aws_array_list *AWS_RESTRICT list_a, struct aws_array_list *AWS_RESTRICT list_b);

/** Sorts the items. Items that compare as equal may change places. */
AWS_COMMON_API
void aws_array_list_sort(struct aws_array_list *AWS_RESTRICT list, aws_array_list_comparator_fn *compare_fn);

AWS_EXTERN_C_END

#ifndef AWS_NO_STATIC_IMPL
#    include <aws/common/array_list.inl>
#endif

AWS_POP_SANE_WARNING_LEVEL

#endif /* AWS_COMMON_ARRAY_LIST_H */
