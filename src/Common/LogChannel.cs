// SPDX-License-Identifier: Apache-2.0

namespace Reseau.Native.Common;

/// <summary></summary>
internal static unsafe class LogChannel
{
    /// <summary>aws_log_channel_init_foreground</summary>
    internal static int InitForeground(aws_log_channel* channel, aws_allocator* allocator, aws_log_writer* writer) => throw new System.NotImplementedException();

    /// <summary>aws_log_channel_init_background</summary>
    internal static int InitBackground(aws_log_channel* channel, aws_allocator* allocator, aws_log_writer* writer) => throw new System.NotImplementedException();

    /// <summary>aws_log_channel_clean_up</summary>
    internal static void CleanUp(aws_log_channel* channel) => throw new System.NotImplementedException();
}
