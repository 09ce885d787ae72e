// SPDX-License-Identifier: Apache-2.0
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Reseau.Native.Common;
using Reseau.Native.EventLoops;
using Reseau.Native.Interop.Posix;

namespace Reseau.Native.Pipes.Posix;

/// <summary>The end of a pipe to which is written, and the writes that wait for room in the pipe.</summary>
internal static unsafe class PipeWriteEnd
{
    /// <summary>What impl_data points to until the end is cleaned up.</summary>
    private struct State
    {
        internal aws_allocator* Allocator;
        internal aws_event_loop* EventLoop;
        internal aws_io_handle Handle;
        internal PipeWrites Writes;

        /// <summary>Whether the pipe may have room. Supposed at first: a write that finds none puts it right.</summary>
        internal bool IsWritable;
    }

    internal static int Init(aws_pipe_write_end* end, int fd, aws_event_loop* eventLoop, aws_allocator* allocator)
    {
        State* state = (State*)Allocator.Calloc(allocator, 1, (nuint)sizeof(State));
        state->Allocator = allocator;
        state->EventLoop = eventLoop;
        state->Handle.data.fd = fd;
        state->IsWritable = true;
        PipeWrites.Init(&state->Writes, allocator);

        // The first event may come before the subscription returns.
        end->impl_data = state;
        int events = (int)AWS_IO_EVENT_TYPE_WRITABLE;
        IoCallback callback = new() { Function = &OnEvent, OfC = &OnEventOfC, UserData = end };
        if (EventLoop.SubscribeToIoEvents(eventLoop, &state->Handle, events, callback) == AWS_OP_SUCCESS)
            return AWS_OP_SUCCESS;

        end->impl_data = null;
        Allocator.Release(allocator, state);
        return AWS_OP_ERR;
    }

    internal static int CleanUp(aws_pipe_write_end* end)
    {
        State* state;
        if (!TryGetOnItsThread(end, &state))
            return AWS_OP_ERR;

        // A loop that refuses does not watch the end any more; it is closed all the same.
        EventLoop.UnsubscribeFromIoEvents(state->EventLoop, &state->Handle);
        Libc.close(state->Handle.data.fd);

        // Before any callback, so that the end is closed to whoever tries to use it from there.
        *end = default;
        PipeWrites.FailAll(&state->Writes);
        Allocator.Release(state->Allocator, state);
        return AWS_OP_SUCCESS;
    }

    internal static aws_event_loop* LoopOf(aws_pipe_write_end* end)
    {
        State* state;
        return TryGet(end, &state) ? state->EventLoop : null;
    }

    internal static int Write(
        aws_pipe_write_end* end, aws_byte_cursor source, aws_pipe_on_write_completed_fn onCompleted, void* userData)
    {
        State* state;
        if (source.ptr == null && source.len > 0)
            return Errors.Raise(AWS_ERROR_INVALID_ARGUMENT);
        if (!TryGetOnItsThread(end, &state))
            return AWS_OP_ERR;

        PipeWrites.Add(&state->Writes, source, onCompleted, userData);
        EventLoop.ExpectReply(state->EventLoop);

        // A write made in the callback of another one is taken up when that callback returns.
        if (state->IsWritable && !PipeWrites.IsInCallback(&state->Writes))
            WriteRequests(end, state);
        return AWS_OP_SUCCESS;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void OnEventOfC(aws_event_loop* event_loop, aws_io_handle* handle, int events, void* user_data) =>
        OnEvent(user_data, events);

    private static void OnEvent(void* user_data, int events)
    {
        // Whatever the event: when the read end of a full pipe is closed, that is an error and not room, and the writes
        // that wait find out by trying.
        aws_pipe_write_end* end = (aws_pipe_write_end*)user_data;
        State* state = (State*)end->impl_data;
        state->IsWritable = true;
        WriteRequests(end, state);
    }

    /// <summary>Goes on until all is written, the pipe is full, or a callback has cleaned up the end.</summary>
    private static void WriteRequests(aws_pipe_write_end* end, State* state)
    {
        PipeRequest* request;
        while ((request = PipeWrites.First(&state->Writes)) != null)
        {
            int error = WriteRest(state, request);
            if (error == AWS_IO_READ_WOULD_BLOCK)
            {
                state->IsWritable = false;
                return;
            }

            if (!PipeWrites.Finish(&state->Writes, end, error))
                return;
        }
    }

    /// <summary>AWS_ERROR_SUCCESS when all is written, AWS_IO_READ_WOULD_BLOCK when the pipe is full.</summary>
    private static int WriteRest(State* state, PipeRequest* request)
    {
        while (request->Rest.len > 0)
        {
            nint count = Libc.WriteWithoutSignal(state->Handle.data.fd, request->Rest.ptr, request->Rest.len);
            if (count < 0)
            {
                int errno = Libc.Errno;
                return errno == Libc.EAGAIN ? AWS_IO_READ_WOULD_BLOCK : PosixPipe.ErrorOf(errno);
            }

            PipeRequest.Advance(request, (nuint)count);
        }

        return AWS_ERROR_SUCCESS;
    }

    private static bool TryGet(aws_pipe_write_end* end, State** state)
    {
        *state = end == null ? null : (State*)end->impl_data;
        return PipeEnd.IsOpen(end, *state);
    }

    private static bool TryGetOnItsThread(aws_pipe_write_end* end, State** state) =>
        TryGet(end, state) && PipeEnd.IsOnItsThread((*state)->EventLoop);
}
