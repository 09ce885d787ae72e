/* SPDX-License-Identifier: Apache-2.0 */
#ifndef AWS_COMMON_RING_BUFFER_H
#define AWS_COMMON_RING_BUFFER_H

/*
 * One block of memory that is lent out in pieces, round and round. Pieces must come back in the order in which they
 * were lent. One thread may acquire while another one releases, without a lock; anything more needs one.
 */

#include <aws/common/atomics.h>

AWS_PUSH_SANE_WARNING_LEVEL

struct aws_byte_buf;

/** A ring buffer. Use the functions below. */
struct aws_ring_buffer {
    /** Owns the memory. */
    struct aws_allocator *allocator;
    /** First byte of the memory. */
    uint8_t *allocation;
    /** End of the piece that was lent last; where the next one may begin. */
    struct aws_atomic_var head;
    /** End of the piece that came back last. Nothing is lent if it equals `head`. */
    struct aws_atomic_var tail;
    /** The byte behind the memory. */
    uint8_t *allocation_end;
};

AWS_EXTERN_C_BEGIN

/**
 * Makes a ring of `size` bytes. Release it with aws_ring_buffer_clean_up().
 * Raises AWS_ERROR_INVALID_ARGUMENT for NULL or a size of 0.
 */
AWS_COMMON_API int aws_ring_buffer_init(struct aws_ring_buffer *ring_buf, struct aws_allocator *allocator, size_t size);

/** Releases the memory, lent or not, and sets the ring to zero. May be called again. */
AWS_COMMON_API void aws_ring_buffer_clean_up(struct aws_ring_buffer *ring_buf);

/**
 * Lends exactly `requested_size` bytes: `dest` becomes an empty buffer of that capacity, without an allocator. Raises
 * AWS_ERROR_OOM if they are not free in one piece, AWS_ERROR_INVALID_ARGUMENT for NULL or a size of 0.
 */
AWS_COMMON_API int
aws_ring_buffer_acquire(struct aws_ring_buffer *ring_buf, size_t requested_size, struct aws_byte_buf *dest);

/**
 * Lends as many bytes as are free in one piece, from `minimum_size` to `requested_size`. Raises AWS_ERROR_OOM if there
 * are fewer, AWS_ERROR_INVALID_ARGUMENT for NULL or a size of 0.
 */
AWS_COMMON_API int aws_ring_buffer_acquire_up_to(
    struct aws_ring_buffer *ring_buf, size_t minimum_size, size_t requested_size, struct aws_byte_buf *dest);

/** Takes back the oldest piece that is lent, and sets `buf` to zero. Another piece corrupts the ring. */
AWS_COMMON_API void aws_ring_buffer_release(struct aws_ring_buffer *ring_buffer, struct aws_byte_buf *buf);

/** True if the whole capacity of `buf` lies inside the ring's memory. */
AWS_COMMON_API bool
aws_ring_buffer_buf_belongs_to_pool(const struct aws_ring_buffer *ring_buffer, const struct aws_byte_buf *buf);

/** True if nothing is lent. */
AWS_STATIC_IMPL bool aws_ring_buffer_is_empty(const struct aws_ring_buffer *ring_buf);

/** True if the fields agree with one another. Constant time. */
AWS_STATIC_IMPL bool aws_ring_buffer_is_valid(const struct aws_ring_buffer *ring_buf);

/** True if a pointer lies inside the ring's memory or at its end. */
AWS_STATIC_IMPL bool
aws_ring_buffer_check_atomic_ptr(const struct aws_ring_buffer *ring_buf, const uint8_t *atomic_ptr);

AWS_EXTERN_C_END

#ifndef AWS_NO_STATIC_IMPL
#    include <aws/common/ring_buffer.inl>
#endif

AWS_POP_SANE_WARNING_LEVEL

#endif /* AWS_COMMON_RING_BUFFER_H */
