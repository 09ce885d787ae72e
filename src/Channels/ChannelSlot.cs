// SPDX-License-Identifier: Apache-2.0
using Reseau.Native.Channels.Handlers;
using Reseau.Native.Common;

namespace Reseau.Native.Channels;

/// <summary>A place in a channel that holds one handler. All functions: event-loop thread only.</summary>
internal static unsafe class ChannelSlot
{
    /// <summary>
    /// A slot of this channel, the first one if it had none; any other must still be inserted. The channel frees it.
    /// </summary>
    internal static aws_channel_slot* New(aws_channel* channel)
    {
        if (channel == null)
        {
            Errors.Raise(AWS_ERROR_INVALID_ARGUMENT);
            return null;
        }

        ChannelCore* core = ChannelCore.Of(channel);
        aws_channel_slot* slot = ChannelCore.NewSlot(core);
        slot->alloc = core->Allocator;
        slot->channel = channel;
        if (core->First == null)
            core->First = slot;
        Log.Write(AWS_LL_TRACE, AWS_LS_IO_CHANNEL, $"id=0x{(nint)channel:x}: new slot 0x{(nint)slot:x}");
        return slot;
    }

    /// <summary>Puts the handler in, which the channel then owns, and grants its initial window to the left.</summary>
    internal static int SetHandler(aws_channel_slot* slot, aws_channel_handler* handler)
    {
        if (slot == null || handler == null)
            return Errors.Raise(AWS_ERROR_INVALID_ARGUMENT);

        slot->handler = handler;
        handler->slot = slot;
        UpdateOverheads(slot->channel);
        ReadWindow.Grant(slot, ChannelHandler.InitialWindowSize(handler));
        NotifyLeftHandler(slot);
        return AWS_OP_SUCCESS;
    }

    /// <summary>Takes the slot out and frees it with its handler.</summary>
    internal static int Remove(aws_channel_slot* slot)
    {
        if (slot == null)
            return Errors.Raise(AWS_ERROR_INVALID_ARGUMENT);

        if (slot->adj_right != null)
            slot->adj_right->adj_left = slot->adj_left;
        if (slot->adj_left != null)
            slot->adj_left->adj_right = slot->adj_right;
        ChannelCore* core = ChannelCore.Of(slot);
        if (core->First == slot)
            core->First = slot->adj_right;

        if (ChannelCore.HasTurn(core, slot))
            Channel.PassTurnOn(
                core,
                ChannelCore.TurnOf(core)->Direction == AWS_CHANNEL_DIR_READ ? slot->adj_right : slot->adj_left);

        UpdateOverheads((aws_channel*)core);
        Free(slot);
        return AWS_OP_SUCCESS;
    }

    /// <summary>Puts <paramref name="new_slot"/> in the place of <paramref name="remove"/>, which is freed.</summary>
    internal static int Replace(aws_channel_slot* remove, aws_channel_slot* new_slot)
    {
        if (remove == null || new_slot == null || remove == new_slot)
            return Errors.Raise(AWS_ERROR_INVALID_ARGUMENT);

        new_slot->adj_left = remove->adj_left;
        if (remove->adj_left != null)
            remove->adj_left->adj_right = new_slot;
        new_slot->adj_right = remove->adj_right;
        if (remove->adj_right != null)
            remove->adj_right->adj_left = new_slot;
        ChannelCore* core = ChannelCore.Of(remove);
        if (core->First == remove)
            core->First = new_slot;

        if (ChannelCore.HasTurn(core, remove))
            Channel.PassTurnOn(core, new_slot);

        UpdateOverheads((aws_channel*)core);
        OnPlaced(new_slot);
        Free(remove);
        return AWS_OP_SUCCESS;
    }

    /// <summary>Inserts a new slot on the application's side of <paramref name="slot"/>.</summary>
    internal static int InsertRight(aws_channel_slot* slot, aws_channel_slot* to_add)
    {
        if (slot == null || to_add == null || slot == to_add)
            return Errors.Raise(AWS_ERROR_INVALID_ARGUMENT);

        to_add->adj_right = slot->adj_right;
        if (slot->adj_right != null)
            slot->adj_right->adj_left = to_add;
        slot->adj_right = to_add;
        to_add->adj_left = slot;
        OnPlaced(to_add);
        return AWS_OP_SUCCESS;
    }

    /// <summary>Inserts a new slot on the socket's side of <paramref name="slot"/>.</summary>
    internal static int InsertLeft(aws_channel_slot* slot, aws_channel_slot* to_add)
    {
        if (slot == null || to_add == null || slot == to_add)
            return Errors.Raise(AWS_ERROR_INVALID_ARGUMENT);

        to_add->adj_left = slot->adj_left;
        if (slot->adj_left != null)
            slot->adj_left->adj_right = to_add;
        slot->adj_left = to_add;
        to_add->adj_right = slot;
        ChannelCore* core = ChannelCore.Of(slot);
        if (core->First == slot)
            core->First = to_add;
        OnPlaced(to_add);
        return AWS_OP_SUCCESS;
    }

    /// <summary>Inserts a new slot at the application's end; AWS_ERROR_INVALID_STATE if it is the only one.</summary>
    internal static int InsertEnd(aws_channel* channel, aws_channel_slot* to_add)
    {
        if (channel == null || to_add == null)
            return Errors.Raise(AWS_ERROR_INVALID_ARGUMENT);

        aws_channel_slot* last = ChannelCore.Of(channel)->First;
        if (last == null || last == to_add)
            return Errors.Raise(AWS_ERROR_INVALID_STATE);
        while (last->adj_right != null)
            last = last->adj_right;
        return InsertRight(last, to_add);
    }

    /// <summary>
    /// Passes a message to the adjacent handler. On success it owns the message; on failure it stays the caller's:
    /// AWS_IO_CHANNEL_READ_WOULD_EXCEED_WINDOW, or what that handler raised.
    /// </summary>
    internal static int SendMessage(aws_channel_slot* slot, aws_io_message* message, aws_channel_direction dir)
    {
        if (slot == null || message == null)
            return Errors.Raise(AWS_ERROR_INVALID_ARGUMENT);

        aws_channel_slot* next = dir == AWS_CHANNEL_DIR_READ ? slot->adj_right : slot->adj_left;
        if (next == null || next->handler == null)
        {
            Log.Write(
                AWS_LL_ERROR,
                AWS_LS_IO_CHANNEL,
                $"id=0x{(nint)slot->channel:x}: slot 0x{(nint)slot:x} has no adjacent handler to send to");
            return Errors.Raise(AWS_ERROR_INVALID_STATE);
        }

        if (dir == AWS_CHANNEL_DIR_WRITE)
            return ChannelHandler.ProcessWriteMessage(next->handler, next, message);

        if (!ReadWindow.TryTake(next, message->message_data.len))
        {
            Log.Write(
                AWS_LL_ERROR,
                AWS_LS_IO_CHANNEL,
                $"id=0x{(nint)slot->channel:x}: {message->message_data.len} bytes would exceed the read window of " +
                $"{next->window_size}; always a programming error");
            return Errors.Raise(AWS_IO_CHANNEL_READ_WOULD_EXCEED_WINDOW);
        }

        return ChannelHandler.ProcessReadMessage(next->handler, next, message);
    }

    /// <summary>The largest message that leaves room for what the handlers to the left add to it.</summary>
    internal static aws_io_message* AcquireMaxMessageForWrite(aws_channel_slot* slot)
    {
        nuint overhead = slot->upstream_message_overhead;
        if (overhead >= Channel.MaxFragmentSize)
        {
            Errors.Raise(AWS_ERROR_INVALID_STATE);
            return null;
        }

        return Channel.AcquireMessageFromPool(
            slot->channel, AWS_IO_MESSAGE_APPLICATION_DATA, Channel.MaxFragmentSize - overhead);
    }

    /// <summary>The slot's handler takes this many bytes more from the left.</summary>
    internal static int IncrementReadWindow(aws_channel_slot* slot, nuint window)
    {
        if (slot == null)
            return Errors.Raise(AWS_ERROR_INVALID_ARGUMENT);

        ReadWindow.Grant(slot, window);
        return AWS_OP_SUCCESS;
    }

    /// <summary>
    /// Every handler calls this once per direction when its shutdown is done (rule 44); it may be during the call.
    /// </summary>
    internal static int OnHandlerShutdownComplete(
        aws_channel_slot* slot,
        aws_channel_direction dir,
        int err_code,
        bool free_scarce_resources_immediately)
    {
        if (slot == null)
            return Errors.Raise(AWS_ERROR_INVALID_ARGUMENT);
        return Channel.ContinueShutdown(slot, dir, err_code, free_scarce_resources_immediately);
    }

    /// <summary>Shuts the slot's handler down in one direction.</summary>
    internal static int Shutdown(
        aws_channel_slot* slot,
        aws_channel_direction dir,
        int err_code,
        bool free_scarce_resources_immediately)
    {
        if (slot == null || slot->handler == null)
            return Errors.Raise(AWS_ERROR_INVALID_ARGUMENT);
        return ChannelHandler.Shutdown(slot->handler, slot, dir, err_code, free_scarce_resources_immediately);
    }

    /// <summary>Bytes that the right handler takes at present; without back-pressure as many as there are.</summary>
    internal static nuint DownstreamReadWindow(aws_channel_slot* slot)
    {
        if (!ChannelCore.Of(slot)->BackPressure)
            return nuint.MaxValue;
        return slot->adj_right == null ? 0 : slot->adj_right->window_size;
    }

    /// <summary>Whether read windows count in this channel at all.</summary>
    internal static bool HasBackPressure(aws_channel_slot* slot) => ChannelCore.Of(slot)->BackPressure;

    /// <summary>Bytes that all handlers to the left add to one message.</summary>
    internal static nuint UpstreamMessageOverhead(aws_channel_slot* slot) => slot->upstream_message_overhead;

    internal static void Free(aws_channel_slot* slot)
    {
        // The handler may have the channel's last hold: then the channel goes with it, and what is inside its block.
        aws_allocator* allocator = slot->alloc;
        bool isBlock = ChannelCore.IsBlock(slot);
        if (slot->handler != null)
            ChannelHandler.Destroy(slot->handler);
        if (isBlock)
            Allocator.Release(allocator, slot);
    }

    // A slot may have got its handler before its place.
    private static void OnPlaced(aws_channel_slot* slot)
    {
        if (slot->handler == null)
            return;

        UpdateOverheads(slot->channel);
        ReadWindow.Grant(slot, 0);
        NotifyLeftHandler(slot);
    }

    private static void NotifyLeftHandler(aws_channel_slot* slot)
    {
        if (slot->adj_left != null && slot->adj_left->handler != null)
            SocketHandler.OnRightHandler(slot->adj_left->handler);
    }

    private static void UpdateOverheads(aws_channel* channel)
    {
        nuint overhead = 0;
        for (aws_channel_slot* slot = ChannelCore.Of(channel)->First; slot != null; slot = slot->adj_right)
        {
            slot->upstream_message_overhead = overhead;
            if (slot->handler != null)
                overhead = CheckedMath.AddSaturating(overhead, ChannelHandler.MessageOverhead(slot->handler));
        }
    }
}
