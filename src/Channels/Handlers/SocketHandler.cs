// SPDX-License-Identifier: Apache-2.0
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Threading;
using Reseau.Native.Common;
using Reseau.Native.Sockets;

namespace Reseau.Native.Channels.Handlers;

/// <summary>
/// The leftmost handler of a channel: moves bytes between a socket and messages. Reading is in SocketHandlerRead.cs,
/// what happens to writes that are left at the end in SocketHandlerDrain.cs. It knows its socket only by
/// <see cref="SocketOperations"/>. All functions: event-loop thread only.
/// </summary>
internal static unsafe partial class SocketHandler
{
    private static nint s_vtable;
    private static nint s_consumer;
    private static nint s_source;

    private static aws_channel_handler_vtable* VTable
    {
        get
        {
            nint made = Volatile.Read(ref s_vtable);
            return made != 0
                ? (aws_channel_handler_vtable*)made
                : HandlerTable.Add(ref s_vtable, HandlerKind.Socket, Table());
        }
    }

    private static HandlerTable Table() => new()
    {
        OfC = new aws_channel_handler_vtable
        {
            process_read_message = &ProcessReadMessageOfC,
            process_write_message = &ProcessWriteMessageOfC,
            increment_read_window = &IncrementReadWindowOfC,
            shutdown = &OnShutdown,
            initial_window_size = &OnInitialWindowSize,
            message_overhead = &OnMessageOverhead,
            destroy = &OnDestroy,
            reset_statistics = &ResetStatistics,
            gather_statistics = &GatherStatistics,
            trigger_read = &TriggerRead,
        },
        ProcessReadMessage = &ProcessReadMessage,
        ProcessWriteMessage = &ProcessWriteMessage,
        IncrementReadWindow = &IncrementReadWindow,
    };

    private static SocketConsumer* Consumer => StaticMemory.Get(ref s_consumer, &ConsumerEntries);

    // Whoever has a handler has it from a thread that has made the table.
    private static SocketConsumer* MadeConsumer => (SocketConsumer*)s_consumer;

    /// <summary>For a <see cref="LazySocket"/> that a handler is to be made for.</summary>
    internal static SocketObserver* LazyObserver => &Consumer->CoreObserver;

    private static SocketConsumer ConsumerEntries() => new()
    {
        Observer = AwsSocket.NewObserver(&OnReadable),
        CoreObserver = AwsSocket.NewCoreObserver(&OnReadableOfCore),
        OnWritten = &OnWritten,
        OnReadableOfC = &OnReadableOfC,
        OnWrittenOfC = &OnWrittenOfC,
    };

    /// <summary>
    /// A handler for a socket that belongs to the slot's loop already. Neither takes the other over: who made the
    /// socket cleans it up after the channel is gone. <paramref name="max_read_size"/> is the most bytes that one
    /// message takes from the socket.
    /// </summary>
    internal static aws_channel_handler* New(
        aws_allocator* allocator,
        aws_socket* socket,
        aws_channel_slot* slot,
        nuint max_read_size)
    {
        if (allocator == null || socket == null || slot == null || max_read_size == 0)
        {
            Errors.Raise(AWS_ERROR_INVALID_ARGUMENT);
            return null;
        }

        if (Socket.GetEventLoop(socket) == null)
        {
            Log.Write(
                AWS_LL_ERROR,
                AWS_LS_IO_SOCKET_HANDLER,
                $"socket 0x{(nint)socket:x} is assigned to no event loop");
            Errors.Raise(AWS_ERROR_INVALID_STATE);
            return null;
        }

        nuint size = (nuint)(sizeof(State) + sizeof(LazySocket));
        State* state = (State*)Allocator.Calloc(allocator, 1, size);
        LazySocket* lazy = (LazySocket*)(state + 1);
        LazySocket.Refer(lazy, socket);
        if (!TryBegin(state, allocator, slot, lazy, SocketOperations.Of(socket), max_read_size))
            return null;

        socket->handler = &state->Handler;
        return &state->Handler;
    }

    /// <summary>Bytes of a handler in its channel's block.</summary>
    internal static int Size => sizeof(State);

    /// <summary>
    /// The same for a socket of ours that C has not asked for; in the channel's block, if that has room for it.
    /// </summary>
    internal static aws_channel_handler* New(
        aws_allocator* allocator, LazySocket* socket, aws_channel_slot* slot, nuint maxReadSize)
    {
        State* state = (State*)ChannelCore.TakeRoom(ChannelCore.Of(slot), sizeof(State));
        if (state == null)
            state = Allocator.New<State>(allocator);
        return TryBegin(state, allocator, slot, socket, ChannelSocket.Operations, maxReadSize) ? &state->Handler : null;
    }

    // False with the error raised and the memory freed.
    private static bool TryBegin(
        State* state,
        aws_allocator* allocator,
        aws_channel_slot* slot,
        LazySocket* socket,
        SocketOperations* operations,
        nuint maxReadSize)
    {
        state->Handler.alloc = allocator;
        state->Handler.vtable = VTable;
        state->Handler.slot = slot;
        state->Handler.impl = state;
        state->Socket = socket;
        state->Operations = operations;
        state->MessageSizeMax = (uint)nuint.Min(maxReadSize, uint.MaxValue);
        state->BurstMessages = 1;
        state->MayHaveData = true;
        SocketStatistics.Init(&state->Statistics);
        if (operations->Subscribe(socket, Consumer, state) != AWS_OP_SUCCESS)
        {
            Free(state, ChannelCore.Of(slot));
            return false;
        }

        Log.Write(
            AWS_LL_DEBUG,
            AWS_LS_IO_SOCKET_HANDLER,
            $"id=0x{(nint)state:x}: new, reads of at most {maxReadSize} bytes");
        return true;
    }

    /// <summary>Whether a handler is one of these.</summary>
    internal static bool IsOne(aws_channel_handler* handler) => HandlerTable.Is(handler, HandlerKind.Socket);

    /// <summary>
    /// Hands the kernel now what would wait for the end of the tick, if the slot's handler is a socket's. For what a
    /// peer waits for while a callback of the program may take its time.
    /// </summary>
    internal static void SendQueued(aws_channel_slot* slot)
    {
        if (slot == null || slot->handler == null || !IsOne(slot->handler))
            return;

        State* state = (State*)slot->handler->impl;
        if (!IsClosed(state) && IsOpen(state))
            state->Operations->Flush(state->Socket);
    }

    /// <summary>
    /// Reads nothing more before <see cref="ResumeReading"/>, with back-pressure or without; false when the channel's
    /// leftmost handler is of another kind.
    /// </summary>
    internal static bool TryPauseReading(aws_channel* channel)
    {
        State* state = Leftmost(channel);
        if (state != null)
            state->Pauses++;
        return state != null;
    }

    internal static void ResumeReading(aws_channel* channel)
    {
        State* state = Leftmost(channel);
        if (state != null && state->Pauses > 0 && --state->Pauses == 0 && !IsShuttingDown(state))
            Schedule(state);
    }

    private static State* Leftmost(aws_channel* channel)
    {
        // A channel that is being freed begins with its leftmost slot.
        ChannelCore* core = ChannelCore.Of(channel);
        aws_channel_slot* first = core->State == ChannelState.ShutDown ? null : core->First;
        return first != null && first->handler != null && IsOne(first->handler) ? (State*)first->handler->impl : null;
    }

    private static int ProcessReadMessage(aws_channel_handler* handler, aws_channel_slot* slot, aws_io_message* message)
    {
        // Nothing stands to the left of a socket.
        Log.Write(
            AWS_LL_FATAL,
            AWS_LS_IO_SOCKET_HANDLER,
            $"id=0x{(nint)handler:x}: got a read message; a socket handler must be leftmost");
        return Errors.Raise(AWS_IO_CHANNEL_ERROR_ERROR_CANT_ACCEPT_INPUT);
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int ProcessReadMessageOfC(
        aws_channel_handler* handler, aws_channel_slot* slot, aws_io_message* message) =>
        ProcessReadMessage(handler, slot, message);

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int ProcessWriteMessageOfC(
        aws_channel_handler* handler, aws_channel_slot* slot, aws_io_message* message) =>
        ProcessWriteMessage(handler, slot, message);

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int IncrementReadWindowOfC(aws_channel_handler* handler, aws_channel_slot* slot, nuint size) =>
        IncrementReadWindow(handler, slot, size);

    private static int ProcessWriteMessage(
        aws_channel_handler* handler, aws_channel_slot* slot, aws_io_message* message) => Write(handler, message);

    /// <summary>Queues the message's bytes on the socket. On failure the message stays the caller's.</summary>
    internal static int Write(aws_channel_handler* handler, aws_io_message* message)
    {
        // After its end the channel may be held by somebody, while the socket's owner has freed the socket.
        State* state = (State*)handler->impl;
        aws_byte_buf* data = &message->message_data;
        aws_linked_list_node* before = message->queueing_handle.prev;
        message->queueing_handle.prev = (aws_linked_list_node*)state;

        // A socket of the program's may complete the write inside the call.
        state->Writes++;
        int error = IsClosed(state)
            ? AWS_IO_SOCKET_CLOSED
            : state->Operations->Write(state->Socket, data->buffer, data->len, MadeConsumer, message);
        if (error == AWS_ERROR_SUCCESS)
            return AWS_OP_SUCCESS;

        state->Writes--;
        message->queueing_handle.prev = before;
        return Errors.Raise(error);
    }

    private static void OnWritten(SocketCore* core, WriteResult* result) =>
        CompleteWrite(core->Owner, result->Error, result->Written, result->UserData);

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void OnWrittenOfC(aws_socket* socket, int error, nuint bytesWritten, void* userData) =>
        CompleteWrite(socket, error, bytesWritten, userData);

    // The owner of the socket's core, be it an aws_socket or a handler; NULL once it has been cleaned up.
    private static void CompleteWrite(void* owner, int error, nuint bytesWritten, void* userData)
    {
        if (userData == null)
            return;

        // The callback may be the handler's end, but for its memory: see Destroy.
        aws_io_message* message = (aws_io_message*)userData;
        State* state = (State*)message->queueing_handle.prev;
        aws_channel* channel = message->owning_channel;
        if (message->on_completion != null)
            message->on_completion(channel, message, error, message->user_data);

        state->Statistics.bytes_written += bytesWritten;
        state->Writes--;
        MessagePool.Return(message);
        if (state->IsOrphan)
            OnOrphansWrite(state, channel, error);
        else if (state->AwaitsWrites)
            FinishSoon(state);
        else if (state->Drain != null)
            OnProgress(state);
        else if (error != AWS_ERROR_SUCCESS)
            OnFailedWrite(state, owner, error);
    }

    private static void OnFailedWrite(State* state, void* owner, int error)
    {
        bool hasSocket = owner != null && (owner == state || ((aws_socket*)owner)->handler == &state->Handler);
        if (!hasSocket || IsShuttingDown(state))
        {
            Channel.ShutdownAfterInput(state->Handler.slot->channel, error);
            return;
        }

        // A peer that receives no more may have sent the reason before it closed (rule 400).
        ReadOut(state);
        EndSoon(state, error);
    }

    private static void OnOrphansWrite(State* state, aws_channel* channel, int error)
    {
        if (error != AWS_ERROR_SUCCESS)
            Channel.ShutdownAfterInput(channel, error);
        if (state->Writes > 0)
            return;

        Free(state, ChannelCore.Of(channel));
        Channel.ReleaseHold(channel);
    }

    // The slot may be gone.
    private static void Free(State* state, ChannelCore* core)
    {
        FreeGiven(state);
        if (!ChannelCore.IsRoom(core, state))
            Allocator.Release(state->Handler.alloc, state);
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int OnShutdown(
        aws_channel_handler* handler,
        aws_channel_slot* slot,
        aws_channel_direction direction,
        int error,
        bool freeScarceResourcesImmediately) =>
        Shutdown(handler, slot, direction, error, freeScarceResourcesImmediately);

    internal static int Shutdown(
        aws_channel_handler* handler,
        aws_channel_slot* slot,
        aws_channel_direction direction,
        int error,
        bool freeScarceResourcesImmediately)
    {
        State* state = (State*)handler->impl;
        state->ShutdownError = error;
        Log.Write(
            AWS_LL_TRACE,
            AWS_LS_IO_SOCKET_HANDLER,
            $"id=0x{(nint)handler:x}: shutting down direction {(uint)direction} with error {error}");
        if (direction == AWS_CHANNEL_DIR_WRITE)
        {
            ShutdownWriting(state, error, freeScarceResourcesImmediately);
            return AWS_OP_SUCCESS;
        }

        // A socket that cannot be closed must not keep the channel from ending.
        Enter(state, Phase.ReadingEnded);
        if (freeScarceResourcesImmediately && IsOpen(state) && Close(state, whileReading: true))
            return AWS_OP_SUCCESS;
        return ChannelSlot.OnHandlerShutdownComplete(slot, direction, error, freeScarceResourcesImmediately);
    }

    private static void ShutdownWriting(State* state, int error, bool freeScarceResourcesImmediately)
    {
        Enter(state, Phase.Draining);
        if (!freeScarceResourcesImmediately && IsOpen(state))
        {
            state->Operations->LingerAfterClose(state->Socket);
            if (DrainsAfter(state, error) && !state->Operations->TryFinishWriting(state->Socket))
            {
                StartDrain(state);
                return;
            }
        }

        CloseAndFinish(state);
    }

    private static void CloseAndFinish(State* state)
    {
        if (!IsOpen(state) || !Close(state, whileReading: false))
            FinishSoon(state);
    }

    // True when what follows the close runs, now or later; false when it never will.
    private static bool Close(State* state, bool whileReading)
    {
        Enter(state, Phase.Closed);
        MakeGiven(state);
        if (!LazySocket.IsMade(state->Socket))
        {
            CloseCore(state);
            AfterClose(state, whileReading);
            return true;
        }

        aws_socket* socket = LazySocket.MadeOf(state->Socket);
        Socket.SetCloseCompleteCallback(socket, whileReading ? &OnClosedWhileReading : &OnClosed, state);
        if (Socket.Close(socket) == AWS_OP_SUCCESS)
            return true;

        LogFailedClose(state);
        Socket.SetCloseCompleteCallback(socket, null, null);
        return false;
    }

    private static void LogFailedClose(State* state) =>
        Log.Write(
            AWS_LL_ERROR,
            AWS_LS_IO_SOCKET_HANDLER,
            $"id=0x{(nint)state:x}: closing the socket failed with error {Errors.LastError()}");

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void OnClosedWhileReading(void* userData) => AfterClose((State*)userData, whileReading: true);

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void OnClosed(void* userData) => AfterClose((State*)userData, whileReading: false);

    private static void AfterClose(State* state, bool whileReading)
    {
        if (whileReading)
            ChannelSlot.OnHandlerShutdownComplete(
                state->Handler.slot, AWS_CHANNEL_DIR_READ, state->ShutdownError, true);
        else
            FinishSoon(state);
    }

    // In a task: functions of handlers are on the stack, and tasks of theirs, from their own shutdown too, are to run
    // before the channel has ended. The socket is closed already, so no peer gains by the delay. Not while a completion
    // backend has a part of a write: its message, whose completion is to come, needs the channel (rule 41). A write of
    // the program's own does not, and its end would not come here.
    private static void FinishSoon(State* state)
    {
        state->AwaitsWrites = state->Writes > 0 && state->Operations->HasWrites(state->Socket);
        if (state->AwaitsWrites)
            return;

        Enter(state, Phase.Finishing);
        Schedule(state);
    }

    /// <summary>
    /// Ends the channel, in a task: a handler further right may have put off to a task of its own what came before, in
    /// which the peer may have sent close_notify.
    /// </summary>
    private static void EndSoon(State* state, int error)
    {
        if (state->EndReason != AWS_ERROR_SUCCESS && !state->EndAwaitsInput)
            return;

        state->EndAwaitsInput = false;
        if (state->EndReason == AWS_ERROR_SUCCESS)
            state->EndReason = error;
        Schedule(state);
    }

    private static void Schedule(State* state)
    {
        if (state->IsTaskScheduled)
            return;

        state->IsTaskScheduled = true;
        if (state->Task == null)
            state->Task = NewTask(state);
        ChannelTask.Init(state->Task, &OnTask, state, Literal.Of("socket_handler"u8));
        Channel.ScheduleTaskNow(state->Handler.slot->channel, state->Task);
    }

    private static aws_channel_task* NewTask(State* state)
    {
        ChannelCore* core = ChannelCore.Of(state->Handler.slot);
        bool isEnding = IsShuttingDown(state) || state->EndReason != AWS_ERROR_SUCCESS;
        aws_channel_task* task = ChannelCore.IsRoom(core, state) ? ChannelCore.TaskOfRoom(core, isEnding) : null;
        return task != null ? task : Allocator.New<aws_channel_task>(state->Handler.alloc);
    }

    private static void OnTask(aws_channel_task* task, void* arg, aws_task_status status)
    {
        State* state = (State*)arg;
        state->IsTaskScheduled = false;

        // Also when cancelled, or the channel would never finish.
        if (state->Phase == Phase.Finishing)
        {
            ChannelSlot.OnHandlerShutdownComplete(
                state->Handler.slot, AWS_CHANNEL_DIR_WRITE, state->ShutdownError, false);
            return;
        }

        if (status == AWS_TASK_STATUS_RUN_READY)
            Read(state);
        if (state->EndReason == AWS_ERROR_SUCCESS)
            return;

        state->EndAwaitsInput = status == AWS_TASK_STATUS_RUN_READY && HasInput(state);
        if (!state->EndAwaitsInput)
            Channel.ShutdownAfterInput(state->Handler.slot->channel, state->EndReason);
    }

    /// <summary>Nothing stands to the left that could send it anything.</summary>
    internal static nuint InitialWindow => nuint.MaxValue;

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static nuint OnInitialWindowSize(aws_channel_handler* handler) => InitialWindow;

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static nuint OnMessageOverhead(aws_channel_handler* handler) => 0;

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void OnDestroy(aws_channel_handler* handler) => Destroy(handler);

    internal static void Destroy(aws_channel_handler* handler)
    {
        State* state = (State*)handler->impl;
        MakeGiven(state);
        ReleaseWaiting(state);
        if (state->Drain != null)
            AbandonDrain(state);
        else if (!IsClosed(state) && ChannelCore.Of(state->Handler.slot->channel)->State < ChannelState.ShutDown)
            LeaveSocket(state);
        ForgetOwnSocket(state);
        LeaveGiven(state);
        if (state->Task != null)
        {
            Enter(state, Phase.ReadingEnded);
            Channel.CancelTask(state->Handler.slot->channel, state->Task);
            if (!ChannelCore.IsTaskOfRoom(ChannelCore.Of(state->Handler.slot), state->Task))
                Allocator.Release(handler->alloc, state->Task);
        }

        // Messages that the socket still has lead to the state, and need the channel (rule 41).
        state->IsOrphan =
            state->Writes > 0 && ChannelCore.Of(state->Handler.slot->channel)->State < ChannelState.ShutDown;
        if (state->IsOrphan)
            Channel.AcquireHold(state->Handler.slot->channel);
        else
            Free(state, ChannelCore.Of(state->Handler.slot));
    }

    // The slot was removed from a channel that goes on, as does the socket, whose events and writes come here.
    private static void LeaveSocket(State* state)
    {
        TakeFrom(LazySocket.MadeOf(state->Socket), state);
        state->Operations->Unsubscribe(state->Socket, state);
    }

    // A socket of the bootstrap's outlasts its handler or not; the program's may be gone.
    private static void ForgetOwnSocket(State* state)
    {
        if (state->Socket == null || state->Socket == (LazySocket*)(state + 1))
            return;

        SocketCore* core = LazySocket.CoreOf(state->Socket);
        aws_socket* made = LazySocket.MadeOf(state->Socket);
        TakeFrom(made, state);
        if (made == null && core != null && core->Owner == state)
            core->Owner = null;
    }

    // A program's socket may have got another handler meanwhile.
    private static void TakeFrom(aws_socket* socket, State* state)
    {
        if (socket != null && socket->handler == &state->Handler)
            socket->handler = null;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void ResetStatistics(aws_channel_handler* handler) =>
        SocketStatistics.Reset(&((State*)handler->impl)->Statistics);

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void GatherStatistics(aws_channel_handler* handler, aws_array_list* list)
    {
        aws_crt_statistics_socket* statistics = &((State*)handler->impl)->Statistics;
        ArrayList.PushBack(list, &statistics);
    }

    // docs/lifetimes.md, "Channel, slot, handler": a phase is never left for an earlier one.
    private static void Enter(State* state, Phase phase)
    {
        if (state->Phase < phase)
            state->Phase = phase;
    }

    private static bool IsShuttingDown(State* state) => state->Phase != Phase.Active;

    /// <summary>No write is taken any more; the socket may be gone.</summary>
    private static bool IsClosed(State* state) => state->Phase >= Phase.Draining;

    private static bool IsOpen(State* state) => state->Operations->IsOpen(state->Socket);

    private enum Phase : byte
    {
        Active,

        /// <summary>Reads nothing more; still takes writes.</summary>
        ReadingEnded,

        /// <summary>Takes nothing more. The socket is closed when its writes are with the system.</summary>
        Draining,

        /// <summary>The socket has been closed, and may be gone.</summary>
        Closed,

        /// <summary>Its task will report that the handler is done.</summary>
        Finishing,
    }

    /// <summary>The handler and its state, one block.</summary>
    private struct State
    {
        // First, so that the handler's address is the block's.
        internal aws_channel_handler Handler;

        /// <summary>The bootstrap's; or behind this, for a socket of the program's. NULL when it has ended.</summary>
        internal LazySocket* Socket;
        internal SocketOperations* Operations;

        /// <summary>
        /// The GivenSocket of a socket of the bootstrap's, or 0. Written once, inside the gate; read by any thread.
        /// </summary>
        internal nint Given;

        /// <summary>
        /// The last of the messages that the right handler has not taken yet, or NULL. Each leads to the one behind it
        /// by its queueing_handle's next, and the last one to the oldest.
        /// </summary>
        internal aws_io_message* LastWaiting;

        /// <summary>
        /// Goes on reading or, in <see cref="Phase.Finishing"/>, reports to the channel that the handler is done. NULL
        /// before it is first needed: most connections that are silent never do.
        /// </summary>
        internal aws_channel_task* Task;

        /// <summary>Not NULL while only the bytes sent before keep the socket open.</summary>
        internal DrainState* Drain;
        internal aws_crt_statistics_socket Statistics;

        /// <summary>Bytes that one message takes at most.</summary>
        internal uint MessageSizeMax;

        /// <summary>What ended the stream; reported once nothing waits any more.</summary>
        internal int EndError;

        /// <summary>Why the channel is to end; passed on by the task.</summary>
        internal int EndReason;
        internal int ShutdownError;

        /// <summary>Messages that the socket has; each leads here by its queueing_handle's prev.</summary>
        internal int Writes;

        /// <summary>How many handlers take nothing more at present; see <see cref="TryPauseReading"/>.</summary>
        internal ushort Pauses;

        /// <summary>How many messages the next read offers the kernel.</summary>
        internal byte BurstMessages;
        internal Phase Phase;

        /// <summary>False once the kernel has said that there is no more, until the next event.</summary>
        internal bool MayHaveData;

        /// <summary>The handler is destroyed; the memory goes with the last write.</summary>
        internal bool IsOrphan;

        /// <summary>The socket is closed; the handler is done when the last write has been reported.</summary>
        internal bool AwaitsWrites;

        internal bool IsReading;
        internal bool IsTaskScheduled;

        /// <summary>1 while a thread looks at the bootstrap's socket or ends it. See <see cref="GetSocket"/>.</summary>
        internal byte Gate;

        /// <summary>The core is closed, or will be at once. Inside the gate.</summary>
        internal bool IsClosing;

        /// <summary>A write has failed, and what had come before has not all gone up (rule 400).</summary>
        internal bool EndAwaitsInput;
    }
}
