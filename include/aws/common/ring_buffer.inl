/* SPDX-License-Identifier: Apache-2.0 */
#ifndef AWS_COMMON_RING_BUFFER_INL
#define AWS_COMMON_RING_BUFFER_INL

#include <aws/common/ring_buffer.h>

AWS_EXTERN_C_BEGIN

AWS_STATIC_IMPL bool
aws_ring_buffer_check_atomic_ptr(const struct aws_ring_buffer *ring_buf, const uint8_t *atomic_ptr) {

    return ring_buf != NULL && atomic_ptr != NULL && ring_buf->allocation <= atomic_ptr &&
           atomic_ptr <= ring_buf->allocation_end;
}

AWS_STATIC_IMPL bool aws_ring_buffer_is_empty(const struct aws_ring_buffer *ring_buf) {
    return ring_buf == NULL || aws_atomic_load_ptr(&ring_buf->head) == aws_atomic_load_ptr(&ring_buf->tail);
}

AWS_STATIC_IMPL bool aws_ring_buffer_is_valid(const struct aws_ring_buffer *ring_buf) {
    if (ring_buf == NULL || ring_buf->allocator == NULL || ring_buf->allocation == NULL) {
        return false;
    }

    const uint8_t *head = (const uint8_t *)aws_atomic_load_ptr(&ring_buf->head);
    const uint8_t *tail = (const uint8_t *)aws_atomic_load_ptr(&ring_buf->tail);
    if (!aws_ring_buffer_check_atomic_ptr(ring_buf, head) || !aws_ring_buffer_check_atomic_ptr(ring_buf, tail)) {
        return false;
    }

    /* The head stands at the very start only before the first piece is lent. */
    return head != ring_buf->allocation || tail == ring_buf->allocation;
}

AWS_EXTERN_C_END

#endif /* AWS_COMMON_RING_BUFFER_INL */
