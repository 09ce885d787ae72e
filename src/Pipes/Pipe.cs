// SPDX-License-Identifier: Apache-2.0
using Reseau.Native.Common;
#if RESEAU_WINDOWS
using Reseau.Native.Pipes.Windows;
using SystemPipe = Reseau.Native.Pipes.Windows.WindowsPipe;
#else
using Reseau.Native.Pipes.Posix;
using SystemPipe = Reseau.Native.Pipes.Posix.PosixPipe;
#endif

namespace Reseau.Native.Pipes;

/// <summary>
/// A pipe whose ends belong to event loops, which may be two different ones. Everything but opening a pipe and asking
/// for the loops is for the thread of the end's own loop. Only this file names what pipes are made of on a system.
/// </summary>
internal static unsafe class Pipe
{
    /// <summary>
    /// Opens a pipe. Each end holds memory of the allocator until it is cleaned up, and the write end a subscription.
    /// Any thread.
    /// </summary>
    internal static int Init(
        aws_pipe_read_end* read_end,
        aws_event_loop* read_end_event_loop,
        aws_pipe_write_end* write_end,
        aws_event_loop* write_end_event_loop,
        aws_allocator* allocator)
    {
        if (read_end == null || write_end == null || allocator == null
            || read_end_event_loop == null || write_end_event_loop == null)
            return Errors.Raise(AWS_ERROR_INVALID_ARGUMENT);

        *read_end = default;
        *write_end = default;
        return SystemPipe.Init(read_end, read_end_event_loop, write_end, write_end_event_loop, allocator);
    }

#if RESEAU_WINDOWS
    /// <summary>Writes the name of a pipe that there is not, as a C string.</summary>
    internal static int GetUniqueName(byte* text, nuint size) => SystemPipe.GetUniqueName(text, size);
#else
    /// <summary>Two descriptors, for reading and for writing, that neither block nor outlive an exec.</summary>
    internal static int OpenNonblocking(int* fds) => SystemPipe.OpenNonblocking(fds);
#endif

    /// <summary>Closes the read end, on its loop's thread. Its readable callback is not called any more.</summary>
    internal static int CleanUpReadEnd(aws_pipe_read_end* read_end) => PipeReadEnd.CleanUp(read_end);

    /// <summary>
    /// Closes the write end, on its loop's thread. Writes that are not done yet fail with AWS_IO_BROKEN_PIPE before
    /// this returns, their callbacks getting no write end.
    /// </summary>
    internal static int CleanUpWriteEnd(aws_pipe_write_end* write_end) => PipeWriteEnd.CleanUp(write_end);

    /// <summary>The loop of the read end; NULL with the error raised if it is closed. Any thread.</summary>
    internal static aws_event_loop* GetReadEndEventLoop(aws_pipe_read_end* read_end) => PipeReadEnd.LoopOf(read_end);

    /// <summary>The loop of the write end; NULL with the error raised if it is closed. Any thread.</summary>
    internal static aws_event_loop* GetWriteEndEventLoop(aws_pipe_write_end* write_end) =>
        PipeWriteEnd.LoopOf(write_end);

    /// <summary>
    /// Writes all of the buffer, which stays with the caller and must stay as it is until the callback, on the loop's
    /// thread, says that it is done. That may be before this returns.
    /// </summary>
    internal static int Write(
        aws_pipe_write_end* write_end,
        aws_byte_cursor src_buffer,
        aws_pipe_on_write_completed_fn on_completed,
        void* user_data) =>
        PipeWriteEnd.Write(write_end, src_buffer, on_completed, user_data);

    /// <summary>
    /// Appends what there is to the buffer, up to its capacity. AWS_IO_READ_WOULD_BLOCK if there is nothing.
    /// </summary>
    internal static int Read(aws_pipe_read_end* read_end, aws_byte_buf* dst_buffer, nuint* num_bytes_read) =>
        PipeReadEnd.Read(read_end, dst_buffer, num_bytes_read);

    /// <summary>
    /// Has <paramref name="on_readable"/> called on the loop's thread when data comes after all was read, and with
    /// AWS_IO_BROKEN_PIPE when the write end is closed.
    /// </summary>
    internal static int SubscribeToReadableEvents(
        aws_pipe_read_end* read_end, aws_pipe_on_readable_fn on_readable, void* user_data) =>
        PipeReadEnd.Subscribe(read_end, on_readable, user_data);

    /// <summary>Ends the subscription.</summary>
    internal static int UnsubscribeFromReadableEvents(aws_pipe_read_end* read_end) =>
        PipeReadEnd.Unsubscribe(read_end);
}
