/* SPDX-License-Identifier: Apache-2.0 */
#ifndef AWS_IO_SOCKET_CHANNEL_HANDLER_H
#define AWS_IO_SOCKET_CHANNEL_HANDLER_H

/*
 * The handler at the left end of a channel: moves data between the channel and a socket.
 */

#include <aws/io/io.h>

AWS_PUSH_SANE_WARNING_LEVEL

struct aws_channel_handler;
struct aws_channel_slot;
struct aws_event_loop;
struct aws_socket;

AWS_EXTERN_C_BEGIN

/**
 * Makes a handler that reads from and writes to a connected socket, which must be assigned to the channel's event
 * loop. Set it into `slot` by aws_channel_slot_set_handler(). `max_read_size` is the most that is read before other
 * sockets of the loop get their turn, in bytes.
 * The handler closes the socket when the channel shuts down, but the socket stays the caller's: clean it up after the
 * channel's shutdown callback. Data that has arrived is delivered before the end of the connection shuts the channel
 * down.
 * Errors: AWS_IO_SOCKET_NOT_CONNECTED; AWS_ERROR_IO_ALREADY_SUBSCRIBED.
 * Event-loop thread only.
 */
AWS_IO_API
struct aws_channel_handler *aws_socket_handler_new(
    struct aws_allocator *allocator, struct aws_socket *socket, struct aws_channel_slot *slot, size_t max_read_size);

/**
 * The socket of a handler. If a bootstrap has made the channel: until the socket is destroyed, with the channel; NULL
 * after that.
 * Event-loop thread only.
 */
AWS_IO_API
const struct aws_socket *aws_socket_handler_get_socket(const struct aws_channel_handler *handler);

AWS_EXTERN_C_END

AWS_POP_SANE_WARNING_LEVEL

#endif /* AWS_IO_SOCKET_CHANNEL_HANDLER_H */
