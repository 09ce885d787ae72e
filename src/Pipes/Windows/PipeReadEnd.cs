// SPDX-License-Identifier: Apache-2.0
using System.Runtime.InteropServices;
using Reseau.Native.Common;
using Reseau.Native.EventLoops;
using Reseau.Native.EventLoops.Iocp;
using Reseau.Native.Interop.Windows;

namespace Reseau.Native.Pipes.Windows;

/// <summary>
/// The end of a pipe from which is read. While it is subscribed and empty, a read of zero bytes is under way, which
/// ends when there is something.
/// </summary>
internal static unsafe class PipeReadEnd
{
    /// <summary>What impl_data points to until the end is cleaned up.</summary>
    [StructLayout(LayoutKind.Sequential)]
    private struct State
    {
        /// <summary>First: of a watch.</summary>
        internal IocpOperation Watching;

        /// <summary>Of a read, inside a call.</summary>
        internal IocpOperation Reading;

        internal aws_allocator* Allocator;
        internal aws_event_loop* EventLoop;
        internal aws_pipe_read_end* End;
        internal nint Handle;

        /// <summary>What the loop knows the handle by.</summary>
        internal aws_io_handle Tied;
        internal bool SkipsPackets;
        internal aws_pipe_on_readable_fn OnReadable;
        internal void* UserData;
        internal bool IsSubscribed;

        /// <summary>Reports what a watch has found at once.</summary>
        internal aws_task Task;
        internal bool IsTaskScheduled;
        internal int Error;

        /// <summary>While the user is being called: where to note that the end was cleaned up meanwhile.</summary>
        internal bool* IsCleanedUp;
    }

    /// <summary>0, or an error that the handle stays the caller's with.</summary>
    internal static int Init(aws_pipe_read_end* end, nint handle, aws_event_loop* eventLoop, aws_allocator* allocator)
    {
        State* state = (State*)Allocator.Calloc(allocator, 1, (nuint)sizeof(State));
        state->Allocator = allocator;
        state->EventLoop = eventLoop;
        state->End = end;
        state->Handle = handle;
        state->Tied.data.handle = (void*)handle;
        end->impl_data = state;
        int error = IocpPort.Adopt(eventLoop, &state->Tied);
        if (error != AWS_ERROR_SUCCESS)
            Drop(end);
        else
            state->SkipsPackets = WindowsPipe.SkipPackets(handle);
        return error;
    }

    /// <summary>Frees an end of which nothing has begun, but not its handle; also one that there is not.</summary>
    internal static void Drop(aws_pipe_read_end* end)
    {
        State* state = (State*)end->impl_data;
        if (state != null)
            Allocator.Release(state->Allocator, state);
        *end = default;
    }

    internal static int CleanUp(aws_pipe_read_end* end)
    {
        State* state;
        if (!TryGetOnItsThread(end, &state))
            return AWS_OP_ERR;

        bool isBack = EndWatch(state);
        if (state->IsCleanedUp != null)
            *state->IsCleanedUp = true;
        Kernel32.CloseHandle(state->Handle);
        state->End = null;
        if (isBack)
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
        if (!TryGetOnItsThread(end, &state))
            return AWS_OP_ERR;
        if (destination == null || destination->buffer == null || destination->len > destination->capacity)
            return Errors.Raise(AWS_ERROR_INVALID_ARGUMENT);
        if (bytesRead != null)
            *bytesRead = 0;

        uint available;
        if (NamedPipes.PeekNamedPipe(state->Handle, null, 0, null, &available, null) == 0)
            return Errors.Raise(WindowsPipe.ErrorOf(Iocp.LastError));

        nuint room = destination->capacity - destination->len;
        uint count = (uint)nuint.Min(room, available);
        int error = count == 0 ? AWS_ERROR_SUCCESS : ReadNow(state, destination->buffer + destination->len, &count);
        if (error == AWS_ERROR_SUCCESS && available == 0 && room > 0)
            error = AWS_IO_READ_WOULD_BLOCK;

        // Events come again when all has been read.
        if (state->IsSubscribed && count == available)
            Watch(state);
        if (error != AWS_ERROR_SUCCESS)
            return Errors.Raise(error);

        destination->len += count;
        if (bytesRead != null)
            *bytesRead = count;
        return AWS_OP_SUCCESS;
    }

    internal static int Subscribe(aws_pipe_read_end* end, aws_pipe_on_readable_fn onReadable, void* userData)
    {
        State* state;
        if (!TryGetOnItsThread(end, &state))
            return AWS_OP_ERR;
        if (onReadable == null)
            return Errors.Raise(AWS_ERROR_INVALID_ARGUMENT);
        if (state->IsSubscribed)
            return Errors.Raise(AWS_ERROR_IO_ALREADY_SUBSCRIBED);

        state->IsSubscribed = true;
        state->OnReadable = onReadable;
        state->UserData = userData;
        Watch(state);
        return AWS_OP_SUCCESS;
    }

    internal static int Unsubscribe(aws_pipe_read_end* end)
    {
        State* state;
        if (!TryGetOnItsThread(end, &state))
            return AWS_OP_ERR;
        if (!state->IsSubscribed)
            return Errors.Raise(AWS_ERROR_IO_NOT_SUBSCRIBED);

        EndWatch(state);
        return AWS_OP_SUCCESS;
    }

    // What is there is read at once; the memory is the caller's again after this.
    private static int ReadNow(State* state, byte* into, uint* count)
    {
        if (IocpPort.IsPrograms(state->EventLoop))
            return ReadWithoutPacket(state, into, count);

        IocpOperation* operation = &state->Reading;
        int error = Begin(state, operation, into, *count, count);
        if (error != Iocp.ERROR_IO_PENDING)
            return error == 0 ? AWS_ERROR_SUCCESS : WindowsPipe.ErrorOf(error);

        IocpOperation.TakeBack(operation);
        *count = operation->Bytes;
        return *count > 0 ? AWS_ERROR_SUCCESS : WindowsPipe.ErrorOfStatus(operation->Status);
    }

    private static int ReadWithoutPacket(State* state, byte* into, uint* count)
    {
        int error = IocpPort.ReadWithoutPacket(state->Handle, into, *count, count);
        return *count > 0 || error == 0 ? AWS_ERROR_SUCCESS : WindowsPipe.ErrorOf(error);
    }

    private static void Watch(State* state)
    {
        if (IocpOperation.IsUnderWay(&state->Watching) || state->IsTaskScheduled)
            return;

        uint none;
        int error = Begin(state, &state->Watching, &state->Error, 0, &none);
        if (error == Iocp.ERROR_IO_PENDING)
            return;

        state->Error = error == 0 ? AWS_ERROR_SUCCESS : WindowsPipe.ErrorOf(error);
        state->IsTaskScheduled = true;
        ScheduledTask.Init(&state->Task, &OnTask, state, Literal.Of("pipe_readable"u8));
        EventLoop.ScheduleTaskNow(state->EventLoop, &state->Task);
    }

    // 0 or the system's error: ERROR_IO_PENDING if a packet comes.
    private static int Begin(State* state, IocpOperation* operation, void* into, uint size, uint* count)
    {
        *count = 0;
        if (!IocpOperation.TryBegin(operation, state->EventLoop, state->Handle, &OnDone))
            return NamedPipes.ERROR_OPERATION_ABORTED;

        bool isDone = Kernel32.ReadFile(state->Handle, into, size, count, &operation->Overlapped) != 0;
        int error = isDone ? 0 : Iocp.LastError;
        if (isDone && !state->SkipsPackets)
            error = Iocp.ERROR_IO_PENDING;
        if (error != Iocp.ERROR_IO_PENDING)
            IocpOperation.NoPacket(operation);
        return error;
    }

    // False if its packet is still to come, on a loop of a program's.
    private static bool EndWatch(State* state)
    {
        state->IsSubscribed = false;
        state->OnReadable = null;
        state->UserData = null;
        if (state->IsTaskScheduled)
            EventLoop.CancelTask(state->EventLoop, &state->Task);
        return IocpOperation.TakeBack(&state->Watching);
    }

    private static void OnTask(aws_task* task, void* argument, aws_task_status status)
    {
        State* state = (State*)argument;
        state->IsTaskScheduled = false;
        if (status == AWS_TASK_STATUS_RUN_READY)
            Report(state, state->Error);
    }

    private static void OnDone(IocpOperation* operation)
    {
        State* state = (State*)operation;
        if (state->End == null)
        {
            Allocator.Release(state->Allocator, state);
            return;
        }

        // What was cancelled has come home behind another subscription, which it could not begin for.
        if (IocpPort.IsEnding(state->EventLoop))
            return;
        if (operation->Status == IocpOperation.Cancelled && state->IsSubscribed)
            Watch(state);
        else
            Report(state, WindowsPipe.ErrorOfStatus(operation->Status));
    }

    private static void Report(State* state, int error)
    {
        if (!state->IsSubscribed)
            return;

        bool isCleanedUp = false;
        state->IsCleanedUp = &isCleanedUp;
        state->OnReadable(state->End, error, state->UserData);
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
