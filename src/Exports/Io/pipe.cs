// SPDX-License-Identifier: Apache-2.0
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Reseau.Native.Pipes;

namespace Reseau.Native.Exports;

/// <summary>The C entry points of &lt;aws/io/pipe.h&gt;.</summary>
public static unsafe class Exports_io_pipe
{
    [UnmanagedCallersOnly(EntryPoint = "aws_pipe_init", CallConvs = [typeof(CallConvCdecl)])]
    public static int aws_pipe_init(aws_pipe_read_end* read_end, aws_event_loop* read_end_event_loop, aws_pipe_write_end* write_end, aws_event_loop* write_end_event_loop, aws_allocator* allocator) => Pipe.Init(read_end, read_end_event_loop, write_end, write_end_event_loop, allocator);

    [UnmanagedCallersOnly(EntryPoint = "aws_pipe_clean_up_read_end", CallConvs = [typeof(CallConvCdecl)])]
    public static int aws_pipe_clean_up_read_end(aws_pipe_read_end* read_end) => Pipe.CleanUpReadEnd(read_end);

    [UnmanagedCallersOnly(EntryPoint = "aws_pipe_clean_up_write_end", CallConvs = [typeof(CallConvCdecl)])]
    public static int aws_pipe_clean_up_write_end(aws_pipe_write_end* write_end) => Pipe.CleanUpWriteEnd(write_end);

    [UnmanagedCallersOnly(EntryPoint = "aws_pipe_get_read_end_event_loop", CallConvs = [typeof(CallConvCdecl)])]
    public static aws_event_loop* aws_pipe_get_read_end_event_loop(aws_pipe_read_end* read_end) => Pipe.GetReadEndEventLoop(read_end);

    [UnmanagedCallersOnly(EntryPoint = "aws_pipe_get_write_end_event_loop", CallConvs = [typeof(CallConvCdecl)])]
    public static aws_event_loop* aws_pipe_get_write_end_event_loop(aws_pipe_write_end* write_end) => Pipe.GetWriteEndEventLoop(write_end);

    [UnmanagedCallersOnly(EntryPoint = "aws_pipe_write", CallConvs = [typeof(CallConvCdecl)])]
    public static int aws_pipe_write(aws_pipe_write_end* write_end, aws_byte_cursor src_buffer, aws_pipe_on_write_completed_fn on_completed, void* user_data) => Pipe.Write(write_end, src_buffer, on_completed, user_data);

    [UnmanagedCallersOnly(EntryPoint = "aws_pipe_read", CallConvs = [typeof(CallConvCdecl)])]
    public static int aws_pipe_read(aws_pipe_read_end* read_end, aws_byte_buf* dst_buffer, nuint* num_bytes_read) => Pipe.Read(read_end, dst_buffer, num_bytes_read);

    [UnmanagedCallersOnly(EntryPoint = "aws_pipe_subscribe_to_readable_events", CallConvs = [typeof(CallConvCdecl)])]
    public static int aws_pipe_subscribe_to_readable_events(aws_pipe_read_end* read_end, aws_pipe_on_readable_fn on_readable, void* user_data) => Pipe.SubscribeToReadableEvents(read_end, on_readable, user_data);

    [UnmanagedCallersOnly(EntryPoint = "aws_pipe_unsubscribe_from_readable_events", CallConvs = [typeof(CallConvCdecl)])]
    public static int aws_pipe_unsubscribe_from_readable_events(aws_pipe_read_end* read_end) => Pipe.UnsubscribeFromReadableEvents(read_end);

#if RESEAU_WINDOWS
    [UnmanagedCallersOnly(EntryPoint = "aws_pipe_get_unique_name", CallConvs = [typeof(CallConvCdecl)])]
    public static int aws_pipe_get_unique_name(byte* dst, nuint dst_size) => Pipe.GetUniqueName(dst, dst_size);
#else
    /// <summary>In no header; programs that know of it declare it themselves.</summary>
    [UnmanagedCallersOnly(EntryPoint = "aws_open_nonblocking_posix_pipe", CallConvs = [typeof(CallConvCdecl)])]
    public static int aws_open_nonblocking_posix_pipe(int* pipe_fds) => Pipe.OpenNonblocking(pipe_fds);
#endif
}
