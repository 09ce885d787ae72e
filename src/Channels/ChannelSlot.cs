// SPDX-License-Identifier: Apache-2.0

namespace Reseau.Native.Channels;

/// <summary></summary>
internal static unsafe class ChannelSlot
{
    /// <summary>aws_channel_slot_new</summary>
    internal static aws_channel_slot* New(aws_channel* channel) => throw new System.NotImplementedException();

    /// <summary>aws_channel_slot_set_handler</summary>
    internal static int SetHandler(aws_channel_slot* slot, aws_channel_handler* handler) => throw new System.NotImplementedException();

    /// <summary>aws_channel_slot_remove</summary>
    internal static int Remove(aws_channel_slot* slot) => throw new System.NotImplementedException();

    /// <summary>aws_channel_slot_replace</summary>
    internal static int Replace(aws_channel_slot* remove, aws_channel_slot* new_slot) => throw new System.NotImplementedException();

    /// <summary>aws_channel_slot_insert_right</summary>
    internal static int InsertRight(aws_channel_slot* slot, aws_channel_slot* to_add) => throw new System.NotImplementedException();

    /// <summary>aws_channel_slot_insert_end</summary>
    internal static int InsertEnd(aws_channel* channel, aws_channel_slot* to_add) => throw new System.NotImplementedException();

    /// <summary>aws_channel_slot_insert_left</summary>
    internal static int InsertLeft(aws_channel_slot* slot, aws_channel_slot* to_add) => throw new System.NotImplementedException();

    /// <summary>aws_channel_slot_send_message</summary>
    internal static int SendMessage(aws_channel_slot* slot, aws_io_message* message, aws_channel_direction dir) => throw new System.NotImplementedException();

    /// <summary>aws_channel_slot_acquire_max_message_for_write</summary>
    internal static aws_io_message* AcquireMaxMessageForWrite(aws_channel_slot* slot) => throw new System.NotImplementedException();

    /// <summary>aws_channel_slot_increment_read_window</summary>
    internal static int IncrementReadWindow(aws_channel_slot* slot, nuint window) => throw new System.NotImplementedException();

    /// <summary>aws_channel_slot_on_handler_shutdown_complete</summary>
    internal static int OnHandlerShutdownComplete(aws_channel_slot* slot, aws_channel_direction dir, int err_code, bool free_scarce_resources_immediately) => throw new System.NotImplementedException();

    /// <summary>aws_channel_slot_shutdown</summary>
    internal static int Shutdown(aws_channel_slot* slot, aws_channel_direction dir, int err_code, bool free_scarce_resources_immediately) => throw new System.NotImplementedException();

    /// <summary>aws_channel_slot_downstream_read_window</summary>
    internal static nuint DownstreamReadWindow(aws_channel_slot* slot) => throw new System.NotImplementedException();

    /// <summary>aws_channel_slot_upstream_message_overhead</summary>
    internal static nuint UpstreamMessageOverhead(aws_channel_slot* slot) => throw new System.NotImplementedException();
}
