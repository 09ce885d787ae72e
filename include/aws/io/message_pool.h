/* SPDX-License-Identifier: Apache-2.0 */
#ifndef AWS_IO_MESSAGE_POOL_H
#define AWS_IO_MESSAGE_POOL_H

/*
 * Pools of memory and of messages. Each event loop has one message pool, made with its first channel; programs seldom
 * need more. Pools belong to one thread and have no locks.
 */

#include <aws/io/io.h>

#include <aws/common/array_list.h>

AWS_PUSH_SANE_WARNING_LEVEL

/** Segments of equal size, kept for reuse. */
struct aws_memory_pool {
    /** Where segments come from. */
    struct aws_allocator *alloc;
    /** Of void *: the free segments. */
    struct aws_array_list stack;
    /** Most free segments that are kept. */
    uint16_t ideal_segment_count;
    /** In bytes. */
    size_t segment_size;
    /** Memory of the list. */
    void *data_ptr;
};

/** Messages for application data, in two sizes. */
struct aws_message_pool {
    /** Where the pool's memory comes from. */
    struct aws_allocator *alloc;
    /** Messages of the large size. */
    struct aws_memory_pool application_data_pool;
    /** Messages of the small size. */
    struct aws_memory_pool small_block_pool;
};

/** How to make a message pool. */
struct aws_message_pool_creation_args {
    /** Data bytes of a large message. */
    size_t application_data_msg_data_size;
    /** Large messages to keep. */
    uint8_t application_data_msg_count;
    /** Data bytes of a small message. */
    size_t small_block_msg_data_size;
    /** Small messages to keep. */
    uint8_t small_block_msg_count;
};

AWS_EXTERN_C_BEGIN

/**
 * Makes `ideal_segment_count` segments of `segment_size` bytes. Undone by aws_memory_pool_clean_up().
 * One thread at a time.
 */
AWS_IO_API
int aws_memory_pool_init(
    struct aws_memory_pool *mempool, struct aws_allocator *alloc, uint16_t ideal_segment_count, size_t segment_size);

/**
 * Frees the kept segments. Segments in use are not the pool's any more: release them before.
 * One thread at a time.
 */
AWS_IO_API
void aws_memory_pool_clean_up(struct aws_memory_pool *mempool);

/**
 * A segment, kept or newly allocated. Its content is undefined.
 * One thread at a time.
 */
AWS_IO_API
void *aws_memory_pool_acquire(struct aws_memory_pool *mempool);

/**
 * Keeps a segment for reuse, or frees it if enough are kept.
 * One thread at a time.
 */
AWS_IO_API
void aws_memory_pool_release(struct aws_memory_pool *mempool, void *to_release);

/**
 * Makes the pools of both sizes. Undone by aws_message_pool_clean_up(). The pool must not move while messages are in
 * use.
 * One thread at a time.
 */
AWS_IO_API
int aws_message_pool_init(
    struct aws_message_pool *msg_pool, struct aws_allocator *alloc, struct aws_message_pool_creation_args *args);

/**
 * Frees what is kept and zeroes the pool. All messages must have been released before.
 * One thread at a time.
 */
AWS_IO_API
void aws_message_pool_clean_up(struct aws_message_pool *msg_pool);

/**
 * A fresh message: empty, without completion callback. Its capacity is `size_hint` or the size of a large message,
 * whichever is less. The caller owns it.
 * Errors: AWS_IO_CHANNEL_UNKNOWN_MESSAGE_TYPE.
 * One thread at a time.
 */
AWS_IO_API
struct aws_io_message *
aws_message_pool_acquire(struct aws_message_pool *msg_pool, enum aws_io_message_type message_type, size_t size_hint);

/**
 * Gives a message back and wipes its data. aws_mem_release(message->allocator, message) does the same.
 * One thread at a time.
 */
AWS_IO_API
void aws_message_pool_release(struct aws_message_pool *msg_pool, struct aws_io_message *message);

AWS_EXTERN_C_END

AWS_POP_SANE_WARNING_LEVEL

#endif /* AWS_IO_MESSAGE_POOL_H */
