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

        /// <summary>What the loop knows the handle by.</summary>
        internal aws_io_handle Tied;
        internal bool SkipsPackets;

        /// <summary>
        /// Of the oldest request, on a loop of a program's: its data is its owner's again before the system is done
        /// with it, if the end is cleaned up.
        /// </summary>
        internal byte* Copy;
        internal PipeWrites Writes;
    }

    /// <summary>0, or an error that the handle stays the caller's with.</summary>
    internal static int Init(
        aws_pipe_write_end* end, nint handle, aws_event_loop* eventLoop, aws_allocator* allocator)
    {
        State* state = (State*)Allocator.Calloc(allocator, 1, (nuint)sizeof(State));
        state->Allocator = allocator;
        state->EventLoop = eventLoop;
        state->End = end;
        state->Handle = handle;
        state->Tied.data.handle = (void*)handle;
        int error = IocpPort.Adopt(eventLoop, &state->Tied);
        if (error != AWS_ERROR_SUCCESS)
        {
            Allocator.Release(allocator, state);
            return error;
        }

        state->SkipsPackets = WindowsPipe.SkipPackets(handle);
        PipeWrites.Init(&state->Writes, allocator);
        end->impl_data = state;
        return AWS_ERROR_SUCCESS;
    }

    internal static int CleanUp(aws_pipe_write_end* end)
    {
        State* state;
        if (!TryGetOnItsThread(end, &state))
            return AWS_OP_ERR;

        // The data of the writes is their callers' after this.
        bool isBack = IocpOperation.TakeBack(&state->Operation);
        Kernel32.CloseHandle(state->Handle);

        // Before any callback, so that the end is closed to whoever tries to use it from there.
        *end = default;
        PipeWrites.FailAll(&state->Writes);
        state->End = null;
        if (isBack)
            Free(state);
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
        if (!PipeWrites.IsInCallback(&state->Writes))
            WriteRequests(state);
        return AWS_OP_SUCCESS;
    }

    private static void OnDone(IocpOperation* operation)
    {
        State* state = (State*)operation;
        if (state->End == null)
        {
            Free(state);
            return;
        }

        int error = WindowsPipe.ErrorOfStatus(operation->Status);
        PipeRequest.Advance(PipeWrites.First(&state->Writes), operation->Bytes);
        if (error != AWS_ERROR_SUCCESS && !Finish(state, error))
            return;
        WriteRequests(state);
    }

    /// <summary>Goes on until all is written, one is under way, or a callback has cleaned up the end.</summary>
    private static void WriteRequests(State* state)
    {
        PipeRequest* request;
        while (!IocpOperation.IsUnderWay(&state->Operation) && (request = PipeWrites.First(&state->Writes)) != null)
        {
            int error = WriteRest(state, request);
            if (error == AWS_IO_READ_WOULD_BLOCK || !Finish(state, error))
                return;
        }
    }

    /// <summary>AWS_ERROR_SUCCESS when all is written, AWS_IO_READ_WOULD_BLOCK when it is under way.</summary>
    private static int WriteRest(State* state, PipeRequest* request)
    {
        IocpOperation* operation = &state->Operation;
        if (IocpPort.IsPrograms(state->EventLoop))
            CopyOnce(state, request);
        while (request->Rest.len > 0)
        {
            if (!IocpOperation.TryBegin(operation, state->EventLoop, state->Handle, &OnDone))
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
            PipeRequest.Advance(request, written);
        }

        return AWS_ERROR_SUCCESS;
    }

    private static void CopyOnce(State* state, PipeRequest* request)
    {
        if (state->Copy != null || request->Rest.len == 0)
            return;

        state->Copy = (byte*)Allocator.Acquire(state->Allocator, request->Rest.len);
        NativeMemory.Copy(request->Rest.ptr, state->Copy, request->Rest.len);
        request->Rest.ptr = state->Copy;
    }

    // False if the callback has cleaned up the end, and with it this.
    private static bool Finish(State* state, int error)
    {
        FreeCopy(state);
        return PipeWrites.Finish(&state->Writes, state->End, error);
    }

    private static void FreeCopy(State* state)
    {
        if (state->Copy != null)
            Allocator.Release(state->Allocator, state->Copy);
        state->Copy = null;
    }

    private static void Free(State* state)
    {
        FreeCopy(state);
        Allocator.Release(state->Allocator, state);
    }

    private static bool TryGet(aws_pipe_write_end* end, State** state)
    {
        *state = end == null ? null : (State*)end->impl_data;
        return PipeEnd.IsOpen(end, *state);
    }

    private static bool TryGetOnItsThread(aws_pipe_write_end* end, State** state) =>
        TryGet(end, state) && PipeEnd.IsOnItsThread((*state)->EventLoop);
}
