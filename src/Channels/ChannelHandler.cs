// SPDX-License-Identifier: Apache-2.0
using Reseau.Native.Channels.Handlers;

namespace Reseau.Native.Channels;

/// <summary>
/// Calls through a handler's vtable, ours or the user's; a socket handler, which every channel of a bootstrap has, is
/// reached without leaving managed code. Event-loop thread only.
/// </summary>
internal static unsafe class ChannelHandler
{
    internal static void Destroy(aws_channel_handler* handler)
    {
        if (SocketHandler.IsOne(handler))
            SocketHandler.Destroy(handler);
        else
            handler->vtable->destroy(handler);
    }

    internal static int ProcessReadMessage(aws_channel_handler* handler, aws_channel_slot* slot, aws_io_message* message) =>
        handler->vtable->process_read_message(handler, slot, message);

    internal static int ProcessWriteMessage(aws_channel_handler* handler, aws_channel_slot* slot, aws_io_message* message) =>
        SocketHandler.IsOne(handler)
            ? SocketHandler.Write(handler, message)
            : handler->vtable->process_write_message(handler, slot, message);

    internal static int IncrementReadWindow(aws_channel_handler* handler, aws_channel_slot* slot, nuint size) =>
        handler->vtable->increment_read_window(handler, slot, size);

    internal static int Shutdown(
        aws_channel_handler* handler,
        aws_channel_slot* slot,
        aws_channel_direction dir,
        int error_code,
        bool free_scarce_resources_immediately) =>
        SocketHandler.IsOne(handler)
            ? SocketHandler.Shutdown(handler, slot, dir, error_code, free_scarce_resources_immediately)
            : handler->vtable->shutdown(handler, slot, dir, error_code, free_scarce_resources_immediately);

    internal static nuint InitialWindowSize(aws_channel_handler* handler) => SocketHandler.IsOne(handler)
        ? SocketHandler.InitialWindow
        : handler->vtable->initial_window_size(handler);

    internal static nuint MessageOverhead(aws_channel_handler* handler) =>
        SocketHandler.IsOne(handler) ? 0 : handler->vtable->message_overhead(handler);
}
