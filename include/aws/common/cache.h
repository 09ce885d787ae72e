/* SPDX-License-Identifier: Apache-2.0 */
#ifndef AWS_COMMON_CACHE_H
#define AWS_COMMON_CACHE_H

/*
 * A hash table with a largest size: putting one element too many drops another one. Which, is decided by the kind of
 * cache, made by aws_cache_new_fifo(), aws_cache_new_lifo() or aws_cache_new_lru(), or by a vtable of the user's own.
 * Not synchronised. For keys, values and their callbacks see aws/common/hash_table.h.
 */

#include <aws/common/linked_hash_table.h>

AWS_PUSH_SANE_WARNING_LEVEL

struct aws_cache;

/** What a kind of cache does. See the functions of the same names below. */
struct aws_cache_vtable {
    /** Frees the cache and all elements. */
    void (*destroy)(struct aws_cache *cache);
    /** Sets `*p_value`, to NULL if there is no such key, which is no error. */
    int (*find)(struct aws_cache *cache, const void *key, void **p_value);
    /** Adds or replaces an element; a full cache first removes the one that its policy names. */
    int (*put)(struct aws_cache *cache, const void *key, void *p_value);
    /** Removes the element of a key. A missing key is no error. */
    int (*remove)(struct aws_cache *cache, const void *key);
    /** Removes all elements. */
    void (*clear)(struct aws_cache *cache);
    /** The number of elements now. */
    size_t (*get_element_count)(const struct aws_cache *cache);
};

/** A cache of any kind. */
struct aws_cache {
    /** Where the cache's memory comes from. */
    struct aws_allocator *allocator;
    /** The kind of cache. Not owned. */
    const struct aws_cache_vtable *vtable;
    /** The elements, in the order by which the policy chooses. */
    struct aws_linked_hash_table table;
    /** Elements that a put leaves at most. */
    size_t max_items;
    /** Belongs to the kind of cache. */
    void *impl;
};

AWS_EXTERN_C_BEGIN

/** Destroys a cache with all its keys and values. NULL is ignored. */
AWS_COMMON_API
void aws_cache_destroy(struct aws_cache *cache);

/** Stores the value of a key, or NULL if there is none, which is not an error. */
AWS_COMMON_API
int aws_cache_find(struct aws_cache *cache, const void *key, void **p_value);

/** Sets key and value, destroying those replaced. If the cache is too large now, drops and destroys another element. */
AWS_COMMON_API
int aws_cache_put(struct aws_cache *cache, const void *key, void *p_value);

/** Removes the element of a key and destroys key and value. It is not an error if there is none. */
AWS_COMMON_API
int aws_cache_remove(struct aws_cache *cache, const void *key);

/** Removes all elements and destroys their keys and values. */
AWS_COMMON_API
void aws_cache_clear(struct aws_cache *cache);

/** Number of elements. */
AWS_COMMON_API
size_t aws_cache_get_element_count(const struct aws_cache *cache);

AWS_EXTERN_C_END
AWS_POP_SANE_WARNING_LEVEL

#endif /* AWS_COMMON_CACHE_H */
