// SPDX-License-Identifier: Apache-2.0

namespace Reseau.Native.Channels;

/// <summary></summary>
internal static unsafe class ChannelHandler
{
    /// <summary>aws_channel_handler_destroy</summary>
    internal static void Destroy(aws_channel_handler* handler) => throw new System.NotImplementedException();

    /// <summary>aws_channel_handler_process_read_message</summary>
    internal static int ProcessReadMessage(aws_channel_handler* handler, aws_channel_slot* slot, aws_io_message* message) => throw new System.NotImplementedException();

    /// <summary>aws_channel_handler_process_write_message</summary>
    internal static int ProcessWriteMessage(aws_channel_handler* handler, aws_channel_slot* slot, aws_io_message* message) => throw new System.NotImplementedException();

    /// <summary>aws_channel_handler_increment_read_window</summary>
    internal static int IncrementReadWindow(aws_channel_handler* handler, aws_channel_slot* slot, nuint size) => throw new System.NotImplementedException();

    /// <summary>aws_channel_handler_shutdown</summary>
    internal static int Shutdown(aws_channel_handler* handler, aws_channel_slot* slot, aws_channel_direction dir, int error_code, bool free_scarce_resources_immediately) => throw new System.NotImplementedException();

    /// <summary>aws_channel_handler_initial_window_size</summary>
    internal static nuint InitialWindowSize(aws_channel_handler* handler) => throw new System.NotImplementedException();
}
