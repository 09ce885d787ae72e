// SPDX-License-Identifier: Apache-2.0
using System.Runtime.InteropServices;
using Reseau.Native.Common;
using Reseau.Native.EventLoops;
using Reseau.Native.EventLoops.Iocp;
using Reseau.Native.Interop.Windows;

namespace Reseau.Native.Pipes.Windows;

/// <summary>The end of a pipe to which is written, and the writes that wait; the first of them is under way.</summary>
internal static unsafe class PipeWriteEnd
{
    /// <summary>What impl_data points to until the end is cleaned up.</summary>
    [StructLayout(LayoutKind.Sequential)]
    private struct State
    {
        /// <summary>First: of the oldest request.</summary>
        internal IocpOperation Operation;

        internal aws_allocator* Allocator;
        internal aws_event_loop* EventLoop;
        internal aws_pipe_write_end* End;
        internal nint Handle;
        internal bool SkipsPackets;
        internal aws_linked_list Requests;

        /// <summary>While the user is being called: where to note that the end was cleaned up meanwhile.</summary>
        internal bool* IsCleanedUp;
    }

    private struct Request
    {
        /// <summary>First, so that a node of the list is its request.</summary>
        internal aws_linked_list_node Node;

        internal aws_byte_cursor Source;
        internal aws_byte_cursor Rest;
        internal aws_pipe_on_write_completed_fn OnCompleted;
        internal void* UserData;
    }

    internal static void Init(
        aws_pipe_write_end* end, nint handle, aws_event_loop* eventLoop, aws_allocator* allocator)
    {
        State* state = (State*)Allocator.Calloc(allocator, 1, (nuint)sizeof(State));
        state->Allocator = allocator;
        state->EventLoop = eventLoop;
        state->End = end;
        state->Handle = handle;
        state->SkipsPackets = WindowsPipe.SkipPackets(handle);
        LinkedList.Init(&state->Requests);
        end->impl_data = state;
    }

    internal static int CleanUp(aws_pipe_write_end* end)
    {
        State* state;
        if (!TryGetOnItsThread(end, &state))
            return AWS_OP_ERR;

        // The data of the writes is their callers' after this.
        IocpOperation.TakeBack(&state->Operation);
        Kernel32.CloseHandle(state->Handle);

        // Before any callback, so that the end is closed to whoever tries to use it from there.
        *end = default;
        if (state->IsCleanedUp != null)
            *state->IsCleanedUp = true;
        while (!LinkedList.IsEmpty(&state->Requests))
        {
            Request* request = (Request*)LinkedList.PopFront(&state->Requests);
            Complete(null, request, AWS_IO_BROKEN_PIPE);
            Allocator.Release(state->Allocator, request);
        }

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

        Request* request = (Request*)Allocator.Acquire(state->Allocator, (nuint)sizeof(Request));
        request->Source = source;
        request->Rest = source;
        request->OnCompleted = onCompleted;
        request->UserData = userData;
        LinkedList.PushBack(&state->Requests, &request->Node);
        EventLoop.ExpectReply(state->EventLoop);

        // A write made in the callback of another one is taken up when that callback returns.
        if (state->IsCleanedUp == null)
            WriteRequests(state);
        return AWS_OP_SUCCESS;
    }

    private static void OnDone(IocpOperation* operation)
    {
        State* state = (State*)operation;
        int error = WindowsPipe.ErrorOfStatus(operation->Status);
        Request* request = (Request*)LinkedList.Front(&state->Requests);
        Advance(request, operation->Bytes);
        if (error != AWS_ERROR_SUCCESS && !Finish(state, request, error))
            return;
        WriteRequests(state);
    }

    /// <summary>Goes on until all is written, one is under way, or a callback has cleaned up the end.</summary>
    private static void WriteRequests(State* state)
    {
        while (!IocpOperation.IsUnderWay(&state->Operation) && !LinkedList.IsEmpty(&state->Requests))
        {
            Request* request = (Request*)LinkedList.Front(&state->Requests);
            int error = WriteRest(state, request);
            if (error == AWS_IO_READ_WOULD_BLOCK || !Finish(state, request, error))
                return;
        }
    }

    /// <summary>AWS_ERROR_SUCCESS when all is written, AWS_IO_READ_WOULD_BLOCK when it is under way.</summary>
    private static int WriteRest(State* state, Request* request)
    {
        IocpOperation* operation = &state->Operation;
        while (request->Rest.len > 0)
        {
            if (!IocpOperation.TryBegin(operation, IocpLoop.Of(state->EventLoop), state->Handle, &OnDone))
                return AWS_IO_EVENT_LOOP_SHUTDOWN;

            uint written = 0;
            uint part = (uint)nuint.Min(request->Rest.len, int.MaxValue);
            bool isDone = Kernel32.WriteFile(
                state->Handle, request->Rest.ptr, part, &written, &operation->Overlapped) != 0;
            int error = isDone ? 0 : Iocp.LastError;
            if (isDone ? !state->SkipsPackets : error == Iocp.ERROR_IO_PENDING)
                return AWS_IO_READ_WOULD_BLOCK;

            IocpOperation.NoPacket(operation);
            if (!isDone)
                return WindowsPipe.ErrorOf(error);
            Advance(request, written);
        }

        return AWS_ERROR_SUCCESS;
    }

    private static void Advance(Request* request, uint written)
    {
        request->Rest.ptr += written;
        request->Rest.len -= written;
    }

    // False if the callback has cleaned up the end.
    private static bool Finish(State* state, Request* request, int error)
    {
        aws_allocator* allocator = state->Allocator;
        bool isCleanedUp = false;
        LinkedList.Remove(&request->Node);
        state->IsCleanedUp = &isCleanedUp;
        Complete(state->End, request, error);
        if (!isCleanedUp)
            state->IsCleanedUp = null;
        Allocator.Release(allocator, request);
        return !isCleanedUp;
    }

    private static void Complete(aws_pipe_write_end* end, Request* request, int error)
    {
        if (request->OnCompleted != null)
            request->OnCompleted(end, error, request->Source, request->UserData);
    }

    private static bool TryGet(aws_pipe_write_end* end, State** state)
    {
        *state = end == null ? null : (State*)end->impl_data;
        if (*state != null)
            return true;
        Errors.Raise(end == null ? AWS_ERROR_INVALID_ARGUMENT : AWS_IO_BROKEN_PIPE);
        return false;
    }

    private static bool TryGetOnItsThread(aws_pipe_write_end* end, State** state)
    {
        if (!TryGet(end, state))
            return false;
        if (EventLoop.ThreadIsCallersThread((*state)->EventLoop))
            return true;
        Errors.Raise(AWS_ERROR_IO_EVENT_LOOP_THREAD_ONLY);
        return false;
    }
}
