// SPDX-License-Identifier: Apache-2.0
using System.Runtime.CompilerServices;
using Reseau.Native.Channels.Handlers;

namespace Reseau.Native.Channels;

/// <summary>
/// Calls of a handler: of a program's through its vtable, of ours, for each message and each window, without leaving
/// managed code; so, for the rest, of a socket handler, which every channel of a bootstrap has. Event-loop thread only.
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

    internal static int ProcessReadMessage(
        aws_channel_handler* handler, aws_channel_slot* slot, aws_io_message* message)
    {
        HandlerTable* table = HandlerTable.Of(handler);
        return table != null
            ? table->ProcessReadMessage(handler, slot, message)
            : ReadByProgram(handler, slot, message);
    }

    internal static int ProcessWriteMessage(
        aws_channel_handler* handler, aws_channel_slot* slot, aws_io_message* message)
    {
        HandlerTable* table = HandlerTable.Of(handler);
        return table != null
            ? table->ProcessWriteMessage(handler, slot, message)
            : WriteByProgram(handler, slot, message);
    }

    internal static int IncrementReadWindow(aws_channel_handler* handler, aws_channel_slot* slot, nuint size)
    {
        HandlerTable* table = HandlerTable.Of(handler);
        return table != null
            ? table->IncrementReadWindow(handler, slot, size)
            : handler->vtable->increment_read_window(handler, slot, size);
    }

    // Apart, so that calls of our handlers do not prepare to leave managed code.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static int ReadByProgram(
        aws_channel_handler* handler, aws_channel_slot* slot, aws_io_message* message) =>
        handler->vtable->process_read_message(handler, slot, message);

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static int WriteByProgram(
        aws_channel_handler* handler, aws_channel_slot* slot, aws_io_message* message) =>
        handler->vtable->process_write_message(handler, slot, message);

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
