/* SPDX-License-Identifier: Apache-2.0 */
#ifndef AWS_COMMON_HASH_TABLE_H
#define AWS_COMMON_HASH_TABLE_H

/*
 * A map from keys to values, both of which are pointers that the table never looks through itself. It grows as needed.
 * Any number of threads may read it at once; changes need exclusive access.
 *
 * In functions that return int, a NULL or uninitialised table raises AWS_ERROR_INVALID_ARGUMENT; others ignore it.
 */

#include <aws/common/common.h>

#include <stddef.h>

AWS_PUSH_SANE_WARNING_LEVEL

/** What the callback of aws_hash_table_foreach() returns, any of them together. */
enum {
    /** Go on with the next element. Without it the walk ends. */
    AWS_COMMON_HASH_TABLE_ITER_CONTINUE = 1,
    /** Take this element out, without destroying key and value. */
    AWS_COMMON_HASH_TABLE_ITER_DELETE = 2,
    /** End the walk with an error; the other bits do not count. */
    AWS_COMMON_HASH_TABLE_ITER_ERROR = 4
};

struct hash_table_state;

/** A table that is all zero is not initialised: it may be cleaned up, swapped and moved. */
struct aws_hash_table {
    /** The table's state, which belongs to the library. */
    struct hash_table_state *p_impl;
};

/**
 * A key and its value. A pointer to an element inside a table is valid until an element is added to or removed from the
 * table. Through it the value may be changed, but not the key.
 */
struct aws_hash_element {
    /** Compared and hashed by the table's functions. Owned by the table if it has a destructor for keys. */
    const void *key;
    /** Owned by the table if it has a destructor for values. */
    void *value;
};

/** Where a walk over a table stands. */
enum aws_hash_iter_status {
    /** Past the last element. */
    AWS_HASH_ITER_STATUS_DONE = 0,
    /** The current element has been deleted; only aws_hash_iter_next() may follow. */
    AWS_HASH_ITER_STATUS_DELETE_CALLED = 1,
    /** `element` is current. */
    AWS_HASH_ITER_STATUS_READY_FOR_USE = 2
};

/** A walk over a table. Users read `element` only. */
struct aws_hash_iter {
    /** The table that is walked over. */
    const struct aws_hash_table *map;
    /** A copy of the current element, valid while `status` is AWS_HASH_ITER_STATUS_READY_FOR_USE. */
    struct aws_hash_element element;
    /** Index of the current place in the table; equals `limit` at the end. */
    size_t slot;
    /** Where the walk ends. It moves when elements are deleted, so that none comes twice. */
    size_t limit;
    /** Whether there is a current element. */
    enum aws_hash_iter_status status;
    /** Reserved. */
    int unused_0;
    /** Reserved. */
    void *unused_1;
    /** Reserved. */
    void *unused_2;
};

/** Gives a hash code to a key. It must not change while the key is in a table. */
typedef uint64_t(aws_hash_fn)(const void *key);

/** True if two keys (or values) are the same. Keys that are the same must have the same hash code. */
typedef bool(aws_hash_callback_eq_fn)(const void *a, const void *b);

/** Destroys a key or a value. Called on the thread that changes the table. */
typedef void(aws_hash_callback_destroy_fn)(void *key_or_value);

AWS_EXTERN_C_BEGIN

/* ---- Life ------------------------------------------------------------------------------------ */

/**
 * Makes an empty table. Release it with aws_hash_table_clean_up(). Raises AWS_ERROR_OVERFLOW_DETECTED if `size` is too
 * large; nothing is acquired then.
 *
 * @param size              how many elements to make room for
 * @param destroy_key_fn    destroys keys that the table drops; NULL if nothing need be done
 * @param destroy_value_fn  the same for values
 */
AWS_COMMON_API
int aws_hash_table_init(
    struct aws_hash_table *map,
    struct aws_allocator *alloc,
    size_t size,
    aws_hash_fn *hash_fn,
    aws_hash_callback_eq_fn *equals_fn,
    aws_hash_callback_destroy_fn *destroy_key_fn,
    aws_hash_callback_destroy_fn *destroy_value_fn);

/** Destroys all keys and values, releases the memory and sets the table to zero. May be called again. */
AWS_COMMON_API
void aws_hash_table_clean_up(struct aws_hash_table *map);

/** Destroys all keys and values and keeps the memory. */
AWS_COMMON_API
void aws_hash_table_clear(struct aws_hash_table *map);

/** Exchanges two tables with all that belongs to them. Either may be uninitialised. */
AWS_COMMON_API
void aws_hash_table_swap(struct aws_hash_table *AWS_RESTRICT a, struct aws_hash_table *AWS_RESTRICT b);

/** Moves a table. What `to` held is forgotten, not cleaned up; `from` is all zero afterwards. */
AWS_COMMON_API
void aws_hash_table_move(struct aws_hash_table *AWS_RESTRICT to, struct aws_hash_table *AWS_RESTRICT from);

/** True if the fields of the table agree with one another. Constant time. */
AWS_COMMON_API
bool aws_hash_table_is_valid(const struct aws_hash_table *map);

/* ---- Elements -------------------------------------------------------------------------------- */

/** Number of elements. */
AWS_COMMON_API
size_t aws_hash_table_get_entry_count(const struct aws_hash_table *map);

/** Stores a pointer to the element of a key, or NULL if there is none, which is not an error. */
AWS_COMMON_API
int aws_hash_table_find(const struct aws_hash_table *map, const void *key, struct aws_hash_element **p_elem);

/**
 * Finds the element of a key or adds one, with this key and the value NULL. Raises AWS_ERROR_OVERFLOW_DETECTED if the
 * table cannot grow any more.
 *
 * @param p_elem       receives a pointer to the element; may be NULL
 * @param was_created  receives 1 if it was added, 0 if it was found; may be NULL
 */
AWS_COMMON_API
int aws_hash_table_create(
    struct aws_hash_table *map, const void *key, struct aws_hash_element **p_elem, int *was_created);

/**
 * Sets key and value, adding an element if need be. The value that is replaced is destroyed, and so is the key that is
 * replaced unless it is the same pointer. Errors as for aws_hash_table_create(); the caller keeps key and value then.
 */
AWS_COMMON_API
int aws_hash_table_put(struct aws_hash_table *map, const void *key, void *value, int *was_created);

/**
 * Removes the element of a key. It is not an error if there is none.
 *
 * @param p_value      receives key and value, which become the caller's; if NULL, both are destroyed
 * @param was_present  receives 1 if there was one, else 0; may be NULL
 */
AWS_COMMON_API
int aws_hash_table_remove(
    struct aws_hash_table *map, const void *key, struct aws_hash_element *p_value, int *was_present);

/**
 * Removes an element by the pointer that find or create gave. Key and value are not destroyed.
 * Not for the callback of aws_hash_table_foreach(), nor for `element` of an iterator.
 */
AWS_COMMON_API
int aws_hash_table_remove_element(struct aws_hash_table *map, struct aws_hash_element *p_value);

/* ---- Walks ----------------------------------------------------------------------------------- */

/* The order is not defined. Between begin and the end, the table may be changed by aws_hash_iter_delete() only. */

/** Starts at the first element. */
AWS_COMMON_API
struct aws_hash_iter aws_hash_iter_begin(const struct aws_hash_table *map);

/** True if there is no current element. */
AWS_COMMON_API
bool aws_hash_iter_done(const struct aws_hash_iter *iter);

/** Goes on to the next element. Does nothing at the end. */
AWS_COMMON_API
void aws_hash_iter_next(struct aws_hash_iter *iter);

/** Removes the current element, and destroys key and value if `destroy_contents` is true. Call next afterwards. */
AWS_COMMON_API
void aws_hash_iter_delete(struct aws_hash_iter *iter, bool destroy_contents);

/** True if the fields of the iterator agree with one another and with the table. */
AWS_COMMON_API
bool aws_hash_iter_is_valid(const struct aws_hash_iter *iter);

/**
 * Calls back for each element, with a copy of it: changing `p_element` does not change the table. See
 * AWS_COMMON_HASH_TABLE_ITER_CONTINUE and the following for what the callback returns. After ITER_ERROR the result is
 * AWS_OP_ERR; if no error had been raised, AWS_ERROR_UNKNOWN is. What was deleted before stays deleted.
 */
AWS_COMMON_API
int aws_hash_table_foreach(
    struct aws_hash_table *map, int (*callback)(void *context, struct aws_hash_element *p_element), void *context);

/** True if both tables have the same keys, and `value_eq` says that the values of each key are the same. */
AWS_COMMON_API
bool aws_hash_table_eq(
    const struct aws_hash_table *a, const struct aws_hash_table *b, aws_hash_callback_eq_fn *value_eq);

/* ---- Ready-made callbacks -------------------------------------------------------------------- */

/* Hash codes are for tables in memory. They are fast, and not fit to resist an attacker who chooses the keys. */

/** Keys are C strings, struct aws_string, struct aws_byte_cursor. Equal bytes have equal codes in all three. */
AWS_COMMON_API
uint64_t aws_hash_c_string(const void *item);
AWS_COMMON_API
uint64_t aws_hash_string(const void *item);
AWS_COMMON_API
uint64_t aws_hash_byte_cursor_ptr(const void *item);

/** The key is the pointer itself, or a number cast to one. */
AWS_COMMON_API
uint64_t aws_hash_ptr(const void *item);

/** Makes one hash code of two. Their order counts. */
AWS_COMMON_API
uint64_t aws_hash_combine(uint64_t item1, uint64_t item2);

/** Keys point at a uint64_t, which is the hash code, unchanged; and their equality. */
AWS_COMMON_API uint64_t aws_hash_uint64_t_by_identity(const void *item);
AWS_COMMON_API bool aws_hash_compare_uint64_t_eq(const void *a, const void *b);

/** Equality of C strings, of struct aws_string, of pointers. */
AWS_COMMON_API
bool aws_hash_callback_c_str_eq(const void *a, const void *b);
AWS_COMMON_API
bool aws_hash_callback_string_eq(const void *a, const void *b);
AWS_COMMON_API
bool aws_ptr_eq(const void *a, const void *b);

/** As aws_string_destroy(). */
AWS_COMMON_API
void aws_hash_callback_string_destroy(void *a);

AWS_EXTERN_C_END
AWS_POP_SANE_WARNING_LEVEL

#endif /* AWS_COMMON_HASH_TABLE_H */
