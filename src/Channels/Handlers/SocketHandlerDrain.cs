// SPDX-License-Identifier: Apache-2.0
using Reseau.Native.Common;
using Reseau.Native.EventLoops;
using Reseau.Native.Sockets;

namespace Reseau.Native.Channels.Handlers;

/// <summary>
/// Draining: at the end of a channel the socket stays open for the writes that the system has not taken yet, as long as
/// the peer goes on taking them. A peer has some seconds of credit; each second costs one, and each
/// <see cref="BytesPerSecond"/> that it takes earn one.
/// </summary>
internal static unsafe partial class SocketHandler
{
    private const ulong TickNanoseconds = 1_000_000_000;

    /// <summary>A peer that is slower than this is given up when its credit is used up.</summary>
    private const nuint BytesPerSecond = 8 * 1024;

    private const int CreditOfPeer = 1;

    /// <summary>A peer that has ended its own direction is there, and reads: it may pause.</summary>
    private const int CreditAfterEndOfInput = 10;

    private struct DrainState
    {
        /// <summary>First, so that the task is the state.</summary>
        internal aws_task Task;
        internal nuint Left;
        internal int Credit;
        internal int MaxCredit;
    }

    // The end of the peer's input is no error of ours: a peer may end its direction first (RFC 9293, 3.6). After a
    // reset, which bears the same error, no write is left.
    private static bool DrainsAfter(State* state, int error) =>
        error == AWS_ERROR_SUCCESS || (error == AWS_IO_SOCKET_CLOSED && state->EndError == AWS_IO_SOCKET_CLOSED);

    private static void StartDrain(State* state)
    {
        Log.Write(AWS_LL_TRACE, AWS_LS_IO_SOCKET_HANDLER,
            $"id=0x{(nint)state:x}: waits for its writes before it closes");
        DrainState* drain = Allocator.New<DrainState>(state->Handler.alloc);
        drain->MaxCredit = state->EndError == AWS_IO_SOCKET_CLOSED ? CreditAfterEndOfInput : CreditOfPeer;
        drain->Credit = drain->MaxCredit;
        drain->Left = state->Operations->UnconfirmedBytes(state->Socket);
        state->Drain = drain;
        ScheduleTick(state);
        Channel.BeginWait(state->Handler.slot->channel, &EndDrainIfAborted, state);
        EndDrainIfAborted(state);
    }

    private static void EndDrainIfAborted(void* waiter)
    {
        State* state = (State*)waiter;
        if (Channel.IsAborted(state->Handler.slot->channel))
            CancelTick(state);
    }

    private static void CancelTick(State* state) =>
        EventLoop.CancelTask(Channel.GetEventLoop(state->Handler.slot->channel), &state->Drain->Task);

    /// <summary>
    /// The slot is removed before all has been sent. The turn in the shutdown, which the handler had, is passed on by
    /// the channel (rule 47).
    /// </summary>
    private static void AbandonDrain(State* state)
    {
        aws_channel* channel = state->Handler.slot->channel;
        DrainState* drain = state->Drain;
        state->Drain = null;
        Channel.ForgetWait(channel, state);
        EventLoop.CancelTask(Channel.GetEventLoop(channel), &drain->Task);
        Enter(state, Phase.Closed);
        MakeGiven(state);
        aws_socket* made = LazySocket.MadeOf(state->Socket);
        if (made == null)
            CloseCore(state);
        else if (Socket.Close(made) != AWS_OP_SUCCESS)
            LogFailedClose(state);
        if (made != null)
            made->handler = null;
    }

    private static void OnProgress(State* state)
    {
        if (state->Drain != null && state->Operations->TryFinishWriting(state->Socket))
            CancelTick(state);
    }

    private static void ScheduleTick(State* state)
    {
        ulong now = 0;
        Channel.CurrentClockTime(state->Handler.slot->channel, &now);
        ScheduledTask.Init(&state->Drain->Task, &OnTick, state, Literal.Of("socket_handler_drain"u8));
        EventLoop.ScheduleTaskFuture(
            Channel.GetEventLoop(state->Handler.slot->channel), &state->Drain->Task, Clock.Later(now, TickNanoseconds));
    }

    // Cancelled means that the writes are done, that the program waits no longer, or that the loop ends.
    private static void OnTick(aws_task* task, void* arg, aws_task_status status)
    {
        State* state = (State*)arg;
        if (state->Drain == null)
        {
            Allocator.Release(state->Handler.alloc, task);
            return;
        }

        if (status == AWS_TASK_STATUS_RUN_READY && HasCredit(state))
        {
            ScheduleTick(state);
            return;
        }

        Channel.ForgetWait(state->Handler.slot->channel, state);
        Allocator.Release(state->Handler.alloc, state->Drain);
        state->Drain = null;
        CloseAndFinish(state);
    }

    private static bool HasCredit(State* state)
    {
        DrainState* drain = state->Drain;
        nuint left = state->Operations->UnconfirmedBytes(state->Socket);
        nuint taken = drain->Left > left ? drain->Left - left : 0;
        int earned = (int)nuint.Min(taken / BytesPerSecond, (nuint)drain->MaxCredit);
        drain->Left = left;
        drain->Credit = int.Min(drain->Credit - 1 + earned, drain->MaxCredit);
        return drain->Credit > 0;
    }
}
