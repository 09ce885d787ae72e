/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Messages that a program acquires from its channel's pool. Where the pool keeps one, which is nearly always so,
 * managed code is not entered. The steps are those of src/Channels/MessagePool.cs, which serves our own code.
 *
 * Managed code offers, hidden:
 *
 *   aws_io_message *reseau_channel_acquire_message(aws_channel *channel, aws_io_message_type type, size_t size_hint)
 *            The exported function, for all cases.
 */
#include <aws/io/channel.h>
#include <aws/io/message_pool.h>

#include <stddef.h>
#include <stdint.h>

#if defined(__GNUC__)
#    pragma GCC visibility push(hidden)
#endif

struct aws_io_message *
reseau_channel_acquire_message(struct aws_channel *channel, enum aws_io_message_type message_type, size_t size_hint);

#if defined(__GNUC__)
#    pragma GCC visibility pop
#endif

/* How src/Channels/ChannelCore.cs begins, and Block in MessagePool.cs: tests/Channels/MessageLayoutTests.cs. */
struct s_channel_core {
    void *allocator;
    void *loop;
    void *first;
    struct aws_message_pool *message_pool;
};

struct s_block {
    struct aws_io_message message;
    /* Lead back to the pool. The block has been out before, so they are set. */
    struct aws_allocator allocator;
    struct aws_memory_pool *home;
};

/* What a block has besides its data, which begin at a line of the cache. */
#define S_OVERHEAD (sizeof(struct s_block) + AWS_CACHE_LINE - sizeof(void *))

_Static_assert(offsetof(struct s_channel_core, message_pool) == 24, "ChannelCore.MessagePool");
_Static_assert(S_OVERHEAD == sizeof(struct aws_io_message) + 104, "MessagePool.Overhead");

static uint8_t *s_data_of(struct s_block *block) {
    return (uint8_t *)(((uintptr_t)(block + 1) + AWS_CACHE_LINE - 1) & ~(uintptr_t)(AWS_CACHE_LINE - 1));
}

struct aws_io_message *aws_channel_acquire_message_from_pool(
    struct aws_channel *channel, enum aws_io_message_type message_type, size_t size_hint) {
    struct aws_message_pool *messages = channel == NULL ? NULL : ((struct s_channel_core *)channel)->message_pool;
    if (messages == NULL || message_type != AWS_IO_MESSAGE_APPLICATION_DATA) {
        return reseau_channel_acquire_message(channel, message_type, size_hint);
    }

    struct aws_memory_pool *pool = &messages->small_block_pool;
    if (size_hint > pool->segment_size - S_OVERHEAD) {
        pool = &messages->application_data_pool;
    }
    if (pool->stack.length == 0) {
        return reseau_channel_acquire_message(channel, message_type, size_hint);
    }

    size_t room = pool->segment_size - S_OVERHEAD;
    struct s_block *block = ((struct s_block **)pool->stack.data)[--pool->stack.length];
    block->message = (struct aws_io_message){
        .allocator = &block->allocator,
        .message_data = {.buffer = s_data_of(block), .capacity = size_hint < room ? size_hint : room},
        .owning_channel = channel,
    };
    return &block->message;
}
