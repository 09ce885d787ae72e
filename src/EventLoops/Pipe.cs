// SPDX-License-Identifier: Apache-2.0

namespace Reseau.Native.EventLoops;

/// <summary></summary>
internal static unsafe class Pipe
{
    /// <summary>aws_pipe_init</summary>
    internal static int Init(aws_pipe_read_end* read_end, aws_event_loop* read_end_event_loop, aws_pipe_write_end* write_end, aws_event_loop* write_end_event_loop, aws_allocator* allocator) => throw new System.NotImplementedException();

    /// <summary>aws_pipe_clean_up_read_end</summary>
    internal static int CleanUpReadEnd(aws_pipe_read_end* read_end) => throw new System.NotImplementedException();

    /// <summary>aws_pipe_clean_up_write_end</summary>
    internal static int CleanUpWriteEnd(aws_pipe_write_end* write_end) => throw new System.NotImplementedException();

    /// <summary>aws_pipe_get_read_end_event_loop</summary>
    internal static aws_event_loop* GetReadEndEventLoop(aws_pipe_read_end* read_end) => throw new System.NotImplementedException();

    /// <summary>aws_pipe_get_write_end_event_loop</summary>
    internal static aws_event_loop* GetWriteEndEventLoop(aws_pipe_write_end* write_end) => throw new System.NotImplementedException();

    /// <summary>aws_pipe_write</summary>
    internal static int Write(aws_pipe_write_end* write_end, aws_byte_cursor src_buffer, aws_pipe_on_write_completed_fn on_completed, void* user_data) => throw new System.NotImplementedException();

    /// <summary>aws_pipe_read</summary>
    internal static int Read(aws_pipe_read_end* read_end, aws_byte_buf* dst_buffer, nuint* num_bytes_read) => throw new System.NotImplementedException();

    /// <summary>aws_pipe_subscribe_to_readable_events</summary>
    internal static int SubscribeToReadableEvents(aws_pipe_read_end* read_end, aws_pipe_on_readable_fn on_readable, void* user_data) => throw new System.NotImplementedException();

    /// <summary>aws_pipe_unsubscribe_from_readable_events</summary>
    internal static int UnsubscribeFromReadableEvents(aws_pipe_read_end* read_end) => throw new System.NotImplementedException();
}
