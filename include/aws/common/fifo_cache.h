/* SPDX-License-Identifier: Apache-2.0 */
#ifndef AWS_COMMON_FIFO_CACHE_H
#define AWS_COMMON_FIFO_CACHE_H

#include <aws/common/cache.h>

AWS_PUSH_SANE_WARNING_LEVEL
AWS_EXTERN_C_BEGIN

/**
 * Makes a cache that drops its oldest element (first in, first out) when it holds more than `max_items`.
 * The caller owns it and destroys it by aws_cache_destroy(). Returns NULL and raises AWS_ERROR_INVALID_ARGUMENT if
 * `max_items` is 0 or a required argument is NULL; the destroy callbacks may be NULL.
 */
AWS_COMMON_API
struct aws_cache *aws_cache_new_fifo(
    struct aws_allocator *allocator,
    aws_hash_fn *hash_fn,
    aws_hash_callback_eq_fn *equals_fn,
    aws_hash_callback_destroy_fn *destroy_key_fn,
    aws_hash_callback_destroy_fn *destroy_value_fn,
    size_t max_items);

AWS_EXTERN_C_END
AWS_POP_SANE_WARNING_LEVEL

#endif /* AWS_COMMON_FIFO_CACHE_H */
