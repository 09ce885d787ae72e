// SPDX-License-Identifier: Apache-2.0
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Reseau.Native.Common;
using Reseau.Native.EventLoops;
using Reseau.Native.Interop.Posix;

namespace Reseau.Native.Pipes.Posix;

/// <summary>The end of a pipe from which is read.</summary>
internal static unsafe class PipeReadEnd
{
    /// <summary>What impl_data points to until the end is cleaned up.</summary>
    private struct State
    {
        internal aws_allocator* Allocator;
        internal aws_event_loop* EventLoop;
        internal aws_io_handle Handle;
        internal aws_pipe_on_readable_fn OnReadable;
        internal void* UserData;
        internal bool IsSubscribed;

        /// <summary>While the user is being called: where to note that the end was cleaned up meanwhile.</summary>
        internal bool* IsCleanedUp;
    }

    internal static void Init(aws_pipe_read_end* end, int fd, aws_event_loop* eventLoop, aws_allocator* allocator)
    {
        State* state = (State*)Allocator.Calloc(allocator, 1, (nuint)sizeof(State));
        state->Allocator = allocator;
        state->EventLoop = eventLoop;
        state->Handle.data.fd = fd;
        end->impl_data = state;
    }

    internal static int CleanUp(aws_pipe_read_end* end)
    {
        State* state;
        if (!TryGetOnItsThread(end, &state))
            return AWS_OP_ERR;

        // A loop that refuses does not watch the end any more; it is closed all the same.
        if (state->IsSubscribed)
            Unsubscribe(end);
        if (state->IsCleanedUp != null)
            *state->IsCleanedUp = true;
        Libc.close(state->Handle.data.fd);
        Allocator.Release(state->Allocator, state);
        *end = default;
        return AWS_OP_SUCCESS;
    }

    internal static aws_event_loop* LoopOf(aws_pipe_read_end* end)
    {
        State* state;
        return TryGet(end, &state) ? state->EventLoop : null;
    }

    internal static int Read(aws_pipe_read_end* end, aws_byte_buf* destination, nuint* bytesRead)
    {
        State* state;
        if (!TryGet(end, &state))
            return AWS_OP_ERR;
        if (destination == null || destination->buffer == null || destination->len > destination->capacity)
            return Errors.Raise(AWS_ERROR_INVALID_ARGUMENT);
        if (bytesRead != null)
            *bytesRead = 0;

        nuint room = destination->capacity - destination->len;
        nint count = Libc.read(state->Handle.data.fd, destination->buffer + destination->len, room);
        if (count < 0)
        {
            int errno = Libc.Errno;
            return Errors.Raise(errno == Libc.EAGAIN ? AWS_IO_READ_WOULD_BLOCK : PosixPipe.ErrorOf(errno));
        }

        destination->len += (nuint)count;
        if (bytesRead != null)
            *bytesRead = (nuint)count;
        return AWS_OP_SUCCESS;
    }

    internal static int Subscribe(aws_pipe_read_end* end, aws_pipe_on_readable_fn onReadable, void* userData)
    {
        State* state;
        if (onReadable == null)
            return Errors.Raise(AWS_ERROR_INVALID_ARGUMENT);
        if (!TryGetOnItsThread(end, &state))
            return AWS_OP_ERR;
        if (state->IsSubscribed)
            return Errors.Raise(AWS_ERROR_IO_ALREADY_SUBSCRIBED);

        int events = (int)AWS_IO_EVENT_TYPE_READABLE;
        IoCallback callback = new() { Function = &OnEvent, OfC = &OnEventOfC, UserData = end };
        if (EventLoop.SubscribeToIoEvents(state->EventLoop, &state->Handle, events, callback) != AWS_OP_SUCCESS)
            return AWS_OP_ERR;
        state->IsSubscribed = true;
        state->OnReadable = onReadable;
        state->UserData = userData;
        return AWS_OP_SUCCESS;
    }

    internal static int Unsubscribe(aws_pipe_read_end* end)
    {
        State* state;
        if (!TryGetOnItsThread(end, &state))
            return AWS_OP_ERR;
        if (!state->IsSubscribed)
            return Errors.Raise(AWS_ERROR_IO_NOT_SUBSCRIBED);
        if (EventLoop.UnsubscribeFromIoEvents(state->EventLoop, &state->Handle) != AWS_OP_SUCCESS)
            return AWS_OP_ERR;

        state->IsSubscribed = false;
        state->OnReadable = null;
        state->UserData = null;
        return AWS_OP_SUCCESS;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void OnEventOfC(aws_event_loop* event_loop, aws_io_handle* handle, int events, void* user_data) =>
        OnEvent(user_data, events);

    private static void OnEvent(void* user_data, int events)
    {
        aws_pipe_read_end* end = (aws_pipe_read_end*)user_data;
        State* state = (State*)end->impl_data;
        bool isCleanedUp = false;
        state->IsCleanedUp = &isCleanedUp;

        // Data that came before the other end was closed is announced before the closing.
        int readable = (int)AWS_IO_EVENT_TYPE_READABLE;
        if ((events & readable) != 0)
            state->OnReadable(end, AWS_ERROR_SUCCESS, state->UserData);
        if (!isCleanedUp && (events & ~readable) != 0 && state->IsSubscribed)
            state->OnReadable(end, AWS_IO_BROKEN_PIPE, state->UserData);
        if (!isCleanedUp)
            state->IsCleanedUp = null;
    }

    private static bool TryGet(aws_pipe_read_end* end, State** state)
    {
        *state = end == null ? null : (State*)end->impl_data;
        return PipeEnd.IsOpen(end, *state);
    }

    private static bool TryGetOnItsThread(aws_pipe_read_end* end, State** state) =>
        TryGet(end, state) && PipeEnd.IsOnItsThread((*state)->EventLoop);
}
