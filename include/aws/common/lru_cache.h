/* SPDX-License-Identifier: Apache-2.0 */
#ifndef AWS_COMMON_LRU_CACHE_H
#define AWS_COMMON_LRU_CACHE_H

#include <aws/common/cache.h>

AWS_PUSH_SANE_WARNING_LEVEL
AWS_EXTERN_C_BEGIN

/**
 * Makes a cache that drops the element not used for the longest time when it holds more than `max_items`. Putting and
 * finding are uses.
 * The caller owns it and destroys it by aws_cache_destroy(). Returns NULL and raises AWS_ERROR_INVALID_ARGUMENT if
 * `max_items` is 0 or a required argument is NULL; the destroy callbacks may be NULL.
 */
AWS_COMMON_API
struct aws_cache *aws_cache_new_lru(
    struct aws_allocator *allocator,
    aws_hash_fn *hash_fn,
    aws_hash_callback_eq_fn *equals_fn,
    aws_hash_callback_destroy_fn *destroy_key_fn,
    aws_hash_callback_destroy_fn *destroy_value_fn,
    size_t max_items);

/** The value of the element not used for the longest time, which counts as used now. NULL if the cache is empty. */
AWS_COMMON_API
void *aws_lru_cache_use_lru_element(struct aws_cache *cache);

/** The value of the element used last. NULL if the cache is empty. Only for caches from aws_cache_new_lru(). */
AWS_COMMON_API
void *aws_lru_cache_get_mru_element(const struct aws_cache *cache);

AWS_EXTERN_C_END
AWS_POP_SANE_WARNING_LEVEL

#endif /* AWS_COMMON_LRU_CACHE_H */
